/* HTML written again: balanced, only elements of text, links that a browser may follow. */
#include <string.h>

#include "lib/core/eight.h"
#include "lib/parse/tree.h"

struct mw_sv mw_tree_attribute(const xmlNode *n, const char *name)
{
    for (const xmlAttr *a = n->properties; a != NULL; a = a->next)
        if (strcmp((const char *)a->name, name) == 0)
            return mw_sv(a->children != NULL && a->children->content != NULL ? (const char *)a->children->content : "");
    return MW_SV_NONE;
}

static bool are_plain(uint64_t eight)
{
    return (mw_eight_has(eight, '&') | mw_eight_has(eight, '<') | mw_eight_has(eight, '>') | mw_eight_has(eight, '"')) == 0;
}

static void add_text(struct mw_str *out, struct mw_sv s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        while (s.n - i > 8 && are_plain(mw_eight(s.p + i)))
            i += 8;
        const char *name = s.p[i] == '&' ? "&amp;" : s.p[i] == '<' ? "&lt;" : s.p[i] == '>' ? "&gt;" : s.p[i] == '"' ? "&quot;" : NULL;
        if (name == NULL)
            continue;
        mw_str_add(out, mw_sv_n(s.p + from, i - from));
        mw_str_addz(out, name);
        from = i + 1;
    }
    mw_str_add(out, mw_sv_n(s.p + from, s.n - from));
}

/* Addresses that a browser would follow as such; javascript: and its kin are left out. */
static bool harmless(struct mw_sv href)
{
    size_t colon = 0;
    while (colon < href.n && strchr(":/?#", href.p[colon]) == NULL)
        colon++;
    struct mw_sv scheme = mw_sv_sub(href, 0, colon);
    return colon == href.n || href.p[colon] != ':' || mw_sv_ieq(scheme, MW_SV("http")) || mw_sv_ieq(scheme, MW_SV("https")) ||
           mw_sv_ieq(scheme, MW_SV("mailto")) || mw_sv_ieq(scheme, MW_SV("tel"));
}

/* Elements of pages (forms, the body) become <div>; NULL: the element leaves no mark. */
static const char *name_in_section(const struct mw_element *e)
{
    return e->kept ? e->name : e->kind != MW_E_INLINE ? "div" : NULL;
}

void mw_html_start(struct mw_str *out, const struct mw_element *e, const xmlNode *node)
{
    const char *name = name_in_section(e);
    if (name == NULL)
        return;
    struct mw_sv href = strcmp(e->name, "a") == 0 ? mw_sv_trim(mw_tree_attribute(node, "href")) : MW_SV_NONE;
    mw_str_addf(out, "<%s", name);
    if (href.n > 0 && harmless(href)) {
        mw_str_addz(out, " href=\"");
        add_text(out, href);
        mw_str_addc(out, '"');
    }
    mw_str_addc(out, '>');
}

void mw_html_end(struct mw_str *out, const struct mw_element *e)
{
    if (name_in_section(e) != NULL && !e->empty)
        mw_str_addf(out, "</%s>", name_in_section(e));
}

void mw_html_words(struct mw_str *out, struct mw_sv s, bool pre)
{
    if (pre) {
        add_text(out, s);
        return;
    }
    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        while (i < s.n && mw_flow_white(s.p[i]))
            i++;
        if (i > from && !(out->n > 0 && out->p[out->n - 1] == ' '))
            mw_str_addc(out, ' ');
        size_t n = mw_flow_words(mw_sv_n(s.p + i, s.n - i));
        add_text(out, mw_sv_n(s.p + i, n));
        i += n;
    }
}

struct writer {
    struct mw_str *out;
    const xmlNode *root;
    unsigned pres;
};

static bool enter(void *ctx, const xmlNode *n)
{
    struct writer *w = ctx;
    const struct mw_element *e = mw_element(n);
    if (e->kind == MW_E_SKIP)
        return false;
    w->pres += e->kind == MW_E_PRE;
    if (n != w->root)
        mw_html_start(w->out, e, n);
    return true;
}

static void leave(void *ctx, const xmlNode *n)
{
    struct writer *w = ctx;
    const struct mw_element *e = mw_element(n);
    w->pres -= e->kind == MW_E_PRE;
    if (n != w->root)
        mw_html_end(w->out, e);
}

static void words(void *ctx, struct mw_sv s)
{
    struct writer *w = ctx;
    mw_html_words(w->out, s, w->pres > 0);
}

void mw_tree_html(struct mw_str *out, const xmlNode *root)
{
    struct writer w = { out, root, 0 };
    mw_tree_walk(root, &(struct mw_visitor){ enter, leave, words, &w });
}
