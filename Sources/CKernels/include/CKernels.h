// The loops that a profile names, compiled for several CPUs and chosen when the program starts.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Writes `count` standard normal numbers of the stream (`key`, `stream`), from number `first` on.
///
/// Number i comes from block i / 4 of Philox4x32-10 by the Box–Muller transform; the same bits on
/// every CPU. `first` is a multiple of 4.
void kernel_normals(uint64_t key, uint64_t stream, uint64_t first, float *_Nonnull output,
                    size_t count);

/// One block of Philox4x32-10: `counter` (128 bits) encrypted under `key` (64 bits).
void kernel_philox(uint64_t key, uint64_t stream, uint64_t block, uint32_t output[_Nonnull 4]);
