/* lib/model/fact: facts as FORMATS.md section 3 promises them, and in words. */
#include "lib/model/fact.h"

#include "tests/mutate.h"
#include "tests/test.h"

static struct mw_day day(int y, int m, int d)
{
    struct mw_day out = MW_DAY_NONE;
    assert_true(mw_day_from_ymd(&out, y, m, d));
    return out;
}

static struct mw_fact fact(enum mw_fact_type type, const char *kind, const char *value)
{
    struct mw_fact f;
    mw_fact_clear(&f);
    f.type = type;
    f.kind = mw_sv(kind);
    f.value = mw_sv(value);
    return f;
}

static const char *json_of(struct mw_str *out, const struct mw_fact *f)
{
    MW_AUTO(mw_out_freep) struct mw_out *o = mw_out_to_str(out, &(struct mw_out_opts){ .format = MW_JSON, .compact = true });
    mw_fact_to_out(f, o);
    assert_int_equal(mw_out_finish(o, NULL), MW_OK);
    return mw_str_z(out);
}

static enum mw_rc read_fact(struct mw_fact *f, struct mw_arena *a, const char *json, struct mw_err *err)
{
    struct mw_node *node;
    enum mw_rc rc = mw_json_read(&node, a, "facts", 3, mw_sv(json), err);
    return rc == MW_OK ? mw_fact_from_node(f, a, node, err) : rc;
}

/* JSON without the white space between its parts, which is the writer's to choose. */
static void squeeze(struct mw_str *out, const char *json)
{
    bool in_text = false, escaped = false;
    for (; *json != '\0'; json++) {
        in_text ^= *json == '"' && !escaped;
        escaped = *json == '\\' && !escaped;
        if (in_text || (*json != ' ' && *json != '\n'))
            mw_str_addc(out, *json);
    }
}

static void facts_look_as_promised(void **state)
{
    struct mw_fact deadline = fact(MW_F_DEADLINE, "application", NULL), recurs = fact(MW_F_DEADLINE, "cutoff", NULL);
    struct mw_fact rate = fact(MW_F_RATE, "max", NULL), third = fact(MW_F_RATE, "fixed", NULL);
    struct mw_fact amount = fact(MW_F_AMOUNT, "grant_max", NULL), applicant = fact(MW_F_APPLICANT, NULL, "kommune");
    struct mw_fact two_stage = fact(MW_F_TWO_STAGE, NULL, "true"), de_minimis = fact(MW_F_DE_MINIMIS, NULL, "false");
    struct mw_fact duration = fact(MW_F_DURATION, "max", NULL), population = fact(MW_F_POPULATION, "below", NULL);
    (void)state;
    deadline.date = day(2026, 3, 31);
    deadline.quote = MW_SV("bis zum \"31. März\"");
    deadline.start = 1234;
    deadline.rule = MW_SV("rules/facts/deadline.yaml:12");
    recurs.recurs = 331;
    rate.share = (struct mw_share){ 13, 20 };
    rate.condition = MW_SV("haushaltsnotlage");
    rate.soft = true;
    third.share = (struct mw_share){ 1, 3 };
    amount.eur = (struct mw_eur){ 25000000 };
    amount.per = MW_SV("Quartier");
    applicant.field = MW_SV("eligible_applicants");
    applicant.quote = MW_SV("Kommune"); /* a field's label is no quote of the text */
    duration.months = 36;
    population.number = 10000;
    const struct {
        const struct mw_fact *f;
        const char *json;
    } CASES[] = {
        { &deadline, "{\"type\":\"deadline\",\"kind\":\"application\",\"date\":\"2026-03-31\",\"quote\":\"bis zum \\\"31. März\\\"\","
                     "\"start\":1234,\"rule\":\"rules/facts/deadline.yaml:12\"}" },
        { &recurs, "{\"type\":\"deadline\",\"kind\":\"cutoff\",\"recurs\":\"03-31\"}" },
        { &rate, "{\"type\":\"rate\",\"kind\":\"max\",\"bp\":6500,\"for\":\"haushaltsnotlage\",\"soft\":true}" },
        { &third, "{\"type\":\"rate\",\"kind\":\"fixed\",\"bp\":3333,\"share\":\"1/3\"}" },
        { &amount, "{\"type\":\"amount\",\"kind\":\"grant_max\",\"cents\":25000000,\"currency\":\"EUR\",\"per\":\"Quartier\"}" },
        { &applicant, "{\"type\":\"applicant\",\"value\":\"kommune\",\"from\":\"source\",\"field\":\"eligible_applicants\"}" },
        { &two_stage, "{\"type\":\"two_stage\",\"value\":true}" },
        { &de_minimis, "{\"type\":\"de_minimis\",\"value\":false}" },
        { &duration, "{\"type\":\"duration\",\"kind\":\"max\",\"months\":36}" },
        { &population, "{\"type\":\"population\",\"kind\":\"below\",\"number\":10000}" },
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        MW_AUTO(mw_str_free) struct mw_str json = MW_STR_INIT;
        MW_AUTO(mw_str_free) struct mw_str bare = MW_STR_INIT;
        squeeze(&bare, json_of(&json, CASES[i].f));
        assert_string_equal(mw_str_z(&bare), CASES[i].json);
    }
}

static void a_stored_fact_comes_back_as_it_was(void **state)
{
    static const char *const FACTS[] = {
        "{\"type\":\"deadline\",\"kind\":\"cutoff\",\"date\":\"2026-03-31\",\"recurs\":\"02-29\",\"quote\":\"q\",\"start\":9,\"rule\":\"r:1\"}",
        "{\"type\":\"deadline\",\"kind\":\"application\",\"date\":\"2026-03-31\",\"time\":\"24:00\"}",
        "{\"type\":\"deadline\",\"kind\":\"application\",\"recurs\":\"03-31\",\"time\":\"00:00\"}",
        "{\"type\":\"rate\",\"kind\":\"max\",\"bp\":3333,\"share\":\"1/3\",\"for\":\"joint\",\"soft\":true,\"quote\":\"\",\"start\":0}",
        "{\"type\":\"amount\",\"kind\":\"project_min\",\"cents\":0,\"currency\":\"CHF\",\"per\":\"Jahr\"}",
        "{\"type\":\"two_stage\",\"value\":false,\"quote\":\"einstufig\",\"start\":1}",
        "{\"type\":\"region\",\"value\":\"NW\",\"from\":\"source\",\"field\":\"funding_location\"}",
        "{\"type\":\"duration\",\"kind\":\"max\",\"months\":0}",
        "{\"type\":\"partners\",\"kind\":\"min\",\"number\":9223372036854775807}",
        "{\"type\":\"theme\",\"value\":\"klimaschutz\"}",
    };
    struct mw_arena *a = mw_arena_new();
    (void)state;
    for (size_t i = 0; i < COUNT(FACTS); i++) {
        MW_AUTO(mw_str_free) struct mw_str json = MW_STR_INIT;
        MW_AUTO(mw_str_free) struct mw_str bare = MW_STR_INIT;
        struct mw_fact f;
        assert_int_equal(read_fact(&f, a, FACTS[i], NULL), MW_OK);
        squeeze(&bare, json_of(&json, &f));
        assert_string_equal(mw_str_z(&bare), FACTS[i]);
    }
    mw_arena_free(a);
}

static void what_is_no_fact_is_refused(void **state)
{
    static const struct {
        const char *json, *want;
    } CASES[] = {
        { "[]", "object with a \"type\"" },
        { "{}", "object with a \"type\"" },
        { "{\"type\":\"frist\"}", "\"type\" must be a type of fact" },
        { "{\"type\":\"deadline\",\"date\":\"31.2.2026\"}", "\"date\" must be a date" },
        { "{\"type\":\"deadline\",\"recurs\":\"02-30\"}", "\"recurs\" must be" },
        { "{\"type\":\"deadline\",\"recurs\":\"2-3\"}", "\"recurs\" must be" },
        { "{\"type\":\"deadline\",\"recurs\":[]}", "\"recurs\" must be" },
        { "{\"type\":\"rate\",\"bp\":-1}", "\"bp\" must be" },
        { "{\"type\":\"rate\",\"bp\":65.5}", "\"bp\" must be" },
        { "{\"type\":\"rate\",\"share\":\"viel\"}", "\"share\" must be" },
        { "{\"type\":\"amount\",\"cents\":\"viel\"}", "\"cents\" must be" },
        { "{\"type\":\"duration\",\"months\":99999}", "\"months\" must be" },
        { "{\"type\":\"region\",\"value\":{}}", "\"value\" must be a text" },
        { "{\"type\":\"two_stage\",\"value\":\"ja\"}", "true or false" },
        { "{\"type\":\"de_minimis\"}", "true or false" },
        { "{\"type\":\"region\",\"quote\":\"q\",\"start\":-5}", "\"start\" must be" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(MW_EN);
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        struct mw_fact f;
        if (read_fact(&f, a, CASES[i].json, &err) != MW_INVALID || strstr(err.msg, CASES[i].want) == NULL)
            fail_msg("%s gives \"%s\"", CASES[i].json, err.msg != NULL ? err.msg : "no error");
    }
}

static void facts_speak_german_and_english(void **state)
{
    static const struct {
        const char *json, *de, *en;
    } CASES[] = {
        { "{\"type\":\"deadline\",\"kind\":\"application\",\"date\":\"2026-03-31\"}", "bis 31.03.2026 (Antrag)",
            "by 31 March 2026 (application)" },
        { "{\"type\":\"deadline\",\"kind\":\"cutoff\",\"recurs\":\"03-31\"}", "jedes Jahr bis 31.03. (Stichtag)",
            "every year by 31 March (cut-off date)" },
        { "{\"type\":\"deadline\",\"kind\":\"sketch\",\"date\":\"2027-03-31\",\"recurs\":\"03-31\"}", "jedes Jahr bis 31.03., zuletzt 2027 (Skizze)",
            "every year by 31 March, last in 2027 (sketch)" },
        { "{\"type\":\"deadline\",\"kind\":\"rolling\"}", "laufend", "at any time" },
        { "{\"type\":\"rate\",\"kind\":\"max\",\"bp\":7500,\"for\":\"haushaltsnotlage\"}",
            "höchstens 75 %, für Kommunen in Haushaltsnotlage", "at most 75 %, for municipalities under budget supervision" },
        { "{\"type\":\"rate\",\"kind\":\"fixed\",\"bp\":3333,\"share\":\"1/3\",\"soft\":true}", "33 1/3 % (in der Regel)",
            "33 1/3 % (as a rule)" },
        { "{\"type\":\"own_share\",\"kind\":\"min\",\"bp\":750}", "mindestens 7,5 %", "at least 7.5 %" },
        { "{\"type\":\"amount\",\"kind\":\"grant_max\",\"cents\":25000000,\"per\":\"Quartier\"}",
            "Förderung höchstens 250.000 EUR je Quartier", "funding at most 250,000 EUR per Quartier" },
        { "{\"type\":\"amount\",\"kind\":\"project_min\",\"cents\":500050}", "Vorhaben mindestens 5.000,50 EUR",
            "project at least 5,000.50 EUR" },
        { "{\"type\":\"applicant\",\"value\":\"kommunalverband\"}", "Kommunalverband", "association of municipalities" },
        { "{\"type\":\"region\",\"value\":\"NW\"}", "Nordrhein-Westfalen", "Nordrhein-Westfalen" },
        { "{\"type\":\"region\",\"value\":\"DE\"}", "Deutschland", "Germany" },
        { "{\"type\":\"early_start\",\"value\":\"on_request\"}", "vorzeitiger Beginn ist mit Zustimmung möglich",
            "an early start is possible with consent" },
        { "{\"type\":\"two_stage\",\"value\":true}", "zweistufig: erst die Skizze, dann der Antrag",
            "two stages: a sketch first, then the application" },
        { "{\"type\":\"bonus\",\"kind\":\"max\",\"bp\":1000,\"for\":\"joint\"}", "höchstens 10 Prozentpunkte mehr, für gemeinsame Vorhaben",
            "at most 10 percentage points more, for joint projects" },
        { "{\"type\":\"per_capita\",\"kind\":\"max\",\"cents\":80000,\"per\":\"1.000 Einwohner\"}", "höchstens 800 EUR je 1.000 Einwohner",
            "at most 800 EUR per 1.000 Einwohner" },
        { "{\"type\":\"cost\",\"kind\":\"flat_rate\",\"value\":\"indirect\",\"bp\":700}", "indirekte Kosten: 7 %", "indirect costs: 7 %" },
        { "{\"type\":\"requirement\",\"kind\":\"weeks\",\"value\":\"apply_before_start\",\"number\":6}", "Antrag vor Beginn: 6 Wochen",
            "application before the start: 6 weeks" },
        { "{\"type\":\"requirement\",\"kind\":\"min\",\"value\":\"municipal_ownership\",\"bp\":2500}",
            "kommunale Beteiligung: mindestens 25 %", "a share in municipal hands: at least 25 %" },
        { "{\"type\":\"status\",\"kind\":\"call_only\",\"value\":\"yearly\"}", "nur nach einem Förderaufruf (jedes Jahr)", "only after a call (every year)" },
        { "{\"type\":\"duration\",\"kind\":\"max\",\"months\":36}", "höchstens 36 Monate", "at most 36 months" },
        { "{\"type\":\"population\",\"kind\":\"below\",\"number\":1250000}", "weniger als 1.250.000 Einwohner",
            "fewer than 1,250,000 inhabitants" },
        { "{\"type\":\"validity\",\"kind\":\"until\",\"date\":\"2027-12-31\"}", "bis 31.12.2027", "until 31 December 2027" },
        { "{\"type\":\"status\",\"kind\":\"closed\",\"value\":\"beendet\"}", "geschlossen (beendet)", "closed (beendet)" },
        { "{\"type\":\"kind\",\"value\":\"darlehen\"}", "Darlehen", "loan" },
        { "{\"type\":\"deadline\",\"kind\":\"validity_end\",\"value\":\"clause\",\"date\":\"2026-06-30\"}", "bis 30.06.2026 (Ende einer einzelnen Regelung)",
            "by 30 June 2026 (end of a single clause)" },
        { "{\"type\":\"exclusion\",\"value\":\"pflichtaufgabe\"}", "gesetzliche Pflichtaufgaben", "tasks required by law" },
        { "{\"type\":\"exclusion\",\"value\":\"kommune\"}", "Kommune", "municipality" },
        { "{\"type\":\"theme\",\"value\":\"klimaschutz\"}", "klimaschutz", "klimaschutz" },
        { "{\"type\":\"rate\",\"kind\":\"max\",\"bp\":9000,\"for\":\"kleine Gemeinden\"}", "höchstens 90 %, kleine Gemeinden",
            "at most 90 %, kleine Gemeinden" },
    };
    struct mw_arena *a = mw_arena_new();
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        MW_AUTO(mw_str_free) struct mw_str de = MW_STR_INIT;
        MW_AUTO(mw_str_free) struct mw_str en = MW_STR_INIT;
        struct mw_fact f;
        assert_int_equal(read_fact(&f, a, CASES[i].json, NULL), MW_OK);
        mw_fact_words(&de, &f, MW_DE);
        mw_fact_words(&en, &f, MW_EN);
        assert_string_equal(mw_str_z(&de), CASES[i].de);
        assert_string_equal(mw_str_z(&en), CASES[i].en);
    }
    mw_arena_free(a);
}

static void every_type_has_a_name_in_both_languages(void **state)
{
    (void)state;
    assert_null(MW_FACT_TYPES[MW_F_TYPE_N]);
    for (int t = 0; t < MW_F_TYPE_N; t++) {
        const char *de = mw_fact_label((enum mw_fact_type)t, MW_DE), *en = mw_fact_label((enum mw_fact_type)t, MW_EN);
        if (strcmp(de, en) == 0 && t != MW_F_PARTNERS)
            fail_msg("\"%s\" has no German", en);
    }
}

/* Whatever the store or an import holds under "facts": an answer, and words for what was taken. */
static void damaged_facts_are_refused_or_said(void **state)
{
    static const char FACT[] = "{\"type\":\"amount\",\"kind\":\"grant_max\",\"value\":\"x\",\"date\":\"2026-03-31\",\"recurs\":\"03-31\","
                               "\"bp\":6500,\"cents\":25000000,\"currency\":\"EUR\",\"months\":36,\"number\":5,\"per\":\"Jahr\"}";
    static const char *const TOKENS[] = { "rate", "deadline", "validity", "population", "region", "9223372036854775807", "-", "null",
        "\"", "00", "[]", NULL };
    uint64_t seed = 99;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        MW_AUTO(mw_str_free) struct mw_str words = MW_STR_INIT;
        char buf[400];
        struct mw_sv bad = mutate(buf, sizeof buf - 1, mw_sv(FACT), TOKENS, &seed);
        struct mw_fact f;
        buf[bad.n] = '\0';
        if (read_fact(&f, a, buf, NULL) == MW_OK)
            mw_fact_words(&words, &f, MW_DE);
        assert_true(mw_str_ok(&words));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_look_as_promised),
        cmocka_unit_test(a_stored_fact_comes_back_as_it_was),
        cmocka_unit_test(what_is_no_fact_is_refused),
        cmocka_unit_test(facts_speak_german_and_english),
        cmocka_unit_test(every_type_has_a_name_in_both_languages),
        cmocka_unit_test(damaged_facts_are_refused_or_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
