import Files
import Images
import RunAnalyses
import Runs

/// One example a class, and the same images at every level.
enum ImageFigures {
  /// The most classes and images of a sheet.
  static let classLimit = 64
  static let imageLimit = 6

  static let examples = FigureKind(text: "example images of the classes", stems: ["examples"]) {
    source in
    let table = try source.required(PictureFiles.examples)
      .rows(where: PictureFiles.kind == "class")
    let names = try table[PictureFiles.className]
    let files = try table[PictureFiles.file]
    let shown = try zip(names, files).prefix(classLimit).map {
      (name: $0, image: try ContactSheet.read(source.run.directory, $1))
    }
    guard shown.contains(where: { $0.image != nil }) else {
      throw FigureLeftOut("examples.csv names no image of a class that is there")
    }
    let columns = min(shown.count, source.isNarrow ? 5 : 8)
    let rows = stride(from: 0, to: shown.count, by: columns).map {
      shown[$0..<min($0 + columns, shown.count)].map(\.image)
    }
    let sheet = ContactSheet(cell: 112, columnGap: 12, rowGap: 26, rows: rows)
    var panel = sheet.panel
    panel.labels = shown.enumerated().map { index, entry in
      let place = sheet.place(row: index / columns, column: index % columns)
      return PanelLabel(
        text: GnuplotText.shortened(entry.name, to: source.isNarrow ? 11 : 15),
        x: Double(place.x + sheet.cell / 2),
        y: Double(place.y + sheet.cell + 11), isOnAxes: true, alignment: .center, size: 6.5)
    }
    let margin = 6.0
    let width = source.width(columns > 4 ? .twoColumns : .oneColumn)
    return [
      Figure(
        name: "examples", title: "An example of each class",
        caption: caption(try table.conditions())
          + (shown.count < names.count
            ? " The first \(shown.count) of \(names.count) classes." : ""),
        section: .images, width: width,
        layout: layout(
          sheet, width: width, left: margin, right: margin, top: margin, bottom: 14),
        panels: [panel])
    ]
  }

  /// What examples are of, by the conditions that they are shown under.
  static func caption(_ conditions: [Condition]) -> String {
    let shown = conditions.uniqued
    let what =
      shown == [.clean]
      ? "One clean image a class"
      : shown.count == 1
        ? "One image a class under \(Wording.level(shown[0])), as there are no clean images"
        : "One image a class, not all under the same condition"
    return what + ", cropped as the model sees it."
  }

  static let noise = FigureKind(text: "images at every noise level", stems: ["noise"]) { source in
    let table = try source.required(PictureFiles.examples)
      .rows(where: PictureFiles.kind == "noise")
    let figures = try source.series.filter { $0.kind != nil }.compactMap { series -> Figure? in
      let conditions = spread(series.conditions, source.isNarrow ? narrowLevels : mostLevels)
      let byCondition = try conditions.map { condition in
        let rows = try table.rows(of: condition)
        return Dictionary(
          zip(try rows[PictureFiles.row], try rows[PictureFiles.file])
        ) { first, _ in first }
      }
      let classes = Dictionary(
        zip(try table[PictureFiles.row], try table[PictureFiles.className])
      ) { first, _ in first }
      let noisyRows = zip(conditions, byCondition).filter { $0.0 != .clean }.flatMap(\.1.keys)
      let samples = Set(noisyRows).sorted().prefix(imageLimit)
      let rows = try samples.map { sample in
        try byCondition.map {
          try $0[sample].flatMap { try ContactSheet.read(source.run.directory, $0) }
        }
      }
      guard rows.contains(where: { $0.contains { $0 != nil } }) else { return nil }
      let sheet = ContactSheet(cell: 192, columnGap: 12, rowGap: 12, rows: rows)
      var panel = sheet.panel
      for (column, condition) in conditions.enumerated() {
        panel.labels.append(
          PanelLabel(
            text: NoiseSeries.text(condition),
            x: Double(sheet.place(row: 0, column: column).x + sheet.cell / 2), y: -18,
            isOnAxes: true, alignment: .center))
      }
      for (row, sample) in samples.enumerated() {
        panel.labels.append(
          PanelLabel(
            text: GnuplotText.shortened(classes[sample] ?? "", to: 12), x: -28,
            y: Double(sheet.place(row: row, column: 0).y + sheet.cell / 2), isOnAxes: true,
            alignment: .center, size: 6.5, isRotated: true))
      }
      let width = source.width(sheet.columns > 4 ? .twoColumns : .oneColumn)
      return Figure(
        name: "noise-\(series.name)", title: "The same images at every level, \(series.text)",
        caption:
          "What the model is shown, brought back to 0–255 and clipped for display; a row an image, "
          + "named by its class.\(series.seedSentence)"
          + (conditions.count < series.conditions.count
            ? " Of \(series.conditions.count) levels \(conditions.count) are shown." : ""),
        section: .images, width: width,
        layout: layout(sheet, width: width, left: 16, right: 4, top: 14, bottom: 4), panels: [panel]
      )
    }
    guard !figures.isEmpty else {
      throw FigureLeftOut("examples.csv names no image under noise that is there")
    }
    return figures
  }

  /// The most levels that a sheet has beside each other: more would be too small to see, and of some hundred no
  /// picture can be made.
  private static let mostLevels = 16
  /// Those of a sheet as narrow as a column.
  private static let narrowLevels = 6

  /// All conditions, or the first, the last and others evenly between them.
  private static func spread(_ conditions: [Condition], _ most: Int) -> [Condition] {
    guard conditions.count > most else { return conditions }
    return (0..<most).map { conditions[$0 * (conditions.count - 1) / (most - 1)] }
  }

  /// The layout of one panel that shows a sheet in its proportions.
  static func layout(
    _ sheet: ContactSheet, width: FigureWidth, left: Double, right: Double, top: Double,
    bottom: Double
  ) -> PanelLayout {
    let inside = width.points - left - right
    return PanelLayout(
      columns: 1, panelHeight: inside * Double(sheet.height) / Double(max(sheet.width, 1)),
      left: left, right: right, top: top, bottom: bottom)
  }
}
