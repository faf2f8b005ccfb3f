/* Reads rules/checks/plan.yaml. */
#include "lib/model/checks.h"

#include <unistd.h>

#include "lib/model/terms.h"

static const char *const WHERE[] = { "rows", "texts", NULL };

#define F(type_, key_, t_, m_) .key = (key_), .type = (t_), .offset = offsetof(struct type_, m_)
#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct mw_field WORDS_FIELDS[] = {
    { F(mw_words, "de", MW_T_TEXT, de), .needed = true },
    { F(mw_words, "en", MW_T_TEXT, en), .needed = true },
};
static const struct mw_schema WORDS = { "text in two languages", sizeof(struct mw_words), WORDS_FIELDS,
                                        COUNT(WORDS_FIELDS) };
static const struct mw_field WORD_FIELDS[] = {
    { .type = MW_T_POS, .offset = offsetof(struct mw_word_check, pos) },
    { F(mw_word_check, "code", MW_T_TEXT, code), .needed = true },
    { F(mw_word_check, "where", MW_T_WORD, where), .words = WHERE, .needed = true },
    { F(mw_word_check, "unless_income", MW_T_TRI, unless_income) },
    { F(mw_word_check, "words", MW_T_LIST, words), .item = MW_T_TEXT, .needed = true },
    { F(mw_word_check, "says", MW_T_RECORD, says), .sub = &WORDS, .needed = true },
    { F(mw_word_check, "cure", MW_T_RECORD, cure), .sub = &WORDS, .needed = true },
    { F(mw_word_check, "sources", MW_T_LIST, sources), .item = MW_T_RECORD, .sub = &MW_TERM_SOURCE, .needed = true },
};
static const struct mw_schema WORD = { "word check", sizeof(struct mw_word_check), WORD_FIELDS, COUNT(WORD_FIELDS) };
static const struct mw_field CHECKS_FIELDS[] = {
    { .type = MW_T_POS, .offset = offsetof(struct mw_checks, pos) },
    { F(mw_checks, "checks", MW_T_TEXT, id), .needed = true },
    { F(mw_checks, "words", MW_T_LIST, words), .item = MW_T_RECORD, .sub = &WORD },
};
static const struct mw_schema CHECKS = { "checks", sizeof(struct mw_checks), CHECKS_FIELDS, COUNT(CHECKS_FIELDS) };

enum mw_rc mw_checks_read(struct mw_checks *out, struct mw_arena *a, const struct mw_node *map, struct mw_diags *diags)
{
    return mw_schema_read(&CHECKS, map, out, a, diags) ? MW_OK : MW_INVALID;
}

enum mw_rc mw_checks_load(struct mw_checks *out, struct mw_arena *a, const char *path, struct mw_diags *diags)
{
    struct mw_node *map = NULL;
    enum mw_rc rc = mw_yaml_load(&map, a, path, diags);

    *out = (struct mw_checks){ 0 };
    return rc == MW_OK ? mw_checks_read(out, a, map, diags) : rc;
}

enum mw_rc mw_checks_find(struct mw_checks *out, struct mw_arena *a, const char *rules_dir, struct mw_diags *diags)
{
    struct mw_sv path = mw_arena_printf(a, "%s/checks/plan.yaml", rules_dir);

    *out = (struct mw_checks){ 0 };
    if (path.p == NULL)
        return MW_NOMEM;
    return access(path.p, F_OK) == 0 ? mw_checks_load(out, a, path.p, diags) : MW_OK;
}
