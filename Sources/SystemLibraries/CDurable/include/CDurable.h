#ifndef EPEL_COMPOSE_CDURABLE_H
#define EPEL_COMPOSE_CDURABLE_H

#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
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

/*
 * The mount that a descriptor was opened through, by statx(2): two mounts of
 * one device do not share hard links. ENOSYS before Linux 5.8.
 */
int durable_mount(int descriptor, uint64_t *mount);

/* syncfs(2): flush the file system that holds the descriptor. */
int durable_syncfs(int descriptor);

/* copy_file_range(2) at the files' own offsets. */
ssize_t durable_copy_file_range(int from, int to, size_t count);

/*
 * From now on SIGINT and SIGTERM only wake who waits for them. Blocking them
 * and sigwait(3) would not do: libdispatch parks the main thread in
 * sigsuspend(2) with nothing blocked.
 */
void durable_catch_interrupts(void);

/*
 * Waits for the next of these signals, for so many milliseconds, or without
 * end where that is negative. Returns the signal, or 0 when time is up.
 */
int durable_wait_for_interrupt(long milliseconds);

/*
 * From now on a system that gives no more memory or stack ends the program with
 * status 1 and a message that says so, where a library would end it by a signal; a
 * write beyond the limit of file sizes fails with EFBIG; and threads have 8 MiB of
 * stack.
 *
 * Limits that are too low for the program to start are refused before main: see
 * limits.c.
 */
void durable_answer_exhaustion(void);

/*
 * From now on blocks of 256 KiB and more go back to the system when they are freed. Else the C
 * library raises that limit with each such block, takes them from its heap, and gives back only
 * what is free at the heap's end: reading 40,000 RPMs took 730 MiB instead of 185.
 */
void durable_return_large_blocks(void);

/* Starts the program of posix_spawn(3) in a directory; 0 or an errno. */
int durable_spawn_in(posix_spawn_file_actions_t *actions, const char *directory);

#endif
