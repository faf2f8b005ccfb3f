/* How fast rules read: the texts of a database, as stored, held in memory and read for facts; user time of this process only.
 *
 * usage: bench_rules DATABASE RULES [TIMES]   each text TIMES over (default 1): seconds, MB/s, bytes, facts, and by how many
 *                                             KB the peak of memory rose while reading
 *        bench_rules --limit DATABASE RULES   what no reader beats: MB/s of one look for line ends (memchr) through the same texts, and of
 *                                             one pattern for a sum of money (PCRE2, compiled to machine code)
 *        bench_rules --dump DATABASE RULES    every fact, one a line: what a faster engine must not change */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "index/store.h"
#include "rules/engine/pattern.h"

struct bench {
    struct mw_arena *a;
    struct mw_rules *r;
    struct mw_list notices; /* struct mw_stored, their texts in a */
    size_t bytes, facts;
    bool dump;
};

static long peak_kb(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_maxrss;
}

static double user_seconds(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)u.ru_utime.tv_sec + (double)u.ru_utime.tv_usec / 1e6;
}

static bool keep(void *ctx, const struct mw_stored *n)
{
    struct bench *b = ctx;
    struct mw_stored *s = mw_list_add(b->a, &b->notices, sizeof *s);
    if (s == NULL)
        return false;
    memset(s, 0, sizeof *s);
    s->notice.url = mw_arena_copy(b->a, n->notice.url);
    s->notice.title = mw_arena_copy(b->a, n->notice.title);
    s->plain = mw_arena_copy(b->a, n->plain);
    b->bytes += n->plain.n;
    for (size_t i = 0; i < n->notice.sections.n; i++) {
        const struct mw_section *from = MW_AT(n->notice.sections, struct mw_section, i);
        struct mw_section *to = mw_list_add(b->a, &s->notice.sections, sizeof *to);
        if (to == NULL)
            return false;
        *to = (struct mw_section){ .heading = mw_arena_copy(b->a, from->heading), .text = mw_arena_copy(b->a, from->text) };
    }
    return true;
}

static void print_fact(const struct mw_stored *n, const struct mw_fact *f)
{
    printf("%.*s|%s|%.*s|%.*s|%d|%d|%lld/%lld|%lld %.*s|%d|%lld|%.*s|%.*s|%d|%zu|%.*s|%.*s\n", MW_SV_ARG(n->notice.url), MW_FACT_TYPES[f->type],
        MW_SV_ARG(f->kind), MW_SV_ARG(f->value), f->date.n, f->recurs, (long long)f->share.num, (long long)f->share.den,
        (long long)f->eur.cents, MW_SV_ARG(f->currency), f->months, (long long)f->number, MW_SV_ARG(f->per), MW_SV_ARG(f->condition),
        f->soft, f->start, MW_SV_ARG(f->rule), MW_SV_ARG(f->quote));
}

static enum mw_rc read_all(struct bench *b, long times, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;
    for (long t = 0; t < times; t++)
        for (size_t i = 0; i < b->notices.n && rc == MW_OK; i++) {
            MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
            const struct mw_stored *n = MW_AT(b->notices, struct mw_stored, i);
            struct mw_list facts = { 0 };
            rc = a == NULL ? mw_nomem(err) : mw_rules_facts(&facts, a, b->r, &n->notice, n->plain, err);
            b->facts += facts.n;
            for (size_t k = 0; k < facts.n && b->dump; k++)
                print_fact(n, MW_AT(facts, struct mw_fact, k));
        }
    return rc;
}

static double rate(const struct bench *b, int times, double taken)
{
    return (double)b->bytes * times / 1e6 / (taken > 0 ? taken : 1e-6);
}

/* The counts are printed, so that nobody optimises the work away. */
static bool print_limit(struct bench *b)
{
    enum { LINES = 50, SUMS = 5 };
    struct mw_pos pos = { "limit", 1, 1 };
    MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_matcher *m = mw_matcher_new();
    struct mw_pattern sum;
    size_t lines = 0, sums = 0;

    if (m == NULL || !mw_pattern_compile(&sum, MW_SV("\\d[\\d.,]* ?(?:Mio\\.? )?(?:EUR|Euro|€)"), MW_CASED, &pos, &diags)) {
        mw_matcher_free(m);
        return false;
    }
    double begin = user_seconds();
    for (int t = 0; t < LINES; t++)
        for (size_t i = 0; i < b->notices.n; i++) {
            struct mw_sv text = MW_AT(b->notices, struct mw_stored, i)->plain, line;
            for (; text.n > 0; lines++)
                mw_sv_cut(text, '\n', &line, &text);
        }
    double looked = user_seconds();
    for (int t = 0; t < SUMS; t++)
        for (size_t i = 0; i < b->notices.n; i++) {
            struct mw_sv text = MW_AT(b->notices, struct mw_stored, i)->plain;
            size_t at = 0, from = 0;
            while (mw_pattern_find(&sum, m, text, from, &at, &from))
                sums++;
        }
    double matched = user_seconds();
    printf("%.0f %.1f %zu %zu\n", rate(b, LINES, looked - begin), rate(b, SUMS, matched - looked), lines / LINES, sums / SUMS);
    mw_pattern_free(&sum);
    mw_matcher_free(m);
    return true;
}

int main(int argc, char **argv)
{
    struct bench b = { .a = mw_arena_new(), .dump = argc > 1 && strcmp(argv[1], "--dump") == 0 };
    bool limit = argc > 1 && strcmp(argv[1], "--limit") == 0;
    MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_err err = MW_ERR_INIT(MW_EN);
    struct mw_analyser *an = NULL;
    struct mw_store *s = NULL;
    int at = b.dump || limit ? 2 : 1;
    long times = argc > at + 2 ? strtol(argv[at + 2], NULL, 10) : 1;
    enum mw_rc rc = MW_INVALID;

    if (argc < at + 2 || times < 1) {
        fprintf(stderr, "usage: bench_rules [--dump | --limit] DATABASE RULES [TIMES]\n");
        goto out;
    }
    rc = b.a == NULL ? mw_nomem(&err) : mw_analyser_new(&an, NULL, &err);
    if (rc == MW_OK)
        rc = mw_store_open(&s, argv[at], MW_STORE_READ, an, &err);
    if (rc == MW_OK)
        rc = mw_store_each(s, keep, &b, &err);
    if (rc == MW_OK)
        rc = mw_rules_load(&b.r, argv[at + 1], &diags, &err);
    if (rc != MW_OK)
        goto out;
    if (limit) {
        rc = print_limit(&b) ? MW_OK : mw_nomem(&err);
        goto out;
    }
    long peak = peak_kb();
    double begin = user_seconds();
    rc = read_all(&b, times, &err);
    double taken = user_seconds() - begin;
    if (rc == MW_OK && !b.dump)
        printf("%.3f %.2f %zu %zu %ld\n", taken, (double)b.bytes * (double)times / 1e6 / taken, b.bytes * (size_t)times, b.facts,
            peak_kb() - peak);
out:
    if (rc != MW_OK && err.msg != NULL)
        fprintf(stderr, "bench_rules: %s\n", err.msg);
    mw_err_clear(&err);
    mw_rules_free(b.r);
    mw_store_close(s);
    mw_analyser_free(an);
    mw_arena_free(b.a);
    return rc == MW_OK ? 0 : 1;
}
