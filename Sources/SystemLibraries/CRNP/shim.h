#ifndef EPEL_COMPOSE_CRNP_SHIM_H
#define EPEL_COMPOSE_CRNP_SHIM_H

#include <rnp/rnp.h>
#include <rnp/rnp_err.h>
#include <stdio.h>

/* librnp writes what it thinks of its input to the C library's standard error: as Debian
   builds it, nothing switches that off. glibc lets the stream be set like any other variable. */
static inline FILE *_Nullable crnp_set_standard_error(FILE *_Nullable stream) {
  FILE *former = stderr;
  stderr = stream;
  return former;
}

#endif
