/* Statements of running text to the draft. */
#include "intake/draft_inside.h"

static bool is_form(const struct mw_job *x)
{
    return x->d->fields.n > 0;
}

/* --- who ---------------------------------------------------------------------------------------------------------------- */
/* "Stadt A" and in the line below "Landkreis B": where the town lies. */
static bool is_where_it_lies(const struct mw_fact *town, const struct mw_fact *f)
{
    bool kreis = mw_sv_starts(f->value, MW_SV("Landkreis ")) || mw_sv_starts(f->value, MW_SV("Kreis ")) || mw_sv_ends(f->value, MW_SV("kreis")) ||
                 mw_sv_ends(f->value, MW_SV("-Kreis"));
    const char *at = town != NULL ? town->quote.p + town->quote.n : NULL;
    bool below = false;
    if (!kreis || at == NULL || at >= f->quote.p)
        return false;
    for (; at < f->quote.p && (*at == ' ' || *at == '\r' || *at == '\n'); at++)
        below = below || *at == '\n';
    return below && at == f->quote.p;
}

/* The one Land that the text names as that of its applicants, or (mentioned) names at all; MW_LAND_NONE: none, or several. */
static enum mw_land the_land(const struct mw_job *x, bool mentioned)
{
    enum mw_land only = MW_LAND_NONE;
    for (size_t i = 0; i < x->statements.n; i++) {
        enum mw_land land = MW_LAND_NONE;
        const struct mw_fact *f = mw_statement_at(x, i);
        if (mw_statement_of(f) != MW_ST_LAND || mw_is_kind(f, "mentioned") != mentioned || !mw_land_parse(f->value, &land))
            continue;
        if (only != MW_LAND_NONE && land != only)
            return MW_LAND_NONE;
        only = land;
    }
    return only;
}

/* An association or a company lies in the Land of the Kreise that the text names, where that is one. */
static void land_of_kreise(struct mw_job *x, const struct mw_list *kreise)
{
    enum mw_land land = kreise->n > 0 ? (*MW_AT(*kreise, const struct mw_place *, 0))->land : MW_LAND_NONE;
    for (size_t i = 0; i < kreise->n; i++)
        if ((*MW_AT(*kreise, const struct mw_place *, i))->land != land)
            return;
    for (size_t i = 0; i < x->out->profile.applicants.n && land != MW_LAND_NONE; i++) {
        struct mw_applicant *a = MW_AT(x->out->profile.applicants, struct mw_applicant, i);
        if (a->land == MW_LAND_NONE && a->type >= 0 && a->type != MW_A_KOMMUNE && a->type != MW_A_UNTERNEHMEN && !MW_AT(x->out->found, struct mw_found, i)->foreign)
            a->land = land;
    }
}

static void read_parties(struct mw_job *x)
{
    struct mw_place_hint hint = { 0 };
    hint.land = the_land(x, false);
    if (hint.land == MW_LAND_NONE)
        hint.land = the_land(x, true);
    x->land = hint.land;
    if (!is_form(x))
        mw_draft_kreise(x, &hint.near);
    size_t kreise = hint.near.n;
    const struct mw_fact *last = NULL;
    for (size_t i = 0; i < x->statements.n && !is_form(x); i++) {
        const struct mw_fact *f = mw_statement_at(x, i);
        size_t before = x->out->profile.applicants.n;
        bool said = mw_statement_of(f) == MW_ST_APPLICANT && !is_where_it_lies(last, f);
        if (said) {
            last = f;
            mw_draft_party(x, f->value, f->quote, MW_SV_NONE, &hint, false);
        }
        for (size_t k = before; k < x->out->profile.applicants.n; k++) { /* "die Städte A und B" says what A is */
            struct mw_applicant *a = MW_AT(x->out->profile.applicants, struct mw_applicant, k);
            if (a->type < 0 && mw_sv_eqz(f->kind, "kommune"))
                a->type = MW_A_KOMMUNE;
            if (a->type == MW_A_KOMMUNE && a->land == MW_LAND_NONE)
                a->land = hint.land;
        }
        for (size_t k = hint.near.n - kreise; k < x->out->found.n; k++) /* neighbours settle homonyms */
            if (MW_AT(x->out->found, struct mw_found, k)->place != NULL) {
                const struct mw_place **slot = mw_list_add(x->in->a, &hint.near, sizeof *slot);
                if (slot != NULL)
                    *slot = MW_AT(x->out->found, struct mw_found, k)->place;
            }
    }
    mw_draft_settle(x);
    if (!is_form(x))
        mw_draft_doubt_places(x);
    hint.near.n = kreise;
    land_of_kreise(x, &hint.near);
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *f = mw_statement_at(x, i);
        if (mw_statement_of(f) == MW_ST_ROLE)
            mw_draft_role(x, f->value, mw_arena_z(x->in->a, f->kind), f->quote);
    }
}

/* Whose figure it is: of whoever is named; of "der Landkreis" and of nobody in words the one applicant, if he is one. */
static bool is_his(const struct mw_applicant *a, struct mw_sv whose, bool alone)
{
    struct mw_sv head, rest;
    bool bare = !mw_sv_cut(whose, ' ', &head, &rest), kreis = mw_sv_ends(whose, MW_SV("kreis")) || mw_sv_ieq(whose, MW_SV("Kreis"));
    if (whose.n == 0)
        return alone;
    if (mw_sv_find(whose, a->name, 0) != SIZE_MAX || (!bare && mw_sv_find(a->name, whose, 0) != SIZE_MAX))
        return true;
    bool a_word = mw_sv_starts(a->name, whose) || kreis || mw_sv_ends(whose, MW_SV("gemeinde")) || mw_sv_ieq(whose, MW_SV("Stadt"));
    return a_word && bare ? alone && kreis == (a->type == MW_A_KREIS) : mw_sv_find(a->name, whose, 0) != SIZE_MAX;
}

/* Another figure of inhabitants that nobody is named with: then it is not known whose this one is. */
static bool is_one_of_several(const struct mw_job *x, const struct mw_fact *f)
{
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *o = mw_statement_at(x, i);
        if (mw_statement_of(o) == MW_ST_POPULATION && mw_is_kind(o, "only") && o->number != f->number)
            return true;
    }
    return false;
}

/* A figure with nobody's name, in a sentence that names a Kreis beside a town: it is not said whose it is. */
static bool may_be_the_kreis(struct mw_job *x, const struct mw_fact *f)
{
    struct mw_list *l = &x->out->profile.applicants;
    struct mw_sv sentence = mw_draft_sentence(x, f->quote);
    struct mw_sv before = mw_sv_sub(sentence, 0, (size_t)(f->quote.p - sentence.p));
    size_t at = mw_sv_find(before, MW_SV("reis "), 0), wall = mw_sv_find(before, MW_SV(")"), 0); /* "(Landkreis Vorderwald)" says where it lies */
    bool kreis = at != SIZE_MAX && (wall == SIZE_MAX || wall < at);
    return f->value.n == 0 && kreis && l->n == 1 && MW_AT(*l, struct mw_applicant, 0)->type != MW_A_KREIS;
}

static void read_population(struct mw_job *x, const struct mw_fact *f)
{
    struct mw_list *l = &x->out->profile.applicants;
    if (may_be_the_kreis(x, f)) {
        mw_draft_leave_out(x, f, MW_LEFT_UNCLEAR);
        return;
    }
    if (mw_is_kind(f, "only") && is_one_of_several(x, f))
        return;
    for (size_t i = 0; i < l->n; i++) {
        struct mw_applicant *a = MW_AT(*l, struct mw_applicant, i);
        bool his = is_his(a, f->value, l->n == 1);
        if (his && a->population == MW_INT_NONE && f->number > 0) {
            a->population = f->number;
            mw_draft_quotef(x, f->quote, "applicants[%zu].population", i);
            mw_draft_doubt(x, i);
        }
    }
}

/* The first that is said of an applicant counts. */
static void read_budget(struct mw_job *x, const struct mw_fact *f)
{
    struct mw_list *l = &x->out->profile.applicants;
    int budget = 0;
    while (budget < MW_B_N && !mw_sv_eqz(f->kind, MW_BUDGETS[budget]))
        budget++;
    for (size_t i = 0; i < l->n && budget < MW_B_N; i++) {
        struct mw_applicant *a = MW_AT(*l, struct mw_applicant, i);
        if (a->budget >= 0 || !is_his(a, f->value, l->n == 1))
            continue;
        a->budget = budget;
        mw_draft_quotef(x, f->quote, "applicants[%zu].budget", i);
    }
}

/* --- when --------------------------------------------------------------------------------------------------------------- */
/* "Im Jahr 2028 soll alles fertig sein", "Oktober 2028" beside "bis 13.10.2028": of two times in one year the one that is no turn of the
 * year is meant, of two in one month the one that is no turn of the month. */
static bool is_the_year_alone(struct mw_day day, struct mw_day known, bool from)
{
    if (!mw_day_is(day) || !mw_day_is(known))
        return false;
    struct mw_ymd d = mw_day_ymd(day), k = mw_day_ymd(known);
    bool month = from ? d.day == 1 : d.day == mw_days_in_month(d.year, d.month), year = month && d.month == (from ? 1 : 12);
    return d.year == k.year && (year || (month && d.month == k.month));
}

/* "01.10.2026", "1. Oktober 2026" */
static bool says_a_day(struct mw_sv quote)
{
    for (size_t i = 1; i + 2 < quote.n; i++) {
        bool digit = quote.p[i - 1] >= '0' && quote.p[i - 1] <= '9';
        char next = quote.p[i + 1 + (quote.p[i + 1] == ' ')];
        if (digit && quote.p[i] == '.' && ((next >= '0' && next <= '9') || (next >= 'A' && next <= 'S')) && next != 'Q' && next != 'H')
            return true;
    }
    return false;
}

/* A period that the text itself calls changed replaces the earlier one. */
static void read_period(struct mw_job *x)
{
    bool changed = false, form = mw_day_is(x->out->profile.period.from) || mw_day_is(x->out->profile.period.to);
    for (size_t i = 0; i < x->statements.n; i++)
        changed = changed || (mw_statement_of(mw_statement_at(x, i)) == MW_ST_PERIOD && mw_sv_eqz(mw_statement_at(x, i)->value, "changed"));
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *f = mw_statement_at(x, i);
        if (mw_statement_of(f) != MW_ST_PERIOD || form || (changed && !mw_sv_eqz(f->value, "changed") && f->months < 0))
            continue;
        bool from = mw_sv_eqz(f->kind, "from"), open = f->months < 0 || x->out->months < 0;
        struct mw_day *known = from ? &x->out->profile.period.from : &x->out->profile.period.to;
        if (is_the_year_alone(f->date, *known, from))
            continue;
        if (is_the_year_alone(*known, f->date, from))
            *known = MW_DAY_NONE;
        bool wider = open && mw_draft_add_period(x, from ? f->date : MW_DAY_NONE, from ? MW_DAY_NONE : f->date, f->months, f->quote);
        bool planned = mw_sv_find(f->quote, MW_SV("geplant"), 0) != SIZE_MAX && says_a_day(f->quote); /* "Beginn (geplant): 01.10.2026" is exact */
        if (wider && !planned && (f->condition.n > 0 || f->soft))
            x->out->approximate = true;
    }
}

static struct mw_phase *phase_of(struct mw_job *x, const struct mw_fact *f)
{
    struct mw_list *l = &x->out->profile.phases;
    struct mw_sv label = mw_tidy(x->in->a, f->value);
    for (size_t i = 0; i < l->n; i++)
        if (mw_same_words(MW_AT(*l, struct mw_phase, i)->label, label))
            return MW_AT(*l, struct mw_phase, i);
    struct mw_phase *p = mw_is_full(l) ? NULL : mw_list_add(x->in->a, l, sizeof *p);
    if (p == NULL) {
        x->failed = x->failed || !mw_is_full(l);
        return NULL;
    }
    *p = (struct mw_phase){ .label = label, .from = MW_DAY_NONE, .to = MW_DAY_NONE };
    mw_draft_quotef(x, f->quote, "phases[%zu]", l->n - 1);
    return p;
}

static void read_phase(struct mw_job *x, const struct mw_fact *f)
{
    struct mw_phase *p = phase_of(x, f);
    if (p != NULL && mw_sv_eqz(f->kind, "from") && !mw_day_is(p->from))
        p->from = f->date;
    else if (p != NULL && mw_sv_eqz(f->kind, "to") && !mw_day_is(p->to))
        p->to = f->date;
}

/* Phases that cover the whole work say when it is done, where nothing else does. */
static void period_of_phases(struct mw_job *x)
{
    const struct mw_list *l = &x->out->profile.phases;
    if (mw_day_is(x->out->profile.period.from) || mw_day_is(x->out->profile.period.to) || x->out->months > 0 || l->n < 2)
        return;
    for (size_t i = 0; i < l->n; i++) {
        const struct mw_phase *p = MW_AT(*l, struct mw_phase, i);
        struct mw_sv path = mw_arena_printf(x->in->a, "phases[%zu]", i);
        for (size_t k = 0; k < x->out->evidence.n; k++) {
            const struct mw_evidence *e = MW_AT(x->out->evidence, struct mw_evidence, k);
            if (mw_sv_eq(e->path, path)) {
                mw_draft_add_period(x, p->from, p->to, -1, e->quote);
                break;
            }
        }
    }
}

/* --- what else is said ------------------------------------------------------------------------------------------------------ */
static void read_started(struct mw_job *x, const struct mw_fact *f)
{
    if (x->out->profile.started != MW_TRI_NONE)
        return;
    x->out->profile.started = mw_sv_eqz(f->value, "no") ? MW_NO : MW_YES;
    x->out->profile.started_on = f->date;
    mw_draft_quote(x, MW_SV("started"), f->quote);
}

/* A grant's number that stands apart from a name belongs to the one programme of the text. */
static void number_of_the_fund(struct mw_job *x)
{
    struct mw_fund *fund = x->out->programmes.n == 1 ? MW_AT(x->out->programmes, struct mw_fund, 0) : NULL;
    for (size_t i = 0; i < x->statements.n && fund != NULL && fund->number.n == 0; i++) {
        const struct mw_fact *f = mw_statement_at(x, i);
        if (mw_statement_of(f) != MW_ST_PROGRAMME || !mw_is_kind(f, "number"))
            continue;
        fund->number = mw_tidy(x->in->a, f->per);
        mw_draft_quote(x, MW_SV("programmes[0].number"), f->quote);
    }
}

/* "Jeder Teil betrifft eine Kommune": as many lots as applicants, each with its own. */
static void lot_for_each(struct mw_job *x, const struct mw_fact *f)
{
    struct mw_list *l = &x->out->profile.lots, *who = &x->out->profile.applicants;
    for (size_t i = 0; i < who->n && who->n > 1 && l->n == i; i++) {
        struct mw_lot *lot = mw_list_add(x->in->a, l, sizeof *lot);
        struct mw_sv name = MW_AT(*who, struct mw_applicant, i)->name;
        if (lot == NULL)
            return;
        *lot = (struct mw_lot){ .id = mw_arena_printf(x->in->a, "%zu", i + 1), .label = name, .applicant = name };
        mw_draft_quotef(x, f->quote, "lots[%zu]", i);
    }
}

static void read_lot(struct mw_job *x, const struct mw_fact *f)
{
    struct mw_list *l = &x->out->profile.lots;
    if (mw_sv_eqz(f->kind, "each")) {
        lot_for_each(x, f);
        return;
    }
    struct mw_sv label = mw_tidy(x->in->a, f->value);
    if (mw_is_full(l))
        return;
    for (size_t i = 0; i < l->n; i++)
        if (mw_same_words(MW_AT(*l, struct mw_lot, i)->label, label) || (f->kind.n > 0 && mw_sv_eq(MW_AT(*l, struct mw_lot, i)->id, f->kind)))
            return;
    struct mw_lot *lot = mw_list_add(x->in->a, l, sizeof *lot);
    if (lot == NULL) {
        x->failed = true;
        return;
    }
    *lot = (struct mw_lot){ .id = f->kind.n > 0 ? f->kind : mw_arena_printf(x->in->a, "%zu", l->n), .label = label, .applicant = f->per };
    if (x->out->profile.applicants.n == 1)
        lot->applicant = MW_AT(x->out->profile.applicants, struct mw_applicant, 0)->name;
    mw_draft_quotef(x, f->quote, "lots[%zu]", l->n - 1);
}

static void read_joint(struct mw_job *x, const struct mw_fact *f)
{
    for (int m = 0; m < MW_J_N && x->out->profile.joint_mode < 0; m++)
        if (mw_sv_eqz(f->value, MW_JOINT_MODES[m]) && x->out->profile.applicants.n > 1) {
            x->out->profile.joint_mode = m;
            mw_draft_quote(x, MW_SV("joint_mode"), f->quote);
        }
}

static bool tells_who_pays(const struct mw_job *x)
{
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *f = mw_statement_at(x, i);
        if (mw_statement_of(f) == MW_ST_AMOUNT && (mw_is_kind(f, "total") || mw_is_kind(f, "own")))
            return true;
    }
    return false;
}

/* A page on which nobody applies tells of customers, prices and examples: none of its figures is a project's. Nor does a company apply
 * that tells of its work and of no project's cost. */
static bool is_advert(const struct mw_job *x)
{
    bool companies = !tells_who_pays(x);
    for (size_t i = 0; i < x->out->profile.applicants.n; i++) {
        int type = MW_AT(x->out->profile.applicants, struct mw_applicant, i)->type;
        companies = companies && (type == MW_A_KOMMUNALES_UNTERNEHMEN || type == MW_A_UNTERNEHMEN);
    }
    return mw_sv_eqz(x->out->document, "web_page") && (x->out->profile.applicants.n == 0 || companies);
}

static void forget_applicants(struct mw_job *x)
{
    struct mw_evidence *all = x->out->evidence.items;
    size_t n = 0;
    for (size_t i = 0; i < x->out->evidence.n; i++)
        if (!mw_sv_starts(all[i].path, MW_SV("applicants[")))
            all[n++] = all[i];
    x->out->evidence.n = n;
    x->out->profile.applicants.n = x->out->found.n = 0;
}

/* On a page whoever stands at its head only publishes it: it applies where a sentence says so. */
static void drop_heads_of_pages(struct mw_job *x)
{
    struct mw_fact *facts = x->statements.items;
    size_t n = 0;
    for (size_t i = 0; i < x->statements.n; i++) {
        bool unsaid = mw_is_kind(&facts[i], "head") || mw_is_kind(&facts[i], "itself");
        if (!mw_sv_eqz(x->out->document, "web_page") || !unsaid || mw_statement_of(&facts[i]) != MW_ST_APPLICANT)
            facts[n++] = facts[i];
    }
    x->statements.n = n;
}

void mw_draft_text(struct mw_job *x)
{
    mw_draft_drop_asides(x);
    mw_draft_table_rows(x);
    if (!is_form(x)) {
        mw_draft_head(x);
        drop_heads_of_pages(x);
    }
    read_parties(x);
    if (is_advert(x)) {
        forget_applicants(x);
        return;
    }
    read_period(x);
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *f = mw_statement_at(x, i);
        enum mw_statement type = mw_statement_of(f);
        if (type == MW_ST_PHASE)
            read_phase(x, f);
        else if (type == MW_ST_QUANTITY)
            mw_draft_measure(x, f);
        else if (type == MW_ST_AMOUNT)
            mw_draft_sum(x, f);
        else if (type == MW_ST_STARTED && !is_form(x))
            read_started(x, f);
        else if (type == MW_ST_PROGRAMME && !mw_is_kind(f, "number"))
            mw_draft_add_fund(x, f->value, f->per, f->quote);
        else if (type == MW_ST_POPULATION)
            read_population(x, f);
        else if (type == MW_ST_BUDGET)
            read_budget(x, f);
        else if (type == MW_ST_LOT && !is_form(x))
            read_lot(x, f);
        else if (type == MW_ST_JOINT)
            read_joint(x, f);
    }
    number_of_the_fund(x);
    period_of_phases(x);
    struct mw_span *period = &x->out->profile.period;
    if (mw_day_is(period->from) && mw_day_is(period->to) && mw_day_cmp(period->to, period->from) < 0)
        period->to = MW_DAY_NONE; /* the end of what runs now, not of what is ordered */
    mw_draft_volume(x);
    mw_draft_own_share(x);
}
