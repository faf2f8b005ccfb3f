/* Links: two notices that are one programme, and many that only look like it. */
#include <sqlite3.h>

#include "index/kin.h"
#include "index/ledger.h"
#include "tests/index.h"

static const struct mw_list NO_LANDS = { NULL, 0, 0 };

/* Sixty words and more of which a guideline of our own might consist; no word that tells what it is about comes twice. */
#define TEXT                                                                                                                     \
    "Der Zuschuss unterstützt Gemeinden dabei, leerstehende Ladenlokale in Begegnungsorte umzubauen. Übernommen werden "         \
    "Planungskosten, Umbauarbeiten und Möbel, nicht jedoch laufende Mieten. Wer teilnehmen möchte, reicht zuerst eine "          \
    "Projektskizze ein; nach positiver Bewertung folgt ein förmlicher Antrag. Vorhaben dürfen höchstens drei Jahre dauern. "      \
    "Nach Abschluss ist binnen sechs Monaten ein Verwendungsnachweis vorzulegen, dem Belege sowie Fotos beizufügen sind."

static struct mw_notice from(const char *source, const char *url, const char *title, const char *text)
{
    struct mw_notice n = notice(url, title, text);
    n.source = mw_sv(source);
    return n;
}

static void identify(struct mw_notice *n, const char *identifier)
{
    struct mw_pair *pair = mw_list_add(arena, &n->extra, sizeof *pair);
    struct mw_node *node = mw_arena_alloc(arena, sizeof *node);
    *node = (struct mw_node){ .kind = MW_SCALAR, .style = MW_JSON_STRING, .text = mw_sv(identifier) };
    *pair = (struct mw_pair){ .key = MW_SV("identifier"), .value = node };
}

static int64_t update(void)
{
    int64_t linked = -1;
    if (mw_links_update(&linked, store, &NO_LANDS, &err) != MW_OK)
        fail_msg("%s", err.msg);
    return linked;
}

/* The other addresses of a notice, "url proof percent; ...", the leading one with a star. */
static const char *also(const char *url)
{
    struct mw_list links = { NULL, 0, 0 };
    struct mw_str s = MW_STR_INIT;
    struct mw_stored n;
    assert_int_equal(mw_store_get(&n, arena, store, mw_sv(url), &err), MW_OK);
    assert_int_equal(mw_links_of(&links, arena, store, n.id, &err), MW_OK);
    for (size_t i = 0; i < links.n; i++) {
        const struct mw_linked *l = MW_AT(links, struct mw_linked, i);
        mw_str_addf(&s, "%s%.*s%s %s", i > 0 ? "; " : "", MW_SV_ARG(l->url), l->leads ? "*" : "", MW_LINK_PROOFS[l->proof]);
    }
    const char *out = mw_arena_z(arena, mw_str_sv(&s));
    mw_str_free(&s);
    return out;
}

/* --- what is a proof, and what is none -------------------------------------------------------------------------------------- */

static void put_both(const struct mw_notice *a, const struct mw_notice *b)
{
    ingest(a);
    ingest(b);
}

static void the_same_title_alone_links_nothing(void **state)
{
    (void)state;
    struct mw_notice a = from("fdb", "https://a.example/programme/1", "Orte der Begegnung", "Gefördert werden Ladenlokale."),
                     b = from("land", "https://b.example/programme/2", "Orte der Begegnung", "Umbau von Bahnhöfen.");
    put_both(&a, &b);
    assert_int_equal(update(), 0);
}

static void a_link_to_the_other_address_is_a_proof_however_the_title_is_spelt(void **state)
{
    static const char *const LINKS[] = {
        "Mehr: https://b.example/foerderung/begegnung.", "Mehr unter http://www.b.example/foerderung/begegnung/ und am Telefon.",
        "<a href=\"https://b.example/foerderung/begegnung#antrag\">Antrag</a>", "(https://b.example/foerderung/begegnung)",
    };
    (void)state;
    for (size_t i = 0; i < sizeof LINKS / sizeof *LINKS; i++) {
        struct mw_notice a = from("fdb", "https://a.example/programme/1", "„Orte der Begegnung“ – Förderung", LINKS[i]),
                         b = from("land", "https://b.example/foerderung/begegnung", "Orte der Begegnung ? Foerderung", "Kurz.");
        put_both(&a, &b);
        assert_int_equal(update(), 1);
        assert_string_equal(also("https://a.example/programme/1"), "https://b.example/foerderung/begegnung address");
        assert_string_equal(also("https://b.example/foerderung/begegnung"), "https://a.example/programme/1* ");
    }
}

static void an_address_that_goes_on_or_is_only_a_home_page_is_no_proof(void **state)
{
    static const char *const OTHERS[] = { "https://b.example/foerderung/begegnung-2", "https://b.example/foerderung/begegnung/archiv",
                                          "https://b.example/foerderung", "https://xb.example/foerderung/begegnung" };
    (void)state;
    struct mw_notice b = from("land", "https://b.example/foerderung/begegnung", "Orte der Begegnung", "Kurz.");
    ingest(&b);
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
        struct mw_notice a = from("fdb", "https://a.example/programme/1", "Orte der Begegnung", OTHERS[i]);
        ingest(&a);
        if (update() != 0)
            fail_msg("linked by %s: %s", OTHERS[i], also(a.url.p));
    }
    struct mw_notice home = from("home", "https://c.example/", "Orte der Begegnung", "Kurz."),
                     a = from("fdb", "https://a.example/programme/1", "Orte der Begegnung", "Siehe https://c.example/");
    put_both(&home, &a);
    if (update() != 0)
        fail_msg("linked by a home page: %s", also(a.url.p));
}

static void an_identifier_is_a_proof_with_the_same_title_only(void **state)
{
    (void)state;
    struct mw_notice a = from("bulk", "https://eu.example/t/LIFE-2027-TOWNS", "Greener towns", NULL),
                     b = from("search", "https://eu.example/portal/topic?id=life-2027-towns", "Greener towns", "Text of the topic."),
                     cascade = from("other", "https://eu.example/competitive-calls/77", "Voucher for repair cafés", "A call of the project.");
    identify(&a, "LIFE-2027-TOWNS");
    identify(&b, "life-2027-towns");
    identify(&cascade, "LIFE-2027-TOWNS");
    put_both(&a, &b);
    ingest(&cascade); /* a call of a project carries the topic's identifier and is another programme */
    assert_int_equal(update(), 1);
    assert_string_equal(also("https://eu.example/t/LIFE-2027-TOWNS"), "https://eu.example/portal/topic?id=life-2027-towns* ");
    assert_string_equal(also("https://eu.example/competitive-calls/77"), "");
}

static void shared_text_is_a_proof_and_says_how_much(void **state)
{
    (void)state;
    struct mw_notice a = from("fdb", "https://a.example/programme/1", "Orte der Begegnung", TEXT " Auskunft gibt die Hotline."),
                     b = from("land", "https://b.example/programme/2", "Orte der Begegnung", TEXT);
    put_both(&a, &b);
    assert_int_equal(update(), 1);
    struct mw_list links = { NULL, 0, 0 };
    struct mw_stored n;
    assert_int_equal(mw_store_get(&n, arena, store, a.url, &err), MW_OK);
    assert_int_equal(mw_links_of(&links, arena, store, n.id, &err), MW_OK);
    assert_int_equal(MW_AT(links, struct mw_linked, 0)->proof, MW_LINK_TEXT);
    assert_int_equal(MW_AT(links, struct mw_linked, 0)->percent, 100);
}

/* --- what speaks against it ------------------------------------------------------------------------------------------------- */

static void what_only_looks_alike_stays_apart(void **state)
{
    static const char TITLE[] = "Richtlinie zur Förderung von Begegnungsorten";
    static const struct {
        const char *why, *land_a, *land_b, *funder_a, *funder_b, *more_a, *more_b;
        int64_t linked;
    } CASES[] = {
        { "nothing speaks against it", "", "", "", "", "", "", 1 },
        { "two Länder by their labels", "Hessen", "Bayern", "", "", "", "", 0 },
        { "one of the federation, one of a Land", "bundesweit", "Bayern", "", "", "", "", 0 },
        { "the Land is only named in the text", "", "", "", "", " Antragsberechtigt sind Gemeinden in Hessen.",
          " Antragsberechtigt sind Gemeinden in Thüringen.", 0 },
        { "a funder each", "", "", "Stadtwerke-Stiftung", "Landesbank", "", "", 0 },
        { "the same funder, once with its parent", "", "", "Landesbank", "Landesbank, Abteilung Städte", "", "", 1 },
        { "a federal ministry under its old name", "", "", "Bundesministerium für Bau", "Bundesministerium für Wohnen und Bau", "", "", 1 },
        { "a copied guideline with the name of another town", "", "", "", "", " Die Stadt Alsfeld prüft; Alsfeld zahlt aus.",
          " Die Stadt Borken prüft; Borken zahlt aus.", 0 },
        { "an address and a number that only the shorter one says, twice", "", "", "", "",
          " Mehr: www.beispielort.example/orte, https://beispielort.example/orte (Telefon 0800123, 0800123).",
          " Auskunft gibt die Hotline montags bis freitags zwischen neun und siebzehn Uhr im Rathaus am Marktplatz nahe dem Bahnhof.", 1 },
        { "rounds told apart by their year", "", "", "", "", " Aufruf 2026, offen bis Ende 2026.", " Aufruf 2027, offen bis Ende 2027.", 0 },
        { "the same Land twice", "Hessen", "Hessen", "", "", "", "", 1 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct mw_notice n[2];
        for (int k = 0; k < 2; k++) {
            const char *land = k == 0 ? CASES[i].land_a : CASES[i].land_b, *funder = k == 0 ? CASES[i].funder_a : CASES[i].funder_b;
            n[k] = from(k == 0 ? "a" : "b", k == 0 ? "https://a.example/programme/1" : "https://b.example/programme/2", TITLE,
                        mw_arena_printf(arena, "%s%s", TEXT, k == 0 ? CASES[i].more_a : CASES[i].more_b).p);
            if (land[0] != '\0')
                add_label(&n[k], MW_FUNDING_LOCATION, land);
            if (funder[0] != '\0')
                add_label(&n[k], MW_FUNDER, funder);
        }
        put_both(&n[0], &n[1]);
        int64_t linked = update();
        if (linked != CASES[i].linked)
            fail_msg("%s: %lld links", CASES[i].why, (long long)linked);
    }
}

static void a_source_of_a_land_speaks_for_its_notices(void **state)
{
    struct mw_list lands = { NULL, 0, 0 };
    int64_t linked;
    (void)state;
    struct mw_notice a = from("portal-he", "https://a.example/programme/1", "Orte der Begegnung", TEXT),
                     b = from("portal-by", "https://b.example/programme/2", "Orte der Begegnung", TEXT);
    put_both(&a, &b);
    *(struct mw_link_land *)mw_list_add(arena, &lands, sizeof(struct mw_link_land)) = (struct mw_link_land){ MW_SV("portal-he"), MW_LAND_HE };
    *(struct mw_link_land *)mw_list_add(arena, &lands, sizeof(struct mw_link_land)) = (struct mw_link_land){ MW_SV("portal-by"), MW_LAND_BY };
    assert_int_equal(mw_links_update(&linked, store, &lands, &err), MW_OK);
    assert_int_equal(linked, 0);
}

static void rounds_of_a_call_stay_apart(void **state)
{
    (void)state;
    struct mw_notice a = from("a", "https://a.example/programme/1", "Orte der Begegnung", TEXT),
                     b = from("b", "https://b.example/programme/2", "Orte der Begegnung", TEXT);
    *(struct mw_day *)mw_list_add(arena, &a.deadlines, sizeof(struct mw_day)) = (struct mw_day){ 20500 };
    *(struct mw_day *)mw_list_add(arena, &b.deadlines, sizeof(struct mw_day)) = (struct mw_day){ 20865 };
    put_both(&a, &b);
    assert_int_equal(update(), 0);
    identify(&a, "KLIMA-2026-1"); /* and where each has a number of its own, nothing else is asked */
    identify(&b, "KLIMA-2027-1");
    a.deadlines.n = b.deadlines.n = 0;
    put_both(&a, &b);
    assert_int_equal(update(), 0);
}

static void a_title_that_a_source_has_twice_links_nothing(void **state)
{
    (void)state;
    struct mw_notice a = from("a", "https://a.example/programme/1", "Orte der Begegnung", TEXT),
                     b = from("b", "https://b.example/programme/2", "Orte der Begegnung", TEXT),
                     c = from("b", "https://b.example/programme/3", "Orte der Begegnung", "Ganz anderes.");
    put_both(&a, &b);
    assert_int_equal(update(), 1);
    ingest(&c);
    assert_int_equal(update(), 0);
    c.title = MW_SV("Orte der Ruhe"); /* it is told apart again by what it is no more */
    ingest(&c);
    assert_int_equal(update(), 1);
}

static void a_title_that_hundreds_have_is_a_form_and_links_nothing(void **state)
{
    (void)state;
    struct mw_notice a = from("a", "https://a.example/programme/1", "Orte der Begegnung", TEXT),
                     b = from("b", "https://b.example/programme/2", "Orte der Begegnung", TEXT);
    put_both(&a, &b);
    assert_int_equal(update(), 1);
    assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
    for (int i = 0; i < 256; i++) {
        struct mw_notice n = from(mw_arena_printf(arena, "s%d", i).p, mw_arena_printf(arena, "https://s.example/programme/%d", i).p,
                                  "Orte der Begegnung", "Ein Formular.");
        ingest(&n);
    }
    assert_int_equal(mw_ingest_end(store, &err), MW_OK);
    assert_int_equal(update(), 0);
    identify(&a, "KLIMA-2026-1"); /* a number of its own still finds it; its title tells nothing */
    identify(&b, "KLIMA-2026-1");
    put_both(&a, &b);
    assert_int_equal(update(), 1);
}

/* --- how links live ------------------------------------------------------------------------------------------------------------ */

static void a_link_falls_with_its_proof(void **state)
{
    (void)state;
    struct mw_notice a = from("a", "https://a.example/programme/1", "Orte der Begegnung", "Siehe https://b.example/programme/2"),
                     b = from("b", "https://b.example/programme/2", "Orte der Begegnung", "Kurz.");
    put_both(&a, &b);
    assert_int_equal(update(), 1);
    a = from("a", "https://a.example/programme/1", "Orte der Begegnung", "Siehe anderswo.");
    ingest(&a);
    assert_int_equal(update(), 0);
    assert_string_equal(also("https://b.example/programme/2"), "");
}

static void a_notice_that_is_taken_out_frees_the_others(void **state)
{
    (void)state;
    struct mw_notice a = from("a", "https://a.example/programme/1", "Orte der Begegnung", TEXT " Mehr Text als sonst irgendwo steht hier."),
                     b = from("b", "https://b.example/programme/2", "Orte der Begegnung", TEXT),
                     c = from("c", "https://c.example/programme/3", "Orte der Begegnung", TEXT);
    put_both(&a, &b);
    ingest(&c);
    assert_int_equal(update(), 2);
    assert_int_equal(mw_store_remove(store, MW_SV("https://a.example/programme/1"), &err), MW_OK);
    assert_int_equal(update(), 1);
    assert_string_equal(also("https://c.example/programme/3"), "https://b.example/programme/2* ");
    assert_int_equal(mw_store_remove(store, MW_SV("https://b.example/programme/2"), &err), MW_OK);
    assert_int_equal(update(), 0);
}

static void what_is_gone_takes_no_part_until_it_is_back(void **state)
{
    static const char *const DAYS[] = { "2025-01-01T03:00:00Z", "2025-01-02T03:00:00Z", "2025-01-03T03:00:00Z", "2025-01-04T03:00:00Z" };
    static const int64_t LINKED[] = { 1, 1, 0, 1 };
    (void)state;
    struct mw_notice a = from("a", "https://a.example/programme/1", "Orte der Begegnung", TEXT),
                     b = from("b", "https://b.example/programme/2", "Orte der Begegnung", TEXT);
    put_both(&a, &b);
    for (int i = 0; i < 4; i++) { /* seen, missed, missed again and so gone, back */
        struct mw_ledger_run r = { .state = MW_LEDGER_COMPLETE, .source = MW_SV("b"), .ended = mw_sv(DAYS[i]), .reason = MW_SV_NONE, .expected = -1 };
        assert_int_equal(mw_ledger_begin(&r.id, store, r.source, mw_sv(DAYS[i]), &err), MW_OK);
        if (i == 0 || i == 3)
            assert_int_equal(mw_ledger_saw(store, r.id, r.source, b.url, b.url, &err), MW_OK);
        assert_int_equal(mw_ledger_end(store, &r, &err), MW_OK);
        assert_int_equal(update(), LINKED[i]);
    }
}

static void the_one_with_the_rules_leads_then_the_longer_then_the_fresher(void **state)
{
    (void)state;
    char rules[1200], words[] = "Absatz eins. ";
    rules[0] = '\0';
    while (strlen(rules) + sizeof words < sizeof rules)
        strcat(rules, words);
    struct mw_notice old = from("b", "https://b.example/programme/2", "Orte der Begegnung", TEXT),
                     fresh = from("a", "https://a.example/programme/1", "Orte der Begegnung", TEXT);
    old.fetched_at = MW_SV("2025-01-01T00:00:00Z");
    fresh.fetched_at = MW_SV("2025-02-01T00:00:00Z");
    put_both(&old, &fresh);
    assert_int_equal(update(), 1);
    assert_string_equal(also("https://b.example/programme/2"), "https://a.example/programme/1* ");
    add_section(&old, "Anhang", TEXT " " TEXT); /* three times the text */
    ingest(&old);
    assert_int_equal(update(), 1);
    assert_string_equal(also("https://a.example/programme/1"), "https://b.example/programme/2* ");
    add_section(&fresh, "Richtlinie", rules);
    ingest(&fresh);
    assert_int_equal(update(), 1);
    assert_string_equal(also("https://b.example/programme/2"), "https://a.example/programme/1* ");
}

static void only_what_changed_is_looked_at_again_and_the_result_is_the_same(void **state)
{
    (void)state;
    for (int i = 0; i < 40; i++) {
        const char *title = mw_arena_printf(arena, "Orte der Begegnung Nummer %d", i / 2).p;
        struct mw_notice n = from(i % 2 == 0 ? "a" : "b", mw_arena_printf(arena, "https://%c.example/programme/%d", 'a' + i % 2, i).p, title, TEXT);
        ingest(&n);
    }
    assert_int_equal(update(), 20);
    assert_int_equal(update(), 20);
    struct mw_notice n = from("a", "https://a.example/programme/0", "Ein neuer Titel", TEXT);
    ingest(&n);
    assert_int_equal(update(), 19);
    n.title = MW_SV("Orte der Begegnung Nummer 0");
    ingest(&n);
    assert_int_equal(update(), 20);
}

static void notices_of_an_older_database_are_linked_too(void **state)
{
    (void)state;
    struct mw_notice a = from("a", "https://a.example/programme/1", "Orte der Begegnung", TEXT),
                     b = from("b", "https://b.example/programme/2", "Orte der Begegnung", TEXT);
    put_both(&a, &b);
    close_db();
    sqlite3 *raw = NULL; /* as version 6 left it */
    assert_int_equal(sqlite3_open(db, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, "DROP TABLE link; DROP TABLE link_key; DROP TABLE brief; DROP TABLE claim; DROP TABLE chunk;"
                                  "ALTER TABLE fact DROP COLUMN clock;"
                                  "CREATE TABLE posting(segment); PRAGMA user_version = 6", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(raw);
    open_db(MW_STORE_WRITE);
    assert_int_equal(update(), 1);
}

/* A crawl of one source that sees one notice. */
static enum mw_ingest crawled(const struct mw_notice *n, const char *day)
{
    struct mw_ledger_run r = { .state = MW_LEDGER_COMPLETE, .source = n->source, .ended = mw_sv(day), .reason = MW_SV_NONE, .expected = -1 };
    struct mw_notice dated = *n;
    dated.fetched_at = mw_sv(day);
    assert_int_equal(mw_ledger_begin(&r.id, store, r.source, mw_sv(day), &err), MW_OK);
    enum mw_ingest what = ingest(&dated);
    assert_int_equal(mw_ledger_saw(store, r.id, r.source, n->url, n->url, &err), MW_OK);
    assert_int_equal(mw_ledger_end(store, &r, &err), MW_OK);
    return what;
}

static void two_sources_of_one_address_do_not_take_turns(void **state)
{
    (void)state;
    struct mw_notice list = from("bulk", "https://eu.example/topic/1", "Greener towns", NULL),
                     full = from("search", "https://eu.example/topic/1", "Greener towns", TEXT);
    struct mw_stored got;
    assert_int_equal(crawled(&list, "2025-01-01T01:00:00Z"), MW_NEW);
    assert_int_equal(crawled(&full, "2025-01-01T02:00:00Z"), MW_CHANGED);   /* it says more */
    assert_int_equal(crawled(&list, "2025-01-02T01:00:00Z"), MW_UNCHANGED); /* and is not lost again */
    assert_int_equal(crawled(&full, "2025-01-02T02:00:00Z"), MW_UNCHANGED);
    assert_int_equal(crawled(&list, "2025-01-16T01:00:00Z"), MW_UNCHANGED);
    assert_int_equal(mw_store_get(&got, arena, store, list.url, &err), MW_OK);
    assert_int_equal(got.versions, 2);
    assert_int_equal(crawled(&list, "2025-01-17T01:00:00Z"), MW_CHANGED); /* the other was not seen for more than a fortnight */
    assert_int_equal(mw_store_get(&got, arena, store, list.url, &err), MW_OK);
    assert_sv(got.notice.source, "bulk");
}

static void give_days(struct mw_notice *n, int32_t day)
{
    n->deadlines = (struct mw_list){ NULL, 0, 0 };
    *(struct mw_day *)mw_list_add(arena, &n->deadlines, sizeof(struct mw_day)) = (struct mw_day){ day };
}

static int32_t stored_day(const char *url)
{
    struct mw_stored got;
    assert_int_equal(mw_store_get(&got, arena, store, mw_sv(url), &err), MW_OK);
    return got.notice.deadlines.n == 1 ? MW_AT(got.notice.deadlines, struct mw_day, 0)->n : -1;
}

static void a_deadline_that_the_poorer_source_moves_is_taken_over_and_the_fuller_text_stays(void **state)
{
    static const char URL[] = "https://eu.example/topic/1";
    static const struct { bool full; int32_t says; const char *title; enum mw_ingest want; int32_t stored; } NIGHTS[] = {
        { false, 20500, "Greener towns", MW_NEW, 20500 },
        { true, 20500, "Greener towns", MW_CHANGED, 20500 },    /* it has the text */
        { false, 20500, "Greener towns", MW_UNCHANGED, 20500 },
        { false, 20530, "Greener towns", MW_CHANGED, 20530 },   /* moved */
        { true, 20500, "Greener towns", MW_UNCHANGED, 20530 },  /* and not moved back by who has not heard of it */
        { false, 20530, "Greener towns", MW_UNCHANGED, 20530 },
        { true, 20500, "Green towns", MW_CHANGED, 20530 },      /* nor by another title */
        { true, 20530, "Green towns", MW_UNCHANGED, 20530 },    /* now it has heard */
        { false, 20530, "Greener towns", MW_UNCHANGED, 20530 },
        { true, 20560, "Green towns", MW_CHANGED, 20560 },      /* and moves it itself */
        { false, 20530, "Greener towns", MW_UNCHANGED, 20560 },
    };
    struct mw_stored got;
    (void)state;
    for (size_t i = 0; i < sizeof NIGHTS / sizeof *NIGHTS; i++) {
        struct mw_notice n = from(NIGHTS[i].full ? "search" : "bulk", URL, NIGHTS[i].title, NIGHTS[i].full ? TEXT : NULL);
        give_days(&n, NIGHTS[i].says);
        enum mw_ingest what = crawled(&n, mw_arena_printf(arena, "2025-01-%02dT01:00:00Z", (int)i + 1).p);
        if (what != NIGHTS[i].want || stored_day(URL) != NIGHTS[i].stored)
            fail_msg("night %zu: %d, the deadline is day %d", i, what, (int)stored_day(URL));
    }
    assert_int_equal(mw_store_get(&got, arena, store, MW_SV("https://eu.example/topic/1"), &err), MW_OK);
    assert_int_equal(got.notice.sections.n, 1); /* the text is there */
    assert_sv(got.notice.source, "search");
}

static void what_was_imported_by_hand_stands_in_no_crawl_s_way(void **state)
{
    (void)state;
    struct mw_notice list = from("bulk", "https://eu.example/topic/1", "Greener towns", NULL),
                     full = from("file", "https://eu.example/topic/1", "Greener towns", TEXT);
    assert_int_equal(ingest(&full), MW_NEW);
    assert_int_equal(crawled(&list, "2025-01-01T01:00:00Z"), MW_CHANGED);
}

/* --- what comes of it -------------------------------------------------------------------------------------------------------------- */

static struct mw_hits looked_for(const char *query)
{
    const struct mw_search_opts opts = { .limit = 10, .today = TODAY, .facets = true, .literal = true };
    struct mw_hits hits;
    if (mw_search(&hits, arena, store, mw_sv(query), &opts, &err) != MW_OK)
        fail_msg("%s", err.msg);
    return hits;
}

static void a_search_shows_one_result_with_the_other_address(void **state)
{
    (void)state;
    struct mw_notice a = from("a", "https://a.example/programme/1", "Orte der Begegnung", TEXT " Hier steht Quittenmus."),
                     b = from("b", "https://b.example/programme/2", "Orte der Begegnung", TEXT " Dort steht Pflaumenmus."),
                     c = from("b", "https://b.example/programme/3", "Orte der Ruhe", "Ladenlokale anderer Art.");
    put_both(&a, &b);
    ingest(&c);
    assert_int_equal(looked_for("Ladenlokale").total, 3);
    assert_int_equal(update(), 1);
    struct mw_hits hits = looked_for("Ladenlokale");
    assert_int_equal(hits.total, 2);
    assert_int_equal(hits.hits.n, 2);
    int64_t by_source = 0;
    for (size_t f = 0; f < hits.facets.n; f++) {
        const struct mw_facet *facet = MW_AT(hits.facets, struct mw_facet, f);
        for (size_t i = 0; strcmp(facet->field, "source") == 0 && i < facet->counts.n; i++)
            by_source += MW_AT(facet->counts, struct mw_facet_count, i)->notices;
    }
    assert_int_equal(by_source, 2);
    for (size_t i = 0; i < hits.hits.n; i++) {
        const struct mw_hit *h = MW_AT(hits.hits, struct mw_hit, i);
        assert_int_equal(h->also.n, mw_sv_eq(h->title, a.title) ? 1 : 0);
    }
    /* what only one of them says, and a filter that only one passes, still find the programme */
    assert_int_equal(looked_for("Quittenmus").total, 1);
    assert_int_equal(looked_for("Pflaumenmus").total, 1);
    hits = looked_for("Ladenlokale source:b");
    assert_int_equal(hits.total, 2);
    assert_int_equal(looked_for("source:a").total, 1);
    assert_int_equal(looked_for("").total, 2);
    hits = looked_for("Ladenlokale source:nowhere");
    assert_int_equal(hits.total, 0);
    assert_int_equal(MW_AT(hits.loosened, struct mw_loosened, 0)->total, 2);
}

static void similar_ones_are_not_the_programme_itself_elsewhere(void **state)
{
    struct mw_search_opts opts = { .limit = 10, .today = TODAY, .like = MW_SV("https://a.example/programme/1") };
    struct mw_hits hits;
    (void)state;
    struct mw_notice a = from("a", "https://a.example/programme/1", "Orte der Begegnung", TEXT),
                     b = from("b", "https://b.example/programme/2", "Orte der Begegnung", TEXT),
                     c = from("b", "https://b.example/programme/3", "Begegnungsorte in Ladenlokalen", TEXT);
    put_both(&a, &b);
    ingest(&c);
    update();
    assert_int_equal(mw_search(&hits, arena, store, MW_SV(""), &opts, &err), MW_OK);
    assert_int_equal(hits.total, 1);
    assert_sv(MW_AT(hits.hits, struct mw_hit, 0)->url, "https://b.example/programme/3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_title_alone_links_nothing, begin, end),
        cmocka_unit_test_setup_teardown(a_link_to_the_other_address_is_a_proof_however_the_title_is_spelt, begin, end),
        cmocka_unit_test_setup_teardown(an_address_that_goes_on_or_is_only_a_home_page_is_no_proof, begin, end),
        cmocka_unit_test_setup_teardown(an_identifier_is_a_proof_with_the_same_title_only, begin, end),
        cmocka_unit_test_setup_teardown(shared_text_is_a_proof_and_says_how_much, begin, end),
        cmocka_unit_test_setup_teardown(what_only_looks_alike_stays_apart, begin, end),
        cmocka_unit_test_setup_teardown(a_source_of_a_land_speaks_for_its_notices, begin, end),
        cmocka_unit_test_setup_teardown(rounds_of_a_call_stay_apart, begin, end),
        cmocka_unit_test_setup_teardown(a_title_that_a_source_has_twice_links_nothing, begin, end),
        cmocka_unit_test_setup_teardown(a_title_that_hundreds_have_is_a_form_and_links_nothing, begin, end),
        cmocka_unit_test_setup_teardown(a_link_falls_with_its_proof, begin, end),
        cmocka_unit_test_setup_teardown(a_notice_that_is_taken_out_frees_the_others, begin, end),
        cmocka_unit_test_setup_teardown(what_is_gone_takes_no_part_until_it_is_back, begin, end),
        cmocka_unit_test_setup_teardown(the_one_with_the_rules_leads_then_the_longer_then_the_fresher, begin, end),
        cmocka_unit_test_setup_teardown(only_what_changed_is_looked_at_again_and_the_result_is_the_same, begin, end),
        cmocka_unit_test_setup_teardown(notices_of_an_older_database_are_linked_too, begin, end),
        cmocka_unit_test_setup_teardown(two_sources_of_one_address_do_not_take_turns, begin, end),
        cmocka_unit_test_setup_teardown(a_deadline_that_the_poorer_source_moves_is_taken_over_and_the_fuller_text_stays, begin, end),
        cmocka_unit_test_setup_teardown(what_was_imported_by_hand_stands_in_no_crawl_s_way, begin, end),
        cmocka_unit_test_setup_teardown(a_search_shows_one_result_with_the_other_address, begin, end),
        cmocka_unit_test_setup_teardown(similar_ones_are_not_the_programme_itself_elsewhere, begin, end),
    };
    return cmocka_run_group_tests(tests, begin_file, end_file);
}
