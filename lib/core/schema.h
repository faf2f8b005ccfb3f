/* The typed layer over nodes: a table says which keys a map may have and where in a C struct each value goes.
 *
 * All faults of a file are reported at once, each with its place: an unknown key with the nearest known name, a wrong
 * type with an example of a right one, a missing key, a value that is not in the list of words. What is absent gets its
 * type's "not stated" value: MW_SV_NONE, MW_EUR_NONE, MW_SHARE_NONE, MW_DAY_NONE, MW_DURATION_NONE, MW_INT_NONE,
 * MW_TRI_NONE, -1 for words, an empty list. */
#ifndef MW_CORE_SCHEMA_H
#define MW_CORE_SCHEMA_H

#include "lib/core/node.h"
#include "lib/core/read.h"

#define MW_INT_NONE INT64_MIN
enum mw_tri { MW_TRI_NONE = -1, MW_NO = 0, MW_YES = 1 };

enum mw_type {
    MW_T_TEXT,     /* struct mw_sv, any scalar; block and folded text included */
    MW_T_TRI,      /* enum mw_tri */
    MW_T_INT,      /* int64_t */
    MW_T_EUR,      /* struct mw_eur; negative sums refused */
    MW_T_SHARE,    /* struct mw_share */
    MW_T_QUANTITY, /* struct mw_share: an exact decimal */
    MW_T_DAY,      /* struct mw_day */
    MW_T_DURATION, /* struct mw_duration */
    MW_T_WORD,     /* int: index into words */
    MW_T_RECORD,   /* a struct of sub->size in place; absent: filled with "not stated" values */
    MW_T_RECORD_P, /* pointer to one in the arena; NULL: absent */
    MW_T_LIST,     /* struct mw_list of item; a single scalar or map is taken as a list of one */
    MW_T_DICT,     /* struct mw_list of struct mw_entry, values of type item, in file order */
    MW_T_NODE,     /* const struct mw_node *; NULL: absent. For what the reader takes apart itself */
    MW_T_POS       /* struct mw_pos of the map itself; key is NULL */
};
struct mw_schema;
struct mw_field {
    const char *key;
    enum mw_type type;
    size_t offset;
    bool needed;
    enum mw_type item;           /* of MW_T_LIST and MW_T_DICT: any type but lists, dicts and positions */
    const struct mw_schema *sub; /* of records, also as items */
    const char *const *words;    /* of MW_T_WORD, ended by NULL */
    size_t pos_offset;           /* where the struct mw_pos of the value goes; 0: nowhere */
};
struct mw_schema {
    const char *what; /* "applicant", "cost row": for messages; English, in the po files */
    size_t size;
    const struct mw_field *fields;
    size_t n;
};
/* Tables in short: { MW_FIELD(mw_form, "title", MW_T_TEXT, title), .needed = true } says that the key title goes into the member title of
 * struct mw_form, { MW_PLACE(mw_form, pos) } where the place of the map goes. */
#define MW_FIELD(type_, key_, t_, m_) .key = (key_), .type = (t_), .offset = offsetof(struct type_, m_)
#define MW_PLACE(type_, m_) .key = NULL, .type = MW_T_POS, .offset = offsetof(struct type_, m_)
#define MW_SCHEMA(what_, type_, fields_) { what_, sizeof(struct type_), fields_, sizeof(fields_) / sizeof *(fields_) }

struct mw_entry {
    struct mw_sv key;
    struct mw_pos pos;
    union {
        struct mw_sv text;
        int64_t integer;
        struct mw_eur eur;
        struct mw_share share;
        struct mw_day day;
        int word;
        void *record; /* item MW_T_RECORD: in the arena */
    } v;
    const struct mw_node *node;
};

/* Fills out (sub->size bytes) from a map. Returns true when this map added no error to diags; what could be read is in
 * out either way. All text points into the nodes; lists live in the arena. */
bool mw_schema_read(const struct mw_schema *s, const struct mw_node *node, void *out, struct mw_arena *a, struct mw_diags *diags);
/* One scalar of that type, with the same messages; out points to the type's C value. */
bool mw_schema_value(enum mw_type type, const char *const *words, const struct mw_node *node, void *out, struct mw_diags *diags);
/* All "not stated" values. */
void mw_schema_clear(const struct mw_schema *s, void *out);
/* The nearest of the n names, at most a third of its letters away; NULL: none is near. */
const char *mw_nearest(struct mw_sv name, const char *const *names, size_t n);
/* What there is, for a name that is near none of it: "a, b, c", "-" where there is nothing; appended to out. */
void mw_add_names(struct mw_str *out, const char *const *names, size_t n);

#endif
