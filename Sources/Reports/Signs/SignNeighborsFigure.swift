import Files
import Images
import Runs

/// The nearest signs of given ones, drawn in rows: the sign, then its neighbours, a row a model.
enum SignNeighborsFigure {
  /// The most rows and neighbours of a figure.
  private static let mostRows = 24
  private static let mostNeighbors = 10

  static let kind = NamedFigure<RunDirectory>(
    text: "the nearest signs", name: "neighbors"
  ) { folder in
    let table = try folder.requiredTable(SignNeighborColumns.file)
    let files = try files(folder)
    let (queries, models) = (
      try table[SignNeighborColumns.query], try table[SignNeighborColumns.model]
    )
    let ranks = try table[SignNeighborColumns.rank]
    let (signs, texts) = (try table[SignNeighborColumns.sign], try table[SignNeighborColumns.text])
    let cosines = try table[SignNeighborColumns.cosine]
    var rows: [Row] = []
    for query in queries.uniqued {
      for model in models.uniqued where rows.count < mostRows {
        let own = table.rows.indices.filter { queries[$0] == query && models[$0] == model }
          .sorted { ranks[$0] < ranks[$1] }.prefix(mostNeighbors)
        guard !own.isEmpty else { continue }
        let isFirst = rows.last?.query != query
        rows.append(
          Row(
            query: query, model: model,
            image: isFirst ? try image(of: query, files, folder) : nil,
            neighbors: try own.map { line in
              Neighbor(
                text: texts[line], cosine: cosines[line],
                image: try image(of: signs[line], files, folder))
            }))
      }
    }
    let total = queries.uniqued.count * models.uniqued.count
    return figure(rows, of: total)
  }

  private struct Neighbor {
    let text: String
    let cosine: Double
    let image: RGBImage?
  }

  private struct Row {
    let query: String
    let model: String
    /// The sign asked for, in the first row that is of it.
    let image: RGBImage?
    let neighbors: [Neighbor]
  }

  private static func figure(_ rows: [Row], of total: Int) -> Figure {
    let sheet = ContactSheet(
      cell: 224, columnGap: 26, rowGap: 118,
      rows: rows.map { [$0.image] + $0.neighbors.map(\.image) })
    let width = FigureWidth.twoColumns
    let (left, right) = (16.0, 4.0)
    // Pixels of the sheet a point of the figure.
    let scale = Double(sheet.width) / (width.points - left - right)
    var panel = sheet.panel
    let size = FigureStyle.leastFontSize
    for (line, row) in rows.enumerated() {
      let top = Double(sheet.place(row: line, column: 0).y)
      panel.labels.append(
        PanelLabel(
          text: TextWidth.fitted(row.model, to: Double(sheet.cell) / scale + 14, size: size),
          x: -8 * scale, y: top + Double(sheet.cell) / 2, isOnAxes: true, alignment: .center,
          size: size, isRotated: true))
      for (place, neighbor) in row.neighbors.enumerated() {
        let middle =
          Double(sheet.place(row: line, column: place + 1).x) + Double(sheet.cell) / 2
        let room = Double(sheet.cell + sheet.columnGap) / scale - 2
        for (offset, text) in [
          neighbor.text, Quantity.coefficient.text(neighbor.cosine),
        ].enumerated() {
          panel.labels.append(
            PanelLabel(
              text: TextWidth.fitted(text, to: room, size: size), x: middle,
              y: top + Double(sheet.cell) + (5 + 8 * Double(offset)) * scale, isOnAxes: true,
              alignment: .center, size: size,
              color: offset == 0 ? "#000000" : FigureStyle.grey))
        }
      }
    }
    return Figure(
      name: "neighbors", title: "The nearest signs",
      caption:
        "Left the sign asked for, then those of the sample that lie nearest to it, a row a model, with what "
        + "they mean and their cosine with it."
        + (rows.count < total ? " The first \(rows.count) of \(total) rows." : ""),
      section: .signs, width: width,
      layout: ImageFigures.layout(
        sheet, width: width, left: left, right: right, top: 4, bottom: 20),
      panels: [panel])
  }

  /// The files of drawings, by sign.
  private static func files(_ folder: RunDirectory) throws -> [String: String] {
    try [SignColumns.file, SignColumns.queries].compactMap { try folder.table($0) }
      .reduce(into: [:]) { files, table in
        for (sign, file) in zip(try table[SignColumns.sign], try table[SignColumns.image]) {
          files[sign] = file
        }
      }
  }

  /// Decodes a drawing; nil when it is not there.
  private static func image(
    of sign: String, _ files: [String: String], _ folder: RunDirectory
  ) throws -> RGBImage? {
    try files[sign].flatMap { try ContactSheet.read(folder, $0) }
  }
}
