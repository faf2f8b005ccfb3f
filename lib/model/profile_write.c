/* A profile as YAML text. Whatever stands in it, reading gives it back. */
#include "lib/core/yaml_write.h"
#include "lib/model/profile.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void add_eur(struct mw_str *out, struct mw_eur e)
{
    mw_str_addf(out, "%" PRId64, e.cents / 100);
    if (e.cents % 100 != 0)
        mw_str_addf(out, ",%02d", (int)(e.cents % 100));
    mw_str_addz(out, " EUR");
}

static void add_share(struct mw_str *out, struct mw_share s)
{
    int64_t bp = mw_share_bp(s);
    struct mw_share rounded;
    if (!mw_share_make(&rounded, bp, 10000) || mw_share_cmp(rounded, s) != 0)
        mw_str_addf(out, "%" PRId64 "/%" PRId64, s.num, s.den);
    else if (bp % 100 == 0)
        mw_str_addf(out, "%" PRId64 " %%", bp / 100);
    else
        mw_str_addf(out, "%" PRId64 ",%02d %%", bp / 100, (int)(bp % 100));
}

/* --- maps between { and } ------------------------------------------------------------------------------------------------------ */
struct flow {
    struct mw_str *out;
    bool any;
};

static void flow_key(struct flow *f, const char *key)
{
    mw_str_addz(f->out, f->any ? ", " : "{");
    mw_str_addf(f->out, "%s: ", key);
    f->any = true;
}
static void flow_text(struct flow *f, const char *key, struct mw_sv v)
{
    if (v.p == NULL)
        return;
    flow_key(f, key);
    mw_yaml_add_scalar(f->out, v);
}
static void flow_word(struct flow *f, const char *key, const char *const *words, int v)
{
    if (v >= 0)
        flow_text(f, key, mw_sv(words[v]));
}
static void flow_day(struct flow *f, const char *key, struct mw_day v)
{
    if (!mw_day_is(v))
        return;
    flow_key(f, key);
    mw_day_iso(f->out, v);
}
static void flow_int(struct flow *f, const char *key, int64_t v)
{
    if (v == MW_INT_NONE)
        return;
    flow_key(f, key);
    mw_str_addf(f->out, "%" PRId64, v);
}
static void flow_quantity(struct flow *f, const char *key, struct mw_share v)
{
    if (!mw_share_is(v))
        return;
    flow_key(f, key);
    mw_quantity_format(f->out, v, MW_EN);
}
static void flow_end(struct flow *f) { mw_str_addz(f->out, f->any ? "}\n" : "{}\n"); }

/* Who speaks before a value, in comments. */
struct noter {
    struct mw_str *out;
    mw_profile_note_fn *note; /* NULL: nobody */
    void *ctx;
};

static void note(const struct noter *w, const char *path)
{
    if (w->note != NULL)
        w->note(w->ctx, w->out, path);
}

/* The next item of a list. */
static struct flow flow_item(const struct noter *w, const char *list, size_t i)
{
    char path[48];
    snprintf(path, sizeof path, "%s[%zu]", list, i);
    if (i == 0)
        mw_str_addf(w->out, "%s:\n", list);
    note(w, path);
    mw_str_addz(w->out, "  - ");
    return (struct flow){ w->out, false };
}

static void write_applicants(const struct noter *w, const struct mw_list *applicants)
{
    if (applicants->n == 0) {
        note(w, "applicants");
        mw_str_addz(w->out, "applicants:\n");
    }
    for (size_t i = 0; i < applicants->n; i++) {
        const struct mw_applicant *a = MW_AT(*applicants, struct mw_applicant, i);
        struct flow f = flow_item(w, "applicants", i);
        flow_text(&f, "name", a->name);
        flow_word(&f, "type", MW_APPLICANT_TYPES, a->type);
        if (a->land != MW_LAND_NONE)
            flow_text(&f, "land", mw_sv(mw_land_code(a->land)));
        if (a->ags.p != NULL) {
            flow_key(&f, "ags");
            mw_yaml_add_quoted(w->out, a->ags);
        }
        if (a->kreis.n > 0)
            flow_text(&f, "kreis", a->kreis);
        flow_int(&f, "population", a->population);
        if (mw_day_is(a->population_on) && a->population_on.n > 0) {
            flow_key(&f, "population_on");
            mw_day_iso(w->out, a->population_on);
        }
        if (mw_share_is(a->municipal_share)) {
            MW_AUTO(mw_str_free) struct mw_str share = MW_STR_INIT;
            add_share(&share, a->municipal_share);
            flow_key(&f, "municipal_share");
            mw_yaml_add_quoted(w->out, mw_str_sv(&share)); /* a comma would end the entry */
        }
        flow_word(&f, "budget", MW_BUDGETS, a->budget);
        if (a->lead != MW_TRI_NONE)
            flow_text(&f, "lead", a->lead == MW_YES ? MW_SV("yes") : MW_SV("no"));
        flow_end(&f);
    }
}

static void write_lists(const struct noter *w, const struct mw_profile *p)
{
    for (size_t i = 0; i < p->lots.n; i++) {
        const struct mw_lot *lot = MW_AT(p->lots, struct mw_lot, i);
        struct flow f = flow_item(w, "lots", i);
        flow_text(&f, "id", lot->id);
        flow_text(&f, "label", lot->label);
        flow_text(&f, "applicant", lot->applicant);
        flow_end(&f);
    }
    for (size_t i = 0; i < p->phases.n; i++) {
        const struct mw_phase *phase = MW_AT(p->phases, struct mw_phase, i);
        struct flow f = flow_item(w, "phases", i);
        flow_text(&f, "label", phase->label);
        flow_day(&f, "from", phase->from);
        flow_day(&f, "to", phase->to);
        flow_end(&f);
    }
    for (size_t i = 0; i < p->quantities.n; i++) {
        const struct mw_quantity *q = MW_AT(p->quantities, struct mw_quantity, i);
        struct flow f = flow_item(w, "quantities", i);
        flow_text(&f, "what", q->what);
        flow_quantity(&f, "min", q->min);
        flow_quantity(&f, "max", q->max);
        flow_quantity(&f, "exactly", q->exactly);
        flow_end(&f);
    }
    for (size_t i = 0; i < p->roles.n; i++) {
        const struct mw_role *role = MW_AT(p->roles, struct mw_role, i);
        struct flow f = flow_item(w, "roles", i);
        flow_text(&f, "name", role->name);
        flow_text(&f, "role", role->role);
        flow_end(&f);
    }
}

static void line(const struct noter *w, const char *key, struct mw_sv v)
{
    if (v.p == NULL)
        return;
    note(w, key);
    mw_str_addf(w->out, "%s: ", key);
    mw_yaml_add_long(w->out, v);
}

static void write_started(const struct noter *w, const struct mw_profile *p)
{
    if (!mw_day_is(p->started_on) && p->started == MW_TRI_NONE)
        return;
    note(w, "started");
    mw_str_addz(w->out, "started: ");
    if (mw_day_is(p->started_on))
        mw_day_iso(w->out, p->started_on);
    else
        mw_str_addz(w->out, p->started == MW_YES ? "yes" : "no");
    mw_str_addc(w->out, '\n');
}

static void write_other_funding(const struct noter *w, const struct mw_profile *p)
{
    if (p->other_funding != MW_TRI_NONE)
        line(w, "other_funding", p->other_funding == MW_YES ? MW_SV("yes") : MW_SV("no"));
}

static void write_period(const struct noter *w, const struct mw_span *period)
{
    struct flow f = { w->out, false };
    note(w, "period");
    if (!mw_day_is(period->from) && !mw_day_is(period->to))
        return;
    mw_str_addz(w->out, "period: ");
    flow_day(&f, "from", period->from);
    flow_day(&f, "to", period->to);
    flow_end(&f);
}

void mw_profile_write(struct mw_str *out, const struct mw_profile *p)
{
    mw_profile_write_noted(out, p, NULL, NULL);
}

void mw_profile_write_noted(struct mw_str *out, const struct mw_profile *p, mw_profile_note_fn *say, void *ctx)
{
    struct noter noter = { out, say, ctx }, *w = &noter;
    line(w, "profile", p->id);
    line(w, "title", p->title);
    line(w, "summary", p->summary);
    line(w, "text_file", p->text_file);
    write_applicants(w, &p->applicants);
    for (size_t i = 0; i < p->kinds.n; i++)
        mw_str_addf(out, "%s%s", i == 0 ? "kinds: [" : ", ", MW_KINDS[*MW_AT(p->kinds, int, i)]);
    mw_str_addz(out, p->kinds.n > 0 ? "]\n" : "");
    write_period(w, &p->period);
    if (mw_eur_is(p->volume)) {
        note(w, "volume");
        mw_str_addz(out, "volume: ");
        add_eur(out, p->volume);
        mw_str_addc(out, '\n');
    }
    if (mw_share_is(p->own_share)) {
        note(w, "own_share");
        mw_str_addz(out, "own_share: ");
        add_share(out, p->own_share);
        mw_str_addc(out, '\n');
    }
    write_started(w, p);
    write_other_funding(w, p);
    if (p->joint_mode >= 0) {
        note(w, "joint_mode");
        mw_str_addf(out, "joint_mode: %s\n", MW_JOINT_MODES[p->joint_mode]);
    }
    write_lists(w, p);
}
