// The passes over rows of a distance matrix that dense homology in dimension one spends its time in.
//
// Integer comparisons only: the same results whichever clone runs.
#include "CKernels.h"
#include "multiversioned.h"

enum { lane_count = 16, word_blocks = 4 };

// Vectors pass between functions by pointer: by value the calling convention would differ from clone to
// clone, inlined or not.
typedef int32_t lanes __attribute__((ext_vector_type(16), may_alias));
typedef _Bool lane_mask __attribute__((ext_vector_type(16)));

#define INLINE static inline __attribute__((always_inline))
#define ALL(value) ((lanes)(int32_t)(value))
#define BLOCK(row, block) (((const lanes *)(row))[block])
// The vertices of a block.
#define VERTICES(block) \
  ((lanes){0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15} + (int32_t)((block) * lane_count))

// One bit a lane, from a comparison.
INLINE uint64_t bits(const lanes *comparison) {
  lane_mask mask = __builtin_convertvector(*comparison, lane_mask);
  uint16_t result;
  __builtin_memcpy(&result, &mask, sizeof result);
  return result;
}

static const int32_t infinity = 0x7F800000;

MULTIVERSIONED
void kernel_near_vertices(const float *row, size_t blocks, int32_t lengths[kernel_near_count],
                          int32_t vertices[kernel_near_count]) {
  lanes least = ALL(infinity), block_of_least = ALL(0);
  for (size_t b = 0; b < blocks; ++b) {
    lanes values = BLOCK(row, b);
    lanes smaller = values < least;
    least = smaller ? values : least;
    block_of_least = smaller ? ALL(b) : block_of_least;
  }
  for (int lane = 0; lane < lane_count; ++lane) {
    int32_t length = least[lane], vertex = block_of_least[lane] * lane_count + lane;
    int place = lane;
    for (; place > 0 && lengths[place - 1] > length; --place) {
      lengths[place] = lengths[place - 1];
      vertices[place] = vertices[place - 1];
    }
    lengths[place] = length;
    vertices[place] = vertex;
  }
}

// The lanes of `width` blocks from `first` on that no near vertex eliminates.
//
// w is in the lune of (i, j) iff (i, w) and (j, w) come before (i, j): iff |iw| − [w < j] < |ij| and
// |jw| − [w < i] < |ij|, in integers. [w < j] is the same for all columns but those of the tile itself,
// where a tie is left to the exact scan.
INLINE uint64_t alive_lanes(const float *base, size_t stride, size_t i, size_t start, size_t first,
                            const int width, int32_t threshold, const int32_t *near_lengths,
                            const int32_t *near_vertices) {
  const float *row = base + i * stride;
  lanes length[2], alive[2];
  for (int k = 0; k < width; ++k) {
    length[k] = BLOCK(row, first + k);
    alive[k] = (length[k] <= threshold) & (VERTICES(first + k) < (int32_t)i);
  }
  for (int c = 0; c < kernel_near_count && near_lengths[c] < infinity; ++c) {
    lanes any = alive[0];
    if (width == 2) any |= alive[1];
    if (!bits(&any)) return 0;
    size_t w = (size_t)near_vertices[c];
    lanes to_i = ALL(near_lengths[c] - (w < start));
    for (int k = 0; k < width; ++k) {
      lanes to_j = BLOCK(base + w * stride, first + k) - (w < i);
      alive[k] &= __builtin_elementwise_max(to_i, to_j) >= length[k];
    }
  }
  uint64_t result = bits(&alive[0]);
  if (width == 2) result |= bits(&alive[1]) << lane_count;
  return result;
}

MULTIVERSIONED
void kernel_without_near_vertex(const float *base, size_t blocks, size_t i, size_t start,
                                int32_t threshold, const int32_t *near_lengths,
                                const int32_t *near_vertices,
                                uint64_t columns[kernel_tile_width / 64]) {
  enum { tile_blocks = kernel_tile_width / lane_count };
  near_lengths += i * kernel_near_count;
  near_vertices += i * kernel_near_count;
  size_t stride = blocks * lane_count, first = start / lane_count;
  size_t end = (i + lane_count - 1) / lane_count;  // the last block with a column below i
  if (end > first + tile_blocks) end = first + tile_blocks;
  for (int k = 0; k < kernel_tile_width / 64; ++k) columns[k] = 0;
  size_t b = first;
  for (; b + 2 <= end; b += 2) {
    uint64_t alive = alive_lanes(base, stride, i, start, b, 2, threshold, near_lengths, near_vertices);
    columns[(b - first) / word_blocks] |= alive << (b - first) % word_blocks * lane_count;
  }
  if (b < end) {
    uint64_t alive = alive_lanes(base, stride, i, start, b, 1, threshold, near_lengths, near_vertices);
    columns[(b - first) / word_blocks] |= alive << (b - first) % word_blocks * lane_count;
  }
}

// The lanes of a block that are in the lune of (i, j): see `alive_lanes`.
INLINE uint64_t lune(const float *row_i, const float *row_j, size_t block, int32_t i, int32_t j,
                     int32_t length) {
  // A true comparison is −1 in every bit.
  lanes to_i = BLOCK(row_i, block) + (VERTICES(block) < j);
  lanes to_j = BLOCK(row_j, block) + (VERTICES(block) < i);
  lanes inside = __builtin_elementwise_max(to_i, to_j) < length;
  return bits(&inside);
}

MULTIVERSIONED
ptrdiff_t kernel_lune_first(const float *row_i, const float *row_j, size_t blocks, size_t i,
                            size_t j) {
  int32_t length;
  __builtin_memcpy(&length, row_i + j, sizeof length);
  for (size_t b = 0; b < blocks; ++b) {
    uint64_t mask = lune(row_i, row_j, b, (int32_t)i, (int32_t)j, length);
    if (mask) return (ptrdiff_t)(b * lane_count) + __builtin_ctzll(mask);
  }
  return -1;
}

MULTIVERSIONED
ptrdiff_t kernel_lune_first_odd(const float *row_i, const float *row_j, size_t blocks, size_t i,
                                size_t j, const uint64_t *bits_i, const uint64_t *bits_j, int flip) {
  int32_t length;
  __builtin_memcpy(&length, row_i + j, sizeof length);
  const uint64_t inverted = flip ? ~(uint64_t)0 : 0;
  for (size_t word = 0; word * word_blocks < blocks; ++word) {
    uint64_t odd = bits_i[word] ^ bits_j[word] ^ inverted;
    // The words are mostly zero when the cochain has few edges.
    for (size_t b = word * word_blocks; odd && b < blocks; odd >>= lane_count, ++b) {
      if (!(odd & 0xFFFF)) continue;
      uint64_t mask = odd & lune(row_i, row_j, b, (int32_t)i, (int32_t)j, length);
      if (mask) return (ptrdiff_t)(b * lane_count) + __builtin_ctzll(mask);
    }
  }
  return -1;
}

// Appends the unmarked longer sides of one word of vertices, `width` blocks of it.
INLINE size_t longer_sides(const float *row_i, const float *row_j, size_t word, const int width,
                           int32_t low, int32_t high, uint64_t marks_i, uint64_t marks_j,
                           uint32_t *found, size_t count, lanes *next) {
  uint64_t inside = 0, at_i = 0;
  for (int k = 0; k < width; ++k) {
    lanes to_i = BLOCK(row_i, word * word_blocks + k), to_j = BLOCK(row_j, word * word_blocks + k);
    lanes longer = __builtin_elementwise_max(to_i, to_j);
    lanes above = longer > high, window = ~above & (longer >= low), larger = to_i >= to_j;
    *next = __builtin_elementwise_min(*next, above ? longer : ALL(infinity));
    inside |= bits(&window) << k * lane_count;
    // At equal length the side at the larger vertex i comes later in the order.
    at_i |= bits(&larger) << k * lane_count;
  }
  inside &= ~((at_i & marks_i) | (~at_i & marks_j));
  for (; inside; inside &= inside - 1) {
    unsigned lane = (unsigned)__builtin_ctzll(inside);
    found[count++] = (uint32_t)(word * 64 + lane) << 1 | (uint32_t)(at_i >> lane & 1);
  }
  return count;
}

MULTIVERSIONED
size_t kernel_longer_sides(const float *row_i, const float *row_j, size_t blocks, int32_t low,
                           int32_t high, const uint64_t *marks_i, const uint64_t *marks_j,
                           uint32_t *found, int32_t *next) {
  lanes least = ALL(*next);
  size_t count = 0, word = 0;
  for (; (word + 1) * word_blocks <= blocks; ++word) {
    count = longer_sides(row_i, row_j, word, word_blocks, low, high, marks_i[word], marks_j[word],
                         found, count, &least);
  }
  int rest = (int)(blocks - word * word_blocks);
  if (rest == 1) {
    count = longer_sides(row_i, row_j, word, 1, low, high, marks_i[word], marks_j[word], found,
                         count, &least);
  } else if (rest == 2) {
    count = longer_sides(row_i, row_j, word, 2, low, high, marks_i[word], marks_j[word], found,
                         count, &least);
  } else if (rest == 3) {
    count = longer_sides(row_i, row_j, word, 3, low, high, marks_i[word], marks_j[word], found,
                         count, &least);
  }
  *next = __builtin_reduce_min(least);
  return count;
}

MULTIVERSIONED
size_t kernel_prim_step(const float *row, size_t blocks, size_t vertex, const float *tree,
                        float *lengths, int32_t *parents) {
  lanes least = ALL(INT32_MAX), block_of_least = ALL(0);
  for (size_t b = 0; b < blocks; ++b) {
    lanes old = BLOCK(lengths, b), new = BLOCK(row, b), blocked = BLOCK(tree, b);
    lanes parent = BLOCK(parents, b);
    // −∞ has negative bits: it blocks nothing.
    new = __builtin_elementwise_max(new, blocked);
    lanes shorter = new < old;
    old = shorter ? new : old;
    parent = shorter ? ALL(vertex) : parent;
    ((lanes *)lengths)[b] = old;
    ((lanes *)parents)[b] = parent;
    lanes open = __builtin_elementwise_max(old, blocked);
    lanes smaller = open < least;
    least = smaller ? open : least;
    block_of_least = smaller ? ALL(b) : block_of_least;
  }
  int best = 0;
  for (int lane = 1; lane < lane_count; ++lane) {
    if (least[lane] < least[best]) best = lane;
  }
  return (size_t)block_of_least[best] * lane_count + (size_t)best;
}
