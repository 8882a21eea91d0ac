// The parts of a transformer between its matrix products.
#include "CKernels.h"
#include "exponential.h"
#include "multiversioned.h"

MULTIVERSIONED
void kernel_layer_norm(size_t rows, size_t width, const float *input, const float *gain,
                       const float *bias, float epsilon, float *output) {
  for (size_t i = 0; i < rows; ++i) {
#pragma clang fp reassociate(on) contract(fast)
    const float *x = input + i * width;
    float *y = output + i * width;
    float sum = 0;
    for (size_t j = 0; j < width; ++j) sum += x[j];
    float mean = sum / (float)width;
    // A second pass: the difference of squares would cancel.
    float squares = 0;
    for (size_t j = 0; j < width; ++j) squares += (x[j] - mean) * (x[j] - mean);
    float scale = 1.0f / __builtin_elementwise_sqrt(squares / (float)width + epsilon);
    for (size_t j = 0; j < width; ++j) y[j] = (x[j] - mean) * scale * gain[j] + bias[j];
  }
}

MULTIVERSIONED
void kernel_quick_gelu(size_t count, float *values) {
  for (size_t i = 0; i < count; ++i)
    values[i] = values[i] / (1.0f + exponential(-1.702f * values[i]));
}

// Φ(x) = 1 − tail for x ≥ 0, with tail = ½ erfc(x / √2) by formula 7.1.26 of Abramowitz and Stegun,
// Handbook of Mathematical Functions (1964): erfc(z) ≈ t (a₁ + t (a₂ + …)) e^{−z²}, t = 1 / (1 + p z).
MULTIVERSIONED
void kernel_gelu(size_t count, float *values) {
  for (size_t i = 0; i < count; ++i) {
    float x = values[i];
    float z = __builtin_elementwise_abs(x) * 0.70710678f;
    float t = 1.0f / (1.0f + 0.3275911f * z);
    float polynomial =
        t * (0.254829592f +
             t * (-0.284496736f + t * (1.421413741f + t * (-1.453152027f + t * 1.061405429f))));
    float tail = 0.5f * polynomial * exponential(-z * z);
    values[i] = x * (x < 0 ? tail : 1.0f - tail);
  }
}

typedef float vector __attribute__((vector_size(64), aligned(4)));
enum { lanes = 16, query_rows = 4 };

static size_t padded(size_t count) { return (count + lanes - 1) / lanes * lanes; }

size_t kernel_attention_scratch(size_t tokens, size_t head_width) {
  return head_width * padded(tokens) + tokens * padded(head_width) + query_rows * padded(tokens);
}

// Softmax of the first `limit` numbers of a row, in place; zeros from there to `end`.
static inline __attribute__((always_inline)) void softmax(float *row, size_t limit, size_t end) {
  for (size_t j = limit; j < end; ++j) row[j] = -1e30f;  // e^ of it is the smallest number
  vector largest = *(vector *)row;
  for (size_t j = lanes; j < end; j += lanes)
    largest = __builtin_elementwise_max(largest, *(vector *)(row + j));
  float maximum = largest[0];
  for (int lane = 1; lane < lanes; ++lane) maximum = maximum < largest[lane] ? largest[lane] : maximum;
  for (size_t j = 0; j < end; ++j) row[j] = exponential(row[j] - maximum);
  for (size_t j = limit; j < end; ++j) row[j] = 0;
  vector sums = {0};
  for (size_t j = 0; j < end; j += lanes) sums += *(vector *)(row + j);
  float sum = 0;
  for (int lane = 0; lane < lanes; ++lane) sum += sums[lane];
  float scale = 1.0f / sum;
  for (size_t j = 0; j < end; ++j) row[j] *= scale;
}

MULTIVERSIONED
void kernel_attention(size_t tokens, size_t heads, size_t head_width, int causal,
                      const float *query_key_value, float *scratch, float *context) {
#pragma clang fp contract(fast)
  const size_t width = heads * head_width, stride = 3 * width;
  const size_t token_end = padded(tokens), value_end = padded(head_width);
  float *keys = scratch;                             // [head_width, token_end]: K transposed
  float *values = keys + head_width * token_end;     // [tokens, value_end]
  float *weights = values + tokens * value_end;      // [query_rows, token_end]
  for (size_t head = 0; head < heads; ++head) {
    const float *query = query_key_value + head * head_width;
    const float *key = query + width, *value = key + width;
    for (size_t j = 0; j < tokens; ++j) {
      for (size_t d = 0; d < head_width; ++d) keys[d * token_end + j] = key[j * stride + d];
      for (size_t d = 0; d < head_width; ++d) values[j * value_end + d] = value[j * stride + d];
      for (size_t d = head_width; d < value_end; ++d) values[j * value_end + d] = 0;
    }
    for (size_t d = 0; d < head_width; ++d)
      for (size_t j = tokens; j < token_end; ++j) keys[d * token_end + j] = 0;

    for (size_t i = 0; i < tokens; i += query_rows) {
      // A last block short of rows computes its last row again: no second code path.
      size_t row[query_rows];
      for (int r = 0; r < query_rows; ++r) row[r] = i + (size_t)r < tokens ? i + (size_t)r : tokens - 1;
      const size_t reach = causal ? row[query_rows - 1] + 1 : tokens;
      const size_t end = padded(reach);
      for (size_t j = 0; j < end; j += lanes) {
        vector sum[query_rows] = {{0}};
        for (size_t d = 0; d < head_width; ++d) {
          vector k = *(const vector *)(keys + d * token_end + j);
          for (int r = 0; r < query_rows; ++r) sum[r] += query[row[r] * stride + d] * k;
        }
        for (int r = 0; r < query_rows; ++r) *(vector *)(weights + r * token_end + j) = sum[r];
      }
      for (int r = 0; r < query_rows; ++r)
        softmax(weights + r * token_end, causal ? row[r] + 1 : tokens, end);
      for (size_t d = 0; d < value_end; d += lanes) {
        vector sum[query_rows] = {{0}};
        for (size_t j = 0; j < reach; ++j) {
          vector v = *(const vector *)(values + j * value_end + d);
          for (int r = 0; r < query_rows; ++r) sum[r] += weights[r * token_end + j] * v;
        }
        size_t count = head_width - d < lanes ? head_width - d : lanes;
        for (int r = 0; r < query_rows; ++r)
          for (size_t lane = 0; lane < count; ++lane)
            context[row[r] * width + head * head_width + d + lane] = sum[r][lane];
      }
    }
  }
}
