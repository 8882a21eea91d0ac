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
    #expect(try ZipArchive.names(of: path) == ["dgm0.npy", "dgm1.npy"])
  }

  @Test func `the same arrays give the same bytes`() throws {
    let arrays = [(name: "a", matrix: first), (name: "b", matrix: second)]
    #expect(try NumPyArchive.encode(arrays) == NumPyArchive.encode(arrays))
  }

  @Test func `an array without rows keeps its shape`() throws {
    let empty = NumPyFile.encode(Matrix<Double>(rows: 0, columns: 2))
    #expect(try NumPyFile.decode(empty, file: "empty").shape == [0, 2])
  }
}
