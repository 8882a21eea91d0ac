import CKernels
import LinearAlgebra

/// The image tower while it is trained.
final class TrainableVisionTower: @unchecked Sendable {
  let configuration: VisionConfiguration
  private let parameters: ParameterStore
  private let transformer: TrainableTransformer
  /// Whether to leave the rest of a pass undone, whose numbers are then of no use.
  var isCancelled: @Sendable () -> Bool {
    get { transformer.isCancelled }
    set { transformer.isCancelled = newValue }
  }
  private let head: ProjectionHead
  private let preNorm: MapParameters
  private let classEmbedding: Int
  private let patchEmbedding: Int
  private let positions: Int
  /// Each image's patches behind a row of zeros, which takes the class token's place.
  private var patches = AlignedBuffer<Float>(count: 0)  // [images, tokens, patch numbers]
  private var embedded = AlignedBuffer<Float>(count: 0)  // [images, tokens, width]

  init(_ configuration: VisionConfiguration, dimension: Int, _ parameters: ParameterStore) {
    let prefix = TensorLayout.visionPrefix
    self.configuration = configuration
    self.parameters = parameters
    transformer = TrainableTransformer(configuration.transformer, parameters, prefix: prefix)
    head = ProjectionHead(
      parameters, norm: prefix + "post_layernorm", projection: "visual_projection",
      configuration.transformer, dimension: dimension)
    preNorm = MapParameters(parameters, prefix + "pre_layrnorm")
    classEmbedding = parameters.offset(prefix + "embeddings.class_embedding")
    patchEmbedding = parameters.offset(prefix + "embeddings.patch_embedding.weight")
    positions = parameters.offset(prefix + "embeddings.position_embedding.weight")
  }

  /// The features of a range of images, and all that `backward` needs of them.
  ///
  /// - Parameters:
  ///   - pixels: Normalised pixels of all images, [images, 3, size, size].
  ///   - images: Which of them to embed.
  /// - Returns: [images of the range, dimension].
  func forward(_ pixels: [Float], images: Range<Int>) -> [Float] {
    precondition(images.upperBound * configuration.pixelCount <= pixels.count)
    let tokens = configuration.tokenCount
    let width = configuration.transformer.width
    let batch = SequenceBatch(
      lengths: [Int](repeating: tokens, count: images.count), isCausal: false)
    transformer.prepare(batch)
    if patches.count < batch.total * configuration.patchNumbers {
      patches = AlignedBuffer(count: batch.total * configuration.patchNumbers)
      embedded = AlignedBuffer(count: batch.total * width)
    }
    transformer.forEachPiece { [self] number, scratch in
      let piece = batch.pieces[number]
      let first = piece.rows.lowerBound * width
      for image in piece.sequences {
        placeTokens(pixels, image: images.lowerBound + image, as: image)
      }
      let numbers = configuration.patchNumbers
      unsafe TrainingProduct.forward(
        rows: piece.rows.count, inputs: numbers, outputs: width,
        patches.at(piece.rows.lowerBound * numbers), parameters.values.at(patchEmbedding),
        embedded.at(first), adding: true)
      unsafe transformer.layerNorm(
        preNorm, piece.rows.count, embedded.at(first),
        transformer.activations.blocks[0].input.at(first))
      transformer.forward(piece, scratch)
    }
    return head.forward(transformer.activations.output, rows: images.count)
  }

  /// Gathers the patches of an image, and puts class token and positions into the rows of a sequence.
  private func placeTokens(_ pixels: [Float], image: Int, as sequence: Int) {
    let tokens = configuration.tokenCount
    let width = configuration.transformer.width
    let numbers = configuration.patchNumbers
    let first = sequence * tokens
    unsafe patches.at(first * numbers).update(repeating: 0, count: numbers)
    configuration.gatherPatches(of: image, pixels, into: patches, at: (first + 1) * numbers)
    let x = unsafe embedded.at(first * width)
    let values = parameters.values
    unsafe x.update(from: values.at(positions), count: tokens * width)
    unsafe kernel_add(width, values.at(classEmbedding), x)
  }

  /// The gradients of all parameters of the tower, from that of the features of the last `forward`.
  func backward(_ featureGradient: [Float], adding: Bool) {
    let batch = transformer.batch
    let width = configuration.transformer.width
    let tokens = configuration.tokenCount
    let gradient = transformer.backward(adding: adding) { stateGradient in
      head.backward(
        transformer.activations.output, rows: batch.count, featureGradient: featureGradient,
        into: stateGradient, adding: adding)
    }
    let norms = AlignedBuffer<Float>(count: batch.pieces.count * 4 * width)
    unsafe norms.start.update(repeating: 0, count: norms.count)
    transformer.forEachPiece { [self] number, _ in
      let piece = batch.pieces[number]
      let first = piece.rows.lowerBound * width
      unsafe transformer.layerNormBackward(
        preNorm, piece.rows.count, embedded.at(first), gradient.at(first), residual: nil,
        into: gradient.at(first), sums: norms.at(number * 4 * width))
    }
    unsafe transformer.addNorm(preNorm, norms, at: 0, adding: adding)
    WeightGradient.compute(
      [
        WeightGradient(
          rows: batch.total, inputs: configuration.patchNumbers, outputs: width,
          outputGradient: gradient, x: patches, gradients: parameters.gradients,
          weight: patchEmbedding, bias: nil)
      ], partSize: width * width, adding: adding)
    let gradients = parameters.gradients
    for (offset, count) in [(positions, tokens * width), (classEmbedding, width)] {
      unsafe kernel_column_sums(
        batch.count, count, gradient.start, tokens * width, adding ? 1 : 0, gradients.at(offset))
    }
  }
}
