import Files
import Images
import RunAnalyses
import Runs

/// How much of the loss of accuracy is foretold by references alone, and with topology: a row a kind of noise.
enum AddedFigure {
  static let kind = FigureKind(text: "what topology adds", stems: ["added"]) { source in
    let table = try source.required(AddedColumns.file)
    let rows = try rows(table)
    guard !rows.isEmpty else {
      let note = try table.first(AddedColumns.note)
      throw FigureLeftOut("added.csv has no R²" + (note.map { ": " + $0 } ?? ""))
    }
    return [figure(rows)]
  }

  private struct Row {
    let name: String
    let references: Double
    let whole: Double
    let p: Double?
  }

  private static func rows(_ table: Table) throws -> [Row] {
    let numbers = zip(try table[AddedColumns.references], try table[AddedColumns.whole])
    return try zip(zip(table[AddedColumns.noise], numbers), table[AddedColumns.p]).compactMap {
      entry, p in
      guard let references = entry.1.0, let whole = entry.1.1, references.isFinite, whole.isFinite
      else { return nil }
      let name = entry.0 == "all" ? "all together" : NoiseWords(of: entry.0).title
      return Row(name: name, references: references, whole: whole, p: p)
    }
  }

  private static let before = (color: "#000000", marker: 4)
  private static let after = (color: "#0072B2", marker: 7)

  private static func figure(_ rows: [Row]) -> Figure {
    let values: [Double] = rows.map(\.references) + rows.map(\.whole) + [0]
    let range = Scale.range(of: values, margin: 0.08)
    var panel = Panel()
    panel.x = Axis(
      label: "R² out of sample", range: range, ticks: Scale.linear(range, count: 4))
    panel.y = Axis(
      range: -0.6...Double(rows.count) - 0.4,
      ticks: rows.enumerated().map {
        Tick(value: Double($0), label: GnuplotText.shortened($1.name, to: 18))
      }, isReversed: true)
    let places: [(place: Double, row: Row)] = rows.enumerated().map { (Double($0), $1) }
    let changes: [[Double]] = places.flatMap { place, row -> [[Double]] in
      [[row.references, place], [row.whole, place], []]
    }
    let bottom = Double(rows.count) - 0.4
    panel.plots = [
      .line([[0, -0.6], [0, bottom]], color: FigureStyle.grey, width: 0.6, dash: 2),
      .line(changes, color: after.color, width: 1.4),
      .points(
        places.map { [$1.references, $0] }, color: before.color, marker: before.marker, size: 0.5),
      .points(places.map { [$1.whole, $0] }, color: after.color, marker: after.marker, size: 0.5),
    ]
    let texts = rows.map { row in
      let change = row.whole - row.references
      // What rounds to nothing has no sign.
      let shown = Scale.decimal(change, 2)
      return (change > 0 && shown != Scale.decimal(0, 2) ? "+" : "")
        + (Scale.decimal(abs(change), 2) == Scale.decimal(0, 2) ? Scale.decimal(0, 2) : shown)
        + (row.p.map { ", " + Wording.probability($0) } ?? "")
    }
    panel.labels = zip(places, texts).map { place, text in
      PanelLabel(
        text: text, x: 1.02, y: panel.y.share(place.place), size: FigureStyle.tickFontSize)
    }
    func room(_ texts: [String]) -> Double {
      texts.map { TextWidth.points($0, size: FigureStyle.tickFontSize) }.max() ?? 0
    }
    return Figure(
      name: "added", title: "Does topology add anything to the references?",
      caption:
        "How much of the classes' losses of accuracy a ridge model foretells of classes that it has not seen, from "
        + "the references alone and with the topological measures too; at 0 it foretells no more than the means of "
        + "the levels. Beside it the difference and its p-value when classes are permuted.",
      section: .link, width: .oneColumn,
      layout: PanelLayout(
        columns: 1, panelHeight: 16 * Double(rows.count) + 8, isHeightFixed: true,
        left: 12 + room(panel.y.ticks.map(\.label)), right: 10 + room(texts), top: 6),
      panels: [panel],
      legend: [
        LegendEntry(
          text: "references", color: before.color, mark: .point(marker: before.marker)),
        LegendEntry(
          text: "with topology", color: after.color, mark: .point(marker: after.marker)),
      ])
  }
}
