import Analyses
import Foundation
import Runs

/// The angles between classes as a heat map shows them: a few numbers a pair.
struct AngleHeatMap {
  /// A number of a pair of classes: of its angles, and of those of random planes.
  private struct Measure: Sendable {
    let column: Column<Double>
    let nullColumn: Column<Double>
    let value: @Sendable ([Double]) -> Double
  }

  // Angles are ascending, and a pair has at least one.
  private static let measures = [
    Measure(column: AngleHeatMapColumns.smallest, nullColumn: AngleHeatMapColumns.nullSmallest) {
      $0.first ?? .nan
    },
    Measure(column: AngleHeatMapColumns.mean, nullColumn: AngleHeatMapColumns.nullMean) {
      $0.reduce(0, +) / Double($0.count)
    },
    Measure(column: AngleHeatMapColumns.largest, nullColumn: AngleHeatMapColumns.nullLargest) {
      $0.last ?? .nan
    },
  ]

  private let angles: ClasswiseAngles

  init(_ angles: ClasswiseAngles) { self.angles = angles }

  /// Every ordered pair of different classes, so that a pivot of the table is the whole map: the dimensions, the
  /// smallest, mean and largest angle, and the same for random planes.
  var table: Table {
    var table = Table(AngleHeatMapColumns.file)
    let both = angles.pairs.map { ($0.classA, $0.classB, $0) }
    let ordered = (both + both.map { ($1, $0, $2) }).sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    for (a, b, pair) in ordered {
      let (kA, kB) = a == pair.classA ? (pair.kA, pair.kB) : (pair.kB, pair.kA)
      table.append(
        [
          AngleColumns.firstClass(angles.classNames[a]),
          AngleColumns.secondClass(angles.classNames[b]),
          AngleColumns.firstDimension(kA), AngleColumns.secondDimension(kB),
        ] + Self.measures.map { $0.column($0.value(pair.angles)) }
          + Self.measures.map { $0.nullColumn($0.value(pair.nullAngles)) })
    }
    return table
  }

  /// An object with `classes` and a square matrix a measure, its diagonal null.
  func json() throws -> String {
    var object: [String: Any] = ["classes": angles.classNames, "unit": "radians"]
    for measure in Self.measures {
      object[measure.column.name] = matrix { measure.value($0.angles) }
      object[measure.nullColumn.name] = matrix { measure.value($0.nullAngles) }
    }
    return try Table.json(object)
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
