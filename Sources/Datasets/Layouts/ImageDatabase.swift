import Files
import Foundation
import Images

extension DatasetLayout {
  /// DTD's MATLAB database.
  static let imageDatabase = DatasetLayout(
    words: "DTD's imdb/imdb.mat", recognizes: { try $0.contains("imdb/imdb.mat") },
    list: { location in
      try ImageListing(imdb: location.url("imdb/imdb.mat").path, imageFolder: location.images)
    })
}

extension ImageListing {
  /// DTD's MATLAB database: `images.{name, set, class}` and `meta.{classes, sets}`.
  ///
  /// - Throws: `FileError` naming the field that is missing or does not fit the others.
  init(imdb file: String, imageFolder: URL) throws {
    let database = try ImageDatabase(file)
    let names = try database.strings("images", "name")
    let sets = try database.integers("images", "set", count: names.count)
    let labels = try database.integers("images", "class", count: names.count)
    let classes = try database.strings("meta", "classes")
    let splits = try database.strings("meta", "sets")
    try requireOneSpelling(classes, in: file, what: "the class") { "meta.classes(\($0 + 1))" }
    guard Set(classes).count == classes.count else {
      throw FileError(file, "meta.classes has one class twice")
    }
    guard splits.allSatisfy(Split.known.contains) else {
      throw FileError(
        file, "meta.sets is \(splits); expected \(Split.known.joined(separator: ", "))")
    }
    let entries = try names.indices.map { index in
      guard labels[index] >= 1, labels[index] <= classes.count else {
        throw FileError(
          file, "images.class(\(index + 1)) is \(labels[index]); meta.classes has \(classes.count)")
      }
      guard sets[index] >= 1, sets[index] <= splits.count else {
        throw FileError(
          file, "images.set(\(index + 1)) is \(sets[index]); meta.sets has \(splits.count)")
      }
      return Entry(
        path: names[index], classIndex: labels[index] - 1, split: splits[sets[index] - 1],
        place: "images.name(\(index + 1))")
    }
    try self.init(
      classes: classes,
      entries: entries.sorted { ($0.classIndex, $0.path) < ($1.classIndex, $1.path) },
      imageFolder: imageFolder, source: "imdb.mat", file: file)
  }
}

/// The fields of the structures in `imdb.mat`.
private struct ImageDatabase {
  private let file: String
  private let variables: [String: MATLABValue]

  init(_ file: String) throws {
    self.file = file
    variables = try MATLABFile(path: file).variables
  }

  /// The strings of a cell array.
  func strings(_ structure: String, _ field: String) throws -> [String] {
    guard case .cells(let cells) = try value(structure, field) else {
      throw FileError(file, "\(structure).\(field) is not a cell array of strings")
    }
    return try cells.enumerated().map { index, cell in
      guard case .text(let text) = cell, !text.isEmpty else {
        throw FileError(file, "\(structure).\(field){\(index + 1)} is not a string")
      }
      return text
    }
  }

  /// The whole numbers of a vector of `count` elements.
  func integers(_ structure: String, _ field: String, count: Int) throws -> [Int] {
    guard case .numbers(let numbers) = try value(structure, field), numbers.count == count else {
      throw FileError(
        file, "\(structure).\(field) has not as many numbers as images.name has names, \(count)")
    }
    return try (0..<count).map { index in
      let number = numbers[index]
      guard let integer = Int(exactly: number) else {
        throw FileError(
          file, "\(structure).\(field)(\(index + 1)) is \(number); expected a whole number")
      }
      return integer
    }
  }

  private func value(_ structure: String, _ field: String) throws -> MATLABValue {
    guard case .structure(let fields) = variables[structure], let value = fields[field] else {
      throw FileError(file, "has no field \(structure).\(field); expected DTD's imdb.mat")
    }
    return value
  }
}
