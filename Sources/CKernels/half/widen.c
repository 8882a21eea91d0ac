// Half-precision numbers widened to float32, exactly, without the CPU's conversion instructions.
#include "CKernels.h"
#include "multiversioned.h"

MULTIVERSIONED
void kernel_widen_float16(const uint16_t *input, float *output, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    uint32_t half = input[i];
    // Exponent and fraction moved to float32's places are the number divided by 2^112
    // (the biases are 15 and 127); the product is exact, for subnormal numbers too.
    uint32_t bits = (half & 0x7FFFu) << 13;
    float value;
    __builtin_memcpy(&value, &bits, sizeof value);
    value *= 0x1p112f;
    __builtin_memcpy(&bits, &value, sizeof bits);
    // The largest half exponent means infinity or NaN: it becomes float32's largest.
    bits |= (half & 0x7C00u) == 0x7C00u ? 0x7F800000u : 0u;
    bits |= (half & 0x8000u) << 16;
    __builtin_memcpy(&output[i], &bits, sizeof bits);
  }
}

MULTIVERSIONED
void kernel_widen_bfloat16(const uint16_t *input, float *output, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    uint32_t bits = (uint32_t)input[i] << 16;  // bfloat16 is the upper half of a float32
    __builtin_memcpy(&output[i], &bits, sizeof bits);
  }
}

MULTIVERSIONED
void kernel_narrow_float16(size_t count, const float *input, uint16_t *output) {
  for (size_t i = 0; i < count; ++i) {
    uint32_t bits;
    __builtin_memcpy(&bits, &input[i], sizeof bits);
    const uint32_t sign = bits >> 16 & 0x8000u;
    bits &= 0x7FFFFFFFu;
    // The exponent's bias less by 112, and half of the last digit that is left, less a little where that digit is even.
    const uint32_t normal = (bits - (112u << 23) + 0xFFFu + (bits >> 13 & 1u)) >> 13;
    // Below 2^-14 halves are multiples of 2^-24, and so is the last digit of a float32 from ½ to 1.
    float value;
    __builtin_memcpy(&value, &bits, sizeof value);
    value += 0.5f;
    uint32_t subnormal;
    __builtin_memcpy(&subnormal, &value, sizeof subnormal);
    subnormal -= 0x3F000000u;
    output[i] = (uint16_t)(sign | (bits < (113u << 23) ? subnormal : normal));
  }
}
