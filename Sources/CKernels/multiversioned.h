// Marks a function to be compiled for the CPU generations x86-64-v4 (AVX-512), v3 (AVX2) and
// the baseline; the loader picks one when the program starts. Under the thread sanitizer there is
// the baseline alone: it would look on while the loader picks, before it is ready to.
#pragma once
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define HAS_THREAD_SANITIZER 1
#endif
#endif
#if defined(__x86_64__) && defined(__linux__) && !defined(HAS_THREAD_SANITIZER)
#define MULTIVERSIONED \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define MULTIVERSIONED
#endif
