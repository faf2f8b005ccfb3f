/* mittelweg match as people and scripts run it: the list, the questions, the comparison. Clients and decisions: test_cli_clients.c. */
#include "tests/matching.h"

static void the_json_of_a_match_keeps_its_promise(void **state)
{
    struct scratch *s = *state;
    import_demo(s);
    json_t *j = json_of(MATCH(s, "--format", "json", "--all", DORSTEN));
    keys_are(j, "profile today matches dismissed questions");
    json_t *m = json_array_get(json_object_get(j, "matches"), 0);
    keys_are(m, "rank url title score verdict status deadline criteria near_misses estimates");
    json_t *q = json_array_get(json_object_get(j, "questions"), 0);
    keys_are(q, "field applicant settles text");
    assert_string_equal(json_string_value(json_object_get(q, "field")), "budget"); /* what the profile leaves open on purpose */
    assert_true(json_integer_value(json_object_get(q, "settles")) > 0);
    json_decref(j);
}

/* One notice speaks of the project, one of something else, whose reasons nobody has to read. */
static void what_hardly_touches_the_project_stands_at_the_end_by_its_title(void **state)
{
    static const char NOTICES[] =
        "{\"url\":\"https://x.example/bad\",\"title\":\"Sanierung von Schwimmhallen\",\"sections\":[{\"heading\":\"Kurztext\",\"text\":"
        "\"Gemeinden erhalten einen Zuschuss für die Sanierung von Schwimmhallen, Schwimmbädern und Hallenbädern.\"}]}\n"
        "{\"url\":\"https://x.example/hafen\",\"title\":\"Hafentechnik\",\"sections\":[{\"heading\":\"Kurztext\",\"text\":"
        "\"Gemeinden erhalten einen Zuschuss für neue Technik in Häfen.\"}]}\n";
    static const char PROFILE[] = "profile: h\ntitle: Sanierung der Schwimmhalle\nsummary: Die Schwimmhalle wird saniert, das Hallenbad bleibt offen.\n"
                                  "applicants: [{name: Ort, type: kommune, land: NW}]\n";
    struct scratch *s = *state;
    spill(in(s, "n.ndjson"), NOTICES, sizeof NOTICES - 1);
    spill(in(s, "p.yaml"), PROFILE, sizeof PROFILE - 1);
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), in(s, "n.ndjson")), 0);
    const char *out = MATCH(s, in(s, "p.yaml"))->out, *edge = strstr(out, "At the edge: 1");
    assert_non_null(edge);
    assert_non_null(strstr(out, "https://x.example/bad"));
    assert_non_null(strstr(edge, "Hafentechnik"));
    assert_null(strstr(out, "https://x.example/hafen"));
    out = MATCH(s, "--compare", in(s, "p.yaml"))->out; /* nor is it a candidate */
    assert_non_null(strstr(out, "https://x.example/bad"));
    assert_null(strstr(out, "https://x.example/hafen"));
    assert_non_null(strstr(out, "hardly touch the project: 1"));
    out = MATCH(s, "--compare", "--all", in(s, "p.yaml"))->out;
    assert_non_null(strstr(out, "https://x.example/hafen"));
    assert_null(strstr(out, "hardly touch"));
    out = MATCH(s, "--all", in(s, "p.yaml"))->out;
    assert_null(strstr(out, "At the edge"));
    assert_non_null(strstr(out, "https://x.example/hafen"));
}

/* Terms that are joined to a notice by its address: 60 %, and never more than the cap for one area. The cost has cents. */
static void the_estimate_is_what_the_plan_would_pay(void **state)
{
    static const char NOTICE[] =
        "{\"url\":\"https://www.foerderdatenbank.de/FDB/Content/DE/Foerderprogramm/Land/Baden-Wuerttemberg/nicht-investive-staedtebaufoerderung-vwv-nis.html\","
        "\"title\":\"Quartiersarbeit\",\"sections\":[{\"heading\":\"Kurztext\",\"text\":\"Gemeinden erhalten einen Zuschuss für Quartiersarbeit.\"}]}\n";
    static const struct {
        const char *volume;
        json_int_t grant; /* 0: no estimate */
    } CASES[] = { { "volume: \"100.000,55 EUR\"\n", 6000033 }, { "volume: 400000 EUR\n", 10000000 }, { "", 0 } };
    struct scratch *s = *state;
    spill(in(s, "n.ndjson"), NOTICE, sizeof NOTICE - 1);
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), in(s, "n.ndjson")), 0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char text[400];
        snprintf(text, sizeof text, "profile: q\ntitle: Quartiersarbeit\nsummary: Quartiersarbeit im Sanierungsgebiet.\n%s"
                 "applicants: [{name: Stadt, type: kommune, land: BW, population: 20000, lead: yes}]\n", CASES[i].volume);
        spill(in(s, "p.yaml"), text, strlen(text));
        json_t *j = json_of(MATCH(s, "--format", "json", in(s, "p.yaml")));
        json_t *estimates = json_object_get(json_array_get(json_object_get(j, "matches"), 0), "estimates");
        assert_int_equal(json_array_size(estimates), CASES[i].grant > 0);
        if (CASES[i].grant > 0)
            assert_int_equal(json_integer_value(json_object_get(json_array_get(estimates, 0), "grant")), CASES[i].grant);
        json_decref(j);
    }
}

/* A rate that hangs on the budget of who leads: the estimate says what another one in the lead would get. */
static void a_joint_project_is_estimated_with_each_in_the_lead(void **state)
{
    static const char NOTICE[] = "{\"url\":\"https://x.example/sm\",\"title\":\"Sanierungsmanagement\",\"sections\":[{\"heading\":\"Kurztext\",\"text\":"
        "\"Gemeinden und Kreise erhalten einen Zuschuss für Sanierungsmanagement.\"}]}\n";
    static const char TERMS[] = "programme: sm\ntitle: Sanierungsmanagement\nurl: https://x.example/sm\neditions:\n  - id: a\n    valid: {from: 2020-01-01}\n"
        "    financing: anteil\n    rate: 75 %\n    rates:\n      - {when: {budget: [haushaltssicherung]}, rate: 90 %}\n";
    static const char PROFILE[] = "profile: j\ntitle: Sanierungsmanagement\nsummary: Sanierungsmanagement.\nvolume: 100000 EUR\njoint_mode: lead\napplicants:\n"
        "  - {name: Stadt Alfa, type: kommune, land: NW, budget: normal, lead: yes}\n  - {name: Stadt Beta, type: kommune, land: NW, budget: haushaltssicherung}\n"
        "  - {name: Kreis Gamma, type: kreis, land: NW, budget: haushaltssicherung}\n  - {name: Stadt Delta, type: kommune, land: NW, budget: normal}\n";
    struct scratch *s = *state;
    spill(in(s, "n.ndjson"), NOTICE, sizeof NOTICE - 1);
    spill(in(s, "p.yaml"), PROFILE, sizeof PROFILE - 1);
    assert_int_equal(mkdir(in(s, "rules"), 0700), 0);
    for (size_t i = 0; i < 5; i++) {
        static const char *const PARTS[] = { "criteria", "facts", "vocabulary", "profile", "tariffs" };
        char from[4096], to[4096];
        assert_non_null(realpath("rules", from));
        (void)snprintf(to, sizeof to, "%s/%s", in(s, "rules"), PARTS[i]);
        (void)snprintf(from + strlen(from), 40, "/%s", PARTS[i]);
        assert_int_equal(symlink(from, to), 0);
    }
    spill(in(s, "rules/sm.yaml"), TERMS, sizeof TERMS - 1);
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), "--rules", in(s, "rules"), in(s, "n.ndjson")), 0);
    json_t *j = json_of(MATCH(s, "--rules", in(s, "rules"), "--format", "json", in(s, "p.yaml")));
    json_t *e = json_array_get(json_object_get(json_array_get(json_object_get(j, "matches"), 0), "estimates"), 0), *led = json_object_get(e, "led");
    assert_int_equal(json_integer_value(json_object_get(e, "grant")), 7500000);
    assert_int_equal(json_array_size(led), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(led, 0), "lead")), "Stadt Beta");
    assert_int_equal(json_integer_value(json_object_get(json_array_get(led, 1), "grant")), 9000000);
    json_decref(j);
    assert_non_null(strstr(MATCH(s, "--rules", in(s, "rules"), in(s, "p.yaml"))->out, "* Led by Stadt Beta, Kreis Gamma: 90,000.00 EUR"));
}

/* A profile with an AGS and without inhabitants: those of the register count, with their day; near a limit they decide nothing. */
static void inhabitants_of_the_register_stand_in_for_those_that_nobody_stated(void **state)
{
    static const char NOTICE[] = "{\"url\":\"https://x.example/dorf\",\"title\":\"Dorfplätze\",\"sections\":[{\"heading\":\"Kurztext\",\"text\":"
        "\"Antragsberechtigt sind Gemeinden mit höchstens 10.000 Einwohnern.\"}]}\n";
    static const struct { const char *ags, *verdict, *says; } CASES[] = {
        { "06431001", "yes", "" }, { "06535015", "unknown", "2011" }, { "05562012", "no", "" }, { "06999999", "unknown", "" }, { "", "unknown", "" },
    };
    struct scratch *s = *state;
    spill(in(s, "n.ndjson"), NOTICE, sizeof NOTICE - 1);
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), in(s, "n.ndjson")), 0);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        char text[400];
        const char *key = CASES[i].ags[0] != '\0' ? ", ags: " : "";
        (void)snprintf(text, sizeof text, "profile: d\ntitle: Dorfplatz\nsummary: Dorfplatz.\napplicants: [{name: Ort, type: kommune%s%s%s%s}]\n",
            key, key[0] != '\0' ? "\"" : "", CASES[i].ags, key[0] != '\0' ? "\"" : "");
        spill(in(s, "p.yaml"), text, strlen(text));
        json_t *j = json_of(MATCH(s, "--all", "--format", "json", in(s, "p.yaml")));
        json_t *all = json_object_get(json_array_get(json_object_get(j, "matches"), 0), "criteria"), *c = NULL;
        for (size_t k = 0; k < json_array_size(all); k++) {
            const char *name = json_string_value(json_object_get(json_array_get(all, k), "name"));
            if (name != NULL && strcmp(name, "population") == 0)
                c = json_array_get(all, k);
        }
        const char *reason = json_string_value(json_object_get(c, "reason"));
        assert_string_equal(json_string_value(json_object_get(c, "verdict")), CASES[i].verdict);
        assert_true(reason != NULL && strstr(reason, CASES[i].says) != NULL);
        json_decref(j);
    }
}

static void people_read_what_fits_before_what_is_open(void **state)
{
    struct scratch *s = *state;
    import_demo(s);
    const struct run *r = MATCH(s, "--all", "--limit", "100", DORSTEN);
    static const char *const GROUPS[] = { "May apply", "Open questions", "Not eligible" }, *const VERDICTS[] = { "may apply;", "open questions;", "not eligible;" };
    char *at = r->out;
    long long place = 0;
    for (size_t g = 0; g < COUNT(GROUPS); g++) { /* each group says how many it has, and has them; the numbers go on */
        char want[64];
        at = strstr(at, GROUPS[g]);
        assert_non_null(at);
        for (long long n = strtoll(at + strlen(GROUPS[g]) + 2, NULL, 10); n > 0; n--) {
            (void)snprintf(want, sizeof want, "\n%lld. ", ++place);
            at = strstr(at, want);
            if (at == NULL || (at = strstr(at, VERDICTS[g])) == NULL)
                fail_msg("%s: number %lld is missing", GROUPS[g], place);
        }
    }
    assert_true(place > 10);
    assert_says(r->out, "Next question: What is the budget of Stadt Dorsten like");
}

static void an_answer_goes_into_the_file_and_nothing_else_changes(void **state)
{
    static const char BEFORE[] = "# our project\nprofile: x   # the id\ntitle: Stadtteilbüro\nsummary: Quartiersmanagement in der Innenstadt.\napplicants:\n"
                                 "  - {name: Stadt Muster, type: kommune, land: NW}   # no budget yet\nkinds: [zuschuss]\nstarted: no\n"
                                 "#   own_share: Which share?\n# ? own_share: SHARE %\n"
                                 "volume: 120000 EUR\nperiod: {from: 2027-01-01, to: 2028-12-31}\n";
    struct scratch *s = *state;
    size_t n = 0;
    import_demo(s);
    spill(in(s, "p.yaml"), BEFORE, sizeof BEFORE - 1);
    char path[PATH_MAX], db[PATH_MAX];
    snprintf(path, sizeof path, "%s", in(s, "p.yaml"));
    snprintf(db, sizeof db, "%s", in(s, "t.db"));
    const char *const args[] = { "match", "--lang", "en", "--db", db, "--today", "2026-11-22", "--ask", path, NULL };
    spill(in(s, "answers"), "kaputt\n\n\n\n\n\n\n\n", 14); /* nobody knows, and one answer that is none */
    assert_status(run_with(s, in(s, "answers"), NULL, 0, args), 0);
    char *after = slurp(path, &n);
    assert_string_equal(after, BEFORE);
    free(after);
    assert_says(s->last.err, "?");
    static const char ANSWERS[] = "gut\n20 %\n\nviel\nhaushaltssicherung\n"; /* what cannot be read is asked again */
    spill(in(s, "answers"), ANSWERS, sizeof ANSWERS - 1);
    assert_status(run_with(s, in(s, "answers"), NULL, 0, args), 0);
    assert_says(s->last.err, "This answer is not taken.");
    assert_silent_on(s->last.err, "p.yaml:1"); /* no line of a file that nobody has */
    after = slurp(path, &n);
    assert_says(after, "#   own_share: Which share?\nown_share: 20 %\nvolume: "); /* in the place of the line to fill in */
    assert_says(after, "{name: Stadt Muster, type: kommune, land: NW, budget: haushaltssicherung}   # no budget yet\n");
    assert_says(after, "# our project\nprofile: x   # the id\n");
    assert_status(run_program(s, "check", path), 0);
    free(after);
}

static void a_period_is_answered_as_people_write_it(void **state)
{
    static const struct { const char *answer, *period; } CASES[] = {
        { "1.2.2027 bis 31.12.2029\n", "period: {from: 2027-02-01, to: 2029-12-31}" },
        { "2027 - 2029\n", "period: {from: 2027-01-01, to: 2029-12-31}" },
        { "{from: 2027-02-01, to: 2028-12-31}\n", "period: {from: 2027-02-01, to: 2028-12-31}" },
        { "ab 2027\n", NULL }, { "31.12.2029 bis 1.2.2027\n", NULL }, { "2027 2028 2029\n", NULL },
    };
    static const char BEFORE[] = "profile: x\ntitle: Stadtteilbüro\nsummary: Quartiersmanagement in der Innenstadt.\napplicants:\n"
                                 "  - {name: Stadt Muster, type: kommune, land: NW, population: 30000, budget: normal}\nstarted: no\n"
                                 "volume: 120000 EUR\nown_share: 20 %\nother_funding: no\n";
    struct scratch *s = *state;
    char path[PATH_MAX], db[PATH_MAX];
    import_demo(s);
    snprintf(path, sizeof path, "%s", in(s, "p.yaml"));
    snprintf(db, sizeof db, "%s", in(s, "t.db"));
    const char *const args[] = { "match", "--lang", "de", "--db", db, "--today", "2026-11-22", "--ask", path, NULL };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        spill(path, BEFORE, sizeof BEFORE - 1);
        spill(in(s, "answers"), CASES[i].answer, strlen(CASES[i].answer));
        assert_status(run_with(s, in(s, "answers"), NULL, 0, args), 0);
        assert_says(s->last.err, "Wann soll das Vorhaben laufen (01.01.2026 bis 31.12.2028)?");
        char *after = slurp(path, NULL);
        if (CASES[i].period != NULL)
            assert_says(after, CASES[i].period);
        else
            assert_string_equal(after, BEFORE);
        free(after);
    }
}

static void candidates_stand_side_by_side_with_their_evidence(void **state)
{
    struct scratch *s = *state;
    import_demo(s);
    json_t *j = json_of(MATCH(s, "--compare", "--format", "json", DORSTEN));
    keys_are(j, "profile today candidates");
    json_t *candidates = json_object_get(j, "candidates");
    assert_int_equal(json_array_size(candidates), 5);
    size_t quotes = 0;
    for (size_t i = 0; i < json_array_size(candidates); i++) {
        json_t *c = json_array_get(candidates, i), *rates = json_object_get(c, "rate");
        keys_are(c, "rank url title verdict rate maximum own_share deadline duration stages cumulation conditions reliefs estimates open_questions");
        assert_string_not_equal(json_string_value(json_object_get(c, "verdict")), "ineligible");
        for (size_t k = 0; k < json_array_size(rates); k++)
            quotes += json_object_get(json_array_get(rates, k), "quote") != NULL;
    }
    assert_true(quotes > 0);
    json_decref(j);
    assert_status(MATCH(s, "--compare", "--out", in(s, "c.xlsx"), DORSTEN), 0);
    char *book = slurp(in(s, "c.xlsx"), NULL);
    assert_memory_equal(book, "PK", 2);
    free(book);
    assert_status(MATCH(s, "--compare", "--out", in(s, "c.html"), DORSTEN), 0);
    char *page = slurp(in(s, "c.html"), NULL);
    assert_says(page, "<th scope=\"row\">Rate</th>");
    free(page);
}

/* --- applicant by applicant --------------------------------------------------------------------------------------------------- */
static void a_joint_project_sees_the_rate_of_each_applicant(void **state)
{
    static const char NOTICE[] =
        "{\"url\":\"https://a.example/waerme\",\"title\":\"Wärmeplanung\",\"sections\":[{\"heading\":\"Kurztext\",\"text\":"
        "\"Antragsberechtigt sind Kommunen in Hessen. Der Zuschuss beträgt bis zu 70 Prozent der zuwendungsfähigen Ausgaben. "
        "Für finanzschwache Kommunen beträgt der Zuschuss bis zu 85 Prozent der zuwendungsfähigen Ausgaben.\"}]}\n";
    static const struct {
        const char *a, *b;   /* budgets */
        const char *says[2]; /* NULL: nothing is said */
        json_int_t bp[2];
        bool sure_b;
    } CASES[] = {
        { "finanzschwach", "normal", { "* Each for itself, rate at most 85 %, for municipalities short of money: Stadt\n  Arm\n",
              "* Each for itself, rate at most 70 %: Stadt Reich\n" }, { 8500, 7000 }, true },
        { "normal", "haushaltssicherung", { "* Each for itself, rate at most 70 %: Stadt Arm\n",
              "* Each for itself, rate at most 70 % (another one may hold, which depends on\n  its budget): Stadt Reich\n" }, { 7000, 7000 }, false },
        { "normal", "normal", { NULL, NULL }, { 0, 0 }, true }, /* they do not differ */
    };
    struct scratch *s = *state;
    spill(in(s, "n.ndjson"), NOTICE, sizeof NOTICE - 1);
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), in(s, "n.ndjson")), 0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char text[500];
        snprintf(text, sizeof text, "profile: w\ntitle: Wärmeplan\nsummary: Gemeinsame Wärmeplanung.\njoint_mode: parallel\napplicants:\n"
                 "  - {name: Stadt Arm, type: kommune, land: HE, population: 9000, budget: %s, lead: yes}\n"
                 "  - {name: Stadt Reich, type: kommune, land: HE, population: 30000, budget: %s}\n", CASES[i].a, CASES[i].b);
        spill(in(s, "p.yaml"), text, strlen(text));
        const struct run *r = MATCH(s, in(s, "p.yaml"));
        for (size_t k = 0; k < 2; k++) {
            if (CASES[i].says[k] != NULL)
                assert_says(r->out, CASES[i].says[k]);
            else
                assert_null(strstr(r->out, "Each for itself"));
        }
        json_t *j = json_of(MATCH(s, "--format", "json", in(s, "p.yaml")));
        json_t *each = json_object_get(json_array_get(json_object_get(j, "matches"), 0), "applicants");
        assert_int_equal(json_array_size(each), CASES[i].says[0] != NULL ? 2 : 0);
        for (size_t k = 0; k < json_array_size(each); k++) {
            json_t *rate = json_object_get(json_array_get(each, k), "rate");
            assert_int_equal(json_integer_value(json_object_get(rate, "bp")), CASES[i].bp[k]);
            assert_true(json_boolean_value(json_object_get(rate, "sure")) == (k == 0 || CASES[i].sure_b));
            assert_non_null(strstr(NOTICE, json_string_value(json_object_get(rate, "quote"))));
        }
        json_decref(j);
    }
}

/* A word such as "juristische_person" in a line for people; addresses, quotes and paths of rules are the source's and ours. */
static void has_no_bare_word(const char *what, const char *text)
{
    for (const char *line = text; *line != '\0';) {
        const char *end = strchr(line, '\n');
        size_t n = end != NULL ? (size_t)(end - line) : strlen(line);
        bool ours = strncmp(line, "    ", 4) != 0 && memchr(line, '/', n) == NULL;
        for (size_t i = 1; ours && i + 1 < n; i++)
            if (line[i] == '_' && line[i - 1] >= 'a' && line[i - 1] <= 'z' && line[i + 1] >= 'a' && line[i + 1] <= 'z')
                fail_msg("%s says a bare word: %.*s", what, (int)n, line);
        line += n + (end != NULL);
    }
}

static void people_never_read_a_bare_word_of_the_program(void **state)
{
    static const char *const PROFILES[] = { DORSTEN, "config/examples/ikz-gross-gerau/profil.yaml", "config/examples/regionalmanagement/profil.yaml",
        "config/examples/sanierungsmanagement-ruhr/profil.yaml", "config/examples/smart-city-potsdam/profil.yaml" };
    static const char *const LANGS[] = { "de", "en" };
    static const char NOTICE[] = /* one sentence for each word that has its own label */
        "{\"url\":\"https://a.example/alles\",\"title\":\"Alles\",\"facets\":{\"funding_type\":[\"Zuschuss\"],\"eligible_applicants\":[\"Kommune\"]},"
        "\"sections\":[{\"heading\":\"Kurztext\",\"text\":\"Antragsberechtigt sind juristische Personen des öffentlichen Rechts, Gemeinden und Gemeindeverbände "
        "sowie kreisfreie Städte und kommunale Unternehmen mit mindestens 50 Prozent kommunaler Beteiligung. Die Förderung ist gegenüber Programmen des Bundes nachrangig. "
        "Fördergebiet ist das gesamte Land mit Ausnahme der Stadt Adorf. Eine Doppelförderung ist ausgeschlossen. Für finanzschwache Kommunen beträgt der Zuschuss bis zu "
        "90 Prozent. Ein vorzeitiger Maßnahmenbeginn ist mit Zustimmung zulässig. Die Einwohnerzahlen werden addiert. Das Antragsverfahren ist zweistufig.\"}]}\n";
    struct scratch *s = *state;
    import_demo(s);
    spill(in(s, "n.ndjson"), NOTICE, sizeof NOTICE - 1);
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), in(s, "n.ndjson")), 0);
    for (size_t l = 0; l < 2; l++) {
        for (size_t i = 0; i < sizeof PROFILES / sizeof *PROFILES; i++) {
            has_no_bare_word("match", run_program(s, "match", "--lang", LANGS[l], "--db", in(s, "t.db"), "--today", "2026-11-22", "--all", "--limit", "1000",
                "--evidence", PROFILES[i])->out);
            has_no_bare_word("match --compare", run_program(s, "match", "--lang", LANGS[l], "--db", in(s, "t.db"), "--today", "2026-11-22", "--limit", "1000",
                "--compare", PROFILES[i])->out);
        }
        has_no_bare_word("show", run_program(s, "show", "--lang", LANGS[l], "--db", in(s, "t.db"), "--today", "2026-11-22", "https://a.example/alles")->out);
    }
}

static void wrong_use_is_2_and_says_what_to_do(void **state)
{
    struct scratch *s = *state;
    import_demo(s);
    assert_status(MATCH(s, DORSTEN, DORSTEN), 2);
    assert_says(s->last.err, "--matrix");
    assert_status(MATCH(s, "--compare", "--out", in(s, "c.doc"), DORSTEN), 2);
    assert_says(s->last.err, ".csv, .xlsx or .html");
    assert_int_equal(mkdir(in(s, "empty"), 0700), 0);
    assert_status(MATCH(s, "--matrix", in(s, "empty")), 2);
    assert_says(s->last.err, "No profile lies in");
    spill(in(s, "paper.txt"), "Die Stadt plant ein Quartier.\n", 30); /* another kind of file: what it is, and which command is meant */
    assert_status(MATCH(s, in(s, "paper.txt")), 2);
    assert_says(s->last.err, "is no profile. A profile is made of a paper with: mittelweg profile from");
    assert_silent_on(s->last.err, "wrong-type");
    assert_status(MATCH(s, "config/examples/stadtteilbuero-dorsten/projekt.yaml"), 2);
    assert_says(s->last.err, "is a project. Name its profile here");
    assert_silent_on(s->last.err, "unknown-key");
    assert_status(run_program(s, "plan", "--lang", "en", DORSTEN), 2);
    assert_says(s->last.err, "is a profile. A project is begun from it with: mittelweg project from");
    assert_silent_on(s->last.err, "unknown-key");
    assert_status(run_program(s, "mix", "--lang", "en", "rules/programmes/ikz-hessen.yaml"), 2);
    assert_says(s->last.err, "is no project");
    static const char *const WORKED = "config/examples/stadtteilbuero-dorsten/projekt.yaml";
    assert_status(run_program(s, "plan", "--lang", "en", "--form", "quatsch", WORKED), 2); /* a name that is none: those there are */
    assert_says(s->last.err, "There are: aza, ");
    assert_status(run_program(s, "plan", "--lang", "en", "--edition", "1999", WORKED), 2);
    assert_says(s->last.err, "There are: 2023");
    assert_status(MATCH(s, "--limit", "2", DORSTEN), 0);
    assert_says(s->last.out, "These are the first 2; --limit N shows more.");
    spill(in(s, "torn.yaml"), "profile: a\ntitle: [\n", 20); /* a profile with faults keeps them */
    assert_status(MATCH(s, in(s, "torn.yaml")), 2);
    assert_says(s->last.err, "torn.yaml:");
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, make_scratch, drop_scratch)
    const struct CMUnitTest tests[] = {
        CASE(the_json_of_a_match_keeps_its_promise),
        CASE(what_hardly_touches_the_project_stands_at_the_end_by_its_title),
        CASE(the_estimate_is_what_the_plan_would_pay),
        CASE(a_joint_project_is_estimated_with_each_in_the_lead),
        CASE(inhabitants_of_the_register_stand_in_for_those_that_nobody_stated),
        CASE(people_read_what_fits_before_what_is_open),
        CASE(an_answer_goes_into_the_file_and_nothing_else_changes),
        CASE(a_period_is_answered_as_people_write_it),
        CASE(candidates_stand_side_by_side_with_their_evidence),
        CASE(a_joint_project_sees_the_rate_of_each_applicant),
        CASE(people_never_read_a_bare_word_of_the_program),
        CASE(wrong_use_is_2_and_says_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
