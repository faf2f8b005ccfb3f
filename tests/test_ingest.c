/* The way in: what changes, what does not, what a crash leaves, and an index grown piece by piece. */
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>

#include "index/db.h"
#include "index/ledger.h"
#include "tests/index.h"

/* One number out of the file, past the program. */
static int64_t ask(const char *sql)
{
    sqlite3 *raw = NULL;
    sqlite3_stmt *st = NULL;
    assert_int_equal(sqlite3_open_v2(db, &raw, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(raw);
    return n;
}

/* --- what changed --------------------------------------------------------------------------------------------------------- */

static void the_same_content_changes_nothing(void **state)
{
    struct mw_notice n = notice("u:1", "Radwege", "Gefördert werden Radwege.");
    (void)state;
    assert_int_equal(ingest(&n), MW_NEW);
    int64_t docs = ask("SELECT max(doc) FROM doc"), pages = ask("SELECT count(*) FROM chunk");
    assert_int_equal(ingest(&n), MW_UNCHANGED);
    n.fetched_at = MW_SV("2026-01-01T00:00:00Z"); /* another time of fetching is no other content */
    assert_int_equal(ingest(&n), MW_UNCHANGED);
    assert_int_equal(ask("SELECT max(doc) FROM doc"), docs);
    assert_int_equal(ask("SELECT count(*) FROM chunk"), pages);
    assert_int_equal(ask("SELECT count(*) FROM version"), 1);
}

static void every_part_of_a_notice_counts_as_content(void **state)
{
    struct mw_notice n = notice("u:1", "Radwege", "Text");
    (void)state;
    assert_int_equal(ingest(&n), MW_NEW);
    n.title = MW_SV("Radwege und Gehwege");
    assert_int_equal(ingest(&n), MW_CHANGED);
    n.source = MW_SV("andere");
    assert_int_equal(ingest(&n), MW_CHANGED);
    add_label(&n, MW_FUNDING_TYPE, "Zuschuss");
    assert_int_equal(ingest(&n), MW_CHANGED);
    n.opens = (struct mw_day){ 20000 };
    assert_int_equal(ingest(&n), MW_CHANGED);
    add_section(&n, "Fristen", "31. März");
    assert_int_equal(ingest(&n), MW_CHANGED);
    assert_int_equal(ingest(&n), MW_UNCHANGED);
    assert_int_equal(ask("SELECT count(*) FROM version"), 6);
}

static void a_change_is_a_new_version_and_the_old_one_stays(void **state)
{
    struct mw_notice n = notice("u:1", "Radwege", "Die Quote beträgt 50 Prozent.");
    struct mw_stored got;
    struct mw_list versions = { NULL, 0, 0 };
    (void)state;
    n.fetched_at = MW_SV("2025-01-01T00:00:00Z");
    ingest(&n);
    n = notice("u:1", "Radwege", "Die Quote beträgt 65 Prozent.");
    n.fetched_at = MW_SV("2025-06-01T00:00:00Z");
    assert_int_equal(ingest(&n), MW_CHANGED);
    assert_int_equal(mw_store_get(&got, arena, store, n.url, &err), MW_OK);
    assert_int_equal(got.versions, 2);
    assert_sv(got.first_seen, "2025-01-01T00:00:00Z");
    assert_sv(got.last_changed, "2025-06-01T00:00:00Z");
    assert_int_equal(mw_store_versions(&versions, arena, store, got.id, &err), MW_OK);
    assert_int_equal(versions.n, 2);
    const struct mw_version *v = versions.items;
    assert_sv(v[0].seen, "2025-01-01T00:00:00Z");
    assert_non_null(strstr(mw_arena_z(arena, v[0].record), "50 Prozent"));
    assert_non_null(strstr(mw_arena_z(arena, v[1].record), "65 Prozent"));
}

static void a_notice_that_changes_back_keeps_one_copy_of_each_content(void **state)
{
    (void)state;
    put("u:1", "A", "eins");
    put("u:1", "A", "zwei");
    assert_int_equal(put("u:1", "A", "eins"), MW_CHANGED);
    assert_int_equal(ask("SELECT count(*) FROM version"), 3);
    assert_int_equal(ask("SELECT count(*) FROM snapshot"), 2);
}

static void a_changed_notice_is_found_by_its_new_words_only(void **state)
{
    (void)state;
    put("u:1", "Programm", "Gefördert werden Schwimmbäder.");
    put("u:1", "Programm", "Gefördert werden Bibliotheken.");
    assert_string_equal(found("Schwimmbäder"), "");
    assert_string_equal(found("\"werden Schwimmbäder\""), "");
    assert_string_equal(found("Bibliotheken"), "u:1");
    assert_string_equal(found("\"werden Bibliotheken\""), "u:1");
}

static void a_better_reading_of_the_same_source_is_no_new_version(void **state)
{
    struct mw_notice n = notice("u:1", "Titel", NULL);
    struct mw_section *c = mw_list_add(arena, &n.sections, sizeof *c);
    (void)state;
    *c = (struct mw_section){ MW_SV("Text"), MW_SV("<p>Radwege</p><p>und</p><p>Qualm"), true, MW_SV("RadwegeundQualm") };
    assert_int_equal(ingest(&n), MW_NEW);
    assert_string_equal(found("Radwege"), "");
    MW_AT(n.sections, struct mw_section, 0)->text = MW_SV("Radwege\nund\nQualm");
    assert_int_equal(ingest(&n), MW_UNCHANGED);
    assert_string_equal(found("Radwege"), "u:1");
    assert_int_equal(ask("SELECT count(*) FROM version"), 1);
}

static void an_english_notice_that_turns_german_is_taken_out_as_english(void **state)
{
    struct mw_notice n = notice("u:1", "Housing policies", "Funding of communities and housings.");
    (void)state;
    n.language = MW_SV("en");
    ingest(&n);
    assert_string_equal(found("\"funding of communities\""), "u:1");
    n.language = MW_SV("de");
    n.title = MW_SV("Wohnungspolitik");
    ingest(&n);
    MW_AT(n.sections, struct mw_section, 0)->text = MW_AT(n.sections, struct mw_section, 0)->raw = MW_SV("Wohnungen");
    ingest(&n);
    assert_string_equal(found("\"funding of communities\""), "");
}

/* --- what is refused ------------------------------------------------------------------------------------------------------ */

static void a_notice_without_address_or_title_is_refused(void **state)
{
    struct mw_notice n = notice("", "Titel", "Text");
    enum mw_ingest what;
    (void)state;
    assert_fails(mw_ingest(store, NULL, &n, TODAY, &what, &err), MW_INVALID, "address and a title");
    n = notice("u:1", NULL, "Text");
    assert_fails(mw_ingest(store, NULL, &n, TODAY, &what, &err), MW_INVALID, "address and a title");
    assert_int_equal(notices(), 0);
}

static void html_without_its_plain_text_is_refused_and_the_batch_goes_on(void **state)
{
    struct mw_notice n = notice("u:bad", "Titel", NULL);
    struct mw_section *c = mw_list_add(arena, &n.sections, sizeof *c);
    enum mw_ingest what;
    (void)state;
    *c = (struct mw_section){ MW_SV("Text"), MW_SV("<p>roh</p>"), true, MW_SV_NONE };
    assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
    put("u:1", "Vorher", "eins");
    assert_fails(mw_ingest(store, NULL, &n, TODAY, &what, &err), MW_INVALID, "no plain text");
    put("u:2", "Nachher", "zwei");
    assert_int_equal(mw_ingest_end(store, &err), MW_OK);
    assert_string_equal(found("Vorher"), "u:1");
    assert_string_equal(found("Nachher"), "u:2");
    assert_int_equal(notices(), 2);
}

static void a_batch_that_is_not_ended_leaves_nothing(void **state)
{
    (void)state;
    put("u:0", "Fertig", "steht schon da");
    assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
    put("u:1", "Offen", "wird vergessen");
    open_db(MW_STORE_WRITE);
    assert_int_equal(notices(), 1);
    assert_string_equal(found("Fertig"), "u:0");
    assert_string_equal(found("Offen"), "");
}

/* A full disk may take the open transaction back by itself. What was to be written for it must not be written without it. */
static void a_batch_that_the_database_took_back_leaves_nothing(void **state)
{
    static const char *const ENDS[] = { "ROLLBACK", "ABORT" };
    struct mw_ledger_address now = { .fetched_at = MW_SV("2025-07-15T08:00:00Z") };
    (void)state;
    put("u:0", "Fertig", "steht schon da");
    for (size_t i = 0; i < COUNT(ENDS); i++) {
        int64_t segments = 0;
        struct mw_sv trigger = mw_arena_printf(arena, "DROP TRIGGER IF EXISTS broken; CREATE TEMP TRIGGER broken BEFORE INSERT ON address BEGIN"
                                               " SELECT RAISE(%s, 'no room'); END", ENDS[i]);
        assert_int_equal(mw_db_exec(store, trigger.p, &err), MW_OK);
        assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
        put("u:1", "Offen", "wird vergessen");
        assert_int_not_equal(mw_ledger_fetched(store, 1, MW_SV("q"), MW_SV("u:1"), &now, &err), MW_OK);
        assert_int_equal(mw_ingest_end(store, &err), MW_OK);
        assert_int_equal(notices(), 1);
        assert_int_equal(mw_q_number(&segments, store, "SELECT count(*) FROM segment", &err), MW_OK);
        assert_int_equal(segments, 1);
    }
    assert_int_equal(mw_db_exec(store, "DROP TRIGGER broken", &err), MW_OK);
    put("u:2", "Anderes", "ganz neu");
    assert_string_equal(found("Offen"), "");
    assert_string_equal(found("Anderes"), "u:2");
}

/* FTS5 gets its words when the batch ends, and must hold exactly those of the texts that are then stored. */
static void phrases_follow_what_changes_within_a_batch(void **state)
{
    (void)state;
    put("u:old", "Alt", "blaue Brücken");
    put("u:last", "Zuletzt", "graue Stege"); /* its rows have the greatest numbers, which the batch gives out anew */
    assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
    put("u:new", "Neu", "rote Radwege");
    put("u:last", "Zuletzt", "weiße Stege");
    put("u:new", "Neu", "grüne Radwege");
    put("u:old", "Alt", "gelbe Brücken");
    put("u:new", "Neu", "bunte Radwege");
    put("u:old", "Alt", "lila Brücken");
    assert_int_equal(mw_ingest_end(store, &err), MW_OK);
    static const struct {
        const char *phrase, *where;
    } CASES[] = {
        { "\"bunte Radwege\"", "u:new" }, { "\"lila Brücken\"", "u:old" }, { "\"weiße Stege\"", "u:last" }, { "\"rote Radwege\"", "" },
        { "\"grüne Radwege\"", "" }, { "\"blaue Brücken\"", "" }, { "\"gelbe Brücken\"", "" }, { "\"graue Stege\"", "" },
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (strcmp(found(CASES[i].phrase), CASES[i].where) != 0)
            fail_msg("%s is found in \"%s\"", CASES[i].phrase, found(CASES[i].phrase));
    open_db(MW_STORE_WRITE);
    assert_int_equal(mw_db_exec(store, "INSERT INTO section_fts(section_fts, rank) VALUES('integrity-check', 1)", &err), MW_OK);
}

static void a_statement_may_change_thousands_of_pages(void **state)
{
    int64_t sum = 0;
    (void)state;
    assert_int_equal(mw_db_exec(store, "CREATE TABLE big(id INTEGER PRIMARY KEY, n INTEGER NOT NULL UNIQUE, filling BLOB);"
                                "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 2000)"
                                " INSERT INTO big SELECT i, i, zeroblob(3000) FROM c", &err), MW_OK);
    assert_int_equal(mw_db_exec(store, "BEGIN; SAVEPOINT s; UPDATE big SET n = -n; ROLLBACK TO s", &err), MW_OK);
    assert_int_equal(mw_q_number(&sum, store, "SELECT sum(n) FROM big", &err), MW_OK);
    assert_int_equal(sum, 2000 * 2001 / 2);
    assert_int_equal(mw_db_exec(store, "UPDATE big SET n = -n; COMMIT", &err), MW_OK);
    assert_int_equal(mw_q_number(&sum, store, "SELECT sum(n) FROM big", &err), MW_OK);
    assert_int_equal(sum, -2000 * 2001 / 2);
}

static void odd_notices_are_stored_all_the_same(void **state)
{
    struct mw_notice n = notice("u:nothing", "", NULL);
    char *giant = mw_arena_alloc(arena, 400001);
    (void)state;
    assert_int_equal(ingest(&n), MW_NEW);
    for (int i = 0; i < 400000; i++)
        giant[i] = (char)(i % 11 == 10 ? ' ' : 'a' + i / 11 % 26);
    assert_int_equal(put("u:giant", "Richtlinie", giant), MW_NEW);
    memset(giant, 'x', 400000);
    assert_int_equal(put("u:word", "Ein Wort ohne Ende", giant), MW_NEW);
    assert_int_equal(put("u:marks", "„–“ • § 44", "\t\n\r — … \xe2\x80\x8b"), MW_NEW);
    assert_string_equal(found("Ende"), "u:word");
    assert_int_equal(notices(), 4);
}

/* --- grown piece by piece ---------------------------------------------------------------------------------------------- */

static const char *const WORDS[] = { "Radweg", "Brücke", "Schule", "Turnhalle", "Klima", "Wärme", "Quartier", "Konzept",
                                     "Sanierung", "Kommune", "Tourismus", "Digital", "Breitband", "Wasser", "Wald" };

static const char *some_text(unsigned *seed, int words)
{
    struct mw_str s = MW_STR_INIT;
    for (int i = 0; i < words; i++)
        mw_str_addf(&s, "%s ", WORDS[(size_t)rand_r(seed) % COUNT(WORDS)]);
    struct mw_sv text = mw_arena_copy(arena, mw_str_sv(&s));
    mw_str_free(&s);
    return mw_arena_z(arena, text);
}

/* Many small steps with changes and removals end in the same answers as one reindexing of what is left. */
static void an_index_grown_step_by_step_equals_one_made_at_once(void **state)
{
    unsigned seed = 11;
    const char *before[COUNT(WORDS)];
    int64_t n = 0;
    (void)state;
    for (int step = 0; step < 400; step++) {
        const char *url = mw_arena_printf(arena, "u:%d", rand_r(&seed) % 60).p;
        if (rand_r(&seed) % 6 == 0)
            mw_store_remove(store, mw_sv(url), &err);
        else
            put(url, some_text(&seed, 2), some_text(&seed, 3 + rand_r(&seed) % 20));
    }
    for (size_t i = 0; i < COUNT(WORDS); i++)
        before[i] = found(WORDS[i]);
    assert_true(ask("SELECT count(*) FROM segment") < 20);
    assert_true(ask("SELECT max(doc) FROM doc") > 250);
    close_db();
    assert_int_equal(mw_store_reindex(db, analyser, &n, &err), MW_OK);
    open_db(MW_STORE_READ);
    assert_int_equal(n, notices());
    for (size_t i = 0; i < COUNT(WORDS); i++)
        assert_string_equal(found(WORDS[i]), before[i]);
}

static void merged_segments_forget_the_dead(void **state)
{
    (void)state;
    for (int i = 0; i < 300; i++)
        put("u:1", "Immer dieselbe", mw_arena_printf(arena, "einmalig%dwort", i).p);
    assert_string_equal(found("einmalig299wort"), "u:1");
    assert_true(ask("SELECT sum(length(bytes)) FROM chunk") < 2000); /* not 300 times its words */
    assert_true(ask("SELECT count(*) FROM segment") < 20);
}

/* --- killed in the middle -------------------------------------------------------------------------------------------------- */

enum { KILL_ROUNDS = 12 };

/* Stores notices one by one and says each number once it is confirmed. */
static void work_until_killed(int pipe_end, int from, bool batched)
{
    open_db(MW_STORE_WRITE);
    for (int i = from;; i++) {
        unsigned seed = (unsigned)i;
        if (batched)
            mw_ingest_begin(store, &err);
        put(mw_arena_printf(arena, "k:%d", i).p, "Radwege", some_text(&seed, 300));
        if (batched && mw_ingest_end(store, &err) != MW_OK)
            _exit(1);
        if (write(pipe_end, &i, sizeof i) != sizeof i)
            _exit(1);
    }
}

static void killed_at_any_moment_nothing_confirmed_is_lost(void **state)
{
    int next = 0;
    unsigned seed = 3;
    (void)state;
    close_db();
    for (int round = 0; round < KILL_ROUNDS; round++) {
        int ends[2], last = next - 1, got;
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0) {
            close(ends[0]);
            work_until_killed(ends[1], next, round % 2 == 0);
        }
        close(ends[1]);
        usleep(20000 + (unsigned)(rand_r(&seed) % 60000));
        kill(child, SIGKILL);
        while (read(ends[0], &got, sizeof got) == sizeof got)
            last = got;
        close(ends[0]);
        waitpid(child, NULL, 0);
        open_db(MW_STORE_WRITE);
        int64_t stored = notices(); /* at most one more than was confirmed: killed between commit and word */
        assert_in_range(stored, last + 1, last + 2);
        assert_int_equal(ask("SELECT count(*) FROM doc"), stored);
        assert_int_equal(search("Radwege").total, stored);
        assert_int_equal(ask("SELECT count(*) FROM pragma_foreign_key_check"), 0);
        next = (int)stored;
        close_db();
    }
    assert_int_equal(ask("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
    open_db(MW_STORE_WRITE);
}

/* --- facts ---------------------------------------------------------------------------------------------------------------- */

static void without_rules_there_are_no_facts(void **state)
{
    struct mw_stored got;
    (void)state;
    put("u:1", "Radwege", "Die Antragsfrist endet am 31. März 2026.");
    assert_int_equal(mw_store_get(&got, arena, store, MW_SV("u:1"), &err), MW_OK);
    assert_int_equal(got.facts.n, 0);
}

static struct mw_rules *load_rules(void)
{
    struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
    struct mw_rules *r = NULL;
    if (mw_rules_load(&r, "rules", &diags, &err) != MW_OK)
        fail_msg("%s", diags.n > 0 ? diags.items[0].msg : err.msg);
    mw_diags_free(&diags);
    return r;
}

static void facts_are_stored_as_they_were_found(void **state)
{
    struct mw_rules *r = load_rules();
    struct mw_notice n = notice("u:1", "Radwege", "Anträge sind bis zum 31. März 2026 zu stellen. Der Zuschuss beträgt höchstens "
                                "65 Prozent der zuwendungsfähigen Ausgaben, maximal 250.000 Euro.");
    struct mw_stored got;
    struct mw_list fresh = { NULL, 0, 0 };
    enum mw_ingest what;
    (void)state;
    add_label(&n, MW_ELIGIBLE_APPLICANTS, "Kommune");
    assert_int_equal(mw_ingest(store, r, &n, TODAY, &what, &err), MW_OK);
    assert_int_equal(mw_store_get(&got, arena, store, n.url, &err), MW_OK);
    assert_int_equal(mw_rules_facts(&fresh, arena, r, &got.notice, got.plain, &err), MW_OK);
    assert_int_equal(got.facts.n, fresh.n);
    assert_true(fresh.n > 0);
    for (size_t i = 0; i < fresh.n; i++) {
        const struct mw_fact *a = MW_AT(fresh, struct mw_fact, i), *b = MW_AT(got.facts, struct mw_fact, i);
        assert_int_equal(a->type, b->type);
        assert_true(mw_sv_eq(a->kind, b->kind) && mw_sv_eq(a->value, b->value) && mw_sv_eq(a->quote, b->quote));
        assert_true(mw_sv_eq(a->field, b->field) && mw_sv_eq(a->rule, b->rule) && mw_sv_eq(a->condition, b->condition));
        assert_true((a->kind.p == NULL) == (b->kind.p == NULL) && (a->quote.p == NULL) == (b->quote.p == NULL));
        assert_int_equal(a->date.n, b->date.n);
        assert_int_equal(a->recurs, b->recurs);
        assert_int_equal(a->eur.cents, b->eur.cents);
        assert_int_equal(a->share.num, b->share.num);
        assert_int_equal(a->share.den, b->share.den);
        assert_int_equal(a->months, b->months);
        assert_int_equal(a->number, b->number);
        assert_int_equal(a->soft, b->soft);
        if (b->quote.p != NULL)
            assert_true(mw_sv_eq(mw_sv_sub(got.plain, b->start, b->quote.n), b->quote));
    }
    mw_rules_free(r);
}

/* New or known: of a notice that rules cannot read nothing is stored, and what stood before it in the batch stays. */
static void a_notice_that_rules_refuse_takes_only_itself_back(void **state)
{
    struct mw_rules *r = load_rules();
    enum mw_ingest what;
    (void)state;
    put("u:known", "Bekannt", "alt");
    int64_t rows = ask("SELECT count(*) FROM section"), versions = ask("SELECT count(*) FROM version"), snapshots = ask("SELECT count(*) FROM snapshot");
    assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
    put("u:1", "Vorher", "eins");
    for (int known = 0; known < 2; known++) {
        struct mw_notice n = notice(known ? "u:known" : "u:new", "Titel", "kein UTF-8: \xff");
        assert_fails(mw_ingest(store, r, &n, TODAY, &what, &err), MW_PARSE, "not UTF-8");
    }
    put("u:2", "Nachher", "zwei");
    assert_int_equal(mw_ingest_end(store, &err), MW_OK);
    assert_int_equal(notices(), 3);
    assert_int_equal(ask("SELECT count(*) FROM section"), rows + 4);
    assert_int_equal(ask("SELECT count(*) FROM version"), versions + 2);
    assert_int_equal(ask("SELECT count(*) FROM snapshot"), snapshots + 2);
    assert_string_equal(found("Bekannt"), "u:known");
    assert_string_equal(found("Vorher"), "u:1");
    assert_string_equal(found("Nachher"), "u:2");
    mw_rules_free(r);
}

static void facts_are_renewed_once_when_other_rules_read(void **state)
{
    struct mw_rules *r = load_rules();
    struct mw_stored got;
    int64_t n = -1;
    enum mw_ingest what;
    (void)state;
    put("u:1", "Radwege", "Anträge sind bis zum 31. März 2026 zu stellen.");
    put("u:2", "Brücken", "Anträge sind bis zum 30. Juni 2026 zu stellen.");
    assert_int_equal(mw_facts_refresh(store, r, &n, &err), MW_OK);
    assert_int_equal(n, 2);
    assert_int_equal(mw_store_get(&got, arena, store, MW_SV("u:1"), &err), MW_OK);
    assert_true(got.facts.n > 0);
    assert_int_equal(mw_facts_refresh(store, r, &n, &err), MW_OK);
    assert_int_equal(n, 0);
    struct mw_notice same = notice("u:1", "Radwege", "Anträge sind bis zum 31. März 2026 zu stellen.");
    assert_int_equal(mw_ingest(store, r, &same, TODAY, &what, &err), MW_OK);
    assert_int_equal(what, MW_UNCHANGED);
    assert_int_equal(got.versions, 1);
    mw_rules_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_same_content_changes_nothing),
        TEST(every_part_of_a_notice_counts_as_content),
        TEST(a_change_is_a_new_version_and_the_old_one_stays),
        TEST(a_notice_that_changes_back_keeps_one_copy_of_each_content),
        TEST(a_changed_notice_is_found_by_its_new_words_only),
        TEST(a_better_reading_of_the_same_source_is_no_new_version),
        TEST(an_english_notice_that_turns_german_is_taken_out_as_english),
        TEST(a_notice_without_address_or_title_is_refused),
        TEST(html_without_its_plain_text_is_refused_and_the_batch_goes_on),
        TEST(a_batch_that_is_not_ended_leaves_nothing),
        TEST(a_batch_that_the_database_took_back_leaves_nothing),
        TEST(phrases_follow_what_changes_within_a_batch),
        TEST(a_statement_may_change_thousands_of_pages),
        TEST(odd_notices_are_stored_all_the_same),
        TEST(an_index_grown_step_by_step_equals_one_made_at_once),
        TEST(merged_segments_forget_the_dead),
        TEST(killed_at_any_moment_nothing_confirmed_is_lost),
        TEST(without_rules_there_are_no_facts),
        TEST(facts_are_stored_as_they_were_found),
        TEST(a_notice_that_rules_refuse_takes_only_itself_back),
        TEST(facts_are_renewed_once_when_other_rules_read),
    };
    return cmocka_run_group_tests(tests, begin_file, end_file);
}
