package import CLIP
package import Datasets
package import Files
import Foundation
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
  /// Images that lie in the data set's folder and are not used.
  package var unused: [RunError.UnusableImage] {
    dataset.unused.map { RunError.UnusableImage(path: $0.path, problem: $0.problem) }
  }
  /// The place among the data set's variants that is a condition, and the identities of the images there; none where
  /// noise is added to the images.
  package let variants: [Condition: (index: Int, digests: [Digest])]
  /// What was looked at, for others that are to make the same cells.
  package let inspected: InspectedImages
  /// Images that the data set lists now and did not when it was looked at before: they are not used.
  package let unplanned: [String]

  /// Lists the data set, digests every image, and decodes those whose cells are not finished.
  ///
  /// - Parameters:
  ///   - source: What the data set is made of.
  ///   - selection: What to choose from it.
  ///   - skipsBroken: Whether images that are missing or damaged are left out.
  ///   - conditions: The conditions.
  ///   - noise: How noise is made.
  ///   - arithmetic: The encoder's arithmetic.
  ///   - model: The model.
  ///   - store: Where finished cells are.
  ///   - known: The images as they were looked at before: none is looked at again. Nil to look at all.
  ///   - isWanted: Of a cell's place among `cells`, whether the inventory is to have it.
  /// - Throws: `RunError.unusableImages` naming every image that is missing or damaged,
  ///   unless `skipsBroken` leaves them out; then `failure` if no image is left.
  package init(
    of source: DatasetSource, selection: Dataset.Selection, skipsBroken: Bool,
    conditions: [Condition], noise: NoiseSpecification, arithmetic: Arithmetic, model: CLIPModel,
    store: CellStore, known: InspectedImages? = nil,
    isWanted: (_ place: Int) -> Bool = { _ in true }
  ) throws {
    let listed = try Dataset(source, selection: selection)
    let conditionsOfVersions = try listed.variants.map { try Condition($0, of: source.name) }
    try Self.require(conditions, of: conditionsOfVersions, source)
    var rows =
      try known.map { try InspectedRows(listed, known: $0, of: source.name) }
      ?? InspectedRows(lookingAt: listed, of: source.name)

    let kernels = arithmetic.kernels
    // To images that were corrupted beforehand nothing is added.
    let recipes = (conditionsOfVersions.isEmpty ? conditions : [.clean]).map {
      CellRecipe(
        $0, model: model.digest, preprocessing: model.preprocessing.canonicalDescription,
        arithmetic: arithmetic, noise: noise, kernels: kernels)
    }
    func cells() -> [Cell] {
      zip(rows.versions, rows.digests).flatMap { version, digests in
        guard let version else {
          return ImageChunk.chunks(digests: digests).flatMap { chunk in
            recipes.map { Cell(chunk, $0) }
          }
        }
        let condition = conditionsOfVersions[version.index]
        guard conditions.contains(condition) else { return [] }
        return ImageChunk.chunks(digests: digests, variant: version.index).flatMap { chunk in
          recipes.map { Cell(chunk, $0, of: condition) }
        }
      }
    }
    var tower: VisionTower?
    func isFreeOfBatches() throws -> Bool {
      let loaded = try tower ?? model.visionTower(arithmetic)
      tower = loaded
      return ImageEncoder(loaded).isFreeOfBatches()
    }
    func findings(_ planned: [Cell]) throws -> CellInventory {
      try CellInventory(
        planned.indices.filter(isWanted).map { planned[$0] }, among: planned, in: store,
        isFreeOfBatches: isFreeOfBatches)
    }
    // An image whose embeddings are there has been decoded before.
    var planned = cells()
    var inventory = try findings(planned)
    if known == nil {
      var broken: Set<Int> = []
      for version in rows.versions {
        let unseen = Set(
          inventory.unfinished.filter { $0.cell.chunk.variant == version?.index }
            .flatMap { unfinished in unfinished.missing.map { unfinished.cell.chunk.rows[$0] } })
        for (row, image) in try ImageInspection.undecodable(
          rows.dataset.samples, rows: unseen.sorted(), variant: version)
        {
          broken.insert(row)
          rows.leftOut.append(image)
        }
        try Interruption.check()
      }
      guard rows.leftOut.isEmpty || skipsBroken else {
        throw RunError.unusableImages(rows.leftOut, listPath: nil)
      }
      if !broken.isEmpty {
        rows.remove(broken)
        planned = cells()
        inventory = try findings(planned)
      }
    }
    guard !rows.dataset.samples.isEmpty else {
      throw RunError.failure("\(source.name): no usable image is left")
    }
    dataset = rows.dataset
    digests = rows.digests[0]
    variants = Dictionary(
      conditionsOfVersions.enumerated().map { ($1, (index: $0, digests: rows.digests[$0])) }
    ) { first, _ in first }
    self.cells = planned
    self.inventory = inventory
    self.tower = tower
    leftOut = rows.leftOut
    unplanned = rows.unplanned
    inspected = rows.images
  }

  /// Checks that a data set can have the conditions that are asked for.
  ///
  /// - Throws: `FileError` naming one that it cannot have.
  private static func require(
    _ conditions: [Condition], of versions: [Condition], _ source: DatasetSource
  ) throws {
    if !versions.isEmpty, let other = conditions.first(where: { !versions.contains($0) }) {
      throw FileError(
        source.name,
        "has no images under \(other.name), which are to be embedded; restore their folder, or begin anew "
          + "with --overwrite")
    }
    if versions.isEmpty, let own = conditions.first(where: { $0.noise != nil && $0.kind == nil }) {
      throw FileError(
        source.name,
        "is read as images that are not corrupted, and \(own.name) is no noise of this program that could be "
          + "added to them; expected a tree KIND/LEVEL/CLASS/FILE without a list of its own")
    }
  }

  /// The classes of which no image is left, as broken ones are left out; none where none is.
  package var lostClasses: [String] {
    guard !leftOut.isEmpty else { return [] }
    let there = Set(dataset.samples.map(\.classIndex))
    return dataset.classes.indices.filter { !there.contains($0) }.map { dataset.classes[$0] }
  }

  /// Cells for which an image is to be embedded.
  package var waiting: [UnfinishedCell] { inventory.unfinished.filter { !$0.missing.isEmpty } }

  /// Cells that are made of rows of others.
  package var gathered: [UnfinishedCell] { inventory.unfinished.filter(\.missing.isEmpty) }

  /// The embeddings of a condition in order of rows, from its cells or the rows that they are made of.
  ///
  /// - Throws: `FileError` naming a cell that is not there or damaged.
  package func embeddings(_ condition: Condition, in store: CellStore) throws -> Matrix<Float> {
    // Images that are the same under two conditions make one cell of both.
    let gathered = Dictionary(gathered.map { ($0.cell.key, $0) }) { first, _ in first }
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
    guard !variants.isEmpty else { return Digest(of: lines(digests)) }
    return Digest(
      of: variants.sorted { $0.key < $1.key }.map { "\($0.key.name)\n" + lines($0.value.digests) }
        .joined())
  }

  /// The same of the images of each of the data set's variants, by the variant's name; nil where noise is added.
  package var variantDigests: [String: Digest]? {
    guard !variants.isEmpty else { return nil }
    return Dictionary(
      variants.values.map { (dataset.variants[$0.index].name, Digest(of: lines($0.digests))) }
    ) { first, _ in first }
  }

  private func lines(_ digests: [Digest]) -> String {
    zip(digests, dataset.samples).map { "\($0) \(dataset.classes[$1.classIndex])\n" }.joined()
  }
}
