#ifndef EPEL_COMPOSE_CDURABLE_H
#define EPEL_COMPOSE_CDURABLE_H

#include <stddef.h>
#include <sys/types.h>

/*
 * System calls that Glibc's Swift module lacks. Each returns what the call
 * returns and leaves errno as the call left it.
 */

/* renameat2(2) with RENAME_NOREPLACE: fails with EEXIST, never overwrites. */
int durable_rename_noreplace(int from_directory, const char *from, int to_directory,
                             const char *to);

/*
 * openat2(2) that reaches nothing outside the directory and follows no link
 * in any component. ENOSYS before Linux 5.6.
 */
int durable_open_beneath(int directory, const char *path, int flags);

/* syncfs(2): flush the file system that holds the descriptor. */
int durable_syncfs(int descriptor);

/* copy_file_range(2) at the files' own offsets. */
ssize_t durable_copy_file_range(int from, int to, size_t count);

/*
 * SIGINT and SIGTERM only set a flag, which work looks at between its steps:
 * a handler may do next to nothing safely.
 */
void durable_catch_interrupts(void);

/* The signal that arrived, or 0. */
int durable_interrupt(void);

#endif
