/* Themes: fields and kinship of concepts, the themes of a notice, of a profile, and how they stand to each other. */
#include "rules/engine/theme.h"

#include <stdlib.h>
#include <string.h>

#include "lib/language/segment.h"
#include "rules/engine/ruleset.h"

enum { FIELDS_MAX = 64, ABOVE_MAX = 12, LEAD_MAX = 800, BODY_MAX = 1500, QUOTE_MAX = 400, SAID_MAX = 24 };
enum { KIN_SAME = 100, KIN_FAMILY = 70, KIN_FIELD_NAME = 60, KIN_LINKED = 50, KIN_FIELD = 35, KIN_LINKED_ABOVE = 30 };
enum { COVERED_OURS = 45, COVERED_OTHER = 30, COVERED_GROUP = 40, COVERED_NOTHING = 7, FIELD_MAIN = 40, FIELD_OF_PROFILE = 25, FIELD_OF_NOTICE = 30 };
enum { WEIGHT_MIN = 5, THEMES_OF_ONE = 10, NAMED_AT_ONCE = 34, FRAMES_OF_ALL = 15, CRAFTS_FROM = 16, GROUP_OF_ALL = 35, GROUP_NAMED = 25 };

/* --- purposes.yaml ----------------------------------------------------------------------------------------------------- */
struct near { struct mw_list fields; };
struct purposes { struct mw_pos pos; struct mw_list ways, frames, groups, crafts, left_out, near; };
struct purposes_file { struct purposes purposes; };
static const struct mw_field NEAR_FIELDS[] = {
    { MW_FIELD(near, "fields", MW_T_LIST, fields), .needed = true, .item = MW_T_TEXT },
};
static const struct mw_schema NEAR = MW_SCHEMA("near fields", near, NEAR_FIELDS);
static const struct mw_field PURPOSES_FIELDS[] = {
    { MW_PLACE(purposes, pos) },
    { MW_FIELD(purposes, "ways", MW_T_LIST, ways), .item = MW_T_TEXT },
    { MW_FIELD(purposes, "frames", MW_T_LIST, frames), .item = MW_T_TEXT },
    { MW_FIELD(purposes, "groups", MW_T_LIST, groups), .item = MW_T_TEXT },
    { MW_FIELD(purposes, "crafts", MW_T_LIST, crafts), .item = MW_T_TEXT },
    { MW_FIELD(purposes, "left_out", MW_T_LIST, left_out), .item = MW_T_TEXT },
    { MW_FIELD(purposes, "near", MW_T_LIST, near), .item = MW_T_RECORD, .sub = &NEAR },
};
static const struct mw_schema PURPOSES = MW_SCHEMA("purposes", purposes, PURPOSES_FIELDS);
static const struct mw_field FILE_FIELDS[] = {
    { MW_FIELD(purposes_file, "purposes", MW_T_RECORD, purposes), .needed = true, .sub = &PURPOSES },
};
static const struct mw_schema PURPOSES_FILE = MW_SCHEMA("file of purposes", purposes_file, FILE_FIELDS);

struct above { uint16_t concept; uint8_t depth; };
struct theme {
    struct above above[ABOVE_MAX]; /* itself and what is above it */
    uint8_t n_above;
    uint64_t fields;               /* bit by field; 0: no theme */
    uint32_t groups;               /* bit by group of people, then by craft */
    bool is_field, frame;
};
struct mw_themes {
    struct purposes purposes;
    size_t n;                      /* concepts; 0: no purposes are known */
    struct theme *theme;           /* by number of the concept */
    uint64_t near[FIELDS_MAX];     /* fields near a field, itself too */
    uint16_t field_concept[FIELDS_MAX];
    size_t n_fields;
    uint8_t *linked;               /* n * n bits: related, in both directions */
};

bool mw_purposes_load(struct mw_rules *r, const struct mw_node *node, struct mw_diags *diags)
{
    struct purposes_file f;
    if (r->themes == NULL && (r->themes = mw_arena_alloc(r->arena, sizeof *r->themes)) == NULL)
        return false;
    mw_schema_read(&PURPOSES_FILE, node, &f, r->arena, diags);
    r->themes->purposes = f.purposes;
    return true;
}

/* --- fields and kinship --------------------------------------------------------------------------------------------------- */
static size_t number_of(const struct mw_rules *r, const struct mw_concept *c)
{
    return (size_t)(c - mw_vocabulary_at(r->vocabulary, 0));
}

static size_t find(const struct mw_rules *r, struct mw_sv id) { return mw_vocabulary_number(r->vocabulary, id); }

static void look_above(const struct mw_rules *r, struct theme *x, size_t c, unsigned depth)
{
    const struct mw_concept *concept = mw_vocabulary_at(r->vocabulary, c);
    for (size_t i = 0; i < x->n_above; i++)
        if (x->above[i].concept == c)
            return;
    if (x->n_above == ABOVE_MAX)
        return;
    x->above[x->n_above++] = (struct above){ (uint16_t)c, (uint8_t)depth };
    for (size_t i = 0; i < concept->broader.n; i++) {
        size_t up = find(r, *MW_AT(concept->broader, struct mw_sv, i));
        if (up != SIZE_MAX)
            look_above(r, x, up, depth + 1);
    }
}

static size_t place_in(const struct mw_list *ids, struct mw_sv id)
{
    for (size_t i = 0; i < ids->n; i++)
        if (mw_sv_eq(*MW_AT(*ids, struct mw_sv, i), id))
            return i;
    return SIZE_MAX;
}

static bool listed(const struct mw_list *ids, struct mw_sv id) { return place_in(ids, id) != SIZE_MAX; }

static size_t field_bit(struct mw_themes *t, size_t concept)
{
    for (size_t f = 0; f < t->n_fields; f++)
        if (t->field_concept[f] == concept)
            return f;
    if (t->n_fields == FIELDS_MAX)
        return SIZE_MAX;
    t->field_concept[t->n_fields] = (uint16_t)concept;
    return t->n_fields++;
}

static void check(const struct mw_rules *r, const struct mw_list *ids, struct mw_diags *diags)
{
    for (size_t i = 0; i < ids->n; i++)
        if (find(r, *MW_AT(*ids, struct mw_sv, i)) == SIZE_MAX)
            mw_diag_add(diags, MW_ERROR, &r->themes->purposes.pos, "concept", "There is no concept \"%.*s\" in rules/vocabulary.",
                MW_SV_ARG(*MW_AT(*ids, struct mw_sv, i)));
}

static void link_fields(struct mw_rules *r, struct mw_diags *diags)
{
    struct mw_themes *t = r->themes;
    for (size_t f = 0; f < t->n_fields; f++)
        t->near[f] = UINT64_C(1) << f;
    for (size_t i = 0; i < t->purposes.near.n; i++) {
        const struct near *n = MW_AT(t->purposes.near, struct near, i);
        uint64_t all = 0;
        check(r, &n->fields, diags);
        for (size_t k = 0; k < n->fields.n; k++) {
            size_t c = find(r, *MW_AT(n->fields, struct mw_sv, k));
            all |= c != SIZE_MAX ? t->theme[c].fields : 0;
        }
        for (size_t f = 0; f < t->n_fields; f++)
            t->near[f] |= (all >> f & 1) != 0 ? all : 0;
    }
}

static void link_concepts(struct mw_rules *r)
{
    struct mw_themes *t = r->themes;
    for (size_t c = 0; c < t->n; c++) {
        const struct mw_list *related = &mw_vocabulary_at(r->vocabulary, c)->related;
        for (size_t i = 0; i < related->n; i++) {
            size_t o = find(r, *MW_AT(*related, struct mw_sv, i));
            if (o == SIZE_MAX)
                continue;
            t->linked[(c * t->n + o) / 8] |= (uint8_t)(1u << (c * t->n + o) % 8);
            t->linked[(o * t->n + c) / 8] |= (uint8_t)(1u << (o * t->n + c) % 8);
        }
    }
}

/* Tables that say which concepts a source's words for themes are. */
static void check_table(const struct mw_rules *r, const char *name, struct mw_diags *diags)
{
    for (size_t i = 0; i < r->lookups.n; i++) {
        const struct mw_lookup *t = MW_AT(r->lookups, struct mw_lookup, i);
        for (size_t e = 0; mw_sv_eqz(t->name, name) && e < t->entries.n; e++) {
            const struct mw_lookup_entry *entry = MW_AT(t->entries, struct mw_lookup_entry, e);
            (void)mw_rules_concept(r, entry->is, &entry->pos, diags);
        }
    }
}

bool mw_themes_build(struct mw_rules *r, struct mw_diags *diags)
{
    struct mw_themes *t = r->themes;
    if (t == NULL || (t->n = mw_vocabulary_count(r->vocabulary)) == 0)
        return true;
    t->theme = mw_arena_array(r->arena, t->n, sizeof *t->theme);
    t->linked = mw_arena_alloc(r->arena, t->n * t->n / 8 + 1);
    if (t->n >= UINT16_MAX || t->theme == NULL || t->linked == NULL)
        return false;
    check(r, &t->purposes.ways, diags);
    check(r, &t->purposes.frames, diags);
    check(r, &t->purposes.groups, diags);
    check(r, &t->purposes.crafts, diags);
    for (size_t c = 0; c < t->n; c++) {
        struct theme *x = &t->theme[c];
        const struct mw_concept *concept = mw_vocabulary_at(r->vocabulary, c);
        x->is_field = concept->broader.n == 0;
        x->frame = listed(&t->purposes.frames, concept->id);
        look_above(r, x, c, 0);
        for (size_t i = 0; i < x->n_above; i++) {
            const struct mw_concept *up = mw_vocabulary_at(r->vocabulary, x->above[i].concept);
            size_t bit = up->broader.n == 0 && !listed(&t->purposes.ways, up->id) ? field_bit(t, x->above[i].concept) : SIZE_MAX;
            x->fields |= bit != SIZE_MAX ? UINT64_C(1) << bit : 0;
            size_t group = place_in(&t->purposes.groups, up->id), craft = place_in(&t->purposes.crafts, up->id);
            x->groups |= group < CRAFTS_FROM ? UINT32_C(1) << group : 0;
            x->groups |= craft < CRAFTS_FROM ? UINT32_C(1) << (CRAFTS_FROM + craft) : 0;
        }
    }
    link_fields(r, diags);
    link_concepts(r);
    check_table(r, "funding_area", diags);
    check_table(r, "eu_programme", diags);
    return true;
}

static bool is_above(const struct theme *x, size_t concept)
{
    for (size_t i = 0; i < x->n_above; i++)
        if (x->above[i].concept == concept)
            return true;
    return false;
}

static int kin(const struct mw_themes *t, size_t p, size_t q)
{
    const struct theme *x = &t->theme[p], *y = &t->theme[q];
    int best = (x->fields & y->fields) != 0 ? KIN_FIELD : 0;
    if (p == q)
        return KIN_SAME;
    if (is_above(y, p))
        return x->is_field ? KIN_FIELD_NAME : KIN_SAME;
    if (is_above(x, q))
        return y->is_field ? KIN_FIELD_NAME : KIN_SAME;
    for (size_t i = 0; i < x->n_above; i++)
        for (size_t k = 0; k < y->n_above; k++) {
            size_t a = x->above[i].concept, b = y->above[k].concept;
            int one = 0;
            if (a == b && !t->theme[a].is_field)
                one = KIN_FAMILY;
            else if ((t->linked[(a * t->n + b) / 8] >> (a * t->n + b) % 8 & 1) != 0)
                one = x->above[i].depth + y->above[k].depth <= 1 ? KIN_LINKED : KIN_LINKED_ABOVE;
            best = one > best ? one : best;
        }
    return best;
}

/* --- themes of a text ------------------------------------------------------------------------------------------------- */
struct said { size_t concept, at; const char *kind; int weight; };

static enum mw_rc weigh(struct mw_list *out, struct mw_arena *a, const struct mw_rules *r, struct mw_sv text, bool english, size_t offset,
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
        while (k < out->n && MW_AT(*out, struct said, k)->concept != c)
            k++;
        struct said *s = k < out->n ? MW_AT(*out, struct said, k) : mw_list_add(a, out, sizeof *s);
        if (s == NULL)
            return mw_nomem(err);
        if (k == out->n - 1 && s->weight == 0)
            *s = (struct said){ c, offset + e->begin, kind, 0 };
        s->weight += weight;
    }
    return rc;
}

static int by_weight(const void *pa, const void *pb)
{
    const struct said *a = pa, *b = pb;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
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
    enum mw_rc rc = weigh(said, a, r, n->title, english, 0, "title", 3, err);
    for (size_t i = 0; i < n->sections.n && left > 0 && rc == MW_OK; i++) {
        struct mw_sv text = MW_AT(n->sections, struct mw_section, i)->text;
        size_t heading = 0, at = 0;
        mw_notice_offsets(n, i, &heading, &at);
        if (i == 0) {
            struct mw_sv lead = beginning(text, LEAD_MAX);
            rc = weigh(said, a, r, lead, english, at, "lead", 2, err);
            at += lead.n;
            text = mw_sv_sub(text, lead.n, text.n - lead.n);
        }
        text = beginning(text, left);
        if (rc == MW_OK)
            rc = weigh(said, a, r, text, english, at, "text", 1, err);
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
    if (said.n > 1)
        qsort(said.items, said.n, sizeof(struct said), by_weight);
    for (size_t i = 0; i < said.n && i < MW_THEMES_MAX && rc == MW_OK; i++) {
        const struct said *s = MW_AT(said, struct said, i);
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

/* --- a profile against a notice ----------------------------------------------------------------------------------------- */
struct mw_theme_brief {
    const struct mw_rules *r;
    struct said said[SAID_MAX];
    size_t n;
    int weight;                /* of all */
    uint64_t main_fields;
    uint32_t groups;           /* of people that it speaks of */
    uint8_t *kin;              /* n rows of themes->n: percent, how near each concept is to ours */
};

static void add_fields(int64_t by_field[FIELDS_MAX], uint64_t fields, int weight)
{
    int n = 0;
    for (uint64_t f = fields; f != 0; f &= f - 1)
        n++;
    for (size_t f = 0; f < FIELDS_MAX && n > 0; f++)
        if ((fields >> f & 1) != 0)
            by_field[f] += weight * 100 / n;
}

static uint64_t fields_from(const int64_t by_field[FIELDS_MAX], int percent, int64_t *largest, int64_t *total)
{
    uint64_t out = 0;
    *largest = *total = 0;
    for (size_t f = 0; f < FIELDS_MAX; f++) {
        *total += by_field[f];
        *largest = by_field[f] > *largest ? by_field[f] : *largest;
    }
    for (size_t f = 0; f < FIELDS_MAX; f++)
        out |= by_field[f] > 0 && by_field[f] * 100 >= percent * *total ? UINT64_C(1) << f : 0;
    return out;
}

static bool leaves_out(const struct mw_rules *r, struct mw_sv sentence)
{
    for (size_t i = 0; i < r->themes->purposes.left_out.n; i++)
        if (mw_sv_find(sentence, *MW_AT(r->themes->purposes.left_out, struct mw_sv, i), 0) != SIZE_MAX)
            return true;
    return false;
}

/* What a text of the profile is about, but for its sentences on what the project is not. */
static enum mw_rc weigh_ours(struct mw_list *out, struct mw_arena *a, const struct mw_rules *r, struct mw_sv text, size_t offset, struct mw_err *err)
{
    struct mw_list sentences = { 0 };
    enum mw_rc rc = mw_segment(&sentences, a, text) ? MW_OK : mw_nomem(err);
    for (size_t i = 0; i < sentences.n && rc == MW_OK; i++) {
        const struct mw_segment *s = MW_AT(sentences, struct mw_segment, i);
        struct mw_sv one = mw_sv_sub(text, s->begin, s->end - s->begin);
        if (!leaves_out(r, one))
            rc = weigh(out, a, r, one, false, offset + s->begin, "text", 1, err);
    }
    return rc;
}

enum mw_rc mw_themes_brief(struct mw_theme_brief **out, struct mw_arena *a, const struct mw_rules *r, const struct mw_profile *p, struct mw_err *err)
{
    struct mw_list said = { 0 };
    struct mw_theme_brief *b = mw_arena_alloc(a, sizeof *b);
    int64_t by_field[FIELDS_MAX] = { 0 }, largest, total;
    *out = b;
    if (b == NULL)
        return mw_nomem(err);
    b->r = r;
    if (r->themes == NULL || r->themes->n == 0)
        return MW_OK;
    enum mw_rc rc = weigh(&said, a, r, p->title, false, 0, "title", 3, err);
    if (rc == MW_OK && p->summary.p != NULL)
        rc = weigh_ours(&said, a, r, p->summary, p->title.n, err);
    if (rc == MW_OK && p->text.p != NULL)
        rc = weigh_ours(&said, a, r, p->text, p->title.n, err);
    for (size_t i = 0; i < p->lots.n && rc == MW_OK; i++)
        rc = weigh(&said, a, r, MW_AT(p->lots, struct mw_lot, i)->label, false, p->title.n, "text", 1, err);
    if (rc != MW_OK)
        return rc;
    if (said.n > 1)
        qsort(said.items, said.n, sizeof(struct said), by_weight);
    b->n = said.n < SAID_MAX ? said.n : SAID_MAX;
    b->kin = mw_arena_array(a, b->n + 1, r->themes->n);
    if (b->kin == NULL)
        return mw_nomem(err);
    for (size_t i = 0; i < b->n; i++) {
        b->said[i] = *MW_AT(said, struct said, i);
        b->weight += b->said[i].weight;
        add_fields(by_field, r->themes->theme[b->said[i].concept].fields, b->said[i].weight);
        b->groups |= r->themes->theme[b->said[i].concept].groups;
        for (size_t q = 0; q < r->themes->n; q++)
            b->kin[i * r->themes->n + q] = (uint8_t)kin(r->themes, b->said[i].concept, q);
    }
    b->main_fields = fields_from(by_field, FIELD_OF_PROFILE, &largest, &total);
    return MW_OK;
}

/* What the notice says: its themes by number, and whether it has one plain purpose. */
struct purpose {
    const struct mw_fact *fact[MW_THEMES_MAX];
    size_t concept[MW_THEMES_MAX];
    int weight[MW_THEMES_MAX];
    size_t n;
    int total;
    uint64_t main_fields;
    uint32_t groups;              /* of people, where it is mostly for them; 0: for anybody */
    const struct mw_fact *people; /* what says so */
    bool plain;                   /* one purpose */
    bool wide;                    /* many, and no frame among them */
};

static void read_purpose(struct purpose *x, const struct mw_rules *r, const struct mw_list *facts)
{
    int64_t by_field[FIELDS_MAX] = { 0 }, largest = 0, all = 0, named = 0, frames = 0, people = 0, people_named = 0;
    bool titled_people = false;
    int titled[2] = { 0 }; /* themes of the title: frames, others */
    for (size_t i = 0; i < facts->n && x->n < MW_THEMES_MAX; i++) {
        const struct mw_fact *f = MW_AT(*facts, struct mw_fact, i);
        size_t c = f->type == MW_F_THEME && f->field.p == NULL ? find(r, f->value) : SIZE_MAX; /* what the text says */
        if (c == SIZE_MAX || f->number <= 0)
            continue;
        bool core = !mw_sv_eqz(f->kind, "text");
        named += core ? f->number : 0;
        frames += core && r->themes->theme[c].frame ? f->number : 0;
        titled[!r->themes->theme[c].frame] += mw_sv_eqz(f->kind, "title");
        if (r->themes->theme[c].groups != 0) {
            people += f->number;
            people_named += core ? f->number : 0;
            titled_people |= mw_sv_eqz(f->kind, "title") && r->themes->theme[c].groups < UINT32_C(1) << CRAFTS_FROM;
            x->groups |= r->themes->theme[c].groups;
            x->people = x->people != NULL ? x->people : f;
        }
        x->fact[x->n] = f;
        x->concept[x->n] = c;
        x->weight[x->n++] = (int)f->number;
        x->total += (int)f->number;
        add_fields(by_field, r->themes->theme[c].fields, (int)f->number);
    }
    x->main_fields = fields_from(by_field, FIELD_OF_NOTICE, &largest, &all);
    bool housed = x->n <= THEMES_OF_ONE && titled[1] > 0 && titled[1] >= titled[0]; /* "Klimaschutzinitiative – Kälteanlagen" */
    bool frame = !housed && frames * 100 >= (int64_t)FRAMES_OF_ALL * x->total;
    bool mostly = people * 100 >= (int64_t)GROUP_OF_ALL * x->total && people_named * 100 >= (int64_t)GROUP_NAMED * x->total;
    if (frame || !(mostly || titled_people))
        x->groups = 0;
    x->plain = named * 100 >= (int64_t)NAMED_AT_ONCE * x->total && !frame && x->total >= WEIGHT_MIN && largest * 100 >= FIELD_MAIN * all;
    x->wide = named > 0 && !frame && x->n > 1 && x->total >= WEIGHT_MIN && !x->plain;
}

static bool fields_are_near(const struct mw_themes *t, uint64_t a, uint64_t b)
{
    for (size_t f = 0; f < t->n_fields; f++)
        if ((a >> f & 1) != 0 && (t->near[f] & b) != 0)
            return true;
    return false;
}

/* How much of one side the other covers, in percent; a theme said once counts half. */
static int covered(const struct mw_theme_brief *b, const struct purpose *x, bool of_notice, size_t *nearest)
{
    int sum = 0, top = -1;
    for (size_t i = 0; i < (of_notice ? x->n : b->n); i++) {
        int best = 0, own = of_notice ? x->weight[i] : b->said[i].weight;
        for (size_t k = 0; k < (of_notice ? b->n : x->n); k++) {
            size_t row = of_notice ? k : i, col = of_notice ? i : k;
            int other = of_notice ? b->said[k].weight : x->weight[k];
            int one = b->kin[row * b->r->themes->n + x->concept[col]] * (other > 1 ? 2 : 1) / 2;
            best = one > best ? one : best;
        }
        sum += best * own;
        if (of_notice && best * own > top) {
            top = best * own;
            *nearest = i;
        }
    }
    return sum / (of_notice ? x->total : b->weight);
}

enum mw_purpose mw_themes_compare(const struct mw_theme_brief *b, const struct mw_list *facts, const struct mw_fact **why)
{
    struct purpose x = { .n = 0 };
    size_t nearest = 0;
    *why = NULL;
    if (b->n == 0)
        return MW_PURPOSE_UNKNOWN;
    read_purpose(&x, b->r, facts);
    if (x.n == 0)
        return MW_PURPOSE_UNKNOWN;
    int notice = covered(b, &x, true, &nearest), project = covered(b, &x, false, &nearest);
    *why = x.fact[nearest];
    if (notice >= COVERED_OURS || project >= COVERED_OURS)
        return MW_PURPOSE_OURS;
    if ((x.groups & b->groups) != 0)
        return MW_PURPOSE_NEAR;
    if (x.groups != 0 && notice < COVERED_GROUP && project < COVERED_GROUP)
        return *why = x.people, MW_PURPOSE_OTHER;
    int most = x.plain ? COVERED_OTHER : x.wide ? COVERED_NOTHING : 0;
    if (notice >= most || project >= most || fields_are_near(b->r->themes, b->main_fields, x.main_fields))
        return MW_PURPOSE_NEAR;
    *why = x.fact[0];
    return MW_PURPOSE_OTHER;
}

const struct mw_concept *mw_theme_concept(const struct mw_rules *r, struct mw_sv id)
{
    size_t c = r->themes != NULL && r->themes->n > 0 ? find(r, id) : SIZE_MAX;
    return c != SIZE_MAX ? mw_vocabulary_at(r->vocabulary, c) : NULL;
}

const struct mw_concept *mw_theme_of_brief(const struct mw_theme_brief *b)
{
    return b->n > 0 ? mw_vocabulary_at(b->r->vocabulary, b->said[0].concept) : NULL;
}
