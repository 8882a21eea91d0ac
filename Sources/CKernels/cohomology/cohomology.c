#include "cohomology.h"

#include "multiversioned.h"

MULTIVERSIONED
size_t cohomology_cofacets_dense(const int32_t *matrix, size_t stride, const int32_t *vertices,
                                 size_t count, int32_t limit, int32_t *cofacet_vertices,
                                 int32_t *cofacet_ranks) {
  size_t found = 0;
  for (size_t start = 0; start < stride; start += 16) {
    int32_t largest[16];
    const int32_t *row = matrix + (size_t)vertices[0] * stride + start;
    for (size_t lane = 0; lane < 16; ++lane) largest[lane] = row[lane];
    for (size_t k = 1; k < count; ++k) {
      row = matrix + (size_t)vertices[k] * stride + start;
      for (size_t lane = 0; lane < 16; ++lane)
        largest[lane] = largest[lane] > row[lane] ? largest[lane] : row[lane];
    }
    uint32_t within = 0;
    for (size_t lane = 0; lane < 16; ++lane) within |= (uint32_t)(largest[lane] <= limit) << lane;
    while (within) {
      size_t lane = (size_t)__builtin_ctz(within);
      within &= within - 1;
      cofacet_vertices[found] = (int32_t)(start + lane);
      cofacet_ranks[found] = largest[lane];
      ++found;
    }
  }
  return found;
}

size_t cohomology_cofacets_sparse(const int64_t *offsets, const int32_t *neighbours,
                                  const int32_t *ranks, const int32_t *vertices, size_t count,
                                  int32_t limit, int32_t *cofacet_vertices,
                                  int32_t *cofacet_ranks) {
  size_t shortest = 0;
  for (size_t k = 1; k < count; ++k) {
    int32_t v = vertices[k], s = vertices[shortest];
    if (offsets[v + 1] - offsets[v] < offsets[s + 1] - offsets[s]) shortest = k;
  }
  size_t found = 0;
  for (int64_t at = offsets[vertices[shortest]]; at < offsets[vertices[shortest] + 1]; ++at) {
    cofacet_vertices[found] = neighbours[at];
    cofacet_ranks[found] = ranks[at];
    found += ranks[at] <= limit;
  }
  for (size_t k = 0; k < count && found > 0; ++k) {
    if (k == shortest) continue;
    int64_t at = offsets[vertices[k]], end = offsets[vertices[k] + 1];
    size_t kept = 0;
    for (size_t c = 0; c < found; ++c) {
      int32_t vertex = cofacet_vertices[c];
      while (at < end && neighbours[at] < vertex) ++at;
      if (at == end) break;
      if (neighbours[at] != vertex || ranks[at] > limit) continue;
      int32_t rank = cofacet_ranks[c];
      cofacet_vertices[kept] = vertex;
      cofacet_ranks[kept] = rank > ranks[at] ? rank : ranks[at];
      ++kept;
    }
    found = kept;
  }
  return found;
}

MULTIVERSIONED
bool cohomology_has_lune_dense(const int32_t *matrix, size_t stride, int32_t u, int32_t v,
                               int32_t rank) {
  const int32_t *a = matrix + (size_t)u * stride, *b = matrix + (size_t)v * stride;
  for (size_t start = 0; start < stride; start += 16) {
    int found = 0;
    for (size_t lane = start; lane < start + 16; ++lane)
      found |= (a[lane] < rank) & (b[lane] < rank);
    if (found) return true;
  }
  return false;
}

bool cohomology_has_lune_sparse(const int64_t *offsets, const int32_t *neighbours,
                                const int32_t *ranks, int32_t u, int32_t v, int32_t rank) {
  const int64_t first = offsets[v], last = offsets[v + 1];
  for (int64_t at = offsets[u]; at < offsets[u + 1]; ++at) {
    if (ranks[at] >= rank) continue;
    // Most edges have a lune, and few neighbours need the search.
    int64_t low = first, high = last;
    while (high - low > 1) {
      int64_t middle = (low + high) / 2;
      if (neighbours[middle] <= neighbours[at])
        low = middle;
      else
        high = middle;
    }
    if (neighbours[low] == neighbours[at] && ranks[low] < rank) return true;
  }
  return false;
}

static inline int32_t edge_time(const cohomology_graph *graph, int32_t a, int32_t b) {
  int64_t low = graph->starts[a], high = graph->ends[a];
  while (high - low > 1) {
    int64_t middle = (low + high) / 2;
    if (graph->neighbours[middle] <= b)
      low = middle;
    else
      high = middle;
  }
  return high > low && graph->neighbours[low] == b ? graph->times[low] : INT32_MAX;
}

static inline bool has_bit(const cohomology_graph *graph, int32_t a, int32_t b) {
  return graph->bits[(size_t)a * graph->words + ((size_t)b >> 6)] >> (b & 63) & 1;
}

int32_t cohomology_time(const cohomology_graph *graph, int32_t a, int32_t b) {
  return edge_time(graph, a, b);
}

int32_t cohomology_delay(const cohomology_graph *graph, int32_t u, int32_t v, int32_t time,
                         int32_t *vertices, int32_t *times, int32_t *candidates) {
  // The common neighbours, each with the time from which on it is one: those up to `time` in front,
  // the last of them first, and those to come from the back.
  const size_t end = graph->capacity;
  size_t early = 0, late = end;
  int64_t a = graph->starts[u], b = graph->starts[v];
  const int64_t a_end = graph->ends[u], b_end = graph->ends[v];
  while (a < a_end && b < b_end) {
    int32_t x = graph->neighbours[a], y = graph->neighbours[b];
    if (x == y) {
      int32_t since = graph->times[a] > graph->times[b] ? graph->times[a] : graph->times[b];
      if (since > time) {
        vertices[--late] = x;
        times[late] = since;
      } else if (early > 0 && since > times[0]) {
        vertices[early] = vertices[0];
        times[early++] = times[0];
        vertices[0] = x;
        times[0] = since;
      } else {
        vertices[early] = x;
        times[early++] = since;
      }
    }
    a += x <= y;
    b += y <= x;
  }
  bool by_bits = graph->bits != NULL;
  while (early > 0) {
    // The edge is dominated by those common neighbours that are joined to all the others. The last
    // one to come excludes most.
    size_t left = early;
    for (size_t k = 0; k < early; ++k) candidates[k] = vertices[k];
    for (size_t k = 0; k < early && left > 0; ++k) {
      const int32_t w = vertices[k];
      size_t kept = 0;
      if (by_bits) {
        // Few edges are missing from the bits at first; that some are costs no correctness.
        for (size_t m = 0; m < left; ++m) {
          const int32_t c = candidates[m];
          candidates[kept] = c;
          kept += (c == w) | has_bit(graph, w, c);
        }
      } else {
        for (size_t m = 0; m < left; ++m) {
          const int32_t c = candidates[m];
          candidates[kept] = c;
          kept += c == w || (graph->bits && has_bit(graph, w, c)) || edge_time(graph, w, c) <= time;
        }
      }
      left = kept;
    }
    if (left == 0) return time;
    // It waits until one comes that none of them is joined to yet.
    int32_t until = time;
    for (size_t k = 0; k < left; ++k) {
      int32_t first = INT32_MAX;
      for (size_t m = late; m < end && first > until; ++m)
        if (times[m] < first && edge_time(graph, candidates[k], vertices[m]) > times[m])
          first = times[m];
      if (first > until) until = first;
    }
    if (until == INT32_MAX) return until;
    time = until;
    by_bits = false;
    for (size_t m = late; m < end; ++m) {
      if (times[m] > time) continue;
      vertices[early++] = vertices[m];
      vertices[m] = vertices[late];
      times[m] = times[late];
      ++late;
    }
    int32_t newest = vertices[early - 1];
    vertices[early - 1] = vertices[0];
    vertices[0] = newest;
  }
  return time;
}
