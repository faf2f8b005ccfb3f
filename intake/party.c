/* Names of organisations: which authority stands behind an office, of what type it is, and where. What names mean is told by
 * rules/profile/party.yaml; the register settles which place it is. */
#include <string.h>

#include "intake/draft_inside.h"

static int type_of(struct mw_sv word)
{
    for (int t = 0; t < MW_A_N; t++)
        if (mw_sv_eqz(word, MW_APPLICANT_TYPES[t]))
            return t;
    return -1;
}

static bool lies_somewhere(int type) /* a national company has a seat, but no Land */
{
    return type == MW_A_KOMMUNE || type == MW_A_KREIS || type == MW_A_KOMMUNALVERBAND || type == MW_A_KOMMUNALES_UNTERNEHMEN ||
           type == MW_A_HOCHSCHULE || type == MW_A_OEFFENTLICHE_EINRICHTUNG;
}

/* "Lindau an der Lahn" is not the Lindau of the register. */
static bool lies_at_another_water(const struct mw_job *x, struct mw_sv name, const struct mw_place *p)
{
    static const char *const AT[] = { " an der ", " am ", " ob der ", " a. d. ", " a.d. ", " a. " };
    size_t at = mw_sv_find(name, p->name, 0);
    struct mw_sv word, rest, behind = at != SIZE_MAX ? mw_sv_sub(name, at + p->name.n, SIZE_MAX) : MW_SV("");
    for (size_t i = 0; i < sizeof AT / sizeof *AT; i++)
        if (mw_sv_starts(behind, mw_sv(AT[i]))) {
            mw_sv_cut(mw_sv_sub(behind, strlen(AT[i]), SIZE_MAX), ' ', &word, &rest);
            return mw_rules_lookup(x->in->rules, "waters", word).p != NULL;
        }
    return false;
}

/* The place that a name means, also in the genitive: "des Wetteraukreises". */
static const struct mw_place *settle(struct mw_job *x, struct mw_sv name, const struct mw_place_hint *hint, struct mw_list *homonyms)
{
    static const char *const ENDINGS[] = { "es", "s" };
    const struct mw_place *p = mw_places_settle(x->in->a, x->in->places, name, hint, homonyms);
    for (size_t i = 0; i < 2 && p == NULL && homonyms->n == 0; i++)
        if (name.n > 4 && mw_sv_ends(name, mw_sv(ENDINGS[i])))
            p = mw_places_settle(x->in->a, x->in->places, mw_sv_sub(name, 0, name.n - strlen(ENDINGS[i])), hint, homonyms);
    return p != NULL && lies_at_another_water(x, name, p) ? NULL : p;
}

/* "Landkreis Altenburger" + " Land", "Rhein-Kreis" + "-Neuss": with the words behind it, where the register has that name. */
static struct mw_sv with_next(struct mw_job *x, struct mw_sv text, size_t end, struct mw_sv place, struct mw_sv *more)
{
    size_t stop = end + 1;
    *more = MW_SV("");
    if (place.n == 0 || end >= text.n || (text.p[end] != ' ' && text.p[end] != '-'))
        return place;
    while (stop < text.n && text.p[stop] != ' ' && text.p[stop] != ',' && text.p[stop] != '\n')
        stop++;
    struct mw_list found = { 0 };
    struct mw_sv tail = mw_sv_sub(text, end, stop - end), longer = mw_arena_printf(x->in->a, "%.*s%.*s", MW_SV_ARG(place), MW_SV_ARG(tail));
    if (mw_places_named(&found, x->in->a, x->in->places, longer, MW_NAME_EXACT, NULL) != MW_OK || found.n == 0)
        return place;
    *more = tail;
    return longer;
}

/* "des Eifelkreises Bitburg-Prüm" */
static struct mw_sv without_genitive(struct mw_arena *a, struct mw_sv name)
{
    size_t at = mw_sv_find(name, MW_SV("kreises "), 0);
    at = at != SIZE_MAX ? at : mw_sv_find(name, MW_SV("Kreises "), 0);
    if (at == SIZE_MAX || mw_sv_find(mw_sv_sub(name, 0, at), MW_SV(" "), 0) != SIZE_MAX) /* "Vergabestelle des Kreises Herford" stays */
        return name;
    return mw_arena_printf(a, "%.*s%.*s", (int)(at + 5), name.p, MW_SV_ARG(mw_sv_sub(name, at + 7, SIZE_MAX)));
}

/* The name with its first word as the table has it; MW_SV_NONE: the table has none. */
static struct mw_sv first_word_as(const struct mw_job *x, const char *table, struct mw_sv name)
{
    struct mw_sv head, rest;
    if (!mw_sv_cut(name, ' ', &head, &rest))
        return MW_SV_NONE;
    struct mw_sv is = mw_rules_lookup(x->in->rules, table, head);
    return is.p != NULL ? mw_arena_printf(x->in->a, "%.*s %.*s", MW_SV_ARG(is), MW_SV_ARG(rest)) : MW_SV_NONE;
}

/* "des Kreises Herford" names the Kreis Herford. */
static struct mw_sv nominative(const struct mw_job *x, struct mw_sv name)
{
    struct mw_sv known = first_word_as(x, "nominatives", name);
    if (known.p != NULL)
        return known;
    static const char *const BODIES[] = { "verbandes ", "verbands " }; /* "des Abwasserzweckverbandes Aue": endings, which no table has */
    for (size_t i = 0; i < 2; i++) {
        size_t at = mw_sv_find(name, mw_sv(BODIES[i]), 0), stem = strlen("verband");
        if (at != SIZE_MAX && mw_sv_find(mw_sv_sub(name, 0, at), MW_SV(" "), 0) == SIZE_MAX)
            return mw_arena_printf(x->in->a, "%.*s%.*s", (int)(at + stem), name.p, MW_SV_ARG(mw_sv_sub(name, at + strlen(BODIES[i]) - 1, SIZE_MAX)));
    }
    return without_genitive(x->in->a, name);
}

/* "Landratsamt Obertal" that applies is the Landkreis, also one that the register does not know; as a role it stays the office. */
static struct mw_sv without_office(const struct mw_job *x, struct mw_sv name)
{
    struct mw_sv authority = mw_sv_ends(name, MW_SV("kreis")) ? MW_SV_NONE : first_word_as(x, "kreis-offices", name);
    return authority.p != NULL ? authority : name;
}

/* "Kreisausschuss des Wetteraukreises" is the Wetteraukreis, "Landratsamt Ravensburg" the Landkreis Ravensburg. */
static struct mw_sv kreis_name(struct mw_job *x, struct mw_sv name, const struct mw_place *p)
{
    bool said = mw_sv_starts(name, MW_SV("Landkreis ")) || mw_sv_starts(name, MW_SV("Kreis "));
    if (said && mw_sv_ends(name, p->name))
        return name;
    return p->title.n > 0 ? mw_arena_printf(x->in->a, "%.*s %.*s", MW_SV_ARG(p->title), MW_SV_ARG(p->name)) : p->name;
}

/* "Duisburg im Leistungszeitraum" is Duisburg: what stands behind a name in running text need not belong to it. */
static struct mw_sv cut_to(struct mw_sv name, const struct mw_place *p)
{
    size_t at = mw_sv_find(name, p->name, 0), end = at != SIZE_MAX ? at + p->name.n : name.n;
    bool joint = end < name.n && (name.p[end] == ' ');
    return joint ? mw_sv_sub(name, 0, end) : name;
}

struct mw_sv mw_bare_town(const struct mw_job *x, struct mw_sv name)
{
    struct mw_sv head, rest;
    return mw_sv_cut(name, ' ', &head, &rest) && mw_rules_lookup(x->in->rules, "town-words", head).p != NULL ? rest : name;
}

static bool is_there(const struct mw_job *x, struct mw_sv name, const struct mw_place *place)
{
    for (size_t i = 0; i < x->out->profile.applicants.n; i++) {
        const struct mw_place *p = MW_AT(x->out->found, struct mw_found, i)->place;
        if (mw_same_words(mw_bare_town(x, MW_AT(x->out->profile.applicants, struct mw_applicant, i)->name), mw_bare_town(x, name)) || (place != NULL && p == place))
            return true;
    }
    return false;
}

static void ask_homonyms(struct mw_job *x, struct mw_sv name, const struct mw_list *homonyms)
{
    MW_AUTO(mw_str_free) struct mw_str list = MW_STR_INIT;
    struct mw_question *q = mw_list_add(x->in->a, &x->out->questions, sizeof *q);
    for (size_t i = 0; i < homonyms->n && i < 12; i++) {
        const struct mw_place *p = *MW_AT(*homonyms, const struct mw_place *, i);
        mw_str_addf(&list, "%s%.*s (%.*s, %s, %.*s)", i > 0 ? "; " : "", MW_SV_ARG(p->name), MW_SV_ARG(p->kreis), mw_land_code(p->land), MW_SV_ARG(p->ags));
    }
    if (q != NULL)
        *q = (struct mw_question){ MW_SV("ags"), mw_arena_printf(x->in->a, mw_tr(x->in->lang, "Which place is %.*s? The register has: %s."), MW_SV_ARG(name),
                                                     mw_str_z(&list)) };
}

/* "Stadt Lindenau", "Landeshauptstadt Kiel", but not "Freistadt" alone. */
static bool says_town(struct mw_sv name)
{
    struct mw_sv head, tail;
    return mw_sv_cut(name, ' ', &head, &tail) && (mw_sv_ends(head, MW_SV("stadt")) || mw_sv_eqz(head, "Stadt"));
}

static void add_applicant(struct mw_job *x, struct mw_sv name, int type, struct mw_sv place_name, struct mw_sv quote,
    const struct mw_place_hint *given, bool foreign)
{
    struct mw_place_hint hint = *given;
    struct mw_list homonyms = { 0 };
    const struct mw_place *place = NULL;
    hint.is_kreis = type == MW_A_KREIS;
    hint.is_municipality = type == MW_A_KOMMUNE;
    hint.is_town = type == MW_A_KOMMUNE && says_town(name);
    if (!foreign && (type == MW_A_KREIS || type == MW_A_KOMMUNE))
        place = settle(x, place_name.n > 0 ? place_name : name, &hint, &homonyms);
    if (place != NULL)
        name = type == MW_A_KREIS ? kreis_name(x, name, place) : cut_to(name, place);
    else if (type == MW_A_KREIS)
        name = without_office(x, name);
    if (name.n == 0 || is_there(x, name, place))
        return;
    struct mw_applicant *ap = mw_list_add(x->in->a, &x->out->profile.applicants, sizeof *ap);
    struct mw_found *f = mw_list_add(x->in->a, &x->out->found, sizeof *f);
    if (ap == NULL || f == NULL) {
        x->failed = true;
        return;
    }
    size_t i = x->out->profile.applicants.n - 1;
    *ap = (struct mw_applicant){ .name = name, .type = type, .population = MW_INT_NONE, .budget = -1, .lead = MW_TRI_NONE, .ags = MW_SV_NONE };
    f->place = place;
    f->foreign = foreign;
    mw_draft_quotef(x, quote, "applicants[%zu].name", i);
    if (place != NULL) {
        ap->ags = place->ags;
        ap->land = place->land;
    } else if (!foreign && lies_somewhere(type)) {
        ap->land = hint.land != MW_LAND_NONE ? hint.land : mw_land_of_nuts(hint.nuts);
    }
}

/* "STADT BAD LINDENTAL" of a letterhead is Stadt Bad Lindental. Other names stay as they are. */
static struct mw_sv without_capitals(struct mw_arena *a, struct mw_sv name)
{
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] >= 'a' && name.p[i] <= 'z')
            return name;
        n += name.p[i] >= 'A' && name.p[i] <= 'Z';
    }
    char *p = n >= 6 && mw_sv_find(name, MW_SV(" "), 0) != SIZE_MAX ? mw_arena_alloc(a, name.n) : NULL;
    if (p == NULL)
        return name;
    memcpy(p, name.p, name.n);
    bool begins = true;
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)p[i];
        bool umlaut = c == 0xC3 && i + 1 < name.n; /* Ä is C3 84, ä C3 A4 */
        if (!begins && c >= 'A' && c <= 'Z')
            p[i] = (char)(c + 0x20);
        else if (!begins && umlaut && (unsigned char)p[i + 1] < 0x9F)
            p[i + 1] = (char)(p[i + 1] + 0x20);
        i += umlaut;
        begins = c == ' ' || c == '-';
    }
    return mw_sv_n(p, name.n);
}

void mw_draft_party(struct mw_job *x, struct mw_sv name, struct mw_sv quote, struct mw_sv kind, const struct mw_place_hint *hint, bool foreign)
{
    struct mw_list parties = { 0 }, heads = { 0 };
    if (mw_is_full(&x->out->profile.applicants))
        return;
    size_t *head = mw_list_add(x->in->a, &heads, sizeof *head);
    name = without_capitals(x->in->a, mw_tidy(x->in->a, name));
    struct mw_sv text = kind.n > 0 ? mw_arena_printf(x->in->a, "%.*s\n\n%.*s", MW_SV_ARG(kind), MW_SV_ARG(name)) : name;
    if (head == NULL || text.p == NULL || mw_rules_statements(&parties, x->in->a, x->in->rules, text, kind.n > 0 ? &heads : NULL, NULL) != MW_OK) {
        x->failed = true;
        return;
    }
    size_t used = 0;
    for (size_t i = 0; i < parties.n; i++) {
        const struct mw_fact *f = MW_AT(parties, struct mw_fact, i);
        if (mw_statement_of(f) != MW_ST_PARTY || f->start + f->quote.n <= text.n - name.n)
            continue;
        used++;
        struct mw_sv more, who = mw_tidy(x->in->a, f->value);
        struct mw_sv per = with_next(x, text, f->start + f->quote.n, mw_tidy(x->in->a, f->per), &more);
        if (more.n > 0)
            who = mw_arena_printf(x->in->a, "%.*s%.*s", MW_SV_ARG(who), MW_SV_ARG(more));
        who = nominative(x, who);
        if (mw_sv_eqz(f->kind, "publishes for others"))
            mw_draft_role(x, who, "publishes for others", quote);
        else
            add_applicant(x, who, foreign && type_of(f->kind) != MW_A_KOMMUNE ? -1 : type_of(f->kind), without_genitive(x->in->a, per), quote, hint, foreign);
    }
    if (used > 0)
        return;
    struct mw_place_hint whole = *hint; /* a bare name: "Trebur", "Bad Königshofen im Grabfeld, vertreten durch ..." */
    struct mw_sv head_name, tail;
    whole.is_municipality = true;
    if (mw_sv_cut(name, ',', &head_name, &tail) && mw_places_settle(x->in->a, x->in->places, head_name, &whole, NULL) != NULL)
        name = head_name;
    struct mw_list homonyms = { 0 };
    bool is_place = !foreign && (mw_places_settle(x->in->a, x->in->places, name, &whole, &homonyms) != NULL || homonyms.n > 0);
    add_applicant(x, name, is_place ? MW_A_KOMMUNE : -1, name, quote, hint, foreign);
}

/* Once everybody is named: neighbours settle who was left open; who still is, is asked. */
void mw_draft_settle(struct mw_job *x)
{
    struct mw_place_hint hint = { .is_municipality = true };
    struct mw_list *l = &x->out->profile.applicants;
    for (size_t i = 0; i < l->n; i++)
        if (MW_AT(x->out->found, struct mw_found, i)->place != NULL) {
            const struct mw_place **slot = mw_list_add(x->in->a, &hint.near, sizeof *slot);
            if (slot != NULL)
                *slot = MW_AT(x->out->found, struct mw_found, i)->place;
        }
    for (size_t i = 0; i < l->n; i++) {
        struct mw_applicant *ap = MW_AT(*l, struct mw_applicant, i);
        struct mw_found *f = MW_AT(x->out->found, struct mw_found, i);
        struct mw_list homonyms = { 0 };
        if (f->place != NULL || ap->type != MW_A_KOMMUNE || f->foreign)
            continue;
        hint.land = ap->land != MW_LAND_NONE ? ap->land : x->land;
        hint.is_town = says_town(ap->name);
        f->place = settle(x, mw_bare_town(x, ap->name), &hint, &homonyms);
        if (f->place != NULL) {
            ap->ags = f->place->ags;
            ap->land = f->place->land;
        } else if (homonyms.n > 0) {
            ask_homonyms(x, ap->name, &homonyms);
        }
    }
}

static void forget_place(struct mw_job *x, size_t applicant)
{
    struct mw_applicant *a = MW_AT(x->out->profile.applicants, struct mw_applicant, applicant);
    a->ags = MW_SV_NONE;
    a->land = x->land;
    MW_AT(x->out->found, struct mw_found, applicant)->place = NULL;
}

enum { HEAD_OF_A_PAPER = 300, BESIDE_A_NAME = 40, READ_FOR_KREISE = 20000 };

/* The Kreis of the register that a word means, "Bodenseekreis", or the word behind "Landkreis"; NULL: none. */
static const struct mw_place *kreis_called(const struct mw_job *x, struct mw_sv name)
{
    struct mw_place_hint hint = { .is_kreis = true };
    return name.n > 2 ? mw_places_settle(x->in->a, x->in->places, name, &hint, NULL) : NULL;
}

/* The word at `at`, with what is joined to it by hyphens. */
static struct mw_sv word_at(struct mw_sv text, size_t at)
{
    size_t end = at;
    while (end < text.n && ((unsigned char)text.p[end] >= 0x80 || text.p[end] == '-' || (text.p[end] >= 'A' && text.p[end] <= 'Z') ||
                            (text.p[end] >= 'a' && text.p[end] <= 'z')))
        end++;
    return mw_sv_sub(text, at, end - at);
}

static bool is_a_kreis_word(const struct mw_job *x, struct mw_sv word)
{
    return word.n > 0 && word.p[0] >= 'A' && word.p[0] <= 'Z' && mw_rules_lookup(x->in->rules, "kreis-words", word).p != NULL;
}

void mw_draft_kreise(struct mw_job *x, struct mw_list *near)
{
    struct mw_sv text = mw_sv_sub(x->d->text, 0, READ_FOR_KREISE), rest = text, word;
    while (rest.n > 0) {
        mw_sv_cut(rest, ' ', &word, &rest);
        size_t line = mw_sv_find(word, MW_SV("\n"), 0); /* two words with a line's end between them */
        if (line != SIZE_MAX) {
            rest = mw_sv_n(word.p + line + 1, (size_t)(text.p + text.n - (word.p + line + 1)));
            word = mw_sv_sub(word, 0, line);
        }
        bool bare = is_a_kreis_word(x, word);
        struct mw_sv name = bare ? word_at(rest, 0) : word_at(word, 0);
        bool kreis = bare || mw_sv_ends(name, MW_SV("kreis")) || mw_sv_ends(name, MW_SV("-Kreis"));
        const struct mw_place *p = kreis ? kreis_called(x, name) : NULL;
        const struct mw_place **slot = p != NULL ? mw_list_add(x->in->a, near, sizeof *slot) : NULL;
        if (slot != NULL)
            *slot = p;
    }
}

/* "Gemeinde Oberau (Landkreis Vorderwald)" is not the one near Garmisch: the text's head, or what stands beside the name, says Landkreis
 * or Landratsamt of another place, or the text names a Kreis that does not exist, and nothing names the register's. */
static bool lies_elsewhere(const struct mw_job *x, const struct mw_place *place)
{
    struct mw_sv text = x->d->text;
    if (place->kreis.n == 0 || mw_sv_eq(place->kreis, place->name) || mw_sv_find(text, place->kreis, 0) != SIZE_MAX)
        return false;
    for (size_t at = 0, end; at < text.n; at = end + 1) {
        struct mw_sv word = word_at(text, at);
        end = at + word.n;
        if (end >= text.n || text.p[end] != ' ' || !is_a_kreis_word(x, word))
            continue;
        size_t from = at > BESIDE_A_NAME ? at - BESIDE_A_NAME : 0, next = end + 1;
        bool beside = mw_sv_find(mw_sv_sub(text, from, at - from), place->name, 0) != SIZE_MAX;
        bool named = next < text.n && ((text.p[next] >= 'A' && text.p[next] <= 'Z') || (unsigned char)text.p[next] == 0xC3);
        if (named && (at < HEAD_OF_A_PAPER || beside || kreis_called(x, word_at(text, next)) == NULL))
            return true;
    }
    return false;
}

void mw_draft_doubt_places(struct mw_job *x)
{
    for (size_t i = 0; i < x->out->profile.applicants.n; i++) {
        const struct mw_place *place = MW_AT(x->out->found, struct mw_found, i)->place;
        if (place != NULL && !mw_place_is_kreis(place) && lies_elsewhere(x, place))
            forget_place(x, i);
    }
}

void mw_draft_doubt(struct mw_job *x, size_t applicant)
{
    struct mw_applicant *a = MW_AT(x->out->profile.applicants, struct mw_applicant, applicant);
    const struct mw_place *place = MW_AT(x->out->found, struct mw_found, applicant)->place;
    int64_t known = place != NULL ? place->population : -1;
    if (known < 0 || (a->population * 5 <= known * 7 && a->population * 7 >= known * 5)) /* years lie between the two figures */
        return;
    forget_place(x, applicant);
}

/* The stop that ends the sentence is none of the name: "Sander & Partner."; "e. V." and "Co." keep theirs. */
static struct mw_sv without_stop(struct mw_sv name)
{
    size_t n = name.n, word = n;
    while (word > 0 && name.p[word - 1] != ' ')
        word--;
    return mw_sv_ends(name, MW_SV(".")) && n - word > 5 ? mw_sv_sub(name, 0, n - 1) : name;
}

void mw_draft_role(struct mw_job *x, struct mw_sv name, const char *role, struct mw_sv quote)
{
    struct mw_list *roles = &x->out->profile.roles, parties = { 0 };
    name = nominative(x, without_stop(mw_tidy(x->in->a, name)));
    if (mw_is_full(roles) || name.n < 2 || is_there(x, name, NULL) || mw_rules_statements(&parties, x->in->a, x->in->rules, name, NULL, NULL) != MW_OK)
        return;
    for (size_t i = 0; i < parties.n; i++) { /* an office of the applicant itself: "Stadt Lindental, Ordnungsamt" */
        const struct mw_fact *f = MW_AT(parties, struct mw_fact, i);
        if (mw_statement_of(f) == MW_ST_PARTY && is_there(x, without_genitive(x->in->a, f->value), NULL))
            return;
    }
    for (size_t i = 0; i < roles->n; i++)
        if (mw_same_words(MW_AT(*roles, struct mw_role, i)->name, name))
            return;
    struct mw_role *r = mw_list_add(x->in->a, roles, sizeof *r);
    if (r == NULL) {
        x->failed = true;
        return;
    }
    *r = (struct mw_role){ .name = name, .role = mw_arena_copy(x->in->a, mw_sv(role)) };
    mw_draft_quotef(x, quote, "roles[%zu]", roles->n - 1);
}
