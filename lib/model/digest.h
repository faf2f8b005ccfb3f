/* What a watch run keeps of every programme, and what it tells: events, typed, for one profile. */
#ifndef MW_MODEL_DIGEST_H
#define MW_MODEL_DIGEST_H

#include "lib/core/date.h"
#include "lib/core/node.h"
#include "lib/core/out.h"
#include "lib/model/verdict.h"

enum mw_watch_field { MW_W_DEADLINE, MW_W_RATE, MW_W_AMOUNT, MW_W_N };
/* A programme as one profile sees it on one day. said[] is what the notice states of a field: in `key` whatever the language, in
 * `words` for people; one statement a line, in
 * an order of their own, the same in both. */
struct mw_watched {
    struct mw_sv url, title;
    struct mw_list also;       /* struct mw_sv: other addresses of the programme; another run may know it by one of them */
    enum mw_answer verdict;
    struct mw_sv status;       /* a word of MW_STATUSES */
    struct mw_day deadline;    /* the next one, or MW_DAY_NONE */
    int clock;                 /* the hour at which it ends, as mw_fact.clock; -1: none is stated */
    struct mw_day opens;       /* applications are taken from then on, where that is still to come; MW_DAY_NONE */
    bool near;                 /* to the point: among the first of the ranking, and not far below the best of it */
    struct mw_sv reasons;      /* "region=yes status=unknown ..." */
    int64_t version;           /* of the notice: what other rules read in the same text is no change of it; 0: not known */
    int64_t id;                /* of the notice in the database of this run; in no file */
    struct { struct mw_sv key, words; } said[MW_W_N]; /* empty where the programme may not be used: then it is nobody's matter */
};

enum mw_event_kind {
    MW_E_NEW,      /* a programme that was not there before and may be used, or leaves questions */
    MW_E_VERDICT,  /* the verdict turned */
    MW_E_DEADLINE, MW_E_RATE, MW_E_AMOUNT, /* moved */
    MW_E_OPENED,   /* applications are taken again, or at last */
    MW_E_OPENING,  /* applications are taken in so many days or less */
    MW_E_CLOSING,  /* the deadline is so many days away or less */
    MW_E_STOPPED,  /* no longer open */
    MW_E_GONE,     /* no longer published */
    MW_E_RETURNED, /* was dismissed, and the reasons have changed */
    MW_E_N
};
extern const char *const MW_EVENTS[MW_E_N + 1]; /* "new", "verdict", ... NULL */
struct mw_event {
    enum mw_event_kind kind;
    struct mw_day day;          /* on which it was told */
    struct mw_sv url, title;
    struct mw_list also;        /* struct mw_sv: other addresses */
    struct mw_sv before, after; /* in words; MW_SV_NONE where there is none */
    struct mw_day deadline;     /* the next one, or MW_DAY_NONE */
    int clock;                  /* its hour, or -1 */
    enum mw_answer verdict;     /* as it is now */
    int64_t id;                 /* of the notice; 0: it is gone */
    struct mw_sv reasons;       /* the verdicts before, as in mw_watched; MW_SV_NONE: there were none */
    struct mw_list why;         /* struct mw_criterion: what is open, or what turned */
};
const char *mw_event_label(const struct mw_event *e, enum mw_lang lang); /* "The deadline moved" */
struct mw_digest {
    struct mw_sv profile, title; /* id and title */
    struct mw_day today, before; /* of this run and of the last; MW_DAY_NONE: there was none */
    size_t watched;              /* programmes looked at */
    struct mw_list events;       /* struct mw_event */
    struct mw_list told;         /* struct mw_event of earlier runs, for readers that ask seldom */
    struct mw_list dates;        /* struct mw_watched whose dates belong into a calendar */
};

/* What a run saw and told, as JSON ("profil.watch.json"), and back. MW_NOT_FOUND: there is no file; MW_PARSE: it is not what we wrote. */
struct mw_look {
    struct mw_sv profile;
    struct mw_day day;          /* of the run; MW_DAY_NONE: there was none */
    struct mw_list programmes;  /* struct mw_watched */
    struct mw_list told;        /* struct mw_event: what was told lately, without reasons */
};
enum mw_rc mw_look_load(struct mw_look *out, struct mw_arena *a, const char *path, struct mw_err *err);
enum mw_rc mw_look_save(const struct mw_look *state, const char *path, struct mw_err *err);
/* A copy of the digest and of all that it holds, in a; of its dates only what a calendar shows. */
enum mw_rc mw_digest_keep(struct mw_digest *out, struct mw_arena *a, const struct mw_digest *d, struct mw_err *err);
/* The digests of a run (struct mw_digest) as the list "digests": the same for terminal, JSON, the HTML and the text of a mail. People read in one sentence at
 * the end for which of several profiles nothing changed; programs get them all, in their order. */
void mw_digests_to_out(const struct mw_list *digests, struct mw_out *o);

#endif
