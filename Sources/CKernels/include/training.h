#pragma once
#include <stddef.h>

struct kernel_attention_shape;

/// The backward pass of `kernel_layer_norm`.
///
/// `input` is what was normalised. `input_gradient` = `residual_gradient`, if there is one, plus the
/// gradient that passes through the norm; it may be either of the two other gradients. What belongs to
/// gain and bias is added to theirs, each of `width` numbers.
void kernel_layer_norm_backward(size_t rows, size_t width, const float *_Nonnull input,
                                const float *_Nonnull gain, float epsilon,
                                const float *_Nonnull output_gradient,
                                const float *_Nullable residual_gradient,
                                float *_Nonnull input_gradient, float *_Nonnull gain_gradient,
                                float *_Nonnull bias_gradient);

/// Multiplies `gradient` by the derivative of x · sigmoid(1.702 x) at `values`, and replaces these by
/// the function's own.
void kernel_quick_gelu_backward(size_t count, float *_Nonnull values, float *_Nonnull gradient);

/// Like `kernel_quick_gelu_backward`, for x · Φ(x).
void kernel_gelu_backward(size_t count, float *_Nonnull values, float *_Nonnull gradient);

/// The sums of `width` columns over `rows` rows that lie `stride` numbers apart; with `adds`, added.
void kernel_column_sums(size_t rows, size_t width, const float *_Nonnull input, size_t stride,
                        int adds, float *_Nonnull sums);

/// values = factor · values.
void kernel_scale(size_t count, float factor, float *_Nonnull values);

/// values = values + input.
void kernel_add(size_t count, const float *_Nonnull input, float *_Nonnull values);

/// The sum of the squares, in float64.
double kernel_sum_of_squares(size_t count, const float *_Nonnull values);

/// What one step of AdamW is the same in for all numbers.
struct kernel_adamw_step {
  float learning_rate;
  float first_decay, second_decay;       ///< β₁ and β₂
  float epsilon;
  float first_correction;                ///< 1 − β₁ᵗ
  float second_correction_root;          ///< √(1 − β₂ᵗ)
  float gradient_scale;                  ///< what clipping multiplies the gradient by
};

/// One step of AdamW on `count` numbers, which decay by `decay` times the learning rate.
void kernel_adamw(size_t count, const struct kernel_adamw_step *_Nonnull step, float decay,
                  const float *_Nonnull gradient, float *_Nonnull value,
                  float *_Nonnull first_moment, float *_Nonnull second_moment);

/// Numbers that `kernel_attention_backward` needs as scratch for a sequence of `tokens`.
size_t kernel_attention_backward_scratch(size_t tokens, size_t head_width);

/// The backward pass of `kernel_attention`, which recomputes the softmax.
///
/// `query` and `key_value` are what it was given, and are replaced by their gradients;
/// `context_gradient` is [queries, heads · head_width].
void kernel_attention_backward(struct kernel_attention_shape shape, float *_Nonnull query,
                               float *_Nonnull key_value, const float *_Nonnull context_gradient,
                               float *_Nonnull scratch);
