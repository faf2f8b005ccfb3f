/* The doors for people and scripts: one table of commands, one file a command.
 *
 * A command gets everything through struct mw_cli, opened for it as far as it said it needs; it says what it has through
 * cli->out and returns the exit status of FORMATS.md section 5. Nothing below this room prints or exits. */
#ifndef MW_CLI_CMD_H
#define MW_CLI_CMD_H

#include "index/match.h"
#include "lib/core/out.h"
#include "lib/parse/parse.h"
#include "lib/places/places.h"

enum mw_exit {
    MW_EXIT_OK = 0,
    MW_EXIT_FINDINGS = 1, /* done, but plan, check, draft or rules found an error */
    MW_EXIT_USAGE = 2,    /* wrong usage or unreadable input */
    MW_EXIT_NOTHING = 3,  /* nothing found */
    MW_EXIT_SOURCE = 4,   /* source or network */
    MW_EXIT_DATABASE = 5,
    MW_EXIT_OUTPUT = 6    /* output not writable, disk full included */
};
enum mw_needs {
    MW_NEEDS_RULES = 1 << 0,   /* cli->rules, all of them */
    MW_NEEDS_WORDS = 1 << 4,   /* cli->rules, the vocabulary only */
    MW_NEEDS_VERDICTS = 1 << 5, /* cli->rules, vocabulary and criteria: facts stand in the database */
    MW_NEEDS_STORE = 1 << 1,   /* cli->store, read-only */
    MW_NEEDS_WRITING = 1 << 2, /* cli->store, for writing; created where it is missing */
    MW_NEEDS_PARSER = 1 << 3,  /* cli->parser */
    MW_READS_FACTS = 1 << 6    /* of the store: says so where they are those of other rules than the present ones */
};
struct mw_option {
    const char *name;  /* "limit"; without dashes */
    const char *value; /* "N"; NULL: a switch */
    const char *help;  /* English; German in po/de/cli.po */
};
struct mw_cli;
struct mw_cmd {
    const char *name;
    int (*run)(struct mw_cli *cli);
    unsigned needs;
    const char *args;                /* "PROFILE.yaml", "[FILE...]"; "" for none */
    size_t args_min, args_max;       /* SIZE_MAX: any number */
    const char *summary;             /* one line, lower case, English */
    const char *about;               /* paragraphs for `help COMMAND`, one a line, English */
    const struct mw_option *options; /* beside the common ones; ended by a NULL name */
    bool minus_words;                /* an argument may begin with one "-": -word shuts out in a query */
    const char *formats;             /* words --format takes, separated by spaces; NULL: "text json" */
};
extern const struct mw_cmd *const MW_COMMANDS[]; /* ended by NULL, in the order of a project's life */
extern const struct mw_option MW_COMMON_OPTIONS[];

struct mw_cli {
    const struct mw_cmd *cmd;
    enum mw_lang lang;
    struct mw_out_opts style;
    struct mw_sv format;    /* the word given to --format, "text" without */
    struct mw_day today;    /* --today, else this computer's calendar */
    const char *db;         /* --db, $MITTELWEG_DB, "mittelweg.db" */
    const char *rules_dir;  /* --rules, else DATA/rules */
    const char *config_dir; /* --config, else DATA/config */
    bool verbose;
    const char **args;
    size_t n_args;
    const char **values;    /* of cmd->options, then of the common ones; "" for a switch that is set */

    struct mw_arena *arena; /* lives as long as the command */
    struct mw_out *out;     /* standard output */
    struct mw_err err;      /* printed by main when the command returns through mw_cli_fail() */
    struct mw_diags diags;  /* printed to standard error at the end, sorted */
    struct mw_analyser *analyser;
    struct mw_rules *rules;
    struct mw_store *store;
    struct mw_parser *parser;
    struct mw_places *places; /* the register, once somebody asked for it */
};

/* The value of an option, "" for a switch, NULL: not given. */
const char *mw_cli_option(const struct mw_cli *cli, const char *name);
/* A whole number between min and max, or fallback where the option is not given. false: said in cli->err. */
bool mw_cli_number(struct mw_cli *cli, const char *name, int64_t min, int64_t max, int64_t fallback, int64_t *out);
/* Opens what only some uses of a command need; each thing once. */
enum mw_rc mw_cli_need(struct mw_cli *cli, unsigned needs);
/* The exit status that belongs to cli->err; the message itself is printed by main. */
int mw_cli_fail(const struct mw_cli *cli);
int mw_exit_of(enum mw_rc rc);
const struct mw_cmd *mw_cmd_find(const char *name);
/* The register of municipalities, config/places, and its file (NULL: no memory); read once. Faults are in cli->err. */
const char *mw_cli_places_file(struct mw_cli *cli);
enum mw_rc mw_cli_places(struct mw_cli *cli, const struct mw_places **out);
/* Loads these parts of the rules from cli->rules_dir into cli->rules; all faults go to cli->diags. */
enum mw_rc mw_cli_load_rules(struct mw_cli *cli, unsigned parts);
/* Warns where facts in cli->store were made by other rules than those of cli->rules_dir; false: said in cli->err. */
bool mw_cli_warn_stale(struct mw_cli *cli);
/* A text in the language of the command. */
#define T(cli, english) mw_tr((cli)->lang, (english))

/* hits.c: "open, until 31 March 2026": what a person wants to know first; appended. */
void mw_cli_status_words(struct mw_str *out, const struct mw_cli *cli, const struct mw_hit *h);

/* coverage.c: what an empty answer is to be read with, as `coverage` in JSON and as a paragraph for people: how many notices of
 * which sources were searched, which enabled sources were never crawled, which not completely. cli->store must be open. */
enum mw_rc mw_cli_put_coverage(struct mw_cli *cli);

/* --- progress.c: on a terminal only, for anything that takes over a second ------------------------------------------ */
struct mw_progress {
    const char *what;     /* translated */
    uint64_t done, total; /* total 0: unknown */
    int64_t started_ms, shown_ms;
    bool on, shown;
};
void mw_progress_begin(struct mw_progress *p, const char *what, uint64_t total);
bool mw_progress_due(const struct mw_progress *p); /* whether mw_progress_at() would show something now */
int64_t mw_progress_ms(const struct mw_progress *p); /* since it began, where it is shown */
void mw_progress_at(struct mw_progress *p, uint64_t done, const char *note);
void mw_progress_end(struct mw_progress *p);

#endif
