#ifndef EPEL_COMPOSE_CMIRRORLIST_H
#define EPEL_COMPOSE_CMIRRORLIST_H

/*
 * What Glibc's Swift module lacks. Failures are of no importance to callers.
 */

/*
 * From now on, blocks of a MiB and more go back to the system when they are
 * freed. The C library would otherwise keep ever larger ones for later use.
 */
void mirrorlist_return_large_blocks(void);

/* Gives what small blocks have left free back to the system. */
void mirrorlist_trim_memory(void);

/* setpriority(2) of the calling thread alone. */
void mirrorlist_nice_thread(int value);

/* Raises the limit on open files to what the system allows, and returns it. */
long mirrorlist_raise_file_limit(void);

#endif
