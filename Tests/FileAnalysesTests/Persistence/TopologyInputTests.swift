import Files
import Fixtures
import LinearAlgebra
import Testing
import Topology

@testable import FileAnalyses

struct TopologyInputTests {
  /// |x − y| over the range of the cloud: other points change the distance of two.
  private static let ofRange = Metric(
    name: "range", words: "the share of the cloud's range", isMetric: true, displacementBound: nil,
    computation: .wholeCloud { points, _, _ in
      let n = points.rows
      let range = (points.values.max() ?? 0) - (points.values.min() ?? 0)
      return Matrix(
        rows: n, columns: n,
        values: (0..<n * n).map { abs(points[$0 / n, 0] - points[$0 % n, 0]) / range })
    })

  @Test(arguments: [false, true])
  func `landmarks by a metric of the whole cloud keep its distances`(keepsDoubles: Bool) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/points.npy"
    try AtomicFile.write(NumPyFile.encode(Matrix<Double>([[1], [0], [2], [4]])), to: path)
    func median(landmarks: Int?) throws -> (Double, Landmarks?) {
      let input = try TopologyInput(
        path,
        settings: TopologyInput.Settings(
          kind: .points(Self.ofRange), keepsDoubles: keepsDoubles, landmarks: landmarks,
          scale: .median, threshold: nil), workers: 1, control: ComputationControl())
      #expect(input.filtration.vertexCount == landmarks ?? 4)
      return (input.scale, input.landmarks)
    }
    // Distances of 1, 1, 2, 2, 3 and 4 quarters; landmarks 1 and 4 are 3 quarters apart.
    #expect(try median(landmarks: nil).0 == 0.5)
    let (distance, landmarks) = try median(landmarks: 2)
    #expect(landmarks?.indices == [0, 3] && distance == 0.75)
    // 0 and 2 go to 1, so that 0 and 4 come a quarter nearer and 0 and 2 two.
    #expect(landmarks?.coveringRadius == 0.25 && landmarks?.certifiedError == 0.5)
  }

  @Test func `a member of an archive may be named with its ending`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/points.npz"
    try AtomicFile.write(
      NumPyArchive.encode([("a", Matrix<Double>([[1], [0], [2]])), ("b", Matrix<Double>([[7]]))]),
      to: path)
    for member in ["a", "a.npy"] {
      let input = try TopologyInput(
        path + ":" + member,
        settings: TopologyInput.Settings(
          kind: .points(.euclidean), keepsDoubles: false, landmarks: nil, scale: .number(1),
          threshold: nil), workers: 1, control: ComputationControl())
      #expect(input.filtration.vertexCount == 3)
    }
  }

  @Test func `vertices that count from 1 leave a point by itself, which is said`() throws {
    let folder = try TemporaryFolder()
    for (text, isSaid) in [("1 2 0.5\n2 3 0.7\n", true), ("0 1 0.5\n1 2 0.7\n", false)] {
      let input = try TopologyInput(
        folder.write(text, "pairs.txt"),
        settings: TopologyInput.Settings(
          kind: .sparse(vertexCount: nil), keepsDoubles: false, landmarks: nil, scale: .number(1),
          threshold: nil), workers: 1, control: ComputationControl())
      #expect(input.notes.contains { $0.contains("vertex 0 is in no pair") } == isSaid)
    }
  }
}
