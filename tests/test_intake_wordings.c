/* One sentence at a time: tests/data/profiles/wordings.tsv says what a careful reader takes from it, and what not. Every
 * wording that is read otherwise is named, not only the first. */
#include "lib/core/file.h"
#include "tests/intake.h"

/* A wording that begins with "+ " stands below this head. */
static const char HEAD[] = "Gemeinde Uetze\nBeschlussvorlage 2026/114\nUmbau des Hallenbades zu einem Kulturhaus\n\n";

static void text_of(struct mw_str *out, struct mw_sv cell)
{
    if (mw_sv_starts(cell, MW_SV("+ "))) {
        mw_str_addz(out, HEAD);
        cell = mw_sv_sub(cell, 2, SIZE_MAX);
    }
    for (size_t i = 0; i < cell.n; i++) {
        bool line = cell.p[i] == '\\' && i + 1 < cell.n && cell.p[i + 1] == 'n';
        mw_str_addc(out, (char)(line ? '\n' : cell.p[i]));
        i += line;
    }
}

/* The values parted by "|" in `wanted` that are (not) in `got`, said to the reader; how many. */
static size_t amiss(struct mw_sv got, struct mw_sv wanted, bool has)
{
    size_t n = 0;
    for (struct mw_sv value; wanted.n > 0;) {
        mw_sv_cut(wanted, '|', &value, &wanted);
        if ((mw_sv_find(got, value, 0) != SIZE_MAX) == has)
            continue;
        printf("  %s %.*s\n", has ? "misses" : "must not say", MW_SV_ARG(value));
        n++;
    }
    return n;
}

static size_t read_wrong(struct mw_sv line)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_str text = MW_STR_INIT, got = MW_STR_INIT;
    struct mw_draft d = { 0 };
    struct mw_sv field, cell, has, lacks;
    mw_sv_cut(line, '\t', &field, &line);
    mw_sv_cut(line, '\t', &cell, &line);
    mw_sv_cut(line, '\t', &has, &lacks);
    text_of(&text, cell);
    draft_of(&d, a, mw_str_sv(&text));
    facts_of(&got, &d);
    size_t n = amiss(mw_str_sv(&got), has, true) + amiss(mw_str_sv(&got), lacks, false);
    if (n > 0)
        printf("%.*s: %.*s\n  %s\n", MW_SV_ARG(field), MW_SV_ARG(cell), mw_str_z(&got));
    mw_str_free(&text);
    mw_str_free(&got);
    mw_arena_free(a);
    return n > 0;
}

static void every_wording_says_what_a_reader_takes_from_it(void **state)
{
    struct mw_arena *a = mw_arena_new();
    struct mw_sv table = MW_SV_NONE, line;
    size_t n = 0, wrong = 0;
    (void)state;
    assert_int_equal(mw_file_read(&table, a, "tests/data/profiles/wordings.tsv", 1 << 20, NULL), MW_OK);
    while (table.n > 0) {
        mw_sv_cut(table, '\n', &line, &table);
        if (line.n == 0 || line.p[0] == '#')
            continue;
        n++;
        wrong += read_wrong(line);
    }
    mw_arena_free(a);
    assert_true(n > 100);
    if (wrong > 0)
        fail_msg("%zu of %zu wordings are read otherwise", wrong, n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_wording_says_what_a_reader_takes_from_it),
    };
    return cmocka_run_group_tests(tests, load, drop);
}
