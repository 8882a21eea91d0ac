import Files
import Fixtures
import Foundation
import LinearAlgebra
import Runs
import Testing
import Topology

/// Diagrams of 1,692 real CLIP embeddings.
@Suite(
  .enabled(
    if: SharedData.has("dtd-clip-embeddings/image.npy"), "needs ../shared/data/dtd-clip-embeddings")
)
struct RealEmbeddingsTests {
  private static let folder = SharedData.folder.appending(path: "dtd-clip-embeddings").path

  private func persistence(
    _ points: Matrix<Float>, dimension: Int, prime: Int = 2
  ) throws -> PersistenceDiagram {
    let distances = try SquareDistances(points: points, workers: 2)
    let rips = VietorisRips(maximumDimension: dimension, prime: prime)
    return try rips.persistence(of: .dense(distances), workers: 2).diagram
  }

  @Test func `all of them have the bars that other programs count`() throws {
    let points = try MatrixFile.readFloats(Self.folder + "/image.npy")
    let diagram = try persistence(points, dimension: 1)
    // giotto-ph 0.2.4 on SciPy's distances rounded to float32: the same bars, bit for bit.
    // Three images are there twice.
    #expect(diagram.bars(dimension: 0).count == 1689)
    #expect(diagram.bars(dimension: 1).count == 1664)
  }

  @Test func `the engines agree on every class`() throws {
    let points = try MatrixFile.readFloats(Self.folder + "/image.npy")
    let samples = try SampleTable(CSV(path: Self.folder + "/samples.csv"), classes: nil)
    var count = 0
    for scope in Scope.all(of: samples).dropFirst() {
      let cloud = points.selectingRows(scope.rows)
      // Bits up to H2, the lune's engine for H1, and the general reduction over Z/3: no torsion here.
      let bars = try persistence(cloud, dimension: 2).bars
      #expect(try persistence(cloud, dimension: 1).bars == bars.filter { $0.dimension < 2 })
      #expect(try persistence(cloud, dimension: 2, prime: 3).bars == bars, "\(scope.name)")
      count += bars.count
    }
    #expect(count == 2227)
  }
}
