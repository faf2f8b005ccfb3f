/* Fuzz target: any bytes as words for the analyser, in both languages: tokens lie in the text and in its order, and their forms are
 * folded already. */
#include "lib/language/analyse.h"
#include "tests/fuzz/fuzz.h"

struct seen { struct mw_sv text; size_t begin, n; };

static bool see(void *ctx, const struct mw_token *t)
{
    struct seen *s = ctx;
    must(t->begin >= s->begin && t->begin < t->end && t->end <= s->text.n, "a word outside of the text");
    must(t->form.n > 0 && mw_utf8_invalid_at(t->form) == SIZE_MAX, "a form that is no text");
    s->begin = t->begin;
    s->n++;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct mw_analyser *an;
    struct mw_err err = MW_ERR_INIT(MW_EN);
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT, twice = MW_STR_INIT;
    struct mw_sv text = text_of(data, size);

    if (an == NULL)
        must(mw_analyser_new(&an, NULL, &err) == MW_OK, "no analyser");
    for (int english = 0; english < 2; english++)
        mw_analyse(an, text, english == 1, see, &(struct seen){ text, 0, 0 });
    mw_fold(&folded, text);
    mw_fold(&twice, mw_str_sv(&folded));
    must(mw_str_ok(&folded) && mw_sv_eq(mw_str_sv(&folded), mw_str_sv(&twice)), "folded twice is something else");
    return 0;
}
