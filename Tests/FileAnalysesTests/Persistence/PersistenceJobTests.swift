import Files
import Fixtures
import Foundation
import LinearAlgebra
import RunFixtures
import Testing
import Topology

@testable import FileAnalyses

struct PersistenceJobTests {
  private let folder: TemporaryFolder
  private let points: String
  /// 40 points on a circle, each turned on by 7 places.
  private let circle = Matrix<Float>(
    (0..<40).map { index -> [Float] in
      let angle = Double(index * 7 % 40) * .pi / 20 + 0.01 * Double(index % 3)
      return [Float(cos(angle)), Float(sin(angle))]
    })

  init() throws {
    folder = try TemporaryFolder()
    points = folder.path + "/circle.npy"
    try AtomicFile.write(NumPyFile.encode(circle), to: points)
  }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private func job(
    _ inputs: [String]? = nil, landmarks: Int? = 9, format: PersistenceOutput.Format = .csv,
    cocycles: String? = nil, distances: String? = nil, list: String? = nil, output: String? = nil
  ) throws -> PersistenceJob {
    let rips = try VietorisRips(
      maxDimension: 1, threshold: nil, prime: 3, keepsZero: false, cocycles: cocycles)
    return try PersistenceJob(
      inputs: inputs ?? [points],
      settings: TopologyInput.Settings(
        kind: .points(.euclidean), keepsDoubles: false, landmarks: landmarks, scale: "none",
        rips: rips),
      rips: rips, writeDistances: distances, writeLandmarks: list,
      output: PersistenceOutput(path: output, format: format, summaries: nil, cocycles: cocycles),
      isQuiet: true)
  }

  private func rows(_ file: String) throws -> [Int] {
    try CSV(path: path(file)).records.compactMap { Int($0.fields[$0.fields.count - 1]) }
  }

  private func length(_ edge: [Int]) -> Double {
    let (a, b) = (Array(circle.row(edge[0])), Array(circle.row(edge[1])))
    return hypot(Double(a[0]) - Double(b[0]), Double(a[1]) - Double(b[1]))
  }

  /// Regression: chains numbered the landmarks by their places, which stood nowhere.
  @Test func `chains of landmarks have rows of the input`() throws {
    let list = path("landmarks.csv")
    _ = try job(cocycles: path("chains.json"), list: list).run()
    let landmarks = try rows("landmarks.csv")
    let expected = try Landmarks(points: circle, count: 9, workers: 1).indices
    #expect(landmarks == expected && landmarks.max() ?? 0 > 8)
    #expect(try CSV(path: list).header == ["landmark", "row"])
    let bars = try #require(
      try JSONSerialization.jsonObject(with: FileContents.read(path("chains.json")))
        as? [[String: Any]])
    var loops = 0
    for bar in bars {
      let cocycle = try #require(bar["cocycle"] as? [String: Any])
      let simplices = try #require(cocycle["simplices"] as? [[Int]])
      #expect(simplices.joined().allSatisfy(landmarks.contains))
      guard let cycle = bar["cycle"] as? [String: Any] else { continue }
      let edges = try #require(cycle["simplices"] as? [[Int]])
      let birth = try #require(bar["birth"] as? Double)
      let longest = edges.map(length).max() ?? 0
      #expect(abs(longest - birth) < 1e-6)
      loops += 1
    }
    #expect(loops == 1)
  }

  @Test func `the rows of landmarks stand beside their distances, and in JSON`() throws {
    let text = try job(format: .json, distances: path("d.npy")).run()
    let landmarks = try rows("d-landmarks.csv")
    let matrix = try MatrixFile.read(path("d.npy"))
    #expect(matrix.rows == 9 && landmarks.count == 9)
    for i in 0..<9 {
      for j in 0..<9 {
        #expect(abs(matrix[i, j] - length([landmarks[i], landmarks[j]])) < 1e-6)
      }
    }
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["landmarks"] as? [Int] == landmarks)
    let whole = try job(landmarks: nil, format: .json).run()
    #expect(!whole.contains("landmarks"))
  }

  @Test func `of several inputs the list says which, and all rows where all stand for themselves`()
    throws
  {
    let few = path("few.npy")
    try AtomicFile.write(NumPyFile.encode(circle.selectingRows([0, 3, 1])), to: few)
    _ = try job([points, few], list: path("list.csv"), output: path("diagrams")).run()
    let list = try CSV(path: path("list.csv"))
    #expect(list.header == ["input", "landmark", "row"])
    #expect(list.records.count == 12)
    let last = list.records.suffix(3).map(\.fields)
    #expect(last == [[few, "0", "0"], [few, "1", "1"], [few, "2", "2"]])
  }

  @Test func `a list without landmarks and one that is an input are refused`() {
    #expect(
      problem { _ = try job(landmarks: nil, list: path("list.csv")) }
        .contains("--write-landmarks goes with --landmarks"))
    #expect(
      problem { _ = try job([path("d-landmarks.csv")], distances: path("d.npy")) }
        .contains("would be overwritten"))
  }
}
