/* Fuzz target: any bytes as what a source publishes, read by its own file of config/sources: pages, feeds, sitemaps, the export of
 * the Förderdatenbank, the EU's bulk file and search, TED, JSON and XML by rules. The first byte chooses the source, the second what
 * was asked for. Documents are read in the real worker, behind its walls. */
#include "crawler/page.h"
#include "crawler/read.h"
#include "lib/core/file.h"
#include "tests/fuzz/fuzz.h"

static const char *const SOURCES[] = {
    "config/sources/fdb-export.yaml", "config/sources/fdb-html.yaml", "config/sources/fdb-rss.yaml", "config/sources/eu-calls.yaml",
    "config/sources/eu-ftp.yaml", "config/sources/eu-search.yaml", "config/sources/ted.yaml", "config/sources/ted-search.yaml",
    "tests/data/sources/probe-sitemap.yaml", "tests/data/sources/probe-json.yaml", "tests/data/sources/probe-xml.yaml",
    "tests/data/sources/probe-entries.yaml", "tests/data/sources/probe-csv.yaml", "tests/data/sources/probe-inside.yaml",
    "tests/data/sources/probe-hits.yaml",
};
enum { N_SOURCES = sizeof SOURCES / sizeof *SOURCES };

static struct mw_parser *parser;
static struct mw_labels *labels;
static struct mw_source *sources[N_SOURCES];

static void begin(void)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_err err = MW_ERR_INIT(MW_EN);
    static struct mw_arena *a; /* of all inputs; nobody frees it */
    a = mw_arena_new();
    must(mw_parser_new(&parser, &err) == MW_OK, "no worker");
    must(mw_labels_load(&labels, a, "config/labels.yaml", &diags) == MW_OK, "no labels (run from the top folder)");
    for (size_t i = 0; i < N_SOURCES; i++)
        must(mw_source_load(&sources[i], a, SOURCES[i], &diags) == MW_OK, SOURCES[i]);
    mw_diags_free(&diags);
}

static enum mw_rc take_notice(void *ctx, struct mw_arena *a, struct mw_notice *n, struct mw_err *err)
{
    (void)ctx, (void)a, (void)err;
    must(mw_url_is_web(n->url) && n->title.n > 0, "a notice without address or title");
    must(mw_utf8_invalid_at(n->url) == SIZE_MAX && mw_utf8_invalid_at(n->title) == SIZE_MAX, "a notice that is no UTF-8");
    for (size_t i = 0; i < n->sections.n; i++) {
        const struct mw_section *s = MW_AT(n->sections, struct mw_section, i);
        must(s->text.p != NULL && mw_utf8_invalid_at(s->text) == SIZE_MAX && mw_utf8_invalid_at(s->heading) == SIZE_MAX, "a section without text");
    }
    return MW_OK;
}

static enum mw_rc take_address(void *ctx, const struct mw_address *address, struct mw_err *err)
{
    (void)ctx, (void)err;
    must(mw_url_is_web(address->url), "an address of no page");
    return MW_OK;
}

static void take_fault(void *ctx, struct mw_sv where, const struct mw_err *fault)
{
    (void)ctx, (void)where;
    must(fault->msg != NULL, "a fault without a sentence");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct mw_outlet TO = { NULL, take_notice, take_address, take_fault };
    struct mw_err err = MW_ERR_INIT(MW_EN);
    struct mw_tally tally = { 0 };
    struct mw_reader *r = NULL;

    if (parser == NULL)
        begin();
    const struct mw_source *source = sources[choice(&data, &size) % N_SOURCES];
    enum mw_address_role role = (enum mw_address_role)(choice(&data, &size) % 2);
    must(mw_reader_new(&r, source, parser, labels, &err) == MW_OK, "no reader");
    struct mw_resource res = { .from = { .url = MW_SV("https://portal.example/a/b?page=0"), .role = role }, .bytes = text_of(data, size) };
    enum mw_rc rc = mw_reader_read(r, &res, &TO, &tally, &err);
    must_answer(rc, &err);
    must_answer(mw_reader_finish(r, &TO, &tally, &err), &err);
    mw_reader_free(r);
    return 0;
}
