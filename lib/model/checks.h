/* What a plan is checked against beside the terms of its programme (rules/checks/plan.yaml): words that stand for cost nobody
 * refunds or for a text that is not finished. Limits of law are in law.h. Only read here; apply/plan holds a
 * project against it. Each entry has its source, and says where it is not sure. */
#ifndef MW_MODEL_CHECKS_H
#define MW_MODEL_CHECKS_H

#include "lib/model/checklist.h"

/* Labels of eligible cost rows; the narrative; labels and notes of rows that state vat, and of those that do not. */
enum mw_check_where { MW_IN_ROWS, MW_IN_TEXTS, MW_IN_TAXED_ROWS, MW_IN_UNTAXED_ROWS, MW_IN_N };
/* One finding that words raise. */
struct mw_word_check {
    struct mw_pos pos;
    struct mw_sv code;          /* of docs/findings.md */
    int where;                  /* enum mw_check_where */
    enum mw_tri unless_income;  /* yes: only where the project has no revenue and no money of third parties */
    struct mw_list words;       /* struct mw_sv; met without regard to ASCII case, also inside of compounds, but for
                                 * taxed and untaxed rows, where they stand alone */
    struct mw_words says, cure; /* "catering and gifts are not refunded"; what to do */
    struct mw_list sources;     /* struct mw_term_source */
};
struct mw_checks {
    struct mw_pos pos;
    struct mw_sv id;
    struct mw_list words; /* struct mw_word_check */
};

/* Reads such a file; every fault goes to diags with its place. */
enum mw_rc mw_checks_load(struct mw_checks *out, struct mw_arena *a, const char *path, struct mw_diags *diags);
enum mw_rc mw_checks_read(struct mw_checks *out, struct mw_arena *a, const struct mw_node *map, struct mw_diags *diags);
/* checks/plan.yaml below a rules folder; a folder without it has no checks (MW_OK, empty). */
enum mw_rc mw_checks_find(struct mw_checks *out, struct mw_arena *a, const char *rules_dir, struct mw_diags *diags);
#endif
