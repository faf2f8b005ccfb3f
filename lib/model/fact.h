/* A fact: one typed statement of a notice with the sentence that proves it (FORMATS.md section 3).
 *
 * The types and kinds of FORMATS.md are a promise; further types that matching needs follow behind them. */
#ifndef MW_MODEL_FACT_H
#define MW_MODEL_FACT_H

#include "lib/core/arena.h"
#include "lib/core/date.h"
#include "lib/core/money.h"
#include "lib/core/node.h"
#include "lib/core/out.h"

enum mw_fact_type {
    MW_F_DEADLINE, MW_F_RATE, MW_F_OWN_SHARE, MW_F_AMOUNT, MW_F_APPLICANT, MW_F_REGION, MW_F_EARLY_START, MW_F_TWO_STAGE,
    MW_F_CUMULATION, MW_F_DE_MINIMIS, MW_F_DURATION,
    /* not promised, used in matching */
    MW_F_STATUS,         /* kind open|closed|forthcoming|call_only|first_come, source's own word in value */
    MW_F_KIND,           /* kind of funding: value zuschuss|darlehen|... */
    MW_F_EXCLUSION,      /* value: an applicant type that may not apply */
    MW_F_POPULATION,     /* kind max|min|below|above, number */
    MW_F_PARTNERS,       /* kind min, number */
    MW_F_SAVING,         /* kind min, share */
    MW_F_FORWARDING,     /* Weiterleitung: value allowed|forbidden */
    MW_F_JOINT,          /* value lead|group|entity|allowed|forbidden */
    MW_F_FINANCING,      /* value anteil|fehlbedarf|festbetrag|voll|teil (not the whole) */
    MW_F_VAT,            /* value eligible|not_eligible|only_if_not_deductible */
    MW_F_OWN_STAFF,      /* value excluded|additional_only|eligible */
    MW_F_VALIDITY,       /* kind from|until, date */
    MW_F_THEME,          /* value: a concept of rules/vocabulary */
    MW_F_FUNDER,         /* value bund|eu: whose programme it is, where the text says so */
    MW_F_REQUIREMENT,    /* value: what an application needs besides: council_decision, cooperation_agreement, ... */
    MW_F_AREA,           /* value: a special area in which the project must (or must not) lie: grw|coal|leader|rural|designated|except */
    MW_F_BONUS,          /* kind max|fixed, share: percentage points on top of the rate */
    MW_F_PER_CAPITA,     /* kind max|fixed, eur, per: "100.000 einwohner": grows with the inhabitants, no limit of one grant */
    MW_F_COST,           /* kind eligible, value personal|sach: what is paid; kind flat_rate, value indirect, share */
    MW_F_UNIT_AMOUNT,    /* kind max|fixed, eur, per: a sum for each hour, place, square metre, ...; no limit of the grant */
    MW_F_TYPE_N
};
extern const char *const MW_FACT_TYPES[MW_F_TYPE_N + 1]; /* "deadline", ... NULL */

enum { MW_CLOCK_MAX = 24 * 60 };

struct mw_fact {
    enum mw_fact_type type;
    struct mw_sv kind;       /* "application", "max", ...; MW_SV_NONE where the type has none */
    struct mw_sv value;      /* words; "true" / "false" of two_stage and de_minimis */
    struct mw_day date;      /* MW_DAY_NONE */
    int recurs;              /* month * 100 + day of a yearly date: 331; 0: none. With a date: that is the last time */
    int clock;               /* of a deadline: minutes of its day, as clocks in Berlin and Brussels show them; 1440 is midnight at its end; -1 */
    struct mw_share share;   /* rate, own share, saving; MW_SHARE_NONE */
    struct mw_eur eur;       /* MW_EUR_NONE */
    struct mw_sv currency;   /* "EUR" */
    int32_t months;          /* duration; -1 */
    int64_t number;          /* population, partners; INT64_MIN */
    struct mw_sv per;        /* "Quartier", "application" */
    struct mw_sv condition;  /* `for`: finanzschwach, haushaltsnotlage, joint, or words of the text */
    bool soft;               /* "soll", "in der Regel", "grundsätzlich": never a hard no */
    bool fallback;           /* of a statement: another rule found its type too, which counts where it stands */
    struct mw_sv quote;      /* verbatim in the plain text at start; MW_SV_NONE for a field of the source */
    size_t start;            /* byte offset of the quote in the plain text */
    struct mw_sv field;      /* of the source: "eligible_applicants"; MW_SV_NONE: from the text */
    struct mw_sv rule;       /* "rules/facts/deadline.yaml:12" */
};

void mw_fact_clear(struct mw_fact *f); /* every value "not stated" */
/* One object as FORMATS.md section 3 shows it; two_stage and de_minimis as JSON booleans; for people: one table row is
 * made by mw_fact_words(). */
void mw_fact_to_out(const struct mw_fact *f, struct mw_out *o);
enum mw_rc mw_fact_from_node(struct mw_fact *out, struct mw_arena *a, const struct mw_node *node, struct mw_err *err);
/* What the fact says, in words of the language: "bis 31.03.2026 (Antrag)", "höchstens 75 %"; appended. */
void mw_fact_words(struct mw_str *out, const struct mw_fact *f, enum mw_lang lang);
/* A count with its thousands grouped: "24.800", "24,800"; appended. Nothing for one below zero. */
void mw_count_format(struct mw_str *out, int64_t n, enum mw_lang lang);
/* The type's name for people: "Frist", "Fördersatz". */
const char *mw_fact_label(enum mw_fact_type type, enum mw_lang lang);

#endif
