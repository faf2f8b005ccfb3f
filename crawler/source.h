/* A source: one file of config/sources says where notices are published, how to ask for them and how to read them.
 *
 * What differs between portals is data, not C: XPaths for HTML and XML, JSON pointers (RFC 6901) for JSON, names of columns for
 * CSV (kept as pointers into a row), names of properties for the export of the Förderdatenbank. Only the kinds below are C, and a new portal of kind html, feed, sitemap,
 * json, xml or csv needs none. All texts of the file point into the arena it was loaded with. docs/sources.md explains the keys. */
#ifndef MW_CRAWLER_SOURCE_H
#define MW_CRAWLER_SOURCE_H

#include "lib/core/date.h"
#include "lib/core/node.h"
#include "lib/core/schema.h"
#include "lib/model/notice.h"

enum mw_level { MW_LEVEL_EU, MW_LEVEL_BUND, MW_LEVEL_LAND };
enum mw_source_kind {
    MW_K_FDB_EXPORT, /* the Förderdatenbank's ZIP of linked XML documents: one resource holds everything */
    MW_K_HTML,       /* list pages that lead to one page a notice; the Förderdatenbank's pages too */
    MW_K_FEED,       /* RSS 2.0, RSS 1.0 or Atom: entries lead to pages, or are the notices themselves (follow: no) */
    MW_K_SITEMAP,    /* sitemaps and indexes of them, plain or gzip, which lead to pages */
    MW_K_EU_BULK,    /* grantsTenders.json of the EU's Funding & Tenders portal */
    MW_K_EU_SEARCH,  /* its search interface, page by page, and collections of its calls */
    MW_K_TED,        /* tenders: TED_EXPORT and eForms notices, and the JSON of TED's search interface */
    MW_K_JSON,       /* any JSON: an array of records, or one record after the other */
    MW_K_XML,        /* any XML: one record or many */
    MW_K_CSV         /* any table as text: one record a row */
};
extern const char *const MW_CRAWL_KINDS[]; /* "fdb-export", ... NULL */
extern const char *const MW_LEVELS[];       /* "eu", "bund", "land", NULL */

/* --- how to ask ------------------------------------------------------------------------------------------------------ */
/* One part of a multipart/form-data body; "{partition}" in it is the request's range, or nothing. */
struct mw_form_part {
    struct mw_sv name, filename, type, body; /* filename and type may be MW_SV_NONE */
};
struct mw_request {
    struct mw_list parts;     /* struct mw_form_part; any: a POST of these */
    struct mw_sv body, type;  /* else a POST of this text as that type; MW_SV_NONE: a GET. "{page}" is the page's number */
    struct mw_sv range, undated; /* what "{partition}" in a body becomes where more is found than the interface gives out: rows that start
                               * between "{from}" and "{to}", and those that say no day */
    int64_t window;           /* so many rows an interface gives out of one question; MW_INT_NONE: not stated */
    struct mw_sv page;        /* the query parameter that counts pages; MW_SV_NONE: the pages name the next one */
    int64_t step;             /* by how much it grows from page to page; MW_INT_NONE: 1 */
};
struct mw_politeness {
    int64_t delay_ms;         /* least time between two requests to the domain; MW_INT_NONE: not stated. robots.txt may ask for more */
    int64_t connections;      /* at once; MW_INT_NONE: not stated, so 1 */
    enum mw_tri robots;       /* MW_NO: an interface meant for programs, robots.txt does not speak of it; else it is obeyed */
    enum mw_tri allow_private; /* MW_YES: addresses of one's own network are meant (tests, an intranet) */
};
struct mw_source_limits {     /* MW_INT_NONE: not stated */
    int64_t megabytes;        /* of one resource, after decompression */
    int64_t pages;            /* list pages of one run; a run that reaches it is not complete */
    int64_t records;          /* of one resource */
    int64_t again;            /* pages in one run that a list which is not complete shows no more */
};

/* --- how to list and how to read --------------------------------------------------------------------------------------- */
/* "from" is a list of expressions of the kind's language; the first that finds something counts. All are struct mw_sv. */
struct mw_listing {
    struct mw_sv records;     /* html, xml: an XPath of the entries; json: the pointer of the array ("" or NONE: the top level) */
    struct mw_list link;      /* html, and json, xml and csv whose records only lead to pages: in an entry, the address of its page */
    struct mw_sv inside;      /* html: the answer is JSON, and the list stands as HTML where this pointer leads; MW_SV_NONE */
    struct mw_list next;      /* the address of the next list page */
    struct mw_list count;     /* how many hits the source says it has */
    struct mw_list ignore;    /* parameters of addresses that are not of the page */
    struct mw_list include, exclude; /* patterns of addresses with * ; include empty: all */
    enum mw_tri follow;       /* feed: MW_NO: the entries are the notices */
    enum mw_tri complete;     /* MW_NO: it shows its newest only; MW_TRI_NONE: a feed does, no other list */
};
struct mw_section_rule {
    struct mw_sv heading;     /* as we call it; MW_SV_NONE: none */
    struct mw_list from;
    struct mw_list headings;  /* as many as texts: each text is a section under its own */
    enum mw_tri html;         /* MW_NO: plain text */
    struct mw_sv without;     /* json: a leftover of somebody's tag stripping, cut off the beginning; MW_SV_NONE */
};
struct mw_facet_rule {
    struct mw_list from;
    struct mw_sv codes;       /* name of a list of the code file: values are codes; MW_SV_NONE: labels */
    struct mw_sv separator;   /* between labels in one value; MW_SV_NONE: every value is one label */
};
struct mw_reading_rules {
    struct mw_list url, title, language, opens, deadlines, status, main; /* main: html, the element that holds the notice */
    struct mw_sv url_from;    /* "https://example.org/{}": an address made of what `url` finds */
    struct mw_list sections;  /* struct mw_section_rule */
    struct mw_list drop;      /* html: XPaths of what is left out of the text */
    struct mw_facet_rule *facets[MW_FACET_N]; /* NULL: the source does not state it */
    struct mw_list extra;     /* struct mw_entry of text: further keys of the notice (contact, budget ...), each an expression */
    struct mw_list documents; /* addresses of guideline PDFs that are fetched and become sections */
    enum mw_tri mojibake;     /* json: MW_YES: the texts are UTF-8 that was read as windows-1252, and are mended */
};

/* --- codes ---------------------------------------------------------------------------------------------------------------- */
/* A file of code lists (config/codes): the label of a code as the source calls it, double and misspelt codes included. */
struct mw_codes;
enum mw_rc mw_codes_load(struct mw_codes **out, struct mw_arena *a, const char *path, struct mw_diags *diags);
bool mw_codes_has(const struct mw_codes *c, struct mw_sv list);
/* The label, or MW_SV_NONE: the list does not know the code. */
struct mw_sv mw_codes_label(const struct mw_codes *c, struct mw_sv list, struct mw_sv code);
/* The longest label of the list that s begins with, as a part of s; MW_SV_NONE: none. For lists of labels whose separator also
 * stands inside of labels ("Kultur, Medien & Sport"). */
struct mw_sv mw_codes_longest(const struct mw_codes *c, struct mw_sv list, struct mw_sv s);

/* --- the source ------------------------------------------------------------------------------------------------------------ */
struct mw_verified {
    struct mw_day on;         /* MW_DAY_NONE: never seen against real bytes; such a source is not enabled */
    struct mw_sv against;     /* which bytes */
};
struct mw_source {
    struct mw_sv id, title;   /* id: the file's name without .yaml; it becomes mw_notice.source */
    struct mw_list known_as;  /* struct mw_sv: what files of others call it ("fdb"); the attribution is the same */
    int level, kind;          /* enum mw_level, enum mw_source_kind */
    struct mw_sv land;        /* "NW"; level land only */
    int about;                /* 0 programmes, 1 tenders: kept apart, they feed project profiles */
    struct mw_sv language;    /* of notices that do not say theirs */
    struct mw_list addresses; /* struct mw_sv: where to begin; http(s), or file: for what was downloaded by hand */
    struct mw_sv home;        /* the portal's own page, for people */
    struct mw_sv attribution; /* "{title}" and "{url}" stand for those of the notice */
    struct mw_sv licence;
    struct mw_verified verified;
    enum mw_tri enabled;
    struct mw_sv note;        /* what whoever enables it should know */
    struct mw_request request;
    struct mw_politeness politeness;
    struct mw_source_limits limits;
    struct mw_listing list;
    struct mw_reading_rules read;
    struct mw_sv codes_file;
    const struct mw_codes *codes; /* loaded; NULL: none */
    struct mw_pos pos;
    const struct mw_node *file; /* as it was read, for places */
};
/* What stands in the file under a key, or a key of a key ("list.next"); NULL: nothing. */
const struct mw_node *mw_source_node(const struct mw_source *s, const char *key);
/* Where it stands, else where the file begins; never NULL. */
const struct mw_pos *mw_source_place(const struct mw_source *s, const char *key);
static inline bool mw_source_enabled(const struct mw_source *s) { return s->enabled == MW_YES; }
/* Whether its list pages are counted, by the address or in what is posted: the next one is asked for as long as they bring rows. */
bool mw_source_counts(const struct mw_source *s);
/* Whether its records only lead to pages of HTML, which the rules are for. */
static inline bool mw_source_leads(const struct mw_source *s)
{
    return (s->kind == MW_K_JSON || s->kind == MW_K_XML || s->kind == MW_K_CSV) && s->list.link.n > 0;
}
/* Whether each of its addresses answers with everything, so that it leads to no list page and to no page of a notice. */
bool mw_source_is_whole(const struct mw_source *s);
/* Whether its lists show their newest entries only: what they show no more is not gone. */
static inline bool mw_source_rolls(const struct mw_source *s)
{
    return s->list.complete == MW_TRI_NONE ? s->kind == MW_K_FEED : s->list.complete == MW_NO;
}
/* Whether each of its notices has a page of its own, to which the lists lead. */
static inline bool mw_source_has_pages(const struct mw_source *s)
{
    return s->kind == MW_K_SITEMAP || (s->kind == MW_K_FEED && s->list.follow != MW_NO) || (s->kind == MW_K_HTML && s->list.link.n > 0) ||
           mw_source_leads(s);
}
/* Whether it is read from files of this machine alone, so that nobody is asked. */
bool mw_source_is_local(const struct mw_source *s);
static inline bool mw_source_tenders(const struct mw_source *s) { return s->about == 1; }

/* One file, with its code lists from ../codes. All its faults go to diags: unknown keys and words, addresses that are none,
 * XPaths and pointers that cannot be compiled, code lists that do not exist, rules that the kind does not know. */
enum mw_rc mw_source_load(struct mw_source **out, struct mw_arena *a, const char *path, struct mw_diags *diags);
/* All *.yaml of a folder in order of their names: const struct mw_source * items. Files with faults are reported and left
 * out; then the result is MW_INVALID, with the others in the list. */
enum mw_rc mw_sources_load(struct mw_list *out, struct mw_arena *a, const char *dir, struct mw_diags *diags);
/* By id, else by one of the names others know it by; NULL: there is none. */
const struct mw_source *mw_source_find(const struct mw_list *sources, struct mw_sv id);
/* The line that whoever shows the notice must show with it; MW_SV_NONE: none is asked for. */
struct mw_sv mw_source_attribution(struct mw_arena *a, const struct mw_source *s, const struct mw_notice *n);

#endif
