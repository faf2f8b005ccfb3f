/* YAML files to nodes: libyaml's events, our subset, and faults said in words.
 *
 * Whoever writes these files knows funding, not YAML. So what can be refused is refused by name and with a cure
 * (section "the subset"), and libyaml's own complaints are translated into what the writer most likely did
 * (yaml_syntax.c). */
#include "lib/core/file.h"
#include "lib/core/node.h"
#include "lib/core/yaml_inside.h"

#include <stdlib.h>
#include <string.h>

#include <yaml.h>

enum { STRIDE = 8 };  /* characters between two known byte offsets */
enum { FEW_KEYS = 16 }; /* up to here duplicates are looked for pair by pair */

struct frame { /* a list or map that is still open */
    struct mw_node *node;
    size_t first; /* its first pair on the stack of pending ones */
    bool flow;
    bool has_key; /* a map whose key is read: the next node is its value */
    size_t key_end;
    struct mw_pair pair;
};
struct reader {
    yaml_parser_t parser;
    struct mw_arena *arena;
    struct mw_diags *diags;
    const char *file;
    struct mw_sv src; /* without its byte order mark, which was bom bytes long */
    size_t bom;
    size_t *stops; /* byte offset of every STRIDE-th character: libyaml counts characters */
    struct frame frames[MW_DEPTH_MAX];
    size_t depth;
    struct mw_pair *pending; /* of all open maps and lists, innermost last; the items of lists have no key */
    size_t n, cap;
    struct mw_node *root;
    bool faulty, stop, nomem;
};

static struct mw_diag *fault(struct reader *r, struct mw_pos pos, const char *code, const char *text)
{
    r->faulty = true;
    return mw_diag_add(r->diags, MW_ERROR, &pos, code, "%s", mw_tr(r->diags != NULL ? r->diags->lang : MW_EN, text));
}

static void cure(struct reader *r, struct mw_diag *d, const char *text)
{
    mw_diag_cure(r->diags, d, "%s", mw_tr(r->diags != NULL ? r->diags->lang : MW_EN, text));
}

/* --- places ------------------------------------------------------------------------------------------------------- */

static bool continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

static bool index_characters(struct reader *r)
{
    size_t chars = 0, n = r->src.n / STRIDE + 1;
    r->stops = malloc(n * sizeof *r->stops);
    if (r->stops == NULL)
        return false;
    for (size_t i = 0; i < n; i++) /* for marks at the very end */
        r->stops[i] = r->src.n;
    for (size_t i = 0; i < r->src.n; i++)
        if (!continuation(r->src.p[i]) && chars++ % STRIDE == 0)
            r->stops[(chars - 1) / STRIDE] = i;
    return true;
}

/* Byte offset of libyaml's mark in src. */
static size_t byte_at(const struct reader *r, const yaml_mark_t *m)
{
    if (m->index / STRIDE > r->src.n / STRIDE)
        return r->src.n;
    size_t i = r->stops[m->index / STRIDE];
    for (size_t left = m->index % STRIDE; left > 0 && i < r->src.n; left--)
        for (i++; i < r->src.n && continuation(r->src.p[i]);)
            i++;
    return i;
}

static struct mw_pos pos_at(const struct reader *r, const yaml_mark_t *m)
{
    return (struct mw_pos){ r->file, (unsigned)m->line + 1, (unsigned)m->column + 1 };
}

static struct mw_pos pos_of_byte(const struct reader *r, size_t at)
{
    struct mw_pos pos = { r->file, 1, 1 };
    for (size_t i = 0; i < at && i < r->src.n; i++) {
        if (r->src.p[i] == '\n') {
            pos.line++;
            pos.col = 1;
        } else if (!continuation(r->src.p[i])) {
            pos.col++;
        }
    }
    return pos;
}

/* --- before libyaml: what no text file may hold ------------------------------------------------------------------- */

static bool check_bytes(struct reader *r)
{
    size_t bad = mw_utf8_invalid_at(r->src);
    if (bad != SIZE_MAX) {
        cure(r, fault(r, pos_of_byte(r, bad), "not-utf8", "This character is not UTF-8."),
             "Save the file with the encoding UTF-8 (in the editor: Save as, Encoding).");
        return false;
    }
    for (size_t i = 0; i < r->src.n;) {
        size_t at = i;
        uint32_t cp = mw_utf8_next(r->src, &i);
        bool control = (cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r') || (cp >= 0x7F && cp < 0xA0) ||
                       cp == 0xFEFF || cp == 0xFFFE || cp == 0xFFFF;
        bool line_end = cp == 0x2028 || cp == 0x2029; /* for libyaml; editors do not count them */
        if (control || line_end) {
            struct mw_pos pos = pos_of_byte(r, at);
            r->faulty = true;
            cure(r, mw_diag_add(r->diags, MW_ERROR, &pos, "control-character",
                                "An invisible control character (U+%04X) stands here.", (unsigned)cp),
                 "Delete it; it often comes along when text is copied from elsewhere.");
            return false;
        }
    }
    return true;
}

/* --- syntax errors ------------------------------------------------------------------------------------------------ */

static void say_syntax_error(struct reader *r)
{
    const yaml_parser_t *p = &r->parser;
    const struct mw_yaml_complaint *c;

    if (p->error == YAML_MEMORY_ERROR) {
        r->nomem = true;
        return;
    }
    c = mw_yaml_explain(p->problem, p->context);
    const yaml_mark_t *mark = c != NULL && c->at_context && p->context != NULL ? &p->context_mark : &p->problem_mark;
    struct mw_pos pos = pos_at(r, mark);
    if (c == NULL) {
        r->faulty = true;
        cure(r, mw_diag_add(r->diags, MW_ERROR, &pos, "syntax", "This cannot be read as YAML: %s.",
                            p->problem != NULL ? p->problem : "?"),
             "Check indentation, colons and quotation marks near this place.");
        return;
    }
    c = mw_yaml_explain_at(c, mw_sv_sub(r->src, byte_at(r, mark), 2));
    cure(r, fault(r, pos, "syntax", c->text), c->cure);
}

/* --- the subset --------------------------------------------------------------------------------------------------- */

/* Anchors and tags of an event; true when it carries none. */
static bool check_properties(struct reader *r, const yaml_event_t *e, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor != NULL)
        cure(r, fault(r, pos_at(r, &e->start_mark), "anchor", "Anchors (&name) are not allowed."),
             "Write the value out at each place; put a text that begins with & in single quotes.");
    if (tag != NULL)
        cure(r, fault(r, pos_at(r, &e->start_mark), "tag", "Tags (!name) are not allowed."),
             "Leave it out; put a text that begins with ! in single quotes.");
    return anchor == NULL && tag == NULL;
}

/* false: no key that could be looked up; said. */
static bool check_key(struct reader *r, const struct mw_node *key)
{
    if (key->kind != MW_SCALAR)
        cure(r, fault(r, key->pos, "key-not-a-word", "A list or group cannot be a key."),
            "Use a word or a number as key.");
    else if (key->text.n == 0 && !key->faulty)
        cure(r, fault(r, key->pos, "key-missing", "The key before this colon is missing."), "Write \"key: value\".");
    else if (key->style == MW_PLAIN && mw_sv_eqz(key->text, "<<"))
        cure(r, fault(r, key->pos, "merge-key", "Merge keys (<<) are not allowed."), "Write the keys out.");
    else
        return key->text.n > 0;
    return false;
}

static int by_key(const void *a, const void *b) /* equal keys in the order of the file */
{
    const struct mw_pair *const *x = a, *const *y = b;
    int c = mw_sv_cmp((*x)->key, (*y)->key);
    return c != 0 ? c : (*x > *y) - (*x < *y);
}

static void say_duplicate(struct reader *r, const struct mw_pair *first, struct mw_pair *again)
{
    struct mw_str key = MW_STR_INIT;
    r->faulty = true;
    mw_node_shown(&key, again->key, 60);
    cure(r, mw_diag_add(r->diags, MW_ERROR, &again->pos, "duplicate-key", "The key \"%s\" stands in line %u already.",
                        mw_str_z(&key), first->pos.line),
         "Remove one of the two.");
    mw_str_free(&key);
    again->value = NULL; /* dropped below */
}

static void find_duplicates(struct reader *r, struct mw_pair *pairs, size_t n)
{
    const struct mw_pair **sorted = malloc(n * sizeof(const struct mw_pair *)), *first = NULL;
    if (sorted == NULL) {
        r->nomem = true;
        return;
    }
    for (size_t i = 0; i < n; i++)
        sorted[i] = &pairs[i];
    qsort(sorted, n, sizeof(const struct mw_pair *), by_key);
    for (size_t i = 0; i < n; i++) {
        if (first != NULL && mw_sv_eq(sorted[i]->key, first->key))
            say_duplicate(r, first, &pairs[sorted[i] - pairs]);
        else
            first = sorted[i];
    }
    free(sorted);
}

/* Reports and removes the later ones of equal keys. */
static void drop_duplicates(struct reader *r, struct mw_pair *pairs, size_t *n)
{
    size_t kept = 0;

    if (*n > FEW_KEYS)
        find_duplicates(r, pairs, *n);
    for (size_t i = 1; i < *n && *n <= FEW_KEYS; i++)
        for (size_t j = 0; j < i && pairs[i].value != NULL; j++)
            if (pairs[j].value != NULL && mw_sv_eq(pairs[i].key, pairs[j].key))
                say_duplicate(r, &pairs[j], &pairs[i]);
    for (size_t i = 0; i < *n; i++)
        if (pairs[i].value != NULL)
            pairs[kept++] = pairs[i];
    *n = kept;
}

/* --- nodes -------------------------------------------------------------------------------------------------------- */

static struct mw_node *new_node(struct reader *r, enum mw_node_kind kind, const yaml_event_t *e)
{
    struct mw_node *node = mw_arena_alloc(r->arena, sizeof *node);
    if (node == NULL) {
        r->nomem = true;
        return NULL;
    }
    node->kind = kind;
    node->pos = pos_at(r, &e->start_mark);
    node->begin = r->bom + byte_at(r, &e->start_mark);
    node->end = r->bom + byte_at(r, &e->end_mark);
    return node;
}

/* In {amount: 2,5 Mio. EUR} the comma begins a new entry, whose key "5 Mio. EUR" has no colon. YAML allows that; we do
 * not, since no key of ours is without a value and the sum would be 2 euros. */
static void check_colon(struct reader *r, struct frame *f, const struct mw_node *value)
{
    const char *behind = r->src.p + (f->key_end - r->bom);

    if (value->begin != value->end || value->begin < f->key_end || f->pair.key.p == NULL ||
        memchr(behind, ':', value->begin - f->key_end) != NULL)
        return;
    cure(r, fault(r, f->pair.pos, "colon-missing", "Behind this a colon and a value are missing."),
         "Within { } a comma begins a new entry: put a value that contains a comma in single quotes ('2,5 Mio. EUR').");
    f->pair.key = MW_SV_NONE;
}

/* A finished node goes where it belongs: the root, a key, a value or an item. */
static void place(struct reader *r, struct mw_node *node)
{
    if (node == NULL)
        return;
    if (r->depth == 0) {
        r->root = node;
        return;
    }
    struct frame *f = &r->frames[r->depth - 1];
    if (f->node->kind == MW_MAP && !f->has_key) {
        f->pair = (struct mw_pair){ .key = check_key(r, node) ? node->text : MW_SV_NONE, .pos = node->pos };
        f->has_key = true;
        f->key_end = node->end;
        return;
    }
    if (f->has_key && f->flow)
        check_colon(r, f, node);
    f->has_key = false;
    f->pair.value = node;
    if (!f->flow) /* a block ends where its last value does, not behind the comments that follow */
        f->node->end = node->end;
    if (f->node->kind == MW_MAP && f->pair.key.p == NULL)
        return; /* the key was refused */
    if (r->n == r->cap) {
        size_t cap = r->cap == 0 ? 64 : r->cap * 2;
        struct mw_pair *more = realloc(r->pending, cap * sizeof *more);
        if (more == NULL) {
            r->nomem = true;
            return;
        }
        r->pending = more;
        r->cap = cap;
    }
    r->pending[r->n++] = f->pair;
}

static void on_scalar(struct reader *r, const yaml_event_t *e)
{
    struct mw_node *node = new_node(r, MW_SCALAR, e);
    if (node == NULL)
        return;
    node->faulty = !check_properties(r, e, e->data.scalar.anchor, e->data.scalar.tag);
    node->text = mw_arena_copy(r->arena, mw_sv_n((const char *)e->data.scalar.value, e->data.scalar.length));
    if (node->text.p == NULL)
        r->nomem = true;
    switch (e->data.scalar.style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        node->style = MW_QUOTED;
        break;
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE: /* libyaml's end lies behind the empty lines that follow */
        node->style = MW_BLOCK;
        while (node->end > node->begin + 1 && strchr(" \r\n", r->src.p[node->end - r->bom - 1]) != NULL)
            node->end--;
        break;
    default:
        node->style = MW_PLAIN;
    }
    place(r, node);
}

static void on_alias(struct reader *r, const yaml_event_t *e)
{
    struct mw_node *node = new_node(r, MW_SCALAR, e);
    cure(r, fault(r, pos_at(r, &e->start_mark), "alias", "Aliases (*name) are not allowed."),
         "Write the value out; put a text that begins with * in single quotes.");
    if (node == NULL)
        return;
    node->faulty = true;
    node->text = MW_SV("");
    place(r, node);
}

static void on_start(struct reader *r, enum mw_node_kind kind, const yaml_event_t *e, bool flow)
{
    if (r->depth == MW_DEPTH_MAX) {
        struct mw_pos pos = pos_at(r, &e->start_mark);
        r->faulty = true;
        mw_diag_add(
            r->diags, MW_ERROR, &pos, "too-deep", "More than %d levels are nested in each other here.", MW_DEPTH_MAX);
        r->root = NULL;
        r->stop = true;
        return;
    }
    struct mw_node *node = new_node(r, kind, e);
    if (node != NULL)
        r->frames[r->depth++] = (struct frame){ .node = node, .first = r->n, .flow = flow };
}

static void on_end(struct reader *r, const yaml_event_t *e)
{
    const struct frame *f = &r->frames[--r->depth];
    struct mw_node *node = f->node;
    const size_t first = f->first, n = r->n - first;

    if (f->flow)
        node->end = r->bom + byte_at(r, &e->end_mark);
    if (node->kind == MW_MAP) {
        node->pairs = mw_arena_array(r->arena, n, sizeof *node->pairs);
        for (; node->pairs != NULL && node->n < n; node->n++)
            node->pairs[node->n] = r->pending[first + node->n];
    } else {
        node->items = mw_arena_array(r->arena, n, sizeof(struct mw_node *));
        for (; node->items != NULL && node->n < n; node->n++)
            node->items[node->n] = r->pending[first + node->n].value;
    }
    r->n = first;
    if (node->n < n)
        r->nomem = true;
    if (node->pairs != NULL)
        drop_duplicates(r, node->pairs, &node->n);
    place(r, node);
}

static void on_document(struct reader *r, const yaml_event_t *e)
{
    if (r->root != NULL) {
        cure(r, fault(r, pos_at(r, &e->start_mark), "second-document", "A second document begins here."),
             "One file holds one document: move it to a file of its own, or remove the line \"---\".");
        r->stop = true;
    } else if (e->data.document_start.tag_directives.start != e->data.document_start.tag_directives.end) {
        cure(r, fault(r, pos_at(r, &e->start_mark), "tag", "Tags (!name) are not allowed."),
            "Leave out the line %TAG.");
    }
}

static void read_events(struct reader *r)
{
    for (bool done = false; !done && !r->stop && !r->nomem;) {
        yaml_event_t e;
        if (!yaml_parser_parse(&r->parser, &e)) {
            say_syntax_error(r);
            r->root = NULL;
            return;
        }
        switch (e.type) {
        case YAML_DOCUMENT_START_EVENT:
            on_document(r, &e);
            break;
        case YAML_SCALAR_EVENT:
            on_scalar(r, &e);
            break;
        case YAML_ALIAS_EVENT:
            on_alias(r, &e);
            break;
        case YAML_SEQUENCE_START_EVENT:
            check_properties(r, &e, e.data.sequence_start.anchor, e.data.sequence_start.tag);
            on_start(r, MW_SEQ, &e, e.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
            break;
        case YAML_MAPPING_START_EVENT:
            check_properties(r, &e, e.data.mapping_start.anchor, e.data.mapping_start.tag);
            on_start(r, MW_MAP, &e, e.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
            break;
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
            on_end(r, &e);
            break;
        case YAML_STREAM_END_EVENT:
            done = true;
            break;
        default:
            break;
        }
        yaml_event_delete(&e);
    }
}

/* --- the doors ---------------------------------------------------------------------------------------------------- */

enum mw_rc mw_yaml_read(
    struct mw_node **out, struct mw_arena *a, const char *name, struct mw_sv bytes, struct mw_diags *diags)
{
    struct reader *r = calloc(1, sizeof *r);
    enum mw_rc rc = MW_NOMEM;

    *out = NULL;
    if (r == NULL)
        return MW_NOMEM;
    r->arena = a;
    r->diags = diags;
    r->file = mw_arena_z(a, mw_sv(name != NULL ? name : "?"));
    r->bom = mw_sv_starts(bytes, MW_SV("\xEF\xBB\xBF")) ? 3 : 0;
    r->src = mw_sv_sub(bytes, r->bom, bytes.n);
    if (r->file == NULL || !yaml_parser_initialize(&r->parser))
        goto out;
    if (bytes.n > MW_YAML_MAX) {
        cure(r, fault(r, (struct mw_pos){ r->file, 0, 0 }, "too-large", "The file is larger than 1 MB."),
             "Split it into several files.");
    } else if (check_bytes(r)) {
        yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&r->parser, (const unsigned char *)(r->src.n > 0 ? r->src.p : ""), r->src.n);
        r->nomem = !index_characters(r);
        if (!r->nomem)
            read_events(r);
        if (r->root == NULL && !r->faulty && !r->nomem && (r->root = mw_arena_alloc(a, sizeof *r->root)) != NULL) {
            r->root->kind = MW_MAP;
            r->root->pos = (struct mw_pos){ r->file, 1, 1 };
            r->root->begin = r->root->end = bytes.n;
        }
    }
    yaml_parser_delete(&r->parser);
    if (!r->nomem && (r->root != NULL || r->faulty)) {
        *out = r->root;
        rc = r->faulty ? MW_INVALID : MW_OK;
    }
out:
    free(r->stops);
    free(r->pending);
    free(r);
    return rc;
}

enum mw_rc mw_yaml_load(struct mw_node **out, struct mw_arena *a, const char *path, struct mw_diags *diags)
{
    struct mw_err err = MW_ERR_INIT(diags != NULL ? diags->lang : MW_EN);
    struct mw_sv bytes;
    enum mw_rc rc = mw_file_read(&bytes, a, path, MW_YAML_MAX, &err);

    *out = NULL;
    if (rc == MW_OK)
        rc = mw_yaml_read(out, a, path, bytes, diags);
    else
        mw_diag_add(diags, MW_ERROR, NULL, "unreadable", "%s", err.msg != NULL ? err.msg : "?");
    mw_err_clear(&err);
    return rc;
}
