/* What the project is about: words of the title and of the vocabulary, as they stand in the text. */
#include "intake/draft_inside.h"
#include "rules/engine/vocabulary.h"

enum { THEMES_MAX = 12 };

static void add_theme(struct mw_job *x, struct mw_sv words, struct mw_sv quote)
{
    struct mw_list *l = &x->out->themes;
    words = mw_tidy(x->in->a, words);
    bool capital = words.n > 0 && ((words.p[0] >= 'A' && words.p[0] <= 'Z') || (unsigned char)words.p[0] == 0xC3);
    if (words.n < 4 || !(capital || mw_sv_find(words, MW_SV(" "), 0) != SIZE_MAX) || l->n >= THEMES_MAX || mw_rules_lookup(x->in->rules, "no-themes", words).p != NULL)
        return;
    for (size_t i = 0; i < l->n; i++) {
        struct mw_sv t = *MW_AT(*l, struct mw_sv, i);
        if (mw_sv_find(t, words, 0) != SIZE_MAX || mw_sv_find(words, t, 0) != SIZE_MAX)
            return;
    }
    struct mw_sv *slot = mw_list_add(x->in->a, l, sizeof *slot);
    if (slot == NULL) {
        x->failed = true;
        return;
    }
    *slot = words;
    mw_draft_quotef(x, quote, "themes[%zu]", l->n - 1);
}

/* Statements of rules/profile/theme.yaml in text i. */
static void of_rules(struct mw_job *x, struct mw_sv text)
{
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *f = MW_AT(x->statements, struct mw_fact, i);
        if (mw_statement_of(f) == MW_ST_THEME && f->quote.p >= text.p && f->quote.p < text.p + text.n)
            add_theme(x, f->value, f->quote);
    }
}

static void of_vocabulary(struct mw_job *x, struct mw_sv text)
{
    struct mw_list found = { 0 };
    if (mw_vocabulary_find(&found, x->in->a, mw_rules_vocabulary(x->in->rules), text, NULL) != MW_OK) {
        x->failed = true;
        return;
    }
    for (size_t i = 0; i < found.n; i++) {
        const struct mw_expansion *e = MW_AT(found, struct mw_expansion, i);
        struct mw_sv words = mw_sv_sub(text, e->begin, e->end - e->begin);
        add_theme(x, words, words);
    }
}

static bool in_text(struct mw_sv text, struct mw_sv part)
{
    return part.n > 0 && mw_sv_find(text, part, 0) != SIZE_MAX;
}

void mw_draft_themes(struct mw_job *x)
{
    for (size_t i = 0; i < x->texts.n; i++) { /* the title first: in a form it is a text of its own */
        struct mw_sv text = *MW_AT(x->texts, struct mw_sv, i);
        of_vocabulary(x, i == 0 && x->d->fields.n == 0 && in_text(text, x->out->profile.title) ? x->out->profile.title : text);
        of_rules(x, text);
        if (i == 0 && x->d->fields.n == 0)
            of_vocabulary(x, text);
    }
}
