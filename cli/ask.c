/* Near misses and questions in words; mittelweg match --ask: answers go into the profile file, which stays as it was otherwise. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/matching.h"
#include "intake/project.h"
#include "lib/core/file.h"
#include "lib/core/read.h"

void mw_cli_near_words(struct mw_str *out, struct mw_cli *cli, const struct mw_near_miss *near)
{
    MW_AUTO(mw_str_free) struct mw_str sum = MW_STR_INIT;
    switch (near->change) {
    case MW_CHANGE_PARTNERS:
        mw_str_addf(out, T(cli, "fits better with %d partners in all"), (int)near->number);
        break;
    case MW_CHANGE_KREIS:
        mw_str_addz(out, T(cli, "fits better if the Kreis applies"));
        break;
    case MW_CHANGE_MEMBER:
        mw_str_addz(out, T(cli, "fits better if a municipality applies: a member, or the owner"));
        break;
    case MW_CHANGE_COST_MAX:
    case MW_CHANGE_COST_MIN:
        mw_eur_format(&sum, near->eur, cli->lang);
        mw_str_addf(out, near->change == MW_CHANGE_COST_MAX ? T(cli, "fits better with a total cost of at most %s EUR") : T(cli, "fits better with a total cost of at least %s EUR"),
            mw_str_z(&sum));
        break;
    case MW_CHANGE_OWN_SHARE:
        mw_share_format(&sum, near->share, cli->lang);
        mw_str_addf(out, T(cli, "fits better with own means of %s"), mw_str_z(&sum));
        break;
    case MW_CHANGE_DURATION:
        mw_str_addf(out, T(cli, "fits better within %d months"), (int)near->number);
        break;
    default:
        mw_str_addf(out, T(cli, "fits better if another kind of funding is taken, too: %s"), mw_kind_label((int)near->number, cli->lang));
        break;
    }
}

void mw_cli_question_words(struct mw_str *out, struct mw_cli *cli, const struct mw_profile *p, const struct mw_question *q)
{
    const struct mw_applicant *a = q->applicant < p->applicants.n ? MW_AT(p->applicants, struct mw_applicant, q->applicant) : NULL;
    struct mw_sv name = a != NULL && a->name.n > 0 ? a->name : mw_sv(T(cli, "the applicant"));
    switch (q->ask) {
    case MW_ASK_POPULATION:
        mw_str_addf(out, T(cli, "How many inhabitants has %.*s?"), MW_SV_ARG(name));
        break;
    case MW_ASK_BUDGET:
        mw_str_addf(out, T(cli, "What is the budget of %.*s like (normal, finanzschwach, haushaltssicherung, nothaushalt)?"), MW_SV_ARG(name));
        break;
    case MW_ASK_LAND:
        mw_str_addf(out, T(cli, "In which Land is %.*s (HE, NW, BY, ...)?"), MW_SV_ARG(name));
        break;
    case MW_ASK_VOLUME:
        mw_str_addz(out, T(cli, "What will the project cost in total, as estimated today (450,000 EUR)?"));
        break;
    case MW_ASK_OWN_SHARE:
        mw_str_addz(out, T(cli, "Which share can the applicants pay themselves at most (20 %)?"));
        break;
    case MW_ASK_PERIOD:
        mw_str_addz(out, T(cli, "When is the project to run (2026-01-01 to 2028-12-31)?"));
        break;
    case MW_ASK_MUNICIPAL_SHARE:
        mw_str_addf(out, T(cli, "How much of %.*s belongs to municipalities (60 %%)?"), MW_SV_ARG(name));
        break;
    case MW_ASK_OTHER_FUNDING:
        mw_str_addz(out, T(cli, "Is other public funding of the project to be had, or asked for (yes, no)?"));
        break;
    default:
        mw_str_addz(out, T(cli, "Has the project begun (no, yes, or the date)?"));
        break;
    }
}

/* --- answers into the file ------------------------------------------------------------------------------------------------ */

static const struct mw_node *applicant_node(const struct mw_node *map, size_t i)
{
    const struct mw_node *list = mw_node_get(map, "applicants");
    if (list != NULL && list->kind == MW_SEQ && i < list->n)
        return list->items[i];
    return i == 0 && list != NULL && list->kind == MW_MAP ? list : NULL;
}

/* Where the value goes and how it is spelled there: in the place of a line to be filled in, behind the last key of the applicant or at the end of the file. Flow maps
 * get ", key: value" before their brace, block maps a line of their own with their indentation. */
static bool splice(struct mw_str *out, struct mw_sv file, const struct mw_node *map, const char *key, const char *value, bool top)
{
    if (top) {
        MW_AUTO(mw_str_free) struct mw_str line = MW_STR_INIT; /* the one that profile from left to be filled in */
        mw_str_addf(&line, "\n" MW_FILL_IN "%s:", key);
        size_t at = mw_sv_find(file, mw_str_sv(&line), 0);
        if (at != SIZE_MAX) {
            size_t end = mw_sv_find(file, MW_SV("\n"), at + 1);
            mw_str_add(out, mw_sv_sub(file, 0, at + 1));
            mw_str_addf(out, "%s: %s", key, value);
            mw_str_add(out, mw_sv_sub(file, end < file.n ? end : file.n, file.n));
            return mw_str_ok(&line) && mw_str_ok(out);
        }
        mw_str_add(out, file);
        if (file.n > 0 && file.p[file.n - 1] != '\n')
            mw_str_addc(out, '\n');
        mw_str_addf(out, "%s: %s\n", key, value);
        return mw_str_ok(out);
    }
    if (map == NULL || map->kind != MW_MAP || map->n == 0)
        return false;
    const struct mw_pair *last = &map->pairs[map->n - 1];
    size_t end = last->value->end;
    bool flow = file.p[map->begin] == '{';
    while (!flow && end < file.n && file.p[end] != '\n')
        end++;
    mw_str_add(out, mw_sv_sub(file, 0, end));
    if (flow)
        mw_str_addf(out, ", %s: %s", key, value);
    else
        mw_str_addf(out, "\n%*s%s: %s", (int)(map->pairs[0].pos.col > 0 ? map->pairs[0].pos.col - 1 : 0), "", key, value);
    mw_str_add(out, mw_sv_sub(file, end, file.n - end));
    return mw_str_ok(out);
}

/* A period as people write it, "1.1.2027 bis 31.12.2029" or "2027 - 2029"; MW_SV_NONE where it has not two ends. */
static struct mw_sv read_period(struct mw_arena *a, struct mw_sv line)
{
    struct mw_day ends[2] = { MW_DAY_NONE, MW_DAY_NONE };
    MW_AUTO(mw_str_free) struct mw_str out = MW_STR_INIT;
    struct mw_sv word;
    size_t n = 0;

    for (bool more = true; more;) {
        struct mw_day day;
        int64_t year;
        more = mw_sv_cut(line, ' ', &word, &line);
        bool whole = word.n == 4 && mw_sv_int(word, &year); /* a year is all its days */
        if (!(whole ? mw_day_from_ymd(&day, (int)year, n == 0 ? 1 : 12, n == 0 ? 1 : 31) : mw_read_day(word, &day)))
            continue;
        if (n < 2)
            ends[n] = day;
        n++;
    }
    if (n != 2)
        return MW_SV_NONE;
    mw_str_addz(&out, "{from: ");
    mw_day_iso(&out, ends[0]);
    mw_str_addz(&out, ", to: ");
    mw_day_iso(&out, ends[1]);
    mw_str_addz(&out, "}");
    return mw_arena_copy(a, mw_str_sv(&out));
}

/* The file with the answer in it is read as a profile before it replaces the old one: what cannot be read is not written. */
static enum mw_rc write_answer(struct mw_cli *cli, const char *path, const struct mw_question *q, const char *value)
{
    MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
    MW_AUTO(mw_diags_free) struct mw_diags diags = MW_DIAGS_INIT(cli->lang);
    struct mw_sv file = MW_SV_NONE;
    struct mw_node *map = NULL;
    bool top = !mw_ask_each(q->ask);
    enum mw_rc rc = mw_file_read(&file, cli->arena, path, MW_YAML_MAX, &cli->err);

    if (rc == MW_OK)
        rc = mw_yaml_read(&map, cli->arena, path, file, &diags);
    if (rc != MW_OK || !splice(&s, file, top ? map : applicant_node(map, q->applicant), MW_ASK_FIELDS[q->ask], value, top))
        return mw_fail(&cli->err, MW_INVALID, "The profile \"%s\" cannot take the answer; write %s into it by hand.", path, MW_ASK_FIELDS[q->ask]);
    struct mw_sv whole = mw_arena_copy(cli->arena, mw_str_sv(&s));
    struct mw_profile test;
    struct mw_node *again = NULL;
    rc = whole.p != NULL ? mw_yaml_read(&again, cli->arena, path, whole, &diags) : mw_nomem(&cli->err);
    const char *dir = mw_path_dir(cli->arena, path);
    if (rc == MW_OK && dir == NULL)
        rc = mw_nomem(&cli->err);
    if (rc == MW_OK)
        rc = mw_profile_read(&test, cli->arena, again, dir, &diags);
    if (rc != MW_OK) /* the words alone: the line they speak of is in no file */
        return mw_fail(&cli->err, MW_INVALID, "This answer is not taken. %s", diags.n > 0 ? diags.items[0].msg : "");
    return mw_file_write(path, whole, &cli->err);
}

static bool read_line(char *line, size_t size)
{
    if (fgets(line, (int)size, stdin) == NULL)
        return false;
    line[strcspn(line, "\r\n")] = '\0';
    return true;
}

int mw_cli_ask(struct mw_cli *cli, const char *path, const struct mw_profile *p, const struct mw_list *questions, size_t *answers)
{
    enum { LINE_MAX_ = 200 };
    *answers = 0;
    for (size_t i = 0; i < questions->n;) { /* what cannot be read is asked again */
        const struct mw_question *q = MW_AT(*questions, struct mw_question, i);
        MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
        char line[LINE_MAX_];
        mw_cli_question_words(&s, cli, p, q);
        mw_str_addf(&s, q->settles == 1 ? T(cli, " (settles %zu verdict; empty: not known)") : T(cli, " (settles %zu verdicts; empty: not known)"), q->settles);
        mw_str_addz(&s, " ");
        if (write(STDERR_FILENO, mw_str_z(&s), s.n) < 0 || !read_line(line, sizeof line))
            break;
        if (line[0] == '\0') {
            i++;
            continue;
        }
        struct mw_sv period = q->ask == MW_ASK_PERIOD ? read_period(cli->arena, mw_sv(line)) : MW_SV_NONE;
        bool written;
        if (q->ask == MW_ASK_PERIOD && period.p == NULL) /* the file's own "{from: ..., to: ...}" among them */
            written = line[0] == '{' ? write_answer(cli, path, q, line) == MW_OK
                : (mw_fail(&cli->err, MW_INVALID, "This answer is no period. Write it like 2027-01-01 to 2029-12-31, or two years."), false);
        else
            written = write_answer(cli, path, q, period.p != NULL ? period.p : line) == MW_OK;
        if (written) {
            ++*answers;
            i++;
            continue;
        }
        mw_str_clear(&s);
        mw_str_addf(&s, "%s\n", cli->err.msg != NULL ? cli->err.msg : "?");
        (void)!write(STDERR_FILENO, mw_str_z(&s), s.n);
        mw_err_clear(&cli->err);
    }
    if (*answers > 0) {
        MW_AUTO(mw_str_free) struct mw_str s = MW_STR_INIT;
        mw_str_addf(&s, T(cli, "Answers written into %s: %zu.\n"), path, *answers);
        (void)!write(STDERR_FILENO, mw_str_z(&s), s.n);
    }
    return MW_EXIT_OK;
}
