import Foundation
public import LinearAlgebra

/// Zero-shot classification of embeddings by their nearest class embedding.
public struct ZeroShotResult: Sendable {
  /// The class of the largest logit, per image; the first of equals.
  public let predicted: [Int]
  /// The softmax probability of that class, per image.
  public let confidence: [Double]
  /// The rank of the true class by logit, per image, from 1; equals rank in order of class.
  public let rank: [Int]
  /// `logitScale` · cosine, [images, classes].
  public let logits: Matrix<Double>
  private let labels: [Int]
  private let classCount: Int

  /// Classifies unit rows.
  ///
  /// Logits are `logitScale` · cosine, accumulated in float64.
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
    precondition(images.columns == classes.columns && labels.count == images.rows)
    precondition(labels.allSatisfy { (0..<classes.rows).contains($0) })
    // One thread, so that no bit of a confidence depends on how many there are.
    let cosines = BLAS.withThreads(1) {
      images.converted(to: Double.self).timesTransposed(classes.converted(to: Double.self))
    }
    var predicted: [Int] = []
    var confidence: [Double] = []
    var rank: [Int] = []
    for (image, label) in labels.enumerated() {
      let row = Array(cosines.row(image))
      let best = row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 }
      // The largest logit is subtracted, so that no exponential overflows.
      let total = row.reduce(0.0) { $0 + exp(logitScale * ($1 - row[best])) }
      predicted.append(best)
      confidence.append(1 / total)
      rank.append(
        1 + row.indices.count { row[$0] > row[label] || (row[$0] == row[label] && $0 < label) })
    }
    logits = Matrix(
      rows: cosines.rows, columns: cosines.columns, values: cosines.values.map { $0 * logitScale })
    self.predicted = predicted
    self.confidence = confidence
    self.rank = rank
    self.labels = labels
    classCount = classes.rows
  }

  /// The share of images whose true class is among the `k` largest logits.
  public func topAccuracy(_ k: Int) -> Double {
    Double(rank.count { $0 <= k }) / Double(rank.count)
  }

  /// The mean over classes, of those with images, of the share of their images that are right.
  public var meanPerClassAccuracy: Double {
    let shares = confusion.enumerated().compactMap { label, row -> Double? in
      let count = row.reduce(0, +)
      return count == 0 ? nil : Double(row[label]) / Double(count)
    }
    return shares.reduce(0, +) / Double(shares.count)
  }

  /// Counts of images by true class (rows) and predicted class (columns).
  public var confusion: [[Int]] {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classCount), count: classCount)
    for (label, prediction) in zip(labels, predicted) { counts[label][prediction] += 1 }
    return counts
  }
}
