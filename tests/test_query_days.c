/* Days of a filter: as people type them, and what is no day. */
#include "index/query.h"
#include "tests/index.h"

/* From when to when, days of 2025 and later; "": no filter. */
static const char *days_of(const char *text)
{
    struct mw_query q;
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    assert_int_equal(mw_query_parse(&q, arena, analyser, mw_sv(text), TODAY, &err), MW_OK);
    for (size_t i = 0; i < q.filters.n; i++) {
        const struct mw_filter *f = MW_AT(q.filters, struct mw_filter, i);
        if (f->from != INT64_MIN)
            mw_day_iso(&out, (struct mw_day){ (int32_t)f->from });
        mw_str_addz(&out, "..");
        if (f->to != INT64_MAX)
            mw_day_iso(&out, (struct mw_day){ (int32_t)f->to });
    }
    for (size_t i = 0; i < q.words.n; i++)
        mw_str_addf(&out, " %.*s", MW_SV_ARG(MW_AT(q.words, struct mw_query_word, i)->folded));
    return mw_arena_z(arena, mw_arena_copy(arena, mw_sv(mw_str_z(&out))));
}

struct days_case { const char *typed, *want; };

static void check(const struct days_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(days_of(cases[i].typed), cases[i].want) != 0)
            fail_msg("%s: got \"%s\", want \"%s\"", cases[i].typed, days_of(cases[i].typed), cases[i].want);
}

static void deadlines_are_read_as_people_type_them(void **state)
{
    static const struct days_case CASES[] = { /* today is the 15th of July 2025 */
        { "frist:2026", "2026-01-01..2026-12-31" },
        { "frist:Dezember", "2025-12-01..2025-12-31" },
        { "frist:März", "2026-03-01..2026-03-31" },                    /* the next one */
        { "frist:juli Radwege", "2025-07-01..2025-07-31 radwege" },    /* which has not ended yet */
        { "frist:bis Dezember", "..2025-12-31" },
        { "frist: bis zum 31.12.", "..2025-12-31" },
        { "frist:bis  zum  31.12.2026 Radwege", "..2026-12-31 radwege" },
        { "frist:Mai bis Juli", "2026-05-01..2026-07-31" }, /* this July has not ended yet */
        { "frist:Oktober 2025 bis Ende 2026 Radwege", "2025-10-01..2026-12-31 radwege" },
        { "frist:bis 31. Dezember 2026 Radwege", "..2026-12-31 radwege" },
        { "frist:ab Oktober 2025", "2025-10-01.." },
        { "frist:vor Oktober 2025", "..2025-09-30" },
        { "frist:spätestens Ende 2026", "..2026-12-31" },
        { "Radwege frist:12/2026", "2026-12-01..2026-12-31 radwege" },
        { "frist:30.11.", "2025-11-30..2025-11-30" },
        { "frist:1.7.", "2026-07-01..2026-07-01" },
        { "frist:<2026-12-31", "..2026-12-30" },
        { "frist:2026 Radwege", "2026-01-01..2026-12-31 radwege" },
        { "frist:..2026 Radwege", "..2026-12-31 radwege" },
        { "frist:2026..", "2026-01-01.." },
        { "frist:1.3.2026-30.6.2026", "2026-03-01..2026-06-30" },
        { "frist:1.3.2026 - 30.6.2026", "2026-03-01..2026-06-30" },
        { "frist:vom 1.3.2026 bis 30.6.2026", "2026-03-01..2026-06-30" },
        { "frist:zwischen März und Mai 2026", "2026-03-01..2026-05-31" },
        { "frist:2026-Q1", "2026-01-01..2026-03-31" },
        { "frist:Q2/2026", "2026-04-01..2026-06-30" },
        { "frist:2. Quartal 2026", "2026-04-01..2026-06-30" },
        { "frist:2026-H2", "2026-07-01..2026-12-31" },
        { "frist:h1 2026", "2026-01-01..2026-06-30" },
        { "frist:KW 2/2026", "2026-01-05..2026-01-11" },
        { "deadline:before December 2026", "..2026-11-30" },
        { "deadline:until 31 December 2026 cycling", "..2026-12-31 cycling" },
        { "deadline:from 2026-03-01 to 2026-06-30", "2026-03-01..2026-06-30" },
        { "deadline:no later than 2026-06", "..2026-06-30" },
    };
    (void)state;
    check(CASES, COUNT(CASES));
}

/* Tuesday, 15 July 2025. */
static void days_are_counted_from_today(void **state)
{
    static const struct days_case CASES[] = {
        { "frist:heute", "2025-07-15..2025-07-15" },
        { "frist:Heute Radwege", "2025-07-15..2025-07-15 radwege" },
        { "deadline:today", "2025-07-15..2025-07-15" },
        { "frist:morgen", "2025-07-16..2025-07-16" },
        { "frist:übermorgen", "2025-07-17..2025-07-17" },
        { "frist:bis morgen", "..2025-07-16" },
        { "frist:ab heute", "2025-07-15.." },
        { "frist:>heute", "2025-07-16.." },
        { "frist:heute..2025", "2025-07-15..2025-12-31" },
        { "frist:1.1.2025..heute", "2025-01-01..2025-07-15" },
        { "frist:heute bis Mai", "2025-07-15..2026-05-31" },
        { "frist:diese Woche", "2025-07-14..2025-07-20" },
        { "frist:nächste Woche Radwege", "2025-07-21..2025-07-27 radwege" },
        { "frist:naechste Woche", "2025-07-21..2025-07-27" },
        { "deadline:next week", "2025-07-21..2025-07-27" },
        { "frist:bis nächste Woche", "..2025-07-27" },
        { "frist:in diesem Monat", "2025-07-01..2025-07-31" },
        { "frist:kommenden Monat", "2025-08-01..2025-08-31" },
        { "frist:letzten Monat", "2025-06-01..2025-06-30" },
        { "frist:dieses Quartal", "2025-07-01..2025-09-30" },
        { "deadline:next quarter", "2025-10-01..2025-12-31" },
        { "frist:dieses Jahr", "2025-01-01..2025-12-31" },
        { "frist:nächstes Jahr", "2026-01-01..2026-12-31" },
        { "frist:in den nächsten 30 Tagen", "2025-07-15..2025-08-14" },
        { "frist:innerhalb von 4 Wochen", "2025-07-15..2025-08-12" },
        { "deadline:within 2 months", "2025-07-15..2025-09-15" },
    };
    (void)state;
    check(CASES, COUNT(CASES));
}

static void what_has_no_one_meaning_is_read_as_words(void **state)
{
    static const char *const CASES[] = {
        "frist:Radwege 2026", "frist:bald", "frist:in 30 Tagen", "frist:30 Tage", "frist:nächste", "frist:32.12.2026", "frist:31.11.2026",
        "frist:2026-13", "frist:2026-Q5", "frist:2026-H3", "frist:2026-X1", "frist:1 Banane 2026", "frist:2026/2027", "frist:2027..2026", "frist:..",
        "frist:<", "frist:in den nächsten 0 Tagen", "frist:in den nächsten 99999999999 Tagen", "frist:99999999999999999999",
        "frist:\xff\xfe", "frist:';DROP TABLE notice;--", "frist:NEAR(",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (strstr(days_of(CASES[i]), "..") != NULL)
            fail_msg("%s: %s", CASES[i], days_of(CASES[i]));
}

static void people_are_told_what_a_field_knows(void **state)
{
    static const char *const FIELDS[] = { "land", "antragsteller", "art", "status", "frist", "quelle", "ebene", "quote", "betrag", "sprache", "thema" };
    (void)state;
    assert_null(mw_field_example(mw_sv("farbe"), MW_DE));
    for (size_t i = 0; i < COUNT(FIELDS); i++)
        for (int lang = MW_EN; lang <= MW_DE; lang++) {
            struct mw_sv one, more = mw_sv(mw_field_example(mw_sv(FIELDS[i]), (enum mw_lang)lang));
            for (bool go_on = true; go_on;) {
                struct mw_list filters = { NULL, 0, 0 };
                go_on = mw_sv_cut(more, ' ', &one, &more);
                if (mw_filter_read(&filters, arena, one, mw_sv(FIELDS[i]), one, false, TODAY) != MW_A_FILTER)
                    fail_msg("%s does not know %.*s", FIELDS[i], MW_SV_ARG(one));
            }
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(deadlines_are_read_as_people_type_them),
        TEST(days_are_counted_from_today),
        TEST(what_has_no_one_meaning_is_read_as_words),
        TEST(people_are_told_what_a_field_knows),
    };
    return cmocka_run_group_tests(tests, begin_file, end_file);
}
