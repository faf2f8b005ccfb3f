/* Kin: are two notices of different sources the same programme?
 *
 * A false link hides a programme, so a link needs a proof and must meet no contradiction. Same words in the title or the same
 * identifier make two notices candidates (link.c finds them); here they are read. Proofs are a link of one to the other's address,
 * the same identifier, and text that both share. Contradictions are different identifiers, areas that do not meet, a Land that each
 * names and the other does not, and funders that are not the same. Everything is counted in whole numbers: the same two notices
 * give the same answer everywhere. */
#ifndef MW_INDEX_KIN_H
#define MW_INDEX_KIN_H

#include "index/link.h"
#include "lib/model/notice.h"

struct mw_kin { /* what is compared of one notice; texts are borrowed from it and its arena */
    const struct mw_notice *notice;
    struct mw_sv identifier; /* as identified by the source, folded; empty: none, or none that tells anything */
    uint32_t lands;          /* where it applies: bits of trait.h; 0: not known */
    uint32_t named;          /* Länder that title, texts and funders name */
    struct mw_sv record;     /* everything it says, as one text: addresses are looked for in it */
    uint64_t *shingles;      /* of six words each: hashes, ascending, each once */
    size_t shingles_n;
    uint64_t *words;         /* hashes of all words of four letters or more that tell something, ascending */
    size_t words_n;
    int fullness;
};
/* How much a notice says: one that states its rules (a section of directive text) above all that do not, then by powers of two of its
 * length, so that a sentence more or less decides nothing. */
int mw_kin_fullness(const struct mw_notice *n);
/* Reads a notice, every section with its text. lands: of its traits and its source; false: no memory. */
bool mw_kin_read(struct mw_kin *out, struct mw_arena *a, const struct mw_notice *n, uint32_t lands);
/* The words of a title, folded and joined by blanks: what must be the same. Appended. */
void mw_kin_title(struct mw_str *out, struct mw_sv title);
/* The identifier a source gives its programme (the key "identifier"), folded; appended. Nothing where it is too short to tell. */
void mw_kin_identifier(struct mw_str *out, const struct mw_notice *n);

/* Speaks anything against these being one programme? */
bool mw_kin_contradict(const struct mw_kin *a, const struct mw_kin *b);
/* The proof, MW_LINK_NONE: there is none. same_title, same_identifier: why they are candidates; another title needs its text for a
 * proof, since calls of a project carry the identifier of the topic they come from. *percent: of the shorter text that stands in the
 * longer, where that is the proof. */
enum mw_link_proof mw_kin_proof(const struct mw_kin *a, const struct mw_kin *b, bool same_title, bool same_identifier, int *percent);

#endif
