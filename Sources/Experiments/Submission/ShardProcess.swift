import Foundation
import Runs
import Synchronization

/// A run of a program as a process of its own, which shares this one's standard streams.
struct ShardProcess {
  private let identifier: pid_t

  /// Starts it.
  ///
  /// It gets a process group of its own, so that Ctrl-C reaches this process alone, which passes it on once: a second
  /// signal would end it before the work in hand is saved. What this process has done with signals does not hold for
  /// it: one that came before it takes them over would be lost.
  ///
  /// - Throws: `RunError.failure` when the system starts no process.
  init(program: String, _ arguments: [String]) throws {
    var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    defer {
      for index in unsafe words.indices { unsafe free(words[index]) }
    }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var (none, interruptions) = (sigset_t(), sigset_t())
    unsafe sigemptyset(&none)
    unsafe sigemptyset(&interruptions)
    for signal in [SIGINT, SIGTERM] { unsafe sigaddset(&interruptions, signal) }
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &interruptions)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    var identifier: pid_t = 0
    let fault = unsafe posix_spawn(&identifier, program, nil, &attributes, &words, environ)
    guard fault == 0 else {
      throw RunError.failure(
        "\(program) cannot be started: \(unsafe String(cString: strerror(fault)))")
    }
    self.identifier = identifier
    _ = Interruption.children.withLock { $0.insert(identifier) }
  }

  /// Asks it for an end.
  func stop() { kill(identifier, SIGTERM) }

  /// What it has exited with, 128 and the signal's number when one ended it; nil while it runs.
  ///
  /// To be asked for until it is known, and then no more.
  func code() -> Int32? {
    var status: Int32 = 0
    let ended = unsafe waitpid(identifier, &status, WNOHANG)
    if ended == 0 || (ended < 0 && errno == EINTR) { return nil }
    _ = Interruption.children.withLock { $0.remove(identifier) }
    guard ended == identifier else { return 1 }
    return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
  }
}
