/* Inside `mittelweg crawl`: the command and what its sinks know. */
#ifndef MW_CLI_CRAWL_H
#define MW_CLI_CRAWL_H

#include "cli/cmd.h"
#include "crawler/crawl.h"

enum { MW_CRAWL_RUNS = 256 };

struct mw_crawling {
    struct mw_cli *cli;
    bool dry, offline, events; /* nothing stored; nobody asked; one line of JSON an event */
    const struct mw_source *sources[MW_CRAWL_RUNS];
    int64_t ids[MW_CRAWL_RUNS]; /* of the runs in the ledger, in the order of the sources */
    bool documents[MW_CRAWL_RUNS]; /* of which pages link to documents that were kept */
    size_t n;
    const struct mw_run *runs;
    struct mw_packer *packer;   /* of answers and notices; made when the first one comes */
    struct mw_str said;         /* events of what is not safe yet: told when it is */
    struct mw_progress progress;
    int lock;                   /* of its sources (crawl_lock.c); -1: none */
};
/* Keeps other crawls of the same sources into the same database away, until the end. MW_DB: one is at work. */
enum mw_rc mw_crawl_lock(struct mw_crawling *c);
void mw_crawl_unlock(struct mw_crawling *c);
/* Tells the events that were held back in said: when what they speak of is safe. */
void mw_crawl_tell(struct mw_crawling *c);
/* Sinks whose ctx is a struct mw_crawling: the database; nothing at all (--dry-run); the notices of the database, without a word
 * in its ledger, since nobody was asked (--offline). */
extern const struct mw_sink MW_SINK_DATABASE, MW_SINK_NOTHING, MW_SINK_AGAIN;

#endif
