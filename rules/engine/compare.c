/* How one fact stands to the profile: Land, kind of applicant, numbers. */
#include <string.h>

#include "rules/engine/court.h"

/* --- region ------------------------------------------------------------------------------------------------------- */
bool mw_court_our_land(const struct court *c, const struct mw_fact *f)
{
    for (size_t i = 0; i < c->p->applicants.n; i++) {
        const struct mw_applicant *a = MW_AT(c->p->applicants, struct mw_applicant, i);
        if (a->land != MW_LAND_NONE && mw_sv_eqz(f->value, mw_land_code(a->land)))
            return true;
    }
    return false;
}

bool mw_court_knows_land(const struct court *c)
{
    for (size_t i = 0; i < c->p->applicants.n; i++)
        if (MW_AT(c->p->applicants, struct mw_applicant, i)->land != MW_LAND_NONE)
            return true;
    return false;
}

/* --- applicants --------------------------------------------------------------------------------------------------- */
enum { SMALLEST_KREISFREI = 30000 }; /* the smallest town outside a Kreis, Zweibrücken, has some 34,000 inhabitants */

/* A town outside a Kreis has an AGS of the form LLRKK000. */
static enum mw_tri is_kreisfrei(const struct mw_applicant *a)
{
    if (a->ags.n == 8)
        return memcmp(a->ags.p + 5, "000", 3) == 0 ? MW_YES : MW_NO;
    return a->population != MW_INT_NONE && a->population < SMALLEST_KREISFREI ? MW_NO : MW_TRI_NONE;
}

static enum cover covers_kommune(const struct mw_applicant *a, struct mw_sv which)
{
    if (!mw_sv_eqz(which, "kreisfrei"))
        return COVERS;
    enum mw_tri free_town = is_kreisfrei(a);
    return free_town == MW_YES ? COVERS : free_town == MW_NO ? COVERS_NOT : COVERS_PERHAPS;
}

/* Zweckverbände serve one purpose; Verbandsgemeinden, Samtgemeinden and Ämter are municipalities in all but name. Which it is,
 * only the name tells. */
static bool is_single_purpose(const struct mw_applicant *a)
{
    for (size_t i = 0; i + 11 <= a->name.n; i++)
        if (mw_sv_ieq(mw_sv_sub(a->name, i, 11), MW_SV("zweckverban")))
            return true;
    return false;
}

static enum cover covers_municipal(const struct mw_applicant *a, const struct mw_fact *f)
{
    if (a->type == MW_A_KOMMUNE)
        return covers_kommune(a, f->condition);
    if (mw_sv_eqz(f->condition, "kreisfrei"))
        return COVERS_NOT;
    if (a->type == MW_A_KREIS) /* "Gemeinden" leaves Kreise out, "Kommunen" does not */
        return mw_sv_eqz(f->condition, "gemeinde") ? COVERS_NOT : COVERS;
    if (is_single_purpose(a))
        return mw_sv_eqz(f->condition, "gemeinde") ? COVERS_NOT : COVERS_PERHAPS;
    return mw_sv_eqz(f->condition, "gemeinde") ? COVERS_PERHAPS : COVERS;
}

static bool is_public(int type)
{
    return type == MW_A_KOMMUNE || type == MW_A_KREIS || type == MW_A_KOMMUNALVERBAND || type == MW_A_OEFFENTLICHE_EINRICHTUNG || type == MW_A_HOCHSCHULE;
}

/* A group to which nearly anybody may belong (rules/facts/applicant_open.yaml). */
static enum cover covers_open(const struct mw_applicant *a, struct mw_sv group)
{
    bool person = a->type == MW_A_PRIVATPERSON || a->type == MW_A_EXISTENZGRUENDER;
    if (mw_sv_eqz(group, "open_to_states"))
        return COVERS_NOT;
    if (mw_sv_eqz(group, "open_to_others") || a->type < 0)
        return COVERS_PERHAPS;
    if (person || (is_public(a->type) && !mw_sv_eqz(group, "open_to_legal_persons")))
        return COVERS_NOT;
    return mw_sv_eqz(group, "open_to_private") ? COVERS_PERHAPS : COVERS;
}

/* Bodies of public law; a company of a town may be one (Anstalt, Eigenbetrieb) or not. */
static enum cover covers_public_law(int type)
{
    return is_public(type) ? COVERS : type == MW_A_KOMMUNALES_UNTERNEHMEN || type == MW_A_FORSCHUNGSEINRICHTUNG || type == MW_A_BILDUNGSEINRICHTUNG
        ? COVERS_PERHAPS : COVERS_NOT;
}

/* What a town owns is a company like others, but none of small ones: who is a quarter public is none (2003/361/EC, Annex, Art. 3 (4); small
 * towns excepted, so that only a majority is sure). */
static enum cover covers_company(const struct mw_applicant *a, struct mw_sv which)
{
    struct mw_share half;
    bool most = mw_share_make(&half, 1, 2) && mw_share_is(a->municipal_share) && mw_share_cmp(a->municipal_share, half) > 0;
    if (mw_sv_eqz(which, "kmu"))
        return most ? COVERS_NOT : COVERS_PERHAPS;
    return mw_sv_eqz(which, "privat") ? COVERS_PERHAPS : COVERS;
}

/* A part of the municipality without a legal personality of its own: the municipality applies for it; a company is none. */
static enum cover covers_eigenbetrieb(const struct mw_applicant *a)
{
    static const char *const COMPANIES[] = { "GmbH", "mbH", "AG", "KG", "eG", "AöR" };
    if (a->type != MW_A_KOMMUNALES_UNTERNEHMEN)
        return a->type == MW_A_KOMMUNE || a->type == MW_A_KREIS || a->type == MW_A_KOMMUNALVERBAND ? COVERS_PERHAPS : COVERS_NOT;
    for (size_t i = 0; i < sizeof COMPANIES / sizeof *COMPANIES; i++) {
        size_t n = strlen(COMPANIES[i]), at = mw_sv_find(a->name, mw_sv(COMPANIES[i]), 0);
        if (at != SIZE_MAX && at + n == a->name.n)
            return COVERS_NOT;
    }
    return mw_sv_find(a->name, MW_SV("igenbetrieb"), 0) != SIZE_MAX || mw_sv_find(a->name, MW_SV("egiebetrieb"), 0) != SIZE_MAX ? COVERS : COVERS_PERHAPS;
}

/* May the applicant be one of those that a stated type names? A general term covers its parts: "Kommunen" a Kreis,
 * "juristische Personen des öffentlichen Rechts" every municipality. */
static enum cover covers(const struct mw_applicant *a, const struct mw_fact *f)
{
    int type = a->type;
    bool municipal = type == MW_A_KOMMUNE || type == MW_A_KREIS || type == MW_A_KOMMUNALVERBAND;
    if (f->type == MW_F_REQUIREMENT)
        return covers_open(a, f->value);
    if (type < 0)
        return COVERS_PERHAPS;
    if (mw_sv_eqz(f->condition, "eigenbetrieb"))
        return covers_eigenbetrieb(a);
    if (mw_sv_eqz(f->condition, "qualified"))
        return type == MW_A_PRIVATPERSON ? COVERS_NOT : COVERS_PERHAPS;
    if (municipal && mw_sv_eqz(f->value, "kommune"))
        return covers_municipal(a, f);
    if (mw_sv_eqz(f->value, MW_APPLICANT_TYPES[type])) /* a club may be one of those that work in the whole Land */
        return mw_sv_eqz(f->condition, "ueberoertlich") ? COVERS_PERHAPS : COVERS;
    if (type == MW_A_KREIS && mw_sv_eqz(f->condition, "gemeindeverband")) /* Kreise are Gemeindeverbände */
        return COVERS;
    if (mw_sv_eqz(f->condition, "oeffentliches_recht"))
        return covers_public_law(type);
    if (mw_sv_eqz(f->condition, "juristische_person") && type != MW_A_PRIVATPERSON)
        return COVERS;
    if (mw_sv_eqz(f->value, "oeffentliche_einrichtung") && (municipal || type == MW_A_HOCHSCHULE))
        return COVERS_PERHAPS;
    if (mw_sv_eqz(f->value, "unternehmen") && type == MW_A_KOMMUNALES_UNTERNEHMEN)
        return covers_company(a, f->condition);
    return mw_sv_eqz(f->condition, "joint") ? COVERS_PERHAPS : COVERS_NOT; /* whom a consortium must have: others may be in it */
}

/* One of several applicants is enough to apply; shut out are they only together. */
enum cover mw_court_covers(const struct court *c, const struct mw_fact *f)
{
    enum cover best = COVERS_NOT, least = COVERS;
    for (size_t i = 0; i < c->p->applicants.n; i++) {
        enum cover k = covers(MW_AT(c->p->applicants, struct mw_applicant, i), f);
        best = k > best ? k : best;
        least = k < least ? k : least;
    }
    return c->p->applicants.n == 0 ? COVERS_PERHAPS : f->type == MW_F_EXCLUSION ? least : best;
}

/* --- numbers ------------------------------------------------------------------------------------------------------ */
/* -1 outside, 0 unknown, 1 within. */
static int within_number(int64_t ours, const struct mw_fact *f, int64_t limit)
{
    if (mw_sv_eqz(f->kind, "max"))
        return ours <= limit ? 1 : -1;
    if (mw_sv_eqz(f->kind, "below"))
        return ours < limit ? 1 : -1;
    if (mw_sv_eqz(f->kind, "above"))
        return ours > limit ? 1 : -1;
    return ours >= limit ? 1 : -1;
}

/* Near a limit only the official figure of the programme's reference date decides. Official figures are those of a 31 December and come
 * out in the course of the next year, so that one is the newest there is for up to two years. An older one may be off by what towns
 * grow or shrink in a year, and by what the census of 2022 put right; one without a date counts as one of the year before. */
enum { NEWEST_FOR_YEARS = 2, NEAR_LIMIT_PERCENT = 2, NEAR_LIMIT_MOST = 25 };

static int64_t doubt_percent(const struct mw_applicant *a, struct mw_day today)
{
    if (!mw_court_dated(a))
        return NEAR_LIMIT_PERCENT;
    int old = mw_day_ymd(today).year - mw_day_ymd(a->population_on).year - NEWEST_FOR_YEARS;
    return old <= 0 ? 0 : old + NEAR_LIMIT_PERCENT > NEAR_LIMIT_MOST ? NEAR_LIMIT_MOST : old + NEAR_LIMIT_PERCENT;
}

struct tally { size_t in, out, near, missing; };

static void tally_population(struct tally *t, const struct mw_fact *f, int64_t n, int64_t percent)
{
    int64_t gap = n > f->number ? n - f->number : f->number - n;
    if (n == MW_INT_NONE)
        t->missing++;
    else if (gap > 0 && gap <= f->number / 100 * percent)
        t->near++;
    else
        *(within_number(n, f, f->number) > 0 ? &t->in : &t->out) += 1;
}

static bool states(const struct court *c, enum mw_fact_type type, const char *value)
{
    for (size_t i = 0; i < c->facts->n; i++)
        if (MW_AT(*c->facts, struct mw_fact, i)->type == type && mw_sv_eqz(MW_AT(*c->facts, struct mw_fact, i)->value, value))
            return true;
    return false;
}

/* Each applicant by itself; or all together, where the text says that inhabitants are added up. */
static void count_population(struct tally *t, const struct court *c, const struct mw_fact *f)
{
    int64_t sum = 0, percent = 0;
    bool added_up = c->p->applicants.n > 1 && states(c, MW_F_REQUIREMENT, "joint_population");
    if (f->number == INT64_MIN)
        return;
    for (size_t i = 0; i < c->p->applicants.n; i++) {
        const struct mw_applicant *a = MW_AT(c->p->applicants, struct mw_applicant, i);
        int64_t n = a->population, doubt = doubt_percent(a, c->today);
        if (!added_up)
            tally_population(t, f, n, doubt);
        percent = doubt > percent ? doubt : percent;
        sum = sum == MW_INT_NONE || n == MW_INT_NONE ? MW_INT_NONE : sum + n;
    }
    if (added_up)
        tally_population(t, f, sum, percent);
}

static void count_amount(struct tally *t, const struct court *c, const struct mw_fact *f)
{
    bool least = mw_sv_eqz(f->kind, "project_min") || mw_sv_eqz(f->kind, "grant_min");
    if (!mw_eur_is(f->eur) || !mw_sv_eqz(f->currency, "EUR"))
        return;
    if (!mw_eur_is(c->p->volume))
        t->missing = 1;
    else if (least ? c->p->volume.cents >= f->eur.cents : c->p->volume.cents <= f->eur.cents)
        t->in = 1;
    else
        t->out = 1;
}

static void count_duration(struct tally *t, const struct court *c, const struct mw_fact *f)
{
    struct mw_day last = mw_day_is(c->p->period.from) && f->months >= 0 ? mw_day_months_end(c->p->period.from, f->months) : MW_DAY_NONE;
    if (mw_day_is(last) && mw_day_is(c->p->period.to))
        *(mw_day_cmp(c->p->period.to, last) <= 0 ? &t->in : &t->out) = 1;
    else if (f->months >= 0)
        t->missing = 1;
}

/* How much of a company must belong to municipalities. A municipality among the applicants needs no owner. */
static void count_ownership(struct tally *t, const struct court *c, const struct mw_fact *f)
{
    if (!mw_share_is(f->share))
        return;
    for (size_t i = 0; i < c->p->applicants.n; i++) {
        const struct mw_applicant *a = MW_AT(c->p->applicants, struct mw_applicant, i);
        if (a->type == MW_A_KOMMUNE || a->type == MW_A_KREIS || a->type == MW_A_KOMMUNALVERBAND) {
            *t = (struct tally){ 0 };
            return;
        }
        int order = mw_share_is(a->municipal_share) ? mw_share_cmp(a->municipal_share, f->share) : 0;
        if (!mw_share_is(a->municipal_share))
            t->missing += a->type == MW_A_KOMMUNALES_UNTERNEHMEN || a->type < 0;
        else
            *((mw_sv_eqz(f->kind, "above") ? order > 0 : order >= 0) ? &t->in : &t->out) += 1;
    }
}

enum mw_compare mw_court_place(const struct court *c, const struct mw_fact *f)
{
    struct tally t = { 0 };
    switch (f->type) {
    case MW_F_POPULATION:
        count_population(&t, c, f);
        break;
    case MW_F_PARTNERS:
        *(c->p->applicants.n >= (size_t)(f->number < 0 ? 0 : f->number) ? &t.in : &t.out) = 1;
        break;
    case MW_F_AMOUNT: /* project_max, project_min: the project's volume; grant limits are caps and shut nobody out */
        count_amount(&t, c, f);
        break;
    case MW_F_OWN_SHARE:
        if (mw_share_is(c->p->own_share) && mw_share_is(f->share))
            *(mw_share_cmp(c->p->own_share, f->share) >= 0 ? &t.in : &t.out) = 1;
        else if (mw_share_is(f->share))
            t.missing = 1;
        break;
    case MW_F_DURATION:
        count_duration(&t, c, f);
        break;
    case MW_F_REQUIREMENT:
        count_ownership(&t, c, f);
        break;
    case MW_F_RATE:
        return mw_court_budget(c->p->applicants.n > 0 ? MW_AT(c->p->applicants, struct mw_applicant, c->p->lead)->budget : -1, f);
    default:
        break;
    }
    if (t.in > 0 && t.out > 0)
        return MW_C_PARTLY_WITHIN;
    if (t.near > 0)
        return MW_C_PERHAPS_WITHIN;
    if (t.missing > 0)
        return MW_C_NOT_STATED;
    return t.in > 0 ? MW_C_WITHIN : t.out > 0 ? MW_C_OUTSIDE : MW_C_N;
}
