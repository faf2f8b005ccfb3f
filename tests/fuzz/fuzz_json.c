/* Fuzz target: any bytes as JSON, by both readers alike, and, where it is, as a notice in the interchange format; what is written of it
 * reads back. */
#include "lib/model/notice.h"
#include "tests/fuzz/fuzz.h"
#include "tests/json_readers.h"

static void write_and_read(struct mw_arena *a, const struct mw_notice *n)
{
    struct mw_err err = MW_ERR_INIT(MW_EN);
    MW_AUTO(mw_str_free) struct mw_str json = MW_STR_INIT, plain = MW_STR_INIT;
    struct mw_out *o = mw_out_to_str(&json, &(struct mw_out_opts){ .format = MW_JSON, .compact = true });
    struct mw_node *node = NULL;
    struct mw_notice again;

    mw_notice_to_out(n, o);
    must(mw_out_finish(o, &err) == MW_OK, "a notice that cannot be written");
    mw_out_free(o);
    must(mw_json_read(&node, a, "again", 1, mw_str_sv(&json), &err) == MW_OK, err.msg != NULL ? err.msg : "not read again");
    must(mw_notice_from_node(&again, a, node, &err) == MW_OK, err.msg != NULL ? err.msg : "no notice again");
    must(mw_sv_eq(again.url, n->url) && mw_sv_eq(again.title, n->title) && again.sections.n == n->sections.n, "another notice");
    mw_notice_plain(&plain, n);
    must(mw_str_ok(&plain), "no plain text");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mw_err err = MW_ERR_INIT(MW_EN);
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_node *node = NULL;
    struct mw_notice n;
    enum mw_rc rc = mw_json_read(&node, a, "fuzz", 1, text_of(data, size), &err);

    must_answer(rc, &err);
    must(readers_agree(text_of(data, size)), "the two readers of JSON differ");
    if (rc != MW_OK)
        return 0;
    rc = mw_notice_from_node(&n, a, node, &err);
    must_answer(rc, &err);
    for (size_t i = 0; rc == MW_OK && i < n.sections.n; i++) {
        struct mw_section *s = MW_AT(n.sections, struct mw_section, i);
        if (s->text.p == NULL)
            s->text = s->raw;
    }
    if (rc == MW_OK)
        write_and_read(a, &n);
    return 0;
}
