/* Concepts by the folded, shortened form of their words, in one hash table. */
#include "rules/engine/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "lib/core/schema.h"
#include "lib/language/analyse.h"
#include "rules/engine/ruleset.h"

enum { PHRASE_MAX = 5, KEY_MAX = 200, STEM_MIN = 5, PART_MIN = 6, REST_MIN = 4, WITHIN = 50 }; /* WITHIN: percent, of what a compound begins with */

struct word_of { /* a form of a word and the concept it names */
    struct mw_sv key;
    const struct mw_concept *concept; /* NULL: it only begins longer phrases */
    const struct mw_concept *english; /* the one it names in English; NULL: none */
    struct mw_sv words, english_words;
    bool goes_on;                     /* longer phrases begin with it */
};
struct mw_vocabulary {
    struct mw_list concepts;  /* struct mw_concept */
    uint32_t *ids;            /* numbers of concepts, from 1, by their ids: open addressing, ids_mask + 1 of them */
    size_t ids_mask;
    struct word_of *forms;    /* all forms of words, n_forms of them */
    size_t n_forms;
    uint64_t *slots;          /* numbers of forms, from 1, in the lower half, by their keys, whose hashes fill the upper; mask + 1 of them */
    size_t mask;
};

struct mw_vocabulary *mw_vocabulary_new(struct mw_arena *a)
{
    return mw_arena_alloc(a, sizeof(struct mw_vocabulary));
}

const struct mw_vocabulary *mw_rules_vocabulary(const struct mw_rules *r)
{
    return r->vocabulary;
}

size_t mw_vocabulary_count(const struct mw_vocabulary *v)
{
    return v->concepts.n;
}

const struct mw_concept *mw_vocabulary_at(const struct mw_vocabulary *v, size_t i)
{
    return i < v->concepts.n ? MW_AT(v->concepts, struct mw_concept, i) : NULL;
}

/* Where the id stands, or would. */
static uint32_t *slot_of_id(const struct mw_vocabulary *v, struct mw_sv id)
{
    for (size_t i = (size_t)mw_sv_hash(id);; i++) {
        uint32_t *slot = &v->ids[i & v->ids_mask];
        if (*slot == 0 || mw_sv_eq(MW_AT(v->concepts, struct mw_concept, *slot - 1)->id, id))
            return slot;
    }
}

size_t mw_vocabulary_number(const struct mw_vocabulary *v, struct mw_sv id)
{
    uint32_t number = v->ids != NULL ? *slot_of_id(v, id) : 0;
    return number > 0 ? number - 1 : SIZE_MAX;
}

const struct mw_concept *mw_vocabulary_get(const struct mw_vocabulary *v, struct mw_sv id)
{
    return mw_vocabulary_at(v, mw_vocabulary_number(v, id));
}

const struct mw_concept *mw_rules_concept(const struct mw_rules *r, struct mw_sv id, const struct mw_pos *pos, struct mw_diags *diags)
{
    const struct mw_vocabulary *v = r->vocabulary;
    const struct mw_concept *c = mw_vocabulary_get(v, id);
    if (c != NULL && c->use != MW_FOR_SEARCH)
        return c;
    if (c != NULL) {
        mw_diag_add(diags, MW_ERROR, pos, "concept", "The concept \"%.*s\" is for searches alone (use: search); no rule may speak of it.", MW_SV_ARG(id));
        return NULL;
    }
    const char **ids = mw_arena_array(r->arena, v->concepts.n + 1, sizeof *ids);
    for (size_t i = 0; ids != NULL && v->concepts.items != NULL && i < v->concepts.n; i++)
        ids[i] = mw_arena_z(r->arena, MW_AT(v->concepts, struct mw_concept, i)->id);
    struct mw_diag *d = mw_diag_add(diags, MW_ERROR, pos, "concept", "There is no concept \"%.*s\" in rules/vocabulary.", MW_SV_ARG(id));
    const char *near = ids != NULL ? mw_nearest(id, ids, v->concepts.n) : NULL;
    if (near != NULL)
        mw_diag_cure(diags, d, "Perhaps \"%s\" is meant.", near);
    return NULL;
}

/* --- files -------------------------------------------------------------------------------------------------------- */
#define WORDS(key_, member_) { MW_FIELD(mw_concept, key_, MW_T_LIST, member_), .item = MW_T_TEXT }
static const char *const USES[] = { "search", NULL };
static const struct mw_field CONCEPT_FIELDS[] = {
    { MW_PLACE(mw_concept, pos) },
    { MW_FIELD(mw_concept, "id", MW_T_TEXT, id), .needed = true },
    WORDS("de", de), WORDS("en", en), WORDS("abbr", abbr), WORDS("typed", typed), WORDS("broader", broader), WORDS("related", related),
    { MW_FIELD(mw_concept, "use", MW_T_WORD, use), .words = USES },
};
static const struct mw_schema CONCEPT = MW_SCHEMA("concept", mw_concept, CONCEPT_FIELDS);
struct concept_file { struct mw_sv about; struct mw_list concepts; };
static const struct mw_field FILE_FIELDS[] = {
    { MW_FIELD(concept_file, "about", MW_T_TEXT, about) },
    { MW_FIELD(concept_file, "concepts", MW_T_LIST, concepts), .needed = true, .item = MW_T_RECORD, .sub = &CONCEPT },
};
static const struct mw_schema CONCEPT_FILE = MW_SCHEMA("file of concepts", concept_file, FILE_FIELDS);

bool mw_vocabulary_load(struct mw_vocabulary *v, struct mw_arena *a, const struct mw_node *node, const char *name, struct mw_diags *diags)
{
    struct concept_file f;
    (void)name;
    mw_schema_read(&CONCEPT_FILE, node, &f, a, diags);
    for (size_t i = 0; i < f.concepts.n; i++) {
        const struct mw_concept *c = MW_AT(f.concepts, struct mw_concept, i);
        if (c->de.n == 0 && c->en.n == 0)
            mw_diag_add(diags, MW_ERROR, &c->pos, "no-words", "The concept \"%.*s\" has neither German nor English words.", MW_SV_ARG(c->id));
        struct mw_concept *slot = mw_list_add(a, &v->concepts, sizeof *slot);
        if (slot == NULL)
            return false;
        *slot = *c;
    }
    return true;
}

/* --- forms -------------------------------------------------------------------------------------------------------- */
static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* The next word of s at or after *at; hyphens part words. */
static bool next_word(struct mw_sv s, size_t *at, size_t *begin)
{
    while (*at < s.n && !is_word_byte(s.p[*at]))
        ++*at;
    *begin = *at;
    while (*at < s.n && is_word_byte(s.p[*at]))
        ++*at;
    return *at > *begin;
}

/* Folded, without the usual endings, one after the other: "Quartierskonzepte" and "Quartierskonzept" give the same key, "Seilbahn", whose n
 * looks like an ending, and "Seilbahnen" too. */
static void add_key(struct mw_str *key, struct mw_sv word)
{
    static const char *const ENDINGS[] = { "innen", "ern", "en", "er", "es", "em", "e", "n", "s" };
    size_t from;
    if (key->n > 0)
        mw_str_addc(key, ' ');
    from = key->n;
    mw_fold(key, word);
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        size_t n = strlen(ENDINGS[i]);
        if (key->n - from >= n + STEM_MIN && memcmp(key->p + key->n - n, ENDINGS[i], n) == 0) {
            key->n -= n;
            key->p[key->n] = '\0';
            i = SIZE_MAX; /* from the first again */
        }
    }
}

/* The form with that key; NULL: there is none, and *free_slot is where it would stand. */
static struct word_of *form_of(const struct mw_vocabulary *v, struct mw_sv key, uint64_t **free_slot)
{
    uint64_t hash = mw_sv_hash(key);
    for (size_t i = (size_t)hash;; i++) {
        uint64_t *slot = &v->slots[i & v->mask];
        *free_slot = slot;
        if (*slot == 0)
            return NULL;
        struct word_of *w = &v->forms[(uint32_t)*slot - 1];
        if (*slot >> 32 == hash >> 32 && mw_sv_eq(w->key, key))
            return w;
    }
}

/* The same; where there is none, it is made. NULL: out of memory. */
static struct word_of *form_for(struct mw_vocabulary *v, struct mw_arena *a, struct mw_sv key)
{
    uint64_t *slot;
    struct word_of *w = form_of(v, key, &slot);
    struct mw_sv copy = w == NULL ? mw_arena_copy(a, key) : key;
    if (w != NULL || copy.p == NULL)
        return w;
    w = &v->forms[v->n_forms++];
    w->key = copy;
    *slot = (mw_sv_hash(key) & ~(uint64_t)UINT32_MAX) | v->n_forms;
    return w;
}

/* Every beginning of a phrase is known, so that a text is read no further than a phrase may go. */
static bool plant_phrase(struct mw_vocabulary *v, struct mw_arena *a, const struct mw_concept *c, struct mw_sv text, bool english)
{
    MW_AUTO(mw_str_free) struct mw_str key = MW_STR_INIT;
    struct word_of *w = NULL;
    for (size_t at = 0, begin = 0; next_word(text, &at, &begin);) {
        if (w != NULL)
            w->goes_on = true;
        add_key(&key, mw_sv_sub(text, begin, at - begin));
        w = mw_str_ok(&key) ? form_for(v, a, mw_str_sv(&key)) : NULL;
        if (w == NULL)
            return false;
    }
    if (w != NULL && w->concept == NULL) { /* the first concept keeps a word that two claim */
        w->concept = c;
        w->words = text;
    }
    if (w != NULL && english && w->english == NULL) {
        w->english = c;
        w->english_words = text;
    }
    return true;
}

static bool plant(struct mw_vocabulary *v, struct mw_arena *a, const struct mw_concept *c, const struct mw_list *words, bool english)
{
    for (size_t i = 0; i < words->n; i++)
        if (!plant_phrase(v, a, c, *MW_AT(*words, struct mw_sv, i), english))
            return false;
    return true;
}

static size_t words_in(const struct mw_list *phrases)
{
    size_t n = 0;
    for (size_t i = 0; i < phrases->n; i++)
        for (size_t at = 0, begin = 0; next_word(*MW_AT(*phrases, struct mw_sv, i), &at, &begin);)
            n++;
    return n;
}

static void check_links(const struct mw_vocabulary *v, const struct mw_concept *c, const struct mw_list *ids, struct mw_diags *diags)
{
    for (size_t i = 0; i < ids->n; i++) {
        const struct mw_concept *other = mw_vocabulary_get(v, *MW_AT(*ids, struct mw_sv, i));
        if (other == NULL)
            mw_diag_add(diags, MW_ERROR, &c->pos, "concept", "The concept \"%.*s\" points to \"%.*s\", which there is not.", MW_SV_ARG(c->id),
                MW_SV_ARG(*MW_AT(*ids, struct mw_sv, i)));
        else if (c->use == MW_FOR_SEARCH || other->use == MW_FOR_SEARCH)
            mw_diag_add(diags, MW_ERROR, &c->pos, "concept", "The concept \"%.*s\" points to \"%.*s\"; what is for searches alone (use: search) has "
                "no links.", MW_SV_ARG(c->id), MW_SV_ARG(other->id));
    }
}

static bool number_ids(struct mw_vocabulary *v, struct mw_arena *a, struct mw_diags *diags)
{
    size_t size = 16;
    while (size < 2 * v->concepts.n + 1)
        size *= 2;
    v->ids = mw_arena_array(a, size, sizeof *v->ids);
    v->ids_mask = size - 1;
    for (size_t i = 0; v->ids != NULL && i < v->concepts.n; i++) {
        const struct mw_concept *c = MW_AT(v->concepts, struct mw_concept, i);
        uint32_t *slot = slot_of_id(v, c->id);
        if (*slot != 0)
            mw_diag_add(diags, MW_ERROR, &c->pos, "twice", "The concept \"%.*s\" stands here for the second time.", MW_SV_ARG(c->id));
        else
            *slot = (uint32_t)(i + 1);
    }
    return v->ids != NULL;
}

/* "LIFE" is a programme and "LEADER" another, "life" and "leader" are neither. */
static bool is_abbreviation(struct mw_sv words)
{
    for (size_t i = 0; i < words.n; i++)
        if ((words.p[i] >= 'a' && words.p[i] <= 'z') || (unsigned char)words.p[i] >= 0x80)
            return false;
    return words.n > 1;
}

/* A short form is one in either language, any other word a German one. */
static bool plant_typed(struct mw_vocabulary *v, struct mw_arena *a, const struct mw_concept *c)
{
    for (size_t i = 0; i < c->typed.n; i++) {
        struct mw_sv word = *MW_AT(c->typed, struct mw_sv, i);
        if (!plant_phrase(v, a, c, word, is_abbreviation(word)))
            return false;
    }
    return true;
}

static bool plant_all(struct mw_vocabulary *v, struct mw_arena *a, enum mw_concept_use use)
{
    for (size_t i = 0; i < v->concepts.n; i++) {
        const struct mw_concept *c = MW_AT(v->concepts, struct mw_concept, i);
        if (c->use == (int)use && (!plant(v, a, c, &c->de, false) || !plant(v, a, c, &c->en, true) || !plant(v, a, c, &c->abbr, true) || !plant_typed(v, a, c)))
            return false;
    }
    return true;
}

bool mw_vocabulary_build(struct mw_vocabulary *v, struct mw_arena *a, struct mw_diags *diags)
{
    size_t words = 0, size = 16;
    if (!number_ids(v, a, diags))
        return false;
    for (size_t i = 0; i < v->concepts.n; i++) {
        const struct mw_concept *c = MW_AT(v->concepts, struct mw_concept, i);
        words += words_in(&c->de) + words_in(&c->en) + words_in(&c->abbr) + words_in(&c->typed);
        check_links(v, c, &c->broader, diags);
        check_links(v, c, &c->related, diags);
    }
    while (size < 2 * words + 1)
        size *= 2;
    v->slots = mw_arena_array(a, size, sizeof *v->slots);
    v->forms = mw_arena_array(a, words, sizeof *v->forms);
    if (v->slots == NULL || v->forms == NULL || words >= UINT32_MAX)
        return false;
    v->mask = size - 1;
    /* a word that also names a theme is the theme's */
    return plant_all(v, a, MW_FOR_ALL) && plant_all(v, a, MW_FOR_SEARCH);
}

/* --- looking up --------------------------------------------------------------------------------------------------- */

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
static bool is_adjective(struct mw_sv word)
{
    static const char *const ENDINGS[] = { "en", "er", "es", "em", "e" };
    static const char *const MAKERS[] = { "lich", "isch", "ig", "al", "ell", "iv", "end", "et", "ert", "los", "bar", "sam", "haft", "frei", "\xc3\xb6s" };
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++)
        if (mw_sv_ends(word, mw_sv(ENDINGS[i]))) {
            word.n -= strlen(ENDINGS[i]);
            break;
        }
    for (size_t i = 0; i < sizeof MAKERS / sizeof *MAKERS; i++)
        if (mw_sv_ends(word, mw_sv(MAKERS[i])))
            return true;
    return false;
}

/* Forms lose endings and umlauts; of what has one form, only this is the same German word: a noun begins with a capital ("pflegen" is no
 * Pflege) but for the adjective made of it ("soziale Beratung"), and an umlaut of the vocabulary stands in the text ("Grund" is no Gründer). */
static bool is_german(struct mw_sv known, struct mw_sv said)
{
    return (is_small(known) || !is_small(said) || is_adjective(said)) && (!has_umlaut(known) || has_umlaut(said) || spells_umlaut(said));
}

/* Whose text is read, and how exactly. */
enum tongue { SEARCH, QUERY, GERMAN, ENGLISH };

/* The concept that the form names in such a text; said: as the text spells it. */
static const struct mw_concept *named_by(const struct word_of *w, enum tongue tongue, struct mw_sv said)
{
    const struct mw_concept *c = tongue == ENGLISH ? w->english : w->concept;
    if (c == NULL || (c->use == MW_FOR_SEARCH && tongue != SEARCH))
        return NULL;
    if (tongue == GERMAN && mw_sv_find(said, MW_SV(" "), 0) == SIZE_MAX && !is_german(w->words, said))
        return NULL;
    return tongue == ENGLISH && is_abbreviation(w->english_words) && !mw_sv_eq(w->english_words, said) ? NULL : c;
}

/* The longest phrase of at most PHRASE_MAX words that begins at from and names a concept; *end is behind it. */
static const struct mw_concept *longest_at(const struct mw_vocabulary *v, struct mw_sv text, size_t from, enum tongue tongue, size_t *end)
{
    struct mw_str key = MW_STR_INIT;
    const struct mw_concept *best = NULL;
    size_t at = from, begin = 0;
    for (int n = 0; n < PHRASE_MAX && key.n < KEY_MAX && next_word(text, &at, &begin); n++) {
        add_key(&key, mw_sv_sub(text, begin, at - begin));
        uint64_t *slot;
        const struct word_of *w = form_of(v, mw_str_sv(&key), &slot);
        if (w == NULL)
            break;
        const struct mw_concept *c = named_by(w, tongue, mw_sv_sub(text, from, at - from));
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
        uint64_t *slot;
        if (((unsigned char)compound.p[to] & 0xC0) == 0x80) /* within a character */
            continue;
        add_key(&key, mw_sv_sub(compound, 0, to));
        const struct word_of *w = mw_str_ok(&key) ? form_of(v, mw_str_sv(&key), &slot) : NULL;
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

static enum mw_rc find(struct mw_list *out, struct mw_arena *a, const struct mw_vocabulary *v, struct mw_sv text, enum tongue tongue, bool within,
    struct mw_err *err)
{
    size_t at = 0, begin = 0;
    if (v->slots == NULL)
        return MW_OK;
    while (next_word(text, &at, &begin)) {
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
    return find(out, a, v, text, QUERY, false, err);
}

bool mw_vocabulary_goes_with_any(const struct mw_vocabulary *v, struct mw_sv word)
{
    size_t end = 0;
    const struct mw_concept *c = v->slots != NULL ? longest_at(v, word, 0, SEARCH, &end) : NULL;
    return c != NULL && c->use == MW_FOR_SEARCH && end == word.n;
}

enum mw_rc mw_vocabulary_find_within(struct mw_list *out, struct mw_arena *a, const struct mw_vocabulary *v, struct mw_sv text, bool english,
    struct mw_err *err)
{
    return find(out, a, v, text, english ? ENGLISH : has_capitals(text) ? GERMAN : QUERY, !english, err);
}

/* query is folded: a word counts as said in every spelling of its umlauts, but not where it is only letters of another. */
static bool said_already(const struct mw_list *out, size_t first, struct mw_sv words, struct mw_sv query)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;

    for (size_t i = first; i < out->n; i++)
        if (mw_sv_ieq(MW_AT(*out, struct mw_expansion, i)->words, words))
            return true;
    mw_fold(&folded, words);
    struct mw_sv w = mw_str_sv(&folded);
    for (size_t at = 0; w.n > 0 && (at = mw_sv_find(query, w, at)) != SIZE_MAX; at++)
        if ((at == 0 || !is_word_byte(query.p[at - 1])) && (at + w.n == query.n || !is_word_byte(query.p[at + w.n])))
            return true;
    return false;
}

static bool add_words(struct mw_list *out, size_t first, struct mw_arena *a, const struct mw_expansion *from, const struct mw_concept *c,
    const struct mw_list *words, size_t max, bool english, int weight, struct mw_sv query)
{
    for (size_t i = 0; i < words->n && i < max; i++) {
        struct mw_sv w = *MW_AT(*words, struct mw_sv, i);
        if (said_already(out, first, w, query))
            continue;
        struct mw_expansion *e = mw_list_add(a, out, sizeof *e);
        if (e == NULL)
            return false;
        *e = (struct mw_expansion){ w, english, weight * from->weight / 100, c, from->begin, from->end };
    }
    return true;
}

static bool names(const struct mw_list *ids, struct mw_sv id)
{
    for (size_t i = 0; i < ids->n; i++)
        if (mw_sv_eq(*MW_AT(*ids, struct mw_sv, i), id))
            return true;
    return false;
}

/* One neighbour's own words: its name and abbreviations, in both languages. */
static bool add_neighbour(struct mw_list *out, size_t first, struct mw_arena *a, const struct mw_expansion *from, const struct mw_concept *c,
    int weight, struct mw_sv query)
{
    return add_words(out, first, a, from, c, &c->de, 2, false, weight, query) && add_words(out, first, a, from, c, &c->abbr, 1, false, weight, query) &&
           add_words(out, first, a, from, c, &c->en, 1, true, weight * 3 / 4, query);
}

static bool expand_one(struct mw_list *out, size_t first, struct mw_arena *a, const struct mw_vocabulary *v, const struct mw_expansion *from,
    struct mw_sv query)
{
    const struct mw_concept *c = from->concept;
    bool good = add_words(out, first, a, from, c, &c->de, SIZE_MAX, false, 80, query) &&
                add_words(out, first, a, from, c, &c->abbr, SIZE_MAX, false, 80, query) &&
                add_words(out, first, a, from, c, &c->en, SIZE_MAX, true, 60, query);
    for (size_t i = 0; i < v->concepts.n && good; i++) {
        const struct mw_concept *other = MW_AT(v->concepts, struct mw_concept, i);
        if (names(&other->broader, c->id))
            good = add_neighbour(out, first, a, from, other, 45, query);
        else if (names(&c->related, other->id) || names(&other->related, c->id))
            good = add_neighbour(out, first, a, from, other, 35, query);
        else if (names(&c->broader, other->id))
            good = add_neighbour(out, first, a, from, other, 30, query);
    }
    return good;
}

static int by_weight(const void *pa, const void *pb)
{
    const struct mw_expansion *a = pa, *b = pb;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    return mw_sv_cmp(a->words, b->words);
}

enum mw_rc mw_vocabulary_expand(struct mw_list *out, struct mw_arena *a, const struct mw_vocabulary *v, struct mw_sv query, struct mw_err *err)
{
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT;
    struct mw_list found = { 0 };
    size_t first = out->n;
    enum mw_rc rc = find(&found, a, v, query, SEARCH, true, err);
    mw_fold(&folded, query);
    for (size_t i = 0; i < found.n && rc == MW_OK; i++)
        if (!expand_one(out, first, a, v, MW_AT(found, struct mw_expansion, i), mw_str_sv(&folded)))
            rc = mw_nomem(err);
    if (out->n > first + 1)
        qsort(MW_AT(*out, struct mw_expansion, first), out->n - first, sizeof(struct mw_expansion), by_weight);
    return rc;
}
