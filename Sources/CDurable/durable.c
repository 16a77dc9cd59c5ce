#define _GNU_SOURCE

#include "CDurable.h"

#include <linux/openat2.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static volatile sig_atomic_t interrupt_signal = 0;

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

int durable_syncfs(int descriptor) { return syncfs(descriptor); }

ssize_t durable_copy_file_range(int from, int to, size_t count) {
  return copy_file_range(from, NULL, to, NULL, count, 0);
}

static void remember_interrupt(int signal_number) { interrupt_signal = signal_number; }

void durable_catch_interrupts(void) {
  struct sigaction action = {.sa_handler = remember_interrupt};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  // Whoever started the program may have blocked them.
  sigset_t both;
  sigemptyset(&both);
  sigaddset(&both, SIGINT);
  sigaddset(&both, SIGTERM);
  sigprocmask(SIG_UNBLOCK, &both, NULL);
}

int durable_interrupt(void) { return interrupt_signal; }
