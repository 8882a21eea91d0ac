import Files
package import Foundation
import LinearAlgebra
package import RunAnalyses
package import Topology

/// Persistence diagrams for other programs: JSON, NPZ and the chains that carry bars.
extension DiagramTable {
  /// An object with the bars of every dimension from 0 to `maximumDimension`; infinity is null.
  ///
  /// Where landmarks stand for the input, their rows in it.
  package static func json(
    _ persistence: VietorisRips.Persistence, input: String?, maximumDimension: Int, prime: Int,
    metric: String, landmarks: [Int]? = nil
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
      + "\"prime\": \(prime)\(landmarks.map { ", \"landmarks\": \($0)" } ?? "")}"
  }

  /// An archive with the members `dgm0`, `dgm1`, … of shape [bars, 2], float64.
  package static func npz(
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
  package static func json(
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
}
