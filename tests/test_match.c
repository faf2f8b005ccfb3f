/* A profile against every notice: what is to the point first, what may not be used last, and every verdict with its reasons. */
#include <time.h>

#include "lib/core/file.h"
#include "lib/parse/parse.h"
#include "tests/index.h"

static struct mw_rules *rules;

static int begin_all(void **state)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    int rc = begin_file(state) != 0 || mw_rules_load(&rules, "rules", &diags, &err) != MW_OK;
    mw_diags_free(&diags);
    return rc;
}

static int end_all(void **state)
{
    mw_rules_free(rules);
    return end_file(state);
}

static void add(const char *url, const char *title, const char *land, const char *applicant, const char *text)
{
    struct mw_notice n = notice(url, title, text);
    enum mw_ingest what;
    add_label(&n, MW_FUNDING_LOCATION, land);
    add_label(&n, MW_ELIGIBLE_APPLICANTS, applicant);
    add_label(&n, MW_FUNDING_TYPE, "Zuschuss");
    if (mw_ingest(store, rules, &n, TODAY, &what, &err) != MW_OK)
        fail_msg("%s", err.msg);
}

static struct mw_profile profile(const char *title, const char *summary, enum mw_land land)
{
    struct mw_profile p = { .id = MW_SV("probe"), .title = mw_sv(title), .summary = mw_sv(summary), .text = MW_SV_NONE,
                            .text_file = MW_SV_NONE, .volume = MW_EUR_NONE, .own_share = MW_SHARE_NONE, .started = MW_NO,
                            .started_on = MW_DAY_NONE, .joint_mode = -1, .other_funding = MW_TRI_NONE, .period = { MW_DAY_NONE, MW_DAY_NONE } };
    struct mw_applicant *a = mw_list_add(arena, &p.applicants, sizeof *a);
    *a = (struct mw_applicant){ .name = MW_SV("Stadt"), .type = MW_A_KOMMUNE, .land = land, .ags = MW_SV_NONE, .population = 20000,
                                .budget = -1, .lead = MW_YES };
    return p;
}

static struct mw_list match(const struct mw_profile *p, bool all, size_t limit)
{
    struct mw_list out = { NULL, 0, 0 };
    struct mw_match_opts opts = { .today = TODAY, .all = all, .limit = limit, .lang = MW_EN };
    if (mw_match(&out, arena, store, rules, p, &opts, &err) != MW_OK)
        fail_msg("%s", err.msg);
    return out;
}

static void add_some(void)
{
    add("u:theme", "Sanierung von Sporthallen", "Hessen", "Kommune", "Kommunen erhalten einen Zuschuss für die Sanierung von "
        "Turnhallen. Anträge können laufend gestellt werden.");
    add("u:elsewhere", "Sanierung von Turnhallen und Sporthallen", "Bayern", "Kommune", "Kommunen erhalten einen Zuschuss für "
        "Turnhallen und Sporthallen in Bayern.");
    add("u:other", "Theaterfestivals", "Hessen", "Kommune", "Kommunen erhalten einen Zuschuss für Festivals. Anträge können "
        "laufend gestellt werden.");
}

static void what_is_to_the_point_comes_first(void **state)
{
    struct mw_profile p = profile("Sanierung der Turnhalle", "Die Sporthalle wird saniert.", MW_LAND_HE);
    (void)state;
    add_some();
    struct mw_list m = match(&p, false, 10);
    assert_true(m.n >= 1);
    assert_sv(MW_AT(m, struct mw_match, 0)->hit.url, "u:theme");
    assert_true(MW_AT(m, struct mw_match, 0)->hit.score_milli > 0);
}

/* The frame shares more words with the project than the programme for it; both as one match and as a row of the table. */
static void of_two_to_the_point_the_one_with_our_purpose_comes_first(void **state)
{
    struct mw_profile p = profile("Sanierung der Turnhalle", "Die Halle im Ortsteil erhält neue Umkleiden und ein neues Dach aus Holz.", MW_LAND_HE);
    struct mw_match_opts opts = { .today = TODAY, .limit = 10, .lang = MW_EN };
    struct mw_list rows = { 0 };
    (void)state;
    add_some();
    add("u:frame", "Stadtentwicklung mit Sanierung", "Hessen", "Kommune", "Zuschüsse für die Sanierung. Sanierung im Bestand mit Holz. Anträge können laufend gestellt "
        "werden.");
    struct mw_list m = match(&p, false, 10);
    assert_int_equal(mw_matrix(&rows, arena, store, rules, &p, 1, &opts, &err), MW_OK);
    assert_int_equal(m.n, rows.n);
    for (size_t i = 0; i < m.n; i++)
        assert_true(mw_sv_eq(MW_AT(rows, struct mw_matrix_row, i)->url, MW_AT(m, struct mw_match, i)->hit.url));
    const struct mw_hit *first = &MW_AT(m, struct mw_match, 0)->hit, *second = &MW_AT(m, struct mw_match, 1)->hit;
    assert_sv(first->url, "u:theme");
    assert_sv(second->url, "u:frame");
    assert_true(2 * second->score_milli > first->score_milli); /* by words alone it would come first */
}

static void a_programme_for_our_purpose_is_worth_a_little_whatever_its_words(void **state)
{
    struct mw_profile p = profile("Entsiegelung und Stadtbäume gegen Hitze", "Drei Plätze werden entsiegelt, Bäume gepflanzt, ein Bach wird geöffnet.", MW_LAND_HE);
    int64_t best = 0, terse = 0;
    (void)state;
    add("u:words", "Stadtbäume gegen Hitze", "Hessen", "Kommune", "Stadtbäume gegen Hitze werden gepflanzt, Plätze entsiegelt, ein Bach wird geöffnet. Anträge können "
        "laufend gestellt werden.");
    add("u:terse", "Entsiegelung von Flächen", "Hessen", "Kommune", "Anträge können laufend gestellt werden.");
    add_some();
    struct mw_list m = match(&p, false, 10);
    for (size_t i = 0; i < m.n; i++) {
        const struct mw_hit *hit = &MW_AT(m, struct mw_match, i)->hit;
        best = hit->score_milli > best ? hit->score_milli : best;
        terse = mw_sv_eqz(hit->url, "u:terse") ? hit->score_milli : terse;
    }
    assert_true(terse > 0 && terse * 100 >= best * 3 - 100);
}

static void what_may_not_be_used_is_listed_only_on_demand_and_last(void **state)
{
    struct mw_profile p = profile("Sanierung der Turnhalle", "Die Sporthalle wird saniert.", MW_LAND_HE);
    (void)state;
    add_some();
    struct mw_list m = match(&p, false, 10), all = match(&p, true, 10);
    for (size_t i = 0; i < m.n; i++)
        assert_int_not_equal(MW_AT(m, struct mw_match, i)->verdict.answer, MW_A_NO);
    assert_int_equal(all.n, 3);
    assert_sv(MW_AT(all, struct mw_match, 2)->hit.url, "u:elsewhere"); /* though it speaks of nothing else */
    assert_int_equal(MW_AT(all, struct mw_match, 2)->verdict.answer, MW_A_NO);
}

static void every_match_has_its_criteria_with_reasons(void **state)
{
    struct mw_profile p = profile("Sanierung der Turnhalle", "Die Sporthalle wird saniert.", MW_LAND_HE);
    (void)state;
    add_some();
    struct mw_list all = match(&p, true, 10);
    for (size_t i = 0; i < all.n; i++) {
        const struct mw_match *m = MW_AT(all, struct mw_match, i);
        assert_true(m->verdict.criteria.n > 0);
        for (size_t k = 0; k < m->verdict.criteria.n; k++)
            assert_true(MW_AT(m->verdict.criteria, struct mw_criterion, k)->reason.n > 0);
    }
}

static bool is_date_rate_or_sum(const struct mw_fact *f)
{
    return f->type == MW_F_DEADLINE || f->type == MW_F_RATE || f->type == MW_F_OWN_SHARE || f->type == MW_F_BONUS || f->type == MW_F_AMOUNT ||
           f->type == MW_F_UNIT_AMOUNT || f->type == MW_F_PER_CAPITA;
}

static void a_lean_match_says_the_same_without_its_reasons(void **state)
{
    struct mw_profile p = profile("Sanierung der Turnhalle", "Die Sporthalle wird saniert.", MW_LAND_HE);
    struct mw_match_opts opts = { .today = TODAY, .all = true, .limit = 10, .lang = MW_EN, .lean = true };
    struct mw_list lean = { 0 };
    (void)state;
    add_some();
    add("u:sum", "Sanierung von Turnhallen", "Hessen", "Kommune", "Der Zuschuss für Kommunen beträgt bis zu 60 Prozent, höchstens 90.000 Euro.");
    struct mw_list whole = match(&p, true, 10);
    assert_int_equal(mw_match(&lean, arena, store, rules, &p, &opts, &err), MW_OK);
    assert_int_equal(lean.n, whole.n);
    for (size_t i = 0; i < whole.n; i++) {
        const struct mw_match *m = MW_AT(whole, struct mw_match, i), *x = MW_AT(lean, struct mw_match, i);
        assert_sv(x->hit.url, mw_arena_z(arena, m->hit.url));
        assert_int_equal(x->verdict.answer, m->verdict.answer);
        assert_int_equal(x->hit.status, m->hit.status);
        assert_int_equal(x->verdict.criteria.n, m->verdict.criteria.n);
        for (size_t k = 0; k < m->verdict.criteria.n; k++) {
            const struct mw_criterion *whole_one = MW_AT(m->verdict.criteria, struct mw_criterion, k), *lean_one = MW_AT(x->verdict.criteria, struct mw_criterion, k);
            assert_true(mw_sv_eq(lean_one->name, whole_one->name) && lean_one->answer == whole_one->answer && lean_one->reason.n == 0 && lean_one->quote.p == NULL);
        }
        size_t n = 0;
        for (size_t k = 0; k < m->facts.n && m->verdict.answer != MW_A_NO; k++) {
            const struct mw_fact *f = MW_AT(m->facts, struct mw_fact, k);
            if (!is_date_rate_or_sum(f))
                continue;
            assert_true(n < x->facts.n);
            const struct mw_fact *kept = MW_AT(x->facts, struct mw_fact, n++);
            assert_true(kept->type == f->type && mw_sv_eq(kept->kind, f->kind) && mw_sv_eq(kept->condition, f->condition) && kept->quote.p == NULL);
        }
        assert_int_equal(n, x->facts.n);
    }
}

static void the_limit_keeps_the_best(void **state)
{
    struct mw_profile p = profile("Sanierung der Turnhalle", "Die Sporthalle wird saniert.", MW_LAND_HE);
    (void)state;
    add_some();
    struct mw_list m = match(&p, true, 1);
    assert_int_equal(m.n, 1);
    assert_sv(MW_AT(m, struct mw_match, 0)->hit.url, "u:theme");
    assert_int_equal(match(&p, true, 0).n, 0);
}

static void a_profile_without_telling_words_still_gets_verdicts(void **state)
{
    struct mw_profile p = profile("Und", "der die das", MW_LAND_HE);
    (void)state;
    add_some();
    assert_int_equal(match(&p, true, 10).n, 3);
    p.summary = MW_SV_NONE;
    p.title = MW_SV("");
    assert_int_equal(match(&p, true, 10).n, 3);
}

static void an_empty_database_matches_nothing(void **state)
{
    struct mw_profile p = profile("Sanierung der Turnhalle", "Die Sporthalle wird saniert.", MW_LAND_HE);
    (void)state;
    assert_int_equal(match(&p, true, 10).n, 0);
}

static void the_same_profile_gives_the_same_list(void **state)
{
    struct mw_profile p = profile("Sanierung der Turnhalle", "Die Sporthalle wird saniert.", MW_LAND_HE);
    (void)state;
    for (int i = 0; i < 30; i++)
        add(mw_arena_printf(arena, "u:%d", i).p, "Sanierung", "Hessen", "Kommune", "Zuschuss für Kommunen.");
    struct mw_list a = match(&p, true, 100), b = match(&p, true, 100);
    assert_int_equal(a.n, 30);
    for (size_t i = 0; i < a.n; i++)
        assert_int_equal(MW_AT(a, struct mw_match, i)->hit.id, MW_AT(b, struct mw_match, i)->hit.id);
    for (size_t i = 1; i < a.n; i++) /* equals in order of their address */
        assert_true(mw_sv_cmp(MW_AT(a, struct mw_match, i - 1)->hit.url, MW_AT(a, struct mw_match, i)->hit.url) < 0);
}

/* The 449 real programmes against one real profile: complete, ordered, and fast enough to be asked again and again. */
static void real_programmes_are_matched_within_a_moment(void **state)
{
    MW_AUTO(mw_lines_closep) struct mw_lines *lines = NULL;
    MW_AUTO(mw_parser_freep) struct mw_parser *parser = NULL;
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_profile p;
    struct mw_sv line;
    struct timespec from, to;
    (void)state;
    SKIP_WITHOUT_SHARED("eval/corpus.ndjson.gz");
    assert_int_equal(mw_parser_new(&parser, &err), MW_OK);
    assert_int_equal(mw_lines_open(&lines, shared_path("eval/corpus.ndjson.gz"), 64 << 20, &err), MW_OK);
    assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
    while (mw_lines_next(lines, &line, &err) == MW_OK) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        struct mw_node *node;
        struct mw_notice n;
        enum mw_ingest what;
        assert_int_equal(mw_json_read(&node, a, "corpus", 1, line, &err), MW_OK);
        assert_int_equal(mw_notice_from_node(&n, a, node, &err), MW_OK);
        for (size_t i = 0; i < n.sections.n; i++) {
            struct mw_section *c = MW_AT(n.sections, struct mw_section, i);
            if (c->html)
                assert_int_equal(mw_parse_html_text(parser, a, c->raw, &c->text, &err), MW_OK);
        }
        assert_int_equal(mw_ingest(store, NULL, &n, TODAY, &what, &err), MW_OK);
    }
    assert_int_equal(mw_ingest_end(store, &err), MW_OK);
    assert_int_equal(mw_profile_load(&p, arena, shared_path("eval/match-dev/sporthalle-hochwaldtal.yaml"), &diags), MW_OK);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    struct mw_list all = match(&p, true, 500);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    assert_int_equal(all.n, 449);
    bool refused = false;
    for (size_t i = 0; i < all.n; i++) {
        const struct mw_match *m = MW_AT(all, struct mw_match, i);
        assert_false(refused && m->verdict.answer != MW_A_NO);
        refused = refused || m->verdict.answer == MW_A_NO;
        if (i > 0 && !refused)
            assert_true(MW_AT(all, struct mw_match, i - 1)->hit.score_milli >= m->hit.score_milli);
    }
    assert_true((to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000 < 3000); /* 40 ms; sanitizers 1 s */
    mw_diags_free(&diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_to_the_point_comes_first),
        TEST(of_two_to_the_point_the_one_with_our_purpose_comes_first),
        TEST(a_programme_for_our_purpose_is_worth_a_little_whatever_its_words),
        TEST(what_may_not_be_used_is_listed_only_on_demand_and_last),
        TEST(every_match_has_its_criteria_with_reasons),
        TEST(a_lean_match_says_the_same_without_its_reasons),
        TEST(the_limit_keeps_the_best),
        TEST(a_profile_without_telling_words_still_gets_verdicts),
        TEST(an_empty_database_matches_nothing),
        TEST(the_same_profile_gives_the_same_list),
        TEST(real_programmes_are_matched_within_a_moment),
    };
    return cmocka_run_group_tests(tests, begin_all, end_all);
}
