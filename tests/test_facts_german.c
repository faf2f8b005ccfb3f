/* German sentences, written before the rules that read them: of one type each gives these facts and no other. */
#include "tests/rules_test.h"

static void every_sentence_gives_its_facts_and_no_other(void **state)
{
    (void)state;
    assert_int_equal(wrong_sentences("tests/data/german-sentences.tsv", 200), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_sentence_gives_its_facts_and_no_other) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
