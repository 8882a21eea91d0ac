import LinearAlgebra

extension NoiseKind {
  /// Normal noise in proportion to the value: x + x · σ ε.
  public static let speckle = NoiseKind(
    name: "speckle", title: "speckle noise", isRandom: true,
    method: "philox4x32-10/box-muller-1/speckle-1", source: imageNetC,
    constants: [0.15, 0.2, 0.35, 0.45, 0.6] as [Float]
  ) { image, deviation, stream in
    let epsilon = stream.normals(count: image.pixels.count)
    return .clipped(zip(image.unitSamples, epsilon).map { $0 + $0 * (deviation * $1) })
  }
}
