/* The two languages messages are written in. Source code holds the English text; po/de/<room>.po holds the German, which
 * the Makefile compiles into one sorted table (tools/po2c). The language travels as an argument, never as a global. */
#ifndef MW_CORE_LANG_H
#define MW_CORE_LANG_H

#include "lib/core/text.h"

enum mw_lang { MW_EN = 0, MW_DE };

/* The text in that language; the English one where no German is known. Works for format strings: the test suite checks
 * that both have the same conversions. */
__attribute__((format_arg(2))) const char *mw_tr(enum mw_lang lang, const char *english);
/* "de", "de_DE.UTF-8", "german" -> MW_DE; "en..." -> MW_EN. false: neither, *out unchanged. */
bool mw_lang_parse(struct mw_sv s, enum mw_lang *out);

/* The compiled table: n pairs sorted bytewise by English. */
struct mw_msg {
    const char *en, *de;
};
extern const struct mw_msg MW_MESSAGES[];
extern const size_t MW_MESSAGES_N;

#endif
