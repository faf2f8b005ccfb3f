/* The keys of one run, and what is held back for them: a hash table that hostile keys cannot slow down. */
#ifndef MW_CRAWLER_SEEN_H
#define MW_CRAWLER_SEEN_H

#include "lib/core/arena.h"

struct mw_seen;
struct mw_seen_entry {
    struct mw_sv key;
    bool emitted;
    int rank;           /* of what is held; the higher the better */
    struct mw_sv held;  /* a record, as it came; MW_SV_NONE */
};
struct mw_seen *mw_seen_new(void); /* NULL: out of memory */
void mw_seen_free(struct mw_seen *s);
/* The entry of a key, made where it is missing; valid until the next call. NULL: out of memory. */
struct mw_seen_entry *mw_seen_at(struct mw_seen *s, struct mw_sv key);
/* Whether there is one, and it was emitted; none is made. */
bool mw_seen_emitted(const struct mw_seen *s, struct mw_sv key);
size_t mw_seen_count(const struct mw_seen *s);
/* In the order in which they were made. */
struct mw_seen_entry *mw_seen_nth(struct mw_seen *s, size_t i);
/* Keeps a copy of the record with the entry, in place of an earlier one. */
bool mw_seen_hold(struct mw_seen *s, struct mw_seen_entry *e, int rank, struct mw_sv record);

#endif
