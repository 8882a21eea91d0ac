import Files
import Runs
import Topology

/// The diagram of an input, and the rows of the points that stand for it.
///
/// Whatever has numbers of vertices, in memory and in files, has rows of the input.
struct InputDiagram: Sendable {
  /// The diagram; vertices of chains are rows of the input.
  let persistence: VietorisRips.Persistence
  /// The rows of the landmarks in the order in which they were chosen; nil where every row stands for
  /// itself.
  let landmarks: [Int]?
  /// The number of points that there are distances of.
  let pointCount: Int

  /// The diagram of points that are numbered by their places.
  init(_ persistence: VietorisRips.Persistence, of input: TopologyInput, prime: Int) {
    landmarks = input.landmarks?.indices
    pointCount = input.filtration.vertexCount
    self.persistence =
      landmarks.map { persistence.renumbered($0, prime: prime) } ?? persistence
  }

  /// The columns of a list of landmarks.
  static let landmarkColumns = ["landmark", "row"]

  /// A line a point: its place among the landmarks, which is its row in a matrix of their distances, and
  /// its row in the input.
  ///
  /// - Parameter prefix: Fields that every line begins with.
  /// - Returns: The lines, without a header.
  func landmarkLines(prefix: [String] = []) -> String {
    (landmarks ?? Array(0..<pointCount)).enumerated()
      .map { CSV.line(prefix + ["\($0)", "\($1)"]) }.joined()
  }
}
