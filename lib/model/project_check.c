#include "lib/model/project_check.h"

#include <stdlib.h>

static const struct mw_share ONE = { 1, 1 };

void mw_project_check_cost(struct mw_cost *c, struct mw_eur sum_of_years, bool faulty, struct mw_diags *diags)
{
    bool years = c->years.n > 0, price = mw_eur_is(c->price), staff = c->personnel != NULL,
         amount = mw_eur_is(c->amount);

    if (c->label.n == 0)
        c->label = c->id;
    if (amount && years && !price && !staff && c->amount.cents == sum_of_years.cents)
        c->amount = MW_EUR_NONE; /* said twice, the same */
    else if (amount + years + price + staff > 1)
        mw_diag_add(diags, MW_ERROR, &c->pos, "sum-twice",
                    "Row \"%.*s\" has more than one sum; keep one of amount, price, years and personnel.",
                    MW_SV_ARG(c->id));
    if (!amount && !years && !price && !staff && !faulty)
        mw_diag_add(diags, MW_ERROR, &c->pos, "no-sum",
                    "Row \"%.*s\" has no sum; write amount, quantity and price, years or personnel.", MW_SV_ARG(c->id));
    if (price && !mw_share_is(c->quantity))
        mw_diag_add(diags, MW_ERROR, &c->pos, "no-quantity", "Row \"%.*s\" has a price but no quantity.",
                    MW_SV_ARG(c->id));
    if (staff && mw_share_is(c->vat))
        mw_diag_add(diags, MW_ERROR, &c->pos, "vat-on-staff", "Row \"%.*s\": personnel bears no value added tax.",
                    MW_SV_ARG(c->id));
    if (mw_share_is(c->vat) && mw_share_cmp(c->vat, ONE) > 0)
        mw_diag_add(diags, MW_ERROR, &c->pos, "bad-share", "A share of more than 100 %% is not possible here.");
    if (mw_day_is(c->from) && mw_day_is(c->to) && mw_day_cmp(c->from, c->to) > 0)
        mw_diag_add(diags, MW_ERROR, &c->pos, "bad-period", "Row \"%.*s\" ends before it begins.", MW_SV_ARG(c->id));
    if (staff && mw_day_is(c->personnel->from) && mw_day_is(c->personnel->to) &&
        mw_day_cmp(c->personnel->from, c->personnel->to) > 0)
        mw_diag_add(diags, MW_ERROR, &c->personnel->pos, "bad-period", "Row \"%.*s\" ends before it begins.",
                    MW_SV_ARG(c->id));
}

void mw_project_check_source(struct mw_source *s, struct mw_eur sum_of_years, struct mw_diags *diags)
{
    if (s->label.n == 0)
        s->label = s->id;
    if (mw_sv_eqz(s->id, "grant"))
        mw_diag_add(diags, MW_ERROR, &s->pos, "reserved-id",
                    "The row \"grant\" is computed; give this one another id.");
    if (!mw_eur_is(s->amount) && s->years.n == 0)
        mw_diag_add(diags, MW_ERROR, &s->pos, "no-sum", "Row \"%.*s\" has no sum; write amount or years.",
                    MW_SV_ARG(s->id));
    else if (mw_eur_is(s->amount) && s->years.n > 0 && s->amount.cents != sum_of_years.cents)
        mw_diag_add(diags, MW_ERROR, &s->pos, "sum-twice", "Row \"%.*s\": the years do not add up to the amount.",
                    MW_SV_ARG(s->id));
    if (s->years.n > 0)
        s->amount = sum_of_years;
}

/* --- names that lead somewhere -------------------------------------------------------------------------------------- */
/* Ids of a list whose items begin with a position and an id, as all of a project do; sorted, so that a large project is
 * checked as fast as a small one. */
struct named { struct mw_pos pos; struct mw_sv id; };

/* What to do about an id that leads nowhere: the nearest one there is, else all of them. items: of that size, each beginning like
 * struct named. */
static void cure_with_ids(struct mw_diags *diags, struct mw_diag *d, struct mw_sv wrong, const struct mw_list *list, size_t size,
                          struct mw_arena *a)
{
    const char **ids = mw_arena_array(a, list->n + 1, sizeof *ids);
    size_t n = 0;
    MW_AUTO(mw_str_free) struct mw_str all = MW_STR_INIT;

    for (size_t i = 0; i < list->n && ids != NULL; i++) {
        const struct named *item = (const struct named *)(const void *)((const char *)list->items + i * size);
        const char *id = item->id.p != NULL ? mw_arena_z(a, item->id) : NULL;
        if (id != NULL)
            ids[n++] = id;
    }
    if (ids == NULL)
        return;
    const char *near = mw_nearest(wrong, ids, n);
    mw_add_names(&all, ids, n);
    if (near != NULL)
        mw_diag_cure(diags, d, "Did you mean \"%s\"?", near);
    else
        mw_diag_cure(diags, d, "There are: %s.", mw_str_z(&all));
}
#define CURE_WITH_IDS(diag_, wrong_, list_, type_)                                                                     \
    do {                                                                                                               \
        _Static_assert(offsetof(struct type_, pos) == 0 && offsetof(struct type_, id) == offsetof(struct named, id),    \
                       "begins like struct named");                                                                    \
        cure_with_ids(diags, diag_, wrong_, &(list_), sizeof(struct type_), a);                                        \
    } while (0)

/* --- the whole file ----------------------------------------------------------------------------------------------- */
static int by_id(const void *x, const void *y)
{
    const struct named *a = *(const struct named *const *)x, *b = *(const struct named *const *)y;
    int c = mw_sv_cmp(a->id, b->id);
    return c != 0 ? c : (a > b) - (a < b); /* as written */
}

static void ids_once(const struct mw_list *list, size_t size, struct mw_arena *a, struct mw_diags *diags)
{
    const struct named **sorted = mw_arena_array(a, list->n + 1, sizeof *sorted);

    for (size_t i = 0; i < list->n && sorted != NULL; i++)
        sorted[i] = (const struct named *)(const void *)((const char *)list->items + i * size);
    if (sorted == NULL || list->n < 2)
        return;
    qsort(sorted, list->n, sizeof *sorted, by_id);
    for (size_t i = 1; i < list->n; i++)
        if (sorted[i - 1]->id.p != NULL && sorted[i]->id.p != NULL && mw_sv_eq(sorted[i - 1]->id, sorted[i]->id))
            mw_diag_add(diags, MW_ERROR, &sorted[i]->pos, "id-twice", "The id \"%.*s\" is used already, in line %u.",
                        MW_SV_ARG(sorted[i]->id), sorted[i - 1]->pos.line);
}
#define IDS_ONCE(list_, type_)                                                                                         \
    do {                                                                                                               \
        _Static_assert(offsetof(struct type_, pos) == 0 && offsetof(struct type_, id) == offsetof(struct named, id),    \
                       "begins like struct named");                                                                    \
        ids_once(&(list_), sizeof(struct type_), a, diags);                                                            \
    } while (0)

static bool few_enough(const struct mw_list *l, const char *what, const struct mw_pos *at, struct mw_diags *diags)
{
    if (l->n <= MW_ROWS_MAX)
        return true;
    mw_diag_add(diags, MW_ERROR, at, "too-many", "More than %d entries under %s.", MW_ROWS_MAX, what);
    return false;
}

static bool is_partner(const struct mw_project *p, struct mw_sv name)
{
    for (size_t i = 0; i < p->profile.applicants.n; i++)
        if (mw_sv_eq(MW_AT(p->profile.applicants, struct mw_applicant, i)->name, name))
            return true;
    return false;
}

static void check_partner(const struct mw_project *p, struct mw_sv name, const struct mw_pos *at,
                          struct mw_diags *diags)
{
    if (name.p != NULL && p->profile.applicants.n > 0 && !is_partner(p, name))
        mw_diag_add(diags, MW_ERROR, at, "no-partner", "\"%.*s\" is not among the applicants of the profile.",
                    MW_SV_ARG(name));
}

static void check_area(const struct mw_project *p, const struct mw_cost *c, struct mw_arena *a, struct mw_diags *diags)
{
    bool known = c->area.p == NULL;

    for (size_t i = 0; i < p->areas.n && !known; i++)
        known = mw_sv_eq(MW_AT(p->areas, struct mw_area, i)->id, c->area);
    if (!known)
        CURE_WITH_IDS(mw_diag_add(diags, MW_ERROR, &c->pos, "no-area", "There is no area \"%.*s\" under areas.", MW_SV_ARG(c->area)),
                      c->area, p->areas, mw_area);
}

static void check_sharing(const struct mw_project *p, struct mw_diags *diags)
{
    const struct mw_sharing *s = &p->sharing;

    if (s->pos.file == NULL)
        return;
    if ((s->key == MW_KEY_BASE) != mw_share_is(s->base))
        mw_diag_add(diags, MW_ERROR, &s->pos, "bad-sharing",
                    "base belongs to the key base+population: {key: base+population, base: 30 %%}.");
    else if (mw_share_is(s->base) && mw_share_cmp(s->base, ONE) > 0)
        mw_diag_add(diags, MW_ERROR, &s->pos, "bad-share", "A share of more than 100 %% is not possible here.");
    if ((s->key == MW_KEY_WEIGHTS) != (s->weights.n > 0))
        mw_diag_add(diags, MW_ERROR, &s->pos, "bad-sharing",
                    "weights belong to the key weights: {key: weights, weights: {Stadt A: 2, Stadt B: 1}}.");
    for (size_t i = 0; i < s->weights.n; i++) {
        const struct mw_entry *e = MW_AT(s->weights, struct mw_entry, i);
        check_partner(p, e->key, &e->pos, diags);
    }
}

static int by_task(const void *x, const void *y)
{
    const struct mw_task_ref *a = x, *b = y;
    int c = mw_sv_cmp(a->id, b->id);
    return c != 0 ? c : (a->index > b->index) - (a->index < b->index);
}

static bool index_tasks(struct mw_project *p, struct mw_arena *a)
{
    p->tasks_by_id = (struct mw_list){ 0 };
    for (size_t i = 0; i < p->tasks.n; i++) {
        struct mw_task_ref *ref = mw_list_add(a, &p->tasks_by_id, sizeof *ref);
        if (ref == NULL)
            return false;
        *ref = (struct mw_task_ref){ MW_AT(p->tasks, struct mw_task, i)->id, i };
    }
    if (p->tasks.n > 1)
        qsort(p->tasks_by_id.items, p->tasks.n, sizeof(struct mw_task_ref), by_task);
    return true;
}

static bool add_index(struct mw_arena *a, struct mw_list *l, size_t i)
{
    size_t *item = mw_list_add(a, l, sizeof *item);
    if (item != NULL)
        *item = i;
    return item != NULL;
}

/* The tasks in turn (Kahn): whoever waits for nobody first, then whoever waits only for those. What is left over is a circle or
 * waits for one. References that lead nowhere have been said and do not count. */
static void put_in_turn(struct mw_project *p, struct mw_arena *a, struct mw_diags *diags)
{
    const size_t n = p->tasks.n;
    size_t *waits = mw_arena_array(a, n + 1, sizeof *waits), *first = mw_arena_array(a, n + 2, sizeof *first), edges = 0, *next, *fill;

    p->tasks_in_turn = (struct mw_list){ 0 };
    for (size_t i = 0; i < n && waits != NULL && first != NULL; i++)
        for (size_t k = 0; k < MW_AT(p->tasks, struct mw_task, i)->after.n; k++) {
            size_t before = mw_project_task_index(p, *MW_AT(MW_AT(p->tasks, struct mw_task, i)->after, struct mw_sv, k));
            if (before != SIZE_MAX) {
                first[before + 1]++;
                waits[i]++;
                edges++;
            }
        }
    next = mw_arena_array(a, edges + 1, sizeof *next);
    fill = mw_arena_array(a, n + 1, sizeof *fill);
    if (waits == NULL || first == NULL || next == NULL || fill == NULL)
        return;
    for (size_t i = 0; i < n; i++) { /* first[i] ... first[i + 1]: who waits for task i */
        first[i + 1] += first[i];
        fill[i] = first[i];
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < MW_AT(p->tasks, struct mw_task, i)->after.n; k++) {
            size_t before = mw_project_task_index(p, *MW_AT(MW_AT(p->tasks, struct mw_task, i)->after, struct mw_sv, k));
            if (before != SIZE_MAX)
                next[fill[before]++] = i;
        }
    for (size_t i = 0; i < n; i++)
        if (waits[i] == 0 && !add_index(a, &p->tasks_in_turn, i))
            return;
    for (size_t t = 0; t < p->tasks_in_turn.n; t++) {
        size_t done = *MW_AT(p->tasks_in_turn, size_t, t);
        for (size_t k = first[done]; k < first[done + 1]; k++)
            if (--waits[next[k]] == 0 && !add_index(a, &p->tasks_in_turn, next[k]))
                return;
    }
    for (size_t i = 0; i < n; i++)
        if (waits[i] > 0) {
            const struct mw_task *t = MW_AT(p->tasks, struct mw_task, i);
            mw_diag_add(diags, MW_ERROR, &t->pos, "circle",
                        "Task \"%.*s\" waits for itself: its `after` leads in a circle.", MW_SV_ARG(t->id));
            return; /* the first one shows the circle */
        }
}

static void check_tasks(struct mw_project *p, struct mw_arena *a, struct mw_diags *diags)
{
    for (size_t i = 0; i < p->tasks.n; i++) {
        struct mw_task *t = MW_AT(p->tasks, struct mw_task, i);
        struct mw_share sum = { 0, 1 };
        if (t->label.n == 0)
            t->label = t->id;
        for (size_t k = 0; k < t->efforts.n; k++)
            if (!mw_share_add(&sum, MW_AT(t->efforts, struct mw_entry, k)->v.share))
                mw_diag_add(diags, MW_ERROR, &t->pos, "too-large", "The efforts of task \"%.*s\" are too large.", MW_SV_ARG(t->id));
        if (t->efforts.n > 0 && mw_share_is(t->effort) && mw_share_cmp(t->effort, sum) != 0)
            mw_diag_add(diags, MW_ERROR, &t->pos, "sum-twice", "Task \"%.*s\": the efforts do not add up to the effort.",
                        MW_SV_ARG(t->id));
        if (t->efforts.n > 0)
            t->effort = sum;
        if (mw_day_is(t->to) && mw_duration_is(t->takes))
            mw_diag_add(diags, MW_ERROR, &t->pos, "end-twice", "Task \"%.*s\" has to and takes; keep one.",
                        MW_SV_ARG(t->id));
        if (t->takes.n == 0)
            mw_diag_add(diags, MW_ERROR, &t->pos, "bad-duration", "Task \"%.*s\" takes no time; make it a milestone.",
                        MW_SV_ARG(t->id));
        if (mw_day_is(t->from) && mw_day_is(t->to) && mw_day_cmp(t->from, t->to) > 0)
            mw_diag_add(diags, MW_ERROR, &t->pos, "bad-period", "Task \"%.*s\" ends before it begins.",
                        MW_SV_ARG(t->id));
        for (size_t k = 0; k < t->after.n; k++) {
            struct mw_sv id = *MW_AT(t->after, struct mw_sv, k);
            if (mw_project_task_index(p, id) == SIZE_MAX)
                CURE_WITH_IDS(mw_diag_add(diags, MW_ERROR, &t->pos, "no-task", "There is no task \"%.*s\".", MW_SV_ARG(id)), id,
                              p->tasks, mw_task);
        }
    }
    put_in_turn(p, a, diags);
}

static void check_steps(const struct mw_project *p, struct mw_arena *a, struct mw_diags *diags)
{
    for (size_t i = 0; i < p->bodies.n; i++) {
        struct mw_body *b = MW_AT(p->bodies, struct mw_body, i);
        if (b->label.n == 0)
            b->label = b->id;
    }
    for (size_t i = 0; i < p->steps.n; i++) {
        struct mw_step *s = MW_AT(p->steps, struct mw_step, i);
        if (s->label.n == 0)
            s->label = s->id;
        if (s->body.p != NULL && mw_project_body(p, s->body) == NULL)
            CURE_WITH_IDS(mw_diag_add(diags, MW_ERROR, &s->pos, "no-body", "There is no body \"%.*s\" under bodies.",
                                      MW_SV_ARG(s->body)),
                          s->body, p->bodies, mw_body);
        if (s->body.p == NULL && s->takes.n < 1)
            mw_diag_add(diags, MW_ERROR, &s->pos, "bad-duration",
                        "Step \"%.*s\" needs takes (such as 5 workdays) or body.", MW_SV_ARG(s->id));
        if (s->body.p != NULL && mw_duration_is(s->takes))
            mw_diag_add(diags, MW_ERROR, &s->pos, "end-twice", "Step \"%.*s\" has takes and body; keep one.",
                        MW_SV_ARG(s->id));
    }
}

static void check_period(const struct mw_project *p, struct mw_diags *diags)
{
    if (mw_day_is(p->from) && mw_day_is(p->to)) {
        if (mw_day_cmp(p->from, p->to) > 0)
            mw_diag_add(diags, MW_ERROR, &p->period_pos, "bad-period", "The period ends before it begins.");
        if (mw_day_ymd(p->from).year < MW_YEAR_MIN || mw_day_ymd(p->to).year > MW_YEAR_MAX)
            mw_diag_add(diags, MW_ERROR, &p->period_pos, "bad-year", "The period lies outside the years %d to %d.",
                        MW_YEAR_MIN, MW_YEAR_MAX);
    }
}

static void check_programmes(const struct mw_project *p, struct mw_diags *diags)
{
    for (size_t i = 1; i < p->programmes.n; i++)
        for (size_t j = 0; j < i; j++)
            if (mw_sv_eq(*MW_AT(p->programmes, struct mw_sv, j), *MW_AT(p->programmes, struct mw_sv, i)))
                mw_diag_add(diags, MW_ERROR, &p->programmes_pos, "id-twice", "The id \"%.*s\" is used twice.",
                            MW_SV_ARG(*MW_AT(p->programmes, struct mw_sv, i)));
}

static void check_costs(const struct mw_project *p, struct mw_arena *a, struct mw_diags *diags)
{
    for (size_t i = 0; i < p->costs.n; i++) {
        const struct mw_cost *c = MW_AT(p->costs, struct mw_cost, i);
        const struct mw_day days[] = { c->from, c->to, c->personnel != NULL ? c->personnel->from : MW_DAY_NONE,
                                       c->personnel != NULL ? c->personnel->to : MW_DAY_NONE };
        check_partner(p, c->partner, &c->pos, diags);
        check_area(p, c, a, diags);
        if (c->task.p != NULL && mw_project_task(p, c->task) == NULL)
            CURE_WITH_IDS(mw_diag_add(diags, MW_ERROR, &c->pos, "no-task", "There is no task \"%.*s\".", MW_SV_ARG(c->task)),
                          c->task, p->tasks, mw_task);
        for (size_t d = 0; d < sizeof days / sizeof *days; d++)
            if (mw_day_is(days[d]) &&
                (mw_day_ymd(days[d]).year < MW_YEAR_MIN || mw_day_ymd(days[d]).year > MW_YEAR_MAX))
                mw_diag_add(diags, MW_ERROR, &c->pos, "bad-year", "Row \"%.*s\" lies outside the years %d to %d.",
                            MW_SV_ARG(c->id), MW_YEAR_MIN, MW_YEAR_MAX);
    }
}

void mw_project_check(struct mw_project *p, struct mw_arena *a, struct mw_diags *diags)
{
    if (!few_enough(&p->costs, "costs", &p->pos, diags) || !few_enough(&p->financing, "financing", &p->pos, diags) ||
        !few_enough(&p->tasks, "tasks", &p->pos, diags) || !few_enough(&p->steps, "preparation", &p->pos, diags) ||
        !few_enough(&p->bodies, "bodies", &p->pos, diags) || !few_enough(&p->areas, "areas", &p->pos, diags) ||
        !few_enough(&p->programmes, "programmes", &p->pos, diags) ||
        !few_enough(&p->profile.applicants, "applicants", &p->pos, diags))
        return;
    if (!index_tasks(p, a))
        return;
    check_period(p, diags);
    check_programmes(p, diags);
    IDS_ONCE(p->areas, mw_area);
    IDS_ONCE(p->costs, mw_cost);
    IDS_ONCE(p->financing, mw_source);
    IDS_ONCE(p->tasks, mw_task);
    IDS_ONCE(p->steps, mw_step);
    IDS_ONCE(p->bodies, mw_body);
    check_costs(p, a, diags);
    for (size_t i = 0; i < p->areas.n; i++) {
        struct mw_area *area = MW_AT(p->areas, struct mw_area, i);
        if (area->label.n == 0)
            area->label = area->id;
    }
    check_sharing(p, diags);
    check_tasks(p, a, diags);
    check_steps(p, a, diags);
}
