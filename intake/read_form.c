/* The fields of a notice to the draft. Sections of the form say what a name, a date or a sum is; free text only adds to it. */
#include "intake/draft_inside.h"
#include "lib/core/read.h"
#include "rules/engine/value.h"

static const struct mw_form_field *field_at(const struct mw_job *x, size_t i)
{
    return MW_AT(x->d->fields, struct mw_form_field, i);
}

/* The first field of that key in block number, from field i on; NULL: none. */
static const struct mw_form_field *in_block(const struct mw_job *x, size_t i, const char *key)
{
    unsigned number = field_at(x, i)->number;
    for (; i < x->d->fields.n && field_at(x, i)->number == number; i++)
        if (mw_sv_eqz(field_at(x, i)->key, key))
            return field_at(x, i);
    return NULL;
}

static struct mw_sv value_in(const struct mw_job *x, size_t i, const char *key)
{
    const struct mw_form_field *f = in_block(x, i, key);
    return f != NULL ? f->value : MW_SV_NONE;
}

/* The first field of that key in a block of that name; block NULL: any. */
static const struct mw_form_field *first(const struct mw_job *x, const char *block, const char *key)
{
    for (size_t i = 0; i < x->d->fields.n; i++)
        if ((block == NULL || mw_sv_eqz(field_at(x, i)->block, block)) && mw_sv_eqz(field_at(x, i)->key, key))
            return field_at(x, i);
    return NULL;
}

/* --- who ---------------------------------------------------------------------------------------------------------------- */
static bool is_foreign(const struct mw_job *x, size_t i)
{
    struct mw_sv land = value_in(x, i, "country"), nuts = value_in(x, i, "nuts");
    return (land.n > 0 && !mw_sv_ieq(land, MW_SV("DEU")) && !mw_sv_ieq(land, MW_SV("DE")) && !mw_sv_ieq(land, MW_SV("Deutschland"))) ||
           (nuts.n > 1 && nuts.p[0] >= 'A' && !mw_sv_starts(nuts, MW_SV("DE"))); /* "00": not said */
}

static void read_buyers(struct mw_job *x)
{
    const struct mw_form_field *kind = first(x, NULL, "authority");
    for (size_t i = 0; i < x->d->fields.n; i++) {
        const struct mw_form_field *f = field_at(x, i);
        if (!mw_sv_eqz(f->block, "buyer") || !mw_sv_eqz(f->key, "name"))
            continue;
        struct mw_place_hint hint = { .plz = value_in(x, i, "plz"), .nuts = value_in(x, i, "nuts") };
        mw_draft_party(x, f->value, f->quote, kind != NULL ? kind->value : MW_SV_NONE, &hint, is_foreign(x, i));
    }
}

static void read_roles(struct mw_job *x)
{
    for (size_t i = 0; i < x->d->fields.n; i++) {
        const struct mw_form_field *f = field_at(x, i);
        if (!mw_sv_eqz(f->key, "name"))
            continue;
        if (mw_sv_eqz(f->block, "contact"))
            mw_draft_role(x, f->value, "contact", f->quote);
        else if (mw_sv_eqz(f->block, "contractor"))
            mw_draft_role(x, f->value, "contractor", f->quote);
    }
}

/* --- what --------------------------------------------------------------------------------------------------------------- */
static struct mw_sv without_stop(struct mw_arena *a, struct mw_sv title)
{
    struct mw_sv t = mw_tidy(a, title);
    return t.n > 1 && t.p[t.n - 1] == '.' ? mw_sv_sub(t, 0, t.n - 1) : t;
}

static void read_subject(struct mw_job *x)
{
    const struct mw_form_field *kind = first(x, NULL, "document"), *title = first(x, "object", "title"), *text = first(x, "object", "description");
    title = title != NULL ? title : first(x, NULL, "title");
    text = text != NULL ? text : first(x, NULL, "description");
    const struct mw_form_field *code = first(x, "head", "kind"); /* XML says it by a code */
    if (code != NULL)
        x->out->document = code->value;
    if (kind != NULL)
        x->out->document = mw_rules_lookup(x->in->rules, "document-kinds", kind->value);
    if (kind != NULL && x->out->document.p != NULL)
        mw_draft_quote(x, MW_SV("document"), kind->quote);
    if (title != NULL) {
        x->out->profile.title = without_stop(x->in->a, title->value);
        mw_draft_quote(x, MW_SV("title"), title->quote);
    }
    if (text != NULL) {
        x->out->profile.summary = mw_tidy(x->in->a, text->value);
        mw_draft_quote(x, MW_SV("summary"), text->value);
    }
}

/* "Los 2: Tragwerksplanung" is number and name. */
static void add_lot(struct mw_job *x, size_t i)
{
    const struct mw_form_field *number = in_block(x, i, "lot-number"), *title = in_block(x, i, "title"), *f = title;
    struct mw_sv id = number != NULL ? number->value : MW_SV(""), label = title != NULL ? title->value : MW_SV(""), head, tail;
    if (number != NULL && mw_sv_cut(number->value, ':', &head, &tail) && mw_sv_trim(tail).n > 3) {
        id = head;
        label = mw_sv_trim(tail);
        f = number;
    }
    size_t digit = 0;
    while (digit < id.n && (id.p[digit] < '0' || id.p[digit] > '9'))
        digit++;
    struct mw_sv short_id = mw_sv_sub(id, digit, SIZE_MAX);
    struct mw_lot *lot = label.n > 0 ? mw_list_add(x->in->a, &x->out->profile.lots, sizeof *lot) : NULL;
    if (lot == NULL)
        return;
    *lot = (struct mw_lot){ .id = mw_tidy(x->in->a, short_id.n > 0 ? short_id : id), .label = without_stop(x->in->a, label) };
    if (lot->id.n == 0)
        lot->id = mw_arena_printf(x->in->a, "%zu", x->out->profile.lots.n);
    mw_draft_quotef(x, f->quote, "lots[%zu]", x->out->profile.lots.n - 1);
}

static void read_lots(struct mw_job *x)
{
    const struct mw_form_field *parted = first(x, NULL, "lots");
    size_t blocks = 0;
    if (parted != NULL && mw_sv_starts(parted->value, MW_SV("nein")))
        return;
    for (int pass = 0; pass < 2; pass++) { /* one lot alone is no lot */
        for (size_t i = 0; i < x->d->fields.n; i++) {
            bool begins = mw_sv_eqz(field_at(x, i)->block, "lot") && (i == 0 || field_at(x, i - 1)->number != field_at(x, i)->number);
            if (begins && pass == 0)
                blocks++;
            else if (begins && blocks > 1)
                add_lot(x, i);
        }
    }
}

/* --- when --------------------------------------------------------------------------------------------------------------- */
static void read_periods(struct mw_job *x)
{
    for (size_t i = 0; i < x->d->fields.n; i++) {
        const struct mw_form_field *f = field_at(x, i);
        struct mw_day day = MW_DAY_NONE;
        int64_t months = 0;
        if (mw_sv_eqz(f->key, "from") && mw_read_day(f->value, &day))
            mw_draft_add_period(x, day, MW_DAY_NONE, -1, f->quote);
        else if (mw_sv_eqz(f->key, "to") && mw_read_day(f->value, &day))
            mw_draft_add_period(x, MW_DAY_NONE, day, -1, f->quote);
        else if (mw_sv_eqz(f->key, "months") && mw_sv_int(f->value, &months) && months > 0 && months < 1200)
            mw_draft_add_period(x, MW_DAY_NONE, MW_DAY_NONE, (int32_t)months, f->quote);
        else if (mw_sv_eqz(f->key, "contract-day") && mw_read_day(f->value, &day) &&
                 (!mw_day_is(x->out->profile.started_on) || mw_day_cmp(day, x->out->profile.started_on) < 0)) {
            if (x->out->profile.started == MW_TRI_NONE)
                mw_draft_quote(x, MW_SV("started"), f->quote);
            x->out->profile.started = MW_YES;
            x->out->profile.started_on = day;
        }
    }
}

/* --- how much ----------------------------------------------------------------------------------------------------------- */
static bool said_to_be_untrue(const struct mw_job *x)
{
    for (size_t i = 0; i < x->statements.n; i++)
        if (mw_statement_of(MW_AT(x->statements, struct mw_fact, i)) == MW_ST_UNTRUE)
            return true;
    return false;
}

enum { LEAST = 100000 }; /* cents: "1,00 EUR" and the like stand where nobody wanted to tell */

static void read_sums(struct mw_job *x)
{
    const struct mw_form_field *cpv = first(x, "object", "cpv");
    bool planning = cpv != NULL && mw_sv_starts(cpv->value, MW_SV("71")); /* a planner's fee is not what the project costs */
    for (size_t i = 0; i < x->d->fields.n; i++) {
        const struct mw_form_field *f = field_at(x, i);
        bool total = mw_sv_eqz(f->key, "total");
        struct mw_eur eur;
        struct mw_sv currency, lot = value_in(x, i, "lot-number");
        size_t at = 0;
        if ((!total && !mw_sv_eqz(f->key, "value")) || !mw_value_money(f->value, &at, true, &eur, &currency) || eur.cents < LEAST ||
            !mw_sv_eqz(currency, "EUR"))
            continue;
        bool whole = mw_sv_eqz(f->block, "object") || mw_sv_eqz(f->block, "buyer") || mw_sv_eqz(f->block, "head");
        mw_draft_add_sum(x, total && whole ? MW_SV("Gesamtwert") : lot.n > 0 ? mw_arena_printf(x->in->a, "Los %.*s", MW_SV_ARG(lot)) : MW_SV("Wert"),
                         MW_SV("contract"), eur, f->quote);
        if (total && !planning && !mw_eur_is(x->out->profile.volume) && (whole || mw_sv_eqz(f->block, "award"))) {
            x->out->profile.volume = eur;
            mw_draft_quote(x, MW_SV("volume"), f->quote);
        }
    }
}

/* "Projektnummer oder -referenz: EFRE", "nein", "Die Auftragsvergabe wird nicht aus EU-Mitteln finanziert". What the buyer typed is
 * a programme, a number, or both. */
static void read_eu_funds(struct mw_job *x)
{
    for (size_t i = 0; i < x->d->fields.n; i++) {
        const struct mw_form_field *f = field_at(x, i);
        struct mw_list found = { 0 };
        struct mw_sv number = MW_SV_NONE;
        bool named = false;
        struct mw_sv text = f->value;
        if (mw_sv_eqz(f->key, "eu-number") || (mw_sv_eqz(f->key, "eu") && f->quote.p == f->value.p)) /* XML has no label */
            text = mw_arena_printf(x->in->a, "Projektnummer: %.*s", MW_SV_ARG(f->value));
        if ((!mw_sv_eqz(f->key, "eu") && !mw_sv_eqz(f->key, "eu-number")) ||
            mw_rules_statements(&found, x->in->a, x->in->rules, text, NULL, NULL) != MW_OK)
            continue;
        for (size_t k = 0; k < found.n; k++) {
            const struct mw_fact *s = MW_AT(found, struct mw_fact, k);
            if (mw_statement_of(s) == MW_ST_PROGRAMME && s->per.n > 0 && number.n == 0)
                number = s->per;
        }
        for (size_t k = 0; k < found.n; k++) {
            const struct mw_fact *s = MW_AT(found, struct mw_fact, k);
            if (mw_statement_of(s) != MW_ST_PROGRAMME || mw_sv_eqz(s->value, "EU-Mittel"))
                continue;
            mw_draft_add_fund(x, s->value, named ? MW_SV_NONE : number, f->quote);
            named = true;
        }
        if (!named && number.n > 0)
            mw_draft_add_fund(x, MW_SV("EU-Mittel"), number, f->quote);
    }
}

void mw_draft_form(struct mw_job *x)
{
    read_buyers(x);
    read_roles(x);
    read_subject(x);
    read_lots(x);
    read_periods(x);
    if (!said_to_be_untrue(x))
        read_sums(x);
    read_eu_funds(x);
}
