/* What words say of a text that must hold them: the rarer, the more. */
#include "rules/engine/need.h"

#include <stdlib.h>

enum { WORD_MAX = 12 };

bool mw_need_add_text(struct mw_list *to, struct mw_arena *a, struct mw_sv text)
{
    for (size_t i = 0; i < to->n; i++)
        if (mw_sv_eq(*MW_AT(*to, struct mw_sv, i), text))
            return true;
    struct mw_sv *slot = mw_list_add(a, to, sizeof *slot);
    if (slot != NULL)
        *slot = text;
    return slot != NULL;
}

/* Letters that stand, as a word or inside longer ones, in more than one of eight sentences of notices: to ask for them spares nothing. */
static bool is_common(struct mw_sv word)
{
    static const struct mw_sv COMMON[] = {
        { "der", 3 }, { "die", 3 }, { "und", 3 }, { "ein", 3 }, { "den", 3 }, { "run", 3 }, { "aus", 3 }, { "des", 3 }, { "bei", 3 }, { "vor", 3 },
        { "mit", 3 }, { "von", 3 }, { "auf", 3 }, { "ist", 3 }, { "and", 3 }, { "for", 3 }, { "the", 3 }, { "alt", 3 }, { "f\xC3\xBCr", 4 },
        { "eine", 4 }, { "ende", 4 }, { "nach", 4 }, { "unter", 5 }, { "werden", 6 },
    };
    for (size_t i = 0; i < sizeof COMMON / sizeof *COMMON && COMMON[i].n <= word.n; i++) /* the short ones first */
        if (mw_sv_eq(word, COMMON[i]))
            return true;
    return false;
}

/* How much a word says: letters and digits one each, signs that are rare by themselves as much as a short word. */
static unsigned weight_of_word(struct mw_sv s)
{
    unsigned n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        n += c == '%' ? NEED_WEIGHT_MIN : c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? 1 : 0;
    }
    return n >= NEED_WEIGHT_MIN && is_common(s) ? 0 : n;
}

static unsigned weight_of(struct mw_sv s)
{
    unsigned n = 0;
    struct mw_sv word, rest = s;
    for (bool more_words = true; more_words;) {
        more_words = mw_sv_cut(rest, ' ', &word, &rest);
        n += weight_of_word(word);
    }
    return n;
}

unsigned mw_need_weight(const struct mw_list *texts)
{
    unsigned least = texts->n > 0 && texts->n <= NEED_ANY_MAX ? NEED_TEXT_MAX : 0;
    for (size_t i = 0; i < texts->n; i++) {
        unsigned w = weight_of(*MW_AT(*texts, struct mw_sv, i));
        least = w < least ? w : least;
    }
    return least;
}

static int by_text(const void *pa, const void *pb)
{
    return mw_sv_cmp(*(const struct mw_sv *)pa, *(const struct mw_sv *)pb);
}

/* Of several words the longest, if it says enough by itself: "zuwendung" is rarer than " der zuwend". Long ones are cut: their
 * beginning is as rare. */
static struct mw_sv most_telling(struct mw_sv text)
{
    struct mw_sv best = text, word, rest = text;
    unsigned most = 0;
    for (bool more_words = true; more_words;) {
        more_words = mw_sv_cut(rest, ' ', &word, &rest);
        if (weight_of_word(word) > most) {
            most = weight_of_word(word);
            best = word;
        }
    }
    return mw_sv_sub(most >= NEED_WEIGHT_MIN ? best : text, 0, WORD_MAX);
}

bool mw_need_tidy(struct mw_need *n, struct mw_arena *a)
{
    struct mw_list kept = { 0 };
    for (size_t i = 0; i < n->any.n; i++) {
        struct mw_sv *s = MW_AT(n->any, struct mw_sv, i);
        *s = most_telling(*s);
    }
    for (size_t i = 0; i < n->any.n; i++) {
        struct mw_sv s = *MW_AT(n->any, struct mw_sv, i);
        bool needless = false;
        for (size_t k = 0; k < n->any.n && !needless; k++) {
            struct mw_sv other = *MW_AT(n->any, struct mw_sv, k);
            needless = other.n < s.n && mw_sv_find(s, other, 0) != SIZE_MAX;
        }
        if (!needless && !mw_need_add_text(&kept, a, s))
            return false;
    }
    if (kept.n > 0)
        qsort(kept.items, kept.n, sizeof(struct mw_sv), by_text);
    n->any = kept;
    return true;
}
