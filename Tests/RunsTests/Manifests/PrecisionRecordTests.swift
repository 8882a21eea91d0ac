import Foundation
import Testing

@testable import Runs

struct PrecisionRecordTests {
  private func check(
    _ differences: [Double], of total: Int, changed: Int? = 2
  ) -> PrecisionRecord.Check {
    PrecisionRecord.Check(
      differences: differences, total: total, changedPredictions: changed, tolerance: 0.02)
  }

  @Test func `a sample bounds what it compared and the share of the rest`() {
    let check = check([0.001, 0.004, 0.002, 0.001], of: 100)
    #expect(check.largestDifference == 0.004 && check.meanDifference == 0.002)
    #expect(check.bottleneckBound == 0.008)
    #expect(!check.isCertificate && check.shareAbove == 0.75)
    #expect(check.statement.contains("4 of 100 embeddings"))
    #expect(check.statement.contains("2 predictions changed"))
    #expect(check.statement.contains("fewer than 75 %") && !check.statement.contains("certificate"))
    #expect(self.check([0.001, 0.001], of: 3).shareAbove == 1)
  }

  /// (1 − 3 / m)^m is below 5 % for every m: a larger share would have shown itself.
  @Test func `the share is the rule of three`() {
    for m in [4, 10, 256, 100_000] {
      let check = check([Double](repeating: 0.001, count: m), of: m + 1)
      #expect(pow(1 - check.shareAbove, Double(m)) < 0.05)
    }
  }

  @Test func `all embeddings compared are a certificate`() {
    let check = check([0.001, 0.003], of: 2, changed: nil)
    #expect(check.isCertificate && check.shareAbove == 0)
    #expect(check.statement.contains("it is a certificate"))
    #expect(!check.statement.contains("predictions"))
  }

  @Test func `a record survives its file`() throws {
    let record = PrecisionRecord(
      precision: "bfloat16", kernels: "panels, AVX2", check: check([0.5, 0.25], of: 9))
    let data = try JSONEncoder().encode(record)
    #expect(try JSONDecoder().decode(PrecisionRecord.self, from: data) == record)
    #expect(String(decoding: data, as: UTF8.self).contains("\"bottleneck_bound\":1"))
  }
}
