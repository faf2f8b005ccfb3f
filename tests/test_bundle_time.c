/* What a bundle says of time, read back as others read it: the chart as SVG, the calendar as iCalendar. */
#include "tests/bundle.h"

#include <libical/ical.h>

#include "apply/documents/calendar.h"
#include "apply/documents/chart.h"
#include "apply/documents/xml.h"

/* --- SVG -------------------------------------------------------------------------------------------------------------- */

static void the_chart_shows_each_step_and_task_within_its_frame(void **state)
{
    (void)state;
    for (size_t e = 0; e < COUNT(EXAMPLES); e++) {
        struct made m;
        struct mw_chart c;
        size_t tips = 0, expected = 0;
        make_plan(&m, EXAMPLES[e]);
        assert_int_equal(mw_chart_make(&c, m.a, &m.plan, MW_DE), MW_OK);
        for (size_t i = 0; i < m.plan.steps.n; i++)
            expected += mw_day_is(MW_AT(m.plan.steps, struct mw_step_row, i)->from);
        expected += m.plan.tasks.n + mw_day_is(m.plan.project->deadline);
        for (size_t i = 0; i < c.shapes.n; i++) {
            const struct mw_shape *s = MW_AT(c.shapes, struct mw_shape, i);
            tips += s->tip.n > 0;
            if (s->x < 0 || s->y < 0 || s->x > c.width || s->y > c.height || s->x + s->w > c.width || s->y + s->h > c.height || s->w < 0)
                fail_msg("%s: a shape of kind %d leaves the frame", EXAMPLES[e], (int)s->kind);
        }
        assert_int_equal(tips, expected);
        drop_plan(&m);
    }
}

static void the_chart_is_drawn_to_scale(void **state)
{
    struct made m;
    struct mw_chart c;
    /* 2027 has 365 days: the second task begins at half of the year and lasts a quarter of it */
    make_plan_of(&m, *state, START ONE COST "tasks:\n  - {id: a, label: Erste, from: 2027-01-01, to: 2027-12-31}\n"
                                           "  - {id: b, label: Zweite, from: 2027-07-02, to: 2027-09-30}\n  - {id: c, milestone: yes, after: [b]}\n");
    assert_int_equal(mw_chart_make(&c, m.a, &m.plan, MW_DE), MW_OK);
    const struct mw_shape *bars[2] = { NULL, NULL }, *diamond = NULL, *arrow = NULL;
    for (size_t i = 0, n = 0; i < c.shapes.n; i++) {
        const struct mw_shape *s = MW_AT(c.shapes, struct mw_shape, i);
        if (s->kind == MW_SHAPE_RECT && s->tone == MW_TONE_TASK)
            bars[n++] = s;
        diamond = s->kind == MW_SHAPE_DIAMOND ? s : diamond;
        arrow = s->kind == MW_SHAPE_ARROW ? s : arrow;
    }
    assert_non_null(bars[1]);
    assert_int_equal(bars[1]->x - bars[0]->x, bars[0]->w * 182 / 365);
    assert_true(abs(bars[1]->w - bars[0]->w * 91 / 365) <= 1);
    assert_true(diamond != NULL && diamond->x >= bars[1]->x + bars[1]->w); /* 1 October, the day after */
    assert_true(arrow != NULL && arrow->h > 0);
    drop_plan(&m);
}

static void a_project_without_tasks_has_no_chart(void **state)
{
    struct written w;
    open_text(&w, *state, START ONE COST);
    assert_false(mw_bundle_has(w.bundle, &MW_DOCUMENTS[GANTT]));
    close_bundle(&w);
}

static void the_svg_can_be_read_aloud(void **state)
{
    struct written w;
    open_bundle(&w, EXAMPLES[1], MW_DE);
    write_to(&w, GANTT, in(*state, "a.svg"));
    xmlDoc *svg = xmlReadFile(in(*state, "a.svg"), NULL, XML_PARSE_NONET);
    assert_non_null(svg);
    assert_int_equal(xcount(svg, "/v:svg[@role='img'][@aria-labelledby='t d']"), 1);
    assert_int_equal(xcount(svg, "/v:svg/v:title[@id='t'][string-length(.) > 0]"), 1);
    assert_int_equal(xcount(svg, "/v:svg/v:desc[@id='d'][contains(., 'Strategie- und Leitbildprozess: 04.10.2027')]"), 1);
    assert_int_equal(xcount(svg, "//v:text[.='2028']"), 1);
    assert_int_equal(xcount(svg, "//*[@href or @src]"), 0);
    xmlFreeDoc(svg);
    close_bundle(&w);
}

/* --- iCalendar -------------------------------------------------------------------------------------------------------- */

static icalcomponent *calendar_of(struct written *w, struct scratch *s, char **text)
{
    write_to(w, CALENDAR, in(s, "a.ics"));
    *text = slurp(in(s, "a.ics"), NULL);
    icalcomponent *root = icalparser_parse_string(*text);
    assert_non_null(root);
    assert_int_equal(icalcomponent_count_errors(root), 0);
    return root;
}

static void the_calendar_has_every_deadline_and_duty_once(void **state)
{
    struct written w;
    char *text, *seen[256];
    int n = 0;
    open_bundle(&w, EXAMPLES[1], MW_DE);
    icalcomponent *root = calendar_of(&w, *state, &text);
    size_t want = 1 + w.m.plan.duties.n, milestones = 0, attachments = 0; /* the deadline */
    for (size_t i = 0; i < w.m.plan.steps.n; i++)
        want += mw_day_is(MW_AT(w.m.plan.steps, struct mw_step_row, i)->from) + mw_day_is(MW_AT(w.m.plan.steps, struct mw_step_row, i)->papers);
    for (size_t i = 0; i < w.m.plan.tasks.n; i++)
        milestones += MW_AT(w.m.plan.tasks, struct mw_task_row, i)->task->milestone == MW_YES;
    for (size_t i = 0; i < w.m.plan.project->attachments.n; i++) {
        const struct mw_attachment *at = MW_AT(w.m.plan.project->attachments, struct mw_attachment, i);
        attachments += at->status == MW_MISSING && mw_day_is(at->until);
    }
    for (icalcomponent *e = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT); e != NULL;
         e = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT), n++) {
        struct icaltimetype begin = icalcomponent_get_dtstart(e), end = icalcomponent_get_dtend(e);
        assert_true(begin.is_date && end.is_date);
        assert_true(icaltime_compare(begin, end) < 0); /* the end is the day after */
        seen[n] = strdup(icalcomponent_get_uid(e));
        for (int i = 0; i < n; i++)
            assert_string_not_equal(seen[i], seen[n]);
    }
    assert_int_equal((size_t)n, want + milestones + attachments);
    assert_says(text, "DTSTART;VALUE=DATE:20270331\r\n");
    assert_says(text, "DTEND;VALUE=DATE:20270401\r\n");
    assert_says(text, "DTSTAMP:20261122T120000Z\r\n");
    assert_says(text, "TRIGGER:-P14D\r\n");
    for (int i = 0; i < n; i++)
        free(seen[i]);
    icalcomponent_free(root);
    free(text);
    close_bundle(&w);
}

static void no_line_of_the_calendar_is_longer_than_75_bytes(void **state)
{
    struct written w;
    char *text;
    open_bundle(&w, EXAMPLES[0], MW_DE);
    icalcomponent *root = calendar_of(&w, *state, &text);
    assert_int_equal(mw_utf8_invalid_at(mw_sv(text)), SIZE_MAX);
    for (struct mw_sv line, rest = mw_sv(text); rest.n > 0;) {
        mw_sv_cut(rest, '\n', &line, &rest);
        if (line.n > 76 || line.n == 0 || line.p[line.n - 1] != '\r')
            fail_msg("\"%.*s\"", MW_SV_ARG(line));
    }
    icalcomponent_free(root);
    free(text);
    close_bundle(&w);
}

static void words_cannot_begin_an_entry_of_their_own(void **state)
{
    struct written w;
    char *text;
    open_text(&w, *state, START ONE COST "tasks: [{id: \"m\\r\\nEND:VEVENT\", label: \"A\\r\\nEND:VEVENT\\r\\nBEGIN:VEVENT; b, c\\\\\", milestone: yes, "
                                       "from: 2027-02-01}]\n");
    icalcomponent *root = calendar_of(&w, *state, &text);
    icalcomponent *e = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT);
    assert_string_equal(icalcomponent_get_summary(e), "Meilenstein: A  END:VEVENT  BEGIN:VEVENT; b, c\\");
    int milestones = 0;
    for (; e != NULL; e = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT))
        milestones += strstr(icalcomponent_get_uid(e), "-milestone-") != NULL;
    assert_int_equal(milestones, 1);
    icalcomponent_free(root);
    free(text);
    close_bundle(&w);
}

/* A council that sits on 15 March wants its papers by the 1st: that day is missed more easily than the sitting. */
static void the_day_until_which_a_body_wants_its_papers_is_said(void **state)
{
    struct written w;
    char *text;
    open_text(&w, *state, START ONE COST "preparation: {deadline: 2027-03-31, steps: [{id: r, label: Beschluss, body: rat}]}\n"
                          "bodies: [{id: rat, label: Rat, dates: [2027-03-15], papers: 14 days}]\n");
    icalcomponent_free(calendar_of(&w, *state, &text));
    assert_says(text, "DTSTART;VALUE=DATE:20270301\r\nSUMMARY:Unterlagen für Rat\r\n");
    free(text);
    write_to(&w, CHECKS, in(*state, "a.docx"));
    text = words_of(in(*state, "a.docx"));
    assert_says(text, "Rat, Unterlagen bis 01.03.2027");
    free(text);
    write_to(&w, XLSX, in(*state, "a.xlsx"));
    xmlDoc *strings = xml_of(in(*state, "a.xlsx"), "xl/sharedStrings.xml");
    assert_int_equal(xcount(strings, "//s:si[s:t='Unterlagen bis 01.03.2027']"), 1);
    xmlFreeDoc(strings);
    close_bundle(&w);
}

static void what_was_handed_in_is_late_no_more(void **state)
{
    static const struct { const char *status; bool late; } CASES[] = { { "draft", true }, { "submitted", false } };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct written w;
        char yaml[1024];
        snprintf(yaml, sizeof yaml, START ONE COST "status: %s\npreparation: {deadline: 2026-03-31, steps: [{id: e, label: Entwurf, takes: 5 workdays}]}\n",
            CASES[i].status);
        open_text(&w, *state, yaml);
        assert_true(MW_AT(w.m.plan.steps, struct mw_step_row, 0)->late); /* programs are told the same in both */
        write_to(&w, CHECKS, in(*state, "a.docx"));
        char *words = words_of(in(*state, "a.docx"));
        assert_int_equal(strstr(words, "zu spät") != NULL, CASES[i].late);
        free(words);
        const struct run *r = run_program(*state, "plan", "--lang", "de", "--today", "2026-11-22", in(*state, "p.yaml"));
        assert_int_equal(strstr(r->out, "zu spät") != NULL, CASES[i].late);
        close_bundle(&w);
    }
}

static void xml_text_drops_what_xml_cannot_hold(void **state)
{
    static const struct { const char *in, *out; } CASES[] = {
        { "a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;" }, { "x\xEF\xBF\xBEy\xEF\xBF\xBF", "xy" }, { "\x01\x02", "" }, { "ä\n", "ä\n" }, { "", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
        mw_xml_escape(&s, mw_sv(CASES[i].in));
        assert_string_equal(mw_str_z(&s), CASES[i].out);
    }
}

int main(void)
{
#define IN_SCRATCH(f) cmocka_unit_test_setup_teardown(f, make_scratch, drop_scratch)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(the_chart_shows_each_step_and_task_within_its_frame),
        IN_SCRATCH(the_chart_is_drawn_to_scale),
        IN_SCRATCH(a_project_without_tasks_has_no_chart),
        IN_SCRATCH(the_svg_can_be_read_aloud),
        IN_SCRATCH(the_calendar_has_every_deadline_and_duty_once),
        IN_SCRATCH(the_day_until_which_a_body_wants_its_papers_is_said),
        IN_SCRATCH(what_was_handed_in_is_late_no_more),
        IN_SCRATCH(no_line_of_the_calendar_is_longer_than_75_bytes),
        IN_SCRATCH(words_cannot_begin_an_entry_of_their_own),
        cmocka_unit_test(xml_text_drops_what_xml_cannot_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
