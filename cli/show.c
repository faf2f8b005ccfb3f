/* mittelweg show: one notice with its facts and the sentences that prove them. */
#include <stdlib.h>
#include <unistd.h>

#include "cli/also.h"
#include "cli/commands.h"
#include "cli/history.h"
#include "crawler/source.h"
#include "lib/core/read.h"
#include "rules/engine/vocabulary.h"

/* The source file of the notice; NULL: there is none of that name. Faults of source files are `sources check`'s business. */
static const struct mw_source *source_of(struct mw_cli *cli, struct mw_sv id)
{
    MW_AUTO(mw_diags_free) struct mw_diags ignored = MW_DIAGS_INIT(cli->lang);
    struct mw_list sources = { 0 };
    struct mw_sv dir = mw_arena_printf(cli->arena, "%s/sources", cli->config_dir);
    if (dir.p == NULL || access(dir.p, R_OK) != 0)
        return NULL;
    mw_sources_load(&sources, cli->arena, dir.p, &ignored);
    return mw_source_find(&sources, id);
}

/* Who gives the money: what the notice says of its area; a source that covers all levels says nothing of one programme. */
static const char *level_of(const struct mw_stored *n, const struct mw_source *source)
{
    bool land = false, bund = false, eu = source != NULL && source->level == MW_LEVEL_EU;
    for (size_t i = 0; i < n->facts.n; i++) {
        const struct mw_fact *f = MW_AT(n->facts, struct mw_fact, i);
        if (f->type != MW_F_REGION)
            continue;
        eu = eu || mw_sv_eqz(f->value, "EU");
        bund = bund || mw_sv_eqz(f->value, "DE");
        land = land || (!mw_sv_eqz(f->value, "EU") && !mw_sv_eqz(f->value, "DE"));
    }
    if (eu || bund || land)
        return MW_LEVELS[eu ? MW_LEVEL_EU : bund ? MW_LEVEL_BUND : MW_LEVEL_LAND];
    return source != NULL && source->level == MW_LEVEL_LAND ? MW_LEVELS[MW_LEVEL_LAND] : NULL;
}

static const struct mw_node *extra(const struct mw_notice *n, const char *key)
{
    for (size_t i = 0; i < n->extra.n; i++)
        if (mw_sv_eqz(MW_AT(n->extra, struct mw_pair, i)->key, key))
            return MW_AT(n->extra, struct mw_pair, i)->value;
    return NULL;
}

/* Contact and approving authority, and what the source links to: lists of records whose texts are shown as they came. */
static void put_records(struct mw_cli *cli, const struct mw_notice *n, const char *key, const char *label)
{
    const struct mw_node *records = extra(n, key);
    struct mw_out *o = cli->out;

    if (records == NULL || records->kind != MW_SEQ || records->n == 0)
        return;
    mw_out_list(o, key, label);
    for (size_t i = 0; i < records->n; i++) {
        const struct mw_node *r = records->items[i];
        struct mw_str line = MW_STR_INIT;
        mw_out_object(o, NULL, NULL);
        for (size_t k = 0; r->kind == MW_MAP && k < r->n; k++) {
            if (r->pairs[k].value->kind != MW_SCALAR)
                continue;
            mw_out_sv(o, mw_arena_z(cli->arena, r->pairs[k].key), NULL, r->pairs[k].value->text);
            mw_str_addf(&line, "%s%.*s", line.n > 0 ? ", " : "", MW_SV_ARG(r->pairs[k].value->text));
        }
        mw_out_end(o);
        mw_out_para(o, MW_BODY, mw_str_sv(&line));
        mw_str_free(&line);
    }
    mw_out_end(o);
}

/* Guidelines that the page links to: which pages of them stand among the sections, and which cannot be read. */
static void put_documents(struct mw_cli *cli, const struct mw_notice *n)
{
    const struct mw_node *documents = extra(n, "documents");
    struct mw_out *o = cli->out;

    if (documents == NULL || documents->kind != MW_SEQ || documents->n == 0)
        return;
    mw_out_list(o, "documents", "Guidelines");
    for (size_t i = 0; i < documents->n; i++) {
        const struct mw_node *d = documents->items[i], *url = mw_node_get(d, "url"), *pages = mw_node_get(d, "pages"), *text = mw_node_get(d, "text");
        if (url == NULL || url->kind != MW_SCALAR)
            continue;
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "url", NULL, url->text);
        mw_out_sv(o, "pages", NULL, pages != NULL ? pages->text : MW_SV_NONE);
        mw_out_sv(o, "text", NULL, text != NULL ? text->text : MW_SV_NONE);
        mw_out_end(o);
        mw_out_para(o, MW_LINK, url->text);
        if (text != NULL)
            mw_out_para(o, MW_DOUBT, mw_sv(T(cli, "It is only images (needs OCR): what it says is not known here.")));
    }
    mw_out_end(o);
}

static void put_head(struct mw_cli *cli, const struct mw_stored *n, const struct mw_source *source)
{
    struct mw_out *o = cli->out;
    const struct mw_notice *no = &n->notice;
    const struct mw_fact *why = NULL;
    struct mw_day deadline = MW_DAY_NONE;
    static const char *const LABELS[MW_FACET_N] = { "Kind of funding", "Theme", "Area", "Who may apply", "Funder" };
    enum mw_status status = mw_status_on(no, &n->facts, cli->today, &why, &deadline);
    const char *level = level_of(n, source);

    mw_out_para(o, MW_HEADING, no->title);
    mw_out_sv(o, "url", "Address", no->url);
    mw_out_sv(o, "title", NULL, no->title);
    mw_out_sv(o, "source", "Source", no->source);
    mw_out_z(o, "level", NULL, level);
    mw_out_z(o, ".level", "Level", level != NULL ? T(cli, level) : NULL);
    mw_out_sv(o, "language", NULL, no->language);
    mw_out_z(o, "status", NULL, MW_STATUSES[status]);
    mw_out_z(o, ".status", "Status", T(cli, MW_STATUSES[status]));
    mw_out_day(o, "deadline", "Next date to apply by", deadline);
    mw_out_sv(o, "status_quote", "because", why != NULL ? why->quote : MW_SV_NONE);
    for (size_t k = 0; k < MW_FACET_N; k++) {
        if (no->facets[k].n == 0)
            continue;
        mw_out_list(o, MW_FACET_NAMES[k], LABELS[k]);
        for (size_t i = 0; i < no->facets[k].n; i++)
            mw_out_sv(o, NULL, NULL, *MW_AT(no->facets[k], struct mw_sv, i));
        mw_out_end(o);
    }
    mw_out_stamp(o, "fetched_at", "Fetched", no->fetched_at);
    mw_out_stamp(o, "last_changed", "Last changed", n->last_changed);
    mw_out_int(o, "versions", "Versions", n->versions);
    put_records(cli, no, "contacts", "Contact");
    put_records(cli, no, "links", "Further addresses");
    put_documents(cli, no);
}

/* The line that the licence of the text asks for; texts of others are never shown without it. */
static void put_attribution(struct mw_cli *cli, const struct mw_stored *n, const struct mw_source *source)
{
    struct mw_sv line = source != NULL ? mw_source_attribution(cli->arena, source, &n->notice) : MW_SV_NONE;
    mw_out_sv(cli->out, "attribution", NULL, line);
    mw_out_sv(cli->out, "licence", NULL, source != NULL ? source->licence : MW_SV_NONE);
    mw_out_para(cli->out, MW_DIM, line);
}

/* The order in which people ask: until when, who, where, how much, on which terms, and what else there is. Programs get the order
 * of the text. */
static const enum mw_fact_type ASKED[] = { MW_F_STATUS, MW_F_DEADLINE, MW_F_TWO_STAGE, MW_F_VALIDITY, MW_F_FUNDER, MW_F_REGION, MW_F_AREA,
    MW_F_APPLICANT, MW_F_EXCLUSION, MW_F_POPULATION, MW_F_PARTNERS, MW_F_JOINT, MW_F_FORWARDING, MW_F_KIND, MW_F_FINANCING, MW_F_RATE,
    MW_F_BONUS, MW_F_AMOUNT, MW_F_PER_CAPITA, MW_F_UNIT_AMOUNT, MW_F_OWN_SHARE, MW_F_COST, MW_F_OWN_STAFF, MW_F_VAT, MW_F_EARLY_START,
    MW_F_DURATION, MW_F_SAVING, MW_F_CUMULATION, MW_F_DE_MINIMIS, MW_F_REQUIREMENT, MW_F_THEME };
_Static_assert(sizeof ASKED / sizeof *ASKED == MW_F_TYPE_N, "every type has its place");

static size_t asked(const struct mw_fact *f)
{
    size_t at = 0;
    while (ASKED[at] != f->type)
        at++;
    return at;
}

/* The facts as people want them: by type, what the text says before what the source says, else in the order of the text. */
static int as_asked(const void *a, const void *b)
{
    const struct mw_fact *x = *(const struct mw_fact *const *)a, *y = *(const struct mw_fact *const *)b;
    if (asked(x) != asked(y))
        return asked(x) < asked(y) ? -1 : 1;
    if ((x->field.p != NULL) != (y->field.p != NULL))
        return x->field.p != NULL ? 1 : -1;
    return x < y ? -1 : x > y; /* of one list */
}

/* A subject under the name that the vocabulary gives it, without the count of its mentions. */
static struct mw_fact named(const struct mw_cli *cli, const struct mw_fact *f)
{
    struct mw_fact said = *f;
    const struct mw_concept *c = mw_vocabulary_get(mw_rules_vocabulary(cli->rules), f->value);
    const struct mw_list *names = c == NULL ? NULL : cli->lang == MW_DE || c->en.n == 0 ? &c->de : &c->en;
    if (names != NULL && names->n > 0)
        said.value = *MW_AT(*names, struct mw_sv, 0);
    said.number = INT64_MIN;
    return said;
}

/* Whether the second stands on the same evidence as the first, so that both are said in one line. */
static bool together(const struct mw_fact *f, const struct mw_fact *g)
{
    return f->type == g->type && (f->field.p != NULL ? g->field.p != NULL :
                                                       g->field.p == NULL && f->start == g->start && mw_sv_eq(f->quote, g->quote));
}

/* The first n facts, which stand together: "Frist: laufend; bis 31.12.2026 (Antrag)", the sentence, the rules. */
static void put_said(struct mw_cli *cli, const struct mw_fact *const *facts, size_t n)
{
    MW_AUTO(mw_str_free) struct mw_str words = MW_STR_INIT;
    MW_AUTO(mw_str_free) struct mw_str rules = MW_STR_INIT;
    const struct mw_fact *first = facts[0];

    mw_str_addf(&words, "%s: ", mw_fact_label(first->type, cli->lang));
    for (size_t i = 0; i < n; i++) {
        const struct mw_fact said = first->type == MW_F_THEME ? named(cli, facts[i]) : *facts[i];
        mw_str_addz(&words, i > 0 ? "; " : "");
        mw_fact_words(&words, &said, cli->lang);
        bool told = false;
        for (size_t k = 0; k < i && !told; k++)
            told = mw_sv_eq(facts[k]->rule, facts[i]->rule);
        if (facts[i]->rule.n > 0 && !told)
            mw_str_addf(&rules, "%s%.*s", rules.n > 0 ? ", " : "", MW_SV_ARG(facts[i]->rule));
    }
    if (first->field.p != NULL)
        mw_str_addf(&words, " (%s)", T(cli, "a field of the source"));
    mw_out_para(cli->out, MW_BODY, mw_str_sv(&words));
    if (first->field.p == NULL)
        mw_out_para(cli->out, MW_QUOTE, first->quote);
    mw_out_para(cli->out, MW_DIM, mw_str_sv(&rules));
}

static enum mw_rc put_facts(struct mw_cli *cli, const struct mw_stored *n)
{
    const struct mw_fact **facts = mw_arena_alloc(cli->arena, (n->facts.n + 1) * sizeof *facts);
    struct mw_out *o = cli->out;
    bool people = mw_out_format(o) != MW_JSON;

    if (facts == NULL)
        return mw_nomem(&cli->err);
    for (size_t i = 0; i < n->facts.n; i++)
        facts[i] = MW_AT(n->facts, struct mw_fact, i);
    if (people && n->facts.n > 0) {
        enum mw_rc rc = cli->rules == NULL ? mw_cli_need(cli, MW_NEEDS_WORDS) : MW_OK;
        if (rc != MW_OK)
            return rc;
        qsort(facts, n->facts.n, sizeof *facts, as_asked);
    }
    mw_out_list(o, "facts", "What it says");
    for (size_t i = 0, end; i < n->facts.n; i = end) {
        for (end = i; end < n->facts.n && (end == i || (people && together(facts[i], facts[end]))); end++)
            mw_fact_to_out(facts[end], o);
        if (people)
            put_said(cli, facts + i, end - i);
    }
    if (n->facts.n == 0)
        mw_out_para(o, MW_DOUBT, mw_sv(T(cli, "No facts were found in this notice.")));
    mw_out_end(o);
    return MW_OK;
}

static void put_text(struct mw_cli *cli, const struct mw_stored *n)
{
    struct mw_out *o = cli->out;

    mw_out_list(o, "sections", NULL);
    for (size_t i = 0; i < n->notice.sections.n; i++) {
        const struct mw_section *s = MW_AT(n->notice.sections, struct mw_section, i);
        mw_out_object(o, NULL, NULL);
        mw_out_sv(o, "heading", NULL, s->heading);
        mw_out_sv(o, "text", NULL, s->text);
        mw_out_end(o);
        mw_out_para(o, MW_HEADING, s->heading);
        for (struct mw_sv line, rest = s->text; rest.n > 0;) {
            mw_sv_cut(rest, '\n', &line, &rest);
            if (mw_sv_trim(line).n > 0)
                mw_out_para(o, MW_BODY, line);
        }
    }
    mw_out_end(o);
}

/* The notice as it stood on a day: the last version that was seen by then, read by today's rules. */
static enum mw_rc go_back(struct mw_stored *n, struct mw_cli *cli, const char *date)
{
    MW_AUTO(mw_str_free) struct mw_str iso = MW_STR_INIT;
    struct mw_list versions = { 0 };
    const struct mw_version *then = NULL;
    struct mw_state state;
    struct mw_day day;

    if (!mw_read_day(mw_sv(date), &day))
        return mw_fail(&cli->err, MW_INVALID, "--as-of needs a date (2026-11-30), not \"%s\".", date);
    mw_day_iso(&iso, day);
    enum mw_rc rc = mw_cli_need(cli, MW_NEEDS_RULES | MW_NEEDS_PARSER);
    if (rc == MW_OK)
        rc = mw_store_versions(&versions, cli->arena, cli->store, n->id, &cli->err);
    for (size_t i = 0; i < versions.n; i++) {
        const struct mw_version *v = MW_AT(versions, struct mw_version, i);
        if (mw_sv_cmp(mw_sv_sub(v->seen, 0, iso.n), mw_str_sv(&iso)) <= 0)
            then = v;
    }
    if (rc == MW_OK && then == NULL)
        return mw_fail(&cli->err, MW_NOT_FOUND, "This notice was not stored yet on %s; it was first seen on %.*s.", mw_str_z(&iso),
                       MW_SV_ARG(n->first_seen));
    if (rc == MW_OK)
        rc = mw_cli_state(&state, cli, cli->arena, then);
    if (rc != MW_OK)
        return rc;
    n->notice = state.notice;
    n->plain = state.plain;
    n->facts = state.facts;
    n->last_changed = then->seen;
    n->versions = then->n;
    if (mw_cli_option(cli, "today") == NULL)
        cli->today = day; /* open or closed as of then */
    return MW_OK;
}

static int run(struct mw_cli *cli)
{
    struct mw_stored n;
    struct mw_list also = { 0 };
    const char *as_of = mw_cli_option(cli, "as-of");

    if (mw_store_get(&n, cli->arena, cli->store, mw_sv(cli->args[0]), &cli->err) != MW_OK ||
        mw_links_of(&also, cli->arena, cli->store, n.id, &cli->err) != MW_OK ||
        (as_of != NULL && go_back(&n, cli, as_of) != MW_OK))
        return mw_cli_fail(cli);
    const struct mw_source *source = source_of(cli, n.notice.source);
    mw_out_object(cli->out, NULL, NULL);
    put_head(cli, &n, source);
    mw_cli_put_also(cli, &also);
    if (put_facts(cli, &n) != MW_OK)
        return mw_cli_fail(cli);
    if (mw_cli_option(cli, "text") != NULL)
        put_text(cli, &n);
    put_attribution(cli, &n, source);
    mw_out_end(cli->out);
    return MW_EXIT_OK;
}

static const struct mw_option OPTIONS[] = {
    { "text", NULL, "also the whole text of the notice" },
    { "as-of", "DATE", "as it stood on that day" },
    { NULL, NULL, NULL }
};
const struct mw_cmd MW_CMD_SHOW = {
    .name = "show",
    .run = run,
    .needs = MW_NEEDS_STORE | MW_READS_FACTS,
    .args = "URL",
    .args_min = 1,
    .args_max = 1,
    .summary = "show one notice with its facts and their evidence",
    .about = "Prints what is known of a notice: status, the fields of its source, and every fact that the rules found, each "
             "with the sentence of the notice that proves it and the line of the rule that found it.",
    .options = OPTIONS,
};
