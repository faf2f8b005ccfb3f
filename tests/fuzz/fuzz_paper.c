/* Fuzz target: any bytes as a document about a project (text, HTML, DOCX, XML of TED), to the draft of a profile. Every quote stands in
 * the document. PDF is left out: its text goes through fuzz_pdf.c. */
#include "intake/draft.h"
#include "tests/fuzz/fuzz.h"

static struct mw_parser *parser;
static struct mw_rules *rules;
static struct mw_places *places;

static void begin(void)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_err err = MW_ERR_INIT(MW_EN);
    static struct mw_arena *a; /* of all inputs; nobody frees it */
    a = mw_arena_new();
    must(mw_parser_new(&parser, &err) == MW_OK, "no worker");
    must(mw_rules_load_part(&rules, "rules", MW_RULES_VOCABULARY | MW_RULES_PROFILE, &diags, &err) == MW_OK, "no rules (run from the top folder)");
    must(mw_places_load(&places, a, "config/places/places.tsv", &diags, &err) == MW_OK, "no places");
    mw_diags_free(&diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mw_err err = MW_ERR_INIT(MW_DE);
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    MW_AUTO(mw_str_free) struct mw_str file = MW_STR_INIT;
    struct mw_paper paper;
    struct mw_draft draft;

    if (parser == NULL)
        begin();
    if (mw_sv_find(text_of(data, size < 1024 ? size : 1024), MW_SV("%PDF"), 0) != SIZE_MAX)
        return 0;
    enum mw_rc rc = mw_paper_read(&paper, a, parser, rules, text_of(data, size), &err);
    must_answer(rc, &err);
    if (rc != MW_OK)
        return 0;
    must(mw_utf8_invalid_at(paper.text) == SIZE_MAX, "a text that is no UTF-8");
    must_answer(mw_draft_make(&draft, &(struct mw_intake){ a, rules, places, MW_DE }, &paper, &err), &err);
    mw_draft_write(&file, &draft, MW_SV("fuzz"), MW_DE);
    must(mw_str_ok(&file) && mw_utf8_invalid_at(mw_str_sv(&file)) == SIZE_MAX, "a profile that cannot be written");
    return 0;
}
