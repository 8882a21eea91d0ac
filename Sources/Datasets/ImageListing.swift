import Files
import Foundation
import Images

/// The images that a data set's own lists name, before any choice among them.
struct ImageListing {
  /// One listed image.
  struct Entry: Equatable {
    /// The path as listed.
    let path: String
    /// The index of its class in `classes`.
    let classIndex: Int
    /// `train`, `val`, `test`, or empty when the lists know no splits.
    let split: String
    /// Where the list names it: a file and a line, for messages.
    let place: String
  }

  /// Class names, in the data set's order.
  let classes: [String]
  /// Images in the data set's order.
  let entries: [Entry]
  /// What kind of list it was, for the manifest.
  let source: String
  /// What is to be said of how the lists were read, a sentence each.
  var remarks: [String] = []
  /// Where the pixels of a listed path come from.
  let image: @Sendable (_ path: String) -> any ImageSource
  /// Images that are there and are not used.
  var unused: [UnusedImage] = []
  /// Where all images lie as variants, the variants with the folders before the paths; else none.
  var variants: [(variant: Variant, folder: String)] = []

  /// Finds and reads the lists of the data set at `path`: those of the first layout in
  /// `DatasetLayout.all` that recognises it.
  ///
  /// - Throws: `FileError` when there is nothing at the path or its lists are damaged.
  init(path: String, splitFile: String?, partition: Int, split: Split = .all) throws {
    let location = try DatasetLocation(
      path: path, splitFile: splitFile, partition: partition, split: split)
    let layout = try DatasetLayout.all.first { try $0.recognizes(location) } ?? .classFolders
    guard partition == 1 || layout.hasPartitions else {
      throw FileError(path, "has no partition \(partition); only lists in labels/ have several")
    }
    self = try layout.list(location)
  }

  /// Checks what every kind of list must satisfy.
  init(
    classes: [String], entries: [Entry], source: String, file: String,
    image: @escaping @Sendable (_ path: String) -> any ImageSource
  ) throws {
    try requireOneSpelling(entries.map(\.path), in: file, what: "the image") { entries[$0].place }
    var places: [String: String] = [:]
    for entry in entries {
      if let earlier = places.updateValue(entry.place, forKey: entry.path) {
        throw FileError(
          file, "\(entry.path) is listed twice, at \(earlier) and at \(entry.place)")
      }
    }
    guard !entries.isEmpty else { throw FileError(file, "lists no image") }
    self.classes = classes
    self.entries = entries
    self.source = source
    self.image = image
  }

  /// A list of files by their paths relative to a folder.
  init(
    classes: [String], entries: [Entry], imageFolder: URL, source: String, file: String
  ) throws {
    try self.init(classes: classes, entries: entries, source: source, file: file) {
      ImageFile(imageFolder.appendingPathComponent($0).path)
    }
  }
}
