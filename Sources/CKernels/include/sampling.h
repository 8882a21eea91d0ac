#pragma once
#include <stddef.h>
#include <stdint.h>

/// One epoch of stochastic gradient descent on the cross-entropy of UMAP in the plane: all that the
/// points of an epoch share.
///
/// Low-dimensional membership is 1 / (1 + scale · d^(2 · exponent)). Positions are pairs x, y.
struct kernel_epoch {
  float scale;
  float exponent;
  /// The learning rate.
  float rate;
  /// How strongly a due edge pulls its point.
  float pull;
  /// Negative samples a due edge.
  uint32_t negatives;
  /// The number of the epoch, from 1; an edge of frequency f / 2^32 is due when a multiple of 1 comes
  /// to lie between (epoch − 1) · f and epoch · f.
  uint32_t epoch;
  /// Names the random numbers.
  uint64_t key;
  /// The number of points that negative samples are drawn from.
  size_t other_count;
};

/// Moves the points `first` up to `last` from their places in `before` to places in `after`.
///
/// The edges of point i are those from `starts[i]` up to `starts[i + 1]`, each with its other end, a row
/// of `others`, and its frequency; `others` is where all points were before the epoch. A point makes a
/// move for each of its due edges, one after the other: pulled to the other end and pushed from the
/// edge's negative samples at once. `due` is scratch of the largest number of edges that a point has.
/// Nothing depends on `after`, so any division into ranges gives the same bytes.
void kernel_sample_epoch(struct kernel_epoch epoch, const int32_t *_Nonnull starts,
                         const int32_t *_Nonnull ends, const uint32_t *_Nonnull frequencies,
                         const float *_Nonnull others, size_t first, size_t last,
                         const float *_Nonnull before, float *_Nonnull after,
                         int32_t *_Nonnull due);

/// x^exponent for 2^−60 ≤ x ≤ 2^60 and |exponent · log2 x| ≤ 100, within 1e-5 of the value.
void kernel_power(size_t count, const float *_Nonnull input, float exponent,
                  float *_Nonnull output);

enum { kernel_block_width = 8 };

/// A step of the Chebyshev recurrence for rows `first` up to `last` of eight vectors stored side by side:
/// earlier ← gain · (M · current − shift · current) − keep · earlier, M a symmetric sparse matrix.
void kernel_chebyshev_step(const int32_t *_Nonnull starts, const int32_t *_Nonnull ends,
                           const float *_Nonnull weights, size_t first, size_t last, float gain,
                           float shift, float keep, const float *_Nonnull current,
                           float *_Nonnull earlier);
