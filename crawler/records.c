/* Implements records.h: a scanner that knows depth, strings and the path to the list. */
#include "crawler/records.h"

#include <stdlib.h>
#include <string.h>

#include "lib/core/file.h"

enum { SEGMENTS_MAX = 16, KEY_MAX = 256 };
enum state { BETWEEN, IN_VALUE, IN_STRING, IN_ESCAPE };

struct mw_records {
    struct mw_lines *lines; /* NULL: bytes */
    struct mw_sv bytes, chunk;
    size_t at;              /* in chunk */
    struct mw_sv segments[SEGMENTS_MAX];
    char *pointer;
    size_t n_segments, matched; /* segments whose object we are in */
    size_t depth;
    size_t list_depth;      /* depth inside the list, once it was found; its elements begin there */
    bool found, in_list, started;
    bool key, hit;          /* the present string is a key on the path; the value that comes is the one looked for */
    bool after_colon;
    char key_text[KEY_MAX];
    size_t key_n;
    enum state state;
    struct mw_str record;   /* what crosses chunks */
    bool begun, too_long, scalar;
    size_t max_record;
    uint64_t number;
    bool over;
};

enum mw_rc mw_records_open(struct mw_records **out, const char *path, struct mw_sv bytes, struct mw_sv pointer, size_t max_record,
                           struct mw_err *err)
{
    struct mw_records *r = calloc(1, sizeof *r);
    enum mw_rc rc = MW_OK;

    *out = NULL;
    if (r == NULL || (r->pointer = strndup(pointer.n > 0 ? pointer.p : "", pointer.n)) == NULL) {
        rc = mw_nomem(err);
        goto out;
    }
    r->bytes = bytes;
    r->max_record = max_record;
    struct mw_sv rest = mw_sv_sub(mw_sv(r->pointer), 1, pointer.n); /* behind the first slash */
    while (rest.n > 0 && r->n_segments < SEGMENTS_MAX)
        mw_sv_cut(rest, '/', &r->segments[r->n_segments++], &rest);
    if (path != NULL)
        rc = mw_lines_open(&r->lines, path, 1, err);
    if (rc == MW_OK) {
        *out = r;
        r = NULL;
    }
out:
    mw_records_close(r);
    return rc;
}

void mw_records_close(struct mw_records *r)
{
    if (r == NULL)
        return;
    mw_lines_close(r->lines);
    mw_str_free(&r->record);
    free(r->pointer);
    free(r);
}

uint64_t mw_records_number(const struct mw_records *r) { return r->number; }

static enum mw_rc more(struct mw_records *r, struct mw_err *err)
{
    r->at = 0;
    if (r->lines != NULL)
        return mw_lines_chunk(r->lines, &r->chunk, err);
    r->chunk = r->bytes;
    r->bytes = MW_SV("");
    return r->chunk.n > 0 ? MW_OK : MW_NOT_FOUND;
}

/* --- the scanner: one byte at a time, but for those that mean nothing ------------------------------------------------------ */
static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* Whether an element of the list (or a value at the top) lies open or may begin here. */
static bool at_element(const struct mw_records *r)
{
    return r->n_segments == 0 && !r->in_list ? r->depth == 0 : r->in_list && r->depth == r->list_depth;
}

static void open_bracket(struct mw_records *r, char c)
{
    bool wanted = !r->found && r->hit && r->after_colon && r->depth == r->matched + 1;
    bool top_list = !r->started && r->n_segments == 0 && r->depth == 0 && c == '[';
    r->depth++;
    if (top_list || (wanted && c == '[' && r->matched + 1 == r->n_segments)) {
        r->found = r->in_list = true;
        r->list_depth = r->depth;
    } else if (wanted && c == '{' && r->matched + 1 < r->n_segments) {
        r->matched++;
    }
    r->hit = false;
}

/* A document that closes more than it opens is broken; false. */
static bool close_bracket(struct mw_records *r)
{
    if (r->depth == 0)
        return false;
    if (r->in_list && r->depth == r->list_depth)
        r->in_list = false;
    else if (!r->found && r->matched > 0 && r->depth == r->matched + 1)
        r->matched--;
    r->depth--;
    return true;
}

static void end_string(struct mw_records *r)
{
    if (r->key)
        r->hit = mw_sv_eq(mw_sv_n(r->key_text, r->key_n), r->segments[r->matched]);
    r->key = false;
}

/* Where the bytes up to i belong to the record that lies open. */
static void keep(struct mw_records *r, size_t from, size_t to)
{
    if (r->too_long || r->record.n + (to - from) > r->max_record)
        r->too_long = true;
    else
        mw_str_add(&r->record, mw_sv_n(r->chunk.p + from, to - from));
}

/* The next byte that ends or escapes a string; in a record, outside of strings, the next that begins one or is a bracket. */
static size_t next_of(const struct mw_records *r, size_t i)
{
    enum { STRING = 1, RECORD = 2 };
    static const unsigned char MEANS[256] = { ['"'] = STRING | RECORD, ['\\'] = STRING, ['{'] = RECORD, ['}'] = RECORD, ['['] = RECORD,
                                              [']'] = RECORD };
    const unsigned char *p = (const unsigned char *)r->chunk.p;
    unsigned char wanted = r->state == IN_STRING ? r->key ? 0 : STRING : r->state != IN_ESCAPE && r->begun && !r->scalar ? RECORD : 0;

    while (wanted != 0 && i < r->chunk.n && (MEANS[p[i]] & wanted) == 0)
        i++;
    return i;
}

/* Goes on to the end of the record or of the chunk. *done: a record ended; *from: where the open one begins in the chunk. */
static bool scan(struct mw_records *r, size_t *from, bool *done)
{
    const char *p = r->chunk.p;
    size_t n = r->chunk.n, i = r->at;

    *done = false;
    for (; !*done && (i = next_of(r, i)) < n; i++) {
        char c = p[i];
        if (r->state == IN_ESCAPE) {
            r->state = IN_STRING;
        } else if (r->state == IN_STRING) {
            if (c == '\\') {
                r->state = IN_ESCAPE;
            } else if (c == '"') {
                r->state = IN_VALUE;
                end_string(r);
                *done = r->begun && r->scalar && at_element(r);
            } else if (r->key && r->key_n < KEY_MAX) {
                r->key_text[r->key_n++] = c;
            }
        } else if (is_space(c) || c == ',' || c == ':') {
            r->after_colon = c == ':' || (is_space(c) && r->after_colon);
            if (r->begun && r->scalar && at_element(r)) { /* a number or a word ends here */
                *done = true;
                i--;
            }
        } else {
            bool closes = c == '}' || c == ']';
            if (closes && r->begun && r->scalar && at_element(r)) {
                *done = true;
                i--;
                continue;
            }
            if (!closes && at_element(r) && !r->begun && !(r->n_segments == 0 && !r->started && c == '[')) {
                r->begun = true;
                r->scalar = c != '{' && c != '[';
                *from = i;
            }
            if (c == '"') {
                r->key = !r->found && r->n_segments > 0 && r->depth == r->matched + 1 && !r->after_colon;
                r->key_n = 0;
                r->state = IN_STRING;
            } else if (c == '{' || c == '[') {
                open_bracket(r, c);
            } else if (closes) {
                if (!close_bracket(r))
                    return false;
                *done = r->begun && at_element(r);
            }
            r->after_colon = false;
            r->started = true;
        }
    }
    r->at = i;
    return true;
}

static enum mw_rc broken(struct mw_records *r, struct mw_err *err)
{
    r->over = true;
    if (!r->found && r->n_segments > 0 && r->depth == 0)
        return mw_fail(err, MW_PARSE, "This JSON document has no list at \"%s\", where the source's file looks for its records.", r->pointer);
    return mw_fail(err, MW_PARSE, "This JSON document is damaged or ends too early.");
}

static enum mw_rc at_end(struct mw_records *r, struct mw_sv *record, struct mw_err *err)
{
    r->over = true;
    if (r->begun && r->scalar && r->depth == 0 && r->state != IN_STRING && r->state != IN_ESCAPE) { /* a number ends with the file */
        *record = mw_str_sv(&r->record);
        r->number++;
        return MW_OK;
    }
    bool whole = r->depth == 0 && !r->begun && r->state != IN_STRING && r->state != IN_ESCAPE;
    return whole && (r->found || r->n_segments == 0) ? MW_NOT_FOUND : broken(r, err);
}

enum mw_rc mw_records_next(struct mw_records *r, struct mw_sv *record, struct mw_err *err)
{
    mw_str_clear(&r->record);
    r->begun = r->too_long = false;
    while (!r->over) {
        size_t from = 0, was = r->at;
        bool done, carried = r->begun;
        if (was == r->chunk.n) {
            enum mw_rc rc = more(r, err);
            if (rc == MW_NOT_FOUND)
                return at_end(r, record, err);
            if (rc != MW_OK) {
                r->over = true;
                return rc;
            }
            if (!r->started && r->depth == 0 && mw_sv_starts(r->chunk, MW_SV("\xef\xbb\xbf"))) /* a byte order mark */
                r->at = 3;
            was = r->at;
        }
        if (!scan(r, &from, &done))
            return broken(r, err);
        if (!r->begun)
            continue;
        if (done && !carried) { /* it lies whole in this chunk */
            *record = mw_sv_n(r->chunk.p + from, r->at - from);
            r->too_long = record->n > r->max_record;
        } else {
            keep(r, carried ? was : from, r->at);
            *record = mw_str_sv(&r->record);
        }
        if (!done)
            continue;
        r->number++;
        if (!mw_str_ok(&r->record))
            return mw_nomem(err);
        return r->too_long ? mw_fail(err, MW_INVALID, "Record %llu of this document is larger than %zu MB; it is left out.",
                                     (unsigned long long)r->number, r->max_record >> 20)
                           : MW_OK;
    }
    return MW_NOT_FOUND;
}
