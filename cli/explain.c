/* mittelweg rules explain, mittelweg rules coverage: what rules did, for those who write them. */
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "lib/core/schema.h"
#include "rules/engine/explain.h"

/* --- explain -------------------------------------------------------------------------------------------------------- */
static const char *const FATE_WORDS[MW_FATE_N] = {
    "became a fact", "says again what another sentence says", "lost to a rule that comes before it", "is no fact, says a rule",
    "not needed: another rule found this", "the sentence stands outside the rule's scope", "its surroundings forbid it (under, near)",
    "no value can be read from it",
};

struct explained {
    struct mw_candidate c;
    struct mw_fact fact; /* c.fact points here, or is NULL */
};
struct explanation {
    struct mw_arena *a;
    struct mw_list all;  /* struct explained */
    bool no_memory;
};

static struct mw_sv keep(struct explanation *x, struct mw_sv s)
{
    struct mw_sv copy = mw_arena_copy(x->a, s);
    x->no_memory = x->no_memory || (s.p != NULL && copy.p == NULL);
    return copy;
}

static void collect(void *ctx, const struct mw_candidate *c)
{
    struct explanation *x = ctx;
    struct explained *slot = mw_list_add(x->a, &x->all, sizeof *slot);
    x->no_memory = x->no_memory || slot == NULL;
    if (slot == NULL)
        return;
    slot->c = *c;
    slot->c.words = keep(x, c->words);
    slot->c.sentence = keep(x, c->sentence);
    mw_fact_clear(&slot->fact);
    if (c->fact == NULL)
        return;
    slot->fact = *c->fact;
    slot->fact.kind = keep(x, slot->fact.kind);
    slot->fact.value = keep(x, slot->fact.value);
    slot->fact.currency = keep(x, slot->fact.currency);
    slot->fact.per = keep(x, slot->fact.per);
    slot->fact.condition = keep(x, slot->fact.condition);
}

/* What became facts first, then what lost, each in order of the text. */
static int by_fate(const void *pa, const void *pb)
{
    const struct mw_candidate *a = &((const struct explained *)pa)->c, *b = &((const struct explained *)pb)->c;
    if ((a->fate == MW_FATE_FACT) != (b->fate == MW_FATE_FACT))
        return a->fate == MW_FATE_FACT ? -1 : 1;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return (a->rule > b->rule) - (a->rule < b->rule);
}

static void put_winner(struct mw_cli *cli, const struct mw_candidate *c)
{
    if (c->by == SIZE_MAX)
        return;
    struct mw_rule_head by = mw_rules_head(cli->rules, c->by);
    mw_out_sv(cli->out, "by", NULL, by.place);
    mw_out_paraf(cli->out, MW_DIM, "%.*s %.*s: %.*s", MW_SV_ARG(by.place), MW_SV_ARG(by.id), MW_SV_ARG(by.says));
}

static void put_candidate(struct mw_cli *cli, const struct explained *e)
{
    struct mw_out *o = cli->out;
    const struct mw_candidate *c = &e->c;
    struct mw_rule_head head = mw_rules_head(cli->rules, c->rule);
    struct mw_str line = MW_STR_INIT;

    mw_out_object(o, NULL, NULL);
    mw_out_z(o, "type", NULL, MW_FACT_TYPES[head.type]);
    mw_out_z(o, "fate", NULL, MW_FATES[c->fate]);
    mw_out_sv(o, "rule", NULL, head.place);
    mw_out_sv(o, "id", NULL, head.id);
    mw_str_addz(&line, mw_fact_label(head.type, cli->lang));
    if (c->fact != NULL) {
        mw_out_sv(o, "kind", NULL, e->fact.kind);
        mw_out_sv(o, "value", NULL, e->fact.value);
        mw_str_addz(&line, ": ");
        mw_fact_words(&line, &e->fact, cli->lang);
    }
    mw_str_addf(&line, " - %s", T(cli, FATE_WORDS[c->fate]));
    mw_out_para(o, c->fate == MW_FATE_FACT ? MW_GOOD : c->fate == MW_FATE_REPEATED ? MW_BODY : MW_DOUBT, mw_str_sv(&line));
    mw_out_sv(o, "words", NULL, c->words);
    mw_out_sv(o, "sentence", NULL, c->sentence);
    mw_out_int(o, "start", NULL, (int64_t)c->start);
    mw_out_para(o, MW_QUOTE, c->words);
    mw_out_paraf(o, MW_DIM, "%.*s %.*s", MW_SV_ARG(head.place), MW_SV_ARG(head.id));
    put_winner(cli, c);
    mw_out_end(o);
    mw_str_free(&line);
}

int mw_cli_rules_explain(struct mw_cli *cli)
{
    struct mw_stored n;
    struct mw_list facts = { 0 };
    struct explanation x = { .a = cli->arena };
    const struct mw_witness witness = { .ctx = &x, .candidate = collect };
    bool all = mw_cli_option(cli, "all") != NULL;
    int64_t from_source = 0, outside = 0;

    if (mw_cli_need(cli, MW_NEEDS_RULES | MW_NEEDS_STORE) != MW_OK ||
        mw_store_get(&n, cli->arena, cli->store, mw_sv(cli->args[1]), &cli->err) != MW_OK ||
        mw_rules_explain(&facts, cli->arena, cli->rules, &n.notice, n.plain, &witness, &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    if (x.no_memory) {
        mw_nomem(&cli->err);
        return mw_cli_fail(cli);
    }
    if (x.all.n > 0)
        qsort(x.all.items, x.all.n, sizeof(struct explained), by_fate);
    mw_out_object(cli->out, NULL, NULL);
    mw_out_para(cli->out, MW_HEADING, n.notice.title);
    mw_out_sv(cli->out, "url", "Address", n.notice.url);
    mw_out_sv(cli->out, "title", NULL, n.notice.title);
    mw_out_list(cli->out, "candidates", "What the rules matched, and what became of it");
    for (size_t i = 0; i < x.all.n; i++) {
        const struct explained *e = MW_AT(x.all, struct explained, i);
        outside += e->c.fate == MW_FATE_SCOPE;
        if (e->c.fate != MW_FATE_SCOPE || all)
            put_candidate(cli, e);
    }
    mw_out_end(cli->out);
    for (size_t i = 0; i < facts.n; i++)
        from_source += MW_AT(facts, struct mw_fact, i)->field.p != NULL;
    mw_out_int(cli->out, "facts_of_text", "Facts of the text", (int64_t)facts.n - from_source);
    mw_out_int(cli->out, "facts_of_source", "Facts of the source's fields", from_source);
    mw_out_int(cli->out, "outside_scope", "Matches outside the rules' scopes (shown with --all)", outside);
    mw_out_end(cli->out);
    mw_rules_report_slow(cli->rules, MW_WARNING, &cli->diags);
    return MW_EXIT_OK;
}

/* --- coverage ------------------------------------------------------------------------------------------------------- */
struct sentence { struct mw_sv url, text; size_t rule; };
struct coverage {
    struct mw_cli *cli;
    int64_t limit;              /* sentences to show of each type */
    int only;                   /* a fact type, -1: all */
    const struct mw_stored *n;  /* being read */
    int64_t *fired, *lost;      /* by rule */
    int64_t untaken[MW_F_TYPE_N];
    struct mw_list shown[MW_F_TYPE_N]; /* struct sentence */
    int64_t notices;
    enum mw_rc rc;
};

static void count_candidate(void *ctx, const struct mw_candidate *c)
{
    struct coverage *v = ctx;
    if (c->fate == MW_FATE_FACT || c->fate == MW_FATE_REPEATED)
        v->fired[c->rule]++;
    else
        v->lost[c->rule]++;
    if (c->fate == MW_FATE_NO_FACT && c->by != SIZE_MAX) /* a rule that keeps others away fires so */
        v->fired[c->by]++;
}

static void count_untaken(void *ctx, enum mw_fact_type type, size_t rule, struct mw_sv text, size_t start)
{
    struct coverage *v = ctx;
    (void)start;
    v->untaken[type]++;
    if ((v->only >= 0 && v->only != (int)type) || (int64_t)v->shown[type].n >= v->limit)
        return;
    struct sentence *s = mw_list_add(v->cli->arena, &v->shown[type], sizeof *s);
    if (s != NULL)
        *s = (struct sentence){ mw_arena_copy(v->cli->arena, v->n->notice.url), mw_arena_copy(v->cli->arena, text), rule };
}

static bool read_one(void *ctx, const struct mw_stored *n)
{
    struct coverage *v = ctx;
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_list facts = { 0 };
    const struct mw_witness witness = { .ctx = v, .candidate = count_candidate, .untaken = count_untaken };

    v->n = n;
    v->notices++;
    v->rc = a != NULL ? mw_rules_explain(&facts, a, v->cli->rules, &n->notice, n->plain, &witness, &v->cli->err) : mw_nomem(&v->cli->err);
    return v->rc == MW_OK;
}

static const struct mw_column RULES[] = { { "rule", "Rule", false }, { "id", "Name", false }, { ".lost", "Candidates that lost", true } };

static void put_rules(struct coverage *v, bool silent)
{
    struct mw_out *o = v->cli->out;
    mw_out_table(o, silent ? "silent" : "rules", silent ? "Rules that never fire" : NULL, RULES, silent ? 3 : 0);
    for (size_t i = 0; i < mw_rules_count(v->cli->rules); i++) {
        struct mw_rule_head h = mw_rules_head(v->cli->rules, i);
        if ((v->only >= 0 && v->only != (int)h.type) || (silent && v->fired[i] > 0))
            continue;
        mw_out_row(o);
        mw_out_sv(o, "rule", NULL, h.place);
        mw_out_sv(o, "id", NULL, h.id);
        mw_out_z(o, "type", NULL, MW_FACT_TYPES[h.type]);
        mw_out_bool(o, "nothing", NULL, h.nothing);
        mw_out_int(o, "fired", NULL, v->fired[i]);
        mw_out_int(o, "lost", NULL, v->lost[i]);
        mw_out_int(o, ".lost", NULL, v->lost[i]);
        mw_out_end(o);
    }
    mw_out_end(o);
}

static void put_sentences(struct coverage *v)
{
    struct mw_out *o = v->cli->out;
    mw_out_list(o, "untaken", "Sentences that hold the words of a rule and that none took");
    for (int t = 0; t < MW_F_TYPE_N; t++) {
        if (v->untaken[t] == 0 || (v->only >= 0 && v->only != t))
            continue;
        mw_out_object(o, NULL, NULL);
        mw_out_z(o, "type", NULL, MW_FACT_TYPES[t]);
        mw_out_int(o, "count", NULL, v->untaken[t]);
        mw_out_paraf(o, MW_HEADING, "%s: %lld", mw_fact_label((enum mw_fact_type)t, v->cli->lang), (long long)v->untaken[t]);
        mw_out_list(o, "sentences", NULL);
        for (size_t i = 0; i < v->shown[t].n; i++) {
            const struct sentence *s = MW_AT(v->shown[t], struct sentence, i);
            struct mw_rule_head h = mw_rules_head(v->cli->rules, s->rule);
            mw_out_object(o, NULL, NULL);
            mw_out_sv(o, "url", NULL, s->url);
            mw_out_sv(o, "rule", NULL, h.place);
            mw_out_sv(o, "sentence", NULL, s->text);
            mw_out_para(o, MW_QUOTE, s->text);
            mw_out_paraf(o, MW_DIM, "%.*s, %.*s", MW_SV_ARG(h.place), MW_SV_ARG(s->url));
            mw_out_end(o);
        }
        mw_out_end(o);
        mw_out_end(o);
    }
    mw_out_end(o);
}

static bool wanted_type(struct coverage *v)
{
    const char *type = mw_cli_option(v->cli, "type");
    v->only = -1;
    for (int t = 0; type != NULL && t < MW_F_TYPE_N; t++)
        if (strcmp(MW_FACT_TYPES[t], type) == 0)
            v->only = t;
    if (type == NULL || v->only >= 0)
        return true;
    const char *near = mw_nearest(mw_sv(type), MW_FACT_TYPES, MW_F_TYPE_N);
    mw_fail(&v->cli->err, MW_INVALID, "\"%s\" is no type of fact; perhaps \"%s\"?", type, near != NULL ? near : MW_FACT_TYPES[0]);
    return false;
}

int mw_cli_rules_coverage(struct mw_cli *cli)
{
    struct coverage v = { .cli = cli };

    if (!mw_cli_number(cli, "limit", 0, 100000, 3, &v.limit) || !wanted_type(&v))
        return mw_cli_fail(cli);
    if (mw_cli_need(cli, MW_NEEDS_RULES | MW_NEEDS_STORE) != MW_OK)
        return mw_cli_fail(cli);
    v.fired = mw_arena_array(cli->arena, mw_rules_count(cli->rules) + 1, sizeof *v.fired);
    v.lost = mw_arena_array(cli->arena, mw_rules_count(cli->rules) + 1, sizeof *v.lost);
    if (v.fired == NULL || v.lost == NULL) {
        mw_nomem(&cli->err);
        return mw_cli_fail(cli);
    }
    if (mw_store_each(cli->store, read_one, &v, &cli->err) != MW_OK || v.rc != MW_OK)
        return mw_cli_fail(cli);
    mw_out_object(cli->out, NULL, NULL);
    mw_out_int(cli->out, "notices", "Notices read", v.notices);
    put_rules(&v, true);
    if (cli->style.format == MW_JSON)
        put_rules(&v, false);
    put_sentences(&v);
    mw_out_end(cli->out);
    mw_rules_report_slow(cli->rules, MW_WARNING, &cli->diags);
    return MW_EXIT_OK;
}
