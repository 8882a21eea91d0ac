#pragma once
#include <stddef.h>

/// A file of the model that the program carries.
typedef struct {
  const char *_Nonnull name;
  /// Part of the program: there as long as it runs, and never to be written to.
  const unsigned char *_Nonnull bytes;
  size_t count;
} built_in_model_file;

/// How many files the model has.
size_t built_in_model_file_count(void);

/// File `index` of the model, from 0.
built_in_model_file built_in_model_file_at(size_t index);
