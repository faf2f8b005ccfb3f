/* What the readers of the kinds share; internal to the room. One file a kind: read_fdb.c, read_html.c, read_eu_bulk.c ... */
#ifndef MW_CRAWLER_READ_H
#define MW_CRAWLER_READ_H

#include "crawler/day.h"
#include "crawler/extra.h"
#include "crawler/page.h"
#include "crawler/pointer.h"
#include "crawler/reader.h"
#include "crawler/url.h"

struct mw_seen; /* seen.c: the addresses of a run, and what is held back for them */

struct mw_reader {
    const struct mw_source *source;
    struct mw_parser *parser;
    const struct mw_labels *labels;
    struct mw_arena *arena; /* lives as long as the run */
    struct mw_seen *seen;
};
/* One call of mw_reader_read. */
struct mw_reading {
    struct mw_reader *r;
    const struct mw_source *source;
    const struct mw_resource *res;
    const struct mw_outlet *to;
    struct mw_tally *tally;
    struct mw_err *err;
    struct mw_batch *batch; /* where notices wait for each other; NULL: they do not */
};

/* Hands a notice on: its source, language, time, plain texts are filled in, its address and title checked. A fault of the
 * notice alone is reported and counted, and the result is MW_OK. */
enum mw_rc mw_emit(struct mw_reading *x, struct mw_arena *a, struct mw_notice *n);
/* The same for a notice that leads to guidelines (struct mw_sv: addresses, relative ones to base): they are handed on before it, where
 * it is handed on at all. */
enum mw_rc mw_emit_leading_to(struct mw_reading *x, struct mw_arena *a, struct mw_notice *n, struct mw_sv base, const struct mw_list *documents);
/* What relative addresses of a resource are meant from: its own address, of a file the portal's. */
struct mw_sv mw_base_of(const struct mw_reading *x);
/* Hands an address on, unless patterns of the source leave it out or it was seen in this run. */
enum mw_rc mw_emit_address(struct mw_reading *x, enum mw_address_role role, struct mw_sv url, struct mw_sv modified);
/* Whether the address is that of a list of this run, or the portal's own page: none of a notice. */
bool mw_is_of_many(const struct mw_reading *x, struct mw_sv url);
/* Hands on the page that an entry of a list leads to: what list.link finds, put into read.url_from where there is one. An entry that
 * leads nowhere is counted, and the first of a resource is told. */
enum mw_rc mw_emit_link(struct mw_reading *x, struct mw_arena *a, struct mw_sv base, struct mw_sv link);
/* The same for a list page of a partition by days. */
enum mw_rc mw_emit_part(struct mw_reading *x, struct mw_sv url, struct mw_day from, struct mw_day to);
/* The same for a list page as it stands there. */
enum mw_rc mw_emit_list(struct mw_reading *x, const struct mw_address *page);
/* Takes note of a record that cannot be read, and clears the error. Out of memory is passed on; anything else gives MW_OK. */
enum mw_rc mw_fault(struct mw_reading *x, struct mw_sv where, struct mw_err *fault);
/* A section at the end of the notice; text MW_SV_NONE and html: made later. Empty ones are passed over. */
bool mw_section_add(struct mw_arena *a, struct mw_notice *n, struct mw_sv heading, struct mw_sv raw, bool html);
/* All bytes of the resource, gzip undone, at most max. */
enum mw_rc mw_resource_bytes(struct mw_reading *x, struct mw_arena *a, size_t max, struct mw_sv *bytes);
/* The address of a notice: "https://example.org/{}" (read.url_from) with the value in place of {}, else the value; where it begins with
 * / . ? or #, from the address of the resource. */
struct mw_sv mw_url_of(const struct mw_reading *x, struct mw_arena *a, struct mw_sv value);
/* A number of hits as sites print it: "2395", "2.446", "2 446 Treffer"; -1: there is none. */
int64_t mw_hits_of(struct mw_sv s);
/* The labels that a facet's value stands for, by the rule's codes and separator. */
bool mw_facet_values(struct mw_arena *a, const struct mw_source *s, struct mw_notice *n, enum mw_facet_kind facet, struct mw_sv value);

/* --- paging.c: lists whose pages are counted ---------------------------------------------------------------------------------- */
bool mw_counts_in(struct mw_sv url, struct mw_sv name); /* "...?name=1" */
/* The address with that parameter's number one step further; MW_SV_NONE: it has none, or there is no memory. */
struct mw_sv mw_page_after(struct mw_arena *a, struct mw_sv url, struct mw_sv name, int64_t step);
/* Hands on the page after the one that was read, where it may hold more. */
enum mw_rc mw_emit_counted(struct mw_reading *x);

/* --- batch.c: notices of small records whose markup is read together ---------------------------------------------------------- */
struct mw_batch {
    struct mw_arena *a;      /* of the batch */
    struct mw_list held, arenas;
    struct mw_arena *last;   /* the record's that was held last */
    size_t bytes;
};
/* begin; then for every record: its notices are emitted (and held), next() takes its arena, whatever came of it; flush() hands on what
 * waits, end() drops it. Errors as mw_emit() gives them. */
enum mw_rc mw_batch_begin(struct mw_reading *x, struct mw_batch *b);
enum mw_rc mw_batch_hold(struct mw_reading *x, struct mw_arena *a, const struct mw_notice *n, struct mw_sv base, const struct mw_list *documents);
enum mw_rc mw_batch_next(struct mw_reading *x, struct mw_arena *record);
enum mw_rc mw_batch_flush(struct mw_reading *x);
void mw_batch_end(struct mw_reading *x);

/* --- read_json.c: JSON of any shape ---------------------------------------------------------------------------------------- */
enum { MW_RECORD_MAX = 32 << 20, MW_BODY_MAX = 64 << 20 }; /* bytes of one record; of a body that is not a file */
/* UTF-8 that was read as windows-1252 and written as UTF-8 once more is undone, byte by byte; what is not such stays. false: no
 * memory. */
bool mw_unmojibake(struct mw_arena *a, struct mw_sv *text);
/* Goes through the records at a pointer (records.h). A record that is no JSON object is reported and counted. text is the record
 * as it came. */
typedef enum mw_rc mw_record_fn(struct mw_reading *x, struct mw_arena *a, struct mw_node *record, struct mw_sv text);
enum mw_rc mw_each_record(struct mw_reading *x, struct mw_sv pointer, mw_record_fn *fn);
/* One record to a notice by the source's rules. */
enum mw_rc mw_notice_by_rules(struct mw_reading *x, struct mw_arena *a, const struct mw_node *record, struct mw_notice *n);

/* One record handed on: as a notice, or as the address of its page. */
enum mw_rc mw_read_record(struct mw_reading *x, struct mw_arena *a, struct mw_node *record);

/* --- the kinds ------------------------------------------------------------------------------------------------------------- */
enum mw_rc mw_read_fdb(struct mw_reading *x);
enum mw_rc mw_read_html(struct mw_reading *x);
enum mw_rc mw_read_feed(struct mw_reading *x);
enum mw_rc mw_read_sitemap(struct mw_reading *x);
enum mw_rc mw_read_eu_bulk(struct mw_reading *x);
enum mw_rc mw_read_eu_search(struct mw_reading *x);
enum mw_rc mw_finish_eu_search(struct mw_reading *x);
enum mw_rc mw_read_ted(struct mw_reading *x);
enum mw_rc mw_read_json(struct mw_reading *x);
enum mw_rc mw_read_xml(struct mw_reading *x);
enum mw_rc mw_read_csv(struct mw_reading *x);
enum mw_rc mw_read_page(struct mw_reading *x); /* one notice on a page of its own, for html, feed and sitemap */

#endif
