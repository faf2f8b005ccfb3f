/* The compound splitter against words split by hand before it was written (tests/data), and the lexicon behind it. */
#include "lib/language/compound.h"

#include <sys/stat.h>
#include <time.h>

#include "lib/core/file.h"
#include "lib/language/analyse.h"
#include "tests/test.h"

static char cache[] = "/tmp/mw-lexicon-XXXXXX";

static int open_big(void **state)
{
    if (mkdtemp(cache) == NULL)
        return -1;
    return (int)mw_lexicon_open((struct mw_lexicon **)state, NULL, cache, NULL);
}
static int close_big(void **state)
{
    char command[200];
    mw_lexicon_free(*state);
    snprintf(command, sizeof command, "rm -rf %s", cache);
    return system(command);
}
static struct mw_lexicon *open_own(void) /* our own list alone */
{
    struct mw_lexicon *lex = NULL;
    assert_int_equal(mw_lexicon_open(&lex, "/dev/null", cache, NULL), MW_OK);
    return lex;
}

/* "klima|schutz" */
static void assert_split(const struct mw_lexicon *lex, const char *word, const char *want)
{
    struct mw_str folded = MW_STR_INIT, got = MW_STR_INIT;
    size_t cuts[MW_PARTS_MAX - 1];

    mw_fold(&folded, mw_sv(word));
    size_t n = mw_compound_cuts(lex, mw_str_sv(&folded), cuts);
    for (size_t i = 0, k = 0; i < folded.n; i++) {
        if (k < n && cuts[k] == i) {
            mw_str_addc(&got, '|');
            k++;
        }
        mw_str_addc(&got, folded.p[i]);
    }
    assert_string_equal(mw_str_z(&got), want);
    mw_str_free(&folded);
    mw_str_free(&got);
}

/* --- the measure -------------------------------------------------------------------------------------------------- */

struct score {
    size_t right, wrong, missed, words, taken_apart;
};
/* One line of tests/data/compounds.tsv: | a boundary, ~ one that counts neither way. */
static void score_compound(const struct mw_lexicon *lex, struct mw_sv line, struct score *s)
{
    struct mw_str plain = MW_STR_INIT, folded = MW_STR_INIT;
    size_t must[32], may[32], n_must = 0, n_may = 0, cuts[MW_PARTS_MAX - 1];

    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] != '|' && line.p[i] != '~') {
            mw_str_addc(&plain, line.p[i]);
            continue;
        }
        mw_str_clear(&folded);
        mw_fold(&folded, mw_str_sv(&plain));
        if (line.p[i] == '|')
            must[n_must++ % 32] = folded.n;
        else
            may[n_may++ % 32] = folded.n;
    }
    mw_str_clear(&folded);
    mw_fold(&folded, mw_str_sv(&plain));
    size_t n = mw_compound_cuts(lex, mw_str_sv(&folded), cuts), hits = 0;
    for (size_t i = 0; i < n; i++) {
        bool right = false, free_of_charge = false;
        for (size_t k = 0; k < n_must; k++)
            right |= cuts[i] == must[k];
        for (size_t k = 0; k < n_may; k++)
            free_of_charge |= cuts[i] == may[k];
        hits += right;
        s->wrong += !right && !free_of_charge;
    }
    s->right += hits;
    s->missed += n_must - hits;
    s->words++;
    mw_str_free(&plain);
    mw_str_free(&folded);
}
static struct score measure(const struct mw_lexicon *lex)
{
    struct score s = { 0 };
    struct mw_lines *lines = NULL;
    struct mw_sv line;

    assert_int_equal(mw_lines_open(&lines, "tests/data/compounds.tsv", 1000, NULL), MW_OK);
    while (mw_lines_next(lines, &line, NULL) == MW_OK)
        if (line.n > 0 && line.p[0] != '#')
            score_compound(lex, line, &s);
    mw_lines_close(lines);
    assert_true(s.words >= 300);
    s.words = 0;
    assert_int_equal(mw_lines_open(&lines, "tests/data/simple.tsv", 1000, NULL), MW_OK);
    while (mw_lines_next(lines, &line, NULL) == MW_OK)
        if (line.n > 0 && line.p[0] != '#') {
            struct mw_str folded = MW_STR_INIT;
            size_t cuts[MW_PARTS_MAX - 1];
            mw_fold(&folded, line);
            s.taken_apart += mw_compound_cuts(lex, mw_str_sv(&folded), cuts) > 0;
            s.words++;
            mw_str_free(&folded);
        }
    mw_lines_close(lines);
    assert_true(s.words >= 300);
    return s;
}
static void assert_good(const char *what, struct score s, double precision, double recall, double simple)
{
    double p = (double)s.right / (double)(s.right + s.wrong), r = (double)s.right / (double)(s.right + s.missed);
    double split = (double)s.taken_apart / (double)s.words;

    printf("%s: boundaries: precision %.3f, recall %.3f; simple words taken apart %.3f\n", what, p, r, split);
    assert_true(p >= precision && r >= recall && split <= simple);
}

static void compounds_come_apart_where_a_person_parts_them(void **state)
{
    if (access("/usr/share/dict/ngerman", R_OK) != 0)
        skip();
    assert_good("wngerman and our list", measure(*state), 0.98, 0.92, 0.05);
}

static void our_own_list_alone_is_nearly_as_good_for_funding(void **state)
{
    struct mw_lexicon *own = open_own();
    (void)state;
    assert_good("our list alone", measure(own), 0.98, 0.85, 0.05);
    mw_lexicon_free(own);
}

/* --- single words ------------------------------------------------------------------------------------------------- */

static void the_parts_of_parts_are_parted_too(void **state)
{
    assert_split(*state, "Landeshaushaltsordnung", "landes|haushalts|ordnung");
    assert_split(*state, "Grunderwerbsteuergesetz", "grund|erwerb|steuer|gesetz");
    assert_split(*state, "Klimaschutzteilkonzept", "klima|schutz|teil|konzept");
}

static void every_link_is_known(void **state)
{
    assert_split(*state, "Zuwendungsbescheid", "zuwendungs|bescheid");
    assert_split(*state, "Klassenzimmer", "klassen|zimmer");
    assert_split(*state, "Studentenwohnheim", "studenten|wohn|heim");
    assert_split(*state, "Tagespflege", "tages|pflege");
    assert_split(*state, "Kindergarten", "kinder|garten");
    assert_split(*state, "Städtebau", "stadte|bau");
    assert_split(*state, "Förderantrag", "forder|antrag");
}

static void simple_words_stay_whole(void **state)
{
    static const char *const WORDS[] = { "Unternehmen", "Zusammenarbeit", "Maßnahmen", "Unterstützung", "Verwendung", "Beratung", "spezifischen", "thematische", "Institutionen",
        "zugelassen", "gemeinsamen", "allgemeine", "Kombination", "verbessern", "Verbraucher", "wirtschaftlichen", "Bürgerinnen", "Haushalt", "Buchstabe", "Einführung" };
    for (size_t i = 0; i < COUNT(WORDS); i++) {
        struct mw_str folded = MW_STR_INIT;
        size_t cuts[MW_PARTS_MAX - 1];
        mw_fold(&folded, mw_sv(WORDS[i]));
        if (mw_compound_cuts(*state, mw_str_sv(&folded), cuts) > 0)
            fail_msg("%s is taken apart", WORDS[i]);
        mw_str_free(&folded);
    }
}

static void a_compound_that_no_list_knows_comes_apart(void **state)
{
    assert_split(*state, "Quartierssanierungsfahrplan", "quartiers|sanierungs|fahr|plan");
    assert_split(*state, "Einreichungsfrist", "einreichungs|frist"); /* einreichen is a word, so Einreichung is */
}

static void the_e_that_folding_drops_is_given_back(void **state)
{
    struct mw_sv folded = MW_SV("klimarwarmung");
    char buf[MW_COMPOUND_MAX + 1];
    assert_split(*state, "Klimaerwärmung", "klima|rwarmung");
    assert_split(*state, "Klimaerwaermung", "klima|rwarmung");
    assert_sv(mw_compound_part(*state, folded, 5, folded.n, buf), "erwarmung");
    assert_sv(mw_compound_part(*state, folded, 0, 5, buf), "klima");
}

static void hostile_words_stay_whole(void **state)
{
    size_t cuts[MW_PARTS_MAX - 1];
    char long_word[500];

    memset(long_word, 'a', sizeof long_word);
    assert_int_equal(mw_compound_cuts(*state, mw_sv_n(long_word, sizeof long_word), cuts), 0);
    assert_int_equal(mw_compound_cuts(*state, MW_SV(""), cuts), 0);
    assert_int_equal(mw_compound_cuts(*state, MW_SV("co2haushaltsplan"), cuts), 0);
    for (size_t n = 0; n + 3 <= MW_COMPOUND_MAX; n += 3) { /* more parts than there is room for */
        memcpy(long_word + n, "bau", 3);
        assert_true(mw_compound_cuts(*state, mw_sv_n(long_word, n + 3), cuts) < MW_PARTS_MAX);
    }
}

/* --- the lexicon -------------------------------------------------------------------------------------------------- */

static void the_compiled_lexicon_is_kept_and_says_the_same(void **state)
{
    struct mw_lexicon *first = open_own(), *second = open_own();
    (void)state;
    assert_true(mw_lexicon_is_mapped(second));
    assert_true(mw_lexicon_hash(first) == mw_lexicon_hash(second));
    assert_true(mw_lexicon_words(first) == mw_lexicon_words(second) && mw_lexicon_words(first) > 10000);
    assert_split(second, "Förderantrag", "forder|antrag");
    mw_lexicon_free(first);
    mw_lexicon_free(second);
}

static void another_list_is_another_lexicon(void **state)
{
    char path[200];
    struct mw_lexicon *lex = NULL, *own = open_own();

    snprintf(path, sizeof path, "%s/list", cache);
    assert_int_equal(mw_file_write(path, MW_SV("Quux\nQuuxs\nBlorb\n"), NULL), MW_OK);
    assert_int_equal(mw_lexicon_open(&lex, path, cache, NULL), MW_OK);
    assert_true(mw_lexicon_hash(lex) != mw_lexicon_hash(own) && mw_lexicon_hash(lex) != mw_lexicon_hash(*state));
    assert_split(lex, "Blorbquux", "blorb|quux");
    assert_split(own, "Blorbquux", "blorbquux");
    mw_lexicon_free(lex);
    mw_lexicon_free(own);
}

static void a_damaged_cache_is_compiled_anew(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_list names = { 0 };
    char path[400];
    (void)state;

    mw_lexicon_free(open_own());
    assert_int_equal(mw_dir_list(&names, a, cache, ".bin", NULL), MW_OK);
    assert_true(names.n > 0);
    for (size_t i = 0; i < names.n; i++) {
        struct mw_sv whole, name = *MW_AT(names, struct mw_sv, i);
        snprintf(path, sizeof path, "%s/%.*s", cache, MW_SV_ARG(name));
        assert_int_equal(mw_file_read(&whole, a, path, (size_t)1 << 30, NULL), MW_OK);
        for (size_t keep = 0; keep < 100; keep += 9) { /* cut off anywhere: within the header, behind it */
            assert_int_equal(mw_file_write(path, mw_sv_sub(whole, 0, keep), NULL), MW_OK);
            struct mw_lexicon *lex = open_own();
            assert_split(lex, "Förderantrag", "forder|antrag");
            mw_lexicon_free(lex);
        }
    }
    mw_arena_free(a);
}

static void without_a_place_for_the_cache_it_lives_in_memory(void **state)
{
    struct mw_lexicon *lex = NULL;
    (void)state;
    assert_int_equal(mw_lexicon_open(&lex, "/dev/null", "/proc/nowhere", NULL), MW_OK);
    assert_false(mw_lexicon_is_mapped(lex));
    assert_split(lex, "Förderantrag", "forder|antrag");
    mw_lexicon_free(lex);
}

static void a_list_that_is_named_must_be_there(void **state)
{
    struct mw_lexicon *lex = NULL;
    struct mw_err err = MW_ERR_INIT(MW_DE);
    (void)state;
    assert_int_equal(mw_lexicon_open(&lex, "/nowhere/list", cache, &err), MW_IO);
    assert_null(lex);
    assert_non_null(strstr(err.msg, "Wortliste"));
    mw_err_clear(&err);
}

static void a_list_of_any_bytes_does_no_harm(void **state)
{
    char path[200], bytes[4096];
    struct mw_lexicon *lex = NULL;
    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * i * 7 + i / 13);
    snprintf(path, sizeof path, "%s/bytes", cache);
    assert_int_equal(mw_file_write(path, mw_sv_n(bytes, sizeof bytes), NULL), MW_OK);
    assert_int_equal(mw_lexicon_open(&lex, path, cache, NULL), MW_OK);
    mw_lexicon_free(lex);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compounds_come_apart_where_a_person_parts_them),
        cmocka_unit_test(our_own_list_alone_is_nearly_as_good_for_funding),
        cmocka_unit_test(the_parts_of_parts_are_parted_too),
        cmocka_unit_test(every_link_is_known),
        cmocka_unit_test(simple_words_stay_whole),
        cmocka_unit_test(a_compound_that_no_list_knows_comes_apart),
        cmocka_unit_test(the_e_that_folding_drops_is_given_back),
        cmocka_unit_test(hostile_words_stay_whole),
        cmocka_unit_test(the_compiled_lexicon_is_kept_and_says_the_same),
        cmocka_unit_test(another_list_is_another_lexicon),
        cmocka_unit_test(a_damaged_cache_is_compiled_anew),
        cmocka_unit_test(without_a_place_for_the_cache_it_lives_in_memory),
        cmocka_unit_test(a_list_that_is_named_must_be_there),
        cmocka_unit_test(a_list_of_any_bytes_does_no_harm),
    };
    return cmocka_run_group_tests(tests, open_big, close_big);
}
