#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The candidates of one row: points of least score, each a key with the score's bits above the point's
/// number, in an order that is that of the scores.
struct kernel_candidates {
  /// How many keys are held, at most the capacity.
  uint32_t held;
  /// No point with this score or a greater one is taken any more.
  float worst;
};

/// Offers `count` points, numbered from `first`, whose scores are product · factor + offset.
///
/// `keys` has room for `capacity` ≥ `kept` + 16; of those held, the `kept` least are among the least
/// of all points offered so far. Scores that are not numbers are passed over.
void kernel_offer(size_t count, const float *_Nonnull products, const float *_Nonnull factors,
                  const float *_Nonnull offsets, uint32_t first, size_t kept, size_t capacity,
                  uint64_t *_Nonnull keys, struct kernel_candidates *_Nonnull candidates);

/// Drops all candidates but the `kept` least.
void kernel_settle(size_t kept, uint64_t *_Nonnull keys,
                   struct kernel_candidates *_Nonnull candidates);

/// Turns the products of one row with `count` points into (product · factor + offset) · scale + shift, or
/// +0 where that is less.
void kernel_finish_scores(size_t count, const float *_Nonnull factors, const float *_Nonnull offsets,
                          float scale, float shift, float *_Nonnull products);

/// Σ a_k b_k in float64, in a fixed order: products of two float32 are exact, and the same bits come out
/// on every CPU.
double kernel_exact_product(size_t count, const float *_Nonnull a, const float *_Nonnull b);

/// Σ (a_k − b_k)² in float64, likewise.
double kernel_exact_square_distance(size_t count, const float *_Nonnull a, const float *_Nonnull b);

/// Σ a_k b_k in float32; the order of the sum is the CPU's own.
float kernel_float_product(size_t count, const float *_Nonnull a, const float *_Nonnull b);

/// Σ (a_k − b_k)², likewise.
float kernel_float_square_distance(size_t count, const float *_Nonnull a, const float *_Nonnull b);

#ifdef __cplusplus
}
#endif
