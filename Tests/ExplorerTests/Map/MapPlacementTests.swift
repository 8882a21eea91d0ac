import Foundation
import LinearAlgebra
import Testing

@testable import Explorer

struct MapPlacementTests {
  private func placement(
    _ set: IndexedRows, _ positions: Matrix<Float>, located: RowMask? = nil, scale: Double = 100
  ) throws -> MapPlacement {
    try MapPlacement(
      index: set.index, positions: positions, located: located ?? set.all, logitScale: scale,
      rows: set.float32)
  }

  @Test func `A marker by hand`() throws {
    let set = try IndexedRows([[1, 0], [0, 1], [-1, 0]])
    let positions = Matrix<Float>([[0, 0], [4, 2], [100, 100]])
    // Cosines 1, 0 and −1, of which two have a place: weights e and 1 over their sum, at scale 1.
    let placement = try placement(
      set, positions, located: RowMask(count: 3) { $0 < 2 }, scale: 1)
    let marker = try placement.marker("right", embedding: [1, 0])
    let weight = 1 / (1 + M_E)
    #expect(abs(marker.x - 4 * weight) < 1e-12 && abs(marker.y - 2 * weight) < 1e-12)
    #expect(abs(marker.spread - (20 * weight * (1 - weight)).squareRoot()) < 1e-12)
    #expect(marker.rows == [0, 1] && marker.text == "right")
    // Without a scale all weigh alike.
    let level = try self.placement(set, positions, scale: 0).marker("", embedding: [1, 0])
    #expect(abs(level.x - 104.0 / 3) < 1e-12)
  }

  @Test func `Without a map nothing has a place`() throws {
    let set = try IndexedRows([[1, 0]])
    let placement = try placement(set, Matrix(rows: 1, columns: 2), located: RowMask(count: 1))
    #expect(throws: SearchError.self) { try placement.marker("", embedding: [1, 0]) }
  }

  /// Twenty clusters of thirty images at the points of a circle.
  private static func clusters() throws -> (IndexedRows, Matrix<Float>, centers: [[Float]]) {
    let centers = IndexedRows.random(20, 64, seed: 1)
    let noise = IndexedRows.random(600, 64)
    let rows = (0..<600).map { row in
      IndexedRows.unit(zip(centers[row % 20], noise[row]).map { $0 + 0.4 * $1 })
    }
    var positions = Matrix<Float>(rows: 600, columns: 2)
    for row in 0..<600 {
      let angle = Double(row % 20) / 20 * 2 * Double.pi
      positions[row, 0] = Float(10 * cos(angle) + 0.01 * Double(row / 20))
      positions[row, 1] = Float(10 * sin(angle))
    }
    return (try IndexedRows(rows), positions, centers)
  }

  @Test func `Texts at clusters' centers stand in them and are no weak matches`() throws {
    let (set, positions, centers) = try Self.clusters()
    let placement = try placement(set, positions)
    for (cluster, center) in centers.enumerated() {
      let marker = try placement.marker("", embedding: center)
      #expect(marker.rows.allSatisfy { $0 % 20 == cluster } && !marker.isWeak)
      let angle = Double(cluster) / 20 * 2 * Double.pi
      #expect(abs(marker.x - 10 * cos(angle)) < 0.4 && abs(marker.y - 10 * sin(angle)) < 0.01)
      #expect(marker.spread < 0.3)
    }
  }

  @Test func `A gap between the modalities changes no verdict`() throws {
    let (set, positions, centers) = try Self.clusters()
    let placement = try placement(set, positions)
    // What all images lack draws texts away from them: all cosines shrink alike.
    let mean = (0..<64).map { k in set.rows.reduce(Float(0)) { $0 + ($1?[k] ?? 0) } / 600 }
    for center in centers {
      let far = IndexedRows.unit(zip(center, mean).map { $0 - 4 * $1 })
      #expect(try !placement.marker("", embedding: far).isWeak)
    }
  }

  @Test func `Texts of chance are weak matches, most of them`() throws {
    let (set, positions, _) = try Self.clusters()
    let placement = try placement(set, positions)
    let weak = try IndexedRows.random(200, 64, seed: 7).count {
      try placement.marker("", embedding: $0).isWeak
    }
    #expect(weak >= 150)
  }

  @Test func `New images stand with their like, one by one as all together`() throws {
    let (set, positions, centers) = try Self.clusters()
    let placement = try placement(set, positions)
    let noise = IndexedRows.random(40, 64, seed: 8)
    let added = (0..<40).map { row in
      IndexedRows.unit(zip(centers[row % 20], noise[row]).map { $0 + 0.4 * $1 })
    }
    let places = try placement.positions(of: Matrix(added))
    for (row, embedding) in added.enumerated() {
      let angle = Double(row % 20) / 20 * 2 * Double.pi
      #expect(abs(Double(places[row, 0]) - 10 * cos(angle)) < 0.4)
      let alone = try placement.positions(of: Matrix([embedding]))
      #expect(Array(alone.row(0)) == Array(places.row(row)))
    }
  }
}
