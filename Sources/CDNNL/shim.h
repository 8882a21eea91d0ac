#pragma once
#include <dnnl.h>
// Threads that oneDNN uses when it is called from this thread: OpenMP's own function.
void omp_set_num_threads(int count);
