import Runs
import Testing

@testable import RunAnalyses

struct PictureFilesTests {
  private func isPicture(_ path: String) -> Bool {
    PictureFiles.all.contains { $0.pattern.matches(path) }
  }

  @Test func `names of thumbnails`() {
    for name in ["00007.jpg", "123456.jpg"] { #expect(isPicture("thumbnails/" + name), "\(name)") }
    for name in ["7.jpg", "00007.png", "cat00007.jpg", "00007-old.jpg"] {
      #expect(!isPicture("thumbnails/" + name), "\(name)")
    }
  }

  @Test func `names of examples`() {
    for name in ["class-000.png", "noise-012-clean.png", "noise-001-gaussian-0.5-s0.png"] {
      #expect(isPicture("examples/" + name), "\(name)")
    }
    for name in ["class-1.png", "class-000-clean.png", "noise-001.png", "noise-001-mine.png"] {
      #expect(!isPicture("examples/" + name), "\(name)")
    }
  }
}
