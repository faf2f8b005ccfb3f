/* Rule files to structs: which keys there are, and what is refused before anything is compiled. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/core/file.h"
#include "lib/core/trees.h"
#include "rules/engine/criteria.h"
#include "rules/engine/ruleset.h"
#include "rules/engine/statement.h"
#include "rules/engine/theme.h"
#include "rules/engine/vocabulary.h"

/* --- the keys ----------------------------------------------------------------------------------------------------- */
#define TEXT_AT(type_, key_, member_) \
    { MW_FIELD(type_, key_, MW_T_TEXT, member_), .pos_offset = offsetof(struct type_, member_##_pos) }
#define WORDS_OF(type_, key_, member_) { MW_FIELD(type_, key_, MW_T_LIST, member_), .item = MW_T_TEXT }
#define NEEDED(type_, key_, kind_, member_) { MW_FIELD(type_, key_, kind_, member_), .needed = true }

static const struct mw_field WORDLIST_FIELDS[] = {
    { MW_PLACE(mw_wordlist, pos) }, NEEDED(mw_wordlist, "name", MW_T_TEXT, name), WORDS_OF(mw_wordlist, "any", any),
};
static const struct mw_schema WORDLIST = MW_SCHEMA("word list", mw_wordlist, WORDLIST_FIELDS);

static const struct mw_field SCOPE_FIELDS[] = {
    { MW_PLACE(mw_scope, pos) }, NEEDED(mw_scope, "name", MW_T_TEXT, name), WORDS_OF(mw_scope, "words", words),
    TEXT_AT(mw_scope, "begins", begins), TEXT_AT(mw_scope, "under", under), TEXT_AT(mw_scope, "not_under", not_under),
    TEXT_AT(mw_scope, "unless", unless), TEXT_AT(mw_scope, "until", until), { MW_FIELD(mw_scope, "list", MW_T_TRI, list) },
    { MW_FIELD(mw_scope, "soft", MW_T_TRI, soft) }, { MW_FIELD(mw_scope, "whole", MW_T_TRI, whole) }, { MW_FIELD(mw_scope, "for", MW_T_TEXT, condition) },
};
static const struct mw_schema SCOPE = MW_SCHEMA("scope", mw_scope, SCOPE_FIELDS);

static const struct mw_field CONDITION_FIELDS[] = {
    { MW_PLACE(mw_condition, pos) }, NEEDED(mw_condition, "is", MW_T_TEXT, is), TEXT_AT(mw_condition, "find", find),
};
static const struct mw_schema CONDITION = MW_SCHEMA("condition", mw_condition, CONDITION_FIELDS);

struct shared_file {
    struct mw_list blocks, words, scopes, conditions;
    struct mw_sv soft, per, last_year, clock_before, clock_behind;
    struct mw_pos soft_pos, per_pos, last_year_pos, clock_before_pos, clock_behind_pos;
};
static const struct mw_field SHARED_FIELDS[] = {
    { MW_FIELD(shared_file, "blocks", MW_T_DICT, blocks), .item = MW_T_TEXT },
    { MW_FIELD(shared_file, "words", MW_T_LIST, words), .item = MW_T_RECORD, .sub = &WORDLIST },
    { MW_FIELD(shared_file, "scopes", MW_T_LIST, scopes), .item = MW_T_RECORD, .sub = &SCOPE },
    { MW_FIELD(shared_file, "conditions", MW_T_LIST, conditions), .item = MW_T_RECORD, .sub = &CONDITION },
    TEXT_AT(shared_file, "soft", soft), TEXT_AT(shared_file, "per", per), TEXT_AT(shared_file, "last_year", last_year),
    TEXT_AT(shared_file, "clock_before", clock_before), TEXT_AT(shared_file, "clock_behind", clock_behind),
};
static const struct mw_schema SHARED = MW_SCHEMA("file of building blocks", shared_file, SHARED_FIELDS);

static const struct mw_field GIVE_FIELDS[] = {
    { MW_PLACE(mw_give, pos) },
    { MW_FIELD(mw_give, "kind", MW_T_TEXT, field[MW_G_KIND]) }, { MW_FIELD(mw_give, "value", MW_T_TEXT, field[MW_G_VALUE]) },
    { MW_FIELD(mw_give, "date", MW_T_TEXT, field[MW_G_DATE]) }, { MW_FIELD(mw_give, "share", MW_T_TEXT, field[MW_G_SHARE]) },
    { MW_FIELD(mw_give, "amount", MW_T_TEXT, field[MW_G_AMOUNT]) }, { MW_FIELD(mw_give, "months", MW_T_TEXT, field[MW_G_MONTHS]) },
    { MW_FIELD(mw_give, "number", MW_T_TEXT, field[MW_G_NUMBER]) }, { MW_FIELD(mw_give, "first", MW_T_TEXT, field[MW_G_FIRST]) },
    { MW_FIELD(mw_give, "last", MW_T_TEXT, field[MW_G_LAST]) }, { MW_FIELD(mw_give, "per", MW_T_TEXT, field[MW_G_PER]) },
    { MW_FIELD(mw_give, "for", MW_T_TEXT, field[MW_G_FOR]) }, { MW_FIELD(mw_give, "lookup", MW_T_TEXT, lookup) },
    { MW_FIELD(mw_give, "each", MW_T_TRI, each) }, { MW_FIELD(mw_give, "bare", MW_T_TRI, bare) },
};
static const struct mw_schema GIVE = MW_SCHEMA("statement of a rule", mw_give, GIVE_FIELDS);

static const struct mw_field EXAMPLE_FIELDS[] = {
    { MW_PLACE(mw_example, pos) }, NEEDED(mw_example, "text", MW_T_TEXT, text), { MW_FIELD(mw_example, "is", MW_T_TEXT, is) },
    { MW_FIELD(mw_example, "under", MW_T_TEXT, under) },
};
static const struct mw_schema EXAMPLE = MW_SCHEMA("example", mw_example, EXAMPLE_FIELDS);

static const struct mw_field EXAMPLES_FIELDS[] = {
    { MW_FIELD(mw_examples, "find", MW_T_LIST, find), .needed = true, .item = MW_T_RECORD, .sub = &EXAMPLE },
    { MW_FIELD(mw_examples, "leave", MW_T_LIST, leave), .needed = true, .item = MW_T_RECORD, .sub = &EXAMPLE },
};
static const struct mw_schema EXAMPLES = MW_SCHEMA("examples of a rule", mw_examples, EXAMPLES_FIELDS);

static const struct mw_field RULE_FIELDS[] = {
    { MW_PLACE(mw_rule, pos) }, NEEDED(mw_rule, "id", MW_T_TEXT, id), { MW_FIELD(mw_rule, "says", MW_T_TEXT, says) },
    { MW_FIELD(mw_rule, "words", MW_T_LIST, words), .needed = true, .item = MW_T_TEXT },
    WORDS_OF(mw_rule, "also", also), NEEDED(mw_rule, "find", MW_T_NODE, find),
    WORDS_OF(mw_rule, "in", in),
    TEXT_AT(mw_rule, "under", under), TEXT_AT(mw_rule, "not_under", not_under), TEXT_AT(mw_rule, "near", near),
    TEXT_AT(mw_rule, "not_near", not_near), TEXT_AT(mw_rule, "lead", lead), TEXT_AT(mw_rule, "after", after),
    { MW_FIELD(mw_rule, "priority", MW_T_INT, priority) }, { MW_FIELD(mw_rule, "nothing", MW_T_TRI, nothing) },
    { MW_FIELD(mw_rule, "fallback", MW_T_TRI, fallback) }, { MW_FIELD(mw_rule, "soft", MW_T_TRI, soft) },
    { MW_FIELD(mw_rule, "case", MW_T_TRI, cased) },
    { MW_FIELD(mw_rule, "gives", MW_T_LIST, gives), .item = MW_T_RECORD, .sub = &GIVE },
    { MW_FIELD(mw_rule, "examples", MW_T_RECORD, examples), .needed = true, .sub = &EXAMPLES },
};
static const struct mw_schema RULE = MW_SCHEMA("rule", mw_rule, RULE_FIELDS);

struct fact_file { struct mw_sv about; int fact; struct mw_list rules; };
static const struct mw_field FACT_FILE_FIELDS[] = {
    { MW_FIELD(fact_file, "fact", MW_T_WORD, fact), .needed = true, .words = MW_FACT_TYPES },
    { MW_FIELD(fact_file, "about", MW_T_TEXT, about) },
    { MW_FIELD(fact_file, "rules", MW_T_LIST, rules), .needed = true, .item = MW_T_RECORD, .sub = &RULE },
};
static const struct mw_schema FACT_FILE = MW_SCHEMA("file of fact rules", fact_file, FACT_FILE_FIELDS);

struct statement_file { struct mw_sv about; int statement; struct mw_list rules; };
static const struct mw_field STATEMENT_FILE_FIELDS[] = {
    { MW_FIELD(statement_file, "statement", MW_T_WORD, statement), .needed = true, .words = MW_STATEMENTS },
    { MW_FIELD(statement_file, "about", MW_T_TEXT, about) },
    { MW_FIELD(statement_file, "rules", MW_T_LIST, rules), .needed = true, .item = MW_T_RECORD, .sub = &RULE },
};
static const struct mw_schema STATEMENT_FILE = MW_SCHEMA("file of statement rules", statement_file, STATEMENT_FILE_FIELDS);

static const struct mw_field ENTRY_FIELDS[] = {
    { MW_PLACE(mw_lookup_entry, pos) }, NEEDED(mw_lookup_entry, "is", MW_T_TEXT, is),
    { MW_FIELD(mw_lookup_entry, "words", MW_T_LIST, words), .needed = true, .item = MW_T_TEXT },
};
static const struct mw_schema ENTRY = MW_SCHEMA("entry", mw_lookup_entry, ENTRY_FIELDS);

static const struct mw_field LOOKUP_FIELDS[] = {
    { MW_PLACE(mw_lookup, pos) }, NEEDED(mw_lookup, "lookup", MW_T_TEXT, name),
    { MW_FIELD(mw_lookup, "entries", MW_T_LIST, entries), .needed = true, .item = MW_T_RECORD, .sub = &ENTRY },
};
static const struct mw_schema LOOKUP = MW_SCHEMA("word table", mw_lookup, LOOKUP_FIELDS);

/* --- files -------------------------------------------------------------------------------------------------------- */
typedef bool load_fn(struct mw_rules *r, const struct mw_node *node, const char *name, struct mw_diags *diags);

static bool append(struct mw_rules *r, struct mw_list *to, const struct mw_list *from, size_t size)
{
    for (size_t i = 0; i < from->n; i++) {
        void *slot = mw_list_add(r->arena, to, size);
        if (slot == NULL)
            return false;
        memcpy(slot, (const char *)from->items + i * size, size);
    }
    return true;
}

static bool load_shared(struct mw_rules *r, const struct mw_node *node, struct mw_diags *diags)
{
    struct shared_file f;
    mw_schema_read(&SHARED, node, &f, r->arena, diags);
    const struct { struct mw_sv said, *source; struct mw_pos pos; struct mw_pattern *rx; } PATTERNS[] = {
        { f.soft, &r->soft_source, f.soft_pos, &r->soft },
        { f.per, &r->per_source, f.per_pos, &r->per },
        { f.last_year, &r->last_year_source, f.last_year_pos, &r->last_year },
        { f.clock_before, &r->clock_before_source, f.clock_before_pos, &r->clock_before },
        { f.clock_behind, &r->clock_behind_source, f.clock_behind_pos, &r->clock_behind },
    };
    for (size_t i = 0; i < sizeof PATTERNS / sizeof *PATTERNS; i++)
        if (PATTERNS[i].said.p != NULL) {
            *PATTERNS[i].source = PATTERNS[i].said;
            PATTERNS[i].rx->pos = PATTERNS[i].pos;
        }
    return append(r, &r->blocks, &f.blocks, sizeof(struct mw_entry)) && append(r, &r->wordlists, &f.words, sizeof(struct mw_wordlist)) &&
           append(r, &r->scopes, &f.scopes, sizeof(struct mw_scope)) && append(r, &r->conditions, &f.conditions, sizeof(struct mw_condition));
}

static void check_rule(const struct mw_rules *r, const struct mw_rule *rule, struct mw_diags *diags)
{
    bool nothing = rule->nothing == MW_YES;
    if (nothing == (rule->gives.n > 0))
        mw_diag_add(diags, MW_ERROR, &rule->pos, "no-statement",
            "The rule \"%.*s\" needs either gives: (what a match says) or nothing: yes (a match is no fact).", MW_SV_ARG(rule->id));
    if (rule->examples.find.n == 0 || rule->examples.leave.n == 0)
        mw_diag_cure(diags,
            mw_diag_add(diags, MW_ERROR, &rule->pos, "no-example", "The rule \"%.*s\" has no example that it must %s.", MW_SV_ARG(rule->id),
                mw_tr(diags != NULL ? diags->lang : MW_EN, rule->examples.find.n == 0 ? "find" : "leave alone")),
            "Add a sentence of a real notice under examples: %s:.", rule->examples.find.n == 0 ? "find" : "leave");
    if (rule->words.n == 0)
        mw_diag_add(diags, MW_ERROR, &rule->pos, "no-words", "The rule \"%.*s\" names no words: that its sentences contain.", MW_SV_ARG(rule->id));
    for (size_t i = 0; i < r->rules.n; i++) {
        const struct mw_rule *other = MW_AT(r->rules, struct mw_rule, i);
        if (other != rule && other->type == rule->type && mw_sv_eq(other->id, rule->id))
            mw_diag_add(diags, MW_ERROR, &rule->pos, "twice", "The rule \"%.*s\" stands here for the second time; the first is %.*s.",
                MW_SV_ARG(rule->id), MW_SV_ARG(other->place));
    }
}

static bool add_rules(struct mw_rules *r, const struct mw_list *rules, int type, const char *room, const char *name, struct mw_diags *diags)
{
    for (size_t i = 0; i < rules->n; i++) {
        struct mw_rule *rule = mw_list_add(r->arena, &r->rules, sizeof *rule);
        if (rule == NULL)
            return false;
        *rule = *MW_AT(*rules, struct mw_rule, i);
        rule->type = (enum mw_fact_type)(type < 0 ? 0 : type);
        rule->place = mw_arena_printf(r->arena, "rules/%s/%s:%u", room, name, rule->pos.line);
        if (rule->priority == MW_INT_NONE)
            rule->priority = 0;
        if (rule->place.p == NULL)
            return false;
        check_rule(r, rule, diags);
    }
    return true;
}

static bool load_facts(struct mw_rules *r, const struct mw_node *node, const char *name, struct mw_diags *diags)
{
    struct fact_file f;
    if (strcmp(name, "shared.yaml") == 0)
        return load_shared(r, node, diags);
    mw_schema_read(&FACT_FILE, node, &f, r->arena, diags);
    return add_rules(r, &f.rules, f.fact, "facts", name, diags);
}

/* Of the fact rules statements borrow the building blocks and lists of words; scopes and conditions are their own. */
static bool load_blocks(struct mw_rules *r, const struct mw_node *node, const char *name, struct mw_diags *diags)
{
    struct shared_file f;
    if (strcmp(name, "shared.yaml") != 0)
        return true;
    mw_schema_read(&SHARED, node, &f, r->arena, diags);
    return append(r, &r->blocks, &f.blocks, sizeof(struct mw_entry)) && append(r, &r->wordlists, &f.words, sizeof(struct mw_wordlist));
}

static bool load_vocabulary(struct mw_rules *r, const struct mw_node *node, const char *name, struct mw_diags *diags)
{
    if (mw_node_get(node, "purposes") != NULL)
        return mw_purposes_load(r, node, diags);
    if (mw_node_get(node, "adjectives") != NULL) {
        mw_vocabulary_adjectives(r->vocabulary, r->arena, node, diags);
        return true;
    }
    if (mw_node_get(node, "lookup") == NULL)
        return mw_vocabulary_load(r->vocabulary, r->arena, node, name, diags);
    struct mw_lookup *l = mw_list_add(r->arena, &r->lookups, sizeof *l);
    if (l == NULL)
        return false;
    mw_schema_read(&LOOKUP, node, l, r->arena, diags);
    return true;
}

static bool load_statements(struct mw_rules *r, const struct mw_node *node, const char *name, struct mw_diags *diags)
{
    struct statement_file f;
    if (strcmp(name, "shared.yaml") == 0)
        return load_shared(r, node, diags);
    if (mw_node_get(node, "lookup") != NULL)
        return load_vocabulary(r, node, name, diags);
    mw_schema_read(&STATEMENT_FILE, node, &f, r->arena, diags);
    return add_rules(r, &f.rules, f.statement, "profile", name, diags);
}

static bool load_criteria(struct mw_rules *r, const struct mw_node *node, const char *name, struct mw_diags *diags)
{
    return mw_criteria_load(&r->criteria, r->arena, node, name, diags);
}

static uint64_t mix(uint64_t hash, uint64_t more)
{
    return (hash ^ more) * UINT64_C(0x100000001b3) + 1;
}

/* load NULL: the files are only reckoned into the hash. */
static enum mw_rc load_dir(struct mw_rules *r, const char *dir, const char *room, bool needed, load_fn *load, struct mw_diags *diags,
    struct mw_err *err)
{
    struct mw_list names = { 0 };
    struct mw_sv path = mw_arena_printf(r->arena, "%s/%s", dir, room), bytes;
    struct mw_trees trees;
    struct stat st;
    if (path.p == NULL)
        return mw_nomem(err);
    if (!needed && stat(path.p, &st) != 0)
        return MW_OK;
    if (load != NULL)
        mw_trees_open(&trees, r->arena, path.p, NULL);
    enum mw_rc rc = mw_dir_list(&names, r->arena, path.p, ".yaml", err);
    for (size_t i = 0; i < names.n && rc == MW_OK; i++) {
        const char *name = mw_arena_z(r->arena, *MW_AT(names, struct mw_sv, i));
        struct mw_sv file = mw_arena_printf(r->arena, "%s/%s", path.p, name);
        struct mw_node *node = NULL;
        if (name == NULL || file.p == NULL)
            return mw_nomem(err);
        rc = mw_file_read(&bytes, r->arena, file.p, MW_YAML_MAX, err);
        if (rc != MW_OK)
            break;
        uint64_t hash = mw_sv_hash_long(bytes);
        if (load != load_criteria) /* they judge facts and make none */
            r->hash = mix(mix(r->hash, mw_sv_hash(mw_sv(name))), hash);
        if (load == NULL)
            continue;
        if (mw_trees_read(&node, &trees, file.p, bytes, hash, diags) == MW_OK) {
            if (node != NULL && !load(r, node, name, diags))
                return mw_nomem(err);
        } else if (strcmp(name, "shared.yaml") == 0) { /* every rule would be told that its blocks are missing */
            rc = mw_diags_err(diags, MW_INVALID, err);
        }
    }
    if (load != NULL && rc == MW_OK)
        mw_trees_close(&trees);
    return rc;
}

/* What reading and compiling leave behind, good or bad, belongs to r; the caller frees it on failure. */
static enum mw_rc fill(struct mw_rules *r, const char *dir, unsigned parts, struct mw_diags *diags, struct mw_err *err)
{
    size_t before = diags->errors;
    enum mw_rc rc = MW_OK;
    r->hash = MW_ENGINE_VERSION;
    r->statements = (parts & MW_RULES_PROFILE) != 0;
    if ((parts & (MW_RULES_VOCABULARY | MW_RULES_FACTS | MW_RULES_PROFILE)) != 0) /* rules speak of its tables */
        rc = load_dir(r, dir, "vocabulary", false, load_vocabulary, diags, err);
    if (rc == MW_OK && (parts & MW_RULES_FACTS) != 0)
        rc = load_dir(r, dir, "facts", true, load_facts, diags, err);
    if (rc == MW_OK && r->statements)
        rc = load_dir(r, dir, "facts", true, load_blocks, diags, err);
    if (rc == MW_OK && r->statements)
        rc = load_dir(r, dir, "profile", false, load_statements, diags, err);
    if (rc == MW_OK && (parts & MW_RULES_CRITERIA) != 0)
        rc = load_dir(r, dir, "criteria", false, load_criteria, diags, err);
    if (rc != MW_OK)
        return rc;
    if ((!mw_vocabulary_build(r->vocabulary, r->arena, diags) || !mw_themes_build(r, diags) || !mw_rules_compile(r, diags)) && diags->errors == before)
        return mw_nomem(err);
    if (diags->errors > before)
        return mw_diags_err(diags, MW_INVALID, err);
    return MW_OK;
}

enum mw_rc mw_rules_load(struct mw_rules **out, const char *dir, struct mw_diags *diags, struct mw_err *err)
{
    return mw_rules_load_part(out, dir, MW_RULES_ALL, diags, err);
}

enum mw_rc mw_rules_load_part(struct mw_rules **out, const char *dir, unsigned parts, struct mw_diags *diags, struct mw_err *err)
{
    struct mw_diags own = MW_DIAGS_INIT(err != NULL ? err->lang : MW_EN);
    struct mw_rules *r = calloc(1, sizeof *r);
    enum mw_rc rc = MW_OK;

    *out = NULL;
    if (r != NULL) {
        r->arena = mw_arena_new();
        r->matcher = mw_matcher_new();
        r->trigger = r->arena != NULL ? mw_trigger_new(r->arena) : NULL;
        r->vocabulary = r->arena != NULL ? mw_vocabulary_new(r->arena) : NULL;
    }
    if (r == NULL || r->arena == NULL || r->matcher == NULL || r->trigger == NULL || r->vocabulary == NULL)
        rc = mw_nomem(err);
    else
        rc = fill(r, dir, parts, diags != NULL ? diags : &own, err);
    if (rc == MW_OK) {
        *out = r;
        r = NULL;
    }
    mw_rules_free(r);
    mw_diags_free(&own);
    return rc;
}

void mw_rules_free(struct mw_rules *r)
{
    if (r == NULL)
        return;
    mw_rules_free_patterns(r);
    mw_matcher_free(r->matcher);
    mw_arena_free(r->arena);
    free(r);
}

uint64_t mw_rules_work(const struct mw_rules *r)
{
    return r->matcher != NULL ? mw_matcher_work(r->matcher) : 0;
}

uint64_t mw_rules_hash(const struct mw_rules *r)
{
    return r->hash;
}

enum mw_rc mw_rules_hash_files(uint64_t *hash, const char *dir, struct mw_err *err)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_rules r = { .arena = a, .hash = MW_ENGINE_VERSION };
    enum mw_rc rc = a != NULL ? load_dir(&r, dir, "vocabulary", false, NULL, NULL, err) : mw_nomem(err);
    if (rc == MW_OK)
        rc = load_dir(&r, dir, "facts", true, NULL, NULL, err);
    *hash = r.hash;
    return rc;
}
