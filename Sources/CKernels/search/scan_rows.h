// The scan for one kind of CPU: define SUFFIX and TARGET, which are used up here, and WIDENED(p), sixteen half-precision
// numbers as float32.
#define JOINED(a, b) a##_##b
#define NAME_OF(a, b) JOINED(a, b)
#define NAME(a) NAME_OF(a, SUFFIX)

TARGET static void NAME(scan)(size_t count, size_t width, const uint16_t *rows, const float *query,
                              const uint8_t *mask, float *scores) {
  for (size_t r = 0; r < count; r += together) {
    const unsigned wanted = mask[r / 8] >> r % 8 & ((1u << together) - 1);
    const size_t here = count - r < together ? count - r : together;
    if (!wanted) {
      for (size_t i = 0; i < here; ++i) scores[r + i] = -INFINITY;
      continue;
    }
    const uint16_t *row = rows + r * width;
    vector sums[together][2] = {{{0}}};
    if (here == together) {
      for (size_t k = 0; k < width; k += 2 * lanes) {
        const vector first = *(const vector *)(query + k);
        const vector second = *(const vector *)(query + k + lanes);
        for (size_t i = 0; i < together; ++i) {
          // The rows after these: the CPU's own prefetching ends with a page.
          __builtin_prefetch(row + (i + together * 2) * width + k);
          sums[i][0] += WIDENED(row + i * width + k) * first;
          sums[i][1] += WIDENED(row + i * width + k + lanes) * second;
        }
      }
    } else {
      for (size_t i = 0; i < here; ++i)
        for (size_t k = 0; k < width; k += lanes)
          sums[i][0] += WIDENED(row + i * width + k) * *(const vector *)(query + k);
    }
    for (size_t i = 0; i < here; ++i) {
      const vector sum = sums[i][0] + sums[i][1];
      float total = 0;
      for (int k = 0; k < lanes; ++k) total += sum[k];
      scores[r + i] = wanted >> i & 1 ? total : -INFINITY;
    }
  }
}

#undef SUFFIX
#undef TARGET
#undef JOINED
#undef NAME_OF
#undef NAME
