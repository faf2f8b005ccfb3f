/* What watch tells, as people get it: the text, a mail, a feed, a calendar. */
#include <libical/ical.h>

#include "apply/documents/mail.h"
#include "tests/index.h"

/* As libical reads it: valid, at its hour, and the same entries another day. */
static void hours_of_deadlines_stand_in_the_calendar_with_their_zone(void **state)
{
    struct mw_list digests = { 0 };
    struct mw_digest *d = mw_list_add(arena, &digests, sizeof *d);
    char *uids[2] = { 0 };
    (void)state;
    for (int run = 0; run < 2; run++) {
        MW_AUTO(mw_str_free) struct mw_str ics = MW_STR_INIT;
        const struct mw_day today = { TODAY.n + run };
        *d = (struct mw_digest){ .profile = MW_SV("halle"), .title = MW_SV("Turnhalle"), .today = today, .before = MW_DAY_NONE };
        struct mw_watched *w = mw_list_add(arena, &d->dates, sizeof *w);
        *w = (struct mw_watched){ .url = MW_SV("https://a.example/1"), .title = MW_SV("Sport, Spiel; Licht"), .deadline = { TODAY.n + 50 },
                                  .clock = 17 * 60, .opens = MW_DAY_NONE };
        w = mw_list_add(arena, &d->dates, sizeof *w);
        *w = (struct mw_watched){ .url = MW_SV("https://a.example/2"), .title = MW_SV("Licht"), .deadline = { TODAY.n - 1 }, .clock = -1,
                                  .opens = { TODAY.n + 40 } };
        assert_int_equal(mw_digest_calendar(&ics, &digests, today, MW_DE, &err), MW_OK);
        icalcomponent *root = icalparser_parse_string(mw_str_z(&ics));
        assert_non_null(root);
        assert_int_equal(icalrestriction_check(root), 1);
        assert_int_equal(icalcomponent_count_components(root, ICAL_VTIMEZONE_COMPONENT), 1);
        assert_int_equal(icalcomponent_count_components(root, ICAL_VEVENT_COMPONENT), 2); /* what is past is no date */
        icalcomponent *e = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT);
        struct icaltimetype start = icalcomponent_get_dtstart(e), utc = icaltime_convert_to_zone(start, icaltimezone_get_utc_timezone());
        assert_string_equal(icaltime_as_ical_string(start), "20250903T170000");
        assert_string_equal(icaltime_as_ical_string(utc), "20250903T150000Z"); /* in summer two hours before Greenwich */
        assert_string_equal(icalcomponent_get_summary(e), "Frist: Sport, Spiel; Licht");
        if (run == 0)
            uids[0] = strdup(icalcomponent_get_uid(e));
        else
            assert_string_equal(icalcomponent_get_uid(e), uids[0]);
        icalcomponent_free(root);
    }
    free(uids[0]);
}

static void of_several_profiles_those_without_news_share_a_sentence(void **state)
{
    static const struct {
        int quiet;
        const char *says;
        bool headed; /* the first of them has a heading */
    } CASES[] = { { 1, "Nothing that matters has changed.", true }, { 2, "Nothing that matters has changed for: p0, p1.", false } };
    (void)state;
    for (size_t c = 0; c < COUNT(CASES); c++) {
        MW_AUTO(mw_str_free) struct mw_str text = MW_STR_INIT;
        struct mw_list digests = { 0 };
        for (int i = 0; i < 3; i++) {
            struct mw_digest *d = mw_list_add(arena, &digests, sizeof *d);
            *d = (struct mw_digest){ .profile = mw_arena_printf(arena, "p%d", i), .title = mw_arena_printf(arena, "Title %d", i), .today = TODAY, .before = TODAY };
            struct mw_event *e = i >= CASES[c].quiet ? mw_list_add(arena, &d->events, sizeof *e) : NULL;
            if (e != NULL)
                *e = (struct mw_event){ .kind = MW_E_GONE, .day = TODAY, .deadline = MW_DAY_NONE, .url = MW_SV("https://a.example"), .title = MW_SV("A") };
        }
        struct mw_out *o = mw_out_to_str(&text, &(struct mw_out_opts){ .format = MW_TEXT, .lang = MW_EN });
        mw_out_object(o, NULL, NULL);
        mw_digests_to_out(&digests, o);
        mw_out_end(o);
        assert_int_equal(mw_out_finish(o, &err), MW_OK);
        mw_out_free(o);
        if (mw_sv_find(mw_str_sv(&text), mw_sv(CASES[c].says), 0) == SIZE_MAX || (mw_sv_find(mw_str_sv(&text), MW_SV("Title 0"), 0) != SIZE_MAX) != CASES[c].headed)
            fail_msg("%d quiet:\n%s", CASES[c].quiet, mw_str_z(&text));
    }
}

static void a_mail_names_its_sender_and_encodes_names(void **state)
{
    static const struct {
        const char *from, *to, *want;
    } CASES[] = {
        { NULL, NULL, "\r\nFrom: Mittelweg <mittelweg@localhost>\r\nSubject:" },
        { NULL, "a@b.example", "\r\nFrom: a@b.example\r\nTo: a@b.example\r\n" },
        { "K\xc3\xa4mmerei <k@b.example>", "\"M\xc3\xbcller, A.\" <m@b.example>, c@d.example",
          "\r\nFrom: =?UTF-8?B?S8OkbW1lcmVp?= <k@b.example>\r\nTo: =?UTF-8?B?TcO8bGxlciwgQS4=?= <m@b.example>, c@d.example\r\n" },
        { "a@b.example", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b.example, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb@b.example",
          "@b.example,\r\n bbbb" },
    };
    struct mw_list digests = { 0 };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        MW_AUTO(mw_str_free) struct mw_str mail = MW_STR_INIT;
        assert_int_equal(mw_mail(&mail, &digests, TODAY, CASES[i].from, CASES[i].to, MW_DE, &err), MW_OK);
        if (mw_sv_find(mw_str_sv(&mail), mw_sv(CASES[i].want), 0) == SIZE_MAX)
            fail_msg("%zu: %.300s", i, mw_str_z(&mail));
    }
}

/* What was told keeps its place, its id and its time, and a run that tells nothing leaves the feed's time as it was. */
static void a_feed_keeps_what_was_told_lately(void **state)
{
    MW_AUTO(mw_str_free) struct mw_str first = MW_STR_INIT, second = MW_STR_INIT;
    struct mw_list digests = { 0 };
    struct mw_digest *d = mw_list_add(arena, &digests, sizeof *d);
    (void)state;
    *d = (struct mw_digest){ .profile = MW_SV("halle"), .title = MW_SV("Turnhalle"), .today = TODAY, .before = MW_DAY_NONE };
    for (int i = 0; i < 2; i++) {
        struct mw_event *e = mw_list_add(arena, &d->events, sizeof *e);
        *e = (struct mw_event){ .kind = MW_E_NEW, .day = { TODAY.n - i }, .url = MW_SV("https://a.example/1"), .title = MW_SV("A & B"), .after = MW_SV("x") };
    }
    assert_int_equal(mw_feed(&first, &digests, TODAY, MW_DE), MW_OK);
    d->told = d->events;
    d->events = (struct mw_list){ 0 };
    assert_int_equal(mw_feed(&second, &digests, (struct mw_day){ TODAY.n + 3 }, MW_DE), MW_OK);
    assert_string_equal(mw_str_z(&first), mw_str_z(&second));
    assert_true(mw_sv_find(mw_str_sv(&second), MW_SV("<updated>2025-07-15T06:00:00Z</updated>\n<author>"), 0) != SIZE_MAX);
    assert_true(mw_sv_find(mw_str_sv(&second), MW_SV("<updated>2025-07-14T06:00:00Z</updated>"), 0) != SIZE_MAX);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        T(hours_of_deadlines_stand_in_the_calendar_with_their_zone),
        T(a_feed_keeps_what_was_told_lately),
        T(a_mail_names_its_sender_and_encodes_names),
        T(of_several_profiles_those_without_news_share_a_sentence),
    };
    return cmocka_run_group_tests(tests, begin_file, end_file);
}
