import Files
import Foundation

extension DatasetLayout {
  /// ImageNet-C's layout: all images once for every kind and level of corruption.
  static let corruptedFolders = DatasetLayout(
    words: "KIND/LEVEL/CLASS/FILE with images that are corrupted already", hasVariants: true,
    recognizes: { location in
      try location.isFolder
        && CorruptedFolders.isThere(URL(fileURLWithPath: location.path))
    },
    list: { try ImageListing(corruptedFolders: URL(fileURLWithPath: $0.path)) })
}

/// The folders of a tree `KIND/LEVEL/CLASS/FILE`, with `clean/CLASS/FILE` beside where it is there.
struct CorruptedFolders {
  /// A folder with all images under one corruption, or as they are.
  struct Folder {
    let variant: Variant
    /// Its path in the tree: `gaussian_noise/3`.
    let path: String
  }

  /// The images as they are first, then by kind and level.
  let folders: [Folder]
  /// Folders beside those of the kinds that hold none.
  private let empty: [UnusedImage]
  private let root: URL

  static let grammar =
    "expected KIND/LEVEL/CLASS/FILE, such as gaussian_noise/3/banded/1.png, and clean/CLASS/FILE for "
    + "the images as they are"

  /// Whether a folder is such a tree.
  ///
  /// - Throws: `FileError` where levels lie beside a class, so that it is both or neither.
  /// - Complexity: O(names of its upper levels); those of one folder where that is a class.
  static func isThere(_ root: URL) throws -> Bool {
    var isFound = false
    let kinds = try FolderImages.subfolders(root)
    for kind in kinds {
      let folder = root.appendingPathComponent(kind)
      if try FolderImages.hasImages(folder),
        try !["clean", "none"].contains(kind) || !FolderImages.hasClasses(folder)
      {
        // A kind with an image that strayed, where another folder shows what the tree is; or a class.
        if try hasLevels(folder) { continue }
        if let level = try levelFolder(in: kinds, of: root) {
          throw FileError(
            root.path,
            "holds the kind and level \(level) beside \(kind), which has images itself as a class has; \(grammar): "
              + "move \(kind) away, or give one folder a class")
        }
        return false
      } else if try hasLevels(folder) {
        isFound = true
      }
    }
    return isFound
  }

  /// A folder of one of the usual levels with classes in it; nil where there is none.
  ///
  /// - Complexity: O(kinds), however many images they hold.
  private static func levelFolder(in kinds: [String], of root: URL) throws -> String? {
    let paths = kinds.flatMap { kind in (1...5).map { "\(kind)/\($0)" } }
    return try paths.first { path in
      let folder = root.appendingPathComponent(path)
      return try FolderImages.isFolder(folder) && FolderImages.hasClasses(folder)
        && !FolderImages.hasImages(folder.deletingLastPathComponent())
    }
  }

  private static func hasLevels(_ kind: URL) throws -> Bool {
    try FolderImages.visible(kind).contains { name in
      let inner = kind.appendingPathComponent(name)
      return try level(name) != nil && FolderImages.isFolder(inner)
        && FolderImages.hasClasses(inner)
    }
  }

  /// The variants of the data set at a path, where it is such a tree; else none, as of what is not there.
  ///
  /// - Throws: `FileError` naming a folder that is no kind or no level.
  static func variants(ofDataset path: String) throws -> [Variant] {
    guard try FileStatus(path)?.kind == .folder else { return [] }
    let location = try DatasetLocation(path: path, splitFile: nil, partition: 1)
    guard
      try DatasetLayout.all.first(where: { try $0.recognizes(location) })?.hasVariants == true
    else { return [] }
    return try CorruptedFolders(URL(fileURLWithPath: path)).folders.map(\.variant)
  }

  /// The folders of a tree.
  ///
  /// - Throws: `FileError` naming a folder that is no kind or no level, and two of one kind and level.
  init(_ root: URL) throws {
    self.root = root
    var folders: [Folder] = []
    var empty: [UnusedImage] = []
    for kind in try FolderImages.subfolders(root) {
      let folder = root.appendingPathComponent(kind)
      let inner = try FolderImages.subfolders(folder)
      if inner.isEmpty {
        empty.append(
          UnusedImage(path: kind + "/", problem: "they hold no folder of a level; " + Self.grammar))
        continue
      }
      if ["clean", "none"].contains(kind) {
        // Classes may be called 0, 1, 2, … too.
        let hasLevel =
          try inner == ["0"] && FolderImages.hasClasses(folder.appendingPathComponent("0"))
        folders.append(Folder(variant: .clean, path: hasLevel ? kind + "/0" : kind))
        continue
      }
      for name in inner {
        guard let level = Self.level(name) else {
          throw FileError(
            folder.appendingPathComponent(name).path,
            "is no level, a number from 0 such as 1 or 0.5 without a word before it; \(Self.grammar): rename it, or "
              + "move it away")
        }
        folders.append(
          Folder(
            variant: level == 0 ? .clean : Variant(kind: kind, level: level),
            path: "\(kind)/\(name)"))
      }
    }
    folders.sort { ($0.variant, $0.path) < ($1.variant, $1.path) }
    for (folder, next) in zip(folders, folders.dropFirst()) where folder.variant == next.variant {
      let problem: String
      if folder.variant == .clean {
        problem =
          "\(folder.path) and \(next.path) both have the images as they are, which level 0 means; keep one of them, as "
          + "clean/CLASS/FILE"
      } else if folder.path.precomposedStringWithCanonicalMapping
        == next.path.precomposedStringWithCanonicalMapping
      {
        problem =
          "\(folder.path) lies there twice, its name written in two forms of Unicode; move one of the two away"
      } else {
        problem =
          "\(folder.path) and \(next.path) are of one kind and level; move one of the two away"
      }
      throw FileError(root.path, problem)
    }
    (self.folders, self.empty) = (folders, empty)
  }

  static func level(_ name: String) -> Double? {
    guard name.utf8.first.map({ (0x30...0x39).contains($0) }) ?? false, let level = Double(name),
      level.isFinite
    else { return nil }
    return level
  }

  /// Every image of the tree: `CLASS/FILE`, once however many folders have it.
  func images() throws -> (images: [(path: String, className: String)], unused: [UnusedImage]) {
    var images: [String: String] = [:]
    var paths: [String] = []
    var unused = try FolderImages.images(
      beside: root, "they lie beside the folders of the kinds; " + Self.grammar)
    for kind in try FolderImages.subfolders(root)
    where !folders.contains(where: { $0.path == kind }) {
      let strayed = try FolderImages.images(
        beside: root.appendingPathComponent(kind), prefix: kind + "/",
        "they lie beside the folders of the levels; " + Self.grammar)
      unused += strayed.isEmpty ? empty.filter { $0.path == kind + "/" } : strayed
    }
    for folder in folders {
      let url = root.appendingPathComponent(folder.path)
      unused += try FolderImages.images(
        beside: url, prefix: folder.path + "/",
        "they lie beside the folders of the classes; "
          + Self.grammar)
      let classes = try FolderImages.subfolders(url)
      try requireOneSpelling(classes, in: url.path, what: "the class folder")
      for name in classes {
        let found = try FolderImages(
          url.appendingPathComponent(name), path: "\(folder.path)/\(name)")
        unused += found.unused.map { $0.placed(className: name) }
        let listed = found.names.map { "\(name)/\($0)" }
        for path in listed where images.updateValue(name, forKey: path) == nil {
          paths.append(path)
        }
        try requireOneSpelling(listed, in: url.path, what: "the image")
      }
    }
    return (paths.map { ($0, images[$0] ?? "") }, unused)
  }
}

extension ImageListing {
  /// The images of all folders; of those that one of them lacks, the absence is told as that of a listed file.
  fileprivate init(corruptedFolders root: URL) throws {
    let tree = try CorruptedFolders(root)
    let (images, unused) = try tree.images()
    try requireOneSpelling(images.map(\.className), in: root.path, what: "the class folder") {
      images[$0].path
    }
    let (classes, entries) = Self.byClassAndPath(
      images.map { ($0.className, $0.path, "", $0.path) })
    try self.init(
      classes: classes, entries: entries, imageFolder: root, source: "images corrupted beforehand",
      file: root.path)
    self.unused = unused
    variants = tree.folders.map { (variant: $0.variant, folder: $0.path) }
  }
}
