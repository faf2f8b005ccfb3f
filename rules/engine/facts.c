/* The facts of a notice: those of its text, in its order, then its themes and those of the source's fields. */
#include "rules/engine/explain.h"
#include "rules/engine/ruleset.h"
#include "rules/engine/theme.h"

enum mw_rc mw_rules_facts(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, const struct mw_notice *n, struct mw_sv plain,
    struct mw_err *err)
{
    return mw_rules_explain(out, a, r, n, plain, NULL, err);
}

enum mw_rc mw_rules_explain(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, const struct mw_notice *n, struct mw_sv plain,
    const struct mw_witness *w, struct mw_err *err)
{
    struct mw_list headings = { 0 }; /* size_t: where title and headings begin */
    size_t *title = mw_list_add(a, &headings, sizeof *title);
    if (title == NULL)
        return mw_nomem(err);
    *title = 0;
    for (size_t i = 0; i < n->sections.n; i++) {
        size_t heading = 0, text = 0, *slot = NULL;
        if (MW_AT(n->sections, struct mw_section, i)->heading.n == 0)
            continue;
        mw_notice_offsets(n, i, &heading, &text);
        slot = mw_list_add(a, &headings, sizeof *slot);
        if (slot == NULL)
            return mw_nomem(err);
        *slot = heading;
    }
    enum mw_rc rc = mw_rules_read_watched(out, a, r, plain, &headings, w, err);
    if (rc == MW_OK)
        rc = mw_themes_facts(out, a, r, n, plain, err);
    return rc == MW_OK ? mw_rules_source_facts(out, a, r, n, err) : rc;
}
