#include "index/watch.h"

#include <stdlib.h>
#include <string.h>

/* --- the state of one programme --------------------------------------------------------------------------------------- */
struct statement {
    struct mw_sv key, words;
};

static int by_key(const void *x, const void *y)
{
    return mw_sv_cmp(((const struct statement *)x)->key, ((const struct statement *)y)->key);
}

static int field_of(const struct mw_fact *f)
{
    if (f->type == MW_F_DEADLINE) /* what is due after the award is no matter for who applies */
        return mw_sv_eqz(f->kind, "drawdown") || mw_sv_eqz(f->kind, "report") ? -1 : MW_W_DEADLINE;
    if (f->type == MW_F_RATE || f->type == MW_F_OWN_SHARE || f->type == MW_F_BONUS)
        return MW_W_RATE;
    return f->type == MW_F_AMOUNT || f->type == MW_F_UNIT_AMOUNT || f->type == MW_F_PER_CAPITA ? MW_W_AMOUNT : -1;
}

/* A copy without line breaks: conditions are words of the text. */
static struct mw_sv one_line(struct mw_arena *a, const struct mw_str *s)
{
    char *p = mw_arena_alloc(a, s->n + 1);

    for (size_t i = 0; i < s->n && p != NULL; i++) {
        p[i] = s->p[i];
        if (p[i] == '\n' || p[i] == '\r')
            p[i] = ' ';
    }
    return p != NULL ? (struct mw_sv){ p, s->n } : MW_SV_NONE;
}

/* The values of a fact without words of any language but those of the text's condition. */
static struct mw_sv key_of(struct mw_arena *a, const struct mw_fact *f)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;

    mw_str_addf(&s, "%s %.*s", MW_FACT_TYPES[f->type], MW_SV_ARG(f->kind));
    if (mw_day_is(f->date)) {
        mw_str_addc(&s, ' ');
        mw_day_iso(&s, f->date);
    }
    if (f->recurs > 0)
        mw_str_addf(&s, " %04d", f->recurs);
    if (f->clock >= 0)
        mw_str_addf(&s, " %02d:%02d", f->clock / 60, f->clock % 60);
    if (mw_share_is(f->share))
        mw_str_addf(&s, " %lld/%lld", (long long)f->share.num, (long long)f->share.den);
    if (mw_eur_is(f->eur))
        mw_str_addf(&s, " %lld", (long long)f->eur.cents);
    mw_str_addf(&s, " %.*s %.*s", MW_SV_ARG(f->per), MW_SV_ARG(f->condition));
    return mw_str_ok(&s) ? one_line(a, &s) : MW_SV_NONE;
}

static enum mw_rc state_field(struct mw_watched *w, int field, struct mw_arena *a, const struct mw_list *facts, enum mw_lang lang, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str key = MW_STR_INIT, words = MW_STR_INIT;
    struct statement *all = mw_arena_array(a, facts->n + 1, sizeof *all);
    size_t n = 0;

    if (all == NULL)
        return mw_nomem(err);
    for (size_t i = 0; i < facts->n; i++) {
        const struct mw_fact *f = MW_AT(*facts, struct mw_fact, i);
        MW_AUTO(mw_str_free) struct mw_str said = MW_STR_INIT;
        if (field_of(f) != field)
            continue;
        if (f->type == MW_F_OWN_SHARE) /* "at least 10 %" is no rate */
            mw_str_addf(&said, "%s: ", mw_fact_label(f->type, lang));
        mw_fact_words(&said, f, lang);
        all[n] = (struct statement){ key_of(a, f), one_line(a, &said) };
        if (all[n].key.p == NULL || all[n].words.p == NULL)
            return mw_nomem(err);
        n++;
    }
    qsort(all, n, sizeof *all, by_key);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && mw_sv_eq(all[i].key, all[i - 1].key))
            continue; /* said twice */
        if (key.n > 0) {
            mw_str_addc(&key, '\n');
            mw_str_addc(&words, '\n');
        }
        mw_str_add(&key, all[i].key);
        mw_str_add(&words, all[i].words);
    }
    w->said[field].key = mw_arena_copy(a, mw_str_sv(&key));
    w->said[field].words = mw_arena_copy(a, mw_str_sv(&words));
    return mw_str_ok(&key) && mw_str_ok(&words) && w->said[field].key.p != NULL && w->said[field].words.p != NULL ? MW_OK : mw_nomem(err);
}

struct mw_sv mw_watch_reasons(struct mw_arena *a, const struct mw_verdict *v)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;

    for (size_t i = 0; i < v->criteria.n; i++) {
        const struct mw_criterion *c = MW_AT(v->criteria, struct mw_criterion, i);
        mw_str_addf(&s, "%s%.*s=%s", i > 0 ? " " : "", MW_SV_ARG(c->name), MW_ANSWERS[c->answer]);
    }
    return mw_str_ok(&s) ? mw_arena_copy(a, mw_str_sv(&s)) : MW_SV_NONE;
}

enum mw_rc mw_watch_state(struct mw_list *out, struct mw_arena *a, const struct mw_list *matches, size_t near, enum mw_lang lang, struct mw_err *err)
{
    const int64_t best = mw_match_best(matches);

    for (size_t i = 0; i < matches->n; i++) {
        const struct mw_match *m = MW_AT(*matches, struct mw_match, i);
        struct mw_watched *w = mw_list_add(a, out, sizeof *w);
        if (w == NULL)
            return mw_nomem(err);
        *w = (struct mw_watched){ .url = mw_arena_copy(a, m->hit.url), .title = mw_arena_copy(a, m->hit.title), .verdict = m->verdict.answer,
                                  .status = mw_sv(MW_STATUSES[m->hit.status]), .deadline = m->hit.deadline, .clock = m->clock, .opens = m->opens,
                                  .near = i < near && m->verdict.answer != MW_A_NO && !mw_match_at_edge(m, best),
                                  .reasons = mw_watch_reasons(a, &m->verdict), .version = m->version, .id = m->hit.id };
        if (w->url.p == NULL || w->title.p == NULL || w->reasons.p == NULL)
            return mw_nomem(err);
        for (size_t k = 0; k < m->hit.also.n; k++) {
            struct mw_sv *slot = mw_list_add(a, &w->also, sizeof *slot);
            if (slot == NULL || (*slot = mw_arena_copy(a, MW_AT(m->hit.also, struct mw_linked, k)->url)).p == NULL)
                return mw_nomem(err);
        }
        for (int f = 0; f < MW_W_N && w->verdict != MW_A_NO; f++) {
            enum mw_rc rc = state_field(w, f, a, &m->facts, lang, err);
            if (rc != MW_OK)
                return rc;
        }
    }
    return MW_OK;
}

/* --- what changed ------------------------------------------------------------------------------------------------------- */
struct comparing {
    struct mw_list *out;
    struct mw_arena *a;
    const struct mw_watch_opts *opts;
    struct mw_err *err;
    enum mw_rc rc;
};

static void tell(struct comparing *c, enum mw_event_kind kind, const struct mw_watched *w, struct mw_sv before, struct mw_sv after)
{
    struct mw_event *e = c->rc == MW_OK ? mw_list_add(c->a, c->out, sizeof *e) : NULL;

    if (e == NULL) {
        c->rc = c->rc == MW_OK ? mw_nomem(c->err) : c->rc;
        return;
    }
    *e = (struct mw_event){ .kind = kind, .day = c->opts->today, .url = w->url, .title = w->title, .also = w->also, .before = before, .after = after,
                            .deadline = w->deadline, .clock = w->clock, .verdict = w->verdict, .id = w->id };
}

/* Of the event told last: what the verdict rested on before. */
static void rested_on(struct comparing *c, struct mw_sv reasons)
{
    if (c->rc == MW_OK)
        MW_AT(*c->out, struct mw_event, c->out->n - 1)->reasons = reasons;
}

static struct mw_sv verdict_words(const struct comparing *c, enum mw_answer a)
{
    static const char *const WORDS[] = { [MW_A_NO] = "not eligible", [MW_A_UNKNOWN] = "open questions", [MW_A_YES] = "may apply" };
    return mw_sv(mw_tr(c->opts->lang, WORDS[a]));
}

static bool is(struct mw_sv status, enum mw_status s) { return mw_sv_eqz(status, MW_STATUSES[s]); }

static struct mw_sv day_words(const struct comparing *c, struct mw_day day)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    mw_day_format(&s, day, c->opts->lang);
    return mw_arena_copy(c->a, mw_str_sv(&s));
}

/* "may apply; from 01.09.2026; until 31.03.2027" */
static struct mw_sv outlook(const struct comparing *c, const struct mw_watched *w)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    mw_str_add(&s, verdict_words(c, w->verdict));
    if (mw_day_is(w->opens))
        mw_str_addf(&s, mw_tr(c->opts->lang, "; from %.*s"), MW_SV_ARG(day_words(c, w->opens)));
    if (mw_day_is(w->deadline))
        mw_str_addf(&s, mw_tr(c->opts->lang, "; until %.*s"), MW_SV_ARG(day_words(c, w->deadline)));
    return mw_arena_copy(c->a, mw_str_sv(&s));
}

/* The day has come so near since the last run, or was moved so near; then: where it lay on that day. */
static bool comes_near(const struct comparing *c, struct mw_day day, struct mw_day then)
{
    bool near_now = mw_day_is(day) && day.n >= c->opts->today.n && day.n - c->opts->today.n <= c->opts->within;
    return near_now && !(mw_day_is(then) && then.n == day.n && then.n - c->opts->before.n <= c->opts->within);
}
static bool has_line(struct mw_sv lines, struct mw_sv line)
{
    for (struct mw_sv head; lines.n > 0;) {
        mw_sv_cut(lines, '\n', &head, &lines);
        if (mw_sv_eq(head, line))
            return true;
    }
    return false;
}

/* The words of what only one side says, joined by "; ". */
static struct mw_sv only(const struct comparing *c, const struct mw_watched *x, const struct mw_watched *y, int field)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    struct mw_sv keys = x->said[field].key, words = x->said[field].words, key, word;

    while (keys.n > 0) {
        mw_sv_cut(keys, '\n', &key, &keys);
        mw_sv_cut(words, '\n', &word, &words);
        if (has_line(y->said[field].key, key))
            continue;
        if (s.n > 0)
            mw_str_addz(&s, "; ");
        mw_str_add(&s, word);
    }
    return mw_arena_copy(c->a, mw_str_sv(&s));
}

static bool says_something(const struct mw_watched *w)
{
    bool says = false;
    for (int f = 0; f < MW_W_N; f++)
        says = says || w->said[f].key.n > 0;
    return says;
}

/* minded: somebody keeps it or applies for it, whatever the verdict. */
static void compare_one(struct comparing *c, const struct mw_watched *old, const struct mw_watched *w, bool minded)
{
    static const enum mw_event_kind MOVED[MW_W_N] = { [MW_W_DEADLINE] = MW_E_DEADLINE, [MW_W_RATE] = MW_E_RATE, [MW_W_AMOUNT] = MW_E_AMOUNT };
    /* Where the text is the same, or where the last run did not keep which it was, only the rules read it otherwise. */
    const bool same_text = w->version > 0 && (old->version == 0 || (w->version == old->version && mw_sv_eq(w->url, old->url)));
    const bool was_open = is(old->status, MW_S_OPEN), stopped = is(w->status, MW_S_CLOSED) && !is(old->status, MW_S_CLOSED);

    if (stopped)
        tell(c, MW_E_STOPPED, w, MW_SV_NONE, MW_SV_NONE), rested_on(c, old->reasons);
    else if (w->verdict != old->verdict)
        tell(c, MW_E_VERDICT, w, verdict_words(c, old->verdict), w->verdict == MW_A_NO ? verdict_words(c, w->verdict) : outlook(c, w)), rested_on(c, old->reasons);
    if (w->verdict == MW_A_NO && !minded) /* what it pays and until when is nobody's matter here */
        return;
    if (is(w->status, MW_S_OPEN) && !was_open)
        tell(c, MW_E_OPENED, w, MW_SV_NONE, mw_day_is(w->deadline) ? day_words(c, w->deadline) : MW_SV_NONE);
    for (int f = 0; f < MW_W_N && !same_text && (old->verdict != MW_A_NO || says_something(old)); f++)
        if (!mw_sv_eq(old->said[f].key, w->said[f].key))
            tell(c, MOVED[f], w, only(c, old, w, f), only(c, w, old, f));
    if (comes_near(c, w->opens, old->opens))
        tell(c, MW_E_OPENING, w, MW_SV_NONE, day_words(c, w->opens));
    if (comes_near(c, w->deadline, old->deadline))
        tell(c, MW_E_CLOSING, w, MW_SV_NONE, day_words(c, w->deadline));
}

/* --- by address: a programme that has several may lead with another one today ----------------------------------------------- */
struct known_at {
    struct mw_sv url;
    const struct mw_watched *w;
};
struct book {
    struct known_at *at; /* in order of the addresses */
    size_t n;
};

static int by_url(const void *x, const void *y)
{
    return mw_sv_cmp(((const struct known_at *)x)->url, ((const struct known_at *)y)->url);
}

static bool book_of(struct book *b, struct mw_arena *a, const struct mw_list *l)
{
    size_t most = 0;
    for (size_t i = 0; i < l->n; i++)
        most += 1 + MW_AT(*l, struct mw_watched, i)->also.n;
    *b = (struct book){ .at = mw_arena_array(a, most + 1, sizeof *b->at) };
    for (size_t i = 0; i < l->n && b->at != NULL; i++) {
        const struct mw_watched *w = MW_AT(*l, struct mw_watched, i);
        b->at[b->n++] = (struct known_at){ w->url, w };
        for (size_t k = 0; k < w->also.n; k++)
            b->at[b->n++] = (struct known_at){ *MW_AT(w->also, struct mw_sv, k), w };
    }
    if (b->n > 1)
        qsort(b->at, b->n, sizeof *b->at, by_url);
    return b->at != NULL;
}

static const struct mw_watched *at_url(const struct book *b, struct mw_sv url)
{
    const struct known_at key = { url, NULL }, *found = bsearch(&key, b->at, b->n, sizeof key, by_url);
    return found != NULL ? found->w : NULL;
}

static const struct mw_watched *find(const struct book *b, const struct mw_watched *w)
{
    const struct mw_watched *found = at_url(b, w->url);
    for (size_t k = 0; k < w->also.n && found == NULL; k++)
        found = at_url(b, *MW_AT(w->also, struct mw_sv, k));
    return found;
}

static const struct mw_decision *decided(const struct mw_list *decisions, const struct mw_watched *w)
{
    const struct mw_decision *d = mw_decision_of(decisions, w->url);
    for (size_t k = 0; k < w->also.n && d == NULL; k++)
        d = mw_decision_of(decisions, *MW_AT(w->also, struct mw_sv, k));
    return d;
}

static bool minded(const struct mw_decision *d) { return d != NULL && (d->kind == MW_DECIDE_KEEP || d->kind == MW_DECIDE_APPLY); }

/* Every criterion of x is in y, or unknown. */
static bool holds_in(struct mw_sv x, struct mw_sv y)
{
    for (struct mw_sv word; x.n > 0;) {
        struct mw_sv name, answer, rest = y, other, theirs, other_name;
        bool found = false;
        mw_sv_cut(x, ' ', &word, &x);
        (void)mw_sv_cut(word, '=', &name, &answer);
        while (rest.n > 0 && !found) {
            mw_sv_cut(rest, ' ', &other, &rest);
            (void)mw_sv_cut(other, '=', &other_name, &theirs);
            found = mw_sv_eq(name, other_name);
        }
        if (found ? !mw_sv_eq(answer, theirs) : !mw_sv_eqz(answer, MW_ANSWERS[MW_A_UNKNOWN]))
            return false;
    }
    return true;
}

bool mw_watch_same_reasons(struct mw_sv x, struct mw_sv y) { return holds_in(x, y) && holds_in(y, x); }

/* What was dismissed comes back once, when the verdict rests on other reasons; nobody asks for what may not be used even so. */
static bool returns(const struct mw_decision *d, const struct mw_watched *before, const struct mw_watched *w)
{
    bool told = before != NULL && !mw_watch_same_reasons(before->reasons, d->reasons) && before->verdict != MW_A_NO;
    return d->reasons.n > 0 && w->verdict != MW_A_NO && !mw_watch_same_reasons(d->reasons, w->reasons) && !told;
}

enum mw_rc mw_watch_compare(struct mw_list *out, struct mw_arena *a, const struct mw_list *then, const struct mw_list *now,
                            const struct mw_list *decisions, const struct mw_watch_opts *opts, struct mw_err *err)
{
    struct comparing c = { out, a, opts, err, MW_OK };
    struct book old, fresh;

    if (!book_of(&old, a, then) || !book_of(&fresh, a, now))
        return mw_nomem(err);
    for (size_t i = 0; i < now->n; i++) {
        const struct mw_watched *w = MW_AT(*now, struct mw_watched, i), *before = find(&old, w);
        const struct mw_decision *d = decided(decisions, w);
        if (d != NULL && d->kind == MW_DECIDE_DISMISS) {
            if (returns(d, before, w))
                tell(&c, MW_E_RETURNED, w, d->why, outlook(&c, w)), rested_on(&c, d->reasons);
            continue;
        }
        if (before == NULL && w->near)
            tell(&c, MW_E_NEW, w, MW_SV_NONE, outlook(&c, w));
        else if (before != NULL && (w->near || before->near || minded(d)))
            compare_one(&c, before, w, minded(d));
    }
    for (size_t i = 0; i < then->n; i++) {
        const struct mw_watched *w = MW_AT(*then, struct mw_watched, i);
        const struct mw_decision *d = mw_decision_of(decisions, w->url);
        if (find(&fresh, w) == NULL && (w->near || minded(d)) && (d == NULL || d->kind != MW_DECIDE_DISMISS))
            tell(&c, MW_E_GONE, w, MW_SV_NONE, MW_SV_NONE);
    }
    return c.rc;
}

enum mw_rc mw_watch_minded(struct mw_list *now, struct mw_arena *a, struct mw_store *s, struct mw_rules *r, const struct mw_profile *p,
                           const struct mw_list *decisions, const struct mw_watch_opts *opts, struct mw_err *err)
{
    const struct mw_match_opts how = { .today = opts->today, .lang = opts->lang };

    for (size_t i = 0; i < now->n && decisions->n > 0; i++) {
        struct mw_watched *w = MW_AT(*now, struct mw_watched, i);
        struct mw_list heard = { NULL, 0, 0 };
        if (w->verdict != MW_A_NO || !minded(decided(decisions, w)))
            continue;
        enum mw_rc rc = mw_match_some(&heard, a, s, r, p, &w->id, 1, &how, err);
        const struct mw_match *m = rc == MW_OK ? MW_AT(heard, struct mw_match, 0) : NULL;
        for (int f = 0; f < MW_W_N && rc == MW_OK; f++)
            rc = state_field(w, f, a, &m->facts, opts->lang, err);
        if (rc != MW_OK)
            return rc;
        w->version = m->version;
    }
    return MW_OK;
}

enum mw_rc mw_watch_dates(struct mw_list *out, struct mw_arena *a, const struct mw_list *now, const struct mw_list *decisions,
                          const struct mw_list *events, struct mw_err *err)
{
    for (size_t i = 0; i < now->n; i++) {
        const struct mw_watched *w = MW_AT(*now, struct mw_watched, i);
        const struct mw_decision *d = decided(decisions, w);
        bool wanted = minded(d) || ((d == NULL || d->kind != MW_DECIDE_DISMISS) && w->near && w->verdict == MW_A_YES);
        for (size_t k = 0; k < events->n && !wanted; k++)
            wanted = mw_sv_eq(MW_AT(*events, struct mw_event, k)->url, w->url) && w->verdict != MW_A_NO;
        struct mw_watched *slot = wanted ? mw_list_add(a, out, sizeof *slot) : NULL;
        if (slot != NULL)
            *slot = *w;
        else if (wanted)
            return mw_nomem(err);
    }
    return MW_OK;
}

/* --- why ------------------------------------------------------------------------------------------------------------------ */
static bool has_word(struct mw_sv words, struct mw_sv word)
{
    for (struct mw_sv head; words.n > 0;) {
        mw_sv_cut(words, ' ', &head, &words);
        if (mw_sv_eq(head, word))
            return true;
    }
    return false;
}

static bool asks_why(const struct mw_event *e)
{
    return e->id > 0 && (e->kind == MW_E_NEW || e->kind == MW_E_VERDICT || e->kind == MW_E_STOPPED || e->kind == MW_E_RETURNED);
}

static enum mw_rc give_reasons(struct mw_event *e, struct mw_arena *a, const struct mw_verdict *v, struct mw_err *err)
{
    for (size_t i = 0; i < v->criteria.n; i++) {
        const struct mw_criterion *c = MW_AT(v->criteria, struct mw_criterion, i);
        MW_AUTO(mw_str_free) struct mw_str now = MW_STR_INIT;
        mw_str_addf(&now, "%.*s=%s", MW_SV_ARG(c->name), MW_ANSWERS[c->answer]);
        if (e->reasons.n > 0 ? has_word(e->reasons, mw_str_sv(&now)) : c->answer == MW_A_YES)
            continue;
        struct mw_criterion *slot = mw_list_add(a, &e->why, sizeof *slot);
        if (slot == NULL)
            return mw_nomem(err);
        *slot = *c;
    }
    return MW_OK;
}

enum mw_rc mw_watch_explain(struct mw_list *events, struct mw_arena *a, struct mw_store *s, struct mw_rules *r, const struct mw_profile *p,
                            const struct mw_watch_opts *opts, struct mw_err *err)
{
    const struct mw_match_opts how = { .today = opts->today, .lang = opts->lang };
    int64_t *ids = mw_arena_array(a, events->n + 1, sizeof *ids);
    struct mw_list heard = { NULL, 0, 0 };
    size_t n = 0;

    if (ids == NULL)
        return mw_nomem(err);
    for (size_t i = 0; i < events->n; i++)
        if (asks_why(MW_AT(*events, struct mw_event, i)))
            ids[n++] = MW_AT(*events, struct mw_event, i)->id;
    if (n == 0)
        return MW_OK;
    enum mw_rc rc = mw_match_some(&heard, a, s, r, p, ids, n, &how, err);
    for (size_t i = 0, k = 0; i < events->n && rc == MW_OK; i++)
        if (asks_why(MW_AT(*events, struct mw_event, i)))
            rc = give_reasons(MW_AT(*events, struct mw_event, i), a, &MW_AT(heard, struct mw_match, k++)->verdict, err);
    return rc;
}
