#include "intake/project.h"

#include <inttypes.h>

#include "lib/core/lang.h"
#include "lib/core/yaml_write.h"
#include "lib/model/narrative.h"

struct start {
    const struct mw_project_start *s;
    struct mw_str *out;
    bool dated; /* the profile says from when to when */
};

#define T(b, text) mw_tr((b)->s->lang, text)

static void say(struct start *b, const char *indent, const char *words) { mw_yaml_add_comment(b->out, indent, mw_sv(words)); }

/* What stands for a sum and for a day until somebody fills them in: neither is one, so a line that was forgotten is an error. */
static const char *a_sum(const struct start *b) { return T(b, "AMOUNT EUR"); }
static const char *a_day(const struct start *b) { return T(b, "YYYY-MM-DD"); }

/* --- head ------------------------------------------------------------------------------------------------------------- */

static void add_rate(struct mw_str *text, const struct start *b)
{
    const struct mw_edition *e = b->s->edition;

    static const char *const FINANCINGS[] = { [MW_ANTEIL] = "part financing", [MW_FEHLBEDARF] = "deficit financing",
                                         [MW_FESTBETRAG] = "fixed-sum financing", [MW_VOLL] = "full financing" };

    mw_str_addf(text, "; %s", T(b, FINANCINGS[e->financing]));
    if (mw_share_is(e->rate)) {
        mw_str_addc(text, ' ');
        mw_share_format(text, e->rate, b->s->lang);
    }
    for (size_t i = 0; i < e->rates.n; i++) { /* which of them holds, plan says */
        struct mw_share rate = MW_AT(e->rates, struct mw_rate_case, i)->rate;
        bool told = false;
        for (size_t k = 0; k < i && !told; k++)
            told = mw_share_cmp(MW_AT(e->rates, struct mw_rate_case, k)->rate, rate) == 0;
        if (told)
            continue;
        mw_str_addf(text, "%s ", i == 0 ? T(b, ", on conditions") : ",");
        mw_share_format(text, rate, b->s->lang);
    }
    if (mw_eur_is(e->grant.max)) {
        mw_str_addf(text, ", %s ", T(b, "at most"));
        mw_eur_format(text, e->grant.max, b->s->lang);
        mw_str_addz(text, " EUR");
    }
}

static void put_programme(struct start *b)
{
    const struct mw_project_start *s = b->s;
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;

    if (s->terms == NULL) {
        say(b, "", T(b, "Which programme? Find it with: mittelweg match; those that can be computed lie in rules/programmes."));
        mw_str_addz(b->out, MW_FILL_IN "programme: ID\n");
        return;
    }
    mw_str_addf(&text, "%.*s, %s %.*s", MW_SV_ARG(s->terms->title), T(b, "edition"), MW_SV_ARG(s->edition->id));
    add_rate(&text, b);
    mw_yaml_add_comment(b->out, "", mw_str_sv(&text));
    mw_str_addz(b->out, "programme: ");
    mw_yaml_add_scalar(b->out, s->terms->programme);
    mw_str_addc(b->out, '\n');
}

/* Its file, or all of it set in below the key. */
static void put_profile(struct start *b)
{
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;

    mw_str_addz(b->out, "profile:");
    if (b->s->profile_file.p != NULL) {
        mw_str_addc(b->out, ' ');
        mw_yaml_add_scalar(b->out, b->s->profile_file);
        mw_str_addc(b->out, '\n');
        return;
    }
    mw_str_addc(b->out, '\n');
    mw_profile_write(&text, b->s->profile);
    for (struct mw_sv line, rest = mw_str_sv(&text); rest.n > 0;) {
        mw_sv_cut(rest, '\n', &line, &rest);
        mw_str_addf(b->out, "%s%.*s\n", line.n > 0 ? "  " : "", MW_SV_ARG(line));
    }
}

static void put_head(struct start *b)
{
    const struct mw_profile *p = b->s->profile;

    say(b, "", T(b, "A project that is begun: what the profile and the programme say stands here. Lines with \"# ?\" are to be filled in: put in "
               "what is meant and take \"# ? \" away. Then: mittelweg check, plan, draft."));
    mw_str_addz(b->out, "project: ");
    mw_yaml_add_scalar(b->out, p->id);
    mw_str_addz(b->out, "\ntitle: ");
    mw_yaml_add_long(b->out, p->title);
    put_profile(b);
    put_programme(b);
    say(b, "", T(b, "Does the lead get input tax back (Vorsteuer)? none, full, or the share that comes back"));
    mw_str_addz(b->out, MW_FILL_IN "input_tax: none\n");
    if (b->dated) {
        mw_str_addz(b->out, "period: {from: ");
        mw_day_iso(b->out, p->period.from);
        mw_str_addz(b->out, ", to: ");
        mw_day_iso(b->out, p->period.to);
        mw_str_addz(b->out, "}\n");
        return;
    }
    say(b, "", T(b, "From when to when is the project to run?"));
    mw_str_addf(b->out, MW_FILL_IN "period: {from: %s, to: %s}\n", a_day(b), a_day(b));
}

/* --- cost and financing ------------------------------------------------------------------------------------------------ */

static void put_quantities(struct start *b)
{
    const struct mw_list *all = &b->s->profile->quantities;
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;

    if (all->n == 0)
        return;
    mw_str_addz(&text, T(b, "Quantities in the profile:"));
    for (size_t i = 0; i < all->n; i++) {
        const struct mw_quantity *q = MW_AT(*all, struct mw_quantity, i);
        struct mw_share n = mw_share_is(q->exactly) ? q->exactly : mw_share_is(q->max) ? q->max : q->min;
        const char *bound = mw_share_is(q->exactly) ? "" : T(b, mw_share_is(q->max) ? "at most" : "at least");
        mw_str_addf(&text, "%s %s%s", i == 0 ? "" : ",", bound, *bound != '\0' ? " " : "");
        mw_quantity_format(&text, n, b->s->lang);
        mw_str_addf(&text, " %.*s", MW_SV_ARG(q->what));
    }
    mw_yaml_add_comment(b->out, "  ", mw_str_sv(&text));
}

/* A row a lot; its task has the same id. */
static void put_lot(struct start *b, size_t i, const char *category)
{
    const struct mw_lot *lot = MW_AT(b->s->profile->lots, struct mw_lot, i);

    mw_str_addz(b->out, "  " MW_FILL_IN "- {id: ");
    mw_str_addf(b->out, "%s%zu", T(b, "lot-"), i + 1);
    mw_str_addz(b->out, ", label: ");
    mw_yaml_add_scalar(b->out, lot->label.n > 0 ? lot->label : lot->id);
    mw_str_addf(b->out, ", category: %s, amount: %s, vat: 19 %%", category, a_sum(b));
    if (lot->applicant.n > 0 && b->s->profile->applicants.n > 1) {
        mw_str_addz(b->out, ", partner: ");
        mw_yaml_add_scalar(b->out, lot->applicant);
    }
    if (b->s->profile->phases.n == 0) {
        mw_str_addz(b->out, ", task: ");
        mw_str_addf(b->out, "%s%zu", T(b, "lot-"), i + 1);
    }
    mw_str_addz(b->out, "}\n");
}

static bool has_category(const struct mw_edition *e, const char *name)
{
    for (size_t i = 0; i < e->categories.n; i++)
        if (mw_sv_eqz(*MW_AT(e->categories, struct mw_sv, i), name))
            return true;
    return e->categories.n == 0;
}

/* A row to fill in for each usual category, as far as the programme funds it. */
static const struct { const char *category, *id, *label, *unit; bool staff; } KINDS[] = {
    { "personal", "post", "Post", NULL, true },
    { "vergabe", "service", "Service of others", "piece", false },
    { "investition", "building", "Building work", NULL, false },
    { "sachausgaben", "material", "Material", NULL, false },
};

static void put_costs(struct start *b)
{
    const struct mw_profile *p = b->s->profile;
    const struct mw_edition *e = b->s->edition;
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;

    mw_str_addz(b->out, "costs:\n");
    for (size_t i = 0; e != NULL && i < e->categories.n; i++)
        mw_str_addf(&text, "%s%.*s", i == 0 ? T(b, "Categories that the programme funds: ") : ", ",
                    MW_SV_ARG(*MW_AT(e->categories, struct mw_sv, i)));
    if (text.n > 0)
        mw_yaml_add_comment(b->out, "  ", mw_str_sv(&text));
    if (mw_eur_is(p->volume)) {
        mw_str_clear(&text);
        mw_str_addf(&text, "%s ", T(b, "Cost in the profile:"));
        mw_eur_format(&text, p->volume, b->s->lang);
        mw_str_addz(&text, " EUR");
        mw_yaml_add_comment(b->out, "  ", mw_str_sv(&text));
    }
    put_quantities(b);
    say(b, "  ", T(b, "With vat a sum is net. A sum with a comma stands in quotes: '1,250.50 EUR'."));
    for (size_t i = 0; i < p->lots.n; i++)
        put_lot(b, i, "vergabe");
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (e != NULL && !has_category(e, KINDS[i].category))
            continue;
        mw_str_addf(b->out, "  " MW_FILL_IN "- {id: %s, label: %s, category: %s, ", T(b, KINDS[i].id), T(b, KINDS[i].label), KINDS[i].category);
        if (KINDS[i].staff)
            mw_str_addf(b->out, "personnel: {tariff: tvoed-vka, group: %s, step: 3, fte: 100 %%}}\n", T(b, "GROUP"));
        else if (KINDS[i].unit != NULL)
            mw_str_addf(b->out, "quantity: 1, unit: %s, price: %s, vat: 19 %%}\n", T(b, KINDS[i].unit), a_sum(b));
        else
            mw_str_addf(b->out, "amount: %s}\n", a_sum(b));
    }
    say(b, "", T(b, "Who else pays? Not the grant, not the rest of the own money. kind: public, third, revenue, own; status: beantragt, zugesagt, bewilligt"));
    mw_str_addz(b->out, "financing:\n");
    mw_str_addf(b->out, "  " MW_FILL_IN "- {id: %s, label: %s, kind: third, amount: %s, status: beantragt}\n", T(b, "third"), T(b, "Money of others"), a_sum(b));
}

static void put_together(struct start *b)
{
    const struct mw_edition *e = b->s->edition;
    const struct mw_list *all = &b->s->profile->applicants;

    if (all->n < 2)
        return;
    say(b, "", T(b, "How do the partners share? of: own or cost; key: equal, population, base+population or weights"));
    if (b->s->profile->joint_mode == MW_J_PARALLEL)
        say(b, "", T(b, "The applicants apply side by side: each of them needs a project file of its own (project from --applicant NAME). This one shows their cost together."));
    mw_str_addf(b->out, MW_FILL_IN "sharing: {of: %s, key: population}\n", b->s->profile->joint_mode == MW_J_PARALLEL ? "cost" : "own");
    if (e == NULL || (!mw_share_is(e->saving_min) && !mw_duration_is(e->term_min)))
        return;
    say(b, "", T(b, "Agreement of the partners; what each would pay alone against what they pay together"));
    mw_str_addf(b->out, MW_FILL_IN "cooperation: {agreement: %s, term: 5 years, joint_cost: %s, single_cost: {", T(b, "Draft of the agreement"), a_sum(b));
    for (size_t i = 0; i < all->n; i++) {
        mw_str_addz(b->out, i == 0 ? "" : ", ");
        mw_yaml_add_scalar(b->out, MW_AT(*all, struct mw_applicant, i)->name);
        mw_str_addf(b->out, ": %s", a_sum(b));
    }
    mw_str_addz(b->out, "}}\n");
}

/* --- schedule ---------------------------------------------------------------------------------------------------------- */

/* id: what stands before its number. */
static void put_task(struct start *b, const char *id, size_t n, struct mw_sv label, struct mw_day from, struct mw_day to)
{
    bool dated = mw_day_is(from) && mw_day_is(to);

    mw_str_addf(b->out, "  %s- {id: ", dated ? "" : MW_FILL_IN);
    mw_str_addf(b->out, "%s%zu", id, n);
    mw_str_addz(b->out, ", label: ");
    mw_yaml_add_scalar(b->out, label);
    mw_str_addz(b->out, ", from: ");
    if (dated)
        mw_day_iso(b->out, from);
    else
        mw_str_addz(b->out, a_day(b));
    mw_str_addz(b->out, ", to: ");
    if (dated)
        mw_day_iso(b->out, to);
    else
        mw_str_addz(b->out, a_day(b));
    mw_str_addz(b->out, "}\n");
}

static void put_tasks(struct start *b)
{
    const struct mw_profile *p = b->s->profile;
    const struct mw_day none = MW_DAY_NONE;

    mw_str_addz(b->out, "tasks:\n");
    for (size_t i = 0; i < p->phases.n; i++) {
        const struct mw_phase *phase = MW_AT(p->phases, struct mw_phase, i);
        put_task(b, T(b, "phase-"), i + 1, phase->label, phase->from, phase->to);
    }
    for (size_t i = 0; i < p->lots.n && p->phases.n == 0; i++) {
        const struct mw_lot *lot = MW_AT(p->lots, struct mw_lot, i);
        put_task(b, T(b, "lot-"), i + 1, lot->label.n > 0 ? lot->label : lot->id, b->dated ? p->period.from : none, b->dated ? p->period.to : none);
    }
    mw_str_addf(b->out, "  " MW_FILL_IN "- {id: %s, label: %s, takes: 3 months, who: %s, result: %s}\n", T(b, "task-1"), T(b, "Task"),
                T(b, "Office"), T(b, "Result"));
    say(b, "", T(b, "Until when is the application to be in? The steps are planned backwards from it, through the sittings."));
    mw_str_addf(b->out, MW_FILL_IN "preparation:\n" MW_FILL_IN "  deadline: %s\n" MW_FILL_IN "  steps:\n", a_day(b));
    mw_str_addf(b->out, MW_FILL_IN "    - {id: %s, label: %s, takes: 15 workdays}\n", T(b, "paper"), T(b, "Draft of the application"));
    mw_str_addf(b->out, MW_FILL_IN "    - {id: %s, label: %s, body: %s}\n", T(b, "council"), T(b, "Decision of the council"), T(b, "council"));
    mw_str_addf(b->out, MW_FILL_IN "    - {id: %s, label: %s, takes: 1 workday}\n", T(b, "handing-in"), T(b, "Handing in"));
    mw_str_addf(b->out, MW_FILL_IN "bodies: [{id: %s, label: %s, dates: [%s], papers: 14 days}]\n", T(b, "council"), T(b, "Council"), a_day(b));
}

/* --- texts and papers -------------------------------------------------------------------------------------------------- */

static void put_texts(struct start *b)
{
    mw_str_addz(b->out, "texts:\n");
    for (const struct mw_narrative *n = MW_NARRATIVES; n->key != NULL; n++) {
        if (n->joint && b->s->profile->applicants.n < 2)
            continue;
        say(b, "  ", T(b, n->question));
        mw_str_addf(b->out, "  " MW_FILL_IN "%s: %s\n", n->key, T(b, "tbd")); /* a word that `check` takes for a gap */
    }
}

/* What draft writes is told, and not asked for. */
static void put_attachments(struct start *b)
{
    const struct mw_project_start *s = b->s;
    MW_AUTO(mw_str_free) struct mw_str drafted = MW_STR_INIT;
    size_t asked = 0;

    for (size_t i = 0; s->edition != NULL && i < s->edition->attachments.n; i++) {
        struct mw_sv code = *MW_AT(s->edition->attachments, struct mw_sv, i);
        const struct mw_attachment_rule *rule = s->papers != NULL ? mw_checklist_find(s->papers, code) : NULL;
        if (rule != NULL && rule->drafted) {
            struct mw_sv label = mw_words(&rule->label, s->lang);
            mw_str_addf(&drafted, "%s %.*s (%.*s)", drafted.n == 0 ? T(b, "The programme also asks for papers that mittelweg draft writes:") : ";",
                        MW_SV_ARG(label), MW_SV_ARG(code));
            continue;
        }
        if (asked++ == 0) {
            say(b, "", T(b, "What the programme asks for: status present (with file), missing or not_needed; who: sees to it, until: a day"));
            mw_str_addz(b->out, "attachments:\n");
        }
        if (rule != NULL)
            mw_yaml_add_comment(b->out, "  ", mw_words(&rule->label, s->lang));
        mw_str_addz(b->out, "  - {code: ");
        mw_yaml_add_scalar(b->out, code);
        mw_str_addz(b->out, ", status: missing}\n");
    }
    if (drafted.n > 0)
        mw_yaml_add_comment(b->out, "", mw_str_sv(&drafted));
    if (s->edition != NULL)
        say(b, "", T(b, "What applications need beyond that as a rule (input tax, other funding, no early start) is told by the checklist of mittelweg draft."));
}

void mw_project_start(struct mw_str *out, const struct mw_project_start *s)
{
    struct start b = { s, out, mw_day_is(s->profile->period.from) && mw_day_is(s->profile->period.to) };

    put_head(&b);
    put_costs(&b);
    put_together(&b);
    put_tasks(&b);
    put_texts(&b);
    put_attachments(&b);
    mw_str_addz(out, "status: draft\n");
}

static bool keep_lots(struct mw_list *out, struct mw_arena *a, const struct mw_list *lots, struct mw_sv name)
{
    *out = (struct mw_list){ 0 };
    for (size_t i = 0; i < lots->n; i++) {
        const struct mw_lot *lot = MW_AT(*lots, struct mw_lot, i);
        struct mw_lot *slot;
        if (lot->applicant.n > 0 && !mw_sv_eq(lot->applicant, name))
            continue;
        if ((slot = mw_list_add(a, out, sizeof *slot)) == NULL)
            return false;
        *slot = *lot;
    }
    return true;
}

enum mw_rc mw_project_alone(struct mw_profile *out, struct mw_arena *a, const struct mw_profile *all, size_t applicant, struct mw_sv id)
{
    const struct mw_applicant *one = MW_AT(all->applicants, struct mw_applicant, applicant);
    struct mw_applicant *lead;

    *out = *all;
    out->id = id;
    out->title = mw_arena_printf(a, "%.*s, %.*s", MW_SV_ARG(all->title), MW_SV_ARG(one->name));
    out->volume = MW_EUR_NONE;
    out->applicants = out->roles = (struct mw_list){ 0 };
    out->lead = 0;
    if (out->title.p == NULL || (lead = mw_list_add(a, &out->applicants, sizeof *lead)) == NULL || !keep_lots(&out->lots, a, &all->lots, one->name))
        return MW_NOMEM;
    *lead = *one;
    for (size_t i = 0; i < all->applicants.n + all->roles.n; i++) {
        struct mw_role *role;
        if (i == applicant)
            continue;
        if ((role = mw_list_add(a, &out->roles, sizeof *role)) == NULL)
            return MW_NOMEM;
        if (i >= all->applicants.n)
            *role = *MW_AT(all->roles, struct mw_role, i - all->applicants.n);
        else
            *role = (struct mw_role){ .name = MW_AT(all->applicants, struct mw_applicant, i)->name, .role = MW_SV("participates") };
    }
    return MW_OK;
}
