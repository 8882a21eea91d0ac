package import CLIP
import Files
import Images
package import LinearAlgebra
import Runs
import Synchronization

/// The towers of a model, for the images and the texts of records; what occurs several times is
/// embedded once.
package struct ImageTextEncoder {
  private let model: CLIPModel
  private let visionTower: VisionTower?
  private let textTower: TextTower?
  private let isQuiet: Bool

  /// Reads the towers that are needed.
  ///
  /// - Throws: `FileError` for weights that are damaged or missing.
  package init(_ model: CLIPModel, forImages: Bool, forTexts: Bool, isQuiet: Bool) throws {
    self.model = model
    visionTower = try forImages ? model.visionTower() : nil
    textTower = try forTexts ? model.textTower() : nil
    self.isQuiet = isQuiet
  }

  /// The embeddings of the records' images: [records, dimension], unit rows; nil without that tower.
  package func images(_ table: PairsTable) throws -> Matrix<Float>? {
    guard let tower = visionTower else { return nil }
    let (unique, places) = PairsTable.unique(table.records.map(\.image))
    let pixels = NoisyPixels(
      preprocessing: model.preprocessing,
      noise: try NoiseSpecification(space: .normalized, stage: .preprocessed))
    let progress = Mutex(ProgressBar("images", total: unique.count, isQuiet: isQuiet))
    let features = try ImageEncoder(tower).features(count: unique.count) { count in
      progress.withLock { $0.advance(by: count) }
    } appendPixels: { place, input in
      try Interruption.check()
      let file = table.imageFile(table.records[unique[place]])
      let image = try RGBImage(
        decoding: FileContents.read(file), file: file,
        transparency: ImagePreprocessing.transparency)
      pixels.append(image, to: &input)
    }
    guard let unit = features.withUnitRows() else {
      throw FileError(
        table.file, "the image tower gave an embedding that is zero or not finite for an image")
    }
    return unit.selectingRows(places)
  }

  /// The embeddings of the records' texts, [records, dimension], unit rows, and how many texts were cut
  /// to the tower's context; nil without that tower.
  package func texts(_ table: PairsTable) throws -> (embeddings: Matrix<Float>, truncated: Int)? {
    guard let tower = textTower else { return nil }
    let (unique, places) = PairsTable.unique(table.records.map(\.text))
    let tokenizer = try model.tokenizer()
    let inputs = Parallel.map(count: unique.count) { index in
      tokenizer.modelInput(
        table.records[unique[index]].text, contextLength: tower.configuration.contextLength)
    }
    var progress = ProgressBar("texts", total: unique.count, isQuiet: isQuiet)
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
}
