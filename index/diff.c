/* Facts are compared as sets of what they say; what the source states as data counts where the facts see no difference. */
#include "index/diff.h"

#include <string.h>

const char *const MW_DIFF_FIELDS[MW_D_N + 1] = { "deadline", "rate", "amount", "applicants", "region", "status", "text", NULL };

enum { PASSAGES = 5, PASSAGE = 300 };

static bool field_of(enum mw_fact_type type, enum mw_diff_field *field)
{
    static const struct {
        enum mw_fact_type type;
        enum mw_diff_field field;
    } FIELDS[] = { { MW_F_DEADLINE, MW_D_DEADLINE }, { MW_F_RATE, MW_D_RATE }, { MW_F_OWN_SHARE, MW_D_RATE }, { MW_F_AMOUNT, MW_D_AMOUNT },
                   { MW_F_APPLICANT, MW_D_APPLICANTS }, { MW_F_EXCLUSION, MW_D_APPLICANTS }, { MW_F_REGION, MW_D_REGION },
                   { MW_F_AREA, MW_D_REGION }, { MW_F_STATUS, MW_D_STATUS }, { MW_F_VALIDITY, MW_D_STATUS } };
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++)
        if (FIELDS[i].type == type) {
            *field = FIELDS[i].field;
            return true;
        }
    return false;
}

/* --- sets of words -------------------------------------------------------------------------------------------------------- */

static bool has(const struct mw_list *set, struct mw_sv word)
{
    for (size_t i = 0; i < set->n; i++)
        if (mw_sv_eq(*MW_AT(*set, struct mw_sv, i), word))
            return true;
    return false;
}

static bool add(struct mw_list *set, struct mw_arena *a, struct mw_sv word)
{
    if (word.n == 0 || has(set, word))
        return true;
    struct mw_sv *s = mw_list_add(a, set, sizeof *s);
    if (s != NULL)
        *s = mw_arena_copy(a, word);
    return s != NULL && s->p != NULL;
}

static bool add_facts(struct mw_list *set, struct mw_arena *a, const struct mw_state *s, enum mw_diff_field field, enum mw_lang lang)
{
    MW_AUTO(mw_str_free) struct mw_str words = MW_STR_INIT;
    bool ok = true;

    for (size_t i = 0; i < s->facts.n && ok; i++) {
        const struct mw_fact *f = MW_AT(s->facts, struct mw_fact, i);
        enum mw_diff_field of;
        if (!field_of(f->type, &of) || of != field)
            continue;
        mw_str_clear(&words);
        if (f->type == MW_F_OWN_SHARE || f->type == MW_F_EXCLUSION)
            mw_str_addf(&words, "%s: ", mw_fact_label(f->type, lang));
        mw_fact_words(&words, f, lang);
        ok = mw_str_ok(&words) && add(set, a, mw_str_sv(&words));
    }
    return ok;
}

static bool add_labels(struct mw_list *set, struct mw_arena *a, const struct mw_list *labels)
{
    bool ok = true;
    for (size_t i = 0; i < labels->n && ok; i++)
        ok = add(set, a, *MW_AT(*labels, struct mw_sv, i));
    return ok;
}

static bool add_day(struct mw_list *set, struct mw_arena *a, struct mw_day day, enum mw_lang lang)
{
    MW_AUTO(mw_str_free) struct mw_str words = MW_STR_INIT;
    if (!mw_day_is(day))
        return true;
    mw_day_format(&words, day, lang);
    return mw_str_ok(&words) && add(set, a, mw_str_sv(&words));
}

/* What the source states as data of its own. */
static bool add_data(struct mw_list *set, struct mw_arena *a, const struct mw_notice *n, enum mw_diff_field field, enum mw_lang lang)
{
    bool ok = true;

    switch (field) {
    case MW_D_DEADLINE:
        for (size_t i = 0; i < n->deadlines.n && ok; i++)
            ok = add_day(set, a, *MW_AT(n->deadlines, struct mw_day, i), lang);
        return ok;
    case MW_D_APPLICANTS:
        return add_labels(set, a, &n->facets[MW_ELIGIBLE_APPLICANTS]);
    case MW_D_REGION:
        return add_labels(set, a, &n->facets[MW_FUNDING_LOCATION]);
    case MW_D_STATUS:
        return add_day(set, a, n->opens, lang);
    case MW_D_RATE:
    case MW_D_AMOUNT:
    case MW_D_TEXT:
    case MW_D_N:
        break;
    }
    return true;
}

/* Leaves in each what the other does not have. */
static bool part(struct mw_list *before, struct mw_list *after, struct mw_arena *a)
{
    struct mw_list only[2] = { { 0 }, { 0 } };
    const struct mw_list *sets[2] = { before, after };
    bool ok = true;

    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < sets[side]->n && ok; i++) {
            struct mw_sv word = *MW_AT(*sets[side], struct mw_sv, i);
            if (!has(sets[!side], word))
                ok = add(&only[side], a, word);
        }
    *before = only[0];
    *after = only[1];
    return ok;
}

static bool differ(struct mw_difference *d, struct mw_arena *a, const struct mw_state *before, const struct mw_state *after,
                   enum mw_lang lang)
{
    bool ok = add_facts(&d->before, a, before, d->field, lang) && add_facts(&d->after, a, after, d->field, lang) &&
              part(&d->before, &d->after, a);
    if (ok && d->before.n + d->after.n == 0)
        ok = add_data(&d->before, a, &before->notice, d->field, lang) && add_data(&d->after, a, &after->notice, d->field, lang) &&
             part(&d->before, &d->after, a);
    return ok;
}

/* --- texts ------------------------------------------------------------------------------------------------------------------ */

/* As a reader sees it: composed, without soft hyphens and invisible spaces, white space of any kind as one blank. */
static void add_seen(struct mw_str *out, struct mw_sv s)
{
    MW_AUTO(mw_str_free) struct mw_str nfc = MW_STR_INIT;
    bool blank = true;

    mw_utf8_nfc(&nfc, s);
    for (size_t at = 0; at < nfc.n;) {
        uint32_t c = mw_utf8_next(mw_str_sv(&nfc), &at);
        if (c == 0xad || (c >= 0x200b && c <= 0x200d) || c == 0xfeff)
            continue;
        bool space = c <= ' ' || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f;
        if (!space)
            mw_utf8_add(out, c);
        else if (!blank)
            mw_str_addc(out, ' ');
        blank = space;
    }
    if (out->n > 0 && out->p[out->n - 1] == ' ')
        out->p[--out->n] = '\0';
    if (!mw_str_ok(&nfc))
        out->failed = true;
}

static bool word_ends(struct mw_sv s, size_t at) { return at == s.n || s.p[at] == ' '; }
static bool word_begins(struct mw_sv s, size_t at) { return at == 0 || s.p[at - 1] == ' '; }

/* The passage from the first to the last word that differs. */
static struct mw_sv passage(struct mw_sv s, size_t head, size_t tail)
{
    struct mw_sv p = mw_sv_sub(s, head, s.n - head - tail);
    if (p.n > PASSAGE) {
        p.n = PASSAGE;
        while (p.n > 0 && ((unsigned char)s.p[head + p.n] & 0xc0) == 0x80)
            p.n--;
    }
    return mw_sv_trim(p);
}

/* Adds the words of two passages that differ; passages that say the same add nothing. */
static bool add_passage(struct mw_difference *d, struct mw_arena *a, struct mw_sv x, struct mw_sv y)
{
    size_t head = 0, tail = 0, shorter = x.n < y.n ? x.n : y.n;
    if (mw_sv_eq(x, y))
        return true;
    while (head < shorter && x.p[head] == y.p[head])
        head++;
    while (!word_begins(x, head) && !(word_ends(x, head) && word_ends(y, head)))
        head--;
    while (tail < shorter - head && x.p[x.n - 1 - tail] == y.p[y.n - 1 - tail])
        tail++;
    while (!word_ends(x, x.n - tail) && !(word_begins(x, x.n - tail) && word_begins(y, y.n - tail)))
        tail--;
    return add(&d->before, a, passage(x, head, tail)) && add(&d->after, a, passage(y, head, tail));
}

/* The lines of a text as a reader sees them; empty ones left out. */
static bool split(struct mw_list *lines, struct mw_arena *a, struct mw_sv text)
{
    MW_AUTO(mw_str_free) struct mw_str seen = MW_STR_INIT;
    for (struct mw_sv line; text.n > 0;) {
        mw_sv_cut(text, '\n', &line, &text);
        mw_str_clear(&seen);
        add_seen(&seen, line);
        if (!mw_str_ok(&seen) || (seen.n > 0 && !add(lines, a, mw_arena_copy(a, mw_str_sv(&seen)))))
            return false;
    }
    return true;
}

/* From *at on, the lines that the other side does not have, as one passage. */
static void run_of(struct mw_str *out, const struct mw_list *lines, size_t *at, const struct mw_list *other)
{
    mw_str_clear(out);
    for (; *at < lines->n && !has(other, *MW_AT(*lines, struct mw_sv, *at)); ++*at) {
        mw_str_addz(out, out->n > 0 ? " " : "");
        mw_str_add(out, *MW_AT(*lines, struct mw_sv, *at));
    }
}

static bool differ_in_lines(struct mw_difference *d, struct mw_arena *a, struct mw_sv before, struct mw_sv after)
{
    MW_AUTO(mw_str_free) struct mw_str one = MW_STR_INIT;
    MW_AUTO(mw_str_free) struct mw_str two = MW_STR_INIT;
    struct mw_list x = { 0 }, y = { 0 };
    bool ok = split(&x, a, before) && split(&y, a, after);

    for (size_t i = 0, k = 0; ok && (i < x.n || k < y.n) && d->before.n < PASSAGES;) {
        run_of(&one, &x, &i, &y);
        run_of(&two, &y, &k, &x);
        ok = mw_str_ok(&one) && mw_str_ok(&two) && add_passage(d, a, mw_sv(mw_str_z(&one)), mw_sv(mw_str_z(&two)));
        i += i < x.n; /* a line that both have */
        k += k < y.n;
    }
    return ok;
}

static bool differ_in_text(struct mw_difference *d, struct mw_arena *a, const struct mw_state *before, const struct mw_state *after)
{
    MW_AUTO(mw_str_free) struct mw_str one = MW_STR_INIT;
    MW_AUTO(mw_str_free) struct mw_str two = MW_STR_INIT;

    add_seen(&one, before->plain);
    add_seen(&two, after->plain);
    if (!mw_str_ok(&one) || !mw_str_ok(&two))
        return false;
    if (mw_sv_eq(mw_str_sv(&one), mw_str_sv(&two)))
        return true;
    if (!differ_in_lines(d, a, before->plain, after->plain))
        return false;
    /* The same lines in another order: from the first word that stands elsewhere to the last. */
    return d->before.n + d->after.n > 0 || add_passage(d, a, mw_str_sv(&one), mw_str_sv(&two));
}

enum mw_rc mw_diff(struct mw_list *out, struct mw_arena *a, const struct mw_state *before, const struct mw_state *after,
                   enum mw_lang lang, struct mw_err *err)
{
    for (int field = 0; field < MW_D_N; field++) {
        struct mw_difference d = { .field = (enum mw_diff_field)field };
        bool ok = field == MW_D_TEXT ? differ_in_text(&d, a, before, after) : differ(&d, a, before, after, lang);
        if (ok && d.before.n + d.after.n == 0)
            continue;
        struct mw_difference *kept = ok ? mw_list_add(a, out, sizeof *kept) : NULL;
        if (kept == NULL)
            return mw_nomem(err);
        *kept = d;
    }
    return MW_OK;
}
