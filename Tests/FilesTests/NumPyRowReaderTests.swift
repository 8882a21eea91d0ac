import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Files

struct NumPyRowReaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func rows(_ reader: NumPyFile.RowReader, _ range: Range<Int>, stride: Int) throws
    -> [Float]
  {
    var values = [Float](repeating: -7, count: range.count * stride)
    try unsafe values.withUnsafeMutableBufferPointer { buffer in
      if let start = buffer.baseAddress {
        try unsafe reader.read(rows: range, into: start, stride: stride)
      }
    }
    return values
  }

  @Test func `rows go to their places and what lies between stays`() throws {
    let matrix = Matrix<Float>(rows: 3, columns: 2, values: [1, 2, 3, 4, 5, -6.5])
    let reader = try NumPyFile.RowReader(path: folder.write(NumPyFile.encode(matrix), "m.npy"))
    #expect(reader.rows == 3)
    #expect(reader.columns == 2)
    #expect(reader.isSinglePrecision)
    #expect(try rows(reader, 1..<3, stride: 3) == [3, 4, -7, 5, -6.5, -7])
    #expect(try rows(reader, 2..<2, stride: 2) == [])
    #expect(try reader.matrix() == matrix)
  }

  @Test func `every type in either byte order is read as a whole file is`() throws {
    let numbers: [Double] = [0, 0.1, -2.5, 1e-7, 65504, 3]
    for isFortran in [false, true] {
      for bigEndian in [false, true] {
        func bytes(_ word: some FixedWidthInteger) -> [UInt8] {
          unsafe withUnsafeBytes(of: bigEndian ? word.bigEndian : word.littleEndian) {
            unsafe Array($0)
          }
        }
        for (type, body) in [
          ("f8", numbers.flatMap { bytes($0.bitPattern) }),
          ("f4", numbers.flatMap { bytes(Float($0).bitPattern) }),
          ("f2", [0, 0x2E66, 0xC100, 2, 0x7BFF, 0x4200].flatMap { bytes(UInt16($0)) }),
        ] {
          let file = HandmadeNumPyFile(
            type: (bigEndian ? ">" : "<") + type, isFortran: isFortran, shape: "2, 3", body: body)
          let reader = try NumPyFile.RowReader(path: folder.write(file.data, "m.npy"))
          let whole = try NumPyFile.decodeFloats(file.data, file: "m.npy")
          #expect(try reader.matrix().values == whole.values)
          #expect(reader.isSinglePrecision == (type != "f8"))
          #expect(reader.isTransposed == isFortran)
          #expect(reader.rows == (isFortran ? 3 : 2))
          #expect(reader.columns == (isFortran ? 2 : 3))
        }
      }
    }
  }

  @Test func `what is no such file is refused when it is opened`() throws {
    func problem(_ path: String) -> String {
      (#expect(throws: FileError.self) { try NumPyFile.RowReader(path: path) })?.problem ?? ""
    }
    #expect(problem(folder.path + "/no.npy") == "no such file")
    #expect(problem(folder.path) == "is a folder; expected a file")
    #expect(problem(try folder.write("", "m.npy")) == "does not start as a .npy file does")
    #expect(problem(try folder.write(NumPyFixtures.scalar, "m.npy")).contains("the shape []"))
    let short = NumPyFixtures.matrix.dropLast()
    #expect(problem(try folder.write(short, "m.npy")).contains("the file has 23 after its header"))
    let claimed = HandmadeNumPyFile(type: "<f4", shape: "4611686018427387904, 2", body: [])
    #expect(problem(try folder.write(claimed.data, "m.npy")).contains("claims the shape"))
  }

  @Test func `a file that shrinks while it is read is named`() throws {
    let path = try folder.write(NumPyFixtures.matrix, "m.npy")
    let reader = try NumPyFile.RowReader(path: path)
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.truncate(atOffset: 130)
    #expect(throws: FileError(path, "cannot be read to its end: it ends at byte 130")) {
      try reader.matrix()
    }
  }

  @Test func `a matrix without rows or columns has no numbers`() throws {
    for shape in ["0, 3", "3, 0"] {
      let file = HandmadeNumPyFile(type: "<f4", shape: shape, body: [])
      let reader = try NumPyFile.RowReader(path: folder.write(file.data, "m.npy"))
      #expect(try reader.matrix().values == [])
    }
  }
}
