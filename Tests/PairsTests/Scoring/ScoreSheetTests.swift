import Files
import Fixtures
import Foundation
import Images
import Pages
import Testing

@testable import Pairs

struct ScoreSheetTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a page has every pair, and names the images that cannot be read`() throws {
    let good = try folder.write(RGBImage(width: 9, height: 5, gray: 7).pngData(), "a.png")
    let bad = folder.path + "/none.png"
    let rows = [
      ScoreSheet.Row(
        group: "highest", record: 4, image: good, caption: "two\n\"lines\" 🙂 & <b>", score: 31.416,
        negCLIPLoss: -0.0314),
      ScoreSheet.Row(group: "lowest", record: 0, image: bad, caption: "", score: -2),
    ]
    let page = try ScoreSheet(rows, of: 500, input: "x/pairs.csv", model: "clip").html().markup
    #expect(page.contains("<title>Scored pairs: pairs.csv</title>"))
    #expect(page.contains("2 of 500 scored pairs · scores of clip"))
    #expect(
      page.contains("<strong>31.42</strong> <span>negCLIPLoss −0.031</span> <span>record 4</span>"))
    #expect(page.contains("two\n&quot;lines&quot; 🙂 &amp; &lt;b&gt;</p>"))
    #expect(page.contains("<strong>−2.00</strong> <span>record 0</span>"))
    #expect(page.contains("\(bad): no such file") && page.contains("default-src 'none'"))
    #expect(page.ranges(of: "url(data:image/jpeg").count == 1)
  }
}
