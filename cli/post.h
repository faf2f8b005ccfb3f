/* Sending a mail by SMTP, as a file of the user's says. The network is a door's business: nothing below cli sends. */
#ifndef MW_CLI_POST_H
#define MW_CLI_POST_H

#include "cli/cmd.h"

/* Where and how, from YAML:
 *   server: smtps://mail.stadt.example      # or smtp://mail.stadt.example:587 (STARTTLS)
 *   tls: required                           # the default; none: only to a server on this computer
 *   user: foerdermittel                     # with one of the two below
 *   password_file: passwort.txt             # relative to this file; nobody else may read it
 *   password_env: SMTP_PASSWORD             # the name of a variable of the environment
 *   ca_file: ca.pem                         # who vouches for the server, in place of the system's list
 *   from: foerdermittel@stadt.example
 *   to: [a@stadt.example, b@stadt.example]
 * A password never stands in it nor on the command line. */
struct mw_post {
    struct mw_pos pos;
    struct mw_sv server, user, password_file, password_env, ca_file, from;
    int tls;              /* 0 required, 1 none */
    struct mw_list to;    /* struct mw_sv */
    const char *password; /* read; in the arena; NULL: none */
};
/* Reads and checks the file; faults go to diags. */
enum mw_rc mw_post_load(struct mw_post *out, struct mw_arena *a, const char *path, struct mw_diags *diags, struct mw_err *err);
/* The receivers as one header value, "a@x, b@x"; in the arena, NULL without memory. */
const char *mw_post_receivers(const struct mw_post *p, struct mw_arena *a);
/* Sends an RFC 5322 message. MW_NET: it was not taken, and the server's or the network's reason is said. */
enum mw_rc mw_post_send(const struct mw_post *p, struct mw_arena *a, struct mw_sv message, struct mw_err *err);

#endif
