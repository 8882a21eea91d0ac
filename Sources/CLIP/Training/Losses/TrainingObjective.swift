public import LinearAlgebra

/// What training makes small.
public enum TrainingObjective: Sendable {
  /// Symmetric InfoNCE between images and texts; it alone uses the logit scale.
  case imageText
  /// The supervised contrastive loss of joint embeddings e = unit(w · image + (1 − w) · text).
  case supervised(SupervisedContrastiveLoss, imageWeight: Double)
  /// The pairwise contrastive loss of joint embeddings.
  case pairwise(PairwiseContrastiveLoss, imageWeight: Double)

  /// The towers that it reads: not that whose weight is zero.
  public var towers: Set<Tower> {
    switch self {
    case .imageText: [.vision, .text]
    case .supervised(_, let weight), .pairwise(_, let weight):
      weight == 1 ? [.vision] : weight == 0 ? [.text] : [.vision, .text]
    }
  }

  /// Whether it reads the labels.
  public var usesLabels: Bool {
    if case .imageText = self { false } else { true }
  }

  /// The loss of features that are already there, without its gradient's way back.
  ///
  /// - Parameters:
  ///   - images: The image tower's features, [batch, dimension]; nil when it is not read.
  ///   - texts: The text tower's.
  ///   - labels: One a row, for the losses that read them.
  ///   - logitScale: The logarithm of what cosines are multiplied by.
  /// - Returns: The loss.
  /// - Throws: `TrainingError.fault` when a feature is zero or not finite, or no two rows share a label.
  public func loss(
    images: Matrix<Double>?, texts: Matrix<Double>?, labels: [Int], logitScale: Double
  ) throws -> Double {
    try evaluate(images: images, texts: texts, labels: labels, logitScale: logitScale).loss
  }

  /// The loss of a batch and its gradient by the features, which are not normalised.
  struct Value: Sendable {
    let loss: Double
    let imageGradient: Matrix<Double>?
    let textGradient: Matrix<Double>?
    var logitScaleGradient = 0.0
  }

  /// Evaluates the loss of a batch.
  ///
  /// - Parameters:
  ///   - images: The image tower's features, [batch, dimension]; nil when it is not read.
  ///   - texts: The text tower's.
  ///   - labels: One a row, for the losses that read them.
  ///   - logitScale: The logarithm of what cosines are multiplied by.
  /// - Returns: The loss with its gradients.
  /// - Throws: `TrainingError.fault` when a feature is not finite, or no two rows share a label.
  func evaluate(
    images: Matrix<Double>?, texts: Matrix<Double>?, labels: [Int], logitScale: Double
  ) throws -> Value {
    func unit(_ features: Matrix<Double>?, _ name: String) throws -> UnitFeatures? {
      try features.map {
        guard let unit = UnitFeatures($0) else {
          throw TrainingError.fault("an embedding of the \(name) is zero or not finite")
        }
        return unit
      }
    }
    let image = try unit(images, "images")
    let text = try unit(texts, "texts")
    switch self {
    case .imageText:
      guard let image, let text else { preconditionFailure("images and texts are both needed") }
      let loss = SymmetricInfoNCE(images: image.rows, texts: text.rows, logitScale: logitScale)
      return Value(
        loss: loss.value, imageGradient: image.backward(loss.imageGradient),
        textGradient: text.backward(loss.textGradient),
        logitScaleGradient: loss.logitScaleGradient)
    case .supervised(let loss, let weight):
      return try joined(image, text, imageWeight: weight) {
        guard let value = loss.evaluate($0, labels: labels) else {
          throw TrainingError.fault(
            "no two rows of the batch share a label; take several of each label into it")
        }
        return (value.value, value.gradient)
      }
    case .pairwise(let loss, let weight):
      return try joined(image, text, imageWeight: weight) {
        let value = loss.evaluate($0, labels: labels)
        return (value.value, value.gradient)
      }
    }
  }

  /// A loss of joint embeddings, its gradient taken back to both towers' features.
  private func joined(
    _ image: UnitFeatures?, _ text: UnitFeatures?, imageWeight: Double,
    _ loss: (Matrix<Double>) throws -> (Double, Matrix<Double>)
  ) throws -> Value {
    let parts = [(image, imageWeight), (text, 1 - imageWeight)].filter { $0.1 != 0 }
    guard let shape = parts.first?.0?.rows else { preconditionFailure("a tower is missing") }
    var sum = Matrix<Double>(rows: shape.rows, columns: shape.columns)
    for (unit, weight) in parts {
      guard let unit else { preconditionFailure("a tower is missing") }
      for index in sum.values.indices { sum.values[index] += weight * unit.rows.values[index] }
    }
    guard let joint = UnitFeatures(sum) else {
      throw TrainingError.fault("an image's embedding is the opposite of its text's")
    }
    let (value, gradient) = try loss(joint.rows)
    let back = joint.backward(gradient)
    func part(_ unit: UnitFeatures?, _ weight: Double) -> Matrix<Double>? {
      guard let unit, weight != 0 else { return nil }
      return unit.backward(
        Matrix(rows: back.rows, columns: back.columns, values: back.values.map { $0 * weight }))
    }
    return Value(
      loss: value, imageGradient: part(image, imageWeight),
      textGradient: part(text, 1 - imageWeight))
  }
}
