// gnuplot behind a C interface, by gnuplot-iostream; C++ ends here.
#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How a run of gnuplot ended.
typedef enum gnuplot_outcome {
  GNUPLOT_FINISHED,       ///< it read the whole script; `message` has its warnings
  GNUPLOT_NOT_INSTALLED,  ///< there is no such program
  GNUPLOT_FAILED          ///< it met an error, which `message` has, or could not be run
} gnuplot_outcome;

/// Runs a script in a process of its own; files that the script names are of `folder`.
///
/// The user's start-up files are not read. What the process prints to standard error goes through
/// `messages.txt` in the folder. Threads may run several at once, each in a folder of its own.
///
/// `program` is a name looked up in PATH or a path. `message` has room for `capacity` bytes, at least one,
/// and always ends in a zero.
gnuplot_outcome gnuplot_run(const char *_Nonnull program, const char *_Nonnull folder,
                            const char *_Nonnull script, size_t length, char *_Nonnull message,
                            size_t capacity);

#ifdef __cplusplus
}
#endif
