// The loops that a profile names, compiled for several CPUs and chosen when the program starts.
#pragma once
#include "cohomology.h"
#include "distances.h"
#include "geometry.h"
#include "lunes.h"
#include "neighbors.h"
#include "products.h"
#include "repulsion.h"
#include "sampling.h"
#include "scan.h"
#include "training.h"
#include <stddef.h>
#include <stdint.h>

/// Writes `count` standard normal numbers of the stream (`key`, `stream`), from number `first` on.
///
/// Number i comes from block i / 4 of Philox4x32-10 by the Box–Muller transform; the same bits on
/// every CPU. `first` is a multiple of 4.
void kernel_normals(uint64_t key, uint64_t stream, uint64_t first, float *_Nonnull output,
                    size_t count);

/// Writes the first `count` words of the blocks of Philox4x32-10 from `block` on.
void kernel_words(uint64_t key, uint64_t stream, uint64_t block, uint32_t *_Nonnull output,
                  size_t count);

/// One block of Philox4x32-10: `counter` (128 bits) encrypted under `key` (64 bits).
void kernel_philox(uint64_t key, uint64_t stream, uint64_t block, uint32_t output[_Nonnull 4]);

/// Widens `count` IEEE half-precision numbers, given as their bits, to float32, exactly.
void kernel_widen_float16(const uint16_t *_Nonnull input, float *_Nonnull output, size_t count);

/// Widens `count` bfloat16 numbers, given as their bits, to float32, exactly.
void kernel_widen_bfloat16(const uint16_t *_Nonnull input, float *_Nonnull output, size_t count);

/// LayerNorm of each of `rows` rows of `width` numbers: (x − mean) / √(variance + epsilon) · gain + bias.
void kernel_layer_norm(size_t rows, size_t width, const float *_Nonnull input,
                       const float *_Nonnull gain, const float *_Nonnull bias, float epsilon,
                       float *_Nonnull output);

/// x · sigmoid(1.702 x) of each number; output may be input.
void kernel_quick_gelu(size_t count, const float *_Nonnull input, float *_Nonnull output);

/// x · Φ(x) of each number with Φ the normal distribution function, whose absolute error is below 2e-7;
/// output may be input.
void kernel_gelu(size_t count, const float *_Nonnull input, float *_Nonnull output);

/// Numbers that `kernel_attention` needs as scratch for a sequence of `tokens`.
size_t kernel_attention_scratch(size_t tokens, size_t head_width);

/// A sequence's attention: which of its tokens ask, and whether one sees only those before it and itself.
struct kernel_attention_shape {
  size_t tokens, first_query, queries, heads, head_width;
  int causal;
};

/// softmax(Q Kᵀ) V of every head of one sequence; Q is already divided by √head_width.
///
/// `query` and `context` are [queries, heads · head_width] and may not be the same; `key_value` is
/// [tokens, 2 · heads · head_width]. With `causal`, query i sees tokens 0 … first_query + i.
void kernel_attention(struct kernel_attention_shape shape, const float *_Nonnull query,
                      const float *_Nonnull key_value, float *_Nonnull scratch,
                      float *_Nonnull context);

/// `kernel_attention` for models in bfloat16: with matrix tiles (Intel AMX), heads of 64 numbers and no `causal`,
/// factors and weights are rounded to bfloat16, while sums and exponentials stay in float32; else the same bytes as
/// `kernel_attention`.
void kernel_attention_bfloat16(struct kernel_attention_shape shape, const float *_Nonnull query,
                               const float *_Nonnull key_value, float *_Nonnull scratch,
                               float *_Nonnull context);

/// One row of a resampled image: `count` bytes, each the weighted sum of the bytes below one
/// another in `taps` rows of `input` that lie `stride` bytes apart.
///
/// Weights are fixed-point with 22 fractional bits; sums are rounded and clipped to 0 … 255.
void kernel_weighted_rows(const uint8_t *_Nonnull input, size_t stride,
                          const int32_t *_Nonnull weights, size_t taps, uint8_t *_Nonnull output,
                          size_t count);

/// Exchanges rows and columns of pixels of three bytes; `output` is packed: [columns, rows, 3].
///
/// Rows of `input` lie `stride` bytes apart; there is at least one.
void kernel_transpose_pixels(const uint8_t *_Nonnull input, size_t stride, size_t rows,
                             size_t columns, uint8_t *_Nonnull output);
