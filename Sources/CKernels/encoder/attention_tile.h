// Attention for one kind of CPU; included once a kind, with
//   SUFFIX      the end of its functions' names
//   TARGET      the attribute that allows the CPU's instructions
//   ROWS        queries that are computed at once, and
//   VECTORS     vectors of 16 numbers of them: ROWS · VECTORS sums are held in registers
//
// Method: per head, keys are packed in panels [head_width, 16] and values in panels [tokens, 16], so that
// both products run along a panel; a block of queries sees all keys while its scores lie in the
// first-level cache. Weights stay e^(score − largest); the sum divides the context at the end.

#define NAME_(name, suffix) name##_##suffix
#define NAME(name, suffix) NAME_(name, suffix)
#define INNER static inline __attribute__((always_inline)) TARGET

// Products of ROWS rows of `count` numbers with `vectors` panels, into rows of `output`.
INNER void NAME(panels, SUFFIX)(size_t count, const float *const left[ROWS], const float *panel,
                                size_t panel_size, int vectors, float *const output[ROWS]) {
#pragma clang fp contract(fast)
  vector sum[ROWS][VECTORS];
  for (int r = 0; r < ROWS; ++r)
    for (int v = 0; v < vectors; ++v) sum[r][v] = (vector){0};
  for (size_t k = 0; k < count; ++k) {
    vector right[VECTORS];
    for (int v = 0; v < vectors; ++v)
      right[v] = *(const vector *)(panel + (size_t)v * panel_size + k * lanes);
    for (int r = 0; r < ROWS; ++r)
      for (int v = 0; v < vectors; ++v) sum[r][v] += left[r][k] * right[v];
  }
  for (int r = 0; r < ROWS; ++r)
    for (int v = 0; v < vectors; ++v) *(vector *)(output[r] + lanes * v) = sum[r][v];
}

// The same with all of `panels` panels.
INNER void NAME(products, SUFFIX)(size_t count, const float *const left[ROWS], const float *panel,
                                  size_t panel_size, size_t panels, float *const output[ROWS]) {
  float *part[ROWS];
  for (int r = 0; r < ROWS; ++r) part[r] = output[r];
  size_t p = 0;
  for (; p + VECTORS <= panels; p += VECTORS) {
    NAME(panels, SUFFIX)(count, left, panel + p * panel_size, panel_size, VECTORS, part);
    for (int r = 0; r < ROWS; ++r) part[r] += lanes * VECTORS;
  }
  for (; p < panels; ++p) {
    NAME(panels, SUFFIX)(count, left, panel + p * panel_size, panel_size, 1, part);
    for (int r = 0; r < ROWS; ++r) part[r] += lanes;
  }
}

// Packs a head's keys in panels of 16 tokens, [head_width, 16] each, zeros after the last.
INNER void NAME(pack_keys, SUFFIX)(const float *key, size_t stride, size_t tokens,
                                   size_t head_width, float *panel) {
  for (size_t j = 0; j < tokens; j += lanes, panel += head_width * lanes)
    for (size_t d = 0; d < head_width; d += lanes) {
      const size_t columns = head_width - d < lanes ? head_width - d : lanes;
      words block[lanes];
      for (size_t i = 0; i < lanes; ++i) {
        block[i] = (words){0};
        if (j + i < tokens)
          memcpy(&block[i], key + (j + i) * stride + d, columns * sizeof(float));
      }
      transpose(block);
      for (size_t i = 0; i < columns; ++i) memcpy(panel + (d + i) * lanes, &block[i], sizeof(words));
    }
}

// Packs a head's values in panels of 16 of their numbers, [tokens, 16] each, zeros after the last.
INNER void NAME(pack_values, SUFFIX)(const float *value, size_t stride, size_t tokens,
                                     size_t head_width, float *panel) {
  for (size_t d = 0; d < head_width; d += lanes, panel += tokens * lanes) {
    const size_t columns = head_width - d < lanes ? head_width - d : lanes;
    for (size_t j = 0; j < tokens; ++j) {
      vector numbers = {0};
      if (columns == lanes)
        numbers = *(const vector *)(value + j * stride + d);
      else
        memcpy(&numbers, value + j * stride + d, columns * sizeof(float));
      *(vector *)(panel + j * lanes) = numbers;
    }
  }
}

TARGET static void NAME(attention, SUFFIX)(struct kernel_attention_shape shape,
                                           const float *query_rows, const float *key_value_rows,
                                           float *scratch, float *context) {
  const size_t tokens = shape.tokens, head_width = shape.head_width;
  const size_t width = shape.heads * head_width, stride = 2 * width;
  const size_t token_end = padded(tokens), value_end = padded(head_width);
  float *keys = scratch;                          // [token_end / 16, head_width, 16]
  float *values = keys + head_width * token_end;  // [value_end / 16, tokens, 16]
  float *weights = values + tokens * value_end;   // [ROWS, token_end]
  float *contexts = weights + ROWS * token_end;   // [ROWS, value_end]
  for (size_t head = 0; head < shape.heads; ++head) {
    const float *key = key_value_rows + head * head_width;
    NAME(pack_keys, SUFFIX)(key, stride, tokens, head_width, keys);
    NAME(pack_values, SUFFIX)(key + width, stride, tokens, head_width, values);
    for (size_t i = 0; i < shape.queries; i += ROWS) {
      // A last block short of rows computes its last row again: no second code path.
      size_t row[ROWS], limit[ROWS];
      const float *queries[ROWS], *rows[ROWS];
      float *scores[ROWS], *sums[ROWS];
      for (int r = 0; r < ROWS; ++r) {
        row[r] = i + (size_t)r < shape.queries ? i + (size_t)r : shape.queries - 1;
        limit[r] = shape.causal ? shape.first_query + row[r] + 1 : tokens;
        queries[r] = query_rows + row[r] * width + head * head_width;
        rows[r] = scores[r] = weights + (size_t)r * token_end;
        sums[r] = contexts + (size_t)r * value_end;
      }
      const size_t reach = limit[ROWS - 1], end = padded(reach);
      NAME(products, SUFFIX)(head_width, queries, keys, head_width * lanes, end / lanes, scores);
      float total[ROWS];
      for (int r = 0; r < ROWS; ++r) {
        exponentials(scores[r], limit[r], end);
        total[r] = row_sum(scores[r], end);
      }
      NAME(products, SUFFIX)(reach, rows, values, tokens * lanes, value_end / lanes, sums);
      for (int r = 0; r < ROWS; ++r) {
        float *target = context + row[r] * width + head * head_width;
        const float scale = 1.0f / total[r];
        for (size_t d = 0; d < head_width; ++d) target[d] = sums[r][d] * scale;
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
