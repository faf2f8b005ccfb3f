/* The two processes on the other side of worker.h: the nursery, which forks, and what it forks. Internal to worker.c. */
#ifndef MW_PARSE_NURSERY_H
#define MW_PARSE_NURSERY_H

#include <stdint.h>

#define MW_WORKER_ANSWER_MAX ((size_t)64 << 20) /* text and HTML of one page of MW_HTML_MAX, escaped */
#ifdef MW_SAN
#define MW_WORKER_KEPT ((size_t)0) /* each question in memory of its own, so that a look beyond its end is seen */
#else
#define MW_WORKER_KEPT ((size_t)2 << 20) /* memory that a worker keeps between questions, each way */
#endif
#define MW_WORKER_AT_ONCE ((size_t)64 << 10)  /* head and bytes up to that go through the channel in one piece */

enum mw_order { /* one byte to the nursery; each ends the process before, and a new one comes */
    MW_ORDER_WORKER = 'n',  /* a worker; the one before is ended */
    MW_ORDER_AFTER = 'w',   /* a worker, once the one before has ended by itself (a second at most) */
    MW_ORDER_PDF = 'p'      /* pdftotext, its input and output on the channel */
};
struct mw_worker_head {
    uint32_t what; /* enum mw_task; back: enum mw_rc */
    uint32_t n;    /* bytes that follow */
    uint32_t cpu_ms; /* back: processor time of the worker so far */
    uint32_t lang;   /* of the message of a refusal */
};
struct mw_worker_news { /* from the nursery */
    int32_t status; /* of waitpid() for the old worker; -1: there was none */
    int32_t pid;    /* of the new one; -1: none could be made */
};

/* How a locked-in process ends when it could not begin: */
enum { MW_WORKER_NO_WALLS = 3, MW_WORKER_NO_PROGRAM = 127 };

/* Becomes the nursery, which ends when the other end of control is closed. */
_Noreturn void mw_nursery(int control);

#endif
