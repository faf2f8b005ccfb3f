/* What a fact says, in words for people. The English text stands here, the German in po/de/model.po. */
#include "lib/core/date.h"
#include "lib/model/fact.h"
#include "lib/model/profile.h"

const char *mw_fact_label(enum mw_fact_type type, enum mw_lang lang)
{
    static const char *const LABELS[MW_F_TYPE_N] = { "Deadline", "Funding rate", "Own share", "Amount", "Who may apply", "Region",
        "Early start", "Procedure", "Other funding", "De-minimis aid", "Duration", "Status", "Kind of funding", "Excluded",
        "Population", "Partners", "Saving", "Forwarding", "Joint projects", "Form of financing", "VAT", "Own staff", "Validity",
        "Subject", "Funder", "Requirement", "Special area", "Bonus", "Per inhabitant", "Costs", "Sum per unit" };
    return mw_tr(lang, LABELS[type]);
}

/* Words of kind and value that stand alone. Which type a word belongs to is part of its meaning. */
struct word {
    enum mw_fact_type type;
    const char *word, *text;
};
static const struct word VALUES[] = {
    { MW_F_EARLY_START, "forbidden", "not before the award" },
    { MW_F_EARLY_START, "allowed", "an early start is allowed" },
    { MW_F_EARLY_START, "on_request", "an early start is possible with consent" },
    { MW_F_TWO_STAGE, "true", "two stages: a sketch first, then the application" },
    { MW_F_TWO_STAGE, "false", "one stage" },
    { MW_F_CUMULATION, "allowed", "may be combined with other funding" },
    { MW_F_CUMULATION, "forbidden", "may not be combined with other funding" },
    { MW_F_CUMULATION, "limited", "may be combined with other funding within limits" },
    { MW_F_DE_MINIMIS, "true", "granted as De-minimis aid" },
    { MW_F_DE_MINIMIS, "false", "no De-minimis aid" },
    { MW_F_FORWARDING, "allowed", "the grant may be forwarded" },
    { MW_F_FORWARDING, "forbidden", "the grant may not be forwarded" },
    { MW_F_JOINT, "lead", "one applicant leads for all" },
    { MW_F_JOINT, "group", "applicants apply together" },
    { MW_F_JOINT, "entity", "the partners are one legal person" },
    { MW_F_JOINT, "allowed", "joint projects are allowed" },
    { MW_F_JOINT, "forbidden", "no joint projects" },
    { MW_F_FINANCING, "anteil", "a share of the expenditure" },
    { MW_F_FINANCING, "fehlbedarf", "what the other sources leave open" },
    { MW_F_FINANCING, "festbetrag", "a fixed sum" },
    { MW_F_FINANCING, "voll", "the whole expenditure" },
    { MW_F_FINANCING, "teil", "not the whole expenditure" },
    { MW_F_VAT, "eligible", "VAT is eligible" },
    { MW_F_VAT, "not_eligible", "VAT is not eligible" },
    { MW_F_VAT, "only_if_not_deductible", "VAT is eligible only where it cannot be deducted" },
    { MW_F_OWN_STAFF, "excluded", "own staff is not eligible" },
    { MW_F_OWN_STAFF, "additional_only", "only additional staff is eligible" },
    { MW_F_OWN_STAFF, "eligible", "own staff is eligible" },
    { MW_F_STATUS, "open", "open" },
    { MW_F_STATUS, "closed", "closed" },
    { MW_F_STATUS, "forthcoming", "forthcoming" },
    { MW_F_STATUS, "call_only", "only after a call" },
    { MW_F_STATUS, "first_come", "first come, first served" },
    { MW_F_STATUS, "in_force", "the rules are in force" },
    { MW_F_FUNDER, "bund", "the federal government" },
    { MW_F_FUNDER, "eu", "the European Union" },
    { MW_F_REQUIREMENT, "municipal_ownership", "a share in municipal hands" },
    { MW_F_REQUIREMENT, "public_ownership", "a share in public hands" },
    { MW_F_REQUIREMENT, "open_to_legal_persons", "open to all legal persons" },
    { MW_F_REQUIREMENT, "open_to_private_law", "open to legal persons of private law" },
    { MW_F_REQUIREMENT, "open_to_private", "open to private organisations" },
    { MW_F_REQUIREMENT, "open_to_others", "open to others, without saying to whom" },
    { MW_F_REQUIREMENT, "open_to_states", "open to states only" },
    { MW_F_REQUIREMENT, "admitted_before", "only those admitted or chosen before" },
    { MW_F_REQUIREMENT, "subsidiary", "other funding comes first" },
    { MW_F_REQUIREMENT, "increment_per_partner", "more for every further partner" },
    { MW_F_REQUIREMENT, "lasting_cooperation", "a cooperation that lasts" },
    { MW_F_REQUIREMENT, "new_cooperation", "a cooperation that is new" },
    { MW_F_REQUIREMENT, "one_application", "one application only" },
    { MW_F_REQUIREMENT, "one_application_per_area", "one application for each area" },
    { MW_F_REQUIREMENT, "lump_sum_per_application", "the sum is for the application, not for each partner" },
    { MW_F_REQUIREMENT, "apply_before_start", "application before the start" },
    { MW_F_REQUIREMENT, "start_is_contract", "the first contract counts as the start" },
    { MW_F_REQUIREMENT, "planning_is_no_start", "planning does not count as the start" },
    { MW_F_REQUIREMENT, "part_areas", "parts of large municipalities may count" },
    { MW_F_REQUIREMENT, "weakness_by_state_law", "financial weakness as the law of the Land defines it" },
    { MW_F_REQUIREMENT, "separate_applications", "an application for each area" },
    { MW_F_REQUIREMENT, "joint_population", "the inhabitants of all partners count together" },
    { MW_F_REQUIREMENT, "weakness_confirmed", "the supervisory authority confirms the financial weakness" },
    { MW_F_REQUIREMENT, "supervisory_statement", "a statement of the supervisory authority" },
    { MW_F_REQUIREMENT, "council_decision", "a decision of the council" },
    { MW_F_REQUIREMENT, "cooperation_agreement", "a cooperation agreement in writing" },
    { MW_F_REQUIREMENT, "own_share_not_federal", "the own share may not come from federal money" },
    { MW_F_REQUIREMENT, "cofinancing", "co-financing" },
    { MW_F_REQUIREMENT, "strict_deadline", "the deadline is strict" },
    { MW_F_REQUIREMENT, "soft_deadline", "late applications may still count" },
    { MW_F_AREA, "grw", "assisted area of the joint task GRW" },
    { MW_F_AREA, "coal", "coal region" },
    { MW_F_AREA, "leader", "LEADER region" },
    { MW_F_AREA, "rural", "rural area" },
    { MW_F_AREA, "designated", "a designated area" },
    { MW_F_AREA, "except", "all but" },
    { MW_F_AREA, "named", "only" },
    { MW_F_EXCLUSION, "pflichtaufgabe", "tasks required by law" },
    { MW_F_EXCLUSION, "beschaffung", "joint purchases alone" },
    { MW_F_EXCLUSION, "associated_partner", "associated partners" },
    { MW_F_COST, "personal", "staff costs" },
    { MW_F_COST, "sach", "costs of material" },
    { MW_F_COST, "indirect", "indirect costs" },
    { MW_F_COST, "investment", "investment" },
    { MW_F_STATUS, "yearly", "every year" },
    { MW_F_DEADLINE, "application", "application" },
    { MW_F_DEADLINE, "sketch", "sketch" },
    { MW_F_DEADLINE, "full_proposal", "full proposal" },
    { MW_F_DEADLINE, "cutoff", "cut-off date" },
    { MW_F_DEADLINE, "rolling", "at any time" },
    { MW_F_DEADLINE, "closed", "no more applications" },
    { MW_F_DEADLINE, "validity_end", "end of the directive" },
    { MW_F_DEADLINE, "clause", "end of a single clause" },
    { MW_F_DEADLINE, "drawdown", "drawdown" },
    { MW_F_DEADLINE, "report", "report" },
};

/* The text of a word; what is not in the table is said as it stands. */
static void add_word(struct mw_str *out, enum mw_fact_type type, struct mw_sv word, enum mw_lang lang)
{
    for (size_t i = 0; i < sizeof VALUES / sizeof *VALUES; i++) {
        if (VALUES[i].type == type && mw_sv_eqz(word, VALUES[i].word)) {
            mw_str_addz(out, mw_tr(lang, VALUES[i].text));
            return;
        }
    }
    mw_str_add(out, word);
}

/* "at most ", "at least " or nothing. */
static void add_bound(struct mw_str *out, struct mw_sv kind, enum mw_lang lang)
{
    const char *bound = mw_sv_ends(kind, MW_SV("max")) ? "at most" : mw_sv_ends(kind, MW_SV("min")) ? "at least" :
                        mw_sv_eqz(kind, "below")       ? "fewer than" :
                        mw_sv_eqz(kind, "above")       ? "more than" :
                                                         NULL;
    if (bound != NULL)
        mw_str_addf(out, "%s ", mw_tr(lang, bound));
}

void mw_count_format(struct mw_str *out, int64_t n, enum mw_lang lang)
{
    MW_AUTO(mw_str_free) struct mw_str money = MW_STR_INIT;
    if (n < 0 || n > INT64_MAX / 100)
        return;
    mw_eur_format(&money, (struct mw_eur){ n * 100 }, lang); /* groups thousands as money does */
    mw_str_add(out, mw_sv_sub(mw_str_sv(&money), 0, money.n - 3));
}

/* "31.03." or "31 March", every year */
static void add_recurring(struct mw_str *out, int recurs, enum mw_lang lang)
{
    MW_AUTO(mw_str_free) struct mw_str day = MW_STR_INIT;
    struct mw_day d;
    if (!mw_day_from_ymd(&d, 2024, recurs / 100, recurs % 100))
        return;
    mw_day_format(&day, d, lang);
    day.n -= lang == MW_DE ? 4 : 5; /* without the year, and the space before it in English */
    day.p[day.n] = '\0';
    mw_str_addf(out, mw_tr(lang, "every year by %s"), mw_str_z(&day));
}

/* "31.03.2026" or "31 March 2026" */
static const char *day_words(struct mw_str *buf, struct mw_day d, enum mw_lang lang)
{
    mw_str_clear(buf);
    mw_day_format(buf, d, lang);
    return mw_str_z(buf);
}

static void add_deadline(struct mw_str *out, const struct mw_fact *f, enum mw_lang lang)
{
    MW_AUTO(mw_str_free) struct mw_str day = MW_STR_INIT;
    bool dated = mw_day_is(f->date);
    if (f->recurs != 0) {
        add_recurring(out, f->recurs, lang);
        if (dated)
            mw_str_addf(out, mw_tr(lang, ", last in %d"), mw_day_ymd(f->date).year);
        dated = true;
    } else if (dated) {
        mw_str_addf(out, mw_tr(lang, "by %s"), day_words(&day, f->date, lang));
    }
    if (dated && f->clock >= 0)
        mw_str_addf(out, mw_tr(lang, ", %02d:%02d"), f->clock / 60, f->clock % 60);
    if (f->kind.n == 0)
        return;
    mw_str_addz(out, dated ? " (" : "");
    add_word(out, MW_F_DEADLINE, mw_sv_eqz(f->value, "clause") ? f->value : f->kind, lang);
    mw_str_addz(out, dated ? ")" : "");
}

/* "35.000 EUR", "24.000 EUR je 100.000 Einwohner" */
static void add_sum(struct mw_str *out, const struct mw_fact *f, enum mw_lang lang)
{
    if (f->eur.cents % 100 == 0)
        mw_count_format(out, f->eur.cents / 100, lang);
    else
        mw_eur_format(out, f->eur, lang);
    mw_str_addf(out, " %.*s", MW_SV_ARG(f->currency.n > 0 ? f->currency : MW_SV("EUR")));
    if (f->per.n > 0)
        mw_str_addf(out, " %s %.*s", mw_tr(lang, "per"), MW_SV_ARG(f->per));
}

static void add_amount(struct mw_str *out, const struct mw_fact *f, enum mw_lang lang)
{
    if (mw_sv_starts(f->kind, MW_SV("grant")))
        mw_str_addf(out, "%s ", mw_tr(lang, "funding"));
    else if (mw_sv_starts(f->kind, MW_SV("project")))
        mw_str_addf(out, "%s ", mw_tr(lang, "project"));
    add_bound(out, f->kind, lang);
    add_sum(out, f, lang);
}

/* "100 %" or "35.000 EUR", "60 months", "6 weeks" behind a word; nothing where the fact has no figure. */
static void add_figure(struct mw_str *out, const struct mw_fact *f, enum mw_lang lang)
{
    bool share = mw_share_is(f->share), sum = mw_eur_is(f->eur), count = f->number != INT64_MIN;
    if (!share && !sum && f->months < 0 && !count)
        return;
    mw_str_addz(out, ": ");
    add_bound(out, f->kind, lang);
    if (share)
        mw_share_format(out, f->share, lang);
    else if (sum)
        add_sum(out, f, lang);
    else
        mw_count_format(out, count ? f->number : f->months, lang);
    if (f->months >= 0 || mw_sv_eqz(f->kind, "months"))
        mw_str_addf(out, " %s", mw_tr(lang, "months"));
    else if (mw_sv_eqz(f->kind, "weeks"))
        mw_str_addf(out, " %s", mw_tr(lang, "weeks"));
}

/* "höchstens 10 Prozentpunkte mehr": no share of anything. */
static void add_points(struct mw_str *out, const struct mw_fact *f, enum mw_lang lang)
{
    MW_AUTO(mw_str_free) struct mw_str share = MW_STR_INIT;
    struct mw_sv number;
    mw_share_format(&share, f->share, lang);
    (void)mw_sv_cut(mw_str_sv(&share), '%', &number, &(struct mw_sv){ 0 });
    add_bound(out, f->kind, lang);
    mw_str_addf(out, mw_tr(lang, "%.*s percentage points more"), MW_SV_ARG(mw_sv_trim(number)));
}

static void add_counted(struct mw_str *out, const struct mw_fact *f, const char *what, int64_t n, enum mw_lang lang)
{
    add_bound(out, f->kind, lang);
    mw_count_format(out, n, lang);
    mw_str_addf(out, " %s", mw_tr(lang, what));
}

static void add_region(struct mw_str *out, struct mw_sv code, enum mw_lang lang)
{
    enum mw_land land;
    if (mw_sv_eqz(code, "DE"))
        mw_str_addz(out, mw_tr(lang, "Germany"));
    else if (mw_sv_eqz(code, "EU"))
        mw_str_addz(out, mw_tr(lang, "European Union"));
    else if (mw_land_parse(code, &land))
        mw_str_addz(out, mw_land_name(land));
    else
        mw_str_add(out, code);
}

/* The label of the fact's value in one of profile.h's lists; a word that is in none as other words. */
static void add_label(struct mw_str *out, const struct mw_fact *f, const char *const *words, const char *label(int, enum mw_lang),
    enum mw_lang lang)
{
    for (int i = 0; words[i] != NULL; i++) {
        if (mw_sv_eqz(f->value, words[i])) {
            mw_str_addz(out, label(i, lang));
            return;
        }
    }
    add_word(out, f->type, f->value, lang);
}

/* Who of a general kind is meant: "Gemeinden" are the municipalities without the Kreise. false: the condition is no such word. */
static bool add_part(struct mw_str *out, const struct mw_fact *f, enum mw_lang lang)
{
    static const struct {
        const char *word, *text;
    } PARTS[] = { { "gemeinde", "cities, towns and municipalities" }, { "kreisfrei", "towns outside a Kreis" },
        { "gemeindeverband", "associations of municipalities, Kreise among them" }, { "juristische_person", "legal persons" },
        { "oeffentliches_recht", "legal persons of public law" }, { "qualified", "legal persons on a condition" },
        { "ueberoertlich", "associations that work in the whole Land or nationwide" }, { "kmu", "small and medium-sized enterprises" },
        { "privat", "private enterprises" },
        { "eigenbetrieb", "enterprises of a municipality without a legal personality of their own" } };
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
        if (mw_sv_eqz(f->condition, PARTS[i].word)) {
            mw_str_addz(out, mw_tr(lang, PARTS[i].text));
            return true;
        }
    return false;
}

static bool is_party(const struct mw_fact *f) { return f->type == MW_F_APPLICANT || f->type == MW_F_EXCLUSION; }

static void add_main(struct mw_str *out, const struct mw_fact *f, enum mw_lang lang)
{
    MW_AUTO(mw_str_free) struct mw_str day = MW_STR_INIT;
    switch (f->type) {
    case MW_F_DEADLINE:
        add_deadline(out, f, lang);
        break;
    case MW_F_RATE:
    case MW_F_OWN_SHARE:
    case MW_F_SAVING:
        add_bound(out, f->kind, lang);
        mw_share_format(out, f->share, lang);
        break;
    case MW_F_BONUS:
        add_points(out, f, lang);
        break;
    case MW_F_AMOUNT:
    case MW_F_UNIT_AMOUNT:
    case MW_F_PER_CAPITA:
        add_amount(out, f, lang);
        break;
    case MW_F_APPLICANT:
    case MW_F_EXCLUSION:
        if (!add_part(out, f, lang))
            add_label(out, f, MW_APPLICANT_TYPES, mw_applicant_label, lang);
        break;
    case MW_F_KIND:
        add_label(out, f, MW_KINDS, mw_kind_label, lang);
        break;
    case MW_F_REGION:
        add_region(out, f->value, lang);
        break;
    case MW_F_DURATION:
        add_counted(out, f, "months", f->months, lang);
        break;
    case MW_F_POPULATION:
        add_counted(out, f, "inhabitants", f->number, lang);
        break;
    case MW_F_PARTNERS:
        add_counted(out, f, "partners", f->number, lang);
        break;
    case MW_F_VALIDITY:
        if (mw_sv_eqz(f->kind, "from"))
            mw_str_addf(out, mw_tr(lang, "from %s"), day_words(&day, f->date, lang));
        else
            mw_str_addf(out, mw_tr(lang, "until %s"), day_words(&day, f->date, lang));
        break;
    case MW_F_STATUS:
        add_word(out, MW_F_STATUS, f->kind, lang);
        if (f->value.n > 0) {
            mw_str_addz(out, " (");
            add_word(out, MW_F_STATUS, f->value, lang);
            mw_str_addc(out, ')');
        }
        break;
    default: /* one word says it all, or a word and a figure */
        if (f->type == MW_F_AREA && mw_sv_eqz(f->kind, "outside"))
            mw_str_addf(out, "%s ", mw_tr(lang, "not in:"));
        add_word(out, f->type, f->value, lang);
        add_figure(out, f, lang);
        break;
    }
}

void mw_fact_words(struct mw_str *out, const struct mw_fact *f, enum mw_lang lang)
{
    static const struct {
        const char *word, *text;
    } CONDITIONS[] = { { "finanzschwach", "for municipalities short of money" },
        { "haushaltsnotlage", "for municipalities under budget supervision" }, { "joint", "for joint projects" },
        { "nicht_kommunal", "for others than municipalities" } };

    MW_AUTO(mw_str_free) struct mw_str part = MW_STR_INIT;

    add_main(out, f, lang);
    if (f->condition.n > 0 && !(is_party(f) && add_part(&part, f, lang))) {
        const char *known = NULL;
        for (size_t i = 0; i < sizeof CONDITIONS / sizeof *CONDITIONS; i++)
            if (mw_sv_eqz(f->condition, CONDITIONS[i].word))
                known = CONDITIONS[i].text;
        mw_str_addz(out, f->type == MW_F_AREA ? " " : ", ");
        mw_str_add(out, known != NULL ? mw_sv(mw_tr(lang, known)) : f->condition);
    }
    if (f->soft)
        mw_str_addf(out, " (%s)", mw_tr(lang, "as a rule"));
}
