import Files
import Foundation
import Pages

/// An SVG file of gnuplot's made fit for a page: its size in points, names of its own, colours for readers who prefer
/// dark, and its points as a path a marker and colour, a quarter of the bytes.
enum SVGFile {
  /// The file that reports show.
  ///
  /// - Parameters:
  ///   - svg: What gnuplot wrote.
  ///   - figure: What it shows: with its name identifiers begin, so that a page can hold several.
  ///   - size: The size that the whole has.
  /// - Returns: The new file.
  static func finished(_ svg: Data, of figure: Figure, size: FigureSize) -> Data {
    let (name, title) = (figure.name, figure.title)
    let hasHeatMap = figure.panels.contains(where: \.hasHeatMap)
    var text = pointsAsPaths(withWholeTexts(svg))
    if hasHeatMap {
      // A pixel is a cell: smoothed, cells would run into each other.
      text = text.replacingBytes(of: "<image ", with: "<image style='image-rendering:pixelated' ")
    }
    // Pictures on white stay what they are.
    if !figure.hasPictures, let start = text.range(of: "<g id=\"gnuplot_canvas\">") {
      let style = DarkColors.style(
        of: text, scope: "\(name)-gnuplot_canvas", keepsFills: hasHeatMap)
      text.insert(contentsOf: style + "\n", at: start.lowerBound)
    }
    let box = "viewBox=\"0 0 "
    if let range = text.range(of: box) {
      let (width, height) = (size.width.shortestText, size.height.shortestText)
      text.replaceSubrange(range, with: "width=\"\(width)pt\" height=\"\(height)pt\"\n \(box)")
    }
    // Only the first is the figure's; gnuplot gives each plot one.
    if let start = text.range(of: "<title>"), let end = text.range(of: "</title>") {
      let escaped: HTML = "\(title)"
      // Outside of attributes quotes mean themselves.
      text.replaceSubrange(
        start.upperBound..<end.lowerBound,
        with: escaped.markup.replacingBytes(of: "&#39;", with: "'")
          .replacingBytes(of: "&quot;", with: "\""))
    }
    for (found, made) in [
      ("id='gp", "id='\(name)-gp"), ("href='#gp", "href='#\(name)-gp"),
      ("id=\"gnuplot", "id=\"\(name)-gnuplot"), ("id='textbox'", "id='\(name)-textbox'"),
      ("id='greybox'", "id='\(name)-greybox'"),
    ] {
      text = text.replacingBytes(of: found, with: made)
    }
    return Data(text.utf8)
  }

  /// The file with `]]>` in texts as XML wants it, which gnuplot, who escapes `&` and `<`, lets through.
  private static func withWholeTexts(_ svg: Data) -> String {
    let text = String(decoding: svg, as: UTF8.self)
    guard svg.range(of: Data("]]>".utf8)) != nil else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .map { $0.contains("<text") ? $0.replacingBytes(of: "]]>", with: "]]&gt;") : $0 }
      .joined(separator: "\n")
  }

  /// Runs of points of one marker, size and colour as one path.
  private static func pointsAsPaths(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    var run: [Point] = []
    func end(_ result: inout String) {
      if let first = run.first { result += path(first, run) }
      run = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let point = Point(line) {
        if let last = run.last, !last.isAlike(point) { end(&result) }
        run.append(point)
      } else {
        end(&result)
        result += line
        result += "\n"
      }
    }
    end(&result)
    return result
  }

  /// A line such as `<use xlink:href='#gpPt6' transform='translate(1.00,2.00) scale(0.5)' color='rgb(…)'/>`.
  private struct Point {
    let marker: Substring
    let x: Double
    let y: Double
    let scale: Double
    let color: Substring

    init?(_ line: Substring) {
      guard line.hasPrefix("<use xlink:href='#gpPt") || line.hasPrefix("\t<use xlink:href='#gpPt")
      else { return nil }
      let parts = line.split(separator: "'", omittingEmptySubsequences: false)
      guard parts.count == 7, parts[2] == " transform=", parts[4] == " color=" else { return nil }
      let numbers = parts[3].split { "(), ".contains($0) }
      guard numbers.count == 5, numbers[0] == "translate", numbers[3] == "scale",
        let x = Double(numbers[1]), let y = Double(numbers[2]), let scale = Double(numbers[4])
      else { return nil }
      (marker, color) = (parts[1].dropFirst(5), parts[5])
      (self.x, self.y, self.scale) = (x, y, scale)
      guard Self.outlines[String(marker)] != nil else { return nil }
    }

    func isAlike(_ other: Point) -> Bool {
      marker == other.marker && scale == other.scale && color == other.color
    }

    /// Markers by gnuplot's numbers, less one: the steps of their outline from their middle, and whether
    /// they are filled.
    static let outlines: [String: (steps: [(Double, Double)], isFilled: Bool)] = [
      "0": ([(-1, 0), (2, 0), (-1, -1), (0, 2)], false),
      "1": ([(-1, -1), (2, 2), (0, -2), (-2, 2)], false),
      "4": ([(-1, -1), (2, 0), (0, 2), (-2, 0)], true),
      "6": ([], true),
      "8": ([(0, -1.33), (-1.33, 2), (2.66, 0)], true),
      "10": ([(0, 1.33), (-1.33, -2), (2.66, 0)], true),
      "12": ([(0, -1.414), (1.414, 1.414), (-1.414, 1.414), (-1.414, -1.414)], true),
      "14": ([(0, 1.33), (1.265, -0.919), (-0.483, -1.478), (-1.564, 0), (-0.483, 1.478)], true),
    ]
  }

  private static func path(_ first: Point, _ points: [Point]) -> String {
    guard let outline = Point.outlines[String(first.marker)] else { return "" }
    func short(_ value: Double) -> String { ((value * 100).rounded() / 100).shortestText }
    func place(_ value: Double) -> String { ((value * 10).rounded() / 10).shortestText }
    let steps = outline.steps.map { (short($0.0 * first.scale), short($0.1 * first.scale)) }
    var data = ""
    for point in points {
      data += "M\(place(point.x)) \(place(point.y))"
      if steps.isEmpty {
        data += "h0"
      } else if outline.isFilled {
        data += "m\(steps[0].0) \(steps[0].1)"
        for step in steps.dropFirst() { data += "l\(step.0) \(step.1)" }
        data += "z"
      } else {
        data += "m\(steps[0].0) \(steps[0].1)l\(steps[1].0) \(steps[1].1)"
        data += "m\(steps[2].0) \(steps[2].1)l\(steps[3].0) \(steps[3].1)"
      }
    }
    let style =
      if steps.isEmpty {
        // A line of no length with round ends is a dot.
        "fill='none' stroke='\(first.color)' stroke-width='\(short(2 * first.scale))' "
          + "stroke-linecap='round'"
      } else if outline.isFilled {
        "fill='\(first.color)' stroke='none'"
      } else {
        "fill='none' stroke='\(first.color)' stroke-width='\(short(0.5 * first.scale))'"
      }
    return "<path \(style) d='\(data)'/>\n"
  }
}
