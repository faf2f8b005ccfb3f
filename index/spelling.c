/* Terms as typing errors are looked for among them: those of a first letter in one piece of memory, read when the first word that
 * nobody knows asks for them and kept until something is written. Before two words are compared letter by letter their lengths
 * and the letters that occur in them say of nearly all that too much differs. */
#include "index/db.h"

#include <stdlib.h>

enum { LETTERS = 26, OTHER = 6 };

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
        struct spelled *terms;
        size_t n, cap;
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

static unsigned bits_of(uint32_t bits)
{
    return (unsigned)__builtin_popcount(bits);
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
        if (rc != MW_OK) {
            forget(l);
            return rc;
        }
        l->read = true;
    }
    for (size_t i = 0; i < l->n && rc == MW_OK; i++) {
        const struct spelled *t = &l->terms[i];
        size_t gap = t->n > form.n ? t->n - form.n : form.n - t->n;
        if (gap <= limit && bits_of(t->letters & ~letters) <= limit && bits_of(letters & ~t->letters) <= limit)
            rc = fn(ctx, mw_sv_sub(mw_str_sv(&l->text), t->at, t->n), t->bytes) ? MW_OK : mw_nomem(err);
    }
    return rc;
}
