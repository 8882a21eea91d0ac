import Analyses
import Foundation
import Runs

/// What a person sees first of the angles: a row a condition.
struct AngleSummary {
  private let condition: Condition
  private let pairCount: Int
  private let closest: ClasswiseAngles.Pair
  private let closestNames: String
  private let median: Double
  private let medianNull: Double

  /// The smallest angles of all pairs of classes; there is at least one pair.
  init(_ condition: Condition, _ angles: ClasswiseAngles) {
    precondition(!angles.pairs.isEmpty)
    func smallest(_ pair: ClasswiseAngles.Pair) -> Double { pair.angles.first ?? .nan }
    self.condition = condition
    pairCount = angles.pairs.count
    closest = angles.pairs.min { smallest($0) < smallest($1) } ?? angles.pairs[0]
    closestNames = [closest.classA, closest.classB].map { angles.classNames[$0] }
      .joined(separator: ", ")
    median = angles.pairs.map(smallest).median ?? .nan
    medianNull = angles.pairs.map { $0.nullAngles.first ?? .nan }.median ?? .nan
  }

  /// A table of the smallest angles in radians, rounded to four digits: that of the two closest classes,
  /// and the median of all pairs beside the median for random planes of the same dimensions.
  static func markdown(_ rows: [AngleSummary]) -> String {
    let lines = rows.map { row in
      let numbers = [row.closest.angles.first ?? .nan, row.median, row.medianNull]
      let fields =
        row.condition.tableFields + ["\(row.pairCount)", row.closestNames]
        + numbers.map { String(format: "%.4f", $0) }
      return "| \(fields.joined(separator: " | ")) |\n"
    }
    return
      "| noise | level | seed | pairs | closest classes | angle | median angle | random planes |\n"
      + "|---|---:|---:|---:|---|---:|---:|---:|\n" + lines.joined()
  }
}
