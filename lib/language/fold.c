/* Folding: one form for all the ways a German word is spelled.
 *
 * What must hold: a word written with ä, with ae or with a gives the same form, likewise ö, ü; ß and ss too; composed or
 * decomposed; with or without soft hyphens. So ä becomes a, and an e that follows a folded a or o is dropped, wherever it
 * came from ("Boeen" = "Böen" = "Boen"). An e after u is dropped only where ue can stand for ü: not after a vowel or q,
 * where it is the end of a diphthong ("neue", "bauen", "Quelle"). There, ü occurs only in über-, üb-, üblich ("Energie-
 * überschuss"; all of the 55 such words of Debian's word list), so before b the e is dropped there too.
 * The price: words that differ by an umlaut only (fordern, fördern) fall together. */
#include "lib/language/analyse.h"

#include <string.h>

#include <utf8proc.h>

#include "lib/language/chars.h"

/* Latin-1 letters from U+00C0: what each becomes; NULL: not a letter. */
static const char *const LATIN1[64] = {
    "a", "a", "a", "a", "a", "a", "a", "c", "e", "e", "e", "e", "i", "i", "i", "i",  /* À..Ï; Æ and Å as Ä */
    "d", "n", "o", "o", "o", "o", "o", NULL, "o", "u", "u", "u", "u", "y", "th", "ss", /* Ð..ß */
    "a", "a", "a", "a", "a", "a", "a", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "d", "n", "o", "o", "o", "o", "o", NULL, "o", "u", "u", "u", "u", "y", "th", "y",
};

static bool is_vowel(int c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

/* Where a drop of e after "vowel + u" waits for the letter behind it. */
struct folder {
    struct mw_str *out;
    size_t start;    /* where this text begins in out */
    bool diphthong_e; /* the last letter is the e of a "vowel + ue": a b would drop it */
};

static void append(struct mw_str *out, char c)
{
    if (out->n + 1 < out->cap) { /* what mw_str_addc() does when there is room; this is the innermost loop of all */
        out->p[out->n++] = c;
        out->p[out->n] = 0;
    } else {
        mw_str_addc(out, c);
    }
}

static char small(char c) { return (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c); }

static void put(struct folder *f, char c)
{
    struct mw_str *out = f->out;
    size_t n = out->n - f->start;

    c = small(c);
    if (f->diphthong_e && c == 'b') {
        out->n--; /* eueb -> eub, as in "Energieueberschuss" */
        out->p[out->n] = 0;
    }
    f->diphthong_e = false;
    if (c == 'e' && n > 0) {
        char before = out->p[out->n - 1];
        if (before == 'a' || before == 'o')
            return;
        if (before == 'u') {
            int first = n > 1 ? out->p[out->n - 2] : 0;
            if (!is_vowel(first) && first != 'q')
                return;
            f->diphthong_e = true;
        }
    }
    append(out, c);
}

static void put_unicode(struct folder *f, uint32_t c)
{
    utf8proc_int32_t parts[18];
    int boundary = 0;
    utf8proc_option_t how = UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, parts, (utf8proc_ssize_t)(sizeof parts / sizeof *parts), how,
                                                 &boundary);

    for (utf8proc_ssize_t i = 0; i < n && i < (utf8proc_ssize_t)(sizeof parts / sizeof *parts); i++) {
        uint32_t p = (uint32_t)parts[i];
        if (p < 0x80)
            put(f, (char)p);
        else if (p >= 0xC0 && p <= 0xFF && LATIN1[p - 0xC0] != NULL)
            for (const char *z = LATIN1[p - 0xC0]; *z != 0; z++)
                put(f, *z);
        else {
            f->diphthong_e = false;
            mw_utf8_add(f->out, p);
        }
    }
}

void mw_fold(struct mw_str *out, struct mw_sv s)
{
    struct folder f = { out, out->n, false };
    size_t len;

    for (size_t at = 0; at < s.n && !out->failed; at += len) {
        unsigned char b = (unsigned char)s.p[at];
        if (b < 0x80) {
            char c = small((char)b);
            len = 1;
            if (c != 'e' && !f.diphthong_e)
                append(out, c);
            else
                put(&f, c);
            continue;
        }
        uint32_t c = mw_char_at(s, at, &len);
        if (mw_char_is_invisible(c) || (c >= 0x300 && c <= 0x36F) || c == MW_BAD_BYTE)
            continue;
        if (c >= 0xC0 && c <= 0xFF && LATIN1[c - 0xC0] != NULL)
            for (const char *z = LATIN1[c - 0xC0]; *z != 0; z++)
                put(&f, *z);
        else
            put_unicode(&f, c);
    }
}
