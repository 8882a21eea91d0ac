package import Datasets
package import Files
package import Images

/// The images that a run embedded, as pictures of them need them.
package struct RunImages: Sendable {
  /// The samples, in order of rows.
  package let samples: [Sample]
  /// The identity of each image.
  package let digests: [Digest]
  /// How the model's pixels are made of them.
  package let pixels: NoisyPixels

  /// A row's whole image.
  ///
  /// - Throws: `FileError` when it cannot be read any more, or is not what was embedded.
  package func image(row: Int) throws -> RGBImage {
    try samples[row].image.pixels(of: digests[row])
  }
}
