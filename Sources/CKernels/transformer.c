// The parts of a transformer between its matrix products.
#include "activation.h"
#include "attention.h"
#include "CKernels.h"
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
void kernel_quick_gelu(size_t count, const float *input, float *output) {
  for (size_t i = 0; i < count; ++i) output[i] = quick_gelu(input[i]);
}

MULTIVERSIONED
void kernel_gelu(size_t count, const float *input, float *output) {
  for (size_t i = 0; i < count; ++i) output[i] = gelu(input[i]);
}

size_t kernel_attention_scratch(size_t tokens, size_t head_width) {
  return head_width * padded(tokens) + tokens * padded(head_width) + row_count * padded(tokens);
}

MULTIVERSIONED
void kernel_attention(struct kernel_attention_shape shape, const float *query_rows,
                      const float *key_value_rows, float *scratch, float *context) {
#pragma clang fp contract(fast)
  const size_t tokens = shape.tokens, head_width = shape.head_width;
  const size_t width = shape.heads * head_width, stride = 2 * width;
  const size_t token_end = padded(tokens), value_end = padded(head_width);
  float *keys = scratch;                             // [head_width, token_end]: K transposed
  float *values = keys + head_width * token_end;     // [tokens, value_end]
  float *weights = values + tokens * value_end;      // [row_count, token_end]
  for (size_t head = 0; head < shape.heads; ++head) {
    const float *query = query_rows + head * head_width;
    const float *key = key_value_rows + head * head_width, *value = key + width;
    for (size_t j = 0; j < tokens; ++j) {
      for (size_t d = 0; d < head_width; ++d) keys[d * token_end + j] = key[j * stride + d];
      for (size_t d = 0; d < head_width; ++d) values[j * value_end + d] = value[j * stride + d];
      for (size_t d = head_width; d < value_end; ++d) values[j * value_end + d] = 0;
    }
    for (size_t d = 0; d < head_width; ++d)
      for (size_t j = tokens; j < token_end; ++j) keys[d * token_end + j] = 0;

    for (size_t i = 0; i < shape.queries; i += row_count) {
      // A last block short of rows computes its last row again: no second code path.
      size_t row[row_count], limit[row_count];
      for (int r = 0; r < row_count; ++r) {
        row[r] = i + (size_t)r < shape.queries ? i + (size_t)r : shape.queries - 1;
        limit[r] = shape.causal ? shape.first_query + row[r] + 1 : tokens;
      }
      const size_t reach = limit[row_count - 1], end = padded(reach);
      for (size_t j = 0; j < end; j += lanes) {
        vector sum[row_count] = {{0}};
        for (size_t d = 0; d < head_width; ++d) {
          vector k = *(const vector *)(keys + d * token_end + j);
          for (int r = 0; r < row_count; ++r) sum[r] += query[row[r] * width + d] * k;
        }
        for (int r = 0; r < row_count; ++r) *(vector *)(weights + r * token_end + j) = sum[r];
      }
      for (int r = 0; r < row_count; ++r) softmax(weights + r * token_end, limit[r], end);
      for (size_t d = 0; d < value_end; d += lanes) {
        vector sum[row_count] = {{0}};
        for (size_t j = 0; j < reach; ++j) {
          vector v = *(const vector *)(values + j * value_end + d);
          for (int r = 0; r < row_count; ++r) sum[r] += weights[r * token_end + j] * v;
        }
        size_t count = head_width - d < lanes ? head_width - d : lanes;
        for (int r = 0; r < row_count; ++r)
          for (size_t lane = 0; lane < count; ++lane)
            context[row[r] * width + head * head_width + d + lane] = sum[r][lane];
      }
    }
  }
}
