import Files
import Fixtures
import Foundation
import Images
import RunFixtures
import Testing

@testable import Reports

struct RunPageTests {
  private let run: HandmadeRun

  init() throws { run = try HandmadeRun() }

  /// Addresses that a browser would load: of images, scripts, styles and fonts, not of links.
  private func loaded(_ html: String) -> [Substring] {
    html.matches(
      of: /(?:src|srcset|data|poster)="([^"]*)"|url\(([^)]*)\)|@import|<link|<iframe|<object/
    )
    .map { $0.1 ?? $0.2 ?? $0.0 }
  }

  @Test func aBandIsNotShownWithoutWhatItAssumes() throws {
    try run.table(
      "bands.csv",
      "scope,noise,level,seed,confidence,points,subsample,replicates,half_width,significant_h0,"
        + "significant_h1,diameter", "all,none,0,,0.95,4,2,200,3.5,1,0,1.9")
    let html = try run.page()
    #expect(html.contains("errs on the side of calling too much noise"))
    #expect(html.contains("<th") && html.contains("diameter"))
  }

  @Test func nothingIsLoadedFromElsewhere() throws {
    try run.table(
      "accuracy.csv",
      "noise,level,seed,count,top1,top5,mean_per_class,top1_low,top1_high,ece,ece_low,ece_high,ece_scaled",
      "none,0,,4,0.75,1,0.75,,,,,,")
    try run.table("layouts/pca-clean.csv", "row,x,y", "0,0,0", "1,1,1", "2,0,1", "3,1,0")
    let image = RGBImage(width: 40, height: 48, pixels: Array(repeating: 90, count: 40 * 48 * 3))
    for row in 0..<4 {
      _ = try run.folder.write(image.jpegData(quality: 80), "thumbnails/0000\(row).jpg")
    }
    let figure = DrawnFigure(
      name: "accuracy", title: "Accuracy", caption: "Against the <level>.", section: .accuracy,
      width: .oneColumn, size: .init(width: 240, height: 180),
      svgPath: try run.folder.write(
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "figures/accuracy.svg"),
      pngPath: try run.folder.write(image.pngData(), "figures/accuracy.png"))
    let html = try run.page(FigureReport(figures: [figure], messages: []))
    let addresses = loaded(html)
    #expect(addresses.count == 1, "one figure")
    #expect(addresses.allSatisfy { $0.hasPrefix("data:image/") }, "\(addresses)")
    #expect(html.contains("default-src 'none'"))
    #expect(html.contains("<figure id=\"figure-accuracy\">"))
    #expect(html.contains("<figcaption>Accuracy. Against the &lt;level&gt;.</figcaption>"))
    #expect(html.contains("id=\"table-accuracy-1\"") && html.contains("id=\"sheet-0\""))
    #expect(html.contains("id=\"page-data\"") && html.contains("class=\"points\""))
    // The same run, the same page.
    #expect(try run.page(FigureReport(figures: [figure], messages: [])) == html)
  }

  @Test func textOfDataCannotBecomeMarkup() throws {
    let evil = "</script><script>alert(1)</script><img src=x>"
    let quoted = "\"\(evil)\""
    try run.table("samples.csv", "row,path,class,split", "0,\(quoted),\(quoted),test", "1,b,b,test")
    try run.table("classes.csv", "index,class", "0,\(quoted)", "1,b")
    try run.table("layouts/pca-clean.csv", "row,x,y", "0,0,0", "1,1,1")
    try run.table(
      "geometry.csv", "noise,level,seed,cka,cka_unbiased,neighbor_overlap", "\(quoted),0,,1,,")
    try run.table(
      "witnesses.csv",
      "scope,dimension,noise,level,seed,rank,change,birth,death,noisy_birth,noisy_death,displacement,role,vertex,row,path,class",
      "\(quoted),1,gaussian,2,0,1,moved,0.1,0.2,0.3,0.4,0.1,birth,0,0,\(quoted),\(quoted)")
    _ = try run.folder.write(
      "{\"configuration\": {\"name\": \"\(evil)\", \"seed\": \"\(evil)\"}}", "manifest.json")
    let html = try run.page(FigureReport(figures: [], messages: [evil]))
    #expect(!html.contains("<script>alert") && !html.contains("<img src=x"))
    #expect(html.components(separatedBy: "</script>").count == 3, "the data and the page's own")
  }

  @Test func barsOfTheHighestLevelComeFirst() throws {
    let columns =
      "scope,dimension,noise,level,seed,rank,change,birth,death,noisy_birth,noisy_death,displacement,role,row,path,class"
    try run.table(
      "witnesses.csv", columns,
      "class-a,1,gaussian,0.5,0,1,moved,0.1,0.2,0.3,0.4,0.1,birth,0,a/0.png,a",
      "class-a,1,gaussian,2,0,1,vanished,0.1,0.2,,,0.1,birth,0,a/0.png,a",
      "all,1,gaussian,2,0,2,vanished,0.3,0.4,,,0.1,birth,0,a/0.png,a")
    let html = try run.page()
    let places = ["the class a at σ = 2", "all images at σ = 2", "the class a at σ = 0.5"]
      .compactMap { html.range(of: "H1 of \($0), seed 0")?.lowerBound }
    #expect(places.count == 3 && places == places.sorted())
  }

  @Test func whatIsMissingIsListed() throws {
    let html = try run.page(
      FigureReport(figures: [], messages: ["gnuplot is not installed: no figure was drawn."]))
    #expect(html.contains("<li>gnuplot is not installed: no figure was drawn.</li>"))
    #expect(html.contains("The run directory has no accuracy.csv, bands.csv, changes.csv"))
    #expect(html.contains("This run has no manifest.json"))
  }

  @Test func aLargeDrawingGivesWayToItsPixels() throws {
    let svg = try run.folder.write(
      "<svg>" + String(repeating: " ", count: PageFigure.largestSVG) + "</svg>", "a.svg")
    let png = try run.folder.write("pixels", "a.png")
    #expect(
      try PageFigure.source(svg: svg, png: png)?.hasPrefix("data:image/png;base64,cGl4ZWxz") == true
    )
    #expect(try PageFigure.source(svg: svg, png: nil)?.hasPrefix("data:image/svg+xml") == true)
    #expect(try PageFigure.source(svg: run.path + "/none.svg", png: nil) == nil)
    // Photographs: every pixel another colour.
    var state: UInt32 = 1
    let pixels = (0..<400 * 400 * 3).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    let photographs = try run.folder.write(
      RGBImage(width: 400, height: 400, pixels: pixels).pngData(), "b.png")
    #expect(
      try PageFigure.source(svg: nil, png: photographs)?.hasPrefix("data:image/jpeg;base64,")
        == true)
  }
}
