package import CLIP
package import Datasets
package import Files
package import Images
package import LinearAlgebra
package import Runs

/// What a run will embed: the usable images, and the cells they make under all conditions.
package struct EmbeddingPlan: Sendable {
  package let dataset: Dataset
  /// The identity of each image, in order of rows.
  package let digests: [Digest]
  /// Cells in order of chunk, then of condition: an image is decoded once for all its conditions.
  package let cells: [Cell]
  /// What the store has of the cells.
  package let inventory: CellInventory
  /// The image tower, when planning had to load it.
  package let tower: VisionTower?
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

    let kernels = arithmetic.kernels
    let recipes = conditions.map {
      CellRecipe(
        $0, model: model.digest, preprocessing: model.preprocessing.canonicalDescription,
        arithmetic: arithmetic, noise: noise, kernels: kernels)
    }
    func cells() -> [Cell] {
      ImageChunk.chunks(digests: digests).flatMap { chunk in recipes.map { Cell(chunk, $0) } }
    }
    var tower: VisionTower?
    func isFreeOfBatches() throws -> Bool {
      let loaded = try tower ?? model.visionTower(arithmetic)
      tower = loaded
      return ImageEncoder(loaded).isFreeOfBatches()
    }
    // An image whose embeddings are there has been decoded before.
    var planned = cells()
    var inventory = try CellInventory(planned, in: store, isFreeOfBatches: isFreeOfBatches)
    let unseen = Set(
      inventory.unfinished.flatMap { unfinished in
        unfinished.missing.map { unfinished.cell.chunk.rows[$0] }
      })
    let broken = try ImageInspection.undecodable(dataset.samples, rows: unseen.sorted())
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
    if !broken.isEmpty {
      planned = cells()
      inventory = try CellInventory(planned, in: store, isFreeOfBatches: isFreeOfBatches)
    }
    self.cells = planned
    self.inventory = inventory
    self.tower = tower
    self.leftOut = leftOut
  }

  /// Cells for which an image is to be embedded.
  package var waiting: [UnfinishedCell] { inventory.unfinished.filter { !$0.missing.isEmpty } }

  /// Cells that are made of rows of others.
  package var gathered: [UnfinishedCell] { inventory.unfinished.filter(\.missing.isEmpty) }

  /// The embeddings of a condition in order of rows, from its cells or the rows that they are made of.
  ///
  /// - Throws: `FileError` naming a cell that is not there or damaged.
  package func embeddings(_ condition: Condition, in store: CellStore) throws -> Matrix<Float> {
    let gathered = Dictionary(uniqueKeysWithValues: gathered.map { ($0.cell.key, $0) })
    var embeddings = Matrix<Float>(rows: digests.count, columns: store.dimension)
    for cell in cells where cell.condition == condition {
      let piece: Matrix<Float>
      if let found = gathered[cell.key] {
        piece = try store.assemble(found)
      } else {
        piece = try store.load(cell)
      }
      for (index, row) in cell.chunk.rows.enumerated() {
        embeddings.values.replaceSubrange(
          row * store.dimension..<(row + 1) * store.dimension, with: piece.row(index))
      }
    }
    return embeddings
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
