/* Text to facts: one pass over the sentences; a rule's patterns run only where its words stand and its scope reaches. */
#include <string.h>

#include "rules/engine/claim.h"

enum { ALARMS_MAX = 20 }; /* a rule that ran into its limits so often is left out */

struct span { size_t begin, end; }; /* bytes of a unit's text; begin == end: the scope does not reach */
struct ear {                    /* what a rule has heard */
    uint32_t unit;             /* the unit (counted from 1) whose words it met last */
    uint8_t met, asks;         /* enum mw_waits: which of its words stand there; which must */
};
struct run {
    struct mw_rules *r;
    struct mw_arena *a;
    struct mw_reading reading;
    struct ear *ears;          /* by rule */
    uint32_t *speaking;        /* rules whose words stand in this unit, n_speaking of them */
    size_t n_speaking;
    uint32_t *words;           /* words met in this unit */
    struct mw_met met;
    uint64_t scopes_seen;      /* scopes whose words were met in this unit */
    uint64_t *reaches;         /* by unit: scopes that reach to its end, for the list below it */
    uint64_t *heading_under, *heading_not; /* by unit: scopes whose under / not_under names this heading or one above */
    struct span spans[64];     /* of the scopes in active */
    uint64_t active;           /* scopes that reach into this unit */
    uint64_t wordless;         /* scopes that may begin in any sentence */
    uint64_t listless;         /* scopes that do not reach over lists */
    struct mw_list claims;
    size_t matches;
    const struct mw_witness *w; /* NULL: nobody watches */
};

/* Which rules, scopes and needs the words of a unit answer. */
static void meet(struct run *x, uint32_t word)
{
    const struct mw_list *l = MW_AT(x->r->waits, struct mw_list, word);
    for (size_t i = 0; i < l->n; i++) {
        const struct mw_waiter *w = MW_AT(*l, struct mw_waiter, i);
        if (w->what == MW_WAITS_NEED) {
            x->met.unit[w->index] = x->met.now;
        } else if (w->what == MW_WAITS_SCOPE) {
            x->scopes_seen |= UINT64_C(1) << w->index;
        } else {
            struct ear *ear = &x->ears[w->index];
            if (ear->unit != x->met.now)
                ear->met = 0;
            ear->unit = x->met.now;
            if (ear->met != ear->asks && (ear->met |= w->what) == ear->asks)
                x->speaking[x->n_speaking++] = w->index;
        }
    }
}

static void sort_speaking(struct run *x)
{
    for (size_t i = 1; i < x->n_speaking; i++) {
        uint32_t v = x->speaking[i];
        size_t k = i;
        for (; k > 0 && x->speaking[k - 1] > v; k--)
            x->speaking[k] = x->speaking[k - 1];
        x->speaking[k] = v;
    }
}

static bool find_in(struct mw_pattern *p, const struct run *x, struct mw_sv text, size_t from, size_t *begin, size_t *end)
{
    return p->alarms < ALARMS_MAX && mw_pattern_find(p, x->r->matcher, text, from, begin, end);
}

/* here: text is the unit being read, of which is known what words it holds. */
static bool asks(const struct mw_pattern *p, const struct run *x, bool here)
{
    return here ? mw_pattern_possible(p, &x->met) : p->code != NULL;
}

static bool holds(struct mw_pattern *p, const struct run *x, struct mw_sv text, bool here)
{
    size_t b, e;
    while (p != NULL && !(asks(p, x, here) && find_in(p, x, text, 0, &b, &e)))
        p = p->other;
    return p != NULL;
}

/* Where the earliest match of the pieces in the unit being read begins. */
static bool find_first(struct mw_pattern *p, const struct run *x, struct mw_sv text, size_t from, size_t *begin)
{
    size_t b, e, first = SIZE_MAX;
    for (; p != NULL; p = p->other)
        if (asks(p, x, true) && find_in(p, x, text, from, &b, &e) && b < first)
            first = b;
    *begin = first;
    return first != SIZE_MAX;
}

/* --- scopes ------------------------------------------------------------------------------------------------------- */
/* Once per heading: which scopes it opens, with what its own headings say. */
static void read_heading(struct run *x, size_t unit)
{
    const struct mw_passage *u = MW_AT(x->reading.units, struct mw_passage, unit);
    struct mw_sv text = mw_reading_unit(&x->reading, unit);
    if (u->depth == 0)
        return;
    if (u->heading != SIZE_MAX) {
        x->heading_under[unit] = x->heading_under[u->heading];
        x->heading_not[unit] = x->heading_not[u->heading];
    }
    for (size_t s = 0; s < x->r->scopes.n && s < 64; s++) {
        struct mw_scope *scope = MW_AT(x->r->scopes, struct mw_scope, s);
        if (holds(&scope->under_rx, x, text, true))
            x->heading_under[unit] |= UINT64_C(1) << s;
        if (holds(&scope->not_under_rx, x, text, true))
            x->heading_not[unit] |= UINT64_C(1) << s;
    }
}

/* inherited: from the heading above or the sentence that introduces the list; else it must begin here. */
static struct span scope_span(struct run *x, size_t s, struct mw_sv text, bool inherited)
{
    struct mw_scope *scope = MW_AT(x->r->scopes, struct mw_scope, s);
    struct span span = { 0, 0 };
    size_t b;
    if (inherited) {
        span.end = text.n;
    } else if (find_first(&scope->begins_rx, x, text, 0, &b)) {
        span = (struct span){ scope->whole == MW_YES ? 0 : b, text.n };
    } else {
        return span;
    }
    if (holds(&scope->unless_rx, x, text, true))
        return (struct span){ 0, 0 };
    if (find_first(&scope->until_rx, x, text, span.begin, &b) && b > span.begin)
        span.end = b;
    return span;
}

static void find_scopes(struct run *x, size_t unit, struct mw_sv text)
{
    const struct mw_passage *u = MW_AT(x->reading.units, struct mw_passage, unit);
    uint64_t inherited = u->lead != SIZE_MAX ? x->reaches[u->lead] & ~x->listless : 0, possible;
    bool led = u->lead != SIZE_MAX && MW_AT(x->reading.units, struct mw_passage, u->lead)->depth == 0;
    if (u->heading != SIZE_MAX && !led) // what a list is about, the sentence above it says, if there is one
        inherited |= x->heading_under[u->heading];
    possible = inherited | x->scopes_seen | x->wordless;
    if (u->heading != SIZE_MAX)
        possible &= ~x->heading_not[u->heading];
    x->reaches[unit] = x->active = 0;
    for (size_t s = 0; possible >> s != 0; s++) {
        uint64_t bit = UINT64_C(1) << s;
        if ((possible & bit) == 0)
            continue;
        x->spans[s] = scope_span(x, s, text, (inherited & bit) != 0);
        if (x->spans[s].end > x->spans[s].begin)
            x->active |= bit;
        if ((x->active & bit) != 0 && x->spans[s].end == text.n)
            x->reaches[unit] |= bit;
        if (s == 63)
            break;
    }
}

/* --- rules -------------------------------------------------------------------------------------------------------- */
static bool under_heading(struct mw_pattern *p, const struct run *x, size_t heading)
{
    for (; heading != SIZE_MAX; heading = MW_AT(x->reading.units, struct mw_passage, heading)->heading)
        if (holds(p, x, mw_reading_unit(&x->reading, heading), false))
            return true;
    return false;
}

/* The sentence that introduces the list of u or, where it is an item itself, one above it. */
static bool led_by(struct mw_pattern *p, const struct run *x, const struct mw_passage *u)
{
    for (size_t lead = u->lead; lead != SIZE_MAX; lead = MW_AT(x->reading.units, struct mw_passage, lead)->lead)
        if (holds(p, x, mw_reading_unit(&x->reading, lead), false))
            return true;
    return false;
}

/* near and not_near look at the sentence and at those that introduce it. */
static bool in_company(struct mw_pattern *p, const struct run *x, const struct mw_passage *u, struct mw_sv text)
{
    return holds(p, x, text, true) || led_by(p, x, u);
}

/* after looks at the sentence before under the same heading: what "they" and "exceptions" speak of. */
static bool comes_after(struct mw_pattern *p, const struct run *x, size_t unit)
{
    const struct mw_passage *u = MW_AT(x->reading.units, struct mw_passage, unit), *before = unit > 0 ? u - 1 : NULL;
    return before != NULL && before->depth == 0 && before->heading == u->heading && holds(p, x, mw_reading_unit(&x->reading, unit - 1), false);
}

static bool applies(struct mw_rule *rule, const struct run *x, size_t unit, struct mw_sv text)
{
    const struct mw_passage *u = MW_AT(x->reading.units, struct mw_passage, unit);
    if (rule->lead_rx.code != NULL && !led_by(&rule->lead_rx, x, u))
        return false;
    if (rule->under_rx.code != NULL && !under_heading(&rule->under_rx, x, u->heading))
        return false;
    if (rule->not_under_rx.code != NULL && under_heading(&rule->not_under_rx, x, u->heading))
        return false;
    if (rule->near_rx.code != NULL && !in_company(&rule->near_rx, x, u, text))
        return false;
    if (rule->not_near_rx.code != NULL && in_company(&rule->not_near_rx, x, u, text))
        return false;
    return rule->after_rx.code == NULL || comes_after(&rule->after_rx, x, unit);
}

/* --- for those who watch ------------------------------------------------------------------------------------------ */
static void tell(const struct run *x, size_t unit, size_t index, enum mw_fate fate, size_t begin, size_t end)
{
    size_t origin = MW_AT(x->reading.units, struct mw_passage, unit)->begin;
    const struct mw_rule *rule = MW_AT(x->r->rules, struct mw_rule, index);
    struct mw_claim claim = { .rule = rule, .rule_index = index, .unit = unit, .begin = origin + begin, .end = origin + end,
        .nothing = rule->nothing == MW_YES };
    mw_claim_tell(x->w, &x->reading, &claim, fate, SIZE_MAX);
}

/* The same words as the rule's patterns want to meet them. */
static struct mw_sv spelled_for(const struct mw_rule *rule, const struct run *x, struct mw_sv text)
{
    bool cased = rule->cased == MW_YES;
    const struct mw_reading *r = &x->reading;
    struct mw_sv all = x->r->statements ? (cased ? r->stopped_cased : r->stopped) : (cased ? r->cased : r->text);
    return mw_sv_n(all.p + (text.p - r->text.p), text.n);
}

/* A rule that may not speak here: whether its pattern would have matched. */
static void tell_held_back(const struct run *x, size_t unit, size_t index, struct mw_sv text, enum mw_fate fate)
{
    const struct mw_rule *rule = MW_AT(x->r->rules, struct mw_rule, index);
    struct mw_sv subject = spelled_for(rule, x, text);
    size_t b, e;
    if (x->w == NULL || rule->nothing == MW_YES)
        return;
    for (size_t f = 0; f < rule->n_finds; f++)
        if (mw_pattern_possible(&rule->finds[f].rx, &x->met) && find_in(&rule->finds[f].rx, x, subject, 0, &b, &e) && e > b)
            tell(x, unit, index, fate, b, e);
}

static bool reached(const struct run *x, const struct mw_rule *rule) /* the unit lies in one of its scopes */
{
    return rule->scopes == 0 || (rule->scopes & x->active) != 0;
}

/* Types whose words stand here, and that no rule (also none that says "no fact") took. */
static void tell_untaken(const struct run *x, size_t unit, size_t first)
{
    const struct mw_passage *u = MW_AT(x->reading.units, struct mw_passage, unit);
    uint64_t done = 0;
    size_t start = 0;
    if (x->w == NULL || x->w->untaken == NULL || u->depth > 0)
        return;
    for (size_t i = first; i < x->claims.n; i++)
        done |= UINT64_C(1) << MW_AT(x->claims, struct mw_claim, i)->fact.type;
    for (size_t i = 0; i < x->n_speaking; i++) {
        const struct mw_rule *rule = MW_AT(x->r->rules, struct mw_rule, x->speaking[i]);
        if (rule->nothing == MW_YES || (done >> rule->type & 1) != 0 || !reached(x, rule))
            continue;
        done |= UINT64_C(1) << rule->type;
        struct mw_sv sentence = mw_reading_quote(&x->reading, unit, u->begin, u->end, &start);
        x->w->untaken(x->w->ctx, rule->type, x->speaking[i], sentence, start);
    }
}

/* --- running ------------------------------------------------------------------------------------------------------ */
static bool run_span(struct run *x, size_t unit, size_t index, struct mw_sv text, struct span span, const struct mw_scope *scope)
{
    struct mw_rule *rule = MW_AT(x->r->rules, struct mw_rule, index);
    struct mw_sv subject = spelled_for(rule, x, text);
    for (size_t f = 0; f < rule->n_finds; f++) {
        size_t from = span.begin, b, e;
        if (!mw_pattern_possible(&rule->finds[f].rx, &x->met))
            continue;
        /* A match must begin in the scope; what is looked ahead to may lie behind it. */
        while (from < span.end && find_in(&rule->finds[f].rx, x, subject, from, &b, &e) && b < span.end) {
            size_t before = x->claims.n;
            if (e > b && !mw_claim_match(&x->claims, x->a, x->r, &x->reading, unit, index, f, scope, x->matches++, b, e))
                return false;
            if (e > b && x->claims.n == before)
                tell(x, unit, index, MW_FATE_NO_VALUE, b, e);
            from = e > b ? e : e + 1;
            while (from < span.end && ((unsigned char)text.p[from] & 0xC0) == 0x80)
                from++;
        }
    }
    return true;
}

static bool any_possible(const struct run *x, const struct mw_rule *rule) /* one of its patterns can match here */
{
    size_t f = 0;
    while (f < rule->n_finds && !mw_pattern_possible(&rule->finds[f].rx, &x->met))
        f++;
    return f < rule->n_finds;
}

static bool run_rule(struct run *x, size_t unit, size_t index, struct mw_sv text)
{
    struct mw_rule *rule = MW_AT(x->r->rules, struct mw_rule, index);
    if (rule->lead_rx.code != NULL && MW_AT(x->reading.units, struct mw_passage, unit)->lead == SIZE_MAX)
        return true; /* a rule for items, and no item */
    if (!reached(x, rule)) {
        tell_held_back(x, unit, index, text, MW_FATE_SCOPE);
        return true;
    }
    if (!any_possible(x, rule))
        return true;
    if (!applies(rule, x, unit, text)) {
        tell_held_back(x, unit, index, text, MW_FATE_COMPANY);
        return true;
    }
    if (rule->scopes == 0)
        return run_span(x, unit, index, text, (struct span){ 0, text.n }, NULL);
    for (size_t s = 0; s < x->r->scopes.n && s < 64; s++) {
        if ((rule->scopes & x->active) >> s == 0)
            break;
        if (((rule->scopes & x->active) >> s & 1) == 0)
            continue;
        if (!run_span(x, unit, index, text, x->spans[s], MW_AT(x->r->scopes, struct mw_scope, s)))
            return false;
    }
    return true;
}

static bool run_unit(struct run *x, size_t unit)
{
    struct mw_sv text = mw_reading_unit(&x->reading, unit);
    size_t first = x->claims.n;
    bool good = true;
    x->n_speaking = 0;
    x->scopes_seen = 0;
    x->met.now++;
    size_t n = mw_trigger_scan(x->r->trigger, mw_sv_n(text.p, text.n + 1), x->words); /* with the line end behind every unit */
    for (size_t i = 0; i < n; i++)
        meet(x, x->words[i]);
    read_heading(x, unit);
    find_scopes(x, unit, text);
    sort_speaking(x);
    for (size_t i = 0; i < x->n_speaking && good; i++)
        if (MW_AT(x->r->rules, struct mw_rule, x->speaking[i])->nothing != MW_YES)
            good = run_rule(x, unit, x->speaking[i], text);
    /* Rules that keep others away are asked only where there is something to keep. */
    uint64_t claimed = 0;
    for (size_t i = first; i < x->claims.n; i++)
        claimed |= UINT64_C(1) << MW_AT(x->claims, struct mw_claim, i)->fact.type;
    for (size_t i = 0; i < x->n_speaking; i++) {
        const struct mw_rule *rule = MW_AT(x->r->rules, struct mw_rule, x->speaking[i]);
        if (good && rule->nothing == MW_YES && (x->w != NULL || (claimed >> rule->type & 1) != 0))
            good = run_rule(x, unit, x->speaking[i], text);
    }
    tell_untaken(x, unit, first);
    mw_claims_settle(&x->claims, first, &x->reading, x->w);
    mw_claims_qualify(&x->claims, first, x->r, &x->reading, &x->met);
    return good;
}

static bool prepare(struct run *x)
{
    size_t units = x->reading.units.n + 1, rules = x->r->rules.n + 1;
    x->ears = mw_arena_array(x->a, rules, sizeof *x->ears);
    x->speaking = mw_arena_array(x->a, rules, sizeof *x->speaking);
    x->words = mw_arena_array(x->a, mw_trigger_count(x->r->trigger) + 1, sizeof *x->words);
    x->met.unit = mw_arena_array(x->a, x->r->needs.n + 1, sizeof *x->met.unit);
    x->reaches = mw_arena_array(x->a, units, sizeof *x->reaches);
    x->heading_under = mw_arena_array(x->a, units, sizeof *x->heading_under);
    x->heading_not = mw_arena_array(x->a, units, sizeof *x->heading_not);
    if (!x->ears || !x->speaking || !x->words || !x->met.unit || !x->reaches || !x->heading_under || !x->heading_not)
        return false;
    for (size_t i = 0; i < x->r->rules.n; i++)
        x->ears[i].asks = MW_WAITS_WORDS | (MW_AT(x->r->rules, struct mw_rule, i)->also.n > 0 ? MW_WAITS_ALSO : 0);
    for (size_t s = 0; s < x->r->scopes.n && s < 64; s++) {
        const struct mw_scope *scope = MW_AT(x->r->scopes, struct mw_scope, s);
        x->wordless |= (uint64_t)(scope->words.n == 0) << s;
        x->listless |= (uint64_t)(scope->list == MW_NO) << s;
    }
    return true;
}

/* Whether a pattern ran into its limits in another text changes nothing here. */
static void forget_alarms(struct mw_rules *r)
{
    for (size_t i = 0; i < r->patterns.n; i++)
        (*MW_AT(r->patterns, struct mw_pattern *, i))->alarms = 0;
}

enum mw_rc mw_rules_read(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, struct mw_sv plain, const struct mw_list *headings,
    struct mw_err *err)
{
    return mw_rules_read_watched(out, a, r, plain, headings, NULL, err);
}

enum mw_rc mw_rules_read_watched(struct mw_list *out, struct mw_arena *a, struct mw_rules *r, struct mw_sv plain,
    const struct mw_list *headings, const struct mw_witness *w, struct mw_err *err)
{
    forget_alarms(r);
    if (r->rules.n == 0)
        return MW_OK;
    struct mw_arena *scratch = mw_arena_new();
    struct run x = { .r = r, .a = scratch, .w = w };
    enum mw_rc rc = scratch == NULL ? mw_nomem(err) : mw_reading_make(&x.reading, scratch, plain, headings, err);
    if (rc == MW_OK && r->statements && !mw_reading_stop(&x.reading, scratch))
        rc = mw_nomem(err);
    if (rc == MW_OK && !prepare(&x))
        rc = mw_nomem(err);
    for (size_t u = 0; rc == MW_OK && u < x.reading.units.n; u++)
        if (!run_unit(&x, u))
            rc = mw_nomem(err);
    if (rc == MW_OK)
        rc = mw_claims_to_facts(out, a, scratch, r, &x.reading, &x.claims, w, err);
    mw_arena_free(scratch);
    return rc;
}
