/* The one analyser of words: for documents, queries, vocabulary and FTS5 alike.
 *
 * A word becomes its folded, stemmed form and, if it is a compound, the forms of its parts: "Quartierskonzepte" gives
 * "quartierskonzept" and the parts "quartier", "konzept"; a compound of three also has parts of two: "Kinderspielplatz" is a "spielplatz". Umlauts written ä, ae or a give the same form. What is said only
 * once counts for both: "Bau- und Sanierungskosten" gives "baukost" too. */
#ifndef MW_LANGUAGE_ANALYSE_H
#define MW_LANGUAGE_ANALYSE_H

#include "lib/core/err.h"
#include "lib/core/text.h"

struct mw_analyser;
enum { MW_ANALYSER_VERSION = 6 }; /* raised by whoever changes what words become */

/* lexicon_path: a word list (Debian's wngerman) or NULL for its usual place; where it is missing the small lexicon of
 * our own is used. Owns a per-word cache; not for several threads at once. */
enum mw_rc mw_analyser_new(struct mw_analyser **out, const char *lexicon_path, struct mw_err *err);
void mw_analyser_free(struct mw_analyser *an);
static inline void mw_analyser_freep(struct mw_analyser **an) { mw_analyser_free(*an); }
uint64_t mw_analyser_lexicon_hash(const struct mw_analyser *an); /* stored beside the index; a mismatch is refused */

struct mw_token {
    size_t begin, end;   /* bytes of the original word in the text; a part has its parent's */
    struct mw_sv form;   /* valid until the next call on the analyser */
    bool part;           /* a part of the word before it */
    bool stopword;       /* too common to search for (mw_is_stopword) */
    uint32_t number;     /* of this analyser's: the same one means the same form (not the other way round); 0: it has none */
};
typedef bool mw_token_fn(void *ctx, const struct mw_token *t); /* false: stop */
/* All words of text in order, each followed by its parts. english: English stemming, no compounds. Any bytes will do. */
void mw_analyse(struct mw_analyser *an, struct mw_sv text, bool english, mw_token_fn *fn, void *ctx);

/* Does the word list hold this German word, in whatever form? */
bool mw_analyser_knows(struct mw_analyser *an, struct mw_sv word);
/* Of a German compound as it is written the piece that gave a part its form: of "Radwegebau" "Rad" for "rad", "wege" for "weg". next:
 * the form of the part behind it, SV_NONE: it is the last. Borrowed. SV_NONE: there is no such piece, for instance in "Bau-", of "Bau- und
 * Sanierungskosten", for "baukost". */
struct mw_sv mw_part_in(struct mw_sv word, struct mw_sv form, struct mw_sv next);

/* ä ae a, ß ss, accents, soft hyphens, case: the folded surface form of one word or line; appended. */
void mw_fold(struct mw_str *out, struct mw_sv s);
bool mw_is_stopword(struct mw_sv folded, bool english);

#endif
