#ifndef EPEL_COMPOSE_COPENSSL_SHIM_H
#define EPEL_COMPOSE_COPENSSL_SHIM_H

#include <openssl/evp.h>

#endif
