/* Criterion files: keys and checks. */
#include "rules/engine/criteria.h"

#include <stdlib.h>

#include "lib/model/verdict.h"

const char *const MW_COMPARES[MW_C_N + 1] = { "stated", "absent", "our_land", "not_our_land", "our_type", "perhaps_our_type", "not_our_type",
    "our_kind", "not_our_kind", "within", "outside", "partly_within", "perhaps_within", "not_stated",
    "names_all", "names_some", "names_none", "our_theme", "near_theme", "other_theme", "open", "forthcoming", "closed", "status_unknown", NULL };
const char *const MW_PROJECT_STATES[MW_P_N + 1] = { "started", "not_started", "start_unknown", "joint", "single", "weak_budget",
    "not_weak_budget", "other_funding", "no_other_funding", NULL };
static const char *const FROM[] = { "text", "source", NULL };
static const char *const ANSWERS[] = { "no", "unknown", "yes", NULL };

#define F(key_, kind_, member_) { .key = (key_), .type = (kind_), .offset = offsetof(struct mw_criterion_row, member_) }
#define WORD(key_, member_, words_) \
    { .key = (key_), .type = MW_T_WORD, .offset = offsetof(struct mw_criterion_row, member_), .words = (words_) }
#define CONDITION_FIELDS                                                                                                          \
    { .type = MW_T_POS, .offset = offsetof(struct mw_criterion_row, pos) },                                                       \
    { .key = "fact", .type = MW_T_LIST, .offset = offsetof(struct mw_criterion_row, facts), .item = MW_T_WORD, .words = MW_FACT_TYPES }, \
    { .key = "kind", .type = MW_T_LIST, .offset = offsetof(struct mw_criterion_row, kinds), .item = MW_T_TEXT },                  \
    { .key = "value", .type = MW_T_LIST, .offset = offsetof(struct mw_criterion_row, values), .item = MW_T_TEXT },                \
    WORD("from", from, FROM), WORD("is", is, MW_COMPARES), F("every", MW_T_TRI, every), F("soft", MW_T_TRI, soft),                \
    WORD("project", project, MW_PROJECT_STATES)
static const struct mw_field ALSO_FIELDS[] = { CONDITION_FIELDS };
static const struct mw_schema ALSO = { "second condition of a row", sizeof(struct mw_criterion_row), ALSO_FIELDS,
    sizeof ALSO_FIELDS / sizeof *ALSO_FIELDS };
static const struct mw_field ROW_FIELDS[] = {
    CONDITION_FIELDS,
    { .key = "also", .type = MW_T_RECORD_P, .offset = offsetof(struct mw_criterion_row, also), .sub = &ALSO },
    { .key = "answer", .type = MW_T_WORD, .offset = offsetof(struct mw_criterion_row, answer), .needed = true, .words = ANSWERS },
    { .key = "de", .type = MW_T_TEXT, .offset = offsetof(struct mw_criterion_row, de), .needed = true },
    { .key = "en", .type = MW_T_TEXT, .offset = offsetof(struct mw_criterion_row, en), .needed = true },
};
static const struct mw_schema ROW = { "row of a criterion", sizeof(struct mw_criterion_row), ROW_FIELDS, sizeof ROW_FIELDS / sizeof *ROW_FIELDS };
static const struct mw_field CRITERION_FIELDS[] = {
    { .type = MW_T_POS, .offset = offsetof(struct mw_criterion_rule, pos) },
    { .key = "criterion", .type = MW_T_TEXT, .offset = offsetof(struct mw_criterion_rule, name), .needed = true },
    { .key = "about", .type = MW_T_TEXT, .offset = offsetof(struct mw_criterion_rule, about) },
    { .key = "order", .type = MW_T_INT, .offset = offsetof(struct mw_criterion_rule, order), .needed = true },
    { .key = "decisive", .type = MW_T_TRI, .offset = offsetof(struct mw_criterion_rule, decisive) },
    { .key = "rows", .type = MW_T_LIST, .offset = offsetof(struct mw_criterion_rule, rows), .needed = true, .item = MW_T_RECORD, .sub = &ROW },
};
static const struct mw_schema CRITERION = { "criterion", sizeof(struct mw_criterion_rule), CRITERION_FIELDS,
    sizeof CRITERION_FIELDS / sizeof *CRITERION_FIELDS };

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
