/* Reads config/forms. */
#include "lib/model/form.h"

#include <string.h>
#include <unistd.h>

#include "lib/core/file.h"
#include "lib/model/terms.h"

static const struct mw_field POSITION_FIELDS[] = {
    { MW_PLACE(mw_form_position, pos) },
    { MW_FIELD(mw_form_position, "code", MW_T_TEXT, code), .needed = true },
    { MW_FIELD(mw_form_position, "de", MW_T_TEXT, label.de), .needed = true },
    { MW_FIELD(mw_form_position, "en", MW_T_TEXT, label.en), .needed = true },
    { MW_FIELD(mw_form_position, "categories", MW_T_LIST, categories), .item = MW_T_TEXT },
    { MW_FIELD(mw_form_position, "groups", MW_T_LIST, groups), .item = MW_T_TEXT },
    { MW_FIELD(mw_form_position, "sum_of", MW_T_LIST, sum_of), .item = MW_T_TEXT },
    { MW_FIELD(mw_form_position, "of_grant", MW_T_SHARE, of_grant) },
};
static const struct mw_schema POSITION = MW_SCHEMA("position", mw_form_position, POSITION_FIELDS);
static const struct mw_field TEXT_FIELDS[] = {
    { MW_PLACE(mw_form_text, pos) },
    { MW_FIELD(mw_form_text, "key", MW_T_TEXT, key), .needed = true },
    { MW_FIELD(mw_form_text, "de", MW_T_TEXT, label.de), .needed = true },
    { MW_FIELD(mw_form_text, "en", MW_T_TEXT, label.en), .needed = true },
    { MW_FIELD(mw_form_text, "max", MW_T_INT, max) },
    { MW_FIELD(mw_form_text, "needed", MW_T_TRI, needed) },
};
static const struct mw_schema TEXT = MW_SCHEMA("field of a form", mw_form_text, TEXT_FIELDS);
static const struct mw_field FORM_FIELDS[] = {
    { MW_PLACE(mw_form, pos) },
    { MW_FIELD(mw_form, "form", MW_T_TEXT, id), .needed = true },
    { MW_FIELD(mw_form, "title", MW_T_RECORD, title), .sub = &MW_WORDS, .needed = true },
    { MW_FIELD(mw_form, "only_eligible", MW_T_TRI, only_eligible) },
    { MW_FIELD(mw_form, "positions", MW_T_LIST, positions), .item = MW_T_RECORD, .sub = &POSITION, .needed = true },
    { MW_FIELD(mw_form, "texts", MW_T_LIST, texts), .item = MW_T_RECORD, .sub = &TEXT },
    { MW_FIELD(mw_form, "sources", MW_T_LIST, sources), .item = MW_T_RECORD, .sub = &MW_TERM_SOURCE, .needed = true },
};
static const struct mw_schema FORM = MW_SCHEMA("form", mw_form, FORM_FIELDS);

/* Does the code stand among the first n positions? */
static bool stands_before(const struct mw_form *f, struct mw_sv code, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (mw_sv_eq(MW_AT(f->positions, struct mw_form_position, i)->code, code))
            return true;
    return false;
}

enum mw_rc mw_form_read(struct mw_form *out, struct mw_arena *a, const struct mw_node *map, struct mw_diags *diags)
{
    size_t errors = diags->errors;

    mw_schema_read(&FORM, map, out, a, diags);
    for (size_t i = 0; i < out->positions.n; i++) {
        const struct mw_form_position *p = MW_AT(out->positions, struct mw_form_position, i);
        if (p->code.n > 0 && stands_before(out, p->code, i))
            mw_diag_add(diags, MW_ERROR, &p->pos, "id-twice", "The id \"%.*s\" is used twice.", MW_SV_ARG(p->code));
        for (size_t k = 0; k < p->sum_of.n; k++)
            if (!stands_before(out, *MW_AT(p->sum_of, struct mw_sv, k), i))
                mw_diag_add(diags, MW_ERROR, &p->pos, "no-position", "Position \"%.*s\" sums up \"%.*s\", which does not stand before it.",
                            MW_SV_ARG(p->code), MW_SV_ARG(*MW_AT(p->sum_of, struct mw_sv, k)));
    }
    return diags->errors == errors ? MW_OK : MW_INVALID;
}

enum mw_rc mw_form_load(struct mw_form *out, struct mw_arena *a, const char *path, struct mw_diags *diags)
{
    struct mw_node *map = NULL;
    enum mw_rc rc = mw_yaml_load(&map, a, path, diags);

    *out = (struct mw_form){ 0 };
    return rc == MW_OK ? mw_form_read(out, a, map, diags) : rc;
}

enum mw_rc mw_form_find(struct mw_form *out, struct mw_arena *a, const char *config_dir, const char *id, struct mw_diags *diags)
{
    struct mw_sv dir = mw_arena_printf(a, "%s/forms", config_dir), path;
    struct mw_list names = { 0 };
    const char **ids, *near;

    if (dir.p == NULL)
        return MW_NOMEM;
    if (mw_dir_list(&names, a, dir.p, ".yaml", NULL) != MW_OK)
        names = (struct mw_list){ 0 };
    if ((ids = mw_arena_array(a, names.n + 1, sizeof *ids)) == NULL)
        return MW_NOMEM;
    for (size_t i = 0; i < names.n; i++) {
        struct mw_sv name = *MW_AT(names, struct mw_sv, i);
        if ((ids[i] = mw_arena_z(a, mw_sv_sub(name, 0, name.n - strlen(".yaml")))) == NULL)
            return MW_NOMEM;
        if (strcmp(ids[i], id) != 0)
            continue;
        path = mw_arena_printf(a, "%s/%s.yaml", dir.p, id);
        return path.p == NULL ? MW_NOMEM : mw_form_load(out, a, path.p, diags);
    }
    MW_AUTO(mw_str_free) struct mw_str all = MW_STR_INIT;
    near = mw_nearest(mw_sv(id), ids, names.n);
    mw_add_names(&all, ids, names.n);
    mw_diag_add(diags, MW_ERROR, NULL, "no-form", near != NULL ? "There is no form \"%s\"; did you mean \"%s\"?" : "There is no form \"%s\". There are: %s.", id,
                near != NULL ? near : mw_str_z(&all));
    return MW_NOT_FOUND;
}
