/* What no crawler that keeps and searches pages the way ours does can do without: each library alone, with the least that it must do for
 * the same pages, in milliseconds of processor time of this process.
 *
 * usage: bench_pages ADDRESS DIR DATABASE SCRATCH     the server of the pages, their folder, the database that the crawl made of them,
 *                                                     a file to write to
 * prints: curl xml hash rows words
 *   curl   the pages fetched over 8 connections, into memory
 *   xml    the same bytes to trees of libxml2's HTML parser
 *   hash   what is kept: each page as zstd (level 1) and each snapshot (level 3), SHA-256 of snapshot and text
 *   rows   all rows of DATABASE, but those of full-text search, into a new file; a transaction for every 8,000
 *   words  the texts into FTS5, whose own tokenizer only looks for spaces */
#include <curl/curl.h>
#include <dirent.h>
#include <libxml/HTMLparser.h>
#include <openssl/sha.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <zstd.h>

enum { CONNECTIONS = 8, PAGE_MAX = 1 << 20, PACKED_MAX = 1 << 21, ROWS = 8000, COLUMNS_MAX = 64 };

static double spent(void) /* ms since the last call */
{
    static double last;
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    double now = (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e3 + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e3;
    double since = now - last;
    last = now;
    return since;
}

static void fail(const char *what)
{
    fprintf(stderr, "bench_pages: %s\n", what);
    exit(1);
}

/* --- libcurl ------------------------------------------------------------------------------------------------------------------- */
static size_t took(char *p, size_t size, size_t n, void *ctx)
{
    static char page[PAGE_MAX];
    size_t *at = ctx;
    size_t bytes = size * n < PAGE_MAX - *at ? size * n : 0;
    memcpy(page + *at, p, bytes);
    *at += bytes;
    return size * n;
}

static bool ask(CURLM *multi, CURL *e, const char *address, DIR *dir, size_t *at)
{
    char url[1024];
    struct dirent *d;
    while ((d = readdir(dir)) != NULL && d->d_name[0] == '.')
        ;
    if (d == NULL)
        return false;
    snprintf(url, sizeof url, "%s%s", address, d->d_name);
    *at = 0;
    curl_easy_setopt(e, CURLOPT_URL, url);
    return curl_multi_add_handle(multi, e) == CURLM_OK;
}

static void fetch(const char *address, const char *folder)
{
    CURLM *multi = curl_multi_init();
    DIR *dir = opendir(folder);
    size_t at[CONNECTIONS];
    int left, running = 0, open = 0;

    if (multi == NULL || dir == NULL)
        fail("no pages to fetch");
    for (int i = 0; i < CONNECTIONS; i++) {
        CURL *e = curl_easy_init();
        curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, took);
        curl_easy_setopt(e, CURLOPT_WRITEDATA, &at[i]);
        curl_easy_setopt(e, CURLOPT_PRIVATE, &at[i]);
        open += ask(multi, e, address, dir, &at[i]);
    }
    while (open > 0) {
        curl_multi_perform(multi, &running);
        for (CURLMsg *m; (m = curl_multi_info_read(multi, &left)) != NULL;) {
            CURL *e = m->easy_handle;
            size_t *mine = NULL;
            if (m->data.result != CURLE_OK || curl_easy_getinfo(e, CURLINFO_PRIVATE, &mine) != CURLE_OK || *mine == 0)
                fail("a page cannot be fetched");
            curl_multi_remove_handle(multi, e);
            open -= !ask(multi, e, address, dir, mine);
        }
        if (open > 0)
            curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    closedir(dir);
}

/* --- libxml2, zstd, SHA-256 ------------------------------------------------------------------------------------------------------- */
static void each_file(const char *folder, void (*fn)(const char *bytes, size_t n))
{
    static char bytes[PAGE_MAX];
    char path[4096];
    DIR *dir = opendir(folder);
    for (struct dirent *d; (d = readdir(dir)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", folder, d->d_name);
        FILE *f = d->d_name[0] != '.' ? fopen(path, "rb") : NULL;
        if (f == NULL)
            continue;
        fn(bytes, fread(bytes, 1, sizeof bytes, f));
        fclose(f);
    }
    closedir(dir);
}

static void parse(const char *bytes, size_t n)
{
    xmlDoc *doc = htmlReadMemory(bytes, (int)n, NULL, "UTF-8", HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_COMPACT);
    xmlFreeDoc(doc);
}

static ZSTD_CCtx *packer;
static char packed[PACKED_MAX];

static void pack_page(const char *bytes, size_t n) { ZSTD_compressCCtx(packer, packed, sizeof packed, bytes, n, 1); }

static sqlite3_stmt *prepared(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
        fail(sqlite3_errmsg(db));
    return st;
}

/* ms; unpacking is not counted */
static double hash_snapshots(sqlite3 *db)
{
    static char record[PACKED_MAX];
    unsigned char hash[SHA256_DIGEST_LENGTH];
    double sum = 0;
    sqlite3_stmt *st = prepared(db, "SELECT record FROM snapshot");

    while (sqlite3_step(st) == SQLITE_ROW) {
        size_t n = ZSTD_decompress(record, sizeof record, sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0));
        if (ZSTD_isError(n))
            fail("a snapshot is too big");
        spent();
        ZSTD_compressCCtx(packer, packed, sizeof packed, record, n, 3);
        SHA256((unsigned char *)record, n, hash);
        sum += spent();
    }
    sqlite3_finalize(st);
    st = prepared(db, "SELECT text FROM section WHERE text IS NOT NULL");
    spent();
    while (sqlite3_step(st) == SQLITE_ROW)
        SHA256(sqlite3_column_text(st, 0), (size_t)sqlite3_column_bytes(st, 0), hash);
    sqlite3_finalize(st);
    return sum + spent();
}

/* --- SQLite ------------------------------------------------------------------------------------------------------------------------ */
static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail(sqlite3_errmsg(db));
}

/* The time that reading takes is taken off: the same rows are read once before, and nothing is done with them. */
static double copy_table(sqlite3 *from, sqlite3 *to, const char *table, const char *columns)
{
    char sql[400];
    snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table);
    sqlite3_stmt *in = prepared(from, sql);
    int n = sqlite3_column_count(in), rows = 0;
    spent();
    while (sqlite3_step(in) == SQLITE_ROW)
        for (int i = 0; i < n; i++)
            sqlite3_column_blob(in, i);
    double reading = spent();
    snprintf(sql, sizeof sql, "INSERT INTO \"%s\" VALUES(%.*s)", table, 2 * n - 1, columns);
    sqlite3_stmt *out = prepared(to, sql);
    run(to, "BEGIN");
    while (sqlite3_step(in) == SQLITE_ROW) {
        for (int i = 0; i < n; i++)
            sqlite3_bind_value(out, i + 1, sqlite3_column_value(in, i));
        if (sqlite3_step(out) != SQLITE_DONE)
            fail(sqlite3_errmsg(to));
        sqlite3_reset(out);
        if (++rows % ROWS == 0)
            run(to, "COMMIT; BEGIN");
    }
    run(to, "COMMIT");
    sqlite3_finalize(out);
    sqlite3_finalize(in);
    return spent() - reading;
}

static double copy_rows(sqlite3 *from, sqlite3 *to)
{
    char columns[2 * COLUMNS_MAX + 1] = "";
    double sum = 0;
    for (int i = 0; i < COLUMNS_MAX; i++)
        strcat(columns, "?,");
    sqlite3_stmt *schema = prepared(from, "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'section_fts%' AND name NOT LIKE "
                                          "'sqlite_%' ORDER BY type DESC");
    while (sqlite3_step(schema) == SQLITE_ROW)
        run(to, (const char *)sqlite3_column_text(schema, 1));
    sqlite3_reset(schema);
    while (sqlite3_step(schema) == SQLITE_ROW)
        if (strncmp((const char *)sqlite3_column_text(schema, 1), "CREATE TABLE", 12) == 0)
            sum += copy_table(from, to, (const char *)sqlite3_column_text(schema, 0), columns);
    sqlite3_finalize(schema);
    return sum;
}

typedef int token_fn(void *ctx, int flags, const char *token, int n, int begin, int end);
static int make(void *ctx, const char **args, int n, Fts5Tokenizer **out)
{
    (void)args, (void)n;
    *out = ctx;
    return SQLITE_OK;
}
static void drop(Fts5Tokenizer *t) { (void)t; }
static int cut(Fts5Tokenizer *t, void *ctx, int flags, const char *text, int n, token_fn *token)
{
    int rc = SQLITE_OK;
    (void)t, (void)flags;
    for (int from = 0, to; from < n && rc == SQLITE_OK; from = to + 1) {
        const char *end = memchr(text + from, ' ', (size_t)(n - from));
        to = end != NULL ? (int)(end - text) : n;
        if (to > from)
            rc = token(ctx, 0, text + from, to - from, from, to);
    }
    return rc;
}

static void make_words(sqlite3 *to)
{
    static fts5_tokenizer spaces = { make, drop, cut };
    fts5_api *api = NULL;
    sqlite3_stmt *st = prepared(to, "SELECT fts5(?1)");
    sqlite3_bind_pointer(st, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step(st);
    sqlite3_finalize(st);
    if (api == NULL || api->xCreateTokenizer(api, "spaces", &spaces, &spaces, NULL) != SQLITE_OK)
        fail("SQLite without FTS5");
    run(to, "CREATE VIRTUAL TABLE section_fts USING fts5(text, heading, content='section', content_rowid='id', columnsize=0, tokenize='spaces')");
}

int main(int argc, char **argv)
{
    sqlite3 *from, *to;
    if (argc != 5)
        fail("usage: bench_pages ADDRESS DIR DATABASE SCRATCH");
    unlink(argv[4]);
    packer = ZSTD_createCCtx();
    if (sqlite3_open_v2(argv[3], &from, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
        sqlite3_open_v2(argv[4], &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        fail("the database cannot be opened");
    run(to, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -49152");
    spent();
    fetch(argv[1], argv[2]);
    double curl = spent();
    each_file(argv[2], parse);
    double xml = spent();
    each_file(argv[2], pack_page);
    double hash = spent();
    hash += hash_snapshots(from);
    double rows = copy_rows(from, to);
    make_words(to);
    spent();
    run(to, "INSERT INTO section_fts(rowid, text, heading) SELECT id, text, heading FROM section ORDER BY id");
    printf("%.0f %.0f %.0f %.0f %.0f\n", curl, xml, hash, rows, spent());
    sqlite3_close(from);
    sqlite3_close(to);
    return 0;
}
