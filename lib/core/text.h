/* Text: views that borrow, strings that own.
 *
 * A view (mw_sv) is a pointer and a length: it owns nothing, has no NUL at its end and is valid as long as whatever it
 * looks into. A string (mw_str) owns its bytes, grows up to the limit named at its birth, keeps a NUL behind its last
 * byte and is ended with mw_str_free(). All text is UTF-8 once it has passed mw_utf8_valid(). */
#ifndef MW_CORE_TEXT_H
#define MW_CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct mw_sv {
    const char *p; /* NULL: no value at all (mw_sv_none), which is not the same as an empty one */
    size_t n;
};
struct mw_str {
    char *p;
    size_t n, cap, max; /* max 0: MW_STR_MAX */
    bool failed;        /* sticky: an append did not fit or memory ran out; what is there is cut off */
};

#define MW_SV(lit) ((struct mw_sv){ "" lit, sizeof(lit) - 1 }) /* literals only */
#define MW_SV_NONE ((struct mw_sv){ NULL, 0 })
#define MW_SV_ARG(s) (int)(s).n, (s).p != NULL ? (s).p : "" /* for "%.*s" */
#define MW_STR_MAX ((size_t)1 << 30)
#define MW_STR_INIT { NULL, 0, 0, 0, false }

/* --- views; the smallest stand here because they are called by the million --------------------------------------- */
static inline struct mw_sv mw_sv_n(const char *p, size_t n) { return (struct mw_sv){ p, n }; }
static inline struct mw_sv mw_sv(const char *z) { return mw_sv_n(z, z != NULL ? strlen(z) : 0); } /* NULL gives MW_SV_NONE */
static inline bool mw_sv_eq(struct mw_sv a, struct mw_sv b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }
static inline bool mw_sv_eqz(struct mw_sv a, const char *z) { return mw_sv_eq(a, mw_sv(z)); }
struct mw_sv mw_sv_sub(struct mw_sv s, size_t from, size_t n); /* clipped to s */
bool mw_sv_ieq(struct mw_sv a, struct mw_sv b);      /* ASCII letters compared without case */
int mw_sv_cmp(struct mw_sv a, struct mw_sv b);       /* bytewise: <0, 0, >0 */
bool mw_sv_starts(struct mw_sv s, struct mw_sv prefix);
bool mw_sv_ends(struct mw_sv s, struct mw_sv suffix);
/* Offset of the first needle at or after from, or SIZE_MAX. */
size_t mw_sv_find(struct mw_sv s, struct mw_sv needle, size_t from);
/* Cuts s at the first sep: head before it, tail behind it. false: no sep; head is all of s, tail is empty. */
bool mw_sv_cut(struct mw_sv s, char sep, struct mw_sv *head, struct mw_sv *tail);
struct mw_sv mw_sv_trim(struct mw_sv s);             /* ASCII white space off both ends */
/* Whole of s as a decimal integer with an optional sign. false: not one, or it does not fit; *out unchanged. */
bool mw_sv_int(struct mw_sv s, int64_t *out);
uint64_t mw_sv_hash(struct mw_sv s);                 /* stable between runs; not for hostile keys */
uint64_t mw_sv_hash_long(struct mw_sv s);            /* the same for whole files, eight bytes at a time */
/* Edit distance (insert, delete, replace, swap of neighbours), at most limit + 1. For "did you mean". */
unsigned mw_sv_distance(struct mw_sv a, struct mw_sv b, unsigned limit);

/* --- strings ---------------------------------------------------------------------------------------------------- */
/* Appending never reports: ask mw_str_ok() once, when the string is finished. */
void mw_str_add(struct mw_str *s, struct mw_sv v);
void mw_str_addz(struct mw_str *s, const char *z);
static inline void mw_str_addc(struct mw_str *s, char c)
{
    if (s->failed || s->cap < s->n + 2 || s->n >= (s->max != 0 ? s->max : MW_STR_MAX)) {
        mw_str_add(s, mw_sv_n(&c, 1)); /* which makes room, or fails */
        return;
    }
    s->p[s->n++] = c;
    s->p[s->n] = '\0';
}
__attribute__((format(printf, 2, 3))) void mw_str_addf(struct mw_str *s, const char *fmt, ...);
bool mw_str_ok(const struct mw_str *s);
struct mw_sv mw_str_sv(const struct mw_str *s);      /* borrowed until the next append */
const char *mw_str_z(const struct mw_str *s);        /* NUL-terminated, "" when empty */
void mw_str_clear(struct mw_str *s);                 /* keeps the memory */
char *mw_str_take(struct mw_str *s);                 /* the caller owns the bytes (free()); NULL if it failed; s is empty */
void mw_str_free(struct mw_str *s);                  /* also for MW_AUTO */

/* --- UTF-8 ------------------------------------------------------------------------------------------------------ */
/* How many bytes from at (<= s.n) on are ASCII, looked at eight at a time: of most texts, most. */
size_t mw_ascii_run(struct mw_sv s, size_t at);
/* Offset of the first byte that is not well-formed UTF-8 (RFC 3629), or SIZE_MAX when all of s is. */
size_t mw_utf8_invalid_at(struct mw_sv s);
/* Next code point at *at, which is moved behind it. s must be valid; at the end returns 0 and leaves *at. */
uint32_t mw_utf8_next(struct mw_sv s, size_t *at);
void mw_utf8_add(struct mw_str *s, uint32_t cp);
/* Columns a terminal uses for s: wide characters two, combining marks and control characters none. */
size_t mw_utf8_width(struct mw_sv s);
/* What must not reach a terminal or a message from foreign text: control characters (C0, C1, DEL), marks that turn the
 * reading direction, line separators, byte order marks. Tab and newline are among them. */
bool mw_cp_control(uint32_t cp);
/* NFC of s, appended to out. */
void mw_utf8_nfc(struct mw_str *out, struct mw_sv s);

#endif
