/* Inside the cellar: the open database, and what one file of this room asks of another.
 *
 * Each table has a file of its own that opens with its schema and holds all the SQL that names its columns. Here stands
 * what those files offer each other; nobody outside index/ includes this header. */
#ifndef MW_INDEX_DB_H
#define MW_INDEX_DB_H

#include <sqlite3.h>
#include <zstd.h>

#include "index/search.h"
#include "index/store.h"

enum {
    MW_DB_APPLICATION = 0x4d574547, /* "MWEG" in the header of the file */
    MW_DB_VERSION = 11,             /* user_version; raised with every migration in store.c */
    MW_RANKING_VERSION = 4,         /* raised with every change of what builder.c, posting.c or chunk.c write */
    MW_TRAIT_VERSION = 5,           /* raised with every change of what trait.c, brief.c or doc.c write, or of how a status is found */
    MW_DB_STMTS = 128,
    MW_HASH = 32                    /* bytes of a SHA-256 */
};

struct mw_builder; /* builder.c: the postings of the open batch */
struct mw_words;   /* words.c: the notices of the open batch whose words are still to be written */
struct mw_passing;
struct mw_docs;    /* doc.c: which documents live, kept between searches */
struct mw_board;   /* rank.c: where scores are added up, kept between searches */
struct mw_segments; /* posting.c: the pieces of the impact table, kept likewise */
struct mw_spellings; /* spelling.c: terms by first letter, kept likewise */
struct mw_lists;   /* living.c: posting lists decoded, kept likewise */
struct mw_saids;   /* said.c: what notices say, kept likewise */
struct mw_links;   /* link.c: which notices are one programme, kept likewise */
struct mw_traits;  /* trait.c: what filters and facets ask, kept likewise */
struct mw_marks;   /* mark.c: the same as sets of documents, kept likewise */

struct mw_stamp {
    int64_t version, changes; /* counts what other connections wrote, and what this one did */
};

struct mw_store {
    sqlite3 *db;
    struct mw_analyser *an; /* borrowed */
    char *path;
    enum mw_store_mode mode;
    struct {
        const char *sql;
        sqlite3_stmt *st;
    } q[MW_DB_STMTS]; /* compiled once; more than one of a kind when one is still being read */
    size_t nq;
    int reading;              /* depth of mw_read_begin() */
    bool stamped;             /* stamp is that of the state being read */
    struct mw_stamp stamp;
    bool batch, open;         /* between begin and end; a transaction is open */
    size_t pending, weight;   /* notices and bytes of text in the open transaction */
    size_t worded;            /* of these bytes, those whose words are in the search tables */
    int64_t unindexed;        /* sections from this id on have no words in FTS5 yet; 0: all have */
    struct mw_words *words;   /* of which notices they are */
    struct mw_passing *passing; /* whose words FTS5 is being given; NULL: they are nobody else's business */
    void *packer;             /* ZSTD_CCtx, made once: its tables are larger than most records; NULL: not yet */
    struct mw_builder *builder;
    struct mw_docs *docs;
    struct mw_board *board;
    struct mw_segments *segments;
    struct mw_spellings *spellings;
    struct mw_lists *lists;
    struct mw_traits *traits;
    struct mw_marks *marks;
    struct mw_links *links;
    struct mw_saids *saids;
    bool english;             /* language of what FTS5 tokenizes next */
    bool unchecked;           /* opened to be reindexed: another analyser may have made the index */
};

/* --- statement.c: statements and errors; transaction.c; store.c ----------------------------------------------------- */
/* The database's last error as a sentence. A full disk is MW_OUTPUT, no memory MW_NOMEM, everything else MW_DB. */
enum mw_rc mw_db_fail(struct mw_store *s, struct mw_err *err);
/* What stands in a table cannot be what was written there: MW_DB with the cure; what: of which kind. */
enum mw_rc mw_db_damaged(struct mw_store *s, const char *what, struct mw_err *err);
/* A statement with its values bound, ready to step. types: one letter a value, 'i' int64_t, 't' text and 'b' blob as struct
 * mw_sv (MW_SV_NONE: NULL). What is bound must live until the statement is reset; sql must be a constant. */
enum mw_rc mw_q(sqlite3_stmt **out, struct mw_store *s, struct mw_err *err, const char *sql, const char *types, ...);
/* MW_OK: a row; MW_NOT_FOUND: no more, and the statement is reset; else the error, reset too. Who leaves before the end
 * resets the statement. */
enum mw_rc mw_q_step(struct mw_store *s, sqlite3_stmt *st, struct mw_err *err);
/* Both at once: the first row. */
enum mw_rc mw_q_row(sqlite3_stmt **out, struct mw_store *s, struct mw_err *err, const char *sql, const char *types, ...);
/* Runs a statement that gives no rows. */
enum mw_rc mw_q_run(struct mw_store *s, struct mw_err *err, const char *sql, const char *types, ...);
enum mw_rc mw_db_exec(struct mw_store *s, const char *sql, struct mw_err *err);
struct mw_sv mw_q_text(sqlite3_stmt *st, int col); /* until the next step; SQL NULL: MW_SV_NONE */
struct mw_sv mw_q_blob(sqlite3_stmt *st, int col);
/* Column 0 of every row, appended to out as int64_t. */
enum mw_rc mw_q_ids(struct mw_list *out, struct mw_arena *a, struct mw_store *s, sqlite3_stmt *st, struct mw_err *err);
/* The number in a statement's only row. */
enum mw_rc mw_q_number(int64_t *out, struct mw_store *s, const char *sql, struct mw_err *err);
/* Opens an existing database for writing whatever analyser made its index. */
enum mw_rc mw_store_open_any(struct mw_store **out, const char *path, struct mw_analyser *an, struct mw_err *err);
/* All reads in between see one state of the database. They nest; inside a writing transaction they do nothing. */
enum mw_rc mw_read_begin(struct mw_store *s, struct mw_err *err);
void mw_read_end(struct mw_store *s);
/* Something read from the tables and kept until something is written: *kept, which begins with its stamp. Where there is none,
 * or the tables have changed, it is freed, and another of size zeroed bytes is loaded. An error leaves the old one. */
typedef enum mw_rc mw_load_fn(void *empty, struct mw_store *s, struct mw_err *err);
typedef void mw_drop_fn(void *kept); /* takes NULL */
enum mw_rc mw_keep(void **kept, size_t size, mw_load_fn *load, mw_drop_fn *drop, struct mw_store *s, struct mw_err *err);
enum mw_rc mw_write_begin(struct mw_store *s, struct mw_err *err);
/* Ends the open writing transaction: writes the postings of its batch and commits. */
enum mw_rc mw_write_commit(struct mw_store *s, struct mw_err *err);
void mw_write_rollback(struct mw_store *s);
/* Ends what one call wrote, which rc tells: commits, unless a batch is open. After an error of the database itself nothing stays of the
 * whole batch, since half of the call may stand in it; after any other the batch goes on. */
enum mw_rc mw_write_done(struct mw_store *s, enum mw_rc rc, struct mw_err *err);
/* Half of a call may stand in the batch, and there is no savepoint: nothing stays of all of it. Gives rc back, in any case as an error that
 * ends more than the call. */
enum mw_rc mw_write_lost(struct mw_store *s, enum mw_rc rc, struct mw_err *err);
/* Something that is written whole or not at all, inside the open transaction. rc tells what came of it and is given back: unless
 * it is MW_OK, what was written since is taken back, after an error of the database itself with all of the transaction. */
enum mw_rc mw_whole_begin(struct mw_store *s, struct mw_err *err);
enum mw_rc mw_whole_end(struct mw_store *s, enum mw_rc rc, struct mw_err *err);

/* --- meta.c --------------------------------------------------------------------------------------------------------- */
extern const char MW_META_SCHEMA[];
enum { MW_NO_ANALYSER = -1 }; /* stored while the index is being renewed */
/* *found false: no such key. */
enum mw_rc mw_meta_get(struct mw_store *s, const char *key, int64_t *value, bool *found, struct mw_err *err);
enum mw_rc mw_meta_set(struct mw_store *s, const char *key, int64_t value, struct mw_err *err);
/* A notice got facts by these rules (0: by none). While "facts" names one set of rules, all facts are its work. */
enum mw_rc mw_meta_facts(struct mw_store *s, uint64_t rules, struct mw_err *err);
/* Writes down the analyser of a new database, or compares it with the one that made the index. */
enum mw_rc mw_meta_claim(struct mw_store *s, struct mw_err *err);
enum mw_rc mw_meta_check(struct mw_store *s, struct mw_err *err);

/* --- ledger.c: its functions stand in ledger.h ------------------------------------------------------------------------ */
extern const char MW_LEDGER_SCHEMA[], MW_LEDGER_SCHEMA_4[];

/* --- reply.c: its functions stand in reply.h ------------------------------------------------------------------------- */
extern const char MW_REPLY_SCHEMA[];

/* --- snapshot.c ------------------------------------------------------------------------------------------------------ */
extern const char MW_SNAPSHOT_SCHEMA[];
/* MW_IO: libcrypto is not installed. */
enum mw_rc mw_snapshot_hash(unsigned char out[MW_HASH], struct mw_sv bytes, struct mw_err *err);
/* zstd; how many bytes it became, or what ZSTD_isError() knows. */
struct mw_packer { /* of a thread that has no store; made in reply.c */
    ZSTD_CCtx *zstd;
};
size_t mw_pack(struct mw_store *s, char *to, size_t cap, struct mw_sv bytes, int level);
void mw_pack_end(struct mw_store *s);
/* Stores bytes under their hash, once. */
/* packed: what mw_snapshot_pack() made of the bytes; MW_SV_NONE: it is made now. */
enum mw_rc mw_snapshot_put(struct mw_store *s, const unsigned char hash[MW_HASH], struct mw_sv bytes, struct mw_sv packed, struct mw_err *err);
enum mw_rc mw_snapshot_pack(struct mw_sv *packed, struct mw_packer *p, struct mw_arena *a, struct mw_sv bytes, struct mw_err *err);
enum mw_rc mw_snapshot_get(struct mw_sv *out, struct mw_arena *a, struct mw_store *s, struct mw_sv hash, struct mw_err *err);

/* --- notice.c -------------------------------------------------------------------------------------------------------- */
extern const char MW_NOTICE_SCHEMA[];
struct mw_known { /* what is stored of a notice already */
    int64_t id;
    uint64_t rules;
    bool ruled; /* rules holds the hash of the rules that made its facts */
    unsigned char content[MW_HASH], plain[MW_HASH];
};
enum mw_rc mw_notice_known(struct mw_store *s, struct mw_sv url, struct mw_known *out, struct mw_err *err); /* MW_NOT_FOUND */
/* Inserts (id 0, which is then filled), with the rules of k, or updates, without; head: its record without the sections; stamp: when it
 * changed, MW_SV_NONE: it did not. */
enum mw_rc mw_notice_put(struct mw_store *s, struct mw_known *k, const struct mw_notice *n, struct mw_sv head, struct mw_sv stamp,
    struct mw_err *err);
enum mw_rc mw_notice_drop(struct mw_store *s, int64_t id, struct mw_err *err);
enum mw_rc mw_notice_ruled(struct mw_store *s, int64_t id, uint64_t rules, struct mw_err *err);
enum mw_rc mw_notice_count_unruled(struct mw_store *s, uint64_t rules, int64_t *n, struct mw_err *err);
/* The next notice after *id whose facts other rules made. MW_NOT_FOUND: none. */
enum mw_rc mw_notice_unruled(struct mw_store *s, uint64_t rules, int64_t *id, struct mw_err *err);
/* One object of the interchange format, as JSON on one line; appended. */
enum mw_rc mw_notice_record(struct mw_str *out, const struct mw_notice *n, struct mw_err *err);
enum mw_rc mw_notice_head(struct mw_stored *out, struct mw_arena *a, struct mw_store *s, int64_t id, struct mw_err *err);
/* Whether a programme is open on a day, and the next day to apply by. */
enum mw_rc mw_status_of(enum mw_status *status, struct mw_day *deadline, struct mw_arena *a, struct mw_store *s, int64_t id,
    struct mw_day today, struct mw_err *err);
enum mw_rc mw_notice_whole(struct mw_stored *out, struct mw_arena *a, struct mw_store *s, int64_t id, struct mw_err *err);
/* As its source gave it, from the snapshot: sections of HTML have no text. */
enum mw_rc mw_notice_as_given(struct mw_notice *out, struct mw_arena *a, struct mw_store *s, int64_t id, struct mw_err *err);
/* The next notice after *id. MW_NOT_FOUND: none. */
enum mw_rc mw_notice_next(struct mw_store *s, int64_t *id, struct mw_err *err);
enum mw_rc mw_notice_last(struct mw_store *s, int64_t *id, struct mw_err *err); /* the largest id; 0: none */
enum mw_rc mw_notice_first_seen(struct mw_day *day, struct mw_store *s, int64_t id, struct mw_err *err);
struct mw_notices_of {
    struct mw_sv source;
    int64_t n;
};
/* How many notices each source has: struct mw_notices_of appended to out; of notices without a source none. */
enum mw_rc mw_notice_sources(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_err *err);

/* --- section.c: texts, and the FTS5 table for phrases; tokenizer.c -------------------------------------------------------- */
extern const char MW_SECTION_SCHEMA[], MW_SECTION_FTS_SCHEMA[];
enum mw_rc mw_sections_put(struct mw_store *s, int64_t notice, const struct mw_notice *n, struct mw_err *err);
/* The words of the title and of every text: into FTS5, and as they pass by into the builder, which has begun with the notice. */
enum mw_rc mw_sections_index(struct mw_store *s, int64_t notice, struct mw_err *err);
enum mw_rc mw_sections_language(struct mw_store *s, int64_t notice, bool english, struct mw_err *err); /* while they have no words */
enum mw_rc mw_sections_unindex(struct mw_store *s, struct mw_err *err); /* takes every word of every notice out */
enum mw_rc mw_sections_drop(struct mw_store *s, int64_t notice, struct mw_err *err);
enum mw_rc mw_sections_get(struct mw_list *out, struct mw_arena *a, struct mw_store *s, int64_t notice, struct mw_err *err);
/* The first letters of the title and of the texts that follow, in reading order, at most so many; html says here whether the notice
 * is English. */
enum mw_rc mw_sections_begin(struct mw_list *out, struct mw_arena *a, struct mw_store *s, int64_t notice, size_t texts, size_t letters,
    struct mw_err *err);
/* The notices that hold the words of match (FTS5 syntax made by query.c, never a user's text): int64_t, ascending. */
enum mw_rc mw_sections_match(struct mw_list *out, struct mw_arena *a, struct mw_store *s, struct mw_sv match, struct mw_err *err);
struct mw_passing { /* the texts of a row whose words are counted on their way into FTS5; MW_SV_NONE: none, or it has passed */
    struct mw_sv text[2];
    enum mw_text_field field[2];
};
enum mw_rc mw_tokenizer_register(struct mw_store *s, struct mw_err *err);

/* --- claim.c: what several sources of one address said last ------------------------------------------------------------------ */
extern const char MW_CLAIM_SCHEMA[];
struct mw_claim {
    bool known;
    unsigned char content[MW_HASH];
    struct mw_sv days;
};
struct mw_sv mw_claim_days(struct mw_arena *a, const struct mw_notice *n); /* in words that can be compared; MW_SV_NONE: no memory */
enum mw_rc mw_claim_get(struct mw_claim *out, struct mw_arena *a, struct mw_store *s, int64_t notice, struct mw_sv source, struct mw_err *err);
enum mw_rc mw_claim_put(struct mw_store *s, int64_t notice, struct mw_sv source, const unsigned char content[MW_HASH], struct mw_sv days,
    struct mw_err *err);

/* --- version.c ----------------------------------------------------------------------------------------------------------- */
extern const char MW_VERSION_SCHEMA[];
enum mw_rc mw_version_add(struct mw_store *s, int64_t notice, struct mw_sv seen, const unsigned char snapshot[MW_HASH],
    struct mw_err *err);
enum mw_rc mw_version_count(struct mw_store *s, int64_t notice, int64_t *n, struct mw_err *err);

/* --- fact.c --------------------------------------------------------------------------------------------------------------- */
extern const char MW_FACT_SCHEMA[], MW_FACT_CLOCK_SCHEMA[];
enum mw_rc mw_facts_add(struct mw_store *s, int64_t notice, const struct mw_list *facts, struct mw_err *err); /* of a notice that has none */
enum mw_rc mw_facts_put(struct mw_store *s, int64_t notice, const struct mw_list *facts, struct mw_err *err); /* replaces */
enum mw_rc mw_facts_get(struct mw_list *out, struct mw_arena *a, struct mw_store *s, int64_t notice, struct mw_err *err);
/* Only the facts that tell whether a programme is open: what mw_status_on() needs. */
enum mw_rc mw_facts_of_status(struct mw_list *out, struct mw_arena *a, struct mw_store *s, int64_t notice, struct mw_err *err);
/* Ids of notices (int64_t) appended to ids, in any order, some perhaps twice; bounds are inclusive. */
enum mw_rc mw_facts_with_rate(struct mw_list *ids, struct mw_arena *a, struct mw_store *s, int64_t from, int64_t to,
    struct mw_err *err);
enum mw_rc mw_facts_with_amount(struct mw_list *ids, struct mw_arena *a, struct mw_store *s, int64_t from, int64_t to,
    struct mw_err *err); /* the most that is granted */

/* --- brief.c: the facts of every notice as a verdict needs them ------------------------------------------------------------ */
extern const char MW_BRIEF_SCHEMA[];
enum mw_rc mw_brief_put(struct mw_store *s, int64_t notice, const struct mw_list *facts, struct mw_err *err); /* replaces */
/* Every notice, also those that state nothing, in the order of their ids, each with its facts in their order. A quote and a field of the
 * source are empty in place of their texts; rules, offsets and `per` are left out. Facts and arena live until see() returns. */
typedef enum mw_rc mw_brief_fn(void *ctx, int64_t notice, const struct mw_list *facts, struct mw_arena *a);
enum mw_rc mw_briefs(struct mw_store *s, mw_brief_fn *see, void *ctx, struct mw_err *err);

/* --- trait.c: what is asked of many notices at once; reading stands in trait.h ------------------------------------------------ */
extern const char MW_TRAIT_SCHEMA[];
void mw_traits_free(void *traits);
enum mw_rc mw_trait_put(struct mw_store *s, int64_t notice, const struct mw_notice *n, const struct mw_list *facts,
    struct mw_err *err);
enum mw_rc mw_trait_drop(struct mw_store *s, int64_t notice, struct mw_err *err);

/* --- mark.c: reading stands in mark.h ------------------------------------------------------------------------------------------ */
void mw_marks_free(struct mw_marks *m);

/* --- link.c, link_key.c: their others stand in link.h ------------------------------------------------------------------------ */
extern const char MW_LINK_KEY_SCHEMA[], MW_LINK_SCHEMA[];
struct mw_links {
    struct mw_stamp read;
    int64_t *lead;             /* by notice id: the one that leads its group; 0: it is alone. NULL: there are no links */
    unsigned char *place;      /* in its group; 0: it leads */
    size_t n;                  /* one more than the largest id in a group */
};
/* All groups, read once and kept until something is written. Borrowed until the next call. */
enum mw_rc mw_links(const struct mw_links **out, struct mw_store *s, struct mw_err *err);
static inline int64_t mw_lead_of(const struct mw_links *l, int64_t notice)
{
    return notice > 0 && (size_t)notice < l->n ? l->lead[notice] : 0;
}
static inline unsigned mw_place_of(const struct mw_links *l, int64_t notice)
{
    return notice > 0 && (size_t)notice < l->n ? l->place[notice] : 0;
}
void mw_links_free(void *links);
/* A notice came (fresh) or changed: what it may be linked by is written down, and it waits for mw_links_update(). */
enum mw_rc mw_link_put(struct mw_store *s, int64_t notice, const struct mw_notice *n, bool fresh, struct mw_err *err);
/* It is about to be taken out: those it is linked with wait. */
enum mw_rc mw_link_drop(struct mw_store *s, int64_t notice, struct mw_err *err);

/* --- doc.c ------------------------------------------------------------------------------------------------------------------ */
extern const char MW_DOC_SCHEMA[], MW_DOC_SPAN_SCHEMA[];
struct mw_docs {
    struct mw_stamp read;
    int64_t *notice;           /* by document number; 0: dead */
    uint64_t *alive;           /* the same as a set (bits.h) */
    uint32_t *of;              /* by notice id: its document; 0: none */
    uint32_t end;              /* one more than the last number */
    size_t words;              /* of a set of documents */
    int64_t notices;           /* one more than the largest notice id */
    int64_t living, english;
};
enum { MW_WINDOW = 2048 }; /* documents that are scored together (board.h); sets of documents hold whole windows */
/* A new document for a notice that has none. */
enum mw_rc mw_doc_new(struct mw_store *s, int64_t notice, bool english, int64_t *doc, struct mw_err *err);
/* The one it has, if any, is dead from now on. */
enum mw_rc mw_doc_drop(struct mw_store *s, int64_t notice, struct mw_err *err);
enum mw_rc mw_doc_number(int64_t *doc, struct mw_store *s, int64_t notice, struct mw_err *err); /* of a notice; 0: it has none */
/* Which of the documents first ... last live: *out[doc - first], to be freed. */
enum mw_rc mw_doc_living(bool **out, struct mw_store *s, int64_t first, int64_t last, struct mw_err *err);
static inline uint32_t mw_doc_of(const struct mw_docs *d, int64_t notice)
{
    return notice > 0 && notice < d->notices ? d->of[notice] : 0;
}
/* All of them, read once and kept until something is written. Borrowed until the next call. */
enum mw_rc mw_docs(const struct mw_docs **out, struct mw_store *s, struct mw_err *err);
void mw_docs_free(void *docs);
void mw_saids_free(void *saids);
void mw_board_free(struct mw_board *b);

/* --- builder.c: from words to impacts --------------------------------------------------------------------------------------- */
enum { MW_IMPACT_MAX = 255 };
struct mw_builder *mw_builder_new(void); /* NULL: out of memory */
void mw_builder_free(struct mw_builder *b);
void mw_builder_clear(struct mw_builder *b);
/* Adds a notice as document doc, larger than every one before. After an error the builder must be cleared. */
enum mw_rc mw_builder_add(struct mw_builder *b, struct mw_analyser *an, int64_t doc, const struct mw_notice *n,
    struct mw_err *err);
/* The same in pieces, in any order between begin and end: whole texts, or words as somebody else's analysis passes them on (a mw_token_fn)
 * after the field has been named. What fails in between is told at the end. */
enum mw_rc mw_builder_begin(struct mw_builder *b, int64_t doc, struct mw_err *err);
void mw_builder_read(struct mw_builder *b, struct mw_analyser *an, struct mw_sv text, bool english, enum mw_text_field field);
void mw_builder_field(struct mw_builder *b, enum mw_text_field field);
bool mw_builder_count(void *builder, const struct mw_token *t);
enum mw_rc mw_builder_end(struct mw_builder *b, struct mw_err *err);
/* What field the text of a section belongs to is told by its heading, as sources use them; the heading itself counts as MW_FIELD_RULES. */
enum mw_text_field mw_field_of(struct mw_sv heading);
/* How a word of the notice added last is spread over the fields (MW_FIELD_N of search.h): shares of 1; zeros: not in it. */
void mw_builder_shares(const struct mw_builder *b, struct mw_sv term, double *share);
/* Is it the heading of directive text: guideline, leaflet, conditions? */
bool mw_heading_states_rules(struct mw_sv heading);
uint32_t mw_builder_docs(const struct mw_builder *b, uint32_t *first, uint32_t *last);
/* Every term with its posting list, in order of the terms; after this the builder can only be cleared. */
typedef enum mw_rc mw_posting_fn(void *ctx, struct mw_sv term, uint32_t n, struct mw_sv list); /* n postings */
enum mw_rc mw_builder_each(struct mw_builder *b, mw_posting_fn *fn, void *ctx);
void mw_posting_add(struct mw_str *out, uint32_t *last, uint32_t doc, unsigned char value);

/* --- words.c: what a transaction has still to write --------------------------------------------------------------------------- */
/* The words of a notice, stored as document doc in this transaction, are to be written before it ends. Nothing may fail after this that takes
 * back only the notice. */
enum mw_rc mw_words_later(struct mw_store *s, int64_t notice, int64_t doc, const struct mw_notice *n, struct mw_err *err);
enum mw_rc mw_words_write(struct mw_store *s, struct mw_err *err);
void mw_words_forget(struct mw_store *s);

/* --- posting.c: the impact table --------------------------------------------------------------------------------------------- */
extern const char MW_POSTING_SCHEMA[], MW_CHUNK_SCHEMA[];
struct mw_posting {
    const unsigned char *at, *end;
    uint32_t doc;
    unsigned char impact;
};
struct mw_posting mw_posting_begin(struct mw_sv bytes);
bool mw_posting_next(struct mw_posting *p); /* false: the end, also of a damaged list */
/* fn gets every list of the term, n postings each, the oldest documents first; the dead are among them. numbers: of lists without
 * dead documents only n is told, and the list is empty. */
typedef void mw_list_fn(void *ctx, struct mw_posting p, uint32_t n);
enum mw_rc mw_postings(struct mw_store *s, struct mw_sv term, bool numbers, mw_list_fn *fn, void *ctx, struct mw_err *err);
/* Every term that begins so, once a segment, with the bytes of its list; the dead count too. fn returns false: no memory. */
typedef bool mw_word_fn(void *ctx, struct mw_sv term, size_t bytes);
enum mw_rc mw_words(struct mw_store *s, struct mw_sv begin, mw_word_fn *fn, void *ctx, struct mw_err *err);
void mw_segments_free(void *segments);
/* --- spelling.c: the terms again, for typing errors --- */
/* fn gets those of the first letter of form (a to z) that may be at most so many changed letters away, once a segment: none that
 * is nearer is left out, and few that are further off are not. */
enum mw_rc mw_spelled_near(struct mw_store *s, struct mw_sv form, unsigned limit, mw_word_fn *fn, void *ctx, struct mw_err *err);
void mw_spellings_free(void *spellings);
/* --- living.c: the same list decoded, without dead documents ----------------------------------------------------------- */
struct mw_living {
    uint32_t n;
    uint32_t *doc;             /* ascending */
    unsigned char *impact;     /* of doc[i] */
};
/* Read once and kept until something is written; docs: what mw_docs() gave in this read. Borrowed until mw_lists_trim(),
 * mw_docs() or the end of the read. Counting alone keeps no list. */
enum mw_rc mw_living(const struct mw_living **out, struct mw_store *s, const struct mw_docs *docs, struct mw_sv term,
    struct mw_err *err);
/* The same of what mw_sections_match() finds; it has no impacts. */
enum mw_rc mw_living_match(const struct mw_living **out, struct mw_store *s, const struct mw_docs *docs, struct mw_sv match, struct mw_err *err);
/* The same for forms with spaces between them and the match that they stand near each other: of a document the impact is the least of theirs. */
enum mw_rc mw_living_near(const struct mw_living **out, struct mw_store *s, const struct mw_docs *docs, struct mw_sv forms, struct mw_sv match,
    struct mw_err *err);
enum mw_rc mw_living_count(int64_t *n, struct mw_store *s, const struct mw_docs *docs, struct mw_sv term, struct mw_err *err);
void mw_lists_trim(struct mw_store *s); /* forgets them all when they have become too large */
void mw_lists_free(struct mw_lists *l);
/* Writes what the builder holds as a segment of its own and merges where enough have gathered. */
enum mw_rc mw_segment_write(struct mw_store *s, struct mw_builder *b, struct mw_err *err);
/* Takes every posting and document out. */
enum mw_rc mw_postings_clear(struct mw_store *s, struct mw_err *err);

#endif
