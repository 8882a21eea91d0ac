// Marks a function to be compiled for the CPU generations x86-64-v4 (AVX-512), v3 (AVX2) and
// the baseline; the loader picks one when the program starts.
#pragma once
#if defined(__x86_64__) && defined(__linux__)
#define MULTIVERSIONED \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define MULTIVERSIONED
#endif
