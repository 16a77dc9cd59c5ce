#ifndef EPEL_COMPOSE_CRNP_SHIM_H
#define EPEL_COMPOSE_CRNP_SHIM_H

#include <rnp/rnp.h>
#include <rnp/rnp_err.h>

#endif
