import Files
import RunAnalyses
import Runs

/// What noise does to diagrams, classes and geometry, at the highest level of each kind.
struct StructureSentences {
  private let run: ReportedRun
  private let topLevels: [Condition]

  init(_ run: ReportedRun) {
    self.run = run
    topLevels = run.topLevels
  }

  /// The rows of a table at the highest level of a noise, of the first seed where there are several.
  private func rows(_ table: Table, _ top: Condition, _ more: RowFilter...) throws -> Table {
    let level = try table.rows(where: more).rows(ofLevel: top)
    guard let seed = try level[ConditionColumns.seed].first else { return level }
    return try level.rows(where: ConditionColumns.seed == seed)
  }

  // MARK: Diagrams

  /// How far diagrams moved, whether that is more than chance, and whether the theorem's bound holds.
  func topology() throws -> [String] {
    try distances() + diagramTests() + bands()
  }

  private func distances() throws -> [String] {
    typealias Columns = DistanceColumns
    guard let table = try run.table(Columns.file), !table.isEmpty else { return [] }
    var sentences: [String] = []
    for top in topLevels {
      let moved = try rows(
        table, top, Columns.scope == Scope.allName, Columns.metric == "bottleneck",
        Columns.scale == "none")
      let distances = try zip(moved[Columns.distance], moved[Columns.betweenHalves])
      let parts = try zip(moved[Columns.dimension], distances).compactMap {
        dimension, numbers -> String? in
        guard let distance = numbers.0 else { return nil }
        guard distance.isFinite else {
          return "the H\(dimension) diagram by ∞ (another number of its bars does not die)"
        }
        let text = "the H\(dimension) diagram by \(Wording.number(distance))"
        guard let half = numbers.1, half.isFinite else { return text }
        return text + (distance > half ? " (more than" : " (no more than")
          + " the \(Wording.number(half)) between halves of the clean images)"
      }
      guard !parts.isEmpty else { continue }
      sentences.append(
        "From clean images to \(Wording.level(top)), by bottleneck distance and over all "
          + "images, noise moves \(Wording.list(parts)).")
    }
    if let largest = try table[Columns.ratio].compactMap(\.self).max() {
      let share = Wording.number(largest, digits: 2)
      // Embeddings and distances are float32.
      sentences.append(
        largest <= 1 + 1e-5
          ? "No diagram moved farther than the stability theorem allows: the largest share of its bound is \(share)."
          : "A diagram moved farther than the stability theorem allows, to \(share) of its bound, which cannot be: "
            + "distances.csv is in error."
      )
    }
    return sentences
  }

  private func diagramTests() throws -> [String] {
    typealias Columns = DiagramTestColumns
    guard let table = try run.table(Columns.file) else { return [] }
    return try topLevels.compactMap { top in
      let tests = try rows(table, top)
      let p = try tests[Columns.pHolm]
      guard !p.isEmpty else { return nil }
      let isRaw = try tests[Columns.scale].map { $0 == "none" }
      let names = zip(try tests[Columns.dimension], isRaw).map {
        "H\($0)" + ($1 ? "" : " with the scale removed")
      }
      let found = p.indices.filter { (p[$0] ?? 1) < 0.05 }
      let count = Wording.count(p.count, "test")
      let told =
        "the classes' diagrams at \(Wording.level(top)) from those of clean images "
        + "(Robinson–Turner, Holm-corrected)"
      guard !found.isEmpty else {
        return "None of \(count) tells \(told): no evidence of a difference."
      }
      let onlyRaw = isRaw.contains(false) && found.allSatisfy { isRaw[$0] }
      return "\(found.count) of \(count) \(found.count == 1 ? "tells" : "tell") \(told): "
        + Wording.list(found.map { names[$0] })
        + (onlyRaw ? "; none with the scale of the distances removed." : ".")
    }
  }

  /// The confidence band of the diagram of all images under a condition.
  private struct Band {
    let halfWidth: Double
    let significantLoops: Int
    let diameter: Double

    /// That of the first row; nil without one, and where loops were not computed.
    init?(_ rows: Table) throws {
      guard let loops = try rows[BandColumns.significantH1].first ?? nil,
        let halfWidth = try rows[BandColumns.halfWidth].first,
        let diameter = try rows[BandColumns.diameter].first
      else { return nil }
      self.halfWidth = halfWidth
      self.diameter = diameter
      significantLoops = loops
    }

    var loops: String { Wording.count(significantLoops, "loop") }
  }

  private func bands() throws -> [String] {
    let whole = BandColumns.scope == Scope.allName
    guard let table = try run.table(BandColumns.file),
      let clean = try Band(table.rows(where: whole).rows(of: .clean))
    else { return [] }
    return try topLevels.compactMap { top in
      guard let noisy = try Band(rows(table, top, whole)) else { return nil }
      // No bar that dies is longer than the largest distance.
      let diameter = max(clean.diameter, noisy.diameter)
      if 2 * min(clean.halfWidth, noisy.halfWidth) >= diameter {
        return
          "The confidence band of the diagram of all images takes bars up to "
          + "\(Wording.number(2 * clean.halfWidth, digits: 1)) long on clean images and "
          + "\(Wording.number(2 * noisy.halfWidth, digits: 1)) at \(Wording.level(top)) for sampling noise; none that "
          + "dies can be longer than \(Wording.number(diameter, digits: 1)), so the band tells nothing here."
      }
      return
        "Outside the confidence band of the diagram of all images stand \(clean.loops) on clean images and "
        + "\(noisy.loops) at \(Wording.level(top))."
    }
  }

  // MARK: Classes

  /// The pair of classes that came together most.
  func merging() throws -> [String] {
    var sentences: [String] = []
    if let table = try run.table(ClassMeanColumns.file) {
      let before = try table.rows(of: .clean)[ClassMeanColumns.smallestDistance].first
      for top in topLevels {
        let after = try rows(table, top)
        guard let before, let distance = try after[ClassMeanColumns.smallestDistance].first,
          let a = try after[ClassMeanColumns.firstClass].first,
          let b = try after[ClassMeanColumns.secondClass].first
        else { continue }
        sentences.append(
          "The smallest distance between class means goes from \(Wording.number(before)) on clean images to "
            + "\(Wording.number(distance)) at \(Wording.level(top)) (\(a) and \(b)).")
      }
    }
    if let table = try run.table(MergingPairColumns.file) {
      for top in topLevels {
        let pairs = try rows(table, top)
        if pairs.isEmpty {
          sentences.append(
            "At \(Wording.level(top)) no classes come together beyond the shrinking of all.")
        }
        if let sentence = try closestPair(pairs, top) { sentences.append(sentence) }
      }
    }
    return sentences
  }

  /// The pair of the first rank; nil without zero-shot accuracy, which tells their confusion.
  private func closestPair(_ pairs: Table, _ top: Condition) throws -> String? {
    typealias Columns = MergingPairColumns
    let pair = try pairs.rows(where: Columns.rank == 1)
    guard let a = try pair[Columns.firstClass].first, let b = try pair[Columns.secondClass].first,
      let fall = try pair[Columns.relativeFall].first,
      let confusedBefore = try pair[Columns.cleanConfusion].first ?? nil,
      let confused = try pair[Columns.confusion].first ?? nil
    else { return nil }
    return
      "Beyond the shrinking of all, the classes that came together most at "
      + "\(Wording.level(top)) are \(a) and \(b) by \(Wording.number(fall, digits: 2)) median distances of means; "
      + "\(Wording.percent(confused)) of their images are taken for the other class there, "
      + "\(Wording.percent(confusedBefore)) when clean."
  }

  // MARK: Geometry

  /// How much of the clean space is left.
  func geometry() throws -> [String] {
    guard let table = try run.table(GeometryColumns.file) else { return [] }
    return try topLevels.compactMap { top in
      let row = try rows(table, top)
      guard let alignment = try row[GeometryColumns.unbiasedAlignment].first ?? nil,
        let overlap = try row[GeometryColumns.neighborOverlap].first ?? nil
      else { return nil }
      return
        "At \(Wording.level(top)) the embeddings have an unbiased linear CKA of "
        + "\(Wording.number(alignment, digits: 2)) with the clean ones, and \(Wording.percent(overlap)) of an image's "
        + "nearest neighbours are still its neighbours."
    }
  }
}
