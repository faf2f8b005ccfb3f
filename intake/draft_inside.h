/* What the files of this room share. Private to the room. */
#ifndef MW_INTAKE_DRAFT_INSIDE_H
#define MW_INTAKE_DRAFT_INSIDE_H

#include "intake/draft.h"

struct mw_job {
    const struct mw_intake *in;
    const struct mw_paper *d;
    struct mw_draft *out;
    struct mw_list texts;      /* struct mw_sv: what is read as running text */
    struct mw_list asides;     /* struct mw_sv: those of them that tell of the procedure: they measure nothing, but name programmes and roles */
    struct mw_list statements; /* struct mw_fact, of all texts, in order */
    struct mw_sv about;        /* the part of the text that tells of the project: one item of an agenda; MW_SV_NONE: all of it */
    struct mw_sv segmented;    /* the text that segments cut, see mw_draft_sentence(); MW_SV_NONE: none yet */
    struct mw_list segments;   /* struct mw_segment */
    enum mw_land land;         /* the one Land that the text names, else MW_LAND_NONE */
    bool failed;               /* memory ran out */
};

static inline const struct mw_fact *mw_statement_at(const struct mw_job *x, size_t i) { return MW_AT(x->statements, struct mw_fact, i); }
/* No project has more phases, lots, sums, parties or themes than this: what lists more is a register, and each new one is compared with all
 * that stand there. */
static inline bool mw_is_full(const struct mw_list *l) { return l->n >= 400; }
static inline bool mw_is_kind(const struct mw_fact *f, const char *kind) { return mw_sv_eqz(f->kind, kind); }

void mw_draft_quote(struct mw_job *x, struct mw_sv path, struct mw_sv quote);
__attribute__((format(printf, 3, 4))) void mw_draft_quotef(struct mw_job *x, struct mw_sv quote, const char *path, ...);
/* text: English, looked up in the message table. */
void mw_draft_ask(struct mw_job *x, const char *field, const char *text);
/* left_out.c: the sentence, row or line that a quote stands in, as it stands. */
struct mw_sv mw_draft_sentence(struct mw_job *x, struct mw_sv quote);
/* A statement is none of the project's, or not clear: nothing of it goes into the draft but its sentence. */
void mw_draft_leave_out(struct mw_job *x, const struct mw_fact *f, enum mw_left_why why);
/* White space as single spaces, stops and quotes at the ends off. */
struct mw_sv mw_tidy(struct mw_arena *a, struct mw_sv s);
bool mw_same_words(struct mw_sv a, struct mw_sv b); /* letters and digits alike, without case */

/* party.c: an organisation's name to applicants of the draft (roles, as_role != NULL). hint: what stands beside the name; kind: what
 * the form calls the authority, or MW_SV_NONE. */
void mw_draft_party(struct mw_job *x, struct mw_sv name, struct mw_sv quote, struct mw_sv kind, const struct mw_place_hint *hint,
    bool foreign);
void mw_draft_kreise(struct mw_job *x, struct mw_list *near); /* const struct mw_place *: the Kreise of the register that the text names */
void mw_draft_settle(struct mw_job *x);
void mw_draft_doubt_places(struct mw_job *x); /* of a text: it says that the towns lie in another Kreis than those of the register */
void mw_draft_doubt(struct mw_job *x, size_t applicant); /* its inhabitants are not those of the place in the register: another place */
struct mw_sv mw_bare_town(const struct mw_job *x, struct mw_sv name); /* "Stadt Lindental": Lindental; other names as they are */
void mw_draft_role(struct mw_job *x, struct mw_sv name, const char *role, struct mw_sv quote);

void mw_draft_form(struct mw_job *x);   /* read_form.c */
void mw_draft_text(struct mw_job *x);   /* read_text.c */
/* figures.c: one statement of a quantity, of a sum; rows of tables whose currency stands above them get it (before anything is read); what
 * the whole costs, and which share of it the applicants pay (after all sums). */
void mw_draft_measure(struct mw_job *x, const struct mw_fact *f);
void mw_draft_sum(struct mw_job *x, const struct mw_fact *f);
void mw_draft_table_rows(struct mw_job *x);
void mw_draft_volume(struct mw_job *x); /* volume.c */
void mw_draft_own_share(struct mw_job *x);
void mw_draft_head(struct mw_job *x);   /* head.c: kind, title and summary of a running text */
void mw_draft_drop_asides(struct mw_job *x); /* asides.c: what the texts state of other things than the project */
void mw_draft_choose_item(struct mw_job *x); /* items.c: of several items of an agenda the one that is a project; drops the rest, and all asides */
struct mw_sv mw_draft_text_around(const struct mw_job *x, struct mw_sv quote); /* asides.c: the text that the quote stands in */
void mw_draft_themes(struct mw_job *x); /* themes.c */
/* A text without a line that names it is called by the theme known to the vocabulary that it speaks of first, else by its first theme,
 * else by how it begins. */
void mw_draft_name(struct mw_job *x);
void mw_draft_questions(struct mw_job *x); /* questions.c */
bool mw_draft_add_period(struct mw_job *x, struct mw_day from, struct mw_day to, int32_t months, struct mw_sv quote);
void mw_draft_add_sum(struct mw_job *x, struct mw_sv what, struct mw_sv kind, struct mw_eur eur, struct mw_sv quote);
void mw_draft_add_fund(struct mw_job *x, struct mw_sv name, struct mw_sv number, struct mw_sv quote);

#endif
