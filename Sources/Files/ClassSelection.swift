import LinearAlgebra

/// Which classes an experiment uses.
public enum ClassSelection: Sendable, Equatable {
  /// All of them.
  case all
  /// Those named, in the data set's order.
  case named([String])
  /// So many, drawn with a seed.
  case sample(count: Int, seed: UInt64)

  /// The indices of the selected classes, ascending.
  ///
  /// - Parameters:
  ///   - classes: The names of all classes.
  ///   - source: The file or folder that has them, for errors.
  /// - Returns: Indices into `classes`.
  /// - Throws: `FileError` for a name that is not there, listing those that are, and for more
  ///   classes than there are.
  /// - Complexity: O(classes · names); O(classes) for all or a sample.
  public func indices(of classes: [String], source: String) throws -> [Int] {
    switch self {
    case .all: return Array(classes.indices)
    case .named(let names):
      for name in names {
        if let other = classes.otherSpelling(of: name) {
          throw FileError(
            source,
            "has no class \(name.spelled); its class \(other.spelled) looks alike and is spelled "
              + "otherwise: copy the name from there")
        }
      }
      // 3.0 is class 3.
      let names = NumberedNames(names, among: classes).names
      for name in names where !classes.contains(name) {
        let suggestion =
          name.nearest(of: classes, within: 2).map { "did you mean \($0)? " } ?? ""
        throw FileError(
          source,
          "has no class \"\(name)\"; \(suggestion)its classes are "
            + classes.listed)
      }
      return classes.indices.filter { names.contains(classes[$0]) }
    case .sample(let count, let seed):
      guard (1...classes.count).contains(count) else {
        throw FileError(source, "has \(classes.count) classes; \(count) cannot be drawn")
      }
      var stream = RandomStream(domain: "dataset/classes", seed: seed)
      return classes.indices.shuffled(using: &stream).prefix(count).sorted()
    }
  }
}
