/* What kind of document a running text is, what it calls its subject, how it begins. */
#include "intake/draft_inside.h"
#include "lib/language/segment.h"

/* --- what the document is ------------------------------------------------------------------------------------------------- */
/* Each sign of a kind of document weighs something; the heaviest kind wins, of equals the one that began first. */
static void weigh_kinds(struct mw_job *x)
{
    int64_t best = 0;
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *f = mw_statement_at(x, i);
        int64_t sum = 0;
        if (mw_statement_of(f) != MW_ST_DOCUMENT)
            continue;
        for (size_t k = i; k < x->statements.n; k++)
            if (mw_statement_of(mw_statement_at(x, k)) == MW_ST_DOCUMENT && mw_sv_eq(mw_statement_at(x, k)->kind, f->kind) && mw_statement_at(x, k)->number > 0)
                sum += mw_statement_at(x, k)->number;
        if (sum > best) {
            best = sum;
            x->out->document = f->kind;
            x->out->evidence.n -= x->out->evidence.n > 0 && mw_sv_eqz(MW_AT(x->out->evidence, struct mw_evidence, x->out->evidence.n - 1)->path, "document");
            mw_draft_quote(x, MW_SV("document"), f->quote);
        }
    }
    if (mw_sv_eqz(x->out->document, "none")) { /* a letter: its kind has no name in a profile */
        x->out->document = MW_SV_NONE;
        x->out->evidence.n--;
    }
    if (x->out->document.p == NULL && x->d->page)
        x->out->document = MW_SV("web_page");
}

enum { TITLE_MAX = 180 };

/* Lines of which the rules say that they are no title: of a sitting, of a letter's head. */
static bool is_no_title(const struct mw_job *x, struct mw_sv line)
{
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *f = mw_statement_at(x, i);
        if (mw_statement_of(f) == MW_ST_TITLE && mw_is_kind(f, "none") && f->quote.p < line.p + line.n && line.p < f->quote.p + f->quote.n)
            return true;
    }
    return false;
}

static bool is_generic(const struct mw_job *x, struct mw_sv line)
{
    return mw_rules_lookup(x->in->rules, "empty-titles", line).p != NULL;
}

/* Far below the head of a paper a line that looks like a title is one of something else, unless it says what it is. */
enum { HEAD_OF_A_PAPER = 2500, SAYS_SO = 9 };

/* The columns of a letterhead; what a menu offers, side by side. */
static bool stands_apart(struct mw_sv line)
{
    size_t first = mw_sv_find(line, MW_SV("  "), 0);
    return mw_sv_find(line, MW_SV("   "), 0) != SIZE_MAX || (first != SIZE_MAX && mw_sv_find(line, MW_SV("  "), first + 2) != SIZE_MAX);
}

enum { A_LONG_TITLE = 60 };

/* "Vorhaben: 12 Wehre werden zurückgebaut und ..." tells of the project, and does not name it. */
static bool is_a_sentence(const struct mw_job *x, struct mw_sv value)
{
    struct mw_sv word, rest = value;
    while (value.n > A_LONG_TITLE && rest.n > 0) {
        mw_sv_cut(rest, ' ', &word, &rest);
        if (rest.n > 0 && mw_rules_lookup(x->in->rules, "sentence-verbs", word).p != NULL)
            return true;
    }
    return false;
}

/* "STADT LINDENTAL", "CALL FOR TENDERS": a head, where a line in small letters follows. So is a line of one word: "Pressestelle". */
static bool is_loud(struct mw_sv line)
{
    size_t capitals = 0;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] >= 'a' && line.p[i] <= 'z')
            return false;
        capitals += line.p[i] >= 'A' && line.p[i] <= 'Z';
    }
    return capitals > 3;
}

/* The name of a town or a Kreis alone on its line: where the letter goes, or who writes. */
static bool is_a_place(const struct mw_job *x, struct mw_sv line)
{
    struct mw_list found = { 0 };
    return mw_places_named(&found, x->in->a, x->in->places, line, MW_NAME_EXACT, NULL) == MW_OK && found.n > 0;
}

/* What a menu offers stands below the name of its page. */
static bool is_above_a_menu(struct mw_sv rest)
{
    struct mw_sv next;
    mw_sv_cut(mw_sv_trim(rest), '\n', &next, &rest);
    size_t first = mw_sv_find(next, MW_SV(" | "), 0);
    return first != SIZE_MAX && mw_sv_find(next, MW_SV(" | "), first + 3) != SIZE_MAX;
}

static bool begins_small(struct mw_sv line)
{
    return line.n > 1 && ((line.p[0] >= 'a' && line.p[0] <= 'z') || ((unsigned char)line.p[0] == 0xC3 && (unsigned char)line.p[1] >= 0x9F));
}

/* "Neubau der Brücke mit", "Neubau für": a name does not end with a short small word. */
static bool is_cut_off(struct mw_sv line)
{
    enum { SHORT = 4 };
    size_t word = line.n;
    while (word > 0 && line.p[word - 1] != ' ')
        word--;
    return word > 0 && line.n - word <= SHORT && begins_small(mw_sv_sub(line, word, SIZE_MAX));
}

enum { LINES_OF_A_TITLE = 3 };

/* A title that wraps, with the lines below it to where its paragraph ends; prose below it, which goes on, is none of it. */
static struct mw_sv with_wrapped(const struct mw_job *x, struct mw_sv line, struct mw_sv rest)
{
    struct mw_sv whole = line, last = line, next;
    for (int n = 1; rest.n > 0; n++) {
        mw_sv_cut(rest, '\n', &next, &rest);
        next = mw_sv_trim(next);
        if (next.n == 0 || !(begins_small(next) || is_cut_off(last)))
            return whole;
        whole.n = (size_t)(next.p + next.n - line.p);
        char end = last.p[last.n - 1], stop = next.p[next.n - 1];
        bool sentence = end == ',' || end == '!' || end == '-' || stop == '.' || stop == ':' || mw_sv_find(next, MW_SV(". "), 0) != SIZE_MAX;
        if (n == LINES_OF_A_TITLE || whole.n > TITLE_MAX || sentence || is_no_title(x, next) || is_generic(x, next) || stands_apart(next))
            return line;
        last = next;
    }
    return whole;
}

/* The line above, white space off; MW_SV_NONE: there is none. */
static struct mw_sv line_above(struct mw_sv text, struct mw_sv line)
{
    const char *end = line.p, *begin;
    if (end <= text.p)
        return MW_SV_NONE;
    for (begin = --end; begin > text.p && begin[-1] != '\n'; begin--) { }
    return mw_sv_n(begin, (size_t)(end - begin));
}

static bool may_be_a_title(const struct mw_job *x, struct mw_sv line)
{
    bool more = mw_sv_find(line, MW_SV(" – "), 0) != SIZE_MAX || mw_sv_find(line, MW_SV(" - "), 0) != SIZE_MAX; /* "Gemeinde X – Neubau" */
    return line.n >= 8 && line.n <= TITLE_MAX && !is_no_title(x, line) && (more || !is_generic(x, line)) && !stands_apart(line) &&
           !is_a_place(x, line);
}

/* 'Anmeldung „Haus der Vereine“' */
static bool names_a_project(struct mw_sv line)
{
    size_t open = mw_sv_find(line, MW_SV("„"), 0);
    return open != SIZE_MAX && line.n - open > 12;
}

/* A letter says what it is about in the first line of the paragraph above its salutation. */
static struct mw_sv subject_of_a_letter(const struct mw_job *x)
{
    enum { NEAR = 6 };
    struct mw_sv line, text = mw_sv_sub(x->d->text, 0, HEAD_OF_A_PAPER), rest = text, above, subject = MW_SV("");
    do {
        if (!mw_sv_cut(rest, '\n', &line, &rest))
            return MW_SV("");
    } while (mw_rules_lookup(x->in->rules, "salutations", mw_sv_trim(line)).p == NULL);
    for (above = line_above(text, line); above.p != NULL && mw_sv_trim(above).n == 0; above = line_above(text, above)) { }
    for (int n = 0; n < NEAR && above.p != NULL && mw_sv_trim(above).n > 0; n++, above = line_above(text, above))
        if (may_be_a_title(x, mw_sv_trim(above)) && !mw_sv_starts(above, MW_SV("          ")) && !names_a_project(subject))
            subject = mw_sv_trim(above);
    return subject;
}

static void call_it(struct mw_job *x, struct mw_sv line)
{
    if (line.n == 0)
        return;
    x->out->profile.title = mw_tidy(x->in->a, line);
    mw_draft_quote(x, MW_SV("title"), line);
}

enum { FIRST_LINES = 20000 };

/* What the text calls its subject; else the first line that says something. */
static void find_title(struct mw_job *x)
{
    struct mw_sv line, loud = MW_SV(""), rest = mw_sv_sub(x->d->text, 0, FIRST_LINES);
    const struct mw_fact *best = NULL;
    for (size_t i = 0; i < x->statements.n; i++) {
        const struct mw_fact *f = mw_statement_at(x, i);
        bool there = !is_a_sentence(x, f->value) && (f->number >= SAYS_SO || f->start < HEAD_OF_A_PAPER);
        if (mw_statement_of(f) == MW_ST_TITLE && there && !mw_is_kind(f, "none") && f->value.n >= 8 && !is_generic(x, f->value) && (best == NULL || f->number > best->number))
            best = f;
    }
    struct mw_sv subject = best == NULL || best->number < SAYS_SO ? subject_of_a_letter(x) : MW_SV("");
    if (subject.n > 0) {
        call_it(x, subject);
        return;
    }
    if (best != NULL) {
        x->out->profile.title = mw_tidy(x->in->a, best->value);
        mw_draft_quote(x, MW_SV("title"), best->quote);
        return;
    }
    if (x->d->title.n > 0 && !is_generic(x, x->d->title)) {
        x->out->profile.title = mw_tidy(x->in->a, x->d->title);
        return;
    }
    while (rest.n > 0) {
        mw_sv_cut(rest, '\n', &line, &rest);
        line = mw_sv_trim(line);
        while (line.n > 0 && (line.p[0] == '#' || line.p[0] == ' ' || line.p[0] == '-'))
            line = mw_sv_sub(line, 1, SIZE_MAX);
        if (mw_sv_ends(line, MW_SV(":")))
            line.n--;
        if (line.n > TITLE_MAX)
            break; /* here the text begins; what stands below is none of its title */
        bool sentence = line.n > TITLE_MAX / 2 && line.p[line.n - 1] == '.';
        if (line.n < 8 || sentence || begins_small(line) || mw_sv_starts(line, MW_SV("§")) || is_generic(x, line) || is_no_title(x, line) || mw_sv_find(line, MW_SV(">"), 0) != SIZE_MAX ||
            stands_apart(line) || is_a_place(x, line) || is_above_a_menu(rest))
            continue;
        if (is_loud(line) || mw_sv_find(line, MW_SV(" "), 0) == SIZE_MAX) {
            loud = loud.n == 0 ? line : loud;
            continue;
        }
        call_it(x, with_wrapped(x, line, rest));
        return;
    }
    call_it(x, loud);
}

enum { SUMMARY_MAX = 1200 };

/* The first sentences and items, whole, as they stand; they are for the reader and for search. */
static void find_summary(struct mw_job *x)
{
    struct mw_sv text = mw_sv_trim(x->about.n > 0 ? x->about : x->d->text);
    struct mw_list all = { 0 };
    size_t end = text.n;

    if (text.n > SUMMARY_MAX && mw_segment(&all, x->in->a, mw_sv_sub(text, 0, (size_t)2 * SUMMARY_MAX))) {
        for (size_t i = end = 0; i < all.n; i++) {
            const struct mw_segment *s = MW_AT(all, struct mw_segment, i);
            bool leads_on = s->heading || (s->end > s->begin && text.p[s->end - 1] == ':'); /* to what no longer fits */
            if (s->end <= SUMMARY_MAX && s->end > end && !leads_on)
                end = s->end;
        }
        if (end <= SUMMARY_MAX / 2)
            for (end = SUMMARY_MAX; end > 0 && text.p[end] != ' '; end--) { }
    }
    x->out->profile.summary = mw_tidy(x->in->a, mw_sv_sub(text, 0, end));
}

void mw_draft_head(struct mw_job *x)
{
    weigh_kinds(x);
    find_title(x);
    find_summary(x);
}
