/* The first pass over hostile HTML, in the worker: what libxml2 2.9 reads wrongly or slowly never reaches it.
 *
 * DEPENDENCIES.md section 3 has measured what that is. The pass knows tags, attributes, comments and character references
 * as the HTML standard's tokeniser does, and nothing of the tree. */
#ifndef MW_PARSE_CLEAN_H
#define MW_PARSE_CLEAN_H

#include "lib/core/err.h"

#define MW_ATTRS_MAX 1000 /* in one tag; libxml2 is quadratic in them (50,000: 25 s) */

/* Writes html (valid UTF-8) to out in a form that libxml2 reads as browsers would:
 * - character references of the text are resolved (all of HTML5's names, numbers as the standard maps them); what is left
 *   of & and < in the text is escaped;
 * - comments, declarations, scripts, styles, templates, noscript, svg, navigation, dialogs and cookie banners are left
 *   out. A region whose end is missing stays: a forgotten </nav> must not cost the rest of the page;
 * - tags keep only the attributes that are read further on;
 * - control characters are dropped.
 * MW_PARSE: a tag has more than MW_ATTRS_MAX attributes. */
enum mw_clean {
    MW_CLEAN_TEXT,       /* as above */
    MW_CLEAN_ATTRIBUTES, /* with all attributes: XPaths of people may ask for any */
    MW_CLEAN_WHOLE       /* with navigation, forms and banners, too: who looks for links and fields needs them */
};
enum mw_rc mw_html_clean(struct mw_str *out, struct mw_sv html, enum mw_clean how, struct mw_err *err);

/* The text s stands for when read as HTML text: appended to out, with & and < as they are. */
void mw_html_resolve(struct mw_str *out, struct mw_sv s);

#endif
