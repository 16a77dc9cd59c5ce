#ifndef EPEL_COMPOSE_CCREATEREPO_SHIM_H
#define EPEL_COMPOSE_CCREATEREPO_SHIM_H

#include <createrepo_c/package.h>
#include <createrepo_c/parsehdr.h>
#include <createrepo_c/parsepkg.h>
#include <createrepo_c/repomd.h>
#include <createrepo_c/xml_dump.h>
#include <createrepo_c/xml_parser.h>

#endif
