/* The words that rules wait for and that patterns need, planted in one automaton. */
#include <string.h>

#include "rules/engine/ruleset.h"
#include "rules/engine/vocabulary.h"

static bool wait_for(struct mw_rules *r, struct mw_sv word, size_t index, uint8_t what)
{
    int n = mw_trigger_add(r->trigger, word);
    if (n < 0)
        return false;
    while (r->waits.n <= (size_t)n) {
        struct mw_list *l = mw_list_add(r->arena, &r->waits, sizeof *l);
        if (l == NULL)
            return false;
        *l = (struct mw_list){ 0 };
    }
    struct mw_waiter *w = mw_list_add(r->arena, MW_AT(r->waits, struct mw_list, (size_t)n), sizeof *w);
    if (w == NULL)
        return false;
    *w = (struct mw_waiter){ (uint32_t)index, what };
    return true;
}

/* The longest word of each: its endings stand behind it. */
static bool wait_for_labels(struct mw_rules *r, const struct mw_list *labels, size_t index, uint8_t what)
{
    for (size_t i = 0; i < labels->n; i++) {
        struct mw_sv word, best = MW_SV_NONE, rest = *MW_AT(*labels, struct mw_sv, i);
        for (bool more = true; more;) {
            more = mw_sv_cut(rest, ' ', &word, &rest);
            best = word.n > best.n ? word : best;
        }
        if (!wait_for(r, best, index, what))
            return false;
    }
    return true;
}

bool mw_rules_wait_for(struct mw_rules *r, const struct mw_list *words, size_t index, uint8_t what, const struct mw_pos *pos, struct mw_diags *diags)
{
    for (size_t i = 0; i < words->n; i++) {
        struct mw_sv word = *MW_AT(*words, struct mw_sv, i);
        const struct mw_wordlist *list = NULL;
        if (!mw_sv_starts(word, MW_SV("{{")) || !mw_sv_ends(word, MW_SV("}}"))) {
            if (!wait_for(r, word, index, what))
                return false;
            continue;
        }
        struct mw_sv name = mw_sv_sub(word, 2, word.n - 4);
        if (mw_sv_starts(name, MW_CONCEPT_BLOCK)) {
            const struct mw_concept *c = mw_rules_concept(r, mw_sv_sub(name, MW_CONCEPT_BLOCK.n, SIZE_MAX), pos, diags);
            if (c != NULL && (!wait_for_labels(r, &c->de, index, what) || !wait_for_labels(r, &c->en, index, what) ||
                              !wait_for_labels(r, &c->abbr, index, what)))
                return false;
            continue;
        }
        for (size_t k = 0; k < r->wordlists.n && list == NULL; k++)
            if (mw_sv_eq(MW_AT(r->wordlists, struct mw_wordlist, k)->name, name))
                list = MW_AT(r->wordlists, struct mw_wordlist, k);
        if (list == NULL)
            mw_diag_add(diags, MW_ERROR, pos, "words", "There is no list of words {{%.*s}} in facts/shared.yaml.", MW_SV_ARG(name));
        for (size_t k = 0; list != NULL && k < list->any.n; k++)
            if (!wait_for(r, *MW_AT(list->any, struct mw_sv, k), index, what))
                return false;
    }
    return true;
}

/* --- needs ---------------------------------------------------------------------------------------------------------- */
enum { NEEDS_MAX = 60000 };

/* The number of a need with these words, the same for the same words; -1: out of memory, or too many. */
static int number_of(struct mw_rules *r, const struct mw_list *words, struct mw_sv joined)
{
    for (size_t i = 0; i < r->needs.n; i++)
        if (mw_sv_eq(*MW_AT(r->needs, struct mw_sv, i), joined))
            return (int)i;
    struct mw_sv *slot = r->needs.n < NEEDS_MAX ? mw_list_add(r->arena, &r->needs, sizeof *slot) : NULL;
    if (slot == NULL)
        return -1;
    *slot = mw_arena_copy(r->arena, joined);
    size_t n = r->needs.n - 1;
    for (size_t i = 0; i < words->n; i++)
        if (!wait_for(r, *MW_AT(*words, struct mw_sv, i), n, MW_WAITS_NEED))
            return -1;
    return slot->p != NULL ? (int)n : -1;
}

static bool plant_need(struct mw_rules *r, struct mw_pattern *p, const struct mw_need *need)
{
    MW_AUTO(mw_str_free) struct mw_str joined = MW_STR_INIT;
    for (size_t i = 0; i < need->any.n; i++) {
        mw_str_add(&joined, *MW_AT(need->any, struct mw_sv, i));
        mw_str_addc(&joined, '\n');
    }
    int n = mw_str_ok(&joined) ? number_of(r, &need->any, mw_str_sv(&joined)) : -1;
    if (n >= 0)
        p->need[p->n_needs++] = (uint16_t)n;
    return n >= 0;
}

bool mw_rules_plant(struct mw_rules *r, struct mw_pattern *p, struct mw_sv source)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *scratch = mw_arena_new();
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;
    struct mw_list needs = { 0 };
    mw_pattern_fold(&folded, source);
    if (scratch == NULL || !mw_str_ok(&folded) || !mw_require(&needs, scratch, mw_str_sv(&folded)))
        return false;
    for (size_t i = 0; i < needs.n; i++)
        if (!plant_need(r, p, MW_AT(needs, struct mw_need, i)))
            return false;
    return true;
}
