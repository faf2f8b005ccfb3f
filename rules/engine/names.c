/* Lists of places in texts: "der Städte Adorf und Behausen (Tal) sowie des Landkreises Czell". Does one of them name an applicant?
 *
 * Which word is an office ("Stadt", "Landkreis", "Bundesländer") and which only joins or leads to names ("sowie", "der"), the table
 * `offices` of rules/vocabulary says; the names of Länder stand in its table `laender`. An office counts for all names behind it; what stands behind none ("der Großstädte") may mean anybody. */
#include <string.h>

#include "lib/language/analyse.h"
#include "rules/engine/court.h"
#include "rules/engine/statement.h"

enum named { NAMED_NOT, NAMED_PERHAPS, NAMED };

struct place_name {
    struct mw_str words; /* folded, one space between them */
    struct mw_sv last;   /* the last of them as it stands */
    struct mw_sv office; /* "town", "kreis", "land"; MW_SV_NONE: none was said */
};

static bool stops(char c) { return strchr(" ,;:/()\n\t", c) != NULL; }

/* The next word of rest; *breaks: a comma or its like stands before it. Empty at the end. */
static struct mw_sv next_word(struct mw_sv *rest, bool *breaks)
{
    size_t from = 0, to;
    *breaks = false;
    for (; from < rest->n && stops(rest->p[from]); from++)
        *breaks = *breaks || strchr(",;/", rest->p[from]) != NULL;
    for (to = from; to < rest->n && !stops(rest->p[to]);)
        to++;
    struct mw_sv word = mw_sv_sub(*rest, from, to - from);
    *rest = mw_sv_sub(*rest, to, SIZE_MAX);
    return word;
}

static void add_word(struct place_name *n, struct mw_sv word)
{
    if (n->words.n > 0)
        mw_str_addc(&n->words, ' ');
    mw_fold(&n->words, word);
    n->last = word;
}

/* "Kreisstadt Adorf" is "adorf". */
static void core_of(struct place_name *out, const struct court *c, struct mw_sv name)
{
    bool breaks;
    for (struct mw_sv word; (word = next_word(&name, &breaks)).n > 0;)
        if (out->words.n > 0 || mw_rules_lookup(c->r, "offices", word).p == NULL)
            add_word(out, word);
}

static struct mw_sv first_word(struct mw_sv s)
{
    struct mw_sv head, tail;
    (void)mw_sv_cut(s, ' ', &head, &tail);
    return head;
}

static bool is_town_outside_kreis(const struct mw_applicant *a) { return a->ags.n == 8 && memcmp(a->ags.p + 5, "000", 3) == 0; }

static enum named compare_land(const struct court *c, struct mw_sv name, const struct mw_applicant *a)
{
    struct mw_sv code = mw_rules_lookup(c->r, "laender", name);
    if (code.p == NULL || a->land == MW_LAND_NONE)
        return NAMED_PERHAPS;
    return mw_sv_eqz(code, mw_land_code(a->land)) ? NAMED : NAMED_NOT;
}

static enum named compare_names(struct mw_sv theirs, struct mw_sv ours)
{
    enum { TELLING = 4 };
    if (mw_sv_eq(theirs, ours))
        return NAMED;
    struct mw_sv head = first_word(theirs);
    return head.n >= TELLING && mw_sv_eq(head, first_word(ours)) ? NAMED_PERHAPS : NAMED_NOT;
}

/* A Kreis is named: is it that of the municipality? */
static enum named compare_kreis(const struct court *c, struct mw_sv theirs, const struct mw_applicant *a)
{
    struct place_name ours = { MW_STR_INIT, MW_SV_NONE, MW_SV_NONE };
    if (is_town_outside_kreis(a))
        return NAMED_NOT;
    if (a->kreis.n == 0 || a->type != MW_A_KOMMUNE)
        return NAMED_PERHAPS;
    core_of(&ours, c, a->kreis);
    enum named is = mw_str_ok(&ours.words) ? compare_names(theirs, mw_str_sv(&ours.words)) : NAMED_PERHAPS;
    mw_str_free(&ours.words);
    return is;
}

/* One name of the list and one applicant. Homonyms differ in what stands behind ("Adorf (Tal)", "Adorf am See"), so that the same
 * beginning is a question. A Kreis that is named may be that of a municipality. */
static enum named compare(const struct court *c, const struct place_name *n, const struct mw_applicant *a, struct mw_sv ours)
{
    struct mw_sv theirs = mw_str_sv(&n->words);
    bool kreis = mw_sv_eqz(n->office, "kreis");
    if (mw_sv_eqz(n->office, "land"))
        return compare_land(c, n->last, a);
    if (n->office.p == NULL || a->type < 0)
        return NAMED_PERHAPS;
    if (kreis && a->type != MW_A_KREIS)
        return compare_kreis(c, theirs, a);
    if (!kreis && a->type == MW_A_KREIS)
        return NAMED_NOT;
    return compare_names(theirs, ours);
}

/* An item ends: does it name the applicant? */
static enum named close_item(const struct court *c, struct place_name *n, const struct mw_applicant *a, struct mw_sv ours)
{
    enum named is = n->words.n > 0 ? compare(c, n, a, ours) : NAMED_NOT;
    mw_str_clear(&n->words);
    return is;
}

static enum named list_names(const struct court *c, struct mw_sv list, const struct mw_applicant *a)
{
    struct place_name ours = { MW_STR_INIT, MW_SV_NONE, MW_SV_NONE }, item = { MW_STR_INIT, MW_SV_NONE, MW_SV_NONE };
    enum named best = NAMED_NOT, is;
    bool breaks, any = false;
    core_of(&ours, c, a->name);
    for (struct mw_sv word; (word = next_word(&list, &breaks)).n > 0;) {
        struct mw_sv office = mw_rules_lookup(c->r, "offices", word);
        if (breaks || office.p != NULL) {
            is = close_item(c, &item, a, mw_str_sv(&ours.words));
            best = is > best ? is : best;
        }
        if (office.p == NULL)
            add_word(&item, word);
        else if (mw_sv_eqz(office, "town") || mw_sv_eqz(office, "kreis") || mw_sv_eqz(office, "land"))
            item.office = office;
        any = any || office.p == NULL;
    }
    is = close_item(c, &item, a, mw_str_sv(&ours.words));
    best = is > best ? is : !any ? NAMED_PERHAPS : best; /* "der kreisfreien Städte": all of them */
    if (!mw_str_ok(&ours.words) || !mw_str_ok(&item.words))
        best = NAMED_PERHAPS;
    mw_str_free(&ours.words);
    mw_str_free(&item.words);
    return best;
}

enum mw_compare mw_court_names(const struct court *c, const struct mw_fact *f)
{
    size_t all = 0, some = 0;
    for (size_t i = 0; i < c->p->applicants.n; i++) {
        enum named is = list_names(c, f->condition, MW_AT(c->p->applicants, struct mw_applicant, i));
        all += is == NAMED;
        some += is != NAMED_NOT;
    }
    return all > 0 && all == c->p->applicants.n ? MW_C_NAMES_ALL : some > 0 ? MW_C_NAMES_SOME : MW_C_NAMES_NONE;
}
