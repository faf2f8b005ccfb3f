/* Errors: a code for the program, a sentence for the person.
 *
 * A function that can fail returns enum mw_rc and takes a struct mw_err * as its last argument. The sentence says what
 * happened, where in the user's own file, and what to do now. Below cli and web nothing prints or exits. */
#ifndef MW_CORE_ERR_H
#define MW_CORE_ERR_H

#include "lib/core/lang.h"
#include "lib/core/text.h"

enum mw_rc {
    MW_OK = 0,
    MW_NOMEM,
    MW_IO,        /* input that cannot be read */
    MW_NET,       /* a source or the network */
    MW_PARSE,     /* bytes that are not what they should be */
    MW_DB,        /* the database: locked, damaged, too new */
    MW_NOT_FOUND, /* nothing there; not a fault */
    MW_INVALID,   /* a value that makes no sense: the user's file or arguments */
    MW_OUTPUT     /* output not writable, disk full included */
};
struct mw_pos {
    const char *file;   /* a file the user can open; borrowed; NULL: no place */
    unsigned line, col; /* from 1; 0: unknown. col counts characters, not bytes */
};
struct mw_err {
    enum mw_rc rc;
    enum mw_lang lang; /* set by whoever declares the error; kept by mw_err_clear() */
    char *msg;         /* owned; one sentence: what happened, what to do now */
    const char *src;   /* where in our source it was noticed, for --verbose */
    int src_line;
};
#define MW_ERR_INIT(language) { MW_OK, (language), NULL, NULL, 0 }
#define MW_AUTO(fn) __attribute__((cleanup(fn))) /* runs fn(&variable) when its block ends */

/* Fills *e (NULL is fine) with the message in e's language and returns rc, so that a caller can write
 * return mw_fail(...). With a place the message begins with "file:line:col: ". The last error wins. */
__attribute__((format(printf, 6, 7))) enum mw_rc mw_err_set(struct mw_err *e, enum mw_rc rc, const struct mw_pos *at,
    const char *src, int src_line, const char *fmt, ...);
#define mw_fail(e, rc, ...) mw_err_rc(mw_err_set((e), (rc), NULL, __FILE__, __LINE__, __VA_ARGS__), (rc))
#define mw_fail_at(e, rc, at, ...) mw_err_rc(mw_err_set((e), (rc), (at), __FILE__, __LINE__, __VA_ARGS__), (rc))
/* Says again what mw_err_set() returns, where an analyser of code can see that a failure is never MW_OK. */
static inline enum mw_rc mw_err_rc(enum mw_rc said, enum mw_rc rc)
{
    (void)said;
    return rc;
}
#define mw_nomem(e) mw_fail((e), MW_NOMEM, "Out of memory.")
void mw_err_clear(struct mw_err *e); /* frees the message; also for MW_AUTO */

/* --- diagnostics: everything a file has wrong, in one list ------------------------------------------------------- */
enum mw_severity { MW_ERROR, MW_WARNING, MW_NOTE };
extern const char *const MW_SEVERITIES[]; /* "error", "warning", "note": keys, and English for mw_tr() */
struct mw_diag {
    enum mw_severity severity;
    const char *code; /* a constant such as "unknown-key"; NULL: none */
    char *msg;        /* owned; one sentence */
    char *cure;       /* owned; what to do; NULL: the message says it */
    char *file;       /* owned; NULL: no place */
    unsigned line, col;
};
struct mw_diags {
    enum mw_lang lang;
    struct mw_diag *items; /* in the order they were found */
    size_t n, cap, errors;
};
#define MW_DIAGS_INIT(language) { (language), NULL, 0, 0, 0 }
#define MW_DIAGS_MAX 1000 /* further ones are counted, not kept */

/* Adds one; the format is looked up in the list's language. d NULL is fine. Returns the entry (NULL: not kept), so that
 * mw_diag_cure() can be said of it. */
__attribute__((format(printf, 5, 6))) struct mw_diag *mw_diag_add(struct mw_diags *d, enum mw_severity severity,
    const struct mw_pos *at, const char *code, const char *fmt, ...);
__attribute__((format(printf, 3, 4))) void mw_diag_cure(struct mw_diags *d, struct mw_diag *diag, const char *fmt, ...);
void mw_diags_sort(struct mw_diags *d); /* by file, line, column; stable */
/* "file:line:col: error: message [code]" and, below it, the cure; appended to out. */
void mw_diag_format(struct mw_str *out, const struct mw_diag *diag, enum mw_lang lang);
/* The first error of the list as an error of rc; MW_OK when it holds none. Says how many more there are. */
enum mw_rc mw_diags_err(const struct mw_diags *d, enum mw_rc rc, struct mw_err *err);
void mw_diags_free(struct mw_diags *d); /* also for MW_AUTO */

#endif
