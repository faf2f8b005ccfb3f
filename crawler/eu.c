/* Implements eu.h. */
#include "crawler/eu.h"

#include <stdlib.h>

static const char TOPIC[] = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/";

struct mw_sv mw_eu_topic_url(struct mw_arena *a, struct mw_sv identifier)
{
    MW_AUTO(mw_str_free) struct mw_str url = MW_STR_INIT;
    identifier = mw_sv_trim(identifier);
    mw_str_addz(&url, TOPIC);
    for (size_t i = 0; i < identifier.n; i++) {
        char c = identifier.p[i];
        if (c == ' ')
            mw_str_addz(&url, "%20");
        else
            mw_str_addc(&url, (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c));
    }
    return identifier.n > 0 && mw_str_ok(&url) ? mw_arena_copy(a, mw_str_sv(&url)) : MW_SV_NONE;
}

static int by_day(const void *a, const void *b)
{
    return mw_day_cmp(*(const struct mw_day *)a, *(const struct mw_day *)b);
}

/* "multiple cut-off" from the interface, "multiple-cut-off" from elsewhere: one spelling. */
static struct mw_sv model_of(struct mw_sv said, struct mw_sv identifier, size_t deadlines, bool *inferred)
{
    *inferred = said.n == 0;
    if (said.n > 0)
        return mw_sv_eqz(said, "multiple-cut-off") ? MW_SV("multiple cut-off") : said;
    if (mw_sv_ends(identifier, MW_SV("two-stage")) || mw_sv_ends(identifier, MW_SV("TWO-STAGE")))
        return MW_SV("two-stage");
    return deadlines == 1 ? MW_SV("single-stage") : deadlines > 1 ? MW_SV("several") : MW_SV_NONE;
}

bool mw_eu_deadlines(struct mw_arena *a, struct mw_notice *n, const struct mw_node *dates, struct mw_sv model, struct mw_sv identifier)
{
    size_t count = dates == NULL ? 0 : dates->kind == MW_SEQ ? dates->n : 1;
    bool inferred;
    for (size_t i = 0; i < count; i++)
        if (!mw_days_add(a, &n->deadlines, NULL, mw_scalar_text(dates->kind == MW_SEQ ? dates->items[i] : dates)))
            return false;
    if (n->deadlines.n > 1)
        qsort(n->deadlines.items, n->deadlines.n, sizeof(struct mw_day), by_day);
    struct mw_sv is = model_of(model, identifier, n->deadlines.n, &inferred);
    return mw_extra_text(a, n, "deadline_model", is) &&
           (is.n == 0 || !inferred || mw_extra_text(a, n, "deadline_model_from", MW_SV("inferred")));
}

struct mw_sv mw_eu_status(struct mw_sv code)
{
    static const struct { const char *code, *word; } CODES[] = {
        { "31094501", "forthcoming" }, { "31094502", "open" }, { "31094503", "closed" }
    };
    for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++)
        if (mw_sv_eqz(code, CODES[i].code))
            return mw_sv(CODES[i].word);
    return code;
}

/* --- budget ------------------------------------------------------------------------------------------------------------------ */
static bool is_of(const struct mw_node *entry, struct mw_sv identifier)
{
    struct mw_sv action = mw_node_text(entry, "action");
    return action.n > identifier.n && mw_sv_starts(action, identifier) && action.p[identifier.n] == ' ';
}

static int64_t total_of(const struct mw_node *entry)
{
    const struct mw_node *years = mw_node_get(entry, "budgetYearMap");
    int64_t sum = 0, eur;
    for (size_t i = 0; years != NULL && years->kind == MW_MAP && i < years->n; i++)
        if (mw_sv_int(mw_scalar_text(years->pairs[i].value), &eur) && eur > 0 && eur < INT64_C(1000000000000))
            sum += eur;
    return sum;
}

static bool put_number(struct mw_arena *a, struct mw_node *map, const char *key, const struct mw_node *entry, const char *from, int64_t times)
{
    int64_t v;
    if (!mw_sv_int(mw_scalar_text(mw_node_get(entry, from)), &v) || v <= 0 || v >= INT64_C(1000000000000))
        return true; /* 0 means that it is not published */
    return mw_node_get(map, key) != NULL || mw_map_put(a, map, key, mw_new_int(a, v * times));
}

bool mw_eu_budget(struct mw_arena *a, const struct mw_node *overview, struct mw_sv identifier, struct mw_node **out)
{
    const struct mw_node *map = mw_node_get(overview, "budgetTopicActionMap");
    struct mw_node *budget = mw_new_map(a);
    int64_t sum = 0;
    bool shared = false, ok = budget != NULL;

    *out = NULL;
    for (size_t i = 0; ok && map != NULL && map->kind == MW_MAP && i < map->n; i++) {
        const struct mw_node *entries = map->pairs[i].value;
        for (size_t k = 0; ok && entries->kind == MW_SEQ && k < entries->n; k++) {
            if (!is_of(entries->items[k], identifier))
                continue;
            int64_t here = total_of(entries->items[k]);
            sum += here;
            for (size_t o = 0; o < entries->n; o++)
                shared = shared || (here > 0 && !is_of(entries->items[o], identifier) && total_of(entries->items[o]) == here);
            ok = put_number(a, budget, "min_cents", entries->items[k], "minContribution", 100) &&
                 put_number(a, budget, "max_cents", entries->items[k], "maxContribution", 100) &&
                 put_number(a, budget, "expected_grants", entries->items[k], "expectedGrants", 1);
        }
    }
    if (ok && sum > 0)
        ok = mw_map_put(a, budget, "total_cents", mw_new_int(a, sum * 100)) && (!shared || mw_map_text(a, budget, "shared", MW_SV("yes")));
    if (ok && budget->n > 0) {
        ok = mw_map_text(a, budget, "currency", MW_SV("EUR"));
        *out = budget;
    }
    return ok;
}
