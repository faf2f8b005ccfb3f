/* From argv to struct mw_cli: options, language, where the data lies, and what a command needs opened. */
#include "cli/cli.h"

#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "lib/core/read.h"
#include "lib/core/schema.h"

const struct mw_option MW_COMMON_OPTIONS[] = {
    { "db", "FILE", "the database (default: $MITTELWEG_DB, else mittelweg.db)" },
    { "format", "FORMAT", "how to print: text or json, and what the command adds" },
    { "lang", "LANGUAGE", "de or en (default: the language of the system)" },
    { "today", "DATE", "the day to reckon from (default: today)" },
    { "rules", "DIR", "rule files in place of the installed ones" },
    { "config", "DIR", "configuration in place of the installed one" },
    { "verbose", NULL, "also say where in the program an error was noticed" },
    { "help", NULL, "explain the command" },
    { NULL, NULL, NULL }
};
enum { OPTIONS_MAX = 48 };

static size_t count_options(const struct mw_option *o)
{
    size_t n = 0;
    while (o != NULL && o[n].name != NULL)
        n++;
    return n;
}

static const struct mw_option *option_at(const struct mw_cmd *cmd, size_t i)
{
    size_t own = count_options(cmd->options);
    return i < own ? &cmd->options[i] : &MW_COMMON_OPTIONS[i - own];
}

const char *mw_cli_option(const struct mw_cli *cli, const char *name)
{
    size_t n = count_options(cli->cmd->options) + count_options(MW_COMMON_OPTIONS);
    for (size_t i = 0; i < n; i++)
        if (strcmp(option_at(cli->cmd, i)->name, name) == 0)
            return cli->values[i];
    return NULL;
}

bool mw_cli_number(struct mw_cli *cli, const char *name, int64_t min, int64_t max, int64_t fallback, int64_t *out)
{
    const char *z = mw_cli_option(cli, name);
    *out = fallback;
    if (z == NULL || (mw_sv_int(mw_sv(z), out) && *out >= min && *out <= max))
        return true;
    mw_fail(&cli->err, MW_INVALID, "--%s needs a whole number from %lld to %lld, not \"%s\".", name, (long long)min,
            (long long)max, z);
    return false;
}

/* --- language, width, day ------------------------------------------------------------------------------------------- */

enum mw_lang mw_cli_system_language(void)
{
    static const char *const NAMES[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
    enum mw_lang lang = MW_EN;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const char *z = getenv(NAMES[i]);
        if (z != NULL && *z != '\0') {
            mw_lang_parse(mw_sv(z), &lang);
            break;
        }
    }
    return lang;
}

static unsigned terminal_width(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        return size.ws_col < 120 ? size.ws_col : 120;
    return 80;
}

static struct mw_day calendar_day(void)
{
    struct mw_day day = MW_DAY_NONE;
    struct tm tm;
    time_t now = time(NULL);
    if (localtime_r(&now, &tm) != NULL)
        mw_day_from_ymd(&day, tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
    return day;
}

/* --- where rules/ and config/ lie --------------------------------------------------------------------------------------- */

static bool has_rules(const char *dir)
{
    char path[PATH_MAX];
    int n = snprintf(path, sizeof path, "%s/rules/facts", dir);
    return n > 0 && (size_t)n < sizeof path && access(path, R_OK) == 0;
}

/* $MITTELWEG_DATA; beside the program, where it was built; ../share/mittelweg, where it was installed, wherever that is;
 * else the folder it was built for. */
static const char *data_dir(struct mw_arena *a)
{
    char exe[PATH_MAX];
    const char *env = getenv("MITTELWEG_DATA");
    if (env != NULL && *env != '\0')
        return env;
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    char *slash = n > 0 ? memrchr(exe, '/', (size_t)n) : NULL;
    if (slash != NULL) {
        *slash = '\0';
        const char *const beside[] = { mw_arena_z(a, mw_sv(exe)), mw_arena_printf(a, "%s/../share/mittelweg", exe).p };
        for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
            if (beside[i] != NULL && has_rules(beside[i]))
                return beside[i];
    }
    return MW_PREFIX_DATA;
}

/* --- reading argv ------------------------------------------------------------------------------------------------------ */

static enum mw_rc wrong_option(struct mw_cli *cli, const char *given, bool needs_value)
{
    const char *names[OPTIONS_MAX];
    size_t n = count_options(cli->cmd->options) + count_options(MW_COMMON_OPTIONS);
    struct mw_sv name = mw_sv(given), tail;

    if (needs_value)
        return mw_fail(&cli->err, MW_INVALID, "%s needs a value. See: mittelweg help %s", given, cli->cmd->name);
    if (n > OPTIONS_MAX)
        n = OPTIONS_MAX;
    for (size_t i = 0; i < n; i++)
        names[i] = option_at(cli->cmd, i)->name;
    while (name.n > 0 && name.p[0] == '-')
        name = mw_sv_sub(name, 1, name.n);
    mw_sv_cut(name, '=', &name, &tail);
    const char *near = mw_nearest(name, names, n);
    if (near != NULL)
        return mw_fail(&cli->err, MW_INVALID, "\"%s\" is no option of %s; did you mean --%s?", given, cli->cmd->name, near);
    return mw_fail(&cli->err, MW_INVALID, "\"%s\" is no option of %s. See: mittelweg help %s", given, cli->cmd->name,
                   cli->cmd->name);
}

static bool word_in(struct mw_sv word, const char *words)
{
    struct mw_sv one, rest = mw_sv(words);
    bool more = true;
    while (more) {
        more = mw_sv_cut(rest, ' ', &one, &rest);
        if (mw_sv_eq(one, word))
            return true;
    }
    return false;
}

static enum mw_rc read_common(struct mw_cli *cli)
{
    const char *z;

    if ((z = mw_cli_option(cli, "lang")) != NULL) {
        if (!mw_lang_parse(mw_sv(z), &cli->lang))
            return mw_fail(&cli->err, MW_INVALID, "--lang needs de or en, not \"%s\".", z);
        cli->err.lang = cli->diags.lang = cli->lang;
    }
    cli->verbose = mw_cli_option(cli, "verbose") != NULL;
    cli->today = calendar_day();
    if ((z = mw_cli_option(cli, "today")) != NULL && !mw_read_day(mw_sv(z), &cli->today))
        return mw_fail(&cli->err, MW_INVALID, "--today needs a date such as 2026-03-31, not \"%s\".", z);
    const char *formats = cli->cmd->formats != NULL ? cli->cmd->formats : "text json";
    cli->format = mw_sv((z = mw_cli_option(cli, "format")) != NULL ? z : "text");
    if (z != NULL && !word_in(cli->format, formats))
        return mw_fail(&cli->err, MW_INVALID, "--format of %s takes one of: %s; not \"%s\".", cli->cmd->name, formats, z);
    cli->db = mw_cli_option(cli, "db");
    if (cli->db == NULL)
        cli->db = getenv("MITTELWEG_DB") != NULL ? getenv("MITTELWEG_DB") : "mittelweg.db";
    const char *data = data_dir(cli->arena);
    cli->rules_dir = (z = mw_cli_option(cli, "rules")) != NULL ? z : mw_arena_printf(cli->arena, "%s/rules", data).p;
    cli->config_dir = (z = mw_cli_option(cli, "config")) != NULL ? z : mw_arena_printf(cli->arena, "%s/config", data).p;
    return cli->rules_dir != NULL && cli->config_dir != NULL ? MW_OK : mw_nomem(&cli->err);
}

static bool wants_value(const struct mw_cmd *cmd, const char *arg)
{
    size_t n = count_options(cmd->options) + count_options(MW_COMMON_OPTIONS);
    for (size_t i = 0; i < n; i++)
        if (strncmp(arg, "--", 2) == 0 && strcmp(arg + 2, option_at(cmd, i)->name) == 0)
            return option_at(cmd, i)->value != NULL;
    return false;
}

/* "-Darlehen" in a query is no option: getopt sees it behind a mark, which is taken off again. */
static const char MARK = '\x01';

static bool mark_minus_words(struct mw_cli *cli, int argc, char **argv)
{
    for (int i = 1; cli->cmd->minus_words && i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *arg = argv[i];
        if (arg[0] != '-' || arg[1] == '-' || arg[1] == '\0' || strcmp(arg, "-h") == 0 || (i > 1 && wants_value(cli->cmd, argv[i - 1])))
            continue;
        char *marked = mw_arena_alloc(cli->arena, strlen(arg) + 2);
        if (marked == NULL)
            return false;
        marked[0] = MARK;
        memcpy(marked + 1, arg, strlen(arg) + 1);
        argv[i] = marked;
    }
    return true;
}

enum mw_rc mw_cli_read(struct mw_cli *cli, int argc, char **argv)
{
    struct option longs[OPTIONS_MAX + 1] = { { 0 } };
    size_t n = count_options(cli->cmd->options) + count_options(MW_COMMON_OPTIONS);
    int which = 0, got;

    cli->values = mw_arena_array(cli->arena, n, sizeof *cli->values);
    cli->args = mw_arena_array(cli->arena, (size_t)argc, sizeof *cli->args);
    if (cli->values == NULL || cli->args == NULL || !mark_minus_words(cli, argc, argv))
        return mw_nomem(&cli->err);
    for (size_t i = 0; i < n && i < OPTIONS_MAX; i++) {
        const struct mw_option *o = option_at(cli->cmd, i);
        longs[i] = (struct option){ o->name, o->value != NULL ? required_argument : no_argument, NULL, 0 };
    }
    opterr = 0;
    optind = 1;
    while ((got = getopt_long(argc, argv, ":h", longs, &which)) != -1) {
        if (got == 'h')
            cli->values[n - 1] = ""; /* --help stands last in the common options */
        else if (got != 0)
            return wrong_option(cli, argv[optind - 1], got == ':');
        else
            cli->values[which] = optarg != NULL ? optarg : "";
    }
    while (optind < argc) {
        const char *arg = argv[optind++];
        cli->args[cli->n_args++] = cli->cmd->minus_words && arg[0] == MARK ? arg + 1 : arg;
    }
    if (read_common(cli) != MW_OK)
        return cli->err.rc;
    for (size_t i = 0; i < n; i++) { /* before anything is opened */
        const struct mw_option *o = option_at(cli->cmd, i);
        int64_t number;
        if (o->value != NULL && strcmp(o->value, "N") == 0 && cli->values[i] != NULL && !mw_sv_int(mw_sv(cli->values[i]), &number))
            return mw_fail(&cli->err, MW_INVALID, "--%s needs a whole number, not \"%s\".", o->name, cli->values[i]);
    }
    if (mw_cli_option(cli, "help") == NULL && (cli->n_args < cli->cmd->args_min || cli->n_args > cli->cmd->args_max))
        return mw_fail(&cli->err, MW_INVALID, "Usage: mittelweg %s [OPTIONS] %s. More: mittelweg help %s", cli->cmd->name,
                       cli->cmd->args, cli->cmd->name);
    return MW_OK;
}

/* --- opening ------------------------------------------------------------------------------------------------------------ */

const char *mw_cli_places_file(struct mw_cli *cli)
{
    struct mw_sv path = mw_arena_printf(cli->arena, "%s/places/places.tsv", cli->config_dir);
    if (path.p == NULL)
        (void)mw_nomem(&cli->err);
    return path.p;
}

enum mw_rc mw_cli_places(struct mw_cli *cli, const struct mw_places **out)
{
    const char *path = cli->places == NULL ? mw_cli_places_file(cli) : NULL;
    enum mw_rc rc = MW_OK;
    if (cli->places == NULL)
        rc = path == NULL ? MW_NOMEM : mw_places_load(&cli->places, cli->arena, path, &cli->diags, &cli->err);
    *out = cli->places;
    return rc;
}

enum mw_rc mw_cli_load_rules(struct mw_cli *cli, unsigned parts)
{
    enum mw_rc rc = mw_rules_load_part(&cli->rules, cli->rules_dir, parts, &cli->diags, &cli->err);
    if (rc != MW_OK && cli->err.rc == MW_OK) /* everything is said in diags, which main prints */
        mw_fail(&cli->err, rc, "The rules in \"%s\" cannot be used; nothing was done.", cli->rules_dir);
    return rc;
}

static enum mw_rc open_store(struct mw_cli *cli, enum mw_store_mode mode)
{
    enum mw_rc rc = mw_analyser_new(&cli->analyser, getenv("MITTELWEG_LEXICON"), &cli->err);
    return rc == MW_OK ? mw_store_open(&cli->store, cli->db, mode, cli->analyser, &cli->err) : rc;
}

bool mw_cli_warn_stale(struct mw_cli *cli)
{
    uint64_t hash = 0;
    bool stale = false;

    if (mw_rules_hash_files(&hash, cli->rules_dir, &cli->err) != MW_OK || mw_facts_any_stale(cli->store, hash, &stale, &cli->err) != MW_OK)
        return false;
    if (stale)
        mw_diag_cure(&cli->diags,
            mw_diag_add(&cli->diags, MW_WARNING, NULL, "facts-stale",
                "Facts of stored notices were made by other rules or another version of the program than the present ones."),
            "Make them anew with `mittelweg facts --refresh`.");
    return true;
}

static bool use_colour(void)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(STDOUT_FILENO) == 1 && (no == NULL || *no == '\0') && (term == NULL || strcmp(term, "dumb") != 0);
}

enum mw_rc mw_cli_open(struct mw_cli *cli)
{
    static int fd = STDOUT_FILENO;

    cli->style = (struct mw_out_opts){ .format = mw_sv_eqz(cli->format, "json") ? MW_JSON : MW_TEXT,
                                       .lang = cli->lang,
                                       .width = terminal_width(),
                                       .colour = use_colour() };
    cli->out = mw_out_new(mw_write_fd, &fd, &cli->style);
    return cli->out != NULL ? mw_cli_need(cli, cli->cmd->needs) : mw_nomem(&cli->err);
}

enum mw_rc mw_cli_need(struct mw_cli *cli, unsigned needs)
{
    enum mw_rc rc = MW_OK;

    if ((needs & (MW_NEEDS_RULES | MW_NEEDS_WORDS | MW_NEEDS_VERDICTS)) != 0)
        rc = mw_cli_load_rules(cli, (needs & MW_NEEDS_RULES) != 0   ? MW_RULES_ALL
                                    : (needs & MW_NEEDS_WORDS) != 0 ? MW_RULES_VOCABULARY
                                                                    : MW_RULES_VOCABULARY | MW_RULES_CRITERIA);
    if (rc == MW_OK && (needs & (MW_NEEDS_STORE | MW_NEEDS_WRITING)) != 0)
        rc = open_store(cli, (needs & MW_NEEDS_WRITING) != 0 ? MW_STORE_WRITE : MW_STORE_READ);
    if (rc == MW_OK && (needs & MW_READS_FACTS) != 0 && !mw_cli_warn_stale(cli))
        rc = cli->err.rc;
    if (rc == MW_OK && (needs & MW_NEEDS_PARSER) != 0)
        rc = mw_parser_new(&cli->parser, &cli->err);
    return rc;
}

void mw_cli_close(struct mw_cli *cli)
{
    mw_parser_free(cli->parser);
    mw_store_close(cli->store);
    mw_rules_free(cli->rules);
    mw_analyser_free(cli->analyser);
    mw_out_free(cli->out);
    mw_err_clear(&cli->err);
    mw_diags_free(&cli->diags);
    mw_arena_free(cli->arena);
}

int mw_exit_of(enum mw_rc rc)
{
    switch (rc) {
    case MW_OK:
        return MW_EXIT_OK;
    case MW_NOT_FOUND:
        return MW_EXIT_NOTHING;
    case MW_NET:
        return MW_EXIT_SOURCE;
    case MW_DB:
        return MW_EXIT_DATABASE;
    case MW_OUTPUT:
        return MW_EXIT_OUTPUT;
    case MW_NOMEM:
    case MW_IO:
    case MW_PARSE:
    case MW_INVALID:
        break;
    }
    return MW_EXIT_USAGE;
}

int mw_cli_fail(const struct mw_cli *cli)
{
    return mw_exit_of(cli->err.rc);
}
