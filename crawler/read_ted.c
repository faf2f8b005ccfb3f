/* Notices of TED: public procurement, kept apart from funding; what towns buy tells what their projects look like.
 *
 * Two families of XML, both read by local names, since prefixes and namespaces differ between versions: TED_EXPORT (forms sent
 * until October 2023) and eForms (UBL). */
#include <string.h>

#include "crawler/read.h"
#include "lib/parse/xml.h"

/* "00050164-2024", "053732-2018" -> the page of the notice, which has no leading zeros. */
static struct mw_sv url_of(struct mw_arena *a, struct mw_sv number)
{
    while (number.n > 1 && number.p[0] == '0')
        number = mw_sv_sub(number, 1, number.n);
    return number.n > 0 ? mw_arena_printf(a, "https://ted.europa.eu/en/notice/-/detail/%.*s", MW_SV_ARG(number)) : MW_SV_NONE;
}

static struct mw_sv lower(struct mw_arena *a, struct mw_sv s)
{
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    for (size_t i = 0; i < s.n; i++)
        mw_str_addc(&out, (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + ('a' - 'A') : s.p[i]));
    return mw_arena_copy(a, mw_sv_trim(mw_str_sv(&out)));
}

/* DEU and DE are de; of other languages what they are called. */
static struct mw_sv language_of(struct mw_arena *a, struct mw_sv code)
{
    struct mw_sv low = lower(a, code);
    return mw_sv_eqz(low, "deu") ? MW_SV("de") : mw_sv_eqz(low, "eng") ? MW_SV("en") : low;
}

/* Paragraphs on lines of their own; without any, the text as it stands. */
static struct mw_sv paragraphs(struct mw_arena *a, const struct mw_xml *x)
{
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    const struct mw_xml *p = mw_xml_each(x, x, "P");
    if (p == NULL)
        return x != NULL ? mw_xml_text(a, x) : MW_SV("");
    for (; p != NULL; p = mw_xml_each(x, p, "P")) {
        struct mw_sv text = mw_xml_text(a, p);
        if (text.n > 0 && out.n > 0)
            mw_str_addc(&out, '\n');
        mw_str_add(&out, text);
    }
    return mw_arena_copy(a, mw_str_sv(&out));
}

static bool seq_text(struct mw_arena *a, struct mw_node *seq, struct mw_sv text)
{
    for (size_t i = 0; seq != NULL && i < seq->n; i++)
        if (mw_sv_eq(seq->items[i]->text, text))
            return true;
    return text.n == 0 || mw_seq_add(a, seq, mw_new_text(a, text));
}

/* All different values of an attribute (or of the text, attribute NULL) of the elements of that name. */
static bool all_of(struct mw_arena *a, struct mw_notice *n, const char *key, const struct mw_xml *root, const char *name, const char *attribute)
{
    struct mw_node *seq = mw_new_seq(a);
    for (const struct mw_xml *x = mw_xml_each(root, root, name); x != NULL; x = mw_xml_each(root, x, name))
        if (!seq_text(a, seq, attribute != NULL ? mw_sv_trim(mw_xml_attr(x, attribute)) : mw_xml_text(a, x)))
            return false;
    return mw_extra_put(a, n, key, seq);
}

static bool put_value(struct mw_arena *a, struct mw_notice *n, const struct mw_xml *value, struct mw_sv currency)
{
    struct mw_node *map = mw_new_map(a);
    return value == NULL || (mw_map_text(a, map, "amount", mw_xml_text(a, value)) && mw_map_text(a, map, "currency", currency) &&
                             mw_extra_put(a, n, "value", map));
}

/* --- TED_EXPORT ---------------------------------------------------------------------------------------------------------------- */
/* The form in the notice's own language; a notice may hold up to 24. */
static const struct mw_xml *original_form(const struct mw_xml *root, struct mw_sv language)
{
    const struct mw_xml *section = mw_xml_child(root, "FORM_SECTION"), *first = mw_xml_child(section, NULL);
    for (const struct mw_xml *f = first; f != NULL; f = mw_xml_next(f, NULL))
        if (mw_sv_eqz(mw_xml_attr(f, "CATEGORY"), "ORIGINAL") && (language.n == 0 || mw_sv_eq(mw_xml_attr(f, "LG"), language)))
            return f;
    for (const struct mw_xml *f = first; f != NULL; f = mw_xml_next(f, NULL))
        if (mw_sv_eqz(mw_xml_attr(f, "CATEGORY"), "ORIGINAL"))
            return f;
    return first;
}

/* The generated title in a language: what the notice itself calls its subject may be missing (old forms, corrections). */
static struct mw_sv generated_title(struct mw_arena *a, const struct mw_xml *root, struct mw_sv language)
{
    const struct mw_xml *titles = mw_xml_path(root, "TRANSLATION_SECTION/ML_TITLES"), *found = mw_xml_child(titles, "ML_TI_DOC");
    for (const struct mw_xml *t = found; t != NULL; t = mw_xml_next(t, "ML_TI_DOC"))
        if (mw_sv_eq(mw_xml_attr(t, "LG"), language))
            found = t;
    return found != NULL ? paragraphs(a, mw_xml_child(found, "TI_TEXT")) : MW_SV("");
}

static bool old_sections(struct mw_arena *a, struct mw_notice *n, const struct mw_xml *form)
{
    static const struct { const char *name, *heading; } TEXTS[] = {
        { "SHORT_DESCR", "Beschreibung" }, { "SHORT_CONTRACT_DESCRIPTION", "Beschreibung" }, { "TOTAL_QUANTITY_OR_SCOPE", "Umfang" },
        { "LOT_DESCRIPTION", "Los" },      { "EU_PROGR_RELATED", "EU-Mittel" },              { "RELATES_TO_EU_PROJECT_YES", "EU-Mittel" },
        { "INFO_ADD", "Zusätzliche Angaben" }, { "ADDITIONAL_INFORMATION", "Zusätzliche Angaben" },
    };
    struct mw_sv lot = MW_SV_NONE;
    for (const struct mw_xml *x = mw_xml_each(form, form, NULL); x != NULL; x = mw_xml_each(form, x, NULL)) {
        if (mw_xml_is(x, "TITLE") && mw_xml_is(x->parent, "OBJECT_DESCR"))
            lot = paragraphs(a, x);
        for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
            if (!mw_xml_is(x, TEXTS[i].name))
                continue;
            bool of_lot = mw_xml_is(x->parent, "OBJECT_DESCR") && lot.n > 0 && i == 0;
            if (!mw_section_add(a, n, of_lot ? lot : mw_sv(TEXTS[i].heading), paragraphs(a, x), false))
                return false;
        }
    }
    return true;
}

static const struct mw_xml *first_of(const struct mw_xml *root, const char *const *names)
{
    const struct mw_xml *found = NULL;
    for (; *names != NULL && found == NULL; names++)
        found = mw_xml_each(root, root, *names);
    return found;
}

static bool old_buyer(struct mw_arena *a, struct mw_notice *n, const struct mw_xml *form)
{
    static const char *const BODIES[] = { "ADDRESS_CONTRACTING_BODY", "CA_CE_CONCESSIONAIRE_PROFILE", "ORGANISATION", NULL };
    const struct mw_xml *body = first_of(form, BODIES);
    struct mw_node *map = mw_new_map(a);
    body = body != NULL ? body : form;
    return mw_map_text(a, map, "name", mw_xml_text(a, mw_xml_each(body, body, "OFFICIALNAME"))) &&
           mw_map_text(a, map, "zip", mw_xml_text(a, mw_xml_each(body, body, "POSTAL_CODE"))) &&
           mw_map_text(a, map, "town", mw_xml_text(a, mw_xml_each(body, body, "TOWN"))) && mw_extra_put(a, n, "buyer", map);
}

/* "no" or what the buyer typed; nothing where the form does not ask. */
static struct mw_sv old_eu_funds(struct mw_arena *a, const struct mw_xml *form)
{
    static const char *const YES[] = { "EU_PROGR_RELATED", "RELATES_TO_EU_PROJECT_YES", NULL }, *const NO[] = { "NO_EU_PROGR_RELATED", "RELATES_TO_EU_PROJECT_NO", NULL };
    const struct mw_xml *yes = first_of(form, YES);
    struct mw_sv text = paragraphs(a, yes);
    return yes != NULL ? (text.n > 0 ? text : MW_SV("yes")) : first_of(form, NO) != NULL ? MW_SV("no") : MW_SV_NONE;
}

static bool old_dates(struct mw_arena *a, struct mw_notice *n, const struct mw_xml *root, const struct mw_xml *form)
{
    static const char *const RUNS[] = { "DATE_START", "DATE_END", "DURATION" }, *const KEYS[] = { "starts", "ends", "duration" };
    bool ok = mw_days_add(a, &n->deadlines, NULL, mw_xml_text(a, mw_xml_each(form, form, "DATE_RECEIPT_TENDERS"))) &&
              mw_days_add(a, &n->deadlines, NULL, mw_xml_text(a, mw_xml_path(root, "CODED_DATA_SECTION/CODIF_DATA/DT_DATE_FOR_SUBMISSION")));
    for (size_t i = 0; i < 3 && ok; i++) {
        const struct mw_xml *x = mw_xml_each(form, form, RUNS[i]);
        struct mw_sv text = mw_xml_text(a, x), unit = mw_xml_attr(x, "TYPE");
        if (unit.n > 0)
            text = mw_arena_printf(a, "%.*s %.*s", MW_SV_ARG(text), MW_SV_ARG(unit));
        ok = mw_extra_text(a, n, KEYS[i], text);
    }
    return ok;
}

static bool old_notice(struct mw_arena *a, const struct mw_xml *root, struct mw_notice *n)
{
    static const char *const TITLES[] = { "TITLE", "TITLE_CONTRACT", "TITLE_DESIGN_CONTACT_NOTICE", NULL };
    static const char *const VALUES[] = { "VAL_ESTIMATED_TOTAL", "VAL_TOTAL", "VAL_OBJECT", NULL };
    const struct mw_xml *data = mw_xml_path(root, "CODED_DATA_SECTION/NOTICE_DATA");
    struct mw_sv language = mw_xml_text(a, mw_xml_child(data, "LG_ORIG"));
    language = mw_sv_sub(language, 0, 2); /* "DE FR": the first counts */
    const struct mw_xml *form = original_form(root, language), *value = NULL;
    if (form == NULL)
        form = root;
    const struct mw_xml *object = mw_xml_each(form, form, "OBJECT_DESCR"); /* where it is done, not where the buyer sits */
    if (object != NULL && mw_xml_each(object, object, "NUTS") == NULL)
        object = NULL;
    object = object != NULL ? object->parent : NULL;
    const struct mw_xml *codif = mw_xml_path(root, "CODED_DATA_SECTION/CODIF_DATA");
    n->url = url_of(a, mw_xml_attr(root, "DOC_ID"));
    n->language = lower(a, language);
    n->title = paragraphs(a, first_of(form, TITLES));
    if (n->title.n == 0)
        n->title = generated_title(a, root, language);
    value = first_of(form, VALUES);
    return old_sections(a, n, form) && old_buyer(a, n, form) && mw_extra_text(a, n, "eu_funds", old_eu_funds(a, form)) && old_dates(a, n, root, form) &&
           put_value(a, n, value, mw_xml_attr(value, "CURRENCY")) && all_of(a, n, "cpv", form, "CPV_CODE", "CODE") &&
           all_of(a, n, "nuts", object != NULL ? object : form, "NUTS", "CODE") &&
           mw_extra_text(a, n, "document_type", mw_xml_text(a, mw_xml_child(codif, "TD_DOCUMENT_TYPE"))) &&
           mw_extra_text(a, n, "published", mw_xml_text(a, mw_xml_path(root, "CODED_DATA_SECTION/REF_OJS/DATE_PUB")));
}

/* --- eForms ---------------------------------------------------------------------------------------------------------------------- */
/* Of the children of that name the one in the notice's language, else the first. */
static struct mw_sv in_language(struct mw_arena *a, const struct mw_xml *x, const char *name, struct mw_sv language)
{
    const struct mw_xml *found = mw_xml_child(x, name);
    for (const struct mw_xml *c = found; c != NULL; c = mw_xml_next(c, name))
        if (mw_sv_ieq(mw_xml_attr(c, "languageID"), language))
            return mw_xml_text(a, c);
    return mw_xml_text(a, found);
}

static const struct mw_xml *organisation(struct mw_arena *a, const struct mw_xml *root, struct mw_sv id)
{
    for (const struct mw_xml *o = mw_xml_each(root, root, "Company"); o != NULL; o = mw_xml_each(root, o, "Company"))
        if (mw_sv_eq(mw_xml_text(a, mw_xml_path(o, "PartyIdentification/ID")), id))
            return o;
    return NULL;
}

static bool new_buyer(struct mw_arena *a, struct mw_notice *n, const struct mw_xml *root, struct mw_sv language)
{
    const struct mw_xml *party = mw_xml_path(root, "ContractingParty/Party/PartyIdentification/ID");
    const struct mw_xml *company = organisation(a, root, mw_xml_text(a, party));
    struct mw_node *map = mw_new_map(a);
    struct mw_sv name = MW_SV("");
    for (const struct mw_xml *p = mw_xml_child(company, "PartyName"); p != NULL; p = mw_xml_next(p, "PartyName"))
        if (name.n == 0 || mw_sv_ieq(mw_xml_attr(mw_xml_child(p, "Name"), "languageID"), language))
            name = mw_xml_text(a, mw_xml_child(p, "Name"));
    return mw_map_text(a, map, "name", name) && mw_map_text(a, map, "zip", mw_xml_text(a, mw_xml_path(company, "PostalAddress/PostalZone"))) &&
           mw_map_text(a, map, "town", mw_xml_text(a, mw_xml_path(company, "PostalAddress/CityName"))) && mw_extra_put(a, n, "buyer", map);
}

static bool new_eu_funds(struct mw_arena *a, struct mw_notice *n, const struct mw_xml *root)
{
    struct mw_node *programmes = mw_new_seq(a);
    struct mw_sv funded = MW_SV_NONE;
    for (const struct mw_xml *c = mw_xml_each(root, root, "FundingProgramCode"); c != NULL; c = mw_xml_each(root, c, "FundingProgramCode")) {
        struct mw_sv code = mw_xml_text(a, c);
        bool whether = mw_sv_eqz(mw_xml_attr(c, "listName"), "eu-funded"); /* BT-60; else the programme, BT-7220 */
        if (whether && (funded.n == 0 || mw_sv_eqz(code, "eu-funds")))
            funded = mw_sv_eqz(code, "eu-funds") ? MW_SV("yes") : MW_SV("no");
        if (!whether && !seq_text(a, programmes, code))
            return false;
    }
    for (const struct mw_xml *f = mw_xml_each(root, root, "Funding"); f != NULL; f = mw_xml_each(root, f, "Funding"))
        if (!mw_section_add(a, n, MW_SV("EU-Mittel"), mw_xml_text(a, mw_xml_child(f, "Description")), false) ||
            !seq_text(a, programmes, mw_xml_text(a, mw_xml_child(f, "FinancingIdentifier"))))
            return false;
    return mw_extra_text(a, n, "eu_funds", funded) && mw_extra_put(a, n, "eu_programmes", programmes);
}

static bool new_lots(struct mw_arena *a, struct mw_notice *n, const struct mw_xml *root, struct mw_sv language)
{
    for (const struct mw_xml *lot = mw_xml_child(root, "ProcurementProjectLot"); lot != NULL; lot = mw_xml_next(lot, "ProcurementProjectLot")) {
        const struct mw_xml *project = mw_xml_child(lot, "ProcurementProject");
        const struct mw_xml *ends = mw_xml_each(lot, lot, "TenderSubmissionDeadlinePeriod");
        if (!mw_section_add(a, n, in_language(a, project, "Name", language), in_language(a, project, "Description", language), false) ||
            !mw_days_add(a, &n->deadlines, NULL, mw_xml_text(a, mw_xml_child(ends, "EndDate"))))
            return false;
    }
    return true;
}

static bool new_notice(struct mw_arena *a, const struct mw_xml *root, struct mw_notice *n)
{
    const struct mw_xml *project = mw_xml_child(root, "ProcurementProject");
    const struct mw_xml *published = mw_xml_each(root, root, "NoticePublicationID");
    const struct mw_xml *value = mw_xml_each(root, root, "EstimatedOverallContractAmount");
    struct mw_sv language = mw_xml_text(a, mw_xml_child(root, "NoticeLanguageCode"));
    if (value == NULL)
        value = mw_xml_path(mw_xml_each(root, root, "NoticeResult"), "TotalAmount");
    n->url = url_of(a, mw_xml_text(a, published != NULL ? published : mw_xml_child(root, "ID")));
    n->language = language_of(a, language);
    n->title = in_language(a, project, "Name", language);
    if (n->title.n == 0) /* notices without a project of their own: that of the first lot */
        n->title = in_language(a, mw_xml_path(root, "ProcurementProjectLot/ProcurementProject"), "Name", language);
    return mw_section_add(a, n, MW_SV("Beschreibung"), in_language(a, project, "Description", language), false) && new_lots(a, n, root, language) &&
           new_buyer(a, n, root, language) && new_eu_funds(a, n, root) && put_value(a, n, value, mw_xml_attr(value, "currencyID")) &&
           all_of(a, n, "cpv", root, "ItemClassificationCode", NULL) && all_of(a, n, "nuts", root, "CountrySubentityCode", NULL) &&
           mw_extra_text(a, n, "document_type", root->name) &&
           mw_extra_text(a, n, "published", mw_xml_text(a, mw_xml_each(root, root, "PublicationDate")));
}

enum mw_rc mw_read_ted(struct mw_reading *x)
{
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    struct mw_notice n = { .opens = MW_DAY_NONE };
    struct mw_xml *root;
    struct mw_sv bytes;

    if (a == NULL)
        return mw_nomem(x->err);
    enum mw_rc rc = mw_resource_bytes(x, a, MW_XML_MAX, &bytes);
    if (rc == MW_OK)
        rc = mw_parse_xml(x->r->parser, a, bytes, x->res->charset, &root, x->err);
    if (rc != MW_OK)
        return rc;
    bool old = mw_xml_is(root, "TED_EXPORT");
    if (!old && !mw_sv_ends(root->name, MW_SV("Notice")))
        return mw_fail(x->err, MW_PARSE, "This is no notice of TED: it begins with <%.*s>.", MW_SV_ARG(root->name));
    bool ok = (old ? old_notice(a, root, &n) : new_notice(a, root, &n)) && mw_extra_text(a, &n, "about", MW_SV("tender"));
    return ok ? mw_emit(x, a, &n) : mw_nomem(x->err);
}
