/* What the whole costs, of all the sums that a text calls so. A text that names two different ones is not guessed at: both are left out,
 * and asked with what the text says. */
#include "intake/draft_inside.h"

/* "Auftragssumme: Los 1 1,1 Mio. EUR" */
static bool names_a_lot(struct mw_sv quote)
{
    size_t at = mw_sv_find(quote, MW_SV("Los "), 0);
    return at != SIZE_MAX && at + 4 < quote.n && quote.p[at + 4] >= '0' && quote.p[at + 4] <= '9' &&
           mw_sv_find(quote, MW_SV("zusammen"), 0) == SIZE_MAX;
}

/* What each lot may cost is not what all of them cost. */
static bool is_of_a_lot(const struct mw_job *x)
{
    const struct mw_fact *first = NULL;
    for (size_t i = 0; i < x->statements.n && x->out->profile.lots.n > 1; i++) {
        const struct mw_fact *f = mw_statement_at(x, i);
        if (mw_statement_of(f) != MW_ST_AMOUNT || !mw_is_kind(f, "contract"))
            continue;
        if (first != NULL && first->eur.cents != f->eur.cents)
            return true;
        first = f;
    }
    return false;
}

enum { CANDIDATES = 24, EUR = 100, ONE_PART_IN = 40 /* no rounding is coarser */ };

struct candidates {
    const struct mw_fact *of[CANDIDATES]; /* each another sum */
    size_t n;
};

/* What planners get is never the whole. */
static bool is_no_whole(const struct mw_job *x, const struct mw_fact *f)
{
    return mw_sv_eqz(mw_rules_lookup(x->in->rules, "costs-of-a-part", f->value), "no whole");
}

/* The text gives the cost as a range, or calls it open: then no order stands for it. */
static bool is_left_open(const struct mw_job *x)
{
    for (size_t i = 0; i < x->out->left_out.n; i++) {
        const struct mw_left_out *o = MW_AT(x->out->left_out, struct mw_left_out, i);
        if (mw_sv_eqz(o->field, "volume") && (o->why == MW_LEFT_RANGE || o->why == MW_LEFT_UNSURE))
            return true;
    }
    return false;
}

static void collect(const struct mw_job *x, const char *kind, struct candidates *c)
{
    for (size_t i = 0; i < x->statements.n && c->n < CANDIDATES; i++) {
        const struct mw_fact *f = mw_statement_at(x, i);
        bool known = false;
        if (mw_statement_of(f) != MW_ST_AMOUNT || !mw_is_kind(f, kind) || !mw_eur_is(f->eur) || f->eur.cents <= 0 || names_a_lot(f->quote))
            continue;
        for (size_t k = 0; k < c->n; k++)
            known = known || c->of[k]->eur.cents == f->eur.cents;
        known = known || is_no_whole(x, f);
        if (!known)
            c->of[c->n++] = f;
    }
}

/* Sums of which the text says what they are. */
static bool is_of_the_cost(const struct mw_fact *f)
{
    return !mw_is_kind(f, "mentioned") && !mw_is_kind(f, "perhaps");
}

typedef bool is_less(const struct mw_job *x, const struct candidates *c, size_t i, size_t k);

/* "rund 2,4 Mio. Euro" beside 2.386.000 Euro: the same sum in fewer figures. */
static bool is_rounded(const struct mw_job *x, const struct candidates *c, size_t i, size_t k)
{
    int64_t rough = c->of[i]->eur.cents, fine = c->of[k]->eur.cents, step = 1;
    (void)x;
    while (rough % (step * 10) == 0)
        step *= 10;
    int64_t off = rough > fine ? rough - fine : fine - rough;
    return fine % step != 0 && off <= step / 2 && off <= fine / ONE_PART_IN;
}

/* Without the turnover tax, where the sum with it stands there too. */
static bool is_net(const struct mw_job *x, const struct candidates *c, size_t i, size_t k)
{
    static const int PER_CENT[] = { 119, 107 };
    int64_t net = c->of[i]->eur.cents, gross = c->of[k]->eur.cents;
    (void)x;
    for (size_t t = 0; t < 2 && net < INT64_MAX / 200 && gross < INT64_MAX / 200; t++) {
        int64_t off = net * PER_CENT[t] - gross * 100;
        if (off < (int64_t)EUR * 100 * 5 && off > -(int64_t)EUR * 100 * 5)
            return true;
    }
    return false;
}

/* "Baukosten" beside "Gesamtkosten". */
static bool is_called_a_part(const struct mw_job *x, const struct candidates *c, size_t i, size_t k)
{
    return mw_rules_lookup(x->in->rules, "costs-of-a-part", c->of[i]->value).p != NULL &&
           mw_rules_lookup(x->in->rules, "costs-of-a-part", c->of[k]->value).p == NULL && c->of[i]->eur.cents < c->of[k]->eur.cents;
}

/* One of two sums of the text that make up the other. */
static bool is_an_addend(const struct mw_job *x, const struct candidates *c, size_t i, size_t k)
{
    int64_t rest = c->of[k]->eur.cents - c->of[i]->eur.cents;
    for (size_t s = 0; s < x->statements.n && rest > 0; s++) {
        const struct mw_fact *f = mw_statement_at(x, s);
        if (mw_statement_of(f) == MW_ST_AMOUNT && mw_eur_is(f->eur) && is_of_the_cost(f) && f->eur.cents == rest)
            return true;
    }
    return false;
}

static void drop_lesser(const struct mw_job *x, struct candidates *c, is_less *less)
{
    for (size_t i = 0; i < c->n;) {
        bool gone = false;
        for (size_t k = 0; k < c->n && !gone; k++)
            gone = k != i && less(x, c, i, k);
        if (gone)
            c->of[i] = c->of[--c->n];
        else
            i++;
    }
}

static bool is_paid_up(const struct mw_job *x, int64_t cents)
{
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *own = mw_statement_at(x, i);
        if (mw_statement_of(own) != MW_ST_AMOUNT || !mw_is_kind(own, "own") || !mw_eur_is(own->eur))
            continue;
        for (size_t k = 0; k < x->statements.n; k++) {
            const struct mw_fact *grant = mw_statement_at(x, k);
            if (mw_statement_of(grant) == MW_ST_AMOUNT && mw_is_kind(grant, "grant") && mw_eur_is(grant->eur) && grant->eur.cents + own->eur.cents == cents)
                return true;
        }
    }
    return false;
}

/* Rows of a table above its sum. */
static bool is_the_sum_of_rows(const struct mw_job *x, const struct mw_fact *sum)
{
    int64_t left = sum->eur.cents;
    size_t rows = 0, at = 0;
    while (at < x->statements.n && mw_statement_at(x, at) != sum)
        at++;
    for (; at-- > 0 && left > 0;) {
        const struct mw_fact *f = mw_statement_at(x, at);
        if (mw_statement_of(f) != MW_ST_AMOUNT || !mw_eur_is(f->eur) || f->eur.cents <= 0 || !is_of_the_cost(f))
            continue;
        left -= f->eur.cents;
        rows++;
        if (left == 0)
            return rows > 1;
    }
    return false;
}

/* Of several sums the one that the text itself reckons up. */
static const struct mw_fact *the_reckoned(const struct mw_job *x, const struct candidates *c)
{
    const struct mw_fact *only = NULL;
    for (size_t i = 0; i < c->n; i++) {
        if (!is_paid_up(x, c->of[i]->eur.cents) && !is_the_sum_of_rows(x, c->of[i]))
            continue;
        if (only != NULL)
            return NULL;
        only = c->of[i];
    }
    return only;
}

static const struct mw_fact *choose(struct mw_job *x, struct candidates *c)
{
    static is_less *const LESS[] = { is_called_a_part, is_rounded, is_net, is_an_addend };
    for (size_t i = 0; i < sizeof LESS / sizeof *LESS && c->n > 1; i++)
        drop_lesser(x, c, LESS[i]);
    if (c->n < 2)
        return c->n == 1 && !mw_is_kind(c->of[0], "perhaps") ? c->of[0] : NULL;
    const struct mw_fact *reckoned = the_reckoned(x, c);
    for (size_t i = 0; i < c->n && reckoned == NULL; i++)
        mw_draft_leave_out(x, c->of[i], MW_LEFT_CONTRADICTED);
    return reckoned;
}

/* Where no cost is found, the largest sums of which nothing more is said are shown beside the question. */
static void show_mentioned(struct mw_job *x)
{
    enum { SHOWN = 3, SMALL = 1000 * EUR };
    struct candidates c = { .n = 0 };
    collect(x, "perhaps", &c);
    collect(x, "mentioned", &c);
    for (size_t n = 0; n < SHOWN && c.n > 0; n++) {
        size_t most = 0;
        for (size_t i = 1; i < c.n; i++)
            most = c.of[i]->eur.cents > c.of[most]->eur.cents ? i : most;
        if (c.of[most]->eur.cents >= SMALL)
            mw_draft_leave_out(x, c.of[most], MW_LEFT_UNCLEAR);
        c.of[most] = c.of[--c.n];
    }
}

/* The cost of the whole; without one the order, where the order is the whole project. */
void mw_draft_volume(struct mw_job *x)
{
    struct candidates totals = { .n = 0 };
    struct mw_profile *p = &x->out->profile;
    collect(x, "total", &totals);
    if (totals.n > 0)
        collect(x, "perhaps", &totals); /* none of these is taken, but one that differs contradicts */
    bool several = totals.n > 1, form = x->d->fields.n > 0, council = mw_sv_eqz(x->out->document, "council_paper");
    const struct mw_fact *best = choose(x, &totals);
    if (best == NULL && !several && !form && !is_of_a_lot(x) && !is_left_open(x)) {
        for (size_t i = 0; i < x->statements.n && best == NULL; i++) { /* the order as it is said first; what follows are its parts */
            const struct mw_fact *f = mw_statement_at(x, i);
            if (mw_statement_of(f) == MW_ST_AMOUNT && mw_is_kind(f, "contract") && mw_eur_is(f->eur) && !names_a_lot(f->quote) && !(council && is_no_whole(x, f)))
                best = f;
        }
    }
    if (best == NULL && !mw_eur_is(p->volume))
        show_mentioned(x);
    if (best == NULL || (mw_eur_is(p->volume) && best->eur.cents <= p->volume.cents))
        return;
    p->volume = best->eur;
    mw_draft_quote(x, MW_SV("volume"), best->quote);
}
