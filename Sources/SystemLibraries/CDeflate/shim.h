#ifndef EPEL_COMPOSE_CDEFLATE_SHIM_H
#define EPEL_COMPOSE_CDEFLATE_SHIM_H

#include <libdeflate.h>

#endif
