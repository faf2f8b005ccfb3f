/* Words to forms: tokenise, fold, stem, split; once per word, since a notice says most of its words many times. */
#include "lib/language/analyse.h"

#include <stdlib.h>
#include <string.h>

#include <libstemmer.h>

#include "lib/language/chars.h"
#include "lib/language/compound.h"
#include "lib/language/memo.h"
#include "lib/language/stem.h"
#include "lib/language/word.h"

#define ELLIPSIS_WORDS 8        /* looked at for the word that "Bau-" leans on */
#define ELLIPSIS_GAP ((size_t)4) /* bytes between two of them: ", " or " (" */

enum { STOPWORD = 1, JOINING = 2 }; /* flags of a word in the memo */

struct mw_analyser {
    struct mw_lexicon *lexicon;
    struct sb_stemmer *english;
    struct mw_memo *memo;
    struct mw_str folded, letters, composed, forms;
};

enum mw_rc mw_analyser_new(struct mw_analyser **out, const char *lexicon_path, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;
    struct mw_analyser *an = calloc(1, sizeof *an);

    *out = NULL;
    if (an == NULL)
        return mw_nomem(err);
    if ((rc = mw_lexicon_open(&an->lexicon, lexicon_path, NULL, err)) != MW_OK)
        goto out;
    an->english = sb_stemmer_new("english", "UTF_8");
    an->memo = mw_memo_new();
    if (an->english == NULL || an->memo == NULL) {
        rc = mw_nomem(err);
        goto out;
    }
    *out = an;
    an = NULL;
out:
    mw_analyser_free(an);
    return rc;
}

void mw_analyser_free(struct mw_analyser *an)
{
    if (an == NULL)
        return;
    mw_lexicon_free(an->lexicon);
    if (an->english != NULL)
        sb_stemmer_delete(an->english);
    mw_memo_free(an->memo);
    mw_str_free(&an->folded);
    mw_str_free(&an->letters);
    mw_str_free(&an->composed);
    mw_str_free(&an->forms);
    free(an);
}

uint64_t mw_analyser_lexicon_hash(const struct mw_analyser *an)
{
    return mw_lexicon_hash(an->lexicon);
}

/* --- one word ----------------------------------------------------------------------------------------------------- */

struct forms {
    size_t end[MW_FORMS_MAX]; /* of each in an->forms */
    unsigned n;
    bool stopword;
};

static struct mw_sv form_at(const struct mw_analyser *an, const struct forms *f, unsigned i)
{
    size_t begin = i > 0 ? f->end[i - 1] : 0;
    return mw_sv_sub(mw_str_sv(&an->forms), begin, f->end[i] - begin);
}

static bool has_digit(struct mw_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if (mw_char_is_digit((unsigned char)s.p[i]))
            return true;
    return false;
}

static void add_new(struct mw_analyser *an, struct forms *f, struct mw_sv form)
{
    for (unsigned i = 0; i < f->n; i++)
        if (mw_sv_eq(form_at(an, f, i), form))
            return;
    if (form.n == 0)
        return;
    mw_str_add(&an->forms, form);
    f->end[f->n++] = an->forms.n;
}

/* The stem of a folded word; adds it unless it is there. */
static void add_form(struct mw_analyser *an, struct forms *f, struct mw_sv folded, bool english)
{
    char stem[MW_WORD_MAX];

    if (f->n == MW_FORMS_MAX || folded.n == 0)
        return;
    if (has_digit(folded) || (!english && folded.n > sizeof stem)) {
        add_new(an, f, folded);
    } else if (english) {
        const sb_symbol *s = sb_stemmer_stem(an->english, (const sb_symbol *)folded.p, (int)folded.n);
        add_new(an, f, s != NULL ? mw_sv_n((const char *)s, (size_t)sb_stemmer_length(an->english)) : folded);
    } else {
        memcpy(stem, folded.p, folded.n);
        add_new(an, f, mw_sv_n(stem, mw_stem_german(stem, folded.n)));
    }
}

/* Folded into an->folded; English keeps its ae, oe, ue, which stand for no umlaut. */
static struct mw_sv fold_word(struct mw_analyser *an, struct mw_sv w, bool english)
{
    mw_str_clear(&an->letters);
    mw_str_clear(&an->folded);
    mw_word_letters(&an->letters, w);
    struct mw_sv letters = mw_str_sv(&an->letters);
    bool ascii = true;
    for (size_t i = 0; i < letters.n && ascii; i++)
        ascii = (unsigned char)letters.p[i] < 0x80;
    if (english && ascii)
        for (size_t i = 0; i < letters.n; i++)
            mw_str_addc(&an->folded, (char)(letters.p[i] >= 'A' && letters.p[i] <= 'Z' ? letters.p[i] | 0x20 : letters.p[i]));
    else
        mw_fold(&an->folded, letters);
    return mw_str_sv(&an->folded);
}

/* The parts of a folded compound; of three and more also what it begins and ends with. */
static void add_parts(struct mw_analyser *an, struct forms *f, struct mw_sv folded)
{
    size_t cuts[MW_PARTS_MAX - 1], n = mw_compound_cuts(an->lexicon, folded, cuts);
    char buf[MW_COMPOUND_MAX + 1];

    for (size_t i = 0; i <= n && n > 0; i++)
        add_form(an, f, mw_compound_part(an->lexicon, folded, i > 0 ? cuts[i - 1] : 0, i < n ? cuts[i] : folded.n, buf), false);
    for (size_t i = 1; i < n; i++) { /* a Kinderspielplatz is a Spielplatz, a Schulhofsanierung for a Schulhof */
        add_form(an, f, mw_compound_part(an->lexicon, folded, cuts[i - 1], folded.n, buf), false);
        add_form(an, f, mw_compound_part(an->lexicon, folded, 0, cuts[i], buf), false);
    }
}

bool mw_analyser_knows(struct mw_analyser *an, struct mw_sv word)
{
    return (mw_lexicon_find(an->lexicon, fold_word(an, word, false)) & (MW_LEX_WORD | MW_LEX_WHOLE)) != 0;
}

/* What the stemmer would take for a noun: "wegen" for a Weg, "gerade" for a Rad, "falls" for a Fall, "während" for a Gewähr. Nouns
 * are written with a capital ("auf Wegen"). */
static bool looks_like_a_noun(struct mw_sv w, struct mw_sv folded)
{
    static const char *const WORDS[] = { "wegen", "gerade", "falls", "wahrend" };
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (mw_sv_eqz(folded, WORDS[i]))
            return w.p[0] == WORDS[i][0];
    return false;
}

static void word_forms(struct mw_analyser *an, struct forms *f, struct mw_sv w, bool hyphened, bool english)
{
    struct mw_sv rest = w, piece;
    struct mw_str joined = MW_STR_INIT;

    if (!hyphened) {
        struct mw_sv folded = fold_word(an, w, english);
        f->stopword = mw_is_stopword(folded, english);
        if (!english && looks_like_a_noun(w, folded))
            add_new(an, f, folded);
        else
            add_form(an, f, folded, english);
        if (folded.n > 1 && folded.p[folded.n - 1] == '+') /* ESF+ is an ESF too */
            add_form(an, f, mw_sv_sub(folded, 0, folded.n - 1), english);
        if (!english && !f->stopword)
            add_parts(an, f, folded);
        return;
    }
    while (mw_word_piece(&rest, &piece))
        mw_str_add(&joined, fold_word(an, piece, english));
    add_form(an, f, mw_str_sv(&joined), english);
    mw_str_free(&joined);
    for (rest = w; mw_word_piece(&rest, &piece);) {
        struct mw_sv folded = fold_word(an, piece, english);
        if (folded.n < 2 || mw_is_stopword(folded, english))
            continue;
        add_form(an, f, folded, english);
        if (!english)
            add_parts(an, f, folded);
    }
}

/* Of two words that share a part ("Bau- und Sanierungskosten"), what stands between them. */
static bool is_joining_word(struct mw_sv w)
{
    static const char *const WORDS[] = { "und", "oder", "sowie", "bzw", "beziehungsweise", "u", "als", "auch", "wie" };
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (mw_sv_ieq(w, mw_sv(WORDS[i])))
            return true;
    return false;
}

/* What a word becomes that was not met before; NULL: out of memory. */
static const struct mw_memo_entry *work_out(struct mw_analyser *an, struct mw_sv w, bool hyphened, bool english)
{
    struct forms f = { .n = 0 };
    struct mw_sv forms[MW_FORMS_MAX];

    mw_str_clear(&an->forms);
    word_forms(an, &f, w, hyphened, english);
    if (!mw_str_ok(&an->forms))
        return NULL;
    for (unsigned i = 0; i < f.n; i++)
        forms[i] = form_at(an, &f, i);
    unsigned flags = (f.stopword ? STOPWORD : 0u) | (!english && is_joining_word(w) ? JOINING : 0u);
    return mw_memo_add(an->memo, w, forms, f.n, (unsigned char)flags);
}

/* --- what is said once for two words ------------------------------------------------------------------------------ */

/* The last piece of a word, folded into an->folded. */
static struct mw_sv fold_last_piece(struct mw_analyser *an, struct mw_sv w)
{
    struct mw_sv piece = w, rest = w;
    while (mw_word_piece(&rest, &piece))
        ;
    return fold_word(an, piece, false);
}

static struct mw_sv in_text(struct mw_sv text, const struct mw_word *w)
{
    size_t n = w->end - w->begin;
    return mw_sv_sub(text, w->begin, n < MW_WORD_MAX ? n : MW_WORD_MAX);
}

/* "Bau- und Sanierungskosten": the word that stands for "Bau-", folded: baukosten, in an->composed. NONE: no such word. */
static struct mw_sv complete_trailing(struct mw_analyser *an, struct mw_sv text, const struct mw_word *w)
{
    struct mw_word target = *w;
    size_t at = w->end, cuts[MW_PARTS_MAX - 1], before;
    bool joined = false;

    for (int i = 0;; i++) {
        before = target.end + target.trails;
        if (i == ELLIPSIS_WORDS || !mw_word_next(text, &at, &target) || target.begin - before > ELLIPSIS_GAP)
            return MW_SV_NONE;
        if (is_joining_word(in_text(text, &target)))
            joined = true;
        else if (!target.trails)
            break;
    }
    mw_str_clear(&an->composed);
    mw_str_add(&an->composed, fold_last_piece(an, in_text(text, w)));
    if (!joined && before == w->end + 1 && text.p[before] == '\n') { /* "finanz-" at a line's end, "schwache" in the next */
        size_t len;
        if (!mw_char_is_lower(mw_char_at(text, target.begin, &len)))
            return MW_SV_NONE;
        mw_str_add(&an->composed, fold_word(an, in_text(text, &target), false));
        return mw_str_sv(&an->composed);
    }
    if (!joined && mw_char_is_space((unsigned char)text.p[before])) /* "Bau- Kosten" is no list */
        return MW_SV_NONE;
    struct mw_sv folded = fold_last_piece(an, in_text(text, &target));
    size_t n = mw_compound_cuts(an->lexicon, folded, cuts);
    if (n == 0 && !target.hyphened)
        return MW_SV_NONE;
    mw_str_add(&an->composed, mw_sv_sub(folded, n > 0 ? cuts[n - 1] : 0, folded.n));
    return mw_str_sv(&an->composed);
}

/* "Bauplanung und -ausführung": bauausfuhrung, from the compound before it. */
static struct mw_sv complete_leading(struct mw_analyser *an, struct mw_sv text, const struct mw_word *before, const struct mw_word *w)
{
    struct mw_sv word = in_text(text, before), piece, rest = word;
    size_t cuts[MW_PARTS_MAX - 1];

    if (before->end == 0 || w->begin - before->end > 24)
        return MW_SV_NONE;
    mw_str_clear(&an->composed);
    while (mw_word_piece(&rest, &piece) && rest.n > 0) /* "technisch-wissenschaftlich oder -wirtschaftlich" */
        mw_str_add(&an->composed, fold_word(an, piece, false));
    struct mw_sv folded = fold_last_piece(an, word);
    size_t n = mw_compound_cuts(an->lexicon, folded, cuts);
    if (n == 0 && an->composed.n == 0)
        return MW_SV_NONE;
    mw_str_add(&an->composed, mw_sv_sub(folded, 0, n > 0 ? cuts[n - 1] : 0));
    mw_str_add(&an->composed, fold_word(an, in_text(text, w), false));
    return mw_str_sv(&an->composed);
}

/* --- the text ----------------------------------------------------------------------------------------------------- */

void mw_analyse(struct mw_analyser *an, struct mw_sv text, bool english, mw_token_fn *fn, void *ctx)
{
    struct mw_word w, before = { 0 }; /* before: the last word that stood by itself and joined nothing */

    for (size_t at = 0; mw_word_next(text, &at, &w);) {
        struct mw_sv word = in_text(text, &w);
        const struct mw_memo_entry *e = mw_memo_find(an->memo, word, english);
        if (e == NULL)
            e = work_out(an, word, w.hyphened, english);
        const char *form = e != NULL ? mw_memo_forms(e) : NULL;
        for (unsigned i = 0; e != NULL && i < e->n; i++) {
            struct mw_token t = { w.begin, w.end, mw_sv_n(form, e->form_n[i]), i > 0, i == 0 && (e->flags & STOPWORD) != 0, mw_memo_number(e) + i };
            if (!fn(ctx, &t))
                return;
            form += e->form_n[i];
        }
        if (english || e == NULL || e->n == 0)
            continue;
        if (w.trails || w.leads) {
            struct mw_sv whole = w.trails ? complete_trailing(an, text, &w) : complete_leading(an, text, &before, &w);
            char stem[2 * MW_WORD_MAX];
            if (whole.p != NULL && whole.n <= sizeof stem) {
                memcpy(stem, whole.p, whole.n);
                struct mw_token t = { w.begin, w.end, mw_sv_n(stem, mw_stem_german(stem, whole.n)), true, false, 0 };
                if (!fn(ctx, &t))
                    return;
            }
        } else if ((e->flags & JOINING) == 0) {
            before = w;
        }
    }
}
