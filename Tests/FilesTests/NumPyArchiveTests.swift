import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Files

@Suite struct NumPyArchiveTests {
  private let first = Matrix<Double>([[0, 1.5], [0.1, .pi]])
  private let second = Matrix<Double>([[-2, 1e300]])

  @Test func `members read back as they were`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/" + "a.npz"
    let data = try NumPyArchive.encode([("dgm0", first), ("dgm1", second)])
    try AtomicFile.write(data, to: path)
    #expect(try MatrixFile.read(path + ":dgm0") == first)
    #expect(try MatrixFile.read(path + ":dgm1") == second)
    #expect(try NumPyArchive.names(of: path) == ["dgm0.npy", "dgm1.npy"])
  }

  @Test func `compressed arrays of every kind are read, in pieces too`() throws {
    let folder = try TemporaryFolder()
    let small = try folder.write(NumPyFixtures.deflatedArchive, "x.npz")
    #expect(
      try NumPyArchive.matrix("x", of: small) == Matrix<Double>([[0, 1, 2], [3, 4, 5]]))
    #expect(try NumPyArchive.matrix("x.npy", of: small).rows == 2)
    // Three megabytes, and in Fortran's order.
    let (rows, columns) = (1000, 401)
    let values = (0..<rows * columns).map { Double($0) / 7 }
    let matrix = Matrix(rows: rows, columns: columns, values: values)
    for isFortran in [false, true] {
      var data = NumPyFile.encode(isFortran ? matrix.transposed() : matrix)
      if isFortran {
        let text = "{'descr': '<f8', 'fortran_order': True,  'shape': (\(rows), \(columns)), }"
        data.replaceSubrange(10..<10 + text.utf8.count, with: Data(text.utf8))
      }
      let path = try folder.write(ZippedArray.deflated(Array(data)), "large.npz")
      #expect(try NumPyArchive.matrix("a", of: path) == matrix)
      #expect(try MatrixFile.read(path) == matrix)
    }
  }

  /// A hundred megabytes in a hundred kilobytes, whose end is damaged: nobody gets there.
  @Test func `an array is refused by its header before it is unpacked`() throws {
    let folder = try TemporaryFolder()
    for (header, words) in [
      (
        NumPyFile.header("<f4", rows: 3, columns: 3),
        "shape (3, 3) of <f4 needs 36 bytes, the file has 104857600 after its header"
      ),
      (NumPyFile.header("<U1", rows: 5120, columns: 5120), "its elements are <U1"),
      (Data("no array at all".utf8), "does not start as a .npy file does"),
      (
        NumPyFile.header("<f4", rows: 1, columns: 1).replacing(
          Array("(1, 1), }   ".utf8), with: Array("(26214400,)}".utf8)),
        "has the shape [26214400]; expected [rows, columns]"
      ),
    ] {
      let path = try folder.write(
        ZippedArray.deflated(Array(header), zeros: 100 << 20, isDamaged: true), "bomb.npz")
      let error = #expect(throws: FileError.self) { try NumPyArchive.matrix("a", of: path) }
      #expect(error?.file == path + ":a")
      #expect(error?.problem.contains(words) == true, "\(error?.problem ?? "")")
    }
  }

  @Test func `the same arrays give the same bytes`() throws {
    let arrays = [(name: "a", matrix: first), (name: "b", matrix: second)]
    #expect(try NumPyArchive.encode(arrays) == NumPyArchive.encode(arrays))
  }

  @Test func `an array without rows keeps its shape`() throws {
    let empty = NumPyFile.encode(Matrix<Double>(rows: 0, columns: 2))
    #expect(try NumPyFile.decode(empty, file: "empty").shape == [0, 2])
  }

  @Test func `a name that ends as files in an archive do is found`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      NumPyArchive.encode([("arr.npy", Matrix<Double>([[1]])), ("b", Matrix<Double>([[2]]))]),
      "a.npz")
    for (name, value) in [("arr.npy", 1.0), ("arr.npy.npy", 1), ("b", 2), ("b.npy", 2)] {
      #expect(try MatrixFile.read(path + ":" + name).values == [value], "\(name)")
    }
  }
}
