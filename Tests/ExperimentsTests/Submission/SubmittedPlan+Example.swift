@testable import Experiments

extension SubmittedPlan {
  /// One of seven shards in a folder, of which those given are missing in each stage.
  static func example(
    _ run: String = "/runs/one", missing: [Int] = Array(0..<7), analyses: [Int]? = nil,
    isMerged: Bool = false, name: String = "dtd"
  ) -> SubmittedPlan {
    SubmittedPlan(
      run: run, name: name, identifier: String(repeating: "0123456789abcdef", count: 4), shards: 7,
      missing: [.embeddings: missing, .analyses: analyses ?? missing], isMerged: isMerged)
  }
}
