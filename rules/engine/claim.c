/* Matches to claims, claims to facts. */
#include "rules/engine/claim.h"

#include <stdlib.h>
#include <string.h>

#include "rules/engine/value.h"

enum { QUOTE_WHOLE = 320, QUOTE_SIDE = 90, CLAUSE = 160, SOFT_BEFORE = 60, CLOCK_BEFORE = 64 };

/* --- one match ---------------------------------------------------------------------------------------------------- */
struct group {
    struct mw_sv text;
    size_t begin; /* in the reading copy */
};

/* Words for people keep their capitals; what is compared is in small letters. */
static const char *spelled(const struct mw_rules *r, enum mw_give_field k, const struct mw_reading *reading)
{
    return r->statements || k == MW_G_PER || k == MW_G_FOR ? reading->cased.p : reading->text.p;
}

/* The text of a field: its constant, or the bytes of the first of its groups that took part; MW_SV_NONE: none did. */
static struct group field_text(const struct mw_rules *r, const struct mw_give *g, const struct mw_slot *slot, enum mw_give_field k,
    const struct mw_reading *reading, size_t origin)
{
    if (g->field[k].p == NULL || !mw_sv_starts(g->field[k], MW_SV("$")))
        return (struct group){ g->field[k], SIZE_MAX };
    for (size_t i = 0; i < slot->n; i++) {
        size_t b, e;
        if (mw_matcher_group(r->matcher, slot->group[i], &b, &e))
            return (struct group){ mw_sv_n(spelled(r, k, reading) + origin + b, e - b), origin + b };
    }
    return (struct group){ MW_SV_NONE, SIZE_MAX };
}

/* Reads the value of a field at or after *at in text into the fact; false: there is none (or no more). A number with decimals, which only
 * statements have, is its share. */
static bool read_value(struct mw_fact *f, const struct mw_give *g, enum mw_give_field k, bool statements, struct mw_sv text, size_t *at)
{
    switch (k) {
    case MW_G_DATE:
        return mw_value_date(text, at, &f->date, &f->recurs);
    case MW_G_SHARE:
        return mw_value_share(text, at, &f->share);
    case MW_G_AMOUNT:
        return mw_value_money(text, at, g->bare == MW_YES, &f->eur, &f->currency);
    case MW_G_MONTHS:
        return mw_value_months(text, at, &f->months);
    case MW_G_NUMBER:
        return mw_value_count(text, at, &f->number) || (statements && mw_value_decimal(text, at, &f->share));
    case MW_G_FIRST:
    case MW_G_LAST: {
        struct mw_day first, last;
        if (!mw_value_span(text, at, &first, &last))
            return false;
        f->date = k == MW_G_FIRST ? first : last;
        return true;
    }
    default:
        return false;
    }
}

static bool add_claim(struct mw_list *out, struct mw_arena *a, const struct mw_claim *claim)
{
    struct mw_claim *slot = mw_list_add(a, out, sizeof *slot);
    if (slot != NULL)
        *slot = *claim;
    return slot != NULL;
}

static bool claim_give(struct mw_list *out, struct mw_arena *a, const struct mw_rules *r, const struct mw_reading *reading,
    const struct mw_give *g, const struct mw_slot slots[MW_G_N], size_t origin, struct mw_claim claim)
{
    enum mw_give_field main_field = MW_G_N;
    mw_fact_clear(&claim.fact);
    claim.fact.type = claim.rule->type;
    claim.fact.kind = field_text(r, g, &slots[MW_G_KIND], MW_G_KIND, reading, origin).text;
    claim.fact.per = field_text(r, g, &slots[MW_G_PER], MW_G_PER, reading, origin).text;
    claim.fact.condition = field_text(r, g, &slots[MW_G_FOR], MW_G_FOR, reading, origin).text;
    for (enum mw_give_field k = MW_G_DATE; k <= MW_G_LAST; k++)
        if (g->field[k].p != NULL)
            main_field = k;
    if (claim.fact.condition.p == NULL && claim.scope != NULL)
        claim.fact.condition = claim.scope->condition;
    if (g->field[MW_G_VALUE].p != NULL) {
        struct group value = field_text(r, g, &slots[MW_G_VALUE], MW_G_VALUE, reading, origin);
        if (value.text.p == NULL)
            return true;
        claim.fact.value = g->table != NULL ? mw_lookup_find(g->table, value.text) : value.text;
        if (claim.fact.value.p == NULL)
            return true;
        if (value.begin != SIZE_MAX) {
            claim.anchor_begin = value.begin;
            claim.anchor_end = value.begin + value.text.n;
        }
    }
    if (main_field == MW_G_N)
        return add_claim(out, a, &claim);
    struct group value = field_text(r, g, &slots[main_field], main_field, reading, origin);
    for (size_t at = 0, from = 0; value.text.p != NULL && read_value(&claim.fact, g, main_field, r->statements, value.text, &at); from = at) {
        if (value.begin != SIZE_MAX) {
            claim.anchor_begin = value.begin + from;
            claim.anchor_end = value.begin + at;
        }
        if (!add_claim(out, a, &claim))
            return false;
        if (g->each != MW_YES)
            break;
    }
    return true;
}

bool mw_claim_match(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, const struct mw_reading *reading, size_t unit,
    size_t rule_index, size_t find, const struct mw_scope *scope, size_t match, size_t begin, size_t end)
{
    const struct mw_rule *rule = MW_AT(r->rules, struct mw_rule, rule_index);
    size_t origin = MW_AT(reading->units, struct mw_passage, unit)->begin;
    struct mw_claim claim = { .rule = rule, .rule_index = rule_index, .match = match, .unit = unit, .anchor_begin = origin + begin,
        .anchor_end = origin + end, .begin = origin + begin, .end = origin + end, .nothing = rule->nothing == MW_YES, .scope = scope };
    if (claim.nothing) {
        claim.fact.type = rule->type;
        return add_claim(out, a, &claim);
    }
    for (size_t g = 0; g < rule->gives.n; g++)
        if (!claim_give(out, a, r, reading, MW_AT(rule->gives, struct mw_give, g), rule->finds[find].slots[g], origin, claim))
            return false;
    return true;
}

/* --- weighing ----------------------------------------------------------------------------------------------------- */
static int by_rank(const void *pa, const void *pb)
{
    const struct mw_claim *a = pa, *b = pb;
    if (a->rule->priority != b->rule->priority)
        return a->rule->priority > b->rule->priority ? -1 : 1;
    if (a->rule_index != b->rule_index)
        return a->rule_index < b->rule_index ? -1 : 1;
    return (a->match > b->match) - (a->match < b->match);
}

static int by_place(const void *pa, const void *pb)
{
    const struct mw_claim *a = pa, *b = pb;
    if (a->anchor_begin != b->anchor_begin)
        return a->anchor_begin < b->anchor_begin ? -1 : 1;
    return by_rank(pa, pb);
}

/* Two claims of one type want the same bytes; those of one match never do, nor two that keep others away. */
static bool collide(const struct mw_claim *a, const struct mw_claim *b)
{
    return a->fact.type == b->fact.type && a->match != b->match && !(a->nothing && b->nothing) && a->anchor_begin < b->anchor_end &&
           b->anchor_begin < a->anchor_end;
}

void mw_claims_settle(struct mw_list *claims, size_t first, const struct mw_reading *reading, const struct mw_witness *w)
{
    struct mw_claim *c = (struct mw_claim *)claims->items;
    size_t kept = first;
    if (claims->n - first < 2) {
        if (claims->n > first && c[first].nothing)
            claims->n = first;
        return;
    }
    qsort(c + first, claims->n - first, sizeof *c, by_rank);
    for (size_t i = first; i < claims->n; i++) {
        size_t winner = first;
        while (winner < kept && !collide(&c[winner], &c[i]))
            winner++;
        if (winner == kept)
            c[kept++] = c[i];
        else
            mw_claim_tell(w, reading, &c[i], c[winner].nothing ? MW_FATE_NO_FACT : MW_FATE_OUTRANKED, c[winner].rule_index);
    }
    size_t n = first;
    for (size_t i = first; i < kept; i++)
        if (!c[i].nothing)
            c[n++] = c[i];
    claims->n = n;
    qsort(c + first, n - first, sizeof *c, by_place);
}

/* --- facts -------------------------------------------------------------------------------------------------------- */
/* The sentence where it is short, else the match with some words on both sides. Of a statement the match alone: it stands beside
 * its value in the profile. */
static struct mw_sv quote_of(const struct mw_rules *r, const struct mw_reading *reading, const struct mw_claim *c, size_t *start)
{
    if (r->statements)
        return mw_reading_quote(reading, c->unit, c->begin, c->end, start);
    const struct mw_passage *u = MW_AT(reading->units, struct mw_passage, c->unit);
    size_t begin = u->begin, end = u->end;
    if (end - begin > QUOTE_WHOLE) {
        begin = c->begin > u->begin + QUOTE_SIDE ? c->begin - QUOTE_SIDE : u->begin;
        end = c->end + QUOTE_SIDE < u->end ? c->end + QUOTE_SIDE : u->end;
        while (begin > u->begin && begin < c->begin && reading->text.p[begin - 1] != ' ')
            begin++;
        while (end < u->end && end > c->end && reading->text.p[end] != ' ')
            end--;
    }
    return mw_reading_quote(reading, c->unit, begin, end, start);
}

/* The clause around the value: to the next comma, semicolon or colon on both sides. */
static struct mw_sv clause_of(const struct mw_reading *reading, const struct mw_claim *c)
{
    const struct mw_passage *u = MW_AT(reading->units, struct mw_passage, c->unit);
    const char *p = reading->text.p;
    size_t begin = c->anchor_begin, end = c->anchor_end;
    while (begin > u->begin && c->anchor_begin - begin < CLAUSE && !(strchr(",;", p[begin - 1]) != NULL && p[begin] == ' '))
        begin--;
    while (end < u->end && end - c->anchor_end < CLAUSE && !(strchr(",;", p[end]) != NULL && (end + 1 == u->end || p[end + 1] == ' ')))
        end++;
    return mw_sv_n(p + begin, end - begin);
}

/* Whether another value of the type stands behind at: "bis zu 30 Prozent und für finanzschwache Kommunen bis zu 45 Prozent". What is said
 * between the two is said of that one. */
static bool another_behind(const struct mw_list *claims, size_t first, const struct mw_claim *c, size_t at, size_t end)
{
    for (size_t i = first; i < claims->n; i++) {
        const struct mw_claim *o = MW_AT(*claims, struct mw_claim, i);
        if (o->fact.type == c->fact.type && o->unit == c->unit && o->anchor_begin >= at && o->anchor_end <= end)
            return true;
    }
    return false;
}

static struct mw_sv condition_of(struct mw_rules *r, const struct mw_reading *reading, const struct mw_list *claims, size_t first,
    const struct mw_claim *c, const struct mw_met *met)
{
    size_t b, e;
    struct mw_sv clause = clause_of(reading, c);
    if (!r->statements && c->fact.type != MW_F_RATE && c->fact.type != MW_F_OWN_SHARE && c->fact.type != MW_F_AMOUNT &&
        c->fact.type != MW_F_BONUS)
        return c->fact.condition;
    for (size_t i = 0; i < r->conditions.n && c->fact.condition.p == NULL; i++) {
        struct mw_condition *k = MW_AT(r->conditions, struct mw_condition, i);
        if (!mw_pattern_possible(&k->rx, met) || !mw_pattern_find(&k->rx, r->matcher, clause, 0, &b, &e))
            continue;
        size_t at = (size_t)(clause.p - reading->text.p);
        if (at + b < c->anchor_end || !another_behind(claims, first, c, at + e, at + clause.n))
            return k->is;
    }
    return c->fact.condition;
}

static bool is_soft(struct mw_rules *r, const struct mw_reading *reading, const struct mw_claim *c, const struct mw_met *met)
{
    size_t b, e, from = MW_AT(reading->units, struct mw_passage, c->unit)->begin;
    if (c->scope != NULL && c->scope->soft == MW_YES)
        return true;
    if (c->rule->soft != MW_TRI_NONE)
        return c->rule->soft == MW_YES;
    if (!mw_pattern_possible(&r->soft, met))
        return false;
    if (c->begin > from + SOFT_BEFORE)
        from = c->begin - SOFT_BEFORE;
    while (((unsigned char)reading->text.p[from] & 0xC0) == 0x80)
        from++;
    return mw_pattern_find(&r->soft, r->matcher, mw_sv_n(reading->text.p + from, c->end - from), 0, &b, &e);
}

/* What a sum is counted by, where that stands right behind it. */
static struct mw_sv per_of(struct mw_rules *r, const struct mw_reading *reading, const struct mw_claim *c, const struct mw_met *met)
{
    size_t b, e, end = MW_AT(reading->units, struct mw_passage, c->unit)->end;
    if (c->fact.per.p != NULL || c->fact.type != MW_F_AMOUNT || c->anchor_end >= end || !mw_pattern_possible(&r->per, met))
        return c->fact.per;
    struct mw_sv behind = mw_sv_n(reading->text.p + c->anchor_end, end - c->anchor_end);
    if (!mw_pattern_find(&r->per, r->matcher, behind, 0, &b, &e))
        return c->fact.per;
    return mw_sv_n(spelled(r, MW_G_PER, reading) + c->anchor_end + b, e - b);
}

/* No comma or semicolon between a and b, but those of a list of days: they stand in one clause. */
static bool one_clause(const struct mw_reading *reading, size_t a, size_t b)
{
    const char *p = reading->text.p;
    while (a < b && !(strchr(",;", p[a]) != NULL && p[a + 1] == ' ' && !(p[a + 2] >= '0' && p[a + 2] <= '9')))
        a++;
    return a >= b;
}

/* A yearly date that its clause limits to some years: the day of the last of them; MW_DAY_NONE: it returns without end. */
static struct mw_day last_of(struct mw_rules *r, const struct mw_reading *reading, const struct mw_claim *c, const struct mw_met *met)
{
    const struct mw_passage *u = MW_AT(reading->units, struct mw_passage, c->unit);
    struct mw_sv text = mw_sv_n(reading->text.p + u->begin, u->end - u->begin);
    struct mw_day last = MW_DAY_NONE;
    size_t b, e;
    if (c->fact.type != MW_F_DEADLINE || c->fact.recurs == 0 || mw_day_is(c->fact.date) || !mw_pattern_possible(&r->last_year, met))
        return c->fact.date;
    for (size_t from = 0; from < text.n && mw_pattern_find(&r->last_year, r->matcher, text, from, &b, &e) && e >= b + 4; from = e) {
        size_t begin = u->begin + b, end = u->begin + e;
        int64_t year = 0;
        if (end <= c->anchor_begin ? !one_clause(reading, end, c->anchor_begin) : !one_clause(reading, c->anchor_end, begin))
            continue;
        if (!mw_sv_int(mw_sv_sub(text, e - 4, 4), &year))
            continue;
        int month = c->fact.recurs / 100, day = c->fact.recurs % 100, most = mw_days_in_month((int)year, month);
        return mw_day_from_ymd(&last, (int)year, month, day < most ? day : most) ? last : MW_DAY_NONE;
    }
    return MW_DAY_NONE;
}

/* The time of day of a deadline, where it stands right behind the day or right before it: "bis 31.03.2026, 12 Uhr", "by 17:00
 * (Brussels time) on 31 March 2026". */
static int clock_of(struct mw_rules *r, const struct mw_reading *reading, const struct mw_claim *c, const struct mw_met *met)
{
    const struct mw_passage *u = MW_AT(reading->units, struct mw_passage, c->unit);
    const char *p = reading->text.p;
    size_t from = c->anchor_begin > u->begin + CLOCK_BEFORE ? c->anchor_begin - CLOCK_BEFORE : u->begin, b, e, at = 0;
    int minutes;
    if (c->fact.type != MW_F_DEADLINE || (!mw_day_is(c->fact.date) && c->fact.recurs == 0) || c->anchor_end > u->end)
        return -1;
    while (((unsigned char)p[from] & 0xC0) == 0x80)
        from++;
    struct mw_sv behind = mw_sv_n(p + c->anchor_end, u->end - c->anchor_end), before = mw_sv_n(p + from, c->anchor_begin - from);
    if (mw_pattern_possible(&r->clock_behind, met) && mw_pattern_find(&r->clock_behind, r->matcher, behind, 0, &b, &e) &&
        mw_value_clock(mw_sv_sub(behind, b, e - b), &at, &minutes))
        return minutes;
    at = 0;
    if (mw_pattern_possible(&r->clock_before, met) && mw_pattern_find(&r->clock_before, r->matcher, before, 0, &b, &e) &&
        mw_value_clock(mw_sv_sub(before, b, e - b), &at, &minutes))
        return minutes;
    return -1;
}

void mw_claims_qualify(struct mw_list *claims, size_t first, struct mw_rules *r, const struct mw_reading *reading, const struct mw_met *met)
{
    for (size_t i = first; i < claims->n; i++) {
        struct mw_claim *c = MW_AT(*claims, struct mw_claim, i);
        c->fact.condition = condition_of(r, reading, claims, first, c, met);
        c->fact.per = per_of(r, reading, c, met);
        c->fact.soft = is_soft(r, reading, c, met);
        c->fact.clock = clock_of(r, reading, c, met);
        c->fact.date = last_of(r, reading, c, met);
    }
}

/* A yearly date is the same with and without its last year. */
static bool same_fact(const struct mw_fact *a, const struct mw_fact *b)
{
    return a->type == b->type && mw_sv_eq(a->kind, b->kind) && mw_sv_eq(a->value, b->value) &&
           (a->date.n == b->date.n || a->recurs > 0) &&
           a->recurs == b->recurs && a->eur.cents == b->eur.cents && a->months == b->months && a->number == b->number &&
           a->share.num == b->share.num && a->share.den == b->share.den && mw_sv_eq(a->condition, b->condition);
}

/* The facts of a text by what they say: as many as there are sentences, where a text is hostile. */
struct said {
    size_t *slots; /* index of the fact + 1, mask + 1 of them; 0: free */
    size_t mask;
};

static bool make_said(struct said *s, struct mw_arena *a, size_t claims)
{
    size_t size = 16;
    while (size < 2 * claims + 1)
        size *= 2;
    *s = (struct said){ mw_arena_array(a, size, sizeof *s->slots), size - 1 };
    return s->slots != NULL;
}

static uint64_t hash_of(const struct mw_fact *f)
{
    const int64_t numbers[] = { (int64_t)f->type, f->recurs > 0 ? 0 : f->date.n, f->recurs, f->eur.cents, f->months, f->number, f->share.num, f->share.den };
    uint64_t h = mw_sv_hash(f->kind) * 3 + mw_sv_hash(f->value) * 5 + mw_sv_hash(f->condition) * 7;
    return h ^ mw_sv_hash(mw_sv_n((const char *)numbers, sizeof numbers));
}

/* The slot of the fact in out that says the same; or the free one where it would go. */
static size_t *slot_of(const struct said *s, const struct mw_list *out, const struct mw_fact *f)
{
    for (size_t i = (size_t)hash_of(f);; i++) {
        size_t *slot = &s->slots[i & s->mask];
        if (*slot == 0 || same_fact(MW_AT(*out, struct mw_fact, *slot - 1), f))
            return slot;
    }
}

static struct mw_sv keep(struct mw_arena *a, struct mw_sv s)
{
    return s.p == NULL ? s : mw_arena_copy(a, s);
}

enum mw_rc mw_claims_to_facts(struct mw_list *out, struct mw_arena *a, struct mw_arena *scratch, const struct mw_rules *r, const struct mw_reading *reading,
    const struct mw_list *claims, const struct mw_witness *w, struct mw_err *err)
{
    bool firm[MW_F_TYPE_N] = { false }; /* types that a rule which is no fallback has found */
    for (size_t i = 0; i < claims->n; i++)
        if (MW_AT(*claims, struct mw_claim, i)->rule->fallback != MW_YES)
            firm[MW_AT(*claims, struct mw_claim, i)->fact.type] = true;
    struct said said;
    if (!make_said(&said, scratch, claims->n))
        return mw_nomem(err);
    for (size_t i = 0; i < claims->n; i++) {
        const struct mw_claim *c = MW_AT(*claims, struct mw_claim, i);
        struct mw_fact f = c->fact;
        f.fallback = c->rule->fallback == MW_YES && firm[f.type];
        bool needless = f.fallback && !r->statements; /* of a statement the room that asked decides: others may be asides */
        size_t *known = needless ? NULL : slot_of(&said, out, &f);
        bool twice = needless || *known != 0;
        struct mw_fact *other = twice && !needless ? MW_AT(*out, struct mw_fact, *known - 1) : NULL;
        if (other != NULL && other->fallback && !f.fallback) {
            other->fallback = false;
            other->quote = quote_of(r, reading, c, &other->start);
        }
        if (other != NULL && other->soft && !f.soft) { /* said firmly somewhere is said firmly, and that is the evidence */
            other->soft = false;
            other->quote = quote_of(r, reading, c, &other->start);
        }
        if (other != NULL && f.recurs > 0 && mw_day_is(f.date) && (!mw_day_is(other->date) || mw_day_cmp(f.date, other->date) > 0)) {
            other->date = f.date; /* limited to some years somewhere is limited, and that is the evidence */
            other->quote = quote_of(r, reading, c, &other->start);
        }
        if (other != NULL && other->clock < 0 && f.clock >= 0) { /* so is the hour of the day */
            other->clock = f.clock;
            other->quote = quote_of(r, reading, c, &other->start);
        }
        mw_claim_tell(w, reading, c, needless ? MW_FATE_NOT_NEEDED : twice ? MW_FATE_REPEATED : MW_FATE_FACT, SIZE_MAX);
        if (twice)
            continue;
        struct mw_fact *slot = mw_list_add(a, out, sizeof *slot);
        if (slot == NULL)
            return mw_nomem(err);
        f.kind = keep(a, f.kind);
        f.value = keep(a, f.value);
        f.currency = keep(a, f.currency);
        f.per = keep(a, f.per);
        f.condition = keep(a, f.condition);
        f.rule = keep(a, c->rule->place);
        f.quote = quote_of(r, reading, c, &f.start);
        *slot = f;
        *known = out->n;
    }
    return MW_OK;
}
