/* lib/model/profile: project profiles as people write them, right and wrong, and written back. */
#include "lib/model/profile.h"

#include "lib/core/file.h"
#include "tests/mutate.h"
#include "tests/test.h"

struct room {
    struct mw_arena *arena;
    struct mw_diags diags;
    struct mw_profile p;
};

static int enter(void **state)
{
    struct room *r = calloc(1, sizeof *r);
    r->arena = mw_arena_new();
    r->diags = (struct mw_diags)MW_DIAGS_INIT(MW_EN);
    *state = r;
    return 0;
}

static int leave(void **state)
{
    struct room *r = *state;
    mw_diags_free(&r->diags);
    mw_arena_free(r->arena);
    free(r);
    return 0;
}

static enum mw_rc read_text(struct room *r, struct mw_sv yaml)
{
    struct mw_node *node;
    mw_diags_free(&r->diags);
    r->diags = (struct mw_diags)MW_DIAGS_INIT(MW_EN);
    enum mw_rc rc = mw_yaml_read(&node, r->arena, "p.yaml", yaml, &r->diags);
    enum mw_rc read = node != NULL ? mw_profile_read(&r->p, r->arena, node, NULL, &r->diags) : rc;
    return rc != MW_OK ? rc : read;
}

static void must_read(struct room *r, struct mw_sv yaml)
{
    if (read_text(r, yaml) == MW_OK)
        return;
    MW_AUTO(mw_str_free) struct mw_str all = MW_STR_INIT;
    for (size_t i = 0; i < r->diags.n; i++)
        mw_diag_format(&all, &r->diags.items[i], MW_EN);
    fail_msg("%s\n%.*s", mw_str_z(&all), MW_SV_ARG(yaml));
}

#define HEAD "profile: a\ntitle: A\nsummary: S\n"
#define MINIMAL HEAD "applicants: [{name: Stadt A}]\n"

static void every_key_is_read(void **state)
{
    static const char YAML[] =
        "profile: dorsten\ntitle: Stadtteilbüro\nsummary: >\n  Ein Büro\n  für alle.\n"
        "applicants:\n"
        "  - {name: Kreis Recklinghausen, type: kreis, ags: \"05562\"}\n"
        "  - name: Stadt Dorsten\n    type: kommune\n    land: NW\n    ags: \"05562012\"\n    population: 75.000\n"
        "    budget: haushaltssicherung\n    lead: true\n"
        "kinds: [zuschuss, darlehen]\nperiod: {from: 2026-01-01, to: 31.12.2028}\nvolume: 450000 EUR\nown_share: 33 1/3 %\n"
        "started: 2025-03-10\njoint_mode: lead\n"
        "lots: [{id: fl1, label: Management, applicant: Stadt Dorsten}]\n"
        "phases: [{label: Vorbereitung, from: 2022-07-01, to: 2022-07-31}]\n"
        "quantities: [{what: Workshops, max: 12}, {what: Haushalte, exactly: 9212}]\n"
        "roles: [{name: Stadt Gelsenkirchen, role: publishes for others}]\n";
    struct room *r = *state;
    must_read(r, mw_sv(YAML));
    const struct mw_profile *p = &r->p;
    assert_sv(p->id, "dorsten");
    assert_sv(p->summary, "Ein Büro für alle.\n");
    assert_int_equal(p->applicants.n, 2);
    assert_int_equal(p->lead, 1);
    const struct mw_applicant *a = p->applicants.items;
    assert_int_equal(a[0].land, MW_LAND_NW); /* follows from the municipal key */
    assert_int_equal(a[0].type, MW_A_KREIS);
    assert_int_equal(a[1].population, 75000);
    assert_int_equal(a[1].budget, MW_B_HAUSHALTSSICHERUNG);
    assert_sv(a[1].ags, "05562012");
    assert_int_equal(a[1].pos.line, 8);
    assert_int_equal(*MW_AT(p->kinds, int, 1), MW_K_DARLEHEN);
    assert_int_equal(mw_day_ymd(p->period.to).year, 2028);
    assert_int_equal(p->volume.cents, 45000000);
    assert_true(p->own_share.num == 1 && p->own_share.den == 3);
    assert_int_equal(p->started, MW_YES);
    assert_int_equal(mw_day_ymd(p->started_on).day, 10);
    assert_int_equal(p->joint_mode, MW_J_LEAD);
    assert_sv(MW_AT(p->lots, struct mw_lot, 0)->applicant, "Stadt Dorsten");
    assert_sv(MW_AT(p->phases, struct mw_phase, 0)->label, "Vorbereitung");
    assert_int_equal(MW_AT(p->quantities, struct mw_quantity, 0)->max.num, 12);
    assert_false(mw_share_is(MW_AT(p->quantities, struct mw_quantity, 0)->min));
    assert_int_equal(MW_AT(p->quantities, struct mw_quantity, 1)->exactly.num, 9212);
    assert_sv(MW_AT(p->roles, struct mw_role, 0)->role, "publishes for others");
}

static void what_is_not_stated_stays_unknown(void **state)
{
    struct room *r = *state;
    must_read(r, MW_SV(MINIMAL));
    const struct mw_applicant *a = r->p.applicants.items;
    assert_true(a->type == -1 && a->budget == -1 && a->land == MW_LAND_NONE && a->population == MW_INT_NONE);
    assert_true(a->ags.p == NULL && a->lead == MW_TRI_NONE);
    assert_true(r->p.started == MW_TRI_NONE && !mw_day_is(r->p.started_on) && !mw_day_is(r->p.period.from));
    assert_true(!mw_eur_is(r->p.volume) && !mw_share_is(r->p.own_share) && r->p.joint_mode == -1 && r->p.lead == 0);
    must_read(r, MW_SV(MINIMAL "started: no\n"));
    assert_int_equal(r->p.started, MW_NO);
    must_read(r, MW_SV(MINIMAL "started: yes\n"));
    assert_true(r->p.started == MW_YES && !mw_day_is(r->p.started_on));
}

static void each_fault_is_said_with_its_place_and_cure(void **state)
{
    static const struct {
        const char *yaml;
        unsigned line;
        const char *msg, *cure;
    } CASES[] = {
        { "profile: a\ntitle: A\napplicants: [{name: S}]\n", 1, "\"summary\" is missing", "text_file" },
        { HEAD, 1, "\"applicants\" is missing", NULL },
        { HEAD "applicants: []\n", 0, "at least one applicant", NULL },
        { HEAD "applicants: [{type: kommune}]\n", 4, "\"name\" is missing", NULL },
        { MINIMAL "titel: x\n", 5, "Unknown key \"titel\"", "\"title\"" },
        { HEAD "applicants: [{name: S, type: komune}]\n", 4, "\"komune\"", "Did you mean \"kommune\"?" },
        { HEAD "applicants: [{name: S, land: NRW}]\n", 4, "\"NRW\" is no German Land", "Did you mean \"NW\"?" },
        { HEAD "applicants: [{name: S, land: Preussen}]\n", 4, "no German Land", "two letters" },
        { HEAD "applicants: [{name: S, ags: 5562012}]\n", 4, "8 digits, 5 for a Kreis", "leading zero" },
        { HEAD "applicants: [{name: S, ags: \"0556201x\"}]\n", 4, "8 digits, 5 for a Kreis", NULL },
        { HEAD "applicants: [{name: S, ags: \"99562012\"}]\n", 4, "no Land begins", NULL },
        { HEAD "applicants: [{name: S, land: HE, ags: \"05562012\"}]\n", 4, "The land is HE, but", NULL },
        { HEAD "applicants: [{name: S, population: -1}]\n", 4, "not below zero", NULL },
        { HEAD "applicants:\n  - {name: S, lead: yes}\n  - {name: T, lead: yes}\n", 6, "Only one applicant can lead", NULL },
        { HEAD "applicants:\n  - {name: S}\n  - {name: S}\n", 6, "\"S\" stands among the applicants twice", NULL },
        { MINIMAL "kinds: [zuschuß]\n", 5, "zuschuß", "zuschuss" },
        { MINIMAL "period: {from: 2026-12-31, to: 2026-01-01}\n", 5, "end lies before", NULL },
        { MINIMAL "phases: [{label: x, from: 2026-12-31, to: 2026-01-01}]\n", 5, "end lies before", NULL },
        { MINIMAL "volume: viel\n", 5, "sum of money", NULL },
        { MINIMAL "own_share: 120 %\n", 0, "above 100 %", NULL },
        { MINIMAL "started: bald\n", 5, "no, yes or a date", "2025-03-10" },
        { MINIMAL "started: [no]\n", 5, "no, yes or a date", NULL },
        { MINIMAL "lots: [{id: 1}, {id: 1}]\n", 5, "two lots \"1\"", NULL },
        { MINIMAL "lots: [{id: 1, applicant: Statd A}]\n", 5, "\"Statd A\" is not among", "Did you mean \"Stadt A\"?" },
        { MINIMAL "quantities: [{what: x, min: 5, max: 3}]\n", 5, "A quantity has", NULL },
        { MINIMAL "quantities: [{what: x, min: 5, exactly: 5}]\n", 5, "A quantity has", NULL },
        { MINIMAL "text_file: liste.txt\n", 5, "\"text_file\" must be the name", NULL }, /* an upload has no folder */
        { "[a]", 1, "found a list", NULL },
    };
    struct room *r = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        assert_int_equal(read_text(r, mw_sv(CASES[i].yaml)), MW_INVALID);
        const struct mw_diag *d = r->diags.items;
        if (r->diags.n != 1 || strstr(d->msg, CASES[i].msg) == NULL || (CASES[i].line != 0 && d->line != CASES[i].line) ||
            (CASES[i].cure != NULL && (d->cure == NULL || strstr(d->cure, CASES[i].cure) == NULL)))
            fail_msg("%s gives %zu: line %u \"%s\" (%s)", CASES[i].yaml, r->diags.n, d->line, d->msg,
                d->cure != NULL ? d->cure : "no cure");
    }
}

static void a_profile_wrong_in_five_places_reports_five(void **state)
{
    struct room *r = *state;
    assert_int_equal(read_text(r, MW_SV("profile: a\ntitle: A\nsummary: S\nvolumen: 5 EUR\n"
                                        "applicants:\n  - {name: S, type: komune, ags: 123}\n"
                                        "period: {from: 2026-02-30}\nstarted: vielleicht\n")),
        MW_INVALID);
    assert_int_equal(r->diags.errors, 5);
    mw_diags_sort(&r->diags);
    static const unsigned LINES[] = { 4, 6, 6, 7, 8 };
    for (size_t i = 0; i < COUNT(LINES); i++)
        assert_int_equal(r->diags.items[i].line, LINES[i]);
}

static void a_text_lies_beside_the_profile_and_nowhere_else(void **state)
{
    struct room *r = *state;
    char dir[] = "/tmp/mw-profile-XXXXXX", path[64], text[64];
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/p.yaml", dir);
    snprintf(text, sizeof text, "%s/liste.txt", dir);
    assert_int_equal(mw_file_write(text, MW_SV("Leistungsbeschreibung\n"), NULL), MW_OK);
    static const struct {
        const char *file;
        enum mw_rc rc;
    } CASES[] = { { "liste.txt", MW_OK }, { "fehlt.txt", MW_INVALID }, { "../liste.txt", MW_INVALID }, { "/etc/hostname", MW_INVALID },
        { ".", MW_INVALID }, { "kaputt.txt", MW_INVALID } };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        MW_AUTO(mw_str_free) struct mw_str yaml = MW_STR_INIT;
        MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(MW_DE);
        mw_str_addf(&yaml, "profile: a\ntitle: A\ntext_file: %s\napplicants: [{name: S}]\n", CASES[i].file);
        assert_int_equal(mw_file_write(path, mw_str_sv(&yaml), NULL), MW_OK);
        if (i == COUNT(CASES) - 1) {
            snprintf(text, sizeof text, "%s/kaputt.txt", dir);
            assert_int_equal(mw_file_write(text, MW_SV("F\xf6rderung"), NULL), MW_OK);
        }
        if (mw_profile_load(&r->p, r->arena, path, &diags) != CASES[i].rc)
            fail_msg("%s", CASES[i].file);
        assert_int_equal(diags.errors, CASES[i].rc == MW_OK ? 0 : 1);
        if (i == 0)
            assert_sv(r->p.text, "Leistungsbeschreibung\n");
    }
    unlink(path);
    unlink(text);
    snprintf(text, sizeof text, "%s/liste.txt", dir);
    unlink(text);
    rmdir(dir);
}

static void a_profile_that_is_not_there_is_an_io_error(void **state)
{
    struct room *r = *state;
    assert_int_equal(mw_profile_load(&r->p, r->arena, "/nonexistent/p.yaml", &r->diags), MW_IO);
}

/* --- written and read again ------------------------------------------------------------------------------------------------------- */
static bool same_day(struct mw_day a, struct mw_day b) { return mw_day_cmp(a, b) == 0; }

static bool same_applicants(const struct mw_list *a, const struct mw_list *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++) {
        const struct mw_applicant *x = MW_AT(*a, struct mw_applicant, i), *y = MW_AT(*b, struct mw_applicant, i);
        same = mw_sv_eq(x->name, y->name) && x->type == y->type && x->land == y->land && mw_sv_eq(x->ags, y->ags) &&
               x->population == y->population && x->population_on.n == y->population_on.n &&
               mw_share_is(x->municipal_share) == mw_share_is(y->municipal_share) && x->budget == y->budget && x->lead == y->lead;
    }
    return same;
}

static bool same_lists(const struct mw_profile *a, const struct mw_profile *b)
{
    bool same = a->lots.n == b->lots.n && a->phases.n == b->phases.n && a->quantities.n == b->quantities.n &&
                a->roles.n == b->roles.n && a->kinds.n == b->kinds.n;
    for (size_t i = 0; same && i < a->lots.n; i++) {
        const struct mw_lot *x = MW_AT(a->lots, struct mw_lot, i), *y = MW_AT(b->lots, struct mw_lot, i);
        same = mw_sv_eq(x->id, y->id) && mw_sv_eq(x->label, y->label) && mw_sv_eq(x->applicant, y->applicant);
    }
    for (size_t i = 0; same && i < a->phases.n; i++) {
        const struct mw_phase *x = MW_AT(a->phases, struct mw_phase, i), *y = MW_AT(b->phases, struct mw_phase, i);
        same = mw_sv_eq(x->label, y->label) && same_day(x->from, y->from) && same_day(x->to, y->to);
    }
    for (size_t i = 0; same && i < a->quantities.n; i++) {
        const struct mw_quantity *x = MW_AT(a->quantities, struct mw_quantity, i), *y = MW_AT(b->quantities, struct mw_quantity, i);
        same = mw_sv_eq(x->what, y->what) && mw_share_cmp(x->min, y->min) == 0 && mw_share_cmp(x->max, y->max) == 0 && mw_share_cmp(x->exactly, y->exactly) == 0;
    }
    for (size_t i = 0; same && i < a->roles.n; i++) {
        const struct mw_role *x = MW_AT(a->roles, struct mw_role, i), *y = MW_AT(b->roles, struct mw_role, i);
        same = mw_sv_eq(x->name, y->name) && mw_sv_eq(x->role, y->role);
    }
    for (size_t i = 0; same && i < a->kinds.n; i++)
        same = *MW_AT(a->kinds, int, i) == *MW_AT(b->kinds, int, i);
    return same;
}

static void writes_and_reads_the_same(struct room *r)
{
    struct mw_profile before = r->p;
    MW_AUTO(mw_str_free) struct mw_str yaml = MW_STR_INIT;
    mw_profile_write(&yaml, &before);
    must_read(r, mw_str_sv(&yaml));
    const struct mw_profile *a = &before, *b = &r->p;
    if (!mw_sv_eq(a->id, b->id) || !mw_sv_eq(a->title, b->title) || !mw_sv_eq(a->summary, b->summary) ||
        !same_applicants(&a->applicants, &b->applicants) || a->lead != b->lead || !same_day(a->period.from, b->period.from) ||
        !same_day(a->period.to, b->period.to) || a->volume.cents != b->volume.cents ||
        mw_share_cmp(a->own_share, b->own_share) != 0 || a->started != b->started || !same_day(a->started_on, b->started_on) ||
        a->joint_mode != b->joint_mode || a->other_funding != b->other_funding || !same_lists(a, b))
        fail_msg("not the same:\n%s", mw_str_z(&yaml));
}

static void any_text_survives_writing(void **state)
{
    static const char *const TEXTS[] = { "ja", "no", "2026-01-01", "- Liste", "# Raute", "a: b", "a #b", " Rand ", "\"Zitat\" \\", "{a, b}",
        "'", "*x", "&x", "!x", "%x", "@x", "`x", "|", ">", "~", "null", "Zeile\nZeile\n", "\tTab", "Ende\n\n\n", "\xc2\xa0",
        "\xe2\x80\xa8", "\xc2\x85", "Straße 5, Ort", "a\\nb", "0562", "x y", "?", ":", "- ", "a:", "Öffentliche Hand (Bund/Land)" };
    struct room *r = *state;
    must_read(r, MW_SV(MINIMAL));
    struct mw_profile base = r->p;
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        struct mw_applicant applicant = *MW_AT(base.applicants, struct mw_applicant, 0);
        r->p = base;
        applicant.name = mw_sv(TEXTS[i]);
        r->p.applicants = (struct mw_list){ &applicant, 1, 1 };
        r->p.title = mw_sv(TEXTS[i]);
        writes_and_reads_the_same(r);
    }
}

static void owners_other_funding_and_the_day_of_a_figure_survive_writing(void **state)
{
    struct room *r = *state;
    must_read(r, MW_SV("profile: x\ntitle: T\nsummary: S\nother_funding: yes\napplicants:\n"
                       "  - {name: Werke, type: kommunales_unternehmen, population: 9000, population_on: 2024-12-31, municipal_share: 50.1 %}\n"));
    const struct mw_applicant *a = MW_AT(r->p.applicants, struct mw_applicant, 0);
    assert_int_equal(a->population_on.n, 20088);
    assert_true(mw_share_is(a->municipal_share) && r->p.other_funding == MW_YES);
    writes_and_reads_the_same(r);
    must_read(r, MW_SV("profile: x\ntitle: T\nsummary: S\nother_funding: no\napplicants: [{name: Stadt}]\n"));
    assert_true(r->p.other_funding == MW_NO);
    writes_and_reads_the_same(r);
}

static void long_texts_are_folded_and_come_back(void **state)
{
    static const char *const BITS[] = { " ", "Wort", "\n", "\n\n", "  ", "-", ":", "ß", "#", "Städtebauförderungsmittel", "\t", "", "." };
    struct room *r = *state;
    uint64_t seed = 5;
    must_read(r, MW_SV(MINIMAL "volume: 0,05 EUR\nown_share: 12,5 %\n"));
    struct mw_profile base = r->p;
    for (int round = 0; round < 2000; round++) {
        MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
        for (size_t n = 1 + mutate_below(&seed, 120); n > 0; n--) {
            size_t k = mutate_below(&seed, 4) > 0 ? n % 2 : mutate_below(&seed, COUNT(BITS));
            mw_str_addz(&text, BITS[k]);
        }
        mw_str_addz(&text, "x");
        r->p = base;
        r->p.summary = mw_str_sv(&text);
        writes_and_reads_the_same(r);
    }
}

static void a_folded_text_has_lines_that_can_be_read(void **state)
{
    struct room *r = *state;
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    MW_AUTO(mw_str_free) struct mw_str yaml = MW_STR_INIT;
    must_read(r, MW_SV(MINIMAL));
    for (int i = 0; i < 200; i++)
        mw_str_addz(&text, i > 0 ? " Wort" : "Wort");
    r->p.summary = mw_str_sv(&text);
    mw_profile_write(&yaml, &r->p);
    size_t longest = 0, from = 0;
    for (size_t i = 0; i < yaml.n; i++) {
        if (yaml.p[i] != '\n')
            continue;
        longest = i - from > longest ? i - from : longest;
        from = i + 1;
    }
    assert_in_range(longest, 90, 112);
}

/* --- real ones ------------------------------------------------------------------------------------------------------------------------ */
static void the_profiles_of_the_match_set_are_read_and_written(void **state)
{
    struct room *r = *state;
    struct mw_list names = { NULL, 0, 0 };
    SKIP_WITHOUT_SHARED("eval/match-dev");
    const char *dir = mw_arena_z(r->arena, mw_sv(shared_path("eval/match-dev")));
    assert_int_equal(mw_dir_list(&names, r->arena, dir, ".yaml", NULL), MW_OK);
    assert_int_equal(names.n, 10);
    for (size_t i = 0; i < names.n; i++) {
        const char *path = mw_arena_printf(r->arena, "%s/%.*s", dir, MW_SV_ARG(*MW_AT(names, struct mw_sv, i))).p;
        if (mw_profile_load(&r->p, r->arena, path, &r->diags) != MW_OK)
            fail_msg("%s: %s", path, r->diags.items[0].msg);
        const struct mw_applicant *lead = MW_AT(r->p.applicants, struct mw_applicant, r->p.lead);
        assert_true(lead->type >= 0 && lead->land != MW_LAND_NONE && lead->population > 0);
        assert_int_equal(r->diags.n, 0);
        writes_and_reads_the_same(r);
    }
}

static void the_profiles_of_the_plan_cases_are_read_and_written(void **state)
{
    struct room *r = *state;
    FILE *list;
    char path[512];
    size_t inline_ones = 0, beside = 0;
    SKIP_WITHOUT_SHARED("eval/plans-dev");
    char *command = NULL;
    assert_true(asprintf(&command, "ls %s/*/projekt.yaml", shared_path("eval/plans-dev")) > 0);
    list = popen(command, "r"); /* NOLINT(cert-env33-c): a fixed command of the test's own */
    assert_non_null(list);
    while (fgets(path, sizeof path, list) != NULL) {
        struct mw_node *node;
        path[strcspn(path, "\n")] = '\0';
        assert_int_equal(mw_yaml_load(&node, r->arena, path, &r->diags), MW_OK);
        const struct mw_node *profile = mw_node_get(node, "profile");
        assert_non_null(profile);
        if (profile->kind != MW_MAP) {
            beside++;
            continue;
        }
        if (mw_profile_read(&r->p, r->arena, profile, ".", &r->diags) != MW_OK)
            fail_msg("%s: %s", path, r->diags.items[0].msg);
        inline_ones++;
        writes_and_reads_the_same(r);
    }
    pclose(list);
    free(command);
    assert_true(inline_ones >= 90 && inline_ones + beside == 96);
}

static void damaged_profiles_are_refused_in_words(void **state)
{
    static const char *const TOKENS[] = { "applicants:", "- ", "{", "}", "[", "]", "\"", "ags: ", "lead: yes", "\n", "  ", "started: ",
        "lots: [{id: 1, applicant: x}]\n", "9999999999999999999999", "&a", "*a", NULL };
    static char buf[8192];
    struct mw_sv bytes;
    uint64_t seed = 31;
    SKIP_WITHOUT_SHARED("eval/match-dev/gross-gerau-ikz.yaml");
    struct room *r = *state;
    assert_int_equal(mw_file_read(&bytes, r->arena, shared_path("eval/match-dev/gross-gerau-ikz.yaml"), sizeof buf, NULL), MW_OK);
    for (int round = 0; round < 3000; round++) {
        struct room one = { .arena = mw_arena_new(), .diags = MW_DIAGS_INIT(MW_DE) };
        struct mw_sv bad = mutate(buf, sizeof buf, bytes, TOKENS, &seed);
        bool ok = read_text(&one, bad) == MW_OK;
        if (ok != (one.diags.errors == 0))
            fail_msg("%zu errors, and yet %s:\n%.*s", one.diags.errors, ok ? "taken" : "refused", MW_SV_ARG(bad));
        if (ok)
            writes_and_reads_the_same(&one);
        mw_diags_free(&one.diags);
        mw_arena_free(one.arena);
    }
}

static void words_have_labels_in_both_languages(void **state)
{
    (void)state;
    for (int i = 0; i < MW_A_N; i++)
        assert_string_not_equal(mw_applicant_label(i, MW_DE), mw_applicant_label(i, MW_EN));
    for (int i = 0; i < MW_K_N; i++)
        assert_string_not_equal(mw_kind_label(i, MW_DE), mw_kind_label(i, MW_EN));
    for (int i = 0; i < MW_B_N; i++)
        assert_string_not_equal(mw_budget_label(i, MW_DE), mw_budget_label(i, MW_EN));
    assert_string_equal(mw_applicant_label(-1, MW_DE), ""); /* not stated */
    assert_string_equal(mw_applicant_label(MW_A_KREIS, MW_DE), "Kreis");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, enter, leave)
    const struct CMUnitTest tests[] = {
        TEST(every_key_is_read),
        TEST(what_is_not_stated_stays_unknown),
        TEST(each_fault_is_said_with_its_place_and_cure),
        TEST(a_profile_wrong_in_five_places_reports_five),
        TEST(a_text_lies_beside_the_profile_and_nowhere_else),
        TEST(a_profile_that_is_not_there_is_an_io_error),
        TEST(any_text_survives_writing),
        TEST(owners_other_funding_and_the_day_of_a_figure_survive_writing),
        TEST(long_texts_are_folded_and_come_back),
        TEST(a_folded_text_has_lines_that_can_be_read),
        TEST(the_profiles_of_the_match_set_are_read_and_written),
        TEST(the_profiles_of_the_plan_cases_are_read_and_written),
        TEST(damaged_profiles_are_refused_in_words),
        TEST(words_have_labels_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
