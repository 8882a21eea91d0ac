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
    var leftOut = try dataset.missing.map {
      RunError.UnusableImage(
        path: $0,
        problem: dataset.variants.isEmpty
          ? "listed, but there is no such file"
          : try Self.problem(ofMissing: $0, in: source.name))
    }
    let versions: [ListedVariant?] =
      dataset.variants.isEmpty
      ? [nil] : dataset.variants.enumerated().map { ListedVariant(index: $0, variant: $1) }
    let conditionsOfVersions = try dataset.variants.map { try Condition($0, of: source.name) }
    if !conditionsOfVersions.isEmpty,
      let other = conditions.first(where: { !conditionsOfVersions.contains($0) })
    {
      throw FileError(
        source.name,
        "has no images under \(other.name), which are to be embedded; restore their folder, or begin anew "
          + "with --overwrite")
    }
    if conditionsOfVersions.isEmpty,
      let own = conditions.first(where: { $0.noise != nil && $0.kind == nil })
    {
      throw FileError(
        source.name,
        "is read as images that are not corrupted, and \(own.name) is no noise of this program that could be "
          + "added to them; expected a tree KIND/LEVEL/CLASS/FILE without a list of its own")
    }
    // The identity of each image as every version of the data set has it: [versions][rows].
    var digests: [[Digest]] = []
    var unreadable: Set<Int> = []
    for version in versions {
      digests.append([])
      let found = try ImageInspection.digests(dataset.samples, variant: version)
      for (row, result) in found.enumerated() {
        switch result {
        case .success(let digest): digests[digests.count - 1].append(digest)
        case .failure(let image):
          digests[digests.count - 1].append(Digest(of: ""))
          unreadable.insert(row)
          leftOut.append(image)
        }
      }
      try Interruption.check()
    }
    func remove(_ rows: Set<Int>) {
      dataset = dataset.removing(rows)
      digests = digests.map { all in
        all.indices.filter { !rows.contains($0) }.map { all[$0] }
      }
    }
    remove(unreadable)

    let kernels = arithmetic.kernels
    // To images that were corrupted beforehand nothing is added.
    let recipes = (conditionsOfVersions.isEmpty ? conditions : [.clean]).map {
      CellRecipe(
        $0, model: model.digest, preprocessing: model.preprocessing.canonicalDescription,
        arithmetic: arithmetic, noise: noise, kernels: kernels)
    }
    func cells() -> [Cell] {
      zip(versions, digests).flatMap { version, digests in
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
    // An image whose embeddings are there has been decoded before.
    var planned = cells()
    var inventory = try CellInventory(planned, in: store, isFreeOfBatches: isFreeOfBatches)
    var broken: [(row: Int, image: RunError.UnusableImage)] = []
    for version in versions {
      let unseen = Set(
        inventory.unfinished.filter { $0.cell.chunk.variant == version?.index }
          .flatMap { unfinished in unfinished.missing.map { unfinished.cell.chunk.rows[$0] } })
      broken += try ImageInspection.undecodable(
        dataset.samples, rows: unseen.sorted(), variant: version)
      try Interruption.check()
    }
    leftOut += broken.map(\.image)
    guard leftOut.isEmpty || skipsBroken else {
      throw RunError.unusableImages(leftOut, listPath: nil)
    }
    remove(Set(broken.map(\.row)))
    guard !dataset.samples.isEmpty else {
      throw RunError.failure("\(source.name): no usable image is left")
    }
    self.dataset = dataset
    self.digests = digests[0]
    variants = Dictionary(
      conditionsOfVersions.enumerated().map { ($1, (index: $0, digests: digests[$0])) }
    ) { first, _ in first }
    if !broken.isEmpty {
      planned = cells()
      inventory = try CellInventory(planned, in: store, isFreeOfBatches: isFreeOfBatches)
    }
    self.cells = planned
    self.inventory = inventory
    self.tower = tower
    self.leftOut = leftOut
  }

  /// Why an image is not in a folder of a tree, where another folder of it has one of that name.
  private static func problem(ofMissing path: String, in tree: String) throws -> String {
    let stem = (tree + "/" + path as NSString).deletingPathExtension
    let endings = ["png", "jpg", "jpeg", "PNG", "JPG", "JPEG"]
    let other = try endings.first { try FileStatus(stem + "." + $0) != nil }
    return
      "is not there, but in another folder of the tree; every folder must have every image under one name"
      + (other.map { ", and here its name ends in .\($0)" } ?? "")
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
