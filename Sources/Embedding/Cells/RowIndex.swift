import Files
import Foundation
import LinearAlgebra
import Runs

/// Rows of finished cells by the images that they embed.
struct RowIndex {
  /// A finished cell with rows that are wanted.
  private struct Source: Sendable {
    let key: Digest
    let rowCount: Int
    /// The number of the recipe.
    let recipe: Int
    /// Its rows, and the numbers of their images.
    let rows: [(row: Int, image: Int)]
  }

  /// What is read of a file.
  private enum Finding: Sendable {
    case source(Source, problem: String?)
    case otherKernels(String)
  }

  /// Files that are not what was written, and what is wrong with each.
  private(set) var damaged: [(path: String, problem: String)] = []
  /// Cells that other kernels computed, by these.
  private(set) var ofOtherKernels: [String: Int] = [:]

  private let recipes: [CellRecipe: Int]
  private let images: [Digest: Int]
  private var sources: [Source] = []
  /// For each recipe and image the source and the row in it; nothing is −1.
  private var places: [[(source: Int32, row: Int32)]]

  /// An index for the images of some cells, with nothing in it.
  init(of cells: [Cell]) {
    var recipes: [CellRecipe: Int] = [:]
    var images: [Digest: Int] = [:]
    for cell in cells {
      if recipes[cell.recipe] == nil { recipes[cell.recipe] = recipes.count }
      for digest in cell.chunk.digests where images[digest] == nil { images[digest] = images.count }
    }
    self.recipes = recipes
    self.images = images
    places = [[(source: Int32, row: Int32)]](
      repeating: [(source: Int32, row: Int32)](repeating: (-1, -1), count: images.count),
      count: recipes.count)
  }

  /// Takes in the cells of a store.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - known: Cells that are left out.
  /// - Throws: `FileError` for a file that cannot be read; `RunError.interrupted`.
  mutating func read(_ store: CellStore, except known: Set<Digest>) throws {
    let names = try FolderContents.textNames(of: store.folder.path) ?? []
    let keys = names.filter { $0.hasSuffix(".npy") }.compactMap {
      Digest(hexadecimal: $0.utf8.dropLast(4))
    }.filter { !known.contains($0) }.sorted()
    let wanted = Dictionary(uniqueKeysWithValues: recipes.map { ($0.key.text, $0.value) })
    let similar = Set(recipes.keys.map { CellRecipe.withoutKernels($0.text).rest })
    let rowCounts = Dictionary(
      uniqueKeysWithValues: (1...ImageChunk.sizes.upperBound).map {
        (NumPyFile.header("<f4", rows: $0, columns: store.dimension), $0)
      })
    let findings = try Parallel.tryMap(count: keys.count) { [images] index -> Finding? in
      try Interruption.check()
      let key = keys[index]
      guard
        let label = try CellFile.Label(
          path: store.path(key), rowCounts: rowCounts, columns: store.dimension,
          isWanted: {
            wanted[$0] != nil || similar.contains(CellRecipe.withoutKernels($0).rest)
          })
      else { return nil }
      let rows = label.images.enumerated().compactMap { row, digest in
        images[digest].map { (row: row, image: $0) }
      }
      guard !rows.isEmpty else { return nil }
      guard let recipe = wanted[label.recipe] else {
        return .otherKernels(CellRecipe.withoutKernels(label.recipe).kernels)
      }
      return .source(
        Source(key: key, rowCount: label.images.count, recipe: recipe, rows: rows),
        problem: try store.problem(key, rowCount: label.images.count))
    }
    for finding in findings {
      switch finding {
      case .source(let source, problem: nil): add(source)
      case .source(let source, problem: let problem?):
        damaged.append((store.path(source.key), problem))
      case .otherKernels(let kernels): ofOtherKernels[kernels, default: 0] += 1
      case nil: break
      }
    }
  }

  private mutating func add(_ source: Source) {
    for (row, image) in source.rows where places[source.recipe][image].source < 0 {
      places[source.recipe][image] = (Int32(sources.count), Int32(row))
    }
    sources.append(source)
  }

  /// What a cell can be made of.
  func unfinished(_ cell: Cell) -> UnfinishedCell {
    guard let recipe = recipes[cell.recipe] else { return UnfinishedCell(cell) }
    var missing: [Int] = []
    var found: [Int32: UnfinishedCell.FoundRows] = [:]
    for (position, digest) in cell.chunk.digests.enumerated() {
      guard let image = images[digest], places[recipe][image].source >= 0 else {
        missing.append(position)
        continue
      }
      let place = places[recipe][image]
      let source = sources[Int(place.source)]
      found[
        place.source,
        default: UnfinishedCell.FoundRows(key: source.key, rowCount: source.rowCount, rows: [])
      ].rows.append((row: Int(place.row), position: position))
    }
    return UnfinishedCell(
      cell, missing: missing, found: found.sorted { $0.key < $1.key }.map(\.value))
  }
}
