/* The passage that shows most of what was looked for: the window of some words in which the heaviest different groups of
 * the query stand together. Short texts come first; a directive is read only as far as a person would. */
#include "index/query.h"

#include <string.h>

enum { READ_MAX = 8000, WINDOW = 220, LEAD = 60, HITS_MAX = 4000, BEGINNINGS = 1 << 10, SHORTEST_PART = 3, BEGIN_MAX = 4 };

static const double ENOUGH = 0.6; /* of a passage with everything: no later text is read */

struct known {
    struct mw_sv form;
    size_t group;
    double weight;
};
struct seen {
    size_t begin, end, group;
    double weight;
};
struct scan {
    struct mw_arena *a;
    struct mw_analyser *an;
    size_t base;               /* where the word being analysed begins */
    struct mw_str folded;
    const struct known *known;
    size_t known_n, groups;
    struct mw_list seen;       /* struct seen, in order of the text */
    unsigned char beginnings[BEGINNINGS]; /* bits: a form begins so */
    bool failed;
};

static bool look(void *ctx, const struct mw_token *t)
{
    struct scan *s = ctx;
    for (size_t i = 0; i < s->known_n; i++) {
        if (!mw_sv_eq(s->known[i].form, t->form))
            continue;
        struct seen *hit = mw_list_add(s->a, &s->seen, sizeof *hit);
        if (hit == NULL) {
            s->failed = true;
            return false;
        }
        *hit = (struct seen){ s->base + t->begin, s->base + t->end, s->known[i].group, s->known[i].weight };
        break;
    }
    return s->seen.n < HITS_MAX;
}

static bool in_word(char c)
{
    return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '+' ||
           c == '&';
}

/* Could the word have one of the forms? The beginning of a form stands somewhere in the folded word: the analyser is asked only
 * then. Beginnings are looked up in a table of bits, each at once for all forms. */
static size_t beginning(const char *p, size_t n)
{
    size_t h = n;
    for (size_t i = 0; i < n; i++)
        h = h * 31 + (unsigned char)p[i];
    return h % ((size_t)BEGINNINGS * 8);
}

static void note_beginnings(struct scan *s)
{
    for (size_t i = 0; i < s->known_n; i++) {
        struct mw_sv form = s->known[i].form;
        size_t bit = beginning(form.p, form.n < BEGIN_MAX ? form.n : BEGIN_MAX);
        s->beginnings[bit / 8] |= (unsigned char)(1 << bit % 8);
    }
}

static bool may_match(struct scan *s, struct mw_sv word)
{
    mw_str_clear(&s->folded);
    mw_fold(&s->folded, word);
    struct mw_sv w = mw_str_sv(&s->folded);
    for (size_t at = 0; at < w.n; at++)
        for (size_t n = at == 0 ? 1 : SHORTEST_PART; n <= BEGIN_MAX && at + n <= w.n; n++) { /* a part has three letters */
            size_t bit = beginning(w.p + at, n);
            if ((s->beginnings[bit / 8] >> bit % 8 & 1) != 0)
                return true;
        }
    return false;
}

static void read_text(struct scan *s, struct mw_sv text, bool english)
{
    size_t at = 0;
    s->seen.n = 0;
    while (at < text.n && s->seen.n < HITS_MAX && !s->failed) {
        while (at < text.n && !in_word(text.p[at]))
            at++;
        size_t end = at;
        while (end < text.n && in_word(text.p[end]))
            end++;
        struct mw_sv word = mw_sv_sub(text, at, end - at);
        s->base = at;
        if (word.n > 1 && may_match(s, word))
            mw_analyse(s->an, word, english, look, s);
        at = end;
    }
}

/* Terms of all groups, each with its worth; words that are only related would be marked to no one's use. */
static struct known *known_terms(struct mw_arena *a, const struct mw_list *groups, size_t *n)
{
    size_t cap = 0;
    *n = 0;
    for (size_t g = 0; g < groups->n; g++)
        for (size_t w = 0; w < MW_AT(*groups, struct mw_group, g)->ways.n; w++)
            cap += MW_AT(MW_AT(*groups, struct mw_group, g)->ways, struct mw_way, w)->terms.n;
    struct known *out = mw_arena_array(a, cap + 1, sizeof *out);
    for (size_t g = 0; g < groups->n && out != NULL; g++) {
        const struct mw_group *group = MW_AT(*groups, struct mw_group, g);
        for (size_t w = 0; w < group->ways.n; w++) {
            const struct mw_way *way = MW_AT(group->ways, struct mw_way, w);
            if (way->kind == MW_R_RELATED)
                continue;
            for (size_t i = 0; i < way->terms.n; i++) {
                const struct mw_term *t = MW_AT(way->terms, struct mw_term, i);
                if (way->terms.n > 1 && (mw_is_stopword(t->form, false) || mw_is_stopword(t->form, true)))
                    continue; /* "und" of "Bund und Länder" */
                out[(*n)++] = (struct known){ t->form, g, group->weight * way->weight * t->weight * t->idf };
            }
        }
    }
    return out;
}

/* What a passage with every group would be worth. */
static double full_worth(const struct known *known, size_t n, size_t groups, double *best)
{
    double sum = 0;
    memset(best, 0, groups * sizeof *best);
    for (size_t i = 0; i < n; i++)
        if (known[i].weight > best[known[i].group])
            best[known[i].group] = known[i].weight;
    for (size_t g = 0; g < groups; g++)
        sum += best[g];
    return sum;
}

struct window {
    size_t first, last;  /* of the hits */
    double worth;
};

/* The best run of hits that fits a window: different groups add up, repetition counts little. */
static struct window best_window(const struct scan *s, double *group_worth)
{
    struct window best = { 0, 0, 0 };

    for (size_t i = 0; i < s->seen.n; i++) {
        const struct seen *first = MW_AT(s->seen, struct seen, i);
        double worth = 0;
        memset(group_worth, 0, s->groups * sizeof *group_worth);
        size_t k = i;
        for (; k < s->seen.n; k++) {
            const struct seen *hit = MW_AT(s->seen, struct seen, k);
            if (hit->end - first->begin > WINDOW)
                break;
            double more = hit->weight - group_worth[hit->group];
            worth += more > 0 ? more : hit->weight / 100;
            group_worth[hit->group] += more > 0 ? more : 0;
        }
        if (worth > best.worth)
            best = (struct window){ i, k - 1, worth };
    }
    return best;
}

/* The nearest beginning of a word at or before at, but not before a sentence's end. */
static size_t step_back(struct mw_sv text, size_t at, size_t most)
{
    size_t from = at > most ? at - most : 0, out = from;
    for (size_t i = at; i > from; i--)
        if (text.p[i - 1] == '\n' || (i + 1 < at && (text.p[i - 1] == '.' || text.p[i - 1] == '!' || text.p[i - 1] == '?') &&
                                      text.p[i] == ' '))
            return i;
    while (out > 0 && out < at && text.p[out - 1] != ' ' && text.p[out - 1] != '\n')
        out++;
    return out;
}

static size_t step_on(struct mw_sv text, size_t from, size_t to)
{
    if (to >= text.n)
        return text.n;
    size_t end = to;
    while (end > from && text.p[end] != ' ' && text.p[end] != '\n')
        end--;
    if (end > from)
        return end;
    while (to > from && ((unsigned char)text.p[to] & 0xc0) == 0x80) /* one endless word: at least no broken letter */
        to--;
    return to;
}

static void add_plain(struct mw_str *out, struct mw_sv s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool space = c <= ' ';
        if (!space || (out->n > 0 && out->p[out->n - 1] != ' '))
            mw_str_addc(out, (char)(space ? ' ' : c));
    }
}

static void write_passage(struct mw_str *out, const struct scan *s, struct mw_sv text, const struct window *w)
{
    const struct seen *first = MW_AT(s->seen, struct seen, w->first);
    size_t begin = step_back(text, first->begin, LEAD), end = step_on(text, first->begin, begin + WINDOW + LEAD), at = begin;

    if (begin > 0)
        mw_str_addz(out, "… ");
    for (size_t i = w->first; i < s->seen.n; i++) {
        const struct seen *hit = MW_AT(s->seen, struct seen, i);
        if (hit->end > end)
            break;
        if (hit->begin < at)
            continue; /* a part of the word just marked */
        add_plain(out, mw_sv_sub(text, at, hit->begin - at));
        mw_str_addc(out, '\x01');
        add_plain(out, mw_sv_sub(text, hit->begin, hit->end - hit->begin));
        mw_str_addc(out, '\x02');
        at = hit->end;
    }
    add_plain(out, mw_sv_sub(text, at, end > at ? end - at : 0));
    if (end < text.n)
        mw_str_addz(out, " …");
}

enum mw_rc mw_snippet(struct mw_sv *out, struct mw_arena *a, struct mw_store *s, int64_t notice, const struct mw_list *groups,
                      struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *work = mw_arena_new();
    MW_AUTO(mw_str_free) struct mw_str best = MW_STR_INIT;
    struct mw_list sections = { NULL, 0, 0 };
    struct scan scan = { .a = work, .an = s->an, .folded = MW_STR_INIT, .groups = groups->n };
    double top = 0;

    if (work == NULL)
        return mw_nomem(err);
    scan.known = known_terms(work, groups, &scan.known_n);
    if (scan.known != NULL)
        note_beginnings(&scan);
    double *worth = mw_arena_array(work, groups->n + 1, sizeof *worth);
    enum mw_rc rc = mw_sections_begin(&sections, work, s, notice, INT32_MAX, READ_MAX, err);
    if (rc == MW_OK && (scan.known == NULL || worth == NULL))
        rc = mw_nomem(err);
    double enough = rc == MW_OK ? ENOUGH * full_worth(scan.known, scan.known_n, groups->n, worth) : 0;
    for (size_t i = 1; i < sections.n && top <= enough && rc == MW_OK; i++) { /* the title is shown anyway */
        struct mw_sv text = MW_AT(sections, struct mw_section, i)->text;
        read_text(&scan, text, MW_AT(sections, struct mw_section, i)->html);
        struct window w = best_window(&scan, worth);
        if (scan.seen.n > 0 && w.worth > top * 1.05) { /* a later text must be clearly better */
            top = w.worth;
            mw_str_clear(&best);
            write_passage(&best, &scan, text, &w);
        }
    }
    if (rc == MW_OK && best.n == 0 && sections.n > 1) {
        struct mw_sv text = MW_AT(sections, struct mw_section, 1)->text;
        size_t end = step_on(text, 0, WINDOW);
        add_plain(&best, mw_sv_sub(text, 0, end));
        if (end < text.n)
            mw_str_addz(&best, " …");
    }
    mw_str_free(&scan.folded);
    *out = mw_arena_copy(a, mw_sv(mw_str_z(&best)));
    return rc == MW_OK && (scan.failed || !mw_str_ok(&best) || out->p == NULL) ? mw_nomem(err) : rc;
}
