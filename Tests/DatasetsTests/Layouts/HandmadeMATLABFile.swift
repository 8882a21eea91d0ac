import Fixtures
import Foundation

/// A MATLAB version 5 file put together by hand, element by element.
struct HandmadeMATLABFile {
  var isBigEndian = false

  func integer(_ value: UInt64, size: Int) -> [UInt8] {
    let little = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return isBigEndian ? little.reversed() : little
  }

  /// A tag of eight bytes and its content, padded.
  func element(_ type: Int, _ content: [UInt8]) -> [UInt8] {
    integer(UInt64(type), size: 4) + integer(UInt64(content.count), size: 4) + content
      + [UInt8](repeating: 0, count: (8 - content.count % 8) % 8)
  }

  /// At most four bytes within the tag.
  func small(_ type: Int, _ content: [UInt8]) -> [UInt8] {
    integer(UInt64(content.count << 16 | type), size: 4) + content
      + [UInt8](repeating: 0, count: 4 - content.count)
  }

  func matrix(
    _ kind: Int, flags: Int = 0, size: [Int], name: String = "", _ body: [UInt8]
  ) -> [UInt8] {
    element(
      14,
      element(6, integer(UInt64(flags << 8 | kind), size: 4) + [0, 0, 0, 0])
        + element(5, size.flatMap { integer(UInt64(bitPattern: Int64($0)), size: 4) })
        + (name.utf8.count < 5 ? small(1, Array(name.utf8)) : element(1, Array(name.utf8))) + body)
  }

  func numbers(_ values: [Double], name: String = "") -> [UInt8] {
    matrix(
      6, size: [1, values.count], name: name,
      element(9, values.flatMap { integer($0.bitPattern, size: 8) }))
  }

  func text(_ text: String, name: String = "") -> [UInt8] {
    matrix(
      4, size: [1, text.utf16.count], name: name,
      element(4, text.utf16.flatMap { integer(UInt64($0), size: 2) }))
  }

  func cells(_ values: [[UInt8]], name: String = "") -> [UInt8] {
    matrix(1, size: [1, values.count], name: name, values.flatMap(\.self))
  }

  func structure(
    _ fields: KeyValuePairs<String, [UInt8]>, name: String = "", size: [Int] = [1, 1]
  ) -> [UInt8] {
    let names = fields.flatMap { field in
      Array(field.key.utf8) + [UInt8](repeating: 0, count: 32 - field.key.utf8.count)
    }
    return matrix(
      2, size: size, name: name,
      small(5, integer(32, size: 4)) + element(1, names) + fields.flatMap(\.value))
  }

  /// An element as MATLAB compresses it; here without compression in the zlib stream.
  func compressed(_ element: [UInt8]) -> [UInt8] {
    let stream = ZlibStream.stored(element)
    return integer(15, size: 4) + integer(UInt64(stream.count), size: 4) + stream
  }

  func file(_ variables: [[UInt8]]) -> Data {
    let text = "MATLAB 5.0 MAT-file, by hand"
    return Data(
      text.utf8 + [UInt8](repeating: 0x20, count: 124 - text.utf8.count)
        + integer(0x0100, size: 2) + integer(0x4D49, size: 2) + variables.flatMap(\.self))
  }

  /// DTD's database of three images in two classes.
  func database(
    names: [String] = ["b/2.png", "a/1.png", "b/1.png"], sets: [Double] = [1, 3, 2],
    labels: [Double] = [2, 1, 2], classes: [String] = ["a", "b"],
    splits: [String] = ["train", "val", "test"]
  ) -> [[UInt8]] {
    [
      structure(
        [
          "id": numbers((0..<names.count).map { Double($0 + 1) }),
          "name": cells(names.map { text($0) }), "set": numbers(sets), "class": numbers(labels),
        ], name: "images"),
      structure(
        ["classes": cells(classes.map { text($0) }), "sets": cells(splits.map { text($0) })],
        name: "meta"),
    ]
  }

  /// A compressed variable `v` of so many zeros.
  func compressed(large count: Int) -> [UInt8] {
    let body =
      element(6, integer(9, size: 4) + [0, 0, 0, 0])
      + element(5, integer(1, size: 4) + integer(UInt64(count), size: 4)) + small(1, [0x76])
      + integer(2, size: 4) + integer(UInt64(count), size: 4)
    let tag = integer(14, size: 4) + integer(UInt64(body.count + count), size: 4)
    let stream = ZlibStream.compressed(tag + body, zeros: count)
    return integer(15, size: 4) + integer(UInt64(stream.count), size: 4) + stream
  }
}
