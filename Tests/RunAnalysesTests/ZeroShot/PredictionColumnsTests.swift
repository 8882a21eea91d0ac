import Runs
import Testing

@testable import RunAnalyses

struct PredictionColumnsTests {
  @Test func `columns of a confusion are called by their classes, and no two alike`() {
    let classes = ["class", "class_", "class__", "classy", "banded", "_", "", "Class", "class "]
    let names = classes.map { ConfusionColumns.predicted($0).name }
    #expect(
      names == ["class_", "class__", "class___", "classy", "banded", "_", "", "Class", "class "])
    #expect(Set(names + [ConfusionColumns.className.name]).count == classes.count + 1)
  }
}
