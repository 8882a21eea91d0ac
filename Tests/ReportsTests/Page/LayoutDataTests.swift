import Files
import Foundation
import RunFixtures
import Testing

@testable import Reports

struct LayoutDataTests {
  @Test func allLevelsShareOneSquare() {
    // x from −1 to 3, y from 0 to 2: the side is 4, and y is centred in it.
    let levels = LayoutData.inUnitSquare([[-1, 0, 3, 2], [1, 1, 0, 0.5]])
    #expect(levels == [[0, 16_384, 65_535, 49_151], [32_768, 32_768, 16_384, 24_576]])
    #expect(LayoutData.inUnitSquare([[5, 5, 5, 5]]) == [[32_768, 32_768, 32_768, 32_768]])
  }

  @Test func predictionsAndLayoutsArePacked() throws {
    let run = try HandmadeRun(conditions: ["clean", "gaussian-1-s0"])
    for condition in ["clean", "gaussian-1-s0"] {
      try run.table(
        "layouts/pca-joint-\(condition).csv", "row,x,y", "0,0,0", "1,1,1", "2,0,1", "3,1,0")
    }
    try run.table("layouts/pca-sample-clean.csv", "row,x,y", "2,0,0", "3,1,1")
    try run.table(
      "predictions.csv", "path,class,noise,level,seed,predicted,confidence,rank",
      "a/0.png,a,none,0,,b,0.5,2", "b/1.png,b,gaussian,1,0,b,1,1")
    let data = try LayoutData(run.opened(), sheets: nil)
    #expect(data.layouts.map(\.method) == ["pca", "pca"])
    #expect(data.layouts.map(\.frame) == ["joint", "own"])
    #expect(data.layouts.map(\.scope) == ["all", "sample"])
    #expect(data.layouts[0].rows == nil && data.layouts[0].levels.keys.sorted() == ["0", "1"])
    let rows = try #require(data.layouts[1].rows.flatMap { Data(base64Encoded: $0) })
    #expect(Array(rows) == [2, 0, 0, 0, 3, 0, 0, 0])
    let predicted = try #require(data.predicted.flatMap { Data(base64Encoded: $0) })
    #expect(Array(predicted) == [1, 0] + Array(repeating: 255, count: 12) + [1, 0])
    let confidence = try #require(data.confidence.flatMap { Data(base64Encoded: $0) })
    #expect(Array(confidence) == [128, 0, 0, 0, 0, 0, 0, 255])
    #expect(data.conditions.map(\.label) == ["clean images", "σ = 1"])
    #expect(try data.json().contains("\"paths\":[\"a/0.png\""))
  }

  @Test func aRowThatIsNoneIsNamedWithItsFile() throws {
    let run = try HandmadeRun(conditions: ["clean"])
    try run.table("layouts/tsne-clean.csv", "row,x,y", "4,0,0")
    let error = #expect(throws: FileError.self) { _ = try LayoutData(run.opened(), sheets: nil) }
    #expect(error?.description.contains("layouts/tsne-clean.csv: has a row or a position") == true)
  }
}
