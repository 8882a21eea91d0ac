import CLIP
import Embedding
import Files
import LinearAlgebra
import Runs

/// Pairs embedded by a model as its training has left it.
struct ExampleEmbeddings {
  /// [pairs, dimension], unit rows; nil when images are not read.
  let images: Matrix<Float>?
  /// [pairs, dimension], unit rows; nil when texts are not read.
  let texts: Matrix<Float>?

  /// Embeds pairs on all workers, with the towers of inference.
  ///
  /// - Parameters:
  ///   - rows: The pairs, by number.
  ///   - epoch: The epoch that they belong to.
  ///   - loader: Loads them.
  ///   - model: The model; the towers that are read are built anew from its parameters.
  ///   - towers: The towers that are read.
  /// - Throws: `FileError` when an image cannot be read, `TrainingError.fault` when an embedding is zero or
  ///   not finite; `RunError.interrupted`.
  init(
    _ rows: [Int], epoch: Int, _ loader: BatchLoader, _ model: TrainableCLIP, towers: Set<Tower>
  ) throws {
    let control = ComputationControl(isCancelled: { Interruption.isRequested })
    var vision = towers.contains(.vision) ? try model.visionTower() : nil
    var text = towers.contains(.text) ? try model.textTower() : nil
    vision?.control = control
    text?.control = control
    var images: [Float] = []
    var texts: [Float] = []
    let dimension = model.source.configuration.projectionDimension
    // As many at once as give every worker several batches of the tower.
    for start in stride(from: 0, to: rows.count, by: Self.rowsAtOnce) {
      try Interruption.check()
      let part = Array(rows[start..<min(start + Self.rowsAtOnce, rows.count)])
      let batch = try loader.batch(part, epoch: epoch)
      if let vision {
        let size = vision.pixelCount
        images += try ImageEncoder(vision).features(count: part.count) { image, input in
          try Interruption.check()
          input += batch.pixels[image * size..<(image + 1) * size]
        }.values
      }
      if let text {
        do { texts += try text.embed(batch.texts).values } catch let error as FileError {
          try Interruption.check()
          throw TrainingError.fault(error.problem)
        }
      }
      // Numbers of a pass that was left undone go no further.
      try Interruption.check()
    }
    self.images = try vision.map { _ in
      let features = Matrix(rows: rows.count, columns: dimension, values: images)
      guard let unit = features.withUnitRows() else {
        throw TrainingError.fault(
          "the image tower gave an embedding that is zero or not finite")
      }
      return unit
    }
    self.texts = text.map { _ in Matrix(rows: rows.count, columns: dimension, values: texts) }
  }

  private static let rowsAtOnce = 96

  /// w · image + (1 − w) · text, or the one that is read; not normalised.
  func joint(imageWeight: Double) -> Matrix<Float> {
    guard var joint = images ?? texts else { preconditionFailure("no tower is read") }
    if let images, let texts {
      for index in joint.values.indices {
        joint.values[index] = Float(
          imageWeight * Double(images.values[index])
            + (1 - imageWeight) * Double(texts.values[index]))
      }
    }
    return joint
  }
}
