import Foundation
public import LinearAlgebra

/// Zero-shot classification of embeddings by their nearest class embedding.
///
/// Logits are `logitScale` · cosine, accumulated in float64. They are made and used a block of images at a
/// time: of a million images and a thousand classes they would take 8 GB.
public struct ZeroShotResult: Sendable {
  /// The class of the largest logit, per image; the first of equals.
  public let predicted: [Int]
  /// The softmax probability of that class, per image.
  public let confidence: [Double]
  /// The rank of the true class by logit, per image, from 1; equals rank in order of class.
  public let rank: [Int]
  /// How the probabilities agree with what is right; nil where that was not asked for.
  public let calibrations: Calibrations?
  private let labels: [Int]
  private let classCount: Int

  /// The calibration of the probabilities of every image.
  public struct Calibrations: Sendable {
    /// Of the probabilities as they are.
    public let plain: Calibration
    /// Of those with the logits divided by a temperature; nil without temperatures.
    public let scaled: Calibration?
  }

  /// The most logits that are made in one product of matrices: 128 MiB.
  ///
  /// Up to there a run's numbers are those of that one product to the last bit.
  public static let mostLogits = 1 << 24
  /// The logits of a block, where there are more.
  static let blockLogits = 1 << 20

  /// Classifies unit rows.
  ///
  /// - Parameters:
  ///   - images: [images, dimension], unit rows.
  ///   - classes: [classes, dimension], unit rows.
  ///   - labels: The true class of each image.
  ///   - logitScale: What cosines are multiplied by; it changes confidences only.
  /// - Complexity: O(images · classes · dimension).
  public init(
    images: Matrix<Float>, classes: Matrix<Float>, labels: [Int], logitScale: Double
  ) {
    self.init(
      images: images, classes: classes, labels: labels, logitScale: logitScale, calibrates: false,
      temperatures: nil
    ) { () throws(Never) in }
  }

  /// Classifies unit rows, with the calibration of their probabilities.
  ///
  /// - Parameters:
  ///   - images: [images, dimension], unit rows.
  ///   - classes: [classes, dimension], unit rows.
  ///   - labels: The true class of each image.
  ///   - logitScale: What cosines are multiplied by.
  ///   - temperatures: What the logits of each image are divided by for scaled probabilities; nil for none.
  ///   - control: Asked before every block of 2²⁰ logits; up to 2²⁴ are one block.
  /// - Throws: `CancellationError`.
  /// - Complexity: O(images · classes · dimension) time; a block of logits a thread beside the result.
  public init(
    calibrating images: Matrix<Float>, classes: Matrix<Float>, labels: [Int], logitScale: Double,
    temperatures: [Double]?, control: ComputationControl = ComputationControl()
  ) throws {
    try self.init(
      images: images, classes: classes, labels: labels, logitScale: logitScale, calibrates: true,
      temperatures: temperatures
    ) { () throws(any Error) in try control.check() }
  }

  private init<Failure: Error>(
    images: Matrix<Float>, classes: Matrix<Float>, labels: [Int], logitScale: Double,
    calibrates: Bool, temperatures: [Double]?, check: @Sendable () throws(Failure) -> Void
  ) throws(Failure) {
    precondition(images.columns == classes.columns && labels.count == images.rows)
    precondition(labels.allSatisfy { (0..<classes.rows).contains($0) })
    precondition(temperatures?.count ?? labels.count == labels.count)
    let blocks = Self.blocks(images: images.rows, classes: classes.rows)
    let axes = classes.converted(to: Double.self)
    // One thread a product, so that no bit of a confidence depends on how many there are.
    let scored = BLAS.withThreads(1) {
      Result { () throws(Failure) in
        try Parallel.tryMap(count: blocks.count) { index throws(Failure) in
          try check()
          let rows = blocks[index]
          return Block(
            images.block(rows), axes, labels: labels[rows], logitScale: logitScale,
            calibrates: calibrates, isWhole: blocks.count == 1, temperatures: temperatures?[rows])
        }
      }
    }
    let parts = try scored.get()
    predicted = parts.flatMap(\.predicted)
    confidence = parts.flatMap(\.confidence)
    rank = parts.flatMap(\.rank)
    calibrations =
      calibrates
      ? Calibrations(
        plain: Calibration(joining: parts.compactMap(\.plain)),
        scaled: temperatures == nil ? nil : Calibration(joining: parts.compactMap(\.scaled)))
      : nil
    self.labels = labels
    classCount = classes.rows
  }

  /// The images whose logits are made at once: all, or blocks of one size.
  static func blocks(images: Int, classes: Int) -> [Range<Int>] {
    let isWhole = images <= mostLogits / max(classes, 1)
    let size = isWhole ? max(images, 1) : max(1, blockLogits / classes)
    return stride(from: 0, to: images, by: size).map { $0..<min($0 + size, images) }
  }

  /// The logits of some images: [images, classes].
  ///
  /// - Parameters:
  ///   - images: [images, dimension], unit rows.
  ///   - classes: [classes, dimension], unit rows.
  ///   - logitScale: What cosines are multiplied by.
  /// - Returns: A row an image.
  public static func logits(
    images: Matrix<Float>, classes: Matrix<Float>, logitScale: Double
  ) -> Matrix<Double> {
    var logits = BLAS.withThreads(1) {
      images.converted(to: Double.self).timesTransposed(classes.converted(to: Double.self))
    }
    for place in logits.values.indices { logits.values[place] *= logitScale }
    return logits
  }

  /// What is made of the images of one block.
  private struct Block: Sendable {
    var predicted: [Int] = []
    var confidence: [Double] = []
    var rank: [Int] = []
    var plain: Calibration?
    var scaled: Calibration?

    init(
      _ images: Matrix<Float>, _ classes: Matrix<Double>, labels: ArraySlice<Int>,
      logitScale: Double, calibrates: Bool, isWhole: Bool, temperatures: ArraySlice<Double>?
    ) {
      var products = images.converted(to: Double.self).timesTransposed(classes)
      predicted.reserveCapacity(labels.count)
      confidence.reserveCapacity(labels.count)
      rank.reserveCapacity(labels.count)
      for (image, label) in labels.enumerated() {
        let row = products.row(image)
        let start = row.startIndex
        var (best, largest) = (start, row[start])
        for place in row.indices where row[place] > largest {
          (best, largest) = (place, row[place])
        }
        // Of many images the calibration's exponentials serve, the same but for the last bit.
        if isWhole || !calibrates {
          // The largest logit is subtracted, so that no exponential overflows.
          var total = 0.0
          for place in row.indices { total += exp(logitScale * (row[place] - largest)) }
          confidence.append(1 / total)
        }
        let (own, ownPlace) = (row[start + label], start + label)
        var before = 0
        for place in row.indices {
          before += row[place] > own || (row[place] == own && place < ownPlace) ? 1 : 0
        }
        predicted.append(best - start)
        rank.append(1 + before)
      }
      guard calibrates else { return }
      for place in products.values.indices { products.values[place] *= logitScale }
      let plain = Calibration(logits: products, labels: Array(labels))
      if !isWhole { confidence = plain.confidences }
      self.plain = plain
      scaled = temperatures.map {
        Calibration(logits: products, labels: Array(labels), temperatures: Array($0))
      }
    }
  }

  /// The share of images whose true class is among the `k` largest logits.
  public func topAccuracy(_ k: Int) -> Double {
    Double(rank.count { $0 <= k }) / Double(rank.count)
  }

  /// The mean over classes, of those with images, of the share of their images that are right.
  public var meanPerClassAccuracy: Double {
    var (right, counts) = (
      [Int](repeating: 0, count: classCount), [Int](repeating: 0, count: classCount)
    )
    for (label, prediction) in zip(labels, predicted) {
      counts[label] += 1
      right[label] += label == prediction ? 1 : 0
    }
    let shares = zip(right, counts).filter { $1 > 0 }.map { Double($0) / Double($1) }
    return shares.reduce(0, +) / Double(shares.count)
  }
}

extension Matrix {
  /// Some of the rows that follow each other.
  fileprivate func block(_ range: Range<Int>) -> Matrix {
    range == 0..<rows
      ? self
      : Matrix(
        rows: range.count, columns: columns,
        values: Array(values[range.lowerBound * columns..<range.upperBound * columns]))
  }
}
