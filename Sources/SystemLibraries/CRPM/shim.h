#ifndef EPEL_COMPOSE_CRPM_SHIM_H
#define EPEL_COMPOSE_CRPM_SHIM_H

#include <rpm/header.h>
#include <rpm/rpmcli.h>
#include <rpm/rpmfi.h>
#include <rpm/rpmfiles.h>
#include <rpm/rpmkeyring.h>
#include <rpm/rpmlib.h>
#include <rpm/rpmlog.h>
#include <rpm/rpmmacro.h>
#include <rpm/rpmpgp.h>
#include <rpm/rpmts.h>
#include <rpm/rpmver.h>

#endif
