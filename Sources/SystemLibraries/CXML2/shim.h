#ifndef EPEL_COMPOSE_CXML2_SHIM_H
#define EPEL_COMPOSE_CXML2_SHIM_H

/*
 * Only CXMLReader includes libxml2: its headers bring ICU's, which Swift gets from
 * Foundation already, and cannot take from two modules.
 */

#endif
