import Files
import Foundation

extension DatasetLayout {
  /// Folders of splits with folders of classes in them.
  static let splitFolders = DatasetLayout(
    words: "train/, val/ and test/ with a folder per class",
    recognizes: { try $0.isFolder && SplitFolders.isThere($0.images) },
    list: { try ImageListing(splitFolders: $0.images) })
}

/// Folders that are named like splits.
enum SplitFolders {
  /// The split that a folder's name stands for.
  static let splits = [
    "train": "train", "val": "val", "valid": "val", "validation": "val", "test": "test",
  ]

  /// Whether a folder has splits with folders of classes in them, and no class beside or in their place.
  ///
  /// Two folders of nothing but classes that are named like splits are splits, whatever lies beside them.
  static func isThere(_ root: URL) throws -> Bool {
    let folders = try FolderImages.subfolders(root)
    let named = folders.filter { splits[$0] != nil }
    let withClasses = try named.filter {
      try FolderImages.hasClasses(root.appendingPathComponent($0))
    }
    guard !withClasses.isEmpty else { return false }
    let pure = try withClasses.filter {
      try !FolderImages.hasImages(root.appendingPathComponent($0))
    }
    if pure.count > 1 { return true }
    // Images beside the classes of a split, or in a split without any, make no class of it.
    return try !folders.contains { name in
      try splits[name] == nil && FolderImages.hasImages(root.appendingPathComponent(name))
    }
  }
}

extension ImageListing {
  /// `SPLIT/CLASS/FILE`: the classes are those of all splits.
  fileprivate init(splitFolders root: URL) throws {
    var images: [Place] = []
    var unused = try FolderImages.images(
      beside: root, "they lie beside the folders of the splits; expected SPLIT/CLASS/FILE")
    for top in try FolderImages.subfolders(root) {
      let folder = root.appendingPathComponent(top)
      guard let split = SplitFolders.splits[top] else {
        var known: Set<ResolvedPath> = []
        unused += try FolderImages.images(below: folder, path: top, known: &known).map {
          UnusedImage(
            path: $0,
            problem: "their folder is no split: expected train, val or test, then "
              + "CLASS/FILE; rename it, or give the folder itself as the data set")
        }
        continue
      }
      unused += try FolderImages.images(
        beside: folder, prefix: top + "/",
        "they lie beside the folders of the classes; move each into that of its class")
      for name in try FolderImages.subfolders(folder) {
        let inner = folder.appendingPathComponent(name)
        let found = try FolderImages(inner, path: "\(top)/\(name)")
        unused += found.unused.map { $0.placed(className: name, split: split) }
        images += found.names.map { (name, "\(top)/\(name)/\($0)", split, inner.path) }
      }
    }
    try requireOneSpelling(images.map(\.className), in: root.path, what: "the class folder") {
      images[$0].place
    }
    let (classes, entries) = Self.byClassAndPath(images)
    try self.init(
      classes: classes, entries: entries, imageFolder: root, source: "folders of splits",
      file: root.path)
    self.unused = unused
  }
}
