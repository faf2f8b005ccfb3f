/* One document, four formats: what people, programs and browsers read. */
#include "tests/outing.h"

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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
