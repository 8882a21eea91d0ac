import Testing

@testable import Reports

struct FigureKindTests {
  @Test func `figures of any kind of noise of the run are ours`() {
    for name in ["accuracy", "diagrams-gaussian", "diagrams-overlaid-shot", "tsne-sample-clean"] {
      #expect(FigureKind.isFigure(name, noises: []), "\(name)")
    }
    let imported: Set<String> = ["defocus_blur", "glass-2"]
    for name in ["diagrams-defocus_blur", "tsne-sample-glass-2"] {
      #expect(FigureKind.isFigure(name, noises: imported), "\(name)")
      #expect(!FigureKind.isFigure(name, noises: []), "\(name)")
    }
    for name in ["mine", "diagrams-mine", "accuracy2"] {
      #expect(!FigureKind.isFigure(name, noises: imported), "\(name)")
    }
  }
}
