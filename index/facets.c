/* What the hits of a search have in common, counted; and where there are none, which condition would have let some through. */
#include "index/found.h"

#include <stdlib.h>

enum { LAND_BITS = 32, THEMES_SHOWN = 12 };

struct mw_tally {
    int64_t lands[LAND_BITS], applicants[MW_A_N], kinds[MW_K_N], levels[3], statuses[MW_S_CLOSED + 1], languages[2];
    int64_t *words;            /* by number: sources and themes */
};

static void count_bits(int64_t *counts, size_t n, uint32_t bits)
{
    for (size_t i = 0; i < n && bits >> i != 0; i++)
        counts[i] += bits >> i & 1;
}

static void count_notice(struct mw_tally *t, const struct mw_traits *traits, const struct mw_candidate *c)
{
    uint32_t themes[MW_TRAIT_THEMES];
    struct mw_trait trait;

    t->statuses[c->status]++;
    if (!mw_trait_get(&trait, traits, c->notice))
        return;
    count_bits(t->lands, LAND_BITS, trait.lands);
    count_bits(t->applicants, MW_A_N, trait.applicants);
    count_bits(t->kinds, MW_K_N, trait.kinds);
    count_bits(t->levels, 3, trait.levels);
    t->languages[trait.english]++;
    if (trait.source <= traits->words_n)
        t->words[trait.source]++;
    for (size_t n = mw_trait_themes(&trait, themes); n > 0; n--)
        if (themes[n - 1] <= traits->words_n)
            t->words[themes[n - 1]]++;
}

static int by_count(const void *a, const void *b)
{
    const struct mw_facet_count *x = a, *y = b;
    if (x->notices != y->notices)
        return x->notices > y->notices ? -1 : 1;
    return mw_sv_cmp(x->code, y->code);
}

static const char *land_code(size_t bit)
{
    return 1U << bit == MW_T_DE ? "DE" : 1U << bit == MW_T_EU ? "EU" : bit < MW_LAND_N ? mw_land_code((enum mw_land)bit) : "";
}

struct facet {
    struct mw_list *out;
    struct mw_arena *a;
    struct mw_facet now;
    bool failed;
};

static void put_count(struct facet *f, struct mw_sv code, int64_t n)
{
    if (n == 0 || code.n == 0)
        return;
    struct mw_facet_count *slot = mw_list_add(f->a, &f->now.counts, sizeof *slot);
    if (slot != NULL)
        *slot = (struct mw_facet_count){ mw_arena_copy(f->a, code), n };
    f->failed = f->failed || slot == NULL || slot->code.p == NULL;
}

static void end_facet(struct facet *f)
{
    struct mw_facet *slot = mw_list_add(f->a, f->out, sizeof *slot);
    if (f->now.counts.n > 0)
        qsort(f->now.counts.items, f->now.counts.n, sizeof(struct mw_facet_count), by_count);
    if (slot != NULL)
        *slot = f->now;
    f->failed = f->failed || slot == NULL;
    f->now = (struct mw_facet){ NULL, { NULL, 0, 0 } };
}

static void put_codes(struct facet *f, const char *field, const char *const *codes, const int64_t *counts, size_t n)
{
    f->now.field = field;
    for (size_t i = 0; i < n; i++)
        put_count(f, mw_sv(codes[i]), counts[i]);
    end_facet(f);
}

static void put_words(struct facet *f, const char *field, const struct mw_traits *t, enum mw_trait_word_kind kind, const int64_t *counts)
{
    f->now.field = field;
    for (size_t w = 1; w <= t->words_n; w++)
        if (t->words[w].kind == kind)
            put_count(f, t->words[w].word, counts[w]);
    end_facet(f);
}

enum mw_rc mw_tally_begin(struct mw_finding *j)
{
    struct mw_tally *t = j->tally = mw_arena_array(j->work, 1, sizeof *t);
    if (t == NULL || (t->words = mw_arena_array(j->work, j->sieve.traits->words_n + 1, sizeof *t->words)) == NULL)
        return mw_nomem(j->err);
    return MW_OK;
}

void mw_tally_add(struct mw_finding *j, const struct mw_candidate *c)
{
    if (j->tally != NULL)
        count_notice(j->tally, j->sieve.traits, c);
}

enum mw_rc mw_facets_count(struct mw_list *out, struct mw_finding *j)
{
    static const char *const LEVELS[] = { "EU", "bund", "land" }, *const LANGUAGES[] = { "de", "en" };
    const struct mw_traits *traits = j->sieve.traits;
    const struct mw_tally *t = j->tally;
    struct facet f = { .out = out, .a = j->a };

    if (t == NULL)
        return MW_OK; /* nobody asked */
    for (size_t i = 0; i < j->found.n; i++)
        mw_tally_add(j, MW_AT(j->found, struct mw_candidate, i));
    put_codes(&f, "status", MW_STATUSES, t->statuses, MW_S_CLOSED + 1);
    put_codes(&f, "level", LEVELS, t->levels, 3);
    f.now.field = "land";
    for (size_t i = 0; i < LAND_BITS; i++)
        put_count(&f, mw_sv(land_code(i)), t->lands[i]);
    end_facet(&f);
    put_codes(&f, "applicant", MW_APPLICANT_TYPES, t->applicants, MW_A_N);
    put_codes(&f, "kind", MW_KINDS, t->kinds, MW_K_N);
    put_words(&f, "theme", traits, MW_TW_THEME, t->words);
    put_words(&f, "source", traits, MW_TW_SOURCE, t->words);
    put_codes(&f, "language", LANGUAGES, t->languages, 2);
    return f.failed ? mw_nomem(j->err) : MW_OK;
}

/* --- where nothing was found --------------------------------------------------------------------------------------------------- */

/* Counts a notice that passes, of linked ones the first. */
static void count_once(int64_t *n, const struct mw_links *l, bool *counted, const struct mw_sieve *sieve, int64_t notice)
{
    int64_t lead = mw_lead_of(l, notice);
    if (!mw_sieve_passes(sieve, notice) || (lead != 0 && counted[lead]))
        return;
    if (lead != 0)
        counted[lead] = true;
    ++*n;
}

/* How many there would be: of those found by words, or, where the words do not count, of all. */
static enum mw_rc count_without(int64_t *n, struct mw_finding *j, size_t without, bool words, double least)
{
    struct mw_sieve sieve;
    const struct mw_docs *docs = NULL;
    bool *counted = mw_arena_array(j->work, j->links->n + 1, sizeof *counted);
    enum mw_rc rc = counted != NULL ? mw_sieve_make(&sieve, j->work, j->s, &j->q, j->opts->today, false, without, j->err) : mw_nomem(j->err);

    *n = 0;
    for (size_t i = 0; words && i < j->scored.n && rc == MW_OK; i++) {
        const struct mw_scored *one = MW_AT(j->scored, struct mw_scored, i);
        if (one->cover >= least)
            count_once(n, j->links, counted, &sieve, one->notice);
    }
    if (rc == MW_OK && !words)
        rc = mw_docs(&docs, j->s, j->err);
    for (uint32_t doc = 0; docs != NULL && doc < docs->end; doc++)
        if (docs->notice[doc] != 0)
            count_once(n, j->links, counted, &sieve, docs->notice[doc]);
    return rc;
}

static struct mw_sv all_filters(struct mw_finding *j)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    for (size_t i = 0; i < j->q.filters.n; i++)
        mw_str_addf(&s, "%s%.*s", i > 0 ? " " : "", MW_SV_ARG(MW_AT(j->q.filters, struct mw_filter, i)->text));
    return mw_arena_copy(j->work, mw_sv(mw_str_z(&s)));
}

static struct mw_sv all_words(struct mw_finding *j)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    for (size_t i = 0; i < j->groups.n; i++) {
        const struct mw_group *g = MW_AT(j->groups, struct mw_group, i);
        if (g->typed.p != NULL) /* else a related word */
            mw_str_addf(&s, "%s%.*s", s.n > 0 ? " " : "", MW_SV_ARG(g->typed));
    }
    return mw_arena_copy(j->work, mw_sv(mw_str_z(&s)));
}

static enum mw_rc offer(struct mw_list *out, struct mw_finding *j, const struct mw_loosened *l)
{
    struct mw_loosened *slot = l->total > 0 ? mw_list_add(j->a, out, sizeof *slot) : NULL;
    if (slot == NULL)
        return l->total > 0 ? mw_nomem(j->err) : MW_OK;
    *slot = *l;
    slot->text = l->text.p != NULL ? mw_arena_copy(j->a, l->text) : MW_SV_NONE;
    return MW_OK;
}

static enum mw_rc loosen(struct mw_list *out, struct mw_finding *j, enum mw_reading_kind kind, struct mw_sv text, size_t without,
                         double least)
{
    struct mw_loosened l = { .kind = kind, .text = text };
    enum mw_rc rc = count_without(&l.total, j, without, j->groups.n > 0 && !(kind == MW_R_WORD && text.p != NULL), least);
    return rc == MW_OK ? offer(out, j, &l) : rc;
}

/* "land:HE" means the programmes of Hessen; those of the Bund and the EU are open to its towns, too. */
static enum mw_rc widen(struct mw_list *out, struct mw_finding *j, struct mw_filter *f)
{
    const uint32_t typed = f->bits;
    struct mw_loosened l = { .kind = MW_R_FILTER, .text = f->text };

    if (f->field != MW_Q_LAND || f->exclude || (typed & (MW_T_DE | MW_T_EU)) != 0)
        return MW_OK;
    f->bits |= MW_T_DE | MW_T_EU;
    enum mw_rc rc = count_without(&l.total, j, SIZE_MAX, j->groups.n > 0, j->least);
    f->bits = typed;
    l.instead = mw_arena_printf(j->a, "%.*s,DE,EU", MW_SV_ARG(f->text));
    return rc == MW_OK ? offer(out, j, &l) : rc;
}

enum mw_rc mw_loosen(struct mw_list *out, struct mw_finding *j)
{
    size_t at = 0;
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < j->q.filters.n && rc == MW_OK; i++)
        rc = widen(out, j, MW_AT(j->q.filters, struct mw_filter, i));
    for (size_t i = 0; i < j->q.filters.n && rc == MW_OK; i++)
        rc = loosen(out, j, MW_R_FILTER, MW_AT(j->q.filters, struct mw_filter, i)->text, at++, j->least);
    for (size_t i = 0; i < j->q.phrases.n && rc == MW_OK; i++) {
        const struct mw_phrase *p = MW_AT(j->q.phrases, struct mw_phrase, i);
        rc = loosen(out, j, p->exclude ? MW_R_EXCLUDED : MW_R_PHRASE, p->text, at++, j->least);
    }
    for (size_t i = 0; i < j->q.words.n && rc == MW_OK; i++) {
        const struct mw_query_word *w = MW_AT(j->q.words, struct mw_query_word, i);
        if (w->exclude)
            rc = loosen(out, j, MW_R_EXCLUDED, w->typed, at, j->least);
        at++;
    }
    if (rc == MW_OK && j->q.filters.n > 1) /* where no single one is at fault */
        rc = loosen(out, j, MW_R_FILTER, all_filters(j), MW_NO_FILTERS, j->least);
    if (rc == MW_OK && j->groups.n > 1) /* some of the words */
        rc = loosen(out, j, MW_R_WORD, MW_SV_NONE, SIZE_MAX, 0);
    if (rc == MW_OK && j->groups.n > 0 && j->q.filters.n > 0)
        rc = loosen(out, j, MW_R_WORD, all_words(j), SIZE_MAX, 0);
    return rc;
}
