import LinearAlgebra

extension NoiseKind {
  /// Photons are counted: x becomes N / c, N of the Poisson law with mean c · x; c is the photons at
  /// full brightness.
  public static let shot = NoiseKind(
    name: "shot", title: "shot noise", isRandom: true, method: "philox4x32-10/poisson-1",
    source: imageNetC, constants: [60.0, 25, 12, 5, 3]
  ) { image, photons, stream in
    // Bytes have 256 values, and so the means.
    let quantiles = (0..<256).map { PoissonQuantiles(mean: Double($0) / 255 * photons) }
    let words = stream.words(part: 0, count: image.pixels.count)
    return .clipped(
      zip(image.pixels, words).map { byte, word in
        let u = (Double(word) + 0.5) * 0x1p-32
        return Float(Double(quantiles[Int(byte)](u)) / photons)
      })
  }
}
