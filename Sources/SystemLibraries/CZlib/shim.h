#ifndef EPEL_COMPOSE_CZLIB_SHIM_H
#define EPEL_COMPOSE_CZLIB_SHIM_H

#include <zlib.h>

/* inflateInit2 is a macro, which an imported module cannot have. */
static inline int epel_compose_inflate_init(z_streamp stream) {
  return inflateInit2(stream, -MAX_WBITS);
}

#endif
