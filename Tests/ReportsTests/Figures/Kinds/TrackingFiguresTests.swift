import RunAnalyses
import Testing

@testable import Reports

struct TrackingFiguresTests {
  @Test func `measures shown are those of the registry`() {
    let known = Set(AnalysisRegistry.measures)
    #expect(TrackingFigures.measures.allSatisfy { known.contains($0.0) })
  }
}
