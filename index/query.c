/* What was typed, read generously: nothing is an error, whatever is no operator is words. */
#include "index/query.h"

#include <string.h>

#include "lib/core/read.h"

enum { PASTED_WORDS = 25 }; /* more than that is a text, in which quotes and dashes are no operators */

/* --- words -------------------------------------------------------------------------------------------------------------- */

struct reader {
    struct mw_list *words;
    struct mw_arena *a;
    struct mw_sv text;
    struct mw_analyser *an;
    struct mw_list fresh;  /* struct found: tokens of this text */
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
    return !r->failed && form.p != NULL && r->fresh.n < (size_t)MW_QUERY_WORDS * 4;
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
    if (r->words->n >= MW_QUERY_WORDS)
        return true;
    w = mw_list_add(r->a, r->words, sizeof *w);
    if (w == NULL)
        return false;
    *w = (struct mw_query_word){ .typed = mw_arena_copy(r->a, mw_sv_sub(r->text, f->begin, f->end - f->begin)),
                           .form = f->form, .english = f->english, .parts = f->parts, .times = r->times,
                           .begin = r->placed ? f->begin : 0, .end = r->placed ? f->end : 0, .exclude = r->exclude };
    mw_fold(&folded, w->typed);
    w->folded = mw_arena_copy(r->a, mw_sv(mw_str_z(&folded)));
    w->stop = mw_is_stopword(w->folded, false) || mw_is_stopword(w->folded, true);
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
                          struct mw_err *err)
{
    struct reader r = { .words = words, .a = a, .text = text, .times = times, .placed = true };
    return read_words(&r, an, err);
}

static enum mw_rc read_phrase(struct mw_query *q, struct mw_arena *a, struct mw_analyser *an, struct mw_sv text, bool exclude,
                              struct mw_err *err)
{
    struct reader r = { .words = &q->words, .a = a, .text = text, .times = 1, .exclude = exclude };
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

void mw_forms_match(struct mw_str *out, const struct mw_list *forms)
{
    mw_str_addc(out, '"');
    for (size_t i = 0; i < forms->n; i++) {
        struct mw_sv form = *MW_AT(*forms, struct mw_sv, i);
        if (i > 0)
            mw_str_addc(out, ' ');
        for (size_t k = 0; k < form.n; k++) /* the analyser gives letters and digits; a quote would end the string */
            mw_str_addc(out, (char)(form.p[k] == '"' || form.p[k] == '\0' ? '_' : form.p[k]));
    }
    mw_str_addc(out, '"');
}

void mw_phrase_match(struct mw_str *out, const struct mw_phrase *p)
{
    mw_forms_match(out, &p->forms);
    mw_str_addz(out, " OR ");
    mw_forms_match(out, &p->english);
}

/* --- filters ---------------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    enum mw_filter_field field;
} FIELDS[] = {
    { "land", MW_Q_LAND },           { "region", MW_Q_LAND },         { "applicant", MW_Q_APPLICANT },
    { "antragsteller", MW_Q_APPLICANT }, { "kind", MW_Q_KIND },       { "art", MW_Q_KIND },
    { "forderart", MW_Q_KIND },      { "status", MW_Q_STATUS },       { "deadline", MW_Q_DEADLINE },
    { "frist", MW_Q_DEADLINE },      { "source", MW_Q_SOURCE },       { "quelle", MW_Q_SOURCE },
    { "level", MW_Q_LEVEL },         { "ebene", MW_Q_LEVEL },         { "rate", MW_Q_RATE },
    { "quote", MW_Q_RATE },          { "fordersatz", MW_Q_RATE },     { "amount", MW_Q_AMOUNT },
    { "betrag", MW_Q_AMOUNT },       { "forderbetrag", MW_Q_AMOUNT }, { "language", MW_Q_LANGUAGE },
    { "sprache", MW_Q_LANGUAGE },
};
/* Words people use, and the code that is stored. */
static const struct {
    enum mw_filter_field field;
    const char *word, *code;
} CODES[] = {
    { MW_Q_STATUS, "open", "open" },           { MW_Q_STATUS, "offen", "open" },
    { MW_Q_STATUS, "forthcoming", "forthcoming" }, { MW_Q_STATUS, "kommend", "forthcoming" },
    { MW_Q_STATUS, "angekundigt", "forthcoming" }, { MW_Q_STATUS, "closed", "closed" },
    { MW_Q_STATUS, "geschlossen", "closed" },  { MW_Q_STATUS, "abgelaufen", "closed" },
    { MW_Q_STATUS, "unknown", "unknown" },     { MW_Q_STATUS, "unbekannt", "unknown" },
    { MW_Q_STATUS, "unklar", "unknown" },      { MW_Q_LEVEL, "eu", "EU" },
    { MW_Q_LEVEL, "europa", "EU" },            { MW_Q_LEVEL, "bund", "DE" },
    { MW_Q_LEVEL, "de", "DE" },                { MW_Q_LEVEL, "bundesweit", "DE" },
    { MW_Q_LEVEL, "federal", "DE" },           { MW_Q_LEVEL, "land", "land" },
    { MW_Q_LEVEL, "lander", "land" },          { MW_Q_LEVEL, "state", "land" },
    { MW_Q_LANGUAGE, "de", "de" },             { MW_Q_LANGUAGE, "deutsch", "de" },
    { MW_Q_LANGUAGE, "german", "de" },         { MW_Q_LANGUAGE, "en", "en" },
    { MW_Q_LANGUAGE, "englisch", "en" },       { MW_Q_LANGUAGE, "english", "en" },
    { MW_Q_LAND, "bund", "DE" },               { MW_Q_LAND, "de", "DE" },
    { MW_Q_LAND, "bundesweit", "DE" },         { MW_Q_LAND, "eu", "EU" },
    { MW_Q_LAND, "nrw", "NW" },
};

static const char *code_of(enum mw_filter_field field, struct mw_sv folded)
{
    for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++)
        if (CODES[i].field == field && mw_sv_eqz(folded, CODES[i].word))
            return CODES[i].code;
    return NULL;
}

/* One value of a list to what the tables hold: a code, a Land's code, or the folded word itself. */
static struct mw_sv value_of(struct mw_arena *a, enum mw_filter_field field, struct mw_sv word)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;
    enum mw_land land = MW_LAND_NONE;

    mw_fold(&folded, word);
    const char *code = code_of(field, mw_str_sv(&folded));
    if (code != NULL)
        return mw_sv(code);
    if (field == MW_Q_LAND)
        return mw_land_parse(word, &land) ? mw_sv(mw_land_code(land)) : MW_SV_NONE;
    if (field == MW_Q_STATUS || field == MW_Q_LEVEL || field == MW_Q_LANGUAGE)
        return MW_SV_NONE;
    for (size_t i = 0; i < folded.n; i++)
        if (folded.p[i] == '_')
            folded.p[i] = ' ';
    return folded.n > 0 ? mw_arena_copy(a, mw_str_sv(&folded)) : MW_SV_NONE;
}

static bool read_values(struct mw_filter *f, struct mw_arena *a, struct mw_sv text)
{
    struct mw_sv one, rest = text;
    bool more = true;

    while (more) {
        more = mw_sv_cut(rest, ',', &one, &rest);
        if (mw_sv_trim(one).n == 0)
            continue;
        struct mw_sv value = value_of(a, f->field, mw_sv_trim(one));
        struct mw_sv *slot = value.p != NULL ? mw_list_add(a, &f->values, sizeof *slot) : NULL;
        if (slot == NULL)
            return false;
        *slot = value;
    }
    return f->values.n > 0;
}

static bool read_number(enum mw_filter_field field, struct mw_sv text, int64_t *out)
{
    struct mw_share share;
    struct mw_eur eur;
    struct mw_day day;

    if (field == MW_Q_DEADLINE && mw_read_day(text, &day))
        return *out = day.n, true;
    if (field == MW_Q_AMOUNT && mw_read_eur(text, &eur))
        return *out = eur.cents, true;
    if (field == MW_Q_RATE && mw_read_share(text, &share))
        return *out = mw_share_bp(share), true;
    if (field == MW_Q_RATE && mw_read_quantity(text, &share) && share.num >= 0 && share.num / share.den <= 100)
        return *out = mw_share_bp((struct mw_share){ share.num, share.den * 100 }), true;
    return false;
}

static bool read_range(struct mw_filter *f, struct mw_sv text)
{
    bool less = mw_sv_starts(text, MW_SV("<")), more = mw_sv_starts(text, MW_SV(">"));
    bool equal = !less && !more;
    int64_t v;

    text = mw_sv_sub(text, less || more, text.n);
    if (mw_sv_starts(text, MW_SV("="))) {
        equal = true;
        text = mw_sv_sub(text, 1, text.n);
    }
    if (!read_number(f->field, text, &v) || v == INT64_MAX || v == INT64_MIN)
        return false;
    f->from = less ? INT64_MIN : equal ? v : v + 1;
    f->to = more ? INT64_MAX : equal ? v : v - 1;
    return true;
}

/* "field:value" with a field we know and a value it can have. Anything else is words. */
static bool read_filter(struct mw_query *q, struct mw_arena *a, struct mw_sv text, struct mw_sv name, struct mw_sv value)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;
    struct mw_filter f = { .text = text };
    size_t i = 0, n = sizeof FIELDS / sizeof *FIELDS;

    mw_fold(&folded, name);
    while (i < n && !mw_sv_eqz(mw_str_sv(&folded), FIELDS[i].name))
        i++;
    if (i == n || value.n == 0)
        return false;
    f.field = FIELDS[i].field;
    bool range = f.field == MW_Q_DEADLINE || f.field == MW_Q_RATE || f.field == MW_Q_AMOUNT;
    if (range ? !read_range(&f, value) : !read_values(&f, a, value))
        return false;
    struct mw_filter *slot = q->filters.n < 32 ? mw_list_add(a, &q->filters, sizeof *slot) : NULL;
    if (slot != NULL)
        *slot = f;
    return slot != NULL;
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

static enum mw_rc read_piece(struct mw_query *q, struct mw_arena *a, struct mw_analyser *an, const struct piece *p,
                             struct mw_str *plain, struct mw_err *err)
{
    struct reader r = { .words = &q->words, .a = a, .text = p->whole, .times = 1, .exclude = true };

    if (p->name.p != NULL && !p->minus && read_filter(q, a, p->whole, p->name, p->value))
        return MW_OK;
    if (p->quoted && p->name.p == NULL)
        return read_phrase(q, a, an, p->value, p->minus, err);
    if (p->minus)
        return read_words(&r, an, err);
    mw_str_add(plain, p->whole);
    mw_str_addc(plain, ' ');
    return MW_OK;
}

/* Bytes that are no UTF-8 become spaces: what is left of them is words. */
static struct mw_sv cleaned(struct mw_arena *a, struct mw_sv text)
{
    char *p = mw_arena_alloc(a, (text.n < MW_QUERY_BYTES ? text.n : MW_QUERY_BYTES) + 1);
    struct mw_sv s = mw_sv_n(p, text.n < MW_QUERY_BYTES ? text.n : MW_QUERY_BYTES);
    size_t bad, from = 0;

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
                          struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str plain = MW_STR_INIT;
    struct mw_sv s = cleaned(a, text);
    struct piece p;
    size_t at = 0;
    enum mw_rc rc = s.p != NULL ? MW_OK : mw_nomem(err);

    *out = (struct mw_query){ .blank = mw_sv_trim(text).n == 0 };
    if (rc == MW_OK && count_pieces(s) > PASTED_WORDS)
        return out->plain = s, mw_query_words(&out->words, a, an, s, 1, err);
    while (rc == MW_OK && next_piece(s, &at, &p))
        rc = read_piece(out, a, an, &p, &plain, err);
    out->plain = mw_arena_copy(a, mw_sv(mw_str_z(&plain)));
    if (rc == MW_OK && (!mw_str_ok(&plain) || out->plain.p == NULL))
        rc = mw_nomem(err);
    return rc == MW_OK ? mw_query_words(&out->words, a, an, out->plain, 1, err) : rc;
}
