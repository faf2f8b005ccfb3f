/* Tables as text (RFC 4180, and what spreadsheets and offices make of it): a record a row, its fields by the names of the columns.
 *
 * Which row names the columns and what separates them need not be said: it is the first row, parted at semicolons, commas or tabs,
 * that has a column of the title's name. Lines above it (who publishes this, as of when) are passed over. */
#include <string.h>

#include "crawler/read.h"
#include "lib/parse/charset.h"

enum { COLUMNS_MAX = 1000, ABOVE_MAX = 50 };

struct table {
    struct mw_sv rest;    /* behind the rows that were read */
    char separator;
    bool unquoted;        /* a quote is never closed any more: quotes are text from here on */
    struct mw_list columns; /* struct column */
};
struct column {
    const char *name;
    size_t first; /* the first one of that name: maybe this one */
};

static bool ends(struct mw_sv s, size_t i, char separator)
{
    return i >= s.n || s.p[i] == separator || s.p[i] == '\n' || s.p[i] == '\r';
}

/* Behind the quote that closes the one before i: one that a separator, a line's end or the end of all follows. SIZE_MAX: none does. */
static size_t closing(struct mw_sv s, size_t i, char separator)
{
    for (; i < s.n; i++) {
        if (s.p[i] == '"' && ends(s, i + 1, separator))
            return i + 1;
        if (s.p[i] == '"' && s.p[i + 1] == '"') /* there is a byte: else it had ended */
            i++;
    }
    return SIZE_MAX;
}

/* A cell without its quotes, doubled ones single. */
static struct mw_sv undoubled(struct mw_arena *a, struct mw_sv s)
{
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    if (mw_sv_find(s, MW_SV("\"\""), 0) == SIZE_MAX)
        return s;
    for (size_t i = 0; i < s.n; i++) {
        mw_str_addc(&out, s.p[i]);
        i += s.p[i] == '"' && i + 1 < s.n && s.p[i + 1] == '"';
    }
    return mw_str_ok(&out) ? mw_arena_copy(a, mw_str_sv(&out)) : MW_SV_NONE;
}

/* The cell at the beginning of s; *n: its bytes, quotes included. MW_SV_NONE: no memory. */
static struct mw_sv cell_of(struct table *t, struct mw_arena *a, struct mw_sv s, size_t *n)
{
    size_t quote = s.n > 1 && s.p[0] == '=' ? 1 : 0, end = 0; /* ="05": so that a spreadsheet takes no number of it */
    if (quote < s.n && s.p[quote] == '"' && !t->unquoted) {
        end = closing(s, quote + 1, t->separator);
        t->unquoted = end == SIZE_MAX;
        if (!t->unquoted) {
            *n = end;
            return undoubled(a, mw_sv_sub(s, quote + 1, end - quote - 2));
        }
    }
    for (end = 0; !ends(s, end, t->separator);)
        end++;
    *n = end;
    return mw_sv_sub(s, 0, end);
}

/* The cells of the next row (struct mw_sv). false: no memory. */
static bool next_row(struct table *t, struct mw_arena *a, struct mw_list *cells)
{
    *cells = (struct mw_list){ NULL, 0, 0 };
    for (bool more = true; more;) {
        size_t n;
        struct mw_sv text = cell_of(t, a, t->rest, &n);
        struct mw_sv *slot = cells->n < COLUMNS_MAX ? mw_list_add(a, cells, sizeof *slot) : NULL;
        if ((text.p == NULL && n > 0) || (slot == NULL && cells->n < COLUMNS_MAX))
            return false;
        if (slot != NULL)
            *slot = mw_sv_trim(text);
        more = n < t->rest.n && t->rest.p[n] == t->separator;
        bool both = !more && n + 1 < t->rest.n && t->rest.p[n] == '\r' && t->rest.p[n + 1] == '\n';
        t->rest = mw_sv_sub(t->rest, n + (both ? 2 : 1), t->rest.n);
    }
    return true;
}

/* The columns that a row of names has; looked up once, for a hostile table has many and many rows. */
static bool name_columns(struct table *t, struct mw_arena *a, const struct mw_list *names)
{
    t->columns = (struct mw_list){ NULL, 0, 0 };
    for (size_t i = 0; i < names->n; i++) {
        struct column *c = mw_list_add(a, &t->columns, sizeof *c);
        if (c == NULL || (c->name = mw_arena_z(a, *MW_AT(*names, struct mw_sv, i))) == NULL)
            return false;
        for (c->first = 0; strcmp(MW_AT(t->columns, struct column, c->first)->name, c->name) != 0;)
            c->first++;
    }
    return true;
}

/* The row as an object, empty cells left out; of columns of one name, the first that says something. NULL: no memory. */
static struct mw_node *object_of(const struct table *t, struct mw_arena *a, const struct mw_list *values)
{
    bool said[COLUMNS_MAX] = { false };
    struct mw_node *map = mw_new_map(a);
    for (size_t i = 0; i < t->columns.n && i < values->n && map != NULL; i++) {
        const struct column *c = MW_AT(t->columns, struct column, i);
        struct mw_sv value = *MW_AT(*values, struct mw_sv, i);
        if (value.n == 0 || said[c->first])
            continue;
        said[c->first] = true;
        if (!mw_map_text(a, map, c->name, value))
            return NULL;
    }
    return map;
}

/* An object that has every column. */
static struct mw_node *object_of_names(const struct table *t, struct mw_arena *a)
{
    struct mw_node *map = mw_new_map(a);
    for (size_t i = 0; i < t->columns.n; i++) {
        const struct column *c = MW_AT(t->columns, struct column, i);
        if (c->first == i && !mw_map_text(a, map, c->name, MW_SV("?")))
            return NULL;
    }
    return map;
}

static bool has_column(const struct mw_node *columns, const struct mw_list *from)
{
    bool any = from->n == 0;
    for (size_t i = 0; i < from->n && !any; i++)
        any = mw_pointer(columns, *MW_AT(*from, struct mw_sv, i)) != NULL;
    return any;
}

/* Finds the row that names the columns: the one with what `by` asks for. */
static enum mw_rc find_names(struct mw_reading *x, struct table *t, struct mw_arena *a, const struct mw_list *by, const struct mw_node **columns)
{
    static const char SEPARATORS[] = { ';', ',', '\t' };
    struct mw_sv all = t->rest;
    for (size_t s = 0; s < sizeof SEPARATORS; s++) {
        *t = (struct table){ .rest = all, .separator = SEPARATORS[s] };
        for (int row = 0; row < ABOVE_MAX && t->rest.n > 0; row++) {
            struct mw_list names;
            if (!next_row(t, a, &names) || !name_columns(t, a, &names) || (*columns = object_of_names(t, a)) == NULL)
                return mw_nomem(x->err);
            if (has_column(*columns, by))
                return MW_OK;
        }
    }
    struct mw_sv name = mw_sv_sub(*MW_AT(*by, struct mw_sv, 0), 1, SIZE_MAX);
    return mw_fail_at(x->err, MW_PARSE, mw_source_place(x->source, mw_source_leads(x->source) ? "list.link" : "read.title"),
                      "No row of this table names a column \"%.*s\"; this is something else, or its columns have new names.", MW_SV_ARG(name));
}

/* Columns that the rules name and the table lacks: it has changed, and what would be read of it were less than it says. */
static enum mw_rc check_columns(struct mw_reading *x, const struct mw_node *columns)
{
    const struct mw_reading_rules *r = &x->source->read;
    const struct { const char *key; const struct mw_list *from; } RULES[] = {
        { "read.url", &r->url },             { "read.title", &r->title },   { "read.language", &r->language }, { "read.opens", &r->opens },
        { "read.deadlines", &r->deadlines }, { "read.status", &r->status }, { "read.documents", &r->documents },
    };
    const char *key = NULL;
    const struct mw_list *from = NULL;
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES && key == NULL; i++)
        if (!has_column(columns, from = RULES[i].from))
            key = RULES[i].key;
    for (size_t i = 0; i < r->sections.n && key == NULL; i++)
        if (!has_column(columns, from = &MW_AT(r->sections, struct mw_section_rule, i)->from))
            key = "read.sections";
    for (size_t k = 0; k < MW_FACET_N && key == NULL; k++)
        if (r->facets[k] != NULL && !has_column(columns, from = &r->facets[k]->from))
            key = "read.facets";
    if (key == NULL)
        return MW_OK;
    struct mw_sv name = mw_sv_sub(*MW_AT(*from, struct mw_sv, 0), 1, SIZE_MAX);
    return mw_fail_at(x->err, MW_PARSE, mw_source_place(x->source, key), "%s: this table has no column \"%.*s\".", key, MW_SV_ARG(name));
}

static enum mw_rc read_rows(struct mw_reading *x, struct table *t)
{
    enum mw_rc rc = MW_OK;
    while (t->rest.n > 0 && rc == MW_OK) {
        struct mw_arena *a = mw_arena_new();
        struct mw_list cells;
        bool ok = a != NULL && next_row(t, a, &cells);
        struct mw_node *row = ok ? object_of(t, a, &cells) : NULL;
        rc = row == NULL ? mw_nomem(x->err) : row->n == 0 ? MW_OK : mw_read_record(x, a, row);
        enum mw_rc taken = mw_batch_next(x, a);
        rc = rc == MW_OK ? taken : rc;
    }
    return rc == MW_OK ? mw_batch_flush(x) : rc;
}

enum mw_rc mw_read_csv(struct mw_reading *x)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    MW_AUTO(mw_str_free) struct mw_str utf8 = MW_STR_INIT;
    const struct mw_node *columns;
    struct table t;
    struct mw_batch batch;
    struct mw_sv bytes;
    const char *charset;
    enum mw_rc rc = a != NULL ? mw_resource_bytes(x, a, MW_BODY_MAX, &bytes) : mw_nomem(x->err);

    if (rc == MW_OK)
        rc = mw_charset_decode(&utf8, &charset, bytes, x->res->charset, x->err);
    if (rc != MW_OK)
        return rc;
    t.rest = mw_str_sv(&utf8);
    bool leads = mw_source_leads(x->source);
    rc = find_names(x, &t, a, leads ? &x->source->list.link : &x->source->read.title, &columns);
    if (rc == MW_OK && !leads)
        rc = check_columns(x, columns);
    if (rc != MW_OK)
        return rc;
    rc = mw_batch_begin(x, &batch);
    if (rc == MW_OK)
        rc = read_rows(x, &t);
    mw_batch_end(x);
    return rc;
}
