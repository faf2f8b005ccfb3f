/* The demo pages (config/demo): that they are what their README promises, that nobody can mistake them for official
 * notices, and that the second day's pages change what they claim to change and nothing else. */
#include "tests/test.h"

#include "lib/core/file.h"
#include "lib/core/read.h"
#include "lib/model/terms.h"
#include "lib/parse/parse.h"

#define PAGES "config/demo"
#define DAY2 "config/demo/day2"
static const char ADDRESS[] = "https://example.org/demo/foerderung/";

struct site {
    struct mw_arena *a;
    struct mw_parser *parser;
    struct mw_list names; /* struct mw_sv */
};

static int open_site(void **state)
{
    struct site *s = calloc(1, sizeof *s);
    *state = s;
    s->a = mw_arena_new();
    return mw_parser_new(&s->parser, NULL) != MW_OK || mw_dir_list(&s->names, s->a, PAGES, ".html", NULL) != MW_OK;
}

static int close_site(void **state)
{
    struct site *s = *state;
    mw_parser_free(s->parser);
    mw_arena_free(s->a);
    free(s);
    return 0;
}

static struct mw_sv bytes_of(struct site *s, const char *dir, struct mw_sv name)
{
    struct mw_sv path = mw_arena_printf(s->a, "%s/%.*s", dir, MW_SV_ARG(name)), bytes;
    if (mw_file_read(&bytes, s->a, path.p, MW_HTML_MAX, NULL) != MW_OK)
        fail_msg("cannot read %s", path.p);
    return bytes;
}

static struct mw_page page_of(struct site *s, const char *dir, struct mw_sv name)
{
    MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(MW_EN);
    struct mw_page page;
    if (mw_parse_page(s->parser, s->a, bytes_of(s, dir, name), MW_SV_NONE, &page, &err) != MW_OK)
        fail_msg("%.*s: %s", MW_SV_ARG(name), err.msg);
    return page;
}

static bool says(struct mw_sv text, const char *part)
{
    return mw_sv_find(text, mw_sv(part), 0) != SIZE_MAX;
}

static bool is_invented(struct mw_sv text)
{
    return says(text, "alle Zahlen: [E]") || says(text, "all figures: [E]");
}

/* The text between two marks, which must stand in the page exactly once. */
static struct mw_sv between(struct mw_sv text, const char *from, const char *to)
{
    size_t at = mw_sv_find(text, mw_sv(from), 0);
    if (at == SIZE_MAX || mw_sv_find(text, mw_sv(from), at + 1) != SIZE_MAX)
        fail_msg("\"%s\" does not stand exactly once in:\n%.*s", from, MW_SV_ARG(text));
    at += strlen(from);
    size_t end = mw_sv_find(text, mw_sv(to), at);
    assert_true(end != SIZE_MAX);
    return mw_sv_sub(text, at, end - at);
}

static struct mw_sv section_text(const struct mw_page *page, const char *const *headings)
{
    for (size_t i = 0; i < page->sections.n; i++) {
        const struct mw_page_section *section = MW_AT(page->sections, struct mw_page_section, i);
        for (size_t k = 0; headings[k] != NULL; k++)
            if (mw_sv_eqz(mw_sv_trim(section->heading), headings[k]))
                return section->text;
    }
    return MW_SV_NONE;
}

/* --- every page --------------------------------------------------------------------------------------------------- */

static void there_are_enough_pages_for_a_tour(void **state)
{
    struct site *s = *state;
    assert_true(s->names.n >= 24);
}

static void a_page_names_its_own_address_by_its_file_name(void **state)
{
    struct site *s = *state;
    for (size_t i = 0; i < s->names.n; i++) {
        struct mw_sv name = *MW_AT(s->names, struct mw_sv, i);
        struct mw_sv address = between(bytes_of(s, PAGES, name), "<link rel=\"canonical\" href=\"", "\"");
        struct mw_sv want = mw_arena_printf(s->a, "%s%.*s", ADDRESS, (int)(name.n - strlen(".html")), name.p);
        assert_sv(address, want.p);
    }
}

static void titles_are_marked_and_no_two_are_alike(void **state)
{
    struct site *s = *state;
    struct mw_sv titles[256];
    assert_true(s->names.n <= COUNT(titles));
    for (size_t i = 0; i < s->names.n; i++) {
        struct mw_sv name = *MW_AT(s->names, struct mw_sv, i);
        struct mw_page page = page_of(s, PAGES, name);
        titles[i] = mw_sv_trim(page.title);
        if (!mw_sv_ends(titles[i], MW_SV(" (Demo)")))
            fail_msg("%.*s: the title is not marked: %.*s", MW_SV_ARG(name), MW_SV_ARG(titles[i]));
        if (!mw_sv_eq(between(bytes_of(s, PAGES, name), "<title>", "</title>"), between(bytes_of(s, PAGES, name), "<h1>", "</h1>")))
            fail_msg("%.*s: title and h1 differ", MW_SV_ARG(name));
        for (size_t k = 0; k < i; k++)
            if (mw_sv_eq(titles[k], titles[i]))
                fail_msg("two pages are called %.*s", MW_SV_ARG(titles[i]));
    }
}

static void a_page_says_that_it_is_a_demo_and_which_day_it_describes(void **state)
{
    struct site *s = *state;
    for (size_t i = 0; i < s->names.n; i++) {
        struct mw_sv name = *MW_AT(s->names, struct mw_sv, i), bytes = bytes_of(s, PAGES, name);
        bool german = says(bytes, "<html lang=\"de\">");
        struct mw_day day;
        if (!german && !says(bytes, "<html lang=\"en\">"))
            fail_msg("%.*s: neither German nor English", MW_SV_ARG(name));
        assert_true(says(bytes, german ? "<strong>Demo-Text</strong>" : "<strong>Demo text</strong>"));
        struct mw_sv stated = between(bytes, german ? "Beschriebener Stand: " : "State described: ", ". ");
        if (!mw_read_day(stated, &day))
            fail_msg("%.*s: no day: %.*s", MW_SV_ARG(name), MW_SV_ARG(stated));
    }
}

static void a_page_has_the_fields_and_sections_of_a_real_one(void **state)
{
    static const char *const FIELDS[] = { "Förderart", "Förderbereich", "Fördergebiet", "Förderberechtigte", "Fördergeber" };
    static const char *const SECTIONS[][3] = {
        { "Kurztext", "Short text" }, { "Volltext", "Full text" }, { "rechtliche Voraussetzungen", "Legal requirements" },
        { "Fristen", "Deadlines" }, { "Richtlinie", "Guideline" },
    };
    struct site *s = *state;
    for (size_t i = 0; i < s->names.n; i++) {
        struct mw_sv name = *MW_AT(s->names, struct mw_sv, i);
        struct mw_page page = page_of(s, PAGES, name);
        for (size_t k = 0; k < COUNT(FIELDS); k++) {
            struct mw_sv value = MW_SV_NONE;
            for (size_t p = 0; p < page.facts.n; p++) {
                const struct mw_page_pair *pair = MW_AT(page.facts, struct mw_page_pair, p);
                if (mw_sv_starts(pair->name, mw_sv(FIELDS[k])))
                    value = mw_sv_trim(pair->value);
            }
            if (value.n == 0)
                fail_msg("%.*s: no %s", MW_SV_ARG(name), FIELDS[k]);
        }
        for (size_t k = 0; k < COUNT(SECTIONS); k++)
            if (section_text(&page, SECTIONS[k]).n == 0)
                fail_msg("%.*s: nothing under \"%s\"", MW_SV_ARG(name), SECTIONS[k][0]);
    }
}

static void a_page_says_how_well_its_figures_are_supported(void **state)
{
    static const char *const HEADING[] = { "Hinweis zum Demo-Text", "About this demo text", NULL };
    struct site *s = *state;
    for (size_t i = 0; i < s->names.n; i++) {
        struct mw_sv name = *MW_AT(s->names, struct mw_sv, i), bytes = bytes_of(s, PAGES, name);
        struct mw_page page = page_of(s, PAGES, name);
        struct mw_sv notes = section_text(&page, HEADING);
        size_t legend = mw_sv_find(notes, MW_SV("Bedeutung der Zeichen:"), 0);
        if (legend == SIZE_MAX)
            legend = mw_sv_find(notes, MW_SV("Marks:"), 0);
        assert_true(legend != SIZE_MAX);
        struct mw_sv marked = mw_sv_sub(notes, 0, legend);
        if (!says(marked, "[V") && !says(marked, "[S") && !says(marked, "[K") && !says(marked, "[E]"))
            fail_msg("%.*s: no figure is marked", MW_SV_ARG(name));
        /* what is invented says so in its description too, for whoever sees only that in a list of hits */
        if (is_invented(marked) != (says(bytes, "rfunden.\">") || says(bytes, "invented.\">")))
            fail_msg("%.*s: mark and description disagree about what is invented", MW_SV_ARG(name));
    }
}

static void the_readme_tells_of_every_invented_page(void **state)
{
    struct site *s = *state;
    struct mw_sv readme;
    assert_int_equal(mw_file_read(&readme, s->a, PAGES "/README.md", 1 << 20, NULL), MW_OK);
    struct mw_sv count = mw_arena_printf(s->a, "%zu Programmseiten", s->names.n);
    if (!says(readme, count.p))
        fail_msg("the README does not say \"%s\"", count.p);
    for (size_t i = 0; i < s->names.n; i++) {
        struct mw_sv name = *MW_AT(s->names, struct mw_sv, i);
        struct mw_sv id = mw_sv_sub(name, 0, name.n - strlen(".html"));
        if (is_invented(bytes_of(s, PAGES, name)) && mw_sv_find(readme, id, 0) == SIZE_MAX)
            fail_msg("the README does not name %.*s", MW_SV_ARG(id));
    }
}

/* --- against the terms that plans are computed with --------------------------------------------------------------- */

static void page_says_sum(const char *page, struct mw_sv text, struct mw_eur sum)
{
    MW_AUTO(mw_str_free) struct mw_str words = MW_STR_INIT;
    if (!mw_eur_is(sum))
        return;
    mw_eur_format(&words, sum, MW_DE);
    struct mw_sv whole = mw_sv_sub(mw_str_sv(&words), 0, words.n - strlen(",00"));
    size_t at = mw_sv_find(text, whole, 0);
    while (at != SIZE_MAX && at > 0 && text.p[at - 1] >= '0' && text.p[at - 1] <= '9') /* the end of a larger sum */
        at = mw_sv_find(text, whole, at + 1);
    if (at == SIZE_MAX)
        fail_msg("%s does not name %s EUR, which the terms do", page, mw_str_z(&words));
}

static void page_says_share(const char *page, struct mw_sv text, struct mw_share share)
{
    char words[32];
    if (!mw_share_is(share))
        return;
    snprintf(words, sizeof words, "%lld Prozent", (long long)mw_share_bp(share) / 100);
    if (!says(text, words))
        fail_msg("%s does not name %s, which the terms do", page, words);
}

static void pages_and_terms_name_the_same_figures(void **state)
{
    static const struct {
        const char *page, *programme, *edition;
    } CASES[] = {
        { "kfw-432-ausgabe-2021.html", "kfw-432-sanierungsmanagement", "2021" },
        { "kfw-432-ausgabe-2025.html", "kfw-432-sanierungsmanagement", "2025" },
        { "kfw-432-ausgabe-2025.html", "kfw-432-konzept", "2025" },
        { "ikz-hessen.html", "ikz-hessen", "2021" },
        { "ikz-nordrhein-westfalen.html", "ikz-nrw", "2021" },
        { "ikz-bayern.html", "ikz-bayern", "2021" },
        { "kofi-niedersachsen.html", "kofinanzierung-niedersachsen", "2022" },
        { "bw-nichtinvestive-staedtebaufoerderung.html", "nis-baden-wuerttemberg", "2022" },
        { "regionalbudget-schleswig-holstein.html", "gak-regionalbudget", "rahmenplan" },
        { "grw-infrastruktur.html", "grw-infrastruktur", "koordinierungsrahmen-2023" },
    };
    struct site *s = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_diags diags = MW_DIAGS_INIT(MW_EN);
        struct mw_terms terms;
        const struct mw_edition *e = NULL;
        struct mw_sv text = bytes_of(s, PAGES, mw_sv(CASES[i].page)), path;
        path = mw_arena_printf(s->a, "rules/programmes/%s.yaml", CASES[i].programme);
        assert_int_equal(mw_terms_load(&terms, s->a, path.p, &diags), MW_OK);
        mw_diags_free(&diags);
        for (size_t k = 0; k < terms.editions.n; k++)
            if (mw_sv_eqz(MW_AT(terms.editions, struct mw_edition, k)->id, CASES[i].edition))
                e = MW_AT(terms.editions, struct mw_edition, k);
        if (e == NULL)
            fail_msg("%s has no edition %s", CASES[i].programme, CASES[i].edition);
        page_says_share(CASES[i].page, text, e->rate);
        page_says_share(CASES[i].page, text, e->own_share_min);
        for (size_t k = 0; k < e->rates.n; k++)
            page_says_share(CASES[i].page, text, MW_AT(e->rates, struct mw_rate_case, k)->rate);
        page_says_sum(CASES[i].page, text, e->grant.max);
        page_says_sum(CASES[i].page, text, e->grant.min);
        page_says_sum(CASES[i].page, text, e->eligible.min);
        page_says_sum(CASES[i].page, text, e->volume.max);
        page_says_sum(CASES[i].page, text, e->fixed.amount);
        page_says_sum(CASES[i].page, text, e->fixed.base);
        page_says_sum(CASES[i].page, text, e->fixed.per_further);
        for (size_t k = 0; k < e->fixed.partners.n; k++)
            page_says_sum(CASES[i].page, text, MW_AT(e->fixed.partners, struct mw_fixed_sum, k)->amount);
    }
}

/* --- the second day ----------------------------------------------------------------------------------------------- */

/* How many lines of the two texts differ, taken pairwise; lines of white space do not count. */
static size_t lines_that_differ(struct mw_sv one, struct mw_sv two, struct mw_sv *first, struct mw_sv *second)
{
    size_t differ = 0;
    while (one.n > 0 || two.n > 0) {
        struct mw_sv a = MW_SV_NONE, b = MW_SV_NONE;
        while (one.n > 0 && mw_sv_trim(a).n == 0)
            mw_sv_cut(one, '\n', &a, &one);
        while (two.n > 0 && mw_sv_trim(b).n == 0)
            mw_sv_cut(two, '\n', &b, &two);
        if (mw_sv_eq(mw_sv_trim(a), mw_sv_trim(b)) || says(a, "Beschriebener Stand"))
            continue;
        *first = a;
        *second = b;
        differ++;
    }
    return differ;
}

static void the_second_day_changes_one_sentence_or_only_the_form(void **state)
{
    static const struct {
        const char *name, *was, *is; /* NULL: the same words in another form */
    } CASES[] = {
        { "zukunftsfonds-ortsmitte.html", "31. März 2027", "30. April 2027" },
        { "klimaanpassung-kommunal.html", "70 Prozent", "60 Prozent" },
        { "regionalbudget-schleswig-holstein.html", NULL, NULL },
    };
    struct site *s = *state;
    struct mw_list names = { 0 };
    assert_int_equal(mw_dir_list(&names, s->a, DAY2, ".html", NULL), MW_OK);
    assert_int_equal(names.n, COUNT(CASES));
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_sv old = bytes_of(s, PAGES, mw_sv(CASES[i].name)), new = bytes_of(s, DAY2, mw_sv(CASES[i].name));
        struct mw_sv old_text, new_text, was, is;
        assert_false(mw_sv_eq(old, new));
        assert_true(mw_sv_eq(between(old, "canonical\" href=\"", "\""), between(new, "canonical\" href=\"", "\"")));
        assert_int_equal(mw_parse_html_text(s->parser, s->a, old, &old_text, NULL), MW_OK);
        assert_int_equal(mw_parse_html_text(s->parser, s->a, new, &new_text, NULL), MW_OK);
        assert_int_equal(lines_that_differ(old_text, new_text, &was, &is), CASES[i].was != NULL);
        if (CASES[i].was != NULL) {
            assert_true(says(was, CASES[i].was));
            assert_true(says(is, CASES[i].is));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_are_enough_pages_for_a_tour),
        cmocka_unit_test(a_page_names_its_own_address_by_its_file_name),
        cmocka_unit_test(titles_are_marked_and_no_two_are_alike),
        cmocka_unit_test(a_page_says_that_it_is_a_demo_and_which_day_it_describes),
        cmocka_unit_test(a_page_has_the_fields_and_sections_of_a_real_one),
        cmocka_unit_test(a_page_says_how_well_its_figures_are_supported),
        cmocka_unit_test(the_readme_tells_of_every_invented_page),
        cmocka_unit_test(pages_and_terms_name_the_same_figures),
        cmocka_unit_test(the_second_day_changes_one_sentence_or_only_the_form),
    };
    return cmocka_run_group_tests(tests, open_site, close_site);
}
