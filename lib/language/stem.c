/* CISTEM, written from the paper: strip ge-, then endings from the right as long as enough is left. Letter groups that
 * belong together (sch, ei, ie, doubled letters) count as one and are not torn apart, so they get signs of their own
 * while endings are stripped.
 *
 * Folding has dropped the e of äe, öe, üe and of foreign ue; that changes no ending but "-uer" after a consonant, which
 * German does not have. */
#include "lib/language/stem.h"

#include <string.h>

#include "lib/language/chars.h"

#define STEM_MAX ((size_t)128)

static bool is_plain(const char *w, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (w[i] < 'a' || w[i] > 'z')
            return false;
    return true;
}

static bool ends(const char *w, size_t n, const char *suffix)
{
    size_t k = strlen(suffix);
    return n >= k && memcmp(w + n - k, suffix, k) == 0;
}

/* sch -> $, ei -> %, ie -> &, the second of a double letter -> *; in this order, as in the paper. */
static size_t join_groups(char *to, const char *w, size_t n)
{
    size_t k = 0;
    for (size_t i = 0; i < n; k++) {
        if (n - i >= 3 && memcmp(w + i, "sch", 3) == 0) {
            to[k] = '$';
            i += 3;
        } else if (n - i >= 2 && memcmp(w + i, "ei", 2) == 0) {
            to[k] = '%';
            i += 2;
        } else if (n - i >= 2 && memcmp(w + i, "ie", 2) == 0) {
            to[k] = '&';
            i += 2;
        } else {
            to[k] = w[i++];
        }
    }
    for (size_t i = 1; i < k; i++)
        if (to[i] == to[i - 1] && to[i] != '*')
            to[i] = '*';
    return k;
}

static size_t part_groups(char *to, const char *w, size_t n)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        const char *group = w[i] == '$' ? "sch" : w[i] == '%' ? "ei" : w[i] == '&' ? "ie" : NULL;
        if (group != NULL) {
            while (*group != 0)
                to[k++] = *group++;
        } else if (w[i] == '*' && i > 0) { /* the letter (or group) before it once more */
            size_t again = w[i - 1] == '$' ? 3 : w[i - 1] == '%' || w[i - 1] == '&' ? 2 : 1;
            memcpy(to + k, to + k - again, again);
            k += again;
        } else {
            to[k++] = w[i];
        }
    }
    return k;
}

size_t mw_stem_german(char *word, size_t n)
{
    char w[STEM_MAX];

    if (n < 4 || n > STEM_MAX || !is_plain(word, n))
        return n;
    if (n >= 9 && ends(word, n, "erin"))
        n -= 2;
    else if (n >= 12 && ends(word, n, "erinnen"))
        n -= 5;
    const char *from = word;
    size_t k = n;
    if (k >= 6 && from[0] == 'g' && from[1] == 'e') {
        from += 2;
        k -= 2;
    }
    k = join_groups(w, from, k);
    while (k > 3) {
        if (k > 5 && (ends(w, k, "em") || ends(w, k, "er") || ends(w, k, "nd")))
            k -= 2;
        else if (mw_byte_in("tesn", w[k - 1]))
            k--;
        else
            break;
    }
    return part_groups(word, w, k);
}
