/* Inside the impact table: a segment's terms with their posting lists, as one stream in the order of the terms, cut into chunks that
 * each fill a page of the file. */
#ifndef MW_INDEX_CHUNK_H
#define MW_INDEX_CHUNK_H

#include "index/db.h"

struct mw_segment {
    int64_t id, docs, first, last;
    bool whole;               /* none of its documents is dead */
};
struct mw_segments {
    struct mw_stamp read;
    struct mw_segment *list;  /* oldest first */
    size_t n;
};

struct mw_stream { /* being read; to be closed */
    struct mw_store *s;
    sqlite3_stmt *st;
    struct mw_sv chunk;
    size_t at;               /* of the chunk: how far it has been read */
    struct mw_str word, joined;
    bool lists;              /* are they wanted? */
    struct mw_sv term, list; /* of the entry; until the next one. list: MW_SV_NONE where it is not wanted */
    uint32_t n;              /* postings of it */
    size_t bytes;            /* of the list */
};
/* From a term on, or a little before it. */
enum mw_rc mw_stream_open(struct mw_stream *e, struct mw_store *s, int64_t segment, struct mw_sv from, bool lists, struct mw_err *err);
enum mw_rc mw_stream_next(struct mw_stream *e, struct mw_err *err); /* MW_NOT_FOUND: no more */
/* The entry of exactly that term. MW_NOT_FOUND: the segment does not hold it. */
enum mw_rc mw_stream_find(struct mw_stream *e, struct mw_sv term, struct mw_err *err);
void mw_stream_close(struct mw_stream *e);

struct mw_stream_out { /* being written; to be ended, or dropped after an error */
    struct mw_store *s;
    int64_t segment, next;   /* number of the next chunk */
    struct mw_str chunk, first, last;
    size_t at;               /* of the chunk: where its first term begins */
    bool begun;              /* a term has begun in this chunk */
};
/* In order of the terms; n: how many postings. */
enum mw_rc mw_stream_put(struct mw_stream_out *w, struct mw_sv term, uint32_t n, struct mw_sv list, struct mw_err *err);
enum mw_rc mw_stream_end(struct mw_stream_out *w, struct mw_err *err);
void mw_stream_drop(struct mw_stream_out *w);
enum mw_rc mw_stream_delete(struct mw_store *s, int64_t segment, struct mw_err *err);
enum mw_rc mw_streams_clear(struct mw_store *s, struct mw_err *err);

#endif
