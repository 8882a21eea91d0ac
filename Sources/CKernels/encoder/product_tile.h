// One product for one kind of CPU; included once a kind, with
//   SUFFIX      the end of its functions' names
//   TARGET      the attribute that allows the CPU's instructions
//   ROWS        rows of a tile, and
//   VECTORS     vectors of 16 columns of it: ROWS · VECTORS sums are held in registers
//   BFLOAT16    0: float32; 1: bfloat16 widened to float32; 2: instructions for pairs of bfloat16
//
// Method: Goto and van de Geijn 2008 (doi:10.1145/1356052.1356053). Rows are taken in blocks that the
// second-level cache holds, inputs in blocks so long that a panel's part of them stays in the first.
// Rows are packed in tiles of [inputs / 4, ROWS, 4] (four numbers are 16 bytes, which copy at once).

#define NAME_(name, suffix) name##_##suffix
#define NAME(name, suffix) NAME_(name, suffix)
#define INNER static inline __attribute__((always_inline)) TARGET

#if BFLOAT16
typedef uint16_t NAME(weight, SUFFIX);
#else
typedef float NAME(weight, SUFFIX);
#endif

// Packs `count` (a multiple of 8) inputs of a tile's rows, the last ones being padded with zeros.
INNER void NAME(pack, SUFFIX)(const float *x, size_t stride, size_t rows, size_t available,
                              size_t count, float *packed) {
  for (size_t r = 0; r < ROWS; ++r) {
    // A tile short of rows repeats its last one: no second code path.
    const float *row = x + (r < rows ? r : rows - 1) * stride;
#if BFLOAT16 == 2
    const size_t step = 8;
#else
    const size_t step = 4;
#endif
    size_t whole = (count < available ? count : available) / step * step;
    for (size_t k = 0; k < count; k += step) {
      float numbers[8] = {0};
      const float *source = row + k;
      if (k >= whole) {
        for (size_t i = 0; i < step && k + i < available; ++i) numbers[i] = row[k + i];
        source = numbers;
      }
      void *target = packed + (k / step * ROWS + r) * 4;
#if BFLOAT16 == 2
      uint32_t bits[8];
      uint16_t rounded[8];
      memcpy(bits, source, sizeof bits);
      for (int i = 0; i < 8; ++i) rounded[i] = (uint16_t)rounded_bits(bits[i]);
      memcpy(target, rounded, sizeof rounded);
#elif BFLOAT16 == 1
      uint32_t bits[4];
      memcpy(bits, source, sizeof bits);
      for (int i = 0; i < 4; ++i) bits[i] = rounded_bits(bits[i]) << 16;
      memcpy(target, bits, sizeof bits);
#else
      memcpy(target, source, 4 * sizeof(float));
#endif
    }
  }
}

// A tile's sums over `count` inputs (a multiple of 8); panels lie `panel_size` numbers apart.
//
// The bias, if one is given, is added to them, and what y holds if they `continue` it.
INNER void NAME(sums, SUFFIX)(size_t count, const float *restrict x,
                              const NAME(weight, SUFFIX) * restrict panel, size_t panel_size,
                              const float *restrict bias, int continues, float *restrict y,
                              size_t stride) {
#pragma clang fp contract(fast)
  vector sum[ROWS][VECTORS];
  for (int r = 0; r < ROWS; ++r)
    for (int v = 0; v < VECTORS; ++v) {
      sum[r][v] = (vector){0};
      __builtin_prefetch(y + (size_t)r * stride + 16 * v, 1);
    }
#if BFLOAT16 == 2
  for (size_t k = 0; k < count; k += 8, x += 4 * ROWS) {
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; ++i) {
      pairs weight[VECTORS];
      for (int v = 0; v < VECTORS; ++v)
        memcpy(&weight[v], panel + (size_t)v * panel_size + (k + 2 * (size_t)i) * 16, sizeof(pairs));
      for (int r = 0; r < ROWS; ++r) {
        int32_t pair;
        memcpy(&pair, x + r * 4 + i, sizeof pair);
        words both = (words){0} + pair;
        for (int v = 0; v < VECTORS; ++v)
          sum[r][v] = (vector)__builtin_ia32_dpbf16ps_512((__m512)sum[r][v], (pairs)both, weight[v]);
      }
    }
  }
#else
  for (size_t k = 0; k < count; k += 4, x += 4 * ROWS) {
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i += 1 + BFLOAT16) {
#if BFLOAT16 == 1
      vector even[VECTORS], odd[VECTORS];
      for (int v = 0; v < VECTORS; ++v) {
        words both = *(const words *)(panel + (size_t)v * panel_size + (k + (size_t)i) * 16);
        even[v] = (vector)(both << 16);
        odd[v] = (vector)(both & (int32_t)0xFFFF0000);
      }
      for (int r = 0; r < ROWS; ++r)
        for (int v = 0; v < VECTORS; ++v) sum[r][v] += x[r * 4 + i] * even[v];
      for (int r = 0; r < ROWS; ++r)
        for (int v = 0; v < VECTORS; ++v) sum[r][v] += x[r * 4 + i + 1] * odd[v];
#else
      vector weight[VECTORS];
      for (int v = 0; v < VECTORS; ++v)
        weight[v] = *(const vector *)(panel + (size_t)v * panel_size + (k + (size_t)i) * 16);
      for (int r = 0; r < ROWS; ++r)
        for (int v = 0; v < VECTORS; ++v) sum[r][v] += x[r * 4 + i] * weight[v];
#endif
    }
  }
#endif
  if (bias)
    for (int v = 0; v < VECTORS; ++v)
      for (int r = 0; r < ROWS; ++r) sum[r][v] += *(const vector *)(bias + 16 * v);
  for (int r = 0; r < ROWS; ++r)
    for (int v = 0; v < VECTORS; ++v) {
      vector *target = (vector *)(y + (size_t)r * stride + 16 * v);
      *target = continues ? *target + sum[r][v] : sum[r][v];
    }
}

INNER void NAME(activate, SUFFIX)(enum kernel_activation activation, size_t rows, float *y,
                                  size_t stride) {
  for (size_t r = 0; r < rows; ++r, y += stride)
    switch (activation) {
    case KERNEL_QUICK_GELU:
      for (size_t j = 0; j < 16 * VECTORS; ++j) y[j] = quick_gelu(y[j]);
      break;
    case KERNEL_GELU:
      for (size_t j = 0; j < 16 * VECTORS; ++j) y[j] = gelu(y[j]);
      break;
    case KERNEL_IDENTITY: return;
    }
}

TARGET static void NAME(product, SUFFIX)(const struct kernel_product *p,
                                         const NAME(weight, SUFFIX) * packed, float *scratch) {
  const size_t inputs = padded_inputs(p->inputs), panel_size = inputs * 16;
  enum { width = 16 * VECTORS };
  const size_t tile_count = (p->rows + ROWS - 1) / ROWS;
  // Blocks of nearly equal size.
  const size_t input_blocks = (inputs + block_inputs - 1) / block_inputs;
  const size_t block_size = (inputs / 8 + input_blocks - 1) / input_blocks * 8;
  const size_t block_tiles = block_rows / ROWS;
  const size_t row_blocks = (tile_count + block_tiles - 1) / block_tiles;
  for (size_t block = 0; block < row_blocks; ++block) {
    const size_t first_tile = tile_count * block / row_blocks;
    const size_t end_tile = tile_count * (block + 1) / row_blocks;
    for (size_t start = 0; start < inputs; start += block_size) {
      const size_t count = inputs - start < block_size ? inputs - start : block_size;
      const int continues = p->adds || start > 0;
      const enum kernel_activation activation =
          start + count == inputs ? p->activation : KERNEL_IDENTITY;
      const size_t tile_size = (BFLOAT16 == 2 ? count / 2 : count) * ROWS;
      for (size_t t = first_tile; t < end_tile; ++t)
        NAME(pack, SUFFIX)(p->x + t * ROWS * p->x_stride + start, p->x_stride, p->rows - t * ROWS,
                           p->inputs - start, count, scratch + (t - first_tile) * tile_size);
      for (size_t panel = p->first_panel; panel < p->end_panel; panel += VECTORS) {
        const size_t column = panel * 16;
        if (column >= p->outputs) break;
        const size_t columns = p->outputs - column < width ? p->outputs - column : width;
        const float *bias = start == 0 ? p->bias + column : 0;
        // What comes next is fetched a piece a tile, while this panel's sums are made.
        const NAME(weight, SUFFIX) *next =
            packed + (panel + VECTORS < p->end_panel ? panel + VECTORS : panel) * panel_size +
            start * 16;
        const size_t bytes = count * 16 * sizeof *next;
        const size_t piece = (bytes / 64 + end_tile - first_tile - 1) / (end_tile - first_tile);
        for (size_t t = first_tile; t < end_tile; ++t) {
          const size_t rows = p->rows - t * ROWS < ROWS ? p->rows - t * ROWS : ROWS;
          const size_t ahead = (t - first_tile) * piece * 64;
          for (size_t line = ahead; line < ahead + piece * 64 && line < bytes; line += 64)
            for (size_t v = 0; v < VECTORS; ++v)
              __builtin_prefetch((const char *)(next + v * panel_size) + line, 0, 2);
          const float *x = scratch + (t - first_tile) * tile_size;
          const NAME(weight, SUFFIX) *weights = packed + panel * panel_size + start * 16;
          float *y = p->y + t * ROWS * p->y_stride + column;
          if (rows == ROWS && columns == width) {
            NAME(sums, SUFFIX)(count, x, weights, panel_size, bias, continues, y, p->y_stride);
            NAME(activate, SUFFIX)(activation, ROWS, y, p->y_stride);
            continue;
          }
          // At the edges a whole tile is computed aside.
          float tile[ROWS * width] = {0}, edge[width] = {0};
          for (size_t r = 0; r < rows; ++r)
            memcpy(tile + r * width, y + r * p->y_stride, columns * sizeof *y);
          if (bias) memcpy(edge, bias, columns * sizeof *bias);
          NAME(sums, SUFFIX)(count, x, weights, panel_size, bias ? edge : 0, continues, tile, width);
          NAME(activate, SUFFIX)(activation, rows, tile, width);
          for (size_t r = 0; r < rows; ++r)
            memcpy(y + r * p->y_stride, tile + r * width, columns * sizeof *y);
        }
      }
    }
  }
}

#undef NAME_
#undef NAME
#undef INNER
#undef SUFFIX
#undef TARGET
#undef ROWS
#undef VECTORS
#undef BFLOAT16
