#pragma once
#include <stddef.h>
#include <stdint.h>

/// The attractive forces of t-SNE on points `first` … `end` − 1: Σ_j p_ij (y_i − y_j) / (1 + d²).
///
/// Row i of the sparse P is `columns` and `weights` from `starts`[i] to `starts`[i + 1].
void kernel_attraction(size_t first, size_t end, const int64_t *_Nonnull starts,
                       const int32_t *_Nonnull columns, const float *_Nonnull weights,
                       const float *_Nonnull x, const float *_Nonnull y, float *_Nonnull force_x,
                       float *_Nonnull force_y);

/// The repulsive forces on points `first` … `end` − 1, directly: Σ_j (y_i − y_j) / (1 + d²)².
///
/// Returns Σ_i Σ_j 1 / (1 + d²), j = i included.
double kernel_exact_repulsion(size_t first, size_t end, size_t count, const float *_Nonnull x,
                              const float *_Nonnull y, float *_Nonnull force_x,
                              float *_Nonnull force_y);

/// What a step of gradient descent with momentum and gains depends on.
struct kernel_descent {
  float attraction;     ///< factor of the attractive force
  float repulsion;      ///< factor of the repulsive force
  float momentum;
  float learning_rate;
  float maximum_step;   ///< longer steps are shortened to this length
};

/// Where points lie.
struct kernel_extent {
  double sum_x, sum_y;
  float least_x, greatest_x, least_y, greatest_y;
};

/// One step for `count` points (at least 1): velocities, gains and positions are updated in place.
struct kernel_extent kernel_descend(size_t count, struct kernel_descent settings, const float *_Nonnull attraction_x,
                    const float *_Nonnull attraction_y, const float *_Nonnull repulsion_x,
                    const float *_Nonnull repulsion_y, float *_Nonnull velocity_x,
                    float *_Nonnull velocity_y, float *_Nonnull gain_x, float *_Nonnull gain_y,
                    float *_Nonnull x, float *_Nonnull y);

/// Adds (dx, dy) to `count` points.
void kernel_shift(size_t count, float dx, float dy, float *_Nonnull x, float *_Nonnull y);

/// Nodes an axis that a point touches: those of the B-spline of degree 5.
enum { KERNEL_SPLINE_ORDER = 6 };

/// A uniform grid: node (row, column) lies at ((column + first_column) · spacing, (row + first_row) · spacing).
struct kernel_grid {
  float spacing;
  int32_t first_column;
  int32_t first_row;
  int32_t stride;  ///< numbers from one row of the grid to the next
};

/// Adds unit charges at the points with the given indices to the grid, by splines.
///
/// Writes up to two numbers right of a point's nodes, zeros added.
void kernel_spread(struct kernel_grid grid, size_t count, const int32_t *_Nonnull indices,
                   const float *_Nonnull x, const float *_Nonnull y, float *_Nonnull charges);

/// Reads a potential φ off the grid at the points with the given indices, and the force −∇φ / 2.
///
/// Returns the sum of the potential over these points.
double kernel_gather(struct kernel_grid grid, size_t count, const int32_t *_Nonnull indices,
                     const float *_Nonnull x, const float *_Nonnull y,
                     const float *_Nonnull potential, float *_Nonnull force_x,
                     float *_Nonnull force_y);

/// Lanes of a transform that go side by side.
enum { KERNEL_FOURIER_LANES = 16 };

/// Numbers of scratch that the transforms of this size need.
size_t kernel_fourier_scratch(size_t size);

/// Fourier transform along the columns of a real grid, zero-padded to twice its side.
///
/// `size` is 2^a or 3 · 2^a and a multiple of 64, `grid` [size / 2, size / 2]; `block` < size / 64
/// picks 16 columns of its left and 16 of its right half. `twiddles` holds cos and −sin of
/// 2π k / size for k below `size`, all cosines first. `transform` is
/// [size / 32 groups of frequencies, size / 2 columns, 2 (real, imaginary), 16 frequencies]; the
/// frequency size / 2 is left out.
void kernel_fourier_forward(size_t size, size_t block, const float *_Nonnull twiddles,
                            const float *_Nonnull grid, float *_Nonnull scratch,
                            float *_Nonnull transform);

/// Convolution along the rows of one group of frequencies of such a transform, in place.
///
/// `spectrum` is [size / 2 + 1, 16]: real, for the frequencies 0 … size / 2 along the rows.
void kernel_fourier_convolve(size_t size, const float *_Nonnull twiddles,
                             const float *_Nonnull spectrum, float *_Nonnull scratch,
                             float *_Nonnull group);

/// The way back of `kernel_fourier_forward`, times `size`.
void kernel_fourier_backward(size_t size, size_t block, const float *_Nonnull twiddles,
                             const float *_Nonnull transform, float *_Nonnull scratch,
                             float *_Nonnull grid);
