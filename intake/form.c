/* Lines "Label: value" to fields. Which label means what stands in rules/profile (tables form-blocks and form-fields). */
#include "intake/paper.h"

enum { LABELS_AT_LEAST = 5, LABEL_MAX = 120 };

struct reading {
    struct mw_paper *d;
    struct mw_arena *a;
    const struct mw_rules *rules;
    struct mw_sv block;
    unsigned number;
};

static bool add_field(struct reading *x, struct mw_sv key, struct mw_sv value, struct mw_sv quote)
{
    struct mw_form_field *f = mw_list_add(x->a, &x->d->fields, sizeof *f);
    if (f != NULL)
        *f = (struct mw_form_field){ x->block, x->number, key, value, quote };
    return f != NULL;
}

/* A line that stands for itself: "Los: LOT-5168", "Auftraggeber:", "## Abschnitt V: Auftragsvergabe", "Verfahren". */
static bool opens_block(struct reading *x, struct mw_sv line)
{
    struct mw_sv head = line, tail;
    while (head.n > 0 && (head.p[0] == '#' || head.p[0] == ' '))
        head = mw_sv_sub(head, 1, SIZE_MAX);
    struct mw_sv block = mw_rules_lookup(x->rules, "form-blocks", mw_sv_trim(head));
    if (block.p == NULL && head.p != line.p)
        block = MW_SV("other");
    if (block.p == NULL)
        return false;
    x->block = block;
    x->number++;
    if (mw_sv_cut(line, ':', &head, &tail) && mw_sv_trim(tail).n > 0 && mw_sv_eqz(block, "lot")) /* its number */
        return add_field(x, MW_SV("lot-number"), mw_sv_trim(tail), line);
    return true;
}

/* Bare numbers and dates are what a form prints without a label. */
static bool is_stray(struct mw_sv line)
{
    for (size_t i = 0; i < line.n; i++)
        if ((line.p[i] < '0' || line.p[i] > '9') && line.p[i] != '.' && line.p[i] != ',' && line.p[i] != ' ' && line.p[i] != '-')
            return false;
    return true;
}

static bool is_text(struct mw_sv key)
{
    return mw_sv_eqz(key, "description") || mw_sv_eqz(key, "more") || mw_sv_eqz(key, "options") || mw_sv_eqz(key, "bidders") ||
           mw_sv_eqz(key, "remedies") || mw_sv_eqz(key, "eu");
}

static bool read_line(struct reading *x, struct mw_sv line, size_t *labels)
{
    struct mw_sv label, value, key = MW_SV_NONE;
    if (opens_block(x, line)) {
        ++*labels;
        return true;
    }
    if (mw_sv_cut(line, ':', &label, &value) && label.n < LABEL_MAX)
        key = mw_rules_lookup(x->rules, "form-fields", mw_sv_trim(label));
    if (key.p != NULL) {
        ++*labels;
        return add_field(x, key, mw_sv_trim(value), line);
    }
    if (x->d->fields.n == 0 || is_stray(line))
        return true;
    struct mw_form_field *last = MW_AT(x->d->fields, struct mw_form_field, x->d->fields.n - 1);
    if (!is_text(last->key) || last->number != x->number)
        return true;
    const char *end = line.p + line.n; /* the text goes on */
    last->quote.n = (size_t)(end - last->quote.p);
    last->value.n = (size_t)(end - last->value.p);
    return true;
}

enum mw_rc mw_paper_form(struct mw_paper *d, struct mw_arena *a, const struct mw_rules *rules, struct mw_err *err)
{
    struct reading x = { d, a, rules, MW_SV("head"), 0 };
    struct mw_sv line, rest = d->text;
    size_t labels = 0;
    while (rest.n > 0) {
        mw_sv_cut(rest, '\n', &line, &rest);
        line = mw_sv_trim(line);
        if (line.n > 0 && !read_line(&x, line, &labels))
            return mw_nomem(err);
    }
    bool named = false;
    for (size_t i = 0; i < d->fields.n && !named; i++)
        named = mw_sv_eqz(MW_AT(d->fields, struct mw_form_field, i)->key, "name");
    if (!named || labels < LABELS_AT_LEAST)
        d->fields.n = 0;
    return MW_OK;
}
