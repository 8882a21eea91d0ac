import Runs
import Testing

@testable import Reports

struct NoiseSeriesTests {
  @Test func `a series has the clean images and the first seed`() throws {
    let names = ["clean", "gaussian-0.5-s3", "gaussian-0.5-s7", "gaussian-1-s3", "blur-2"]
    let series = NoiseSeries.all(names.compactMap { Condition(name: $0) })
    #expect(series.map(\.name) == ["gaussian", "blur"])
    #expect(series[0].conditions.map(\.name) == ["clean", "gaussian-0.5-s3", "gaussian-1-s3"])
    #expect(series[0].seedSentence == " Noise seed 3, the first of 2.")
    #expect(series[1].conditions.map(NoiseSeries.text) == ["clean", "severity 2"])
    #expect(series[1].seedSentence.isEmpty)
    #expect(NoiseSeries.all([.clean]).map(\.name) == ["clean"])
    #expect(NoiseSeries.text(series[0].conditions[1]) == "σ = 0.5")
  }
}
