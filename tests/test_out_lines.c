/* Text for terminals: lines wrap, tables fit, nothing is wider than the screen. */
#include "tests/mutate.h"
#include "tests/outing.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraphs_wrap_at_the_width_and_keep_their_newlines),
        cmocka_unit_test(long_values_hang_behind_their_labels),
        cmocka_unit_test(a_table_wraps_its_widest_column_and_aligns_by_terminal_columns),
        cmocka_unit_test(a_table_with_too_many_columns_becomes_lists_of_values),
        cmocka_unit_test(no_line_is_wider_than_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
