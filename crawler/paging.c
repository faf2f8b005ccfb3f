/* Lists whose pages are counted, by a parameter of the address or in what is posted (read.h). */
#include "crawler/read.h"

/* Where the number of "...?offset=20" begins, the parameter's name before it; SIZE_MAX: the address does not count so. */
static size_t number_at(struct mw_sv url, struct mw_sv name)
{
    for (size_t at = 0; name.n > 0 && (at = mw_sv_find(url, name, at)) != SIZE_MAX; at++) {
        size_t end = at + name.n;
        if (at > 0 && (url.p[at - 1] == '?' || url.p[at - 1] == '&') && end < url.n && url.p[end] == '=')
            return end + 1;
    }
    return SIZE_MAX;
}

bool mw_counts_in(struct mw_sv url, struct mw_sv name) { return number_at(url, name) != SIZE_MAX; }

struct mw_sv mw_page_after(struct mw_arena *a, struct mw_sv url, struct mw_sv name, int64_t step)
{
    size_t at = number_at(url, name), end = at;
    int64_t n = 0;

    if (at == SIZE_MAX)
        return MW_SV_NONE;
    while (end < url.n && url.p[end] >= '0' && url.p[end] <= '9')
        end++;
    if (end > at && (!mw_sv_int(mw_sv_sub(url, at, end - at), &n) || n > INT32_MAX))
        return MW_SV_NONE;
    return mw_arena_printf(a, "%.*s%lld%.*s", MW_SV_ARG(mw_sv_sub(url, 0, at)), (long long)n + (long long)step, MW_SV_ARG(mw_sv_sub(url, end, url.n)));
}

/* Rows repeat where a list changes while it is read, and some portals show their last page for every number: the end is a page
 * without rows or with known ones only, or where all that the source says it has were seen. */
enum mw_rc mw_emit_counted(struct mw_reading *x)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    const struct mw_request *q = &x->source->request;
    const struct mw_tally *t = x->tally;
    int64_t rows = t->notices + t->addresses - t->lists + t->repeated + t->left_out + t->failed;
    struct mw_address next = x->res->from;

    next.rows += rows; /* of this list: a source may begin at several */
    if (rows == 0 || (t->fresh == 0 && t->left_out == 0 && t->failed == 0) || (t->expected >= 0 && next.rows >= t->expected))
        return MW_OK;
    if (a == NULL)
        return mw_nomem(x->err);
    if (x->res->asked.n > 0)
        next.url = x->res->asked;
    if (q->page.n > 0)
        next.url = mw_page_after(a, next.url, q->page, q->step != MW_INT_NONE ? q->step : 1);
    else
        next.page++;
    return next.url.n > 0 ? mw_emit_list(x, &next) : MW_OK;
}
