/* How fast searching is inside the process, and how fast the index grows: for tools/bench.sh scale, no test.
 *
 *   bench_search make DB NOTICES CORPUS.ndjson[.gz]   writes notices made of sentences of the corpus; says how fast
 *   bench_search ask DB QUERIES [WAY]                 one query a line; says how long they take, in all ways or one; in the first
 *                                                     turn of one way alone nothing that a query needs has been asked before
 *   bench_search more DB NOTICES CORPUS.ndjson[.gz]   adds notices to what is there; says how long
 *   bench_search beside DB NOTICES CORPUS QUERIES     asks while another process adds notices; says how long the longest answer took
 *   bench_search print NOTICES CORPUS                 the notices as lines for other programs: id, title, text
 *   bench_search tell DB QUERIES                      what each query finds, in every way: two programs that differ in speed
 *                                                     alone print the same
 *
 * Times are processor time of this process, so that neighbours on the machine do not count. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "index/db.h"
#include "index/query.h"
#include "index/search.h"
#include "lib/core/file.h"
#include "lib/core/node.h"
#include "lib/model/notice.h"

enum { LINE = 1 << 22, SENTENCES = 3, ROUNDS = 5, QUERIES_MAX = 4096, SAMPLE = 20000 };
static struct mw_err err = MW_ERR_INIT(MW_EN);

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void need(enum mw_rc rc)
{
    if (rc != MW_OK) {
        fprintf(stderr, "%s\n", err.msg);
        exit(1);
    }
}

/* --- notices ---------------------------------------------------------------------------------------------------------------- */

struct source {
    struct mw_arena *a;
    struct mw_list titles, sentences; /* struct mw_sv */
};

static void add(struct source *s, struct mw_list *to, struct mw_sv v)
{
    struct mw_sv *slot = mw_list_add(s->a, to, sizeof *slot);
    if (slot == NULL)
        exit(1);
    *slot = v;
}

static void read_source(struct source *s, const char *path)
{
    struct mw_lines *lines;
    struct mw_sv text;
    enum mw_rc rc;

    need(mw_lines_open(&lines, path, LINE, &err));
    while ((rc = mw_lines_next(lines, &text, &err)) == MW_OK) {
        struct mw_node *node;
        struct mw_notice n;
        need(mw_json_read(&node, s->a, path, (unsigned)mw_lines_number(lines), mw_arena_copy(s->a, text), &err));
        need(mw_notice_from_node(&n, s->a, node, &err));
        add(s, &s->titles, n.title);
        for (size_t i = 0; i < n.sections.n; i++) {
            const struct mw_section *c = MW_AT(n.sections, struct mw_section, i);
            struct mw_sv rest = c->text.p != NULL ? c->text : c->raw;
            while (rest.n > 0) {
                size_t end = mw_sv_find(rest, MW_SV(". "), 0);
                end = end == SIZE_MAX ? rest.n : end + 1;
                if (end > 60 && end < 500)
                    add(s, &s->sentences, mw_sv_sub(rest, 0, end));
                rest = mw_sv_sub(rest, end, rest.n);
            }
        }
    }
    if (rc != MW_NOT_FOUND)
        need(rc);
    mw_lines_close(lines);
}

/* The i-th notice: always the same for the same i. Returns the bytes of its text. */
static size_t make_notice(struct mw_notice *n, struct mw_arena *a, const struct source *s, unsigned i)
{
    unsigned seed = i * 2654435761u + 1;
    struct mw_str text = MW_STR_INIT;
    struct mw_section *c = mw_arena_alloc(a, sizeof *c);

    for (int k = 0; k < SENTENCES; k++) {
        mw_str_add(&text, *MW_AT(s->sentences, struct mw_sv, (size_t)rand_r(&seed) % s->sentences.n));
        mw_str_addc(&text, ' ');
    }
    if (c == NULL || !mw_str_ok(&text))
        exit(1);
    *c = (struct mw_section){ .heading = MW_SV("Abstract"), .text = mw_arena_copy(a, mw_str_sv(&text)) };
    *n = (struct mw_notice){ .url = mw_arena_printf(a, "urn:made:%u", i), .source = MW_SV("made"), .language = MW_SV("de"),
                             .title = *MW_AT(s->titles, struct mw_sv, (size_t)rand_r(&seed) % s->titles.n),
                             .sections = { c, 1, 1 } };
    mw_str_free(&text);
    return n->title.n + c->text.n;
}

static int make(struct mw_store *s, struct mw_analyser *an, unsigned first, unsigned count, const char *path)
{
    struct source from = { .a = mw_arena_new() };
    struct mw_builder *b = mw_builder_new();
    const struct mw_day today = (struct mw_day){ 20780 };
    double bytes = 0, begin, table, all;
    enum mw_ingest what;

    if (from.a == NULL || b == NULL)
        return 1;
    read_source(&from, path);
    unsigned sample = 0;
    begin = now();
    for (; sample < count && sample < SAMPLE; sample++) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        struct mw_notice n;
        make_notice(&n, a, &from, first + sample);
        need(mw_builder_add(b, an, sample + 1, &n, &err));
    }
    table = now() - begin;
    mw_builder_free(b);
    begin = now();
    need(mw_ingest_begin(s, &err));
    for (unsigned i = 0; i < count; i++) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        struct mw_notice n;
        bytes += (double)make_notice(&n, a, &from, first + i);
        need(mw_ingest(s, NULL, &n, today, &what, &err));
    }
    need(mw_ingest_end(s, &err));
    all = now() - begin;
    printf("notices %u, bytes a notice %.0f\n", count, bytes / count);
    printf("impact table in memory: %.0f notices a second\n", sample / table * 1e3);
    printf("stored whole (texts, versions, impact table, FTS5): %.0f notices a second, %.2f s\n", count / all * 1e3, all / 1e3);
    mw_arena_free(from.a);
    return 0;
}

/* --- queries ---------------------------------------------------------------------------------------------------------------- */

enum way { RANKED, LITERAL, SIFTED, RELATED, SHOWN, WHOLE, RELATED_SIFTED, WAYS };
static const char *const WAY_NAMES[WAYS] = { "ranked: all scores of the typed words", "typed words, best ten, without texts",
                                             "typed words, filter and facets, without texts",
                                             "with feedback, best ten, without texts",
                                             "typed words, ten hits with highlights", "with feedback, ten hits with highlights",
                                             "with feedback, filter and facets, without texts" };

static void ask_once(struct mw_store *s, struct mw_analyser *an, struct mw_sv query, enum way way)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    bool shown = way == SHOWN || way == WHOLE, sifted = way == SIFTED || way == RELATED_SIFTED;
    struct mw_search_opts opts = { .limit = 10, .bare = !shown, .literal = way != WHOLE && way != RELATED && way != RELATED_SIFTED,
                                   .facets = sifted, .today = (struct mw_day){ 20780 } };
    struct mw_list words = { NULL, 0, 0 }, groups = { NULL, 0, 0 }, scored = { NULL, 0, 0 };
    struct mw_hits hits;

    if (way != RANKED) {
        need(mw_search(&hits, a, s, sifted ? mw_arena_printf(a, "%.*s language:de", MW_SV_ARG(query)) : query, &opts, &err));
        return;
    }
    need(mw_read_begin(s, &err));
    need(mw_query_words(&words, a, an, query, 1, MW_QUERY_WORDS, &err));
    for (size_t i = 0; i < words.n; i++)
        need(mw_group_add(&groups, a, MW_AT(words, struct mw_query_word, i), &err));
    need(mw_look_up(&groups, 0, s, &err));
    need(mw_rank(&scored, a, s, &groups, &err));
    mw_read_end(s);
}

/* Every query alone, and with its neighbours, so that there are some of three and more words. */
static void tell_once(struct mw_store *s, struct mw_sv query, const struct mw_search_opts *opts)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_hits hits;

    need(mw_search(&hits, a, s, query, opts, &err));
    printf("%.*s|%d%d%d %zu|%lld", MW_SV_ARG(query), opts->literal, opts->facets, (int)opts->order, opts->offset, (long long)hits.total);
    for (size_t i = 0; i < hits.hits.n; i++)
        printf(" %lld:%lld", (long long)MW_AT(hits.hits, struct mw_hit, i)->id, (long long)MW_AT(hits.hits, struct mw_hit, i)->score_milli);
    for (size_t i = 0; i < hits.readings.n; i++) {
        const struct mw_reading *r = MW_AT(hits.readings, struct mw_reading, i);
        printf(" (%d %.*s %d %lld)", (int)r->kind, MW_SV_ARG(r->text), r->weight_percent, (long long)r->notices);
    }
    for (size_t i = 0; i < hits.facets.n; i++) {
        const struct mw_facet *f = MW_AT(hits.facets, struct mw_facet, i);
        for (size_t k = 0; k < f->counts.n; k++)
            printf(" %s=%.*s:%lld", f->field, MW_SV_ARG(MW_AT(f->counts, struct mw_facet_count, k)->code),
                   (long long)MW_AT(f->counts, struct mw_facet_count, k)->notices);
    }
    putchar('\n');
}

static int tell(struct mw_store *s, const char *path)
{
    static const char *const TAILS[] = { "", " language:de", " -language:en", " Recht", " \"in der\"" };
    struct mw_lines *lines;
    struct mw_sv text, last = MW_SV(""), before = MW_SV("");
    struct mw_arena *a = mw_arena_new();

    need(mw_lines_open(&lines, path, LINE, &err));
    for (unsigned i = 0; mw_lines_next(lines, &text, &err) == MW_OK; i++) {
        struct mw_sv query = mw_arena_copy(a, text);
        const struct mw_sv queries[] = { mw_arena_printf(a, "%.*s%s", MW_SV_ARG(query), TAILS[i % 5]),
                                         mw_arena_printf(a, "%.*s %.*s%s", MW_SV_ARG(query), MW_SV_ARG(last), TAILS[i % 3]),
                                         mw_arena_printf(a, "%.*s %.*s %.*s", MW_SV_ARG(query), MW_SV_ARG(last), MW_SV_ARG(before)) };
        for (size_t q = 0; q < 3; q++)
            for (unsigned way = 0; way < 6; way++)
                tell_once(s, queries[q], &(struct mw_search_opts){ .limit = way == 3 ? 40 : 10, .offset = way == 2 ? 15 : 0, .bare = true,
                              .literal = way % 2 == 0, .facets = way > 3, .order = way == 5 ? (enum mw_order)(i % MW_ORDERS) : MW_BY_RELEVANCE,
                              .today = (struct mw_day){ 20780 } });
        before = last;
        last = query;
    }
    mw_lines_close(lines);
    mw_arena_free(a);
    return 0;
}

static int by_time(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int ask(struct mw_store *s, struct mw_analyser *an, const char *path, const char *only)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_lines *lines;
    struct mw_sv text, *queries = mw_arena_array(a, QUERIES_MAX, sizeof *queries);
    double *times = mw_arena_array(a, QUERIES_MAX, sizeof *times), fresh[2] = { 0 };
    size_t n = 0;

    if (queries == NULL || times == NULL)
        return 1;
    need(mw_lines_open(&lines, path, LINE, &err));
    while (n < QUERIES_MAX && mw_lines_next(lines, &text, &err) == MW_OK)
        queries[n++] = mw_arena_copy(a, text);
    mw_lines_close(lines);
    for (enum way way = 0; way < WAYS && n > 0; way++) {
        if (only != NULL && (enum way)strtoul(only, NULL, 10) != way)
            continue;
        for (int round = 0; round < ROUNDS; round++) { /* the first ones warm up; the last one counts */
            for (size_t i = 0; i < n; i++) {
                double begin = now();
                ask_once(s, an, queries[i], way);
                times[i] = now() - begin;
            }
            qsort(times, n, sizeof *times, by_time);
            if (round == 0)
                memcpy(fresh, (double[]){ times[n / 2], times[n * 95 / 100] }, sizeof fresh);
        }
        printf("%-48s p50 %8.3f ms   p95 %8.3f ms   first turn %.3f / %.3f\n", WAY_NAMES[way], times[n / 2], times[n * 95 / 100], fresh[0],
               fresh[1]);
    }
    return 0;
}

/* The wall clock, since waiting is what is looked for. */
static double clock_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int beside(const char *db, struct mw_analyser *an, char **argv)
{
    struct mw_store *s;
    struct mw_lines *lines;
    struct mw_sv text;
    size_t asked = 0;
    double longest = 0, sum = 0;
    int status = 0;
    int64_t have = 0;
    pid_t writer = fork();

    if (writer == 0) {
        need(mw_store_open(&s, db, MW_STORE_WRITE, an, &err));
        need(mw_store_count(s, &have, &err));
        int failed = make(s, an, (unsigned)have, (unsigned)strtoul(argv[3], NULL, 10), argv[4]);
        mw_store_close(s);
        fflush(stdout);
        _exit(failed);
    }
    need(mw_store_open(&s, db, MW_STORE_READ, an, &err));
    while (waitpid(writer, &status, WNOHANG) == 0) {
        need(mw_lines_open(&lines, argv[5], LINE, &err));
        while (mw_lines_next(lines, &text, &err) == MW_OK && waitpid(writer, &status, WNOHANG) == 0) {
            double begin = clock_ms();
            ask_once(s, an, text, LITERAL);
            double took = clock_ms() - begin;
            longest = took > longest ? took : longest;
            sum += took;
            asked++;
        }
        mw_lines_close(lines);
    }
    mw_store_close(s);
    printf("a reader beside it: %zu answers, on average %.2f ms, the longest %.1f ms (wall clock)\n", asked, sum / (double)asked, longest);
    return status != 0;
}

static int print(unsigned count, const char *path)
{
    struct source from = { .a = mw_arena_new() };

    read_source(&from, path);
    for (unsigned i = 0; i < count; i++) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        struct mw_notice n;
        make_notice(&n, a, &from, i);
        struct mw_sv text = MW_AT(n.sections, struct mw_section, 0)->text;
        printf("%.*s\t%.*s\t", MW_SV_ARG(n.url), MW_SV_ARG(n.title));
        for (size_t k = 0; k < text.n; k++)
            putchar(text.p[k] == '\t' || text.p[k] == '\n' || text.p[k] == '\r' ? ' ' : text.p[k]);
        putchar('\n');
    }
    mw_arena_free(from.a);
    return 0;
}

int main(int argc, char **argv)
{
    MW_AUTO(mw_analyser_freep) struct mw_analyser *an = NULL;
    MW_AUTO(mw_store_closep) struct mw_store *s = NULL;
    int64_t have = 0;

    if (argc < 4) {
        fprintf(stderr, "usage: bench_search make|more DB NOTICES CORPUS | ask|tell DB QUERIES | beside DB NOTICES CORPUS QUERIES | print NOTICES CORPUS\n");
        return 2;
    }
    bool tells = strcmp(argv[1], "tell") == 0, asks = tells || strcmp(argv[1], "ask") == 0;
    if (strcmp(argv[1], "print") == 0)
        return print((unsigned)strtoul(argv[2], NULL, 10), argv[3]);
    need(mw_analyser_new(&an, NULL, &err));
    if (strcmp(argv[1], "beside") == 0)
        return argc > 5 ? beside(argv[2], an, argv) : 2;
    need(mw_store_open(&s, argv[2], asks ? MW_STORE_READ : MW_STORE_WRITE, an, &err));
    need(mw_store_count(s, &have, &err));
    if (tells)
        return tell(s, argv[3]);
    return asks ? ask(s, an, argv[3], argc > 4 ? argv[4] : NULL) : argc > 4 ? make(s, an, (unsigned)have, (unsigned)strtoul(argv[3], NULL, 10), argv[4]) : 2;
}
