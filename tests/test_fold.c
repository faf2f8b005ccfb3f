/* Folding: every spelling of a word gives one form. */
#include "lib/language/analyse.h"

#include "lib/core/file.h"
#include "tests/test.h"

#define NGERMAN "/usr/share/dict/ngerman"

static void assert_fold(const char *in, const char *want)
{
    struct mw_str got = MW_STR_INIT;
    mw_fold(&got, mw_sv(in));
    assert_string_equal(mw_str_z(&got), want);
    mw_str_free(&got);
}

static void an_umlaut_is_its_vowel_however_it_is_written(void **state)
{
    (void)state;
    assert_fold("Förderung", "forderung");
    assert_fold("Foerderung", "forderung");
    assert_fold("Forderung", "forderung");
    assert_fold("STÄDTE", "stadte");
    assert_fold("STAEDTE", "stadte");
    assert_fold("Grünfläche", "grunflache");
    assert_fold("Gruenflaeche", "grunflache");
    assert_fold("Bo\xCC\x88" "e", "bo"); /* decomposed, and the e of Böe as if it were that of ö */
    assert_fold("Boe", "bo");
}

static void sharp_s_is_two(void **state)
{
    (void)state;
    assert_fold("Straße", "strasse");
    assert_fold("STRASSE", "strasse");
    assert_fold("STRA\xE1\xBA\x9E" "E", "strasse");
    assert_fold("Maßnahme", "massnahme");
}

static void the_e_of_a_diphthong_stays(void **state)
{
    static const char *const STAY[] = { "neue", "quelle", "bauen", "steuer", "dauer", "feuer", "treue", "quer", "sequenz", "mauer" };
    (void)state;
    for (size_t i = 0; i < COUNT(STAY); i++)
        assert_fold(STAY[i], STAY[i]);
    assert_fold("Energieüberschuss", "energieuberschuss"); /* but before b it can only be ü */
    assert_fold("Energieueberschuss", "energieuberschuss");
    assert_fold("Energieuberschuss", "energieuberschuss");
}

static void accents_go(void **state)
{
    (void)state;
    assert_fold("Café", "cafe");
    assert_fold("Cafe\xCC\x81", "cafe");
    assert_fold("Île-de-France", "ile-de-france");
    assert_fold("Łódź São Çelik Ñu", "łodz sao celik nu");
    assert_fold("ﬁnanz CO₂ m²", "finanz co2 m2");
}

static void what_only_the_typesetter_sees_goes(void **state)
{
    (void)state;
    assert_fold("Zuwen\xC2\xAD" "dung", "zuwendung");
    assert_fold("Zu\xE2\x80\x8Bwendung\xEF\xBB\xBF", "zuwendung");
}

static void other_characters_stay(void **state)
{
    (void)state;
    assert_fold("§ 44 BHO, 75 %", "§ 44 bho, 75 %");
    assert_fold("ΑΘΗΝΑ", "αθηνα");
    assert_fold("", "");
}

static void folding_twice_changes_nothing_and_appends(void **state)
{
    struct mw_str once = MW_STR_INIT, twice = MW_STR_INIT;
    (void)state;
    mw_fold(&once, MW_SV("Böen über Israel, neue Europäer"));
    mw_fold(&twice, mw_str_sv(&once));
    assert_string_equal(mw_str_z(&once), mw_str_z(&twice));
    mw_fold(&once, MW_SV("E"));
    assert_int_equal(once.n, twice.n + 1);
    mw_str_free(&once);
    mw_str_free(&twice);
}

/* Writes w with every umlaut as its vowel and then with (tail "e") or without an e, ß as ss. */
static void respell(struct mw_str *out, struct mw_sv w, const char *tail)
{
    static const struct {
        const char *from, *to;
    } UMLAUTS[] = { { "ä", "a" }, { "ö", "o" }, { "ü", "u" }, { "Ä", "A" }, { "Ö", "O" }, { "Ü", "U" } };
    mw_str_clear(out);
    for (size_t i = 0; i < w.n;) {
        size_t k = 0;
        while (k < COUNT(UMLAUTS) && !mw_sv_starts(mw_sv_sub(w, i, 2), mw_sv(UMLAUTS[k].from)))
            k++;
        if (k < COUNT(UMLAUTS)) {
            mw_str_addz(out, UMLAUTS[k].to);
            mw_str_addz(out, tail);
            i += 2;
        } else if (mw_sv_starts(mw_sv_sub(w, i, 2), MW_SV("ß"))) {
            mw_str_addz(out, "ss");
            i += 2;
        } else {
            mw_str_addc(out, w.p[i++]);
        }
    }
}

static void every_german_word_with_an_umlaut_folds_alike_in_all_spellings(void **state)
{
    struct mw_lines *lines = NULL;
    struct mw_sv w;
    size_t with_umlaut = 0;
    struct mw_str spelled = MW_STR_INIT, a = MW_STR_INIT, b = MW_STR_INIT;
    (void)state;
    if (access(NGERMAN, R_OK) != 0)
        skip();
    assert_int_equal(mw_lines_open(&lines, NGERMAN, 1000, NULL), MW_OK);
    while (mw_lines_next(lines, &w, NULL) == MW_OK) {
        if (memchr(w.p, 0xC3, w.n) == NULL)
            continue;
        with_umlaut++;
        mw_str_clear(&a);
        mw_fold(&a, w);
        for (int how = 0; how < 3; how++) {
            mw_str_clear(&b);
            if (how == 2) { /* decomposed */
                mw_str_clear(&spelled);
                for (size_t i = 0; i < w.n; i++) {
                    static const char UMLAUTS[] = "\xA4\xB6\xBC\x84\x96\x9C", VOWELS[] = "aouAOU";
                    const char *u = i + 1 < w.n && w.p[i] == '\xC3' ? strchr(UMLAUTS, w.p[i + 1]) : NULL;
                    if (u == NULL) {
                        mw_str_addc(&spelled, w.p[i]);
                        continue;
                    }
                    mw_str_addc(&spelled, VOWELS[u - UMLAUTS]);
                    mw_str_addz(&spelled, "\xCC\x88");
                    i++;
                }
            } else {
                respell(&spelled, w, how == 0 ? "e" : "");
            }
            mw_fold(&b, mw_str_sv(&spelled));
            if (!mw_sv_eq(mw_str_sv(&a), mw_str_sv(&b)))
                fail_msg("%.*s: %s, but %s: %s", MW_SV_ARG(w), mw_str_z(&a), mw_str_z(&spelled), mw_str_z(&b));
        }
    }
    assert_true(with_umlaut > 50000);
    mw_lines_close(lines);
    mw_str_free(&spelled);
    mw_str_free(&a);
    mw_str_free(&b);
}

static void any_bytes_fold_to_valid_text(void **state)
{
    uint64_t seed = 0x9E3779B97F4A7C15u;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        size_t n = seed % 40;
        char *bytes = malloc(n + 1);
        for (size_t i = 0; i < n; i++) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            bytes[i] = (char)(seed >> 20);
        }
        struct mw_str got = MW_STR_INIT;
        char *exact = n > 0 ? malloc(n) : NULL; /* so that a sanitizer sees a read behind the end */
        if (n > 0)
            memcpy(exact, bytes, n);
        mw_fold(&got, mw_sv_n(exact != NULL ? exact : "", n));
        assert_true(mw_utf8_invalid_at(mw_str_sv(&got)) == SIZE_MAX);
        mw_str_free(&got);
        free(exact);
        free(bytes);
        seed += 0x9E3779B97F4A7C15u;
    }
}

static void stop_words_are_known_in_folded_form(void **state)
{
    (void)state;
    assert_true(mw_is_stopword(MW_SV("fur"), false));
    assert_true(mw_is_stopword(MW_SV("und"), false));
    assert_true(mw_is_stopword(MW_SV("the"), true));
    assert_false(mw_is_stopword(MW_SV("the"), false));
    assert_false(mw_is_stopword(MW_SV("und"), true));
    assert_false(mw_is_stopword(MW_SV("forderung"), false));
    assert_false(mw_is_stopword(MW_SV(""), false));
    assert_false(mw_is_stopword(MW_SV("und oder"), false));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_umlaut_is_its_vowel_however_it_is_written),
        cmocka_unit_test(sharp_s_is_two),
        cmocka_unit_test(the_e_of_a_diphthong_stays),
        cmocka_unit_test(accents_go),
        cmocka_unit_test(what_only_the_typesetter_sees_goes),
        cmocka_unit_test(other_characters_stay),
        cmocka_unit_test(folding_twice_changes_nothing_and_appends),
        cmocka_unit_test(every_german_word_with_an_umlaut_folds_alike_in_all_spellings),
        cmocka_unit_test(any_bytes_fold_to_valid_text),
        cmocka_unit_test(stop_words_are_known_in_folded_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
