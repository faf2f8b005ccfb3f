/* watch --smtp against a mail server of the test's own, and the feed of all that is new. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>

#include "tests/program.h"

#define PORTAL(deadline)                                                                                                          \
    "{\"url\":\"https://a.example/radwege\",\"title\":\"Radwege & Brücken\",\"sections\":[{\"heading\":\"Kurztext\",\"text\":"       \
    "\"Antragsberechtigt sind Kommunen in Hessen. Gefördert wird der Bau von Radwegen. Anträge sind bis zum " deadline               \
    " einzureichen.\"}]}\n"
static const char OLD[] = PORTAL("31.12.2026"), NEW[] = PORTAL("28.02.2027");
static const char PROFILE[] = "profile: r\ntitle: Radweg\nsummary: Bau eines Radwegs am Fluss.\nstarted: no\n"
                              "applicants: [{name: Stadt Muster, type: kommune, land: HE, population: 20000}]\n";

/* --- a mail server ----------------------------------------------------------------------------------------------------------- */
enum manners { TAKES, REFUSES_RECEIVER, HANGS_UP };
struct post_office {
    enum manners manners;
    int fd, port;
    pthread_t thread;
    char said[200000]; /* all that the client said */
    size_t n;
};

static void answer(int fd, const char *line) { (void)!send(fd, line, strlen(line), MSG_NOSIGNAL); } /* the client may be gone */

static bool read_line(int fd, struct post_office *o, char *line, size_t size)
{
    size_t n = 0;
    for (char c; n + 1 < size && read(fd, &c, 1) == 1;) {
        if (o->n + 1 < sizeof o->said)
            o->said[o->n++] = c;
        line[n++] = c;
        if (c == '\n')
            break;
    }
    line[n] = '\0';
    return n > 0;
}

static void *serve(void *ctx)
{
    struct post_office *o = ctx;
    struct pollfd p = { o->fd, POLLIN, 0 };
    char line[2000];
    bool data = false;
    if (poll(&p, 1, 20000) != 1)
        return NULL; /* nobody came */
    int fd = accept(o->fd, NULL, NULL);
    answer(fd, "220 test\r\n");
    while (read_line(fd, o, line, sizeof line)) {
        if (data && strcmp(line, ".\r\n") == 0)
            data = false, answer(fd, "250 taken\r\n");
        else if (data)
            continue;
        else if (strncmp(line, "EHLO", 4) == 0)
            answer(fd, "250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n"); /* no STARTTLS */
        else if (strncmp(line, "AUTH", 4) == 0)
            answer(fd, strchr(line + 5, ' ') != NULL ? "235 known\r\n" : "334 \r\n");
        else if (strncmp(line, "RCPT", 4) == 0 && o->manners == REFUSES_RECEIVER)
            answer(fd, "550 no such box\r\n");
        else if (strncmp(line, "DATA", 4) == 0 && o->manners == HANGS_UP)
            break;
        else if (strncmp(line, "DATA", 4) == 0)
            data = true, answer(fd, "354 go on\r\n");
        else if (strncmp(line, "QUIT", 4) == 0)
            answer(fd, "221 bye\r\n");
        else
            answer(fd, strncmp(line, "MAIL", 4) == 0 || strncmp(line, "RCPT", 4) == 0 ? "250 ok\r\n" : "235 ok\r\n");
    }
    close(fd);
    return NULL;
}

static void open_office(struct post_office *o, enum manners manners)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof at;
    memset(o, 0, sizeof *o);
    o->manners = manners;
    o->fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(o->fd >= 0);
    assert_int_equal(bind(o->fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(getsockname(o->fd, (struct sockaddr *)&at, &n), 0);
    assert_int_equal(listen(o->fd, 1), 0);
    o->port = ntohs(at.sin_port);
    assert_int_equal(pthread_create(&o->thread, NULL, serve, o), 0);
}

static void close_office(struct post_office *o)
{
    shutdown(o->fd, SHUT_RDWR); /* whoever still waits for somebody waits no more */
    close(o->fd);
    pthread_join(o->thread, NULL);
}

/* --- a town that watches -------------------------------------------------------------------------------------------------------- */
static void import(struct scratch *s, const char *lines, size_t n)
{
    spill(in(s, "n.ndjson"), lines, n);
    assert_status(run_program(s, "import", "--db", in(s, "t.db"), in(s, "n.ndjson")), 0);
}

/* The first look, and then a deadline that moves. */
static void see_a_change(struct scratch *s)
{
    import(s, OLD, sizeof OLD - 1);
    spill(in(s, "p.yaml"), PROFILE, sizeof PROFILE - 1);
    assert_status(run_program(s, "watch", "--db", in(s, "t.db"), "--today", "2026-11-20", in(s, "p.yaml")), 0);
    import(s, NEW, sizeof NEW - 1);
}

static void write_server(struct scratch *s, int port, const char *more)
{
    char text[800];
    snprintf(text, sizeof text, "server: smtp://127.0.0.1:%d\nfrom: amt@stadt.example\nto: [eins@stadt.example, zwei@stadt.example]\n%s", port, more);
    spill(in(s, "smtp.yaml"), text, strlen(text));
}

static const struct run *watch(struct scratch *s, const char *mail)
{
    char db[PATH_MAX], server[PATH_MAX], profile[PATH_MAX], path[PATH_MAX];
    snprintf(db, sizeof db, "%s", in(s, "t.db"));
    snprintf(server, sizeof server, "%s", in(s, "smtp.yaml"));
    snprintf(profile, sizeof profile, "%s", in(s, "p.yaml"));
    snprintf(path, sizeof path, "%s", in(s, mail));
    return run_program(s, "watch", "--lang", "en", "--db", db, "--today", "2026-11-22", "--mail", path, "--smtp", server, profile);
}

static void a_change_is_sent_to_everybody_and_then_remembered(void **state)
{
    struct scratch *s = *state;
    struct post_office o;
    see_a_change(s);
    open_office(&o, TAKES);
    write_server(s, o.port, "tls: none\n");
    assert_status(run_program(s, "watch", "--db", in(s, "t.db"), "--today", "2026-11-22", "--smtp", in(s, "smtp.yaml"), "--dry-run", in(s, "p.yaml")), 0);
    close_office(&o);
    assert_int_equal(o.n, 0); /* a dry run tells nobody */
    spill(in(s, "password"), "geheim\n", 7);
    assert_int_equal(chmod(in(s, "password"), 0600), 0);
    open_office(&o, TAKES);
    write_server(s, o.port, "tls: none\nuser: amt\npassword_file: password\n");
    const struct run *r = watch(s, "m.eml");
    assert_status(r, 0);
    assert_says(r->out, "Sent to eins@stadt.example, zwei@stadt.example.");
    close_office(&o);
    assert_says(o.said, "MAIL FROM:<amt@stadt.example>");
    assert_says(o.said, "RCPT TO:<eins@stadt.example>");
    assert_says(o.said, "RCPT TO:<zwei@stadt.example>");
    assert_says(o.said, "AGFtdABnZWhlaW0="); /* base64 of \0amt\0geheim */
    assert_says(o.said, "\r\nTo: eins@stadt.example, zwei@stadt.example\r\n");
    char *mail = slurp(in(s, "m.eml"), NULL);
    assert_non_null(strstr(o.said, mail));
    free(mail);
    open_office(&o, TAKES); /* nothing changed since: nobody is bothered */
    write_server(s, o.port, "tls: none\n");
    r = watch(s, "m.eml");
    assert_status(r, 3);
    assert_says(r->out, "no mail was sent");
    close_office(&o);
    assert_int_equal(o.n, 0);
}

static void a_mail_that_was_not_taken_is_kept_and_told_again(void **state)
{
    static const struct { enum manners manners; const char *says; } CASES[] = { { REFUSES_RECEIVER, "RCPT" }, { HANGS_UP, "did not take the mail" } };
    struct scratch *s = *state;
    struct post_office o;
    see_a_change(s);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        open_office(&o, CASES[i].manners);
        write_server(s, o.port, "tls: none\n");
        const struct run *r = watch(s, "kept.eml");
        assert_status(r, 4);
        assert_says(r->err, CASES[i].says);
        assert_says(r->err, "kept.eml");
        close_office(&o);
        char *mail = slurp(in(s, "kept.eml"), NULL);
        assert_says(mail, "\r\nSubject: ");
        free(mail);
        unlink(in(s, "kept.eml"));
    }
    open_office(&o, TAKES);
    write_server(s, o.port, "tls: none\n");
    assert_status(watch(s, "kept.eml"), 0); /* it was not forgotten */
    close_office(&o);
}

/* A server that offers no encryption gets neither the password nor the mail. */
static void without_encryption_nothing_is_said(void **state)
{
    struct scratch *s = *state;
    struct post_office o;
    see_a_change(s);
    setenv("MW_TEST_PASSWORD", "geheim", 1);
    open_office(&o, TAKES);
    write_server(s, o.port, "user: amt\npassword_env: MW_TEST_PASSWORD\n");
    assert_status(watch(s, "m.eml"), 4);
    close_office(&o);
    assert_silent_on(o.said, "AUTH");
    assert_silent_on(o.said, "MAIL");
}

/* --- the same behind TLS: a process of Python takes one connection, by smtps or STARTTLS, and hands it on to the post office --------------- */
static const char TLS[] =
    "import socket, ssl, sys, threading, os, signal\n"
    "signal.alarm(20)\n"
    "way, office, dir = sys.argv[1], int(sys.argv[2]), sys.argv[3]\n"
    "ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)\n"
    "ctx.load_cert_chain(dir + '/cert.pem', dir + '/key.pem')\n"
    "door = socket.create_server(('127.0.0.1', 0))\n"
    "open(dir + '/port.new', 'w').write(str(door.getsockname()[1]))\n"
    "os.rename(dir + '/port.new', dir + '/port')\n"
    "c, _ = door.accept()\n"
    "try:\n"
    "    if way == 'starttls':\n"
    "        c.sendall(b'220 test\\r\\n')\n"
    "        c.recv(1000)\n"
    "        c.sendall(b'250-test\\r\\n250 STARTTLS\\r\\n')\n"
    "        c.recv(1000)\n"
    "        c.sendall(b'220 go\\r\\n')\n"
    "    c = ctx.wrap_socket(c, server_side=True)\n"
    "    o = socket.create_connection(('127.0.0.1', office))\n"
    "    if way == 'starttls':\n"
    "        o.recv(1000)\n"
    "    def pour(a, b):\n"
    "        while (x := a.recv(4096)):\n"
    "            b.sendall(x)\n"
    "    threading.Thread(target=pour, args=(o, c), daemon=True).start()\n"
    "    pour(c, o)\n"
    "except (OSError, ssl.SSLError):\n"
    "    pass\n";

static bool run_quietly(const char *const *argv)
{
    pid_t pid = fork();
    int status = 0;
    if (pid == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        dup2(nowhere, 1), dup2(nowhere, 2);
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

/* A certificate of our own for this name; false: no openssl here. */
static bool certify(struct scratch *s, const char *name)
{
    char key[PATH_MAX], cert[PATH_MAX], alt[80];
    snprintf(key, sizeof key, "%s/key.pem", s->dir);
    snprintf(cert, sizeof cert, "%s/cert.pem", s->dir);
    snprintf(alt, sizeof alt, "subjectAltName=%s", name);
    const char *const argv[] = { "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=test",
                                 "-addext", alt, "-keyout", key, "-out", cert, NULL };
    return run_quietly(argv);
}

/* The port of the door, once it is open; 0: it never was. */
static int open_door(struct scratch *s, pid_t *pid, const char *way, int office)
{
    char number[16], *port = NULL;
    int n = 0;
    snprintf(number, sizeof number, "%d", office);
    unlink(in(s, "port"));
    const char *const argv[] = { "python3", "-c", TLS, way, number, s->dir, NULL };
    *pid = fork();
    if (*pid == 0) {
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    for (int i = 0; i < 500 && n == 0; i++) {
        struct timespec ten_ms = { 0, 10000000 };
        nanosleep(&ten_ms, NULL);
        port = slurp(in(s, "port"), NULL);
        n = (int)strtol(port, NULL, 10);
        free(port);
    }
    return n;
}

static void mail_goes_through_tls_that_can_be_trusted_and_through_no_other(void **state)
{
    static const struct { const char *why, *way, *server, *name, *ca; int status; } CASES[] = {
        { "a certificate that nobody vouches for", "smtps", "smtps://127.0.0.1", NULL, "", 4 },
        { "smtps", "smtps", "smtps://127.0.0.1", NULL, "ca_file: cert.pem\n", 0 },
        { "STARTTLS", "starttls", "smtp://127.0.0.1", NULL, "ca_file: cert.pem\n", 0 },
        { "one for another name", "starttls", "smtp://127.0.0.1", "DNS:mail.other.example", "ca_file: cert.pem\n", 4 },
    };
    struct scratch *s = *state;
    const char *const python[] = { "python3", "--version", NULL };
    if (!run_quietly(python) || !certify(s, "IP:127.0.0.1")) {
        printf("SKIPPED %s: needs python3 and openssl\n", __func__);
        skip();
    }
    setenv("MW_TEST_PASSWORD", "geheim", 1);
    see_a_change(s);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct post_office o;
        char text[800];
        pid_t pid;
        open_office(&o, TAKES);
        assert_true(CASES[i].name == NULL || certify(s, CASES[i].name));
        int port = open_door(s, &pid, CASES[i].way, o.port);
        snprintf(text, sizeof text, "server: %s:%d\nfrom: amt@stadt.example\nto: eins@stadt.example\nuser: amt\npassword_env: MW_TEST_PASSWORD\n%s", CASES[i].server,
                 port, CASES[i].ca);
        spill(in(s, "smtp.yaml"), text, strlen(text));
        const struct run *r = watch(s, "m.eml");
        kill(pid, SIGKILL); /* ours alone; it ends by itself, too */
        waitpid(pid, NULL, 0);
        close_office(&o);
        if (port == 0 || r->status != CASES[i].status)
            fail_msg("%s: port %d, status %d, %s", CASES[i].why, port, r->status, r->err);
        if (CASES[i].status == 0) {
            assert_says(o.said, "AGFtdABnZWhlaW0=");
            const char *page = i % 2 != 0 ? OLD : NEW;
            import(s, page, strlen(page)); /* something to tell for the next one */
        } else {
            assert_silent_on(o.said, "AUTH");
        }
    }
}

static void a_server_that_cannot_be_used_is_said_before_anything_is_done(void **state)
{
    static const struct { const char *text, *says; } CASES[] = {
        { "server: http://a.example\nfrom: a@b.example\nto: a@b.example\n", "smtps:// or smtp://" },
        { "server: smtp://mail.example\ntls: none\nfrom: a@b.example\nto: a@b.example\n", "only for a server on this computer" },
        { "server: smtps://mail.example\nuser: x\nfrom: a@b.example\nto: a@b.example\n", "password_file" },
        { "server: smtps://mail.example\nuser: x\npassword: y\nfrom: a@b.example\nto: a@b.example\n", "password" },
        { "server: smtps://mail.example\nuser: x\npassword_env: MW_NOT_SET\nfrom: a@b.example\nto: a@b.example\n", "MW_NOT_SET" },
        { "server: smtps://mail.example\nuser: x\npassword_file: open\nfrom: a@b.example\nto: a@b.example\n", "chmod 600" },
        { "server: smtps://mail.example\nfrom: \"A <a@b.example>\"\nto: a@b.example\n", "address alone" },
        { "server: smtps://mail.example\nfrom: a@b.example\nto: \"a@b.example\\r\\nDATA\"\n", "address" },
    };
    struct scratch *s = *state;
    see_a_change(s);
    spill(in(s, "open"), "geheim\n", 7);
    assert_int_equal(chmod(in(s, "open"), 0644), 0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        spill(in(s, "smtp.yaml"), CASES[i].text, strlen(CASES[i].text));
        const struct run *r = watch(s, "m.eml");
        assert_status(r, 2);
        assert_says(r->err, CASES[i].says);
        assert_int_not_equal(access(in(s, "m.eml"), F_OK), 0);
    }
}

/* --- all new ------------------------------------------------------------------------------------------------------------------- */
static void what_is_new_is_one_entry_in_every_issue_of_the_feed(void **state)
{
    struct scratch *s = *state;
    char *issues[2];
    import(s, OLD, sizeof OLD - 1);
    for (int i = 0; i < 2; i++) {
        assert_status(run_program(s, "changes", "--lang", "en", "--db", in(s, "t.db"), "--since", "2026-01-01", "--today", i == 0 ? "2026-11-20" : "2026-11-21",
                          "--feed", in(s, "new.xml")), 0);
        issues[i] = slurp(in(s, "new.xml"), NULL);
    }
    assert_says(issues[0], "<title>Radwege &amp; Brücken</title>");
    assert_says(issues[0], "<link href=\"https://a.example/radwege\"/>");
    assert_says(issues[0], "<id>urn:mittelweg:notice:");
    assert_says(issues[0], "open, until 31 December 2026");
    assert_string_equal(issues[0], issues[1]); /* ids and times do not move */
    free(issues[0]);
    free(issues[1]);
    assert_status(run_program(s, "changes", "--db", in(s, "t.db"), "--since", "2099-01-01", "--feed", in(s, "new.xml")), 3);
    char *empty = slurp(in(s, "new.xml"), NULL);
    assert_says(empty, "</feed>");
    assert_silent_on(empty, "<entry>");
    free(empty);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, make_scratch, drop_scratch)
    const struct CMUnitTest tests[] = {
        CASE(a_change_is_sent_to_everybody_and_then_remembered),
        CASE(a_mail_that_was_not_taken_is_kept_and_told_again),
        CASE(without_encryption_nothing_is_said),
        CASE(mail_goes_through_tls_that_can_be_trusted_and_through_no_other),
        CASE(a_server_that_cannot_be_used_is_said_before_anything_is_done),
        CASE(what_is_new_is_one_entry_in_every_issue_of_the_feed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
