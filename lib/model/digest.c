#include "lib/model/digest.h"

#include <sys/stat.h>

#include "lib/core/file.h"
#include "lib/core/read.h"
#include "lib/model/fact.h"

#define STATE_MAX ((size_t)64 << 20)

const char *const MW_EVENTS[MW_E_N + 1] = { "new", "verdict", "deadline", "rate", "amount", "opened", "opening", "closing", "stopped", "gone", "returned", NULL };
static const char *const FIELDS[MW_W_N] = { "deadlines", "rates", "amounts" };

const char *mw_event_label(const struct mw_event *e, enum mw_lang lang)
{
    static const char *const LABELS[MW_E_N] = {
        [MW_E_NEW] = "New programme",       [MW_E_VERDICT] = "The verdict turned", [MW_E_DEADLINE] = "The deadline moved",
        [MW_E_RATE] = "The rate changed",   [MW_E_AMOUNT] = "The amount changed",  [MW_E_OPENED] = "Applications are possible",
        [MW_E_OPENING] = "Applications are possible soon", [MW_E_CLOSING] = "The deadline is near", [MW_E_STOPPED] = "No longer open", [MW_E_GONE] = "No longer published",
        [MW_E_RETURNED] = "Dismissed, but the reasons changed",
    };
    if (e->kind == MW_E_DEADLINE && e->before.n == 0)
        return mw_tr(lang, "A deadline is named");
    if (e->kind == MW_E_DEADLINE && e->after.n == 0)
        return mw_tr(lang, "The deadline is no longer named");
    return mw_tr(lang, LABELS[e->kind]);
}

/* --- the state ------------------------------------------------------------------------------------------------------- */
static void put_told(struct mw_out *o, const struct mw_event *e)
{
    mw_out_object(o, NULL, NULL);
    mw_out_z(o, "what", NULL, MW_EVENTS[e->kind]);
    mw_out_day(o, "day", NULL, e->day);
    mw_out_sv(o, "url", NULL, e->url);
    mw_out_sv(o, "title", NULL, e->title);
    mw_out_sv(o, "before", NULL, e->before);
    mw_out_sv(o, "after", NULL, e->after);
    mw_out_end(o);
}

enum mw_rc mw_look_save(const struct mw_look *state, const char *path, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    const struct mw_out_opts opts = { .format = MW_JSON };
    struct mw_out *o = mw_out_to_str(&text, &opts);

    if (o == NULL)
        return mw_nomem(err);
    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "profile", NULL, state->profile);
    mw_out_day(o, "day", NULL, state->day);
    mw_out_list(o, "told", NULL);
    for (size_t i = 0; i < state->told.n; i++)
        put_told(o, MW_AT(state->told, struct mw_event, i));
    mw_out_end(o);
    mw_out_list(o, "programmes", NULL);
    for (size_t i = 0; i < state->programmes.n; i++) {
        const struct mw_watched *w = MW_AT(state->programmes, struct mw_watched, i);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "url", NULL, w->url);
        mw_out_sv(o, "title", NULL, w->title);
        mw_out_z(o, "verdict", NULL, MW_ANSWERS[w->verdict]);
        mw_out_sv(o, "status", NULL, w->status);
        if (mw_day_is(w->deadline))
            mw_out_day(o, "deadline", NULL, w->deadline);
        if (w->clock >= 0)
            mw_out_int(o, "clock", NULL, w->clock);
        if (mw_day_is(w->opens))
            mw_out_day(o, "opens", NULL, w->opens);
        mw_out_int(o, "version", NULL, w->version);
        mw_out_bool(o, "near", NULL, w->near);
        mw_out_sv(o, "reasons", NULL, w->reasons);
        for (int f = 0; f < MW_W_N; f++) {
            if (w->said[f].key.n == 0)
                continue;
            mw_out_object(o, FIELDS[f], NULL);
            mw_out_sv(o, "key", NULL, w->said[f].key);
            mw_out_sv(o, "words", NULL, w->said[f].words);
            mw_out_end(o);
        }
        mw_out_end(o);
    }
    mw_out_end(o);
    mw_out_end(o);
    enum mw_rc rc = mw_out_finish(o, err);
    mw_out_free(o);
    return rc == MW_OK ? mw_file_write(path, mw_str_sv(&text), err) : rc;
}

static bool read_one(struct mw_watched *w, const struct mw_node *node)
{
    struct mw_sv verdict = mw_node_text(node, "verdict"), day = mw_node_text(node, "deadline"), opens = mw_node_text(node, "opens");
    int64_t clock = -1;
    int answer = 0;

    *w = (struct mw_watched){ .url = mw_node_text(node, "url"), .title = mw_node_text(node, "title"), .status = mw_node_text(node, "status"),
                              .reasons = mw_node_text(node, "reasons"), .deadline = MW_DAY_NONE, .opens = MW_DAY_NONE,
                              .near = mw_sv_eqz(mw_node_text(node, "near"), "true") };
    while (answer <= MW_A_YES && !mw_sv_eqz(verdict, MW_ANSWERS[answer]))
        answer++;
    if (w->url.n == 0 || answer > MW_A_YES || (day.n > 0 && !mw_read_day(day, &w->deadline)) || (opens.n > 0 && !mw_read_day(opens, &w->opens)))
        return false;
    w->clock = mw_sv_int(mw_node_text(node, "clock"), &clock) && clock >= 0 && clock <= MW_CLOCK_MAX ? (int)clock : -1;
    if (!mw_sv_int(mw_node_text(node, "version"), &w->version))
        w->version = 0; /* of a run that did not keep it */
    w->verdict = (enum mw_answer)answer;
    for (int f = 0; f < MW_W_N; f++) {
        const struct mw_node *said = mw_node_get(node, FIELDS[f]); /* left out where nothing is said */
        w->said[f].key = said != NULL ? mw_node_text(said, "key") : MW_SV_NONE;
        w->said[f].words = said != NULL ? mw_node_text(said, "words") : MW_SV_NONE;
    }
    return true;
}

static bool read_told(struct mw_event *e, const struct mw_node *node)
{
    struct mw_sv what = mw_node_text(node, "what");
    int kind = 0;

    *e = (struct mw_event){ .day = MW_DAY_NONE, .deadline = MW_DAY_NONE, .clock = -1, .url = mw_node_text(node, "url"), .title = mw_node_text(node, "title"),
                            .before = mw_node_text(node, "before"), .after = mw_node_text(node, "after") };
    while (kind < MW_E_N && !mw_sv_eqz(what, MW_EVENTS[kind]))
        kind++;
    e->kind = kind < MW_E_N ? (enum mw_event_kind)kind : MW_E_NEW;
    return kind < MW_E_N && e->url.n > 0 && mw_read_day(mw_node_text(node, "day"), &e->day);
}

enum mw_rc mw_look_load(struct mw_look *out, struct mw_arena *a, const char *path, struct mw_err *err)
{
    struct mw_node *node = NULL;
    struct mw_sv bytes;
    struct stat st;
    enum mw_rc rc;

    *out = (struct mw_look){ .day = MW_DAY_NONE };
    if (stat(path, &st) != 0)
        return MW_NOT_FOUND;
    if ((rc = mw_file_read(&bytes, a, path, STATE_MAX, err)) != MW_OK || (rc = mw_json_read(&node, a, path, 1, bytes, err)) != MW_OK)
        return rc;
    const struct mw_node *list = mw_node_get(node, "programmes"), *told = mw_node_get(node, "told");
    bool good = list != NULL && list->kind == MW_SEQ && mw_read_day(mw_node_text(node, "day"), &out->day);
    out->profile = mw_node_text(node, "profile");
    for (size_t i = 0; good && told != NULL && told->kind == MW_SEQ && i < told->n; i++) {
        struct mw_event *e = mw_list_add(a, &out->told, sizeof *e);
        if (e == NULL)
            return mw_nomem(err);
        good = read_told(e, told->items[i]);
    }
    for (size_t i = 0; good && i < list->n; i++) {
        struct mw_watched *w = mw_list_add(a, &out->programmes, sizeof *w);
        if (w == NULL)
            return mw_nomem(err);
        good = read_one(w, list->items[i]);
    }
    return good ? MW_OK
                : mw_fail(err, MW_PARSE, "\"%s\" is not what a watch wrote. Remove it: the next run begins anew.", path);
}

/* --- what outlives the profile --------------------------------------------------------------------------------------- */
static bool keep_texts(struct mw_arena *a, struct mw_sv *const texts[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (texts[i]->p != NULL && (*texts[i] = mw_arena_copy(a, *texts[i])).p == NULL)
            return false;
    return true;
}

static bool keep_event(struct mw_list *out, struct mw_arena *a, const struct mw_event *from)
{
    struct mw_event *e = mw_list_add(a, out, sizeof *e);
    if (e == NULL)
        return false;
    *e = *from;
    e->also = e->why = (struct mw_list){ NULL, 0, 0 };
    struct mw_sv *const texts[] = { &e->url, &e->title, &e->before, &e->after, &e->reasons };
    bool good = keep_texts(a, texts, sizeof texts / sizeof *texts);
    for (size_t i = 0; i < from->also.n && good; i++) {
        struct mw_sv *slot = mw_list_add(a, &e->also, sizeof *slot);
        good = slot != NULL && (*slot = mw_arena_copy(a, *MW_AT(from->also, struct mw_sv, i))).p != NULL;
    }
    for (size_t i = 0; i < from->why.n && good; i++) {
        struct mw_criterion *c = mw_list_add(a, &e->why, sizeof *c);
        if (c == NULL)
            return false;
        *c = *MW_AT(from->why, struct mw_criterion, i);
        struct mw_sv *const said[] = { &c->name, &c->reason, &c->quote, &c->field, &c->rule };
        good = keep_texts(a, said, sizeof said / sizeof *said);
    }
    return good;
}

static bool keep_date(struct mw_list *out, struct mw_arena *a, const struct mw_watched *from)
{
    struct mw_watched *w = mw_list_add(a, out, sizeof *w);
    if (w == NULL)
        return false;
    *w = (struct mw_watched){ .url = from->url, .title = from->title, .verdict = from->verdict, .deadline = from->deadline, .clock = from->clock,
                              .opens = from->opens };
    struct mw_sv *const texts[] = { &w->url, &w->title };
    return keep_texts(a, texts, sizeof texts / sizeof *texts);
}

enum mw_rc mw_digest_keep(struct mw_digest *out, struct mw_arena *a, const struct mw_digest *d, struct mw_err *err)
{
    *out = *d;
    out->events = out->told = out->dates = (struct mw_list){ NULL, 0, 0 };
    struct mw_sv *const texts[] = { &out->profile, &out->title };
    bool good = keep_texts(a, texts, sizeof texts / sizeof *texts);
    for (size_t i = 0; i < d->events.n && good; i++)
        good = keep_event(&out->events, a, MW_AT(d->events, struct mw_event, i));
    for (size_t i = 0; i < d->told.n && good; i++)
        good = keep_event(&out->told, a, MW_AT(d->told, struct mw_event, i));
    for (size_t i = 0; i < d->dates.n && good; i++)
        good = keep_date(&out->dates, a, MW_AT(d->dates, struct mw_watched, i));
    return good ? MW_OK : mw_nomem(err);
}

/* --- the digest ------------------------------------------------------------------------------------------------------ */
/* What is open, or what turned, each in a sentence. */
static void put_why(struct mw_out *o, const struct mw_event *e)
{
    static const char *const SIGNS[] = { [MW_A_NO] = "-", [MW_A_UNKNOWN] = "?", [MW_A_YES] = "+" };
    mw_out_list(o, "why", NULL);
    for (size_t i = 0; i < e->why.n; i++) {
        const struct mw_criterion *c = MW_AT(e->why, struct mw_criterion, i);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "name", NULL, c->name);
        mw_out_z(o, "verdict", NULL, MW_ANSWERS[c->answer]);
        mw_out_sv(o, "reason", NULL, c->reason);
        mw_out_end(o);
        mw_out_paraf(o, MW_QUOTE, "%s %.*s", SIGNS[c->answer], MW_SV_ARG(c->reason));
    }
    mw_out_end(o);
}

/* more: the next event is about the same programme, and its address is told there. */
static void put_event(struct mw_out *o, const struct mw_event *e, bool more)
{
    static const enum mw_style STYLES[] = { [MW_A_NO] = MW_BAD, [MW_A_UNKNOWN] = MW_DOUBT, [MW_A_YES] = MW_GOOD };

    mw_out_object(o, NULL, NULL);
    mw_out_z(o, "what", NULL, MW_EVENTS[e->kind]);
    mw_out_sv(o, "url", NULL, e->url);
    mw_out_sv(o, "title", NULL, e->title);
    mw_out_z(o, "verdict", NULL, MW_VERDICTS[e->verdict]);
    if (mw_day_is(e->deadline))
        mw_out_day(o, "deadline", NULL, e->deadline);
    mw_out_sv(o, "before", NULL, e->before);
    mw_out_sv(o, "after", NULL, e->after);
    mw_out_paraf(o, STYLES[e->verdict], "%s: %.*s", mw_event_label(e, mw_out_lang(o)), MW_SV_ARG(e->title));
    if (e->before.n > 0 && e->after.n > 0)
        mw_out_paraf(o, MW_QUOTE, "%.*s -> %.*s", MW_SV_ARG(e->before), MW_SV_ARG(e->after));
    else if (e->before.n > 0)
        mw_out_paraf(o, MW_QUOTE, "until now: %.*s", MW_SV_ARG(e->before));
    else if (e->after.n > 0)
        mw_out_para(o, MW_QUOTE, e->after);
    if (e->why.n > 0)
        put_why(o, e);
    if (!more)
        mw_out_para(o, MW_LINK, e->url);
    if (e->also.n > 0)
        mw_out_list(o, "also", NULL);
    for (size_t i = 0; i < e->also.n; i++) {
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "url", NULL, *MW_AT(e->also, struct mw_sv, i));
        mw_out_end(o);
        if (!more)
            mw_out_paraf(o, MW_LINK, "also at: %.*s", MW_SV_ARG(*MW_AT(e->also, struct mw_sv, i)));
    }
    if (e->also.n > 0)
        mw_out_end(o);
    mw_out_end(o);
}

static void put_digest(const struct mw_digest *d, struct mw_out *o)
{
    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "profile", NULL, d->profile);
    mw_out_sv(o, "title", NULL, d->title);
    mw_out_day(o, "today", NULL, d->today);
    if (mw_day_is(d->before))
        mw_out_day(o, "since", NULL, d->before);
    mw_out_int(o, "watched", NULL, (int64_t)d->watched);
    mw_out_paraf(o, MW_HEADING, "%.*s", MW_SV_ARG(d->title));
    if (!mw_day_is(d->before))
        mw_out_paraf(o, MW_BODY, "The first look: %zu programmes are watched from now on. What fits today: mittelweg match", d->watched);
    else if (d->events.n == 0)
        mw_out_para(o, MW_BODY, mw_sv(mw_tr(mw_out_lang(o), "Nothing that matters has changed.")));
    mw_out_list(o, "events", NULL);
    for (size_t i = 0; i < d->events.n; i++) {
        const struct mw_event *e = MW_AT(d->events, struct mw_event, i);
        put_event(o, e, i + 1 < d->events.n && mw_sv_eq(e->url, MW_AT(d->events, struct mw_event, i + 1)->url));
    }
    mw_out_end(o);
    mw_out_end(o);
}

static bool is_quiet(const struct mw_digest *d) { return mw_day_is(d->before) && d->events.n == 0; }

void mw_digests_to_out(const struct mw_list *digests, struct mw_out *o)
{
    MW_AUTO(mw_str_free) struct mw_str names = MW_STR_INIT;
    size_t quiet = 0;

    for (size_t i = 0; i < digests->n; i++)
        quiet += is_quiet(MW_AT(*digests, struct mw_digest, i));
    mw_out_list(o, "digests", NULL);
    for (size_t i = 0; i < digests->n; i++) {
        const struct mw_digest *d = MW_AT(*digests, struct mw_digest, i);
        if (mw_out_format(o) == MW_JSON || quiet < 2 || !is_quiet(d))
            put_digest(d, o);
        else
            mw_str_addf(&names, "%s%.*s", names.n > 0 ? ", " : "", MW_SV_ARG(d->profile));
    }
    mw_out_end(o);
    if (names.n > 0)
        mw_out_paraf(o, MW_BODY, "Nothing that matters has changed for: %s.", mw_str_z(&names));
}
