/* Filters: conditions that marks or tables answer, each a set of documents; a notice passes when every one holds. */
#include "index/mark.h"
#include "index/query.h"

#include <string.h>

/* What one condition is made of. */
struct making {
    struct mw_sieve *sieve;
    struct mw_arena *a;
    struct mw_store *s;
    const struct mw_docs *docs;
    uint64_t *holds;          /* the documents for which it holds; begins empty */
    struct mw_err *err;
};

static void add_set(struct making *k, const uint64_t *set)
{
    for (size_t i = 0; set != NULL && i < k->docs->words; i++)
        k->holds[i] |= set[i];
}

static void add_sets(struct making *k, uint64_t *const *sets, size_t n, uint32_t bits)
{
    for (size_t i = 0; i < n; i++)
        if ((bits >> i & 1) != 0)
            add_set(k, sets[i]);
}

/* What is in none of the sets. */
static void add_without(struct making *k, uint64_t *const *sets, size_t n)
{
    for (size_t w = 0; w < k->docs->words; w++) {
        uint64_t in = 0;
        for (size_t i = 0; i < n; i++)
            in |= sets[i] != NULL ? sets[i][w] : 0;
        k->holds[w] |= ~in;
    }
}

static void add_notices(struct making *k, const struct mw_list *ids)
{
    for (size_t i = 0; i < ids->n; i++)
        mw_bit_put(k->holds, mw_doc_of(k->docs, *MW_AT(*ids, int64_t, i))); /* that of no document is 0, which never lives */
}

/* The condition is complete; the next one begins empty. */
static void cut(struct making *k, bool exclude)
{
    for (size_t i = 0; i < k->docs->words; i++)
        k->sieve->pass[i] &= exclude ? ~k->holds[i] : k->holds[i];
    memset(k->holds, 0, k->docs->words * sizeof *k->holds);
}

/* --- filters --------------------------------------------------------------------------------------------------------------- */

static bool by_table(enum mw_filter_field field)
{
    return field == MW_Q_RATE || field == MW_Q_AMOUNT;
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

static void add_named(struct making *k, const struct mw_filter *f)
{
    const struct mw_marks *m = k->sieve->marks;
    for (size_t w = 1; w <= m->words_n; w++) {
        bool named = false;
        for (size_t i = 0; i < f->values.n && m->words_of[w] != NULL && !named; i++)
            named = names(f->field, *MW_AT(f->values, struct mw_sv, i), &m->traits->words[w]);
        if (named)
            add_set(k, m->words_of[w]);
    }
}

static void add_deadlines(struct making *k, int64_t from, int64_t to)
{
    const int32_t *deadline = k->sieve->marks->deadline;
    for (uint32_t doc = 0; doc < k->docs->end; doc++)
        if (deadline[doc] >= from && deadline[doc] <= to && mw_day_is((struct mw_day){ deadline[doc] }))
            mw_bit_put(k->holds, doc);
}

static enum mw_rc apply(struct making *k, const struct mw_filter *f)
{
    const struct mw_marks *m = k->sieve->marks;
    struct mw_list ids = { NULL, 0, 0 };
    enum mw_rc rc = MW_OK;

    switch (f->field) {
    case MW_Q_LAND:
        add_sets(k, m->lands, MW_LAND_BITS, f->bits);
        if (f->or_unknown)
            add_without(k, m->lands, MW_LAND_BITS);
        break;
    case MW_Q_APPLICANT:
        add_sets(k, m->applicants, MW_A_N, f->bits);
        break;
    case MW_Q_KIND:
        add_sets(k, m->kinds, MW_K_N, f->bits);
        break;
    case MW_Q_LEVEL:
        add_sets(k, m->levels, MW_LEVELS, f->bits);
        break;
    case MW_Q_LANGUAGE:
        if ((f->bits & 2) != 0)
            add_set(k, m->english);
        for (size_t i = 0; (f->bits & 1) != 0 && i < k->docs->words; i++)
            k->holds[i] |= m->english != NULL ? ~m->english[i] : UINT64_MAX;
        break;
    case MW_Q_STATUS:
        add_sets(k, m->statuses, MW_S_CLOSED + 1, f->bits);
        break;
    case MW_Q_DEADLINE:
        add_deadlines(k, f->from, f->to);
        break;
    case MW_Q_SOURCE:
    case MW_Q_THEME:
        add_named(k, f);
        break;
    case MW_Q_RATE:
        rc = mw_facts_with_rate(&ids, k->a, k->s, f->from, f->to, k->err);
        break;
    case MW_Q_AMOUNT:
        rc = mw_facts_with_amount(&ids, k->a, k->s, f->from, f->to, k->err);
        break;
    }
    add_notices(k, &ids);
    cut(k, f->exclude);
    return rc;
}

/* --- phrases and exclusions ------------------------------------------------------------------------------------------------ */

static enum mw_rc apply_phrase(struct making *k, const struct mw_phrase *p)
{
    MW_AUTO(mw_str_free) struct mw_str match = MW_STR_INIT;
    struct mw_list ids = { NULL, 0, 0 };

    mw_phrase_match(&match, p);
    enum mw_rc rc = mw_str_ok(&match) ? mw_sections_match(&ids, k->a, k->s, mw_str_sv(&match), k->err) : mw_nomem(k->err);
    add_notices(k, &ids);
    cut(k, p->exclude);
    return rc;
}

static enum mw_rc ban(struct making *k, struct mw_sv form)
{
    const struct mw_living *l = NULL;
    enum mw_rc rc = form.p != NULL ? mw_living(&l, k->s, k->docs, form, k->err) : MW_OK;

    for (uint32_t i = 0; rc == MW_OK && l != NULL && i < l->n; i++)
        mw_bit_drop(k->sieve->pass, l->doc[i]);
    return rc;
}

static enum mw_rc begin(struct making *k, const struct mw_query *q, struct mw_day today, bool with_marks)
{
    enum mw_rc rc = mw_docs(&k->docs, k->s, k->err);

    for (size_t i = 0; i < q->filters.n; i++)
        with_marks = with_marks || !by_table(MW_AT(q->filters, struct mw_filter, i)->field);
    if (rc == MW_OK && with_marks)
        rc = mw_marks(&k->sieve->marks, k->s, today, k->err);
    if (rc != MW_OK)
        return rc;
    k->sieve->pass = mw_arena_array(k->a, k->docs->words, sizeof *k->sieve->pass);
    k->holds = mw_arena_array(k->a, k->docs->words, sizeof *k->holds);
    if (k->sieve->pass == NULL || k->holds == NULL)
        return mw_nomem(k->err);
    memcpy(k->sieve->pass, k->docs->alive, k->docs->words * sizeof *k->sieve->pass);
    return MW_OK;
}

enum mw_rc mw_sieve_make(struct mw_sieve *out, struct mw_arena *a, struct mw_store *s, const struct mw_query *q, struct mw_day today,
                         bool with_marks, size_t without, struct mw_err *err)
{
    enum { PHRASES_MAX = 64 };
    struct making k = { .sieve = out, .a = a, .s = s, .err = err };

    *out = (struct mw_sieve){ .marks = NULL };
    enum mw_rc rc = begin(&k, q, today, with_marks);
    for (size_t i = 0; i < q->filters.n && rc == MW_OK; i++)
        if (i != without && without != MW_NO_FILTERS)
            rc = apply(&k, MW_AT(q->filters, struct mw_filter, i));
    for (size_t i = 0; i < q->phrases.n && i < PHRASES_MAX && rc == MW_OK; i++)
        if (q->filters.n + i != without)
            rc = apply_phrase(&k, MW_AT(q->phrases, struct mw_phrase, i));
    for (size_t i = 0; i < q->words.n && rc == MW_OK; i++) {
        const struct mw_query_word *w = MW_AT(q->words, struct mw_query_word, i);
        if (!w->exclude || q->filters.n + q->phrases.n + i == without)
            continue;
        rc = ban(&k, w->form);
        if (rc == MW_OK)
            rc = ban(&k, w->english);
    }
    return rc;
}
