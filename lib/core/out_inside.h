/* What out.c and its three writers share; nobody else includes this. out.c keeps the nesting and decides who sees what;
 * the writers only lay out. All texts that reach heading, value, para and table are clean: valid UTF-8, no control
 * characters, single spaces (paragraphs: also newlines). */
#ifndef MW_CORE_OUT_INSIDE_H
#define MW_CORE_OUT_INSIDE_H

#include "lib/core/arena.h"
#include "lib/core/out.h"

enum mw_out_kind { MW_OUT_OBJECT, MW_OUT_LIST, MW_OUT_TABLE, MW_OUT_ROW };
enum { MW_OUT_DEPTH = 64 };

struct mw_out_frame {
    enum mw_out_kind kind;
    bool silent;         /* not for this format: nothing inside is written */
    bool announced;      /* the heading stands, or there is none */
    struct mw_str label; /* clean; empty: none */
    struct mw_str list;  /* people: the single values of a list so far, joined */
    size_t n;            /* JSON: members written */
};
struct mw_out_cell {
    struct mw_sv text, href;
    enum mw_style style;
};
struct mw_out_table { /* people: collected until its end */
    struct mw_arena *arena;
    struct mw_column *cols; /* labels clean and translated */
    size_t n;               /* columns */
    bool head;              /* a column has a label */
    struct mw_list cells;   /* struct mw_out_cell, row by row */
};
struct mw_out_line { /* text: one "label: value" of a block that is aligned when complete */
    struct mw_sv label, text;
    enum mw_style style;
};
struct mw_out {
    mw_write_fn *write;
    void *ctx;
    struct mw_out_opts opts;
    struct mw_str buf; /* not yet written */
    bool nomem, finished;
    int error; /* errno of the first write that failed */
    const char *misuse;
    struct mw_out_frame frames[MW_OUT_DEPTH];
    size_t depth;
    size_t ignored; /* open frames of a misuse: everything inside is dropped */
    bool opened; /* the outermost object was there */
    enum mw_style style; /* of the next value */
    struct mw_out_table table;
    /* out_text.c */
    struct mw_arena *lines_arena;
    struct mw_list lines; /* struct mw_out_line */
    bool any;             /* something was printed: a blank line may be due */
    int last;             /* what was printed last, see out_text.c */
    /* out_html.c */
    bool in_dl;
};

/* Appends to the buffer, which is written out when it is large. */
void mw_out_put(struct mw_out *o, struct mw_sv bytes);
void mw_out_putz(struct mw_out *o, const char *z);

/* --- out.c: frames --- */
bool mw_out_dead(const struct mw_out *o);                  /* finished or failed: nothing is written any more */
void mw_out_note_misuse(struct mw_out *o, const char *what);   /* remembers a call that made no sense */
bool mw_out_programs(const struct mw_out *o);              /* JSON; else people */
bool mw_out_named(const char *key);                        /* a name for JSON */
struct mw_out_frame *mw_out_top(struct mw_out *o);         /* the innermost open one, or NULL */
void mw_out_announce(struct mw_out *o, size_t depth);      /* people: says the headings that are due, of depth frames */
void mw_out_show(struct mw_out *o, struct mw_sv label, const struct mw_out_cell *v);
void mw_out_show_list(struct mw_out *o, struct mw_out_frame *f); /* the values of a list gathered so far, as one */

/* --- out_value.c: clean texts --- */
void mw_out_clean(struct mw_str *out, struct mw_sv s, bool newlines);
struct mw_str mw_out_label(const struct mw_out *o, const char *label); /* translated and clean; owned by the caller */

/* --- the writers --- */
void mw_out_json_open(struct mw_out *o, const char *key, bool object); /* before the new frame is pushed */
void mw_out_json_close(struct mw_out *o);                              /* before the frame is popped */
void mw_out_json_value(struct mw_out *o, const char *key, struct mw_sv literal);
void mw_out_json_text(struct mw_out *o, const char *key, struct mw_sv text); /* as a string */

void mw_out_text_heading(struct mw_out *o, unsigned level, struct mw_sv label);
void mw_out_text_value(struct mw_out *o, struct mw_sv label, const struct mw_out_cell *v);
void mw_out_text_para(struct mw_out *o, enum mw_style style, struct mw_sv text);
void mw_out_text_table(struct mw_out *o);
void mw_out_text_finish(struct mw_out *o);

void mw_out_html_heading(struct mw_out *o, unsigned level, struct mw_sv label);
void mw_out_html_value(struct mw_out *o, struct mw_sv label, const struct mw_out_cell *v);
void mw_out_html_para(struct mw_out *o, enum mw_style style, struct mw_sv text);
void mw_out_html_table(struct mw_out *o);
void mw_out_html_finish(struct mw_out *o);

#endif
