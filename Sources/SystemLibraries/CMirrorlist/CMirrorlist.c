#define _GNU_SOURCE
#include "CMirrorlist.h"

#include <limits.h>
#include <malloc.h>
#include <sys/resource.h>

void mirrorlist_return_large_blocks(void) {
#ifdef M_MMAP_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

void mirrorlist_trim_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

void mirrorlist_nice_thread(int value) {
    /* On Linux, 0 is the calling thread, not the process. */
    setpriority(PRIO_PROCESS, 0, value);
}

long mirrorlist_raise_file_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
    if (limit.rlim_cur < limit.rlim_max) {
        struct rlimit raised = {limit.rlim_max, limit.rlim_max};
        if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
    }
    return limit.rlim_cur > LONG_MAX ? LONG_MAX : (long)limit.rlim_cur;
}
