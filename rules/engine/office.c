/* "das Bundesministerium für Umwelt, Naturschutz und nukleare Sicherheit (BMU) fördert": where in a text the names of ministries stand. */
#include <string.h>

#include "rules/engine/theme.h"

/* The name goes on over nouns, adjectives, "und" and commas. */
static bool goes_on(struct mw_sv word)
{
    static const char *const JOINTS[] = { "für", "fuer", "des", "der", "und", "sowie" };
    for (size_t i = 0; i < sizeof JOINTS / sizeof *JOINTS; i++)
        if (mw_sv_eqz(word, JOINTS[i]))
            return true;
    bool noun = (word.p[0] >= 'A' && word.p[0] <= 'Z') || (unsigned char)word.p[0] == 0xC3;
    return noun || (word.n > 3 && word.p[word.n - 1] == 'e'); /* "nukleare Sicherheit" */
}

/* Where the name ends that begins at a word of which "ministeri" is a part; from: behind that word. */
static size_t end_of_office(struct mw_sv text, size_t from)
{
    enum { OFFICE_MAX = 160 };
    size_t at = from;
    while (at < text.n && at - from < OFFICE_MAX) {
        size_t begin = at, end;
        while (begin < text.n && (text.p[begin] == ' ' || text.p[begin] == ','))
            begin++;
        for (end = begin; end < text.n && strchr(" ,.;:()\n\t", text.p[end]) == NULL; end++)
            ;
        if (end == begin || !goes_on(mw_sv_sub(text, begin, end - begin)))
            break;
        at = end;
    }
    return at;
}

bool mw_office_next(struct mw_sv text, size_t *at, size_t *begin)
{
    size_t found = mw_sv_find(text, MW_SV("inisteri"), *at); /* Ministerium, Bundesministerien */
    if (found == SIZE_MAX)
        return false;
    *begin = found;
    while (found < text.n && strchr(" ,.;:()\n\t", text.p[found]) == NULL)
        found++;
    *at = end_of_office(text, found);
    return true;
}
