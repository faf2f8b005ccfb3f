/* Our side of xml.h: the worker's pieces become a tree, and walks over it. */
#include "lib/parse/xml.h"

#include <string.h>

#include "lib/parse/charset.h"
#include "lib/parse/page.h"
#include "lib/parse/worker.h"

static struct mw_xml *append(struct mw_arena *a, struct mw_xml *parent, struct mw_xml **last)
{
    struct mw_xml *x = mw_arena_alloc(a, sizeof *x);
    if (x == NULL)
        return NULL;
    x->parent = parent;
    if (*last != NULL)
        (*last)->next = x;
    else
        parent->child = x;
    return *last = x;
}

/* The next document of the answer, which is moved behind it. Pieces: 'E' an element and its name, 'N' and 'V' an attribute, 'X' a text,
 * 'Z' the end of an element, 'F' a document of several that was refused. */
static enum mw_rc build(struct mw_xml **root, struct mw_arena *a, struct mw_sv *answer, struct mw_err *err)
{
    struct mw_xml *top = mw_arena_alloc(a, sizeof *top), *in = top, *last = NULL;
    struct mw_xml_attr *attr = NULL;
    struct mw_sv text;

    if (top == NULL)
        return mw_nomem(err);
    do {
        int tag = mw_piece_next(answer, &text);
        if (tag == 'E') {
            if ((in = append(a, in, &last)) == NULL)
                return mw_nomem(err);
            in->name = text;
            last = NULL;
        } else if (tag == 'N') {
            if ((attr = mw_list_add(a, &in->attrs, sizeof *attr)) == NULL)
                return mw_nomem(err);
            *attr = (struct mw_xml_attr){ text, MW_SV("") };
        } else if (tag == 'V' && attr != NULL) {
            attr->value = text;
        } else if (tag == 'X' && in != top) {
            struct mw_xml *x = append(a, in, &last);
            if (x == NULL)
                return mw_nomem(err);
            x->text = text;
        } else if (tag == 'Z' && in != top) {
            last = in;
            in = in->parent;
        } else if (tag == 'F' && in == top) {
            return MW_OK;
        } else {
            return mw_fail(err, MW_PARSE, "Reading this document gave no valid text; the document is left out.");
        }
    } while (in != top);
    *root = top->child;
    (*root)->parent = NULL;
    return MW_OK;
}

static enum mw_rc decode(struct mw_str *utf8, struct mw_sv bytes, struct mw_sv charset, struct mw_err *err)
{
    const char *decided;
    if (bytes.n > MW_XML_MAX)
        return mw_fail(err, MW_PARSE, "This XML document has more than %u MB; it is not read.", (unsigned)(MW_XML_MAX >> 20));
    return mw_charset_decode(utf8, &decided, bytes, charset, err);
}

enum mw_rc mw_parse_xml(struct mw_parser *p, struct mw_arena *a, struct mw_sv bytes, struct mw_sv charset, struct mw_xml **root,
    struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str utf8 = MW_STR_INIT;
    struct mw_sv answer = MW_SV_NONE;

    *root = NULL;
    enum mw_rc rc = decode(&utf8, bytes, charset, err);
    if (rc == MW_OK)
        rc = mw_worker_do(p, MW_TASK_XML, mw_str_sv(&utf8), a, &answer, err);
    if (rc == MW_OK)
        rc = build(root, a, &answer, err);
    if (rc == MW_OK && (*root == NULL || answer.n > 0))
        rc = mw_fail(err, MW_PARSE, "Reading this document gave no valid text; the document is left out.");
    return rc;
}

enum mw_rc mw_parse_xmls_ask(struct mw_parser *p, const struct mw_sv *bytes, size_t n, unsigned *ticket, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str request = MW_STR_INIT;

    for (size_t i = 0; i < n; i++) {
        MW_AUTO(mw_str_free) struct mw_str utf8 = MW_STR_INIT;
        mw_piece_add(&request, 'D', decode(&utf8, bytes[i], MW_SV_NONE, NULL) == MW_OK ? mw_str_sv(&utf8) : MW_SV(""));
    }
    return mw_str_ok(&request) ? mw_worker_ask(p, MW_TASK_XMLS, mw_str_sv(&request), ticket, err) : mw_nomem(err);
}

enum mw_rc mw_parse_xmls_take(struct mw_parser *p, unsigned ticket, struct mw_arena *a, struct mw_xml **roots, size_t n, struct mw_err *err)
{
    struct mw_sv answer = MW_SV("");
    enum mw_rc rc = mw_worker_take(p, ticket, a, &answer, err);

    for (size_t i = 0; i < n && rc == MW_OK; i++) {
        roots[i] = NULL;
        rc = build(&roots[i], a, &answer, err);
    }
    return rc;
}

/* --- walks ---------------------------------------------------------------------------------------------------------------- */
bool mw_xml_is(const struct mw_xml *x, const char *name)
{
    return x != NULL && x->name.p != NULL && (name == NULL || mw_sv_eqz(x->name, name));
}

struct mw_sv mw_xml_attr(const struct mw_xml *x, const char *name)
{
    for (size_t i = 0; x != NULL && i < x->attrs.n; i++)
        if (mw_sv_eqz(MW_AT(x->attrs, struct mw_xml_attr, i)->name, name))
            return MW_AT(x->attrs, struct mw_xml_attr, i)->value;
    return MW_SV_NONE;
}

static const struct mw_xml *from_here(const struct mw_xml *x, const char *name)
{
    while (x != NULL && !mw_xml_is(x, name))
        x = x->next;
    return x;
}

const struct mw_xml *mw_xml_child(const struct mw_xml *x, const char *name)
{
    return x != NULL ? from_here(x->child, name) : NULL;
}

const struct mw_xml *mw_xml_next(const struct mw_xml *x, const char *name)
{
    return x != NULL ? from_here(x->next, name) : NULL;
}

const struct mw_xml *mw_xml_path(const struct mw_xml *x, const char *path)
{
    struct mw_sv head, tail = mw_sv(path);
    while (x != NULL && tail.n > 0) {
        mw_sv_cut(tail, '/', &head, &tail);
        for (x = x->child; x != NULL && !(x->name.p != NULL && mw_sv_eq(x->name, head));)
            x = x->next;
    }
    return x;
}

const struct mw_xml *mw_xml_each(const struct mw_xml *root, const struct mw_xml *x, const char *name)
{
    while (x != NULL) {
        if (x->child != NULL) {
            x = x->child;
        } else {
            while (x != root && x->next == NULL)
                x = x->parent;
            if (x == root)
                return NULL;
            x = x->next;
        }
        if (mw_xml_is(x, name))
            return x;
    }
    return NULL;
}

static void add_escaped(struct mw_str *out, struct mw_sv s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        const char *name = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : NULL;
        if (name != NULL)
            mw_str_addz(out, name);
        else
            mw_str_addc(out, c);
    }
}

static void add_tag(struct mw_str *out, const struct mw_xml *x, bool end)
{
    mw_str_addz(out, end ? "</" : "<");
    mw_str_add(out, x->name);
    for (size_t i = 0; i < x->attrs.n && !end; i++) {
        const struct mw_xml_attr *attr = MW_AT(x->attrs, struct mw_xml_attr, i);
        mw_str_addc(out, ' ');
        mw_str_add(out, attr->name);
        mw_str_addz(out, "=\"");
        add_escaped(out, attr->value);
        mw_str_addc(out, '"');
    }
    mw_str_addc(out, '>');
}

static struct mw_sv gather(struct mw_arena *a, const struct mw_xml *root, bool markup)
{
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    const struct mw_xml *x = root != NULL ? root->child : NULL;
    while (x != NULL) {
        bool element = x->name.p != NULL;
        if (element && markup)
            add_tag(&out, x, false);
        else if (!element && markup)
            add_escaped(&out, x->text);
        else if (!element)
            mw_str_add(&out, x->text);
        if (x->child != NULL) {
            x = x->child;
            continue;
        }
        if (element && markup)
            add_tag(&out, x, true);
        while (x->next == NULL && x->parent != root) {
            x = x->parent;
            if (markup)
                add_tag(&out, x, true);
        }
        x = x->next;
    }
    struct mw_sv text = mw_sv_trim(mw_str_sv(&out));
    return mw_str_ok(&out) ? mw_arena_copy(a, text.p != NULL ? text : MW_SV("")) : MW_SV_NONE;
}

struct mw_sv mw_xml_text(struct mw_arena *a, const struct mw_xml *x) { return gather(a, x, false); }
struct mw_sv mw_xml_inner(struct mw_arena *a, const struct mw_xml *x) { return gather(a, x, true); }
