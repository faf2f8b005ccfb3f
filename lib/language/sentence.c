/* The end of a sentence in German and English administrative prose.
 *
 * A full stop ends most sentences, but it also ends abbreviations ("Abs.", "v. H."), ordinals ("31. März"), section
 * numbers ("2.1.") and initials. What follows decides: a lower-case letter never begins a sentence; a capital does, unless
 * the stop belongs to one of those. Then only a capitalised function word ("60 v. H. Die ...") begins one, because every
 * German noun has a capital ("2 Mio. Euro", "1. Förderaufruf"). */
#include "lib/language/sentence.h"

#include <string.h>

#include "lib/language/analyse.h"
#include "lib/language/chars.h"

#define LOOK ((size_t)48) /* bytes looked at to either side of a stop */

/* Abbreviations, folded, the letters of those in several parts joined ("z. B." is "zb"). The first never end a sentence:
 * something must follow. The second may, before a function word. "etc." and "usw." are in neither: they end like words. */
static const char INTRODUCES[] = " bspw bzgl bzw ca cf dh dr ebd eg einschl entspr evtl exkl gem ggf ggfs ie idf idr incl inkl insb"
                                 " insbes isd isv iva ivm iw jew mind prof resp sog spez su va vgl vs zb zbsp zgl zt zzgl zuzgl ";
static const char SHORTENS[] =
    " abb abk abl abs abschn abt abzgl af al allg anl anm approx apr arb art aufl aug az bay bayer bd bes betr bsp co corp dat dec ders"
    " dez dgl dipl em etal eur ev evang f fa feb ff fig geb gebr gesetzl gez gl gmbh grds hess hl hr hrsg ia idfv idgf inc ing inh"
    " jan jg jh jhd jul jun kap kath lfd lit ln ltd max min mio mr mrd mrs mrz ms mwst nachf nachm nat nf no nov nr nrn oa obj oct"
    " od og okt ou para paras phil plc pos proc prov rd ref reg rer rn rnr rz sa sachs sec sect sep sept st staatl std stellv stk"
    " str tab teilw tel tit tsd tstd tz ua uam ub udgl ung urspr ust verb vh vorm vt vv wg wiss ziff ztl zul zz ";
/* Behind these a number is a count, no ordinal: "gemäß Nummer 3. Zuwendungen ..." */
static const char NUMBERED[] = " abs absatz abschnitt anlage art artikel jahr kapitel nr nummer rn satz seite teil titel zeile ziffer ziff"
                               " article section paragraph number annex part page chapter ";

static bool listed(const char *list, const char *word)
{
    char key[LOOK];
    size_t n = strlen(word);

    if (n == 0 || n + 3 > sizeof key)
        return false;
    key[0] = ' ';
    memcpy(key + 1, word, n);
    key[n + 1] = ' ';
    key[n + 2] = 0;
    return strstr(list, key) != NULL;
}

static bool is_closer(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}' || c == '*' || c == '_' || c == 0xBB || c == 0xAB ||
           (c >= 0x2018 && c <= 0x201F) || c == 0x203A || c == 0xB9 || c == 0xB2 || c == 0xB3;
}

static bool is_opener(uint32_t c)
{
    return c == '"' || c == '\'' || c == '(' || c == '[' || c == '{' || c == '*' || c == '_' || c == 0xAB || c == 0xBB ||
           (c >= 0x2018 && c <= 0x201F) || c == 0x2039 || c == '-' || c == 0x2013 || c == 0x2014 || c == '\\' || c == '#';
}

/* The run of characters other than white space that ends at end, not before from; at most LOOK bytes of it. */
static struct mw_sv word_before(struct mw_sv s, size_t from, size_t end)
{
    size_t low = end > from + LOOK ? end - LOOK : from, at = end;

    while (at > low) {
        unsigned char c = (unsigned char)s.p[at - 1];
        if (c <= ' ' || (c == 0xA0 && at - 1 > low && (unsigned char)s.p[at - 2] == 0xC2))
            break;
        if (c == 0xAF && at - 2 > low && memcmp(s.p + at - 3, "\xE2\x80\xAF", 3) == 0)
            break; /* narrow no-break space, as in "z. B." */
        at--;
    }
    while (at < end && mw_byte_in("(\"'[*_", s.p[at]))
        at++;
    return mw_sv_sub(s, at, end - at);
}

/* Letters of w folded into key (cut at its size); the number of letters, or 0 when w holds anything but letters and stops. */
static size_t letters_of(struct mw_sv w, char key[LOOK])
{
    struct mw_str folded = MW_STR_INIT;
    size_t n = 0, len;

    key[0] = 0;
    for (size_t at = 0; at < w.n; at += len) {
        uint32_t c = mw_char_at(w, at, &len);
        if (mw_char_is_letter(c))
            n++;
        else if (c != '.' && !mw_char_is_invisible(c))
            return 0;
    }
    mw_fold(&folded, w);
    size_t k = 0;
    for (size_t i = 0; i < folded.n && k + 1 < LOOK; i++)
        if (folded.p[i] != '.')
            key[k++] = folded.p[i];
    key[k] = 0;
    mw_str_free(&folded);
    return n;
}

static size_t back_over_space(struct mw_sv s, size_t from, size_t at)
{
    while (at > from && ((unsigned char)s.p[at - 1] <= ' ' || (unsigned char)s.p[at - 1] == 0xA0 || (unsigned char)s.p[at - 1] == 0xAF ||
                         (unsigned char)s.p[at - 1] == 0xC2 || (unsigned char)s.p[at - 1] == 0x80 || (unsigned char)s.p[at - 1] == 0xE2))
        at--;
    return at;
}

static bool all_digits_and_stops(struct mw_sv w)
{
    for (size_t i = 0; i < w.n; i++)
        if (w.p[i] != '.' && !mw_char_is_digit((unsigned char)w.p[i]))
            return false;
    return w.n > 0;
}

static bool is_roman(struct mw_sv w)
{
    return w.n > 0 && w.n <= 6 && strspn(w.p, "IVX") >= w.n;
}

enum ending { ENDS, MAY_END, NEVER_ENDS };

/* What the stop at `stop` is likely to be, from the words before it in the sentence that began at from. */
static enum ending word_ending(struct mw_sv s, size_t from, size_t stop)
{
    struct mw_sv w = word_before(s, from, stop);
    char key[LOOK], before[LOOK];

    if (w.n == 0)
        return ENDS;
    if (all_digits_and_stops(w)) {
        size_t back = back_over_space(s, from, (size_t)(w.p - s.p));
        if (back == from)
            return NEVER_ENDS; /* the number of a list item or section */
        if (w.n >= 4)
            return ENDS; /* a year or a whole date */
        struct mw_sv noun = word_before(s, from, back);
        if (noun.n > 0 && noun.p[noun.n - 1] == '.')
            noun.n--;
        letters_of(noun, before);
        return listed(NUMBERED, before) ? ENDS : MAY_END;
    }
    size_t n = letters_of(w, key);
    if (n == 0)
        return ENDS;
    if (is_roman(w))
        return MAY_END;
    /* single letters before it belong to the same abbreviation: i. d. R., z. B., v. H. */
    if (strlen(key) == 1 || (w.n <= 6 && memchr(w.p, '.', w.n) != NULL)) {
        char joined[LOOK];
        size_t k = LOOK - 1, at = (size_t)(w.p - s.p);
        joined[k] = 0;
        for (size_t i = strlen(key); i > 0; i--)
            joined[--k] = key[i - 1];
        for (int parts = 0; parts < 4; parts++) {
            size_t back = back_over_space(s, from, at);
            struct mw_sv p = word_before(s, from, back);
            if (p.n < 2 || p.p[p.n - 1] != '.' || letters_of(p, before) != 1)
                break;
            if (strlen(before) != 1)
                break;
            joined[--k] = before[0];
            at = (size_t)(p.p - s.p);
        }
        if (listed(INTRODUCES, joined + k))
            return NEVER_ENDS;
        return MAY_END; /* a single letter: abbreviation or initial */
    }
    if (listed(INTRODUCES, key))
        return NEVER_ENDS;
    if (listed(SHORTENS, key))
        return MAY_END;
    if (n <= 4 && strpbrk(key, "aeiouy") == NULL && mw_char_is_lower((unsigned char)w.p[w.n - 1]))
        return MAY_END; /* "Hrsg.", "lfd.": no vowel, no word */
    return ENDS;
}

/* Whether a function word of either language stands at `at`: what a sentence often begins with. */
static bool function_word_at(struct mw_sv s, size_t at)
{
    struct mw_str folded = MW_STR_INIT;
    size_t end = at, len;

    while (end < s.n && end - at < LOOK && mw_char_is_letter(mw_char_at(s, end, &len)))
        end += len;
    mw_fold(&folded, mw_sv_sub(s, at, end - at));
    bool is = mw_is_stopword(mw_str_sv(&folded), false) || mw_is_stopword(mw_str_sv(&folded), true);
    mw_str_free(&folded);
    return is;
}

/* Whether w, which ends at stop, can be the last word before a lost space: a word, "[3]", "60 %", a year or a sum ("60 000"),
 * but not the "3" of "3.Absatz". */
static bool last_word(struct mw_sv s, size_t from, struct mw_sv w)
{
    unsigned char last = (unsigned char)w.p[w.n - 1];
    if (all_digits_and_stops(w)) {
        struct mw_sv before = word_before(s, from, back_over_space(s, from, (size_t)(w.p - s.p)));
        return w.n == 4 || (w.n == 3 && before.n > 0 && before.n <= 3 && all_digits_and_stops(before));
    }
    return last == ')' || last == ']' || last == '%' || (last >= 'a' && last <= 'z' && w.p[w.n - 2] >= 'a' && w.p[w.n - 2] <= 'z');
}

/* Whether an abbreviation in capitals stands at `at` and the name of something goes on behind it: "EU Member", but not the end of "Plan.PDF". */
static bool acronym_at(struct mw_sv s, size_t at)
{
    size_t i = at, len;

    while (i < s.n && i - at < 6 && s.p[i] >= 'A' && s.p[i] <= 'Z')
        i++;
    return i - at >= 2 && i + 1 < s.n && s.p[i] == ' ' && mw_char_is_upper(mw_char_at(s, i + 1, &len));
}

/* "document.Proposal": two sentences that lost the space between them, but not "www.Stadt.de" or "Foo.Bar@example.org". */
static bool glued(struct mw_sv s, size_t from, size_t stop)
{
    struct mw_sv w = word_before(s, from, stop);
    size_t len;

    if (w.n < 3 || s.p[stop] != '.' || stop + 2 >= s.n || !last_word(s, from, w))
        return false;
    if (memchr(w.p, '/', w.n) != NULL || memchr(w.p, '@', w.n) != NULL || memchr(w.p, '.', w.n) != NULL)
        return false;
    if (!mw_char_is_upper(mw_char_at(s, stop + 1, &len)) || stop + 1 + len >= s.n)
        return false;
    size_t second = stop + 1 + len;
    if (!mw_char_is_lower(mw_char_at(s, second, &len)) && !mw_char_is_space(mw_char_at(s, second, &len)) && !acronym_at(s, stop + 1))
        return false;
    for (size_t i = second; i < s.n && i - second < LOOK && !mw_char_is_space((unsigned char)s.p[i]); i++)
        if (s.p[i] == '@' || (s.p[i] == '.' && i + 1 < s.n && s.p[i + 1] > ' '))
            return false;
    return all_digits_and_stops(w) || word_ending(s, from, stop) == ENDS;
}

/* The bytes of the mark of a footnote behind a stop, "2)", "12)" or "[3]"; 0: none. */
static size_t footnote_mark(struct mw_sv s, size_t at)
{
    bool square = at < s.n && s.p[at] == '[';
    size_t i = at + square, digits = 0;

    while (i < s.n && digits < 3 && mw_char_is_digit((unsigned char)s.p[i]))
        i++, digits++;
    return digits > 0 && digits <= (square ? 3 : 2) && i < s.n && s.p[i] == (square ? ']' : ')') ? i + 1 - at : 0;
}

/* Whether the stop at `stop` ends the sentence that began at from; *behind is then the offset after it and its closers. */
static bool ends_at(struct mw_sv s, size_t from, size_t stop, size_t stop_len, size_t *behind)
{
    size_t at = stop + stop_len, len;

    while (at < s.n && (s.p[at] == '.' || s.p[at] == '!' || s.p[at] == '?'))
        at++;
    while (at < s.n && is_closer(mw_char_at(s, at, &len)))
        at += len;
    at += footnote_mark(s, at); /* "sein.2) Die", "met.[3] The" */
    *behind = at;
    if (at >= s.n)
        return true;
    if (!mw_char_is_space(mw_char_at(s, at, &len))) {
        *behind = stop + stop_len;
        return at == *behind && glued(s, from, stop);
    }
    size_t limit = at + LOOK;
    while (at < s.n && at < limit) {
        uint32_t c = mw_char_at(s, at, &len);
        if (!mw_char_is_space(c) && !mw_char_is_invisible(c) && !is_opener(c))
            break;
        at += len;
    }
    if (at >= s.n)
        return true;
    uint32_t next = mw_char_at(s, at, &len);
    if (mw_char_is_lower(next))
        return false;
    if (s.p[stop] != '.' || stop_len > 1)
        return true;
    enum ending e = word_ending(s, from, stop);
    if (e == MAY_END)
        return mw_char_is_upper(next) && function_word_at(s, at);
    return e == ENDS;
}

/* Bytes with which a sentence may end; the last begins the one-character ellipsis. */
static const bool STOPS[256] = { ['.'] = true, ['!'] = true, ['?'] = true, [0xE2] = true };

size_t mw_sentence_end(struct mw_sv s, size_t from)
{
    size_t limit = s.n - from > MW_SENTENCE_MAX ? from + MW_SENTENCE_MAX : s.n, behind;

    for (size_t at = from; at < limit; at++) {
        char c = s.p[at];
        if (!STOPS[(unsigned char)c])
            continue;
        bool dots = s.n - at >= 3 && memcmp(s.p + at, "\xE2\x80\xA6", 3) == 0;
        if ((c != '\xE2' || dots) && ends_at(s, from, at, dots ? 3 : 1, &behind))
            return behind;
    }
    if (limit == s.n)
        return s.n;
    for (size_t at = limit; at > limit - 256; at--) /* cut at a space, else between two characters */
        if (s.p[at - 1] == ' ' || s.p[at - 1] == '\n')
            return at;
    while (((unsigned char)s.p[limit] & 0xC0) == 0x80 && limit > from + MW_SENTENCE_MAX - 4)
        limit--;
    return limit;
}

/* Offset of the stop that ends s, closers behind it passed over; SIZE_MAX: there is none. */
static size_t last_stop(struct mw_sv s)
{
    for (size_t i = 0; s.n > 0 && i < 8; i++, s.n--) {
        char c = s.p[s.n - 1];
        if (c == '.' || c == '!' || c == '?')
            return s.n - 1;
        if ((unsigned char)c < 0x80 && !mw_byte_in(")\"'*_]", c))
            break;
    }
    return SIZE_MAX;
}

bool mw_ends_with_stop(struct mw_sv s)
{
    return last_stop(s) != SIZE_MAX;
}

bool mw_ends_sentence(struct mw_sv s)
{
    size_t stop = last_stop(s);
    return stop != SIZE_MAX && (s.p[stop] != '.' || word_ending(s, 0, stop) == ENDS);
}
