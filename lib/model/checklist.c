/* Reads the checklist of attachments. */
#include "lib/model/checklist.h"

#include "lib/model/profile.h"
#include "lib/model/terms.h"

const char *const MW_STAGES[MW_STAGE_N + 1] = { "skizze", "antrag", "vor_bewilligung", "mittelabruf", "verwendungsnachweis", NULL };
static const char *const PER[] = { "application", "partner", NULL };
/* In the order of enum mw_land, whose first is "unknown". */
static const char *const LANDS[] = { "BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH", NULL };

static const struct mw_field WORDS_FIELDS[] = {
    { MW_FIELD(mw_words, "de", MW_T_TEXT, de), .needed = true },
    { MW_FIELD(mw_words, "en", MW_T_TEXT, en), .needed = true },
};
const struct mw_schema MW_WORDS = MW_SCHEMA("text in two languages", mw_words, WORDS_FIELDS);

static const struct mw_field WHEN_FIELDS[] = {
    { MW_PLACE(mw_need_when, pos) },
    { MW_FIELD(mw_need_when, "always", MW_T_TRI, always) },
    { MW_FIELD(mw_need_when, "joint", MW_T_TRI, joint) },
    { MW_FIELD(mw_need_when, "rate_by_budget", MW_T_TRI, rate_by_budget) },
    { MW_FIELD(mw_need_when, "personnel", MW_T_TRI, personnel) },
    { MW_FIELD(mw_need_when, "type", MW_T_LIST, type), .item = MW_T_WORD, .words = MW_APPLICANT_TYPES },
    { MW_FIELD(mw_need_when, "land", MW_T_LIST, land), .item = MW_T_WORD, .words = LANDS },
    { MW_FIELD(mw_need_when, "budget", MW_T_LIST, budget), .item = MW_T_WORD, .words = MW_BUDGETS },
    { MW_FIELD(mw_need_when, "programme", MW_T_LIST, programme), .item = MW_T_TEXT },
    { MW_FIELD(mw_need_when, "category", MW_T_LIST, category), .item = MW_T_TEXT },
    { MW_FIELD(mw_need_when, "cost_above", MW_T_EUR, cost_above) },
    { MW_FIELD(mw_need_when, "ask", MW_T_RECORD, ask), .sub = &MW_WORDS },
};
static const struct mw_schema WHEN = MW_SCHEMA("condition", mw_need_when, WHEN_FIELDS);

struct file_item { struct mw_attachment_rule is; int per; enum mw_tri drafted; };
static const struct mw_field ITEM_FIELDS[] = {
    { MW_PLACE(file_item, is.pos) },
    { MW_FIELD(file_item, "code", MW_T_TEXT, is.code), .needed = true },
    { MW_FIELD(file_item, "de", MW_T_TEXT, is.label.de), .needed = true },
    { MW_FIELD(file_item, "en", MW_T_TEXT, is.label.en), .needed = true },
    { MW_FIELD(file_item, "stage", MW_T_WORD, is.stage), .needed = true, .words = MW_STAGES },
    { MW_FIELD(file_item, "per", MW_T_WORD, per), .words = PER },
    { MW_FIELD(file_item, "drafted", MW_T_TRI, drafted) },
    { MW_FIELD(file_item, "required_when", MW_T_LIST, is.when), .needed = true, .item = MW_T_RECORD, .sub = &WHEN },
    { MW_FIELD(file_item, "sources", MW_T_LIST, is.sources), .needed = true, .item = MW_T_RECORD, .sub = &MW_TERM_SOURCE },
};
static const struct mw_schema ITEM = MW_SCHEMA("attachment", file_item, ITEM_FIELDS);

static const struct mw_field FILE_FIELDS[] = {
    { MW_PLACE(mw_checklist, pos) },
    { MW_FIELD(mw_checklist, "checklist", MW_T_TEXT, id), .needed = true },
    { MW_FIELD(mw_checklist, "attachments", MW_T_LIST, items), .needed = true, .item = MW_T_RECORD, .sub = &ITEM },
};
static const struct mw_schema CHECKLIST = MW_SCHEMA("checklist", mw_checklist, FILE_FIELDS);

static bool says_something(const struct mw_need_when *w)
{
    return w->always != MW_TRI_NONE || w->joint != MW_TRI_NONE || w->rate_by_budget != MW_TRI_NONE || w->personnel != MW_TRI_NONE ||
           w->type.n + w->land.n + w->budget.n + w->programme.n + w->category.n > 0 || mw_eur_is(w->cost_above) || w->ask.de.n > 0;
}

enum mw_rc mw_checklist_read(struct mw_checklist *out, struct mw_arena *a, const struct mw_node *map, struct mw_diags *diags)
{
    struct mw_checklist file;
    size_t errors = diags->errors;

    mw_schema_read(&CHECKLIST, map, &file, a, diags);
    *out = (struct mw_checklist){ .pos = file.pos, .id = file.id };
    for (size_t i = 0; i < file.items.n; i++) {
        const struct file_item *f = MW_AT(file.items, struct file_item, i);
        if (f->is.code.n > 0 && mw_checklist_find(out, f->is.code) != NULL)
            mw_diag_add(diags, MW_ERROR, &f->is.pos, "code-twice", "The attachment %.*s stands here for the second time.",
                        MW_SV_ARG(f->is.code));
        struct mw_attachment_rule *item = mw_list_add(a, &out->items, sizeof *item);
        if (item == NULL)
            return MW_NOMEM;
        *item = f->is;
        item->per_partner = f->per == 1;
        item->drafted = f->drafted == MW_YES;
        for (size_t w = 0; w < item->when.n; w++) {
            struct mw_need_when *when = MW_AT(item->when, struct mw_need_when, w);
            for (size_t l = 0; l < when->land.n; l++)
                *MW_AT(when->land, int, l) += 1;
            if (!says_something(when))
                mw_diag_add(diags, MW_ERROR, &when->pos, "empty-condition", "This condition of %.*s says nothing; always: yes is meant?",
                            MW_SV_ARG(item->code));
        }
    }
    return diags->errors == errors ? MW_OK : MW_INVALID;
}

enum mw_rc mw_checklist_load(struct mw_checklist *out, struct mw_arena *a, const char *path, struct mw_diags *diags)
{
    struct mw_node *map = NULL;
    enum mw_rc rc = mw_yaml_load(&map, a, path, diags);

    *out = (struct mw_checklist){ 0 };
    if (map == NULL)
        return rc;
    enum mw_rc read = mw_checklist_read(out, a, map, diags);
    return rc != MW_OK ? rc : read;
}

const struct mw_attachment_rule *mw_checklist_find(const struct mw_checklist *c, struct mw_sv code)
{
    for (size_t i = 0; i < c->items.n; i++)
        if (mw_sv_eq(MW_AT(c->items, struct mw_attachment_rule, i)->code, code))
            return MW_AT(c->items, struct mw_attachment_rule, i);
    return NULL;
}
