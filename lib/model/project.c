/* Reads project files (FORMATS.md section 5): the schema here, what a schema cannot say in project_check.c. */
#include "lib/model/project.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/core/file.h"
#include "lib/model/project_check.h"

const char *const MW_SOURCE_KINDS[MW_SOURCE_N + 1] = { "public", "third", "revenue", "own", "fictive", "grant", NULL };
const char *const MW_PROJECT_STATUSES[MW_P_N + 1] = { "idea",     "draft",   "submitted", "approved",
                                                      "rejected", "running", "closed",    NULL };
static const char *const FILE_KINDS[] = { "public", "third", "revenue", "own", "fictive", NULL };
static const char *const OF[] = { "own", "cost", NULL };
static const char *const KEYS[] = { "equal", "population", "base+population", "weights", NULL };
static const char *const HAVE[] = { "present", "missing", "not_needed", NULL };
#define TEXT_FILE_MAX ((size_t)256 << 10)

struct span {
    struct mw_pos pos;
    struct mw_day from, to;
};
struct file_cost {
    struct mw_cost c;
    struct mw_list years; /* struct mw_entry */
    struct mw_pos amount_pos, price_pos, years_pos;
};
struct file_source {
    struct mw_source s;
    struct mw_list years;
};
struct preparation {
    struct mw_day deadline;
    struct mw_pos deadline_pos;
    struct mw_list steps;
};
struct file_project {
    struct mw_project p;
    const struct mw_node *profile, *input_tax;
    struct mw_sv programme;
    struct mw_list programmes, costs, financing, texts;
    struct span period;
    struct preparation preparation;
};

static const struct mw_field SPAN_FIELDS[] = {
    { MW_PLACE(span, pos) },
    { MW_FIELD(span, "from", MW_T_DAY, from), .needed = true },
    { MW_FIELD(span, "to", MW_T_DAY, to), .needed = true },
};
static const struct mw_schema SPAN = MW_SCHEMA("period", span, SPAN_FIELDS);
static const struct mw_field PERSONNEL_FIELDS[] = {
    { MW_PLACE(mw_personnel, pos) },
    { MW_FIELD(mw_personnel, "tariff", MW_T_TEXT, tariff), .needed = true },
    { MW_FIELD(mw_personnel, "group", MW_T_TEXT, group), .needed = true },
    { MW_FIELD(mw_personnel, "step", MW_T_INT, step), .needed = true },
    { MW_FIELD(mw_personnel, "step_since", MW_T_DAY, step_since) },
    { MW_FIELD(mw_personnel, "fte", MW_T_SHARE, fte) },
    { MW_FIELD(mw_personnel, "from", MW_T_DAY, from) },
    { MW_FIELD(mw_personnel, "to", MW_T_DAY, to) },
    { MW_FIELD(mw_personnel, "employer_rate", MW_T_SHARE, employer_rate) },
};
static const struct mw_schema PERSONNEL = MW_SCHEMA("personnel", mw_personnel, PERSONNEL_FIELDS);
static const struct mw_field COST_FIELDS[] = {
    { MW_PLACE(file_cost, c.pos) },
    { MW_FIELD(file_cost, "id", MW_T_TEXT, c.id), .needed = true },
    { MW_FIELD(file_cost, "label", MW_T_TEXT, c.label) },
    { MW_FIELD(file_cost, "category", MW_T_TEXT, c.category), .needed = true },
    { MW_FIELD(file_cost, "amount", MW_T_EUR, c.amount), .pos_offset = offsetof(struct file_cost, amount_pos) },
    { MW_FIELD(file_cost, "vat", MW_T_SHARE, c.vat) },
    { MW_FIELD(file_cost, "quantity", MW_T_QUANTITY, c.quantity) },
    { MW_FIELD(file_cost, "unit", MW_T_TEXT, c.unit) },
    { MW_FIELD(file_cost, "price", MW_T_EUR, c.price), .pos_offset = offsetof(struct file_cost, price_pos) },
    { MW_FIELD(file_cost, "years", MW_T_DICT, years), .item = MW_T_EUR, .pos_offset = offsetof(struct file_cost, years_pos) },
    { MW_FIELD(file_cost, "personnel", MW_T_RECORD_P, c.personnel), .sub = &PERSONNEL },
    { MW_FIELD(file_cost, "eligible", MW_T_TRI, c.eligible) },
    { MW_FIELD(file_cost, "why", MW_T_TEXT, c.why) },
    { MW_FIELD(file_cost, "partner", MW_T_TEXT, c.partner) },
    { MW_FIELD(file_cost, "area", MW_T_TEXT, c.area) },
    { MW_FIELD(file_cost, "task", MW_T_TEXT, c.task) },
    { MW_FIELD(file_cost, "from", MW_T_DAY, c.from) },
    { MW_FIELD(file_cost, "to", MW_T_DAY, c.to) },
    { MW_FIELD(file_cost, "note", MW_T_TEXT, c.note) },
};
static const struct mw_schema COST = MW_SCHEMA("cost row", file_cost, COST_FIELDS);
static const struct mw_field AREA_FIELDS[] = {
    { MW_PLACE(mw_area, pos) },
    { MW_FIELD(mw_area, "id", MW_T_TEXT, id), .needed = true },
    { MW_FIELD(mw_area, "label", MW_T_TEXT, label) },
};
static const struct mw_schema AREA = MW_SCHEMA("area", mw_area, AREA_FIELDS);
static const struct mw_field SOURCE_FIELDS[] = {
    { MW_PLACE(file_source, s.pos) },
    { MW_FIELD(file_source, "id", MW_T_TEXT, s.id), .needed = true },
    { MW_FIELD(file_source, "label", MW_T_TEXT, s.label) },
    { MW_FIELD(file_source, "kind", MW_T_WORD, s.kind), .words = FILE_KINDS, .needed = true },
    { MW_FIELD(file_source, "amount", MW_T_EUR, s.amount) },
    { MW_FIELD(file_source, "years", MW_T_DICT, years), .item = MW_T_EUR },
    { MW_FIELD(file_source, "status", MW_T_TEXT, s.status) },
};
static const struct mw_schema SOURCE = MW_SCHEMA("financing row", file_source, SOURCE_FIELDS);
static const struct mw_field SHARING_FIELDS[] = {
    { MW_PLACE(mw_sharing, pos) },
    { MW_FIELD(mw_sharing, "of", MW_T_WORD, of), .words = OF },
    { MW_FIELD(mw_sharing, "key", MW_T_WORD, key), .words = KEYS, .needed = true },
    { MW_FIELD(mw_sharing, "base", MW_T_SHARE, base) },
    { MW_FIELD(mw_sharing, "weights", MW_T_DICT, weights), .item = MW_T_QUANTITY },
};
static const struct mw_schema SHARING = MW_SCHEMA("sharing", mw_sharing, SHARING_FIELDS);
static const struct mw_field TASK_FIELDS[] = {
    { MW_PLACE(mw_task, pos) },
    { MW_FIELD(mw_task, "id", MW_T_TEXT, id), .needed = true },
    { MW_FIELD(mw_task, "label", MW_T_TEXT, label) },
    { MW_FIELD(mw_task, "from", MW_T_DAY, from) },
    { MW_FIELD(mw_task, "to", MW_T_DAY, to) },
    { MW_FIELD(mw_task, "takes", MW_T_DURATION, takes) },
    { MW_FIELD(mw_task, "after", MW_T_LIST, after), .item = MW_T_TEXT },
    { MW_FIELD(mw_task, "milestone", MW_T_TRI, milestone) },
    { MW_FIELD(mw_task, "effort", MW_T_QUANTITY, effort) },
    { MW_FIELD(mw_task, "efforts", MW_T_DICT, efforts), .item = MW_T_QUANTITY },
    { MW_FIELD(mw_task, "who", MW_T_TEXT, who) },
    { MW_FIELD(mw_task, "result", MW_T_TEXT, result) },
};
static const struct mw_schema TASK = MW_SCHEMA("task", mw_task, TASK_FIELDS);
static const struct mw_field STEP_FIELDS[] = {
    { MW_PLACE(mw_step, pos) },
    { MW_FIELD(mw_step, "id", MW_T_TEXT, id), .needed = true },
    { MW_FIELD(mw_step, "label", MW_T_TEXT, label) },
    { MW_FIELD(mw_step, "takes", MW_T_DURATION, takes) },
    { MW_FIELD(mw_step, "body", MW_T_TEXT, body) },
    { MW_FIELD(mw_step, "who", MW_T_TEXT, who) },
};
static const struct mw_schema STEP = MW_SCHEMA("preparation step", mw_step, STEP_FIELDS);
static const struct mw_field PREPARATION_FIELDS[] = {
    { MW_FIELD(preparation, "deadline", MW_T_DAY, deadline), .needed = true,
      .pos_offset = offsetof(struct preparation, deadline_pos) },
    { MW_FIELD(preparation, "steps", MW_T_LIST, steps), .item = MW_T_RECORD, .sub = &STEP },
};
static const struct mw_schema PREPARATION = MW_SCHEMA("preparation", preparation, PREPARATION_FIELDS);
static const struct mw_field BODY_FIELDS[] = {
    { MW_PLACE(mw_body, pos) },
    { MW_FIELD(mw_body, "id", MW_T_TEXT, id), .needed = true },
    { MW_FIELD(mw_body, "label", MW_T_TEXT, label) },
    { MW_FIELD(mw_body, "dates", MW_T_LIST, dates), .item = MW_T_DAY },
    { MW_FIELD(mw_body, "papers", MW_T_DURATION, papers) },
};
static const struct mw_schema BODY = MW_SCHEMA("body", mw_body, BODY_FIELDS);
static const struct mw_field COOPERATION_FIELDS[] = {
    { MW_PLACE(mw_cooperation, pos) },
    { MW_FIELD(mw_cooperation, "agreement", MW_T_TEXT, agreement) },
    { MW_FIELD(mw_cooperation, "term", MW_T_DURATION, term) },
    { MW_FIELD(mw_cooperation, "single_cost", MW_T_DICT, single_cost), .item = MW_T_EUR },
    { MW_FIELD(mw_cooperation, "joint_cost", MW_T_EUR, joint_cost) },
};
static const struct mw_schema COOPERATION = MW_SCHEMA("cooperation", mw_cooperation, COOPERATION_FIELDS);
static const struct mw_field ATTACHMENT_FIELDS[] = {
    { MW_PLACE(mw_attachment, pos) },
    { MW_FIELD(mw_attachment, "code", MW_T_TEXT, code), .needed = true },
    { MW_FIELD(mw_attachment, "status", MW_T_WORD, status), .words = HAVE },
    { MW_FIELD(mw_attachment, "file", MW_T_TEXT, file) },
    { MW_FIELD(mw_attachment, "who", MW_T_TEXT, who) },
    { MW_FIELD(mw_attachment, "until", MW_T_DAY, until) },
};
static const struct mw_schema ATTACHMENT = MW_SCHEMA("attachment", mw_attachment, ATTACHMENT_FIELDS);
static const struct mw_field AWARD_FIELDS[] = {
    { MW_PLACE(mw_award, pos) },
    { MW_FIELD(mw_award, "date", MW_T_DAY, date) },
    { MW_FIELD(mw_award, "eligible", MW_T_EUR, eligible) },
    { MW_FIELD(mw_award, "grant", MW_T_EUR, grant) },
    { MW_FIELD(mw_award, "public", MW_T_EUR, public_money) },
    { MW_FIELD(mw_award, "third", MW_T_EUR, third) },
    { MW_FIELD(mw_award, "revenue", MW_T_EUR, revenue) },
    { MW_FIELD(mw_award, "own", MW_T_EUR, own) },
    { MW_FIELD(mw_award, "categories", MW_T_DICT, categories), .item = MW_T_EUR },
};
static const struct mw_schema AWARD = MW_SCHEMA("award", mw_award, AWARD_FIELDS);
static const struct mw_field RECEIPT_FIELDS[] = {
    { MW_PLACE(mw_receipt, pos) },
    { MW_FIELD(mw_receipt, "date", MW_T_DAY, date), .needed = true },
    { MW_FIELD(mw_receipt, "amount", MW_T_EUR, amount) },
    { MW_FIELD(mw_receipt, "used_until", MW_T_DAY, used_until) },
};
static const struct mw_schema RECEIPT = MW_SCHEMA("payment received", mw_receipt, RECEIPT_FIELDS);
static const struct mw_field ACTUAL_FIELDS[] = {
    { MW_PLACE(mw_actual, pos) },
    { MW_FIELD(mw_actual, "categories", MW_T_DICT, categories), .item = MW_T_EUR },
    { MW_FIELD(mw_actual, "revenue", MW_T_EUR, revenue) },
    { MW_FIELD(mw_actual, "units", MW_T_QUANTITY, units) },
    { MW_FIELD(mw_actual, "received", MW_T_LIST, received), .item = MW_T_RECORD, .sub = &RECEIPT },
    { MW_FIELD(mw_actual, "misuse", MW_T_DAY, misuse) },
};
static const struct mw_schema ACTUAL = MW_SCHEMA("actual figures", mw_actual, ACTUAL_FIELDS);
static const struct mw_field AID_FIELDS[] = {
    { MW_PLACE(mw_aid_received, pos) },
    { MW_FIELD(mw_aid_received, "date", MW_T_DAY, date), .needed = true },
    { MW_FIELD(mw_aid_received, "amount", MW_T_EUR, amount), .needed = true },
    { MW_FIELD(mw_aid_received, "undertaking", MW_T_TEXT, undertaking) },
    { MW_FIELD(mw_aid_received, "funder", MW_T_TEXT, funder) },
};
static const struct mw_schema AID = MW_SCHEMA("aid received", mw_aid_received, AID_FIELDS);
static const struct mw_field PROJECT_FIELDS[] = {
    { MW_PLACE(file_project, p.pos) },
    { MW_FIELD(file_project, "project", MW_T_TEXT, p.id), .needed = true },
    { MW_FIELD(file_project, "title", MW_T_TEXT, p.title), .needed = true },
    { MW_FIELD(file_project, "profile", MW_T_NODE, profile), .needed = true },
    { MW_FIELD(file_project, "programme", MW_T_TEXT, programme),
      .pos_offset = offsetof(struct file_project, p.programmes_pos) },
    { MW_FIELD(file_project, "programmes", MW_T_LIST, programmes), .item = MW_T_TEXT,
      .pos_offset = offsetof(struct file_project, p.programmes_pos) },
    { MW_FIELD(file_project, "input_tax", MW_T_NODE, input_tax) },
    { MW_FIELD(file_project, "period", MW_T_RECORD, period), .sub = &SPAN, .needed = true },
    { MW_FIELD(file_project, "areas", MW_T_LIST, p.areas), .item = MW_T_RECORD, .sub = &AREA },
    { MW_FIELD(file_project, "costs", MW_T_LIST, costs), .item = MW_T_RECORD, .sub = &COST, .pos_offset = offsetof(struct file_project, p.costs_pos) },
    { MW_FIELD(file_project, "financing", MW_T_LIST, financing), .item = MW_T_RECORD, .sub = &SOURCE,
      .pos_offset = offsetof(struct file_project, p.financing_pos) },
    { MW_FIELD(file_project, "sharing", MW_T_RECORD, p.sharing), .sub = &SHARING },
    { MW_FIELD(file_project, "tasks", MW_T_LIST, p.tasks), .item = MW_T_RECORD, .sub = &TASK },
    { MW_FIELD(file_project, "preparation", MW_T_RECORD, preparation), .sub = &PREPARATION },
    { MW_FIELD(file_project, "bodies", MW_T_LIST, p.bodies), .item = MW_T_RECORD, .sub = &BODY },
    { MW_FIELD(file_project, "texts", MW_T_DICT, texts), .item = MW_T_TEXT },
    { MW_FIELD(file_project, "cooperation", MW_T_RECORD, p.cooperation), .sub = &COOPERATION },
    { MW_FIELD(file_project, "attachments", MW_T_LIST, p.attachments), .item = MW_T_RECORD, .sub = &ATTACHMENT },
    { MW_FIELD(file_project, "status", MW_T_WORD, p.status), .words = MW_PROJECT_STATUSES },
    { MW_FIELD(file_project, "undertaking", MW_T_TEXT, p.undertaking) },
    { MW_FIELD(file_project, "de_minimis", MW_T_LIST, p.de_minimis), .item = MW_T_RECORD, .sub = &AID },
    { MW_FIELD(file_project, "award", MW_T_RECORD, p.award), .sub = &AWARD },
    { MW_FIELD(file_project, "actual", MW_T_RECORD, p.actual), .sub = &ACTUAL },
};
static const struct mw_schema PROJECT = MW_SCHEMA("project", file_project, PROJECT_FIELDS);

/* --- values that the schema leaves as they are -------------------------------------------------------------------- */
static int by_year(const void *x, const void *y)
{
    return ((const struct mw_year_sum *)x)->year - ((const struct mw_year_sum *)y)->year;
}

/* A dict of years as a list, ascending; the sum goes to *sum. */
static bool read_years(struct mw_list *out, struct mw_eur *sum, const struct mw_list *dict, struct mw_arena *a,
                       struct mw_diags *diags)
{
    *out = (struct mw_list){ 0 };
    *sum = (struct mw_eur){ 0 };
    for (size_t i = 0; i < dict->n; i++) {
        const struct mw_entry *e = MW_AT(*dict, struct mw_entry, i);
        struct mw_year_sum *y;
        int64_t year = 0;
        if (!mw_sv_int(e->key, &year) || year < MW_YEAR_MIN || year > MW_YEAR_MAX) {
            mw_diag_add(diags, MW_ERROR, &e->pos, "bad-year", "\"%.*s\" is no year from %d to %d.", MW_SV_ARG(e->key),
                        MW_YEAR_MIN, MW_YEAR_MAX);
            continue;
        }
        if ((y = mw_list_add(a, out, sizeof *y)) == NULL)
            return false;
        *y = (struct mw_year_sum){ (int)year, mw_eur_is(e->v.eur) ? e->v.eur : (struct mw_eur){ 0 }, e->pos };
        if (!mw_eur_add(sum, y->sum))
            mw_diag_add(diags, MW_ERROR, &e->pos, "too-large", "The sum of the years is too large.");
    }
    if (out->n > 1)
        qsort(out->items, out->n, sizeof(struct mw_year_sum), by_year);
    return true;
}

static void read_input_tax(struct mw_project *p, const struct mw_node *node, struct mw_diags *diags)
{
    p->input_tax = (struct mw_share){ 0, 1 };
    if (node == NULL || (node->kind == MW_SCALAR && mw_sv_eqz(node->text, "none")))
        return;
    p->input_tax = (struct mw_share){ 1, 1 };
    if (node->kind == MW_SCALAR && mw_sv_eqz(node->text, "full"))
        return;
    size_t before = diags->n;
    if (!mw_schema_value(MW_T_SHARE, NULL, node, &p->input_tax, diags)) {
        if (diags->n > before)
            mw_diag_cure(diags, &diags->items[diags->n - 1], "Write none, full, or the share of input tax that comes back.");
    } else if (mw_share_cmp(p->input_tax, (struct mw_share){ 1, 1 }) > 0)
        mw_diag_add(diags, MW_ERROR, &node->pos, "bad-share", "A share of more than 100 %% is not possible here.");
}

/* "Ziele des Vorhabens.docx": four words at most that end like a file of the office. Nobody means the name to stand in the paper. */
static bool names_office_file(struct mw_sv s)
{
    static const char *const ENDS[] = { ".docx", ".doc", ".odt", ".rtf", ".pdf", ".pages", ".html" };
    size_t words = 1;

    for (size_t i = 0; i < s.n; i++)
        words += s.p[i] == ' ' || s.p[i] == '\n' ? 1 : 0;
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS && words <= 4; i++)
        if (mw_sv_ends(s, mw_sv(ENDS[i])))
            return true;
    return false;
}

/* A text is the words themselves, or the name of a .txt or .md file beside the project: no other file is ever opened.
 */
static bool read_text(struct mw_text *t, const struct mw_entry *e, const char *dir, struct mw_arena *a,
                      struct mw_diags *diags)
{
    MW_AUTO(mw_err_clear) struct mw_err err = MW_ERR_INIT(diags->lang);
    struct mw_sv s = e->v.text, path;

    *t = (struct mw_text){ .pos = e->pos, .key = e->key, .text = s, .file = MW_SV_NONE };
    if (names_office_file(s)) {
        struct mw_diag *d = mw_diag_add(diags, MW_ERROR, &e->pos, "no-file", "No text is taken from the file \"%.*s\".", MW_SV_ARG(s));
        mw_diag_cure(diags, d, "Save the text as .txt or .md beside the project file, or write it here.");
        return true;
    }
    if (s.p == NULL || s.n > 100 || memchr(s.p, ' ', s.n) != NULL || memchr(s.p, '\n', s.n) != NULL ||
        memchr(s.p, '/', s.n) != NULL || !(mw_sv_ends(s, MW_SV(".txt")) || mw_sv_ends(s, MW_SV(".md"))))
        return true;
    t->file = s;
    path = mw_path_join(a, dir, s);
    if (path.p == NULL)
        return false;
    t->path = path;
    if (mw_file_read(&t->text, a, path.p, TEXT_FILE_MAX, &err) != MW_OK)
        mw_diag_add(diags, MW_ERROR, &e->pos, "no-file", "%s", err.msg);
    else if (mw_utf8_invalid_at(t->text) != SIZE_MAX)
        mw_diag_add(diags, MW_ERROR, &e->pos, "not-utf8", "The file \"%.*s\" is not UTF-8.", MW_SV_ARG(s));
    return true;
}

/* Whether the file of each attachment lies where the project may name files; it is not opened. */
static bool look_for_files(struct mw_project *p, const char *dir, struct mw_arena *a)
{
    for (size_t i = 0; i < p->attachments.n; i++) {
        struct mw_attachment *at = MW_AT(p->attachments, struct mw_attachment, i);
        struct mw_sv path = MW_SV_NONE;
        if (at->status != MW_PRESENT || at->file.n == 0)
            continue;
        if (mw_project_inside(at->file) && (path = mw_path_join(a, dir, at->file)).p == NULL)
            return false;
        at->lost = path.p == NULL || access(path.p, F_OK) != 0;
    }
    return true;
}

/* Has a fault been said at this place of the file? */
static bool said_at(const struct mw_diags *diags, const struct mw_pos *at)
{
    for (size_t i = diags->n; i-- > 0 && at->file != NULL;)
        if (diags->items[i].line == at->line && diags->items[i].col == at->col)
            return true;
    return false;
}

static bool read_rows(struct mw_project *p, const struct file_project *f, struct mw_arena *a, struct mw_diags *diags)
{
    struct mw_eur sum;

    p->costs = p->financing = p->texts = (struct mw_list){ 0 };
    for (size_t i = 0; i < f->costs.n; i++) {
        const struct file_cost *fc = MW_AT(f->costs, struct file_cost, i);
        struct mw_cost *c = mw_list_add(a, &p->costs, sizeof *c);
        if (c == NULL)
            return false;
        *c = fc->c;
        if (!read_years(&c->years, &sum, &fc->years, a, diags))
            return false;
        if (c->personnel != NULL && !mw_share_is(c->personnel->fte))
            c->personnel->fte = (struct mw_share){ 1, 1 };
        mw_project_check_cost(c, sum, said_at(diags, &fc->amount_pos) || said_at(diags, &fc->price_pos) || said_at(diags, &fc->years_pos),
                              diags);
    }
    for (size_t i = 0; i < f->financing.n; i++) {
        const struct file_source *fs = MW_AT(f->financing, struct file_source, i);
        struct mw_source *s = mw_list_add(a, &p->financing, sizeof *s);
        if (s == NULL)
            return false;
        *s = fs->s;
        if (!read_years(&s->years, &sum, &fs->years, a, diags))
            return false;
        mw_project_check_source(s, sum, diags);
    }
    return true;
}

bool mw_project_inside(struct mw_sv name)
{
    struct mw_sv part, rest = name;
    bool more = name.n > 0 && name.p[0] != '/';

    if (!more)
        return false;
    while (more) {
        more = mw_sv_cut(rest, '/', &part, &rest);
        if (mw_sv_eqz(part, ".."))
            return false;
    }
    return true;
}

static enum mw_rc read_profile(struct mw_project *p, const struct mw_node *node, const char *dir, struct mw_arena *a,
                               struct mw_diags *diags)
{
    struct mw_sv path;

    if (node == NULL)
        return MW_INVALID; /* said already: the key is missing */
    if (node->kind != MW_SCALAR)
        return mw_profile_read(&p->profile, a, node, dir, diags);
    if (!mw_project_inside(node->text)) {
        mw_diag_add(diags, MW_ERROR, &node->pos, "outside", "The profile \"%.*s\" must lie in the project's folder.",
                    MW_SV_ARG(node->text));
        return MW_INVALID;
    }
    path = mw_path_join(a, dir, node->text);
    return path.p == NULL ? MW_NOMEM : mw_profile_load(&p->profile, a, path.p, diags);
}

enum mw_rc mw_project_read(struct mw_project *out, struct mw_arena *a, const struct mw_node *map, const char *dir,
                           struct mw_diags *diags)
{
    struct file_project f;
    size_t errors = diags->errors;
    enum mw_rc rc;

    mw_schema_read(&PROJECT, map, &f, a, diags);
    *out = f.p;
    memset(&out->profile, 0, sizeof out->profile);
    out->programmes = f.programmes;
    if (f.programme.p != NULL) {
        struct mw_sv *id = mw_list_add(a, &out->programmes, sizeof *id);
        if (id == NULL)
            return MW_NOMEM;
        *id = f.programme;
        if (out->programmes.n > 1)
            mw_diag_add(diags, MW_ERROR, &out->programmes_pos, "programme-twice",
                        "A project has programme or programmes, not both.");
    }
    out->de_minimis_stated = mw_node_get(map, "de_minimis") != NULL;
    out->from = f.period.from;
    out->to = f.period.to;
    out->period_pos = f.period.pos;
    out->deadline = f.preparation.deadline;
    out->deadline_pos = f.preparation.deadline_pos;
    out->steps = f.preparation.steps;
    read_input_tax(out, f.input_tax, diags);
    rc = read_profile(out, f.profile, dir, a, diags);
    if (rc == MW_NOMEM || !read_rows(out, &f, a, diags) || !look_for_files(out, dir, a))
        return MW_NOMEM;
    for (size_t i = 0; i < f.texts.n; i++) {
        struct mw_text *t = mw_list_add(a, &out->texts, sizeof *t);
        if (t == NULL || !read_text(t, MW_AT(f.texts, struct mw_entry, i), dir, a, diags))
            return MW_NOMEM;
    }
    mw_project_check(out, a, diags);
    return diags->errors > errors ? MW_INVALID : rc;
}

enum mw_rc mw_project_load(struct mw_project *out, struct mw_arena *a, const char *path, struct mw_diags *diags)
{
    struct mw_node *map = NULL;
    enum mw_rc rc = mw_yaml_load(&map, a, path, diags);
    const char *dir = mw_path_dir(a, path);

    if (map == NULL)
        return rc;
    if (dir == NULL)
        return MW_NOMEM;
    enum mw_rc read = mw_project_read(out, a, map, dir, diags);
    return rc != MW_OK ? rc : read;
}

/* --- looking up --------------------------------------------------------------------------------------------------- */
const struct mw_task *mw_project_task(const struct mw_project *p, struct mw_sv id)
{
    size_t i = mw_project_task_index(p, id);
    return i != SIZE_MAX ? MW_AT(p->tasks, struct mw_task, i) : NULL;
}

size_t mw_project_task_index(const struct mw_project *p, struct mw_sv id)
{
    size_t low = 0, high = p->tasks_by_id.n;

    while (low < high) { /* the first of that id */
        size_t mid = low + (high - low) / 2;
        if (mw_sv_cmp(MW_AT(p->tasks_by_id, struct mw_task_ref, mid)->id, id) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == p->tasks_by_id.n || !mw_sv_eq(MW_AT(p->tasks_by_id, struct mw_task_ref, low)->id, id))
        return SIZE_MAX;
    return MW_AT(p->tasks_by_id, struct mw_task_ref, low)->index;
}

const struct mw_body *mw_project_body(const struct mw_project *p, struct mw_sv id)
{
    for (size_t i = 0; i < p->bodies.n; i++)
        if (mw_sv_eq(MW_AT(p->bodies, struct mw_body, i)->id, id))
            return MW_AT(p->bodies, struct mw_body, i);
    return NULL;
}

struct mw_sv mw_project_text(const struct mw_project *p, const char *key)
{
    for (size_t i = 0; i < p->texts.n; i++)
        if (mw_sv_eqz(MW_AT(p->texts, struct mw_text, i)->key, key))
            return MW_AT(p->texts, struct mw_text, i)->text;
    return MW_SV_NONE;
}
