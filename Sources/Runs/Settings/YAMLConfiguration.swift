import Files
import Yams

/// How the nodes of a YAML document become a configuration.
struct YAMLConfiguration {
  /// No sound experiment has more values; aliases of aliases can make billions.
  private static let valueLimit = 100_000
  /// The deepest settings there are lie three below the root.
  private static let depthLimit = 64

  /// Where a node begins.
  ///
  /// An alias has the node that it stands for, and so the place of that.
  private struct Place: Hashable, Comparable {
    let line: Int
    let column: Int

    init?(_ node: Node) {
      guard let mark = node.mark else { return nil }
      (line, column) = (mark.line, mark.column)
    }

    static func < (a: Place, b: Place) -> Bool { (a.line, a.column) < (b.line, b.column) }
  }

  private let file: String
  private var remaining = Self.valueLimit
  /// What aliases stand for.
  private var aliased: Set<Place> = []

  init(file: String) { self.file = file }

  /// The configuration of a document.
  ///
  /// A key at the top whose value an alias stands for elsewhere may be a name for that value alone, and so may one
  /// below which there are such values alone.
  ///
  /// - Throws: `FileError` naming the line.
  mutating func tree(_ root: Node) throws -> ConfigurationTree {
    let tree = try convert(root, line: root.mark?.line, depth: 0)
    guard case .mapping(let fields, let place, _) = tree, case .mapping(let pairs) = root else {
      return tree
    }
    let definitions = pairs.compactMap { key, value in
      isUsedElsewhere(value, depth: 0) ? key.string : nil
    }
    return .mapping(fields, place: place, definitions: Set(definitions))
  }

  private func isUsedElsewhere(_ node: Node, depth: Int) -> Bool {
    if Place(node).map(aliased.contains) ?? false { return true }
    guard depth < Self.depthLimit else { return false }
    return switch node {
    case .mapping(let pairs):
      !pairs.isEmpty && pairs.allSatisfy { isUsedElsewhere($0.value, depth: depth + 1) }
    case .sequence(let items):
      !items.isEmpty && items.allSatisfy { isUsedElsewhere($0, depth: depth + 1) }
    case .scalar, .alias: false
    }
  }

  private func place(_ line: Int?) -> String { line.map { "\(file), line \($0)" } ?? file }

  private mutating func convert(
    _ node: Node, line: Int?, depth: Int
  ) throws -> ConfigurationTree {
    remaining -= 1
    guard remaining > 0 else { throw FileError(file, "holds more than \(Self.valueLimit) values") }
    let place = place(line)
    guard depth <= Self.depthLimit else {
      throw FileError(place, "is nested more than \(Self.depthLimit) deep")
    }
    switch node {
    case .scalar(let scalar):
      let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
      return .scalar(isNull ? "" : scalar.string, place: place)
    case .sequence(let items):
      let start = Place(node)
      return .list(
        try items.map { item in
          let isAlias = noteAlias(item, behind: start)
          return try convert(item, line: isAlias ? line : item.mark?.line, depth: depth + 1)
        }, place: place)
    case .mapping(let pairs):
      return .mapping(try fields(pairs, depth: depth), place: place)
    case .alias:
      throw FileError(file, "has an alias that stands for nothing")
    }
  }

  /// The values of a mapping under their keys, merged ones where there are none of its own.
  ///
  /// A value has the line of its key, where a person looks for it: an alias would have that of what it
  /// stands for.
  private mutating func fields(
    _ pairs: Node.Mapping, depth: Int
  ) throws -> [String: ConfigurationTree] {
    guard depth <= Self.depthLimit else {
      throw FileError(file, "is nested more than \(Self.depthLimit) deep")
    }
    var fields: [String: ConfigurationTree] = [:]
    var merged: [(key: Node, value: Node)] = []
    for (key, value) in pairs {
      guard let name = key.string else {
        throw FileError(file, "line \(key.mark?.line ?? 0): a key is not a word")
      }
      noteAlias(value, behind: Place(key))
      if case .scalar(let scalar) = key, scalar.style == .plain, name == "<<" {
        merged.append((key, value))
      } else {
        fields[name] = try convert(value, line: key.mark?.line, depth: depth + 1)
      }
    }
    for (key, value) in merged {
      for mapping in try mappings(value, mergedBy: key) {
        remaining -= 1
        fields.merge(try self.fields(mapping, depth: depth + 1)) { own, _ in own }
      }
    }
    return fields
  }

  /// What the key `<<` merges: a mapping, or several, of which the first counts most
  /// (https://yaml.org/type/merge.html).
  private mutating func mappings(_ value: Node, mergedBy key: Node) throws -> [Node.Mapping] {
    switch value {
    case .mapping(let mapping): return [mapping]
    case .sequence(let items):
      let start = Place(value)
      let mappings = items.compactMap { item -> Node.Mapping? in
        noteAlias(item, behind: start)
        if case .mapping(let mapping) = item { return mapping }
        return nil
      }
      if mappings.count == items.count { return mappings }
    default: break
    }
    throw FileError(
      place(key.mark?.line),
      "<< merges the keys of a mapping, such as *name, or of a list of mappings; found another value"
    )
  }

  /// Remembers what an alias stands for: it begins before the place that the alias is at.
  @discardableResult
  private mutating func noteAlias(_ node: Node, behind start: Place?) -> Bool {
    guard let place = Place(node), let start, place < start else { return false }
    aliased.insert(place)
    return true
  }
}
