/* The lexicon's table: open addressing over 64-bit hashes, the lowest six bits of each replaced by the word's flags. Two
 * words whose other 58 bits agree would be taken for one; among half a million that is less likely than a broken disk. */
#include "lib/language/lexicon.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/core/arena.h"
#include "lib/core/cache.h"
#include "lib/core/file.h"
#include "lib/language/analyse.h"

#define USUAL_PLACE "/usr/share/dict/ngerman"
#define LIST_MAX ((size_t)64 << 20) /* bytes of a word list */
#define FORMAT 1                    /* of the table and of how it is compiled */

struct header {
    char magic[8];
    uint64_t format, source, slots, words, hash; /* source: what it was compiled from; hash: of what it says */
};
static const char MAGIC[8] = "mwlexic";

struct mw_lexicon {
    struct header head;
    const uint64_t *slots;
    uint64_t *own;   /* compiled in memory, or */
    void *mapped;    /* mapped from a file */
    size_t mapped_n;
};

/* config/lexicon.txt, whole, with a NUL behind it. */
__asm__(".section .rodata\n.global mw_own_lexicon\nmw_own_lexicon:\n.incbin \"config/lexicon.txt\"\n.byte 0\n.previous\n");
extern const char mw_own_lexicon[];

static struct mw_sv own_list(void) { return mw_sv(mw_own_lexicon); }

/* --- asking ------------------------------------------------------------------------------------------------------- */

static size_t slot_of(const uint64_t *slots, size_t n, uint64_t hash)
{
    size_t i = (size_t)(hash >> 32 ^ hash >> 7) & (n - 1);
    while (slots[i] != 0 && (slots[i] ^ hash) > MW_LEX_FLAGS)
        i = (i + 1) & (n - 1);
    return i;
}

unsigned mw_lexicon_flags(const struct mw_lexicon *lex, uint64_t hash)
{
    return (unsigned)(lex->slots[slot_of(lex->slots, lex->head.slots, hash)] & MW_LEX_FLAGS);
}

static uint64_t hash_word(struct mw_sv w)
{
    uint64_t h = MW_LEX_SEED;
    for (size_t i = 0; i < w.n; i++)
        h = mw_lex_hash(h, w.p[i]);
    return h;
}

unsigned mw_lexicon_find(const struct mw_lexicon *lex, struct mw_sv folded)
{
    return mw_lexicon_flags(lex, hash_word(folded));
}

uint64_t mw_lexicon_hash(const struct mw_lexicon *lex) { return lex->head.hash; }
size_t mw_lexicon_words(const struct mw_lexicon *lex) { return lex->head.words; }
bool mw_lexicon_is_mapped(const struct mw_lexicon *lex) { return lex->mapped != NULL; }

/* --- compiling ---------------------------------------------------------------------------------------------------- */

static void put(struct mw_lexicon *lex, struct mw_sv stem, const char *ending, unsigned flags)
{
    uint64_t h = hash_word(stem);
    for (; *ending != 0; ending++)
        h = mw_lex_hash(h, *ending);
    if (lex->head.words >= lex->head.slots / 4 * 3) /* a list of more words than it may have lines: cut off */
        return;
    size_t i = slot_of(lex->slots, lex->head.slots, h);
    if (lex->own[i] == 0) {
        lex->own[i] = h & ~(uint64_t)MW_LEX_FLAGS;
        lex->head.words++;
    }
    lex->own[i] |= flags;
}

static bool folds_to_letters(struct mw_str *folded, struct mw_sv word)
{
    mw_str_clear(folded);
    mw_fold(folded, word);
    for (size_t i = 0; i < folded->n; i++)
        if (folded->p[i] < 'a' || folded->p[i] > 'z')
            return false;
    return folded->n >= 2;
}

/* The next run of characters that are no white space; false: none is left. */
static bool next_word(struct mw_sv *rest, struct mw_sv *word)
{
    size_t from = 0, to;
    while (from < rest->n && (unsigned char)rest->p[from] <= ' ')
        from++;
    for (to = from; to < rest->n && (unsigned char)rest->p[to] > ' ';)
        to++;
    *word = mw_sv_sub(*rest, from, to - from);
    *rest = mw_sv_sub(*rest, to, rest->n);
    return word->n > 0;
}

/* Whether the list knows w with a noun's ending, or a noun that is w without its ending. */
static bool is_form_of_noun(const struct mw_lexicon *lex, struct mw_sv w)
{
    static const char *const ADDED[] = { "s", "es" }, *const TAKEN[] = { "en", "n", "e", "er", "ern", "s", "es" };

    for (size_t k = 0; k < sizeof ADDED / sizeof *ADDED; k++) {
        uint64_t h = hash_word(w);
        for (const char *z = ADDED[k]; *z != 0; z++)
            h = mw_lex_hash(h, *z);
        if ((mw_lexicon_flags(lex, h) & MW_LEX_NOUN) != 0)
            return true;
    }
    for (size_t k = 0; k < sizeof TAKEN / sizeof *TAKEN; k++) {
        size_t n = strlen(TAKEN[k]);
        if (w.n >= n + 4 && mw_sv_ends(w, mw_sv(TAKEN[k])) && (mw_lexicon_find(lex, mw_sv_sub(w, 0, w.n - n)) & MW_LEX_NOUN) != 0)
            return true;
    }
    return false;
}

/* The big list: a capital makes a noun. But the list names each spelling once, with a capital or without ("kosten" is there
 * as a verb only), so what looks like a form of a noun is taken for one too. */
static void read_big_list(struct mw_lexicon *lex, struct mw_sv list)
{
    struct mw_str folded = MW_STR_INIT, others = MW_STR_INIT; /* others: the words without a capital, one a line */
    struct mw_sv word, rest = list;

    while (next_word(&rest, &word)) {
        if (!folds_to_letters(&folded, word) || folded.n < 3)
            continue;
        bool umlaut = word.p[0] == '\xC3' && (unsigned char)word.p[1] < 0x9F; /* Ä, Ö, Ü, É */
        bool capital = umlaut || (word.p[0] >= 'A' && word.p[0] <= 'Z');
        put(lex, mw_str_sv(&folded), "", capital ? MW_LEX_WORD | MW_LEX_NOUN : MW_LEX_WORD);
        if (!capital) {
            mw_str_add(&others, mw_str_sv(&folded));
            mw_str_addc(&others, '\n');
        }
    }
    /* Only nouns that a capital made may be asked for, so those found are marked after all were looked at. */
    struct mw_str found = MW_STR_INIT;
    for (rest = mw_str_sv(&others); next_word(&rest, &word);)
        if (is_form_of_noun(lex, word)) {
            mw_str_add(&found, word);
            mw_str_addc(&found, '\n');
        }
    for (rest = mw_str_sv(&found); next_word(&rest, &word);)
        put(lex, word, "", MW_LEX_NOUN);
    mw_str_free(&folded);
    mw_str_free(&others);
    mw_str_free(&found);
}

/* Our own list: sections in brackets, comments, words in basic form. */
static void read_own_list(struct mw_lexicon *lex)
{
    static const char *const NOUN[] = { "", "e", "n", "en", "s", "es", "er", "ern", "ens", "ns", NULL };
    static const char *const ADJECTIVE[] = { "", "e", "en", "er", "es", "em", NULL };
    static const char *const ANY[] = { "", "e", "n", "en", "s", "es", "er", "ern", "ens", "ns", "em", NULL };
    static const char *const AS_IS[] = { "", NULL };
    static const struct section {
        const char *name;
        const char *const *endings;
        unsigned flags;
    } SECTIONS[] = {
        { "[nouns]", NOUN, MW_LEX_WORD | MW_LEX_FIRST | MW_LEX_LAST },
        { "[first]", AS_IS, MW_LEX_FIRST },
        { "[last]", ADJECTIVE, MW_LEX_WORD | MW_LEX_LAST },
        { "[never]", AS_IS, MW_LEX_NEVER },
        { "[whole]", ANY, MW_LEX_WHOLE },
    };
    struct mw_str folded = MW_STR_INIT;
    struct mw_sv rest = own_list(), line, word;
    const struct section *now = NULL;

    while (rest.n > 0) {
        mw_sv_cut(rest, '\n', &line, &rest);
        if (line.n == 0 || line.p[0] == '#')
            continue;
        if (line.p[0] == '[') {
            for (size_t i = 0; i < sizeof SECTIONS / sizeof *SECTIONS; i++)
                if (mw_sv_eqz(line, SECTIONS[i].name))
                    now = &SECTIONS[i];
            continue;
        }
        while (now != NULL && next_word(&line, &word))
            if (folds_to_letters(&folded, word))
                for (const char *const *e = now->endings; *e != NULL; e++)
                    put(lex, mw_str_sv(&folded), *e, now->flags);
    }
    mw_str_free(&folded);
}

static enum mw_rc compile(struct mw_lexicon *lex, struct mw_sv big, struct mw_err *err)
{
    size_t lines = 0, slots = (size_t)1 << 16;

    for (size_t i = 0; i < big.n; i++)
        lines += big.p[i] == '\n';
    while (slots < (lines + own_list().n) * 3 / 2) /* own_list().n: more than its words with their endings */
        slots *= 2;
    lex->own = calloc(slots, sizeof *lex->own);
    if (lex->own == NULL)
        return mw_nomem(err);
    lex->slots = lex->own;
    lex->head.slots = slots;
    read_big_list(lex, big);
    read_own_list(lex);
    uint64_t hash = FORMAT;
    for (size_t i = 0; i < slots; i++)
        hash = (hash ^ lex->own[i]) * 1099511628211u;
    lex->head.hash = hash ^ hash >> 29;
    return MW_OK;
}

/* --- the cache ---------------------------------------------------------------------------------------------------- */

static bool map(struct mw_lexicon *lex, const char *path, uint64_t source)
{
    struct stat st;
    bool good = false;
    int fd = mw_cache_open(path, &st);

    if (fd < 0)
        return false;
    if ((size_t)st.st_size > sizeof lex->head) {
        void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (p != MAP_FAILED) {
            struct header *h = &lex->head;
            memcpy(h, p, sizeof *h);
            good = memcmp(h->magic, MAGIC, sizeof MAGIC) == 0 && h->format == FORMAT && h->source == source && h->slots >= 2 &&
                   (h->slots & (h->slots - 1)) == 0 && h->words <= h->slots / 4 * 3 && h->slots <= (size_t)st.st_size / sizeof(uint64_t) &&
                   (size_t)st.st_size == sizeof *h + h->slots * sizeof(uint64_t);
            if (good) {
                lex->mapped = p;
                lex->mapped_n = (size_t)st.st_size;
                lex->slots = (const uint64_t *)(const void *)((const char *)p + sizeof *h);
            } else {
                munmap(p, (size_t)st.st_size);
            }
        }
    }
    close(fd);
    return good;
}

static void keep(const struct mw_lexicon *lex, const char *path)
{
    struct mw_str bytes = MW_STR_INIT;
    mw_str_add(&bytes, mw_sv_n((const char *)&lex->head, sizeof lex->head));
    mw_str_add(&bytes, mw_sv_n((const char *)lex->own, lex->head.slots * sizeof *lex->own));
    if (mw_str_ok(&bytes))
        mw_cache_keep(path, mw_str_sv(&bytes));
    mw_str_free(&bytes);
}

enum mw_rc mw_lexicon_open(struct mw_lexicon **out, const char *path, const char *cache_dir, struct mw_err *err)
{
    enum mw_rc rc = MW_OK;
    struct mw_lexicon *lex = calloc(1, sizeof *lex);
    struct mw_arena *a = NULL;
    struct mw_sv big = MW_SV_NONE;
    struct stat st = { 0 };
    char cached[4096], name[48];

    *out = NULL;
    if (lex == NULL)
        return mw_nomem(err);
    const char *list = path != NULL ? path : USUAL_PLACE;
    bool exists = stat(list, &st) == 0;
    if (!exists && path != NULL) {
        rc = mw_fail(err, MW_IO, "Cannot read word list \"%s\": %s.", path, strerror(errno));
        goto out;
    }
    uint64_t source = hash_word(own_list()) ^ FORMAT;
    if (exists) {
        source = (source ^ hash_word(mw_sv(list))) * 1099511628211u ^ (uint64_t)st.st_size;
        source = (source * 1099511628211u ^ (uint64_t)st.st_mtim.tv_sec) * 1099511628211u ^ (uint64_t)st.st_mtim.tv_nsec;
    }
    snprintf(name, sizeof name, "lexicon-%016llx.bin", (unsigned long long)source);
    bool has_place = mw_cache_path(cached, sizeof cached, cache_dir, name);
    if (!has_place || !map(lex, cached, source)) {
        lex->head = (struct header){ .format = FORMAT, .source = source };
        memcpy(lex->head.magic, MAGIC, sizeof MAGIC);
        if ((a = mw_arena_new()) == NULL) {
            rc = mw_nomem(err);
            goto out;
        }
        if ((exists && (rc = mw_file_read(&big, a, list, LIST_MAX, err)) != MW_OK) || (rc = compile(lex, big, err)) != MW_OK)
            goto out;
        if (has_place)
            keep(lex, cached);
    }
    *out = lex;
    lex = NULL;
out:
    mw_arena_free(a);
    mw_lexicon_free(lex);
    return rc;
}

void mw_lexicon_free(struct mw_lexicon *lex)
{
    if (lex == NULL)
        return;
    if (lex->mapped != NULL)
        munmap(lex->mapped, lex->mapped_n);
    free(lex->own);
    free(lex);
}
