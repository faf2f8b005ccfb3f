/* What a plan shows of payments: the de-minimis account, interest, calls for the grant, money by month. */
#include "apply/plan/make.h"

static void put_aid(struct mw_out *o, const struct mw_aid *a)
{
    if (!a->is)
        return;
    mw_out_object(o, "de_minimis", "De-minimis aid");
    mw_out_sv(o, "undertaking", "Undertaking", a->undertaking);
    mw_out_day(o, "day", "Day that counts", a->day);
    mw_out_day(o, "since", "Counted from", a->since);
    mw_out_eur(o, "limit", "Limit", a->limit);
    mw_out_eur(o, "received", "Received since then", a->received);
    mw_out_eur(o, "grant", "This grant", a->grant);
    mw_out_eur(o, "left", "Left after it", a->left);
    mw_out_end(o);
}

static void put_misuse(struct mw_out *o, const struct mw_misuse *m)
{
    if (!m->is)
        return;
    mw_out_object(o, "misuse", "Purpose given up within the binding");
    mw_out_day(o, "date", "Given up on", m->day);
    mw_out_day(o, "binding_end", "Bound until", m->end);
    mw_out_int(o, "full_years", "Full years served", m->years);
    mw_out_eur(o, "repayment", "To be paid back", m->repayment);
    mw_out_end(o);
}

static void put_interest(struct mw_out *o, const struct mw_list *interest)
{
    static const struct mw_column COLS[] = { { "received", "Received", false }, { "use_by", "To be used by", false },
                                             { "used_until", "Used by", false }, { "days", "Days late", true },
                                             { "interest", "Interest", true } };

    if (interest->n == 0)
        return;
    mw_out_table(o, "interest", "Interest on money used too late", COLS, sizeof COLS / sizeof *COLS);
    for (size_t i = 0; i < interest->n; i++) {
        const struct mw_interest *x = MW_AT(*interest, struct mw_interest, i);
        mw_out_row(o);
        mw_out_day(o, "received", NULL, x->receipt->date);
        mw_out_day(o, "use_by", NULL, x->due);
        mw_out_day(o, "used_until", NULL, x->receipt->used_until);
        mw_out_int(o, "days", NULL, x->days);
        mw_out_eur(o, "interest", NULL, x->amount);
        mw_out_end(o);
    }
    mw_out_end(o);
}

static void put_drawdowns(struct mw_out *o, const struct mw_list *drawdowns)
{
    static const struct mw_column COLS[] = { { "date", "Call for money on", false }, { "until", "for payments until", false },
                                             { "amount", "Amount", true } };

    if (drawdowns->n == 0)
        return;
    mw_out_table(o, "drawdowns", "Drawdown of the grant", COLS, sizeof COLS / sizeof *COLS);
    for (size_t i = 0; i < drawdowns->n; i++) {
        const struct mw_drawdown *d = MW_AT(*drawdowns, struct mw_drawdown, i);
        mw_out_row(o);
        mw_out_day(o, "date", NULL, d->date);
        mw_out_day(o, "until", NULL, d->until);
        mw_out_eur(o, "amount", NULL, d->amount);
        mw_out_end(o);
    }
    mw_out_end(o);
}

static void put_months(struct mw_out *o, const struct mw_list *months)
{
    static const struct mw_column COLS[] = { { "month", "Month", false }, { "cost", "Cost", true }, { "grant", "Grant", true },
                                             { "other", "Other sources", true }, { "own", "Own money", true } };

    mw_out_table(o, "months", "Money by month", COLS, sizeof COLS / sizeof *COLS);
    for (size_t i = 0; i < months->n; i++) {
        const struct mw_month *m = MW_AT(*months, struct mw_month, i);
        struct mw_str s = MW_STR_INIT;
        if (mw_out_format(o) != MW_JSON && mw_out_lang(o) == MW_DE)
            mw_str_addf(&s, "%02d.%04d", m->month, m->year);
        else
            mw_str_addf(&s, "%04d-%02d", m->year, m->month);
        mw_out_row(o);
        mw_out_sv(o, "month", NULL, mw_str_sv(&s));
        mw_out_eur(o, "cost", NULL, m->cost);
        mw_out_eur(o, "grant", NULL, m->grant);
        mw_out_eur(o, "other", NULL, m->other);
        mw_out_eur(o, "own", NULL, m->own);
        mw_out_end(o);
        mw_str_free(&s);
    }
    mw_out_end(o);
}

void mw_plan_put_payments(const struct mw_plan *plan, bool months, struct mw_out *o)
{
    put_aid(o, &plan->aid);
    put_misuse(o, &plan->misuse);
    put_interest(o, &plan->interest);
    if (!months && mw_out_format(o) != MW_JSON)
        return;
    put_drawdowns(o, &plan->drawdowns);
    put_months(o, &plan->months);
}
