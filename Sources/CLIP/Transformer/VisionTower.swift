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
  /// Asked between layers: whether to stop.
  ///
  /// What is computed then is of no use, which whoever asks for an end has to see to.
  public var control = ComputationControl() {
    didSet { transformer.isCancelled = control.isCancelled }
  }
  private let patchEmbedding: Linear
  private let classEmbedding: [Float]
  private let positions: [Float]
  private let preNorm: LayerNorm
  private(set) var transformer: Transformer
  private let postNorm: LayerNorm
  private let projection: Linear

  init(
    _ configuration: VisionConfiguration, projectionDimension: Int, weights: any WeightSource,
    arithmetic: Arithmetic = Arithmetic()
  ) throws {
    try arithmetic.backend.require(arithmetic.precision)
    try weights.require(
      TensorLayout.vision(configuration, projectionDimension: projectionDimension))
    let prefix = TensorLayout.visionPrefix
    let width = configuration.transformer.width
    let epsilon = configuration.transformer.layerNormEpsilon
    self.configuration = configuration
    self.projectionDimension = projectionDimension
    let patchNumbers = configuration.patchNumbers
    patchEmbedding = try Linear(
      weights.matrix(
        prefix + "embeddings.patch_embedding", inputs: patchNumbers, outputs: width,
        hasBias: false), arithmetic)
    classEmbedding = try weights.floats(prefix + "embeddings.class_embedding")
    positions = try weights.floats(prefix + "embeddings.position_embedding.weight")
    preNorm = try LayerNorm(weights, prefix + "pre_layrnorm", epsilon: epsilon)
    transformer = try Transformer(
      configuration.transformer, weights: weights, prefix: prefix, arithmetic: arithmetic,
      inputWidth: patchNumbers)
    postNorm = try LayerNorm(weights, prefix + "post_layernorm", epsilon: epsilon)
    projection = try Linear(
      weights.matrix(
        "visual_projection", inputs: width, outputs: projectionDimension, hasBias: false),
      arithmetic.projection)
  }

  /// Numbers in one preprocessed image: 3 · size · size.
  public var pixelCount: Int { configuration.pixelCount }

  /// Images that one thread takes at once: enough tokens to read the weights for, few enough for memory.
  public var batchSize: Int { Self.batchSize(configuration) }

  static func batchSize(_ configuration: VisionConfiguration) -> Int {
    max(1, min(8, 800 / configuration.tokenCount))
  }

  /// The projected features of a batch of preprocessed images, not normalised.
  ///
  /// Many images are fastest as batches of `batchSize` on one thread each.
  ///
  /// - Parameters:
  ///   - pixels: Normalised pixels, [count, 3, size, size].
  ///   - count: The number of images.
  ///   - workers: Threads inside the products, with our own kernels; more than one pays when there is
  ///     a single image. Changes no bit.
  /// - Returns: [count, projection dimension].
  public func features(_ pixels: [Float], count: Int, workers: Int = 1) -> Matrix<Float> {
    let sequences = sequences(count: count)
    return transformer.withWorkspace(sequences, workers: workers) { workspace in
      embed(pixels, count: count, workspace)
      // Only the class tokens, the first of each sequence, are read.
      transformer.forward(sequences, reading: [Int](repeating: 0, count: count), workspace)
      postNorm.apply(workspace.residual, rows: count, into: workspace.normalized)
      let features = AlignedBuffer<Float>(count: count * projectionDimension)
      projection.apply(
        workspace.normalized, rows: count, into: features, scratch: workspace.products)
      return Matrix(
        rows: count, columns: projectionDimension, values: features.prefix(features.count))
    }
  }

  /// The token sequences of `count` images.
  func sequences(count: Int) -> TokenSequences {
    TokenSequences(count: count, length: configuration.tokenCount)
  }

  /// Puts the transformer's input into the residual stream: class token and patches with their
  /// positions, normalised.
  func embed(_ pixels: [Float], count: Int, _ workspace: TransformerWorkspace) {
    precondition(pixels.count == count * pixelCount)
    let width = configuration.transformer.width
    let tokens = configuration.tokenCount
    let patchCount = tokens - 1
    let x = workspace.residual  // [count * tokens, width]
    let projected = workspace.keyValue  // [count * patches, width]
    for image in 0..<count {
      configuration.gatherPatches(
        of: image, pixels, into: workspace.hidden,
        at: image * patchCount * configuration.patchNumbers)
    }
    patchEmbedding.apply(
      workspace.hidden, rows: count * patchCount, into: projected, scratch: workspace.products)
    for image in 0..<count {
      x.replace(classEmbedding[...], at: image * tokens * width)
      x.copy(
        patchCount * width, of: projected, from: image * patchCount * width,
        to: (image * tokens + 1) * width)
      x.add(positions[...], at: image * tokens * width)
    }
    preNorm.apply(x, rows: count * tokens, into: x)
  }
}

extension VisionConfiguration {
  /// Numbers in one preprocessed image: 3 · size · size.
  var pixelCount: Int { 3 * imageSize * imageSize }

  /// Numbers in one patch.
  var patchNumbers: Int { 3 * patchSize * patchSize }

  /// Puts each patch of an image into a row, from number `position` of `rows` on, in the order of the
  /// patch embedding's weights: channel, row, column.
  func gatherPatches(
    of image: Int, _ pixels: [Float], into rows: AlignedBuffer<Float>, at position: Int
  ) {
    var end = position
    for patchRow in 0..<gridSize {
      for patchColumn in 0..<gridSize {
        for channel in 0..<3 {
          for y in 0..<patchSize {
            let row = (image * 3 + channel) * imageSize + patchRow * patchSize + y
            let start = row * imageSize + patchColumn * patchSize
            rows.replace(pixels[start..<start + patchSize], at: end)
            end += patchSize
          }
        }
      }
    }
  }
}
