import Foundation

/// The program's standard streams: the one door through which it writes to them.
///
/// `FileHandle.write(_:)` and `print` end the program or say nothing when a stream is full or closed.
package enum StandardStreams {
  /// Why standard output does not take what is written.
  package struct Failure: Error, Equatable, CustomStringConvertible {
    package let fault: SystemFault

    /// Whether nobody reads any more, as `head` does once it has enough: nothing is wrong then.
    package var isReaderGone: Bool { fault.number == EPIPE }

    package var description: String {
      fault.number == EBADF
        ? "standard output is closed; what was to be written there is lost"
        : "standard output cannot be written: \(fault)"
    }
  }

  /// Makes the streams safe to use; first of all, before any file is opened.
  ///
  /// Descriptors 0 to 2 that are closed are opened on `/dev/null`, the wrong way round, so that reading or writing
  /// them still fails but no file of the program's gets such a number. Signals that would end the program where a
  /// call can say what is wrong, SIGPIPE and SIGXFSZ, are ignored.
  package static func prepare() {
    for descriptor in STDIN_FILENO...STDERR_FILENO
    where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
      // It takes the lowest number that is free: this one.
      _ = unsafe open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Writes a result to standard output.
  ///
  /// - Throws: `Failure`.
  package static func output(_ text: String) throws {
    if let fault = write(text, to: STDOUT_FILENO) { throw Failure(fault: fault) }
  }

  /// Writes a message to standard error; there is nobody to tell when that fails.
  package static func error(_ text: String) {
    _ = write(text, to: STDERR_FILENO)
  }

  private static func write(_ text: String, to descriptor: Int32) -> SystemFault? {
    var text = text
    return text.withUTF8 {
      unsafe SystemCalls.write(UnsafeRawBufferPointer($0), to: descriptor)
    }
  }
}

/// Standard error for those who write to a stream, as a log does.
package struct StandardErrorStream: TextOutputStream, Sendable {
  package init() {}

  package mutating func write(_ text: String) { StandardStreams.error(text) }
}
