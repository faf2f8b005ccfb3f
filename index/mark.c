/* Marks: see mark.h. */
#include "index/mark.h"

#include <stdlib.h>
#include <string.h>

static void free_sets(uint64_t **sets, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(sets[i]);
}

void mw_marks_free(struct mw_marks *m)
{
    if (m == NULL)
        return;
    free_sets(m->lands, MW_LAND_BITS);
    free_sets(m->applicants, MW_A_N);
    free_sets(m->kinds, MW_K_N);
    free_sets(m->levels, MW_LEVELS);
    free_sets(&m->english, 1);
    free_sets(m->statuses, MW_S_CLOSED + 1);
    if (m->words_of != NULL)
        free_sets(m->words_of, m->words_n + 1);
    free(m->words_of);
    free(m->deadline);
    free(m);
}

static bool mark(const struct mw_marks *m, uint64_t **set, uint32_t doc)
{
    if (*set == NULL && (*set = calloc(m->words, sizeof **set)) == NULL)
        return false;
    mw_bit_put(*set, doc);
    return true;
}

static bool mark_bits(const struct mw_marks *m, uint64_t **sets, size_t n, uint32_t bits, uint32_t doc)
{
    bool ok = true;
    for (size_t i = 0; i < n && bits >> i != 0 && ok; i++)
        ok = (bits >> i & 1) == 0 || mark(m, &sets[i], doc);
    return ok;
}

static bool mark_doc(struct mw_marks *m, uint32_t doc)
{
    uint32_t themes[MW_TRAIT_THEMES];
    struct mw_trait t;

    if (!mw_trait_get(&t, m->traits, m->docs->notice[doc]))
        return true;
    bool ok = mark_bits(m, m->lands, MW_LAND_BITS, t.lands, doc) && mark_bits(m, m->applicants, MW_A_N, t.applicants, doc) &&
              mark_bits(m, m->kinds, MW_K_N, t.kinds, doc) && mark_bits(m, m->levels, MW_LEVELS, t.levels, doc) &&
              (!t.english || mark(m, &m->english, doc));
    if (ok && t.source > 0 && t.source <= m->words_n)
        ok = mark(m, &m->words_of[t.source], doc);
    for (size_t n = mw_trait_themes(&t, themes); n > 0 && ok; n--)
        ok = themes[n - 1] == 0 || themes[n - 1] > m->words_n || mark(m, &m->words_of[themes[n - 1]], doc);
    return ok;
}

static enum mw_rc make(struct mw_marks **out, const struct mw_docs *docs, const struct mw_traits *traits, struct mw_err *err)
{
    struct mw_marks *m = calloc(1, sizeof *m);

    if (m == NULL)
        return mw_nomem(err);
    *m = (struct mw_marks){ .docs = docs, .traits = traits, .words = docs->words, .words_n = traits->words_n,
                             .today = MW_DAY_NONE };
    m->words_of = calloc(traits->words_n + 1, sizeof *m->words_of);
    bool ok = m->words_of != NULL;
    for (uint32_t doc = 0; doc < docs->end && ok; doc++)
        ok = docs->notice[doc] == 0 || mark_doc(m, doc);
    if (!ok) {
        mw_marks_free(m);
        return mw_nomem(err);
    }
    *out = m;
    return MW_OK;
}

/* How the statuses stand on another day. */
static bool turn_to(struct mw_marks *m, struct mw_day today)
{
    bool ok = m->deadline != NULL || (m->deadline = malloc(m->docs->end * sizeof *m->deadline)) != NULL;

    m->today = MW_DAY_NONE;
    for (size_t i = 0; i <= MW_S_CLOSED; i++)
        if (m->statuses[i] != NULL)
            memset(m->statuses[i], 0, m->words * sizeof *m->statuses[i]);
    for (uint32_t doc = 0; doc < m->docs->end && ok; doc++) {
        struct mw_trait t;
        struct mw_day deadline = MW_DAY_NONE;
        if (m->docs->notice[doc] != 0) {
            mw_trait_get(&t, m->traits, m->docs->notice[doc]);
            ok = mark(m, &m->statuses[mw_trait_status(&t, today, &deadline)], doc);
        }
        m->deadline[doc] = deadline.n;
    }
    if (ok)
        m->today = today;
    return ok;
}

enum mw_rc mw_marks(const struct mw_marks **out, struct mw_store *s, struct mw_day today, struct mw_err *err)
{
    const struct mw_docs *docs = NULL; /* who reads new ones drops the marks */
    const struct mw_traits *traits = NULL;
    enum mw_rc rc = mw_docs(&docs, s, err);

    if (rc == MW_OK)
        rc = mw_traits(&traits, s, err);
    if (rc == MW_OK && s->marks == NULL)
        rc = make(&s->marks, docs, traits, err);
    if (rc == MW_OK && (s->marks->today.n != today.n || !mw_day_is(today)) && !turn_to(s->marks, today))
        rc = mw_nomem(err);
    *out = s->marks;
    return rc;
}
