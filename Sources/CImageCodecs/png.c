// PNG with libpng's row interface, decoded as Pillow's convert("RGB") does: no gamma is applied, and
// alpha and transparent colours are dropped unless the caller wants them on white.
//
// Each entry point owns its state and cleans it up; the function below it sets the jump and gets
// the state by pointer, so that no local variable is read after a jump.
#include "CImageCodecs.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reader {
  png_structp png;
  png_infop info;
  const uint8_t *next;
  size_t left;
  uint8_t *row;  // raw samples, and behind them the same row as RGB
  jmp_buf escape;
  char *message;
};

static _Noreturn void fail(png_structp png, png_const_charp text) {
  struct reader *reader = png_get_error_ptr(png);
  snprintf(reader->message, image_codec_message_capacity, "%s", text);
  longjmp(reader->escape, 1);
}

static void ignore_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void read_bytes(png_structp png, png_bytep output, size_t count) {
  struct reader *reader = png_get_io_ptr(png);
  if (count > reader->left) png_error(png, "the file ends too early");
  memcpy(output, reader->next, count);
  reader->next += count;
  reader->left -= count;
}

static void read_header(struct reader *reader) {
  reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reader, fail, ignore_warning);
  reader->info = reader->png ? png_create_info_struct(reader->png) : NULL;
  if (!reader->info) {
    snprintf(reader->message, image_codec_message_capacity, "out of memory");
    longjmp(reader->escape, 1);
  }
  png_set_read_fn(reader->png, reader, read_bytes);
  // The caller limits the number of pixels; text, colour profiles and the like are never looked at.
  png_set_user_limits(reader->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_keep_unknown_chunks(reader->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
#ifdef PNG_MAXIMUM_INFLATE_WINDOW
  // Some writers announce a smaller window than they use; zlib alone does not mind.
  png_set_option(reader->png, PNG_MAXIMUM_INFLATE_WINDOW, PNG_OPTION_ON);
#endif
  png_read_info(reader->png, reader->info);
}

static void destroy(struct reader *reader) {
  png_destroy_read_struct(&reader->png, &reader->info, NULL);
  free(reader->row);
}

static bool read_size(struct reader *reader, size_t *width, size_t *height) {
  if (setjmp(reader->escape)) return false;
  read_header(reader);
  *width = png_get_image_width(reader->png, reader->info);
  *height = png_get_image_height(reader->png, reader->info);
  return true;
}

bool image_codec_png_size(const uint8_t *bytes, size_t count, size_t *width, size_t *height,
                          char *message) {
  struct reader reader = {.next = bytes, .left = count, .message = message};
  bool done = read_size(&reader, width, height);
  destroy(&reader);
  return done;
}

// A sample of opacity `alpha` in front of white, as Pillow's alpha_composite rounds it.
static uint8_t on_white(int sample, int alpha) {
  int t = (255 - sample) * alpha + 128;
  return (uint8_t)(255 - (((t >> 8) + t) >> 8));
}

// How the samples of a row become RGB.
struct layout {
  size_t channels;  // 1 to 4; an even number includes alpha
  size_t sample_bytes;
  bool is_indexed;
  bool clips;  // 16-bit grey, which Pillow keeps as it is and then clips
  bool composites;
  uint8_t palette[3 * 256];
};

static void convert_row(const uint8_t *row, size_t width, const struct layout *layout,
                        uint8_t *rgb) {
  const size_t channels = layout->channels, sample_bytes = layout->sample_bytes;
  if (channels == 3 && sample_bytes == 1) {
    memcpy(rgb, row, 3 * width);
    return;
  }
  for (size_t x = 0; x < width; ++x, rgb += 3) {
    const uint8_t *sample = row + x * channels * sample_bytes;
    if (layout->is_indexed) {
      memcpy(rgb, layout->palette + 3 * (size_t)sample[0], 3);
      continue;
    }
    // Two bytes are big-endian: the first is the high one.
    for (size_t c = 0; c < 3; ++c) rgb[c] = sample[channels < 3 ? 0 : c * sample_bytes];
    if (layout->clips) rgb[0] = rgb[1] = rgb[2] = sample[0] ? 255 : sample[1];
    if (layout->composites && channels % 2 == 0) {
      int alpha = sample[(channels - 1) * sample_bytes];
      for (size_t c = 0; c < 3; ++c) rgb[c] = on_white(rgb[c], alpha);
    }
  }
}

static void read_palette(struct reader *reader, struct layout *layout) {
  png_colorp colors = NULL;
  png_bytep alphas = NULL;
  int color_count = 0, alpha_count = 0;
  png_get_PLTE(reader->png, reader->info, &colors, &color_count);
  if (layout->composites) {
    png_get_tRNS(reader->png, reader->info, &alphas, &alpha_count, NULL);
  }
  for (int i = 0; i < color_count && i < 256; ++i) {
    int alpha = i < alpha_count ? alphas[i] : 255;
    layout->palette[3 * i] = on_white(colors[i].red, alpha);
    layout->palette[3 * i + 1] = on_white(colors[i].green, alpha);
    layout->palette[3 * i + 2] = on_white(colors[i].blue, alpha);
  }
}

static bool decode(struct reader *reader, size_t width, size_t height, struct layout *layout,
                   uint8_t *pixels) {
  if (setjmp(reader->escape)) return false;
  read_header(reader);
  png_structp png = reader->png;
  if (png_get_image_width(png, reader->info) != width ||
      png_get_image_height(png, reader->info) != height) {
    png_error(png, "the size in the header differs from the one asked for");
  }
  const int color_type = png_get_color_type(png, reader->info);
  const int depth = png_get_bit_depth(png, reader->info);
  layout->is_indexed = color_type == PNG_COLOR_TYPE_PALETTE;
  layout->clips = color_type == PNG_COLOR_TYPE_GRAY && depth == 16;
  if (layout->is_indexed) {
    read_palette(reader, layout);
    png_set_packing(png);  // an index a byte
  } else {
    png_set_expand_gray_1_2_4_to_8(png);
    if (layout->composites && png_get_valid(png, reader->info, PNG_INFO_tRNS)) {
      png_set_tRNS_to_alpha(png);
    }
  }
  png_read_update_info(png, reader->info);
  const size_t row_bytes = png_get_rowbytes(png, reader->info);
  layout->channels = png_get_channels(png, reader->info);
  layout->sample_bytes = depth == 16 ? 2 : 1;
  const size_t rgb_bytes = 3 * width;
  if (row_bytes > SIZE_MAX - rgb_bytes) png_error(png, "out of memory");
  reader->row = calloc(1, row_bytes + rgb_bytes);
  if (!reader->row) png_error(png, "out of memory");
  if (png_get_interlace_type(png, reader->info) == PNG_INTERLACE_NONE) {
    for (size_t y = 0; y < height; ++y) {
      png_read_row(png, reader->row, NULL);
      convert_row(reader->row, width, layout, pixels + y * width * 3);
    }
  } else {
    // libpng would want all rows in the file's own depth, up to eight bytes a pixel; pass by pass one is
    // enough.
    uint8_t *rgb = reader->row + row_bytes;
    for (int pass = 0; pass < PNG_INTERLACE_ADAM7_PASSES; ++pass) {
      const size_t columns = PNG_PASS_COLS(width, pass), rows = PNG_PASS_ROWS(height, pass);
      if (columns == 0) continue;
      for (size_t y = 0; y < rows; ++y) {
        png_read_row(png, reader->row, NULL);
        convert_row(reader->row, columns, layout, rgb);
        uint8_t *line = pixels + PNG_ROW_FROM_PASS_ROW(y, pass) * width * 3;
        for (size_t x = 0; x < columns; ++x) {
          memcpy(line + PNG_COL_FROM_PASS_COL(x, pass) * 3, rgb + x * 3, 3);
        }
      }
    }
  }
  png_read_end(png, NULL);
  return true;
}

bool image_codec_png_decode(const uint8_t *bytes, size_t count, size_t width, size_t height,
                            bool composites, uint8_t *pixels, char *message) {
  struct reader reader = {.next = bytes, .left = count, .message = message};
  struct layout layout = {.composites = composites};  // indices past the palette are black
  bool done = decode(&reader, width, height, &layout, pixels);
  destroy(&reader);
  return done;
}

static png_image described(size_t width, size_t height) {
  return (png_image){
      .version = PNG_IMAGE_VERSION,
      .width = (png_uint_32)width,
      .height = (png_uint_32)height,
      .format = PNG_FORMAT_RGB,
  };
}

// libpng's simplified interface keeps its jumps to itself.
size_t image_codec_png_encode(const uint8_t *pixels, size_t width, size_t height, uint8_t *output,
                              size_t capacity, char *message) {
  png_image image = described(width, height);
  png_alloc_size_t count = capacity;
  bool done = png_image_write_to_memory(&image, output, &count, 0, pixels, 0, NULL);
  if (!done) snprintf(message, image_codec_message_capacity, "%s", image.message);
  png_image_free(&image);
  return done ? count : 0;
}

size_t image_codec_png_capacity(size_t width, size_t height) {
  const png_image image = described(width, height);
  return PNG_IMAGE_PNG_SIZE_MAX(image);
}

// Writing flat drawings, of which there are a great many: no filter and runs alone, which costs a fifth of the
// time of the simplified interface, and a text beside the pixels.

// zlib's Z_RLE.
enum { runs = 3 };

struct writer {
  png_structp png;
  png_infop info;
  uint8_t *output;
  size_t capacity;
  size_t count;
  jmp_buf escape;
  char *message;
};

static _Noreturn void fail_to_write(png_structp png, png_const_charp text) {
  struct writer *writer = png_get_error_ptr(png);
  snprintf(writer->message, image_codec_message_capacity, "%s", text);
  longjmp(writer->escape, 1);
}

static void write_bytes(png_structp png, png_bytep bytes, size_t count) {
  struct writer *writer = png_get_io_ptr(png);
  if (count > writer->capacity - writer->count) png_error(png, "the room for the file is too small");
  memcpy(writer->output + writer->count, bytes, count);
  writer->count += count;
}

static void flush_nothing(png_structp png) { (void)png; }

static bool encode_flat(struct writer *writer, const uint8_t *pixels, size_t width, size_t height,
                        bool has_alpha, const char *keyword, const char *text) {
  if (setjmp(writer->escape)) return false;
  writer->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, writer, fail_to_write, ignore_warning);
  writer->info = writer->png ? png_create_info_struct(writer->png) : NULL;
  if (!writer->info) {
    snprintf(writer->message, image_codec_message_capacity, "out of memory");
    return false;
  }
  png_structp png = writer->png;
  png_set_write_fn(png, writer, write_bytes, flush_nothing);
  png_set_filter(png, 0, PNG_FILTER_NONE);
  png_set_compression_level(png, 1);
  png_set_compression_strategy(png, runs);
  png_set_IHDR(png, writer->info, (png_uint_32)width, (png_uint_32)height, 8,
               has_alpha ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (keyword) {
    // libpng copies both; its fields are not const.
    png_text chunk = {
        .compression = PNG_TEXT_COMPRESSION_NONE, .key = (char *)keyword, .text = (char *)text};
    png_set_text(png, writer->info, &chunk, 1);
  }
  png_write_info(png, writer->info);
  const size_t row_bytes = width * (has_alpha ? 4 : 3);
  for (size_t y = 0; y < height; ++y) png_write_row(png, pixels + y * row_bytes);
  png_write_end(png, NULL);
  return true;
}

size_t image_codec_png_encode_flat(const uint8_t *pixels, size_t width, size_t height,
                                   bool has_alpha, const char *keyword, const char *text,
                                   uint8_t *output, size_t capacity, char *message) {
  struct writer writer = {.output = output, .capacity = capacity, .message = message};
  bool done = encode_flat(&writer, pixels, width, height, has_alpha, keyword, text);
  png_destroy_write_struct(&writer.png, &writer.info);
  return done ? writer.count : 0;
}

size_t image_codec_png_flat_capacity(size_t width, size_t height, bool has_alpha,
                                     size_t text_length) {
  const size_t raw = (width * (has_alpha ? 4 : 3) + 1) * height;
  // Deflate's bound for data that does not shrink (zlib, deflateBound), and a chunk's frame every 8 KiB.
  return raw + raw / 8 + raw / 64 + 12 * (raw / 8192 + 2) + text_length + 1024;
}
