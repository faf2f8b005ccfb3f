/* Minutes tell of many things, one after the other: the item of the agenda that speaks most of money, time and funding is the project. */
#include "intake/draft_inside.h"

struct item {
    struct mw_sv text; /* from its heading to the next one */
    const struct mw_fact *heading;
    int64_t weight;
};

static bool is_heading(const struct mw_fact *f)
{
    return mw_statement_of(f) == MW_ST_ASIDE && mw_is_kind(f, "item");
}

/* "TOP 3", "Punkt 3 der Tagesordnung" are items wherever they stand; "§ 3" and "Punkt 3" are in minutes only. */
static bool says_agenda(struct mw_sv heading)
{
    return mw_sv_find(heading, MW_SV("TOP"), 0) != SIZE_MAX || mw_sv_find(heading, MW_SV("agesordnung"), 0) != SIZE_MAX;
}

/* How much a statement has of a project that somebody wants funded. */
static int64_t weight_of(const struct mw_fact *f)
{
    switch (mw_statement_of(f)) {
    case MW_ST_AMOUNT:
        return mw_is_kind(f, "mentioned") || mw_is_kind(f, "perhaps") ? 0 : mw_is_kind(f, "total") || mw_is_kind(f, "grant") ? 3 : mw_is_kind(f, "own") ? 2 : 1;
    case MW_ST_PROGRAMME:
    case MW_ST_OWN_SHARE:
        return 3;
    case MW_ST_PERIOD:
    case MW_ST_STARTED:
        return 2;
    case MW_ST_PHASE:
    case MW_ST_QUANTITY:
        return 1;
    default:
        return 0;
    }
}

static bool lies_in(struct mw_sv quote, struct mw_sv text)
{
    return quote.p >= text.p && quote.p < text.p + text.n;
}

static void find_items(struct mw_job *x, struct mw_list *items)
{
    bool minutes = false;
    for (size_t i = 0; i < x->statements.n; i++)
        minutes = minutes || (mw_statement_of(mw_statement_at(x, i)) == MW_ST_ASIDE && mw_is_kind(mw_statement_at(x, i), "minutes"));
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *f = mw_statement_at(x, i);
        struct item *before = items->n > 0 ? MW_AT(*items, struct item, items->n - 1) : NULL;
        if (!is_heading(f) || (!minutes && !says_agenda(f->quote)))
            continue;
        if (before != NULL)
            before->text.n = (size_t)(f->quote.p - before->text.p);
        struct item *item = mw_list_add(x->in->a, items, sizeof *item);
        if (item == NULL) {
            x->failed = true;
            return;
        }
        *item = (struct item){ { f->quote.p, (size_t)(x->d->text.p + x->d->text.n - f->quote.p) }, f, 0 };
    }
}

static struct item *heaviest(const struct mw_job *x, const struct mw_list *items, int64_t *next)
{
    struct item *best = NULL;
    *next = 0;
    for (size_t k = 0; k < items->n; k++) {
        struct item *item = MW_AT(*items, struct item, k);
        for (size_t i = 0; i < x->statements.n; i++)
            item->weight += lies_in(mw_statement_at(x, i)->quote, item->text) ? weight_of(mw_statement_at(x, i)) : 0;
        if (best == NULL || item->weight > best->weight) {
            *next = best != NULL ? best->weight : 0;
            best = item;
        } else if (item->weight > *next) {
            *next = item->weight;
        }
    }
    return best;
}

/* Of the statements those of the head and of the item are left, and the item's heading is the title. */
static void keep(struct mw_job *x, const struct item *item, const struct item *first)
{
    struct mw_fact *facts = x->statements.items, title = *item->heading;
    size_t n = 0;
    for (size_t i = 0; i < x->statements.n; i++) {
        enum mw_statement type = mw_statement_of(&facts[i]);
        bool head = facts[i].quote.p < first->text.p && type != MW_ST_TITLE;
        if (head || lies_in(facts[i].quote, item->text) || type == MW_ST_DOCUMENT || type == MW_ST_LAND)
            facts[n++] = facts[i];
    }
    x->statements.n = n;
    x->about = item->text;
    x->texts.n = 0;
    struct mw_sv *text = mw_list_add(x->in->a, &x->texts, sizeof *text);
    struct mw_fact *slot = title.value.n > 0 ? mw_list_add(x->in->a, &x->statements, sizeof *slot) : NULL;
    if (text == NULL) {
        x->failed = true;
        return;
    }
    *text = item->text;
    if (slot == NULL)
        return;
    *slot = title;
    slot->type = (enum mw_fact_type)MW_ST_TITLE;
    slot->kind = MW_SV_NONE;
    slot->number = INT64_MAX;
}

void mw_draft_choose_item(struct mw_job *x)
{
    struct mw_list items = { 0 };
    int64_t next = 0;
    find_items(x, &items);
    struct item *best = items.n > 1 ? heaviest(x, &items, &next) : NULL;
    if (best != NULL && best->weight > 0) {
        if (next * 3 >= best->weight * 2)
            mw_draft_ask(x, "title", "Several items of the agenda could be the project. Which one is it?");
        keep(x, best, MW_AT(items, struct item, 0));
    }
    struct mw_fact *facts = x->statements.items;
    size_t n = 0;
    for (size_t i = 0; i < x->statements.n; i++)
        if (mw_statement_of(&facts[i]) != MW_ST_ASIDE)
            facts[n++] = facts[i];
    x->statements.n = n;
}
