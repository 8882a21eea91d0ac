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
  ///   - control: Stops between images of the search.
  /// - Returns: A number in `range`.
  /// - Throws: `CancellationError`.
  /// - Complexity: O(rows · classes), some 40 times.
  public static func fit(
    logits: Matrix<Double>, labels: [Int], rows: [Int],
    control: ComputationControl = ComputationControl()
  ) throws -> Double {
    precondition(labels.count == logits.rows)
    let margins = Margins(logits.selectingRows(rows), labels: rows.map { labels[$0] })
    return try margins.temperature(of: Array(rows.indices), control: control)
  }

  /// The images that one temperature is fitted on: all or, of more than there is room for, some that are drawn.
  ///
  /// - Parameters:
  ///   - count: How many images there are.
  ///   - most: How many are fitted on at most.
  ///   - seed: The seed of the draw.
  /// - Returns: Their places, ascending.
  public static func images(_ count: Int, most: Int, seed: UInt64) -> [Int] {
    guard count > most else { return Array(0..<count) }
    return RandomStream(domain: "statistics/temperature images", seed: seed)
      .order(count, part: 0, chosen: most).prefix(most).sorted()
  }

  /// How far each logit is below the largest of its image.
  private struct Margins: Sendable {
    /// [images, classes], at most 0.
    let below: Matrix<Double>
    let labels: [Int]

    init(_ logits: consuming Matrix<Double>, labels: [Int]) {
      var below = logits
      for row in 0..<below.rows {
        let largest = below.row(row).max() ?? 0
        for place in row * below.columns..<(row + 1) * below.columns {
          below.values[place] -= largest
        }
      }
      self.below = below
      self.labels = labels
    }

    /// The temperature of the least negative log-likelihood of some of the images, one at least.
    func temperature(of images: [Int], control: ComputationControl) throws -> Double {
      precondition(!images.isEmpty)
      let search = try GoldenSection(
        over: Double.log(range.lowerBound)...Double.log(range.upperBound), tolerance: 1e-6
      ) { logarithm in
        let inverse = Double.exp(-logarithm)
        var likelihood = 0.0
        for (place, image) in images.enumerated() {
          if place & 0xff == 0 { try control.check() }
          let start = image * below.columns
          var total = 0.0
          for place in start..<start + below.columns {
            total += Double.exp(below.values[place] * inverse)
          }
          likelihood += below.values[start + labels[image]] * inverse - Double.log(total)
        }
        return likelihood
      }
      return min(max(Double.exp(search.best.argument), range.lowerBound), range.upperBound)
    }
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
  ///   - control: Stops between images of the searches.
  /// - Throws: `CancellationError`.
  public init(
    crossFitted logits: Matrix<Double>, labels: [Int], folds: Int = 5, seed: UInt64,
    control: ComputationControl = ComputationControl()
  ) throws {
    precondition(labels.count == logits.rows)
    try self.init(
      crossFitted: labels, most: labels.count, folds: folds, seed: seed, control: control
    ) { logits.selectingRows($0) }
  }

  /// A temperature an image, fitted on other images, of which as many are taken as there is room for.
  ///
  /// One number needs no million images: of the images that are not of a fold those count that the draw of
  /// the folds puts first, which are an equal part of every fold.
  ///
  /// - Parameters:
  ///   - labels: The true class of each image.
  ///   - most: How many images are fitted on, 2 or more; all where there are no more.
  ///   - folds: The number of parts, from 2 to the number of images, of sizes that differ by 1 at most.
  ///   - seed: The seed that deals the images out.
  ///   - control: Stops between images of the searches.
  ///   - logits: The logits of some images, in ascending order: [those images, classes], finite.
  /// - Throws: `CancellationError`.
  public init(
    crossFitted labels: [Int], most: Int, folds: Int = 5, seed: UInt64,
    control: ComputationControl = ComputationControl(),
    logits: (_ images: [Int]) throws -> Matrix<Double>
  ) throws {
    precondition((2...max(labels.count, 2)).contains(folds) && labels.count >= folds && most >= 2)
    let order = RandomStream(domain: "statistics/temperature folds", seed: seed)
      .order(labels.count, part: 0)
    var fold = [Int](repeating: 0, count: labels.count)
    for (place, image) in order.enumerated() { fold[image] = place % folds }
    let images = order.prefix(most).sorted()
    let margins = Margins(try logits(images), labels: images.map { labels[$0] })
    let fitted = try Parallel.tryMap(count: folds) { [fold] part in
      try margins.temperature(
        of: images.indices.filter { fold[images[$0]] != part }, control: control)
    }
    self.fitted = fitted
    temperatures = fold.map { fitted[$0] }
  }
}
