import Analyses
import Files
import Fixtures
import Foundation
import Images
import LinearAlgebra
import ModelFixtures
import Pages
import Testing

@testable import FileAnalyses

struct NeighborPageTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for row in 0..<4 {
      let image = TinyDataset.image(classIndex: row % 3, index: row)
      _ = try folder.write(image.pngData(), "images/\(row) & more.png")
    }
    _ = try folder.write("1,0\n0.9,0.1\n0,1\n0.1,0.9\n", "near.csv")
    _ = try folder.write("1,0\n0,1\n0.1,0.9\n0.9,0.1\n", "far<er>.csv")
  }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private func page(_ labels: String? = nil, rows: [Int] = [0, 2]) throws -> String {
    let file = try folder.write(
      labels ?? "path,class\n0 & more.png,\"<b>\"\"x\"\"\"\n1 & more.png,y\n2 & more.png,y\n"
        + "3 & more.png,y\n", "labels.csv")
    let table = try NeighborTable(
      inputs: [path("near.csv"), path("far<er>.csv")], count: 1, metric: .cosine, rows: rows,
      isQuiet: true)
    return try table.page(labels: file, images: path("images")).markup
  }

  @Test func `a line a row, a column an embedding, every image in the page once`() throws {
    let page = try page()
    #expect(
      page.contains(
        "<th scope=\"col\">near</th><th scope=\"col\">far&lt;er&gt;</th></tr></thead>"))
    #expect(page.matches(of: /<tr><td>/).count == 2 && page.matches(of: /<figure>/).count == 6)
    // Row 0 is near to 1 and 3; row 2 to 3 and 1.
    for row in 0..<4 {
      #expect(page.ranges(of: ".i\(row){background-image:url(data:image/jpeg;base64,").count == 1)
      #expect(page.ranges(of: "class=\"thumb i\(row)\"").count == [1, 2, 1, 2][row])
    }
    #expect(page.ranges(of: "url(data:").count == 4)
    #expect(page.contains("0.994<br>y</figcaption>"))
    let alone = try self.page(rows: [0])
    #expect(alone.ranges(of: "url(data:").count == 3 && !alone.contains(".i2{"))
  }

  @Test func `names and classes are text, whatever is in them`() throws {
    let page = try page()
    #expect(page.contains("row 0<br>&lt;b&gt;&quot;x&quot;</figcaption>"))
    #expect(page.contains("title=\"0 &amp; more.png\"") && !page.contains("<b>"))
  }

  @Test func `an attack in every name comes out as text`() throws {
    // A name of a file has no "/", which an end tag needs.
    let attack = "\"'><img src=x onerror=alert(1)>&"
    for row in 0..<4 {
      let image = TinyDataset.image(classIndex: row % 3, index: row)
      _ = try folder.write(image.pngData(), "images/\(row)\(attack).png")
    }
    let quoted = attack.replacing("\"", with: "\"\"")
    let labels = try folder.write(
      "path,class\n"
        + (0..<4).map { "\"\($0)\(quoted).png\",\"\(quoted)</style></script>\"\n" }.joined(),
      "labels.csv")
    let input = try folder.write("1,0\n0.9,0.1\n0,1\n0.1,0.9\n", "\(attack).csv")
    let page = try NeighborTable(
      inputs: [input], count: 1, metric: .cosine, rows: [0, 2], isQuiet: true
    ).page(labels: labels, images: path("images")).markup
    #expect(!page.contains("<img") && !page.contains("'><"))
    #expect(page.ranges(of: "</style>").count == 1 && page.ranges(of: "</script>").count == 1)
    let escaped = "&quot;&#39;&gt;&lt;img src=x onerror=alert(1)&gt;&amp;"
    #expect(page.contains("<th scope=\"col\">\(escaped)</th>"))
    #expect(page.contains("aria-label=\"0\(escaped).png\" title=\"0\(escaped).png\""))
    #expect(page.contains("row 0<br>\(escaped)&lt;/style&gt;&lt;/script&gt;</figcaption>"))
    #expect(page.contains("default-src 'none'"))
  }

  @Test func `a missing or damaged image is named`() throws {
    try FileManager.default.removeItem(atPath: path("images/3 & more.png"))
    #expect(problem { _ = try page() }.contains("images/3 & more.png: no such file"))
    _ = try folder.write("no image", "images/3 & more.png")
    #expect(problem { _ = try page() }.contains("images/3 & more.png: "))
    _ = try folder.write("no image", "images/2 & more.png")  // which is not on this page
    _ = try folder.write(
      TinyDataset.image(classIndex: 0, index: 3).pngData(), "images/3 & more.png")
    #expect(problem { _ = try page(rows: [0]) } == "")
  }

  @Test func `labels without paths, or of other rows, are refused`() {
    let classes = "row,class\n0,a\n1,a\n2,a\n3,a\n"
    #expect(
      problem { _ = try page(classes) }
        .hasSuffix("labels.csv: has no column \"path\", which names the rows' images"))
    for lines in [1, 5] {
      let text = "path,class\n" + String(repeating: "0 & more.png,a\n", count: lines)
      #expect(problem { _ = try page(text) }.contains("labels.csv: labels \(lines) rows"))
    }
  }
}
