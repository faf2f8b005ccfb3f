/* Passages that tell of something else than the project: of the procedure, of other projects and other towns, of what is asked of
 * bidders; and what an older mail said that a newer one says anew. What they state is dropped before anything is put together. */
#include "intake/draft_inside.h"

/* Of what there is today, of a range of sums and of what is not settled only some statements are dropped, see is_kept(). */
enum whereof { THE_PROJECT, AS_IT_IS, A_RANGE, NOT_SETTLED, THE_PROCEDURE, SOMETHING_ELSE, AN_OLDER_MAIL };

struct passage {
    struct mw_sv text;
    enum whereof of;
};

static void add(struct mw_job *x, struct mw_list *passages, const char *begin, const char *end, enum whereof of)
{
    struct passage *p = mw_list_add(x->in->a, passages, sizeof *p);
    if (p == NULL)
        x->failed = true;
    else
        *p = (struct passage){ mw_sv_n(begin, (size_t)(end - begin)), of };
}

struct mw_sv mw_draft_text_around(const struct mw_job *x, struct mw_sv quote)
{
    for (size_t i = 0; i < x->texts.n; i++) {
        struct mw_sv text = *MW_AT(x->texts, struct mw_sv, i);
        if (quote.p >= text.p && quote.p < text.p + text.n)
            return text;
    }
    return quote;
}

/* Behind the last line before the next blank one. */
static const char *paragraph_end(struct mw_sv text, const char *at)
{
    bool blank = false;
    for (; at < text.p + text.n; at++) {
        if (*at == '\n' && blank)
            return at;
        blank = *at == '\n' || (blank && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '>'));
    }
    return at;
}

/* Lines that begin with > are quoted from an older mail. */
static void quoted_lines(struct mw_job *x, struct mw_list *passages)
{
    struct mw_sv line, rest = x->d->text;
    while (rest.n > 0) {
        mw_sv_cut(rest, '\n', &line, &rest);
        if (mw_sv_starts(mw_sv_trim(line), MW_SV(">")))
            add(x, passages, line.p, line.p + line.n, AN_OLDER_MAIL);
    }
}

/* They divide the text (items.c). */
static bool is_of_an_agenda(const struct mw_fact *f)
{
    return mw_is_kind(f, "item") || mw_is_kind(f, "minutes");
}

static bool is_a_variant(const struct mw_fact *f)
{
    return mw_is_kind(f, "variant") || mw_is_kind(f, "chosen");
}

static void end_variant(struct mw_job *x, struct mw_list *passages, const struct mw_fact *f, const char *next)
{
    const char *end = paragraph_end(mw_draft_text_around(x, f->quote), f->quote.p);
    add(x, passages, f->quote.p, end < next ? end : next, SOMETHING_ELSE);
}

/* The one variant that the text chooses; MW_SV_NONE: none, or several. */
static struct mw_sv chosen_variant(const struct mw_job *x)
{
    struct mw_sv chosen = MW_SV_NONE;
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *f = MW_AT(x->statements, struct mw_fact, i);
        if (mw_statement_of(f) != MW_ST_ASIDE || !mw_is_kind(f, "chosen"))
            continue;
        if (chosen.p != NULL && !mw_sv_eq(chosen, f->value))
            return MW_SV_NONE;
        chosen = f->value;
    }
    return chosen;
}

/* Of variants those that were not chosen are none of the project: to the end of their paragraph, or where the next one begins. */
static void other_variants(struct mw_job *x, struct mw_list *passages)
{
    struct mw_sv chosen = chosen_variant(x);
    const struct mw_fact *open = NULL;
    for (size_t i = 0; i < x->statements.n && chosen.p != NULL; i++) {
        const struct mw_fact *f = MW_AT(x->statements, struct mw_fact, i);
        if (mw_statement_of(f) != MW_ST_ASIDE || !mw_is_kind(f, "variant"))
            continue;
        if (open != NULL)
            end_variant(x, passages, open, f->quote.p);
        open = mw_sv_eq(f->value, chosen) ? NULL : f;
    }
    if (open != NULL)
        end_variant(x, passages, open, x->d->text.p + x->d->text.n);
}

/* Passages of which only some statements are dropped. A form says itself what its texts are about. */
static bool is_partial(const struct mw_job *x, const struct mw_fact *f, enum whereof *of)
{
    static const struct { const char *kind; enum whereof of; } KINDS[] = { { "today", AS_IT_IS }, { "range", A_RANGE }, { "unsure", NOT_SETTLED } };
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (mw_is_kind(f, KINDS[i].kind)) {
            *of = x->d->fields.n == 0 ? KINDS[i].of : THE_PROJECT;
            return true;
        }
    return false;
}

/* What the rules of the type aside found. The head of a second mail begins the older ones. */
static void of_rules(struct mw_job *x, struct mw_list *passages)
{
    size_t mails = 0;
    enum whereof of = THE_PROJECT;
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *f = MW_AT(x->statements, struct mw_fact, i);
        if (mw_statement_of(f) != MW_ST_ASIDE || is_of_an_agenda(f) || is_a_variant(f))
            continue;
        struct mw_sv text = mw_draft_text_around(x, f->quote);
        const char *end = f->quote.p + f->quote.n;
        bool mail = mw_sv_eqz(f->kind, "mail");
        mails += mail;
        if (mail ? mails > 1 : mw_sv_eqz(f->kind, "older"))
            add(x, passages, f->quote.p, text.p + text.n, AN_OLDER_MAIL);
        else if (is_partial(x, f, &of))
            add(x, passages, f->quote.p, end, of);
        else if (!mail)
            add(x, passages, f->quote.p, mw_sv_eqz(f->kind, "paragraph") ? paragraph_end(text, end) : end, SOMETHING_ELSE);
    }
}

/* A sum that could be what the whole costs. */
static bool is_a_cost(const struct mw_fact *f)
{
    return mw_statement_of(f) == MW_ST_AMOUNT &&
           (mw_is_kind(f, "total") || mw_is_kind(f, "contract") || mw_is_kind(f, "mentioned") || mw_is_kind(f, "perhaps"));
}

static bool is_kept(const struct mw_fact *f, enum whereof of, bool said_anew)
{
    enum mw_statement type = mw_statement_of(f);
    bool not_begun = type == MW_ST_STARTED && mw_sv_eqz(f->value, "no"); /* of nothing else this would be said */
    bool always = not_begun || type == MW_ST_ROLE || type == MW_ST_UNTRUE;
    switch (of) {
    case THE_PROJECT:
        return true;
    case AS_IT_IS:
        return type != MW_ST_QUANTITY;
    case A_RANGE:
        return !is_a_cost(f);
    case NOT_SETTLED:
        return type != MW_ST_PROGRAMME && type != MW_ST_OWN_SHARE && type != MW_ST_QUANTITY && !is_a_cost(f);
    case THE_PROCEDURE:
        return always || type == MW_ST_PROGRAMME || type == MW_ST_JOINT;
    case SOMETHING_ELSE:
        return always || type == MW_ST_DOCUMENT || type == MW_ST_LAND || type == MW_ST_THEME || type == MW_ST_TITLE;
    case AN_OLDER_MAIL:
        return always || type == MW_ST_DOCUMENT || type == MW_ST_LAND || type == MW_ST_THEME || type == MW_ST_PROGRAMME || !said_anew;
    }
    return true;
}

/* The first of the passages around a statement that takes it away; THE_PROJECT: none does. anew: what newer mails say, by type; NULL: all. */
static enum whereof drops(const struct mw_list *passages, const struct mw_fact *f, const bool *anew)
{
    for (size_t i = 0; i < passages->n; i++) {
        const struct passage *p = MW_AT(*passages, struct passage, i);
        bool inside = f->quote.p >= p->text.p && f->quote.p < p->text.p + p->text.n;
        if (inside && !is_kept(f, p->of, anew == NULL || anew[mw_statement_of(f)]))
            return p->of;
    }
    return THE_PROJECT;
}

enum { NO_REASON = -1 };
static const int WHY[] = { [THE_PROJECT] = NO_REASON, [AS_IT_IS] = MW_LEFT_TODAY, [A_RANGE] = MW_LEFT_RANGE, [NOT_SETTLED] = MW_LEFT_UNSURE,
    [THE_PROCEDURE] = NO_REASON, [SOMETHING_ELSE] = MW_LEFT_ELSEWHERE, [AN_OLDER_MAIL] = NO_REASON };

/* "Amt Geestrand" above "Gemeinde Moorhusen": the first writes for the second. */
static bool is_association(const struct mw_job *x, struct mw_sv name)
{
    struct mw_sv head, rest;
    mw_sv_cut(name, ' ', &head, &rest);
    return mw_rules_lookup(x->in->rules, "associations", head).p != NULL;
}

/* Where only the head of a paper says who writes it, a town that is told of beside it is another one. */
static void drop_others_beside_the_head(struct mw_job *x)
{
    struct mw_fact *facts = x->statements.items;
    bool head = false, town = false;
    size_t n = 0;
    for (size_t i = 0; i < x->statements.n; i++) {
        bool is_head = mw_statement_of(&facts[i]) == MW_ST_APPLICANT && mw_is_kind(&facts[i], "head");
        head = head || is_head;
        town = town || (is_head && !is_association(x, facts[i].value) && mw_bare_town(x, facts[i].value).n < facts[i].value.n);
    }
    for (size_t i = 0; i < x->statements.n && head; i++) {
        bool for_it = town && mw_is_kind(&facts[i], "head") && is_association(x, facts[i].value);
        if (mw_statement_of(&facts[i]) != MW_ST_APPLICANT || !(mw_is_kind(&facts[i], "itself") || for_it))
            facts[n++] = facts[i];
    }
    x->statements.n = head ? n : x->statements.n;
}

/* What a fallback found where another rule found something that is left. */
static void drop_needless(struct mw_job *x)
{
    struct mw_fact *facts = x->statements.items;
    bool firm[MW_ST_N] = { false };
    size_t n = 0;
    for (size_t i = 0; i < x->statements.n; i++)
        if (!facts[i].fallback)
            firm[mw_statement_of(&facts[i])] = true;
    for (size_t i = 0; i < x->statements.n; i++)
        if (!facts[i].fallback || !firm[mw_statement_of(&facts[i])])
            facts[n++] = facts[i];
    x->statements.n = n;
    drop_others_beside_the_head(x);
}

/* Whoever a sentence says of that he only publishes, or stays away (struct mw_sv, without "Stadt"). */
static void find_unmeant(struct mw_job *x, struct mw_list *names)
{
    for (size_t i = 0; i < x->statements.n && !mw_is_full(names); i++) {
        const struct mw_fact *f = mw_statement_at(x, i);
        bool other = mw_statement_of(f) == MW_ST_ROLE && (mw_is_kind(f, "publishes for others") || mw_is_kind(f, "declined"));
        struct mw_sv *slot = other ? mw_list_add(x->in->a, names, sizeof *slot) : NULL;
        if (slot != NULL)
            *slot = mw_bare_town(x, f->value);
        x->failed = x->failed || (other && slot == NULL);
    }
}

static bool is_one_of(const struct mw_list *names, struct mw_sv name)
{
    for (size_t i = 0; i < names->n; i++)
        if (mw_same_words(*MW_AT(*names, struct mw_sv, i), name))
            return true;
    return false;
}

void mw_draft_drop_asides(struct mw_job *x)
{
    struct mw_list passages = { 0 }, unmeant = { 0 };
    struct mw_fact *facts = x->statements.items;
    bool anew[MW_ST_N] = { false };
    for (size_t i = 0; i < x->asides.n; i++) {
        struct mw_sv text = *MW_AT(x->asides, struct mw_sv, i);
        add(x, &passages, text.p, text.p + text.n, THE_PROCEDURE);
    }
    quoted_lines(x, &passages);
    of_rules(x, &passages);
    other_variants(x, &passages);
    find_unmeant(x, &unmeant);
    for (size_t i = 0; i < x->statements.n; i++)
        if (drops(&passages, &facts[i], NULL) == THE_PROJECT)
            anew[mw_statement_of(&facts[i])] = true;
    size_t n = 0;
    for (size_t i = 0; i < x->statements.n; i++) {
        enum mw_statement type = mw_statement_of(&facts[i]);
        if (type == MW_ST_APPLICANT && is_one_of(&unmeant, mw_bare_town(x, facts[i].value)))
            continue;
        enum whereof of = type == MW_ST_ASIDE ? THE_PROJECT : drops(&passages, &facts[i], anew);
        if (WHY[of] != NO_REASON)
            mw_draft_leave_out(x, &facts[i], (enum mw_left_why)WHY[of]);
        if (type == MW_ST_ASIDE ? is_of_an_agenda(&facts[i]) : of == THE_PROJECT)
            facts[n++] = facts[i];
    }
    x->statements.n = n;
    mw_draft_choose_item(x);
    drop_needless(x);
}
