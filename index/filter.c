/* Filters: sets of notices that the tables answer, counted together; a notice passes when every condition holds. */
#include "index/query.h"

#include <string.h>

/* Marks the notices of ids for this condition, the turn-th; each at most once. */
static void mark(struct mw_sieve *sieve, const struct mw_list *ids)
{
    for (size_t i = 0; i < ids->n; i++) {
        int64_t id = *MW_AT(*ids, int64_t, i);
        if (id > 0 && (size_t)id < sieve->n && sieve->passed[id] == sieve->need)
            sieve->passed[id]++;
    }
    sieve->need++;
}

static void ban(struct mw_sieve *sieve, const struct mw_list *ids)
{
    for (size_t i = 0; i < ids->n; i++) {
        int64_t id = *MW_AT(*ids, int64_t, i);
        if (id > 0 && (size_t)id < sieve->n)
            sieve->passed[id] = MW_BANNED;
    }
}

/* --- filters by table ------------------------------------------------------------------------------------------------------ */

/* A Land by what rules found, or by the label of the source. */
static enum mw_rc in_land(struct mw_list *ids, struct mw_arena *a, struct mw_store *s, struct mw_sv code, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;
    enum mw_land land = MW_LAND_NONE;
    enum mw_rc rc = mw_facts_with_value(ids, a, s, MW_F_REGION, code, err);

    if (mw_sv_eqz(code, "DE"))
        mw_str_addz(&folded, "bundesweit");
    else if (mw_land_parse(code, &land))
        mw_fold(&folded, mw_sv(mw_land_name(land)));
    return rc == MW_OK && folded.n > 0 ? mw_facets_like(ids, a, s, MW_FUNDING_LOCATION, mw_str_sv(&folded), err) : rc;
}

static enum mw_rc level(struct mw_list *ids, struct mw_arena *a, struct mw_store *s, struct mw_sv value, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;

    if (!mw_sv_eqz(value, "land")) {
        rc = mw_facts_with_value(ids, a, s, MW_F_REGION, value, err);
        if (rc == MW_OK && mw_sv_eqz(value, "DE"))
            rc = mw_facets_like(ids, a, s, MW_FUNDING_LOCATION, MW_SV("bundesweit"), err);
        if (rc == MW_OK && mw_sv_eqz(value, "EU"))
            rc = mw_notices_of_source(ids, a, s, MW_SV("eu"), true, err);
        return rc;
    }
    for (int land = MW_LAND_NONE + 1; land < MW_LAND_N && rc == MW_OK; land++)
        rc = in_land(ids, a, s, mw_sv(mw_land_code((enum mw_land)land)), err);
    return rc;
}

/* "oeffentliche_einrichtung" is a fact's code, "offentliche einrichtung" the label it was folded from: both are asked. */
static enum mw_rc labelled(struct mw_list *ids, struct mw_arena *a, struct mw_store *s, enum mw_fact_type type,
                           enum mw_facet_kind kind, const char *const *codes, struct mw_sv value, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str code = MW_STR_INIT;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; codes[i] != NULL && rc == MW_OK; i++) {
        mw_str_clear(&code);
        mw_fold(&code, mw_sv(codes[i]));
        for (size_t k = 0; k < code.n; k++)
            if (code.p[k] == '_')
                code.p[k] = ' ';
        if (mw_sv_eq(mw_str_sv(&code), value))
            rc = mw_facts_with_value(ids, a, s, type, mw_sv(codes[i]), err);
    }
    return rc == MW_OK ? mw_facets_like(ids, a, s, kind, value, err) : rc;
}

static enum mw_rc one_value(struct mw_list *ids, struct mw_arena *a, struct mw_store *s, const struct mw_filter *f,
                            struct mw_sv value, struct mw_err *err)
{
    switch (f->field) {
    case MW_Q_LAND:
        return in_land(ids, a, s, value, err);
    case MW_Q_APPLICANT:
        return labelled(ids, a, s, MW_F_APPLICANT, MW_ELIGIBLE_APPLICANTS, MW_APPLICANT_TYPES, value, err);
    case MW_Q_KIND:
        return labelled(ids, a, s, MW_F_KIND, MW_FUNDING_TYPE, MW_KINDS, value, err);
    case MW_Q_LEVEL:
        return level(ids, a, s, value, err);
    case MW_Q_SOURCE:
        return mw_notices_of_source(ids, a, s, value, false, err);
    case MW_Q_LANGUAGE:
        return mw_notices_in_language(ids, a, s, value, err);
    default:
        return MW_OK;
    }
}

static bool by_day(enum mw_filter_field field)
{
    return field == MW_Q_STATUS || field == MW_Q_DEADLINE;
}

static enum mw_rc apply(struct mw_sieve *sieve, struct mw_arena *a, struct mw_store *s, const struct mw_filter *f,
                        struct mw_err *err)
{
    struct mw_list ids = { NULL, 0, 0 };
    enum mw_rc rc = MW_OK;

    if (by_day(f->field))
        return MW_OK;
    if (f->field == MW_Q_RATE)
        rc = mw_facts_with_rate(&ids, a, s, f->from, f->to, err);
    else if (f->field == MW_Q_AMOUNT)
        rc = mw_facts_with_amount(&ids, a, s, f->from, f->to, err);
    for (size_t i = 0; i < f->values.n && rc == MW_OK; i++)
        rc = one_value(&ids, a, s, f, *MW_AT(f->values, struct mw_sv, i), err);
    mark(sieve, &ids);
    return rc;
}

/* --- phrases and exclusions ------------------------------------------------------------------------------------------------ */

static enum mw_rc apply_phrase(struct mw_sieve *sieve, struct mw_arena *a, struct mw_store *s, const struct mw_phrase *p,
                               struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str match = MW_STR_INIT;
    struct mw_list ids = { NULL, 0, 0 };

    mw_phrase_match(&match, p);
    enum mw_rc rc = mw_str_ok(&match) ? mw_sections_match(&ids, a, s, mw_str_sv(&match), err) : mw_nomem(err);
    if (rc != MW_OK)
        return rc;
    if (p->exclude)
        ban(sieve, &ids);
    else
        mark(sieve, &ids);
    return MW_OK;
}

struct banner {
    struct mw_sieve *sieve;
    const struct mw_docs *docs;
};

static void ban_holders(void *ctx, struct mw_posting p)
{
    struct banner *b = ctx;
    while (mw_posting_next(&p))
        if (p.doc < b->docs->end && b->docs->notice[p.doc] > 0 && (size_t)b->docs->notice[p.doc] < b->sieve->n)
            b->sieve->passed[b->docs->notice[p.doc]] = MW_BANNED;
}

enum mw_rc mw_sieve_make(struct mw_sieve *out, struct mw_arena *a, struct mw_store *s, const struct mw_query *q,
                         struct mw_err *err)
{
    struct banner b = { out, NULL };
    int64_t last = 0;
    enum mw_rc rc = mw_docs(&b.docs, s, err);

    if (rc == MW_OK)
        rc = mw_notice_last(s, &last, err);
    *out = (struct mw_sieve){ .n = (size_t)last + 1 };
    if (rc == MW_OK && (out->passed = mw_arena_alloc(a, out->n)) == NULL)
        rc = mw_nomem(err);
    for (size_t i = 0; i < q->filters.n && rc == MW_OK; i++)
        rc = apply(out, a, s, MW_AT(q->filters, struct mw_filter, i), err);
    for (size_t i = 0; i < q->phrases.n && i < 64 && rc == MW_OK; i++)
        rc = apply_phrase(out, a, s, MW_AT(q->phrases, struct mw_phrase, i), err);
    for (size_t i = 0; i < q->words.n && rc == MW_OK; i++) {
        const struct mw_query_word *w = MW_AT(q->words, struct mw_query_word, i);
        if (w->exclude)
            rc = mw_postings(s, w->form, ban_holders, &b, err);
        if (rc == MW_OK && w->exclude && w->english.p != NULL)
            rc = mw_postings(s, w->english, ban_holders, &b, err);
    }
    return rc;
}

bool mw_sieve_passes(const struct mw_sieve *sieve, int64_t notice)
{
    return notice > 0 && (size_t)notice < sieve->n && sieve->passed[notice] == sieve->need;
}

/* --- what depends on today -------------------------------------------------------------------------------------------------- */

bool mw_filters_need_day(const struct mw_query *q)
{
    for (size_t i = 0; i < q->filters.n; i++)
        if (by_day(MW_AT(q->filters, struct mw_filter, i)->field))
            return true;
    return false;
}

static bool holds(const struct mw_filter *f, enum mw_status status, struct mw_day deadline)
{
    if (f->field == MW_Q_DEADLINE)
        return mw_day_is(deadline) && deadline.n >= f->from && deadline.n <= f->to;
    for (size_t i = 0; i < f->values.n; i++)
        if (mw_sv_eqz(*MW_AT(f->values, struct mw_sv, i), MW_STATUSES[status]))
            return true;
    return f->field != MW_Q_STATUS;
}

bool mw_filters_hold(const struct mw_query *q, enum mw_status status, struct mw_day deadline)
{
    for (size_t i = 0; i < q->filters.n; i++)
        if (!holds(MW_AT(q->filters, struct mw_filter, i), status, deadline))
            return false;
    return true;
}
