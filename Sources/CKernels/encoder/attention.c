// Attention, compiled for several CPUs.
#include "attention.h"
#include "attention_amx.h"
#include "CKernels.h"
#include "product_amx.h"
#include "transpose.h"
#include <string.h>

enum { most_rows = 6 };

size_t kernel_attention_scratch(size_t tokens, size_t head_width) {
  const size_t size = head_width * padded(tokens) + tokens * padded(head_width) +
                      most_rows * (padded(tokens) + padded(head_width));
  const size_t tiles = head_width == KERNEL_AMX_HEAD ? kernel_attention_amx_scratch(tokens) : 0;
  return size < tiles ? tiles : size;
}

#define SUFFIX baseline
#define TARGET
#define ROWS 4
#define VECTORS 1
#include "attention_tile.h"

#if defined(__x86_64__)
#define SUFFIX avx2
#define TARGET __attribute__((target("arch=x86-64-v3")))
#define ROWS 6
#define VECTORS 1
#include "attention_tile.h"

// Without the width, clang halves vectors of 512 bits and spills half of a tile's sums.
#define SUFFIX avx512
#define TARGET __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#define ROWS 6
#define VECTORS 4
#include "attention_tile.h"
#endif

void kernel_attention(struct kernel_attention_shape shape, const float *query,
                      const float *key_value, float *scratch, float *context) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4"))
    attention_avx512(shape, query, key_value, scratch, context);
  else if (__builtin_cpu_supports("x86-64-v3"))
    attention_avx2(shape, query, key_value, scratch, context);
  else
#endif
    attention_baseline(shape, query, key_value, scratch, context);
}

void kernel_attention_bfloat16(struct kernel_attention_shape shape, const float *query,
                               const float *key_value, float *scratch, float *context) {
  if (shape.head_width == KERNEL_AMX_HEAD && !shape.causal && kernel_amx_is_usable())
    kernel_attention_amx(shape, query, key_value, scratch, context);
  else
    kernel_attention(shape, query, key_value, scratch, context);
}
