/* From a document to a draft: one line a document says what is read out of it, and what is not. */
#include "tests/intake.h"

static void check(const struct doc *c)
{
    check_bytes(c, mw_sv(c->text));
}

#define NOTICE "Dokumentart: Auftragsbekanntmachung\n## Abschnitt I: \xC3\x96" "ffentlicher Auftraggeber\nAuftraggeber:\n"
#define OBJECT "## Abschnitt II: Gegenstand\n"

static const struct doc DOCUMENTS[] = {
    { "an office stands for its town; days of the procedure are no period",
      NOTICE "Offizielle Bezeichnung: Magistrat der Stadt Schlitz\nOrt: Schlitz\nPostleitzahl: 36110\nNUTS-Code: DE725\n"
      "Weitere Ausk\xC3\xBCnfte erteilt:\nOffizielle Bezeichnung: Planb\xC3\xBCro Beispiel GmbH\n" OBJECT
      "Bezeichnung: Neue Stege am See.\nBeschreibung: Bau von 12 Stegen.\n### Beschreibung\nBeginn: 01.05.2026\nEnde: 30.09.2026\n"
      "## Abschnitt IV: Verfahren\nSchlusstermin f\xC3\xBCr den Eingang der Angebote oder Teilnahmeantr\xC3\xA4ge: 02.03.2026\nTag der Vergabe: 01.04.2026\n",
      { "document:tender", "name:Stadt Schlitz,type:kommune,land:HE,ags:06535015", "from:2026-05-01,to:2026-09-30", "what:Stegen,exactly:12",
        "name:Planb\xC3\xBCro Beispiel GmbH,role:contact", "title:Neue Stege am See," },
      { "2026-03-02", "2026-04-01" } },
    { "a sum that nobody means is none; two lots; a contract is a start",
      "Dokumentart: Bekanntmachung vergebener Auftr\xC3\xA4ge\nAuftraggeber:\nOffizielle Bezeichnung: Zweckverband Seewasser\nNUTS-Code: DE213\n" OBJECT
      "Bezeichnung: Messnetz\nGesamtwert ohne MwSt.: 1,00 EUR\nAufteilung des Auftrags in Lose: ja\n### Beschreibung (Los)\nBezeichnung: Messstellen\n"
      "Los-Nr.: 1\nLaufzeit in Monaten: 24\n### Beschreibung (Los)\nBezeichnung: Auswertung\nLos-Nr.: 2\nLaufzeit in Monaten: 36\n"
      "## Abschnitt V: Auftragsvergabe\nTag des Vertragsabschlusses: 03.02.2025\nAuftragnehmer:\nOffizielle Bezeichnung: Messwerk GmbH\n",
      { "document:award", "type:kommunalverband,land:BY", "months:36", "id:1,label:Messstellen", "id:2,label:Auswertung", "started:2025-02-03",
        "name:Messwerk GmbH,role:contractor" },
      { "volume", "cents:100", "ags" } },
    { "no EU money, no EU programme; a planner's fee is not what the project costs",
      NOTICE "Offizielle Bezeichnung: Stadt Dorsten\nNUTS-Code: DEA36\n" OBJECT "Bezeichnung: Planung\nCPV-Code: 71240000\n"
      "Gesch\xC3\xA4tzter Gesamtwert ohne MwSt.: 240.000,00 EUR\nBeschreibung: Die voraussichtlichen Gesamtkosten betragen 3,5 Mio. EUR.\n"
      "Der Auftrag steht in Verbindung mit einem aus EU-Mitteln finanzierten Vorhaben: nein\n"
      "Wirtschaftliche und finanzielle Leistungsf\xC3\xA4higkeit: Umsatz von 500.000 EUR\n",
      { "volume:{cents:350000000", "cents:24000000", "programmes:[]" }, { ":50000000," } },
    { "a programme with its number in the field for EU money",
      NOTICE "Offizielle Bezeichnung: Stadt Dorsten\nNUTS-Code: DEA36\n" OBJECT "Bezeichnung: Radweg\nAngaben zu Mitteln der Europ\xC3\xA4ischen Union: "
      "Der Auftrag wird aus Mitteln der EU finanziert. Projektnummer oder -referenz: 20123456.\n",
      { "programmes:[{name:EU-Mittel,number:20123456}]" }, { NULL } },
    { "rows without a currency have the one above the table; thousands are thousands",
      "Gemeinde Moorhusen\nVorlage 9\n\nBetreff: Neubau eines Stegs\n\nDie Ausgaben (alle Angaben in T\xE2\x82\xAC):\n- Holz und Stahl: 310\n- Planung: 90\n"
      "Insgesamt: 400\n\nFinanzierung                 Anteil   Betrag in Euro\nLandesmittel                 75 %        300.000\n"
      "Eigenmittel der Gemeinde     25 %        100.000\n",
      { "volume:{cents:40000000", "what:Holz und Stahl,cents:31000000", "cents:30000000", "cents:10000000", "own_share:2500" }, { "cents:40000," } },
    { "numbers of headings measure nothing, the table of a page in Markdown has a sum",
      "Gemeinde Moorhusen\nVorlage 9\n\n1 Anlass\n\nDer Steg ist alt.\n\n2 Bauteile\n\nEs werden 12 Pfosten gesetzt.\n\n3 Kosten\n\n"
      "| Bauteil | Betrag in EUR |\n| --- | --- |\n| Pfosten | 12.000 |\n| Summe | 80.000 |\n",
      { "what:Pfosten,exactly:12", "volume:{cents:8000000", "cents:1200000" }, { "exactly:2,", "exactly:1,", "exactly:3," } },
    { "a town that wants to join later does not apply; the office at the head stands for its Kreis",
      "Landratsamt Obertal\nVorlage 4\n\nBetreff: Ruftaxi im Tal\n\nEs werden 9 Busse beschafft. Die Stadt Seeburg m\xC3\xB6" "chte erst sp\xC3\xA4ter beitreten.\n",
      { "name:Landkreis Obertal,type:kreis", "name:Stadt Seeburg,role:declined", "what:Busse,exactly:9" }, { "name:Stadt Seeburg,type" } },
    { "a row of numbers without a currency above it is no sum",
      "Gemeinde Moorhusen\nVorlage 9\n\nBetreff: Neubau eines Stegs\n\nEigenmittel 90.000\nGesamt 120.000\n", { "amounts:[]" }, { "volume:{" } },
    { "the Lindau at a river is not the one of the register",
      "Gemeinde Lindau an der Lahn\nVorlage 3\n\nDie Gemeinde Lindau an der Lahn plant den Umbau der Schule.\n",
      { "name:Gemeinde Lindau an der Lahn,type:kommune" }, { "ags:0" } },
    { "abroad there is no AGS and no Land",
      "Dokumentart: Auftragsbekanntmachung\nBeschaffer:\nOffizielle Bezeichnung: Gemeinde Neustadt\nOrt: Neustadt\nLand: AUT\nVerfahren\nTitel: Br\xC3\xBC" "cke\n"
      "Beschreibung: Neubau.\n",
      { "name:Gemeinde Neustadt" }, { "ags", "land:" } },
    { "a council paper: the later period, own share, no start, the other town only compared",
      "Gemeinde Moorhusen\nDer B\xC3\xBCrgermeister\nVorlage 2025/7\n\nBetreff: Radwegekonzept \xE2\x80\x93 Bereitstellung der Mittel\n\nSachverhalt:\n"
      "Der Antrag f\xC3\xBCr den Projektzeitraum 01.01.2025 bis 31.12.2026 wurde gestellt. Inzwischen wurde der Projektzeitraum auf den 01.07.2025 bis "
      "30.06.2027 ge\xC3\xA4ndert. Die Gesamtkosten betragen 100.000 \xE2\x82\xAC, der Eigenanteil von 25.000 \xE2\x82\xAC steht im Haushalt. "
      "Die Gemeinde Neuenrode hat f\xC3\xBCr ihr Konzept 160.000 \xE2\x82\xAC aufgewendet. Gef\xC3\xB6rdert wird nach der Kommunalrichtlinie.\n\n"
      "Beschlussvorschlag:\nVor Zugang des Zuwendungsbescheides wird kein Vertrag geschlossen.\n",
      { "document:council_paper", "title:Radwegekonzept", "name:Gemeinde Moorhusen,type:kommune", "from:2025-07-01,to:2027-06-30", "volume:{cents:10000000",
        "own_share:2500", "started:no", "cents:2500000", "name:Gemeinde Neuenrode,role:comparison", "name:Kommunalrichtlinie" },
      { "2025-01-01", "16000000" } },
    { "who publishes for others does not apply",
      "Die Stadt Bottrop ver\xC3\xB6" "ffentlicht zentral im Namen und f\xC3\xBCr Rechnung der anderen. Vergeben wird hier f\xC3\xBCr die Kommunen Oberhausen und "
      "Duisburg. Die Abrechnung erfolgt direkt durch die jeweilige Kommune. Die Laufzeit betr\xC3\xA4gt ca. 24 Monate.\n",
      { "name:Oberhausen,type:kommune,land:NW,ags:05119000", "name:Duisburg,type:kommune,land:NW,ags:05112000", "joint_mode:parallel",
        "name:Stadt Bottrop,role:publishes for others", "months:24,approximate:true" },
      { "name:Stadt Bottrop,type" } },
    { "other projects, other towns, what is asked of bidders and what was given up are not the project's",
      "STADT DORSTEN\nDer B\xC3\xBCrgermeister\n\nBetreff\nUmbau der Turnhalle\n\nDie Stadt Dorsten saniert 3 Umkleiden. Die Halle in Wulfen wurde 2019 f\xC3\xBCr "
      "800.000 EUR mit 7 Umkleiden gebaut. Ein Vorl\xC3\xA4" "ufer lief von 2020 bis 2022. Die Variante B f\xC3\xBCr 900.000 EUR wurde verworfen.\n\nAndere Vorhaben\n"
      "Das Freibad erh\xC3\xA4lt 5 Rutschen. Es l\xC3\xA4uft \xC3\xBC" "ber die St\xC3\xA4" "dtebauf\xC3\xB6rderung.\n",
      { "title:Umbau der Turnhalle", "name:Stadt Dorsten,type:kommune,land:NW", "what:Umkleiden,exactly:3" },
      { "exactly:7", "80000000", "2020", "90000000", "Rutschen", "programmes:[{" } },
    { "what a newer mail says anew is not taken from the older one below it; what only that one says is",
      "Von: Bauamt\nAn: F\xC3\xB6rderstelle\nBetreff: AW: Haltestellen\n\nDie Stadt Dorsten plant 11 Haltestellen.\n\n> Von: F\xC3\xB6rderstelle\n> Bei 9 Haltestellen\n"
      "> kommt die Kommunalrichtlinie in Frage.\n",
      { "title:Haltestellen", "what:Haltestellen,exactly:11", "name:Kommunalrichtlinie" }, { "exactly:9" } },
    { "rows whose cells stand apart: the head of a paper, a timetable",
      "Antragstellerin:      Stadt Dorsten\nBauzeit               05.07.2027 bis 13.10.2028\n\nTeil                  von           bis\n1. Abschnitt: Hof     05.07.2027    30.11.2027\n"
      "2. Abschnitt: Weg     01.03.2028    13.10.2028\n\nAm Ende 2028 soll alles fertig sein.\n",
      { "from:2027-07-05,to:2028-10-13", "label:Abschnitt:Hof,from:2027-07-05,to:2027-11-30", "label:Abschnitt:Weg,from:2028-03-01,to:2028-10-13" }, { "2028-12-31" } },
    { "who runs the procedure or stays away does not apply, whatever verb stands beside the name",
      "Die Stadt M\xC3\xBCnster schreibt f\xC3\xBCr die St\xC3\xA4" "dte Rheine und Emsdetten Sensoren aus. Auftraggeberinnen sind die Stadt Rheine und die Stadt Emsdetten. Die Stadt "
      "Greven wollte beitreten, macht aber nicht mit. Jede Stadt stellt einen eigenen Antrag.\n",
      { "name:Rheine,type:kommune,land:NW", "name:Emsdetten,type:kommune,land:NW", "joint_mode:parallel", "name:Stadt M\xC3\xBCnster,role:publishes for others",
        "name:Stadt Greven,role:declined" },
      { "name:Stadt M\xC3\xBCnster,type", "name:Stadt Greven,type" } },
    { "a town that the text puts into another Kreis is not the one of the register",
      "Landratsamt Vorderwald\n\nAuftraggeberin ist die Gemeinde Oberau. Sie hat 3.100 Einwohner.\n", { "name:Gemeinde Oberau,type:kommune" }, { "ags", "land:" } },
    { "years, paragraphs and postcodes measure nothing",
      "Leistungsbeschreibung\nSchulhof\n\nDie Stadt Dorsten beabsichtigt, den Schulhof aus dem Jahr 1975 nach \xC2\xA7 34 HOAI umzubauen. Er soll Platz f\xC3\xBCr "
      "180 Kinder bieten. Ort: Markt 5, 46282 Dorsten. Vorzulegen sind 3 Referenzen.\n",
      { "what:Kinder,exactly:180", "document:service_description" }, { "exactly:1975", "exactly:34", "exactly:46282", "exactly:3}" } },
    { "a list of towns applies together; the register's village of that name is not meant; who declined is a role",
      "Sachverhalt:\nDie St\xC3\xA4" "dte Lindenau (12.480 Einwohner) und Hohenstein (8.950 Einwohner) sowie die Gemeinde Rotbach beabsichtigen, ihre \xC3\x84mter "
      "zum 01.01.2026 zusammenzulegen. Federf\xC3\xBChrend ist die Stadt Lindenau, die beim Land Hessen beantragt. Die Gemeinde Waldau hat ihre Teilnahme am "
      "12.03.2025 abgesagt. Die Gesamtkosten werden mit 185.000 Euro veranschlagt.\n",
      { "name:Lindenau,type:kommune,land:HE,population:12480", "population:8950", "name:Gemeinde Rotbach,type:kommune", "joint_mode:lead", "from:2026-01-01",
        "name:Gemeinde Waldau,role:declined", "volume:{cents:18500000" },
      { "ags:12066188", "2025-03-12" } },
    { "a company applies itself; its shareholders do not, and their shares are no own share",
      "Beschlussvorlage\n\nDie Stadtwerke Bergheim GmbH planen ein W\xC3\xA4rmenetz. Gesellschafter der Stadtwerke sind die Stadt Bergheim (74,9 %) und die Energie "
      "Rhein AG (25,1 %). Auftr\xC3\xA4ge werden erst nach Vorliegen des Bescheids erteilt. Die Bauzeit ist von M\xC3\xA4rz 2025 bis Dezember 2026 vorgesehen.\n",
      { "name:Stadtwerke Bergheim GmbH,type:kommunales_unternehmen", "name:Stadt Bergheim,role:shareholder", "name:Energie Rhein AG,role:shareholder", "started:no",
        "from:2025-03-01,to:2026-12-31" },
      { "own_share" } },
    { "an office that administers for a municipality is not the applicant; insurance and references are nothing of the project",
      "Amt Mittelholstein\nVorlage 23/2024\n\nTOP 7: Neubau eines Ger\xC3\xA4tehauses \xE2\x80\x93 Grundsatzbeschluss\n\nDie Gemeinde N\xC3\xBC" "bbel beabsichtigt den "
      "Neubau. Die Baukosten belaufen sich auf 2.150.000 \xE2\x82\xAC. Der Baubeginn ist f\xC3\xBCr das Fr\xC3\xBChjahr 2025 geplant, die Fertigstellung f\xC3\xBCr Ende 2026. "
      "Vom Planer wird eine Haftpflichtversicherung \xC3\xBC" "ber 1.500.000 \xE2\x82\xAC verlangt. Er hat drei Referenzen aus den Jahren 2019 bis 2023 vorzulegen.\n",
      { "name:Gemeinde N\xC3\xBC" "bbel,type:kommune,land:SH,ags:01058118", "title:Neubau eines Ger\xC3\xA4tehauses", "from:2025-03-01,to:2026-12-31", "volume:{cents:215000000" },
      { "name:Amt Mittelholstein", "150000000", "2019" } },
    { "a central office buys for another Kreis",
      NOTICE "Offizielle Bezeichnung: Zentrale Vergabestelle des Landkreises Darmstadt-Dieburg f\xC3\xBCr den Landkreis Bergstra\xC3\x9F" "e\nNUTS-Code: DE715\n" OBJECT
      "Bezeichnung: Leitstelle\nBeschreibung: Technik.\n",
      { "name:Landkreis Bergstra\xC3\x9F" "e,type:kreis,land:HE,ags:06431", "name:Landkreis Darmstadt-Dieburg,role:publishes for others" }, { "ags:06432" } },
    { "nothing to read gives nothing", "Guten Tag, wir beraten Kommunen in allen Fragen.\n", { "applicants:[]", "quantities:[]" }, { "volume", "period" } },
};

static void a_document_gives_what_it_says_and_nothing_else(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(DOCUMENTS); i++)
        check(&DOCUMENTS[i]);
}

static void every_value_has_a_quote_that_stands_in_the_document(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(DOCUMENTS); i++) {
        struct mw_arena *a = mw_arena_new();
        struct mw_draft d = { 0 };
        draft_of(&d, a, mw_sv(DOCUMENTS[i].text));
        for (size_t k = 0; k < d.evidence.n; k++) {
            struct mw_sv quote = MW_AT(d.evidence, struct mw_evidence, k)->quote;
            if (quote.n == 0 || mw_sv_find(mw_sv(DOCUMENTS[i].text), quote, 0) == SIZE_MAX)
                fail_msg("%s: \"%.*s\" is no quote", DOCUMENTS[i].why, MW_SV_ARG(quote));
        }
        mw_arena_free(a);
    }
}

/* Each new one is compared with all before it: a megabyte of them took minutes. */
static void what_lists_thousands_is_a_register_and_no_project(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_str text = MW_STR_INIT;
    struct mw_draft d = { 0 };
    (void)state;
    for (int i = 0; i < 600; i++)
        mw_str_addf(&text, "Es entstehen %d Bauten%c%c.\nGesamtkosten: 1.2%02d.%03d Euro\n", i + 2,
            'a' + i % 26, 'a' + i / 26, i % 90, i);
    draft_of(&d, a, mw_str_sv(&text));
    assert_in_range(d.measures.n, 300, 400);
    assert_in_range(d.amounts.n, 300, 400);
    mw_str_free(&text);
    mw_arena_free(a);
}

static void a_summary_ends_with_a_sentence(void **state)
{
    static const char SENTENCE[] = "Sie plant ggf. Vorhaben nach Nr. 4 mit sehr vielen guten und neuen darin. "; /* cut at 1200 bytes, the last stop before a capital is that of "ggf." */
    struct mw_str text = MW_STR_INIT;
    struct mw_draft d;
    (void)state;
    for (int i = 0; i < 40; i++)
        mw_str_addz(&text, SENTENCE);
    draft_of(&d, arena, mw_str_sv(&text));
    assert_true(mw_sv_ends(d.profile.summary, MW_SV("darin.")));
    assert_true(d.profile.summary.n > 600 && d.profile.summary.n <= 1200);
    mw_str_free(&text);
}

static void the_profile_file_reads_back(void **state)
{
    (void)state;
    for (size_t i = 0; i + 1 < COUNT(DOCUMENTS); i++) {
        struct mw_arena *a = mw_arena_new();
        struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
        struct mw_str yaml = MW_STR_INIT;
        struct mw_node *map = NULL;
        struct mw_profile p = { 0 };
        struct mw_draft d = { 0 };
        draft_of(&d, a, mw_sv(DOCUMENTS[i].text));
        mw_draft_write(&yaml, &d, MW_SV("test"), MW_DE);
        if (mw_yaml_read(&map, a, "test.yaml", mw_str_sv(&yaml), &diags) != MW_OK || mw_profile_read(&p, a, map, NULL, &diags) != MW_OK)
            fail_msg("%s: %s\n%s", DOCUMENTS[i].why, diags.n > 0 ? diags.items[0].msg : "?", mw_str_z(&yaml));
        assert_int_equal(p.other_funding, MW_TRI_NONE); /* no document of these says so */
        assert_int_equal(p.applicants.n, d.profile.applicants.n);
        mw_str_free(&yaml);
        mw_diags_free(&diags);
        mw_arena_free(a);
    }
}

/* The file has no key for months, and match and project need an end. */
static void the_profile_file_ends_so_many_months_after_its_beginning(void **state)
{
    static const struct { const char *text, *line; } CASES[] = {
        { "Der Kreis Steinfurt plant ein Konzept. Die Laufzeit betr\xC3\xA4gt 18 Monate ab Juli 2027.", "\nperiod: {from: 2027-07-01, to: 2028-12-31}\n" },
        { "Der Kreis Steinfurt plant ein Konzept. Das Projekt beginnt am 01.07.2027.", "\nperiod: {from: 2027-07-01}\n" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_arena *a = mw_arena_new();
        struct mw_str yaml = MW_STR_INIT;
        struct mw_draft d = { 0 };
        draft_of(&d, a, mw_sv(CASES[i].text));
        mw_draft_write(&yaml, &d, MW_SV("test"), MW_DE);
        if (strstr(mw_str_z(&yaml), CASES[i].line) == NULL)
            fail_msg("%s", mw_str_z(&yaml));
        mw_str_free(&yaml);
        mw_arena_free(a);
    }
}

/* --- forms of files ----------------------------------------------------------------------------------------------------------- */
static void a_notice_as_xml_reads_as_its_text_does(void **state)
{
    static const char OLD[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><TED_EXPORT DOC_ID=\"1-2026\"><CODED_DATA_SECTION><CODIF_DATA><TD_DOCUMENT_TYPE CODE=\"3\">x"
        "</TD_DOCUMENT_TYPE></CODIF_DATA></CODED_DATA_SECTION><FORM_SECTION><F02_2014 CATEGORY=\"ORIGINAL\" LG=\"DE\"><CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY>"
        "<OFFICIALNAME>Magistrat der Stadt Schlitz</OFFICIALNAME><TOWN>Schlitz</TOWN><NUTS CODE=\"DE725\"/></ADDRESS_CONTRACTING_BODY></CONTRACTING_BODY>"
        "<OBJECT_CONTRACT><TITLE><P>Neue Stege am See</P></TITLE><VAL_ESTIMATED_TOTAL CURRENCY=\"EUR\">120000.00</VAL_ESTIMATED_TOTAL><OBJECT_DESCR><SHORT_DESCR>"
        "<P>Bau von 12 Stegen.</P></SHORT_DESCR><DATE_START>2026-05-01</DATE_START><DURATION TYPE=\"MONTH\">5</DURATION><EU_PROGR_RELATED><P>EFRE</P></EU_PROGR_RELATED>"
        "</OBJECT_DESCR></OBJECT_CONTRACT></F02_2014></FORM_SECTION></TED_EXPORT>";
    static const char NEW[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ContractNotice><NoticeLanguageCode>DEU</NoticeLanguageCode><Company><PartyIdentification><ID>ORG-1</ID>"
        "</PartyIdentification><PartyName><Name languageID=\"DEU\">Magistrat der Stadt Schlitz</Name></PartyName><PostalAddress><CountrySubentityCode>DE725"
        "</CountrySubentityCode></PostalAddress></Company><ContractingParty><Party><PartyIdentification><ID>ORG-1</ID></PartyIdentification></Party></ContractingParty>"
        "<ProcurementProject><Name>Neue Stege am See</Name><Description>Bau von 12 Stegen.</Description></ProcurementProject><ProcurementProjectLot><ID>LOT-1</ID>"
        "<ProcurementProject><Name>Stege</Name><PlannedPeriod><StartDate>2026-05-01+02:00</StartDate><DurationMeasure unitCode=\"MONTH\">5</DurationMeasure></PlannedPeriod>"
        "</ProcurementProject></ProcurementProjectLot></ContractNotice>";
    static const struct doc CASES[] = {
        { "TED_EXPORT", OLD, { "document:tender", "name:Stadt Schlitz,type:kommune,land:HE,ags:06535015", "from:2026-05-01,months:5", "cents:12000000", "name:EFRE",
                               "what:Stegen,exactly:12" }, { NULL } },
        { "eForms", NEW, { "document:tender", "name:Stadt Schlitz,type:kommune,land:HE,ags:06535015", "from:2026-05-01,months:5", "what:Stegen,exactly:12" }, { NULL } },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        check(&CASES[i]);
}

static void a_web_page_is_read_without_its_frame(void **state)
{
    static const struct doc PAGE = { "HTML", "<!DOCTYPE html><html lang=\"de\"><head><title>Radwege</title></head><body><nav>Start</nav><main><h1>Radwege im Tal</h1>"
        "<p>Der Landkreis Friesland l\xC3\xA4sst ein Konzept f\xC3\xBCr 40 Knotenpunkte erarbeiten.</p></main></body></html>",
        { "title:Radwege im Tal", "name:Landkreis Friesland,type:kreis,land:NI,ags:03455", "what:Knotenpunkte,exactly:40" }, { NULL } };
    (void)state;
    check(&PAGE);
}

static void what_cannot_be_read_is_said(void **state)
{
    static const struct { const char *why, *bytes, *says; } CASES[] = {
        { "no text", "  \n ", "holds no text" },
        { "no UTF-8", "Stra\xDF" "e", "no text in UTF-8" },
        { "another XML", "<?xml version=\"1.0\"?><feed><entry/></feed>", "no notice of TED" },
        { "an empty form", "<?xml version=\"1.0\"?><TED_EXPORT></TED_EXPORT>", "no form" },
        { "no archive", "PK\3\4 broken", "" },
        { "a broken PDF", "%PDF-1.4 broken", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_arena *a = mw_arena_new();
        struct mw_err err = MW_ERR_INIT(MW_EN);
        struct mw_paper paper;
        if (mw_paper_read(&paper, a, parser, rules, mw_sv(CASES[i].bytes), &err) == MW_OK)
            fail_msg("%s was read", CASES[i].why);
        if (err.msg == NULL || strstr(err.msg, CASES[i].says) == NULL)
            fail_msg("%s: \"%s\"", CASES[i].why, err.msg != NULL ? err.msg : "");
        mw_err_clear(&err);
        mw_arena_free(a);
    }
}

/* A PDF of one line, written here by hand. */
static void a_pdf_gives_its_text(void **state)
{
    static const char PDF[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 300]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>endobj\n"
        "4 0 obj<</Length 92>>stream\nBT /F1 12 Tf 20 200 Td (Der Landkreis Friesland plant 40 Knotenpunkte bis Ende 2027.) Tj ET          \nendstream endobj\n"
        "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF\n";
    static const struct doc PAPER = { "PDF", PDF, { "name:Landkreis Friesland,type:kreis,land:NI,ags:03455", "what:Knotenpunkte,exactly:40" }, { NULL } };
    (void)state;
    if (access("/usr/bin/pdftotext", X_OK) != 0) {
        printf("SKIPPED %s: needs poppler-utils\n", __func__);
        skip();
    }
    check(&PAPER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_gives_what_it_says_and_nothing_else),
        cmocka_unit_test(every_value_has_a_quote_that_stands_in_the_document),
        cmocka_unit_test(what_lists_thousands_is_a_register_and_no_project),
        cmocka_unit_test(a_summary_ends_with_a_sentence),
        cmocka_unit_test(the_profile_file_reads_back),
        cmocka_unit_test(the_profile_file_ends_so_many_months_after_its_beginning),
        cmocka_unit_test(a_notice_as_xml_reads_as_its_text_does),
        cmocka_unit_test(a_web_page_is_read_without_its_frame),
        cmocka_unit_test(what_cannot_be_read_is_said),
        cmocka_unit_test(a_pdf_gives_its_text),
    };
    return cmocka_run_group_tests(tests, load, drop);
}
