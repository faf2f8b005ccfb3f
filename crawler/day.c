/* Implements day.h. */
#include "crawler/day.h"

enum { TEXT_MAX = 300, DAY_S = 86400 };

static bool digit(char c) { return c >= '0' && c <= '9'; }
static bool wordy(char c) { return digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80; }
static char at(struct mw_sv s, size_t i)
{
    if (i < s.n)
        return s.p[i];
    return '\0';
}

/* Behind blanks and no-break spaces, of which people use the narrow one, too. */
static size_t skip_blanks(struct mw_sv s, size_t i)
{
    for (;;) {
        struct mw_sv rest = mw_sv_sub(s, i, s.n);
        size_t n = at(s, i) == ' ' || at(s, i) == '\t' || at(s, i) == '\n' ? 1 : mw_sv_starts(rest, MW_SV("\xc2\xa0")) ? 2
                   : mw_sv_starts(rest, MW_SV("\xe2\x80\xaf")) ? 3 : 0;
        if (n == 0)
            return i;
        i += n;
    }
}

/* A number of least to most digits, and none behind it; *i moves behind it. -1: there is none. */
static int number(struct mw_sv s, size_t *i, size_t least, size_t most)
{
    size_t n = 0;
    int v = 0;
    for (; n <= most && digit(at(s, *i + n)); n++)
        v = v * 10 + (at(s, *i + n) - '0');
    if (n < least || n > most)
        return -1;
    *i += n;
    return v;
}

/* A month by its name, with its full stop; *i moves behind it. 0: it is no month. */
static int month(struct mw_sv s, size_t *i)
{
    size_t end = *i;
    while (wordy(at(s, end)) && !digit(at(s, end)) && skip_blanks(s, end) == end)
        end++;
    int named = mw_month_named(mw_sv_sub(s, *i, end - *i));
    if (named > 0)
        *i = end + (at(s, end) == '.');
    return named;
}

/* --- notations, each tried where a word or number begins; *i moves behind the day ------------------------------------------------ */
static bool year_first(struct mw_sv s, size_t *i, struct mw_day *out) /* 2026-09-30, with a time behind it or not */
{
    size_t k = *i;
    int y = number(s, &k, 4, 4), m = -1, d = -1;
    if (y > 0 && at(s, k) == '-' && (k++, (m = number(s, &k, 2, 2)) > 0) && at(s, k) == '-')
        k++, d = number(s, &k, 2, 2);
    if (d < 1 || !mw_day_from_ymd(out, y, m, d))
        return false;
    *i = k;
    return true;
}

/* 30.9.2026, 30. 9. 2026, 31/12/2026, 30. September 2026, 31st March 2027, 04 Nov 26 */
static bool day_first(struct mw_sv s, size_t *i, struct mw_day *out)
{
    static const char *const ORDINALS[] = { "st", "nd", "rd", "th" };
    size_t k = *i;
    int d = number(s, &k, 1, 2);
    if (d < 1)
        return false;
    for (size_t o = 0; o < 4; o++)
        k += mw_sv_starts(mw_sv_sub(s, k, s.n), mw_sv(ORDINALS[o])) ? 2 : 0;
    char mark = at(s, k);
    k = skip_blanks(s, k + (mark == '.' || mark == '/'));
    int m = month(s, &k);
    if (m == 0 && (mark == '.' || mark == '/') && (m = number(s, &k, 1, 2)) > 0) {
        if (at(s, k) != mark)
            return false;
        k++;
    }
    if (m < 1)
        return false;
    k = skip_blanks(s, k);
    size_t short_year = k;
    int y = number(s, &k, 4, 4);
    if (y < 0 && mark == ' ' && (y = number(s, &short_year, 2, 2)) >= 0) { /* RFC 822, where the time follows */
        k = short_year;
        y = at(s, k) == ' ' && digit(at(s, k + 1)) && digit(at(s, k + 2)) && at(s, k + 3) == ':' ? y + 2000 : -1;
    }
    if (y < 1 || !mw_day_from_ymd(out, y, m, d))
        return false;
    *i = k;
    return true;
}

static bool month_first(struct mw_sv s, size_t *i, struct mw_day *out) /* March 31st, 2027 */
{
    size_t k = *i;
    int m = month(s, &k), d = -1, y = -1;
    if (m > 0 && (k = skip_blanks(s, k), d = number(s, &k, 1, 2)) > 0) {
        while (k < s.n && at(s, k) >= 'a' && at(s, k) <= 'z')
            k++;
        k = skip_blanks(s, k + (at(s, k) == ','));
        y = number(s, &k, 4, 4);
    }
    if (y < 1 || !mw_day_from_ymd(out, y, m, d))
        return false;
    *i = k;
    return true;
}

/* The next day at *i or behind it, which begins at *begins; *i moves behind it. */
static bool next_day(struct mw_sv s, size_t *i, size_t *begins, struct mw_day *out)
{
    for (size_t k = *i; k < s.n; k++) {
        if (k > 0 && wordy(s.p[k - 1]) && !(digit(s.p[k]) && (unsigned char)s.p[k - 1] >= 0x80))
            continue;
        *begins = *i = k;
        if (year_first(s, i, out) || day_first(s, i, out) || month_first(s, i, out))
            return true;
    }
    return false;
}

/* Words for "until", which join the days of a span. */
static const char *const UNTIL[] = { "-", "\xe2\x80\x93", "\xe2\x80\x94", "bis", "bis zum", "bis einschlie\xc3\x9flich", "to", "until", "till" };
enum { N_UNTIL = sizeof UNTIL / sizeof *UNTIL };

/* Whether only such a word stands there. */
static bool joins_span(struct mw_sv between)
{
    bool any = false;
    between = mw_sv_trim(between);
    for (size_t w = 0; w < N_UNTIL && !any; w++)
        any = mw_sv_ieq(between, mw_sv(UNTIL[w]));
    return any;
}

/* Whether one ends what stands before a day, which then is an end itself. */
static bool ends_with_until(struct mw_sv before)
{
    bool any = false;
    before = mw_sv_trim(before);
    for (size_t w = 0; w < N_UNTIL && !any; w++) {
        struct mw_sv word = mw_sv(UNTIL[w]);
        size_t from = before.n >= word.n ? before.n - word.n : SIZE_MAX;
        any = from != SIZE_MAX && mw_sv_ieq(mw_sv_sub(before, from, word.n), word) && (from == 0 || !wordy(before.p[from - 1]) || !wordy(word.p[0]));
    }
    return any;
}

/* --- what the words before a day make of it -------------------------------------------------------------------------------------- */
enum said { DEADLINE, BEGINNING, WRITTEN, NOTHING_SAID };
struct word {
    const char *text; /* "*" at one of its ends: whatever more */
    enum said says;
};
/* Right before the day. */
static const struct word BEFORE[] = {
    { "bis", DEADLINE },    { "until", DEADLINE }, { "till", DEADLINE },       { "by", DEADLINE },        { "sp\xc3\xa4testens", DEADLINE },
    { "ab", BEGINNING },    { "seit", BEGINNING }, { "from", BEGINNING },      { "since", BEGINNING },    { "fr\xc3\xbchestens", BEGINNING },
    { "starting", BEGINNING }, { "vom", WRITTEN }, { "von", WRITTEN },         { "dated", WRITTEN },
};
/* Anywhere before it; the first one counts ("Start der Frist", "Fristende nach dem Start"). */
static const struct word ANYWHERE[] = {
    { "frist*", DEADLINE }, { "*frist", DEADLINE }, { "*schluss", DEADLINE }, { "*ende", DEADLINE }, { "endet", DEADLINE }, { "stichtag*", DEADLINE },
    { "deadline*", DEADLINE }, { "clos*", DEADLINE }, { "end*", DEADLINE },
    { "start*", BEGINNING }, { "*start", BEGINNING }, { "beginn*", BEGINNING }, { "*beginn", BEGINNING }, { "begins", BEGINNING },
    { "\xc3\xb6" "ffn*", BEGINNING }, { "\xc3\x96" "ffn*", BEGINNING }, { "er\xc3\xb6" "ffn*", BEGINNING }, { "ge\xc3\xb6" "ffnet", BEGINNING },
    { "open*", BEGINNING },
    { "stand", WRITTEN }, { "ver\xc3\xb6" "ffentlicht*", WRITTEN }, { "publi*", WRITTEN }, { "aktualisiert*", WRITTEN }, { "*updated", WRITTEN },
};
/* What may stand between a word and its day. */
static const char *const FILLERS[] = { "dem", "den", "der", "the", "am", "zum", "on", "einschlie\xc3\x9flich", "voraussichtlich", "montag", "dienstag",
    "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "mo", "di", "mi", "do", "fr", "sa", "so", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday" };

static bool fits(struct mw_sv word, const char *pattern)
{
    struct mw_sv p = mw_sv(pattern);
    size_t n = p.n > 0 ? p.n - 1 : 0;
    if (mw_sv_starts(p, MW_SV("*")))
        return word.n >= n && mw_sv_ieq(mw_sv_sub(word, word.n - n, n), mw_sv_sub(p, 1, n));
    if (mw_sv_ends(p, MW_SV("*")))
        return word.n >= n && mw_sv_ieq(mw_sv_sub(word, 0, n), mw_sv_sub(p, 0, n));
    return mw_sv_ieq(word, p);
}

static enum said look_up(struct mw_sv word, const struct word *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fits(word, words[i].text))
            return words[i].says;
    return NOTHING_SAID;
}

static bool is_filler(struct mw_sv word)
{
    bool any = false;
    for (size_t i = 0; i < sizeof FILLERS / sizeof *FILLERS && !any; i++)
        any = mw_sv_ieq(word, mw_sv(FILLERS[i]));
    return any;
}

/* The text between the day before, or the beginning, and a day. */
static enum said say(struct mw_sv before)
{
    enum said said = NOTHING_SAID;
    struct mw_sv last = MW_SV("");

    for (size_t i = before.n; i > 0; i--) /* the last of several statements */
        if (before.p[i - 1] == ';' || before.p[i - 1] == '\n') {
            before = mw_sv_sub(before, i, before.n);
            break;
        }
    for (size_t i = 0, end; i < before.n; i = end) {
        for (end = i; end < before.n && wordy(before.p[end]) && skip_blanks(before, end) == end;)
            end++;
        struct mw_sv word = mw_sv_sub(before, i, end - i);
        if (word.n > 0 && !is_filler(word))
            last = word;
        if (word.n > 0 && said == NOTHING_SAID)
            said = look_up(word, ANYWHERE, sizeof ANYWHERE / sizeof *ANYWHERE);
        end = end > i ? end : skip_blanks(before, i) > i ? skip_blanks(before, i) : i + 1;
    }
    enum said near = look_up(last, BEFORE, sizeof BEFORE / sizeof *BEFORE);
    said = near != NOTHING_SAID ? near : said;
    return said == NOTHING_SAID ? DEADLINE : said;
}

/* Without anything that says it is a day: 20220601 12:00, 20220601120000, or seconds and milliseconds since 1970. */
static bool digits_only(struct mw_sv s, struct mw_day *out)
{
    int64_t n;
    if ((s.n == 13 || s.n == 10) && mw_sv_int(s, &n) && n > 0) {
        *out = (struct mw_day){ (int32_t)(n / (s.n == 10 ? DAY_S : DAY_S * INT64_C(1000))) };
        return true;
    }
    bool ends = s.n == 8 || (s.n > 8 && s.p[8] == ' ') || ((s.n == 12 || s.n == 14) && mw_sv_int(s, &n));
    return ends && mw_sv_int(mw_sv_sub(s, 0, 8), &n) && n > 0 && mw_day_from_ymd(out, (int)(n / 10000), (int)(n / 100 % 100), (int)(n % 100));
}

/* --- the room's -------------------------------------------------------------------------------------------------------------------- */
bool mw_first_day(struct mw_sv s, struct mw_day *out)
{
    size_t i = 0, begins;
    struct mw_day day;
    s = mw_sv_trim(s);
    bool found = digits_only(s, &day) || (s.n <= TEXT_MAX && next_day(s, &i, &begins, &day) && !ends_with_until(mw_sv_sub(s, 0, begins)));
    if (found)
        *out = day;
    return found;
}

static bool add(struct mw_arena *a, struct mw_list *days, struct mw_day day)
{
    for (size_t i = 0; i < days->n; i++)
        if (mw_day_cmp(*MW_AT(*days, struct mw_day, i), day) == 0)
            return true;
    struct mw_day *slot = mw_list_add(a, days, sizeof *slot);
    if (slot != NULL)
        *slot = day;
    return slot != NULL;
}

bool mw_days_add(struct mw_arena *a, struct mw_list *days, struct mw_day *begins, struct mw_sv text)
{
    struct mw_day day, next;
    size_t i = 0, end, from = 0, before = 0;

    text = mw_sv_trim(text);
    if (digits_only(text, &day))
        return add(a, days, day);
    bool ok = true, any = text.n <= TEXT_MAX && next_day(text, &i, &from, &day);
    while (any && ok) {
        enum said said = say(mw_sv_sub(text, before, from - before));
        end = i;
        any = next_day(text, &i, &from, &next);
        if (any && joins_span(mw_sv_sub(text, end, from - end)))
            said = BEGINNING;
        if (said == BEGINNING && begins != NULL && !mw_day_is(*begins))
            *begins = day;
        if (said == DEADLINE)
            ok = add(a, days, day);
        day = next;
        before = end;
    }
    return ok;
}
