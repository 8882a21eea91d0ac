// Inner loops over pairs of points and over rows of distance matrices.
#include "CKernels.h"
#include "multiversioned.h"
#include "transpose.h"

MULTIVERSIONED
void kernel_widen_float32(size_t count, const float *input, double *output) {
  for (size_t k = 0; k < count; ++k) output[k] = (double)input[k];
}

MULTIVERSIONED
void kernel_move_float32(size_t count, const float *input, const double *centre, double *output) {
  for (size_t k = 0; k < count; ++k) output[k] = (double)input[k] - centre[k];
}

typedef double lanes __attribute__((vector_size(64), aligned(8)));

enum { row_group = 4 };

// By pointer: vectors as arguments would depend on the CPU's calling convention.
static inline __attribute__((always_inline)) void add_term(enum kernel_sum kind, double x,
                                                           const double *column, lanes *sum) {
#pragma clang fp contract(off)
  lanes difference = x - *(const lanes *)column;
  switch (kind) {
    case KERNEL_SQUARES:
      *sum += difference * difference;
      break;
    case KERNEL_ABSOLUTES:
      *sum += __builtin_elementwise_abs(difference);
      break;
    case KERNEL_LARGEST:
      *sum = __builtin_elementwise_max(*sum, __builtin_elementwise_abs(difference));
      break;
  }
}

// Four rows against sixteen columns keep eight sums in registers.
static inline __attribute__((always_inline)) void direct_sums(
    enum kernel_sum kind, const double *rows, size_t row_count, size_t dimension,
    const double *panel, double *sums, size_t sum_stride) {
  size_t row = 0;
  for (; row + row_group <= row_count; row += row_group) {
    lanes left[row_group], right[row_group];
    for (int r = 0; r < row_group; ++r) {
      left[r] = *(const lanes *)(sums + (row + r) * sum_stride);
      right[r] = *(const lanes *)(sums + (row + r) * sum_stride + 8);
    }
    for (size_t k = 0; k < dimension; ++k) {
      const double *columns = panel + k * KERNEL_PANEL;
      for (int r = 0; r < row_group; ++r) {
        double x = rows[(row + r) * dimension + k];
        add_term(kind, x, columns, &left[r]);
        add_term(kind, x, columns + 8, &right[r]);
      }
    }
    for (int r = 0; r < row_group; ++r) {
      *(lanes *)(sums + (row + r) * sum_stride) = left[r];
      *(lanes *)(sums + (row + r) * sum_stride + 8) = right[r];
    }
  }
  for (; row < row_count; ++row) {
    lanes left = *(const lanes *)(sums + row * sum_stride);
    lanes right = *(const lanes *)(sums + row * sum_stride + 8);
    for (size_t k = 0; k < dimension; ++k) {
      double x = rows[row * dimension + k];
      add_term(kind, x, panel + k * KERNEL_PANEL, &left);
      add_term(kind, x, panel + k * KERNEL_PANEL + 8, &right);
    }
    *(lanes *)(sums + row * sum_stride) = left;
    *(lanes *)(sums + row * sum_stride + 8) = right;
  }
}

MULTIVERSIONED
void kernel_direct_sums(enum kernel_sum kind, const double *rows, size_t row_count,
                        size_t dimension, const double *panel, double *sums, size_t sum_stride) {
  switch (kind) {
    case KERNEL_SQUARES:
      direct_sums(KERNEL_SQUARES, rows, row_count, dimension, panel, sums, sum_stride);
      break;
    case KERNEL_ABSOLUTES:
      direct_sums(KERNEL_ABSOLUTES, rows, row_count, dimension, panel, sums, sum_stride);
      break;
    case KERNEL_LARGEST:
      direct_sums(KERNEL_LARGEST, rows, row_count, dimension, panel, sums, sum_stride);
      break;
  }
}

MULTIVERSIONED
double kernel_squared_difference(const double *a, const double *b, size_t count) {
#pragma clang fp reassociate(on) contract(fast)
  double sum = 0;
  for (size_t k = 0; k < count; ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
  return sum;
}

MULTIVERSIONED
size_t kernel_squares_from_products(size_t count, double norm, const double *norms, double share,
                                    double *products) {
  size_t cancelled = 0;
  for (size_t j = 0; j < count; ++j) {
    double both = norm + norms[j];
    double square = both - 2 * products[j];
    products[j] = square;
    cancelled += !(square > share * both);
  }
  return cancelled;
}

static inline __attribute__((always_inline)) uint32_t round_sums(
    enum kernel_finish finish, size_t count, const double *restrict sums,
    float *restrict distances, float *restrict column_maxima) {
  uint32_t largest = 0;
  for (size_t j = 0; j < count; ++j) {
    double distance = finish == KERNEL_ROOT   ? __builtin_elementwise_sqrt(sums[j])
                      : finish == KERNEL_HALF ? 0.5 * sums[j]
                                              : sums[j];
    float rounded = (float)distance;
    distances[j] = rounded;
    column_maxima[j] = column_maxima[j] > rounded ? column_maxima[j] : rounded;
    uint32_t bits;
    __builtin_memcpy(&bits, &rounded, sizeof bits);
    largest = largest > bits ? largest : bits;
  }
  return largest;
}

MULTIVERSIONED
uint32_t kernel_round_sums(enum kernel_finish finish, size_t count, const double *sums,
                           float *distances, float *column_maxima) {
  switch (finish) {
    case KERNEL_ROOT:
      return round_sums(KERNEL_ROOT, count, sums, distances, column_maxima);
    case KERNEL_HALF:
      return round_sums(KERNEL_HALF, count, sums, distances, column_maxima);
    default:
      return round_sums(KERNEL_ITSELF, count, sums, distances, column_maxima);
  }
}

MULTIVERSIONED
size_t kernel_indices_at_most(size_t count, const double *values, double limit,
                              uint32_t *indices) {
  size_t found = 0;
  for (size_t start = 0; start < count; start += 16) {
    size_t end = start + 16 < count ? start + 16 : count;
    int any = 0;
    for (size_t j = start; j < end; ++j) any |= values[j] <= limit;
    if (!any) continue;
    for (size_t j = start; j < end; ++j) {
      indices[found] = (uint32_t)j;  // overwritten by the next unless it counts
      found += values[j] <= limit;
    }
  }
  return found;
}

MULTIVERSIONED
uint32_t kernel_largest_bits(size_t count, const float *values) {
  uint32_t largest = 0;
  for (size_t j = 0; j < count; ++j) {
    uint32_t bits;
    __builtin_memcpy(&bits, &values[j], sizeof bits);
    largest = largest > bits ? largest : bits;
  }
  return largest;
}

MULTIVERSIONED
void kernel_mirror(const float *block, float *mirror, size_t stride, size_t row_count,
                   size_t column_count) {
  for (size_t row = 0; row < row_count; row += side) {
    for (size_t column = 0; column < column_count; column += side) {
      const float *from = block + row * stride + column;
      float *to = mirror + column * stride + row;
      if (row + side <= row_count && column + side <= column_count) {
        words square[side];
        for (int i = 0; i < side; ++i) square[i] = *(const words *)(from + i * stride);
        transpose(square);
        for (int i = 0; i < side; ++i) *(words *)(to + i * stride) = square[i];
      } else {
        for (size_t i = 0; i < side && row + i < row_count; ++i) {
          for (size_t j = 0; j < side && column + j < column_count; ++j)
            to[j * stride + i] = from[i * stride + j];
        }
      }
    }
  }
}

MULTIVERSIONED
int kernel_is_mirror(const float *block, const float *mirror, size_t stride, size_t row_count,
                     size_t column_count) {
  for (size_t row = 0; row < row_count; row += side) {
    for (size_t column = 0; column < column_count; column += side) {
      const float *here = block + row * stride + column;
      const float *there = mirror + column * stride + row;
      if (row + side <= row_count && column + side <= column_count) {
        words square[side], differences = {0};
        for (int i = 0; i < side; ++i) square[i] = *(const words *)(here + i * stride);
        transpose(square);
        for (int i = 0; i < side; ++i)
          differences |= square[i] ^ *(const words *)(there + i * stride);
        uint32_t any = 0;
        for (int i = 0; i < side; ++i) any |= differences[i];
        if (any) return 0;
      } else {
        for (size_t i = 0; i < side && row + i < row_count; ++i) {
          for (size_t j = 0; j < side && column + j < column_count; ++j)
            if (there[j * stride + i] != here[i * stride + j]) return 0;
        }
      }
    }
  }
  return 1;
}

MULTIVERSIONED
double kernel_largest_difference(size_t count, const float *a, double scale_a, const float *b,
                                 double scale_b) {
  double largest[8] = {0};
  size_t k = 0;
  for (; k + 8 <= count; k += 8) {
    for (int lane = 0; lane < 8; ++lane) {
      double difference = __builtin_fabs((double)a[k + lane] / scale_a - (double)b[k + lane] / scale_b);
      largest[lane] = largest[lane] > difference ? largest[lane] : difference;
    }
  }
  for (; k < count; ++k) {
    double difference = __builtin_fabs((double)a[k] / scale_a - (double)b[k] / scale_b);
    largest[0] = largest[0] > difference ? largest[0] : difference;
  }
  for (int lane = 1; lane < 8; ++lane)
    largest[0] = largest[0] > largest[lane] ? largest[0] : largest[lane];
  return largest[0];
}
