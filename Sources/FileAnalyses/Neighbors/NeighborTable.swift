package import Analyses
import Files
import Foundation
package import LinearAlgebra
import RunAnalyses
import Runs

/// The nearest rows of rows, in one or several embeddings side by side.
package struct NeighborTable: Sendable {
  /// The neighbours in one embedding.
  package struct Column: Sendable {
    package let name: String
    package let neighbors: NearestNeighbors
  }

  /// The rows whose neighbours are listed.
  package let rows: [Int]
  package let columns: [Column]
  /// How many rows the embeddings have.
  package let rowCount: Int
  package let metric: Metric
  /// What is worth knowing beside the table: the share of neighbours in common.
  package private(set) var messages: [String] = []

  /// Finds the neighbours.
  ///
  /// - Parameters:
  ///   - inputs: Embeddings of the same rows.
  ///   - count: How many neighbours.
  ///   - metric: The distance.
  ///   - rows: The rows to list; nil for all.
  ///   - index: How to look for the neighbours of all rows; those of some are exact.
  ///   - isQuiet: Whether to show no progress.
  /// - Throws: `FileError` for inputs that are damaged or differ in rows, for a row that is not
  ///   there; `CancellationError`.
  package init(
    inputs: [String], count: Int, metric: Metric, rows: [Int]?,
    index: NeighborIndex = .automatic, isQuiet: Bool
  ) throws {
    let control = ComputationControl.interruptible(isQuiet: isQuiet)
    let names = InputNames.distinct(inputs)
    var columns: [Column] = []
    var rowCount: Int?
    for (input, name) in zip(inputs, names) {
      let points = try RoundedPoints(input, metric: metric).matrix
      if let rowCount, points.rows != rowCount {
        throw FileError(
          input, "has \(points.rows) rows; \(inputs[0]) has \(rowCount): rows must be the same")
      }
      rowCount = points.rows
      if let bad = rows?.first(where: { $0 >= points.rows }) {
        throw FileError(input, "has no row \(bad); its rows are 0 to \(points.rows - 1)")
      }
      let found = try analyzing(input) {
        try rows.map {
          try NearestNeighbors(
            ofRows: $0, of: points, count: count, metric: metric, control: control)
        }
          ?? NearestNeighbors.found(
            of: points, count: count, metric: metric, index: index, control: control)
      }
      messages += found.accuracyNote.map { ["\(input): \($0)"] } ?? []
      columns.append(Column(name: name, neighbors: found))
    }
    self.columns = columns
    self.rowCount = rowCount ?? 0
    self.metric = metric
    self.rows = rows ?? Array(0..<(rowCount ?? 0))
    for a in columns.indices {
      for b in columns.indices.dropFirst(a + 1) {
        let overlap = try NeighborOverlap(columns[a].neighbors, columns[b].neighbors)
        messages.append(
          "\(columns[a].name) and \(columns[b].name): \(Self.percent(overlap.mean)) of the \(count) "
            + "nearest in common")
      }
    }
  }

  private static func percent(_ share: Double) -> String {
    String(format: "%.1f %%", 100 * share)
  }

  /// What stands beside a neighbour.
  package var measureName: String { metric.isOneLessProduct ? "similarity" : "distance" }

  /// `row,rank`, and for each embedding the neighbour's row and its similarity or distance.
  package func csv() -> String {
    var header = ["row", "rank"]
    for column in columns {
      let suffix = columns.count > 1 ? "_\(column.name)" : ""
      header += ["neighbor\(suffix)", "\(measureName)\(suffix)"]
    }
    // Writing the numbers takes as long as a fifth of the search.
    let side = 256
    let parts = Parallel.map(count: (rows.count + side - 1) / side) { part in
      lines(of: part * side..<min(rows.count, (part + 1) * side))
    }
    return CSV.line(header) + parts.joined()
  }

  private func lines(of places: Range<Int>) -> String {
    let count = columns.first?.neighbors.neighborCount ?? 0
    var text = ""
    for place in places {
      for rank in 0..<count {
        text += "\(rows[place]),\(rank + 1)"
        for column in columns {
          let distance = column.neighbors.distances[place * count + rank]
          let value = metric.isOneLessProduct ? 1 - distance : distance
          text += ",\(column.neighbors.indices[place * count + rank]),\(value.shortestText)"
        }
        text += "\n"
      }
    }
    return text
  }
}
