/* German for an English text: a binary search in the compiled table. */
#include "lib/core/lang.h"

#include <string.h>

const char *mw_tr(enum mw_lang lang, const char *english)
{
    size_t low = 0, high = MW_MESSAGES_N;

    if (lang != MW_DE)
        return english;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int c = strcmp(english, MW_MESSAGES[mid].en);
        if (c == 0)
            return MW_MESSAGES[mid].de;
        if (c < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return english;
}

bool mw_lang_parse(struct mw_sv s, enum mw_lang *out)
{
    if (s.n < 2)
        return false;
    struct mw_sv two = mw_sv_sub(s, 0, 2);
    bool code = s.n == 2 || s.p[2] == '_' || s.p[2] == '-' || s.p[2] == '.'; /* "de", "de_DE.UTF-8" */
    if ((code && mw_sv_ieq(two, MW_SV("de"))) || mw_sv_ieq(s, MW_SV("deutsch")) || mw_sv_ieq(s, MW_SV("german")))
        *out = MW_DE;
    else if ((code && mw_sv_ieq(two, MW_SV("en"))) || mw_sv_ieq(s, MW_SV("english")))
        *out = MW_EN;
    else
        return false;
    return true;
}
