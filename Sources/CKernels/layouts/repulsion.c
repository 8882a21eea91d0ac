// The forces of t-SNE and its steps of descent.
#include "CKernels.h"
#include "multiversioned.h"

MULTIVERSIONED
void kernel_attraction(size_t first, size_t end, const int64_t *starts, const int32_t *columns,
                       const float *weights, const float *x, const float *y, float *force_x,
                       float *force_y) {
#pragma clang fp reassociate(on) contract(fast)
  for (size_t i = first; i < end; ++i) {
    float sum_x = 0, sum_y = 0, own_x = x[i], own_y = y[i];
    for (int64_t k = starts[i]; k < starts[i + 1]; ++k) {
      int32_t j = columns[k];
      float dx = own_x - x[j], dy = own_y - y[j];
      float pull = weights[k] / (1 + dx * dx + dy * dy);
      sum_x += pull * dx;
      sum_y += pull * dy;
    }
    force_x[i] = sum_x;
    force_y[i] = sum_y;
  }
}

MULTIVERSIONED
double kernel_exact_repulsion(size_t first, size_t end, size_t count, const float *x,
                              const float *y, float *force_x, float *force_y) {
#pragma clang fp reassociate(on) contract(fast)
  double total = 0;
  for (size_t i = first; i < end; ++i) {
    float sum = 0, sum_x = 0, sum_y = 0, own_x = x[i], own_y = y[i];
    for (size_t j = 0; j < count; ++j) {
      float dx = own_x - x[j], dy = own_y - y[j];
      float similarity = 1 / (1 + dx * dx + dy * dy);
      sum += similarity;
      sum_x += similarity * similarity * dx;
      sum_y += similarity * similarity * dy;
    }
    force_x[i] = sum_x;
    force_y[i] = sum_y;
    total += (double)sum;
  }
  return total;
}

// A gain grows while the gradient points against the last step, by 0.2, and shrinks to 0.8 of
// itself, plus 0.01, when the step overshot.
static inline __attribute__((always_inline)) float changed_gain(float gain, float velocity,
                                                                float gradient) {
  int agree = (velocity > 0) == (gradient > 0) && (velocity < 0) == (gradient < 0);
  return agree ? gain * 0.8f + 0.01f : gain + 0.2f;
}

static inline __attribute__((always_inline)) struct kernel_extent extent(size_t count,
                                                                         const float *x,
                                                                         const float *y) {
#pragma clang fp reassociate(on)
  struct kernel_extent e = {0, 0, x[0], x[0], y[0], y[0]};
  for (size_t i = 0; i < count; ++i) {
    e.sum_x += (double)x[i];
    e.sum_y += (double)y[i];
  }
  for (size_t i = 0; i < count; ++i) {
    e.least_x = x[i] < e.least_x ? x[i] : e.least_x;
    e.greatest_x = x[i] > e.greatest_x ? x[i] : e.greatest_x;
    e.least_y = y[i] < e.least_y ? y[i] : e.least_y;
    e.greatest_y = y[i] > e.greatest_y ? y[i] : e.greatest_y;
  }
  return e;
}

MULTIVERSIONED
struct kernel_extent kernel_descend(size_t count, struct kernel_descent settings, const float *attraction_x,
                    const float *attraction_y, const float *repulsion_x, const float *repulsion_y,
                    float *restrict velocity_x, float *restrict velocity_y, float *restrict gain_x,
                    float *restrict gain_y, float *restrict x, float *restrict y) {
  for (size_t i = 0; i < count; ++i) {
    float gradient_x = settings.attraction * attraction_x[i] - settings.repulsion * repulsion_x[i];
    float gradient_y = settings.attraction * attraction_y[i] - settings.repulsion * repulsion_y[i];
    gain_x[i] = changed_gain(gain_x[i], velocity_x[i], gradient_x);
    gain_y[i] = changed_gain(gain_y[i], velocity_y[i], gradient_y);
    float step_x = settings.momentum * velocity_x[i] - settings.learning_rate * gain_x[i] * gradient_x;
    float step_y = settings.momentum * velocity_y[i] - settings.learning_rate * gain_y[i] * gradient_y;
    float length = __builtin_elementwise_sqrt(step_x * step_x + step_y * step_y);
    float factor = length > settings.maximum_step ? settings.maximum_step / length : 1;
    velocity_x[i] = step_x * factor;
    velocity_y[i] = step_y * factor;
    x[i] += velocity_x[i];
    y[i] += velocity_y[i];
  }
  return extent(count, x, y);
}

MULTIVERSIONED
void kernel_shift(size_t count, float dx, float dy, float *x, float *y) {
  for (size_t i = 0; i < count; ++i) {
    x[i] += dx;
    y[i] += dy;
  }
}

// Eight lanes: the six weights of a spline, then zeros.
typedef float nodes __attribute__((vector_size(32), aligned(4)));

// The weights of the nodes −2 … 3 of the cell in which t ∈ [0, 1) lies, by de Boor's recursion, and
// their derivatives.
static inline __attribute__((always_inline)) void spline(float t, float weights[8],
                                                         float slopes[8]) {
  float w[8] = {1 - t, t};
  for (int order = 3; order <= KERNEL_SPLINE_ORDER; ++order) {
    if (order == KERNEL_SPLINE_ORDER) {
      slopes[0] = -w[0];
      for (int k = 1; k < order - 1; ++k) slopes[k] = w[k - 1] - w[k];
      slopes[order - 1] = w[order - 2];
      for (int k = order; k < 8; ++k) slopes[k] = 0;
    }
    float scale = 1.0f / (float)(order - 1);
    w[order - 1] = t * scale * w[order - 2];
    for (int k = order - 2; k > 0; --k)
      w[k] = scale * ((t + (float)(order - 1 - k)) * w[k - 1] + ((float)(k + 1) - t) * w[k]);
    w[0] = scale * (1 - t) * w[0];
  }
  for (int k = 0; k < 8; ++k) weights[k] = w[k];
}

// The first of the nodes of a coordinate, counted from the grid's first, and its place t in its cell:
// taken before the grid's origin is subtracted, so that coordinates near 0 keep their digits.
static inline __attribute__((always_inline)) int32_t place(float coordinate, float per_spacing,
                                                           int32_t first, float *t) {
  float scaled = coordinate * per_spacing;
  float cell = __builtin_elementwise_floor(scaled);
  *t = scaled - cell;
  return (int32_t)cell - first - (KERNEL_SPLINE_ORDER / 2 - 1);
}

MULTIVERSIONED
void kernel_spread(struct kernel_grid grid, size_t count, const int32_t *indices, const float *x,
                   const float *y, float *charges) {
#pragma clang fp contract(fast)
  float per_spacing = 1 / grid.spacing;
  for (size_t k = 0; k < count; ++k) {
    int32_t i = indices[k];
    float wx[8], wy[8], slopes[8], tx, ty;
    int32_t column = place(x[i], per_spacing, grid.first_column, &tx);
    int32_t row = place(y[i], per_spacing, grid.first_row, &ty);
    spline(tx, wx, slopes);
    spline(ty, wy, slopes);
    nodes across = *(const nodes *)wx;
    float *corner = charges + (ptrdiff_t)row * grid.stride + column;
    for (int r = 0; r < KERNEL_SPLINE_ORDER; ++r)
      *(nodes *)(corner + (ptrdiff_t)r * grid.stride) += wy[r] * across;
  }
}

static inline __attribute__((always_inline)) float product(const nodes *a, const nodes *b) {
#pragma clang fp reassociate(on)
  nodes products = *a * *b;
  float sum = 0;
  for (int k = 0; k < 8; ++k) sum += products[k];
  return sum;
}

MULTIVERSIONED
double kernel_gather(struct kernel_grid grid, size_t count, const int32_t *indices, const float *x,
                     const float *y, const float *potential, float *force_x, float *force_y) {
#pragma clang fp contract(fast)
  float per_spacing = 1 / grid.spacing;
  double total = 0;
  for (size_t k = 0; k < count; ++k) {
    int32_t i = indices[k];
    float wx[8], wy[8], slopes_x[8], slopes_y[8], tx, ty;
    int32_t column = place(x[i], per_spacing, grid.first_column, &tx);
    int32_t row = place(y[i], per_spacing, grid.first_row, &ty);
    spline(tx, wx, slopes_x);
    spline(ty, wy, slopes_y);
    const float *corner = potential + (ptrdiff_t)row * grid.stride + column;
    nodes values = {0}, upward = {0};
    for (int r = 0; r < KERNEL_SPLINE_ORDER; ++r) {
      nodes line = *(const nodes *)(corner + (ptrdiff_t)r * grid.stride);
      values += wy[r] * line;
      upward += slopes_y[r] * line;
    }
    total += (double)product(&values, (const nodes *)wx);
    force_x[i] = -0.5f * per_spacing * product(&values, (const nodes *)slopes_x);
    force_y[i] = -0.5f * per_spacing * product(&upward, (const nodes *)wx);
  }
  return total;
}
