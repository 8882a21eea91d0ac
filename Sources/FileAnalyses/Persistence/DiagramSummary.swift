import Files
import LinearAlgebra
package import Topology

/// A summary of diagrams that a table or an array can hold.
package enum DiagramSummary: String, Sendable, CaseIterable {
  /// The number of open bars at every value.
  case betti
  /// The entropy of the lengths.
  case entropy
  /// The sum of the lengths and of their squares.
  case total
  /// The first functions of the landscape, on a grid.
  case landscape
  /// The persistence image.
  case image

  /// The diagrams and the names of their inputs.
  package typealias Diagrams = [(input: String, diagram: PersistenceDiagram)]

  /// The points of a landscape's grid.
  private static let gridCount = 100
  /// The functions of a landscape.
  private static let functionCount = 5
  /// The pixels of an image in each direction.
  private static let imageSide = 32
  /// The standard deviation of an image's densities, as a share of the largest length.
  private static let imageDeviation = 0.05

  /// The file that it is written to.
  package var fileName: String { self == .image ? "image.npz" : "\(rawValue).csv" }

  /// Writes the summary of every diagram and dimension into one file of `folder`.
  ///
  /// Grids and frames are common to all diagrams of a dimension, so that they can be compared and
  /// averaged. Essential bars are left out of all but the Betti curve, and counted.
  ///
  /// - Parameters:
  ///   - diagrams: The diagrams and the names of their inputs.
  ///   - maximumDimension: The last dimension.
  ///   - folder: Where the file of this summary goes.
  /// - Throws: `FileError` when the disk refuses.
  package func write(_ diagrams: Diagrams, maximumDimension: Int, folder: String) throws {
    if self == .image {
      let members = try Self.images(diagrams, maximumDimension: maximumDimension)
      try AtomicFile.write(NumPyArchive.encode(members), to: "\(folder)/\(fileName)")
      return
    }
    var text = CSV.line(["input", "dimension"] + columns)
    for (input, diagram) in diagrams {
      for dimension in 0...maximumDimension {
        for line in try lines(diagram, dimension: dimension, among: diagrams) {
          text += CSV.line([input, "\(dimension)"] + line)
        }
      }
    }
    try AtomicFile.write(text, to: "\(folder)/\(fileName)")
  }

  private var columns: [String] {
    switch self {
    case .betti: ["value", "count"]
    case .entropy: ["entropy", "excluded"]
    case .total: ["total", "total_squares", "excluded"]
    case .landscape: ["function", "value", "height"]
    case .image: []
    }
  }

  private func lines(
    _ diagram: PersistenceDiagram, dimension: Int, among diagrams: Diagrams
  ) throws -> [[String]] {
    switch self {
    case .betti:
      let curve = diagram.bettiCurve(dimension: dimension)
      return zip(curve.breakpoints, curve.counts).map { [$0.shortestText, "\($1)"] }
    case .entropy:
      let entropy = try diagram.persistentEntropy(dimension: dimension)
      return [[entropy.value.shortestText, "\(entropy.excludedCount)"]]
    case .total:
      let total = try diagram.totalPersistence(dimension: dimension)
      let squares = try diagram.totalPersistence(dimension: dimension, exponent: 2)
      return [
        [total.value.shortestText, squares.value.shortestText, "\(total.excludedCount)"]
      ]
    case .landscape:
      let finite = Self.finiteBars(diagrams, dimension: dimension)
      guard let low = finite.map(\.birth).min(), let high = finite.map(\.death).max() else {
        return []
      }
      let landscape = try diagram.landscape(
        dimension: dimension, functionCount: Self.functionCount,
        grid: SampleGrid(from: low, to: high, count: Self.gridCount))
      return landscape.functions.enumerated().flatMap { index, heights in
        zip(landscape.grid.values, heights).map {
          ["\(index + 1)", $0.shortestText, $1.shortestText]
        }
      }
    case .image: return []
    }
  }

  /// A member NAME-dgmK a diagram and dimension, [lengths, births], and before them the frame of each
  /// dimension as `frame-dgmK`: least and largest birth, largest length, standard deviation; all 0 where no
  /// diagram has a bar to draw.
  private static func images(
    _ diagrams: Diagrams, maximumDimension: Int
  ) throws -> [(name: String, matrix: Matrix<Double>)] {
    let names = InputNames.distinct(diagrams.map(\.input), reserved: ["frame"])
    var members: [(name: String, matrix: Matrix<Double>)] = []
    for dimension in 0...maximumDimension {
      let finite = finiteBars(diagrams, dimension: dimension)
      guard let low = finite.map(\.birth).min(), let high = finite.map(\.birth).max(),
        let length = finite.map(\.persistence).max()
      else {
        // No bar to draw: images of nothing, so that every diagram has one of every dimension.
        members.append(("frame-dgm\(dimension)", Matrix<Double>(rows: 1, columns: 4)))
        members += names.map {
          ("\($0)-dgm\(dimension)", Matrix<Double>(rows: imageSide, columns: imageSide))
        }
        continue
      }
      // Bars that are all born at once, as components are, get a frame as wide as it is high.
      let births = low < high ? (low, high) : (low - length / 2, low + length / 2)
      let frame = PersistenceImage.Frame(
        births: try SampleGrid(from: births.0, to: births.1, count: imageSide + 1),
        persistences: try SampleGrid(from: 0, to: length, count: imageSide + 1),
        standardDeviation: imageDeviation * length)
      members.append(
        (
          "frame-dgm\(dimension)",
          Matrix<Double>([[births.0, births.1, length, frame.standardDeviation]])
        ))
      for (name, (_, diagram)) in zip(names, diagrams) {
        let image = try diagram.image(dimension: dimension, frame: frame)
        members.append(
          (
            "\(name)-dgm\(dimension)",
            Matrix(rows: image.rows, columns: image.columns, values: image.pixels)
          ))
      }
    }
    return members
  }

  private static func finiteBars(_ diagrams: Diagrams, dimension: Int) -> [PersistenceBar] {
    diagrams.flatMap { $0.diagram.bars(dimension: dimension) }
      .filter { $0.isFinite && $0.persistence > 0 }
  }
}
