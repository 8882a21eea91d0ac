import CLIP
import Files
import Images
import LinearAlgebra
import Synchronization

/// Embeds the images and the texts of records; what occurs several times is embedded once.
struct PairEncoder {
  let model: CLIPModel
  let isQuiet: Bool

  /// An image file that decodes, or what is wrong with it.
  typealias Inspection = Result<Digest, ExperimentError.UnusableImage>

  /// Looks at every image before any is embedded.
  ///
  /// - Returns: For every record its image's digest, or what is wrong with it.
  func inspect(_ table: PairsTable) throws -> [Inspection] {
    let (unique, places) = Self.unique(table.records.map(\.image))
    let found = try Parallel.tryMap(count: unique.count) { index -> Inspection in
      try Interruption.check()
      let record = table.records[unique[index]]
      let file = table.imageFile(record)
      do {
        if record.image.contains("://") {
          throw FileError(record.image, "is an address; download it and name the file")
        }
        let data = try FileContents.read(file)
        _ = try RGBImage(decoding: data, file: file)
        return .success(Digest(of: data))
      } catch {
        let problem = (error as? FileError)?.problem ?? "\(error)"
        return .failure(ExperimentError.UnusableImage(path: record.image, problem: problem))
      }
    }
    return places.map { found[$0] }
  }

  /// The embeddings of the records' images: [records, dimension], unit rows.
  func images(_ table: PairsTable) throws -> Matrix<Float> {
    let (unique, places) = Self.unique(table.records.map(\.image))
    let tower = try model.visionTower()
    let pixels = NoisyPixels(
      preprocessing: model.preprocessing,
      noise: try NoiseSpecification(space: .normalized, stage: .preprocessed))
    let batches = ImageChunk.batches(count: unique.count, size: tower.batchSize)
    let progress = Mutex(Progress("images", total: unique.count, isQuiet: isQuiet))
    let pieces = try BLAS.withThreads(1) {
      try Parallel.tryMap(count: batches.count) { index -> [Float] in
        try Interruption.check()
        var input: [Float] = []
        for place in batches[index] {
          let file = table.imageFile(table.records[unique[place]])
          let data = try FileContents.read(file)
          let image = try RGBImage(
            decoding: data, file: file, transparency: ImagePreprocessing.transparency)
          // The level is 0, so that the digest, which names the noise, is not used.
          pixels.append(
            pixels.prepare(image, digest: Digest(of: "")), level: 0, seed: 0, to: &input)
        }
        let features = tower.features(input, count: batches[index].count)
        progress.withLock { $0.advance(by: batches[index].count) }
        return features.values
      }
    }
    let features = Matrix(
      rows: unique.count, columns: tower.projectionDimension, values: pieces.flatMap(\.self))
    guard let unit = features.withUnitRows() else {
      throw FileError(
        table.file, "the image tower gave an embedding that is zero or not finite for an image")
    }
    return unit.selectingRows(places)
  }

  /// The embeddings of the records' texts, and how many texts were cut to the tower's context.
  func texts(_ table: PairsTable) throws -> (embeddings: Matrix<Float>, truncated: Int) {
    let (unique, places) = Self.unique(table.records.map(\.text))
    let tower = try model.textTower()
    let tokenizer = try model.tokenizer()
    let inputs = Parallel.map(count: unique.count) { index in
      tokenizer.modelInput(
        table.records[unique[index]].text, contextLength: tower.configuration.contextLength)
    }
    var progress = Progress("texts", total: unique.count, isQuiet: isQuiet)
    var values: [Float] = []
    // A multiple of the tower's own batches: the same bits as in one piece.
    for start in stride(from: 0, to: inputs.count, by: 48 * 32) {
      try Interruption.check()
      let part = inputs[start..<min(inputs.count, start + 48 * 32)]
      values += try tower.embed(part.map(\.ids)).values
      progress.advance(by: part.count)
    }
    let unit = Matrix(rows: unique.count, columns: tower.projectionDimension, values: values)
    return (unit.selectingRows(places), places.count { inputs[$0].truncated })
  }

  /// Where each different value stands first, and for every value its place among those.
  private static func unique(_ values: [String]) -> (first: [Int], places: [Int]) {
    var known: [String: Int] = [:]
    var first: [Int] = []
    let places = values.enumerated().map { index, value -> Int in
      if let place = known[value] { return place }
      known[value] = first.count
      first.append(index)
      return first.count - 1
    }
    return (first, places)
  }
}
