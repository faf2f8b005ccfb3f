/* `mittelweg import` and the database it fills: what bad input, another writer and a full disk must not do. */
#include "tests/two.h"

#include <signal.h>
#include <sys/stat.h>

#include <sqlite3.h>

/* --- import ------------------------------------------------------------------------------------------------------------------ */

static void importing_twice_changes_nothing_and_says_so(void **state)
{
    struct scratch *s = *state;
    import_two(s);
    const struct run *r = run_program(s, "import", "--db", in(s, "t.db"), in(s, "two.ndjson"));
    assert_status(r, 0);
    assert_says(r->out, "Nothing changed");
}

static void standard_input_and_gzip_are_read(void **state)
{
    struct scratch *s = *state;
    char cmd[PATH_MAX * 2];
    const char *const args[] = { "import", "--format", "json", "--db", in(s, "t.db"), "-", NULL };
    json_t *json = json_of(run_with(s, write_two(s), NULL, 0, args));
    assert_int_equal(json_integer_value(json_object_get(json, "notices")), 2);
    json_decref(json);
    snprintf(cmd, sizeof cmd, "gzip -k '%s'", in(s, "two.ndjson"));
    assert_int_equal(system(cmd), 0);
    assert_says(run_program(s, "import", "--db", in(s, "t.db"), in(s, "two.ndjson.gz"))->out, "Nothing changed");
}

static void a_broken_line_is_reported_and_the_others_are_taken_in(void **state)
{
    static const char *const BROKEN[] = {
        "{\"url\": \"https://example.org/c\", \"title\": ", "[1, 2]", "{\"title\": \"ohne Adresse\"}",
        "{\"url\": \"https://example.org/c\", \"title\": \"F\xC3\x28rderung\"}",
        "{\"url\": \"https://example.org/c\", \"title\": \"a\", \"title\": \"b\"}",
        "{\"url\": \"https://example.org/c\", \"title\": 7}",
    };
    struct scratch *s = *state;
    for (size_t i = 0; i < COUNT(BROKEN); i++) {
        FILE *f = fopen(in(s, "broken.ndjson"), "w");
        fprintf(f, NOTICE("https://example.org/a", "Erste", "x") "%s\n" NOTICE("https://example.org/b", "Letzte", "y"), BROKEN[i]);
        fclose(f);
        unlink(in(s, "b.db"));
        const struct run *r = run_program(s, "import", "--db", in(s, "b.db"), in(s, "broken.ndjson"));
        assert_status(r, 2);
        assert_says(r->err, "broken.ndjson:2");
        r = run_program(s, "export", "--db", in(s, "b.db"));
        assert_says(r->out, "Erste");
        assert_says(r->out, "Letzte");
        assert_silent_on(r->out, "example.org/c");
    }
}

static void a_line_of_two_gigabytes_costs_neither_memory_nor_its_neighbours(void **state)
{
    struct scratch *s = *state;
    struct rusage before, after;
    FILE *f = fopen(in(s, "huge.ndjson"), "w");
    fputs(NOTICE("https://example.org/a", "Erste", "x"), f);
    assert_int_equal(fseeko(f, (off_t)2 << 30, SEEK_CUR), 0); /* a hole: zeros without a newline */
    fputs("\n" NOTICE("https://example.org/b", "Letzte", "y"), f);
    assert_int_equal(fclose(f), 0);
    getrusage(RUSAGE_CHILDREN, &before);
    const struct run *r = run_program(s, "import", "--db", in(s, "t.db"), in(s, "huge.ndjson"));
    getrusage(RUSAGE_CHILDREN, &after);
    assert_status(r, 2);
    assert_says(r->err, "huge.ndjson:2");
    assert_true(after.ru_maxrss < 700 * 1024); /* kilobytes; 200 MB without sanitizers */
    assert_says(run_program(s, "export", "--db", in(s, "t.db"))->out, "Letzte");
}

static void a_missing_file_is_2_and_named(void **state)
{
    struct scratch *s = *state;
    const struct run *r = run_program(s, "import", "--db", in(s, "t.db"), in(s, "nowhere.ndjson"));
    assert_status(r, 2);
    assert_says(r->err, "nowhere.ndjson");
    assert_silent_on(s->last.out, "Nothing changed");
    spill(in(s, "paper.txt"), "Die Stadt plant ein Quartier.\n", 30);
    assert_status(run_program(s, "import", "--lang", "en", "--db", in(s, "t.db"), in(s, "paper.txt")), 2);
    assert_says(s->last.out, "is read with: mittelweg profile from");
}

static void a_page_without_an_address_is_refused(void **state)
{
    static const char PAGE[] = "<html><head><title>x</title></head><body><h1>Programm</h1><p>Text</p></body></html>";
    struct scratch *s = *state;
    spill(in(s, "seite.html"), PAGE, sizeof PAGE - 1);
    const struct run *r = run_program(s, "import", "--db", in(s, "t.db"), in(s, "seite.html"));
    assert_status(r, 2);
    assert_says(r->err, "rel=\"canonical\"");
}

static void the_demo_pages_become_notices_with_facets(void **state)
{
    struct scratch *s = *state;
    const struct run *r = run_program(s, "import", "--db", in(s, "t.db"), "--format", "json", "config/demo");
    assert_status(r, 0);
    json_t *json = json_of(r);
    assert_true(json_integer_value(json_object_get(json, "notices")) >= 24);
    json_decref(json);
    r = run_program(s, "export", "--db", in(s, "t.db"));
    assert_says(r->out, "\"eligible_applicants\"");
}

/* --- the database ---------------------------------------------------------------------------------------------------------- */

static void a_picture_is_no_database_and_stays_as_it_is(void **state)
{
    struct scratch *s = *state;
    char jpeg[4096] = "\xFF\xD8\xFF\xE0\x00\x10JFIF";
    size_t n;
    write_two(s);
    for (int writing = 0; writing < 2; writing++) {
        spill(in(s, "bild.db"), jpeg, sizeof jpeg);
        const struct run *r = writing ? run_program(s, "import", "--db", in(s, "bild.db"), in(s, "two.ndjson"))
                                      : run_program(s, "search", "--db", in(s, "bild.db"), "Radwege");
        assert_status(r, 5);
        assert_says(r->err, "bild.db");
        char *after = slurp(in(s, "bild.db"), &n);
        assert_int_equal(n, sizeof jpeg);
        assert_memory_equal(after, jpeg, n);
        free(after);
    }
}

static void reading_never_creates_a_database(void **state)
{
    struct scratch *s = *state;
    const struct run *r = run_program(s, "search", "--db", in(s, "none.db"), "x");
    assert_status(r, 5);
    assert_says(r->err, "mittelweg import");
    assert_int_not_equal(access(in(s, "none.db"), F_OK), 0);
}

static void a_second_writer_is_told_who_waits(void **state)
{
    struct scratch *s = *state;
    sqlite3 *other;
    import_two(s);
    assert_int_equal(sqlite3_open(in(s, "t.db"), &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    const struct run *r = run_program(s, "import", "--db", in(s, "t.db"), in(s, "two.ndjson"));
    assert_status(r, 5);
    assert_true(strlen(r->err) > 20);
    assert_status(run_program(s, "search", "--db", in(s, "t.db"), "Radwege"), 0); /* readers are not in the way */
    sqlite3_close(other);
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), in(s, "two.ndjson")), 0);
}

static void a_full_disk_loses_nothing_that_was_stored(void **state)
{
    struct scratch *s = *state;
    import_two(s);
    FILE *f = fopen(in(s, "many.ndjson"), "w");
    for (int i = 0; i < 300; i++) {
        fprintf(f, "{\"url\":\"https://example.org/n/%d\",\"title\":\"Programm %d\",\"sections\":[{\"heading\":\"\",\"text\":\"", i, i);
        for (int j = 0; j < 4000; j++)
            fprintf(f, "wort%d ", (i * 7919 + j * 104729) % 1000003);
        fputs("\"}]}\n", f);
    }
    fclose(f);
    const char *const args[] = { "import", "--db", in(s, "t.db"), in(s, "many.ndjson"), NULL };
    const struct run *r = run_with(s, NULL, NULL, (rlim_t)1 << 20, args); /* no file may grow over 1 MB */
    assert_true(r->status == 5 || r->status == 6);
    assert_true(strlen(r->err) > 20);
    r = run_program(s, "search", "--db", in(s, "t.db"), "Radwege");
    assert_status(r, 0);
    assert_says(r->out, "Radwege im Quartier");
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), in(s, "many.ndjson")), 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, make_scratch, drop_scratch)
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(importing_twice_changes_nothing_and_says_so),
        CASE(standard_input_and_gzip_are_read),
        CASE(a_broken_line_is_reported_and_the_others_are_taken_in),
        CASE(a_line_of_two_gigabytes_costs_neither_memory_nor_its_neighbours),
        CASE(a_missing_file_is_2_and_named),
        CASE(a_page_without_an_address_is_refused),
        CASE(the_demo_pages_become_notices_with_facets),
        CASE(a_picture_is_no_database_and_stays_as_it_is),
        CASE(reading_never_creates_a_database),
        CASE(a_second_writer_is_told_who_waits),
        CASE(a_full_disk_loses_nothing_that_was_stored),
    };
    return cmocka_run_group_tests_name("cli_import", tests, NULL, NULL);
}
