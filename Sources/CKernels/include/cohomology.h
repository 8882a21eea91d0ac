#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The vertices joined to all `count` given `vertices` by edges of rank at most `limit`, ascending,
// each with the largest of those ranks; returns how many. INT32_MAX stands for an absent edge.

// Ranks in a square matrix with rows of `stride` ranks, a multiple of 16.
size_t cohomology_cofacets_dense(const int32_t *matrix, size_t stride, const int32_t *vertices,
                                 size_t count, int32_t limit, int32_t *cofacet_vertices,
                                 int32_t *cofacet_ranks);

// Ranks in neighbour lists ascending by vertex: those of v are at offsets[v] to offsets[v + 1].
size_t cohomology_cofacets_sparse(const int64_t *offsets, const int32_t *neighbours,
                                  const int32_t *ranks, const int32_t *vertices, size_t count,
                                  int32_t limit, int32_t *cofacet_vertices,
                                  int32_t *cofacet_ranks);

// Whether some vertex is joined to both u and v by edges of rank below `rank`.
bool cohomology_has_lune_dense(const int32_t *matrix, size_t stride, int32_t u, int32_t v,
                               int32_t rank);
bool cohomology_has_lune_sparse(const int64_t *offsets, const int32_t *neighbours,
                                const int32_t *ranks, int32_t u, int32_t v, int32_t rank);

// The times of the edges of a graph, by neighbour lists ascending by vertex: those of v are from
// starts[v] to ends[v]. INT32_MAX: absent. `bits`, unless it is null, has rows of `words` words with
// a bit an edge of those (not always all of them) that are there at every time asked for.
typedef struct {
  const int64_t *starts;
  const int64_t *ends;
  const int32_t *neighbours;
  const int32_t *times;
  const uint64_t *bits;
  size_t words;
  size_t capacity;
} cohomology_graph;

// The time of the edge between two vertices.
int32_t cohomology_time(const cohomology_graph *graph, int32_t a, int32_t b);

// How far the edge (u, v) can be put off from `time` without a change of the persistent homology of
// the flag complexes: INT32_MAX when it can be left out. `vertices`, `times` and `candidates` are
// scratch for `capacity` common neighbours, the most there can be.
int32_t cohomology_delay(const cohomology_graph *graph, int32_t u, int32_t v, int32_t time,
                         int32_t *vertices, int32_t *times, int32_t *candidates);
