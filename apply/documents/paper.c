/* Builds papers: blocks, tables and values as texts. */
#include "apply/documents/paper.h"
#include "lib/model/narrative.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct mw_block *add(struct mw_paper *p, enum mw_block_kind kind, struct mw_sv text)
{
    struct mw_block *b = p->failed ? NULL : mw_list_add(p->a, &p->blocks, sizeof *b);

    if (b == NULL) {
        p->failed = true;
        return NULL;
    }
    b->kind = kind;
    b->text = text;
    return b;
}

struct mw_sv mw_paper_tr(const struct mw_paper *p, const char *english)
{
    return mw_sv(mw_tr(p->lang, english));
}

struct mw_sv mw_applicants_line(struct mw_arena *a, const struct mw_profile *profile, enum mw_lang lang)
{
    enum { NAMED = 4 };
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    size_t n = profile->applicants.n, named = n > NAMED + 1 ? NAMED : n; /* "and 1 more" would be longer than its name */

    if (profile->lead < n)
        mw_str_add(&s, MW_AT(profile->applicants, struct mw_applicant, profile->lead)->name);
    for (size_t i = 0, told = 1; i < n && told < named; i++) {
        if (i == profile->lead)
            continue;
        struct mw_sv name = MW_AT(profile->applicants, struct mw_applicant, i)->name;
        mw_str_addf(&s, ", %.*s", MW_SV_ARG(name));
        told++;
    }
    if (n > named)
        mw_str_addf(&s, mw_tr(lang, " and %zu more"), n - named);
    return mw_str_ok(&s) ? mw_arena_copy(a, mw_str_sv(&s)) : MW_SV_NONE;
}

void mw_paper_begin(struct mw_paper *p, struct mw_arena *a, const struct mw_plan *plan, enum mw_lang lang, const char *title)
{
    *p = (struct mw_paper){ .a = a, .lang = lang, .subtitle = plan->project->title, .day = plan->today,
                            .author = mw_applicants_line(a, &plan->project->profile, lang) };
    p->failed = p->author.p == NULL;
    p->title = mw_paper_tr(p, title);
}

/* --- blocks --------------------------------------------------------------------------------------------------------- */

void mw_paper_heading(struct mw_paper *p, int level, const char *english)
{
    struct mw_block *b = add(p, MW_BLOCK_HEADING, mw_paper_tr(p, english));
    if (b != NULL)
        b->level = level;
}

void mw_paper_say(struct mw_paper *p, enum mw_block_kind kind, struct mw_sv text)
{
    if (kind == MW_BLOCK_OPEN) {
        text = mw_arena_printf(p->a, "[%s: %.*s]", mw_tr(p->lang, "open"), MW_SV_ARG(text));
        p->failed = p->failed || text.p == NULL;
        p->open++;
    }
    add(p, kind, text);
}

void mw_paper_sayf(struct mw_paper *p, enum mw_block_kind kind, const char *english, ...)
{
    char *line = NULL;
    va_list args;

    va_start(args, english);
    int n = vasprintf(&line, mw_tr(p->lang, english), args);
    va_end(args);
    struct mw_sv text = n >= 0 ? mw_arena_copy(p->a, mw_sv_n(line, (size_t)n)) : MW_SV_NONE;
    if (n >= 0)
        free(line);
    p->failed = p->failed || text.p == NULL;
    if (!p->failed)
        mw_paper_say(p, kind, text);
}

/* One paragraph: line ends and indents inside it are one space. */
static void put_paragraph(struct mw_paper *p, enum mw_block_kind kind, struct mw_sv text)
{
    struct mw_str s = MW_STR_INIT;

    for (size_t i = 0; i < text.n; i++) {
        bool space = text.p[i] == ' ' || text.p[i] == '\n' || text.p[i] == '\r' || text.p[i] == '\t';
        if (!space)
            mw_str_addc(&s, text.p[i]);
        else if (s.n > 0 && s.p[s.n - 1] != ' ')
            mw_str_addc(&s, ' ');
    }
    struct mw_sv line = mw_arena_copy(p->a, mw_sv_trim(mw_str_sv(&s)));
    p->failed = p->failed || !mw_str_ok(&s) || line.p == NULL;
    mw_str_free(&s);
    if (!p->failed && line.n > 0)
        add(p, kind, line);
}

static bool is_item(struct mw_sv line)
{
    return mw_sv_starts(line, MW_SV("- ")) || mw_sv_starts(line, MW_SV("* ")) || mw_sv_starts(line, MW_SV("\xE2\x80\xA2 "));
}

static void put_collected(struct mw_paper *p, struct mw_sv part)
{
    if (is_item(part)) {
        size_t mark = part.p[0] == '\xE2' ? 4 : 2;
        put_paragraph(p, MW_BLOCK_BULLET, mw_sv_sub(part, mark, part.n));
    } else if (mw_sv_starts(part, MW_SV("#"))) {
        while (part.n > 0 && part.p[0] == '#')
            part = mw_sv_sub(part, 1, part.n);
        size_t before = p->blocks.n;
        put_paragraph(p, MW_BLOCK_HEADING, part);
        if (p->blocks.n > before)
            MW_AT(p->blocks, struct mw_block, before)->level = 3;
    } else {
        put_paragraph(p, MW_BLOCK_TEXT, part);
    }
}

void mw_paper_prose(struct mw_paper *p, struct mw_sv text)
{
    struct mw_sv line, rest = text;
    const char *begin = NULL; /* of what is being collected */

    while (rest.n > 0) {
        mw_sv_cut(rest, '\n', &line, &rest);
        struct mw_sv words = mw_sv_trim(line);
        bool own = is_item(words) || mw_sv_starts(words, MW_SV("#"));
        if (begin != NULL && (words.n == 0 || own || *begin == '#')) {
            put_collected(p, mw_sv_n(begin, (size_t)(line.p - begin)));
            begin = NULL;
        }
        if (begin == NULL && words.n > 0)
            begin = words.p;
    }
    if (begin != NULL)
        put_collected(p, mw_sv_n(begin, (size_t)(text.p + text.n - begin)));
}

void mw_paper_text(struct mw_paper *p, const struct mw_project *project, const char *key, const char *question)
{
    struct mw_sv text = mw_project_text(project, key);

    if (mw_sv_trim(text).n > 0)
        mw_paper_prose(p, text);
    else
        mw_paper_say(p, MW_BLOCK_OPEN, mw_arena_printf(p->a, "%s (texts: %s)", mw_tr(p->lang, question), key));
}

void mw_paper_narrative(struct mw_paper *p, const struct mw_project *project, const char *key)
{
    const struct mw_narrative *n = mw_narrative_find(key);

    mw_paper_text(p, project, key, n != NULL ? n->question : key);
}

void mw_paper_chart(struct mw_paper *p, const struct mw_chart *chart)
{
    struct mw_block *b = add(p, MW_BLOCK_CHART, chart->title);
    if (b != NULL)
        b->chart = chart;
}

/* --- tables --------------------------------------------------------------------------------------------------------- */

struct mw_paper_table *mw_paper_table(struct mw_paper *p, const struct mw_paper_column *cols, size_t n)
{
    static struct mw_paper_table none;
    struct mw_block *b = add(p, MW_BLOCK_TABLE, MW_SV(""));
    struct mw_paper_table *t = b != NULL ? mw_arena_alloc(p->a, sizeof *t) : NULL;

    if (t != NULL) {
        t->heads = mw_arena_array(p->a, n, sizeof *t->heads);
        t->weights = mw_arena_array(p->a, n, sizeof *t->weights);
        t->right = mw_arena_array(p->a, n, sizeof *t->right);
    }
    if (t == NULL || t->heads == NULL || t->weights == NULL || t->right == NULL) {
        p->failed = true;
        return &none;
    }
    for (size_t i = 0; i < n; i++) {
        t->heads[i] = cols[i].label != NULL ? mw_arena_copy(p->a, mw_paper_tr(p, cols[i].label)) : MW_SV("");
        p->failed = p->failed || t->heads[i].p == NULL;
        t->weights[i] = cols[i].weight;
        t->right[i] = cols[i].right;
    }
    t->n = n;
    b->table = t;
    return t;
}

struct mw_paper_row *mw_paper_row(struct mw_paper *p, struct mw_paper_table *t)
{
    struct mw_paper_row *r = p->failed ? NULL : mw_list_add(p->a, &t->rows, sizeof *r);

    if (r != NULL)
        r->cells = mw_arena_array(p->a, t->n, sizeof *r->cells);
    if (r == NULL || r->cells == NULL) {
        p->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < t->n; i++)
        r->cells[i] = MW_SV("");
    return r;
}

void mw_paper_put(struct mw_paper_row *r, size_t col, struct mw_sv text)
{
    if (r != NULL)
        r->cells[col] = text;
}

void mw_paper_put_tr(struct mw_paper *p, struct mw_paper_row *r, size_t col, const char *english)
{
    mw_paper_put(r, col, mw_paper_tr(p, english));
}

/* --- values as texts ------------------------------------------------------------------------------------------------ */

static struct mw_sv taken(struct mw_paper *p, struct mw_str *s)
{
    struct mw_sv copy = mw_arena_copy(p->a, mw_str_sv(s));

    p->failed = p->failed || !mw_str_ok(s) || copy.p == NULL;
    mw_str_free(s);
    return copy;
}

void mw_paper_put_eur(struct mw_paper *p, struct mw_paper_row *r, size_t col, struct mw_eur e)
{
    struct mw_str s = MW_STR_INIT;

    if (mw_eur_is(e)) {
        mw_eur_format(&s, e, p->lang);
        mw_paper_put(r, col, taken(p, &s));
    }
}

void mw_paper_put_day(struct mw_paper *p, struct mw_paper_row *r, size_t col, struct mw_day d)
{
    if (mw_day_is(d))
        mw_paper_put(r, col, mw_paper_day(p, d));
}

struct mw_sv mw_paper_open(struct mw_paper *p)
{
    struct mw_sv open = mw_arena_printf(p->a, "[%s]", mw_tr(p->lang, "open"));

    p->failed = p->failed || open.p == NULL;
    return open;
}

struct mw_sv mw_paper_eur(struct mw_paper *p, struct mw_eur e)
{
    struct mw_str s = MW_STR_INIT;

    if (!mw_eur_is(e))
        return MW_SV("");
    mw_eur_format(&s, e, p->lang);
    mw_str_addz(&s, "\xC2\xA0" "EUR"); /* no line end between sum and currency */
    return taken(p, &s);
}

struct mw_sv mw_paper_share(struct mw_paper *p, struct mw_share share)
{
    struct mw_str s = MW_STR_INIT;

    if (!mw_share_is(share))
        return MW_SV("");
    mw_share_format(&s, share, p->lang);
    return taken(p, &s);
}

struct mw_sv mw_paper_day(struct mw_paper *p, struct mw_day d)
{
    struct mw_str s = MW_STR_INIT;

    if (!mw_day_is(d))
        return MW_SV("");
    mw_day_format(&s, d, p->lang);
    return taken(p, &s);
}

struct mw_sv mw_paper_count(struct mw_paper *p, int64_t n)
{
    struct mw_str s = MW_STR_INIT;
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)n);

    for (int i = 0; i < length; i++) {
        if (i > 0 && digits[i - 1] != '-' && (length - i) % 3 == 0)
            mw_str_addc(&s, p->lang == MW_DE ? '.' : ',');
        mw_str_addc(&s, digits[i]);
    }
    return taken(p, &s);
}

struct mw_sv mw_capital(struct mw_arena *a, struct mw_sv id)
{
    static const struct { const char *small, *large; } FIRST[] = { { "ä", "Ä" }, { "ö", "Ö" }, { "ü", "Ü" } };
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;

    for (size_t i = 0; i < sizeof FIRST / sizeof *FIRST; i++)
        if (mw_sv_starts(id, mw_sv(FIRST[i].small))) {
            mw_str_addz(&s, FIRST[i].large);
            id = mw_sv_sub(id, strlen(FIRST[i].small), id.n);
        }
    for (size_t i = 0; i < id.n; i++) {
        char c = id.p[i];
        if (s.n == 0 && c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (c == '_')
            c = ' ';
        mw_str_addc(&s, c);
    }
    return mw_str_ok(&s) ? mw_arena_copy(a, mw_str_sv(&s)) : MW_SV_NONE;
}

struct mw_sv mw_paper_word(struct mw_paper *p, struct mw_sv id)
{
    struct mw_sv word = mw_capital(p->a, id);

    p->failed = p->failed || word.p == NULL;
    return word;
}
