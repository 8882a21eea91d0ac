import Foundation
import Synchronization

/// The name of a file or folder that is being written, before it gets its own: `.topoclip-HOST-PID-COUNT.tmp`.
///
/// It says who writes it, so that what a killed process left can be told from what another is writing now.
package struct TemporaryName: Sendable, Hashable {
  /// The name of the machine.
  let host: String
  let process: Int32
  /// Counts the names of the process.
  let count: Int

  private static let prefix = ".topoclip-"
  private static let suffix = ".tmp"
  private static let counter = Atomic<Int>(0)
  /// Those that this process is writing.
  private static let inUse = Mutex<Set<TemporaryName>>([])

  /// A name that no other call gives, on any machine, until `release`.
  package static func next() -> TemporaryName {
    let count = counter.add(1, ordering: .relaxed).newValue
    let name = TemporaryName(host: Self.thisHost, process: getpid(), count: count)
    _ = inUse.withLock { $0.insert(name) }
    return name
  }

  /// Says that nothing has this name any more.
  package func release() { _ = Self.inUse.withLock { $0.remove(self) } }

  init(host: String, process: Int32, count: Int) {
    self.host = host
    self.process = process
    self.count = count
  }

  /// The name that a file has; nil when it is no temporary one.
  init?(_ name: String) {
    guard name.hasPrefix(Self.prefix), name.hasSuffix(Self.suffix) else { return nil }
    let parts = name.dropFirst(Self.prefix.count).dropLast(Self.suffix.count)
      .split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 3, let count = Int(parts[parts.count - 1]),
      let process = Int32(parts[parts.count - 2]), process > 0
    else { return nil }
    self.init(host: parts.dropLast(2).joined(separator: "-"), process: process, count: count)
  }

  /// The name on the disk.
  package var text: String { "\(Self.prefix)\(host)-\(process)-\(count)\(Self.suffix)" }

  /// Whether a process of this machine still writes it; nil when another machine knows.
  var isOwned: Bool? {
    guard host == Self.thisHost else { return nil }
    if process == getpid() { return Self.inUse.withLock { $0.contains(self) } }
    return kill(process, 0) == 0 || errno != ESRCH
  }

  /// The machine's name, with what no file name should have replaced.
  static let thisHost: String = {
    var bytes = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&bytes, bytes.count - 1) == 0 else { return "unknown" }
    let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._")
    let text = String(
      decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.isEmpty
      ? "unknown" : String(text.prefix(64).map { allowed.contains($0) ? $0 : "_" })
  }()
}
