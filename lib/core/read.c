/* Values as people write them. Each reader eats its text from the front, piece by piece, and is content only when
 * nothing is left. */
#include "lib/core/read.h"

enum { MAX_DIGITS = 18 }; /* always fit into int64_t */

/* --- pieces ------------------------------------------------------------------------------------------------------- */
static void skip(struct mw_sv *s, size_t n)
{
    s->p += n;
    s->n -= n;
}

/* Bytes of the space that s begins with; 0: none. Besides ASCII: no-break, thin and narrow no-break space. */
static size_t space_at(struct mw_sv s)
{
    if (s.n > 0 && (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r')))
        return 1;
    if (mw_sv_starts(s, MW_SV("\u00a0")))
        return 2;
    return mw_sv_starts(s, MW_SV("\u2009")) || mw_sv_starts(s, MW_SV("\u202f")) ? 3 : 0;
}

static void skip_spaces(struct mw_sv *s)
{
    for (size_t n = space_at(*s); n > 0; n = space_at(*s))
        skip(s, n);
}

static bool at_end(struct mw_sv s)
{
    skip_spaces(&s);
    return s.n == 0;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static size_t digits_at(struct mw_sv s, size_t from)
{
    size_t n = 0;
    while (from + n < s.n && is_digit(s.p[from + n]))
        n++;
    return n;
}

/* Eats the word, letters without case, if s begins with it. A word that ends in a letter must end there in s, too. */
static bool take(struct mw_sv *s, const char *word)
{
    size_t n = mw_sv(word).n;

    if (!mw_sv_ieq(mw_sv_sub(*s, 0, n), mw_sv(word)) || (is_letter(word[n - 1]) && n < s->n && is_letter(s->p[n])))
        return false;
    skip(s, n);
    return true;
}

static bool take_sign(struct mw_sv *s)
{
    if (!take(s, "-") && !take(s, "\u2212"))
        return false;
    skip_spaces(s);
    return true;
}

/* A number before it is scaled: value / 10^decimals. */
struct decimal {
    int64_t value;
    size_t decimals, digits;
};

static bool take_digits(struct mw_sv *s, size_t n, struct decimal *d)
{
    if (n == 0 || (d->digits += n) > MAX_DIGITS)
        return false;
    for (size_t i = 0; i < n; i++)
        d->value = d->value * 10 + (s->p[i] - '0');
    skip(s, n);
    return true;
}

/* "1234", and behind it ".567" or ",567" if there: both are decimal marks. */
static bool take_decimal(struct mw_sv *s, struct decimal *d)
{
    *d = (struct decimal){ 0 };
    if (!take_digits(s, digits_at(*s, 0), d))
        return false;
    d->decimals = s->n > 0 && (s->p[0] == '.' || s->p[0] == ',') ? digits_at(*s, 1) : 0;
    if (d->decimals == 0)
        return true;
    skip(s, 1);
    return take_digits(s, d->decimals, d);
}

/* "1.234.567" or "1 234 567": a point or a space before exactly three digits groups thousands. One kind of mark
 * only; the first group has one to three digits and does not begin with 0, so that "0.125" is not read as 125. */
static bool take_grouped(struct mw_sv *s, struct decimal *d)
{
    size_t first = digits_at(*s, 0);
    struct mw_sv number = *s, mark = MW_SV_NONE;

    *d = (struct decimal){ 0 };
    if (!take_digits(s, first, d))
        return false;
    for (;;) {
        size_t n = s->n > 0 && s->p[0] == '.' ? 1 : space_at(*s);
        if (n == 0 || digits_at(*s, n) != 3)
            return true;
        if (first > 3 || number.p[0] == '0' || (mark.p != NULL && !mw_sv_eq(mark, mw_sv_sub(*s, 0, n))))
            return false;
        mark = mw_sv_sub(*s, 0, n);
        skip(s, n);
        if (!take_digits(s, 3, d))
            return false;
    }
}

static int64_t power_of_ten(size_t n)
{
    int64_t p = 1;
    while (n-- > 0)
        p *= 10;
    return p;
}

/* --- money -------------------------------------------------------------------------------------------------------- */
/* Currency words and words for thousands and more, before the number or behind it; each kind at most once. */
static bool take_money_words(struct mw_sv *s, bool *currency, size_t *power)
{
    static const struct {
        const char *word;
        bool currency;
        size_t power;
    } WORDS[] = {
        { "EUR", true, 0 },        { "Euro", true, 0 },       { "Euros", true, 0 },     { "€", true, 0 },
        { "TEUR", true, 3 },       { "T€", true, 3 },         { "kEUR", true, 3 },      { "k", false, 3 },
        { "MEUR", true, 6 },       { "Tsd.", false, 3 },      { "Tsd", false, 3 },      { "Tausend", false, 3 },
        { "Mio.", false, 6 },      { "Mio", false, 6 },       { "Millionen", false, 6 }, { "Million", false, 6 },
        { "m", false, 6 },         { "Mrd.", false, 9 },      { "Mrd", false, 9 },      { "Milliarden", false, 9 },
        { "Milliarde", false, 9 },
    }; /* "Billion" is missing on purpose: a thousand times more in German than in English */
    for (skip_spaces(s); s->n > 0; skip_spaces(s)) {
        size_t i = 0, n = sizeof WORDS / sizeof *WORDS;
        while (i < n && !take(s, WORDS[i].word))
            i++;
        if (i == n)
            return true; /* what is left is someone else's */
        if ((WORDS[i].currency && *currency) || (WORDS[i].power > 0 && *power > 0))
            return false;
        *currency |= WORDS[i].currency;
        *power += WORDS[i].power;
    }
    return true;
}

/* The decimals behind a grouped number: ".5", ",50", ",-", ",--". */
static bool take_cents(struct mw_sv *s, struct decimal *d)
{
    size_t n = s->n > 0 && (s->p[0] == '.' || s->p[0] == ',') ? digits_at(*s, 1) : 0;

    if (n > 0) {
        skip(s, 1);
        d->decimals = n;
        return take_digits(s, n, d);
    }
    if (!take(s, ",--") && !take(s, ",-") && !take(s, ",\u2013"))
        (void)take(s, ",\u2014");
    return true;
}

bool mw_read_eur(struct mw_sv s, struct mw_eur *out)
{
    struct decimal d;
    bool currency = false, negative;
    size_t power = 0;
    mw_i128 cents;

    skip_spaces(&s);
    negative = take_sign(&s);
    if (!take_money_words(&s, &currency, &power))
        return false;
    if (!negative)
        negative = take_sign(&s);
    if (!take_grouped(&s, &d) || !take_cents(&s, &d) || !take_money_words(&s, &currency, &power) || s.n > 0)
        return false;
    if (d.decimals > power + 2)
        return false;
    cents = (mw_i128)d.value * power_of_ten(power + 2 - d.decimals);
    if (cents > INT64_MAX)
        return false;
    out->cents = negative ? -(int64_t)cents : (int64_t)cents;
    return true;
}

/* --- shares and numbers ------------------------------------------------------------------------------------------- */
static bool take_percent(struct mw_sv *s)
{
    skip_spaces(s);
    if (take(s, "%") || take(s, "Prozent") || take(s, "percent") || take(s, "vH"))
        return true;
    if (take(s, "per")) {
        skip_spaces(s);
        return take(s, "cent");
    }
    if (take(s, "vom")) {
        skip_spaces(s);
        return take(s, "Hundert");
    }
    if (!take(s, "v."))
        return false;
    skip_spaces(s);
    return take(s, "H.") || take(s, "H");
}

/* "ein Drittel", "drei Viertel", "die Hälfte" */
static bool read_words(struct mw_sv s, struct mw_share *out)
{
    static const char *const COUNTS[] = { "ein", "zwei", "drei", "vier", "fünf" };
    static const struct {
        const char *word;
        int64_t den;
    } PARTS[] = { { "Drittel", 3 }, { "Viertel", 4 }, { "Fünftel", 5 }, { "Sechstel", 6 }, { "Zehntel", 10 } };
    size_t count;

    skip_spaces(&s);
    if (take(&s, "die"))
        skip_spaces(&s);
    if (take(&s, "Hälfte"))
        return at_end(s) && mw_share_make(out, 1, 2);
    for (count = 0; count < sizeof COUNTS / sizeof *COUNTS && !take(&s, COUNTS[count]);)
        count++;
    skip_spaces(&s);
    for (size_t i = 0; count < sizeof COUNTS / sizeof *COUNTS && i < sizeof PARTS / sizeof *PARTS; i++)
        if (take(&s, PARTS[i].word))
            return at_end(s) && mw_share_make(out, (int64_t)count + 1, PARTS[i].den);
    return false;
}

/* "/3" behind the number d */
static bool take_denominator(struct mw_sv *s, struct decimal *below)
{
    *below = (struct decimal){ 0 };
    return take(s, "/") && take_digits(s, digits_at(*s, 0), below);
}

bool mw_read_share(struct mw_sv s, struct mw_share *out)
{
    struct decimal d, above = { 0 }, below;
    struct mw_share share, part, hundredth = { 1, 100 };

    skip_spaces(&s);
    if (!take_decimal(&s, &d))
        return read_words(s, out);
    if (d.decimals == 0 && s.n > 0 && s.p[0] == '/') { /* 2/3 */
        if (!take_denominator(&s, &below) || !mw_share_make(&share, d.value, below.value))
            return false;
        if (at_end(s)) {
            *out = share;
            return true;
        }
    } else {
        if (!mw_share_make(&share, d.value, power_of_ten(d.decimals)))
            return false;
        if (at_end(s) && share.num == 0) { /* nothing is nothing in any unit */
            *out = share;
            return true;
        }
        skip_spaces(&s);
        size_t n = digits_at(s, 0);
        if (n > 0) { /* 33 1/3 */
            if (d.decimals > 0 || !take_digits(&s, n, &above) || !take_denominator(&s, &below) ||
                above.value >= below.value || !mw_share_make(&part, above.value, below.value) ||
                !mw_share_add(&share, part))
                return false;
        }
    }
    if (!take_percent(&s) || !at_end(s) || !mw_share_mul(&share, hundredth))
        return false;
    *out = share;
    return true;
}

bool mw_read_quantity(struct mw_sv s, struct mw_share *out)
{
    struct decimal d;

    skip_spaces(&s);
    return take_decimal(&s, &d) && at_end(s) && mw_share_make(out, d.value, power_of_ten(d.decimals));
}

bool mw_read_int(struct mw_sv s, int64_t *out)
{
    struct decimal d;
    bool negative;

    skip_spaces(&s);
    negative = take_sign(&s);
    if (!take_grouped(&s, &d) || !at_end(s))
        return false;
    *out = negative ? -d.value : d.value;
    return true;
}

bool mw_read_bool(struct mw_sv s, bool *out)
{
    static const struct {
        const char *word;
        bool value;
    } WORDS[] = { { "yes", true }, { "true", true },   { "ja", true },
                  { "no", false }, { "false", false }, { "nein", false } };

    skip_spaces(&s);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if (!take(&s, WORDS[i].word))
            continue;
        if (!at_end(s))
            return false;
        *out = WORDS[i].value;
        return true;
    }
    return false;
}

/* --- time --------------------------------------------------------------------------------------------------------- */
/* A number of at least `least` and at most `most` digits. */
static bool take_field(struct mw_sv *s, size_t least, size_t most, int *out)
{
    struct decimal d = { 0 };
    size_t n = digits_at(*s, 0);

    if (n < least || n > most || !take_digits(s, n, &d))
        return false;
    *out = (int)d.value;
    return true;
}

bool mw_read_day(struct mw_sv s, struct mw_day *out)
{
    int year, month, day;

    skip_spaces(&s);
    if (digits_at(s, 0) == 4) {
        if (!take_field(&s, 4, 4, &year) || !take(&s, "-") || !take_field(&s, 2, 2, &month) || !take(&s, "-") ||
            !take_field(&s, 2, 2, &day))
            return false;
    } else if (!take_field(&s, 1, 2, &day) || !take(&s, ".") || !take_field(&s, 1, 2, &month) || !take(&s, ".") ||
               !take_field(&s, 4, 4, &year)) {
        return false;
    }
    return at_end(s) && mw_day_from_ymd(out, year, month, day);
}

bool mw_read_duration(struct mw_sv s, struct mw_duration *out)
{
    static const struct {
        const char *word;
        enum mw_unit unit;
    } UNITS[] = { /* no Werktage: those include Saturdays */
                  { "workday", MW_WORKDAYS },      { "workdays", MW_WORKDAYS },     { "Arbeitstag", MW_WORKDAYS },
                  { "Arbeitstage", MW_WORKDAYS },  { "Arbeitstagen", MW_WORKDAYS }, { "day", MW_DAYS },
                  { "days", MW_DAYS },             { "Tag", MW_DAYS },              { "Tage", MW_DAYS },
                  { "Tagen", MW_DAYS },            { "Kalendertage", MW_DAYS },     { "week", MW_WEEKS },
                  { "weeks", MW_WEEKS },           { "Woche", MW_WEEKS },           { "Wochen", MW_WEEKS },
                  { "month", MW_MONTHS },          { "months", MW_MONTHS },         { "Monat", MW_MONTHS },
                  { "Monate", MW_MONTHS },         { "Monaten", MW_MONTHS },        { "year", MW_YEARS },
                  { "years", MW_YEARS },           { "Jahr", MW_YEARS },            { "Jahre", MW_YEARS },
                  { "Jahren", MW_YEARS }
    };
    int n;

    skip_spaces(&s);
    if (!take_field(&s, 1, 9, &n))
        return false;
    skip_spaces(&s);
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
        if (!take(&s, UNITS[i].word))
            continue;
        if (!at_end(s))
            return false;
        *out = (struct mw_duration){ n, UNITS[i].unit };
        return true;
    }
    return false;
}

void mw_stamp_format(struct mw_str *out, struct mw_sv stamp, enum mw_lang lang)
{
    enum { DAY = 10, MINUTE = 16 }; /* "2026-03-31", "2026-03-31T04:05" */
    struct mw_day day = MW_DAY_NONE;

    if (stamp.n <= MINUTE || stamp.p[DAY] != 'T' || stamp.p[stamp.n - 1] != 'Z' || !mw_read_day(mw_sv_sub(stamp, 0, DAY), &day)) {
        mw_str_add(out, stamp);
        return;
    }
    mw_day_format(out, day, lang);
    mw_str_addf(out, ", %.*s UTC", MINUTE - DAY - 1, stamp.p + DAY + 1);
}
