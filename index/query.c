/* What was typed, read generously: nothing is an error, whatever is no operator is words. */
#include "index/query.h"

#include <ctype.h>
#include <string.h>

enum { PASTED_WORDS = 25 }; /* more than that is a text, in which quotes and dashes are no operators */

/* --- words -------------------------------------------------------------------------------------------------------------- */

struct reader {
    struct mw_list *words;
    struct mw_arena *a;
    struct mw_sv text;
    struct mw_analyser *an;
    struct mw_list fresh;  /* struct found: tokens of this text */
    size_t most;           /* words; of tokens four times as many are read */
    int times;
    bool exclude, placed, failed;
};
struct found {
    size_t begin, end;
    struct mw_sv form, english;
    struct mw_list parts;
};

static bool add_token(void *ctx, const struct mw_token *t)
{
    struct reader *r = ctx;
    struct mw_sv form = mw_arena_copy(r->a, t->form);

    if (t->part && r->fresh.n > 0) {
        struct mw_sv *part = mw_list_add(r->a, &MW_AT(r->fresh, struct found, r->fresh.n - 1)->parts, sizeof *part);
        if (part != NULL)
            *part = form;
        r->failed = part == NULL;
    } else {
        struct found *f = mw_list_add(r->a, &r->fresh, sizeof *f);
        if (f != NULL)
            *f = (struct found){ .begin = t->begin, .end = t->end, .form = form };
        r->failed = f == NULL;
    }
    return !r->failed && form.p != NULL && r->fresh.n < r->most * 4;
}

static bool add_english(void *ctx, const struct mw_token *t)
{
    struct reader *r = ctx;
    for (size_t i = 0; i < r->fresh.n; i++) {
        struct found *f = MW_AT(r->fresh, struct found, i);
        if (f->begin == t->begin && !mw_sv_eq(f->form, t->form))
            f->english = mw_arena_copy(r->a, t->form);
    }
    return true;
}

struct form {
    struct mw_arena *a;
    struct mw_sv form;
};

static bool take_form(void *ctx, const struct mw_token *t)
{
    struct form *f = ctx;
    f->form = mw_arena_copy(f->a, t->form);
    return false;
}

/* English keeps ae, oe, ue, which stand for no umlaut there; but "Gefluechtete" must find what "Geflüchtete" finds. */
static struct mw_sv umlaut_form(struct reader *r, const struct mw_query_word *w)
{
    struct form f = { r->a, MW_SV_NONE };

    mw_analyse(r->an, w->folded, true, take_form, &f);
    return mw_sv_eq(f.form, w->form) || mw_sv_eq(f.form, w->english) ? MW_SV_NONE : f.form;
}

/* What people say around the thing they want: "Schulhof neu machen, woher kriegt man Geld?" In a notice these words mean something. */
static bool is_asking(struct mw_sv folded)
{
    static const char *const WORDS[] = { "machen", "macht", "gemacht", "kriegen", "kriegt", "bekommen", "bekommt", "bekomme", "brauchen", "braucht",
                                         "brauche", "suchen", "sucht", "suche", "beantragen", "wann", "woher", "wohin", "wieviel", "gibts", "geld", "gelder",
                                         "neu" };
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (mw_sv_eqz(folded, WORDS[i]))
            return true;
    return false;
}

static bool add_word(struct reader *r, const struct found *f)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;
    struct mw_query_word *w;

    for (size_t i = 0; i < r->words->n; i++) {
        w = MW_AT(*r->words, struct mw_query_word, i);
        if (mw_sv_eq(w->form, f->form) && w->exclude == r->exclude) {
            w->times += r->times;
            return true;
        }
    }
    if (r->words->n >= r->most)
        return true;
    w = mw_list_add(r->a, r->words, sizeof *w);
    if (w == NULL)
        return false;
    *w = (struct mw_query_word){ .typed = mw_arena_copy(r->a, mw_sv_sub(r->text, f->begin, f->end - f->begin)),
                           .form = f->form, .english = f->english, .parts = f->parts, .times = r->times,
                           .begin = r->placed ? f->begin : 0, .end = r->placed ? f->end : 0, .exclude = r->exclude };
    mw_fold(&folded, w->typed);
    w->folded = mw_arena_copy(r->a, mw_sv(mw_str_z(&folded)));
    w->stop = mw_is_stopword(w->folded, false) || mw_is_stopword(w->folded, true) || is_asking(w->folded);
    if (w->folded.p != NULL)
        w->umlaut = umlaut_form(r, w);
    return w->typed.p != NULL && w->folded.p != NULL;
}

static bool read_tokens(struct reader *r, struct mw_analyser *an)
{
    r->an = an;
    mw_analyse(an, r->text, false, add_token, r);
    mw_analyse(an, r->text, true, add_english, r);
    return !r->failed;
}

static enum mw_rc read_words(struct reader *r, struct mw_analyser *an, struct mw_err *err)
{
    bool ok = read_tokens(r, an);
    for (size_t i = 0; i < r->fresh.n && ok; i++)
        ok = add_word(r, MW_AT(r->fresh, struct found, i));
    return ok ? MW_OK : mw_nomem(err);
}

enum mw_rc mw_query_words(struct mw_list *words, struct mw_arena *a, struct mw_analyser *an, struct mw_sv text, int times,
                          size_t most, struct mw_err *err)
{
    struct reader r = { .words = words, .a = a, .text = text, .most = most, .times = times, .placed = true };
    return read_words(&r, an, err);
}

static enum mw_rc read_phrase(struct mw_query *q, struct mw_arena *a, struct mw_analyser *an, struct mw_sv text, bool exclude,
                              struct mw_err *err)
{
    struct reader r = { .words = &q->words, .a = a, .text = text, .most = MW_QUERY_WORDS, .times = 1, .exclude = exclude };
    struct mw_phrase *p;

    if (!read_tokens(&r, an))
        return mw_nomem(err);
    if (r.fresh.n == 0)
        return MW_OK;
    p = mw_list_add(a, &q->phrases, sizeof *p);
    if (p == NULL)
        return mw_nomem(err);
    *p = (struct mw_phrase){ .text = text, .exclude = exclude };
    for (size_t i = 0; i < r.fresh.n; i++) {
        const struct found *f = MW_AT(r.fresh, struct found, i);
        struct mw_sv *form = mw_list_add(a, &p->forms, sizeof *form), *english = mw_list_add(a, &p->english, sizeof *english);
        if (form == NULL || english == NULL)
            return mw_nomem(err);
        *form = f->form;
        *english = f->english.p != NULL ? f->english : f->form;
        if (!exclude && !add_word(&r, f)) /* what stands in a phrase also ranks */
            return mw_nomem(err);
    }
    return MW_OK;
}

/* between: two forms. */
static void add_forms(struct mw_str *out, const struct mw_list *forms, const char *between)
{
    mw_str_addc(out, '"');
    for (size_t i = 0; i < forms->n; i++) {
        struct mw_sv form = *MW_AT(*forms, struct mw_sv, i);
        mw_str_addz(out, i > 0 ? between : "");
        for (size_t k = 0; k < form.n; k++) /* the analyser gives letters and digits; a quote would end the string */
            mw_str_addc(out, (char)(form.p[k] == '"' || form.p[k] == '\0' ? '_' : form.p[k]));
    }
    mw_str_addc(out, '"');
}

void mw_forms_match(struct mw_str *out, const struct mw_list *forms)
{
    add_forms(out, forms, " ");
}

void mw_forms_near(struct mw_str *out, const struct mw_list *forms, size_t between)
{
    mw_str_addz(out, "NEAR(");
    add_forms(out, forms, "\" \"");
    mw_str_addf(out, ", %zu)", between);
}

void mw_phrase_match(struct mw_str *out, const struct mw_phrase *p)
{
    mw_forms_match(out, &p->forms);
    mw_str_addz(out, " OR ");
    mw_forms_match(out, &p->english);
}

/* --- the whole ---------------------------------------------------------------------------------------------------------------- */

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct piece {
    struct mw_sv whole, name, value; /* name: before a colon; MW_SV_NONE without one */
    bool minus, quoted;
};

/* The next thing between spaces; a quoted part may hold spaces. */
static bool next_piece(struct mw_sv text, size_t *at, struct piece *p)
{
    size_t begin, colon = SIZE_MAX;

    *p = (struct piece){ .minus = false };
    while (*at < text.n && is_space(text.p[*at]))
        ++*at;
    begin = *at;
    if (begin == text.n)
        return false;
    p->minus = text.p[begin] == '-' && begin + 1 < text.n && !is_space(text.p[begin + 1]);
    begin += p->minus;
    size_t i = begin;
    for (; i < text.n && !is_space(text.p[i]) && text.p[i] != '"'; i++)
        if (text.p[i] == ':' && colon == SIZE_MAX)
            colon = i;
    size_t value = colon != SIZE_MAX ? colon + 1 : begin;
    if (i < text.n && text.p[i] == '"' && i == value) {
        size_t end = mw_sv_find(text, MW_SV("\""), i + 1);
        end = end == SIZE_MAX ? text.n : end;
        p->quoted = true;
        p->value = mw_sv_sub(text, i + 1, end - i - 1);
        *at = end < text.n ? end + 1 : end;
    } else {
        p->value = mw_sv_sub(text, value, i - value);
        *at = i;
    }
    p->whole = mw_sv_sub(text, begin, *at - begin);
    p->name = colon != SIZE_MAX ? mw_sv_sub(text, begin, colon - begin) : MW_SV_NONE;
    return true;
}

static size_t count_pieces(struct mw_sv text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += !is_space(text.p[i]) && (i == 0 || is_space(text.p[i - 1]));
    return n;
}

/* A name that we do not know and a value; not an address ("https://...", "urn:..."), a time ("10:30") or a list ("Radwege:"). */
static bool meant_as_field(const struct piece *p)
{
    bool ok = p->name.n > 2 && p->value.n > 0 && p->value.p[0] != '/' && mw_sv_find(p->value, MW_SV(":"), 0) == SIZE_MAX;
    for (size_t i = 0; i < p->name.n && ok; i++)
        ok = (unsigned char)p->name.p[i] >= 0x80 || isalpha((unsigned char)p->name.p[i]);
    return ok;
}

/* One more filter from text[begin..end), whose value begins at from. One that takes any value (theme, source) does not: "Thema: Radwege" is a
 * title. */
static bool read_until(struct mw_query *q, struct mw_arena *a, struct mw_sv text, const struct piece *p, size_t from, size_t end, struct mw_day today)
{
    size_t begin = (size_t)(p->whole.p - text.p) - p->minus;
    struct mw_sv value = mw_sv_trim(mw_sv_sub(text, from, end - from));

    if (mw_filter_read(&q->filters, a, mw_sv_sub(text, begin, end - begin), p->name, value, p->minus, today) != MW_A_FILTER)
        return false;
    enum mw_filter_field field = MW_AT(q->filters, struct mw_filter, q->filters.n - 1)->field;
    if (field != MW_Q_THEME && field != MW_Q_SOURCE)
        return true;
    q->filters.n--;
    return false;
}

/* "land: NW", with a space, where the field knows that value; of what is compared up to five words: "frist:bis 31. Dezember 2026". */
static bool read_apart(struct mw_query *q, struct mw_arena *a, struct mw_sv text, const struct piece *p, struct mw_day today, size_t *at)
{
    enum { WORDS = 5 };
    struct piece more;
    size_t ends[WORDS], n = 0, end = *at;

    if (p->name.p == NULL || p->quoted)
        return false;
    const size_t from = (size_t)(p->name.p - text.p) + p->name.n + 1;
    while (n < WORDS && next_piece(text, &end, &more) && !more.minus && !more.quoted && more.name.p == NULL)
        ends[n++] = end;
    for (; n > 0; n--) {
        bool one = n == 1 && p->value.n == 0;
        if (!read_until(q, a, text, p, from, ends[n - 1], today))
            continue;
        if (one || mw_field_compares(MW_AT(q->filters, struct mw_filter, q->filters.n - 1)->field))
            return *at = ends[n - 1], true;
        q->filters.n--; /* no value of several words */
    }
    return false;
}

static enum mw_rc read_piece(struct mw_query *q, struct mw_arena *a, struct mw_analyser *an, const struct piece *p,
                             struct mw_day today, struct mw_str *plain, struct mw_err *err)
{
    struct reader r = { .words = &q->words, .a = a, .text = p->whole, .most = MW_QUERY_WORDS, .times = 1, .exclude = true };

    if (p->name.p != NULL) {
        struct mw_sv text = p->minus ? mw_sv_n(p->whole.p - 1, p->whole.n + 1) : p->whole;
        enum mw_field_read read = mw_filter_read(&q->filters, a, text, p->name, p->value, p->minus, today);
        if (read == MW_A_FILTER)
            return MW_OK;
        bool told = read == MW_NO_VALUE || meant_as_field(p);
        struct mw_unread *slot = told ? mw_list_add(a, &q->unread, sizeof *slot) : NULL;
        if (slot != NULL)
            *slot = (struct mw_unread){ text, read == MW_NO_VALUE ? MW_SV_NONE : p->name };
    }
    if (p->quoted && p->name.p == NULL)
        return read_phrase(q, a, an, p->value, p->minus, err);
    if (p->minus)
        return read_words(&r, an, err);
    mw_str_add(plain, p->whole);
    mw_str_addc(plain, ' ');
    return MW_OK;
}

struct mw_sv mw_query_clean(struct mw_arena *a, struct mw_sv text, size_t most)
{
    size_t n = text.n < most ? text.n : most, bad, from = 0;
    char *p = mw_arena_alloc(a, n + 1);
    struct mw_sv s = mw_sv_n(p, n);

    if (p == NULL)
        return MW_SV_NONE;
    if (s.n > 0)
        memcpy(p, text.p, s.n);
    for (size_t i = 0; i < s.n; i++)
        if (p[i] == '\0')
            p[i] = ' ';
    while ((bad = mw_utf8_invalid_at(mw_sv_sub(s, from, s.n))) != SIZE_MAX) {
        p[from + bad] = ' ';
        from += bad; /* what stands before is valid and stays so */
    }
    return s;
}

enum mw_rc mw_query_parse(struct mw_query *out, struct mw_arena *a, struct mw_analyser *an, struct mw_sv text,
                          struct mw_day today, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str plain = MW_STR_INIT;
    struct mw_sv s = mw_query_clean(a, text, MW_QUERY_BYTES);
    struct piece p;
    size_t at = 0;
    enum mw_rc rc = s.p != NULL ? MW_OK : mw_nomem(err);

    *out = (struct mw_query){ .blank = mw_sv_trim(text).n == 0 };
    if (rc == MW_OK && count_pieces(s) > PASTED_WORDS)
        return out->plain = s, out->pasted = true, mw_query_words(&out->words, a, an, s, 1, MW_QUERY_WORDS, err);
    while (rc == MW_OK && next_piece(s, &at, &p))
        if (!read_apart(out, a, s, &p, today, &at))
            rc = read_piece(out, a, an, &p, today, &plain, err);
    out->plain = mw_arena_copy(a, mw_sv(mw_str_z(&plain)));
    if (rc == MW_OK && (!mw_str_ok(&plain) || out->plain.p == NULL))
        rc = mw_nomem(err);
    return rc == MW_OK ? mw_query_words(&out->words, a, an, out->plain, 1, MW_QUERY_WORDS, err) : rc;
}
