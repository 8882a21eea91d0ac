import Files
import Foundation
import Images
import LinearAlgebra

/// The script of a figure, and the files of pixels that it reads.
struct FigureScript: Sendable {
  /// What gnuplot reads.
  let text: String
  /// The files it names, by name.
  let files: [String: Data]
  let size: FigureSize

  /// Pixels of the PNG file a point.
  static let pixelsPerPoint = 4

  /// The names of the files it makes.
  static let svgName = "figure.svg"
  static let pngName = "figure.png"

  init(_ figure: Figure) {
    let geometry = FigureGeometry(figure)
    var files: [String: Data] = [:]
    var data = "set encoding utf8\n"
    var body = "set multiplot\n"
    for (index, panel) in figure.panels.enumerated() {
      var elements: [String] = []
      for (number, plot) in panel.plots.enumerated() {
        let name = "d\(index)_\(number)"
        switch plot.content {
        case .rows(let rows):
          guard rows.contains(where: { !$0.isEmpty }) else { continue }
          data += Self.block(name, rows)
          let columns = (1...(rows.first { !$0.isEmpty }?.count ?? 1)).map { "\($0)" }
          elements.append("$\(name) using \(columns.joined(separator: ":")) \(plot.style)")
        case .matrix(let rows):
          data += Self.block(name, rows)
          elements.append("$\(name) matrix \(plot.style)")
        case .image(let image):
          files[name + ".rgb"] = Data(image.pixels)
          elements.append(
            "'\(name).rgb' binary array=(\(image.width),\(image.height)) format='%uchar' "
              + plot.style)
        }
      }
      body += Self.settings(panel, geometry.panel(index), geometry)
      if index == 0 { body += Self.legend(geometry) }
      // A panel with nothing in it keeps its axes.
      if elements.isEmpty { elements = ["NaN"] }
      body += "plot " + elements.map { $0 + " notitle" }.joined(separator: ", \\\n  ") + "\n"
    }
    body += "unset multiplot\nset output\nreset\n"

    let size = geometry.size
    let scale = Self.pixelsPerPoint
    let font = "noenhanced font 'sans-serif,\(FigureStyle.fontSize.shortestText)'"
    text =
      data + "S = 1.35\nset terminal svg size \(size.width.shortestText),"
      + "\(size.height.shortestText) dynamic rounded \(font) background rgb 'white'\n"
      + "set output '\(Self.svgName)'\n" + body
      + "S = 1\nset terminal pngcairo size \(Int(size.width) * scale),\(Int(size.height) * scale)"
      + " \(font) rounded fontscale \(scale) linewidth \(scale) pointscale \(scale)\n"
      + "set output '\(Self.pngName)'\n" + body
    self.files = files
    self.size = size
  }

  private static func block(_ name: String, _ rows: [[Double]]) -> String {
    var text = "$\(name) << EOD\n"
    for row in rows {
      text += row.map { $0.isNaN ? "NaN" : $0.shortestText }.joined(separator: " ") + "\n"
    }
    return text + "EOD\n"
  }

  // MARK: Panels

  private static func settings(
    _ panel: Panel, _ box: FigureGeometry.Box, _ geometry: FigureGeometry
  ) -> String {
    var lines = [
      "reset", "unset key",
      "set lmargin at screen \(geometry.x(box.left))",
      "set rmargin at screen \(geometry.x(box.right))",
      "set tmargin at screen \(geometry.y(box.top))",
      "set bmargin at screen \(geometry.y(box.bottom))",
      "set border \(panel.border) lw 0.5 lc rgb '#404040'",
    ]
    lines += axis("x", panel.x) + axis("y", panel.y)
    lines += panel.commands
    func screen(
      _ text: String, _ x: Double, _ y: Double, _ alignment: PanelLabel.Alignment,
      _ options: String = ""
    ) {
      guard !text.isEmpty else { return }
      lines.append(
        "set label \(GnuplotText.quoted(text)) at screen \(geometry.x(x)), screen \(geometry.y(y)) "
          + "\(alignment.rawValue) front\(options)")
    }
    screen(
      panel.title, box.left, box.top - 6, .left, " font ',\(panel.titleSize.shortestText)'")
    screen(panel.x.label, (box.left + box.right) / 2, box.bottom + geometry.axisOffset, .center)
    screen(
      panel.y.label, box.left - geometry.layout.left + 6, (box.top + box.bottom) / 2, .center,
      " rotate by 90")
    for label in panel.labels {
      let place =
        label.isOnAxes
        ? "first \(label.x.shortestText), first \(label.y.shortestText)"
        : "graph \(label.x.shortestText), graph \(label.y.shortestText)"
      lines.append(
        "set label \(GnuplotText.quoted(label.text)) at \(place) \(label.alignment.rawValue) front "
          + "font ',\(label.size.shortestText)' tc rgb '\(label.color)'"
          + (label.isRotated ? " rotate by 90" : ""))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func axis(_ name: String, _ axis: Axis) -> [String] {
    var lines: [String] = []
    let (low, high) = (axis.range.lowerBound.shortestText, axis.range.upperBound.shortestText)
    lines.append("set \(name)range [\(axis.isReversed ? "\(high):\(low)" : "\(low):\(high)")]")
    guard !axis.ticks.isEmpty else { return lines + ["unset \(name)tics"] }
    let ticks = axis.ticks.map {
      "\(GnuplotText.quotedTick(axis.showsLabels ? $0.label : "")) \($0.value.shortestText)"
    }
    // gnuplot leaves more room between tick and label than small type needs.
    let offset = name == "x" ? (axis.isRotated ? "0,0.25" : "0,0.35") : "0.6,0"
    lines.append(
      "set \(name)tics out nomirror scale 0.35 offset \(offset)"
        + (axis.isRotated ? " rotate by 90 right" : " norotate")
        + " font ',\(axis.tickFontSize.shortestText)' (\(ticks.joined(separator: ", ")))")
    return lines
  }

  // MARK: The legend

  private static func legend(_ geometry: FigureGeometry) -> String {
    var lines: [String] = []
    for (index, entry) in geometry.legend.enumerated() {
      let (left, middle) = geometry.legendPlace(index)
      let color = "lc rgb '\(entry.color)'"
      let y = geometry.y(middle)
      func line(_ dash: Int) {
        lines.append(
          "set arrow from screen \(geometry.x(left)), screen \(y) to screen "
            + "\(geometry.x(left + 14)), screen \(y) nohead front lw 1.1 dt \(dash) \(color)")
      }
      func point(_ marker: Int) {
        lines.append(
          "set label '' at screen \(geometry.x(left + 7)), screen \(y) front "
            + "point pt \(marker) ps S*0.5 lw 0.7 \(color)")
      }
      switch entry.mark {
      case .line(let dash): line(dash)
      case .point(let marker): point(marker)
      case .both(let marker, let dash):
        line(dash)
        point(marker)
      case .area:
        lines.append(
          "set object rectangle from screen \(geometry.x(left)), screen \(geometry.y(middle + 3)) "
            + "to screen \(geometry.x(left + 14)), screen \(geometry.y(middle - 3)) front "
            + "fs solid noborder fc rgb '\(entry.color)'")
      }
      lines.append(
        "set label \(GnuplotText.quoted(entry.text)) at screen \(geometry.x(left + 18)), screen \(y)"
          + " left front font ',\(FigureStyle.tickFontSize.shortestText)'")
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
