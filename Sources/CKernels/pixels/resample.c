// The loops of Pillow-exact resampling. Integer arithmetic only: the same bits whichever clone runs.
#include "CKernels.h"
#include "multiversioned.h"

enum {
  lane_count = 64,      // bytes summed side by side: a few vectors of each clone
  precision_bits = 22,  // of a weight: leaves 8 for the byte and 2 for overshoot and sign
};

// Σ weights[k] · input[k · stride + lane], rounded and clipped, for `lane_count` lanes.
static inline __attribute__((always_inline)) void sum_lanes(const uint8_t *input, size_t stride,
                                                            const int32_t *weights, size_t taps,
                                                            uint8_t *output) {
  int32_t sums[lane_count];
  for (int lane = 0; lane < lane_count; ++lane) sums[lane] = 1 << (precision_bits - 1);
  for (size_t k = 0; k < taps; ++k) {
    const uint8_t *row = input + k * stride;
    for (int lane = 0; lane < lane_count; ++lane) sums[lane] += weights[k] * row[lane];
  }
  for (int lane = 0; lane < lane_count; ++lane) {
    int32_t value = sums[lane] >> precision_bits;
    output[lane] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
  }
}

MULTIVERSIONED
void kernel_weighted_rows(const uint8_t *input, size_t stride, const int32_t *weights, size_t taps,
                          uint8_t *output, size_t count) {
  size_t done = 0;
  for (; done + lane_count <= count; done += lane_count) {
    sum_lanes(input + done, stride, weights, taps, output + done);
  }
  for (; done < count; ++done) {
    int32_t sum = 1 << (precision_bits - 1);
    for (size_t k = 0; k < taps; ++k) sum += weights[k] * input[k * stride + done];
    int32_t value = sum >> precision_bits;
    output[done] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
  }
}

void kernel_transpose_pixels(const uint8_t *input, size_t stride, size_t rows, size_t columns,
                             uint8_t *output) {
  enum { block = 32 };  // columns at a time: their lines of output stay in the nearest cache
  for (size_t start = 0; start < columns; start += block) {
    size_t end = start + block < columns ? start + block : columns;
    // Four bytes move at once: the fourth is overwritten by the pixel of the next row, so the
    // last row moves three.
    for (size_t y = 0; y + 1 < rows; ++y) {
      const uint8_t *row = input + y * stride;
      for (size_t x = start; x < end; ++x) {
        __builtin_memcpy(output + (x * rows + y) * 3, row + x * 3, 4);
      }
    }
    const uint8_t *row = input + (rows - 1) * stride;
    for (size_t x = start; x < end; ++x) {
      __builtin_memcpy(output + (x * rows + rows - 1) * 3, row + x * 3, 3);
    }
  }
}
