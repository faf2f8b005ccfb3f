/* Reads profiles (FORMATS.md section 2): a schema says what may stand where, then the parts are held against each other. */
#include "lib/model/profile.h"

#include <stddef.h>
#include <string.h>

#include "lib/core/file.h"

const char *const MW_APPLICANT_TYPES[MW_A_N + 1] = { "kommune", "kreis", "kommunalverband", "kommunales_unternehmen",
    "oeffentliche_einrichtung", "hochschule", "forschungseinrichtung", "bildungseinrichtung", "verband", "unternehmen",
    "existenzgruender", "privatperson", NULL };
const char *const MW_BUDGETS[MW_B_N + 1] = { "normal", "finanzschwach", "haushaltssicherung", "nothaushalt", NULL };
const char *const MW_KINDS[MW_K_N + 1] = { "zuschuss", "darlehen", "buergschaft", "beteiligung", "garantie", "sonstige", NULL };
const char *const MW_JOINT_MODES[MW_J_N + 1] = { "lead", "group", "parallel", "entity", NULL };

const char *mw_applicant_label(int type, enum mw_lang lang)
{
    static const char *const LABELS[MW_A_N] = { "municipality", "county", "association of municipalities", "municipal enterprise",
        "public institution", "university", "research institution", "educational institution", "association", "enterprise",
        "founder of an enterprise", "private person" };
    return type >= 0 && type < MW_A_N ? mw_tr(lang, LABELS[type]) : "";
}

struct mw_sv mw_role_label(struct mw_sv role, enum mw_lang lang)
{
    static const char *const ROLES[] = { "approving body", "comparison", "contact", "contractor", "decides", "declined", "funder",
        "participates", "place", "publishes for others", "shareholder", "steering", "supplies data" };

    for (size_t i = 0; i < sizeof ROLES / sizeof *ROLES; i++)
        if (mw_sv_eqz(role, ROLES[i]))
            return mw_sv(mw_tr(lang, ROLES[i]));
    return role;
}

const char *mw_kind_label(int kind, enum mw_lang lang)
{
    static const char *const LABELS[MW_K_N] = { "grant", "loan", "surety", "equity", "guarantee", "other" };
    return kind >= 0 && kind < MW_K_N ? mw_tr(lang, LABELS[kind]) : "";
}

const char *mw_budget_label(int budget, enum mw_lang lang)
{
    static const char *const LABELS[MW_B_N] = { "balanced budget", "short of money", "budget consolidation",
        "emergency budget" };
    return budget >= 0 && budget < MW_B_N ? mw_tr(lang, LABELS[budget]) : "";
}

/* --- what may stand where ---------------------------------------------------------------------------------------------------- */
/* As read, before the parts that the schema layer has no type for are taken apart. */
struct raw_applicant {
    struct mw_applicant is;
    struct mw_sv land;
    struct mw_pos land_pos, ags_pos, lead_pos, name_pos, population_pos;
};
struct raw_lot {
    struct mw_lot is;
    struct mw_pos id_pos, applicant_pos;
};
struct raw {
    struct mw_profile is;
    struct mw_list applicants, lots;
    const struct mw_node *started;
    struct mw_pos text_file_pos, period_pos;
};

#define NUMBER_OF(table) (sizeof(table) / sizeof *(table))

static const struct mw_field APPLICANT_FIELDS[] = {
    { MW_PLACE(raw_applicant, is.pos) },
    { MW_FIELD(raw_applicant, "name", MW_T_TEXT, is.name), .needed = true, .pos_offset = offsetof(struct raw_applicant, name_pos) },
    { MW_FIELD(raw_applicant, "type", MW_T_WORD, is.type), .words = MW_APPLICANT_TYPES },
    { MW_FIELD(raw_applicant, "land", MW_T_TEXT, land), .pos_offset = offsetof(struct raw_applicant, land_pos) },
    { MW_FIELD(raw_applicant, "ags", MW_T_TEXT, is.ags), .pos_offset = offsetof(struct raw_applicant, ags_pos) },
    { MW_FIELD(raw_applicant, "kreis", MW_T_TEXT, is.kreis) },
    { MW_FIELD(raw_applicant, "population", MW_T_INT, is.population),
        .pos_offset = offsetof(struct raw_applicant, population_pos) },
    { MW_FIELD(raw_applicant, "population_on", MW_T_DAY, is.population_on) },
    { MW_FIELD(raw_applicant, "municipal_share", MW_T_SHARE, is.municipal_share) },
    { MW_FIELD(raw_applicant, "budget", MW_T_WORD, is.budget), .words = MW_BUDGETS },
    { MW_FIELD(raw_applicant, "lead", MW_T_TRI, is.lead), .pos_offset = offsetof(struct raw_applicant, lead_pos) },
};
static const struct mw_schema APPLICANT = MW_SCHEMA("applicant", raw_applicant, APPLICANT_FIELDS);

static const struct mw_field SPAN_FIELDS[] = {
    { MW_FIELD(mw_span, "from", MW_T_DAY, from) },
    { MW_FIELD(mw_span, "to", MW_T_DAY, to) },
};
static const struct mw_schema SPAN = MW_SCHEMA("period", mw_span, SPAN_FIELDS);

static const struct mw_field LOT_FIELDS[] = {
    { MW_PLACE(raw_lot, is.pos) },
    { MW_FIELD(raw_lot, "id", MW_T_TEXT, is.id), .needed = true, .pos_offset = offsetof(struct raw_lot, id_pos) },
    { MW_FIELD(raw_lot, "label", MW_T_TEXT, is.label) },
    { MW_FIELD(raw_lot, "applicant", MW_T_TEXT, is.applicant), .pos_offset = offsetof(struct raw_lot, applicant_pos) },
};
static const struct mw_schema LOT = MW_SCHEMA("lot", raw_lot, LOT_FIELDS);

static const struct mw_field PHASE_FIELDS[] = {
    { MW_PLACE(mw_phase, pos) },
    { MW_FIELD(mw_phase, "label", MW_T_TEXT, label), .needed = true },
    { MW_FIELD(mw_phase, "from", MW_T_DAY, from) },
    { MW_FIELD(mw_phase, "to", MW_T_DAY, to) },
};
static const struct mw_schema PHASE = MW_SCHEMA("phase", mw_phase, PHASE_FIELDS);

static const struct mw_field QUANTITY_FIELDS[] = {
    { MW_PLACE(mw_quantity, pos) },
    { MW_FIELD(mw_quantity, "what", MW_T_TEXT, what), .needed = true },
    { MW_FIELD(mw_quantity, "min", MW_T_QUANTITY, min) },
    { MW_FIELD(mw_quantity, "max", MW_T_QUANTITY, max) },
    { MW_FIELD(mw_quantity, "exactly", MW_T_QUANTITY, exactly) },
};
static const struct mw_schema QUANTITY = MW_SCHEMA("quantity", mw_quantity, QUANTITY_FIELDS);

static const struct mw_field ROLE_FIELDS[] = {
    { MW_PLACE(mw_role, pos) },
    { MW_FIELD(mw_role, "name", MW_T_TEXT, name), .needed = true },
    { MW_FIELD(mw_role, "role", MW_T_TEXT, role) },
};
static const struct mw_schema ROLE = MW_SCHEMA("role", mw_role, ROLE_FIELDS);

static const struct mw_field PROFILE_FIELDS[] = {
    { MW_PLACE(raw, is.pos) },
    { MW_FIELD(raw, "profile", MW_T_TEXT, is.id), .needed = true },
    { MW_FIELD(raw, "title", MW_T_TEXT, is.title), .needed = true },
    { MW_FIELD(raw, "summary", MW_T_TEXT, is.summary) },
    { MW_FIELD(raw, "text_file", MW_T_TEXT, is.text_file), .pos_offset = offsetof(struct raw, text_file_pos) },
    { MW_FIELD(raw, "applicants", MW_T_LIST, applicants), .needed = true, .item = MW_T_RECORD, .sub = &APPLICANT },
    { MW_FIELD(raw, "kinds", MW_T_LIST, is.kinds), .item = MW_T_WORD, .words = MW_KINDS },
    { MW_FIELD(raw, "period", MW_T_RECORD, is.period), .sub = &SPAN, .pos_offset = offsetof(struct raw, period_pos) },
    { MW_FIELD(raw, "volume", MW_T_EUR, is.volume) },
    { MW_FIELD(raw, "own_share", MW_T_SHARE, is.own_share) },
    { MW_FIELD(raw, "started", MW_T_NODE, started) },
    { MW_FIELD(raw, "other_funding", MW_T_TRI, is.other_funding) },
    { MW_FIELD(raw, "joint_mode", MW_T_WORD, is.joint_mode), .words = MW_JOINT_MODES },
    { MW_FIELD(raw, "lots", MW_T_LIST, lots), .item = MW_T_RECORD, .sub = &LOT },
    { MW_FIELD(raw, "phases", MW_T_LIST, is.phases), .item = MW_T_RECORD, .sub = &PHASE },
    { MW_FIELD(raw, "quantities", MW_T_LIST, is.quantities), .item = MW_T_RECORD, .sub = &QUANTITY },
    { MW_FIELD(raw, "roles", MW_T_LIST, is.roles), .item = MW_T_RECORD, .sub = &ROLE },
};
static const struct mw_schema PROFILE = MW_SCHEMA("profile", raw, PROFILE_FIELDS);

/* --- what must fit together ---------------------------------------------------------------------------------------------------- */
static bool is_ags(struct mw_sv ags)
{
    if (ags.n != 5 && ags.n != 8)
        return false;
    for (size_t i = 0; i < ags.n; i++)
        if (ags.p[i] < '0' || ags.p[i] > '9')
            return false;
    return true;
}

static void check_place(struct raw_applicant *r, struct mw_diags *diags)
{
    enum mw_land from_ags = MW_LAND_NONE;
    struct mw_diag *d;

    if (r->is.ags.p != NULL && !is_ags(r->is.ags)) {
        d = mw_diag_add(diags, MW_ERROR, &r->ags_pos, "ags", "\"%.*s\" is no municipal key (AGS): it has 8 digits, 5 for a Kreis.",
            MW_SV_ARG(r->is.ags));
        mw_diag_cure(diags, d, "Write it in quotes with its leading zero: \"05562012\".");
    } else if (r->is.ags.p != NULL && !mw_land_from_ags(r->is.ags, &from_ags)) {
        mw_diag_add(diags, MW_ERROR, &r->ags_pos, "ags",
            "\"%.*s\" is no municipal key (AGS): no Land begins with its first two digits.", MW_SV_ARG(r->is.ags));
    }
    r->is.land = from_ags;
    if (r->land.p == NULL)
        return;
    if (!mw_land_parse(r->land, &r->is.land)) {
        const char *codes[MW_LAND_N];
        for (int k = 1; k < MW_LAND_N; k++)
            codes[k - 1] = mw_land_code((enum mw_land)k);
        d = mw_diag_add(diags, MW_ERROR, &r->land_pos, "land", "\"%.*s\" is no German Land.", MW_SV_ARG(r->land));
        const char *near = mw_nearest(r->land, codes, MW_LAND_N - 1);
        if (near != NULL)
            mw_diag_cure(diags, d, "Did you mean \"%s\"?", near);
        else
            mw_diag_cure(diags, d, "Write its two letters, such as NW, or its name.");
    } else if (from_ags != MW_LAND_NONE && from_ags != r->is.land) {
        mw_diag_add(diags, MW_ERROR, &r->land_pos, "land", "The land is %s, but the municipal key %.*s lies in %s.",
            mw_land_code(r->is.land), MW_SV_ARG(r->is.ags), mw_land_code(from_ags));
    }
}

/* The index of the applicant of that name among the first n, or n. */
static size_t find_applicant(const struct mw_list *applicants, struct mw_sv name, size_t n)
{
    size_t i = 0;
    while (i < n && !mw_sv_eq(MW_AT(*applicants, struct raw_applicant, i)->is.name, name))
        i++;
    return i;
}

static enum mw_rc take_applicants(struct raw *r, struct mw_arena *a, struct mw_diags *diags)
{
    size_t leads = 0;
    for (size_t i = 0; i < r->applicants.n; i++) {
        struct raw_applicant *from = MW_AT(r->applicants, struct raw_applicant, i);
        check_place(from, diags);
        if (from->is.population != MW_INT_NONE && from->is.population < 0)
            mw_diag_add(diags, MW_ERROR, &from->population_pos, "population", "A population is not below zero.");
        if (from->is.name.p != NULL && find_applicant(&r->applicants, from->is.name, i) < i)
            mw_diag_add(diags, MW_ERROR, &from->name_pos, "duplicate-name", "\"%.*s\" stands among the applicants twice.",
                MW_SV_ARG(from->is.name));
        if (from->is.lead == MW_YES && leads++ > 0)
            mw_diag_add(diags, MW_ERROR, &from->lead_pos, "leads", "Only one applicant can lead.");
        else if (from->is.lead == MW_YES)
            r->is.lead = i;
        struct mw_applicant *to = mw_list_add(a, &r->is.applicants, sizeof *to);
        if (to == NULL)
            return MW_NOMEM;
        *to = from->is;
    }
    return MW_OK;
}

static enum mw_rc take_lots(struct raw *r, struct mw_arena *a, struct mw_diags *diags)
{
    for (size_t i = 0; i < r->lots.n; i++) {
        const struct raw_lot *from = MW_AT(r->lots, struct raw_lot, i);
        for (size_t k = 0; k < i && from->is.id.p != NULL; k++)
            if (mw_sv_eq(MW_AT(r->lots, struct raw_lot, k)->is.id, from->is.id))
                mw_diag_add(diags, MW_ERROR, &from->id_pos, "duplicate-id", "There are two lots \"%.*s\".", MW_SV_ARG(from->is.id));
        if (from->is.applicant.p != NULL &&
            find_applicant(&r->applicants, from->is.applicant, r->applicants.n) == r->applicants.n) {
            const char *names[64], *near;
            size_t n = 0;
            for (; n < r->applicants.n && n < NUMBER_OF(names); n++)
                names[n] = mw_arena_z(a, MW_AT(r->applicants, struct raw_applicant, n)->is.name);
            struct mw_diag *d = mw_diag_add(diags, MW_ERROR, &from->applicant_pos, "unknown-applicant",
                "\"%.*s\" is not among the applicants.", MW_SV_ARG(from->is.applicant));
            near = mw_nearest(from->is.applicant, names, n);
            if (near != NULL)
                mw_diag_cure(diags, d, "Did you mean \"%s\"?", near);
        }
        struct mw_lot *to = mw_list_add(a, &r->is.lots, sizeof *to);
        if (to == NULL)
            return MW_NOMEM;
        *to = from->is;
    }
    return MW_OK;
}

/* no | yes | a date */
static void take_started(struct raw *r, struct mw_diags *diags)
{
    struct mw_profile *p = &r->is;
    struct mw_day day;
    bool yes;
    p->started = MW_TRI_NONE;
    p->started_on = MW_DAY_NONE;
    if (mw_node_absent(r->started) || r->started->faulty)
        return;
    if (r->started->kind == MW_SCALAR && mw_read_bool(r->started->text, &yes)) {
        p->started = yes ? MW_YES : MW_NO;
    } else if (r->started->kind == MW_SCALAR && mw_read_day(r->started->text, &day)) {
        p->started = MW_YES;
        p->started_on = day;
    } else {
        MW_AUTO(mw_str_free) struct mw_str found = MW_STR_INIT;
        mw_node_found(&found, r->started, diags != NULL ? diags->lang : MW_EN);
        struct mw_diag *d = mw_diag_add(diags, MW_ERROR, &r->started->pos, "started",
            "\"started\" must be no, yes or a date, found %s.", mw_str_z(&found));
        mw_diag_cure(diags, d, "Has a binding step been taken? Write its day: 2025-03-10.");
    }
}

static void check_span(struct mw_day from, struct mw_day to, const struct mw_pos *pos, struct mw_diags *diags)
{
    if (mw_day_is(from) && mw_day_is(to) && mw_day_cmp(to, from) < 0)
        mw_diag_add(diags, MW_ERROR, pos, "span", "The end lies before the beginning.");
}

static void check_rest(struct raw *r, struct mw_diags *diags)
{
    const struct mw_profile *p = &r->is;
    check_span(p->period.from, p->period.to, &r->period_pos, diags);
    for (size_t i = 0; i < p->phases.n; i++) {
        const struct mw_phase *phase = MW_AT(p->phases, struct mw_phase, i);
        check_span(phase->from, phase->to, &phase->pos, diags);
    }
    for (size_t i = 0; i < p->quantities.n; i++) {
        const struct mw_quantity *q = MW_AT(p->quantities, struct mw_quantity, i);
        bool min = mw_share_is(q->min), max = mw_share_is(q->max), exactly = mw_share_is(q->exactly);
        if ((min && max && mw_share_cmp(q->min, q->max) > 0) || (exactly && (min || max)))
            mw_diag_add(diags, MW_ERROR, &q->pos, "quantity",
                "A quantity has a min, a max, both in order, or exactly, none below zero.");
    }
    if (mw_share_is(p->own_share) && mw_share_cmp(p->own_share, (struct mw_share){ 1, 1 }) > 0)
        mw_diag_add(diags, MW_ERROR, &p->pos, "own-share", "An own share above 100 %% is not possible.");
}

/* Beside the profile means in its folder: a path could lead an uploaded profile anywhere. */
static enum mw_rc read_text_file(struct raw *r, struct mw_arena *a, const char *dir, struct mw_diags *diags)
{
    struct mw_sv name = r->is.text_file;
    if (name.n == 0)
        return MW_OK;
    if (dir == NULL || memchr(name.p, '/', name.n) != NULL || memchr(name.p, '\0', name.n) != NULL || name.p[0] == '.') {
        mw_diag_add(diags, MW_ERROR, &r->text_file_pos, "text-file",
            "\"text_file\" must be the name of a file in the same folder as the profile.");
        return MW_OK;
    }
    MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(diags != NULL ? diags->lang : MW_EN);
    struct mw_sv path = mw_path_join(a, dir, name);
    if (path.p == NULL)
        return MW_NOMEM;
    enum mw_rc rc = mw_file_read(&r->is.text, a, path.p, MW_PROFILE_TEXT_MAX, &err);
    if (rc == MW_NOMEM)
        return rc;
    if (rc != MW_OK)
        mw_diag_add(diags, MW_ERROR, &r->text_file_pos, "text-file", "%s", err.msg);
    else if (mw_utf8_invalid_at(r->is.text) != SIZE_MAX)
        mw_diag_add(diags, MW_ERROR, &r->text_file_pos, "text-file", "The file \"%.*s\" is not a text in UTF-8.", MW_SV_ARG(name));
    return MW_OK;
}

enum mw_rc mw_profile_read(struct mw_profile *out, struct mw_arena *a, const struct mw_node *map, const char *dir,
    struct mw_diags *diags)
{
    struct raw r;
    struct mw_diags own = MW_DIAGS_INIT(MW_EN);
    struct mw_diags *d = diags != NULL ? diags : &own; /* faults are counted also where nobody wants to read them */
    size_t before = d->errors;

    bool ok = mw_schema_read(&PROFILE, map, &r, a, d);
    take_started(&r, d);
    check_rest(&r, d);
    enum mw_rc rc = take_applicants(&r, a, d);
    if (rc == MW_OK)
        rc = take_lots(&r, a, d);
    if (rc == MW_OK)
        rc = read_text_file(&r, a, dir, d);
    if (map->kind == MW_MAP && r.is.summary.n == 0 && r.is.text_file.n == 0) {
        struct mw_diag *diag = mw_diag_add(d, MW_ERROR, &map->pos, "missing-key", "The key \"%s\" is missing (%s).", "summary",
            mw_tr(d->lang, PROFILE.what));
        mw_diag_cure(d, diag, "Say in some sentences what is planned, or name a text_file.");
    }
    if (ok && r.applicants.n == 0)
        mw_diag_add(d, MW_ERROR, &map->pos, "missing-key", "A profile needs at least one applicant.");
    *out = r.is;
    if (rc == MW_OK && (!ok || d->errors > before))
        rc = MW_INVALID;
    mw_diags_free(&own);
    return rc;
}

enum mw_rc mw_profile_load(struct mw_profile *out, struct mw_arena *a, const char *path, struct mw_diags *diags)
{
    struct mw_node *node;
    enum mw_rc rc = mw_yaml_load(&node, a, path, diags);
    if (rc != MW_OK && node == NULL)
        return rc;
    const char *dir = mw_path_dir(a, path);
    if (dir == NULL)
        return MW_NOMEM;
    enum mw_rc read = mw_profile_read(out, a, node, dir, diags);
    return rc != MW_OK ? rc : read;
}
