/* In which special areas a project lies: where it says so ("im Fördergebiet der Gemeinschaftsaufgabe"; the words of each area stand in the table
 * `areas` of rules/vocabulary, "liegt nicht im" and "außerhalb" say the contrary), or where its Kreis lies (`area_kreise`). Some areas lie in
 * some Länder only (`area_laender`). Nothing else is known. */
#include <string.h>

#include "lib/language/analyse.h"
#include "rules/engine/court.h"

enum { BEFORE = 90 }; /* bytes before the words in which a "lies in" or a "not" is looked for */

static bool holds(struct mw_sv text, const char *word) { return mw_sv_find(text, mw_sv(word), 0) != SIZE_MAX; }

/* The sentence before the words, folded: does it say that the project lies there? */
static bool lies_there(struct mw_sv folded, size_t at)
{
    size_t from = at > BEFORE ? at - BEFORE : 0;
    for (size_t i = from; i < at; i++)
        from = folded.p[i] == '.' || folded.p[i] == ';' || folded.p[i] == '\n' ? i + 1 : from;
    struct mw_sv before = mw_sv_sub(folded, from, at - from);
    return !holds(before, "nicht") && !holds(before, "kein") && !holds(before, "ausserhalb") && !holds(before, " not ") &&
           (holds(before, "im ") || holds(before, "in de") || holds(before, "in ein") || holds(before, "zum ") || holds(before, "zur ") || holds(before, "in "));
}

static bool says(struct mw_sv folded, struct mw_sv words)
{
    MW_AUTO(mw_str_free) struct mw_str low = MW_STR_INIT;
    mw_fold(&low, words);
    struct mw_sv w = mw_str_sv(&low);
    for (size_t at = 0; w.n > 0 && (at = mw_sv_find(folded, w, at)) != SIZE_MAX; at++)
        if (lies_there(folded, at))
            return true;
    return false;
}

/* Does an applicant lie in one of these Kreise? */
static bool lies_in(const struct mw_profile *p, const struct mw_list *kreise)
{
    for (size_t i = 0; i < p->applicants.n; i++)
        for (size_t k = 0; k < kreise->n; k++)
            if (mw_sv_starts(MW_AT(p->applicants, struct mw_applicant, i)->ags, *MW_AT(*kreise, struct mw_sv, k)))
                return true;
    return false;
}

bool mw_areas_of(struct mw_list *out, struct mw_arena *a, const struct mw_rules *r, const struct mw_profile *p)
{
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    const struct mw_sv parts[] = { p->title, p->summary, p->text };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        mw_fold(&text, parts[i]);
        mw_str_addc(&text, '\n');
    }
    for (size_t t = 0; t < r->lookups.n; t++) {
        const struct mw_lookup *table = MW_AT(r->lookups, struct mw_lookup, t);
        bool words = mw_sv_eqz(table->name, "areas"), kreise = mw_sv_eqz(table->name, "area_kreise");
        for (size_t e = 0; (words || kreise) && e < table->entries.n; e++) {
            const struct mw_lookup_entry *entry = MW_AT(table->entries, struct mw_lookup_entry, e);
            bool ours = kreise && lies_in(p, &entry->words);
            for (size_t w = 0; words && w < entry->words.n && !ours; w++)
                ours = says(mw_str_sv(&text), *MW_AT(entry->words, struct mw_sv, w));
            struct mw_sv *slot = ours ? mw_list_add(a, out, sizeof *slot) : NULL;
            if (ours && slot == NULL)
                return false;
            if (slot != NULL)
                *slot = entry->is;
        }
    }
    return mw_str_ok(&text);
}

bool mw_court_our_area(const struct court *c, const struct mw_fact *f)
{
    for (size_t i = 0; c->areas != NULL && i < c->areas->n; i++)
        if (mw_sv_eq(*MW_AT(*c->areas, struct mw_sv, i), f->value))
            return true;
    return false;
}

bool mw_court_area_elsewhere(const struct court *c, const struct mw_fact *f)
{
    for (size_t t = 0; t < c->r->lookups.n; t++) {
        const struct mw_lookup *table = MW_AT(c->r->lookups, struct mw_lookup, t);
        for (size_t e = 0; mw_sv_eqz(table->name, "area_laender") && e < table->entries.n; e++) {
            const struct mw_lookup_entry *entry = MW_AT(table->entries, struct mw_lookup_entry, e);
            bool elsewhere = mw_sv_eq(entry->is, f->value) && mw_court_knows_land(c);
            for (size_t w = 0; w < entry->words.n && elsewhere; w++)
                elsewhere = !mw_court_our_land(c, &(struct mw_fact){ .value = *MW_AT(entry->words, struct mw_sv, w) });
            if (elsewhere)
                return true;
        }
    }
    return false;
}
