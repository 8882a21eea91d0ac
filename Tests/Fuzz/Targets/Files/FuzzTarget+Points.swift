import Files
import Foundation
import LinearAlgebra

extension FuzzTarget {
  /// Points in a text: rows of one length, all of them finite.
  static let points = FuzzTarget(
    "points",
    seeds: {
      [
        "x,y\n1,2\n3.5,-4e2\n", "1 2 3\n4 5 6\n", ",0,1\n0,0.5,1.5\n1,2.5,3.5\n2,1.5,0.5\n",
        "id;a\n0;1,5\n1;2,5\n", "# c\n0.1\t0.2\n", "1\n2\n3\n",
      ].map { Data($0.utf8) }
    },
    run: { data in
      try ScratchFolder.file(data, "x.csv") { path in
        let matrix = try MatrixFile.read(path) { _ in }
        promise(matrix.rows > 0 && matrix.columns > 0, "no points are points")
        promise(matrix.values.count == matrix.rows * matrix.columns, "rows of several lengths")
        promise(matrix.values.allSatisfy(\.isFinite), "a number is not finite")
      }
    })
}
