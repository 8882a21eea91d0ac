import Files
package import Fixtures
import Foundation
package import LinearAlgebra
package import Runs

/// A run directory made by hand, of embeddings or of tables, without a sweep.
package struct HandmadeRun {
  package let folder: TemporaryFolder
  package let run: RunDirectory
  package let samples: SampleTable
  package let conditions: [Condition]

  /// Embeddings by their conditions' names, in that order, with a class a row; no table is written.
  package init(
    _ embeddings: KeyValuePairs<String, Matrix<Float>>, classes: [String],
    text: Matrix<Float>? = nil
  ) throws {
    try self.init(embeddings: Array(embeddings), classes: classes, text: text)
  }

  /// The same of embeddings that are computed.
  package init(
    embeddings: [(key: String, value: Matrix<Float>)], classes: [String],
    text: Matrix<Float>? = nil
  ) throws {
    folder = try TemporaryFolder()
    run = RunDirectory(folder.path)
    samples = SampleTable(
      paths: classes.indices.map { "\($0).png" }, classNames: classes,
      splits: classes.map { _ in "" })
    conditions = embeddings.map { Self.condition($0.key) }
    for (name, points) in embeddings {
      _ = try folder.write(NumPyFile.encode(points), "embeddings/\(name).npy")
    }
    if let text { try run.writeClassEmbeddings(text) }
  }

  /// Two classes of two images, `samples.csv` and `classes.csv`, and whatever tables a test writes.
  ///
  /// Conditions need files; nothing that reports read is inside.
  package init(conditions: [String] = ["clean", "gaussian-1-s0", "gaussian-2-s0"]) throws {
    folder = try TemporaryFolder()
    run = RunDirectory(folder.path)
    samples = SampleTable(
      paths: ["a/0.png", "a/1.png", "b/0.png", "b/1.png"], classNames: ["a", "a", "b", "b"],
      splits: [String](repeating: "test", count: 4))
    self.conditions = conditions.map(Self.condition)
    _ = try folder.write(
      "row,path,class,split\n0,a/0.png,a,test\n1,a/1.png,a,test\n2,b/0.png,b,test\n3,b/1.png,b,test\n",
      "samples.csv")
    _ = try folder.write("index,class\n0,a\n1,b\n", "classes.csv")
    for condition in conditions { _ = try folder.write("", "embeddings/\(condition).npy") }
  }

  private static func condition(_ name: String) -> Condition {
    guard let condition = Condition(name: name) else { preconditionFailure("condition \(name)") }
    return condition
  }

  package var path: String { folder.path }

  /// Writes a table; lines joined by line ends.
  package func table(_ name: String, _ lines: String...) throws {
    _ = try folder.write(lines.joined(separator: "\n") + "\n", name)
  }

  /// The lines of a table, by the names of its columns.
  package func lines(_ name: String) throws -> [[String: String]] {
    let table = try CSV(path: run.file(name))
    return table.records.map { Dictionary(uniqueKeysWithValues: zip(table.header, $0.fields)) }
  }

  /// A JSON file's object.
  package func object(_ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(filePath: run.file(name)))
    guard let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      throw FileError(run.file(name), "is no JSON object")
    }
    return object
  }

  /// The names of all files below a folder of the run, with it.
  package func files(_ folder: String) throws -> Set<String> {
    try Set(
      FileManager.default.contentsOfDirectory(atPath: run.file(folder)).map { folder + "/" + $0 })
  }

  /// Points around the first axes of four dimensions, `count` a class of three, the classes by turns.
  package static func clusters(
    _ count: Int, seed: UInt64 = 1, spread: Float = 0.1
  ) -> Matrix<Float> {
    let noise = RandomStream(domain: "test/clusters", seed: seed).normals(count: 12 * count)
    var points = Matrix<Float>(rows: 3 * count, columns: 4)
    for i in points.values.indices {
      points.values[i] = spread * noise[i] + (i % 4 == i / 4 % 3 ? 1 : 0)
    }
    return points
  }

  /// Their classes.
  package static func classes(_ count: Int) -> [String] {
    (0..<3 * count).map { ["a", "b", "c"][$0 % 3] }
  }
}
