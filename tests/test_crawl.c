/* mittelweg crawl, as people run it, against a portal of our own that changes, shrinks, breaks and never ends. */
#include "tests/pdf.h"
#include "tests/portal.h"

struct portal { /* what the portal publishes now */
    int pages;       /* notices 1 to pages */
    int missing;     /* but not this one */
    int reworded;    /* this one says something else */
    int reformatted; /* this one says the same in another form */
    bool broken;     /* the list is a page that asks whether we are human */
    bool endless;    /* every list page has another one */
    int guideline;   /* this one links to one: a PDF of two pages */
    enum { DOC_GOOD, DOC_NEW, DOC_SCAN, DOC_CAPTCHA } doc;
};
static struct portal portal;

static void make_list(struct server *s, const char *path, struct mw_str *out)
{
    (void)s;
    if (portal.broken) {
        mw_str_addz(out, "<html><h1>Are you human?</h1></html>");
        return;
    }
    mw_str_addz(out, "<html><ul>");
    for (int i = 1; i <= portal.pages; i++)
        if (i != portal.missing)
            mw_str_addf(out, "<li><a href='/notice/%d'>%d</a></li>", i, i);
    mw_str_addz(out, "</ul>");
    if (portal.endless)
        mw_str_addf(out, "<a class='next' href='/list?page=%d'>more</a>", atoi(strchr(path, '=') + 1) + 1);
}

static void make_notice(struct server *s, const char *path, struct mw_str *out)
{
    int n = atoi(path + 8);
    (void)s;
    mw_str_addf(out, "<html lang='de'><main><h1>F\xc3\xb6rderung %d</h1><h2>Was?</h2><p>Gef\xc3\xb6rdert werden %sVorhaben%s der Art %d. "
                "Der F\xc3\xb6rdersatz betr\xc3\xa4gt %d Prozent.</p>%s</main></html>", n, n == portal.reformatted ? "<b>" : "", n == portal.reformatted ? "</b>" : "", n,
                n == portal.reworded ? 80 : 50, n == portal.guideline ? "<a class='pdf' href='/doc/richtlinie-7.pdf'>Richtlinie</a>" : "");
}

static void make_guideline(struct server *s, const char *path, struct mw_str *out)
{
    static const struct pdf_line GOOD[] = { { 1, 70, 700, "Gegenstand sind Konzepte f\xc3\xbcr die Orts-" }, { 1, 70, 688, "mitte, deren Umsetzung" },
                                            { 2, 70, 700, "binnen zwei Jahren beginnt." }, { 2, 70, 640, "Antr\xc3\xa4ge bis 31.03.2027." }, { 0 } },
                                 NEW[] = { { 1, 70, 700, "Gegenstand sind nur noch Bauten." }, { 0 } }, SCAN[] = { { 1, 0, 0, NULL }, { 0 } };
    (void)s, (void)path;
    if (portal.doc == DOC_CAPTCHA)
        mw_str_addz(out, "<html><h1>Are you human?</h1></html>");
    else
        pdf_make(out, portal.doc == DOC_GOOD ? GOOD : portal.doc == DOC_NEW ? NEW : SCAN);
}

static const struct page PAGES[] = {
    { .path = "/list*", .make = make_list, .headers = { "Content-Type", "text/html; charset=utf-8" } },
    { .path = "/doc/*", .make = make_guideline, .headers = { "Content-Type", "application/pdf" } },
    { .path = "/notice/*", .make = make_notice, .headers = { "Content-Type", "text/html; charset=utf-8" } },
};
static int open_portal(void **state)
{
    portal = (struct portal){ .pages = 10 };
    if (make_scratch(state) != 0)
        return -1;
    server_start(&server, PAGES, COUNT(PAGES));
    write_source(*state, "politeness: {delay_ms: 0}\n");
    return 0;
}

static int close_portal(void **state)
{
    server_stop(&server);
    return drop_scratch(state);
}

static void a_source_is_taken_in_and_the_second_run_finds_nothing_new(void **state)
{
    struct scratch *s = *state;
    const struct run *r = crawl(s, NULL, NULL);
    assert_status(r, 0);
    assert_report(r, 11, 10, 0, 0, 0, 0, 1);
    assert_int_equal(notices(s), 10);
    portal.reworded = 3;
    r = crawl(s, NULL, NULL);
    assert_status(r, 0);
    assert_report(r, 11, 0, 1, 9, 0, 0, 1);
    r = crawl(s, NULL, NULL);
    assert_report(r, 11, 0, 0, 10, 0, 0, 1);
}

static void a_notice_is_gone_after_two_complete_runs_and_stays_stored(void **state)
{
    struct scratch *s = *state;
    crawl(s, NULL, NULL);
    portal.missing = 4;
    assert_report(crawl(s, NULL, NULL), 10, 0, 0, 9, 0, 0, 1);
    portal.broken = true; /* a run that sees nothing proves nothing */
    assert_status(crawl(s, NULL, NULL), 4);
    portal.broken = false;
    assert_report(crawl(s, NULL, NULL), 10, 0, 0, 9, 1, 0, 1);
    assert_report(crawl(s, NULL, NULL), 10, 0, 0, 9, 0, 0, 1);
    assert_int_equal(notices(s), 10);
    portal.missing = 0;
    assert_report(crawl(s, NULL, NULL), 11, 0, 0, 10, 0, 0, 1);
}

static long file_size(const char *path)
{
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    return (long)about.st_size;
}

static void write_file_source(struct scratch *s)
{
    struct mw_str source = MW_STR_INIT;
    mw_str_addf(&source, "source: amt\ntitle: Amt\nlevel: land\nland: NW\nkind: json\naddresses: \"file:%s\"\n", in(s, "records.ndjson"));
    mw_str_addz(&source, "verified: {on: 2026-11-22, against: the test}\nenabled: yes\n"
                "read: {url: /url, title: /name, sections: [{heading: Was, from: /text}]}\n");
    spill(in(s, "config/sources/amt.yaml"), mw_str_z(&source), source.n);
    mw_str_free(&source);
}

/* A file of ten notices, without one of them (0: with all), is crawled. */
static const struct run *crawl_file_without(struct scratch *s, int missing)
{
    struct mw_str records = MW_STR_INIT;
    for (int i = 1; i <= 10; i++)
        if (i != missing)
            mw_str_addf(&records, "{\"url\": \"https://amt.example/%d\", \"name\": \"Programm %d\", \"text\": \"Mittel der Art %d.\"}\n", i, i, i);
    spill(in(s, "records.ndjson"), mw_str_z(&records), records.n);
    mw_str_free(&records);
    return crawl(s, NULL, NULL);
}

/* The list that lost it comes again, byte for byte: what an older edition held is not in it. */
static void a_notice_is_gone_from_a_file_that_does_not_change_any_more(void **state)
{
    struct scratch *s = *state;
    write_file_source(s);
    assert_report(crawl_file_without(s, 0), 1, 10, 0, 0, 0, 0, 1);
    assert_report(crawl_file_without(s, 0), 1, 0, 0, 10, 0, 0, 1);
    assert_report(crawl_file_without(s, 4), 1, 0, 0, 9, 0, 0, 1);
    assert_report(crawl_file_without(s, 4), 1, 0, 0, 9, 1, 0, 1);
    assert_report(crawl_file_without(s, 4), 1, 0, 0, 9, 0, 0, 1);
    assert_report(crawl_file_without(s, 0), 1, 0, 0, 10, 0, 0, 1);
    assert_report(crawl_file_without(s, 0), 1, 0, 0, 10, 0, 0, 1);
    assert_int_equal(number(&s->last, "bytes"), file_size(in(s, "records.ndjson")));
    assert_int_equal(notices(s), 10);
}

static void a_file_without_anything_in_it_is_a_failure(void **state)
{
    struct scratch *s = *state;
    write_file_source(s);
    crawl_file_without(s, 0);
    spill(in(s, "records.ndjson"), "", 0);
    for (int i = 0; i < 2; i++) { /* nor does loss that is accepted make it a list */
        const struct run *r = crawl(s, i == 0 ? NULL : "--accept-loss", NULL);
        assert_status(r, 4);
        assert_report(r, 1, 0, 0, 0, 0, 1, 0);
        assert_says(r->out, "is empty");
    }
    assert_report(crawl_file_without(s, 0), 1, 0, 0, 10, 0, 0, 1);
}

static void a_source_that_shrinks_is_not_believed(void **state)
{
    struct scratch *s = *state;
    crawl(s, NULL, NULL);
    portal.pages = 7;
    for (int i = 0; i < 3; i++) {
        const struct run *r = crawl(s, NULL, NULL);
        assert_status(r, 4);
        assert_report(r, 8, 0, 0, 7, 0, 0, 0);
        assert_says(r->out, "had 10 notices and now has 7");
    }
    assert_int_equal(notices(s), 10);
    assert_status(crawl(s, "--accept-loss", NULL), 0);
    assert_report(crawl(s, "--accept-loss", NULL), 8, 0, 0, 7, 3, 0, 1);
}

static void a_page_instead_of_the_list_is_a_failure_and_nothing_is_lost(void **state)
{
    struct scratch *s = *state;
    crawl(s, NULL, NULL);
    portal.broken = true;
    const struct run *r = crawl(s, NULL, NULL);
    assert_status(r, 4);
    assert_report(r, 1, 0, 0, 0, 0, 1, 0);
    assert_int_equal(notices(s), 10);
}

static void pages_without_end_end_at_the_limit_of_the_source(void **state)
{
    struct scratch *s = *state;
    write_source(s, "politeness: {delay_ms: 0}\nlimits: {pages: 5}\n");
    portal.endless = true;
    const struct run *r = crawl(s, NULL, NULL);
    assert_status(r, 4);
    assert_report(r, 15, 10, 0, 0, 0, 0, 0);
    assert_says(r->out, "limits.pages");
}

static void a_limit_pauses_and_the_next_run_goes_on(void **state)
{
    struct scratch *s = *state;
    const struct run *r = crawl(s, "--limit", "4");
    assert_status(r, 0);
    assert_int_equal(number(r, "new"), 4);
    assert_int_equal(number(r, "paused"), 1);
    assert_int_equal(server.n_asked, 2 + 4); /* robots.txt, list */
    r = crawl(s, NULL, NULL);
    assert_status(r, 0);
    assert_int_equal(number(r, "new"), 6);
    assert_int_equal(number(r, "unchanged"), 4);
    for (int i = 1; i <= 10; i++) {
        char path[30];
        snprintf(path, sizeof path, "/notice/%d", i);
        assert_int_equal(server_asked(&server, path), 1);
    }
}

static void time_that_is_over_pauses_too(void **state)
{
    struct scratch *s = *state;
    write_source(s, "politeness: {delay_ms: 400}\n");
    const struct run *r = crawl(s, "--max-time", "1");
    assert_status(r, 0);
    assert_int_equal(number(r, "paused"), 1);
    assert_true(number(r, "new") <= 3);
    assert_true(server.n_asked <= 4);
}

static void a_dry_run_stores_nothing(void **state)
{
    struct scratch *s = *state;
    const struct run *r = crawl(s, "--dry-run", NULL);
    assert_status(r, 0);
    assert_int_equal(number(r, "new"), 10);
    assert_int_not_equal(access(in(s, "a.db"), F_OK), 0);
}

static void tenders_are_read_but_never_stored_among_programmes(void **state)
{
    struct scratch *s = *state;
    write_source(s, "about: tenders\npoliteness: {delay_ms: 0}\n");
    assert_status(crawl(s, "--dry-run", NULL), 3); /* of those that are enabled none is of programmes */
    assert_int_equal(number(crawl(s, "--dry-run", "--only=amt"), "new"), 10);
    const struct run *r = crawl(s, "--only", "amt");
    assert_status(r, 2);
    assert_says(r->err, "tenders");
}

static void what_a_trial_reads_is_saved_in_a_new_folder(void **state)
{
    struct scratch *s = *state;
    char page[PATH_MAX], folder[PATH_MAX];
    static const char HTML[] = "<main><h1>Grünes Dach</h1><p>Zuschuss.</p></main>";
    spill(in(s, "page.html"), HTML, sizeof HTML - 1);
    snprintf(page, sizeof page, "%s", in(s, "page.html"));
    snprintf(folder, sizeof folder, "%s", in(s, "probe"));
    const struct run *r = run_program(s, "sources", "try", "--page", "--url", "https://amt.example/1", "--save", folder, "--config", "config",
                                      in(s, "config/sources/amt.yaml"), page);
    assert_status(r, 0);
    assert_int_equal(access(in(s, "probe/notices.ndjson"), R_OK), 0);
}

static void the_own_network_is_not_asked_without_leave(void **state)
{
    struct scratch *s = *state;
    const struct run *r = run_program(s, "crawl", "--lang", "en", "--db", in(s, "a.db"), "--config", in(s, "config"), "--contact", "a@example.org");
    assert_status(r, 4);
    assert_says(r->err, "not public");
    assert_int_equal(server.n_asked, 0);
    r = run_program(s, "crawl", "--lang", "de", "--db", in(s, "a.db"), "--config", in(s, "config"));
    assert_status(r, 2);
    assert_says(r->err, "--contact");
}

/* Nobody is asked where everything lies in files, as long as those lead nowhere else. */
static void files_of_ones_own_are_read_without_saying_who_asks(void **state)
{
    static const struct { const char *more; int status; } CASES[] = {
        { "read: {url: /u, title: /t}\nlist: {records: /r}\n", 0 },
        { "read: {url: /u, title: /t}\nlist: {records: /r, next: /n}\n", 2 },
        { "read: {url: /u, title: /t, documents: [/d]}\nlist: {records: /r}\n", 2 },
    };
    struct scratch *s = *state;
    static const char JSON[] = "{\"r\":[{\"u\":\"https://amt.example/1\",\"t\":\"Radwege\"}]}";
    spill(in(s, "eigen.json"), JSON, sizeof JSON - 1);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        char file[1000], source[2000];
        snprintf(file, sizeof file, "%s", in(s, "eigen.json"));
        snprintf(source, sizeof source, "source: eigen\ntitle: Eigene\nlevel: land\nland: NW\nkind: json\naddresses: \"file:%s\"\nhome: https://amt.example/\n"
                 "verified: {on: 2026-11-22, against: eine eigene Datei}\nenabled: no\n%s", file, CASES[i].more);
        spill(in(s, "config/sources/eigen.yaml"), source, strlen(source));
        const struct run *r = run_program(s, "crawl", "--lang", "en", "--db", in(s, "eigen.db"), "--config", in(s, "config"), "--only", "eigen");
        if (r->status != CASES[i].status)
            fail_msg("%s: %d, %s", CASES[i].more, r->status, r->err);
    }
    unlink(in(s, "config/sources/eigen.yaml"));
}

/* What others cut out of an answer has lost its frame. Of the real ones one is a single row, one a list. */
static void an_excerpt_of_an_answer_can_be_tried_alone(void **state)
{
    static const struct { const char *source, *file, *says; } CASES[] = {
        { "eu-search", "data/eu/sedia/search_result_stale_mirror.json", "horizon-miss-2023-clima-01-01" },
        { "ted-search", "data/eu/ted_search_v3/notices_excerpt_8of18.json", "626146-2026" },
    };
    struct scratch *s = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        SKIP_WITHOUT_SHARED(CASES[i].file);
        char source[200];
        snprintf(source, sizeof source, "config/sources/%s.yaml", CASES[i].source);
        const struct run *r = run_program(s, "sources", "try", "--format", "json", source, shared_path(CASES[i].file));
        assert_status(r, 0);
        assert_says(r->out, CASES[i].says);
    }
    spill(in(s, "fremd.json"), "{\"hits\":[{\"a\":1}]}", 18);
    const struct run *r = run_program(s, "sources", "try", "--lang", "en", "config/sources/ted-search.yaml", in(s, "fremd.json"));
    assert_says(r->err, "has no list at \"/notices\", where the source's file looks for its records");
}

static void the_ledger_says_what_is_covered_and_what_is_not(void **state)
{
    struct scratch *s = *state;
    const struct run *r = run_program(s, "sources", "--format", "json", "--db", in(s, "a.db"), "--config", in(s, "config"));
    assert_status(r, 0);
    assert_silent_on(r->out, "\"ledger\"");
    crawl(s, NULL, NULL);
    portal.missing = 4;
    crawl(s, NULL, NULL);
    r = run_program(s, "sources", "--format", "json", "--db", in(s, "a.db"), "--config", in(s, "config"));
    assert_says(r->out, "\"state\": \"complete\"");
    assert_int_equal(number(r, "stored"), 10);
    assert_int_equal(number(r, "found"), 9);
    assert_int_equal(number(r, "drift"), -1);
    portal.broken = true;
    crawl(s, NULL, NULL);
    r = run_program(s, "sources", "--format", "json", "--db", in(s, "a.db"), "--config", in(s, "config"));
    assert_says(r->out, "\"state\": \"stopped\"");
    assert_says(r->out, "\"last_complete\"");
    assert_int_equal(number(r, "failing"), 1);
    r = run_program(s, "sources", "--lang", "en", "--db", in(s, "a.db"), "--config", in(s, "config"));
    assert_says(r->out, "What was crawled");
    assert_says(r->out, "stopped");
}

static const struct run *show(struct scratch *s, int n)
{
    char url[100];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/notice/%d", server.port, n);
    return run_program(s, "show", "--lang", "en", "--text", "--db", in(s, "a.db"), url);
}

static void a_guideline_becomes_sections_with_the_numbers_of_its_pages(void **state)
{
    struct scratch *s = *state;
    portal.guideline = 7;
    assert_report(crawl(s, NULL, NULL), 12, 10, 0, 0, 0, 0, 1);
    const struct run *r = show(s, 7);
    assert_says(r->out, "richtlinie-7, Seite 1");
    assert_says(r->out, "Konzepte f\xc3\xbcr die Ortsmitte, deren Umsetzung binnen zwei Jahren\nbeginnt.\n\nrichtlinie-7, Seite 2\nAntr");
    assert_says(r->out, "31 March 2027"); /* a fact from the guideline */
    assert_report(crawl(s, NULL, NULL), 12, 0, 0, 10, 0, 0, 1);
    portal.doc = DOC_CAPTCHA; /* nothing is lost while the document cannot be had */
    assert_report(crawl(s, NULL, NULL), 12, 0, 0, 10, 0, 1, 1);
    assert_says(show(s, 7)->out, "richtlinie-7, Seite 2");
    portal.doc = DOC_NEW; /* the page is the same, the guideline is not */
    assert_report(crawl(s, NULL, NULL), 12, 0, 1, 9, 0, 0, 1);
    assert_says(show(s, 7)->out, "nur noch Bauten");
    assert_silent_on(show(s, 7)->out, "Seite 2");
    portal.doc = DOC_SCAN;
    assert_report(crawl(s, NULL, NULL), 12, 0, 1, 9, 0, 0, 1);
    assert_says(show(s, 7)->out, "needs OCR");
    portal.guideline = 0; /* the page no longer links to it */
    assert_report(crawl(s, NULL, NULL), 11, 0, 1, 9, 0, 0, 1);
    assert_silent_on(show(s, 7)->out, "needs OCR");
}

static void what_is_kept_is_read_again_without_asking_anybody(void **state)
{
    struct scratch *s = *state;
    portal.guideline = 7;
    crawl(s, NULL, NULL);
    size_t asked = server.n_asked;
    const struct run *r = crawl(s, "--offline", NULL);
    assert_status(r, 0);
    assert_report(r, 12, 0, 0, 10, 0, 0, 1);
    write_source(s, "politeness: {delay_ms: 0}\ncodes: none\n"); /* a fault: nothing happens */
    assert_status(crawl(s, "--offline", NULL), 3);
    write_source(s, "licence: other\nlimits: {pages: 7}\n");
    spill(in(s, "config/labels.yaml"), "labels: {funder: [Was?]}\n", 25);
    portal.reworded = 2; /* not seen: nobody is asked */
    r = crawl(s, "--offline", NULL);
    assert_status(r, 0);
    assert_int_equal(server.n_asked, asked);
    r = run_program(s, "sources", "--format", "json", "--db", in(s, "a.db"), "--config", in(s, "config"));
    assert_int_equal(number(r, "found"), 10); /* the ledger tells of the run that asked */
    portal.pages = 12;
    crawl(s, NULL, NULL);
    assert_int_equal(notices(s), 12);
}

/* The shape of JSON: every key once, in order, values left out. */
static void keys_of(struct mw_str *out, const char *json)
{
    for (const char *at = json; (at = strchr(at, '"')) != NULL;) {
        const char *end = strchr(at + 1, '"');
        if (end == NULL)
            break;
        if (end[1] == ':')
            mw_str_addf(out, "%.*s ", (int)(end - at - 1), at + 1);
        at = end + 1;
    }
}

static void the_reports_have_the_keys_that_formats_md_promises(void **state)
{
    struct scratch *s = *state;
    struct mw_str keys = MW_STR_INIT;
    keys_of(&keys, crawl(s, NULL, NULL)->out);
    assert_string_equal(mw_str_z(&keys), "sources id asked unchanged new changed gone failed bytes seconds complete paused ");
    portal.broken = true;
    mw_str_clear(&keys);
    keys_of(&keys, crawl(s, NULL, NULL)->out);
    assert_string_equal(mw_str_z(&keys), "sources id asked unchanged new changed gone failed bytes seconds complete paused reason ");
    mw_str_clear(&keys);
    keys_of(&keys, run_program(s, "sources", "--format", "json", "--db", in(s, "a.db"), "--config", in(s, "config"))->out);
    assert_string_equal(mw_str_z(&keys), "sources id level kind enabled verified title land about against ledger crawled stored state "
                                         "last_run last_complete found drift failing reason ");
    mw_str_free(&keys);
}

static void every_event_is_a_line_of_json_where_that_is_asked_for(void **state)
{
    struct scratch *s = *state;
    const struct run *r = crawl(s, "--log", "json");
    assert_status(r, 0);
    int lines = 0;
    for (const char *at = r->err, *end; (end = strchr(at, '\n')) != NULL; at = end + 1, lines++)
        if (strncmp(at, "{\"event\":", 9) != 0 || end[-1] != '}')
            fail_msg("no line of JSON: %s", at);
    assert_int_equal(lines, 1 + 11 + 1); /* answers, between the beginning and the end of the source */
    assert_true(strncmp(r->err, "{\"event\": \"begin\"", 17) == 0 || strncmp(r->err, "{\"event\":\"begin\"", 16) == 0);
    assert_says(strrchr(r->err, '{'), "\"complete\"");
    assert_says(r->err, "/notice/10\""); /* each answer with its address */
    portal.broken = true;
    assert_says(crawl(s, "--log", "json")->err, "\"fault\"");
    assert_status(crawl(s, "--log", "xml"), 2);
}

static void a_notice_is_shown_as_it_stood_on_a_day(void **state)
{
    struct scratch *s = *state;
    char url[100];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/notice/3", server.port);
    crawl(s, "--today", "2026-11-20");
    portal.reworded = 3;
    crawl(s, "--today", "2026-11-22");
    assert_says(run_program(s, "show", "--lang", "en", "--db", in(s, "a.db"), url)->out, "80 %");
    assert_says(run_program(s, "show", "--lang", "en", "--db", in(s, "a.db"), "--as-of", "2026-11-22", url)->out, "80 %");
    const struct run *r = run_program(s, "show", "--lang", "en", "--db", in(s, "a.db"), "--as-of", "2026-11-21", url);
    assert_status(r, 0);
    assert_says(r->out, "50 %");
    assert_silent_on(r->out, "80 %");
    assert_status(run_program(s, "show", "--db", in(s, "a.db"), "--as-of", "2026-11-19", url), 3);
    assert_status(run_program(s, "show", "--db", in(s, "a.db"), "--as-of", "gestern", url), 2);
}

static void who_asks_says_who_it_is(void **state)
{
    struct scratch *s = *state;
    crawl(s, "--contact", "mailto:amt@example.org");
    assert_string_equal(server.asked[0].path, "/robots.txt");
    assert_non_null(strstr(server.asked[5].agent, "(+mailto:amt@example.org)"));
}

static void what_changed_is_typed_and_the_form_told_apart(void **state)
{
    struct scratch *s = *state;
    char url[100], url5[100], url7[100];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/notice/3", server.port);
    snprintf(url5, sizeof url5, "http://127.0.0.1:%d/notice/5", server.port);
    snprintf(url7, sizeof url7, "http://127.0.0.1:%d/notice/7", server.port);
    crawl(s, NULL, NULL);
    portal.reworded = 3;
    portal.reformatted = 5;
    assert_report(crawl(s, NULL, NULL), 11, 0, 2, 8, 0, 0, 1);
    const struct run *r = run_program(s, "history", "--lang", "en", "--db", in(s, "a.db"), url);
    assert_status(r, 0);
    assert_says(r->out, "Version 2");
    assert_says(r->out, "Funding rate: 50 % → 80 %");
    assert_says(r->out, "Text: 50 → 80");
    r = run_program(s, "history", "--format", "json", "--db", in(s, "a.db"), url5);
    assert_says(r->out, "\"cosmetic\": true");
    assert_silent_on(r->out, "\"field\"");
    r = run_program(s, "changes", "--format", "json", "--since", "2020-01-01", "--db", in(s, "a.db"));
    assert_status(r, 0); /* since then everything is new */
    assert_int_equal(number(r, "new"), 10);
    portal.missing = 7;
    crawl(s, NULL, NULL);
    crawl(s, NULL, NULL);
    r = run_program(s, "changes", "--format", "json", "--since", "2020-01-01", "--db", in(s, "a.db"));
    assert_int_equal(number(r, "gone"), 1);
    r = run_program(s, "history", "--lang", "de", "--db", in(s, "a.db"), url7);
    assert_says(r->out, "Nicht mehr ver\xc3\xb6" "ffentlicht seit");
    assert_status(run_program(s, "changes", "--since", "2999-01-01", "--db", in(s, "a.db")), 3);
    assert_status(run_program(s, "changes", "--db", in(s, "a.db")), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_source_is_taken_in_and_the_second_run_finds_nothing_new, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(a_notice_is_gone_after_two_complete_runs_and_stays_stored, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(a_notice_is_gone_from_a_file_that_does_not_change_any_more, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(a_file_without_anything_in_it_is_a_failure, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(a_source_that_shrinks_is_not_believed, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(a_page_instead_of_the_list_is_a_failure_and_nothing_is_lost, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(pages_without_end_end_at_the_limit_of_the_source, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(a_limit_pauses_and_the_next_run_goes_on, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(time_that_is_over_pauses_too, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(a_dry_run_stores_nothing, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(tenders_are_read_but_never_stored_among_programmes, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(what_a_trial_reads_is_saved_in_a_new_folder, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(the_own_network_is_not_asked_without_leave, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(files_of_ones_own_are_read_without_saying_who_asks, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(an_excerpt_of_an_answer_can_be_tried_alone, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(the_ledger_says_what_is_covered_and_what_is_not, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(a_guideline_becomes_sections_with_the_numbers_of_its_pages, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(what_is_kept_is_read_again_without_asking_anybody, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(the_reports_have_the_keys_that_formats_md_promises, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(every_event_is_a_line_of_json_where_that_is_asked_for, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(a_notice_is_shown_as_it_stood_on_a_day, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(who_asks_says_who_it_is, open_portal, close_portal),
        cmocka_unit_test_setup_teardown(what_changed_is_typed_and_the_form_told_apart, open_portal, close_portal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
