import Testing

@testable import Experiments

struct ExampleImagesTests {
  @Test func `names of examples`() {
    for name in ["class-000.png", "noise-012-clean.png", "noise-001-gaussian-0.5-s0.png"] {
      #expect(ExampleImages.isExampleFile(name), "\(name)")
    }
    for name in ["class-1.png", "class-000-clean.png", "noise-001.png", "noise-001-mine.png"] {
      #expect(!ExampleImages.isExampleFile(name), "\(name)")
    }
  }
}
