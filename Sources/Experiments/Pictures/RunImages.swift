import Datasets
import Files
import Images

/// The images that a run embedded, as pictures of them need them.
struct RunImages: Sendable {
  /// The samples, in order of rows.
  let samples: [Sample]
  /// The identity of each image.
  let digests: [Digest]
  /// How the model's pixels are made of them.
  let pixels: NoisyPixels

  /// The analyses whose readers look at images.
  static let analyses: Set<Analysis> = [.zeroshot, .layouts, .topology]

  /// A row's whole image.
  ///
  /// - Throws: `FileError` when it cannot be read any more, or is not what was embedded.
  func image(row: Int) throws -> RGBImage { try samples[row].image.pixels(of: digests[row]) }
}
