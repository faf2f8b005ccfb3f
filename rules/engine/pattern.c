/* PCRE2 behind a door: flags, limits, messages. */
#include "rules/engine/pattern.h"

#include <stdlib.h>
#include <string.h>

#include "rules/engine/reading.h"

/* A limit of 100,000 steps stops a nested-quantifier bomb in under a millisecond; real rules on sentences of at most
 * 4,000 bytes stay below a few thousand. */
enum { STEPS = 100000, DEPTH = 2000, HEAP_KIB = 8192, JIT_STACK_MAX = 512 * 1024, PATTERN_MAX = 32768 };

struct mw_matcher {
    pcre2_match_context *context;
    pcre2_match_data *data;
    pcre2_jit_stack *stack;
    uint64_t work;
};

struct mw_matcher *mw_matcher_new(void)
{
    struct mw_matcher *m = calloc(1, sizeof *m);
    if (m == NULL)
        return NULL;
    m->context = pcre2_match_context_create(NULL);
    m->data = pcre2_match_data_create(256, NULL);
    if (m->context == NULL || m->data == NULL) {
        mw_matcher_free(m);
        return NULL;
    }
    pcre2_set_match_limit(m->context, STEPS);
    pcre2_set_depth_limit(m->context, DEPTH);
    pcre2_set_heap_limit(m->context, HEAP_KIB);
    m->stack = pcre2_jit_stack_create((size_t)32 * 1024, JIT_STACK_MAX, NULL); /* NULL: JIT uses its own 32 KB */
    if (m->stack != NULL)
        pcre2_jit_stack_assign(m->context, NULL, m->stack);
    return m;
}

void mw_matcher_free(struct mw_matcher *m)
{
    if (m == NULL)
        return;
    pcre2_match_context_free(m->context);
    pcre2_match_data_free(m->data);
    pcre2_jit_stack_free(m->stack);
    free(m);
}

uint64_t mw_matcher_work(const struct mw_matcher *m)
{
    return m->work;
}

void mw_pattern_fold(struct mw_str *out, struct mw_sv source)
{
    for (size_t i = 0; i < source.n; i++) {
        unsigned char c = (unsigned char)source.p[i];
        bool name = c == '(' && i + 3 < source.n && source.p[i + 1] == '?' && source.p[i + 2] == '<' && source.p[i + 3] != '=' && source.p[i + 3] != '!';
        bool property = c == '\\' && i + 2 < source.n && (source.p[i + 1] == 'p' || source.p[i + 1] == 'P') && source.p[i + 2] == '{';
        if (name || property) {
            char end = name ? '>' : '}';
            while (i < source.n && source.p[i] != end)
                mw_str_addc(out, source.p[i++]);
            if (i < source.n)
                mw_str_addc(out, end);
        } else if (c == '\\' && i + 1 < source.n) {
            mw_str_addc(out, source.p[i++]);
            mw_str_addc(out, source.p[i]);
        } else {
            bool latin = i > 0 && source.p[i - 1] == '\xC3' && c >= 0x80 && c <= 0x9E && c != 0x97;
            mw_str_addc(out, (char)(latin || (c >= 'A' && c <= 'Z') ? c + 0x20 : c));
        }
    }
}

/* \d as 0 to 9: values know no other digits, and where a match begins with one PCRE2 then finds it by a table, not by
 * asking the Unicode database at every character. stops: a stop means that of an abbreviation as well, unless it is shut out. */
static void spell(struct mw_str *out, struct mw_sv pattern, bool stops)
{
    static const char STOP[] = { MW_STOP, '\0' };
    bool in_class = false, first = false, shuts_out = false; /* first: of a class, where "]" stands for itself */
    for (size_t i = 0; i < pattern.n; i++) {
        char c = pattern.p[i];
        if (c == '\\' && i + 1 < pattern.n) {
            c = pattern.p[++i];
            if (c == 'd')
                mw_str_addz(out, in_class ? "0-9" : "[0-9]");
            else if (c == '.' && stops && !in_class)
                mw_str_addf(out, "[.%s]", STOP);
            else
                mw_str_add(out, mw_sv_sub(pattern, i - 1, 2));
            if (c == '.' && stops && in_class && !shuts_out)
                mw_str_addz(out, STOP);
            first = false;
            continue;
        }
        size_t named = in_class ? mw_class_name_end(pattern, i) : 0;
        if (named > 0) { /* [:alpha:] */
            mw_str_add(out, mw_sv_sub(pattern, i, named - i));
            i = named - 1;
            first = false;
            continue;
        }
        mw_str_addc(out, c);
        if (!in_class) {
            in_class = first = c == '[';
            shuts_out = false;
        } else {
            if (c == '.' && stops && !shuts_out)
                mw_str_addz(out, STOP);
            in_class = c != ']' || first;
            first = first && c == '^';
            shuts_out = shuts_out || first;
        }
    }
}

bool mw_pattern_compile(struct mw_pattern *out, struct mw_sv source, enum mw_spelling of, const struct mw_pos *pos, struct mw_diags *diags)
{
    int code = 0;
    PCRE2_SIZE at = 0;
    const uint32_t flags = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_DUPNAMES;
    MW_AUTO(mw_str_free) struct mw_str folded = MW_STR_INIT, spelled = MW_STR_INIT;

    out->code = NULL;
    out->pos = *pos;
    out->alarms = out->slow = 0;
    out->n_needs = 0;
    out->ready = false;
    if (source.n > PATTERN_MAX) {
        mw_diag_add(diags, MW_ERROR, pos, "pattern", "The pattern is longer than %d bytes once its blocks are put in.", PATTERN_MAX);
        return false;
    }
    if ((of & MW_CASED) != 0)
        mw_str_add(&folded, source);
    else
        mw_pattern_fold(&folded, source);
    spell(&spelled, mw_str_sv(&folded), (of & MW_STOPPED) != 0);
    if (!mw_str_ok(&folded) || !mw_str_ok(&spelled))
        return false;
    out->code = pcre2_compile((PCRE2_SPTR)mw_str_z(&spelled), spelled.n, flags, &code, &at, NULL);
    if (out->code == NULL) /* where the fault is in the source */
        pcre2_code_free(pcre2_compile((PCRE2_SPTR)mw_str_z(&folded), folded.n, flags, &code, &at, NULL));
    if (out->code == NULL) {
        PCRE2_UCHAR why[160];
        if (pcre2_get_error_message(code, why, sizeof why) < 0)
            why[0] = '\0';
        size_t from = at < source.n ? at : source.n;
        size_t begin = from > 12 ? from - 12 : 0;
        while (begin < from && ((unsigned char)source.p[begin] & 0xC0) == 0x80)
            begin++;
        mw_diag_add(diags, MW_ERROR, pos, "pattern", "The pattern is faulty behind \"%.*s\": %s.", (int)(from - begin),
            source.p + begin, (const char *)why);
        return false;
    }
    return true;
}

void mw_pattern_free(struct mw_pattern *p)
{
    pcre2_code_free(p->code);
    p->code = NULL;
}

bool mw_pattern_find(struct mw_pattern *p, struct mw_matcher *m, struct mw_sv subject, size_t from, size_t *begin, size_t *end)
{
    if (p->code == NULL || from > subject.n)
        return false;
    if (!p->ready) { /* as machine code, which takes longer than all else of compiling: many patterns are never asked */
        (void)pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE); /* where memory may not be made executable, they are interpreted */
        p->ready = true;
    }
    m->work += subject.n - from;
    int n = pcre2_match(p->code, (PCRE2_SPTR)subject.p, subject.n, from, PCRE2_NO_UTF_CHECK, m->data, m->context);
    if (n < 0) {
        p->alarms += n != PCRE2_ERROR_NOMATCH;
        p->slow += n != PCRE2_ERROR_NOMATCH;
        return false;
    }
    const PCRE2_SIZE *v = pcre2_get_ovector_pointer(m->data);
    if (v[0] > v[1]) /* \K in a look-ahead can do that */
        return false;
    *begin = v[0];
    *end = v[1];
    return true;
}

bool mw_matcher_group(const struct mw_matcher *m, unsigned group, size_t *begin, size_t *end)
{
    size_t at = (size_t)group * 2;
    if (group >= pcre2_get_ovector_count(m->data))
        return false;
    const PCRE2_SIZE *v = pcre2_get_ovector_pointer(m->data);
    if (v[at] == PCRE2_UNSET || v[at] > v[at + 1])
        return false;
    *begin = v[at];
    *end = v[at + 1];
    return true;
}

size_t mw_pattern_groups(const struct mw_pattern *p, struct mw_sv name, unsigned *numbers, size_t max)
{
    uint32_t count = 0, size = 0;
    PCRE2_SPTR table = NULL;
    size_t n = 0;

    if (p->code == NULL || pcre2_pattern_info(p->code, PCRE2_INFO_NAMECOUNT, &count) != 0 ||
        pcre2_pattern_info(p->code, PCRE2_INFO_NAMEENTRYSIZE, &size) != 0 ||
        pcre2_pattern_info(p->code, PCRE2_INFO_NAMETABLE, &table) != 0)
        return 0;
    for (uint32_t i = 0; i < count && n < max; i++) {
        PCRE2_SPTR entry = table + (size_t)i * size;
        if (strlen((const char *)entry + 2) == name.n && memcmp(entry + 2, name.p, name.n) == 0)
            numbers[n++] = (unsigned)entry[0] << 8 | entry[1];
    }
    return n;
}
