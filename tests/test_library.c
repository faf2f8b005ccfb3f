/* Libraries loaded late: what is missing is named with its package, and commands that do without do not load them. */
#include "lib/core/library.h"
#include "tests/program.h"

#define MATH_CALLS(X) X(cos) X(labs)
#define NO_CALLS(X) X(no_such_call)
extern double cos(double x);
extern void no_such_call(void);

MW_LIBRARY_DECLARE(mw_math, MATH_CALLS);
MW_LIBRARY_DEFINE(mw_math, MATH_CALLS, "libm.so.6", "libc6")
MW_LIBRARY_DECLARE(mw_lacking, NO_CALLS);
MW_LIBRARY_DEFINE(mw_lacking, NO_CALLS, "libm.so.6", "libc6")
MW_LIBRARY_DECLARE(mw_missing, MATH_CALLS);
MW_LIBRARY_DEFINE(mw_missing, MATH_CALLS, "libof-no-machine.so.9", "libof-no-machine9")

static void calls_are_found_by_their_names(void **state)
{
    (void)state;
    assert_null(mw_math);
    assert_int_equal(mw_math_open(NULL), MW_OK);
    assert_int_equal(mw_math_open(NULL), MW_OK);
    assert_true(mw_math->cos(0.0) > 0.5);
    assert_int_equal(mw_math->labs(-7), 7);
}

static void what_is_missing_is_named_with_its_package(void **state)
{
    struct mw_err err = MW_ERR_INIT(MW_EN);
    (void)state;
    assert_int_equal(mw_missing_open(&err), MW_IO);
    assert_string_equal(err.msg, "The library libof-no-machine.so.9 is missing. Install the package libof-no-machine9.");
    assert_null(mw_missing);
    mw_err_clear(&err);
    assert_int_equal(mw_lacking_open(&err), MW_IO);
    assert_string_equal(err.msg, "The library libm.so.6 has no no_such_call. Install a newer package libc6.");
    assert_null(mw_lacking);
    mw_err_clear(&err);
}

/* The dynamic linker lists what it loads and ends. */
static void the_program_starts_without_what_few_commands_need(void **state)
{
    static const char *const LATE[] = { MW_SONAME_CURL, MW_SONAME_XML2, MW_SONAME_ZIP, MW_SONAME_XLSXWRITER, MW_SONAME_ICAL, MW_SONAME_PANGOCAIRO_1_0 };
    setenv("LD_TRACE_LOADED_OBJECTS", "1", 1);
    const struct run *r = run_program(*state, "--version");
    unsetenv("LD_TRACE_LOADED_OBJECTS");
    assert_says(r->out, "libsqlite3");
    for (size_t i = 0; i < COUNT(LATE); i++)
        assert_silent_on(r->out, LATE[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_are_found_by_their_names),
        cmocka_unit_test(what_is_missing_is_named_with_its_package),
        cmocka_unit_test_setup_teardown(the_program_starts_without_what_few_commands_need, make_scratch, drop_scratch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
