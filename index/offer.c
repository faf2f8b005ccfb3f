/* Conditions that were typed as words: "Zuschuss für Vereine unter 10.000 Euro". The filter that says the same is offered, never set: who asks
 * for 10,000 may mean the grant or the project. A sum is looked for only where there is nothing else: as words its number stands anywhere. */
#include "index/query.h"

enum { WORDS = 4 };

struct word {
    size_t begin, end;
};

static bool next_word(struct mw_sv text, size_t *at, struct word *w)
{
    while (*at < text.n && (unsigned char)text.p[*at] <= ' ')
        ++*at;
    w->begin = *at;
    while (*at < text.n && (unsigned char)text.p[*at] > ' ')
        ++*at;
    w->end = *at;
    return w->end > w->begin;
}

static bool is_word(struct mw_sv word, const char *const *list)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;
    mw_fold(&folded, word);
    while (*list != NULL && !mw_sv_eqz(mw_str_sv(&folded), *list))
        list++;
    return *list != NULL;
}

static bool add_offer(struct mw_query *q, struct mw_arena *a, struct mw_sv of, const char *field, struct mw_sv value)
{
    struct mw_unread *slot = mw_list_add(a, &q->offers, sizeof *slot);
    if (slot != NULL)
        *slot = (struct mw_unread){ mw_arena_printf(a, "%s:%.*s", field, MW_SV_ARG(value)), of };
    return slot != NULL && slot->text.p != NULL;
}

static bool reads(struct mw_arena *a, const char *field, struct mw_sv value, struct mw_day today)
{
    struct mw_list filters = { NULL, 0, 0 };
    return mw_filter_read(&filters, a, value, mw_sv(field), value, false, today) == MW_A_FILTER &&
           MW_AT(filters, struct mw_filter, 0)->corrected.p == NULL;
}

static void do_not_rank(struct mw_query *q, size_t begin, size_t end)
{
    for (size_t i = 0; i < q->words.n; i++) {
        struct mw_query_word *w = MW_AT(q->words, struct mw_query_word, i);
        if (w->end > 0 && w->begin >= begin && w->end <= end)
            w->stop = true;
    }
}

/* "unter 10.000 Euro", "bis zu 5 000 €": from the comparison to the currency. *at: behind it. */
static bool read_sum(struct mw_query *q, struct mw_arena *a, struct word first, struct mw_day today, size_t *at, bool *is_one)
{
    static const char *const COMPARISONS[] = { "unter", "bis", "hochstens", "maximal", "weniger", "ab", "mindestens", "uber", "mehr", NULL };
    static const char *const CURRENCIES[] = { "euro", "eur", "\xe2\x82\xac", NULL };
    struct word w;
    size_t end = *at;

    *is_one = false;
    if (!is_word(mw_sv_sub(q->plain, first.begin, first.end - first.begin), COMPARISONS))
        return true;
    for (int n = 0; n < WORDS && next_word(q->plain, &end, &w); n++) {
        struct mw_sv said = mw_sv_sub(q->plain, first.begin, w.end - first.begin);
        if (!is_word(mw_sv_sub(q->plain, w.begin, w.end - w.begin), CURRENCIES) && !mw_sv_ends(said, MW_SV("\xe2\x82\xac")))
            continue;
        if (!reads(a, "betrag", said, today))
            return true;
        do_not_rank(q, first.begin, w.end);
        *is_one = true;
        *at = end;
        return add_offer(q, a, said, "betrag", said);
    }
    return true;
}

enum mw_rc mw_query_offers(struct mw_query *q, struct mw_arena *a, struct mw_day today, struct mw_err *err)
{
    static const char *const FOR[] = { "fur", NULL };
    static const char *const ARTICLES[] = { "den", "die", "das", "einen", "eine", "ein", "unser", "unsere", "unseren", NULL };
    struct word w, next;
    bool ok = true, is_sum = false;

    for (size_t at = 0; ok && !q->pasted && next_word(q->plain, &at, &w);) {
        size_t behind = at;
        ok = read_sum(q, a, w, today, &at, &is_sum);
        if (is_sum || !is_word(mw_sv_sub(q->plain, w.begin, w.end - w.begin), FOR) || !next_word(q->plain, &behind, &next))
            continue;
        if (is_word(mw_sv_sub(q->plain, next.begin, next.end - next.begin), ARTICLES) && !next_word(q->plain, &behind, &next))
            continue;
        struct mw_sv whom = mw_sv_sub(q->plain, next.begin, next.end - next.begin);
        if (ok && reads(a, "antragsteller", whom, today))
            ok = add_offer(q, a, mw_sv_sub(q->plain, w.begin, next.end - w.begin), "antragsteller", whom);
    }
    return ok ? MW_OK : mw_nomem(err);
}
