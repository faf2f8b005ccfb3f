/* grantsTenders.json: every topic and tender of the portal, 130 MB in one list, read record by record. No call text, no address
 * and no deadline model stand in it; the search interface brings those. */
#include "crawler/eu.h"

#include <stdio.h>

static const char LIST[] = "/fundingData/GrantTenderObj";

static struct mw_sv described(const struct mw_node *record, const char *key)
{
    const struct mw_node *node = mw_node_get(record, key);
    return node != NULL && node->kind == MW_MAP ? mw_node_text(node, "description") : MW_SV_NONE;
}

/* "a, b, c" of a list of texts. */
static struct mw_sv joined(struct mw_arena *a, const struct mw_node *list)
{
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    for (size_t i = 0; list != NULL && list->kind == MW_SEQ && i < list->n; i++) {
        if (mw_scalar_text(list->items[i]).n > 0 && out.n > 0)
            mw_str_addz(&out, ", ");
        mw_str_add(&out, mw_scalar_text(list->items[i]));
    }
    return mw_arena_copy(a, mw_str_sv(&out));
}

/* News of the call: deadlines are moved here, in prose, newest first as the source has them. */
static bool add_news(struct mw_arena *a, struct mw_notice *n, const struct mw_node *record)
{
    const struct mw_node *news = mw_node_get(record, "latestInfos");
    for (size_t i = 0; news != NULL && news->kind == MW_SEQ && i < news->n; i++) {
        struct mw_sv day = mw_sv_sub(mw_node_text(news->items[i], "lastChangeDate"), 0, 10);
        struct mw_sv heading = mw_arena_printf(a, day.n > 0 ? "Update %.*s" : "Update", MW_SV_ARG(day));
        if (heading.p == NULL || !mw_section_add(a, n, heading, mw_node_text(news->items[i], "content"), true))
            return false;
    }
    return true;
}

static bool add_types(struct mw_arena *a, struct mw_notice *n, const struct mw_node *record)
{
    const struct mw_node *types = mw_node_get(record, "topicActions");
    struct mw_node *seq = mw_new_seq(a);
    for (size_t i = 0; types != NULL && types->kind == MW_SEQ && i < types->n; i++)
        if (mw_node_text(types->items[i], "description").n > 0 &&
            !mw_seq_add(a, seq, mw_new_text(a, mw_node_text(types->items[i], "description"))))
            return false;
    return mw_extra_put(a, n, "types_of_action", seq);
}

static struct mw_sv said_model(const struct mw_node *record)
{
    struct mw_sv model = described(record, "deadlineModel");
    const struct mw_node *action = mw_pointer(record, MW_SV("/actions/0"));
    return model.n > 0 ? model : action != NULL && action->kind == MW_MAP ? described(action, "submissionProcedure") : MW_SV_NONE;
}

static bool grant(struct mw_arena *a, struct mw_notice *n, const struct mw_node *record, struct mw_sv identifier)
{
    n->url = mw_eu_topic_url(a, identifier);
    return mw_facet_add(a, n, MW_FUNDING_TYPE, MW_SV("Grant")) && mw_section_add(a, n, MW_SV("Call"), mw_node_text(record, "callTitle"), false) &&
           mw_section_add(a, n, MW_SV("Programme"), described(record, "frameworkProgramme"), false) &&
           mw_section_add(a, n, MW_SV("Keywords"), joined(a, mw_node_get(record, "keywords")), false) && add_news(a, n, record) &&
           mw_extra_text(a, n, "programme", described(record, "frameworkProgramme")) &&
           mw_extra_text(a, n, "call_identifier", mw_node_text(record, "callIdentifier")) && add_types(a, n, record);
}

static bool tender(struct mw_arena *a, struct mw_notice *n, const struct mw_node *record)
{
    n->url = mw_node_text(record, "url");
    return mw_section_add(a, n, MW_SV("Description"), mw_node_text(record, "descriptionTender"), true) &&
           mw_extra_text(a, n, "about", MW_SV("tender")) &&
           mw_extra_text(a, n, "buyer", mw_node_text(record, "contractingAuthority")) &&
           mw_extra_text(a, n, "procedure", mw_node_text(record, "procedureType")) &&
           mw_extra_text(a, n, "cpv", mw_scalar_text(mw_pointer(record, MW_SV("/mainCpv/mainCode"))));
}

static enum mw_rc read_record(struct mw_reading *x, struct mw_arena *a, struct mw_node *record, struct mw_sv text)
{
    MW_AUTO(mw_err_clear) struct mw_err fault = MW_ERR_INIT(x->err != NULL ? x->err->lang : MW_EN);
    struct mw_sv type = mw_scalar_text(mw_node_get(record, "type")), identifier = mw_sv_trim(mw_node_text(record, "identifier"));
    struct mw_notice n = { .title = mw_node_text(record, "title"), .language = MW_SV("en"), .opens = MW_DAY_NONE };
    bool is_tender = mw_sv_eqz(type, "0");

    (void)text;
    if (!is_tender && !mw_sv_eqz(type, "1")) {
        mw_fail(&fault, MW_PARSE, "This record is neither a grant nor a tender (type \"%.*s\").", MW_SV_ARG(mw_sv_sub(type, 0, 40)));
        return mw_fault(x, identifier, &fault);
    }
    if (identifier.n == 0 || n.title.n == 0 || is_tender != mw_source_tenders(x->source)) {
        x->tally->left_out++;
        return MW_OK;
    }
    mw_first_day(mw_scalar_text(mw_node_get(record, "plannedOpeningDateLong")), &n.opens);
    bool ok = (is_tender ? tender(a, &n, record) : grant(a, &n, record, identifier)) && mw_extra_text(a, &n, "identifier", identifier) &&
              mw_eu_deadlines(a, &n, mw_node_get(record, "deadlineDatesLong"), said_model(record), identifier) &&
              mw_extra_text(a, &n, "status", mw_eu_status(mw_scalar_text(mw_pointer(record, MW_SV("/status/id")))));
    return ok ? mw_emit(x, a, &n) : mw_nomem(x->err);
}

enum mw_rc mw_read_eu_bulk(struct mw_reading *x)
{
    enum mw_rc rc = mw_each_record(x, mw_sv(LIST), read_record);
    if (rc == MW_OK && x->tally->notices + x->tally->left_out + x->tally->repeated == 0)
        rc = mw_fail(x->err, MW_PARSE, "The list of calls is empty, which it never is; the stored state stays.");
    return rc;
}
