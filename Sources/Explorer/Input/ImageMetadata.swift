internal import Files
internal import Foundation

/// What a file says of images: values with their types, under keys.
///
/// The file is `metadata.json`, `{id: {key: value}}`, or a CSV whose column `path`, `image` or `id` names the images.
package struct ImageMetadata: Sendable, Equatable {
  /// The keys, in the order in which columns are offered: that of a CSV's header, else sorted.
  package private(set) var keys: [String] = []
  /// The values of every image, a row each: the places of their keys, ascending, and the values.
  package private(set) var rows: [[Entry]]
  /// What names no image, or cannot be taken, and why.
  package private(set) var problems: [ExplorationProblem] = []

  /// A value under a key.
  package struct Entry: Sendable, Equatable {
    /// The place of its key among `keys`.
    package let key: Int
    package let value: MetadataValue
  }

  /// The names under which it is looked for in a folder of images.
  static let fileNames = ["metadata.json", "metadata.csv"]

  /// No metadata of a number of images.
  package init(count: Int) { rows = [[Entry]](repeating: [], count: count) }

  /// Reads the metadata of the images in a folder.
  ///
  /// - Parameters:
  ///   - file: The file; nil for the one that lies in the folder, where there is one.
  ///   - images: The images.
  ///   - folder: Their folder; nil for those of a run.
  /// - Throws: `FileError` for a file that is not there or damaged, or says something of an image twice; the place is
  ///   named.
  /// - Complexity: O(bytes of the file and of the images' paths).
  package init(_ file: String?, of images: [ListedImage], in folder: String?) throws {
    self.init(count: images.count)
    var file = file
    if file == nil, let folder {
      let there = try Self.fileNames.filter { try FileStatus(folder + "/" + $0) != nil }
      file = there.first.map { folder + "/" + $0 }
      for other in there.dropFirst() {
        problems.append(
          ExplorationProblem(
            subject: other,
            reason: "is not read, since \(there[0]) is there too; give the one that is meant"))
      }
    }
    guard let file else { return }
    let names = ImageNames(images, in: folder, file: file)
    if file.lowercased().hasSuffix(".json") {
      try read(json: file, names)
    } else {
      try read(csv: file, names)
    }
  }

  // MARK: JSON

  private mutating func read(json file: String, _ names: ImageNames) throws {
    var scanner = try JSONScanner(
      FileContents.read(file), file: file, refusesRepeatedKeys: true, takesInfinity: true)
    var places: [Int: String] = [:]
    var seen: Set<String> = []
    var found: [String: Int] = [:]
    var texts: [[(key: String, value: MetadataValue)]] = rows.map { _ in [] }
    var problems: [ExplorationProblem] = []
    do {
      try scanner.object { bytes, scanner in
        let name = String(decoding: bytes, as: UTF8.self)
        guard seen.insert(name).inserted else {
          throw scanner.fault("the image \"\(name)\" is there twice; keep one of the two")
        }
        let value = try scanner.value()
        let subject = "\(file.lastPathPart): \"\(name)\""
        let match = names.match(name)
        guard case .row(let row) = match else {
          problems.append(ExplorationProblem(subject: subject, reason: ImageNames.reason(match)))
          return
        }
        if let other = places.updateValue(name, forKey: row) {
          throw scanner.fault(
            "\"\(name)\" and \"\(other)\" name the same image; keep one of the two")
        }
        guard let members = value.members else {
          problems.append(
            ExplorationProblem(
              subject: subject, reason: "is \(value); expected an object of keys and values"))
          return
        }
        for (key, member) in members.sorted(by: { $0.key < $1.key }) {
          do throws(MetadataFault) {
            guard !key.utf8.contains(0) else {
              throw MetadataFault("has a NUL in its name; rename the key")
            }
            guard let value = try MetadataValue(member) else { continue }
            texts[row].append((key, value))
            found[key] = 0
          } catch {
            problems.append(
              ExplorationProblem(subject: subject, reason: "its \"\(key)\" \(error.problem)"))
          }
        }
      }
      try scanner.end()
    } catch let error as FileError {
      throw FileError(
        file,
        "is not metadata of images, a JSON object {\"id\": {\"key\": value}}: \(error.problem)",
        kind: error.kind)
    }
    self.problems += problems
    keys = found.keys.sorted(by: NaturalOrder.precedes)
    for (place, key) in keys.enumerated() { found[key] = place }
    rows = texts.map { entries in
      entries.map { Entry(key: found[$0.key] ?? 0, value: $0.value) }.sorted { $0.key < $1.key }
    }
  }

  // MARK: CSV

  /// The columns that can name the images, the first that is there counts.
  private static let nameColumns = ["path", "image", "id"]

  private mutating func read(csv file: String, _ names: ImageNames) throws {
    var reader = try CSVReader(path: file)
    let header = reader.header
    guard let place = Self.nameColumns.lazy.compactMap({ header.firstIndex(of: $0) }).first else {
      throw FileError(
        file,
        "has no column \(Self.nameColumns.joined(separator: ", ")) that names the images; its columns are "
          + header.listed)
    }
    guard !header.contains(where: { $0.utf8.contains(0) }) else {
      throw FileError(file, "has a NUL in the name of a column; rename it")
    }
    let columns = header.indices.filter { $0 != place }
    keys = columns.map { header[$0] }
    var areNumbers = [Bool](repeating: true, count: keys.count)
    var lines: [Int: Int] = [:]
    var texts: [[String]?] = rows.map { _ in nil }
    while let record = try reader.next() {
      let name = record.fields[place]
      let match = names.match(name)
      // Images that are not there count for the type of a column too: it does not change with them.
      for (index, column) in columns.enumerated() where areNumbers[index] {
        let field = record.fields[column]
        areNumbers[index] = field.isEmpty || Self.number(field) != nil
      }
      guard case .row(let row) = match else {
        problems.append(
          ExplorationProblem(
            subject: "\(file.lastPathPart), line \(record.line): \"\(name)\"",
            reason: ImageNames.reason(match)))
        continue
      }
      if let other = lines.updateValue(record.line, forKey: row) {
        throw FileError(
          file,
          "line \(record.line): \"\(name)\" names the image of line \(other) once more; keep one of the two"
        )
      }
      texts[row] = columns.map { record.fields[$0] }
    }
    rows = texts.map { fields in
      (fields ?? []).enumerated().compactMap { index, field in
        guard !field.isEmpty else { return nil }
        let number = areNumbers[index] ? Self.number(field) : nil
        return Entry(key: index, value: number.map { .number($0) } ?? .text(field))
      }
    }
  }

  /// The finite number that a field is in decimal digits.
  private static func number(_ field: String) -> Double? {
    guard field.utf8.allSatisfy({ "+-.0123456789Ee".utf8.contains($0) }),
      let number = Double(field),
      number.isFinite
    else { return nil }
    return number
  }

  // MARK: Columns

  /// The columns of the keys that have a value: numbers where all values of a key are, else names.
  ///
  /// - Complexity: O(n log n) for n values.
  package var columns: [MetadataColumn] {
    var values = keys.map { _ in [(row: Int, value: MetadataValue)]() }
    for (row, entries) in rows.enumerated() {
      for entry in entries { values[entry.key].append((row, entry.value)) }
    }
    return zip(keys, values).filter { !$1.isEmpty }.map { key, values in
      let numbers = values.compactMap(\.value.number)
      if numbers.count == values.count {
        var column = [Double](repeating: 0, count: rows.count)
        var present = RowMask(count: rows.count)
        for (place, number) in zip(values, numbers) {
          column[place.row] = number
          present.insert(place.row)
        }
        return MetadataColumn(key: key, values: .numbers(column, present: present))
      }
      var texts = [String?](repeating: nil, count: rows.count)
      for (row, value) in values { texts[row] = value.text }
      return MetadataColumn(key: key, categories: texts)
    }
  }
}

extension MetadataColumn {
  /// A column of names.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - texts: The name of every row; nil for none.
  ///   - role: What it is of a run.
  /// - Complexity: O(n log n) for n rows.
  init(key: String, categories texts: [String?], role: String? = nil) {
    let names = Set(texts.compactMap(\.self)).sorted(by: NaturalOrder.precedes)
    let codes = Dictionary(zip(names, 0..<Int32(clamping: names.count))) { first, _ in first }
    self.init(
      key: key,
      values: .categories(names: names, codes: texts.map { $0.flatMap { codes[$0] } ?? -1 }),
      role: role)
  }
}
