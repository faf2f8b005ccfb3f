/* lib/model/terms: funding terms as people write them, right and wrong. */
#include "lib/model/terms.h"

#include "lib/core/file.h"
#include "lib/model/profile.h"
#include "lib/parse/parse.h"
#include "tests/mutate.h"
#include "tests/plan.h"

static const char FULL[] =
    "programme: p\ntitle: P\nurl: https://example.org/p\neditions:\n"
    "  - id: \"2025\"\n    valid: {from: 2025-11-26, until: 2026-12-31}\n    financing: anteil\n    rate: 33 1/3 %\n"
    "    rates:\n      - {when: {budget: [haushaltssicherung, nothaushalt], land: NW, type: kreis, joint: no}, rate: "
    "90 %}\n"
    "    bonus:\n      - {when: {joint: yes}, points: 7.5}\n    rate_cap: 95 %\n    grant: {max: 400000 EUR, min: 5000 "
    "EUR}\n"
    "    eligible: {min: 5000 EUR, max: \"2,5 Mio. EUR\"}\n    volume: {min: 10000 EUR, max: 20000 EUR, max_is: "
    "exclusive}\n"
    "    categories: [personal, vergabe]\n    caps:\n      - {category: sachausgaben, max: 30 %, of: [personal]}\n"
    "      - {category: reise, max: 2000 EUR}\n    flat_rates:\n"
    "      - {category: gemeinkosten, rate: 15 %, of: [personal], instead_of: [gemeinkosten]}\n    own_share: {min: 10 "
    "%}\n"
    "    public_share: {max: 95 %}\n    not_with: [q]\n    partners: {min: 3}\n    duration: {max: 60 months}\n    "
    "start: on_request\n"
    "    drawdown: {use_within: 6 weeks}\n    reports: {interim: 04-30, final: 6 months}\n    binding: 10 years\n    "
    "reallocation: 30 %\n    overrun: 10 %\n"
    "    rounding: euro_down\n    attachments: [A01, A02]\n"
    "    sources: [{says: rate, url: \"https://example.org\", quote: \"ein Drittel\", seen: 2026-11-20}]\n";

static enum mw_rc read_terms(struct desk *d, const char *text)
{
    const struct mw_node *map = read_yaml(d, "terms.yaml", text);
    return map == NULL ? MW_INVALID : mw_terms_read(&d->terms, d->arena, map, &d->diags);
}
static const struct mw_edition *edition(const struct desk *d, size_t i)
{
    return MW_AT(d->terms.editions, struct mw_edition, i);
}

static void every_key_is_read(void **state)
{
    struct desk *d = *state;
    const struct mw_edition *e;

    if (read_terms(d, FULL) != MW_OK)
        fail_msg("%s", all_diags(d));
    e = edition(d, 0);
    assert_sv(e->id, "2025");
    assert_int_equal(e->from.n, day("2025-11-26").n);
    assert_int_equal(e->until.n, day("2026-12-31").n);
    assert_int_equal(e->financing, MW_ANTEIL);
    assert_true(e->rate.num == 1 && e->rate.den == 3);
    assert_true(mw_share_bp(e->rate_cap) == 9500 && mw_share_bp(e->own_share_min) == 1000 &&
                mw_share_bp(e->public_share_max) == 9500);
    assert_true(e->grant.max.cents == 40000000 && e->grant.min.cents == 500000);
    assert_int_equal(e->eligible.max.cents, 250000000);
    assert_int_equal(e->volume.max_is, 1);
    assert_int_equal(e->categories.n, 2);
    assert_int_equal(e->partners_min, 3);
    assert_true(e->duration_max.n == 60 && e->duration_max.unit == MW_MONTHS);
    assert_int_equal(e->start, MW_START_ON_REQUEST);
    assert_true(e->use_within.n == 6 && e->use_within.unit == MW_WEEKS);
    assert_int_equal(e->interim, 430);
    assert_int_equal(e->final_report.n, 6);
    assert_int_equal(e->binding.n, 10);
    assert_int_equal(mw_share_bp(e->reallocation), 3000);
    assert_int_equal(mw_share_bp(e->overrun), 1000);
    assert_int_equal(e->rounding, MW_EURO_DOWN);
    assert_sv(MW_AT(e->sources, struct mw_term_source, 0)->quote, "ein Drittel");
    assert_sv(*MW_AT(e->not_with, struct mw_sv, 0), "q");
}

static void conditions_name_words_of_the_profile(void **state)
{
    struct desk *d = *state;
    const struct mw_when *w;

    assert_int_equal(read_terms(d, FULL), MW_OK);
    w = &MW_AT(edition(d, 0)->rates, struct mw_rate_case, 0)->when;
    assert_int_equal(w->budget.n, 2);
    assert_int_equal(*MW_AT(w->budget, int, 1), MW_B_NOTHAUSHALT);
    assert_int_equal(*MW_AT(w->type, int, 0), MW_A_KREIS); /* a single value is a list of one */
    assert_int_equal(*MW_AT(w->land, int, 0), MW_LAND_NW);
    assert_int_equal(w->joint, MW_NO);
    assert_int_equal(MW_AT(edition(d, 0)->bonus, struct mw_bonus, 0)->when.joint, MW_YES);
}

static void points_are_hundredths_of_the_whole(void **state)
{
    struct desk *d = *state;
    assert_int_equal(read_terms(d, FULL), MW_OK);
    assert_int_equal(mw_share_bp(MW_AT(edition(d, 0)->bonus, struct mw_bonus, 0)->points), 750);
}

static void a_cap_is_a_share_of_categories_or_a_sum(void **state)
{
    struct desk *d = *state;
    const struct mw_cap *share, *sum;

    assert_int_equal(read_terms(d, FULL), MW_OK);
    share = MW_AT(edition(d, 0)->caps, struct mw_cap, 0);
    sum = MW_AT(edition(d, 0)->caps, struct mw_cap, 1);
    assert_true(mw_share_bp(share->max) == 3000 && !mw_eur_is(share->amount));
    assert_true(!mw_share_is(sum->max) && sum->amount.cents == 200000);
}

static void what_is_not_stated_is_unknown(void **state)
{
    struct desk *d = *state;
    const struct mw_edition *e;

    assert_int_equal(read_terms(d, "programme: p\ntitle: P\neditions: [{id: e, financing: voll}]\n"), MW_OK);
    e = edition(d, 0);
    assert_false(mw_share_is(e->rate) || mw_eur_is(e->grant.max) || mw_eur_is(e->volume.min) || mw_day_is(e->from) ||
                 mw_day_is(e->until));
    assert_false(mw_duration_is(e->duration_max) || mw_duration_is(e->use_within) || mw_share_is(e->reallocation) || mw_share_is(e->overrun));
    assert_int_equal(e->start, -1);
    assert_int_equal(e->interim, 0);
    assert_int_equal(e->rounding, MW_DOWN);
    assert_null(e->fixed.pos.file);
    assert_true(e->partners_min == MW_INT_NONE);
}

static void a_fixed_sum_has_one_of_four_forms(void **state)
{
    struct desk *d = *state;
    static const struct {
        const char *fixed;
        bool good;
    } CASES[] = {
        { "{amount: 50000 EUR}", true },
        { "{per_unit: 1000 EUR, unit: Workshop}", true },
        { "{partners: {4: 100000 EUR, 2: 50000 EUR}}", true },
        { "{base: 175000 EUR, base_partners: 2, per_further: 35000 EUR}", true },
        { "{base: 175000 EUR, base_partners: 2}", true },
        { "{}", false },
        { "{amount: 50000 EUR, base: 1 EUR, base_partners: 2}", false },
        { "{per_unit: 1000 EUR}", false },
        { "{amount: 1 EUR, unit: Workshop}", false },
        { "{base: 175000 EUR}", false },
        { "{partners: {zwei: 50000 EUR}}", false },
        { "{partners: {0: 50000 EUR}}", false },
    };
    char text[300];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(text, sizeof text, "programme: p\ntitle: P\neditions: [{id: e, financing: festbetrag, fixed: %s}]\n",
                 CASES[i].fixed);
        if ((read_terms(d, text) == MW_OK) != CASES[i].good)
            fail_msg("%s\n%s", CASES[i].fixed, all_diags(d));
    }
}

static void sums_by_partners_are_sorted(void **state)
{
    struct desk *d = *state;
    assert_int_equal(read_terms(d, "programme: p\ntitle: P\neditions: [{id: e, financing: festbetrag, "
                                   "fixed: {partners: {4: 100000 EUR, 2: 50000 EUR, 3: 75000 EUR}}}]\n"),
                     MW_OK);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(MW_AT(edition(d, 0)->fixed.partners, struct mw_fixed_sum, i)->partners, 2 + (int)i);
}

static void faults_are_said_with_their_line(void **state)
{
    struct desk *d = *state;
    static const struct {
        const char *line, *code;
    } CASES[] = {
        { "rate: 120 %", "bad-share" },
        { "own_share: {min: 101 %}", "bad-share" },
        { "grant: {min: 10 EUR, max: 5 EUR}", "bad-bounds" },
        { "volume: {min: 10 EUR, max: 5 EUR}", "bad-bounds" },
        { "valid: {from: 2026-01-02, until: 2026-01-01}", "bad-period" },
        { "reports: {interim: 31-04}", "bad-day-of-year" },
        { "reports: {interim: 02-30}", "bad-day-of-year" },
        { "reports: {interim: Ostern}", "bad-day-of-year" },
        { "bonus: [{when: {joint: yes}, points: 101}]", "bad-share" },
    };
    char text[300];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        snprintf(text, sizeof text, "programme: p\ntitle: P\neditions:\n  - id: e\n    financing: voll\n    %s\n",
                 CASES[i].line);
        bool only_doubt = strcmp(CASES[i].code, "bad-share") == 0 || strcmp(CASES[i].code, "bad-bounds") == 0;
        assert_int_equal(read_terms(d, text), only_doubt ? MW_OK : MW_INVALID);
        if (!diag_has(d, CASES[i].code, strcmp(CASES[i].code, "bad-period") == 0 ? 4 : 6))
            fail_msg("%s: %s", CASES[i].line, all_diags(d));
    }
}

static void all_faults_are_said_at_once(void **state)
{
    struct desk *d = *state;
    assert_int_equal(
        read_terms(d, "title: P\neditions:\n  - {id: e, financing: geschenkt, rat: 50 %, duration: {max: lange}}\n"
                      "  - {id: e, financing: voll, rounding: up}\n"),
        MW_INVALID);
    assert_true(d->diags.errors >= 6); /* programme, financing, rat, duration, rounding, the id twice */
    assert_true(diag_has(d, "id-twice", 4));
}

static void a_day_of_the_year_may_be_german(void **state)
{
    struct desk *d = *state;
    assert_int_equal(
        read_terms(d, "programme: p\ntitle: P\neditions: [{id: e, financing: voll, reports: {interim: \"30.04.\"}}]\n"),
        MW_OK);
    assert_int_equal(edition(d, 0)->interim, 430);
}

static void every_programme_in_the_rules_is_sound_and_has_sources(void **state)
{
    struct desk *d = *state;
    struct mw_list all = { 0 };

    assert_int_equal(mw_terms_list(&all, d->arena, "rules", &d->diags), MW_OK);
    if (d->diags.n > 0)
        fail_msg("%s", all_diags(d));
    assert_true(all.n >= 15);
    for (size_t i = 0; i < all.n; i++) {
        const struct mw_terms *t = MW_AT(all, struct mw_terms, i);
        for (size_t k = 0; k < t->editions.n; k++) {
            const struct mw_edition *e = MW_AT(t->editions, struct mw_edition, k);
            if (e->sources.n == 0)
                fail_msg("%.*s, edition %.*s: no source", MW_SV_ARG(t->programme), MW_SV_ARG(e->id));
            for (size_t s = 0; s < e->sources.n; s++) {
                const struct mw_term_source *source = MW_AT(e->sources, struct mw_term_source, s);
                if (source->sure == MW_TRI_NONE || !mw_day_is(source->seen) ||
                    (source->url.p == NULL && source->where.p == NULL))
                    fail_msg("%.*s: a source without place, day or how sure it is", MW_SV_ARG(t->programme));
            }
        }
        for (size_t k = 0; k < i; k++)
            assert_false(mw_sv_eq(t->programme, MW_AT(all, struct mw_terms, k)->programme));
    }
}

/* Appends a text without its white space. */
static void letters(struct mw_str *out, struct mw_sv text)
{
    for (size_t i = 0; i < text.n; i++)
        if (strchr(" \t\r\n", text.p[i]) == NULL)
            mw_str_addc(out, text.p[i]);
}

/* All letters of a notice's sections, one after the other. */
static void letters_of_notice(struct mw_str *out, struct mw_parser *parser, struct mw_sv line)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_node *notice;
    assert_int_equal(mw_json_read(&notice, a, "corpus", 1, line, NULL), MW_OK);
    const struct mw_node *sections = mw_node_get(notice, "sections");
    for (size_t i = 0; i < sections->n; i++) {
        struct mw_sv html = mw_node_text(sections->items[i], "html"), text = mw_node_text(sections->items[i], "text");
        if (html.p != NULL)
            assert_int_equal(mw_parse_html_text(parser, a, html, &text, NULL), MW_OK);
        letters(out, text);
    }
}

/* Quotes prove figures: each is in the notice that it names, letter for letter; white space does not count. */
static void every_quote_of_a_programme_stands_in_its_notice(void **state)
{
    static const char *const CORPORA[] = { "eval/corpus.ndjson.gz", "eval/corpus-eu.ndjson.gz" };
    struct desk *d = *state;
    MW_AUTO(mw_parser_freep) struct mw_parser *parser = NULL;
    struct mw_list all = { 0 }, sources = { 0 };
    size_t found = 0;
    SKIP_WITHOUT_SHARED("eval/corpus.ndjson.gz");
    assert_int_equal(mw_parser_new(&parser, NULL), MW_OK);
    assert_int_equal(mw_terms_list(&all, d->arena, "rules", &d->diags), MW_OK);
    for (size_t i = 0; i < all.n; i++)
        for (size_t k = 0; k < MW_AT(all, struct mw_terms, i)->editions.n; k++) {
            const struct mw_list *of = &MW_AT(MW_AT(all, struct mw_terms, i)->editions, struct mw_edition, k)->sources;
            for (size_t s = 0; s < of->n; s++)
                if (MW_AT(*of, struct mw_term_source, s)->quote.p != NULL && MW_AT(*of, struct mw_term_source, s)->url.p != NULL)
                    *(struct mw_term_source *)mw_list_add(d->arena, &sources, sizeof(struct mw_term_source)) =
                        *MW_AT(*of, struct mw_term_source, s);
        }
    for (size_t c = 0; c < COUNT(CORPORA); c++) {
        MW_AUTO(mw_lines_closep) struct mw_lines *lines = NULL;
        struct mw_sv line;
        assert_int_equal(mw_lines_open(&lines, shared_path(CORPORA[c]), (size_t)16 << 20, NULL), MW_OK);
        while (mw_lines_next(lines, &line, NULL) == MW_OK) {
            MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
            struct mw_sv head = mw_sv_sub(line, 0, 400); /* the address comes first */
            for (size_t i = 0; i < sources.n; i++) {
                const struct mw_term_source *source = MW_AT(sources, struct mw_term_source, i);
                MW_AUTO(mw_str_free) struct mw_str quote = MW_STR_INIT;
                if (mw_sv_find(head, mw_arena_printf(d->arena, "\"%.*s\"", MW_SV_ARG(source->url)), 0) == SIZE_MAX)
                    continue;
                if (text.n == 0)
                    letters_of_notice(&text, parser, line);
                letters(&quote, source->quote);
                if (mw_sv_find(mw_str_sv(&text), mw_str_sv(&quote), 0) == SIZE_MAX)
                    fail_msg("%.*s does not say \"%.*s\"", MW_SV_ARG(source->url), MW_SV_ARG(source->quote));
                found++;
            }
        }
    }
    assert_int_equal(found, sources.n);
}

static void a_programme_is_found_by_its_id(void **state)
{
    struct desk *d = *state;
    assert_int_equal(mw_terms_find(&d->terms, d->arena, NULL, "rules", MW_SV("ikz-hessen"), NULL, &d->diags), MW_OK);
    assert_sv(d->terms.programme, "ikz-hessen");
}

static void a_misspelt_programme_is_answered_with_the_nearest(void **state)
{
    struct desk *d = *state;
    assert_int_equal(mw_terms_find(&d->terms, d->arena, NULL, "rules", MW_SV("ikz-hesen"), NULL, &d->diags), MW_NOT_FOUND);
    assert_non_null(strstr(all_diags(d), "did you mean \"ikz-hessen\""));
}

static void a_rules_folder_that_is_not_there_is_said(void **state)
{
    struct desk *d = *state;
    assert_int_equal(mw_terms_find(&d->terms, d->arena, NULL, "no/such/folder", MW_SV("p"), NULL, &d->diags), MW_IO);
    assert_true(diag_has(d, "no-rules", 0));
}

/* Whatever the bytes: an answer, no crash, nothing for the sanitizers. */
static void damaged_terms_are_only_faults(void **state)
{
    static const char *const TOKENS[] = { "{",   "}",  "[",  "]",  ": ", "%", "-", "99999999999999999999",
                                          "EUR", "\n", "  ", "\"", NULL };
    struct desk *d = *state;
    uint64_t random = 7;
    char buf[4096];
    for (int i = 0; i < 600; i++) {
        struct mw_node *map = NULL;
        clear_desk(d);
        mw_yaml_read(&map, d->arena, "terms.yaml", mutate(buf, sizeof buf, mw_sv(FULL), TOKENS, &random), &d->diags);
        if (map != NULL)
            mw_terms_read(&d->terms, d->arena, map, &d->diags);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
        T(every_key_is_read),
        T(conditions_name_words_of_the_profile),
        T(points_are_hundredths_of_the_whole),
        T(a_cap_is_a_share_of_categories_or_a_sum),
        T(what_is_not_stated_is_unknown),
        T(a_fixed_sum_has_one_of_four_forms),
        T(sums_by_partners_are_sorted),
        T(faults_are_said_with_their_line),
        T(all_faults_are_said_at_once),
        T(a_day_of_the_year_may_be_german),
        T(every_programme_in_the_rules_is_sound_and_has_sources),
        T(every_quote_of_a_programme_stands_in_its_notice),
        T(a_programme_is_found_by_its_id),
        T(a_misspelt_programme_is_answered_with_the_nearest),
        T(a_rules_folder_that_is_not_there_is_said),
        T(damaged_terms_are_only_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
