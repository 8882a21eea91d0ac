// The product with bfloat16 weights on CPUs with matrix tiles (Intel AMX).
#include "product_amx.h"
#if defined(__x86_64__) && defined(__linux__)
#include "activation.h"
#include "tiles.h"
#include <sys/syscall.h>
#include <unistd.h>

typedef float vector __attribute__((vector_size(64), aligned(4)));

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
  configure_tiles();
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
