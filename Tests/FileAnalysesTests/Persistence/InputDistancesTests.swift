import Files
import Fixtures
import Foundation
import LinearAlgebra
import Testing
import Topology

@testable import FileAnalyses

struct InputDistancesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Four points on a line at 0, 1, 3 and 7.
  private let rows: [[Double]] = [[0, 1, 3, 7], [1, 0, 2, 6], [3, 2, 0, 4], [7, 6, 4, 0]]

  private func deaths(_ path: String, keepsDoubles: Bool) throws -> [Double] {
    let distances = try InputDistances(
      path, keepsDoubles: keepsDoubles, workers: 1, control: ComputationControl())
    return try VietorisRips(maximumDimension: 0).persistence(
      of: distances.filtration(workers: 1, control: ComputationControl()), workers: 1
    ).diagram.bars.map(\.death)
  }

  @Test(arguments: [false, true]) func `every format gives the same bars`(keepsDoubles: Bool) throws
  {
    let matrix = Matrix<Double>(rows)
    let text = rows.map { $0.map { "\(Int($0))" }.joined(separator: " ") }.joined(separator: "\n")
    let condensed: [UInt8] = [1, 3, 7, 2, 6, 4]
    let list = HandmadeArray.bytes("|u1", "6,", condensed)
    let integers = HandmadeArray.bytes("|i1", "4, 4", rows.flatMap { $0.map { UInt8($0) } })
    let archive = try NumPyArchive.encode([("d", matrix)])
    var files = [try folder.write(text, "d.txt"), try folder.write(text, "d.tsv")]
    for (name, data) in [
      ("d.npy", NumPyFile.encode(matrix)), ("c.npy", list), ("i.npy", integers), ("d.npz", archive),
    ] {
      files.append(folder.path + "/" + name)
      try AtomicFile.write(data, to: folder.path + "/" + name)
    }
    let expected: [Double] = [1, 2, 4, .infinity]
    for file in files {
      #expect(try deaths(file, keepsDoubles: keepsDoubles) == expected, "\(file)")
    }
  }

  @Test(arguments: [false, true])
  func `one half of NaN is filled from the other, one of zeros is refused`(
    keepsDoubles: Bool
  ) throws {
    func half(_ filler: Double, isUpper: Bool) -> Matrix<Double> {
      var matrix = Matrix<Double>(rows)
      for i in 0..<4 {
        for j in 0..<4 {
          let isOther = isUpper ? i > j : i < j
          if isOther || (i == j && filler.isNaN) { matrix[i, j] = filler }
        }
      }
      return matrix
    }
    let path = folder.path + "/half.npy"
    let expected: [Double] = [1, 2, 4, .infinity]
    for isUpper in [true, false] {
      try AtomicFile.write(NumPyFile.encode(half(.nan, isUpper: isUpper)), to: path)
      #expect(try deaths(path, keepsDoubles: keepsDoubles) == expected)
      let zeros = half(0, isUpper: isUpper)
      try AtomicFile.write(NumPyFile.encode(zeros), to: path)
      var lines = ""
      for i in 0..<4 {
        let fields: [String] = zeros.row(i).map { "\($0)" }
        lines += fields.joined(separator: ",") + "\n"
      }
      let text = try folder.write(lines, "half.csv")
      for file in [path, text] {
        let error = #expect(throws: FileError.self) {
          try deaths(file, keepsDoubles: keepsDoubles)
        }
        #expect(error?.problem.hasSuffix("its transpose, D + D.T") == true)
      }
    }
  }

  @Test func `a list that is no condensed form, and numbers beyond float32, are refused`() throws {
    let path = folder.path + "/x.npy"
    try AtomicFile.write(HandmadeArray.bytes("|u1", "5,", [1, 2, 3, 4, 5]), to: path)
    let error = #expect(throws: FileError.self) { try deaths(path, keepsDoubles: false) }
    #expect(error?.problem.contains("of 3 points has 3 distances, of 4 points 6") == true)
    try AtomicFile.write(NumPyFile.encode(Matrix<Double>([[0, 1e39], [1e39, 0]])), to: path)
    #expect(throws: TopologyError.self) { try deaths(path, keepsDoubles: false) }
    #expect(try deaths(path, keepsDoubles: true) == [1e39, .infinity])
  }
}

/// A `.npy` file of bytes.
private enum HandmadeArray {
  static func bytes(_ type: String, _ shape: String, _ body: [UInt8]) -> Data {
    let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(shape)), }\n"
    return Data([0x93] + "NUMPY".utf8 + [1, 0, UInt8(text.utf8.count), 0] + text.utf8 + body)
  }
}
