/* The program as people and scripts meet it: exit statuses, messages with their places, and what bad input must not do. */
#include "tests/two.h"

#include <signal.h>
#include <sys/stat.h>

#include <jansson.h>
#include <sqlite3.h>

#include "cli/commands.h"
#include "lib/core/lang.h"

/* --- usage ---------------------------------------------------------------------------------------------------------------- */

static void help_names_every_command(void **state)
{
    const struct run *r = run_program(*state, "help");
    assert_status(r, 0);
    for (size_t i = 0; MW_COMMANDS[i] != NULL; i++)
        assert_says(r->out, MW_COMMANDS[i]->name);
}

static void every_command_explains_itself_in_german(void **state)
{
    struct scratch *s = *state;
    for (size_t i = 0; MW_COMMANDS[i] != NULL; i++) {
        const struct mw_cmd *c = MW_COMMANDS[i];
        const struct run *r = run_program(s, "help", "--lang", "de", c->name);
        assert_status(r, 0);
        assert_says(r->out, "Aufruf: mittelweg");
        if (mw_tr(MW_DE, c->summary) == c->summary)
            fail_msg("no German for \"%s\"", c->summary);
        if (mw_tr(MW_DE, c->about) == c->about)
            fail_msg("no German for \"%s\"", c->about);
        for (const struct mw_option *o = c->options; o != NULL && o->name != NULL; o++)
            if (mw_tr(MW_DE, o->help) == o->help)
                fail_msg("no German for \"%s\"", o->help);
    }
}

/* A hyphen in roff is "\\-". */
static const char *roff(char *buf, size_t size, const char *word)
{
    size_t n = 0;
    for (; *word != '\0' && n + 3 < size; word++) {
        if (*word == '-')
            buf[n++] = '\\';
        buf[n++] = *word;
    }
    buf[n] = '\0';
    return buf;
}

static void the_manual_page_has_every_command_and_option_and_is_sound_roff(void **state)
{
    static const char *const LANGS[] = { "de", "en" };
    struct scratch *s = *state;
    char want[80], escaped[160];
    for (size_t l = 0; l < COUNT(LANGS); l++) {
        const struct run *r = run_program(s, "help", "--format", "man", "--lang", LANGS[l]);
        assert_status(r, 0);
        for (size_t i = 0; MW_COMMANDS[i] != NULL; i++) {
            snprintf(want, sizeof want, "\n.SS mittelweg %s [", MW_COMMANDS[i]->name);
            assert_says(r->out, want);
            for (const struct mw_option *o = MW_COMMANDS[i]->options; o != NULL && o->name != NULL; o++) {
                snprintf(want, sizeof want, "\n.TP\n.B --%s", o->name);
                assert_says(r->out, roff(escaped, sizeof escaped, want));
            }
        }
        assert_says(r->out, "MITTELWEG_DB");
        spill(in(s, "mittelweg.1"), r->out, strlen(r->out));
        char cmd[PATH_MAX * 2];
        snprintf(cmd, sizeof cmd, "command -v groff > '%s/groff' || exit 77; groff -man -Kutf8 -Tutf8 -ww -z '%s/mittelweg.1' > '%s/said' 2>&1", s->dir, s->dir, s->dir);
        int status = system(cmd);
        if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
            printf("SKIPPED %s: needs groff\n", __func__);
            skip();
        }
        char *said = slurp(in(s, "said"), NULL);
        assert_string_equal(said, "");
        free(said);
    }
}

/* A key that stands twice is no reason to keep quiet about the rest, and nothing is said twice. */
static void check_reports_every_fault_of_a_file_at_once(void **state)
{
    static const struct {
        const char *name, *text, *codes[6];
    } FILES[] = {
        { "profil.yaml",
            "profile: x\ntitel: Foo\nsummary: abc\napplicants:\n  - {name: A, type: komune, ags: \"0556201\"}\nvolume: 12 Taler\n"
            "started: no\nstarted: no\n",
            { "unknown-key", "unknown-word", "ags", "wrong-type", "missing-key", "duplicate-key" } },
        { "projekt.yaml",
            "project: x\ntitle: T\ntitle: U\nprogramme: p\nprofile: {profile: x, title: T, summary: s, applicants: [{name: A, type: kommune}]}\n"
            "period: {from: 2027-02-30, to: 2027-12-31}\ncosts:\n  - {id: a, label: A, amount: 1 EUR}\n  - {id: b, lable: B, category: c, amount: 1 EUR}\n",
            { "duplicate-key", "wrong-type", "missing-key", "unknown-key" } },
        { "programm.yaml", "programme: p\ntitle: T\neditions:\n  - {id: a, financing: anteil, rate: viel, rate: viel, frist: 3}\n",
            { "duplicate-key", "wrong-type", "unknown-key" } },
        { "tarif.yaml", "tariff: t\ntitle: T\ntitle: T\ntables:\n  - {from: gestern, monthly: {E1: [1, 2]}, to: 3}\n",
            { "duplicate-key", "wrong-type", "unknown-key" } },
    };
    struct scratch *s = *state;
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        spill(in(s, FILES[i].name), FILES[i].text, strlen(FILES[i].text));
        const struct run *r = run_program(s, "check", in(s, FILES[i].name));
        assert_status(r, 1);
        for (size_t k = 0; k < 6 && FILES[i].codes[k] != NULL; k++)
            assert_says(r->out, FILES[i].codes[k]);
        const char *first = strstr(r->out, "[duplicate-key]");
        assert_non_null(first);
        assert_null(strstr(first + 1, "[duplicate-key]"));
    }
}

static const char WATCHED[] = "profile: halle\ntitle: Radwege im Quartier\nsummary: Radwege und Plätze werden saniert.\n"
                              "applicants: [{name: Stadt, type: kommune, land: NW, population: 20000, lead: yes}]\n";

static void watch_tells_what_changed_once_in_every_form(void **state)
{
    static const char CHANGED[] = NOTICE("https://example.org/a", "Radwege im Quartier",
                                         "Antragsberechtigt sind Gemeinden in Nordrhein-Westfalen. Die Förderung beträgt bis zu 60 Prozent.");
    struct scratch *s = *state;
    import_two(s);
    spill(in(s, "profil.yaml"), WATCHED, sizeof WATCHED - 1);
    const struct run *r = run_program(s, "watch", "--db", in(s, "t.db"), "--today", "2026-11-22", in(s, "profil.yaml"));
    assert_status(r, 0);
    assert_says(r->out, "first look");
    spill(in(s, "b.ndjson"), CHANGED, sizeof CHANGED - 1);
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), in(s, "b.ndjson")), 0);
    r = run_program(s, "watch", "--db", in(s, "t.db"), "--today", "2026-11-23", "--dry-run", in(s, "profil.yaml"));
    assert_status(r, 0);
    assert_says(r->out, "The rate changed: Radwege im Quartier");
    char mail_file[PATH_MAX], feed_file[PATH_MAX], calendar_file[PATH_MAX]; /* more names than in() keeps */
    snprintf(mail_file, sizeof mail_file, "%s/m.eml", s->dir);
    snprintf(feed_file, sizeof feed_file, "%s/f.xml", s->dir);
    snprintf(calendar_file, sizeof calendar_file, "%s/c.ics", s->dir);
    r = run_program(s, "watch", "--db", in(s, "t.db"), "--today", "2026-11-23", "--format", "json", "--mail", mail_file, "--to", "a@b.example",
                    "--feed", feed_file, "--calendar", calendar_file, in(s, "profil.yaml"));
    assert_status(r, 0);
    json_t *json = json_of(r), *digest = json_array_get(json_object_get(json, "digests"), 0), *event = json_array_get(json_object_get(digest, "events"), 0);
    assert_string_equal(json_string_value(json_object_get(event, "what")), "rate");
    assert_says(json_string_value(json_object_get(event, "before")), "80");
    assert_says(json_string_value(json_object_get(event, "after")), "60");
    json_decref(json);
    char *mail = slurp(mail_file, NULL), *feed = slurp(feed_file, NULL), *calendar = slurp(calendar_file, NULL);
    assert_says(mail, "To: a@b.example\r\n");
    assert_says(mail, "Content-Type: multipart/alternative");
    assert_says(mail, "Content-Type: text/html; charset=UTF-8\r\n");
    for (const char *line = mail, *end; (end = strstr(line, "\r\n")) != NULL; line = end + 2)
        assert_true(end - line <= 78);
    assert_says(feed, "<link href=\"https://example.org/a\"/>");
    assert_says(calendar, "BEGIN:VCALENDAR");
    free(mail), free(feed), free(calendar);
    r = run_program(s, "watch", "--db", in(s, "t.db"), "--today", "2026-11-23", in(s, "profil.yaml"));
    assert_status(r, 3);
    assert_int_equal(mkdir(in(s, "kunden"), 0700), 0); /* a folder stands for the profiles in it */
    spill(in(s, "kunden/a.yaml"), WATCHED, sizeof WATCHED - 1);
    spill(in(s, "kunden/b.yaml"), WATCHED, sizeof WATCHED - 1);
    json = json_of(run_program(s, "watch", "--db", in(s, "t.db"), "--format", "json", in(s, "kunden")));
    assert_int_equal(json_array_size(json_object_get(json, "digests")), 2);
    json_decref(json);
    json = json_of(run_program(s, "watch", "--db", in(s, "t.db"), "--format", "json", in(s, "kunden"), in(s, "kunden/../kunden/a.yaml")));
    assert_int_equal(json_array_size(json_object_get(json, "digests")), 2); /* each once */
    json_decref(json);
    r = run_program(s, "watch", "--db", in(s, "t.db"), "--to", "a@b.example\nBcc: c@d.example", "--mail", in(s, "m.eml"), in(s, "profil.yaml"));
    assert_status(r, 2);
    assert_int_not_equal(access(in(s, "profil.watch.json.next"), F_OK), 0); /* what was not told leaves nothing */
}

static void decisions_lie_beside_the_profile(void **state)
{
    struct scratch *s = *state;
    import_two(s);
    spill(in(s, "profil.yaml"), WATCHED, sizeof WATCHED - 1);
    const struct run *r = run_program(s, "dismiss", "--db", in(s, "t.db"), in(s, "profil.yaml"), "https://example.org/a");
    assert_status(r, 2); /* without a reason nobody can say later why */
    assert_says(r->err, "--why");
    r = run_program(s, "dismiss", "--db", in(s, "t.db"), "--why", "kein Geld", in(s, "profil.yaml"), "https://example.org/none");
    assert_status(r, 2);
    r = run_program(s, "dismiss", "--db", in(s, "t.db"), "--why", "kein Geld", in(s, "profil.yaml"), "https://example.org/a");
    assert_status(r, 0);
    r = run_program(s, "keep", "--db", in(s, "t.db"), in(s, "profil.yaml"), "https://example.org/b");
    assert_status(r, 0);
    char *text = slurp(in(s, "profil.decisions.yaml"), NULL);
    assert_says(text, "decision: dismiss");
    assert_says(text, "why: \"kein Geld\"");
    assert_says(text, "reasons: \"");
    assert_says(text, "decision: keep");
    free(text);
}

#define SMALL(id, rest)                                                                                                         \
    "project: " id "\ntitle: " id "\nprogramme: ikz-hessen\nperiod: {from: 2027-01-01, to: 2027-12-31}\n"                        \
    "profile: {profile: x, title: T, summary: s, applicants: [{name: A, type: kommune, land: HE, lead: yes}, {name: B, type: kommune, land: HE}, "   \
    "{name: C, type: kommune, land: HE}]}\n" rest
static void spill_z(const char *path, const char *text) { spill(path, text, strlen(text)); }

static void a_folder_stands_for_all_projects_in_it_and_below(void **state)
{
    struct scratch *s = *state;
    const struct run *r;
    char sub[PATH_MAX];
    snprintf(sub, sizeof sub, "%s/kunden/lehnau", s->dir);
    assert_int_equal(mkdir(in(s, "kunden"), 0700), 0);
    assert_int_equal(mkdir(sub, 0700), 0);
    spill_z(in(s, "kunden/b.yaml"), SMALL("bauhof", "costs: [{id: a, category: v, amount: 100000 EUR}]\n"));
    spill_z(in(s, "kunden/lehnau/a.yaml"), SMALL("archiv", "costs: [{id: a, category: v, amount: 50000 EUR}]\n"));
    spill_z(in(s, "kunden/lehnau/profil.yaml"), "profile: x\ntitle: no project\n");
    spill_z(in(s, "kunden/lehnau/.alt.yaml"), SMALL("hidden", ""));
    r = run_program(s, "portfolio", "--today", "2026-11-22", "--format", "json", "--out", in(s, "all.xlsx"), in(s, "kunden/b.yaml"), in(s, "kunden"));
    assert_status(r, 0);
    json_t *json = json_of(r), *projects = json_object_get(json, "projects");
    assert_int_equal(json_array_size(projects), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(projects, 0), "project")), "bauhof");
    assert_int_equal(json_integer_value(json_object_get(json_object_get(json, "total"), "cost")), 15000000);
    json_decref(json);
    size_t n = 0;
    char *book = slurp(in(s, "all.xlsx"), &n);
    assert_true(n > 1000 && memcmp(book, "PK", 2) == 0);
    free(book);
    /* what a text says against the figures counts as in `check` */
    spill_z(in(s, "text.yaml"), SMALL("text", "costs: [{id: w, label: Rundgänge, category: v, quantity: 9, unit: Rundgang, price: 10 EUR}]\n"
                                              "texts: {measures: Es sind acht Rundgänge vorgesehen.}\n"));
    int64_t counted = 0;
    r = run_program(s, "check", "--format", "json", in(s, "text.yaml"));
    assert_status(r, 0);
    assert_says(r->out, "number-differs");
    json = json_of(r);
    json_t *findings = json_object_get(json_array_get(json_object_get(json, "files"), 0), "findings");
    for (size_t i = 0; i < json_array_size(findings); i++)
        counted += strcmp(json_string_value(json_object_get(json_array_get(findings, i), "severity")), "warning") == 0;
    json_decref(json);
    r = run_program(s, "portfolio", "--format", "json", in(s, "text.yaml"));
    json = json_of(r);
    assert_int_equal(json_integer_value(json_object_get(json_array_get(json_object_get(json, "projects"), 0), "warnings")), counted);
    json_decref(json);
    assert_silent_on(r->err, "id-twice");
    spill_z(in(s, "twin.yaml"), SMALL("text", "costs: [{id: a, category: v, amount: 50000 EUR}]\n"));
    r = run_program(s, "portfolio", "--today", "2026-11-22", in(s, "text.yaml"), in(s, "twin.yaml")); /* calendars would confuse them */
    assert_says(r->err, "[id-twice]");
    /* one that cannot be read is said and left out, the others are shown */
    spill_z(in(s, "kunden/c.yaml"), "project: kaputt\ntitle: [\n");
    r = run_program(s, "portfolio", "--today", "2026-11-22", in(s, "kunden"));
    assert_status(r, 2);
    assert_says(r->out, "bauhof");
    assert_says(r->err, "c.yaml");
    r = run_program(s, "portfolio", in(s, "kunden/lehnau/../.."), "--today", "2026-11-22");
    assert_status(r, 2);
    assert_int_equal(mkdir(in(s, "leer"), 0700), 0);
    r = run_program(s, "portfolio", in(s, "leer"));
    assert_status(r, 2);
    assert_says(r->err, "No project lies in");
}

static void places_are_found_behind_what_they_are(void **state)
{
    static const struct { const char *name, *has, *lacks; } CASES[] = {
        { "Stadt Dorsten", "05562012", "@" }, { "Kreis Groß-Gerau", "06433 ", "06433006" }, { "Groß-Gerau", "06433006", "@" },
        { "Gemeinde Trebur", "06433014", "@" }, { "Bad Dorsten", "", "05562012" },
    };
    struct scratch *s = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct run *r = run_program(s, "places", "--lang", "en", CASES[i].name);
        assert_says(r->out, CASES[i].has);
        assert_silent_on(r->out, CASES[i].lacks);
    }
    const struct run *r = run_program(s, "places", "--members", "Kreis Groß-Gerau"); /* a joint project begins with its partners */
    assert_says(r->out, "- {name: Trebur, type: kommune, ags: \"06433014\"}");
    json_t *json = json_of(run_program(s, "places", "--format", "json", "--members", "06433"));
    assert_int_equal(json_array_size(json_object_get(json, "places")), 14);
    json_decref(json);
    assert_status(run_program(s, "places", "--members", "Trebur"), 3);
}

static void a_profile_asks_by_lines_to_fill_in_and_is_never_written_over(void **state)
{
    struct scratch *s = *state;
    spill_z(in(s, "vorlage.txt"), "Die Stadt Dorsten richtet in der Innenstadt ein Stadtteilbüro ein.\n");
    const struct run *r = run_program(s, "profile", "from", "--lang", "en", "--out", in(s, "profil.yaml"), in(s, "vorlage.txt"));
    assert_status(r, 0);
    assert_says(r->out, "Then: mittelweg match --ask");
    char *text = slurp(in(s, "profil.yaml"), NULL);
    assert_says(text, "\n# ? volume: AMOUNT EUR\n");
    assert_says(text, "\n# ? period: {from: YYYY-MM-DD, to: YYYY-MM-DD}\n");
    r = run_program(s, "check", "--lang", "en", in(s, "profil.yaml"));
    assert_status(r, 0);
    assert_says(r->out, "(\"# ?\"): 4; here is the first."); /* period, volume, own_share, started */
    MW_AUTO(mw_str_free) struct mw_str forgotten = MW_STR_INIT; /* a line whose mark was taken away and nothing filled in */
    const char *mark = strstr(text, "# ? volume");
    mw_str_add(&forgotten, mw_sv_n(text, (size_t)(mark - text)));
    mw_str_addz(&forgotten, mark + 4);
    spill_z(in(s, "forgotten.yaml"), mw_str_z(&forgotten));
    assert_status(run_program(s, "check", in(s, "forgotten.yaml")), 1);
    free(text);
    assert_status(run_program(s, "profile", "from", "--out", in(s, "profil.yaml"), in(s, "vorlage.txt")), 2);
}

static void a_project_is_begun_beside_its_profile_and_never_written_over(void **state)
{
    struct scratch *s = *state;
    spill_z(in(s, "profil.yaml"), "profile: p\ntitle: T\nsummary: S.\napplicants: [{name: Stadt A, type: kommune, land: HE}]\n"
                                  "period: {from: 2027-01-01, to: 2027-12-31}\n");
    const struct run *r = run_program(s, "project", "from", "--programme", "ikz-hessen", "--out", in(s, "projekt.yaml"), in(s, "profil.yaml"));
    assert_status(r, 0);
    r = run_program(s, "check", in(s, "projekt.yaml"));
    assert_true(strstr(r->out, "missing-key") == NULL);
    r = run_program(s, "project", "from", "--out", in(s, "projekt.yaml"), in(s, "profil.yaml"));
    assert_status(r, 2);
    assert_says(r->err, "there already");
    char *text = slurp(in(s, "projekt.yaml"), NULL);
    assert_says(text, "programme: ikz-hessen");
    free(text);
    r = run_program(s, "project", "from", "--programme", "ikz-hesen", in(s, "profil.yaml"));
    assert_status(r, 2);
    assert_says(r->err, "ikz-hessen");
    r = run_program(s, "project", "from", "--programme", "https://example.org/none", in(s, "profil.yaml"));
    assert_status(r, 2);
    assert_says(r->err, "rules/programmes");
    r = run_program(s, "project", "from", "--lang", "en", "--applicant", "Atlantis", "config/examples/ikz-gross-gerau/profil.yaml");
    assert_status(r, 2);
    assert_says(r->err, "There are: Kreis Groß-Gerau, ");
    r = run_program(s, "project", "from", "--applicant", "Stadt Riedstadt", "config/examples/ikz-gross-gerau/profil.yaml");
    assert_status(r, 0);
    assert_says(r->out, "project: ikz-gross-gerau-stadt-riedstadt\n");
    r = run_program(s, "project", "from", "--out", in(s, "p.yaml"), "config/examples/ikz-gross-gerau/profil.yaml");
    assert_status(r, 2);
    assert_says(r->err, "must lie in the folder");
    static const char SIDE_BY_SIDE[] = "profile: p\ntitle: T\nsummary: S\napplicants: [{name: Stadt A, type: kommune, land: NW}, {name: Stadt B, "
                                       "type: kommune, land: NW}]\njoint_mode: parallel\n";
    spill(in(s, "zwei.yaml"), SIDE_BY_SIDE, strlen(SIDE_BY_SIDE));
    r = run_program(s, "project", "from", "--lang", "en", "--out", in(s, "beide.yaml"), in(s, "zwei.yaml"));
    assert_status(r, 0);
    assert_says(r->out, "2 applicants apply side by side");
    r = run_program(s, "project", "from", "--lang", "en", "--applicant", "Stadt B", "--out", in(s, "b.yaml"), in(s, "zwei.yaml"));
    assert_status(r, 0);
    assert_silent_on(r->out, "side by side");
}

/* Once they were printed behind the end of the plan, where nothing is. */
static void the_months_of_a_plan_are_shown_to_whom_asks_for_them(void **state)
{
    static const char PLAN[] = "config/examples/regionalmanagement/projekt.yaml", CHANGE[] = "period.to=2030-09-30";
    struct scratch *s = *state;
    assert_silent_on(run_program(s, "plan", "--lang", "en", "--today", "2026-11-22", PLAN)->out, "Money by month");
    assert_says(run_program(s, "plan", "--lang", "en", "--today", "2026-11-22", "--months", PLAN)->out, "Money by month");
    assert_says(run_program(s, "plan", "--lang", "en", "--today", "2026-11-22", "--months", "--set", CHANGE, PLAN)->out, "Money by month");
}

static void help_of_a_command_needs_no_database(void **state)
{
    const struct run *r = run_program(*state, "search", "--help", "--db", "/nowhere/x.db");
    assert_status(r, 0);
    assert_says(r->out, "--limit N");
}

static void wrong_usage_is_2_and_names_the_cure(void **state)
{
    static const struct {
        const char *args[6], *says;
    } CASES[] = {
        { { "serach", "x" }, "did you mean \"search\"?" },
        { { "xyzzy" }, "is no command" },
        { { "search", "--limti", "3", "x" }, "did you mean --limit?" },
        { { "search" }, "Usage: mittelweg search" },
        { { "search", "x", "--limit" }, "--limit needs a value" },
        { { "search", "--limit=viele", "x" }, "--limit needs a whole number" },
        { { "search", "--format", "xml", "x" }, "text json" },
        { { "search", "--today", "31.02.2026", "x" }, "--today needs a date" },
        { { "search", "--lang", "fr", "x" }, "de or en" },
        { { "rules", "chekc" }, "rules check, rules test" },
        { { "help", "nothing" }, "is no command" },
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct run *r = run_with(*state, NULL, NULL, 0, CASES[i].args);
        assert_status(r, 2);
        assert_says(r->err, CASES[i].says);
    }
}

static void errors_speak_german_when_asked(void **state)
{
    assert_says(run_program(*state, "search", "--lang", "de", "--limit", "drei", "x")->err, "verlangt eine ganze Zahl");
}

static void version_is_one_line(void **state)
{
    const struct run *r = run_program(*state, "--version");
    assert_status(r, 0);
    assert_string_equal(r->out, "mittelweg " MW_VERSION "\n");
}

/* --- output ------------------------------------------------------------------------------------------------------------------- */

static void output_that_cannot_be_written_is_6(void **state)
{
    struct scratch *s = *state;
    import_two(s);
    const char *const commands[][6] = {
        { "search", "--db", in(s, "t.db"), "Radwege", NULL },
        { "export", "--db", in(s, "t.db"), NULL },
        { "help", NULL },
    };
    for (size_t i = 0; i < COUNT(commands); i++)
        assert_status(run_with(s, NULL, "/dev/full", 0, commands[i]), 6);
}

static void search_json_keeps_its_promise(void **state)
{
    struct scratch *s = *state;
    import_two(s);
    json_t *json = json_of(run_program(s, "search", "--db", in(s, "t.db"), "--format", "json", "Spielplatz"));
    json_t *hit = json_array_get(json_object_get(json, "hits"), 0);
    assert_string_equal(json_string_value(json_object_get(json, "query")), "Spielplatz");
    assert_int_equal(json_integer_value(json_object_get(json, "total")), 1);
    assert_int_equal(json_integer_value(json_object_get(hit, "rank")), 1);
    assert_string_equal(json_string_value(json_object_get(hit, "url")), "https://example.org/b");
    assert_true(json_is_number(json_object_get(hit, "score")));
    assert_string_equal(json_string_value(json_object_get(hit, "status")), "unknown");
    assert_non_null(json_object_get(hit, "snippet"));
    json_decref(json);
}

static void nothing_found_is_3_and_still_json(void **state)
{
    struct scratch *s = *state;
    import_two(s);
    const struct run *r = run_program(s, "search", "--db", in(s, "t.db"), "--format", "json", "Xylophonkonzertsaal");
    assert_status(r, 3);
    json_t *json = json_of(r);
    assert_int_equal(json_integer_value(json_object_get(json, "total")), 0);
    assert_int_equal(json_array_size(json_object_get(json, "hits")), 0);
    json_decref(json);
    assert_status(run_program(s, "show", "--db", in(s, "t.db"), "https://example.org/nirgends"), 3);
}

static void export_reads_back_to_the_same_export(void **state)
{
    struct scratch *s = *state;
    import_two(s);
    const struct run *r = run_program(s, "export", "--db", in(s, "t.db"));
    assert_status(r, 0);
    char *first = strdup(r->out);
    spill(in(s, "again.ndjson"), first, strlen(first));
    assert_status(run_program(s, "import", "--db", in(s, "u.db"), in(s, "again.ndjson")), 0);
    assert_string_equal(run_program(s, "export", "--db", in(s, "u.db"))->out, first);
    free(first);
}

/* Text is for 80 columns and plain files: no line is longer, no escape code is in it. */
static void text_fits_80_columns_and_has_no_colour_in_a_file(void **state)
{
    struct scratch *s = *state;
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), "config/demo"), 0);
    const char *const commands[][10] = {
        { "help", NULL },
        { "help", "--lang", "de", "import", NULL },
        { "search", "--lang", "de", "--db", in(s, "t.db"), "Quartier", NULL },
        { "match", "--lang", "de", "--all", "--db", in(s, "t.db"), "--today", "2026-11-22",
          "config/examples/stadtteilbuero-dorsten/profil.yaml", NULL },
    };
    for (size_t i = 0; i < COUNT(commands); i++) {
        const struct run *r = run_with(s, NULL, NULL, 0, commands[i]);
        assert_status(r, 0);
        assert_null(strchr(r->out, '\033'));
        for (char *line = strtok(r->out, "\n"); line != NULL; line = strtok(NULL, "\n"))
            if (mw_utf8_width(mw_sv(line)) > 80 && strstr(line, "http") == NULL)
                fail_msg("over 80 columns: %s", line);
    }
}

/* --- profiles ----------------------------------------------------------------------------------------------------------------- */

static void a_profile_wrong_in_five_places_reports_five_places(void **state)
{
    static const char YAML[] = "profile: x\ntitel: Tippfehler\nsummary: s\napplicants:\n  - {name: A, type: komune, land: XX}\n"
                               "volume: viel Geld\nown_share: zehn\n";
    struct scratch *s = *state;
    import_two(s);
    spill(in(s, "profil.yaml"), YAML, sizeof YAML - 1);
    const struct run *r = run_program(s, "match", "--db", in(s, "t.db"), in(s, "profil.yaml"));
    assert_status(r, 2);
    assert_says(r->err, "profil.yaml:2:1");
    assert_says(r->err, "profil.yaml:5:");
    assert_says(r->err, "kommune");
    assert_says(r->err, "profil.yaml:6:");
    assert_says(r->err, "profil.yaml:7:");
}

static void a_match_gives_every_verdict_its_reasons(void **state)
{
    struct scratch *s = *state;
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), "config/demo"), 0);
    json_t *json = json_of(run_program(s, "match", "--db", in(s, "t.db"), "--format", "json", "--all", "--limit", "100", "--today",
                                       "2026-11-22", "config/examples/stadtteilbuero-dorsten/profil.yaml"));
    json_t *matches = json_object_get(json, "matches");
    bool seen[3] = { false };
    assert_true(json_array_size(matches) >= 24);
    for (size_t i = 0; i < json_array_size(matches); i++) {
        json_t *m = json_array_get(matches, i), *criteria = json_object_get(m, "criteria");
        const char *verdict = json_string_value(json_object_get(m, "verdict"));
        bool no = false;
        for (size_t k = 0; k < json_array_size(criteria); k++) {
            json_t *c = json_array_get(criteria, k);
            assert_true(strlen(json_string_value(json_object_get(c, "reason"))) > 5);
            no = no || strcmp(json_string_value(json_object_get(c, "verdict")), "no") == 0;
        }
        assert_int_equal(no, strcmp(verdict, "ineligible") == 0);
        seen[strcmp(verdict, "eligible") == 0 ? 0 : strcmp(verdict, "unknown") == 0 ? 1 : 2] = true;
    }
    assert_true(seen[0] && seen[1] && seen[2]);
    json_decref(json);
}

static void our_rules_are_well_formed_and_pass_their_examples(void **state)
{
    assert_status(run_program(*state, "rules", "check"), 0);
    assert_status(run_program(*state, "rules", "test"), 0);
}

static void a_broken_rule_file_is_1_and_names_its_place(void **state)
{
    struct scratch *s = *state;
    char cmd[PATH_MAX * 2];
    snprintf(cmd, sizeof cmd, "cp -r rules '%s/rules' && echo 'kaputt: [' > '%s/rules/facts/zz.yaml'", s->dir, s->dir);
    assert_int_equal(system(cmd), 0);
    const struct run *r = run_program(s, "rules", "check", "--rules", in(s, "rules"));
    assert_status(r, 1);
    assert_says(r->err, "zz.yaml:");
}

/* The program and its data, moved together, stay together. */
static void an_installed_program_finds_its_rules_wherever_it_lies(void **state)
{
    struct scratch *s = *state;
    const char *program = getenv("MITTELWEG") != NULL ? getenv("MITTELWEG") : "./mittelweg";
    char cmd[PATH_MAX * 2];
    snprintf(cmd, sizeof cmd, "mkdir -p '%s/bin' '%s/share/mittelweg' && cp '%s' '%s/bin/' && cp -r rules '%s/share/mittelweg/'", s->dir,
             s->dir, program, s->dir, s->dir);
    assert_int_equal(system(cmd), 0);
    snprintf(cmd, sizeof cmd, "cd / && '%s/bin/%s' rules check > '%s/said'", s->dir,
             strrchr(program, '/') != NULL ? strrchr(program, '/') + 1 : program, s->dir);
    assert_int_equal(system(cmd), 0);
    char *said = slurp(in(s, "said"), NULL);
    assert_says(said, s->dir);
    free(said);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, make_scratch, drop_scratch)
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(help_names_every_command),
        CASE(every_command_explains_itself_in_german),
        CASE(the_manual_page_has_every_command_and_option_and_is_sound_roff),
        CASE(a_folder_stands_for_all_projects_in_it_and_below),
        CASE(places_are_found_behind_what_they_are),
        CASE(a_profile_asks_by_lines_to_fill_in_and_is_never_written_over),
        CASE(a_project_is_begun_beside_its_profile_and_never_written_over),
        CASE(watch_tells_what_changed_once_in_every_form),
        CASE(decisions_lie_beside_the_profile),
        CASE(check_reports_every_fault_of_a_file_at_once),
        CASE(the_months_of_a_plan_are_shown_to_whom_asks_for_them),
        CASE(help_of_a_command_needs_no_database),
        CASE(wrong_usage_is_2_and_names_the_cure),
        CASE(errors_speak_german_when_asked),
        CASE(version_is_one_line),
        CASE(output_that_cannot_be_written_is_6),
        CASE(search_json_keeps_its_promise),
        CASE(nothing_found_is_3_and_still_json),
        CASE(export_reads_back_to_the_same_export),
        CASE(text_fits_80_columns_and_has_no_colour_in_a_file),
        CASE(a_profile_wrong_in_five_places_reports_five_places),
        CASE(a_match_gives_every_verdict_its_reasons),
        CASE(our_rules_are_well_formed_and_pass_their_examples),
        CASE(an_installed_program_finds_its_rules_wherever_it_lies),
        CASE(a_broken_rule_file_is_1_and_names_its_place),
    };
    return cmocka_run_group_tests_name("cli", tests, NULL, NULL);
}
