import Files

/// What the colours of heat maps mean, as a bar right of the first row of panels.
struct ColorScale: Sendable {
  /// What they are, in words, and in fewer where the bar is short.
  let label: String
  var shortLabel = ""
  let range: ClosedRange<Double>
  let ticks: [Tick]
  /// Values with a name of their own, marked beside the bar.
  var marks: [Tick] = []

  private static let gap = 7.0
  private static let width = 6.0

  /// The room that it takes right of the panels, in points.
  var room: Double {
    Self.gap + Self.width + 4 + labelRoom + FigureStyle.fontSize + 8
  }

  private var labelRoom: Double {
    (ticks + marks).map { TextWidth.points($0.label, size: FigureStyle.tickFontSize) }.max() ?? 0
  }

  /// gnuplot's commands for every panel: its colours, and the bar beside the panel at the end of the first row.
  ///
  /// - Parameters:
  ///   - box: The inside of the panel.
  ///   - geometry: Where that lies in the figure.
  ///   - showsBar: Whether the bar stands beside it.
  /// - Returns: The commands, to be read before the panel's plot.
  func commands(_ box: FigureGeometry.Box, _ geometry: FigureGeometry, showsBar: Bool) -> [String] {
    let (low, high) = (range.lowerBound, range.upperBound)
    var lines = [
      FigureStyle.paletteCommand, "set cbrange [\(low.shortestText):\(high.shortestText)]",
    ]
    guard showsBar else { return lines + ["unset colorbox"] }
    let left = box.right + Self.gap
    let right = left + Self.width
    lines.append(
      "set colorbox user origin screen \(geometry.x(left)), screen \(geometry.y(box.bottom)) size "
        + "screen \(geometry.x(Self.width)), screen \(geometry.heightShare(box.bottom - box.top)) border"
    )
    lines.append("unset cbtics")
    func place(_ value: Double) -> Double {
      box.bottom - (value - low) / (high - low) * (box.bottom - box.top)
    }
    func text(_ tick: Tick, _ color: String) {
      let (y, x) = (geometry.y(place(tick.value)), geometry.x(right))
      lines.append(
        "set arrow from screen \(x), screen \(y) to screen \(geometry.x(right + 2.5)), screen \(y) nohead front "
          + "lw 0.5 lc rgb '\(color)'")
      lines.append(
        "set label \(GnuplotText.quoted(tick.label)) at screen \(geometry.x(right + 4)), screen \(y) left front "
          + "font ',\(FigureStyle.tickFontSize.shortestText)' tc rgb '\(color)'")
    }
    let inside = marks.filter { range.contains($0.value) }
    // A tick under the name of a mark would not be read.
    for tick in ticks
    where !inside.contains(where: { abs(place($0.value) - place(tick.value)) < 8 }) {
      text(tick, "#404040")
    }
    for mark in inside {
      text(mark, "#D55E00")
      let y = geometry.y(place(mark.value))
      lines.append(
        "set arrow from screen \(geometry.x(left)), screen \(y) to screen \(geometry.x(right)), screen \(y) nohead "
          + "front lw 1 lc rgb '#D55E00'")
    }
    let room = box.bottom - box.top + 16
    let isLong = TextWidth.points(label, size: FigureStyle.fontSize) > room
    lines.append(
      "set label \(GnuplotText.quoted(isLong ? shortLabel : label)) at screen \(geometry.x(right + labelRoom + 10)), "
        + "screen \(geometry.y((box.top + box.bottom) / 2)) center front rotate by 90")
    return lines
  }
}
