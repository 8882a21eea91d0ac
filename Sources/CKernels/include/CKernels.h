// The loops that a profile names, compiled for several CPUs and chosen when the program starts.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Writes `count` standard normal numbers of the stream (`key`, `stream`), from number `first` on.
///
/// Number i comes from block i / 4 of Philox4x32-10 by the Box–Muller transform; the same bits on
/// every CPU. `first` is a multiple of 4.
void kernel_normals(uint64_t key, uint64_t stream, uint64_t first, float *_Nonnull output,
                    size_t count);

/// One block of Philox4x32-10: `counter` (128 bits) encrypted under `key` (64 bits).
void kernel_philox(uint64_t key, uint64_t stream, uint64_t block, uint32_t output[_Nonnull 4]);

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
