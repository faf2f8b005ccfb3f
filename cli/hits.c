/* Hits for people, for programs (JSON) and for spreadsheets (CSV). */
#include "cli/hits.h"

#include "cli/also.h"
#include "lib/core/csv.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const KINDS[] = {
    [MW_R_WORD] = "word", [MW_R_PHRASE] = "phrase", [MW_R_EXCLUDED] = "excluded", [MW_R_FILTER] = "filter",
    [MW_R_CORRECTION] = "correction", [MW_R_SYNONYM] = "synonym", [MW_R_RELATED] = "related", [MW_R_UNREAD] = "unread", [MW_R_OFFER] = "offer"
};

/* "open until 31.03.2026", "closed", ...: what a person wants to know first of a programme. */
void mw_cli_status_words(struct mw_str *out, const struct mw_cli *cli, const struct mw_hit *h)
{
    mw_str_addz(out, h->status == MW_S_UNKNOWN ? T(cli, "open or closed is not known") : T(cli, MW_STATUSES[h->status]));
    if (mw_day_is(h->deadline)) {
        mw_str_addz(out, h->status == MW_S_CLOSED ? ", " : T(cli, ", until "));
        mw_day_format(out, h->deadline, cli->lang);
    }
}

/* The snippet with the matched words between these two, "" for none. */
static struct mw_sv marked(struct mw_cli *cli, struct mw_sv snippet, const char *open, const char *close)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    for (size_t i = 0; i < snippet.n; i++) {
        if (snippet.p[i] == '\x01')
            mw_str_addz(&s, open);
        else if (snippet.p[i] == '\x02')
            mw_str_addz(&s, close);
        else
            mw_str_addc(&s, snippet.p[i]);
    }
    return mw_arena_copy(cli->arena, mw_sv(mw_str_z(&s)));
}

/* --- why ------------------------------------------------------------------------------------------------------------------------ */

enum { REASONS_SHOWN = 6, RELATED_OF_HIT = 4, RELATED_OF_QUERY = 8 };

static bool for_people(const struct mw_cli *cli) { return cli->style.format == MW_TEXT; }

static void add_reason(struct mw_str *out, const struct mw_why *w)
{
    mw_str_addz(out, out->n > 0 ? ", " : "");
    if (w->kind == MW_R_WORD && w->part)
        mw_str_addf(out, "%.*s (%.*s)", MW_SV_ARG(w->of), MW_SV_ARG(w->shown));
    else if (w->kind == MW_R_WORD)
        mw_str_add(out, w->of);
    else
        mw_str_addf(out, "%.*s → %.*s", MW_SV_ARG(w->of), MW_SV_ARG(w->text));
}

static bool same_reason(const struct mw_why *a, const struct mw_why *b)
{
    if (a->part && b->part && mw_sv_eq(a->form, b->form))
        return true;
    return a->kind == b->kind && mw_sv_eq(a->of, b->of) && mw_sv_eq(a->text, b->text);
}

/* "Found by: Radwege, Zuschuss → Zuwendung": the typed words and what stood for them, most points first. */
static void put_reasons(struct mw_cli *cli, const struct mw_hit *h)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    size_t shown = 0;

    for (size_t i = 0; i < h->why.n && shown < REASONS_SHOWN; i++) {
        const struct mw_why *w = MW_AT(h->why, struct mw_why, i);
        bool told = w->kind == MW_R_RELATED;
        for (size_t k = 0; k < i && !told; k++)
            told = same_reason(w, MW_AT(h->why, struct mw_why, k));
        if (!told) {
            add_reason(&s, w);
            shown++;
        }
    }
    if (s.n > 0)
        mw_out_paraf(cli->out, MW_DIM, "Found by: %s", mw_str_z(&s));
    else if (h->why.n > 0)
        mw_out_paraf(cli->out, MW_DIM, "Found by related words only.");
}

/* What a word of the query was taken for: the word of formats.md for programs, that of their language for people. */
static void put_kind(struct mw_cli *cli, const char *kind)
{
    mw_out_z(cli->out, "kind", NULL, kind);
    mw_out_z(cli->out, ".kind", NULL, T(cli, kind));
}

static void put_points(struct mw_cli *cli, const struct mw_column *columns, const struct mw_why *w)
{
    struct mw_out *o = cli->out;

    mw_out_num(o, "score", NULL, w->milli, 3);
    mw_out_sv(o, "term", NULL, w->form);
    mw_out_sv(o, "shown", NULL, w->shown);
    put_kind(cli, w->part ? "part" : KINDS[w->kind]);
    mw_out_sv(o, "word", NULL, w->of);
    if (w->kind != MW_R_WORD)
        mw_out_sv(o, "found", NULL, w->text);
    mw_out_object(o, "fields", NULL);
    for (int f = 0; f < MW_FIELD_N; f++)
        if (w->fields[f] != 0)
            mw_out_num(o, MW_FIELD_NAMES[f], NULL, w->fields[f], 3);
    mw_out_end(o);
    for (int f = 0; f < MW_FIELD_N; f++)
        if (w->fields[f] != 0)
            mw_out_num(o, columns[f].key, NULL, w->fields[f], 3);
}

/* Every term with its points, which add up to the score; and how they are spread over the fields of the notice. People see few of the
 * related words, and what all the others gave. */
static void put_explanation(struct mw_cli *cli, const struct mw_hit *h)
{
    static const struct mw_column COLUMNS[] = {
        { "score", "Points", true }, { "shown", "Term", false }, { ".kind", "Read as", false }, { "word", "for", false },
        { ".title", "Title", true }, { ".short", "Short", true }, { ".body", "Text", true }, { ".rules", "Rules", true },
        { ".labels", "Labels", true }
    };
    struct mw_out *o = cli->out;
    struct mw_why others = { .kind = MW_R_RELATED, .of = MW_SV_NONE, .text = MW_SV_NONE, .form = MW_SV_NONE };
    size_t related = 0, left_out = 0;

    mw_out_int(o, "cover", NULL, h->cover_percent);
    mw_out_table(o, "explain", NULL, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < h->why.n; i++) {
        const struct mw_why *w = MW_AT(h->why, struct mw_why, i);
        related += w->kind == MW_R_RELATED;
        if (for_people(cli) && w->kind == MW_R_RELATED && related > RELATED_OF_HIT) {
            left_out++;
            others.milli += w->milli;
            for (int f = 0; f < MW_FIELD_N; f++)
                others.fields[f] += w->fields[f];
            continue;
        }
        mw_out_row(o);
        put_points(cli, &COLUMNS[4], w);
        mw_out_end(o);
    }
    if (left_out > 0) {
        others.shown = mw_arena_printf(cli->arena, T(cli, "%zu more"), left_out);
        mw_out_row(o);
        put_points(cli, &COLUMNS[4], &others);
        mw_out_end(o);
    }
    mw_out_end(o);
    mw_out_paraf(o, MW_DIM, "%lld.%03lld points in all; the notice holds %d %% of what the query is about.",
                 (long long)(h->score_milli / 1000), (long long)(h->score_milli % 1000), h->cover_percent);
}

/* --- one hit --------------------------------------------------------------------------------------------------------------------- */

static void put_hit(struct mw_cli *cli, const struct mw_hit *h, size_t rank, const struct mw_search_opts *opts)
{
    static const enum mw_style STYLES[] = {
        [MW_S_UNKNOWN] = MW_DOUBT, [MW_S_OPEN] = MW_GOOD, [MW_S_FORTHCOMING] = MW_DOUBT, [MW_S_CLOSED] = MW_BAD
    };
    struct mw_out *o = cli->out;
    struct mw_str words = MW_STR_INIT;

    mw_out_object(o, NULL, NULL);
    mw_out_int(o, "rank", NULL, (int64_t)rank);
    mw_out_sv(o, "url", NULL, h->url);
    mw_out_sv(o, "title", NULL, h->title);
    mw_out_sv(o, "source", NULL, h->source);
    mw_out_num(o, "score", NULL, h->score_milli, 3);
    mw_out_z(o, "status", NULL, MW_STATUSES[h->status]);
    mw_out_day(o, "deadline", NULL, h->deadline);
    if (opts->order == MW_BY_AMOUNT && h->amount_cents >= 0) {
        mw_out_int(o, "amount", NULL, h->amount_cents);
        mw_out_z(o, "currency", NULL, "EUR");
    }
    if (opts->order == MW_BY_NEWEST)
        mw_out_day(o, "first_seen", NULL, h->seen);
    mw_out_sv(o, "snippet", NULL, marked(cli, h->snippet, "", ""));
    mw_out_sv(o, "highlighted", NULL, marked(cli, h->snippet, "<mark>", "</mark>"));

    mw_out_paraf(o, MW_HEADING, "%zu. %.*s", rank, MW_SV_ARG(h->title));
    mw_cli_status_words(&words, cli, h);
    if (opts->order == MW_BY_AMOUNT && h->amount_cents >= 0) {
        mw_str_addz(&words, T(cli, "; at most "));
        mw_eur_format(&words, (struct mw_eur){ h->amount_cents }, cli->lang);
        mw_str_addz(&words, " EUR");
    }
    if (opts->order == MW_BY_NEWEST && mw_day_is(h->seen)) {
        mw_str_addz(&words, T(cli, "; first seen "));
        mw_day_format(&words, h->seen, cli->lang);
    }
    mw_out_para(o, STYLES[h->status], mw_str_sv(&words));
    mw_out_para(o, MW_LINK, h->url);
    mw_cli_put_also(cli, &h->also);
    mw_out_para(o, MW_QUOTE, marked(cli, h->snippet, "[", "]"));
    put_reasons(cli, h);
    if (opts->why == MW_WHY_FIELDS && h->why.n > 0)
        put_explanation(cli, h);
    mw_out_end(o);
    mw_str_free(&words);
}

/* --- how it was understood --------------------------------------------------------------------------------------------------------- */

/* Whether another word was searched for in its place, which is said of it. */
static bool corrected(const struct mw_hits *hits, struct mw_sv word)
{
    for (size_t i = 0; i < hits->readings.n; i++) {
        const struct mw_reading *r = MW_AT(hits->readings, struct mw_reading, i);
        if (r->kind == MW_R_CORRECTION && r->notices > 0 && mw_sv_eq(r->of, word))
            return true;
    }
    return false;
}

/* "frist:bald": what the field would understand instead. */
static void put_no_value(struct mw_cli *cli, struct mw_sv filter)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    struct mw_sv name, value, one, more;

    (void)mw_sv_cut(filter, ':', &name, &value);
    if (mw_sv_starts(name, MW_SV("-")))
        name = mw_sv_sub(name, 1, name.n);
    const char *examples = mw_field_example(name, cli->lang);
    for (bool go_on = examples != NULL && (more = mw_sv(examples), true); go_on;) {
        go_on = mw_sv_cut(more, ' ', &one, &more);
        mw_str_addf(&s, "%s%.*s:%.*s", s.n > 0 ? ", " : "", MW_SV_ARG(name), MW_SV_ARG(one));
    }
    mw_out_paraf(cli->out, MW_DOUBT, "\"%.*s\" is no filter, for the field knows no such value; it was read as words. What it knows: %s",
                 MW_SV_ARG(filter), mw_str_z(&s));
}

void mw_cli_put_unread(struct mw_cli *cli, const struct mw_list *readings)
{
    for (size_t i = 0; i < readings->n; i++) {
        const struct mw_reading *r = MW_AT(*readings, struct mw_reading, i);
        if (r->kind == MW_R_UNREAD && r->of.n > 0)
            mw_out_paraf(cli->out, MW_DOUBT, "\"%.*s\" is no filter, for there is no field \"%.*s\"; it was read as words. The fields: search --help.",
                         MW_SV_ARG(r->text), MW_SV_ARG(r->of));
        else if (r->kind == MW_R_UNREAD)
            put_no_value(cli, r->text);
    }
}

/* whole_text: nobody typed its words, so their spelling is not worth a remark. */
static void put_hints(struct mw_cli *cli, const struct mw_hits *hits, bool whole_text)
{
    struct mw_out *o = cli->out;

    for (size_t i = 0; i < hits->readings.n; i++) {
        const struct mw_reading *r = MW_AT(hits->readings, struct mw_reading, i);
        if (r->kind == MW_R_CORRECTION && r->notices > 0 && whole_text)
            continue;
        if (r->kind == MW_R_CORRECTION && r->notices > 0)
            mw_out_paraf(o, MW_DOUBT, "No notice holds \"%.*s\". Did you mean \"%.*s\"? That was searched for, too.", MW_SV_ARG(r->of),
                         MW_SV_ARG(r->text));
        else if (r->kind == MW_R_FILTER && r->of.p != NULL)
            mw_out_paraf(o, MW_DIM, "\"%.*s\" was read as where the project is: programmes of other Länder are left out. --literal shows them, too.",
                         MW_SV_ARG(r->of));
        else if (r->kind == MW_R_OFFER)
            mw_out_paraf(o, MW_DIM, "To narrow down to \"%.*s\" add %.*s", MW_SV_ARG(r->of), MW_SV_ARG(r->text));
        else if (r->kind == MW_R_CORRECTION)
            mw_out_paraf(o, MW_DOUBT, "\"%.*s\" was read as \"%.*s\".", MW_SV_ARG(r->of), MW_SV_ARG(r->text));
        else if (r->kind == MW_R_WORD && r->notices == 0 && hits->total == 0 && r->text.n < 60 && !corrected(hits, r->text))
            mw_out_paraf(o, MW_DOUBT, "No notice holds \"%.*s\".", MW_SV_ARG(r->text));
        else if (r->kind == MW_R_WORD && r->notices == 0 && hits->total > 0 && !whole_text && r->text.n < 60 && !corrected(hits, r->text))
            mw_out_paraf(o, MW_DIM, "No notice says \"%.*s\"; some may speak of its parts or of something related.", MW_SV_ARG(r->text));
    }
    mw_cli_put_unread(cli, &hits->readings);
}

/* Of a long text: the words that were chosen. */
static void put_telling(struct mw_cli *cli, const struct mw_hits *hits)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;

    mw_out_list(cli->out, "telling", NULL);
    for (size_t i = 0; i < hits->readings.n; i++) {
        const struct mw_reading *r = MW_AT(hits->readings, struct mw_reading, i);
        if (r->kind != MW_R_WORD)
            continue;
        mw_out_sv(cli->out, NULL, NULL, r->text);
        mw_str_addf(&s, "%s%.*s", s.n > 0 ? ", " : "", MW_SV_ARG(r->text));
    }
    mw_out_end(cli->out);
    mw_out_paraf(cli->out, MW_DIM, "Searched for: %s", mw_str_z(&s));
}

/* A related word that tells something to people: no piece of one, and not the odd word of a single notice. */
static bool is_telling(const struct mw_reading *r)
{
    return r->notices > 1 && mw_sv_find(r->text, MW_SV("…"), 0) == SIZE_MAX;
}

static void put_readings(struct mw_cli *cli, const struct mw_hits *hits)
{
    static const struct mw_column COLUMNS[] = {
        { ".kind", "Read as", false }, { "text", "Text", false }, { "of", "for", false },
        { "weight", "Weight %", true }, { ".notices", "Notices", true }
    };
    struct mw_out *o = cli->out;
    size_t related = 0, left_out = 0;

    mw_out_table(o, "readings", "How the query was understood", COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t i = 0; i < hits->readings.n; i++) {
        const struct mw_reading *r = MW_AT(hits->readings, struct mw_reading, i);
        if (for_people(cli) && r->kind == MW_R_RELATED && (!is_telling(r) || related++ >= RELATED_OF_QUERY)) {
            left_out++;
            continue;
        }
        mw_out_row(o);
        put_kind(cli, KINDS[r->kind]);
        mw_out_sv(o, "text", NULL, r->text);
        mw_out_sv(o, "of", NULL, r->of);
        mw_out_int(o, "weight", NULL, r->weight_percent);
        mw_out_int(o, "notices", NULL, r->notices);
        if (r->kind == MW_R_WORD || r->kind == MW_R_SYNONYM || r->kind == MW_R_RELATED || (r->kind == MW_R_CORRECTION && r->notices > 0))
            mw_out_int(o, ".notices", NULL, r->notices); /* those of a condition were not counted: 0 would look like none */
        mw_out_end(o);
    }
    if (left_out > 0) {
        mw_out_row(o);
        put_kind(cli, KINDS[MW_R_RELATED]);
        mw_out_sv(o, "text", NULL, mw_arena_printf(cli->arena, T(cli, "%zu more"), left_out));
        mw_out_end(o);
    }
    mw_out_end(o);
}

/* --- facets ----------------------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *field, *label;
} FACETS[] = {
    { "status", "Status" }, { "level", "Level" },   { "land", "Land" },     { "applicant", "Applicants" },
    { "kind", "Kind" },     { "theme", "Theme" },   { "source", "Source" }, { "language", "Language" },
};
enum { COUNTS_SHOWN = 8 };

static const char *facet_label(const char *field)
{
    for (size_t i = 0; i < sizeof FACETS / sizeof *FACETS; i++)
        if (strcmp(FACETS[i].field, field) == 0)
            return FACETS[i].label;
    return NULL;
}

static void put_facets(struct mw_cli *cli, const struct mw_hits *hits)
{
    struct mw_out *o = cli->out;

    mw_out_object(o, "facets", "To narrow down (field:value)");
    for (size_t i = 0; i < hits->facets.n; i++) {
        const struct mw_facet *f = MW_AT(hits->facets, struct mw_facet, i);
        MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
        mw_out_list(o, f->field, NULL);
        for (size_t k = 0; k < f->counts.n; k++) {
            const struct mw_facet_count *c = MW_AT(f->counts, struct mw_facet_count, k);
            mw_out_object(o, NULL, NULL);
            mw_out_sv(o, "value", NULL, c->code);
            mw_out_int(o, "notices", NULL, c->notices);
            mw_out_end(o);
            if (k < COUNTS_SHOWN)
                mw_str_addf(&s, "%s%.*s %lld", k > 0 ? ", " : "", MW_SV_ARG(c->code), (long long)c->notices);
        }
        mw_out_end(o);
        if (f->counts.n > COUNTS_SHOWN)
            mw_str_addf(&s, T(cli, ", %zu more"), f->counts.n - COUNTS_SHOWN);
        if (s.n > 0)
            mw_out_sv(o, mw_arena_printf(cli->arena, ".%s", f->field).p, facet_label(f->field), mw_str_sv(&s));
    }
    mw_out_end(o);
}

/* --- nothing found ------------------------------------------------------------------------------------------------------------------ */

static void put_loosened(struct mw_cli *cli, const struct mw_hits *hits)
{
    struct mw_out *o = cli->out;

    mw_out_list(o, "loosened", hits->loosened.n > 0 ? "What would bring something" : NULL);
    for (size_t i = 0; i < hits->loosened.n; i++) {
        const struct mw_loosened *l = MW_AT(hits->loosened, struct mw_loosened, i);
        mw_out_object(o, NULL, NULL);
        mw_out_z(o, "kind", NULL, KINDS[l->kind]);
        mw_out_sv(o, "condition", NULL, l->text);
        mw_out_sv(o, "instead", NULL, l->instead);
        mw_out_int(o, "total", NULL, l->total);
        if (l->instead.p != NULL)
            mw_out_paraf(o, MW_ITEM, "* Also of the Bund and the EU (%.*s): %lld", MW_SV_ARG(l->instead), (long long)l->total);
        else if (l->text.p == NULL)
            mw_out_paraf(o, MW_ITEM, "* With some of the words only: %lld", (long long)l->total);
        else
            mw_out_paraf(o, MW_ITEM, l->kind == MW_R_PHRASE ? "* Without \"%.*s\": %lld" : "* Without %.*s: %lld", MW_SV_ARG(l->text),
                         (long long)l->total);
        mw_out_end(o);
    }
    mw_out_end(o);
}

/* --- CSV ------------------------------------------------------------------------------------------------------------------------------ */

static int put_csv(struct mw_cli *cli, const struct mw_hits *hits, const struct mw_search_opts *opts)
{
    static const char *const HEADS[] = { "rank", "url", "title", "source", "score", "status", "deadline", "snippet" };
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    struct mw_csv csv = mw_csv_begin(&s, cli->lang);
    char number[40];
    int fd = STDOUT_FILENO;

    for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++)
        mw_csv_plain(&csv, HEADS[i]);
    mw_csv_end_row(&csv);
    for (size_t i = 0; i < hits->hits.n; i++) {
        const struct mw_hit *h = MW_AT(hits->hits, struct mw_hit, i);
        MW_AUTO(mw_str_free) struct mw_str day = MW_STR_INIT;
        if (mw_day_is(h->deadline))
            mw_day_iso(&day, h->deadline);
        snprintf(number, sizeof number, "%zu", opts->offset + i + 1);
        mw_csv_plain(&csv, number);
        mw_csv_text(&csv, h->url);
        mw_csv_text(&csv, h->title);
        mw_csv_text(&csv, h->source);
        snprintf(number, sizeof number, "%lld%c%03lld", (long long)(h->score_milli / 1000), cli->lang == MW_DE ? ',' : '.', (long long)(h->score_milli % 1000));
        mw_csv_plain(&csv, number);
        mw_csv_plain(&csv, MW_STATUSES[h->status]);
        mw_csv_plain(&csv, mw_str_z(&day));
        mw_csv_text(&csv, marked(cli, h->snippet, "", ""));
        mw_csv_end_row(&csv);
    }
    if (!mw_str_ok(&s))
        mw_nomem(&cli->err);
    else if (!mw_write_fd(&fd, mw_str_z(&s), s.n))
        mw_fail(&cli->err, MW_OUTPUT, "Standard output cannot be written.");
    else
        return hits->total > 0 ? MW_EXIT_OK : MW_EXIT_NOTHING;
    return mw_cli_fail(cli);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static void put_head(struct mw_cli *cli, struct mw_sv query, const struct mw_search_opts *opts, const struct mw_hits *hits)
{
    struct mw_out *o = cli->out;
    long long first = (long long)opts->offset + 1, last = (long long)opts->offset + (long long)hits->hits.n;

    mw_out_sv(o, "query", NULL, query);
    mw_out_sv(o, "like", NULL, opts->like.n > 0 ? opts->like : MW_SV_NONE);
    mw_out_int(o, "total", NULL, hits->total);
    mw_out_int(o, "offset", NULL, (int64_t)opts->offset);
    mw_out_z(o, "sort", NULL, MW_ORDER_NAMES[opts->order]);
    if (hits->total == 0 && hits->readings.n == 0 && query.n > 0)
        mw_out_paraf(o, MW_BODY, "\"%.*s\" holds no word to search for. Say what the project is about (\"Radweg Schule\"), or a filter (land:NW status:open).",
                     MW_SV_ARG(query));
    else if (hits->total == 0)
        mw_out_paraf(o, MW_BODY, "Nothing found for \"%.*s\".", MW_SV_ARG(query));
    else if (hits->hits.n == 0)
        mw_out_paraf(o, MW_BODY, hits->total == 1 ? "There is one notice; this page lies behind it." : "There are %lld notices; this page lies behind the last.",
                     (long long)hits->total);
    else if (hits->total == 1)
        mw_out_para(o, MW_DIM, mw_sv(T(cli, "One notice")));
    else
        mw_out_paraf(o, MW_DIM, "%lld notices, of which %lld to %lld", (long long)hits->total, first, last);
}

int mw_cli_show_search(struct mw_cli *cli, struct mw_sv query, const struct mw_search_opts *opts)
{
    struct mw_out *o = cli->out;
    struct mw_hits hits;

    if (mw_search(&hits, cli->arena, cli->store, query, opts, &cli->err) != MW_OK)
        return mw_cli_fail(cli);
    if (mw_sv_eqz(cli->format, "csv"))
        return put_csv(cli, &hits, opts);
    mw_out_object(o, NULL, NULL);
    put_head(cli, query, opts, &hits);
    bool whole_text = opts->text.n > 0 || opts->like.n > 0;
    if (!whole_text && !opts->literal && mw_cli_offer_land(cli, &hits, query) != MW_OK)
        return mw_cli_fail(cli);
    put_hints(cli, &hits, whole_text);
    if (whole_text)
        put_telling(cli, &hits);
    if (opts->why == MW_WHY_FIELDS)
        put_readings(cli, &hits);
    if (hits.total == 0) {
        put_loosened(cli, &hits);
        if (mw_cli_put_coverage(cli) != MW_OK)
            return mw_cli_fail(cli);
    }
    mw_out_list(o, "hits", NULL);
    for (size_t i = 0; i < hits.hits.n; i++)
        put_hit(cli, MW_AT(hits.hits, struct mw_hit, i), opts->offset + i + 1, opts);
    mw_out_end(o);
    if (opts->facets)
        put_facets(cli, &hits);
    mw_out_end(o);
    return hits.total > 0 ? MW_EXIT_OK : MW_EXIT_NOTHING;
}
