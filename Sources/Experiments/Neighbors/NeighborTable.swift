public import Analyses
import Files
import Foundation
import LinearAlgebra

/// How nearest neighbours are looked for.
public enum NeighborIndex: String, Sendable, CaseIterable {
  /// Exactly up to 100,000 rows, by an index above.
  case auto
  /// By comparing every two rows.
  case exact
  /// By an index, with measured recall.
  case approximate
}

/// The nearest rows of rows, in one or several embeddings side by side.
public struct NeighborTable {
  /// The neighbours in one embedding.
  struct Column {
    let name: String
    let neighbors: NearestNeighbors
  }

  /// The rows whose neighbours are listed.
  let rows: [Int]
  let columns: [Column]
  let metric: NeighborMetric
  /// What is worth knowing beside the table: recall of an index, neighbours in common.
  public private(set) var messages: [String] = []

  /// Finds the neighbours.
  ///
  /// - Parameters:
  ///   - inputs: Embeddings of the same rows.
  ///   - count: How many neighbours.
  ///   - metric: The distance.
  ///   - index: How they are looked for.
  ///   - rows: The rows to list; nil for all.
  ///   - isQuiet: Whether to show no progress.
  /// - Throws: `FileError` for inputs that are damaged or differ in rows, for a row that is not
  ///   there; `ExperimentError.interrupted`.
  public init(
    inputs: [String], count: Int, metric: NeighborMetric, index: NeighborIndex, rows: [Int]?,
    isQuiet: Bool
  ) throws {
    let progress = StageProgress(isQuiet: isQuiet)
    let control = ComputationControl(
      isCancelled: { Interruption.isRequested },
      report: { progress.report(stage: $0, done: $1, total: $2) })
    let names = PersistenceJob.outputNames(inputs)
    var columns: [Column] = []
    var rowCount: Int?
    for (input, name) in zip(inputs, names) {
      let points = try MatrixFile.readFloats(input)
      if let rowCount, points.rows != rowCount {
        throw FileError(
          input, "has \(points.rows) rows; \(inputs[0]) has \(rowCount): rows must be the same")
      }
      rowCount = points.rows
      if let bad = rows?.first(where: { $0 >= points.rows }) {
        throw FileError(input, "has no row \(bad); its rows are 0 to \(points.rows - 1)")
      }
      do {
        let found = try Self.neighbors(
          of: points, rows: rows, count: count, metric: metric, index: index, control: control)
        columns.append(Column(name: name, neighbors: found.neighbors))
        if let recall = found.recall {
          messages.append(
            "\(input): neighbours by an index; it found \(Self.percent(recall)) of the nearest at "
              + "sampled rows (--index exact finds all)")
        }
      } catch AnalysisError.cancelled {
        throw ExperimentError.interrupted(finished: 0, of: 0)
      } catch let error as AnalysisError {
        throw FileError(input, "\(error)")
      }
    }
    self.columns = columns
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

  /// The number of rows above which an index is used unless told otherwise.
  static let exactLimit = 100_000

  private static func neighbors(
    of points: Matrix<Float>, rows: [Int]?, count: Int, metric: NeighborMetric,
    index: NeighborIndex, control: ComputationControl
  ) throws -> (neighbors: NearestNeighbors, recall: Double?) {
    if let rows, index != .approximate {
      return (
        try NearestNeighbors(
          ofRows: rows, of: points, count: count, metric: metric, control: control), nil
      )
    }
    if index == .exact || index == .auto && points.rows <= exactLimit {
      return (
        try NearestNeighbors(of: points, count: count, metric: metric, control: control), nil
      )
    }
    let found = try ApproximateNeighbors(
      of: points, count: count, metric: metric, control: control)
    let neighbors = rows.map { found.neighbors.selecting($0) } ?? found.neighbors
    return (neighbors, found.recall)
  }

  /// `row,rank`, and for each embedding the neighbour's row and its similarity or distance.
  public func csv() -> String {
    let measure = metric == .cosine ? "similarity" : "distance"
    var text = "row,rank"
    for column in columns {
      let suffix = columns.count > 1 ? "_\(column.name)" : ""
      text += ",neighbor\(suffix),\(measure)\(suffix)"
    }
    text += "\n"
    let count = columns.first?.neighbors.neighborCount ?? 0
    for (place, row) in rows.enumerated() {
      for rank in 0..<count {
        text += "\(row),\(rank + 1)"
        for column in columns {
          let distance = column.neighbors.distances[place * count + rank]
          let value = metric == .cosine ? 1 - distance : distance
          text += ",\(column.neighbors.indices[place * count + rank]),\(value.shortestText)"
        }
        text += "\n"
      }
    }
    return text
  }
}

extension NearestNeighbors {
  /// The neighbours of some rows among all the others.
  init(
    ofRows rows: [Int], of points: Matrix<Float>, count: Int, metric: NeighborMetric,
    control: ComputationControl
  ) throws {
    guard count < points.rows else {
      throw AnalysisError.invalid(
        "\(count) neighbours were asked for; \(points.rows) rows have at most \(points.rows - 1)")
    }
    let found = try NearestNeighbors(
      of: points.selectingRows(rows), among: points, count: count + 1, metric: metric,
      control: control)
    var kept: [Int] = []
    for (place, row) in rows.enumerated() {
      // A row is its own nearest, unless more than `count` copies of it come first.
      let all = place * (count + 1)..<(place + 1) * (count + 1)
      let own = all.first { found.indices[$0] == row } ?? all.upperBound - 1
      kept += all.filter { $0 != own }
    }
    self.init(
      neighborCount: count, indices: kept.map { found.indices[$0] },
      distances: kept.map { found.distances[$0] })
  }

  /// The neighbours of the rows given, in that order.
  func selecting(_ rows: [Int]) -> NearestNeighbors {
    let kept = rows.flatMap { $0 * neighborCount..<($0 + 1) * neighborCount }
    return NearestNeighbors(
      neighborCount: neighborCount, indices: kept.map { indices[$0] },
      distances: kept.map { distances[$0] })
  }
}
