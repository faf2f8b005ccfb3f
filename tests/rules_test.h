/* What the tests of rules/engine share: our own rule files, and facts written as one line each. */
#ifndef MW_TESTS_RULES_TEST_H
#define MW_TESTS_RULES_TEST_H

#include "lib/core/file.h"
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

/* They are loaded once for all tests of a file: cmocka_run_group_tests(tests, load_rules, free_rules). */
static struct mw_rules *rules;
static inline int load_rules(void **state)
{
    (void)state;
    rules = our_rules();
    return rules == NULL ? -1 : 0;
}
static inline int free_rules(void **state)
{
    (void)state;
    mw_rules_free(rules);
    return 0;
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

/* The facts of one type, soft ones like the others, each once and in the order of the alphabet: "a; b". */
static inline void tidy(struct mw_str *out, const char *facts)
{
    struct mw_sv parts[16], rest = mw_sv(facts), part;
    size_t n = 0;
    while (rest.n > 0 && n < COUNT(parts)) {
        (void)mw_sv_cut(rest, ';', &part, &rest);
        part = mw_sv_trim(part);
        if (mw_sv_ends(part, MW_SV(" ~")))
            part.n -= 2;
        size_t at = 0;
        while (at < n && mw_sv_cmp(parts[at], part) < 0)
            at++;
        if (at < n && mw_sv_eq(parts[at], part))
            continue;
        memmove(parts + at + 1, parts + at, (n - at) * sizeof *parts);
        parts[at] = part;
        n++;
    }
    for (size_t i = 0; i < n; i++)
        mw_str_addf(out, "%s%.*s", i > 0 ? "; " : "", MW_SV_ARG(parts[i]));
}

static inline enum mw_fact_type type_of(struct mw_sv name)
{
    size_t t = 0;
    while (t < MW_F_TYPE_N && !mw_sv_eq(mw_sv(MW_FACT_TYPES[t]), name))
        t++;
    return (enum mw_fact_type)t;
}

/* Reads a table of sentences (columns: type, all facts of that type or "-", sentence) and prints those that give others; how many, or lines too few. */
static inline size_t wrong_sentences(const char *path, size_t least)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_rules *r = our_rules();
    struct mw_sv file, line, type, wanted, sentence;
    size_t wrong = 0, lines = 0;
    assert_non_null(r);
    assert_int_equal(mw_file_read(&file, a, path, 1 << 20, NULL), MW_OK);
    while (file.n > 0) {
        (void)mw_sv_cut(file, '\n', &line, &file);
        if (mw_sv_starts(line, MW_SV("#")) || !mw_sv_cut(line, '\t', &type, &line) || !mw_sv_cut(line, '\t', &wanted, &sentence))
            continue;
        assert_int_not_equal(type_of(type), MW_F_TYPE_N);
        struct mw_str found = MW_STR_INIT, got = MW_STR_INIT, want = MW_STR_INIT;
        facts_of(&found, r, NULL, mw_arena_z(a, sentence), type_of(type));
        tidy(&got, mw_str_z(&found));
        tidy(&want, mw_sv_eq(wanted, MW_SV("-")) ? "" : mw_arena_z(a, wanted));
        if (strcmp(mw_str_z(&got), mw_str_z(&want)) != 0) {
            print_error("%.*s\n    want %s\n    got  %s\n", MW_SV_ARG(sentence), mw_str_z(&want), mw_str_z(&got));
            wrong++;
        }
        lines++;
        mw_str_free(&found);
        mw_str_free(&got);
        mw_str_free(&want);
    }
    mw_rules_free(r);
    assert_true(lines > least);
    return wrong;
}

#endif
