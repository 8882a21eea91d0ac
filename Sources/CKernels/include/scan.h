#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The width of a row that `kernel_scan` reads is a multiple of this; what a row has less is filled up with zeros.
#define KERNEL_SCAN_COLUMNS 32

/// The products of a query with `count` rows of half-precision numbers, all of them finite.
///
/// `rows` is [count, width] and `query` [width], where `width` is a multiple of `KERNEL_SCAN_COLUMNS`. Bit r mod 8 of byte
/// r / 8 of `mask` tells whether row r is wanted; of the others the score is −∞. Sums are in float32, in an order that is
/// the CPU's own: as of any order, a product is off by at most γ Σ |a_k b_k|, γ = width · 2⁻²⁴ / (1 − width · 2⁻²⁴).
void kernel_scan(size_t count, size_t width, const uint16_t *_Nonnull rows,
                 const float *_Nonnull query, const uint8_t *_Nonnull mask, float *_Nonnull scores);

/// Rounds `count` numbers, each of magnitude below 65520, to half precision, to nearest, ties to even.
void kernel_narrow_float16(size_t count, const float *_Nonnull input, uint16_t *_Nonnull output);

#ifdef __cplusplus
}
#endif
