/* Days as people type them into a filter: "31.12.2026", "Dezember", "2. Quartal 2026", "heute", "nächste Woche". */
#include "index/query.h"

#include "lib/core/read.h"
#include "rules/engine/value.h"

enum { YEAR_FIRST = 1900, YEAR_LAST = 9998, LEAP = 8, WORDS = 6, DAYS_MOST = 3660 };
enum unit { NO_UNIT, DAY, WEEK, MONTH, QUARTER, YEAR };

struct words { /* folded */
    struct mw_sv word[WORDS];
    size_t n;
};

/* false: more of them than any time has. */
static bool split(struct words *out, struct mw_sv folded)
{
    struct mw_sv head, tail = folded;
    bool more = folded.n > 0;

    out->n = 0;
    while (more) {
        more = mw_sv_cut(tail, ' ', &head, &tail);
        if (head.n > 0 && out->n == WORDS)
            return false;
        if (head.n > 0)
            out->word[out->n++] = head;
    }
    return out->n > 0;
}

static bool begins_with_any(struct mw_sv word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (mw_sv_starts(word, mw_sv(*list)))
            return true;
    return false;
}

static bool is_any(struct mw_sv word, const char *const *list)
{
    while (*list != NULL && !mw_sv_eqz(word, *list))
        list++;
    return *list != NULL;
}

/* --- counted from today ------------------------------------------------------------------------------------------------------ */

static enum unit unit_of(struct mw_sv word)
{
    static const struct { const char *word; enum unit unit; } UNITS[] = {
        { "tag", DAY },         { "tage", DAY },     { "tagen", DAY },       { "day", DAY },       { "days", DAY },     { "woche", WEEK },
        { "wochen", WEEK },     { "week", WEEK },    { "weeks", WEEK },      { "monat", MONTH },   { "monats", MONTH }, { "monate", MONTH },
        { "monaten", MONTH },   { "month", MONTH },  { "months", MONTH },    { "quartal", QUARTER }, { "quartals", QUARTER }, { "quarter", QUARTER },
        { "jahr", YEAR },       { "jahres", YEAR },  { "year", YEAR },
    };
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
        if (mw_sv_eqz(word, UNITS[i].word))
            return UNITS[i].unit;
    return NO_UNIT;
}

/* All days of so many months from that month on, counted from January of year 0. */
static bool months_from(int month, int n, struct mw_day *first, struct mw_day *last)
{
    int end = month + n - 1;
    return mw_day_from_ymd(first, month / 12, month % 12 + 1, 1) &&
           mw_day_from_ymd(last, end / 12, end % 12 + 1, mw_days_in_month(end / 12, end % 12 + 1));
}

/* The week, month, quarter or year that is so many later than the one of today. */
static bool whole_unit(enum unit unit, int later, struct mw_day today, struct mw_day *first, struct mw_day *last)
{
    struct mw_ymd t = mw_day_ymd(today);
    int month = t.year * 12 + t.month - 1;

    if (unit == WEEK) {
        first->n = today.n - (mw_day_weekday(today) - 1) + 7 * later;
        last->n = first->n + 6;
        return true;
    }
    if (unit == MONTH)
        return months_from(month + later, 1, first, last);
    if (unit == QUARTER)
        return months_from((month / 3 + later) * 3, 3, first, last);
    return unit == YEAR && months_from((t.year + later) * 12, 12, first, last);
}

/* "30 Tage" from today on. */
static bool span_of(int64_t n, enum unit unit, struct mw_day today, struct mw_day *first, struct mw_day *last)
{
    if (n < 1 || n > DAYS_MOST || unit == NO_UNIT || unit == QUARTER)
        return false;
    *first = today;
    *last = today;
    if (unit == DAY || unit == WEEK)
        last->n += (int32_t)n * (unit == WEEK ? 7 : 1);
    else
        *last = mw_day_add_months(today, (int)n * (unit == YEAR ? 12 : 1));
    return true;
}

static const char *const THIS[] = { "dies", "this", NULL }, *const NEXT[] = { "nachst", "kommend", "next", NULL };
static const char *const PAST[] = { "letzt", "vorig", "vergangen", "last", NULL };

/* "diese", "nächsten", "last": how much later that is than the present one; false: none of these. */
static bool read_which(struct mw_sv word, int *later)
{
    *later = begins_with_any(word, NEXT) ? 1 : begins_with_any(word, PAST) ? -1 : 0;
    return *later != 0 || begins_with_any(word, THIS);
}

/* "diese Woche", "nächsten Monat", "next quarter"; "in den nächsten 30 Tagen", "within 4 weeks". "In 30 Tagen" may mean the day or all
 * until then. */
static bool read_counted(const struct words *w, struct mw_day today, struct mw_day *first, struct mw_day *last)
{
    static const char *const SMALL[] = { "in", "den", "der", "dem", "the", "von", "of", NULL };
    static const char *const WITHIN[] = { "innerhalb", "binnen", "within", NULL };
    bool within = false, which = false;
    int later = 0;
    int64_t n = 0;
    size_t i = 0;

    for (; i < w->n && (is_any(w->word[i], SMALL) || (!within && is_any(w->word[i], WITHIN))); i++)
        within = within || is_any(w->word[i], WITHIN);
    if (i < w->n)
        which = read_which(w->word[i], &later);
    i += which;
    if (i + 2 == w->n && (within || later == 1) && mw_sv_int(w->word[i], &n))
        return span_of(n, unit_of(w->word[i + 1]), today, first, last);
    return which && !within && i + 1 == w->n && whole_unit(unit_of(w->word[i]), later, today, first, last);
}

static bool read_today(struct mw_sv folded, struct mw_day today, struct mw_day *day)
{
    static const struct { const char *word; int later; } DAYS[] = {
        { "heute", 0 }, { "today", 0 }, { "morgen", 1 }, { "tomorrow", 1 }, { "ubermorgen", 2 }, { "gestern", -1 }, { "yesterday", -1 },
    };
    for (size_t i = 0; i < sizeof DAYS / sizeof *DAYS; i++)
        if (mw_sv_eqz(folded, DAYS[i].word)) {
            day->n = today.n + DAYS[i].later;
            return true;
        }
    return false;
}

/* --- of a calendar ----------------------------------------------------------------------------------------------------------- */

/* The next time that a month comes, or a day of one: all of text names it and no year. */
static bool read_coming(struct mw_sv text, struct mw_day today, struct mw_day *first, struct mw_day *last)
{
    size_t at = 0, from = 0;
    int recurs = 0, year, month = 0, day = 0;
    struct mw_day date = MW_DAY_NONE;

    if (mw_value_date(text, &at, &date, &recurs) && !mw_day_is(date) && mw_sv_trim(mw_sv_sub(text, at, text.n)).n == 0) {
        month = recurs / 100;
        day = recurs % 100;
    } else if ((month = mw_value_month(text, &from)) == 0 || mw_sv_trim(mw_sv_sub(text, from, text.n)).n > 0) {
        return false;
    }
    struct mw_ymd t = mw_day_ymd(today);
    for (year = t.year; year <= t.year + LEAP; year++) { /* a leap day */
        int end = day > 0 ? day : mw_days_in_month(year, month);
        if (mw_day_from_ymd(last, year, month, end) && mw_day_cmp(*last, today) >= 0)
            return mw_day_from_ymd(first, year, month, day > 0 ? day : 1);
    }
    return false;
}

/* "2026-Q1", "2026/Q1", "2026 H1", "Q1 2026" with an H for halves. */
static bool read_lettered(struct mw_sv folded, struct mw_day *first, struct mw_day *last)
{
    enum { SAID = 2, DIGITS = 4, LENGTH = SAID + 1 + DIGITS }; /* "2026 q1" */
    int64_t year = 0, part = 0;

    if (folded.n != LENGTH)
        return false;
    bool year_first = mw_sv_int(mw_sv_sub(folded, 0, DIGITS), &year);
    if (!year_first && !mw_sv_int(mw_sv_sub(folded, SAID + 1, DIGITS), &year))
        return false;
    struct mw_sv said = mw_sv_sub(folded, year_first ? DIGITS + 1 : 0, SAID);
    char between = folded.p[year_first ? DIGITS : SAID];
    if ((between != ' ' && between != '/') || year < YEAR_FIRST || year > YEAR_LAST || (said.p[0] != 'q' && said.p[0] != 'h') ||
        !mw_sv_int(mw_sv_sub(said, 1, 1), &part))
        return false;
    int months = said.p[0] == 'q' ? 3 : 6;
    return part >= 1 && part <= 12 / months && months_from((int)year * 12 + ((int)part - 1) * months, months, first, last);
}

/* Does text begin with a time, not with some other word? */
static bool begins_as_time(struct mw_sv text, struct mw_sv folded)
{
    static const char *const WORDS_OF_TIME[] = { "anfang", "mitte", "ende", "fruhjahr", "fruhling", "sommer", "herbst", "winter", "erste", "zweite", "i.",
                                                 "ii.", "iii.", "iv.", "q", "kw ", "kalenderwoche", NULL };
    struct mw_sv head, tail;
    size_t at = 0;

    (void)mw_sv_cut(text, ' ', &head, &tail);
    return (folded.n > 0 && folded.p[0] >= '0' && folded.p[0] <= '9') || begins_with_any(folded, WORDS_OF_TIME) || mw_value_month(head, &at) > 0;
}

/* "2026", "2026-03", "03.2026"; *is_one: the text is of that kind. */
static bool read_numbers(struct mw_sv text, bool *is_one, struct mw_day *first, struct mw_day *last)
{
    int64_t year = 0, month = 0;
    struct mw_sv head, tail;
    bool iso = mw_sv_cut(text, '-', &head, &tail) && head.n == 4 && mw_sv_int(head, &year) && mw_sv_int(tail, &month);
    bool dotted = !iso && mw_sv_cut(text, '.', &head, &tail) && tail.n == 4 && mw_sv_int(tail, &year) && mw_sv_int(head, &month);
    bool whole = !iso && !dotted && text.n == 4 && mw_sv_int(text, &year);

    *is_one = iso || dotted || whole;
    return *is_one && year >= YEAR_FIRST && year <= YEAR_LAST && (whole || (month >= 1 && month <= 12)) &&
           months_from((int)year * 12 + (whole ? 0 : (int)month - 1), whole ? 12 : 1, first, last);
}

/* "März 2026", "2. Quartal 2026", "Ende 2026": all of text, and more of it than its year ("32.12.2026" is no 2026). */
static bool read_span(struct mw_sv text, struct mw_day *first, struct mw_day *last)
{
    enum { WHOLE_YEAR = 364 };
    size_t at = 0, dots = 0;
    for (size_t i = 0; i < text.n; i++)
        dots += text.p[i] == '.';
    return mw_value_span(text, &at, first, last) && mw_sv_trim(mw_sv_sub(text, at, text.n)).n == 0 && last->n - first->n < WHOLE_YEAR &&
           (dots < 2 || last->n == first->n);
}

bool mw_days_read(struct mw_sv text, struct mw_day today, struct mw_day not_before, int64_t *from, int64_t *to)
{
    MW_AUTO(mw_str_free) struct mw_str even = MW_STR_INIT;
    struct mw_day first, last;
    struct words words;
    bool numbers = false;

    mw_fold(&even, text);
    for (size_t i = 0; i < even.n; i++)
        even.p[i] = (char)(even.p[i] == '-' ? ' ' : even.p[i]);
    struct mw_sv folded = mw_sv_trim(mw_str_sv(&even));
    if (mw_read_day(text, &first) || read_today(folded, today, &first))
        return *from = *to = first.n, true;
    bool read = read_numbers(text, &numbers, &first, &last) || read_lettered(folded, &first, &last) ||
                (split(&words, folded) && read_counted(&words, today, &first, &last));
    if (!read && !numbers && begins_as_time(text, folded))
        read = read_span(text, &first, &last) || read_coming(text, not_before, &first, &last);
    if (read) {
        *from = first.n;
        *to = last.n;
    }
    return read;
}
