/* apply/plan/whatif.c: a project with some values changed. */
#include "tests/plan.h"

#define EXAMPLE "config/examples/regionalmanagement/projekt.yaml" /* its profile is a file of its own */

static enum mw_rc vary(struct desk *d, struct mw_plan_input *in, const char *changes)
{
    const struct mw_plan_opts opts = { .today = day(TODAY), .lang = MW_EN };
    enum mw_rc rc = mw_plan_input_vary(in, d->arena, EXAMPLE, "rules", NULL, changes, &d->diags);
    if (rc == MW_OK)
        rc = mw_plan_make(&d->plan, d->arena, &in->project, MW_AT(in->terms, struct mw_terms, 0), &in->tariffs, &opts,
                          &d->diags);
    return rc;
}
static void must_vary(struct desk *d, struct mw_plan_input *in, const char *changes)
{
    if (vary(d, in, changes) != MW_OK)
        fail_msg("%s: %s", changes, all_diags(d));
}

static void a_row_of_a_list_is_named_by_its_id(void **state)
{
    struct desk *d = *state;
    struct mw_plan_input in;
    must_vary(d, &in, "costs.management.amount=100000 EUR");
    assert_int_equal(cost_row(d, "management")->total.cents, 11900000);
    assert_adds_up(d);
}

static void several_changes_are_made_at_once(void **state)
{
    struct desk *d = *state;
    struct mw_plan_input in;
    must_vary(d, &in, " costs.management.amount = 100000 EUR ;; period.to=2030-05-31; ");
    assert_int_equal(cost_row(d, "management")->total.cents, 11900000);
    assert_int_equal(in.project.to.n, day("2030-05-31").n);
}

static void an_entry_may_be_named_by_its_number(void **state)
{
    struct desk *d = *state;
    struct mw_plan_input in;
    must_vary(d, &in, "costs.0.vat=7 %");
    assert_int_equal(cost_row(d, "management")->total.cents, 28676000);
}

static void a_profile_in_a_file_of_its_own_can_be_changed(void **state)
{
    struct desk *d = *state;
    struct mw_plan_input in;
    must_vary(d, &in, "profile.applicants.Landkreis Lehnau.budget=nothaushalt; profile.own_share=1 %");
    assert_int_equal(MW_AT(in.project.profile.applicants, struct mw_applicant, in.project.profile.lead)->budget,
                     MW_B_NOTHAUSHALT);
    assert_non_null(finding(d, "own-money-short"));
}

static void what_stands_in_the_profile_is_found_there(void **state)
{
    struct desk *d = *state;
    struct mw_plan_input in;
    must_vary(d, &in, "applicants.Landkreis Lehnau.budget=nothaushalt; volume=1,2 Mio. EUR");
    assert_int_equal(MW_AT(in.project.profile.applicants, struct mw_applicant, in.project.profile.lead)->budget, MW_B_NOTHAUSHALT);
    assert_int_equal(in.project.profile.volume.cents, 120000000);
    assert_non_null(finding(d, "volume-differs"));
    clear_desk(d);
    assert_int_equal(vary(d, &in, "applicants.0.buget=normal"), MW_INVALID);
}

static void a_key_that_is_not_written_is_added(void **state)
{
    struct desk *d = *state;
    struct mw_plan_input in;
    must_vary(d, &in, "costs.oeffentlichkeit.eligible=no");
    assert_int_equal(cost_row(d, "oeffentlichkeit")->eligible.cents, 0);
}

static void another_programme_is_a_change_like_any_other(void **state)
{
    struct desk *d = *state;
    struct mw_plan_input in;
    must_vary(d, &in, "programme=ikz-nrw");
    assert_sv(MW_AT(in.terms, struct mw_terms, 0)->programme, "ikz-nrw");
}

static void changes_that_make_no_sense_are_faults(void **state)
{
    static const char *const CHANGES[] = { "costs",
                                           "=5",
                                           "costs.nobody.amount=5 EUR",
                                           "costs.99.amount=5 EUR",
                                           "title.deeper.still=x",
                                           "costs.management.amount=viel",
                                           "costs.management.amunt=5 EUR",
                                           "period.to=2020-01-01" };
    struct desk *d = *state;
    struct mw_plan_input in;
    for (size_t i = 0; i < COUNT(CHANGES); i++) {
        clear_desk(d);
        if (vary(d, &in, CHANGES[i]) != MW_INVALID || d->diags.errors == 0)
            fail_msg("%s", CHANGES[i]);
    }
}

static void nothing_changed_is_the_plan_as_written(void **state)
{
    struct desk *d = *state;
    struct mw_plan_input in;
    int64_t grant;
    must_vary(d, &in, NULL);
    grant = d->plan.financing.grant.cents;
    must_vary(d, &in, "");
    assert_int_equal(d->plan.financing.grant.cents, grant);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
        T(a_row_of_a_list_is_named_by_its_id),    T(several_changes_are_made_at_once),
        T(an_entry_may_be_named_by_its_number),   T(a_profile_in_a_file_of_its_own_can_be_changed),
        T(what_stands_in_the_profile_is_found_there),
        T(a_key_that_is_not_written_is_added),    T(another_programme_is_a_change_like_any_other),
        T(changes_that_make_no_sense_are_faults), T(nothing_changed_is_the_plan_as_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
