#ifndef EPEL_COMPOSE_CMODULEMD_SHIM_H
#define EPEL_COMPOSE_CMODULEMD_SHIM_H

/*
 * Only CModules includes libmodulemd: its headers bring GLib, which Swift gets
 * from CCreaterepo already, and cannot take from two modules.
 */

#endif
