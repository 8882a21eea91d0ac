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
    var classes: [String] = []
    var entries: [Entry] = []
    var unused = try FolderImages.images(
      beside: root, "they lie beside the folders of the classes; move each into that of its class")
    for name in try FolderImages.subfolders(root) {
      let folder = root.appendingPathComponent(name)
      let images = try FolderImages(folder, path: name)
      unused += images.unused.map { $0.placed(className: name) }
      if images.names.isEmpty { continue }
      for file in images.names {
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
          + "DTD's labels/ or imdb/imdb.mat" + (try DatasetsBelow(root).hint(unused)))
    }
    (classes, entries) = Self.inClassOrder(classes, entries)
    try self.init(
      classes: classes, entries: entries, imageFolder: root, source: "folders", file: root.path)
    self.unused = unused
  }
}
