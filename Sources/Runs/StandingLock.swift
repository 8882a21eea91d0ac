import Foundation
import Synchronization

/// A lock that this process holds, with what goes when it does.
struct StandingLock: Sendable {
  /// The file.
  let path: String
  /// What holds it.
  let descriptor: Int32
  /// Whether others may hold it too.
  let isShared: Bool
  /// The folders that were made for it, the lowest first.
  var made: [String] = []

  /// All of them, by descriptor.
  private static let all = Mutex<[Int32: StandingLock]>([:])

  /// Does something, after which the lock goes.
  func whileStanding<Value>(_ body: () throws -> Value) rethrows -> Value {
    Self.all.withLock { $0[descriptor] = self }
    defer {
      // Not both at once: another file may have the number as soon as it is closed.
      if Self.all.withLock({ $0.removeValue(forKey: descriptor) }) != nil { end() }
    }
    return try body()
  }

  /// Ends them all, for a process that ends in the middle of a step.
  ///
  /// Locks end with their processes in any case, and their files are taken over; but nobody should have to wonder at
  /// a file, or at an empty folder, that a stopped command has left.
  static func endAll() {
    let locks = all.withLock { locks in
      defer { locks = [:] }
      return locks
    }
    for lock in locks.values { lock.end() }
  }

  /// Takes the file away, and lets go of it.
  ///
  /// In this order: whoever opened it meanwhile finds that it is no longer the folder's. One that others share is
  /// theirs too, and goes with the last of them.
  private func end() {
    let isLast = !isShared || flock(descriptor, LOCK_EX | LOCK_NB) == 0
    if isLast, RunLock.isFile(descriptor, path) { unsafe unlink(path) }
    close(descriptor)
    Self.removeEmpty(made)
  }

  /// Removes those of some folders that are empty, the lowest first.
  static func removeEmpty(_ folders: [String]) {
    for folder in folders { unsafe rmdir(folder) }
  }
}
