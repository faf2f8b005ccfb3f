#include "tests/test.h"

#include <stddef.h>

#include "lib/core/schema.h"
#include "tests/mutate.h"

/* A schema with one field of every type, as a programme or a project would have it. */
struct step { struct mw_pos pos; struct mw_sv label; struct mw_duration takes; };
struct when { int budget; enum mw_tri joint; };
struct thing {
    struct mw_sv title;
    struct mw_pos pos, volume_pos;
    enum mw_tri started;
    int64_t population;
    struct mw_eur volume;
    struct mw_share rate, effort;
    struct mw_day deadline;
    struct mw_duration term;
    int kind;
    struct when when;
    struct step *first;
    struct mw_list steps, kinds, days, years, partners, anything;
    const struct mw_node *raw;
};
static const char *const KINDS[] = { "zuschuss", "darlehen", "bürgschaft", NULL };
static const char *const BUDGETS[] = { "normal", "nothaushalt", NULL };
static const struct mw_field STEP_FIELDS[] = {
    { .key = "label", .type = MW_T_TEXT, .offset = offsetof(struct step, label), .needed = true },
    { .key = "takes", .type = MW_T_DURATION, .offset = offsetof(struct step, takes) },
    { .type = MW_T_POS, .offset = offsetof(struct step, pos) },
};
static const struct mw_schema STEP = { "sample step", sizeof(struct step), STEP_FIELDS, COUNT(STEP_FIELDS) };
static const struct mw_field WHEN_FIELDS[] = {
    { .key = "budget", .type = MW_T_WORD, .offset = offsetof(struct when, budget), .words = BUDGETS },
    { .key = "joint", .type = MW_T_TRI, .offset = offsetof(struct when, joint) },
};
static const struct mw_schema WHEN = { "sample condition", sizeof(struct when), WHEN_FIELDS, COUNT(WHEN_FIELDS) };
#define FIELD(name, kind) .key = #name, .type = (kind), .offset = offsetof(struct thing, name)
static const struct mw_field THING_FIELDS[] = {
    { FIELD(title, MW_T_TEXT), .needed = true },
    { .type = MW_T_POS, .offset = offsetof(struct thing, pos) },
    { FIELD(started, MW_T_TRI) },
    { FIELD(population, MW_T_INT) },
    { FIELD(volume, MW_T_EUR), .needed = true, .pos_offset = offsetof(struct thing, volume_pos) },
    { FIELD(rate, MW_T_SHARE) },
    { FIELD(effort, MW_T_QUANTITY) },
    { FIELD(deadline, MW_T_DAY) },
    { FIELD(term, MW_T_DURATION) },
    { FIELD(kind, MW_T_WORD), .words = KINDS },
    { FIELD(when, MW_T_RECORD), .sub = &WHEN },
    { FIELD(first, MW_T_RECORD_P), .sub = &STEP },
    { FIELD(steps, MW_T_LIST), .item = MW_T_RECORD, .sub = &STEP },
    { FIELD(kinds, MW_T_LIST), .item = MW_T_WORD, .words = KINDS },
    { FIELD(days, MW_T_LIST), .item = MW_T_DAY },
    { FIELD(years, MW_T_DICT), .item = MW_T_EUR },
    { FIELD(partners, MW_T_DICT), .item = MW_T_RECORD, .sub = &STEP },
    { FIELD(anything, MW_T_LIST), .item = MW_T_NODE },
    { FIELD(raw, MW_T_NODE) },
};
static const struct mw_schema THING = { "sample project", sizeof(struct thing), THING_FIELDS, COUNT(THING_FIELDS) };

struct reading {
    struct mw_arena *arena;
    struct mw_diags diags;
    struct thing thing;
    bool ok;
};
static struct reading read_in(enum mw_lang lang, struct mw_sv text)
{
    struct reading r = { .arena = mw_arena_new(), .diags = MW_DIAGS_INIT(lang) };
    struct mw_node *root;
    mw_yaml_read(&root, r.arena, "p.yaml", text, &r.diags);
    mw_schema_clear(&THING, &r.thing);
    r.ok = root != NULL && mw_schema_read(&THING, root, &r.thing, r.arena, &r.diags) && r.diags.errors == 0;
    mw_diags_sort(&r.diags);
    return r;
}
static struct reading reading(const char *text)
{
    return read_in(MW_EN, mw_sv(text));
}
static void done(struct reading *r)
{
    mw_diags_free(&r->diags);
    mw_arena_free(r->arena);
}
/* The first fault as "line:col: message | cure". */
static void expect_fault(const char *text, const char *want)
{
    struct reading r = reading(text);
    struct mw_str got = MW_STR_INIT;
    const struct mw_diag *d = r.diags.n > 0 ? &r.diags.items[0] : NULL;
    if (d != NULL)
        mw_str_addf(&got, "%u:%u: %s | %s", d->line, d->col, d->msg, d->cure != NULL ? d->cure : "-");
    if (r.diags.n != 1 || r.ok || strcmp(mw_str_z(&got), want) != 0)
        fail_msg("%zu faults in \"%s\"\n  got  %s\n  want %s", r.diags.n, text, mw_str_z(&got), want);
    mw_str_free(&got);
    done(&r);
}
#define GOOD "title: T\nvolume: 1 EUR\n"

static void every_type_arrives_in_its_field(void **state)
{
    struct reading r = reading(
        "title: Büro\nstarted: nein\npopulation: 75000\nvolume: 2,5 Mio. EUR\nrate: 33 1/3 %\neffort: 2,5\n"
        "deadline: 31.03.2026\nterm: 20 workdays\nkind: darlehen\nwhen: {budget: nothaushalt, joint: yes}\n"
        "first: {label: eins}\nsteps: [{label: a, takes: 3 months}, {label: b}]\nkinds: [bürgschaft, zuschuss]\n"
        "days: [2026-01-02, 2026-01-03]\nyears: {2026: 10 EUR, 2025: '5,50 EUR'}\n"
        "partners: {Köln: {label: k}}\nanything: [x, {y: z}]\nraw: {free: [form]}\n");
    const struct thing *t = &r.thing;
    (void)state;
    if (!r.ok)
        fail_msg("%u: %s", r.diags.items[0].line, r.diags.items[0].msg);
    assert_sv(t->title, "Büro");
    assert_int_equal(t->started, MW_NO);
    assert_int_equal(t->population, 75000);
    assert_int_equal(t->volume.cents, 250000000);
    assert_int_equal(t->rate.num, 1);
    assert_int_equal(t->rate.den, 3);
    assert_int_equal(t->effort.num * 2, t->effort.den * 5);
    assert_int_equal(mw_day_ymd(t->deadline).month, 3);
    assert_int_equal(t->term.n, 20);
    assert_int_equal(t->term.unit, MW_WORKDAYS);
    assert_int_equal(t->kind, 1);
    assert_int_equal(t->when.budget, 1);
    assert_int_equal(t->when.joint, MW_YES);
    assert_sv(t->first->label, "eins");
    assert_int_equal(t->steps.n, 2);
    assert_sv(MW_AT(t->steps, struct step, 1)->label, "b");
    assert_int_equal(MW_AT(t->steps, struct step, 0)->takes.unit, MW_MONTHS);
    assert_int_equal(*MW_AT(t->kinds, int, 0), 2);
    assert_int_equal(MW_AT(t->days, struct mw_day, 1)->n - MW_AT(t->days, struct mw_day, 0)->n, 1);
    assert_int_equal(t->anything.n, 2);
    assert_sv((*MW_AT(t->anything, const struct mw_node *, 0))->text, "x");
    assert_non_null(mw_node_get(t->raw, "free"));
    done(&r);
}

static void what_is_absent_is_not_stated_never_zero(void **state)
{
    struct reading r = reading(GOOD "population:\nterm: # to be filled in\nsteps:\nwhen:\n");
    const struct thing *t = &r.thing;
    (void)state;
    assert_true(r.ok);
    assert_int_equal(t->started, MW_TRI_NONE);
    assert_true(t->population == MW_INT_NONE);
    assert_false(mw_share_is(t->rate));
    assert_false(mw_share_is(t->effort));
    assert_false(mw_day_is(t->deadline));
    assert_false(mw_duration_is(t->term));
    assert_int_equal(t->kind, -1);
    assert_int_equal(t->when.budget, -1);
    assert_int_equal(t->when.joint, MW_TRI_NONE);
    assert_null(t->first);
    assert_null(t->raw);
    assert_int_equal(t->steps.n + t->kinds.n + t->years.n, 0);
    done(&r);
}

static void a_dictionary_keeps_the_order_of_the_file_and_its_places(void **state)
{
    struct reading r = reading(GOOD "years: {2027: 1 EUR,\n  2025: 2 EUR}\npartners:\n  Köln: {label: k}\n");
    const struct mw_entry *second = MW_AT(r.thing.years, struct mw_entry, 1),
                          *partner = MW_AT(r.thing.partners, struct mw_entry, 0);
    (void)state;
    assert_sv(MW_AT(r.thing.years, struct mw_entry, 0)->key, "2027");
    assert_sv(second->key, "2025");
    assert_int_equal(second->v.eur.cents, 200);
    assert_int_equal(second->pos.line, 4);
    assert_int_equal(second->pos.col, 3);
    assert_sv(partner->key, "Köln");
    assert_sv(((struct step *)partner->v.record)->label, "k");
    assert_int_equal(partner->node->kind, MW_MAP);
    done(&r);
}

static void one_value_is_taken_as_a_list_of_one(void **state)
{
    struct reading r = reading(GOOD "kinds: zuschuss\nsteps: {label: a}\nanything: x\n");
    (void)state;
    assert_true(r.ok);
    assert_int_equal(r.thing.kinds.n, 1);
    assert_int_equal(r.thing.steps.n, 1);
    assert_sv(MW_AT(r.thing.steps, struct step, 0)->label, "a");
    assert_int_equal(r.thing.anything.n, 1);
    done(&r);
}

static void places_of_maps_and_values_are_kept(void **state)
{
    struct reading r = reading("# c\ntitle: T\nvolume:   1 EUR\nsteps:\n  - label: a\n");
    (void)state;
    assert_int_equal(r.thing.pos.line, 2);
    assert_int_equal(r.thing.volume_pos.line, 3);
    assert_int_equal(r.thing.volume_pos.col, 11);
    assert_int_equal(MW_AT(r.thing.steps, struct step, 0)->pos.line, 5);
    done(&r);
}

static void a_wrong_value_is_answered_with_an_example_of_a_right_one(void **state)
{
    static const struct { const char *text, *want; } CASES[] = {
        { "title: T\nvolume: viel", "2:9: Expected a sum of money such as 450000 EUR, found \"viel\". | -" },
        { "title: T\nvolume: -5 EUR", "2:9: Expected a sum of money not below zero, found \"-5 EUR\". | -" },
        { GOOD "started: maybe", "3:10: Expected yes or no, found \"maybe\". | -" },
        { GOOD "population: many", "3:13: Expected a whole number such as 12, found \"many\". | -" },
        { GOOD "rate: half", "3:7: Expected a share such as 65 %, found \"half\". | -" },
        { GOOD "effort: x", "3:9: Expected a number such as 2.5, found \"x\". | -" },
        { GOOD "deadline: soon", "3:11: Expected a date such as 2026-03-31, found \"soon\". | -" },
        { GOOD "deadline: 2026-02-30", "3:11: Expected a day that the calendar has, found \"2026-02-30\". | -" },
        { GOOD "days: [1.1.2026, 31.04.2026]",
            "3:18: Expected a day that the calendar has, found \"31.04.2026\". | -" },
        { GOOD "term: long",
            "3:7: Expected a length of time such as 20 workdays, 6 weeks or 3 months, found \"long\". | -" },
        { GOOD "population: [1]", "3:13: Expected a whole number such as 12, found a list. | -" },
        { "title: {de: T}\nvolume: 1 EUR", "1:8: Expected a text, found a group of keys. | -" },
        { GOOD "kinds: [zuschuss, ]\ndays: [2026-01-01, {a: b}]",
            "4:20: Expected a date such as 2026-03-31, found a group of keys. | -" },
        { GOOD "days:\n- 2026-01-01\n-\n", "5:2: Expected a date such as 2026-03-31, found nothing. | -" },
        { GOOD "when: ja", "3:7: Expected keys with values (sample condition), found \"ja\". | -" },
        { GOOD "first: [a]", "3:8: Expected keys with values (sample step), found a list. | -" },
        { GOOD "years: [1 EUR]", "3:8: Expected keys with a value each, found a list. | -" },
        { GOOD "years: {2025: 1 EUR, 2026: x}", "3:28: Expected a sum of money such as 450000 EUR, found \"x\". | -" },
        { "- a", "1:1: Expected keys with values (sample project), found a list. | -" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        expect_fault(CASES[i].text, CASES[i].want);
}

static void an_unknown_key_or_word_comes_with_the_nearest_known_one(void **state)
{
    static const struct { const char *text, *want; } CASES[] = {
        { GOOD "deadlin: 2026-01-01", "3:1: Unknown key \"deadlin\" (sample project). | Did you mean \"deadline\"?" },
        { GOOD "Term: 3 months", "3:1: Unknown key \"Term\" (sample project). | Did you mean \"term\"?" },
        { GOOD "steps: [{label: a, tkaes: 1 day}]",
            "3:20: Unknown key \"tkaes\" (sample step). | Did you mean \"takes\"?" },
        { GOOD "steps: [{label: a, colour: red}]",
            "3:20: Unknown key \"colour\" (sample step). | Possible here: label, takes." },
        { GOOD "kind: zuschuß", "3:7: \"zuschuß\" is not one of the words known here. | Did you mean \"zuschuss\"?" },
        { GOOD "kind: Darlehen", "3:7: \"Darlehen\" is not one of the words known here. | Did you mean \"darlehen\"?" },
        { GOOD "kind: geschenk",
            "3:7: \"geschenk\" is not one of the words known here. | Possible here: zuschuss, darlehen, bürgschaft." },
        { GOOD "kinds: [zuschuss, x]",
            "3:19: \"x\" is not one of the words known here. | Possible here: zuschuss, darlehen, bürgschaft." },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        expect_fault(CASES[i].text, CASES[i].want);
}

static void a_missing_key_is_reported_where_it_belongs(void **state)
{
    static const struct { const char *text, *want; } CASES[] = {
        { "title: T",
            "1:1: The key \"volume\" is missing (sample project). | Expected there: a sum of money such as 450000 EUR." },
        { "title: T\nvolume:",
            "2:8: The key \"volume\" needs a value (sample project). | Expected there: a sum of money such as 450000 EUR." },
        { GOOD "steps:\n  - label: a\n  - takes: 1 day",
            "5:5: The key \"label\" is missing (sample step). | Expected there: a text." },
        { GOOD "partners: {x: {takes: 1 day}}",
            "3:15: The key \"label\" is missing (sample step). | Expected there: a text." },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        expect_fault(CASES[i].text, CASES[i].want);
}

static void a_fault_said_once_is_not_said_again_by_the_schema(void **state)
{
    static const char *const CASES[] = { "title: *t\nvolume: 1 EUR", "title: T\nvolume: *v", GOOD "steps: *s",
        GOOD "years: *y", GOOD "when: *w", GOOD "kinds: [*a]" };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct reading r = reading(CASES[i]);
        if (r.diags.n != 1)
            fail_msg("\"%s\": %zu faults, the last: %s", CASES[i], r.diags.n, r.diags.items[r.diags.n - 1].msg);
        assert_string_equal(r.diags.items[0].code, "alias");
        assert_false(r.ok);
        done(&r);
    }
}

static void every_fault_of_a_file_is_reported_in_one_go(void **state)
{
    struct reading r = reading("titel: T\n"
                               "volume: viel\n"
                               "rate: [1]\n"
                               "deadline: 2026-13-01\n"
                               "deadline: 2026-12-01\n"
                               "steps:\n"
                               "  - {label: a, takes: ewig}\n"
                               "  - {}\n"
                               "  - nothing\n"
                               "kinds: [zuschus, *x]\n"
                               "years: {2025: ja}\n"
                               "when: {joint: 5}\n");
    static const char *const WANT[] = { "1:1 unknown-key", "1:1 missing-key", "2:9 wrong-type", "3:7 wrong-type",
        "4:11 wrong-type", "5:1 duplicate-key", "7:23 wrong-type", "8:5 missing-key", "9:5 wrong-type",
        "10:9 unknown-word", "10:18 alias", "11:15 wrong-type", "12:15 wrong-type" };
    (void)state;
    assert_int_equal(r.diags.n, COUNT(WANT));
    for (size_t i = 0; i < COUNT(WANT); i++) {
        char got[64];
        snprintf(got, sizeof got, "%u:%u %s", r.diags.items[i].line, r.diags.items[i].col, r.diags.items[i].code);
        assert_string_equal(got, WANT[i]);
    }
    assert_int_equal(r.thing.steps.n, 3); /* records stay, with what could be read */
    assert_sv(MW_AT(r.thing.steps, struct step, 0)->label, "a");
    assert_int_equal(r.thing.kinds.n, 0);
    done(&r);
}

static void german_users_read_german(void **state)
{
    static const struct { const char *text, *want, *cure; } CASES[] = {
        { "title: T\nvolume: viel", "Erwartet: ein Geldbetrag wie 450000 EUR; gefunden: „viel“.", NULL },
        { "title: T", "Der Schlüssel „volume“ fehlt (sample project).",
            "Erwartet wird dort: ein Geldbetrag wie 450000 EUR." },
        { GOOD "ratte: 5 %", "Unbekannter Schlüssel „ratte“ (sample project).", "Ist „rate“ gemeint?" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct reading r = read_in(MW_DE, mw_sv(CASES[i].text));
        assert_int_equal(r.diags.n, 1);
        assert_string_equal(r.diags.items[0].msg, CASES[i].want);
        if (CASES[i].cure != NULL)
            assert_string_equal(r.diags.items[0].cure, CASES[i].cure);
        done(&r);
    }
}

static void messages_carry_no_control_characters_of_the_file(void **state)
{
    static const char *const EVIL[] = { "title: T\nvolume: \"\\x1b[2J\\u202Eviel\\a\"", GOOD "\"k\\x1b]0;x\\a\": 1",
        GOOD "kind: \"\\x9b31m\"" };
    (void)state;
    for (size_t i = 0; i < COUNT(EVIL); i++) {
        struct reading r = reading(EVIL[i]);
        assert_int_equal(r.diags.n, 1);
        struct mw_sv msg = mw_sv(r.diags.items[0].msg);
        for (size_t at = 0; at < msg.n;)
            assert_false(mw_cp_control(mw_utf8_next(msg, &at)));
        done(&r);
    }
}

static void a_long_wrong_value_is_cut_in_the_message(void **state)
{
    struct mw_str text = MW_STR_INIT;
    (void)state;
    mw_str_addz(&text, "title: T\nvolume: ");
    for (int i = 0; i < 5000; i++)
        mw_str_addz(&text, "ä");
    struct reading r = reading(mw_str_z(&text));
    assert_true(strlen(r.diags.items[0].msg) < 300);
    assert_non_null(strstr(r.diags.items[0].msg, "ä…"));
    mw_str_free(&text);
    done(&r);
}

static void json_values_are_typed_by_the_same_schema(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_diags d = MW_DIAGS_INIT(MW_EN);
    struct mw_node *root;
    struct thing t;
    (void)state;
    assert_int_equal(mw_json_read(&root, a, "p.json", 1,
                         MW_SV("{\"title\": \"T\", \"volume\": 12.5, \"started\": true, \"rate\": null, "
                               "\"population\": 9007199254740993, \"steps\": []}"),
                         NULL),
        MW_OK);
    assert_true(mw_schema_read(&THING, root, &t, a, &d));
    assert_int_equal(t.volume.cents, 1250);
    assert_int_equal(t.started, MW_YES);
    assert_false(mw_share_is(t.rate));
    assert_int_equal(t.population, INT64_C(9007199254740993));
    mw_diags_free(&d);
    mw_arena_free(a);
}

static void the_nearest_name_is_at_most_a_third_of_its_letters_away(void **state)
{
    static const char *const NAMES[] = { "financing", "finance", "rate", "rates", "own_share", "id" };
    static const struct { const char *given, *want; } CASES[] = {
        { "finnancing", "financing" },
        { "rtae", "rate" },
        { "rate", "rate" },
        { "own share", "own_share" },
        { "OWN-SHARE", "own_share" },
        { "rat", "rate" },
        { "xxxx", NULL },
        { "i", NULL },
        { "", NULL },
        { "ids", "id" },
        { "fin", NULL },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const char *got = mw_nearest(mw_sv(CASES[i].given), NAMES, COUNT(NAMES));
        if ((got == NULL) != (CASES[i].want == NULL) || (got != NULL && strcmp(got, CASES[i].want) != 0))
            fail_msg("%s: got %s", CASES[i].given, got != NULL ? got : "none");
    }
}

static void damaged_files_are_typed_or_refused_but_never_crash(void **state)
{
    static const char VALID[] =
        "title: Büro\nstarted: nein\npopulation: 75000\nvolume: 2,5 Mio. EUR\nrate: 33 1/3 %\n"
        "deadline: 31.03.2026\nterm: 20 workdays\nkind: darlehen\nwhen: {budget: nothaushalt, joint: yes}\n"
        "first: {label: eins}\nsteps: [{label: a, takes: 3 months}, {label: b}]\nkinds: [zuschuss]\n"
        "years: {2026: 10 EUR, 2025: '5,50 EUR'}\npartners: {Köln: {label: k}}\nraw: {free: [form]}\n";
    static const char *const TOKENS[] = { "[", "{", "}", "]", ": ", "- ", "*x", "99999999999999999999", "%", "\"\\0\"",
        "~", "{label: ", NULL };
    char buf[1024];
    uint64_t seed = 7;
    size_t good = 0;
    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct reading r = read_in(MW_DE, mutate(buf, sizeof buf, mw_sv(VALID), TOKENS, &seed));
        good += r.ok;
        assert_int_equal(r.ok, r.diags.errors == 0);
        done(&r);
    }
    assert_true(good > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_arrives_in_its_field),
        cmocka_unit_test(what_is_absent_is_not_stated_never_zero),
        cmocka_unit_test(a_dictionary_keeps_the_order_of_the_file_and_its_places),
        cmocka_unit_test(one_value_is_taken_as_a_list_of_one),
        cmocka_unit_test(places_of_maps_and_values_are_kept),
        cmocka_unit_test(a_wrong_value_is_answered_with_an_example_of_a_right_one),
        cmocka_unit_test(an_unknown_key_or_word_comes_with_the_nearest_known_one),
        cmocka_unit_test(a_missing_key_is_reported_where_it_belongs),
        cmocka_unit_test(a_fault_said_once_is_not_said_again_by_the_schema),
        cmocka_unit_test(every_fault_of_a_file_is_reported_in_one_go),
        cmocka_unit_test(german_users_read_german),
        cmocka_unit_test(messages_carry_no_control_characters_of_the_file),
        cmocka_unit_test(a_long_wrong_value_is_cut_in_the_message),
        cmocka_unit_test(json_values_are_typed_by_the_same_schema),
        cmocka_unit_test(the_nearest_name_is_at_most_a_third_of_its_letters_away),
        cmocka_unit_test(damaged_files_are_typed_or_refused_but_never_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
