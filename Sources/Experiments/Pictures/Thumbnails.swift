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
/// is missing, or not as `pictures.json` has recorded it, is made.
package struct Thumbnails {
  /// The longest side, in pixels.
  package static let side = 48
  private static let quality = 80

  package let run: RunDirectory
  package let images: RunImages

  /// The file of a row, in the run directory.
  package static func file(row: Int) -> String { "thumbnails/\(String(format: "%05d", row)).jpg" }

  /// Makes those that the run does not have, on all workers.
  ///
  /// - Parameter whole: The digests of pictures that the run has and that are as it has recorded them, by path.
  /// - Returns: The digests of all of them, by path.
  /// - Throws: `FileError` for an image that cannot be read any more; `RunError.interrupted`.
  package func write(keeping whole: [String: String]) throws -> [String: String] {
    let digests = try Parallel.tryMap(count: images.samples.count) { row -> String in
      try Interruption.check()
      let path = Self.file(row: row)
      if let digest = whole[path] { return digest }
      let data = try Self.thumbnail(of: images.image(row: row)).jpegData(quality: Self.quality)
      try run.write(data, PictureFiles.thumbnail, at: path)
      return "\(Digest(of: data))"
    }
    return Dictionary(
      uniqueKeysWithValues: zip(images.samples.indices.map(Self.file(row:)), digests))
  }

  /// The whole image with its longer side brought to `side` pixels; a smaller image stays as it is.
  package static func thumbnail(of image: RGBImage) -> RGBImage {
    image.resized(longerSide: side, grows: false)
  }
}
