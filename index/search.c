/* Search: parse, rank, sift, order; what is shown of it is made by hits.c, facets.c and why.c. */
#include "index/found.h"

#include <math.h>

const char *const MW_ORDER_NAMES[MW_ORDERS + 1] = { "relevance", "deadline", "newest", "amount", NULL };

/* A hit must hold this share of what the query is about, else it is noise: little of one word (then the others are its
 * parts) or of a whole paragraph, more of a few words, of which the one that is missing may be the one that matters. */
static const double COVER_FEW = 0.25;
static const double COVER_ELSE = 0.05;
enum { FEW_FROM = 3, FEW_TO = 4 };
enum { TELLING = 30, LIKE_LETTERS = 4000, LIKE_TEXTS = 4, LIKE_TITLE = 3 };

/* --- what is looked for ---------------------------------------------------------------------------------------------------- */

static enum mw_rc groups_of_words(struct mw_finding *j)
{
    enum mw_rc rc = MW_OK;
    bool content = false;

    for (size_t i = 0; i < j->q.words.n; i++) {
        const struct mw_query_word *w = MW_AT(j->q.words, struct mw_query_word, i);
        content = content || (!w->stop && !w->exclude);
    }
    for (size_t i = 0; i < j->q.words.n && rc == MW_OK; i++) {
        const struct mw_query_word *w = MW_AT(j->q.words, struct mw_query_word, i);
        if (!w->exclude && (!content || !w->stop))
            rc = mw_group_add(&j->groups, j->work, w, j->err);
    }
    return rc;
}

/* Of a long text only the telling words are looked for; concepts are found in all of it. */
static enum mw_rc groups_of_text(struct mw_finding *j)
{
    struct mw_list words = { NULL, 0, 0 };
    struct mw_sv text = mw_query_clean(j->work, j->opts->text, MW_TEXT_BYTES);
    enum mw_rc rc = text.p != NULL ? mw_query_words(&words, j->work, j->s->an, text, 1, MW_TEXT_WORDS, j->err) : mw_nomem(j->err);

    j->q.plain = text;
    return rc == MW_OK ? mw_telling(&j->groups, j->work, j->s, &words, TELLING, 1, j->err) : rc;
}

/* A notice is like another that speaks of the same: its title says most, the first texts the rest. */
static enum mw_rc groups_of_notice(struct mw_finding *j)
{
    struct mw_list words = { NULL, 0, 0 }, texts = { NULL, 0, 0 };
    struct mw_known known;
    enum mw_rc rc = mw_notice_known(j->s, j->opts->like, &known, j->err);

    if (rc == MW_NOT_FOUND) { /* the sentence with the nearest address */
        struct mw_stored none;
        return mw_store_get(&none, j->work, j->s, j->opts->like, j->err);
    }
    if (rc == MW_OK)
        rc = mw_sections_begin(&texts, j->work, j->s, known.id, LIKE_LETTERS, j->err);
    for (size_t i = 0; i < texts.n && i < LIKE_TEXTS && rc == MW_OK; i++) {
        struct mw_sv text = MW_AT(texts, struct mw_section, i)->text;
        if (i == 0)
            j->q.plain = text;
        rc = mw_query_words(&words, j->work, j->s->an, text, i == 0 ? LIKE_TITLE : 1, MW_TEXT_WORDS, j->err);
    }
    if (rc == MW_OK)
        rc = mw_telling(&j->groups, j->work, j->s, &words, TELLING, 2, j->err); /* in another notice, too */
    int64_t lead = mw_lead_of(j->links, known.id);
    for (size_t id = 1; id < j->sieve.n && rc == MW_OK; id++) /* itself, under all its addresses */
        if ((int64_t)id == known.id || (lead != 0 && mw_lead_of(j->links, (int64_t)id) == lead))
            j->sieve.passed[id] = MW_BANNED;
    return rc;
}

static enum mw_rc make_groups(struct mw_finding *j)
{
    enum mw_rc rc = j->opts->like.n > 0 ? groups_of_notice(j) : j->opts->text.n > 0 ? groups_of_text(j) : groups_of_words(j);
    struct mw_rules *rules = j->opts->no_synonyms || j->opts->like.n > 0 ? NULL : j->opts->rules;

    return rc == MW_OK && !j->opts->literal ? mw_expand(&j->groups, j->work, j->s, &j->q, rules, j->err) : rc;
}

/* --- candidates ------------------------------------------------------------------------------------------------------------ */

/* What filters, facets and orders ask of it. */
static struct mw_candidate candidate(const struct mw_finding *j, int64_t notice)
{
    struct mw_candidate c = { .notice = notice, .deadline = MW_DAY_NONE, .seen = MW_DAY_NONE, .amount = -1 };
    struct mw_trait t;

    if (j->sieve.traits != NULL) {
        mw_trait_get(&t, j->sieve.traits, notice);
        c.status = mw_trait_status(&t, j->opts->today, &c.deadline);
        c.seen = t.seen;
        c.amount = t.amount;
        c.dated = true;
    }
    return c;
}

static enum mw_rc add_candidate(struct mw_finding *j, int64_t notice, const struct mw_scored *one)
{
    if (!mw_sieve_passes(&j->sieve, notice))
        return MW_OK;
    struct mw_candidate c = candidate(j, notice);
    if (one != NULL) {
        c.doc = one->doc;
        c.score = mw_score_of(one);
        c.cover = one->cover;
    }
    struct mw_candidate *slot = mw_list_add(j->work, &j->found, sizeof *slot);
    if (slot == NULL)
        return mw_nomem(j->err);
    *slot = c;
    return MW_OK;
}

static int by_relevance(const void *a, const void *b);

/* Where the order is relevance, the hits behind the page are only counted. */
struct page {
    size_t most;    /* hits up to the end of the page */
    double least;   /* what the last of them scores; 0: there may be fewer so far */
};
enum { SLACK = 256 };

static void leave(struct mw_finding *j, const struct mw_candidate *c)
{
    mw_tally_add(j, c);
    j->beneath++;
}

/* Cuts what was found back to the page. */
static void cut(struct mw_finding *j, struct page *page)
{
    if (j->found.n <= page->most)
        return;
    mw_top(j->found.items, j->found.n, sizeof(struct mw_candidate), page->most, by_relevance);
    for (size_t i = page->most; i < j->found.n; i++)
        leave(j, MW_AT(j->found, struct mw_candidate, i));
    j->found.n = page->most;
    page->least = page->most > 0 ? MW_AT(j->found, struct mw_candidate, page->most - 1)->score : INFINITY;
}

/* What the cover leaves of a score is at most the score: most are told from that to be behind the page. Of programmes with
 * several addresses all are kept, since not their scores decide which is shown. */
static enum mw_rc page_of(struct mw_finding *j)
{
    size_t wanted = j->opts->offset + j->opts->limit;
    struct page page = { wanted < j->scored.n && wanted >= j->opts->limit ? wanted : j->scored.n, 0 };
    struct mw_list linked = { NULL, 0, 0 }; /* struct mw_scored */
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < j->scored.n && rc == MW_OK; i++) {
        const struct mw_scored *one = MW_AT(j->scored, struct mw_scored, i);
        if (one->cover < j->least)
            continue;
        if (mw_lead_of(j->links, one->notice) != 0) {
            struct mw_scored *slot = mw_list_add(j->work, &linked, sizeof *slot);
            if (slot == NULL)
                return mw_nomem(j->err);
            *slot = *one;
        } else if (one->score < page.least) {
            if (!mw_sieve_passes(&j->sieve, one->notice))
                continue;
            struct mw_candidate c = { .notice = one->notice };
            if (j->tally != NULL)
                c = candidate(j, one->notice);
            leave(j, &c);
        } else {
            rc = add_candidate(j, one->notice, one);
            if (rc == MW_OK && j->found.n >= page.most + SLACK)
                cut(j, &page);
        }
    }
    cut(j, &page);
    for (size_t i = 0; i < linked.n && rc == MW_OK; i++) {
        const struct mw_scored *one = MW_AT(linked, struct mw_scored, i);
        rc = add_candidate(j, one->notice, one);
    }
    return rc;
}

static enum mw_rc by_words(struct mw_finding *j)
{
    bool few = j->groups.n >= FEW_FROM && j->groups.n <= FEW_TO && j->opts->text.n == 0 && j->opts->like.n == 0;
    j->least = few ? COVER_FEW : COVER_ELSE;
    enum mw_rc rc = j->opts->literal ? mw_rank(&j->scored, j->work, j->s, &j->groups, 0, j->err)
                                     : mw_rank_twice(&j->scored, j->work, j->s, &j->groups, j->least, j->err);

    if (rc == MW_OK && j->opts->order == MW_BY_RELEVANCE)
        return page_of(j);
    for (size_t i = 0; i < j->scored.n && rc == MW_OK; i++) {
        const struct mw_scored *one = MW_AT(j->scored, struct mw_scored, i);
        if (one->cover >= j->least)
            rc = add_candidate(j, one->notice, one);
    }
    return rc;
}

/* Without words everything that passes is listed. */
static enum mw_rc by_filters(struct mw_finding *j)
{
    const struct mw_docs *docs = NULL;
    enum mw_rc rc = mw_docs(&docs, j->s, j->err);

    for (uint32_t doc = 0; rc == MW_OK && doc < docs->end; doc++)
        if (docs->notice[doc] != 0)
            rc = add_candidate(j, docs->notice[doc], NULL);
    return rc;
}

/* Of a programme with several addresses one is kept: of those that passed, the first in its group. */
static enum mw_rc keep_one_of_each(struct mw_finding *j)
{
    const struct mw_links *l = j->links;
    size_t *first = l->n > 0 ? mw_arena_array(j->work, l->n, sizeof *first) : NULL, kept = 0; /* by lead: one more than its place */

    if (l->n == 0)
        return MW_OK;
    if (first == NULL)
        return mw_nomem(j->err);
    for (size_t i = 0; i < j->found.n; i++) {
        int64_t id = MW_AT(j->found, struct mw_candidate, i)->notice, lead = mw_lead_of(l, id);
        if (lead != 0 && (first[lead] == 0 || mw_place_of(l, id) < mw_place_of(l, MW_AT(j->found, struct mw_candidate, first[lead] - 1)->notice)))
            first[lead] = i + 1;
    }
    for (size_t i = 0; i < j->found.n; i++) {
        int64_t lead = mw_lead_of(l, MW_AT(j->found, struct mw_candidate, i)->notice);
        if (lead == 0 || first[lead] == i + 1)
            *MW_AT(j->found, struct mw_candidate, kept++) = *MW_AT(j->found, struct mw_candidate, i);
    }
    j->found.n = kept;
    return MW_OK;
}

/* --- orders: what the order does not decide relevance does, then the first arrival ------------------------------------------- */

static int by_relevance(const void *a, const void *b)
{
    const struct mw_candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->notice > y->notice) - (x->notice < y->notice);
}

static int by_deadline(const void *a, const void *b)
{
    const struct mw_candidate *x = a, *y = b;
    int day = mw_day_cmp(x->deadline, y->deadline);
    return day != 0 ? day : by_relevance(a, b);
}

static int by_newest(const void *a, const void *b)
{
    const struct mw_candidate *x = a, *y = b;
    if (mw_day_is(x->seen) != mw_day_is(y->seen))
        return mw_day_is(x->seen) ? -1 : 1;
    int day = mw_day_cmp(y->seen, x->seen);
    return day != 0 ? day : by_relevance(a, b);
}

static int by_amount(const void *a, const void *b)
{
    const struct mw_candidate *x = a, *y = b;
    if (x->amount != y->amount)
        return x->amount > y->amount ? -1 : 1;
    return by_relevance(a, b);
}

static void order(struct mw_finding *j)
{
    static mw_compare_fn *const ORDERS[MW_ORDERS] = {
        [MW_BY_RELEVANCE] = by_relevance, [MW_BY_DEADLINE] = by_deadline, [MW_BY_NEWEST] = by_newest, [MW_BY_AMOUNT] = by_amount
    };
    bool without_words = j->groups.n == 0 && j->opts->order == MW_BY_RELEVANCE;
    if (j->found.n > 0)
        mw_top(j->found.items, j->found.n, sizeof(struct mw_candidate), j->opts->offset + j->opts->limit,
               without_words ? by_deadline : ORDERS[j->opts->order]);
}

/* --- the whole ---------------------------------------------------------------------------------------------------------------- */

static enum mw_rc find(struct mw_finding *j, struct mw_sv query)
{
    enum mw_rc rc = mw_query_parse(&j->q, j->work, j->s->an, query, j->err);
    bool other = j->opts->like.n > 0 || j->opts->text.n > 0, typed = false;

    for (size_t i = 0; i < j->q.words.n; i++)
        typed = typed || !MW_AT(j->q.words, struct mw_query_word, i)->exclude;
    bool traits = j->opts->facets || j->opts->order != MW_BY_RELEVANCE || (!typed && !other);
    if (rc == MW_OK)
        rc = mw_sieve_make(&j->sieve, j->work, j->s, &j->q, j->opts->today, traits, SIZE_MAX, j->err);
    if (rc == MW_OK && j->opts->facets)
        rc = mw_tally_begin(j);
    if (rc == MW_OK)
        rc = mw_links(&j->links, j->s, j->err);
    if (rc == MW_OK)
        rc = make_groups(j);
    if (rc == MW_OK && j->groups.n > 0)
        rc = by_words(j);
    else if (rc == MW_OK && !other && (j->q.blank || j->q.filters.n > 0 || j->q.words.n > 0))
        rc = by_filters(j);
    if (rc == MW_OK)
        rc = keep_one_of_each(j);
    if (rc == MW_OK)
        order(j);
    return rc;
}

static enum mw_rc run(struct mw_finding *j, struct mw_hits *out, struct mw_sv query)
{
    enum mw_rc rc = find(j, query);

    if (rc == MW_OK)
        rc = mw_readings_tell(out, j);
    if (rc == MW_OK && j->opts->facets)
        rc = mw_facets_count(&out->facets, j);
    if (rc == MW_OK && j->found.n == 0 && j->beneath == 0)
        rc = mw_loosen(&out->loosened, j);
    return rc == MW_OK ? mw_hits_show(out, j) : rc;
}

enum mw_rc mw_search(struct mw_hits *out, struct mw_arena *a, struct mw_store *s, struct mw_sv query,
                     const struct mw_search_opts *opts, struct mw_err *err)
{
    struct mw_finding j = { .a = a, .work = mw_arena_new(), .s = s, .opts = opts, .err = err };
    enum mw_rc rc = j.work != NULL ? mw_read_begin(s, err) : mw_nomem(err);

    *out = (struct mw_hits){ .total = 0 };
    if (rc == MW_OK) {
        rc = run(&j, out, query);
        mw_read_end(s);
    }
    mw_arena_free(j.work);
    return rc;
}
