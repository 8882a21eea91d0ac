import Analyses
import Files
import RunAnalyses
import Runs

/// Whether the classes whose topology moved more lose more accuracy.
struct TrackingSentences {
  private let all: [TrackingRow]
  private let control: [TrackingRow]
  /// Whether there is a control.
  let hasControl: Bool
  private let statistic: RankCorrelation
  private let classCount: Int
  /// The control's scores on clean images.
  private let controlScore: LevelScore?
  /// A verdict a kind of noise, in the order of the table.
  let verdicts: [TrackingVerdict]

  init(_ run: ReportedRun) throws {
    all = try run.table(TrackingColumns.file).map(TrackingRow.all) ?? []
    let controlRun = RunDirectory(run.directory.file(RunDirectory.controlFolder))
    let controlTable = try controlRun.table(TrackingColumns.file)
    hasControl = controlTable != nil
    control = try controlTable.map(TrackingRow.all) ?? []
    let statistic: RankCorrelation =
      all.contains { $0.statistic == .spearman } ? .spearman : .kendall
    self.statistic = statistic
    classCount = run.classes.count
    controlScore = try LevelScore.all(controlRun)?.scores.first(where: \.isClean)
    let rows = all
    verdicts = rows.filter { $0.scope == .within }.map(\.noise).uniqued.map { noise in
      let tested = rows.filter {
        $0.scope == .within && $0.group == nil && $0.statistic == statistic && $0.noise == noise
          && $0.isTopological
      }
      let primary = tested.filter { $0.isPrimary == true }
      return TrackingVerdict(noise, rows: primary.isEmpty ? tested : primary, all: rows)
    }.filter { $0.kind != .unknown }
  }

  /// Whether there is any correlation at all.
  var isEmpty: Bool { all.isEmpty }

  private func verdict(_ noise: String) -> TrackingVerdict? {
    verdicts.first { $0.noise == noise }
  }

  // MARK: Headline

  /// The answer, of one kind of noise with its numbers, of several as one sentence.
  var headline: [Sentence] {
    guard !all.isEmpty else {
      return [
        Sentence(
          "Whether topology tracks accuracy was not tested in this run: there is no correlation in link.csv, which takes "
            + "zero-shot accuracy, topology and statistics of four classes or more, clean and under noise."
        )
      ]
    }
    guard let first = verdicts.first else {
      return [
        Sentence(
          "Whether topology tracks accuracy could not be told: link.csv has no correlation within levels."
        )
      ]
    }
    if verdicts.count == 1 {
      return [
        Sentence(first.headline, noise: first.noise),
        Sentence(
          first.numbers.joined(separator: " "), noise: first.noise, .figure("correlations"),
          .figure("link"),
          .table(TrackingColumns.file)),
      ]
    }
    return joint
  }

  /// That of several kinds of noise.
  private var joint: [Sentence] {
    let clauses = verdicts.map(\.kind).uniqued.map { kind in
      TrackingVerdict.clause(
        kind,
        Wording.list(verdicts.filter { $0.kind == kind }.map { Wording.noise($0.noise) }))
    }
    var sentences = [Sentence(Wording.sentenceCase(clauses.joined(separator: "; ")) + ".")]
    let strongest = verdicts.compactMap(\.strongest).max { abs($0.estimate) < abs($1.estimate) }
    if let strongest {
      let joint = strongest.jointP.map {
        "; corrected over kinds of noise too, \(Wording.probability($0))"
      }
      sentences.append(
        Sentence(
          "The strongest correlation within levels is that of \(strongest.measure.words) under "
            + "\(Wording.noise(strongest.noise)) (\(strongest.numbers)\(joint ?? "")).",
          noise: strongest.noise, .figure("correlations"), .figure("link"),
          .table(TrackingColumns.file)))
    }
    return sentences
  }

  // MARK: Details

  /// Of several kinds of noise the answer for one; other measures, levels one by one, the control.
  func details(_ noise: String) -> [Sentence] {
    guard let verdict = verdict(noise), let cited = verdict.strongest else { return [] }
    var sentences: [Sentence] = []
    if verdicts.count > 1 {
      sentences.append(
        Sentence(
          verdict.numbers.joined(separator: " "), noise: noise, .figure("correlations"),
          .figure("link"),
          .table(TrackingColumns.file)))
    }
    let rest = [
      further(noise, beside: verdict), geometric(noise), references(cited), atOneLevel(noise),
      pooled(cited), sizes(noise), hasControl ? controlSentence(cited) : nil,
    ].compactMap(\.self)
    return sentences
      + (rest + groups(noise)).map {
        Sentence($0, noise: noise)
      }
  }

  private func same(_ row: TrackingRow, scope: TrackingRow.Scope, in rows: [TrackingRow])
    -> [TrackingRow]
  {
    rows.filter {
      $0.scope == scope && $0.group == nil && $0.noise == row.noise && $0.measure == row.measure
        && $0.statistic == row.statistic
    }
  }

  /// All rows within levels and over all classes that are under test.
  private func within(_ noise: String) -> [TrackingRow] {
    all.filter {
      $0.scope == .within && $0.group == nil && $0.statistic == statistic && $0.noise == noise
    }
  }

  /// What was found among the measures that were not named beforehand.
  private func further(_ noise: String, beside verdict: TrackingVerdict) -> String? {
    let found = within(noise).filter { row in
      row.isTopological && row.isFound && !verdict.rows.contains { $0.measure == row.measure }
    }
    guard !found.isEmpty else { return nil }
    return "Of the topological measures that were not named beforehand, "
      + "\(Wording.list(found.map(\.brief))) \(found.count == 1 ? "is" : "are") correlated with the drop too."
  }

  private func geometric(_ noise: String) -> String? {
    let found = within(noise).filter { !$0.isTopological && !$0.isReference && $0.isFound }
    guard !found.isEmpty else { return nil }
    return Wording.sentenceCase(
      "\(Wording.list(found.map(\.brief))), \(found.count == 1 ? "which is" : "which are") no topology, "
        + "\(found.count == 1 ? "is" : "are") correlated with the drop.")
  }

  /// What a topological measure has to beat.
  private func references(_ cited: TrackingRow) -> String? {
    let rows = within(cited.noise).filter(\.isReference)
    guard !rows.isEmpty else { return nil }
    return "Plain numbers that a topological measure has to beat: "
      + "\(Wording.list(rows.map(\.brief)))."
  }

  /// What passes at single levels, and whether the drop there is more than what the classes had.
  private func atOneLevel(_ noise: String) -> String? {
    let rows = all.filter {
      $0.scope == .level && $0.group == nil && $0.noise == noise && $0.statistic == statistic
    }
    let levels = rows.compactMap(\.level).uniqued
    // Of one level it is what was said of all.
    guard levels.count > 1 else { return nil }
    let sentences = levels.compactMap { level -> String? in
      let found = rows.filter { $0.level == level && $0.isTopological && $0.isFound }
      guard !found.isEmpty else { return nil }
      let text =
        "At \(Wording.level(noise: noise, level: level)) alone, "
        + "\(Wording.list(found.map(\.brief))) \(found.count == 1 ? "is" : "are") correlated with the drop"
      guard
        let start = rows.first(where: {
          $0.level == level && $0.measure == StatisticsAnalysis.cleanAccuracy
        }),
        start.estimate > 0.7
      else { return text + "." }
      return text
        + ", but the drop there is little else than the clean accuracy, with ρ of \(start.shortNumbers): classes that have lost all "
        + "differ only in where they began."
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  /// The correlation that is confounded, where it looks like a finding.
  private func pooled(_ row: TrackingRow) -> String? {
    guard let pooled = same(row, scope: .pooled, in: all).first,
      abs(pooled.permutedMean) >= 0.1
    else { return nil }
    return
      "Pooled over levels the same correlation is \(Quantity.coefficient.text(pooled.estimate)), which is no evidence: "
      + "change and drop both grow with the noise, and with classes shuffled within levels it is "
      + "\(Quantity.coefficient.text(pooled.permutedMean)) on average."
  }

  /// Measures that go with how many images a class has.
  private func sizes(_ noise: String) -> String? {
    let rows = within(noise).filter { $0.note.contains("goes with class size") && $0.isFound }
    guard !rows.isEmpty else { return nil }
    return
      "\(Wording.sentenceCase(Wording.list(rows.map(\.measure.words)))) \(rows.count == 1 ? "goes" : "go") with the number of "
      + "images of a class, which alone may make a correlation."
  }

  private func controlSentence(_ row: TrackingRow) -> String {
    guard let other = same(row, scope: .within, in: control).first else {
      return "The control, an encoder with random weights, has no such correlation to compare."
    }
    // One that guesses from the start has no accuracy to lose.
    if let score = controlScore, classCount > 0,
      (score.interval?.low ?? score.top1) <= 1 / Double(classCount)
    {
      return
        "The control, an encoder with random weights, is no better than guessing on clean images "
        + "(\(Wording.percent(score.top1))), so it has hardly any accuracy to lose, and its correlation by the same "
        + "measure (\(other.numbers)) says little."
    }
    let start =
      "The control, an encoder with random weights, has \(other.numbers) by the same measure: "
    if other.isFound || other.excludesZero == true {
      return (other.estimate > 0) == (row.estimate > 0)
        ? start
          + "features that learnt nothing show the relation too, so it is not special to what the model learnt."
        : start + "the relation there has the other sign."
    }
    let isOpen = row.interval.flatMap { ours in other.interval.map(ours.overlaps) } ?? true
    return row.isFound
      ? start + "no evidence of the relation where nothing was learnt"
        + (isOpen ? ", but the two are not shown to differ (their intervals overlap)." : ".")
      : start + "no evidence of a relation there either."
  }

  /// The cited measure within each group of classes that was tested.
  private func groups(_ noise: String) -> [String] {
    guard let cited = verdict(noise)?.strongest else { return [] }
    let rows = all.filter {
      $0.scope == .within && $0.noise == noise && $0.measure == cited.measure
        && $0.statistic == cited.statistic && $0.group != nil && $0.correctedP != nil
    }
    return rows.compactMap { row in
      guard let group = row.group else { return nil }
      let verdict =
        if row.isFound {
          (row.estimate > 0) == (cited.estimate > 0) ? "it holds" : "it has the other sign"
        } else {
          "there is no evidence"
        }
      return
        "Within the group \(group), for \(cited.measure.words), \(verdict) (\(row.numbers))."
    }
  }

  // MARK: Limits

  /// What the correlations cannot say.
  ///
  /// - Parameter isImported: Whether the embeddings were made elsewhere, which can have no control here.
  /// - Returns: A sentence each.
  func limits(isImported: Bool) -> [String] {
    guard !all.isEmpty else {
      return ["The link between topology and accuracy was not tested."]
    }
    var limits: [String] = []
    if !hasControl, !isImported {
      limits.append(
        "There is no control with random weights (--control), so a relation found may not be special to what the model "
          + "learnt.")
    }
    if classCount < 20 {
      limits.append(
        "\(Wording.count(classCount, "class", plural: "classes")) \(classCount == 1 ? "is" : "are") few to correlate over: only strong relations can be found."
      )
    }
    limits.append("A correlation over classes says nothing about cause.")
    return limits
  }
}
