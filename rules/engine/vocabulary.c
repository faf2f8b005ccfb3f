/* The files of concepts, and their words by the folded, shortened form, in one hash table. */
#include "rules/engine/forms.h"

#include <string.h>

#include "lib/core/schema.h"
#include "lib/language/analyse.h"
#include "rules/engine/ruleset.h"

enum { STEM_MIN = 5 };

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

struct adjectives_file { struct adjectives adjectives; };
static const struct mw_field ADJECTIVES_FIELDS[] = {
    { MW_FIELD(adjectives, "endings", MW_T_LIST, endings), .needed = true, .item = MW_T_TEXT },
    { MW_FIELD(adjectives, "makers", MW_T_LIST, makers), .needed = true, .item = MW_T_TEXT },
};
static const struct mw_schema ADJECTIVES = MW_SCHEMA("adjectives", adjectives, ADJECTIVES_FIELDS);
static const struct mw_field ADJECTIVES_FILE_FIELDS[] = {
    { MW_FIELD(adjectives_file, "adjectives", MW_T_RECORD, adjectives), .needed = true, .sub = &ADJECTIVES },
};
static const struct mw_schema ADJECTIVES_FILE = MW_SCHEMA("file of adjectives", adjectives_file, ADJECTIVES_FILE_FIELDS);

void mw_vocabulary_adjectives(struct mw_vocabulary *v, struct mw_arena *a, const struct mw_node *node, struct mw_diags *diags)
{
    struct adjectives_file f;
    mw_schema_read(&ADJECTIVES_FILE, node, &f, a, diags);
    v->adjectives = f.adjectives;
}

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
bool mw_form_is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

bool mw_form_next_word(struct mw_sv s, size_t *at, size_t *begin)
{
    while (*at < s.n && !mw_form_is_word_byte(s.p[*at]))
        ++*at;
    *begin = *at;
    while (*at < s.n && mw_form_is_word_byte(s.p[*at]))
        ++*at;
    return *at > *begin;
}

void mw_form_add_key(struct mw_str *key, struct mw_sv word)
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

const struct word_of *mw_form_get(const struct mw_vocabulary *v, struct mw_sv key)
{
    uint64_t *slot;
    return form_of(v, key, &slot);
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
    for (size_t at = 0, begin = 0; mw_form_next_word(text, &at, &begin);) {
        if (w != NULL)
            w->goes_on = true;
        mw_form_add_key(&key, mw_sv_sub(text, begin, at - begin));
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
        for (size_t at = 0, begin = 0; mw_form_next_word(*MW_AT(*phrases, struct mw_sv, i), &at, &begin);)
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

bool mw_form_is_abbreviation(struct mw_sv words)
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
        if (!plant_phrase(v, a, c, word, mw_form_is_abbreviation(word)))
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
