#pragma once
#include <cblas.h>
#include <lapacke.h>

// Exported by every OpenBLAS with threads, and in none of its headers.
int blas_thread_shutdown_(void);
