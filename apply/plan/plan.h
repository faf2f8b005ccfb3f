/* The plan: everything that one project file and one programme say about money and time, computed to the cent and the day.
 *
 *     project + terms + tariffs + today  ->  cost plan, financing plan, shares of partners, schedule, backward plan,
 *                                            duties, settlement, findings                        (FORMATS.md section 5)
 *
 * Money is exact: integer cents, fractions until the grant is rounded, once. Every plan holds: the sources add up to the
 * costs, in total and in each year; the partners' shares add up to what was shared. All of a plan lives in the arena it was
 * made with and borrows texts from the project and the terms, which must outlive it. */
#ifndef MW_PLAN_PLAN_H
#define MW_PLAN_PLAN_H

#include "lib/core/out.h"
#include "lib/model/checklist.h"
#include "lib/model/checks.h"
#include "lib/model/form.h"
#include "lib/model/law.h"
#include "lib/model/project.h"
#include "lib/model/tariff.h"
#include "lib/model/terms.h"

/* --- what a plan is made from ------------------------------------------------------------------------------------- */
struct mw_plan_input {
    struct mw_project project;
    struct mw_list terms;   /* struct mw_terms, in the order of project.programmes */
    struct mw_list tariffs; /* struct mw_tariff: those that the personnel rows name */
    struct mw_checks checks; /* of the rules folder; empty where it has none */
};
/* Reads the project file and what it needs: programmes and tariffs from the folders of these names beside it, else from the rules
 * folder. programme: only that one (NULL: those of the project).
 * MW_OK, or MW_INVALID, MW_IO, MW_NOT_FOUND, MW_NOMEM with every fault in diags. */
enum mw_rc mw_plan_input_load(struct mw_plan_input *out, struct mw_arena *a, const char *project_file, const char *rules_dir,
    const char *programme, struct mw_diags *diags);

/* The same with values of the project changed first: "costs.sm.amount=350000 EUR; applicants.0.budget=nothaushalt", those of its
 * profile included. Entries of lists are named by id, name or code, or by number from 0; a key that a map lacks is added. NULL: as written. */
enum mw_rc mw_plan_input_vary(struct mw_plan_input *out, struct mw_arena *a, const char *project_file,
    const char *rules_dir, const char *programme, const char *changes, struct mw_diags *diags);

struct mw_plan_opts {
    struct mw_day today;
    enum mw_lang lang;     /* of findings */
    const char *edition;   /* the edition of that id; NULL: the one valid today */
    const struct mw_law *law; /* base rates and limits of aid; NULL: none are known */
    const struct mw_form *form; /* the funder's form to fill; NULL: none */
    bool alone;            /* one partner's own application: no parts of parts are made */
    bool no_flat_rates;    /* the funding mix looks at programmes without their flat rates */
    const struct mw_checks *checks; /* words and limits to check against; NULL: those checks are left out */
    const struct mw_checklist *papers; /* names attachments, and says which ones a bundle drafts; NULL: findings name their codes */
};

/* --- the plan ------------------------------------------------------------------------------------------------------ */
/* Every table has the same columns: the calendar years first ... first + n - 1. years[i] of a row is the sum of year
 * first + i, zero where there is none. */
struct mw_years { int first; size_t n; };

struct mw_cost_row {
    struct mw_sv id, label, category;
    const struct mw_cost *cost; /* NULL: a computed flat-rate row */
    const struct mw_flat_rate *flat;
    struct mw_eur *years, total;
    struct mw_eur eligible;     /* before caps */
    struct mw_day from, to;     /* what the row is spread over; MW_DAY_NONE for rows by year */
};
/* A category's way through the terms. */
struct mw_category {
    struct mw_sv name;
    struct mw_eur total, eligible, capped; /* rows; of these eligible; what the caps left of it */
};
struct mw_cost_plan {
    struct mw_list rows;       /* struct mw_cost_row, as written, then flat rates */
    struct mw_list categories; /* struct mw_category, in order of appearance */
    struct mw_eur *years, total;
    struct mw_eur capped;      /* eligible after caps and flat rates, before eligible.max */
    struct mw_eur eligible;    /* after eligible.max */
};

enum mw_limit {
    MW_LIMIT_RATE, MW_LIMIT_GAP, MW_LIMIT_FIXED, MW_LIMIT_ELIGIBLE_MAX, MW_LIMIT_GRANT_MAX, MW_LIMIT_OWN_SHARE_MIN,
    MW_LIMIT_PUBLIC_SHARE_MAX, MW_LIMIT_OVER_FUNDING, MW_LIMIT_GRANT_MIN, MW_LIMIT_INELIGIBLE, MW_LIMIT_N
};
extern const char *const MW_LIMITS[MW_LIMIT_N + 1]; /* "rate", ... NULL */
extern const char *const MW_LIMIT_WORDS[MW_LIMIT_N]; /* "the rate of the programme", English, for mw_tr() */
/* One rule that set or lowered the grant: the way from the first to the last is the explanation of the grant. Sums are cut
 * to the cent for show; the arithmetic is exact. */
struct mw_grant_step {
    enum mw_limit rule;
    struct mw_eur before, after; /* before: MW_EUR_NONE in the first */
    struct mw_sv formula;        /* "75 % x 533.333,33 EUR", in the language of the plan */
};
struct mw_source_row {
    struct mw_sv id, label;
    enum mw_source_kind kind;
    const struct mw_source *source; /* NULL: the grant, and the rest of the own money */
    struct mw_eur *years, total;
};
struct mw_financing_plan {
    struct mw_list rows;     /* struct mw_source_row: grant, the project's sources as written, own */
    struct mw_share rate;    /* after rates, bonus and cap; MW_SHARE_NONE: the programme has none */
    struct mw_eur grant, own; /* own with the own rows of the project */
    struct mw_eur public_money, third, revenue, fictive, own_rows; /* of the project's sources */
    enum mw_limit limited_by;
    struct mw_list steps;    /* struct mw_grant_step */
    bool unknown;            /* the terms state no rate or sum for this project: a grant of 0 says nothing */
};

struct mw_partner_row {
    const struct mw_applicant *applicant;
    struct mw_eur cost, grant, other, own; /* sharing of own money: cost, grant and other are MW_EUR_NONE */
};
/* One partner's own plan: his part of the one application, or (joint_mode parallel) the application of his own. */
struct mw_subplan {
    const struct mw_applicant *applicant;
    struct mw_partner_row sum;
    struct mw_eur *cost, *grant, *other, *own; /* by year; the first three NULL where only own money is shared */
    struct mw_list categories;                 /* struct mw_category: his total of each; empty likewise */
    const struct mw_plan *plan;                /* of his own application; NULL */
};
/* A line of the funder's form, and one of its texts as the project has it. */
struct mw_form_line { const struct mw_form_position *position; struct mw_eur *years, total; };
struct mw_form_entry { const struct mw_form_text *field; struct mw_sv text; int64_t length; /* in characters */ };
struct mw_task_row {
    const struct mw_task *task;
    struct mw_day from, to;
    int64_t slack;  /* working days it can slip without moving the end of the schedule */
    bool critical;  /* none */
};
struct mw_effort { struct mw_sv who; struct mw_share months; }; /* who MW_SV_NONE: nobody is named */
struct mw_step_row {
    const struct mw_step *step;
    const struct mw_body *body; /* NULL: no sitting */
    struct mw_day from, to;
    struct mw_day papers;       /* until then the body wants its papers; MW_DAY_NONE: no sitting, or no time stated */
    bool late;
};

enum mw_duty_kind {
    MW_INTERIM_REPORT, MW_FINAL_REPORT, MW_USE_BY, MW_BINDING_END,
    /* only where the limits of law are known (law): what stays to be done beside and after the reports */
    MW_PUBLICITY, MW_CHANGES, MW_INVENTORY, MW_RETENTION_END, MW_DUTY_N
};
extern const char *const MW_DUTIES[MW_DUTY_N + 1];
struct mw_duty {
    enum mw_duty_kind kind;
    struct mw_day due;
    int year;                         /* of an interim report */
    const struct mw_receipt *receipt; /* of MW_USE_BY */
    struct mw_sv how;                 /* of MW_PUBLICITY, in the words of the terms */
};
/* What is to be done, with its year, payment or manner; without the day. */
void mw_duty_say(struct mw_str *out, const struct mw_duty *d, enum mw_lang lang);

struct mw_category_use {
    struct mw_sv category;
    struct mw_eur plan, actual; /* plan MW_EUR_NONE: not in the award */
    int64_t over_bp;
    bool needs_consent;
};
struct mw_settlement {
    bool is; /* there is an award and there are actual costs */
    struct mw_eur awarded, saving, reduction, grant;
    bool spared; /* the saving is too small to reduce anything */
    struct mw_eur received, repayment; /* MW_EUR_NONE: nothing received yet */
    struct mw_list categories; /* struct mw_category_use */
};

/* De-minimis: what the undertaking received within the years up to the day of the award, and what is still free. */
struct mw_aid {
    bool is; /* the grant is de-minimis aid and a limit is known */
    struct mw_sv undertaking;
    struct mw_day day, since;
    struct mw_eur limit, received, grant, left; /* left: below zero by what is too much */
};
/* Interest on money that was used after its day: from the day after it to the day of use. */
struct mw_interest { const struct mw_receipt *receipt; struct mw_day due; int days; struct mw_eur amount; };
/* The purpose was given up within the binding. */
struct mw_misuse {
    bool is;
    struct mw_day day, end;        /* end of the binding */
    int years;                     /* full ones in which the purpose was served */
    struct mw_eur grant, repayment; /* MW_EUR_NONE: the terms do not say how much */
};
/* Money by calendar month; every month's sources add up to its cost, every year's months to the year of the plan. */
struct mw_month { int year, month; struct mw_eur cost, grant, other, own; };
/* A call for part of the grant: on the first of a month, for what falls due within the time in which money must be used. */
struct mw_drawdown { struct mw_day date, until; struct mw_eur amount; };

struct mw_finding {
    enum mw_severity severity;
    const char *code;    /* of docs/findings.md */
    struct mw_sv msg;    /* one sentence in the language of the plan */
    struct mw_sv cure;   /* what to do about it, in the same language */
    struct mw_sv words;  /* verbatim from the file, at pos or a few lines below: what it is about; MW_SV_NONE */
    struct mw_pos pos;   /* in the project's files */
    struct mw_pos rule;  /* in the terms; file NULL: none */
};

/* Every code a plan can find, with its cure (English, looked up in the message table); ended by a code of NULL. Codes that
 * words raise stand in rules/checks/plan.yaml beside them. */
struct mw_finding_kind { const char *code, *cure; };
extern const struct mw_finding_kind MW_FINDINGS[];

struct mw_plan {
    const struct mw_project *project;
    const struct mw_terms *terms;
    const struct mw_edition *edition;
    struct mw_day today;
    enum mw_lang lang;
    enum mw_land land; /* of the lead: whose holidays count */
    struct mw_years years;
    struct mw_cost_plan cost;
    struct mw_financing_plan financing;
    struct mw_list partners;  /* struct mw_partner_row, as named; empty: no sharing asked for */
    struct mw_list subplans;  /* struct mw_subplan, as named; empty: one applicant, or no key */
    const struct mw_form *form; /* NULL: none was asked for */
    struct mw_list form_lines, form_entries; /* struct mw_form_line, struct mw_form_entry, as the form has them */
    struct mw_list tasks;     /* struct mw_task_row, as written */
    struct mw_list efforts;   /* struct mw_effort: person-months by who does them, in order of appearance */
    struct mw_list steps;     /* struct mw_step_row, in order of time */
    struct mw_list duties;    /* struct mw_duty, ascending */
    struct mw_settlement settlement;
    struct mw_aid aid;
    struct mw_misuse misuse;
    struct mw_list interest;  /* struct mw_interest */
    struct mw_list months;    /* struct mw_month, ascending, without gaps */
    struct mw_list drawdowns; /* struct mw_drawdown, ascending; empty: the terms do not say how soon money must be used */
    struct mw_list findings;  /* struct mw_finding, in the order found */
    size_t errors, warnings;  /* findings that are so */
};

/* Late, and something can still be done about it: once the application is in, nobody needs to be told. */
static inline bool mw_step_too_late(const struct mw_plan *p, const struct mw_step_row *row)
{
    return row->late && mw_before_handing_in(p->project);
}

/* Sums of zero that stand for something nobody has said: people are asked in their place. */
static inline bool mw_costs_open(const struct mw_plan *p) { return p->project->costs.n == 0; }
static inline bool mw_grant_open(const struct mw_plan *p) { return mw_costs_open(p) || p->financing.unknown; }
/* What to ask for, then. */
const char *mw_money_question(const struct mw_plan *p, enum mw_lang lang);

/* Computes the plan. MW_INVALID with the faults in diags when the project cannot be computed (a month before the first pay
 * table, sums that do not fit, an edition that does not exist); what is merely wrong or against the terms is a finding. */
enum mw_rc mw_plan_make(struct mw_plan *out, struct mw_arena *a, const struct mw_project *project, const struct mw_terms *terms,
    const struct mw_list *tariffs, const struct mw_plan_opts *opts, struct mw_diags *diags);

/* The JSON of FORMATS.md section 5; as text, tables of 80 columns with the explanation of the grant. months: calls for the grant
 * and money by month for people, too, who find them long; JSON always has them. */
void mw_plan_to_out(const struct mw_plan *plan, bool months, struct mw_out *o);

/* The variant's plan, and before it what changed against the plan as written. */
void mw_plan_compare_to_out(const struct mw_plan *written, const struct mw_plan *variant, bool months, struct mw_out *o);

/* --- the funding mix ------------------------------------------------------------------------------------------------ */
struct mw_mix_grant { const struct mw_terms *terms; const struct mw_edition *edition; struct mw_eur grant; };
struct mw_mix_out { const struct mw_terms *terms; struct mw_sv reason; };
/* What the project's plan violates of a chosen programme's terms: sums alone do not make a mix possible. */
struct mw_mix_objection { const struct mw_terms *terms; const char *code; struct mw_sv msg; };
struct mw_mix {
    const struct mw_project *project;
    struct mw_day today;
    struct mw_eur total, other, grant_total, own; /* cost; sources of the project without own rows; ... */
    struct mw_list chosen, rejected;              /* struct mw_mix_grant, struct mw_mix_out, in the order of the file */
    struct mw_list objections;                    /* struct mw_mix_objection, likewise */
    bool has_runner_up;
    struct mw_eur runner_up_total;
    struct mw_list runner_up;                     /* struct mw_mix_grant */
};
/* The set of programmes and grants that leaves the least own money: exact, by branch and bound. terms in the order of the
 * project's file. Faults as in mw_plan_make(). */
enum mw_rc mw_mix_make(struct mw_mix *out, struct mw_arena *a, const struct mw_project *project, const struct mw_list *terms,
    const struct mw_list *tariffs, const struct mw_plan_opts *opts, struct mw_diags *diags);
void mw_mix_to_out(const struct mw_mix *mix, struct mw_out *o);

#endif
