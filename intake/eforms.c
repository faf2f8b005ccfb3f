/* eForms: organisations stand apart and are referred to by their ids; lots repeat what the procedure says. */
#include "intake/ted.h"

struct walk {
    struct mw_paper *out;
    struct mw_arena *a;
    const struct mw_xml *root;
    struct mw_sv language;
    unsigned number;
    bool failed;
};

static void add(struct walk *w, const char *block, const char *key, struct mw_sv value)
{
    w->failed = w->failed || value.p == NULL || !mw_ted_add(w->out, w->a, block, w->number, key, value);
}

/* Of the children of that name the one in the notice's language, else the first. */
static struct mw_sv said(struct walk *w, const struct mw_xml *x, const char *name)
{
    const struct mw_xml *found = mw_xml_child(x, name);
    for (const struct mw_xml *c = found; c != NULL; c = mw_xml_next(c, name))
        if (mw_sv_ieq(mw_xml_attr(c, "languageID"), w->language))
            return mw_xml_text(w->a, c);
    return found != NULL ? mw_xml_text(w->a, found) : MW_SV("");
}

static struct mw_sv at(struct walk *w, const struct mw_xml *x, const char *path)
{
    const struct mw_xml *found = mw_xml_path(x, path);
    return found != NULL ? mw_xml_text(w->a, found) : MW_SV("");
}

static struct mw_sv money(struct walk *w, const struct mw_xml *x)
{
    return x == NULL ? MW_SV("") : mw_arena_printf(w->a, "%.*s %.*s", MW_SV_ARG(mw_xml_text(w->a, x)), MW_SV_ARG(mw_xml_attr(x, "currencyID")));
}

static struct mw_sv name_of(struct walk *w, const struct mw_xml *company)
{
    const struct mw_xml *found = mw_xml_child(company, "PartyName");
    for (const struct mw_xml *p = found; p != NULL; p = mw_xml_next(p, "PartyName"))
        if (mw_sv_ieq(mw_xml_attr(mw_xml_child(p, "Name"), "languageID"), w->language))
            found = p;
    return at(w, found, "Name");
}

static void organisation(struct walk *w, const char *block, struct mw_sv id)
{
    const struct mw_xml *company = NULL;
    for (const struct mw_xml *o = mw_xml_each(w->root, w->root, "Company"); o != NULL && company == NULL; o = mw_xml_each(w->root, o, "Company"))
        if (mw_sv_eq(at(w, o, "PartyIdentification/ID"), id))
            company = o;
    if (company == NULL || id.n == 0)
        return;
    w->number++;
    add(w, block, "name", name_of(w, company));
    add(w, block, "town", at(w, company, "PostalAddress/CityName"));
    add(w, block, "plz", at(w, company, "PostalAddress/PostalZone"));
    add(w, block, "nuts", at(w, company, "PostalAddress/CountrySubentityCode"));
    add(w, block, "country", at(w, company, "PostalAddress/Country/IdentificationCode"));
}

static void buyers(struct walk *w)
{
    for (const struct mw_xml *p = mw_xml_child(w->root, "ContractingParty"); p != NULL; p = mw_xml_next(p, "ContractingParty")) {
        organisation(w, "buyer", at(w, p, "Party/PartyIdentification/ID"));
        add(w, "buyer", "authority", at(w, p, "ContractingPartyType/PartyTypeCode"));
    }
    for (const struct mw_xml *p = mw_xml_each(w->root, w->root, "AdditionalInformationParty"); p != NULL;
         p = mw_xml_each(w->root, p, "AdditionalInformationParty"))
        organisation(w, "contact", at(w, p, "PartyIdentification/ID"));
}

/* Tenderers of the tenders that were chosen; a published notice names no others. */
static void winners(struct walk *w)
{
    for (const struct mw_xml *p = mw_xml_each(w->root, w->root, "TenderingParty"); p != NULL; p = mw_xml_each(w->root, p, "TenderingParty"))
        for (const struct mw_xml *t = mw_xml_child(p, "Tenderer"); t != NULL; t = mw_xml_next(t, "Tenderer"))
            organisation(w, "contractor", at(w, t, "ID"));
    for (const struct mw_xml *c = mw_xml_each(w->root, w->root, "SettledContract"); c != NULL; c = mw_xml_each(w->root, c, "SettledContract")) {
        struct mw_sv day = at(w, c, "IssueDate");
        w->number++;
        add(w, "award", "contract-day", mw_sv_sub(day, 0, 10)); /* "2024-01-15+01:00" */
    }
}

static void project(struct walk *w, const char *block, const struct mw_xml *p)
{
    const struct mw_xml *period = mw_xml_child(p, "PlannedPeriod"), *duration = mw_xml_child(period, "DurationMeasure");
    add(w, block, "title", said(w, p, "Name"));
    add(w, block, "cpv", at(w, p, "MainCommodityClassification/ItemClassificationCode"));
    add(w, block, "description", said(w, p, "Description"));
    add(w, block, "more", said(w, p, "Note"));
    add(w, block, "value", money(w, mw_xml_path(p, "RequestedTenderTotal/EstimatedOverallContractAmount")));
    add(w, block, "from", mw_sv_sub(at(w, period, "StartDate"), 0, 10));
    add(w, block, "to", mw_sv_sub(at(w, period, "EndDate"), 0, 10));
    if (mw_sv_eqz(mw_xml_attr(duration, "unitCode"), "MONTH"))
        add(w, block, "months", mw_xml_text(w->a, duration));
    add(w, block, "options", said(w, mw_xml_child(p, "ContractExtension"), "OptionsDescription"));
}

static void lots(struct walk *w)
{
    for (const struct mw_xml *lot = mw_xml_child(w->root, "ProcurementProjectLot"); lot != NULL; lot = mw_xml_next(lot, "ProcurementProjectLot")) {
        w->number++;
        add(w, "lot", "lot-number", at(w, lot, "ID"));
        project(w, "lot", mw_xml_child(lot, "ProcurementProject"));
        for (const struct mw_xml *f = mw_xml_each(lot, lot, "Funding"); f != NULL; f = mw_xml_each(lot, f, "Funding")) {
            struct mw_sv id = at(w, f, "FinancingIdentifier");
            add(w, "lot", "eu", said(w, f, "Description"));
            if (id.n > 0)
                add(w, "lot", "eu-number", id);
            add(w, "lot", "eu", at(w, f, "FundingProgramCode"));
        }
    }
}

bool mw_ted_new(struct mw_paper *out, struct mw_arena *a, const struct mw_rules *rules, const struct mw_xml *root)
{
    struct walk w = { out, a, root, mw_xml_text(a, mw_xml_child(root, "NoticeLanguageCode")), 0, false };
    struct mw_sv kind = mw_rules_lookup(rules, "xml-documents", root->name);
    if (kind.p != NULL)
        add(&w, "head", "kind", kind);
    buyers(&w);
    w.number++;
    project(&w, "object", mw_xml_child(root, "ProcurementProject"));
    add(&w, "object", "total", money(&w, mw_xml_path(mw_xml_each(root, root, "NoticeResult"), "TotalAmount")));
    lots(&w);
    winners(&w);
    return !w.failed;
}
