import RunAnalyses
import Testing

@testable import Reports

struct CorrelationFiguresTests {
  @Test(arguments: [
    ("bottleneck_h0", "Bottleneck H₀"), ("wasserstein2_h1_scaled", "Wasserstein-2 H₁, no scale"),
    ("total_persistence_h1", "Persistence H₁"), ("entropy_h0", "Entropy H₀"),
    ("of_my_own", "Of my own"),
  ])
  func `measures have short names`(name: String, text: String) {
    #expect(CorrelationFigures.text(name) == text)
  }

  @Test func `no two measures have one name`() {
    let names = AnalysisRegistry.measures.map { CorrelationFigures.text($0.name) }
    #expect(Set(names).count == names.count)
  }
}
