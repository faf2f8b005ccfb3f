/* A project: the one file from which every table, date and document is computed (FORMATS.md section 5).
 *
 * Reading types the file and checks what can be checked without the programme: ids that are used twice, references that lead
 * nowhere, rows with no sum or with two, partners that are not applicants. All faults are reported at once. Whatever has an id has a
 * label: where the file gives none, the id. Nothing is computed here: that is apply/plan. */
#ifndef MW_MODEL_PROJECT_H
#define MW_MODEL_PROJECT_H

#include "lib/model/profile.h"

#define MW_YEAR_MIN 1990 /* a project's years; keeps tables of years small */
#define MW_YEAR_MAX 2150

struct mw_year_sum { int year; struct mw_eur sum; struct mw_pos pos; };

struct mw_personnel {
    struct mw_pos pos;
    struct mw_sv tariff, group;
    int64_t step;               /* from 1 */
    struct mw_day step_since;   /* in this step since then: it rises with the years; MW_DAY_NONE: it stays */
    struct mw_share fte;        /* 100 % where not stated */
    struct mw_day from, to;     /* MW_DAY_NONE: those of the row */
    struct mw_share employer_rate;
};
/* A row of the cost plan. Exactly one of amount, price (times quantity), years and personnel is stated. */
struct mw_cost {
    struct mw_pos pos;
    struct mw_sv id, label, category;
    struct mw_eur amount;           /* net where vat is stated */
    struct mw_share vat;            /* MW_SHARE_NONE: the sum is taken as it is */
    struct mw_share quantity;       /* exact; may stand beside amount */
    struct mw_sv unit;
    struct mw_eur price;
    struct mw_list years;           /* struct mw_year_sum, ascending; net where vat is stated */
    struct mw_personnel *personnel; /* NULL: none */
    enum mw_tri eligible;           /* yes where not stated */
    struct mw_sv why;               /* why a row is not eligible */
    struct mw_sv partner;           /* name of an applicant; MW_SV_NONE: everybody's */
    struct mw_sv area;              /* id of an area; MW_SV_NONE: every area's alike */
    struct mw_sv task;
    struct mw_day from, to;
    struct mw_sv note;              /* justification, calculation */
};
/* A Quartier, an Erneuerungsgebiet: what a programme caps its grant by. */
struct mw_area { struct mw_pos pos; struct mw_sv id, label; };
enum mw_source_kind { MW_S_PUBLIC, MW_S_THIRD, MW_S_REVENUE, MW_S_OWN, MW_S_FICTIVE, MW_S_GRANT, MW_SOURCE_N };
extern const char *const MW_SOURCE_KINDS[MW_SOURCE_N + 1]; /* "public", ..., "grant", NULL; a file may not say grant */
struct mw_source {
    struct mw_pos pos;
    struct mw_sv id, label;
    int kind;             /* enum mw_source_kind */
    struct mw_eur amount; /* with years: their sum */
    struct mw_list years; /* struct mw_year_sum, ascending; empty: follows the costs */
    struct mw_sv status;  /* beantragt, zugesagt, bewilligt */
};
enum mw_sharing_of { MW_SHARE_OWN, MW_SHARE_COST };
enum mw_sharing_key { MW_KEY_EQUAL, MW_KEY_POPULATION, MW_KEY_BASE, MW_KEY_WEIGHTS };
struct mw_sharing {
    struct mw_pos pos;      /* file NULL: no `sharing` */
    int of, key;
    struct mw_share base;   /* of MW_KEY_BASE */
    struct mw_list weights; /* struct mw_entry of exact quantities, by applicant's name */
};
struct mw_task {
    struct mw_pos pos;
    struct mw_sv id, label;
    struct mw_day from, to;
    struct mw_duration takes;
    struct mw_list after;     /* struct mw_sv */
    enum mw_tri milestone;
    struct mw_share effort;   /* person-months; with efforts: their sum */
    struct mw_list efforts;   /* struct mw_entry of exact quantities, by who; empty: effort is that of `who` */
    struct mw_sv who, result; /* responsible; what comes out of it */
};
struct mw_task_ref { struct mw_sv id; size_t index; };
struct mw_step { struct mw_pos pos; struct mw_sv id, label; struct mw_duration takes; struct mw_sv body, who; };
struct mw_body { struct mw_pos pos; struct mw_sv id, label; struct mw_list dates; /* struct mw_day */ struct mw_duration papers; };
/* One text of the narrative: key such as "aim", and the words themselves (a file that was named has been read). */
struct mw_text { struct mw_pos pos; struct mw_sv key, text, file, path; /* path: file with its folder, where one was read */ };
struct mw_cooperation {
    struct mw_pos pos; /* file NULL: none */
    struct mw_sv agreement;
    struct mw_duration term;
    struct mw_list single_cost; /* struct mw_entry of eur, by partner */
    struct mw_eur joint_cost;
};
enum mw_have { MW_PRESENT, MW_MISSING, MW_NOT_NEEDED };
struct mw_attachment {
    struct mw_pos pos;
    struct mw_sv code;
    int status; /* enum mw_have */
    struct mw_sv file, who;
    struct mw_day until;
    bool lost;  /* present, but its file does not lie in the project's folder or below: it cannot be handed in */
};
enum mw_project_status { MW_P_IDEA, MW_P_DRAFT, MW_P_SUBMITTED, MW_P_APPROVED, MW_P_REJECTED, MW_P_RUNNING, MW_P_CLOSED, MW_P_N };
extern const char *const MW_PROJECT_STATUSES[MW_P_N + 1];
/* De-minimis aid received before, by the project's undertaking where no other is named. */
struct mw_aid_received { struct mw_pos pos; struct mw_day date; struct mw_eur amount; struct mw_sv undertaking, funder; };
struct mw_award {
    struct mw_pos pos; /* file NULL: no award yet */
    struct mw_day date;
    struct mw_eur eligible, grant, public_money, third, revenue, own;
    struct mw_list categories; /* struct mw_entry of eur */
};
struct mw_receipt { struct mw_pos pos; struct mw_day date; struct mw_eur amount; struct mw_day used_until; };
struct mw_actual {
    struct mw_pos pos; /* file NULL: nothing yet */
    struct mw_list categories; /* struct mw_entry of eur */
    struct mw_eur revenue;
    struct mw_share units;     /* delivered units of a per_unit grant */
    struct mw_list received;   /* struct mw_receipt */
    struct mw_day misuse;      /* when the purpose was given up; MW_DAY_NONE */
};

struct mw_project {
    struct mw_pos pos;
    struct mw_sv id, title;
    struct mw_profile profile;
    struct mw_list programmes;  /* struct mw_sv: `programme` or `programmes`; at least one unless read without */
    struct mw_pos programmes_pos, costs_pos, financing_pos; /* the last two: where the lists begin; file NULL: there is none */
    struct mw_share input_tax;  /* deductible share of input VAT: 0/1 none (also when absent), 1/1 full */
    struct mw_day from, to;     /* the period, from <= to */
    struct mw_pos period_pos;
    struct mw_list areas;       /* struct mw_area; empty: the project speaks of none */
    struct mw_list costs;       /* struct mw_cost */
    struct mw_list financing;   /* struct mw_source */
    struct mw_sharing sharing;
    struct mw_list tasks;       /* struct mw_task; references hold, no cycles */
    struct mw_list tasks_by_id; /* struct mw_task_ref, sorted by id: where mw_project_task() looks */
    struct mw_list tasks_in_turn; /* size_t: indices of tasks, each behind all that it waits for */
    struct mw_day deadline;     /* of the application; MW_DAY_NONE */
    struct mw_pos deadline_pos;
    struct mw_list steps;       /* struct mw_step, in order of time */
    struct mw_list bodies;      /* struct mw_body */
    struct mw_list texts;       /* struct mw_text */
    struct mw_cooperation cooperation;
    struct mw_list attachments; /* struct mw_attachment */
    int status;                 /* enum mw_project_status; -1 */
    struct mw_sv undertaking;   /* whose de-minimis account counts; the lead's name where not stated */
    struct mw_list de_minimis;  /* struct mw_aid_received */
    bool de_minimis_stated;     /* the key is there, if only as an empty list */
    struct mw_award award;
    struct mw_actual actual;
};

/* Reads a project file; a profile file and text files are read from its folder. All faults go to diags. */
enum mw_rc mw_project_load(struct mw_project *out, struct mw_arena *a, const char *path, struct mw_diags *diags);
/* The same from a map; dir is the folder of the files it names. */
enum mw_rc mw_project_read(struct mw_project *out, struct mw_arena *a, const struct mw_node *map, const char *dir,
    struct mw_diags *diags);

/* Is this the name of a file in the project's folder or below? No other file is opened on a project's word: it may have come
 * from anybody. */
bool mw_project_inside(struct mw_sv name);
/* By id, or NULL; the index of a task, or SIZE_MAX. */
size_t mw_project_task_index(const struct mw_project *p, struct mw_sv id);
const struct mw_task *mw_project_task(const struct mw_project *p, struct mw_sv id);
const struct mw_body *mw_project_body(const struct mw_project *p, struct mw_sv id);
/* A text of the narrative by key, or MW_SV_NONE. */
struct mw_sv mw_project_text(const struct mw_project *p, const char *key);
/* Applicants of the profile, and the one that leads. */
static inline size_t mw_project_partners(const struct mw_project *p) { return p->profile.applicants.n; }
static inline const struct mw_applicant *mw_project_lead(const struct mw_project *p)
{
    return p->profile.applicants.n > 0 ? MW_AT(p->profile.applicants, struct mw_applicant, p->profile.lead) : NULL;
}
/* Can anything still be done before the application goes out? */
static inline bool mw_before_handing_in(const struct mw_project *p)
{
    return (p->status < 0 || p->status == MW_P_IDEA || p->status == MW_P_DRAFT) && p->award.pos.file == NULL;
}
/* Whose de-minimis account counts: the project's `undertaking`, else the lead. */
static inline struct mw_sv mw_project_undertaking(const struct mw_project *p)
{
    const struct mw_applicant *lead = mw_project_lead(p);
    return p->undertaking.p != NULL ? p->undertaking : lead != NULL ? lead->name : p->title;
}

#endif
