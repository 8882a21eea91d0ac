/// What a corruption makes of an image, shape [height, width, 3].
enum CorruptedSamples {
  /// Bytes, where the corruption makes bytes of bytes.
  case bytes([UInt8])
  /// Numbers in [0, 1].
  case unit([Float])

  /// Numbers, those outside [0, 1] moved to its ends.
  static func clipped(_ values: [Float]) -> CorruptedSamples {
    .unit(values.map { min(max($0, 0), 1) })
  }

  /// Bytes, numbers rounded to the nearest.
  var rounded: [UInt8] {
    switch self {
    case .bytes(let bytes): bytes
    case .unit(let values): values.map { UInt8(saturating: 255 * $0) }
    }
  }
}

extension RGBImage {
  /// The samples in [0, 1], shape [height, width, 3].
  var unitSamples: [Float] { pixels.map { Float($0) / 255 } }
}
