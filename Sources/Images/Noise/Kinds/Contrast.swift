extension NoiseKind {
  /// Less contrast: a factor is left of the distances from each channel's mean.
  public static let contrast = NoiseKind(
    name: "contrast", title: "lowered contrast", phrase: "loss of contrast",
    subject: "lost contrast", isRandom: false, method: "contrast-1", source: imageNetC,
    constants: [0.4, 0.3, 0.2, 0.1, 0.05]
  ) { image, factor, _ in
    var sums = [0, 0, 0]
    for (index, byte) in image.pixels.enumerated() { sums[index % 3] += Int(byte) }
    let means = sums.map { Double($0) / Double(255 * image.width * image.height) }
    let tables = means.map { mean in
      (0..<256).map { Float((Double($0) / 255 - mean) * factor + mean) }
    }
    return .clipped(image.pixels.enumerated().map { tables[$0 % 3][Int($1)] })
  }
}
