/* Bodies of requests: a text, or a multipart form (RFC 7578). */
#include "crawler/request.h"

#include <inttypes.h>

/* The rows that are asked for: nothing said of them, those of a range of days, or those without a day. */
static struct mw_sv partition_of(const struct mw_request *r, const struct mw_address *address)
{
    if (!mw_is_part(address))
        return MW_SV("");
    return mw_day_cmp(address->from, address->to) <= 0 ? r->range : r->undated;
}

/* Marks of a range are filled in before it takes the place of its own mark, so that nothing goes in circles. */
static void add_filled(struct mw_str *out, struct mw_sv text, struct mw_sv partition, const struct mw_address *address) /* NOLINT(misc-no-recursion) */
{
    while (text.n > 0) {
        size_t at = mw_sv_find(text, MW_SV("{"), 0);
        mw_str_add(out, mw_sv_sub(text, 0, at));
        text = mw_sv_sub(text, at, text.n);
        if (mw_sv_starts(text, MW_SV("{page}"))) {
            mw_str_addf(out, "%" PRId64, address->page);
            text = mw_sv_sub(text, 6, text.n);
        } else if (mw_sv_starts(text, MW_SV("{from}"))) {
            mw_day_iso(out, address->from);
            text = mw_sv_sub(text, 6, text.n);
        } else if (mw_sv_starts(text, MW_SV("{to}"))) {
            mw_day_iso(out, address->to);
            text = mw_sv_sub(text, 4, text.n);
        } else if (mw_sv_starts(text, MW_SV("{partition}"))) {
            add_filled(out, partition, MW_SV(""), address);
            text = mw_sv_sub(text, 11, text.n);
        } else if (text.n > 0) {
            mw_str_addc(out, '{');
            text = mw_sv_sub(text, 1, text.n);
        }
    }
}

/* A line that stands in none of the parts: they are hashed into it. */
static uint64_t boundary_of(const struct mw_list *parts)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < parts->n; i++)
        hash = hash * 31 + mw_sv_hash(MW_AT(*parts, struct mw_form_part, i)->body);
    return hash;
}

static void add_parts(struct mw_str *out, const struct mw_list *parts, struct mw_sv partition, const struct mw_address *address, uint64_t boundary)
{
    for (size_t i = 0; i < parts->n; i++) {
        const struct mw_form_part *p = MW_AT(*parts, struct mw_form_part, i);
        mw_str_addf(out, "--mittelweg%016" PRIx64 "\r\nContent-Disposition: form-data; name=\"%.*s\"", boundary, MW_SV_ARG(p->name));
        if (p->filename.p != NULL)
            mw_str_addf(out, "; filename=\"%.*s\"", MW_SV_ARG(p->filename));
        if (p->type.p != NULL)
            mw_str_addf(out, "\r\nContent-Type: %.*s", MW_SV_ARG(p->type));
        mw_str_addz(out, "\r\n\r\n");
        add_filled(out, p->body, partition, address);
        mw_str_addz(out, "\r\n");
    }
    mw_str_addf(out, "--mittelweg%016" PRIx64 "--\r\n", boundary);
}

enum mw_rc mw_request_body(struct mw_sv *body, struct mw_sv *type, struct mw_arena *a, const struct mw_request *request,
                           const struct mw_address *address, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    uint64_t boundary = boundary_of(&request->parts);
    bool form = request->parts.n > 0;

    *body = *type = MW_SV_NONE;
    if (!form && request->body.p == NULL)
        return MW_OK;
    if (form)
        add_parts(&s, &request->parts, partition_of(request, address), address, boundary);
    else
        add_filled(&s, request->body, partition_of(request, address), address);
    *type = form ? mw_arena_printf(a, "multipart/form-data; boundary=mittelweg%016" PRIx64, boundary)
                 : request->type.p != NULL ? request->type : MW_SV("application/json");
    *body = mw_arena_copy(a, mw_sv_n(mw_str_z(&s), s.n));
    return mw_str_ok(&s) && body->p != NULL && type->p != NULL ? MW_OK : mw_nomem(err);
}
