/* What `match` is made of: one file for the list, the matrix, the comparison and the questions. */
#ifndef MW_CLI_MATCHING_H
#define MW_CLI_MATCHING_H

#include "cli/estimate.h"
#include "cli/files.h"
#include "index/near.h"
#include "lib/model/decision.h"

extern const char *const MW_VERDICT_WORDS[]; /* by enum mw_answer: "not eligible", ... English */

extern const enum mw_style MW_VERDICT_STYLES[];  /* by enum mw_answer */

/* What people decided about the programmes of one profile (its file of decisions; lib/model/decision.h). */
struct mw_decided {
    struct mw_list decisions;   /* struct mw_decision */
    struct mw_list folded;      /* struct mw_match: dismissed, for reasons that still hold, and left out of the list */
};
/* Reads the decisions beside the profile at path. */
enum mw_rc mw_cli_decisions(struct mw_decided *out, struct mw_cli *cli, const char *path);
/* The last decision about a programme that is no note, made at this address or another one (also: struct mw_linked); NULL: none. */
const struct mw_decision *mw_cli_decision(const struct mw_decided *d, struct mw_sv url, const struct mw_list *also);
/* How many matches may have to be left out. */
size_t mw_cli_dismissals(const struct mw_decided *d);
/* Takes what is dismissed out of the matches and into d->folded, unless all; then at most limit matches are left. */
enum mw_rc mw_cli_fold(struct mw_decided *d, struct mw_list *matches, struct mw_cli *cli, bool all, size_t limit);
void mw_cli_put_decisions(struct mw_cli *cli, const struct mw_decided *d, const struct mw_match *m); /* of one programme */
void mw_cli_put_folded(struct mw_cli *cli, const struct mw_decided *d);                              /* how many, which, why */

/* All that the list of one profile's programmes is made of. */
struct mw_listing {
    struct mw_cli *cli;
    const struct mw_profile *p;
    const struct mw_match_opts *opts;
    struct mw_list matches, terms, questions; /* struct mw_match, mw_terms, mw_question */
    int64_t best;                             /* mw_match_best() of all of them, the dismissed too */
    struct mw_decided decided;
    bool evidence;                            /* the proving sentence of every criterion, not only of doubts */
};
int mw_cli_put_matches(const struct mw_listing *l); /* returns the exit status */
/* Of a joint project: verdict, rate and estimate of each applicant, where they differ. */
enum mw_rc mw_cli_put_apart(const struct mw_listing *l, const struct mw_match *m);

/* Each does one kind of match and returns the exit status. */
int mw_cli_matrix(struct mw_cli *cli, const struct mw_match_opts *opts);
int mw_cli_compare(const struct mw_listing *l);
/* --ask: puts the questions on the terminal, the most useful first, and writes each answer into the profile file. *answers: how
 * many were written. */
int mw_cli_ask(struct mw_cli *cli, const char *path, const struct mw_profile *p, const struct mw_list *questions, size_t *answers);

/* "Estimate, no promise: ..." with its formula, or why there is none; appended. */
void mw_cli_estimate_words(struct mw_str *out, struct mw_cli *cli, const struct mw_estimate *e);
void mw_cli_put_estimate(struct mw_cli *cli, const struct mw_estimate *e); /* one object, and its line */
/* In words of the language: "fits if the total cost stays within 20,000 EUR". */
void mw_cli_near_words(struct mw_str *out, struct mw_cli *cli, const struct mw_near_miss *near);
/* "How many inhabitants has Stadt Muster?" */
void mw_cli_question_words(struct mw_str *out, struct mw_cli *cli, const struct mw_profile *p, const struct mw_question *q);

#endif
