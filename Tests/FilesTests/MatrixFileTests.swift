import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Files

struct MatrixFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func problem(_ specification: String) -> String {
    (#expect(throws: FileError.self) { try MatrixFile.read(specification) })?.problem ?? ""
  }

  private let counting = Matrix<Double>(rows: 2, columns: 3, values: [0, 1, 2, 3, 4, 5])

  @Test func `a npy file is a matrix`() throws {
    let path = try folder.write(NumPyFixtures.matrix, "m.npy")
    #expect(
      try MatrixFile.read(path)
        == Matrix(rows: 2, columns: 3, values: [0, 0.25, 0.5, 0.75, 1, 1.25]))
  }

  @Test func `members of archives that NumPy wrote are read, stored and deflated`() throws {
    let stored = try folder.write(NumPyFixtures.storedArchive, "s.npz")
    let deflated = try folder.write(NumPyFixtures.deflatedArchive, "d.npz")
    #expect(try MatrixFile.read(stored + ":a") == counting)
    #expect(try MatrixFile.read(stored + ":a.npy") == counting)
    #expect(try MatrixFile.read(deflated + ":x") == counting)
  }

  @Test func `an only member need not be named`() throws {
    #expect(try MatrixFile.read(folder.write(NumPyFixtures.deflatedArchive, "d.npz")) == counting)
    let several = try folder.write(NumPyFixtures.storedArchive, "s.npz")
    #expect(
      problem(several) == "holds 2 arrays (a.npy, b.npy); name one as \(several):NAME")
    let header = #"{"only": {"dtype": "U8", "shape": [0], "data_offsets": [0, 0]}}"#
    let tensors = try folder.write(
      Data([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0] + header.utf8), "t.safetensors")
    #expect(problem(tensors).contains("tensor only has element type U8"))
  }

  @Test func `a tensor of float64 is read exactly`() throws {
    let header = #"{"t": {"dtype": "F64", "shape": [1, 1], "data_offsets": [0, 8]}}"#
    let tenth: [UInt8] = [0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F]
    let path = try folder.write(
      Data([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0] + header.utf8 + tenth),
      "odd:name.safetensors")
    #expect(try MatrixFile.read(path + ":t").values == [0.1])
    #expect(try MatrixFile.read(path).values == [0.1])
    #expect(problem(path + ":u") == "has no tensor u; it has t")
  }

  @Test func `a csv has a header or none`() throws {
    let numbers = Matrix<Double>(rows: 2, columns: 2, values: [1, -2.5, 1e-3, 4])
    for text in ["1,-2.5\n1e-3,4\n", "x,y\n1,-2.5\r\n\n1e-3, 4", "\"x\",\n\"1\",-2.5\n1e-3,4"] {
      #expect(try MatrixFile.read(folder.write(text, "m.csv")) == numbers, "\(text)")
    }
  }

  @Test func `faults of a csv are named with their line`() throws {
    for (text, words) in [
      ("", "holds no row of numbers"), ("x,y\n", "holds no row of numbers"),
      ("x,y\n1,2\n3\n", "line 3: 1 fields, the first row has 2"),
      ("1,2\n3,four\n", "line 2, field 2: \"four\" is not a number"),
      ("1,2\n3,\n", "line 2, field 2: is empty; fill it in"),
      // No header: it has a number. As data it is damaged; passing over it would lose a row.
      ("1,x\n3,4\n", "line 1, field 2: \"x\" is not a number"),
      ("1,\"2\n", "line 1: a quoted field is never closed"),
    ] {
      #expect(problem(try folder.write(text, "m.csv")).contains(words), "\(text)")
    }
  }

  @Test(arguments: ["nan", "inf", "-Infinity", "1e999"])
  func `a number that is not finite is named with its place`(number: String) throws {
    let text = problem(try folder.write("x,y\n1,2\n3,\(number)\n", "m.csv"))
    #expect(text.hasPrefix("row 1, column 1 is "), "\(text)")
  }

  @Test func `not a number in an array is named with its place`() throws {
    var matrix = Matrix<Float>(rows: 3, columns: 4)
    matrix[2, 1] = .nan
    let path = try folder.write(NumPyFile.encode(matrix), "m.npy")
    #expect(problem(path).hasPrefix("row 2, column 1 is nan; every number must be finite"))
  }

  @Test func `arrays without two extents or without elements are refused`() throws {
    for (shape, count) in [("", 1), ("3,", 3), ("1, 3, 1", 3), ("0, 3", 0), ("3, 0", 0)] {
      let body = [UInt8](repeating: 0, count: 4 * count)
      let path = try folder.write(
        HandmadeNumPyFile(type: "<f4", shape: shape, body: body).data, "m.npy")
      #expect(problem(path).contains("expected [rows, columns], both above 0"), "\(shape)")
    }
    let archive = try folder.write(NumPyFixtures.storedArchive, "s.npz")
    #expect(problem(archive + ":b").contains("has the shape [3]"))
  }

  @Test func `unknown endings and absent files are named`() throws {
    #expect(
      problem(folder.path + "/m.npy.gz") == "is packed by gzip; unpack it with gunzip")
    for name in ["m", "m.npy:x", ""] {
      let path = folder.path + "/" + name
      let error = #expect(throws: FileError.self) { try MatrixFile.read(path) }
      #expect(error?.description.hasPrefix("\(path): is of no known kind") == true)
    }
    for name in ["no.npy", "no.csv", "no.npz:x", "no.npz", "no.safetensors:x"] {
      #expect(problem(folder.path + "/" + name) == "no such file", "\(name)")
    }
  }

  @Test func `what is no text or no array of numbers is told with a remedy`() throws {
    func array(_ type: String, shape: String = "2, 1", bytes: Int) throws -> String {
      try folder.write(
        HandmadeNumPyFile(
          type: type, isFortran: false, shape: shape, body: [UInt8](repeating: 0, count: bytes)
        ).data, "x.npy")
    }
    for (type, words) in [
      ("<c16", "x.real"), ("<U4", "texts are no numbers"), ("|O", "x.tolist()"),
      ("<M8[ns]", "np.timedelta64"), ("<m8[ns]", "np.timedelta64"),
    ] {
      #expect(problem(try array(type, bytes: 32)).contains(words), "\(type)")
    }
    #expect(problem(try array("<f8", bytes: 24)).hasSuffix("something follows the array"))
    #expect(problem(try array("<f8", bytes: 8)).hasSuffix("cut short"))
    #expect(problem(try array("<f8", shape: "2,", bytes: 16)).contains("x.reshape(-1, 1)"))
    #expect(problem(folder.path + "/m.csv.gz").contains("gunzip"))
    let npy = try array("<f8", bytes: 16)
    let zip = try folder.write(
      NumPyArchive.encode([("a", Matrix<Double>([[1]]))]), "a.npz")
    let packed = try folder.write(Data([0x1F, 0x8B, 8, 0xFF]), "a.csv")
    for (path, words) in [
      (npy, "is an array (.npy); expected text"), (zip, "is a zip archive"), (packed, "gunzip"),
    ] {
      let error = #expect(throws: FileError.self) { try FileContents.readText(path) }
      #expect(error?.problem.contains(words) == true, "\(path)")
    }
  }
}
