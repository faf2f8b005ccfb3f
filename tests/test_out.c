#include "tests/test.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "lib/core/node.h"
#include "lib/core/out.h"
#include "tests/mutate.h"

/* One output into a string; every test ends it with expect() or done(). */
struct outing {
    struct mw_str text;
    struct mw_out *o;
};
static void start(struct outing *t, enum mw_format format, enum mw_lang lang)
{
    t->text = (struct mw_str)MW_STR_INIT;
    t->o = mw_out_to_str(&t->text, &(struct mw_out_opts){ .format = format, .lang = lang });
}
static void done(struct outing *t)
{
    assert_null(mw_out_misuse(t->o));
    mw_out_free(t->o);
    mw_str_free(&t->text);
}
static void expect(struct outing *t, const char *want)
{
    assert_int_equal(mw_out_finish(t->o, NULL), MW_OK);
    if (strcmp(mw_str_z(&t->text), want) != 0)
        fail_msg("got:\n%s\nwant:\n%s", mw_str_z(&t->text), want);
    done(t);
}
static size_t widest_line(struct mw_sv text)
{
    size_t widest = 0;
    for (struct mw_sv line; text.n > 0;) {
        mw_sv_cut(text, '\n', &line, &text);
        size_t w = mw_utf8_width(line);
        widest = w > widest ? w : widest;
    }
    return widest;
}

/* The same small document in all formats. */
static void say_programme(struct mw_out *o)
{
    static const struct mw_column COLS[] = { { "year", "Year", false }, { "total", "Total", true },
        { ".note", "Note", false } };
    mw_out_object(o, "ignored", "Programme");
    mw_out_z(o, "title", "Title", "Städtebau & <Wohnen>");
    mw_out_eur(o, "max", "Maximum", (struct mw_eur){ 123456789 });
    mw_out_share(o, "rate", "Rate", (struct mw_share){ 1, 3 });
    mw_out_day(o, "until", "Until", (struct mw_day){ 20543 });
    mw_out_bool(o, "joint", "Joint", true);
    mw_out_num(o, "score", "Score", 123, 1);
    mw_out_int(o, "id", NULL, 7);
    mw_out_z(o, NULL, "Hint", "for people");
    mw_out_null(o, "none", NULL);
    mw_out_list(o, "lands", "Länder");
    mw_out_z(o, NULL, NULL, "NW");
    mw_out_z(o, NULL, NULL, "BY");
    mw_out_end(o);
    mw_out_table(o, "years", "Years", COLS, COUNT(COLS));
    for (int i = 0; i < 2; i++) {
        mw_out_row(o);
        mw_out_int(o, "year", NULL, 2025 + i);
        mw_out_eur(o, "total", NULL, (struct mw_eur){ i == 0 ? 714000000 : 5 });
        mw_out_z(o, ".note", NULL, i == 0 ? "first" : NULL);
        mw_out_object(o, "cell", "never seen");
        mw_out_int(o, "row", "Row", i);
        mw_out_end(o);
        mw_out_end(o);
    }
    mw_out_end(o);
    mw_out_end(o);
}

static void people_read_aligned_labels_and_a_table(void **state)
{
    struct outing t;
    (void)state;
    start(&t, MW_TEXT, MW_EN);
    say_programme(t.o);
    expect(&t, "Programme\n"
               "=========\n"
               "Title:    Städtebau & <Wohnen>\n"
               "Maximum:  1,234,567.89 EUR\n"
               "Rate:     33 1/3 %\n"
               "Until:    31 March 2026\n"
               "Joint:    yes\n"
               "Score:    12.3\n"
               "Hint:     for people\n"
               "Länder:   NW, BY\n"
               "\n"
               "Years\n"
               "-----\n"
               "Year             Total  Note\n"
               "----  ----------------  -----\n"
               "2025  7,140,000.00 EUR  first\n"
               "2026          0.05 EUR\n");
}

static void germans_read_german_numbers_dates_and_words(void **state)
{
    struct outing t;
    (void)state;
    start(&t, MW_TEXT, MW_DE);
    mw_out_object(t.o, NULL, NULL);
    mw_out_eur(t.o, "a", "Betrag", (struct mw_eur){ -123456 });
    mw_out_day(t.o, "b", "Tag", (struct mw_day){ 20543 });
    mw_out_bool(t.o, "c", "Ja", true);
    mw_out_bool(t.o, "d", "Nein", false);
    mw_out_num(t.o, "e", "Zahl", -5, 2);
    mw_out_num(t.o, "f", "Größte", INT64_MIN, 0);
    mw_out_null(t.o, "g", "Offen");
    expect(&t, "Betrag:  -1.234,56 EUR\nTag:     31.03.2026\nJa:      ja\nNein:    nein\nZahl:    -0,05\n"
               "Größte:  -9223372036854775808\nOffen:   unbekannt\n");
}

static void programs_read_the_same_as_json(void **state)
{
    struct outing t;
    (void)state;
    start(&t, MW_JSON, MW_DE);
    say_programme(t.o);
    expect(&t,
        "{\n"
        "  \"title\": \"Städtebau & <Wohnen>\",\n"
        "  \"max\": 123456789,\n"
        "  \"rate\": 3333,\n"
        "  \"until\": \"2026-03-31\",\n"
        "  \"joint\": true,\n"
        "  \"score\": 12.3,\n"
        "  \"id\": 7,\n"
        "  \"none\": null,\n"
        "  \"lands\": [\n    \"NW\",\n    \"BY\"\n  ],\n"
        "  \"years\": [\n"
        "    {\n      \"year\": 2025,\n      \"total\": 714000000,\n      \"cell\": {\n        \"row\": 0\n      }\n    },\n"
        "    {\n      \"year\": 2026,\n      \"total\": 5,\n      \"cell\": {\n        \"row\": 1\n      }\n    }\n"
        "  ]\n"
        "}\n");
}

static void browsers_get_a_fragment(void **state)
{
    struct outing t;
    (void)state;
    start(&t, MW_HTML, MW_EN);
    say_programme(t.o);
    expect(&t,
        "<h1>Programme</h1>\n<dl>\n<dt>Title</dt><dd>Städtebau &amp; &lt;Wohnen&gt;</dd>\n<dt>Maximum</dt><dd>1,234,567.89 EUR</dd>\n"
        "<dt>Rate</dt><dd>33 1/3 %</dd>\n<dt>Until</dt><dd>31 March 2026</dd>\n<dt>Joint</dt><dd>yes</dd>\n<dt>Score</dt><dd>12.3</dd>\n"
        "<dt>Hint</dt><dd>for people</dd>\n<dt>Länder</dt><dd>NW, BY</dd>\n</dl>\n<h2>Years</h2>\n<table>\n"
        "<thead><tr><th>Year</th><th class=\"num\">Total</th><th>Note</th></tr></thead>\n<tbody>\n"
        "<tr><td>2025</td><td class=\"num\">7,140,000.00 EUR</td><td>first</td></tr>\n"
        "<tr><td>2026</td><td class=\"num\">0.05 EUR</td><td></td></tr>\n</tbody>\n</table>\n");
}

static void what_is_not_stated_is_left_out_everywhere(void **state)
{
    static const enum mw_format FORMATS[] = { MW_TEXT, MW_JSON, MW_HTML };
    static const char *const WANT[] = { "", "{}\n", "" };
    (void)state;
    for (size_t i = 0; i < COUNT(FORMATS); i++) {
        struct outing t;
        start(&t, FORMATS[i], MW_EN);
        mw_out_object(t.o, NULL, "Heading of nothing");
        mw_out_sv(t.o, "a", "A", MW_SV_NONE);
        mw_out_z(t.o, "b", "B", NULL);
        mw_out_eur(t.o, "c", "C", MW_EUR_NONE);
        mw_out_share(t.o, "d", "D", MW_SHARE_NONE);
        mw_out_day(t.o, "e", "E", MW_DAY_NONE);
        mw_out_end(t.o);
        expect(&t, WANT[i]);
    }
}

static void what_is_for_people_only_never_reaches_programs(void **state)
{
    struct outing t;
    (void)state;
    start(&t, MW_JSON, MW_EN);
    mw_out_object(t.o, NULL, "Root");
    mw_out_para(t.o, MW_BODY, MW_SV("a paragraph"));
    mw_out_paraf(t.o, MW_BODY, "%d", 1);
    mw_out_object(t.o, NULL, "a group of headings");
    mw_out_int(t.o, "inside", "Inside", 1);
    mw_out_list(t.o, "deeper", NULL);
    mw_out_int(t.o, NULL, NULL, 2);
    mw_out_end(t.o);
    mw_out_end(t.o);
    mw_out_int(t.o, ".dotted", "Dotted", 3);
    mw_out_int(t.o, "kept", NULL, 4);
    expect(&t, "{\n  \"kept\": 4\n}\n");
}

static void labels_and_formats_are_translated_texts_are_not(void **state)
{
    static const struct mw_column COLS[] = { { "a", "yes", false } };
    struct outing t;
    (void)state;
    start(&t, MW_TEXT, MW_DE);
    mw_out_object(t.o, NULL, "a list");
    mw_out_z(t.o, "k", "no", "no");
    mw_out_paraf(t.o, MW_BODY, "Unknown key \"%s\" (%s).", "x", "y");
    mw_out_table(t.o, "t", NULL, COLS, 1);
    mw_out_row(t.o);
    mw_out_z(t.o, "a", NULL, "yes");
    expect(&t, "eine Liste\n==========\nnein:  no\n\nUnbekannter Schlüssel „x“ (y).\n\nja\n---\nyes\n");
}

static void a_table_without_labels_has_no_head(void **state)
{
    static const struct mw_column COLS[] = { { "name", "", false }, { "help", NULL, false } };
    static const char *const WANT[] = { "a    one\nbcd  two\n", NULL,
        "<table>\n<tbody>\n<tr><td>a</td><td>one</td></tr>\n<tr><td>bcd</td><td>two</td></tr>\n</tbody>\n</table>\n" };
    (void)state;
    for (int format = MW_TEXT; format <= MW_HTML; format += 2) {
        struct outing t;
        start(&t, (enum mw_format)format, MW_DE);
        mw_out_table(t.o, NULL, NULL, COLS, COUNT(COLS));
        for (int i = 0; i < 2; i++) {
            mw_out_row(t.o);
            mw_out_z(t.o, "help", "", i == 0 ? "one" : "two");
            mw_out_z(t.o, "name", "", i == 0 ? "a" : "bcd");
            mw_out_end(t.o);
        }
        expect(&t, WANT[format]);
    }
}

static void cells_are_found_by_key_and_else_by_label(void **state)
{
    static const struct mw_column COLS[] = { { "a", "Betrag", false }, { ".b", "Sum", false } };
    struct outing t;
    (void)state;
    start(&t, MW_TEXT, MW_EN);
    mw_out_table(t.o, NULL, NULL, COLS, COUNT(COLS));
    mw_out_row(t.o);
    mw_out_int(t.o, "cents", "Sum", 2);
    mw_out_int(t.o, "a", "Sum", 1); /* the key counts first */
    mw_out_int(t.o, "elsewhere", "no column", 3);
    expect(&t, "Betrag  Sum\n------  ---\n1       2\n");
}

static void an_empty_table_is_said_in_words(void **state)
{
    static const struct mw_column COLS[] = { { "a", "A", false } };
    static const enum mw_format FORMATS[] = { MW_TEXT, MW_JSON, MW_HTML };
    static const char *const WANT[] = { "Treffer\n=======\nKeine Einträge.\n", "[]\n",
        "<h1>Treffer</h1>\n<p class=\"dim\">Keine Einträge.</p>\n" };
    (void)state;
    for (size_t i = 0; i < COUNT(FORMATS); i++) {
        struct outing t;
        start(&t, FORMATS[i], MW_DE);
        mw_out_table(t.o, "hits", "Treffer", COLS, 1);
        mw_out_end(t.o);
        expect(&t, WANT[i]);
    }
}

static void a_list_of_objects_shows_each_below_the_heading(void **state)
{
    struct outing t;
    (void)state;
    start(&t, MW_TEXT, MW_EN);
    mw_out_object(t.o, NULL, NULL);
    mw_out_list(t.o, "facts", "Facts");
    for (int i = 1; i <= 2; i++) {
        mw_out_object(t.o, NULL, NULL);
        mw_out_int(t.o, "n", "Number", i);
        mw_out_end(t.o);
        mw_out_para(t.o, MW_QUOTE, MW_SV("wörtlich"));
    }
    expect(&t, "Facts\n=====\nNumber:  1\n    wörtlich\n\nNumber:  2\n    wörtlich\n");
}

static void compact_json_is_one_object_a_line(void **state)
{
    struct outing t = { MW_STR_INIT, NULL };
    (void)state;
    t.o = mw_out_to_str(&t.text, &(struct mw_out_opts){ .format = MW_JSON, .compact = true });
    for (int i = 0; i < 2; i++) {
        mw_out_object(t.o, NULL, NULL);
        mw_out_z(t.o, "text", NULL, "a\nb");
        mw_out_list(t.o, "list", NULL);
        mw_out_int(t.o, NULL, NULL, i);
        mw_out_end(t.o);
        mw_out_raw_json(t.o, "raw", MW_SV("{\n  \"x\": 1\r\n}"));
        mw_out_end(t.o);
    }
    expect(&t,
        "{\"text\": \"a\\nb\", \"list\": [0], \"raw\": {   \"x\": 1  }}\n{\"text\": \"a\\nb\", \"list\": [1], \"raw\": {   \"x\": 1  }}\n");
}

/* --- widths ------------------------------------------------------------------------------------------------------- */

static void paragraphs_wrap_at_the_width_and_keep_their_newlines(void **state)
{
    static const struct { const char *text; enum mw_style style; const char *want; } CASES[] = {
        { "Die Zuwendung wird als Anteilfinanzierung gewährt.", MW_BODY,
            "Die Zuwendung wird als Anteilfinanzierung\ngewährt.\n" },
        { "genau vierzig Spalten breit ist das hier Wort", MW_BODY,
            "genau vierzig Spalten breit ist das hier\nWort\n" },
        { "ÄÖÜäöüßÄÖÜäöüßÄÖÜäöüßÄÖÜäöüßÄÖÜäöüßÄÖÜäöüß", MW_BODY, "ÄÖÜäöüßÄÖÜäöüßÄÖÜäöüßÄÖÜäöüßÄÖÜäöüßÄÖÜäö\nüß\n" },
        { "日本語日本語日本語日本語日本語日本語日本語", MW_BODY, "日本語日本語日本語日本語日本語日本語日本\n語\n" },
        { "eins\n\nzwei \n drei", MW_BODY, "eins\nzwei\ndrei\n" },
        { "siehe https://www.example.org/foerderung/staedtebau/antrag.html dort", MW_BODY,
            "siehe\nhttps://www.example.org/foerderung/\nstaedtebau/antrag.html dort\n" },
        { "Antragsberechtigt sind alle Gemeinden im Land.", MW_QUOTE,
            "    Antragsberechtigt sind alle\n    Gemeinden im Land.\n" },
        { "a \t b\xC2\xAD"
          "c\xE2\x80\x8B"
          "d",
            MW_BODY, "a bcd\n" },
        { "", MW_BODY, "" },
        { " \n ", MW_BODY, "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct outing t = { MW_STR_INIT, NULL };
        t.o = mw_out_to_str(&t.text, &(struct mw_out_opts){ .format = MW_TEXT, .width = i == 0 ? 41 : 40 });
        mw_out_para(t.o, CASES[i].style, mw_sv(CASES[i].text));
        expect(&t, CASES[i].want);
    }
}

static void long_values_hang_behind_their_labels(void **state)
{
    struct outing t = { MW_STR_INIT, NULL };
    (void)state;
    t.o = mw_out_to_str(&t.text, &(struct mw_out_opts){ .format = MW_TEXT, .width = 40 });
    mw_out_object(t.o, NULL, NULL);
    mw_out_z(t.o, "a", "Förderung", "für Städte und Gemeinden in Nordrhein-Westfalen");
    mw_out_z(t.o, "b", "Ort", "Köln");
    mw_out_z(t.o, "c", "Ein Label, das viel länger ist als seine Spalte", "Wert");
    expect(&t, "Förderung:  für Städte und Gemeinden in\n            Nordrhein-Westfalen\nOrt:        Köln\n"
               "Ein Label, das viel länger ist als\nseine Spalte:\n            Wert\n");
}

static void a_table_wraps_its_widest_column_and_aligns_by_terminal_columns(void **state)
{
    static const struct mw_column COLS[] = { { "n", "Nr.", true }, { "t", "Titel", false }, { "d", "Frist", false },
        { "e", "Summe", true } };
    struct outing t = { MW_STR_INIT, NULL };
    (void)state;
    t.o = mw_out_to_str(&t.text, &(struct mw_out_opts){ .format = MW_TEXT, .lang = MW_DE, .width = 60 });
    mw_out_table(t.o, NULL, NULL, COLS, COUNT(COLS));
    mw_out_row(t.o);
    mw_out_int(t.o, "n", NULL, 9);
    mw_out_z(t.o, "t", NULL, "Städtebauförderung für größere Städte und Gemeinden");
    mw_out_day(t.o, "d", NULL, (struct mw_day){ 20543 });
    mw_out_eur(t.o, "e", NULL, (struct mw_eur){ 150 });
    mw_out_end(t.o);
    mw_out_row(t.o);
    mw_out_int(t.o, "n", NULL, 10);
    mw_out_z(t.o, "t", NULL, "日本語");
    mw_out_eur(t.o, "e", NULL, (struct mw_eur){ 123456789 });
    expect(&t, "Nr.  Titel                      Frist                  Summe\n"
               "---  -------------------------  ----------  ----------------\n"
               "  9  Städtebauförderung für     31.03.2026          1,50 EUR\n"
               "     größere Städte und\n"
               "     Gemeinden\n"
               " 10  日本語                                 1.234.567,89 EUR\n");
}

static void a_table_with_too_many_columns_becomes_lists_of_values(void **state)
{
    struct mw_column cols[12];
    struct outing t;
    (void)state;
    start(&t, MW_TEXT, MW_EN);
    for (size_t i = 0; i < COUNT(cols); i++)
        cols[i] = (struct mw_column){ i % 2 ? "b" : "a", i % 2 ? "Beträge" : "Bezeichnung", false };
    mw_out_table(t.o, NULL, NULL, cols, COUNT(cols));
    for (int i = 0; i < 2; i++) {
        mw_out_row(t.o);
        mw_out_z(t.o, "a", NULL, "eine lange Bezeichnung der Maßnahme");
        mw_out_z(t.o, "b", NULL, "1");
        mw_out_end(t.o);
    }
    expect(&t, "Bezeichnung:  eine lange Bezeichnung der Maßnahme\nBeträge:      1\n\n"
               "Bezeichnung:  eine lange Bezeichnung der Maßnahme\nBeträge:      1\n");
}

/* Pieces that break layouts: long words, wide characters, nothing, addresses, marks without width. */
static void some_text(struct mw_str *s, uint64_t *seed)
{
    static const char *const PIECES[] = { "Stadt", " ", " ", "Förderung", "-", "/", "日本",
        "https://example.org/a/b/c?d=e&f=g", "ß", "e\xCC\x81", "\n",
        "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente", "\x1b[31m", "\xE2\x80\xAE", ".", "12.345,67 EUR" };
    mw_str_clear(s);
    for (size_t n = mutate_below(seed, 14); n > 0; n--)
        mw_str_addz(s, PIECES[mutate_below(seed, COUNT(PIECES))]);
}

static void no_line_is_wider_than_the_terminal(void **state)
{
    uint64_t seed = 80;
    struct mw_str s = MW_STR_INIT;
    (void)state;
    for (int round = 0; round < 1500; round++) {
        struct outing t = { MW_STR_INIT, NULL };
        unsigned width = 40 + (unsigned)mutate_below(&seed, 60);
        struct mw_column cols[6];
        char keys[6][2] = { "a", "b", "c", "d", "e", "f" };
        size_t n = 1 + mutate_below(&seed, COUNT(cols));
        t.o = mw_out_to_str(&t.text, &(struct mw_out_opts){ .format = MW_TEXT, .width = width });
        some_text(&s, &seed);
        mw_out_object(t.o, NULL, mw_str_z(&s));
        for (int i = 0; i < 3; i++) {
            char label[200];
            some_text(&s, &seed);
            snprintf(label, sizeof label, "L %s", mw_str_z(&s));
            some_text(&s, &seed);
            mw_out_sv(t.o, "v", label, mw_str_sv(&s));
            mw_out_para(t.o, (enum mw_style)mutate_below(&seed, MW_LINK + 1), mw_str_sv(&s));
        }
        for (size_t i = 0; i < n; i++)
            cols[i] = (struct mw_column){ keys[i], i % 2 ? "Größe" : "Bezeichnung", mutate_below(&seed, 4) == 0 };
        mw_out_table(t.o, "t", "Tabelle", cols, n);
        for (int row = 0; row < 3; row++) {
            mw_out_row(t.o);
            for (size_t i = 0; i < n; i++) {
                if (cols[i].right) {
                    mw_out_int(t.o, keys[i], NULL, (int64_t)mutate_below(&seed, 100000));
                } else {
                    some_text(&s, &seed);
                    mw_out_sv(t.o, keys[i], NULL, mw_str_sv(&s));
                }
            }
            mw_out_end(t.o);
        }
        assert_int_equal(mw_out_finish(t.o, NULL), MW_OK);
        if (widest_line(mw_str_sv(&t.text)) > width)
            fail_msg("round %d, %u columns:\n%s", round, width, mw_str_z(&t.text));
        struct mw_sv all = mw_str_sv(&t.text);
        for (size_t at = 0; at < all.n;) {
            uint32_t cp = mw_utf8_next(all, &at);
            assert_true(cp == '\n' || !mw_cp_control(cp));
        }
        if (strstr(mw_str_z(&t.text), " \n") != NULL)
            fail_msg("round %d: a line ends in spaces:\n%s", round, mw_str_z(&t.text));
        done(&t);
    }
    mw_str_free(&s);
}

/* --- hostile texts ------------------------------------------------------------------------------------------------ */

#define EVIL "a\x1b[2J\x1b]0;x\x07" "b\xC2\x9B" "c\xE2\x80\xAE" "d\r\x08\x7F" "e\xff\xC3"

static void a_terminal_sees_no_control_characters_of_others(void **state)
{
    struct outing t;
    (void)state;
    start(&t, MW_TEXT, MW_EN);
    mw_out_object(t.o, NULL, EVIL);
    mw_out_z(t.o, "k", EVIL, EVIL);
    mw_out_para(t.o, MW_BODY, MW_SV(EVIL));
    expect(&t, "a[2J]0;xbcd e\uFFFD\uFFFD\n"
               "===============\n"
               "a[2J]0;xbcd e\uFFFD\uFFFD:  a[2J]0;xbcd e\uFFFD\uFFFD\n"
               "\n"
               "a[2J]0;xbcd e\uFFFD\uFFFD\n");
}

static void colours_come_only_when_asked_for(void **state)
{
    (void)state;
    for (int colour = 0; colour < 2; colour++) {
        struct outing t = { MW_STR_INIT, NULL };
        t.o = mw_out_to_str(&t.text, &(struct mw_out_opts){ .format = MW_TEXT, .colour = colour != 0 });
        mw_out_object(t.o, NULL, "H");
        mw_out_style(t.o, MW_GOOD);
        mw_out_z(t.o, "a", "A", "x");
        mw_out_z(t.o, "b", "B", "y"); /* the style was for one value only */
        expect(&t, colour ? "\033[1mH\033[0m\n=\nA:  \033[32mx\033[0m\nB:  y\n" : "H\n=\nA:  x\nB:  y\n");
    }
}

static void a_style_asked_for_a_value_left_out_does_not_reach_the_next(void **state)
{
    struct outing t;
    (void)state;
    start(&t, MW_HTML, MW_EN);
    mw_out_object(t.o, NULL, NULL);
    mw_out_style(t.o, MW_BAD);
    mw_out_eur(t.o, "a", "A", MW_EUR_NONE);
    mw_out_z(t.o, "b", "B", "y");
    mw_out_style(t.o, MW_DOUBT);
    mw_out_z(t.o, "c", "C", NULL);
    mw_out_int(t.o, "d", "D", 1);
    expect(&t, "<dl>\n<dt>B</dt><dd>y</dd>\n<dt>D</dt><dd>1</dd>\n</dl>\n");
}

static void json_escapes_what_must_not_stand_raw(void **state)
{
    static const struct { struct mw_sv text; const char *want; } CASES[] = {
        { { "\"\\/\b\n\t", 6 }, "\\\"\\\\/\\u0008\\n\\t" },
        { { "\0x", 2 }, "\\u0000x" },
        { { "ä\xF0\x9F\x8F\x9B", 6 }, "ä\xF0\x9F\x8F\x9B" },
        { { "\xff" "a\xC3", 3 }, "\uFFFDa\uFFFD" },
        { { "\xED\xA0\x80", 3 }, "\uFFFD\uFFFD\uFFFD" },
        { { "\xEF\xBF\xBD", 3 }, "\uFFFD" },
        { { "\x1b\x7f\xC2\x9B\xE2\x80\xAE", 7 }, "\\u001b\\u007f\\u009b\\u202e" },
        { { NULL, 0 }, "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_str s = MW_STR_INIT;
        mw_json_escape(&s, CASES[i].text);
        assert_string_equal(mw_str_z(&s), CASES[i].want);
        mw_str_free(&s);
    }
}

static void html_escapes_text_and_attributes(void **state)
{
    struct mw_str s = MW_STR_INIT;
    (void)state;
    mw_html_escape(&s, MW_SV("<a href='x' title=\"y\">&amp;\x1b\xff\n</a>"));
    assert_string_equal(mw_str_z(&s), "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;amp;\uFFFD\n&lt;/a&gt;");
    mw_str_free(&s);
}

static void only_http_addresses_and_own_paths_become_links(void **state)
{
    static const struct { const char *href; bool link; } CASES[] = {
        { "https://example.org/a?b=1&c=\"", true }, { "HTTP://EXAMPLE.ORG", true },   { "/notice?id=3", true },
        { "javascript:alert(1)", false },           { "//evil.example", false },      { "/\\evil.example", false },
        { "data:text/html,x", false },              { " https://example.org", false }, { "https://a b", false },
        { "ftp://example.org", false },             { "", false },                    { "java\nscript:x", false },
        { "https:example.org", false },             { "vbscript:https://x", false },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct outing t;
        start(&t, MW_HTML, MW_EN);
        mw_out_object(t.o, NULL, NULL);
        mw_out_link(t.o, "a", "A", MW_SV("<text>"), mw_sv(CASES[i].href));
        mw_out_style(t.o, MW_LINK);
        mw_out_z(t.o, "b", "B", CASES[i].href);
        mw_out_para(t.o, MW_LINK, MW_SV("javascript:alert(2)"));
        assert_int_equal(mw_out_finish(t.o, NULL), MW_OK);
        if ((strstr(mw_str_z(&t.text), "<a href=\"") != NULL) != CASES[i].link)
            fail_msg("%s: %s", CASES[i].href, mw_str_z(&t.text));
        assert_null(strstr(mw_str_z(&t.text), "href=\"javascript"));
        assert_null(strstr(mw_str_z(&t.text), "<text>"));
        done(&t);
    }
}

/* Whatever texts come, JSON can be read back and HTML has no tag that we did not write. */
static void hostile_texts_never_break_the_form(void **state)
{
    static const char *const TOKENS[] = { "\"", "\\", "<script>", "</dd>", "&", "'", "\x1b", "\xE2\x80\xA8", "\xff",
        "\n", "%s", NULL };
    char buf[400];
    uint64_t seed = 99;
    (void)state;
    for (int i = 0; i < 4000; i++) {
        struct mw_sv evil =
            mutate(buf, sizeof buf, MW_SV("Förderung \"kommunaler\" Vorhaben <b>2026</b> & mehr"), TOKENS, &seed);
        struct outing json, html;
        start(&json, MW_JSON, MW_EN);
        start(&html, MW_HTML, MW_EN);
        for (int k = 0; k < 2; k++) {
            struct mw_out *o = k == 0 ? json.o : html.o;
            mw_out_object(o, NULL, NULL);
            mw_out_sv(o, "k", "K", evil);
            mw_out_end(o);
            assert_int_equal(mw_out_finish(o, NULL), MW_OK);
        }
        struct mw_arena *a = mw_arena_new();
        struct mw_node *root;
        struct mw_err err = MW_ERR_INIT(MW_EN);
        if (memchr(evil.p, '\0', evil.n) == NULL &&
            mw_json_read(&root, a, "j", 1, mw_str_sv(&json.text), &err) != MW_OK)
            fail_msg("%s: %s", err.msg, mw_str_z(&json.text));
        size_t tags = 0;
        for (const char *p = mw_str_z(&html.text); (p = strchr(p, '<')) != NULL; p++)
            tags++;
        assert_int_equal(tags, 6); /* dl, dt, /dt, dd, /dd, /dl */
        assert_int_equal(mw_utf8_invalid_at(mw_str_sv(&html.text)), SIZE_MAX);
        mw_arena_free(a);
        done(&json);
        done(&html);
    }
}

/* --- errors ------------------------------------------------------------------------------------------------------- */

static void a_full_disk_is_said_once_at_the_end(void **state)
{
    struct mw_err err = MW_ERR_INIT(MW_DE);
    int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    struct stat st;
    (void)state;
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISCHR(st.st_mode)) { /* some containers have none */
        printf("SKIPPED %s: needs the device /dev/full\n", __func__);
        skip();
    }
    struct mw_out *o = mw_out_new(mw_write_fd, &fd, &(struct mw_out_opts){ .format = MW_JSON });
    mw_out_list(o, NULL, NULL);
    for (int i = 0; i < 100000; i++)
        mw_out_int(o, NULL, NULL, i);
    mw_out_end(o);
    assert_int_equal(mw_out_finish(o, &err), MW_OUTPUT);
    assert_non_null(strstr(err.msg, "Datenträger ist voll"));
    assert_int_equal(mw_out_finish(o, NULL), MW_OUTPUT);
    mw_out_free(o);
    mw_err_clear(&err);
    close(fd);
}

struct failing {
    size_t calls;
    int errno_first;
};
static bool fail_with(void *ctx, const char *bytes, size_t n)
{
    struct failing *f = ctx;
    (void)bytes;
    (void)n;
    errno = f->calls++ == 0 ? f->errno_first : ENOSPC;
    return false;
}
static void the_first_error_sticks_and_nothing_is_written_after_it(void **state)
{
    struct failing f = { 0, EIO };
    struct mw_err err = MW_ERR_INIT(MW_EN);
    struct mw_out *o = mw_out_new(fail_with, &f, &(struct mw_out_opts){ .format = MW_TEXT });
    struct mw_str big = MW_STR_INIT;
    (void)state;
    for (int i = 0; i < 200000; i++)
        mw_str_addz(&big, "word ");
    mw_out_object(o, NULL, NULL);
    mw_out_para(o, MW_BODY, mw_str_sv(&big));
    mw_out_para(o, MW_BODY, mw_str_sv(&big));
    mw_out_z(o, "a", "A", "b");
    mw_out_end(o);
    assert_int_equal(mw_out_finish(o, &err), MW_OUTPUT);
    assert_non_null(strstr(err.msg, strerror(EIO)));
    assert_int_equal(f.calls, 1);
    mw_out_free(o);
    mw_err_clear(&err);
    mw_str_free(&big);
}

static void a_string_that_may_not_grow_further_is_an_error(void **state)
{
    struct mw_str small = { .max = 100 };
    struct mw_out *o = mw_out_to_str(&small, &(struct mw_out_opts){ .format = MW_JSON });
    (void)state;
    mw_out_list(o, NULL, NULL);
    for (int i = 0; i < 100; i++)
        mw_out_int(o, NULL, NULL, i);
    assert_int_equal(mw_out_finish(o, NULL), MW_NOMEM);
    mw_out_free(o);
    mw_str_free(&small);
}

static void finish_closes_what_is_open_and_free_needs_no_finish(void **state)
{
    static const struct mw_column COLS[] = { { "a", "A", false } };
    struct outing t;
    (void)state;
    start(&t, MW_JSON, MW_EN);
    mw_out_object(t.o, NULL, NULL);
    mw_out_table(t.o, "t", NULL, COLS, 1);
    mw_out_row(t.o);
    mw_out_int(t.o, "a", NULL, 1);
    expect(&t, "{\n  \"t\": [\n    {\n      \"a\": 1\n    }\n  ]\n}\n");
    for (int format = MW_TEXT; format <= MW_HTML; format++) { /* leaks are the sanitizers' to find */
        start(&t, (enum mw_format)format, MW_EN);
        mw_out_object(t.o, NULL, "L");
        mw_out_z(t.o, "a", "A", "b");
        mw_out_table(t.o, "t", "T", COLS, 1);
        mw_out_row(t.o);
        done(&t);
    }
    mw_out_free(NULL);
}

#ifndef MW_SAN /* there it aborts, which is what finds such calls in other tests */
static void calls_that_make_no_sense_are_dropped_and_remembered(void **state)
{
    static const struct mw_column COLS[] = { { "a", "A", false } };
    (void)state;
    for (int which = 0; which < 7; which++) {
        struct mw_str text = MW_STR_INIT;
        struct mw_out *o = mw_out_to_str(&text, &(struct mw_out_opts){ .format = MW_JSON });
        if (which == 0)
            mw_out_int(o, "early", "E", 1); /* before the document */
        mw_out_object(o, NULL, NULL);
        mw_out_int(o, "a", NULL, 1);
        if (which == 1)
            mw_out_int(o, NULL, NULL, 2); /* for nobody */
        if (which == 2) {
            mw_out_row(o); /* outside a table, with all that is in it */
            mw_out_int(o, "lost", NULL, 3);
            mw_out_object(o, "lost", NULL);
            mw_out_end(o);
            mw_out_end(o);
        }
        mw_out_table(o, "t", NULL, COLS, 1);
        if (which == 3)
            mw_out_int(o, "b", "B", 4); /* between rows */
        if (which == 4) {
            mw_out_object(o, "x", NULL); /* in place of a row */
            mw_out_end(o);
        }
        mw_out_end(o);
        mw_out_end(o);
        if (which == 5)
            mw_out_end(o);
        if (which == 6)
            mw_out_object(o, NULL, NULL); /* a second document */
        assert_int_equal(mw_out_finish(o, NULL), MW_OK);
        assert_non_null(mw_out_misuse(o));
        assert_string_equal(mw_str_z(&text), "{\n  \"a\": 1,\n  \"t\": []\n}\n");
        mw_out_free(o);
        mw_str_free(&text);
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_read_aligned_labels_and_a_table),
        cmocka_unit_test(germans_read_german_numbers_dates_and_words),
        cmocka_unit_test(programs_read_the_same_as_json),
        cmocka_unit_test(browsers_get_a_fragment),
        cmocka_unit_test(what_is_not_stated_is_left_out_everywhere),
        cmocka_unit_test(what_is_for_people_only_never_reaches_programs),
        cmocka_unit_test(labels_and_formats_are_translated_texts_are_not),
        cmocka_unit_test(a_table_without_labels_has_no_head),
        cmocka_unit_test(cells_are_found_by_key_and_else_by_label),
        cmocka_unit_test(an_empty_table_is_said_in_words),
        cmocka_unit_test(a_list_of_objects_shows_each_below_the_heading),
        cmocka_unit_test(compact_json_is_one_object_a_line),
        cmocka_unit_test(paragraphs_wrap_at_the_width_and_keep_their_newlines),
        cmocka_unit_test(long_values_hang_behind_their_labels),
        cmocka_unit_test(a_table_wraps_its_widest_column_and_aligns_by_terminal_columns),
        cmocka_unit_test(a_table_with_too_many_columns_becomes_lists_of_values),
        cmocka_unit_test(no_line_is_wider_than_the_terminal),
        cmocka_unit_test(a_terminal_sees_no_control_characters_of_others),
        cmocka_unit_test(colours_come_only_when_asked_for),
        cmocka_unit_test(a_style_asked_for_a_value_left_out_does_not_reach_the_next),
        cmocka_unit_test(json_escapes_what_must_not_stand_raw),
        cmocka_unit_test(html_escapes_text_and_attributes),
        cmocka_unit_test(only_http_addresses_and_own_paths_become_links),
        cmocka_unit_test(hostile_texts_never_break_the_form),
        cmocka_unit_test(a_full_disk_is_said_once_at_the_end),
        cmocka_unit_test(the_first_error_sticks_and_nothing_is_written_after_it),
        cmocka_unit_test(a_string_that_may_not_grow_further_is_an_error),
        cmocka_unit_test(finish_closes_what_is_open_and_free_needs_no_finish),
#ifndef MW_SAN
        cmocka_unit_test(calls_that_make_no_sense_are_dropped_and_remembered),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
