import Files
import Foundation

/// Folders below one that is no data set which are: an archive's own folder is easily left out of a path.
struct DatasetsBelow {
  private let root: URL

  init(_ root: URL) { self.root = root }

  private static let deepest = 4
  private static let mostFolders = 2000

  /// What to say of a folder in which no image was found: which folders below it are data sets, or else which images
  /// are there.
  ///
  /// - Parameter unused: The images in it that are not used.
  /// - Returns: A clause that follows the error, or nothing.
  /// - Throws: `FileError` for what cannot be listed.
  func hint(_ unused: [UnusedImage]) throws -> String {
    let found = try found
    if !found.isEmpty {
      let told = found.prefix(3).map { "\($0.path) (it has \($0.contents))" }
      return "; below it lies \(told.joined(separator: " and "))"
        + (found.count > 3 ? " and \(found.count - 3) more" : "")
        + ": give \(found.count == 1 ? "that path" : "one of those paths")"
        + (try corruptedHint(found))
    }
    guard let first = unused.first else { return "" }
    return "; it holds \(unused.count) that are not used, such as \(first.path): \(first.problem)"
  }

  /// What to say of folders that look like kinds of corruption without their levels, or without classes.
  private func corruptedHint(_ found: [(path: String, contents: String)]) throws -> String {
    let kinds = found.filter { $0.contents == Self.classes }
    let withoutClasses = try kinds.contains { folder in
      let names = try FolderImages.subfolders(URL(fileURLWithPath: folder.path))
      return !names.isEmpty && names.allSatisfy { CorruptedFolders.level($0) != nil }
    }
    let lacking = withoutClasses ? "classes" : "levels"
    guard withoutClasses || kinds.count > 1 else { return "" }
    return "; or, if they are kinds of corruption, the folders of their \(lacking) are missing: "
      + CorruptedFolders.grammar
  }

  private static let classes = "a folder per class"

  /// The highest folders below that are data sets, and what tells so.
  private var found: [(path: String, contents: String)] {
    get throws {
      var level = [root]
      var seen: Set = [ResolvedPath(root.path)]
      for _ in 0..<Self.deepest {
        var next: [URL] = []
        for folder in level {
          for name in try FolderImages.subfolders(folder) where seen.count < Self.mostFolders {
            let inner = folder.appendingPathComponent(name)
            if seen.insert(ResolvedPath(inner.path)).inserted { next.append(inner) }
          }
        }
        let found = try next.compactMap { folder in
          try Self.contents(folder).map { (path: folder.path, contents: $0) }
        }
        if !found.isEmpty { return found }
        level = next
      }
      return []
    }
  }

  /// What of a data set a folder has; nil when it is none.
  private static func contents(_ folder: URL) throws -> String? {
    let own = try ["images", "labels", "imdb"].filter {
      try FileStatus(folder.appendingPathComponent($0).path)?.kind == .folder
    }
    if !own.isEmpty { return own.map { $0 + "/" }.joined(separator: " and ") }
    if try SplitFolders.isThere(folder) { return "folders of splits" }
    if try CorruptedFolders.isThere(folder) { return "KIND/LEVEL/CLASS/FILE" }
    return try FolderImages.hasClasses(folder) ? classes : nil
  }
}
