/* Facts as JSON, both ways (FORMATS.md section 3). What they say to people is in fact_words.c. */
#include "lib/model/fact.h"

#include <stdio.h>

#include "lib/core/read.h"

const char *const MW_FACT_TYPES[MW_F_TYPE_N + 1] = { "deadline", "rate", "own_share", "amount", "applicant", "region",
    "early_start", "two_stage", "cumulation", "de_minimis", "duration", "status", "kind", "exclusion", "population", "partners",
    "saving", "forwarding", "joint", "financing", "vat", "own_staff", "validity", "theme", "funder", "requirement", "area",
    "bonus", "per_capita", "cost", "unit_amount", NULL };

void mw_fact_clear(struct mw_fact *f)
{
    *f = (struct mw_fact){ .date = MW_DAY_NONE,
        .share = MW_SHARE_NONE,
        .eur = MW_EUR_NONE,
        .clock = -1,
        .months = -1,
        .number = INT64_MIN };
}

static bool is_boolean(enum mw_fact_type type) { return type == MW_F_TWO_STAGE || type == MW_F_DE_MINIMIS; }

void mw_fact_to_out(const struct mw_fact *f, struct mw_out *o)
{
    char small[64];
    mw_out_object(o, NULL, NULL);
    mw_out_z(o, "type", NULL, MW_FACT_TYPES[f->type]);
    mw_out_sv(o, "kind", NULL, f->kind);
    if (is_boolean(f->type))
        mw_out_bool(o, "value", NULL, mw_sv_eqz(f->value, "true"));
    else
        mw_out_sv(o, "value", NULL, f->value);
    mw_out_day(o, "date", NULL, f->date);
    if (f->recurs != 0) {
        snprintf(small, sizeof small, "%02d-%02d", f->recurs / 100 % 100, f->recurs % 100);
        mw_out_z(o, "recurs", NULL, small);
    }
    if (f->clock >= 0) {
        snprintf(small, sizeof small, "%02d:%02d", f->clock / 60 % 100, f->clock % 60);
        mw_out_z(o, "time", NULL, small);
    }
    if (mw_share_is(f->share)) {
        struct mw_share rounded;
        mw_out_share(o, "bp", NULL, f->share);
        if (mw_share_make(&rounded, mw_share_bp(f->share), 10000) && mw_share_cmp(rounded, f->share) != 0) {
            snprintf(small, sizeof small, "%lld/%lld", (long long)f->share.num, (long long)f->share.den);
            mw_out_z(o, "share", NULL, small); /* 33 1/3 %: basis points do not hold it */
        }
    }
    if (mw_eur_is(f->eur)) {
        mw_out_eur(o, "cents", NULL, f->eur);
        mw_out_sv(o, "currency", NULL, f->currency.n > 0 ? f->currency : MW_SV("EUR"));
    }
    if (f->months >= 0)
        mw_out_int(o, "months", NULL, f->months);
    if (f->number != INT64_MIN)
        mw_out_int(o, "number", NULL, f->number);
    mw_out_sv(o, "per", NULL, f->per);
    mw_out_sv(o, "for", NULL, f->condition);
    if (f->soft)
        mw_out_bool(o, "soft", NULL, true);
    if (f->field.p != NULL) {
        mw_out_z(o, "from", NULL, "source");
        mw_out_sv(o, "field", NULL, f->field);
    } else if (f->quote.p != NULL) {
        mw_out_sv(o, "quote", NULL, f->quote);
        mw_out_int(o, "start", NULL, (int64_t)f->start);
    }
    mw_out_sv(o, "rule", NULL, f->rule);
    mw_out_end(o);
}

/* --- reading ---------------------------------------------------------------------------------------------------------------- */
static enum mw_rc wrong(const struct mw_node *node, const char *key, const char *expected, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str found = MW_STR_INIT;
    enum mw_lang lang = err != NULL ? err->lang : MW_EN;
    mw_node_found(&found, node, lang);
    return mw_fail_at(err, MW_INVALID, &node->pos, "\"%s\" must be %s, found %s.", key, mw_tr(lang, expected), mw_str_z(&found));
}

static enum mw_rc get_number(int64_t *out, const struct mw_node *map, const char *key, int64_t least, int64_t most,
    struct mw_err *err)
{
    const struct mw_node *n = mw_node_get(map, key);
    int64_t v;
    if (mw_node_absent(n))
        return MW_OK;
    if (n->kind != MW_SCALAR || !mw_sv_int(n->text, &v) || v < least || v > most)
        return wrong(n, key, "a whole number in its range", err);
    *out = v;
    return MW_OK;
}

static enum mw_rc get_recurs(int *out, const struct mw_node *map, struct mw_err *err)
{
    const struct mw_node *n = mw_node_get(map, "recurs");
    int64_t month, day;
    if (mw_node_absent(n))
        return MW_OK;
    struct mw_sv s = n->kind == MW_SCALAR ? n->text : MW_SV_NONE;
    if (s.n != 5 || s.p[2] != '-' || !mw_sv_int(mw_sv_n(s.p, 2), &month) || !mw_sv_int(mw_sv_n(s.p + 3, 2), &day) || month < 1 ||
        month > 12 || day < 1 || day > mw_days_in_month(2024, (int)month)) /* a leap year: 29 February recurs */
        return wrong(n, "recurs", "a month and day such as 03-31", err);
    *out = (int)(month * 100 + day);
    return MW_OK;
}

static enum mw_rc get_clock(int *out, const struct mw_node *map, struct mw_err *err)
{
    const struct mw_node *n = mw_node_get(map, "time");
    int64_t hour, minute;
    if (mw_node_absent(n))
        return MW_OK;
    struct mw_sv s = n->kind == MW_SCALAR ? n->text : MW_SV_NONE;
    if (s.n != 5 || s.p[2] != ':' || !mw_sv_int(mw_sv_n(s.p, 2), &hour) || !mw_sv_int(mw_sv_n(s.p + 3, 2), &minute) || hour < 0 || minute < 0 ||
        minute > 59 || hour * 60 + minute > MW_CLOCK_MAX)
        return wrong(n, "time", "a time of day such as 12:00", err);
    *out = (int)(hour * 60 + minute);
    return MW_OK;
}

static enum mw_rc get_share(struct mw_share *out, const struct mw_node *map, struct mw_err *err)
{
    const struct mw_node *exact = mw_node_get(map, "share");
    int64_t bp = -1;
    enum mw_rc rc = get_number(&bp, map, "bp", 0, 1000000, err);
    if (rc == MW_OK && bp >= 0)
        (void)mw_share_make(out, bp, 10000);
    if (rc == MW_OK && !mw_node_absent(exact) && (exact->kind != MW_SCALAR || !mw_read_share(exact->text, out)))
        return wrong(exact, "share", "a share such as 1/3", err);
    return rc;
}

static enum mw_rc get_texts(struct mw_fact *f, const struct mw_node *map, struct mw_err *err)
{
    const struct {
        const char *key;
        struct mw_sv *out;
    } TEXTS[] = { { "kind", &f->kind }, { "value", &f->value }, { "currency", &f->currency }, { "per", &f->per },
        { "for", &f->condition }, { "quote", &f->quote }, { "field", &f->field }, { "rule", &f->rule } };
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        const struct mw_node *n = mw_node_get(map, TEXTS[i].key);
        if (mw_node_absent(n))
            continue;
        if (n->kind != MW_SCALAR)
            return wrong(n, TEXTS[i].key, "a text", err);
        *TEXTS[i].out = n->text;
    }
    return MW_OK;
}

enum mw_rc mw_fact_from_node(struct mw_fact *out, struct mw_arena *a, const struct mw_node *node, struct mw_err *err)
{
    const struct mw_node *type = mw_node_get(node, "type"), *date = mw_node_get(node, "date");
    int64_t cents = INT64_MIN, months = -1, start = 0;
    size_t k = 0;
    (void)a;

    mw_fact_clear(out);
    if (node->kind != MW_MAP || type == NULL || type->kind != MW_SCALAR)
        return mw_fail_at(err, MW_INVALID, &node->pos, "A fact must be an object with a \"type\".");
    while (k < MW_F_TYPE_N && !mw_sv_eqz(type->text, MW_FACT_TYPES[k]))
        k++;
    if (k == MW_F_TYPE_N)
        return wrong(type, "type", "a type of fact", err);
    out->type = (enum mw_fact_type)k;
    enum mw_rc rc = get_texts(out, node, err);
    if (rc == MW_OK && is_boolean(out->type) && !mw_sv_eqz(out->value, "true") && !mw_sv_eqz(out->value, "false"))
        rc = mw_fail_at(err, MW_INVALID, &node->pos, "A fact of type \"%s\" needs a \"value\" of true or false.", MW_FACT_TYPES[k]);
    if (rc == MW_OK && !mw_node_absent(date) && (date->kind != MW_SCALAR || !mw_read_day(date->text, &out->date)))
        rc = wrong(date, "date", "a date such as 2026-03-31", err);
    if (rc == MW_OK)
        rc = get_recurs(&out->recurs, node, err);
    if (rc == MW_OK)
        rc = get_clock(&out->clock, node, err);
    if (rc == MW_OK)
        rc = get_share(&out->share, node, err);
    if (rc == MW_OK)
        rc = get_number(&cents, node, "cents", 0, INT64_MAX, err);
    if (rc == MW_OK)
        rc = get_number(&months, node, "months", 0, 12000, err);
    if (rc == MW_OK)
        rc = get_number(&out->number, node, "number", 0, INT64_MAX, err);
    if (rc == MW_OK)
        rc = get_number(&start, node, "start", 0, INT64_MAX, err);
    out->eur.cents = cents;
    out->months = (int32_t)months;
    out->start = (size_t)start;
    out->soft = mw_sv_eqz(mw_node_text(node, "soft"), "true");
    return rc;
}
