/* TED_EXPORT: the form in the notice's own language, walked in its order. */
#include "intake/ted.h"

#include <string.h>

struct walk {
    struct mw_paper *out;
    struct mw_arena *a;
    const struct mw_rules *rules;
    unsigned number; /* of the last block that began */
    bool failed;
};

bool mw_ted_add(struct mw_paper *out, struct mw_arena *a, const char *block, unsigned number, const char *key, struct mw_sv value)
{
    struct mw_form_field *f = value.n > 0 ? mw_list_add(a, &out->fields, sizeof *f) : NULL;
    if (value.n == 0)
        return true;
    if (f != NULL)
        *f = (struct mw_form_field){ mw_arena_copy(a, mw_sv(block)), number, mw_arena_copy(a, mw_sv(key)), value, value };
    return f != NULL;
}

/* Paragraphs on lines of their own; without any, the text as it stands. */
static struct mw_sv text_of(struct mw_arena *a, const struct mw_xml *x)
{
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    const struct mw_xml *p = mw_xml_each(x, x, "P");
    if (p == NULL)
        return mw_xml_text(a, x);
    for (; p != NULL; p = mw_xml_each(x, p, "P")) {
        struct mw_sv text = mw_xml_text(a, p);
        if (text.n > 0 && out.n > 0)
            mw_str_addc(&out, '\n');
        mw_str_add(&out, text);
    }
    return mw_arena_copy(a, mw_str_sv(&out));
}

/* <DATE_START>2018-07-01</...>, or <START_DATE> with DAY, MONTH and YEAR. */
static struct mw_sv date_of(struct mw_arena *a, const struct mw_xml *x)
{
    const struct mw_xml *day = mw_xml_child(x, "DAY"), *month = mw_xml_child(x, "MONTH"), *year = mw_xml_child(x, "YEAR");
    if (day == NULL || month == NULL || year == NULL)
        return mw_xml_text(a, x);
    return mw_arena_printf(a, "%.*s.%.*s.%.*s", MW_SV_ARG(mw_xml_text(a, day)), MW_SV_ARG(mw_xml_text(a, month)), MW_SV_ARG(mw_xml_text(a, year)));
}

/* A duration counts in days, months or years; whole months are kept. */
static struct mw_sv months_of(struct mw_arena *a, const struct mw_xml *x)
{
    struct mw_sv unit = mw_xml_attr(x, "TYPE"), text = mw_xml_text(a, x);
    int64_t n = 0;
    if (mw_sv_eqz(unit, "DAY") || !mw_sv_int(text, &n))
        return MW_SV("");
    return mw_sv_eqz(unit, "YEAR") ? mw_arena_printf(a, "%lld", (long long)n * 12) : text;
}

static struct mw_sv value_of(struct mw_arena *a, const struct mw_xml *x, struct mw_sv key)
{
    struct mw_sv attribute = MW_SV_NONE, currency = mw_xml_attr(x, "CURRENCY");
    if (mw_sv_eqz(key, "nuts") || mw_sv_eqz(key, "cpv"))
        attribute = mw_xml_attr(x, "CODE");
    else if (mw_sv_eqz(key, "country") || mw_sv_eqz(key, "authority"))
        attribute = mw_xml_attr(x, "VALUE");
    if (attribute.n > 0)
        return attribute;
    if (mw_sv_eqz(key, "months"))
        return months_of(a, x);
    if (mw_sv_eqz(key, "from") || mw_sv_eqz(key, "to") || mw_sv_eqz(key, "contract-day"))
        return date_of(a, x);
    if (currency.n > 0) {
        const struct mw_xml *low = mw_xml_child(x, "LOW");
        return mw_arena_printf(a, "%.*s %.*s", MW_SV_ARG(mw_xml_text(a, low != NULL ? low : x)), MW_SV_ARG(currency));
    }
    return text_of(a, x);
}

static void add_field(struct walk *w, const struct mw_xml *x, const char *block, unsigned number, struct mw_sv key)
{
    struct mw_sv value = value_of(w->a, x, key);
    if (mw_sv_eqz(key, "no-lots"))
        w->failed = w->failed || !mw_ted_add(w->out, w->a, block, number, "lots", MW_SV("nein"));
    else
        w->failed = w->failed || value.p == NULL || !mw_ted_add(w->out, w->a, block, number, mw_arena_z(w->a, key), value);
    if (!w->failed && value.n > 0 && mw_xml_attr(x, "CURRENCY").n > 0 && !mw_sv_eqz(key, "no-lots")) { /* the quote is the bare number */
        struct mw_form_field *f = MW_AT(w->out->fields, struct mw_form_field, w->out->fields.n - 1);
        f->quote = mw_sv_sub(f->value, 0, f->value.n - mw_xml_attr(x, "CURRENCY").n - 1);
    }
}

/* Depth is bounded by the reader of XML (256). */
static void visit(struct walk *w, const struct mw_xml *x, const char *block, unsigned number)
{
    for (const struct mw_xml *c = mw_xml_child(x, NULL); c != NULL && !w->failed; c = mw_xml_next(c, NULL)) {
        struct mw_sv begins = mw_rules_lookup(w->rules, "xml-blocks", c->name), key = mw_rules_lookup(w->rules, "xml-fields", c->name);
        if (begins.p != NULL)
            visit(w, c, mw_arena_z(w->a, begins), ++w->number);
        else if (key.p != NULL)
            add_field(w, c, block, number, key);
        else
            visit(w, c, block, number);
    }
}

static const struct mw_xml *original_form(const struct mw_xml *root)
{
    const struct mw_xml *first = mw_xml_child(mw_xml_child(root, "FORM_SECTION"), NULL), *found = NULL;
    for (const struct mw_xml *f = first; f != NULL; f = mw_xml_next(f, NULL)) {
        bool original = mw_sv_eqz(mw_xml_attr(f, "CATEGORY"), "ORIGINAL");
        if (original && (found == NULL || mw_sv_eqz(mw_xml_attr(f, "LG"), "DE"))) /* of several languages German */
            found = f;
    }
    return found != NULL ? found : first;
}

bool mw_ted_old(struct mw_paper *out, struct mw_arena *a, const struct mw_rules *rules, const struct mw_xml *root)
{
    struct walk w = { out, a, rules, 0, false };
    const struct mw_xml *form = original_form(root);
    struct mw_sv code = mw_xml_attr(mw_xml_path(root, "CODED_DATA_SECTION/CODIF_DATA/TD_DOCUMENT_TYPE"), "CODE");
    struct mw_sv kind = mw_rules_lookup(rules, "xml-documents", code);
    if (form == NULL)
        return true;
    if (kind.p != NULL)
        w.failed = !mw_ted_add(out, a, "head", 0, "kind", kind);
    visit(&w, form, "head", 0);
    return !w.failed;
}
