import Files
import Foundation

/// Pairs in a CSV, a row a pair, read in pieces.
package struct PairTable: PairSource {
  package let name: String
  package let header: [String]
  package let remarks: [String]
  private let imageColumn: Int
  private let textColumn: Int
  private let location: ImageLocation

  private static let imageNames: Set<String> = [
    "image", "image_path", "path", "file", "filename", "file_name", "filepath", "image_file", "url",
    "image_url",
  ]
  private static let textNames: Set<String> = [
    "caption", "text", "title", "description", "alt", "prompt",
  ]

  /// Reads the header.
  ///
  /// - Parameters:
  ///   - path: The CSV.
  ///   - imageColumn: The column of images; nil for the only one with a usual name.
  ///   - textColumn: The column of captions, likewise.
  ///   - imageFolder: The folder in which images lie by the last components of their paths or addresses; nil for
  ///     paths from the CSV's folder.
  /// - Throws: `FileError` for a damaged header, and for a column that is not there or cannot be guessed.
  package init(
    path: String, imageColumn: String?, textColumn: String?, imageFolder: String?
  ) throws {
    let header = try CSVReader(path: path).header
    var remarks: [String] = []
    func column(_ given: String?, _ option: String, _ names: Set<String>) throws -> Int {
      let columns = "its columns are \(header.listed)"
      if let given {
        if let place = header.firstIndex(of: given) { return place }
        let nearest = given.nearest(of: header).map { "; did you mean \"\($0)\"?" } ?? ""
        throw FileError(
          path,
          "has no column \"\(given)\"\(nearest) (\(columns)): choose one by --\(option)-column")
      }
      let found = header.indices.filter { names.contains(header[$0].lowercased()) }
      guard let place = found.first else {
        throw FileError(
          path,
          "has no column with a usual name for \(option)s (\(names.sorted().joined(separator: ", "))); \(columns): "
            + "choose one by --\(option)-column")
      }
      guard found.count == 1 else {
        throw FileError(
          path,
          "has several columns that may hold \(option)s, \(found.map { header[$0] }.listed): choose one by "
            + "--\(option)-column")
      }
      remarks.append("\(path): the column \(header[place]) is taken for the \(option)s")
      return place
    }
    self.imageColumn = try column(imageColumn, "image", Self.imageNames)
    self.textColumn = try column(textColumn, "text", Self.textNames)
    guard self.imageColumn != self.textColumn else {
      throw FileError(
        path, "the column \"\(header[self.imageColumn])\" is named for images and for texts")
    }
    name = path
    self.header = header
    self.remarks = remarks
    location = ImageLocation(
      folder: URL(fileURLWithPath: path).deletingLastPathComponent().path, imageFolder: imageFolder)
  }

  package var choices: String {
    "table \(imageColumn) \(textColumn) \(location.folder) \(location.imageFolder ?? "")"
  }

  package func rows() throws -> any PairRows {
    let reader = try CSVReader(path: name)
    guard reader.header == header else { throw FileError(name, "has changed while it was read") }
    return Rows(reader: reader, imageColumn: imageColumn, textColumn: textColumn)
  }

  package func imageFile(_ image: String) throws -> String { try location.file(of: image) }

  private struct Rows: PairRows {
    var reader: CSVReader
    let imageColumn: Int
    let textColumn: Int

    mutating func next() throws -> PairRow? {
      guard let record = try reader.next() else { return nil }
      return PairRow(
        place: "line \(record.line)", fields: record.fields, image: record.fields[imageColumn],
        caption: record.fields[textColumn],
        problem: record.fields[imageColumn].isEmpty ? "names no image" : nil)
    }

    var digest: Digest? { reader.digest }
  }
}
