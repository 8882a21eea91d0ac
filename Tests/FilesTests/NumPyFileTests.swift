import Foundation
import LinearAlgebra
import Testing

@testable import Files

/// A `.npy` file put together by hand.
struct HandmadeNumPyFile {
  var version: UInt8 = 1
  var header: String
  var body: [UInt8]

  init(version: UInt8 = 1, header: String, body: [UInt8] = []) {
    self.version = version
    self.header = header
    self.body = body
  }

  init(version: UInt8 = 1, type: String, isFortran: Bool = false, shape: String, body: [UInt8]) {
    let order = isFortran ? "True" : "False"
    self.init(
      version: version,
      header: "{'descr': '\(type)', 'fortran_order': \(order), 'shape': (\(shape)), }\n", body: body
    )
  }

  var data: Data {
    let count = header.utf8.count
    let length = (0..<(version == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    return Data([0x93] + "NUMPY".utf8 + [version, 0] + length + header.utf8 + body)
  }
}

struct NumPyFileTests {
  private func doubles(_ data: Data) throws -> NumPyFile.Contents<Double> {
    try NumPyFile.decode(data, file: "x.npy")
  }

  // 1, −2.5 and 0.1 rounded, most significant byte first.
  private static let elements: [(size: Int, bytes: [[UInt8]], values: [Double])] = [
    (2, [[0x3C, 0x00], [0xC1, 0x00], [0x2E, 0x66]], [1, -2.5, 0x1.998p-4]),
    (
      4, [[0x3F, 0x80, 0, 0], [0xC0, 0x20, 0, 0], [0x3D, 0xCC, 0xCC, 0xCD]],
      [1, -2.5, Double(Float(0.1))]
    ),
    (
      8,
      [
        [0x3F, 0xF0, 0, 0, 0, 0, 0, 0], [0xC0, 0x04, 0, 0, 0, 0, 0, 0],
        [0x3F, 0xB9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A],
      ], [1, -2.5, 0.1]
    ),
  ]

  @Test(arguments: [1, 2, 3] as [UInt8])
  func `every float type is read in both byte orders`(version: UInt8) throws {
    for (size, bytes, values) in Self.elements {
      for (order, isReversed) in [("<", true), (">", false), ("=", true), ("", true)] {
        let file = HandmadeNumPyFile(
          version: version, type: "\(order)f\(size)", shape: "3,",
          body: bytes.flatMap { isReversed ? $0.reversed() : $0 })
        let read = try doubles(file.data)
        #expect(read.shape == [3])
        #expect(read.values == values)
        let floats = try NumPyFile.decodeFloats(file.data, file: "x.npy")
        #expect(floats.shape == [3])
        #expect(floats.values == values.map { Float($0) })
      }
    }
  }

  @Test func `shapes of no, one and two extents`() throws {
    func shape(_ text: String, count: Int) throws -> [Int] {
      let body = [UInt8](repeating: 0, count: 4 * count)
      let read = try doubles(HandmadeNumPyFile(type: "<f4", shape: text, body: body).data)
      #expect(read.values == [Double](repeating: 0, count: count))
      return read.shape
    }
    #expect(try shape("", count: 1) == [])
    #expect(try shape("3,", count: 3) == [3])
    #expect(try shape("2, 3", count: 6) == [2, 3])
    #expect(try shape("2, 3, ", count: 6) == [2, 3])
    #expect(try shape("0, 7", count: 0) == [0, 7])
    #expect(try shape("0, \(Int.max)", count: 0) == [0, Int.max])
  }

  @Test func `Fortran order is turned into C order`() throws {
    func read(_ shape: String, _ values: [Float]) throws -> [Double] {
      let body = values.flatMap { value in
        (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
      }
      return try doubles(
        HandmadeNumPyFile(type: "<f4", isFortran: true, shape: shape, body: body).data
      ).values
    }
    #expect(try read("3,", [1, 2, 3]) == [1, 2, 3])
    // [[1, 2, 3], [4, 5, 6]] column after column
    #expect(try read("2, 3", [1, 4, 2, 5, 3, 6]) == [1, 2, 3, 4, 5, 6])
    // Element (i, j, k) of a 2 × 2 × 3 array is 100 i + 10 j + k; i varies fastest in the file.
    #expect(
      try read("2, 2, 3", [0, 100, 10, 110, 1, 101, 11, 111, 2, 102, 12, 112])
        == [0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112])
  }

  @Test func `files written by NumPy are read`() throws {
    let matrix = try doubles(NumPyFixtures.matrix)
    #expect(matrix.shape == [2, 3])
    #expect(matrix.values == [0, 0.25, 0.5, 0.75, 1, 1.25])
    let fortran = try doubles(NumPyFixtures.fortran)
    #expect(fortran.shape == [2, 3, 4])
    #expect(fortran.values == (0..<24).map { (i: Int) -> Double in Double(i) - 0.5 })
    let scalar = try doubles(NumPyFixtures.scalar)
    #expect(scalar.shape == [])
    #expect(scalar.values == [-0.1])
  }

  @Test func `what is written reads back, and is what NumPy writes`() throws {
    let matrix = Matrix<Float>(
      rows: 2, columns: 3,
      values: [0, -0.0, 0.1, .greatestFiniteMagnitude, .leastNonzeroMagnitude, -7])
    let data = NumPyFile.encode(matrix)
    let read = try NumPyFile.decodeFloats(data, file: "x.npy")
    #expect(read.shape == [2, 3])
    #expect(read.values.map(\.bitPattern) == matrix.values.map(\.bitPattern))
    let quarters = Matrix<Float>(rows: 2, columns: 3, values: (0..<6).map { Float($0) / 4 })
    #expect(NumPyFile.encode(quarters) == NumPyFixtures.matrix)
    let empty = NumPyFile.encode(Matrix<Float>(rows: 0, columns: 5))
    #expect(try doubles(empty).shape == [0, 5])
  }

  @Test func `the body starts at a multiple of 64 bytes for every shape`() {
    for rows in [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] {
      let data = NumPyFile.encode(Matrix<Float>(rows: rows, columns: 1))
      #expect((data.count - 4 * rows) % 64 == 0)
    }
  }

  @Test func `a slice of a larger buffer is read`() throws {
    let data = (Data([9, 9, 9]) + NumPyFixtures.matrix).dropFirst(3)
    #expect(try doubles(data).values.last == 1.25)
  }

  /// The format: "readers must not depend on" the order of the keys.
  @Test(arguments: [
    "{'shape': (1,), 'fortran_order': False, 'descr': '<f4'}\n",
    "{\"descr\":\"<f4\",\"shape\":(1,),\"fortran_order\":True}",
    "{ 'fortran_order' : False ,\n'descr' : '<f4' , 'shape' : ( 1 , ) , }   \n",
  ])
  func `keys come in any order and spelling of Python`(header: String) throws {
    let data = HandmadeNumPyFile(header: header, body: [0, 0, 0x80, 0x3F]).data
    #expect(try doubles(data).values == [1])
  }

  @Test(arguments: [
    "", "{}", "{'descr': '<f4', 'fortran_order': False}", "[1, 2]", "{'shape': (1,)}",
    "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'extra': True}",
    "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x",
    "{'descr': '<f4', 'fortran_order': False, 'shape': [1]}",
    "{'descr': True, 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '<f4' 'fortran_order': False 'shape': (1,)}",
    "{'descr': '<U1', 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}",
    "{'descr': 'xf4', 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '<f16', 'fortran_order': False, 'shape': (1,)}",
    "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1,,1)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 4)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4, 1)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (0,)}",
  ])
  func `headers that do not fit are refused`(header: String) {
    let data = HandmadeNumPyFile(header: header, body: [0, 0, 0x80, 0x3F]).data
    let error = #expect(throws: FileError.self) { try doubles(data) }
    #expect(error?.file == "x.npy")
    #expect(throws: FileError.self) { try NumPyFile.decodeFloats(data, file: "x.npy") }
  }

  @Test func `digits with a space between are no extent`() {
    let body = [UInt8](repeating: 0, count: 4 * 34)
    let data = HandmadeNumPyFile(type: "<f4", shape: "3 4,", body: body).data
    let error = #expect(throws: FileError.self) { try doubles(data) }
    #expect(error?.problem.contains("shape (3 4,)") == true)
  }

  @Test func `lengths and versions that cannot be are refused`() {
    func problem(_ data: Data) -> String {
      (#expect(throws: FileError.self) { try doubles(data) })?.problem ?? ""
    }
    let good = HandmadeNumPyFile(type: "<f4", shape: "1,", body: [0, 0, 0, 0]).data
    for length in 0..<good.count { #expect(!problem(good.prefix(length)).isEmpty) }
    #expect(problem(good + [0]).contains("needs 4 bytes, the file has 5 after"))
    for version in [0, 4, 255] as [UInt8] {
      #expect(problem(HandmadeNumPyFile(version: version, header: "{}").data).contains("version"))
    }
    var lying = HandmadeNumPyFile(version: 2, type: "<f4", shape: "1,", body: [0, 0, 0, 0]).data
    lying.replaceSubrange(8..<12, with: [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(problem(lying).contains("claims a header of 4294967295 bytes"))
    let long = HandmadeNumPyFile(
      version: 2, header: String(repeating: " ", count: 1 << 20), body: []
    ).data
    #expect(problem(long).contains("a header of 1048576 bytes"))
    #expect(problem(Data("PK".utf8)).contains("does not start"))
  }
}
