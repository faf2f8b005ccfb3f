/* Criterion files: keys and checks. */
#include "rules/engine/criteria.h"

#include <stdlib.h>

#include "lib/model/verdict.h"

const char *const MW_COMPARES[MW_C_N + 1] = { "stated", "absent", "our_land", "not_our_land", "our_type", "perhaps_our_type", "not_our_type",
    "our_kind", "not_our_kind", "within", "outside", "partly_within", "perhaps_within", "not_stated",
    "names_all", "names_some", "names_none", "our_area", "not_our_area", "area_elsewhere", "our_theme", "akin_theme", "near_theme", "other_theme", "open", "forthcoming", "closed", "status_unknown", NULL };
const char *const MW_PROJECT_STATES[MW_P_N + 1] = { "started", "not_started", "start_unknown", "joint", "single", "weak_budget",
    "normal_budget", "budget_emergency", "other_funding", "no_other_funding", NULL };
static const char *const FROM[] = { "text", "source", NULL };
static const char *const ANSWERS[] = { "no", "unknown", "yes", NULL };

#define F(key_, kind_, member_) { MW_FIELD(mw_criterion_row, key_, kind_, member_) }
#define WORD(key_, member_, words_) \
    { MW_FIELD(mw_criterion_row, key_, MW_T_WORD, member_), .words = (words_) }
#define CONDITION_FIELDS                                                                                                          \
    { MW_PLACE(mw_criterion_row, pos) },                                                       \
    { MW_FIELD(mw_criterion_row, "fact", MW_T_LIST, facts), .item = MW_T_WORD, .words = MW_FACT_TYPES }, \
    { MW_FIELD(mw_criterion_row, "kind", MW_T_LIST, kinds), .item = MW_T_TEXT },                  \
    { MW_FIELD(mw_criterion_row, "value", MW_T_LIST, values), .item = MW_T_TEXT },                \
    WORD("from", from, FROM), WORD("is", is, MW_COMPARES), F("every", MW_T_TRI, every), F("soft", MW_T_TRI, soft),                \
    WORD("project", project, MW_PROJECT_STATES)
static const struct mw_field ALSO_FIELDS[] = { CONDITION_FIELDS };
static const struct mw_schema ALSO = MW_SCHEMA("second condition of a row", mw_criterion_row, ALSO_FIELDS);
static const struct mw_field ROW_FIELDS[] = {
    CONDITION_FIELDS,
    { MW_FIELD(mw_criterion_row, "also", MW_T_RECORD_P, also), .sub = &ALSO },
    { MW_FIELD(mw_criterion_row, "answer", MW_T_WORD, answer), .needed = true, .words = ANSWERS },
    { MW_FIELD(mw_criterion_row, "de", MW_T_TEXT, de), .needed = true },
    { MW_FIELD(mw_criterion_row, "en", MW_T_TEXT, en), .needed = true },
};
static const struct mw_schema ROW = MW_SCHEMA("row of a criterion", mw_criterion_row, ROW_FIELDS);
static const struct mw_field CRITERION_FIELDS[] = {
    { MW_PLACE(mw_criterion_rule, pos) },
    { MW_FIELD(mw_criterion_rule, "criterion", MW_T_TEXT, name), .needed = true },
    { MW_FIELD(mw_criterion_rule, "about", MW_T_TEXT, about) },
    { MW_FIELD(mw_criterion_rule, "order", MW_T_INT, order), .needed = true },
    { MW_FIELD(mw_criterion_rule, "decisive", MW_T_TRI, decisive) },
    { MW_FIELD(mw_criterion_rule, "rows", MW_T_LIST, rows), .needed = true, .item = MW_T_RECORD, .sub = &ROW },
};
static const struct mw_schema CRITERION = MW_SCHEMA("criterion", mw_criterion_rule, CRITERION_FIELDS);

static int by_order(const void *pa, const void *pb)
{
    const struct mw_criterion_rule *a = pa, *b = pb;
    return a->order != b->order ? (a->order > b->order) - (a->order < b->order) : mw_sv_cmp(a->name, b->name);
}

static void check_row(const struct mw_criterion_row *row, struct mw_diags *diags)
{
    bool about_status = row->is >= MW_C_OPEN;
    if (!about_status && row->facts.n == 0 && row->is >= 0)
        mw_diag_add(diags, MW_ERROR, &row->pos, "no-fact", "The row compares (is:) but names no fact: to look at.");
    if (row->answer == MW_A_NO && row->soft == MW_YES)
        mw_diag_add(diags, MW_ERROR, &row->pos, "soft-no", "A soft wording (\"soll\", \"in der Regel\") never gives a no; answer: unknown is meant.");
}

bool mw_criteria_load(struct mw_list *out, struct mw_arena *a, const struct mw_node *node, const char *name, struct mw_diags *diags)
{
    struct mw_criterion_rule *c = mw_list_add(a, out, sizeof *c);
    if (c == NULL)
        return false;
    mw_schema_read(&CRITERION, node, c, a, diags);
    c->place = mw_arena_printf(a, "rules/criteria/%s:%u", name, c->pos.line);
    for (size_t i = 0; i < c->rows.n; i++) {
        struct mw_criterion_row *row = MW_AT(c->rows, struct mw_criterion_row, i);
        row->place = mw_arena_printf(a, "rules/criteria/%s:%u", name, row->pos.line);
        if (row->place.p == NULL)
            return false;
        check_row(row, diags);
    }
    qsort(out->items, out->n, sizeof *c, by_order);
    return c->place.p != NULL;
}
