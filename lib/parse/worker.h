/* The process that parses, seen from both sides. Internal to the room; its tests look at it too.
 *
 * Three processes: ours, a nursery and the worker. The nursery is forked once, when the parser is made, and does nothing
 * but fork workers. So a worker is always a child of a small process without threads, open files or secrets that came
 * later, however big and threaded ours has become when a worker must be replaced; a fork in a threaded process may
 * inherit locks that nobody frees. Nothing is executed anew (but pdftotext, for a PDF): it works from any binary (tests,
 * sanitizers, a chroot), and a worker starts in a millisecond. Make the parser early, before threads and before anything worth stealing is loaded. */
#ifndef MW_PARSE_WORKER_H
#define MW_PARSE_WORKER_H

#include <sys/types.h>

#include "lib/parse/parse.h"

enum mw_task { MW_TASK_TEXT = 1, MW_TASK_PAGE, MW_TASK_XML, MW_TASK_QUERY, MW_TASK_PDF, MW_TASK_TEXTS, MW_TASK_XMLS };

/* Sends a task to the worker and waits for its answer, at most the time limit of the parser. The answer is in the arena.
 * MW_PARSE: the worker refused the document, or it crashed, or ran out of time; then the next call gets a new worker. */
enum mw_rc mw_worker_do(struct mw_parser *p, enum mw_task task, struct mw_sv bytes, struct mw_arena *a, struct mw_sv *answer,
    struct mw_err *err);
/* The same in two steps, between which the caller does something else. One question at a time is under way: any other call fetches its
 * answer first and keeps it, and the next question ends it for good; then taking it is MW_PARSE, as where the worker failed. */
enum mw_rc mw_worker_ask(struct mw_parser *p, enum mw_task task, struct mw_sv bytes, unsigned *ticket, struct mw_err *err);
enum mw_rc mw_worker_take(struct mw_parser *p, unsigned ticket, struct mw_arena *a, struct mw_sv *answer, struct mw_err *err);
/* Runs pdftotext behind walls of its own (sandbox.h) in the worker's place, and gives what it writes: XHTML with the words of
 * each page. MW_IO: the program is missing. */
enum mw_rc mw_worker_pdftotext(struct mw_parser *p, struct mw_sv pdf, struct mw_str *words, struct mw_err *err);
pid_t mw_worker_pid(const struct mw_parser *p); /* of the present worker; 0: none */

/* What a worker does with one task: appends the answer to out. In tree.c, page.c, xml_task.c, query_task.c and pdf_task.c. */
enum mw_rc mw_task_text(struct mw_str *out, struct mw_sv html, struct mw_err *err);
enum mw_rc mw_task_texts(struct mw_str *out, struct mw_sv request, struct mw_err *err); /* pieces (page.h) to pieces */
enum mw_rc mw_task_page(struct mw_str *out, struct mw_sv request, struct mw_err *err);
enum mw_rc mw_task_xml(struct mw_str *out, struct mw_sv xml, struct mw_err *err);
enum mw_rc mw_task_xmls(struct mw_str *out, struct mw_sv request, struct mw_err *err); /* pieces to trees, xml.c says how */
enum mw_rc mw_task_query(struct mw_str *out, struct mw_sv request, struct mw_err *err);
enum mw_rc mw_task_pdf(struct mw_str *out, struct mw_sv words, struct mw_err *err);

#endif
