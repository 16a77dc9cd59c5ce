#ifndef EPEL_COMPOSE_CMODULES_H
#define EPEL_COMPOSE_CMODULES_H

#include <stddef.h>
#include <stdint.h>

/* One stream as a document has it; texts and lists are valid during the call. Lists
 * end with NULL. */
typedef struct {
  const char *module;
  const char *stream;  /* NULL where it has no name */
  const char *context; /* NULL where there is none */
  const char *arch;    /* NULL where there is none */
  uint64_t version;
  int has_static_context;
  const char *const *artifacts;
  const char *const *demodularized;
  const char *const *profiles;
  /* Modules that must be enabled as well, and for each the streams that will do. */
  size_t requirement_count;
  const char *const *required_modules;
  const char *const *const *required_streams;
} cmodules_stream;

typedef struct {
  /* Gets each stream. */
  void (*visit)(void *context, const cmodules_stream *stream);
  /* Gets what is said of a module's default stream: NULL where it has none. */
  void (*visit_default)(void *context, const char *module, const char *stream,
                        uint64_t modified);
} cmodules_visitor;

/*
 * Reads a document of modules with libmodulemd and visits all that is in it.
 * Returns 0, or -1 with the cause in `cause`.
 */
int cmodules_read(const char *path, const cmodules_visitor *visitor, void *context, char *cause,
                  size_t cause_size);

#endif
