// The parts of a transformer between its matrix products and its attention.
#include "activation.h"
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
