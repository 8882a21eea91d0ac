import Analyses
import Foundation
package import LinearAlgebra

/// What a pair's cosine is worth beside those that its image and its caption have with others.
///
/// For a batch of pairs with unit embeddings x and y, cos_i − ½τ ln Σ_j exp(x_i·y_j / τ) − ½τ ln Σ_j exp(x_j·y_i / τ),
/// j over the whole batch, i among it (Wang et al. 2024, arXiv:2405.19547), with τ = 0.01. The pairs of a draw are
/// shuffled by a stream that seed and draw name, and cut into ⌈n / size⌉ batches whose sizes differ by at most one;
/// values are averaged over draws.
package struct NegCLIPLoss: Sendable {
  /// The temperature τ.
  package static let temperature = 0.01

  /// The most pairs of a batch.
  package let batchSize: Int
  package let seed: UInt64

  /// Sums over draws: those of one pair after the other.
  package struct Sums: Sendable, Equatable {
    package var draws = 0
    /// The means.
    package var means: [Double]
    /// The sums of the squares of the differences from them.
    package var squares: [Double]

    package init(draws: Int, means: [Double], squares: [Double]) {
      precondition(means.count == squares.count)
      (self.draws, self.means, self.squares) = (draws, means, squares)
    }

    /// Of no draws yet.
    package init(count: Int) {
      self.init(
        draws: 0, means: [Double](repeating: 0, count: count),
        squares: [Double](repeating: 0, count: count))
    }

    /// Takes the values of another draw (Welford 1962, doi:10.1080/00401706.1962.10490022).
    package mutating func add(_ values: [Double]) {
      precondition(values.count == means.count)
      draws += 1
      for index in values.indices {
        let difference = values[index] - means[index]
        means[index] += difference / Double(draws)
        squares[index] += difference * (values[index] - means[index])
      }
    }
  }

  package init(batchSize: Int, seed: UInt64) {
    precondition(batchSize > 1)
    self.batchSize = batchSize
    self.seed = seed
  }

  /// How many batches so many pairs make.
  package func batchCount(_ pairs: Int) -> Int { (pairs + batchSize - 1) / batchSize }

  /// Whether every draw gives the same, as all pairs are of one batch.
  package func isSure(_ pairs: Int) -> Bool { batchCount(pairs) <= 1 }

  /// The values of one draw.
  ///
  /// - Parameters:
  ///   - draw: Its number, from 0.
  ///   - pairs: The pairs.
  ///   - embeddings: Theirs; the rows of one batch are in memory at a time.
  ///   - control: Asked whether to stop, and told of every batch.
  /// - Returns: A value a pair.
  /// - Throws: `CancellationError`; `FileError` when the disk refuses.
  /// - Complexity: O(n · size · d) for n pairs.
  package func values(
    ofDraw draw: Int, _ pairs: ScoredPairs, _ embeddings: any PairEmbeddings,
    control: ComputationControl
  ) throws -> [Double] {
    let count = batchCount(pairs.count)
    var values = [Double](repeating: 0, count: pairs.count)
    let order = order(ofDraw: draw, count: pairs.count)
    for batch in 0..<count {
      // By their numbers: rows that lie together are read together, and a batch of all has one order.
      let members = order[batch * pairs.count / count..<(batch + 1) * pairs.count / count].sorted()
      let places = members.map(Int.init)
      let sums = try ProductLogSums(
        embeddings.images(places.map { Int(pairs.images[$0]) }),
        embeddings.texts(places.map { Int(pairs.texts[$0]) }),
        scale: Float(1 / Self.temperature), control: control)
      for (index, place) in places.enumerated() {
        values[place] =
          Double(pairs.cosines[place])
          - Self.temperature / 2 * (sums.rows[index] + sums.columns[index])
      }
      control.report("negCLIPLoss, draw \(draw + 1)", batch + 1, count)
    }
    return values
  }

  private func order(ofDraw draw: Int, count: Int) -> [Int32] {
    var stream = RandomStream(domain: "score/batches", seed: seed, identity: "\(draw)".utf8)
    return (0..<Int32(count)).shuffled(using: &stream)
  }
}
