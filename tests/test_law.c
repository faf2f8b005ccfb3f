/* lib/model/law: figures of law that change with the years. */
#include "lib/model/law.h"

#include <unistd.h>

#include "tests/plan.h"

static enum mw_rc read_law(struct desk *d, struct mw_law *law, const char *text)
{
    *law = (struct mw_law){ 0 };
    return mw_law_read(law, d->arena, read_yaml(d, "law.yaml", text), &d->diags);
}

static void the_rate_that_began_last_holds_until_the_next(void **state)
{
    static const char TEXT[] = "law: z\npoints: 5\nbase_rates:\n  - {from: 2024-07-01, rate: 3.37 %}\n  - {from: 2024-01-01, rate: 3.62 %}\n";
    struct desk *d = *state;
    struct mw_law law;
    struct mw_day next;
    if (read_law(d, &law, TEXT) != MW_OK)
        fail_msg("%s", all_diags(d));
    assert_int_equal(mw_share_bp(law.points), 500);
    assert_null(mw_law_base_rate(&law, day("2023-12-31"), &next));
    assert_int_equal(next.n, day("2024-01-01").n);
    assert_int_equal(mw_share_bp(mw_law_base_rate(&law, day("2024-06-30"), &next)->rate), 362);
    assert_int_equal(next.n, day("2024-07-01").n);
    assert_int_equal(mw_share_bp(mw_law_base_rate(&law, day("2030-01-01"), &next)->rate), 337);
    assert_false(mw_day_is(next));
}

static void a_limit_holds_from_its_first_to_its_last_day(void **state)
{
    static const char TEXT[] = "law: d\nlimits:\n  - {id: de-minimis, from: 2024-01-01, until: 2030-12-31, amount: 300000 EUR, time: 3 years}\n";
    struct desk *d = *state;
    struct mw_law law;
    assert_int_equal(read_law(d, &law, TEXT), MW_OK);
    assert_null(mw_law_limit(&law, "de-minimis", day("2023-12-31")));
    assert_int_equal(mw_law_limit(&law, "de-minimis", day("2024-01-01"))->amount.cents, 30000000);
    assert_non_null(mw_law_limit(&law, "de-minimis", day("2030-12-31")));
    assert_null(mw_law_limit(&law, "de-minimis", day("2031-01-01")));
}

static void faults_are_said_with_their_line(void **state)
{
    static const struct {
        const char *text, *code;
        unsigned line;
    } CASES[] = {
        { "law: z\nbase_rates: [{from: 2024-01-01, rate: 1 %}]\n", "missing-key", 1 },
        { "law: d\nlimits:\n  - {id: de-minimis, from: 2024-01-01, amount: 1 EUR}\n", "missing-key", 3 },
        { "law: d\nlimits:\n  - {id: de-minimis, amount: 1 EUR, time: 3 weeks}\n", "missing-key", 3 },
        { "law: d\nlimit:\n  - {from: 2024-01-01}\n", "unknown-key", 2 },
    };
    struct desk *d = *state;
    struct mw_law law;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        clear_desk(d);
        assert_int_equal(read_law(d, &law, CASES[i].text), MW_INVALID);
        if (!diag_has(d, CASES[i].code, CASES[i].line))
            fail_msg("%s: %s", CASES[i].code, all_diags(d));
    }
}

static void the_law_that_we_ship_can_be_read_and_is_dated(void **state)
{
    struct desk *d = *state;
    struct mw_law law;
    struct mw_day next;
    if (mw_law_load(&law, d->arena, "config/law", &d->diags) != MW_OK)
        fail_msg("%s", all_diags(d));
    assert_non_null(mw_law_base_rate(&law, day("2025-12-31"), &next));
    assert_int_equal(mw_law_limit(&law, "de-minimis", day("2026-01-01"))->amount.cents, 30000000);
    assert_int_equal(mw_law_load(&law, d->arena, "/nowhere/law", &d->diags), MW_OK);
    assert_int_equal(law.base_rates.n, 0);
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_rate_that_began_last_holds_until_the_next),
        T(a_limit_holds_from_its_first_to_its_last_day),
        T(faults_are_said_with_their_line),
        T(the_law_that_we_ship_can_be_read_and_is_dated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
