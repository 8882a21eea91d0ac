// Attention by matrix tiles.
#pragma once
#include "CKernels.h"

// The width of heads that it is written for: that of all of CLIP's.
enum { KERNEL_AMX_HEAD = 64 };

// Numbers of scratch for a sequence of `tokens`.
size_t kernel_attention_amx_scratch(size_t tokens);

// `kernel_attention_bfloat16` where tiles are usable, for heads of KERNEL_AMX_HEAD numbers that see all tokens.
void kernel_attention_amx(struct kernel_attention_shape shape, const float *query,
                          const float *key_value, float *scratch, float *context);
