package import Files
package import Foundation
import LinearAlgebra

/// The bytes of a finished cell: a `.npy` array, the key in words, and a checksum over both.
///
/// Words and checksum stand behind the array, where NumPy and whatever else reads `.npy` does not look:
///
/// ```
/// …array…topoclip cell 3
/// model 0c4e…
/// …
/// condition gaussian-0.5-s0 …
/// image 51ab…
/// sha256 9f02…
/// ```
///
/// The words are what the file's name is the SHA-256 of. So a bit that flipped, a row at another's place
/// and a file under another's name are all seen, and a later run finds each row by its image.
package enum CellFile {
  private static let checksumWord = "sha256 "
  /// The length of the last line.
  private static let checksumSize = checksumWord.utf8.count + 64 + 1

  /// The bytes of a cell whose key in words is `text`.
  static func encode(_ embeddings: Matrix<Float>, text: String) -> Data {
    var data = NumPyFile.encode(embeddings)
    data.append(contentsOf: text.utf8)
    data.append(contentsOf: checksumLine(data))
    return data
  }

  private static func checksumLine(_ data: Data) -> String.UTF8View {
    "\(checksumWord)\(Digest(of: data))\n".utf8
  }

  /// What is wrong with the bytes of a cell.
  ///
  /// - Parameters:
  ///   - data: The whole file.
  ///   - key: The key that it must have.
  ///   - shape: The shape that its array must have.
  /// - Returns: Nil when nothing is.
  static func problem(_ data: Data, key: Digest, shape: (rows: Int, columns: Int)) -> String? {
    guard data.count > checksumSize,
      data.suffix(checksumSize).elementsEqual(checksumLine(data.dropLast(checksumSize)))
    else { return "its checksum is not that of its \(data.count) bytes" }
    let size = NumPyFile.encodedSize(rows: shape.rows, columns: shape.columns)
    guard Digest(of: data.dropFirst(size).dropLast(checksumSize)) == key else {
      return "it holds another cell than its name says"
    }
    return nil
  }

  /// Whether the bytes of a file are those of the finished cell that its name says, whatever its shape.
  ///
  /// A cell of an earlier version is an array and nothing else; it passes when all of that is there.
  ///
  /// - Parameters:
  ///   - data: The whole file.
  ///   - key: The key that the file is named by.
  /// - Returns: Whether every bit is what was written.
  /// - Complexity: O(bytes).
  package static func isWhole(_ data: Data, _ key: Digest) -> Bool {
    guard data.count > checksumSize,
      data.suffix(checksumSize).elementsEqual(checksumLine(data.dropLast(checksumSize)))
    else { return (try? NumPyFile.decodeFloats(data, file: "")) != nil }
    let first = Data("\(CellRecipe.firstLine)\n".utf8)
    guard let start = data.range(of: first, options: .backwards)?.lowerBound else { return false }
    return Digest(of: data[start...].dropLast(checksumSize)) == key
  }

  /// The array of a file that has no problem.
  static func decode(
    _ data: Data, shape: (rows: Int, columns: Int), file: String
  ) throws -> Matrix<Float> {
    let size = NumPyFile.encodedSize(rows: shape.rows, columns: shape.columns)
    let array = try NumPyFile.decodeFloats(data.prefix(size), file: file)
    guard array.values.count == shape.rows * shape.columns else {
      throw FileError(file, "holds an array of another shape than its cell has")
    }
    return Matrix(rows: shape.rows, columns: shape.columns, values: array.values)
  }

  /// What a cell says of itself, read without its array.
  struct Label {
    /// The lines of the recipe.
    let recipe: String
    /// A row each.
    let images: [Digest]

    /// Reads the label of the file at `path`; nil for a file that is no cell, or not wanted.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - rowCounts: Rows by the header that an array of them has.
    ///   - columns: The columns of every array.
    ///   - isWanted: Whether to read on after the recipe.
    /// - Throws: `FileError` when the system cannot open it.
    init?(
      path: String, rowCounts: [Data: Int], columns: Int, isWanted: (_ recipe: String) -> Bool
    ) throws {
      guard let headerSize = rowCounts.keys.first?.count, try FileStatus(path) != nil else {
        return nil
      }
      let handle: FileHandle
      do { handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path)) } catch {
        throw FileError(path, "cannot be read", error)
      }
      defer { try? handle.close() }
      guard let header = try? handle.read(upToCount: headerSize), let rows = rowCounts[header],
        (try? handle.seek(
          toOffset: UInt64(NumPyFile.encodedSize(rows: rows, columns: columns)))) != nil,
        let rest = try? handle.readToEnd(), rest.count > checksumSize
      else { return nil }
      let word = Data("\n\(ImageChunk.imageWord)".utf8)
      guard let first = rest.range(of: word) else { return nil }
      let recipe = String(decoding: rest[..<(first.lowerBound + 1)], as: UTF8.self)
      guard isWanted(recipe) else { return nil }
      let lines = [UInt8](rest[(first.lowerBound + 1)...].dropLast(checksumSize))
      let images = lines.split(separator: UInt8(ascii: "\n")).map {
        Digest(hexadecimal: $0.dropFirst(ImageChunk.imageWord.utf8.count))
      }
      guard images.count == rows, !images.contains(nil) else { return nil }
      self.recipe = recipe
      self.images = images.compactMap(\.self)
    }
  }
}
