/* lib/parse/pdf.h: text of PDF documents page by page, what is refused, and the walls around pdftotext. */
#include "lib/parse/pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "lib/parse/sandbox.h"
#include "tests/pdf.h"
#include "tests/test.h"

struct room {
    struct mw_parser *parser;
    struct mw_arena *arena;
    struct mw_err err;
    struct mw_str bytes;
    struct mw_pdf pdf;
};

static int enter(void **state)
{
    struct room *r = calloc(1, sizeof *r);
    r->arena = mw_arena_new();
    *state = r;
    return (int)mw_parser_new(&r->parser, &r->err);
}

static int leave(void **state)
{
    struct room *r = *state;
    mw_parser_free(r->parser);
    mw_arena_free(r->arena);
    mw_err_clear(&r->err);
    mw_str_free(&r->bytes);
    free(r);
    return 0;
}

static void read_pdf(struct room *r, const struct pdf_line *lines)
{
    mw_str_clear(&r->bytes);
    pdf_make(&r->bytes, lines);
    if (mw_parse_pdf(r->parser, r->arena, mw_str_sv(&r->bytes), &r->pdf, &r->err) != MW_OK)
        fail_msg("%s", r->err.msg);
}

static void page_says(struct room *r, size_t page, const char *want)
{
    assert_true(page <= r->pdf.pages.n);
    const struct mw_pdf_page *p = MW_AT(r->pdf.pages, struct mw_pdf_page, page - 1);
    assert_int_equal(p->number, page);
    if (!mw_sv_eqz(p->text, want))
        fail_msg("page %zu is \"%.*s\"\n want \"%s\"", page, MW_SV_ARG(p->text), want);
}

static void blocks_become_paragraphs_on_numbered_pages(void **state)
{
    static const struct pdf_line LINES[] = {
        { 1, 70, 780, "Richtlinie über die Förderung" }, { 1, 70, 740, "Gefördert werden Städte, Gemeinden" },
        { 1, 70, 728, "und Landkreise in Höhe von 50 %." }, { 2, 70, 780, "Anträge bis 31. März." }, { 0 } };
    struct room *r = *state;
    read_pdf(r, LINES);
    assert_int_equal(r->pdf.pages.n, 2);
    assert_false(r->pdf.needs_ocr);
    page_says(r, 1, "Richtlinie über die Förderung\n\nGefördert werden Städte, Gemeinden und Landkreise in Höhe von 50 %.");
    page_says(r, 2, "Anträge bis 31. März.");
}

static void hyphens_at_the_end_of_a_line_are_undone_only_where_they_part_a_word(void **state)
{
    static const struct { const char *first, *second, *want; } CASES[] = {
        { "Der Antrag auf Förder-", "mittel ist schriftlich", "Der Antrag auf Fördermittel ist schriftlich" },
        { "Die Antrags-", "und Bewilligungsstelle", "Die Antrags- und Bewilligungsstelle" },
        { "Zuschuss der EU-", "Kommission in Brüssel", "Zuschuss der EU-Kommission in Brüssel" },
        { "In den Jahren 2025 -", "oder später im Gebiet", "In den Jahren 2025 - oder später im Gebiet" },
        { "im Zeitraum 2021-", "2027 in allen Regionen", "im Zeitraum 2021- 2027 in allen Regionen" },
    };
    struct room *r = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct pdf_line lines[] = { { 1, 70, 700, CASES[i].first }, { 1, 70, 688, CASES[i].second }, { 0 } };
        read_pdf(r, lines);
        page_says(r, 1, CASES[i].want);
    }
}

static void items_and_clauses_begin_lines_but_dates_and_sums_do_not(void **state)
{
    static const struct { const char *second; bool item; } CASES[] = { { "- zweitens Büros", true }, { "a) zweitens Büros", true },
        { "2.1 Zweitens Büros", true }, { "2. Zweitens Büros", true }, { "3) Zweitens Büros", true }, { "31.12. eines Jahres", false },
        { "1.000 Euro je Büro", false }, { "2027 je Büro gilt", false }, { "31. März in Bonn", false } };
    struct room *r = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const struct pdf_line lines[] = { { 1, 70, 700, "erstens bis zu den" }, { 1, 70, 688, CASES[i].second }, { 0 } };
        char want[100];
        snprintf(want, sizeof want, "erstens bis zu den%c%s", CASES[i].item ? '\n' : ' ', CASES[i].second);
        read_pdf(r, lines);
        page_says(r, 1, want);
    }
}

static void running_heads_and_page_numbers_are_left_out(void **state)
{
    static const struct pdf_line LINES[] = {
        { 1, 70, 810, "Amtsblatt Nr. 7" }, { 1, 70, 600, "Erster Absatz." }, { 1, 280, 30, "Seite 1 von 12" },
        { 2, 70, 810, "Amtsblatt Nr. 7" }, { 2, 70, 600, "Zweiter Absatz." }, { 2, 280, 30, "Seite 2 von 12" },
        { 3, 70, 810, "Amtsblatt Nr. 7" }, { 3, 70, 600, "Dritter Absatz." }, { 3, 280, 30, "Seite 10 von 12" }, { 0 } };
    struct room *r = *state;
    read_pdf(r, LINES);
    page_says(r, 1, "Erster Absatz.");
    page_says(r, 3, "Dritter Absatz.");
}

static void cells_of_a_row_are_parted_by_tabs(void **state)
{
    static const struct pdf_line LINES[] = {
        { 1, 70, 700, "Antragsteller" }, { 1, 300, 700, "Stadt Beispielhausen" }, { 1, 70, 660, "Laufzeit" }, { 1, 300, 660, "drei Jahre" },
        { 0 } };
    struct room *r = *state;
    read_pdf(r, LINES);
    page_says(r, 1, "Antragsteller\tStadt Beispielhausen\n\nLaufzeit\tdrei Jahre");
}

static void a_scan_says_that_its_letters_must_be_recognised_first(void **state)
{
    static const struct pdf_line SCAN[] = { { 1, 0, 0, NULL }, { 2, 0, 0, NULL }, { 3, 70, 700, "Stempel" }, { 0 } };
    static const struct pdf_line TITLE_IMAGE[] = { { 1, 0, 0, NULL }, { 2, 70, 700, "Hier steht ein Satz der Richtlinie." }, { 0 } };
    struct room *r = *state;
    read_pdf(r, SCAN);
    assert_int_equal(r->pdf.pages.n, 3);
    assert_true(r->pdf.needs_ocr);
    read_pdf(r, TITLE_IMAGE);
    assert_false(r->pdf.needs_ocr);
    page_says(r, 1, "");
}

/* A form that draws a form ten times that draws a form ten times ... */
static void make_bomb(struct mw_str *out)
{
    mw_str_addz(out, "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                     "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>endobj\n"
                     "4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n");
    for (int i = 5; i < 17; i++)
        mw_str_addf(out, "%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>/Length 60>>stream\n"
                         "/X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do  \nendstream endobj\n", i, i + 1);
    mw_str_addz(out, "trailer<</Root 1 0 R>>\n");
}

static void what_cannot_be_read_is_refused_with_a_reason_and_the_next_one_is_read(void **state)
{
    static const struct pdf_line GOOD[] = { { 1, 70, 700, "Der nächste wird gelesen." }, { 0 } };
    static const struct { const char *bytes, *why; } CASES[] = {
        { "", "no PDF" },
        { "<html><body>Captcha</body></html>", "no PDF" },
        { "%PDF-1.4\n", "damaged" },
        { "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/P -4"
          "/O(12345678901234567890123456789012)/U(12345678901234567890123456789012)>>/ID[(a)(b)]>>\n", "damaged" },
    };
    struct room *r = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        assert_int_equal(mw_parse_pdf(r->parser, r->arena, mw_sv(CASES[i].bytes), &r->pdf, &r->err), MW_PARSE);
        assert_non_null(strstr(r->err.msg, CASES[i].why));
    }
    make_bomb(&r->bytes);
    mw_parser_set_timeout(r->parser, 300);
    assert_int_equal(mw_parse_pdf(r->parser, r->arena, mw_str_sv(&r->bytes), &r->pdf, &r->err), MW_PARSE);
    assert_non_null(strstr(r->err.msg, "took longer"));
    mw_parser_set_timeout(r->parser, 20000);
    read_pdf(r, GOOD);
    page_says(r, 1, "Der nächste wird gelesen.");
    struct mw_sv text = MW_SV_NONE;
    assert_int_equal(mw_parse_html_text(r->parser, r->arena, MW_SV("<p>HTML auch"), &text, &r->err), MW_OK);
    assert_sv(text, "HTML auch");
}

/* In the locked-in child: each letter is a door that is open, in lower case where it should be. */
static void try_doors(int channel)
{
    char doors[8] = "";
    size_t n = 0;
    if (!mw_sandbox_enter_program(channel))
        _exit(9);
    int system = open("/etc/passwd", O_RDONLY), made = open("/tmp/mittelweg-made", O_WRONLY | O_CREAT, 0600);
    doors[n++] = system >= 0 ? 'r' : '-';
    doors[n++] = made >= 0 ? 'W' : '-';
    doors[n++] = socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 'S' : '-';
    doors[n++] = fork() >= 0 ? 'F' : '-';
    doors[n++] = kill(getppid(), 0) == 0 ? 'K' : '-';
    doors[n++] = getenv("PATH") != NULL ? 'E' : '-';
    doors[n++] = '\n';
    _exit(write(STDOUT_FILENO, doors, n) == (ssize_t)n ? 0 : 8);
}

static void behind_the_walls_a_program_reads_system_files_and_nothing_else(void **state)
{
    (void)state;
    int pair[2];
    char got[16] = "";
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    pid_t child = fork();
    if (child == 0)
        try_doors(pair[1]);
    close(pair[1]);
    assert_true(read(pair[0], got, sizeof got - 1) >= 0);
    close(pair[0]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_string_equal(got, "r-----\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(blocks_become_paragraphs_on_numbered_pages, enter, leave),
        cmocka_unit_test_setup_teardown(hyphens_at_the_end_of_a_line_are_undone_only_where_they_part_a_word, enter, leave),
        cmocka_unit_test_setup_teardown(items_and_clauses_begin_lines_but_dates_and_sums_do_not, enter, leave),
        cmocka_unit_test_setup_teardown(running_heads_and_page_numbers_are_left_out, enter, leave),
        cmocka_unit_test_setup_teardown(cells_of_a_row_are_parted_by_tabs, enter, leave),
        cmocka_unit_test_setup_teardown(a_scan_says_that_its_letters_must_be_recognised_first, enter, leave),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_refused_with_a_reason_and_the_next_one_is_read, enter, leave),
        cmocka_unit_test(behind_the_walls_a_program_reads_system_files_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
