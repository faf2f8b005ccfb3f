/* Which themes a text names, and where. */
#include "rules/engine/kin.h"

#include <stdlib.h>
#include <string.h>

enum { LEAD_MAX = 800, BODY_MAX = 1500, QUOTE_MAX = 400 };

static size_t number_of(const struct mw_rules *r, const struct mw_concept *c)
{
    return (size_t)(c - mw_vocabulary_at(r->vocabulary, 0));
}

enum mw_rc mw_themes_weigh(struct mw_list *out, struct mw_arena *a, const struct mw_rules *r, struct mw_sv text, bool english, size_t offset,
    const char *kind, int weight, struct mw_err *err)
{
    struct mw_list found = { 0 };
    size_t office = SIZE_MAX, behind = 0;
    bool offices = mw_office_next(text, &behind, &office);
    enum mw_rc rc = mw_vocabulary_find_within(&found, a, r->vocabulary, text, english, err);
    for (size_t i = 0; i < found.n && rc == MW_OK; i++) {
        const struct mw_expansion *e = MW_AT(found, struct mw_expansion, i);
        size_t c = number_of(r, e->concept), k = 0;
        while (offices && e->begin >= behind)
            offices = mw_office_next(text, &behind, &office);
        if ((r->themes->theme[c].fields == 0 && !r->themes->theme[c].frame) || (offices && e->begin >= office))
            continue;
        while (k < out->n && MW_AT(*out, struct mw_said, k)->concept != c)
            k++;
        struct mw_said *s = k < out->n ? MW_AT(*out, struct mw_said, k) : mw_list_add(a, out, sizeof *s);
        if (s == NULL)
            return mw_nomem(err);
        if (k == out->n - 1 && s->weight == 0)
            *s = (struct mw_said){ c, offset + e->begin, kind, 0 };
        s->weight += weight;
    }
    return rc;
}

static int by_weight(const void *pa, const void *pb)
{
    const struct mw_said *a = pa, *b = pb;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

void mw_themes_sort(struct mw_list *said)
{
    if (said->n > 1)
        qsort(said->items, said->n, sizeof(struct mw_said), by_weight);
}

/* At most max bytes of s, no character cut in two. */
static struct mw_sv beginning(struct mw_sv s, size_t max)
{
    size_t n = s.n < max ? s.n : max;
    while (n > 0 && n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return mw_sv_sub(s, 0, n);
}

/* The sentence, or what the line holds of it, around a place of the plain text. */
static struct mw_sv sentence_at(struct mw_sv plain, size_t at, size_t *start)
{
    size_t b = at, e = at;
    while (b > 0 && plain.p[b - 1] != '\n' && at - b < QUOTE_MAX / 2 && !(b > 1 && plain.p[b - 1] == ' ' && plain.p[b - 2] == '.'))
        b--;
    while (e < plain.n && plain.p[e] != '\n' && e - b < QUOTE_MAX && !(plain.p[e] == '.' && (e + 1 == plain.n || plain.p[e + 1] == ' ')))
        e++;
    while (b < at && (plain.p[b] == ' ' || plain.p[b] == '*' || plain.p[b] == '#' || ((unsigned char)plain.p[b] & 0xC0) == 0x80))
        b++;
    while (e > at && e < plain.n && ((unsigned char)plain.p[e] & 0xC0) == 0x80)
        e--;
    *start = b;
    return mw_sv_sub(plain, b, e - b);
}

static struct mw_sv place_of(struct mw_arena *a, const struct mw_concept *c)
{
    const char *slash = c->pos.file != NULL ? strrchr(c->pos.file, '/') : NULL;
    return mw_arena_printf(a, "rules/vocabulary/%s:%u", slash != NULL ? slash + 1 : "", c->pos.line);
}

static enum mw_rc read_notice(struct mw_list *said, struct mw_arena *a, const struct mw_rules *r, const struct mw_notice *n, struct mw_err *err)
{
    size_t left = BODY_MAX;
    bool english = mw_sv_eqz(n->language, "en");
    enum mw_rc rc = mw_themes_weigh(said, a, r, n->title, english, 0, "title", 3, err);
    for (size_t i = 0; i < n->sections.n && left > 0 && rc == MW_OK; i++) {
        struct mw_sv text = MW_AT(n->sections, struct mw_section, i)->text;
        size_t heading = 0, at = 0;
        mw_notice_offsets(n, i, &heading, &at);
        if (i == 0) {
            struct mw_sv lead = beginning(text, LEAD_MAX);
            rc = mw_themes_weigh(said, a, r, lead, english, at, "lead", 2, err);
            at += lead.n;
            text = mw_sv_sub(text, lead.n, text.n - lead.n);
        }
        text = beginning(text, left);
        if (rc == MW_OK)
            rc = mw_themes_weigh(said, a, r, text, english, at, "text", 1, err);
        left -= text.n < left ? text.n : left;
        if (i == 1) /* what follows tells conditions and procedure */
            break;
    }
    return rc;
}

enum mw_rc mw_themes_facts(struct mw_list *out, struct mw_arena *a, const struct mw_rules *r, const struct mw_notice *n, struct mw_sv plain,
    struct mw_err *err)
{
    struct mw_list said = { 0 };
    if (r->themes == NULL || r->themes->n == 0)
        return MW_OK;
    enum mw_rc rc = read_notice(&said, a, r, n, err);
    mw_themes_sort(&said);
    for (size_t i = 0; i < said.n && i < MW_THEMES_MAX && rc == MW_OK; i++) {
        const struct mw_said *s = MW_AT(said, struct mw_said, i);
        const struct mw_concept *c = mw_vocabulary_at(r->vocabulary, s->concept);
        struct mw_fact *f = mw_list_add(a, out, sizeof *f);
        if (f == NULL)
            return mw_nomem(err);
        mw_fact_clear(f);
        f->type = MW_F_THEME;
        f->kind = mw_sv(s->kind);
        f->value = c->id;
        f->number = s->weight;
        f->rule = place_of(a, c);
        f->quote = s->at < n->title.n ? n->title : s->at < plain.n ? sentence_at(plain, s->at, &f->start) : MW_SV_NONE;
    }
    return rc;
}
