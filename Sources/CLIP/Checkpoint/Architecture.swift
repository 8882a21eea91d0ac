/// The published CLIP shapes, for seeded random weights.
public enum Architecture: String, Sendable, CaseIterable {
  case b32
  case b16
  case l14
  case l14At336 = "l14-336"

  /// The shape, as OpenAI released it.
  ///
  /// Source: Radford et al. 2021, arXiv:2103.00020, table 20 and the released checkpoints.
  public var configuration: CLIPConfiguration {
    let isLarge = self == .l14 || self == .l14At336
    func transformer(width: Int, layers: Int) -> TransformerConfiguration {
      TransformerConfiguration(
        width: width, mlpWidth: 4 * width, layers: layers, heads: width / 64,
        activation: .quickGELU, layerNormEpsilon: 1e-5)
    }
    return CLIPConfiguration(
      vision: VisionConfiguration(
        transformer: transformer(width: isLarge ? 1024 : 768, layers: isLarge ? 24 : 12),
        imageSize: self == .l14At336 ? 336 : 224,
        patchSize: self == .b32 ? 32 : self == .b16 ? 16 : 14),
      text: TextConfiguration(
        transformer: transformer(width: isLarge ? 768 : 512, layers: 12), vocabularySize: 49_408,
        contextLength: 77, endOfTextID: 49_407),
      projectionDimension: isLarge ? 768 : 512)
  }
}
