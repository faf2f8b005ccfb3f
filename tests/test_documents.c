/* The papers of a bundle, read back as others read them: DOCX as ZIP and XML, PDF through pdftotext. */
#include "tests/bundle.h"

#include "apply/documents/sections.h"

/* --- DOCX ------------------------------------------------------------------------------------------------------------- */

static void every_part_is_well_formed_and_declared(void **state)
{
    struct written w;
    const char *path = in(*state, "a.docx");
    open_bundle(&w, EXAMPLES[1], MW_DE);
    for (int which = DESCRIPTION; which <= CHECKS; which++) {
        write_to(&w, which, path);
        xmlDoc *types = xml_of(path, "[Content_Types].xml");
        zip_t *z = zip_open(path, ZIP_RDONLY, NULL);
        assert_string_equal(zip_get_name(z, 0, 0), "[Content_Types].xml");
        for (zip_int64_t i = 0; i < zip_get_num_entries(z, 0); i++) {
            char name[128], query[512];
            snprintf(name, sizeof name, "%s", zip_get_name(z, (zip_uint64_t)i, 0));
            const char *ext = strrchr(name, '.') + 1;
            snprintf(query, sizeof query, "//*[@PartName='/%s' or @Extension='%s']", name, ext);
            if (i > 0 && xcount(types, query) == 0)
                fail_msg("%s has no content type", name);
            if (strcmp(ext, "png") != 0)
                xmlFreeDoc(xml_of(path, name));
        }
        zip_discard(z);
        xmlFreeDoc(types);
    }
    close_bundle(&w);
}

static void headings_tables_and_language_are_real(void **state)
{
    struct written w;
    const char *path = in(*state, "a.docx");
    open_bundle(&w, EXAMPLES[1], MW_DE);
    write_to(&w, DESCRIPTION, path);
    xmlDoc *doc = xml_of(path, "word/document.xml"), *styles = xml_of(path, "word/styles.xml"), *core = xml_of(path, "docProps/core.xml");
    assert_int_equal(xcount(doc, "//w:pStyle[@w:val='Heading1']"), 12);
    assert_int_equal(xcount(doc, "//w:tbl"), xcount(doc, "//w:tbl/w:tr[1]/w:trPr/w:tblHeader"));
    assert_int_equal(xcount(doc, "//w:tblHeader"), xcount(doc, "//w:tbl"));
    assert_int_equal(xcount(styles, "//w:docDefaults//w:lang[@w:val='de-DE']"), 1);
    assert_int_equal(xcount(doc, "//*[local-name()='docPr'][string-length(@descr) > 100]"), 1);
    /* each style that is used is there */
    int used = xcount(doc, "//w:pStyle");
    for (int i = 1; i <= used; i += 7) {
        char query[128];
        snprintf(query, sizeof query, "string((//w:pStyle)[%d]/@w:val)", i);
        char *style = xpath(doc, query);
        snprintf(query, sizeof query, "//w:style[@w:styleId='%s']", style);
        assert_int_equal(xcount(styles, query), 1);
        free(style);
    }
    char *title = xpath(core, "string(//dc:title)");
    assert_string_equal(title, "Vorhabenbeschreibung: Regionalmanagement für die Region Lehnau");
    free(title);
    xmlFreeDoc(doc);
    xmlFreeDoc(styles);
    xmlFreeDoc(core);
    close_bundle(&w);
}

static void says_eur(const char *words, struct mw_eur e)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    mw_eur_format(&s, e, MW_DE);
    assert_says(words, mw_str_z(&s));
}

static void every_sum_of_the_plan_stands_in_the_description(void **state)
{
    for (size_t e = 0; e < COUNT(EXAMPLES); e++) {
        struct written w;
        open_bundle(&w, EXAMPLES[e], MW_DE);
        write_to(&w, DESCRIPTION, in(*state, "a.docx"));
        char *words = words_of(in(*state, "a.docx"));
        const struct mw_plan *plan = &w.m.plan;
        for (size_t r = 0; r < plan->cost.rows.n; r++)
            for (size_t y = 0; y < plan->years.n; y++)
                says_eur(words, MW_AT(plan->cost.rows, struct mw_cost_row, r)->years[y]);
        for (size_t r = 0; r < plan->financing.rows.n; r++)
            says_eur(words, MW_AT(plan->financing.rows, struct mw_source_row, r)->total);
        for (size_t r = 0; r < plan->partners.n; r++)
            says_eur(words, MW_AT(plan->partners, struct mw_partner_row, r)->own);
        says_eur(words, plan->cost.total);
        says_eur(words, plan->cost.eligible);
        free(words);
        close_bundle(&w);
    }
}

static void what_nobody_wrote_is_a_question_and_what_somebody_wrote_is_not(void **state)
{
    static const struct { const char *key, *question; } CASES[] = {
        { "aim", "Was soll am Ende erreicht sein" }, { "starting_position", "welches Problem ist zu lösen" }, { "measures", "Was wird getan" },
        { "target_groups", "Wem dient das Vorhaben" }, { "necessity", "ohne die Zuwendung" }, { "sustainability", "nach dem Ende der Förderung" },
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct written w;
        char yaml[1024], key[64];
        snprintf(yaml, sizeof yaml, START ONE COST "texts: {%s: Worte der Stadt}\n", CASES[i].key);
        open_text(&w, *state, yaml);
        write_to(&w, DESCRIPTION, in(*state, "a.docx"));
        char *words = words_of(in(*state, "a.docx"));
        assert_says(words, "Worte der Stadt");
        for (size_t k = 0; k < COUNT(CASES); k++) {
            snprintf(key, sizeof key, "(texts: %s)]", CASES[k].key);
            if (k == i) {
                assert_silent_on(words, CASES[k].question);
                assert_silent_on(words, key);
            } else {
                assert_says(words, CASES[k].question);
                assert_says(words, key);
            }
        }
        free(words);
        close_bundle(&w);
    }
}

static void the_cooperation_is_explained_in_fourteen_points_with_its_saving(void **state)
{
    struct written w;
    open_bundle(&w, EXAMPLES[1], MW_DE);
    assert_true(mw_bundle_has(w.bundle, &MW_DOCUMENTS[COOPERATION]));
    write_to(&w, COOPERATION, in(*state, "a.docx"));
    xmlDoc *doc = xml_of(in(*state, "a.docx"), "word/document.xml");
    assert_int_equal(xcount(doc, "//w:pStyle[@w:val='Heading1']"), 14);
    xmlFreeDoc(doc);
    char *words = words_of(in(*state, "a.docx"));
    assert_says(words, "239.000,00"); /* 96 + 48 + 31 + 24 + 21 + 19 thousand */
    assert_says(words, "61.000,00");
    assert_says(words, "25,52 %");    /* 61 / 239 = 0.255230 */
    free(words);
    close_bundle(&w);
    open_text(&w, *state, START ONE COST);
    assert_false(mw_bundle_has(w.bundle, &MW_DOCUMENTS[COOPERATION])); /* one applicant explains no cooperation */
    close_bundle(&w);
}

static void the_checklist_names_who_and_until_when(void **state)
{
    struct written w;
    open_text(&w, *state, START ONE COST "attachments:\n  - {code: A06, status: missing, who: Ratsbüro, until: 2027-03-05}\n"
                                       "  - {code: A02, status: present, file: p.yaml}\n  - {code: A01, status: not_needed}\n  - {code: A10, status: present, file: fehlt.pdf}\n");
    write_to(&w, CHECKS, in(*state, "a.docx"));
    char *words = words_of(in(*state, "a.docx"));
    assert_says(words, "FEHLTRatsbüro05.03.2027"); /* three cells of the row */
    assert_says(words, "liegt vor: p.yaml");
    assert_says(words, "FEHLT: keine Datei fehlt.pdf");
    assert_says(words, "als entbehrlich eingetragen, das Programm verlangt sie aber");
    assert_says(words, "FEHLT, nichts eingetragen");
    assert_says(words, "A11 De-minimis-Erklärung");
    assert_says(words, "Entwurf liegt bei"); /* A03 to A05: these documents */
    free(words);
    /* A06 named missing; A10, A12, A13, A20 not entered; A01, A02 settled */
    assert_int_equal(mw_bundle_missing(w.bundle), 5);
    close_bundle(&w);
}

static void papers_speak_german_of_roles_and_name_all_who_apply(void **state)
{
    struct written w;
    open_text(&w, *state, "project: p\ntitle: T\nprogramme: gak-regionalbudget\nperiod: {from: 2027-01-01, to: 2027-12-31}\n"
                          "profile:\n  profile: p\n  title: T\n  summary: S\n  applicants:\n"
                          "    - {name: Stadt A, type: kommune, land: NW}\n    - {name: Stadt B, type: kommune, land: NW, lead: yes}\n"
                          "    - {name: Hochschule E, type: hochschule, land: NW}\n"
                          "  roles: [{name: Stadt C, role: publishes for others}, {name: Verein D, role: Pate}]\n"
                          "costs: [{id: a, label: A, category: vergabe, amount: 10000 EUR}]\n"
                          "financing: [{id: v, label: Verein D, kind: third, amount: 1000 EUR}]\n");
    write_to(&w, DESCRIPTION, in(*state, "a.docx"));
    char *words = words_of(in(*state, "a.docx"));
    assert_says(words, "Veröffentlicht für andere");
    assert_says(words, "Stadt AKommuneNordrhein-Westfalen[offen][offen]");
    assert_says(words, "Hochschule EHochschuleNordrhein-Westfalen––"); /* nobody asks it for inhabitants */
    assert_silent_on(words, "publishes");
    assert_says(words, "Pate");
    assert_says(words, "Andere Mittel1.000,00"); /* at a glance, so that the sums add up */
    free(words);
    xmlDoc *doc = xml_of(in(*state, "a.docx"), "docProps/core.xml");
    xmlChar *all = xmlNodeGetContent(xmlDocGetRootElement(doc));
    assert_says((const char *)all, "Stadt B, Stadt A, Hochschule E");
    xmlFree(all);
    xmlFreeDoc(doc);
    close_bundle(&w);
}

static void a_rate_that_did_not_decide_is_not_said_alone(void **state)
{
    static const struct { const char *programme, *costs, *says; } CASES[] = {
        { "gak-regionalbudget", "amount: 1000 EUR", "800,00\xC2\xA0" "EUR (Fördersatz 80 %)" },
        { "eui-innovative-actions", "amount: 9000000 EUR", "5.000.000,00\xC2\xA0" "EUR (Fördersatz 80 %; ausschlaggebend: der Höchstbetrag" },
        { "ikz-nrw", "amount: 400000 EUR", "175.000,00\xC2\xA0" "EUR (höchstens 90 % der zuwendungsfähigen Ausgaben; ausschlaggebend: der Festbetrag" },
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct written w;
        char yaml[1024];
        snprintf(yaml, sizeof yaml, "project: p\ntitle: t\nprogramme: %s\nperiod: {from: 2027-01-01, to: 2028-12-31}\nprofile: {profile: p, "
            "title: t, summary: s, applicants: [{name: A, type: kommune, land: NW}, {name: B, type: kommune, land: NW}]}\n"
            "costs: [{id: a, label: Beratung, category: vergabe, %s}]\n", CASES[i].programme, CASES[i].costs);
        open_text(&w, *state, yaml);
        write_to(&w, DESCRIPTION, in(*state, "a.docx"));
        char *words = words_of(in(*state, "a.docx"));
        assert_says(words, CASES[i].says);
        free(words);
        close_bundle(&w);
    }
}

static void money_that_nobody_has_said_is_a_question_and_no_zero(void **state)
{
    static const struct { const char *programme, *costs, *asks, *silent; } CASES[] = {
        { "gak-regionalbudget", "", "[offen: Was kostet das Vorhaben (costs)?]", "0,00" },
        { "ohne-satz", COST, "[offen: Mit welchem Satz oder Betrag fördert das Programm", "Beantragte Zuwendung0,00" },
    };
    static const char NO_RATE[] = "programme: ohne-satz\ntitle: O\neditions: [{id: e, financing: anteil}]\n";
    mkdir(in(*state, "programmes"), 0700);
    spill(in(*state, "programmes/ohne-satz.yaml"), NO_RATE, strlen(NO_RATE));
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct written w;
        char yaml[1024];
        snprintf(yaml, sizeof yaml, "project: p\ntitle: t\nprogramme: %s\nperiod: {from: 2027-01-01, to: 2028-12-31}\n" ONE "%s",
            CASES[i].programme, CASES[i].costs);
        open_text(&w, *state, yaml);
        for (int which = DESCRIPTION; which <= CHECKS; which += CHECKS - DESCRIPTION) {
            write_to(&w, which, in(*state, "a.docx"));
            char *words = words_of(in(*state, "a.docx"));
            assert_says(words, "Beantragte Zuwendung[offen]");
            assert_silent_on(words, CASES[i].silent);
            if (which == DESCRIPTION)
                assert_says(words, CASES[i].asks);
            free(words);
        }
        write_to(&w, XLSX, in(*state, "a.xlsx")); /* no sheet refers to one that is not there */
        close_bundle(&w);
    }
}

static void hostile_words_stay_words(void **state)
{
    struct written w;
    open_text(&w, *state, "project: p\ntitle: \"<w:p>&amp;]]> \\x01\\uFFFE\\u202E Ende\"\nprogramme: gak-regionalbudget\n"
                          "period: {from: 2027-01-01, to: 2028-12-31}\n" ONE
                          "costs: [{id: a, label: \"</w:t><script>\", category: \"<\", amount: 1 EUR}]\n"
                          "tasks: [{id: x, label: \"<svg onload='x'> \\uFFFE\", from: 2027-02-01, takes: 1 months}]\n");
    for (int which = DESCRIPTION; which <= CHECKS; which++)
        if (mw_bundle_has(w.bundle, &MW_DOCUMENTS[which])) {
            write_to(&w, which, in(*state, "a.docx"));
            char *words = words_of(in(*state, "a.docx"));
            assert_says(words, "<w:p>&amp;]]>  Ende"); /* what XML cannot hold is gone, the rest is whole */
            free(words);
        }
    write_to(&w, GANTT, in(*state, "a.svg"));
    xmlDoc *svg = xmlReadFile(in(*state, "a.svg"), NULL, XML_PARSE_NONET);
    assert_non_null(svg);
    assert_int_equal(xcount(svg, "//v:svg"), 1);
    assert_int_equal(xcount(svg, "//@onload"), 0);
    xmlFreeDoc(svg);
    write_to(&w, PDF, in(*state, "a.pdf"));
    close_bundle(&w);
}

static void narrative_keeps_its_paragraphs_items_and_headings(void **state)
{
    static const struct { enum mw_block_kind kind; const char *text; } WANT[] = {
        { MW_BLOCK_TEXT, "Erster Absatz in zwei Zeilen." }, { MW_BLOCK_BULLET, "Punkt eins, geht weiter" }, { MW_BLOCK_BULLET, "Punkt zwei" },
        { MW_BLOCK_HEADING, "Zwischentitel" }, { MW_BLOCK_TEXT, "Letzter" }, { MW_BLOCK_BULLET, "mit Strich" },
    };
    struct made m;
    struct mw_paper p;
    make_plan_of(&m, *state, START ONE COST);
    mw_paper_begin(&p, m.a, &m.plan, MW_DE, "Checklist");
    mw_paper_prose(&p, MW_SV("\n\nErster Absatz\n  in zwei Zeilen.\n\n- Punkt eins,\n  geht weiter\n* Punkt zwei\n## Zwischentitel\nLetzter\r\n- mit Strich"));
    assert_int_equal(p.blocks.n, COUNT(WANT));
    for (size_t i = 0; i < COUNT(WANT); i++) {
        assert_int_equal(MW_AT(p.blocks, struct mw_block, i)->kind, WANT[i].kind);
        assert_sv(MW_AT(p.blocks, struct mw_block, i)->text, WANT[i].text);
    }
    drop_plan(&m);
}

static void no_heading_is_left_in_english(void **state)
{
    struct written de, en;
    (void)state;
    open_bundle(&de, EXAMPLES[1], MW_DE);
    open_bundle(&en, EXAMPLES[1], MW_EN);
    struct mw_paper d[3], e[3];
    struct mw_list needs;
    mw_needs(&needs, de.m.a, &de.m.plan, &de.checklist, MW_DE);
    mw_paper_description(&d[0], de.m.a, &de.m.plan, MW_DE, NULL);
    mw_paper_cooperation(&d[1], de.m.a, &de.m.plan, MW_DE);
    mw_paper_checks(&d[2], de.m.a, &de.m.plan, &needs, MW_DE);
    mw_paper_description(&e[0], en.m.a, &en.m.plan, MW_EN, NULL);
    mw_paper_cooperation(&e[1], en.m.a, &en.m.plan, MW_EN);
    mw_paper_checks(&e[2], en.m.a, &en.m.plan, &needs, MW_EN);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(d[i].blocks.n, e[i].blocks.n);
        for (size_t b = 0; b < d[i].blocks.n; b++) {
            const struct mw_block *x = MW_AT(d[i].blocks, struct mw_block, b), *y = MW_AT(e[i].blocks, struct mw_block, b);
            bool ours = x->kind == MW_BLOCK_HEADING || x->kind == MW_BLOCK_OPEN || x->kind == MW_BLOCK_NOTE;
            if (ours && mw_sv_eq(x->text, y->text) && !mw_sv_eqz(x->text, "Organisation"))
                fail_msg("\"%.*s\" in both languages", MW_SV_ARG(x->text));
            for (size_t c = 0; x->table != NULL && c < x->table->n; c++) {
                struct mw_sv head = x->table->heads[c];
                bool same = mw_sv_eqz(head, "EUR") || mw_sv_eqz(head, "Land") || mw_sv_eqz(head, "Position") || mw_sv_eqz(head, "Partner") ||
                            (head.n == 4 && head.p[0] == '2') || head.n == 0;
                if (!same && mw_sv_eq(head, y->table->heads[c]))
                    fail_msg("\"%.*s\" in both languages", MW_SV_ARG(head));
            }
        }
    }
    close_bundle(&de);
    close_bundle(&en);
}

static void the_same_plan_gives_the_same_bytes_in_every_time_zone(void **state)
{
    struct written w;
    open_bundle(&w, EXAMPLES[0], MW_DE);
    for (int which = DESCRIPTION; which <= CALENDAR; which++) {
        size_t n, k;
        setenv("TZ", "UTC", 1);
        tzset();
        write_to(&w, which, in(*state, "a"));
        setenv("TZ", "Pacific/Auckland", 1);
        tzset();
        write_to(&w, which, in(*state, "b"));
        char *a = slurp(in(*state, "a"), &n), *b = slurp(in(*state, "b"), &k);
        if (n != k || memcmp(a, b, n) != 0)
            fail_msg("%s differs", MW_DOCUMENTS[which].name);
        free(a);
        free(b);
    }
    unsetenv("TZ");
    tzset();
    close_bundle(&w);
}

static void a_path_that_cannot_be_written_is_an_output_error(void **state)
{
    struct written w;
    open_bundle(&w, EXAMPLES[5], MW_DE);
    for (int which = XLSX; which <= CALENDAR; which++) {
        struct mw_err err = MW_ERR_INIT(MW_DE);
        if (!mw_bundle_has(w.bundle, &MW_DOCUMENTS[which]))
            continue;
        assert_int_equal(mw_bundle_write(w.bundle, &MW_DOCUMENTS[which], in(*state, "none/x"), &err), MW_OUTPUT);
        mw_err_clear(&err);
    }
    close_bundle(&w);
}

static void an_office_program_opens_the_documents(void **state)
{
    struct scratch *s = *state;
    struct written w;
    open_bundle(&w, EXAMPLES[1], MW_DE);
    write_to(&w, DESCRIPTION, in(s, "a.docx"));
    const struct mw_plan *plan = &w.m.plan;
    if (!office(s, in(s, "a.docx"), "txt:Text")) {
        close_bundle(&w);
        skip();
    }
    char *words = slurp(in(s, "office-out/a.txt"), NULL);
    assert_says(words, "Notwendigkeit der Zuwendung");
    says_eur(words, plan->financing.grant);
    free(words);
    close_bundle(&w);
}

/* --- PDF -------------------------------------------------------------------------------------------------------------- */

/* What a program of poppler-utils says of a file; NULL: not installed. The caller frees. */
static char *ask(struct scratch *s, const char *program, const char *arguments, const char *file)
{
    char cmd[3 * PATH_MAX];
    snprintf(cmd, sizeof cmd, "command -v %s >/dev/null", program);
    if (system(cmd) != 0) {
        print_message("SKIPPED: needs %s (poppler-utils)\n", program);
        return NULL;
    }
    snprintf(cmd, sizeof cmd, "%s %s '%s' %s > '%s/asked' 2>&1", program, arguments, file, strcmp(program, "pdftotext") == 0 ? "-" : "", s->dir);
    assert_int_equal(system(cmd), 0);
    return slurp(in(s, "asked"), NULL);
}

static void the_pdf_holds_all_papers_tagged_and_in_its_language(void **state)
{
    struct written w;
    open_bundle(&w, EXAMPLES[1], MW_DE);
    write_to(&w, PDF, in(*state, "a.pdf"));
    char *info = ask(*state, "pdfinfo", "", in(*state, "a.pdf")), *text = ask(*state, "pdftotext", "-layout", in(*state, "a.pdf"));
    if (info == NULL || text == NULL)
        skip();
    assert_says(info, "Tagged:          yes");
    assert_says(info, "Title:           Regionalmanagement für die Region Lehnau");
    assert_silent_on(info, "Error");
    assert_says(text, "Antragsunterlagen");
    assert_says(text, "12 Pflichten nach der Bewilligung");
    assert_says(text, "14 Evaluation und Berichte");
    assert_says(text, "Anlagen zum Antrag");
    says_eur(text, w.m.plan.financing.grant);
    char *bytes = slurp(in(*state, "a.pdf"), NULL), *structure = ask(*state, "pdfinfo", "-struct", in(*state, "a.pdf"));
    assert_says(structure, "TH");
    assert_says(structure, "LBody");
    free(bytes);
    free(structure);
    free(info);
    free(text);
    close_bundle(&w);
}

static void a_long_table_repeats_its_head_and_loses_no_row(void **state)
{
    struct written w;
    MW_AUTO(mw_str_free) struct mw_str yaml = MW_STR_INIT;
    mw_str_addz(&yaml, START ONE "costs:\n");
    for (int i = 0; i < 150; i++)
        mw_str_addf(&yaml, "  - {id: z%d, label: Zeile-%03d, category: vergabe, amount: %d EUR}\n", i, i, i + 1);
    open_text(&w, *state, mw_str_z(&yaml));
    write_to(&w, PDF, in(*state, "a.pdf"));
    char *text = ask(*state, "pdftotext", "-layout", in(*state, "a.pdf"));
    if (text == NULL)
        skip();
    for (int i = 0; i < 150; i++) {
        char row[32];
        snprintf(row, sizeof row, "Zeile-%03d", i);
        assert_says(text, row);
    }
    int heads = 0;
    for (const char *at = text; (at = strstr(at, "Kostenart")) != NULL; at++)
        heads++;
    assert_true(heads >= 3);
    free(text);
    close_bundle(&w);
}

static void a_cell_longer_than_a_page_is_set_as_text(void **state)
{
    struct written w;
    MW_AUTO(mw_str_free) struct mw_str yaml = MW_STR_INIT;
    mw_str_addz(&yaml, START ONE COST "tasks: [{id: x, from: 2027-01-01, takes: 1 months, label: \"");
    for (int i = 0; i < 3000; i++)
        mw_str_addz(&yaml, "Wort ");
    mw_str_addz(&yaml, "Schlusswort\"}]\n");
    open_text(&w, *state, mw_str_z(&yaml));
    write_to(&w, PDF, in(*state, "a.pdf"));
    char *text = ask(*state, "pdftotext", "", in(*state, "a.pdf"));
    if (text == NULL)
        skip();
    assert_says(text, "Schlusswort");
    free(text);
    close_bundle(&w);
}

/* --- columns ---------------------------------------------------------------------------------------------------------- */
static void a_column_is_never_narrower_than_its_longest_word(void **state)
{
    static const struct mw_paper_column COLS[] = { { "Task", 30, false }, { "from", 2, false }, { "Cost", 1, true } };
    static const int NEEDS[][3] = { { 100, 200, 300 }, { 0, 0, 0 }, { 900, 50, 50 }, { 1000, 1000, 2000 } };
    static const int WIDTHS[][3] = { { 500, 200, 300 }, { 909, 60, 30 }, { 900, 50, 50 }, { 250, 250, 500 } };
    struct mw_paper paper = { .a = mw_arena_new(), .lang = MW_DE };
    struct mw_paper_table *t = mw_paper_table(&paper, COLS, 3);
    struct mw_paper_row *r = mw_paper_row(&paper, t);
    int widths[3];
    (void)state;
    mw_paper_put(r, 0, MW_SV("Haupt- und Finanzausschuss"));
    mw_paper_put(r, 1, MW_SV("31.03.2027"));
    assert_sv(mw_paper_widest(t, 0).text, "Finanzausschuss");
    assert_sv(mw_paper_widest(t, 1).text, "31.03.2027");
    assert_true(mw_paper_widest(t, 2).bold);
    int plain = mw_paper_widest(t, 1).width;
    r->sum = true;
    assert_true(mw_paper_widest(t, 1).width > plain);
    for (size_t i = 0; i < COUNT(NEEDS); i++) {
        mw_paper_fit(t, 1000, NEEDS[i], widths);
        assert_memory_equal(widths, WIDTHS[i], sizeof widths);
    }
    mw_arena_free(paper.a);
}

int main(void)
{
#define IN_SCRATCH(f) cmocka_unit_test_setup_teardown(f, make_scratch, drop_scratch)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(every_part_is_well_formed_and_declared),
        IN_SCRATCH(headings_tables_and_language_are_real),
        IN_SCRATCH(every_sum_of_the_plan_stands_in_the_description),
        IN_SCRATCH(what_nobody_wrote_is_a_question_and_what_somebody_wrote_is_not),
        IN_SCRATCH(the_cooperation_is_explained_in_fourteen_points_with_its_saving),
        IN_SCRATCH(the_checklist_names_who_and_until_when),
        IN_SCRATCH(papers_speak_german_of_roles_and_name_all_who_apply),
        IN_SCRATCH(a_rate_that_did_not_decide_is_not_said_alone),
        IN_SCRATCH(money_that_nobody_has_said_is_a_question_and_no_zero),
        IN_SCRATCH(hostile_words_stay_words),
        IN_SCRATCH(narrative_keeps_its_paragraphs_items_and_headings),
        IN_SCRATCH(no_heading_is_left_in_english),
        IN_SCRATCH(the_same_plan_gives_the_same_bytes_in_every_time_zone),
        IN_SCRATCH(a_path_that_cannot_be_written_is_an_output_error),
        IN_SCRATCH(an_office_program_opens_the_documents),
        IN_SCRATCH(the_pdf_holds_all_papers_tagged_and_in_its_language),
        IN_SCRATCH(a_long_table_repeats_its_head_and_loses_no_row),
        IN_SCRATCH(a_cell_longer_than_a_page_is_set_as_text),
        cmocka_unit_test(a_column_is_never_narrower_than_its_longest_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
