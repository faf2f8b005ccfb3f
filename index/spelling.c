/* Terms as typing errors are looked for among them: those of a first letter in one piece of memory, read when the first word that
 * nobody knows asks for them and kept until something is written. Before two words are compared letter by letter their lengths
 * and the letters that occur in them say of nearly all that too much differs. */
#include "index/db.h"

#include <stdlib.h>

enum { LETTERS = 26, OTHER = 6, LENGTHS = 64 };

struct spelled {
    uint32_t at, n;          /* of the text */
    uint32_t letters;        /* a bit for each that occurs; the other bytes share the last bits */
    uint32_t bytes;          /* of its posting list */
};
struct mw_spellings {
    /* cppcheck-suppress unusedStructMember ; mw_keep() reads it */
    struct mw_stamp read;
    struct mw_letter {
        struct mw_str text;  /* all terms */
        struct spelled *terms;         /* the short ones first */
        size_t n, cap;
        size_t to[LENGTHS];            /* of terms: where those of that length end; the last holds all longer ones */
        bool read;
    } letters[LETTERS];
};

static uint32_t letters_of(struct mw_sv s)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned c = (unsigned char)s.p[i];
        bits |= UINT32_C(1) << (c >= 'a' && c <= 'z' ? c - 'a' : LETTERS + c % OTHER);
    }
    return bits;
}

static void forget(struct mw_letter *l)
{
    mw_str_free(&l->text);
    free(l->terms);
    *l = (struct mw_letter){ .read = false };
}

void mw_spellings_free(void *spellings)
{
    struct mw_spellings *all = spellings;
    for (size_t i = 0; all != NULL && i < LETTERS; i++)
        forget(&all->letters[i]);
    free(all);
}

/* Nothing yet: a letter is read when it is asked for. */
static enum mw_rc begin(void *empty, struct mw_store *s, struct mw_err *err)
{
    (void)empty;
    (void)s;
    (void)err;
    return MW_OK;
}

static bool keep(void *letter, struct mw_sv term, size_t bytes)
{
    struct mw_letter *l = letter;

    if (l->n == l->cap) {
        size_t cap = l->cap == 0 ? 1024 : 2 * l->cap;
        struct spelled *terms = realloc(l->terms, cap * sizeof *terms);
        if (terms == NULL)
            return false;
        l->terms = terms;
        l->cap = cap;
    }
    l->terms[l->n++] = (struct spelled){ (uint32_t)l->text.n, (uint32_t)term.n, letters_of(term), (uint32_t)bytes };
    mw_str_add(&l->text, term);
    return mw_str_ok(&l->text) && l->text.n < UINT32_MAX;
}

static size_t length_of(size_t n)
{
    return n < LENGTHS ? n : LENGTHS - 1;
}

/* Puts the short ones first. false: no memory. */
static bool by_length(struct mw_letter *l)
{
    struct spelled *sorted = l->n > 0 ? malloc(l->n * sizeof *sorted) : NULL;
    size_t at[LENGTHS] = { 0 };

    if (l->n == 0)
        return true;
    if (sorted == NULL)
        return false;
    for (size_t i = 0; i < l->n; i++)
        l->to[length_of(l->terms[i].n)]++;
    for (size_t k = 1; k < LENGTHS; k++) {
        at[k] = l->to[k - 1];
        l->to[k] += l->to[k - 1];
    }
    for (size_t i = 0; i < l->n; i++)
        sorted[at[length_of(l->terms[i].n)]++] = l->terms[i];
    free(l->terms);
    l->terms = sorted;
    l->cap = l->n;
    return true;
}

static bool more_bits(uint32_t bits, unsigned than)
{
    for (; than > 0; than--)
        bits &= bits - 1; /* the lowest goes; of none none */
    return bits != 0;
}

enum mw_rc mw_spelled_near(struct mw_store *s, struct mw_sv form, unsigned limit, mw_word_fn *fn, void *ctx, struct mw_err *err)
{
    void *kept = s->spellings;
    enum mw_rc rc = mw_keep(&kept, sizeof *s->spellings, begin, mw_spellings_free, s, err);
    size_t first = form.n > 0 ? (size_t)((unsigned char)form.p[0] - 'a') : LETTERS;
    uint32_t letters = letters_of(form);

    s->spellings = kept;
    if (rc != MW_OK || first >= LETTERS)
        return rc;
    struct mw_letter *l = &s->spellings->letters[first];
    if (!l->read) {
        rc = mw_words(s, mw_sv_sub(form, 0, 1), keep, l, err);
        if (rc == MW_OK && !by_length(l))
            rc = mw_nomem(err);
        if (rc != MW_OK) {
            forget(l);
            return rc;
        }
        l->read = true;
    }
    size_t shortest = form.n > limit ? length_of(form.n - limit) : 0;
    for (size_t i = shortest > 0 ? l->to[shortest - 1] : 0; i < l->to[length_of(form.n + limit)] && rc == MW_OK; i++) {
        const struct spelled *t = &l->terms[i];
        if (!more_bits(t->letters & ~letters, limit) && !more_bits(letters & ~t->letters, limit))
            rc = fn(ctx, mw_sv_sub(mw_str_sv(&l->text), t->at, t->n), t->bytes) ? MW_OK : mw_nomem(err);
    }
    return rc;
}
