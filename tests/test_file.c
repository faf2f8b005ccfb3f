/* Files read to a limit, written whole or not at all; lines of plain and gzip files. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <zlib.h>

#include "lib/core/file.h"
#include "tests/test.h"

/* --- a folder of one's own, an arena, an error -------------------------------------------------------------------- */
static char folder[64];
static struct mw_arena *arena;
static struct mw_err err = MW_ERR_INIT(MW_EN);

static const char *in_folder(const char *name)
{
    return mw_arena_printf(arena, "%s/%s", folder, name).p;
}

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/mittelweg-test-XXXXXX");
    arena = mw_arena_new();
    return mkdtemp(folder) != NULL && arena != NULL ? 0 : -1;
}

static int clean_up(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    mw_arena_free(arena);
    mw_err_clear(&err);
    return system(command);
}

static const char *put(const char *name, struct mw_sv bytes)
{
    const char *path = in_folder(name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
    assert_int_equal(fclose(f), 0);
    return path;
}

static const char *put_gz(const char *name, const char *mode, struct mw_sv bytes)
{
    const char *path = in_folder(name);
    gzFile f = gzopen(path, mode);
    assert_non_null(f);
    assert_int_equal(gzwrite(f, bytes.p, (unsigned)bytes.n), (int)bytes.n);
    assert_int_equal(gzclose(f), Z_OK);
    return path;
}

static struct mw_sv get(const char *path)
{
    struct mw_sv got = MW_SV_NONE;
    assert_int_equal(mw_file_read(&got, arena, path, 1 << 26, &err), MW_OK);
    return got;
}

static size_t files_in_folder(void)
{
    char command[128], count[16] = "";
    snprintf(command, sizeof command, "ls -A %s | wc -l", folder);
    FILE *f = popen(command, "r");
    assert_non_null(f);
    assert_non_null(fgets(count, sizeof count, f));
    pclose(f);
    return (size_t)atoi(count);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */
static void a_file_of_the_own_folder_has_no_dot_before_it(void **state)
{
    (void)state;
    assert_string_equal(mw_path_join(arena, mw_path_dir(arena, "projekt.yaml"), MW_SV("profil.yaml")).p, "profil.yaml");
    assert_string_equal(mw_path_join(arena, mw_path_dir(arena, "a/projekt.yaml"), MW_SV("profil.yaml")).p, "a/profil.yaml");
}

static void a_file_is_read_whole_with_a_nul_behind_it(void **state)
{
    struct mw_sv got;
    (void)state;
    got = get(put("a", mw_sv_n("one\0two\n", 8)));
    assert_int_equal(got.n, 8);
    assert_memory_equal(got.p, "one\0two\n\0", 9);
    got = get(put("empty", MW_SV("")));
    assert_non_null(got.p);
    assert_int_equal(got.n, 0);
}

static void no_more_than_the_limit_is_read(void **state)
{
    struct mw_sv got = MW_SV("before");
    const char *path = put("five", MW_SV("12345"));
    (void)state;
    assert_int_equal(mw_file_read(&got, arena, path, 4, &err), MW_INVALID);
    assert_non_null(strstr(err.msg, "larger than 4 bytes"));
    assert_sv(got, "before");
    assert_int_equal(mw_file_read(&got, arena, path, 5, &err), MW_OK);
    assert_int_equal(mw_file_read(&got, arena, "/dev/zero", 100000, &err), MW_INVALID); /* says it has no bytes */
}

static void what_cannot_be_read_is_said_in_the_users_language(void **state)
{
    struct mw_sv got = MW_SV_NONE;
    struct mw_err german = MW_ERR_INIT(MW_DE);
    (void)state;
    assert_int_equal(mw_file_read(&got, arena, in_folder("missing"), 10, &err), MW_IO);
    assert_non_null(strstr(err.msg, "No such file"));
    assert_int_equal(mw_file_read(&got, arena, folder, 10, &err), MW_IO);
    assert_non_null(strstr(err.msg, "Is a directory"));
    assert_int_equal(mw_file_read(&got, arena, "/nowhere", 10, &german), MW_IO);
    assert_string_equal(german.msg,
                        "„/nowhere“ lässt sich nicht lesen: die Datei oder der Ordner ist nicht vorhanden.");
    assert_int_equal(mw_file_read(&got, arena, "/nowhere", 10, NULL), MW_IO);
    assert_null(got.p);
    mw_err_clear(&german);
}

/* --- writing ------------------------------------------------------------------------------------------------------ */
static void a_written_file_replaces_the_old_one_and_keeps_its_permissions(void **state)
{
    struct stat st;
    const char *path = in_folder("a");
    mode_t mask = umask(027);
    (void)state;
    assert_int_equal(mw_file_write(path, MW_SV("old and long"), &err), MW_OK);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0640);
    assert_int_equal(chmod(path, 0604), 0);
    assert_int_equal(mw_file_write(path, MW_SV("new"), &err), MW_OK);
    assert_sv(get(path), "new");
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0604);
    assert_int_equal(mw_file_write(path, MW_SV(""), &err), MW_OK);
    assert_sv(get(path), "");
    assert_int_equal(files_in_folder(), 1);
    (void)umask(mask);
}

static void a_full_disk_leaves_the_old_file(void **state)
{
    struct rlimit old, small;
    const char *path = put("a", MW_SV("old"));
    char *big = calloc(1, 1 << 20);
    (void)state;
    assert_non_null(big);
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = (struct rlimit){ 1 << 16, old.rlim_max };
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum mw_rc rc = mw_file_write(path, mw_sv_n(big, 1 << 20), &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    free(big);
    assert_int_equal(rc, MW_OUTPUT);
    assert_non_null(strstr(err.msg, "File too large"));
    assert_sv(get(path), "old");
    assert_int_equal(files_in_folder(), 1);
}

/* A pipe of our own stands for every device: were the code wrong, root would lose /dev/null to this test. */
static void a_pipe_or_device_is_written_to_and_not_replaced(void **state)
{
    struct stat st;
    char got[8] = "";
    const char *path = in_folder("pipe");
    (void)state;
    assert_int_equal(mkfifo(path, 0600), 0);
    int reader = open(path, O_RDWR); /* both ways, so that neither side waits for the other */
    assert_true(reader >= 0);
    assert_int_equal(mw_file_write(path, MW_SV("bytes"), &err), MW_OK);
    assert_int_equal(lstat(path, &st), 0);
    assert_true(S_ISFIFO(st.st_mode));
    assert_int_equal(read(reader, got, sizeof got), 5);
    assert_string_equal(got, "bytes");
    close(reader);
    assert_int_equal(files_in_folder(), 1);
}

static void a_link_stays_a_link(void **state)
{
    struct stat st;
    const char *target = put("target", MW_SV("old")), *link = in_folder("link");
    (void)state;
    assert_int_equal(symlink("target", link), 0);
    assert_int_equal(mw_file_write(link, MW_SV("new"), &err), MW_OK);
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_sv(get(target), "new");
}

static void where_nothing_can_be_written_the_error_is_of_output(void **state)
{
    (void)state;
    assert_int_equal(mw_file_write(folder, MW_SV("x"), &err), MW_OUTPUT);
    assert_int_equal(mw_file_write(in_folder("no/such/folder"), MW_SV("x"), &err), MW_OUTPUT);
    assert_int_equal(mw_file_write("/proc/version", MW_SV("x"), NULL), MW_OUTPUT);
    assert_int_equal(mw_file_write("", MW_SV("x"), &err), MW_OUTPUT);
    assert_int_equal(files_in_folder(), 0);
}

static void the_longest_of_names_can_be_written(void **state)
{
    char name[256];
    (void)state;
    memset(name, 'n', 255);
    name[255] = '\0';
    assert_int_equal(mw_file_write(in_folder(name), MW_SV("x"), &err), MW_OK);
    assert_sv(get(in_folder(name)), "x");
}

static void a_reader_never_sees_half_a_file(void **state)
{
    enum { SIZE = 200000 };
    const char *path = in_folder("a");
    char *bytes = malloc(SIZE);
    int status;
    (void)state;
    assert_non_null(bytes);
    memset(bytes, 'a', SIZE);
    assert_int_equal(mw_file_write(path, mw_sv_n(bytes, SIZE), &err), MW_OK);
    pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < 100; i++) {
            memset(bytes, 'a' + i % 2, SIZE);
            if (mw_file_write(path, mw_sv_n(bytes, SIZE), NULL) != MW_OK)
                _exit(1);
        }
        _exit(0);
    }
    free(bytes);
    while (waitpid(child, &status, WNOHANG) == 0) {
        struct mw_sv got = get(path);
        assert_int_equal(got.n, SIZE);
        assert_int_equal(got.p[0], got.p[SIZE - 1]);
    }
    assert_int_equal(status, 0);
}

/* --- folders ------------------------------------------------------------------------------------------------------ */
static void a_folder_lists_its_files_in_order(void **state)
{
    struct mw_list names = { NULL, 0, 0 };
    (void)state;
    put("b.yaml", MW_SV(""));
    put("a.yaml", MW_SV(""));
    put("B.yaml", MW_SV(""));
    put("c.txt", MW_SV(""));
    put(".hidden.yaml", MW_SV(""));
    assert_int_equal(mkdir(in_folder("folder.yaml"), 0700), 0);
    assert_int_equal(symlink("b.yaml", in_folder("link.yaml")), 0);
    assert_int_equal(symlink("nothing", in_folder("dangling.yaml")), 0);
    assert_int_equal(mw_dir_list(&names, arena, folder, ".yaml", &err), MW_OK);
    static const char *const WANT[] = { "B.yaml", "a.yaml", "b.yaml", "link.yaml" };
    assert_int_equal(names.n, COUNT(WANT));
    for (size_t i = 0; i < COUNT(WANT); i++)
        assert_sv(*MW_AT(names, struct mw_sv, i), WANT[i]);
    assert_int_equal(mw_dir_list(&names, arena, folder, ".json", &err), MW_OK);
    assert_int_equal(names.n, 0);
    assert_int_equal(mw_dir_list(&names, arena, in_folder("missing"), "", &err), MW_IO);
    assert_int_equal(mw_dir_list(&names, arena, in_folder("c.txt"), "", &err), MW_IO);
}

/* --- lines -------------------------------------------------------------------------------------------------------- */
/* All lines of a file, each in brackets, errors as their code; at most 100. */
static struct mw_sv lines_of(const char *path, size_t max_line)
{
    struct mw_str s = MW_STR_INIT;
    struct mw_lines *l;
    struct mw_sv line;
    enum mw_rc rc = mw_lines_open(&l, path, max_line, &err);
    for (int i = 0; rc != MW_NOT_FOUND && i < 100; i++) {
        if (rc == MW_OK && (rc = mw_lines_next(l, &line, &err)) == MW_OK)
            mw_str_addf(&s, "[%.*s]", MW_SV_ARG(line));
        else if (rc == MW_INVALID)
            mw_str_addf(&s, "<%lu too long>", mw_lines_number(l)), rc = MW_OK;
        else if (rc != MW_NOT_FOUND)
            mw_str_addf(&s, "<error %d>", rc), rc = l != NULL ? MW_OK : MW_NOT_FOUND;
    }
    mw_lines_close(l);
    struct mw_sv copy = mw_arena_copy(arena, mw_str_sv(&s));
    mw_str_free(&s);
    return copy;
}

static void lines_end_with_newlines_of_both_kinds(void **state)
{
    static const struct {
        const char *text, *want;
    } CASES[] = {
        { "", "" },
        { "\n", "[]" },
        { "a", "[a]" },
        { "a\n", "[a]" },
        { "a\nb", "[a][b]" },
        { "a\r\nb\r\n", "[a][b]" },
        { "a\n\n\nb\n", "[a][][][b]" },
        { "a\rb\r", "[a\rb]" },
        { "\ufeffa\n\ufeffb\n", "[a][\ufeffb]" },
        { "\x1f\n", "[\x1f]" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        assert_sv(lines_of(put("plain", mw_sv(CASES[i].text)), 100), CASES[i].want);
        assert_sv(lines_of(put_gz("gz", "wb", mw_sv(CASES[i].text)), 100), CASES[i].want);
    }
}

static void a_line_too_long_is_passed_over_and_named(void **state)
{
    (void)state;
    assert_sv(lines_of(put("a", MW_SV("12345\n123456\n\n12345\r\nx")), 5), "[12345]<2 too long>[][12345][x]");
    assert_non_null(strstr(err.msg, "a:2: This line is longer than 5 bytes."));
    assert_sv(lines_of(put("b", MW_SV("ok\n123456")), 5), "[ok]<2 too long>");
    assert_sv(lines_of(put("c", MW_SV("\ufeff12345\n")), 5), "[12345]");
}

/* Lines of all lengths around the size of the buffers, in files of one and of several gzip members. */
static void lines_do_not_depend_on_where_buffers_end(void **state)
{
    uint64_t seed = 8;
    struct mw_str text = MW_STR_INIT;
    size_t starts[400], n = 0;
    (void)state;
    for (; n < COUNT(starts) - 1; n++) {
        size_t length = rnd(&seed) % 4 == 0 ? 65530 + rnd(&seed) % 12 : rnd(&seed) % 3000;
        starts[n] = text.n;
        for (size_t i = 0; i < length; i++)
            mw_str_addc(&text, (char)('a' + rnd(&seed) % 26));
        mw_str_addc(&text, '\n');
    }
    starts[n] = text.n;
    put("plain", mw_str_sv(&text));
    put_gz("one", "wb", mw_str_sv(&text));
    for (size_t at = 0; at < text.n;) { /* members end within lines */
        struct mw_sv piece = mw_sv_sub(mw_str_sv(&text), at, 1 + rnd(&seed) % 500000);
        put_gz("many", "ab", piece);
        at += piece.n;
    }
    static const char *const NAMES[] = { "plain", "one", "many" };
    for (size_t k = 0; k < COUNT(NAMES); k++) {
        struct mw_lines *l;
        struct mw_sv line;
        assert_int_equal(mw_lines_open(&l, in_folder(NAMES[k]), 70000, &err), MW_OK);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(mw_lines_next(l, &line, &err), MW_OK);
            assert_int_equal(line.n, starts[i + 1] - starts[i] - 1);
            assert_memory_equal(line.p, text.p + starts[i], line.n);
            assert_int_equal(mw_lines_number(l), i + 1);
        }
        assert_int_equal(mw_lines_next(l, &line, &err), MW_NOT_FOUND);
        assert_int_equal(mw_lines_done(l), mw_lines_size(l));
        assert_int_equal(mw_lines_next(l, &line, &err), MW_NOT_FOUND);
        mw_lines_close(l);
    }
    mw_str_free(&text);
}

static void a_gzip_file_that_is_cut_off_anywhere_is_an_error(void **state)
{
    struct mw_sv all = get(put_gz("whole", "wb", MW_SV("first line\nsecond line\nthird")));
    (void)state;
    for (size_t n = 2; n < all.n; n++) {
        struct mw_sv got = lines_of(put("cut", mw_sv_sub(all, 0, n)), 100);
        if (!mw_sv_ends(got, MW_SV("<error 4>")) || mw_sv_find(got, MW_SV("[third]"), 0) != SIZE_MAX)
            fail_msg("cut to %zu bytes: %.*s", n, MW_SV_ARG(got));
    }
    assert_non_null(strstr(err.msg, "ends too early"));
    assert_int_equal(MW_PARSE, 4);
}

static void a_damaged_gzip_file_is_an_error(void **state)
{
    struct mw_sv all = get(put_gz("whole", "wb", MW_SV("first line\nsecond line\nthird line\n")));
    char *bytes = malloc(all.n + 8);
    (void)state;
    assert_non_null(bytes);
    for (size_t i = 10; i < all.n; i++) { /* behind the header, in data, checksum and length */
        memcpy(bytes, all.p, all.n);
        bytes[i] ^= 0x20;
        struct mw_sv got = lines_of(put("bad", mw_sv_n(bytes, all.n)), 100);
        if (!mw_sv_ends(got, MW_SV("<error 4>")))
            fail_msg("byte %zu: %.*s", i, MW_SV_ARG(got));
    }
    memcpy(bytes, all.p, all.n);
    memcpy(bytes + all.n, "garbage\n", 8);
    assert_sv(lines_of(put("more", mw_sv_n(bytes, all.n + 8)), 100), "[first line][second line][third line]<error 4>");
    free(bytes);
}

static long peak_kilobytes(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return use.ru_maxrss;
}

static void a_line_of_two_gigabytes_costs_no_more_than_the_limit(void **state)
{
    struct mw_lines *l;
    struct mw_sv line;
    const char *path = put("huge", MW_SV("first\n"));
    (void)state;
    assert_int_equal(truncate(path, (off_t)1 << 31), 0); /* a hole: zeros without a newline */
    long before = peak_kilobytes();
    assert_int_equal(mw_lines_open(&l, path, 1 << 20, &err), MW_OK);
    assert_int_equal(mw_lines_next(l, &line, &err), MW_OK);
    assert_int_equal(mw_lines_next(l, &line, &err), MW_INVALID);
    assert_int_equal(mw_lines_number(l), 2);
    assert_int_equal(mw_lines_next(l, &line, &err), MW_NOT_FOUND);
    mw_lines_close(l);
    assert_true(peak_kilobytes() - before < 64 * 1024);
}

static void a_gzip_bomb_is_put_down_early(void **state)
{
    struct mw_lines *l;
    struct mw_sv line;
    char *zeros = calloc(1, 1 << 24);
    (void)state;
    assert_non_null(zeros);
    memcpy(zeros, "first\n", 6);
    put_gz("bomb", "wb1", mw_sv_n(zeros, 1 << 24));
    for (int i = 0; i < 12; i++) /* 200 MB in 1 */
        put_gz("bomb", "ab1", mw_sv_n(zeros + 6, (1 << 24) - 6));
    free(zeros);
    long before = peak_kilobytes();
    assert_int_equal(mw_lines_open(&l, in_folder("bomb"), 1 << 20, &err), MW_OK);
    assert_int_equal(mw_lines_next(l, &line, &err), MW_OK);
    assert_sv(line, "first");
    assert_int_equal(mw_lines_next(l, &line, &err), MW_PARSE);
    assert_true(mw_lines_done(l) < mw_lines_size(l));
    assert_int_equal(mw_lines_next(l, &line, &err), MW_NOT_FOUND);
    mw_lines_close(l);
    assert_true(peak_kilobytes() - before < 64 * 1024);
}

static void text_that_packs_well_is_no_bomb(void **state)
{
    struct mw_lines *l;
    struct mw_sv line;
    unsigned long n = 0;
    gzFile f = gzopen(in_folder("log"), "wb1");
    (void)state;
    assert_non_null(f);
    for (int i = 0; i < 700000; i++) /* 80 MB, packed twenty times */
        gzprintf(f, "{\"url\": \"https://www.example.org/foerderung/%d\", \"title\": \"%s\", \"n\": %d}\n", i,
                 "Richtlinie zur Foerderung von Massnahmen", i);
    assert_int_equal(gzclose(f), Z_OK);
    assert_int_equal(mw_lines_open(&l, in_folder("log"), 1000, &err), MW_OK);
    while (mw_lines_next(l, &line, &err) == MW_OK)
        n++;
    mw_lines_close(l);
    assert_int_equal(n, 700000);
}

/* Standard input as a pipe into which another process drops single bytes. */
static struct mw_sv lines_of_pipe(struct mw_sv bytes)
{
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        for (size_t i = 0; i < bytes.n; i++)
            if (write(ends[1], bytes.p + i, 1) != 1)
                _exit(1);
        _exit(0);
    }
    close(ends[1]);
    int saved = dup(STDIN_FILENO);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    struct mw_sv got = lines_of("-", 100);
    assert_int_equal(fcntl(STDIN_FILENO, F_GETFD), 0); /* not ours to close */
    dup2(saved, STDIN_FILENO);
    close(saved);
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    return got;
}

static void standard_input_gives_lines_plain_and_packed(void **state)
{
    (void)state;
    assert_sv(lines_of_pipe(MW_SV("a\r\nb\n\nc")), "[a][b][][c]");
    assert_sv(lines_of_pipe(get(put_gz("gz", "wb", MW_SV("a\nb\n")))), "[a][b]");
    assert_sv(lines_of_pipe(MW_SV("")), "");
}

static void lines_of_what_is_no_file_are_refused(void **state)
{
    struct mw_lines *l;
    (void)state;
    assert_int_equal(mw_lines_open(&l, in_folder("missing"), 10, &err), MW_IO);
    assert_null(l);
    assert_int_equal(mw_lines_open(&l, folder, 10, &err), MW_IO);
    assert_null(l);
    mw_lines_close(NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, clean_up)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_of_the_own_folder_has_no_dot_before_it),
        TEST(a_file_is_read_whole_with_a_nul_behind_it),
        TEST(no_more_than_the_limit_is_read),
        TEST(what_cannot_be_read_is_said_in_the_users_language),
        TEST(a_written_file_replaces_the_old_one_and_keeps_its_permissions),
        TEST(a_full_disk_leaves_the_old_file),
        TEST(a_pipe_or_device_is_written_to_and_not_replaced),
        TEST(a_link_stays_a_link),
        TEST(where_nothing_can_be_written_the_error_is_of_output),
        TEST(the_longest_of_names_can_be_written),
        TEST(a_reader_never_sees_half_a_file),
        TEST(a_folder_lists_its_files_in_order),
        TEST(lines_end_with_newlines_of_both_kinds),
        TEST(a_line_too_long_is_passed_over_and_named),
        TEST(lines_do_not_depend_on_where_buffers_end),
        TEST(a_gzip_file_that_is_cut_off_anywhere_is_an_error),
        TEST(a_damaged_gzip_file_is_an_error),
        TEST(a_line_of_two_gigabytes_costs_no_more_than_the_limit),
        TEST(a_gzip_bomb_is_put_down_early),
        TEST(text_that_packs_well_is_no_bomb),
        TEST(standard_input_gives_lines_plain_and_packed),
        TEST(lines_of_what_is_no_file_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
