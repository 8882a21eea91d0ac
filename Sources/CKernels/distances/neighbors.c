// Inner loops of the search for nearest neighbours.
#include <math.h>
#include <string.h>

#include "CKernels.h"
#include "multiversioned.h"

typedef float scores __attribute__((vector_size(64), aligned(4)));
typedef int32_t masks __attribute__((vector_size(64), aligned(4)));
typedef double sums __attribute__((vector_size(64)));
typedef float halves __attribute__((vector_size(32), aligned(4)));

enum { lanes = 16 };

// Bits that are ordered as the numbers are, negative ones included.
static uint64_t key(float score, uint32_t number) {
  uint32_t bits;
  memcpy(&bits, &score, sizeof bits);
  bits ^= bits >> 31 ? UINT32_MAX : 1u << 31;
  return (uint64_t)bits << 32 | number;
}

static float score_of(uint64_t key) {
  uint32_t bits = (uint32_t)(key >> 32);
  bits ^= bits >> 31 ? 1u << 31 : UINT32_MAX;
  float score;
  memcpy(&score, &bits, sizeof score);
  return score;
}

// Hoare's selection: moves the `kept` least of distinct keys to the front.
static void select_least(uint64_t *keys, size_t count, size_t kept) {
  size_t low = 0, high = count - 1;
  while (low < high) {
    uint64_t a = keys[low], b = keys[low + (high - low) / 2], c = keys[high];
    uint64_t pivot = a < b ? (b < c ? b : a < c ? c : a) : (a < c ? a : b < c ? c : b);
    size_t i = low, j = high;
    while (1) {
      while (keys[i] < pivot) ++i;
      while (keys[j] > pivot) --j;
      if (i >= j) break;
      uint64_t swapped = keys[i];
      keys[i] = keys[j];
      keys[j] = swapped;
    }
    // The pivot stands at j, all below before it.
    if (j == kept - 1 || j == kept) return;
    if (j < kept) low = j + 1;
    else high = j - 1;
  }
}

void kernel_settle(size_t kept, uint64_t *keys, struct kernel_candidates *candidates) {
  if (candidates->held < kept) return;
  if (candidates->held > kept) select_least(keys, candidates->held, kept);
  candidates->held = (uint32_t)kept;
  uint64_t largest = 0;
  for (size_t k = 0; k < kept; ++k) largest = keys[k] > largest ? keys[k] : largest;
  candidates->worst = score_of(largest);
}

enum { most_groups = 8 };

// A score that `kept` of these are below: the largest of so many groups' least ones. Infinite when there
// are too few for groups of two.
static inline __attribute__((always_inline)) float first_bound(
    size_t count, const float *products, const float *factors, const float *offsets, size_t kept) {
  size_t groups = (kept + lanes - 1) / lanes;
  if (groups > most_groups || count < 2 * groups * lanes) return INFINITY;
  scores least[most_groups];
  for (size_t g = 0; g < groups; ++g) least[g] = (scores){0} + INFINITY;
  for (size_t j = 0, g = 0; j + lanes <= count; j += lanes, g = g + 1 == groups ? 0 : g + 1) {
    scores score = *(const scores *)(products + j) * *(const scores *)(factors + j) +
                   *(const scores *)(offsets + j);
    least[g] = __builtin_elementwise_min(least[g], score);
  }
  for (size_t g = 1; g < groups; ++g) least[0] = __builtin_elementwise_max(least[0], least[g]);
  float bound = -INFINITY;
  for (int k = 0; k < lanes; ++k) bound = least[0][k] > bound ? least[0][k] : bound;
  return nextafterf(bound, INFINITY);
}

MULTIVERSIONED
void kernel_offer(size_t count, const float *products, const float *factors, const float *offsets,
                  uint32_t first, size_t kept, size_t capacity, uint64_t *keys,
                  struct kernel_candidates *candidates) {
  size_t held = candidates->held;
  float worst = candidates->worst;
  if (held == 0) worst = first_bound(count, products, factors, offsets, kept);
  size_t j = 0;
  for (; j < count; j += lanes) {
    // Few of sixteen are below the worst one kept: that alone is asked first.
    if (j + lanes <= count) {
      scores score = *(const scores *)(products + j) * *(const scores *)(factors + j) +
                     *(const scores *)(offsets + j);
      masks below = score < worst;
      if (!__builtin_reduce_or(below)) continue;
    }
    if (held + lanes > capacity) {
      candidates->held = (uint32_t)held;
      kernel_settle(kept, keys, candidates);
      held = candidates->held;
      worst = candidates->worst;
    }
    for (size_t k = j; k < count && k < j + lanes; ++k) {
      float score = products[k] * factors[k] + offsets[k];
      if (score < worst) keys[held++] = key(score, first + (uint32_t)k);
    }
  }
  candidates->held = (uint32_t)held;
  candidates->worst = worst;
  // The first points give a bound for all that follow.
  if (worst == INFINITY) kernel_settle(kept, keys, candidates);
}

static inline __attribute__((always_inline)) double total(const sums part[4]) {
#pragma clang fp contract(off)
  sums all = (part[0] + part[1]) + (part[2] + part[3]);
  double sum = 0;
  for (int k = 0; k < 8; ++k) sum += all[k];
  return sum;
}

MULTIVERSIONED
double kernel_exact_product(size_t count, const float *a, const float *b) {
#pragma clang fp contract(off)
  sums part[4] = {{0}};
  size_t k = 0;
  for (; k + 32 <= count; k += 32)
    for (int p = 0; p < 4; ++p)
      part[p] += __builtin_convertvector(*(const halves *)(a + k + 8 * p), sums) *
                 __builtin_convertvector(*(const halves *)(b + k + 8 * p), sums);
  double sum = total(part);
  for (; k < count; ++k) sum += (double)a[k] * b[k];
  return sum;
}

MULTIVERSIONED
double kernel_exact_square_distance(size_t count, const float *a, const float *b) {
#pragma clang fp contract(off)
  sums part[4] = {{0}};
  size_t k = 0;
  for (; k + 32 <= count; k += 32) {
    for (int p = 0; p < 4; ++p) {
      sums difference = __builtin_convertvector(*(const halves *)(a + k + 8 * p), sums) -
                        __builtin_convertvector(*(const halves *)(b + k + 8 * p), sums);
      part[p] += difference * difference;
    }
  }
  double sum = total(part);
  for (; k < count; ++k) {
    double difference = (double)a[k] - b[k];
    sum += difference * difference;
  }
  return sum;
}

MULTIVERSIONED
float kernel_float_product(size_t count, const float *a, const float *b) {
#pragma clang fp reassociate(on) contract(fast)
  float sum = 0;
  for (size_t k = 0; k < count; ++k) sum += a[k] * b[k];
  return sum;
}

MULTIVERSIONED
float kernel_float_square_distance(size_t count, const float *a, const float *b) {
#pragma clang fp reassociate(on) contract(fast)
  float sum = 0;
  for (size_t k = 0; k < count; ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
  return sum;
}

MULTIVERSIONED
void kernel_finish_scores(size_t count, const float *factors, const float *offsets, float scale,
                          float shift, float *products) {
  for (size_t k = 0; k < count; ++k) {
    float value = (products[k] * factors[k] + offsets[k]) * scale + shift;
    products[k] = value > 0 ? value : 0;
  }
}
