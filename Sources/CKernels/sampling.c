// The loops of UMAP: negative sampling, and products of a sparse matrix with eight vectors.
#include "CKernels.h"
#include "multiversioned.h"

#define INLINE static inline __attribute__((always_inline))

enum { lane_count = 16 };

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

// Pushes the point at (x, y) from `count` of the others, drawn with replacement.
INLINE void push(const struct kernel_epoch *epoch, const float *others, uint64_t name,
                 uint32_t count, float *x, float *y) {
#pragma clang fp reassociate(on) contract(fast)
  const uint64_t range = epoch->other_count;
  const float a = epoch->scale, b = epoch->exponent;
  const uint32_t low = (uint32_t)name, high = (uint32_t)(name >> 32);
  for (uint32_t base = 0; base < count; base += lane_count) {
    float sum_x = 0, sum_y = 0;
    for (uint32_t lane = 0; lane < lane_count; ++lane) {
      uint32_t bits = mix(low + (base + lane) * 0x9E3779B9u) ^ high;
      uint64_t sample = ((uint64_t)bits * range) >> 32;
      float dx = *x - others[2 * sample], dy = *y - others[2 * sample + 1];
      float square = dx * dx + dy * dy;
      // A sample at the very place, such as the point itself, has dx = dy = 0 and does not push.
      float slope = 2.0f * b / ((0.001f + square) * (1.0f + a * power(square + 1e-12f, b)));
      slope = base + lane < count ? slope : 0.0f;
      sum_x += clipped(slope * dx);
      sum_y += clipped(slope * dy);
    }
    *x += epoch->rate * sum_x;
    *y += epoch->rate * sum_y;
  }
}

MULTIVERSIONED
void kernel_sample_epoch(struct kernel_epoch epoch, const int32_t *starts, const int32_t *ends,
                         const uint32_t *frequencies, const float *others, size_t first,
                         size_t last, const float *before, float *after, int32_t *due) {
#pragma clang fp contract(fast)
  const float a = epoch.scale, b = epoch.exponent;
  const uint64_t key = mix_wide(epoch.key + epoch.epoch * 0x9E3779B97F4A7C15u);
  for (size_t i = first; i < last; ++i) {
    uint32_t count = 0;
    for (int32_t e = starts[i]; e < starts[i + 1]; ++e) {
      due[count] = ends[e];
      count += epoch.epoch * frequencies[e] < frequencies[e];  // wrapped around
    }
    float x = before[2 * i], y = before[2 * i + 1];
    push(&epoch, others, mix_wide(key + i * 0x9E3779B97F4A7C15u), count * epoch.negatives, &x, &y);
    for (uint32_t pull = 0; pull < epoch.pulls; ++pull) {
      for (uint32_t e = 0; e < count; ++e) {
        const float *other = others + 2 * (size_t)due[e];
        float dx = other[0] - x, dy = other[1] - y;
        float square = dx * dx + dy * dy + 1e-12f;
        float close = a * power(square, b);
        float slope = 2.0f * b * close / (square * (1.0f + close));
        x += epoch.rate * clipped(slope * dx);
        y += epoch.rate * clipped(slope * dy);
      }
    }
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
