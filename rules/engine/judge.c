/* The verdict: for each criterion the first row that holds. Which facts, which answer and which words are the files' business;
 * comparisons live in compare.c and purpose.c. */
#include "rules/engine/court.h"

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

static bool names_type(const struct mw_criterion_row *row, const struct mw_fact *f)
{
    for (size_t i = 0; i < row->facts.n; i++)
        if (*MW_AT(row->facts, int, i) == (int)f->type)
            return true;
    return false;
}

/* Of a fact of the row's types. */
static bool row_looks_at(const struct mw_criterion_row *row, const struct mw_fact *f)
{
    if (!listed(&row->kinds, f->kind) || !listed(&row->values, f->value))
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
        return mw_court_our_land(c, f);
    case MW_C_NOT_OUR_LAND:
        return mw_court_knows_land(c) && !mw_court_our_land(c, f) && !mw_sv_eqz(f->value, "DE") && !mw_sv_eqz(f->value, "EU");
    case MW_C_OUR_TYPE:
        return mw_court_covers(c, f) == COVERS;
    case MW_C_PERHAPS_OUR_TYPE:
        return mw_court_covers(c, f) == COVERS_PERHAPS;
    case MW_C_NOT_OUR_TYPE:
        return mw_court_covers(c, f) == COVERS_NOT;
    case MW_C_OUR_KIND:
        return wants_kind(c, f);
    case MW_C_NOT_OUR_KIND:
        return !wants_kind(c, f);
    case MW_C_WITHIN:
    case MW_C_OUTSIDE:
    case MW_C_PARTLY_WITHIN:
    case MW_C_PERHAPS_WITHIN:
    case MW_C_NOT_STATED:
        return mw_court_place(c, f) == (enum mw_compare)row->is;
    case MW_C_NAMES_ALL:
    case MW_C_NAMES_SOME:
    case MW_C_NAMES_NONE:
        return mw_court_names(c, f) == (enum mw_compare)row->is;
    case MW_C_OUR_AREA:
        return mw_court_our_area(c, f);
    case MW_C_NOT_OUR_AREA:
        return !mw_court_our_area(c, f);
    case MW_C_AREA_ELSEWHERE:
        return mw_court_area_elsewhere(c, f);
    case MW_C_OUR_THEME:
        return c->purpose == MW_PURPOSE_OURS && f == c->purpose_why;
    case MW_C_AKIN_THEME:
        return c->purpose == MW_PURPOSE_AKIN && f == c->purpose_why;
    case MW_C_NEAR_THEME:
        return c->purpose == MW_PURPOSE_NEAR && f == c->purpose_why;
    case MW_C_OTHER_THEME:
        return c->purpose == MW_PURPOSE_OTHER && f == c->purpose_why;
    default:
        return true;
    }
}

/* Of the lead; -1: not stated. */
static int budget_of(const struct mw_profile *p)
{
    return p->applicants.n > 0 ? MW_AT(p->applicants, struct mw_applicant, p->lead)->budget : -1;
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
        return budget_of(c->p) > MW_B_NORMAL;
    case MW_P_NORMAL_BUDGET:
        return budget_of(c->p) == MW_B_NORMAL;
    case MW_P_BUDGET_EMERGENCY:
        return budget_of(c->p) == MW_B_HAUSHALTSSICHERUNG || budget_of(c->p) == MW_B_NOTHAUSHALT;
    case MW_P_OTHER_FUNDING:
        return c->p->other_funding == MW_YES;
    case MW_P_NO_OTHER_FUNDING:
        return c->p->other_funding == MW_NO;
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
        return *why != NULL && names_type(row, *why) && row_looks_at(row, *why);
    }
    if (row->facts.n == 0)
        return true;
    for (size_t t = 0; t < row->facts.n; t++) {
        int type = *MW_AT(row->facts, int, t);
        for (size_t i = c->of_type[type]; i < c->of_type[type + 1]; i++) {
            const struct mw_fact *f = c->sorted[i];
            if (!row_looks_at(row, f))
                continue;
            looked++;
            if (!fact_holds(c, row, f))
                continue;
            held++;
            if (better(f, *why))
                *why = f;
        }
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

/* "Stadt Muster 24.800 (31.12.2024)": the figures that a limit of inhabitants was held against. */
static void add_inhabitants(struct mw_str *out, const struct court *c)
{
    enum { MOST = 3 };
    size_t n = 0;
    for (size_t i = 0; i < c->p->applicants.n && n < MOST; i++) {
        const struct mw_applicant *a = MW_AT(c->p->applicants, struct mw_applicant, i);
        if (a->population == MW_INT_NONE)
            continue;
        mw_str_addf(out, "%s%.*s ", n++ > 0 ? ", " : "", MW_SV_ARG(a->name));
        mw_count_format(out, a->population, c->lang);
        mw_str_addz(out, " (");
        if (mw_court_dated(a))
            mw_day_format(out, a->population_on, c->lang);
        else
            mw_str_addz(out, mw_tr(c->lang, "without a date"));
        mw_str_addc(out, ')');
    }
    if (c->p->applicants.n > n)
        mw_str_addz(out, ", ...");
}

static void add_land(struct mw_str *out, const struct court *c)
{
    const struct mw_applicant *a = c->p->applicants.n > 0 ? MW_AT(c->p->applicants, struct mw_applicant, c->p->lead) : NULL;
    mw_str_addz(out, a != NULL ? mw_land_name(a->land) : "");
}

static void add_concept(struct mw_str *out, const struct mw_concept *k, enum mw_lang lang)
{
    const struct mw_list *words = k != NULL && (lang == MW_DE ? k->de.n > 0 || k->en.n == 0 : k->en.n == 0) ? &k->de : k != NULL ? &k->en : NULL;
    if (words != NULL && words->n > 0)
        mw_str_add(out, *MW_AT(*words, struct mw_sv, 0));
}

static void add_value(struct mw_str *out, const struct mw_fact *f, enum mw_lang lang)
{
    enum mw_land land;
    for (int k = 0; f != NULL && f->type == MW_F_KIND && k < MW_K_N; k++)
        if (mw_sv_eqz(f->value, MW_KINDS[k])) {
            mw_str_addz(out, mw_kind_label(k, lang));
            return;
        }
    if (f != NULL && f->type == MW_F_REGION && mw_land_parse(f->value, &land))
        mw_str_addz(out, mw_land_name(land));
    else if (f != NULL)
        mw_str_add(out, f->value);
}

/* {fact} the fact in words, {value} its value, {ours} the applicants, {inhabitants} theirs with the day of the figure, {land} their Land, {date} the next date, {theme}
 * the concept a theme names, {our_theme} the weightiest of the profile. */
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
            add_value(&s, why, c->lang);
        else if (mw_sv_eqz(name, "ours"))
            add_ours(&s, c);
        else if (mw_sv_eqz(name, "theme") && why != NULL)
            add_concept(&s, mw_theme_concept(c->r, why->value), c->lang);
        else if (mw_sv_eqz(name, "our_theme"))
            add_concept(&s, c->our_theme, c->lang);
        else if (mw_sv_eqz(name, "inhabitants"))
            add_inhabitants(&s, c);
        else if (mw_sv_eqz(name, "land"))
            add_land(&s, c);
        else if (mw_sv_eqz(name, "date"))
            mw_day_format(&s, mw_day_is(c->deadline) ? c->deadline : why != NULL ? why->date : MW_DAY_NONE, c->lang);
    }
    mw_str_add(&s, text);
    if (s.n > 0 && s.p[0] >= 'a' && s.p[0] <= 'z') /* a sentence that begins with what was put in */
        s.p[0] = (char)(s.p[0] - 'a' + 'A');
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
        *k = (struct mw_criterion){ rule->name, (enum mw_answer)row->answer, c->silent ? MW_SV_NONE : reason(a, c, row, why), why != NULL ? why->quote : MW_SV_NONE,
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

/* Facts by their type, in the text's order: a row looks at those of its types only. */
static bool sort_facts(struct court *c, struct mw_arena *a)
{
    size_t at[MW_F_TYPE_N + 1] = { 0 };
    const struct mw_fact **sorted = mw_arena_array(a, c->facts->n + 1, sizeof(const struct mw_fact *));
    for (size_t i = 0; i < c->facts->n; i++)
        at[MW_AT(*c->facts, struct mw_fact, i)->type + 1]++;
    for (size_t t = 0; t < MW_F_TYPE_N; t++) {
        at[t + 1] += at[t];
        c->of_type[t] = at[t];
    }
    c->of_type[MW_F_TYPE_N] = c->facts->n;
    for (size_t i = 0; i < c->facts->n && sorted != NULL; i++) {
        const struct mw_fact *f = MW_AT(*c->facts, struct mw_fact, i);
        sorted[at[f->type]++] = f;
    }
    c->sorted = sorted;
    return sorted != NULL;
}

enum mw_rc mw_rules_brief(struct mw_brief *out, struct mw_arena *a, struct mw_rules *r, const struct mw_profile *p, struct mw_err *err)
{
    *out = (struct mw_brief){ .p = p };
    if (!mw_areas_of(&out->areas, a, r, p))
        return mw_nomem(err);
    return mw_themes_brief(&out->themes, a, r, p, err);
}

enum mw_rc mw_rules_hear(struct mw_verdict *out, struct mw_arena *a, struct mw_rules *r, const struct mw_brief *b, const struct mw_notice *n,
    const struct mw_list *facts, const struct mw_hearing *how, struct mw_err *err)
{
    struct court c = { .r = r, .p = b->p, .facts = facts, .today = how->today, .lang = how->lang, .silent = how->depth != MW_HEAR_ALL };
    *out = (struct mw_verdict){ .answer = MW_A_UNKNOWN };
    c.status = mw_status_on(n, facts, how->today, &c.status_why, &c.deadline);
    c.purpose = mw_themes_compare(b->themes, facts, &c.purpose_why);
    out->akin = c.purpose == MW_PURPOSE_AKIN;
    c.our_theme = mw_theme_of_brief(b->themes);
    c.areas = &b->areas;
    if (!sort_facts(&c, a))
        return mw_nomem(err);
    for (size_t i = 0; i < r->criteria.n; i++) {
        if (!judge_one(out, a, &c, MW_AT(r->criteria, struct mw_criterion_rule, i)))
            return mw_nomem(err);
        if (how->depth == MW_HEAR_VERDICT && out->criteria.n > 0 && MW_AT(out->criteria, struct mw_criterion, out->criteria.n - 1)->answer == MW_A_NO)
            break;
    }
    out->answer = sum_up(r, out);
    return MW_OK;
}

enum mw_rc mw_rules_judge(struct mw_verdict *out, struct mw_arena *a, struct mw_rules *r, const struct mw_profile *p, const struct mw_notice *n,
    const struct mw_list *facts, struct mw_day today, enum mw_lang lang, struct mw_err *err)
{
    struct mw_brief b;
    struct mw_hearing how = { .today = today, .lang = lang };
    enum mw_rc rc = mw_rules_brief(&b, a, r, p, err);
    return rc == MW_OK ? mw_rules_hear(out, a, r, &b, n, facts, &how, err) : rc;
}
