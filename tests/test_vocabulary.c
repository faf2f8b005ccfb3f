/* rules/vocabulary: the concepts as a whole, and what they are worth to people who type everyday words. */
#include <string.h>
#include <time.h>

#include "lib/core/file.h"
#include "lib/core/node.h"
#include "lib/parse/parse.h"
#include "rules/engine/ruleset.h"
#include "rules/engine/vocabulary.h"
#include "tests/index.h"

enum { FIRST_HITS = 5, LOOKUP_WORDS = 5, BROADER_STEPS = 12 };
static struct mw_rules *rules;
static const struct mw_vocabulary *vocabulary;

static int begin_vocabulary(void **state)
{
    MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    if (mw_rules_load(&rules, "rules", &diags, &err) != MW_OK) {
        print_error("%s\n", err.msg);
        return -1;
    }
    vocabulary = mw_rules_vocabulary(rules);
    return begin_file(state);
}

static int end_vocabulary(void **state)
{
    mw_rules_free(rules);
    return end_file(state);
}

/* --- the files ------------------------------------------------------------------------------------------------------ */

static void the_concepts_are_many_and_each_speaks_both_languages(void **state)
{
    (void)state;
    assert_true(mw_vocabulary_count(vocabulary) >= 250);
    for (size_t i = 0; i < mw_vocabulary_count(vocabulary); i++) {
        const struct mw_concept *c = mw_vocabulary_at(vocabulary, i);
        if (c->de.n == 0 || c->en.n == 0)
            fail_msg("%.*s has words of one language only", MW_SV_ARG(c->id));
        if (mw_vocabulary_get(vocabulary, c->id) != c)
            fail_msg("%.*s is there twice", MW_SV_ARG(c->id));
    }
}

static void climb(const struct mw_concept *from, const struct mw_concept *c, int steps)
{
    if (steps == 0)
        fail_msg("%.*s is broader than itself, or too deep", MW_SV_ARG(from->id));
    for (size_t i = 0; i < c->broader.n; i++)
        climb(from, mw_vocabulary_get(vocabulary, *MW_AT(c->broader, struct mw_sv, i)), steps - 1);
}

static const struct mw_lookup *table(const char *name)
{
    for (size_t i = 0; i < rules->lookups.n; i++)
        if (mw_sv_eqz(MW_AT(rules->lookups, struct mw_lookup, i)->name, name))
            return MW_AT(rules->lookups, struct mw_lookup, i);
    fail_msg("there is no table %s", name);
    return NULL;
}

/* The concept, or one above it, is named by the table. */
static bool lies_in(const struct mw_lookup *t, const struct mw_concept *c)
{
    bool is = false;
    for (size_t e = 0; e < t->entries.n && !is; e++)
        is = mw_sv_eq(MW_AT(t->entries, struct mw_lookup_entry, e)->is, c->id);
    for (size_t i = 0; i < c->broader.n && !is; i++)
        is = lies_in(t, mw_vocabulary_get(vocabulary, *MW_AT(c->broader, struct mw_sv, i)));
    return is;
}

static void concepts_lie_in_areas_of_the_foerderdatenbank_and_programmes_of_the_union(void **state)
{
    static const char *const AREAS[] = {
        "Arbeit", "Aus- & Weiterbildung", "Außenwirtschaft", "Beratung", "Corona-Hilfe", "Digitalisierung", "Energieeffizienz & Erneuerbare Energien",
        "Existenzgründung & -festigung", "Forschung & Innovation (themenoffen)", "Forschung & Innovation (themenspezifisch)", "Frauenförderung",
        "Gesundheit & Soziales", "Infrastruktur", "Kultur, Medien & Sport", "Landwirtschaft & Ländliche Entwicklung", "Messen & Ausstellungen", "Mobilität",
        "Regionalförderung", "Smart Cities & Regionen", "Städtebau & Stadterneuerung", "Umwelt- & Naturschutz", "Unternehmensfinanzierung",
        "Wohnungsbau & Modernisierung",
    };
    const struct mw_lookup *areas = table("funding_area"), *programmes = table("eu_programme");
    size_t in_areas = 0, in_programmes = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(AREAS); i++)
        if (mw_lookup_find(areas, mw_sv(AREAS[i])).p == NULL)
            fail_msg("no concept for \"%s\"", AREAS[i]);
    for (size_t i = 0; i < mw_vocabulary_count(vocabulary); i++) {
        in_areas += lies_in(areas, mw_vocabulary_at(vocabulary, i));
        in_programmes += lies_in(programmes, mw_vocabulary_at(vocabulary, i));
    }
    print_message("%zu of %zu concepts lie in Förderbereiche, %zu in programmes of the Union\n", in_areas, mw_vocabulary_count(vocabulary), in_programmes);
    assert_true(in_areas >= 400 && in_programmes >= 30);
}

static void no_concept_is_broader_than_itself(void **state)
{
    (void)state;
    for (size_t i = 0; i < mw_vocabulary_count(vocabulary); i++)
        climb(mw_vocabulary_at(vocabulary, i), mw_vocabulary_at(vocabulary, i), BROADER_STEPS);
}

static bool lists(const struct mw_list *ids, struct mw_sv id)
{
    for (size_t i = 0; i < ids->n; i++)
        if (mw_sv_eq(*MW_AT(*ids, struct mw_sv, i), id))
            return true;
    return false;
}

static bool linked(const struct mw_concept *a, const struct mw_concept *b)
{
    return a == b || lists(&a->broader, b->id) || lists(&a->related, b->id) || lists(&b->broader, a->id) ||
           lists(&b->related, a->id);
}

/* Linked, or both linked with a third. */
static bool near(const struct mw_concept *a, const struct mw_concept *b)
{
    bool is = linked(a, b);
    for (size_t i = 0; i < mw_vocabulary_count(vocabulary) && !is; i++)
        is = linked(a, mw_vocabulary_at(vocabulary, i)) && linked(mw_vocabulary_at(vocabulary, i), b);
    return is;
}

static void check_words(const struct mw_concept *c, const struct mw_list *words)
{
    for (size_t i = 0; i < words->n; i++) {
        struct mw_sv w = *MW_AT(*words, struct mw_sv, i);
        struct mw_list named = { 0 };
        size_t spaces = 0;
        for (size_t k = 0; k < w.n; k++)
            spaces += strchr(" -/+&", w.p[k]) != NULL;
        if (spaces >= LOOKUP_WORDS) /* a name so long is only looked for, never looked up */
            continue;
        assert_int_equal(mw_vocabulary_find(&named, arena, vocabulary, w, &err), MW_OK);
        const struct mw_expansion *e = named.n == 1 ? MW_AT(named, struct mw_expansion, 0) : NULL;
        if (e == NULL)
            fail_msg("\"%.*s\" of %.*s is not one phrase of the vocabulary", MW_SV_ARG(w), MW_SV_ARG(c->id));
        else if (!near(e->concept, c))
            fail_msg("\"%.*s\" of %.*s names %.*s, which has nothing to do with it", MW_SV_ARG(w), MW_SV_ARG(c->id),
                     MW_SV_ARG(e->concept->id));
    }
}

/* Two concepts may share a word only as neighbours: else what is added to a search has nothing to do with it. */
static void a_word_names_its_concept_or_a_neighbour_of_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < mw_vocabulary_count(vocabulary); i++) {
        const struct mw_concept *c = mw_vocabulary_at(vocabulary, i);
        if (c->use == MW_FOR_SEARCH) { /* a theme may claim its other words */
            assert_true(mw_vocabulary_goes_with_any(vocabulary, *MW_AT(c->de, struct mw_sv, 0)));
            continue;
        }
        check_words(c, &c->de);
        check_words(c, &c->en);
        check_words(c, &c->abbr);
    }
}

/* Words that are everyday German or English besides would widen any sentence that holds them. */
static void small_words_of_sentences_name_nothing(void **state)
{
    static const char *const SENTENCES[] = {
        "Wir suchen einen Weg, das Netz und die Bank auf dem Platz zu fördern, stark und auch mit dem Träger",
        "Was kann die Stadt für alle tun, die es gut und richtig machen wollen",
        "It is just a matter of cost and its work for the rest of the year, dear all",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(SENTENCES); i++) {
        struct mw_list named = { 0 };
        assert_int_equal(mw_vocabulary_find(&named, arena, vocabulary, mw_sv(SENTENCES[i]), &err), MW_OK);
        if (named.n > 0)
            fail_msg("\"%s\" names %.*s", SENTENCES[i], MW_SV_ARG(MW_AT(named, struct mw_expansion, 0)->concept->id));
    }
}

/* The base form and its plural are one word, also where the base form ends like a plural. */
static void forms_of_a_word_name_one_concept(void **state)
{
    static const struct { const char *word, *concept; } CASES[] = {
        { "Seilbahn", "seilbahn" }, { "Seilbahnen", "seilbahn" }, { "Verein", "vereine" }, { "Vereinen", "vereine" }, { "Quartiere", "quartier" },
        { "Quartiers", "quartier" }, { "Ortskernen", "lebendige-zentren" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_list named = { 0 };
        assert_int_equal(mw_vocabulary_find(&named, arena, vocabulary, mw_sv(CASES[i].word), &err), MW_OK);
        if (named.n != 1 || !mw_sv_eqz(MW_AT(named, struct mw_expansion, 0)->concept->id, CASES[i].concept))
            fail_msg("\"%s\" does not name %s", CASES[i].word, CASES[i].concept);
    }
}

static void a_compound_is_known_by_its_beginning_where_that_is_asked_for(void **state)
{
    static const struct { const char *word, *concept; } CASES[] = {
        { "Breitbandkredit", "breitband" }, { "Tourismusregionen", "tourismus" }, { "Grundsätze", NULL }, { "Altersgrenze", NULL },
        { "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4", NULL },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_list whole = { 0 }, within = { 0 };
        assert_int_equal(mw_vocabulary_find(&whole, arena, vocabulary, mw_sv(CASES[i].word), &err), MW_OK);
        assert_int_equal(mw_vocabulary_find_within(&within, arena, vocabulary, mw_sv(CASES[i].word), mw_sv(CASES[i].word), false, &err), MW_OK);
        assert_int_equal(whole.n, 0);
        assert_int_equal(within.n, CASES[i].concept != NULL);
        if (within.n > 0)
            assert_true(mw_sv_eqz(MW_AT(within, struct mw_expansion, 0)->concept->id, CASES[i].concept));
    }
}

static void a_german_text_is_read_with_its_capitals_and_umlauts(void **state)
{
    static const struct { const char *text, *concept; } CASES[] = {
        { "Vereine pflegen die Wege", "vereine" }, { "Die Pflege", "pflege" }, { "Der Grund der Kosten", NULL }, { "Die Gründer", "startup" },
        { "Es war am meisten", NULL }, { "Der Meister", "ausbildung" }, { "Der Wald", "wald" }, { "Eine kulturelle Frage", "kultur" }, { "Die sozialen Fragen", "soziales" }, { "Wir schulen alle", NULL },
        { "die pflege", "pflege" }, { "EIN WALD", "wald" }, { "Ein warmes Essen", NULL },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_list named = { 0 };
        assert_int_equal(mw_vocabulary_find_within(&named, arena, vocabulary, mw_sv(CASES[i].text), mw_sv(CASES[i].text), false, &err), MW_OK);
        if (named.n != (CASES[i].concept != NULL) || (named.n > 0 && !mw_sv_eqz(MW_AT(named, struct mw_expansion, 0)->concept->id, CASES[i].concept)))
            fail_msg("\"%s\": %zu, %s", CASES[i].text, named.n, named.n > 0 ? MW_AT(named, struct mw_expansion, 0)->concept->id.p : "-");
    }
}

static void an_english_text_is_read_with_english_words_only(void **state)
{
    static const struct { const char *text, *german, *english; } CASES[] = { /* the concept of the only word that names one */
        { "adoption", "pflegekinder", NULL }, { "Sharing", "carsharing", NULL }, { "life", "life", NULL }, { "LIFE", "life", "life" },
        { "leader", "leader", NULL }, { "LEADER", "leader", "leader" }, { "flood protection", "hochwasserschutz", "hochwasserschutz" },
        { "Breitbandkredit", "breitband", NULL },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        for (int english = 0; english < 2; english++) {
            const char *want = english ? CASES[i].english : CASES[i].german;
            struct mw_list named = { 0 };
            assert_int_equal(mw_vocabulary_find_within(&named, arena, vocabulary, mw_sv(CASES[i].text), mw_sv(CASES[i].text), english, &err), MW_OK);
            if (named.n != (want != NULL) || (want != NULL && !mw_sv_eqz(MW_AT(named, struct mw_expansion, 0)->concept->id, want)))
                fail_msg("\"%s\" in %s", CASES[i].text, english ? "English" : "German");
        }
    }
}

static void what_goes_with_any_theme_is_known_to_searches_alone(void **state)
{
    static const struct { const char *typed, *added; bool alone; } CASES[] = {
        { "Gemeinde", "municipality", true }, { "St\xc3\xa4""dten", "city", true }, { "Regionen", "regional", true }, { "anschaffen", "purchase", true },
        { "renovieren", "Sanierung", true }, { "Stadtentwicklung", "urban planning", false }, { "kreisfreie Stadt", "local authorities", false },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_list more = { 0 }, named = { 0 };
        bool brought = false;
        assert_int_equal(mw_vocabulary_expand(&more, arena, vocabulary, mw_sv(CASES[i].typed), &err), MW_OK);
        assert_int_equal(mw_vocabulary_find_within(&named, arena, vocabulary, mw_sv(CASES[i].typed), mw_sv(CASES[i].typed), false, &err), MW_OK);
        for (size_t k = 0; k < more.n; k++)
            brought = brought || mw_sv_eq(MW_AT(more, struct mw_expansion, k)->words, mw_sv(CASES[i].added));
        if (!brought || (named.n == 0) != CASES[i].alone || mw_vocabulary_goes_with_any(vocabulary, mw_sv(CASES[i].typed)) != CASES[i].alone)
            fail_msg("\"%s\": %d %zu", CASES[i].typed, brought, named.n);
    }
}

/* "Forst" finds "fort", "Bad" Baden-Württemberg: who types them gets the concept, who types another word of it not them. */
static void words_that_would_find_others_name_a_concept_and_are_never_added(void **state)
{
    (void)state;
    for (size_t i = 0; i < mw_vocabulary_count(vocabulary); i++) {
        const struct mw_concept *c = mw_vocabulary_at(vocabulary, i);
        struct mw_list more = { 0 };
        if (c->typed.n == 0)
            continue;
        assert_int_equal(mw_vocabulary_expand(&more, arena, vocabulary, *MW_AT(c->de, struct mw_sv, 0), &err), MW_OK);
        for (size_t k = 0; k < more.n; k++)
            if (lists(&c->typed, MW_AT(more, struct mw_expansion, k)->words))
                fail_msg("%.*s is added to a search", MW_SV_ARG(MW_AT(more, struct mw_expansion, k)->words));
        check_words(c, &c->typed);
    }
}

/* --- what they add to a search ---------------------------------------------------------------------------------------- */

static void an_everyday_word_brings_the_word_of_the_notices(void **state)
{
    static const struct { const char *typed, *added; } CASES[] = {
        { "Solarmodule", "Photovoltaik" }, { "Feuerwehrautos", "Feuerwehrfahrzeuge" }, { "Judenhass", "Antisemitismus" },
        { "schnelles Internet", "Gigabit" }, { "Obdachlose", "Wohnungslosigkeit" }, { "Ölheizung", "Wärmepumpe" },
        { "Streetworker", "mobile Jugendarbeit" }, { "Tante-Emma-Laden", "Dorfläden" }, { "fully funded", "Vollfinanzierung" },
        { "EAFRD", "Europäischer Landwirtschaftsfonds für die Entwicklung des ländlichen Raums" },
        { "citizens assembly", "Bürgerversammlung" }, { "nature restoration", "Natura 2000" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_list more = { 0 };
        bool brought = false;
        assert_int_equal(mw_vocabulary_expand(&more, arena, vocabulary, mw_sv(CASES[i].typed), &err), MW_OK);
        for (size_t k = 0; k < more.n; k++) {
            const struct mw_expansion *e = MW_AT(more, struct mw_expansion, k);
            brought = brought || (e->weight >= 60 && mw_sv_eq(e->words, mw_sv(CASES[i].added)));
        }
        if (!brought)
            fail_msg("\"%s\" does not bring \"%s\"", CASES[i].typed, CASES[i].added);
    }
}

/* --- the worth of it --------------------------------------------------------------------------------------------------- */

static void take_in(const char *name)
{
    MW_AUTO(mw_lines_closep) struct mw_lines *lines = NULL;
    MW_AUTO(mw_parser_freep) struct mw_parser *parser = NULL;
    struct mw_sv line;
    assert_int_equal(mw_parser_new(&parser, &err), MW_OK);
    assert_int_equal(mw_lines_open(&lines, shared_path(name), (size_t)16 << 20, &err), MW_OK);
    assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
    while (mw_lines_next(lines, &line, &err) == MW_OK) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        struct mw_node *node = NULL;
        struct mw_notice n;
        assert_int_equal(mw_json_read(&node, a, name, 1, line, &err), MW_OK);
        assert_int_equal(mw_notice_from_node(&n, a, node, &err), MW_OK);
        for (size_t i = 0; i < n.sections.n; i++) {
            struct mw_section *s = MW_AT(n.sections, struct mw_section, i);
            if (s->html)
                assert_int_equal(mw_parse_html_text(parser, a, s->raw, &s->text, &err), MW_OK);
        }
        ingest(&n);
    }
    assert_int_equal(mw_ingest_end(store, &err), MW_OK);
}

/* How many of the first hits hold the word; 0 too where nothing is found. */
static int good_hits(struct mw_sv query, struct mw_sv word, const struct mw_search_opts *opts)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_hits hits;
    int good = 0;
    assert_int_equal(mw_search(&hits, a, store, query, opts, &err), MW_OK);
    for (size_t i = 0; i < hits.hits.n; i++) {
        MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;
        struct mw_stored n;
        assert_int_equal(mw_store_get(&n, a, store, MW_AT(hits.hits, struct mw_hit, i)->url, &err), MW_OK);
        mw_fold(&folded, n.notice.title);
        mw_str_addc(&folded, '\n');
        mw_fold(&folded, n.plain);
        good += mw_sv_find(mw_str_sv(&folded), word, 0) != SIZE_MAX;
    }
    return good;
}

/* tests/data/vocabulary-queries.tsv was written before the concepts. What is found without them is printed beside it: with
 * related words and corrections alone, and literally. */
static void everyday_words_find_notices_that_literal_search_misses(void **state)
{
    enum { WITH, WITHOUT, LITERAL, WAYS };
    const struct mw_search_opts opts[WAYS] = { { .limit = FIRST_HITS, .today = TODAY, .rules = rules },
                                               { .limit = FIRST_HITS, .today = TODAY },
                                               { .limit = FIRST_HITS, .today = TODAY, .literal = true } };
    struct mw_sv file, line;
    int queries = 0, answered[WAYS] = { 0 }, good[WAYS] = { 0 };
    (void)state;
    SKIP_WITHOUT_SHARED("eval/corpus.ndjson.gz");
#ifdef MW_SAN
    printf("SKIPPED %s: the whole corpus takes minutes under sanitizers\n", __func__);
    skip();
#endif
    take_in("eval/corpus.ndjson.gz");
    assert_int_equal(mw_file_read(&file, arena, "tests/data/vocabulary-queries.tsv", 1 << 20, &err), MW_OK);
    while (mw_sv_cut(file, '\n', &line, &file) || line.n > 0) {
        struct mw_sv query, word;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        assert_true(mw_sv_cut(line, '\t', &query, &word));
        queries++;
        for (int way = 0; way < WAYS; way++) {
            int n = good_hits(query, word, &opts[way]);
            answered[way] += n > 0;
            good[way] += n;
            if (n == 0 && way == WITH)
                print_message("not found: %.*s\n", MW_SV_ARG(query));
        }
    }
    static const char *const NAMES[WAYS] = { "with the vocabulary", "without it", "literally" };
    for (int way = 0; way < WAYS; way++)
        print_message("%s: %d of %d queries have a good notice among the first %d, %d good ones in all\n", NAMES[way],
                      answered[way], queries, FIRST_HITS, good[way]);
    assert_true(queries >= 60);
    assert_true(answered[WITH] * 10 >= queries * 9);
    assert_true(answered[WITH] >= answered[WITHOUT] + queries / 5);
    assert_true(good[WITH] * 2 >= good[WITHOUT] * 3 && good[WITH] * 2 >= good[LITERAL] * 3);
}

/* Pages and queries are hostile: a word of a whole page has as many beginnings as letters. */
static void a_word_without_end_takes_no_time(void **state)
{
    static char word[60000];
    struct mw_list more = { 0 };
    (void)state;
    memset(word, 'a', sizeof word);
    clock_t began = clock();
    assert_int_equal(mw_vocabulary_expand(&more, arena, vocabulary, mw_sv_n(word, sizeof word), &err), MW_OK);
    double seconds = (double)(clock() - began) / CLOCKS_PER_SEC;
    assert_int_equal(more.n, 0);
    if (seconds > 0.5) /* read in full at each letter: 5 s */
        fail_msg("%.1f s", seconds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_concepts_are_many_and_each_speaks_both_languages),
        TEST(no_concept_is_broader_than_itself),
        TEST(concepts_lie_in_areas_of_the_foerderdatenbank_and_programmes_of_the_union),
        TEST(a_word_names_its_concept_or_a_neighbour_of_it),
        TEST(small_words_of_sentences_name_nothing),
        TEST(forms_of_a_word_name_one_concept),
        TEST(a_compound_is_known_by_its_beginning_where_that_is_asked_for),
        TEST(a_german_text_is_read_with_its_capitals_and_umlauts),
        TEST(an_english_text_is_read_with_english_words_only),
        TEST(what_goes_with_any_theme_is_known_to_searches_alone),
        TEST(words_that_would_find_others_name_a_concept_and_are_never_added),
        TEST(an_everyday_word_brings_the_word_of_the_notices),
        TEST(everyday_words_find_notices_that_literal_search_misses),
        TEST(a_word_without_end_takes_no_time),
    };
    return cmocka_run_group_tests(tests, begin_vocabulary, end_vocabulary);
}
