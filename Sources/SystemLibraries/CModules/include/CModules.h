#ifndef EPEL_COMPOSE_CMODULES_H
#define EPEL_COMPOSE_CMODULES_H

#include <stddef.h>

/* Gets each artifact of each stream; NULL for a stream without any. */
typedef void (*cmodules_visit)(void *context, const char *module, const char *stream,
                               const char *artifact);

/*
 * Reads a document of modules with libmodulemd and visits all their streams.
 * Returns 0, or -1 with the cause in `cause`.
 */
int cmodules_read(const char *path, cmodules_visit visit, void *context, char *cause,
                  size_t cause_size);

#endif
