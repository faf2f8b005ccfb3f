/* The documents cannot drift: what README and docs say of commands, options and files is compared with the program. */
#include "tests/test.h"

#include <ctype.h>

#include "cli/commands.h"
#include "lib/core/file.h"

static const char *const PAPERS[] = { "README.md", "CHANGELOG.md", "docs/ARCHITECTURE.md", "docs/commands.md", "docs/data.md",
                                      "docs/findings.md", "docs/formats.md", "docs/glossary.md", "docs/DEPENDENCIES.md", "docs/STYLE.md",
                                      "tools/demo.sh", "config/demo/README.md", "config/examples/README.md" };

static int open_arena(void **state)
{
    *state = mw_arena_new();
    return *state == NULL;
}

static int close_arena(void **state)
{
    mw_arena_free(*state);
    return 0;
}

static struct mw_sv read_paper(struct mw_arena *a, const char *path)
{
    struct mw_sv text;
    if (mw_file_read(&text, a, path, 1 << 20, NULL) != MW_OK)
        fail_msg("cannot read %s", path);
    return text;
}

static bool says(struct mw_sv text, const char *part)
{
    return mw_sv_find(text, mw_sv(part), 0) != SIZE_MAX;
}

/* What docs/commands.md says under "## NAME". */
static struct mw_sv section_of(struct mw_arena *a, struct mw_sv paper, const char *name)
{
    struct mw_sv heading = mw_arena_printf(a, "\n## %s\n", name);
    size_t at = mw_sv_find(paper, heading, 0);
    if (at == SIZE_MAX)
        fail_msg("docs/commands.md has no section \"%s\"", name);
    size_t end = mw_sv_find(paper, MW_SV("\n## "), at + heading.n);
    return mw_sv_sub(paper, at + heading.n, (end == SIZE_MAX ? paper.n : end) - at - heading.n);
}

static void every_command_and_option_is_documented_with_an_example(void **state)
{
    struct mw_sv paper = read_paper(*state, "docs/commands.md");
    for (size_t i = 0; MW_COMMANDS[i] != NULL; i++) {
        const struct mw_cmd *cmd = MW_COMMANDS[i];
        struct mw_sv section = section_of(*state, paper, cmd->name);
        if (!says(section, mw_arena_printf(*state, "\n    mittelweg %s", cmd->name).p))
            fail_msg("docs/commands.md has no example of %s", cmd->name);
        for (const struct mw_option *o = cmd->options; o != NULL && o->name != NULL; o++)
            if (!says(section, mw_arena_printf(*state, "--%s", o->name).p))
                fail_msg("docs/commands.md does not tell of --%s of %s", o->name, cmd->name);
    }
    for (const struct mw_option *o = MW_COMMON_OPTIONS; o->name != NULL; o++)
        if (!says(paper, mw_arena_printf(*state, "--%s", o->name).p))
            fail_msg("docs/commands.md does not tell of --%s", o->name);
}

static void no_section_tells_of_a_command_that_does_not_exist(void **state)
{
    struct mw_sv line, rest = read_paper(*state, "docs/commands.md");
    while (rest.n > 0) {
        mw_sv_cut(rest, '\n', &line, &rest);
        if (mw_sv_starts(line, MW_SV("## ")) && mw_cmd_find(mw_arena_printf(*state, "%.*s", (int)line.n - 3, line.p + 3).p) == NULL)
            fail_msg("docs/commands.md tells of \"%.*s\"", MW_SV_ARG(line));
    }
}

static bool in_options(const struct mw_option *o, struct mw_sv name)
{
    for (; o != NULL && o->name != NULL; o++)
        if (mw_sv_eqz(name, o->name))
            return true;
    return false;
}

static struct mw_sv word_at(struct mw_sv text, size_t at)
{
    size_t end = at;
    while (end < text.n && (isalnum((unsigned char)text.p[end]) || text.p[end] == '-' || text.p[end] == '_'))
        end++;
    return mw_sv_sub(text, at, end - at);
}

/* Lines that show the program being run. */
static bool is_call(struct mw_sv line, size_t *args)
{
    static const char *const STARTS[] = { "    ./mittelweg ", "    mittelweg ", "    ExecStart=/usr/local/bin/mittelweg ",
                                          "  $mw ", "step 0 $mw ", "step 1 $mw ", "step 3 $mw " };
    for (size_t i = 0; i < COUNT(STARTS); i++)
        if (mw_sv_starts(line, mw_sv(STARTS[i]))) {
            *args = strlen(STARTS[i]);
            return true;
        }
    return false;
}

static void every_call_that_is_shown_is_one_the_program_takes(void **state)
{
    size_t calls = 0;
    for (size_t i = 0; i < COUNT(PAPERS); i++) {
        struct mw_sv line, rest = read_paper(*state, PAPERS[i]);
        while (rest.n > 0) {
            size_t at;
            mw_sv_cut(rest, '\n', &line, &rest);
            if (!is_call(line, &at))
                continue;
            struct mw_sv name = word_at(line, at);
            const struct mw_cmd *cmd = mw_cmd_find(mw_arena_printf(*state, "%.*s", MW_SV_ARG(name)).p);
            if (cmd == NULL)
                fail_msg("%s shows \"%.*s\"", PAPERS[i], MW_SV_ARG(line));
            for (size_t o = at; (o = mw_sv_find(line, MW_SV(" --"), o)) != SIZE_MAX; o++) {
                struct mw_sv option = word_at(line, o + 3);
                if (!in_options(cmd->options, option) && !in_options(MW_COMMON_OPTIONS, option))
                    fail_msg("%s shows \"%.*s\", but %s takes no --%.*s", PAPERS[i], MW_SV_ARG(line), cmd->name, MW_SV_ARG(option));
            }
            calls++;
        }
    }
    assert_true(calls > 20);
}

/* A path of the repository: it begins with one of the top folders; patterns such as rules/<id>.yaml are not meant. */
static bool is_path(struct mw_sv word)
{
    static const char *const TOPS[] = { "lib/", "crawler/", "rules/", "index/", "apply/", "cli/", "config/", "docs/", "tests/", "tools/", "po/" };
    if (says(word, "<") || says(word, "*") || says(word, "..."))
        return false;
    for (size_t i = 0; i < COUNT(TOPS); i++)
        if (mw_sv_starts(word, mw_sv(TOPS[i])))
            return true;
    return false;
}

static void every_file_and_folder_that_is_named_exists(void **state)
{
    static const char ENDS[] = " \n\t`'\"()[]{},;:";
    for (size_t i = 0; i < COUNT(PAPERS); i++) {
        struct mw_sv text = read_paper(*state, PAPERS[i]);
        for (size_t at = 0, end; at < text.n; at = end + 1) {
            for (end = at; end < text.n && strchr(ENDS, text.p[end]) == NULL;)
                end++;
            struct mw_sv word = mw_sv_sub(text, at, end - at);
            while (word.n > 0 && word.p[word.n - 1] == '.')
                word.n--;
            if (is_path(word) && access(mw_arena_printf(*state, "%.*s", MW_SV_ARG(word)).p, F_OK) != 0)
                fail_msg("%s names %.*s, which does not exist", PAPERS[i], MW_SV_ARG(word));
        }
    }
}

/* "## One programme, several sources" is #one-programme-several-sources. */
static bool has_heading(struct mw_arena *a, struct mw_sv text, struct mw_sv anchor)
{
    struct mw_sv line;
    while (text.n > 0) {
        mw_sv_cut(text, '\n', &line, &text);
        if (!mw_sv_starts(line, MW_SV("#")))
            continue;
        char *slug = mw_arena_alloc(a, line.n + 1);
        size_t n = 0, at = 0;
        while (at < line.n && (line.p[at] == '#' || line.p[at] == ' '))
            at++;
        for (; at < line.n; at++) {
            unsigned char c = (unsigned char)line.p[at];
            if (isalnum(c) || c == '-' || c == '_' || c >= 0x80)
                slug[n++] = (char)tolower(c);
            else if (c == ' ')
                slug[n++] = '-';
        }
        if (mw_sv_eq(mw_sv_n(slug, n), anchor))
            return true;
    }
    return false;
}

static void every_link_between_the_documents_leads_somewhere(void **state)
{
    for (size_t i = 0; i < COUNT(PAPERS); i++) {
        struct mw_sv text = read_paper(*state, PAPERS[i]);
        const char *slash = strrchr(PAPERS[i], '/');
        int folder = slash != NULL ? (int)(slash - PAPERS[i]) + 1 : 0;
        for (size_t at = 0; (at = mw_sv_find(text, MW_SV("]("), at)) != SIZE_MAX; at += 2) {
            struct mw_sv target, file, anchor, rest;
            mw_sv_cut(mw_sv_sub(text, at + 2, text.n), ')', &target, &rest);
            bool part = mw_sv_cut(target, '#', &file, &anchor);
            struct mw_sv path = mw_arena_printf(*state, "%.*s%.*s", folder, PAPERS[i], MW_SV_ARG(file));
            if (mw_sv_starts(target, MW_SV("https://")))
                continue;
            if (access(path.p, F_OK) != 0 || (part && !has_heading(*state, read_paper(*state, path.p), anchor)))
                fail_msg("%s links to %.*s, which does not exist", PAPERS[i], MW_SV_ARG(target));
        }
    }
}

static void the_licence_is_the_whole_eupl(void **state)
{
    static const char *const PARTS[] = { "EUROPEAN UNION PUBLIC LICENCE v. 1.2", "\n1.Definitions", "\n2.Scope", "\n5.Obligations",
                                         "\n10.Acceptance", "\n15.Applicable Law", "Appendix", "require the production of a new EUPL version" };
    struct mw_sv text = read_paper(*state, "LICENSE");
    size_t at = 0;
    for (size_t i = 0; i < COUNT(PARTS); i++) {
        at = mw_sv_find(text, mw_sv(PARTS[i]), at);
        if (at == SIZE_MAX)
            fail_msg("LICENSE lacks \"%s\"", PARTS[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_and_option_is_documented_with_an_example),
        cmocka_unit_test(no_section_tells_of_a_command_that_does_not_exist),
        cmocka_unit_test(every_call_that_is_shown_is_one_the_program_takes),
        cmocka_unit_test(every_file_and_folder_that_is_named_exists),
        cmocka_unit_test(every_link_between_the_documents_leads_somewhere),
        cmocka_unit_test(the_licence_is_the_whole_eupl),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
