/* Every rule's own examples: what it must find, to the letter, and what it must leave alone. */
#include <string.h>

#include "rules/engine/ruleset.h"
#include "rules/engine/statement.h"

static void add_part(struct mw_str *out, struct mw_sv part)
{
    if (part.p == NULL)
        return;
    if (out->n > 0 && out->p[out->n - 1] != ';' && out->p[out->n - 1] != ' ')
        mw_str_addc(out, ' ');
    mw_str_add(out, part);
}

/* A fact as examples write it: "application 2026-03-31", "max 75 %", "grant_max 50000 EUR", "kommune (kreisfrei)". */
static void write_fact(struct mw_str *out, const struct mw_fact *f, bool decimals)
{
    struct mw_str value = MW_STR_INIT;
    if (f->recurs > 0)
        mw_str_addf(&value, "%02d-%02d", f->recurs / 100, f->recurs % 100);
    if (f->recurs > 0 && mw_day_is(f->date))
        mw_str_addf(&value, " until %d", mw_day_ymd(f->date).year);
    else if (mw_day_is(f->date))
        mw_day_iso(&value, f->date);
    if (f->clock >= 0)
        mw_str_addf(&value, " %02d:%02d", f->clock / 60, f->clock % 60);
    if (mw_share_is(f->share) && decimals)
        mw_quantity_format(&value, f->share, MW_DE);
    else
        mw_share_format(&value, f->share, MW_DE);
    if (mw_eur_is(f->eur)) {
        mw_str_addf(&value, "%lld", (long long)(f->eur.cents / 100));
        if (f->eur.cents % 100 != 0)
            mw_str_addf(&value, ",%02d", (int)(f->eur.cents % 100));
        mw_str_addf(&value, " %.*s", MW_SV_ARG(f->currency));
    }
    if (f->months >= 0)
        mw_str_addf(&value, "%d months", (int)f->months);
    if (f->number != INT64_MIN)
        mw_str_addf(&value, "%lld", (long long)f->number);
    add_part(out, f->kind);
    add_part(out, f->value);
    if (value.n > 0)
        add_part(out, mw_str_sv(&value));
    if (f->condition.p != NULL)
        mw_str_addf(out, " (%.*s)", MW_SV_ARG(f->condition));
    mw_str_free(&value);
}

static enum mw_rc found_by(struct mw_str *out, struct mw_rules *r, const struct mw_rule *rule, const struct mw_example *ex, struct mw_err *err)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_list facts = { 0 }, headings = { 0 };
    struct mw_str text = MW_STR_INIT;
    if (a == NULL)
        return mw_nomem(err);
    if (ex->under.p != NULL) {
        size_t *at = mw_list_add(a, &headings, sizeof *at);
        if (at != NULL)
            *at = 0;
        mw_str_add(&text, ex->under);
        mw_str_addc(&text, '\n');
    }
    mw_str_add(&text, ex->text);
    enum mw_rc rc = mw_rules_read(&facts, a, r, mw_str_sv(&text), &headings, err);
    for (size_t i = 0; i < facts.n && rc == MW_OK; i++) {
        const struct mw_fact *f = MW_AT(facts, struct mw_fact, i);
        if (!mw_sv_eq(f->rule, rule->place))
            continue;
        if (out->n > 0)
            mw_str_addz(out, "; ");
        write_fact(out, f, r->statements && (enum mw_statement)f->type == MW_ST_QUANTITY);
    }
    mw_str_free(&text);
    mw_arena_free(a);
    return rc;
}

static enum mw_rc run_example(struct mw_rules *r, const struct mw_rule *rule, const struct mw_example *ex, bool find, struct mw_diags *diags,
    struct mw_err *err)
{
    struct mw_str got = MW_STR_INIT;
    enum mw_rc rc = found_by(&got, r, rule, ex, err);
    bool nothing = rule->nothing == MW_YES; /* such a rule finds by keeping others away: its examples are theirs to leave */
    bool want = find && !nothing;
    struct mw_diag *d = NULL;
    if (rc == MW_OK && want && got.n == 0)
        d = mw_diag_add(diags, MW_ERROR, &ex->pos, "example", "The rule \"%.*s\" does not find its example.", MW_SV_ARG(rule->id));
    else if (rc == MW_OK && want && ex->is.p != NULL && !mw_sv_eq(ex->is, mw_str_sv(&got)))
        d = mw_diag_add(diags, MW_ERROR, &ex->pos, "example", "The rule \"%.*s\" finds \"%s\" where \"%.*s\" is expected.", MW_SV_ARG(rule->id),
            mw_str_z(&got), MW_SV_ARG(ex->is));
    else if (rc == MW_OK && !find && got.n > 0)
        d = mw_diag_add(diags, MW_ERROR, &ex->pos, "example", "The rule \"%.*s\" finds \"%s\" where it must leave the text alone.",
            MW_SV_ARG(rule->id), mw_str_z(&got));
    if (d != NULL)
        mw_diag_cure(diags, d, "Change the rule at %.*s or its example.", MW_SV_ARG(rule->place));
    mw_str_free(&got);
    return rc;
}

/* The rule or scope that a pattern belongs to; "shared" where it belongs to all. */
static struct mw_sv owner_of(const struct mw_rules *r, const struct mw_pattern *p)
{
    const char *at = (const char *)p;
    for (size_t i = 0; i < r->rules.n; i++) {
        const struct mw_rule *x = MW_AT(r->rules, struct mw_rule, i);
        bool is = at >= (const char *)x && at < (const char *)(x + 1);
        for (size_t f = 0; f < x->n_finds && !is; f++)
            is = p == &x->finds[f].rx;
        if (is)
            return x->id;
    }
    for (size_t i = 0; i < r->scopes.n; i++) {
        const struct mw_scope *x = MW_AT(r->scopes, struct mw_scope, i);
        if (at >= (const char *)x && at < (const char *)(x + 1))
            return x->name;
    }
    return MW_SV("shared");
}

size_t mw_rules_report_slow(const struct mw_rules *r, enum mw_severity severity, struct mw_diags *diags)
{
    size_t n = 0;
    for (size_t i = 0; i < r->patterns.n; i++) {
        const struct mw_pattern *p = *MW_AT(r->patterns, struct mw_pattern *, i);
        if (p->slow == 0)
            continue;
        n++;
        mw_diag_cure(diags, mw_diag_add(diags, severity, &p->pos, "slow", 
                "A pattern of the rule \"%.*s\" runs away and was stopped %u times; where it was, it counts as no match.", MW_SV_ARG(owner_of(r, p)), p->slow),
            "Replace nested repetitions such as (a+)+ by one, or use possessive ones (a++).");
    }
    return n;
}

enum mw_rc mw_rules_test(struct mw_rules *r, struct mw_diags *diags, size_t *examples, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;
    *examples = 0;
    for (size_t i = 0; i < r->rules.n && rc == MW_OK; i++) {
        const struct mw_rule *rule = MW_AT(r->rules, struct mw_rule, i);
        for (size_t k = 0; k < rule->examples.find.n && rc == MW_OK; k++, ++*examples)
            rc = run_example(r, rule, MW_AT(rule->examples.find, struct mw_example, k), true, diags, err);
        for (size_t k = 0; k < rule->examples.leave.n && rc == MW_OK; k++, ++*examples)
            rc = run_example(r, rule, MW_AT(rule->examples.leave, struct mw_example, k), false, diags, err);
    }
    (void)mw_rules_report_slow(r, MW_ERROR, diags);
    return rc;
}
