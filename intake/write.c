/* A draft as a profile file for people, and as JSON for programs. */
#include <stdio.h>
#include <string.h>

#include "intake/draft.h"
#include "intake/project.h"
#include "lib/core/yaml_write.h"

enum { QUOTE_MAX = 240, BEFORE_IT = 80, LEFT_SHOWN = 8, LEFT_A_QUESTION = 4 };

struct writing {
    const struct mw_draft *d;
    enum mw_lang lang;
    struct mw_sv said; /* the sentence above the last value: it is not said twice */
    bool *shown;       /* of d->left_out, which stand below a question */
};

/* --- comments ------------------------------------------------------------------------------------------------------------- */
/* Around `at` of a long sentence so much that `at` is in it, from a word's beginning on. */
static struct mw_sv window(struct mw_sv sentence, struct mw_sv at)
{
    size_t begin = 0, from = at.p >= sentence.p && at.p < sentence.p + sentence.n ? (size_t)(at.p - sentence.p) : 0;
    if (sentence.n <= QUOTE_MAX || from <= BEFORE_IT)
        return sentence;
    begin = from - BEFORE_IT;
    while (begin < from && sentence.p[begin - 1] != ' ' && sentence.p[begin - 1] != '\n')
        begin++;
    return mw_sv_sub(sentence, begin, SIZE_MAX);
}

/* In quotes, on one line, at most QUOTE_MAX bytes; "..." stands where something is left out. */
static void add_words(struct mw_str *out, struct mw_sv sentence, struct mw_sv at)
{
    struct mw_sv quote = window(sentence, at);
    size_t begin = out->n;
    mw_str_addz(out, quote.p > sentence.p ? "\"... " : "\"");
    for (size_t i = 0; i < quote.n;) {
        size_t from = i;
        uint32_t cp = mw_utf8_next(quote, &i);
        if (cp == ' ' || cp == 0xA0 || mw_cp_control(cp))
            mw_str_addz(out, out->p[out->n - 1] == ' ' ? "" : " ");
        else
            mw_str_add(out, mw_sv_sub(quote, from, i - from));
        if (out->n - begin > QUOTE_MAX && i < quote.n) {
            mw_str_addz(out, " ...");
            break;
        }
    }
    mw_str_addc(out, '"');
}

static void add_quote(struct mw_str *out, const char *indent, struct mw_sv sentence, struct mw_sv at)
{
    MW_AUTO(mw_str_free) struct mw_str one = MW_STR_INIT;
    add_words(&one, sentence, at);
    mw_yaml_add_comment(out, indent, mw_str_sv(&one));
}

/* Is the evidence's path that of a value, or of something in it? */
static bool concerns(struct mw_sv path, struct mw_sv value)
{
    struct mw_sv rest = mw_sv_sub(path, value.n, SIZE_MAX);
    return mw_sv_starts(path, value) && (rest.n == 0 || rest.p[0] == '.');
}

static void say_more(struct mw_str *out, const struct writing *w, struct mw_sv path)
{
    const struct mw_draft *d = w->d;
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    if (mw_sv_eqz(path, "period") && d->months > 0) {
        struct mw_day from = d->profile.period.from;
        mw_str_addf(&text, mw_tr(w->lang, "%d months"), (int)d->months);
        if (mw_day_is(from) && !mw_day_is(d->profile.period.to)) {
            mw_str_addz(&text, mw_tr(w->lang, ", that is to "));
            mw_day_iso(&text, mw_day_months_end(from, d->months));
        }
        mw_yaml_add_comment(out, "", mw_str_sv(&text));
        mw_str_clear(&text);
    }
    struct mw_share own = d->profile.own_share; /* of sums: a fraction that no per cent says exactly */
    if (mw_sv_eqz(path, "own_share") && mw_share_is(own) && own.den > 0 && own.num < INT64_MAX / 20000 && own.num * 10000 % own.den != 0) {
        int64_t points = (own.num * 20000 + own.den) / (own.den * 2);
        mw_str_addf(&text, mw_tr(w->lang, "reckoned from the sums: about %lld.%02lld %%"), (long long)(points / 100), (long long)(points % 100));
        mw_yaml_add_comment(out, "", mw_str_sv(&text));
        mw_str_clear(&text);
    }
    if (mw_sv_eqz(path, "period") && d->approximate)
        mw_yaml_add_comment(out, "", mw_sv(mw_tr(w->lang, "approximate, as the document says")));
    if (mw_sv_eqz(path, "applicants"))
        mw_yaml_add_comment(out, "", mw_sv(mw_tr(w->lang, "Fill in who applies, for example: - {name: Stadt Dorsten, type: kommune}")));
    for (size_t i = 0; i < d->found.n && mw_sv_starts(path, MW_SV("applicants[")); i++) {
        const struct mw_place *p = MW_AT(d->found, struct mw_found, i)->place;
        char name[48];
        snprintf(name, sizeof name, "applicants[%zu]", i);
        if (!mw_sv_eqz(path, name) || p == NULL || p->population < 0)
            continue;
        mw_str_addf(&text, mw_tr(w->lang, "register: AGS %.*s, %lld inhabitants on "), MW_SV_ARG(p->ags), (long long)p->population);
        mw_day_iso(&text, p->counted);
        mw_yaml_add_comment(out, "  ", mw_str_sv(&text));
    }
}

static void note(void *ctx, struct mw_str *out, const char *path)
{
    struct writing *w = ctx;
    struct mw_sv value = mw_sv(path), last = MW_SV_NONE;
    const char *indent = strchr(path, '[') != NULL ? "  " : "";
    for (size_t i = 0; i < w->d->evidence.n && strcmp(path, "summary") != 0; i++) {
        const struct mw_evidence *e = MW_AT(w->d->evidence, struct mw_evidence, i);
        if (!concerns(e->path, value) || mw_sv_eq(e->quote, last))
            continue;
        bool again = e->sentence.p == w->said.p && e->sentence.n == w->said.n;
        add_quote(out, indent, again ? e->quote : e->sentence, e->quote);
        last = e->quote;
        w->said = e->sentence;
    }
    say_more(out, w, value);
}

/* --- the file --------------------------------------------------------------------------------------------------------------- */
/* What a profile has no key for stands in it all the same, for the reader. */
/* The words that say the value of that path. */
static void add_said(struct mw_str *text, struct writing *w, const char *list, size_t i)
{
    char path[48];
    snprintf(path, sizeof path, "%s[%zu]", list, i);
    for (size_t k = 0; k < w->d->evidence.n; k++) {
        const struct mw_evidence *e = MW_AT(w->d->evidence, struct mw_evidence, k);
        if (!mw_sv_eqz(e->path, path))
            continue;
        bool again = e->sentence.p == w->said.p && e->sentence.n == w->said.n;
        mw_str_addz(text, "  ");
        add_words(text, again ? e->quote : e->sentence, e->quote);
        w->said = e->sentence;
        return;
    }
}

static void add_rest(struct mw_str *out, struct writing *w)
{
    const struct mw_draft *d = w->d;
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    for (size_t i = 0; i < d->amounts.n; i++) {
        const struct mw_sum *s = MW_AT(d->amounts, struct mw_sum, i);
        mw_str_clear(&text);
        mw_str_addf(&text, "%s %.*s: ", mw_tr(w->lang, "Sum:"), MW_SV_ARG(s->what));
        mw_eur_format(&text, s->eur, w->lang);
        mw_str_addz(&text, " EUR");
        add_said(&text, w, "amounts", i);
        mw_yaml_add_comment(out, "", mw_str_sv(&text));
    }
    for (size_t i = 0; i < d->programmes.n; i++) {
        const struct mw_fund *f = MW_AT(d->programmes, struct mw_fund, i);
        mw_str_clear(&text);
        mw_str_addf(&text, "%s %.*s%s%.*s", mw_tr(w->lang, "Programme:"), MW_SV_ARG(f->name), f->number.n > 0 ? ", " : "", MW_SV_ARG(f->number));
        add_said(&text, w, "programmes", i);
        mw_yaml_add_comment(out, "", mw_str_sv(&text));
    }
    mw_str_clear(&text);
    for (size_t i = 0; i < d->themes.n; i++)
        mw_str_addf(&text, "%s%.*s", i == 0 ? mw_tr(w->lang, "Themes: ") : ", ", MW_SV_ARG(*MW_AT(d->themes, struct mw_sv, i)));
    if (text.n > 0)
        mw_yaml_add_comment(out, "", mw_str_sv(&text));
}

/* --- what was left out -------------------------------------------------------------------------------------------------------- */
static void add_left_out(struct mw_str *out, const struct writing *w, size_t i)
{
    const char *why[MW_LEFT_N] = { [MW_LEFT_TODAY] = mw_tr(w->lang, "what there is today"),
        [MW_LEFT_ELSEWHERE] = mw_tr(w->lang, "of something else, or given up"), [MW_LEFT_RANGE] = mw_tr(w->lang, "no single sum"),
        [MW_LEFT_CONTRADICTED] = mw_tr(w->lang, "the document says it otherwise in another place"),
        [MW_LEFT_UNSURE] = mw_tr(w->lang, "open in the document itself"), [MW_LEFT_UNCLEAR] = mw_tr(w->lang, "not said what for") };
    const struct mw_left_out *o = MW_AT(w->d->left_out, struct mw_left_out, i);
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
    mw_str_addf(&text, "    (%s) ", why[o->why]);
    add_words(&text, o->sentence, o->sentence);
    mw_yaml_add_comment(out, "", mw_str_sv(&text));
    w->shown[i] = true;
}

/* Below a question what the document says of it. */
static void add_said_of(struct mw_str *out, const struct writing *w, struct mw_sv field)
{
    size_t shown = 0;
    for (int far = 0; far < 2; far++) /* what may be meant stands before what tells of something else */
        for (size_t i = 0; i < w->d->left_out.n && shown < LEFT_A_QUESTION; i++) {
            const struct mw_left_out *o = MW_AT(w->d->left_out, struct mw_left_out, i);
            bool other = o->why == MW_LEFT_ELSEWHERE || o->why == MW_LEFT_TODAY;
            if (!concerns(field, o->field) || w->shown[i] || other != (far == 1))
                continue;
            add_left_out(out, w, i);
            shown++;
        }
}

/* The same sentence may be left out for several keys. */
static bool is_shown(const struct writing *w, struct mw_sv sentence)
{
    for (size_t i = 0; i < w->d->left_out.n; i++)
        if (w->shown[i] && MW_AT(w->d->left_out, struct mw_left_out, i)->sentence.p == sentence.p)
            return true;
    return false;
}

static void add_all_left_out(struct mw_str *out, const struct writing *w)
{
    size_t shown = 0;
    for (size_t i = 0; i < w->d->left_out.n && shown < LEFT_SHOWN; i++) {
        if (w->shown[i] || is_shown(w, MW_AT(w->d->left_out, struct mw_left_out, i)->sentence))
            continue;
        if (shown++ == 0)
            mw_yaml_add_comment(out, "", mw_sv(mw_tr(w->lang, "Read and not taken for the project. If something is, put it in above:")));
        add_left_out(out, w, i);
    }
}

/* A question with the line that answers it: one to fill in where the key stands at the top, else a word on where it goes. */
static void add_question(struct mw_str *out, const struct writing *w, const struct mw_question *q)
{
    const char *day = mw_tr(w->lang, "YYYY-MM-DD"), *sum = mw_tr(w->lang, "AMOUNT EUR"), *share = mw_tr(w->lang, "SHARE %");
    const struct { const char *field, *value; } LINES[] = {
        { "period", day }, { "volume", sum }, { "own_share", share }, { "started", "no" }, { "joint_mode", "lead" },
    };
    static const struct { const char *field, *example; } PLACES[] = {
        { "population", "population: 76000, population_on: 2025-12-31" }, { "budget", "budget: haushaltssicherung" },
        { "ags", "ags: \"05562012\"" }, { "land", "land: NW" }, { "applicants.type", "type: kommune" },
    };
    const struct { const char *field, *key; } ENDS[] = { { "period.from", "from" }, { "period.to", "to" } };
    MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;

    mw_str_addf(&text, "  %.*s: %.*s", MW_SV_ARG(q->field), MW_SV_ARG(q->text));
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES && w->d->profile.applicants.n > 0; i++)
        if (mw_sv_eqz(q->field, PLACES[i].field))
            mw_str_addf(&text, " %s %s", mw_tr(w->lang, "Within the braces of the applicant, for example:"), PLACES[i].example);
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++)
        if (mw_sv_eqz(q->field, ENDS[i].field))
            mw_str_addf(&text, " %s %s: %s", mw_tr(w->lang, "Within the braces of period:"), ENDS[i].key, day);
    for (size_t i = 0; i < w->d->profile.applicants.n && mw_sv_eqz(q->field, "applicants"); i++) {
        const struct mw_applicant *a = MW_AT(w->d->profile.applicants, struct mw_applicant, i);
        if (a->type == MW_A_KREIS && a->ags.n > 0)
            mw_str_addf(&text, " %s mittelweg places --members %.*s", mw_tr(w->lang, "The municipalities of the Kreis are told by:"), MW_SV_ARG(a->ags));
    }
    mw_yaml_add_comment(out, "", mw_str_sv(&text));
    if (w->shown != NULL)
        add_said_of(out, w, q->field);
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        bool filled = mw_sv_eqz(q->field, "volume") && mw_eur_is(w->d->profile.volume); /* it only asks whether that is right */
        if (!mw_sv_eqz(q->field, LINES[i].field) || filled)
            continue;
        if (LINES[i].value == day)
            mw_str_addf(out, MW_FILL_IN "period: {from: %s, to: %s}\n", day, day);
        else
            mw_str_addf(out, MW_FILL_IN "%s: %s\n", LINES[i].field, LINES[i].value);
    }
}

void mw_draft_write(struct mw_str *out, const struct mw_draft *d, struct mw_sv id, enum mw_lang lang)
{
    struct mw_profile p = d->profile;
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct writing w = { d, lang, MW_SV_NONE, a != NULL ? mw_arena_alloc(a, d->left_out.n + 1) : NULL };
    p.id = id;
    if (mw_day_is(p.period.from) && !mw_day_is(p.period.to) && d->months > 0) /* say_more() says of how many months it is reckoned */
        p.period.to = mw_day_months_end(p.period.from, d->months);
    MW_AUTO(mw_str_free) struct mw_str title = MW_STR_INIT; /* words out of the middle of a sentence begin as a title does */
    mw_str_add(&title, p.title);
    if (title.n > 0 && title.p[0] >= 'a' && title.p[0] <= 'z')
        title.p[0] = (char)(title.p[0] - 'a' + 'A');
    p.title = mw_str_ok(&title) ? mw_str_sv(&title) : p.title;
    for (size_t i = 0; a != NULL && i < d->measures.n; i++) {
        const struct mw_measure *m = MW_AT(d->measures, struct mw_measure, i);
        struct mw_quantity *q = mw_list_add(a, &p.quantities, sizeof *q);
        if (q != NULL)
            *q = (struct mw_quantity){ .what = m->what, .min = m->min, .max = m->max, .exactly = m->exactly };
    }
    mw_yaml_add_comment(out, "", mw_sv(mw_tr(lang, "A draft made from a document. Above each value stands where it comes from; at the end, what is still open.")));
    mw_profile_write_noted(out, &p, note, &w);
    add_rest(out, &w);
    if (d->questions.n > 0)
        mw_yaml_add_comment(out, "", mw_sv(mw_tr(lang, "Open questions. Fill in the lines with \"# ?\" and take \"# ? \" away; mittelweg match --ask "
                                                       "asks for what decides most.")));
    for (size_t i = 0; i < d->questions.n; i++)
        add_question(out, &w, MW_AT(d->questions, struct mw_question, i));
    if (w.shown != NULL)
        add_all_left_out(out, &w);
}

static void quantity_out(struct mw_out *o, const char *key, struct mw_share v)
{
    unsigned decimals = 0;
    int64_t digits = mw_share_is(v) ? mw_quantity_digits(v, &decimals) : 0;
    if (mw_share_is(v))
        mw_out_num(o, key, NULL, digits, decimals);
}

/* --- JSON ------------------------------------------------------------------------------------------------------------------- */
static void applicants_out(const struct mw_profile *p, struct mw_out *o)
{
    mw_out_list(o, "applicants", NULL);
    for (size_t i = 0; i < p->applicants.n; i++) {
        const struct mw_applicant *a = MW_AT(p->applicants, struct mw_applicant, i);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "name", NULL, a->name);
        mw_out_z(o, "type", NULL, a->type >= 0 ? MW_APPLICANT_TYPES[a->type] : NULL);
        mw_out_z(o, "land", NULL, a->land != MW_LAND_NONE ? mw_land_code(a->land) : NULL);
        mw_out_sv(o, "ags", NULL, a->ags);
        if (a->population != MW_INT_NONE)
            mw_out_int(o, "population", NULL, a->population);
        if (a->budget >= 0)
            mw_out_z(o, "budget", NULL, MW_BUDGETS[a->budget]);
        mw_out_end(o);
    }
    mw_out_end(o);
    if (p->joint_mode >= 0)
        mw_out_z(o, "joint_mode", NULL, MW_JOINT_MODES[p->joint_mode]);
}

static void times_out(const struct mw_draft *d, struct mw_out *o)
{
    const struct mw_profile *p = &d->profile;
    if (mw_day_is(p->period.from) || mw_day_is(p->period.to) || d->months > 0) {
        mw_out_object(o, "period", NULL);
        mw_out_day(o, "from", NULL, p->period.from);
        mw_out_day(o, "to", NULL, p->period.to);
        if (d->months > 0)
            mw_out_int(o, "months", NULL, d->months);
        if (d->approximate)
            mw_out_bool(o, "approximate", NULL, true);
        mw_out_end(o);
    }
    mw_out_list(o, "phases", NULL);
    for (size_t i = 0; i < p->phases.n; i++) {
        const struct mw_phase *f = MW_AT(p->phases, struct mw_phase, i);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "label", NULL, f->label);
        mw_out_day(o, "from", NULL, f->from);
        mw_out_day(o, "to", NULL, f->to);
        mw_out_end(o);
    }
    mw_out_end(o);
}

static void sum_out(struct mw_out *o, const char *key, struct mw_sv what, struct mw_eur eur)
{
    mw_out_object(o, key, NULL);
    mw_out_sv(o, "what", NULL, what);
    mw_out_eur(o, "cents", NULL, eur);
    mw_out_z(o, "currency", NULL, "EUR");
    mw_out_end(o);
}

static void money_out(const struct mw_draft *d, struct mw_out *o)
{
    const struct mw_profile *p = &d->profile;
    if (mw_eur_is(p->volume))
        sum_out(o, "volume", MW_SV_NONE, p->volume);
    mw_out_share(o, "own_share", NULL, p->own_share);
    if (mw_day_is(p->started_on))
        mw_out_day(o, "started", NULL, p->started_on);
    else if (p->started != MW_TRI_NONE)
        mw_out_z(o, "started", NULL, p->started == MW_YES ? "yes" : "no");
    mw_out_list(o, "amounts", NULL);
    for (size_t i = 0; i < d->amounts.n; i++)
        sum_out(o, NULL, MW_AT(d->amounts, struct mw_sum, i)->what, MW_AT(d->amounts, struct mw_sum, i)->eur);
    mw_out_end(o);
}

static void parts_out(const struct mw_draft *d, struct mw_out *o)
{
    const struct mw_profile *p = &d->profile;
    mw_out_list(o, "lots", NULL);
    for (size_t i = 0; i < p->lots.n; i++) {
        const struct mw_lot *l = MW_AT(p->lots, struct mw_lot, i);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "id", NULL, l->id);
        mw_out_sv(o, "label", NULL, l->label);
        mw_out_sv(o, "applicant", NULL, l->applicant.n > 0 ? l->applicant : MW_SV_NONE);
        mw_out_end(o);
    }
    mw_out_end(o);
    mw_out_list(o, "quantities", NULL);
    for (size_t i = 0; i < d->measures.n; i++) {
        const struct mw_measure *m = MW_AT(d->measures, struct mw_measure, i);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "what", NULL, m->what);
        quantity_out(o, "min", m->min);
        quantity_out(o, "max", m->max);
        quantity_out(o, "exactly", m->exactly);
        if (m->approximate)
            mw_out_bool(o, "approximate", NULL, true);
        mw_out_end(o);
    }
    mw_out_end(o);
}

static void names_out(const struct mw_draft *d, struct mw_out *o)
{
    mw_out_list(o, "roles", NULL);
    for (size_t i = 0; i < d->profile.roles.n; i++) {
        const struct mw_role *r = MW_AT(d->profile.roles, struct mw_role, i);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "name", NULL, r->name);
        mw_out_sv(o, "role", NULL, r->role);
        mw_out_end(o);
    }
    mw_out_end(o);
    mw_out_list(o, "themes", NULL);
    for (size_t i = 0; i < d->themes.n; i++)
        mw_out_sv(o, NULL, NULL, *MW_AT(d->themes, struct mw_sv, i));
    mw_out_end(o);
    mw_out_list(o, "programmes", NULL);
    for (size_t i = 0; i < d->programmes.n; i++) {
        const struct mw_fund *f = MW_AT(d->programmes, struct mw_fund, i);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "name", NULL, f->name);
        mw_out_sv(o, "number", NULL, f->number.n > 0 ? f->number : MW_SV_NONE);
        mw_out_end(o);
    }
    mw_out_end(o);
}

static void left_out_out(const struct mw_draft *d, struct mw_out *o)
{
    mw_out_list(o, "left_out", NULL);
    for (size_t i = 0; i < d->left_out.n; i++) {
        const struct mw_left_out *l = MW_AT(d->left_out, struct mw_left_out, i);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "field", NULL, l->field);
        mw_out_sv(o, "quote", NULL, l->sentence);
        mw_out_z(o, "why", NULL, MW_LEFT_WHY[l->why]);
        mw_out_end(o);
    }
    mw_out_end(o);
}

void mw_draft_to_out(const struct mw_draft *d, struct mw_out *o)
{
    mw_out_object(o, NULL, NULL);
    mw_out_sv(o, "language", NULL, d->language);
    mw_out_sv(o, "document", NULL, d->document);
    mw_out_sv(o, "title", NULL, d->profile.title);
    mw_out_sv(o, "summary", NULL, d->profile.summary);
    applicants_out(&d->profile, o);
    times_out(d, o);
    money_out(d, o);
    parts_out(d, o);
    names_out(d, o);
    mw_out_object(o, "evidence", NULL);
    for (size_t i = 0; i < d->evidence.n; i++) {
        const struct mw_evidence *e = MW_AT(d->evidence, struct mw_evidence, i);
        bool twice = false;
        for (size_t k = 0; k < i && !twice; k++)
            twice = mw_sv_eq(MW_AT(d->evidence, struct mw_evidence, k)->path, e->path);
        MW_AUTO(mw_str_free) struct mw_str key = MW_STR_INIT;
        mw_str_add(&key, e->path);
        if (!twice)
            mw_out_sv(o, mw_str_z(&key), NULL, e->quote);
    }
    mw_out_end(o);
    mw_out_list(o, "questions", NULL);
    for (size_t i = 0; i < d->questions.n; i++) {
        const struct mw_question *q = MW_AT(d->questions, struct mw_question, i);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "field", NULL, q->field);
        mw_out_sv(o, "text", NULL, q->text);
        mw_out_end(o);
    }
    mw_out_end(o);
    left_out_out(d, o);
    mw_out_end(o);
}
