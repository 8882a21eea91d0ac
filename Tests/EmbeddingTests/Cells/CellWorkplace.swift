import CLIP
import Files
import Fixtures
import Foundation
import Images
import LinearAlgebra
import Runs

@testable import Embedding

/// Cells of made-up embeddings in a folder of their own.
///
/// An image's embedding is drawn from its digest and the condition: the same in every cell.
struct CellWorkplace {
  static let dimension = 8
  let folder: TemporaryFolder
  let store: CellStore

  init() throws {
    folder = try TemporaryFolder()
    store = CellStore(folder: URL(filePath: folder.path), dimension: Self.dimension)
  }

  static func recipe(
    _ condition: String = "clean", kernels: String = "panels, AVX2"
  ) throws -> CellRecipe {
    CellRecipe(
      Condition(name: condition) ?? .clean, model: Digest(of: "model"), preprocessing: "none",
      arithmetic: Arithmetic(.float32, backend: .panels),
      noise: try NoiseSpecification(space: .normalized, stage: .preprocessed), kernels: kernels)
  }

  /// A chunk of the images of those numbers, in that order.
  static func chunk(_ images: some Sequence<Int>) -> ImageChunk {
    let digests = images.map { Digest(of: "image \($0)") }
    return ImageChunk(rows: Array(digests.indices), digests: digests)
  }

  static func embeddings(_ cell: Cell) -> Matrix<Float> {
    let values = cell.chunk.digests.flatMap { digest in
      RandomStream(domain: "\(cell.condition.name) \(digest)", seed: 0).normals(count: dimension)
    }
    let matrix = Matrix<Float>(
      rows: cell.chunk.rows.count, columns: dimension, values: values)
    return matrix.withUnitRows() ?? matrix
  }

  /// Saves a cell of the images of those numbers.
  @discardableResult
  func finished(_ images: some Sequence<Int>, _ recipe: CellRecipe) throws -> Cell {
    let cell = Cell(Self.chunk(images), recipe)
    try store.save(Self.embeddings(cell), as: cell)
    return cell
  }

  func file(_ cell: Cell) -> URL { URL(filePath: store.path(cell.key)) }

  func bytes(_ cell: Cell) throws -> Data { try Data(contentsOf: file(cell)) }

  func inventory(_ cells: [Cell], isFreeOfBatches: Bool = true) throws -> CellInventory {
    try CellInventory(cells, in: store) { isFreeOfBatches }
  }
}
