/* Groups: what a word of the query means, and how rare each way to say it is.
 *
 * A word is a group: the ways it may be said in a text (its own form, the parts of a compound, a corrected spelling, a
 * synonym). A term is worth impact x idf; the impact is stored (builder.c), idf = ln(1 + (N - n + 0.5) / (n + 0.5)) is taken from
 * the documents that live now. */
#include "index/query.h"

#include <math.h>

static const double PART_WEIGHT = 0.3; /* of a compound's parts beside the whole: measured flat between .15 and .7 */
static const double LAND_WEIGHT = 0.15; /* of a Land's name: what is of that Land stands before the rest */
static const double PART_COVER = 0.6;  /* all parts without the whole: so much of the word is found */
static const double NEAR_WEIGHT = 0.5, NEAR_COVER = 0.9; /* the same where they stand near each other */
enum { NEAR_WORDS = 6 };               /* between the first part and the last: "Sanierung und Umgestaltung der Höfe von Schulen" */

/* --- what a word means ---------------------------------------------------------------------------------------------------- */

static struct mw_way *add_way(struct mw_group *g, struct mw_arena *a, enum mw_reading_kind kind, struct mw_sv shown, double weight)
{
    struct mw_way *way = mw_list_add(a, &g->ways, sizeof *way);
    if (way != NULL)
        *way = (struct mw_way){ .kind = kind, .shown = shown, .match = MW_SV_NONE, .weight = weight };
    return way;
}

static bool add_term(struct mw_way *way, struct mw_arena *a, struct mw_sv form, double weight)
{
    struct mw_term *t = way != NULL ? mw_list_add(a, &way->terms, sizeof *t) : NULL;
    if (t != NULL)
        *t = (struct mw_term){ .form = form, .near = MW_SV_NONE, .weight = weight };
    return t != NULL;
}

enum mw_rc mw_group_add(struct mw_list *groups, struct mw_arena *a, const struct mw_query_word *w, struct mw_err *err)
{
    struct mw_group *g = mw_list_add(a, groups, sizeof *g);
    bool ok = g != NULL;

    if (ok) {
        double weight = w->land ? LAND_WEIGHT : 1 + log(w->times);
        *g = (struct mw_group){ .typed = w->typed, .begin = w->begin, .end = w->end, .weight = weight };
        struct mw_way *way = add_way(g, a, MW_R_WORD, w->typed, 1);
        ok = add_term(way, a, w->form, 1);
        for (size_t i = 0; i < w->parts.n && ok; i++)
            ok = add_term(way, a, *MW_AT(w->parts, struct mw_sv, i), PART_WEIGHT);
        if (ok && w->english.p != NULL)
            ok = add_term(add_way(g, a, MW_R_WORD, w->typed, 1), a, w->english, 1);
        if (ok && w->umlaut.p != NULL)
            ok = add_term(add_way(g, a, MW_R_WORD, w->typed, 1), a, w->umlaut, 1);
    }
    return ok ? MW_OK : mw_nomem(err);
}

enum mw_rc mw_way_add(struct mw_group *g, struct mw_arena *a, enum mw_reading_kind kind, struct mw_sv shown,
                      const struct mw_list *forms, double weight, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str match = MW_STR_INIT;
    struct mw_way *way = add_way(g, a, kind, shown, weight);
    bool ok = way != NULL;

    for (size_t i = 0; i < forms->n && ok; i++)
        ok = add_term(way, a, *MW_AT(*forms, struct mw_sv, i), 1 / (double)forms->n);
    if (ok && forms->n > 1) {
        mw_forms_near(&match, forms, forms->n);
        way->match = mw_arena_copy(a, mw_str_sv(&match));
        ok = mw_str_ok(&match) && way->match.p != NULL;
    }
    return ok ? MW_OK : mw_nomem(err);
}

/* "schulhof" beside "schul" and "hof": what is made of others begins with one. */
static bool is_joined(const struct mw_way *typed, size_t part)
{
    struct mw_sv form = MW_AT(typed->terms, struct mw_term, part)->form;
    for (size_t i = 1; i < typed->terms.n; i++)
        if (i != part && mw_sv_starts(form, MW_AT(typed->terms, struct mw_term, i)->form))
            return true;
    return false;
}

enum mw_rc mw_near_parts_add(struct mw_group *g, struct mw_arena *a, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str match = MW_STR_INIT, form = MW_STR_INIT;
    struct mw_way *typed = MW_AT(g->ways, struct mw_way, 0);
    struct mw_list parts = { NULL, 0, 0 };

    for (size_t i = 1; i < typed->terms.n; i++) {
        if (is_joined(typed, i))
            continue;
        struct mw_sv *slot = mw_list_add(a, &parts, sizeof *slot);
        if (slot == NULL)
            return mw_nomem(err);
        *slot = MW_AT(typed->terms, struct mw_term, i)->form;
        mw_str_addf(&form, "%s%.*s", form.n > 0 ? " " : "", MW_SV_ARG(*slot));
    }
    if (parts.n < 2)
        return MW_OK;
    mw_forms_near(&match, &parts, NEAR_WORDS);
    struct mw_term t = { .form = mw_arena_copy(a, mw_str_sv(&form)), .near = mw_arena_copy(a, mw_str_sv(&match)), .weight = NEAR_WEIGHT };
    struct mw_term *slot = mw_list_add(a, &typed->terms, sizeof *slot);
    if (slot == NULL || !mw_str_ok(&match) || !mw_str_ok(&form) || t.form.p == NULL || t.near.p == NULL)
        return mw_nomem(err);
    *slot = t;
    return MW_OK;
}

/* --- how rare it is ------------------------------------------------------------------------------------------------------- */

double mw_idf(int64_t all, int64_t with)
{
    return log1p(((double)(all - with) + 0.5) / ((double)with + 0.5));
}

/* What finding this way whole would be worth; 0: nothing of it is known. */
static double known_weight(const struct mw_way *way)
{
    const struct mw_term *t = way->terms.items;
    double sum = 0;

    if (t[0].notices > 0 && way->kind == MW_R_WORD)
        return t[0].idf;
    for (size_t i = 0; i < way->terms.n; i++)
        sum += t[i].notices > 0 && t[i].near.p == NULL ? t[i].idf : 0;
    return way->kind == MW_R_WORD ? sum : way->weight * sum / (double)way->terms.n;
}

static enum mw_rc look_up_term(struct mw_store *s, const struct mw_docs *docs, struct mw_term *t, struct mw_err *err)
{
    enum mw_rc rc = t->near.p != NULL ? mw_living_near(&t->list, s, docs, t->form, t->near, err) : mw_living(&t->list, s, docs, t->form, err);
    t->from = t->at = 0;
    t->notices = rc == MW_OK ? t->list->n : 0;
    t->idf = mw_idf(docs->living, t->notices);
    return rc;
}

/* The way's lists, how rare its terms are, and which share of the word each of them is. A synonym is never worth more than
 * the typed word (most; 0: nobody uses that), however rare it is. */
static enum mw_rc look_up(struct mw_store *s, const struct mw_docs *docs, struct mw_way *way, double most, struct mw_err *err)
{
    struct mw_term *t = way->terms.items;
    double parts = 0;
    enum mw_rc rc = MW_OK;

    way->together = NULL;
    if (way->match.p != NULL)
        rc = mw_living_match(&way->together, s, docs, way->match, err);
    for (size_t i = 0; i < way->terms.n && rc == MW_OK; i++) {
        rc = look_up_term(s, docs, &t[i], err);
        if (way->kind == MW_R_SYNONYM && most > 0 && t[i].idf > most)
            t[i].idf = most;
        parts += i > 0 && t[i].near.p == NULL ? t[i].idf : 0;
    }
    for (size_t i = 0; i < way->terms.n; i++) {
        bool whole = i == 0 && way->kind == MW_R_WORD;
        t[i].share = whole                    ? 1
                     : t[i].near.p != NULL    ? NEAR_COVER - PART_COVER
                     : way->kind == MW_R_WORD ? PART_COVER * t[i].idf / parts
                                              : 1 / (double)way->terms.n;
    }
    return rc;
}

static enum mw_rc look_up_group(struct mw_store *s, const struct mw_docs *docs, struct mw_group *g, struct mw_err *err)
{
    double typed = 0, other = 0;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < g->ways.n && rc == MW_OK; i++) {
        struct mw_way *way = MW_AT(g->ways, struct mw_way, i);
        rc = look_up(s, docs, way, typed, err);
        double *most = way->kind == MW_R_WORD ? &typed : &other;
        double known = known_weight(way);
        *most = known > *most ? known : *most;
    }
    g->full = typed > 0 ? typed : other; /* 0: a word that can be found nowhere is missed nowhere */
    return rc;
}

enum mw_rc mw_look_up(struct mw_list *groups, size_t from, struct mw_store *s, struct mw_err *err)
{
    const struct mw_docs *docs = NULL;
    enum mw_rc rc = mw_docs(&docs, s, err);

    if (from == 0)
        mw_lists_trim(s);
    for (size_t i = from; i < groups->n && rc == MW_OK; i++)
        rc = look_up_group(s, docs, MW_AT(*groups, struct mw_group, i), err);
    return rc;
}

double mw_typed_weight(const struct mw_list *groups)
{
    double weight = 0;
    for (size_t i = 0; i < groups->n; i++) {
        const struct mw_group *g = MW_AT(*groups, struct mw_group, i);
        weight += g->typed.p != NULL ? g->weight * g->full : 0;
    }
    return weight;
}

enum mw_rc mw_term_notices(struct mw_store *s, struct mw_sv form, int64_t *n, struct mw_err *err)
{
    const struct mw_docs *docs = NULL;
    enum mw_rc rc = mw_docs(&docs, s, err);

    return rc == MW_OK ? mw_living_count(n, s, docs, form, err) : rc;
}
