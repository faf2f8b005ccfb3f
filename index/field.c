/* "field:value": conditions as people type them, in German or English, with the value's usual endings and small mistakes. */
#include "index/query.h"

#include <string.h>

#include "index/trait.h"
#include "lib/core/read.h"

enum { FILTERS_MAX = 32, STEM = 3, ENDING = 2 };

static const struct {
    const char *name; /* folded */
    enum mw_filter_field field;
} FIELDS[] = {
    { "land", MW_Q_LAND },           { "region", MW_Q_LAND },             { "bundesland", MW_Q_LAND },
    { "state", MW_Q_LAND },          { "applicant", MW_Q_APPLICANT },     { "antragsteller", MW_Q_APPLICANT },
    { "kind", MW_Q_KIND },           { "art", MW_Q_KIND },                { "forderart", MW_Q_KIND },
    { "status", MW_Q_STATUS },       { "deadline", MW_Q_DEADLINE },       { "frist", MW_Q_DEADLINE },
    { "source", MW_Q_SOURCE },       { "quelle", MW_Q_SOURCE },           { "level", MW_Q_LEVEL },
    { "ebene", MW_Q_LEVEL },         { "rate", MW_Q_RATE },               { "quote", MW_Q_RATE },
    { "fordersatz", MW_Q_RATE },     { "amount", MW_Q_AMOUNT },           { "betrag", MW_Q_AMOUNT },
    { "forderbetrag", MW_Q_AMOUNT }, { "language", MW_Q_LANGUAGE },       { "sprache", MW_Q_LANGUAGE },
    { "theme", MW_Q_THEME },         { "thema", MW_Q_THEME },             { "forderbereich", MW_Q_THEME },
    { "stand", MW_Q_STATUS },        { "antragsfrist", MW_Q_DEADLINE },   { "forderquote", MW_Q_RATE },
};
/* Words people use for what has a code; beside them the codes themselves and their names count. */
static const struct {
    const char *word; /* folded */
    enum mw_filter_field field;
    uint32_t bit;
} VALUES[] = {
    { "open", MW_Q_STATUS, 1 << MW_S_OPEN },             { "offen", MW_Q_STATUS, 1 << MW_S_OPEN },
    { "laufend", MW_Q_STATUS, 1 << MW_S_OPEN },          { "forthcoming", MW_Q_STATUS, 1 << MW_S_FORTHCOMING },
    { "kommend", MW_Q_STATUS, 1 << MW_S_FORTHCOMING },   { "angekundigt", MW_Q_STATUS, 1 << MW_S_FORTHCOMING },
    { "closed", MW_Q_STATUS, 1 << MW_S_CLOSED },         { "geschlossen", MW_Q_STATUS, 1 << MW_S_CLOSED },
    { "abgelaufen", MW_Q_STATUS, 1 << MW_S_CLOSED },     { "beendet", MW_Q_STATUS, 1 << MW_S_CLOSED },
    { "unknown", MW_Q_STATUS, 1 << MW_S_UNKNOWN },       { "unbekannt", MW_Q_STATUS, 1 << MW_S_UNKNOWN },
    { "unklar", MW_Q_STATUS, 1 << MW_S_UNKNOWN },        { "eu", MW_Q_LEVEL, MW_T_LEVEL_EU },
    { "europa", MW_Q_LEVEL, MW_T_LEVEL_EU },             { "bund", MW_Q_LEVEL, MW_T_LEVEL_DE },
    { "de", MW_Q_LEVEL, MW_T_LEVEL_DE },                 { "bundesweit", MW_Q_LEVEL, MW_T_LEVEL_DE },
    { "federal", MW_Q_LEVEL, MW_T_LEVEL_DE },            { "land", MW_Q_LEVEL, MW_T_LEVEL_LAND },
    { "lander", MW_Q_LEVEL, MW_T_LEVEL_LAND },           { "state", MW_Q_LEVEL, MW_T_LEVEL_LAND },
    { "de", MW_Q_LANGUAGE, 1 },                          { "deutsch", MW_Q_LANGUAGE, 1 },
    { "german", MW_Q_LANGUAGE, 1 },                      { "en", MW_Q_LANGUAGE, 2 },
    { "englisch", MW_Q_LANGUAGE, 2 },                    { "english", MW_Q_LANGUAGE, 2 },
    { "bund", MW_Q_LAND, MW_T_DE },                      { "de", MW_Q_LAND, MW_T_DE },
    { "bundesweit", MW_Q_LAND, MW_T_DE },                { "deutschland", MW_Q_LAND, MW_T_DE },
    { "eu", MW_Q_LAND, MW_T_EU },                        { "europa", MW_Q_LAND, MW_T_EU },
    { "bavaria", MW_Q_LAND, 1 << MW_LAND_BY },           { "hesse", MW_Q_LAND, 1 << MW_LAND_HE },
    { "lower saxony", MW_Q_LAND, 1 << MW_LAND_NI },      { "saxony", MW_Q_LAND, 1 << MW_LAND_SN },
    { "saxony anhalt", MW_Q_LAND, 1 << MW_LAND_ST },     { "thuringia", MW_Q_LAND, 1 << MW_LAND_TH },
    { "north rhine westphalia", MW_Q_LAND, 1 << MW_LAND_NW }, { "rhineland palatinate", MW_Q_LAND, 1 << MW_LAND_RP },
    { "mecklenburg western pomerania", MW_Q_LAND, 1 << MW_LAND_MV },
    { "nrw", MW_Q_LAND, 1 << MW_LAND_NW },               { "gemeinde", MW_Q_APPLICANT, 1 << MW_A_KOMMUNE },
    { "stadt", MW_Q_APPLICANT, 1 << MW_A_KOMMUNE },      { "landkreis", MW_Q_APPLICANT, 1 << MW_A_KREIS },
    { "zweckverband", MW_Q_APPLICANT, 1 << MW_A_KOMMUNALVERBAND }, { "verein", MW_Q_APPLICANT, 1 << MW_A_VERBAND },
    { "universitat", MW_Q_APPLICANT, 1 << MW_A_HOCHSCHULE }, { "schule", MW_Q_APPLICANT, 1 << MW_A_BILDUNGSEINRICHTUNG },
    { "zuwendung", MW_Q_KIND, 1 << MW_K_ZUSCHUSS },      { "kredit", MW_Q_KIND, 1 << MW_K_DARLEHEN },
};

static bool field_named(enum mw_filter_field *out, struct mw_sv name)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;

    mw_fold(&folded, name);
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++)
        if (mw_sv_eqz(mw_str_sv(&folded), FIELDS[i].name)) {
            *out = FIELDS[i].field;
            return true;
        }
    return false;
}

/* --- values that have codes ------------------------------------------------------------------------------------------------ */

/* Folded, with single spaces for what joins words. */
static void even(struct mw_str *out, struct mw_sv s)
{
    mw_fold(out, s);
    for (size_t i = 0; i < out->n; i++)
        if (out->p[i] == '_' || out->p[i] == '-')
            out->p[i] = ' ';
}

struct lookup {
    struct mw_sv wanted;      /* even */
    uint32_t exact, near_begin, near;
    unsigned distance;        /* of near */
    const char *near_word;
};

static void offer(struct lookup *l, const char *word, uint32_t bit)
{
    MW_AUTO(mw_str_free) struct mw_str name = MW_STR_INIT;
    unsigned limit = l->wanted.n < 5 ? 0 : l->wanted.n < 9 ? 1 : 2;

    even(&name, mw_sv(word));
    struct mw_sv n = mw_str_sv(&name);
    if (n.n == 0)
        return;
    if (mw_sv_eq(n, l->wanted))
        l->exact |= bit;
    else if ((l->wanted.n >= STEM && mw_sv_starts(n, l->wanted)) || (n.n > STEM && l->wanted.n <= n.n + ENDING && mw_sv_starts(l->wanted, n)))
        l->near_begin |= bit;
    unsigned d = limit > 0 ? mw_sv_distance(n, l->wanted, limit) : 1;
    if (d <= limit && d < l->distance) {
        l->distance = d;
        l->near = bit;
        l->near_word = word;
    }
}

static void offer_all(struct lookup *l, enum mw_filter_field field)
{
    for (size_t i = 0; i < sizeof VALUES / sizeof *VALUES; i++)
        if (VALUES[i].field == field)
            offer(l, VALUES[i].word, VALUES[i].bit);
    for (int land = MW_LAND_NONE + 1; field == MW_Q_LAND && land < MW_LAND_N; land++) {
        offer(l, mw_land_code((enum mw_land)land), 1U << land);
        offer(l, mw_land_name((enum mw_land)land), 1U << land);
    }
    for (int i = 0; field == MW_Q_APPLICANT && i < MW_A_N; i++) {
        offer(l, MW_APPLICANT_TYPES[i], 1U << i);
        offer(l, mw_applicant_label(i, MW_EN), 1U << i);
        offer(l, mw_applicant_label(i, MW_DE), 1U << i);
    }
    for (int i = 0; field == MW_Q_KIND && i < MW_K_N; i++) {
        offer(l, MW_KINDS[i], 1U << i);
        offer(l, mw_kind_label(i, MW_EN), 1U << i);
        offer(l, mw_kind_label(i, MW_DE), 1U << i);
    }
}

/* One value to the bits it stands for; 0: none. *corrected: the name it was taken for, where it is only similar. */
static uint32_t bits_of(enum mw_filter_field field, struct mw_sv value, const char **corrected)
{
    MW_AUTO(mw_str_free) struct mw_str wanted = MW_STR_INIT;
    struct lookup l = { .distance = 3 };

    even(&wanted, value);
    l.wanted = mw_str_sv(&wanted);
    *corrected = NULL;
    if (l.wanted.n == 0)
        return 0;
    offer_all(&l, field);
    if (l.exact != 0 || l.near_begin != 0)
        return l.exact != 0 ? l.exact : l.near_begin;
    *corrected = l.near_word;
    return l.near;
}

static bool read_values(struct mw_filter *f, struct mw_arena *a, struct mw_sv text)
{
    struct mw_sv one, rest = text;
    bool more = true, free_words = f->field == MW_Q_SOURCE || f->field == MW_Q_THEME;

    while (more) {
        const char *corrected = NULL;
        more = mw_sv_cut(rest, ',', &one, &rest);
        one = mw_sv_trim(one);
        if (one.n == 0)
            continue;
        uint32_t bits = free_words ? 0 : bits_of(f->field, one, &corrected);
        if (!free_words && bits == 0)
            return false;
        f->bits |= bits;
        if (corrected != NULL) {
            f->corrected = mw_sv(corrected);
            f->mistyped = one;
        }
        struct mw_sv *slot = mw_list_add(a, &f->values, sizeof *slot);
        if (slot == NULL)
            return false;
        *slot = one;
    }
    return f->values.n > 0;
}

/* --- values that are compared ---------------------------------------------------------------------------------------------- */

enum { LESS = 1, MORE = 2, EQUAL = 4 };
/* Longer ones before what they begin with. */
static const struct { const char *word; unsigned is; } COMPARISONS[] = {
    { "<=", LESS | EQUAL },          { ">=", MORE | EQUAL },         { "<", LESS },                   { ">", MORE },
    { "=", EQUAL },                  { "bis zu ", LESS | EQUAL },    { "bis zum ", LESS | EQUAL },    { "bis ", LESS | EQUAL },
    { "hochstens ", LESS | EQUAL },  { "maximal ", LESS | EQUAL },   { "spatestens ", LESS | EQUAL }, { "unter ", LESS },
    { "weniger als ", LESS },        { "vor ", LESS },               { "ab ", MORE | EQUAL },         { "seit ", MORE | EQUAL },
    { "mindestens ", MORE | EQUAL }, { "uber ", MORE },              { "mehr als ", MORE },           { "nach ", MORE },
    { "im ", EQUAL },                { "am ", EQUAL },               { "zum ", EQUAL },               { "no later than ", LESS | EQUAL },
    { "until ", LESS | EQUAL },      { "up to ", LESS | EQUAL },     { "by ", LESS | EQUAL },         { "at most ", LESS | EQUAL },
    { "before ", LESS },             { "less than ", LESS },         { "from ", MORE | EQUAL },       { "since ", MORE | EQUAL },
    { "at least ", MORE | EQUAL },   { "after ", MORE },             { "more than ", MORE },          { "in ", EQUAL },
    { "on ", EQUAL },
};

/* Cuts the comparison off. Letters are as many folded as not but for umlauts, which stand in the comparison alone. */
static unsigned comparison(struct mw_sv *text)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;

    for (struct mw_sv left = *text, piece; left.n > 0;) { /* single spaces */
        mw_sv_cut(left, ' ', &piece, &left);
        mw_fold(&folded, piece);
        if (piece.n > 0)
            mw_str_addc(&folded, ' ');
    }
    for (size_t i = 0; i < sizeof COMPARISONS / sizeof *COMPARISONS; i++) {
        struct mw_sv word = mw_sv(COMPARISONS[i].word);
        if (!mw_sv_starts(mw_str_sv(&folded), word))
            continue;
        struct mw_sv head, left = mw_sv_sub(word, 0, word.n - 1);
        if (!mw_sv_ends(word, MW_SV(" "))) { /* a sign */
            *text = mw_sv_trim(mw_sv_sub(*text, word.n, text->n));
            return COMPARISONS[i].is;
        }
        do { /* as many words, however many spaces are between them */
            mw_sv_cut(*text, ' ', &head, text);
            *text = mw_sv_trim(*text);
        } while (mw_sv_cut(left, ' ', &head, &left));
        return COMPARISONS[i].is;
    }
    return EQUAL;
}

static bool read_number(enum mw_filter_field field, struct mw_sv text, struct mw_day today, struct mw_day not_before, int64_t *from, int64_t *to)
{
    struct mw_share share;
    struct mw_eur eur;

    if (field == MW_Q_DEADLINE)
        return mw_days_read(text, today, not_before, from, to);
    if (field == MW_Q_AMOUNT && mw_read_eur(text, &eur))
        return *from = *to = eur.cents, true;
    if (field == MW_Q_RATE && mw_read_share(text, &share))
        return *from = *to = mw_share_bp(share), true;
    if (field == MW_Q_RATE && mw_read_quantity(text, &share) && share.num >= 0 && share.num / share.den <= 100)
        return *from = *to = mw_share_bp((struct mw_share){ share.num, share.den * 100 }), true;
    return false;
}

/* Where "from..to", "100.000 bis 200.000" or "1.1.2026 - 31.3.2026" is parted, and by how many bytes; SIZE_MAX: nowhere. */
static size_t parting(enum mw_filter_field field, struct mw_sv text, size_t *n)
{
    static const char *const SIGNS[] = { "..", " bis ", " to ", " und ", " and ", " - ", "\xe2\x80\x93", "-" };
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        struct mw_sv sign = mw_sv(SIGNS[i]);
        size_t at = mw_sv_find(text, sign, 0);
        bool hyphen = sign.n == 1; /* parts two days alone that have none of their own: "1.1.2026-31.3.2026" */
        if (at == SIZE_MAX || (hyphen && (field != MW_Q_DEADLINE || mw_sv_find(mw_sv_sub(text, 0, at), MW_SV("."), 0) == SIZE_MAX)))
            continue;
        *n = sign.n;
        return at;
    }
    return SIZE_MAX;
}

/* Without the word that only announces two ends: "von 1.3. bis 30.6.", "between 5 and 10". */
static struct mw_sv without_opening(struct mw_sv text)
{
    static const char *const OPENINGS[] = { "von ", "vom ", "zwischen ", "from ", "between " };
    for (size_t i = 0; i < sizeof OPENINGS / sizeof *OPENINGS; i++)
        if (mw_sv_starts(text, mw_sv(OPENINGS[i])))
            return mw_sv_trim(mw_sv_sub(text, mw_sv(OPENINGS[i]).n, text.n));
    return text;
}

/* "2026-01-01..2026-03-31", "..2026", "50..": an end that is left out is open; "Mai bis Juli" are of one year. */
static bool read_between(struct mw_filter *f, struct mw_sv text, size_t at, size_t n, struct mw_day today)
{
    struct mw_sv first = without_opening(mw_sv_trim(mw_sv_sub(text, 0, at))), last = mw_sv_trim(mw_sv_sub(text, at + n, text.n));
    int64_t ignored;

    f->from = INT64_MIN;
    f->to = INT64_MAX;
    if (first.n == 0 && last.n == 0)
        return false;
    if (first.n > 0 && !read_number(f->field, first, today, today, &f->from, &ignored))
        return false;
    struct mw_day not_before = today;
    if (first.n > 0 && f->field == MW_Q_DEADLINE)
        not_before.n = (int32_t)f->from;
    return (last.n == 0 || read_number(f->field, last, today, not_before, &ignored, &f->to)) && f->from <= f->to;
}

static bool read_range(struct mw_filter *f, struct mw_sv text, struct mw_day today)
{
    size_t n = 0, at = parting(f->field, text, &n);
    int64_t from, to;

    if (at != SIZE_MAX && read_between(f, text, at, n, today))
        return true;
    if (at != SIZE_MAX && n != 1) /* "2026-Q1" is parted by nothing */
        return false;
    unsigned is = comparison(&text);
    if (!read_number(f->field, text, today, today, &from, &to) || to == INT64_MAX || from == INT64_MIN)
        return false;
    bool equal = (is & EQUAL) != 0;
    f->from = (is & LESS) != 0 ? INT64_MIN : equal ? from : to + 1;
    f->to = (is & MORE) != 0 ? INT64_MAX : equal ? to : from - 1;
    return true;
}

const char *mw_field_example(struct mw_sv name, enum mw_lang lang)
{
    static const char *const EXAMPLES[][MW_DE + 1] = { /* by language: German ones show German words */
        [MW_Q_LAND] = { [MW_EN] = "NW", [MW_DE] = "NW" },
        [MW_Q_APPLICANT] = { [MW_EN] = "kommune", [MW_DE] = "kommune" },
        [MW_Q_KIND] = { [MW_EN] = "zuschuss", [MW_DE] = "zuschuss" },
        [MW_Q_STATUS] = { [MW_EN] = "open", [MW_DE] = "offen" },
        [MW_Q_DEADLINE] = { [MW_EN] = "today 2026-12-31 <2026-12-31 2026-Q1", [MW_DE] = "heute 31.12.2026 <31.12.2026 2026-Q1" },
        [MW_Q_SOURCE] = { [MW_EN] = "fdb", [MW_DE] = "fdb" },
        [MW_Q_LEVEL] = { [MW_EN] = "eu", [MW_DE] = "bund" },
        [MW_Q_RATE] = { [MW_EN] = ">=50 50..80", [MW_DE] = ">=50 50..80" },
        [MW_Q_AMOUNT] = { [MW_EN] = ">=100000 50000..200000", [MW_DE] = ">=100000 50000..200000" },
        [MW_Q_LANGUAGE] = { [MW_EN] = "en", [MW_DE] = "de" },
        [MW_Q_THEME] = { [MW_EN] = "energie", [MW_DE] = "energie" },
    };
    enum mw_filter_field field;
    return field_named(&field, name) ? EXAMPLES[field][lang] : NULL;
}

/* --- the whole -------------------------------------------------------------------------------------------------------------- */

bool mw_field_compares(enum mw_filter_field field)
{
    return field == MW_Q_DEADLINE || field == MW_Q_RATE || field == MW_Q_AMOUNT;
}

enum mw_field_read mw_filter_read(struct mw_list *filters, struct mw_arena *a, struct mw_sv text, struct mw_sv name, struct mw_sv value,
                                  bool exclude, struct mw_day today)
{
    struct mw_filter f = { .text = text, .exclude = exclude };

    if (!field_named(&f.field, name) || value.n == 0)
        return MW_NO_FIELD;
    if (mw_field_compares(f.field) ? !read_range(&f, value, today) : !read_values(&f, a, value))
        return MW_NO_VALUE;
    struct mw_filter *slot = filters->n < FILTERS_MAX ? mw_list_add(a, filters, sizeof *slot) : NULL;
    if (slot != NULL)
        *slot = f;
    return slot != NULL ? MW_A_FILTER : MW_NO_VALUE;
}
