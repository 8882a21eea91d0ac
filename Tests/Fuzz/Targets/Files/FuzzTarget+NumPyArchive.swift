import Files
import Foundation
import LinearAlgebra

extension FuzzTarget {
  /// Arrays in a zip archive: each has the elements of its shape.
  static let numPyArchive = FuzzTarget(
    "npz", shortRuns: 200,
    seeds: {
      let matrix = Matrix<Double>(rows: 2, columns: 2, values: [1, -2, 0.5, 4])
      return [
        try NumPyArchive.encode([("a", matrix)]),
        try NumPyArchive.encode([("dgm0", matrix), ("dgm1", Matrix(rows: 0, columns: 2))]),
        // numpy.savez_compressed of arange(6.).reshape(3, 2), under the name "a"
        Data(
          base64Encoded:
            "UEsDBBQAAAAIAAAAIQDv0RmWXQAAAIAAAAAFAAAAYS5ucHmb7BfqGxDJyFDGUK2eklqcXKRupaBuk2ahrqOgnpZfVFKUmBefX5SSCh"
            + "J3S8wpTgWKF2ckFqQC+RrGOgpGmjoKtQpkAy4GMGCwh9AMDlCaA0oLQGkRKC0BpWWgtAKUVgIAUEsBAhQAFAAAAAgAAAAhAO/R"
            + "GZZdAAAAgAAAAAUAAAAAAAAAAAAAAIABAAAAAGEubnB5UEsFBgAAAAABAAEAMwAAAIAAAAAAAA==")
          ?? Data(),
      ]
    },
    run: { data in
      try ScratchFolder.file(data, "x.npz") { path in
        for name in try NumPyArchive.names(of: path) {
          guard let array = try? NumPyArchive.array(name, of: path) else { continue }
          promise(array.values.count == array.shape.reduce(1, *), "the shape has other elements")
        }
        _ = try MatrixFile.read(path) { _ in }
      }
    })
}
