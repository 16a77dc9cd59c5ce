#define _GNU_SOURCE

#include "CDurable.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <linux/stat.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t interrupt_signal = 0;
static sem_t interrupts;

int durable_rename_noreplace(int from_directory, const char *from, int to_directory,
                             const char *to) {
  return renameat2(from_directory, from, to_directory, to, RENAME_NOREPLACE);
}

int durable_open_beneath(int directory, const char *path, int flags) {
  // Version 2.36 of the C library has no wrapper.
  struct open_how how = {
      .flags = (unsigned)flags,
      .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
  };
  return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

int durable_mount(int descriptor, uint64_t *mount) {
  struct statx status;
  if (syscall(SYS_statx, descriptor, "", AT_EMPTY_PATH, STATX_MNT_ID, &status) != 0) return -1;
  if ((status.stx_mask & STATX_MNT_ID) == 0) {
    errno = ENOSYS;
    return -1;
  }
  *mount = status.stx_mnt_id;
  return 0;
}

int durable_syncfs(int descriptor) { return syncfs(descriptor); }

ssize_t durable_copy_file_range(int from, int to, size_t count) {
  return copy_file_range(from, NULL, to, NULL, count, 0);
}

// A handler may do next to nothing: sem_post(3) is among what it may.
static void report_interrupt(int signal_number) {
  int code = errno;
  interrupt_signal = signal_number;
  sem_post(&interrupts);
  errno = code;
}

void durable_catch_interrupts(void) {
  sem_init(&interrupts, 0, 0);
  struct sigaction action = {.sa_handler = report_interrupt};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  // Whoever started the program may have blocked them.
  sigset_t both;
  sigemptyset(&both);
  sigaddset(&both, SIGINT);
  sigaddset(&both, SIGTERM);
  pthread_sigmask(SIG_UNBLOCK, &both, NULL);
}

int durable_wait_for_interrupt(long milliseconds) {
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_sec += milliseconds / 1000;
  until.tv_nsec += milliseconds % 1000 * 1000000;
  if (until.tv_nsec >= 1000000000) {
    until.tv_sec += 1;
    until.tv_nsec -= 1000000000;
  }
  int result;
  do {
    result = milliseconds < 0 ? sem_wait(&interrupts)
                              : sem_clockwait(&interrupts, CLOCK_MONOTONIC, &until);
  } while (result != 0 && errno == EINTR);
  return result == 0 ? interrupt_signal : 0;
}

int durable_spawn_in(posix_spawn_file_actions_t *actions, const char *directory) {
    return posix_spawn_file_actions_addchdir_np(actions, directory);
}
