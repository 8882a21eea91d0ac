import Analyses
import Embedding
import Files
import LinearAlgebra
import RunAnalyses

/// Records with their embeddings, ready to be linked.
struct LinkageRecords {
  let table: PairsTable
  /// A number for every label, nil for none.
  let labels: [Int?]
  /// Unit rows; nil when nothing is compared by images.
  let images: Matrix<Float>?
  /// Unit rows; nil when nothing is compared by texts.
  let texts: Matrix<Float>?

  init(table: PairsTable, images: Matrix<Float>?, texts: Matrix<Float>?) {
    self.table = table
    labels = table.labels
    self.images = images
    self.texts = texts
  }

  /// The records that have a label.
  var labelledCount: Int { labels.count { $0 != nil } }

  /// The dendrogram by images, by texts, or by w · image + (1 − w) · text.
  ///
  /// - Throws: `FileError` when an image and its text cancel out; `RunError.interrupted`.
  func dendrogram(
    _ input: LinkageSettings.Input, imageWeight: Double, control: ComputationControl
  ) throws -> Dendrogram {
    let points: Matrix<Float>?
    switch input {
    case .image: points = images
    case .text: points = texts
    case .both: points = mixed(imageWeight)
    }
    guard let points else { preconditionFailure("no embeddings for \(input)") }
    return try analyzing(table.file) {
      try Dendrogram(singleLinkageOf: points, metric: .cosine, control: control)
    }
  }

  private func mixed(_ weight: Double) -> Matrix<Float>? {
    guard var mixed = images, let texts else { return nil }
    precondition(mixed.rows == texts.rows && mixed.columns == texts.columns)
    for index in mixed.values.indices {
      let value = weight * Double(mixed.values[index]) + (1 - weight) * Double(texts.values[index])
      mixed.values[index] = Float(value)
    }
    return mixed
  }
}
