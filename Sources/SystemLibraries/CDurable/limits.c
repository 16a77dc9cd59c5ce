#define _GNU_SOURCE
#include "CDurable.h"

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <ucontext.h>
#include <unistd.h>

/* What the program needs before it can say anything itself. Docs/Operating.md names
 * these figures. */
#define KIB ((rlim_t)1024)
#define MIB (1024 * KIB)
#define STACK_NEEDED (1 * MIB)
#define STACK_WANTED (8 * MIB)
#define ADDRESSES_NEEDED (640 * MIB)
#define DATA_NEEDED (256 * MIB)
#define FILE_SIZE_NEEDED (64 * MIB)
#define FILES_NEEDED ((rlim_t)64)
#define FILES_WANTED ((rlim_t)1024)

/* Exit status: failed. */
#define FAILED 1

static void say(const char *text)
{
    size_t left = strlen(text);
    while (left > 0) {
        ssize_t count = write(STDERR_FILENO, text, left);
        if (count <= 0) return;
        text += count;
        left -= (size_t)count;
    }
}

static void say_number(rlim_t number)
{
    char digits[24];
    char *first = digits + sizeof digits - 1;
    *first = 0;
    do *--first = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    say(first);
}

/* Raises a limit as far as this process may, and refuses one that is too low. */
static void require_limit(
    int resource, const char *name, const char *option, rlim_t needed, rlim_t wanted, rlim_t unit,
    const char *unit_name)
{
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0) return;
    if (limit.rlim_cur == RLIM_INFINITY) return;
    if (limit.rlim_cur < wanted) {
        struct rlimit raised = limit;
        raised.rlim_cur = wanted;
        /* Only the superuser may raise the hard limit. */
        if (raised.rlim_max != RLIM_INFINITY && raised.rlim_max < wanted) raised.rlim_max = wanted;
        if (setrlimit(resource, &raised) == 0) return;
        raised = limit;
        raised.rlim_cur = limit.rlim_max;
        if (setrlimit(resource, &raised) == 0) limit = raised;
    }
    if (limit.rlim_cur >= needed) return;
    /* In pieces: printf(3) needs more stack than there may be. */
    say("epel-compose: ");
    say(name);
    say(": the limit of ");
    say_number(limit.rlim_cur / unit);
    say(unit_name);
    say(" is too low: at least ");
    say_number(needed / unit);
    say(unit_name);
    say(" are needed. Nothing was done. Raise it with 'ulimit ");
    say(option);
    say("', or in the unit or container that starts the program.\n");
    _exit(FAILED);
}

/* Runs before the libraries are initialised: with a stack of 16 KiB the program would not
 * come as far as main. */
static void require_limits(int count, char **arguments, char **environment)
{
    (void)count;
    (void)arguments;
    (void)environment;
    /* A write beyond RLIMIT_FSIZE is an error like any other, that of a message too. */
    signal(SIGXFSZ, SIG_IGN);
    require_limit(
        RLIMIT_STACK, "RLIMIT_STACK", "-s", STACK_NEEDED, STACK_WANTED, KIB, " KiB of stack");
    require_limit(
        RLIMIT_AS, "RLIMIT_AS", "-v", ADDRESSES_NEEDED, ADDRESSES_NEEDED, MIB,
        " MiB of address space");
    require_limit(RLIMIT_DATA, "RLIMIT_DATA", "-d", DATA_NEEDED, DATA_NEEDED, MIB, " MiB of data");
    require_limit(
        RLIMIT_FSIZE, "RLIMIT_FSIZE", "-f", FILE_SIZE_NEEDED, FILE_SIZE_NEEDED, MIB,
        " MiB for a file");
    require_limit(
        RLIMIT_NOFILE, "RLIMIT_NOFILE", "-n", FILES_NEEDED, FILES_WANTED, 1, " open files");
}

__attribute__((section(".preinit_array"), used)) static void (*const before_main)(
    int, char **, char **) = require_limits;

/* MARK: Memory that cannot be had */

static const int crashes[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP};
static struct sigaction former[NSIG];
static _Alignas(16) char other_stack[64 * 1024];

static int stack_is_exhausted(int signal, const siginfo_t *info, const void *context)
{
    if (signal != SIGSEGV && signal != SIGBUS) return 0;
    const ucontext_t *at = context;
#if defined(__x86_64__)
    uintptr_t pointer = (uintptr_t)at->uc_mcontext.gregs[REG_RSP];
#elif defined(__aarch64__)
    uintptr_t pointer = (uintptr_t)at->uc_mcontext.sp;
#else
    uintptr_t pointer = 0;
#endif
    uintptr_t address = (uintptr_t)info->si_addr;
    return pointer != 0 && address + 128 * 1024 > pointer && address < pointer + 4096;
}

/* Whether the system gives no more memory. Under a limit, what is asked for is in
 * proportion to it: an array that grows asks for as much as it has. */
static int memory_is_exhausted(void)
{
    size_t size = 64 * MIB;
    int resources[] = {RLIMIT_AS, RLIMIT_DATA};
    for (size_t index = 0; index < 2; index++) {
        struct rlimit limit;
        if (getrlimit(resources[index], &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) continue;
        if (limit.rlim_cur / 4 > size) size = (size_t)(limit.rlim_cur / 4);
    }
    void *probe =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (probe == MAP_FAILED) return 1;
    munmap(probe, size);
    return 0;
}

static void answer_crash(int signal, siginfo_t *info, void *context)
{
    if (memory_is_exhausted()) {
        say("epel-compose: memory: the system gives no more of it. Raise the limit (ulimit -v, "
            "ulimit -d, or that of the container), or end other programs; then run the command "
            "again: one that changes something recovers first.\n");
        _exit(FAILED);
    }
    if (stack_is_exhausted(signal, info, context)) {
        say("epel-compose: stack: there is not enough of it. Raise the limit (ulimit -s), then run "
            "the command again: one that changes something recovers first.\n");
        _exit(FAILED);
    }
    /* A fault of the program: as if nobody had looked. */
    sigaction(signal, &former[signal], NULL);
    if (info->si_code > 0) return;
    /* Sent, not caused by an instruction that would run again: one that was handled
     * must not be lost. */
    raise(signal);
    struct sigaction fatal = {.sa_handler = SIG_DFL};
    sigaction(signal, &fatal, NULL);
    raise(signal);
}

void durable_return_large_blocks(void)
{
#ifdef M_MMAP_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, 256 * 1024);
#endif
}

void durable_answer_exhaustion(void)
{
    stack_t stack = {.ss_sp = other_stack, .ss_size = sizeof other_stack};
    sigaltstack(&stack, NULL);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = answer_crash;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    sigemptyset(&action.sa_mask);
    for (size_t index = 0; index < sizeof crashes / sizeof crashes[0]; index++)
        sigaction(crashes[index], &action, &former[crashes[index]]);
    /* Threads of all libraries get this stack, whatever the limit was at the start. */
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0) return;
    if (pthread_attr_setstacksize(&attributes, STACK_WANTED) == 0)
        pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
}
