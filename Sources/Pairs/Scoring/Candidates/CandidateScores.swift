package import LinearAlgebra
package import Runs

/// Which candidate the model finds likeliest for every pair, and how likely.
///
/// The probabilities of candidates c with the cosines s_c are the softmax exp(λ s_c) / Σ exp(λ s) at the model's own
/// logit scale λ (Radford et al. 2021, arXiv:2103.00020), in float64; of equal cosines the earlier candidate comes
/// first.
package struct CandidateScores: Sendable {
  /// The likeliest candidate of every pair.
  package private(set) var top: [Int32] = []
  /// Its probability.
  package private(set) var probability: [Float] = []
  /// The pairs for which each candidate is the likeliest.
  private var counts: [Int]
  /// The sum of each candidate's probabilities.
  private var sums: [Double]
  private let list: CandidateList

  /// The pairs of a block, whose images or captions are read together.
  private static let blockSize = 4096

  /// Compares every pair with all candidates.
  ///
  /// - Parameters:
  ///   - list: The candidates.
  ///   - candidates: Their embeddings, unit rows [candidates, dimension].
  ///   - pairs: The pairs, of which images are compared with texts, captions with images.
  ///   - embeddings: Theirs.
  ///   - logitScale: λ, the factor of cosines.
  ///   - control: Asked before every block.
  ///   - write: Gets the lines of `candidates.csv` in order, its header first.
  /// - Throws: `FileError`, `CancellationError`, and what `write` throws.
  /// - Complexity: O(pairs · candidates · (dimension + log candidates)) time; a block in memory, and 8 bytes a pair.
  package init(
    _ list: CandidateList, candidates: Matrix<Float>, pairs: ScoredPairs,
    embeddings: any PairEmbeddings, logitScale: Double,
    control: ComputationControl = ComputationControl(), write: (String) throws -> Void
  ) throws {
    precondition(candidates.rows == list.names.count && candidates.rows > 0)
    precondition(candidates.columns == embeddings.dimension && logitScale.isFinite)
    self.list = list
    counts = [Int](repeating: 0, count: candidates.rows)
    sums = [Double](repeating: 0, count: candidates.rows)
    try write(Table(ScoreRankColumns.file).csv)
    let columns: Matrix<Double> = candidates.converted()
    // So many that the rows of a block of pairs with all candidates are a few MB.
    let size = max(1, min(Self.blockSize, 250_000 / candidates.rows))
    for start in stride(from: 0, to: pairs.count, by: size) {
      try control.check()
      let block = start..<min(start + size, pairs.count)
      let own = list.kind == .texts ? pairs.images : pairs.texts
      let rows = GatheredRows(Array(own[block]))
      let queries =
        list.kind == .texts
        ? try embeddings.images(rows.distinct) : try embeddings.texts(rows.distinct)
      let rankings = Self.rankings(queries, columns, logitScale)
      let lines = Parallel.map(count: block.count) { place in
        rankings[rows.places[place]].lines(
          record: Int(pairs.records[start + place]), names: list.names)
      }
      for (place, line) in zip(rows.places, lines) {
        add(rankings[place])
        try write(line)
      }
      control.report("candidates", block.upperBound, pairs.count)
    }
  }

  /// The order of the candidates for some queries.
  private static func rankings(
    _ queries: Matrix<Float>, _ candidates: Matrix<Double>, _ logitScale: Double
  ) -> [CandidateRanking] {
    let size = 64
    return BLAS.withThreads(1) {
      Parallel.map(count: (queries.rows + size - 1) / size) { piece in
        let rows = piece * size..<min((piece + 1) * size, queries.rows)
        let left: Matrix<Double> = queries.selectingRows(rows).converted()
        let products = left.timesTransposed(candidates)
        return (0..<rows.count).map { row in
          CandidateRanking(
            cosines: products.row(row).map { Float($0) }, logitScale: logitScale)
        }
      }
    }.flatMap(\.self)
  }

  private mutating func add(_ ranking: CandidateRanking) {
    guard let best = ranking.order.first else { return }
    top.append(best)
    probability.append(Float(ranking.probabilities[Int(best)]))
    counts[Int(best)] += 1
    for (candidate, value) in ranking.probabilities.enumerated() { sums[candidate] += value }
  }

  /// The likeliest candidate of a pair, by its place among the scored ones.
  package func name(_ pair: Int) -> String { list.names[Int(top[pair])] }

  /// The table `candidates-summary.csv`: a row a candidate, without rows where there is no pair.
  package var summary: Table {
    var table = Table(ScoreCandidateColumns.file)
    guard !top.isEmpty else { return table }
    for (candidate, name) in list.names.enumerated() {
      table.append([
        ScoreCandidateColumns.candidate(name), ScoreCandidateColumns.top(counts[candidate]),
        ScoreCandidateColumns.meanProbability(sums[candidate] / Double(top.count)),
      ])
    }
    return table
  }
}
