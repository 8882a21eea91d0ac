// Hierarchical navigable small world graphs (hnswlib) behind a C interface; C++ ends here.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A graph over rows of float32 numbers.
typedef struct hnsw_graph hnsw_graph;

/// What is least between near rows.
typedef enum hnsw_distance {
  HNSW_SQUARED_DIFFERENCE,  ///< the squared length of the difference
  HNSW_NEGATIVE_PRODUCT     ///< the negative scalar product: the cosine's order for unit rows
} hnsw_distance;

/// A graph for up to `capacity` rows, empty; NULL when memory ran out.
///
/// `degree` is the paper's M, `breadth` its efConstruction. The graph depends on the rows, the order in
/// which they are added, and the seed.
hnsw_graph *_Nullable hnsw_create(hnsw_distance distance, size_t dimension, size_t capacity,
                                  size_t degree, size_t breadth, uint32_t seed);

/// Adds a row under a number. Returns 0, or −1 when memory ran out. One thread at a time.
int hnsw_add(hnsw_graph *_Nonnull graph, const float *_Nonnull row, uint32_t number);

/// Sets how many rows a search keeps in view, the paper's ef.
void hnsw_set_breadth(hnsw_graph *_Nonnull graph, size_t breadth);

/// Writes the numbers of up to `count` near rows, in no order; returns how many, or −1 when memory ran
/// out. Several threads may search at once.
ptrdiff_t hnsw_search(const hnsw_graph *_Nonnull graph, const float *_Nonnull query, size_t count,
                      uint32_t *_Nonnull numbers);

void hnsw_destroy(hnsw_graph *_Nullable graph);

#ifdef __cplusplus
}
#endif
