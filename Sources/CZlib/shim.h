#ifndef EPEL_COMPOSE_CZLIB_SHIM_H
#define EPEL_COMPOSE_CZLIB_SHIM_H

#include <zlib.h>

/* deflateInit2 is a macro, which an imported module cannot have. */
static inline int epel_compose_deflate_init(z_streamp stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}

#endif
