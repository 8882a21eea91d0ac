import Files
import Foundation
import LinearAlgebra
import Runs

/// Writes the table of results: the input's rows in their order, each with what was found out about it.
///
/// Numbers that stand on float32 embeddings are written in float32's shortest form; the percentile, which counts, in
/// float64's.
struct ScoreResults {
  /// Columns beside those of every scoring, which others fill: a field each for a scored pair, by its place among
  /// them, and for rows without a score nothing.
  struct Supplement: Sendable {
    let columns: [any ColumnDeclaration]
    let fields: @Sendable (_ scored: Int) -> [String]
  }

  let source: any PairSource
  let store: PairStore
  let pairs: ScoredPairs
  /// Over draws of batches; nil without.
  let sums: NegCLIPLoss.Sums?
  /// Whether every draw gives the same.
  let isSure: Bool
  var supplements: [Supplement] = []

  private static let pieceBytes = 1 << 20

  /// Writes it, whole or not at all.
  ///
  /// - Parameters:
  ///   - path: The table.
  ///   - digest: What was read when the rows were embedded.
  ///   - didWrite: Told of every piece, with its rows.
  ///   - visit: Gets every row that has a score, with its place among those.
  /// - Throws: `FileError`, also when the input has changed; `RunError.interrupted`.
  func write(
    to path: String, digest: Digest, didWrite: (Int) -> Void,
    visit: (_ scored: Int, PairRow) throws -> Void = { _, _ in }
  ) throws {
    let messages = try store.messages()
    let percentiles = Percentiles(pairs.cosines)
    let columns = ScoreColumns.all + supplements.flatMap(\.columns)
    try AtomicFile.write(to: path) { file in
      var text = CSV.line(source.header + columns.map(\.name))
      var rows = try source.rows()
      var scored = 0
      var waiting = 0
      func changed() -> FileError { FileError(source.name, "has changed while it was read") }
      try store.forEachRecord { _, record in
        guard let row = try rows.next() else { throw changed() }
        var fields = row.fields
        if record.isScored {
          fields += scores(scored, percentiles)
        } else {
          fields += Self.unscored
        }
        fields += ["\(record.tokens)", "\(record.truncated)"]
        let error = Int(record.error)
        fields.append(
          record.isScored ? "" : messages.indices.contains(error) ? messages[error] : "unknown")
        for supplement in supplements {
          fields +=
            record.isScored
            ? supplement.fields(scored) : supplement.columns.map { _ in "" }
        }
        text += CSV.line(fields)
        if record.isScored {
          try visit(scored, row)
          scored += 1
        }
        waiting += 1
        if text.utf8.count > Self.pieceBytes {
          try Interruption.check()
          try file.write(contentsOf: Data(text.utf8))
          text = ""
          didWrite(waiting)
          waiting = 0
        }
      }
      guard try rows.next() == nil, rows.digest == digest else { throw changed() }
      try file.write(contentsOf: Data(text.utf8))
      didWrite(waiting)
    }
  }

  private static let unscored = [String](repeating: "", count: 6)

  private func scores(_ place: Int, _ percentiles: Percentiles) -> [String] {
    let cosine = pairs.cosines[place]
    var negative = ["", ""]
    if let sums {
      negative[0] = Float(sums.means[place]).shortestText
      if isSure {
        negative[1] = "0"
      } else if sums.draws > 1 {
        let variance = sums.squares[place] / Double(sums.draws - 1)
        negative[1] = Float(variance.squareRoot()).shortestText
      }
    }
    return [
      cosine.shortestText, (100 * cosine).shortestText, (2.5 * max(cosine, 0)).shortestText,
    ] + negative + [percentiles.percentile(cosine).shortestText]
  }
}
