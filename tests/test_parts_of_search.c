/* A search interface that gives out few rows of one question: asked in parts by days of start, held against what was asked. */
#include "tests/portal.h"

enum { ROWS = 90, DATED = 83, PAGE = 5, WINDOW = 20 };
static struct {
    bool deaf;    /* the range is ignored, as a question in the wrong form is */
    bool shifty;  /* every second page repeats the last row of the page before */
} portal;

/* The day of the n-th row, as a number of a month; most start on the same few days, the last ones on none. */
static int day_of(int n) { return n % 3 == 0 ? 1 + n % 28 : 11; }

static int number_behind(const char *text, const char *key)
{
    const char *at = strstr(text, key);
    return at != NULL ? atoi(at + strlen(key)) : -1;
}

/* Days of the test lie in 2026; a bound outside of it lets everything pass on that side. */
static bool is_asked(const char *body, int n)
{
    int month = 1 + n % 12;
    const char *from = strstr(body, "\"gte\":\""), *to = strstr(body, "\"lte\":\"");
    char day[16];
    if (strstr(body, "must_not") != NULL)
        return n >= DATED;
    if (from == NULL || to == NULL || portal.deaf)
        return true;
    snprintf(day, sizeof day, "2026-%02d-%02d", month, day_of(n));
    return n < DATED && strncmp(day, from + 7, 10) >= 0 && strncmp(day, to + 7, 10) <= 0;
}

static void make_answer(struct server *s, const char *path, struct mw_str *out)
{
    struct asked now = s->asked[s->n_asked - 1];
    int page = number_behind(path, "pageNumber="), total = 0, shown = 0;
    for (int n = 0; n < ROWS; n++)
        total += is_asked(now.body, n);
    mw_str_addf(out, "{\"totalResults\":%d,\"pageNumber\":%d,\"results\":[", total, page);
    for (int n = 0, at = 0; n < ROWS; n++) {
        if (!is_asked(now.body, n))
            continue;
        int first = (page - 1) * PAGE - (portal.shifty && page % 2 == 0);
        if (at >= first && at < page * PAGE && at < WINDOW) {
            mw_str_addf(out, "%s{\"reference\":\"%dTOPICSen\",\"metadata\":{\"identifier\":[\"CALL-2026-%02d\"],\"title\":[\"Topic %d\"],\"type\":[\"1\"],"
                        "\"status\":[\"31094502\"],\"language\":[\"en\"],\"DATASOURCE\":[\"SEDIA\"],\"descriptionByte\":[\"<p>Text</p>\"]", shown++ > 0 ? "," : "", n, n, n);
            if (n < DATED)
                mw_str_addf(out, ",\"startDate\":[\"2026-%02d-%02dT00:00:00.000+0000\"]", 1 + n % 12, day_of(n));
            mw_str_addz(out, "}}");
        }
        at++;
    }
    mw_str_addz(out, "]}");
}

static const struct page PAGES[] = { { .path = "/search*", .make = make_answer, .headers = { "Content-Type", "application/json" } } };

static void write_search(struct scratch *s, const char *more)
{
    struct mw_str text = MW_STR_INIT;
    mkdir(in(s, "config"), 0700);
    mkdir(in(s, "config/sources"), 0700);
    mw_str_addf(&text, "source: amt\ntitle: Amt\nlevel: eu\nkind: eu-search\nlanguage: en\naddresses: \"http://127.0.0.1:%d/search?pageNumber=1\"\n"
                "verified: {on: 2026-11-22, against: the test}\nenabled: yes\npoliteness: {delay_ms: 0, allow_private: yes}\nrequest:\n  page: pageNumber\n%s"
                "  parts:\n    - {name: query, filename: blob, type: application/json, body: '{\"bool\":{\"must\":[{\"terms\":{\"type\":[\"1\"]}}{partition}]}}'}\n",
                server.port, more);
    spill(in(s, "config/sources/amt.yaml"), mw_str_z(&text), text.n);
    spill(in(s, "config/labels.yaml"), "labels: {}\n", 11);
    mw_str_free(&text);
}

#define RANGE "  window: 20\n  range: ',{\"range\":{\"startDate\":{\"gte\":\"{from}\",\"lte\":\"{to}\"}}}'\n"
#define UNDATED "  undated: ',{\"bool\":{\"must_not\":[{\"exists\":{\"field\":\"startDate\"}}]}}'\n"

static void what_one_question_does_not_give_out_is_asked_for_in_parts(void **state)
{
    struct scratch *s = *state;
    write_search(s, RANGE UNDATED);
    const struct run *r = crawl(s, NULL, NULL);
    assert_status(r, 0);
    assert_int_equal(number(r, "new"), ROWS);
    assert_int_equal(number(r, "complete"), 1);
    assert_int_equal(notices(s), ROWS);
    assert_silent_on(server.asked[0].body, "startDate");
    assert_silent_on(server.asked[0].body, "{partition}");
    assert_int_equal(number(crawl(s, NULL, NULL), "unchanged"), ROWS);
}

static void rows_that_repeat_between_pages_are_taken_once(void **state)
{
    struct scratch *s = *state;
    portal.shifty = true;
    write_search(s, RANGE UNDATED);
    assert_int_equal(number(crawl(s, NULL, NULL), "new"), ROWS);
    assert_int_equal(notices(s), ROWS);
}

static void without_a_way_to_part_it_the_run_is_not_complete(void **state)
{
    struct scratch *s = *state;
    write_search(s, "");
    const struct run *r = crawl(s, NULL, NULL);
    assert_status(r, 4);
    assert_int_equal(number(r, "new"), WINDOW);
    assert_int_equal(number(r, "complete"), 0);
}

static void an_interface_that_ignores_the_days_is_a_failure(void **state)
{
    struct scratch *s = *state;
    portal.deaf = true;
    write_search(s, RANGE UNDATED);
    const struct run *r = crawl(s, NULL, NULL);
    assert_status(r, 4);
    assert_says(r->out, "ignored the days");
    assert_int_equal(notices(s), 0);
    assert_true(server.n_asked < 40); /* and it is not asked for every day of a century */
}

static int open_server(void **state)
{
    memset(&portal, 0, sizeof portal);
    return make_scratch(state) != 0 ? -1 : (server_start(&server, PAGES, COUNT(PAGES)), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_one_question_does_not_give_out_is_asked_for_in_parts, open_server, close_server),
        cmocka_unit_test_setup_teardown(rows_that_repeat_between_pages_are_taken_once, open_server, close_server),
        cmocka_unit_test_setup_teardown(without_a_way_to_part_it_the_run_is_not_complete, open_server, close_server),
        cmocka_unit_test_setup_teardown(an_interface_that_ignores_the_days_is_a_failure, open_server, close_server),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
