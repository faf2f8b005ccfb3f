/* JSON documents of any size, record by record (crawler/records.h). */
#include "crawler/records.h"
#include "tests/test.h"

/* All records of a document, each in brackets; "!" and the code where it breaks off. */
static void records_of(struct mw_str *out, const char *doc, const char *pointer, size_t max)
{
    struct mw_records *r = NULL;
    struct mw_sv record;
    enum mw_rc rc = mw_records_open(&r, NULL, mw_sv(doc), mw_sv(pointer), max, NULL);
    while (rc == MW_OK || rc == MW_INVALID) {
        rc = mw_records_next(r, &record, NULL);
        if (rc == MW_OK)
            mw_str_addf(out, "<%.*s>", MW_SV_ARG(record));
        else if (rc == MW_INVALID)
            mw_str_addz(out, "<long>");
    }
    if (rc != MW_NOT_FOUND)
        mw_str_addf(out, "!%d", (int)rc);
    mw_records_close(r);
}

static void every_shape_gives_its_records(void **state)
{
    static const struct { const char *why, *doc, *pointer, *want; } CASES[] = {
        { "a list below two keys", "{\"v\":[1],\"f\":{\"x\":{},\"g\":[{\"a\":1}, {\"b\":[2,3]}]},\"z\":{}}", "/f/g", "<{\"a\":1}><{\"b\":[2,3]}>" },
        { "the same key elsewhere is not the list", "{\"g\":[0],\"f\":{\"h\":{\"g\":[9]},\"g\":[{}]}}", "/f/g", "<{}>" },
        { "the key as a value is no key", "{\"a\":\"g\",\"g\":[7]}", "/g", "<7>" },
        { "brackets and quotes in strings", "{\"g\":[{\"a\":\"]}\\\"\\\\\"},\"[\"]}", "/g", "<{\"a\":\"]}\\\"\\\\\"}><\"[\">" },
        { "an empty list", "{\"g\":[]}", "/g", "" },
        { "a list at the top", "[{\"a\":1},2,\"x\",[3]]", NULL, "<{\"a\":1}><2><\"x\"><[3]>" },
        { "lines", "{\"a\":1}\n{\"b\":2}\n", NULL, "<{\"a\":1}><{\"b\":2}>" },
        { "one after the other, after a byte order mark", "\xef\xbb\xbf{\"a\":1}{\"b\":2}", NULL, "<{\"a\":1}><{\"b\":2}>" },
        { "a number at the end of the file", "{\"a\":1} 12", NULL, "<{\"a\":1}><12>" },
        { "numbers and words end where others begin", "{\"g\":[1,true , null]}", "/g", "<1><true><null>" },
        { "nothing", "", NULL, "" },
        { "no such list", "{\"f\":{}}", "/g", "!4" },
        { "an object where the list should be", "{\"g\":{\"a\":[1]}}", "/g", "!4" },
        { "cut off in a record", "{\"g\":[{\"a\":1},{\"b\":", "/g", "<{\"a\":1}>!4" },
        { "cut off behind the list", "{\"g\":[{\"a\":1}]", "/g", "<{\"a\":1}>!4" },
        { "cut off in a string", "[\"abc", NULL, "!4" },
        { "closes what was not opened", "}", "/g", "!4" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct mw_str got = MW_STR_INIT;
        records_of(&got, CASES[i].doc, CASES[i].pointer, 1000);
        if (strcmp(mw_str_z(&got), CASES[i].want) != 0)
            fail_msg("%s: got %s, want %s", CASES[i].why, mw_str_z(&got), CASES[i].want);
        mw_str_free(&got);
    }
}

static void a_record_that_is_too_long_is_passed_over(void **state)
{
    struct mw_str got = MW_STR_INIT;
    (void)state;
    records_of(&got, "{\"g\":[{\"a\":\"0123456789\"},{\"b\":1}]}", "/g", 12);
    assert_sv(mw_str_sv(&got), "<long><{\"b\":1}>");
    mw_str_free(&got);
}

/* Chunks of a file end anywhere; a file of 300 KB has some ends in records. */
static void records_of_a_file_are_those_of_its_bytes(void **state)
{
    char path[] = "/tmp/mw-records-XXXXXX";
    int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");
    struct mw_records *r = NULL;
    struct mw_sv record;
    size_t n = 0;
    (void)state;
    fputs("{\"head\":\"x\",\"list\":[", f);
    for (int i = 0; i < 5000; i++)
        fprintf(f, "%s{\"n\":%d,\"t\":\"%.*s\"}", i > 0 ? "," : "", i, i % 97, "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789");
    fputs("]}", f);
    fclose(f);
    assert_int_equal(mw_records_open(&r, path, MW_SV_NONE, MW_SV("/list"), 4096, NULL), MW_OK);
    while (mw_records_next(r, &record, NULL) == MW_OK) {
        char head[32];
        snprintf(head, sizeof head, "{\"n\":%zu,", n++);
        if (!mw_sv_starts(record, mw_sv(head)) || !mw_sv_ends(record, MW_SV("\"}")))
            fail_msg("record %zu is %.*s", n, MW_SV_ARG(record));
    }
    assert_int_equal(n, 5000);
    mw_records_close(r);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_gives_its_records),
        cmocka_unit_test(a_record_that_is_too_long_is_passed_over),
        cmocka_unit_test(records_of_a_file_are_those_of_its_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
