// The backward passes of what a transformer does between its matrix products, and the optimiser's step.
#include "activation.h"
#include "attention.h"
#include "CKernels.h"
#include "multiversioned.h"

MULTIVERSIONED
void kernel_layer_norm_backward(size_t rows, size_t width, const float *input, const float *gain,
                                float epsilon, const float *output_gradient,
                                const float *residual_gradient, float *input_gradient,
                                float *gain_gradient, float *bias_gradient) {
  for (size_t i = 0; i < rows; ++i) {
#pragma clang fp reassociate(on) contract(fast)
    const float *x = input + i * width, *dy = output_gradient + i * width;
    float *dx = input_gradient + i * width;
    float sum = 0;
    for (size_t j = 0; j < width; ++j) sum += x[j];
    const float mean = sum / (float)width;
    float squares = 0;
    for (size_t j = 0; j < width; ++j) squares += (x[j] - mean) * (x[j] - mean);
    const float scale = 1.0f / __builtin_elementwise_sqrt(squares / (float)width + epsilon);
    float slope = 0, product = 0;
    for (size_t j = 0; j < width; ++j) {
      float normalized = (x[j] - mean) * scale, g = dy[j] * gain[j];
      slope += g;
      product += g * normalized;
    }
    slope /= (float)width;
    product /= (float)width;
    for (size_t j = 0; j < width; ++j) {
      float normalized = (x[j] - mean) * scale;
      gain_gradient[j] += dy[j] * normalized;
      bias_gradient[j] += dy[j];
    }
    if (residual_gradient) {
      const float *residual = residual_gradient + i * width;
      for (size_t j = 0; j < width; ++j)
        dx[j] = residual[j] +
                scale * (dy[j] * gain[j] - slope - (x[j] - mean) * scale * product);
    } else {
      for (size_t j = 0; j < width; ++j)
        dx[j] = scale * (dy[j] * gain[j] - slope - (x[j] - mean) * scale * product);
    }
  }
}

MULTIVERSIONED
void kernel_quick_gelu_backward(size_t count, float *values, float *gradient) {
  for (size_t i = 0; i < count; ++i) {
    float x = values[i], sigmoid = 1.0f / (1.0f + exponential(-1.702f * x));
    gradient[i] *= sigmoid * (1.0f + 1.702f * x * (1.0f - sigmoid));
    values[i] = x * sigmoid;
  }
}

MULTIVERSIONED
void kernel_gelu_backward(size_t count, float *values, float *gradient) {
  for (size_t i = 0; i < count; ++i) {
    // The derivative of x Φ(x) is Φ(x) + x φ(x).
    float x = values[i], distribution = normal_distribution(x);
    gradient[i] *= distribution + x * 0.39894228f * exponential(-0.5f * x * x);
    values[i] = x * distribution;
  }
}

MULTIVERSIONED
void kernel_column_sums(size_t rows, size_t width, const float *input, size_t stride, int adds,
                        float *sums) {
  if (!adds)
    for (size_t j = 0; j < width; ++j) sums[j] = 0;
  for (size_t i = 0; i < rows; ++i)
    for (size_t j = 0; j < width; ++j) sums[j] += input[i * stride + j];
}

MULTIVERSIONED
void kernel_scale(size_t count, float factor, float *values) {
  for (size_t i = 0; i < count; ++i) values[i] *= factor;
}

MULTIVERSIONED
void kernel_add(size_t count, const float *input, float *values) {
  for (size_t i = 0; i < count; ++i) values[i] += input[i];
}

MULTIVERSIONED
double kernel_sum_of_squares(size_t count, const float *values) {
#pragma clang fp reassociate(on) contract(fast)
  double sum = 0;
  for (size_t i = 0; i < count; ++i) sum += (double)values[i] * (double)values[i];
  return sum;
}

MULTIVERSIONED
void kernel_adamw(size_t count, const struct kernel_adamw_step *step, float decay,
                  const float *gradient, float *value, float *first_moment, float *second_moment) {
#pragma clang fp contract(fast)
  const float keep = 1.0f - step->learning_rate * decay, rate = step->learning_rate / step->first_correction;
  const float root = step->second_correction_root, scale = step->gradient_scale;
  const float first = step->first_decay, second = step->second_decay, epsilon = step->epsilon;
  for (size_t i = 0; i < count; ++i) {
    float g = gradient[i] * scale;
    float m = first * first_moment[i] + (1.0f - first) * g;
    float v = second * second_moment[i] + (1.0f - second) * g * g;
    first_moment[i] = m;
    second_moment[i] = v;
    value[i] = value[i] * keep - rate * m / (__builtin_elementwise_sqrt(v) / root + epsilon);
  }
}

// out[r, c] = Σ a[r · row_step + k · inner_step] b[k, c] for `rows` rows and all `columns`, a multiple
// of 16. A last block short of rows computes its last one again: no second code path.
static inline __attribute__((always_inline)) void multiply(
    size_t rows, size_t inner, size_t columns, const float *a, size_t row_step, size_t inner_step,
    const float *b, size_t b_stride, float *out, size_t out_stride) {
#pragma clang fp contract(fast)
  for (size_t i = 0; i < rows; i += row_count) {
    size_t row[row_count];
    for (int r = 0; r < row_count; ++r) row[r] = i + (size_t)r < rows ? i + (size_t)r : rows - 1;
    size_t c = 0;
    for (; c + 2 * lanes <= columns; c += 2 * lanes) {
      vector sum[row_count][2] = {{{0}}};
      for (size_t k = 0; k < inner; ++k) {
        vector left = *(const vector *)(b + k * b_stride + c);
        vector right = *(const vector *)(b + k * b_stride + c + lanes);
        for (int r = 0; r < row_count; ++r) {
          float factor = a[row[r] * row_step + k * inner_step];
          sum[r][0] += factor * left;
          sum[r][1] += factor * right;
        }
      }
      for (int r = 0; r < row_count; ++r) {
        *(vector *)(out + row[r] * out_stride + c) = sum[r][0];
        *(vector *)(out + row[r] * out_stride + c + lanes) = sum[r][1];
      }
    }
    if (c == columns) continue;
    vector sum[row_count] = {{0}};
    for (size_t k = 0; k < inner; ++k) {
      vector left = *(const vector *)(b + k * b_stride + c);
      for (int r = 0; r < row_count; ++r) sum[r] += a[row[r] * row_step + k * inner_step] * left;
    }
    for (int r = 0; r < row_count; ++r) *(vector *)(out + row[r] * out_stride + c) = sum[r];
  }
}

size_t kernel_attention_backward_scratch(size_t tokens, size_t head_width) {
  return 2 * head_width * padded(tokens) + 5 * tokens * padded(head_width) +
         2 * tokens * padded(tokens);
}

MULTIVERSIONED
void kernel_attention_backward(struct kernel_attention_shape shape, float *query_rows,
                               float *key_value_rows, const float *context_gradient,
                               float *scratch) {
#pragma clang fp contract(fast)
  const size_t tokens = shape.tokens, queries = shape.queries, head_width = shape.head_width;
  const size_t width = shape.heads * head_width;
  const size_t token_end = padded(tokens), value_end = padded(head_width);
  float *keys_across = scratch;                              // [head_width, token_end]
  float *values_across = keys_across + head_width * token_end;
  float *q = values_across + head_width * token_end;         // [queries, value_end]
  float *keys = q + tokens * value_end;                      // [tokens, value_end]
  float *gradient = keys + tokens * value_end;               // [queries, value_end]
  float *result = gradient + tokens * value_end;             // [tokens, value_end], twice
  float *weights = result + 2 * tokens * value_end;          // [queries, token_end]
  float *slopes = weights + tokens * token_end;              // [queries, token_end]
  for (size_t head = 0; head < shape.heads; ++head) {
    float *query = query_rows + head * head_width;
    float *key = key_value_rows + head * head_width, *value = key + width;
    for (size_t i = 0; i < queries; ++i)
      for (size_t d = 0; d < value_end; ++d) {
        q[i * value_end + d] = d < head_width ? query[i * width + d] : 0;
        gradient[i * value_end + d] =
            d < head_width ? context_gradient[i * width + head * head_width + d] : 0;
      }
    for (size_t j = 0; j < token_end; ++j)
      for (size_t d = 0; d < head_width; ++d) {
        keys_across[d * token_end + j] = j < tokens ? key[j * 2 * width + d] : 0;
        values_across[d * token_end + j] = j < tokens ? value[j * 2 * width + d] : 0;
      }
    for (size_t j = 0; j < tokens; ++j)
      for (size_t d = 0; d < value_end; ++d)
        keys[j * value_end + d] = d < head_width ? key[j * 2 * width + d] : 0;

    multiply(queries, head_width, token_end, q, value_end, 1, keys_across, token_end, weights,
             token_end);
    multiply(queries, head_width, token_end, gradient, value_end, 1, values_across, token_end,
             slopes, token_end);
    for (size_t i = 0; i < queries; ++i) {
      float *weight = weights + i * token_end, *slope = slopes + i * token_end;
      softmax(weight, shape.causal ? shape.first_query + i + 1 : tokens, token_end);
      // The softmax's slope: dS = P ∘ (dP − Σ P dP).
      vector sums = {0};
      for (size_t j = 0; j < token_end; j += lanes)
        sums += *(vector *)(weight + j) * *(vector *)(slope + j);
      float mean = 0;
      for (int lane = 0; lane < lanes; ++lane) mean += sums[lane];
      for (size_t j = 0; j < token_end; ++j) slope[j] = weight[j] * (slope[j] - mean);
    }

    multiply(queries, tokens, value_end, slopes, token_end, 1, keys, value_end, result, value_end);
    for (size_t i = 0; i < queries; ++i)
      for (size_t d = 0; d < head_width; ++d) query[i * width + d] = result[i * value_end + d];
    float *second = result + tokens * value_end;
    multiply(tokens, queries, value_end, slopes, 1, token_end, q, value_end, result, value_end);
    multiply(tokens, queries, value_end, weights, 1, token_end, gradient, value_end, second,
             value_end);
    for (size_t j = 0; j < tokens; ++j)
      for (size_t d = 0; d < head_width; ++d) {
        key[j * 2 * width + d] = result[j * value_end + d];
        value[j * 2 * width + d] = second[j * value_end + d];
      }
  }
}
