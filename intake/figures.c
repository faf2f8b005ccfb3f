/* How many and how much: quantities, sums and rows of tables, the cost of the whole and the share that is paid by oneself. */
#include <stdio.h>

#include "intake/draft_inside.h"

/* Whether a line of the text begins with the number and a word in capitals. */
static bool has_line(struct mw_sv text, int64_t number)
{
    char mark[24];
    size_t n = (size_t)snprintf(mark, sizeof mark, "\n%d ", (int)number);
    for (size_t at = 0; (at = mw_sv_find(text, mw_sv_n(mark, n), at)) != SIZE_MAX; at += n) {
        size_t word = at + n;
        while (word < text.n && text.p[word] == ' ')
            word++;
        if (word < text.n && ((text.p[word] >= 'A' && text.p[word] <= 'Z') || (unsigned char)text.p[word] == 0xC3))
            return true;
    }
    return false;
}

enum { SECTIONS = 30 };

/* "3 Kosten" between "2 Raumprogramm" and "4 Finanzierung": a heading and its number. */
static bool is_numbered_heading(const struct mw_job *x, const struct mw_fact *f)
{
    struct mw_sv text = mw_draft_text_around(x, f->quote);
    int64_t n = f->number;
    bool line = f->quote.p > text.p && f->quote.p[-1] == '\n' && f->quote.n > 0 && f->quote.p[0] >= '0' && f->quote.p[0] <= '9';
    if (!line || n < 1 || n > SECTIONS)
        return false;
    bool before = has_line(text, n - 1), behind = has_line(text, n + 1);
    return (before && behind) || (before && has_line(text, n - 2)) || (behind && has_line(text, n + 2));
}

void mw_draft_measure(struct mw_job *x, const struct mw_fact *f)
{
    struct mw_list *l = &x->out->measures;
    struct mw_sv what = mw_tidy(x->in->a, f->value);
    struct mw_measure *m = NULL;
    struct mw_share number = f->share; /* "4,5"; whole ones stand as number */
    bool whole = f->number > 0 && mw_share_make(&number, f->number, 1);
    if (what.n < 2 || mw_is_full(l) || !mw_share_is(number) || number.num <= 0 || (whole && is_numbered_heading(x, f)))
        return;
    for (size_t i = 0; i < l->n && m == NULL; i++) {
        struct mw_measure *o = MW_AT(*l, struct mw_measure, i);
        if (!mw_same_words(o->what, what))
            continue;
        if (mw_share_cmp(o->min, number) == 0 || mw_share_cmp(o->max, number) == 0 || mw_share_cmp(o->exactly, number) == 0)
            return; /* said before */
        if (!mw_share_is(o->exactly) && !mw_sv_eqz(f->kind, "exactly") && !mw_share_is(mw_sv_eqz(f->kind, "min") ? o->min : o->max))
            m = o; /* "mindestens 6, höchstens 8" */
    }
    if (m == NULL) {
        m = mw_list_add(x->in->a, l, sizeof *m);
        if (m == NULL) {
            x->failed = true;
            return;
        }
        *m = (struct mw_measure){ what, MW_SHARE_NONE, MW_SHARE_NONE, MW_SHARE_NONE, false };
        mw_draft_quotef(x, f->quote, "quantities[%zu]", l->n - 1);
    }
    *(mw_sv_eqz(f->kind, "min") ? &m->min : mw_sv_eqz(f->kind, "max") ? &m->max : &m->exactly) = number;
    m->approximate = m->approximate || mw_sv_eqz(f->condition, "approximate");
}

/* How far below the words that name it the rows of a table may stand. */
enum { BELOW_ITS_CURRENCY = 1500 };

/* Rows of a table whose currency stands above it ("Betrag in Euro", "alle Angaben in T€") get it; without one they are no sums. */
void mw_draft_table_rows(struct mw_job *x)
{
    struct mw_fact *facts = x->statements.items, *head = NULL;
    const char *years = NULL; /* the head of columns of years, the last of which is their sum */
    size_t n = 0;
    for (size_t i = 0; i < x->statements.n; i++) {
        struct mw_fact *f = &facts[i];
        bool sum = mw_statement_of(f) == MW_ST_AMOUNT, row = sum && !mw_eur_is(f->eur) && f->per.n > 0;
        if (sum && mw_is_kind(f, "currency")) {
            facts[n] = *f;
            head = &facts[n++]; /* read_sum passes it by: it has no sum */
            continue;
        }
        if (sum && mw_is_kind(f, "columns")) {
            years = f->quote.p;
            continue;
        }
        if (row && mw_sv_eqz(f->per, "columns") && (years == NULL || f->quote.p - years > BELOW_ITS_CURRENCY))
            continue;
        bool below = row && head != NULL && f->quote.p > head->quote.p && f->quote.p - head->quote.p < BELOW_ITS_CURRENCY;
        if (row && (!below || f->number <= 0 || f->number > INT64_MAX / 100000))
            continue;
        if (row) {
            bool thousands = head->value.n > 0 && (head->value.p[0] == 'T' || head->value.p[0] == 't');
            f->eur.cents = f->number * (thousands ? 100000 : 100);
        }
        facts[n++] = *f;
    }
    x->statements.n = n;
}

void mw_draft_sum(struct mw_job *x, const struct mw_fact *f)
{
    bool bare = !mw_eur_is(f->eur) && f->number > 0 && f->number < INT64_MAX / 100; /* its currency stands above the table */
    struct mw_eur eur = f->eur;
    if (mw_is_kind(f, "mentioned") || mw_is_kind(f, "perhaps"))
        return;
    if (bare)
        eur.cents = f->number * 100;
    if (mw_eur_is(eur) && eur.cents > 0)
        mw_draft_add_sum(x, f->value, f->kind, eur, f->quote);
}

/* Grant and own money that make up the whole: rows of a single year do not. */
static bool completes(const struct mw_job *x, struct mw_eur own)
{
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *f = mw_statement_at(x, i);
        if (mw_statement_of(f) == MW_ST_AMOUNT && mw_is_kind(f, "grant") && f->eur.cents + own.cents == x->out->profile.volume.cents)
            return true;
    }
    return false;
}

/* The one rate that others give, where the text says that the rest is one's own: "mit 60 %", "den Rest tragen die Kommunen". */
static void own_share_of_rest(struct mw_job *x)
{
    const struct mw_fact *rate = NULL, *rest = NULL;
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *f = mw_statement_at(x, i);
        bool share = mw_statement_of(f) == MW_ST_OWN_SHARE;
        if (share && mw_is_kind(f, "rest"))
            rest = f;
        if (!share || !mw_is_kind(f, "rate"))
            continue;
        if (rate != NULL && mw_share_cmp(rate->share, f->share) != 0)
            return; /* of several it is not known which adds up */
        rate = f;
    }
    struct mw_share own = { 1, 1 };
    if (rate == NULL || rest == NULL || !mw_share_sub(&own, rate->share) || own.num <= 0)
        return;
    x->out->profile.own_share = own;
    mw_draft_quote(x, MW_SV("own_share"), rest->quote);
}

/* The one share that the text states; of two different ones it is not known which: both are left out. */
static const struct mw_fact *stated_share(struct mw_job *x, bool *several)
{
    const struct mw_fact *first = NULL;
    *several = false;
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *f = mw_statement_at(x, i);
        if (mw_statement_of(f) != MW_ST_OWN_SHARE || f->kind.n > 0 || !mw_share_is(f->share))
            continue;
        *several = *several || (first != NULL && mw_share_cmp(first->share, f->share) != 0);
        first = first == NULL ? f : first;
    }
    for (size_t i = 0; i < x->statements.n && *several; i++)
        if (mw_statement_of(mw_statement_at(x, i)) == MW_ST_OWN_SHARE && mw_statement_at(x, i)->kind.n == 0)
            mw_draft_leave_out(x, mw_statement_at(x, i), MW_LEFT_CONTRADICTED);
    return *several ? NULL : first;
}

/* As the text says it, else own money by the cost of the whole; of several sums the one that the grant completes, else none. */
void mw_draft_own_share(struct mw_job *x)
{
    const struct mw_fact *own = NULL;
    struct mw_eur total = x->out->profile.volume;
    bool complete = false, several = false;
    const struct mw_fact *stated = stated_share(x, &several);
    if (stated != NULL) {
        x->out->profile.own_share = stated->share;
        mw_draft_quote(x, MW_SV("own_share"), stated->quote);
    }
    if (stated != NULL || several)
        return;
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *f = mw_statement_at(x, i);
        if (mw_statement_of(f) != MW_ST_AMOUNT || !mw_is_kind(f, "own") || complete)
            continue;
        several = several || (own != NULL && own->eur.cents != f->eur.cents);
        complete = mw_eur_is(total) && completes(x, f->eur);
        if (own == NULL || complete)
            own = f;
    }
    if (own != NULL && (complete || !several) && mw_eur_is(total) && total.cents > own->eur.cents &&
        mw_share_make(&x->out->profile.own_share, own->eur.cents, total.cents))
        mw_draft_quote(x, MW_SV("own_share"), own->quote);
    else
        own_share_of_rest(x);
}
