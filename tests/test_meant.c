/* Who and what a sentence means: a part of a town or a company of it, a rate for others, a stop of the whole programme, a Union of many states. */
#include "tests/rules_test.h"

/* What a criterion says of one applicant and a notice of one sentence. */
static const char *answer_of(const char *criterion, enum mw_applicant_type type, const char *name, const struct mw_notice *n, const char *text)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_profile p = { .title = MW_SV("Vorhaben"), .volume = MW_EUR_NONE, .own_share = MW_SHARE_NONE, .period = { MW_DAY_NONE, MW_DAY_NONE },
        .started_on = MW_DAY_NONE, .joint_mode = -1, .other_funding = MW_TRI_NONE };
    struct mw_list facts = { 0 };
    struct mw_verdict v;
    *(struct mw_applicant *)mw_list_add(a, &p.applicants, sizeof(struct mw_applicant)) =
        (struct mw_applicant){ .name = mw_sv(name), .type = (int)type, .land = MW_LAND_HE, .population = MW_INT_NONE, .budget = -1 };
    assert_int_equal(mw_rules_facts(&facts, a, rules, n, mw_arena_copy(a, mw_sv(text)), NULL), MW_OK);
    assert_int_equal(mw_rules_judge(&v, a, rules, &p, n, &facts, (struct mw_day){ 20284 }, MW_EN, NULL), MW_OK);
    for (size_t i = 0; i < v.criteria.n; i++)
        if (mw_sv_eqz(MW_AT(v.criteria, struct mw_criterion, i)->name, criterion))
            return MW_ANSWERS[MW_AT(v.criteria, struct mw_criterion, i)->answer];
    return "-";
}

static void the_criterion_says(void **state)
{
    static const struct { const char *why, *criterion; enum mw_applicant_type type; const char *name, *text, *want; } CASES[] = {
        { "a company is no Eigenbetrieb", "applicant", MW_A_KOMMUNALES_UNTERNEHMEN, "Werke Muster GmbH",
            "Antragsberechtigt sind Gemeinden einschließlich ihrer Eigenbetriebe.", "no" },
        { "an Eigenbetrieb is one", "applicant", MW_A_KOMMUNALES_UNTERNEHMEN, "Eigenbetrieb Abwasser", "Antragsberechtigt sind Gemeinden einschließlich ihrer Eigenbetriebe.",
            "yes" },
        { "what works are is not known", "applicant", MW_A_KOMMUNALES_UNTERNEHMEN, "Stadtwerke Muster", "Antragsberechtigt sind Gemeinden einschließlich ihrer Eigenbetriebe.",
            "unknown" },
        { "a town may apply for its own", "applicant", MW_A_KOMMUNE, "Stadt Muster", "Antragsberechtigt sind Eigenbetriebe.", "unknown" },
        { "what is shut out is an Eigenbetrieb, not a company", "applicant", MW_A_KOMMUNALES_UNTERNEHMEN, "Werke Muster GmbH",
            "Antragsberechtigt sind kommunale Unternehmen. Eigenbetriebe sind nicht antragsberechtigt.", "yes" },
        { "a town's club is perhaps no nationwide one", "applicant", MW_A_VERBAND, "Kinderhaus e. V.", "Antragsberechtigt sind bundeszentrale Familienverbände.", "unknown" },
        { "how much is investment, no profile says", "investment", MW_A_KOMMUNE, "Stadt Muster",
            "Investitionen dürfen höchstens 25 Prozent der förderfähigen Gesamtausgaben ausmachen.", "unknown" },
        { "a stop of the whole is one, though dates are named", "status", MW_A_KOMMUNE, "Stadt Muster",
            "Anträge sind jährlich bis zum 15. September zu stellen. Die Förderung neuer Vorhaben ist derzeit bis auf Weiteres eingestellt.", "no" },
        { "a closed round is asked for where the next is named", "status", MW_A_KOMMUNE, "Stadt Muster",
            "Anträge sind jährlich bis zum 15. September zu stellen. Die Förderung neuer Vorhaben ist derzeit eingestellt.", "unknown" },
        { "a regulation of the Union takes no applications", "status", MW_A_KOMMUNE, "Stadt Muster",
            "Diese Verordnung tritt am Tag nach ihrer Veröffentlichung im Amtsblatt der Europäischen Union in Kraft.", "unknown" },
    };
    const struct mw_notice n = { .url = MW_SV("u"), .title = MW_SV(""), .opens = MW_DAY_NONE };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const char *got = answer_of(CASES[i].criterion, CASES[i].type, CASES[i].name, &n, CASES[i].text);
        if (strcmp(got, CASES[i].want) != 0)
            fail_msg("%s: got %s, want %s", CASES[i].why, got, CASES[i].want);
    }
}

static void a_programme_of_the_union_is_open_in_all_its_states(void **state)
{
    static const struct { const char *why, *key, *programme, *want; } CASES[] = {
        { "in all states", "framework_programme", "43108390", "yes" },
        { "by its name", "programme", "Horizon Europe (HORIZON)", "yes" },
        { "in areas of cooperation", "programme", "Interreg Europe", "unknown" },
        { "outside", "programme", "Neighbourhood, Development and International Cooperation", "unknown" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
        struct mw_node value = { .kind = MW_SCALAR, .text = mw_sv(CASES[i].programme) };
        struct mw_notice n = { .url = MW_SV("u"), .title = MW_SV(""), .opens = MW_DAY_NONE };
        *(struct mw_pair *)mw_list_add(a, &n.extra, sizeof(struct mw_pair)) = (struct mw_pair){ .key = mw_sv(CASES[i].key), .value = &value };
        const char *got = answer_of("region", MW_A_KOMMUNE, "Stadt Muster", &n, "Projekte werden ausgewählt.");
        if (strcmp(got, CASES[i].want) != 0)
            fail_msg("%s: got %s, want %s", CASES[i].why, got, CASES[i].want);
    }
}

static void a_rate_for_others_is_none_of_a_town(void **state)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    const struct mw_applicant town = { .type = MW_A_KOMMUNE, .budget = MW_B_NORMAL }, club = { .type = MW_A_VERBAND, .budget = -1 };
    struct mw_list facts = { 0 };
    bool sure = false;
    (void)state;
    read_facts(&facts, a, rules, NULL, "Bei Vorhaben nicht kommunaler Träger beträgt der Zuschuss 40 Prozent der zuwendungsfähigen Ausgaben.");
    assert_null(mw_rules_rate(&facts, &town, false, &sure));
    assert_non_null(mw_rules_rate(&facts, &club, false, &sure));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_criterion_says),
        cmocka_unit_test(a_programme_of_the_union_is_open_in_all_its_states),
        cmocka_unit_test(a_rate_for_others_is_none_of_a_town),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
