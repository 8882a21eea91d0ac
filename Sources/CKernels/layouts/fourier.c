// Convolution of a real grid by Fourier transforms; many lanes go through each transform at once.
#include "CKernels.h"
#include "multiversioned.h"
#include "transpose.h"

enum { width = KERNEL_FOURIER_LANES };

typedef float lanes __attribute__((vector_size(64), aligned(4)));

// The two parts of a complex number for every lane. With the parts exchanged on input and output
// the same passes compute the inverse transform.
struct parts {
  int real, imaginary;
};

// One pass of the self-sorting transform (Stockham; Cochran et al. 1967, doi:10.1109/PROC.1967.5957):
// `groups` interleaved sequences of `length` numbers become radix · groups of length / radix.
// With `padded`, the upper half of the input is zero and is not read.
static inline __attribute__((always_inline)) void pass4(size_t length, size_t groups, int padded,
                                                        struct parts in, struct parts out,
                                                        size_t size, const float *twiddles,
                                                        const lanes *from, lanes *to) {
#pragma clang fp contract(fast)
  const float *cosine = twiddles, *sine = twiddles + size;
  size_t quarter = length / 4;
  for (size_t p = 0; p < quarter; ++p) {
    float c1 = cosine[p * groups], s1 = sine[p * groups];
    float c2 = cosine[2 * p * groups], s2 = sine[2 * p * groups];
    float c3 = cosine[3 * p * groups], s3 = sine[3 * p * groups];
    for (size_t q = 0; q < groups; ++q) {
      const lanes *a = from + 2 * (q + groups * p), *b = a + 2 * groups * quarter;
      lanes *o = to + 2 * (q + groups * 4 * p);
      lanes ar = a[in.real], ai = a[in.imaginary], br = b[in.real], bi = b[in.imaginary];
      lanes sum_r = ar, sum_i = ai, difference_r = ar, difference_i = ai;
      lanes other_r = br, other_i = bi, turn_r = br, turn_i = bi;
      if (!padded) {
        const lanes *c = b + 2 * groups * quarter, *d = c + 2 * groups * quarter;
        sum_r += c[in.real];
        sum_i += c[in.imaginary];
        difference_r -= c[in.real];
        difference_i -= c[in.imaginary];
        other_r += d[in.real];
        other_i += d[in.imaginary];
        turn_r -= d[in.real];
        turn_i -= d[in.imaginary];
      }
      o[out.real] = sum_r + other_r;
      o[out.imaginary] = sum_i + other_i;
      o += 2 * groups;
      lanes real = difference_r + turn_i, imaginary = difference_i - turn_r;
      o[out.real] = c1 * real - s1 * imaginary;
      o[out.imaginary] = c1 * imaginary + s1 * real;
      o += 2 * groups;
      real = sum_r - other_r;
      imaginary = sum_i - other_i;
      o[out.real] = c2 * real - s2 * imaginary;
      o[out.imaginary] = c2 * imaginary + s2 * real;
      o += 2 * groups;
      real = difference_r - turn_i;
      imaginary = difference_i + turn_r;
      o[out.real] = c3 * real - s3 * imaginary;
      o[out.imaginary] = c3 * imaginary + s3 * real;
    }
  }
}

// The last passes, of sequences of 2 or 3: nothing is left to turn.
static inline __attribute__((always_inline)) void pass2(size_t groups, struct parts out,
                                                        const lanes *from, lanes *to) {
  for (size_t q = 0; q < groups; ++q) {
    const lanes *a = from + 2 * q, *b = a + 2 * groups;
    lanes *o = to + 2 * q, *u = o + 2 * groups;
    lanes ar = a[0], ai = a[1], br = b[0], bi = b[1];
    o[out.real] = ar + br;
    o[out.imaginary] = ai + bi;
    u[out.real] = ar - br;
    u[out.imaginary] = ai - bi;
  }
}

static inline __attribute__((always_inline)) void pass3(size_t length, size_t groups,
                                                        struct parts out, size_t size,
                                                        const float *twiddles, const lanes *from,
                                                        lanes *to) {
#pragma clang fp contract(fast)
  const float *cosine = twiddles, *sine = twiddles + size;
  const float half_root = 0.866025403784438647f;
  size_t third = length / 3;
  for (size_t p = 0; p < third; ++p) {
    float c1 = cosine[p * groups], s1 = sine[p * groups];
    float c2 = cosine[2 * p * groups], s2 = sine[2 * p * groups];
    for (size_t q = 0; q < groups; ++q) {
      const lanes *a = from + 2 * (q + groups * p), *b = a + 2 * groups * third;
      const lanes *c = b + 2 * groups * third;
      lanes *o = to + 2 * (q + groups * 3 * p);
      lanes sum_r = b[0] + c[0], sum_i = b[1] + c[1];
      lanes turn_r = half_root * (b[1] - c[1]), turn_i = half_root * (c[0] - b[0]);
      lanes middle_r = a[0] - 0.5f * sum_r, middle_i = a[1] - 0.5f * sum_i;
      o[out.real] = a[0] + sum_r;
      o[out.imaginary] = a[1] + sum_i;
      o += 2 * groups;
      lanes real = middle_r + turn_r, imaginary = middle_i + turn_i;
      o[out.real] = c1 * real - s1 * imaginary;
      o[out.imaginary] = c1 * imaginary + s1 * real;
      o += 2 * groups;
      real = middle_r - turn_r;
      imaginary = middle_i - turn_i;
      o[out.real] = c2 * real - s2 * imaginary;
      o[out.imaginary] = c2 * imaginary + s2 * real;
    }
  }
}

// Transforms `size` complex numbers a lane at `data`; returns where the result is, `data` or `other`.
static inline __attribute__((always_inline)) lanes *transform_lanes(size_t size, int padded,
                                                                    int inverse,
                                                                    const float *twiddles,
                                                                    lanes *data, lanes *other) {
  struct parts straight = {0, 1}, outer = {inverse, 1 - inverse};
  size_t length = size, groups = 1;
  lanes *from = data, *to = other;
  while (length > 1) {
    size_t radix = length % 4 == 0 ? 4 : length % 3 == 0 ? 3 : 2;
    struct parts in = length == size ? outer : straight;
    struct parts out = length == radix ? outer : straight;
    if (radix == 4 && padded && length == size) {
      pass4(length, groups, 1, in, out, size, twiddles, from, to);
    } else if (radix == 4) {
      pass4(length, groups, 0, in, out, size, twiddles, from, to);
    } else if (radix == 3) {
      pass3(length, groups, out, size, twiddles, from, to);
    } else {
      pass2(groups, out, from, to);
    }
    length /= radix;
    groups *= radix;
    lanes *swap = from;
    from = to;
    to = swap;
  }
  return from;
}

size_t kernel_fourier_scratch(size_t size) { return 4 * width * size; }

MULTIVERSIONED
void kernel_fourier_forward(size_t size, size_t block, const float *twiddles, const float *grid,
                            float *scratch, float *transform) {
  size_t half = size / 2, left = block * width, right = half / 2 + left;
  lanes *data = (lanes *)scratch, *other = data + 2 * size;
  // Two real columns are one complex one.
  for (size_t row = 0; row < half; ++row) {
    data[2 * row] = *(const lanes *)(grid + row * half + left);
    data[2 * row + 1] = *(const lanes *)(grid + row * half + right);
  }
  const lanes *result = transform_lanes(size, 1, 0, twiddles, data, other);
  for (size_t group = 0; group < half / width; ++group) {
    float *to_left = transform + (group * half + left) * 2 * width;
    float *to_right = transform + (group * half + right) * 2 * width;
    // By frequency, then transposed: by lane.
    words left_real[width], left_imaginary[width], right_real[width], right_imaginary[width];
    for (size_t f = 0; f < width; ++f) {
      size_t k = group * width + f, mirrored = k == 0 ? 0 : size - k;
      lanes real = 0.5f * result[2 * k], imaginary = 0.5f * result[2 * k + 1];
      lanes other_real = 0.5f * result[2 * mirrored];
      lanes other_imaginary = 0.5f * result[2 * mirrored + 1];
      left_real[f] = (words)(real + other_real);
      left_imaginary[f] = (words)(imaginary - other_imaginary);
      right_real[f] = (words)(imaginary + other_imaginary);
      right_imaginary[f] = (words)(other_real - real);
    }
    transpose(left_real);
    transpose(left_imaginary);
    transpose(right_real);
    transpose(right_imaginary);
    for (int lane = 0; lane < width; ++lane) {
      *(words *)(to_left + lane * 2 * width) = left_real[lane];
      *(words *)(to_left + lane * 2 * width + width) = left_imaginary[lane];
      *(words *)(to_right + lane * 2 * width) = right_real[lane];
      *(words *)(to_right + lane * 2 * width + width) = right_imaginary[lane];
    }
  }
}

MULTIVERSIONED
void kernel_fourier_convolve(size_t size, const float *twiddles, const float *spectrum,
                             float *scratch, float *group) {
  size_t half = size / 2;
  lanes *data = (lanes *)scratch, *other = data + 2 * size, *columns = (lanes *)group;
  for (size_t k = 0; k < size; ++k) data[k] = columns[k];
  lanes *result = transform_lanes(size, 1, 0, twiddles, data, other);
  for (size_t k = 0; k < size; ++k) {
    lanes factor = *(const lanes *)(spectrum + (k <= half ? k : size - k) * width);
    result[2 * k] *= factor;
    result[2 * k + 1] *= factor;
  }
  result = transform_lanes(size, 0, 1, twiddles, result, result == data ? other : data);
  for (size_t k = 0; k < size; ++k) columns[k] = result[k];
}

MULTIVERSIONED
void kernel_fourier_backward(size_t size, size_t block, const float *twiddles,
                             const float *transform, float *scratch, float *grid) {
  size_t half = size / 2, left = block * width, right = half / 2 + left;
  lanes *data = (lanes *)scratch, *other = data + 2 * size;
  data[size] = data[size + 1] = (lanes){0};  // the frequency that was left out
  for (size_t group = 0; group < half / width; ++group) {
    const float *from_left = transform + (group * half + left) * 2 * width;
    const float *from_right = transform + (group * half + right) * 2 * width;
    words left_real[width], left_imaginary[width], right_real[width], right_imaginary[width];
    for (int lane = 0; lane < width; ++lane) {
      left_real[lane] = *(const words *)(from_left + lane * 2 * width);
      left_imaginary[lane] = *(const words *)(from_left + lane * 2 * width + width);
      right_real[lane] = *(const words *)(from_right + lane * 2 * width);
      right_imaginary[lane] = *(const words *)(from_right + lane * 2 * width + width);
    }
    transpose(left_real);
    transpose(left_imaginary);
    transpose(right_real);
    transpose(right_imaginary);
    for (size_t f = 0; f < width; ++f) {
      size_t k = group * width + f, mirrored = k == 0 ? 0 : size - k;
      lanes a = (lanes)left_real[f], b = (lanes)left_imaginary[f];
      lanes c = (lanes)right_real[f], d = (lanes)right_imaginary[f];
      data[2 * mirrored] = a + d;
      data[2 * mirrored + 1] = c - b;
      data[2 * k] = a - d;
      data[2 * k + 1] = c + b;
    }
  }
  const lanes *result = transform_lanes(size, 0, 1, twiddles, data, other);
  for (size_t row = 0; row < half; ++row) {
    *(lanes *)(grid + row * half + left) = result[2 * row];
    *(lanes *)(grid + row * half + right) = result[2 * row + 1];
  }
}
