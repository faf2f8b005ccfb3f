/* Text inside XML 1.0: escaped, without what XML cannot hold (control characters, and the two noncharacters that even an
 * escape may not name). */
#ifndef MW_DOCUMENTS_XML_H
#define MW_DOCUMENTS_XML_H

#include "lib/core/out.h"

static inline void mw_xml_escape(struct mw_str *out, struct mw_sv s)
{
    for (size_t at = 0, from = 0; from < s.n; from = at) {
        while (at < s.n) {
            size_t next = at;
            uint32_t cp = mw_utf8_next(s, &next);
            if (cp == 0xFFFE || cp == 0xFFFF)
                break;
            at = next;
        }
        mw_html_escape(out, mw_sv_sub(s, from, at - from));
        if (at < s.n)
            mw_utf8_next(s, &at);
    }
}

#endif
