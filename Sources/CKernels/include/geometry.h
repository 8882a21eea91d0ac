#pragma once
#include <stddef.h>
#include <stdint.h>

/// Histograms that `kernel_add_cosines` counts into in turn, so that no increment waits for the last.
enum { KERNEL_HISTOGRAMS = 8 };

/// What the cosines of pairs of unit vectors add up to.
struct kernel_cosine_sums {
  /// Σ c and Σ c², duplicates left out.
  double sum, squares;
  /// Σ exp(4 c − 4) of all, each within 3 units in the last place of float32.
  double potential;
  /// The least cosine, and the greatest that is no duplicate.
  float least, greatest;
};

/// Adds `count` cosines, taken as −1 where rounding left them below, to sums and histograms.
///
/// Those of `duplicate` and more count in the last of the `bins` + 1 places of a histogram and in
/// the potential only. `counts` is [KERNEL_HISTOGRAMS, bins + 1]; the bins divide [−1, 1].
void kernel_add_cosines(size_t count, const float *_Nonnull cosines, float duplicate, size_t bins,
                        uint32_t *_Nonnull counts, struct kernel_cosine_sums *_Nonnull sums);

/// How many keys come before that at `place`: those less, and those equal that stand before it.
size_t kernel_count_before(size_t count, const float *_Nonnull keys, size_t place);
