// Inner loops over the cosines of all pairs, and over keys to be ranked.
#include "CKernels.h"
#include "exponential.h"
#include "multiversioned.h"

enum { stretch = 256 };

// Bits of a float as an integer of the same order; maxima of integers vectorise. Its own inverse.
static inline __attribute__((always_inline)) int32_t ordered(int32_t bits) {
  return bits ^ ((bits >> 31) & 0x7FFFFFFF);
}

static inline __attribute__((always_inline)) int32_t order_of(float value) {
  int32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return ordered(bits);
}

static inline __attribute__((always_inline)) float of_order(int32_t order) {
  int32_t bits = ordered(order);
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

MULTIVERSIONED
void kernel_add_cosines(size_t count, const float *cosines, float duplicate, size_t bins,
                        uint32_t *counts, struct kernel_cosine_sums *sums) {
  int32_t places[stretch];
  float terms[stretch];
  const int32_t last = (int32_t)bins - 1;
  const float half = (float)bins / 2;
  int32_t least = order_of(sums->least), greatest = order_of(sums->greatest);
  for (size_t start = 0; start < count; start += stretch) {
    size_t length = count - start < stretch ? count - start : stretch;
    const float *input = cosines + start;
    for (size_t j = 0; j < length; ++j) {
      float cosine = input[j] < -1.0f ? -1.0f : input[j];
      int32_t place = (int32_t)((cosine + 1.0f) * half);
      place = place > last ? last : place;
      int is_duplicate = cosine >= duplicate;
      places[j] = is_duplicate ? last + 1 : place;
      int32_t order = order_of(cosine);
      least = order < least ? order : least;
      int32_t counted = is_duplicate ? INT32_MIN : order;
      greatest = counted > greatest ? counted : greatest;
      // Its rounding must not be reassociated.
      terms[j] = exponential(4.0f * cosine - 4.0f);
    }
    {
#pragma clang fp reassociate(on) contract(fast)
      double sum = 0, squares = 0, potential = 0;
      for (size_t j = 0; j < length; ++j) {
        float cosine = input[j] < -1.0f ? -1.0f : input[j];
        double counted = (double)(cosine >= duplicate ? 0.0f : cosine);
        sum += counted;
        squares += counted * counted;
        potential += (double)terms[j];
      }
      sums->sum += sum;
      sums->squares += squares;
      sums->potential += potential;
    }
    size_t width = bins + 1;
    for (size_t j = 0; j < length; ++j) ++counts[(j % KERNEL_HISTOGRAMS) * width + (size_t)places[j]];
  }
  sums->least = of_order(least);
  sums->greatest = of_order(greatest);
}

MULTIVERSIONED
size_t kernel_count_before(size_t count, const float *keys, size_t place) {
  const float key = keys[place];
  uint32_t before = 0;
  for (size_t j = 0; j < place; ++j) before += keys[j] <= key;
  for (size_t j = place; j < count; ++j) before += keys[j] < key;
  return before;
}
