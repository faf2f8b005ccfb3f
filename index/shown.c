/* A term as people write it: "Gebäude" for "gebaud". What became of a word is not told by the term, so a text is asked that holds
 * it: the word that gave the term, or of a compound the piece. */
#include "index/query.h"

/* --- the word in a text ------------------------------------------------------------------------------------------------------- */

struct reader {
    struct mw_arena *a;
    struct mw_sv form, text;
    struct mw_sv word, compound; /* what gave the form; of which a part did */
    struct mw_sv next;           /* the part behind that */
    struct mw_sv first;          /* form of the text's first word */
};

static bool read_word(void *ctx, const struct mw_token *t)
{
    struct reader *r = ctx;
    struct mw_sv word = mw_sv_sub(r->text, t->begin, t->end - t->begin);

    if (r->first.p == NULL)
        r->first = mw_arena_copy(r->a, t->form);
    if (r->compound.p != NULL && r->next.p == NULL && t->part && word.p == r->compound.p)
        r->next = mw_arena_copy(r->a, t->form);
    if (mw_sv_eq(t->form, r->form) && !t->part)
        r->word = word;
    else if (mw_sv_eq(t->form, r->form) && r->compound.p == NULL)
        r->compound = word;
    return r->word.p == NULL;
}

/* "Quartiers…", "…konzept": with dots where the word goes on. A piece between hyphens stands alone. */
static struct mw_sv cut(const struct reader *r)
{
    struct mw_sv word = r->compound, piece = mw_part_in(word, r->form, r->next);

    if (piece.p == NULL)
        return mw_arena_printf(r->a, "%.*s…", MW_SV_ARG(word));
    size_t begin = (size_t)(piece.p - word.p), end = begin + piece.n;
    return mw_arena_printf(r->a, "%s%.*s%s", begin > 0 && word.p[begin - 1] != '-' ? "…" : "", MW_SV_ARG(piece),
                           end < word.n && word.p[end] != '-' ? "…" : "");
}

/* Is the form's end what becomes of the word? Behind other letters a stem may lose one or two more: "fahrradzo", but "zon". */
static bool ends_so(struct mw_sv form, struct mw_sv word)
{
    for (size_t n = word.n; n >= 2 && n + 2 >= word.n; n--)
        if (n < form.n && mw_sv_eq(mw_sv_sub(form, form.n - n, n), mw_sv_sub(word, 0, n)))
            return true;
    return false;
}

/* What the text gives without saying it: of "-zonen", which stood for "Fahrradzonen", "…zonen". */
static struct mw_sv half(const struct reader *r)
{
    if (r->first.p != NULL && ends_so(r->form, r->first))
        return mw_arena_printf(r->a, "…%.*s", MW_SV_ARG(r->text));
    if (r->first.n >= 2 && r->first.n < r->form.n && mw_sv_starts(r->form, r->first))
        return mw_arena_printf(r->a, "%.*s…", MW_SV_ARG(r->text));
    return mw_arena_copy(r->a, r->text);
}

static struct mw_sv shown_in(struct reader *r, struct mw_analyser *an, bool english)
{
    mw_analyse(an, r->text, english, read_word, r);
    return r->word.p != NULL ? mw_arena_copy(r->a, r->word) : r->compound.p != NULL ? cut(r) : MW_SV_NONE;
}

struct mw_sv mw_form_shown(struct mw_arena *a, struct mw_analyser *an, struct mw_sv text, struct mw_sv form)
{
    struct reader r = { .a = a, .form = form, .text = text };
    struct mw_sv shown = shown_in(&r, an, false);

    if (shown.p == NULL)
        shown = shown_in(&r, an, true);
    return shown.p != NULL ? shown : half(&r);
}

/* --- the notices that hold it -------------------------------------------------------------------------------------------------- */

enum { LOOKED_AT = 4 }; /* of a part: one of them may hold it as a word */

struct first {
    const struct mw_docs *docs;
    int64_t notices[LOOKED_AT];
    size_t n;
};

static void note_first(void *ctx, struct mw_posting p, uint32_t n)
{
    (void)n;
    struct first *f = ctx;
    while (f->n < LOOKED_AT && mw_posting_next(&p))
        if (p.doc < f->docs->end && f->docs->notice[p.doc] != 0)
            f->notices[f->n++] = f->docs->notice[p.doc];
}

/* A piece of a compound as a word of its own: "Abwärme" for "…abwärme". */
static struct mw_sv alone(struct mw_arena *a, struct mw_sv shown)
{
    const struct mw_sv dots = MW_SV("…");
    if (!mw_sv_starts(shown, dots))
        return mw_sv_ends(shown, dots) ? mw_sv_sub(shown, 0, shown.n - dots.n) : shown;
    struct mw_sv word = alone(a, mw_sv_sub(shown, dots.n, shown.n));
    bool small = word.n > 0 && word.p[0] >= 'a' && word.p[0] <= 'z';
    return small ? mw_arena_printf(a, "%c%.*s", word.p[0] - 'a' + 'A', MW_SV_ARG(mw_sv_sub(word, 1, word.n))) : word;
}

/* In one notice. *piece: where it is part of a compound. */
static enum mw_rc shown_by(struct mw_sv *word, struct mw_sv *piece, struct mw_arena *a, struct mw_store *s, int64_t notice, struct mw_sv form,
                           struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *work = mw_arena_new();
    struct mw_list texts = { NULL, 0, 0 };
    enum mw_rc rc = work != NULL ? mw_sections_begin(&texts, work, s, notice, INT32_MAX, MW_SHOWN_BYTES, err) : mw_nomem(err);

    for (size_t i = 0; i < texts.n && rc == MW_OK && word->p == NULL; i++) {
        const struct mw_section *c = MW_AT(texts, struct mw_section, i);
        struct reader r = { .a = a, .form = form, .text = c->text };
        struct mw_sv shown = shown_in(&r, s->an, c->html);
        if (r.word.p != NULL)
            *word = shown;
        else if (shown.p != NULL && piece->p == NULL && mw_part_in(r.compound, form, r.next).p != NULL)
            *piece = shown;
    }
    return rc;
}

enum mw_rc mw_term_shown(struct mw_sv *out, struct mw_arena *a, struct mw_store *s, struct mw_sv form, struct mw_err *err)
{
    struct first first = { .n = 0 };
    struct mw_sv word = MW_SV_NONE, piece = MW_SV_NONE;
    enum mw_rc rc = mw_docs(&first.docs, s, err);

    if (rc == MW_OK)
        rc = mw_postings(s, form, false, note_first, &first, err);
    for (size_t i = 0; i < first.n && rc == MW_OK && word.p == NULL; i++)
        rc = shown_by(&word, &piece, a, s, first.notices[i], form, err);
    *out = word.p != NULL ? word : piece.p != NULL ? alone(a, piece) : form;
    return rc;
}
