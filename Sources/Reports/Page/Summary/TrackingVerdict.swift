import RunAnalyses

/// Whether topology tracks accuracy under one kind of noise: what the rule makes of the rows of `link.csv`.
///
/// A correlation is found when its p, corrected for its family, is below 0.05 and its 95 % interval, if there is
/// one, excludes 0. Where no p of the family could be, nothing was tested; where none is, that is no evidence of
/// none, unless all intervals lie inside ±0.3.
struct TrackingVerdict: Sendable {
  /// What there is to say.
  enum Kind: Sendable, Equatable {
    /// Classes whose diagrams moved more lose more.
    case tracks
    /// They lose less.
    case runsAgainst
    /// Some measures say the one, some the other.
    case bothWays
    /// Related, but the relation goes when the scale of distances, or where a class began, is taken out.
    case doubtful
    /// All intervals lie inside ±0.3.
    case isSmall
    /// Not found, and not ruled out.
    case noEvidence
    /// No p could have been small enough.
    case untestable
    /// The table has no correlation within levels.
    case unknown
  }

  /// The largest correlation that counts as small.
  static let smallSize = 0.3

  let noise: String
  let kind: Kind
  /// The rows that were tested: of topological measures named beforehand where the table tells.
  let rows: [TrackingRow]
  /// Those that were found, the largest first.
  let found: [TrackingRow]
  /// The strongest: of those found, else of all; nil without rows.
  let strongest: TrackingRow?
  /// Why a relation is doubtful, or that it is not, in sentences.
  let remarks: [String]

  /// That of a kind of noise.
  ///
  /// - Parameters:
  ///   - noise: The kind of noise.
  ///   - rows: Its rows under test, within levels and over all classes.
  ///   - all: All rows of the table.
  init(_ noise: String, rows: [TrackingRow], all: [TrackingRow]) {
    self.noise = noise
    self.rows = rows
    found = rows.filter(\.isFound).sorted { abs($0.estimate) > abs($1.estimate) }
    strongest = found.first ?? rows.max { abs($0.estimate) < abs($1.estimate) }
    guard let first = found.first else {
      remarks = []
      let intervals = rows.compactMap(\.interval)
      let size = Self.smallSize
      if rows.isEmpty {
        kind = .unknown
      } else if !rows.contains(where: { $0.correctedP != nil }) {
        kind = .untestable
      } else if intervals.count == rows.count,
        intervals.allSatisfy({ -size < $0.low && $0.high < size })
      {
        kind = .isSmall
      } else {
        kind = .noEvidence
      }
      return
    }
    if found.contains(where: { ($0.estimate > 0) != (first.estimate > 0) }) {
      remarks = []
      kind = .bothWays
      return
    }
    let scale = Self.withoutScale(found, among: rows + all.filter { $0.isLike(first) })
    let share = Self.relativeDrop(first, in: all)
    remarks = [scale, share?.text].compactMap(\.self)
    kind =
      scale != nil || share?.holds == false
      ? .doubtful : first.estimate > 0 ? .tracks : .runsAgainst
  }

  /// What is left of the measures found once distances are divided by their scale, where that is nothing.
  private static func withoutScale(_ found: [TrackingRow], among rows: [TrackingRow]) -> String? {
    guard !found.contains(where: { $0.measure.unscaled != nil }) else { return nil }
    let scaled = found.compactMap { row in
      rows.first { $0.measure.unscaled == row.measure.name }
    }
    guard !scaled.isEmpty, !scaled.contains(where: \.isFound) else { return nil }
    return "With the scale of the distances removed there is no evidence of it: "
      + "\(Wording.list(scaled.map(\.told))). How far apart a class's embeddings lie may be all that goes with the drop."
  }

  /// Whether the relation holds with the drop as a share of where a class began; nil where that was not
  /// computed.
  private static func relativeDrop(
    _ row: TrackingRow, in all: [TrackingRow]
  ) -> (holds: Bool, text: String)? {
    let relative = all.first {
      $0.scope == .relative && $0.group == nil && $0.noise == row.noise
        && $0.measure == row.measure && $0.statistic == row.statistic
    }
    guard let relative else { return nil }
    if relative.isFound, (relative.estimate > 0) == (row.estimate > 0) {
      return (
        true, "It holds for the drop as a share of the clean accuracy too (\(relative.numbers))."
      )
    }
    // Those that begin no better than guessing have no share to lose.
    let which =
      relative.classCount < row.classCount
      ? " of the \(Wording.count(relative.classCount, "class", plural: "classes")) that \(relative.classCount == 1 ? "begins" : "begin") above guessing"
      : ""
    return (
      false,
      "There is no evidence that it holds for the drop as a share of the clean accuracy\(which) (\(relative.numbers)): "
        + "a class that begins low has little to lose, and the relation may be no more than that."
    )
  }

  // MARK: Words

  /// In a table and in the fold of a kind of noise.
  var words: String {
    switch kind {
    case .tracks: "topology tracks accuracy"
    case .runsAgainst: "topology runs against accuracy"
    case .bothWays: "related, but not in one direction"
    case .doubtful: "related, but doubtful"
    case .isSmall: "smaller than 0.3"
    case .noEvidence:
      "no evidence"
        + (strongest?.detectable.map {
          ": a size of \(Quantity.coefficient.text($0)) or more would have been found with 80 %"
        } ?? "")
    case .untestable: "could not be tested"
    case .unknown: "not computed"
    }
  }

  /// The answer as a sentence of its own.
  var headline: String {
    switch kind {
    case .tracks:
      "Topology tracks accuracy here: within levels, classes whose diagrams moved more lose more accuracy."
    case .runsAgainst:
      "Topology runs against accuracy here: within levels, classes whose diagrams moved more lose less accuracy."
    case .bothWays: "Topology and accuracy are related here, but not in one direction."
    case .doubtful: "Topology and accuracy are related here, but the relation is doubtful."
    case .isSmall:
      "Whatever relation there is between topology and accuracy here, it is smaller than 0.3."
    case .noEvidence: "There is no evidence here that topology tracks accuracy."
    case .untestable: "Whether topology tracks accuracy could not be tested here."
    case .unknown: "Whether topology tracks accuracy could not be told here."
    }
  }

  /// The same of some kinds of noise, as a part of a sentence.
  static func clause(_ kind: Kind, _ noises: String) -> String {
    switch kind {
    case .tracks: "topology tracks accuracy under \(noises)"
    case .runsAgainst: "topology runs against accuracy under \(noises)"
    case .bothWays: "the two are related, but not in one direction, under \(noises)"
    case .doubtful: "the two are related, but doubtfully, under \(noises)"
    case .isSmall: "any relation is smaller than 0.3 under \(noises)"
    case .noEvidence: "there is no evidence that topology tracks accuracy under \(noises)"
    case .untestable: "it could not be tested under \(noises)"
    case .unknown: "it was not computed for \(noises)"
    }
  }

  /// The numbers behind the answer, in sentences.
  var numbers: [String] {
    guard let strongest else { return [] }
    let count = Wording.count(rows.count, "topological measure")
    switch kind {
    case .tracks, .runsAgainst, .doubtful:
      let rest = found.dropFirst().prefix(3).map(\.told)
      let more = found.count > 4 ? " and \(found.count - 4) more" : ""
      return [
        "Of \(count), \(found.count) \(found.count == 1 ? "is" : "are") correlated with the drop: "
          + Wording.list([strongest.told] + rest) + more + "."
      ] + remarks
    case .bothWays:
      let (up, down) = (found.filter { $0.estimate > 0 }, found.filter { $0.estimate < 0 })
      return [
        "Of \(count), classes that changed more lose more by \(Wording.list(up.map(\.told))), and less by "
          + "\(Wording.list(down.map(\.told)))."
      ]
    case .untestable:
      let why = strongest.note.split(separator: "; ").first { $0.contains("could not be tested") }
      return [
        "With \(Wording.count(strongest.classCount, "class", plural: "classes")) no p can survive the correction for "
          + "so many tests\(why == nil ? "" : " (\(why ?? ""))"). The strongest of \(count) is \(strongest.told)."
      ]
    case .isSmall, .noEvidence:
      var sentences = [
        "Within levels, the strongest of \(count) is \(strongest.told)."
      ]
      let hints = rows.filter { $0.excludesZero == true }
      if !hints.isEmpty {
        sentences.append(
          "\(hints.count == 1 ? "One interval leaves" : "\(hints.count) intervals leave") out 0, but no p survives the "
            + "correction: \(hints.count == 1 ? "a hint, no result" : "hints, no results").")
      }
      if kind == .noEvidence { sentences.append(reach) }
      return sentences.filter { !$0.isEmpty }
    case .unknown: return []
    }
  }

  /// What would have been found.
  private var reach: String {
    if let detectable = strongest?.detectable {
      return
        "A correlation of size \(Quantity.coefficient.text(detectable)) or more would have been found with a probability "
        + "of 80 %; a smaller one may be there unseen."
    }
    let intervals = rows.compactMap(\.interval)
    guard let low = intervals.map(\.low).min(), let high = intervals.map(\.high).max(),
      let whole = Interval(low, high)
    else { return "" }
    return
      "The 95 % intervals reach from \(Quantity.coefficient.range(whole)): a considerable relation is not ruled out."
  }
}

extension TrackingRow {
  /// Whether it is of the same test of another measure.
  fileprivate func isLike(_ other: TrackingRow) -> Bool {
    scope == other.scope && group == other.group && noise == other.noise
      && statistic == other.statistic
  }
}
