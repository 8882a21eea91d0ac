import Files

/// In which numbers the level of added noise is measured.
public enum NoiseSpace: String, Sendable, CaseIterable {
  /// CLIP-normalised pixels: (v / 255 − mean) / std per channel.
  case normalized
  /// Pixels in [0, 1].
  case unit
  /// Pixels in [0, 255].
  case byte
}

/// Where in the preprocessing the noise is added.
public enum NoiseStage: String, Sendable, CaseIterable {
  /// After resize and crop: every pixel that the model sees has its own noise.
  case preprocessed
  /// To the image as stored; the antialiased resize then averages part of it away. The noisy
  /// image is rounded to 8 bits, as a noisy file would be, and so always clipped.
  case native
}

/// What happens to values that added noise moves outside the range that pixels can have.
public enum NoiseClipping: String, Sendable, CaseIterable {
  /// They stay.
  case none
  /// They are moved to the range's end.
  case unit
}

/// How noise is made, apart from its kind, level and seed.
///
/// The space and the clipping are those of added noise; corruptions have both given.
public struct NoiseSpecification: Sendable, Equatable {
  /// In which numbers the level is measured.
  public let space: NoiseSpace
  /// Where in the preprocessing the noise is added.
  public let stage: NoiseStage
  /// What happens to values outside the valid range.
  public let clipping: NoiseClipping

  /// A specification; clipping left open is `none` in `normalized` space at the `preprocessed`
  /// stage and `unit` elsewhere.
  ///
  /// - Throws: `NoiseError` for the `native` stage without clipping, which 8 bits cannot hold.
  public init(space: NoiseSpace, stage: NoiseStage, clipping: NoiseClipping? = nil) throws {
    let fallback: NoiseClipping = space == .normalized && stage == .preprocessed ? .none : .unit
    let clipping = clipping ?? fallback
    guard stage == .preprocessed || clipping == .unit else { throw NoiseError.unclippedNativeNoise }
    self.space = space
    self.stage = stage
    self.clipping = clipping
  }

  /// A line that tells noise of a kind from any other, for cache keys and the manifest.
  public func canonicalDescription(of kind: NoiseKind) -> String {
    switch kind.operation {
    case .addition: "space=\(space) stage=\(stage) clip=\(clipping) generator=\(kind.method)"
    case .corruption: "stage=\(stage) method=\(kind.method)"
    }
  }
}

/// A noise specification that cannot be.
public enum NoiseError: Error, CustomStringConvertible {
  /// `native` noise without clipping.
  case unclippedNativeNoise

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .unclippedNativeNoise:
      "noise at the native stage is rounded to 8 bits before the resize and so always clipped; "
        + "use --clip unit, or --noise-stage preprocessed"
    }
  }
}
