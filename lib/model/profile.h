/* A project profile: what a municipality plans, before any programme is chosen (FORMATS.md section 2). */
#ifndef MW_MODEL_PROFILE_H
#define MW_MODEL_PROFILE_H

#include "lib/core/schema.h"

enum mw_applicant_type {
    MW_A_KOMMUNE, MW_A_KREIS, MW_A_KOMMUNALVERBAND, MW_A_KOMMUNALES_UNTERNEHMEN, MW_A_OEFFENTLICHE_EINRICHTUNG,
    MW_A_HOCHSCHULE, MW_A_FORSCHUNGSEINRICHTUNG, MW_A_BILDUNGSEINRICHTUNG, MW_A_VERBAND, MW_A_UNTERNEHMEN,
    MW_A_EXISTENZGRUENDER, MW_A_PRIVATPERSON, MW_A_N
};
extern const char *const MW_APPLICANT_TYPES[MW_A_N + 1]; /* "kommune", ... NULL */
enum mw_budget { MW_B_NORMAL, MW_B_FINANZSCHWACH, MW_B_HAUSHALTSSICHERUNG, MW_B_NOTHAUSHALT, MW_B_N };
extern const char *const MW_BUDGETS[MW_B_N + 1];
enum mw_kind { MW_K_ZUSCHUSS, MW_K_DARLEHEN, MW_K_BUERGSCHAFT, MW_K_BETEILIGUNG, MW_K_GARANTIE, MW_K_SONSTIGE, MW_K_N };
extern const char *const MW_KINDS[MW_K_N + 1];
enum mw_joint_mode { MW_J_LEAD, MW_J_GROUP, MW_J_PARALLEL, MW_J_ENTITY, MW_J_N };
extern const char *const MW_JOINT_MODES[MW_J_N + 1];

/* Names for people: "Kommune", "municipality"; "Zuschuss", "grant"; "Haushaltssicherung". The number is the enum's. */
const char *mw_applicant_label(int type, enum mw_lang lang);
const char *mw_kind_label(int kind, enum mw_lang lang);
const char *mw_budget_label(int budget, enum mw_lang lang);
/* A role as rules/profile names it, in words for papers; other words stay as they are. */
struct mw_sv mw_role_label(struct mw_sv role, enum mw_lang lang);

struct mw_applicant {
    struct mw_pos pos;
    struct mw_sv name;
    int type;             /* enum mw_applicant_type; -1: not stated */
    enum mw_land land;    /* from land: or from ags */
    struct mw_sv ags;     /* 8 digits, 5 for a Kreis */
    struct mw_sv kreis;   /* of a municipality: the Kreis in which it lies, "Kreis Groß-Gerau"; MW_SV_NONE: not stated */
    int64_t population;   /* MW_INT_NONE */
    struct mw_day population_on; /* the day of that figure; MW_DAY_NONE (or zero): not stated */
    struct mw_share municipal_share; /* of a company: how much of it belongs to municipalities; none: not stated */
    int budget;           /* enum mw_budget; -1: not stated */
    enum mw_tri lead;
};
struct mw_span { struct mw_day from, to; };
struct mw_lot { struct mw_pos pos; struct mw_sv id, label, applicant; };
struct mw_phase { struct mw_pos pos; struct mw_sv label; struct mw_day from, to; };
/* How many there are to be: exact decimals ("4,5 Stellen"); MW_SHARE_NONE: not stated. */
struct mw_quantity { struct mw_pos pos; struct mw_sv what; struct mw_share min, max, exactly; };
struct mw_role { struct mw_pos pos; struct mw_sv name, role; };

struct mw_profile {
    struct mw_pos pos;
    struct mw_sv id, title;
    struct mw_sv summary, text;   /* text: what text_file held; MW_SV_NONE */
    struct mw_sv text_file;
    struct mw_list applicants;    /* struct mw_applicant, the lead's index in lead */
    size_t lead;                  /* the one marked lead, else the first */
    struct mw_list kinds;         /* int (enum mw_kind); empty: any */
    struct mw_span period;
    struct mw_eur volume;
    struct mw_share own_share;
    enum mw_tri started;          /* MW_YES also when a date is given */
    struct mw_day started_on;     /* MW_DAY_NONE */
    enum mw_tri other_funding;    /* is other public funding of the project to be had, or asked for? MW_TRI_NONE: not stated */
    int joint_mode;               /* -1 */
    struct mw_list lots, phases, quantities, roles;
};

#define MW_PROFILE_TEXT_MAX ((size_t)4 << 20) /* bytes of text_file */

/* Reads a profile file; text_file is read from the same folder. All faults go to diags. MW_OK: there are none, and the
 * profile has an id, a title, a summary or a text, and at least one applicant. */
enum mw_rc mw_profile_load(struct mw_profile *out, struct mw_arena *a, const char *path, struct mw_diags *diags);
/* The same from a map in another file (a project's inline profile); dir is where text_file lies, NULL: there is no folder
 * (an upload), and text_file is refused. */
enum mw_rc mw_profile_read(struct mw_profile *out, struct mw_arena *a, const struct mw_node *map, const char *dir,
    struct mw_diags *diags);
/* Writes the profile as YAML text (values quoted where needed; reading it gives the same profile). */
void mw_profile_write(struct mw_str *out, const struct mw_profile *p);
/* The same with comments: before each value say() may append whole lines that begin with "#" ("  #" in a list), for a path such as
 * "title", "period", "applicants[0]". */
typedef void mw_profile_note_fn(void *ctx, struct mw_str *out, const char *path);
void mw_profile_write_noted(struct mw_str *out, const struct mw_profile *p, mw_profile_note_fn *say, void *ctx);

#endif
