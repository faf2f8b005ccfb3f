/* What portals answered, byte for byte as it was read, the last answer of each address: so that everything can be read again
 * with better rules, without asking anybody (`crawl --offline`). */
#ifndef MW_INDEX_REPLY_H
#define MW_INDEX_REPLY_H

#include "index/store.h"

struct mw_reply {
    struct mw_sv source, url; /* url: what was asked, with the page's number where a request has one */
    struct mw_sv page;        /* of a document: the address of the page that links to it; MW_SV_NONE */
    struct mw_sv final;       /* where redirects led; MW_SV_NONE: nowhere else */
    struct mw_sv charset;     /* of the HTTP header; MW_SV_NONE */
    struct mw_sv fetched_at;  /* RFC 3339 */
    struct mw_sv bytes;       /* where path is NULL */
    const char *path;         /* a file with them */
    size_t unpacked;          /* bytes were packed ahead, and were so many; 0: they were not */
};
/* Packs the bytes of an answer, without a store: by whatever thread has the packer. They become those packed, in the arena; where they are
 * none that can be packed ahead they stay, and *unpacked is 0. */
struct mw_packer;
struct mw_packer *mw_packer_new(void); /* NULL: no memory */
void mw_packer_free(struct mw_packer *p);
enum mw_rc mw_reply_pack(struct mw_sv *bytes, size_t *unpacked, struct mw_packer *p, struct mw_arena *a, struct mw_err *err);
/* Stores an answer in place of the one before. MW_IO: the file cannot be read. */
enum mw_rc mw_reply_put(struct mw_store *s, const struct mw_reply *answer, struct mw_err *err);
/* The answer of an address: in the arena up to a few megabytes, else as a file of that name in folder, for the caller to remove.
 * MW_NOT_FOUND: none is stored. */
enum mw_rc mw_reply_get(struct mw_reply *out, struct mw_arena *a, struct mw_store *s, struct mw_sv source, struct mw_sv url,
    const char *folder, struct mw_err *err);
/* Whether documents are stored that the page links to. */
enum mw_rc mw_reply_leads_on(bool *out, struct mw_store *s, struct mw_sv source, struct mw_sv page, struct mw_err *err);
/* Whether any page of the source does. */
enum mw_rc mw_reply_documents(bool *out, struct mw_store *s, struct mw_sv source, struct mw_err *err);

#endif
