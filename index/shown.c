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

/* --- the notice that holds it ------------------------------------------------------------------------------------------------- */

struct first {
    const struct mw_docs *docs;
    int64_t notice;
};

static void note_first(void *ctx, struct mw_posting p, uint32_t n)
{
    (void)n;
    struct first *f = ctx;
    while (f->notice == 0 && mw_posting_next(&p))
        if (p.doc < f->docs->end)
            f->notice = f->docs->notice[p.doc];
}

enum mw_rc mw_term_shown(struct mw_sv *out, struct mw_arena *a, struct mw_store *s, struct mw_sv form, struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *work = mw_arena_new();
    struct first first = { NULL, 0 };
    struct mw_list texts = { NULL, 0, 0 };
    enum mw_rc rc = work != NULL ? mw_docs(&first.docs, s, err) : mw_nomem(err);

    *out = form;
    if (rc == MW_OK)
        rc = mw_postings(s, form, false, note_first, &first, err);
    if (rc == MW_OK && first.notice != 0)
        rc = mw_sections_begin(&texts, work, s, first.notice, INT32_MAX, MW_SHOWN_BYTES, err);
    for (size_t i = 0; i < texts.n && rc == MW_OK; i++) {
        const struct mw_section *c = MW_AT(texts, struct mw_section, i);
        struct reader r = { .a = a, .form = form, .text = c->text };
        struct mw_sv shown = shown_in(&r, s->an, c->html);
        if (shown.p != NULL) {
            *out = shown;
            return MW_OK;
        }
    }
    return rc;
}
