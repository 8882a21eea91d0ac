import Files
import Fixtures
import LinearAlgebra

extension TemporaryFolder {
  /// Three tight clusters far apart, in four dimensions: rows 0–39, 40–79, 80–119.
  func clusters() throws -> (points: String, labels: String) {
    let noise = RandomStream(domain: "test/clusters", seed: 7).normals(count: 480)
    var points = Matrix<Float>(rows: 120, columns: 4)
    for i in 0..<480 { points.values[i] = noise[i] / 20 + (i % 4 == i / 160 ? 1 : 0) }
    try AtomicFile.write(NumPyFile.encode(points), to: path + "/points.npy")
    let labels = (0..<120).map { "\($0),\(["a", "b", "c"][$0 / 40])\n" }.joined()
    return (path + "/points.npy", try write("row,class\n" + labels, "labels.csv"))
  }
}
