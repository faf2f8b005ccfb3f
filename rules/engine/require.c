/* A small reader of PCRE2's syntax that keeps two things of every part: the few texts it matches if they are few ("exact"),
 * and what it needs. Parts that follow each other multiply their texts, alternatives add them; where that grows too large, or a part
 * matches too much to list (\w*, [^;]), the texts collected so far become a need. */
#include "rules/engine/need.h"

#include <stdlib.h>
#include <string.h>

enum { EXACT_MAX = 48, DEPTH_MAX = 40 };

struct part {
    bool exact;
    struct mw_list texts; /* struct mw_sv, where exact: everything it can match */
    struct mw_list needs; /* struct mw_need */
};
struct reader {
    struct mw_arena *a;
    struct mw_sv p;
    size_t at;
    unsigned depth;
    bool lost;   /* met what it does not understand: the pattern needs nothing */
    bool no_memory;
};

/* --- texts ---------------------------------------------------------------------------------------------------------- */
static void add_text(struct reader *r, struct mw_list *to, struct mw_sv text)
{
    r->no_memory |= !mw_need_add_text(to, r->a, text);
}

static struct part one_text(struct reader *r, struct mw_sv text)
{
    struct part x = { .exact = true };
    add_text(r, &x.texts, text);
    return x;
}

static struct part anything(void)
{
    return (struct part){ .exact = false };
}

/* The texts become a need, where they say enough. */
static void add_need(struct reader *r, struct mw_list *needs, const struct mw_list *texts)
{
    unsigned weight = mw_need_weight(texts);
    if (weight < NEED_WEIGHT_MIN)
        return;
    struct mw_need *n = mw_list_add(r->a, needs, sizeof *n);
    if (n == NULL)
        r->no_memory = true;
    else
        *n = (struct mw_need){ *texts, weight };
}

static void add_needs(struct reader *r, struct mw_list *to, const struct mw_list *from)
{
    for (size_t i = 0; i < from->n; i++) {
        struct mw_need *n = mw_list_add(r->a, to, sizeof *n);
        if (n == NULL)
            r->no_memory = true;
        else
            *n = *MW_AT(*from, struct mw_need, i);
    }
}

static struct mw_sv joined(struct reader *r, struct mw_sv left, struct mw_sv right)
{
    if (left.n == 0 || right.n == 0)
        return left.n == 0 ? right : left;
    char *p = mw_arena_alloc(r->a, left.n + right.n);
    if (p == NULL) {
        r->no_memory = true;
        return left;
    }
    memcpy(p, left.p, left.n);
    memcpy(p + left.n, right.p, right.n);
    return mw_sv_n(p, left.n + right.n);
}

/* Every text of x behind every text of all; false, all unchanged: they would be too many or too long. */
static bool multiply(struct reader *r, struct mw_list *all, const struct mw_list *x)
{
    struct mw_list product = { 0 };
    if (all->n * x->n > EXACT_MAX)
        return false;
    for (size_t i = 0; i < all->n; i++)
        for (size_t k = 0; k < x->n; k++) {
            struct mw_sv left = *MW_AT(*all, struct mw_sv, i), right = *MW_AT(*x, struct mw_sv, k);
            if (left.n + right.n > NEED_TEXT_MAX)
                return false;
            add_text(r, &product, joined(r, left, right));
        }
    *all = product;
    return true;
}

/* --- characters ------------------------------------------------------------------------------------------------------- */
static bool more(const struct reader *r)
{
    return r->at < r->p.n && !r->lost && !r->no_memory;
}

static bool next_is(const struct reader *r, const char *z)
{
    size_t i = 0;
    while (z[i] != '\0' && r->at + i < r->p.n && r->p.p[r->at + i] == z[i])
        i++;
    return z[i] == '\0';
}

static bool take(struct reader *r, const char *z)
{
    if (!next_is(r, z))
        return false;
    r->at += strlen(z);
    return true;
}

static struct mw_sv take_char(struct reader *r) /* one character of UTF-8 */
{
    size_t from = r->at++;
    while (r->at < r->p.n && ((unsigned char)r->p.p[r->at] & 0xC0) == 0x80)
        r->at++;
    return mw_sv_sub(r->p, from, r->at - from);
}

static bool skip_to(struct reader *r, char end)
{
    const char *p = memchr(r->p.p + r->at, end, r->p.n - r->at);
    if (p == NULL)
        return false;
    r->at = (size_t)(p - r->p.p) + 1;
    return true;
}

/* Behind a backslash. *zero: it matches no character (\b). */
static struct part read_escape(struct reader *r, bool *zero)
{
    char c = '\0';
    if (r->at < r->p.n)
        c = r->p.p[r->at];
    if (c == '\0')
        r->lost = true;
    if ((unsigned char)c >= 0x80 || strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", c) == NULL)
        return one_text(r, take_char(r));
    r->at++;
    if (strchr("bBAzZGK", c) != NULL) {
        *zero = true;
        return anything();
    }
    if ((c == 'p' || c == 'P') && next_is(r, "{")) {
        if (!skip_to(r, '}'))
            r->lost = true;
        return anything();
    }
    if (strchr("dDwWsShHvVNRXn", c) == NULL || (c == 'N' && next_is(r, "{")))
        r->lost = true; /* back references, numbers, \Q: seldom in rules */
    return anything();
}

size_t mw_class_name_end(struct mw_sv pattern, size_t at)
{
    if (at + 1 >= pattern.n || pattern.p[at] != '[' || strchr(":.=", pattern.p[at + 1]) == NULL || pattern.p[at + 1] == '\0')
        return 0;
    char sign = pattern.p[at + 1];
    for (size_t i = at + 2; i + 1 < pattern.n; i++) {
        char c = pattern.p[i], next = pattern.p[i + 1];
        if (c == sign && next == ']')
            return i + 2;
        if (c == ']' || (c == '[' && next == sign))
            return 0;
        i += c == '\\' && (next == ']' || next == '\\');
    }
    return 0;
}

/* Behind "[": up to four single characters are listed. */
static struct part read_class(struct reader *r)
{
    struct part x = { .exact = true };
    bool first = true, zero = false;
    if (take(r, "^"))
        x.exact = false;
    for (; more(r) && (first || !next_is(r, "]")); first = false) {
        struct part one;
        size_t named = mw_class_name_end(r->p, r->at);
        if (named > 0) {
            r->at = named;
            one = anything();
        } else {
            one = take(r, "\\") ? read_escape(r, &zero) : one_text(r, take_char(r));
        }
        if (next_is(r, "-") && !next_is(r, "-]")) { /* a range; its end comes as the next character */
            r->at++;
            one = anything();
        }
        if (one.exact && one.texts.n > 0)
            add_text(r, &x.texts, *MW_AT(one.texts, struct mw_sv, 0));
        x.exact = x.exact && one.exact;
    }
    if (!take(r, "]"))
        r->lost = true;
    x.exact = x.exact && x.texts.n <= 4;
    return x.exact ? x : anything();
}

/* --- groups and repetitions --------------------------------------------------------------------------------------------- */
static struct part read_alternatives(struct reader *r);

/* Behind "(". *zero: it looks around and takes no character. */
static struct part read_group(struct reader *r, bool *zero)
{
    bool without = false; /* a negative look-around: what it names must be missing */
    if (next_is(r, "*")) {
        r->lost = true;
    } else if (take(r, "?")) {
        if (take(r, "=") || take(r, "<="))
            *zero = true;
        else if (take(r, "!") || take(r, "<!"))
            *zero = without = true;
        else if (!take(r, ":") && !take(r, ">") && !take(r, "|") &&
                 !((take(r, "<") || take(r, "P<")) && skip_to(r, '>')) && !(take(r, "'") && skip_to(r, '\'')))
            r->lost = true; /* options, conditions, recursion, comments */
    }
    if (++r->depth > DEPTH_MAX)
        r->lost = true;
    struct part x = r->lost ? anything() : read_alternatives(r);
    r->depth--;
    if (!take(r, ")"))
        r->lost = true;
    if (without)
        return anything();
    if (*zero && x.exact)
        add_need(r, &x.needs, &x.texts);
    return x;
}

static bool digit_at(const struct reader *r, size_t at)
{
    return at < r->p.n && r->p.p[at] >= '0' && r->p.p[at] <= '9';
}

/* "{2}", "{2,}", "{2,5}" (no other brace is a repetition); *max 0: without end. */
static bool take_braces(struct reader *r, unsigned long *min, unsigned long *max)
{
    size_t at = r->at + 1;
    if (!next_is(r, "{") || !digit_at(r, at))
        return false;
    *min = *max = 0;
    for (; digit_at(r, at); at++)
        *min = *min * 10 + (unsigned long)(r->p.p[at] - '0');
    *max = *min;
    if (at < r->p.n && r->p.p[at] == ',') {
        *max = 0;
        for (at++; digit_at(r, at); at++)
            *max = *max * 10 + (unsigned long)(r->p.p[at] - '0');
    }
    if (at >= r->p.n || r->p.p[at] != '}')
        return false;
    r->at = at + 1;
    return true;
}

static struct part read_repetition(struct reader *r, struct part x)
{
    unsigned long min = 1, max = 1;
    if (take(r, "?"))
        min = 0;
    else if (take(r, "*"))
        min = max = 0;
    else if (take(r, "+"))
        max = 0;
    else if (!take_braces(r, &min, &max))
        return x;
    if (!take(r, "?"))
        (void)take(r, "+");
    if (min == 1 && max == 1)
        return x;
    if (min == 0) /* also of what looks ahead */
        x.needs = (struct mw_list){ 0 };
    if (min == 0 && max == 1 && x.exact && x.texts.n < EXACT_MAX) {
        add_text(r, &x.texts, MW_SV(""));
        return x;
    }
    if (min == 0)
        return anything();
    if (x.exact)
        add_need(r, &x.needs, &x.texts);
    x.exact = false;
    return x;
}

static struct part read_atom(struct reader *r, bool *zero)
{
    if (take(r, "("))
        return read_group(r, zero);
    if (take(r, "["))
        return read_class(r);
    if (take(r, "\\"))
        return read_escape(r, zero);
    if (take(r, "."))
        return anything();
    if (take(r, "^") || take(r, "$")) {
        *zero = true;
        return anything();
    }
    /* A run of characters that stand for themselves; its last one alone where it is repeated. */
    size_t from = r->at, last = r->at;
    for (; r->at < r->p.n && strchr("([\\.^$|)?*+{", r->p.p[r->at]) == NULL; take_char(r))
        last = r->at;
    if (r->at == from) /* a "{" that repeats nothing */
        return one_text(r, take_char(r));
    if (last > from && r->at < r->p.n && strchr("?*+{", r->p.p[r->at]) != NULL)
        r->at = last;
    return one_text(r, mw_sv_sub(r->p, from, r->at - from));
}

static struct part read_sequence(struct reader *r)
{
    struct part all = one_text(r, MW_SV(""));
    bool exact = true;
    while (more(r) && !next_is(r, "|") && !next_is(r, ")")) {
        bool zero = false;
        struct part x = read_repetition(r, read_atom(r, &zero));
        add_needs(r, &all.needs, &x.needs);
        if (zero || (x.exact && multiply(r, &all.texts, &x.texts)))
            continue;
        exact = false;
        add_need(r, &all.needs, &all.texts);
        all.texts = x.exact ? x.texts : one_text(r, MW_SV("")).texts;
    }
    if (!exact)
        add_need(r, &all.needs, &all.texts);
    all.exact = exact;
    return all;
}

static const struct mw_need *best_need(const struct mw_list *needs)
{
    const struct mw_need *best = NULL;
    for (size_t i = 0; i < needs->n; i++) {
        const struct mw_need *n = MW_AT(*needs, struct mw_need, i);
        if (best == NULL || n->weight > best->weight || (n->weight == best->weight && n->any.n < best->any.n))
            best = n;
    }
    return best;
}

/* Alternatives need one of what each of them needs; where one needs nothing, so do all. */
static struct part read_alternatives(struct reader *r)
{
    struct part all = read_sequence(r);
    struct mw_list any = { 0 }; /* their best needs together */
    bool several = next_is(r, "|"), weak = false;
    for (struct part x = all;; x = read_sequence(r)) {
        const struct mw_need *best = best_need(&x.needs);
        const struct mw_list *texts = x.exact && mw_need_weight(&x.texts) >= NEED_WEIGHT_MIN ? &x.texts : best != NULL ? &best->any : NULL;
        weak = weak || texts == NULL || any.n > NEED_ANY_MAX;
        for (size_t i = 0; !weak && i < texts->n; i++)
            add_text(r, &any, *MW_AT(*texts, struct mw_sv, i));
        all.exact = all.exact && x.exact;
        for (size_t i = 0; all.exact && i < x.texts.n; i++)
            add_text(r, &all.texts, *MW_AT(x.texts, struct mw_sv, i));
        all.exact = all.exact && all.texts.n <= EXACT_MAX;
        if (!more(r) || !take(r, "|"))
            break;
    }
    if (several) {
        all.needs = (struct mw_list){ 0 };
        if (!all.exact && !weak)
            add_need(r, &all.needs, &any);
    }
    return all;
}

/* --- the result --------------------------------------------------------------------------------------------------------- */
static int by_weight(const void *pa, const void *pb)
{
    const struct mw_need *a = pa, *b = pb;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return (a->any.n > b->any.n) - (a->any.n < b->any.n);
}

bool mw_require(struct mw_list *out, struct mw_arena *a, struct mw_sv pattern)
{
    struct reader r = { .a = a, .p = pattern };
    struct part x = read_alternatives(&r);
    if (x.exact)
        add_need(&r, &x.needs, &x.texts);
    if (r.lost || r.at < pattern.n || r.no_memory)
        return !r.no_memory;
    if (x.needs.n > 0)
        qsort(x.needs.items, x.needs.n, sizeof(struct mw_need), by_weight);
    for (size_t i = 0; i < x.needs.n && i < MW_NEEDS_MAX; i++) {
        struct mw_need *n = mw_list_add(a, out, sizeof *n);
        if (n == NULL)
            return false;
        *n = *MW_AT(x.needs, struct mw_need, i);
        if (!mw_need_tidy(n, a))
            return false;
    }
    return !r.no_memory;
}
