/* Patterns of rule files: building blocks put in, compiled, and the words they wait for planted in one automaton. */
#include <string.h>

#include "lib/language/analyse.h"
#include "rules/engine/ruleset.h"
#include "rules/engine/vocabulary.h"

enum { NESTING = 6, WORD_RULES_MAX = 60000 };

/* --- {{blocks}} --------------------------------------------------------------------------------------------------- */
static void add_quoted(struct mw_str *out, struct mw_sv word) /* a table's word as a pattern: "hessisch*" */
{
    for (size_t i = 0; i < word.n; i++) {
        char c = word.p[i];
        if (c == '*' && i + 1 == word.n)
            mw_str_addz(out, "\\w*+");
        else if (strchr("\\^$.[]|()?*+{}-", c) != NULL)
            mw_str_addf(out, "\\%c", c);
        else
            mw_str_addc(out, c);
    }
}

/* All words of a table, longer ones first, so that "Sachsen-Anhalt" is not read as "Sachsen". */
static void add_table(struct mw_str *out, const struct mw_lookup *t)
{
    size_t longest = 0;
    bool first = true;
    for (size_t e = 0; e < t->entries.n; e++) {
        const struct mw_lookup_entry *entry = MW_AT(t->entries, struct mw_lookup_entry, e);
        for (size_t w = 0; w < entry->words.n; w++)
            longest = MW_AT(entry->words, struct mw_sv, w)->n > longest ? MW_AT(entry->words, struct mw_sv, w)->n : longest;
    }
    for (size_t n = longest; n > 0; n--)
        for (size_t e = 0; e < t->entries.n; e++) {
            const struct mw_lookup_entry *entry = MW_AT(t->entries, struct mw_lookup_entry, e);
            for (size_t w = 0; w < entry->words.n; w++) {
                struct mw_sv word = *MW_AT(entry->words, struct mw_sv, w);
                if (word.n != n)
                    continue;
                mw_str_addz(out, first ? "\\b(?:" : "|");
                add_quoted(out, word);
                first = false;
            }
        }
    mw_str_addz(out, first ? "(?!)" : ")(?!\\w)");
}

/* A word of a concept as a pattern: its words may have endings, the usual ones of German and English. */
static void add_label(struct mw_str *out, struct mw_sv label)
{
    enum { INFLECTED_MIN = 4 };
    struct mw_sv word, rest = label;
    for (bool more = true; more;) {
        more = mw_sv_cut(rest, ' ', &word, &rest);
        add_quoted(out, word);
        if (word.n >= INFLECTED_MIN && word.p[word.n - 1] >= 'a' && word.p[word.n - 1] <= 'z')
            mw_str_addz(out, "[emnrs]{0,2}");
        if (more)
            mw_str_addc(out, ' ');
    }
}

/* {{concept:finanzschwach}}: the concept's words and abbreviations in both languages. */
static bool add_concept(struct mw_str *out, const struct mw_rules *r, struct mw_sv id, const struct mw_pos *pos, struct mw_diags *diags)
{
    const struct mw_concept *c = mw_rules_concept(r, id, pos, diags);
    if (c == NULL)
        return false;
    const struct mw_list *const ALL[] = { &c->de, &c->en, &c->abbr };
    const char *before = "\\b(?:";
    for (size_t k = 0; k < sizeof ALL / sizeof *ALL; k++)
        for (size_t i = 0; i < ALL[k]->n; i++) {
            mw_str_addz(out, before);
            add_label(out, *MW_AT(*ALL[k], struct mw_sv, i));
            before = "|";
        }
    mw_str_addz(out, ")(?!\\w)");
    return true;
}

static bool put_block(struct mw_str *out, const struct mw_rules *r, struct mw_sv name, const struct mw_pos *pos, unsigned depth,
    struct mw_diags *diags);

/* The group that a block is without a name of its own: $percent of {{percent}}, $grad_b of {{concept:grad-b}}. */
static void add_group_name(struct mw_str *out, struct mw_sv block)
{
    if (mw_sv_starts(block, MW_CONCEPT_BLOCK))
        block = mw_sv_sub(block, MW_CONCEPT_BLOCK.n, SIZE_MAX);
    for (struct mw_sv part; block.n > 0;) {
        bool more = mw_sv_cut(block, '-', &part, &block);
        mw_str_add(out, part);
        mw_str_addz(out, more ? "_" : "");
    }
}

static bool expand(struct mw_str *out, const struct mw_rules *r, struct mw_sv pattern, const struct mw_pos *pos, unsigned depth,
    struct mw_diags *diags)
{
    bool good = true;
    for (size_t i = 0; i < pattern.n;) {
        size_t open = mw_sv_find(pattern, MW_SV("{{"), i);
        size_t close = open == SIZE_MAX ? SIZE_MAX : mw_sv_find(pattern, MW_SV("}}"), open);
        if (close == SIZE_MAX) {
            mw_str_add(out, mw_sv_sub(pattern, i, SIZE_MAX));
            break;
        }
        struct mw_sv name, group;
        mw_str_add(out, mw_sv_sub(pattern, i, open - i));
        bool named = mw_sv_cut(mw_sv_sub(pattern, open + 2, close - open - 2), '=', &name, &group);
        mw_str_addz(out, depth == 0 ? "(?<" : "(?:");
        if (depth == 0) {
            add_group_name(out, named ? group : name);
            mw_str_addc(out, '>');
        }
        good = put_block(out, r, name, pos, depth, diags) && good;
        mw_str_addc(out, ')');
        i = close + 2;
    }
    return good;
}

static bool put_block(struct mw_str *out, const struct mw_rules *r, struct mw_sv name, const struct mw_pos *pos, unsigned depth,
    struct mw_diags *diags)
{
    const char *names[64];
    size_t n = 0;
    if (depth >= NESTING) {
        mw_diag_add(diags, MW_ERROR, pos, "block", "The building block {{%.*s}} contains itself.", MW_SV_ARG(name));
        return false;
    }
    if (mw_sv_starts(name, MW_CONCEPT_BLOCK))
        return add_concept(out, r, mw_sv_sub(name, MW_CONCEPT_BLOCK.n, SIZE_MAX), pos, diags);
    for (size_t i = 0; i < r->blocks.n; i++) {
        const struct mw_entry *b = MW_AT(r->blocks, struct mw_entry, i);
        if (mw_sv_eq(b->key, name))
            return expand(out, r, b->v.text, &b->pos, depth + 1, diags);
        if (n < sizeof names / sizeof *names)
            names[n++] = mw_arena_z(r->arena, b->key);
    }
    for (size_t i = 0; i < r->lookups.n; i++)
        if (mw_sv_eq(MW_AT(r->lookups, struct mw_lookup, i)->name, name)) {
            add_table(out, MW_AT(r->lookups, struct mw_lookup, i));
            return true;
        }
    struct mw_diag *d = mw_diag_add(diags, MW_ERROR, pos, "block", "There is no building block {{%.*s}}.", MW_SV_ARG(name));
    const char *near = mw_nearest(name, names, n);
    if (near != NULL)
        mw_diag_cure(diags, d, "Perhaps {{%s}} is meant; the blocks stand in facts/shared.yaml.", near);
    return false;
}

bool mw_rules_expand(struct mw_str *out, const struct mw_rules *r, struct mw_sv pattern, const struct mw_pos *pos, struct mw_diags *diags)
{
    return expand(out, r, pattern, pos, 0, diags) && mw_str_ok(out);
}

/* source: with its blocks put in. */
static bool compile_source(struct mw_pattern *out, struct mw_rules *r, struct mw_sv source, enum mw_spelling of, const struct mw_pos *pos,
    struct mw_diags *diags)
{
    *out = (struct mw_pattern){ .pos = *pos };
    bool good = mw_pattern_compile(out, source, of, pos, diags) && mw_rules_plant(r, out, source);
    if (out->code != NULL) {
        struct mw_pattern **slot = mw_list_add(r->arena, &r->patterns, sizeof(struct mw_pattern *));
        if (slot == NULL) {
            mw_pattern_free(out);
            return false;
        }
        *slot = out;
    }
    return good;
}

/* Absent patterns stay without code. */
static bool compile_as(struct mw_pattern *out, struct mw_rules *r, struct mw_sv pattern, enum mw_spelling of, const struct mw_pos *pos,
    struct mw_diags *diags)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    *out = (struct mw_pattern){ .pos = *pos };
    return pattern.p == NULL || (mw_rules_expand(&s, r, pattern, pos, diags) && compile_source(out, r, mw_str_sv(&s), of, pos, diags));
}

static bool compile(struct mw_pattern *out, struct mw_rules *r, struct mw_sv pattern, const struct mw_pos *pos, struct mw_diags *diags)
{
    return compile_as(out, r, pattern, MW_UNCASED, pos, diags);
}

/* Of scopes, which begin in many ways: the alternatives as pieces, each asked only where its own words stand. */
static bool compile_apart(struct mw_pattern *out, struct mw_rules *r, struct mw_sv pattern, const struct mw_pos *pos, struct mw_diags *diags)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    *out = (struct mw_pattern){ .pos = *pos };
    if (pattern.p == NULL)
        return true;
    if (!mw_rules_expand(&s, r, pattern, pos, diags))
        return false;
    struct mw_sv source = mw_str_sv(&s);
    for (size_t from = 0, end; from <= source.n; from = end + 1) {
        end = mw_pattern_piece_end(source, from);
        if (from > 0 && (out->other = mw_arena_alloc(r->arena, sizeof *out)) == NULL)
            return false;
        out = from > 0 ? out->other : out;
        if (!compile_source(out, r, mw_sv_sub(source, from, end - from), MW_UNCASED, pos, diags))
            return false;
    }
    return true;
}

/* --- rules -------------------------------------------------------------------------------------------------------- */
static const char *const FIELD_NAMES[MW_G_N] = { "kind", "value", "date", "share", "amount", "months", "number", "first", "last", "per", "for" };

static void compile_give(struct mw_rules *r, struct mw_find *f, struct mw_give *g, struct mw_slot slots[MW_G_N], struct mw_diags *diags)
{
    for (size_t k = 0; k < MW_G_N; k++) {
        slots[k].n = 0;
        if (g->field[k].p == NULL || !mw_sv_starts(g->field[k], MW_SV("$")))
            continue;
        slots[k].n = mw_pattern_groups(&f->rx, mw_sv_sub(g->field[k], 1, SIZE_MAX), slots[k].group, MW_SAME_NAME);
    }
    for (size_t i = 0; i < r->lookups.n && g->lookup.p != NULL; i++)
        if (mw_sv_eq(MW_AT(r->lookups, struct mw_lookup, i)->name, g->lookup))
            g->table = MW_AT(r->lookups, struct mw_lookup, i);
    if (g->lookup.p != NULL && g->table == NULL)
        mw_diag_add(diags, MW_ERROR, &g->pos, "lookup", "There is no table \"%.*s\" in rules/vocabulary.", MW_SV_ARG(g->lookup));
}

/* A $group that no pattern of the rule has is a slip of the pen. */
static void check_groups(const struct mw_rule *rule, struct mw_diags *diags)
{
    for (size_t g = 0; g < rule->gives.n; g++) {
        const struct mw_give *give = MW_AT(rule->gives, struct mw_give, g);
        for (size_t k = 0; k < MW_G_N; k++) {
            size_t found = 0;
            if (give->field[k].p == NULL || !mw_sv_starts(give->field[k], MW_SV("$")))
                continue;
            for (size_t i = 0; i < rule->n_finds; i++)
                found += rule->finds[i].slots[g][k].n;
            if (found == 0)
                mw_diag_add(diags, MW_ERROR, &give->pos, "group", "%s: %.*s names a group that no pattern of the rule has.", FIELD_NAMES[k],
                    MW_SV_ARG(give->field[k]));
        }
    }
}

static bool compile_finds(struct mw_rules *r, struct mw_rule *rule, struct mw_diags *diags)
{
    const struct mw_node *node = rule->find, *const *items = &node;
    size_t n = 1;
    if (node == NULL)
        return true; /* said by the schema */
    if (node->kind == MW_SEQ) {
        items = (const struct mw_node *const *)node->items;
        n = node->n;
    }
    enum mw_spelling of = (enum mw_spelling)((rule->cased == MW_YES ? MW_CASED : MW_UNCASED) | (r->statements ? MW_STOPPED : MW_UNCASED));
    rule->finds = mw_arena_array(r->arena, n, sizeof *rule->finds);
    if (rule->finds == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        struct mw_find *f = &rule->finds[i];
        rule->n_finds = i + 1;
        f->slots = mw_arena_array(r->arena, rule->gives.n + 1, sizeof *f->slots);
        if (f->slots == NULL)
            return false;
        if (items[i]->kind != MW_SCALAR) {
            mw_diag_add(diags, MW_ERROR, &items[i]->pos, "pattern", "find: must be a pattern or a list of patterns.");
            continue;
        }
        if (!compile_as(&f->rx, r, items[i]->text, of, &items[i]->pos, diags))
            continue;
        for (size_t g = 0; g < rule->gives.n; g++)
            compile_give(r, f, MW_AT(rule->gives, struct mw_give, g), f->slots[g], diags);
    }
    return true;
}

static bool compile_rule(struct mw_rules *r, size_t index, struct mw_diags *diags)
{
    struct mw_rule *rule = MW_AT(r->rules, struct mw_rule, index);
    size_t before = diags->errors;
    compile(&rule->under_rx, r, rule->under, &rule->under_pos, diags);
    compile(&rule->not_under_rx, r, rule->not_under, &rule->not_under_pos, diags);
    compile(&rule->near_rx, r, rule->near, &rule->near_pos, diags);
    compile(&rule->not_near_rx, r, rule->not_near, &rule->not_near_pos, diags);
    compile(&rule->lead_rx, r, rule->lead, &rule->lead_pos, diags);
    compile(&rule->after_rx, r, rule->after, &rule->after_pos, diags);
    if (!compile_finds(r, rule, diags))
        return false;
    if (diags->errors == before)
        check_groups(rule, diags);
    for (size_t i = 0; i < rule->in.n; i++) {
        bool known = false;
        for (size_t s = 0; s < r->scopes.n && s < 64; s++)
            if (mw_sv_eq(MW_AT(r->scopes, struct mw_scope, s)->name, *MW_AT(rule->in, struct mw_sv, i))) {
                rule->scopes |= UINT64_C(1) << s;
                known = true;
            }
        if (!known)
            mw_diag_add(diags, MW_ERROR, &rule->pos, "scope", "There is no scope \"%.*s\" in facts/shared.yaml.",
                MW_SV_ARG(*MW_AT(rule->in, struct mw_sv, i)));
    }
    return mw_rules_wait_for(r, &rule->words, index, MW_WAITS_WORDS, &rule->pos, diags) &&
           mw_rules_wait_for(r, &rule->also, index, MW_WAITS_ALSO, &rule->pos, diags);
}

static bool compile_scope(struct mw_rules *r, size_t index, struct mw_diags *diags)
{
    struct mw_scope *s = MW_AT(r->scopes, struct mw_scope, index);
    compile_apart(&s->begins_rx, r, s->begins, &s->begins_pos, diags);
    compile_apart(&s->under_rx, r, s->under, &s->under_pos, diags);
    compile_apart(&s->not_under_rx, r, s->not_under, &s->not_under_pos, diags);
    compile_apart(&s->unless_rx, r, s->unless, &s->unless_pos, diags);
    compile_apart(&s->until_rx, r, s->until, &s->until_pos, diags);
    return mw_rules_wait_for(r, &s->words, index, MW_WAITS_SCOPE, &s->pos, diags);
}

bool mw_rules_compile(struct mw_rules *r, struct mw_diags *diags)
{
    size_t before = diags->errors;
    bool fits = r->rules.n < WORD_RULES_MAX;
    for (size_t i = 0; i < r->scopes.n && fits; i++)
        fits = compile_scope(r, i, diags);
    const struct { struct mw_pattern *rx; struct mw_sv source; } SHARED[] = { { &r->soft, r->soft_source }, { &r->per, r->per_source },
        { &r->last_year, r->last_year_source }, { &r->clock_before, r->clock_before_source }, { &r->clock_behind, r->clock_behind_source } };
    for (size_t i = 0; i < sizeof SHARED / sizeof *SHARED; i++) {
        struct mw_pos pos = SHARED[i].rx->pos;
        compile(SHARED[i].rx, r, SHARED[i].source, &pos, diags);
    }
    for (size_t i = 0; i < r->conditions.n; i++) {
        struct mw_condition *c = MW_AT(r->conditions, struct mw_condition, i);
        compile(&c->rx, r, c->find, &c->find_pos, diags);
    }
    for (size_t i = 0; i < r->rules.n && fits; i++)
        fits = compile_rule(r, i, diags);
    fits = fits && mw_trigger_build(r->trigger);
    return fits && diags->errors == before;
}

void mw_rules_free_patterns(struct mw_rules *r)
{
    for (size_t i = 0; i < r->patterns.n; i++)
        mw_pattern_free(*MW_AT(r->patterns, struct mw_pattern *, i));
}

/* Letters of the word that words match, 0: they do not. */
static size_t word_fits(struct mw_sv word, struct mw_sv words)
{
    bool beginning = mw_sv_ends(word, MW_SV("*"));
    size_t n = word.n - beginning;
    bool long_enough = beginning ? words.n >= n : words.n == n;
    return long_enough && mw_sv_ieq(mw_sv_sub(words, 0, n), mw_sv_sub(word, 0, n)) ? n : 0;
}

bool mw_lookup_entry_has(const struct mw_lookup_entry *e, struct mw_sv words)
{
    for (size_t w = 0; w < e->words.n; w++)
        if (word_fits(*MW_AT(e->words, struct mw_sv, w), words) > 0)
            return true;
    return false;
}

/* fold: scratch to fold the table's words in; NULL: they are taken as they stand. */
static struct mw_sv find_in(const struct mw_lookup *t, struct mw_sv words, struct mw_str *fold)
{
    struct mw_sv best = MW_SV_NONE;
    size_t best_n = 0;
    for (size_t e = 0; e < t->entries.n; e++) {
        const struct mw_lookup_entry *entry = MW_AT(t->entries, struct mw_lookup_entry, e);
        for (size_t w = 0; w < entry->words.n; w++) {
            struct mw_sv word = *MW_AT(entry->words, struct mw_sv, w);
            if (fold != NULL) {
                mw_str_clear(fold);
                mw_fold(fold, word);
                word = mw_str_sv(fold);
            }
            size_t n = word_fits(word, words);
            if (n > best_n) {
                best = entry->is;
                best_n = n;
            }
        }
    }
    return best;
}

struct mw_sv mw_lookup_find(const struct mw_lookup *t, struct mw_sv words) { return find_in(t, words, NULL); }

struct mw_sv mw_lookup_find_folded(const struct mw_lookup *t, struct mw_sv folded)
{
    MW_AUTO(mw_str_free) struct mw_str fold = MW_STR_INIT;
    return find_in(t, folded, &fold);
}
