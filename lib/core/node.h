/* Files that people write (YAML) and data that programs send (JSON) become the same tree of nodes with positions.
 *
 * YAML: a subset through libyaml. Every scalar is a string until a schema types it; anchors, aliases, tags, merge keys,
 * several documents and duplicate keys are refused; 1 MB and depth 64 at most. JSON: as jansson reads it, duplicate keys and
 * bad UTF-8 refused, depth 64, a million values. All nodes live in the arena. */
#ifndef MW_CORE_NODE_H
#define MW_CORE_NODE_H

#include "lib/core/arena.h"
#include "lib/core/err.h"

enum mw_node_kind { MW_SCALAR, MW_MAP, MW_SEQ };
enum mw_scalar { MW_PLAIN, MW_QUOTED, MW_BLOCK, MW_JSON_STRING, MW_JSON_NUMBER, MW_JSON_BOOL, MW_JSON_NULL };
struct mw_node;
struct mw_pair {
    struct mw_sv key;
    struct mw_pos pos; /* of the key */
    struct mw_node *value;
};
struct mw_node {
    enum mw_node_kind kind;
    enum mw_scalar style;   /* scalars only */
    struct mw_pos pos;      /* file is the arena's copy */
    size_t begin, end;      /* bytes of the source text: an edit splices there, never re-emits (YAML only) */
    struct mw_sv text;      /* MW_SCALAR; JSON integers exact, others in the shortest form that reads back the same */
    struct mw_pair *pairs;  /* MW_MAP */
    struct mw_node **items; /* MW_SEQ */
    size_t n;               /* pairs or items */
    bool faulty;            /* a fault of it is in diags already (an alias, a tag): say nothing more about it */
};
#define MW_YAML_MAX ((size_t)1 << 20)
#define MW_DEPTH_MAX 64
#define MW_JSON_VALUES_MAX 1000000 /* so many take some 120 MB; a call of the EU has some hundred */

/* Reads bytes called name. All faults found go to diags (a syntax error ends the reading); *out is NULL when the text
 * cannot be used. Returns MW_OK, MW_INVALID (see diags) or MW_NOMEM. An empty file is an empty map. With MW_INVALID *out
 * may still hold the tree (duplicates dropped, aliases marked faulty), so that a schema can report the other faults too. */
enum mw_rc mw_yaml_read(struct mw_node **out, struct mw_arena *a, const char *name, struct mw_sv bytes, struct mw_diags *diags);
/* The same from a file; MW_IO when it cannot be read (said in diags too). */
enum mw_rc mw_yaml_load(struct mw_node **out, struct mw_arena *a, const char *path, struct mw_diags *diags);
/* One JSON value; errors (MW_PARSE) name line and column, counted from first_line (the line in an NDJSON file). Nodes know
 * their line where the value stands on one line, else only the file. */
enum mw_rc mw_json_read(struct mw_node **out, struct mw_arena *a, const char *name, unsigned first_line, struct mw_sv bytes,
    struct mw_err *err);
/* The value of a key of a map, or NULL; map may be NULL or no map. */
const struct mw_node *mw_node_get(const struct mw_node *map, const char *key);
/* The text of a scalar under key, or MW_SV_NONE (nothing written there included). */
struct mw_sv mw_node_text(const struct mw_node *map, const char *key);
/* Nothing is written there: NULL, a key without a value in YAML, null in JSON. */
bool mw_node_absent(const struct mw_node *node);
/* The same in another arena, without its places in a file; NULL: out of memory. */
struct mw_node *mw_node_copy(struct mw_arena *a, const struct mw_node *node);
/* For messages: what stands there ("\"viel\"", "a list", "nothing"), cut short and without control characters. */
void mw_node_found(struct mw_str *out, const struct mw_node *node, enum mw_lang lang);
/* Foreign text for a message: at most that many characters, control characters as spaces. */
void mw_node_shown(struct mw_str *out, struct mw_sv text, size_t most);

#endif
