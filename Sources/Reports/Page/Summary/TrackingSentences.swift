import Analyses
import Files
import RunAnalyses
import Runs

/// Whether the classes whose topology moved more lose more accuracy.
struct TrackingSentences {
  private let all: [TrackingRow]
  private let control: [TrackingRow]
  private let hasControl: Bool
  private let statistic: RankCorrelation
  private let classCount: Int
  /// The control's scores on clean images.
  private let controlScore: LevelScore?

  init(_ run: ReportedRun) throws {
    all = try run.table(TrackingColumns.file).map(TrackingRow.all) ?? []
    let controlRun = RunDirectory(run.directory.file(RunDirectory.controlFolder))
    let controlTable = try controlRun.table(TrackingColumns.file)
    hasControl = controlTable != nil
    control = try controlTable.map(TrackingRow.all) ?? []
    statistic = all.contains { $0.statistic == .spearman } ? .spearman : .kendall
    classCount = run.classes.count
    controlScore = try LevelScore.all(controlRun)?.scores.first(where: \.isClean)
  }

  /// The rows of the primary result: all classes, ranked within levels.
  private func primary(_ noise: String, isTopological: Bool) -> [TrackingRow] {
    all.filter {
      $0.scope == .within && $0.group == nil && $0.statistic == statistic && $0.noise == noise
        && $0.isTopological == isTopological && !$0.isReference
    }
  }

  private var noises: [String] {
    all.filter { $0.scope == .within }.map(\.noise).uniqued
  }

  /// The measure that sentences cite: the largest of those found, else the largest.
  private func cited(_ rows: [TrackingRow]) -> TrackingRow? {
    let found = rows.filter(\.isFound)
    return (found.isEmpty ? rows : found).max { abs($0.estimate) < abs($1.estimate) }
  }

  /// The answer, for each kind of noise.
  var headline: [String] {
    guard !all.isEmpty else {
      return [
        "Whether topology tracks accuracy was not tested in this run: there is no correlation in link.csv, which takes "
          + "zero-shot accuracy, topology and statistics of four classes or more, clean and under noise."
      ]
    }
    let answers = noises.flatMap { noise in
      let rows = primary(noise, isTopological: true)
      return rows.isEmpty
        ? [] : answer(rows, under: noises.count > 1 ? " under \(Wording.noise(noise))" : "")
    }
    return answers.isEmpty
      ? [
        "Whether topology tracks accuracy could not be told: link.csv has no correlation within levels."
      ]
      : answers
  }

  private func answer(_ rows: [TrackingRow], under: String) -> [String] {
    let found = rows.filter(\.isFound).sorted { abs($0.estimate) > abs($1.estimate) }
    guard let first = found.first else { return nothingFound(rows, under: under) }
    let count = Wording.count(rows.count, "topological measure")
    if found.contains(where: { ($0.estimate > 0) != (first.estimate > 0) }) {
      return [
        "Topology and accuracy are related here\(under), but not in one direction: of \(count), classes that changed "
          + "more lose more by "
          + Wording.list(
            found.filter { $0.estimate > 0 }.map { "\($0.measure.words) (\($0.numbers))" })
          + ", and less by "
          + Wording.list(
            found.filter { $0.estimate < 0 }.map { "\($0.measure.words) (\($0.numbers))" }) + "."
      ]
    }
    let others = found.dropFirst().prefix(3).map { "\($0.measure.words) (\($0.numbers))" }
    let rest = found.count > 4 ? " and \(found.count - 4) more" : ""
    let also =
      others.isEmpty
      ? " It is the only one of \(count) for which that holds."
      : " The same holds for \(others.joined(separator: "; "))\(rest): \(found.count) of \(count) in all."
    let scale = withoutScale(found, among: rows)
    let share = relativeDrop(first)
    let isDoubtful = !scale.isEmpty || share?.holds == false
    let verdict =
      isDoubtful
      ? "Topology and accuracy are related here\(under), but the relation is doubtful"
      : "Topology \(first.estimate > 0 ? "tracks" : "runs against") accuracy here\(under)"
    return [
      "\(verdict): within levels, classes whose diagrams moved more lose "
        + "\(first.estimate > 0 ? "more" : "less") accuracy. By \(first.measure.words): "
        + "\(first.numbers).\(also)\(scale)\(share?.text ?? "")"
    ]
  }

  /// What is left of the measures found once distances are divided by their scale, where that is nothing.
  private func withoutScale(_ found: [TrackingRow], among rows: [TrackingRow]) -> String {
    guard !found.contains(where: { $0.measure.unscaled != nil }) else { return "" }
    let scaled = found.compactMap { row in
      rows.first { $0.measure.unscaled == row.measure.name }
        .map { "\(row.measure.words) then has \($0.numbers)" }
    }
    guard !scaled.isEmpty else { return "" }
    return " With the scale of the distances removed there is no evidence of it: "
      + "\(scaled.joined(separator: "; ")). How far apart a class's embeddings lie may be all that goes with the drop."
  }

  /// Whether the relation holds with the drop as a share of where a class began; nil where that was not
  /// computed.
  private func relativeDrop(_ row: TrackingRow) -> (holds: Bool, text: String)? {
    guard let relative = same(row, scope: .relative, in: all).first else { return nil }
    let numbers = "\(row.measure.words) has \(relative.numbers)"
    if relative.isFound, (relative.estimate > 0) == (row.estimate > 0) {
      return (true, " It holds for the drop as a share of the clean accuracy too: \(numbers).")
    }
    // Those that begin no better than guessing have no share to lose.
    let which =
      relative.classCount < row.classCount
      ? ", of the \(relative.classCount) classes that begin above guessing" : ""
    return (
      false,
      " There is no evidence that it holds for the drop as a share of the clean accuracy\(which): \(numbers). A class "
        + "that begins low has little to lose, and the relation may be no more than that."
    )
  }

  private func nothingFound(_ rows: [TrackingRow], under: String) -> [String] {
    guard let largest = cited(rows) else { return [] }
    guard rows.contains(where: { $0.correctedP != nil }) else {
      return [
        "Whether topology tracks accuracy\(under) could not be tested: with "
          + "\(Wording.count(largest.classCount, "class", plural: "classes")) no p can survive the "
          + "correction for so many measures. The largest correlation in size is that of "
          + "\(largest.measure.words) (\(largest.numbers))."
      ]
    }
    var text =
      "There is no evidence here that topology tracks accuracy\(under): within levels, none of "
      + "\(Wording.count(rows.count, "topological measure")) is correlated with the drop of accuracy over classes after "
      + "the correction. The largest correlation in size is that of \(largest.measure.words) (\(largest.numbers))."
    let hints = rows.filter { $0.excludesZero == true }
    if !hints.isEmpty {
      text +=
        hints.count == 1
        ? " For one of them the interval excludes 0, but its p does not survive the correction: a hint, no result."
        : " For \(hints.count) of them the interval excludes 0, but no p survives the correction: hints, no results."
    }
    let intervals = rows.compactMap(\.interval)
    if let low = intervals.map(\.low).min(), let high = intervals.map(\.high).max() {
      let reach = "from \(Wording.number(low, digits: 2)) to \(Wording.number(high, digits: 2))"
      text +=
        max(abs(low), abs(high)) < 0.3
        ? " All 95 % intervals lie \(reach): a strong relation is ruled out."
        : " The 95 % intervals reach \(reach): a considerable relation is not ruled out either."
    }
    return [text]
  }

  // MARK: Details

  /// Other measures, levels one by one, the confounded correlation, the control.
  var details: [String] {
    noises.flatMap { noise -> [String] in
      guard let cited = cited(primary(noise, isTopological: true)) else { return [] }
      return [
        geometric(noise), references(cited), byLevel(cited), atOneLevel(noise), pooled(cited),
        hasControl ? controlSentence(cited) : nil, hasControl ? controlCaution : nil,
      ].compactMap(\.self)
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

  private func geometric(_ noise: String) -> String? {
    let rows = primary(noise, isTopological: false)
    guard let largest = cited(rows) else { return nil }
    let found = rows.filter(\.isFound)
    let under = noises.count > 1 ? " under \(Wording.noise(noise))" : ""
    let count = Wording.count(rows.count, "measure")
    let start =
      "Of \(count) that \(rows.count == 1 ? "is" : "are") not topological\(under), "
    return found.isEmpty
      ? start
        + "none is found to be correlated with the drop within levels; the largest in size is that of "
        + "\(largest.measure.words) (\(largest.numbers))."
      : start
        + "\(found.count) \(found.count == 1 ? "is" : "are") correlated with the drop within levels: "
        + Wording.list(found.map { "\($0.measure.words) (\($0.numbers))" }) + "."
  }

  /// What a topological measure has to beat.
  private func references(_ cited: TrackingRow) -> String? {
    let rows = all.filter {
      $0.isReference && $0.scope == .within && $0.group == nil && $0.noise == cited.noise
        && $0.statistic == cited.statistic
    }
    guard let largest = rows.map({ abs($0.estimate) }).max() else { return nil }
    let text =
      "Plain numbers that a topological measure has to beat: "
      + Wording.list(rows.map { "\($0.measure.words) (\($0.numbers))" }) + "."
    guard cited.isFound else { return text }
    let name: String = cited.measure.words.prefix(1).uppercased() + cited.measure.words.dropFirst()
    let isAlone = rows.count == 1
    if abs(cited.estimate) <= largest {
      return text
        + " \(name) is not correlated more than they are, so it may say no more than they do."
    }
    let isApart = rows.allSatisfy { row in
      guard let ours = cited.sizeInterval, let theirs = row.sizeInterval else { return false }
      return ours.low > theirs.high
    }
    return isApart
      ? text + " \(name) is correlated more than \(isAlone ? "it is" : "they are")."
      : text
        + " \(name) has the larger correlation, but the intervals overlap, so it is not shown to say "
        + "more than \(isAlone ? "it does" : "they do")."
  }

  private func byLevel(_ row: TrackingRow) -> String? {
    let rows = same(row, scope: .level, in: all)
    guard !rows.isEmpty else { return nil }
    return "Level by level, \(row.measure.words) has "
      + Wording.list(
        rows.compactMap { row in
          row.level.map { "\(row.numbers) at \(Wording.level(noise: row.noise, level: $0))" }
        }) + "."
  }

  /// What passes at single levels, and whether the drop there is more than what the classes had.
  private func atOneLevel(_ noise: String) -> String? {
    let rows = all.filter {
      $0.scope == .level && $0.group == nil && $0.noise == noise && $0.statistic == statistic
    }
    let sentences = rows.compactMap(\.level).uniqued.compactMap { level -> String? in
      let found = rows.filter { $0.level == level && $0.isTopological && $0.isFound }
      guard !found.isEmpty else { return nil }
      let text =
        "At \(Wording.level(noise: noise, level: level)) alone, "
        + Wording.list(found.map { "\($0.measure.words) (\($0.numbers))" })
        + " \(found.count == 1 ? "is" : "are") correlated with the drop"
      guard
        let start = rows.first(where: {
          $0.level == level && $0.measure == StatisticsAnalysis.cleanAccuracy
        }),
        start.estimate > 0.7
      else { return text + "." }
      return text
        + "; but the drop there is little else than the clean accuracy (\(start.numbers)): classes that have lost all "
        + "differ only in where they began."
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  private func pooled(_ row: TrackingRow) -> String? {
    guard let pooled = same(row, scope: .pooled, in: all).first else { return nil }
    let start =
      "Pooled over levels the same correlation is \(Wording.number(pooled.estimate, digits: 2)), but "
    let mean = Wording.number(pooled.permutedMean, digits: 2)
    return abs(pooled.permutedMean) >= 0.1
      ? start
        + "that is confounded by level: change and drop both grow with the noise, and with classes shuffled within "
        + "levels it is \(mean) on average. It is no evidence."
      : start
        + "it mixes levels with classes (shuffled within levels, classes give \(mean) on average). It is no evidence."
  }

  private func controlSentence(_ row: TrackingRow) -> String {
    guard let other = same(row, scope: .within, in: control).first else {
      return "The control, an encoder with random weights, has no such correlation to compare."
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

  /// A control that guesses from the start has no accuracy to lose.
  private var controlCaution: String? {
    guard let controlScore, classCount > 0,
      (controlScore.interval?.low ?? controlScore.top1) <= 1 / Double(classCount)
    else { return nil }
    return
      "The control is no better than guessing on clean images (\(Wording.percent(controlScore.top1))), so it has "
      + "hardly any accuracy to lose, and that it shows no relation says little."
  }

  /// The cited measure within each group of classes.
  var groups: [String] {
    noises.flatMap { noise -> [String] in
      guard let cited = cited(primary(noise, isTopological: true)) else { return [] }
      let rows = all.filter {
        $0.scope == .within && $0.noise == noise && $0.measure == cited.measure
          && $0.statistic == cited.statistic
      }
      return rows.compactMap { row in
        guard let group = row.group else { return nil }
        let place = "For \(cited.measure.words), within the group \(group): "
        // Its numbers say that it could not be tested.
        guard row.correctedP != nil else { return place + row.numbers + "." }
        let verdict =
          if row.isFound {
            (row.estimate > 0) == (cited.estimate > 0) ? "it holds" : "it has the other sign"
          } else {
            "no evidence"
          }
        return place + "\(verdict) (\(row.numbers))."
      }
    }
  }

  /// What the correlations cannot say.
  var limits: [String] {
    guard !all.isEmpty else {
      return ["The link between topology and accuracy was not tested."]
    }
    var limits: [String] = []
    if !hasControl {
      limits.append(
        "There is no control run with random weights, so a relation found may not be special to what the model learnt."
      )
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
