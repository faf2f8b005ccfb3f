/* A funder's form as the plan fills it, for programs and for people. */
#include <stdio.h>

#include "apply/plan/make.h"

static void put_texts(struct mw_out *o, const struct mw_plan *p)
{
    static const struct mw_column COLS[] = { { ".label", "Text", false }, { "length", "Characters", true }, { "max", "At most", true } };

    if (p->form_entries.n == 0)
        return;
    mw_out_table(o, "texts", "Texts of the form", COLS, sizeof COLS / sizeof *COLS);
    for (size_t i = 0; i < p->form_entries.n; i++) {
        const struct mw_form_entry *e = MW_AT(p->form_entries, struct mw_form_entry, i);
        bool bounded = e->field->max != MW_INT_NONE;
        mw_out_row(o);
        mw_out_sv(o, "key", NULL, e->field->key);
        mw_out_sv(o, ".label", NULL, mw_words(&e->field->label, mw_out_lang(o)));
        if (bounded && e->length > e->field->max)
            mw_out_style(o, MW_BAD);
        mw_out_int(o, "length", NULL, e->length);
        if (bounded)
            mw_out_int(o, "max", NULL, e->field->max);
        mw_out_bool(o, "fits", NULL, (!bounded || e->length <= e->field->max) && (e->field->needed != MW_YES || e->length > 0));
        mw_out_end(o);
    }
    mw_out_end(o);
}

void mw_show_form(const struct mw_plan *p, struct mw_out *o)
{
    static const struct mw_column COLS[] = { { "code", "Pos.", false }, { "label", "Label", false }, { "total", "Total", true } };
    char key[12];

    if (p->form == NULL)
        return;
    mw_out_object(o, "form", "Form");
    mw_out_sv(o, "form", NULL, p->form->id);
    mw_out_para(o, MW_BODY, mw_words(&p->form->title, mw_out_lang(o)));
    mw_out_table(o, "positions", NULL, COLS, sizeof COLS / sizeof *COLS);
    for (size_t i = 0; i < p->form_lines.n; i++) {
        const struct mw_form_line *l = MW_AT(p->form_lines, struct mw_form_line, i);
        mw_out_row(o);
        mw_out_sv(o, "code", NULL, l->position->code);
        mw_out_sv(o, "label", NULL, mw_words(&l->position->label, mw_out_lang(o)));
        mw_out_object(o, "years", NULL);
        for (size_t y = 0; y < p->years.n; y++) {
            snprintf(key, sizeof key, "%d", p->years.first + (int)y);
            mw_out_eur(o, key, NULL, l->years[y]);
        }
        mw_out_end(o);
        mw_out_eur(o, "total", NULL, l->total);
        mw_out_end(o);
    }
    mw_out_end(o);
    put_texts(o, p);
    mw_out_end(o);
}
