/* apply/plan/mix.c: the funding mix against brute force. */
#include <math.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/plan.h"

#define COSTS                                                                                                          \
    "costs:\n  - {id: p, category: personal, amount: 120000 EUR}\n  - {id: v, category: vergabe, amount: 80000 EUR}\n" \
    "  - {id: i, category: investition, amount: 200000 EUR}\n"
#define MIXED(rest)                                                                                                    \
    "project: t\ntitle: T\nprogrammes: [a]\n" PROFILE "period: {from: 2027-01-01, to: 2027-12-31}\n" rest

struct mixed {
    struct desk desk;
    struct mw_list terms;
    struct mw_mix mix;
};

static int open_mix(void **state)
{
    struct mixed *m = calloc(1, sizeof *m);
    clear_desk(&m->desk);
    *state = m;
    return 0;
}
static int close_mix(void **state)
{
    struct mixed *m = *state;
    mw_diags_free(&m->desk.diags);
    mw_arena_free(m->desk.arena);
    free(m);
    return 0;
}

/* editions: texts in braces, named a, b, c, ..., z, z26, z27, ... */
static void must_mix(struct mixed *m, const char *project, const char *const *editions, size_t n)
{
    struct desk *d = &m->desk;
    const struct mw_plan_opts opts = { .today = day(TODAY), .lang = MW_EN };
    char text[900];
    clear_desk(d);
    m->terms = (struct mw_list){ 0 };
    assert_int_equal(mw_project_read(&d->project, d->arena, read_yaml(d, "projekt.yaml", project), ".", &d->diags),
                     MW_OK);
    for (size_t i = 0; i < n; i++) {
        struct mw_terms *t = mw_list_add(d->arena, &m->terms, sizeof *t);
        char more[8] = "";
        if (i > 25)
            snprintf(more, sizeof more, "%zu", i);
        snprintf(text, sizeof text,
                 "programme: %c%s\ntitle: %c%s\neditions: [{id: e, valid: {from: 2026-01-01, until: 2026-12-31}, %s}]\n",
                 (int)('a' + (i < 25 ? i : 25)), more, (int)('A' + (i < 25 ? i : 25)), more, editions[i]);
        if (mw_terms_read(t, d->arena, read_yaml(d, "t.yaml", text), &d->diags) != MW_OK)
            fail_msg("%s%s", all_diags(d), text);
    }
    if (mw_mix_make(&m->mix, d->arena, &d->project, &m->terms, &d->tariffs, &opts, &d->diags) != MW_OK)
        fail_msg("%s", all_diags(d));
}

/* "a 100.00, c 50.00" */
static const char *chosen(struct mixed *m, const struct mw_list *grants)
{
    struct mw_str s = MW_STR_INIT;
    const char *z;
    for (size_t i = 0; i < grants->n; i++) {
        const struct mw_mix_grant *g = MW_AT(*grants, struct mw_mix_grant, i);
        mw_str_addf(&s, "%s%.*s %lld", i > 0 ? ", " : "", MW_SV_ARG(g->terms->programme), (long long)g->grant.cents);
    }
    z = mw_arena_z(m->desk.arena, mw_str_sv(&s));
    mw_str_free(&s);
    return z;
}

static void the_best_set_is_found(void **state)
{
    static const struct {
        const char *why, *sources;
        const char *editions[4];
        const char *best, *second;
        int64_t own;
    } CASES[] = {
        { "two with caps complete each other",
          "",
          { "financing: anteil, rate: 60 %, grant: {max: 90000 EUR}",
            "financing: anteil, rate: 40 %, grant: {max: 70000 EUR}, categories: [investition]" },
          "a 9000000, b 7000000",
          "a 9000000",
          24000000 },
        { "one side is enough to exclude",
          "",
          { "financing: anteil, rate: 50 %, grant: {max: 150000 EUR}, not_with: [b]",
            "financing: anteil, rate: 80 %, grant: {max: 140000 EUR}",
            "financing: anteil, rate: 30 %, grant: {max: 40000 EUR}" },
          "a 15000000, c 4000000",
          "b 14000000, c 4000000",
          21000000 },
        { "a strict small programme is left out",
          "",
          { "financing: anteil, rate: 65 %", "financing: anteil, rate: 30 %, grant: {max: 60000 EUR}",
            "financing: anteil, rate: 10 %, grant: {max: 20000 EUR}, public_share: {max: 70 %}" },
          "a 26000000, b 6000000",
          "a 26000000, c 2000000",
          8000000 },
        { "the own share of one binds all",
          "",
          { "financing: anteil, rate: 65 %, own_share: {min: 10 %}",
            "financing: anteil, rate: 60 %, own_share: {min: 15 %}, categories: [investition]" },
          "a 26000000, b 10000000",
          "a 26000000",
          4000000 },
        { "the larger gives way to the smallest grant of the other",
          "",
          { "financing: anteil, rate: 90 %, own_share: {min: 5 %}",
            "financing: anteil, rate: 50 %, grant: {min: 25000 EUR}" },
          "a 35500000, b 2500000",
          "a 36000000",
          2000000 },
        { "other sources count",
          "financing: [{id: k, kind: public, amount: 50000 EUR}, {id: r, kind: revenue, amount: 30000 EUR}]\n",
          { "financing: anteil, rate: 50 %, public_share: {max: 80 %}",
            "financing: anteil, rate: 40 %, public_share: {max: 90 %}",
            "financing: anteil, rate: 30 %, categories: [vergabe]" },
          "a 20000000, b 7000000",
          "b 16000000, a",
          5000000 },
        { "own rows are no sources",
          "financing: [{id: o, kind: own, amount: 300000 EUR}]\n",
          { "financing: anteil, rate: 50 %" },
          "a 20000000",
          "",
          20000000 },
        { "of equal sums the fewest, then the first",
          "",
          { "financing: festbetrag, fixed: {amount: 50 EUR}",
            "financing: festbetrag, fixed: {amount: 100 EUR}, not_with: [a, c]",
            "financing: festbetrag, fixed: {amount: 50 EUR}",
            "financing: festbetrag, fixed: {amount: 100 EUR}, not_with: [a, b, c]" },
          "b 10000",
          "d 10000",
          39990000 },
        { "every smallest grant out of reach",
          "",
          { "financing: anteil, rate: 10 %, grant: {min: 60000 EUR}" },
          "",
          "",
          40000000 },
        { "a fixed sum may be paid in part",
          "",
          { "financing: voll, own_share: {min: 1 %}", "financing: festbetrag, fixed: {amount: 90000 EUR}" },
          "a 39600000",
          "a",
          400000 },
    };
    struct mixed *m = *state;
    char project[900];
    for (size_t i = 0; i < COUNT(CASES); i++) {
        size_t n = 0;
        while (n < 4 && CASES[i].editions[n] != NULL)
            n++;
        snprintf(project, sizeof project, "%s%s", MIXED(COSTS), CASES[i].sources);
        must_mix(m, project, CASES[i].editions, n);
        if (strcmp(chosen(m, &m->mix.chosen), CASES[i].best) != 0 || m->mix.own.cents != CASES[i].own)
            fail_msg("%s: %s, own %lld", CASES[i].why, chosen(m, &m->mix.chosen), (long long)m->mix.own.cents);
        if (strlen(CASES[i].second) > 1 && strchr(CASES[i].second, ',') == NULL &&
            strcmp(chosen(m, &m->mix.runner_up), CASES[i].second) != 0)
            fail_msg("%s: second %s", CASES[i].why, chosen(m, &m->mix.runner_up));
        assert_int_equal(m->mix.chosen.n + m->mix.rejected.n, n);
    }
}

static void what_is_left_out_has_a_reason(void **state)
{
    static const char *const EDITIONS[] = { "financing: anteil, rate: 50 %",
                                            "financing: anteil, rate: 40 %, not_with: [a]",
                                            "financing: anteil, rate: 90 %, partners: {min: 4}",
                                            "financing: anteil, rate: 1 %, public_share: {max: 10 %}" };
    static const char *const REASONS[] = { "excludes a, which is chosen",
                                           "The programme asks for at least 4 partners; the project has 1.",
                                           "its limits of public money and own share leave room for 40,000.00 EUR of grants, "
                                           "160,000.00 EUR less" };
    static const char *const ALL_OR_NOTHING[] = { "financing: anteil, rate: 50 %", "financing: voll, grant: {min: 150000 EUR, max: 150000 EUR}",
                                                  "financing: voll, grant: {min: 300000 EUR, max: 300000 EUR}" };
    static const char *const EQUAL[] = { "financing: anteil, rate: 100 %", "financing: anteil, rate: 100 %" };
    struct mixed *m = *state;
    must_mix(m, MIXED(COSTS), EDITIONS, 4);
    assert_int_equal(m->mix.rejected.n, 3);
    for (size_t i = 0; i < 3; i++)
        assert_sv(MW_AT(m->mix.rejected, struct mw_mix_out, i)->reason, REASONS[i]);
    must_mix(m, MIXED(COSTS), ALL_OR_NOTHING, 3);
    assert_sv(MW_AT(m->mix.rejected, struct mw_mix_out, 0)->reason, "with it at most 350,000.00 EUR of grants could be had, 50,000.00 EUR less");
    must_mix(m, MIXED(COSTS), EQUAL, 2);
    assert_sv(MW_AT(m->mix.rejected, struct mw_mix_out, 0)->reason, "with it no less own money would be left");
}

static void an_expired_edition_is_no_choice(void **state)
{
    struct mixed *m = *state;
    struct desk *d = &m->desk;
    const struct mw_plan_opts opts = { .today = day("2027-01-01"), .lang = MW_EN };
    static const char *const EDITIONS[] = { "financing: anteil, rate: 50 %" };
    must_mix(m, MIXED(COSTS), EDITIONS, 1);
    assert_int_equal(mw_mix_make(&m->mix, d->arena, &d->project, &m->terms, &d->tariffs, &opts, &d->diags), MW_OK);
    assert_int_equal(m->mix.chosen.n, 0);
    assert_false(m->mix.has_runner_up);
    assert_int_equal(m->mix.own.cents, 40000000);
}

/* The sums fit, the time does not: whoever follows the mix must know. */
static void what_a_plan_violates_of_a_chosen_programme_is_said(void **state)
{
    static const char *const EDITIONS[] = { "financing: anteil, rate: 50 %, duration: {max: 6 months}", "financing: anteil, rate: 30 %",
                                            "financing: anteil, rate: 10 %, duration: {max: 6 months}, own_share: {min: 90 %}" };
    struct mixed *m = *state;
    must_mix(m, MIXED(COSTS), EDITIONS, COUNT(EDITIONS));
    assert_int_equal(m->mix.chosen.n, 2);
    assert_int_equal(m->mix.objections.n, 1); /* not that of the third, which is not chosen */
    const struct mw_mix_objection *o = MW_AT(m->mix.objections, struct mw_mix_objection, 0);
    assert_true(mw_sv_eqz(o->terms->programme, "a"));
    assert_string_equal(o->code, "duration-exceeded");
}

static void flat_rates_stay_out_of_the_mix(void **state)
{
    static const char *const EDITIONS[] = {
        "financing: anteil, rate: 50 %, flat_rates: [{category: g, rate: 40 %, of: [personal], instead_of: [vergabe]}]"
    };
    struct mixed *m = *state;
    must_mix(m, MIXED(COSTS), EDITIONS, 1);
    assert_int_equal(m->mix.total.cents, 40000000);
    assert_int_equal(m->mix.grant_total.cents, 20000000);
}

static void no_mix_is_made_of_nothing_or_of_hundreds(void **state)
{
    struct mixed *m = *state;
    struct desk *d = &m->desk;
    const struct mw_plan_opts opts = { .today = day(TODAY), .lang = MW_EN };
    static const char *const EDITIONS[] = { "financing: anteil, rate: 50 %" };
    struct mw_list many = { 0 };
    must_mix(m, MIXED(COSTS), EDITIONS, 1);
    assert_int_equal(mw_mix_make(&m->mix, d->arena, &d->project, &many, &d->tariffs, &opts, &d->diags), MW_INVALID);
    for (int i = 0; i < 61; i++)
        *(struct mw_terms *)mw_list_add(d->arena, &many, sizeof(struct mw_terms)) =
            *MW_AT(m->terms, struct mw_terms, 0);
    assert_int_equal(mw_mix_make(&m->mix, d->arena, &d->project, &many, &d->tariffs, &opts, &d->diags), MW_INVALID);
}

/* --- brute force -------------------------------------------------------------------------------------------------- */
/* What the search must not know: every set is tried, and its best sum is found by raising the sum cent bound by cent
 * bound from the promises of FORMATS.md alone: each constraint is checked on the grants themselves. */
struct brute {
    int64_t most[15], least[15], bound[15];
    unsigned against[15];
    int n;
    int64_t room;
};

static int64_t best_of_set(const struct brute *b, unsigned set)
{
    int64_t low = 0, high = 0, bound = b->room;
    for (int i = 0; i < b->n; i++)
        if (set >> i & 1) {
            if ((b->against[i] & set) != 0)
                return -1;
            low += b->least[i];
            high += b->most[i];
            if (b->bound[i] < bound)
                bound = b->bound[i];
        }
    if (low > bound)
        return -1;
    return high < bound ? high : bound;
}

/* Is set a better than b of the same sum and size? The one that has the first programme in which they differ. */
static bool named_first(unsigned a, unsigned b) { return ((a ^ b) & -(a ^ b) & a) != 0; }

static void read_brute(struct brute *b, struct mixed *m)
{
    const struct mw_plan_opts opts = { .today = day(TODAY), .lang = MW_EN, .no_flat_rates = true };
    memset(b, 0, sizeof *b);
    b->n = (int)m->terms.n;
    for (int i = 0; i < b->n; i++) {
        const struct mw_terms *t = MW_AT(m->terms, struct mw_terms, (size_t)i);
        const struct mw_edition *e = MW_AT(t->editions, struct mw_edition, 0);
        struct mw_plan plan;
        assert_int_equal(
            mw_plan_make(&plan, m->desk.arena, &m->desk.project, t, &m->desk.tariffs, &opts, &m->desk.diags), MW_OK);
        mw_i128 eligible = plan.cost.eligible.cents;
        b->room = plan.cost.total.cents - plan.financing.public_money.cents - plan.financing.third.cents -
                  plan.financing.revenue.cents - plan.financing.fictive.cents;
        b->most[i] = plan.financing.grant.cents;
        b->least[i] = mw_eur_is(e->grant.min) && e->grant.min.cents > 1 ? e->grant.min.cents : 1;
        b->bound[i] = INT64_MAX;
        if (mw_share_is(e->public_share_max)) /* largest whole sum with (sum + public) den <= num eligible */
            b->bound[i] = (int64_t)(eligible * e->public_share_max.num / e->public_share_max.den) -
                          plan.financing.public_money.cents;
        if (mw_share_is(e->own_share_min)) { /* largest whole sum with (room - sum) den >= num eligible */
            mw_i128 need = (eligible * e->own_share_min.num + e->own_share_min.den - 1) / e->own_share_min.den;
            if (b->room - (int64_t)need < b->bound[i])
                b->bound[i] = b->room - (int64_t)need;
        }
        for (int k = 0; k < b->n; k++)
            for (size_t w = 0; w < e->not_with.n; w++)
                if (k != i && mw_sv_eq(*MW_AT(e->not_with, struct mw_sv, w),
                                       MW_AT(m->terms, struct mw_terms, (size_t)k)->programme)) {
                    b->against[i] |= 1u << k;
                    b->against[k] |= 1u << i;
                }
    }
}

static unsigned members(const struct mixed *m, const struct mw_list *grants)
{
    unsigned set = 0;
    for (size_t i = 0; i < grants->n; i++)
        for (size_t k = 0; k < m->terms.n; k++)
            if (MW_AT(*grants, struct mw_mix_grant, i)->terms == MW_AT(m->terms, struct mw_terms, k))
                set |= 1u << k;
    return set;
}

/* The grants themselves keep every promise, and earlier ones are full before later ones get more than their least. */
static void assert_grants(const struct brute *b, const struct mixed *m, const struct mw_list *grants, int64_t sum)
{
    int64_t all = 0;
    bool short_before = false;
    for (size_t i = 0; i < grants->n; i++) {
        const struct mw_mix_grant *g = MW_AT(*grants, struct mw_mix_grant, i);
        size_t k = (size_t)(g->terms - (const struct mw_terms *)m->terms.items);
        assert_true(g->grant.cents >= b->least[k] && g->grant.cents <= b->most[k] && g->grant.cents > 0);
        assert_true(!short_before || g->grant.cents == b->least[k]);
        short_before = short_before || g->grant.cents < b->most[k];
        all += g->grant.cents;
    }
    assert_int_equal(all, sum);
}

static void random_edition(char *out, size_t size, int n, uint32_t *seed)
{
    static const char *const CATEGORIES[] = { "", ", categories: [personal]", ", categories: [vergabe, investition]",
                                              ", categories: [investition]" };
    int at = snprintf(out, size, "financing: anteil, rate: %u %%%s", 5 + roll(seed, 90), CATEGORIES[roll(seed, 4)]);
    if (roll(seed, 2) == 0)
        at += snprintf(out + at, size - (size_t)at, ", grant: {max: %u.%02u EUR, min: %u EUR}",
                       20000 + roll(seed, 90000), roll(seed, 100), roll(seed, 3) == 0 ? 5000 + roll(seed, 20000) : 0);
    if (roll(seed, 3) == 0)
        at += snprintf(out + at, size - (size_t)at, ", public_share: {max: %u.%u %%}", 40 + roll(seed, 60),
                       roll(seed, 10));
    if (roll(seed, 3) == 0)
        at += snprintf(out + at, size - (size_t)at, ", own_share: {min: %u 1/3 %%}", roll(seed, 40));
    if (roll(seed, 3) == 0)
        snprintf(out + at, size - (size_t)at, ", not_with: [%c]", (int)('a' + roll(seed, (uint32_t)n)));
}

static void a_thousand_random_mixes_agree_with_brute_force(void **state)
{
    struct mixed *m = *state;
    uint32_t seed = 99;
    int several = 0;
    for (int round = 0; round < 1000; round++) {
        char texts[15][400], project[900];
        const char *editions[15];
        struct brute b;
        unsigned best = 0, second = 0;
        int64_t best_sum = 0, second_sum = -1;
        int n = 1 + (int)roll(&seed, 15);
        for (int i = 0; i < n; i++) {
            random_edition(texts[i], sizeof texts[i], n, &seed);
            editions[i] = texts[i];
        }
        snprintf(project, sizeof project,
                 "%sfinancing: [{id: k, kind: public, amount: %u EUR}, {id: e, kind: third, amount: %u EUR}]\n",
                 MIXED(COSTS), roll(&seed, 60000), roll(&seed, 60000));
        must_mix(m, project, editions, (size_t)n);
        read_brute(&b, m);
        for (unsigned set = 1; set < 1u << n; set++) {
            bool possible = true;
            int64_t sum;
            for (int i = 0; i < n; i++)
                possible = possible && ((set >> i & 1) == 0 || b.most[i] > 0);
            sum = possible ? best_of_set(&b, set) : -1;
            if (sum < 0)
                continue;
#define BEATS(s1, v1, s2, v2)                                                                                          \
    ((v1) > (v2) || ((v1) == (v2) && (__builtin_popcount(s1) < __builtin_popcount(s2) ||                               \
                                      (__builtin_popcount(s1) == __builtin_popcount(s2) && named_first(s1, s2)))))
            if (BEATS(set, sum, best, best_sum)) {
                second = best;
                second_sum = best_sum;
                best = set;
                best_sum = sum;
            } else if (second_sum < 0 || BEATS(set, sum, second, second_sum)) {
                second = set;
                second_sum = sum;
            }
        }
        if (m->mix.grant_total.cents != best_sum || members(m, &m->mix.chosen) != best)
            fail_msg("round %d: %s, brute force %x with %lld", round, chosen(m, &m->mix.chosen), best,
                     (long long)best_sum);
        if (best != 0 && (m->mix.runner_up_total.cents != (second_sum < 0 ? 0 : second_sum) ||
                          members(m, &m->mix.runner_up) != second))
            fail_msg("round %d: second %s, brute force %x with %lld", round, chosen(m, &m->mix.runner_up), second,
                     (long long)second_sum);
        assert_grants(&b, m, &m->mix.chosen, best_sum);
        several += m->mix.chosen.n > 1;
    }
    assert_true(several > 300);
}

/* --- an independent solver -------------------------------------------------------------------------------------------- */
/* The mix as a mixed integer programme in euros: x says whether a programme is taken, g what it pays. */
static void write_lp(FILE *f, const struct brute *b)
{
    fprintf(f, "maximize\n sum:");
    for (int i = 0; i < b->n; i++)
        fprintf(f, " + g%d", i);
    for (int i = 0; i < b->n; i++)
        fprintf(f, " + 0 x%d", i);
    fprintf(f, "\nsubject to\n");
    for (int i = 0; i < b->n; i++) {
        int64_t most = b->most[i] >= b->least[i] ? b->most[i] : 0;
        fprintf(f, " m%d: g%d - %.2f x%d <= 0\n", i, i, (double)most / 100, i);
        fprintf(f, " l%d: g%d - %.2f x%d >= 0\n", i, i, (double)b->least[i] / 100, i);
        for (int k = 0; k < i; k++)
            if (b->against[i] >> k & 1)
                fprintf(f, " n%d_%d: x%d + x%d <= 1\n", i, k, i, k);
        if (b->bound[i] >= b->room)
            continue;
        fprintf(f, " b%d: %.2f x%d", i, (double)(b->room - b->bound[i]) / 100, i);
        for (int k = 0; k < b->n; k++)
            fprintf(f, " + g%d", k);
        fprintf(f, " <= %.2f\n", (double)b->room / 100);
    }
    fprintf(f, " room:");
    for (int k = 0; k < b->n; k++)
        fprintf(f, " + g%d", k);
    fprintf(f, " <= %.2f\nbinary\n", (double)b->room / 100);
    for (int i = 0; i < b->n; i++)
        fprintf(f, " x%d\n", i);
    fprintf(f, "end\n");
}

/* The set that glpsol takes and what it says it pays, in cents; false: it is not installed. */
static bool solve(const struct brute *b, const char *dir, unsigned *set, int64_t *sum)
{
    char lp[300], result[300], command[800], row[200];
    snprintf(lp, sizeof lp, "%s/mix.lp", dir);
    snprintf(result, sizeof result, "%s/mix.sol", dir);
    FILE *f = fopen(lp, "w");
    assert_non_null(f);
    write_lp(f, b);
    fclose(f);
    snprintf(command, sizeof command, "glpsol --lp %s --cuts -w %s > /dev/null 2>&1", lp, result);
    int status = system(command); /* NOLINT(cert-env33-c,bugprone-command-processor): names of our own */
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        return false;
    assert_int_equal(status, 0);
    f = fopen(result, "r");
    assert_non_null(f);
    *set = 0;
    *sum = -1;
    while (fgets(row, sizeof row, f) != NULL) {
        char word[16], of[16];
        int column;
        double value;
        if (sscanf(row, "s %15s %*d %*d %15s %lf", word, of, &value) == 3)
            *sum = llround(value * 100);
        else if (sscanf(row, "j %d %lf", &column, &value) == 2 && column > b->n && value > 0.5)
            *set |= 1u << (column - b->n - 1);
    }
    fclose(f);
    return true;
}

static void a_solver_of_others_finds_no_better_mix(void **state)
{
    struct mixed *m = *state;
    char dir[] = "/tmp/mittelweg-mix-XXXXXX", path[64];
    uint32_t seed = 2024;
    bool there = true;
    assert_non_null(mkdtemp(dir));
    for (int round = 0; round < 60 && there; round++) {
        char texts[15][400];
        const char *editions[15];
        struct brute b;
        unsigned set;
        int64_t sum;
        int n = 5 + (int)roll(&seed, 11);
        for (int i = 0; i < n; i++) {
            random_edition(texts[i], sizeof texts[i], n, &seed);
            editions[i] = texts[i];
        }
        must_mix(m, MIXED(COSTS), editions, (size_t)n);
        read_brute(&b, m);
        if (!(there = solve(&b, dir, &set, &sum)))
            break;
        /* it computes in floating point: its sum may be off by its tolerance, its set is held to the cent */
        int64_t exact = best_of_set(&b, set);
        if (llabs(sum - m->mix.grant_total.cents) > 100 || exact > m->mix.grant_total.cents ||
            (exact >= 0 && set != 0 && llabs(exact - m->mix.grant_total.cents) > 100))
            fail_msg("round %d: %s, glpsol %x with %lld (exactly %lld)", round, chosen(m, &m->mix.chosen), set, (long long)sum, (long long)exact);
    }
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, i == 0 ? "mix.lp" : "mix.sol");
        remove(path);
    }
    rmdir(dir);
    if (!there) {
        print_message("SKIPPED: needs glpsol (make deps-dev)\n");
        skip();
    }
}

/* Sixty programmes that all fit: no set may be tried one by one. */
static void many_equal_programmes_are_no_problem(void **state)
{
    static const char *EDITIONS[26];
    struct mixed *m = *state;
    for (size_t i = 0; i < COUNT(EDITIONS); i++)
        EDITIONS[i] =
            "financing: festbetrag, fixed: {amount: 10000 EUR}, grant: {min: 9000 EUR}, public_share: {max: 50 %}";
    must_mix(m, MIXED(COSTS), EDITIONS, COUNT(EDITIONS));
    assert_int_equal(m->mix.grant_total.cents, 20000000);
    assert_int_equal(m->mix.chosen.n, 20);
}

/* All or nothing, each nearly the same: thirteen of 34 fit, in 900 million ways. */
static void programmes_that_pay_all_or_nothing_are_no_problem(void **state)
{
    enum { N = 34, FIT = 13 };
    static char texts[N][160];
    const char *editions[N];
    struct mixed *m = *state;
    int64_t sum = 0;
    for (int i = 0; i < N; i++) {
        const int euros = 29000 + i * i % 97 * 10 + i;
        snprintf(texts[i], sizeof texts[i], "financing: voll, grant: {min: %d EUR, max: %d EUR}", euros, euros);
        editions[i] = texts[i];
    }
    must_mix(m, MIXED(COSTS), editions, N);
    assert_int_equal(m->mix.chosen.n, FIT);
    for (size_t i = 0; i < FIT; i++)
        sum += MW_AT(m->mix.chosen, struct mw_mix_grant, i)->grant.cents;
    assert_int_equal(m->mix.grant_total.cents, sum);
    for (size_t i = 0; i < m->mix.rejected.n; i++) { /* none that was left out is larger than one that was taken */
        const struct mw_mix_out *out = MW_AT(m->mix.rejected, struct mw_mix_out, i);
        for (size_t k = 0; k < FIT; k++)
            assert_true(MW_AT(out->terms->editions, struct mw_edition, 0)->grant.max.cents <=
                        MW_AT(m->mix.chosen, struct mw_mix_grant, k)->grant.cents);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, open_mix, close_mix)
        T(the_best_set_is_found),
        T(what_is_left_out_has_a_reason),
        T(an_expired_edition_is_no_choice),
        T(what_a_plan_violates_of_a_chosen_programme_is_said),
        T(flat_rates_stay_out_of_the_mix),
        T(no_mix_is_made_of_nothing_or_of_hundreds),
        T(a_thousand_random_mixes_agree_with_brute_force),
        T(a_solver_of_others_finds_no_better_mix),
        T(many_equal_programmes_are_no_problem),
        T(programmes_that_pay_all_or_nothing_are_no_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
