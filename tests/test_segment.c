/* Text to sentences and list items: what ends a sentence, what does not, and which list an item belongs to. */
#include "lib/language/segment.h"

#include <time.h>

#include "tests/test.h"

struct read {
    struct mw_arena *arena;
    struct mw_list list;
    struct mw_sv text;
};
static struct read read_text(const char *text)
{
    struct read r = { mw_arena_new(), { 0 }, mw_sv(text) };
    assert_true(mw_segment(&r.list, r.arena, r.text));
    return r;
}
static const struct mw_segment *seg(const struct read *r, size_t i)
{
    if (i >= r->list.n)
        fail_msg("no segment %zu in \"%.*s\"", i, MW_SV_ARG(r->text));
    return MW_AT(r->list, struct mw_segment, i);
}
static struct mw_sv words(const struct read *r, size_t i)
{
    const struct mw_segment *s = seg(r, i);
    return mw_sv_sub(r->text, s->begin, s->end - s->begin);
}
/* That text falls into the pieces of want, which are separated by '|'. */
static void assert_segments(const char *text, const char *want)
{
    struct read r = read_text(text);
    struct mw_str got = MW_STR_INIT;

    for (size_t i = 0; i < r.list.n; i++) {
        if (i > 0)
            mw_str_addc(&got, '|');
        mw_str_add(&got, words(&r, i));
    }
    assert_string_equal(mw_str_z(&got), want);
    mw_str_free(&got);
    mw_arena_free(r.arena);
}

static void a_full_stop_before_a_capital_ends_a_sentence(void **state)
{
    (void)state;
    assert_segments("Die Zuwendung wird bewilligt. Sie ist zweckgebunden.", "Die Zuwendung wird bewilligt.|Sie ist zweckgebunden.");
    assert_segments("Was wird gefördert? Alles! Auch „das“.", "Was wird gefördert?|Alles!|Auch „das“.");
    assert_segments("Er sagte: „Nein.“ Sie ging.", "Er sagte: „Nein.“|Sie ging.");
    assert_segments("(Siehe Anlage.) Die Frist gilt.", "(Siehe Anlage.)|Die Frist gilt.");
    assert_segments("Der Satz beträgt 60. Über mehr wird entschieden.", "Der Satz beträgt 60.|Über mehr wird entschieden.");
    assert_segments("  Ein Satz ohne Ende \xC2\xA0\n", "Ein Satz ohne Ende");
}

static void an_abbreviation_ends_no_sentence(void **state)
{
    static const char *const WHOLE[] = {
        "Es gilt Abs. 3 der Verordnung.",
        "Nach Nr. 5.1 ANBest-P ist das möglich.",
        "Bis zu 60 v. H. Zuschuss sind möglich.",
        "Bis zu 60 v.H. der Ausgaben sind möglich.",
        "Das gilt z. B. Kommunen und z.B. Kreisen.",
        "Das gilt z.\xC2\xA0" "B. Kommunen.",
        "Das gilt z.\xE2\x80\xAF" "B. Kommunen.",
        "Gemeinden bzw. Kreise i. d. R. Mitglieder sind.",
        "Gem. Art. 107 Abs. 1 AEUV i. V. m. § 44 LHO gilt das.",
        "Höchstens 2 Mio. Euro oder 3 Mrd. EUR.",
        "Vgl. Ziff. 4.2 und Rn. 12 des Bescheids.",
        "Frau Dr. A. Müller vom Amt für Soz. antwortet.",
        "Sog. Bagatellen, ggf. Nachweise, inkl. Reisekosten.",
        "Der Hrsg. Müller zahlt.",
        "u. a. Gemeinden und der e. V. Nord.",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(WHOLE); i++)
        assert_segments(WHOLE[i], WHOLE[i]);
}

static void an_abbreviation_may_end_a_sentence_before_a_function_word(void **state)
{
    (void)state;
    assert_segments("Der Satz beträgt 60 v. H. Die Anträge sind schriftlich.", "Der Satz beträgt 60 v. H.|Die Anträge sind schriftlich.");
    assert_segments("Höchstens sind es 2 Mio. Eine Ausnahme gibt es nicht.", "Höchstens sind es 2 Mio.|Eine Ausnahme gibt es nicht.");
    assert_segments("Möbel, Geräte usw. Gefördert wird das nicht.", "Möbel, Geräte usw.|Gefördert wird das nicht.");
    assert_segments("Hilfen dieser Art. Der Bund zahlt.", "Hilfen dieser Art.|Der Bund zahlt.");
}

static void dates_and_ordinals_end_no_sentence(void **state)
{
    static const char *const WHOLE[] = {
        "Anträge sind bis zum 31. März 2026 zu stellen.",
        "Die Frist endet am 15. 3. 2026 um 12 Uhr.",
        "Im 1. Förderaufruf und in der 2. Stufe gilt das.",
        "Bis 1.10. des laufenden Jahres für das Folgejahr.",
        "Das II. Quartal zählt.",
        "Es sind EUR 5.000,00 oder 1.250.000 Euro.",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(WHOLE); i++)
        assert_segments(WHOLE[i], WHOLE[i]);
    assert_segments("Die Frist endet am 31.12.2026. Später geht es nicht.", "Die Frist endet am 31.12.2026.|Später geht es nicht.");
    assert_segments("Es endet 2026. Die Mittel verfallen.", "Es endet 2026.|Die Mittel verfallen.");
    assert_segments("Das regelt Nummer 3. Zuwendungen sind möglich.", "Das regelt Nummer 3.|Zuwendungen sind möglich.");
}

static void addresses_stay_whole(void **state)
{
    (void)state;
    assert_segments("Siehe www.Foerderung.Land.de/a.B und an info@Amt.Land.de bitte.", "Siehe www.Foerderung.Land.de/a.B und an info@Amt.Land.de bitte.");
    assert_segments("Unter https://a.de/x?y=1.2 steht es. Danke.", "Unter https://a.de/x?y=1.2 steht es.|Danke.");
}

static void sentences_that_lost_their_space_are_parted(void **state)
{
    (void)state;
    assert_segments("See the call document.EU Member States may take part.", "See the call document.|EU Member States may take part.");
    assert_segments("Upload your Plan.PDF here, the old plan.PDF is kept.", "Upload your Plan.PDF here, the old plan.PDF is kept.");
    assert_segments("Described in the call document.Proposal page limits apply.", "Described in the call document.|Proposal page limits apply.");
    assert_segments("As in BESTF3[7].The action lasts 5 years.[1] In 2020 it began.", "As in BESTF3[7].|The action lasts 5 years.[1]|In 2020 it began.");
    assert_segments("It opens in June 2026.Deadline is later.", "It opens in June 2026.|Deadline is later.");
    assert_segments("At most EUR 60 000.Costs are paid at 50%.Reports follow.", "At most EUR 60 000.|Costs are paid at 50%.|Reports follow.");
    assert_segments("Bis zum 31.März und nach 3.Absatz gilt das.", "Bis zum 31.März und nach 3.Absatz gilt das.");
    assert_segments("Siehe http://a.de/x.[2] https://b.de und mehr.", "Siehe http://a.de/x.[2] https://b.de und mehr.");
    assert_segments("Das gilt ggf.Kommunen.", "Das gilt ggf.Kommunen.");
}

static void english_abbreviations_are_known(void **state)
{
    (void)state;
    assert_segments("Applicants, e.g. Municipalities, i.e. No. 5 and Art. 3, apply. The rest is out.",
        "Applicants, e.g. Municipalities, i.e. No. 5 and Art. 3, apply.|The rest is out.");
    assert_segments("Dr. Smith et al. Universities, approx. EUR 5 m.", "Dr. Smith et al. Universities, approx. EUR 5 m.");
}

static void an_item_knows_the_sentence_that_introduces_it(void **state)
{
    struct read r = read_text("Die Förderung ist offen. Antragsberechtigt sind:\n* Gemeinden,\n* Kreise.\nNicht gefördert wird der Rest.");
    (void)state;
    assert_int_equal(r.list.n, 5);
    assert_sv(words(&r, 1), "Antragsberechtigt sind:");
    for (size_t i = 2; i < 4; i++) {
        assert_true(seg(&r, i)->item);
        assert_int_equal(seg(&r, i)->lead, 1);
    }
    assert_sv(words(&r, 2), "Gemeinden,");
    assert_false(seg(&r, 4)->item);
    assert_true(seg(&r, 4)->lead == SIZE_MAX);
    mw_arena_free(r.arena);
}

static void every_kind_of_mark_is_read_and_left_out(void **state)
{
    static const char *const MARKS[] = { "* ", "- ", "\\- ", "+ ", "\xE2\x80\xA2 ", "\xE2\x80\xA2", "\xE2\x80\x93 ", "\xEF\x82\xB7 ", "a) ", "(a) ", "aa) ",
        "1) ", "1. ", "1\\. ", "i) ", "\xE2\x80\xA2\t" };
    (void)state;
    for (size_t i = 0; i < COUNT(MARKS); i++) {
        char text[200];
        snprintf(text, sizeof text, "Es war ein Satz.\n\nGefördert werden:\n\n%sVereine,\n", MARKS[i]);
        struct read r = read_text(text);
        assert_int_equal(r.list.n, 3);
        if (!seg(&r, 2)->item || seg(&r, 2)->lead != 1)
            fail_msg("\"%s\" makes no item", MARKS[i]);
        assert_sv(words(&r, 2), "Vereine,");
        mw_arena_free(r.arena);
    }
}

static void a_nested_list_has_the_item_above_as_its_lead(void **state)
{
    struct read r = read_text("Gefördert werden\n\n  * Bau von\n    * Straßen,\n    * Brücken,\n  * Kauf von Land.\n");
    static const size_t LEAD[] = { SIZE_MAX, 0, 1, 1, 0 };
    (void)state;
    assert_int_equal(r.list.n, COUNT(LEAD));
    for (size_t i = 0; i < COUNT(LEAD); i++)
        assert_true(seg(&r, i)->lead == LEAD[i]);
    mw_arena_free(r.arena);
    r = read_text("Nötig sind:\na) Konzept mit\n  - Ziel\n  - Zeitplan\nb) Beschluss\ni) Roman, keiner\n");
    static const size_t LETTERED[] = { SIZE_MAX, 0, 1, 1, 0, 4 };
    assert_int_equal(r.list.n, COUNT(LETTERED));
    for (size_t i = 0; i < COUNT(LETTERED); i++)
        assert_true(seg(&r, i)->lead == LETTERED[i]);
    mw_arena_free(r.arena);
}

static void a_list_goes_on_after_a_paragraph_between_its_letters(void **state)
{
    struct read r = read_text("Nötig sind:\n\na) ein Konzept\n\nDas Konzept hat ein Ziel.\n\nb) ein Beschluss\n");
    (void)state;
    assert_int_equal(seg(&r, 3)->lead, 0);
    mw_arena_free(r.arena);
}

static void a_new_bullet_list_has_a_lead_of_its_own(void **state)
{
    struct read r = read_text("Gefördert werden:\n* Vereine\n\nNicht gefördert werden:\n* Parteien\n");
    (void)state;
    assert_int_equal(seg(&r, 1)->lead, 0);
    assert_int_equal(seg(&r, 3)->lead, 2);
    mw_arena_free(r.arena);
    r = read_text("Gefördert werden:\n\n* Vereine, die\n  + bauen,\n  + lehren.\n\nBedingungen sind:\n\n* ein Plan\n");
    assert_int_equal(seg(&r, 5)->lead, 4);
    mw_arena_free(r.arena);
}

static void paragraphs_that_leave_the_sentence_open_are_items_without_marks(void **state)
{
    struct read r = read_text("(4) Die Zuwendung beträgt\n\nfür den Bund 6 EUR,\n\nfür die Stadt 5 EUR und\n\nfür den Kreis 4 EUR.\n\nDer Bund zahlt,\n");
    static const size_t LEAD[] = { SIZE_MAX, 0, 0, 0, SIZE_MAX };
    (void)state;
    assert_int_equal(r.list.n, COUNT(LEAD));
    for (size_t i = 0; i < COUNT(LEAD); i++)
        if (seg(&r, i)->lead != LEAD[i] || seg(&r, i)->item != (LEAD[i] != SIZE_MAX))
            fail_msg("segment %zu: lead %zu", i, seg(&r, i)->lead);
    mw_arena_free(r.arena);
    r = read_text("Antragsberechtigt sind:\nVereine;\nGemeinden.\nDie Mittel sind knapp.");
    assert_true(seg(&r, 1)->item && seg(&r, 2)->item && !seg(&r, 3)->item);
    assert_int_equal(seg(&r, 2)->lead, 0);
    mw_arena_free(r.arena);
    static const char *const NO_LIST[] = { "Es gibt Geld.\n\nDer Bund zahlt,\n\nwas er kann.", "# Förderung\n\nWer baut,\n\nbekommt Geld." };
    for (size_t i = 0; i < COUNT(NO_LIST); i++) {
        r = read_text(NO_LIST[i]);
        for (size_t k = 0; k < r.list.n; k++)
            assert_false(seg(&r, k)->item);
        mw_arena_free(r.arena);
    }
}

static void numbered_paragraphs_are_no_list(void **state)
{
    struct read r = read_text("4 Voraussetzungen\n-----------------\n\n4.1 Die Förderung setzt voraus, dass Mittel da sind.\n\n4.2 Gefördert werden:\n\n* Vereine\n\n"
                              "4.3 Der Bund zahlt.\n");
    (void)state;
    assert_int_equal(r.list.n, 5);
    assert_true(seg(&r, 0)->heading);
    assert_sv(words(&r, 1), "Die Förderung setzt voraus, dass Mittel da sind.");
    assert_false(seg(&r, 1)->item);
    assert_int_equal(seg(&r, 3)->lead, 2);
    assert_false(seg(&r, 4)->item);
    mw_arena_free(r.arena);
}

static void numbers_that_begin_a_line_are_not_always_marks(void **state)
{
    (void)state;
    assert_segments("31. März 2026 ist der letzte Tag.", "31. März 2026 ist der letzte Tag.");
    assert_segments("1.10. des laufenden Jahres", "1.10. des laufenden Jahres");
    assert_segments("5.000 Euro je Kopf", "5.000 Euro je Kopf");
    assert_segments("01.04.2025 um zwölf", "01.04.2025 um zwölf");
    assert_segments("z. B. Vereine", "z. B. Vereine");
    assert_segments("-speicherung und **fett**", "-speicherung und **fett**");
}

static void headings_are_segments_of_their_own(void **state)
{
    static const char *const TEXTS[] = {
        "Ein Satz.\n\n### Wer wird gefördert?\nGemeinden werden gefördert.",
        "Ein Satz.\n\n### 3.1 Wer wird gefördert? ###\n\nGemeinden werden gefördert.",
        "Ein Satz.\n\nWer wird gefördert?\n----\nGemeinden werden gefördert.",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        struct read r = read_text(TEXTS[i]);
        assert_int_equal(r.list.n, 3);
        assert_sv(words(&r, 1), "Wer wird gefördert?");
        assert_true(seg(&r, 1)->heading);
        assert_int_equal(seg(&r, 2)->under, 1);
        mw_arena_free(r.arena);
    }
    struct read r = read_text("Ein Satz.\n\nGegenstand der Förderung\n\nGefördert wird viel.\nrechtliche Voraussetzungen\nAntragsberechtigt sind\n\n* Vereine");
    assert_true(seg(&r, 1)->heading);
    assert_true(seg(&r, 3)->heading);
    assert_false(seg(&r, 4)->heading);
    assert_int_equal(seg(&r, 5)->lead, 4);
    assert_int_equal(seg(&r, 5)->under, 3);
    mw_arena_free(r.arena);
}

static void wrapped_lines_are_one_sentence(void **state)
{
    (void)state;
    assert_segments("Die Zuwendungen werden als Projektförderung im Wege der Anteil-\nfinanzierung gewährt und sind nach Maßgabe der verfügbaren Haushalts-\nmittel bis "
                    "31. Dezember 2026 zu verwenden.",
        "Die Zuwendungen werden als Projektförderung im Wege der Anteil-\nfinanzierung gewährt und sind nach Maßgabe der verfügbaren Haushalts-\nmittel bis "
        "31. Dezember 2026 zu verwenden.");
    assert_segments("Anträge sind vor Beginn der Maßnahme bei der zuständigen\nBewilligungsbehörde zu stellen, also beim Landesamt gemäß Nr.\n4 dieser Richtlinie.",
        "Anträge sind vor Beginn der Maßnahme bei der zuständigen\nBewilligungsbehörde zu stellen, also beim Landesamt gemäß Nr.\n4 dieser Richtlinie.");
    assert_segments("Die Verwaltung hat den Zeitraum wegen der langen Wartezeit auf den 01.07.2025 bis\n30.06.2027 geändert.\n"
                    "Wo die lange Zeile aufhört, sagen nicht die Buchstaben, sondern ihre Breite auf dem Papier, iii.",
        "Die Verwaltung hat den Zeitraum wegen der langen Wartezeit auf den 01.07.2025 bis\n30.06.2027 geändert.|"
        "Wo die lange Zeile aufhört, sagen nicht die Buchstaben, sondern ihre Breite auf dem Papier, iii.");
    assert_segments("Gefördert werden\na) Vereine bis 25.000 Euro und\nb) Kommunen.", "Gefördert werden|Vereine bis 25.000 Euro und|Kommunen."); /* items do end so */
    assert_segments("Amt für Wirtschaft\nHauptstraße 5\nDie Gemeinde erhält für diese Maßnahme einen Zuschuss von uns.",
        "Amt für Wirtschaft|Hauptstraße 5|Die Gemeinde erhält für diese Maßnahme einen Zuschuss von uns.");
}

static void the_rows_of_a_table_are_led_by_its_head_and_that_by_the_sentence_above(void **state)
{
    static const char *const TABLES[] = {
        "Es gelten folgende Sätze:\n\n| Vorhaben | Satz |\n| --- | --- |\n| Lampen | 25 % |\n| Pumpen | 40 % |\n\nMehr gibt es nicht.",
        "Es gelten folgende Sätze:\n\nVorhaben  |  Satz\n---|---\n4.1 - Lampen  |  25 %\n4.2 - Pumpen  |  40 %\n\nMehr gibt es nicht.",
    };
    static const size_t LEAD[] = { SIZE_MAX, 0, 1, 1, SIZE_MAX };
    (void)state;
    for (size_t i = 0; i < COUNT(TABLES); i++) {
        struct read r = read_text(TABLES[i]);
        assert_int_equal(r.list.n, COUNT(LEAD));
        for (size_t k = 0; k < COUNT(LEAD); k++)
            if (seg(&r, k)->lead != LEAD[k])
                fail_msg("table %zu, segment %zu: lead %zu", i, k, seg(&r, k)->lead);
        mw_arena_free(r.arena);
    }
}

static void a_table_row_stays_one_segment(void **state)
{
    (void)state;
    assert_segments("Die Sätze:\n\n| Wer | Satz |\n| --- | --- |\n| Nr. 1. Gemeinden | 75 %. Mehr nie. |\nStadt\t60 %. Nie mehr.\n",
        "Die Sätze:|| Wer | Satz ||| Nr. 1. Gemeinden | 75 %. Mehr nie. ||Stadt\t60 %. Nie mehr.");
}

static void lines_of_cells_and_lines_of_labels_do_not_run_on(void **state)
{
    (void)state;
    assert_segments("Abbruch und Entsorgung des alten Belags      171.000\nErdbau, Mulden, Zisterne und Leitungen       304.000",
        "Abbruch und Entsorgung des alten Belags      171.000|Erdbau, Mulden, Zisterne und Leitungen       304.000");
    assert_segments("1. Abschnitt: Hafenstraße      05.07.2027    30.11.2027\n2. Abschnitt: Kaltenweide      01.03.2028    13.10.2028",
        "Abschnitt: Hafenstraße      05.07.2027    30.11.2027|Abschnitt: Kaltenweide      01.03.2028    13.10.2028");
    assert_segments("Koordination und Antragstellung: Stadt Lindental am See\nPartnerkommunen: Gemeinde Moorhusen, Gemeinde Neuenrode",
        "Koordination und Antragstellung: Stadt Lindental am See|Partnerkommunen: Gemeinde Moorhusen, Gemeinde Neuenrode");
    assert_segments("Phase A Entwurf und Genehmigung (07/2027 bis 06/2028)\nPhase B Bau und Einzug in das Haus (07/2028 bis 12/2030)",
        "Phase A Entwurf und Genehmigung (07/2027 bis 06/2028)|Phase B Bau und Einzug in das Haus (07/2028 bis 12/2030)");
}

static void bullets_in_mid_line_make_items(void **state)
{
    struct read r = read_text("The project shall: \xE2\x80\xA2 include citizens; \xE2\x80\xA2 be open.");
    (void)state;
    assert_int_equal(r.list.n, 3);
    assert_sv(words(&r, 1), "include citizens;");
    assert_int_equal(seg(&r, 2)->lead, 0);
    assert_true(seg(&r, 2)->item);
    mw_arena_free(r.arena);
}

static void paragraphs_count_up_at_blank_lines_headings_and_items(void **state)
{
    struct read r = read_text("Eins. Zwei.\n\nDrei.\n\n# Vier\nFünf:\n* Sechs\n");
    (void)state;
    assert_int_equal(seg(&r, 0)->paragraph, seg(&r, 1)->paragraph);
    for (size_t i = 2; i < r.list.n; i++)
        assert_true(seg(&r, i)->paragraph > seg(&r, i - 1)->paragraph);
    mw_arena_free(r.arena);
}

static void indices_count_from_the_first_segment_of_this_text(void **state)
{
    struct read r = read_text("Eins.");
    (void)state;
    assert_true(mw_segment(&r.list, r.arena, MW_SV("Nötig sind:\n- Zwei\n")));
    assert_int_equal(r.list.n, 3);
    assert_int_equal(seg(&r, 2)->lead, 0); /* of the second call */
    mw_arena_free(r.arena);
}

static void nothing_to_read_gives_nothing(void **state)
{
    (void)state;
    assert_segments("", "");
    assert_segments(" \n\t\n----\n \xC2\xA0 \n* \n", "");
}

/* Segments are in order, not empty, inside the text, not too long; leads and headings point backwards. */
static void assert_sound(struct mw_sv text)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_list l = { 0 };
    size_t behind = 0;

    assert_true(mw_segment(&l, a, text));
    for (size_t i = 0; i < l.n; i++) {
        const struct mw_segment *s = MW_AT(l, struct mw_segment, i);
        assert_true(s->begin >= behind && s->begin < s->end && s->end <= text.n && s->end - s->begin <= 8192);
        assert_true((s->lead == SIZE_MAX || s->lead < i) && (s->under == SIZE_MAX || s->under < i));
        assert_true(s->lead == SIZE_MAX || s->item);
        behind = s->end;
    }
    mw_arena_free(a);
}

static void any_bytes_give_sound_segments(void **state)
{
    static const char PIECES[][6] = { "\n", " ", ".", "* ", "a) ", "1. ", "(1) ", "2.1 ", "# ", "---", "\t", "|", "\xC3", "\xA4", "\xE2\x80", "\xE2\x80\xA2", "\xC2\xA0", "Nr.", "A", "b",
        "0", ":", "\xFF", "", "(", ")", "\xF0\x9F" };
    uint64_t seed = 88172645463325252u;
    char text[300];
    (void)state;
    for (int round = 0; round < 20000; round++) {
        size_t n = 0;
        while (n < 280) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            const char *piece = PIECES[seed % COUNT(PIECES)];
            size_t len = *piece != 0 ? strlen(piece) : 1; /* "" stands for a NUL byte */
            memcpy(text + n, piece, len);
            n += len;
            if (seed >> 60 == 0)
                break;
        }
        char *exact = malloc(n); /* so that a sanitizer sees a read behind the end */
        memcpy(exact, text, n);
        assert_sound(mw_sv_n(exact, n));
        free(exact);
    }
}

static void long_texts_take_linear_time(void **state)
{
    static const struct {
        const char *why, *unit;
        size_t bytes;
    } CASES[] = {
        { "100,000 sentences in one line", "Das ist der Satz Nr. 5 mit Abs. 3. ", 3500000 },
        { "ten megabytes without a full stop", "Wort ohne Ende und ", 10000000 },
        { "bullets in mid-line", "\xE2\x80\xA2 ", 3000000 },
        { "nothing but stops", ".", 3000000 },
        { "stops and spaces", ". ", 3000000 },
        { "empty lines", "\n", 5000000 },
        { "short lines", "a\n", 3000000 },
        { "list items", "* a\n", 3000000 },
        { "headings", "Wort\n\n", 3000000 },
        { "brackets", "(", 3000000 },
        { "single letters", "z. ", 3000000 },
        { "marks", "#", 3000000 },
        { "spaces", " ", 3000000 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_str text = MW_STR_INIT;
        while (text.n < CASES[i].bytes)
            mw_str_addz(&text, CASES[i].unit);
        clock_t began = clock();
        assert_sound(mw_str_sv(&text));
        double seconds = (double)(clock() - began) / CLOCKS_PER_SEC;
        if (seconds > 5) /* far above what it takes (under 0.4 s), far below what quadratic time would take */
            fail_msg("%s: %.1f s", CASES[i].why, seconds);
        mw_str_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_stop_before_a_capital_ends_a_sentence),
        cmocka_unit_test(an_abbreviation_ends_no_sentence),
        cmocka_unit_test(an_abbreviation_may_end_a_sentence_before_a_function_word),
        cmocka_unit_test(dates_and_ordinals_end_no_sentence),
        cmocka_unit_test(addresses_stay_whole),
        cmocka_unit_test(sentences_that_lost_their_space_are_parted),
        cmocka_unit_test(english_abbreviations_are_known),
        cmocka_unit_test(an_item_knows_the_sentence_that_introduces_it),
        cmocka_unit_test(every_kind_of_mark_is_read_and_left_out),
        cmocka_unit_test(a_nested_list_has_the_item_above_as_its_lead),
        cmocka_unit_test(a_list_goes_on_after_a_paragraph_between_its_letters),
        cmocka_unit_test(a_new_bullet_list_has_a_lead_of_its_own),
        cmocka_unit_test(paragraphs_that_leave_the_sentence_open_are_items_without_marks),
        cmocka_unit_test(numbered_paragraphs_are_no_list),
        cmocka_unit_test(numbers_that_begin_a_line_are_not_always_marks),
        cmocka_unit_test(headings_are_segments_of_their_own),
        cmocka_unit_test(wrapped_lines_are_one_sentence),
        cmocka_unit_test(the_rows_of_a_table_are_led_by_its_head_and_that_by_the_sentence_above),
        cmocka_unit_test(a_table_row_stays_one_segment),
        cmocka_unit_test(lines_of_cells_and_lines_of_labels_do_not_run_on),
        cmocka_unit_test(bullets_in_mid_line_make_items),
        cmocka_unit_test(paragraphs_count_up_at_blank_lines_headings_and_items),
        cmocka_unit_test(indices_count_from_the_first_segment_of_this_text),
        cmocka_unit_test(nothing_to_read_gives_nothing),
        cmocka_unit_test(any_bytes_give_sound_segments),
        cmocka_unit_test(long_texts_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
