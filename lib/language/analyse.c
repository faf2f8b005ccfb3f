/* Words to forms: tokenise, fold, stem, split; once per word, since a notice says most of its words many times. */
#include "lib/language/analyse.h"

#include <stdlib.h>
#include <string.h>

#include <libstemmer.h>

#include "lib/core/arena.h"
#include "lib/language/chars.h"
#include "lib/language/compound.h"
#include "lib/language/stem.h"
#include "lib/language/word.h"

#define FORMS_MAX 16                   /* of one word: itself and its parts */
#define CACHE_WORDS ((size_t)1 << 17)  /* slots; a power of two */
#define CACHE_BYTES ((size_t)24 << 20) /* a cache that holds more is emptied */
#define ELLIPSIS_WORDS 8               /* looked at for the word that "Bau-" leans on */
#define ELLIPSIS_GAP ((size_t)4)       /* bytes between two of them: ", " or " (" */

struct entry { /* what one word became; in the arena of the cache */
    uint64_t hash;
    struct mw_sv key;
    const struct mw_sv *forms; /* the word, then its parts */
    unsigned n;
    bool stopword, english, joining;
};
struct mw_analyser {
    struct mw_lexicon *lexicon;
    struct sb_stemmer *english;
    struct mw_arena *arena;
    const struct entry **slots;
    size_t filled;
    struct mw_str folded, letters, composed;
};

enum mw_rc mw_analyser_new(struct mw_analyser **out, const char *lexicon_path, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;
    struct mw_analyser *an = calloc(1, sizeof *an);

    *out = NULL;
    if (an == NULL)
        return mw_nomem(err);
    if ((rc = mw_lexicon_open(&an->lexicon, lexicon_path, NULL, err)) != MW_OK)
        goto out;
    an->english = sb_stemmer_new("english", "UTF_8");
    an->arena = mw_arena_new();
    an->slots = calloc(CACHE_WORDS, sizeof(const struct entry *));
    if (an->english == NULL || an->arena == NULL || an->slots == NULL) {
        rc = mw_nomem(err);
        goto out;
    }
    *out = an;
    an = NULL;
out:
    mw_analyser_free(an);
    return rc;
}

void mw_analyser_free(struct mw_analyser *an)
{
    if (an == NULL)
        return;
    mw_lexicon_free(an->lexicon);
    if (an->english != NULL)
        sb_stemmer_delete(an->english);
    mw_arena_free(an->arena);
    free((void *)an->slots);
    mw_str_free(&an->folded);
    mw_str_free(&an->letters);
    mw_str_free(&an->composed);
    free(an);
}

uint64_t mw_analyser_lexicon_hash(const struct mw_analyser *an)
{
    return mw_lexicon_hash(an->lexicon);
}

/* --- one word ----------------------------------------------------------------------------------------------------- */

struct forms {
    struct mw_sv items[FORMS_MAX];
    unsigned n;
    bool stopword;
};

static bool has_digit(struct mw_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if (mw_char_is_digit((unsigned char)s.p[i]))
            return true;
    return false;
}

/* The stem of a folded word, in the arena; adds it unless it is there. */
static void add_form(struct mw_analyser *an, struct forms *f, struct mw_sv folded, bool english)
{
    struct mw_sv form = mw_arena_copy(an->arena, folded);

    if (f->n == FORMS_MAX || form.p == NULL || form.n == 0)
        return;
    if (!has_digit(folded) && english) {
        const sb_symbol *s = sb_stemmer_stem(an->english, (const sb_symbol *)folded.p, (int)folded.n);
        if (s != NULL)
            form = mw_arena_copy(an->arena, mw_sv_n((const char *)s, (size_t)sb_stemmer_length(an->english)));
    } else if (!has_digit(folded)) {
        char stem[MW_WORD_MAX];
        if (folded.n <= sizeof stem) {
            memcpy(stem, folded.p, folded.n);
            form = mw_arena_copy(an->arena, mw_sv_n(stem, mw_stem_german(stem, folded.n)));
        }
    }
    for (unsigned i = 0; i < f->n; i++)
        if (mw_sv_eq(f->items[i], form))
            return;
    if (form.p != NULL && form.n > 0)
        f->items[f->n++] = form;
}

/* Folded into an->folded; English keeps its ae, oe, ue, which stand for no umlaut. */
static struct mw_sv fold_word(struct mw_analyser *an, struct mw_sv w, bool english)
{
    mw_str_clear(&an->letters);
    mw_str_clear(&an->folded);
    mw_word_letters(&an->letters, w);
    struct mw_sv letters = mw_str_sv(&an->letters);
    bool ascii = true;
    for (size_t i = 0; i < letters.n && ascii; i++)
        ascii = (unsigned char)letters.p[i] < 0x80;
    if (english && ascii)
        for (size_t i = 0; i < letters.n; i++)
            mw_str_addc(&an->folded, (char)(letters.p[i] >= 'A' && letters.p[i] <= 'Z' ? letters.p[i] | 0x20 : letters.p[i]));
    else
        mw_fold(&an->folded, letters);
    return mw_str_sv(&an->folded);
}

/* The parts of a folded compound. */
static void add_parts(struct mw_analyser *an, struct forms *f, struct mw_sv folded)
{
    size_t cuts[MW_PARTS_MAX - 1], n = mw_compound_cuts(an->lexicon, folded, cuts);
    char buf[MW_COMPOUND_MAX + 1];

    for (size_t i = 0; i <= n && n > 0; i++)
        add_form(an, f, mw_compound_part(an->lexicon, folded, i > 0 ? cuts[i - 1] : 0, i < n ? cuts[i] : folded.n, buf), false);
}

static void word_forms(struct mw_analyser *an, struct forms *f, struct mw_sv w, bool hyphened, bool english)
{
    struct mw_sv rest = w, piece;
    struct mw_str joined = MW_STR_INIT;

    if (!hyphened) {
        struct mw_sv folded = fold_word(an, w, english);
        f->stopword = mw_is_stopword(folded, english);
        add_form(an, f, folded, english);
        if (folded.n > 1 && folded.p[folded.n - 1] == '+') /* ESF+ is an ESF too */
            add_form(an, f, mw_sv_sub(folded, 0, folded.n - 1), english);
        if (!english && !f->stopword)
            add_parts(an, f, folded);
        return;
    }
    while (mw_word_piece(&rest, &piece))
        mw_str_add(&joined, fold_word(an, piece, english));
    add_form(an, f, mw_str_sv(&joined), english);
    mw_str_free(&joined);
    for (rest = w; mw_word_piece(&rest, &piece);) {
        struct mw_sv folded = fold_word(an, piece, english);
        if (folded.n < 2 || mw_is_stopword(folded, english))
            continue;
        add_form(an, f, folded, english);
        if (!english)
            add_parts(an, f, folded);
    }
}

/* Of two words that share a part ("Bau- und Sanierungskosten"), what stands between them. */
static bool is_joining_word(struct mw_sv w)
{
    static const char *const WORDS[] = { "und", "oder", "sowie", "bzw", "beziehungsweise", "u", "als", "auch", "wie" };
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (mw_sv_ieq(w, mw_sv(WORDS[i])))
            return true;
    return false;
}

/* --- the cache ---------------------------------------------------------------------------------------------------- */

static bool empty_cache(struct mw_analyser *an)
{
    memset((void *)an->slots, 0, CACHE_WORDS * sizeof(const struct entry *));
    an->filled = 0;
    mw_arena_free(an->arena);
    an->arena = mw_arena_new();
    return an->arena != NULL;
}

static uint64_t hash_of(struct mw_sv s, bool english)
{
    uint64_t h = 1469598103934665603u + english;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    return h;
}

/* What w became, from the cache or worked out now; NULL: out of memory. */
static const struct entry *look_up(struct mw_analyser *an, struct mw_sv w, bool hyphened, bool english)
{
    uint64_t hash = hash_of(w, english);
    struct forms f = { .n = 0 };
    size_t slot = hash & (CACHE_WORDS - 1);

    for (; an->slots[slot] != NULL; slot = (slot + 1) & (CACHE_WORDS - 1))
        if (an->slots[slot]->hash == hash && an->slots[slot]->english == english && mw_sv_eq(an->slots[slot]->key, w))
            return an->slots[slot];
    if (an->arena == NULL || an->filled >= CACHE_WORDS / 4 * 3 || mw_arena_used(an->arena) > CACHE_BYTES) {
        if (!empty_cache(an))
            return NULL;
        slot = hash & (CACHE_WORDS - 1);
    }
    word_forms(an, &f, w, hyphened, english);
    struct entry *e = mw_arena_alloc(an->arena, sizeof *e);
    struct mw_sv *forms = mw_arena_array(an->arena, f.n, sizeof *forms);
    struct mw_sv key = mw_arena_copy(an->arena, w);
    if (e == NULL || forms == NULL || key.p == NULL)
        return NULL;
    if (f.n > 0)
        memcpy(forms, f.items, f.n * sizeof *forms);
    *e = (struct entry){ hash, key, forms, f.n, f.stopword, english, !english && is_joining_word(w) };
    an->slots[slot] = e;
    an->filled++;
    return e;
}

/* --- what is said once for two words ------------------------------------------------------------------------------ */

/* The last piece of a word, folded into an->folded. */
static struct mw_sv fold_last_piece(struct mw_analyser *an, struct mw_sv w)
{
    struct mw_sv piece = w, rest = w;
    while (mw_word_piece(&rest, &piece))
        ;
    return fold_word(an, piece, false);
}

static struct mw_sv in_text(struct mw_sv text, const struct mw_word *w)
{
    size_t n = w->end - w->begin;
    return mw_sv_sub(text, w->begin, n < MW_WORD_MAX ? n : MW_WORD_MAX);
}

/* "Bau- und Sanierungskosten": the word that stands for "Bau-", folded: baukosten, in an->composed. NONE: no such word. */
static struct mw_sv complete_trailing(struct mw_analyser *an, struct mw_sv text, const struct mw_word *w)
{
    struct mw_word target = *w;
    size_t at = w->end, cuts[MW_PARTS_MAX - 1], before;
    bool joined = false;

    for (int i = 0;; i++) {
        before = target.end + target.trails;
        if (i == ELLIPSIS_WORDS || !mw_word_next(text, &at, &target) || target.begin - before > ELLIPSIS_GAP)
            return MW_SV_NONE;
        if (is_joining_word(in_text(text, &target)))
            joined = true;
        else if (!target.trails)
            break;
    }
    mw_str_clear(&an->composed);
    mw_str_add(&an->composed, fold_last_piece(an, in_text(text, w)));
    if (!joined && before == w->end + 1 && text.p[before] == '\n') { /* "finanz-" at a line's end, "schwache" in the next */
        size_t len;
        if (!mw_char_is_lower(mw_char_at(text, target.begin, &len)))
            return MW_SV_NONE;
        mw_str_add(&an->composed, fold_word(an, in_text(text, &target), false));
        return mw_str_sv(&an->composed);
    }
    if (!joined && mw_char_is_space((unsigned char)text.p[before])) /* "Bau- Kosten" is no list */
        return MW_SV_NONE;
    struct mw_sv folded = fold_last_piece(an, in_text(text, &target));
    size_t n = mw_compound_cuts(an->lexicon, folded, cuts);
    if (n == 0 && !target.hyphened)
        return MW_SV_NONE;
    mw_str_add(&an->composed, mw_sv_sub(folded, n > 0 ? cuts[n - 1] : 0, folded.n));
    return mw_str_sv(&an->composed);
}

/* "Bauplanung und -ausführung": bauausfuhrung, from the compound before it. */
static struct mw_sv complete_leading(struct mw_analyser *an, struct mw_sv text, const struct mw_word *before, const struct mw_word *w)
{
    struct mw_sv word = in_text(text, before), piece, rest = word;
    size_t cuts[MW_PARTS_MAX - 1];

    if (before->end == 0 || w->begin - before->end > 24)
        return MW_SV_NONE;
    mw_str_clear(&an->composed);
    while (mw_word_piece(&rest, &piece) && rest.n > 0) /* "technisch-wissenschaftlich oder -wirtschaftlich" */
        mw_str_add(&an->composed, fold_word(an, piece, false));
    struct mw_sv folded = fold_last_piece(an, word);
    size_t n = mw_compound_cuts(an->lexicon, folded, cuts);
    if (n == 0 && an->composed.n == 0)
        return MW_SV_NONE;
    mw_str_add(&an->composed, mw_sv_sub(folded, 0, n > 0 ? cuts[n - 1] : 0));
    mw_str_add(&an->composed, fold_word(an, in_text(text, w), false));
    return mw_str_sv(&an->composed);
}

/* --- the text ----------------------------------------------------------------------------------------------------- */

void mw_analyse(struct mw_analyser *an, struct mw_sv text, bool english, mw_token_fn *fn, void *ctx)
{
    struct mw_word w, before = { 0 }; /* before: the last word that stood by itself and joined nothing */

    for (size_t at = 0; mw_word_next(text, &at, &w);) {
        struct mw_sv word = in_text(text, &w);
        const struct entry *e = look_up(an, word, w.hyphened, english);
        for (unsigned i = 0; e != NULL && i < e->n; i++) {
            struct mw_token t = { w.begin, w.end, e->forms[i], i > 0, i == 0 && e->stopword };
            if (!fn(ctx, &t))
                return;
        }
        if (english || e == NULL || e->n == 0)
            continue;
        if (w.trails || w.leads) {
            struct mw_sv whole = w.trails ? complete_trailing(an, text, &w) : complete_leading(an, text, &before, &w);
            char stem[2 * MW_WORD_MAX];
            if (whole.p != NULL && whole.n <= sizeof stem) {
                memcpy(stem, whole.p, whole.n);
                struct mw_token t = { w.begin, w.end, mw_sv_n(stem, mw_stem_german(stem, whole.n)), true, false };
                if (!fn(ctx, &t))
                    return;
            }
        } else if (!e->joining) {
            before = w;
        }
    }
}
