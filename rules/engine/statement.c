/* Statements are read as facts are; only their names and tables are told here. */
#include "rules/engine/statement.h"

#include "rules/engine/ruleset.h"

const char *const MW_STATEMENTS[MW_ST_N + 1] = {
    "party", "applicant", "role", "document", "title", "period", "phase", "lot", "quantity", "amount", "own_share", "started", "programme",
    "population", "budget", "joint", "land", "theme", "untrue", "aside", NULL
};
_Static_assert((int)MW_ST_N <= (int)MW_F_TYPE_N, "the engine keeps a flag for each type");

enum mw_rc mw_rules_statements(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, struct mw_sv text, const struct mw_list *headings,
    struct mw_err *err)
{
    return mw_rules_read(out, a, r, text, headings, err);
}

static const struct mw_lookup *table_of(const struct mw_rules *r, const char *name)
{
    for (size_t i = 0; i < r->lookups.n; i++)
        if (mw_sv_eqz(MW_AT(r->lookups, struct mw_lookup, i)->name, name))
            return MW_AT(r->lookups, struct mw_lookup, i);
    return NULL;
}

struct mw_sv mw_rules_lookup(const struct mw_rules *r, const char *table, struct mw_sv words)
{
    const struct mw_lookup *t = table_of(r, table);
    return t != NULL ? mw_lookup_find(t, words) : MW_SV_NONE;
}

struct mw_sv mw_rules_lookup_folded(const struct mw_rules *r, const char *table, struct mw_sv folded)
{
    const struct mw_lookup *t = table_of(r, table);
    return t != NULL ? mw_lookup_find_folded(t, folded) : MW_SV_NONE;
}

void mw_rules_lookup_words(const struct mw_rules *r, const char *table, bool (*take)(void *ctx, struct mw_sv word), void *ctx)
{
    const struct mw_lookup *t = table_of(r, table);
    bool go_on = true;

    for (size_t e = 0; t != NULL && e < t->entries.n && go_on; e++) {
        const struct mw_list *words = &MW_AT(t->entries, struct mw_lookup_entry, e)->words;
        for (size_t k = 0; k < words->n && go_on; k++) {
            struct mw_sv word = *MW_AT(*words, struct mw_sv, k);
            word.n -= mw_sv_ends(word, MW_SV("*"));
            go_on = take(ctx, word);
        }
    }
}
