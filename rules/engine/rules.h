/* The reading room: text to facts, facts to verdicts, by rule files that experts can read.
 *
 * rules/facts/<type>.yaml say which sentences state which fact; rules/criteria/<name>.yaml say how a profile and a notice's facts
 * give yes, no or unknown. Every rule carries examples that it must find and must leave alone. */
#ifndef MW_RULES_ENGINE_RULES_H
#define MW_RULES_ENGINE_RULES_H

#include "lib/model/fact.h"
#include "lib/model/notice.h"
#include "lib/model/profile.h"
#include "lib/model/verdict.h"

struct mw_rules;

/* Reads and compiles dir/facts, dir/vocabulary and dir/criteria. Any fault in any file goes to diags with its place, and nothing is
 * half loaded: *out is NULL then. */
enum mw_rc mw_rules_load(struct mw_rules **out, const char *dir, struct mw_diags *diags, struct mw_err *err);
/* Only what a command needs: compiling the fact rules takes most of the time. Asking rules for what was not loaded finds
 * nothing: no facts, no criteria, no concepts. mw_rules_hash() of a part is not that of the whole. */
enum mw_rules_part { MW_RULES_VOCABULARY = 1, MW_RULES_CRITERIA = 2, MW_RULES_FACTS = 4, MW_RULES_ALL = 7,
    MW_RULES_PROFILE = 8 }; /* statements of documents (statement.h), and the vocabulary; never together with MW_RULES_FACTS */
enum mw_rc mw_rules_load_part(struct mw_rules **out, const char *dir, unsigned parts, struct mw_diags *diags, struct mw_err *err);
void mw_rules_free(struct mw_rules *r);
static inline void mw_rules_freep(struct mw_rules **r) { mw_rules_free(*r); }
/* What facts depend on: the files of dir/facts and dir/vocabulary, and MW_ENGINE_VERSION, which goes up with every change of the
 * program that makes other facts of the same rules (segmentation, values, weighing). Facts are recomputed when it changes. */
uint64_t mw_rules_hash(const struct mw_rules *r);
enum { MW_ENGINE_VERSION = 10 };
/* The same without compiling anything, for those who only read facts. */
enum mw_rc mw_rules_hash_files(uint64_t *hash, const char *dir, struct mw_err *err);

/* The facts of a notice whose sections have their texts: struct mw_fact appended to out, in order of the text; those of
 * source fields last. Deterministic. Everything the facts point to lives in the arena or in plain. */
enum mw_rc mw_rules_facts(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, const struct mw_notice *n, struct mw_sv plain,
    struct mw_err *err);

/* Patterns that ran into their limits since the rules were loaded (their matches there count as none): one warning each, with its
 * place and the cure; how many is returned. */
size_t mw_rules_report_slow(const struct mw_rules *r, enum mw_severity severity, struct mw_diags *diags);

/* Bytes of text that patterns have been run over since the rules were loaded: what reading costs, without a clock. */
uint64_t mw_rules_work(const struct mw_rules *r);

/* A profile made ready to be judged many times; p and what is made live as long as both are used. */
struct mw_theme_brief; /* rules/engine/theme.h */
struct mw_brief {
    const struct mw_profile *p;
    struct mw_theme_brief *themes;
    struct mw_list areas; /* struct mw_sv: the special areas in which it says that it lies */
};
enum mw_rc mw_rules_brief(struct mw_brief *out, struct mw_arena *a, struct mw_rules *r, const struct mw_profile *p, struct mw_err *err);
enum mw_hearing_depth {
    MW_HEAR_ALL,        /* every criterion with reason, quote and rule */
    MW_HEAR_ANSWERS,    /* every criterion without its reason */
    MW_HEAR_VERDICT     /* the answer alone: no criteria behind the first no */
};
struct mw_hearing {
    struct mw_day today;
    enum mw_lang lang;  /* of the reasons */
    enum mw_hearing_depth depth;
};
enum mw_rc mw_rules_hear(struct mw_verdict *out, struct mw_arena *a, struct mw_rules *r, const struct mw_brief *b, const struct mw_notice *n,
    const struct mw_list *facts, const struct mw_hearing *how, struct mw_err *err);
/* Both in one: the verdict for a profile on a day. Reasons in lang. */
enum mw_rc mw_rules_judge(struct mw_verdict *out, struct mw_arena *a, struct mw_rules *r, const struct mw_profile *p,
    const struct mw_notice *n, const struct mw_list *facts, struct mw_day today, enum mw_lang lang, struct mw_err *err);

/* Of the rates that a notice states the one that holds for an applicant: one for its budget before one for joint projects (joint: it is
 * one) before one without conditions. NULL: none is stated, or several without saying for what. *sure: no other rate may hold for it
 * (false: a better one depends on a budget that the profile leaves out, or that the programme defines). */
const struct mw_fact *mw_rules_rate(const struct mw_list *facts, const struct mw_applicant *who, bool joint, bool *sure);

/* open, forthcoming, closed or unknown on a day, with the fact that decides (NULL: none), and the next date to apply by. */
enum mw_status { MW_S_UNKNOWN, MW_S_OPEN, MW_S_FORTHCOMING, MW_S_CLOSED };
extern const char *const MW_STATUSES[]; /* "unknown", "open", ... */
enum mw_status mw_status_on(const struct mw_notice *n, const struct mw_list *facts, struct mw_day today,
    const struct mw_fact **why, struct mw_day *deadline);
/* The day from which applications are taken, as the source states it; MW_DAY_NONE: it states none. */
struct mw_day mw_status_opens(const struct mw_list *facts);

/* For who keeps the answer of mw_status_on() in short: it changes only on days that deadline, status and validity facts name
 * and on the days after them, but for dates that return every year. Is this fact one of those, and when does month * 100 + day
 * come next, on the day itself or later? last: of the years the text limits it to (MW_DAY_NONE: without end); MW_DAY_NONE: not again. */
bool mw_status_yearly(const struct mw_fact *f);
struct mw_day mw_status_next(struct mw_day today, int recurs, struct mw_day last);

/* Runs every rule's own examples; each failure goes to diags at the example's place. */
enum mw_rc mw_rules_test(struct mw_rules *r, struct mw_diags *diags, size_t *examples, struct mw_err *err);

#endif
