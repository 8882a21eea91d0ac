public import LinearAlgebra
import RealModule

/// One number by which all logits are divided, so that confidences agree better with what is right.
public struct TemperatureScaling: Sendable, Equatable {
  /// Where temperatures are looked for.
  ///
  /// One near an end says that none lies within: the classifier has every image right (the lower), or its
  /// logits say nothing (the upper).
  public static let range = 0.01...100.0

  /// The temperature of every image: those that it was fitted without, when it was cross-fitted.
  public let temperatures: [Double]
  /// The temperatures that were fitted: one, or one a fold.
  public let fitted: [Double]

  /// The temperature of the least negative log-likelihood.
  ///
  /// Method: Guo, Pleiss, Sun and Weinberger 2017, arXiv:1706.04599, section 4.2. The loss is convex in
  /// 1 / T and so has one valley in ln T, which golden-section search cannot miss; to 1e-6 of T.
  /// Accuracy never changes.
  ///
  /// - Parameters:
  ///   - logits: [images, classes], finite.
  ///   - labels: The true class of each image.
  ///   - rows: The images that count, one at least.
  ///   - control: Stops between steps of the search.
  /// - Returns: A number in `range`.
  /// - Throws: `CancellationError`.
  /// - Complexity: O(rows · classes), some 40 times.
  public static func fit(
    logits: Matrix<Double>, labels: [Int], rows: [Int],
    control: ComputationControl = ComputationControl()
  ) throws -> Double {
    precondition(!rows.isEmpty && labels.count == logits.rows)
    let classes = logits.columns
    // How far each logit is below the largest of its image.
    let below = rows.flatMap { row -> [Double] in
      let values = logits.row(row)
      let largest = values.max() ?? 0
      return values.map { $0 - largest }
    }
    let search = try GoldenSection(
      over: Double.log(range.lowerBound)...Double.log(range.upperBound), tolerance: 1e-6
    ) { logarithm in
      try control.check()
      let inverse = Double.exp(-logarithm)
      var likelihood = 0.0
      for (index, row) in rows.enumerated() {
        let start = index * classes
        var total = 0.0
        for place in start..<start + classes { total += Double.exp(below[place] * inverse) }
        likelihood += below[start + labels[row]] * inverse - Double.log(total)
      }
      return likelihood
    }
    return min(max(Double.exp(search.best.argument), range.lowerBound), range.upperBound)
  }

  /// A temperature fitted on some images, for all of them.
  ///
  /// - Throws: `CancellationError`.
  public init(
    logits: Matrix<Double>, labels: [Int], fittedOn rows: [Int],
    control: ComputationControl = ComputationControl()
  ) throws {
    fitted = [try Self.fit(logits: logits, labels: labels, rows: rows, control: control)]
    temperatures = [Double](repeating: fitted[0], count: labels.count)
  }

  /// A temperature an image, fitted on other images: those of the other folds.
  ///
  /// - Parameters:
  ///   - logits: [images, classes], finite.
  ///   - labels: The true class of each image.
  ///   - folds: The number of parts, from 2 to the number of images, of sizes that differ by 1 at most.
  ///   - seed: The seed that deals the images out.
  ///   - control: Stops between steps of the searches.
  /// - Throws: `CancellationError`.
  public init(
    crossFitted logits: Matrix<Double>, labels: [Int], folds: Int = 5, seed: UInt64,
    control: ComputationControl = ComputationControl()
  ) throws {
    precondition((2...max(labels.count, 2)).contains(folds) && labels.count >= folds)
    let order = RandomStream(domain: "statistics/temperature folds", seed: seed)
      .order(labels.count, part: 0)
    var fold = [Int](repeating: 0, count: labels.count)
    for (place, image) in order.enumerated() { fold[image] = place % folds }
    let fitted = try Parallel.tryMap(count: folds) { [fold] part in
      try Self.fit(
        logits: logits, labels: labels, rows: labels.indices.filter { fold[$0] != part },
        control: control)
    }
    self.fitted = fitted
    temperatures = fold.map { fitted[$0] }
  }
}
