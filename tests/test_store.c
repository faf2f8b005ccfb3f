/* The database file: opened, refused with a cure, read while another writes, and never losing what was stored. */
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>

#include "index/reply.h"
#include "tests/index.h"

static void spill(const char *path, const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static void sql(const char *statement)
{
    sqlite3 *raw = NULL;
    assert_int_equal(sqlite3_open(db, &raw), SQLITE_OK);
    if (sqlite3_exec(raw, statement, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(raw));
    sqlite3_close(raw);
}

static enum mw_rc try_open(enum mw_store_mode mode)
{
    close_db();
    mw_err_clear(&err);
    enum mw_rc rc = mw_store_open(&store, db, mode, analyser, &err);
    assert_true(rc == MW_OK ? store != NULL : store == NULL);
    return rc;
}

/* --- what cannot be used is refused with the cure -------------------------------------------------------------------- */

static void a_missing_database_is_not_made_by_reading(void **state)
{
    (void)state;
    snprintf(db, sizeof db, "%s/none.db", folder);
    assert_fails(try_open(MW_STORE_READ), MW_DB, "mittelweg import");
    assert_int_equal(access(db, F_OK), -1);
}

static void a_missing_folder_is_said(void **state)
{
    (void)state;
    snprintf(db, sizeof db, "%s/none/at/all.db", folder);
    assert_fails(try_open(MW_STORE_WRITE), MW_OUTPUT, "folder exists");
    assert_fails(try_open(MW_STORE_READ), MW_DB, "mittelweg import");
}

static void a_folder_is_no_database(void **state)
{
    (void)state;
    snprintf(db, sizeof db, "%s", folder);
    assert_fails(try_open(MW_STORE_READ), MW_DB, "is no file");
    assert_fails(try_open(MW_STORE_WRITE), MW_DB, "is no file");
}

static void a_photo_is_no_database_and_stays_what_it_was(void **state)
{
    unsigned char jpeg[5000] = { 0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F' }, after[5001];
    (void)state;
    snprintf(db, sizeof db, "%s/photo.jpg", folder);
    spill(db, jpeg, sizeof jpeg);
    assert_fails(try_open(MW_STORE_READ), MW_DB, "no database of Mittelweg");
    assert_fails(try_open(MW_STORE_WRITE), MW_DB, "no database of Mittelweg");
    FILE *f = fopen(db, "rb");
    assert_int_equal(fread(after, 1, sizeof after, f), sizeof jpeg);
    fclose(f);
    assert_memory_equal(after, jpeg, sizeof jpeg);
}

static void an_empty_file_is_filled_by_a_writer_only(void **state)
{
    (void)state;
    snprintf(db, sizeof db, "%s/empty.db", folder);
    spill(db, "", 0);
    assert_fails(try_open(MW_STORE_READ), MW_DB, "is empty");
    assert_int_equal(try_open(MW_STORE_WRITE), MW_OK);
    assert_int_equal(notices(), 0);
}

static void a_database_of_another_program_is_left_alone(void **state)
{
    (void)state;
    snprintf(db, sizeof db, "%s/other.db", folder);
    sql("CREATE TABLE address(name); INSERT INTO address VALUES('Rathaus')");
    assert_fails(try_open(MW_STORE_WRITE), MW_DB, "another program");
    assert_fails(try_open(MW_STORE_READ), MW_DB, "another program");
    sql("SELECT name FROM address; UPDATE address SET name = 'Kreishaus'"); /* not in WAL mode, not locked */
    char wal[128];
    snprintf(wal, sizeof wal, "%s-wal", db);
    assert_int_equal(access(wal, F_OK), -1);
}

static void a_database_of_a_newer_program_is_refused(void **state)
{
    (void)state;
    close_db();
    sql("PRAGMA user_version = 99");
    assert_fails(try_open(MW_STORE_READ), MW_DB, "newer version");
    assert_fails(try_open(MW_STORE_WRITE), MW_DB, "newer version");
}

static void another_analyser_is_refused_until_reindexed(void **state)
{
    int64_t n = 0;
    (void)state;
    put("u:1", "Sanierung von Sporthallen", "Gefördert werden Turnhallen.");
    close_db();
    sql("UPDATE meta SET value = value + 1 WHERE key = 'analyser'");
    assert_fails(try_open(MW_STORE_READ), MW_DB, "mittelweg reindex");
    assert_fails(try_open(MW_STORE_WRITE), MW_DB, "mittelweg reindex");
    assert_int_equal(mw_store_reindex(db, analyser, &n, &err), MW_OK);
    assert_int_equal(n, 1);
    assert_int_equal(try_open(MW_STORE_READ), MW_OK);
    assert_string_equal(found("Turnhalle"), "u:1");
    assert_string_equal(found("\"werden Turnhallen\""), "u:1");
}

static void another_word_list_is_refused(void **state)
{
    (void)state;
    close_db();
    sql("UPDATE meta SET value = value - 1 WHERE key = 'lexicon'");
    assert_fails(try_open(MW_STORE_READ), MW_DB, "mittelweg reindex");
}

static void reindexing_needs_a_database(void **state)
{
    int64_t n = 0;
    (void)state;
    snprintf(db, sizeof db, "%s/none.db", folder);
    assert_fails(mw_store_reindex(db, analyser, &n, &err), MW_DB, "mittelweg import");
    assert_int_equal(access(db, F_OK), -1);
}

/* --- damage ------------------------------------------------------------------------------------------------------------ */

static void fill(int n)
{
    for (int i = 0; i < n; i++)
        put(mw_arena_printf(arena, "u:%d", i).p, "Zuschuss für Radwege",
            mw_arena_printf(arena, "Der Landkreis fördert Radwege der Gemeinde Nummer %d im ländlichen Raum.", i).p);
}

static void a_database_cut_off_is_damaged_not_empty(void **state)
{
    struct stat st;
    (void)state;
    fill(60);
    close_db();
    assert_int_equal(stat(db, &st), 0);
    assert_int_equal(truncate(db, st.st_size / 2), 0);
    assert_fails(try_open(MW_STORE_READ), MW_DB, "damaged");
    assert_fails(try_open(MW_STORE_WRITE), MW_DB, "damaged");
}

/* Bytes changed anywhere: an error or an answer, never a crash. */
static void noise_in_the_file_never_crashes(void **state)
{
    unsigned seed = 7;
    struct stat st;
    (void)state;
    fill(40);
    close_db();
    assert_int_equal(stat(db, &st), 0);
    char *good = malloc((size_t)st.st_size), *bad = malloc((size_t)st.st_size);
    FILE *f = fopen(db, "rb");
    assert_int_equal(fread(good, 1, (size_t)st.st_size, f), st.st_size);
    fclose(f);
    for (int round = 0; round < 60; round++) {
        memcpy(bad, good, (size_t)st.st_size);
        for (int i = 0; i < 40; i++)
            bad[100 + rand_r(&seed) % (st.st_size - 100)] = (char)rand_r(&seed);
        spill(db, bad, (size_t)st.st_size);
        if (try_open(MW_STORE_READ) != MW_OK)
            continue;
        struct mw_hits hits;
        struct mw_stored one;
        mw_search(&hits, arena, store, MW_SV("Radwege land:NW \"Gemeinde Nummer\""),
                  &(struct mw_search_opts){ .limit = 20, .today = TODAY }, &err);
        mw_store_get(&one, arena, store, MW_SV("u:7"), &err);
    }
    free(good);
    free(bad);
}

/* --- several at once -------------------------------------------------------------------------------------------------- */

static void a_reader_sees_the_last_complete_state_while_another_writes(void **state)
{
    struct mw_store *reader = NULL;
    int64_t n = 0;
    (void)state;
    fill(3);
    assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
    put("u:new", "Neues Programm", "noch nicht abgeschlossen");
    assert_int_equal(mw_store_open(&reader, db, MW_STORE_READ, analyser, &err), MW_OK);
    assert_int_equal(mw_store_count(reader, &n, &err), MW_OK);
    assert_int_equal(n, 3);
    assert_int_equal(mw_ingest_end(store, &err), MW_OK);
    assert_int_equal(mw_store_count(reader, &n, &err), MW_OK);
    assert_int_equal(n, 4);
    struct mw_hits hits;
    assert_int_equal(mw_search(&hits, arena, reader, MW_SV("neues"), &(struct mw_search_opts){ .limit = 9, .today = TODAY }, &err),
                     MW_OK);
    assert_int_equal(hits.total, 1);
    mw_store_close(reader);
}

static void a_second_writer_is_told_who_is_in_the_way(void **state)
{
    sqlite3 *other = NULL;
    struct mw_notice n = notice("u:x", "Titel", "Text");
    enum mw_ingest what;
    (void)state;
    fill(1);
    mw_store_patience(store, 50);
    assert_int_equal(sqlite3_open(db, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    assert_fails(mw_ingest(store, NULL, &n, TODAY, &what, &err), MW_DB, "Another program is writing");
    assert_fails(mw_ingest_begin(store, &err), MW_DB, "Another program is writing");
    sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(other);
    assert_int_equal(mw_ingest(store, NULL, &n, TODAY, &what, &err), MW_OK);
    assert_int_equal(notices(), 2);
}

static void a_store_for_reading_does_not_write(void **state)
{
    struct mw_notice n = notice("u:x", "Titel", "Text");
    enum mw_ingest what;
    (void)state;
    open_db(MW_STORE_READ);
    assert_fails(mw_ingest(store, NULL, &n, TODAY, &what, &err), MW_DB, "reading only");
    assert_fails(mw_store_remove(store, MW_SV("u:x"), &err), MW_DB, "reading only");
    assert_int_equal(notices(), 0);
}

/* --- folders that may not be written (root may write everywhere, so as nobody) ------------------------------------------ */

static int as_nobody(int (*fn)(void))
{
    int status = 0;
    close_db();
    assert_int_equal(chmod(folder, 0555), 0);
    assert_int_equal(chmod(db, 0444), 0);
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && (setegid(65534) != 0 || seteuid(65534) != 0))
            _exit(99);
        _exit(fn());
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

static int reads(void)
{
    int64_t n = 0;
    if (mw_store_open(&store, db, MW_STORE_READ, analyser, &err) != MW_OK || mw_store_count(store, &n, &err) != MW_OK)
        return 1;
    return n == 5 ? 0 : 2;
}

static int is_refused(void)
{
    enum mw_rc rc = mw_store_open(&store, db, MW_STORE_WRITE, analyser, &err);
    return rc == MW_OUTPUT && strstr(err.msg, "ermission") != NULL ? 0 : 1;
}

static void a_folder_for_reading_only_is_read(void **state)
{
    (void)state;
    fill(5);
    assert_int_equal(as_nobody(reads), 0);
}

static void a_folder_for_reading_only_is_not_written(void **state)
{
    (void)state;
    fill(5);
    assert_int_equal(as_nobody(is_refused), 0);
}

/* --- a full disk ---------------------------------------------------------------------------------------------------------- */

static void full_disk(void)
{
    signal(SIGXFSZ, SIG_IGN);
    struct stat st;
    int64_t before = notices(), kept = 0;
    enum mw_ingest what;
    enum mw_rc rc = MW_OK;
    assert_int_equal(stat(db, &st), 0);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &(struct rlimit){ (rlim_t)st.st_size + 400000, RLIM_INFINITY }), 0);
    for (int i = 0; i < 2000 && rc == MW_OK; i++) {
        struct mw_notice n = notice(mw_arena_printf(arena, "v:%d", i).p, "Zuschuss", NULL);
        char *text = mw_arena_alloc(arena, 20001);
        unsigned seed = (unsigned)i;
        for (int k = 0; k < 20000; k++)
            text[k] = k % 7 == 0 ? ' ' : (char)('a' + rand_r(&seed) % 26);
        add_section(&n, "Volltext", text);
        rc = mw_ingest(store, NULL, &n, TODAY, &what, &err);
        kept += rc == MW_OK;
    }
    if (rc != MW_OUTPUT || strstr(err.msg, "safe") == NULL)
        _exit(1);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &(struct rlimit){ RLIM_INFINITY, RLIM_INFINITY }), 0);
    if (notices() != before + kept) /* what was confirmed is there, what was not is not */
        _exit(2);
    close_db();
    open_db(MW_STORE_WRITE);
    if (notices() != before + kept || put("w:1", "Nach dem Platzmachen", "wieder da") != MW_NEW)
        _exit(3);
    _exit(strcmp(found("Platzmachen"), "w:1") == 0 ? 0 : 4);
}

static void a_full_disk_is_said_and_loses_nothing(void **state)
{
    int status = 0;
    (void)state;
    fill(3);
    close_db();
    pid_t child = fork();
    if (child == 0) {
        open_db(MW_STORE_WRITE);
        full_disk();
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* --- what comes back ------------------------------------------------------------------------------------------------------ */

static void a_notice_comes_back_as_it_was(void **state)
{
    struct mw_notice n = notice("https://example.org/a", "Räume für „Alle“", "Erster Text\nmit \"Zeilen\" & Zeichen: ä\xcc\x88 \xc2\xad");
    struct mw_stored got;
    (void)state;
    add_section(&n, "", "ohne Überschrift");
    struct mw_section *html = mw_list_add(arena, &n.sections, sizeof *html);
    *html = (struct mw_section){ MW_SV("HTML"), MW_SV("<p>Roher&nbsp;Text</p>"), true, MW_SV("Roher Text") };
    add_label(&n, MW_FUNDING_TYPE, "Zuschuss");
    add_label(&n, MW_ELIGIBLE_APPLICANTS, "Kommune");
    *(struct mw_day *)mw_list_add(arena, &n.deadlines, sizeof(struct mw_day)) = (struct mw_day){ 20500 };
    n.opens = (struct mw_day){ 20000 };
    n.fetched_at = MW_SV("2025-06-30T08:00:00Z");
    assert_int_equal(ingest(&n), MW_NEW);
    assert_int_equal(mw_store_get(&got, arena, store, n.url, &err), MW_OK);
    assert_sv(got.notice.title, "Räume für „Alle“");
    assert_sv(got.notice.source, "test");
    assert_int_equal(got.notice.sections.n, 3);
    const struct mw_section *c = got.notice.sections.items;
    assert_sv(c[0].raw, "Erster Text\nmit \"Zeilen\" & Zeichen: ä\xcc\x88 \xc2\xad");
    assert_sv(c[1].heading, "");
    assert_false(c[1].html);
    assert_true(c[2].html);
    assert_sv(c[2].raw, "<p>Roher&nbsp;Text</p>");
    assert_sv(c[2].text, "Roher Text");
    assert_sv(*MW_AT(got.notice.facets[MW_ELIGIBLE_APPLICANTS], struct mw_sv, 0), "Kommune");
    assert_int_equal(got.notice.opens.n, 20000);
    assert_int_equal(MW_AT(got.notice.deadlines, struct mw_day, 0)->n, 20500);
    assert_sv(got.first_seen, "2025-06-30T08:00:00Z");
    assert_int_equal(got.versions, 1);
    assert_sv(got.plain, "Räume für „Alle“\nVolltext\nErster Text\nmit \"Zeilen\" & Zeichen: ä\xcc\x88 \xc2\xad\n\nohne Überschrift"
                         "\nHTML\nRoher Text");
}

/* It is kept once, in the snapshot, where JSON can hold it. */
static void html_comes_back_byte_for_byte(void **state)
{
    const struct mw_sv HTML[] = {
        MW_SV("<p>Ein \"Wort\" \\ und\r\n\tein ä a\xcc\x88 &auml; \xc2\xad\xe2\x80\xa8</p>"), MW_SV("\x01\x1b\x7f\xc2\x85\xef\xbf\xbe\xef\xbf\xbd"),
        MW_SV("<p>\xff\xc3(\xed\xa0\x80</p>"), MW_SV(""), MW_SV(" "), MW_SV("wie der Text"), MW_SV("null"), MW_SV("12"),
    };
    struct mw_notice n = notice("https://example.org/html", "HTML", "Kein HTML");
    struct mw_stored got;
    (void)state;
    for (size_t i = 0; i < COUNT(HTML); i++)
        *(struct mw_section *)mw_list_add(arena, &n.sections, sizeof(struct mw_section)) = (struct mw_section){ MW_SV("H"), HTML[i], true, MW_SV("wie der Text") };
    assert_int_equal(ingest(&n), MW_NEW);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(mw_store_get(&got, arena, store, n.url, &err), MW_OK);
        assert_int_equal(got.notice.sections.n, COUNT(HTML) + 1);
        for (size_t i = 0; i < COUNT(HTML); i++)
            if (!mw_sv_eq(MW_AT(got.notice.sections, struct mw_section, i + 1)->raw, HTML[i]))
                fail_msg("HTML %zu comes back as \"%.*s\"", i, MW_SV_ARG(MW_AT(got.notice.sections, struct mw_section, i + 1)->raw));
        MW_AT(n.sections, struct mw_section, 1)->text = MW_SV("besser gelesen");
        assert_int_equal(ingest(&n), MW_UNCHANGED);
    }
    MW_AT(n.sections, struct mw_section, 2)->raw = MW_SV("<p>a\0b</p>"); /* no JSON is read that holds this */
    assert_int_equal(ingest(&n), MW_CHANGED);
    assert_int_equal(mw_store_get(&got, arena, store, n.url, &err), MW_OK);
    assert_true(mw_sv_eq(MW_AT(got.notice.sections, struct mw_section, 1)->raw, HTML[0]));
    assert_true(mw_sv_eq(MW_AT(got.notice.sections, struct mw_section, 2)->raw, MW_SV("<p>a\0b</p>")));
}

/* The one before stays, among what else its batch stores. */
static void an_answer_that_cannot_be_read_to_its_end_is_not_kept_by_half(void **state)
{
    static const char SOURCE[] = "portal", URL[] = "https://portal.example/liste";
    struct mw_reply answer = { .source = mw_sv(SOURCE), .url = mw_sv(URL), .fetched_at = MW_SV("2026-11-01"), .bytes = MW_SV("was da war") }, got;
    struct mw_arena *a = mw_arena_new();
    (void)state;
    assert_int_equal(mw_reply_put(store, &answer, &err), MW_OK);
    assert_int_equal(mw_ingest_begin(store, &err), MW_OK);
    answer.fetched_at = MW_SV("2026-11-02");
    answer.path = folder; /* which opens, but is not read */
    assert_int_equal(mw_reply_put(store, &answer, &err), MW_IO);
    answer.url = MW_SV("https://portal.example/neu");
    assert_int_equal(mw_reply_put(store, &answer, NULL), MW_IO);
    answer.url = MW_SV("https://portal.example/seite");
    answer.path = NULL;
    assert_int_equal(mw_reply_put(store, &answer, NULL), MW_OK);
    assert_int_equal(mw_ingest_end(store, NULL), MW_OK);
    assert_int_equal(mw_reply_get(&got, a, store, mw_sv(SOURCE), mw_sv(URL), folder, NULL), MW_OK);
    assert_sv(got.bytes, "was da war");
    assert_sv(got.fetched_at, "2026-11-01");
    assert_int_equal(mw_reply_get(&got, a, store, mw_sv(SOURCE), MW_SV("https://portal.example/neu"), folder, NULL), MW_NOT_FOUND);
    assert_int_equal(mw_reply_get(&got, a, store, mw_sv(SOURCE), MW_SV("https://portal.example/seite"), folder, NULL), MW_OK);
    mw_arena_free(a);
}

static void an_unknown_address_names_the_nearest(void **state)
{
    struct mw_stored got;
    (void)state;
    put("https://example.org/foerderung/radwege-2025.html", "Radwege", "Text");
    assert_fails(mw_store_get(&got, arena, store, MW_SV("https://example.org/foerderung/radwege-2024.html"), &err), MW_NOT_FOUND,
                 "Did you mean \"https://example.org/foerderung/radwege-2025.html\"?");
    assert_fails(mw_store_get(&got, arena, store, MW_SV("radwege-2025.html"), &err), MW_NOT_FOUND, "Did you mean");
    assert_int_equal(mw_store_get(&got, arena, store, MW_SV("something else entirely"), &err), MW_NOT_FOUND);
    assert_null(strstr(err.msg, "Did you mean"));
    assert_int_equal(mw_store_get(&got, arena, store, MW_SV(""), &err), MW_NOT_FOUND);
}

static bool note_url(void *ctx, const struct mw_stored *n)
{
    struct mw_str *all = ctx;
    mw_str_add(all, n->notice.url);
    mw_str_addc(all, ' ');
    return !mw_sv_eqz(n->notice.url, "c");
}

static void all_notices_come_in_order_of_their_address_until_stopped(void **state)
{
    struct mw_str all = MW_STR_INIT;
    (void)state;
    put("b", "B", "Text");
    put("d", "D", "Text");
    put("a", "A", "Text");
    put("c", "C", "Text");
    assert_int_equal(mw_store_each(store, note_url, &all, &err), MW_OK);
    assert_string_equal(mw_str_z(&all), "a b c ");
    mw_str_free(&all);
}

static void a_removed_notice_is_gone_from_every_table(void **state)
{
    struct mw_stored got;
    (void)state;
    put("u:1", "Brücken", "Gefördert wird der Brunnen.");
    put("u:2", "Läden", "Gefördert wird der Laden.");
    assert_int_equal(mw_store_remove(store, MW_SV("u:1"), &err), MW_OK);
    assert_int_equal(mw_store_get(&got, arena, store, MW_SV("u:1"), &err), MW_NOT_FOUND);
    assert_string_equal(found("Brunnen"), "");
    assert_string_equal(found("\"wird der Brunnen\""), "");
    assert_string_equal(found("gefördert"), "u:2");
    assert_fails(mw_store_remove(store, MW_SV("u:1"), &err), MW_NOT_FOUND, "no notice");
    assert_int_equal(notices(), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_missing_database_is_not_made_by_reading),
        TEST(a_missing_folder_is_said),
        TEST(a_folder_is_no_database),
        TEST(a_photo_is_no_database_and_stays_what_it_was),
        TEST(an_empty_file_is_filled_by_a_writer_only),
        TEST(a_database_of_another_program_is_left_alone),
        TEST(a_database_of_a_newer_program_is_refused),
        TEST(another_analyser_is_refused_until_reindexed),
        TEST(another_word_list_is_refused),
        TEST(reindexing_needs_a_database),
        TEST(a_database_cut_off_is_damaged_not_empty),
        TEST(noise_in_the_file_never_crashes),
        TEST(a_reader_sees_the_last_complete_state_while_another_writes),
        TEST(a_second_writer_is_told_who_is_in_the_way),
        TEST(a_store_for_reading_does_not_write),
        TEST(a_folder_for_reading_only_is_read),
        TEST(a_folder_for_reading_only_is_not_written),
        TEST(a_full_disk_is_said_and_loses_nothing),
        TEST(a_notice_comes_back_as_it_was),
        TEST(html_comes_back_byte_for_byte),
        TEST(an_answer_that_cannot_be_read_to_its_end_is_not_kept_by_half),
        TEST(an_unknown_address_names_the_nearest),
        TEST(all_notices_come_in_order_of_their_address_until_stopped),
        TEST(a_removed_notice_is_gone_from_every_table),
    };
    return cmocka_run_group_tests(tests, begin_file, end_file);
}
