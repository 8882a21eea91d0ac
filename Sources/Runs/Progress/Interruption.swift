import Dispatch
import Files
import Foundation
import LinearAlgebra
package import Synchronization

/// Stopping at the next safe place when SIGINT or SIGTERM asks for it.
package enum Interruption {
  private static let requested = Atomic<Bool>(false)
  private static let sources = Mutex<[any DispatchSourceSignal]>([])
  /// Processes that were started and have taken over these signals as well: a second one that ends this process is
  /// passed on to them.
  package static let children = Mutex<Set<Int32>>([])

  /// Whether a signal has come.
  package static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Throws if a signal has come: for places between two pieces of work.
  ///
  /// - Parameters:
  ///   - finished: The pieces that are done.
  ///   - total: The pieces there are.
  /// - Throws: `RunError.interrupted`.
  package static func check(finished: Int = 0, of total: Int = 0) throws {
    if isRequested { throw RunError.interrupted(finished: finished, of: total) }
  }

  /// Takes over SIGINT and SIGTERM: the first asks for an end, a second one ends at once.
  ///
  /// - Throws: `FileError` where the process may open too few files for it.
  package static func install() throws {
    try sources.withLock { sources in
      guard sources.isEmpty else { return }
      try requireDescriptors()
      // A queue of its own has a thread of its own: a global one would wait for parallel loops to end.
      let queue = DispatchQueue(label: "signals")
      for number in [SIGINT, SIGTERM] {
        signal(number, SIG_IGN)  // the default action would end the process first
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        source.setEventHandler {
          if requested.exchange(true, ordering: .relaxed) {
            StandingLock.endAll()
            for child in children.withLock(\.self) { kill(child, number) }
            exit(128 + number)
          }
          StandardStreams.error("\nfinishing the work in hand; once more to stop at once\n")
          startDeadline(on: queue)
        }
        // What it needs of the system is opened by another thread, which traps when files have taken all descriptors by
        // then: it is waited for.
        let isRegistered = DispatchSemaphore(value: 0)
        source.setRegistrationHandler { isRegistered.signal() }
        source.resume()
        isRegistered.wait()
        sources.append(source)
      }
    }
  }

  /// Checks that there are descriptors enough for all that work opens at once.
  ///
  /// libdispatch traps when it cannot open what it hears signals by (an epoll, an event and two signal descriptors), and,
  /// once a second, what it looks at its threads by: none may ever be lacking. Each worker has a file open, and the
  /// command some more, with its lock.
  private static func requireDescriptors() throws {
    var opened: [Int32] = []
    defer { for descriptor in opened { close(descriptor) } }
    for _ in 0..<4 + 1 + Parallel.workers + 8 {
      let descriptor = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw FileError("/dev/null", "cannot be opened", SystemFault.last)
      }
      opened.append(descriptor)
    }
  }
}
