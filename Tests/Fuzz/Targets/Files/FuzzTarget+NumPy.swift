import Files
import Foundation
import LinearAlgebra

extension FuzzTarget {
  /// An array: both precisions and the reader of rows agree, and what is written of it is read again.
  static let numPy = FuzzTarget(
    "npy", seeds: { numPyFiles },
    run: { data in
      let array = try NumPyFile.decode(data, file: "x.npy")
      let count = array.shape.reduce(1, *)
      promise(array.values.count == count, "\(array.values.count) of \(count) elements")
      let floats = try NumPyFile.decodeFloats(data, file: "x.npy")
      promise(floats.shape == array.shape, "the shapes differ")
      promise(
        zip(floats.values, array.values).allSatisfy { $0.isNaN && $1.isNaN || $0 == Float($1) },
        "single precision is not the other rounded")
      guard array.shape.count == 2, count > 0 else { return }
      let matrix = Matrix(rows: array.shape[0], columns: array.shape[1], values: array.values)
      let again = try NumPyFile.decode(NumPyFile.encode(matrix), file: "again.npy")
      promise(again.shape == array.shape, "the shape is another one")
      promise(
        again.values.map(\.bitPattern) == array.values.map(\.bitPattern), "numbers are others")
      try ScratchFolder.file(data, "x.npy") { path in
        guard let reader = try? NumPyFile.RowReader(path: path) else { return }
        let rows = try reader.matrix()
        promise(rows.values.map(\.bitPattern) == floats.values.map(\.bitPattern), "rows are others")
      }
    })

  /// Arrays of every kind of element, of both byte orders and both orders of elements.
  static let numPyFiles: [Data] = [
    numPyFile("<f4", "(3, 2)", 24), numPyFile("<f8", "(2, 2)", 32), numPyFile(">f8", "(2, 1)", 16),
    numPyFile("<f2", "(2, 3)", 12), numPyFile("<i8", "(4,)", 32), numPyFile("|b1", "(2, 2)", 4),
    numPyFile("|u1", "()", 1), numPyFile("<f4", "(2, 3)", 24, isFortran: true),
    numPyFile("<f4", "(0, 3)", 0), numPyFile(">i2", "(2, 2, 2)", 16),
  ]

  private static func numPyFile(
    _ type: String, _ shape: String, _ count: Int, isFortran: Bool = false
  ) -> Data {
    let order = isFortran ? "True" : "False"
    let text = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }\n"
    return Data([0x93] + "NUMPY".utf8 + [1, 0, UInt8(text.utf8.count), 0] + text.utf8)
      + Data((0..<count).map { UInt8($0 % 5) })
  }
}
