/* Inside the round: a source at work, its errands, and what the files of it offer each other.
 *
 * crawl.c begins and ends sources and turns the wheel; errand.c asks for one address after the other, answer.c hands what
 * came to the reader and the sink; document.c keeps a notice back until the guidelines that it links to are there. */
#ifndef MW_CRAWLER_CRAWL_INSIDE_H
#define MW_CRAWLER_CRAWL_INSIDE_H

#include "crawler/clerk.h"
#include "crawler/crawl.h"
#include "crawler/document.h"

struct mw_seen;
struct pending;
struct work;
struct errand { /* one address of one source; lives in its arena */
    struct errand *next;
    struct work *work;
    struct mw_address address;
    struct mw_known known;
    bool looked_up;         /* known is what the sink knows */
    const char *path;       /* of big answers */
    struct pending *pending; /* of documents: the notice that waits for it, and the how manieth it is */
    size_t nth;
    size_t sharing;         /* those that want the same document: one of work.shared, from 1; 0: of documents alone, and before it is asked for */
};
struct work { /* one source in one run */
    struct crawl *c;
    const struct mw_source *s;
    struct mw_run *run;
    struct mw_reader *reader;
    struct mw_arena *a;     /* addresses, for as long as the work */
    struct errand *head, **tail;
    size_t queued, queued_lists;
    int64_t lists;          /* list pages asked for */
    int barren;             /* list pages in a row that brought nothing new, yet led on */
    int64_t taken;          /* notices of this run that the sink has, unchanged ones among them */
    int64_t before;         /* notices of the last complete run; -1: none */
    int64_t began_ms;
    size_t asked;           /* errands on their way */
    bool stopped, ended;
    bool beyond;            /* what its lists show no more has been looked for */
    const struct mw_address *reading;
    struct mw_address first; /* where what the reader held back is said to stand */
    struct mw_list whole;   /* struct mw_fetched: resources that hold everything, remembered when all is read */
    struct mw_list linked;  /* struct mw_address: documents that the page being read links to */
    struct pending *held;   /* the notice of that page, where it waits for them */
    struct mw_list waiting; /* struct mw_arena *: of notices that wait; NULL: handed over */
    struct mw_seen *asked_docs; /* which documents were asked for; the rank is one of shared */
    struct mw_list shared;  /* struct shared: see document.c */
    int64_t holding;        /* how many wait */
    int64_t documents_failed; /* of run->failed: they do not speak against the source */
};
struct crawl {
    const struct mw_crawl_opts *o;
    const struct mw_sink *sink;
    struct mw_clerk *clerk; /* through whom it is called */
    struct mw_parser *parser;
    struct mw_fetch *fetch;
    struct mw_arena *a;
    struct work *works;
    size_t n;
    struct mw_err *err;
    char stamp[32];
    int64_t until_ms;       /* of the clock: when the time that was asked for is over */
    int64_t settled_ms, turned_ms; /* when the sink was settled, and others had their turn */
    struct work *nested;    /* whose answer is being read while others have their turn; NULL: nobody's */
    struct mw_list later;   /* struct later: answers of that one, and big ones, that came meanwhile */
};
struct later { /* an answer that waits for its turn */
    struct mw_job *job;
    struct mw_response got;
};


/* --- crawl.c ---------------------------------------------------------------------------------------------------------------- */
struct mw_sv mw_crawl_stamp(struct crawl *c); /* now, in RFC 3339; until the next call */
static inline bool mw_is_fatal(enum mw_rc rc) { return rc == MW_DB || rc == MW_OUTPUT || rc == MW_NOMEM; }
/* The first reason is the one that is told. */
void mw_not_complete(struct work *w, struct mw_sv reason);
void mw_stop(struct work *w, struct mw_sv reason);
void mw_pause(struct work *w, const char *english);
#define MW_LATE "The time that was asked for is over."
bool mw_is_late(const struct crawl *c);
/* Between two notices of a big answer: from time to time the other sources have their turn, so that none waits for it. */
enum mw_rc mw_meanwhile(struct work *w, struct mw_err *err);

/* --- errand.c --------------------------------------------------------------------------------------------------------------- */
/* One resource holds all notices: only of such lists "unchanged" says something about the notices. */
bool mw_holds_everything(const struct mw_source *s, enum mw_address_role role);
/* An errand at the end of the queue, a document's at its beginning; NULL: no memory. */
struct errand *mw_errand_new(struct work *w, const struct mw_address *address);
/* What waits is not asked for: nothing of it, or no list page. */
void mw_drop_all(struct work *w);
void mw_drop_lists(struct work *w);
/* When the lists are read: the pages that they show no more, though an earlier run found them there. */
enum mw_rc mw_look_beyond(struct work *w);
/* Keeps a few errands on their way; the others wait here, where they can still be dropped. */
enum mw_rc mw_keep_busy(struct work *w);
enum mw_rc mw_found(void *ctx, const struct mw_address *address, struct mw_err *err); /* struct mw_outlet, as those below */

/* --- answer.c --------------------------------------------------------------------------------------------------------------- */
/* Says how far the source is. How much a list still leads to, it says itself, or the last run did. */
void mw_tell(struct work *w, bool answered);
/* What the reader says: callbacks of struct mw_outlet, ctx is the work. */
enum mw_rc mw_take(void *ctx, struct mw_arena *a, struct mw_notice *n, struct mw_err *err);
void mw_say_fault(void *ctx, struct mw_sv where, const struct mw_err *why);
/* What the clerk has done: counted and told of. ctx is the crawl. */
void mw_crawl_done(void *ctx, const struct mw_handed *h);
/* Gives a notice to the sink and counts it. */
enum mw_rc mw_hand_over(struct work *w, const struct mw_address *from, const struct mw_notice *n, struct mw_err *err);
void mw_add_tally(struct mw_tally *sum, const struct mw_tally *t);
enum mw_rc mw_remember(struct work *w, const struct mw_fetched *f);
/* What came from the address before; MW_NOT_FOUND: nothing that was kept. */
enum mw_rc mw_kept(struct work *w, const struct mw_address *address, struct mw_resource *out);
/* What it published before is still there. */
enum mw_rc mw_unchanged(struct work *w, struct errand *e);
enum mw_rc mw_answered(struct errand *e, const struct mw_response *got);

/* --- document.c ------------------------------------------------------------------------------------------------------------- */
/* Keeps the notice, and sends for the documents that its page links to (w->linked). */
enum mw_rc mw_hold(struct work *w, const struct mw_notice *n, struct mw_err *err);
/* The page that was read is remembered when its notice is handed over. */
enum mw_rc mw_hold_page(struct work *w, const struct mw_fetched *f);
/* Whether another notice has sent for this document: then e waits for it, or has it already, and is not asked for. */
enum mw_rc mw_document_shared(struct errand *e, bool *shared);
/* All that wait for the document of e have it, too; res: what came or was kept, NULL: nothing. */
enum mw_rc mw_document_share(const struct errand *e, const struct mw_resource *res);
/* Reads a document that came. MW_PARSE: it cannot be. */
enum mw_rc mw_document_read(struct errand *e, const struct mw_resource *res, struct mw_err *why);
/* What another asked for, or was kept (NULL: nothing), is read and no longer waited for. */
enum mw_rc mw_document_given(struct errand *e, const struct mw_resource *res);
/* This document is no longer waited for, read or not; f is remembered with it (NULL: nothing). With the last one the notice is
 * handed over. */
enum mw_rc mw_document_came(struct errand *e, const struct mw_fetched *f);

#endif
