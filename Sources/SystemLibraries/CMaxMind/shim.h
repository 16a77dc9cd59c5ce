#ifndef EPEL_COMPOSE_CMAXMIND_SHIM_H
#define EPEL_COMPOSE_CMAXMIND_SHIM_H

#include <maxminddb.h>

#endif
