/* One crawl at a time for each source of a database. Two would ask the portal twice as often as it wants, and both would count what
 * their common run did not see: a notice would be gone after one night.
 *
 * A lock is one byte of the file "<database>-crawl", at a place that the source's name gives. The kernel takes it back when its
 * process ends, in whatever way; the file stays. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>

#include "cli/crawl.h"
#include "lib/core/file.h"

static struct flock lock_of(struct mw_sv id)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325); /* FNV-1a (Fowler, Noll, Vo) */
    for (size_t i = 0; i < id.n; i++)
        h = (h ^ (unsigned char)id.p[i]) * UINT64_C(0x100000001b3);
    return (struct flock){ .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = (off_t)(h >> 2), .l_len = 1 };
}

static enum mw_rc lock_source(struct mw_crawling *c, struct mw_sv id)
{
    struct flock lock = lock_of(id), holder = lock;

    if (fcntl(c->lock, F_SETLK, &lock) == 0)
        return MW_OK;
    if ((errno == EACCES || errno == EAGAIN) && fcntl(c->lock, F_GETLK, &holder) == 0 && holder.l_type != F_UNLCK)
        return mw_fail(&c->cli->err, MW_DB, "\"%.*s\" is being crawled into \"%s\" already, by process %ld; run the command again when that has ended.",
                       MW_SV_ARG(id), c->cli->db, (long)holder.l_pid);
    return mw_fail(&c->cli->err, MW_DB, "\"%s-crawl\" cannot be locked: %s.", c->cli->db, mw_reason(&c->cli->err, errno));
}

enum mw_rc mw_crawl_lock(struct mw_crawling *c)
{
    struct mw_cli *cli = c->cli;
    struct mw_sv path = mw_arena_printf(cli->arena, "%s-crawl", cli->db);

    if (path.p == NULL)
        return mw_nomem(&cli->err);
    c->lock = open(path.p, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (c->lock < 0)
        return mw_fail(&cli->err, MW_OUTPUT, "\"%s\" cannot be written: %s.", path.p, mw_reason(&cli->err, errno));
    enum mw_rc rc = MW_OK;
    for (size_t i = 0; i < c->n && rc == MW_OK; i++)
        rc = lock_source(c, c->sources[i]->id);
    return rc;
}

void mw_crawl_unlock(struct mw_crawling *c)
{
    if (c->lock >= 0)
        close(c->lock);
    c->lock = -1;
}
