/* FTS5 sees words as the analyser does: the whole word, and at the same position the parts of a compound.
 *
 * Texts are analysed; queries are not: query.c has done that already and gives the forms themselves, separated by spaces.
 * Were a query's parts put at one position too, "Konzept" would count like "Quartierskonzept". */
#include "index/db.h"

#include <string.h>

typedef int token_fn(void *ctx, int flags, const char *token, int n, int begin, int end);
struct job {
    token_fn *token;
    void *ctx;
    struct mw_builder *counts; /* NULL: nobody counts along */
    int rc;
};

/* The tokenizer is the store itself: nothing to make, nothing to free. */
static int create(void *store, const char **args, int n, Fts5Tokenizer **out)
{
    (void)args;
    (void)n;
    *out = store;
    return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *store)
{
    (void)store;
}

static bool pass_on(void *ctx, const struct mw_token *t)
{
    struct job *job = ctx;
    job->rc = job->token(job->ctx, t->part ? FTS5_TOKEN_COLOCATED : 0, t->form.p, (int)t->form.n, (int)t->begin, (int)t->end);
    return job->rc == SQLITE_OK && (job->counts == NULL || mw_builder_count(job->counts, t));
}

/* Does somebody wait for the words of this text? Then they are the builder's too, and have passed. */
static struct mw_builder *who_counts(struct mw_store *s, struct mw_sv text)
{
    struct mw_passing *row = s->passing;

    for (int i = 0; i < 2 && row != NULL; i++)
        if (row->text[i].p != NULL && mw_sv_eq(row->text[i], text)) {
            row->text[i] = MW_SV_NONE;
            mw_builder_field(s->builder, row->field[i]);
            return s->builder;
        }
    return NULL;
}

static int forms(struct job *job, struct mw_sv text)
{
    size_t at = 0;
    while (at < text.n && job->rc == SQLITE_OK) {
        size_t end = mw_sv_find(text, MW_SV(" "), at);
        end = end == SIZE_MAX ? text.n : end;
        if (end > at)
            job->rc = job->token(job->ctx, 0, text.p + at, (int)(end - at), (int)at, (int)end);
        at = end + 1;
    }
    return job->rc;
}

static int tokenize(Fts5Tokenizer *tokenizer, void *ctx, int flags, const char *text, int n, token_fn *token)
{
    struct mw_store *s = (void *)tokenizer;
    struct job job = { token, ctx, NULL, SQLITE_OK };
    struct mw_sv v = mw_sv_n(text, n > 0 ? (size_t)n : 0);

    if (v.n == 0)
        return SQLITE_OK;
    if (flags & FTS5_TOKENIZE_QUERY)
        return forms(&job, v);
    job.counts = who_counts(s, v);
    mw_analyse(s->an, v, s->english, pass_on, &job);
    return job.rc;
}

enum mw_rc mw_tokenizer_register(struct mw_store *s, struct mw_err *err)
{
    static fts5_tokenizer methods = { create, destroy, tokenize };
    fts5_api *api = NULL;
    sqlite3_stmt *st = NULL;
    int code = sqlite3_prepare_v2(s->db, "SELECT fts5(?1)", -1, &st, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_bind_pointer(st, 1, &api, "fts5_api_ptr", NULL);
    if (code == SQLITE_OK)
        sqlite3_step(st);
    sqlite3_finalize(st);
    if (api == NULL || api->xCreateTokenizer(api, "mittelweg", s, &methods, NULL) != SQLITE_OK)
        return mw_fail(err, MW_DB, "This SQLite has no full-text search (FTS5).");
    return MW_OK;
}
