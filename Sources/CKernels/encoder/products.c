// Products of rows of activations with packed weights, and what follows them, in one pass.
#include "activation.h"
#include "CKernels.h"
#include "multiversioned.h"
#include "product_amx.h"
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef float vector __attribute__((vector_size(64), aligned(4)));
typedef int32_t words __attribute__((vector_size(64), aligned(4)));

enum {
  block_rows = 192,    // of x; with block_inputs some 300 KB, which the second-level cache holds
  block_inputs = 384,  // a panel's part of them is 24 KB
  most_rows = 16       // of a tile, at most
};

static inline size_t padded_inputs(size_t inputs) { return (inputs + 7) / 8 * 8; }

size_t kernel_panel_count(size_t outputs) {
  return (outputs + 2 * KERNEL_PANEL_COLUMNS - 1) / (2 * KERNEL_PANEL_COLUMNS) * 2;
}

size_t kernel_panel_size(size_t inputs) { return padded_inputs(inputs) * KERNEL_PANEL_COLUMNS; }

size_t kernel_product_scratch(void) {
  const size_t vectors = (block_rows + most_rows) * (block_inputs + 8) * sizeof(float);
  return vectors < KERNEL_AMX_SCRATCH ? KERNEL_AMX_SCRATCH : vectors;
}

// The upper half of a number rounded to bfloat16, to nearest, ties to even; for finite numbers.
static inline __attribute__((always_inline)) uint32_t rounded_bits(uint32_t bits) {
  return (bits + 0x7FFFu + ((bits >> 16) & 1u)) >> 16;
}

void kernel_pack_float32(size_t inputs, size_t outputs, const float *weight, float *packed) {
  const size_t size = kernel_panel_size(inputs);
  memset(packed, 0, kernel_panel_count(outputs) * size * sizeof *packed);
  for (size_t start = 0; start < outputs; start += KERNEL_PANEL_COLUMNS) {
    float *panel = packed + start / KERNEL_PANEL_COLUMNS * size;
    size_t columns = outputs - start < KERNEL_PANEL_COLUMNS ? outputs - start : KERNEL_PANEL_COLUMNS;
    for (size_t k = 0; k < inputs; ++k)
      for (size_t j = 0; j < columns; ++j)
        panel[k * KERNEL_PANEL_COLUMNS + j] = weight[(start + j) * inputs + k];
  }
}

void kernel_pack_bfloat16(size_t inputs, size_t outputs, const float *weight, uint16_t *packed) {
  const size_t size = kernel_panel_size(inputs);
  memset(packed, 0, kernel_panel_count(outputs) * size * sizeof *packed);
  for (size_t start = 0; start < outputs; start += KERNEL_PANEL_COLUMNS) {
    uint16_t *panel = packed + start / KERNEL_PANEL_COLUMNS * size;
    size_t columns = outputs - start < KERNEL_PANEL_COLUMNS ? outputs - start : KERNEL_PANEL_COLUMNS;
    for (size_t k = 0; k < inputs; ++k)
      for (size_t j = 0; j < columns; ++j) {
        uint32_t bits;
        memcpy(&bits, &weight[(start + j) * inputs + k], sizeof bits);
        panel[(k / 2 * KERNEL_PANEL_COLUMNS + j) * 2 + k % 2] = (uint16_t)rounded_bits(bits);
      }
  }
}

MULTIVERSIONED
void kernel_round_bfloat16(size_t count, const float *input, float *output) {
  for (size_t i = 0; i < count; ++i) {
    uint32_t bits;
    memcpy(&bits, input + i, sizeof bits);
    bits = rounded_bits(bits) << 16;
    memcpy(output + i, &bits, sizeof bits);
  }
}

MULTIVERSIONED
void kernel_narrow_bfloat16(size_t count, const float *input, uint16_t *output) {
  for (size_t i = 0; i < count; ++i) {
    uint32_t bits;
    memcpy(&bits, input + i, sizeof bits);
    output[i] = (uint16_t)rounded_bits(bits);
  }
}

MULTIVERSIONED
void kernel_add_bias(size_t rows, size_t width, const float *bias, int adds, float *y) {
  for (size_t i = 0; i < rows; ++i, y += width)
    for (size_t j = 0; j < width; ++j) y[j] = adds ? y[j] + bias[j] : bias[j];
}

#define SUFFIX baseline_float32
#define TARGET
#define ROWS 2
#define VECTORS 1
#define BFLOAT16 0
#include "product_tile.h"

#define SUFFIX baseline_bfloat16
#define TARGET
#define ROWS 2
#define VECTORS 1
#define BFLOAT16 1
#include "product_tile.h"

#if defined(__x86_64__)
#define AVX2 __attribute__((target("arch=x86-64-v3")))
// Without the width, clang halves vectors of 512 bits and spills half of a tile's sums.
#define AVX512 __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#define AVX512_BF16 __attribute__((target("arch=x86-64-v4,avx512bf16"), min_vector_width(512)))

typedef __bf16 pairs __attribute__((vector_size(64), aligned(4)));

#define SUFFIX avx2_float32
#define TARGET AVX2
#define ROWS 6
#define VECTORS 1
#define BFLOAT16 0
#include "product_tile.h"

#define SUFFIX avx2_bfloat16
#define TARGET AVX2
#define ROWS 6
#define VECTORS 1
#define BFLOAT16 1
#include "product_tile.h"

#define SUFFIX avx512_float32
#define TARGET AVX512
#define ROWS 12
#define VECTORS 2
#define BFLOAT16 0
#include "product_tile.h"

#define SUFFIX avx512_bfloat16
#define TARGET AVX512
#define ROWS 12
#define VECTORS 2
#define BFLOAT16 1
#include "product_tile.h"

#define SUFFIX avx512bf16_bfloat16
#define TARGET AVX512_BF16
#define ROWS 12
#define VECTORS 2
#define BFLOAT16 2
#include "product_tile.h"
#endif

enum level { BASELINE, V3, V4, V4_BF16, V4_AMX };

static enum level cpu(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (kernel_amx_is_usable()) return V4_AMX;
  if (__builtin_cpu_supports("x86-64-v4"))
    return __builtin_cpu_supports("avx512bf16") ? V4_BF16 : V4;
  if (__builtin_cpu_supports("x86-64-v3")) return V3;
#endif
  return BASELINE;
}

const char *kernel_product_instructions(int bfloat16) {
  switch (cpu()) {
  case V4_AMX: return bfloat16 ? "AMX BF16" : "AVX-512";
  case V4_BF16: return bfloat16 ? "AVX-512 BF16" : "AVX-512";
  case V4: return "AVX-512";
  case V3: return "AVX2";
  default: return "baseline";
  }
}

void kernel_product_float32(const struct kernel_product *product, const float *packed,
                            void *scratch) {
  switch (cpu()) {
#if defined(__x86_64__)
  case V4_AMX:
  case V4_BF16:
  case V4: product_avx512_float32(product, packed, scratch); break;
  case V3: product_avx2_float32(product, packed, scratch); break;
#endif
  default: product_baseline_float32(product, packed, scratch);
  }
}

void kernel_product_bfloat16(const struct kernel_product *product, const uint16_t *packed,
                             void *scratch) {
  switch (cpu()) {
#if defined(__x86_64__)
  case V4_AMX: kernel_product_amx(product, packed, scratch); break;
  case V4_BF16: product_avx512bf16_bfloat16(product, packed, scratch); break;
  case V4: product_avx512_bfloat16(product, packed, scratch); break;
  case V3: product_avx2_bfloat16(product, packed, scratch); break;
#endif
  default: product_baseline_bfloat16(product, packed, scratch);
  }
}
