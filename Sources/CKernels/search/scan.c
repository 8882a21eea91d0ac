// Scanning half-precision rows for those nearest to a query, compiled for several CPUs.
#include "CKernels.h"
#include <math.h>

typedef float vector __attribute__((vector_size(64), aligned(4)));
typedef int32_t words __attribute__((vector_size(64), aligned(4)));
typedef int16_t shorts __attribute__((vector_size(32), aligned(2)));
typedef _Float16 halves __attribute__((vector_size(32), aligned(2)));

enum {
  lanes = 16,
  together = 4,  // rows for which the query is loaded once; with 1,024 bytes each they are a page of memory
};

// Without instructions for it: the sign-extended bits moved to float32's places are the number divided by 2^112 (the
// biases are 15 and 127), and the product is exact. `kernel_widen_float16` also knows numbers that are not finite.
#define WIDENED(p)                                                                          \
  ((vector)((__builtin_convertvector(*(const shorts *)(p), words) << 13) & (int32_t)0x8FFFE000) * \
   0x1p112f)
#define SUFFIX baseline
#define TARGET
#include "scan_rows.h"

#if defined(__x86_64__)
#undef WIDENED
#define WIDENED(p) __builtin_convertvector(*(const halves *)(p), vector)

#define SUFFIX avx2
#define TARGET __attribute__((target("arch=x86-64-v3")))
#include "scan_rows.h"

// Without the width, clang halves vectors of 512 bits.
#define SUFFIX avx512
#define TARGET __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#include "scan_rows.h"
#endif

void kernel_scan(size_t count, size_t width, const uint16_t *rows, const float *query,
                 const uint8_t *mask, float *scores) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4"))
    scan_avx512(count, width, rows, query, mask, scores);
  else if (__builtin_cpu_supports("x86-64-v3"))
    scan_avx2(count, width, rows, query, mask, scores);
  else
#endif
    scan_baseline(count, width, rows, query, mask, scores);
}
