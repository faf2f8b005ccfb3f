/* The search interface of the Funding & Tenders portal.
 *
 * Rows repeat, topics come as mirrors with a stale status, as stubs without text, and in up to 23 languages. Of all rows of a
 * topic the best counts: from the main index, with a status, with a text. What might still be bettered is held back until the run
 * ends (mw_reader_finish). A filter that the portal does not understand is ignored by it without a word: so every row is held
 * against the query that was sent. */
#include "crawler/eu.h"
#include "crawler/seen.h"

enum { RANK_TEXT = 1, RANK_STATUS = 2, RANK_MAIN = 4, RANK_BEST = 7 };

/* Fields lie in metadata, wrapped in lists; in a few rows at the top. */
static const struct mw_node *field(const struct mw_node *row, const char *key)
{
    const struct mw_node *node = mw_node_get(mw_node_get(row, "metadata"), key);
    return node != NULL ? node : mw_node_get(row, key);
}

static struct mw_sv text_of(const struct mw_node *row, const char *key) { return mw_scalar_text(field(row, key)); }

/* JSON in a string, parsed for the second time; NULL where it is none or cut off: then the row goes without it. */
static const struct mw_node *inner(struct mw_arena *a, const struct mw_node *row, const char *key)
{
    MW_AUTO(mw_err_clear) struct mw_err ignored = MW_ERR_INIT(MW_EN);
    struct mw_node *node = NULL;
    struct mw_sv text = text_of(row, key);
    return text.n > 0 && mw_json_read(&node, a, key, 1, text, &ignored) == MW_OK ? node : NULL;
}

/* --- the filter that was sent ------------------------------------------------------------------------------------------------ */
static bool holds(const struct mw_node *values, struct mw_sv value)
{
    for (size_t i = 0; values->kind == MW_SEQ && i < values->n; i++)
        if (mw_sv_eq(mw_scalar_text(values->items[i]), value))
            return true;
    return false;
}

static const struct mw_node *query_of(struct mw_reading *x, struct mw_arena *a)
{
    MW_AUTO(mw_err_clear) struct mw_err ignored = MW_ERR_INIT(MW_EN);
    struct mw_node *query = NULL;
    for (size_t i = 0; i < x->source->request.parts.n; i++) {
        const struct mw_form_part *sent = MW_AT(x->source->request.parts, struct mw_form_part, i);
        size_t mark = mw_sv_find(sent->body, MW_SV("{partition}"), 0);
        struct mw_sv body = mark == SIZE_MAX ? sent->body : mw_arena_printf(a, "%.*s%.*s", (int)mark, sent->body.p,
            MW_SV_ARG(mw_sv_sub(sent->body, mark + 11, sent->body.n)));
        if (mw_sv_eqz(sent->name, "query") && mw_json_read(&query, a, "query", 1, body, &ignored) == MW_OK)
            return mw_pointer(query, MW_SV("/bool/must"));
    }
    return NULL;
}

/* The first field of the query that the row does not satisfy; NULL: it satisfies all. A row that does not have the field at all
 * (stubs) is no proof. */
static const char *violated(struct mw_arena *a, const struct mw_node *must, const struct mw_node *row)
{
    for (size_t i = 0; must != NULL && must->kind == MW_SEQ && i < must->n; i++) {
        const struct mw_node *terms = mw_node_get(must->items[i], "terms");
        for (size_t k = 0; terms != NULL && terms->kind == MW_MAP && k < terms->n; k++) {
            const char *key = mw_arena_z(a, terms->pairs[k].key);
            struct mw_sv value = key != NULL ? text_of(row, key) : MW_SV_NONE;
            if (value.n > 0 && !holds(terms->pairs[k].value, value))
                return key;
        }
    }
    return NULL;
}

/* Is the row of the part that was asked for? One that says no day, or a day that cannot be read, is no proof. */
static bool is_of_part(const struct mw_address *part, const struct mw_node *row)
{
    struct mw_day start;
    if (!mw_is_part(part) || !mw_first_day(text_of(row, "startDate"), &start))
        return true;
    return start.n >= part->from.n && start.n <= part->to.n; /* of rows without a day, from lies behind to */
}

/* --- one row to a notice ------------------------------------------------------------------------------------------------------ */
static bool is_cascade(const struct mw_node *row) { return mw_sv_eqz(text_of(row, "type"), "8"); }

/* Calls of cascade funding share identifier and even address with others of their project: their reference tells them apart. */
static struct mw_sv url_of(struct mw_arena *a, const struct mw_node *row)
{
    struct mw_sv reference = mw_scalar_text(mw_node_get(row, "reference")), url = mw_scalar_text(mw_node_get(row, "url"));
    struct mw_sv language = text_of(row, "language");
    if (mw_sv_eqz(text_of(row, "type"), "1") && text_of(row, "identifier").n > 0)
        return mw_eu_topic_url(a, text_of(row, "identifier"));
    url = mw_url_join(a, MW_SV("https://ec.europa.eu/"), url.n > 0 ? url : text_of(row, "url"));
    if (!is_cascade(row) || url.n == 0)
        return url.n > 0 ? url : mw_eu_topic_url(a, text_of(row, "identifier"));
    if (language.n > 0 && mw_sv_ends(reference, language))
        reference.n -= language.n;
    else if (mw_sv_ends(reference, MW_SV("en")))
        reference.n -= 2;
    return mw_arena_printf(a, "%.*s#%.*s", MW_SV_ARG(url), MW_SV_ARG(reference));
}

static struct mw_sv title_of(const struct mw_node *row)
{
    static const char *const OWN[] = { "callTitle", "summary", "title", NULL }, *const TOPIC[] = { "title", "summary", "callTitle", NULL };
    for (const char *const *key = is_cascade(row) ? OWN : TOPIC; *key != NULL; key++)
        if (mw_sv_trim(text_of(row, *key)).n > 0)
            return text_of(row, *key);
    return MW_SV_NONE;
}

static int rank_of(const struct mw_node *row)
{
    bool main = mw_sv_eqz(text_of(row, "DATASOURCE"), "SEDIA");
    bool text = text_of(row, "descriptionByte").n > 0 || text_of(row, "description").n > 0;
    return (main ? RANK_MAIN : 0) + (text_of(row, "status").n > 0 ? RANK_STATUS : 0) + (text ? RANK_TEXT : 0);
}

static struct mw_sv model_of(struct mw_arena *a, const struct mw_node *row)
{
    struct mw_sv model = text_of(row, "deadlineModel");
    return model.n > 0 ? model : mw_scalar_text(mw_pointer(inner(a, row, "actions"), MW_SV("/0/submissionProcedure/description")));
}

/* Keywords are a list of texts, or one text that is such a list as JSON. The identifiers among them say nothing. */
static bool add_keywords(struct mw_arena *a, struct mw_notice *n, const struct mw_node *row)
{
    const struct mw_node *list = field(row, "keywords"), *again = inner(a, row, "keywords");
    struct mw_node *seq = mw_new_seq(a);
    list = again != NULL && again->kind == MW_SEQ ? again : list;
    for (size_t i = 0; list != NULL && list->kind == MW_SEQ && i < list->n; i++) {
        struct mw_sv word = mw_scalar_text(list->items[i]);
        bool id = mw_sv_eq(word, text_of(row, "identifier")) || mw_sv_eq(word, text_of(row, "callIdentifier"));
        if (word.n > 0 && !id && !mw_seq_add(a, seq, mw_new_text(a, word)))
            return false;
    }
    return mw_extra_put(a, n, "keywords", seq);
}

/* A topic's budget from the overview of its call, a cascade call's as a plain number. */
static bool add_budget(struct mw_arena *a, struct mw_notice *n, const struct mw_node *row)
{
    struct mw_node *budget = NULL;
    int64_t eur;
    if (!mw_eu_budget(a, inner(a, row, "budgetOverview"), text_of(row, "identifier"), &budget))
        return false;
    if (budget == NULL && mw_sv_int(text_of(row, "budget"), &eur) && eur > 0 && eur < INT64_C(1000000000000)) {
        struct mw_sv currency = text_of(row, "currency");
        budget = mw_new_map(a);
        if (!mw_map_put(a, budget, "total_cents", mw_new_int(a, eur * 100)) ||
            !mw_map_text(a, budget, "currency", currency.n > 0 ? currency : MW_SV("EUR")))
            return false;
    }
    return budget == NULL || mw_extra_put(a, n, "budget", budget);
}

static bool add_sections(struct mw_arena *a, struct mw_notice *n, const struct mw_node *row)
{
    static const struct { const char *heading, *key; } SECTIONS[] = {
        { "Description", "descriptionByte" },       { "Description", "description" },
        { "Destination", "destinationDetails" },    { "Topic conditions", "topicConditions" },
        { "Who can apply", "beneficiaryAdministration" }, { "Duration", "duration" },
        { "Further information", "furtherInformation" }, { "Support", "supportInfo" },
    };
    bool ok = true;
    for (size_t i = 0; i < sizeof SECTIONS / sizeof *SECTIONS && ok; i++)
        ok = mw_section_add(a, n, mw_sv(SECTIONS[i].heading), text_of(row, SECTIONS[i].key), true);
    /* The call stands above the topic; for cascade calls it is the project and its parent topic. */
    return ok && mw_section_add(a, n, MW_SV("Call"), is_cascade(row) ? text_of(row, "title") : text_of(row, "callTitle"), false) &&
           mw_section_add(a, n, MW_SV("Project"), text_of(row, "projectName"), false);
}

static enum mw_rc emit_row(struct mw_reading *x, struct mw_arena *a, const struct mw_node *row)
{
    struct mw_notice n = { .url = url_of(a, row), .title = title_of(row), .opens = MW_DAY_NONE, .language = mw_sv_sub(text_of(row, "language"), 0, 2) };
    mw_first_day(text_of(row, "startDate"), &n.opens);
    bool ok = mw_facet_add(a, &n, MW_FUNDING_TYPE, MW_SV("Grant")) && add_sections(a, &n, row) && add_keywords(a, &n, row) && add_budget(a, &n, row) &&
              mw_eu_deadlines(a, &n, field(row, "deadlineDate"), model_of(a, row), text_of(row, "identifier")) &&
              mw_extra_text(a, &n, "identifier", text_of(row, "identifier")) &&
              mw_extra_text(a, &n, "call_identifier", text_of(row, "callIdentifier")) &&
              mw_extra_text(a, &n, "framework_programme", text_of(row, "frameworkProgramme")) &&
              mw_extra_text(a, &n, "type_of_action", text_of(row, "typesOfAction")) &&
              mw_extra_text(a, &n, "data_source", text_of(row, "DATASOURCE")) &&
              mw_extra_text(a, &n, "status", mw_eu_status(text_of(row, "status")));
    return ok ? mw_emit(x, a, &n) : mw_nomem(x->err);
}

/* --- which row counts ----------------------------------------------------------------------------------------------------------- */
/* What the portal was asked must hold for every row of its answer. */
static enum mw_rc check_row(struct mw_reading *x, struct mw_arena *a, struct mw_node *row, struct mw_sv text)
{
    const char *wrong = violated(a, query_of(x, a), row);
    (void)text;

    if (wrong != NULL)
        return mw_fail(x->err, MW_PARSE, "The portal ignored the filter: a row has \"%.*s\" as %s. Nothing of this answer is taken.",
                       MW_SV_ARG(mw_sv_sub(text_of(row, wrong), 0, 60)), wrong);
    if (!is_of_part(&x->res->from, row))
        return mw_fail(x->err, MW_PARSE, "The portal ignored the days that were asked for: a row starts on %.*s. Nothing of this answer is taken.",
                       MW_SV_ARG(mw_sv_sub(text_of(row, "startDate"), 0, 10)));
    return MW_OK;
}

/* Records that cannot be read are reported when they are taken. */
static enum mw_rc check_rows(struct mw_reading *x)
{
    struct mw_tally ignored = { .expected = -1 };
    struct mw_outlet silent = *x->to;
    struct mw_reading checking = *x;

    silent.fault = NULL;
    checking.to = &silent;
    checking.tally = &ignored;
    return mw_each_record(&checking, MW_SV("/results"), check_row);
}

static enum mw_rc read_row(struct mw_reading *x, struct mw_arena *a, struct mw_node *row, struct mw_sv text)
{
    MW_AUTO(mw_err_clear) struct mw_err fault = MW_ERR_INIT(x->err != NULL ? x->err->lang : MW_EN);
    MW_AUTO(mw_str_free) struct mw_str key = MW_STR_INIT;
    struct mw_sv language = text_of(row, "language"), url = url_of(a, row);
    if (language.n > 0 && !mw_sv_eq(mw_sv_sub(language, 0, 2), x->source->language)) {
        x->tally->left_out++;
        return MW_OK;
    }
    if (url.n == 0) {
        mw_fail(&fault, MW_PARSE, "This row has neither an identifier nor an address.");
        return mw_fault(x, mw_scalar_text(mw_node_get(row, "reference")), &fault);
    }
    mw_str_addz(&key, "row ");
    mw_str_add(&key, url);
    struct mw_seen_entry *e = mw_str_ok(&key) ? mw_seen_at(x->r->seen, mw_str_sv(&key)) : NULL;
    if (e == NULL)
        return mw_nomem(x->err);
    int rank = rank_of(row);
    x->tally->repeated += e->emitted || e->held.p != NULL;
    if (e->emitted || (e->held.p != NULL && rank <= e->rank))
        return MW_OK;
    if (rank < RANK_BEST)
        return mw_seen_hold(x->r->seen, e, rank, text) ? MW_OK : mw_nomem(x->err);
    e->emitted = true;
    return emit_row(x, a, row);
}

enum mw_rc mw_finish_eu_search(struct mw_reading *x)
{
    enum mw_rc rc = MW_OK;
    for (size_t i = 0; i < mw_seen_count(x->r->seen) && rc == MW_OK; i++) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        struct mw_seen_entry *e = mw_seen_nth(x->r->seen, i);
        struct mw_node *row;
        if (e->emitted || e->held.p == NULL)
            continue;
        if (a == NULL)
            return mw_nomem(x->err);
        e->emitted = true; /* mw_emit makes entries: e is not good after it */
        rc = mw_json_read(&row, a, "held", 1, e->held, x->err);
        if (rc == MW_OK)
            rc = emit_row(x, a, row);
    }
    return rc;
}

/* The page's own words: how many hits there are, and whether this page is the last. */
static enum mw_rc read_frame(struct mw_reading *x, struct mw_arena *a, struct mw_sv bytes, int64_t *page, bool *empty)
{
    struct mw_node *frame;
    enum mw_rc rc = mw_json_read(&frame, a, "search", 1, bytes, x->err);
    if (rc != MW_OK)
        return rc;
    const struct mw_node *results = mw_node_get(frame, "results");
    if (results == NULL || results->kind != MW_SEQ)
        return mw_fail(x->err, MW_PARSE, "This is no answer of the search interface: it has no list of results.");
    *empty = results->n == 0;
    *page = 0;
    mw_sv_int(mw_scalar_text(mw_node_get(frame, "pageNumber")), page);
    if (!mw_sv_int(mw_scalar_text(mw_node_get(frame, "totalResults")), &x->tally->expected))
        x->tally->expected = -1;
    return MW_OK;
}

/* More than the interface gives out of one question: the same question in two halves by the day of start, and once for the rows that
 * say none. *parted: this one need not be read on. */
static enum mw_rc part(struct mw_reading *x, int64_t page, bool *parted)
{
    enum { FIRST = 3653, LAST = 43829 }; /* 1980 to 2089: wider than any programme */
    const struct mw_request *q = &x->source->request;
    const struct mw_address *at = &x->res->from;
    bool whole = !mw_is_part(at);
    struct mw_day from = { whole ? FIRST : at->from.n }, to = { whole ? LAST : at->to.n };

    *parted = page == 1 && q->range.n > 0 && q->window != MW_INT_NONE && x->tally->expected > q->window && from.n < to.n;
    if (!*parted)
        return MW_OK;
    struct mw_day middle = { from.n + (to.n - from.n) / 2 };
    enum mw_rc rc = mw_emit_part(x, at->url, from, middle);
    if (rc == MW_OK)
        rc = mw_emit_part(x, at->url, (struct mw_day){ middle.n + 1 }, to);
    if (rc == MW_OK && whole && q->undated.n > 0)
        rc = mw_emit_part(x, at->url, (struct mw_day){ 1 }, (struct mw_day){ 0 });
    return rc;
}

/* Of an excerpt, one row or a list of rows, a page. */
static enum mw_rc frame_excerpt(const struct mw_reading *x, struct mw_arena *a, struct mw_sv *bytes)
{
    struct mw_node *node;
    enum mw_rc rc = mw_json_read(&node, a, "search", 1, *bytes, x->err);
    bool row = rc == MW_OK && node->kind == MW_MAP && mw_node_get(node, "metadata") != NULL && mw_node_get(node, "results") == NULL;
    if (rc != MW_OK || (!row && node->kind != MW_SEQ))
        return rc;
    *bytes = row ? mw_arena_printf(a, "{\"results\":[%.*s]}", MW_SV_ARG(*bytes)) : mw_arena_printf(a, "{\"results\":%.*s}", MW_SV_ARG(*bytes));
    return bytes->p != NULL ? MW_OK : mw_nomem(x->err);
}

enum mw_rc mw_read_eu_search(struct mw_reading *x)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_resource page_of_bytes = *x->res;
    struct mw_sv bytes, next;
    int64_t page = 0;
    bool empty = true, parted = false;

    if (a == NULL)
        return mw_nomem(x->err);
    enum mw_rc rc = mw_resource_bytes(x, a, MW_BODY_MAX, &bytes);
    if (rc == MW_OK && x->res->excerpt)
        rc = frame_excerpt(x, a, &bytes);
    if (rc != MW_OK)
        return rc;
    page_of_bytes.excerpt = false;
    page_of_bytes.bytes = bytes;
    page_of_bytes.path = NULL;
    struct mw_reading unpacked = *x; /* the same with bytes that are no file and no gzip any more */
    unpacked.res = &page_of_bytes;
    rc = read_frame(&unpacked, a, bytes, &page, &empty);
    if (rc == MW_OK)
        rc = part(&unpacked, page, &parted);
    if (rc == MW_OK) /* all of them before the first is taken */
        rc = check_rows(&unpacked);
    if (rc == MW_OK && !parted) /* else they come again */
        rc = mw_each_record(&unpacked, MW_SV("/results"), read_row);
    /* Rows repeat, so their number proves nothing: the end is an empty page. */
    next = rc == MW_OK && !empty && !parted && page >= 1 ? mw_page_after(a, x->res->from.url, x->source->request.page, 1) : MW_SV_NONE;
    return next.n > 0 ? mw_emit_part(x, next, x->res->from.from, x->res->from.to) : rc;
}
