import Files
import Foundation
import Pages
import RunFixtures
import Testing

@testable import Reports

struct RunMapTests {
  /// What the page's script finds.
  private func object(_ map: RunMap) throws -> [String: Any] {
    let markup = try map.data.html().markup
    let json = try #require(markup.firstMatch(of: />(.*)<\/script>/)?.1)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  private func bytes(_ text: Any?) throws -> [UInt8] {
    Array(try #require((text as? String).flatMap { Data(base64Encoded: $0) }))
  }

  @Test func `predictions and layouts are packed`() throws {
    let run = try HandmadeRun(conditions: ["clean", "gaussian-1-s0"])
    for condition in ["clean", "gaussian-1-s0"] {
      try run.table(
        "layouts/pca-joint-\(condition).csv", "row,x,y", "0,0,0", "1,1,1", "2,0,1", "3,1,0")
    }
    try run.table("layouts/pca-sample-clean.csv", "row,x,y", "2,0,0", "3,1,1")
    try run.table(
      "predictions.csv", "path,class,noise,level,seed,predicted,confidence,rank",
      "a/0.png,a,none,0,,b,0.5,2", "b/1.png,b,gaussian,1,0,b,1,1")
    let map = try RunMap(run.opened(), sheets: nil)
    #expect(map.data.layouts.map(\.method) == ["pca", "pca"] && map.leftOut.isEmpty)
    #expect(map.data.layouts.map(\.frame) == ["joint", "own"])
    #expect(map.data.layouts.map(\.scope) == ["all", "sample"])
    let object = try object(map)
    let layouts = try #require(object["layouts"] as? [[String: Any]])
    #expect(layouts[0]["rows"] == nil)
    #expect((layouts[0]["levels"] as? [String: Any])?.keys.sorted() == ["0", "1"])
    #expect(try bytes(layouts[1]["rows"]) == [2, 0, 0, 0, 3, 0, 0, 0])
    #expect(
      try bytes(object["predicted"]) == [1, 0] + Array(repeating: 255, count: 12) + [1, 0])
    #expect(try bytes(object["confidence"]) == [128, 0, 0, 0, 0, 0, 0, 255])
    let conditions = try #require(object["conditions"] as? [[String: String]])
    #expect(conditions.map { $0["label"] } == ["clean images", "σ = 1"])
    #expect((object["paths"] as? [String])?.first == "a/0.png")
  }

  @Test(arguments: ["4,0,0", "0,inf,0", "0,0,nan", "0,1e308,0", "-1,0,0"])
  func `a row or a position that is none is named with its file`(line: String) throws {
    let run = try HandmadeRun(conditions: ["clean"])
    try run.table("layouts/tsne-clean.csv", "row,x,y", line)
    let error = #expect(throws: FileError.self) { _ = try RunMap(run.opened(), sheets: nil) }
    #expect(error?.description.contains("layouts/tsne-clean.csv: ") == true)
  }
}
