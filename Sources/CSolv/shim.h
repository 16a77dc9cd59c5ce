#ifndef EPEL_COMPOSE_CSOLV_SHIM_H
#define EPEL_COMPOSE_CSOLV_SHIM_H

#include <solv/bitmap.h>
#include <solv/evr.h>
#include <solv/pool.h>
#include <solv/poolarch.h>
#include <solv/queue.h>
#include <solv/repo.h>
#include <solv/repo_rpmdb.h>
#include <solv/repo_rpmmd.h>
#include <solv/solvable.h>
#include <solv/solver.h>
#include <solv/testcase.h>

/*
 * libsolv reaches its solvables, relations and lists of providers by macros,
 * which Swift cannot see: one function for each that is used.
 */

static inline Solvable *csolv_solvable(const Pool *pool, Id id) { return pool->solvables + id; }

/* Whether `id` is a relation rather than a plain name. */
static inline int csolv_is_relation(Id id) { return ISRELDEP(id) != 0; }

static inline Reldep csolv_relation(const Pool *pool, Id id) {
  return pool->rels[GETRELID(id)];
}

/* Solvables that provide a dependency, ended by 0; as long as the pool is not
 * changed. */
static inline const Id *csolv_providers(Pool *pool, Id dependency) {
  return pool->whatprovidesdata + pool_whatprovides(pool, dependency);
}

static inline void csolv_map_set(Map *map, Id id) { MAPSET(map, id); }
static inline void csolv_map_clear(Map *map, Id id) { MAPCLR(map, id); }
static inline int csolv_map_test(const Map *map, Id id) { return MAPTST(map, id) != 0; }

/* A list of dependencies, ended by 0; NULL where there is none. */
static inline const Id *csolv_list(const Solvable *solvable, Offset offset) {
  return offset ? solvable->repo->idarraydata + offset : 0;
}

#endif
