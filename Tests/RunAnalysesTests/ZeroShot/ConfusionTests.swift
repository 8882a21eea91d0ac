import Files
import Foundation
import LinearAlgebra
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

struct ConfusionTests {
  private let confusion = Confusion(
    labels: [2, 0, 0, 2, 0, 2], predicted: [1, 0, 2, 1, 0, 2], classCount: 3)

  @Test func `six images by hand`() {
    #expect(
      confusion.pairs == [
        .init(label: 0, predicted: 0, count: 2), .init(label: 0, predicted: 2, count: 1),
        .init(label: 2, predicted: 1, count: 2), .init(label: 2, predicted: 2, count: 1),
      ])
    let counts = (0..<3).map { label in (0..<3).map { confusion.count(label, takenFor: $0) } }
    #expect(counts == [[2, 0, 1], [0, 0, 0], [0, 2, 1]])
    #expect(Confusion(labels: [], predicted: [], classCount: 3).pairs.isEmpty)
  }

  @Test func `few classes have a column each`() {
    #expect(confusion.table(["a", "b", "c"]).csv == "class,a,b,c\na,2,0,1\nb,0,0,0\nc,0,2,1\n")
  }

  @Test(arguments: [500, 501])
  func `more than five hundred classes have a row a pair`(_ count: Int) throws {
    let place = try HandmadeRun(
      ["clean": Matrix<Float>([[1, 0], [0, 1]])], classes: ["a", "b"])
    let classes = (0..<count).map { "class \($0)" }
    try Confusion(labels: [3, 3, 499], predicted: [3, 7, 3], classCount: count)
      .write(.clean, classes, to: place.run)
    let dense = place.run.file("confusion/clean.csv")
    let pairs = place.run.file("confusion-pairs/clean.csv")
    #expect(FileManager.default.fileExists(atPath: dense) == (count == 500))
    #expect(FileManager.default.fileExists(atPath: pairs) == (count == 501))
    if count == 501 {
      #expect(
        try String(contentsOfFile: pairs, encoding: .utf8)
          == "class,predicted,count\nclass 3,class 3,1\nclass 3,class 7,1\nclass 499,class 3,1\n")
    }
  }
}
