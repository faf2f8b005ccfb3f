/* Fuzz target: a pattern of somebody's rules, a line end, and a text: it is refused with a sentence or compiled; it never runs away
 * unseen, and where it matches, the text holds what require.h says it needs. */
#include "rules/engine/pattern.h"
#include "tests/fuzz/fuzz.h"

static void must_hold(struct mw_arena *a, struct mw_sv pattern, struct mw_sv text)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;
    struct mw_list needs = { 0 };
    mw_pattern_fold(&folded, pattern);
    must(mw_require(&needs, a, mw_str_sv(&folded)), "no needs");
    for (size_t i = 0; i < needs.n; i++) {
        const struct mw_need *n = MW_AT(needs, struct mw_need, i);
        bool answered = false;
        for (size_t k = 0; k < n->any.n; k++)
            answered = answered || mw_sv_find(text, *MW_AT(n->any, struct mw_sv, k), 0) != SIZE_MAX;
        must(answered, "a match without what it needs");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct mw_matcher *m;
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_pos pos = { "rules.yaml", 1, 1 };
    struct mw_sv pattern, text;
    struct mw_pattern p;
    size_t begin = 0, end = 0;

    if (m == NULL)
        m = mw_matcher_new();
    mw_sv_cut(text_of(data, size), '\n', &pattern, &text);
    if (mw_utf8_invalid_at(pattern) != SIZE_MAX || mw_utf8_invalid_at(text) != SIZE_MAX) /* files and readings are UTF-8 */
        return 0;
    if (!mw_pattern_compile(&p, pattern, MW_UNCASED, &pos, &diags)) {
        must(diags.errors > 0, "refused without a word");
        return 0;
    }
    if (mw_pattern_find(&p, m, text, 0, &begin, &end)) {
        must(begin <= end && end <= text.n, "a match outside of the text");
        must_hold(a, pattern, text);
    }
    mw_pattern_free(&p);
    return 0;
}
