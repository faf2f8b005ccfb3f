/* Funding terms: a programme that can be computed (FORMATS.md section 4), as a list of dated editions.
 *
 * What a file does not state is unknown ("not stated" of its type), never zero. All texts point into the nodes of the
 * arena that the reader was given; nothing is computed here. */
#ifndef MW_MODEL_TERMS_H
#define MW_MODEL_TERMS_H

#include "lib/core/schema.h"

/* Finanzierungsart (VV Nr. 2 zu § 44 BHO). */
enum mw_financing { MW_ANTEIL, MW_FEHLBEDARF, MW_FESTBETRAG, MW_VOLL, MW_FINANCING_N };
extern const char *const MW_FINANCINGS[MW_FINANCING_N + 1]; /* "anteil", ... NULL */
/* How early a project may begin: not before the award, consent on request, from receipt of the application, any time. */
enum mw_start { MW_START_FORBIDDEN, MW_START_ON_REQUEST, MW_START_FROM_RECEIPT, MW_START_FREE, MW_START_N };
/* What is asked back when the purpose is given up within the binding. */
enum mw_misuse_rule { MW_MISUSE_UNKNOWN = -1, MW_MISUSE_WHOLE, MW_MISUSE_YEARLY };
extern const char *const MW_STARTS[MW_START_N + 1]; /* "before_forbidden", ... NULL */
extern const char *const MW_ROUNDINGS[]; /* "down", "commercial", "euro_down", NULL */

/* A condition on the lead applicant and the number of partners: every stated key must hold; none stated holds always. */
struct mw_when {
    struct mw_list budget; /* int: enum mw_budget */
    struct mw_list type;   /* int: enum mw_applicant_type */
    struct mw_list land;   /* int: enum mw_land */
    enum mw_tri joint;     /* yes: two applicants or more */
};
struct mw_rate_case { struct mw_pos pos; struct mw_when when; struct mw_share rate; };
struct mw_bonus { struct mw_pos pos; struct mw_when when; struct mw_share points; }; /* 10 points: 1/10 */
/* Of the eligible expenditure of a category: at most a share of other categories, or a sum. */
struct mw_cap {
    struct mw_pos pos;
    struct mw_sv category;
    struct mw_list of;    /* struct mw_sv; empty: amount counts */
    struct mw_share max;  /* of `of`; MW_SHARE_NONE without */
    struct mw_eur amount; /* MW_EUR_NONE with `of` */
};
struct mw_flat_rate {
    struct mw_pos pos;
    struct mw_sv category; /* the category, and the id of the computed row */
    struct mw_share rate;
    struct mw_list of, instead_of; /* struct mw_sv: categories */
};
struct mw_fixed_sum { int64_t partners; struct mw_eur amount; };
/* The sum of a Festbetrag in one of four forms; the others are "not stated". */
struct mw_fixed {
    struct mw_pos pos; /* file NULL: no `fixed` in the edition */
    struct mw_eur amount;
    struct mw_eur per_unit; struct mw_sv unit;
    struct mw_list partners; /* struct mw_fixed_sum, ascending by partners */
    struct mw_eur base; int64_t base_partners; struct mw_eur per_further;
};
struct mw_bounds { struct mw_pos pos; struct mw_eur min, max; int max_is; /* 0 inclusive, 1 exclusive, -1 not stated */ };
/* The most of a grant that may fall on one calendar year, one area (a Quartier) or one partner; MW_EUR_NONE: no such cap. */
struct mw_grant_parts { struct mw_eur year, area, partner; };
struct mw_term_source {
    struct mw_pos pos;
    struct mw_sv says, url, quote; /* what it is about; public address; verbatim words */
    struct mw_sv where;            /* a source without an address: "kommunen.nrw" */
    enum mw_tri sure;              /* no: second-hand or remembered; to be checked before it is relied on */
    struct mw_day seen;
};
extern const struct mw_schema MW_TERM_SOURCE; /* for tariffs too */
struct mw_edition {
    struct mw_pos pos;
    struct mw_sv id;
    struct mw_day from, until; /* MW_DAY_NONE: open on that side */
    int financing;             /* enum mw_financing */
    struct mw_share rate, rate_cap;
    struct mw_pos rate_pos, rate_cap_pos;
    struct mw_list rates, bonus;          /* struct mw_rate_case, struct mw_bonus, as written */
    struct mw_bounds grant, eligible, volume;
    struct mw_grant_parts grant_per;
    struct mw_fixed fixed;
    struct mw_list categories;            /* struct mw_sv; empty: all count */
    struct mw_list caps, flat_rates;      /* as written */
    struct mw_share own_share_min, public_share_max;
    struct mw_pos own_share_pos, public_share_pos;
    struct mw_list not_with;              /* struct mw_sv: programme ids */
    int64_t partners_min;                 /* MW_INT_NONE */
    struct mw_pos partners_pos;
    struct mw_duration duration_max;
    struct mw_pos duration_pos;
    struct mw_sv publicity;               /* how the funding must be named in public; MW_SV_NONE */
    struct mw_share saving_min;           /* of a joint project: 1 - joint cost / sum of single costs (15 % in Hesse) */
    struct mw_duration term_min;          /* how long partners must bind themselves */
    struct mw_pos cooperation_pos;
    int start;                            /* enum mw_start; -1 */
    struct mw_pos start_pos;
    struct mw_duration use_within;        /* of money received */
    int interim;                          /* due day of the interim report as month * 100 + day: 430; 0: none stated */
    struct mw_duration final_report, binding;
    int misuse;                           /* enum mw_misuse_rule */
    enum mw_tri de_minimis;               /* yes: the grant is de-minimis aid */
    struct mw_share reallocation;         /* MW_SHARE_NONE: 20 % */
    struct mw_share overrun;              /* how far the total may be exceeded with own money; MW_SHARE_NONE: not at all */
    struct mw_eur reduction_above;        /* smaller savings do not reduce the grant; MW_EUR_NONE: each does */
    enum mw_round rounding;               /* MW_DOWN also when absent */
    struct mw_list attachments;           /* struct mw_sv: codes of rules/checklists */
    struct mw_list sources;               /* struct mw_term_source */
};
struct mw_terms {
    struct mw_pos pos;
    struct mw_sv programme, title, url;
    struct mw_sv note;
    struct mw_list editions; /* struct mw_edition, as written */
};

/* Reads one programme file; every fault goes to diags with its place. MW_OK, MW_INVALID, MW_IO or MW_NOMEM. */
enum mw_rc mw_terms_load(struct mw_terms *out, struct mw_arena *a, const char *path, struct mw_diags *diags);
enum mw_rc mw_terms_read(struct mw_terms *out, struct mw_arena *a, const struct mw_node *map, struct mw_diags *diags);
/* All terms below a rules folder: the *.yaml with `editions` in dir and dir/programmes, sorted by name; struct mw_terms
 * items. Faulty files are said in diags and left out. */
enum mw_rc mw_terms_list(struct mw_list *out, struct mw_arena *a, const char *dir, struct mw_diags *diags);
/* The programme of that id: one of own/programmes (own: the folder of a project; NULL: none), else one below the rules folder
 * dir. A fault of an own file that may be the one meant is said, for the terms it was to replace must not be used in its place;
 * faults of other files are not looked at. MW_NOT_FOUND when there is none (said at the place at, with the nearest id that exists). */
enum mw_rc mw_terms_find(struct mw_terms *out, struct mw_arena *a, const char *own, const char *dir, struct mw_sv id,
    const struct mw_pos *at, struct mw_diags *diags);
/* The edition that counts on the day; *valid: how many are valid then (0: the one returned is not). NULL: none at all. */
const struct mw_edition *mw_edition_on(const struct mw_terms *t, struct mw_day day, size_t *valid);

#endif
