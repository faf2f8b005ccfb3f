/* Fuzz target: any bytes as a query. The first byte chooses how it is asked (order, facets, explanations, as a long text); what
 * comes back must be a result: totals that fit, whole letters in snippets, points that add up, and never an error.
 * As a test with a fixed seed: tests/test_search_hostile.c. */
#include "index/search.h"
#include "tests/fuzz/fuzz.h"

static const char *const TEXTS[][2] = {
    { "Radwege im ländlichen Raum", "Gemeinden erhalten einen Zuschuss von 50 %, höchstens 100.000 Euro, bis zum 31. März 2026." },
    { "NEAR AND OR NOT", "SELECT * FROM notice; -- \"Förderung\" 'x' (a OR b) heading:text ^x*" },
    { "Klimaanpassung 🌳 日本語", "Städte pflanzen Bäume. \xc2\xad Straßen\xc2\xad""bäume, E-Mobilität & P+R." },
    { "Urban forests", "Funding for municipalities: the renovation of buildings, community gardens." },
};

static struct mw_store *open_once(void)
{
    static struct mw_analyser *an;
    static struct mw_store *s;
    struct mw_err err = MW_ERR_INIT(MW_EN);

    if (s != NULL)
        return s;
    must(mw_analyser_new(&an, NULL, &err) == MW_OK && mw_store_open(&s, ":memory:", MW_STORE_WRITE, an, &err) == MW_OK, "no store");
    struct mw_arena *a = mw_arena_new();
    for (size_t i = 0; i < 40; i++) {
        enum mw_ingest what;
        struct mw_notice n = { .url = mw_arena_printf(a, "u:%zu", i), .title = mw_sv(TEXTS[i % 4][0]), .source = MW_SV("fdb"),
                               .language = i % 4 == 3 ? MW_SV("en") : MW_SV("de"), .opens = MW_DAY_NONE, .fetched_at = MW_SV_NONE };
        struct mw_section *c = mw_list_add(a, &n.sections, sizeof *c);
        struct mw_sv *land = mw_list_add(a, &n.facets[MW_FUNDING_LOCATION], sizeof *land);
        *c = (struct mw_section){ .heading = MW_SV("Volltext"), .raw = mw_sv(TEXTS[i % 4][1]), .text = mw_sv(TEXTS[i % 4][1]) };
        *land = i % 2 ? MW_SV("Bayern") : MW_SV("bundesweit");
        must(mw_ingest(s, NULL, &n, (struct mw_day){ 20284 }, &what, &err) == MW_OK, "no notices");
    }
    mw_arena_free(a);
    return s;
}

static void look_at(const struct mw_hits *h, const struct mw_search_opts *o)
{
    must(h->total >= 0 && h->total <= 40 && (int64_t)h->hits.n <= h->total && h->hits.n <= o->limit, "the total does not fit");
    for (size_t i = 0; i < h->hits.n; i++) {
        const struct mw_hit *hit = MW_AT(h->hits, struct mw_hit, i);
        int64_t sum = 0;
        must(mw_utf8_invalid_at(hit->snippet) == SIZE_MAX, "a snippet is no UTF-8");
        for (size_t k = 0; k < hit->why.n; k++)
            sum += MW_AT(hit->why, struct mw_why, k)->milli;
        must(hit->why.n == 0 || sum == hit->score_milli, "points do not add up");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mw_err err = MW_ERR_INIT(MW_EN);
    struct mw_store *s = open_once();
    struct mw_arena *a = mw_arena_new();
    struct mw_hits hits;
    unsigned how = size > 0 ? data[0] : 0;
    struct mw_sv text = mw_sv_n((const char *)data + (size > 0), size - (size > 0));
    struct mw_search_opts opts = { .limit = 7, .offset = how % 3, .today = { 20284 }, .order = (enum mw_order)(how / 4 % 4), .facets = (how & 16) != 0,
                                   .why = (how & 32) != 0 ? MW_WHY_FIELDS : MW_WHY_NOT, .literal = (how & 64) != 0, .text = MW_SV_NONE };

    must(a != NULL, "no memory");
    if ((how & 128) != 0)
        opts.text = text;
    enum mw_rc rc = mw_search(&hits, a, s, (how & 128) != 0 ? MW_SV("") : text, &opts, &err);
    must(rc == MW_OK, err.msg != NULL ? err.msg : "an error without a sentence");
    look_at(&hits, &opts);
    mw_arena_free(a);
    mw_err_clear(&err);
    return 0;
}
