// The product with bfloat16 weights by matrix tiles.
#pragma once
#include "products.h"

enum {
  KERNEL_AMX_ROWS = 416,   // of x at once: with the inputs 639 KB, a third of the second-level cache
  KERNEL_AMX_INPUTS = 768  // two panels' part of them is 48 KB, the first-level cache
};

// Bytes of scratch: the rows' part of x in bfloat16.
enum { KERNEL_AMX_SCRATCH = KERNEL_AMX_ROWS * KERNEL_AMX_INPUTS * 2 };

// Whether the CPU and the system allow tiles; asks the system for them the first time.
int kernel_amx_is_usable(void);

// `kernel_product_bfloat16` where tiles are usable.
void kernel_product_amx(const struct kernel_product *product, const uint16_t *packed, void *scratch);
