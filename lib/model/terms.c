/* Reads funding terms (FORMATS.md section 4). A file struct holds what the schema fills; what is grouped in the file
 * but flat in struct mw_edition is copied over, and what a schema cannot say (one form of `fixed`, a cap's two
 * meanings) is checked here. */
#include "lib/model/terms.h"

#include <stdlib.h>

#include "lib/model/profile.h"

const char *const MW_FINANCINGS[MW_FINANCING_N + 1] = { "anteil", "fehlbedarf", "festbetrag", "voll", NULL };
const char *const MW_STARTS[MW_START_N + 1] = { "before_forbidden", "on_request", "from_receipt", "free", NULL };
const char *const MW_ROUNDINGS[] = { "down", "commercial", "euro_down", NULL };
static const enum mw_round ROUNDINGS[] = { MW_DOWN, MW_COMMERCIAL, MW_EURO_DOWN };
static const char *const MAX_IS[] = { "inclusive", "exclusive", NULL };
static const char *const LANDS[] = {
    "BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH", NULL
}; /* in the order of enum mw_land, which begins with NONE */

struct span {
    struct mw_day from, until;
};
struct shares {
    struct mw_share min, max;
    struct mw_pos pos;
};
struct partners {
    int64_t min;
    struct mw_pos pos;
};
struct duration {
    struct mw_duration max;
    struct mw_pos pos;
};
struct cooperation {
    struct mw_pos pos;
    struct mw_share saving;
    struct mw_duration term;
};
struct drawdown {
    struct mw_duration use_within;
};
struct reports {
    struct mw_sv interim;
    struct mw_pos interim_pos;
    struct mw_duration final_report;
};
struct file_cap {
    struct mw_cap cap;
    const struct mw_node *max;
};
struct file_fixed {
    struct mw_fixed fixed;
    struct mw_list partners;
};
struct file_grant {
    struct mw_bounds bounds;
    struct mw_grant_parts per;
};
struct file_edition {
    struct mw_edition e;
    struct span valid;
    struct shares own_share, public_share;
    struct partners partners;
    struct duration duration;
    struct cooperation cooperation;
    struct drawdown drawdown;
    struct reports reports;
    struct file_grant grant;
    struct file_fixed fixed;
    struct mw_list caps; /* struct file_cap */
    int rounding;
};

static const struct mw_field SPAN_FIELDS[] = { { MW_FIELD(span, "from", MW_T_DAY, from) },
                                               { MW_FIELD(span, "until", MW_T_DAY, until) } };
static const struct mw_schema SPAN = MW_SCHEMA("validity", span, SPAN_FIELDS);
static const struct mw_field WHEN_FIELDS[] = {
    { MW_FIELD(mw_when, "budget", MW_T_LIST, budget), .item = MW_T_WORD, .words = MW_BUDGETS },
    { MW_FIELD(mw_when, "type", MW_T_LIST, type), .item = MW_T_WORD, .words = MW_APPLICANT_TYPES },
    { MW_FIELD(mw_when, "land", MW_T_LIST, land), .item = MW_T_WORD, .words = LANDS },
    { MW_FIELD(mw_when, "joint", MW_T_TRI, joint) },
};
static const struct mw_schema WHEN = MW_SCHEMA("condition", mw_when, WHEN_FIELDS);
static const struct mw_field RATE_FIELDS[] = {
    { MW_PLACE(mw_rate_case, pos) },
    { MW_FIELD(mw_rate_case, "when", MW_T_RECORD, when), .sub = &WHEN, .needed = true },
    { MW_FIELD(mw_rate_case, "rate", MW_T_SHARE, rate), .needed = true },
};
static const struct mw_schema RATE = MW_SCHEMA("rate", mw_rate_case, RATE_FIELDS);
static const struct mw_field BONUS_FIELDS[] = {
    { MW_PLACE(mw_bonus, pos) },
    { MW_FIELD(mw_bonus, "when", MW_T_RECORD, when), .sub = &WHEN, .needed = true },
    { MW_FIELD(mw_bonus, "points", MW_T_QUANTITY, points), .needed = true },
};
static const struct mw_schema BONUS = MW_SCHEMA("bonus", mw_bonus, BONUS_FIELDS);
static const struct mw_field CAP_FIELDS[] = {
    { MW_PLACE(file_cap, cap.pos) },
    { MW_FIELD(file_cap, "category", MW_T_TEXT, cap.category), .needed = true },
    { MW_FIELD(file_cap, "of", MW_T_LIST, cap.of), .item = MW_T_TEXT },
    { MW_FIELD(file_cap, "max", MW_T_NODE, max), .needed = true },
};
static const struct mw_schema CAP = MW_SCHEMA("cap", file_cap, CAP_FIELDS);
static const struct mw_field FLAT_FIELDS[] = {
    { MW_PLACE(mw_flat_rate, pos) },
    { MW_FIELD(mw_flat_rate, "category", MW_T_TEXT, category), .needed = true },
    { MW_FIELD(mw_flat_rate, "rate", MW_T_SHARE, rate), .needed = true },
    { MW_FIELD(mw_flat_rate, "of", MW_T_LIST, of), .item = MW_T_TEXT, .needed = true },
    { MW_FIELD(mw_flat_rate, "instead_of", MW_T_LIST, instead_of), .item = MW_T_TEXT },
};
static const struct mw_schema FLAT = MW_SCHEMA("flat rate", mw_flat_rate, FLAT_FIELDS);
static const struct mw_field FIXED_FIELDS[] = {
    { MW_PLACE(file_fixed, fixed.pos) },
    { MW_FIELD(file_fixed, "amount", MW_T_EUR, fixed.amount) },
    { MW_FIELD(file_fixed, "per_unit", MW_T_EUR, fixed.per_unit) },
    { MW_FIELD(file_fixed, "unit", MW_T_TEXT, fixed.unit) },
    { MW_FIELD(file_fixed, "partners", MW_T_DICT, partners), .item = MW_T_EUR },
    { MW_FIELD(file_fixed, "base", MW_T_EUR, fixed.base) },
    { MW_FIELD(file_fixed, "base_partners", MW_T_INT, fixed.base_partners) },
    { MW_FIELD(file_fixed, "per_further", MW_T_EUR, fixed.per_further) },
};
static const struct mw_schema FIXED = MW_SCHEMA("fixed sum", file_fixed, FIXED_FIELDS);
static const struct mw_field BOUNDS_FIELDS[] = {
    { MW_PLACE(mw_bounds, pos) },
    { MW_FIELD(mw_bounds, "min", MW_T_EUR, min) },
    { MW_FIELD(mw_bounds, "max", MW_T_EUR, max) },
};
static const struct mw_schema BOUNDS = MW_SCHEMA("bounds", mw_bounds, BOUNDS_FIELDS);
static const struct mw_field GRANT_FIELDS[] = {
    { MW_PLACE(file_grant, bounds.pos) },
    { MW_FIELD(file_grant, "min", MW_T_EUR, bounds.min) },
    { MW_FIELD(file_grant, "max", MW_T_EUR, bounds.max) },
    { MW_FIELD(file_grant, "per_year", MW_T_EUR, per.year) },
    { MW_FIELD(file_grant, "per_area", MW_T_EUR, per.area) },
    { MW_FIELD(file_grant, "per_partner", MW_T_EUR, per.partner) },
};
static const struct mw_schema GRANT = MW_SCHEMA("grant", file_grant, GRANT_FIELDS);
static const struct mw_field VOLUME_FIELDS[] = {
    { MW_PLACE(mw_bounds, pos) },
    { MW_FIELD(mw_bounds, "min", MW_T_EUR, min) },
    { MW_FIELD(mw_bounds, "max", MW_T_EUR, max) },
    { MW_FIELD(mw_bounds, "max_is", MW_T_WORD, max_is), .words = MAX_IS },
};
static const struct mw_schema VOLUME = MW_SCHEMA("volume", mw_bounds, VOLUME_FIELDS);
static const struct mw_field MIN_SHARE_FIELDS[] = { { MW_PLACE(shares, pos) },
                                                    { MW_FIELD(shares, "min", MW_T_SHARE, min), .needed = true } };
static const struct mw_schema MIN_SHARE = MW_SCHEMA("own share", shares, MIN_SHARE_FIELDS);
static const struct mw_field MAX_SHARE_FIELDS[] = { { MW_PLACE(shares, pos) },
                                                    { MW_FIELD(shares, "max", MW_T_SHARE, max), .needed = true } };
static const struct mw_schema MAX_SHARE = MW_SCHEMA("public share", shares, MAX_SHARE_FIELDS);
static const struct mw_field PARTNERS_FIELDS[] = { { MW_PLACE(partners, pos) },
                                                   { MW_FIELD(partners, "min", MW_T_INT, min), .needed = true } };
static const struct mw_schema PARTNERS = MW_SCHEMA("partners", partners, PARTNERS_FIELDS);
static const struct mw_field DURATION_FIELDS[] = { { MW_PLACE(duration, pos) },
                                                   { MW_FIELD(duration, "max", MW_T_DURATION, max), .needed = true } };
static const struct mw_schema DURATION = MW_SCHEMA("duration", duration, DURATION_FIELDS);
static const struct mw_field COOPERATION_FIELDS[] = { { MW_PLACE(cooperation, pos) },
                                                      { MW_FIELD(cooperation, "saving", MW_T_SHARE, saving) },
                                                      { MW_FIELD(cooperation, "term", MW_T_DURATION, term) } };
static const struct mw_schema COOPERATION = MW_SCHEMA("cooperation", cooperation, COOPERATION_FIELDS);
static const struct mw_field DRAWDOWN_FIELDS[] = { { MW_FIELD(drawdown, "use_within", MW_T_DURATION, use_within) } };
static const struct mw_schema DRAWDOWN = MW_SCHEMA("drawdown", drawdown, DRAWDOWN_FIELDS);
static const struct mw_field REPORTS_FIELDS[] = {
    { MW_FIELD(reports, "interim", MW_T_TEXT, interim), .pos_offset = offsetof(struct reports, interim_pos) },
    { MW_FIELD(reports, "final", MW_T_DURATION, final_report) },
};
static const struct mw_schema REPORTS = MW_SCHEMA("reports", reports, REPORTS_FIELDS);
static const struct mw_field SOURCE_FIELDS[] = {
    { MW_PLACE(mw_term_source, pos) },
    { MW_FIELD(mw_term_source, "says", MW_T_TEXT, says) },
    { MW_FIELD(mw_term_source, "url", MW_T_TEXT, url) },
    { MW_FIELD(mw_term_source, "quote", MW_T_TEXT, quote) },
    { MW_FIELD(mw_term_source, "where", MW_T_TEXT, where) },
    { MW_FIELD(mw_term_source, "sure", MW_T_TRI, sure) },
    { MW_FIELD(mw_term_source, "seen", MW_T_DAY, seen) },
};
const struct mw_schema MW_TERM_SOURCE = MW_SCHEMA("source", mw_term_source, SOURCE_FIELDS);
static const char *const MISUSES[] = { "whole", "yearly", NULL }; /* enum mw_misuse_rule */
static const struct mw_field EDITION_FIELDS[] = {
    { MW_PLACE(file_edition, e.pos) },
    { MW_FIELD(file_edition, "id", MW_T_TEXT, e.id), .needed = true },
    { MW_FIELD(file_edition, "valid", MW_T_RECORD, valid), .sub = &SPAN },
    { MW_FIELD(file_edition, "financing", MW_T_WORD, e.financing), .words = MW_FINANCINGS, .needed = true },
    { MW_FIELD(file_edition, "rate", MW_T_SHARE, e.rate), .pos_offset = offsetof(struct file_edition, e.rate_pos) },
    { MW_FIELD(file_edition, "rates", MW_T_LIST, e.rates), .item = MW_T_RECORD, .sub = &RATE },
    { MW_FIELD(file_edition, "bonus", MW_T_LIST, e.bonus), .item = MW_T_RECORD, .sub = &BONUS },
    { MW_FIELD(file_edition, "rate_cap", MW_T_SHARE, e.rate_cap),
      .pos_offset = offsetof(struct file_edition, e.rate_cap_pos) },
    { MW_FIELD(file_edition, "grant", MW_T_RECORD, grant), .sub = &GRANT },
    { MW_FIELD(file_edition, "fixed", MW_T_RECORD, fixed), .sub = &FIXED },
    { MW_FIELD(file_edition, "eligible", MW_T_RECORD, e.eligible), .sub = &BOUNDS },
    { MW_FIELD(file_edition, "volume", MW_T_RECORD, e.volume), .sub = &VOLUME },
    { MW_FIELD(file_edition, "categories", MW_T_LIST, e.categories), .item = MW_T_TEXT },
    { MW_FIELD(file_edition, "caps", MW_T_LIST, caps), .item = MW_T_RECORD, .sub = &CAP },
    { MW_FIELD(file_edition, "flat_rates", MW_T_LIST, e.flat_rates), .item = MW_T_RECORD, .sub = &FLAT },
    { MW_FIELD(file_edition, "own_share", MW_T_RECORD, own_share), .sub = &MIN_SHARE },
    { MW_FIELD(file_edition, "public_share", MW_T_RECORD, public_share), .sub = &MAX_SHARE },
    { MW_FIELD(file_edition, "not_with", MW_T_LIST, e.not_with), .item = MW_T_TEXT },
    { MW_FIELD(file_edition, "partners", MW_T_RECORD, partners), .sub = &PARTNERS },
    { MW_FIELD(file_edition, "duration", MW_T_RECORD, duration), .sub = &DURATION },
    { MW_FIELD(file_edition, "cooperation", MW_T_RECORD, cooperation), .sub = &COOPERATION },
    { MW_FIELD(file_edition, "start", MW_T_WORD, e.start), .words = MW_STARTS,
      .pos_offset = offsetof(struct file_edition, e.start_pos) },
    { MW_FIELD(file_edition, "drawdown", MW_T_RECORD, drawdown), .sub = &DRAWDOWN },
    { MW_FIELD(file_edition, "reports", MW_T_RECORD, reports), .sub = &REPORTS },
    { MW_FIELD(file_edition, "publicity", MW_T_TEXT, e.publicity) },
    { MW_FIELD(file_edition, "binding", MW_T_DURATION, e.binding) },
    { MW_FIELD(file_edition, "misuse", MW_T_WORD, e.misuse), .words = MISUSES },
    { MW_FIELD(file_edition, "de_minimis", MW_T_TRI, e.de_minimis) },
    { MW_FIELD(file_edition, "reallocation", MW_T_SHARE, e.reallocation) },
    { MW_FIELD(file_edition, "overrun", MW_T_SHARE, e.overrun) },
    { MW_FIELD(file_edition, "reduction_above", MW_T_EUR, e.reduction_above) },
    { MW_FIELD(file_edition, "rounding", MW_T_WORD, rounding), .words = MW_ROUNDINGS },
    { MW_FIELD(file_edition, "attachments", MW_T_LIST, e.attachments), .item = MW_T_TEXT },
    { MW_FIELD(file_edition, "sources", MW_T_LIST, e.sources), .item = MW_T_RECORD, .sub = &MW_TERM_SOURCE },
};
static const struct mw_schema EDITION = MW_SCHEMA("edition", file_edition, EDITION_FIELDS);
struct file_terms {
    struct mw_terms t;
    struct mw_list editions;
};
static const struct mw_field TERMS_FIELDS[] = {
    { MW_PLACE(file_terms, t.pos) },
    { MW_FIELD(file_terms, "programme", MW_T_TEXT, t.programme), .needed = true },
    { MW_FIELD(file_terms, "title", MW_T_TEXT, t.title), .needed = true },
    { MW_FIELD(file_terms, "url", MW_T_TEXT, t.url) },
    { MW_FIELD(file_terms, "note", MW_T_TEXT, t.note) },
    { MW_FIELD(file_terms, "editions", MW_T_LIST, editions), .item = MW_T_RECORD, .sub = &EDITION, .needed = true },
};
static const struct mw_schema TERMS = MW_SCHEMA("programme", file_terms, TERMS_FIELDS);

/* --- what a schema cannot say ------------------------------------------------------------------------------------- */
static void share_in_range(struct mw_share s, const struct mw_pos *at, struct mw_diags *diags)
{
    if (mw_share_is(s) && mw_share_cmp(s, (struct mw_share){ 1, 1 }) > 0)
        mw_diag_add(diags, MW_WARNING, at, "bad-share", "A share of more than 100 %% counts as the whole.");
}

static void bounds_in_order(const struct mw_bounds *b, struct mw_diags *diags)
{
    if (mw_eur_is(b->min) && mw_eur_is(b->max) && b->min.cents > b->max.cents)
        mw_diag_add(diags, MW_WARNING, &b->pos, "bad-bounds", "The smallest sum (min) is above the largest (max).");
}

static void read_when(struct mw_when *w)
{
    for (size_t i = 0; i < w->land.n; i++)
        *MW_AT(w->land, int, i) += 1; /* LANDS begins where enum mw_land has its 1 */
}

/* "04-30" or "30.04." as 430; 0 with a fault otherwise. */
static int read_interim(struct mw_sv s, const struct mw_pos *at, struct mw_diags *diags)
{
    struct mw_sv a, b;
    int64_t month = 0, day = 0;
    bool iso = mw_sv_cut(s, '-', &a, &b);

    if (!iso && mw_sv_cut(s, '.', &b, &a) && mw_sv_ends(a, MW_SV(".")))
        a.n--;
    /* 2000 was a leap year: 29 February is a day of a year that has one. */
    if (mw_sv_int(a, &month) && mw_sv_int(b, &day) && month >= 1 && month <= 12 && day >= 1 &&
        day <= mw_days_in_month(2000, (int)month))
        return (int)(month * 100 + day);
    mw_diag_add(diags, MW_ERROR, at, "bad-day-of-year",
                "\"%.*s\" is no day of the year; write month and day, such as 04-30.", MW_SV_ARG(s));
    return 0;
}

static int by_partners(const void *x, const void *y)
{
    const struct mw_fixed_sum *a = x, *b = y;
    return (a->partners > b->partners) - (a->partners < b->partners);
}

static void read_fixed(struct mw_fixed *out, struct file_fixed *f, struct mw_arena *a, struct mw_diags *diags)
{
    bool per_unit = mw_eur_is(f->fixed.per_unit), base = mw_eur_is(f->fixed.base);
    int forms = mw_eur_is(f->fixed.amount) + per_unit + base + (f->partners.n > 0);

    *out = f->fixed;
    out->partners = (struct mw_list){ 0 };
    if (f->fixed.pos.file == NULL)
        return;
    if (forms != 1)
        mw_diag_add(diags, MW_ERROR, &f->fixed.pos, "bad-fixed",
                    "A fixed sum needs exactly one of amount, per_unit, partners and base.");
    if (per_unit != (f->fixed.unit.p != NULL))
        mw_diag_add(diags, MW_ERROR, &f->fixed.pos, "bad-fixed",
                    "per_unit and unit belong together: {per_unit: 1000 EUR, unit: Workshop}.");
    if (base != (f->fixed.base_partners != MW_INT_NONE) || (mw_eur_is(f->fixed.per_further) && !base))
        mw_diag_add(
            diags, MW_ERROR, &f->fixed.pos, "bad-fixed",
            "base and base_partners belong together: {base: 175000 EUR, base_partners: 2, per_further: 35000 EUR}.");
    for (size_t i = 0; i < f->partners.n; i++) {
        const struct mw_entry *e = MW_AT(f->partners, struct mw_entry, i);
        int64_t n = 0;
        if (!mw_sv_int(e->key, &n) || n < 1) {
            mw_diag_add(diags, MW_ERROR, &e->pos, "bad-number", "\"%.*s\" is no number of partners.",
                        MW_SV_ARG(e->key));
            continue;
        }
        struct mw_fixed_sum *sum = mw_list_add(a, &out->partners, sizeof *sum);
        if (sum != NULL)
            *sum = (struct mw_fixed_sum){ n, e->v.eur };
    }
    if (out->partners.n > 1)
        qsort(out->partners.items, out->partners.n, sizeof(struct mw_fixed_sum), by_partners);
}

static void read_caps(struct mw_edition *e, struct mw_list caps, struct mw_arena *a, struct mw_diags *diags)
{
    e->caps = (struct mw_list){ 0 };
    for (size_t i = 0; i < caps.n; i++) {
        struct file_cap *f = MW_AT(caps, struct file_cap, i);
        struct mw_cap *cap = mw_list_add(a, &e->caps, sizeof *cap);
        if (cap == NULL)
            return;
        *cap = f->cap;
        cap->max = MW_SHARE_NONE;
        cap->amount = MW_EUR_NONE;
        if (f->max == NULL)
            continue; /* said already: the key is missing */
        if (cap->of.n > 0)
            mw_schema_value(MW_T_SHARE, NULL, f->max, &cap->max, diags);
        else
            mw_schema_value(MW_T_EUR, NULL, f->max, &cap->amount, diags);
    }
}

static void read_edition(struct mw_edition *e, struct file_edition *f, struct mw_arena *a, struct mw_diags *diags)
{
    *e = f->e;
    e->from = f->valid.from;
    e->until = f->valid.until;
    if (mw_day_is(e->from) && mw_day_is(e->until) && mw_day_cmp(e->from, e->until) > 0)
        mw_diag_add(diags, MW_ERROR, &e->pos, "bad-period", "The edition ends before it begins.");
    for (size_t i = 0; i < e->rates.n; i++) {
        struct mw_rate_case *r = MW_AT(e->rates, struct mw_rate_case, i);
        read_when(&r->when);
        share_in_range(r->rate, &r->pos, diags);
    }
    for (size_t i = 0; i < e->bonus.n; i++) {
        struct mw_bonus *b = MW_AT(e->bonus, struct mw_bonus, i);
        read_when(&b->when);
        if (mw_share_is(b->points) && !mw_share_mul(&b->points, (struct mw_share){ 1, 100 }))
            b->points = MW_SHARE_NONE;
        share_in_range(b->points, &b->pos, diags);
    }
    share_in_range(e->rate, &e->rate_pos, diags);
    share_in_range(e->rate_cap, &e->rate_cap_pos, diags);
    e->grant = f->grant.bounds;
    e->grant_per = f->grant.per;
    e->own_share_min = f->own_share.min;
    e->own_share_pos = f->own_share.pos;
    share_in_range(e->own_share_min, &e->own_share_pos, diags);
    e->public_share_max = f->public_share.max;
    e->public_share_pos = f->public_share.pos;
    share_in_range(e->public_share_max, &e->public_share_pos, diags);
    bounds_in_order(&e->grant, diags);
    bounds_in_order(&e->eligible, diags);
    bounds_in_order(&e->volume, diags);
    e->partners_min = f->partners.min;
    e->partners_pos = f->partners.pos;
    e->duration_max = f->duration.max;
    e->duration_pos = f->duration.pos;
    e->saving_min = f->cooperation.saving;
    e->term_min = f->cooperation.term;
    e->cooperation_pos = f->cooperation.pos;
    e->use_within = f->drawdown.use_within;
    e->final_report = f->reports.final_report;
    e->interim = f->reports.interim.p != NULL ? read_interim(f->reports.interim, &f->reports.interim_pos, diags) : 0;
    e->rounding = f->rounding < 0 ? MW_DOWN : ROUNDINGS[f->rounding];
    read_fixed(&e->fixed, &f->fixed, a, diags);
    read_caps(e, f->caps, a, diags);
}

enum mw_rc mw_terms_read(struct mw_terms *out, struct mw_arena *a, const struct mw_node *map, struct mw_diags *diags)
{
    struct file_terms f;
    size_t errors = diags->errors;

    mw_schema_read(&TERMS, map, &f, a, diags);
    *out = f.t;
    out->editions = (struct mw_list){ 0 };
    for (size_t i = 0; i < f.editions.n; i++) {
        struct mw_edition *e = mw_list_add(a, &out->editions, sizeof *e);
        if (e == NULL)
            return MW_NOMEM;
        read_edition(e, MW_AT(f.editions, struct file_edition, i), a, diags);
        for (size_t j = 0; j < i; j++)
            if (mw_sv_eq(MW_AT(out->editions, struct mw_edition, j)->id, e->id))
                mw_diag_add(diags, MW_ERROR, &e->pos, "id-twice", "Two editions have the id \"%.*s\".",
                            MW_SV_ARG(e->id));
    }
    if (f.editions.n == 0 && diags->errors == errors)
        mw_diag_add(diags, MW_ERROR, &out->pos, "no-edition", "A programme needs at least one edition.");
    return diags->errors == errors ? MW_OK : MW_INVALID;
}

enum mw_rc mw_terms_load(struct mw_terms *out, struct mw_arena *a, const char *path, struct mw_diags *diags)
{
    struct mw_node *map = NULL;
    enum mw_rc rc = mw_yaml_load(&map, a, path, diags);

    if (map == NULL)
        return rc;
    enum mw_rc read = mw_terms_read(out, a, map, diags);
    return rc != MW_OK ? rc : read;
}

static bool ended_before(const struct mw_edition *e, struct mw_day day)
{
    return mw_day_is(e->until) && mw_day_cmp(e->until, day) < 0;
}
/* An open beginning lies before every day. */
static int began(const struct mw_edition *e) { return mw_day_is(e->from) ? e->from.n : INT32_MIN; }

const struct mw_edition *mw_edition_on(const struct mw_terms *t, struct mw_day day, size_t *valid)
{
    const struct mw_edition *best = NULL, *last = NULL, *first = NULL;

    *valid = 0;
    for (size_t i = 0; i < t->editions.n; i++) {
        const struct mw_edition *e = MW_AT(t->editions, struct mw_edition, i);
        if (ended_before(e, day)) {
            if (last == NULL || e->until.n > last->until.n)
                last = e;
        } else if (mw_day_is(e->from) && mw_day_cmp(day, e->from) < 0) {
            if (first == NULL || e->from.n < first->from.n)
                first = e;
        } else {
            ++*valid;
            if (best == NULL || began(e) > began(best))
                best = e;
        }
    }
    return best != NULL ? best : last != NULL ? last : first;
}
