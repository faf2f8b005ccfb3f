/* The whole way from files to output: every case of ../shared by the program and its scorer, our own examples, the
 * forms of output. */
#include "tests/plan.h"
#include <sys/wait.h>

static const char *program(void) { return getenv("MITTELWEG") != NULL ? getenv("MITTELWEG") : "./mittelweg"; }

/* Runs the scorer of ../shared over a folder of cases; what fails is in its output. */
static void score(const char *folder, const char *command)
{
    char line[4096], text[8192] = "";
    size_t n = 0;
    FILE *p;
    int status;
    snprintf(
        line, sizeof line,
        "python3 '%s' '%s' '%s %s --format json --today {today} --rules {dir} {project}' --quiet --timeout 120 2>&1",
        shared_path("eval/score_plans.py"), shared_path(folder), program(), command);
    assert_non_null(p = popen(line, "r"));
    while (n + 1 < sizeof text && fgets(text + n, (int)(sizeof text - n), p) != NULL)
        n += strlen(text + n);
    status = pclose(p);
    if (status != 0)
        fail_msg("%s", text);
}

static void every_plan_case_is_exact(void **state)
{
    (void)state;
    SKIP_WITHOUT_SHARED("eval/plans-dev");
    score("eval/plans-dev", "plan");
}

static void every_mix_case_is_exact(void **state)
{
    (void)state;
    SKIP_WITHOUT_SHARED("eval/mix-dev");
    score("eval/mix-dev", "mix");
}

/* --- our own examples --------------------------------------------------------------------------------------------- */
static const struct {
    const char *file, *today;
} EXAMPLES[] = {
    { "config/examples/ikz-gross-gerau/projekt.yaml", "2026-11-22" },
    { "config/examples/regionalmanagement/projekt.yaml", "2026-11-22" },
    { "config/examples/sanierungsmanagement-ruhr/projekt.yaml", "2023-08-15" },
    { "config/examples/sanierungsmanagement-ruhr/projekt-duisburg.yaml", "2023-08-15" },
    { "config/examples/smart-city-potsdam/projekt.yaml", "2022-06-01" },
    { "config/examples/stadtteilbuero-dorsten/projekt.yaml", "2026-11-22" },
};

static void compute(struct desk *d, size_t i, enum mw_lang lang)
{
    struct mw_plan_input *in = mw_arena_alloc(d->arena, sizeof *in);
    const struct mw_plan_opts opts = { .today = day(EXAMPLES[i].today), .lang = lang };
    if (mw_plan_input_load(in, d->arena, EXAMPLES[i].file, "rules", NULL, &d->diags) != MW_OK ||
        mw_plan_make(&d->plan, d->arena, &in->project, MW_AT(in->terms, struct mw_terms, 0), &in->tariffs, &opts,
                     &d->diags) != MW_OK)
        fail_msg("%s", all_diags(d));
}

static void our_examples_add_up_and_hold_no_errors(void **state)
{
    struct desk *d = *state;
    for (size_t i = 0; i < COUNT(EXAMPLES); i++) {
        clear_desk(d);
        compute(d, i, MW_DE);
        assert_adds_up(d);
        assert_true(d->plan.financing.grant.cents > 0);
        for (size_t k = 0; k < d->plan.findings.n; k++)
            if (MW_AT(d->plan.findings, struct mw_finding, k)->severity == MW_ERROR)
                fail_msg("%s: %.*s", EXAMPLES[i].file, MW_SV_ARG(MW_AT(d->plan.findings, struct mw_finding, k)->msg));
    }
}

static void write_plan(struct mw_str *out, const struct desk *d, enum mw_format format, enum mw_lang lang)
{
    const struct mw_out_opts opts = { .format = format, .lang = lang };
    struct mw_out *o = mw_out_to_str(out, &opts);
    assert_non_null(o);
    mw_plan_to_out(&d->plan, true, o);
    assert_int_equal(mw_out_finish(o, NULL), MW_OK);
    assert_null(mw_out_misuse(o));
    mw_out_free(o);
}

static void a_plan_as_text_fits_eighty_columns_and_is_german(void **state)
{
    struct desk *d = *state;
    for (size_t i = 0; i < COUNT(EXAMPLES); i++) {
        struct mw_str text = MW_STR_INIT;
        struct mw_sv line, rest;
        bool more = true;
        clear_desk(d);
        compute(d, i, MW_DE);
        write_plan(&text, d, MW_TEXT, MW_DE);
        for (rest = mw_str_sv(&text); more;) {
            more = mw_sv_cut(rest, '\n', &line, &rest);
            if (mw_utf8_width(line) > 80)
                fail_msg("%s: %.*s", EXAMPLES[i].file, MW_SV_ARG(line));
        }
        assert_non_null(strstr(mw_str_z(&text), "So ergibt sich der Zuschuss"));
        assert_non_null(strstr(mw_str_z(&text), "Geld nach Monaten"));
        assert_null(strstr(mw_str_z(&text), "Own money"));
        mw_str_free(&text);
    }
}

static void a_plan_as_json_has_the_promised_keys(void **state)
{
    static const char *const KEYS[] = { "project",   "programme", "edition",  "today",       "currency", "cost",
                                        "financing", "partners",  "schedule", "preparation", "duties",   "findings" };
    struct desk *d = *state;
    for (size_t i = 0; i < COUNT(EXAMPLES); i++) {
        struct mw_str text = MW_STR_INIT;
        struct mw_node *map = NULL;
        clear_desk(d);
        compute(d, i, MW_EN);
        write_plan(&text, d, MW_JSON, MW_EN);
        assert_int_equal(mw_json_read(&map, d->arena, "plan", 1, mw_str_sv(&text), NULL), MW_OK);
        for (size_t k = 0; k < COUNT(KEYS); k++)
            if (mw_node_get(map, KEYS[k]) == NULL)
                fail_msg("%s: no %s", EXAMPLES[i].file, KEYS[k]);
        mw_str_free(&text);
    }
}

/* The same numbers whoever reads them: each sum of the JSON stands in the text, too. */
static void text_and_json_say_the_same_grant(void **state)
{
    struct desk *d = *state;
    struct mw_str text = MW_STR_INIT, json = MW_STR_INIT, grant = MW_STR_INIT;
    compute(d, 0, MW_DE);
    write_plan(&text, d, MW_TEXT, MW_DE);
    write_plan(&json, d, MW_JSON, MW_DE);
    mw_eur_format(&grant, d->plan.financing.grant, MW_DE);
    assert_non_null(strstr(mw_str_z(&text), mw_str_z(&grant)));
    mw_str_clear(&grant);
    mw_str_addf(&grant, "\"grant\": %lld", (long long)d->plan.financing.grant.cents);
    if (strstr(mw_str_z(&json), mw_str_z(&grant)) == NULL) { /* compact or not */
        mw_str_clear(&grant);
        mw_str_addf(&grant, "\"grant\":%lld", (long long)d->plan.financing.grant.cents);
        assert_non_null(strstr(mw_str_z(&json), mw_str_z(&grant)));
    }
    mw_str_free(&text);
    mw_str_free(&json);
    mw_str_free(&grant);
}

/* --- the commands ------------------------------------------------------------------------------------------------- */
static int ask_program(const char *args, char *out, size_t size)
{
    char line[1024];
    size_t n = 0;
    FILE *p;
    snprintf(line, sizeof line, "%s %s 2>&1", program(), args);
    assert_non_null(p = popen(line, "r"));
    while (n + 1 < size && fgets(out + n, (int)(size - n), p) != NULL)
        n += strlen(out + n);
    return WEXITSTATUS(pclose(p));
}

static void commands_end_with_the_promised_status(void **state)
{
    static const struct {
        const char *args;
        int status;
        const char *says;
    } CASES[] = {
        { "plan --today 2026-11-22 --rules rules config/examples/ikz-gross-gerau/projekt.yaml", 0, "100" },
        { "plan --today 2031-01-01 --rules rules config/examples/ikz-gross-gerau/projekt.yaml", 1,
          "edition-not-valid" },
        { "plan --rules rules no/such/project.yaml", 2, "no/such/project.yaml" },
        { "plan --rules rules --programme ikz-hesen config/examples/ikz-gross-gerau/projekt.yaml", 2, "ikz-hessen" },
        { "plan --rules rules --edition 1900 config/examples/ikz-gross-gerau/projekt.yaml", 2, "1900" },
        { "check --today 2026-11-22 --rules rules config/examples/ikz-gross-gerau/projekt.yaml "
          "rules/programmes/ikz-nrw.yaml "
          "rules/tariffs/tvoed-vka.yaml config/examples/ikz-gross-gerau/profil.yaml",
          0, "" },
        { "check --rules rules config/layers", 1, "config/layers" },
        { "mix --today 2026-11-22 --rules rules config/examples/ikz-gross-gerau/projekt.yaml", 0, "ikz-hessen" },
    };
    char out[65536];
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        out[0] = '\0';
        int status = ask_program(CASES[i].args, out, sizeof out);
        if (status != CASES[i].status || (strstr(out, CASES[i].says) == NULL && strstr(CASES[i].args, "mix") == NULL))
            fail_msg("%s: status %d\n%s", CASES[i].args, status, out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
        T(every_plan_case_is_exact),
        T(every_mix_case_is_exact),
        T(our_examples_add_up_and_hold_no_errors),
        T(a_plan_as_text_fits_eighty_columns_and_is_german),
        T(a_plan_as_json_has_the_promised_keys),
        T(text_and_json_say_the_same_grant),
        T(commands_end_with_the_promised_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
