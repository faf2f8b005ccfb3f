/* The typed layer: a table of fields drives one walk over a map, and every fault is said with place and cure. */
#include "lib/core/schema.h"

#include <assert.h>
#include <string.h>

enum { MOST_FIELDS = 256 };

static enum mw_lang lang_of(const struct mw_diags *d)
{
    return d != NULL ? d->lang : MW_EN;
}

/* --- names -------------------------------------------------------------------------------------------------------- */

/* Case, and the sign that joins words, are the slips that spelling distance should not count. */
static struct mw_sv plain_name(struct mw_sv s, char *buf, size_t size)
{
    size_t n = s.n < size ? s.n : size;
    for (size_t i = 0; i < n; i++) {
        char c = s.p[i];
        buf[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c == '-' || c == ' ' ? '_' : c);
    }
    return mw_sv_n(buf, n);
}

void mw_add_names(struct mw_str *out, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        mw_str_addf(out, "%s%s", i > 0 ? ", " : "", names[i]);
    if (n == 0)
        mw_str_addc(out, '-');
}

const char *mw_nearest(struct mw_sv name, const char *const *names, size_t n)
{
    char given[128], known[128];
    const char *best = NULL;
    unsigned limit = name.n < sizeof given ? (unsigned)name.n / 3 : 0;
    struct mw_sv wanted = plain_name(name, given, sizeof given);

    for (size_t i = 0; i < n; i++) {
        unsigned d = mw_sv_distance(wanted, plain_name(mw_sv(names[i]), known, sizeof known), limit);
        if (d <= limit && (best == NULL || d < limit)) {
            best = names[i];
            if (d == 0)
                return best;
            limit = d; /* only what is nearer replaces it: the first of equals stays */
        }
    }
    return best;
}

static void cure_by_name(
    struct mw_diags *diags, struct mw_diag *d, struct mw_sv name, const char *const *names, size_t n)
{
    const char *near = mw_nearest(name, names, n);
    struct mw_str all = MW_STR_INIT;

    if (near != NULL) {
        mw_diag_cure(diags, d, "Did you mean \"%s\"?", near);
        return;
    }
    for (size_t i = 0; i < n; i++)
        mw_str_addf(&all, "%s%s", i > 0 ? ", " : "", names[i]);
    mw_diag_cure(diags, d, "Possible here: %s.", mw_str_z(&all));
    mw_str_free(&all);
}

/* --- single values ------------------------------------------------------------------------------------------------ */

static void say_wrong(const struct mw_node *node, const char *expected, struct mw_diags *diags)
{
    struct mw_str found = MW_STR_INIT;
    mw_node_found(&found, node, lang_of(diags));
    mw_diag_add(diags, MW_ERROR, &node->pos, "wrong-type", "Expected %s, found %s.", mw_tr(lang_of(diags), expected),
                mw_str_z(&found));
    mw_str_free(&found);
}

static const char *example_of(enum mw_type type)
{
    switch (type) {
    case MW_T_TRI:
        return "yes or no";
    case MW_T_INT:
        return "a whole number such as 12";
    case MW_T_EUR:
        return "a sum of money such as 450000 EUR";
    case MW_T_SHARE:
        return "a share such as 65 %";
    case MW_T_QUANTITY:
        return "a number such as 2.5";
    case MW_T_DAY:
        return "a date such as 2026-03-31";
    case MW_T_DURATION:
        return "a length of time such as 20 workdays, 6 weeks or 3 months";
    case MW_T_WORD:
        return "a word";
    case MW_T_TEXT:
        return "a text";
    default: /* no single value */
        return NULL;
    }
}

/* "2026-02-30", "30.02.2026": written as a date should be, and yet no reader takes it. */
static bool looks_like_day(struct mw_sv s)
{
    const char *const shapes[] = { "9999-99-99", "99.99.9999" };
    for (size_t k = 0; k < 2; k++) {
        size_t i = 0;
        while (i < s.n && i < 10 && (shapes[k][i] == '9' ? s.p[i] >= '0' && s.p[i] <= '9' : s.p[i] == shapes[k][i]))
            i++;
        if (i == 10 && s.n == 10)
            return true;
    }
    return false;
}

static size_t count_words(const char *const *words)
{
    size_t n = 0;
    while (words[n] != NULL)
        n++;
    return n;
}

static bool read_word(const char *const *words, const struct mw_node *node, int *out, struct mw_diags *diags)
{
    struct mw_str found = MW_STR_INIT;
    size_t n = count_words(words);

    for (size_t i = 0; i < n; i++)
        if (mw_sv_eqz(node->text, words[i])) {
            *out = (int)i;
            return true;
        }
    mw_node_found(&found, node, lang_of(diags));
    struct mw_diag *d = mw_diag_add(diags, MW_ERROR, &node->pos, "unknown-word",
        "%s is not one of the words known here.", mw_str_z(&found));
    cure_by_name(diags, d, node->text, words, n);
    mw_str_free(&found);
    return false;
}

bool mw_schema_value(
    enum mw_type type, const char *const *words, const struct mw_node *node, void *out, struct mw_diags *diags)
{
    bool ok = node->kind == MW_SCALAR && !mw_node_absent(node), yes = false;
    struct mw_eur eur;

    assert(example_of(type) != NULL);
    if (node->faulty)
        return false;
    if (!ok) {
        say_wrong(node, example_of(type), diags);
        return false;
    }
    switch (type) {
    case MW_T_TEXT:
        *(struct mw_sv *)out = node->text;
        return true;
    case MW_T_WORD:
        return read_word(words, node, out, diags);
    case MW_T_TRI:
        ok = mw_read_bool(node->text, &yes);
        if (ok)
            *(enum mw_tri *)out = yes ? MW_YES : MW_NO;
        break;
    case MW_T_INT:
        ok = mw_read_int(node->text, out);
        break;
    case MW_T_EUR:
        ok = mw_read_eur(node->text, &eur);
        if (ok && eur.cents < 0) {
            say_wrong(node, "a sum of money not below zero", diags);
            return false;
        }
        if (ok)
            *(struct mw_eur *)out = eur;
        break;
    case MW_T_SHARE:
        ok = mw_read_share(node->text, out);
        break;
    case MW_T_QUANTITY:
        ok = mw_read_quantity(node->text, out);
        break;
    case MW_T_DURATION:
        ok = mw_read_duration(node->text, out);
        break;
    case MW_T_DAY:
        ok = mw_read_day(node->text, out);
        if (!ok && looks_like_day(node->text)) {
            say_wrong(node, "a day that the calendar has", diags);
            return false;
        }
        break;
    default: /* no single value */
        return false;
    }
    if (!ok)
        say_wrong(node, example_of(type), diags);
    return ok;
}

/* --- "not stated" ------------------------------------------------------------------------------------------------- */

static size_t size_of(enum mw_type type, const struct mw_schema *sub)
{
    switch (type) {
    case MW_T_TEXT:
        return sizeof(struct mw_sv);
    case MW_T_TRI:
        return sizeof(enum mw_tri);
    case MW_T_INT:
        return sizeof(int64_t);
    case MW_T_EUR:
        return sizeof(struct mw_eur);
    case MW_T_SHARE:
    case MW_T_QUANTITY:
        return sizeof(struct mw_share);
    case MW_T_DAY:
        return sizeof(struct mw_day);
    case MW_T_DURATION:
        return sizeof(struct mw_duration);
    case MW_T_WORD:
        return sizeof(int);
    case MW_T_RECORD:
        return sub->size;
    case MW_T_RECORD_P:
    case MW_T_NODE:
        return sizeof(void *);
    case MW_T_LIST:
    case MW_T_DICT:
        return sizeof(struct mw_list);
    case MW_T_POS:
        return sizeof(struct mw_pos);
    }
    return 0;
}

/* NOLINTBEGIN(misc-no-recursion): as deep as the schemas and the nodes, which are at most MW_DEPTH_MAX deep */
static void clear_value(enum mw_type type, const struct mw_schema *sub, void *out)
{
    switch (type) {
    case MW_T_TRI:
        *(enum mw_tri *)out = MW_TRI_NONE;
        break;
    case MW_T_INT:
        *(int64_t *)out = MW_INT_NONE;
        break;
    case MW_T_EUR:
        *(struct mw_eur *)out = MW_EUR_NONE;
        break;
    case MW_T_SHARE:
    case MW_T_QUANTITY:
        *(struct mw_share *)out = MW_SHARE_NONE;
        break;
    case MW_T_DAY:
        *(struct mw_day *)out = MW_DAY_NONE;
        break;
    case MW_T_DURATION:
        *(struct mw_duration *)out = MW_DURATION_NONE;
        break;
    case MW_T_WORD:
        *(int *)out = -1;
        break;
    case MW_T_RECORD:
        mw_schema_clear(sub, out);
        break;
    default: /* texts, lists, pointers, places */
        memset(out, 0, size_of(type, sub));
    }
}

void mw_schema_clear(const struct mw_schema *s, void *out)
{
    memset(out, 0, s->size);
    for (size_t i = 0; i < s->n; i++)
        clear_value(s->fields[i].type, s->fields[i].sub, (char *)out + s->fields[i].offset);
}

/* --- maps --------------------------------------------------------------------------------------------------------- */

static void say_no_memory(struct mw_diags *diags)
{
    mw_diag_add(diags, MW_ERROR, NULL, NULL, "Out of memory.");
}

/* One value of a field's type, or of its items' type; out is cleared first. */
static bool read_item(enum mw_type type, const struct mw_field *f, const struct mw_node *node, void *out,
    struct mw_arena *a, struct mw_diags *diags)
{
    clear_value(type, f->sub, out);
    switch (type) {
    case MW_T_NODE:
        *(const struct mw_node **)out = node;
        return true;
    case MW_T_RECORD:
        return mw_schema_read(f->sub, node, out, a, diags);
    case MW_T_RECORD_P: {
        void *record = mw_arena_alloc(a, f->sub->size);
        if (record == NULL) {
            say_no_memory(diags);
            return false;
        }
        *(void **)out = record;
        return mw_schema_read(f->sub, node, record, a, diags);
    }
    default:
        return mw_schema_value(type, f->words, node, out, diags);
    }
}

/* The items that could be read; records stay even where something in them is wrong. */
static bool read_list(const struct mw_field *f, const struct mw_node *node, struct mw_list *out, struct mw_arena *a,
                      struct mw_diags *diags)
{
    const bool keep_faulty = f->item == MW_T_RECORD || f->item == MW_T_RECORD_P;
    size_t n = node->kind == MW_SEQ ? node->n : 1, size = size_of(f->item, f->sub);
    bool ok = true;

    for (size_t i = 0; i < n; i++) {
        void *item = mw_list_add(a, out, size);
        if (item == NULL) {
            say_no_memory(diags);
            return false;
        }
        if (read_item(f->item, f, node->kind == MW_SEQ ? node->items[i] : node, item, a, diags))
            continue;
        ok = false;
        if (!keep_faulty)
            out->n--;
    }
    return ok;
}

static bool read_dict(const struct mw_field *f, const struct mw_node *node, struct mw_list *out, struct mw_arena *a,
                      struct mw_diags *diags)
{
    bool ok = true;

    if (node->kind != MW_MAP) {
        if (!node->faulty)
            say_wrong(node, "keys with a value each", diags);
        return false;
    }
    for (size_t i = 0; i < node->n; i++) {
        const struct mw_pair *pair = &node->pairs[i];
        struct mw_entry *e = mw_list_add(a, out, sizeof *e);
        if (e == NULL) {
            say_no_memory(diags);
            return false;
        }
        *e = (struct mw_entry){ .key = pair->key, .pos = pair->pos, .node = pair->value };
        if (f->item == MW_T_NODE) /* stands in e->node */
            continue;
        /* In an entry a record is always behind a pointer. */
        if (!read_item(f->item == MW_T_RECORD ? MW_T_RECORD_P : f->item, f, pair->value, &e->v, a, diags))
            ok = false;
    }
    return ok;
}

static bool read_field(const struct mw_field *f, const struct mw_node *node, void *out, struct mw_arena *a,
                       struct mw_diags *diags)
{
    if (mw_node_absent(node) && !node->faulty) /* "key:" with nothing behind it: not stated */
        return true;
    if (f->type == MW_T_LIST)
        return read_list(f, node, out, a, diags);
    if (f->type == MW_T_DICT)
        return read_dict(f, node, out, a, diags);
    return read_item(f->type, f, node, out, a, diags);
}

static void say_unknown_key(const struct mw_schema *s, const struct mw_pair *pair, struct mw_diags *diags)
{
    const char *names[MOST_FIELDS];
    struct mw_str key = MW_STR_INIT;
    size_t n = 0;

    for (size_t i = 0; i < s->n; i++)
        if (s->fields[i].key != NULL)
            names[n++] = s->fields[i].key;
    mw_node_shown(&key, pair->key, 60);
    struct mw_diag *d = mw_diag_add(diags, MW_ERROR, &pair->pos, "unknown-key", "Unknown key \"%s\" (%s).",
        mw_str_z(&key), mw_tr(lang_of(diags), s->what));
    cure_by_name(diags, d, pair->key, names, n);
    mw_str_free(&key);
}

static void say_missing(const struct mw_schema *s, const struct mw_field *f, const struct mw_node *empty,
                        const struct mw_node *map, struct mw_diags *diags)
{
    const char *what = mw_tr(lang_of(diags), s->what);
    enum mw_type type = f->type == MW_T_LIST ? f->item : f->type;
    struct mw_diag *d;

    if (empty != NULL)
        d = mw_diag_add(
            diags, MW_ERROR, &empty->pos, "missing-key", "The key \"%s\" needs a value (%s).", f->key, what);
    else
        d = mw_diag_add(diags, MW_ERROR, &map->pos, "missing-key", "The key \"%s\" is missing (%s).", f->key, what);
    if (type == MW_T_WORD)
        cure_by_name(diags, d, MW_SV(""), f->words, count_words(f->words));
    else if (example_of(type) != NULL)
        mw_diag_cure(diags, d, "Expected there: %s.", mw_tr(lang_of(diags), example_of(type)));
}

bool mw_schema_read(
    const struct mw_schema *s, const struct mw_node *node, void *out, struct mw_arena *a, struct mw_diags *diags)
{
    const struct mw_node *found[MOST_FIELDS] = { NULL };
    bool ok = true;

    assert(s->n <= MOST_FIELDS);
    mw_schema_clear(s, out);
    if (node->kind != MW_MAP) {
        struct mw_str what = MW_STR_INIT;
        mw_node_found(&what, node, lang_of(diags));
        if (!node->faulty)
            mw_diag_add(diags, MW_ERROR, &node->pos, "wrong-type", "Expected keys with values (%s), found %s.",
                        mw_tr(lang_of(diags), s->what), mw_str_z(&what));
        mw_str_free(&what);
        return false;
    }
    for (size_t k = 0; k < node->n; k++) {
        size_t i = 0;
        while (i < s->n && (s->fields[i].key == NULL || !mw_sv_eqz(node->pairs[k].key, s->fields[i].key)))
            i++;
        if (i < s->n) {
            found[i] = node->pairs[k].value;
        } else {
            say_unknown_key(s, &node->pairs[k], diags);
            ok = false;
        }
    }
    for (size_t i = 0; i < s->n; i++) {
        const struct mw_field *f = &s->fields[i];
        char *to = (char *)out + f->offset;
        if (f->type == MW_T_POS) {
            *(struct mw_pos *)(void *)to = node->pos;
            continue;
        }
        if (found[i] != NULL && f->pos_offset != 0)
            *(struct mw_pos *)(void *)((char *)out + f->pos_offset) = found[i]->pos;
        if (found[i] != NULL && !read_field(f, found[i], to, a, diags))
            ok = false;
        if (f->needed && mw_node_absent(found[i]) && (found[i] == NULL || !found[i]->faulty)) {
            say_missing(s, f, found[i], node, diags);
            ok = false;
        }
    }
    return ok;
}
/* NOLINTEND(misc-no-recursion) */
