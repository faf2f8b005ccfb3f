/* English sentences of calls, written before the rules that read them: each type of fact must be found. */
#include "tests/rules_test.h"

static const struct {
    const char *text, *facts; /* all of these, whatever else is found */
} SENTENCES[] = {
    { "The deadline for submitting applications is 31 March 2026.", "deadline application 2026-03-31" },
    { "Applications must be submitted no later than 15 September 2026, 17:00 Brussels time.", "deadline application 2026-09-15" },
    { "Closing date: 12 January 2027", "deadline application 2027-01-12" },
    { "Deadline for submitting applications: October, 6 2026 17:00 (Brussels time).", "deadline application 2026-10-06" },
    { "Concept notes must be received by 5 May 2026.", "deadline sketch 2026-05-05" },
    { "Full proposals are due on 20 November 2026.", "deadline full_proposal 2026-11-20" },
    { "The call has two cut-off dates: 15 April 2026 and 15 October 2026.", "deadline cutoff 2026-04-15; deadline cutoff 2026-10-15" },
    { "Applications can be submitted at any time.", "deadline rolling" },
    { "The call is permanently open.", "deadline rolling" },
    { "The call is closed.", "deadline closed" },
    { "This call for proposals has been closed and no further applications are accepted.", "deadline closed" },
    { "The co-financing rate is up to 80% of the eligible costs.", "rate max 80 %" },
    { "Projects are funded at a rate of 95 % of eligible costs.", "rate fixed 95 %" },
    { "The EU contribution may not exceed 60 % of the total eligible costs.", "rate max 60 %" },
    { "The funding rate is 100%.", "rate fixed 100 %" },
    { "The maximum funding rate is 50 per cent.", "rate max 50 %" },
    { "Applicants must contribute at least 20% of the total costs from their own resources.", "own_share min 20 %" },
    { "A minimum own contribution of 10 % is required.", "own_share min 10 %" },
    { "Beneficiaries have to cover at least 5 per cent of the costs themselves.", "own_share min 5 %" },
    { "40% co-funding must be covered by the beneficiary from other sources.", "own_share min 40 %" },
    { "The maximum grant is EUR 500 000.", "amount grant_max 500000 EUR" },
    { "Grants of up to EUR 60,000 per project are available.", "amount grant_max 60000 EUR" },
    { "The grant amount ranges from EUR 10,000 to EUR 50,000.", "amount grant_min 10000 EUR; amount grant_max 50000 EUR" },
    { "The requested grant must be at least EUR 5,000.", "amount grant_min 5000 EUR" },
    { "The total budget of the project must be at least EUR 100,000.", "amount project_min 100000 EUR" },
    { "Total eligible costs must not exceed EUR 2 million.", "amount project_max 2000000 EUR" },
    { "The EU contribution will not exceed €3 million per project.", "amount grant_max 3000000 EUR" },
    { "Eligible applicants are municipalities and their associations.", "applicant kommune" },
    { "Local authorities can apply.", "applicant kommune" },
    { "The call is open to local authorities and non-profit organisations.", "applicant kommune; applicant verband" },
    { "Applicants must be public bodies or private companies.", "applicant oeffentliche_einrichtung; applicant unternehmen" },
    { "Universities and research organisations may apply.", "applicant hochschule; applicant forschungseinrichtung" },
    { "Small and medium-sized enterprises are eligible to participate.", "applicant unternehmen" },
    { "Applicants must be established in one of the EU Member States.", "region EU" },
    { "The coordinator must have its seat in an EU Member State.", "region EU" },
    { "Only legal entities registered in the European Union are eligible.", "region EU" },
    { "Applicants must have their registered office in Germany.", "region DE" },
    { "The project must not have started before the application is submitted.", "early_start forbidden" },
    { "Costs incurred before the grant agreement is signed are not eligible, and activities must not begin earlier.", "early_start forbidden" },
    { "An earlier start may be permitted upon request.", "early_start on_request" },
    { "Applicants may begin the project at their own risk once the application has been submitted.", "early_start allowed" },
    { "The starting date of grants of this topic may be as of the submission date of the application.", "early_start allowed" },
    { "The application procedure has two stages.", "two_stage true" },
    { "This is a two-stage call.", "two_stage true" },
    { "Applicants whose concept note is selected will be invited to submit a full application.", "two_stage true" },
    { "First-stage proposals will be evaluated blindly.", "two_stage true" },
    { "The limit for applications at the first stage is 10 pages; proposals of the second stage have 45.", "two_stage true" },
    { "This is a single-stage call.", "two_stage false" },
    { "Double funding is not allowed.", "cumulation forbidden" },
    { "The same costs may not be financed twice by the EU budget.", "cumulation forbidden" },
    { "The grant can be combined with other public funding.", "cumulation allowed" },
    { "The grant may be combined with national funds provided that the total does not exceed 100 % of the costs.", "cumulation limited" },
    { "Co-financing from other EU programmes is not permitted.", "cumulation limited" },
    { "The support is granted as de minimis aid.", "de_minimis true" },
    { "Funding is provided under the de minimis Regulation (EU) 2023/2831.", "de_minimis true" },
    { "Projects may last up to 36 months.", "duration max 36 months" },
    { "The maximum duration of a project is two years.", "duration max 24 months" },
    { "The indicative project duration is 48 months.", "duration max 48 months" },
    { "Projects are expected to run for around two years.", "duration max 24 months" },
    { "Actions should have a duration of thirty-six to forty-eight months.", "duration max 48 months" },
    { "The duration of this action should be five years.", "duration max 60 months" },
    { "Proposals with a duration of at least 4 years are expected.", "duration min 48 months" },
    { "The consortium must include at least three partners from different countries.", "partners min 3" },
    { "Applications must be submitted by at least two municipalities.", "partners min 2" },
    { "Only towns with up to 20 000 inhabitants are eligible.", "population max applicant 20000" },
    { "Natural persons are not eligible.", "exclusion privatperson" },
    { "Municipalities cannot apply.", "exclusion kommune" },
    { "A lead partner submits the application on behalf of the partnership.", "joint lead" },
    { "The grant takes the form of a lump sum.", "financing festbetrag" },
    { "VAT is eligible only if it cannot be recovered.", "vat only_if_not_deductible" },
    { "VAT is not an eligible cost.", "vat not_eligible" },
    { "Applications can only be submitted in response to a call for proposals.", "status call_only" },
    { "Applications are processed on a first come, first served basis.", "status first_come" },
    { "The scheme runs until 31 December 2027.", "deadline validity_end 2027-12-31" },
    { "Financial support to third parties is allowed.", "forwarding allowed" },
    { "Costs of permanent staff are not eligible.", "own_staff excluded" },
    { "Proposals have to reach us by 30 June 2026.", "deadline application 2026-06-30" },
    { "You can apply until 28 February 2026.", "deadline application 2026-02-28" },
    { "Submission deadline: 1 October 2026, 16:00 CET.", "deadline application 2026-10-01" },
    { "Expressions of interest should be sent by 2 March 2026.", "deadline sketch 2026-03-02" },
    { "The deadline for the second stage is 10 December 2026.", "deadline full_proposal 2026-12-10" },
    { "The open call closes on 15 May 2026 at 17:00.", "deadline application 2026-05-15" },
    { "Applications will be accepted until 17:00 (Brussels time) on Friday, 12 June 2026.", "deadline application 2026-06-12" },
    { "First cut-off: 16 March 2026, second cut-off: 15 June 2026", "deadline cutoff 2026-03-16; deadline cutoff 2026-06-15" },
    { "Stage 1 deadline: 3 March 2026; stage 2 deadline: 8 September 2026",
        "deadline sketch 2026-03-03; deadline full_proposal 2026-09-08" },
    { "Applications are accepted on a rolling basis.", "deadline rolling" },
    { "The call closed on 3 May 2024.", "deadline closed" },
    { "The grant covers a maximum of 75 % of eligible costs.", "rate max 75 %" },
    { "The reimbursement rate is 85% of the eligible costs.", "rate fixed 85 %" },
    { "Maximum funding rate: 60%", "rate max 60 %" },
    { "Funding is at max 75% financing of the eligible costs.", "rate max 75 %" },
    { "80 % of eligible costs will be reimbursed.", "rate fixed 80 %" },
    { "The minimum financial size of a project is EUR 1 million.", "amount project_min 1000000 EUR" },
    { "The EU contribution per proposal should not exceed EUR 250 000.", "amount grant_max 250000 EUR" },
    { "Each selected company receives a lump sum of up to EUR 60,000.", "amount grant_max 60000 EUR" },
    { "Funding rate: 70% for companies and 100% for non-profit organisations.", "rate fixed 70 %; rate fixed 100 %" },
    { "The grant is paid as a lump sum of EUR 40 000.", "amount grant_max 40000 EUR" },
    { "Support amounts to up to 40 per cent of the investment.", "rate max 40 %" },
    { "At least 25 % of the budget must come from the applicant's own funds.", "own_share min 25 %" },
    { "The applicant's contribution must amount to at least 15 % of eligible costs.", "own_share min 15 %" },
    { "A maximum of EUR 250,000 may be requested per project.", "amount grant_max 250000 EUR" },
    { "The grant is capped at EUR 75 000.", "amount grant_max 75000 EUR" },
    { "Grants are between EUR 20,000 and EUR 90,000.", "amount grant_min 20000 EUR; amount grant_max 90000 EUR" },
    { "Projects with total costs below EUR 50,000 will not be supported.", "amount project_min 50000 EUR" },
    { "Cities, municipalities and districts are eligible to apply.", "applicant kommune" },
    { "Non-governmental organisations may submit an application.", "applicant verband" },
    { "The call is open to public authorities.", "applicant oeffentliche_einrichtung" },
    { "Consortia must include at least two regional or local authorities.", "applicant kommune" },
    { "The topic requires the participation, as beneficiaries, of at least three fire protection authorities.", "applicant oeffentliche_einrichtung" },
    { "Two towns, each from another Member State, must take part as beneficiaries.", "applicant kommune" },
    { "Legal entities can be universities, companies or natural persons.",
        "applicant hochschule; applicant unternehmen; applicant privatperson" },
    { "The coordinator must be a research organisation.", "applicant forschungseinrichtung" },
    { "The consortium shall comprise at least one NGO and one school.", "applicant verband; applicant bildungseinrichtung" },
    { "Associations of urban authorities may apply.", "applicant kommunalverband" },
    { "Eligible partners: local public authorities and bodies governed by public law.",
        "applicant kommune; applicant oeffentliche_einrichtung" },
    { "The call is addressed to regional and local authorities.", "applicant kommune" },
    { "The EU grant applied for cannot be lower than EUR 75 000 nor higher than EUR 200 000.",
        "amount grant_min 75000 EUR; amount grant_max 200000 EUR" },
    { "An activity may not receive double funding.", "cumulation forbidden" },
    { "Research institutes are eligible.", "applicant forschungseinrichtung" },
    { "Beneficiaries must be based in an EU country.", "region EU" },
    { "The consortium must consist of beneficiaries from at least three different EU Member States.", "region EU" },
    { "Eligible countries: EU Member States and Iceland.", "region EU" },
    { "Participation is restricted to entities from Member States.", "region EU" },
    { "Entities established in the Union are eligible.", "region EU" },
    { "Applicants must be based in Germany.", "region DE" },
    { "Projects that have already started are not eligible.", "early_start forbidden" },
    { "In a first step, a short outline must be submitted; selected applicants are then invited to hand in a full proposal.", "two_stage true" },
    { "Projects that receive other public funding are excluded.", "cumulation forbidden" },
    { "Combination with other grants is possible.", "cumulation allowed" },
    { "Grants fall under the de-minimis rules.", "de_minimis true" },
    { "The project period must not exceed 30 months.", "duration max 30 months" },
    { "Funding is granted for a maximum of five years.", "duration max 60 months" },
    { "A minimum of four partners is required.", "partners min 4" },
    { "Municipalities are excluded from funding.", "exclusion kommune" },
    { "Value added tax is not eligible.", "vat not_eligible" },
    { "Funds are awarded in the order in which applications are received.", "status first_come" },
    { "This guideline expires on 30 June 2028.", "deadline validity_end 2028-06-30" },
};

static bool holds(const char *facts, const char *wanted)
{
    struct mw_sv rest = mw_sv(wanted), want, all, fact;
    while (rest.n > 0) {
        bool found = false;
        (void)mw_sv_cut(rest, ';', &want, &rest);
        for (all = mw_sv(facts); all.n > 0 && !found;) {
            (void)mw_sv_cut(all, ';', &fact, &all);
            found = mw_sv_starts(mw_sv_trim(fact), mw_sv_trim(want)); /* " ~" and a condition may follow */
        }
        if (!found)
            return false;
    }
    return true;
}

static void english_sentences_give_their_facts(void **state)
{
    struct mw_rules *r = our_rules();
    size_t missed = 0;
    (void)state;
    assert_non_null(r);
    for (size_t i = 0; i < COUNT(SENTENCES); i++) {
        struct mw_str got = MW_STR_INIT;
        facts_of(&got, r, NULL, SENTENCES[i].text, MW_F_TYPE_N);
        if (!holds(mw_str_z(&got), SENTENCES[i].facts)) {
            print_error("%s\n    want %s\n    got  %s\n", SENTENCES[i].text, SENTENCES[i].facts, mw_str_z(&got));
            missed++;
        }
        mw_str_free(&got);
    }
    assert_int_equal(missed, 0);
    mw_rules_free(r);
}

static const struct {
    const char *text;
    enum mw_fact_type type; /* none of this */
} SILENT[] = {
    { "The consortium keeps the results available for up to four years after the end of the project.", MW_F_DURATION },
    { "Fellows of the project can spend an additional period of up to six months at a company.", MW_F_DURATION },
    { "The maximum amount to be granted to each third party is EUR 60 000.", MW_F_AMOUNT },
    { "Additional funding of up to EUR 500 000 can be requested for equipment.", MW_F_AMOUNT },
    { "The Commission considers that proposals requesting a grant of up to EUR 4 million would be suitable.", MW_F_AMOUNT },
    { "Proposals should allocate at least 20% of the EU contribution to start-ups.", MW_F_RATE },
    { "The grant to third parties cannot cover more than 70% of the total costs.", MW_F_RATE },
    { "The approach must be tested in pilots in three different Member States.", MW_F_REGION },
    { "Entities established outside the EU are not eligible.", MW_F_REGION },
    { "Standard evaluation form (Accelerator stage 1 - short proposal), standard evaluation form (stage 2 - full proposal)", MW_F_TWO_STAGE },
    { "Cut-off dates: doctorate awarded between 1 January 2017 and 31 December 2026", MW_F_DEADLINE },
    { "The Joint Research Centre may participate as member of the consortium selected for funding.", MW_F_APPLICANT },
    { "For questions please contact the agency by 13 August 2026.", MW_F_DEADLINE },
    { "The transposition deadline of the directive is 29 May 2026.", MW_F_DEADLINE },
    { "Grants to third parties must go to SMEs and municipalities.", MW_F_APPLICANT },
    { "Applicants are encouraged to involve civil society organisations and public authorities.", MW_F_APPLICANT },
    { "Companies established in China are not eligible to participate.", MW_F_APPLICANT },
    { "The consortium must report to the granting authority.", MW_F_APPLICANT },
    { "The duration of the sub-projects funded by the consortium is up to 12 months.", MW_F_DURATION },
};

static void english_sentences_that_only_look_like_it_give_none(void **state)
{
    struct mw_rules *r = our_rules();
    size_t wrong = 0;
    (void)state;
    assert_non_null(r);
    for (size_t i = 0; i < COUNT(SILENT); i++) {
        struct mw_str got = MW_STR_INIT;
        facts_of(&got, r, NULL, SILENT[i].text, SILENT[i].type);
        if (mw_str_z(&got)[0] != '\0') {
            print_error("%s\n    got  %s\n", SILENT[i].text, mw_str_z(&got));
            wrong++;
        }
        mw_str_free(&got);
    }
    mw_rules_free(r);
    assert_int_equal(wrong, 0);
}

static void every_sentence_gives_its_facts_and_no_other(void **state)
{
    (void)state;
    assert_int_equal(wrong_sentences("tests/data/english-sentences.tsv", 200), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(english_sentences_give_their_facts),
        cmocka_unit_test(english_sentences_that_only_look_like_it_give_none),
        cmocka_unit_test(every_sentence_gives_its_facts_and_no_other) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
