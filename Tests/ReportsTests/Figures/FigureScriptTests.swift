import Foundation
import Images
import Testing

@testable import Reports

struct FigureScriptTests {
  /// A figure of two points, in a class with a hostile name.
  static func figure(name: String = "two-points") -> Figure {
    var panel = Panel(title: "it's {a}_b `id` <&>")
    panel.x = Axis(label: "Birth", ticks: [Tick(value: 0.5, label: "50%")])
    panel.y.range = 0...2
    panel.plots = [
      .points([[0.25, 1.5], [0.75, 0.5]], color: "#0072B2", marker: 7, size: 0.4),
      .line([[0, 0], [1, 2], [], [0, 1], [1, 1]], color: "#000000"),
    ]
    return Figure(
      name: name, title: "Two <points>", caption: "", section: .topology, width: .oneColumn,
      layout: PanelLayout(columns: 1, panelHeight: 100), panels: [panel],
      legend: [LegendEntry(text: "H₀", color: "#0072B2", mark: .point(marker: 7))])
  }

  @Test func `points and texts stand in the script`() {
    let script = FigureScript(Self.figure())
    let lines = script.text.split(separator: "\n").map(String.init)
    #expect(script.text.contains("$d0_0 << EOD\n0.25 1.5\n0.75 0.5\nEOD\n"))
    #expect(script.text.contains("$d0_1 << EOD\n0 0\n1 2\n\n0 1\n1 1\nEOD\n"))
    #expect(script.text.contains("set yrange [0:2]"))
    #expect(script.text.contains("(\"50%%\" 0.5)"))
    #expect(script.text.contains(#"set label "it\047s {a}_b \140id\140 <&>" at screen"#))
    #expect(lines.contains { $0.hasPrefix("plot $d0_0 using 1:2 with points pt 7") })
    // Data once, commands once for SVG and once for PNG.
    #expect(lines.filter { $0.hasPrefix("$d0_0 <<") }.count == 1)
    #expect(lines.filter { $0.hasPrefix("plot ") }.count == 2)
    #expect(script.size.width == 245)
    #expect(script.files.isEmpty)
  }

  @Test func `terminals take no markup`() {
    let terminals = FigureScript(Self.figure()).text.split(separator: "\n")
      .filter { $0.hasPrefix("set terminal") }
    #expect(terminals.count == 2)
    #expect(terminals.allSatisfy { $0.contains(" noenhanced ") })
    #expect(terminals.contains { $0.hasPrefix("set terminal pngcairo size 1021,") })
  }

  @Test func `each format has its terminal`() {
    let options = FigureOptions(formats: [.pdf], width: .twoColumns)
    let script = FigureScript(Self.figure(), options)
    let terminals = script.text.split(separator: "\n").filter { $0.hasPrefix("set terminal") }
    #expect(terminals.count == 1)
    #expect(terminals[0].hasPrefix("set terminal pdfcairo size 7.00069in,"))
    #expect(script.text.contains("set output 'figure.pdf'"))
    #expect(script.size.width == 504)
  }

  @Test func `a text at the edge is moved inside`() throws {
    var figure = Self.figure()
    figure.panels[0].labels = [PanelLabel(text: "severity 5", x: 1, y: 0.5, alignment: .center)]
    let script = FigureScript(figure)
    let line = try #require(
      script.text.split(separator: "\n").first { $0.contains("\"severity 5\"") })
    let match = try #require(line.firstMatch(of: /at screen ([0-9.]+),/))
    let middle = 245 * (Double(match.1) ?? 0)
    let half = TextWidth.points("severity 5", size: FigureStyle.tickFontSize) / 2
    #expect(middle + half <= 245 && middle + half > 240)
  }

  @Test func `panels of a row share an axis upwards`() {
    var figure = Self.figure()
    figure.panels[0].y.label = "Death"
    figure.panels[0].y.ticks = [Tick(value: 1, label: "one")]
    figure.panels = [figure.panels[0], figure.panels[0], figure.panels[0]]
    figure.layout = PanelLayout(columns: 2, sharesVertical: true)
    let text = FigureScript(figure, FigureOptions(formats: [.svg])).text
    // The first of both rows.
    #expect(text.components(separatedBy: "set label \"Death\"").count == 3)
    #expect(text.components(separatedBy: "(\"one\" 1)").count == 3)
    #expect(text.components(separatedBy: "(\"\" 1)").count == 2)
  }

  @Test func `pictures are files of pixels`() {
    var figure = Self.figure()
    let image = RGBImage(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6])
    figure.panels[0].plots = [.picture(image)]
    let script = FigureScript(figure)
    #expect(script.files == ["d0_0.rgb": Data([1, 2, 3, 4, 5, 6])])
    #expect(
      script.text.contains("plot 'd0_0.rgb' binary array=(2,1) format='%uchar' with rgbimage"))
  }

  @Test func `a panel with nothing keeps its axes`() {
    var figure = Self.figure()
    figure.panels[0].plots = [.points([], color: "#000000", size: 1)]
    #expect(FigureScript(figure).text.contains("plot NaN notitle"))
  }
}
