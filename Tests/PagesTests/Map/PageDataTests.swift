import Foundation
import Testing

@testable import Pages

struct PageDataTests {
  @Test func `all levels share one square`() {
    // x from −1 to 3, y from 0 to 2: the side is 4, and y is centred in it.
    let levels = PageData.Layout.inUnitSquare([[-1, 0, 3, 2], [1, 1, 0, 0.5]])
    #expect(levels == [[0, 16_384, 65_535, 49_151], [32_768, 32_768, 16_384, 24_576]])
    #expect(PageData.Layout.inUnitSquare([[5, 5, 5, 5]]) == [[32_768, 32_768, 32_768, 32_768]])
  }

  @Test func `numbers are packed with their lowest byte first`() {
    #expect(
      PageData.base64([0x0102, 0xFFFE] as [UInt16])
        == Data([2, 1, 0xFE, 0xFF]).base64EncodedString())
    #expect(PageData.base64([7] as [UInt32]) == Data([7, 0, 0, 0]).base64EncodedString())
  }

  @Test func `names of data cannot end the element`() throws {
    let attack = "</script><script>alert(1)</script>"
    var layout = PageData.Layout(
      method: "pca", frame: "own", scope: "all", rows: [1], levels: [(0, [0, 0])])
    layout.note(attack, condition: 0)
    let data = PageData(
      classes: [attack], labels: [0, 70_000], paths: [attack, "b"],
      conditions: [.init(noise: attack, level: "1", seed: "", label: attack)], layouts: [layout],
      predictions: .init(count: 2), sheets: nil)
    let markup = try data.html().markup
    #expect(markup.hasPrefix("<script type=\"application/json\" id=\"page-data\">{"))
    #expect(markup.ranges(of: "<script").count == 1 && markup.ranges(of: "</script").count == 1)
    let json = try #require(markup.firstMatch(of: />(.*)<\/script>/)?.1)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(object["classes"] as? [String] == [attack])
    #expect(object["labels"] as? String == PageData.base64([0, .max] as [UInt16]))
    #expect(object["predicted"] as? String == PageData.base64([.max, .max] as [UInt16]))
    #expect(object["thumbnails"] == nil && layout.byteCount == 8)
  }
}
