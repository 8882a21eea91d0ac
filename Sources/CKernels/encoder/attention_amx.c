// Attention with bfloat16 factors on CPUs with matrix tiles (Intel AMX).
//
// Method: per head, keys and values are packed as the right factors of tiles; 32 queries at once get their
// scores with all keys, then weights, which are left factors again. Sums and exponentials are in float32. The
// weights are divided by the sum of what they are when rounded, so that they add up to 1.
#include "attention_amx.h"
#include "attention.h"

enum { width = KERNEL_AMX_HEAD };

static size_t whole(size_t tokens) { return (tokens + 31) / 32 * 32; }

// Keys, values and weights take half a float a number.
size_t kernel_attention_amx_scratch(size_t tokens) {
  return whole(tokens) * (width / 2 + width / 2 + 32 / 2 + 32) + 32 * (width / 2 + width);
}

#if defined(__x86_64__) && defined(__linux__)
#include "tiles.h"

enum { steps = width / depth };

// A head's keys: a panel of `steps` tiles for 16 tokens, each [16 pairs of its numbers, 16 tokens, 2].
AMX static void pack_keys(const float *key, size_t stride, size_t tokens, uint16_t *packed) {
  for (size_t token = 0; token < whole(tokens); token += side)
    for (size_t step = 0; step < steps; ++step, packed += tile_size) {
      words block[side] = {0};
      for (size_t i = 0; i < side && token + i < tokens; ++i) {
        const float *numbers = key + (token + i) * stride + step * depth;
        for (size_t half = 0; half < 2; ++half) {
          words bits;
          memcpy(&bits, numbers + half * side, sizeof bits);
          const halves values = __builtin_convertvector(rounded(bits), halves);
          memcpy((char *)&block[i] + half * sizeof values, &values, sizeof values);
        }
      }
      transpose(block);
      memcpy(packed, block, sizeof block);
    }
}

// A head's values: for 16 of its numbers a panel of tiles of 32 tokens, each [16 pairs of tokens, 16 numbers, 2].
AMX static void pack_values(const float *value, size_t stride, size_t tokens, uint16_t *packed) {
  for (size_t column = 0; column < width; column += side)
    for (size_t token = 0; token < whole(tokens); token += 2, packed += depth) {
      words even = {0}, odd = {0};
      if (token < tokens) memcpy(&even, value + token * stride + column, sizeof even);
      if (token + 1 < tokens) memcpy(&odd, value + (token + 1) * stride + column, sizeof odd);
      const words both = rounded(even) | rounded(odd) << 16;
      memcpy(packed, &both, sizeof both);
    }
}

// e^(score − largest) of a row of scores, rounded, in place and in the row's places in tiles of 32 tokens; zeros
// after the last token. Returns their sum.
AMX static float weigh(float *row, size_t tokens, uint16_t *tiles) {
  const size_t end = whole(tokens);
  exponentials(row, tokens, end);
  for (size_t j = 0; j < end; j += side) {
    words bits;
    memcpy(&bits, row + j, sizeof bits);
    bits = rounded(bits);
    const halves weights = __builtin_convertvector(bits, halves);
    memcpy(tiles + j / depth * tile_size + j % depth, &weights, sizeof weights);
    bits <<= 16;
    memcpy(row + j, &bits, sizeof bits);
  }
  return row_sum(row, end);
}

AMX void kernel_attention_amx(struct kernel_attention_shape shape, const float *query,
                              const float *key_value, float *scratch, float *context) {
  const size_t tokens = shape.tokens, end = whole(tokens), row_width = shape.heads * width;
  const size_t panel = end * side;                // numbers of a panel of values, and of a row tile of weights
  float *scores = scratch;                        // [32, end]
  float *contexts = scores + pair * end;          // [32, width]
  uint16_t *keys = (uint16_t *)(contexts + pair * width);  // [end / 16, steps] tiles
  uint16_t *values = keys + end * width;                   // [width / 16, end / 32] tiles
  uint16_t *weights = values + end * width;                // [2, end / 32] tiles
  uint16_t *queries = weights + end * pair;                // [2, steps] tiles
  configure_tiles();
  for (size_t head = 0; head < shape.heads; ++head) {
    const float *key = key_value + head * width;
    pack_keys(key, 2 * row_width, tokens, keys);
    pack_values(key + row_width, 2 * row_width, tokens, values);
    for (size_t first = 0; first < shape.queries; first += pair) {
      const size_t count = shape.queries - first < pair ? shape.queries - first : pair;
      for (size_t r = 0; r < pair; r += side)
        pack_rows(query + (first + r) * row_width + head * width, row_width, r < count ? count - r : 0,
                  width, width, queries + r * width);
      for (size_t token = 0; token < end; token += pair)
        sums(steps, queries, side * width, keys + token * width, keys + (token + side) * width, 0,
             scores + token, end);
      float total[pair];
      for (size_t r = 0; r < count; ++r)
        total[r] = weigh(scores + r * end, tokens, weights + r / side * panel + r % side * depth);
      for (size_t column = 0; column < width; column += pair)
        sums(end / depth, weights, panel, values + column * end, values + (column + side) * end, 0,
             contexts + column, width);
      for (size_t r = 0; r < count; ++r) {
        float *target = context + (first + r) * row_width + head * width;
        const float scale = 1.0f / total[r];
        for (size_t d = 0; d < width; ++d) target[d] = contexts[r * width + d] * scale;
      }
    }
  }
  _tile_release();
}
#else
void kernel_attention_amx(struct kernel_attention_shape shape, const float *query,
                          const float *key_value, float *scratch, float *context) {
  kernel_attention(shape, query, key_value, scratch, context);
}
#endif
