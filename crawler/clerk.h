/* The clerk: carries what was found to the sink, in a thread of his own where the sink allows it, so that fetching and reading go on
 * while it is stored. The sink is told of one thing after the other, in the order in which they were handed over.
 *
 *     mw_clerk_new, hand over ..., mw_clerk_collect now and then, mw_clerk_free
 *
 * What waits is a copy, of some megabytes at most: whoever hands over more waits, too. Without a thread all is done at once, and
 * nothing is copied. */
#ifndef MW_CRAWLER_CLERK_H
#define MW_CRAWLER_CLERK_H

#include "crawler/sink.h"

enum mw_handed_what { MW_HANDED_NOTICE, MW_HANDED_ANSWER, MW_HANDED_FETCHED, MW_HANDED_UNCHANGED, MW_HANDED_SETTLE, MW_HANDED_MARK };
struct mw_handed { /* what has been done */
    enum mw_handed_what what;
    void *tag;
    struct mw_sv url;    /* of a notice */
    enum mw_took how;    /* the same, where rc is MW_OK */
    int64_t notices;     /* of what is unchanged: so many are still there */
    enum mw_rc rc;       /* a notice may have been refused; nothing else comes back but MW_OK */
    struct mw_err why;
};
typedef void mw_handed_fn(void *ctx, const struct mw_handed *h);

struct mw_clerk;
/* done is told of notices, what is unchanged, settling and marks, by mw_clerk_collect(), in their order. sink->apart: with a thread. */
enum mw_rc mw_clerk_new(struct mw_clerk **out, const struct mw_sink *sink, mw_handed_fn *done, void *ctx, enum mw_lang lang, struct mw_err *err);
/* What waits is done before; who wants to hear of it collects first. */
void mw_clerk_free(struct mw_clerk *c);

/* All of these: errors of the sink that end everything, maybe of something handed over earlier; from then on nothing is stored. */
enum mw_rc mw_clerk_take(struct mw_clerk *c, void *tag, const struct mw_source *s, const struct mw_address *from, const struct mw_notice *n,
    struct mw_err *err);
enum mw_rc mw_clerk_keep(struct mw_clerk *c, const char *source, struct mw_sv key, struct mw_sv final, const struct mw_resource *res,
    struct mw_err *err); /* bytes, no file; source lives on */
enum mw_rc mw_clerk_fetched(struct mw_clerk *c, const struct mw_fetched *f, struct mw_err *err); /* its source lives on */
/* Many of these, and their marks, become one errand: waking a thread costs more than each of them. source and url live on. */
enum mw_rc mw_clerk_unchanged(struct mw_clerk *c, void *tag, const char *source, struct mw_sv url, struct mw_sv at, struct mw_err *err);
enum mw_rc mw_clerk_settle(struct mw_clerk *c, void *tag, struct mw_err *err);
enum mw_rc mw_clerk_mark(struct mw_clerk *c, void *tag, struct mw_err *err); /* comes back when all before it is done */
enum mw_rc mw_clerk_collect(struct mw_clerk *c, struct mw_err *err);

/* The sink itself, for everything that needs an answer: it is nobody else's until it is given back. MW_IN_ORDER: when all that was
 * handed over is done; MW_BETWEEN: as soon as it is free, for questions about earlier runs. */
enum mw_clerk_when { MW_IN_ORDER, MW_BETWEEN };
enum mw_rc mw_clerk_lend(const struct mw_sink **sink, struct mw_clerk *c, enum mw_clerk_when when, struct mw_err *err);
void mw_clerk_return(struct mw_clerk *c);

#endif
