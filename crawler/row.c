/* Implements row.h. */
#include "crawler/row.h"

size_t mw_ask_add(struct mw_asking *q, const struct mw_list *from, enum mw_query_want want)
{
    size_t at = q->n;
    for (size_t i = 0; i < from->n && q->n < MW_ASK_MAX; i++)
        q->fields[q->n++] = (struct mw_query_field){ *MW_AT(*from, struct mw_sv, i), want };
    return at;
}

static const struct mw_list NOTHING = { NULL, 0, 0 };

const struct mw_list *mw_row_values(const struct mw_query_row *row, size_t at, const struct mw_list *from)
{
    for (size_t i = 0; i < from->n; i++)
        if (row->values[at + i].n > 0)
            return &row->values[at + i];
    return &NOTHING;
}

struct mw_sv mw_row_first(const struct mw_query_row *row, size_t at, const struct mw_list *from)
{
    const struct mw_list *v = mw_row_values(row, at, from);
    return v->n > 0 ? *MW_AT(*v, struct mw_sv, 0) : MW_SV_NONE;
}

enum mw_rc mw_ask_frame(struct mw_reading *x, struct mw_arena *a, struct mw_sv bytes, bool xml, struct mw_sv *next, struct mw_sv *base)
{
    const struct mw_listing *l = &x->source->list;
    struct mw_asking q = { .n = 0 };
    struct mw_list rows = { NULL, 0, 0 };
    size_t at_next = mw_ask_add(&q, &l->next, MW_Q_TEXT), at_count = mw_ask_add(&q, &l->count, MW_Q_LINE);
    struct mw_query query = { xml, MW_SV_NONE, q.fields, q.n };

    *next = MW_SV_NONE;
    if (q.n == 0)
        return MW_OK;
    enum mw_rc rc = mw_parse_query(x->r->parser, a, bytes, x->res->charset, &query, &rows, base, x->err);
    if (rc != MW_OK || rows.n == 0)
        return rc;
    const struct mw_query_row *row = MW_AT(rows, struct mw_query_row, 0);
    struct mw_sv count = mw_row_first(row, at_count, &l->count);
    *next = mw_row_first(row, at_next, &l->next);
    if (count.n > 0)
        x->tally->expected = mw_hits_of(count);
    return MW_OK;
}

void mw_ask_rules(struct mw_asking *q, struct mw_asked *at, const struct mw_reading_rules *rules)
{
    at->url = mw_ask_add(q, &rules->url, MW_Q_TEXT);
    at->title = mw_ask_add(q, &rules->title, MW_Q_LINE);
    at->language = mw_ask_add(q, &rules->language, MW_Q_LINE);
    at->status = mw_ask_add(q, &rules->status, MW_Q_TEXT);
    at->opens = mw_ask_add(q, &rules->opens, MW_Q_LINE);
    at->deadlines = mw_ask_add(q, &rules->deadlines, MW_Q_LINE);
    at->documents = mw_ask_add(q, &rules->documents, MW_Q_TEXT);
    for (size_t k = 0; k < MW_FACET_N; k++)
        at->facets[k] = rules->facets[k] != NULL ? mw_ask_add(q, &rules->facets[k]->from, MW_Q_LINE) : q->n;
    at->sections = q->n;
    for (size_t i = 0; i < rules->sections.n; i++) {
        const struct mw_section_rule *s = MW_AT(rules->sections, struct mw_section_rule, i);
        mw_ask_add(q, &s->from, s->html != MW_NO ? MW_Q_HTML : MW_Q_TEXT);
        mw_ask_add(q, &s->headings, MW_Q_LINE);
    }
    at->extra = q->n;
    for (size_t i = 0; i < rules->extra.n && q->n < MW_ASK_MAX; i++)
        q->fields[q->n++] = (struct mw_query_field){ MW_AT(rules->extra, struct mw_entry, i)->v.text, MW_Q_LINE };
}

static bool take_sections(struct mw_arena *a, struct mw_notice *n, const struct mw_reading_rules *rules, const struct mw_query_row *row, size_t at)
{
    if (rules->sections.n > 0)
        n->sections = NOTHING; /* the rules say which, in place of the page's own headings */
    for (size_t i = 0; i < rules->sections.n; i++) {
        const struct mw_section_rule *s = MW_AT(rules->sections, struct mw_section_rule, i);
        const struct mw_list *found = mw_row_values(row, at, &s->from), *headings = mw_row_values(row, at + s->from.n, &s->headings);
        for (size_t k = 0; k < found->n; k++) {
            struct mw_sv heading = headings->n == found->n ? *MW_AT(*headings, struct mw_sv, k) : k == 0 ? s->heading : MW_SV_NONE;
            if (!mw_section_add(a, n, heading, *MW_AT(*found, struct mw_sv, k), s->html != MW_NO))
                return false;
        }
        at += s->from.n + s->headings.n;
    }
    return true;
}

static bool take_extra(struct mw_arena *a, struct mw_notice *n, const struct mw_reading_rules *rules, const struct mw_query_row *row, size_t at)
{
    for (size_t i = 0; i < rules->extra.n; i++) {
        const char *key = mw_arena_z(a, MW_AT(rules->extra, struct mw_entry, i)->key);
        const struct mw_list *found = &row->values[at + i];
        struct mw_node *seq = mw_new_seq(a);
        for (size_t k = 0; k < found->n; k++)
            if (!mw_seq_add(a, seq, mw_new_text(a, *MW_AT(*found, struct mw_sv, k))))
                return false;
        if (key == NULL || !mw_extra_put(a, n, key, found->n == 1 ? seq->items[0] : seq))
            return false;
    }
    return true;
}

static bool take_days(struct mw_arena *a, struct mw_notice *n, const struct mw_list *found)
{
    bool ok = true;
    for (size_t i = 0; i < found->n && ok; i++)
        ok = mw_days_add(a, &n->deadlines, &n->opens, *MW_AT(*found, struct mw_sv, i));
    return ok;
}

bool mw_take_row(struct mw_reading *x, struct mw_arena *a, const struct mw_query_row *row, const struct mw_asked *at, struct mw_notice *n)
{
    const struct mw_reading_rules *rules = &x->source->read;
    bool ok = true;
    for (size_t k = 0; k < MW_FACET_N && ok; k++) {
        const struct mw_list *found = rules->facets[k] != NULL ? mw_row_values(row, at->facets[k], &rules->facets[k]->from) : &NOTHING;
        if (found->n > 0)
            n->facets[k] = NOTHING;
        for (size_t i = 0; i < found->n && ok; i++)
            ok = mw_facet_values(a, x->source, n, (enum mw_facet_kind)k, *MW_AT(*found, struct mw_sv, i));
    }
    struct mw_sv opens = mw_row_first(row, at->opens, &rules->opens);
    if (opens.n > 0)
        mw_first_day(opens, &n->opens);
    return ok && take_days(a, n, mw_row_values(row, at->deadlines, &rules->deadlines)) && take_sections(a, n, rules, row, at->sections) &&
         take_extra(a, n, rules, row, at->extra) && mw_extra_text(a, n, "status", mw_row_first(row, at->status, &rules->status));
}

enum mw_rc mw_emit_rows(struct mw_reading *x, struct mw_arena *a, const struct mw_list *rows, const struct mw_asked *at, struct mw_sv base)
{
    const struct mw_reading_rules *rules = &x->source->read;
    enum mw_rc rc = MW_OK;
    for (size_t i = 0; i < rows->n && rc == MW_OK; i++) {
        const struct mw_query_row *row = MW_AT(*rows, struct mw_query_row, i);
        struct mw_notice n = { .url = mw_url_of(x, a, mw_row_first(row, at->url, &rules->url)),
                               .title = mw_row_first(row, at->title, &rules->title),
                               .language = mw_sv_sub(mw_row_first(row, at->language, &rules->language), 0, 2), .opens = MW_DAY_NONE };
        rc = !mw_take_row(x, a, row, at, &n) ? mw_nomem(x->err)
             : mw_emit_leading_to(x, a, &n, base, mw_row_values(row, at->documents, &rules->documents));
    }
    return rc;
}
