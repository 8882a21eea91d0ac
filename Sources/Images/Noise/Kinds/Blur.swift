extension NoiseKind {
  /// Gaussian blur, its σ in pixels.
  public static let blur = NoiseKind(
    name: "blur", title: "Gaussian blur", subject: "blur", isRandom: false,
    method: "gaussian-filter-1", source: imageNetC, constants: [1.0, 2, 3, 4, 6]
  ) { image, sigma, _ in
    .clipped(
      GaussianBlur(sigma: sigma)(image.unitSamples, width: image.width, height: image.height))
  }
}
