public import LinearAlgebra
import RealModule

/// How far the probabilities that a classifier gives agree with what is right.
public struct Calibration: Sendable, Equatable {
  /// The images whose confidence falls into one of the equal parts of (0, 1].
  public struct Bin: Sendable, Equatable {
    /// How many images it holds.
    public var count = 0
    /// The sum of their confidences.
    public var confidence = 0.0
    /// How many of them are right.
    public var correct = 0
  }

  /// The probability of the predicted class, per image.
  public let confidences: [Double]
  /// Whether the predicted class is the true one, per image.
  public let isCorrect: [Bool]
  /// The Brier score per image: Σ (p_j − y_j)² over all classes, from 0 to 2 (Brier 1950,
  /// doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2).
  public let brierScores: [Double]
  /// −ln of the probability of the true class, per image, in nats; infinite where it is 0.
  public let logarithmicLosses: [Double]

  /// The calibration of logits.
  ///
  /// Time O(images · classes). The predicted class is the first of the largest logits.
  ///
  /// - Parameters:
  ///   - logits: [images, classes], finite.
  ///   - labels: The true class of each image.
  ///   - temperatures: What the logits of each image are divided by before the softmax; nil for 1.
  public init(logits: Matrix<Double>, labels: [Int], temperatures: [Double]? = nil) {
    precondition(labels.count == logits.rows && temperatures?.count ?? labels.count == labels.count)
    var probabilities = [Double](repeating: 0, count: logits.columns)
    self.init(count: labels.count) { image in
      ImageScores(
        logits: logits.row(image), label: labels[image], temperature: temperatures?[image] ?? 1,
        &probabilities)
    }
  }

  /// The calibration of probabilities.
  ///
  /// - Parameters:
  ///   - probabilities: [images, classes]; each row from 0 to 1 and of sum 1, to 1e-6.
  ///   - labels: The true class of each image.
  /// - Throws: `AnalysisError.invalid` naming a row that is no distribution.
  public init(probabilities: Matrix<Double>, labels: [Int]) throws {
    precondition(labels.count == probabilities.rows)
    for row in 0..<probabilities.rows {
      let values = probabilities.row(row)
      let total = values.reduce(0, +)
      // A NaN is in no interval.
      guard values.allSatisfy({ (0...1).contains($0) }), abs(total - 1) <= 1e-6 else {
        throw AnalysisError.invalid(
          "row \(row) (counted from 0) is no distribution over classes (its sum is \(total)); "
            + "expected numbers from 0 to 1 whose sum is 1")
      }
    }
    self.init(count: labels.count) { image in
      let row = Array(probabilities.row(image))
      return ImageScores(
        probabilities: row, label: labels[image], loss: -Double.log(row[labels[image]]))
    }
  }

  private init(count: Int, _ image: (Int) -> ImageScores) {
    var confidences: [Double] = []
    var isCorrect: [Bool] = []
    var brierScores: [Double] = []
    var logarithmicLosses: [Double] = []
    confidences.reserveCapacity(count)
    isCorrect.reserveCapacity(count)
    brierScores.reserveCapacity(count)
    logarithmicLosses.reserveCapacity(count)
    for place in 0..<count {
      let scores = image(place)
      confidences.append(scores.confidence)
      isCorrect.append(scores.isCorrect)
      brierScores.append(scores.brier)
      logarithmicLosses.append(scores.loss)
    }
    self.confidences = confidences
    self.isCorrect = isCorrect
    self.brierScores = brierScores
    self.logarithmicLosses = logarithmicLosses
  }

  /// The calibration of the images of several, one after the other.
  init(joining parts: [Calibration]) {
    confidences = parts.flatMap(\.confidences)
    isCorrect = parts.flatMap(\.isCorrect)
    brierScores = parts.flatMap(\.brierScores)
    logarithmicLosses = parts.flatMap(\.logarithmicLosses)
  }

  /// The calibration of some of the images.
  public func selecting(_ images: [Int]) -> Calibration { Calibration(self, images: images) }

  private init(_ whole: Calibration, images: [Int]) {
    confidences = images.map { whole.confidences[$0] }
    isCorrect = images.map { whole.isCorrect[$0] }
    brierScores = images.map { whole.brierScores[$0] }
    logarithmicLosses = images.map { whole.logarithmicLosses[$0] }
  }

  /// What one image adds.
  private struct ImageScores {
    let confidence: Double
    let isCorrect: Bool
    let brier: Double
    let loss: Double

    /// Of logits; `probabilities` is room for one a class.
    init(
      logits: ArraySlice<Double>, label: Int, temperature: Double,
      _ probabilities: inout [Double]
    ) {
      let start = logits.startIndex
      let largest = logits.max() ?? 0
      // The largest logit is subtracted, so that no exponential overflows.
      var total = 0.0
      for place in probabilities.indices {
        let exponential = Double.exp((logits[start + place] - largest) / temperature)
        probabilities[place] = exponential
        total += exponential
      }
      for place in probabilities.indices { probabilities[place] /= total }
      self.init(
        probabilities: probabilities, label: label,
        // By logarithms: finite where the probability itself is below the least number.
        loss: Double.log(total) - (logits[start + label] - largest) / temperature)
    }

    init(probabilities: [Double], label: Int, loss: Double) {
      var best = 0
      var brier = 0.0
      for place in probabilities.indices {
        if probabilities[place] > probabilities[best] { best = place }
        let error = probabilities[place] - (place == label ? 1 : 0)
        brier += error * error
      }
      confidence = probabilities[best]
      isCorrect = best == label
      self.brier = brier
      self.loss = loss
    }
  }

  // MARK: Scores

  /// The images by confidence, in bins of equal width, of which bin k is (k / bins, (k + 1) / bins].
  ///
  /// - Parameters:
  ///   - bins: The number of bins.
  ///   - counts: How often each image counts; nil for once.
  /// - Returns: The bins, from the least confidence to the largest.
  /// - Complexity: O(images + bins).
  public func reliability(bins: Int = 15, counts: [Int32]? = nil) -> [Bin] {
    precondition(bins > 0 && counts?.count ?? confidences.count == confidences.count)
    var result = [Bin](repeating: Bin(), count: bins)
    for image in confidences.indices {
      let count = counts.map { Int($0[image]) } ?? 1
      let confidence = confidences[image]
      let bin = Self.bin(of: confidence, among: bins)
      result[bin].count += count
      result[bin].confidence += Double(count) * confidence
      result[bin].correct += isCorrect[image] ? count : 0
    }
    return result
  }

  static func bin(of confidence: Double, among bins: Int) -> Int {
    min(max(Int((confidence * Double(bins)).rounded(.up)) - 1, 0), bins - 1)
  }

  /// Sums over images that count so often.
  public struct Sums: Sendable {
    /// How many images there are.
    public var count = 0
    /// The sum of their Brier scores.
    public var brier = 0.0
    /// The sum of their negative log-likelihoods.
    public var loss = 0.0

    /// Those of no image.
    public init() {}
  }

  /// Adds the images, each so often, in their order.
  ///
  /// - Parameters:
  ///   - counts: How often each image counts.
  ///   - sums: What is added to.
  /// - Complexity: O(images), some nanoseconds an image.
  public func add(_ counts: [Int32], to sums: inout Sums) {
    precondition(counts.count == brierScores.count)
    var (brier, loss, count) = (sums.brier, sums.loss, sums.count)
    for image in counts.indices {
      let times = counts[image]
      let weight = Double(times)
      count += Int(times)
      brier += weight * brierScores[image]
      // One that is not drawn may have an infinite loss.
      loss += times > 0 ? weight * logarithmicLosses[image] : 0
    }
    (sums.brier, sums.loss, sums.count) = (brier, loss, count)
  }

  /// The expected calibration error: the mean over images of |accuracy − mean confidence| of their bin.
  ///
  /// Method: Guo, Pleiss, Sun and Weinberger 2017, arXiv:1706.04599, section 2. It is biased upwards on
  /// few images, and more so on samples drawn again from them: `CalibrationError` tells by how much.
  ///
  /// - Parameters:
  ///   - bins: The number of bins of equal width.
  ///   - counts: How often each image counts; nil for once.
  /// - Returns: A number from 0 to 1.
  /// - Complexity: O(images + bins).
  public func expectedError(bins: Int = 15, counts: [Int32]? = nil) -> Double {
    Self.expectedError(of: reliability(bins: bins, counts: counts))
  }

  /// The expected calibration error of images that are in bins already, of one in them at least.
  public static func expectedError(of bins: [Bin]) -> Double {
    let total = bins.reduce(0) { $0 + $1.count }
    return bins.reduce(0) { $0 + abs(Double($1.correct) - $1.confidence) } / Double(total)
  }

  /// The mean Brier score.
  public var brierScore: Double { brierScores.reduce(0, +) / Double(brierScores.count) }

  /// The mean negative log-likelihood, in nats.
  public var negativeLogLikelihood: Double {
    logarithmicLosses.reduce(0, +) / Double(logarithmicLosses.count)
  }
}
