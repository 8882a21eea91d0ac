import Files

/// What `topoclip report` wrote into a folder: `report.json`, of the page and the files of the figures.
///
/// It says nothing of times and machines: the same folder gives the same bytes.
package struct PageRecord: RecordingManifest {
  package static let fileName = "report.json"
  /// The SHA-256 of every file, by its path in the folder.
  package var files: [String: String]
  /// The options of `topoclip report` that give these files again, but for those that it has by itself.
  package var options: [String]

  package init(files: [String: String], options: [String] = []) {
    self.files = files
    self.options = options
  }

  package var recorded: [String: String] { files }

  /// The file.
  package static let file = RunFile(
    "report.json", "The SHA-256 of the page and of the figures' files: what topoclip report wrote.",
    role: .record)
}

/// The pictures that a sweep made: `pictures.json`, of what is in `thumbnails/` and `examples/`.
package struct PictureRecord: RecordingManifest {
  package static let fileName = "pictures.json"
  /// The SHA-256 of every file, by its path in the folder.
  package var files: [String: String]

  package init(files: [String: String]) { self.files = files }

  package var recorded: [String: String] { files }

  /// The file.
  package static let file = RunFile(
    "pictures.json", "The SHA-256 of the pictures in thumbnails/ and examples/.", role: .record)
}
