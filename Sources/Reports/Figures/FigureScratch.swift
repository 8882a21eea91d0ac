import Files
import Foundation

/// The folder in which gnuplot works on the figures of a directory: `.figures-PID-HOST` inside it, where there is
/// room for figures or there is none for the page either.
///
/// Nobody but the user enters it. Whoever makes one removes it. One that a killed process has left goes when the next is made.
struct FigureScratch: Sendable {
  /// The folder, from the root.
  let path: String

  private static let prefix = ".figures-"

  /// Makes the folder, and removes those of processes of this machine that have ended.
  ///
  /// - Parameter directory: The run or training directory.
  /// - Throws: `FileError` when the directory cannot be written.
  init(in directory: String) throws {
    let root = URL(fileURLWithPath: directory).path
    Self.sweep(root)
    path = "\(root)/\(Self.prefix)\(getpid())-\(Self.host)"
    do { _ = try PrivateFolder(at: path) } catch {
      throw FileError(
        path, "cannot be made, and figures are drawn in it", error)
    }
  }

  /// Makes a folder in it, for one figure.
  ///
  /// - Throws: `FileError` when there is no room.
  func newFolder() throws -> String {
    try PrivateFolder(at: path + "/" + UUID().uuidString).path
  }

  /// Removes the folder and what is in it.
  func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// Removes the folders that no living process of this machine has; those of other machines stay.
  static func sweep(_ directory: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    for name in names where name.hasPrefix(prefix) {
      let parts = name.dropFirst(prefix.count).split(separator: "-", maxSplits: 1)
      guard parts.count == 2, let process = pid_t(parts[0]), process > 0, parts[1] == host,
        process == getpid() || !isAlive(process)
      else { continue }
      try? FileManager.default.removeItem(atPath: directory + "/" + name)
    }
  }

  private static func isAlive(_ process: pid_t) -> Bool {
    kill(process, 0) == 0 || errno != ESRCH
  }

  /// This machine's name, fit for a file's.
  private static let host: String = {
    var name = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&name, name.count - 1) == 0 else { return "localhost" }
    let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let text = String(decoding: bytes, as: UTF8.self).replacingBytes(of: "/", with: "_")
    return text.isEmpty ? "localhost" : text
  }()
}
