// The activations of a transformer's MLP, for the vectoriser.
#pragma once
#include "exponential.h"

// x · sigmoid(1.702 x).
static inline __attribute__((always_inline)) float quick_gelu(float x) {
  return x / (1.0f + exponential(-1.702f * x));
}

// Φ(x) = 1 − tail for x ≥ 0, with tail = ½ erfc(x / √2) by formula 7.1.26 of Abramowitz and Stegun,
// Handbook of Mathematical Functions (1964): erfc(z) ≈ t (a₁ + t (a₂ + …)) e^{−z²}, t = 1 / (1 + p z).
static inline __attribute__((always_inline)) float normal_distribution(float x) {
  float z = __builtin_elementwise_abs(x) * 0.70710678f;
  float t = 1.0f / (1.0f + 0.3275911f * z);
  float polynomial =
      t * (0.254829592f +
           t * (-0.284496736f + t * (1.421413741f + t * (-1.453152027f + t * 1.061405429f))));
  float tail = 0.5f * polynomial * exponential(-z * z);
  return x < 0 ? tail : 1.0f - tail;
}

// x · Φ(x).
static inline __attribute__((always_inline)) float gelu(float x) { return x * normal_distribution(x); }
