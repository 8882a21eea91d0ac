import Files
import Foundation
import RunAnalyses
import Runs

/// What noise does to accuracy and calibration.
struct AccuracySentences {
  private let run: ReportedRun
  private let scores: [LevelScore]
  private let chance: Double
  /// Whether the levels are pooled over seeds.
  private let isPooled: Bool

  init(_ run: ReportedRun) throws {
    self.run = run
    (scores, isPooled) = try LevelScore.all(run.directory) ?? ([], false)
    chance = 1 / Double(max(1, run.classes.count))
    (details, calibration, groups) = ([], [], [])
    details = try between + classLosses() + attractors() + levelTests() + corruption()
    calibration = calibrationSentences
    groups = try groupSentences()
  }

  /// Levels in between, classes, tests.
  private(set) var details: [String]
  private(set) var calibration: [String]
  /// Group by group.
  private(set) var groups: [String]

  private var clean: LevelScore? { scores.first(where: \.isClean) }

  /// The kinds of noise, in the order of the table.
  private var noises: [String] {
    scores.filter { !$0.isClean }.map(\.noise).uniqued
  }

  private func levels(_ noise: String) -> [LevelScore] {
    scores.filter { $0.noise == noise }.sorted { $0.level < $1.level }
  }

  // MARK: Headline

  /// From clean images to the highest level of each noise.
  var headline: [String] {
    guard let clean else {
      return scores.isEmpty
        ? [
          "This run has no zero-shot accuracy (no accuracy.csv), so what noise does to it is not known."
        ]
        : [
          "This run has no clean images, so a loss of accuracy under noise cannot be told: "
            + Wording.list(scores.map { "\(Wording.percent($0.top1, $0.interval)) at \($0.name)" })
            + "."
        ]
    }
    guard !noises.isEmpty else {
      return [
        "Top-1 accuracy is \(Wording.percent(clean.top1, clean.interval)) on clean images; no noise was applied."
      ]
    }
    return noises.compactMap { noise in levels(noise).last.map { fall(from: clean, to: $0) } }
  }

  private func fall(from clean: LevelScore, to noisy: LevelScore) -> String {
    let (before, after) = (
      Wording.percent(clean.top1, clean.interval), Wording.percent(noisy.top1, noisy.interval)
    )
    let guessing =
      noisy.interval?.contains(chance) == true
      ? ", which is not told apart from guessing (\(Wording.percent(chance)))" : ""
    if let drop = noisy.dropInterval {
      if drop.low > 0 {
        return
          "Top-1 accuracy falls from \(before) on clean images to \(after) at \(noisy.name)\(guessing)."
      }
      if drop.high < 0 {
        return
          "Top-1 accuracy rises from \(before) on clean images to \(after) at \(noisy.name)\(guessing)."
      }
      return
        "There is no evidence that \(noisy.name) changes top-1 accuracy: it is \(before) on clean images and "
        + "\(after) there, and the 95 % interval of the drop, \(Wording.percentRange(drop)), includes 0."
    }
    let verb =
      noisy.top1 < clean.top1 ? "falls" : noisy.top1 > clean.top1 ? "rises" : "stays the same:"
    let caution =
      noisy.interval == nil
      ? " (no intervals were computed, so chance is not ruled out)" : " (the drop has no interval)"
    return
      "Top-1 accuracy \(verb) from \(before) on clean images to \(after) at \(noisy.name)\(guessing)\(caution)."
  }

  // MARK: Details

  private var between: [String] {
    guard clean != nil else { return [] }
    return noises.compactMap { noise in
      let inner = levels(noise).dropLast()
      guard !inner.isEmpty else { return nil }
      return "In between it is "
        + Wording.list(
          inner.map { "\(Wording.percent($0.top1))\(short($0.interval)) at \($0.name)" }) + "."
    }
  }

  /// An interval after the first, which says what it is.
  private func short(_ interval: Interval?) -> String {
    interval.map { " (\(Wording.percentRange($0)))" } ?? ""
  }

  /// How many classes lose, at the highest level of each noise.
  private func classLosses() throws -> [String] {
    guard let changes = try run.table(ChangeColumns.file) else { return [] }
    return try run.topLevels.compactMap { top in
      let rows = try changes.rows(ofLevel: top)
      var sums: [String: (sum: Double, count: Double)] = [:]
      for (name, drop) in try zip(rows[ChangeColumns.className], rows[ChangeColumns.drop]) {
        guard let drop else { continue }
        sums[name, default: (0, 0)].sum += drop
        sums[name, default: (0, 0)].count += 1
      }
      // Of several seeds the mean.
      let drops = sums.map { (name: $0.key, drop: $0.value.sum / $0.value.count) }
        .sorted { ($1.drop, $0.name) < ($0.drop, $1.name) }
      guard let worst = drops.first else { return nil }
      // Means of seeds that cancel are not 0 to the last bit.
      let losing = drops.count { $0.drop > 1e-9 }
      let gaining = drops.count { $0.drop < -1e-9 }
      var text =
        "\(losing) of \(Wording.count(drops.count, "class", plural: "classes")) "
        + "\(losing == 1 || drops.count == 1 ? "loses" : "lose") accuracy at \(Wording.level(top))"
      let same = drops.count - losing - gaining
      if gaining > 0 { text += ", \(gaining) \(gaining == 1 ? "gains" : "gain")" }
      if same > 0 { text += ", \(same) \(same == 1 ? "keeps its" : "keep theirs")" }
      if losing > 0 {
        // Drops are shares of few images, so several classes often lose the same.
        let alike = drops.count { worst.drop - $0.drop < 1e-9 }
        text +=
          "; most is lost by \(worst.name)\(alike > 1 ? " and \(alike - 1) more" : "") "
          + "(\(Wording.number(100 * worst.drop, digits: 0)) points)"
      }
      return text + "."
    }
  }

  /// The classes that far more images are taken for than are theirs, at the highest level of each noise.
  private func attractors() throws -> [String] {
    let own = run.labels.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
    return try run.topLevels.compactMap { top in
      guard let taken = try imagesTakenForClasses(top) else { return nil }
      let total = taken.reduce(0, +)
      let shares = zip(run.classes, taken).enumerated().map { index, entry in
        (
          name: entry.0, share: entry.1 / total,
          ownShare: Double(own[index] ?? 0) / Double(max(1, run.labels.count))
        )
      }
      let drawing = shares.filter { $0.share >= max(0.15, 3 * $0.ownShare) }
        .sorted { $0.share > $1.share }
      guard !drawing.isEmpty else { return nil }
      return "At \(Wording.level(top)) the model takes "
        + Wording.list(
          drawing.map {
            "\(Wording.percent($0.share)) of the images for \($0.name) (\(Wording.percent($0.ownShare)) are)"
          }) + "."
    }
  }

  /// How many images are taken for each class under a condition; nil without a table of confusion.
  private func imagesTakenForClasses(_ condition: Condition) throws -> [Double]? {
    let (file, pairFile) = (ConfusionColumns.file, ConfusionPairColumns.file)
    if let confusion = try run.table(file, at: file.pattern.path(condition)) {
      return try run.classes.map { name in
        try confusion[ConfusionColumns.predicted(name)].reduce(0) { $0 + Double($1) }
      }
    }
    guard let pairs = try run.table(pairFile, at: pairFile.pattern.path(condition)) else {
      return nil
    }
    var taken: [String: Double] = [:]
    for (name, count) in zip(
      try pairs[ConfusionPairColumns.predicted], try pairs[ConfusionPairColumns.count])
    {
      taken[name, default: 0] += Double(count)
    }
    return run.classes.map { taken[$0] ?? 0 }
  }

  /// Tests between levels that were corrected together.
  private func levelTests() throws -> [String] {
    typealias Columns = LevelTestColumns
    guard let table = try run.table(Columns.file), !table.isEmpty else { return [] }
    let p = try table[Columns.adjusted]
    let names = try zip(
      zip(table[Columns.firstNoise], table[Columns.firstLevel]),
      zip(table[Columns.secondNoise], table[Columns.secondLevel])
    ).map {
      "\(Wording.level(noise: $0.0, level: $0.1)) and \(Wording.level(noise: $1.0, level: $1.1))"
    }
    let open = names.indices.filter { p[$0] >= 0.05 }
    let tested = "on the same images (paired permutation tests, Holm-corrected)"
    if open.isEmpty {
      let largest = p.max() ?? 1
      return [
        names.count == 1
          ? "\(names[0]) differ \(tested): \(Wording.probability(largest))."
          : "All \(names.count) differences between levels are significant \(tested): \(Wording.probability(largest, name: "the largest p"))."
      ].map { text in
        // σ has a capital, which is another sign.
        text.first?.isASCII == true ? text.prefix(1).uppercased() + text.dropFirst() : text
      }
    }
    let shown = open.prefix(4).map { "\(names[$0]) (\(Wording.probability(p[$0])))" }
    let rest = open.count > shown.count ? " and \(open.count - shown.count) more pairs" : ""
    let significant = names.count - open.count
    return [
      "\(significant) of \(names.count) differences between levels \(significant == 1 ? "is" : "are") significant "
        + "\(tested); there is no "
        + "evidence of a difference between \(Wording.list(Array(shown)))\(rest)."
    ]
  }

  private func corruption() throws -> [String] {
    guard let table = try run.table(CorruptionColumns.file) else { return [] }
    let noise = try table[ConditionColumns.noise]
    let baseline = try table[CorruptionColumns.baseline]
    let error = try table[CorruptionColumns.corruptionError]
    let relative = try table[CorruptionColumns.relativeCorruptionError]
    return noise.indices.compactMap { i in
      guard let value = error[i], let baseline = baseline[i] else { return nil }
      let also = relative[i].map { ", relative to clean images \(Wording.percent($0))" } ?? ""
      return
        "The corruption error under \(Wording.noise(noise[i])), the mean error over that of the baseline "
        + "(\(baseline)), is \(Wording.percent(value))\(also)."
    }
  }

  // MARK: Calibration

  private var calibrationSentences: [String] {
    guard let before = clean?.calibration else { return [] }
    return noises.compactMap { noise in
      guard let noisy = levels(noise).last, let after = noisy.calibration else { return nil }
      var text =
        "The expected calibration error\(after.isDebiased ? ", less what a calibrated model would show," : "") "
        + "is \(error(before)) on clean images and \(error(after)) at \(noisy.name)"
      if let scaled = after.scaled {
        text += ". Temperature scaling brings it to \(Wording.number(scaled)) there"
      }
      return text + "."
    }
  }

  private func error(_ calibration: LevelScore.Calibration) -> String {
    Wording.number(calibration.error)
      + (calibration.p.map { " (\(Wording.probability($0)))" } ?? "")
  }

  // MARK: Groups

  private func groupSentences() throws -> [String] {
    guard let table = try run.table(GroupColumns.file) else { return [] }
    return try table[GroupColumns.group].uniqued.flatMap { group -> [String] in
      let scores = try LevelScore.accuracies(table.rows(where: GroupColumns.group == group))
      guard let clean = scores.first(where: \.isClean) else { return [] }
      return run.topLevels.compactMap { top in
        guard let noisy = scores.first(where: { $0.noise == top.noise && $0.level == top.level })
        else { return nil }
        return
          "In the group \(group) top-1 accuracy goes from \(Wording.percent(clean.top1, clean.interval)) to "
          + "\(Wording.percent(noisy.top1, noisy.interval)) at \(noisy.name)."
      }
    }
  }

  /// What the accuracies cannot say.
  var limits: [String] {
    guard !scores.isEmpty else { return [] }
    var limits: [String] = []
    if scores.allSatisfy({ $0.interval == nil }) {
      limits.append(
        "No intervals were computed, so no difference of accuracy is told apart from chance.")
    }
    let isRandom = run.conditions.contains { $0.seed != nil }
    if !isPooled || scores.allSatisfy({ ($0.seeds ?? 1) <= 1 }), isRandom {
      limits.append(
        "One noise seed \(isPooled ? "was used" : "is shown"): how much results differ between draws of the noise is not known."
      )
    }
    return limits
  }
}
