// Blocks of 16 × 16 numbers of 32 bits in registers.
#pragma once
#include <stdint.h>

typedef uint32_t words __attribute__((vector_size(64), aligned(4)));

enum { side = 16 };

// Exchanges rows and columns of a 16 × 16 block in four rounds; round s exchanges the upper right
// and lower left quarters of every square of 2s rows and columns.
static inline __attribute__((always_inline)) void transpose(words block[side]) {
  for (int i = 0; i < 8; ++i) {
    words a = block[i], b = block[i + 8];
    block[i] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
    block[i + 8] =
        __builtin_shufflevector(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
  }
  for (int i = 0; i < side; i = (i + 1) & 4 ? i + 5 : i + 1) {
    words a = block[i], b = block[i + 4];
    block[i] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27);
    block[i + 4] =
        __builtin_shufflevector(a, b, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);
  }
  for (int i = 0; i < side; i = (i + 1) & 2 ? i + 3 : i + 1) {
    words a = block[i], b = block[i + 2];
    block[i] = __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
    block[i + 2] =
        __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
  }
  for (int i = 0; i < side; i += 2) {
    words a = block[i], b = block[i + 1];
    block[i] = __builtin_shufflevector(a, b, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30);
    block[i + 1] =
        __builtin_shufflevector(a, b, 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
  }
}
