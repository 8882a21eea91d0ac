// PNG and JPEG in memory to and from RGB pixels ([height, width, 3], 8 bits, no row padding).
//
// libpng and libjpeg report errors by longjmp: every jump stays inside this library. The caller
// owns all memory that is passed in; nothing allocated here outlives a call. A failed function
// returns false (or 0 bytes) and has written the codec's own words, NUL-terminated, to `message`.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { image_codec_message_capacity = 256 };

/// Reads the size in the header of a JPEG file.
bool image_codec_jpeg_size(const uint8_t *_Nonnull bytes, size_t count, size_t *_Nonnull width,
                           size_t *_Nonnull height, char *_Nonnull message);

/// Decodes a JPEG file of the size that `image_codec_jpeg_size` gave.
bool image_codec_jpeg_decode(const uint8_t *_Nonnull bytes, size_t count, size_t width,
                             size_t height, uint8_t *_Nonnull pixels, char *_Nonnull message);

/// Writes a baseline JPEG file with 4:2:0 chroma and returns its length.
size_t image_codec_jpeg_encode(const uint8_t *_Nonnull pixels, size_t width, size_t height,
                               int quality, uint8_t *_Nonnull output, size_t capacity,
                               char *_Nonnull message);

/// The most bytes that `image_codec_jpeg_encode` can write for an image of up to 65500 × 65500.
size_t image_codec_jpeg_capacity(size_t width, size_t height);

/// Reads the size in the header of a PNG file.
bool image_codec_png_size(const uint8_t *_Nonnull bytes, size_t count, size_t *_Nonnull width,
                          size_t *_Nonnull height, char *_Nonnull message);

/// Decodes a PNG file of the size that `image_codec_png_size` gave; what is transparent is put on
/// white if `composites`, and keeps the colour it has otherwise.
bool image_codec_png_decode(const uint8_t *_Nonnull bytes, size_t count, size_t width,
                            size_t height, bool composites, uint8_t *_Nonnull pixels,
                            char *_Nonnull message);

/// Writes a PNG file and returns its length.
size_t image_codec_png_encode(const uint8_t *_Nonnull pixels, size_t width, size_t height,
                              uint8_t *_Nonnull output, size_t capacity, char *_Nonnull message);

/// The most bytes that `image_codec_png_encode` can write.
size_t image_codec_png_capacity(size_t width, size_t height);

/// Writes a PNG file of a flat drawing, RGB or RGB with straight alpha, quickly, and returns its length.
///
/// `keyword` and `text` (Latin-1, NUL-terminated) become its tEXt chunk; none for a NULL keyword.
size_t image_codec_png_encode_flat(const uint8_t *_Nonnull pixels, size_t width, size_t height,
                                   bool has_alpha, const char *_Nullable keyword,
                                   const char *_Nullable text, uint8_t *_Nonnull output,
                                   size_t capacity, char *_Nonnull message);

/// The most bytes that `image_codec_png_encode_flat` can write.
size_t image_codec_png_flat_capacity(size_t width, size_t height, bool has_alpha,
                                     size_t text_length);
