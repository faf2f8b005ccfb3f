/* Which themes a text names, and where. */
#include "lib/language/segment.h"
#include "rules/engine/kin.h"
#include "rules/engine/low.h"

#include <ctype.h>
#include <stdlib.h>

enum { LEAD_MAX = 800, BODY_MAX = 1500, SENTENCE_REST = 600, QUOTE_MAX = 400, QUOTE_BEHIND = 80 };

static size_t number_of(const struct mw_rules *r, const struct mw_concept *c)
{
    return (size_t)(c - mw_vocabulary_at(r->vocabulary, 0));
}

static bool is_letter(char c) { return isalpha((unsigned char)c) || ((unsigned char)c & 0x80) != 0; }

/* Is the word before `at` one that stands before the names of places ("Stadt Waldheim")? */
static bool is_place(const struct mw_rules *r, struct mw_sv text, size_t at)
{
    size_t e = at, b;
    while (e > 0 && text.p[e - 1] == ' ')
        e--;
    for (b = e; b > 0 && is_letter(text.p[b - 1]);)
        b--;
    return b < e && e < at && mw_theme_listed(&r->themes->purposes.places, mw_sv_sub(text, b, e - b));
}

static struct mw_sv word_at(struct mw_sv text, size_t at)
{
    size_t e = at;
    while (e < text.n && is_letter(text.p[e]))
        e++;
    return mw_sv_sub(text, at, e - at);
}

bool mw_themes_places(struct mw_list *names, struct mw_arena *a, const struct mw_rules *r, struct mw_sv name)
{
    for (size_t i = 0; r->themes != NULL && i < name.n; i++)
        if ((i == 0 || !is_letter(name.p[i - 1])) && is_letter(name.p[i]) && is_place(r, name, i)) {
            struct mw_sv *one = mw_list_add(a, names, sizeof *one);
            if (one == NULL)
                return false;
            *one = word_at(name, i);
        }
    return true;
}

enum mw_rc mw_themes_weigh(struct mw_list *out, struct mw_arena *a, const struct mw_rules *r, const struct mw_saying *s, const struct mw_list *names,
    struct mw_err *err)
{
    struct mw_list found = { 0 };
    size_t office = SIZE_MAX, behind = 0;
    bool offices = mw_office_next(s->text, &behind, &office);
    enum mw_rc rc = mw_vocabulary_find_within(&found, a, r->vocabulary, s->text, s->whole.p != NULL ? s->whole : s->text, s->english, err);
    for (size_t i = 0; i < found.n && rc == MW_OK; i++) {
        const struct mw_expansion *e = MW_AT(found, struct mw_expansion, i);
        size_t c = number_of(r, e->concept), k = 0;
        while (offices && e->begin >= behind)
            offices = mw_office_next(s->text, &behind, &office);
        if (!mw_theme_counts(&r->themes->theme[c]) || (offices && e->begin >= office) || is_place(r, s->text, e->begin) ||
            (names != NULL && mw_theme_listed(names, word_at(s->text, e->begin))))
            continue;
        while (k < out->n && MW_AT(*out, struct mw_said, k)->concept != c)
            k++;
        struct mw_said *x = k < out->n ? MW_AT(*out, struct mw_said, k) : mw_list_add(a, out, sizeof *x);
        if (x == NULL)
            return mw_nomem(err);
        if (x->weight == 0)
            *x = (struct mw_said){ .concept = c, .kind = s->kind };
        if (x->weight == 0 || s->proof > x->proof) {
            x->at = s->offset + e->begin;
            x->begin = s->begin;
            x->end = s->end;
            x->proof = s->proof;
        }
        x->weight += s->weight;
    }
    return rc;
}

static int by_weight(const void *pa, const void *pb)
{
    const struct mw_said *a = pa, *b = pb;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

void mw_themes_sort(struct mw_list *said)
{
    if (said->n > 1)
        qsort(said->items, said->n, sizeof(struct mw_said), by_weight);
}

/* At most max bytes of s, no character cut in two. */
static struct mw_sv beginning(struct mw_sv s, size_t max)
{
    size_t n = s.n < max ? s.n : max;
    while (n > 0 && n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return mw_sv_sub(s, 0, n);
}

/* The sentence [begin, end) in which a theme stands at `at`; of a long one what is around it, in whole words. */
static struct mw_sv sentence_around(struct mw_sv plain, const struct mw_said *s, size_t *start)
{
    size_t b = s->begin, e = s->end < plain.n ? s->end : plain.n;
    if (s->at - b > QUOTE_MAX - QUOTE_BEHIND) {
        for (b = s->at - QUOTE_MAX / 2; b < s->at && plain.p[b - 1] != ' ' && plain.p[b - 1] != '\n';)
            b++;
    }
    if (e - b > QUOTE_MAX) {
        for (e = b + QUOTE_MAX; e > s->at && plain.p[e] != ' ' && plain.p[e] != '\n';)
            e--;
        if (e <= s->at) /* one endless word */
            e = b + beginning(mw_sv_sub(plain, b, plain.n - b), QUOTE_MAX).n;
    }
    *start = b;
    return mw_sv_sub(plain, b, e - b);
}

static struct mw_sv place_of(struct mw_arena *a, const struct mw_concept *c)
{
    const char *slash = c->pos.file != NULL ? strrchr(c->pos.file, '/') : NULL;
    return mw_arena_printf(a, "rules/vocabulary/%s:%u", slash != NULL ? slash + 1 : "", c->pos.line);
}

static bool says_any(struct mw_sv sentence, const struct mw_list *words)
{
    struct low l;
    lower(&l, sentence);
    for (size_t i = 0; i < words->n; i++)
        if (mw_sv_find((struct mw_sv){ l.p, l.n }, *MW_AT(*words, struct mw_sv, i), 0) != SIZE_MAX)
            return true;
    return false;
}

/* Does a sentence, or one that introduces its list, say one of the words? */
static bool says(struct mw_sv text, const struct mw_list *segments, const struct mw_segment *s, const struct mw_list *words)
{
    for (int depth = 0; depth < 4; depth++) {
        if (says_any(mw_sv_sub(text, s->begin, s->end - s->begin), words))
            return true;
        if (s->lead == SIZE_MAX)
            break;
        s = MW_AT(*segments, struct mw_segment, s->lead);
    }
    return false;
}

/* A sentence [from, to) of a section that begins at offset; what of the first section stands behind the lead weighs as all text does. */
static enum mw_rc weigh_parts(struct mw_list *said, struct mw_arena *a, const struct mw_rules *r, const struct mw_saying *whole, struct mw_sv text,
    size_t offset, size_t from, size_t to, struct mw_err *err)
{
    struct mw_saying part = *whole;
    bool lead = strcmp(whole->kind, "lead") == 0;
    size_t cut = lead ? beginning(text, LEAD_MAX).n : to;
    enum mw_rc rc = MW_OK;
    if (from < cut) {
        part.text = mw_sv_sub(text, from, (to < cut ? to : cut) - from);
        part.offset = offset + from;
        rc = mw_themes_weigh(said, a, r, &part, NULL, err);
    }
    if (rc == MW_OK && to > cut) {
        part.offset = offset + (from > cut ? from : cut);
        part.text = mw_sv_sub(text, part.offset - offset, to - (part.offset - offset));
        part.kind = "text";
        part.weight = 1;
        rc = mw_themes_weigh(said, a, r, &part, NULL, err);
    }
    return rc;
}

/* The themes of the first `most` bytes of a section, whole sentences; what tells how and by whom to apply names none. */
static enum mw_rc read_section(struct mw_list *said, struct mw_arena *a, const struct mw_rules *r, struct mw_sv text, size_t most, struct mw_saying how,
    struct mw_err *err)
{
    const struct purposes *p = &r->themes->purposes;
    struct mw_list segments = { 0 };
    size_t offset = how.offset;
    text = beginning(text, most + SENTENCE_REST);
    enum mw_rc rc = mw_segment(&segments, a, text) ? MW_OK : mw_nomem(err);
    how.whole = text;
    for (size_t i = 0; i < segments.n && rc == MW_OK; i++) {
        const struct mw_segment *s = MW_AT(segments, struct mw_segment, i);
        if (s->begin >= most)
            break;
        if (says(text, &segments, s, &p->aside))
            continue;
        how.begin = offset + s->begin;
        how.end = offset + s->end;
        how.proof = says(text, &segments, s, &p->funds) ? MW_PROOF_FUNDED : MW_PROOF_MENTION;
        rc = weigh_parts(said, a, r, &how, text, offset, s->begin, s->end < most ? s->end : most, err);
    }
    return rc;
}

static enum mw_rc read_notice(struct mw_list *said, struct mw_arena *a, const struct mw_rules *r, const struct mw_notice *n, struct mw_err *err)
{
    struct mw_saying how = { .text = n->title, .kind = "title", .weight = 3, .proof = MW_PROOF_TITLE, .english = mw_sv_eqz(n->language, "en") };
    enum mw_rc rc = mw_themes_weigh(said, a, r, &how, NULL, err);
    size_t left = BODY_MAX;
    for (size_t i = 0; i < n->sections.n && i < 2 && left > 0 && rc == MW_OK; i++) { /* what follows tells conditions and procedure */
        struct mw_sv text = MW_AT(n->sections, struct mw_section, i)->text;
        size_t heading = 0, most = i == 0 ? LEAD_MAX + left : left;
        mw_notice_offsets(n, i, &heading, &how.offset);
        how.kind = i == 0 ? "lead" : "text";
        how.weight = i == 0 ? 2 : 1;
        rc = read_section(said, a, r, text, most, how, err);
        left -= i > 0 || text.n <= LEAD_MAX ? 0 : text.n - LEAD_MAX < left ? text.n - LEAD_MAX : left;
    }
    return rc;
}

enum mw_rc mw_themes_facts(struct mw_list *out, struct mw_arena *a, const struct mw_rules *r, const struct mw_notice *n, struct mw_sv plain,
    struct mw_err *err)
{
    struct mw_list said = { 0 };
    if (r->themes == NULL || r->themes->n == 0)
        return MW_OK;
    enum mw_rc rc = read_notice(&said, a, r, n, err);
    mw_themes_sort(&said);
    for (size_t i = 0; i < said.n && i < MW_THEMES_MAX && rc == MW_OK; i++) {
        const struct mw_said *s = MW_AT(said, struct mw_said, i);
        const struct mw_concept *c = mw_vocabulary_at(r->vocabulary, s->concept);
        struct mw_fact *f = mw_list_add(a, out, sizeof *f);
        if (f == NULL)
            return mw_nomem(err);
        mw_fact_clear(f);
        f->type = MW_F_THEME;
        f->kind = mw_sv(s->kind);
        f->value = c->id;
        f->number = s->weight;
        f->rule = place_of(a, c);
        f->soft = s->proof == MW_PROOF_MENTION;
        f->quote = s->at < n->title.n ? n->title : s->at < plain.n ? sentence_around(plain, s, &f->start) : MW_SV_NONE;
    }
    return rc;
}
