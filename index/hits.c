/* What is shown of a search: the hits with their notices' heads and passages, and how the query was understood. */
#include "index/found.h"

/* --- hits -------------------------------------------------------------------------------------------------------------------- */

static enum mw_rc fill(struct mw_finding *j, struct mw_hit *hit, const struct mw_candidate *c)
{
    struct mw_stored head;
    enum mw_rc rc = mw_notice_head(&head, j->a, j->s, c->notice, j->err);

    if (rc != MW_OK)
        return rc;
    *hit = (struct mw_hit){ .id = c->notice, .url = head.notice.url, .title = head.notice.title, .source = head.notice.source,
                            .score_milli = (int64_t)(c->score * 1000 + 0.5), .status = c->status, .deadline = c->deadline,
                            .seen = c->seen, .amount_cents = c->amount };
    if (!c->dated)
        rc = mw_status_of(&hit->status, &hit->deadline, j->work, j->s, c->notice, j->opts->today, j->err);
    if (rc == MW_OK && mw_lead_of(j->links, c->notice) != 0)
        rc = mw_links_of(&hit->also, j->a, j->s, c->notice, j->err);
    return rc == MW_OK ? mw_snippet(&hit->snippet, j->a, j->s, c->notice, &j->groups, j->err) : rc;
}

enum mw_rc mw_hits_show(struct mw_hits *out, struct mw_finding *j)
{
    const struct mw_candidate *all = j->found.items;
    size_t first = j->opts->offset < j->found.n ? j->opts->offset : j->found.n;
    enum mw_rc rc = MW_OK;

    for (size_t i = first; i < j->found.n && i - first < j->opts->limit && rc == MW_OK; i++) {
        struct mw_hit *hit = mw_list_add(j->a, &out->hits, sizeof *hit);
        if (hit == NULL)
            return mw_nomem(j->err);
        *hit = (struct mw_hit){ .id = all[i].notice, .score_milli = (int64_t)(all[i].score * 1000 + 0.5) };
        rc = j->opts->bare ? MW_OK : fill(j, hit, &all[i]);
    }
    if (rc == MW_OK && j->opts->why != MW_WHY_NOT && j->groups.n > 0 && out->hits.n > 0)
        rc = mw_why_found(out->hits.items, &all[first], out->hits.n, j);
    return rc;
}

/* --- how it was understood ---------------------------------------------------------------------------------------------------- */

static bool tell(struct mw_finding *j, struct mw_hits *out, struct mw_reading r)
{
    struct mw_reading *slot = mw_list_add(j->a, &out->readings, sizeof *slot);

    if (slot == NULL)
        return false;
    r.text = mw_arena_copy(j->a, r.text);
    r.of = r.of.p != NULL ? mw_arena_copy(j->a, r.of) : MW_SV_NONE;
    *slot = r;
    return r.text.p != NULL;
}

static int64_t notices_of(const struct mw_way *way)
{
    int64_t n = way->match.p != NULL ? way->together->n : INT64_MAX;
    for (size_t i = 0; i < (way->kind == MW_R_WORD ? 1 : way->terms.n); i++) {
        int64_t with = MW_AT(way->terms, struct mw_term, i)->notices;
        n = with < n ? with : n;
    }
    return n;
}

/* Of the typed words one that says where, or goes with any theme, weighs less than the others. */
static int percent(const struct mw_group *g, const struct mw_way *way)
{
    return (int)(100 * way->weight * (way->kind == MW_R_RELATED || g->weight < 1 ? g->weight : 1) + 0.5);
}

/* Of a typed word in whatever language it is said. */
static int64_t notices_of_word(const struct mw_group *g)
{
    int64_t most = 0;
    for (size_t i = 0; i < g->ways.n; i++) {
        const struct mw_way *way = MW_AT(g->ways, struct mw_way, i);
        int64_t n = way->kind == MW_R_WORD ? notices_of(way) : 0;
        most = n > most ? n : most;
    }
    return most;
}

/* Of a typed word its first way speaks; ways that no notice holds added nothing and are not worth a word. */
static bool tell_group(struct mw_finding *j, struct mw_hits *out, const struct mw_group *g)
{
    bool ok = true;
    for (size_t i = 0; i < g->ways.n && ok; i++) {
        const struct mw_way *way = MW_AT(g->ways, struct mw_way, i);
        bool word = way->kind == MW_R_WORD;
        struct mw_sv shown = way->shown;
        if (way->kind == MW_R_RELATED && j->opts->why == MW_WHY_FIELDS)
            shown = mw_form_shown(j->work, j->s->an, shown, MW_AT(way->terms, struct mw_term, 0)->form);
        if (i == 0 || (!word && notices_of(way) > 0))
            ok = tell(j, out, (struct mw_reading){ way->kind, shown, word ? MW_SV_NONE : g->typed,
                                                   percent(g, way), word ? notices_of_word(g) : notices_of(way) });
    }
    return ok;
}

/* What was typed, or what was added to it. */
static bool tell_groups(struct mw_finding *j, struct mw_hits *out, bool related)
{
    bool ok = true;
    for (size_t i = 0; i < j->groups.n && ok; i++) {
        const struct mw_group *g = MW_AT(j->groups, struct mw_group, i);
        ok = (g->typed.p == NULL) != related || tell_group(j, out, g);
    }
    return ok;
}

static bool tell_filter(struct mw_finding *j, struct mw_hits *out, const struct mw_filter *f)
{
    bool ok = tell(j, out, (struct mw_reading){ MW_R_FILTER, f->text, f->of, 100, 0 });
    out->placed = out->placed || f->field == MW_Q_LAND;
    return ok && f->corrected.p != NULL ? tell(j, out, (struct mw_reading){ MW_R_CORRECTION, f->corrected, f->mistyped, 100, 0 }) : ok;
}

enum mw_rc mw_readings_tell(struct mw_hits *out, struct mw_finding *j)
{
    bool ok = tell_groups(j, out, false);

    for (size_t i = 0; i < j->q.words.n && ok; i++) {
        const struct mw_query_word *w = MW_AT(j->q.words, struct mw_query_word, i);
        if (w->exclude)
            ok = tell(j, out, (struct mw_reading){ MW_R_EXCLUDED, w->typed, MW_SV_NONE, 100, 0 });
    }
    for (size_t i = 0; i < j->q.phrases.n && ok; i++) {
        const struct mw_phrase *p = MW_AT(j->q.phrases, struct mw_phrase, i);
        ok = tell(j, out, (struct mw_reading){ p->exclude ? MW_R_EXCLUDED : MW_R_PHRASE, p->text, MW_SV_NONE, 100, 0 });
    }
    for (size_t i = 0; i < j->q.filters.n && ok; i++)
        ok = tell_filter(j, out, MW_AT(j->q.filters, struct mw_filter, i));
    for (size_t i = 0; i < j->q.unread.n && ok; i++) {
        const struct mw_unread *u = MW_AT(j->q.unread, struct mw_unread, i);
        ok = tell(j, out, (struct mw_reading){ MW_R_UNREAD, u->text, u->name, 100, 0 });
    }
    for (size_t i = 0; i < j->q.offers.n && ok; i++) {
        const struct mw_unread *u = MW_AT(j->q.offers, struct mw_unread, i);
        ok = tell(j, out, (struct mw_reading){ MW_R_OFFER, u->text, u->name, 100, 0 });
    }
    ok = ok && tell_groups(j, out, true);
    return ok ? MW_OK : mw_nomem(j->err);
}
