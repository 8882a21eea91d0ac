import Files
import Foundation
package import Images
import LinearAlgebra
import RunAnalyses
package import Runs

/// A small picture a row of `samples.csv`: `thumbnails/00000.jpg` and on.
///
/// They are named by row and say nothing of the image they were made of. `RunDirectory` removes all of
/// them with the tables of other data, so those that are there are of the images at hand, and only what
/// is missing is made.
package struct Thumbnails {
  /// The longest side, in pixels.
  package static let side = 48
  private static let quality = 80

  package let run: RunDirectory
  package let images: RunImages

  /// The file of a row, in the run directory.
  package static func file(row: Int) -> String { "thumbnails/\(String(format: "%05d", row)).jpg" }

  /// Makes those that are missing, on all workers.
  ///
  /// - Throws: `FileError` for an image that cannot be read any more; `RunError.interrupted`.
  package func write() throws {
    let there = try Set(run.contents("thumbnails").map { "thumbnails/" + $0 })
    let rows = images.samples.indices.filter { !there.contains(Self.file(row: $0)) }
    _ = try Parallel.tryMap(count: rows.count) { index in
      try Interruption.check()
      let data = try Self.thumbnail(of: images.image(row: rows[index])).jpegData(
        quality: Self.quality)
      try run.write(data, PictureFiles.thumbnail, at: Self.file(row: rows[index]))
    }
  }

  /// The whole image with its longer side brought to `side` pixels; a smaller image stays as it is.
  package static func thumbnail(of image: RGBImage) -> RGBImage {
    image.resized(longerSide: side, grows: false)
  }
}
