/* What the searching readers of values share: a copy in small letters, byte for byte as long as the text. Private to value.c
 * and dates.c. */
#ifndef MW_RULES_ENGINE_LOW_H
#define MW_RULES_ENGINE_LOW_H

#include <string.h>

#include "lib/core/text.h"

enum { LOOK = 1024 }; /* bytes looked at: a value list longer than this is no value list */

struct low {
    char p[LOOK + 1];
    size_t n;
};

static inline void lower(struct low *l, struct mw_sv s)
{
    l->n = s.n < LOOK ? s.n : LOOK;
    for (size_t i = 0; i < l->n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool latin = i > 0 && (unsigned char)s.p[i - 1] == 0xC3 && c >= 0x80 && c <= 0x9E && c != 0x97;
        l->p[i] = (char)(latin || (c >= 'A' && c <= 'Z') ? c + 0x20 : c);
    }
    l->p[l->n] = '\0';
}

static inline bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static inline size_t skip_spaces(const char *p, size_t i)
{
    while (p[i] == ' ')
        i++;
    return i;
}

static inline bool starts(const char *p, const char *word)
{
    return strncmp(p, word, strlen(word)) == 0;
}

#endif
