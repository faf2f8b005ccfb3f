/* Lines to segments: which lines belong together, what is a heading, which list an item belongs to. */
#include "lib/language/segment.h"

#include <string.h>

#include "lib/language/chars.h"
#include "lib/language/line.h"
#include "lib/language/sentence.h"

#define LEVELS 12                                 /* of nested lists; deeper ones count as the deepest */
#define WRAPPED_MIN 50                            /* columns between which a block of lines counts as wrapped text */
#define WRAPPED_MAX 130
#define HEADING_MAX 120                           /* bytes of a heading that only its looks tell */
#define LABEL_MAX 48                              /* bytes of a label and its colon */
#define LOOSE_MAX 400                             /* bytes of an item that only its looks tell */

struct level { /* one list that is open */
    enum mw_mark mark;
    uint32_t sign;
    unsigned depth, ordinal;
    size_t indent, lead;
    bool item; /* false: numbered paragraphs, no list */
};
struct segmenter {
    struct mw_sv text;
    struct mw_list *out;
    struct mw_arena *arena;
    struct level levels[LEVELS];
    size_t n_levels;
    size_t paragraph, under, last; /* last: index of the segment added last, or SIZE_MAX */
    size_t loose_lead;             /* introduces the list without marks that is open, or SIZE_MAX */
    size_t table;                  /* the head of the table that is open, or SIZE_MAX */
    size_t base;                   /* how many things were in out before */
    size_t block_end, block_width; /* of the lines up to the next blank one */
    bool interrupted;              /* plain text came since the innermost item */
    bool after_blank, failed;
};

/* --- what is added ----------------------------------------------------------------------------------------------- */

static bool says_something(struct mw_sv s)
{
    size_t len;
    for (size_t at = 0; at < s.n; at += len) {
        uint32_t c = mw_char_at(s, at, &len);
        if (mw_char_is_letter(c) || mw_char_is_digit(c))
            return true;
    }
    return false;
}

static void add(struct segmenter *g, size_t begin, size_t end, const struct mw_segment *like)
{
    size_t len;

    while (begin < end && (mw_char_is_space(mw_char_at(g->text, begin, &len)) || mw_char_is_invisible(mw_char_at(g->text, begin, &len))))
        begin += len;
    while (end > begin) {
        unsigned char c = (unsigned char)g->text.p[end - 1];
        if (c <= ' ')
            end--;
        else if (end - begin >= 2 && c == 0xA0 && (unsigned char)g->text.p[end - 2] == 0xC2)
            end -= 2;
        else if (end - begin >= 3 && c == 0xAF && memcmp(g->text.p + end - 3, "\xE2\x80\xAF", 3) == 0)
            end -= 3;
        else
            break;
    }
    if (begin >= end || !says_something(mw_sv_sub(g->text, begin, end - begin)))
        return;
    struct mw_segment *s = mw_list_add(g->arena, g->out, sizeof *s);
    if (s == NULL) {
        g->failed = true;
        return;
    }
    *s = *like;
    s->begin = begin;
    s->end = end;
    g->last = g->out->n - 1 - g->base;
}

/* The sentences of [begin, end). Bullets in mid-line ("...: • A; • B", as EU portals glue them) make items too. */
static void add_sentences(struct segmenter *g, size_t begin, size_t end, const struct mw_segment *like)
{
    struct mw_sv block = mw_sv_sub(g->text, 0, end);
    struct mw_segment as = *like;
    bool in_line_list = false;
    size_t stop = begin;

    while (begin < end && !g->failed) {
        if (begin >= stop)
            stop = mw_sentence_end(block, begin);
        bool rare = memchr(g->text.p + begin, 0xE2, stop - begin) != NULL; /* what a bullet begins with */
        size_t bullet = rare ? mw_sv_find(mw_sv_sub(g->text, 0, stop), MW_SV("\xE2\x80\xA2"), begin) : SIZE_MAX;
        if (bullet != SIZE_MAX) {
            add(g, begin, bullet, &as);
            if (!in_line_list && g->last != SIZE_MAX) {
                in_line_list = as.item = true;
                as.lead = g->last;
            }
            begin = bullet + 3;
            continue;
        }
        add(g, begin, stop, &as);
        begin = stop;
    }
}

/* --- lists ------------------------------------------------------------------------------------------------------- */

static struct mw_sv last_text(const struct segmenter *g)
{
    if (g->last == SIZE_MAX)
        return MW_SV_NONE;
    const struct mw_segment *s = MW_AT(*g->out, struct mw_segment, g->base + g->last);
    return mw_sv_sub(g->text, s->begin, s->end - s->begin);
}

/* v) after iv) and x) after ix) are numbers, not letters. */
static struct mw_line roman_after(struct mw_line l, unsigned before)
{
    if ((l.ordinal == 22 && before == 4) || (l.ordinal == 24 && before == 9)) {
        l.mark = MW_MARK_ROMAN;
        l.ordinal = before + 1;
    }
    return l;
}

/* The open list that l goes on, or LEVELS. */
static size_t find_level(const struct segmenter *g, struct mw_line *l)
{
    for (size_t i = g->n_levels; i > 0; i--) {
        const struct level *v = &g->levels[i - 1];
        if (v->mark == MW_MARK_ROMAN && l->mark == MW_MARK_LETTER)
            *l = roman_after(*l, v->ordinal);
        if (v->mark != l->mark)
            continue;
        if (l->mark == MW_MARK_BULLET) {
            size_t apart = v->indent > l->indent ? v->indent - l->indent : l->indent - v->indent;
            if (v->sign == l->sign && apart <= 1 && !(g->interrupted && i == g->n_levels))
                return i - 1;
        } else if (v->depth == l->depth && l->ordinal > v->ordinal && l->ordinal <= v->ordinal + 3) {
            return i - 1;
        }
    }
    if (l->mark == MW_MARK_LETTER && l->ordinal == 9) { /* i) that follows no h) */
        l->mark = MW_MARK_ROMAN;
        l->ordinal = 1;
    }
    return LEVELS;
}

/* Puts l into the list it belongs to, opening one where needed, and fills the list's part of s. */
static void enter_list(struct segmenter *g, struct mw_line *l, struct mw_segment *s)
{
    size_t i = find_level(g, l);

    if (i < LEVELS) {
        g->n_levels = i + 1;
    } else {
        while (g->n_levels > 0 && l->mark == MW_MARK_BULLET) { /* further left than the lists that are open */
            const struct level *top = &g->levels[g->n_levels - 1];
            if (top->mark != MW_MARK_BULLET || (top->indent <= l->indent + 1 && !g->interrupted))
                break;
            g->n_levels--;
        }
        if (l->mark == MW_MARK_SECTION || l->mark == MW_MARK_BRACKETED)
            while (g->n_levels > 0 && (g->levels[g->n_levels - 1].mark != MW_MARK_SECTION || g->levels[g->n_levels - 1].depth >= l->depth))
                g->n_levels--;
        if (g->n_levels == LEVELS)
            g->n_levels--;
        struct mw_sv before = last_text(g);
        bool numbered = l->mark == MW_MARK_SECTION || l->mark == MW_MARK_BRACKETED || l->mark == MW_MARK_NUMBER;
        bool item = !numbered || (l->ordinal == 1 && before.n > 0 && !mw_ends_with_stop(before) && g->last != g->under);
        g->levels[g->n_levels++] = (struct level){ l->mark, l->sign, l->depth, 0, l->indent, item ? g->last : SIZE_MAX, item };
        i = g->n_levels - 1;
    }
    g->levels[i].ordinal = l->ordinal;
    g->interrupted = false;
    s->item = g->levels[i].item;
    s->lead = g->levels[i].lead;
}

/* "Gefördert werden", "Vereine,", "Kreise und", "Städte.": a paragraph that leaves the sentence open is an item after one that no stop
 * ends, and so is what follows up to the end of the sentence. */
static void enter_loose_list(struct segmenter *g, struct mw_sv text, struct mw_segment *s)
{
    const struct mw_sv OPEN[] = { MW_SV(","), MW_SV(";"), MW_SV(" und"), MW_SV(" sowie"), MW_SV(" oder"), MW_SV(" bzw.") };
    struct mw_sv before = last_text(g);
    bool open = false;
    for (size_t i = 0; i < sizeof OPEN / sizeof *OPEN; i++)
        open |= mw_sv_ends(text, OPEN[i]);
    if (g->loose_lead == SIZE_MAX) {
        if (!open || text.n > LOOSE_MAX || before.n == 0 || g->last == g->under || mw_byte_in(",;", before.p[before.n - 1]) ||
            mw_ends_with_stop(before) || (!g->after_blank && before.p[before.n - 1] != ':') ||
            MW_AT(*g->out, struct mw_segment, g->base + g->last)->item)
            return;
        g->loose_lead = g->last;
    }
    s->item = true;
    s->lead = g->loose_lead;
    if (!open)
        g->loose_lead = SIZE_MAX;
}

/* The rows of a table belong to its first one, and that to the sentence that announces it. */
static void enter_table(const struct segmenter *g, struct mw_segment *s)
{
    struct mw_sv before = last_text(g);
    s->lead = g->table != SIZE_MAX ? g->table : before.n > 0 && before.p[before.n - 1] == ':' ? g->last : SIZE_MAX;
    s->item = s->lead != SIZE_MAX;
}

/* --- lines ------------------------------------------------------------------------------------------------------- */

static void measure_block(struct segmenter *g, size_t at)
{
    g->block_width = 0;
    while (at < g->text.n) {
        struct mw_line l = mw_line_read(g->text, at);
        if (l.blank)
            break;
        if (l.indent + l.width > g->block_width)
            g->block_width = l.indent + l.width;
        at = l.next;
    }
    g->block_end = at;
}

static size_t first_word(struct mw_sv t, const struct mw_line *l)
{
    size_t n = 0;
    while (l->start + n < l->end && t.p[l->start + n] > ' ')
        n++;
    return n;
}

/* "Auftraggeber: Stadt Lindental": the head of a paper is a list of such lines. */
static bool is_labelled(struct mw_sv line)
{
    size_t colon = mw_sv_find(mw_sv_sub(line, 0, LABEL_MAX), MW_SV(": "), 0), len;
    if (colon == SIZE_MAX || colon < 2 || !mw_char_is_upper(mw_char_at(line, 0, &len)))
        return false;
    for (size_t i = 0; i < colon; i++)
        if (mw_byte_in(".;,()", line.p[i]))
            return false;
    return true;
}

/* "Phase A ... (2027)", "Phase B ... (2028)": a list whose lines begin alike. */
static bool begin_alike(struct mw_sv a, struct mw_sv b)
{
    size_t n = 0, len;
    while (n < a.n && n < b.n && a.p[n] == b.p[n] && a.p[n] > ' ')
        n++;
    return n >= 3 && n < a.n && n < b.n && a.p[n] == ' ' && b.p[n] == ' ' && mw_char_is_upper(mw_char_at(a, 0, &len)) &&
           (mw_char_is_upper(mw_char_at(a, n + 1, &len)) || mw_char_is_digit(mw_char_at(a, n + 1, &len)));
}

/* "... auf den 01.07.2025 bis": no sentence, item or heading ends with a word that asks for another. Lines of a PDF are as long as their letters are wide, so that
 * their length in letters does not tell whether the next word had room. list: the next line has a mark, and an item may end with "und". */
static bool asks_for_more(struct mw_sv text, bool list)
{
    enum { JOINING = 5 };
    static const char *const WORDS[] = { "und", "oder", "sowie", "and", "or", "bis", "der", "den", "dem", "des", "vom", "von", "zum", "zur", "beim", "im", "für", "ohne",
        "durch", "gegen", "zwischen", "einer", "eines", "einem", "einen", "the", "of", "for", "from", "with" };
    size_t at = text.n;
    while (at > 0 && text.p[at - 1] > ' ')
        at--;
    struct mw_sv word = mw_sv_sub(text, at, text.n - at);
    for (size_t i = list ? JOINING : 0; at > 0 && i < sizeof WORDS / sizeof *WORDS; i++)
        if (mw_sv_eqz(word, WORDS[i]))
            return true;
    return false;
}

/* Whether the text of line a goes on in the next line b. */
static bool goes_on(const struct segmenter *g, const struct mw_line *a, const struct mw_line *b)
{
    struct mw_sv t = g->text, text = mw_sv_sub(t, a->begin, a->end - a->begin);
    size_t width = a->indent + a->width, len;

    if (b->blank || b->rule || b->hash || b->cells || a->cells || b->mark == MW_MARK_BULLET)
        return false;
    struct mw_sv next_text = mw_sv_sub(t, b->begin, b->end - b->begin);
    if ((is_labelled(text) && is_labelled(next_text)) || begin_alike(text, next_text))
        return false;
    if (text.n == 0)
        return b->mark == MW_MARK_NONE; /* a mark alone on its line */
    char last = text.p[text.n - 1];
    bool stop = mw_ends_with_stop(text);
    bool full = g->block_width >= WRAPPED_MIN && g->block_width <= WRAPPED_MAX && width * 3 >= g->block_width * 2 &&
                width + 1 + first_word(t, b) > g->block_width;
    full = full || asks_for_more(text, b->mark != MW_MARK_NONE);
    if (b->mark != MW_MARK_NONE)
        return full && !stop && !mw_byte_in(":;,", last) && b->mark != MW_MARK_SECTION;
    if (full)
        return last != ':' && !mw_ends_sentence(text);
    if (stop || last == ':')
        return false;
    uint32_t next = mw_char_at(t, b->begin, &len);
    return mw_char_is_lower(next) || last == '-' || (a->mark != MW_MARK_NONE && b->indent > a->indent);
}

/* Whether a line that nothing marks as a heading looks like one: short, no full stop, before text of another kind. */
static bool looks_like_heading(const struct segmenter *g, const struct mw_line *l, const struct mw_line *next)
{
    struct mw_sv text = mw_sv_sub(g->text, l->begin, l->end - l->begin);
    size_t len;

    if (text.n > HEADING_MAX || text.n == 0 || mw_ends_with_stop(text) || mw_byte_in(":;,", text.p[text.n - 1]) || l->row)
        return false;
    if (l->mark != MW_MARK_NONE && l->mark != MW_MARK_SECTION && l->mark != MW_MARK_NUMBER)
        return false;
    if (g->last == SIZE_MAX)
        return true; /* the title */
    uint32_t c = mw_char_at(g->text, l->begin, &len);
    if (!g->after_blank) /* "...Zuschuss.\nrechtliche Voraussetzungen\nAntragsberechtigt sind ..." */
        return !next->blank && next->mark == MW_MARK_NONE && l->mark == MW_MARK_NONE && text.n <= 60 &&
               mw_char_is_upper(mw_char_at(g->text, next->begin, &len)) && mw_ends_with_stop(last_text(g));
    if (!mw_char_is_upper(c) && !mw_char_is_digit(c) && c != '*')
        return false;
    if (!next->blank)
        return next->mark == MW_MARK_SECTION || (next->mark == MW_MARK_NONE && next->width > 60);
    size_t at = next->next;
    while (at < g->text.n) {
        struct mw_line n = mw_line_read(g->text, at);
        if (!n.blank)
            return n.mark == MW_MARK_NONE || n.mark == MW_MARK_SECTION || n.mark == MW_MARK_BRACKETED;
        at = n.next;
    }
    return false;
}

/* Reads one block (a heading, an item, a run of lines that belong together) and returns where the next begins. */
static size_t read_block(struct segmenter *g, size_t at)
{
    struct mw_line l = mw_line_read(g->text, at);
    struct mw_line next = { .blank = true };

    if (l.blank || l.rule) {
        g->paragraph += l.blank && !g->after_blank;
        g->after_blank = true;
        return l.next;
    }
    if (at >= g->block_end)
        measure_block(g, at);
    if (l.next < g->text.n)
        next = mw_line_read(g->text, l.next);

    struct mw_segment s = { .lead = SIZE_MAX, .under = g->under, .paragraph = g->paragraph };
    size_t end = l.end, behind = l.next;
    struct mw_line line = l;
    while (behind < g->text.n && !l.hash && goes_on(g, &line, &next)) {
        line = next;
        line.mark = l.mark;
        line.indent = l.mark != MW_MARK_NONE ? l.indent : line.indent;
        end = next.end;
        behind = next.next;
        next = behind < g->text.n ? mw_line_read(g->text, behind) : (struct mw_line){ .blank = true };
    }
    bool underlined = next.rule && l.mark != MW_MARK_BULLET && !l.row && end - l.begin <= 2 * (size_t)HEADING_MAX && behind < g->text.n;
    s.heading = l.hash || underlined || (behind == l.next && looks_like_heading(g, &l, &next));
    if (s.heading || l.mark != MW_MARK_NONE) {
        g->paragraph += !g->after_blank;
        g->loose_lead = SIZE_MAX;
    }
    if (s.heading) {
        g->n_levels = 0;
    } else if (l.mark != MW_MARK_NONE) {
        enter_list(g, &l, &s);
    } else if (g->n_levels > 0 && g->after_blank && !g->interrupted && l.indent > g->levels[g->n_levels - 1].indent + 1) {
        s.item = g->levels[g->n_levels - 1].item; /* the second paragraph of an item */
        s.lead = g->levels[g->n_levels - 1].lead;
    } else if (l.row) {
        g->interrupted = true;
        enter_table(g, &s);
    } else {
        /* Plain text no further right than a list of bullets ends it, with the lists in it. */
        for (size_t i = 0; i < g->n_levels; i++)
            if (g->levels[i].mark == MW_MARK_BULLET && g->levels[i].indent >= l.indent)
                g->n_levels = i;
        g->interrupted = true;
        enter_loose_list(g, mw_sv_sub(g->text, l.begin, end - l.begin), &s);
    }
    s.paragraph = g->paragraph;
    if (!l.row && g->after_blank)
        g->table = SIZE_MAX;
    size_t before = g->last, begin = l.begin < l.end ? l.begin : l.end; /* behind a mark alone on its line the text follows */
    if (s.heading || (l.row && end - begin <= 1000))
        add(g, begin, end, &s);
    else
        add_sentences(g, begin, end, &s);
    if (l.row && g->table == SIZE_MAX && g->last != before)
        g->table = g->last;
    if (s.heading) {
        g->under = g->last;
        g->paragraph++;
    }
    g->after_blank = s.heading;
    return behind;
}

bool mw_segment(struct mw_list *out, struct mw_arena *a, struct mw_sv text)
{
    struct segmenter g = {
        .text = text, .out = out, .arena = a, .under = SIZE_MAX, .last = SIZE_MAX, .loose_lead = SIZE_MAX, .table = SIZE_MAX, .base = out->n,
        .after_blank = true
    };

    for (size_t at = 0; at < text.n && !g.failed;)
        at = read_block(&g, at);
    return !g.failed;
}
