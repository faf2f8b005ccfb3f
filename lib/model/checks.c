/* Reads rules/checks/plan.yaml. */
#include "lib/model/checks.h"

#include <unistd.h>

#include "lib/model/terms.h"

static const char *const WHERE[MW_IN_N + 1] = { "rows", "texts", "taxed_rows", "untaxed_rows", NULL };

static const struct mw_field WORD_FIELDS[] = {
    { MW_PLACE(mw_word_check, pos) },
    { MW_FIELD(mw_word_check, "code", MW_T_TEXT, code), .needed = true },
    { MW_FIELD(mw_word_check, "where", MW_T_WORD, where), .words = WHERE, .needed = true },
    { MW_FIELD(mw_word_check, "unless_income", MW_T_TRI, unless_income) },
    { MW_FIELD(mw_word_check, "words", MW_T_LIST, words), .item = MW_T_TEXT, .needed = true },
    { MW_FIELD(mw_word_check, "says", MW_T_RECORD, says), .sub = &MW_WORDS, .needed = true },
    { MW_FIELD(mw_word_check, "cure", MW_T_RECORD, cure), .sub = &MW_WORDS, .needed = true },
    { MW_FIELD(mw_word_check, "sources", MW_T_LIST, sources), .item = MW_T_RECORD, .sub = &MW_TERM_SOURCE, .needed = true },
};
static const struct mw_schema WORD = MW_SCHEMA("word check", mw_word_check, WORD_FIELDS);
static const struct mw_field CHECKS_FIELDS[] = {
    { MW_PLACE(mw_checks, pos) },
    { MW_FIELD(mw_checks, "checks", MW_T_TEXT, id), .needed = true },
    { MW_FIELD(mw_checks, "words", MW_T_LIST, words), .item = MW_T_RECORD, .sub = &WORD },
};
static const struct mw_schema CHECKS = MW_SCHEMA("checks", mw_checks, CHECKS_FIELDS);

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
