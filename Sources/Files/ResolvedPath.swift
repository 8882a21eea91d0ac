import Foundation

/// Where a path leads: absolute, with the links followed of as much of it as is there.
///
/// Two paths of one file or folder are equal by whatever links and spellings, also where it is still to be made in a
/// folder that is reached through a link.
package struct ResolvedPath: Sendable, Hashable {
  /// The path that is meant.
  package let path: String
  /// What of it is not there yet, the lowest first.
  package let missing: [String]

  /// Follows a path.
  ///
  /// - Complexity: A call of the system for each of its parts that is not there.
  package init(_ path: String) {
    let absolute =
      path.isAbsolutePath ? path : FileManager.default.currentDirectoryPath + "/" + path
    let parts = absolute.pathParts
    var count = parts.count
    var found = "/"
    while count > 0 {
      if let real = Self.followed("/" + parts[..<count].joined(separator: "/")) {
        found = real
        break
      }
      count -= 1
    }
    var missing: [String] = []
    for part in parts[count...] where part != "." {
      if part == ".." {
        if missing.popLast() == nil { found = Self.parent(of: found) }
      } else {
        missing.append((missing.last ?? (found == "/" ? "" : found)) + "/" + part)
      }
    }
    self.path = missing.last ?? found
    self.missing = missing.reversed()
  }

  /// The folder that holds it.
  package var parent: ResolvedPath { ResolvedPath(Self.parent(of: path)) }

  /// Whether it lies in a folder, or is it.
  package func isInside(_ folder: ResolvedPath) -> Bool {
    (path + "/").utf8.starts(with: (folder.path == "/" ? "/" : folder.path + "/").utf8)
  }

  // Names of files are bytes: two spellings that are equal as texts are two files.

  package static func == (a: ResolvedPath, b: ResolvedPath) -> Bool {
    a.path.utf8.elementsEqual(b.path.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    for byte in path.utf8 { hasher.combine(byte) }
  }

  private static func parent(of path: String) -> String {
    let end = path.lastIndex(of: "/") ?? path.startIndex
    return end == path.startIndex ? "/" : String(path[..<end])
  }

  /// Of what is there; nil of what is not.
  private static func followed(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }
}
