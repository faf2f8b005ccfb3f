/* Findings about what free texts say against what the plan computes: counts, sums, shares, times, partners; words of
 * rules/checks/plan.yaml; and texts that stand twice. */
#include <string.h>

#include "apply/plan/make.h"
#include "apply/plan/said.h"

/* One text, where it stands, and what it says. */
struct told {
    struct mw_sv text;
    struct mw_pos pos;
    bool file;           /* pos is the first character: places in it can be counted */
    bool narrative;      /* one of texts:, or the profile's own words */
    struct mw_list said; /* struct mw_said */
};

static struct mw_pos place(const struct told *t, struct mw_sv words)
{
    struct mw_pos pos = t->pos;

    for (const char *p = t->text.p; t->file && p < words.p; p++) {
        pos.col += (*p & 0xC0) != 0x80; /* characters, not bytes */
        if (*p == '\n') {
            pos.line++;
            pos.col = 1;
        }
    }
    return pos;
}


static bool add_text(struct mw_job *job, struct mw_list *all, struct mw_sv text, struct mw_pos pos, bool file, bool narrative)
{
    struct told *t;

    if (text.n == 0)
        return true;
    if ((t = mw_list_add(job->a, all, sizeof *t)) == NULL)
        return false;
    *t = (struct told){ .text = text, .pos = pos, .file = file, .narrative = narrative };
    return mw_said_read(&t->said, job->a, text);
}

static bool gather(struct mw_job *job, struct mw_list *all)
{
    const struct mw_project *p = job->plan->project;
    const struct mw_profile *f = &p->profile;
    bool fits = add_text(job, all, f->summary, f->pos, false, true);

    if (fits && f->text.n > 0) { /* text_file lies beside the profile */
        const char *slash = f->pos.file != NULL ? strrchr(f->pos.file, '/') : NULL;
        struct mw_sv path = mw_arena_printf(job->a, "%.*s%.*s", slash != NULL ? (int)(slash - f->pos.file) + 1 : 0,
                                            slash != NULL ? f->pos.file : "", MW_SV_ARG(f->text_file));
        fits = path.p != NULL && add_text(job, all, f->text, (struct mw_pos){ path.p, 1, 1 }, true, true);
    }
    for (size_t i = 0; i < p->texts.n && fits; i++) {
        const struct mw_text *t = MW_AT(p->texts, struct mw_text, i);
        struct mw_pos top = { mw_arena_z(job->a, t->path), 1, 1 };
        if (t->file.p == NULL || f->text.n == 0 || !mw_sv_eq(t->text, f->text)) /* profile and project may name the same file */
            fits = add_text(job, all, t->text, t->file.p != NULL ? top : t->pos, t->file.p != NULL, true);
    }
    for (size_t i = 0; i < p->tasks.n && fits; i++) {
        const struct mw_task *t = MW_AT(p->tasks, struct mw_task, i);
        fits = add_text(job, all, t->label, t->pos, false, false) && add_text(job, all, t->result, t->pos, false, false);
    }
    for (size_t i = 0; i < p->costs.n && fits; i++)
        fits = add_text(job, all, MW_AT(p->costs, struct mw_cost, i)->note, MW_AT(p->costs, struct mw_cost, i)->pos, false, false);
    return fits;
}

#define EACH_SAID(all_, t_, s_)                                                                                        \
    for (struct told *t_ = (all_)->items; t_ != NULL && t_ < (struct told *)(all_)->items + (all_)->n; t_++)            \
        for (const struct mw_said *s_ = (t_)->said.items; s_ != NULL && s_ < (const struct mw_said *)(t_)->said.items + (t_)->said.n; s_++)

static enum mw_rc about(struct mw_job *job, enum mw_rc rc, const struct mw_said *s)
{
    if (rc == MW_OK)
        mw_find_words(job, s->words);
    return rc;
}

/* --- quantities --------------------------------------------------------------------------------------------------- */
static struct mw_sv first_word(struct mw_sv label)
{
    struct mw_sv head, tail;

    mw_sv_cut(label, ' ', &head, &tail);
    return head;
}
/* What a row counts: its unit, else the first word of its label. MW_SV_NONE: it counts nothing whole. */
static struct mw_sv unit_of(const struct mw_cost *c)
{
    static const char *const PIECES[] = { "Stück", "Stk", "Stk.", "St." };

    if (!mw_share_is(c->quantity) || c->quantity.den != 1)
        return MW_SV_NONE;
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++)
        if (mw_sv_ieq(c->unit, mw_sv(PIECES[i])))
            return first_word(c->label);
    return c->unit.n > 0 ? c->unit : first_word(c->label);
}
static bool same_unit(const struct mw_cost *c, struct mw_sv noun)
{
    struct mw_sv unit = unit_of(c);
    return unit.p != NULL && mw_said_form_of(noun, unit);
}

static bool fits_number(enum mw_said_how how, int64_t said, int64_t planned)
{
    switch (how) {
    case MW_SAID_EXACTLY:
        return said == planned;
    case MW_SAID_AT_MOST:
        return planned <= said;
    case MW_SAID_AT_LEAST:
        return planned >= said;
    case MW_SAID_ABOUT:
        break;
    }
    return true;
}

/* How the plan counts the noun: any row of its unit, or all of them together. */
struct tally {
    int64_t sum;
    size_t rows;
    const struct mw_cost *first;
    bool fits; /* one row does, or the sum */
};
static struct tally tally(const struct mw_project *p, struct mw_sv noun, enum mw_said_how how, int64_t said)
{
    struct tally t = { 0 };

    for (size_t i = 0; i < p->costs.n; i++) {
        const struct mw_cost *c = MW_AT(p->costs, struct mw_cost, i);
        if (!same_unit(c, noun) || c->quantity.num > INT32_MAX)
            continue;
        t.first = t.first == NULL ? c : t.first;
        t.rows++;
        t.sum += c->quantity.num;
        t.fits = t.fits || fits_number(how, said, c->quantity.num);
    }
    t.fits = t.fits || (t.rows > 0 && fits_number(how, said, t.sum));
    return t;
}

/* Somewhere else the texts say the right number, or their parts add up to it: then this one is a part. */
static bool said_rightly(const struct mw_list *all, const struct mw_project *p, const struct mw_cost *row)
{
    int64_t sum = 0, planned = 0;

    for (size_t i = 0; i < p->costs.n; i++)
        if (mw_sv_eq(unit_of(MW_AT(p->costs, struct mw_cost, i)), unit_of(row)))
            planned += MW_AT(p->costs, struct mw_cost, i)->quantity.num;
    EACH_SAID(all, t, s)
        if (s->kind == MW_SAID_COUNT && s->how == MW_SAID_EXACTLY && same_unit(row, s->noun)) {
            if (tally(p, s->noun, s->how, s->number).fits)
                return true;
            sum += s->number < INT32_MAX ? s->number : INT32_MAX;
        }
    return sum == planned;
}

static enum mw_rc check_counts(struct mw_job *job, struct mw_list *all)
{
    const struct mw_project *p = job->plan->project;

    EACH_SAID(all, t, s) {
        struct tally n;
        struct mw_pos pos;
        enum mw_rc rc;
        if (s->kind != MW_SAID_COUNT || s->how == MW_SAID_ABOUT)
            continue;
        n = tally(p, s->noun, s->how, s->number);
        if (n.rows == 0 || n.fits || (s->how == MW_SAID_EXACTLY && said_rightly(all, p, n.first)))
            continue;
        pos = place(t, s->words);
        rc = mw_find(job, MW_WARNING, "number-differs", &pos, &n.first->pos, "The text says \"%.*s\", row \"%.*s\" counts %lld.",
                     MW_SV_ARG(s->words), MW_SV_ARG(n.first->label), (long long)(n.rows > 1 ? n.sum : n.first->quantity.num));
        if ((rc = about(job, rc, s)) != MW_OK)
            return rc;
    }
    return MW_OK;
}

/* The profile's own bounds: "Workshops, max 12". */
static enum mw_rc check_quantities(struct mw_job *job)
{
    const struct mw_project *p = job->plan->project;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < p->profile.quantities.n && rc == MW_OK; i++) {
        const struct mw_quantity *q = MW_AT(p->profile.quantities, struct mw_quantity, i);
        struct tally n = tally(p, first_word(q->what), MW_SAID_EXACTLY, -1);
        struct mw_share sum = { n.sum, 1 };
        if (n.rows > 0 && ((mw_share_is(q->max) && mw_share_cmp(sum, q->max) > 0) || (mw_share_is(q->min) && mw_share_cmp(sum, q->min) < 0) ||
                           (mw_share_is(q->exactly) && mw_share_cmp(sum, q->exactly) != 0)))
            rc = mw_find(job, MW_ERROR, "quantity-outside-profile", &n.first->pos, &q->pos,
                         "The plan counts %lld \"%.*s\", which is not what the profile allows.", (long long)n.sum,
                         MW_SV_ARG(q->what));
    }
    return rc;
}

static enum mw_rc check_partners(struct mw_job *job, struct mw_list *all)
{
    static const char *const NOUNS[] = { "Kommune", "Partnerkommune", "Partner", "Projektpartner", "Kooperationspartner", "Antragsteller" };
    static const char *const TOWNS[] = { "Stadt", "Städte", "Gemeinde", "Landkreis", "Kreis" }; /* only "die drei Städte" */
    const struct mw_profile *f = &job->plan->project->profile;
    int64_t n = (int64_t)f->applicants.n, towns = 0, districts = 0;
    bool right = false;

    for (size_t i = 0; i < f->applicants.n; i++) {
        towns += MW_AT(f->applicants, struct mw_applicant, i)->type == MW_A_KOMMUNE;
        districts += MW_AT(f->applicants, struct mw_applicant, i)->type == MW_A_KREIS;
    }
    for (int pass = 0; pass < 2 && n > 1; pass++)
        EACH_SAID(all, t, s) {
            bool partners = false;
            struct mw_pos pos;
            enum mw_rc rc;
            for (size_t w = 0; w < sizeof NOUNS / sizeof *NOUNS && s->kind == MW_SAID_COUNT; w++)
                partners = partners || mw_said_form_of(s->noun, mw_sv(NOUNS[w]));
            for (size_t w = 0; w < sizeof TOWNS / sizeof *TOWNS && s->kind == MW_SAID_COUNT && s->definite; w++)
                partners = partners || mw_said_form_of(s->noun, mw_sv(TOWNS[w]));
            if (!partners || s->how != MW_SAID_EXACTLY)
                continue;
            if (s->number == n || s->number == towns || s->number == districts || s->number == n - 1 || s->number == n + (int64_t)f->roles.n) {
                right = true;
                continue;
            }
            if (pass == 0 || right)
                continue;
            pos = place(t, s->words);
            rc = mw_find(job, MW_WARNING, "partners-differ", &pos, &f->pos,
                         "The text says \"%.*s\", the profile names %lld applicants.", MW_SV_ARG(s->words), (long long)n);
            if ((rc = about(job, rc, s)) != MW_OK)
                return rc;
        }
    return MW_OK;
}

/* --- sums, shares, times ------------------------------------------------------------------------------------------ */
/* Within what the text leaves open: "235.000 Euro" is said to the thousand, "rund" to a twentieth. */
static bool near(const struct mw_said *s, struct mw_eur planned)
{
    int64_t step = 1, apart = s->sum.cents > planned.cents ? s->sum.cents - planned.cents : planned.cents - s->sum.cents;

    if (!mw_eur_is(planned))
        return false;
    while (step <= 10000000 && s->sum.cents % (step * 10) == 0 && s->sum.cents / (step * 10) >= 50)
        step *= 10;
    if (step == 100)
        step = 1; /* whole euros are exact */
    return s->how == MW_SAID_ABOUT ? apart <= s->sum.cents / 20 : step > 100 ? apart < step : apart == 0;
}

static bool a_partners(const struct mw_plan *plan, const struct mw_said *s)
{
    for (size_t i = 0; i < plan->partners.n; i++)
        if (near(s, MW_AT(plan->partners, struct mw_partner_row, i)->own) ||
            near(s, MW_AT(plan->partners, struct mw_partner_row, i)->cost))
            return true;
    return false;
}

static bool sum_fits(const struct mw_plan *plan, const struct mw_said *s)
{
    const struct mw_financing_plan *f = &plan->financing;
    struct mw_eur planned = s->topic == MW_ABOUT_TOTAL ? plan->cost.total : s->topic == MW_ABOUT_GRANT ? f->grant : f->own;
    bool bound = (s->how == MW_SAID_AT_MOST && planned.cents <= s->sum.cents) ||
                 (s->how == MW_SAID_AT_LEAST && planned.cents >= s->sum.cents);

    return bound || near(s, planned) || (s->topic == MW_ABOUT_TOTAL && near(s, plan->cost.eligible)) ||
           (s->topic == MW_ABOUT_OWN && near(s, f->own_rows)) || (s->topic == MW_ABOUT_OWN && a_partners(plan, s));
}

static enum mw_rc check_sums(struct mw_job *job, struct mw_list *all)
{
    static const char *const NAMES[] = { [MW_ABOUT_TOTAL] = "Total cost", [MW_ABOUT_GRANT] = "Grant", [MW_ABOUT_OWN] = "Own money" };
    const struct mw_plan *plan = job->plan;

    if (plan->cost.total.cents == 0)
        return MW_OK;
    EACH_SAID(all, t, s) {
        struct mw_pos pos;
        enum mw_rc rc;
        if (s->kind != MW_SAID_SUM || sum_fits(plan, s))
            continue;
        pos = place(t, s->words);
        rc = mw_find(job, MW_WARNING, "sum-differs", &pos, NULL, "The text says \"%.*s\"; in the plan it is: %s %s.",
                     MW_SV_ARG(s->words), mw_tr(plan->lang, NAMES[s->topic]),
                     mw_say_eur(job, s->topic == MW_ABOUT_TOTAL   ? plan->cost.total
                                     : s->topic == MW_ABOUT_GRANT ? plan->financing.grant
                                                                  : plan->financing.own));
        if ((rc = about(job, rc, s)) != MW_OK)
            return rc;
    }
    return MW_OK;
}

/* Within half a point. */
static bool near_share(struct mw_share said, mw_i128 num, mw_i128 den)
{
    mw_i128 apart = num * said.den - den * said.num;

    if (den == 0)
        return false;
    return 200 * (apart < 0 ? -apart : apart) <= den * said.den;
}

static bool share_fits(const struct mw_plan *plan, const struct mw_said *s)
{
    const struct mw_financing_plan *f = &plan->financing;
    const struct mw_share own = plan->project->profile.own_share, min = plan->edition->own_share_min;
    bool rate = mw_share_is(f->rate);

    if (s->how == MW_SAID_AT_MOST || s->how == MW_SAID_AT_LEAST || s->how == MW_SAID_ABOUT)
        return true;
    if (s->topic == MW_ABOUT_OWN)
        return near_share(s->share, f->own.cents, plan->cost.total.cents) ||
               near_share(s->share, f->own.cents, plan->cost.eligible.cents) ||
               (rate && near_share(s->share, f->rate.den - f->rate.num, f->rate.den)) ||
               (mw_share_is(own) && near_share(s->share, own.num, own.den)) ||
               (mw_share_is(min) && near_share(s->share, min.num, min.den));
    return !rate || near_share(s->share, f->rate.num, f->rate.den) ||
           near_share(s->share, f->grant.cents, plan->cost.eligible.cents) ||
           near_share(s->share, f->grant.cents, plan->cost.total.cents);
}

static enum mw_rc check_shares(struct mw_job *job, struct mw_list *all)
{
    const struct mw_plan *plan = job->plan;

    if (plan->cost.total.cents == 0)
        return MW_OK;
    EACH_SAID(all, t, s) {
        struct mw_share part = MW_SHARE_NONE;
        struct mw_pos pos;
        enum mw_rc rc;
        if (s->kind != MW_SAID_SHARE || share_fits(plan, s))
            continue;
        pos = place(t, s->words);
        if (s->topic != MW_ABOUT_OWN)
            part = plan->financing.rate;
        else if (!mw_share_make(&part, plan->financing.own.cents, plan->cost.total.cents))
            continue;
        rc = mw_find(job, MW_WARNING, "rate-differs", &pos, &plan->edition->rate_pos,
                     s->topic == MW_ABOUT_OWN ? "The text says \"%.*s\"; in the plan own money is %s of the total cost."
                                              : "The text says \"%.*s\"; the plan computes with a rate of %s.",
                     MW_SV_ARG(s->words), mw_say_share(job, part));
        if ((rc = about(job, rc, s)) != MW_OK)
            return rc;
    }
    return MW_OK;
}

static enum mw_rc check_times(struct mw_job *job, struct mw_list *all)
{
    const struct mw_plan *plan = job->plan;
    const struct mw_project *p = plan->project;

    EACH_SAID(all, t, s) {
        struct mw_pos pos = place(t, s->words);
        enum mw_rc rc = MW_OK;
        if (s->kind == MW_SAID_TIME && s->how == MW_SAID_EXACTLY) {
            struct mw_day end = mw_span_end(p->from, s->time, plan->land);
            if (mw_day_is(end) && (end.n - p->to.n > 15 || p->to.n - end.n > 15))
                rc = about(job, mw_find(job, MW_WARNING, "duration-differs", &pos, &p->period_pos,
                                        "The text says \"%.*s\"; the period runs from %s to %s.", MW_SV_ARG(s->words),
                                        mw_say_day(job, p->from), mw_say_day(job, p->to)),
                           s);
        } else if (s->kind == MW_SAID_SPAN && (s->from.n != p->from.n || s->to.n != p->to.n)) {
            rc = about(job, mw_find(job, MW_WARNING, "period-differs", &pos, &p->period_pos,
                                    "The text says \"%.*s\"; the period runs from %s to %s.", MW_SV_ARG(s->words),
                                    mw_say_day(job, p->from), mw_say_day(job, p->to)),
                       s);
        }
        if (rc != MW_OK)
            return rc;
    }
    return MW_OK;
}

/* --- words and whole texts ---------------------------------------------------------------------------------------- */
static enum mw_rc check_words(struct mw_job *job, struct mw_list *all)
{
    const struct mw_checks *checks = job->opts->checks;
    const struct mw_financing_plan *f = &job->plan->financing;
    bool income = f->revenue.cents > 0 || f->third.cents > 0;
    size_t at;

    for (size_t i = 0; checks != NULL && i < checks->words.n; i++) {
        const struct mw_word_check *w = MW_AT(checks->words, struct mw_word_check, i);
        bool found = w->where != MW_IN_TEXTS || (w->unless_income == MW_YES && income);
        for (size_t k = 0; k < all->n && !found; k++) {
            const struct told *t = MW_AT(*all, struct told, k);
            for (size_t n = 0; t->narrative && n < w->words.n && !found; n++) {
                struct mw_sv word = *MW_AT(w->words, struct mw_sv, n);
                struct mw_pos pos;
                if (!mw_has_word(t->text, word, &at))
                    continue;
                found = true;
                pos = place(t, mw_sv_sub(t->text, at, word.n));
                if (mw_find(job, MW_WARNING, mw_arena_z(job->a, w->code), &pos, &w->pos, "The text says \"%.*s\": %.*s.",
                            MW_SV_ARG(mw_sv_sub(t->text, at, word.n)), MW_SV_ARG(mw_words(&w->says, job->plan->lang))) != MW_OK)
                    return MW_NOMEM;
                mw_find_words(job, mw_sv_sub(t->text, at, word.n));
                mw_find_cure(job, mw_words(&w->cure, job->plan->lang));
            }
        }
    }
    return MW_OK;
}

static enum mw_rc check_twins(struct mw_job *job)
{
    const struct mw_list *texts = &job->plan->project->texts;

    for (size_t i = 1; i < texts->n; i++)
        for (size_t k = 0; k < i; k++) {
            const struct mw_text *a = MW_AT(*texts, struct mw_text, k), *b = MW_AT(*texts, struct mw_text, i);
            if (b->text.n > 0 && mw_sv_eq(a->text, b->text))
                return mw_find(job, MW_WARNING, "text-twice", &b->pos, &a->pos, "\"%.*s\" repeats \"%.*s\" word by word.",
                               MW_SV_ARG(b->key), MW_SV_ARG(a->key));
        }
    return MW_OK;
}

enum mw_rc mw_find_in_texts(struct mw_job *job)
{
    static enum mw_rc (*const CHECKS[])(struct mw_job *, struct mw_list *) = { check_counts, check_partners, check_sums,
                                                                               check_shares, check_times,    check_words };
    struct mw_list all = { 0 };
    enum mw_rc rc = gather(job, &all) ? MW_OK : MW_NOMEM;

    for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS && rc == MW_OK; i++)
        rc = CHECKS[i](job, &all);
    if (rc == MW_OK)
        rc = check_quantities(job);
    return rc == MW_OK ? check_twins(job) : rc;
}
