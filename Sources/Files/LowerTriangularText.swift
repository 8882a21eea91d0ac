import Foundation

/// Distances as Ripser writes them: row i of the text holds the distances of point i from the points
/// before it, separated by commas or white space.
public enum LowerTriangularText {
  /// Reads the distances d(1, 0), d(2, 0), d(2, 1), d(3, 0), … of a file.
  ///
  /// Line ends are white space like any other: only the order of the numbers counts.
  ///
  /// - Parameter path: The file.
  /// - Returns: The number of points n, and n (n − 1) / 2 distances.
  /// - Throws: `FileError` naming the line of what is no number, or the count when it is none of a
  ///   triangle.
  public static func read(_ path: String) throws -> (count: Int, distances: [Double]) {
    let bytes = [UInt8](try FileContents.read(path))
    var distances: [Double] = []
    var line = 1
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if isSeparator(byte) {
        if byte == UInt8(ascii: "\n") { line += 1 }
        position += 1
        continue
      }
      let start = position
      while position < bytes.count, !isSeparator(bytes[position]) { position += 1 }
      let field = String(decoding: bytes[start..<min(position, start + 40)], as: UTF8.self)
      guard let value = Double(field), value >= 0, value.isFinite else {
        throw FileError(
          path, "line \(line): \"\(field)\" is not a distance, a finite number from 0")
      }
      distances.append(value)
    }
    // n (n − 1) / 2 = m has the root (1 + √(1 + 8 m)) / 2.
    let count = Int((1 + Double(1 + 8 * distances.count).squareRoot()) / 2)
    guard count * (count - 1) / 2 == distances.count else {
      throw FileError(
        path,
        "holds \(distances.count) numbers; the lower triangle of \(count) points has "
          + "\(count * (count - 1) / 2), of \(count + 1) points \(count * (count + 1) / 2)")
    }
    return (count, distances)
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    // Space, comma, and the controls from tab to carriage return.
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: ",") || (9...13).contains(byte)
  }
}
