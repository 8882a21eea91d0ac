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

  /// Pixels of the PNG file an inch: what journals ask for.
  static let pixelsPerInch = 300.0

  /// What sizes of text are multiplied by: gnuplot's cairo takes a point for a 72nd of 96 dots, others for one of 72.
  private static let textScale = 0.75

  /// The name of the file that it makes in a format.
  static func fileName(_ format: FigureFormat) -> String { "figure." + format.rawValue }

  init(_ figure: Figure, _ options: FigureOptions = FigureOptions()) {
    let geometry = FigureGeometry(figure, width: options.width)
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
      body += Self.settings(panel, index, geometry, figure.colorScale)
      if index == 0 { body += Self.legend(geometry) }
      // A panel with nothing in it keeps its axes.
      if elements.isEmpty { elements = ["NaN"] }
      body += "plot " + elements.map { $0 + " notitle" }.joined(separator: ", \\\n  ") + "\n"
    }
    body += "unset multiplot\nset output\nreset\n"
    text =
      data
      + options.formats.map { format in
        Self.terminal(format, geometry.size) + "set output '\(Self.fileName(format))'\n"
          // Who reads the SVG has fonts of their own.
          + (format == .svg ? body : GnuplotText.withoutPictographs(body))
      }.joined()
    self.files = files
    size = geometry.size
  }

  /// The commands that choose a format; S is what its points are scaled by to be of one size in all.
  private static func terminal(_ format: FigureFormat, _ size: FigureSize) -> String {
    let font = "noenhanced font 'sans-serif,\(FigureStyle.fontSize.shortestText)'"
    switch format {
    case .svg:
      return "S = 1.35\nset terminal svg size \(size.width.shortestText),"
        + "\(size.height.shortestText) dynamic rounded \(font) background rgb 'white'\n"
    case .png:
      let (width, height) = pixels(size)
      let scale = pixelsPerInch / 72
      return "S = 1\nset terminal pngcairo size \(width),\(height)"
        + " \(font) rounded fontscale \(rounded(scale * textScale)) dashlength 0.6"
        + " linewidth \(rounded(scale)) pointscale \(rounded(scale))\n"
    case .pdf:
      // A little more than the points, which are cut to whole ones.
      let inches = [size.width, size.height].map { rounded(($0 + 0.05) / 72) }
      return "S = 1\nset terminal pdfcairo size \(inches[0])in,\(inches[1])in"
        + " \(font) rounded fontscale \(textScale) dashlength 0.6 linewidth 2 pointscale 1\n"
    }
  }

  private static func rounded(_ value: Double) -> String {
    ((value * 100_000).rounded() / 100_000).shortestText
  }

  /// The size of the PNG file.
  static func pixels(_ size: FigureSize) -> (width: Int, height: Int) {
    (
      Int((size.width * pixelsPerInch / 72).rounded()),
      Int((size.height * pixelsPerInch / 72).rounded())
    )
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
    _ panel: Panel, _ index: Int, _ geometry: FigureGeometry, _ colors: ColorScale?
  ) -> String {
    let box = geometry.panel(index)
    let (showsX, showsY) = (geometry.showsHorizontal(index), geometry.showsVertical(index))
    var lines = [
      "reset", "unset key",
      "set lmargin at screen \(geometry.x(box.left))",
      "set rmargin at screen \(geometry.x(box.right))",
      "set tmargin at screen \(geometry.y(box.top))",
      "set bmargin at screen \(geometry.y(box.bottom))",
      "set border \(panel.border) lw 0.5 lc rgb '#404040'",
    ]
    lines += axis("x", panel.x, length: box.right - box.left, showsLabels: showsX)
    lines += axis("y", panel.y, length: box.bottom - box.top, showsLabels: showsY)
    if panel.hasHeatMap, let colors {
      lines += colors.commands(box, geometry, showsBar: geometry.isEndOfFirstRow(index))
    }
    lines += panel.commands
    func label(_ label: PanelLabel, _ x: Double, _ y: Double) {
      guard !label.text.isEmpty else { return }
      let size = max(label.size, FigureStyle.leastFontSize)
      let text = TextWidth.fitted(label.text, to: geometry.size.width - 4, size: size)
      let left =
        label.isRotated ? x : geometry.inside(x, text, size: size, label.alignment)
      lines.append(
        "set label \(GnuplotText.quoted(text)) at screen \(geometry.x(left)), screen \(geometry.y(y)) "
          + "\(label.alignment.rawValue) front font ',\(size.shortestText)' tc rgb '\(label.color)'"
          + (label.isRotated ? " rotate by 90" : ""))
    }
    func screen(
      _ text: String, _ x: Double, _ y: Double, _ alignment: PanelLabel.Alignment,
      size: Double = FigureStyle.fontSize, isRotated: Bool = false
    ) {
      label(
        PanelLabel(text: text, x: 0, y: 0, alignment: alignment, size: size, isRotated: isRotated),
        x, y)
    }
    let titleTop = box.top - (panel.subtitle.isEmpty ? 7 : 15)
    screen(panel.title, box.left, titleTop, .left, size: panel.titleSize)
    label(
      PanelLabel(
        text: panel.subtitle, x: 0, y: 0, size: FigureStyle.leastFontSize,
        color: panel.subtitleColor), box.left, box.top - 6)
    if showsX {
      screen(panel.x.label, (box.left + box.right) / 2, box.bottom + geometry.axisOffset, .center)
    }
    if showsY {
      screen(
        panel.y.label, box.left - geometry.layout.left + 6, (box.top + box.bottom) / 2, .center,
        isRotated: true)
    }
    for one in panel.labels {
      let across = one.isOnAxes ? panel.x.share(one.x) : one.x
      let up = one.isOnAxes ? panel.y.share(one.y) : one.y
      label(
        one, box.left + across * (box.right - box.left), box.bottom - up * (box.bottom - box.top))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func axis(
    _ name: String, _ axis: Axis, length: Double, showsLabels: Bool
  ) -> [String] {
    var lines: [String] = []
    let (low, high) = (axis.range.lowerBound.shortestText, axis.range.upperBound.shortestText)
    lines.append("set \(name)range [\(axis.isReversed ? "\(high):\(low)" : "\(low):\(high)")]")
    guard !axis.ticks.isEmpty else { return lines + ["unset \(name)tics"] }
    let isBeside = name == "y" || axis.isRotated
    let shown = showsLabels ? axis.legibleLabels(length, isBeside: isBeside) : []
    let ticks = axis.ticks.enumerated().map { place, tick in
      "\(GnuplotText.quotedTick(shown.contains(place) ? tick.label : "")) \(tick.value.shortestText)"
    }
    // gnuplot leaves more room between tick and label than small type needs.
    let offset = name == "x" ? (axis.isRotated ? "0,0.25" : "0,0.35") : "0.6,0"
    lines.append(
      "set \(name)tics out nomirror scale 0.35 offset \(offset)"
        + (axis.isRotated ? " rotate by 90 right" : " norotate")
        + " font ',\(axis.textSize.shortestText)' (\(ticks.joined(separator: ", ")))")
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
      let room = geometry.size.width - left - 20
      let text = TextWidth.fitted(entry.text, to: room, size: FigureStyle.tickFontSize)
      lines.append(
        "set label \(GnuplotText.quoted(text)) at screen \(geometry.x(left + 18)), screen \(y)"
          + " left front font ',\(FigureStyle.tickFontSize.shortestText)'")
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
