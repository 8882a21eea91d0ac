import Foundation

extension Safetensors {
  /// The precision of the numbers in a file.
  public enum NumberFormat: String, Sendable, CaseIterable, Codable {
    /// Four bytes a number.
    case float32
    /// Two bytes a number, rounded to the nearest.
    case float16
  }

  /// Writes a safetensors file aside, syncs it, and renames it into place, a tensor at a time.
  ///
  /// - Parameters:
  ///   - shapes: The tensors' names and shapes; they are written in order of name.
  ///   - format: The precision.
  ///   - metadata: Texts beside the tensors.
  ///   - path: The file.
  ///   - values: The numbers of a tensor, row-major.
  /// - Throws: `FileError` when the disk refuses or a number is beyond float16's range, and what
  ///   `values` throws as one.
  public static func write(
    _ shapes: [String: [Int]], as format: NumberFormat = .float32,
    metadata: [String: String] = [:], to path: String, values: (String) throws -> [Float]
  ) throws {
    let names = shapes.keys.sorted()
    let (type, size) = format == .float32 ? ("F32", 4) : ("F16", 2)
    var header: [String: Any] = ["__metadata__": metadata]
    var end = 0
    for name in names {
      let shape = shapes[name] ?? []
      let start = end
      end += shape.reduce(1, *) * size
      header[name] = ["dtype": type, "shape": shape, "data_offsets": [start, end]]
    }
    var text = try JSONSerialization.data(
      withJSONObject: header, options: [.sortedKeys, .withoutEscapingSlashes])
    // Tensors start at a multiple of eight bytes.
    text.append(contentsOf: [UInt8](repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8))
    try AtomicFile.write(to: path) { handle in
      try handle.write(contentsOf: littleEndian([UInt64(text.count)]))
      try handle.write(contentsOf: text)
      for name in names {
        let numbers = try values(name)
        precondition(numbers.count == (shapes[name] ?? []).reduce(1, *))
        switch format {
        case .float32: try handle.write(contentsOf: littleEndian(numbers.map(\.bitPattern)))
        case .float16:
          let halves = numbers.map { Float16($0) }
          guard let index = halves.firstIndex(where: { !$0.isFinite }) else {
            try handle.write(contentsOf: littleEndian(halves.map(\.bitPattern)))
            continue
          }
          throw FileError(
            path,
            "tensor \(name) holds \(numbers[index]) at element \(index), beyond float16's range; "
              + "write float32")
        }
      }
    }
  }

  private static func littleEndian<Word: FixedWidthInteger>(_ words: [Word]) -> Data {
    unsafe words.map(\.littleEndian).withUnsafeBytes { unsafe Data($0) }
  }
}
