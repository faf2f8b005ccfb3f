/* What the project is about: nouns of the text and words of the vocabulary, as they stand there. What the title says and what comes
 * again and again goes first; names of places and of those who are named are no themes. */
#include <stdlib.h>
#include <string.h>

#include "intake/draft_inside.h"
#include "rules/engine/vocabulary.h"

enum { THEMES_MAX = 12, IN_TITLE = 6, IN_LOT = 3, IN_VOCABULARY = 3, TOPIC = 2, LEAST = 2, STEM = 9, COMPOUND = 11, ENDING_MAX = 2 };

struct candidate {
    struct mw_sv words, quote;
    size_t score, place;
};
struct choice {
    struct mw_job *x;
    struct mw_list found; /* struct candidate */
};

static bool names_somebody(const struct mw_job *x, struct mw_sv words)
{
    const struct mw_profile *p = &x->out->profile;
    for (size_t i = 0; i < p->applicants.n; i++) { /* a company's or an association's name tells of its task, a town's does not */
        const struct mw_applicant *a = MW_AT(p->applicants, struct mw_applicant, i);
        bool place = a->type == MW_A_KOMMUNE || a->type == MW_A_KREIS || mw_sv_find(a->name, MW_SV("gemeinde "), 0) != SIZE_MAX ||
                     mw_sv_starts(a->name, MW_SV("Amt "));
        if (place && mw_sv_find(a->name, words, 0) != SIZE_MAX)
            return true;
    }
    for (size_t i = 0; i < p->roles.n; i++) {
        struct mw_sv name = MW_AT(p->roles, struct mw_role, i)->name, town = mw_bare_town(x, name);
        if (town.n < name.n && mw_sv_find(town, words, 0) != SIZE_MAX)
            return true;
    }
    for (size_t i = 0; i < x->d->fields.n; i++) {
        const struct mw_form_field *f = MW_AT(x->d->fields, struct mw_form_field, i);
        if ((mw_sv_eqz(f->key, "town") || mw_sv_eqz(f->key, "place")) && mw_sv_find(f->value, words, 0) != SIZE_MAX)
            return true;
    }
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* "Durch", "Gemeinsame": a word that the text writes small elsewhere is no noun, it only began a sentence. */
static bool is_written_small(const struct mw_job *x, struct mw_sv word)
{
    char small[64];
    if (word.n >= sizeof small || word.p[0] < 'A' || word.p[0] > 'Z')
        return false;
    memcpy(small, word.p, word.n);
    small[0] = (char)(small[0] + 0x20);
    for (size_t i = 0; i < x->texts.n; i++) {
        struct mw_sv text = *MW_AT(x->texts, struct mw_sv, i), want = { small, word.n };
        for (size_t at = 0; (at = mw_sv_find(text, want, at)) != SIZE_MAX; at += want.n)
            if ((at == 0 || !is_letter(text.p[at - 1])) && (at + want.n == text.n || !is_letter(text.p[at + want.n])))
                return true;
    }
    return false;
}

/* The beginning that inflected forms share; whole characters. */
static struct mw_sv stem_of(struct mw_sv words)
{
    size_t n = words.n < STEM ? words.n : STEM;
    while (n > 0 && n < words.n && ((unsigned char)words.p[n] & 0xC0) == 0x80)
        n--;
    return mw_sv_sub(words, 0, n);
}

static size_t count_in(struct mw_sv text, struct mw_sv stem)
{
    size_t n = 0;
    for (size_t at = 0; (at = mw_sv_find(text, stem, at)) != SIZE_MAX; at += stem.n)
        n++;
    return n;
}

static void add(struct choice *c, struct mw_sv words, struct mw_sv quote, size_t bonus)
{
    struct mw_job *x = c->x;
    words = mw_tidy(x->in->a, words);
    bool capital = words.n > 0 && ((words.p[0] >= 'A' && words.p[0] <= 'Z') || (unsigned char)words.p[0] == 0xC3);
    bool phrase = mw_sv_find(words, MW_SV(" "), 0) != SIZE_MAX;
    bool region = mw_rules_lookup(x->in->rules, "laender", words).p != NULL || mw_sv_ends(words, MW_SV("kreis"));
    if (words.n < 4 || !(capital || phrase) || region || mw_rules_lookup(x->in->rules, "no-themes", words).p != NULL || names_somebody(x, words))
        return;
    struct mw_sv stem = stem_of(words);
    for (size_t i = 0; i < c->found.n; i++) {
        struct candidate *o = MW_AT(c->found, struct candidate, i);
        if (mw_sv_ieq(stem_of(o->words), stem)) {
            o->score += bonus;
            return;
        }
    }
    if (mw_is_full(&c->found) || (!phrase && bonus == 0 && is_written_small(x, words)))
        return;
    size_t score = bonus + (words.n >= COMPOUND && !phrase), place = c->found.n; /* a long word says more than a short one */
    for (size_t i = 0; i < x->texts.n; i++)
        score += count_in(*MW_AT(x->texts, struct mw_sv, i), stem);
    if (mw_sv_find(x->out->profile.title, stem, 0) != SIZE_MAX)
        score += IN_TITLE;
    for (size_t i = 0; i < x->out->profile.lots.n && score < IN_TITLE; i++)
        if (mw_sv_find(MW_AT(x->out->profile.lots, struct mw_lot, i)->label, stem, 0) != SIZE_MAX)
            score += IN_LOT;
    struct candidate *slot = mw_list_add(x->in->a, &c->found, sizeof *slot);
    if (slot != NULL)
        *slot = (struct candidate){ words, quote, score, place };
    x->failed = x->failed || slot == NULL;
}

static void of_vocabulary(struct choice *c, struct mw_sv text)
{
    struct mw_list found = { 0 };
    if (mw_vocabulary_find(&found, c->x->in->a, mw_rules_vocabulary(c->x->in->rules), text, NULL) != MW_OK) {
        c->x->failed = true;
        return;
    }
    for (size_t i = 0; i < found.n; i++) {
        const struct mw_expansion *e = MW_AT(found, struct mw_expansion, i);
        struct mw_sv words = mw_sv_sub(text, e->begin, e->end - e->begin);
        add(c, words, words, IN_VOCABULARY);
    }
}

/* "City" beside "Smart City", "Radwegs" beside "Radweg": a part of what stands there already, or its inflection. */
static bool is_part_of_another(const struct mw_job *x, struct mw_sv words)
{
    for (size_t i = 0; i < x->out->themes.n; i++) {
        struct mw_sv other = *MW_AT(x->out->themes, struct mw_sv, i);
        if (words.n > other.n && words.n - other.n <= ENDING_MAX && mw_sv_ieq(mw_sv_sub(words, 0, other.n), other))
            return true;
        for (size_t at = 0; other.n >= words.n && at + words.n <= other.n; at++)
            if (mw_sv_ieq(mw_sv_sub(other, at, words.n), words) && (at == 0 || !is_letter(other.p[at - 1])))
                return true;
    }
    return false;
}

static int by_score(const void *pa, const void *pb)
{
    const struct candidate *a = pa, *b = pb;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

void mw_draft_themes(struct mw_job *x)
{
    struct choice c = { x, { 0 } };
    for (size_t i = 0; i < x->texts.n; i++)
        of_vocabulary(&c, *MW_AT(x->texts, struct mw_sv, i));
    for (size_t i = 0; i < x->out->profile.applicants.n; i++) { /* "Zweckverband Wasserversorgung ..." says its task */
        const struct mw_applicant *a = MW_AT(x->out->profile.applicants, struct mw_applicant, i);
        if (a->type == MW_A_KOMMUNALVERBAND || a->type == MW_A_KOMMUNALES_UNTERNEHMEN)
            of_vocabulary(&c, a->name);
    }
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *f = MW_AT(x->statements, struct mw_fact, i);
        if (mw_statement_of(f) == MW_ST_THEME)
            add(&c, f->value, f->quote, mw_sv_eqz(f->kind, "topic") ? TOPIC : 0);
    }
    if (c.found.n > 1)
        qsort(c.found.items, c.found.n, sizeof(struct candidate), by_score);
    for (size_t i = 0; i < c.found.n && x->out->themes.n < THEMES_MAX; i++) {
        const struct candidate *o = MW_AT(c.found, struct candidate, i);
        if (is_part_of_another(x, o->words))
            continue;
        struct mw_sv *slot = o->score >= LEAST || x->out->themes.n < 3 ? mw_list_add(x->in->a, &x->out->themes, sizeof *slot) : NULL;
        if (slot == NULL)
            break;
        *slot = o->words;
        mw_draft_quotef(x, o->quote, "themes[%zu]", x->out->themes.n - 1);
    }
}

static bool is_known(const struct mw_job *x, struct mw_sv words)
{
    struct mw_list found = { 0 };
    return mw_vocabulary_find(&found, x->in->a, mw_rules_vocabulary(x->in->rules), words, NULL) == MW_OK && found.n > 0;
}

enum { NAME_MAX = 90 };

void mw_draft_name(struct mw_job *x)
{
    struct mw_sv text = mw_sv_trim(x->d->text), name = mw_sv_sub(text, 0, NAME_MAX);
    size_t first = SIZE_MAX;
    if (x->out->profile.title.n > 0)
        return;
    while (name.n > 0 && name.p[name.n - 1] != ' ')
        name.n--;
    if (x->out->themes.n > 0)
        name = *MW_AT(x->out->themes, struct mw_sv, 0);
    for (size_t i = 0; i < x->out->themes.n; i++) {
        struct mw_sv theme = *MW_AT(x->out->themes, struct mw_sv, i);
        size_t at = is_known(x, theme) ? mw_sv_find(text, theme, 0) : SIZE_MAX;
        if (at < first) {
            first = at;
            name = theme;
        }
    }
    x->out->profile.title = mw_tidy(x->in->a, name);
    mw_draft_quote(x, MW_SV("title"), mw_sv_trim(name));
    mw_draft_ask(x, "title", "What is the project called? No line of the document names it; the title is only a word of its text.");
}
