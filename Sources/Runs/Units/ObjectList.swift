package import Files

/// The finished work that a run refers to: `objects.csv`.
package enum ObjectColumns {
  package static let kind = Column<String>(
    "kind", "cell, a file of cells/, or unit, one of units/.")
  package static let subject = Column<String>(
    "of", "The condition that a cell is of, or the analysis that a unit is of.")
  package static let key = Column<String>("key", "What its file is called by.")

  /// The file.
  package static let file = RunFile(
    "objects.csv",
    "The finished work that the run is made of; topoclip gc removes what no run has in this list.",
    columns: [kind, subject, key], role: .record)
}

/// Which cells and units a run is made of.
package struct ObjectList: Sendable, Equatable {
  /// What keeps finished work.
  package enum Kind: String, Sendable, CaseIterable {
    case cell, unit
  }

  /// A piece of finished work.
  package struct Object: Sendable, Hashable {
    package let kind: Kind
    /// The condition of a cell, the analysis of a unit.
    package let subject: String
    package let key: Digest

    /// A piece of finished work.
    package init(_ kind: Kind, of subject: String, _ key: Digest) {
      (self.kind, self.subject, self.key) = (kind, subject, key)
    }
  }

  /// All of them.
  package var objects: Set<Object>

  /// A list of some.
  package init(_ objects: Set<Object>) { self.objects = objects }

  /// The list of a run; nil where it has none.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - digest: What its manifest has recorded; nil for nothing.
  ///   - remedy: What makes the list anew, for people.
  /// - Returns: The list.
  /// - Throws: `FileError` naming the line of what is damaged, and for a list that is another than was recorded.
  package static func read(
    _ run: RunDirectory, recorded digest: String?, remedy: String
  ) throws -> ObjectList? {
    guard let table = try run.table(ObjectColumns.file) else { return nil }
    let kinds = try table[ObjectColumns.kind]
    let subjects = try table[ObjectColumns.subject]
    let keys = try table[ObjectColumns.key]
    let list = ObjectList(
      try Set(
        keys.indices.map { row in
          guard let kind = Kind(rawValue: kinds[row]), let key = Digest(hexadecimal: keys[row].utf8)
          else {
            throw FileError(
              run.file(table.file),
              "line \(table.line(row)): \"\(kinds[row])\", \"\(keys[row])\"; expected cell or unit, and a key of 64 "
                + "hexadecimal digits; \(remedy)"
            )
          }
          return Object(kind, of: subjects[row], key)
        }))
    let path = run.file(ObjectColumns.file.pattern.text)
    if let digest, try "\(Digest(ofFile: path))" != digest {
      throw FileError(path, "is not as \(Manifest.fileName) has recorded it; \(remedy)")
    }
    return list
  }

  /// The same, where a list that is damaged is as good as none: for one that is made anew.
  package static func known(_ run: RunDirectory, recorded digest: String?) throws -> ObjectList? {
    do { return try read(run, recorded: digest, remedy: "it is made anew") } catch let error
      as FileError
      where !error.isSystemFault
    {
      return nil
    }
  }

  /// Writes the list, sorted.
  ///
  /// - Returns: Its SHA-256, for the manifest.
  package func write(to run: RunDirectory) throws -> String {
    var table = Table(ObjectColumns.file)
    let sorted = objects.sorted {
      ($0.kind.rawValue, $0.subject, $0.key) < ($1.kind.rawValue, $1.subject, $1.key)
    }
    for object in sorted {
      table.append([
        ObjectColumns.kind(object.kind.rawValue), ObjectColumns.subject(object.subject),
        ObjectColumns.key("\(object.key)"),
      ])
    }
    try run.write(table.csv, ObjectColumns.file)
    return "\(Digest(of: table.csv))"
  }

  /// The keys of a kind.
  package func keys(_ kind: Kind) -> Set<Digest> {
    Set(objects.lazy.filter { $0.kind == kind }.map(\.key))
  }
}
