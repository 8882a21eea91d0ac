import Files
import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Experiments
@testable import Runs


/// A run directory that holds embeddings and the table of their samples, and nothing else.
struct HandmadeRun {
  let folder: TemporaryFolder
  let run: RunDirectory
  let samples: SampleTable
  let conditions: [Condition]

  /// Writes embeddings by their conditions' names, in that order, with a class a row.
  init(
    _ embeddings: KeyValuePairs<String, Matrix<Float>>, classes: [String],
    text: Matrix<Float>? = nil
  ) throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    run = RunDirectory(folder.path)
    samples = SampleTable(
      paths: classes.indices.map { "\($0).png" }, classNames: classes,
      splits: classes.map { _ in "" })
    conditions = try embeddings.map { name, points in
      let condition = try #require(Condition(name: name))
      try AtomicFile.write(
        NumPyFile.encode(points), to: folder.path + "/embeddings/\(name).npy")
      return condition
    }
    if let text { try run.writeClassEmbeddings(text) }
  }

  /// The lines of a table, by the names of its columns.
  func lines(_ name: String) throws -> [[String: String]] {
    let table = try CSV(path: run.file(name))
    return table.records.map { Dictionary(uniqueKeysWithValues: zip(table.header, $0.fields)) }
  }

  /// A JSON file's object.
  func object(_ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(filePath: run.file(name)))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// The names of all files below a folder of the run, with it.
  func files(_ folder: String) throws -> Set<String> {
    try Set(
      FileManager.default.contentsOfDirectory(atPath: run.file(folder)).map { folder + "/" + $0 })
  }

  /// Points around the first axes of four dimensions, `count` a class of three, the classes by turns.
  static func clusters(_ count: Int, seed: UInt64 = 1, spread: Float = 0.1) -> Matrix<Float> {
    let noise = RandomStream(domain: "test/clusters", seed: seed).normals(count: 12 * count)
    var points = Matrix<Float>(rows: 3 * count, columns: 4)
    for i in points.values.indices {
      points.values[i] = spread * noise[i] + (i % 4 == i / 4 % 3 ? 1 : 0)
    }
    return points
  }

  /// Their classes.
  static func classes(_ count: Int) -> [String] { (0..<3 * count).map { ["a", "b", "c"][$0 % 3] } }
}

/// A cell of a table in JSON. (JSONSerialization reads numbers with an error in the last digits.)
enum JSONCell: Decodable, Equatable {
  case number(Double)
  case text(String)
  case null

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  /// Whether the cell says what a field of CSV says.
  func isEqual(toField text: String) -> Bool {
    switch self {
    case .number(let number): Double(text) == number
    case .text(let own): own == text
    case .null: text.isEmpty
    }
  }
}

/// The tables that JSON files hold.
struct JSONTables: Decodable {
  let rows: [[String: JSONCell]]?
  let conditions: [[String: JSONCell]]?
  let layouts: [[String: JSONCell]]?

  init(_ text: String) throws {
    self = try JSONDecoder().decode(JSONTables.self, from: Data(text.utf8))
  }

  init(path: String) throws { try self.init(String(contentsOfFile: path, encoding: .utf8)) }
}

/// An experiment with assignments over the defaults.
func experiment(_ assignments: [String] = []) throws -> Experiment {
  try Experiment(file: nil, assignments: assignments.map { try .init(argument: $0) })
}

/// The message of what a closure throws; empty when it throws nothing.
func problem(_ body: () throws -> Void) -> String {
  do {
    try body()
    return ""
  } catch {
    return "\(error)"
  }
}
