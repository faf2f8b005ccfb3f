/* Fuzz target: any bytes as the text of a notice, cut into sentences and read by all our rules. The first byte chooses whether headings
 * are known. Quotes are verbatim and where they say; a second reading finds the same. */
#include "lib/language/segment.h"
#include "rules/engine/rules.h"
#include "tests/fuzz/fuzz.h"

static struct mw_rules *rules(void)
{
    static struct mw_rules *r;
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_err err = MW_ERR_INIT(MW_EN);
    if (r == NULL)
        must(mw_rules_load(&r, "rules", &diags, &err) == MW_OK, "our rules are not read (run from the top folder)");
    return r;
}

static void look_at(struct mw_sv plain, const struct mw_fact *f)
{
    if (f->quote.p == NULL)
        return;
    must(f->quote.n > 0 && f->start <= plain.n && f->quote.n <= plain.n - f->start && memcmp(plain.p + f->start, f->quote.p, f->quote.n) == 0,
         "a quote that does not stand there");
    must(mw_utf8_invalid_at(f->quote) == SIZE_MAX, "a quote that cuts a letter");
}

static void segments_of(struct mw_arena *a, struct mw_sv text)
{
    struct mw_list segments = { 0 };
    size_t before = 0;
    must(mw_segment(&segments, a, text), "no segments");
    for (size_t i = 0; i < segments.n; i++) {
        const struct mw_segment *s = MW_AT(segments, struct mw_segment, i);
        must(before <= s->begin && s->begin < s->end && s->end <= text.n, "segments out of order");
        must(s->end - s->begin <= 8192, "a segment longer than it may be");
        must((s->lead == SIZE_MAX || s->lead < i) && (s->under == SIZE_MAX || s->under < i), "a list before its introduction");
        before = s->end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mw_err err = MW_ERR_INIT(MW_EN);
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    MW_AUTO(mw_str_free) struct mw_str plain = MW_STR_INIT;
    struct mw_list facts = { 0 }, again = { 0 };
    unsigned how = choice(&data, &size);
    struct mw_notice n = { .url = MW_SV("https://example.org/"), .title = MW_SV("Title"), .opens = MW_DAY_NONE, .language = MW_SV("de") };
    struct mw_section *s = mw_list_add(a, &n.sections, sizeof *s);

    segments_of(a, text_of(data, size));
    *s = (struct mw_section){ .heading = how % 2 ? MW_SV("Volltext") : MW_SV(""), .raw = text_of(data, size), .text = text_of(data, size) };
    mw_notice_plain(&plain, &n);
    enum mw_rc rc = mw_rules_facts(&facts, a, rules(), &n, mw_str_sv(&plain), &err);
    must_answer(rc, &err);
    must((rc == MW_OK) == (mw_utf8_invalid_at(mw_str_sv(&plain)) == SIZE_MAX), "refused though it is UTF-8, or read though it is not");
    for (size_t i = 0; i < facts.n; i++)
        look_at(mw_str_sv(&plain), MW_AT(facts, struct mw_fact, i));
    if (rc == MW_OK)
        must(mw_rules_facts(&again, a, rules(), &n, mw_str_sv(&plain), &err) == MW_OK && again.n == facts.n, "another reading, other facts");
    return 0;
}
