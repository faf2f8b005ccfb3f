/* Text to words and parts: what a notice and a query become alike. */
#include "lib/language/analyse.h"

#include <time.h>

#include "lib/core/file.h"
#include "tests/test.h"

static char cache[] = "/tmp/mw-analyse-XXXXXX";

static int open_analyser(void **state)
{
    if (mkdtemp(cache) == NULL || setenv("XDG_CACHE_HOME", cache, 1) != 0)
        return -1;
    return (int)mw_analyser_new((struct mw_analyser **)state, NULL, NULL);
}
static int close_analyser(void **state)
{
    char command[200];
    mw_analyser_free(*state);
    snprintf(command, sizeof command, "rm -rf %s", cache);
    return system(command);
}

struct collected {
    struct mw_str forms;
    size_t begin, end; /* of the word before a part */
    struct mw_sv text;
};
static bool collect(void *ctx, const struct mw_token *t)
{
    struct collected *c = ctx;
    assert_true(t->begin < t->end && t->end <= c->text.n && t->form.n > 0);
    if (t->part)
        assert_true(t->begin == c->begin && t->end == c->end);
    else
        assert_true(t->begin >= c->end);
    c->begin = t->begin;
    c->end = t->end;
    if (c->forms.n > 0)
        mw_str_addc(&c->forms, t->part ? '+' : ' ');
    mw_str_add(&c->forms, t->form);
    return true;
}
static void assert_words_in(struct mw_analyser *an, const char *text, bool english, const char *want)
{
    struct collected c = { .text = mw_sv(text) };
    mw_analyse(an, c.text, english, collect, &c);
    assert_string_equal(mw_str_z(&c.forms), want);
    mw_str_free(&c.forms);
}
static void assert_words(struct mw_analyser *an, const char *text, const char *want) { assert_words_in(an, text, false, want); }

static void a_word_is_folded_and_stemmed(void **state)
{
    assert_words(*state, "Städte fördern", "stad ford");
    assert_words(*state, "  STÄDTE,\n(Gemeinden)!", "stad meind");
    assert_words(*state, "", "");
    assert_words(*state, " -- ... \xC2\xA0", "");
}

static void a_compound_is_followed_by_its_parts(void **state)
{
    assert_words(*state, "Quartierskonzepte", "quartierskonzep+quartier+konzep");
    assert_words(*state, "Klimaerwärmung", "klimarwarmung+klima+erwarmung");
    assert_words(*state, "Unternehmen", "unternehm");
    assert_words(*state, "Kinderspielplätze", "kinderspielplatz+kind+spiel+platz+spielplatz+kinderspiel"); /* of three, those of two as well */
}

/* "wegen" is no Weg and "gerade" no Rad: who looks for "Radwege" would find every notice that gives a reason. */
static void a_function_word_is_not_taken_for_a_noun(void **state)
{
    assert_words(*state, "wegen der Lage", "wegen der lag");
    assert_words(*state, "gerade falls waehrend", "gerade falls wahrend");
    assert_words(*state, "auf Wegen", "auf weg"); /* the noun */
    assert_words(*state, "Wege Rad Fall", "weg rad fall");
}

static void the_spelling_of_umlauts_makes_no_difference(void **state)
{
    static const char *const SPELLINGS[] = { "Städtebauförderung für Grünflächen", "Staedtebaufoerderung fuer Gruenflaechen", "Stadtebauforderung fur Grunflachen",
        "Sta\xCC\x88" "dtebaufo\xCC\x88rderung fu\xCC\x88r Gru\xCC\x88nfla\xCC\x88" "chen", "Städte\xC2\xAD" "bau\xC2\xAD" "förderung für Grün\xC2\xAD" "flächen",
        "STÄDTEBAUFÖRDERUNG FÜR GRÜNFLÄCHEN" };
    for (size_t i = 0; i < COUNT(SPELLINGS); i++)
        assert_words(*state, SPELLINGS[i], "stadtebauforderung+stad+bau+forderung+bauforderung+stadtebau fur grunflach+gru+flach");
}

static void a_hyphened_word_gives_itself_and_its_pieces(void **state)
{
    assert_words(*state, "KfW-Programm", "kfwprogramm+kfw+programm");
    assert_words(*state, "KfW\xE2\x80\x91Programm", "kfwprogramm+kfw+programm");
    assert_words(*state, "E-Mobilität", "emobilita+mobilita");
    assert_words(*state, "CO2-Reduktion", "co2reduktion+co2+reduktio");
    assert_words(*state, "2021-2027", "2021 2027");
    assert_words(*state, "Stadt/Land", "stad land");
}

static void what_is_said_once_counts_for_both(void **state)
{
    assert_words(*state, "Bau- und Sanierungskosten", "bau+bauko und sanierungsko+sanierung+kos");
    assert_words(*state, "Personal-, Sach- und Reisekosten", "personal+personalko sach+sachko und reiseko+reis+kos");
    assert_words(*state, "Bauplanung und -ausführung", "bauplanung+bau+planung und ausfuhrung+bauausfuhrung");
    assert_words(*state, "KMU- und BAFA-Programme", "kmu+kmuprogramm und bafaprogramm+bafa+programm");
    assert_words(*state, "finanz-\nschwache", "finanz+finanzschwach schwach");
    assert_words(*state, "Bau- Kosten", "bau kos");
    assert_words(*state, "Bau-", "bau");
}

static void a_part_is_found_in_its_compound_as_it_is_written(void **state)
{
    static const struct { const char *word, *form, *next, *want; } CASES[] = {
        { "Radwegebau", "rad", "weg", "Rad" }, { "Radwegebau", "weg", "bau", "wege" }, { "Radwegebau", "bau", NULL, "bau" },
        { "Dienstleistung", "dien", "leistung", "Dienst" }, { "Sportplatzgebäude", "baud", NULL, "gebäude" },
        { "Übungsräume", "raum", NULL, "räume" }, { "ÜBUNGSRÄUME", "ubung", "raum", "ÜBUNGS" }, { "KfW-Programme", "kfw", "programm", "KfW" },
        { "Schulwesen", "schul", "nirgends", "Schul" }, { "Spielplatzkosten", "kos", "platzko", "kosten" },
        { "Kinderspielplätze", "platz", "spielplatz", "plätze" }, { "Kinderspielplätze", "spielplatz", NULL, "spielplätze" }, { "Bau", "baukost", NULL, NULL }, { "", "bau", NULL, NULL },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_sv next = CASES[i].next != NULL ? mw_sv(CASES[i].next) : MW_SV_NONE;
        struct mw_sv got = mw_part_in(mw_sv(CASES[i].word), mw_sv(CASES[i].form), next);
        if ((got.p == NULL) != (CASES[i].want == NULL) || (got.p != NULL && !mw_sv_eqz(got, CASES[i].want)))
            fail_msg("%s in %s: \"%.*s\"", CASES[i].form, CASES[i].word, MW_SV_ARG(got));
    }
}

static void numbers_and_codes_are_kept(void **state)
{
    assert_words(*state, "432 § 44 CO2 CO₂ ESF+ F&E", "432 § 44 co2 co2 esf++esf f&e");
    assert_words(*state, "5.000,00 EUR, 1.250.000 Euro, 2,5 Mio.", "5000 eur 1250000 euro 2,5 mio");
    assert_words(*state, "31.12.2026 Nr. 2.1.10", "31.12.2026 nr 2.1.10");
    assert_words(*state, "z.B. i.d.R. foerderung.land.de", "zb idr forderung land de");
}

static void both_genders_are_one_word(void **state)
{
    static const char *const SPELLINGS[] = { "Antragsteller", "Antragstellerin", "Antragsteller:innen", "Antragsteller*in", "Antragsteller_innen", "Antragsteller/-innen",
        "Antragsteller/in", "Antragsteller(innen)" };
    for (size_t i = 0; i < COUNT(SPELLINGS); i++)
        assert_words(*state, SPELLINGS[i], "antragstell+antrag+stell");
    assert_words(*state, "Bürger(-innen)", "burg inn"); /* not every one */
    assert_words(*state, "Maßnahme(n)beginn", "massnahmenbeginn+massnahm+beginn");
}

static bool count_stopwords(void *ctx, const struct mw_token *t) { return *(size_t *)ctx += t->stopword, true; }
static void stop_words_are_marked_in_the_text(void **state)
{
    size_t n = 0;
    mw_analyse(*state, MW_SV("Die Förderung für die Stadt"), false, count_stopwords, &n);
    assert_int_equal(n, 3);
}

static void english_is_stemmed_as_english(void **state)
{
    assert_words_in(*state, "Applications for funding municipalities", true, "applic for fund municip");
    assert_words_in(*state, "values does e-mobility Café", true, "valu doe emobl+mobil cafe");
}

static bool stop_at_second(void *ctx, const struct mw_token *t)
{
    (void)t;
    return ++*(int *)ctx < 2;
}
static void the_caller_may_stop(void **state)
{
    int n = 0;
    mw_analyse(*state, MW_SV("eins zwei drei vier"), false, stop_at_second, &n);
    assert_int_equal(n, 2);
}

static void a_word_has_the_bytes_of_the_original(void **state)
{
    struct collected c = { .text = MW_SV("ä Zuwen\xC2\xAD" "dung.") };
    mw_analyse(*state, c.text, false, collect, &c);
    assert_int_equal(c.begin, 3);
    assert_int_equal(c.end, c.text.n - 1);
    mw_str_free(&c.forms);
}

enum { NUMBERS = 1 << 21 };

static bool one_form_a_number(void *ctx, const struct mw_token *t)
{
    uint64_t *forms = ctx;
    assert_in_range(t->number, 1, NUMBERS - 1);
    assert_true(forms[t->number] == 0 || forms[t->number] == mw_sv_hash(t->form));
    forms[t->number] = mw_sv_hash(t->form);
    return true;
}

static void a_number_names_one_form_also_after_the_cache_was_emptied(void **state)
{
    struct mw_str flood = MW_STR_INIT;
    uint64_t *forms = calloc(NUMBERS, sizeof *forms);
    for (int round = 0; round < 2; round++)
        mw_analyse(*state, MW_SV("Quartierskonzepte f\xC3\xBCr Quartiere und ein Quartierskonzept"), round > 0, one_form_a_number, forms);
    for (int i = 0; i < 450000; i++) /* more than is remembered */
        mw_str_addf(&flood, "v%xv ", (unsigned)i);
    mw_str_addz(&flood, "Quartierskonzepte v1v v2v");
    mw_analyse(*state, mw_str_sv(&flood), false, one_form_a_number, forms);
    mw_str_free(&flood);
    free(forms);
}

static void the_same_word_is_the_same_after_the_cache_was_emptied(void **state)
{
    struct mw_str flood = MW_STR_INIT;
    struct collected ignored = { 0 };
    assert_words(*state, "Quartierskonzepte", "quartierskonzep+quartier+konzep");
    for (int i = 0; i < 450000; i++) /* more than is remembered */
        mw_str_addf(&flood, "w%xw ", (unsigned)i);
    ignored.text = mw_str_sv(&flood);
    mw_analyse(*state, ignored.text, false, collect, &ignored);
    assert_words(*state, "Quartierskonzepte", "quartierskonzep+quartier+konzep");
    mw_str_free(&ignored.forms);
    mw_str_free(&flood);
}

static void any_bytes_give_sound_words(void **state)
{
    static const char *const PIECES[] = { "a", "Bau", "-", " ", ".", "5", ",", "(", ")", ":innen", "/", "&", "+", "\xC3", "\xA4", "ä", "\xCC\x88", "\xC2\xAD", "\xC2\xA7", "\xFF", "kosten",
        "und", "\n", "\xE2\x80\x91", "₂", "*in" };
    uint64_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        struct mw_str text = MW_STR_INIT;
        for (int i = 0; i < 30; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            mw_str_addz(&text, PIECES[(seed >> 33) % COUNT(PIECES)]);
        }
        char *exact = malloc(text.n); /* so that a sanitizer sees a read behind the end */
        memcpy(exact, text.p, text.n);
        struct collected c = { .text = mw_sv_n(exact, text.n) };
        mw_analyse(*state, c.text, round % 2 == 0, collect, &c);
        mw_str_free(&c.forms);
        mw_str_free(&text);
        free(exact);
    }
}

static bool nothing(void *ctx, const struct mw_token *t) { return *(size_t *)ctx += t->form.n, true; }
static void long_texts_take_linear_time(void **state)
{
    static const char *const UNITS[] = { "a", "Bau-", "Bau- ", "Bau- und ", "-", "a.", "1.", "(a)", "ä", "a&", "bau", ":in", "a-" };
    for (size_t i = 0; i < COUNT(UNITS); i++) {
        struct mw_str text = MW_STR_INIT;
        size_t n = 0;
        while (text.n < 2000000)
            mw_str_addz(&text, UNITS[i]);
        clock_t began = clock();
        mw_analyse(*state, mw_str_sv(&text), false, nothing, &n);
        double seconds = (double)(clock() - began) / CLOCKS_PER_SEC;
        if (seconds > 10)
            fail_msg("\"%s\" again and again: %.1f s", UNITS[i], seconds);
        mw_str_free(&text);
    }
}

static void real_notices_are_read_at_megabytes_a_second(void **state)
{
    struct mw_lines *lines = NULL;
    struct mw_str text = MW_STR_INIT;
    struct mw_sv line;
    size_t n = 0;

    SKIP_WITHOUT_SHARED("eval/corpus.ndjson.gz");
    assert_int_equal(mw_lines_open(&lines, shared_path("eval/corpus.ndjson.gz"), (size_t)8 << 20, NULL), MW_OK);
    while (text.n < 8000000 && mw_lines_next(lines, &line, NULL) == MW_OK)
        mw_str_add(&text, line);
    mw_lines_close(lines);
    double best = 1e9;
    for (int i = 0; i < 3; i++) {
        clock_t began = clock();
        mw_analyse(*state, mw_str_sv(&text), false, nothing, &n);
        double seconds = (double)(clock() - began) / CLOCKS_PER_SEC;
        best = seconds < best ? seconds : best;
    }
    printf("analyser, warm: %.1f MB/s of notices\n", (double)text.n / best / 1e6);
    assert_true((double)text.n / best > 500000); /* under sanitizers too */
    mw_str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_is_folded_and_stemmed),
        cmocka_unit_test(a_compound_is_followed_by_its_parts),
        cmocka_unit_test(a_function_word_is_not_taken_for_a_noun),
        cmocka_unit_test(the_spelling_of_umlauts_makes_no_difference),
        cmocka_unit_test(a_hyphened_word_gives_itself_and_its_pieces),
        cmocka_unit_test(what_is_said_once_counts_for_both),
        cmocka_unit_test(a_part_is_found_in_its_compound_as_it_is_written),
        cmocka_unit_test(numbers_and_codes_are_kept),
        cmocka_unit_test(both_genders_are_one_word),
        cmocka_unit_test(stop_words_are_marked_in_the_text),
        cmocka_unit_test(english_is_stemmed_as_english),
        cmocka_unit_test(the_caller_may_stop),
        cmocka_unit_test(a_word_has_the_bytes_of_the_original),
        cmocka_unit_test(a_number_names_one_form_also_after_the_cache_was_emptied),
        cmocka_unit_test(the_same_word_is_the_same_after_the_cache_was_emptied),
        cmocka_unit_test(any_bytes_give_sound_words),
        cmocka_unit_test(long_texts_take_linear_time),
        cmocka_unit_test(real_notices_are_read_at_megabytes_a_second),
    };
    return cmocka_run_group_tests(tests, open_analyser, close_analyser);
}
