/* Plain text to the reading copy: evening out, headings by their shape, units from the segmenter. */
#include "rules/engine/reading.h"

#include <string.h>

#include "lib/language/segment.h"

enum { HEADING_MAX = 160, LOOSE_HEADING_MAX = 60, QUESTION_MAX = 100, DEPTH_MAX = 8 };

/* --- headings ----------------------------------------------------------------------------------------------------- */
struct line_heading {
    size_t begin, end; /* of the line in plain */
    unsigned depth;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_rule_line(struct mw_sv line) /* "-----", "=====" below a heading */
{
    line = mw_sv_trim(line);
    if (line.n < 3)
        return false;
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != line.p[0] || (line.p[0] != '-' && line.p[0] != '='))
            return false;
    return true;
}

/* "3 ", "3.1 ", "3.1.2. ": how many numbers, and how many bytes they take; 0: none. */
static unsigned numbering(struct mw_sv s, size_t *taken)
{
    unsigned parts = 0;
    size_t i = 0;
    for (;;) {
        size_t digits = 0;
        while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && digits < 3)
            i++, digits++;
        if (digits == 0)
            break;
        parts++;
        if (i < s.n && s.p[i] == '.')
            i++;
        else
            break;
    }
    if (parts == 0 || i >= s.n || !is_space(s.p[i]))
        return 0;
    *taken = i;
    return parts;
}

static bool roman_or_letter(struct mw_sv s, size_t *taken)
{
    size_t i = 0;
    while (i < s.n && strchr("IVX", s.p[i]) != NULL && i < 5)
        i++;
    if (i == 0 && s.n > 0 && s.p[0] >= 'A' && s.p[0] <= 'Z')
        i = 1;
    if (i == 0 || i + 1 >= s.n || (s.p[i] != '.' && s.p[i] != ')') || !is_space(s.p[i + 1]))
        return false;
    *taken = i + 1;
    return true;
}

/* The depth of a line that is a heading by its shape, 0 for others. Sections of the notice have depth 1. */
static unsigned heading_depth(struct mw_sv line, struct mw_sv next)
{
    size_t taken = 0, hashes = 0;
    bool underlined = is_rule_line(next), bold = false;
    unsigned parts = 0;

    line = mw_sv_trim(line);
    if (line.n == 0 || line.n > HEADING_MAX || is_rule_line(line))
        return 0;
    while (hashes < line.n && line.p[hashes] == '#')
        hashes++;
    line = mw_sv_trim(mw_sv_sub(line, hashes, SIZE_MAX));
    if (line.n > 4 && mw_sv_starts(line, MW_SV("**")) && mw_sv_ends(line, MW_SV("**"))) {
        bold = true;
        line = mw_sv_trim(mw_sv_sub(line, 2, line.n - 4));
    }
    if (line.n == 0 || line.p[0] == '*' || line.p[0] == '-' || strchr(".;:,", line.p[line.n - 1]) != NULL)
        return 0;
    parts = numbering(line, &taken);
    if (parts > 0)
        return parts + 2 < DEPTH_MAX ? parts + 2 : DEPTH_MAX - 1;
    if (roman_or_letter(line, &taken) || hashes > 0 || underlined || bold)
        return 2;
    bool capital = (line.p[0] >= 'A' && line.p[0] <= 'Z') || (unsigned char)line.p[0] == 0xC3;
    if (line.n > LOOSE_HEADING_MAX || !capital)
        return 0;
    size_t words = 1;
    for (size_t i = 0; i < line.n; i++)
        words += line.p[i] == ' ';
    return words <= 6 ? DEPTH_MAX - 1 : 0;
}

/* "Wer kann einen Antrag stellen?" in the midst of a paragraph stands above its answer as a heading does. */
static bool is_question(struct mw_sv sentence)
{
    sentence = mw_sv_trim(sentence);
    return sentence.n > 0 && sentence.n <= QUESTION_MAX && sentence.p[sentence.n - 1] == '?';
}

static bool find_headings(struct mw_list *out, struct mw_arena *a, struct mw_sv plain, const struct mw_list *sections)
{
    struct mw_sv line, rest = plain, next, after;
    size_t section = 0;
    while (rest.n > 0) {
        mw_sv_cut(rest, '\n', &line, &rest);
        mw_sv_cut(rest, '\n', &next, &after);
        size_t at = (size_t)(line.p - plain.p);
        while (sections != NULL && section < sections->n && *MW_AT(*sections, size_t, section) < at)
            section++;
        bool is_section = sections != NULL && section < sections->n && *MW_AT(*sections, size_t, section) == at;
        unsigned depth = is_section ? 1 : heading_depth(line, next);
        if (depth == 0)
            continue;
        struct line_heading *h = mw_list_add(a, out, sizeof *h);
        if (h == NULL)
            return false;
        *h = (struct line_heading){ at, at + line.n, depth };
    }
    return true;
}

/* --- evening out -------------------------------------------------------------------------------------------------- */
struct copier {
    char *p, *cased; /* in small letters; as it stands */
    uint32_t *at;
    size_t n;
};

static void put(struct copier *c, char byte, size_t from)
{
    c->p[c->n] = byte;
    c->cased[c->n] = byte;
    c->at[c->n++] = (uint32_t)from;
}

/* What becomes of a byte of ASCII that stands for itself: itself, letters in small; 0: another byte, or one that is evened out. */
#define ITSELF(c) [c] = (c)
#define LETTER(c) [c] = (c) + 32, [(c) + 32] = (c) + 32
static const char PLAIN[256] = {
    ITSELF('!'), ITSELF('"'), ITSELF('$'), ITSELF('%'), ITSELF('&'), ITSELF('\''), ITSELF('('), ITSELF(')'), ITSELF('+'), ITSELF(','),
    ITSELF('-'), ITSELF('.'), ITSELF('/'), ITSELF('0'), ITSELF('1'), ITSELF('2'), ITSELF('3'), ITSELF('4'), ITSELF('5'), ITSELF('6'),
    ITSELF('7'), ITSELF('8'), ITSELF('9'), ITSELF(':'), ITSELF(';'), ITSELF('<'), ITSELF('='), ITSELF('>'), ITSELF('?'), ITSELF('@'),
    LETTER('A'), LETTER('B'), LETTER('C'), LETTER('D'), LETTER('E'), LETTER('F'), LETTER('G'), LETTER('H'), LETTER('I'), LETTER('J'),
    LETTER('K'), LETTER('L'), LETTER('M'), LETTER('N'), LETTER('O'), LETTER('P'), LETTER('Q'), LETTER('R'), LETTER('S'), LETTER('T'),
    LETTER('U'), LETTER('V'), LETTER('W'), LETTER('X'), LETTER('Y'), LETTER('Z'), ITSELF('['), ITSELF(']'), ITSELF('^'), ITSELF('`'),
    ITSELF('{'), ITSELF('|'), ITSELF('}'), ITSELF('~'),
};

/* The second byte of a letter of Latin-1 in small: À to Þ without ×. */
static char small(unsigned char before, unsigned char c)
{
    return (char)(before == 0xC3 && c >= 0x80 && c <= 0x9E && c != 0x97 ? c + 0x20U : c);
}

/* The bytes from i on that stand for themselves, umlauts, and the single spaces between them; returns where the first other one is. Most of a
 * text passes here. */
static size_t copy_plain(struct copier *c, struct mw_sv plain, size_t i, size_t end)
{
    const unsigned char *from = (const unsigned char *)plain.p;
    char *p = c->p, *cased = c->cased;
    uint32_t *at = c->at;
    size_t n = c->n;
    for (; i < end; i++) {
        char byte = PLAIN[from[i]];
        if (byte == 0 && from[i] == 0xC3 && i + 1 < end) { /* À to ÿ */
            p[n] = cased[n] = '\xC3';
            at[n++] = (uint32_t)i++;
            byte = small(0xC3, from[i]);
        } else if (byte == 0) {
            if (from[i] != ' ' || i + 1 == end || PLAIN[from[i + 1]] == 0 || n == 0 || p[n - 1] == ' ' || p[n - 1] == '\n')
                break;
            byte = ' ';
        }
        p[n] = byte;
        cased[n] = (char)from[i];
        at[n++] = (uint32_t)i;
    }
    c->n = n;
    return i;
}

static void put_space(struct copier *c, size_t unit_begin, size_t from)
{
    if (c->n > unit_begin && c->p[c->n - 1] != ' ')
        put(c, ' ', from);
}

/* U+0308 behind a vowel: one letter. */
static void join_umlaut(struct copier *c, size_t unit_begin)
{
    static const char VOWELS[] = "aouAOU", SECOND[] = "\xA4\xB6\xBC\x84\x96\x9C";
    const char *v = c->n > unit_begin && c->p[c->n - 1] != '\0' ? strchr(VOWELS, c->p[c->n - 1]) : NULL;
    if (v == NULL)
        return;
    size_t from = c->at[c->n - 1];
    c->n--;
    put(c, '\xC3', from);
    put(c, SECOND[v - VOWELS], from);
}

/* Copies plain[begin, end) evened out. Never longer than the source: every replacement is at most as long as what it
 * replaces (the umlaut: two bytes for three). */
static void copy_unit(struct copier *c, struct mw_sv plain, size_t begin, size_t end)
{
    size_t start = c->n;
    for (size_t i = begin; (i = copy_plain(c, plain, i, end)) < end;) {
        size_t here = i;
        uint32_t cp = mw_utf8_next(plain, &i);
        switch (cp) {
        case ' ': case '\t': case '\n': case '\r': case 0x0B: case 0x0C:
        case 0xA0: case 0x2007: case 0x2009: case 0x202F: case 0x3000:
            put_space(c, start, here);
            break;
        case 0xAD: case 0x200B: case 0x200C: case 0x200D: case 0x2060: case 0xFEFF: case '*': case '\\': case '_': case '#':
        case 0x061C: case 0x200E: case 0x200F: case 0x202A: case 0x202B: case 0x202C: case 0x202D: case 0x202E: /* reading direction */
        case 0x2066: case 0x2067: case 0x2068: case 0x2069:
            break;
        case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2212:
            put(c, '-', here);
            break;
        case 0x0308:
            join_umlaut(c, start);
            break;
        default:
            for (size_t k = here; k < i; k++) {
                put(c, small(k > here ? (unsigned char)plain.p[k - 1] : 0U, (unsigned char)plain.p[k]), k);
                c->cased[c->n - 1] = plain.p[k];
            }
        }
    }
    while (c->n > start && c->p[c->n - 1] == ' ')
        c->n--;
}

/* --- units -------------------------------------------------------------------------------------------------------- */
/* Where a piece of at most MW_UNIT_MAX bytes ends: behind a space, else between characters. */
static size_t piece_end(struct mw_sv plain, size_t begin, size_t end)
{
    if (end - begin <= MW_UNIT_MAX)
        return end;
    size_t cut = begin + MW_UNIT_MAX;
    for (size_t k = cut; k > begin + MW_UNIT_MAX / 2; k--)
        if (is_space(plain.p[k]))
            return k;
    while (((unsigned char)plain.p[cut] & 0xC0) == 0x80)
        cut--;
    return cut;
}

static bool add_unit(struct mw_reading *r, struct mw_arena *a, struct copier *c, struct mw_passage u)
{
    u.begin = c->n;
    copy_unit(c, r->plain, u.src_begin, u.src_end);
    u.end = c->n;
    if (u.end == u.begin && u.depth == 0)
        return true;
    put(c, '\n', u.src_end);
    struct mw_passage *slot = mw_list_add(a, &r->units, sizeof *slot);
    if (slot == NULL)
        return false;
    *slot = u;
    return true;
}

static bool make_units(struct mw_reading *r, struct mw_arena *a, struct copier *c, const struct mw_list *segments,
    const struct mw_list *headings)
{
    size_t h = 0, above[DEPTH_MAX + 1];
    size_t *first = mw_arena_array(a, segments->n + 1, sizeof *first); /* segment -> its first unit */
    if (first == NULL)
        return false;
    memset(above, 0xFF, sizeof above);
    for (size_t i = 0; i < segments->n; i++) {
        const struct mw_segment *s = MW_AT(*segments, struct mw_segment, i);
        struct mw_passage u = { 0, 0, 0, 0, SIZE_MAX, SIZE_MAX, 0, s->item };
        while (h < headings->n && MW_AT(*headings, struct line_heading, h)->end <= s->begin)
            h++;
        if (h < headings->n && MW_AT(*headings, struct line_heading, h)->begin <= s->begin)
            u.depth = MW_AT(*headings, struct line_heading, h)->depth;
        else if (is_question(mw_sv_sub(r->plain, s->begin, s->end - s->begin)))
            u.depth = DEPTH_MAX - 1;
        size_t deepest = u.depth > 0 ? u.depth - 1 : DEPTH_MAX - 1;
        for (size_t d = deepest + 1; d-- > 1 && u.heading == SIZE_MAX;)
            u.heading = above[d];
        if (s->lead != SIZE_MAX && s->lead < i)
            u.lead = first[s->lead];
        first[i] = r->units.n;
        for (size_t b = s->begin; b < s->end;) {
            u.src_begin = b;
            u.src_end = b = piece_end(r->plain, b, s->end);
            if (!add_unit(r, a, c, u))
                return false;
        }
        if (u.depth > 0 && r->units.n > first[i]) {
            above[u.depth] = first[i];
            for (size_t d = u.depth + 1; d <= DEPTH_MAX; d++)
                above[d] = SIZE_MAX;
        }
    }
    return true;
}

enum mw_rc mw_reading_make(struct mw_reading *out, struct mw_arena *a, struct mw_sv plain, const struct mw_list *sections,
    struct mw_err *err)
{
    struct mw_list segments = { 0 }, headings = { 0 };
    size_t bad = mw_utf8_invalid_at(plain);

    *out = (struct mw_reading){ .plain = plain };
    if (bad != SIZE_MAX)
        return mw_fail(err, MW_PARSE, "The text is not UTF-8 at byte %zu.", bad);
    if (plain.n > UINT32_MAX / 2)
        return mw_fail(err, MW_INVALID, "The text is too long to be read (%zu bytes).", plain.n);
    if (!mw_segment(&segments, a, plain) || !find_headings(&headings, a, plain, sections))
        return mw_nomem(err);
    /* Pieces add a line end each; a unit of one character gives two bytes. */
    size_t room = plain.n + segments.n + plain.n / (MW_UNIT_MAX / 2) + 2;
    struct copier c = { mw_arena_alloc(a, room), mw_arena_alloc(a, room), mw_arena_array(a, room, sizeof *c.at), 0 };
    if (c.p == NULL || c.cased == NULL || c.at == NULL || !make_units(out, a, &c, &segments, &headings))
        return mw_nomem(err);
    c.at[c.n] = (uint32_t)plain.n;
    out->text = mw_sv_n(c.p, c.n);
    out->cased = mw_sv_n(c.cased, c.n);
    out->at = c.at;
    return MW_OK;
}

static bool is_abbreviated(struct mw_sv text, size_t stop)
{
    static const char *const SUMS[] = { "mio", "mrd", "tsd" };
    unsigned char before = stop > 0 ? (unsigned char)text.p[stop - 1] : 0U;
    bool letter = (before >= 'a' && before <= 'z') || before >= 0x80;
    if (!letter || stop + 1 >= text.n || text.p[stop + 1] != ' ')
        return false;
    for (size_t i = 0; i < sizeof SUMS / sizeof *SUMS; i++)
        if (mw_sv_ends(mw_sv_sub(text, 0, stop), mw_sv(SUMS[i])))
            return false;
    return true;
}

bool mw_reading_stop(struct mw_reading *r, struct mw_arena *a)
{
    char *text = mw_arena_alloc(a, r->text.n + 1), *cased = mw_arena_alloc(a, r->text.n + 1);
    if (text == NULL || cased == NULL)
        return false;
    memcpy(text, r->text.p, r->text.n);
    memcpy(cased, r->cased.p, r->cased.n);
    for (size_t i = 0; i < r->text.n; i++)
        if (text[i] == '.' && is_abbreviated(r->text, i))
            text[i] = cased[i] = MW_STOP;
    r->stopped = mw_sv_n(text, r->text.n);
    r->stopped_cased = mw_sv_n(cased, r->cased.n);
    return true;
}

struct mw_sv mw_reading_unit(const struct mw_reading *r, size_t unit)
{
    const struct mw_passage *u = MW_AT(r->units, struct mw_passage, unit);
    return mw_sv_n(r->text.p + u->begin, u->end - u->begin);
}

struct mw_sv mw_reading_quote(const struct mw_reading *r, size_t unit, size_t begin, size_t end, size_t *start)
{
    const struct mw_passage *u = MW_AT(r->units, struct mw_passage, unit);
    size_t from = r->at[begin], to = end < u->end ? r->at[end] : u->src_end;
    while (to > from && (is_space(r->plain.p[to - 1]) || (r->plain.p[to - 1] == '\xA0' && r->plain.p[to - 2] == '\xC2')))
        to -= is_space(r->plain.p[to - 1]) ? 1 : 2;
    *start = from;
    return mw_sv_n(r->plain.p + from, to - from);
}
