public import Files
import LinearAlgebra

/// Images with paired Gaussian noise, as the image tower takes them.
///
/// x_σ = x + σ ε with the same ε for an image and a seed at every σ: ε is the stream named by the
/// seed and the SHA-256 of the image file, in order channel, row, column (native stage: row, column,
/// channel). Level 0 is the image itself.
public struct NoisyPixels: Sendable {
  private let preprocessing: ImagePreprocessing
  private let noise: NoiseSpecification
  private let normalization: [[Float]]  // [3][256]

  /// Pixels prepared as `preprocessing` says with noise as `noise` says.
  public init(preprocessing: ImagePreprocessing, noise: NoiseSpecification) {
    self.preprocessing = preprocessing
    self.noise = noise
    normalization = preprocessing.normalizationTable()
  }

  /// An image decoded and, where the noise comes after it, preprocessed: the part of the work that
  /// all levels share.
  public struct Prepared: Sendable {
    let digest: Digest
    let clean: RGBImage
    let native: RGBImage?  // kept for noise at the native stage alone
  }

  /// Prepares an image once for all levels.
  public func prepare(_ image: RGBImage, digest: Digest) -> Prepared {
    Prepared(
      digest: digest, clean: preprocessing.pixels(of: image),
      native: noise.stage == .native ? image : nil)
  }

  /// Appends the normalised pixels of an image at a level, [3, height, width], to `pixels`.
  public func append(
    _ image: Prepared, level: Double, seed: UInt64, to pixels: inout [Float]
  ) {
    if level == 0 {
      appendNormalized(image.clean, to: &pixels)
    } else if let native = image.native {
      let noisy = addingNoise(to: native, digest: image.digest, level: level, seed: seed)
      appendNormalized(preprocessing.pixels(of: noisy), to: &pixels)
    } else {
      appendNoisy(image, level: level, seed: seed, to: &pixels)
    }
  }

  /// The noise of an image: `count` standard normal numbers.
  static func noise(digest: Digest, seed: UInt64, count: Int) -> [Float] {
    RandomStream(domain: "noise/gaussian", seed: seed, identity: digest.bytes).normals(count: count)
  }

  private func appendNormalized(_ image: RGBImage, to pixels: inout [Float]) {
    let count = image.width * image.height
    for channel in 0..<3 {
      let table = normalization[channel]
      for index in 0..<count { pixels.append(table[Int(image.pixels[3 * index + channel])]) }
    }
  }

  private func appendNoisy(
    _ image: Prepared, level: Double, seed: UInt64, to pixels: inout [Float]
  ) {
    let count = image.clean.width * image.clean.height
    let epsilon = Self.noise(digest: image.digest, seed: seed, count: 3 * count)
    for channel in 0..<3 {
      // In every space a noisy pixel is the clean one plus σ·ε in normalised units, and the valid
      // range is that of the normalised bytes: one loop serves all spaces.
      let sigma = Float(level * normalizedUnits(channel: channel))
      let table = normalization[channel]
      let start = channel * count
      let isClipped = noise.clipping == .unit
      let lower = isClipped ? min(table[0], table[255]) : -.infinity
      let upper = isClipped ? max(table[0], table[255]) : .infinity
      for index in 0..<count {
        let value =
          table[Int(image.clean.pixels[3 * index + channel])] + sigma * epsilon[start + index]
        pixels.append(min(max(value, lower), upper))
      }
    }
  }

  /// What one unit of the noise's space is in normalised pixels.
  private func normalizedUnits(channel: Int) -> Double {
    switch noise.space {
    case .normalized: 1
    case .unit: 255 * normalizedByte(channel: channel)
    case .byte: normalizedByte(channel: channel)
    }
  }

  private func addingNoise(
    to image: RGBImage, digest: Digest, level: Double, seed: UInt64
  ) -> RGBImage {
    let epsilon = Self.noise(digest: digest, seed: seed, count: image.pixels.count)
    let sigmas = (0..<3).map { channel in
      Float(level * normalizedUnits(channel: channel) / normalizedByte(channel: channel))
    }
    var pixels = image.pixels
    for index in pixels.indices {
      let value = Float(pixels[index]) + sigmas[index % 3] * epsilon[index]
      pixels[index] = UInt8(min(max(value.rounded(), 0), 255))
    }
    return RGBImage(width: image.width, height: image.height, pixels: pixels)
  }

  /// What one level of a byte is in normalised pixels: the slope of the table, which is affine.
  private func normalizedByte(channel: Int) -> Double {
    (Double(normalization[channel][255]) - Double(normalization[channel][0])) / 255
  }
}
