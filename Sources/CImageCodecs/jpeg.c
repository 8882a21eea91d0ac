// JPEG with libjpeg(-turbo), decoded as Pillow does: accurate integer inverse DCT, smooth chroma
// upsampling, no EXIF rotation.
//
// Each entry point owns its state and cleans it up; the function below it sets the jump and gets
// the state by pointer, so that no local variable is read after a jump.
#include "CImageCodecs.h"

#include <stdio.h>  // before jpeglib.h, which uses FILE and size_t

#include <jpeglib.h>

#include <jerror.h>  // after jpeglib.h, whose configuration its numbering depends on
#include <setjmp.h>

struct failure {
  struct jpeg_error_mgr base;  // first, so that a jpeg_error_mgr * is a failure *
  jmp_buf escape;
  char *message;
};

static _Noreturn void fail(j_common_ptr info) {
  struct failure *failure = (struct failure *)info->err;
  char text[JMSG_LENGTH_MAX];
  info->err->format_message(info, text);
  snprintf(failure->message, image_codec_message_capacity, "%s", text);
  longjmp(failure->escape, 1);
}

// libjpeg goes on after damage and fills in grey: here damage is an error. Its other warnings,
// such as stray bytes between segments, leave the pixels right and are dropped.
static void warn(j_common_ptr info, int level) {
  if (level >= 0) return;
  switch (info->err->msg_code) {
    case JWRN_ARITH_BAD_CODE:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_JPEG_EOF:
    case JWRN_MUST_RESYNC:
      fail(info);
  }
}

static struct jpeg_error_mgr *start_errors(struct failure *failure, char *message) {
  jpeg_std_error(&failure->base);
  failure->base.error_exit = fail;
  failure->base.emit_message = warn;
  failure->message = message;
  return &failure->base;
}

// Every scan of a progressive file goes over all coefficients, and a few bytes make one: a small file
// could ask for hours. Files have about ten; jpegtran's scripts allow 100.
static const int scan_limit = 100;

static void check_scans(j_common_ptr info) {
  const struct jpeg_decompress_struct *decoder = (const struct jpeg_decompress_struct *)info;
  if (decoder->input_scan_number <= scan_limit) return;
  struct failure *failure = (struct failure *)info->err;
  snprintf(failure->message, image_codec_message_capacity,
           "more than %d scans, each over the whole image; save it again as a JPEG", scan_limit);
  longjmp(failure->escape, 1);
}

static void read_header(struct jpeg_decompress_struct *decoder, const uint8_t *bytes,
                        size_t count) {
  jpeg_create_decompress(decoder);
  jpeg_mem_src(decoder, bytes, count);
  jpeg_read_header(decoder, TRUE);
}

static bool read_size(struct jpeg_decompress_struct *decoder, struct failure *failure,
                      const uint8_t *bytes, size_t count, size_t *width, size_t *height) {
  if (setjmp(failure->escape)) return false;
  read_header(decoder, bytes, count);
  *width = decoder->image_width;
  *height = decoder->image_height;
  return true;
}

bool image_codec_jpeg_size(const uint8_t *bytes, size_t count, size_t *width, size_t *height,
                           char *message) {
  struct jpeg_decompress_struct decoder = {0};
  struct failure failure;
  decoder.err = start_errors(&failure, message);
  bool done = read_size(&decoder, &failure, bytes, count, width, height);
  jpeg_destroy_decompress(&decoder);
  return done;
}

// a · b / 255, rounded, for bytes.
static int scaled(int a, int b) {
  int t = a * b + 128;
  return ((t >> 8) + t) >> 8;
}

// Files with four inks hold them inverted, after Adobe: `inks` is 255 − C, M, Y, K.
static void convert_inks(const uint8_t *inks, size_t width, uint8_t *rgb) {
  for (size_t x = 0; x < width; ++x) {
    int paper = inks[4 * x + 3];
    for (int c = 0; c < 3; ++c) {
      int value = paper - scaled(255 - inks[4 * x + c], paper);
      rgb[3 * x + c] = (uint8_t)(value < 0 ? 0 : value);
    }
  }
}

static bool decode(struct jpeg_decompress_struct *decoder, struct failure *failure,
                   struct jpeg_progress_mgr *progress, const uint8_t *bytes, size_t count,
                   size_t width, size_t height, uint8_t *pixels) {
  if (setjmp(failure->escape)) return false;
  read_header(decoder, bytes, count);
  const int components = decoder->num_components;
  if (decoder->image_width != width || decoder->image_height != height ||
      (components != 1 && components != 3 && components != 4)) {
    snprintf(failure->message, image_codec_message_capacity,
             "%u × %u pixels of %d components, where 1, 3 or 4 are known", decoder->image_width,
             decoder->image_height, components);
    return false;
  }
  decoder->progress = progress;
  decoder->dct_method = JDCT_ISLOW;
  decoder->do_fancy_upsampling = TRUE;
  decoder->out_color_space = components == 4 ? JCS_CMYK : JCS_RGB;
  jpeg_start_decompress(decoder);
  JSAMPARRAY inks = NULL;  // freed with the decoder
  if (components == 4) {
    inks = decoder->mem->alloc_sarray((j_common_ptr)decoder, JPOOL_IMAGE, (JDIMENSION)(4 * width),
                                      1);
  }
  for (size_t y = 0; y < height; ++y) {
    JSAMPROW row = pixels + y * width * 3;
    jpeg_read_scanlines(decoder, inks ? inks : &row, 1);
    if (inks) convert_inks(inks[0], width, row);
  }
  jpeg_finish_decompress(decoder);
  return true;
}

bool image_codec_jpeg_decode(const uint8_t *bytes, size_t count, size_t width, size_t height,
                             uint8_t *pixels, char *message) {
  struct jpeg_decompress_struct decoder = {0};
  struct failure failure;
  decoder.err = start_errors(&failure, message);
  struct jpeg_progress_mgr progress = {.progress_monitor = check_scans};
  bool done = decode(&decoder, &failure, &progress, bytes, count, width, height, pixels);
  jpeg_destroy_decompress(&decoder);
  return done;
}

// A destination of fixed size: libjpeg's own grows a buffer that a jump would leave unowned.
static void start_output(j_compress_ptr encoder) { (void)encoder; }

static boolean overflow_output(j_compress_ptr encoder) {
  ERREXIT(encoder, JERR_BUFFER_SIZE);
  return FALSE;
}

static bool encode(struct jpeg_compress_struct *encoder, struct failure *failure,
                   struct jpeg_destination_mgr *destination, const uint8_t *pixels, size_t width,
                   size_t height, int quality) {
  if (setjmp(failure->escape)) return false;
  jpeg_create_compress(encoder);
  encoder->dest = destination;
  encoder->image_width = (JDIMENSION)width;
  encoder->image_height = (JDIMENSION)height;
  encoder->input_components = 3;
  encoder->in_color_space = JCS_RGB;
  jpeg_set_defaults(encoder);
  jpeg_set_quality(encoder, quality, TRUE);
  encoder->dct_method = JDCT_ISLOW;
  jpeg_start_compress(encoder, TRUE);
  for (size_t y = 0; y < height; ++y) {
    JSAMPROW row = (JSAMPROW)(uintptr_t)(pixels + y * width * 3);  // only read
    jpeg_write_scanlines(encoder, &row, 1);
  }
  jpeg_finish_compress(encoder);
  return true;
}

size_t image_codec_jpeg_encode(const uint8_t *pixels, size_t width, size_t height, int quality,
                               uint8_t *output, size_t capacity, char *message) {
  struct jpeg_compress_struct encoder = {0};
  struct jpeg_destination_mgr destination = {
      .next_output_byte = output,
      .free_in_buffer = capacity,
      .init_destination = start_output,
      .empty_output_buffer = overflow_output,
      .term_destination = start_output,
  };
  struct failure failure;
  encoder.err = start_errors(&failure, message);
  bool done = encode(&encoder, &failure, &destination, pixels, width, height, quality);
  jpeg_destroy_compress(&encoder);
  return done ? capacity - destination.free_in_buffer : 0;
}

size_t image_codec_jpeg_capacity(size_t width, size_t height) {
  // libjpeg-turbo's bound: 2 bytes a sample of whole 16 × 16 blocks, and the headers; chroma at a
  // quarter of the area makes 1.5 samples a pixel.
  return ((width + 15) / 16 * 16) * ((height + 15) / 16 * 16) * 3 + 2048;
}
