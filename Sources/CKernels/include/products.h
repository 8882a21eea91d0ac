#pragma once
#include <stddef.h>
#include <stdint.h>

/// What a product does to each number of its result, last of all.
enum kernel_activation { KERNEL_IDENTITY, KERNEL_QUICK_GELU, KERNEL_GELU };

/// Columns of a panel of packed weights.
enum { KERNEL_PANEL_COLUMNS = 16 };

/// Panels that `outputs` columns are packed into: an even number.
size_t kernel_panel_count(size_t outputs);

/// Numbers of one panel; twice as many bytes as that in bfloat16, four times in float32.
size_t kernel_panel_size(size_t inputs);

/// Packs a weight matrix [outputs, inputs]: panels of 16 columns, each [inputs, 16], padded with zeros.
void kernel_pack_float32(size_t inputs, size_t outputs, const float *_Nonnull weight,
                         float *_Nonnull packed);

/// Like `kernel_pack_float32`, rounded to the nearest bfloat16; two inputs side by side:
/// [inputs / 2, 16, 2].
void kernel_pack_bfloat16(size_t inputs, size_t outputs, const float *_Nonnull weight,
                          uint16_t *_Nonnull packed);

/// The affine map of rows: y = activation(x Wᵀ + b), or y = activation(y + x Wᵀ + b) with `adds`.
struct kernel_product {
  size_t rows, inputs, outputs;
  const float *_Nonnull x;  ///< [rows, inputs], rows `x_stride` numbers apart
  size_t x_stride;
  const float *_Nonnull bias;  ///< [outputs]
  float *_Nonnull y;           ///< [rows, outputs], rows `y_stride` numbers apart
  size_t y_stride;
  int adds;
  enum kernel_activation activation;
  size_t first_panel, end_panel;  ///< the columns to compute; both even
};

/// Bytes of scratch that a product needs.
size_t kernel_product_scratch(void);

/// The product with float32 weights.
void kernel_product_float32(const struct kernel_product *_Nonnull product,
                            const float *_Nonnull packed, void *_Nonnull scratch);

/// The product with bfloat16 weights and x rounded to bfloat16; sums are float32.
void kernel_product_bfloat16(const struct kernel_product *_Nonnull product,
                             const uint16_t *_Nonnull packed, void *_Nonnull scratch);

/// Rounds `count` finite numbers to the nearest bfloat16, ties to even; output may be input.
void kernel_round_bfloat16(size_t count, const float *_Nonnull input, float *_Nonnull output);

/// Writes the bits of `count` finite numbers rounded to the nearest bfloat16, ties to even.
void kernel_narrow_bfloat16(size_t count, const float *_Nonnull input, uint16_t *_Nonnull output);

/// y = b, or y = y + b with `adds`, for every row of y, [rows, width].
void kernel_add_bias(size_t rows, size_t width, const float *_Nonnull bias, int adds,
                     float *_Nonnull y);

/// The instructions that the products use on this CPU, such as "AVX-512".
const char *_Nonnull kernel_product_instructions(int bfloat16);
