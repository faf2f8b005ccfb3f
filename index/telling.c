/* The words that tell most of a text: often in it, rare in the notices. */
#include "index/query.h"

#include <math.h>
#include <stdlib.h>

struct telling {
    struct mw_query_word *word;
    double worth;
};

static int by_worth(const void *a, const void *b)
{
    const struct telling *x = a, *y = b;
    if (x->worth != y->worth)
        return x->worth > y->worth ? -1 : 1;
    return mw_sv_cmp(x->word->form, y->word->form);
}

bool mw_has_letter(struct mw_sv folded)
{
    for (size_t i = 0; i < folded.n; i++)
        if ((unsigned char)folded.p[i] >= 0x80 || (folded.p[i] >= 'a' && folded.p[i] <= 'z'))
            return true;
    return false;
}

/* A Land or a region says where. */
static bool names_place(struct mw_store *s, const struct mw_rules *rules, struct mw_sv form)
{
    const struct mw_spoken *word = rules != NULL ? mw_said_form(s, form) : NULL;
    return word != NULL && word->names_place;
}

enum mw_rc mw_telling(struct mw_list *groups, struct mw_arena *a, struct mw_store *s, const struct mw_rules *rules, struct mw_list *words,
                      size_t most, int64_t least, struct mw_err *err)
{
    struct telling *t = mw_arena_array(a, words->n + 1, sizeof *t);
    const struct mw_docs *docs = NULL;
    enum mw_rc rc = t != NULL ? mw_docs(&docs, s, err) : mw_nomem(err);
    size_t n = 0;

    if (rc == MW_OK)
        rc = mw_said_begin(s, err);
    if (rc == MW_OK)
        rc = mw_said_places(s, rules, err);
    for (size_t i = 0; i < words->n && rc == MW_OK; i++) {
        struct mw_query_word *w = MW_AT(*words, struct mw_query_word, i);
        int64_t notices = 0;
        if (w->stop || !mw_has_letter(w->folded) || names_place(s, rules, w->form))
            continue;
        rc = mw_term_notices(s, w->form, &notices, err);
        double idf = log1p((double)docs->living / ((double)notices + 0.5));
        t[n++] = (struct telling){ w, (1 + log(w->times)) * (notices >= least || (w->parts.n > 0 && least <= 1) ? idf : 0) };
    }
    if (rc == MW_OK && n > 0)
        qsort(t, n, sizeof *t, by_worth);
    for (size_t i = 0; i < n && i < most && rc == MW_OK; i++)
        if (t[i].worth > 0)
            rc = mw_group_add(groups, a, t[i].word, err);
    return rc;
}
