// The product with bfloat16 weights on CPUs with matrix tiles (Intel AMX).
#include "product_amx.h"
#if defined(__x86_64__) && defined(__linux__)
#include "activation.h"
#include <immintrin.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define AMX \
  __attribute__((target("arch=x86-64-v4,avx512bf16,amx-tile,amx-bf16"), min_vector_width(512)))

typedef float vector __attribute__((vector_size(64), aligned(4)));
typedef uint32_t words __attribute__((vector_size(64), aligned(4)));
typedef uint16_t halves __attribute__((vector_size(32), aligned(2)));

enum {
  side = 16,             // rows and columns of a tile of sums
  depth = 32,            // inputs of a tile of factors: 64 bytes a row
  pair = 2 * side,       // rows and columns of the four tiles that are computed at once
  tile_size = side * depth
};

// What the system must be asked for before a tile may be used; the kernel's names for it.
enum { ARCH_REQ_XCOMP_PERM = 0x1023, XFEATURE_XTILEDATA = 18 };

int kernel_amx_is_usable(void) {
  static _Atomic int answer;  // 0: not asked yet; all who ask at once get the same
  if (!answer) {
    __builtin_cpu_init();
    const int has = __builtin_cpu_supports("amx-bf16") && __builtin_cpu_supports("amx-tile") &&
                    __builtin_cpu_supports("x86-64-v4") && __builtin_cpu_supports("avx512bf16") &&
                    syscall(SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA) == 0;
    answer = has ? 1 : -1;
  }
  return answer > 0;
}

struct tile_configuration {
  uint8_t palette, start_row, reserved[14];
  uint16_t row_bytes[16];
  uint8_t rows[16];
};

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
      bits = (bits + 0x7FFFu + ((bits >> 16) & 1u)) >> 16;
      const halves rounded = __builtin_convertvector(bits, halves);
      memcpy(packed + k / depth * tile_size + r * depth + k % depth, &rounded, sizeof rounded);
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

// Adds the bias to a row of 32 sums and applies the activation.
AMX static inline __attribute__((always_inline)) void finish(float *y, const float *bias,
                                                             enum kernel_activation activation) {
  float row[pair];
  for (int v = 0; v < pair; v += side) {
    const vector sum = *(const vector *)(y + v) + *(const vector *)(bias + v);
    memcpy(row + v, &sum, sizeof sum);
  }
  switch (activation) {
  case KERNEL_QUICK_GELU:
#pragma clang loop vectorize_width(16)
    for (int j = 0; j < pair; ++j) row[j] = quick_gelu(row[j]);
    break;
  case KERNEL_GELU:
#pragma clang loop vectorize_width(16)
    for (int j = 0; j < pair; ++j) row[j] = gelu(row[j]);
    break;
  case KERNEL_IDENTITY: break;
  }
  memcpy(y, row, sizeof row);
}

AMX void kernel_product_amx(const struct kernel_product *p, const uint16_t *packed, void *scratch) {
  struct tile_configuration configuration = {.palette = 1};
  for (int tile = 0; tile < 8; ++tile) {
    configuration.row_bytes[tile] = 64;
    configuration.rows[tile] = side;
  }
  _tile_loadconfig(&configuration);

  const size_t panel_size = kernel_panel_size(p->inputs), inputs = panel_size / side;
  const size_t input_blocks = (inputs + KERNEL_AMX_INPUTS - 1) / KERNEL_AMX_INPUTS;
  const size_t block_size = (inputs / 8 + 4 * input_blocks - 1) / (4 * input_blocks) * depth;
  uint16_t *x = scratch;
  for (size_t row = 0; row < p->rows; row += KERNEL_AMX_ROWS) {
    const size_t rows = p->rows - row < KERNEL_AMX_ROWS ? p->rows - row : KERNEL_AMX_ROWS;
    for (size_t start = 0; start < inputs; start += block_size) {
      const size_t count = inputs - start < block_size ? inputs - start : block_size;
      const size_t steps = (count + depth - 1) / depth, row_tile = steps * tile_size;
      const int continues = p->adds || start > 0, is_last = start + count == inputs;
      for (size_t r = 0; r < (rows + pair - 1) / pair * pair; r += side)
        pack_rows(p->x + (row + r) * p->x_stride + start, p->x_stride, r < rows ? rows - r : 0,
                  p->inputs - start, steps * depth, x + r / side * row_tile);
      for (size_t panel = p->first_panel; panel < p->end_panel; panel += 2) {
        const size_t column = panel * side;
        if (column >= p->outputs) break;
        const size_t columns = p->outputs - column < pair ? p->outputs - column : pair;
        const uint16_t *left = packed + panel * panel_size + start * side;
        const uint16_t *right = left + panel_size;
        uint16_t padded[2][KERNEL_AMX_INPUTS * side] __attribute__((aligned(64)));
        if (count % depth) {
          // A panel ends within a tile: the rest of it is zero.
          memset(padded, 0, sizeof padded);
          memcpy(padded[0], left, count * side * sizeof *left);
          memcpy(padded[1], right, count * side * sizeof *right);
          left = padded[0];
          right = padded[1];
        }
        float bias[pair] = {0};
        memcpy(bias, p->bias + column, columns * sizeof *bias);
        for (size_t r = 0; r < rows; r += pair) {
          const size_t height = rows - r < pair ? rows - r : pair;
          float *y = p->y + (row + r) * p->y_stride + column;
          const uint16_t *tiles = x + r / side * row_tile;
          if (height == pair && columns == pair) {
            sums(steps, tiles, row_tile, left, right, continues, y, p->y_stride);
            if (is_last)
              for (size_t i = 0; i < pair; ++i) finish(y + i * p->y_stride, bias, p->activation);
            continue;
          }
          // At the edges four whole tiles are computed aside.
          float edge[pair * pair] = {0};
          for (size_t i = 0; i < height; ++i)
            memcpy(edge + i * pair, y + i * p->y_stride, columns * sizeof *y);
          sums(steps, tiles, row_tile, left, right, continues, edge, pair);
          for (size_t i = 0; i < height; ++i) {
            if (is_last) finish(edge + i * pair, bias, p->activation);
            memcpy(y + i * p->y_stride, edge + i * pair, columns * sizeof *y);
          }
        }
      }
    }
  }
  _tile_release();
}
#else
int kernel_amx_is_usable(void) { return 0; }

void kernel_product_amx(const struct kernel_product *product, const uint16_t *packed,
                        void *scratch) {
  (void)product, (void)packed, (void)scratch;
}
#endif
