/* Stems: inflected forms fall together, and what is not German letters stays. */
#include "lib/language/stem.h"

#include "lib/language/analyse.h"
#include "tests/test.h"

static struct mw_sv stem(const char *word, char buf[200])
{
    struct mw_str folded = MW_STR_INIT;
    mw_fold(&folded, mw_sv(word));
    assert_true(folded.n < 200);
    memcpy(buf, folded.p != NULL ? folded.p : "", folded.n);
    size_t n = mw_stem_german(buf, folded.n);
    mw_str_free(&folded);
    return mw_sv_n(buf, n);
}
static void assert_alike(const char *a, const char *b)
{
    char one[200], two[200];
    struct mw_sv x = stem(a, one), y = stem(b, two);
    if (!mw_sv_eq(x, y))
        fail_msg("%s gives %.*s, %s gives %.*s", a, MW_SV_ARG(x), b, MW_SV_ARG(y));
}
static void assert_stem(const char *word, const char *want)
{
    char buf[200];
    assert_sv(stem(word, buf), want);
}

/* Worked by hand from the algorithm in the paper, without regard to case. */
static void stems_are_those_of_the_paper(void **state)
{
    static const struct {
        const char *word, *stem;
    } CASES[] = {
        { "Speicherbehältern", "speicherbehal" }, { "Grenzpostens", "grenzpo" }, { "Ausgefeiltere", "ausgefeil" }, { "zeugen", "zeug" },
        { "gesehen", "seh" },   { "geh", "geh" },     { "gern", "ger" },     { "Liegestühle", "liegestuhl" }, { "Fischen", "fisch" },
        { "Schwimmbad", "schwimmbad" }, { "Kindern", "kind" }, { "Hand", "hand" }, { "Jugend", "jug" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_stem(CASES[i].word, CASES[i].stem);
}

static void inflected_forms_fall_together(void **state)
{
    static const char *const FORMS[][5] = {
        { "Quartierskonzept", "Quartierskonzepte", "Quartierskonzepten", "Quartierskonzeptes", "quartierskonzept" },
        { "Stadt", "Städte", "Städten", "Staedte", "STADT" },
        { "Förderung", "Förderungen", "Foerderung", "förderung", "Forderungen" },
        { "Haus", "Häuser", "Häusern", "Hauses", "Haeuser" },
        { "Land", "Länder", "Ländern", "Landes", "Laender" },
        { "Zuschuss", "Zuschüsse", "Zuschüssen", "Zuschuß", "Zuschusses" },
        { "Baum", "Bäume", "Bäumen", "Baeume", "Baumes" },
        { "kommunal", "kommunale", "kommunalen", "kommunaler", "kommunales" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(FORMS); i++)
        for (size_t k = 1; k < 5; k++)
            assert_alike(FORMS[i][0], FORMS[i][k]);
}

static void female_forms_fall_together_with_male_ones(void **state)
{
    (void)state;
    assert_alike("Antragstellerin", "Antragsteller");
    assert_alike("Antragstellerinnen", "Antragsteller");
    assert_alike("Zuwendungsempfängerinnen", "Zuwendungsempfänger");
    assert_stem("Schwerin", "schweri"); /* a town, not a female form */
}

static void letters_that_belong_together_are_not_torn_apart(void **state)
{
    (void)state;
    assert_alike("Busch", "Büsche");
    assert_alike("Schnee", "Schnees");
    assert_alike("Knie", "Knies");
    assert_alike("Pass", "Passes");
}

static void what_is_no_german_word_stays(void **state)
{
    (void)state;
    assert_stem("", "");
    assert_stem("es", "es");
    assert_stem("see", "see");
    assert_stem("co2ausstoßes", "co2ausstosses");
    assert_stem("αθηναen", "αθηναen");
}

static void a_stem_is_never_empty_nor_longer_than_the_word(void **state)
{
    static const char LETTERS[] = "abcdeghinrstu";
    uint64_t seed = 42;
    (void)state;
    for (int round = 0; round < 200000; round++) {
        char word[32];
        size_t n = 1 + (seed >> 33) % 20;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            word[i] = LETTERS[(seed >> 33) % (sizeof LETTERS - 1)];
        }
        size_t stemmed = mw_stem_german(word, n);
        assert_true(stemmed >= 1 && stemmed <= n);
        assert_true(n < 3 || stemmed >= 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stems_are_those_of_the_paper),
        cmocka_unit_test(inflected_forms_fall_together),
        cmocka_unit_test(female_forms_fall_together_with_male_ones),
        cmocka_unit_test(letters_that_belong_together_are_not_torn_apart),
        cmocka_unit_test(what_is_no_german_word_stays),
        cmocka_unit_test(a_stem_is_never_empty_nor_longer_than_the_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
