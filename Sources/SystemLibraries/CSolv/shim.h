#ifndef EPEL_COMPOSE_CSOLV_SHIM_H
#define EPEL_COMPOSE_CSOLV_SHIM_H

#include <stdlib.h>
#include <unistd.h>

#include <solv/bitmap.h>
#include <solv/evr.h>
#include <solv/pool.h>
#include <solv/poolarch.h>
#include <solv/queue.h>
#include <solv/repo.h>
#include <solv/repo_rpmmd.h>
#include <solv/repo_solv.h>
#include <solv/repo_write.h>
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

/* Of the library: an array of unknown length, which Swift cannot import. */
static inline const char *csolv_version(void) { return solv_version; }

/* Whether an attribute of the XML document `descriptor` has more than `limit` opening
 * parentheses in each other; 1 where it cannot be read. The position of the descriptor
 * stays. */
static inline int csolv_nests_deeper(int descriptor, int limit) {
  static const size_t size = 1 << 16;
  char *bytes = malloc(size);
  off_t offset = 0;
  int depth = 0, nests = bytes == NULL;
  while (!nests) {
    ssize_t count = pread(descriptor, bytes, size, offset);
    if (count <= 0) {
      nests = count < 0;
      break;
    }
    for (ssize_t index = 0; index < count && !nests; index++) {
      char c = bytes[index];
      if (c == '(')
        nests = ++depth > limit;
      else if (c == ')' && depth > 0)
        depth--;
      else if (c == '"')
        depth = 0;
    }
    offset += count;
  }
  free(bytes);
  return nests;
}

/* Leaves out what people read and the solver does not. */
static inline int csolv_keep_for_solver(Repo *repo, Repokey *key, void *data) {
  switch (key->name) {
  case SOLVABLE_SUMMARY:
  case SOLVABLE_DESCRIPTION:
  case SOLVABLE_URL:
  case SOLVABLE_LICENSE:
  case SOLVABLE_PACKAGER:
  case SOLVABLE_BUILDHOST:
  case SOLVABLE_GROUP:
  case SOLVABLE_BUILDTIME:
  case SOLVABLE_INSTALLSIZE:
  case SOLVABLE_DOWNLOADSIZE:
  case SOLVABLE_HEADEREND:
  case SOLVABLE_MEDIADIR:
  case SOLVABLE_MEDIAFILE:
    return KEY_STORAGE_DROPPED;
  default:
    return repo_write_stdkeyfilter(repo, key, data);
  }
}

/* Files that the metadata of a solvable lists, as names of dependencies. */
static inline void csolv_files(Pool *pool, Id id, Queue *found) {
  Dataiterator iterator;
  dataiterator_init(&iterator, pool, pool->solvables[id].repo, id, SOLVABLE_FILELIST, 0,
                    SEARCH_FILES);
  while (dataiterator_step(&iterator))
    queue_push(found, pool_str2id(pool, iterator.kv.str, 1));
  dataiterator_free(&iterator);
}

/* A list of dependencies, ended by 0; NULL where there is none. */
static inline const Id *csolv_list(const Solvable *solvable, Offset offset) {
  return offset ? solvable->repo->idarraydata + offset : 0;
}

#endif
