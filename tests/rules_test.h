/* What the tests of rules/engine share: our own rule files, and facts written as one line each. */
#ifndef MW_TESTS_RULES_TEST_H
#define MW_TESTS_RULES_TEST_H

#include "lib/core/node.h"
#include "rules/engine/ruleset.h"
#include "tests/test.h"

static inline struct mw_rules *our_rules(void)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_err err = MW_ERR_INIT(MW_EN);
    struct mw_rules *r = NULL;
    enum mw_rc rc = mw_rules_load(&r, "rules", &diags, &err);
    if (rc != MW_OK)
        print_error("%s\n", err.msg != NULL ? err.msg : "?");
    mw_diags_free(&diags);
    mw_err_clear(&err);
    return r;
}

/* "application 2026-03-31", "max 75 %", "kommune (kreisfrei)"; " ~" behind what is soft; with the type before it all. */
static inline void write_fact(struct mw_str *out, const struct mw_fact *f)
{
    mw_str_addz(out, MW_FACT_TYPES[f->type]);
    if (f->kind.p != NULL)
        mw_str_addf(out, " %.*s", MW_SV_ARG(f->kind));
    if (f->value.p != NULL)
        mw_str_addf(out, " %.*s", MW_SV_ARG(f->value));
    if (f->recurs > 0)
        mw_str_addf(out, " %02d-%02d", f->recurs / 100, f->recurs % 100);
    if (f->recurs > 0 && mw_day_is(f->date)) {
        mw_str_addf(out, " until %d", mw_day_ymd(f->date).year);
    } else if (mw_day_is(f->date)) {
        mw_str_addc(out, ' ');
        mw_day_iso(out, f->date);
    }
    if (mw_share_is(f->share)) {
        mw_str_addc(out, ' ');
        mw_share_format(out, f->share, MW_DE);
    }
    if (mw_eur_is(f->eur))
        mw_str_addf(out, " %lld %.*s", (long long)(f->eur.cents / 100), MW_SV_ARG(f->currency));
    if (f->months >= 0)
        mw_str_addf(out, " %d months", (int)f->months);
    if (f->number != INT64_MIN)
        mw_str_addf(out, " %lld", (long long)f->number);
    if (f->condition.p != NULL)
        mw_str_addf(out, " (%.*s)", MW_SV_ARG(f->condition));
    mw_str_addz(out, f->soft ? " ~" : "");
}

/* The facts of a text, in its order; the arena is the caller's. heading NULL: none. */
static inline void read_facts(struct mw_list *facts, struct mw_arena *a, struct mw_rules *r, const char *heading, const char *text)
{
    struct mw_list headings = { 0 };
    struct mw_str plain = MW_STR_INIT;
    if (heading != NULL) {
        *(size_t *)mw_list_add(a, &headings, sizeof(size_t)) = 0;
        mw_str_addf(&plain, "%s\n", heading);
    }
    mw_str_addz(&plain, text);
    assert_int_equal(mw_rules_read(facts, a, r, mw_arena_copy(a, mw_str_sv(&plain)), &headings, NULL), MW_OK);
    mw_str_free(&plain);
}

/* All facts of a text in one line, separated by "; ". only: a type; MW_F_TYPE_N: all. heading NULL: none. */
static inline void facts_of(struct mw_str *out, struct mw_rules *r, const char *heading, const char *text, enum mw_fact_type only)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_list facts = { 0 };
    read_facts(&facts, a, r, heading, text);
    for (size_t i = 0; i < facts.n; i++) {
        const struct mw_fact *f = MW_AT(facts, struct mw_fact, i);
        if (only != MW_F_TYPE_N && f->type != only)
            continue;
        if (out->n > 0)
            mw_str_addz(out, "; ");
        write_fact(out, f);
    }
    mw_arena_free(a);
}

#endif
