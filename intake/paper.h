/* A document about a project as this room reads it: its text, and where it is a form, its fields.
 *
 * Text, HTML, DOCX, PDF and the XML of TED notices all become this. Quotes are bytes of the text (of the field's value where the
 * source is XML), so that every value of the profile can be found again in the document. */
#ifndef MW_INTAKE_PAPER_H
#define MW_INTAKE_PAPER_H

#include "lib/core/arena.h"
#include "lib/core/err.h"
#include "lib/parse/parse.h"
#include "rules/engine/statement.h"

struct mw_form_field {
    struct mw_sv block; /* "buyer", "lot", "award", ...: values of the table form-blocks; never NONE */
    unsigned number;    /* counts the blocks from 0; fields of one block have the same */
    struct mw_sv key;   /* "name", "town", ...: values of the table form-fields */
    struct mw_sv value; /* without the label; may hold line ends */
    struct mw_sv quote; /* the label too, where the document has one */
};
struct mw_paper {
    struct mw_sv text;      /* UTF-8 */
    struct mw_sv title;     /* what the file itself says is its title (HTML), else MW_SV_NONE */
    struct mw_list heads;   /* size_t: where headings begin in text, as the format marks them */
    struct mw_list fields;  /* struct mw_form_field; empty: no form */
    bool page;              /* came as a web page */
    struct mw_sv beside;    /* text of further files beside a form; MW_SV_NONE */
};

/* Reads a file's bytes by what they are, not by their name. MW_PARSE, MW_INVALID: nothing readable; the sentence says what. */
enum mw_rc mw_paper_read(struct mw_paper *out, struct mw_arena *a, struct mw_parser *parser, const struct mw_rules *rules,
    struct mw_sv bytes, struct mw_err *err);
/* A further file about the same project (an annex): its fields and its text come behind those of out. */
enum mw_rc mw_paper_join(struct mw_paper *out, struct mw_arena *a, const struct mw_paper *more, struct mw_err *err);
/* form.c: the fields of a text whose lines are those of a TED notice; none where it is no form. */
enum mw_rc mw_paper_form(struct mw_paper *d, struct mw_arena *a, const struct mw_rules *rules, struct mw_err *err);

#endif
