internal import Files

/// Finds images by what a file of metadata calls them.
struct ImageNames {
  /// What a name stands for.
  enum Match: Equatable {
    case row(Int)
    /// Several images, by their paths.
    case several([String])
    case none
  }

  private let paths: [String]
  private let byPath: [String: Int]
  private let byID: [String: Int]
  /// By stem, and by the last part of the path.
  private let byPart: [String: [Int]]
  /// What stands before the path in the folder when a name is relative to the file that has it; nil where that file
  /// lies elsewhere.
  private let prefix: String?

  /// The names of images.
  ///
  /// - Parameters:
  ///   - images: The images, a row each.
  ///   - folder: The folder that their paths are relative to; nil for those of a run.
  ///   - file: The file of metadata.
  /// - Complexity: O(bytes of the paths).
  init(_ images: [ListedImage], in folder: String?, file: String) {
    paths = images.map(\.path)
    byPath = Dictionary(zip(paths, paths.indices)) { first, _ in first }
    byID = Dictionary(zip(images.map(\.id), images.indices)) { first, _ in first }
    var byPart: [String: [Int]] = [:]
    for (row, path) in paths.enumerated() {
      let (name, stem) = (path.lastPathPart, path.imageStem)
      byPart[name, default: []].append(row)
      if stem != name { byPart[stem, default: []].append(row) }
    }
    self.byPart = byPart
    prefix = folder.map { ResolvedPath($0).path + "/" }
    base = ResolvedPath(file).parent.path
  }

  private let base: String

  /// What a name stands for: a path, an id, a path from where the file is, or the name of a file with or without its
  /// ending.
  func match(_ name: String) -> Match {
    var name = name
    while name.hasPrefix("./") { name.removeFirst(2) }
    if let row = byPath[name] ?? byID[name] { return .row(row) }
    if let prefix, name.contains("/") {
      let path = ResolvedPath(name.hasPrefix("/") ? name : base + "/" + name).path
      if path.hasPrefix(prefix), let row = byPath[String(path.dropFirst(prefix.count))] {
        return .row(row)
      }
    }
    guard let rows = byPart[name] else { return .none }
    return rows.count == 1 ? .row(rows[0]) : .several(rows.map { paths[$0] })
  }

  /// Why a name that stands for no single image is not taken.
  static func reason(_ match: Match) -> String {
    switch match {
    case .row, .none: "names no image that is there"
    case .several(let paths):
      "names \(paths.count) images (\(paths.prefix(3).listed)\(paths.count > 3 ? ", …" : "")); write their paths"
    }
  }
}
