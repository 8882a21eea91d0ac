package import Datasets
package import Files
package import Images
package import Runs

/// The images that a run embedded, as pictures of them need them.
package struct RunImages: Sendable {
  /// The samples, in order of rows.
  package let samples: [Sample]
  /// The identity of each image.
  package let digests: [Digest]
  /// How the model's pixels are made of them.
  package let pixels: NoisyPixels
  /// The place of a condition among the images' variants, and their identities there, where the images were corrupted
  /// beforehand; else none.
  package let variants: [Condition: (index: Int, digests: [Digest])]

  package init(
    samples: [Sample], digests: [Digest], pixels: NoisyPixels,
    variants: [Condition: (index: Int, digests: [Digest])] = [:]
  ) {
    self.samples = samples
    self.digests = digests
    self.pixels = pixels
    self.variants = variants
  }

  /// A row's whole image.
  ///
  /// - Throws: `FileError` when it cannot be read any more, or is not what was embedded.
  package func image(row: Int) throws -> RGBImage {
    try samples[row].image.pixels(of: digests[row])
  }

  /// A row's image as the model is to see it under a condition.
  ///
  /// - Parameters:
  ///   - row: The row.
  ///   - condition: The condition.
  ///   - prepared: The row's own image, prepared.
  /// - Returns: The picture.
  /// - Throws: As `image(row:)`.
  package func picture(
    row: Int, _ condition: Condition, of prepared: NoisyPixels.Prepared
  ) throws -> RGBImage {
    guard let variant = variants[condition] else {
      return try pixels.picture(
        of: prepared, kind: condition.kind, level: condition.level, seed: condition.seed ?? 0)
    }
    let digest = variant.digests[row]
    let image = try samples[row].image(variant.index).pixels(of: digest)
    return try pixels.picture(
      of: pixels.prepare(image, digest: digest), kind: nil, level: 0, seed: 0)
  }
}
