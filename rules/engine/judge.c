/* The verdict: for each criterion the first row that holds. Comparisons live here; which facts, which answer and which
 * words are the files' business. */
#include <string.h>

#include "rules/engine/criteria.h"
#include "rules/engine/ruleset.h"

struct court {
    const struct mw_profile *p;
    const struct mw_list *facts;
    struct mw_day today;
    enum mw_lang lang;
    enum mw_status status;
    const struct mw_fact *status_why;
    struct mw_day deadline;
};
enum cover { COVERS_NOT, COVERS_PERHAPS, COVERS };

/* --- region ------------------------------------------------------------------------------------------------------- */
static bool is_our_land(const struct court *c, const struct mw_fact *f)
{
    for (size_t i = 0; i < c->p->applicants.n; i++) {
        const struct mw_applicant *a = MW_AT(c->p->applicants, struct mw_applicant, i);
        if (a->land != MW_LAND_NONE && mw_sv_eqz(f->value, mw_land_code(a->land)))
            return true;
    }
    return false;
}

static bool know_our_land(const struct court *c)
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
    if (a->population != MW_INT_NONE && a->population < SMALLEST_KREISFREI)
        return MW_NO;
    if (a->ags.n != 8)
        return MW_TRI_NONE;
    return memcmp(a->ags.p + 5, "000", 3) == 0 ? MW_YES : MW_NO;
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

/* May the applicant be one of those that a stated type names? A general term covers its parts: "Kommunen" a Kreis,
 * "juristische Personen des öffentlichen Rechts" every municipality. */
static enum cover covers(const struct mw_applicant *a, const struct mw_fact *f)
{
    int type = a->type;
    bool municipal = type == MW_A_KOMMUNE || type == MW_A_KREIS || type == MW_A_KOMMUNALVERBAND;
    if (type < 0)
        return COVERS_PERHAPS;
    if (municipal && mw_sv_eqz(f->value, "kommune"))
        return covers_municipal(a, f);
    if (mw_sv_eqz(f->value, MW_APPLICANT_TYPES[type]))
        return COVERS;
    if (type == MW_A_KREIS && mw_sv_eqz(f->condition, "gemeindeverband")) /* Kreise are Gemeindeverbände */
        return COVERS;
    if (mw_sv_eqz(f->condition, "juristische_person") && type != MW_A_PRIVATPERSON)
        return COVERS;
    if (mw_sv_eqz(f->value, "oeffentliche_einrichtung") && (municipal || type == MW_A_HOCHSCHULE))
        return COVERS_PERHAPS;
    if (mw_sv_eqz(f->value, "unternehmen") && type == MW_A_KOMMUNALES_UNTERNEHMEN)
        return COVERS_PERHAPS;
    return COVERS_NOT;
}

/* One of several applicants is enough. */
static enum cover any_covered(const struct court *c, const struct mw_fact *f)
{
    enum cover best = COVERS_NOT;
    for (size_t i = 0; i < c->p->applicants.n; i++) {
        enum cover k = covers(MW_AT(c->p->applicants, struct mw_applicant, i), f);
        best = k > best ? k : best;
    }
    return c->p->applicants.n == 0 ? COVERS_PERHAPS : best;
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

/* How many applicants are known to be within and outside. */
static void count_population(const struct court *c, const struct mw_fact *f, size_t *in, size_t *out)
{
    for (size_t i = 0; i < c->p->applicants.n; i++) {
        int64_t n = MW_AT(c->p->applicants, struct mw_applicant, i)->population;
        if (n == MW_INT_NONE || f->number == INT64_MIN)
            continue;
        *(within_number(n, f, f->number) > 0 ? in : out) += 1;
    }
}

static enum mw_compare place_of(const struct court *c, const struct mw_fact *f)
{
    size_t in = 0, out = 0;
    switch (f->type) {
    case MW_F_POPULATION:
        count_population(c, f, &in, &out);
        break;
    case MW_F_PARTNERS:
        *(c->p->applicants.n >= (size_t)(f->number < 0 ? 0 : f->number) ? &in : &out) = 1;
        break;
    case MW_F_AMOUNT: /* project_max, project_min: the project's volume; grant limits are caps and shut nobody out */
        if (!mw_eur_is(c->p->volume) || !mw_eur_is(f->eur) || !mw_sv_eqz(f->currency, "EUR"))
            break;
        if (mw_sv_eqz(f->kind, "project_min") || mw_sv_eqz(f->kind, "grant_min"))
            *(c->p->volume.cents >= f->eur.cents ? &in : &out) = 1;
        else
            *(c->p->volume.cents <= f->eur.cents ? &in : &out) = 1;
        break;
    case MW_F_OWN_SHARE:
        if (mw_share_is(c->p->own_share) && mw_share_is(f->share))
            *(mw_share_cmp(c->p->own_share, f->share) >= 0 ? &in : &out) = 1;
        break;
    case MW_F_DURATION: {
        struct mw_day last = mw_day_is(c->p->period.from) && f->months >= 0 ? mw_day_months_end(c->p->period.from, f->months) : MW_DAY_NONE;
        if (mw_day_is(last) && mw_day_is(c->p->period.to))
            *(mw_day_cmp(c->p->period.to, last) <= 0 ? &in : &out) = 1;
        break;
    }
    default:
        break;
    }
    if (in > 0 && out > 0)
        return MW_C_PARTLY_WITHIN;
    return in > 0 ? MW_C_WITHIN : out > 0 ? MW_C_OUTSIDE : MW_C_N;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */
static bool listed(const struct mw_list *words, struct mw_sv word)
{
    if (words->n == 0)
        return true;
    for (size_t i = 0; i < words->n; i++)
        if (mw_sv_eq(*MW_AT(*words, struct mw_sv, i), word))
            return true;
    return false;
}

static bool row_looks_at(const struct mw_criterion_row *row, const struct mw_fact *f)
{
    bool typed = false;
    for (size_t i = 0; i < row->facts.n && !typed; i++)
        typed = *MW_AT(row->facts, int, i) == (int)f->type;
    if (!typed || !listed(&row->kinds, f->kind) || !listed(&row->values, f->value))
        return false;
    if (row->from >= 0 && (row->from == 1) != (f->field.p != NULL))
        return false;
    return row->soft == MW_TRI_NONE || (row->soft == MW_YES) == f->soft;
}

static bool wants_kind(const struct court *c, const struct mw_fact *f)
{
    for (size_t i = 0; i < c->p->kinds.n; i++) {
        int k = *MW_AT(c->p->kinds, int, i);
        if (k >= 0 && k < MW_K_N && mw_sv_eqz(f->value, MW_KINDS[k]))
            return true;
    }
    return c->p->kinds.n == 0;
}

static bool fact_holds(const struct court *c, const struct mw_criterion_row *row, const struct mw_fact *f)
{
    switch ((enum mw_compare)row->is) {
    case MW_C_OUR_LAND:
        return is_our_land(c, f);
    case MW_C_NOT_OUR_LAND:
        return know_our_land(c) && !is_our_land(c, f);
    case MW_C_OUR_TYPE:
        return any_covered(c, f) == COVERS;
    case MW_C_PERHAPS_OUR_TYPE:
        return any_covered(c, f) == COVERS_PERHAPS;
    case MW_C_NOT_OUR_TYPE:
        return any_covered(c, f) == COVERS_NOT;
    case MW_C_OUR_KIND:
        return wants_kind(c, f);
    case MW_C_NOT_OUR_KIND:
        return !wants_kind(c, f);
    case MW_C_WITHIN:
    case MW_C_OUTSIDE:
    case MW_C_PARTLY_WITHIN:
        return place_of(c, f) == (enum mw_compare)row->is;
    default:
        return true;
    }
}

static bool weak_budget(const struct mw_profile *p)
{
    return p->applicants.n > 0 && MW_AT(p->applicants, struct mw_applicant, p->lead)->budget > MW_B_NORMAL;
}

static bool project_is(const struct court *c, int state)
{
    bool started = c->p->started == MW_YES && (!mw_day_is(c->p->started_on) || mw_day_cmp(c->p->started_on, c->today) <= 0);
    switch (state) {
    case MW_P_STARTED:
        return started;
    case MW_P_NOT_STARTED:
        return c->p->started != MW_TRI_NONE && !started;
    case MW_P_START_UNKNOWN:
        return c->p->started == MW_TRI_NONE;
    case MW_P_JOINT:
        return c->p->applicants.n > 1;
    case MW_P_SINGLE:
        return c->p->applicants.n <= 1;
    case MW_P_WEAK:
        return weak_budget(c->p);
    case MW_P_NOT_WEAK:
        return !weak_budget(c->p);
    default:
        return true;
    }
}

/* Evidence with a quote is better than a field, firm words better than soft ones. */
static bool better(const struct mw_fact *a, const struct mw_fact *b)
{
    if (b == NULL || (a->quote.p != NULL) != (b->quote.p != NULL))
        return b == NULL || a->quote.p != NULL;
    return !a->soft && b->soft;
}

/* Does one condition hold? *why is the fact that shows it, NULL where none is needed. */
static bool condition_holds(const struct court *c, const struct mw_criterion_row *row, const struct mw_fact **why)
{
    static const enum mw_status STATUS[] = { MW_S_OPEN, MW_S_FORTHCOMING, MW_S_CLOSED, MW_S_UNKNOWN };
    size_t looked = 0, held = 0;
    *why = NULL;
    if (!project_is(c, row->project))
        return false;
    if (row->is >= MW_C_OPEN && row->is <= MW_C_STATUS_UNKNOWN) {
        *why = c->status_why;
        if (c->status != STATUS[row->is - MW_C_OPEN])
            return false;
        if (row->facts.n == 0)
            return true;
        return *why != NULL && row_looks_at(row, *why);
    }
    if (row->facts.n == 0)
        return true;
    for (size_t i = 0; i < c->facts->n; i++) {
        const struct mw_fact *f = MW_AT(*c->facts, struct mw_fact, i);
        if (!row_looks_at(row, f))
            continue;
        looked++;
        if (!fact_holds(c, row, f))
            continue;
        held++;
        if (better(f, *why))
            *why = f;
    }
    if (row->is == MW_C_ABSENT)
        return *why = NULL, looked == 0;
    return row->every == MW_YES ? looked > 0 && held == looked : held > 0;
}

/* A field of the source is better believed with words of the text beside it: the same value, said in the text. */
static const struct mw_fact *in_words(const struct court *c, const struct mw_fact *why)
{
    for (size_t i = 0; why != NULL && why->quote.p == NULL && i < c->facts->n; i++) {
        const struct mw_fact *f = MW_AT(*c->facts, struct mw_fact, i);
        if (f->type == why->type && f->quote.p != NULL && mw_sv_eq(f->value, why->value) && mw_sv_eq(f->kind, why->kind))
            return f;
    }
    return why;
}

static bool row_holds(const struct court *c, const struct mw_criterion_row *row, const struct mw_fact **why)
{
    const struct mw_fact *ignored = NULL;
    if (!condition_holds(c, row, why) || (row->also != NULL && !condition_holds(c, row->also, &ignored)))
        return false;
    *why = in_words(c, *why != NULL ? *why : ignored);
    return true;
}

/* --- reasons ------------------------------------------------------------------------------------------------------ */
static void add_ours(struct mw_str *out, const struct court *c)
{
    for (size_t i = 0; i < c->p->applicants.n && i < 3; i++) {
        const struct mw_applicant *a = MW_AT(c->p->applicants, struct mw_applicant, i);
        if (i > 0)
            mw_str_addz(out, ", ");
        mw_str_add(out, a->name.n > 0 ? a->name : mw_sv(a->type >= 0 ? MW_APPLICANT_TYPES[a->type] : "?"));
    }
    if (c->p->applicants.n > 3)
        mw_str_addz(out, ", ...");
}

static void add_land(struct mw_str *out, const struct court *c)
{
    const struct mw_applicant *a = c->p->applicants.n > 0 ? MW_AT(c->p->applicants, struct mw_applicant, c->p->lead) : NULL;
    mw_str_addz(out, a != NULL ? mw_land_name(a->land) : "");
}

static void add_value(struct mw_str *out, const struct mw_fact *f)
{
    enum mw_land land;
    if (f != NULL && f->type == MW_F_REGION && mw_land_parse(f->value, &land))
        mw_str_addz(out, mw_land_name(land));
    else if (f != NULL)
        mw_str_add(out, f->value);
}

/* {fact} the fact in words, {value} its value, {ours} the applicants, {land} their Land, {date} the next date. */
static struct mw_sv reason(struct mw_arena *a, const struct court *c, const struct mw_criterion_row *row, const struct mw_fact *why)
{
    struct mw_str s = MW_STR_INIT;
    struct mw_sv text = c->lang == MW_DE ? row->de : row->en, head, tail, name;
    while (mw_sv_cut(text, '{', &head, &tail)) {
        mw_str_add(&s, head);
        if (!mw_sv_cut(tail, '}', &name, &text))
            text = MW_SV("");
        if (mw_sv_eqz(name, "fact") && why != NULL)
            mw_fact_words(&s, why, c->lang);
        else if (mw_sv_eqz(name, "value"))
            add_value(&s, why);
        else if (mw_sv_eqz(name, "ours"))
            add_ours(&s, c);
        else if (mw_sv_eqz(name, "land"))
            add_land(&s, c);
        else if (mw_sv_eqz(name, "date"))
            mw_day_format(&s, mw_day_is(c->deadline) ? c->deadline : why != NULL ? why->date : MW_DAY_NONE, c->lang);
    }
    mw_str_add(&s, text);
    struct mw_sv out = mw_arena_copy(a, mw_str_sv(&s));
    mw_str_free(&s);
    return out.p != NULL ? out : MW_SV("");
}

static bool judge_one(struct mw_verdict *out, struct mw_arena *a, const struct court *c, const struct mw_criterion_rule *rule)
{
    for (size_t i = 0; i < rule->rows.n; i++) {
        const struct mw_criterion_row *row = MW_AT(rule->rows, struct mw_criterion_row, i);
        const struct mw_fact *why = NULL;
        if (!row_holds(c, row, &why))
            continue;
        struct mw_criterion *k = mw_list_add(a, &out->criteria, sizeof *k);
        if (k == NULL)
            return false;
        *k = (struct mw_criterion){ rule->name, (enum mw_answer)row->answer, reason(a, c, row, why), why != NULL ? why->quote : MW_SV_NONE,
            why != NULL ? why->field : MW_SV_NONE, row->place };
        return true;
    }
    return true; /* silence: the criterion is not spoken of */
}

static enum mw_answer sum_up(const struct mw_rules *r, const struct mw_verdict *v)
{
    size_t decisive = 0, yes = 0;
    for (size_t i = 0; i < v->criteria.n; i++)
        if (MW_AT(v->criteria, struct mw_criterion, i)->answer == MW_A_NO)
            return MW_A_NO;
    for (size_t i = 0; i < r->criteria.n; i++) {
        const struct mw_criterion_rule *rule = MW_AT(r->criteria, struct mw_criterion_rule, i);
        decisive += rule->decisive == MW_YES;
        for (size_t k = 0; k < v->criteria.n && rule->decisive == MW_YES; k++) {
            const struct mw_criterion *c = MW_AT(v->criteria, struct mw_criterion, k);
            yes += mw_sv_eq(c->name, rule->name) && c->answer == MW_A_YES;
        }
    }
    return decisive > 0 && yes == decisive ? MW_A_YES : MW_A_UNKNOWN;
}

enum mw_rc mw_rules_judge(struct mw_verdict *out, struct mw_arena *a, struct mw_rules *r, const struct mw_profile *p, const struct mw_notice *n,
    const struct mw_list *facts, struct mw_day today, enum mw_lang lang, struct mw_err *err)
{
    struct court c = { .p = p, .facts = facts, .today = today, .lang = lang };
    *out = (struct mw_verdict){ MW_A_UNKNOWN, { 0 } };
    c.status = mw_status_on(n, facts, today, &c.status_why, &c.deadline);
    for (size_t i = 0; i < r->criteria.n; i++)
        if (!judge_one(out, a, &c, MW_AT(r->criteria, struct mw_criterion_rule, i)))
            return mw_nomem(err);
    out->answer = sum_up(r, out);
    return MW_OK;
}
