#include "CHNSW.h"

#include <exception>
#include <hnswlib/hnswlib.h>

#include "CKernels.h"

namespace {

float squared_difference(const void *a, const void *b, const void *dimension) {
  return kernel_float_square_distance(*static_cast<const size_t *>(dimension),
                                      static_cast<const float *>(a), static_cast<const float *>(b));
}

float negative_product(const void *a, const void *b, const void *dimension) {
  return -kernel_float_product(*static_cast<const size_t *>(dimension),
                               static_cast<const float *>(a), static_cast<const float *>(b));
}

// The library's own spaces choose their kernels when they are compiled; ours when the program starts.
class Space final : public hnswlib::SpaceInterface<float> {
 public:
  Space(hnsw_distance distance, size_t dimension)
      : distance_(distance == HNSW_SQUARED_DIFFERENCE ? squared_difference : negative_product),
        dimension_(dimension) {}
  size_t get_data_size() override { return dimension_ * sizeof(float); }
  hnswlib::DISTFUNC<float> get_dist_func() override { return distance_; }
  void *get_dist_func_param() override { return &dimension_; }

 private:
  hnswlib::DISTFUNC<float> distance_;
  size_t dimension_;
};

}  // namespace

// The index keeps a pointer into the space: both live in one object that never moves.
struct hnsw_graph {
  hnsw_graph(hnsw_distance distance, size_t dimension, size_t capacity, size_t degree,
             size_t breadth, uint32_t seed)
      : space(distance, dimension), index(&space, capacity, degree, breadth, seed) {}

  Space space;
  hnswlib::HierarchicalNSW<float> index;
};

hnsw_graph *hnsw_create(hnsw_distance distance, size_t dimension, size_t capacity, size_t degree,
                        size_t breadth, uint32_t seed) {
  try {
    return new hnsw_graph(distance, dimension, capacity, degree, breadth, seed);
  } catch (const std::exception &) {
    return nullptr;
  }
}

int hnsw_add(hnsw_graph *graph, const float *row, uint32_t number) {
  try {
    graph->index.addPoint(row, number);
    return 0;
  } catch (const std::exception &) {
    return -1;
  }
}

void hnsw_set_breadth(hnsw_graph *graph, size_t breadth) { graph->index.setEf(breadth); }

ptrdiff_t hnsw_search(const hnsw_graph *graph, const float *query, size_t count,
                      uint32_t *numbers) {
  try {
    auto found = graph->index.searchKnn(query, count);
    ptrdiff_t written = 0;
    for (; !found.empty(); found.pop()) numbers[written++] = static_cast<uint32_t>(found.top().second);
    return written;
  } catch (const std::exception &) {
    return -1;
  }
}

void hnsw_destroy(hnsw_graph *graph) { delete graph; }
