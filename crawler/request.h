/* What a source's file says about asking, made into the body of one request. */
#ifndef MW_CRAWLER_REQUEST_H
#define MW_CRAWLER_REQUEST_H

#include "crawler/reader.h"

/* body MW_SV_NONE: a GET. "{page}", "{from}" and "{to}" are those of the address, "{partition}" is the request's range with the days in it; days are ISO. */
enum mw_rc mw_request_body(struct mw_sv *body, struct mw_sv *type, struct mw_arena *a, const struct mw_request *request,
    const struct mw_address *address, struct mw_err *err);

#endif
