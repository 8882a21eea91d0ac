import LinearAlgebra
import Runs

/// A matrix of cosines in tiles, for a picture: the mean of each.
struct MatrixMap: Sendable {
  private let height: Int
  private let width: Int
  private let across: Int
  private var sums: [Double]
  private var counts: [Int]

  /// A map without a cosine yet.
  init(images: Int, texts: Int, mostTiles: Int) {
    height = max(1, (images + mostTiles - 1) / mostTiles)
    width = max(1, (texts + mostTiles - 1) / mostTiles)
    across = (texts + width - 1) / width
    let count = (images + height - 1) / height * across
    sums = [Double](repeating: 0, count: count)
    counts = [Int](repeating: 0, count: count)
  }

  /// Adds the rows of some images from one on.
  mutating func add(_ block: Matrix<Float>, first: Int) {
    for row in 0..<block.rows {
      let start = (first + row) / height * across
      for (column, cosine) in block.row(row).enumerated() {
        sums[start + column / width] += Double(cosine)
        counts[start + column / width] += 1
      }
    }
  }

  /// The means.
  var table: Table {
    var table = Table(ScoreMapColumns.file)
    for (place, count) in counts.enumerated() where count > 0 {
      table.append([
        ScoreMapColumns.image(place / across * height),
        ScoreMapColumns.text(place % across * width),
        ScoreMapColumns.cosine(sums[place] / Double(count)),
      ])
    }
    return table
  }
}
