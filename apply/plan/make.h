/* The parts of mw_plan_make(), each in a file of its own; only apply/plan/ includes this.
 *
 * They fill job->plan in the order of this header: dates first, because money follows the tasks. All return MW_OK,
 * MW_NOMEM, or MW_INVALID with the fault in job->diags. */
#ifndef MW_PLAN_MAKE_H
#define MW_PLAN_MAKE_H

#include "apply/plan/plan.h"

struct mw_job {
    struct mw_plan *plan;
    struct mw_arena *a;
    const struct mw_list *tariffs;
    const struct mw_plan_opts *opts;
    struct mw_diags *diags;
    int64_t *grant_years; /* parts.c: the parts of the grant that a cap by year leaves to each year; NULL: no such cap */
};

/* edition.c: the edition valid on the day (FORMATS.md section 4). */
enum mw_rc mw_make_edition(struct mw_job *job);
/* schedule.c: tasks forwards, and the last day of a span. */
enum mw_rc mw_make_schedule(struct mw_job *job);
struct mw_day mw_span_end(struct mw_day first, struct mw_duration d,
                          enum mw_land land); /* MW_DAY_NONE: beyond all years */
const struct mw_task_row *mw_plan_task(const struct mw_plan *plan, struct mw_sv id);
/* preparation.c: steps backwards from the deadline. */
enum mw_rc mw_make_preparation(struct mw_job *job);

/* cost.c: rows by year, categories, caps, flat rates; personnel.c: what a position costs in each year. */
enum mw_rc mw_make_cost(struct mw_job *job);
/* out[i]: year first + i; from <= to. at: the row, for faults. */
enum mw_rc mw_personnel_years(struct mw_job *job, const struct mw_cost *c, struct mw_day from, struct mw_day to,
                              struct mw_eur *out);
bool mw_category_counts(const struct mw_edition *e, struct mw_sv category);
/* The flat rate that stands in the place of rows of that category, which leave the plan; NULL: none. */
const struct mw_flat_rate *mw_flat_instead_of(const struct mw_job *job, struct mw_sv category);

/* financing.c: the grant and the other sources, by year; grant.c: the grant, from the sums of the other sources. */
enum mw_rc mw_make_financing(struct mw_job *job);
enum mw_rc mw_make_grant(struct mw_job *job);
/* parts.c: lowers the grant to what the cap on that kind of part leaves; *which: the parts that were cut ("2026, 2027"), NULL:
 * the programme has no such cap, or it cuts nothing. */
struct mw_exact;
enum mw_part { MW_PART_YEAR, MW_PART_AREA, MW_PART_PARTNER };
enum mw_rc mw_cap_parts(struct mw_job *job, enum mw_part kind, struct mw_exact *grant, struct mw_sv *which);
/* The cents of a year above max go to years that have room. */
void mw_level_years(struct mw_eur *years, size_t n, struct mw_eur max);
/* sharing.c */
enum mw_rc mw_make_partners(struct mw_job *job);
/* One weight for each applicant by the project's key; !*usable: a number is missing, which has been found. */
enum mw_rc mw_sharing_weights(struct mw_job *job, int64_t *w, bool *usable);
/* forms.c: the plan in the positions of a funder's form. */
enum mw_rc mw_make_form(struct mw_job *job);
/* subplans.c: each partner's own plan. */
enum mw_rc mw_make_subplans(struct mw_job *job);
/* aid.c: the de-minimis account. */
enum mw_rc mw_make_aid(struct mw_job *job);
/* misuse.c: what is asked back when the purpose is given up; after the settlement. */
enum mw_rc mw_make_misuse(struct mw_job *job);
/* interest.c: what late use costs; called by duties.c for each payment that was used after its day. */
enum mw_rc mw_add_interest(struct mw_job *job, const struct mw_receipt *r, struct mw_day due);
/* payments.c: money by month, and when to call for the grant. */
enum mw_rc mw_make_payments(struct mw_job *job);
/* personnel.c: how a position's cost of a year falls on its months; 12 weights. */
enum mw_rc mw_personnel_months(struct mw_job *job, const struct mw_cost *c, struct mw_day from, struct mw_day to, int year,
                               int64_t *weights);
/* duties.c, settlement.c, findings.c */
enum mw_rc mw_make_duties(struct mw_job *job);
enum mw_rc mw_make_settlement(struct mw_job *job);
enum mw_rc mw_make_findings(struct mw_job *job);
/* What is wrong across the parts, by what it is about: find_*.c. */
enum mw_rc mw_find_in_time(struct mw_job *job);
enum mw_rc mw_find_in_costs(struct mw_job *job);
enum mw_rc mw_find_in_orders(struct mw_job *job);
enum mw_rc mw_find_in_money(struct mw_job *job);
enum mw_rc mw_find_in_partners(struct mw_job *job);
enum mw_rc mw_find_in_papers(struct mw_job *job);
enum mw_rc mw_find_in_award(struct mw_job *job);
enum mw_rc mw_find_in_texts(struct mw_job *job);

/* whatif.c: changes values in a project's nodes; dir is where its profile lies. */
enum mw_rc mw_project_change(struct mw_node *root, struct mw_arena *a, const char *dir, const char *changes,
                             struct mw_diags *diags);
/* show.c: the keys of a plan, inside an open object. */
void mw_show_money(const struct mw_plan *plan, struct mw_out *o); /* show_money.c: and the joint part and the form */
void mw_show_joint(const struct mw_plan *plan, struct mw_out *o); /* show_joint.c */
void mw_show_form(const struct mw_plan *plan, struct mw_out *o); /* show_form.c */
void mw_plan_put(const struct mw_plan *plan, bool months, struct mw_out *o);
/* show_payments.c */
void mw_plan_put_payments(const struct mw_plan *plan, bool months, struct mw_out *o);

/* --- findings and faults ------------------------------------------------------------------------------------------ */
/* Adds a finding; the format is looked up in the plan's language. pos and rule may be NULL. */
__attribute__((format(printf, 6, 7))) enum mw_rc mw_find(struct mw_job *job, enum mw_severity severity,
                                                         const char *code, const struct mw_pos *pos,
                                                         const struct mw_pos *rule, const char *fmt, ...);
/* Where a finding about all costs, or about all sources, stands: at the first row of them, else at the project. */
const struct mw_pos *mw_at_costs(const struct mw_plan *plan);
const struct mw_pos *mw_at_sources(const struct mw_plan *plan);
/* What the finding that was made last is about, verbatim from the file. */
void mw_find_words(struct mw_job *job, struct mw_sv words);
/* The last finding's own cure, where the words of a check bring one. */
void mw_find_cure(struct mw_job *job, struct mw_sv cure);
/* Does text hold the word? ASCII letters without case; also inside of compounds. *at: where, or SIZE_MAX. */
bool mw_has_word(struct mw_sv text, struct mw_sv word, size_t *at);
/* A sum does not fit: said in diags, returns MW_INVALID. */
enum mw_rc mw_too_large(struct mw_job *job, const struct mw_pos *at);
/* "1.234,56 EUR" and "31.03.2026" in the plan's language; in the arena ("" without memory). */
const char *mw_say_eur(struct mw_job *job, struct mw_eur e);
const char *mw_say_share(struct mw_job *job, struct mw_share s);
const char *mw_say_day(struct mw_job *job, struct mw_day d);
/* A list of text names the text. */
bool mw_names(const struct mw_list *texts, struct mw_sv text);

#endif
