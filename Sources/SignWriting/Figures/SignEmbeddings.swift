import CLIP
import Embedding
import Files
import Images
import LinearAlgebra
import Runs
import Synchronization

/// Drawings of signs as a model sees them.
struct SignEmbeddings: Sendable {
  let model: Manifest.ModelRecord
  /// [sample, dimension], unit rows.
  let sample: Matrix<Float>
  /// [queries, dimension], unit rows.
  let queries: Matrix<Float>

  /// Embeds the drawings of a sample and of queries.
  ///
  /// - Parameters:
  ///   - name: A folder of a model, or `builtin`.
  ///   - sample: The signs that are compared.
  ///   - queries: The signs whose neighbours are looked for.
  ///   - isQuiet: Whether to show no progress.
  /// - Throws: `FileError` naming a model or a drawing that is damaged; `RunError.interrupted`.
  init(_ name: String, of sample: SignSample, and queries: SignSample, isQuiet: Bool) throws {
    let model = try CLIPModel.opened(name, seed: 0, isQuiet: isQuiet)
    let tower = try model.visionTower()
    let pixels = NoisyPixels(
      preprocessing: model.preprocessing,
      noise: try NoiseSpecification(space: .normalized, stage: .preprocessed))
    let files = sample.entries.map(sample.file) + queries.entries.map(queries.file)
    let progress = Mutex(ProgressBar("signs", total: files.count, isQuiet: isQuiet))
    let features = try ImageEncoder(tower).features(count: files.count) { count in
      progress.withLock { $0.advance(by: count) }
    } appendPixels: { place, input in
      try Interruption.check()
      let file = files[place]
      let image = try RGBImage(
        decoding: FileContents.read(file), file: file,
        transparency: ImagePreprocessing.transparency)
      pixels.append(image, to: &input)
    }
    guard let unit = features.withUnitRows() else {
      throw FileError(
        name, "gave an embedding that is zero or not finite for the drawing of a sign")
    }
    self.model = Manifest.ModelRecord(model)
    self.sample = unit.selectingRows(Array(0..<sample.entries.count))
    self.queries = unit.selectingRows(Array(sample.entries.count..<files.count))
  }

  /// A neighbour of a query.
  struct Neighbor: Sendable, Equatable {
    /// Its row of the sample.
    let row: Int
    let cosine: Float
  }

  /// The rows of the sample that lie nearest to a query.
  ///
  /// - Parameters:
  ///   - query: The query's row.
  ///   - count: The most neighbours.
  ///   - isLeftOut: Of a row of the sample, whether it is the query itself.
  /// - Returns: As many as there are, at most `count`.
  func nearest(to query: Int, count: Int, isLeftOut: (_ row: Int) -> Bool) -> [Neighbor] {
    Self.nearest(to: Array(queries.row(query)), in: sample, count: count, isLeftOut: isLeftOut)
  }

  /// The rows that lie nearest to another, the nearest first; of equal ones the first.
  ///
  /// - Parameters:
  ///   - own: The other row, of length 1.
  ///   - rows: The rows, of length 1.
  ///   - count: The most neighbours.
  ///   - isLeftOut: Of a row of the sample, whether it is the query itself.
  /// - Returns: As many as there are, at most `count`.
  /// - Complexity: O(n · d + n log n).
  static func nearest(
    to own: [Float], in rows: Matrix<Float>, count: Int, isLeftOut: (_ row: Int) -> Bool
  ) -> [Neighbor] {
    let all = (0..<rows.rows).filter { !isLeftOut($0) }.map { row in
      // In order, so that the sum is one for any number of threads; rounding may leave it beyond 1.
      let sum = zip(own, rows.row(row)).reduce(Float(0)) { $0 + $1.0 * $1.1 }
      return Neighbor(row: row, cosine: max(-1, min(1, sum)))
    }
    return Array(all.sorted { ($1.cosine, $0.row) < ($0.cosine, $1.row) }.prefix(count))
  }
}
