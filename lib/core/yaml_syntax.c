/* libyaml's complaints in words of people who know funding: what was probably meant, and what to do. Known from libyaml
 * 0.2.5; whatever it says beyond that is passed on as it is (yaml.c). */
#include "lib/core/yaml_inside.h"

#include <string.h>

#define SAY_TAB "A tab stands here where only spaces may."
#define SAY_COLON "A colon stands here where it cannot be understood."
#define CURE_COLON                                                                                                     \
    "If it belongs to a text, put the whole text in single quotes ('Part 1: analysis'); else check the indentation."
#define SAY_OPEN_QUOTE "The text in quotation marks that begins here is never closed."
#define CURE_OPEN_QUOTE "Close it with the same quotation mark; within single quotes an apostrophe is written twice."
#define SAY_ESCAPE "The character behind this backslash has no meaning in double quotes."
#define CURE_ESCAPE "Use single quotes, in which a backslash is only a backslash."
#define SAY_START "A text cannot begin with this character."
#define CURE_START "Put the whole text in single quotes."
#define SAY_HEADER "Behind | or > the line must end."
#define CURE_HEADER "Begin the text on the next line, indented."
static const struct mw_yaml_complaint SYNTAX[] = {
    { "mapping values are not allowed", NULL, false, SAY_COLON, CURE_COLON },
    { "found unexpected ':'", NULL, false, SAY_COLON, CURE_COLON },
    { "could not find expected ':'", NULL, true, "A colon is missing behind this.",
        "Write \"key: value\" with a space behind the colon, or indent the line if it continues the text above." },
    { "did not find expected key", NULL, false, "This does not fit the lines above it: a key is expected here.",
        "Keys that belong together begin in the same column; behind a closing quotation mark nothing may follow." },
    { "did not find expected '-' indicator", NULL, false, "An entry beginning with a dash is expected here.",
        "Begin all entries of a list in the same column with \"- \"." },
    { "did not find expected ',' or ']'", NULL, true,
        "The list that begins here with [ is not closed, or a comma is missing in it.",
        "Write it as [one, two, three]." },
    { "did not find expected ',' or '}'", NULL, true,
        "The group that begins here with { is not closed, or a comma is missing in it.",
        "Write it as {key: value, key: value}." },
    { "found unexpected end of stream", NULL, true, SAY_OPEN_QUOTE, CURE_OPEN_QUOTE },
    { "found unexpected document indicator", NULL, true, SAY_OPEN_QUOTE, CURE_OPEN_QUOTE },
    { "found unknown escape character", NULL, false, SAY_ESCAPE, CURE_ESCAPE },
    { "did not find expected hexdecimal number", "while parsing a quoted scalar", false, SAY_ESCAPE, CURE_ESCAPE },
    { "found invalid Unicode character escape code", NULL, false, SAY_ESCAPE, CURE_ESCAPE },
    { "found a tab character", NULL, false, SAY_TAB, "Indent with spaces." },
    { "found character that cannot start any token", NULL, false, SAY_START, CURE_START },
    { "block sequence entries are not allowed", NULL, false, "A list cannot begin here.",
        "Begin it on the line below its key; put a text that begins with a dash in single quotes." },
    { "mapping keys are not allowed", NULL, false, SAY_START, CURE_START },
    { "did not find expected alphabetic or numeric", NULL, true, SAY_START, CURE_START },
    { NULL, "while scanning a tag", true, SAY_START, CURE_START },
    { NULL, "while parsing a tag", true, SAY_START, CURE_START },
    { "found undefined tag handle", NULL, false, SAY_START, CURE_START },
    { NULL, "while scanning a directive", true, SAY_START, CURE_START },
    { NULL, "while scanning a %", true, SAY_START, CURE_START },
    { "did not find expected <document start>", NULL, false, "This line is indented less than the first one.",
        "Begin all keys of the outermost level in the first column." },
    { "did not find expected node content", NULL, false, "A value is missing here.",
        "Fill it in, or remove the comma too many." },
    { NULL, "while scanning a block scalar", false, SAY_HEADER, CURE_HEADER },
};

static bool begins(const char *text, const char *prefix)
{
    return prefix == NULL || (text != NULL && strncmp(text, prefix, strlen(prefix)) == 0);
}

const struct mw_yaml_complaint *mw_yaml_explain(const char *problem, const char *context)
{
    for (size_t i = 0; i < sizeof SYNTAX / sizeof *SYNTAX; i++)
        if (begins(problem, SYNTAX[i].problem) && begins(context, SYNTAX[i].context))
            return &SYNTAX[i];
    return NULL;
}

const struct mw_yaml_complaint *mw_yaml_explain_at(const struct mw_yaml_complaint *said, struct mw_sv here)
{
    static const struct mw_yaml_complaint TAB = { NULL, NULL, false, SAY_TAB, "Indent with spaces." };
    static const struct mw_yaml_complaint BRACKET = { NULL, NULL, false,
        "This bracket closes none that was opened before it.",
        "Remove it, or put a text that contains brackets in single quotes." };
    static const struct mw_yaml_complaint DASH = { NULL, NULL, true, "A list entry is a dash with a space behind it.",
                                           "Write \"- value\"." };
    if (mw_sv_starts(here, MW_SV("\t")) && strcmp(said->text, SAY_START) == 0)
        return &TAB;
    if ((mw_sv_starts(here, MW_SV("]")) || mw_sv_starts(here, MW_SV("}"))) &&
        begins(said->problem, "did not find expected"))
        return &BRACKET;
    if (here.n == 2 && here.p[0] == '-' && strchr(" \r\n", here.p[1]) == NULL &&
        begins(said->problem, "could not find expected ':'"))
        return &DASH;
    return said;
}
