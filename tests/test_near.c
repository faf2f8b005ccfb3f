/* Near misses, questions and applicants one by one, on notices of one sentence each. */
#include "index/near.h"
#include "tests/rules_test.h"

static struct mw_arena *arena;
static const struct mw_match_opts OPTS = { .today = { 20284 }, .all = true, .limit = 10, .lang = MW_EN };

static int begin(void **state)
{
    (void)state;
    arena = mw_arena_new();
    return arena == NULL ? -1 : 0;
}
static int end(void **state)
{
    (void)state;
    mw_arena_free(arena);
    return 0;
}

static struct mw_applicant *add(struct mw_profile *p, const char *name, enum mw_applicant_type type, int64_t population)
{
    struct mw_applicant *a = mw_list_add(arena, &p->applicants, sizeof *a);
    *a = (struct mw_applicant){ .name = mw_sv(name), .type = (int)type, .land = MW_LAND_NW, .population = population, .budget = MW_B_NORMAL };
    return a;
}

static struct mw_profile town(void)
{
    struct mw_profile p = { .title = MW_SV("Turnhalle"), .summary = MW_SV("Sanierung der Turnhalle."), .volume = { 10000000 }, .started_on = MW_DAY_NONE,
        .period = { { 20454 }, { 21184 } }, .joint_mode = -1, .other_funding = MW_TRI_NONE };
    assert_true(mw_share_make(&p.own_share, 1, 10));
    add(&p, "Stadt Muster", MW_A_KOMMUNE, 40000);
    *(int *)mw_list_add(arena, &p.kinds, sizeof(int)) = MW_K_ZUSCHUSS;
    return p;
}

static struct mw_match judged(const struct mw_profile *p, const char *text)
{
    struct mw_match m = { .hit = { .id = 1 } };
    const struct mw_notice n = { .url = MW_SV("u"), .title = MW_SV(""), .opens = MW_DAY_NONE };
    assert_int_equal(mw_rules_facts(&m.facts, arena, rules, &n, mw_arena_copy(arena, mw_sv(text)), NULL), MW_OK);
    assert_int_equal(mw_rules_judge(&m.verdict, arena, rules, p, &n, &m.facts, OPTS.today, MW_EN, NULL), MW_OK);
    return m;
}

#define SO " Antragsberechtigt sind Kommunen in Nordrhein-Westfalen. Anträge sind laufend möglich."
static void one_change_that_helps_is_named_and_no_other(void **state)
{
    static const struct { const char *text; int64_t number, cents; int want; enum mw_answer answer; } CASES[] = {
        { "Es müssen mindestens drei Kommunen beteiligt sein." SO, 3, 0, MW_CHANGE_PARTNERS, MW_A_YES },
        { "Die Gesamtkosten des Projekts dürfen 20.000 Euro nicht übersteigen." SO, 0, 2000000, MW_CHANGE_COST_MAX, MW_A_YES },
        { "Die Gesamtkosten des Projekts dürfen 2.000 Euro nicht übersteigen." SO, 0, 0, -1, MW_A_YES }, /* another project altogether */
        { "Der Eigenanteil beträgt mindestens 50 Prozent." SO, 0, 0, MW_CHANGE_OWN_SHARE, MW_A_YES },
        { "Der Bewilligungszeitraum beträgt maximal 6 Monate." SO, 6, 0, MW_CHANGE_DURATION, MW_A_YES },
        { "Der Bewilligungszeitraum beträgt maximal 3 Monate. Bei Bauten beträgt der Bewilligungszeitraum maximal 6 Monate." SO, 6, 0, MW_CHANGE_DURATION, MW_A_YES },
        { "Antragsberechtigt sind Landkreise in Nordrhein-Westfalen. Anträge sind laufend möglich.", 0, 0, MW_CHANGE_KREIS, MW_A_YES },
        { "Antragsberechtigt sind Landkreise in Bayern. Anträge sind laufend möglich.", 0, 0, -1, MW_A_NO }, /* another Land stays another */
        { "Antragsberechtigt sind eingetragene Vereine in Nordrhein-Westfalen.", 0, 0, -1, MW_A_NO },
        { "Gefördert werden Bäume." SO, 0, 0, -1, MW_A_YES },
    };
    struct mw_profile p = town();
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_match m = judged(&p, CASES[i].text);
        struct mw_list near = { NULL, 0, 0 };
        assert_int_equal(mw_near_misses(&near, arena, rules, &p, &m, &OPTS, NULL), MW_OK);
        if (near.n != (CASES[i].want >= 0))
            fail_msg("%s: %zu near misses", CASES[i].text, near.n);
        if (near.n == 0)
            continue;
        const struct mw_near_miss *one = MW_AT(near, struct mw_near_miss, 0);
        assert_int_equal(one->change, CASES[i].want);
        assert_int_equal(one->answer, CASES[i].answer);
        assert_true(CASES[i].number == 0 || one->number == CASES[i].number);
        assert_true(CASES[i].cents == 0 || one->eur.cents == CASES[i].cents);
        assert_true(one->criterion.n > 0);
    }
    assert_int_equal(p.applicants.n, 1); /* the profile itself is left as it was */
    assert_int_equal(p.volume.cents, 10000000);
}

static void the_fact_that_settles_most_is_asked_first(void **state)
{
    static const char *const TEXTS[] = {
        "Antragsberechtigt sind Kommunen mit bis zu 5.000 Einwohnern." SO, "Gefördert werden auch Kommunen mit bis zu 9.000 Einwohnern." SO,
        "Die Gesamtkosten des Projekts dürfen 20.000 Euro nicht übersteigen." SO, "Gefördert werden Bäume." SO,
    };
    struct mw_profile p = town();
    struct mw_list matches = { NULL, 0, 0 }, questions = { NULL, 0, 0 };
    (void)state;
    MW_AT(p.applicants, struct mw_applicant, 0)->population = MW_INT_NONE;
    p.volume = MW_EUR_NONE;
    for (size_t i = 0; i < COUNT(TEXTS); i++)
        *(struct mw_match *)mw_list_add(arena, &matches, sizeof(struct mw_match)) = judged(&p, TEXTS[i]);
    assert_int_equal(mw_questions(&questions, arena, rules, &p, &matches, &OPTS, NULL), MW_OK);
    assert_int_equal(questions.n, 2);
    assert_int_equal(MW_AT(questions, struct mw_question, 0)->ask, MW_ASK_POPULATION);
    assert_int_equal(MW_AT(questions, struct mw_question, 0)->settles, 2);
    assert_int_equal(MW_AT(questions, struct mw_question, 1)->ask, MW_ASK_VOLUME);
    assert_int_equal(MW_AT(questions, struct mw_question, 1)->settles, 1);
}

static void nothing_is_asked_that_the_profile_says_or_nobody_waits_for(void **state)
{
    struct mw_profile p = town();
    struct mw_list matches = { NULL, 0, 0 }, questions = { NULL, 0, 0 };
    (void)state;
    p.volume = MW_EUR_NONE;
    *(struct mw_match *)mw_list_add(arena, &matches, sizeof(struct mw_match)) = judged(&p, "Gefördert werden Bäume." SO);
    assert_int_equal(mw_questions(&questions, arena, rules, &p, &matches, &OPTS, NULL), MW_OK);
    assert_int_equal(questions.n, 0);
    p.applicants.n = 0;
    assert_int_equal(mw_questions(&questions, arena, rules, &p, &matches, &OPTS, NULL), MW_OK);
    assert_int_equal(questions.n, 0);
}

static void each_applicant_of_a_joint_project_is_judged_alone(void **state)
{
    static const enum mw_answer WANT[] = { MW_A_YES, MW_A_NO };
    struct mw_profile p = town();
    struct mw_list apart = { NULL, 0, 0 };
    (void)state;
    add(&p, "Kreis Muster", MW_A_KREIS, 200000);
    struct mw_match m = judged(&p, "Antragsberechtigt sind Gemeinden in Nordrhein-Westfalen. Anträge sind laufend möglich.");
    assert_int_equal(mw_match_apart(&apart, arena, rules, &p, &m, &OPTS, NULL), MW_OK);
    assert_int_equal(apart.n, 2);
    for (size_t i = 0; i < COUNT(WANT); i++)
        assert_int_equal(MW_AT(apart, struct mw_apart, i)->verdict.answer, WANT[i]);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        CASE(one_change_that_helps_is_named_and_no_other),
        CASE(the_fact_that_settles_most_is_asked_first),
        CASE(nothing_is_asked_that_the_profile_says_or_nobody_waits_for),
        CASE(each_applicant_of_a_joint_project_is_judged_alone),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
