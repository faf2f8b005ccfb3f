/* The registries https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry, read 2026. */
#include "crawler/address.h"

#include <netinet/in.h>
#include <stddef.h>
#include <string.h>

struct block {
    unsigned char prefix[16];
    unsigned bits;
};
static const struct block V4[] = {
    { { 0 }, 8 },                 /* this network */
    { { 10 }, 8 },                /* private */
    { { 100, 64 }, 10 },          /* shared: carriers */
    { { 127 }, 8 },               /* loopback */
    { { 169, 254 }, 16 },         /* link-local; clouds keep their secrets there */
    { { 172, 16 }, 12 },          /* private */
    { { 192, 0, 0 }, 24 },        /* protocol assignments */
    { { 192, 0, 2 }, 24 },        /* documentation */
    { { 192, 88, 99 }, 24 },      /* 6to4 relays, given up */
    { { 192, 168 }, 16 },         /* private */
    { { 198, 18 }, 15 },          /* benchmarks */
    { { 198, 51, 100 }, 24 },     /* documentation */
    { { 203, 0, 113 }, 24 },      /* documentation */
    { { 224 }, 3 },               /* multicast, reserved, broadcast */
};
static const struct block V6_GLOBAL = { { 0x20 }, 3 }; /* 2000::/3: all that is given out; the rest is special or unused */
static const struct block V6[] = {
    { { 0x20, 0x01, 0, 0 }, 23 },       /* protocol assignments, Teredo among them */
    { { 0x20, 0x01, 0x0d, 0xb8 }, 32 }, /* documentation */
    { { 0x3f, 0xff }, 20 },             /* documentation */
};
/* Where an IPv4 address stands in an IPv6 one. */
static const struct {
    struct block block;
    unsigned at;
} HOLDERS[] = {
    { { { [10] = 0xff, [11] = 0xff }, 96 }, 12 },              /* ::ffff:0:0/96, mapped */
    { { { 0x00, 0x64, 0xff, 0x9b }, 96 }, 12 },                /* NAT64 */
    { { { 0x20, 0x02 }, 16 }, 2 },                             /* 6to4 */
};

static bool within(const unsigned char *address, const struct block *b)
{
    unsigned whole = b->bits / 8, rest = b->bits % 8;
    unsigned char mask = (unsigned char)(0xff00U >> rest);
    return memcmp(address, b->prefix, whole) == 0 && (rest == 0 || ((address[whole] ^ b->prefix[whole]) & mask) == 0);
}

static bool public_v4(const unsigned char *address)
{
    for (size_t i = 0; i < sizeof V4 / sizeof *V4; i++)
        if (within(address, &V4[i]))
            return false;
    return true;
}

static bool public_v6(const unsigned char *address)
{
    for (size_t i = 0; i < sizeof HOLDERS / sizeof *HOLDERS; i++)
        if (within(address, &HOLDERS[i].block))
            return public_v4(address + HOLDERS[i].at);
    for (size_t i = 0; i < sizeof V6 / sizeof *V6; i++)
        if (within(address, &V6[i]))
            return false;
    return within(address, &V6_GLOBAL);
}

bool mw_address_public(const struct sockaddr *address)
{
    unsigned char bytes[16];

    if (address->sa_family == AF_INET) {
        memcpy(bytes, (const char *)address + offsetof(struct sockaddr_in, sin_addr), 4);
        return public_v4(bytes);
    }
    if (address->sa_family != AF_INET6)
        return false;
    memcpy(bytes, (const char *)address + offsetof(struct sockaddr_in6, sin6_addr), 16);
    return public_v6(bytes);
}
