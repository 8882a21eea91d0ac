import Files
import Foundation
package import LinearAlgebra
package import Runs

/// The cosines of all images with all captions, a block of images at a time.
package struct ScoreMatrix: Sendable {
  private let embeddings: any PairEmbeddings
  /// The images of a block.
  private let height: Int

  /// Captions whose embeddings are in memory together.
  private static let width = 4096
  /// Cosines of a block.
  private static let blockSize = 4_000_000
  /// The most tiles of a side of the map.
  private static let mostTiles = 200

  /// The matrix of embeddings.
  package init(_ embeddings: any PairEmbeddings) {
    self.embeddings = embeddings
    height = max(1, min(1024, Self.blockSize / max(1, embeddings.textCount)))
  }

  /// Writes the files, each once it is whole.
  ///
  /// The CSV has the header `image` and the captions, and a line an image; the NPY is float32 [images, captions], with
  /// the images and the captions in the CSV files beside it, `index,image` and `index,caption`. Cosines are sums in
  /// float64, rounded to float32 once.
  ///
  /// - Parameters:
  ///   - files: Their names.
  ///   - images: The names of all distinct images, in the order of their first occurrence.
  ///   - captions: All distinct captions, likewise.
  ///   - control: Asked before every block.
  /// - Returns: The table `matrix-map.csv`: the means of tiles, at most 200 a side.
  /// - Throws: `OptionError` for more than 100 million cosines, before anything is written; `FileError`,
  ///   `CancellationError`.
  /// - Complexity: O(images · captions · dimension) time for each of the two; 4 million cosines in memory, or one
  ///   image's where these are more.
  package func write(
    _ files: MatrixFiles, images: [String], captions: [String],
    control: ComputationControl = ComputationControl()
  ) throws -> Table {
    precondition(images.count == embeddings.imageCount && captions.count == embeddings.textCount)
    try files.require(images: images.count, captions: captions.count)
    var map: MatrixMap? = MatrixMap(
      images: images.count, texts: captions.count, mostTiles: Self.mostTiles)
    var table: Table?
    if let path = files.csv {
      try AtomicFile.write(to: path) { file in
        try file.write(contentsOf: Data(CSV.line(["image"] + captions).utf8))
        try blocks(control) { first, block in
          map?.add(block, first: first)
          let lines = Parallel.map(count: block.rows) { row in
            CSV.line([images[first + row]] + block.row(row).map(\.shortestText))
          }
          for line in lines { try file.write(contentsOf: Data(line.utf8)) }
        }
      }
      table = map?.table
      map = nil
    }
    if let path = files.npy, let lists = files.lists {
      try AtomicFile.write(to: path) { file in
        try file.write(
          contentsOf: NumPyFile.header("<f4", rows: images.count, columns: captions.count))
        try blocks(control) { first, block in
          map?.add(block, first: first)
          let data = NumPyFile.encode(block)
          try file.write(contentsOf: data.suffix(4 * block.values.count))
        }
      }
      try Self.write(images, as: "image", to: lists.images)
      try Self.write(captions, as: "caption", to: lists.captions)
    }
    return table ?? map?.table ?? Table(ScoreMapColumns.file)
  }

  private static func write(_ names: [String], as column: String, to path: String) throws {
    try AtomicFile.write(to: path) { file in
      try file.write(contentsOf: Data(CSV.line(["index", column]).utf8))
      for start in stride(from: 0, to: names.count, by: 4096) {
        let lines = (start..<min(start + 4096, names.count)).map { CSV.line(["\($0)", names[$0]]) }
        try file.write(contentsOf: Data(lines.joined().utf8))
      }
    }
  }

  /// Computes the matrix block by block, in order.
  private func blocks(
    _ control: ComputationControl,
    _ body: (_ first: Int, _ block: Matrix<Float>) throws -> Void
  ) throws {
    let (rows, columns) = (embeddings.imageCount, embeddings.textCount)
    for first in stride(from: 0, to: rows, by: height) {
      let images = Array(first..<min(first + height, rows))
      let left: Matrix<Double> = try embeddings.images(images).converted()
      let tiles = try BLAS.withThreads(1) {
        try Parallel.tryMap(count: (columns + Self.width - 1) / Self.width) { tile in
          try control.check()
          let texts = Array(tile * Self.width..<min((tile + 1) * Self.width, columns))
          let right: Matrix<Double> = try embeddings.texts(texts).converted()
          let products: Matrix<Float> = left.timesTransposed(right).converted()
          return products
        }
      }
      var block = Matrix<Float>(rows: images.count, columns: columns)
      var start = 0
      for tile in tiles {
        for row in 0..<tile.rows {
          let place = row * columns + start
          block.values.replaceSubrange(place..<place + tile.columns, with: tile.row(row))
        }
        start += tile.columns
      }
      try body(first, block)
      control.report("matrix", first + images.count, rows)
    }
  }
}
