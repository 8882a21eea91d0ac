/// A way in which images with classes lie on the disk.
///
/// Each is declared beside its reader, in the files of this folder.
struct DatasetLayout: Sendable {
  /// What it is, for help: "a folder per class".
  let words: String
  /// Whether its lists come in partitions.
  let hasPartitions: Bool
  /// Whether a place is laid out so.
  let recognizes: @Sendable (DatasetLocation) throws -> Bool
  /// Lists the images of a place that is.
  let list: @Sendable (DatasetLocation) throws -> ImageListing

  init(
    words: String, hasPartitions: Bool = false,
    recognizes: @escaping @Sendable (DatasetLocation) throws -> Bool,
    list: @escaping @Sendable (DatasetLocation) throws -> ImageListing
  ) {
    self.words = words
    self.hasPartitions = hasPartitions
    self.recognizes = recognizes
    self.list = list
  }

  /// The registry: of several that a place has, the first holds.
  static let all: [DatasetLayout] = [
    .splitFile, .labelledCSV, .labelFiles, .imageDatabase, .splitFolders, .corruptedFolders,
    .classFolders,
  ]
}
