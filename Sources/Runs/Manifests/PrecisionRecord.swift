import Foundation

/// What the arithmetic of a run was, and how far its embeddings are from float32 ones.
package struct PrecisionRecord: Codable, Sendable, Equatable {
  /// `float32` or `bfloat16`.
  package var precision: String
  /// Library and kernels of the matrix products.
  package var kernels: String
  /// What was found against float32; nil when the run is in float32.
  package var check: Check?

  package init(precision: String, kernels: String, check: Check? = nil) {
    self.precision = precision
    self.kernels = kernels
    self.check = check
  }

  /// Embeddings beside their float32 counterparts.
  package struct Check: Codable, Sendable, Equatable {
    /// How many were compared.
    package let compared: Int
    /// How many there are: images times conditions.
    package let total: Int
    /// The largest Euclidean distance between an embedding and its float32 counterpart.
    package let largestDifference: Double
    /// Their mean distance.
    package let meanDifference: Double
    /// Embeddings whose nearest class differs; nil when there are no classes' embeddings.
    package let changedPredictions: Int?
    /// The largest difference that was allowed.
    package let tolerance: Double

    /// Whether every embedding was compared.
    var isCertificate: Bool { compared == total }

    /// What no bottleneck distance between a Euclidean Vietoris–Rips diagram and its float32
    /// counterpart exceeds, of points that differ by no more than the largest difference.
    ///
    /// Two points move by at most that each, so no distance changes by more than twice it; a
    /// diagram moves no more than the distances (Chazal, de Silva and Oudot 2014,
    /// doi:10.1007/s10711-013-9937-z).
    var bottleneckBound: Double { 2 * largestDifference }

    /// The share of all embeddings that may lie above the largest difference, with 95 % confidence.
    ///
    /// Were the share p or more, a sample of m would miss all of them with probability (1 − p)^m at
    /// most, which is below 5 % from p = 3 / m on (the rule of three: Hanley and Lippman-Hand 1983,
    /// doi:10.1001/jama.1983.03330370053031). 0 when all were compared.
    var shareAbove: Double { isCertificate ? 0 : min(1, 3 / Double(compared)) }

    /// The figures in one sentence or two.
    package var statement: String {
      func rounded(_ value: Double) -> String { String(format: "%.2g", value) }
      var text =
        "\(compared) of \(total) embeddings were computed in float32 too: the largest difference is "
        + "\(rounded(largestDifference)), so that no Euclidean diagram of theirs moves by more than "
        + "\(rounded(bottleneckBound)) in the bottleneck distance"
      if let changedPredictions { text += "; \(changedPredictions) predictions changed" }
      if isCertificate { return text + ". This holds for all: it is a certificate." }
      return text + ". With 95 % confidence, fewer than \(rounded(100 * shareAbove)) % of all "
        + "embeddings differ by more."
    }

    package enum CodingKeys: String, CodingKey {
      case compared, total, tolerance, statement
      case isCertificate = "is_certificate"
      case largestDifference = "largest_difference"
      case meanDifference = "mean_difference"
      case bottleneckBound = "bottleneck_bound"
      case changedPredictions = "changed_predictions"
      case shareAbove = "share_above_at_most"
    }

    package init(
      differences: [Double], total: Int, changedPredictions: Int?, tolerance: Double
    ) {
      precondition(!differences.isEmpty && differences.count <= total)
      compared = differences.count
      self.total = total
      largestDifference = differences.reduce(0, max)
      meanDifference = differences.reduce(0, +) / Double(differences.count)
      self.changedPredictions = changedPredictions
      self.tolerance = tolerance
    }

    package init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      compared = try values.decode(Int.self, forKey: .compared)
      total = try values.decode(Int.self, forKey: .total)
      largestDifference = try values.decode(Double.self, forKey: .largestDifference)
      meanDifference = try values.decode(Double.self, forKey: .meanDifference)
      changedPredictions = try values.decodeIfPresent(Int.self, forKey: .changedPredictions)
      tolerance = try values.decode(Double.self, forKey: .tolerance)
    }

    package func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: CodingKeys.self)
      try values.encode(compared, forKey: .compared)
      try values.encode(total, forKey: .total)
      try values.encode(isCertificate, forKey: .isCertificate)
      try values.encode(largestDifference, forKey: .largestDifference)
      try values.encode(meanDifference, forKey: .meanDifference)
      try values.encode(bottleneckBound, forKey: .bottleneckBound)
      try values.encodeIfPresent(changedPredictions, forKey: .changedPredictions)
      try values.encode(shareAbove, forKey: .shareAbove)
      try values.encode(tolerance, forKey: .tolerance)
      try values.encode(statement, forKey: .statement)
    }
  }
}
