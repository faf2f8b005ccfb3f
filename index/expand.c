/* What else a word may mean: the right spelling of one that no notice holds, and the synonyms of the vocabulary. Each is a
 * further way to say the typed word, weighs less than the word itself, and is shown. */
#include "index/query.h"
#include "rules/engine/vocabulary.h"

enum { WAYS_MAX = 24, FEW = 10 }; /* a page of hits */
static const double SYN_STRONG = 0.9;
static const double SYN_WEAK = 0.5;
static const double ANY_THEME = 0.5; /* of the weight of a word that goes with any theme: "anschaffen", "Gemeinde" */
static const double CORRECTION[] = { 0, 0.8, 0.6 }; /* by letters that differ */

/* --- synonyms -------------------------------------------------------------------------------------------------------------- */

struct forms {
    struct mw_arena *a;
    struct mw_list *list; /* struct mw_sv */
    bool failed;
};

static bool add_form(void *ctx, const struct mw_token *t)
{
    struct forms *f = ctx;
    if (t->part)
        return true;
    struct mw_sv *slot = mw_list_add(f->a, f->list, sizeof *slot);
    if (slot != NULL)
        *slot = mw_arena_copy(f->a, t->form);
    f->failed = slot == NULL || slot->p == NULL;
    return !f->failed;
}

/* Does the group say this already? */
static bool says(const struct mw_group *g, const struct mw_list *forms)
{
    for (size_t i = 0; forms->n == 1 && i < g->ways.n; i++) {
        const struct mw_way *way = MW_AT(g->ways, struct mw_way, i);
        bool whole = way->kind == MW_R_WORD || way->terms.n == 1;
        if (whole && mw_sv_eq(MW_AT(way->terms, struct mw_term, 0)->form, *MW_AT(*forms, struct mw_sv, 0)))
            return true;
    }
    return false;
}

/* Was all of it typed, in whatever spelling? */
static bool all_typed(const struct mw_list *groups, const struct mw_list *forms)
{
    for (size_t k = 0; k < forms->n; k++) {
        bool there = false;
        for (size_t i = 0; i < groups->n && !there; i++) {
            const struct mw_way *way = MW_AT(MW_AT(*groups, struct mw_group, i)->ways, struct mw_way, 0);
            there = mw_sv_eq(MW_AT(way->terms, struct mw_term, 0)->form, *MW_AT(*forms, struct mw_sv, k));
        }
        if (!there)
            return false;
    }
    return true;
}

/* "B+R", "R&D": apart its letters stand in any list, and say nothing. */
static bool only_letters(const struct mw_list *forms)
{
    for (size_t i = 0; i < forms->n; i++)
        if (MW_AT(*forms, struct mw_sv, i)->n > 1)
            return false;
    return true;
}

/* false: no memory. */
static bool forms_of(struct mw_list *out, struct mw_arena *a, struct mw_store *s, const struct mw_expansion *e)
{
    struct forms forms = { a, out, false };
    mw_analyse(s->an, e->words, e->english, add_form, &forms);
    return !forms.failed;
}

/* share: of the weight that the vocabulary gives. */
static enum mw_rc add_to(struct mw_group *g, struct mw_arena *a, const struct mw_expansion *e, const struct mw_list *forms, double share,
                         struct mw_err *err)
{
    double weight = share * e->weight / 100.0 * (e->weight > 50 ? SYN_STRONG : SYN_WEAK);
    return g->ways.n < WAYS_MAX && !says(g, forms) ? mw_way_add(g, a, MW_R_SYNONYM, e->words, forms, weight, err) : MW_OK;
}

/* Words of the query that the synonym stands for all get it: "interkommunale Zusammenarbeit" is IKZ in both its words. */
static enum mw_rc add_synonym(struct mw_list *groups, struct mw_arena *a, struct mw_store *s, const struct mw_expansion *e,
                              struct mw_err *err)
{
    struct mw_list forms = { NULL, 0, 0 };
    enum mw_rc rc = forms_of(&forms, a, s, e) ? MW_OK : mw_nomem(err);

    if (rc != MW_OK || only_letters(&forms) || all_typed(groups, &forms))
        return rc;
    for (size_t i = 0; i < groups->n && rc == MW_OK; i++) {
        struct mw_group *g = MW_AT(*groups, struct mw_group, i);
        if (g->end <= e->begin || g->begin >= e->end)
            continue;
        g->in_phrase = g->in_phrase || e->begin < g->begin || e->end > g->end;
        rc = add_to(g, a, e, &forms, 1, err);
    }
    return rc;
}

/* --- rare and mistyped words ----------------------------------------------------------------------------------------------- */

/* How many notices hold the word as typed, in either language. */
static enum mw_rc count_typed(int64_t *n, const struct mw_group *g, struct mw_store *s, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;

    *n = 0;
    for (size_t i = 0; i < g->ways.n && *n == 0 && rc == MW_OK; i++) {
        const struct mw_way *way = MW_AT(g->ways, struct mw_way, i);
        if (way->kind == MW_R_WORD)
            rc = mw_term_notices(s, MW_AT(way->terms, struct mw_term, 0)->form, n, err);
    }
    return rc;
}

static size_t letters_of(struct mw_sv word)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;
    mw_fold(&folded, word);
    return folded.n;
}

/* A form that no notice writes out ("Turn- und Sporthallen") with the ending and the capital of what was typed. */
static struct mw_sv as_typed(struct mw_arena *a, struct mw_sv form, struct mw_sv typed_form, struct mw_sv typed)
{
    MW_AUTO(mw_str_free) struct mw_str word = MW_STR_INIT;
    mw_fold(&word, typed);
    struct mw_sv folded = mw_str_sv(&word), ending = mw_sv_starts(folded, typed_form) ? mw_sv_sub(folded, typed_form.n, folded.n) : MW_SV("");
    bool capital = typed.n > 0 && typed.p[0] >= 'A' && typed.p[0] <= 'Z' && form.p[0] >= 'a' && form.p[0] <= 'z';
    return mw_arena_printf(a, "%c%.*s%.*s", capital ? form.p[0] - 'a' + 'A' : form.p[0], MW_SV_ARG(mw_sv_sub(form, 1, form.n)), MW_SV_ARG(ending));
}

/* The right spelling: of a word that is none in any list of words. The parts of a compound are words, so it is most likely one. */
static enum mw_rc correct(struct mw_group *g, struct mw_arena *a, struct mw_store *s, struct mw_rules *rules, struct mw_err *err)
{
    const struct mw_way *typed = MW_AT(g->ways, struct mw_way, 0);
    struct mw_sv form = MW_AT(typed->terms, struct mw_term, 0)->form, shown = MW_SV_NONE;
    const bool compound = typed->terms.n > 1;
    struct mw_list near = { NULL, 0, 0 }, forms = { NULL, 0, 0 }, more = { NULL, 0, 0 };
    enum mw_rc rc = mw_analyser_knows(s->an, g->typed) ? MW_OK : mw_near_terms(&near, a, s, form, letters_of(g->typed), err);
    size_t i = 0;

    while (i < near.n && compound && !MW_AT(near, struct mw_near, i)->slip)
        i++;
    if (rc != MW_OK || i >= near.n)
        return rc;
    const struct mw_near *one = MW_AT(near, struct mw_near, i);
    struct mw_sv *slot = mw_list_add(a, &forms, sizeof *slot);
    if (slot == NULL)
        return mw_nomem(err);
    *slot = one->form;
    rc = mw_term_shown(&shown, a, s, one->form, err);
    if (rc == MW_OK && mw_sv_eq(shown, one->form))
        shown = as_typed(a, one->form, form, g->typed);
    if (rc == MW_OK)
        rc = mw_way_add(g, a, MW_R_CORRECTION, shown, &forms, CORRECTION[one->distance], err);
    if (rc == MW_OK && rules != NULL) /* what the right word would have brought */
        rc = mw_vocabulary_expand(&more, a, mw_rules_vocabulary(rules), shown, err);
    for (size_t k = 0; k < more.n && rc == MW_OK; k++) {
        struct mw_list said = { NULL, 0, 0 };
        const struct mw_expansion *e = MW_AT(more, struct mw_expansion, k);
        rc = !forms_of(&said, a, s, e) ? mw_nomem(err) : only_letters(&said) ? MW_OK : add_to(g, a, e, &said, CORRECTION[one->distance], err);
    }
    return rc;
}

/* A word that few or no notices hold. Of one in a phrase that the vocabulary knows the parts say nothing: "digitales Rathaus" is neither Rat nor Haus. */
static enum mw_rc help_rare(struct mw_group *g, struct mw_arena *a, struct mw_store *s, struct mw_rules *rules, struct mw_err *err)
{
    int64_t n = 0;
    enum mw_rc rc = count_typed(&n, g, s, err);

    if (rc == MW_OK && n < FEW && !g->in_phrase)
        rc = mw_near_parts_add(g, a, err);
    return rc == MW_OK && n == 0 ? correct(g, a, s, rules, err) : rc;
}

enum mw_rc mw_expand(struct mw_list *groups, struct mw_arena *a, struct mw_store *s, const struct mw_query *q,
                     struct mw_rules *rules, struct mw_err *err)
{
    struct mw_list more = { NULL, 0, 0 };
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < groups->n && rules != NULL; i++) {
        struct mw_group *g = MW_AT(*groups, struct mw_group, i);
        g->weight *= mw_vocabulary_goes_with_any(mw_rules_vocabulary(rules), g->typed) ? ANY_THEME : 1;
    }
    if (rules != NULL)
        rc = mw_vocabulary_expand(&more, a, mw_rules_vocabulary(rules), q->plain, err);
    for (size_t i = 0; i < more.n && rc == MW_OK; i++)
        rc = add_synonym(groups, a, s, MW_AT(more, struct mw_expansion, i), err);
    for (size_t i = 0; i < groups->n && rc == MW_OK; i++)
        rc = help_rare(MW_AT(*groups, struct mw_group, i), a, s, rules, err);
    return rc;
}
