import Files

extension DatasetSource {
  /// Whether it is a folder whose folders within folders say what its images are: splits, or kinds and levels of
  /// corruption, with folders of classes in them.
  ///
  /// What is written into such a folder may be taken for some of its images, or make it unreadable.
  ///
  /// - Parameter splitFile: A list that is read in place of the folders; nil for none.
  /// - Returns: Whether it is one; false of what is not there.
  /// - Throws: `FileError` for what cannot be listed.
  package func isNested(splitFile: String?) throws -> Bool {
    guard kind == .files, splitFile == nil, try FileStatus(name)?.kind == .folder else {
      return false
    }
    let location = try DatasetLocation(path: name, splitFile: nil, partition: 1)
    let layout = try DatasetLayout.all.first { try $0.recognizes(location) }
    return [DatasetLayout.splitFolders, .corruptedFolders].contains { $0.words == layout?.words }
  }
}
