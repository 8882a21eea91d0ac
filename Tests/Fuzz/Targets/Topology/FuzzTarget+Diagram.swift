import FileAnalyses
import Files
import Foundation
import LinearAlgebra
import Topology

@testable import FileAnalyses

extension FuzzTarget {
  /// A diagram in any format: births that are finite or begin at minus infinity, deaths no less.
  static let diagram = FuzzTarget(
    "diagram",
    seeds: {
      let bars = Matrix<Double>(rows: 2, columns: 2, values: [0, 0.5, 0, .infinity])
      return try [
        "dimension,birth,death\n0,0,0.5\n0,0,inf\n1,0.75,1.25\n",
        #"{"diagrams": [[[0, 0.5], [0, null]], [[0.75, 1.25]]], "threshold": 2}"#,
        "[[0, [0.0, Infinity]], [1, [0.5, 0.75]]]", "0 0 0.5\n1 0.5 inf\n",
        "2 0 0 0.5\n2 1 0.5 inf\n",
        "value range: [0,1]\npersistence intervals in dim 0:\n [0,0.5)\n [0, )\npersistence intervals in dim 1:\n",
      ].map { Data($0.utf8) } + [NumPyArchive.encode([("dgm0", bars), ("dgm1", bars)])]
    },
    run: { data in
      try ScratchFolder.file(data, "d") { path in
        let file = try DiagramFile(path)
        for bar in file.bars {
          promise(
            bar.dimension >= 0 && file.dimensions.contains(bar.dimension), "no such dimension")
          promise(bar.birth < .infinity && bar.death >= bar.birth, "[\(bar.birth), \(bar.death)]")
        }
      }
    })
}
