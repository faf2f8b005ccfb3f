/* What a document says and a draft does not take, kept with its reason: whoever answers a question sees what the paper has on it. */
#include "intake/draft_inside.h"
#include "lib/language/segment.h"

const char *const MW_LEFT_WHY[MW_LEFT_N] = { "today", "elsewhere", "range", "contradicted", "unsure", "unclear" };

enum { LEFT_OUT_MAX = 60 };

struct mw_sv mw_draft_sentence(struct mw_job *x, struct mw_sv quote)
{
    struct mw_sv text = mw_draft_text_around(x, quote);
    if (quote.p < text.p || quote.p + quote.n > text.p + text.n)
        return quote;
    size_t at = (size_t)(quote.p - text.p), end = at + quote.n;
    if (x->segmented.p != text.p) {
        x->segments = (struct mw_list){ 0 };
        x->segmented = mw_segment(&x->segments, x->in->a, text) ? text : MW_SV_NONE;
    }
    for (size_t i = 0; i < x->segments.n; i++) {
        const struct mw_segment *s = MW_AT(x->segments, struct mw_segment, i);
        if (at < s->begin || at >= s->end)
            continue;
        size_t stop = s->end > end ? s->end : end;
        return mw_sv_sub(text, s->begin, stop - s->begin);
    }
    return quote;
}

/* The key of a profile that a statement would have filled; NULL: none that anybody asks for. */
static const char *field_of(const struct mw_fact *f)
{
    switch (mw_statement_of(f)) {
    case MW_ST_AMOUNT:
        return mw_is_kind(f, "total") || mw_is_kind(f, "contract") || mw_is_kind(f, "mentioned") || mw_is_kind(f, "perhaps") ? "volume" : NULL;
    case MW_ST_OWN_SHARE:
        return f->kind.n == 0 ? "own_share" : NULL;
    case MW_ST_PERIOD:
        return "period";
    case MW_ST_PROGRAMME:
        return mw_is_kind(f, "number") ? NULL : "programmes";
    case MW_ST_STARTED:
        return "started";
    case MW_ST_QUANTITY:
        return "quantities";
    case MW_ST_POPULATION:
        return "population";
    case MW_ST_APPLICANT:
        return "applicants";
    default:
        return NULL;
    }
}

void mw_draft_leave_out(struct mw_job *x, const struct mw_fact *f, enum mw_left_why why)
{
    struct mw_list *l = &x->out->left_out;
    const char *field = field_of(f);
    if (field == NULL || l->n >= LEFT_OUT_MAX)
        return;
    struct mw_sv sentence = mw_draft_sentence(x, f->quote);
    for (size_t i = 0; i < l->n; i++) {
        const struct mw_left_out *o = MW_AT(*l, struct mw_left_out, i);
        if (mw_sv_eqz(o->field, field) && o->sentence.p == sentence.p)
            return;
    }
    struct mw_left_out *o = mw_list_add(x->in->a, l, sizeof *o);
    if (o == NULL)
        x->failed = true;
    else
        *o = (struct mw_left_out){ mw_sv(field), sentence, why };
}
