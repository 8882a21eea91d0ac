import Files
import Logging
import Runs

/// The pictures of a run, and what tells whether they are what was made.
extension Sweep {
  /// Makes the thumbnails that are missing or damaged and the examples, and records the digests of all.
  ///
  /// Of a record that is damaged nothing is believed: all of them are made again.
  ///
  /// - Throws: `FileError` for an image that cannot be read any more; `RunError.interrupted`.
  func writePictures(
    of images: RunImages, _ samples: SampleTable, _ conditions: [Condition]
  ) throws {
    let path = run.file(PictureRecord.fileName)
    var whole = (try? PictureRecord.read(path))?.files ?? [:]
    if let verification = try Verification.ofRecord(PictureRecord.self, in: run.path),
      !verification.isUnchanged
    {
      log.warning("\(run.path): \(verification.statement); made again")
      for difference in verification.differences { whole[difference.path] = nil }
    }
    var files = try Thumbnails(run: run, images: images).write(keeping: whole)
    files.merge(
      try ExampleImages(run: run, images: images, samples: samples, conditions: conditions).write()
    ) { $1 }
    try PictureRecord(files: files).write(to: path)
  }
}
