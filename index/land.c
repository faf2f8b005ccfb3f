/* Where a project is, said in passing: "Förderung Spielplatz Sachsen-Anhalt". Nobody who types that wants a programme of another Land,
 * nor all that Sachsen-Anhalt pays for: so the name narrows down, and weighs little as a word. */
#include "index/query.h"
#include "index/trait.h"
#include "rules/engine/statement.h"

/* The table of names and adjectives, and what people type for them. */
static enum mw_land land_of(const struct mw_rules *rules, struct mw_sv folded)
{
    enum mw_land land = MW_LAND_NONE;
    struct mw_sv code = mw_rules_lookup_folded(rules, "laender", folded);

    if (code.p == NULL)
        code = mw_rules_lookup_folded(rules, "laender-short", folded);
    return code.p != NULL && mw_land_parse(code, &land) ? land : MW_LAND_NONE;
}

/* Of two words, "Sachsen Anhalt"; *n: how many they are. */
static enum mw_land read_land(const struct mw_query *q, const struct mw_rules *rules, size_t at, size_t *n)
{
    const struct mw_query_word *w = MW_AT(q->words, struct mw_query_word, at), *next = w + 1;
    enum mw_land land = land_of(rules, w->folded), longer = MW_LAND_NONE;

    if (at + 1 < q->words.n && !next->exclude && next->begin == w->end + 1) {
        MW_AUTO(mw_str_free) struct mw_str both = MW_STR_INIT;
        mw_str_addf(&both, "%.*s-%.*s", MW_SV_ARG(w->folded), MW_SV_ARG(next->folded));
        longer = land_of(rules, mw_str_sv(&both));
    }
    bool both_name_it = longer != MW_LAND_NONE && (longer != land || land_of(rules, next->folded) == land); /* not "hessische Radwege" */
    *n = both_name_it ? 2 : 1;
    return both_name_it ? longer : land;
}

static bool has_land(const struct mw_query *q)
{
    for (size_t i = 0; i < q->filters.n; i++)
        if (MW_AT(q->filters, struct mw_filter, i)->field == MW_Q_LAND)
            return true;
    return false;
}

static enum mw_rc add_filter(struct mw_query *q, struct mw_arena *a, uint32_t lands, struct mw_sv of, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    struct mw_filter *f = mw_list_add(a, &q->filters, sizeof *f);

    mw_str_addz(&text, "land:");
    for (int land = MW_LAND_NONE + 1; land < MW_LAND_N; land++)
        if ((lands >> land & 1) != 0)
            mw_str_addf(&text, "%s,", mw_land_code((enum mw_land)land));
    mw_str_addz(&text, "DE,EU");
    if (f == NULL)
        return mw_nomem(err);
    *f = (struct mw_filter){ .field = MW_Q_LAND, .text = mw_arena_copy(a, mw_sv(mw_str_z(&text))), .bits = lands | MW_T_DE | MW_T_EU,
                             .of = mw_arena_copy(a, of), .or_unknown = true };
    return f->text.p != NULL && f->of.p != NULL ? MW_OK : mw_nomem(err);
}

enum mw_rc mw_query_lands(struct mw_query *q, struct mw_arena *a, const struct mw_rules *rules, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str of = MW_STR_INIT;
    uint32_t lands = 0;
    size_t n = 1;

    for (size_t i = 0; i < q->words.n && !q->pasted; i += n) {
        struct mw_query_word *w = MW_AT(q->words, struct mw_query_word, i);
        enum mw_land land = MW_LAND_NONE;
        n = 1;
        if (!w->exclude && w->end > 0)
            land = read_land(q, rules, i, &n);
        if (land == MW_LAND_NONE)
            continue;
        for (size_t k = 0; k < n; k++) {
            w[k].land = true;
            mw_str_addf(&of, "%s%.*s", of.n == 0 ? "" : k > 0 ? " " : ", ", MW_SV_ARG(w[k].typed));
        }
        lands |= 1U << land;
    }
    return lands == 0 || has_land(q) ? MW_OK : add_filter(q, a, lands, mw_sv(mw_str_z(&of)), err);
}
