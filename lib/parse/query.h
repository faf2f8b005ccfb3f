/* What XPaths find in a page or an XML document of strangers. The document is read and searched in the worker. */
#ifndef MW_PARSE_QUERY_H
#define MW_PARSE_QUERY_H

#include "lib/parse/xml.h"

/* XPath 1.0 over local names. In HTML the whole page counts, navigation too, all but scripts and styles. */
enum mw_query_want {
    MW_Q_TEXT, /* plain text, blocks parted by lines as mw_parse_html_text() does; of XML the text as it stands */
    MW_Q_LINE, /* text on one line, white space as single spaces */
    MW_Q_HTML  /* the markup in the element, cleaned as in struct mw_page_section; of XML the text, or what elements are in it */
};
struct mw_query_field {
    struct mw_sv xpath; /* from a record, or from the document where there are no records */
    enum mw_query_want want;
};
struct mw_query {
    bool xml;
    struct mw_sv records; /* MW_SV_NONE: the document is the only record */
    const struct mw_query_field *fields;
    size_t n;
};
struct mw_query_row {
    struct mw_list *values; /* n lists of struct mw_sv, one a field; empty values are left out */
};
/* rows: struct mw_query_row, in the order of the document. base: the address of a page's <base>, or MW_SV_NONE; may be NULL.
 * MW_PARSE: refused, or an XPath fails on this document; the sentence says why. */
enum mw_rc mw_parse_query(struct mw_parser *p, struct mw_arena *a, struct mw_sv bytes, struct mw_sv charset,
    const struct mw_query *query, struct mw_list *rows, struct mw_sv *base, struct mw_err *err);
/* Whether this is an XPath at all; for checking files before anything is fetched. */
bool mw_xpath_good(struct mw_sv xpath);

#endif
