#ifndef EPEL_COMPOSE_CCREATEREPO_SHIM_H
#define EPEL_COMPOSE_CCREATEREPO_SHIM_H

#include <createrepo_c/package.h>
#include <createrepo_c/parsehdr.h>
#include <createrepo_c/parsepkg.h>
#include <createrepo_c/repomd.h>
#include <createrepo_c/sqlite.h>
#include <createrepo_c/updateinfo.h>
#include <createrepo_c/version.h>
#include <createrepo_c/xml_dump.h>
#include <createrepo_c/xml_parser.h>

/*
 * memfd_create(2): glibc declares it only for _GNU_SOURCE, which an imported
 * module cannot set. The flag closes it on exec.
 */
extern int memfd_create(const char *name, unsigned int flags);
enum { EPEL_COMPOSE_MFD_CLOEXEC = 1 };

#endif
