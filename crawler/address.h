/* Which addresses of the network are public. A page must not lead the crawler into the house it runs in. */
#ifndef MW_CRAWLER_ADDRESS_H
#define MW_CRAWLER_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* true: IPv4 or IPv6 that IANA's special-purpose registries (RFC 6890 and later entries) let be reached globally. IPv4 in
 * IPv6 (mapped, NAT64, 6to4) counts as what it holds; Teredo, site-local and multicast are not public. */
bool mw_address_public(const struct sockaddr *address);

#endif
