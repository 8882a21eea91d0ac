import Analyses
package import CLIP
import Files
import Images
package import LinearAlgebra
package import Runs

/// Compares embeddings of finished cells with the same ones computed in float32.
package struct PrecisionCheck {
  package let plan: EmbeddingPlan
  package let settings: PrecisionSettings
  /// Names the sample.
  package let seed: UInt64
  /// The image tower in float32.
  package let tower: VisionTower
  package let runner: CellRunner
  /// The classes' embeddings, to see which predictions change.
  package let classes: Matrix<Float>?

  package init(
    plan: EmbeddingPlan, settings: PrecisionSettings, seed: UInt64, tower: VisionTower,
    runner: CellRunner, classes: Matrix<Float>?
  ) {
    self.plan = plan
    self.settings = settings
    self.seed = seed
    self.tower = tower
    self.runner = runner
    self.classes = classes
  }

  /// How many embeddings are compared.
  package var count: Int {
    switch settings.certified {
    case .all: Self.total(plan)
    case .sample(let count): min(count, Self.total(plan))
    }
  }

  /// Computes the sample in float32.
  ///
  /// - Parameter didFinish: Called with the number of embeddings compared, after some of them.
  /// - Returns: What was found.
  /// - Throws: `RunError.failure` with the figures when a difference is above the tolerance.
  package func run(didFinish: (Int) -> Void) throws -> PrecisionRecord.Check {
    var differences: [Double] = []
    var changed = 0
    for (cellIndex, positions) in drawn() {
      try Interruption.check()
      let cell = plan.cells[cellIndex]
      let exact = try runner.embed(cell, positions: positions, tower: tower)
      let given = try runner.store.load(cell).selectingRows(positions)
      for row in 0..<exact.rows {
        let squares = zip(exact.row(row), given.row(row)).reduce(0.0) { sum, pair in
          let difference = Double(pair.0) - Double(pair.1)
          return sum + difference * difference
        }
        differences.append(squares.squareRoot())
      }
      if let classes {
        changed += zip(Self.nearest(exact, classes), Self.nearest(given, classes)).count {
          $0 != $1
        }
      }
      didFinish(positions.count)
    }
    let check = PrecisionRecord.Check(
      differences: differences, total: Self.total(plan),
      changedPredictions: classes.map { _ in changed },
      tolerance: settings.tolerance)
    guard check.largestDifference <= settings.tolerance else {
      throw RunError.failure(
        "\(settings.arithmetic.precision) is too far from float32 for this model: \(check.statement) "
          + "The tolerance is \(settings.tolerance): use --precision float32, or allow more with "
          + "--precision-tolerance")
    }
    return check
  }

  /// Embeddings of the run: images times conditions.
  package static func total(_ plan: EmbeddingPlan) -> Int {
    plan.cells.reduce(0) { $0 + $1.chunk.rows.count }
  }

  /// The sample: cells with positions in them, both ascending.
  private func drawn() -> [(cell: Int, positions: [Int])] {
    let members = plan.cells.enumerated().flatMap { index, cell in
      cell.chunk.rows.indices.map { (cell: index, position: $0) }
    }
    var chosen = Array(members.indices)
    if case .sample(let count) = settings.certified, count < members.count {
      var stream = RandomStream(domain: "precision/sample", seed: seed)
      // The first steps of a Fisher–Yates shuffle.
      for index in 0..<count {
        chosen.swapAt(index, Int.random(in: index..<chosen.count, using: &stream))
      }
      chosen = chosen.prefix(count).sorted()
    }
    return Dictionary(grouping: chosen) { members[$0].cell }.sorted { $0.key < $1.key }
      .map { cell, indices in (cell, indices.map { members[$0].position }) }
  }

  private static func nearest(_ images: Matrix<Float>, _ classes: Matrix<Float>) -> [Int] {
    ZeroShotResult(
      images: images, classes: classes, labels: [Int](repeating: 0, count: images.rows),
      logitScale: 1
    ).predicted
  }
}
