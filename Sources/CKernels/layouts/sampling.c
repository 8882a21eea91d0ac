// The loops of UMAP: negative sampling, and products of a sparse matrix with eight vectors.
#include "CKernels.h"
#include "multiversioned.h"

#define INLINE static inline __attribute__((always_inline))

enum { lane_count = 8 };

// x^exponent = 2^(exponent · log2 x) for positive normal x.
//
// x = m · 2^e with m in [√½, √2); ln m = 2 artanh s, s = (m − 1) / (m + 1), |s| < 0.172: the first term
// left out is below 4e-9. 2^f, |f| ≤ ½, is its Taylor series to f^6: the rest is below 2e-7. What
// remains is the rounding of exponent · log2 x, 2^−24 of a number below 128 and so up to 5e-6.
INLINE float power(float x, float exponent) {
  uint32_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  // Subtracting the bits of √½ makes the exponent field count from √½ rather than from 1.
  int32_t e = ((int32_t)(bits - 0x3F3504F3u)) >> 23;
  bits -= (uint32_t)e << 23;
  float m;
  __builtin_memcpy(&m, &bits, sizeof m);
  float s = (m - 1.0f) / (m + 1.0f), q = s * s;
  float logarithm = (float)e + s * (2.88539008f + q * (0.961796694f + q * (0.577078016f +
                                                  q * (0.412198583f + q * 0.320598898f))));
  float y = exponent * logarithm;
  y = y < -126.0f ? -126.0f : y;
  y = y > 126.0f ? 126.0f : y;
  const float magic = 12582912.0f;  // 1.5 · 2^23: adding and subtracting it rounds to an integer
  float n = (y + magic) - magic, f = y - n;
  float series = 1.0f + f * (0.693147181f + f * (0.240226507f + f * (0.0555041087f +
                 f * (0.00961812911f + f * (0.00133335581f + f * 0.000154035304f)))));
  int32_t whole = ((int32_t)n + 127) << 23;
  float scale;
  __builtin_memcpy(&scale, &whole, sizeof scale);
  return series * scale;
}

MULTIVERSIONED
void kernel_power(size_t count, const float *input, float exponent, float *output) {
  for (size_t i = 0; i < count; ++i) output[i] = power(input[i], exponent);
}

// The finalizer of MurmurHash3 (Appleby 2011, public domain): each bit of the input reaches all of the
// output.
INLINE uint32_t mix(uint32_t x) {
  x = (x ^ (x >> 16)) * 0x85EBCA6Bu;
  x = (x ^ (x >> 13)) * 0xC2B2AE35u;
  return x ^ (x >> 16);
}

// The output function of SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195).
INLINE uint64_t mix_wide(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

// No component of one move is longer than this times the learning rate.
INLINE float clipped(float x) {
  x = x < -4.0f ? -4.0f : x;
  return x > 4.0f ? 4.0f : x;
}

// Moves the point at (x, y) for a due edge: pulls it to the edge's other end, which is lane 0 of the first
// vector, and pushes it from samples of the others, drawn with replacement, in the lanes after it.
INLINE void move(const struct kernel_epoch *epoch, const float *others, const float *end,
                 uint64_t name, float *x, float *y) {
#pragma clang fp reassociate(on) contract(fast)
  const uint64_t range = epoch->other_count;
  const float a = epoch->scale, b = epoch->exponent, pull = epoch->pull;
  const uint32_t low = (uint32_t)name, high = (uint32_t)(name >> 32);
  const float old_x = *x, old_y = *y;
  float sum_x = 0, sum_y = 0;
  for (uint32_t base = 0; base <= epoch->negatives; base += lane_count) {
    float other_x[lane_count], other_y[lane_count];
    for (uint32_t lane = 0; lane < lane_count; ++lane) {
      uint32_t bits = mix(low + (base + lane) * 0x9E3779B9u) ^ high;
      uint64_t sample = ((uint64_t)bits * range) >> 32;
      other_x[lane] = others[2 * sample];
      other_y[lane] = others[2 * sample + 1];
    }
    if (base == 0) {
      other_x[0] = end[0];
      other_y[0] = end[1];
    }
    for (uint32_t lane = 0; lane < lane_count; ++lane) {
      const int is_end = base + lane == 0, is_sample = !is_end & (base + lane <= epoch->negatives);
      float dx = old_x - other_x[lane], dy = old_y - other_y[lane];
      float square = dx * dx + dy * dy;
      float near = a * power(square + 1e-12f, b);
      // Another point at the very place has dx = dy = 0 and neither pulls nor pushes.
      float slope = 2.0f * b * (is_end ? -near : is_sample ? 1.0f : 0.0f) /
                    (((is_end ? 1e-12f : 0.001f) + square) * (1.0f + near));
      float weight = is_end ? pull : 1.0f;
      sum_x += weight * clipped(slope * dx);
      sum_y += weight * clipped(slope * dy);
    }
  }
  *x = old_x + epoch->rate * sum_x;
  *y = old_y + epoch->rate * sum_y;
}

MULTIVERSIONED
void kernel_sample_epoch(struct kernel_epoch epoch, const int32_t *starts, const int32_t *ends,
                         const uint32_t *frequencies, const float *others, size_t first,
                         size_t last, const float *before, float *after, int32_t *due) {
  const uint64_t step = 0x9E3779B97F4A7C15u;  // SplitMix64's, 2^64 over the golden ratio
  const uint64_t key = mix_wide(epoch.key + epoch.epoch * step);
  for (size_t i = first; i < last; ++i) {
    uint32_t count = 0;
    for (int32_t e = starts[i]; e < starts[i + 1]; ++e) {
      due[count] = ends[e];
      count += epoch.epoch * frequencies[e] < frequencies[e];  // the product wrapped around
    }
    float x = before[2 * i], y = before[2 * i + 1];
    uint64_t name = mix_wide(key + i * step);
    for (uint32_t e = 0; e < count; ++e, name += step)
      move(&epoch, others, others + 2 * (size_t)due[e], name, &x, &y);
    after[2 * i] = x;
    after[2 * i + 1] = y;
  }
}

typedef float block __attribute__((vector_size(4 * kernel_block_width), aligned(4)));

MULTIVERSIONED
void kernel_chebyshev_step(const int32_t *starts, const int32_t *ends, const float *weights,
                           size_t first, size_t last, float gain, float shift, float keep,
                           const float *current, float *earlier) {
#pragma clang fp contract(fast)
  for (size_t i = first; i < last; ++i) {
    block sum = -shift * ((const block *)current)[i];
    for (int32_t e = starts[i]; e < starts[i + 1]; ++e)
      sum += weights[e] * ((const block *)current)[ends[e]];
    block *row = (block *)earlier + i;
    // Without a term to keep, the memory may hold anything, NaN too.
    *row = keep == 0.0f ? gain * sum : gain * sum - keep * *row;
  }
}
