import Runs

/// The matrix of all images and captions, in tiles.
enum ScoreMapFigure {
  /// The most tiles of an axis.
  private static let mostTiles = 400

  static let kind = NamedFigure<ReportedScores>(
    text: "heat map of all images and captions", name: "score-matrix"
  ) { scores in
    let table = try scores.required(ScoreMapColumns.file, askedForBy: "matrix")
    let (images, texts) = (try table[ScoreMapColumns.image], try table[ScoreMapColumns.text])
    let (rows, columns) = (Set(images).sorted(), Set(texts).sorted())
    guard rows.count <= mostTiles, columns.count <= mostTiles else {
      throw FigureLeftOut(
        "\(ScoreMapColumns.file.pattern.text) has more than \(mostTiles) tiles an axis")
    }
    let places = (
      rows: Dictionary(uniqueKeysWithValues: zip(rows, rows.indices)),
      columns: Dictionary(uniqueKeysWithValues: zip(columns, columns.indices))
    )
    var matrix = [[Double]](
      repeating: [Double](repeating: .nan, count: columns.count), count: rows.count)
    let cosines = try table[ScoreMapColumns.cosine]
    for (line, cosine) in cosines.enumerated() {
      guard let row = places.rows[images[line]], let column = places.columns[texts[line]] else {
        continue
      }
      matrix[row][column] = cosine
    }
    let range = Scale.range(of: cosines, margin: 0)
    let colors = ColorScale(label: "Mean cosine", range: range, ticks: Scale.linear(range))
    var panel = Panel()
    panel.x = axis("Distinct caption", columns)
    panel.y = axis("Distinct image", rows)
    panel.y.isReversed = true
    panel.border = 15
    panel.plots = Plot.heatMap(withGaps: matrix, low: range.lowerBound)
    return Figure(
      name: "score-matrix", title: "All images with all captions",
      caption:
        "The mean cosine of each tile of the matrix of distinct images and distinct captions, both in the "
        + "order of their first records; pairs lie near the diagonal where each has its own.",
      section: .pairScores, width: .oneColumn,
      layout: PanelLayout(columns: 1, left: 42, right: colors.room, top: 8), panels: [panel],
      colorScale: colors)
  }

  /// An axis of tiles, named at some of them by the number of the first it holds.
  private static func axis(_ label: String, _ starts: [Int]) -> Axis {
    let step = max(1, (starts.count + 4) / 5)
    return Axis(
      label: label, range: -0.5...Double(starts.count) - 0.5,
      ticks: stride(from: 0, to: starts.count, by: step).map {
        Tick(value: Double($0), label: Wording.grouped(starts[$0]))
      })
  }
}
