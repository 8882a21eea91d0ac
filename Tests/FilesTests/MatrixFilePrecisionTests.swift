import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Files

struct MatrixFilePrecisionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `the element type travels from the header`() throws {
    for (type, size, expected) in [
      ("<f2", 2, ElementPrecision.float16), (">f2", 2, .float16), ("<f4", 4, .float32),
      (">f8", 8, .float64),
    ] {
      let file = HandmadeNumPyFile(
        type: type, isFortran: type == "<f4", shape: "2, 3",
        body: [UInt8](repeating: 0, count: 6 * size))
      let path = try folder.write(file.data, "m.npy")
      #expect(try MatrixFile.precision(of: path) == expected)
      let archive = try folder.write(
        ZipArchive.encode([(name: "x.npy", data: file.data)]), "m.npz")
      #expect(try MatrixFile.precision(of: archive) == expected)
      #expect(try MatrixFile.precision(of: archive + ":x") == expected)
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
      #expect(try MatrixFile.precision(of: path) == expected)
      #expect(try MatrixFile.precision(of: path + ":t") == expected)
    }
    let text = try folder.write("1,2\n", "m.csv")
    #expect(try MatrixFile.precision(of: text) == .float64)
  }
}
