import Testing

@testable import RunAnalyses

struct TextOrderTests {
  private let classes = (0..<12).map(String.init)

  /// What is said of ten images a class, each nearest to the row that a class is given.
  private func doubt(_ row: (Int) -> Int) -> String? {
    let labels = (0..<120).map { $0 / 10 }
    return TextOrder(labels: labels, predicted: labels.map(row), classes: classes)
      .doubt(text: "T.npy", remedy: "--class-names gives it")
  }

  @Test func `rows in the order of the classes are not doubted`() {
    #expect(doubt { $0 } == nil)
    #expect(doubt { $0 < 8 ? $0 : 0 } == nil)
  }

  @Test func `rows that are rolled by one are doubted, with the order that the images tell`() {
    #expect(
      doubt { ($0 + 1) % 12 }
        == "clean accuracy is 0.0000, no more than guessing among 12 classes gives: the rows of T.npy may stand "
        + "in another order than the classes (row 0 is taken for \"0\", row 1 for \"1\", …); images of \"0\" are "
        + "nearest to row 1, of \"1\" to row 2, of \"2\" to row 3, …: in that order accuracy would be 1.0000; "
        + "--class-names gives it")
  }

  @Test func `rows in the order of texts are doubted, though two of them are right`() throws {
    let texts = classes.sorted()
    let told = try #require(doubt { texts.firstIndex(of: "\($0)") ?? 0 })
    #expect(told.hasPrefix("clean accuracy is 0.1667: the rows of T.npy may stand"))
    #expect(told.contains("accuracy would be 1.0000"))
  }

  @Test func `guessing is doubted, and no order is made up`() throws {
    let told = try #require(doubt { _ in 3 })
    #expect(told.contains("0.0833, no more than guessing") && !told.contains("nearest"))
  }

  @Test func `one class, and few images that are right, are not doubted`() {
    func doubt(_ labels: [Int], _ predicted: [Int], _ classes: [String]) -> String? {
      TextOrder(labels: labels, predicted: predicted, classes: classes)
        .doubt(text: "t", remedy: "r")
    }
    #expect(doubt([0, 0], [0, 0], ["a"]) == nil)
    #expect(doubt([0, 1, 1], [0, 1, 0], ["a", "b"]) == nil)
    #expect(doubt([], [], ["a", "b"]) == nil)
    // Two classes that are mixed up among many.
    #expect(self.doubt { $0 == 3 ? 4 : $0 == 4 ? 3 : $0 } == nil)
  }
}
