/* Themes: fields and kinship of concepts. */
#include "rules/engine/kin.h"

enum { KIN_SAME = 100, KIN_FAMILY = 70, KIN_FIELD_NAME = 60, KIN_LINKED = 50, KIN_FIELD = 35, KIN_LINKED_ABOVE = 30 };

/* --- purposes.yaml ----------------------------------------------------------------------------------------------------- */
struct near { struct mw_list fields; };
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
    { MW_FIELD(purposes, "addressees", MW_T_LIST, addressees), .item = MW_T_TEXT },
    { MW_FIELD(purposes, "pots", MW_T_LIST, pots), .item = MW_T_TEXT },
    { MW_FIELD(purposes, "crafts", MW_T_LIST, crafts), .item = MW_T_TEXT },
    { MW_FIELD(purposes, "left_out", MW_T_LIST, left_out), .item = MW_T_TEXT },
    { MW_FIELD(purposes, "places", MW_T_LIST, places), .item = MW_T_TEXT },
    { MW_FIELD(purposes, "funds", MW_T_LIST, funds), .item = MW_T_TEXT },
    { MW_FIELD(purposes, "aside", MW_T_LIST, aside), .item = MW_T_TEXT },
    { MW_FIELD(purposes, "near", MW_T_LIST, near), .item = MW_T_RECORD, .sub = &NEAR },
};
static const struct mw_schema PURPOSES = MW_SCHEMA("purposes", purposes, PURPOSES_FIELDS);
static const struct mw_field FILE_FIELDS[] = {
    { MW_FIELD(purposes_file, "purposes", MW_T_RECORD, purposes), .needed = true, .sub = &PURPOSES },
};
static const struct mw_schema PURPOSES_FILE = MW_SCHEMA("file of purposes", purposes_file, FILE_FIELDS);

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
        size_t up = mw_theme_number(r, *MW_AT(concept->broader, struct mw_sv, i));
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

bool mw_theme_listed(const struct mw_list *ids, struct mw_sv id) { return place_in(ids, id) != SIZE_MAX; }

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
        (void)mw_rules_concept(r, *MW_AT(*ids, struct mw_sv, i), &r->themes->purposes.pos, diags);
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
            size_t c = mw_theme_number(r, *MW_AT(n->fields, struct mw_sv, k));
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
            size_t o = mw_theme_number(r, *MW_AT(*related, struct mw_sv, i));
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
    check(r, &t->purposes.addressees, diags);
    check(r, &t->purposes.pots, diags);
    check(r, &t->purposes.crafts, diags);
    for (size_t c = 0; c < t->n; c++) {
        struct theme *x = &t->theme[c];
        const struct mw_concept *concept = mw_vocabulary_at(r->vocabulary, c);
        if (concept->use == MW_FOR_SEARCH)
            continue;
        x->is_field = concept->broader.n == 0;
        x->frame = mw_theme_listed(&t->purposes.frames, concept->id);
        x->addressee = mw_theme_listed(&t->purposes.addressees, concept->id);
        x->pot = mw_theme_listed(&t->purposes.pots, concept->id);
        look_above(r, x, c, 0);
        for (size_t i = 0; i < x->n_above; i++) {
            const struct mw_concept *up = mw_vocabulary_at(r->vocabulary, x->above[i].concept);
            size_t bit = up->broader.n == 0 && !mw_theme_listed(&t->purposes.ways, up->id) ? field_bit(t, x->above[i].concept) : SIZE_MAX;
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

int mw_theme_kin(const struct mw_themes *t, size_t p, size_t q)
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

const struct mw_concept *mw_theme_concept(const struct mw_rules *r, struct mw_sv id)
{
    size_t c = r->themes != NULL && r->themes->n > 0 ? mw_theme_number(r, id) : SIZE_MAX;
    return c != SIZE_MAX ? mw_vocabulary_at(r->vocabulary, c) : NULL;
}
