import Fixtures
import Foundation
import Images
import Testing

@testable import Pages

struct PageFigureTests {
  @Test func `a large drawing gives way to its pixels`() throws {
    let folder = try TemporaryFolder()
    let svg = try folder.write(
      "<svg>" + String(repeating: " ", count: PageFigure.largestSVG) + "</svg>", "a.svg")
    let png = try folder.write("pixels", "a.png")
    #expect(
      try PageFigure.source(svg: svg, png: png)?.hasPrefix("data:image/png;base64,cGl4ZWxz") == true
    )
    #expect(try PageFigure.source(svg: svg, png: nil)?.hasPrefix("data:image/svg+xml") == true)
    #expect(try PageFigure.source(svg: folder.path + "/none.svg", png: nil) == nil)
    // Photographs: every pixel another colour.
    var state: UInt32 = 1
    let pixels = (0..<400 * 400 * 3).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    let photographs = try folder.write(
      RGBImage(width: 400, height: 400, pixels: pixels).pngData(), "b.png")
    #expect(
      try PageFigure.source(svg: nil, png: photographs)?.hasPrefix("data:image/jpeg;base64,")
        == true)
  }

  @Test func `caption and name are text`() {
    let figure = PageFigure.html(
      name: "a \"b\"", source: "data:image/png;base64,AA==", caption: "<i>'s", isWide: true)
    #expect(
      figure.markup == """
        <figure id="figure-a--b-" class="wide"><div class="frame" tabindex="0">\
        <img src="data:image/png;base64,AA==" alt="&lt;i&gt;&#39;s" decoding="async"></div>\
        <figcaption>&lt;i&gt;&#39;s</figcaption></figure>

        """)
  }

  @Test func `files are linked, and a drawing with colours of its own says so`() throws {
    let folder = try TemporaryFolder()
    let plain = try folder.write("<svg/>", "a.svg")
    let own = try folder.write(
      "<svg><style>@media (prefers-color-scheme: dark){}</style></svg>", "b.svg")
    #expect(try !PageFigure.suitsDark(svg: plain) && PageFigure.suitsDark(svg: own))
    #expect(try !PageFigure.suitsDark(svg: nil))
    let html = PageFigure.html(
      name: "a", source: "data:,", caption: "95 %", isWide: false, suitsDark: true,
      files: [("SVG", "figures/a.svg")]
    ).markup
    #expect(html.contains("<figure id=\"figure-a\" class=\"suits\">"))
    #expect(
      html.contains(
        "95\u{A0}% <a href=\"figures/a.svg\" download=\"a.svg\">SVG</a></figcaption>"))
  }
}
