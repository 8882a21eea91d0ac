import Files
import RunAnalyses
import Runs

/// What noise does to diagrams, classes and geometry, at the highest level of each kind.
struct StructureSentences {
  private let run: ReportedRun

  init(_ run: ReportedRun) { self.run = run }

  /// The rows of a table at the highest level of a noise, of the first seed where there are several.
  private func rows(_ table: Table, _ top: Condition, _ more: RowFilter...) throws -> Table {
    let level = try table.rows(where: more).rows(ofLevel: top)
    guard let seed = try level[ConditionColumns.seed].first else { return level }
    return try level.rows(where: ConditionColumns.seed == seed)
  }

  // MARK: Diagrams

  /// How far the diagrams of a kind of noise moved, whether that is more than chance.
  func topology(_ noise: String) throws -> [Sentence] {
    try run.topLevels.filter { $0.noise == noise }.flatMap { top in
      [
        try distances(top).map {
          Sentence($0, noise: noise, .figure("distances"), .table(DistanceColumns.file))
        },
        try diagramTests(top).map {
          Sentence($0, noise: noise, .figure("diagrams"), .table(DiagramTestColumns.file))
        },
      ].compactMap(\.self)
    }
  }

  /// Whether the theorem's bound holds, and what the confidence bands tell.
  func wholeTopology() throws -> [Sentence] {
    [
      try bound().map { Sentence($0, .table(DistanceColumns.file)) },
      try bands().map { Sentence($0, .table(BandColumns.file)) },
    ].compactMap(\.self)
  }

  private func distances(_ top: Condition) throws -> String? {
    typealias Columns = DistanceColumns
    guard let table = try run.table(Columns.file), !table.isEmpty else { return nil }
    let moved = try rows(
      table, top, Columns.scope == Scope.allName, Columns.metric == "bottleneck",
      Columns.scale == "none")
    let halves = try zip(
      moved[Columns.betweenHalves], moved.valuesIfKnown(DistanceColumns.betweenHalvesHigh))
    let parts = try zip(moved[Columns.dimension], zip(moved[Columns.distance], halves)).compactMap {
      dimension, numbers -> String? in
      guard let distance = numbers.0 else { return nil }
      guard distance.isFinite else {
        return "that in H\(dimension) by ∞ (another number of its bars does not die)"
      }
      let text = "that in H\(dimension) by \(Quantity.distance.text(distance))"
      // Without an interval it is not known what sampling alone makes.
      guard let high = numbers.1.1, high.isFinite,
        let isMore = HalvesReference.isExceeded(by: distance, high: high)
      else { return text }
      return text
        + (isMore
          ? " (halves of the clean images differ by no more than \(Quantity.distance.text(high)))"
          : " (no more than halves of the clean images may differ by: \(Quantity.distance.text(high)))")
    }
    guard !parts.isEmpty else { return nil }
    return
      "From clean images to \(Wording.level(top)), the diagram of all images moves by bottleneck distance: "
      + "\(Wording.list(parts))."
  }

  /// Said only where the theorem is broken, which cannot be.
  private func bound() throws -> String? {
    guard let table = try run.table(DistanceColumns.file),
      let largest = try table[DistanceColumns.ratio].compactMap(\.self).max()
    else { return nil }
    // Embeddings and distances are float32.
    return largest <= 1 + 1e-5
      ? nil
      : "A diagram moved farther than the stability theorem allows, to \(Quantity.coefficient.text(largest)) of its "
        + "bound, which cannot be: distances.csv is in error."
  }

  private func diagramTests(_ top: Condition) throws -> String? {
    typealias Columns = DiagramTestColumns
    guard let table = try run.table(Columns.file) else { return nil }
    let tests = try rows(table, top)
    let p =
      tests.has(DiagramTestColumns.pAdjusted)
      ? try tests.valuesIfKnown(DiagramTestColumns.pAdjusted) : try tests[Columns.pHolm]
    guard !p.isEmpty else { return nil }
    let pair =
      "the classes' diagrams at \(Wording.level(top)) are told from those of clean images"
    guard p.contains(where: { $0 != nil }) else {
      return "Whether \(pair) could not be tested with so few classes."
    }
    let isRaw = try tests[Columns.scale].map { $0 == "none" }
    let names = zip(try tests[Columns.dimension], isRaw).map {
      "H\($0)" + ($1 ? "" : " with the scale removed")
    }
    let found = p.indices.filter { (p[$0] ?? 1) < 0.05 }
    // No evidence of a difference is said by the table.
    guard !found.isEmpty else { return nil }
    let onlyRaw = isRaw.contains(false) && found.allSatisfy { isRaw[$0] }
    return Wording.sentenceCase(pair) + " in \(Wording.list(found.map { names[$0] }))"
      + (onlyRaw ? ", though not with the scale of the distances removed" : "")
      + " (\(Wording.count(p.count, "test")), corrected)."
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

  /// Of all kinds of noise and levels together.
  private func bands() throws -> String? {
    let whole = BandColumns.scope == Scope.allName
    guard let table = try run.table(BandColumns.file),
      let clean = try Band(table.rows(where: whole).rows(of: .clean))
    else { return nil }
    let noisy = try run.topLevels.compactMap { top in
      try Band(rows(table, top, whole)).map { (name: Wording.level(top), band: $0) }
    }
    let all = [clean] + noisy.map(\.band)
    // No bar that dies is longer than the largest distance.
    guard all.contains(where: { 2 * $0.halfWidth < $0.diameter }) else {
      return
        "The confidence bands of the diagrams of all images are wider than any bar that dies can be, so they tell nothing."
    }
    let told = [("on clean images", clean)] + noisy.map { ("at \($0.name)", $0.band) }
    return "Outside the confidence band of the diagram of all images stand "
      + Wording.list(told.map { "\($1.loops) \($0)" }) + "."
  }

  // MARK: Classes

  /// The nearest classes, and the pair that came together most.
  func merging(_ noise: String) throws -> [Sentence] {
    try run.topLevels.filter { $0.noise == noise }.flatMap { top in
      [
        try nearest(top).map { Sentence($0, noise: noise, .table(ClassMeanColumns.file)) },
        try closestPair(top).map {
          Sentence($0, noise: noise, .figure("merging"), .table(MergingPairColumns.file))
        },
      ].compactMap(\.self)
    }
  }

  private func nearest(_ top: Condition) throws -> String? {
    guard let table = try run.table(ClassMeanColumns.file),
      let before = try table.rows(of: .clean)[ClassMeanColumns.smallestDistance].first
    else { return nil }
    let after = try rows(table, top)
    guard let distance = try after[ClassMeanColumns.smallestDistance].first,
      let a = try after[ClassMeanColumns.firstClass].first,
      let b = try after[ClassMeanColumns.secondClass].first
    else { return nil }
    return
      "The smallest distance between class means goes from \(Quantity.distance.text(before)) on clean images to "
      + "\(Quantity.distance.text(distance)) at \(Wording.level(top)), between \(a) and \(b)."
  }

  /// The pair of the first rank; nil without one.
  private func closestPair(_ top: Condition) throws -> String? {
    typealias Columns = MergingPairColumns
    guard let table = try run.table(Columns.file) else { return nil }
    let pair = try rows(table, top).rows(where: Columns.rank == 1)
    guard let a = try pair[Columns.firstClass].first, let b = try pair[Columns.secondClass].first,
      let fall = try pair[Columns.relativeFall].first
    else { return nil }
    var text =
      "Beyond the shrinking of all, \(a) and \(b) came together most at \(Wording.level(top)): they merge "
      + "earlier by \(Quantity.coefficient.text(fall)) of the median distance between class means"
    // Without zero-shot accuracy nothing tells what is taken for what.
    if let confused = try pair[Columns.confusion].first ?? nil, confused > 0,
      let before = try pair[Columns.cleanConfusion].first ?? nil
    {
      text +=
        ", and \(Wording.percent(confused)) of their images are taken for the other class"
        + (before > 0 ? " (\(Wording.percent(before)) when clean)" : "")
    }
    return text + "."
  }

  // MARK: Geometry

  /// How much of the clean space is left.
  func geometry(_ noise: String) throws -> [Sentence] {
    guard let table = try run.table(GeometryColumns.file) else { return [] }
    return try run.topLevels.filter { $0.noise == noise }.compactMap { top in
      let row = try rows(table, top)
      guard let alignment = try row[GeometryColumns.unbiasedAlignment].first ?? nil,
        let overlap = try row[GeometryColumns.neighborOverlap].first ?? nil
      else { return nil }
      return Sentence(
        "At \(Wording.level(top)) the embeddings have an unbiased linear CKA of "
          + "\(Quantity.coefficient.text(alignment)) with the clean ones, and \(Wording.percent(overlap)) of an image's "
          + "nearest neighbours are still its neighbours.", noise: noise,
        .table(GeometryColumns.file))
    }
  }
}
