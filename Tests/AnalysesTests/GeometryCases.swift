import Fixtures
import Foundation
import LinearAlgebra

/// The reference values of `geometry_cases.json`.
enum GeometryCases {
  struct Example: CustomStringConvertible {
    let fields: [String: Any]

    func matrix(_ key: String) -> Matrix<Float> {
      Matrix((fields[key] as? [[Double]] ?? []).map { $0.map { Float($0) } })
    }

    func number(_ key: String) -> Double { fields[key] as? Double ?? .nan }

    func integers(_ key: String) -> [Int] { fields[key] as? [Int] ?? [] }

    func numbers(_ key: String) -> [Double] { fields[key] as? [Double] ?? [] }

    var description: String { "\(fields["name"] ?? "")" }
  }

  /// The cases of a kind; one object counts as a list of one.
  static func list(_ kind: String) throws -> [Example] {
    let file = SharedData.folder.appending(path: "oracles/geometry_cases.json")
    let all = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let objects = all?[kind] as? [[String: Any]] ?? [all?[kind] as? [String: Any] ?? [:]]
    return objects.map { Example(fields: $0) }
  }
}
