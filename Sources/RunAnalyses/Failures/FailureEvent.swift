/// What may be predicted of an image under noise.
package enum FailureEvent: String, Sendable, CaseIterable, Codable {
  /// Its predicted class is not its own.
  case wrong
  /// Its predicted class is another than that of the clean image, right or wrong.
  case flip

  /// What sentences call it.
  package var words: String {
    switch self {
    case .wrong: "wrong answers"
    case .flip: "flips of the prediction"
    }
  }

  /// Whether it happens to each image.
  func happens(_ clean: ImageSignals, _ noisy: ImageSignals, labels: [Int]) -> [Bool] {
    switch self {
    case .wrong: zip(noisy.predicted, labels).map { $0 != $1 }
    case .flip: zip(noisy.predicted, clean.predicted).map { $0 != $1 }
    }
  }
}
