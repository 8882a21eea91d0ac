import Files
import Fixtures
import Foundation
import Images
import RunFixtures
import Runs
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

  @Test func `a band is not shown without what it assumes`() throws {
    try run.table(
      "bands.csv",
      "scope,noise,level,seed,confidence,points,subsample,replicates,half_width,significant_h0,"
        + "significant_h1,diameter", "all,none,0,,0.95,4,2,200,3.5,1,0,1.9")
    let html = try run.page()
    #expect(html.contains("errs on the side of calling too much noise"))
    #expect(html.contains("<th") && html.contains("diameter"))
  }

  @Test func `nothing is loaded from elsewhere`() throws {
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
    #expect(
      html.contains(
        "<figcaption>Accuracy. Against the &lt;level&gt;. <a href=\"figures/accuracy.svg\" download=\"accuracy.svg\">"
          + "SVG</a> <a href=\"figures/accuracy.png\""))
    #expect(html.contains("id=\"table-accuracy-1\"") && html.contains("id=\"sheet-0\""))
    #expect(html.contains("id=\"page-data\"") && html.contains("class=\"stage\""))
    // The same run, the same page.
    #expect(try run.page(FigureReport(figures: [figure], messages: [])) == html)
  }

  @Test func `text of data cannot become markup, wherever a page shows it`() throws {
    let evil = "\"'></script></style><script>alert(1)</script><img src=x onerror=alert(2)>&"
    let quoted = "\"" + evil.replacing("\"", with: "\"\"") + "\""
    try run.table("samples.csv", "row,path,class,split", "0,\(quoted),\(quoted),test", "1,b,b,test")
    try run.table("classes.csv", "index,class", "0,\(quoted)", "1,b")
    try run.table("layouts/pca-clean.csv", "row,x,y", "0,0,0", "1,1,1")
    // A column that is not declared is shown with its name.
    try run.table(
      "geometry.csv", "noise,level,seed,cka,cka_unbiased,neighbor_overlap,\(quoted)",
      "\(quoted),0,,1,,,1")
    try run.table(
      "witnesses.csv",
      "scope,dimension,noise,level,seed,rank,change,birth,death,noisy_birth,noisy_death,displacement,role,vertex,row,path,class",
      "\(quoted),1,gaussian,2,0,1,moved,0.1,0.2,0.3,0.4,0.1,\(quoted),0,0,\(quoted),\(quoted)")
    let manifest: [String: Any] = [
      "configuration": ["name": evil, "seed": evil, "\(evil)-seed": evil],
      "model": ["name": evil, "digest": evil, "files": [:], "dimension": 4],
      "data": ["source": evil, "digest": evil],
    ]
    _ = try run.folder.write(
      JSONSerialization.data(withJSONObject: manifest), Manifest.fileName)
    let pixels = try run.folder.write(RGBImage(width: 1, height: 1, gray: 0).pngData(), "a.png")
    let figure = DrawnFigure(
      name: evil, title: evil, caption: evil, section: .accuracy, width: .oneColumn,
      size: .init(width: 1, height: 1), svgPath: run.path + "/none.svg", pngPath: pixels)
    let html = try run.page(FigureReport(figures: [figure], messages: [evil]))
    #expect(!html.contains("<script>alert") && !html.contains("<img src=x"))
    #expect(
      html.ranges(of: "</script>").count == 3, "the data, a table and the page's own")
    #expect(html.ranges(of: "</style>").count == 1)
    #expect(!html.contains("\"'>"))
    let escaped =
      "&quot;&#39;&gt;&lt;/script&gt;&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
      + "&lt;img src=x onerror=alert(2)&gt;&amp;"
    for place in [
      " · model \(escaped) · data \(escaped)</p>",
      "<figcaption>\(escaped). \(escaped) <a href=\"figures/\(escaped).svg\"",
      "alt=\"\(escaped). \(escaped)\"",
      "<li>\(escaped)</li>", "<td>\(escaped)</td>", "<button type=\"button\">\(escaped)</button>",
      "<li title=\"\(escaped)\"><a href=\"#layouts\"",
      ">\(escaped): <strong>\(escaped)</strong></a>",
      "<h4>H1 of \(escaped) at", "<th scope=\"row\">seed: \(escaped)-seed</th><td>\(escaped)</td>",
      "<th scope=\"row\">model</th><td>\(escaped)</td>",
    ] {
      #expect(html.contains(place), "\(place)")
    }
  }

  @Test func `what is missing is listed`() throws {
    let html = try run.page(
      FigureReport(figures: [], messages: ["gnuplot is not installed: no figure was drawn."]))
    #expect(html.contains("<li>gnuplot is not installed: no figure was drawn.</li>"))
    #expect(
      html.contains("The run directory has no accuracy.csv, added.csv, bands.csv, changes.csv"))
    #expect(html.contains("This run has no manifest.json"))
  }

  @Test func `what the manifest remarks of the inputs stands on the page`() throws {
    _ = try run.folder.write(
      "{\"outputs\": {\"a\": \"b\"}, \"remarks\": [\"no <text> came along\"]}", "manifest.json")
    let html = try run.page()
    #expect(
      html.contains("What to know of the inputs") && html.contains("no &lt;text&gt; came along"))
  }

  @Test func `the run is called as its folder is`() throws {
    _ = try run.folder.write(
      "{\"outputs\": {\"a\": \"b\"}, \"configuration\": {\"name\": \"another\"}}", "manifest.json")
    let folder = try #require(run.path.split(separator: "/").last)
    #expect(try run.page().contains("<h1>topoclip: \(folder)</h1>"))
  }

  // MARK: Several kinds of noise

  /// A run of three kinds of noise with tables of each.
  private func three() throws -> HandmadeRun {
    let run = try HandmadeRun(conditions: [
      "clean", "blur-1", "gaussian-1-s0", "gaussian-2-s0", "shot-3-s0",
    ])
    try run.levels(
      "none,0,1,4,0.9,0.8,1,0,0,0", "blur,1,1,4,0.5,0.4,0.6,0.4,0.3,0.5",
      "gaussian,1,1,4,0.6,0.5,0.7,0.3,0.2,0.4", "gaussian,2,1,4,0.2,0.1,0.3,0.7,0.6,0.8",
      "shot,3,1,4,0.8,0.7,0.9,0.1,0,0.2")
    try run.tracking(
      ["blur", "gaussian", "shot"].flatMap { noise in
        [
          ",\(noise),within,,bottleneck_h1,spearman,0.42,0.12,0.65,0.001,0.012,0.01,47,3,primary",
          ",\(noise),pooled,,bottleneck_h1,spearman,0.85,0.8,0.9,0.0001,,0.83,47,3,confounded by level",
        ]
      })
    try run.table(
      "changes.csv", "class,group,noise,level,seed,count,accuracy_clean,accuracy,drop,size_clean",
      "a,,gaussian,2,0,2,1,0.5,0.5,1.5", "b,,gaussian,2,0,2,1,1,0,1.25",
      "a,,blur,1,,2,1,0.5,0.5,1.5")
    try run.table(
      "confusion-pairs/gaussian-2-s0.csv", "class,predicted,count", "a,a,1", "a,b,1", "b,b,2")
    try run.table("layouts/pca-clean.csv", "row,x,y", "0,0,0", "1,1,1", "2,0,1", "3,1,0")
    return run
  }

  @Test func `each kind of noise has a row and a fold`() throws {
    let html = try three().page()
    for (noise, title) in [
      ("blur", "Gaussian blur"), ("gaussian", "Gaussian noise"), ("shot", "Shot noise"),
    ] {
      #expect(html.contains("<td><a href=\"#noise-\(noise)\">\(title)</a></td>"))
      #expect(
        html.contains(
          "<section id=\"noise-\(noise)\" class=\"folded\">\n<details><summary><h2>\(title)</h2><span class=\"gist\">"
        ))
    }
    // Each has its own tables, and what is of all stands once.
    #expect(html.ranges(of: ">Within levels: the primary result</h3>").count == 3)
    #expect(html.ranges(of: ">Accuracy by level</h3>").count == 1)
    #expect(html.contains("id=\"link-gaussian\"") && !html.contains("<section id=\"link\""))
  }

  @Test func `classes lead to their points in the map`() throws {
    let html = try three().page()
    #expect(
      html.contains(
        "<a href=\"#layouts\" data-classes=\"0\" data-predicted=\"1\" data-condition=\"2\">a</a>"))
    #expect(html.contains("<td class=\"number\">50.0\u{A0}%</td>"))
  }

  @Test func `every link leads somewhere, and every id is there once`() throws {
    let figures = ["link-gaussian", "link-blur", "accuracy"].map { name in
      DrawnFigure(
        name: name, title: "T", caption: "C", section: name == "accuracy" ? .accuracy : .link,
        width: .oneColumn, size: .init(width: 1, height: 1), svgPath: run.path + "/a.svg",
        pngPath: run.path + "/a.png")
    }
    _ = try run.folder.write("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "a.svg")
    for page in [
      try three().page(FigureReport(figures: figures, messages: [])), try run.page(),
    ] {
      let ids = page.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
      #expect(Set(ids).count == ids.count, "\(ids.sorted())")
      let links = page.matches(of: #/href="\#([^"]*)"/#).map { String($0.1) }
      #expect(!links.isEmpty)
      #expect(Set(links).subtracting(ids).isEmpty)
    }
    let page = try three().page(FigureReport(figures: figures, messages: []))
    // The first sentence with a number leads to its figure.
    #expect(
      page.contains(
        "[<a href=\"#figure-link-blur\">figure</a>, <a href=\"#table-link-0-blur\">table</a>]"))
  }

  @Test func `nothing is counted as one of many`() throws {
    let pages = [try three().page(), try HandmadeRun(conditions: ["clean"]).page()]
    for page in pages {
      #expect(
        page.firstMatch(
          of: /(?:^|[^0-9.,])1 (?:conditions|images|classes|figures|rows|seeds|measures|bars|tests)/
        ) == nil)
    }
    #expect(pages[1].contains("1 condition<") || pages[1].contains("1 condition "))
  }
}
