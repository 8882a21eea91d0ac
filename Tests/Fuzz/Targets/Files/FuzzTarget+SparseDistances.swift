import Files
import Foundation
import Topology

extension FuzzTarget {
  /// Distances of pairs that are listed: vertices count from 0, and every triple has its line.
  static let sparseDistances = FuzzTarget(
    "sparse",
    seeds: {
      [
        "i,j,distance\n0,1,0.5\n1,2,1.25\n", "0 1 0.5\n2 3 1e-3\n", "i;j;distance\n0;1;2\n",
        "# Ripser\n0,1,2\n", "distance,j,i\n1,0,3\n",
      ].map { Data($0.utf8) }
    },
    run: { data in
      try ScratchFolder.file(data, "x.csv") { path in
        let file = try SparseDistancesFile(path: path)
        promise(file.lines.count == file.triples.count, "a line a triple")
        promise(
          zip(file.lines, file.lines.dropFirst()).allSatisfy { $0 < $1 }, "lines go backwards")
        // Vertices without an edge are the user's to have, and take memory within an estimate that is refused in time.
        if file.triples.contains(where: { max($0.0, $0.1) > 1 << 20 }) { return }
        let graph = try SparseDistances(validating: file.triples, vertexCount: nil)
        promise(
          file.triples.allSatisfy {
            (0..<graph.vertexCount).contains($0.0) && (0..<graph.vertexCount).contains($0.1)
          },
          "a vertex is not there")
      }
    })
}
