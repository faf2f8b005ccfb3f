/* What people decided about programmes, as a match shows it: dismissed ones are folded away, the rest is marked. */
#include "cli/matching.h"
#include "index/watch.h"

enum mw_rc mw_cli_decisions(struct mw_decided *out, struct mw_cli *cli, const char *path)
{
    const char *file = mw_beside(cli->arena, path, "decisions.yaml");
    *out = (struct mw_decided){ { NULL, 0, 0 }, { NULL, 0, 0 } };
    if (file == NULL)
        return mw_nomem(&cli->err);
    enum mw_rc rc = mw_decisions_load(&out->decisions, cli->arena, file, &cli->diags);
    return rc == MW_OK ? MW_OK : mw_fail(&cli->err, rc, "The decisions in \"%s\" cannot be used.", file);
}

size_t mw_cli_dismissals(const struct mw_decided *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->decisions.n; i++)
        n += MW_AT(d->decisions, struct mw_decision, i)->kind == MW_DECIDE_DISMISS;
    return n;
}

const struct mw_decision *mw_cli_decision(const struct mw_decided *d, struct mw_sv url, const struct mw_list *also)
{
    const struct mw_decision *said = mw_decision_of(&d->decisions, url);
    for (size_t i = 0; i < also->n && said == NULL; i++)
        said = mw_decision_of(&d->decisions, MW_AT(*also, struct mw_linked, i)->url);
    return said;
}

static bool is_about(const struct mw_decision *d, const struct mw_match *m)
{
    bool same = mw_sv_eq(d->url, m->hit.url);
    for (size_t i = 0; i < m->hit.also.n && !same; i++)
        same = mw_sv_eq(d->url, MW_AT(m->hit.also, struct mw_linked, i)->url);
    return same;
}

/* The reasons of a dismissal are the verdicts of all criteria on its day; one that was written by hand has none and holds. */
static bool holds(const struct mw_decision *d, const struct mw_match *m, struct mw_cli *cli)
{
    return d->reasons.n == 0 || mw_watch_same_reasons(d->reasons, mw_watch_reasons(cli->arena, &m->verdict));
}

enum mw_rc mw_cli_fold(struct mw_decided *d, struct mw_list *matches, struct mw_cli *cli, bool all, size_t limit)
{
    size_t kept = 0;
    for (size_t i = 0; i < matches->n; i++) {
        const struct mw_match *m = MW_AT(*matches, struct mw_match, i);
        const struct mw_decision *said = mw_cli_decision(d, m->hit.url, &m->hit.also);
        if (!all && said != NULL && said->kind == MW_DECIDE_DISMISS && holds(said, m, cli)) {
            struct mw_match *slot = mw_list_add(cli->arena, &d->folded, sizeof *slot);
            if (slot == NULL)
                return mw_nomem(&cli->err);
            *slot = *m;
        } else if (kept < limit) {
            *MW_AT(*matches, struct mw_match, kept++) = *m;
        }
    }
    matches->n = kept;
    return MW_OK;
}

/* "31.03.2026: no own money" */
static void add_said(struct mw_str *out, const struct mw_decision *d, enum mw_lang lang)
{
    if (mw_day_is(d->day))
        mw_day_format(out, d->day, lang);
    if (d->why.n > 0)
        mw_str_addf(out, "%s%.*s", out->n > 0 ? ": " : "", MW_SV_ARG(d->why));
}

static void put_words(struct mw_cli *cli, const struct mw_decision *d, bool still)
{
    static const char *const HEADS[] = { [MW_DECIDE_DISMISS] = "Dismissed", [MW_DECIDE_KEEP] = "Kept in view",
        [MW_DECIDE_APPLY] = "Applied for", [MW_DECIDE_NOTE] = "Note" };
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    add_said(&s, d, cli->lang);
    mw_out_paraf(cli->out, MW_ITEM, "* %s (%s)%s", T(cli, HEADS[d->kind]), mw_str_z(&s),
        still ? "" : T(cli, "; the reasons have changed since then"));
}

void mw_cli_put_decisions(struct mw_cli *cli, const struct mw_decided *d, const struct mw_match *m)
{
    const struct mw_decision *said = mw_cli_decision(d, m->hit.url, &m->hit.also);
    bool still = said == NULL || said->kind != MW_DECIDE_DISMISS || holds(said, m, cli), notes = false;
    struct mw_out *o = cli->out;

    if (said != NULL) {
        mw_out_object(o, "decision", NULL);
        mw_out_z(o, "decision", NULL, MW_DECISIONS[said->kind]);
        mw_out_day(o, "day", NULL, said->day);
        mw_out_sv(o, "why", NULL, said->why);
        if (said->kind == MW_DECIDE_DISMISS)
            mw_out_bool(o, "holds", NULL, still);
        put_words(cli, said, still);
        mw_out_end(o);
    }
    for (size_t i = 0; i < d->decisions.n; i++) {
        const struct mw_decision *note = MW_AT(d->decisions, struct mw_decision, i);
        if (note->kind != MW_DECIDE_NOTE || !is_about(note, m))
            continue;
        if (!notes)
            mw_out_list(o, "notes", NULL);
        notes = true;
        mw_out_object(o, NULL, NULL);
        mw_out_day(o, "day", NULL, note->day);
        mw_out_sv(o, "why", NULL, note->why);
        put_words(cli, note, true);
        mw_out_end(o);
    }
    if (notes)
        mw_out_end(o);
}

void mw_cli_put_folded(struct mw_cli *cli, const struct mw_decided *d)
{
    struct mw_out *o = cli->out;
    if (d->folded.n > 0)
        mw_out_paraf(o, MW_DIM, "%zu dismissed, left out here; --all shows them:", d->folded.n);
    mw_out_list(o, "dismissed", NULL);
    for (size_t i = 0; i < d->folded.n; i++) {
        const struct mw_match *m = MW_AT(d->folded, struct mw_match, i);
        const struct mw_decision *said = mw_cli_decision(d, m->hit.url, &m->hit.also);
        MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
        add_said(&s, said, cli->lang);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "url", NULL, m->hit.url);
        mw_out_sv(o, "title", NULL, m->hit.title);
        mw_out_day(o, "day", NULL, said->day);
        mw_out_sv(o, "why", NULL, said->why);
        mw_out_end(o);
        mw_out_paraf(o, MW_ITEM, "* %.*s (%s)", MW_SV_ARG(m->hit.title), mw_str_z(&s));
    }
    mw_out_end(o);
}
