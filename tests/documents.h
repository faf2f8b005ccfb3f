/* Plans for the tests of documents, from project files written into a scratch folder; parts of the ZIP files they make. */
#ifndef MW_TESTS_DOCUMENTS_H
#define MW_TESTS_DOCUMENTS_H

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <zip.h>

#include "apply/plan/plan.h"
#include "lib/core/file.h"
#include "tests/program.h"

struct made {
    struct mw_arena *a;
    struct mw_plan_input in;
    struct mw_plan plan;
};

static inline struct mw_day day_of(int y, int m, int d)
{
    struct mw_day day = MW_DAY_NONE;
    assert_true(mw_day_from_ymd(&day, y, m, d));
    return day;
}

/* The plan of a project file, with the rules of this tree, on 22 November 2026. */
static inline void make_plan_in(struct made *m, const char *file, enum mw_lang lang)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_plan_opts opts = { .today = day_of(2026, 11, 22), .lang = lang };

    *m = (struct made){ .a = mw_arena_new() };
    if (mw_plan_input_load(&m->in, m->a, file, "rules", NULL, &diags) != MW_OK ||
        mw_plan_make(&m->plan, m->a, &m->in.project, MW_AT(m->in.terms, struct mw_terms, 0), &m->in.tariffs, &opts, &diags) != MW_OK)
        fail_msg("%s: %s", file, diags.n > 0 ? diags.items[0].msg : "cannot be planned");
    mw_diags_free(&diags);
}
#define make_plan(m, file) make_plan_in((m), (file), MW_DE)

/* The same from text, laid down as p.yaml in the scratch folder. */
static inline void make_plan_of(struct made *m, struct scratch *s, const char *yaml)
{
    spill(in(s, "p.yaml"), yaml, strlen(yaml));
    make_plan(m, in(s, "p.yaml"));
}

static inline void drop_plan(struct made *m)
{
    mw_arena_free(m->a);
    m->a = NULL;
}

static const char *const EXAMPLES[] = {
    "config/examples/ikz-gross-gerau/projekt.yaml",
    "config/examples/regionalmanagement/projekt.yaml",
    "config/examples/sanierungsmanagement-ruhr/projekt-duisburg.yaml",
    "config/examples/sanierungsmanagement-ruhr/projekt.yaml",
    "config/examples/smart-city-potsdam/projekt.yaml",
    "config/examples/stadtteilbuero-dorsten/projekt.yaml",
};

/* A part of a ZIP file; the caller frees. Fails the test where there is none. */
static inline char *part_of(const char *file, const char *name, size_t *n)
{
    zip_t *z = zip_open(file, ZIP_RDONLY, NULL);
    struct zip_stat st;
    if (z == NULL || zip_stat(z, name, 0, &st) != 0)
        fail_msg("%s has no part %s", file, name);
    char *bytes = malloc(st.size + 1);
    zip_file_t *f = zip_fopen(z, name, 0);
    assert_int_equal(zip_fread(f, bytes, st.size), st.size);
    zip_fclose(f);
    zip_discard(z);
    bytes[st.size] = '\0';
    if (n != NULL)
        *n = st.size;
    return bytes;
}

static inline xmlDoc *xml_of(const char *file, const char *part)
{
    size_t n;
    char *bytes = part_of(file, part, &n);
    xmlDoc *doc = xmlReadMemory(bytes, (int)n, part, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (doc == NULL)
        fail_msg("%s of %s is not well-formed", part, file);
    free(bytes);
    return doc;
}

/* What an XPath (prefix s: of spreadsheets, w: of word processing, v: of SVG) finds as text. "": nothing. The caller frees. */
static inline char *xpath(xmlDoc *doc, const char *path)
{
    xmlXPathContext *c = xmlXPathNewContext(doc);
    xmlXPathRegisterNs(c, BAD_CAST "s", BAD_CAST "http://schemas.openxmlformats.org/spreadsheetml/2006/main");
    xmlXPathRegisterNs(c, BAD_CAST "w", BAD_CAST "http://schemas.openxmlformats.org/wordprocessingml/2006/main");
    xmlXPathRegisterNs(c, BAD_CAST "v", BAD_CAST "http://www.w3.org/2000/svg");
    xmlXPathRegisterNs(c, BAD_CAST "dc", BAD_CAST "http://purl.org/dc/elements/1.1/");
    xmlXPathObject *o = xmlXPathEvalExpression((const xmlChar *)path, c);
    assert_non_null(o);
    xmlChar *text = xmlXPathCastToString(o);
    char *copy = strdup((const char *)text);
    xmlFree(text);
    xmlXPathFreeObject(o);
    xmlXPathFreeContext(c);
    return copy;
}
static inline int xcount(xmlDoc *doc, const char *path)
{
    char expression[1024];
    snprintf(expression, sizeof expression, "string(count(%s))", path);
    char *n = xpath(doc, expression);
    int count = atoi(n);
    free(n);
    return count;
}

/* LibreOffice makes DIR/NAME.EXT of a file; false: it is not installed (said as SKIPPED). */
static inline bool office(const struct scratch *s, const char *file, const char *ext)
{
    char cmd[3 * PATH_MAX];
    if (system("command -v soffice >/dev/null 2>&1") != 0) {
        print_message("SKIPPED: needs LibreOffice (make deps-office)\n");
        return false;
    }
    snprintf(cmd, sizeof cmd, "timeout -k 5 120 soffice -env:UserInstallation=file://%s/office --headless --convert-to %s --outdir '%s/office-out' '%s' "
             ">/dev/null 2>&1", s->dir, ext, s->dir, file);
    assert_int_equal(system(cmd), 0);
    return true;
}

#endif
