// What the two directions of attention share: vectors of 16 numbers, and the softmax of a row.
#pragma once
#include "exponential.h"
#include <stddef.h>

typedef float vector __attribute__((vector_size(64), aligned(4)));
enum { lanes = 16, row_count = 4 };

static inline size_t padded(size_t count) { return (count + lanes - 1) / lanes * lanes; }

#define INNER static inline __attribute__((always_inline))

// e^(x − largest) of the first `limit` numbers of a row, in place; zeros from there to `end`.
INNER void exponentials(float *row, size_t limit, size_t end) {
  for (size_t j = limit; j < end; ++j) row[j] = -1e30f;  // e^ of it is the smallest number
  vector largest = *(vector *)row;
  for (size_t j = lanes; j < end; j += lanes)
    largest = __builtin_elementwise_max(largest, *(vector *)(row + j));
  float maximum = largest[0];
  for (int lane = 1; lane < lanes; ++lane) maximum = maximum < largest[lane] ? largest[lane] : maximum;
#pragma clang loop vectorize_width(16) interleave_count(2)
  for (size_t j = 0; j < end; ++j) row[j] = exponential(row[j] - maximum);
  for (size_t j = limit; j < end; ++j) row[j] = 0;
}

// The sum of a row of `end` numbers.
INNER float row_sum(const float *row, size_t end) {
  vector sums = {0};
  for (size_t j = 0; j < end; j += lanes) sums += *(const vector *)(row + j);
  float sum = 0;
  for (int lane = 0; lane < lanes; ++lane) sum += sums[lane];
  return sum;
}

// Softmax of the first `limit` numbers of a row, in place; zeros from there to `end`.
INNER void softmax(float *row, size_t limit, size_t end) {
  exponentials(row, limit, end);
  float scale = 1.0f / row_sum(row, end);
  for (size_t j = 0; j < end; ++j) row[j] *= scale;
}

#undef INNER
