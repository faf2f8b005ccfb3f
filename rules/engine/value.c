/* Searching readers for values in running text. They work on a copy in small letters, byte for byte as long as the text. */
#include "rules/engine/low.h"
#include "rules/engine/value.h"

/* --- numbers ------------------------------------------------------------------------------------------------------ */
struct number {
    int64_t units, scale; /* units / scale; scale is a power of ten */
    bool word;
};

/* Digits with groups of three behind '.', ' ', '\'' or ',' and at most one decimal mark. comma_decimal: "1,125 Millionen". */
static bool read_digits(const char *p, size_t *at, bool comma_decimal, struct number *out)
{
    size_t i = *at, digits = 0;
    bool grouped = false;
    struct number v = { 0, 1, false };
    if (!digit(p[i]))
        return false;
    for (; digit(p[i]); i++, digits++) {
        if (digits >= 15)
            return false;
        v.units = v.units * 10 + (p[i] - '0');
    }
    for (;;) {
        char c = p[i];
        bool three = (c == '.' || c == ' ' || c == '\'' || c == ',') && digit(p[i + 1]) && digit(p[i + 2]) && digit(p[i + 3]) &&
                     !digit(p[i + 4]);
        bool first_fits = grouped || (digits <= 3 && v.units > 0);
        if (!three || !first_fits || (c == ',' && comma_decimal) || v.units > INT64_C(900000000000000))
            break;
        v.units = v.units * 1000 + (int64_t)(p[i + 1] - '0') * 100 + (int64_t)(p[i + 2] - '0') * 10 + (p[i + 3] - '0');
        grouped = true;
        i += 4;
    }
    if ((p[i] == ',' || p[i] == '.') && digit(p[i + 1])) {
        size_t decimals = 0;
        for (size_t k = i + 1; digit(p[k]) && decimals < 4; k++, decimals++) {
            v.units = v.units * 10 + (p[k] - '0');
            v.scale *= 10;
            i = k;
        }
        i++;
        while (digit(p[i]))
            i++;
    }
    *out = v;
    *at = i;
    return true;
}

static const struct { const char *word; int n10; } WORDS[] = { /* tenths, longest spelling of a beginning first */
    { "anderthalb", 15 }, { "eineinhalb", 15 }, { "zweieinhalb", 25 }, { "dreieinhalb", 35 }, { "einhundert", 1000 },
    { "hundert", 1000 }, { "neunzig", 900 }, { "achtzig", 800 }, { "siebzig", 700 }, { "sechzig", 600 }, { "f\xC3\xBCnfzig", 500 },
    { "vierzig", 400 }, { "drei\xC3\x9Fig", 300 }, { "f\xC3\xBCnfundzwanzig", 250 }, { "vierundzwanzig", 240 }, { "zwanzig", 200 },
    { "achtundvierzig", 480 }, { "sechsunddrei\xC3\x9Fig", 360 }, { "neunzehn", 190 }, { "siebzehn", 170 }, { "sechzehn", 160 },
    { "vierzehn", 140 }, { "dreizehn", 130 }, { "achtzehn", 180 }, { "f\xC3\xBCnfzehn", 150 }, { "zw\xC3\xB6lf", 120 }, { "elf", 110 }, { "zehn", 100 }, { "neun", 90 },
    { "acht", 80 }, { "sieben", 70 }, { "sechs", 60 }, { "f\xC3\xBCnf", 50 }, { "vier", 40 }, { "drei", 30 }, { "zwei", 20 },
    { "einem halben", 5 }, { "einer halben", 5 }, { "eine halbe", 5 }, { "ein halbes", 5 }, { "einen halben", 5 },
    { "einem", 10 }, { "einer", 10 }, { "eines", 10 }, { "einen", 10 }, { "eine", 10 }, { "ein", 10 }, { "eins", 10 },
    { "ninety", 900 }, { "eighty", 800 }, { "seventy", 700 }, { "sixty", 600 }, { "fifty", 500 }, { "forty-eight", 480 },
    { "forty", 400 }, { "thirty-six", 360 }, { "thirty", 300 }, { "twenty-four", 240 }, { "twenty", 200 }, { "eighteen", 180 },
    { "fifteen", 150 }, { "twelve", 120 }, { "eleven", 110 }, { "ten", 100 }, { "nine", 90 }, { "eight", 80 }, { "seven", 70 }, { "six", 60 },
    { "five", 50 }, { "four", 40 }, { "three", 30 }, { "two", 20 }, { "one", 10 },
};

static bool read_word(const char *p, size_t *at, struct number *out)
{
    if (*at > 0 && letter(p[*at - 1]))
        return false;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        size_t n = strlen(WORDS[i].word);
        char behind = p[*at + (starts(p + *at, WORDS[i].word) ? n : 0)];
        if (!starts(p + *at, WORDS[i].word) || letter(behind))
            continue;
        *out = WORDS[i].n10 % 10 == 0 ? (struct number){ WORDS[i].n10 / 10, 1, true } : (struct number){ WORDS[i].n10, 10, true };
        *at += n;
        return true;
    }
    return false;
}

static bool read_number(const char *p, size_t *at, bool comma_decimal, struct number *out)
{
    return read_digits(p, at, comma_decimal, out) || read_word(p, at, out);
}

static bool number_begins(const char *p, size_t i)
{
    bool inside = i > 1 && (p[i - 1] == ',' || p[i - 1] == '.') && digit(p[i - 2]); /* the 5 of "3,5" */
    return digit(p[i]) ? i == 0 || (!digit(p[i - 1]) && !inside) : letter(p[i]) && (i == 0 || !letter(p[i - 1]));
}

/* --- money -------------------------------------------------------------------------------------------------------- */
/* A power of ten in words at *at: "Mio.", "Millionen", "Tsd.", "m", "k"; 0: none. */
static int64_t read_factor(const char *p, size_t *at)
{
    static const struct { const char *word; int64_t factor; } F[] = {
        { "millionen", 1000000 }, { "million", 1000000 }, { "mio.", 1000000 }, { "mio", 1000000 }, { "milliarden", 1000000000 },
        { "milliarde", 1000000000 }, { "mrd.", 1000000000 }, { "mrd", 1000000000 }, { "billion", 1000000000 },
        { "dreiviertelmillion", 750000 }, { "viertelmillion", 250000 }, { "tausend", 1000 }, { "tsd.", 1000 }, { "tsd", 1000 }, { "thousand", 1000 }, { "m", 1000000 }, { "k", 1000 },
    };
    size_t i = skip_spaces(p, *at);
    for (size_t f = 0; f < sizeof F / sizeof *F; f++) {
        size_t n = strlen(F[f].word);
        if (starts(p + i, F[f].word) && (!letter(p[i + n]) || starts(p + i + n, "\xE2\x82\xAC")) && !(n == 1 && digit(p[i + n]))) {
            *at = i + n;
            return F[f].factor;
        }
    }
    return 0;
}

static bool read_currency(const char *p, size_t *at, struct mw_sv *currency, int64_t *factor)
{
    static const struct { const char *word; struct mw_sv code; int64_t factor; } C[] = {
        { "teur", { "EUR", 3 }, 1000 }, { "t\xE2\x82\xAC", { "EUR", 3 }, 1000 }, { "euros", { "EUR", 3 }, 1 },
        { "euro", { "EUR", 3 }, 1 }, { "eur", { "EUR", 3 }, 1 }, { "\xE2\x82\xAC", { "EUR", 3 }, 1 }, { "usd", { "USD", 3 }, 1 },
        { "us-dollar", { "USD", 3 }, 1 }, { "$", { "USD", 3 }, 1 }, { "chf", { "CHF", 3 }, 1 }, { "gbp", { "GBP", 3 }, 1 },
    };
    for (size_t c = 0; c < sizeof C / sizeof *C; c++) {
        size_t n = strlen(C[c].word);
        bool sign = (unsigned char)C[c].word[n - 1] >= 0x80 || C[c].word[n - 1] == '$';
        if (starts(p + *at, C[c].word) && (sign || !letter(p[*at + n]))) {
            *currency = C[c].code;
            *factor = C[c].factor;
            *at += n;
            return true;
        }
    }
    return false;
}

static bool to_cents(struct number v, int64_t factor, struct mw_eur *eur)
{
    mw_i128 cents = (mw_i128)v.units * 100 * factor;
    if (cents % v.scale != 0 || cents / v.scale > INT64_C(100000000000000000))
        return false;
    eur->cents = (int64_t)(cents / v.scale);
    return true;
}

/* The power of ten that "EUR 3 and 5 million", "EUR 3 to EUR 5 million" say of both numbers, read behind the lower one; 0: none. */
static int64_t shared_factor(const char *p, size_t at, struct number low)
{
    static const char *const BETWEEN[] = { "and", "to", "und", "bis", "-", "\xE2\x80\x93" };
    struct number high;
    struct mw_sv currency;
    int64_t factor;
    for (size_t b = 0; b < sizeof BETWEEN / sizeof *BETWEEN; b++) {
        size_t i = skip_spaces(p, at);
        if (!starts(p + i, BETWEEN[b]))
            continue;
        i = skip_spaces(p, i + strlen(BETWEEN[b]));
        if (read_currency(p, &i, &currency, &factor))
            i = skip_spaces(p, i);
        factor = read_number(p, &i, true, &high) ? read_factor(p, &i) : 0;
        return factor > 0 && (mw_i128)low.units * high.scale < (mw_i128)high.units * low.scale ? factor : 0;
    }
    return 0;
}

static bool money_at(const char *p, size_t *at, bool bare, struct mw_eur *eur, struct mw_sv *currency)
{
    size_t i = *at, k;
    struct number v;
    int64_t unit = 1, factor, again;
    bool before = read_currency(p, &i, currency, &unit);
    if (before)
        i = skip_spaces(p, i);
    size_t number = i;
    if (!(before || number_begins(p, i)) || !read_number(p, &i, false, &v))
        return false;
    if (starts(p + i, ",-") || starts(p + i, ".-"))
        i += p[i + 2] == '-' ? 3 : 2;
    k = i;
    factor = read_factor(p, &k);
    bool both = factor == 0 && (factor = shared_factor(p, k, v)) > 0;
    if (factor > 0) { /* "1,125 Millionen": the comma is decimal */
        i = number;
        if (!read_number(p, &i, true, &v))
            return false;
        if (!both)
            (void)read_factor(p, &i);
    }
    if (v.word && factor == 0)
        return false;
    if (!before) {
        k = skip_spaces(p, i);
        if (read_currency(p, &k, currency, &again)) {
            unit = again;
            i = k;
        } else if (!bare) {
            return false;
        } else {
            *currency = MW_SV("EUR");
        }
    }
    *at = i;
    return to_cents(v, unit * (factor > 0 ? factor : 1), eur);
}

bool mw_value_money(struct mw_sv text, size_t *at, bool bare, struct mw_eur *eur, struct mw_sv *currency)
{
    struct low l;
    lower(&l, text);
    for (size_t i = *at; i < l.n; i++) {
        size_t k = i;
        bool edge = i == 0 || (!letter(l.p[i - 1]) && !digit(l.p[i - 1]) && !((l.p[i - 1] == '.' || l.p[i - 1] == ',') && i > 1 && digit(l.p[i - 2])));
        if (edge && money_at(l.p, &k, bare, eur, currency)) {
            *at = k;
            return true;
        }
    }
    return false;
}

/* --- shares ------------------------------------------------------------------------------------------------------- */
static bool fraction_words(const char *p, size_t *at, struct mw_share *share)
{
    static const struct { const char *word; int64_t num, den; } F[] = {
        { "zwei dritteln", 2, 3 }, { "zwei drittel", 2, 3 }, { "ein drittel", 1, 3 }, { "einem drittel", 1, 3 }, { "eines drittels", 1, 3 },
        { "drei vierteln", 3, 4 }, { "drei viertel", 3, 4 }, { "ein viertel", 1, 4 }, { "einem viertel", 1, 4 }, { "vier f\xC3\xBCnftel", 4, 5 },
        { "die h\xC3\xA4lfte", 1, 2 }, { "der h\xC3\xA4lfte", 1, 2 }, { "zur h\xC3\xA4lfte", 1, 2 }, { "h\xC3\xA4lftig", 1, 2 },
        { "one third", 1, 3 }, { "two thirds", 2, 3 }, { "one half", 1, 2 }, { "half of", 1, 2 },
    };
    if (*at > 0 && letter(p[*at - 1]))
        return false;
    for (size_t f = 0; f < sizeof F / sizeof *F; f++)
        if (starts(p + *at, F[f].word)) {
            *at += strlen(F[f].word);
            return mw_share_make(share, F[f].num, F[f].den);
        }
    return false;
}

static bool percent_sign(const char *p, size_t *at)
{
    static const char *const SIGN[] = { "%", "v.h.", "v. h.", "v.h", "vom hundert", "von hundert", "per cent", "percent" };
    size_t i = skip_spaces(p, *at);
    for (size_t s = 0; s < sizeof SIGN / sizeof *SIGN; s++)
        if (starts(p + i, SIGN[s])) {
            *at = i + strlen(SIGN[s]);
            return true;
        }
    if (!starts(p + i, "prozent") || starts(p + i, "prozentpunkt"))
        return false;
    *at = i + 7;
    return true;
}

static bool share_at(const char *p, size_t *at, struct mw_share *share)
{
    size_t i = *at;
    struct number v;
    if (fraction_words(p, at, share))
        return true;
    if (!number_begins(p, i) || !read_number(p, &i, true, &v))
        return false;
    int64_t num = v.units, den = v.scale;
    size_t k = skip_spaces(p, i);
    if (p[k] == '1' && p[k + 1] == '/' && digit(p[k + 2]) && p[k + 2] != '0') { /* 33 1/3 */
        int64_t part = p[k + 2] - '0';
        num = num * part + den;
        den *= part;
        i = k + 3;
    }
    if (!percent_sign(p, &i))
        return false;
    *at = i;
    return num <= 1000 * den && mw_share_make(share, num, den * 100);
}

bool mw_value_share(struct mw_sv text, size_t *at, struct mw_share *share)
{
    struct low l;
    lower(&l, text);
    for (size_t i = *at; i < l.n; i++) {
        size_t k = i;
        if ((i == 0 || (!digit(l.p[i - 1]) && l.p[i - 1] != ',')) && share_at(l.p, &k, share)) {
            *at = k;
            return true;
        }
    }
    return false;
}

/* --- periods ------------------------------------------------------------------------------------------------------ */
static size_t skip_letters(const char *p, size_t i)
{
    while (letter(p[i]))
        i++;
    return i;
}

static int unit_months(const char *p, size_t *at)
{
    static const struct { const char *word; int months; } U[] = {
        { "monat", 1 }, { "month", 1 }, { "kalenderjahr", 12 }, { "haushaltsjahr", 12 }, { "schuljahr", 12 }, { "jahr", 12 },
        { "f\xC3\xB6rderjahr", 12 },
        { "j\xC3\xA4hrig", 12 }, { "year", 12 },
    };
    size_t i = skip_spaces(p, p[*at] == '-' ? *at + 1 : *at);
    if (p[i] == '(') // "drei (3) Jahre"
        i = skip_spaces(p, i + 1 + strcspn(p + i + 1, ")") + (strchr(p + i, ')') != NULL));
    if (starts(p + i, "aufeinander")) // "zwei aufeinanderfolgende Jahre"
        i = skip_spaces(p, skip_letters(p, i));
    for (size_t u = 0; u < sizeof U / sizeof *U; u++)
        if (starts(p + i, U[u].word)) {
            *at = skip_letters(p, i + strlen(U[u].word));
            return U[u].months;
        }
    return 0;
}

/* Behind years: "und sechs Monate". */
static int32_t and_months(const char *p, size_t *at)
{
    struct number v;
    size_t k = skip_spaces(p, *at);
    if (!starts(p + k, "und "))
        return 0;
    k = skip_spaces(p, k + 4);
    if (!read_number(p, &k, true, &v) || v.scale != 1 || v.units > 11 || unit_months(p, &k) != 1)
        return 0;
    *at = k;
    return (int32_t)v.units;
}

bool mw_value_months(struct mw_sv text, size_t *at, int32_t *months)
{
    struct low l;
    lower(&l, text);
    for (size_t i = *at; i < l.n; i++) {
        struct number v;
        size_t k = i;
        if (!number_begins(l.p, i) || !read_number(l.p, &k, true, &v))
            continue;
        int unit = unit_months(l.p, &k);
        if (unit == 0 || v.units > 1200 * v.scale || v.units * unit % v.scale != 0)
            continue;
        *months = (int32_t)(v.units * unit / v.scale) + (unit == 12 ? and_months(l.p, &k) : 0);
        *at = k;
        return true;
    }
    return false;
}

bool mw_value_decimal(struct mw_sv text, size_t *at, struct mw_share *number)
{
    struct low l;
    lower(&l, text);
    for (size_t i = *at; i < l.n; i++) {
        struct number v;
        size_t k = i;
        if (!digit(l.p[i]) || !number_begins(l.p, i) || !read_digits(l.p, &k, true, &v) || v.scale == 1)
            continue;
        *at = k;
        return mw_share_make(number, v.units, v.scale);
    }
    return false;
}

bool mw_value_count(struct mw_sv text, size_t *at, int64_t *number)
{
    struct low l;
    lower(&l, text);
    for (size_t i = *at; i < l.n; i++) {
        struct number v;
        size_t k = i;
        if (!number_begins(l.p, i) || !read_number(l.p, &k, false, &v))
            continue;
        int64_t factor = read_factor(l.p, &k);
        if (factor > 0 && (k = i, !read_number(l.p, &k, true, &v)))
            continue;
        if (factor > 0)
            (void)read_factor(l.p, &k);
        if (__builtin_mul_overflow(v.units, factor > 0 ? factor : 1, &v.units) || v.units % v.scale != 0)
            continue;
        *number = v.units / v.scale;
        *at = k;
        return true;
    }
    return false;
}
