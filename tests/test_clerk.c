/* crawler/clerk: what is handed over reaches the sink once, in its order, with a thread and without one. */
#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include "crawler/clerk.h"
#include "tests/test.h"

enum { MANY = 200 };
static struct told { /* by the sink and by the clerk */
    char got[8 * MANY + 100];  /* what the sink was told: titles, "k" an answer, "f" that it was read, "s" settle */
    char back[8 * MANY + 100]; /* what came back: titles, "!" refused, "s", "m" */
    pthread_mutex_t lock;
    pthread_cond_t opened;
    bool closed;               /* a notice "wait" waits until the door is open */
    enum mw_rc end;            /* how a notice "end" ends */
} told;

static void note(char *log, const char *sign, struct mw_sv text)
{
    char word[100];
    snprintf(word, sizeof word, "%s%.*s ", sign, MW_SV_ARG(mw_sv_sub(text, 0, 20)));
    strcat(log, word);
}

static enum mw_rc take(void *ctx, struct mw_arena *a, const struct mw_source *s, const struct mw_address *from, struct mw_notice *n,
                       const void *prepared, enum mw_took *how, struct mw_err *err)
{
    struct told *t = ctx;
    (void)a, (void)s, (void)from, (void)prepared;
    if (mw_sv_eqz(n->title, "wait") || mw_sv_eqz(n->title, "end")) {
        pthread_mutex_lock(&t->lock);
        while (t->closed)
            pthread_cond_wait(&t->opened, &t->lock);
        pthread_mutex_unlock(&t->lock);
    }
    if (mw_sv_eqz(n->title, "more"))
        nanosleep(&(struct timespec){ 0, 500000 }, NULL);
    note(t->got, "", n->title);
    *how = MW_TOOK_CHANGED;
    if (mw_sv_eqz(n->title, "end"))
        return mw_fail(err, t->end, "This is the end.");
    return mw_sv_eqz(n->title, "bad") ? mw_fail(err, MW_INVALID, "Not this one.") : MW_OK;
}
static enum mw_rc keep(void *ctx, const char *source, struct mw_sv key, struct mw_sv final, const struct mw_resource *res, struct mw_err *err)
{
    (void)source, (void)key, (void)final, (void)err;
    note(((struct told *)ctx)->got, "k", res->bytes);
    return MW_OK;
}
static enum mw_rc fetched(void *ctx, const struct mw_fetched *f, struct mw_err *err)
{
    (void)err;
    note(((struct told *)ctx)->got, "f", f->address.url);
    return MW_OK;
}
static enum mw_rc unchanged(void *ctx, const char *source, struct mw_sv url, struct mw_sv at, int64_t *notices, struct mw_err *err)
{
    (void)source, (void)err;
    note(((struct told *)ctx)->got, "=", url);
    *notices = mw_sv_eqz(at, "2026-11-29T10:00:00Z") ? 2 : -1;
    return MW_OK;
}
static enum mw_rc settle(void *ctx, struct mw_err *err)
{
    (void)err;
    strcat(((struct told *)ctx)->got, "s ");
    return MW_OK;
}

static void done(void *ctx, const struct mw_handed *h)
{
    struct told *t = ctx;
    if (h->what == MW_HANDED_NOTICE && h->rc == MW_OK)
        strcat(t->back, h->how == MW_TOOK_CHANGED ? "n " : "? ");
    else
        strcat(t->back, h->what == MW_HANDED_NOTICE ? "! " : h->what == MW_HANDED_UNCHANGED && h->notices == 2 ? "= " : h->what == MW_HANDED_SETTLE ? "s " : h->what == MW_HANDED_MARK ? "m " : "? ");
    if (h->rc != MW_OK) {
        note(t->back, "", h->url);
        note(t->back, "", mw_sv(h->why.msg));
    }
}

static struct mw_sink behind; /* whoever the clerk carries it to */

static struct mw_clerk *begin(bool apart)
{
    struct mw_clerk *c;
    told = (struct told){ .lock = PTHREAD_MUTEX_INITIALIZER, .opened = PTHREAD_COND_INITIALIZER };
    behind = (struct mw_sink){ .ctx = &told, .apart = apart, .take = take, .keep = keep, .fetched = fetched, .unchanged = unchanged,
                                .settle = settle };
    assert_int_equal(mw_clerk_new(&c, &behind, done, &told, MW_EN, NULL), MW_OK);
    return c;
}

/* From a buffer that is another text right after. */
static enum mw_rc hand(struct mw_clerk *c, const char *title, struct mw_err *err)
{
    char buffer[40], url[40];
    struct mw_section s = { MW_SV("Ziel"), MW_SV("<p>A"), true, MW_SV("A") };
    struct mw_address from = { .url = mw_sv_n(url, 1) };
    struct mw_notice n = { .url = mw_sv_n(url, 1), .title = mw_sv_n(buffer, strlen(title)), .language = MW_SV("de"), .sections = { &s, 1, 1 } };
    snprintf(buffer, sizeof buffer, "%s", title);
    strcpy(url, "u");
    enum mw_rc rc = mw_clerk_take(c, NULL, NULL, &from, &n, err);
    memset(buffer, 'x', sizeof buffer);
    memset(url, 'x', sizeof url);
    return rc;
}

static void wait_for_all(struct mw_clerk *c, enum mw_rc want)
{
    const struct mw_sink *sink;
    enum mw_rc rc = mw_clerk_lend(&sink, c, MW_IN_ORDER, NULL);
    assert_int_equal(rc, want);
    if (rc == MW_OK)
        mw_clerk_return(c);
    assert_int_equal(mw_clerk_collect(c, NULL), want);
}

static void things_reach_the_sink_in_their_order_as_they_were(void **state)
{
    (void)state;
    for (int apart = 0; apart < 2; apart++) {
        char bytes[] = "B";
        struct mw_clerk *c = begin(apart == 1);
        struct mw_resource res = { .bytes = mw_sv(bytes) };
        struct mw_fetched f = { .address = { .url = mw_sv(bytes) } };
        assert_int_equal(hand(c, "one", NULL), MW_OK);
        assert_int_equal(mw_clerk_keep(c, "amt", MW_SV("k"), MW_SV_NONE, &res, NULL), MW_OK);
        assert_int_equal(mw_clerk_fetched(c, &f, NULL), MW_OK);
        bytes[0] = 'x'; // cppcheck-suppress unreadVariable ; read by nobody, if all is well
        assert_int_equal(mw_clerk_mark(c, NULL, NULL), MW_OK);
        assert_int_equal(hand(c, "two", NULL), MW_OK);
        assert_int_equal(mw_clerk_settle(c, NULL, NULL), MW_OK);
        wait_for_all(c, MW_OK);
        assert_string_equal(told.got, "one kB fB two s ");
        assert_string_equal(told.back, "n m n s ");
        mw_clerk_free(c);
    }
}

static enum mw_rc hand_same(struct mw_clerk *c)
{
    char at[] = "2026-11-29T10:00:00Z";
    enum mw_rc rc = mw_clerk_unchanged(c, NULL, "amt", MW_SV("U"), mw_sv(at), NULL);
    memset(at, 'x', sizeof at - 1);
    return rc == MW_OK ? mw_clerk_mark(c, NULL, NULL) : rc;
}

static void what_is_unchanged_goes_many_at_a_time_and_keeps_its_place(void **state)
{
    (void)state;
    for (int apart = 0; apart < 2; apart++) {
        struct mw_clerk *c = begin(apart == 1);
        assert_int_equal(hand(c, "one", NULL), MW_OK);
        assert_int_equal(hand_same(c), MW_OK);
        assert_int_equal(hand_same(c), MW_OK);
        assert_int_equal(hand(c, "two", NULL), MW_OK);
        assert_int_equal(hand_same(c), MW_OK);
        assert_int_equal(mw_clerk_settle(c, NULL, NULL), MW_OK);
        assert_int_equal(hand_same(c), MW_OK);
        wait_for_all(c, MW_OK);
        assert_string_equal(told.got, "one =U =U two =U s =U ");
        assert_string_equal(told.back, "n = m = m n = m s = m ");
        for (int i = 0; i < MANY; i++)
            assert_int_equal(hand_same(c), MW_OK);
        mw_clerk_free(c); /* what was gathered is done before */
        assert_int_equal(strlen(told.got), strlen("one =U =U two =U s =U ") + 3 * MANY);
    }
}

static void a_refused_notice_is_told_of_and_takes_no_other_with_it(void **state)
{
    (void)state;
    for (int apart = 0; apart < 2; apart++) {
        struct mw_clerk *c = begin(apart == 1);
        assert_int_equal(hand(c, "one", NULL), MW_OK);
        assert_int_equal(hand(c, "bad", NULL), MW_OK);
        assert_int_equal(hand(c, "two", NULL), MW_OK);
        wait_for_all(c, MW_OK);
        assert_string_equal(told.back, "n ! u Not this one. n ");
        mw_clerk_free(c);
    }
}

static enum mw_rc prepare(void *ctx, struct mw_arena *a, const struct mw_source *s, struct mw_notice *n, void **prepared, struct mw_err *err)
{
    (void)ctx, (void)a, (void)s;
    *prepared = n;
    return mw_sv_eqz(n->title, "bare") ? mw_fail(err, MW_INVALID, "It has no text.") : MW_OK;
}

static void what_is_wrong_with_a_notice_by_itself_is_told_in_its_turn_and_it_is_not_stored(void **state)
{
    (void)state;
    for (int apart = 0; apart < 2; apart++) {
        struct mw_clerk *c = begin(apart == 1);
        behind.prepare = prepare;
        assert_int_equal(hand(c, "one", NULL), MW_OK);
        assert_int_equal(hand(c, "bare", NULL), MW_OK);
        assert_int_equal(hand(c, "two", NULL), MW_OK);
        wait_for_all(c, MW_OK);
        assert_string_equal(told.got, "one two ");
        assert_string_equal(told.back, "n ! u It has no text. n ");
        mw_clerk_free(c);
    }
}

static void after_a_full_disk_nothing_is_stored_and_everybody_is_told_why(void **state)
{
    (void)state;
    for (int apart = 0; apart < 2; apart++) {
        MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(MW_EN);
        struct mw_clerk *c = begin(apart == 1);
        told.end = MW_OUTPUT;
        assert_int_equal(hand(c, "one", NULL), MW_OK);
        hand(c, "end", NULL);
        wait_for_all(c, MW_OUTPUT);
        assert_int_equal(hand(c, "two", &err), MW_OUTPUT);
        assert_string_equal(err.msg, "This is the end.");
        assert_int_equal(mw_clerk_settle(c, NULL, NULL), MW_OUTPUT);
        mw_clerk_free(c);
        assert_string_equal(told.got, "one end ");
    }
}

static void *open_later(void *ctx)
{
    struct told *t = ctx;
    nanosleep(&(struct timespec){ 0, 30000000 }, NULL);
    pthread_mutex_lock(&t->lock);
    t->closed = false;
    pthread_cond_broadcast(&t->opened);
    pthread_mutex_unlock(&t->lock);
    return NULL;
}

static void a_question_goes_between_and_not_behind(void **state)
{
    struct mw_clerk *c = begin(true);
    const struct mw_sink *sink;
    pthread_t opener;
    (void)state;
    told.closed = true;
    assert_int_equal(hand(c, "wait", NULL), MW_OK);
    for (int i = 0; i < MANY; i++)
        assert_int_equal(hand(c, "more", NULL), MW_OK);
    assert_int_equal(pthread_create(&opener, NULL, open_later, &told), 0);
    assert_int_equal(mw_clerk_lend(&sink, c, MW_BETWEEN, NULL), MW_OK);
    size_t before = strlen(told.got);
    mw_clerk_return(c);
    assert_true(before < 5 * (size_t)MANY);
    pthread_join(opener, NULL);
    mw_clerk_free(c); /* what waits is done before */
    assert_int_equal(strlen(told.got), 5 * (MANY + 1));
}

/* Whoever asked while it happened must not leave the thread waiting. */
static void after_a_full_disk_nobody_waits_for_ever(void **state)
{
    struct mw_clerk *c = begin(true);
    const struct mw_sink *sink;
    pthread_t opener;
    (void)state;
    told.end = MW_OUTPUT;
    told.closed = true;
    hand(c, "end", NULL);
    for (int i = 0; i < MANY; i++)
        hand(c, "more", NULL);
    assert_int_equal(pthread_create(&opener, NULL, open_later, &told), 0);
    nanosleep(&(struct timespec){ 0, 10000000 }, NULL); /* it is busy with the end */
    assert_int_equal(mw_clerk_lend(&sink, c, MW_BETWEEN, NULL), MW_OUTPUT);
    alarm(5);
    assert_int_equal(mw_clerk_lend(&sink, c, MW_IN_ORDER, NULL), MW_OUTPUT);
    alarm(0);
    pthread_join(opener, NULL);
    mw_clerk_free(c);
    assert_string_equal(told.got, "end ");
}

static void who_hands_over_too_much_waits(void **state)
{
    enum { BIG = 7 << 20 };
    char *big = calloc(1, BIG);
    struct mw_clerk *c = begin(true);
    struct mw_resource res = { .bytes = mw_sv_n(big, BIG) };
    const struct mw_sink *sink;
    pthread_t opener;
    (void)state;
    told.closed = true;
    assert_int_equal(hand(c, "wait", NULL), MW_OK);
    assert_int_equal(mw_clerk_keep(c, "amt", MW_SV("k"), MW_SV_NONE, &res, NULL), MW_OK);
    assert_int_equal(pthread_create(&opener, NULL, open_later, &told), 0);
    assert_int_equal(hand(c, "last", NULL), MW_OK);
    assert_int_equal(mw_clerk_lend(&sink, c, MW_BETWEEN, NULL), MW_OK);
    assert_non_null(strstr(told.got, "wait k")); /* room was made first */
    mw_clerk_return(c);
    pthread_join(opener, NULL);
    mw_clerk_free(c);
    free(big);
}

static void many_small_things_are_much_too(void **state)
{
    struct mw_clerk *c = begin(true);
    pthread_t opener;
    (void)state;
    told.closed = true;
    assert_int_equal(hand(c, "wait", NULL), MW_OK);
    assert_int_equal(pthread_create(&opener, NULL, open_later, &told), 0);
    for (int i = 0; i < 5000; i++)
        assert_int_equal(mw_clerk_mark(c, NULL, NULL), MW_OK);
    pthread_mutex_lock(&told.lock);
    assert_false(told.closed); /* 5,000 had no room before */
    pthread_mutex_unlock(&told.lock);
    pthread_join(opener, NULL);
    mw_clerk_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(things_reach_the_sink_in_their_order_as_they_were),
        cmocka_unit_test(what_is_unchanged_goes_many_at_a_time_and_keeps_its_place),
        cmocka_unit_test(a_refused_notice_is_told_of_and_takes_no_other_with_it),
        cmocka_unit_test(what_is_wrong_with_a_notice_by_itself_is_told_in_its_turn_and_it_is_not_stored),
        cmocka_unit_test(after_a_full_disk_nothing_is_stored_and_everybody_is_told_why),
        cmocka_unit_test(a_question_goes_between_and_not_behind),
        cmocka_unit_test(after_a_full_disk_nobody_waits_for_ever),
        cmocka_unit_test(who_hands_over_too_much_waits),
        cmocka_unit_test(many_small_things_are_much_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
