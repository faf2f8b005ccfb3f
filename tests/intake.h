/* What tests of documents share: a document read to a draft, and the draft as one line that is short enough to be read. */
#ifndef MW_TESTS_INTAKE_H
#define MW_TESTS_INTAKE_H

#include "intake/draft.h"
#include "tests/test.h"

static struct mw_rules *rules;
static struct mw_places *places;
static struct mw_parser *parser;
static struct mw_arena *arena;

static int load(void **state)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    (void)state;
    arena = mw_arena_new();
    bool good = arena != NULL && mw_parser_new(&parser, NULL) == MW_OK &&
                mw_rules_load_part(&rules, "rules", MW_RULES_PROFILE, &diags, NULL) == MW_OK &&
                mw_places_load(&places, arena, "config/places/places.tsv", &diags, NULL) == MW_OK;
    mw_diags_free(&diags);
    return good ? 0 : -1;
}

static int drop(void **state)
{
    (void)state;
    mw_parser_free(parser);
    mw_rules_free(rules);
    mw_arena_free(arena);
    return 0;
}

static void draft_of(struct mw_draft *out, struct mw_arena *a, struct mw_sv bytes)
{
    struct mw_intake in = { a, rules, places, MW_EN };
    struct mw_paper paper;
    MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(MW_EN);
    if (mw_paper_read(&paper, a, parser, rules, bytes, &err) != MW_OK || mw_draft_make(out, &in, &paper, &err) != MW_OK)
        fail_msg("%s", err.msg != NULL ? err.msg : "?");
}

/* The JSON without summary, themes, evidence, questions and what was left out, without white space and quotes: short enough to be read. */
static void facts_of(struct mw_str *out, struct mw_draft *d)
{
    struct mw_out_opts opts = { .format = MW_JSON, .compact = true };
    struct mw_str json = MW_STR_INIT;
    d->evidence.n = d->questions.n = d->themes.n = d->left_out.n = 0;
    d->profile.summary = MW_SV_NONE;
    struct mw_out *o = mw_out_to_str(&json, &opts);
    mw_draft_to_out(d, o);
    assert_int_equal(mw_out_finish(o, NULL), MW_OK);
    mw_out_free(o);
    for (size_t i = 0; i < json.n; i++)
        if (json.p[i] != '"' && json.p[i] != '\n' && !(json.p[i] == ' ' && i > 0 && (json.p[i - 1] == ',' || json.p[i - 1] == ':')))
            mw_str_addc(out, json.p[i]);
    mw_str_free(&json);
}

struct doc { const char *why, *text, *has[14], *lacks[8]; };

static inline void check_bytes(const struct doc *c, struct mw_sv bytes)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_draft d = { 0 };
    struct mw_str got = MW_STR_INIT;
    draft_of(&d, a, bytes);
    facts_of(&got, &d);
    for (size_t i = 0; i < COUNT(c->has) && c->has[i] != NULL; i++)
        if (mw_sv_find(mw_str_sv(&got), mw_sv(c->has[i]), 0) == SIZE_MAX)
            fail_msg("%s: no %s in\n%s", c->why, c->has[i], mw_str_z(&got));
    for (size_t i = 0; i < COUNT(c->lacks) && c->lacks[i] != NULL; i++)
        if (mw_sv_find(mw_str_sv(&got), mw_sv(c->lacks[i]), 0) != SIZE_MAX)
            fail_msg("%s: %s must not be in\n%s", c->why, c->lacks[i], mw_str_z(&got));
    mw_str_free(&got);
    mw_arena_free(a);
}

#endif
