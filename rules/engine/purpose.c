/* What a project is for, against what a programme is for. */
#include "lib/language/segment.h"
#include "rules/engine/kin.h"

#include <string.h>

enum { SAID_MAX = 24 };
/* Of the weight of all themes of a side, in percent: how much the other side covers ... */
enum {
    COVERED_OURS = 45,     /* from here on the purposes are one */
    COVERED_OTHER = 30,    /* below it a plain purpose is another */
    COVERED_GROUP = 40,    /* the same, of what is for a group or a craft that the project does not name */
    COVERED_NOTHING = 7    /* the same, of what has many purposes */
};
/* ... and what makes a purpose plain: how much lies in one field, what a main field holds, how much title and first section name, how much of that
 * are frames; and what makes it one for a group: how much of all, and of that in title and first section. */
enum { FIELD_MAIN = 40, FIELD_OF_PROFILE = 25, FIELD_OF_NOTICE = 30, NAMED_AT_ONCE = 34, FRAMES_OF_ALL = 15, GROUP_OF_ALL = 35, GROUP_NAMED = 25 };
/* Less said is no purpose; of more themes a title does not tell which is the one; a field that holds less is named in passing (percent). */
enum { WEIGHT_MIN = 5, THEMES_OF_ONE = 10, NAMED_ENOUGH = 10 };
/* What proves that a purpose is ours: as near as this to what our title names, or our text so often. */
enum { KIN_PROVES = 100, SAID_OFTEN = 3 };

struct mw_theme_brief {
    const struct mw_rules *r;
    struct mw_said said[SAID_MAX];
    size_t n;
    int weight;                /* of all */
    uint64_t main_fields;
    uint32_t groups;           /* of people and crafts that it speaks of */
    bool names_what;           /* its title names more than whom it is for */
    uint8_t *kin;              /* n rows of themes->n: percent, how near each concept is to ours */
};

static bool is_titled(const struct mw_theme_brief *b, size_t i) { return strcmp(b->said[i].kind, "title") == 0; }

static void add_fields(int64_t by_field[FIELDS_MAX], uint64_t fields, int weight)
{
    int n = 0;
    for (uint64_t f = fields; f != 0; f &= f - 1)
        n++;
    for (size_t f = 0; f < FIELDS_MAX && n > 0; f++)
        if ((fields >> f & 1) != 0)
            by_field[f] += weight * 100 / n;
}

static uint64_t fields_from(const int64_t by_field[FIELDS_MAX], int percent, int64_t *largest, int64_t *total)
{
    uint64_t out = 0;
    *largest = *total = 0;
    for (size_t f = 0; f < FIELDS_MAX; f++) {
        *total += by_field[f];
        *largest = by_field[f] > *largest ? by_field[f] : *largest;
    }
    for (size_t f = 0; f < FIELDS_MAX; f++)
        out |= by_field[f] > 0 && by_field[f] * 100 >= percent * *total ? UINT64_C(1) << f : 0;
    return out;
}

static bool leaves_out(const struct mw_rules *r, struct mw_sv sentence)
{
    for (size_t i = 0; i < r->themes->purposes.left_out.n; i++)
        if (mw_sv_find(sentence, *MW_AT(r->themes->purposes.left_out, struct mw_sv, i), 0) != SIZE_MAX)
            return true;
    return false;
}

/* What a text of the profile is about, but for its sentences on what the project is not and the names of its places. */
static enum mw_rc weigh_ours(struct mw_list *out, struct mw_arena *a, const struct mw_rules *r, struct mw_sv text, const struct mw_list *names,
    struct mw_err *err)
{
    struct mw_list sentences = { 0 };
    enum mw_rc rc = mw_segment(&sentences, a, text) ? MW_OK : mw_nomem(err);
    for (size_t i = 0; i < sentences.n && rc == MW_OK; i++) {
        const struct mw_segment *s = MW_AT(sentences, struct mw_segment, i);
        struct mw_sv one = mw_sv_sub(text, s->begin, s->end - s->begin);
        if (!leaves_out(r, one))
            rc = mw_themes_weigh(out, a, r, &(struct mw_saying){ .text = one, .offset = s->begin, .kind = "text", .weight = 1 }, names, err);
    }
    return rc;
}

enum mw_rc mw_themes_brief(struct mw_theme_brief **out, struct mw_arena *a, const struct mw_rules *r, const struct mw_profile *p, struct mw_err *err)
{
    struct mw_list said = { 0 }, names = { 0 };
    struct mw_theme_brief *b = mw_arena_alloc(a, sizeof *b);
    int64_t by_field[FIELDS_MAX] = { 0 }, largest, total;
    *out = b;
    if (b == NULL)
        return mw_nomem(err);
    b->r = r;
    if (r->themes == NULL || r->themes->n == 0)
        return MW_OK;
    for (size_t i = 0; i < p->applicants.n; i++)
        if (!mw_themes_places(&names, a, r, MW_AT(p->applicants, struct mw_applicant, i)->name))
            return mw_nomem(err);
    enum mw_rc rc = mw_themes_weigh(&said, a, r, &(struct mw_saying){ .text = p->title, .kind = "title", .weight = 3 }, &names, err);
    if (rc == MW_OK && p->summary.p != NULL)
        rc = weigh_ours(&said, a, r, p->summary, &names, err);
    if (rc == MW_OK && p->text.p != NULL)
        rc = weigh_ours(&said, a, r, p->text, &names, err);
    for (size_t i = 0; i < p->lots.n && rc == MW_OK; i++)
        rc = weigh_ours(&said, a, r, MW_AT(p->lots, struct mw_lot, i)->label, &names, err);
    if (rc != MW_OK)
        return rc;
    mw_themes_sort(&said);
    b->n = said.n < SAID_MAX ? said.n : SAID_MAX;
    b->kin = mw_arena_array(a, b->n + 1, r->themes->n);
    if (b->kin == NULL)
        return mw_nomem(err);
    for (size_t i = 0; i < b->n; i++) {
        b->said[i] = *MW_AT(said, struct mw_said, i);
        b->weight += b->said[i].weight;
        add_fields(by_field, r->themes->theme[b->said[i].concept].fields, b->said[i].weight);
        b->groups |= r->themes->theme[b->said[i].concept].groups;
        b->names_what |= is_titled(b, i) && !r->themes->theme[b->said[i].concept].addressee;
        for (size_t q = 0; q < r->themes->n; q++)
            b->kin[i * r->themes->n + q] = (uint8_t)mw_theme_kin(r->themes, b->said[i].concept, q);
    }
    b->main_fields = fields_from(by_field, FIELD_OF_PROFILE, &largest, &total);
    return MW_OK;
}

/* What the notice says: its themes by number, and whether it has one plain purpose. */
struct purpose {
    const struct mw_fact *fact[MW_THEMES_MAX];
    size_t concept[MW_THEMES_MAX];
    int weight[MW_THEMES_MAX];
    size_t n;
    int total;
    uint64_t main_fields;
    uint32_t groups;              /* of people and crafts that it is for; 0: for anybody */
    const struct mw_fact *people; /* what says so */
    bool plain;                   /* one purpose */
    bool wide;                    /* many, and no frame among them */
};

/* What of the weight of a notice's themes is named in title or first section, and by whom. */
struct shares { int64_t named, frames, groups, groups_named; int frames_titled, others_titled; bool people_titled, pot; };

static bool is_share(int64_t part, int percent, int64_t whole) { return part * 100 >= percent * whole; }

static void count_theme(struct purpose *x, struct shares *s, const struct theme *t, const struct mw_fact *f)
{
    bool titled = mw_sv_eqz(f->kind, "title"), named = !mw_sv_eqz(f->kind, "text");
    s->named += named ? f->number : 0;
    s->frames += named && t->frame ? f->number : 0;
    s->frames_titled += titled && t->frame;
    s->others_titled += titled && !t->frame;
    if (t->groups == 0)
        return;
    s->groups += f->number;
    s->groups_named += named ? f->number : 0;
    s->people_titled |= titled && t->groups < UINT32_C(1) << CRAFTS_FROM;
    x->groups |= t->groups;
    x->people = x->people != NULL ? x->people : f;
}

static void read_purpose(struct purpose *x, const struct mw_rules *r, const struct mw_list *facts)
{
    int64_t by_field[FIELDS_MAX] = { 0 }, largest = 0, all = 0;
    struct shares s = { 0 };
    for (size_t i = 0; i < facts->n && x->n < MW_THEMES_MAX; i++) {
        const struct mw_fact *f = MW_AT(*facts, struct mw_fact, i);
        size_t c = f->type == MW_F_THEME && f->field.p == NULL ? mw_theme_number(r, f->value) : SIZE_MAX; /* what the text says */
        if (c == SIZE_MAX || f->number <= 0)
            continue;
        if (r->themes->theme[c].pot) { /* says who gives, not what for */
            s.pot |= !mw_sv_eqz(f->kind, "text");
            continue;
        }
        count_theme(x, &s, &r->themes->theme[c], f);
        add_fields(by_field, r->themes->theme[c].fields, (int)f->number);
        x->fact[x->n] = f;
        x->concept[x->n] = c;
        x->weight[x->n++] = (int)f->number;
        x->total += (int)f->number;
    }
    x->main_fields = fields_from(by_field, FIELD_OF_NOTICE, &largest, &all);
    bool housed = x->n <= THEMES_OF_ONE && s.others_titled > 0 && s.others_titled >= s.frames_titled; /* "Klimaschutzinitiative – Kälteanlagen" */
    bool frame = !housed && is_share(s.frames, FRAMES_OF_ALL, x->total);
    bool for_group = is_share(s.groups, GROUP_OF_ALL, x->total) && is_share(s.groups_named, GROUP_NAMED, x->total);
    if (frame || s.pot || !(for_group || s.people_titled))
        x->groups = 0;
    x->plain = !frame && x->total >= WEIGHT_MIN && is_share(s.named, NAMED_AT_ONCE, x->total) && is_share(largest, FIELD_MAIN, all);
    x->wide = !frame && x->total >= WEIGHT_MIN && !x->plain && s.named > 0 && x->n > 1;
}

static bool fields_are_near(const struct mw_themes *t, uint64_t a, uint64_t b)
{
    for (size_t f = 0; f < t->n_fields; f++)
        if ((a >> f & 1) != 0 && (t->near[f] & b) != 0)
            return true;
    return false;
}

/* How much of one side the other covers, in percent; a theme said once counts half. */
static int covered(const struct mw_theme_brief *b, const struct purpose *x, bool of_notice, size_t *nearest)
{
    int sum = 0, top = -1;
    for (size_t i = 0; i < (of_notice ? x->n : b->n); i++) {
        int best = 0, own = of_notice ? x->weight[i] : b->said[i].weight;
        for (size_t k = 0; k < (of_notice ? b->n : x->n); k++) {
            size_t row = of_notice ? k : i, col = of_notice ? i : k;
            int other = of_notice ? b->said[k].weight : x->weight[k];
            /* "umweltfreundlich" makes no programme for the environment */
            bool passing = !of_notice && b->r->themes->theme[x->concept[col]].is_field && !is_share(other, NAMED_ENOUGH, x->total);
            int one = b->kin[row * b->r->themes->n + x->concept[col]] * (other > 1 && !passing ? 2 : 1) / 2;
            best = one > best ? one : best;
        }
        sum += best * own;
        if (of_notice && best * own > top) {
            top = best * own;
            *nearest = i;
        }
    }
    return sum / (of_notice ? x->total : b->weight);
}

/* Is the theme what the project is for: named in its title, or again and again? */
static bool is_main(const struct mw_theme_brief *b, size_t i)
{
    return is_titled(b, i) || b->said[i].weight >= SAID_OFTEN;
}

/* Of a theme that a sentence says is funded the quote is that sentence. */
static bool is_title_alone(const struct mw_fact *f) { return mw_sv_eqz(f->kind, "title") && f->start == 0; }

/* The notice's theme that proves that the purposes are one; NULL: none does. It is what a sentence says is funded, or what the title names where
 * that is what our title names. What is only mentioned, a frame, and a field that both share prove nothing. */
static const struct mw_fact *proof(const struct mw_theme_brief *b, const struct purpose *x)
{
    const struct mw_themes *t = b->r->themes;
    const struct mw_fact *best = NULL;
    int most = 0;
    for (size_t k = 0; k < x->n; k++)
        for (size_t i = 0; i < b->n; i++) {
            size_t theirs = x->concept[k], ours = b->said[i].concept;
            bool very = theirs == ours && is_titled(b, i), wide = t->theme[theirs].is_field || t->theme[ours].is_field || t->theme[theirs].frame;
            if (wide && very && mw_sv_eqz(x->fact[k]->kind, "title"))
                wide = false; /* both titles name it */
            if (b->names_what && (t->theme[theirs].addressee || t->theme[ours].addressee))
                continue;
            if (!is_main(b, i) || b->kin[i * t->n + theirs] < KIN_PROVES || x->fact[k]->soft || wide || (!very && is_title_alone(x->fact[k])))
                continue;
            int weight = x->weight[k] * (theirs == ours ? 2 : 1);
            if (weight > most) {
                most = weight;
                best = x->fact[k];
            }
        }
    return best;
}

enum mw_purpose mw_themes_compare(const struct mw_theme_brief *b, const struct mw_list *facts, const struct mw_fact **why)
{
    struct purpose x = { .n = 0 };
    size_t nearest = 0;
    *why = NULL;
    if (b->n == 0)
        return MW_PURPOSE_UNKNOWN;
    read_purpose(&x, b->r, facts);
    if (x.n == 0)
        return MW_PURPOSE_UNKNOWN;
    int notice = covered(b, &x, true, &nearest), project = covered(b, &x, false, &nearest);
    *why = x.fact[nearest];
    if (notice >= COVERED_OURS || project >= COVERED_OURS)
    {
        const struct mw_fact *shown = proof(b, &x);
        if (shown == NULL)
            return MW_PURPOSE_AKIN;
        return *why = shown, MW_PURPOSE_OURS;
    }
    if ((x.groups & b->groups) != 0)
        return MW_PURPOSE_NEAR;
    if (x.groups != 0 && notice < COVERED_GROUP && project < COVERED_GROUP)
        return *why = x.people, MW_PURPOSE_OTHER;
    int most = x.plain ? COVERED_OTHER : x.wide ? COVERED_NOTHING : 0;
    if (notice >= most || project >= most || fields_are_near(b->r->themes, b->main_fields, x.main_fields))
        return MW_PURPOSE_NEAR;
    *why = x.fact[0];
    return MW_PURPOSE_OTHER;
}

const struct mw_concept *mw_theme_of_brief(const struct mw_theme_brief *b)
{
    return b->n > 0 ? mw_vocabulary_at(b->r->vocabulary, b->said[0].concept) : NULL;
}
