import Files
public import LinearAlgebra

/// CLIP's image tower: a vision transformer and the projection of its class token.
///
/// Source: Dosovitskiy et al. 2021, arXiv:2010.11929; Radford et al. 2021, arXiv:2103.00020.
public struct VisionTower: Sendable {
  /// The tower's shape.
  public let configuration: VisionConfiguration
  /// The dimension of an embedding.
  public let projectionDimension: Int
  private let patchEmbedding: Linear
  private let classEmbedding: [Float]
  private let positions: [Float]
  private let preNorm: LayerNorm
  let transformer: Transformer
  private let postNorm: LayerNorm
  private let projection: Linear

  init(
    _ configuration: VisionConfiguration, projectionDimension: Int, weights: any WeightSource
  ) throws {
    try weights.require(
      TensorLayout.vision(configuration, projectionDimension: projectionDimension))
    let prefix = TensorLayout.visionPrefix
    let width = configuration.transformer.width
    let epsilon = configuration.transformer.layerNormEpsilon
    self.configuration = configuration
    self.projectionDimension = projectionDimension
    patchEmbedding = try weights.linear(
      prefix + "embeddings.patch_embedding",
      inputs: 3 * configuration.patchSize * configuration.patchSize, outputs: width,
      hasBias: false)
    classEmbedding = try weights.floats(prefix + "embeddings.class_embedding")
    positions = try weights.floats(prefix + "embeddings.position_embedding.weight")
    preNorm = try LayerNorm(weights, prefix + "pre_layrnorm", epsilon: epsilon)
    transformer = try Transformer(configuration.transformer, weights: weights, prefix: prefix)
    postNorm = try LayerNorm(weights, prefix + "post_layernorm", epsilon: epsilon)
    projection = try weights.linear(
      "visual_projection", inputs: width, outputs: projectionDimension, hasBias: false)
  }

  /// Numbers in one preprocessed image: 3 · size · size.
  public var pixelCount: Int { 3 * configuration.imageSize * configuration.imageSize }

  /// The projected features of a batch of preprocessed images, not normalised.
  ///
  /// - Parameters:
  ///   - pixels: Normalised pixels, [count, 3, size, size].
  ///   - count: The number of images.
  /// - Returns: [count, projection dimension].
  public func features(_ pixels: [Float], count: Int) -> Matrix<Float> {
    let width = configuration.transformer.width
    var x = embeddings(pixels, count: count)
    transformer.forward(
      &x, lengths: [Int](repeating: configuration.tokenCount, count: count), isCausal: false)
    // Only the class tokens, the first of each sequence, are read.
    var classTokens: [Float] = []
    classTokens.reserveCapacity(count * width)
    for image in 0..<count {
      let start = image * configuration.tokenCount * width
      classTokens.append(contentsOf: x[start..<start + width])
    }
    postNorm.apply(rows: count, inPlace: &classTokens)
    var features = Matrix<Float>(rows: count, columns: projectionDimension)
    projection.apply(classTokens, rows: count, into: &features.values)
    return features
  }

  /// The transformer's input: class token and patches with their positions, normalised.
  func embeddings(_ pixels: [Float], count: Int) -> [Float] {
    precondition(pixels.count == count * pixelCount)
    let width = configuration.transformer.width
    let tokens = configuration.tokenCount
    let patchCount = tokens - 1
    var projected = [Float](repeating: 0, count: count * patchCount * width)
    patchEmbedding.apply(patches(pixels, count: count), rows: count * patchCount, into: &projected)
    var x: [Float] = []  // [count * tokens, width]
    x.reserveCapacity(count * tokens * width)
    for image in 0..<count {
      x.append(contentsOf: classEmbedding)
      let start = image * patchCount * width
      x.append(contentsOf: projected[start..<start + patchCount * width])
      for j in 0..<tokens * width { x[image * tokens * width + j] += positions[j] }
    }
    preNorm.apply(rows: count * tokens, inPlace: &x)
    return x
  }

  /// Each patch as a row in the order of the patch embedding's weights: channel, row, column.
  private func patches(_ pixels: [Float], count: Int) -> [Float] {
    let size = configuration.imageSize
    let patch = configuration.patchSize
    let grid = configuration.gridSize
    var rows: [Float] = []  // [count * grid², 3 * patch²]
    rows.reserveCapacity(count * grid * grid * 3 * patch * patch)
    for image in 0..<count {
      for patchRow in 0..<grid {
        for patchColumn in 0..<grid {
          for channel in 0..<3 {
            for y in 0..<patch {
              let start =
                ((image * 3 + channel) * size + patchRow * patch + y) * size + patchColumn * patch
              rows.append(contentsOf: pixels[start..<start + patch])
            }
          }
        }
      }
    }
    return rows
  }
}
