/* Facts from what the source states as data: facets, dates. They carry the field's name in place of a quote. */
#include "rules/engine/ruleset.h"

static bool add(struct mw_list *out, struct mw_arena *a, struct mw_fact f)
{
    struct mw_fact *slot = mw_list_add(a, out, sizeof *slot);
    if (slot != NULL)
        *slot = f;
    return slot != NULL;
}

static struct mw_fact blank(enum mw_fact_type type, const char *field)
{
    struct mw_fact f;
    mw_fact_clear(&f);
    f.type = type;
    f.field = mw_sv(field);
    return f;
}

static const struct mw_lookup *table_of(const struct mw_rules *r, const char *name)
{
    for (size_t i = 0; i < r->lookups.n; i++)
        if (mw_sv_eqz(MW_AT(r->lookups, struct mw_lookup, i)->name, name))
            return MW_AT(r->lookups, struct mw_lookup, i);
    return NULL;
}

/* Every label of a facet that the table of that name knows; per keeps the source's own label. */
static bool add_facets(struct mw_list *out, struct mw_arena *a, const struct mw_rules *r, const struct mw_notice *n, enum mw_facet_kind facet,
    enum mw_fact_type type)
{
    const struct mw_lookup *t = table_of(r, MW_FACET_NAMES[facet]);
    for (size_t i = 0; t != NULL && i < n->facets[facet].n; i++) {
        struct mw_sv label = *MW_AT(n->facets[facet], struct mw_sv, i);
        struct mw_fact f = blank(type, MW_FACET_NAMES[facet]);
        struct mw_sv value = mw_lookup_find(t, label);
        if (value.p == NULL)
            continue;
        f.value = mw_arena_copy(a, value);
        f.per = mw_arena_copy(a, label);
        if (f.value.p == NULL || f.per.p == NULL || !add(out, a, f))
            return false;
    }
    return true;
}

/* Every concept that the table of that name has for a source's word for what a programme is about, as a theme; per keeps the word. */
static bool add_themes(struct mw_list *out, struct mw_arena *a, const struct mw_rules *r, struct mw_sv label, const char *table, const char *field)
{
    const struct mw_lookup *t = table_of(r, table);
    for (size_t i = 0; t != NULL && i < t->entries.n; i++) {
        const struct mw_lookup_entry *e = MW_AT(t->entries, struct mw_lookup_entry, i);
        struct mw_fact f = blank(MW_F_THEME, field);
        f.kind = MW_SV("source");
        f.value = e->is;
        if (!mw_lookup_entry_has(e, label))
            continue;
        f.per = mw_arena_copy(a, label);
        if (f.per.p == NULL || !add(out, a, f))
            return false;
    }
    return true;
}

/* The Förderbereiche of a German notice, the programme of a call of the Union. */
static bool add_all_themes(struct mw_list *out, struct mw_arena *a, const struct mw_rules *r, const struct mw_notice *n)
{
    static const char *const FIELDS[] = { "programme", "framework_programme" };
    bool good = true;
    for (size_t i = 0; i < n->facets[MW_FUNDING_AREA].n && good; i++)
        good = add_themes(out, a, r, *MW_AT(n->facets[MW_FUNDING_AREA], struct mw_sv, i), "funding_area", "funding_area");
    for (size_t i = 0; i < n->extra.n && good; i++) {
        const struct mw_pair *pair = MW_AT(n->extra, struct mw_pair, i);
        for (size_t k = 0; k < sizeof FIELDS / sizeof *FIELDS && good; k++)
            if (mw_sv_eqz(pair->key, FIELDS[k]) && pair->value->kind == MW_SCALAR)
                good = add_themes(out, a, r, pair->value->text, "eu_programme", FIELDS[k]);
    }
    return good;
}

/* A programme of the Union that is open in all its states. */
static bool add_union(struct mw_list *out, struct mw_arena *a, const struct mw_rules *r, const struct mw_notice *n)
{
    const struct mw_lookup *t = table_of(r, "eu_wide");
    for (size_t i = 0; t != NULL && n->facets[MW_FUNDING_LOCATION].n == 0 && i < n->extra.n; i++) {
        const struct mw_pair *pair = MW_AT(n->extra, struct mw_pair, i);
        if (pair->value->kind != MW_SCALAR || !(mw_sv_eqz(pair->key, "programme") || mw_sv_eqz(pair->key, "framework_programme")))
            continue;
        struct mw_fact f = blank(MW_F_REGION, mw_sv_eqz(pair->key, "programme") ? "programme" : "framework_programme");
        struct mw_sv value = mw_lookup_find(t, pair->value->text);
        if (value.p == NULL)
            continue;
        f.value = mw_arena_copy(a, value);
        f.per = mw_arena_copy(a, pair->value->text);
        return f.value.p != NULL && f.per.p != NULL && add(out, a, f);
    }
    return true;
}

/* The crawler keeps the source's word for the procedure as deadline_model. */
static bool has_two_stages(const struct mw_notice *n)
{
    for (size_t i = 0; i < n->extra.n; i++) {
        const struct mw_pair *pair = MW_AT(n->extra, struct mw_pair, i);
        if (mw_sv_eqz(pair->key, "deadline_model") && pair->value->kind == MW_SCALAR && mw_sv_eqz(pair->value->text, "two-stage"))
            return true;
    }
    return false;
}

/* What the i-th date is: of a two-stage call the first is that of the sketch, and who missed it cannot enter later; of several
 * others each is a cut-off. */
static struct mw_sv deadline_kind(const struct mw_notice *n, size_t i)
{
    if (n->deadlines.n > 1 && has_two_stages(n))
        return i == 0 ? MW_SV("sketch") : MW_SV("full_proposal");
    return n->deadlines.n > 1 ? MW_SV("cutoff") : MW_SV("application");
}

enum mw_rc mw_rules_source_facts(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, const struct mw_notice *n, struct mw_err *err)
{
    bool good = add_facets(out, a, r, n, MW_FUNDING_LOCATION, MW_F_REGION) && add_facets(out, a, r, n, MW_ELIGIBLE_APPLICANTS, MW_F_APPLICANT) &&
                add_facets(out, a, r, n, MW_FUNDING_TYPE, MW_F_KIND) && add_all_themes(out, a, r, n) && add_union(out, a, r, n);
    for (size_t i = 0; i < n->deadlines.n && good; i++) {
        struct mw_fact f = blank(MW_F_DEADLINE, "deadlines");
        f.kind = deadline_kind(n, i);
        f.date = *MW_AT(n->deadlines, struct mw_day, i);
        good = add(out, a, f);
    }
    if (good && has_two_stages(n)) {
        struct mw_fact f = blank(MW_F_TWO_STAGE, "deadline_model");
        f.value = MW_SV("true");
        good = add(out, a, f);
    }
    if (mw_day_is(n->opens) && good) {
        struct mw_fact f = blank(MW_F_VALIDITY, "opens");
        f.kind = MW_SV("from");
        f.date = n->opens;
        good = add(out, a, f);
    }
    return good ? MW_OK : mw_nomem(err);
}
