import Files
import Foundation
import LinearAlgebra

/// Pairs of records that annotators have called the same, from Label Studio.
///
/// The export is JSON: a list of tasks whose `data` names two records, and whose `annotations` hold a
/// choice. The records that chains of "Same" connect are one label.
struct LabelStudioPairs {
  /// The names of two records, and whether most annotators called them the same.
  private let pairs: [(first: String, second: String, isSame: Bool)]
  private let file: String
  /// Tasks without a finished annotation, and tasks with as many for as against.
  let undecided: Int

  /// Reads an export.
  ///
  /// - Parameters:
  ///   - path: The file; Label Studio's format JSON, not JSON-MIN.
  ///   - keys: The two keys of `data` that name the records.
  ///   - choice: The choice that says that two are the same, whatever its case.
  /// - Throws: `FileError` naming the task that is not as expected.
  init(path: String, keys: (String, String), choice: String) throws {
    let words = "a JSON list of tasks; export from Label Studio as JSON"
    let export = try JSONValue(FileContents.read(path), file: path, expecting: words)
    guard let tasks = export.elements, tasks.allSatisfy({ $0.members != nil }) else {
      throw FileError(path, "is not \(words)")
    }
    var pairs: [(first: String, second: String, isSame: Bool)] = []
    var undecided = 0
    for (index, task) in tasks.enumerated() {
      guard let fields = task["data"]?.members, let annotations = task["annotations"]?.elements,
        annotations.allSatisfy({ $0.members != nil })
      else {
        throw FileError(
          path,
          "task \(index) (counted from 0) has no \"data\" and \"annotations\"; export as JSON, not "
            + "JSON-MIN")
      }
      func name(_ key: String) throws -> String {
        if let name = fields[key]?.text, !name.isEmpty { return name }
        if let number = fields[key]?.integer { return "\(number)" }
        throw FileError(
          path,
          "task \(index) (counted from 0): data has no \"\(key)\" that names a record; its keys are "
            + fields.keys.sorted().joined(separator: ", "))
      }
      let (first, second) = try (name(keys.0), name(keys.1))
      let votes = annotations.filter { $0["was_cancelled"] != .boolean(true) }
        .compactMap { Self.choices(of: $0) }
        .map { $0.contains { $0.lowercased() == choice.lowercased() } }
      let same = votes.count { $0 }
      if 2 * same == votes.count {
        undecided += 1
        continue
      }
      pairs.append((first, second, 2 * same > votes.count))
    }
    self.pairs = pairs
    self.undecided = undecided
    file = path
  }

  /// What an annotation chose; nil when it chose nothing.
  private static func choices(of annotation: JSONValue) -> [String]? {
    let results = annotation["result"]?.elements ?? []
    let values = results.compactMap { $0["value"]?["choices"]?.texts }
    return values.isEmpty ? nil : values.flatMap(\.self)
  }

  /// What the pairs say of records.
  struct Labels {
    /// The label of every record: a number; nil for one that no pair names.
    let labels: [String?]
    /// Pairs called different whose records a chain of "Same" connects all the same.
    let contradictions: Int
  }

  /// The labels of records: the components of the graph of "Same".
  ///
  /// A record that was only ever called different has a label of its own.
  ///
  /// - Parameters:
  ///   - names: The name of every record; several may share one.
  ///   - reserved: A label that stands for none and is not given.
  ///   - source: The file of the records, for messages.
  /// - Returns: A label a record.
  /// - Throws: `FileError` when a pair names a record that is not there.
  func labels(of names: [String], reserved: String, source: String) throws -> Labels {
    var places: [String: Int] = [:]
    for (place, name) in names.enumerated() where places[name] == nil { places[name] = place }
    func place(_ name: String) throws -> Int {
      guard let place = places[name] ?? name.wholeNumberText.flatMap({ places[$0] }) else {
        throw FileError(file, "names the record \"\(name.prefix(80))\", which is not in \(source)")
      }
      return place
    }
    var components = ConnectedComponents(vertexCount: names.count)
    var isNamed = [Bool](repeating: false, count: names.count)
    var different: [(Int, Int)] = []
    for pair in pairs {
      let (a, b) = try (place(pair.first), place(pair.second))
      isNamed[a] = true
      isNamed[b] = true
      if pair.isSame { _ = components.join(a, b) } else { different.append((a, b)) }
    }
    var numbers: [Int: String] = [:]
    var next = 0
    let labels = names.map { name -> String? in
      guard let first = places[name], isNamed[first] else { return nil }
      let root = components.root(of: first)
      if let known = numbers[root] { return known }
      if "\(next)" == reserved { next += 1 }
      numbers[root] = "\(next)"
      next += 1
      return numbers[root]
    }
    return Labels(
      labels: labels,
      contradictions: different.count { components.root(of: $0.0) == components.root(of: $0.1) })
  }
}
