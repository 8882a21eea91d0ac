import Files
import Images
import RunAnalyses
import Runs

/// The images at the bars that moved most: a row a bar.
enum WitnessFigures {
  /// The most bars of a dimension, and the most images of a bar.
  static let barLimit = 6
  static let imageLimit = 10
  /// Those of a figure as narrow as a column.
  static let narrowLimit = 5

  static let kind = FigureKind(text: "images at the bars that moved", stems: ["witnesses"]) {
    source in
    let table = try source.required(WitnessColumns.file)
    let figures = try source.series.filter { $0.kind != nil }.compactMap { series -> Figure? in
      // The highest level: there bars moved most.
      for condition in series.conditions.reversed() {
        let most = source.isNarrow ? narrowLimit : imageLimit
        let bars = try bars(table.rows(of: condition), source.run, most)
        if !bars.isEmpty {
          return figure(series, condition, bars, most, source.width(.twoColumns))
        }
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

  /// A row of the table.
  private struct Vertex {
    let scope: String
    let isVanished: Bool
    let interval: (birth: Double, death: Double)
    let noisyInterval: (birth: Double?, death: Double?)
    let isOnCycle: Bool
    let row: Int
    let className: String
  }

  private static func vertices(_ table: Table) throws -> [Vertex] {
    let scopes = try table[WitnessColumns.scope]
    let changes = try table[WitnessColumns.change]
    let (births, deaths) = (try table[WitnessColumns.birth], try table[WitnessColumns.death])
    let noisyBirths = try table[WitnessColumns.noisyBirth]
    let noisyDeaths = try table[WitnessColumns.noisyDeath]
    let roles = try table[WitnessColumns.role]
    let rows = try table[WitnessColumns.row]
    let classes = try table[WitnessColumns.className]
    return rows.indices.map {
      Vertex(
        scope: scopes[$0], isVanished: changes[$0] == "vanished",
        interval: (births[$0], deaths[$0]), noisyInterval: (noisyBirths[$0], noisyDeaths[$0]),
        isOnCycle: roles[$0] == "cycle", row: rows[$0], className: classes[$0])
    }
  }

  private static func bars(
    _ table: Table, _ run: ReportedRun, _ imageLimit: Int
  ) throws -> [Bar] {
    // Ranks count over all clouds, the whole and the classes.
    struct Key: Hashable {
      let dimension: Int
      let rank: Int
    }
    let keys = zip(try table[WitnessColumns.dimension], try table[WitnessColumns.rank])
    let vertices = Dictionary(grouping: zip(keys, try vertices(table))) {
      Key(dimension: $0.0.0, rank: $0.0.1)
    }
    let sorted = vertices.sorted {
      ($0.key.dimension, $0.key.rank) < ($1.key.dimension, $1.key.rank)
    }
    var counts: [Int: Int] = [:]
    return try sorted.compactMap { key, rows in
      let members = rows.map(\.1)
      // The cycle holds the birth edge; without a cycle, the edges are all there is.
      let cycle = members.filter(\.isOnCycle)
      var seen: Set<Int> = []
      let shown = (cycle.isEmpty ? members : cycle).filter { seen.insert($0.row).inserted }
        .prefix(imageLimit)
      let images = try shown.map { try thumbnail(run, $0.row) }
      guard let first = members.first, images.contains(where: { $0 != nil }),
        counts[key.dimension, default: 0] < barLimit
      else { return nil }
      counts[key.dimension, default: 0] += 1
      return Bar(
        lines: lines(first, dimension: key.dimension), images: Array(images),
        names: shown.map(\.className))
    }
  }

  private static func lines(_ bar: Vertex, dimension: Int) -> [String] {
    func number(_ number: Double?) -> String {
      guard let number else { return "–" }
      return number.isFinite ? Scale.decimal(number, 2) : "∞"
    }
    func text(_ birth: Double?, _ death: Double?) -> String {
      "[\(number(birth)), \(number(death)))"
    }
    let cloud =
      bar.scope == Scope.allName ? "all images" : String(bar.scope.trimmingPrefix("class-"))
    let after =
      bar.isVanished ? "vanished" : text(bar.noisyInterval.birth, bar.noisyInterval.death)
    return [
      "\(DiagramFigures.text(dimension: dimension)), " + GnuplotText.shortened(cloud, to: 14),
      text(bar.interval.birth, bar.interval.death), "→ " + after,
    ]
  }

  /// A thumbnail by the row of samples.csv, whose name has five digits or more.
  private static func thumbnail(_ run: ReportedRun, _ row: Int) throws -> RGBImage? {
    let digits = "\(row)"
    let zeros = String(repeating: "0", count: max(0, 5 - digits.count))
    return try ContactSheet.read(run.directory, "thumbnails/\(zeros)\(digits).jpg")
  }

  private static func figure(
    _ series: NoiseSeries, _ condition: Condition, _ bars: [Bar], _ imageLimit: Int,
    _ width: FigureWidth
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
            text: GnuplotText.shortened(name, to: 9),
            x: Double(sheet.place(row: row, column: column).x + sheet.cell / 2),
            y: top + Double(sheet.cell) + 13, isOnAxes: true, alignment: .center,
            size: FigureStyle.leastFontSize))
      }
    }
    return Figure(
      name: "witnesses-\(series.name)",
      title: "Images at the bars that changed most, \(NoiseSeries.text(condition)), \(series.text)",
      caption:
        "A row a bar of a clean diagram, of all images or of a class, those that changed most first: "
        + "its interval before and after, and the images at the vertices of its cycle (of its edges where "
        + "it has none), the first \(imageLimit), named by class.\(series.seedSentence)",
      section: .witnesses, width: width,
      layout: ImageFigures.layout(
        sheet, width: width, left: 92, right: 6, top: 6, bottom: 14),
      panels: [panel])
  }
}
