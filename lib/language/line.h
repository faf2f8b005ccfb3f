/* What one line of a text is by itself. Private to the room: segment.c puts the lines together. */
#ifndef MW_LANGUAGE_LINE_H
#define MW_LANGUAGE_LINE_H

#include "lib/core/text.h"

enum mw_mark {         /* what a line begins with */
    MW_MARK_NONE,
    MW_MARK_BULLET,    /* * - + • – \- */
    MW_MARK_LETTER,    /* a) (a) a. */
    MW_MARK_DOUBLE,    /* aa) */
    MW_MARK_ROMAN,     /* ii) */
    MW_MARK_NUMBER,    /* 1) 1. 1\. */
    MW_MARK_BRACKETED, /* (1) */
    MW_MARK_SECTION,   /* 2.1 2.1.10. */
};
struct mw_line {
    size_t begin, end;  /* the text of the line: marks and white space at both ends left out */
    size_t start;       /* where the line's first visible character is, mark included */
    size_t next;        /* where the next line begins; the text's length at its end */
    size_t indent;      /* columns before the first visible character */
    size_t width;       /* bytes of the visible line, mark included */
    enum mw_mark mark;
    uint32_t sign;      /* of a bullet: which */
    unsigned depth;     /* of a section number: how many parts it has */
    unsigned ordinal;   /* of the others: its place in the list (a = 1, iv = 4, 2.10 = 10) */
    bool blank, rule, hash; /* nothing on it; ---- or ====; # heading */
    bool cells, row;    /* parts of it stand apart by |, tabs or three spaces; and it has no mark: the row of a table */
};

/* Reads the line of text that begins at `at` (< text.n). */
struct mw_line mw_line_read(struct mw_sv text, size_t at);

#endif
