/* From a part's form back to the letters of its compound. What stood between two parts and how the word was folded is forgotten by
 * then, so pieces are folded and stemmed until one gives the form: a word has few letters. */
#include "lib/language/analyse.h"
#include "lib/language/stem.h"

#include <string.h>

enum { PIECE_BYTES = 128 };

static bool gives(struct mw_sv piece, struct mw_sv form, struct mw_str *folded)
{
    char stem[PIECE_BYTES];

    mw_str_clear(folded);
    mw_fold(folded, piece);
    if (!mw_str_ok(folded) || folded->n > sizeof stem || folded->n < form.n)
        return false;
    if (mw_sv_eq(mw_str_sv(folded), form))
        return true;
    memcpy(stem, folded->p, folded->n);
    return mw_sv_eq(mw_sv_n(stem, mw_stem_german(stem, folded->n)), form);
}

static bool is_inside(struct mw_sv word, size_t i)
{
    return ((unsigned char)word.p[i] & 0xc0) == 0x80; /* a letter goes on */
}

static bool begins_so(struct mw_sv rest, struct mw_sv form, struct mw_str *folded)
{
    for (size_t end = rest.n; end > 0 && form.p != NULL; end--)
        if ((end == rest.n || !is_inside(rest, end)) && gives(mw_sv_sub(rest, 0, end), form, folded))
            return true;
    return false;
}

/* From begin on: up to where the next part begins, or a hyphen stands. *shortest: else as short as can be. */
static struct mw_sv piece_at(struct mw_sv word, size_t begin, struct mw_sv form, struct mw_sv next, struct mw_sv *shortest, struct mw_str *folded)
{
    for (size_t end = begin + 1; end < word.n; end++) {
        struct mw_sv piece = mw_sv_sub(word, begin, end - begin);
        if (is_inside(word, end) || !gives(piece, form, folded))
            continue;
        if (word.p[end] == '-' || begins_so(mw_sv_sub(word, end, word.n), next, folded))
            return piece;
        *shortest = shortest->p == NULL ? piece : *shortest;
    }
    return MW_SV_NONE;
}

struct mw_sv mw_part_in(struct mw_sv word, struct mw_sv form, struct mw_sv next)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;
    struct mw_sv piece = MW_SV_NONE, shortest = MW_SV_NONE;

    if (word.n > PIECE_BYTES)
        return piece;
    for (size_t i = 0; i < word.n && piece.p == NULL && next.p != NULL; i++)
        if (!is_inside(word, i))
            piece = piece_at(word, i, form, next, &shortest, &folded);
    for (size_t i = 0; i < word.n && piece.p == NULL; i++)
        if (!is_inside(word, i) && gives(mw_sv_sub(word, i, word.n), form, &folded))
            piece = mw_sv_sub(word, i, word.n);
    for (size_t i = 0; i < word.n && piece.p == NULL && next.p == NULL; i++)
        if (!is_inside(word, i))
            piece = piece_at(word, i, form, next, &shortest, &folded);
    return piece.p != NULL ? piece : shortest;
}
