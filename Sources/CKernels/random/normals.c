// Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011, doi:10.1145/2063384.2063405) and the Box–Muller
// transform (1958, doi:10.1214/aoms/1177706645).
//
// Every operation is an integer one or an IEEE one that is correctly rounded (+ − × ÷ √), and
// contraction to fused multiply–add is off: the same bits whichever clone runs, on any machine.
#include "CKernels.h"
#include "multiversioned.h"

#pragma clang fp contract(off)

enum { lane_count = 64 };  // blocks encrypted side by side: a few vectors of each clone

// The ten rounds on one counter; word w of the block goes to output[w * stride].
static inline __attribute__((always_inline)) void philox(uint64_t key, uint64_t stream,
                                                         uint64_t block, uint32_t *output,
                                                         int stride) {
  const uint32_t multiplier0 = 0xD2511F53u, multiplier1 = 0xCD9E8D57u;
  const uint32_t weyl0 = 0x9E3779B9u, weyl1 = 0xBB67AE85u;  // golden ratio, √3 − 1
  uint32_t c0 = (uint32_t)block, c1 = (uint32_t)(block >> 32);
  uint32_t c2 = (uint32_t)stream, c3 = (uint32_t)(stream >> 32);
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
  for (int round = 0; round < 10; ++round) {
    uint64_t product0 = (uint64_t)multiplier0 * c0;
    uint64_t product1 = (uint64_t)multiplier1 * c2;
    uint32_t next0 = (uint32_t)(product1 >> 32) ^ c1 ^ k0;
    uint32_t next2 = (uint32_t)(product0 >> 32) ^ c3 ^ k1;
    c1 = (uint32_t)product1;
    c3 = (uint32_t)product0;
    c0 = next0;
    c2 = next2;
    k0 += weyl0;
    k1 += weyl1;
  }
  output[0] = c0;
  output[stride] = c1;
  output[2 * stride] = c2;
  output[3 * stride] = c3;
}

void kernel_philox(uint64_t key, uint64_t stream, uint64_t block, uint32_t output[4]) {
  philox(key, stream, block, output, 1);
}

// Natural logarithm of a positive normal number. x = m · 2^e with m in [√½, √2);
// ln m = 2 artanh s, s = (m − 1) / (m + 1), |s| < 0.172: the first term left out is below 4e-9.
static inline __attribute__((always_inline)) float natural_logarithm(float x) {
  uint32_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  // Subtracting the bits of √½ makes the exponent field count from √½ rather than from 1.
  int32_t exponent = ((int32_t)(bits - 0x3F3504F3u)) >> 23;
  bits -= (uint32_t)exponent << 23;
  float mantissa;
  __builtin_memcpy(&mantissa, &bits, sizeof mantissa);
  float s = (mantissa - 1.0f) / (mantissa + 1.0f);
  float q = s * s;
  float series = 2.0f + q * (2.0f / 3 + q * (2.0f / 5 + q * (2.0f / 7 + q * (2.0f / 9))));
  return (float)exponent * 0.693147180559945f + s * series;
}

// One pair of words to two normals: radius √(−2 ln u), u in (0, 1]; angle 2π v, v in [0, 1).
static inline __attribute__((always_inline)) void box_muller(uint32_t a, uint32_t b, float *first,
                                                             float *second) {
  // 24 bits make an exact float; the other 8 of `a` reach deeper into the tail (|z| up to 6.7).
  // The int32 conversions are exact and, unlike unsigned ones, a single instruction everywhere.
  float u = ((float)(int32_t)(a >> 8) + ((float)(int32_t)(a & 0xFF) + 0.5f) * 0x1p-8f) * 0x1p-24f;
  float radius = __builtin_elementwise_sqrt(-2.0f * natural_logarithm(u));
  // Nearest quarter turn q, and the rest r in [−1/8, 1/8) of a turn: |2π r| ≤ π/4.
  int32_t turn = (int32_t)(b >> 8);                     // 24 bits of a turn
  int32_t quarter = (turn + (1 << 21)) >> 22;           // 0 … 4
  float r = (float)(turn - (quarter << 22)) * (6.283185307179586f * 0x1p-24f);
  float q = r * r;
  float sine = r * (1.0f + q * (-1.0f / 6 + q * (1.0f / 120 + q * (-1.0f / 5040 +
                                                                   q * (1.0f / 362880)))));
  float cosine = 1.0f + q * (-1.0f / 2 + q * (1.0f / 24 + q * (-1.0f / 720 +
                                              q * (1.0f / 40320 + q * (-1.0f / 3628800)))));
  // A quarter turn takes (cos, sin) to (−sin, cos).
  float c = (quarter & 1) ? -sine : cosine;
  float s = (quarter & 1) ? cosine : sine;
  float sign = (quarter & 2) ? -radius : radius;
  *first = sign * c;
  *second = sign * s;
}

MULTIVERSIONED
void kernel_normals(uint64_t key, uint64_t stream, uint64_t first, float *output, size_t count) {
  uint32_t words[4][lane_count];
  float normals[4][lane_count];
  uint64_t block = first / 4;
  for (size_t done = 0; done < count; done += 4 * lane_count, block += lane_count) {
    for (int b = 0; b < lane_count; ++b)
      philox(key, stream, block + (uint64_t)b, &words[0][b], lane_count);
    for (int b = 0; b < lane_count; ++b) {
      box_muller(words[0][b], words[1][b], &normals[0][b], &normals[1][b]);
      box_muller(words[2][b], words[3][b], &normals[2][b], &normals[3][b]);
    }
    size_t left = count - done < 4 * lane_count ? count - done : 4 * lane_count;
    for (size_t i = 0; i < left; ++i) output[done + i] = normals[i & 3][i >> 2];
  }
}

MULTIVERSIONED
void kernel_words(uint64_t key, uint64_t stream, uint64_t block, uint32_t *output, size_t count) {
  uint32_t words[4][lane_count];
  for (size_t done = 0; done < count; done += 4 * lane_count, block += lane_count) {
    for (int b = 0; b < lane_count; ++b)
      philox(key, stream, block + (uint64_t)b, &words[0][b], lane_count);
    size_t left = count - done < 4 * lane_count ? count - done : 4 * lane_count;
    for (size_t i = 0; i < left; ++i) output[done + i] = words[i & 3][i >> 2];
  }
}
