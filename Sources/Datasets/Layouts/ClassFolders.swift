import Files
import Foundation

extension DatasetLayout {
  /// Folders that list themselves.
  static let classFolders = DatasetLayout(
    words: "a folder per class", recognizes: \.isFolder,
    list: { try ImageListing(classFolders: $0.images) })
}

extension ImageListing {
  /// A folder a class: every JPEG and PNG in it, by name of class and file.
  fileprivate init(classFolders root: URL) throws {
    func names(_ folder: URL) throws -> [String] {
      try (FolderContents.names(of: folder.path) ?? []).filter { !$0.hasPrefix(".") }
    }
    var classes: [String] = []
    var entries: [Entry] = []
    for name in try names(root) {
      let folder = root.appendingPathComponent(name)
      guard try FileStatus(folder.path)?.kind == .folder else { continue }
      let files = try names(folder).filter {
        ["jpg", "jpeg", "png"].contains(($0 as NSString).pathExtension.lowercased())
      }
      if files.isEmpty { continue }
      for file in files {
        entries.append(
          Entry(
            path: "\(name)/\(file)", classIndex: classes.count, split: "", place: folder.path))
      }
      classes.append(name)
    }
    try requireOneSpelling(classes, in: root.path, what: "the class folder")
    guard !entries.isEmpty else {
      throw FileError(
        root.path,
        "holds no image; expected a folder a class with .jpg, .jpeg or .png files, or "
          + "DTD's labels/ or imdb/imdb.mat")
    }
    (classes, entries) = Self.inClassOrder(classes, entries)
    try self.init(
      classes: classes, entries: entries, imageFolder: root, source: "folders", file: root.path)
  }
}
