package import CLIP
package import Datasets
package import Files
package import Images
package import Runs

/// What a run will embed: the usable images, and the cells they make under all conditions.
package struct EmbeddingPlan: Sendable {
  package let dataset: Dataset
  /// The identity of each image, in order of rows.
  package let digests: [Digest]
  /// Cells in order of chunk, then of condition: an image is decoded once for all its conditions.
  package let cells: [Cell]
  /// Images left out because they are missing or damaged.
  package let leftOut: [RunError.UnusableImage]

  /// Lists the data set, digests every image, and decodes those whose cells are not finished.
  ///
  /// - Throws: `RunError.unusableImages` naming every image that is missing or damaged,
  ///   unless `skipsBroken` leaves them out; then `failure` if no image is left.
  package init(
    of source: DatasetSource, selection: Dataset.Selection, skipsBroken: Bool,
    conditions: [Condition], noise: NoiseSpecification, arithmetic: Arithmetic, model: CLIPModel,
    store: CellStore
  ) throws {
    var dataset = try Dataset(source, selection: selection)
    var leftOut = dataset.missing.map {
      RunError.UnusableImage(path: $0, problem: "listed, but there is no such file")
    }
    var digests: [Digest] = []
    var unreadable: Set<Int> = []
    for (row, result) in try ImageInspection.digests(dataset.samples).enumerated() {
      switch result {
      case .success(let digest): digests.append(digest)
      case .failure(let image):
        unreadable.insert(row)
        leftOut.append(image)
      }
    }
    dataset = dataset.removing(unreadable)
    try Interruption.check()

    func cells() -> [Cell] {
      ImageChunk.chunks(digests: digests).flatMap { chunk in
        conditions.map { condition in
          Cell(
            chunk: chunk, condition: condition, model: model,
            arithmetic: arithmetic, noise: noise)
        }
      }
    }
    // An image whose cells are finished has been decoded before.
    let planned = cells()
    let unseen = Set(planned.filter { !store.contains($0) }.flatMap(\.chunk.rows)).sorted()
    let broken = try ImageInspection.undecodable(dataset.samples, rows: unseen)
    try Interruption.check()
    leftOut += broken.map(\.image)
    guard leftOut.isEmpty || skipsBroken else {
      throw RunError.unusableImages(leftOut, listPath: nil)
    }
    let brokenRows = Set(broken.map(\.row))
    dataset = dataset.removing(brokenRows)
    digests = digests.indices.filter { !brokenRows.contains($0) }.map { digests[$0] }
    guard !dataset.samples.isEmpty else {
      throw RunError.failure("\(source.name): no usable image is left")
    }
    self.dataset = dataset
    self.digests = digests
    self.cells = broken.isEmpty ? planned : cells()
    self.leftOut = leftOut
  }

  /// The rows of all tables.
  package var samples: SampleTable {
    SampleTable(
      paths: dataset.samples.map(\.path),
      classNames: dataset.samples.map { dataset.classes[$0.classIndex] },
      splits: dataset.samples.map(\.split), classes: dataset.classes)
  }

  /// One digest for all images and their classes, in order of rows.
  package var dataDigest: Digest {
    Digest(
      of: zip(digests, dataset.samples).map { "\($0) \(dataset.classes[$1.classIndex])\n" }
        .joined())
  }
}
