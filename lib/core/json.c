/* JSON to nodes: jansson checks and decodes, the arena keeps. Strings with NUL, bad UTF-8, duplicate keys and integers
 * beyond 64 bits are refused by jansson; the depth is ours. What is plainly good never comes so far (json_quick.c). */
#include "lib/core/json_inside.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

struct reader {
    struct mw_arena *arena;
    struct mw_pos pos; /* of every node: jansson does not say where in the text a value stood */
    bool too_deep;
};

/* The shortest decimal that reads back as the same number: up to 15 digits that is what was written. */
static struct mw_sv real_text(struct mw_arena *a, double v)
{
    char buf[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(buf, sizeof buf, "%.*g", digits, v);
        if (strtod(buf, NULL) == v)
            break;
    }
    char *comma = strchr(buf, ','); /* some locales write the point so */
    if (comma != NULL)
        *comma = '.';
    return mw_arena_copy(a, mw_sv(buf));
}

/* NOLINTBEGIN(misc-no-recursion): at most MW_DEPTH_MAX deep */
static struct mw_node *convert(struct reader *r, json_t *v, int depth);

static bool convert_object(struct reader *r, struct mw_node *node, json_t *v, int depth)
{
    const char *key;
    json_t *value;

    node->kind = MW_MAP;
    node->pairs = mw_arena_array(r->arena, json_object_size(v), sizeof *node->pairs);
    if (node->pairs == NULL)
        return false;
    json_object_foreach(v, key, value) { /* in the order of the text */
        struct mw_pair *pair = &node->pairs[node->n++];
        pair->key = mw_arena_copy(r->arena, mw_sv(key));
        pair->pos = r->pos;
        pair->value = convert(r, value, depth);
        if (pair->key.p == NULL || pair->value == NULL)
            return false;
    }
    return true;
}

static bool convert_array(struct reader *r, struct mw_node *node, json_t *v, int depth)
{
    size_t n = json_array_size(v);

    node->kind = MW_SEQ;
    node->items = mw_arena_array(r->arena, n, sizeof(struct mw_node *));
    if (node->items == NULL)
        return false;
    for (; node->n < n; node->n++)
        if ((node->items[node->n] = convert(r, json_array_get(v, node->n), depth)) == NULL)
            return false;
    return true;
}

static bool convert_scalar(struct reader *r, struct mw_node *node, json_t *v)
{
    node->kind = MW_SCALAR;
    switch (json_typeof(v)) {
    case JSON_STRING:
        node->style = MW_JSON_STRING;
        node->text = mw_arena_copy(r->arena, mw_sv_n(json_string_value(v), json_string_length(v)));
        break;
    case JSON_INTEGER:
        node->style = MW_JSON_NUMBER;
        node->text = mw_arena_printf(r->arena, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
        break;
    case JSON_REAL:
        node->style = MW_JSON_NUMBER;
        node->text = real_text(r->arena, json_real_value(v));
        break;
    case JSON_NULL:
        node->style = MW_JSON_NULL;
        node->text = MW_SV("null");
        break;
    default:
        node->style = MW_JSON_BOOL;
        node->text = json_is_true(v) ? MW_SV("true") : MW_SV("false");
    }
    return node->text.p != NULL;
}

/* NULL: too deep (said in r) or out of memory. */
static struct mw_node *convert(struct reader *r, json_t *v, int depth)
{
    struct mw_node *node = mw_arena_alloc(r->arena, sizeof *node);
    bool ok;

    if (node == NULL)
        return NULL;
    node->pos = r->pos;
    if (json_is_object(v) || json_is_array(v)) {
        if (depth == MW_DEPTH_MAX) {
            r->too_deep = true;
            return NULL;
        }
        ok = json_is_object(v) ? convert_object(r, node, v, depth + 1)
                               : convert_array(r, node, v, depth + 1);
    } else {
        ok = convert_scalar(r, node, v);
    }
    return ok ? node : NULL;
}
/* NOLINTEND(misc-no-recursion) */

/* --- the door ----------------------------------------------------------------------------------------------------- */

static enum mw_rc say(const json_error_t *e, const struct mw_pos *at, struct mw_err *err)
{
    const char *quote = strstr(e->text, " near "); /* jansson's words for where it stopped */
    struct mw_str near = MW_STR_INIT;
    enum mw_rc rc;

    mw_node_shown(&near, mw_sv(quote != NULL ? quote + strlen(" near ") : ""), 60);
    switch (json_error_code(e)) {
    case json_error_out_of_memory:
        rc = mw_nomem(err);
        break;
    case json_error_invalid_utf8:
        rc = mw_fail_at(err, MW_PARSE, at, "The JSON is not valid UTF-8 here.");
        break;
    case json_error_premature_end_of_input:
        rc = mw_fail_at(err, MW_PARSE, at, "The JSON ends too early; it seems to be cut off.");
        break;
    case json_error_end_of_input_expected:
        rc = mw_fail_at(err, MW_PARSE, at, "Something follows behind the end of the JSON: %s.", mw_str_z(&near));
        break;
    case json_error_null_character:
    case json_error_null_byte_in_key:
        rc = mw_fail_at(err, MW_PARSE, at, "The JSON contains a zero character (\\u0000).");
        break;
    case json_error_duplicate_key:
        rc = mw_fail_at(err, MW_PARSE, at, "The JSON has the key %s twice in one object.", mw_str_z(&near));
        break;
    case json_error_numeric_overflow:
        rc = mw_fail_at(err, MW_PARSE, at, "The JSON contains a number too large to keep: %s.", mw_str_z(&near));
        break;
    case json_error_stack_overflow:
        rc = mw_fail_at(err, MW_PARSE, at, "The JSON is nested deeper than %d levels.", MW_DEPTH_MAX);
        break;
    default:
        if (near.n > 0)
            rc = mw_fail_at(err, MW_PARSE, at, "This is not JSON; reading stopped near %s.", mw_str_z(&near));
        else
            rc = mw_fail_at(err, MW_PARSE, at, "This is not JSON.");
    }
    mw_str_free(&near);
    return rc;
}

enum mw_rc mw_json_careful(struct mw_node **out, struct mw_arena *a, const char *name, unsigned first_line,
    struct mw_sv bytes, struct mw_err *err)
{
    struct reader r = { .arena = a };
    json_error_t error;
    struct mw_sv text = mw_sv_trim(bytes);

    *out = NULL;
    r.pos.file = mw_arena_z(a, mw_sv(name != NULL ? name : "?"));
    if (r.pos.file == NULL)
        return mw_nomem(err);
    json_t *root = json_loadb(
        text.n > 0 ? bytes.p : "", text.n > 0 ? bytes.n : 0, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (root == NULL) {
        r.pos.line = first_line + (error.line > 1 ? (unsigned)error.line - 1 : 0);
        r.pos.col = error.column > 0 ? (unsigned)error.column : 1;
        return say(&error, &r.pos, err);
    }
    if (memchr(text.p, '\n', text.n) == NULL) /* one line: then that is where each value stands */
        r.pos.line = first_line;
    *out = convert(&r, root, 0);
    json_decref(root);
    if (r.too_deep)
        return mw_fail_at(err, MW_PARSE, &r.pos, "The JSON is nested deeper than %d levels.", MW_DEPTH_MAX);
    return *out != NULL ? MW_OK : mw_nomem(err);
}

/* A value takes a byte and a comma at least, and a hundred in memory: 32 MB of empty lists would fill gigabytes. Counted are commas and
 * opening brackets outside of strings. */
static bool has_too_many_values(struct mw_sv s)
{
    size_t values = 1;
    bool quoted = false;

    if (s.n / 2 <= MW_JSON_VALUES_MAX)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '"')
            quoted = !quoted;
        else if (c == '\\')
            i++; /* stands in strings only */
        else if (!quoted && (c == ',' || c == '[' || c == '{'))
            values++;
    }
    return values > MW_JSON_VALUES_MAX;
}

enum mw_rc mw_json_read(struct mw_node **out, struct mw_arena *a, const char *name, unsigned first_line,
    struct mw_sv bytes, struct mw_err *err)
{
    struct mw_sv text = mw_sv_trim(bytes);
    bool one_line = text.n == 0 || memchr(text.p, '\n', text.n) == NULL;
    struct mw_pos at = { mw_arena_z(a, mw_sv(name != NULL ? name : "?")), one_line ? first_line : 0, 0 };

    if (has_too_many_values(bytes))
        return mw_fail_at(err, MW_PARSE, &at, "The JSON holds more than %d values.", MW_JSON_VALUES_MAX);
    if (at.file != NULL && mw_json_quick(out, a, &at, bytes))
        return MW_OK;
    return mw_json_careful(out, a, name, first_line, bytes, err);
}
