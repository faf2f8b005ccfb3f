/* The walls around the worker. What is inside can compute, take memory up to a limit and talk over one descriptor. */
#ifndef MW_PARSE_SANDBOX_H
#define MW_PARSE_SANDBOX_H

#include <stdbool.h>

#define MW_SANDBOX_CPU 60                      /* seconds of a whole worker's life */
#define MW_SANDBOX_MEMORY ((size_t)1 << 30)    /* bytes of address space; not under the address sanitizer */

/* Locks the calling process up for good: closes every descriptor but channel (0, 1 and 2 lead to /dev/null), empties the
 * environment, sets the resource limits and no_new_privs, and loads a list of the system calls that are allowed; any other
 * kills the process (SIGSYS). channel must be above 2. false: a wall could not be built; the process must end. */
bool mw_sandbox_enter(int channel);
/* The same for a process that is about to become another program, whose input and output channel is: it may also be executed,
 * map its libraries, and open files for reading only; below /usr, /lib and /etc where the kernel has Landlock (Linux 5.13).
 * Calls that are not allowed fail there (EPERM) and do not kill. */
bool mw_sandbox_enter_program(int channel);

#endif
