import Analyses
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
      let distances = try moved[Columns.distance]
      let highs =
        try moved.has(Columns.betweenHalvesHigh) ? moved[Columns.betweenHalvesHigh] : []
      let parts = try moved[Columns.dimension].enumerated().compactMap {
        row, dimension -> String? in
        guard let distance = distances[row] else { return nil }
        guard distance.isFinite else {
          return "the H\(dimension) diagram by ∞ (another number of its bars does not die)"
        }
        let text = "the H\(dimension) diagram by \(Wording.number(distance))"
        guard highs.indices.contains(row), let high = highs[row], high.isFinite,
          let isMore = HalvesReference.isExceeded(by: distance, high: high)
        else { return text }
        return text + (isMore ? " (more than" : " (no more than")
          + " the \(Wording.number(high)) that end the 95 % interval of halves of the clean images)"
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
      // Older versions adjusted by Holm's method alone.
      let p = try tests.has(Columns.pAdjusted) ? tests[Columns.pAdjusted] : tests[Columns.pHolm]
      guard !p.isEmpty else { return nil }
      guard p.contains(where: { $0 != nil }) else {
        let notes = try tests.has(Columns.note) ? tests[Columns.note] : []
        return notes.first { !$0.isEmpty }.map {
          "The classes' diagrams at \(Wording.level(top)) and those of clean images \($0)."
        }
      }
      let isRaw = try tests[Columns.scale].map { $0 == "none" }
      let names = zip(try tests[Columns.dimension], isRaw).map {
        "H\($0)" + ($1 ? "" : " with the scale removed")
      }
      let found = p.indices.filter { (p[$0] ?? 1) <= PairedSwapTest.level }
      let count = Wording.count(p.count { $0 != nil }, "test")
      let told =
        "the classes' diagrams at \(Wording.level(top)) from those of clean images "
        + "(Robinson–Turner, paired by class, adjusted for all tests of the noise)"
      guard !found.isEmpty else {
        return "None of \(count) tells \(told): no evidence of a difference."
      }
      let onlyRaw = isRaw.contains(false) && found.allSatisfy { isRaw[$0] }
      return "\(found.count) of \(count) \(found.count == 1 ? "tells" : "tell") \(told): "
        + Wording.list(found.map { names[$0] })
        + (onlyRaw ? "; none with the scale of the distances removed." : ".")
    }
  }

  /// What the confidence bands say where they were asked for: once, over all conditions.
  private func bands() throws -> [String] {
    guard let table = try run.table(BandColumns.file) else { return [] }
    let whole = try table.rows(where: BandColumns.scope == Scope.allName)
    let widths = try whole[BandColumns.halfWidth].map { 2 * $0 }
    // No bar that dies is longer than the largest distance.
    guard let narrowest = widths.min(), let widest = widths.max(),
      let diameter = try whole[BandColumns.diameter].max()
    else { return [] }
    let caveat =
      "; bands are asymptotic and for all points at once, so a bar within one is not shown to be noise."
    let words =
      "The confidence bands of the diagrams of all images take bars up to "
      + [narrowest, widest].map { Wording.number($0, digits: 1) }.uniqued.joined(separator: " to ")
      + " long for sampling noise"
    if narrowest >= diameter {
      return [
        "\(words), and none that dies can be longer than \(Wording.number(diameter, digits: 1)): "
          + "they tell nothing here"
          + caveat
      ]
    }
    let loops = try whole[BandColumns.significantH1].compactMap(\.self)
    guard let fewest = loops.min(), let most = loops.max() else { return [words + caveat] }
    return [
      "\(words); outside of them stand "
        + (fewest == most
          ? Wording.count(most, "loop") : "\(fewest) to \(Wording.count(most, "loop"))")
        + " a condition" + caveat
    ]
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
