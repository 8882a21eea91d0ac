public import Files
import LinearAlgebra

/// Images with paired noise, as the image tower takes them.
///
/// Added noise is x_σ = x + σ ε with the same ε for an image and a seed at every σ: ε is the stream
/// named by the seed and the SHA-256 of the image file, in order channel, row, column (native stage:
/// row, column, channel). Random corruptions have random numbers that are named likewise and the same
/// at every severity. Level 0 is the image itself.
///
/// - Complexity: O(n) an image, n the samples of the model's input, at the native stage and in preparing
///   those of the stored image too; only `blur` takes longer with its level, O(n · σ).
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

  /// Appends the normalised pixels of an image as it is, [3, height, width], to `pixels`.
  public func append(_ image: RGBImage, to pixels: inout [Float]) {
    appendNormalized(preprocessing.pixels(of: image), to: &pixels)
  }

  /// Prepares an image once for all levels.
  public func prepare(_ image: RGBImage, digest: Digest) -> Prepared {
    Prepared(
      digest: digest, clean: preprocessing.pixels(of: image),
      native: noise.stage == .native ? image : nil)
  }

  /// Appends the normalised pixels of an image with noise, [3, height, width], to `pixels`.
  ///
  /// - Parameters:
  ///   - image: The image.
  ///   - kind: The kind of noise; nil for the image as it is.
  ///   - level: A level of that kind, or 0 for the image as it is.
  ///   - seed: The seed of a random kind.
  ///   - pixels: Gets the pixels.
  /// - Throws: `FileError` when libjpeg refuses a native image, as one with a side above 65500 pixels.
  public func append(
    _ image: Prepared, kind: NoiseKind?, level: Double, seed: UInt64, to pixels: inout [Float]
  ) throws {
    guard let kind, level != 0 else { return appendNormalized(image.clean, to: &pixels) }
    precondition(kind.isLevel(level))
    let stream = kind.stream(digest: image.digest, seed: seed)
    switch (kind.operation, image.native) {
    case (.addition(let draw), nil):
      appendSum(image.clean, draw(stream, image.clean.pixels.count), level: level, to: &pixels)
    case (.addition(let draw), let native?):
      let noisy = sum(native, draw(stream, native.pixels.count), level: level)
      appendNormalized(preprocessing.pixels(of: noisy), to: &pixels)
    case (.corruption(let corrupt), nil):
      switch try corrupt(image.clean, Int(level), stream) {
      case .bytes(let bytes): appendNormalized(image.clean.replacing(bytes), to: &pixels)
      case .unit(let values): appendNormalized(values, to: &pixels)
      }
    case (.corruption(let corrupt), let native?):
      let noisy = native.replacing(try corrupt(native, Int(level), stream).rounded)
      appendNormalized(preprocessing.pixels(of: noisy), to: &pixels)
    }
  }

  /// What the model sees of an image with noise, as a picture.
  ///
  /// The normalised pixels are brought back to bytes, rounded and clipped to 0 to 255: noise without
  /// clipping has values that no picture can show.
  ///
  /// - Parameters:
  ///   - image: The image.
  ///   - kind: The kind of noise; nil for the image as it is.
  ///   - level: A level of that kind, or 0 for the image as it is.
  ///   - seed: The seed of a random kind.
  /// - Returns: An image of the model's size; without noise exactly the bytes that are normalised.
  /// - Throws: `FileError` as `append`.
  public func picture(
    of image: Prepared, kind: NoiseKind?, level: Double, seed: UInt64
  ) throws -> RGBImage {
    var values: [Float] = []
    try append(image, kind: kind, level: level, seed: seed, to: &values)
    let count = values.count / 3
    var pixels = [UInt8](repeating: 0, count: values.count)
    for channel in 0..<3 {
      let black = Double(normalization[channel][0])
      let step = normalizedByte(channel: channel)
      for index in 0..<count {
        let byte = (Double(values[channel * count + index]) - black) / step
        pixels[3 * index + channel] = UInt8(saturating: byte)
      }
    }
    return image.clean.replacing(pixels)
  }

  private func appendNormalized(_ image: RGBImage, to pixels: inout [Float]) {
    let count = image.width * image.height
    for channel in 0..<3 {
      let table = normalization[channel]
      for index in 0..<count { pixels.append(table[Int(image.pixels[3 * index + channel])]) }
    }
  }

  /// Appends numbers in [0, 1], [height, width, 3].
  private func appendNormalized(_ values: [Float], to pixels: inout [Float]) {
    for channel in 0..<3 {
      // The table is affine: its ends are all there is to know.
      let black = Double(normalization[channel][0])
      let range = Double(normalization[channel][255]) - black
      for index in stride(from: channel, to: values.count, by: 3) {
        pixels.append(Float(black + range * Double(values[index])))
      }
    }
  }

  /// Appends x + σ ε of a preprocessed image; ε is [3, height, width].
  private func appendSum(
    _ image: RGBImage, _ epsilon: [Float], level: Double, to pixels: inout [Float]
  ) {
    let count = image.width * image.height
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
          table[Int(image.pixels[3 * index + channel])] + sigma * epsilon[start + index]
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

  /// x + σ ε of a stored image, rounded and clipped to bytes; ε is [height, width, 3].
  private func sum(_ image: RGBImage, _ epsilon: [Float], level: Double) -> RGBImage {
    let sigmas = (0..<3).map { channel in
      Float(level * normalizedUnits(channel: channel) / normalizedByte(channel: channel))
    }
    var pixels = image.pixels
    for index in pixels.indices {
      let value = Float(pixels[index]) + sigmas[index % 3] * epsilon[index]
      pixels[index] = UInt8(saturating: value)
    }
    return image.replacing(pixels)
  }

  /// What one level of a byte is in normalised pixels: the slope of the table, which is affine.
  private func normalizedByte(channel: Int) -> Double {
    (Double(normalization[channel][255]) - Double(normalization[channel][0])) / 255
  }
}

extension RGBImage {
  /// An image of this size with other samples.
  fileprivate func replacing(_ pixels: [UInt8]) -> RGBImage {
    RGBImage(width: width, height: height, pixels: pixels)
  }
}
