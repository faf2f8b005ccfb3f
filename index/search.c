/* Search: parse, rank, sift, order; what is shown of it is made by hits.c, facets.c and why.c. */
#include "index/found.h"

#include <math.h>

const char *const MW_ORDER_NAMES[MW_ORDERS + 1] = { "relevance", "deadline", "newest", "amount", NULL };

/* A hit must hold this share of what the query is about, else it is noise: little of one word (then the others are its
 * parts) or of a whole paragraph, more of a few words, of which the one that is missing may be the one that matters. */
static const double COVER_FEW = 0.25;
static const double COVER_ELSE = 0.05;
static const double WEAK = 0.2; /* of the best hit's points: what has less stands behind in every order but relevance */
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
    return rc == MW_OK ? mw_telling(&j->groups, j->work, j->s, j->opts->rules, &words, TELLING, 1, j->err) : rc;
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
        rc = mw_sections_begin(&texts, j->work, j->s, known.id, LIKE_TEXTS, LIKE_LETTERS, j->err);
    for (size_t i = 0; i < texts.n && rc == MW_OK; i++) {
        struct mw_sv text = MW_AT(texts, struct mw_section, i)->text;
        if (i == 0)
            j->q.plain = text;
        rc = mw_query_words(&words, j->work, j->s->an, text, i == 0 ? LIKE_TITLE : 1, MW_TEXT_WORDS, j->err);
    }
    if (rc == MW_OK)
        rc = mw_telling(&j->groups, j->work, j->s, j->opts->rules, &words, TELLING, 2, j->err); /* in another notice, too */
    int64_t lead = mw_lead_of(j->links, known.id); /* itself, under all its addresses */
    for (int64_t id = 1; id < j->docs->notices; id++)
        if (id == known.id || (lead != 0 && mw_lead_of(j->links, id) == lead))
            mw_bit_drop(j->sieve.pass, mw_doc_of(j->docs, id));
    return rc;
}

static enum mw_rc make_groups(struct mw_finding *j)
{
    enum mw_rc rc = j->opts->like.n > 0 ? groups_of_notice(j) : j->opts->text.n > 0 ? groups_of_text(j) : groups_of_words(j);
    struct mw_rules *rules = j->opts->no_synonyms || j->opts->like.n > 0 ? NULL : j->opts->rules;

    return rc == MW_OK && !j->opts->literal ? mw_expand(&j->groups, j->work, j->s, &j->q, rules, j->err) : rc;
}

/* --- candidates ------------------------------------------------------------------------------------------------------------ */

/* What orders ask of it, and what is shown. */
static enum mw_rc add_candidate(struct mw_finding *j, const struct mw_scored *one)
{
    struct mw_candidate *c = mw_list_add(j->work, &j->found, sizeof *c);
    struct mw_trait t;

    if (c == NULL)
        return mw_nomem(j->err);
    *c = (struct mw_candidate){ .notice = one->notice, .doc = one->doc, .deadline = MW_DAY_NONE, .seen = MW_DAY_NONE, .amount = -1 };
    if (j->groups.n > 0) {
        c->score = mw_score_of(one);
        c->cover = one->cover;
    }
    if (j->sieve.marks != NULL) {
        mw_trait_get(&t, j->sieve.marks->traits, one->notice);
        c->status = mw_trait_status(&t, j->opts->today, &c->deadline);
        c->seen = t.seen;
        c->amount = t.amount;
        c->dated = true;
    }
    return MW_OK;
}

enum mw_rc mw_one_of_each(uint64_t *hits, struct mw_finding *j)
{
    const struct mw_links *l = j->links;
    uint32_t *first = l->n > 0 ? mw_arena_array(j->work, l->n, sizeof *first) : NULL; /* by lead: a document */

    if (l->n > 0 && first == NULL)
        return mw_nomem(j->err);
    for (int64_t id = 1; id < (int64_t)l->n; id++) {
        uint32_t doc = mw_doc_of(j->docs, id);
        int64_t lead = mw_lead_of(l, id);
        if (lead == 0 || doc == 0 || !mw_bit(hits, doc))
            continue;
        uint32_t *best = &first[lead];
        bool better = *best == 0 || mw_place_of(l, id) < mw_place_of(l, j->docs->notice[*best]);
        if (better && *best != 0)
            mw_bit_drop(hits, *best);
        if (better)
            *best = doc;
        else
            mw_bit_drop(hits, doc);
    }
    return MW_OK;
}

static enum mw_rc by_words(struct mw_finding *j)
{
    bool few = j->groups.n >= FEW_FROM && j->groups.n <= FEW_TO && j->opts->text.n == 0 && j->opts->like.n == 0;
    struct mw_list best = { NULL, 0, 0 };
    j->least = few ? COVER_FEW : COVER_ELSE;
    enum mw_rc rc = mw_look_up(&j->groups, 0, j->s, j->err);

    if (rc == MW_OK && !j->opts->literal)
        rc = mw_related_add(&j->groups, &best, j->work, j->s, j->opts->rules, j->least, j->err);
    struct mw_page_ask ask = { .most = j->opts->order == MW_BY_RELEVANCE ? j->opts->offset + j->opts->limit : SIZE_MAX,
                               .least = j->least, .pass = j->sieve.pass, .links = j->links, .seeds = &best };
    if (ask.most < j->opts->limit)
        ask.most = SIZE_MAX;
    struct mw_page page = { .hits = NULL };
    if (rc == MW_OK)
        rc = mw_rank_page(&page, j->work, j->s, &j->groups, &ask, j->err);
    j->hits = page.hits;
    if (rc == MW_OK)
        rc = mw_one_of_each(j->hits, j);
    for (size_t i = 0; i < page.best.n && rc == MW_OK; i++)
        if (mw_bit(j->hits, MW_AT(page.best, struct mw_scored, i)->doc))
            rc = add_candidate(j, MW_AT(page.best, struct mw_scored, i));
    return rc;
}

/* Without words everything that passes is listed. */
static enum mw_rc by_filters(struct mw_finding *j)
{
    j->hits = j->sieve.pass;
    enum mw_rc rc = mw_one_of_each(j->hits, j);

    for (size_t w = 0; w < j->docs->words; w++)
        for (uint64_t word = j->hits[w]; word != 0 && rc == MW_OK;) {
            uint32_t doc = (uint32_t)(w * 64 + mw_bit_take(&word));
            rc = add_candidate(j, &(struct mw_scored){ .doc = doc, .notice = j->docs->notice[doc] });
        }
    return rc;
}

/* --- orders: what the order does not decide relevance does, then the first arrival ------------------------------------------- */

static int by_relevance(const void *a, const void *b)
{
    const struct mw_candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->notice > y->notice) - (x->notice < y->notice);
}

/* The next deadline among all that touches upon the query is that of something else: such hits stand behind the others. */
static void tell_weak(struct mw_list *found)
{
    double best = 0;
    for (size_t i = 0; i < found->n; i++)
        best = fmax(best, MW_AT(*found, struct mw_candidate, i)->score);
    for (size_t i = 0; i < found->n; i++)
        MW_AT(*found, struct mw_candidate, i)->weak = MW_AT(*found, struct mw_candidate, i)->score < WEAK * best;
}

static int by_deadline(const void *a, const void *b)
{
    const struct mw_candidate *x = a, *y = b;
    if (x->weak != y->weak)
        return x->weak ? 1 : -1;
    int day = mw_day_cmp(x->deadline, y->deadline);
    return day != 0 ? day : by_relevance(a, b);
}

static int by_newest(const void *a, const void *b)
{
    const struct mw_candidate *x = a, *y = b;
    if (x->weak != y->weak)
        return x->weak ? 1 : -1;
    if (mw_day_is(x->seen) != mw_day_is(y->seen))
        return mw_day_is(x->seen) ? -1 : 1;
    int day = mw_day_cmp(y->seen, x->seen);
    return day != 0 ? day : by_relevance(a, b);
}

static int by_amount(const void *a, const void *b)
{
    const struct mw_candidate *x = a, *y = b;
    if (x->weak != y->weak)
        return x->weak ? 1 : -1;
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
    if (j->opts->order != MW_BY_RELEVANCE)
        tell_weak(&j->found);
    if (j->found.n > 0)
        mw_top(j->found.items, j->found.n, sizeof(struct mw_candidate), j->opts->offset + j->opts->limit,
               without_words ? by_deadline : ORDERS[j->opts->order]);
}

/* --- the whole ---------------------------------------------------------------------------------------------------------------- */

static enum mw_rc find(struct mw_finding *j, struct mw_sv query)
{
    enum mw_rc rc = mw_query_parse(&j->q, j->work, j->s->an, query, j->opts->today, j->err);
    bool other = j->opts->like.n > 0 || j->opts->text.n > 0, typed = false;

    for (size_t i = 0; i < j->q.words.n; i++)
        typed = typed || !MW_AT(j->q.words, struct mw_query_word, i)->exclude;
    bool marks = j->opts->facets || j->opts->order != MW_BY_RELEVANCE || (!typed && !other);
    if (rc == MW_OK && !other && !j->opts->literal && j->opts->rules != NULL)
        rc = mw_query_lands(&j->q, j->work, j->opts->rules, j->err);
    if (rc == MW_OK && !other && !j->opts->literal)
        rc = mw_query_offers(&j->q, j->work, j->opts->today, j->err);
    if (rc == MW_OK)
        rc = mw_docs(&j->docs, j->s, j->err);
    if (rc == MW_OK)
        rc = mw_sieve_make(&j->sieve, j->work, j->s, &j->q, j->opts->today, marks, SIZE_MAX, j->err);
    if (rc == MW_OK)
        rc = mw_links(&j->links, j->s, j->err);
    if (rc == MW_OK)
        rc = make_groups(j);
    if (rc == MW_OK && j->groups.n > 0)
        rc = by_words(j);
    else if (rc == MW_OK && !other && (j->q.blank || j->q.filters.n > 0 || j->q.words.n > 0))
        rc = by_filters(j);
    if (rc == MW_OK)
        order(j);
    return rc;
}

static enum mw_rc run(struct mw_finding *j, struct mw_hits *out, struct mw_sv query)
{
    enum mw_rc rc = find(j, query);

    if (rc == MW_OK && j->hits != NULL)
        out->total = mw_bits_count(j->hits, j->docs->words);
    if (rc == MW_OK)
        rc = mw_readings_tell(out, j);
    if (rc == MW_OK && j->opts->facets)
        rc = mw_facets_count(&out->facets, j);
    if (rc == MW_OK && out->total == 0)
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
