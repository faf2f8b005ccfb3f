/* Where an alternation can be taken apart. */
#include "rules/engine/require.h"

/* Behind the class that begins at `at`: "[^]a-z]". */
static size_t class_end(struct mw_sv s, size_t at)
{
    at += at + 1 < s.n && s.p[at + 1] == '^' ? 2 : 1;
    at += at < s.n && s.p[at] == ']';
    while (at < s.n && s.p[at] != ']') {
        size_t name = s.p[at] == '[' ? mw_class_name_end(s, at) : 0;
        at = name > 0 ? name : at + (s.p[at] == '\\' ? 2 : 1);
    }
    return at + 1;
}

/* What would mean something else in a piece of its own: comments, quoted text, conditions, references, \K, verbs and options. */
static bool reaches_out(struct mw_sv s)
{
    static const char *const SIGNS[] = { "(?#", "(?(", "(?|", "(*", "(?i", "(?s", "(?x", "(?m", "(?-", "(?&", "(?P", "(?R", "\\Q", "\\K", "\\g", "\\k" };
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (mw_sv_find(s, mw_sv(SIGNS[i]), 0) != SIZE_MAX)
            return true;
    for (size_t i = 0; i + 1 < s.n; i++)
        if (s.p[i] == '\\' && s.p[i + 1] >= '1' && s.p[i + 1] <= '9')
            return true;
    return false;
}

size_t mw_pattern_piece_end(struct mw_sv pattern, size_t from)
{
    size_t depth = 0, at = from;
    if (reaches_out(pattern))
        return pattern.n;
    while (at < pattern.n && !(pattern.p[at] == '|' && depth == 0)) {
        depth += pattern.p[at] == '(';
        depth -= pattern.p[at] == ')' && depth > 0;
        at = pattern.p[at] == '[' ? class_end(pattern, at) : at + (pattern.p[at] == '\\' ? 2 : 1);
    }
    return at < pattern.n ? at : pattern.n;
}
