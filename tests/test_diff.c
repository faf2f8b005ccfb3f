/* index/diff.h: what differs is said once, in its field; what no reader sees is no difference. */
#include "index/diff.h"
#include "tests/test.h"

static struct mw_arena *a;
static int begin(void **state) { (void)state; return (a = mw_arena_new()) == NULL; }
static int end(void **state) { (void)state; mw_arena_free(a); return 0; }

static struct mw_state state_of(const char *plain)
{
    return (struct mw_state){ .notice = { .opens = MW_DAY_NONE }, .plain = mw_sv(plain) };
}

static void add_fact(struct mw_state *s, enum mw_fact_type type, int percent, const char *value)
{
    struct mw_fact *f = mw_list_add(a, &s->facts, sizeof *f);
    mw_fact_clear(f);
    f->type = type;
    f->kind = type == MW_F_RATE ? MW_SV("max") : MW_SV_NONE;
    if (percent > 0)
        mw_share_make(&f->share, percent, 100);
    f->value = mw_sv(value);
}

static struct mw_list diff(const struct mw_state *before, const struct mw_state *after)
{
    struct mw_list out = { 0 };
    assert_int_equal(mw_diff(&out, a, before, after, MW_EN, NULL), MW_OK);
    return out;
}
#define D(list, i) MW_AT(list, struct mw_difference, i)
#define WORD(list, i) (*MW_AT(list, struct mw_sv, i))

static void what_no_reader_sees_is_no_difference(void **state)
{
    static const struct {
        const char *one, *two;
    } CASES[] = {
        { "A b", "A  b" }, { "A\nb", "A b " }, { "A\xc2\xa0" "b", "A b" }, { "F\xc3\xb6rderung", "Fo\xcc\x88rderung" },
        { "F\xc3\xb6rde\xc2\xadrung", "F\xc3\xb6rderung" }, { "A\xe2\x80\x8b" "b", "Ab" }, { "A\xe2\x80\xaf" "b", "A b" }, { "", " \n" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_state one = state_of(CASES[i].one), two = state_of(CASES[i].two);
        if (diff(&one, &two).n + diff(&two, &one).n != 0)
            fail_msg("\"%s\" and \"%s\"", CASES[i].one, CASES[i].two);
    }
}

static void of_a_text_the_words_that_differ_are_shown(void **state)
{
    static const struct {
        const char *one, *two, *before, *after;
    } CASES[] = {
        { "the rate is 50 percent", "the rate is 60 percent", "50", "60" }, { "one two", "one two three", "", "three" },
        { "one", "", "one", "" }, { "Antrag bis Mai", "Antrag bis Mais", "Mai", "Mais" }, { "a b a", "a a", "b", "" },
        { "\xc3\xa4 x", "\xc3\xb6 x", "\xc3\xa4", "\xc3\xb6" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_state one = state_of(CASES[i].one), two = state_of(CASES[i].two);
        struct mw_list d = diff(&one, &two);
        assert_int_equal(d.n, 1);
        assert_int_equal(D(d, 0)->field, MW_D_TEXT);
        assert_sv(D(d, 0)->before.n > 0 ? WORD(D(d, 0)->before, 0) : MW_SV(""), CASES[i].before);
        assert_sv(D(d, 0)->after.n > 0 ? WORD(D(d, 0)->after, 0) : MW_SV(""), CASES[i].after);
    }
}

static void two_places_that_changed_are_two_passages_and_what_lies_between_is_none(void **state)
{
    struct mw_state one = state_of("Stand: 1. Mai\n\nZiel ist die Mitte.\nDie Quote liegt bei 70 Prozent.\nEnde"),
                    two = state_of("Stand: 2. Mai\nZiel  ist die Mitte.\nDie Quote liegt bei 60 Prozent.\nNeu\nEnde");
    (void)state;
    struct mw_list d = diff(&one, &two);
    assert_int_equal(d.n, 1);
    assert_int_equal(D(d, 0)->before.n, 2);
    assert_sv(WORD(D(d, 0)->before, 0), "1.");
    assert_sv(WORD(D(d, 0)->after, 0), "2.");
    assert_sv(WORD(D(d, 0)->before, 1), "70 Prozent.");
    assert_sv(WORD(D(d, 0)->after, 1), "60 Prozent. Neu");
    one = state_of("eins\nzwei\ndrei");
    two = state_of("zwei\neins\ndrei"); /* the same lines in another order */
    d = diff(&one, &two);
    assert_int_equal(d.n, 1);
    assert_sv(WORD(D(d, 0)->before, 0), "eins zwei");
}

static void a_fact_that_changed_is_said_in_its_field(void **state)
{
    struct mw_state one = state_of("x"), two = state_of("x");
    (void)state;
    add_fact(&one, MW_F_RATE, 50, NULL);
    add_fact(&one, MW_F_APPLICANT, 0, "municipality");
    add_fact(&two, MW_F_APPLICANT, 0, "municipality"); /* another order and a repetition are no difference */
    add_fact(&two, MW_F_RATE, 80, NULL);
    add_fact(&two, MW_F_APPLICANT, 0, "municipality");
    add_fact(&two, MW_F_THEME, 0, "climate"); /* a fact of no field */
    struct mw_list d = diff(&one, &two);
    assert_int_equal(d.n, 1);
    assert_int_equal(D(d, 0)->field, MW_D_RATE);
    assert_int_equal(D(d, 0)->before.n, 1);
    assert_non_null(strstr(WORD(D(d, 0)->before, 0).p, "50"));
    assert_non_null(strstr(WORD(D(d, 0)->after, 0).p, "80"));
}

static void what_the_source_states_as_data_counts_too(void **state)
{
    struct mw_state one = state_of("x"), two = state_of("x");
    (void)state;
    *(struct mw_day *)mw_list_add(a, &one.notice.deadlines, sizeof(struct mw_day)) = (struct mw_day){ 20000 };
    *(struct mw_day *)mw_list_add(a, &two.notice.deadlines, sizeof(struct mw_day)) = (struct mw_day){ 20001 };
    *(struct mw_sv *)mw_list_add(a, &two.notice.facets[MW_FUNDING_LOCATION], sizeof(struct mw_sv)) = MW_SV("Hessen");
    *(struct mw_sv *)mw_list_add(a, &two.notice.facets[MW_ELIGIBLE_APPLICANTS], sizeof(struct mw_sv)) = MW_SV("Kommune");
    struct mw_list d = diff(&one, &two);
    assert_int_equal(d.n, 3);
    assert_int_equal(D(d, 0)->field, MW_D_DEADLINE);
    assert_sv(WORD(D(d, 0)->before, 0), "4 October 2024");
    assert_int_equal(D(d, 1)->field, MW_D_APPLICANTS);
    assert_int_equal(D(d, 2)->field, MW_D_REGION);
    assert_int_equal(D(d, 2)->before.n, 0);
    assert_sv(WORD(D(d, 2)->after, 0), "Hessen");
}

static void a_long_passage_is_cut_between_letters(void **state)
{
    static char text[2000];
    (void)state;
    for (size_t i = 0; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "\xc3\xa4", 2);
    for (size_t from = 0; from < 2; from++) {
        char begun[2010];
        snprintf(begun, sizeof begun, "%s%s", from == 0 ? "" : "x", text);
        struct mw_state one = state_of(""), two = state_of(begun);
        struct mw_list d = diff(&one, &two);
        struct mw_sv shown = WORD(D(d, 0)->after, 0);
        assert_true(shown.n > 200 && shown.n <= 300);
        assert_true(mw_utf8_invalid_at(shown) == SIZE_MAX);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_no_reader_sees_is_no_difference, begin, end),
        cmocka_unit_test_setup_teardown(of_a_text_the_words_that_differ_are_shown, begin, end),
        cmocka_unit_test_setup_teardown(two_places_that_changed_are_two_passages_and_what_lies_between_is_none, begin, end),
        cmocka_unit_test_setup_teardown(a_fact_that_changed_is_said_in_its_field, begin, end),
        cmocka_unit_test_setup_teardown(what_the_source_states_as_data_counts_too, begin, end),
        cmocka_unit_test_setup_teardown(a_long_passage_is_cut_between_letters, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
