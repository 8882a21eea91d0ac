#include "CGnuplot.h"

#include <signal.h>
#include <time.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>

#include <gnuplot-iostream.h>

namespace {

// A word of the shell that popen starts: nothing in it is special.
std::string shell_word(const std::string &text) {
  std::string word = "'";
  for (char c : text) {
    if (c == '\'') word += "'\\''";
    else word += c;
  }
  return word + "'";
}

// Writing to a process that has ended sends SIGPIPE, which would end this one: it is held back, and taken
// off this thread before it is let through again.
class PipeSignalHeld {
 public:
  PipeSignalHeld() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~PipeSignalHeld() {
    const timespec no_time = {0, 0};
    if (!was_pending_) sigtimedwait(&pipe_, nullptr, &no_time);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  PipeSignalHeld(const PipeSignalHeld &) = delete;
  PipeSignalHeld &operator=(const PipeSignalHeld &) = delete;

 private:
  sigset_t pipe_;
  sigset_t before_;
  bool was_pending_;
};

void put(const std::string &text, char *message, size_t capacity) {
  const size_t count = std::min(text.size(), capacity - 1);
  std::memcpy(message, text.data(), count);
  message[count] = '\0';
}

}  // namespace

gnuplot_outcome gnuplot_run(const char *program, const char *folder, const char *script, size_t length,
                            char *message, size_t capacity) {
  message[0] = '\0';
  try {
    const std::string messages = std::string(folder) + "/messages.txt";
    // The header hides the exit status and prints to std::cerr when it is not zero, so the shell keeps it
    // as the last line of the messages and ends with zero, even where the disk has no room for that line. After
    // an error gnuplot reads on, and its status says that there was one.
    const std::string command = "{ cd " + shell_word(folder) + " && " + shell_word(program) +
                                " --default-settings - ; } >/dev/null 2>" + shell_word(messages) +
                                "; { echo \"status $?\" >>" + shell_word(messages) + "; } 2>/dev/null; true";
    {
      PipeSignalHeld held;
      Gnuplot gnuplot(command);
      gnuplot.write(script, static_cast<std::streamsize>(length));
    }
    std::ifstream file(messages, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const size_t mark = text.rfind("status ");
    if (mark == std::string::npos) {
      put("the shell could not start it, or there is no room for its messages: is the disk full?", message,
          capacity);
      return GNUPLOT_FAILED;
    }
    const int status = std::atoi(text.c_str() + mark + std::strlen("status "));
    text.resize(mark);
    if (status == 0) {
      put(text, message, capacity);
      return GNUPLOT_FINISHED;
    }
    // The shell's statuses for a command that is not found, or is no program.
    if (status == 127 || status == 126) {
      put(text, message, capacity);
      return GNUPLOT_NOT_INSTALLED;
    }
    put(text.empty() ? "it ended with status " + std::to_string(status) : text, message, capacity);
    return GNUPLOT_FAILED;
  } catch (const std::exception &error) {
    put(error.what(), message, capacity);
  } catch (...) {
    put("an exception of unknown type", message, capacity);
  }
  return GNUPLOT_FAILED;
}
