/* mittelweg help --format man: the manual page, mittelweg(1), made of the tables that `help` reads. In roff's man macros, man(7). */
#include "cli/cli.h"
#include "cli/commands.h"

struct entry {
    const char *name, *help; /* English */
};
static const struct entry EXITS[] = {
    { "0", "Done." },
    { "1", "Done, but plan, check, draft or rules found an error; the output is complete." },
    { "2", "Wrong usage, or input that cannot be read." },
    { "3", "Nothing was found." },
    { "4", "A source or the network failed; what is stored stays." },
    { "5", "The database cannot be used." },
    { "6", "The output cannot be written, a full disk among the reasons." },
};
static const struct entry VARIABLES[] = {
    { "MITTELWEG_DB", "The database where --db is not given." },
    { "MITTELWEG_DATA", "The folder of rules and config where --rules and --config are not given." },
    { "MITTELWEG_LEXICON", "A list of German words, one a line, in place of the dictionary of this computer." },
    { "MITTELWEG_SEARCHES", "The file of saved searches." },
    { "LC_ALL, LC_MESSAGES, LANG", "The language of messages, German or English, where --lang is not given." },
    { "NO_COLOR", "No colours, whatever it says." },
};

/* Text in roff: no backslash, hyphen, quote or dot at the beginning of a line that means something else. */
static void add_text(struct mw_str *out, struct mw_sv text)
{
    if (text.n > 0 && (text.p[0] == '.' || text.p[0] == '\''))
        mw_str_addz(out, "\\&");
    for (size_t i = 0; i < text.n; i++) {
        switch (text.p[i]) {
        case '\\':
            mw_str_addz(out, "\\(rs");
            break;
        case '-':
            mw_str_addz(out, "\\-");
            break;
        case '\'':
            mw_str_addz(out, "\\(aq");
            break;
        case '`':
            mw_str_addz(out, "\\(ga");
            break;
        case '"':
            mw_str_addz(out, "\\(dq");
            break;
        case '\n':
            mw_str_addz(out, "\n.PP\n");
            break;
        default:
            mw_str_addc(out, text.p[i]);
        }
    }
}

static void add_line(struct mw_str *out, const char *macro, struct mw_sv text)
{
    mw_str_addz(out, macro);
    add_text(out, text);
    mw_str_addc(out, '\n');
}

static void add_entry(struct mw_str *out, struct mw_sv name, const char *help, enum mw_lang lang)
{
    mw_str_addz(out, ".TP\n");
    add_line(out, ".B ", name);
    add_line(out, "", mw_sv(mw_tr(lang, help)));
}

static void add_entries(struct mw_str *out, const char *section, const struct entry *entries, size_t n, enum mw_lang lang)
{
    add_line(out, ".SH ", mw_sv(mw_tr(lang, section)));
    for (size_t i = 0; i < n; i++)
        add_entry(out, mw_sv(entries[i].name), entries[i].help, lang);
}

static void add_options(struct mw_str *out, const struct mw_option *options, enum mw_lang lang)
{
    for (const struct mw_option *o = options; o != NULL && o->name != NULL; o++) {
        MW_AUTO(mw_str_free) struct mw_str name = MW_STR_INIT;
        mw_str_addf(&name, "--%s%s%s", o->name, o->value != NULL ? " " : "", o->value != NULL ? o->value : "");
        add_entry(out, mw_str_sv(&name), o->help, lang);
    }
}

static void add_command(struct mw_str *out, const struct mw_cmd *c, enum mw_lang lang)
{
    MW_AUTO(mw_str_free) struct mw_str usage = MW_STR_INIT;
    mw_str_addf(&usage, "mittelweg %s [%s]%s%s", c->name, mw_tr(lang, "OPTIONS"), c->args[0] != '\0' ? " " : "", c->args);
    add_line(out, ".SS ", mw_str_sv(&usage));
    add_line(out, "", mw_sv(mw_tr(lang, c->about)));
    add_options(out, c->options, lang);
}

void mw_cli_manual(struct mw_str *out, enum mw_lang lang)
{
    mw_str_addf(out, ".TH MITTELWEG 1 \"\" \"mittelweg %s\"\n", MW_VERSION);
    add_line(out, ".SH ", mw_sv(mw_tr(lang, "NAME")));
    mw_str_addz(out, "mittelweg \\- ");
    add_line(out, "", mw_sv(mw_tr(lang, "find funding programmes and draft applications")));
    add_line(out, ".SH ", mw_sv(mw_tr(lang, "SYNOPSIS")));
    mw_str_addf(out, ".B mittelweg\n\\fI%s\\fR [\\fI%s\\fR] [\\fI%s\\fR]\n", mw_tr(lang, "COMMAND"), mw_tr(lang, "OPTIONS"), mw_tr(lang, "ARGUMENTS"));
    add_line(out, ".SH ", mw_sv(mw_tr(lang, "DESCRIPTION")));
    add_line(out, "", mw_sv(mw_tr(lang, "Mittelweg finds funding programmes (Fördermittel) for towns, districts and their alliances, says with evidence whether a "
                                        "project may use them, and turns one project file into an application.")));
    add_line(out, ".SH ", mw_sv(mw_tr(lang, "COMMANDS")));
    for (size_t i = 0; MW_COMMANDS[i] != NULL; i++)
        add_command(out, MW_COMMANDS[i], lang);
    add_line(out, ".SH ", mw_sv(mw_tr(lang, "OPTIONS OF EVERY COMMAND")));
    add_options(out, MW_COMMON_OPTIONS, lang);
    add_entries(out, "EXIT STATUS", EXITS, sizeof EXITS / sizeof *EXITS, lang);
    add_entries(out, "ENVIRONMENT", VARIABLES, sizeof VARIABLES / sizeof *VARIABLES, lang);
}
