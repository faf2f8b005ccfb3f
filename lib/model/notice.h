/* A notice: one funding programme or call as a source publishes it (FORMATS.md section 1).
 *
 * Texts stay as they came: a section keeps its markup in raw, byte for byte; text is the plain text made of it (by
 * lib/parse for HTML, the same bytes where the source gave text). The plain text of a notice is its title, then every
 * section's heading and text, joined by newlines; offsets of facts count its bytes. */
#ifndef MW_MODEL_NOTICE_H
#define MW_MODEL_NOTICE_H

#include "lib/core/node.h"
#include "lib/core/out.h"
#include "lib/core/date.h"

struct mw_section {
    struct mw_sv heading; /* may be empty, never NONE */
    struct mw_sv raw;     /* as the source gave it */
    bool html;            /* raw is HTML */
    struct mw_sv text;    /* plain text; MW_SV_NONE until lib/parse made it (a text section: the same as raw) */
};
enum mw_facet_kind { MW_FUNDING_TYPE, MW_FUNDING_AREA, MW_FUNDING_LOCATION, MW_ELIGIBLE_APPLICANTS, MW_FUNDER, MW_FACET_N };
extern const char *const MW_FACET_NAMES[MW_FACET_N + 1]; /* "funding_type", ... NULL */

struct mw_notice {
    struct mw_sv url, source, title, language; /* url and title always; language "de" or "en", "de" where not stated */
    struct mw_list sections;                   /* struct mw_section */
    struct mw_list facets[MW_FACET_N];         /* struct mw_sv: labels as the source gives them */
    struct mw_day opens;                       /* stated by the source as data; MW_DAY_NONE */
    struct mw_list deadlines;                  /* struct mw_day, the same, ascending as given */
    struct mw_sv fetched_at;                   /* RFC 3339, as given; MW_SV_NONE */
    struct mw_list extra;                      /* struct mw_pair: further keys of the object, kept for export */
};

/* From one parsed JSON object. Faults (no url, no title, wrong types) end it with a sentence that names the key. Views
 * point into the nodes; lists live in the arena. */
enum mw_rc mw_notice_from_node(struct mw_notice *out, struct mw_arena *a, const struct mw_node *node, struct mw_err *err);
/* The same with all its texts in the arena. MW_NOMEM. */
enum mw_rc mw_notice_copy(struct mw_notice *out, struct mw_arena *a, const struct mw_notice *n, struct mw_err *err);
/* As one object of the interchange format; sections with the html or text that came. */
void mw_notice_to_out(const struct mw_notice *n, struct mw_out *o);
/* Title, headings and section texts joined by '\n'; every section must have its text. */
void mw_notice_plain(struct mw_str *out, const struct mw_notice *n);
/* Where section i's heading and text begin in the plain text. */
void mw_notice_offsets(const struct mw_notice *n, size_t i, size_t *heading, size_t *text);

#endif
