#pragma once
#include <stddef.h>
#include <stdint.h>

/// How the coordinates of two points make up one number.
enum kernel_sum { KERNEL_SQUARES, KERNEL_ABSOLUTES, KERNEL_LARGEST };

/// How that number becomes a distance.
enum kernel_finish { KERNEL_ROOT, KERNEL_HALF, KERNEL_ITSELF };

/// Points that stand side by side in a panel of `kernel_direct_sums`.
enum { KERNEL_PANEL = 16 };

/// Widens `count` numbers, exactly.
void kernel_widen_float32(size_t count, const float *_Nonnull input, double *_Nonnull output);

/// input[k] − centre[k], in float64.
void kernel_move_float32(size_t count, const float *_Nonnull input, const double *_Nonnull centre,
                         double *_Nonnull output);

/// Adds the coordinates' part to the sums of `row_count` points against one panel of 16 points.
///
/// `rows` is [row_count, dimension], `panel` [dimension, 16], `sums` [row_count, sum_stride], of
/// which 16 columns are read and written. Coordinates are taken in their order, without fused
/// operations: the same bits on every CPU, and however the coordinates are cut into calls.
void kernel_direct_sums(enum kernel_sum kind, const double *_Nonnull rows, size_t row_count,
                        size_t dimension, const double *_Nonnull panel, double *_Nonnull sums,
                        size_t sum_stride);

/// Σ (a_k − b_k)²; the order of the sum is the CPU's own.
double kernel_squared_difference(const double *_Nonnull a, const double *_Nonnull b, size_t count);

/// Turns scalar products with one vector into squared distances: norm + norms[j] − 2 products[j].
///
/// Returns how many are not above `share` of the two squared norms, or are not numbers: there the
/// subtraction cancelled too many digits.
size_t kernel_squares_from_products(size_t count, double norm, const double *_Nonnull norms,
                                    double share, double *_Nonnull products);

/// Distances from sums, rounded to float32, and the running maximum of each column.
///
/// Returns the bits of the largest: those of infinity when one is beyond float32.
uint32_t kernel_round_sums(enum kernel_finish finish, size_t count, const double *_Nonnull sums,
                           float *_Nonnull distances, float *_Nonnull column_maxima);

/// Writes to `indices` which of `values` are at most `limit`, ascending; returns their number.
size_t kernel_indices_at_most(size_t count, const double *_Nonnull values, double limit,
                              uint32_t *_Nonnull indices);

/// The largest of `values` read as unsigned integers; above 0x7F7FFFFF when one is negative,
/// infinite or not a number; 0 when there are none.
uint32_t kernel_largest_bits(size_t count, const float *_Nonnull values);

/// Copies the block [row_count, column_count] at `block` to its mirror image at `mirror`, both
/// inside matrices with rows `stride` apart.
void kernel_mirror(const float *_Nonnull block, float *_Nonnull mirror, size_t stride,
                   size_t row_count, size_t column_count);

/// Whether the block at `mirror` is the mirror image of that at `block`, bit for bit.
int kernel_is_mirror(const float *_Nonnull block, const float *_Nonnull mirror, size_t stride,
                     size_t row_count, size_t column_count);

/// The largest |a_k / scale_a − b_k / scale_b|, in float64; 0 when there are none.
double kernel_largest_difference(size_t count, const float *_Nonnull a, double scale_a,
                                 const float *_Nonnull b, double scale_b);
