/* What a free text says in numbers: "höchstens zwölf Workshops", "Gesamtkosten von 120.000 Euro", "Laufzeit von 36 Monaten".
 *
 * German, as applications are written. Only what is said plainly is taken: parts ("je zwei", "weitere drei"), sums by the year
 * and numbers without a noun are left out, because a finding that is wrong costs more trust than one that is missing. */
#ifndef MW_PLAN_SAID_H
#define MW_PLAN_SAID_H

#include "lib/core/arena.h"
#include "lib/core/date.h"
#include "lib/core/money.h"
#include "lib/core/read.h"

enum mw_said_kind { MW_SAID_COUNT, MW_SAID_SUM, MW_SAID_SHARE, MW_SAID_TIME, MW_SAID_SPAN };
enum mw_said_how { MW_SAID_EXACTLY, MW_SAID_AT_MOST, MW_SAID_AT_LEAST, MW_SAID_ABOUT };
/* What a sum, a share, a time or a span is about: by the nearest word of its sentence. */
enum mw_said_topic { MW_ABOUT_NOTHING, MW_ABOUT_TOTAL, MW_ABOUT_GRANT, MW_ABOUT_OWN, MW_ABOUT_RATE, MW_ABOUT_PERIOD };

struct mw_said {
    enum mw_said_kind kind;
    enum mw_said_how how;
    enum mw_said_topic topic;
    int64_t number;           /* of a count */
    struct mw_sv noun;        /* of a count: what is counted */
    bool definite;            /* "die drei Städte": those that are known, not any three */
    struct mw_eur sum;
    struct mw_share share;
    struct mw_duration time;
    struct mw_day from, to;
    struct mw_sv words;       /* verbatim */
};
/* Adds what text says to out (struct mw_said), in its order; all of it points into text. false: no memory. */
bool mw_said_read(struct mw_list *out, struct mw_arena *a, struct mw_sv text);
/* Is noun a form of word: "Workshops" of "Workshop", "Prüfungen" of "Prüfung"; "Bäume" of "Baum"; also as the end of a compound: "Bürgerworkshops"? */
bool mw_said_form_of(struct mw_sv noun, struct mw_sv word);

#endif
