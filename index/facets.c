/* What the hits of a search have in common, counted; and where there are none, which condition would have let some through. */
#include "index/found.h"

#include <stdlib.h>

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

/* How many hits are in each of the sets. */
static void put_sets(struct facet *f, const struct mw_finding *j, const char *field, const char *(*code)(size_t), uint64_t *const *sets, size_t n)
{
    f->now.field = field;
    for (size_t i = 0; i < n; i++)
        put_count(f, mw_sv(code(i)), sets[i] != NULL ? mw_bits_common(j->hits, sets[i], j->docs->words) : 0);
    end_facet(f);
}

static void put_words(struct facet *f, const struct mw_finding *j, const char *field, enum mw_trait_word_kind kind)
{
    const struct mw_marks *m = j->sieve.marks;
    f->now.field = field;
    for (size_t w = 1; w <= m->words_n; w++)
        if (m->traits->words[w].kind == kind && m->words_of[w] != NULL)
            put_count(f, m->traits->words[w].word, mw_bits_common(j->hits, m->words_of[w], j->docs->words));
    end_facet(f);
}

static const char *status_code(size_t i) { return MW_STATUSES[i]; }
static const char *applicant_code(size_t i) { return MW_APPLICANT_TYPES[i]; }
static const char *kind_code(size_t i) { return MW_KINDS[i]; }
static const char *level_code(size_t i)
{
    static const char *const LEVELS[MW_LEVELS] = { "EU", "bund", "land" };
    return LEVELS[i];
}

enum mw_rc mw_facets_count(struct mw_list *out, struct mw_finding *j)
{
    const struct mw_marks *m = j->sieve.marks;
    struct facet f = { .out = out, .a = j->a };

    if (j->hits == NULL && (j->hits = mw_arena_array(j->work, j->docs->words, sizeof *j->hits)) == NULL)
        return mw_nomem(j->err);
    put_sets(&f, j, "status", status_code, m->statuses, MW_S_CLOSED + 1);
    put_sets(&f, j, "level", level_code, m->levels, MW_LEVELS);
    put_sets(&f, j, "land", land_code, m->lands, MW_LAND_BITS);
    put_sets(&f, j, "applicant", applicant_code, m->applicants, MW_A_N);
    put_sets(&f, j, "kind", kind_code, m->kinds, MW_K_N);
    put_words(&f, j, "theme", MW_TW_THEME);
    put_words(&f, j, "source", MW_TW_SOURCE);
    int64_t all = mw_bits_count(j->hits, j->docs->words), english = m->english != NULL ? mw_bits_common(j->hits, m->english, j->docs->words) : 0;
    f.now.field = "language";
    put_count(&f, MW_SV("de"), all - english);
    put_count(&f, MW_SV("en"), english);
    end_facet(&f);
    return f.failed ? mw_nomem(j->err) : MW_OK;
}

/* --- where nothing was found --------------------------------------------------------------------------------------------------- */

/* How many there would be: of those found by words, or, where the words do not count, of all. */
static enum mw_rc count_without(int64_t *n, struct mw_finding *j, size_t without, bool words, double least)
{
    struct mw_sieve sieve;
    struct mw_page page = { .hits = NULL };
    enum mw_rc rc = mw_sieve_make(&sieve, j->work, j->s, &j->q, j->opts->today, false, without, j->err);

    page.hits = sieve.pass;
    if (rc == MW_OK && words)
        rc = mw_rank_page(&page, j->work, j->s, &j->groups, &(struct mw_page_ask){ .least = least, .pass = sieve.pass }, j->err);
    *n = 0;
    if (rc != MW_OK)
        return rc;
    rc = mw_one_of_each(page.hits, j);
    *n = rc == MW_OK ? mw_bits_count(page.hits, j->docs->words) : 0;
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
