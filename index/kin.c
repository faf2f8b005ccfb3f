/* Two notices read side by side: see kin.h. */
#include "index/kin.h"

#include <stdlib.h>
#include <string.h>

#include "index/trait.h"

enum {
    SHINGLE = 6,         /* words: long enough that two texts do not share it by chance */
    SHINGLES_LEAST = 40, /* of the shorter text: a sentence or two prove nothing */
    SHARE = 75,          /* percent of the shorter text that must stand in the longer */
    SAID_TWICE = 2,      /* a word said so often in the shorter text is what it is about: the longer must know it */
    WORD = 4,            /* letters */
    IDENTIFIER = 6,      /* bytes of one that tells something */
    PATH = 8             /* bytes of a path that is more than a home page */
};

/* --- words ----------------------------------------------------------------------------------------------------------------- */

/* Of folded texts: what is neither is a dash, a quote, or what a source wrote in place of one. */
static bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/* The next word of a folded text at *at; empty: the end. */
static struct mw_sv next_word(struct mw_sv folded, size_t *at)
{
    while (*at < folded.n && !is_word(folded.p[*at]))
        ++*at;
    size_t from = *at;
    while (*at < folded.n && is_word(folded.p[*at]))
        ++*at;
    return mw_sv_sub(folded, from, *at - from);
}

void mw_kin_title(struct mw_str *out, struct mw_sv title)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;
    size_t at = 0, begin = out->n;

    mw_fold(&folded, title);
    for (struct mw_sv w; (w = next_word(mw_str_sv(&folded), &at)).n > 0;) {
        if (out->n > begin)
            mw_str_addc(out, ' ');
        mw_str_add(out, w);
    }
}

static const struct mw_node *extra(const struct mw_notice *n, const char *key)
{
    for (size_t i = 0; i < n->extra.n; i++)
        if (mw_sv_eqz(MW_AT(n->extra, struct mw_pair, i)->key, key))
            return MW_AT(n->extra, struct mw_pair, i)->value;
    return NULL;
}

void mw_kin_identifier(struct mw_str *out, const struct mw_notice *n)
{
    const struct mw_node *node = extra(n, "identifier");
    struct mw_sv id = node != NULL && node->kind == MW_SCALAR && !mw_node_absent(node) ? mw_sv_trim(node->text) : MW_SV("");
    bool letter = false, digit = false;

    for (size_t i = 0; i < id.n; i++) {
        digit = digit || (id.p[i] >= '0' && id.p[i] <= '9');
        letter = letter || (id.p[i] >= 'A' && id.p[i] <= 'Z') || (id.p[i] >= 'a' && id.p[i] <= 'z');
    }
    if (id.n >= IDENTIFIER && letter && digit)
        mw_fold(out, id);
}

int mw_kin_fullness(const struct mw_notice *n)
{
    enum { DIRECTIVE = 1000, ABOVE = 64 }; /* bytes: below that a notice only names its guideline */
    size_t text = 0, rules = 0;
    int magnitude = 0;

    for (size_t i = 0; i < n->sections.n; i++) {
        const struct mw_section *c = MW_AT(n->sections, struct mw_section, i);
        text += c->text.n;
        rules += mw_heading_states_rules(c->heading) ? c->text.n : 0;
    }
    for (; text > 1; text /= 2)
        magnitude++;
    return magnitude + (rules >= DIRECTIVE ? ABOVE : 0);
}

/* --- reading --------------------------------------------------------------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static size_t once(uint64_t *all, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || all[i] != all[i - 1])
            all[kept++] = all[i];
    return kept;
}

/* The Länder whose names stand in a folded text; of "Sachsen-Anhalt" not Sachsen too. Inflected forms begin alike. */
static uint32_t lands_named(struct mw_sv folded)
{
    uint32_t found = 0;
    size_t at = 0;
    MW_AUTO(mw_str_free) struct mw_str name = MW_STR_INIT;

    for (struct mw_sv w; (w = next_word(folded, &at)).n > 0;) {
        struct mw_sv rest = mw_sv_sub(folded, (size_t)(w.p - folded.p), folded.n);
        unsigned best = 0;
        size_t longest = 0;
        for (int land = MW_LAND_NONE + 1; land < MW_LAND_N; land++) {
            mw_str_clear(&name);
            mw_fold(&name, mw_sv(mw_land_name((enum mw_land)land)));
            if (name.n > longest && mw_sv_starts(rest, mw_str_sv(&name))) {
                longest = name.n;
                best = (unsigned)land;
            }
        }
        if (best != 0)
            found |= 1U << best;
    }
    return found;
}

/* Rounds of a call are told apart by their year. */
static bool is_year(struct mw_sv word)
{
    return word.n == 4 && (mw_sv_starts(word, MW_SV("19")) || mw_sv_starts(word, MW_SV("20")));
}

/* Other numbers, and what stands in addresses, tell nothing of what a text is about: they change from one edition to the next.
 * token: what stands between white space, kept from word to word. */
static bool tells(struct mw_sv folded, struct mw_sv word, struct mw_sv *token, bool *address)
{
    if (token->p == NULL || word.p >= token->p + token->n) {
        const char *from = word.p, *to = word.p, *begin = token->p != NULL ? token->p + token->n : folded.p;
        while (from > begin && (unsigned char)from[-1] > ' ')
            from--;
        while (to < folded.p + folded.n && (unsigned char)*to > ' ')
            to++;
        *token = mw_sv_n(from, (size_t)(to - from));
        *address = mw_sv_find(*token, MW_SV("://"), 0) != SIZE_MAX || mw_sv_find(*token, MW_SV("www."), 0) != SIZE_MAX ||
                   mw_sv_find(*token, MW_SV("@"), 0) != SIZE_MAX;
    }
    bool digit = false;
    for (size_t i = 0; i < word.n; i++)
        digit = digit || (word.p[i] >= '0' && word.p[i] <= '9');
    return word.n >= WORD && !*address && (!digit || is_year(word));
}

static bool read_text(struct mw_kin *k, struct mw_arena *a, struct mw_sv folded)
{
    struct mw_sv token = MW_SV_NONE;
    bool address = false;
    size_t most = folded.n / 2 + 1, n = 0, at = 0;
    uint64_t *all = mw_arena_array(a, most, sizeof *all);

    k->shingles = mw_arena_array(a, most, sizeof *k->shingles);
    k->words = mw_arena_array(a, most, sizeof *k->words);
    if (all == NULL || k->shingles == NULL || k->words == NULL)
        return false;
    for (struct mw_sv w; (w = next_word(folded, &at)).n > 0;) {
        all[n++] = mw_sv_hash(w);
        if (tells(folded, w, &token, &address))
            k->words[k->words_n++] = all[n - 1];
    }
    for (size_t i = 0; i + SHINGLE <= n; i++) {
        uint64_t hash = 0;
        for (size_t w = i; w < i + SHINGLE; w++)
            hash = hash * UINT64_C(0x100000001b3) + all[w];
        k->shingles[k->shingles_n++] = hash;
    }
    if (k->words_n > 0)
        qsort(k->words, k->words_n, sizeof *k->words, by_number);
    if (k->shingles_n > 0)
        qsort(k->shingles, k->shingles_n, sizeof *k->shingles, by_number);
    k->shingles_n = once(k->shingles, k->shingles_n);
    return true;
}

bool mw_kin_read(struct mw_kin *out, struct mw_arena *a, const struct mw_notice *n, uint32_t lands)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT, heads = MW_STR_INIT, id = MW_STR_INIT, record = MW_STR_INIT;

    *out = (struct mw_kin){ .notice = n, .lands = lands, .fullness = mw_kin_fullness(n) };
    for (size_t i = 0; i < n->sections.n; i++) {
        const struct mw_section *c = MW_AT(n->sections, struct mw_section, i);
        mw_fold(&folded, c->text);
        mw_str_addc(&folded, '\n');
    }
    mw_fold(&heads, n->title);
    for (size_t i = 0; i < n->facets[MW_FUNDER].n; i++) {
        mw_str_addc(&heads, '\n');
        mw_fold(&heads, *MW_AT(n->facets[MW_FUNDER], struct mw_sv, i));
    }
    mw_kin_identifier(&id, n);
    if (mw_notice_record(&record, n, NULL) != MW_OK || !mw_str_ok(&folded) || !mw_str_ok(&heads) || !mw_str_ok(&id))
        return false;
    out->named = lands_named(mw_str_sv(&heads)) | lands_named(mw_str_sv(&folded));
    out->identifier = mw_arena_copy(a, id.n > 0 ? mw_str_sv(&id) : MW_SV(""));
    out->record = mw_arena_copy(a, mw_str_sv(&record));
    return out->identifier.p != NULL && out->record.p != NULL && read_text(out, a, mw_str_sv(&folded));
}

/* --- contradictions ----------------------------------------------------------------------------------------------------------- */

/* Federal ministries change their names with every cabinet; of what else is a funder the names must meet. */
static bool federal(struct mw_sv folded) { return mw_sv_starts(folded, MW_SV("bundesministerium")); }

static bool same_funder(struct mw_sv a, struct mw_sv b)
{
    MW_AUTO(mw_str_free) struct mw_str x = MW_STR_INIT, y = MW_STR_INIT;

    mw_kin_title(&x, a);
    mw_kin_title(&y, b);
    struct mw_sv p = mw_str_sv(&x), q = mw_str_sv(&y);
    return p.n == 0 || q.n == 0 || mw_sv_find(p, q, 0) != SIZE_MAX || mw_sv_find(q, p, 0) != SIZE_MAX || (federal(p) && federal(q));
}

static bool funders_meet(const struct mw_list *a, const struct mw_list *b)
{
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++)
            if (same_funder(*MW_AT(*a, struct mw_sv, i), *MW_AT(*b, struct mw_sv, k)))
                return true;
    return a->n == 0 || b->n == 0;
}

bool mw_kin_contradict(const struct mw_kin *a, const struct mw_kin *b)
{
    if (a->identifier.n > 0 && b->identifier.n > 0 && !mw_sv_eq(a->identifier, b->identifier))
        return true;
    if (a->lands != 0 && b->lands != 0 && (a->lands & b->lands) == 0)
        return true;
    if ((a->named & ~b->named) != 0 && (b->named & ~a->named) != 0)
        return true;
    return !funders_meet(&a->notice->facets[MW_FUNDER], &b->notice->facets[MW_FUNDER]);
}

/* --- proofs ------------------------------------------------------------------------------------------------------------------- */

/* Host and path: neither scheme nor "www.", no fragment, no slash at the end. Empty: a home page, which says nothing. */
static struct mw_sv bare(struct mw_sv url)
{
    size_t at = mw_sv_find(url, MW_SV("://"), 0), slash;

    url = at == SIZE_MAX ? url : mw_sv_sub(url, at + 3, url.n);
    if (mw_sv_starts(url, MW_SV("www.")))
        url = mw_sv_sub(url, 4, url.n);
    if ((at = mw_sv_find(url, MW_SV("#"), 0)) != SIZE_MAX)
        url.n = at;
    while (url.n > 0 && url.p[url.n - 1] == '/')
        url.n--;
    slash = mw_sv_find(url, MW_SV("/"), 0);
    return slash != SIZE_MAX && url.n - slash >= PATH ? url : MW_SV("");
}

static bool in_address(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c != '\0' && strchr("-_.~%?=&+/:@", c) != NULL);
}

/* Does the notice lead to that address? What goes on behind it is another one; a full stop may end a sentence. */
static bool leads_to(const struct mw_kin *k, struct mw_sv url)
{
    struct mw_sv address = bare(url), record = k->record;

    for (size_t at = 0; address.n > 0 && (at = mw_sv_find(record, address, at)) != SIZE_MAX; at++) {
        size_t end = at + address.n;
        bool begins = at > 0 && (record.p[at - 1] == '/' || (at >= 5 && mw_sv_eqz(mw_sv_sub(record, at - 5, 5), "/www.")));
        if (end < record.n && record.p[end] == '/')
            end++;
        if (end + 1 < record.n && record.p[end] == '.' && !in_address(record.p[end + 1]))
            end++;
        if (begins && (end >= record.n || !in_address(record.p[end])))
            return true;
    }
    return false;
}

static int share(const struct mw_kin *shorter, const struct mw_kin *longer)
{
    size_t both = 0;
    for (size_t i = 0, k = 0; i < shorter->shingles_n && k < longer->shingles_n;) {
        uint64_t x = shorter->shingles[i], y = longer->shingles[k];
        both += x == y;
        i += x <= y;
        k += y <= x;
    }
    return shorter->shingles_n > 0 ? (int)(100 * both / shorter->shingles_n) : 0;
}

/* Guidelines are copied from one place to the next, and only a name is put in: a word that one says again and again and the other
 * never. */
static bool speaks_of_more(const struct mw_kin *shorter, const struct mw_kin *longer)
{
    for (size_t i = 0, k = 0; i < shorter->words_n;) {
        uint64_t word = shorter->words[i];
        size_t times = 0;
        for (; i < shorter->words_n && shorter->words[i] == word; i++)
            times++;
        while (k < longer->words_n && longer->words[k] < word)
            k++;
        if (times >= SAID_TWICE && (k == longer->words_n || longer->words[k] != word))
            return true;
    }
    return false;
}

/* Rounds of a call have the same words and other days. */
static bool days_meet(const struct mw_list *a, const struct mw_list *b)
{
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++)
            if (mw_day_cmp(*MW_AT(*a, struct mw_day, i), *MW_AT(*b, struct mw_day, k)) == 0)
                return true;
    return a->n == 0 || b->n == 0;
}

static bool share_text(const struct mw_kin *a, const struct mw_kin *b, int *percent)
{
    const struct mw_kin *shorter = a->shingles_n <= b->shingles_n ? a : b, *longer = shorter == a ? b : a;

    if (shorter->shingles_n < SHINGLES_LEAST || !days_meet(&a->notice->deadlines, &b->notice->deadlines))
        return false;
    *percent = share(shorter, longer);
    return *percent >= SHARE && !speaks_of_more(shorter, longer);
}

enum mw_link_proof mw_kin_proof(const struct mw_kin *a, const struct mw_kin *b, bool same_title, bool same_identifier, int *percent)
{
    int text = 0;

    *percent = 0;
    if (same_title && same_identifier)
        return MW_LINK_IDENTIFIER;
    if (same_title && (leads_to(a, b->notice->url) || leads_to(b, a->notice->url)))
        return MW_LINK_ADDRESS;
    if (!share_text(a, b, &text))
        return MW_LINK_NONE;
    *percent = text;
    return MW_LINK_TEXT;
}
