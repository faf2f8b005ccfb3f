/* A paper: the text of one document as a list of blocks, before it becomes DOCX or PDF. What the papers say is said once
 * (description.c, cooperation.c, checks.c); how they look is the business of docx.c and pdf.c.
 *
 * English texts given to these functions are looked up in the message table, texts of the project are not. Whatever
 * nobody has written down is an open question: shown as such in its place, and never filled in. The first failure (out
 * of memory) sticks in paper.failed. All of a paper lives in its arena. */
#ifndef MW_DOCUMENTS_PAPER_H
#define MW_DOCUMENTS_PAPER_H

#include "apply/documents/chart.h"

enum mw_block_kind {
    MW_BLOCK_HEADING,  /* level 1 (numbered) to 3 */
    MW_BLOCK_TEXT,
    MW_BLOCK_OPEN,     /* a question: "[open: ...]" */
    MW_BLOCK_NOTE,     /* small print */
    MW_BLOCK_BULLET,
    MW_BLOCK_TABLE,
    MW_BLOCK_CHART
};
struct mw_paper_column {
    const char *label; /* English; NULL: empty head */
    int weight;        /* of the width */
    bool right;        /* numbers */
};
struct mw_paper_row { struct mw_sv *cells; bool sum; };
struct mw_paper_table {
    struct mw_sv caption;
    struct mw_sv *heads;
    int *weights;
    bool *right;
    size_t n;             /* columns */
    struct mw_list rows;  /* struct mw_paper_row */
};
struct mw_block {
    enum mw_block_kind kind;
    int level;
    struct mw_sv text;
    struct mw_paper_table *table;
    const struct mw_chart *chart;
};
struct mw_paper {
    struct mw_arena *a;
    enum mw_lang lang;
    struct mw_sv title, subtitle; /* the kind of document; the project */
    struct mw_sv author;
    struct mw_day day;            /* the day the plan was computed for */
    struct mw_list blocks;        /* struct mw_block */
    size_t open;                  /* questions */
    bool failed;
};

void mw_paper_begin(struct mw_paper *p, struct mw_arena *a, const struct mw_plan *plan, enum mw_lang lang, const char *title);
void mw_paper_heading(struct mw_paper *p, int level, const char *english);
void mw_paper_say(struct mw_paper *p, enum mw_block_kind kind, struct mw_sv text);
__attribute__((format(printf, 3, 4))) void mw_paper_sayf(struct mw_paper *p, enum mw_block_kind kind, const char *english, ...);
/* Somebody's words: blank lines part paragraphs, lines that begin with "- " are items, "# " headings. */
void mw_paper_prose(struct mw_paper *p, struct mw_sv text);
/* The project's text of that key as prose; without one the question, with the key it is asked for under. */
void mw_paper_text(struct mw_paper *p, const struct mw_project *project, const char *key, const char *question);
/* The same with the question of lib/model/narrative.h. */
void mw_paper_narrative(struct mw_paper *p, const struct mw_project *project, const char *key);
void mw_paper_chart(struct mw_paper *p, const struct mw_chart *chart);

/* Columns are copied; the table belongs to the paper. Never NULL: after a failure it is a table that takes no rows. */
struct mw_paper_table *mw_paper_table(struct mw_paper *p, const struct mw_paper_column *cols, size_t n);
/* A new row of empty cells; its cells are set with mw_cell_*(). NULL after a failure, which they take. */
struct mw_paper_row *mw_paper_row(struct mw_paper *p, struct mw_paper_table *t);
void mw_paper_put(struct mw_paper_row *r, size_t col, struct mw_sv text);
void mw_paper_put_tr(struct mw_paper *p, struct mw_paper_row *r, size_t col, const char *english);
void mw_paper_put_eur(struct mw_paper *p, struct mw_paper_row *r, size_t col, struct mw_eur e); /* not stated: empty */
void mw_paper_put_day(struct mw_paper *p, struct mw_paper_row *r, size_t col, struct mw_day d);

/* Values as texts in the language of the paper, in its arena: "1.234,56 EUR", "75 %", "31.03.2026", "12.345". */
struct mw_sv mw_paper_eur(struct mw_paper *p, struct mw_eur e);
struct mw_sv mw_paper_share(struct mw_paper *p, struct mw_share s);
struct mw_sv mw_paper_day(struct mw_paper *p, struct mw_day d);
struct mw_sv mw_paper_count(struct mw_paper *p, int64_t n);
struct mw_sv mw_paper_open(struct mw_paper *p); /* "[open]": what nobody has said, in a table */
/* "vergabe" -> "Vergabe": ids that are words, as they stand in a text. */
struct mw_sv mw_paper_word(struct mw_paper *p, struct mw_sv id);
/* The same for other writers; MW_SV_NONE: no memory. */
struct mw_sv mw_capital(struct mw_arena *a, struct mw_sv id);
/* Who applies, the lead first: "Stadt A, Stadt B, Stadt C, Stadt D and 11 more"; MW_SV_NONE: no memory. */
struct mw_sv mw_applicants_line(struct mw_arena *a, const struct mw_profile *profile, enum mw_lang lang);
struct mw_sv mw_paper_tr(const struct mw_paper *p, const char *english);

/* --- columns.c: for the writers ------------------------------------------------------------------------------------------- */
/* The widest piece of a column that no line should break (at spaces and hyphens it may), and its width in thousandths of the font's
 * size by an estimate for Arial. */
struct mw_widest { struct mw_sv text; bool bold; int width; };
struct mw_widest mw_paper_widest(const struct mw_paper_table *t, size_t col);
/* Shares total among the columns by their weights, so that each has at least need[c] where all of that fits. widths: t->n of them,
 * in the unit of total. */
void mw_paper_fit(const struct mw_paper_table *t, int total, const int *need, int *widths);

/* --- the writers: bytes in the arena of the paper ----------------------------------------------------------------------- */
/* Office Open XML (ECMA-376) of one paper. */
enum mw_rc mw_docx(struct mw_sv *out, struct mw_paper *paper, struct mw_err *err);
/* All papers as one tagged PDF: a cover with their contents, then each on pages of its own. */
enum mw_rc mw_pdf(struct mw_sv *out, struct mw_paper *papers, size_t n, struct mw_err *err);

#endif
