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
  }

  /// The scores on clean images; nil where there are none.
  var clean: LevelScore? { scores.first(where: \.isClean) }

  /// The kinds of noise, in the order of the table.
  var noises: [String] {
    scores.filter { !$0.isClean }.map(\.noise).uniqued
  }

  /// The scores under a kind of noise, by ascending level.
  func levels(_ noise: String) -> [LevelScore] {
    scores.filter { $0.noise == noise }.sorted { $0.level < $1.level }
  }

  // MARK: Headline

  /// From clean images to the highest level of the noise; of several kinds of noise where they start.
  var headline: [Sentence] {
    let anchors: (PageAnchor, PageAnchor) = (.figure("accuracy"), .table(LevelColumns.file))
    guard let clean else {
      return scores.isEmpty
        ? [
          Sentence(
            "This run has no zero-shot accuracy (no accuracy.csv), so what noise does to it is not known."
          )
        ]
        : [
          Sentence(
            "This run has no clean images, so a loss of accuracy under noise cannot be told: "
              + Wording.list(
                scores.map { "\(Wording.percent($0.top1, $0.interval)) at \($0.name)" })
              + ".", anchors.0, anchors.1)
        ]
    }
    let start = "Top-1 accuracy is \(Wording.percent(clean.top1, clean.interval)) on clean images"
    guard noises.count == 1, let noise = noises.first, let last = levels(noise).last else {
      return [
        Sentence(start + (noises.isEmpty ? "; no noise was applied." : "."), anchors.0, anchors.1)
      ]
    }
    return [Sentence(fall(from: clean, to: last), noise: noise, anchors.0, anchors.1)]
  }

  /// `from 91.8 % to 4.3 % at σ = 2`; nil without clean images.
  func shortFall(_ noise: String) -> String? {
    guard let clean, let last = levels(noise).last else { return nil }
    return
      "from \(Wording.percent(clean.top1)) to \(Wording.percent(last.top1)) at \(last.name)"
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
        + "\(after) there, and the 95 % interval of the drop, \(Quantity.share.range(drop)), includes 0."
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

  /// What one kind of noise does, beyond the answer.
  func details(_ noise: String) throws -> [Sentence] {
    // Of several kinds of noise the answer names where they start alone.
    let start =
      noises.count > 1
      ? clean.flatMap { clean in
        levels(noise).last.map { fall(from: clean, to: $0) }
      } : nil
    let anchors: (PageAnchor, PageAnchor) = (.figure("accuracy"), .table(LevelColumns.file))
    let told = [start, between(noise)].compactMap(\.self)
    var sentences: [Sentence] = []
    if !told.isEmpty {
      sentences.append(
        Sentence(told.joined(separator: " "), noise: noise, anchors.0, anchors.1))
    }
    for top in run.topLevels where top.noise == noise {
      let losses = try classLosses(top).map {
        Sentence($0, noise: noise, .table(ChangeColumns.file))
      }
      let drawing = try attractors(top).map {
        Sentence($0, noise: noise, .table(ConfusionPairColumns.file))
      }
      sentences += [losses, drawing].compactMap(\.self)
    }
    sentences += try corruption(noise).map {
      Sentence($0, noise: noise, .table(CorruptionColumns.file))
    }
    if let calibration = calibration(noise) {
      sentences.append(Sentence(calibration, noise: noise, .figure("calibration"), anchors.1))
    }
    return sentences
      + (try groups(noise).map { Sentence($0, noise: noise, .table(GroupColumns.file)) })
  }

  private func between(_ noise: String) -> String? {
    let inner = levels(noise).dropLast()
    guard clean != nil, !inner.isEmpty else { return nil }
    return "Top-1 accuracy is "
      + Wording.list(
        inner.map { "\(Wording.shortPercent($0.top1, $0.interval)) at \($0.name)" }) + "."
  }

  /// How many classes lose, at the highest level of a noise; nil without a table of changes.
  private func classLosses(_ top: Condition) throws -> String? {
    guard let changes = try run.table(ChangeColumns.file) else { return nil }
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
    // All classes are said to lose where they do; that none changes is not news.
    guard losing + gaining > 0 else { return nil }
    let all = Wording.count(drops.count, "class", plural: "classes")
    var text =
      losing == drops.count && losing > 1
      ? "All \(all) lose accuracy at \(Wording.level(top))"
      : "\(losing) of \(all) \(losing == 1 ? "loses" : "lose") accuracy at \(Wording.level(top))"
    if gaining > 0 { text += ", \(gaining) \(gaining == 1 ? "gains" : "gain")" }
    if losing > 0 {
      // Drops are shares of few images, so several classes often lose the same.
      let alike = drops.count { worst.drop - $0.drop < 1e-9 }
      let most = alike > 1 ? "\(worst.name) and \(alike - 1) more lose" : "\(worst.name) loses"
      text += "; \(most) most (\(Wording.percent(worst.drop)))"
    }
    return text + "."
  }

  /// The classes that far more images are taken for than are theirs, at the highest level of a noise.
  private func attractors(_ top: Condition) throws -> String? {
    guard let taken = try imagesTakenForClasses(top) else { return nil }
    let own = run.labels.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
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
    let told = drawing.enumerated().map { place, entry in
      "\(Wording.percent(entry.share))\(place == 0 ? " are taken" : "") for \(entry.name), which "
        + "\(Wording.percent(entry.ownShare)) are"
    }
    return "Of the images at \(Wording.level(top)), \(Wording.list(told))."
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

  /// Levels that are not told apart by tests that were corrected together.
  func tests() throws -> [Sentence] {
    typealias Columns = LevelTestColumns
    guard let table = try run.table(Columns.file), !table.isEmpty else { return [] }
    let p = try table[Columns.adjusted]
    let open = p.indices.filter { p[$0] >= 0.05 }
    // That all levels differ is seen from their numbers.
    guard !open.isEmpty else { return [] }
    let names = try zip(
      zip(table[Columns.firstNoise], table[Columns.firstLevel]),
      zip(table[Columns.secondNoise], table[Columns.secondLevel])
    ).map {
      "\(Wording.level(noise: $0.0, level: $0.1)) and \(Wording.level(noise: $1.0, level: $1.1))"
    }
    let shown = open.prefix(4).map { "\(names[$0]) (\(Wording.probability(p[$0])))" }
    let rest = open.count > shown.count ? ["\(open.count - shown.count) more pairs"] : []
    return [
      Sentence(
        "On the same images there is no evidence of a difference between \(Wording.list(shown + rest)) (paired "
          + "permutation tests, corrected for \(Wording.count(p.count, "pair")) of levels).",
        .table(Columns.file))
    ]
  }

  private func corruption(_ noise: String) throws -> [String] {
    guard let table = try run.table(CorruptionColumns.file) else { return [] }
    let rows = try table.rows(where: ConditionColumns.noise == noise)
    let baseline = try rows[CorruptionColumns.baseline]
    let error = try rows[CorruptionColumns.corruptionError]
    let relative = try rows[CorruptionColumns.relativeCorruptionError]
    return baseline.indices.compactMap { i in
      guard let value = error[i], let baseline = baseline[i] else { return nil }
      let also = relative[i].map { ", relative to clean images \(Wording.percent($0))" } ?? ""
      return
        "The corruption error, the mean error over that of the baseline (\(baseline)), is "
        + "\(Wording.percent(value))\(also)."
    }
  }

  // MARK: Calibration

  private func calibration(_ noise: String) -> String? {
    guard let before = clean?.calibration, let noisy = levels(noise).last,
      let after = noisy.calibration
    else { return nil }
    var text =
      "The expected calibration error is \(before.text) on clean images and \(after.text) at \(noisy.name)"
    if let p = after.p, p < 0.05, after.best > before.best {
      text += ": confidence does not follow accuracy down"
    }
    if let scaled = after.scaled, scaled < 0.9 * after.error {
      text += "; temperature scaling brings it to \(Quantity.distance.text(scaled)) there"
    }
    return text + "."
  }

  // MARK: Groups

  private func groups(_ noise: String) throws -> [String] {
    guard let table = try run.table(GroupColumns.file) else { return [] }
    let falls = try table[GroupColumns.group].uniqued.compactMap { group -> String? in
      let scores = try LevelScore.accuracies(table.rows(where: GroupColumns.group == group))
      guard let clean = scores.first(where: \.isClean),
        let noisy = scores.filter({ $0.noise == noise }).max(by: { $0.level < $1.level })
      else { return nil }
      return
        "in the group \(group) from \(Wording.shortPercent(clean.top1, clean.interval)) to "
        + "\(Wording.shortPercent(noisy.top1, noisy.interval)) at \(noisy.name)"
    }
    return falls.isEmpty ? [] : ["Top-1 accuracy goes \(Wording.list(falls))."]
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
    } else {
      limits += scores.compactMap(\.seedsNote).uniqued.map { Wording.sentenceCase($0) + "." }
    }
    return limits
  }
}
