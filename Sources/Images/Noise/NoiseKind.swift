/// A way to make images worse.
///
/// The level of `gaussian` is its σ. The others are corruptions of ImageNet-C, whose levels are the
/// severities 1 to 5 with the constants that Hendrycks and Dietterich (2019, arXiv:1903.12261)
/// published for images of 224 pixels (github.com/hendrycks/robustness, `make_imagenet_c.py`). They
/// work on pixels in [0, 1] and clip there; the JPEG files of quality 85 that ImageNet-C keeps its
/// images in are no part of them.
public enum NoiseKind: String, Sendable, CaseIterable {
  /// Independent normal noise on every sample.
  case gaussian
  /// Photons are counted: x becomes N / c, N of the Poisson law with mean c · x.
  case shot
  /// A share of the samples become 0 or 1, salt and pepper.
  case impulse
  /// Normal noise in proportion to the value: x + x · ε.
  case speckle
  /// Gaussian blur, its σ in pixels.
  case blur
  /// What JPEG compression leaves.
  case jpeg
  /// Less contrast: distances from each channel's mean shrink.
  case contrast

  /// The severities that all kinds but `gaussian` have.
  public static let severities = 1...5

  /// Whether the result depends on a seed.
  public var isRandom: Bool {
    switch self {
    case .gaussian, .shot, .impulse, .speckle: true
    case .blur, .jpeg, .contrast: false
    }
  }

  /// Whether the levels are severities.
  public var hasSeverities: Bool { constants != nil }

  /// Whether a number above 0 is a level: any finite σ, or a severity.
  public func isLevel(_ level: Double) -> Bool {
    guard hasSeverities else { return level > 0 && level.isFinite }
    return Self.severities.contains { Double($0) == level }
  }

  /// The published constant of a severity.
  func constant(severity: Int) -> Double {
    guard let constants, Self.severities.contains(severity) else {
      preconditionFailure("\(self) has no severity \(severity)")
    }
    return constants[severity - 1]
  }

  private var constants: [Double]? {
    switch self {
    case .gaussian: nil
    case .shot: [60, 25, 12, 5, 3]  // photons at full brightness
    case .impulse: [0.03, 0.06, 0.09, 0.17, 0.27]  // share of the samples
    case .speckle: [0.15, 0.2, 0.35, 0.45, 0.6]  // standard deviation over value
    case .blur: [1, 2, 3, 4, 6]  // σ in pixels
    case .jpeg: [25, 18, 15, 10, 7]  // libjpeg's quality
    case .contrast: [0.4, 0.3, 0.2, 0.1, 0.05]  // what is left of it
    }
  }

  /// Names the method in the keys of cells; what changes a result's bits is counted in it.
  var method: String {
    switch self {
    case .gaussian: "philox4x32-10/box-muller-1"
    case .shot: "philox4x32-10/poisson-1"
    case .impulse: "philox4x32-10/salt-and-pepper-1"
    case .speckle: "philox4x32-10/box-muller-1/speckle-1"
    case .blur: "gaussian-filter-1"
    case .jpeg: "libjpeg-1"
    case .contrast: "contrast-1"
    }
  }
}
