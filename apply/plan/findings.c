/* How a finding is made, and which checks run over a finished plan. Findings of one part are found there; those across the
 * parts stand in find_*.c, one file for each thing they are about. */
#include "apply/plan/make.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static struct mw_sv cure_of(const char *code, enum mw_lang lang)
{
    const struct mw_finding_kind *k = MW_FINDINGS;

    while (k->code != NULL && strcmp(k->code, code) != 0)
        k++;
    return k->cure != NULL ? mw_sv(mw_tr(lang, k->cure)) : MW_SV_NONE;
}

enum mw_rc mw_find(struct mw_job *job, enum mw_severity severity, const char *code, const struct mw_pos *pos,
                   const struct mw_pos *rule, const char *fmt, ...)
{
    struct mw_finding *f;
    char buf[1024];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(buf, sizeof buf, mw_tr(job->plan->lang, fmt), args);
    va_end(args);

    if ((f = mw_list_add(job->a, &job->plan->findings, sizeof *f)) == NULL)
        return MW_NOMEM;
    if (n < 0)
        n = 0;
    if ((size_t)n >= sizeof buf) /* a name of the user's that goes on and on */
        n = (int)sizeof buf - 1;
    size_t whole = mw_utf8_invalid_at(mw_sv_n(buf, (size_t)n)); /* a character that was cut */
    if (whole != SIZE_MAX)
        n = (int)whole;
    *f = (struct mw_finding){ .severity = severity,
                              .code = code,
                              .msg = mw_arena_copy(job->a, mw_sv_n(buf, (size_t)n)),
                              .cure = cure_of(code, job->plan->lang),
                              .words = MW_SV_NONE,
                              .pos = pos != NULL ? *pos : (struct mw_pos){ 0 },
                              .rule = rule != NULL ? *rule : (struct mw_pos){ 0 } };
    job->plan->errors += severity == MW_ERROR;
    job->plan->warnings += severity == MW_WARNING;
    return f->msg.p != NULL ? MW_OK : MW_NOMEM;
}

const struct mw_pos *mw_at_costs(const struct mw_plan *plan)
{
    return plan->project->costs_pos.file != NULL ? &plan->project->costs_pos : &plan->project->pos;
}
const struct mw_pos *mw_at_sources(const struct mw_plan *plan)
{
    return plan->project->financing_pos.file != NULL ? &plan->project->financing_pos : &plan->project->pos;
}

static struct mw_finding *last_of(struct mw_job *job)
{
    struct mw_list *l = &job->plan->findings;

    return l->n > 0 ? MW_AT(*l, struct mw_finding, l->n - 1) : NULL;
}
void mw_find_words(struct mw_job *job, struct mw_sv words)
{
    if (last_of(job) != NULL)
        last_of(job)->words = words;
}
void mw_find_cure(struct mw_job *job, struct mw_sv cure)
{
    if (last_of(job) != NULL)
        last_of(job)->cure = cure;
}

static int lower(char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; }

bool mw_has_word(struct mw_sv text, struct mw_sv word, size_t *at)
{
    for (size_t i = 0; word.n > 0 && i + word.n <= text.n; i++) {
        size_t k = 0;
        while (k < word.n && lower(text.p[i + k]) == lower(word.p[k]))
            k++;
        if (k == word.n) {
            *at = i;
            return true;
        }
    }
    *at = SIZE_MAX;
    return false;
}

enum mw_rc mw_too_large(struct mw_job *job, const struct mw_pos *at)
{
    mw_diag_add(job->diags, MW_ERROR, at, "too-large", "A sum is too large to be computed.");
    return MW_INVALID;
}

static const char *said(struct mw_job *job, struct mw_str *s)
{
    const char *z = mw_arena_z(job->a, mw_str_sv(s));

    mw_str_free(s);
    return z != NULL ? z : "";
}
const char *mw_say_eur(struct mw_job *job, struct mw_eur e)
{
    struct mw_str s = MW_STR_INIT;
    mw_eur_format(&s, e, job->plan->lang);
    mw_str_addz(&s, " EUR");
    return said(job, &s);
}
const char *mw_say_share(struct mw_job *job, struct mw_share share)
{
    struct mw_str s = MW_STR_INIT;
    mw_share_format(&s, share, job->plan->lang);
    return said(job, &s);
}
const char *mw_say_day(struct mw_job *job, struct mw_day d)
{
    struct mw_str s = MW_STR_INIT;
    mw_day_format(&s, d, job->plan->lang);
    return said(job, &s);
}
bool mw_names(const struct mw_list *texts, struct mw_sv text)
{
    for (size_t i = 0; i < texts->n; i++)
        if (mw_sv_eq(*MW_AT(*texts, struct mw_sv, i), text))
            return true;
    return false;
}

/* What stops the application stands before what is only worth a look; of equals as they were found. */
static enum mw_rc gravest_first(struct mw_job *job)
{
    static const enum mw_severity ORDER[] = { MW_ERROR, MW_WARNING, MW_NOTE };
    const struct mw_list found = job->plan->findings;
    struct mw_list sorted = { 0 };

    for (size_t s = 0; s < sizeof ORDER / sizeof *ORDER; s++)
        for (size_t i = 0; i < found.n; i++) {
            const struct mw_finding *f = MW_AT(found, struct mw_finding, i);
            struct mw_finding *slot;
            if (f->severity != ORDER[s])
                continue;
            if ((slot = mw_list_add(job->a, &sorted, sizeof *slot)) == NULL)
                return MW_NOMEM;
            *slot = *f;
        }
    job->plan->findings = sorted;
    return MW_OK;
}

enum mw_rc mw_make_findings(struct mw_job *job)
{
    static enum mw_rc (*const CHECKS[])(struct mw_job *) = { mw_find_in_time,     mw_find_in_costs,  mw_find_in_orders,
                                                             mw_find_in_money,    mw_find_in_partners, mw_find_in_papers,
                                                             mw_find_in_award,    mw_find_in_texts };
    enum mw_rc rc = MW_OK;

    for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS && rc == MW_OK; i++)
        rc = CHECKS[i](job);
    return rc == MW_OK ? gravest_first(job) : rc;
}
