// Matrix tiles (Intel AMX): 16 rows of 64 bytes, and what products and attention do with them.
#pragma once
#include "transpose.h"
#include <immintrin.h>
#include <stddef.h>
#include <string.h>

#define AMX \
  __attribute__((target("arch=x86-64-v4,avx512bf16,amx-tile,amx-bf16"), min_vector_width(512)))

typedef uint16_t halves __attribute__((vector_size(32), aligned(2)));

enum {
  depth = 32,            // inputs of a tile of factors: 64 bytes a row
  pair = 2 * side,       // rows and columns of the four tiles that are computed at once
  tile_size = side * depth
};

// Makes all eight tiles whole ones; `_tile_release` gives them back.
AMX static inline __attribute__((always_inline)) void configure_tiles(void) {
  struct {
    uint8_t palette, start_row, reserved[14];
    uint16_t row_bytes[16];
    uint8_t rows[16];
  } configuration = {.palette = 1};
  for (int tile = 0; tile < 8; ++tile) {
    configuration.row_bytes[tile] = 64;
    configuration.rows[tile] = side;
  }
  _tile_loadconfig(&configuration);
}

// Rounds numbers to bfloat16, the nearest and of two such the even one, in the low half of each word.
AMX static inline __attribute__((always_inline)) words rounded(words bits) {
  return (bits + 0x7FFFu + ((bits >> 16) & 1u)) >> 16;
}

// Packs 16 rows of x, rounded to bfloat16, in tiles of 32 inputs; zeros after the last row and input.
AMX static void pack_rows(const float *x, size_t stride, size_t rows, size_t available, size_t count,
                          uint16_t *packed) {
  for (size_t r = 0; r < side; ++r)
    for (size_t k = 0; k < count; k += side) {
      words bits = {0};
      if (r < rows && k + side <= available)
        memcpy(&bits, x + r * stride + k, sizeof bits);
      else if (r < rows && k < available)
        memcpy(&bits, x + r * stride + k, (available - k) * sizeof *x);
      const halves numbers = __builtin_convertvector(rounded(bits), halves);
      memcpy(packed + k / depth * tile_size + r * depth + k % depth, &numbers, sizeof numbers);
    }
}

// Four tiles of sums of `steps` tiles of factors each; they start at what y holds if they `continue` it.
AMX static inline __attribute__((always_inline)) void sums(size_t steps, const uint16_t *x,
                                                           size_t row_tile, const uint16_t *left,
                                                           const uint16_t *right, int continues,
                                                           float *y, size_t stride) {
  const size_t bytes = stride * sizeof *y;
  if (continues) {
    _tile_loadd(0, y, bytes);
    _tile_loadd(1, y + side, bytes);
    _tile_loadd(2, y + side * stride, bytes);
    _tile_loadd(3, y + side * stride + side, bytes);
  } else {
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
  }
  for (size_t step = 0; step < steps; ++step) {
    _tile_loadd(6, left + step * tile_size, 64);
    _tile_loadd(4, x + step * tile_size, 64);
    _tile_loadd(7, right + step * tile_size, 64);
    _tile_loadd(5, x + row_tile + step * tile_size, 64);
    _tile_dpbf16ps(0, 4, 6);
    _tile_dpbf16ps(1, 4, 7);
    _tile_dpbf16ps(2, 5, 6);
    _tile_dpbf16ps(3, 5, 7);
  }
  _tile_stored(0, y, bytes);
  _tile_stored(1, y + side, bytes);
  _tile_stored(2, y + side * stride, bytes);
  _tile_stored(3, y + side * stride + side, bytes);
}
