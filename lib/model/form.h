/* A funder's form (config/forms/<id>.yaml): which position of the form a row of the cost plan belongs to, and how long its texts
 * may be. The key of a position is form and code together: 0850 is one thing in AZA and another in AZK. */
#ifndef MW_MODEL_FORM_H
#define MW_MODEL_FORM_H

#include "lib/model/checklist.h"

struct mw_form_position {
    struct mw_pos pos;
    struct mw_sv code;
    struct mw_words label;
    struct mw_list categories; /* struct mw_sv: categories of the plan that feed it */
    struct mw_list groups;     /* struct mw_sv: pay groups; empty: any */
    struct mw_list sum_of;     /* struct mw_sv: codes; a sum of positions that stand before it */
    struct mw_share of_grant;  /* on top of the grant, such as the Projektpauschale; MW_SHARE_NONE */
};
struct mw_form_text {
    struct mw_pos pos;
    struct mw_sv key;       /* of the project's texts; "title" is the project's title */
    struct mw_words label;
    int64_t max;            /* characters; MW_INT_NONE: no limit is known */
    enum mw_tri needed;
};
struct mw_form {
    struct mw_pos pos;
    struct mw_sv id;
    struct mw_words title;
    enum mw_tri only_eligible; /* no: all rows; yes also when not stated */
    struct mw_list positions; /* struct mw_form_position, in the order of the form */
    struct mw_list texts;     /* struct mw_form_text */
    struct mw_list sources;   /* struct mw_term_source */
};

/* Reads a form; every fault goes to diags (a code that stands twice, a sum of codes that do not stand before it). */
enum mw_rc mw_form_load(struct mw_form *out, struct mw_arena *a, const char *path, struct mw_diags *diags);
enum mw_rc mw_form_read(struct mw_form *out, struct mw_arena *a, const struct mw_node *map, struct mw_diags *diags);
/* The form of that id in config_dir/forms. MW_NOT_FOUND with the nearest id in diags. */
enum mw_rc mw_form_find(struct mw_form *out, struct mw_arena *a, const char *config_dir, const char *id, struct mw_diags *diags);

#endif
