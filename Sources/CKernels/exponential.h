// exp for the vectoriser: no table, no branch.
#pragma once
#include <stdint.h>
#include <string.h>

// e^x within 2 units in the last place; x is clamped to [−87, 88], where neither end overflows.
// x = n ln 2 + r with |r| ≤ ln 2 / 2; e^r by its Taylor series to r^7 (the rest is below 6e-9).
static inline __attribute__((always_inline)) float exponential(float x) {
  x = x < -87.0f ? -87.0f : x;
  x = x > 88.0f ? 88.0f : x;
  // Adding and subtracting 1.5 · 2^23 rounds to the nearest integer; it must not be reassociated.
  const float magic = 12582912.0f;
  float n = (x * 1.44269504f + magic) - magic;
  float r = (x - n * 0.693145751953125f) - n * 1.42860682030941723e-6f;  // ln 2 in two parts
  float series = 1.0f + r * (1.0f + r * (1.0f / 2 + r * (1.0f / 6 + r * (1.0f / 24 + r * (1.0f / 120 +
                                                          r * (1.0f / 720 + r * (1.0f / 5040)))))));
  int32_t exponent = ((int32_t)n + 127) << 23;
  float power;
  memcpy(&power, &exponent, sizeof power);
  return series * power;
}
