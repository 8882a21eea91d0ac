import Files
import LinearAlgebra

/// A corruption of ImageNet-C at a severity, for one image.
struct Corruption {
  let kind: NoiseKind
  let severity: Int
  /// Of the image file; with the seed it names the random numbers.
  let digest: Digest
  let seed: UInt64

  /// What an image becomes, shape [height, width, 3].
  enum Samples {
    /// Bytes, where the corruption makes bytes of bytes.
    case bytes([UInt8])
    /// Numbers in [0, 1].
    case unit([Float])

    /// Bytes, numbers rounded to the nearest.
    var rounded: [UInt8] {
      switch self {
      case .bytes(let bytes): bytes
      case .unit(let values): values.map { UInt8((255 * $0).rounded()) }
      }
    }
  }

  /// Corrupts an image.
  ///
  /// Random kinds draw one number a sample, the same for all severities: more of the samples that were
  /// hit, and no others in their place.
  ///
  /// - Throws: `FileError` when libjpeg refuses an image, as one with a side above 65500 pixels.
  /// - Complexity: O(pixels), times σ for the blur.
  func samples(of image: RGBImage) throws -> Samples {
    let constant = kind.constant(severity: severity)
    switch kind {
    case .gaussian: preconditionFailure("noise of a level, and no corruption")
    case .shot: return .unit(shot(image, photons: constant))
    case .impulse: return .bytes(impulses(image, share: constant))
    case .speckle: return .unit(speckle(image, deviation: Float(constant)))
    case .blur:
      let values = GaussianBlur(sigma: constant)(
        image.pixels.map(Self.unit), width: image.width, height: image.height)
      return .unit(values.map(Self.clipped))
    case .jpeg:
      let data = try image.jpegData(quality: Int(constant))
      return .bytes(try RGBImage(decoding: data, file: "an image compressed for jpeg noise").pixels)
    case .contrast: return .unit(Self.contrast(image, factor: constant))
    }
  }

  private static func unit(_ byte: UInt8) -> Float { Float(byte) / 255 }
  private static func clipped(_ value: Float) -> Float { min(max(value, 0), 1) }

  private var stream: RandomStream {
    RandomStream(domain: "noise/\(kind)", seed: seed, identity: digest.bytes)
  }

  private func shot(_ image: RGBImage, photons: Double) -> [Float] {
    // Bytes have 256 values, and so the means.
    let quantiles = (0..<256).map { PoissonQuantiles(mean: Double($0) / 255 * photons) }
    let words = stream.words(part: 0, count: image.pixels.count)
    return image.pixels.indices.map { index in
      let u = (Double(words[index]) + 0.5) * 0x1p-32
      let count = quantiles[Int(image.pixels[index])](u)
      return Self.clipped(Float(Double(count) / photons))
    }
  }

  private func impulses(_ image: RGBImage, share: Double) -> [UInt8] {
    let words = stream.words(part: 0, count: image.pixels.count)
    // 31 bits say whether a sample is hit, the last one by what.
    let limit = UInt32((share * 0x1p31).rounded())
    return image.pixels.indices.map { index in
      let word = words[index]
      if word >> 1 >= limit { return image.pixels[index] }
      return word & 1 == 1 ? 255 : 0
    }
  }

  private func speckle(_ image: RGBImage, deviation: Float) -> [Float] {
    let epsilon = stream.normals(count: image.pixels.count)
    return image.pixels.indices.map { index in
      let value = Self.unit(image.pixels[index])
      return Self.clipped(value + value * (deviation * epsilon[index]))
    }
  }

  private static func contrast(_ image: RGBImage, factor: Double) -> [Float] {
    var sums = [0, 0, 0]
    for (index, byte) in image.pixels.enumerated() { sums[index % 3] += Int(byte) }
    let means = sums.map { Double($0) / Double(255 * image.width * image.height) }
    let tables = means.map { mean in
      (0..<256).map { clipped(Float((Double($0) / 255 - mean) * factor + mean)) }
    }
    return image.pixels.enumerated().map { tables[$0 % 3][Int($1)] }
  }
}
