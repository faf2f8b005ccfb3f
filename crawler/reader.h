/* Fetched bytes to notices. A reader belongs to one source and one run; it neither fetches nor stores.
 *
 *     mw_reader_new, mw_reader_read for every resource, mw_reader_finish, mw_reader_free
 *
 * Reading the same resources in the same order gives the same notices. One bad record never sinks the others: it is
 * reported and counted. */
#ifndef MW_CRAWLER_READER_H
#define MW_CRAWLER_READER_H

#include "crawler/source.h"
#include "lib/parse/parse.h"

enum mw_address_role {
    MW_ROLE_LIST,     /* where the source begins, and the pages after it */
    MW_ROLE_PAGE,     /* one notice */
    MW_ROLE_DOCUMENT  /* a guideline that a notice links to (PDF) */
};
/* An address to fetch. */
struct mw_address {
    struct mw_sv url;         /* absolute, http(s) */
    enum mw_address_role role;
    struct mw_sv of;          /* documents: the address of the notice */
    struct mw_sv modified;    /* when it last changed, as the source says (sitemaps, feeds); MW_SV_NONE */
    struct mw_day from, to;   /* a partition by days of start, both included; from behind to: the rows that say none; MW_DAY_NONE: all */
    int64_t page;             /* for "{page}" in the request's body; 0: none */
    int64_t rows;             /* a counted list page: so many rows stood on those before it */
};
/* Does it ask for a part only? Days that nobody set, 0 and 0, are none. */
static inline bool mw_is_part(const struct mw_address *a)
{
    return mw_day_is(a->from) && mw_day_is(a->to) && (a->from.n != 0 || a->to.n != 0);
}
/* What was fetched. Small ones as bytes, big ones as a file: with path set, bytes are not looked at. gzip is recognised. */
struct mw_resource {
    struct mw_address from;
    struct mw_sv bytes;
    const char *path;
    size_t unpacked;          /* the sink packed bytes (sink.h), and they were so many; 0: as they came */
    struct mw_sv asked;       /* the address from which redirects led to from.url; MW_SV_NONE: that itself */
    struct mw_sv charset;     /* of the HTTP header; MW_SV_NONE */
    struct mw_sv fetched_at;  /* RFC 3339; becomes the notices' */
    bool excerpt;             /* somebody may have cut it out of an answer: JSON without its frame, a list of records, is read, too */
};
/* Where it goes. Whatever is passed lives until the call returns, in the arena given with it. Anything but MW_OK ends the
 * reading with that code. */
struct mw_outlet {
    void *ctx;
    enum mw_rc (*notice)(void *ctx, struct mw_arena *a, struct mw_notice *n, struct mw_err *err);
    enum mw_rc (*address)(void *ctx, const struct mw_address *address, struct mw_err *err); /* NULL: nobody asks */
    void (*fault)(void *ctx, struct mw_sv where, const struct mw_err *fault); /* a record that cannot be read; NULL: counted only */
};
struct mw_tally { /* of one resource; fields add up over a run */
    int64_t notices, addresses;
    int64_t lists;     /* of the addresses: further list pages */
    int64_t fresh;     /* rows that did not stand on any page before */
    int64_t failed;    /* records that could not be read */
    int64_t repeated;  /* rows that came again, mirrors of others */
    int64_t left_out;  /* by intent: stubs without a title, other languages, other document types */
    int64_t expected;  /* hits that the source says it has; -1: it does not say */
};
struct mw_reader;
/* Source and parser are borrowed. labels: config/labels.yaml (page.h); may be NULL for kinds that read no pages. */
struct mw_labels;
enum mw_rc mw_reader_new(struct mw_reader **out, const struct mw_source *source, struct mw_parser *parser,
    const struct mw_labels *labels, struct mw_err *err);
/* Notices come with the text of every section. MW_PARSE: this is not what the source should send (a captcha in place of a ZIP,
 * no list where there should be one, rows that the filter should have kept out); the sentence says what came instead. */
enum mw_rc mw_reader_read(struct mw_reader *r, const struct mw_resource *res, const struct mw_outlet *to, struct mw_tally *tally,
    struct mw_err *err);
/* Hands on the page that an earlier run found, unless this one did or the patterns of the source leave it out today. */
enum mw_rc mw_reader_again(struct mw_reader *r, struct mw_sv url, const struct mw_outlet *to, struct mw_err *err);
/* What was held back: rows of which a better one might still have come. */
enum mw_rc mw_reader_finish(struct mw_reader *r, const struct mw_outlet *to, struct mw_tally *tally, struct mw_err *err);
void mw_reader_free(struct mw_reader *r);
static inline void mw_reader_freep(struct mw_reader **r) { mw_reader_free(*r); }

#endif
