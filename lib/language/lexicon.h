/* Which words there are, and what part of a compound each can be. Private to the room (and its tests).
 *
 * Two sources: a big word list (Debian's wngerman, one word a line) that says what is a word, and Mittelweg's own small
 * one (config/lexicon.txt, built into the program) that says more and is asked first. Compiled into a table of hashes which
 * is kept in the user's cache folder ($XDG_CACHE_HOME or ~/.cache, mittelweg/) and mapped from there; where that cannot be
 * written, it lives in memory. */
#ifndef MW_LANGUAGE_LEXICON_H
#define MW_LANGUAGE_LEXICON_H

#include "lib/core/err.h"
#include "lib/core/text.h"

enum {
    MW_LEX_WORD = 1,  /* a word in whatever form */
    MW_LEX_NOUN = 2,  /* a noun in whatever form */
    MW_LEX_FIRST = 4, /* our list: may be a part, but not the last */
    MW_LEX_LAST = 8,  /* our list: may be the last part */
    MW_LEX_NEVER = 16,
    MW_LEX_WHOLE = 32 /* never taken apart */
};
#define MW_LEX_FLAGS 63u

struct mw_lexicon;

/* path: the big list, or NULL for its usual place; cache_dir: the folder to keep the table in, or NULL for the usual one.
 * A list that is named must be readable; the usual one may be missing. */
enum mw_rc mw_lexicon_open(struct mw_lexicon **out, const char *path, const char *cache_dir, struct mw_err *err);
void mw_lexicon_free(struct mw_lexicon *lex);
static inline void mw_lexicon_freep(struct mw_lexicon **lex) { mw_lexicon_free(*lex); }

uint64_t mw_lexicon_hash(const struct mw_lexicon *lex);  /* of all words and what is known of them */
size_t mw_lexicon_words(const struct mw_lexicon *lex);   /* how many forms it holds */
bool mw_lexicon_is_mapped(const struct mw_lexicon *lex); /* from the cache folder, not compiled now */

/* The flags of a folded word, by a hash that can be built letter by letter; 0: not known. */
#define MW_LEX_SEED 14695981039346656037u
static inline uint64_t mw_lex_hash(uint64_t hash, char c) { return (hash ^ (unsigned char)c) * 1099511628211u; /* FNV-1a */ }
unsigned mw_lexicon_flags(const struct mw_lexicon *lex, uint64_t hash);
unsigned mw_lexicon_find(const struct mw_lexicon *lex, struct mw_sv folded);

#endif
