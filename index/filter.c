/* Filters: conditions that traits or tables answer; a notice passes when every one holds. */
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

/* --- filters --------------------------------------------------------------------------------------------------------------- */

static bool by_table(enum mw_filter_field field)
{
    return field == MW_Q_RATE || field == MW_Q_AMOUNT;
}

static enum mw_rc apply(struct mw_sieve *sieve, struct mw_arena *a, struct mw_store *s, const struct mw_filter *f,
                        struct mw_err *err)
{
    struct mw_list ids = { NULL, 0, 0 };
    enum mw_rc rc = MW_OK;

    if (!by_table(f->field))
        return MW_OK;
    if (f->field == MW_Q_RATE)
        rc = mw_facts_with_rate(&ids, a, s, f->from, f->to, err);
    else
        rc = mw_facts_with_amount(&ids, a, s, f->from, f->to, err);
    if (f->exclude)
        ban(sieve, &ids);
    else
        mark(sieve, &ids);
    return rc;
}

/* A source is named by its id or the first part of it ("eu" for "eu-ftp"); a theme by any part of its label. */
static bool names(enum mw_filter_field field, struct mw_sv value, const struct mw_trait_word *w)
{
    MW_AUTO(mw_str_free) struct mw_str word = MW_STR_INIT, wanted = MW_STR_INIT;

    if (w->word.p == NULL || w->kind != (field == MW_Q_SOURCE ? MW_TW_SOURCE : MW_TW_THEME))
        return false;
    mw_fold(&word, w->word);
    mw_fold(&wanted, value);
    if (wanted.n == 0)
        return false;
    if (field == MW_Q_THEME)
        return mw_sv_find(mw_str_sv(&word), mw_str_sv(&wanted), 0) != SIZE_MAX;
    return mw_sv_starts(mw_str_sv(&word), mw_str_sv(&wanted)) && (word.n == wanted.n || word.p[wanted.n] == '-');
}

static uint32_t *words_of(struct mw_arena *a, const struct mw_traits *t, const struct mw_filter *f)
{
    uint32_t *out = mw_arena_array(a, t->words_n + 1, sizeof *out);
    size_t n = 0;

    for (uint32_t w = 1; out != NULL && w <= t->words_n; w++) {
        bool named = false;
        for (size_t i = 0; i < f->values.n && !named; i++)
            named = names(f->field, *MW_AT(f->values, struct mw_sv, i), &t->words[w]);
        if (named)
            out[n++] = w;
    }
    return out;
}

/* What the filters ask of the traits is made ready. */
static enum mw_rc ask_traits(struct mw_sieve *out, struct mw_arena *a, struct mw_store *s, bool wanted, struct mw_err *err)
{
    const struct mw_query *q = out->q;

    for (size_t i = 0; i < q->filters.n; i++)
        wanted = wanted || !by_table(MW_AT(q->filters, struct mw_filter, i)->field);
    if (!wanted)
        return MW_OK;
    enum mw_rc rc = mw_traits(&out->traits, s, err);
    out->words = mw_arena_array(a, q->filters.n + 1, sizeof *out->words);
    for (size_t i = 0; i < q->filters.n && rc == MW_OK && out->words != NULL; i++) {
        const struct mw_filter *f = MW_AT(q->filters, struct mw_filter, i);
        if (f->field != MW_Q_SOURCE && f->field != MW_Q_THEME)
            continue;
        out->words[i] = words_of(a, out->traits, f);
        if (out->words[i] == NULL)
            return mw_nomem(err);
    }
    return rc == MW_OK && out->words == NULL ? mw_nomem(err) : rc;
}

static bool among(const uint32_t *words, uint32_t word)
{
    for (; *words != 0; words++)
        if (*words == word)
            return true;
    return false;
}

static bool has_theme(const struct mw_trait *t, const uint32_t *words)
{
    uint32_t themes[MW_TRAIT_THEMES];
    for (size_t n = mw_trait_themes(t, themes); n > 0; n--)
        if (among(words, themes[n - 1]))
            return true;
    return false;
}

static bool holds(const struct mw_sieve *sieve, size_t i, const struct mw_trait *t)
{
    const struct mw_filter *f = MW_AT(sieve->q->filters, struct mw_filter, i);
    struct mw_day deadline;

    switch (f->field) {
    case MW_Q_LAND:
        return (t->lands & f->bits) != 0;
    case MW_Q_APPLICANT:
        return (t->applicants & f->bits) != 0;
    case MW_Q_KIND:
        return (t->kinds & f->bits) != 0;
    case MW_Q_LEVEL:
        return (t->levels & f->bits) != 0;
    case MW_Q_LANGUAGE:
        return (f->bits & (t->english ? 2 : 1)) != 0;
    case MW_Q_STATUS:
        return (f->bits & 1U << mw_trait_status(t, sieve->today, &deadline)) != 0;
    case MW_Q_DEADLINE:
        mw_trait_status(t, sieve->today, &deadline);
        return mw_day_is(deadline) && deadline.n >= f->from && deadline.n <= f->to;
    case MW_Q_SOURCE:
        return t->source != 0 && among(sieve->words[i], t->source);
    case MW_Q_THEME:
        return has_theme(t, sieve->words[i]);
    case MW_Q_RATE:
    case MW_Q_AMOUNT:
        break;
    }
    return true;
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

enum mw_rc mw_sieve_make(struct mw_sieve *out, struct mw_arena *a, struct mw_store *s, const struct mw_query *q, struct mw_day today,
                         bool with_traits, size_t without, struct mw_err *err)
{
    struct banner b = { out, NULL };
    int64_t last = 0;
    enum mw_rc rc = mw_docs(&b.docs, s, err);

    if (rc == MW_OK)
        rc = mw_notice_last(s, &last, err);
    *out = (struct mw_sieve){ .n = (size_t)last + 1, .q = q, .today = today, .without = without };
    if (rc == MW_OK && (out->passed = mw_arena_alloc(a, out->n)) == NULL)
        rc = mw_nomem(err);
    if (rc == MW_OK)
        rc = ask_traits(out, a, s, with_traits, err);
    for (size_t i = 0; i < q->filters.n && rc == MW_OK; i++)
        if (i != without && without != MW_NO_FILTERS)
            rc = apply(out, a, s, MW_AT(q->filters, struct mw_filter, i), err);
    for (size_t i = 0; i < q->phrases.n && i < 64 && rc == MW_OK; i++)
        if (q->filters.n + i != without)
            rc = apply_phrase(out, a, s, MW_AT(q->phrases, struct mw_phrase, i), err);
    for (size_t i = 0; i < q->words.n && rc == MW_OK; i++) {
        const struct mw_query_word *w = MW_AT(q->words, struct mw_query_word, i);
        if (q->filters.n + q->phrases.n + i == without)
            continue;
        if (w->exclude)
            rc = mw_postings(s, w->form, ban_holders, &b, err);
        if (rc == MW_OK && w->exclude && w->english.p != NULL)
            rc = mw_postings(s, w->english, ban_holders, &b, err);
    }
    return rc;
}

bool mw_sieve_passes(const struct mw_sieve *sieve, int64_t notice)
{
    struct mw_trait t;

    if (notice <= 0 || (size_t)notice >= sieve->n || sieve->passed[notice] != sieve->need)
        return false;
    if (sieve->traits == NULL || sieve->q->filters.n == 0 || sieve->without == MW_NO_FILTERS)
        return true;
    mw_trait_get(&t, sieve->traits, notice);
    for (size_t i = 0; i < sieve->q->filters.n; i++) {
        const struct mw_filter *f = MW_AT(sieve->q->filters, struct mw_filter, i);
        if (i != sieve->without && !by_table(f->field) && holds(sieve, i, &t) == f->exclude)
            return false;
    }
    return true;
}
