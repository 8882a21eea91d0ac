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
  if (graph->matrix) return graph->matrix[(size_t)a * graph->count + (size_t)b];
  int64_t low = graph->offsets[a], high = graph->offsets[a + 1];
  while (high - low > 1) {
    int64_t middle = (low + high) / 2;
    if (graph->neighbours[middle] <= b)
      low = middle;
    else
      high = middle;
  }
  return high > low && graph->neighbours[low] == b ? graph->times[low] : INT32_MAX;
}

// Sorts the link by time; a heap sort, so that no link takes quadratic time.
static void sift(int32_t *vertices, int32_t *times, size_t hole, size_t count) {
  int32_t vertex = vertices[hole], time = times[hole];
  for (size_t child; (child = 2 * hole + 1) < count; hole = child) {
    if (child + 1 < count && times[child + 1] > times[child]) ++child;
    if (times[child] <= time) break;
    times[hole] = times[child];
    vertices[hole] = vertices[child];
  }
  times[hole] = time;
  vertices[hole] = vertex;
}

static void sort_by_time(int32_t *vertices, int32_t *times, size_t count) {
  if (count <= 48) {
    for (size_t k = 1; k < count; ++k) {
      int32_t vertex = vertices[k], time = times[k];
      size_t hole = k;
      for (; hole > 0 && times[hole - 1] > time; --hole) {
        times[hole] = times[hole - 1];
        vertices[hole] = vertices[hole - 1];
      }
      times[hole] = time;
      vertices[hole] = vertex;
    }
    return;
  }
  for (size_t k = count / 2; k-- > 0;) sift(vertices, times, k, count);
  for (size_t last = count - 1; last > 0; --last) {
    int32_t vertex = vertices[0], time = times[0];
    vertices[0] = vertices[last];
    times[0] = times[last];
    vertices[last] = vertex;
    times[last] = time;
    sift(vertices, times, 0, last);
  }
}

int32_t cohomology_delay(const cohomology_graph *graph, int32_t u, int32_t v, int32_t time,
                         int32_t *link_vertices, int32_t *link_times) {
  // The link: common neighbours, each with the time from which on it is one.
  size_t link = 0;
  int64_t a = graph->offsets[u], b = graph->offsets[v];
  const int64_t a_end = graph->offsets[u + 1], b_end = graph->offsets[v + 1];
  while (a < a_end && b < b_end) {
    int32_t x = graph->neighbours[a], y = graph->neighbours[b];
    int32_t later = graph->times[a] > graph->times[b] ? graph->times[a] : graph->times[b];
    link_vertices[link] = x;
    link_times[link] = later < time ? time : later;
    link += x == y && later != INT32_MAX;
    a += x <= y;
    b += y <= x;
  }
  sort_by_time(link_vertices, link_times, link);
  // While some c of the link at `time` is joined to all of it, the edge is dominated: it waits until
  // one comes that c is not joined to yet, when another c may take over.
  for (size_t k = 0; k < link && link_times[k] <= time; ++k) {
    const int32_t c = link_vertices[k];
    int32_t until = INT32_MAX;
    for (size_t m = 0; m < link; ++m) {
      if (m == k || edge_time(graph, c, link_vertices[m]) <= link_times[m]) continue;
      until = link_times[m];
      break;
    }
    if (until == INT32_MAX) return INT32_MAX;
    if (until > time) {
      time = until;
      k = (size_t)-1;
    }
  }
  return time;
}
