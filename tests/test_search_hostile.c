/* Whatever is typed is a query: random bytes, FTS5 syntax, SQL, emoji, a megabyte of text. */
#include "tests/fuzz/fuzz_search.c"
#include "tests/mutate.h"
#include "tests/test.h"

static const char *const HONEST[] = {
    "Radwege Brücken \"ländlicher Raum\" -Darlehen land:NW,BY status:open deadline:<2026-12-31 rate:>=50 amount:>=100000",
    "'; DROP TABLE notice; -- \" OR 1=1 UNION SELECT * FROM sqlite_schema WHERE x LIKE '%' ESCAPE '\\'",
    "NEAR(a b, 5) AND (x OR y) NOT z* ^heading : text {heading text} : \"a\" + b - {x}:y \"\"\"",
    "🌳🌳 \xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7 \xe2\x80\xae Förderung \xef\xbb\xbf \xcc\x88\xcc\x88",
    "-land:-x --a -\"-b\" thema:\"\" deadline:>>2026 rate:..50 amount:1e99 frist:2026-99 source:\\ -:-: :: \"",
    "\xf0\xf0\x9f\x8c\xb3\xf0\x9f", /* nothing but signs, and broken ones: no word that any notice holds */
    "E-Mobilität P+R 12:30 3.000.000,00 EUR 33 1/3 % Bau- und Sanierungskosten u.a. z.B. ÄÖÜ ß ﬁ ½",
};
static const char *const TOKENS[] = { "\"", "-", ":", "*", "(", ")", "AND", "OR", "NOT", "NEAR", "land:", "deadline:<", "rate:>=", "\xff", "\xc3", "\xe2\x80", "'",
                                      ";", "--", "..", ",", " ", "\n", "\xcc\x88", "{", "^", NULL };

static void ask(unsigned how, struct mw_sv text)
{
    uint8_t *input = malloc(text.n + 1); /* exactly as long: the sanitizer sees what reads behind it */
    assert_non_null(input);
    input[0] = (uint8_t)how;
    if (text.n > 0)
        memcpy(input + 1, text.p, text.n);
    LLVMFuzzerTestOneInput(input, text.n + 1);
    free(input);
}

static void honest_and_damaged_queries(void **state)
{
    uint64_t dice = 20261128;
    char buf[4096];
    (void)state;
    for (size_t i = 0; i < COUNT(HONEST); i++)
        for (unsigned how = 0; how < 256; how += 17)
            ask(how, mw_sv(HONEST[i]));
    for (int i = 0; i < 2500; i++) {
        struct mw_sv text = mutate(buf, sizeof buf, mw_sv(HONEST[mutate_below(&dice, COUNT(HONEST))]), TOKENS, &dice);
        ask((unsigned)mutate_below(&dice, 256), text);
    }
}

static void random_bytes(void **state)
{
    uint64_t dice = 7;
    char buf[300];
    (void)state;
    for (int i = 0; i < 1500; i++) {
        size_t n = mutate_below(&dice, sizeof buf + 1);
        for (size_t k = 0; k < n; k++)
            buf[k] = (char)mutate_random(&dice);
        ask((unsigned)mutate_below(&dice, 256), mw_sv_n(buf, n));
    }
}

static void a_megabyte_of_anything(void **state)
{
    static const char *const PIECES[] = { "a", "\"", "-", "-\"x\" ", "land:BY ", "Förderung Radwege ", "wort", "\xff", "\"x\" ", "deadline:<2026 ", "🌳" };
    enum { BIG = 1 << 20 };
    char *text = malloc(BIG + 64);
    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < COUNT(PIECES); i++) {
        size_t n = 0, len = strlen(PIECES[i]);
        for (; n < BIG; n += len)
            memcpy(text + n, PIECES[i], len);
        ask(48, mw_sv_n(text, n));
        ask(128, mw_sv_n(text, n));
    }
    for (size_t n = 0; n < BIG; n++) /* different words without end */
        text[n] = n % 9 == 8 ? ' ' : (char)('a' + n * 2654435761u / 65536 % 26);
    ask(0, mw_sv_n(text, BIG));
    ask(128, mw_sv_n(text, BIG));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(honest_and_damaged_queries),
        cmocka_unit_test(random_bytes),
        cmocka_unit_test(a_megabyte_of_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
