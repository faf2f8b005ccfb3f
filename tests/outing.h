/* One output into a string, in the format and language a test asks for. */
#ifndef MW_TESTS_OUTING_H
#define MW_TESTS_OUTING_H

#include "lib/core/out.h"
#include "tests/test.h"

/* One output into a string; every test ends it with expect() or done(). */
struct outing {
    struct mw_str text;
    struct mw_out *o;
};
static inline void start(struct outing *t, enum mw_format format, enum mw_lang lang)
{
    t->text = (struct mw_str)MW_STR_INIT;
    t->o = mw_out_to_str(&t->text, &(struct mw_out_opts){ .format = format, .lang = lang });
}
static inline void done(struct outing *t)
{
    assert_null(mw_out_misuse(t->o));
    mw_out_free(t->o);
    mw_str_free(&t->text);
}
static inline void expect(struct outing *t, const char *want)
{
    assert_int_equal(mw_out_finish(t->o, NULL), MW_OK);
    if (strcmp(mw_str_z(&t->text), want) != 0)
        fail_msg("got:\n%s\nwant:\n%s", mw_str_z(&t->text), want);
    done(t);
}

#endif
