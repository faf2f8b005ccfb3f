/* A web server for demonstrations: shows the files of a folder on 127.0.0.1, with a list of its pages, twenty at a time.
 *
 * usage: serve DIR [PORT [NAMES]]      so many names on a page of the list instead of twenty; port 0: any
 *
 * Prints its address and ends when its standard input does, so that it never outlives whoever started it. A file that was
 * replaced is served anew; what stayed the same is answered with 304. Not for the open net. */
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PER_PAGE = 20 };

struct site {
    char *dir;
    long per_page;
};

static const char *const TYPES[][2] = { { ".html", "text/html; charset=utf-8" }, { ".pdf", "application/pdf" }, { ".txt", "text/plain" } };

static const char *type_of(const char *name)
{
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        size_t n = strlen(name), end = strlen(TYPES[i][0]);
        if (n > end && strcmp(name + n - end, TYPES[i][0]) == 0)
            return TYPES[i][1];
    }
    return NULL;
}

static int is_page(const struct dirent *d) { return type_of(d->d_name) == TYPES[0][1]; }

/* "<ol>" with one page of names, the number of all of them, and where it goes on. */
static char *list_pages(const struct site *s, long page, size_t *n)
{
    struct dirent **names = NULL;
    char *text = NULL;
    int all = scandir(s->dir, &names, is_page, alphasort);
    FILE *out = open_memstream(&text, n);

    if (out != NULL) {
        fprintf(out, "<!DOCTYPE html><title>Demo</title><p><b id='hits'>%d</b></p><ol>\n", all < 0 ? 0 : all);
        for (long i = (page - 1) * s->per_page; i < all && i < page * s->per_page; i++)
            fprintf(out, "<li><a href='/%s'>%s</a></li>\n", names[i]->d_name, names[i]->d_name);
        fputs("</ol>\n", out);
        if (page * s->per_page < all)
            fprintf(out, "<a rel='next' href='/?page=%ld'>mehr</a>\n", page + 1);
        fclose(out);
    }
    for (int i = 0; i < all; i++)
        free(names[i]);
    free(names);
    return text;
}

enum { ETAG = 60 };

/* By what is in it. */
static void tag_bytes(char etag[ETAG], const char *bytes, size_t n)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211u;
    snprintf(etag, ETAG, "\"%016llx\"", (unsigned long long)hash);
}

/* By which file it is and since when, as most web servers do: one that did not change need not be read. */
static void tag_file(char etag[ETAG], const struct stat *st)
{
    snprintf(etag, ETAG, "\"%llx-%llx-%llx\"", (unsigned long long)st->st_ino, (unsigned long long)st->st_size,
             (unsigned long long)st->st_mtim.tv_sec * 1000000000 + (unsigned long long)st->st_mtim.tv_nsec);
}

/* A file of the folder itself, as something to answer with; names with a slash or a dot at their beginning are none. NULL: it cannot be had. */
static struct MHD_Response *show_file(const char *dir, const char *name, const char *has, char etag[ETAG], bool *same)
{
    char path[4096];
    struct stat st;
    if (*name == '\0' || *name == '.' || strchr(name, '/') != NULL || type_of(name) == NULL ||
        snprintf(path, sizeof path, "%s/%s", dir, name) >= (int)sizeof path || stat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return NULL;
    tag_file(etag, &st);
    *same = has != NULL && strcmp(has, etag) == 0;
    if (*same)
        return MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    if (fstat(fd, &st) != 0) {
        close(fd);
        return NULL;
    }
    tag_file(etag, &st);
    return MHD_create_response_from_fd64((uint64_t)st.st_size, fd);
}

static struct MHD_Response *show_list(const struct site *s, long page, const char *has, char etag[ETAG], bool *same)
{
    size_t n = 0;
    char *bytes = list_pages(s, page < 1 || page > 1000 ? 1 : page, &n);
    if (bytes == NULL)
        return NULL;
    tag_bytes(etag, bytes, n);
    *same = has != NULL && strcmp(has, etag) == 0;
    return MHD_create_response_from_buffer(*same ? 0 : n, bytes, MHD_RESPMEM_MUST_FREE);
}

static enum MHD_Result answer(void *ctx, struct MHD_Connection *c, const char *url, const char *method, const char *version,
    const char *upload, size_t *upload_n, void **state)
{
    const struct site *s = ctx;
    const char *number = MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, "page");
    const char *has = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "If-None-Match");
    long page = number != NULL ? strtol(number, NULL, 10) : 1;
    bool list = strcmp(url, "/") == 0;
    char etag[ETAG];
    bool same = false;
    (void)version, (void)upload;

    if (*state == NULL) { /* only the head has come: who answers now cannot keep the connection */
        *state = (void *)(uintptr_t)s;
        return MHD_YES;
    }
    *upload_n = 0;
    struct MHD_Response *r = strcmp(method, "GET") != 0 ? NULL : list ? show_list(s, page, has, etag, &same) : show_file(s->dir, url + 1, has, etag, &same);
    bool found = r != NULL;
    if (found) {
        MHD_add_response_header(r, "ETag", etag);
        MHD_add_response_header(r, "Content-Type", list ? TYPES[0][1] : type_of(url));
    } else {
        r = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    }
    enum MHD_Result ok = MHD_queue_response(c, !found ? MHD_HTTP_NOT_FOUND : same ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK, r);
    MHD_destroy_response(r);
    return ok;
}

static struct MHD_Daemon *start(struct site *s, uint16_t port)
{
    struct sockaddr_in here = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    return MHD_start_daemon(MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, answer, s, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&here,
        MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_END);
}

int main(int argc, char **argv)
{
    char byte;
    if (argc < 2) {
        fputs("usage: serve DIR [PORT [NAMES]]\n", stderr);
        return 2;
    }
    struct site s = { argv[1], argc > 3 ? strtol(argv[3], NULL, 10) : PER_PAGE };
    struct MHD_Daemon *daemon = start(&s, argc > 2 ? (uint16_t)strtol(argv[2], NULL, 10) : 0);
    if (daemon == NULL && argc > 2) /* somebody has that port */
        daemon = start(&s, 0);
    if (daemon == NULL) {
        fputs("serve: no port on 127.0.0.1 can be opened\n", stderr);
        return 1;
    }
    printf("http://127.0.0.1:%d/\n", MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    while (read(STDIN_FILENO, &byte, 1) > 0)
        ;
    MHD_stop_daemon(daemon);
    return 0;
}
