/* PDF in the worker: pdftotext's words, lines and blocks become the text of pages. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lib/core/arena.h"
#include "lib/parse/libxml.h"
#include "lib/parse/page.h"
#include "lib/parse/tree.h"
#include "lib/parse/worker.h"

enum { COMMON = 3, CELL = 3 }; /* pages on which a running head must stand; lines that a cell of a table may have */

struct area { /* in points, from the upper left corner of the page */
    long left, top, right, bottom;
};
struct block {
    struct mw_sv text;
    struct mw_sv shape; /* the text with every number as one '#': the same on all pages for "Seite 3 von 12" */
    struct area area;
    size_t lines;
};
struct sheet {
    struct mw_list blocks; /* struct block */
};
struct book {
    struct mw_arena *a;
    struct mw_sv title;
    struct mw_list sheets;     /* struct sheet */
    struct mw_str line, block; /* being read */
    struct area line_area, block_area;
    size_t lines;              /* of the block */
    bool short_line;           /* the line before ends well before its block does */
    bool failed;
};

/* --- lines to blocks ----------------------------------------------------------------------------------------------------------- */

/* "2.", "2.1", "3)"; not "31.12." or "1.000", which continue a sentence. */
static bool begins_clause(struct mw_sv word)
{
    struct mw_sv part = word, rest = word;
    int64_t number = 0;
    size_t parts = 0;
    if (mw_sv_ends(word, MW_SV(")")))
        return word.n <= 3 && mw_sv_int(mw_sv_sub(word, 0, word.n - 1), &number);
    while (mw_sv_cut(rest, '.', &part, &rest) || part.n > 0) {
        if (part.n == 0 || part.n > 2 || !mw_sv_int(part, &number) || number < 1 || (parts == 0 && number > 20))
            return false;
        parts++;
    }
    return parts > 1 || (parts == 1 && mw_sv_ends(word, MW_SV(".")));
}

/* "•", "-", "a)", "2.", "2.1": what begins an item of a list or a numbered clause. */
static bool begins_item(struct mw_sv line)
{
    static const char *const BULLETS[] = { "•", "▪", "◦", "·", "–", "-", "*", "", "o" };
    struct mw_sv word, rest;
    mw_sv_cut(line, ' ', &word, &rest);
    if (rest.n == 0)
        return false;
    for (size_t b = 0; b < sizeof BULLETS / sizeof *BULLETS; b++)
        if (mw_sv_eqz(word, BULLETS[b]))
            return true;
    if (word.n == 2 && isalpha((unsigned char)word.p[0]) && word.p[1] == ')')
        return true;
    return begins_clause(word);
}

/* "Bund- und Länder", "Antrags- oder": the hyphen stands for a word, and stays. */
static bool says_and(struct mw_sv line)
{
    static const char *const WORDS[] = { "und", "oder", "bzw.", "sowie", "als", "and", "or" };
    struct mw_sv word, rest;
    mw_sv_cut(line, ' ', &word, &rest);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (mw_sv_eqz(word, WORDS[i]))
            return true;
    return false;
}

static bool is_lower(struct mw_sv s, size_t at)
{
    uint32_t cp = mw_utf8_next(s, &at);
    return (cp >= 'a' && cp <= 'z') || (cp >= 0xdf && cp <= 0xff && cp != 0xf7);
}

static void drop_end(struct mw_str *s, size_t n)
{
    if (s->p == NULL || s->n < n)
        return;
    s->n -= n;
    s->p[s->n] = '\0';
}

static void join(struct book *b)
{
    struct mw_sv next = mw_sv_trim(mw_str_sv(&b->line)), before = mw_str_sv(&b->block);
    if (next.n == 0)
        return;
    bool soft = mw_sv_ends(before, MW_SV("\xc2\xad")), hyphen = mw_sv_ends(before, MW_SV("-")) || mw_sv_ends(before, MW_SV("‐"));
    bool in_word = before.n > 1 && !mw_sv_ends(before, MW_SV(" -")) && !isdigit((unsigned char)before.p[before.n - 2]);
    if (soft) {
        drop_end(&b->block, 2);
    } else if (hyphen && in_word && is_lower(next, 0) && !says_and(next)) {
        drop_end(&b->block, mw_sv_ends(before, MW_SV("-")) ? 1 : 3);
    } else if (hyphen && in_word && !says_and(next)) {
        ; /* "EU-" and "Förderung": a compound that has a hyphen anyway */
    } else if (before.n > 0) {
        mw_str_addc(&b->block, begins_item(next) || (b->short_line && strchr(".:;", before.p[before.n - 1]) != NULL) ? '\n' : ' ');
    }
    mw_str_add(&b->block, next);
    b->lines++;
    b->short_line = b->line_area.right < b->block_area.right - (b->block_area.right - b->block_area.left) / 8;
}

static void keep_block(struct book *b)
{
    MW_AUTO(mw_str_free) struct mw_str shape = MW_STR_INIT;
    struct mw_sv text = mw_sv_trim(mw_str_sv(&b->block));
    if (text.n == 0 || b->sheets.n == 0)
        return;
    for (size_t i = 0; i < text.n; i++)
        if (!isdigit((unsigned char)text.p[i]))
            mw_str_addc(&shape, text.p[i]);
        else if (i == 0 || !isdigit((unsigned char)text.p[i - 1]))
            mw_str_addc(&shape, '#');
    struct block *kept = mw_list_add(b->a, &MW_AT(b->sheets, struct sheet, b->sheets.n - 1)->blocks, sizeof *kept);
    if (kept == NULL) {
        b->failed = true;
        return;
    }
    kept->text = mw_arena_copy(b->a, text);
    kept->shape = mw_arena_copy(b->a, mw_str_sv(&shape));
    kept->area = b->block_area;
    kept->lines = b->lines;
    b->failed = b->failed || kept->text.p == NULL || kept->shape.p == NULL;
}

/* --- pdftotext's XHTML --------------------------------------------------------------------------------------------------------- */

static long edge_of(xmlTextReader *r, const char *name)
{
    xmlChar *x = mw_libxml->xmlTextReaderGetAttribute(r, (const xmlChar *)name);
    long points = x != NULL ? strtol((const char *)x, NULL, 10) : 0; /* whole points are enough */
    (*mw_libxml->xmlFree)(x);
    return points;
}

static struct area area_of(xmlTextReader *r)
{
    return (struct area){ edge_of(r, "xMin"), edge_of(r, "yMin"), edge_of(r, "xMax"), edge_of(r, "yMax") };
}

static void open_element(struct book *b, xmlTextReader *r, const char *name)
{
    if (strcmp(name, "page") == 0) {
        b->failed = b->failed || mw_list_add(b->a, &b->sheets, sizeof(struct sheet)) == NULL;
    } else if (strcmp(name, "block") == 0) {
        mw_str_clear(&b->block);
        b->block_area = area_of(r);
        b->lines = 0;
        b->short_line = false;
    } else if (strcmp(name, "line") == 0) {
        mw_str_clear(&b->line);
        b->line_area = area_of(r);
    } else if (strcmp(name, "word") == 0 || strcmp(name, "title") == 0) {
        xmlChar *text = mw_libxml->xmlTextReaderReadString(r);
        struct mw_sv word = mw_sv_trim(mw_sv(text != NULL ? (const char *)text : ""));
        if (*name == 't' && word.n > 0) {
            b->title = mw_arena_copy(b->a, word);
        } else if (*name == 'w' && word.n > 0) {
            if (b->line.n > 0)
                mw_str_addc(&b->line, ' ');
            mw_str_add(&b->line, word);
        }
        (*mw_libxml->xmlFree)(text);
    }
}

static enum mw_rc read_words(struct book *b, struct mw_sv xhtml, struct mw_err *err)
{
    xmlTextReader *r = mw_libxml->xmlReaderForMemory(xhtml.p, (int)xhtml.n, NULL, "UTF-8",
        XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (r == NULL)
        return mw_nomem(err);
    while (!b->failed && mw_libxml->xmlTextReaderRead(r) == 1) {
        const char *name = (const char *)mw_libxml->xmlTextReaderConstLocalName(r);
        int type = mw_libxml->xmlTextReaderNodeType(r);
        if (type == XML_READER_TYPE_ELEMENT)
            open_element(b, r, name);
        else if (type == XML_READER_TYPE_END_ELEMENT && strcmp(name, "line") == 0)
            join(b);
        else if (type == XML_READER_TYPE_END_ELEMENT && strcmp(name, "block") == 0)
            keep_block(b);
    }
    mw_libxml->xmlFreeTextReader(r);
    return b->failed || !mw_str_ok(&b->block) || !mw_str_ok(&b->line) ? mw_nomem(err) : MW_OK;
}

/* --- pages -------------------------------------------------------------------------------------------------------------------- */

static const struct block *edge(const struct sheet *s, bool foot)
{
    return s->blocks.n > 0 ? MW_AT(s->blocks, struct block, foot ? s->blocks.n - 1 : 0) : NULL;
}

/* Stands at the same edge of at least a quarter of all pages: left and right ones may differ, and chapters. */
static bool running(const struct book *b, const struct block *block, bool foot)
{
    size_t n = 0;
    for (size_t i = 0; i < b->sheets.n; i++) {
        const struct block *other = edge(MW_AT(b->sheets, struct sheet, i), foot);
        n += other != NULL && mw_sv_eq(other->shape, block->shape);
    }
    return n >= COMMON && 4 * n >= b->sheets.n;
}

/* Side by side, and small: cells of a row. */
static bool same_row(const struct block *left, const struct block *right)
{
    const struct area *l = &left->area, *r = &right->area;
    return left->lines <= CELL && right->lines <= CELL && r->left > l->right && r->top < l->bottom && l->top < r->bottom;
}

static void add_page(struct mw_str *out, const struct book *b, size_t at)
{
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    const struct sheet *s = MW_AT(b->sheets, struct sheet, at);
    const struct block *before = NULL;
    for (size_t i = 0; i < s->blocks.n; i++) {
        const struct block *block = MW_AT(s->blocks, struct block, i);
        if ((i == 0 && running(b, block, false)) || (i + 1 == s->blocks.n && running(b, block, true)))
            continue;
        if (before != NULL)
            mw_str_addz(&text, same_row(before, block) ? "\t" : "\n\n");
        mw_str_add(&text, block->text);
        before = block;
    }
    mw_piece_add_str(out, 'G', &text);
}

enum mw_rc mw_task_pdf(struct mw_str *out, struct mw_sv words, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str clean = MW_STR_INIT;
    struct book b = { .a = mw_arena_new(), .title = MW_SV_NONE };
    if (b.a == NULL)
        return mw_nomem(err);
    mw_xml_repair(&clean, words);
    enum mw_rc rc = mw_str_ok(&clean) ? read_words(&b, mw_str_sv(&clean), err) : mw_nomem(err);
    if (rc == MW_OK && b.title.p != NULL)
        mw_piece_add(out, MW_PIECE_TITLE, b.title);
    for (size_t i = 0; i < b.sheets.n && rc == MW_OK; i++)
        add_page(out, &b, i);
    mw_str_free(&b.line);
    mw_str_free(&b.block);
    mw_arena_free(b.a);
    return rc;
}
