import Files
import Images
import Runs

/// The images at the bars that moved most: a row a bar.
enum WitnessFigures {
  /// The most bars of a dimension, and the most images of a bar.
  static let barLimit = 6
  static let imageLimit = 10

  static let kind = FigureKind(text: "images at the bars that moved", stems: ["witnesses"]) {
    source in
    let table = try source.required("witnesses.csv")
    let figures = try source.series.filter { $0.kind != nil }.compactMap { series -> Figure? in
      // The highest level: there bars moved most.
      for condition in series.conditions.reversed() {
        let bars = try bars(table.rows(of: condition), source.run)
        if !bars.isEmpty { return figure(series, condition, bars) }
      }
      return nil
    }
    guard !figures.isEmpty else {
      throw FigureLeftOut("witnesses.csv names no image that is there")
    }
    return figures
  }

  private struct Bar {
    /// Whose bar of which dimension, its interval before and after.
    let lines: [String]
    let images: [RGBImage?]
    let names: [String]
  }

  private static func bars(_ table: ReportTable, _ run: ReportedRun) throws -> [Bar] {
    // Ranks count over all clouds, the whole and the classes.
    struct Key: Hashable {
      let dimension: Int
      let rank: Int
    }
    let dimensions = try table.numbers("dimension")
    let ranks = try table.numbers("rank")
    var rows: [Key: [Int]] = [:]
    for (row, (dimension, rank)) in zip(dimensions, ranks).enumerated() {
      guard let dimension, let rank else { continue }
      rows[Key(dimension: Int(dimension), rank: Int(rank)), default: []].append(row)
    }
    let columns = [
      "scope", "change", "birth", "death", "noisy_birth", "noisy_death", "role", "row", "class",
    ]
    let texts = try Dictionary(uniqueKeysWithValues: columns.map { ($0, try table.texts($0)) })
    func text(_ column: String, _ row: Int) -> String { texts[column]?[row] ?? "" }
    func number(_ column: String, _ row: Int) -> String {
      guard let number = Double(text(column, row)) else { return "–" }
      return number.isFinite ? Scale.decimal(number, 2) : "∞"
    }
    let sorted = rows.sorted {
      ($0.key.dimension, $0.key.rank) < ($1.key.dimension, $1.key.rank)
    }
    var counts: [Int: Int] = [:]
    return
      sorted
      .compactMap { key, members in
        // The cycle holds the birth edge; without a cycle, the edges are all there is.
        let cycle = members.filter { text("role", $0) == "cycle" }
        var seen: Set<String> = []
        let shown = (cycle.isEmpty ? members : cycle)
          .filter { seen.insert(text("row", $0)).inserted }.prefix(imageLimit)
        let images = shown.map { row in thumbnail(run, text("row", row)) }
        guard let first = members.first, images.contains(where: { $0 != nil }),
          counts[key.dimension, default: 0] < barLimit
        else { return nil }
        counts[key.dimension, default: 0] += 1
        let scope = text("scope", first)
        let cloud = scope == "all" ? "all images" : String(scope.trimmingPrefix("class-"))
        let after =
          text("change", first) == "vanished"
          ? "vanished" : "[\(number("noisy_birth", first)), \(number("noisy_death", first)))"
        return Bar(
          lines: [
            "\(DiagramFigures.text(dimension: key.dimension)), "
              + GnuplotText.shortened(cloud, to: 14),
            "[\(number("birth", first)), \(number("death", first)))", "→ " + after,
          ],
          images: Array(images), names: shown.map { text("class", $0) })
      }
  }

  /// A thumbnail by the row of samples.csv, whose name has five digits or more.
  private static func thumbnail(_ run: ReportedRun, _ row: String) -> RGBImage? {
    let digits = String(repeating: "0", count: max(0, 5 - row.count)) + row
    return ContactSheet.read(run, "thumbnails/\(digits).jpg")
  }

  private static func figure(
    _ series: NoiseSeries, _ condition: Condition, _ bars: [Bar]
  ) -> Figure {
    var rows = bars.map(\.images)
    // All figures of this kind have cells of one size.
    rows[0] += [RGBImage?](repeating: nil, count: max(0, imageLimit - rows[0].count))
    let sheet = ContactSheet(cell: 96, columnGap: 12, rowGap: 34, rows: rows)
    var panel = sheet.panel
    for (row, bar) in bars.enumerated() {
      let top = Double(sheet.place(row: row, column: 0).y)
      for (line, text) in bar.lines.enumerated() {
        panel.labels.append(
          PanelLabel(
            text: text, x: -12, y: top + Double(sheet.cell) * (0.22 + 0.28 * Double(line)),
            isOnAxes: true, alignment: .right))
      }
      for (column, name) in bar.names.enumerated() {
        panel.labels.append(
          PanelLabel(
            text: GnuplotText.shortened(name, to: 10),
            x: Double(sheet.place(row: row, column: column).x + sheet.cell / 2),
            y: top + Double(sheet.cell) + 13, isOnAxes: true, alignment: .center, size: 5))
      }
    }
    return Figure(
      name: "witnesses-\(series.name)",
      title: "Images at the bars that changed most, \(NoiseSeries.text(condition)), \(series.text)",
      caption:
        "A row a bar of a clean diagram, of all images or of a class, those that changed most first: "
        + "its interval before and after, and the images at the vertices of its cycle (of its edges where "
        + "it has none), the first \(imageLimit), named by class.\(series.seedSentence)",
      section: .witnesses, width: .twoColumns,
      layout: ImageFigures.layout(
        sheet, width: .twoColumns, left: 92, right: 6, top: 6, bottom: 14),
      panels: [panel])
  }
}
