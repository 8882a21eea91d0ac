import Analyses
import Files
import Foundation
import Runs

/// The angles between classes as a heat map shows them: a few numbers a pair.
struct AngleHeatMap {
  /// A number of a pair of classes: of its angles, or of those of random planes.
  private struct Measure: Sendable {
    let name: String
    let value: @Sendable ([Double]) -> Double
  }

  // Angles are ascending, and a pair has at least one.
  private static let measures = [
    Measure(name: "smallest") { $0.first ?? .nan },
    Measure(name: "mean") { $0.reduce(0, +) / Double($0.count) },
    Measure(name: "largest") { $0.last ?? .nan },
  ]

  private let angles: ClasswiseAngles

  package init(_ angles: ClasswiseAngles) { self.angles = angles }

  /// Every ordered pair of different classes, so that a pivot of the table is the whole map:
  /// `class_a,class_b,k_a,k_b`, the smallest, mean and largest angle in radians, and the same for
  /// random planes.
  package var csv: String {
    let names = Self.measures.map(\.name)
    var table = ResultTable(
      columns: ["class_a", "class_b", "k_a", "k_b"] + names + names.map { "null_\($0)" })
    let both = angles.pairs.map { ($0.classA, $0.classB, $0) }
    let ordered = (both + both.map { ($1, $0, $2) }).sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    for (a, b, pair) in ordered {
      let isSwapped = a != pair.classA
      let numbers = [pair.angles, pair.nullAngles].flatMap { angles in
        Self.measures.map { ResultTable.Value.number($0.value(angles)) }
      }
      table.append(
        [
          .text(angles.classNames[a]), .text(angles.classNames[b]),
          .count(isSwapped ? pair.kB : pair.kA), .count(isSwapped ? pair.kA : pair.kB),
        ] + numbers)
    }
    return table.csv
  }

  /// An object with `classes` and a square matrix a measure, its diagonal null.
  package func json() throws -> String {
    var object: [String: Any] = ["classes": angles.classNames, "unit": "radians"]
    for measure in Self.measures {
      object[measure.name] = matrix { measure.value($0.angles) }
      object["null_\(measure.name)"] = matrix { measure.value($0.nullAngles) }
    }
    return try ResultTable.json(object)
  }

  private func matrix(_ value: (ClasswiseAngles.Pair) -> Double) -> [[Any]] {
    let count = angles.classNames.count
    var rows = [[Any]](repeating: [Any](repeating: NSNull(), count: count), count: count)
    for pair in angles.pairs {
      rows[pair.classA][pair.classB] = value(pair)
      rows[pair.classB][pair.classA] = value(pair)
    }
    return rows
  }
}
