import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Files

struct MatrixFilePrecisionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func precision(_ specification: String) throws -> ElementPrecision {
    try MatrixFile.readWithPrecision(specification).precision
  }

  @Test func `the element type travels from the header`() throws {
    for (type, size, expected) in [
      ("<f2", 2, ElementPrecision.float16), (">f2", 2, .float16), ("<f4", 4, .float32),
      (">f8", 8, .float64),
    ] {
      let file = HandmadeNumPyFile(
        type: type, isFortran: type == "<f4", shape: "2, 3",
        body: [UInt8](repeating: 0, count: 6 * size))
      let path = try folder.write(file.data, "m.npy")
      #expect(try precision(path) == expected)
      let archive = try folder.write(
        ZipArchive.encode([(name: "x.npy", data: file.data)]), "m.npz")
      #expect(try precision(archive) == expected)
      #expect(try precision(archive + ":x") == expected)
    }
    for (type, expected) in [
      ("F16", ElementPrecision.float16), ("BF16", .bfloat16), ("F32", .float32), ("F64", .float64),
    ] {
      let size = ["F16": 2, "BF16": 2, "F32": 4, "F64": 8][type] ?? 0
      let header =
        "{\"t\": {\"dtype\": \"\(type)\", \"shape\": [1, 1], \"data_offsets\": [0, \(size)]}}"
      let path = try folder.write(
        Data(
          [UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8)
            + [UInt8](repeating: 0, count: size)), "m.safetensors")
      #expect(try precision(path) == expected)
      #expect(try precision(path + ":t") == expected)
    }
    let text = try folder.write("1,2\n", "m.csv")
    #expect(try precision(text) == .float64)
  }

  @Test func `numbers that were widened are as fine as they were`() throws {
    let floats = Matrix<Double>.gaussian(6, 5).converted(to: Float.self)
    let wide = Matrix<Double>(rows: 6, columns: 5, values: floats.values.map { Double($0) })
    let halves = Matrix<Double>(
      rows: 6, columns: 5, values: floats.values.map { Double(Float(Float16($0))) })
    func text(_ matrix: Matrix<Double>) -> String {
      (0..<6).map { matrix.row($0).map { "\($0)" }.joined(separator: ",") + "\n" }.joined()
    }
    for (matrix, expected) in [
      (wide, ElementPrecision.float32), (halves, .float16),
      (Matrix(rows: 6, columns: 5, values: wide.values.map { $0 / 3 }), .float64),
      // Small fractions of two are exact in any type.
      (Matrix<Double>(rows: 6, columns: 5, values: (0..<30).map { Double($0) / 4 }), .float64),
    ] {
      #expect(
        try precision(folder.write(NumPyFile.encode(matrix), "w.npy")) == expected)
      #expect(try precision(folder.write(text(matrix), "w.csv")) == expected)
    }
  }
}
