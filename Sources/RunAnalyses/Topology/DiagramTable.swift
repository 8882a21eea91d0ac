import Files
public import Foundation
import LinearAlgebra
public import Topology

/// Persistence diagrams as files: CSV `dimension,birth,death`, JSON, and NPZ.
public enum DiagramTable {
  /// The columns of a diagram.
  public static let header = ["dimension", "birth", "death"]

  /// A line a bar, without a header; `prefix` fields come first.
  public static func lines(_ diagram: PersistenceDiagram, prefix: [String] = []) -> String {
    diagram.bars.map { bar in
      CSV.line(prefix + ["\(bar.dimension)", bar.birth.shortestText, bar.death.shortestText])
    }.joined()
  }

  /// `dimension,birth,death`, by dimension, birth and death; infinity is `inf`.
  public static func csv(_ diagram: PersistenceDiagram) -> String {
    CSV.line(header) + lines(diagram)
  }

  /// An object with the bars of every dimension from 0 to `maximumDimension`; infinity is null.
  public static func json(
    _ persistence: VietorisRips.Persistence, input: String?, maximumDimension: Int, prime: Int,
    metric: String
  ) -> String {
    let diagrams = (0...maximumDimension).map { dimension in
      persistence.diagram.bars(dimension: dimension).map {
        "[\(json($0.birth)), \(json($0.death))]"
      }
      .joined(separator: ", ")
    }
    let name = input.map { "\"input\": \(quoted($0)), " } ?? ""
    return "{\(name)\"diagrams\": [[\(diagrams.joined(separator: "], ["))]], "
      + "\"threshold\": \(json(persistence.threshold)), \"metric\": \(quoted(metric)), "
      + "\"prime\": \(prime)}"
  }

  /// An archive with the members `dgm0`, `dgm1`, … of shape [bars, 2], float64.
  public static func npz(
    _ diagram: PersistenceDiagram, maximumDimension: Int
  ) throws -> Data {
    try NumPyArchive.encode(
      (0...maximumDimension).map { dimension in
        let bars = diagram.bars(dimension: dimension)
        return (
          name: "dgm\(dimension)",
          matrix: Matrix(
            rows: bars.count, columns: 2, values: bars.flatMap { [$0.birth, $0.death] })
        )
      })
  }

  /// The chains that carry each bar, as a JSON array with an object a bar.
  public static func json(
    representativesOf persistence: VietorisRips.Persistence, input: String
  ) -> String {
    let objects = zip(persistence.diagram.bars, persistence.representatives).map { bar, chains in
      "{\"input\": \(quoted(input)), \"dimension\": \(bar.dimension), "
        + "\"birth\": \(json(bar.birth)), \"death\": \(json(bar.death)), "
        + "\"cocycle\": \(json(chains.cocycle)), \"cycle\": \(chains.cycle.map(json) ?? "null")}"
    }
    return objects.joined(separator: ",\n")
  }

  private static func json(_ chain: Chain) -> String {
    "{\"simplices\": \(chain.simplices), \"coefficients\": \(chain.coefficients)}"
  }

  private static func json(_ value: Double) -> String {
    value.isFinite ? value.shortestText : "null"
  }

  private static func quoted(_ text: String) -> String {
    let data = (try? JSONEncoder().encode(text)) ?? Data("\"\"".utf8)
    return String(decoding: data, as: UTF8.self).replacing("\\/", with: "/")
  }

  /// Reads a diagram from CSV with the columns `dimension`, `birth` and `death`, in any order.
  ///
  /// - Parameter path: The file.
  /// - Returns: The bars in the order of the file: a matching names rows of it.
  /// - Throws: `FileError` naming the line of a field that is no number, of a NaN, or of a death
  ///   before its birth.
  public static func read(_ path: String) throws -> [PersistenceBar] {
    let table = try CSV(path: path)
    let columns = try header.map { try table.column($0) }
    return try table.records.map { record in
      func failure(_ column: Int, _ expected: String) -> FileError {
        FileError(
          path,
          "line \(record.line): \(header[column]) is \"\(record.fields[columns[column]])\"; "
            + "expected \(expected)")
      }
      func text(_ column: Int) -> String {
        record.fields[columns[column]].trimmingCharacters(in: .whitespaces)
      }
      guard let dimension = Int(text(0)), dimension >= 0 else {
        throw failure(0, "a whole number from 0")
      }
      guard let birth = Double(text(1)), !birth.isNaN else {
        throw failure(1, "a number, inf or -inf")
      }
      guard let death = Double(text(2)), !death.isNaN else {
        throw failure(2, "a number, inf or -inf")
      }
      guard death >= birth else { throw failure(2, "no less than the birth \(text(1))") }
      return PersistenceBar(dimension: dimension, birth: birth, death: death)
    }
  }
}
