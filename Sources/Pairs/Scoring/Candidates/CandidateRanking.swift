import Files
import RealModule
import Runs

/// The candidates of one image or caption, from the likeliest.
struct CandidateRanking: Sendable {
  /// The cosine of every candidate.
  let cosines: [Float]
  /// The probability of every candidate; 1 in sum.
  let probabilities: [Double]
  /// The candidates from the likeliest; of equal ones the earlier first.
  let order: [Int32]

  /// Ranks by cosine.
  ///
  /// - Parameters:
  ///   - cosines: Of every candidate, one at least.
  ///   - logitScale: What they are multiplied by before the softmax.
  init(cosines: [Float], logitScale: Double) {
    self.cosines = cosines
    // Less the largest, so that no power is infinite and one is 1.
    let greatest = cosines.reduce(-.infinity, max)
    let powers = cosines.map { Double.exp(logitScale * (Double($0) - Double(greatest))) }
    let sum = powers.reduce(0, +)
    probabilities = powers.map { $0 / sum }
    order = cosines.indices.sorted { (-cosines[$0], $0) < (-cosines[$1], $1) }.map { Int32($0) }
  }

  /// The lines of `candidates.csv` of a record.
  func lines(record: Int, names: [String]) -> String {
    var text = ""
    for (rank, candidate) in order.enumerated() {
      text += CSV.line([
        "\(record)", "\(rank + 1)", names[Int(candidate)],
        cosines[Int(candidate)].shortestText, probabilities[Int(candidate)].field,
      ])
    }
    return text
  }
}
