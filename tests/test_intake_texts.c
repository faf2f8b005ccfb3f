/* Longer texts of tests/data/profiles/written, each with the traps it was written for; the same text as DOCX and as PDF. */
#include <unistd.h>
#include <zip.h>

#include "lib/core/file.h"
#include "tests/intake.h"
#include "tests/pdf.h"

#define DIR "tests/data/profiles/written/"

static const struct doc TEXTS[] = { /* text: the file */
    { "a council paper: three towns, one leads; what an earlier project cost and got is none of this one",
      "rat-waermeplanung.txt",
      { "document:council_paper", "title:Kommunale W\xC3\xA4rmeplanung im Konvoi", "name:Samtgemeinde M\xC3\xBChlenbrook,type:kommunalverband,land:NI,population:9870",
        "population:7180", "population:4300", "joint_mode:lead", "from:2026-06-01,to:2027-05-31", "volume:{cents:12000000", "own_share:2000", "started:no",
        "name:EWE Netz GmbH,role:supplies data", "derfehn,role:declined" },
      { "5800000", "3000000", "KfW", "2026-01-31" } },
    { "lots, phases that overlap, an agent that runs the procedure; what is asked of bidders measures nothing",
      "lb-ortskern.txt",
      { "title:Begleitung der Ortskernentwicklung", "name:Gemeinde Hollerbach,type:kommune,land:HE,population:5200", "id:1,label:Zentrumsmanagement",
        "label:Umsetzung,from:2026-07-01,to:2028-03-31", "from:2026-04-01,to:2028-06-30", "volume:{cents:21000000", "cents:6000000", "what:Wochenstunden,min:20",
        "name:Zukunft Innenstadt,number:ZI-2025-0417", "name:Innenstadtberatung Rhein-Neckar GmbH,role:contact" },
      { "25000000", "150000000", "3000}", "2026-02-27" } },
    { "a mail: an idea, not begun; a programme that was only mentioned as past; telephone numbers are no sums",
      "mail-idee.txt",
      { "name:Ortsgemeinde Birkenthal,type:kommune,land:RP,population:2140", "volume:{cents:64000000", "own_share:1500", "started:no", "from:2027-03-01,to:2028-11-30",
        "what:Pl\xC3\xA4tzen,exactly:60", "name:Verbandsgemeinde Altenstein,role:participates" },
      { "LEADER", "1908", "document:", "2025-10-24", "06352" } },
    { "the body that is to be founded applies",
      "rat-rettungswache.txt",
      { "name:Zweckverband Leitstelle Mitte,type:kommunalverband,land:ST", "volume:{cents:840000000", "cents:510000000", "cents:330000000", "started:no",
        "from:2027-03-01,to:2029-12-31" },
      { "4500000}", "2026-07-01" } },
    { "an English call: the lead partner and who goes with it apply, the Eurodistrict only publishes",
      "tender-en.txt",
      { "language:en", "document:tender", "title:Feasibility study for a cross-border cycle route", "name:Kehl,type:kommune,land:BW,ags:08317057", "name:Ortenaukreis,type:kreis",
        "joint_mode:lead", "from:2026-03-01,to:2026-12-31", "volume:{cents:9000000", "what:interviews,exactly:12", "what:workshops,max:4", "name:Interreg,number:5.2-118",
        "role:publishes for others" },
      { "LIFE", "20000000", "100000000", "2026-01-30" } },
    { "a letter: months, an own share in euros, a programme that pays and one that has paid",
      "brief-dorfladen.txt",
      { "name:Gemeinde Unterried,type:kommune,land:BW,population:1870", "volume:{cents:160000000", "cents:12000000", "from:2026-06-01,to:2027-12-31", "started:no",
        "Entwicklungsprogramm L\xC3\xA4ndlicher Raum (ELR)" },
      { "name:Zweckverband Breitband Oberland,type", "2015" } },
    { "who calls for tenders on behalf of another does not apply",
      "bekanntmachung-kita.txt",
      { "name:Gemeinde Oberwinkel,type:kommune,land:SN", "name:Stadtverwaltung K\xC3\xB6nigsfelden,role:publishes for others", "volume:{cents:435000000",
        "from:2026-10-01,to:2029-07-31", "name:VwV Kita Bau" },
      { "310000000", "2026-08-14" } },
    { "a sketch: the Kreis below the town's name is where it lies; the whole is the sum of the table, the town's row its own money",
      "../desk-blind/skizze-speicher.txt",
      { "title:Alter Kornspeicher", "applicants:[{name:Stadt L\xC3\xBCttenort,type:kommune,land:MV,population:7260", "volume:{cents:380000000", "own_share:1700",
        "started:no", "from:2027-01-01,to:2030-06-30", "name:Ostdeutsche Sparkassenstiftung,role:funder" },
      { "name:Landkreis", "exactly:180,", "510000000", "6120000" } },
    { "a Kreistag: earlier rounds are not this one; who pays stands in rows with percent and sum",
      "../desk-blind/kreistag-glasfaser.txt",
      { "name:Landkreis Altenburger Land,type:kreis,land:TH", "months:48", "volume:{cents:2860000000", "cents:1430000000", "cents:286000000", "own_share:1000",
        "started:no", "name:aconium GmbH,role:approving body", "name:Stadt Meuselwitz,role:declined" },
      { "exactly:6480", "4130000000", "cents:20000000,", "name:Projekttr" } },
    { "an association: net and gross, costs in one line, the rest in euros",
      "../desk-blind/verbandsversammlung-klaeranlage.txt",
      { "volume:{cents:714000000", "cents:600000000", "cents:235000000", "own_share:3500", "months:24", "population:22700", "started:no" },
      { "380000000", "920000000" } },
};

static struct mw_sv text_of(struct mw_arena *a, const char *file)
{
    struct mw_sv text = MW_SV_NONE;
    assert_int_equal(mw_file_read(&text, a, mw_arena_z(a, mw_arena_printf(a, DIR "%s", file)), 1 << 20, NULL), MW_OK);
    return text;
}

static void a_text_gives_what_it_says_and_no_trap_springs(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        struct mw_arena *a = mw_arena_new();
        check_bytes(&TEXTS[i], text_of(a, TEXTS[i].text));
        mw_arena_free(a);
    }
}

/* A line of text is a paragraph. */
static struct mw_sv docx_of(struct mw_arena *a, struct mw_sv text)
{
    char path[] = "/tmp/mittelweg-test-XXXXXX";
    struct mw_str xml = MW_STR_INIT;
    struct mw_sv line, docx = MW_SV_NONE;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    mw_str_addz(&xml, "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>");
    while (text.n > 0) {
        mw_sv_cut(text, '\n', &line, &text);
        mw_str_addz(&xml, "<w:p><w:r><w:t>");
        for (size_t i = 0; i < line.n; i++)
            mw_str_addz(&xml, line.p[i] == '<' ? "&lt;" : line.p[i] == '&' ? "&amp;" : (char[]){ line.p[i], 0 });
        mw_str_addz(&xml, "</w:t></w:r></w:p>");
    }
    mw_str_addz(&xml, "</w:body></w:document>");
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    assert_non_null(zip);
    assert_true(zip_file_add(zip, "word/document.xml", zip_source_buffer(zip, xml.p, xml.n, 0), ZIP_FL_ENC_UTF_8) >= 0);
    assert_int_equal(zip_close(zip), 0);
    assert_int_equal(mw_file_read(&docx, a, path, 1 << 20, NULL), MW_OK);
    unlink(path);
    mw_str_free(&xml);
    return docx;
}

static void the_same_paper_as_docx_says_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct mw_arena *a = mw_arena_new();
        check_bytes(&TEXTS[i], docx_of(a, text_of(a, TEXTS[i].text)));
        mw_arena_free(a);
    }
}

enum { LINES = 80 };

/* Lines of at most this many bytes on one page: a paragraph runs over several, as on paper. */
static void the_same_paper_as_pdf_says_the_same(void **state)
{
    (void)state;
    if (access("/usr/bin/pdftotext", X_OK) != 0) {
        printf("SKIPPED %s: needs poppler-utils\n", __func__);
        skip();
    }
    struct mw_arena *a = mw_arena_new();
    struct mw_str pdf = MW_STR_INIT;
    struct mw_sv line, text = text_of(a, TEXTS[3].text);
    struct pdf_line lines[LINES] = { { 0, 0, 0, NULL } };
    int n = 0;
    while (text.n > 0) {
        mw_sv_cut(text, '\n', &line, &text);
        while (line.n > 0 && n + 1 < LINES) {
            size_t end = line.n < 95 ? line.n : 95;
            while (end < line.n && end > 1 && line.p[end] != ' ')
                end--;
            lines[n] = (struct pdf_line){ 1, 50, 800 - 13 * n, mw_arena_z(a, mw_sv_sub(line, 0, end)) };
            line = mw_sv_trim(mw_sv_sub(line, end, SIZE_MAX));
            n++;
        }
        n += n + 1 < LINES && text.n > 0 && text.p[0] == '\n';
        if (lines[n - 1].text == NULL)
            lines[n - 1] = (struct pdf_line){ 1, 50, 800 - 13 * (n - 1), " " };
    }
    pdf_make(&pdf, lines);
    check_bytes(&TEXTS[3], mw_str_sv(&pdf));
    mw_str_free(&pdf);
    mw_arena_free(a);
}

/* Pages of real towns: what they are called, and that a page without an applicant has none. */
static void a_page_is_called_by_what_it_is_about(void **state)
{
    static const struct doc SEEDS[] = {
        { "a heading that ends in a colon", "seeds/002_a28072ca63ec46e5.txt", { "title:Unterst\xC3\xBCtzung der Partizipativen Erarbeitung einer Smart-City-Strategie" }, { NULL } },
        { "\"Informationen\" says nothing", "seeds/003_b46b0d6ad546d075.txt", { "title:interkommunale Zusammenarbeit", "name:Kreis Gro\xC3\x9F-Gerau,type:kreis" }, { NULL } },
        { "a consultant's page", "seeds/004_38cc33653051fd19.txt", { "title:INTERKOMMUNALE ZUSAMMENARBEIT", "applicants:[]" }, { NULL } },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(SEEDS); i++) {
        struct mw_sv text = MW_SV_NONE;
        struct mw_arena *a = mw_arena_new();
        SKIP_WITHOUT_SHARED(SEEDS[i].text);
        assert_int_equal(mw_file_read(&text, a, shared_path(SEEDS[i].text), 1 << 20, NULL), MW_OK);
        check_bytes(&SEEDS[i], text);
        mw_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_gives_what_it_says_and_no_trap_springs),
        cmocka_unit_test(the_same_paper_as_docx_says_the_same),
        cmocka_unit_test(the_same_paper_as_pdf_says_the_same),
        cmocka_unit_test(a_page_is_called_by_what_it_is_about),
    };
    return cmocka_run_group_tests(tests, load, drop);
}
