/* The order of the work, and what all its parts use. */
#include <stdarg.h>
#include <stdio.h>

#include "intake/draft_inside.h"

/* A value that another one replaces has the quote of the other. */
void mw_draft_quote(struct mw_job *x, struct mw_sv path, struct mw_sv quote)
{
    for (size_t i = 0; i < x->out->evidence.n; i++)
        if (mw_sv_eq(MW_AT(x->out->evidence, struct mw_evidence, i)->path, path)) {
            MW_AT(x->out->evidence, struct mw_evidence, i)->quote = quote;
            return;
        }
    struct mw_evidence *e = mw_list_add(x->in->a, &x->out->evidence, sizeof *e);
    if (e == NULL || path.p == NULL)
        x->failed = true;
    else
        *e = (struct mw_evidence){ path, quote, quote };
}

void mw_draft_quotef(struct mw_job *x, struct mw_sv quote, const char *path, ...)
{
    char name[64];
    va_list args;
    va_start(args, path);
    vsnprintf(name, sizeof name, path, args);
    va_end(args);
    mw_draft_quote(x, mw_arena_copy(x->in->a, mw_sv(name)), quote);
}

void mw_draft_ask(struct mw_job *x, const char *field, const char *text)
{
    struct mw_question *q = mw_list_add(x->in->a, &x->out->questions, sizeof *q);
    if (q == NULL)
        x->failed = true;
    else
        *q = (struct mw_question){ mw_sv(field), mw_sv(mw_tr(x->in->lang, text)) };
}

struct mw_sv mw_tidy(struct mw_arena *a, struct mw_sv s)
{
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        uint32_t cp = mw_utf8_next(s, &i);
        bool space = cp == ' ' || cp == '\n' || cp == '\t' || cp == '\r' || cp == 0xA0;
        if (space && out.n > 0 && out.p[out.n - 1] != ' ')
            mw_str_addc(&out, ' ');
        else if (!space && cp != 0xAD)
            mw_str_add(&out, mw_sv_sub(s, at, i - at));
    }
    struct mw_sv t = mw_sv_trim(mw_str_sv(&out));
    while (t.n > 0 && (t.p[t.n - 1] == ',' || t.p[t.n - 1] == ';' || t.p[t.n - 1] == ':' || t.p[t.n - 1] == '-'))
        t = mw_sv_trim(mw_sv_sub(t, 0, t.n - 1));
    return mw_arena_copy(a, t);
}

static size_t next_word_byte(struct mw_sv s, size_t i)
{
    while (i < s.n && !((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= 'A' && s.p[i] <= 'Z') ||
                        (unsigned char)s.p[i] >= 0xC3))
        i++;
    return i;
}

bool mw_same_words(struct mw_sv a, struct mw_sv b)
{
    size_t i = next_word_byte(a, 0), k = next_word_byte(b, 0);
    for (; i < a.n && k < b.n; i = next_word_byte(a, i + 1), k = next_word_byte(b, k + 1)) {
        char p = a.p[i], q = b.p[k];
        p = (char)(p >= 'A' && p <= 'Z' ? p + 0x20 : p);
        q = (char)(q >= 'A' && q <= 'Z' ? q + 0x20 : q);
        if (p != q)
            return false;
    }
    return i >= a.n && k >= b.n;
}

static size_t count_of(struct mw_sv text, const char *const *words)
{
    size_t n = 0;
    for (; *words != NULL; words++)
        for (size_t at = 0; (at = mw_sv_find(text, mw_sv(*words), at)) != SIZE_MAX; at++)
            n++;
    return n;
}

static struct mw_sv language_of(struct mw_sv text)
{
    static const char *const DE[] = { " der ", " die ", " und ", " des ", " für ", " von ", NULL };
    static const char *const EN[] = { " the ", " of ", " and ", " for ", " to ", NULL };
    return count_of(text, EN) > count_of(text, DE) ? MW_SV("en") : MW_SV("de");
}

void mw_draft_add_sum(struct mw_job *x, struct mw_sv what, struct mw_sv kind, struct mw_eur eur, struct mw_sv quote)
{
    if (mw_is_full(&x->out->amounts))
        return;
    for (size_t i = 0; i < x->out->amounts.n; i++)
        if (MW_AT(x->out->amounts, struct mw_sum, i)->eur.cents == eur.cents)
            return;
    struct mw_sum *s = mw_list_add(x->in->a, &x->out->amounts, sizeof *s);
    if (s == NULL) {
        x->failed = true;
        return;
    }
    *s = (struct mw_sum){ mw_tidy(x->in->a, what), kind, eur };
    mw_draft_quotef(x, quote, "amounts[%zu]", x->out->amounts.n - 1);
}

/* "Asyl-, Migrations- und Integrationsfonds (AMIF)" and "AMIF" are one fund. */
static bool is_short_for(struct mw_sv full, struct mw_sv name)
{
    size_t at = mw_sv_find(full, MW_SV("("), 0);
    return at != SIZE_MAX && mw_sv_ends(full, MW_SV(")")) && mw_sv_eq(mw_sv_sub(full, at + 1, full.n - at - 2), name);
}

void mw_draft_add_fund(struct mw_job *x, struct mw_sv name, struct mw_sv number, struct mw_sv quote)
{
    struct mw_fund *f;
    name = mw_tidy(x->in->a, name);
    for (size_t i = 0; i < x->out->programmes.n; i++) {
        f = MW_AT(x->out->programmes, struct mw_fund, i);
        if (mw_same_words(f->name, name) || is_short_for(f->name, name)) {
            if (f->number.n == 0 && number.n > 0)
                f->number = mw_tidy(x->in->a, number);
            return;
        }
    }
    if (mw_is_full(&x->out->programmes))
        return;
    f = mw_list_add(x->in->a, &x->out->programmes, sizeof *f);
    if (f == NULL) {
        x->failed = true;
        return;
    }
    *f = (struct mw_fund){ name, number.n > 0 ? mw_tidy(x->in->a, number) : MW_SV_NONE };
    mw_draft_quotef(x, quote, "programmes[%zu]", x->out->programmes.n - 1);
}

/* Widens the period; the first quote of each end stays. true: something was new. */
bool mw_draft_add_period(struct mw_job *x, struct mw_day from, struct mw_day to, int32_t months, struct mw_sv quote)
{
    struct mw_span *p = &x->out->profile.period;
    bool wider = false;
    if (mw_day_is(from) && (!mw_day_is(p->from) || mw_day_cmp(from, p->from) < 0)) {
        p->from = from;
        mw_draft_quote(x, MW_SV("period.from"), quote);
        wider = true;
    }
    if (mw_day_is(to) && (!mw_day_is(p->to) || mw_day_cmp(to, p->to) > 0)) {
        p->to = to;
        mw_draft_quote(x, MW_SV("period.to"), quote);
        wider = true;
    }
    if (months > 0 && months > x->out->months) {
        x->out->months = months;
        mw_draft_quote(x, MW_SV("period.months"), quote);
        wider = true;
    }
    return wider;
}

static enum mw_rc read_statements(struct mw_job *x, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;
    for (size_t i = 0; i < x->texts.n && rc == MW_OK; i++)
        rc = mw_rules_statements(&x->statements, x->in->a, x->in->rules, *MW_AT(x->texts, struct mw_sv, i),
                                 x->d->fields.n == 0 ? &x->d->heads : NULL, err);
    return rc;
}

static void add_text(struct mw_job *x, struct mw_sv text)
{
    struct mw_sv *slot;
    for (size_t i = 0; i < x->texts.n; i++)
        if (mw_sv_eq(*MW_AT(x->texts, struct mw_sv, i), text))
            return;
    slot = text.n > 0 ? mw_list_add(x->in->a, &x->texts, sizeof *slot) : NULL;
    if (slot != NULL)
        *slot = text;
    x->failed = x->failed || (slot == NULL && text.n > 0);
}

/* Of a form what tells of the project; what it asks of bidders and how to complain is left out. */
static void choose_texts(struct mw_job *x)
{
    add_text(x, x->d->fields.n == 0 ? x->d->text : x->d->beside);
    for (size_t i = 0; i < x->d->fields.n; i++) {
        const struct mw_form_field *f = MW_AT(x->d->fields, struct mw_form_field, i);
        if (mw_sv_eqz(f->key, "title") || mw_sv_eqz(f->key, "description") || mw_sv_eqz(f->key, "more"))
            add_text(x, f->value);
        bool aside = mw_sv_eqz(f->key, "more") && !mw_sv_eqz(f->block, "lot") && !mw_sv_eqz(f->block, "part") && !mw_sv_eqz(f->block, "object");
        struct mw_sv *slot = aside ? mw_list_add(x->in->a, &x->asides, sizeof *slot) : NULL;
        if (slot != NULL)
            *slot = f->value;
    }
}

/* After all quotes: a value that another one replaced has the other's. */
static void add_sentences(struct mw_job *x)
{
    for (size_t i = 0; i < x->out->evidence.n; i++) {
        struct mw_evidence *e = MW_AT(x->out->evidence, struct mw_evidence, i);
        e->sentence = mw_draft_sentence(x, e->quote);
    }
}

enum mw_rc mw_draft_make(struct mw_draft *out, const struct mw_intake *in, const struct mw_paper *d, struct mw_err *err)
{
    struct mw_job x = { .in = in, .d = d, .out = out };
    *out = (struct mw_draft){ .months = -1, .language = language_of(d->text) };
    out->profile = (struct mw_profile){ .period = { MW_DAY_NONE, MW_DAY_NONE }, .volume = MW_EUR_NONE, .own_share = MW_SHARE_NONE,
        .started = MW_TRI_NONE, .started_on = MW_DAY_NONE, .other_funding = MW_TRI_NONE, .joint_mode = -1, .title = MW_SV_NONE, .summary = MW_SV_NONE };
    choose_texts(&x);
    enum mw_rc rc = read_statements(&x, err);
    if (rc != MW_OK)
        return rc;
    if (d->fields.n > 0)
        mw_draft_form(&x);
    mw_draft_text(&x);
    mw_draft_themes(&x);
    mw_draft_name(&x);
    if (out->profile.summary.n == 0)
        out->profile.summary = out->profile.title; /* a profile needs one; the form says no more */
    mw_draft_questions(&x);
    add_sentences(&x);
    return x.failed ? mw_nomem(err) : MW_OK;
}
