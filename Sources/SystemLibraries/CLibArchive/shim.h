#ifndef EPEL_COMPOSE_CLIBARCHIVE_SHIM_H
#define EPEL_COMPOSE_CLIBARCHIVE_SHIM_H

#include <archive.h>
#include <archive_entry.h>

#endif
