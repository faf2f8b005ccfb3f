/* Fuzz target: any bytes as a file that people write: a profile, a project, terms, a tariff, a form, a register. The first byte chooses.
 * Every fault has a place in the file and a sentence; a tree's places lie in the text. */
#include "lib/core/node.h"
#include "lib/model/form.h"
#include "lib/model/project.h"
#include "lib/model/tariff.h"
#include "lib/model/terms.h"
#include "tests/fuzz/fuzz.h"

static void look_at(const struct mw_node *node, size_t size, unsigned depth)
{
    must(depth <= MW_DEPTH_MAX, "too deep");
    must(node->begin <= node->end && node->end <= size, "a node outside of the text");
    for (size_t i = 0; i < node->n; i++) {
        const struct mw_node *below = node->kind == MW_MAP ? node->pairs[i].value : node->kind == MW_SEQ ? node->items[i] : NULL;
        if (below != NULL)
            look_at(below, size, depth + 1);
    }
}

static void read_as(unsigned what, const struct mw_node *node, struct mw_arena *a, struct mw_diags *diags)
{
    union { struct mw_profile profile; struct mw_project project; struct mw_terms terms; struct mw_tariff tariff; struct mw_form form; } x;
    switch (what % 5) {
    case 0:
        if (mw_profile_read(&x.profile, a, node, "/nowhere", diags) == MW_OK) {
            MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
            mw_profile_write(&out, &x.profile);
            must(mw_str_ok(&out), "a profile that cannot be written");
        }
        break;
    case 1:
        (void)mw_project_read(&x.project, a, node, "/nowhere", diags);
        break;
    case 2:
        (void)mw_terms_read(&x.terms, a, node, diags);
        break;
    case 3:
        (void)mw_tariff_read(&x.tariff, a, node, diags);
        break;
    default:
        (void)mw_form_read(&x.form, a, node, diags);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(MW_DE);
    MW_AUTO(mw_arena_freep) struct mw_arena *a = mw_arena_new();
    unsigned what = choice(&data, &size);
    struct mw_node *node = NULL;
    enum mw_rc rc = mw_yaml_read(&node, a, "file.yaml", text_of(data, size), &diags);

    must(rc == MW_OK || (rc == MW_INVALID && diags.errors > 0), "refused without a word");
    must(rc != MW_OK || node != NULL, "no tree");
    if (node != NULL) {
        look_at(node, size, 0);
        read_as(what, node, a, &diags);
    }
    for (size_t i = 0; i < diags.n; i++)
        must(diags.items[i].msg != NULL && diags.items[i].msg[0] != '\0' && mw_utf8_invalid_at(mw_sv(diags.items[i].msg)) == SIZE_MAX, "no sentence");
    return 0;
}
