/* From the words of a notice to impacts: what each word is worth for finding this notice, in one byte.
 *
 * BM25F (Robertson, Zaragoza, Taylor 2004): counts of the fields are normalised by the field's length, weighted and added
 * before they saturate. Lengths are compared with fixed ones, not with the average of the collection: so an impact depends
 * on its own notice alone, never has to be renewed, and an index grown piece by piece is the same as one made at once.
 * How rare a word is counts at query time (rank.c). */
#include "index/db.h"
#include "index/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    double weight, b;
    double length; /* words of a usual text of that kind */
    double most;   /* mentions that count: a directive of 300,000 letters mentions everything */
} FIELDS[MW_FIELD_N] = {
    [MW_FIELD_TITLE] = { 6.0, 0.3, 10, INFINITY },  [MW_FIELD_SHORT] = { 3.0, 0.3, 30, INFINITY }, [MW_FIELD_BODY] = { 1.0, 0.4, 250, INFINITY },
    [MW_FIELD_RULES] = { 0.5, 0.75, 1500, 4 },      [MW_FIELD_LABELS] = { 1.0, 0.0, 10, INFINITY },
};
static const double K1 = 1.2;
static const double SHORTEST = 0.5; /* of the usual length: what is shorter says no more for it */
enum { NUMBERED_MOST = 1 << 20 };
enum { WHOLE = 10, PART = 8 }; /* tenths that a word and a part of a compound count */

struct entry {
    struct mw_sv term;
    struct mw_str bytes;    /* the posting list so far */
    uint32_t n;             /* postings in it */
    uint32_t last;          /* document added last; 0: none */
    uint32_t count[MW_FIELD_N];    /* tenths, of the document being read */
    uint32_t stamp;         /* the document whose counts these are */
};
struct mw_builder {
    struct mw_table table;      /* struct entry */
    struct entry **numbered;    /* the same by the analyser's numbers, from base + 1 on; NULL: not met yet */
    size_t numbered_cap;
    uint32_t base;
    struct entry **touched;     /* by the document being read */
    size_t touched_n, touched_cap;
    uint32_t doc, docs, first;
    uint32_t words[MW_FIELD_N];
    enum mw_text_field field;
    bool failed;
};

struct mw_builder *mw_builder_new(void)
{
    return calloc(1, sizeof(struct mw_builder));
}

static struct entry *entry_at(const struct mw_builder *b, size_t i)
{
    return (struct entry *)b->table.slots[i];
}

static void drop(struct mw_builder *b)
{
    for (size_t i = 0; i < b->table.cap; i++)
        if (b->table.slots[i] != NULL)
            mw_str_free(&entry_at(b, i)->bytes);
    mw_table_drop(&b->table);
    free(b->numbered);
    free(b->touched);
}

void mw_builder_clear(struct mw_builder *b)
{
    if (b->docs == 0 && b->table.n == 0)
        return;
    drop(b);
    *b = (struct mw_builder){ .failed = false };
}

void mw_builder_free(struct mw_builder *b)
{
    if (b == NULL)
        return;
    drop(b);
    free(b);
}

uint32_t mw_builder_docs(const struct mw_builder *b, uint32_t *first, uint32_t *last)
{
    *first = b->first;
    *last = b->doc;
    return b->docs;
}

/* --- counting ----------------------------------------------------------------------------------------------------------- */

static bool touch(struct mw_builder *b, struct entry *e)
{
    if (b->touched_n == b->touched_cap) {
        size_t cap = b->touched_cap == 0 ? 1024 : b->touched_cap * 2;
        struct entry **p = realloc(b->touched, cap * sizeof(struct entry *));
        if (p == NULL)
            return false;
        b->touched = p;
        b->touched_cap = cap;
    }
    b->touched[b->touched_n++] = e;
    memset(e->count, 0, sizeof e->count);
    e->stamp = b->doc;
    return true;
}

void mw_builder_field(struct mw_builder *b, enum mw_text_field field) { b->field = field; }

/* Room for the number; false: out of memory. */
static bool make_room(struct mw_builder *b, size_t at)
{
    size_t cap = b->numbered_cap == 0 ? 1 << 14 : b->numbered_cap;
    while (cap <= at)
        cap *= 2;
    struct entry **p = realloc(b->numbered, cap * sizeof(struct entry *));
    if (p == NULL)
        return false;
    memset(p + b->numbered_cap, 0, (cap - b->numbered_cap) * sizeof(struct entry *));
    b->numbered = p;
    b->numbered_cap = cap;
    return true;
}

/* The entry of a word. Nearly all have been met before, and a number is found faster than a word. */
static struct entry *entry_of(struct mw_builder *b, const struct mw_token *t)
{
    if (t->number > b->base && t->number - b->base > NUMBERED_MOST) { /* the analyser has forgotten what it numbered before */
        free(b->numbered);
        b->numbered = NULL;
        b->numbered_cap = 0;
        b->base = t->number - 1;
    }
    size_t at = t->number - b->base - 1;
    if (t->number <= b->base || (at >= b->numbered_cap && !make_room(b, at)))
        return mw_table_add(&b->table, t->form, sizeof(struct entry));
    if (b->numbered[at] == NULL)
        b->numbered[at] = mw_table_add(&b->table, t->form, sizeof(struct entry));
    return b->numbered[at];
}

bool mw_builder_count(void *builder, const struct mw_token *t)
{
    struct mw_builder *b = builder;
    struct entry *e = entry_of(b, t);

    if (e == NULL || (e->stamp != b->doc && !touch(b, e))) {
        b->failed = true;
        return false;
    }
    e->count[b->field] += t->part ? PART : WHOLE;
    b->words[b->field] += !t->part;
    return true;
}

/* --- impacts -------------------------------------------------------------------------------------------------------------- */

static double field_weight(const struct mw_builder *b, const struct entry *e, int f)
{
    double length = (double)b->words[f] / FIELDS[f].length;
    double norm = 1 - FIELDS[f].b + FIELDS[f].b * (length < SHORTEST ? SHORTEST : length);
    double times = e->count[f] / (double)WHOLE / norm;
    return FIELDS[f].weight * (times < FIELDS[f].most ? times : FIELDS[f].most);
}

static unsigned char impact(const struct mw_builder *b, const struct entry *e)
{
    double tf = 0;
    for (int f = 0; f < MW_FIELD_N; f++)
        tf += field_weight(b, e, f);
    double v = floor(MW_IMPACT_MAX * tf / (tf + K1) + 0.5);
    return v < 1 ? 1 : (unsigned char)v;
}

const char *const MW_FIELD_NAMES[MW_FIELD_N + 1] = { "title", "short", "body", "rules", "labels", NULL };

void mw_builder_shares(const struct mw_builder *b, struct mw_sv term, double *share)
{
    double tf[MW_FIELD_N], all = 0;
    const struct entry *e = mw_table_find(&b->table, term);

    memset(share, 0, MW_FIELD_N * sizeof *share);
    if (e == NULL || e->stamp != b->doc)
        return;
    for (int f = 0; f < MW_FIELD_N; f++)
        all += tf[f] = field_weight(b, e, f);
    for (int f = 0; f < MW_FIELD_N && all > 0; f++)
        share[f] = tf[f] / all;
}

static void add_varint(struct mw_str *out, uint32_t v)
{
    for (; v >= 128; v >>= 7)
        mw_str_addc(out, (char)(v | 128));
    mw_str_addc(out, (char)v);
}

void mw_posting_add(struct mw_str *out, uint32_t *last, uint32_t doc, unsigned char value)
{
    add_varint(out, doc - *last);
    mw_str_addc(out, (char)value);
    *last = doc;
}

/* Which field a section belongs to is told by its heading, as sources use them. */
enum mw_text_field mw_field_of(struct mw_sv heading)
{
    static const struct {
        const char *begin;
        enum mw_text_field field;
    } KNOWN[] = {
        { "kurz", MW_FIELD_SHORT },        { "abstract", MW_FIELD_SHORT },      { "summary", MW_FIELD_SHORT },    { "zusammenfassung", MW_FIELD_SHORT },
        { "richtlinie", MW_FIELD_RULES },  { "forderrichtlinie", MW_FIELD_RULES }, { "rechtsgrundlage", MW_FIELD_RULES },
        { "merkblatt", MW_FIELD_RULES },   { "topic conditions", MW_FIELD_RULES }, { "support", MW_FIELD_RULES },  { "conditions", MW_FIELD_RULES },
        { "verfahrensablauf", MW_FIELD_RULES }, { "fristen", MW_FIELD_RULES },
    };
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;

    mw_fold(&folded, heading);
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
        if (mw_sv_starts(mw_str_sv(&folded), mw_sv(KNOWN[i].begin)))
            return KNOWN[i].field;
    return MW_FIELD_BODY;
}

bool mw_heading_states_rules(struct mw_sv heading) { return mw_field_of(heading) == MW_FIELD_RULES; }

void mw_builder_read(struct mw_builder *b, struct mw_analyser *an, struct mw_sv text, bool english, enum mw_text_field field)
{
    b->field = field;
    if (text.n > 0 && !b->failed)
        mw_analyse(an, text, english, mw_builder_count, b);
}

enum mw_rc mw_builder_begin(struct mw_builder *b, int64_t doc, struct mw_err *err)
{
    if (doc <= b->doc || doc >= UINT32_MAX)
        return mw_fail(err, MW_DB, "The search index is full.");
    b->doc = (uint32_t)doc;
    memset(b->words, 0, sizeof b->words);
    b->touched_n = 0;
    return MW_OK;
}

enum mw_rc mw_builder_end(struct mw_builder *b, struct mw_err *err)
{
    for (size_t i = 0; i < b->touched_n && !b->failed; i++) {
        struct entry *e = b->touched[i];
        mw_posting_add(&e->bytes, &e->last, b->doc, impact(b, e));
        e->n++;
        b->failed = !mw_str_ok(&e->bytes);
    }
    if (b->docs++ == 0)
        b->first = b->doc;
    return b->failed ? mw_nomem(err) : MW_OK;
}

enum mw_rc mw_builder_add(struct mw_builder *b, struct mw_analyser *an, int64_t doc, const struct mw_notice *n,
                          struct mw_err *err)
{
    bool english = mw_sv_eqz(n->language, "en");
    enum mw_rc rc = mw_builder_begin(b, doc, err);

    if (rc != MW_OK)
        return rc;
    mw_builder_read(b, an, n->title, english, MW_FIELD_TITLE);
    for (size_t i = 0; i < n->sections.n; i++) {
        const struct mw_section *c = MW_AT(n->sections, struct mw_section, i);
        mw_builder_read(b, an, c->heading, english, MW_FIELD_RULES);
        mw_builder_read(b, an, c->text, english, mw_field_of(c->heading));
    }
    for (int kind = 0; kind < MW_FACET_N; kind++)
        for (size_t i = 0; i < n->facets[kind].n; i++)
            mw_builder_read(b, an, *MW_AT(n->facets[kind], struct mw_sv, i), english, MW_FIELD_LABELS);
    return mw_builder_end(b, err);
}

static int by_term(const void *a, const void *b)
{
    return mw_sv_cmp(**(struct mw_sv *const *)a, **(struct mw_sv *const *)b);
}

enum mw_rc mw_builder_each(struct mw_builder *b, mw_posting_fn *fn, void *ctx)
{
    struct mw_sv **slots = b->table.slots;
    enum mw_rc rc = MW_OK;
    size_t n = 0;

    for (size_t i = 0; i < b->table.cap; i++) /* packs the table: after this the builder only waits to be cleared */
        if (slots[i] != NULL) {
            struct mw_sv *e = slots[i];
            slots[i] = NULL;
            slots[n++] = e;
        }
    if (n > 0)
        qsort(slots, n, sizeof(struct mw_sv *), by_term);
    for (size_t i = 0; i < n && rc == MW_OK; i++)
        if (entry_at(b, i)->n > 0)
            rc = fn(ctx, *slots[i], entry_at(b, i)->n, mw_str_sv(&entry_at(b, i)->bytes));
    return rc;
}
