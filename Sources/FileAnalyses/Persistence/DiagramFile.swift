import Files
import Foundation
import RunAnalyses
import Topology

/// A diagram in any of the formats that `topoclip persistence` writes.
enum DiagramFile {
  /// Reads a diagram: CSV with the columns `dimension`, `birth` and `death`, a JSON object with a list of bars a
  /// dimension as `diagrams`, or an NPZ archive with a member `dgmK` of shape [bars, 2] a dimension.
  ///
  /// - Parameter path: The file.
  /// - Returns: The bars in the order of the file; of JSON and NPZ by dimension.
  /// - Throws: `FileError` naming the line or the bar.
  static func read(_ path: String) throws -> [PersistenceBar] {
    let start = try FileContents.read(path).prefix(2)
    if start.starts(with: "PK".utf8) { return try archive(path) }
    let first = start.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return try object(path) }
    return try DiagramTable.read(path)
  }

  private static func archive(_ path: String) throws -> [PersistenceBar] {
    let names = try NumPyArchive.names(of: path)
    let members = try names.map { name -> (dimension: Int, name: String) in
      guard let match = name.wholeMatch(of: /dgm(\d{1,4})\.npy/), let dimension = Int(match.1)
      else {
        throw FileError(
          path,
          "member \(name) is no diagram; expected dgm0, dgm1, …, as topoclip persistence --format npz writes"
        )
      }
      return (dimension, name)
    }
    return try members.sorted { $0.dimension < $1.dimension }.flatMap { dimension, name in
      let array = try NumPyArchive.array(name, of: path)
      guard array.shape.count == 2, array.shape[1] == 2 else {
        throw FileError(path, "member \(name) has the shape \(array.shape); expected [bars, 2]")
      }
      return try (0..<array.shape[0]).map { bar in
        try self.bar(
          dimension, array.values[2 * bar], array.values[2 * bar + 1], path,
          place: "member \(name), row \(bar) (counted from 0)")
      }
    }
  }

  private static func object(_ path: String) throws -> [PersistenceBar] {
    let value = try JSONValue(
      FileContents.read(path), file: path, expecting: "a diagram in JSON (its bytes counted from 0)"
    )
    if let list = value.elements {
      throw FileError(
        path,
        "holds a list of \(list.count) diagrams; expected one, as topoclip persistence --format json --output DIR "
          + "writes a file an input")
    }
    guard let diagrams = value["diagrams"]?.elements else {
      throw FileError(
        path, "has no list diagrams; expected [[[birth, death], …], …], a list a dimension")
    }
    return try diagrams.enumerated().flatMap { dimension, bars in
      guard let bars = bars.elements else {
        throw FileError(path, "diagrams, dimension \(dimension): expected a list of bars")
      }
      return try bars.enumerated().map { index, bar in
        let place = "diagrams, dimension \(dimension), bar \(index) (counted from 0)"
        guard let ends = bar.elements, ends.count == 2, let birth = ends[0].double,
          let death = ends[1] == .null ? .infinity : ends[1].double
        else {
          throw FileError(path, "\(place): expected [birth, death], null for a death at infinity")
        }
        return try self.bar(dimension, birth, death, path, place: place)
      }
    }
  }

  private static func bar(
    _ dimension: Int, _ birth: Double, _ death: Double, _ path: String, place: String
  ) throws -> PersistenceBar {
    guard birth.isFinite, death >= birth else {
      throw FileError(
        path,
        "\(place): birth \(birth), death \(death); expected a finite birth, and a death no less than it"
      )
    }
    return PersistenceBar(dimension: dimension, birth: birth, death: death)
  }
}
