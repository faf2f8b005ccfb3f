/* The plan in the positions of a funder's form: every row that counts falls on the first position that takes its category and
 * its pay group, by year; sums and what comes on top of the grant follow. Texts are measured in characters. */
#include "apply/plan/make.h"

static bool any_case(const struct mw_list *words, struct mw_sv word)
{
    for (size_t i = 0; i < words->n; i++)
        if (mw_sv_ieq(*MW_AT(*words, struct mw_sv, i), word))
            return true;
    return false;
}

static bool takes(const struct mw_form_position *p, const struct mw_cost_row *row)
{
    const struct mw_personnel *staff = row->cost != NULL ? row->cost->personnel : NULL;

    return any_case(&p->categories, row->category) && (p->groups.n == 0 || (staff != NULL && any_case(&p->groups, staff->group)));
}

static struct mw_form_line *line_of(struct mw_plan *plan, struct mw_sv code)
{
    for (size_t i = 0; i < plan->form_lines.n; i++)
        if (mw_sv_eq(MW_AT(plan->form_lines, struct mw_form_line, i)->position->code, code))
            return MW_AT(plan->form_lines, struct mw_form_line, i);
    return NULL;
}

static bool add_years(struct mw_form_line *to, const struct mw_eur *years, struct mw_eur total, size_t n)
{
    for (size_t y = 0; y < n; y++)
        if (!mw_eur_add(&to->years[y], years[y]))
            return false;
    return mw_eur_add(&to->total, total);
}

/* What follows from other lines: sums, and what comes on top of the grant. */
static enum mw_rc finish_line(struct mw_job *job, struct mw_form_line *line)
{
    struct mw_plan *plan = job->plan;
    const struct mw_form_position *p = line->position;
    size_t n = plan->years.n;
    bool fits = true;

    for (size_t i = 0; i < p->sum_of.n && fits; i++) {
        const struct mw_form_line *part = line_of(plan, *MW_AT(p->sum_of, struct mw_sv, i));
        fits = part == NULL || add_years(line, part->years, part->total, n);
    }
    if (fits && mw_share_is(p->of_grant)) {
        const struct mw_source_row *grant = MW_AT(plan->financing.rows, struct mw_source_row, 0);
        int64_t *weights = mw_arena_array(job->a, n, sizeof *weights);
        if (weights == NULL)
            return MW_NOMEM;
        for (size_t y = 0; y < n; y++)
            weights[y] = grant->years[y].cents > 0 ? grant->years[y].cents : 0;
        fits = mw_eur_of(&line->total, plan->financing.grant, p->of_grant, MW_COMMERCIAL) &&
               (line->total.cents == 0 || mw_eur_split(line->years, line->total, weights, n));
    }
    return fits ? MW_OK : mw_too_large(job, &plan->project->pos);
}

/* Rows to positions; what no position takes is found, for the form would miss it. */
static enum mw_rc assign(struct mw_job *job)
{
    struct mw_plan *plan = job->plan;
    const struct mw_form *form = job->opts->form;

    for (size_t k = 0; k < plan->cost.rows.n; k++) {
        const struct mw_cost_row *row = MW_AT(plan->cost.rows, struct mw_cost_row, k);
        size_t i = 0;
        if (row->eligible.cents == 0 && form->only_eligible != MW_NO)
            continue;
        while (i < form->positions.n && !takes(MW_AT(form->positions, struct mw_form_position, i), row))
            i++;
        if (i < form->positions.n) {
            if (!add_years(MW_AT(plan->form_lines, struct mw_form_line, i), row->years, row->total, plan->years.n))
                return mw_too_large(job, &plan->project->pos);
            continue;
        }
        if (mw_find(job, MW_WARNING, "position-missing", row->cost != NULL ? &row->cost->pos : &plan->project->pos, &form->pos,
                    "No position of the form takes row \"%.*s\" (category \"%.*s\").", MW_SV_ARG(row->label),
                    MW_SV_ARG(row->category)) != MW_OK)
            return MW_NOMEM;
    }
    return MW_OK;
}

static int64_t characters(struct mw_sv s)
{
    int64_t n = 0;

    for (size_t at = 0; at < s.n; n++)
        mw_utf8_next(s, &at);
    return n;
}

static const struct mw_text *text_of(const struct mw_project *p, struct mw_sv key)
{
    for (size_t i = 0; i < p->texts.n; i++)
        if (mw_sv_eq(MW_AT(p->texts, struct mw_text, i)->key, key))
            return MW_AT(p->texts, struct mw_text, i);
    return NULL;
}

static enum mw_rc measure(struct mw_job *job, const struct mw_form_text *field)
{
    struct mw_plan *plan = job->plan;
    const struct mw_text *text = text_of(plan->project, field->key);
    struct mw_form_entry *e = mw_list_add(job->a, &plan->form_entries, sizeof *e);
    struct mw_sv label = mw_words(&field->label, plan->lang);

    if (e == NULL)
        return MW_NOMEM;
    e->field = field;
    e->text = mw_sv_eqz(field->key, "title") ? plan->project->title : text != NULL ? mw_sv_trim(text->text) : MW_SV_NONE;
    e->length = characters(e->text);
    if (field->needed == MW_YES && e->length == 0)
        return mw_find(job, MW_WARNING, "field-empty", &plan->project->pos, &field->pos,
                       "The form asks for \"%.*s\"; the project has no text for it (%.*s).", MW_SV_ARG(label), MW_SV_ARG(field->key));
    if (field->max == MW_INT_NONE || e->length <= field->max)
        return MW_OK;
    return mw_find(job, MW_ERROR, "text-too-long", text != NULL ? &text->pos : &plan->project->pos, &field->pos,
                   "\"%.*s\" has %lld characters, the form takes %lld.", MW_SV_ARG(label), (long long)e->length, (long long)field->max);
}

enum mw_rc mw_make_form(struct mw_job *job)
{
    const struct mw_form *form = job->opts->form;
    struct mw_plan *plan = job->plan;
    enum mw_rc rc = MW_OK;

    if (form == NULL)
        return MW_OK;
    plan->form = form;
    for (size_t i = 0; i < form->positions.n; i++) { /* all of them first: rows fall on positions in any order */
        struct mw_form_line *line = mw_list_add(job->a, &plan->form_lines, sizeof *line);
        if (line == NULL || (line->years = mw_arena_array(job->a, plan->years.n, sizeof *line->years)) == NULL)
            return MW_NOMEM;
        line->position = MW_AT(form->positions, struct mw_form_position, i);
    }
    rc = assign(job);
    for (size_t i = 0; i < form->positions.n && rc == MW_OK; i++)
        rc = finish_line(job, MW_AT(plan->form_lines, struct mw_form_line, i));
    for (size_t i = 0; i < form->texts.n && rc == MW_OK; i++)
        rc = measure(job, MW_AT(form->texts, struct mw_form_text, i));
    return rc;
}
