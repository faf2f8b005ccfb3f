/* The concepts that a text names: longest phrase first, German words as German spells them, English ones in English texts. */
#include <string.h>

#include "lib/language/analyse.h"
#include "rules/engine/forms.h"

enum { PART_MIN = 6, REST_MIN = 4, WITHIN = 50 }; /* WITHIN: percent, of what a compound begins with */

static bool is_small(struct mw_sv word) /* begins with a small letter, ä ö ü too */
{
    return (word.p[0] >= 'a' && word.p[0] <= 'z') || (word.n > 1 && word.p[0] == '\xc3' && (unsigned char)word.p[1] >= 0xA0);
}

static bool has_umlaut(struct mw_sv word)
{
    for (size_t i = 1; i < word.n; i++)
        if (word.p[i - 1] == '\xc3' && strchr("\xa4\xb6\xbc\x84\x96\x9c", word.p[i]) != NULL)
            return true;
    return false;
}

static bool spells_umlaut(struct mw_sv word)
{
    for (size_t i = 1; i < word.n; i++)
        if (word.p[i] == 'e' && strchr("aouAOU", word.p[i - 1]) != NULL)
            return true;
    return false;
}

/* "sozialen", "wissenschaftliche", "zugewanderter": what German makes of nouns and verbs to say what something is like. */
static bool is_adjective(const struct adjectives *how, struct mw_sv word)
{
    for (size_t i = 0; i < how->endings.n; i++)
        if (mw_sv_ends(word, *MW_AT(how->endings, struct mw_sv, i))) {
            word.n -= MW_AT(how->endings, struct mw_sv, i)->n;
            break;
        }
    for (size_t i = 0; i < how->makers.n; i++)
        if (mw_sv_ends(word, *MW_AT(how->makers, struct mw_sv, i)))
            return true;
    return false;
}

/* Forms lose endings and umlauts; of what has one form, only this is the same German word: a noun begins with a capital ("pflegen" is no
 * Pflege) but for the adjective made of it ("soziale Beratung"), and an umlaut of the vocabulary stands in the text ("Grund" is no Gründer). */
static bool is_german(const struct adjectives *how, struct mw_sv known, struct mw_sv said)
{
    return (is_small(known) || !is_small(said) || is_adjective(how, said)) && (!has_umlaut(known) || has_umlaut(said) || spells_umlaut(said));
}

/* The concept that the form names in such a text; said: as the text spells it. */
static const struct mw_concept *named_by(const struct mw_vocabulary *v, const struct word_of *w, enum tongue tongue, struct mw_sv said)
{
    const struct mw_concept *c = tongue == ENGLISH ? w->english : w->concept;
    if (c == NULL || (c->use == MW_FOR_SEARCH && tongue != SEARCH))
        return NULL;
    if (tongue == GERMAN && mw_sv_find(said, MW_SV(" "), 0) == SIZE_MAX && !is_german(&v->adjectives, w->words, said))
        return NULL;
    return tongue == ENGLISH && mw_form_is_abbreviation(w->english_words) && !mw_sv_eq(w->english_words, said) ? NULL : c;
}

/* The longest phrase of at most PHRASE_MAX words that begins at from and names a concept; *end is behind it. */
static const struct mw_concept *longest_at(const struct mw_vocabulary *v, struct mw_sv text, size_t from, enum tongue tongue, size_t *end)
{
    struct mw_str key = MW_STR_INIT;
    const struct mw_concept *best = NULL;
    size_t at = from, begin = 0;
    for (int n = 0; n < PHRASE_MAX && key.n < KEY_MAX && mw_form_next_word(text, &at, &begin); n++) {
        mw_form_add_key(&key, mw_sv_sub(text, begin, at - begin));
        const struct word_of *w = mw_form_get(v, mw_str_sv(&key));
        if (w == NULL)
            break;
        const struct mw_concept *c = named_by(v, w, tongue, mw_sv_sub(text, from, at - from));
        if (c != NULL) {
            best = c;
            *end = at;
        }
        if (!w->goes_on)
            break;
    }
    mw_str_free(&key);
    return best;
}

static bool add_found(struct mw_list *out, struct mw_arena *a, const struct mw_concept *c, int weight, size_t begin, size_t end)
{
    struct mw_expansion *e = mw_list_add(a, out, sizeof *e);
    bool english = c->de.n == 0;
    if (e != NULL)
        *e = (struct mw_expansion){ *MW_AT(english ? c->en : c->de, struct mw_sv, 0), english, weight, c, begin, end };
    return e != NULL;
}

/* Does the compound begin with the word as it is written, but for a last e ("Schulsozialarbeit": Schule)? */
static bool begins_with(struct mw_sv compound, struct mw_sv word)
{
    MW_AUTO(mw_str_free) struct mw_str long_form = MW_STR_INIT, short_form = MW_STR_INIT;
    mw_fold(&long_form, compound);
    mw_fold(&short_form, word);
    struct mw_sv whole = mw_str_sv(&long_form), part = mw_str_sv(&short_form);
    if (part.n < PART_MIN)
        return false;
    part.n -= part.p[part.n - 1] == 'e';
    return mw_sv_starts(whole, part) && whole.n >= part.n + REST_MIN; /* folded: however its umlauts are typed */
}

/* The longest known word that a compound begins with; NULL: none. What is longer than any key is no compound that people write: each of its
 * beginnings would be read. */
static const struct mw_concept *head_of(const struct mw_vocabulary *v, struct mw_sv compound)
{
    for (size_t to = compound.n > REST_MIN && compound.n <= KEY_MAX ? compound.n - REST_MIN : 0; to >= PART_MIN; to--) {
        MW_AUTO(mw_str_free) struct mw_str key = MW_STR_INIT;
        if (((unsigned char)compound.p[to] & 0xC0) == 0x80) /* within a character */
            continue;
        mw_form_add_key(&key, mw_sv_sub(compound, 0, to));
        const struct word_of *w = mw_str_ok(&key) ? mw_form_get(v, mw_str_sv(&key)) : NULL;
        if (w != NULL && w->concept != NULL && w->concept->use != MW_FOR_SEARCH && begins_with(compound, w->words))
            return w->concept;
    }
    return NULL;
}

static bool has_capitals(struct mw_sv text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] >= 'A' && text.p[i] <= 'Z')
            return true;
    return false;
}

enum mw_rc mw_vocabulary_read(struct mw_list *out, struct mw_arena *a, const struct mw_vocabulary *v, struct mw_sv text, enum tongue tongue, bool within,
    struct mw_err *err)
{
    size_t at = 0, begin = 0;
    if (v->slots == NULL)
        return MW_OK;
    while (mw_form_next_word(text, &at, &begin)) {
        size_t end = at;
        const struct mw_concept *whole = longest_at(v, text, begin, tongue, &end), *c = whole;
        if (c == NULL && within)
            c = head_of(v, mw_sv_sub(text, begin, at - begin));
        if (c != NULL && !add_found(out, a, c, whole != NULL ? 100 : WITHIN, begin, end))
            return mw_nomem(err);
        at = end;
    }
    return MW_OK;
}

enum mw_rc mw_vocabulary_find(struct mw_list *out, struct mw_arena *a, const struct mw_vocabulary *v, struct mw_sv text, struct mw_err *err)
{
    return mw_vocabulary_read(out, a, v, text, QUERY, false, err);
}

bool mw_vocabulary_goes_with_any(const struct mw_vocabulary *v, struct mw_sv word)
{
    size_t end = 0;
    const struct mw_concept *c = v->slots != NULL ? longest_at(v, word, 0, SEARCH, &end) : NULL;
    return c != NULL && c->use == MW_FOR_SEARCH && end == word.n;
}

enum mw_rc mw_vocabulary_find_within(struct mw_list *out, struct mw_arena *a, const struct mw_vocabulary *v, struct mw_sv text, struct mw_sv whole,
    bool english, struct mw_err *err)
{
    return mw_vocabulary_read(out, a, v, text, english ? ENGLISH : has_capitals(whole) ? GERMAN : QUERY, !english, err);
}
