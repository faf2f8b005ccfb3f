/* What notices say, as feedback reads them: the words at the beginning of their texts, each with how often it stands there. Read
 * and analysed when a notice is asked for first, and kept with the open database until something is written, since the notices that
 * answer one question best answer others, too. */
#include "index/query.h"
#include "index/table.h"
#include "rules/engine/statement.h"

#include <stdlib.h>

enum { TEXTS = 3, READ_LETTERS = 3000, KEPT_BYTES = 64 << 20 };
enum { NAME_LETTERS = 4 }; /* of a form: that of Baden is the one of a Bad, too */

struct mw_saids {
    /* cppcheck-suppress unusedStructMember ; mw_keep() reads it */
    struct mw_stamp read;
    struct mw_table forms;    /* struct mw_spoken; what is said lives in its arena, too */
    struct mw_list **of;      /* by document: struct mw_said; NULL: not read yet */
    uint64_t turn;
    bool knows_places;
};

void mw_saids_free(void *saids)
{
    struct mw_saids *all = saids;
    if (all == NULL)
        return;
    mw_table_drop(&all->forms);
    free(all->of);
    free(all);
}

/* Nothing yet: a notice is read when it is asked for. */
static enum mw_rc begin(void *empty, struct mw_store *s, struct mw_err *err)
{
    struct mw_saids *all = empty;
    const struct mw_docs *docs = NULL;
    enum mw_rc rc = mw_docs(&docs, s, err);

    if (rc == MW_OK && ((all->of = calloc(docs->end, sizeof *all->of)) == NULL || (all->forms.arena = mw_arena_new()) == NULL))
        rc = mw_nomem(err);
    return rc;
}

enum mw_rc mw_said_begin(struct mw_store *s, struct mw_err *err)
{
    if (s->saids != NULL && mw_table_bytes(&s->saids->forms) > KEPT_BYTES) {
        mw_saids_free(s->saids);
        s->saids = NULL;
    }
    void *kept = s->saids;
    enum mw_rc rc = mw_keep(&kept, sizeof *s->saids, begin, mw_saids_free, s, err);
    s->saids = kept;
    return rc;
}

struct naming {
    struct mw_store *s;
    bool failed;
};

static bool name_form(void *ctx, const struct mw_token *t)
{
    struct naming *n = ctx;
    struct mw_spoken *word;

    if (t->part || t->form.n < NAME_LETTERS)
        return true;
    word = mw_table_add(&n->s->saids->forms, t->form, sizeof *word);
    if (word != NULL)
        word->names_place = true;
    n->failed = word == NULL;
    return !n->failed;
}

/* "Nordrhein-Westfalen" in both its words; of "Freie Hansestadt Bremen" not every word is a name. */
static bool name_place(void *ctx, struct mw_sv word)
{
    struct naming *n = ctx;
    if (mw_sv_find(word, MW_SV(" "), 0) == SIZE_MAX)
        mw_analyse(n->s->an, word, false, name_form, n);
    return !n->failed;
}

enum mw_rc mw_said_places(struct mw_store *s, const struct mw_rules *rules, struct mw_err *err)
{
    struct naming n = { s, false };

    if (rules == NULL || s->saids->knows_places)
        return MW_OK;
    mw_rules_lookup_words(rules, "laender", name_place, &n);
    mw_rules_lookup_words(rules, "regions", name_place, &n);
    s->saids->knows_places = !n.failed;
    return n.failed ? mw_nomem(err) : MW_OK;
}

uint64_t mw_said_turn(struct mw_store *s)
{
    return ++s->saids->turn;
}

struct mw_spoken *mw_said_form(struct mw_store *s, struct mw_sv form)
{
    return mw_table_find(&s->saids->forms, form);
}

/* --- reading ------------------------------------------------------------------------------------------------------------------ */

struct reader {
    struct mw_saids *all;
    struct mw_list *out;      /* struct mw_said */
    struct mw_sv text;        /* being read; kept */
    unsigned times;           /* so often each word of it counts */
    uint64_t turn;
    bool in_place;            /* the last whole word names one: so its parts say nothing, either */
    bool failed;
};

static bool read_word(void *ctx, const struct mw_token *t)
{
    struct reader *r = ctx;

    if (t->part && r->in_place)
        return true;
    r->in_place = false;
    if (t->stopword || t->form.n < 3 || !mw_has_letter(t->form))
        return true;
    struct mw_spoken *word = mw_table_add(&r->all->forms, t->form, sizeof *word);
    r->in_place = word != NULL && word->names_place && !t->part;
    bool known = word != NULL && word->turn == r->turn;
    struct mw_said *said = word == NULL ? NULL : known ? MW_AT(*r->out, struct mw_said, word->place) :
                                                         mw_list_add(r->all->forms.arena, r->out, sizeof *said);
    r->failed = said == NULL;
    if (r->failed)
        return false;
    if (!known) {
        word->turn = r->turn;
        word->place = (uint32_t)(r->out->n - 1);
        said->word = word;
    }
    if (!known || (said->part && !t->part)) {
        said->part = t->part;
        said->shown = mw_sv_sub(r->text, t->begin, t->end - t->begin);
    }
    said->times += r->times;
    return true;
}

static enum mw_rc read(struct mw_list *out, struct mw_store *s, int64_t notice, struct mw_err *err)
{
    struct reader r = { .all = s->saids, .out = out, .turn = mw_said_turn(s) };
    struct mw_list texts = { NULL, 0, 0 };
    enum mw_rc rc = mw_sections_begin(&texts, s->saids->forms.arena, s, notice, TEXTS, READ_LETTERS, err);

    for (size_t i = 0; i < texts.n && rc == MW_OK; i++) {
        const struct mw_section *c = MW_AT(texts, struct mw_section, i);
        r.text = c->text;
        r.times = i == 0 ? 2 : 1; /* the title says most */
        mw_analyse(s->an, c->text, c->html, read_word, &r);
        rc = r.failed ? mw_nomem(err) : MW_OK;
    }
    return rc;
}

enum mw_rc mw_said(const struct mw_list **out, struct mw_store *s, uint32_t doc, int64_t notice, struct mw_err *err)
{
    struct mw_saids *all = s->saids;
    enum mw_rc rc = MW_OK;

    if (all->of[doc] == NULL) {
        struct mw_list *list = mw_arena_alloc(all->forms.arena, sizeof *list);
        rc = list != NULL ? read(list, s, notice, err) : mw_nomem(err);
        all->of[doc] = rc == MW_OK ? list : NULL;
    }
    *out = all->of[doc];
    return rc;
}
