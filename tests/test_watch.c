/* index/watch: what changed for a profile, in typed terms; and the files that people's decisions lie in. */
#include "index/watch.h"

#include "lib/core/file.h"
#include "tests/index.h"

static struct mw_rules *rules;

static int begin_all(void **state)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    int rc = begin_file(state) != 0 || mw_rules_load(&rules, "rules", &diags, &err) != MW_OK;
    mw_diags_free(&diags);
    return rc;
}

static int end_all(void **state)
{
    mw_rules_free(rules);
    return end_file(state);
}

/* --- a notice of our own with parts that can be changed ------------------------------------------------------------------- */
enum { PROGRAMMES = 12 };
struct programme {
    const char *title, *rate, *amount, *deadline, *who, *land, *closed, *purpose, *contact;
};
static const struct programme BASE = { "Sanierung von Turnhallen", "60 Prozent", "200.000 Euro", "31. Oktober 2025", "Gemeinden und Landkreise", "Hessen", "",
                                       "Gefördert werden die Sanierung und der Umbau von Turnhallen und Sporthallen.", "Auskunft erteilt das Referat 31." };

static const char *text_of(const struct programme *p, int i)
{
    const char *when = mw_arena_printf(arena, "Anträge sind bis zum %s zu stellen.%s", p->deadline, p->closed).p;
    return mw_arena_printf(arena, "%s Es ist das Programm Nummer %d seiner Art.\nAntragsberechtigt sind %s.\nDie Förderung beträgt bis zu %s der "
                           "zuwendungsfähigen Ausgaben, höchstens jedoch %s je Vorhaben.\n%s\n%s",
                           p->purpose, i, p->who, p->rate, p->amount, p->closed[0] > ' ' ? p->closed : when, p->contact).p;
}

static void store_programme(const struct programme *p, int i)
{
    struct mw_notice n = notice(mw_arena_printf(arena, "https://foerderung.example/%d", i).p, p->title, text_of(p, i));
    enum mw_ingest what;
    add_label(&n, MW_FUNDING_LOCATION, p->land);
    add_label(&n, MW_FUNDING_TYPE, "Zuschuss");
    if (mw_ingest(store, rules, &n, TODAY, &what, &err) != MW_OK)
        fail_msg("%s", err.msg);
}

static struct mw_profile profile(void)
{
    struct mw_profile p = { .id = MW_SV("halle"), .title = MW_SV("Sanierung der Turnhalle"), .summary = MW_SV("Die Sporthalle wird saniert."),
                            .text = MW_SV_NONE, .text_file = MW_SV_NONE, .volume = MW_EUR_NONE, .own_share = MW_SHARE_NONE, .started = MW_NO,
                            .started_on = MW_DAY_NONE, .joint_mode = -1, .other_funding = MW_TRI_NONE, .period = { MW_DAY_NONE, MW_DAY_NONE } };
    struct mw_applicant *a = mw_list_add(arena, &p.applicants, sizeof *a);
    *a = (struct mw_applicant){ .name = MW_SV("Stadt"), .type = MW_A_KOMMUNE, .land = MW_LAND_HE, .ags = MW_SV_NONE, .population = 20000,
                                .budget = -1, .lead = MW_YES };
    return p;
}

static struct mw_list state_on(struct mw_day today)
{
    struct mw_profile p = profile();
    struct mw_list matches = { 0 }, state = { 0 };
    struct mw_match_opts opts = { .today = today, .all = true, .limit = SIZE_MAX, .lang = MW_DE, .lean = true };
    if (mw_match(&matches, arena, store, rules, &p, &opts, &err) != MW_OK || mw_watch_state(&state, arena, &matches, 50, MW_DE, &err) != MW_OK)
        fail_msg("%s", err.msg);
    return state;
}

static struct mw_list events_between(const struct mw_list *then, const struct mw_list *now, const struct mw_list *decisions, int days, int within)
{
    struct mw_list events = { 0 }, none = { 0 };
    struct mw_watch_opts opts = { { TODAY.n + days }, TODAY, within, MW_DE };
    if (mw_watch_compare(&events, arena, then, now, decisions != NULL ? decisions : &none, &opts, &err) != MW_OK)
        fail_msg("%s", err.msg);
    return events;
}

static const char *words(const struct mw_list *events)
{
    struct mw_str s = MW_STR_INIT;
    for (size_t i = 0; i < events->n; i++)
        mw_str_addf(&s, "%s%s", i > 0 ? " " : "", MW_EVENTS[MW_AT(*events, struct mw_event, i)->kind]);
    const char *z = mw_arena_z(arena, mw_str_sv(&s));
    mw_str_free(&s);
    return z;
}

/* The change as made, and the event that it must be; what is cosmetic must be none. Each is made to programmes 0, 4 and 8: 22 material
 * changes give 66, 20 cosmetic ones 60. */
struct change {
    const char *why;
    struct programme is; /* NULL: as before */
    const char *want;
};
static const struct change CHANGES[] = {
    { "a later deadline", { .deadline = "30. November 2025" }, "deadline" },
    { "an earlier deadline", { .deadline = "15. September 2025" }, "deadline" },
    { "another year", { .deadline = "31. Oktober 2026" }, "deadline" },
    { "a yearly deadline", { .deadline = "31. Oktober eines jeden Jahres" }, "deadline" },
    { "a day later", { .deadline = "1. November 2025" }, "deadline" },
    { "a higher rate", { .rate = "80 Prozent" }, "rate" },
    { "a lower rate", { .rate = "45 Prozent" }, "rate" },
    { "a rate in other words", { .rate = "75 v. H." }, "rate" },
    { "half a point", { .rate = "60,5 Prozent" }, "rate" },
    { "more money", { .amount = "350.000 Euro" }, "amount" },
    { "less money", { .amount = "90.000 Euro" }, "amount" },
    { "a sum in millions", { .amount = "1,5 Millionen Euro" }, "amount" },
    { "a euro more", { .amount = "200.001 Euro" }, "amount" },
    { "only associations may apply", { .who = "ausschließlich eingetragene Vereine" }, "verdict" },
    { "only enterprises may apply", { .who = "ausschließlich Unternehmen der gewerblichen Wirtschaft" }, "verdict" },
    { "another Land", { .land = "Bayern" }, "verdict" },
    { "yet another Land", { .land = "Sachsen" }, "verdict" },
    { "closed by a sentence", { .closed = "Eine Antragstellung ist nicht mehr möglich." }, "stopped" },
    { "the money is gone", { .closed = "Die Antragsfrist ist abgelaufen; Anträge können nicht mehr gestellt werden." }, "stopped" },
    { "the deadline is past", { .deadline = "30. Juni 2025" }, "stopped" },
    { "rate and deadline at once", { .rate = "70 Prozent", .deadline = "30. November 2025" }, "deadline rate" },
    { "all three at once", { .rate = "70 Prozent", .deadline = "30. November 2025", .amount = "99.000 Euro" }, "deadline rate amount" },
    /* what no reader of conditions would notice */
    { "two spaces", { .purpose = "Gefördert  werden die  Sanierung und der Umbau von Turnhallen und Sporthallen." }, "" },
    { "a soft hyphen", { .purpose = "Gefördert werden die Sanierung und der Umbau von Turn\xc2\xadhallen und Sport\xc2\xadhallen." }, "" },
    { "a no-break space", { .amount = "200.000\xc2\xa0" "Euro" }, "" },
    { "a typo mended", { .purpose = "Gefördert werden die Sanierung sowie der Umbau von Turnhallen und Sporthallen." }, "" },
    { "another contact", { .contact = "Auskunft erteilt das Referat 32." }, "" },
    { "a telephone number", { .contact = "Auskunft erteilt das Referat 31, Telefon 0611 12345." }, "" },
    { "an address of the ministry", { .contact = "Auskunft erteilt das Referat 31, Musterstraße 4, 65000 Wiesbaden." }, "" },
    { "a sentence of thanks", { .contact = "Auskunft erteilt das Referat 31. Wir freuen uns auf Ihr Vorhaben." }, "" },
    { "the rate as a number", { .rate = "60 %" }, "" },
    { "the rate without a space", { .rate = "60%" }, "" },
    { "the date in figures", { .deadline = "31.10.2025" }, "" },
    { "the date with zeros", { .deadline = "31.10.2025" }, "" },
    { "EUR for Euro", { .amount = "200.000 EUR" }, "" },
    { "a dash for the cents", { .amount = "200.000,00 Euro" }, "" },
    { "the title in other words", { .title = "Sanierung von Turnhallen in Kommunen" }, "" },
    { "an empty line", { .closed = "\n" }, "" },
    { "an opening sentence", { .purpose = "Das Land hilft. Gefördert werden die Sanierung und der Umbau von Turnhallen und Sporthallen." }, "" },
    { "the order of words", { .who = "Landkreise und Gemeinden" }, "" },
    { "another line break", { .purpose = "Gefördert werden die Sanierung\nund der Umbau von Turnhallen und Sporthallen." }, "" },
    { "a trailing space", { .contact = "Auskunft erteilt das Referat 31. " }, "" },
};

static struct programme changed(const struct programme *is)
{
    struct programme p = BASE;
#define TAKE(m) p.m = is->m != NULL ? is->m : p.m
    TAKE(title), TAKE(rate), TAKE(amount), TAKE(deadline), TAKE(who), TAKE(land), TAKE(closed), TAKE(purpose), TAKE(contact);
    return p;
}

static void material_changes_are_told_with_their_type_and_cosmetic_ones_never(void **state)
{
    size_t material = 0, right = 0, cosmetic = 0, wrong = 0;
    (void)state;
    for (int i = 0; i < PROGRAMMES; i++)
        store_programme(&BASE, i);
    struct mw_list before = state_on(TODAY);
    for (size_t c = 0; c < COUNT(CHANGES); c++)
        for (int i = 0; i < PROGRAMMES; i += 4) {
            const struct programme p = changed(&CHANGES[c].is);
            store_programme(&p, i);
            struct mw_list now = state_on(TODAY), events = events_between(&before, &now, NULL, 1, 14);
            const char *got = words(&events);
            bool good = strcmp(got, CHANGES[c].want) == 0;
            if (CHANGES[c].want[0] != '\0')
                material++, right += good;
            else
                cosmetic++, wrong += !good;
            if (!good)
                print_message("%s: \"%s\", want \"%s\"\n", CHANGES[c].why, got, CHANGES[c].want);
            store_programme(&BASE, i);
        }
    print_message("%zu of %zu material changes told with the right type, %zu of %zu cosmetic ones told\n", right, material, wrong, cosmetic);
    assert_true(material >= 60 && cosmetic >= 60);
    assert_true(right * 100 >= material * 95);
    assert_true(wrong * 100 <= cosmetic);
}

static void what_is_new_is_told_once_and_what_is_gone_too(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++)
        store_programme(&BASE, i);
    struct mw_list before = state_on(TODAY);
    store_programme(&BASE, 3);
    struct mw_list now = state_on(TODAY), events = events_between(&before, &now, NULL, 1, 14);
    assert_string_equal(words(&events), "new");
    assert_int_equal(MW_AT(events, struct mw_event, 0)->verdict, MW_A_YES);
    events = events_between(&now, &now, NULL, 1, 14);
    assert_string_equal(words(&events), "");
    assert_int_equal(mw_store_remove(store, MW_SV("https://foerderung.example/1"), &err), MW_OK);
    struct mw_list later = state_on(TODAY);
    events = events_between(&now, &later, NULL, 1, 14);
    assert_string_equal(words(&events), "gone");
}

static void a_deadline_that_comes_near_is_told_once(void **state)
{
    static const struct {
        int days, within;
        const char *want;
    } CASES[] = { { 1, 14, "" }, { 94, 14, "closing" }, { 93, 14, "" }, { 1, 200, "" }, { 109, 14, "stopped" } };
    (void)state;
    store_programme(&BASE, 0); /* 31 October is 108 days after 15 July */
    struct mw_list before = state_on(TODAY);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_list now = state_on((struct mw_day){ TODAY.n + CASES[i].days });
        struct mw_list events = events_between(&before, &now, NULL, CASES[i].days, CASES[i].within);
        if (strcmp(words(&events), CASES[i].want) != 0)
            fail_msg("%d days later, %d: %s", CASES[i].days, CASES[i].within, words(&events));
    }
}

static void that_applications_are_soon_taken_is_told_once(void **state)
{
    static const struct {
        int days, within;
        const char *want;
    } CASES[] = { { 1, 14, "" }, { 20, 14, "opening" }, { 19, 9, "" }, { 30, 14, "opened" } };
    (void)state;
    struct mw_notice n = notice("https://foerderung.example/0", BASE.title, text_of(&BASE, 0));
    enum mw_ingest what;
    n.opens = (struct mw_day){ TODAY.n + 30 };
    add_label(&n, MW_FUNDING_LOCATION, BASE.land);
    assert_int_equal(mw_ingest(store, rules, &n, TODAY, &what, &err), MW_OK);
    struct mw_list before = state_on(TODAY);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_list now = state_on((struct mw_day){ TODAY.n + CASES[i].days });
        struct mw_list events = events_between(&before, &now, NULL, CASES[i].days, CASES[i].within);
        if (strstr(words(&events), CASES[i].want) == NULL || (CASES[i].want[0] == '\0' && events.n > 0))
            fail_msg("%d days later, %d: %s", CASES[i].days, CASES[i].within, words(&events));
    }
}

/* Rates in the state of the last run that today's rules read otherwise in the same text. */
static void what_other_rules_read_in_the_same_text_is_no_change(void **state)
{
    (void)state;
    store_programme(&BASE, 0);
    struct mw_list now = state_on(TODAY), before = state_on(TODAY);
    struct mw_watched *w = MW_AT(before, struct mw_watched, 0);
    w->said[MW_W_RATE].key = w->said[MW_W_RATE].words = MW_SV("something else");
    struct mw_list events = events_between(&before, &now, NULL, 1, 14);
    assert_string_equal(words(&events), "");
    w->version++;
    events = events_between(&before, &now, NULL, 1, 14);
    assert_string_equal(words(&events), "rate");
}

/* Of three programmes whose scores are as given, which count as to the point? */
static void what_says_nothing_of_the_project_is_not_to_the_point(void **state)
{
    static const struct {
        int64_t scores[3];
        enum mw_answer first; /* may it be used? */
        enum mw_answer theme; /* of the last */
        bool near;            /* the last */
    } CASES[] = { { { 50000, 1900, 1000 }, MW_A_YES, MW_A_UNKNOWN, true },
                  { { 50000, 1900, 999 }, MW_A_YES, MW_A_UNKNOWN, false },
                  { { 50000, 1900, 999 }, MW_A_NO, MW_A_UNKNOWN, true }, /* what may not be used is no measure */
                  { { 50000, 1900, 0 }, MW_A_YES, MW_A_YES, true },
                  { { 0, 0, 0 }, MW_A_YES, MW_A_UNKNOWN, true } /* a profile without words */ };
    struct mw_match three[3];
    (void)state;
    for (size_t c = 0; c < COUNT(CASES); c++) {
        struct mw_list matches = { three, 3, 3 }, now = { 0 };
        for (int i = 0; i < 3; i++) {
            three[i] = (struct mw_match){ .hit = { .url = MW_SV("u"), .title = MW_SV("t"), .score_milli = CASES[c].scores[i] },
                                          .verdict.answer = i == 0 ? CASES[c].first : MW_A_YES };
            struct mw_criterion *theme = mw_list_add(arena, &three[i].verdict.criteria, sizeof *theme);
            *theme = (struct mw_criterion){ .name = MW_SV("theme"), .answer = i == 2 ? CASES[c].theme : MW_A_UNKNOWN };
        }
        assert_int_equal(mw_watch_state(&now, arena, &matches, 50, MW_DE, &err), MW_OK);
        assert_true(MW_AT(now, struct mw_watched, 1)->near);
        assert_int_equal(MW_AT(now, struct mw_watched, 2)->near, CASES[c].near);
    }
}

static void an_event_says_why(void **state)
{
    struct mw_profile p = profile();
    struct programme elsewhere = BASE;
    (void)state;
    elsewhere.land = "Bayern";
    store_programme(&BASE, 0);
    struct mw_list before = state_on(TODAY);
    store_programme(&elsewhere, 0);
    struct mw_list now = state_on(TODAY), events = events_between(&before, &now, NULL, 1, 14);
    const struct mw_watch_opts opts = { TODAY, TODAY, 14, MW_DE };
    assert_int_equal(mw_watch_explain(&events, arena, store, rules, &p, &opts, &err), MW_OK);
    const struct mw_event *e = MW_AT(events, struct mw_event, 0);
    assert_int_equal(e->kind, MW_E_VERDICT);
    assert_int_equal(e->why.n, 1); /* the others are as they were */
    assert_true(mw_sv_eqz(MW_AT(e->why, struct mw_criterion, 0)->name, "region"));
    assert_true(MW_AT(e->why, struct mw_criterion, 0)->reason.n > 0);
}

/* --- decisions ------------------------------------------------------------------------------------------------------------- */
static struct mw_list decided(enum mw_decision_kind kind, int i, const struct mw_list *on)
{
    struct mw_list all = { 0 };
    struct mw_decision *d = mw_list_add(arena, &all, sizeof *d);
    *d = (struct mw_decision){ .url = mw_arena_printf(arena, "https://foerderung.example/%d", i), .kind = kind, .why = MW_SV("kein Geld"), .day = TODAY };
    for (size_t k = 0; k < on->n; k++)
        if (mw_sv_eq(MW_AT(*on, struct mw_watched, k)->url, d->url))
            d->reasons = MW_AT(*on, struct mw_watched, k)->reasons;
    return all;
}

static void what_was_dismissed_is_told_only_when_its_reasons_change(void **state)
{
    struct programme dearer = BASE, elsewhere = BASE, asked = BASE;
    (void)state;
    dearer.rate = "90 Prozent";
    elsewhere.land = "Bayern";
    asked.who = "öffentliche Einrichtungen";
    store_programme(&BASE, 0);
    struct mw_list before = state_on(TODAY), dismissed = decided(MW_DECIDE_DISMISS, 0, &before);
    store_programme(&dearer, 0);
    struct mw_list now = state_on(TODAY), events = events_between(&before, &now, &dismissed, 1, 14);
    assert_string_equal(words(&events), ""); /* the verdict rests on the same reasons */
    store_programme(&elsewhere, 0);
    struct mw_list later = state_on(TODAY);
    events = events_between(&now, &later, &dismissed, 1, 14);
    assert_string_equal(words(&events), ""); /* now nobody can use it */
    store_programme(&asked, 0);
    struct mw_list last = state_on(TODAY);
    events = events_between(&later, &last, &dismissed, 1, 14);
    assert_string_equal(words(&events), "returned");
    assert_true(mw_sv_eqz(MW_AT(events, struct mw_event, 0)->before, "kein Geld"));
    events = events_between(&last, &last, &dismissed, 2, 14);
    assert_string_equal(words(&events), ""); /* said once */
}

static void a_question_more_is_no_other_reason(void **state)
{
    static const struct {
        const char *x, *y;
        bool same;
    } CASES[] = {
        { "region=yes status=unknown", "region=yes status=unknown", true },
        { "region=yes status=unknown", "region=yes status=yes", false },
        { "region=yes", "region=yes volume=unknown", true },
        { "region=yes", "region=yes volume=no", false },
        { "region=yes volume=yes", "region=yes", false },
        { "region=yes theme=unknown", "theme=unknown region=yes", true }, /* in another order */
        { "", "region=unknown", true },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (mw_watch_same_reasons(mw_sv(CASES[i].x), mw_sv(CASES[i].y)) != CASES[i].same || mw_watch_same_reasons(mw_sv(CASES[i].y), mw_sv(CASES[i].x)) != CASES[i].same)
            fail_msg("%s / %s", CASES[i].x, CASES[i].y);
}

static void what_is_kept_is_told_however_far_down_it_is(void **state)
{
    struct programme dearer = BASE;
    (void)state;
    dearer.rate = "90 Prozent";
    store_programme(&BASE, 0);
    struct mw_list before = state_on(TODAY), kept = decided(MW_DECIDE_KEEP, 0, &before);
    MW_AT(before, struct mw_watched, 0)->near = false;
    store_programme(&dearer, 0);
    struct mw_list now = state_on(TODAY);
    MW_AT(now, struct mw_watched, 0)->near = false;
    struct mw_list events = events_between(&before, &now, NULL, 1, 14);
    assert_string_equal(words(&events), "");
    events = events_between(&before, &now, &kept, 1, 14);
    assert_string_equal(words(&events), "rate");
}

/* Who has applied wants to know what becomes of it, also when nobody can apply any more. */
static void what_is_applied_for_is_told_though_it_may_not_be_used_now(void **state)
{
    struct programme elsewhere = BASE, dearer;
    struct mw_profile p = profile();
    const struct mw_watch_opts opts = { TODAY, TODAY, 14, MW_DE };
    (void)state;
    elsewhere.land = "Bayern";
    dearer = elsewhere;
    dearer.rate = "90 Prozent";
    store_programme(&elsewhere, 0), store_programme(&elsewhere, 1);
    struct mw_list before = state_on(TODAY), applied = decided(MW_DECIDE_APPLY, 0, &before);
    assert_int_equal(mw_watch_minded(&before, arena, store, rules, &p, &applied, &opts, &err), MW_OK);
    store_programme(&dearer, 0), store_programme(&dearer, 1);
    struct mw_list now = state_on(TODAY);
    assert_int_equal(mw_watch_minded(&now, arena, store, rules, &p, &applied, &opts, &err), MW_OK);
    struct mw_list events = events_between(&before, &now, &applied, 1, 14);
    assert_string_equal(words(&events), "rate");
    assert_true(mw_sv_eqz(MW_AT(events, struct mw_event, 0)->url, "https://foerderung.example/0"));
    struct mw_list bare = state_on(TODAY); /* of a run before somebody applied */
    events = events_between(&bare, &now, &applied, 1, 14);
    assert_string_equal(words(&events), "");
}

static void decisions_are_added_to_their_file_and_leave_the_rest_of_it_alone(void **state)
{
    MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    static const char *const EMPTY[] = { "", "# nichts\n", "decisions:\n", "# Kopf\ndecisions: []\n", "decisions:   # noch keine\n\n" };
    static const char *const BY_HAND[] = { "decisions:\n- url: x\n  decision: keep\n", "decisions:\n    - {url: x, decision: keep}\n# Ende",
        "decisions:\n  -   url: x\n      decision: keep\n" };
    const char *path = in_folder("profil.decisions.yaml");
    struct mw_decision d = { .url = MW_SV("https://a.example/\"x\"?a=1&b=2"), .kind = MW_DECIDE_DISMISS, .why = MW_SV("zu klein: 5 %\n# kein Kommentar"),
                             .day = TODAY, .reasons = MW_SV("region=yes status=unknown") };
    struct mw_list all = { 0 };
    struct mw_sv bytes;
    (void)state;
    assert_int_equal(mw_decision_add(path, &d, &diags, &err), MW_OK);
    assert_int_equal(mw_file_read(&bytes, arena, path, 10000, &err), MW_OK);
    struct mw_sv more = mw_arena_printf(arena, "%.*s# von Hand\n", MW_SV_ARG(bytes));
    assert_int_equal(mw_file_write(path, more, &err), MW_OK);
    d.kind = MW_DECIDE_KEEP;
    d.why = MW_SV_NONE;
    assert_int_equal(mw_decision_add(path, &d, &diags, &err), MW_OK);
    assert_int_equal(mw_file_read(&bytes, arena, path, 10000, &err), MW_OK);
    assert_true(mw_sv_find(bytes, MW_SV("# von Hand\n"), 0) != SIZE_MAX);
    assert_int_equal(mw_decisions_load(&all, arena, path, &diags), MW_OK);
    assert_int_equal(all.n, 2);
    assert_true(mw_sv_eq(MW_AT(all, struct mw_decision, 0)->url, d.url));
    assert_true(mw_sv_eqz(MW_AT(all, struct mw_decision, 0)->why, "zu klein: 5 %\n# kein Kommentar"));
    assert_int_equal(mw_decision_of(&all, d.url)->kind, MW_DECIDE_KEEP); /* the last one counts */
    for (size_t i = 0; i < COUNT(EMPTY); i++) { /* whose entries somebody took out by hand */
        struct mw_list one = { 0 };
        assert_int_equal(mw_file_write(path, mw_sv(EMPTY[i]), &err), MW_OK);
        assert_int_equal(mw_decision_add(path, &d, &diags, &err), MW_OK);
        assert_int_equal(mw_decisions_load(&one, arena, path, &diags), MW_OK);
        assert_int_equal(one.n, 1);
    }
    for (size_t i = 0; i < COUNT(BY_HAND); i++) {
        struct mw_list both = { 0 };
        assert_int_equal(mw_file_write(path, mw_sv(BY_HAND[i]), &err), MW_OK);
        assert_int_equal(mw_decision_add(path, &d, &diags, &err), MW_OK);
        assert_int_equal(mw_decisions_load(&both, arena, path, &diags), MW_OK);
        assert_int_equal(both.n, 2);
    }
    assert_int_equal(mw_file_write(path, MW_SV("decisions: [{url: x, decision: keep}]\n"), &err), MW_OK);
    assert_int_equal(mw_decision_add(path, &d, &diags, &err), MW_INVALID);
    assert_int_equal(mw_decisions_load(&all, arena, path, &diags), MW_OK); /* still */
    assert_int_equal(mw_file_write(path, MW_SV("decisions: [\n]\n"), &err), MW_OK);
    assert_int_equal(mw_decision_add(path, &d, &diags, &err), MW_OK);
    assert_int_equal(mw_decisions_load(&all, arena, path, &diags), MW_OK);
    assert_int_equal(mw_file_write(path, MW_SV("decisions:\n  - {url: x, decision: vielleicht}\n"), &err), MW_OK);
    assert_int_equal(mw_decision_add(path, &d, &diags, &err), MW_INVALID); /* a faulty file is left alone */
    assert_int_equal(mw_file_read(&bytes, arena, path, 10000, &err), MW_OK);
    assert_true(mw_sv_find(bytes, MW_SV("vielleicht"), 0) != SIZE_MAX);
}

static void a_state_is_read_back_as_it_was_written(void **state)
{
    const char *path = in_folder("profil.watch.json");
    struct mw_look back, now = { .profile = MW_SV("halle"), .day = TODAY };
    (void)state;
    assert_int_equal(mw_look_load(&back, arena, path, &err), MW_NOT_FOUND);
    for (int i = 0; i < 3; i++)
        store_programme(&BASE, i);
    now.programmes = state_on(TODAY);
    MW_AT(now.programmes, struct mw_watched, 1)->clock = 0;
    MW_AT(now.programmes, struct mw_watched, 2)->opens = (struct mw_day){ TODAY.n + 9 };
    struct mw_event *e = mw_list_add(arena, &now.told, sizeof *e);
    *e = (struct mw_event){ .kind = MW_E_OPENING, .day = TODAY, .url = MW_SV("u"), .title = MW_SV("t"), .after = MW_SV("bald") };
    assert_int_equal(mw_look_save(&now, path, &err), MW_OK);
    assert_int_equal(mw_look_load(&back, arena, path, &err), MW_OK);
    assert_int_equal(back.day.n, TODAY.n);
    struct mw_list events = events_between(&back.programmes, &now.programmes, NULL, 1, 14);
    assert_string_equal(words(&events), "");
    static const int CLOCKS[] = { -1, 0, -1 };
    assert_int_equal(back.programmes.n, COUNT(CLOCKS));
    for (size_t i = 0; i < COUNT(CLOCKS); i++) {
        const struct mw_watched *w = MW_AT(back.programmes, struct mw_watched, i), *was = MW_AT(now.programmes, struct mw_watched, i);
        assert_int_equal(w->clock, CLOCKS[i]);
        assert_true(w->opens.n == was->opens.n && w->deadline.n == was->deadline.n && w->version == was->version && w->version > 0);
    }
    assert_int_equal(back.told.n, 1);
    assert_int_equal(MW_AT(back.told, struct mw_event, 0)->kind, MW_E_OPENING);
    assert_true(mw_sv_eqz(MW_AT(back.told, struct mw_event, 0)->after, "bald"));
    static const char *const BAD[] = { "{\"programmes\": 3}", "{\"day\": \"2025-07-15\", \"programmes\": [",
        "{\"day\": \"2025-07-15\", \"told\": [{\"what\": \"nothing\"}], \"programmes\": []}" };
    for (size_t i = 0; i < COUNT(BAD); i++) {
        assert_int_equal(mw_file_write(path, mw_sv(BAD[i]), &err), MW_OK);
        assert_int_equal(mw_look_load(&back, arena, path, &err), MW_PARSE);
    }
}

/* Programmes to the point that may be used, what is kept, and what was told; nothing dismissed. */
static void a_calendar_holds_what_may_be_used_and_what_is_kept(void **state)
{
    struct programme elsewhere = BASE;
    struct mw_list none = { 0 }, dates = { 0 }, more = { 0 };
    (void)state;
    elsewhere.land = "Bayern";
    store_programme(&BASE, 0), store_programme(&BASE, 1), store_programme(&elsewhere, 2);
    struct mw_list now = state_on(TODAY), dismissed = decided(MW_DECIDE_DISMISS, 1, &now), kept = decided(MW_DECIDE_KEEP, 2, &now);
    assert_int_equal(mw_watch_dates(&dates, arena, &now, &dismissed, &none, &err), MW_OK);
    assert_int_equal(dates.n, 1);
    assert_true(mw_sv_eqz(MW_AT(dates, struct mw_watched, 0)->url, "https://foerderung.example/0"));
    assert_int_equal(mw_watch_dates(&more, arena, &now, &kept, &none, &err), MW_OK);
    assert_int_equal(more.n, 3);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        T(material_changes_are_told_with_their_type_and_cosmetic_ones_never),
        T(what_is_new_is_told_once_and_what_is_gone_too),
        T(a_deadline_that_comes_near_is_told_once),
        T(that_applications_are_soon_taken_is_told_once),
        T(what_other_rules_read_in_the_same_text_is_no_change),
        T(what_says_nothing_of_the_project_is_not_to_the_point),
        T(an_event_says_why),
        T(what_was_dismissed_is_told_only_when_its_reasons_change),
        T(a_question_more_is_no_other_reason),
        T(what_is_kept_is_told_however_far_down_it_is),
        T(what_is_applied_for_is_told_though_it_may_not_be_used_now),
        T(decisions_are_added_to_their_file_and_leave_the_rest_of_it_alone),
        T(a_state_is_read_back_as_it_was_written),
        T(a_calendar_holds_what_may_be_used_and_what_is_kept),
    };
    return cmocka_run_group_tests(tests, begin_all, end_all);
}
