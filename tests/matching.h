/* What the tests of mittelweg match share. */
#ifndef MW_TESTS_MATCHING_H
#define MW_TESTS_MATCHING_H

#include <jansson.h>

#include "lib/core/err.h"
#include "tests/program.h"

#define DORSTEN "config/examples/stadtteilbuero-dorsten/profil.yaml"
#define MATCH(s, ...) run_program((s), "match", "--lang", "en", "--db", in((s), "t.db"), "--today", "2026-11-22", __VA_ARGS__)

static inline void import_demo(struct scratch *s)
{
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), "config/demo"), 0);
}

/* Golden: the keys that docs/formats.md promises, in its order. */
static inline void keys_are(json_t *o, const char *want)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    for (void *at = json_object_iter(o); at != NULL; at = json_object_iter_next(o, at))
        mw_str_addf(&s, "%s%s", s.n > 0 ? " " : "", json_object_iter_key(at));
    assert_string_equal(mw_str_z(&s), want);
}

#endif
