package import Files

/// The rows that embeddings, predictions and labels share.
package struct SampleTable: Sendable, Equatable {
  package let paths: [String]
  package let classes: [String]
  package let labels: [Int]
  package let splits: [String]
  /// What is to be said of how the file was read, a sentence each.
  package private(set) var remarks: [String] = []

  /// Classes in the order given, or, when nil, those that occur, by number where all are whole numbers and else
  /// sorted as text.
  package init(paths: [String], classNames: [String], splits: [String], classes: [String]? = nil) {
    let classes = classes ?? classNames.inClassOrder
    let index = Dictionary(zip(classes, classes.indices)) { first, _ in first }
    self.paths = paths
    self.classes = classes
    labels = classNames.map { index[$0] ?? 0 }
    self.splits = splits
  }

  /// Reads `samples.csv`; `row` if there must count from 0, `path` and `split` may be absent.
  ///
  /// - Throws: `FileError` naming the line.
  package init(_ table: CSV, classes: [String]?) throws {
    let labels = try LabelsFile(path: table.file, rowCount: nil, known: classes)
    let splitColumn = table.header.firstIndex(of: "split")
    if let classes {
      // Those of the list first, so that a sample's other spelling is told as such.
      try requireOneSpelling(classes + labels.classes, in: table.file, what: "the class") { index in
        index < classes.count
          ? "place \(index) of the list of classes"
          : "line \(table.records[index - classes.count].line)"
      }
      let known = Set(classes)
      if known.count < classes.count {
        var places: [String: Int] = [:]
        for (place, name) in classes.enumerated() {
          guard let other = places.updateValue(place, forKey: name) else { continue }
          throw FileError(
            table.file,
            "its list of classes has one twice: \"\(name)\", at places \(other + 1) and \(place + 1); name each once"
          )
        }
      }
      for (record, name) in zip(table.records, labels.classes) where !known.contains(name) {
        throw FileError(
          table.file,
          "line \(record.line): class \"\(name)\" is not among the classes \(classes.listed)")
      }
    }
    guard !labels.classes.isEmpty else { throw FileError(table.file, "lists no sample") }
    self.init(
      paths: labels.paths ?? labels.classes.indices.map { "\($0)" }, classNames: labels.classes,
      splits: table.records.map { record in splitColumn.map { record.fields[$0] } ?? "" },
      classes: classes)
    remarks = labels.remarks
  }

  /// Reads the same beside a list of classes that a user wrote, whole numbers with a point perhaps.
  ///
  /// - Parameters:
  ///   - table: The samples.
  ///   - classes: The classes in their order; nil where nothing gives one.
  ///   - source: Where they are listed, for messages.
  /// - Throws: `FileError` naming the line.
  package init(_ table: CSV, classes: [String]?, listedIn source: String) throws {
    let named = NumberedNames(classes ?? [])
    // A list has no missing name: what looks so is one.
    let isNumbered = named.missing.isEmpty && Set(named.names).count == classes?.count
    try self.init(table, classes: isNumbered ? named.names : classes)
    if isNumbered { remarks = named.remarks(source, "classes") + remarks }
  }

  /// How many samples each class has.
  package var classCounts: [Int] {
    labels.reduce(into: [Int](repeating: 0, count: classes.count)) { $0[$1] += 1 }
  }

  /// The rows of each class.
  package var rowsOfClasses: [[Int]] {
    var rows = [[Int]](repeating: [], count: classes.count)
    for (row, label) in labels.enumerated() { rows[label].append(row) }
    return rows
  }

  /// In what the rows are of other images than another table's: the first row whose path or class differs.
  ///
  /// Splits and the order of the classes do not count, nor do the contents of the images: embeddings made
  /// elsewhere have none.
  ///
  /// - Parameters:
  ///   - other: The other table.
  ///   - there: What to call it.
  ///   - here: What to call this one.
  /// - Returns: A few words; nil where all rows are of the same.
  package func difference(from other: SampleTable, there: String, here: String) -> String? {
    func words(_ samples: SampleTable, _ row: Int) -> String {
      "\(samples.paths[row]) of the class \(samples.classes[samples.labels[row]])"
    }
    let common = 0..<min(labels.count, other.labels.count)
    if let row = common.first(where: { words(self, $0) != words(other, $0) }) {
      return
        "row \(row) (counted from 0) is \(words(other, row)) \(there) and \(words(self, row)) \(here)"
    }
    guard labels.count != other.labels.count else { return nil }
    return "\(other.labels.count) images \(there) and \(labels.count) \(here)"
  }

  /// The rows with the given indices.
  package func selecting(_ rows: [Int]) -> SampleTable {
    SampleTable(
      paths: rows.map { paths[$0] }, classNames: rows.map { classes[labels[$0]] },
      splits: rows.map { splits[$0] }, classes: classes)
  }
}
