import Files
import Foundation
import RunAnalyses
import Runs
import Topology

/// A diagram in any of the formats that `topoclip persistence` writes, or in GUDHI's or Ripser's text.
struct DiagramFile {
  /// The bars in the order of the file; of JSON and NPZ by dimension.
  let bars: [PersistenceBar]
  /// The dimensions that the file has a diagram of, with bars or without.
  let dimensions: Set<Int>
  /// What is to be said of how it was read; nil where nothing is.
  let remark: String?

  /// Reads a diagram: CSV with the columns `dimension`, `birth` and `death`, a JSON object with a list of bars a
  /// dimension as `diagrams`, an NPZ archive with a member `dgmK` of shape [bars, 2] a dimension, or lines as
  /// `DiagramText` has them.
  ///
  /// - Parameter path: The file.
  /// - Throws: `FileError` naming the line or the bar.
  init(_ path: String) throws {
    let start = try FileContents.read(path).prefix(2)
    if start.starts(with: "PK".utf8) {
      self = try Self.archive(path)
      return
    }
    let first = start.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      self = try Self.object(path)
    } else if let text = try DiagramText(path) {
      self.init(text.bars, dimensions: text.dimensions, remark: text.remark)
    } else {
      self.init(try DiagramTable.read(path))
    }
  }

  private init(_ bars: [PersistenceBar], dimensions: Set<Int> = [], remark: String? = nil) {
    self.bars = bars
    self.dimensions = dimensions.union(bars.map(\.dimension))
    self.remark = remark
  }

  private static func archive(_ path: String) throws -> DiagramFile {
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
    let bars = try members.sorted { $0.dimension < $1.dimension }.flatMap { dimension, name in
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
    return DiagramFile(bars, dimensions: Set(members.map(\.dimension)))
  }

  private static func object(_ path: String) throws -> DiagramFile {
    let value = try JSONValue(
      FileContents.read(path), file: path,
      expecting: "a diagram in JSON (its bytes counted from 0)", takesInfinity: true)
    if let list = value.elements {
      if let bars = try gudhi(list, path) { return DiagramFile(bars) }
      throw FileError(
        path,
        "holds a list of \(list.count) diagrams; expected one, as topoclip persistence --format json --output DIR "
          + "writes a file an input")
    }
    guard let diagrams = (value["diagrams"] ?? value["dgms"])?.elements else {
      throw FileError(
        path, "has no list diagrams; expected [[[birth, death], …], …], a list a dimension")
    }
    let bars = try diagrams.enumerated().flatMap { dimension, bars in
      guard let bars = bars.elements else {
        throw FileError(path, "diagrams, dimension \(dimension): expected a list of bars")
      }
      return try bars.enumerated().map { index, bar in
        try self.bar(
          dimension, bar, path,
          place: "diagrams, dimension \(dimension), bar \(index) (counted from 0)")
      }
    }
    return DiagramFile(bars, dimensions: Set(diagrams.indices))
  }

  /// The list that GUDHI's `persistence` returns, as Python writes it: `[[dimension, [birth, death]], …]`; nil for
  /// any other.
  private static func gudhi(_ list: [JSONValue], _ path: String) throws -> [PersistenceBar]? {
    let pairs = list.map { $0.elements ?? [] }
    guard !pairs.isEmpty,
      pairs.allSatisfy({ $0.count == 2 && $0[0].integer != nil && $0[1].elements != nil })
    else { return nil }
    return try pairs.enumerated().map { index, pair in
      let place = "bar \(index) (counted from 0)"
      guard let dimension = pair[0].integer.flatMap({ DiagramColumns.dimension.value("\($0)") })
      else {
        throw FileError(
          path, "\(place): dimension \(pair[0]); expected \(DiagramColumns.dimension.expected)")
      }
      return try bar(dimension, pair[1], path, place: place)
    }
  }

  private static func bar(
    _ dimension: Int, _ value: JSONValue, _ path: String, place: String
  ) throws -> PersistenceBar {
    guard let ends = value.elements, ends.count == 2, let birth = ends[0].double,
      let death = ends[1] == .null ? .infinity : ends[1].double
    else {
      throw FileError(path, "\(place): expected [birth, death], null for a death at infinity")
    }
    return try bar(dimension, birth, death, path, place: place)
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
