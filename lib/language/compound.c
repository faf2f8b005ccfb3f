/* The splitter: of all ways to cover the word with parts that the lexicon knows, the cheapest, where a part costs about 1:
 * so the fewest parts, and among equals those of our own list. Then each part is looked at again.
 *
 * The danger is not the compound that stays whole (search still finds it), but the simple word taken apart ("Zug-elassen").
 * So a word that the lexicon knows as a whole comes apart only into parts that are surely nouns or stand in our list;
 * verb stems and other words serve only where the whole is unknown. */
#include "lib/language/compound.h"

#include <string.h>

/* Costs in twentieths of a part. */
enum { OURS = 19, NOUN = 20, DERIVED = 22, WORD_LAST = 30, VERB_STEM = 32, WORD_FIRST = 36, INFINITIVE = 40, NONE = 1 << 20 };
#define SHORT 4   /* letters a part needs unless it is in our list */
#define SHORTEST 3
#define WHOLE_MIN 7

struct piece { /* letters [from, to) of the word, perhaps with an e before them that folding dropped */
    const struct mw_lexicon *lex;
    const char *letters; /* of the piece, e included */
    size_t n;
    const uint64_t *hashes; /* hashes[k]: of its first k letters */
    bool surely;            /* only what is surely a part */
};

static unsigned flags_of(const struct piece *p, size_t n) { return n > 0 ? mw_lexicon_flags(p->lex, p->hashes[n]) : 0; }

static bool ends(const struct piece *p, size_t n, const char *suffix)
{
    size_t k = strlen(suffix);
    return n > k && memcmp(p->letters + n - k, suffix, k) == 0;
}

/* Whether the first n letters are a verb's stem: with -en a word, or with -n where they end in er or el (fördern, sammeln). */
static bool verb_stem(const struct piece *p, size_t n)
{
    uint64_t h = p->hashes[n];
    return (mw_lexicon_flags(p->lex, mw_lex_hash(mw_lex_hash(h, 'e'), 'n')) & MW_LEX_WORD) != 0 ||
           ((ends(p, n, "er") || ends(p, n, "el")) && (mw_lexicon_flags(p->lex, mw_lex_hash(h, 'n')) & MW_LEX_WORD) != 0);
}

/* "Einreichung" is a word if "einreichen" is one. */
static bool derived(const struct piece *p, size_t n)
{
    return n >= 7 && ends(p, n, "ung") && verb_stem(p, n - 3);
}

static int cost_first(const struct piece *p)
{
    unsigned f = flags_of(p, p->n);
    size_t base = ends(p, p->n, "s") ? p->n - 1 : 0; /* without the link of Zuwendungs-, Sicherheits- */

    if ((f & MW_LEX_FIRST) != 0)
        return OURS;
    if ((f & MW_LEX_NEVER) != 0 || p->n < SHORT)
        return NONE;
    unsigned b = flags_of(p, base);
    if ((b & MW_LEX_NEVER) != 0)
        return NONE;
    if ((f & MW_LEX_NOUN) != 0 || (p->n > SHORT && (b & (MW_LEX_NOUN | MW_LEX_LAST)) != 0))
        return NOUN;
    if (base > 0 && derived(p, base))
        return DERIVED;
    if (!p->surely && base > SHORT && (b & MW_LEX_WORD) != 0 && ends(p, base, "en"))
        return INFINITIVE; /* a verb as a noun: Verbleibens- */
    if (p->surely || p->n <= SHORT)
        return NONE;
    if (verb_stem(p, p->n))
        return VERB_STEM;
    return (f & MW_LEX_WORD) != 0 ? WORD_FIRST : NONE;
}

static int cost_last(const struct piece *p)
{
    unsigned f = flags_of(p, p->n);

    if ((f & MW_LEX_NEVER) != 0)
        return NONE;
    if ((f & MW_LEX_LAST) != 0)
        return OURS;
    if (p->n < SHORT)
        return NONE;
    if ((f & MW_LEX_NOUN) != 0)
        return NOUN;
    if (derived(p, p->n) || (ends(p, p->n, "ungen") && derived(p, p->n - 2)))
        return DERIVED;
    if (!p->surely && p->n > WHOLE_MIN && ends(p, p->n, "er") && verb_stem(p, p->n - 2))
        return DERIVED; /* who does it: Leistungs-erbringer */
    return !p->surely && p->n > SHORT && (f & MW_LEX_WORD) != 0 ? WORD_LAST : NONE;
}

/* The cheapest cover of w by two parts or more; cuts as in the header, without looking into the parts. */
static size_t cheapest(const struct mw_lexicon *lex, struct mw_sv w, bool surely, size_t cuts[MW_PARTS_MAX - 1])
{
    int cost[MW_COMPOUND_MAX + 1];
    unsigned char from[MW_COMPOUND_MAX + 1], parts[MW_COMPOUND_MAX + 1];
    char letters[MW_COMPOUND_MAX + 1];
    uint64_t hashes[MW_COMPOUND_MAX + 2];

    for (size_t i = 0; i <= w.n; i++)
        cost[i] = NONE;
    cost[0] = 0;
    from[0] = parts[0] = 0;
    letters[0] = 'e';
    memcpy(letters + 1, w.p, w.n);
    for (size_t i = 0; i + SHORTEST <= w.n; i++) {
        if (cost[i] >= NONE || parts[i] == MW_PARTS_MAX)
            continue;
        bool lost_e = i > 0 && (w.p[i - 1] == 'a' || w.p[i - 1] == 'o' || w.p[i - 1] == 'u');
        for (size_t e = 0; e <= (lost_e ? 1 : 0); e++) { /* e == 1: with the e that folding dropped behind a, o, u */
            char first = letters[i];
            struct piece p = { lex, letters + i + 1 - e, 0, hashes, surely };
            if (e == 1)
                letters[i] = 'e';
            hashes[0] = MW_LEX_SEED;
            for (size_t k = 0; k < w.n - i + e; k++)
                hashes[k + 1] = mw_lex_hash(hashes[k], p.letters[k]);
            for (size_t j = i + SHORTEST; j <= w.n; j++) {
                if (i == 0 && j == w.n)
                    break;
                p.n = j - i + e;
                int c = cost[i] + (j == w.n ? cost_last(&p) : cost_first(&p));
                if (c < cost[j]) {
                    cost[j] = c;
                    from[j] = (unsigned char)i;
                    parts[j] = (unsigned char)(parts[i] + 1);
                }
            }
            letters[i] = first;
        }
    }
    if (cost[w.n] >= NONE)
        return 0;
    size_t n = parts[w.n] - 1u;
    for (size_t at = from[w.n], i = n; i > 0; i--, at = from[at])
        cuts[i - 1] = at;
    return n;
}

static void insert_sorted(size_t *cuts, size_t n, size_t cut)
{
    for (; n > 0 && cuts[n - 1] > cut; n--)
        cuts[n] = cuts[n - 1];
    cuts[n] = cut;
}

/* The cuts of one word or part, by the cheapest cover: none where it must stay whole. */
static size_t cuts_of(const struct mw_lexicon *lex, struct mw_sv w, size_t cuts[MW_PARTS_MAX - 1])
{
    unsigned whole = mw_lexicon_find(lex, w);
    if (w.n < WHOLE_MIN || (whole & (MW_LEX_WHOLE | MW_LEX_NEVER)) != 0)
        return 0;
    return cheapest(lex, w, whole != 0, cuts);
}

size_t mw_compound_cuts(const struct mw_lexicon *lex, struct mw_sv folded, size_t cuts[MW_PARTS_MAX - 1])
{
    struct mw_sv todo[MW_PARTS_MAX + 1] = { folded }; /* parts to look at, views of folded */
    size_t n = 0, n_todo = 1, own[MW_PARTS_MAX - 1];

    if (folded.n > MW_COMPOUND_MAX)
        return 0;
    for (size_t i = 0; i < folded.n; i++)
        if (folded.p[i] < 'a' || folded.p[i] > 'z')
            return 0;
    while (n_todo > 0) {
        struct mw_sv w = todo[--n_todo];
        size_t base = (size_t)(w.p - folded.p), k = cuts_of(lex, w, own);
        for (size_t i = 0; i <= k && k > 0; i++) {
            size_t begin = i > 0 ? own[i - 1] : 0;
            struct mw_sv part = mw_sv_sub(w, begin, (i < k ? own[i] : w.n) - begin);
            if (i > 0 && n < MW_PARTS_MAX - 1)
                insert_sorted(cuts, n++, base + begin);
            if (mw_lexicon_find(lex, part) == 0 && part.p[part.n - 1] == 's')
                part.n--;
            unsigned f = mw_lexicon_find(lex, part);
            bool ours_as_last = (f & (MW_LEX_FIRST | MW_LEX_LAST)) == MW_LEX_LAST; /* an adjective of our list */
            if (part.n > WHOLE_MIN && n_todo <= MW_PARTS_MAX && f != 0 && !ours_as_last)
                todo[n_todo++] = part;
        }
    }
    return n;
}

struct mw_sv mw_compound_part(const struct mw_lexicon *lex, struct mw_sv folded, size_t from, size_t to, char buf[MW_COMPOUND_MAX + 1])
{
    struct mw_sv part = mw_sv_sub(folded, from, to - from);
    int before = from > 0 ? folded.p[from - 1] : 0;

    if ((before == 'a' || before == 'o' || before == 'u') && part.n < MW_COMPOUND_MAX && mw_lexicon_find(lex, part) == 0) {
        buf[0] = 'e';
        memcpy(buf + 1, part.p, part.n);
        if (mw_lexicon_find(lex, mw_sv_n(buf, part.n + 1)) != 0)
            return mw_sv_n(buf, part.n + 1);
    }
    return part;
}
