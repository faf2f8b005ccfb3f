/* A profile against every notice: what it is about by search, who may apply by rules. */
#include "index/match.h"

#include <stdlib.h>
#include <string.h>

#include "index/db.h"
#include "index/query.h"

enum { TITLE_TIMES = 3, TERMS_MAX = 40, OTHER_AIM = 50, AKIN_AIM = 85, OUR_AIM_LEAST = 3, AKIN_AIM_LEAST = 2 /* percent */, EDGE = 50 };

struct job {
    struct mw_arena *a, *work;
    struct mw_store *s;
    struct mw_rules *r;
    const struct mw_profile *p;
    const struct mw_match_opts *opts;
    struct mw_list groups;      /* struct mw_group */
    double *relevance, best;    /* by notice id; the best of them */
    size_t n;
    struct mw_brief brief;
    const struct mw_links *links;
    struct mw_err *err;
};

/* --- what the project is about ------------------------------------------------------------------------------------------- */

/* Everything the profile says, as one text: the vocabulary looks for phrases in it. */
static struct mw_sv whole_text(struct job *j)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    const struct mw_sv texts[] = { j->p->title, j->p->summary, j->p->text };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].p != NULL) {
            mw_str_add(&s, texts[i]);
            mw_str_addc(&s, '\n');
        }
    for (size_t i = 0; i < j->p->lots.n; i++) {
        mw_str_add(&s, MW_AT(j->p->lots, struct mw_lot, i)->label);
        mw_str_addc(&s, '\n');
    }
    return mw_str_ok(&s) ? mw_arena_copy(j->work, mw_sv(mw_str_z(&s))) : MW_SV_NONE;
}

static enum mw_rc read_profile(struct job *j)
{
    struct mw_list words = { NULL, 0, 0 };
    struct mw_query q = { .plain = whole_text(j) };
    enum mw_rc rc = q.plain.p != NULL ? mw_query_words(&words, j->work, j->s->an, q.plain, 1, MW_QUERY_WORDS, j->err) : mw_nomem(j->err);

    if (rc == MW_OK) /* the title says in short what it is about */
        rc = mw_query_words(&words, j->work, j->s->an, j->p->title, TITLE_TIMES - 1, MW_QUERY_WORDS, j->err);
    if (rc == MW_OK)
        rc = mw_telling(&j->groups, j->work, j->s, j->r, &words, TERMS_MAX, 1, j->err);
    return rc == MW_OK ? mw_expand(&j->groups, j->work, j->s, &q, j->r, j->err) : rc;
}

static enum mw_rc find_relevance(struct job *j)
{
    struct mw_list scored = { NULL, 0, 0 };
    int64_t last = 0;
    enum mw_rc rc = mw_notice_last(j->s, &last, j->err);

    j->n = (size_t)last + 1;
    j->relevance = mw_arena_array(j->work, j->n, sizeof *j->relevance);
    if (rc == MW_OK && j->relevance == NULL)
        rc = mw_nomem(j->err);
    if (rc == MW_OK && j->groups.n > 0)
        rc = mw_look_up(&j->groups, 0, j->s, j->err);
    if (rc == MW_OK && j->groups.n > 0)
        rc = mw_related_add(&j->groups, NULL, j->work, j->s, j->r, 0, j->err);
    if (rc == MW_OK && j->groups.n > 0)
        rc = mw_rank(&scored, j->work, j->s, &j->groups, j->err);
    for (size_t i = 0; i < scored.n && rc == MW_OK; i++) {
        const struct mw_scored *one = MW_AT(scored, struct mw_scored, i);
        if (one->notice <= 0 || (size_t)one->notice >= j->n)
            continue;
        j->relevance[one->notice] = mw_score_of(one);
        j->best = j->relevance[one->notice] > j->best ? j->relevance[one->notice] : j->best;
    }
    return rc;
}

/* Is the programme found to be for what the project wants? Of one that may not be used nobody asks. */
static enum mw_aim aim_of(const struct mw_verdict *v)
{
    for (size_t i = 0; i < v->criteria.n && v->answer != MW_A_NO; i++)
        if (mw_sv_eqz(MW_AT(v->criteria, struct mw_criterion, i)->name, "theme") && MW_AT(v->criteria, struct mw_criterion, i)->answer == MW_A_YES)
            return MW_AIM_OURS;
    return v->answer == MW_A_NO ? MW_AIM_UNASKED : v->akin ? MW_AIM_AKIN : MW_AIM_OPEN;
}

/* Many words in common are half the proof where the purpose is not found to be ours: a frame that speaks of everything speaks of us as well. A
 * programme for our purpose that says it in three lines is worth a little of the best one, whatever its words; one for a purpose akin to it a little
 * less. best: of all notices. */
static int64_t to_the_point(double relevance, double best, enum mw_aim aim)
{
    static const struct { double share, least; } WORTH[] = { /* percent: of its relevance, and of the best at least */
        [MW_AIM_UNASKED] = { 100, 0 }, [MW_AIM_OPEN] = { OTHER_AIM, 0 }, [MW_AIM_AKIN] = { AKIN_AIM, AKIN_AIM_LEAST }, [MW_AIM_OURS] = { 100, OUR_AIM_LEAST },
    };
    double points = relevance * WORTH[aim].share, least = best * WORTH[aim].least;
    return (int64_t)((points > least ? points : least) * 10 + 0.5);
}

int64_t mw_match_best(const struct mw_list *matches)
{
    int64_t best = 0;
    for (size_t i = 0; i < matches->n; i++) {
        const struct mw_match *m = MW_AT(*matches, struct mw_match, i);
        if (m->verdict.answer != MW_A_NO && m->hit.score_milli > best)
            best = m->hit.score_milli;
    }
    return best;
}

bool mw_match_at_edge(const struct mw_match *m, int64_t best_milli)
{
    enum mw_aim aim = aim_of(&m->verdict);
    int64_t limit = aim == MW_AIM_AKIN ? best_milli * OUR_AIM_LEAST / 100 : best_milli / EDGE; /* what only its purpose lifts is not in sight */
    return aim != MW_AIM_OURS && m->hit.score_milli < limit;
}

/* --- who may apply ---------------------------------------------------------------------------------------------------------- */

/* One pass over all notices gives the answers; reasons are found only for what is shown. */
struct candidate {
    int64_t id, score_milli;
    enum mw_answer answer;
    struct mw_match *refused; /* lean and not to be used: all that is kept of it, but what its head says; else NULL */
};

/* An open question does not make a programme less to the point; one that may not be used is last however well it fits. */
static int by_fit(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if ((x->answer == MW_A_NO) != (y->answer == MW_A_NO))
        return y->answer == MW_A_NO ? -1 : 1;
    if (x->score_milli != y->score_milli)
        return x->score_milli > y->score_milli ? -1 : 1;
    if (x->answer != y->answer)
        return x->answer > y->answer ? -1 : 1;
    return 0;
}

static int by_fit_then_url(const void *a, const void *b)
{
    const struct mw_match *x = a, *y = b;
    const struct candidate cx = { 0, x->hit.score_milli, x->verdict.answer, NULL }, cy = { 0, y->hit.score_milli, y->verdict.answer, NULL };
    int fit = by_fit(&cx, &cy);
    return fit != 0 ? fit : mw_sv_cmp(x->hit.url, y->hit.url);
}

static bool keep_answers(struct mw_verdict *out, struct mw_arena *a, const struct mw_verdict *v)
{
    for (size_t i = 0; i < v->criteria.n; i++) {
        const struct mw_criterion *from = MW_AT(v->criteria, struct mw_criterion, i);
        struct mw_criterion *to = mw_list_add(a, &out->criteria, sizeof *to);
        if (to == NULL)
            return false;
        *to = (struct mw_criterion){ .name = from->name, .answer = from->answer }; /* the name is the rules' */
    }
    return true;
}

static const struct mw_notice NO_NOTICE; /* rules judge by facts alone */

struct hearing { struct job *j; struct mw_list all; /* struct candidate */ };

/* A lean match keeps of what may not be used only the answers, which the short facts give as well. */
static enum mw_rc refuse(struct job *j, struct candidate *c, const struct mw_list *facts, struct mw_arena *a)
{
    const struct mw_hearing how = { .today = j->opts->today, .lang = j->opts->lang, .depth = MW_HEAR_ANSWERS };
    struct mw_verdict v;
    enum mw_rc rc = mw_rules_hear(&v, a, j->r, &j->brief, &NO_NOTICE, facts, &how, j->err);

    if (rc != MW_OK)
        return rc;
    if ((c->refused = mw_arena_alloc(j->work, sizeof *c->refused)) == NULL)
        return mw_nomem(j->err);
    *c->refused = (struct mw_match){ .verdict.answer = v.answer, .opens = MW_DAY_NONE, .clock = -1, .hit = { .id = c->id, .score_milli = c->score_milli } };
    c->refused->hit.status = mw_status_on(&NO_NOTICE, facts, j->opts->today, NULL, &c->refused->hit.deadline);
    return keep_answers(&c->refused->verdict, j->a, &v) ? MW_OK : mw_nomem(j->err);
}

static enum mw_rc see_one(void *ctx, int64_t id, const struct mw_list *facts, struct mw_arena *a)
{
    struct hearing *h = ctx;
    struct job *j = h->j;
    const struct mw_hearing how = { .today = j->opts->today, .lang = j->opts->lang, .depth = MW_HEAR_VERDICT };
    struct mw_verdict v;
    if (mw_place_of(j->links, id) != 0) /* the leading notice of the programme is heard */
        return MW_OK;
    enum mw_rc rc = mw_rules_hear(&v, a, j->r, &j->brief, &NO_NOTICE, facts, &how, j->err);

    if (rc != MW_OK || (v.answer == MW_A_NO && !j->opts->all))
        return rc;
    struct candidate *slot = mw_list_add(j->work, &h->all, sizeof *slot);
    if (slot == NULL)
        return mw_nomem(j->err);
    *slot = (struct candidate){ id, (size_t)id < j->n ? to_the_point(j->relevance[id], j->best, aim_of(&v)) : 0, v.answer, NULL };
    return j->opts->lean && v.answer == MW_A_NO ? refuse(j, slot, facts, a) : MW_OK;
}

/* The earliest hour that the text gives to a day by which to apply. */
static int clock_of(const struct mw_list *facts, struct mw_day deadline)
{
    int clock = -1;
    for (size_t i = 0; i < facts->n; i++) {
        const struct mw_fact *f = MW_AT(*facts, struct mw_fact, i);
        bool then = f->type == MW_F_DEADLINE && f->clock >= 0 &&
                    (mw_status_yearly(f) ? mw_day_cmp(mw_status_next(deadline, f->recurs, f->date), deadline) == 0 : mw_day_cmp(f->date, deadline) == 0);
        if (then && (clock < 0 || f->clock < clock))
            clock = f->clock;
    }
    return clock;
}

/* One programme, heard with all its facts; everything lives in a. */
static enum mw_rc hear(struct job *j, struct mw_match *m, struct mw_arena *a, const struct candidate *c)
{
    const struct mw_hearing how = { .today = j->opts->today, .lang = j->opts->lang, .depth = j->opts->lean ? MW_HEAR_ANSWERS : MW_HEAR_ALL };
    const struct mw_fact *why = NULL;
    struct mw_stored n;
    enum mw_rc rc = mw_notice_head(&n, a, j->s, c->id, j->err);

    if (rc == MW_OK)
        rc = mw_facts_get(&n.facts, a, j->s, c->id, j->err);
    if (rc == MW_OK)
        rc = mw_rules_hear(&m->verdict, a, j->r, &j->brief, &n.notice, &n.facts, &how, j->err);
    if (rc != MW_OK)
        return rc;
    m->facts = n.facts;
    m->hit = (struct mw_hit){ .id = c->id, .url = n.notice.url, .title = n.notice.title, .source = n.notice.source,
                              .snippet = MW_SV_NONE, .score_milli = c->score_milli };
    m->hit.status = mw_status_on(&n.notice, &n.facts, j->opts->today, &why, &m->hit.deadline);
    m->opens = m->hit.status == MW_S_FORTHCOMING ? mw_status_opens(&n.facts) : MW_DAY_NONE;
    m->clock = mw_day_is(m->hit.deadline) ? clock_of(&n.facts, m->hit.deadline) : -1;
    return mw_version_count(j->s, c->id, &m->version, j->err);
}

static bool keep_texts(struct mw_arena *a, struct mw_sv *const texts[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (texts[i]->p != NULL && (*texts[i] = mw_arena_copy(a, *texts[i])).p == NULL)
            return false;
    return true;
}

static bool is_date_rate_or_sum(enum mw_fact_type type)
{
    return type == MW_F_DEADLINE || type == MW_F_RATE || type == MW_F_OWN_SHARE || type == MW_F_BONUS || type == MW_F_AMOUNT ||
           type == MW_F_UNIT_AMOUNT || type == MW_F_PER_CAPITA;
}

static bool keep_fact(struct mw_arena *a, struct mw_list *out, const struct mw_fact *f)
{
    struct mw_fact *x = mw_list_add(a, out, sizeof *x);
    if (x == NULL)
        return false;
    *x = *f;
    x->quote = x->rule = x->field = MW_SV_NONE;
    struct mw_sv *const texts[] = { &x->kind, &x->value, &x->currency, &x->per, &x->condition };
    return keep_texts(a, texts, sizeof texts / sizeof *texts);
}

/* What a lean match keeps of one that was heard in a passing arena. */
static enum mw_rc keep(struct job *j, struct mw_match *m, const struct mw_match *heard)
{
    struct mw_sv *const texts[] = { &m->hit.url, &m->hit.title, &m->hit.source };
    bool good;

    *m = (struct mw_match){ .hit = heard->hit, .verdict = { .answer = heard->verdict.answer, .akin = heard->verdict.akin }, .opens = heard->opens, .clock = heard->clock,
                            .version = heard->version };
    good = keep_texts(j->a, texts, sizeof texts / sizeof *texts);
    good = good && keep_answers(&m->verdict, j->a, &heard->verdict);
    for (size_t i = 0; i < heard->facts.n && good; i++) {
        const struct mw_fact *f = MW_AT(heard->facts, struct mw_fact, i);
        if (is_date_rate_or_sum(f->type))
            good = keep_fact(j->a, &m->facts, f);
    }
    return good ? MW_OK : mw_nomem(j->err);
}

static enum mw_rc take_head(struct job *j, struct mw_match *m, const struct candidate *c)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *passing = mw_arena_new();
    struct mw_stored n;
    enum mw_rc rc = passing != NULL ? mw_notice_head(&n, passing, j->s, c->id, j->err) : mw_nomem(j->err);

    if (rc != MW_OK)
        return rc;
    *m = *c->refused;
    m->hit.url = n.notice.url;
    m->hit.title = n.notice.title;
    m->hit.source = n.notice.source;
    struct mw_sv *const texts[] = { &m->hit.url, &m->hit.title, &m->hit.source };
    return keep_texts(j->a, texts, sizeof texts / sizeof *texts) ? MW_OK : mw_nomem(j->err);
}

static enum mw_rc show(struct job *j, struct mw_list *out, const struct candidate *c)
{
    struct mw_match *m = mw_list_add(j->a, out, sizeof *m);
    enum mw_rc rc = m == NULL ? mw_nomem(j->err) : MW_OK;

    if (rc == MW_OK && c->refused != NULL) {
        rc = take_head(j, m, c);
    } else if (rc == MW_OK && j->opts->lean) {
        MW_AUTO(mw_arena_freep) struct mw_arena *passing = mw_arena_new();
        struct mw_match heard;
        rc = passing != NULL ? hear(j, &heard, passing, c) : mw_nomem(j->err);
        rc = rc == MW_OK ? keep(j, m, &heard) : rc;
    } else if (rc == MW_OK) {
        rc = hear(j, m, j->a, c);
    }
    return rc == MW_OK && mw_lead_of(j->links, c->id) != 0 ? mw_links_of(&m->hit.also, j->a, j->s, c->id, j->err) : rc;
}

/* Equals are put in the order of their addresses, which only those that may be shown have: all equals of the last one. */
static enum mw_rc run(struct job *j, struct mw_list *out)
{
    struct hearing h = { j, { NULL, 0, 0 } };
    enum mw_rc rc = mw_links(&j->links, j->s, j->err);

    if (rc == MW_OK)
        rc = read_profile(j);
    if (rc == MW_OK)
        rc = find_relevance(j);
    if (rc == MW_OK)
        rc = mw_rules_brief(&j->brief, j->work, j->r, j->p, j->err);
    if (rc == MW_OK)
        rc = mw_briefs(j->s, see_one, &h, j->err);
    if (rc == MW_OK && h.all.n > 1)
        qsort(h.all.items, h.all.n, sizeof(struct candidate), by_fit);
    for (size_t i = 0; i < h.all.n && rc == MW_OK; i++) {
        const struct candidate *c = MW_AT(h.all, struct candidate, i);
        if (i >= j->opts->limit && (i == 0 || by_fit(MW_AT(h.all, struct candidate, j->opts->limit - 1), c) != 0))
            break;
        rc = show(j, out, c);
    }
    if (rc == MW_OK && out->n > 1)
        qsort(out->items, out->n, sizeof(struct mw_match), by_fit_then_url);
    if (out->n > j->opts->limit)
        out->n = j->opts->limit;
    return rc;
}

enum mw_rc mw_match(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_rules *r, const struct mw_profile *p,
                    const struct mw_match_opts *opts, struct mw_err *err)
{
    struct job j = { .a = a, .work = mw_arena_new(), .s = s, .r = r, .p = p, .opts = opts, .err = err };
    enum mw_rc rc = j.work != NULL ? mw_read_begin(s, err) : mw_nomem(err);

    if (rc == MW_OK) {
        rc = run(&j, out);
        mw_read_end(s);
    }
    mw_arena_free(j.work);
    return rc;
}

enum mw_rc mw_match_some(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_rules *r, const struct mw_profile *p,
                         const int64_t *ids, size_t n, const struct mw_match_opts *opts, struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *work = mw_arena_new();
    struct mw_match_opts whole = *opts;
    struct job j = { .a = a, .work = work, .s = s, .r = r, .p = p, .opts = &whole, .err = err };
    enum mw_rc rc = work != NULL ? mw_read_begin(s, err) : mw_nomem(err);

    whole.lean = false;
    if (rc != MW_OK)
        return rc;
    rc = mw_links(&j.links, s, err);
    if (rc == MW_OK)
        rc = mw_rules_brief(&j.brief, work, r, p, err);
    for (size_t i = 0; i < n && rc == MW_OK; i++)
        rc = show(&j, out, &(struct candidate){ .id = ids[i] });
    mw_read_end(s);
    return rc;
}

/* --- programmes by clients ------------------------------------------------------------------------------------------------ */
struct table {
    struct mw_arena *a;
    struct mw_store *s;
    struct mw_rules *r;
    const struct mw_brief *briefs;
    size_t n;
    const struct mw_match_opts *opts;
    const struct mw_links *links;
    struct mw_list *rows;
    uint8_t *answers, *aims;    /* one a profile */
    struct mw_err *err;
};

static enum mw_rc keep_row(struct table *t, int64_t id, const struct mw_list *facts, size_t fits, size_t open)
{
    struct mw_matrix_row *row = mw_list_add(t->a, t->rows, sizeof *row);
    const struct mw_fact *why = NULL;
    struct mw_stored n;
    enum mw_rc rc = row != NULL ? mw_notice_head(&n, t->a, t->s, id, t->err) : mw_nomem(t->err);

    if (rc != MW_OK)
        return rc;
    *row = (struct mw_matrix_row){ .id = id, .url = n.notice.url, .title = n.notice.title, .fits = fits, .open = open,
                                   .answers = mw_arena_alloc(t->a, t->n), .aims = mw_arena_alloc(t->a, t->n) };
    row->status = mw_status_on(&n.notice, facts, t->opts->today, &why, &row->deadline);
    if (row->answers == NULL || row->aims == NULL)
        return mw_nomem(t->err);
    memcpy(row->answers, t->answers, t->n);
    memcpy(row->aims, t->aims, t->n);
    return mw_lead_of(t->links, id) != 0 ? mw_links_of(&row->also, t->a, t->s, id, t->err) : MW_OK;
}

static enum mw_rc see_row(void *ctx, int64_t id, const struct mw_list *facts, struct mw_arena *a)
{
    struct table *t = ctx;
    const struct mw_hearing how = { .today = t->opts->today, .lang = t->opts->lang, .depth = MW_HEAR_VERDICT };
    size_t fits = 0, open = 0;
    enum mw_rc rc = MW_OK;

    if (mw_place_of(t->links, id) != 0)
        return MW_OK;
    for (size_t i = 0; i < t->n && rc == MW_OK; i++) {
        struct mw_verdict v;
        rc = mw_rules_hear(&v, a, t->r, &t->briefs[i], &NO_NOTICE, facts, &how, t->err);
        t->answers[i] = (uint8_t)v.answer;
        t->aims[i] = (uint8_t)aim_of(&v);
        fits += v.answer == MW_A_YES;
        open += v.answer == MW_A_UNKNOWN;
    }
    return rc == MW_OK && (fits + open > 0 || t->opts->all) ? keep_row(t, id, facts, fits, open) : rc;
}

/* What a programme is to the point for a client whom it does not shut out, as a share of what is most to the point for him. */
static enum mw_rc weigh_rows(struct table *t, const struct mw_profile *profile, size_t client)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *work = mw_arena_new();
    struct job j = { .a = work, .work = work, .s = t->s, .r = t->r, .p = profile, .opts = t->opts, .err = t->err };
    enum mw_rc rc = work != NULL ? read_profile(&j) : mw_nomem(t->err);

    if (rc == MW_OK)
        rc = find_relevance(&j);
    for (size_t i = 0; i < t->rows->n && rc == MW_OK && j.best > 0; i++) {
        struct mw_matrix_row *row = MW_AT(*t->rows, struct mw_matrix_row, i);
        if (row->answers[client] != MW_A_NO && (size_t)row->id < j.n)
            row->relevance_milli += to_the_point(j.relevance[row->id] / j.best, 1, (enum mw_aim)row->aims[client]);
    }
    return rc;
}

static int by_clients(const void *a, const void *b)
{
    const struct mw_matrix_row *x = a, *y = b;
    if (x->relevance_milli != y->relevance_milli)
        return x->relevance_milli > y->relevance_milli ? -1 : 1;
    if (x->fits != y->fits)
        return x->fits > y->fits ? -1 : 1;
    if (x->open != y->open)
        return x->open > y->open ? -1 : 1;
    return mw_sv_cmp(x->url, y->url);
}

enum mw_rc mw_matrix(struct mw_list *rows, struct mw_arena *a, struct mw_store *s, struct mw_rules *r, const struct mw_profile *profiles,
                     size_t n, const struct mw_match_opts *opts, struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *work = mw_arena_new();
    struct mw_brief *briefs = work != NULL ? mw_arena_array(work, n + 1, sizeof *briefs) : NULL;
    struct table t = { .a = a, .s = s, .r = r, .briefs = briefs, .n = n, .opts = opts, .rows = rows, .err = err };
    bool good = briefs != NULL && (t.answers = mw_arena_alloc(work, n + 1)) != NULL && (t.aims = mw_arena_alloc(work, n + 1)) != NULL;
    enum mw_rc rc = good ? mw_read_begin(s, err) : mw_nomem(err);

    if (rc != MW_OK)
        return rc;
    for (size_t i = 0; i < n && rc == MW_OK; i++)
        rc = mw_rules_brief(&briefs[i], work, r, &profiles[i], err);
    if (rc == MW_OK)
        rc = mw_links(&t.links, s, err);
    if (rc == MW_OK)
        rc = mw_briefs(s, see_row, &t, err);
    for (size_t i = 0; i < n && rc == MW_OK; i++)
        rc = weigh_rows(&t, &profiles[i], i);
    mw_read_end(s);
    if (rc == MW_OK && rows->n > 1)
        qsort(rows->items, rows->n, sizeof(struct mw_matrix_row), by_clients);
    if (rows->n > opts->limit)
        rows->n = opts->limit;
    return rc;
}
