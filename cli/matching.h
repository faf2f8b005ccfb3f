/* What `match` is made of: one file for the list, the matrix, the comparison and the questions. */
#ifndef MW_CLI_MATCHING_H
#define MW_CLI_MATCHING_H

#include "cli/estimate.h"
#include "cli/files.h"
#include "index/near.h"

extern const char *const MW_VERDICT_WORDS[]; /* by enum mw_answer: "not eligible", ... English */

/* Each does one kind of match and returns the exit status. */
int mw_cli_matrix(struct mw_cli *cli, const struct mw_match_opts *opts);
int mw_cli_compare(struct mw_cli *cli, const struct mw_profile *p, const struct mw_list *matches, const struct mw_list *terms);
/* --ask: puts the questions on the terminal, the most useful first, and writes each answer into the profile file. *answers: how
 * many were written. */
int mw_cli_ask(struct mw_cli *cli, const char *path, const struct mw_profile *p, const struct mw_list *questions, size_t *answers);

void mw_cli_put_estimate(struct mw_cli *cli, const struct mw_estimate *e); /* one object, and its line */
/* In words of the language: "fits if the total cost stays within 20,000 EUR". */
void mw_cli_near_words(struct mw_str *out, struct mw_cli *cli, const struct mw_near_miss *near);
/* "How many inhabitants has Stadt Muster?" */
void mw_cli_question_words(struct mw_str *out, struct mw_cli *cli, const struct mw_profile *p, const struct mw_question *q);

#endif
