#include "apply/plan/said.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define WINDOW 7 /* words before a number in which its topic may stand; behind it half as many */

struct token {
    struct mw_sv text;  /* without the marks around it */
    bool stop, comma;   /* a sentence, a part of one ends behind it */
    bool ordinal, first; /* "4." counts nothing; the first word of a line may be its number */
};
struct reader {
    struct mw_list tokens; /* struct token */
    struct mw_list *out;
    struct mw_arena *a;
};

/* --- words -------------------------------------------------------------------------------------------------------- */
static struct mw_sv word(const struct reader *r, size_t i)
{
    return i < r->tokens.n ? MW_AT(r->tokens, struct token, i)->text : MW_SV("");
}
static bool stops(const struct reader *r, size_t i) { return i >= r->tokens.n || MW_AT(r->tokens, struct token, i)->stop; }
static bool pauses(const struct reader *r, size_t i)
{
    return stops(r, i) || MW_AT(r->tokens, struct token, i)->comma;
}

static bool one_of(struct mw_sv w, const char *const *words)
{
    for (; *words != NULL; words++)
        if (mw_sv_ieq(w, mw_sv(*words)))
            return true;
    return false;
}

static bool is_mark(char c)
{
    return c == ',' || c == ';' || c == ':' || c == '.' || c == '!' || c == '?' || c == '(' || c == ')' || c == '"' || c == '*';
}
/* Quotation marks of more than one byte at an end of s. */
static size_t long_mark(struct mw_sv s, bool front)
{
    static const char *const MARKS[] = { "„", "“", "”", "»", "«", "–", "•" };
    for (size_t i = 0; i < COUNT(MARKS); i++)
        if (front ? mw_sv_starts(s, mw_sv(MARKS[i])) : mw_sv_ends(s, mw_sv(MARKS[i])))
            return mw_sv(MARKS[i]).n;
    return 0;
}

/* "ca.", "max.", "1.": a point that ends no sentence. */
static bool abbreviated(struct mw_sv w)
{
    static const char *const SHORT[] = { "ca", "max", "min", "Mio", "Mrd", "inkl", "ggf", "Nr", "z", "B", "bzw", "rd", "Abs", NULL };
    bool digits = w.n > 0 && w.n < 3;

    for (size_t i = 0; i < w.n && digits; i++)
        digits = w.p[i] >= '0' && w.p[i] <= '9';
    return digits || one_of(w, SHORT);
}

static bool add_token(struct reader *r, struct mw_sv s, bool first)
{
    struct token *t = mw_list_add(r->a, &r->tokens, sizeof *t);
    size_t n;

    if (t == NULL)
        return false;
    *t = (struct token){ s, false, false, s.n > 1 && s.p[s.n - 1] == '.' && s.p[0] >= '0' && s.p[0] <= '9', first };
    for (bool more = true; more && t->text.n > 0;) { /* front */
        n = long_mark(t->text, true);
        more = n > 0 || t->text.p[0] == '(' || t->text.p[0] == '"' || t->text.p[0] == '*';
        if (more)
            t->text = mw_sv_sub(t->text, n > 0 ? n : 1, t->text.n);
    }
    for (bool more = true; more && t->text.n > 0;) { /* back */
        char last = t->text.p[t->text.n - 1];
        n = long_mark(t->text, false);
        more = n > 0 || is_mark(last);
        t->stop = t->stop || last == '.' || last == '!' || last == '?' || last == ';';
        t->comma = t->comma || last == ',' || last == ':' || last == ')';
        if (more)
            t->text.n -= n > 0 ? n : 1;
    }
    t->stop = t->stop && !abbreviated(t->text);
    return true;
}

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

static bool cut_words(struct reader *r, struct mw_sv text)
{
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        bool first = true;
        for (size_t k = i; k > 0 && first && text.p[k - 1] != '\n'; k--)
            first = is_space(text.p[k - 1]) || text.p[k - 1] == '-' || text.p[k - 1] == '*';
        while (i < text.n && !is_space(text.p[i]))
            i++;
        if (i > from && !add_token(r, mw_sv_sub(text, from, i - from), first))
            return false;
        while (i < text.n && is_space(text.p[i])) {
            if (text.p[i] == '\n' && i + 1 < text.n && text.p[i + 1] == '\n' && r->tokens.n > 0)
                MW_AT(r->tokens, struct token, r->tokens.n - 1)->stop = true; /* a blank line */
            i++;
        }
    }
    return true;
}

static bool is_capital(struct mw_sv w)
{
    return w.n > 2 && ((w.p[0] >= 'A' && w.p[0] <= 'Z') || mw_sv_starts(w, MW_SV("Ä")) || mw_sv_starts(w, MW_SV("Ö")) ||
                       mw_sv_starts(w, MW_SV("Ü")));
}
/* "halbtägige", "beteiligten": an adjective between a number and its noun. */
static bool is_adjective(struct mw_sv w)
{
    return w.n > 3 && w.p[0] >= 'a' && w.p[0] <= 'z' &&
           (mw_sv_ends(w, MW_SV("e")) || mw_sv_ends(w, MW_SV("en")) || mw_sv_ends(w, MW_SV("er")));
}

/* --- numbers ------------------------------------------------------------------------------------------------------ */
static const char *const ONES[] = { "null", "ein",  "zwei",  "drei",     "vier",     "fünf",    "sechs",    "sieben",   "acht",     "neun",
                                    "zehn", "elf",  "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn" };
static const char *const TENS[] = { "", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig" };

/* From two on: "ein" is an article. */
static bool number_of(struct mw_sv w, int64_t *n)
{
    size_t und = mw_sv_find(w, MW_SV("und"), 0);

    if (w.n > 0 && w.p[0] >= '0' && w.p[0] <= '9')
        return mw_read_int(w, n) && *n >= 2;
    for (size_t i = 2; i < COUNT(ONES); i++)
        if (mw_sv_ieq(w, mw_sv(ONES[i])))
            return *n = (int64_t)i, true;
    for (size_t t = 2; t < COUNT(TENS); t++) {
        if (mw_sv_ieq(w, mw_sv(TENS[t])))
            return *n = (int64_t)t * 10, true;
        for (size_t i = 1; i < 10 && und != SIZE_MAX && und > 0; i++)
            if (mw_sv_ieq(mw_sv_sub(w, 0, und), mw_sv(ONES[i])) && mw_sv_ieq(mw_sv_sub(w, und + 3, w.n), mw_sv(TENS[t])))
                return *n = (int64_t)(t * 10 + i), true;
    }
    return false;
}

/* The words before a number say how it is meant; false: it is no number of the whole. */
static bool how_of(const struct reader *r, size_t i, enum mw_said_how *how)
{
    static const char *const MOST[] = { "höchstens", "maximal", "max", NULL };
    static const char *const LEAST[] = { "mindestens", "wenigstens", "min", NULL };
    static const char *const ROUGH[] = { "rund", "etwa", "ca", "circa", "knapp", "fast", "ungefähr", "gut", "über", "mehr", "zirka", NULL };
    static const char *const PART[] = { "je", "jeweils", "pro", "weitere", "weiteren", "davon", "ersten", "letzten", "anderen", "übrigen",
                                        "jede", "jeden", "jedes", "jeder", "zusätzlich", "zusätzliche", "nach", "um", "auf", "seit",
                                        NULL };
    *how = MW_SAID_EXACTLY;
    for (size_t back = 1; back <= 2 && back <= i; back++) {
        if (stops(r, i - back))
            return true;
        struct mw_sv w = word(r, i - back);
        if (one_of(w, LEAST))
            *how = MW_SAID_AT_LEAST;
        else if (one_of(w, MOST) || (mw_sv_ieq(w, MW_SV("bis")) && (back == 1 || mw_sv_ieq(word(r, i - 1), MW_SV("zu")))))
            *how = MW_SAID_AT_MOST;
        else if (one_of(w, ROUGH))
            *how = MW_SAID_ABOUT;
        else if (one_of(w, PART) && back == 1)
            return false;
    }
    return true;
}

/* --- topics ------------------------------------------------------------------------------------------------------- */
static enum mw_said_topic topic_of(struct mw_sv w)
{
    static const struct {
        const char *part;
        enum mw_said_topic topic;
    } TOPICS[] = {
        { "gesamtkosten", MW_ABOUT_TOTAL },        { "gesamtausgaben", MW_ABOUT_TOTAL },     { "gesamtvolumen", MW_ABOUT_TOTAL },
        { "gesamtsumme", MW_ABOUT_TOTAL },         { "gesamtbudget", MW_ABOUT_TOTAL },       { "projektvolumen", MW_ABOUT_TOTAL },
        { "projektkosten", MW_ABOUT_TOTAL },       { "vorhabenkosten", MW_ABOUT_TOTAL },     { "zuwendung", MW_ABOUT_GRANT },
        { "fördersumme", MW_ABOUT_GRANT },         { "förderbetrag", MW_ABOUT_GRANT },       { "zuschuss", MW_ABOUT_GRANT },
        { "eigenanteil", MW_ABOUT_OWN },           { "eigenmittel", MW_ABOUT_OWN },          { "förderquote", MW_ABOUT_RATE },
        { "fördersatz", MW_ABOUT_RATE },           { "laufzeit", MW_ABOUT_PERIOD },          { "förderzeitraum", MW_ABOUT_PERIOD },
        { "bewilligungszeitraum", MW_ABOUT_PERIOD }, { "projektzeitraum", MW_ABOUT_PERIOD }, { "durchführungszeitraum", MW_ABOUT_PERIOD },
    };
    for (size_t i = 0; i < COUNT(TOPICS); i++) {
        struct mw_sv part = mw_sv(TOPICS[i].part);
        for (size_t at = 0; at + part.n <= w.n; at++)
            if (mw_sv_ieq(mw_sv_sub(w, at, part.n), part) && w.n <= at + part.n + 2) /* the end of a compound, inflected */
                return TOPICS[i].topic;
    }
    return MW_ABOUT_NOTHING;
}

/* The nearest topic of the sentence; money and times of a part of the project or of a year have none. */
static enum mw_said_topic nearest_topic(const struct reader *r, size_t first, size_t last)
{
    static const char *const PARTS[] = { "je", "jeweils", "pro", "jährlich", "jährliche", "jährlichen", "monatlich", "Jahr", "Vereinbarung",
                                         "agreement", NULL };
    enum mw_said_topic topic = MW_ABOUT_NOTHING;
    bool apart = false; /* a comma lies between: a time beyond it belongs to something else */

    for (size_t back = 1; back <= WINDOW && back <= first && !stops(r, first - back); back++) {
        if (one_of(word(r, first - back), PARTS))
            return MW_ABOUT_NOTHING;
        if (topic == MW_ABOUT_NOTHING)
            topic = topic_of(word(r, first - back));
        apart = apart || pauses(r, first - back);
        if (apart && topic == MW_ABOUT_PERIOD)
            return MW_ABOUT_NOTHING;
    }
    for (size_t i = last; i < last + WINDOW / 2 && !stops(r, i) && i + 1 < r->tokens.n; i++) {
        if (one_of(word(r, i + 1), PARTS))
            return MW_ABOUT_NOTHING;
        if (topic == MW_ABOUT_NOTHING)
            topic = topic_of(word(r, i + 1));
    }
    return topic;
}

/* Is one of the words said in the sentence, at most a window before i? */
static bool said_before(const struct reader *r, size_t i, const char *const *words)
{
    for (size_t back = 1; back <= WINDOW && back <= i && !stops(r, i - back); back++)
        if (one_of(word(r, i - back), words))
            return true;
    return false;
}

/* Beside the words that name a topic, the turns of phrase that do: "das Vorhaben kostet insgesamt", "das Projekt läuft vom", "80 % der
 * zuwendungsfähigen Ausgaben". */
static enum mw_said_topic find_topic(const struct reader *r, size_t first, size_t last)
{
    static const char *const PROJECT[] = { "Projekt", "Vorhaben", "Maßnahme", "Projekts", "Vorhabens", "Projektes", NULL };
    static const char *const RUNS[] = { "läuft", "dauert", "erstreckt", "beginnt", NULL };
    static const char *const COSTS[] = { "kostet", "kosten", "Kosten", NULL }, *const ALL[] = { "insgesamt", NULL };
    static const char *const OF[] = { "zuwendungsfähigen", "förderfähigen", NULL };
    enum mw_said_topic topic = nearest_topic(r, first, last);

    if (topic != MW_ABOUT_NOTHING)
        return topic;
    if (said_before(r, first, PROJECT) && said_before(r, first, RUNS))
        return MW_ABOUT_PERIOD;
    if (said_before(r, first, COSTS) && said_before(r, first, ALL))
        return MW_ABOUT_TOTAL;
    for (size_t i = last + 1; i <= last + 2 && !stops(r, i - 1); i++)
        if (one_of(word(r, i), OF))
            return MW_ABOUT_RATE;
    return MW_ABOUT_NOTHING;
}

static struct mw_sv verbatim(const struct reader *r, size_t first, size_t last)
{
    const struct mw_sv a = word(r, first), b = word(r, last);
    return mw_sv_n(a.p, (size_t)(b.p + b.n - a.p));
}

/* A new thing said from word first to last; NULL: no memory. */
static struct mw_said *add(struct reader *r, enum mw_said_kind kind, enum mw_said_how how, size_t first, size_t last)
{
    struct mw_said *s = mw_list_add(r->a, r->out, sizeof *s);
    if (s != NULL)
        *s = (struct mw_said){ .kind = kind, .how = how, .noun = MW_SV_NONE, .words = verbatim(r, first, last) };
    return s;
}

/* --- the kinds ---------------------------------------------------------------------------------------------------- */
static bool is_currency(struct mw_sv w)
{
    return mw_sv_ieq(w, MW_SV("euro")) || mw_sv_ieq(w, MW_SV("eur")) || mw_sv_eqz(w, "€");
}

/* *used: how many words from i on are the sum; 0: none. false: no memory. */
static bool read_sum(struct reader *r, size_t i, enum mw_said_how how, size_t *used)
{
    struct mw_eur e;
    size_t last = i;

    *used = 0;
    while (last < i + 3 && !is_currency(word(r, last)) && !stops(r, last))
        last++;
    if (last == i || !is_currency(word(r, last)) || !mw_read_eur(verbatim(r, i, last), &e))
        return true;
    *used = last - i + 1;
    enum mw_said_topic topic = find_topic(r, i, last);
    if (topic != MW_ABOUT_TOTAL && topic != MW_ABOUT_GRANT && topic != MW_ABOUT_OWN)
        return true;
    struct mw_said *s = add(r, MW_SAID_SUM, how, i, last);
    if (s == NULL)
        return false;
    s->sum = e;
    s->topic = topic;
    return true;
}

static bool read_share(struct reader *r, size_t i, enum mw_said_how how, size_t *used)
{
    struct mw_sv w = word(r, i), next = word(r, i + 1);
    bool one = mw_sv_ends(w, MW_SV("%")), two = mw_sv_eqz(next, "%") || mw_sv_ieq(next, MW_SV("prozent"));
    struct mw_share share;

    *used = 0;
    if (w.n == 0 || w.p[0] < '0' || w.p[0] > '9' || !(one || two) || !mw_read_share(verbatim(r, i, one ? i : i + 1), &share))
        return true;
    *used = one ? 1 : 2;
    enum mw_said_topic topic = find_topic(r, i, i + *used - 1);
    if (topic == MW_ABOUT_NOTHING || topic == MW_ABOUT_PERIOD || topic == MW_ABOUT_TOTAL)
        return true;
    struct mw_said *s = add(r, MW_SAID_SHARE, how, i, i + *used - 1);
    if (s == NULL)
        return false;
    s->share = share;
    s->topic = topic;
    return true;
}

static bool read_time(struct reader *r, size_t i, int64_t n, enum mw_said_how how, size_t *used)
{
    static const char *const MONTHS[] = { "Monate", "Monaten", NULL }, *const YEARS[] = { "Jahre", "Jahren", NULL };
    bool months = one_of(word(r, i + 1), MONTHS), years = one_of(word(r, i + 1), YEARS);

    *used = 0;
    if (!(months || years) || n > 600)
        return true;
    *used = 2;
    if (find_topic(r, i, i + 1) != MW_ABOUT_PERIOD)
        return true;
    struct mw_said *s = add(r, MW_SAID_TIME, how, i, i + 1);
    if (s == NULL)
        return false;
    s->topic = MW_ABOUT_PERIOD;
    s->time = (struct mw_duration){ (int32_t)n, months ? MW_MONTHS : MW_YEARS };
    return true;
}

/* "01.03.2027", "1. März 2027"; the number of words, 0: no day. */
static size_t day_at(const struct reader *r, size_t i, struct mw_day *day)
{
    int64_t d, y;

    if (mw_read_day(word(r, i), day))
        return 1;
    if (!mw_sv_int(word(r, i), &d) || !mw_sv_int(word(r, i + 2), &y) || d < 1 || d > 31 || y < 1990 || y > 2150)
        return 0;
    return mw_day_from_ymd(day, (int)y, mw_month_named(word(r, i + 1)), (int)d) ? 3 : 0;
}

/* "Laufzeit vom 01.03.2027 bis zum 28.02.2029" */
static bool read_span(struct reader *r, size_t i, size_t *used)
{
    struct mw_day from, to;
    size_t n = day_at(r, i, &from), m, at;

    *used = n;
    if (n == 0)
        return true;
    at = i + n;
    if (mw_sv_ieq(word(r, at), MW_SV("bis")))
        at++;
    if (mw_sv_ieq(word(r, at), MW_SV("zum")))
        at++;
    if (at == i + n || (m = day_at(r, at, &to)) == 0)
        return true;
    *used = at + m - i;
    if (find_topic(r, i, at + m - 1) != MW_ABOUT_PERIOD)
        return true;
    struct mw_said *s = add(r, MW_SAID_SPAN, MW_SAID_EXACTLY, i, at + m - 1);
    if (s == NULL)
        return false;
    s->topic = MW_ABOUT_PERIOD;
    s->from = from;
    s->to = to;
    return true;
}

static bool read_count(struct reader *r, size_t i, int64_t n, enum mw_said_how how)
{
    static const char *const DEFINITE[] = { "die", "der", "den", "unsere", "unserer", "unseren", NULL };
    const struct token *t = MW_AT(r->tokens, struct token, i);
    size_t noun = i + 1;

    if (t->ordinal || (t->first && t->text.p[0] >= '0' && t->text.p[0] <= '9')) /* "4 Beschlussvorlage" heads a section */
        return true;

    while (noun < i + 3 && !pauses(r, noun - 1) && is_adjective(word(r, noun)))
        noun++;
    if (pauses(r, noun - 1) || !is_capital(word(r, noun)) || is_currency(word(r, noun)))
        return true;
    struct mw_said *s = add(r, MW_SAID_COUNT, how, i, noun);
    if (s == NULL)
        return false;
    s->number = n;
    s->noun = word(r, noun);
    s->definite = i > 0 && !pauses(r, i - 1) && one_of(word(r, i - 1), DEFINITE);
    return true;
}

bool mw_said_read(struct mw_list *out, struct mw_arena *a, struct mw_sv text)
{
    struct reader r = { .out = out, .a = a };
    bool fits = cut_words(&r, text);

    for (size_t i = 0; i < r.tokens.n && fits;) {
        enum mw_said_how how;
        int64_t n;
        size_t used = 0;
        bool whole = how_of(&r, i, &how);
        struct mw_sv w = word(&r, i);
        bool digit = w.n > 0 && w.p[0] >= '0' && w.p[0] <= '9';
        if (digit)
            fits = read_span(&r, i, &used);
        if (fits && used == 0 && digit)
            fits = read_sum(&r, i, how, &used) && (used > 0 || read_share(&r, i, how, &used));
        if (fits && used == 0 && number_of(w, &n) && (fits = read_time(&r, i, n, how, &used)) && used == 0 && whole)
            fits = read_count(&r, i, n, how);
        i += used > 0 ? used : 1;
    }
    return fits;
}

/* The word without umlauts, which many plurals bring along ("Rundgang", "Rundgänge"); none so long is a noun: cut there. */
static struct mw_sv plain(char out[static 128], struct mw_sv word)
{
    static const char PLAIN[][3] = { "äa", "öo", "üu", "Äa", "Öo", "Üu" };
    size_t n = 0;

    for (size_t at = 0; at < word.n && n < 128; n++) {
        size_t k = 0;
        while (k < sizeof PLAIN / sizeof *PLAIN && (word.n - at < 2 || memcmp(word.p + at, PLAIN[k], 2) != 0))
            k++;
        out[n] = word.p[at++];
        if (k < sizeof PLAIN / sizeof *PLAIN) {
            out[n] = PLAIN[k][2];
            at++;
        }
    }
    return mw_sv_n(out, n);
}

bool mw_said_form_of(struct mw_sv noun, struct mw_sv word)
{
    char nouns[128], words[128];
    static const char *const ENDINGS[] = { "", "s", "e", "en", "n", "er", "es", "se", "nen", "innen", NULL };

    noun = plain(nouns, noun);
    word = plain(words, word);
    if (word.n < 3)
        return false;
    for (size_t at = 0; at + word.n <= noun.n; at++)
        if (mw_sv_ieq(mw_sv_sub(noun, at, word.n), word) && one_of(mw_sv_sub(noun, at + word.n, noun.n), ENDINGS) &&
            (at == 0 || at >= 3)) /* a first part of a compound has three letters at least */
            return true;
    return false;
}
