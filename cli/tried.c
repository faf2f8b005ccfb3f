/* Implements tried.h. */
#include "cli/tried.h"

#include <stdio.h>

bool mw_tried_begin(struct mw_tried *t, struct mw_arena *a, const struct mw_source *s)
{
    *t = (struct mw_tried){ .sections = mw_arena_array(a, s->read.sections.n + 1, sizeof *t->sections),
                            .extra = mw_arena_array(a, s->read.extra.n + 1, sizeof *t->extra) };
    return t->sections != NULL && t->extra != NULL;
}

static bool has_section(const struct mw_notice *n, struct mw_sv heading)
{
    for (size_t i = 0; i < n->sections.n; i++)
        if (mw_sv_eq(MW_AT(n->sections, struct mw_section, i)->heading, heading))
            return true;
    return false;
}

static bool has_key(const struct mw_notice *n, struct mw_sv key)
{
    for (size_t i = 0; i < n->extra.n; i++)
        if (mw_sv_eq(MW_AT(n->extra, struct mw_pair, i)->key, key))
            return true;
    return false;
}

void mw_tried_notice(struct mw_tried *t, const struct mw_source *s, const struct mw_notice *n)
{
    t->notices++;
    t->opens += mw_day_is(n->opens);
    t->deadlines += n->deadlines.n > 0;
    t->status += has_key(n, MW_SV("status"));
    for (size_t k = 0; k < MW_FACET_N; k++)
        t->facets[k] += n->facets[k].n > 0;
    for (size_t i = 0; i < s->read.sections.n; i++) {
        const struct mw_section_rule *rule = MW_AT(s->read.sections, struct mw_section_rule, i);
        t->sections[i] += rule->headings.n > 0 ? n->sections.n > 0 : has_section(n, rule->heading);
    }
    for (size_t i = 0; i < s->read.extra.n; i++)
        t->extra[i] += has_key(n, MW_AT(s->read.extra, struct mw_entry, i)->key);
}

static void warn(const struct mw_tried *t, struct mw_diags *diags, const struct mw_pos *at, const char *rule, int64_t found)
{
    if (found == 0)
        mw_diag_add(diags, MW_WARNING, at, "finds-nothing", "%s finds nothing in any of %lld notices.", rule, (long long)t->notices);
}

static void warn_day(const struct mw_tried *t, const struct mw_source *s, struct mw_diags *diags, const char *rule, int64_t found)
{
    if (found == 0 && mw_source_node(s, rule) != NULL)
        mw_diag_add(diags, MW_WARNING, mw_source_place(s, rule), "finds-nothing", "%s finds no day in any of %lld notices.", rule, (long long)t->notices);
}

/* Of a list that leads on to nowhere the first page is all that is ever read. */
static void warn_list(const struct mw_tried *t, const struct mw_source *s, struct mw_diags *diags)
{
    if (s->list.next.n > 0 && t->lists == 0)
        mw_diag_add(diags, MW_WARNING, mw_source_place(s, "list.next"), "finds-nothing", "list.next finds no further page of the list; that is right on its last page only.");
    if (s->list.count.n > 0 && t->expected < 0)
        mw_diag_add(diags, MW_WARNING, mw_source_place(s, "list.count"), "finds-nothing", "list.count finds no number: nobody would notice entries that are missing.");
}

void mw_tried_end(const struct mw_tried *t, const struct mw_source *s, struct mw_diags *diags)
{
    char rule[80];

    if (t->list)
        warn_list(t, s, diags);
    if (t->notices == 0)
        return;
    warn_day(t, s, diags, "read.opens", t->opens);
    warn_day(t, s, diags, "read.deadlines", t->deadlines);
    if (s->read.status.n > 0)
        warn(t, diags, mw_source_place(s, "read.status"), "read.status", t->status);
    if (s->read.documents.n > 0)
        warn(t, diags, mw_source_place(s, "read.documents"), "read.documents", t->documents);
    for (size_t k = 0; k < MW_FACET_N; k++) {
        snprintf(rule, sizeof rule, "read.facets.%s", MW_FACET_NAMES[k]);
        if (s->read.facets[k] != NULL)
            warn(t, diags, mw_source_place(s, rule), rule, t->facets[k]);
    }
    const struct mw_node *sections = mw_source_node(s, "read.sections");
    for (size_t i = 0; i < s->read.sections.n; i++) {
        bool listed = sections != NULL && sections->kind == MW_SEQ && i < sections->n;
        snprintf(rule, sizeof rule, "read.sections[%zu]", i + 1);
        warn(t, diags, listed ? &sections->items[i]->pos : mw_source_place(s, "read.sections"), rule, t->sections[i]);
    }
    for (size_t i = 0; i < s->read.extra.n; i++) {
        const struct mw_entry *e = MW_AT(s->read.extra, struct mw_entry, i);
        snprintf(rule, sizeof rule, "read.extra.%.*s", MW_SV_ARG(e->key));
        warn(t, diags, &e->pos, rule, t->extra[i]);
    }
}
