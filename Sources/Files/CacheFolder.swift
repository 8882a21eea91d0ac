import Foundation

/// The user's own folder for what the program can make again.
package enum CacheFolder {
  /// Its path, by the XDG base directories: `$XDG_CACHE_HOME/topoclip`, else `~/.cache/topoclip`.
  ///
  /// - Parameter environment: The variables of the process.
  /// - Returns: The path; nothing need be there.
  package static func path(
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    // The standard has relative paths ignored.
    let folder = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory()
    return (folder ?? home + "/.cache") + "/topoclip"
  }

  /// Makes it, for the user alone, as the standard asks for; one that is there stays as it is.
  ///
  /// - Parameter environment: The variables of the process.
  /// - Returns: Its path.
  /// - Throws: `FileError` where it cannot be made.
  package static func make(
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(FileError) -> String {
    let path = path(environment)
    let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    } catch {
      throw FileError(parent, "the folder cannot be made", error)
    }
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw FileError(path, "the folder cannot be made", SystemFault.last)
    }
    return path
  }
}
