import Files
import Foundation
import LinearAlgebra
import Runs

extension CandidateList {
  /// How many candidates are embedded together.
  private static let group = 256

  /// The embeddings of the candidates, as those of the pairs are made.
  ///
  /// - Parameter towers: The model.
  /// - Returns: Unit rows [candidates, dimension], and what is to be known of them, a sentence each.
  /// - Throws: `FileError` naming an image that is damaged, and a candidate whose embedding is no direction;
  ///   `RunError.interrupted`.
  func embeddings(_ towers: PairTowers) throws -> (rows: Matrix<Float>, messages: [String]) {
    var values: [Float] = []
    var cut = 0
    for start in stride(from: 0, to: names.count, by: Self.group) {
      try Interruption.check()
      let part = Array(names[start..<min(start + Self.group, names.count)])
      let rows: [[Float]?]
      switch kind {
      case .texts:
        let prepared = Parallel.map(count: part.count) { towers.prepare(part[$0]) }
        cut += prepared.count { $0.tokens > $0.ids.count }
        rows = try towers.embed(prepared)
      case .images:
        rows = try towers.embed(
          Parallel.tryMap(count: part.count) { index in
            let file = path + "/" + part[index]
            let data = try FileContents.read(file)
            return try towers.prepare(data, digest: Digest(of: data), file: file)
          })
      }
      for (name, row) in zip(part, rows) {
        guard let row else {
          throw FileError(
            path, "\"\(name.prefix(80))\": \(PairTowers.noDirection); leave this candidate out")
        }
        values += row
      }
    }
    let messages =
      cut == 0
      ? []
      : ["\(path): \(cut) candidates are longer than the model's context, and cut"]
    return (
      Matrix(rows: names.count, columns: towers.dimension, values: values), messages
    )
  }
}
