/// A number of an image under noise that may tell that it will be classified wrongly.
package enum FailureSignal: String, Sendable, CaseIterable, Codable {
  /// 1 − cosine of the noisy embedding and the clean one.
  case displacement
  /// The share of the nearest clean neighbours that are no longer among the nearest.
  case neighborLoss = "neighbor_loss"
  /// The largest cosine with a class less the second, of the clean image; the smaller, the more likely a
  /// failure.
  case marginClean = "margin_clean"
  /// That of the noisy one.
  case margin
  /// The probability of the predicted class, of the clean image; the smaller, the more likely a failure.
  case confidenceClean = "confidence_clean"
  /// That of the noisy one: what every other signal is compared with.
  case confidence
  /// The local intrinsic dimension around the clean image; the larger, the more likely a failure.
  case dimensionClean = "dimension_clean"
  /// That around the noisy one among the images of its condition.
  case dimension
  /// The distance of the noisy embedding from the mean of the predicted class's clean images, itself left
  /// out.
  case predictedDistance = "predicted_distance"

  /// What the others are compared with.
  package static let baseline = FailureSignal.confidence

  /// Whether it needs the image without its noise, which nobody has who meets a noisy image.
  package var needsClean: Bool {
    switch self {
    case .displacement, .neighborLoss, .marginClean, .confidenceClean, .dimensionClean: true
    case .margin, .confidence, .dimension, .predictedDistance: false
    }
  }

  /// What sentences call it.
  package var words: String {
    switch self {
    case .displacement: "displacement from the clean embedding"
    case .neighborLoss: "loss of clean neighbours"
    case .marginClean: "clean margin"
    case .margin: "margin"
    case .confidenceClean: "clean confidence"
    case .confidence: "confidence"
    case .dimensionClean: "clean local dimension"
    case .dimension: "local dimension"
    case .predictedDistance: "distance from the predicted class"
    }
  }

  /// The signal of every image, larger for more likely to fail: margins and confidences with their sign
  /// turned.
  ///
  /// - Parameters:
  ///   - clean: What the clean images are.
  ///   - noisy: The same images under noise.
  /// - Returns: A number an image; nil where it is not defined.
  func risks(_ clean: ImageSignals, _ noisy: ImageSignals) -> [Double?] {
    switch self {
    case .displacement: noisy.displacement ?? []
    case .neighborLoss: noisy.neighborLoss ?? []
    case .marginClean: clean.margin.map { -$0 }
    case .margin: noisy.margin.map { -$0 }
    case .confidenceClean: clean.confidence.map { -$0 }
    case .confidence: noisy.confidence.map { -$0 }
    case .dimensionClean: clean.dimension
    case .dimension: noisy.dimension
    case .predictedDistance: noisy.predictedDistance ?? []
    }
  }
}
