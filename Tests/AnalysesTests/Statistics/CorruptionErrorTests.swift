import Testing

@testable import Analyses

struct CorruptionErrorTests {
  @Test func `three severities by hand`() throws {
    let error = CorruptionError(
      errors: [0.5, 0.6, 0.7], clean: 0.4, baselineErrors: [0.6, 0.8, 1], baselineClean: 0.5)
    #expect(abs(try #require(error.corruption) - 1.8 / 2.4) < 1e-15)
    // (0.1 + 0.2 + 0.3) / (0.1 + 0.3 + 0.5)
    #expect(abs(try #require(error.relative) - 0.6 / 0.9) < 1e-15)
  }

  @Test func `a classifier beside itself is 1`() {
    let error = CorruptionError(
      errors: [0.25, 0.5], clean: 0.125, baselineErrors: [0.25, 0.5], baselineClean: 0.125)
    #expect(error.corruption == 1 && error.relative == 1)
  }

  @Test func `a baseline that makes no error, or gets no worse, is none`() {
    let perfect = CorruptionError(
      errors: [0.25], clean: 0, baselineErrors: [0], baselineClean: 0)
    #expect(perfect.corruption == nil && perfect.relative == nil)
    let steady = CorruptionError(
      errors: [0.25], clean: 0, baselineErrors: [0.5], baselineClean: 0.5)
    #expect(steady.corruption == 0.5 && steady.relative == nil)
  }
}
