import Runs

/// How much the images of every class changed under every noisy condition, and how many are no longer
/// right: `changes.csv`, what tracking is made of.
struct ClassChanges: Sendable {
  /// The noisy conditions.
  let conditions: [Condition]
  let classes: [String]
  let classCounts: [Int]
  /// Top-1 accuracy on the clean images, a class, and under the conditions, a row a class; nil without zero-shot
  /// classification.
  let accuracy: (clean: [Double?], noisy: [[Double?]])?
  /// What the analyses measured, in the order of `AnalysisRegistry.measures`.
  let measures: [MeasuredChange]
  /// The size of every class's clean cloud; nil where there is no diagram.
  let cleanSizes: [Double?]
  /// Clean accuracy and drop from different halves of every class's images; nil where a class has too few, and without
  /// zero-shot classification.
  var halves: AccuracyHalves?
}

extension ClassChanges {
  /// The changes in a run with clean images.
  ///
  /// - Parameters:
  ///   - context: The run.
  ///   - scores: Zero-shot classification; nil where there is none.
  /// - Throws: As the analyses that say how the classes changed.
  init(_ context: RunContext, scores: ZeroShotScores?) throws {
    conditions = context.noisy
    classes = context.samples.classes
    classCounts = context.samples.classCounts
    accuracy = scores.flatMap { Self.accuracy($0) }
    halves = scores.flatMap {
      AccuracyHalves($0, seed: context.analyses[StatisticsAnalysis.self].seed)
    }
    let places = Dictionary(
      uniqueKeysWithValues: AnalysisRegistry.measures.enumerated().map { ($1, $0) })
    measures = try context.analyses.all.flatMap { try $0.changes(context) }.sorted {
      places[$0.measure, default: .max] < places[$1.measure, default: .max]
    }
    let topology = TopologyAnalysis(context.analyses[TopologyAnalysis.self])
    cleanSizes = try topology.cleanSizes(context)
  }

  private static func accuracy(
    _ scores: ZeroShotScores
  ) -> (clean: [Double?], noisy: [[Double?]])? {
    let counts = scores.samples.classCounts
    func shares(_ score: ConditionScores) -> [Double?] {
      var right = [Int](repeating: 0, count: counts.count)
      for (image, label) in scores.samples.labels.enumerated() where score.isRight(image) {
        right[label] += 1
      }
      return zip(right, counts).map { $1 > 0 ? Double($0) / Double($1) : nil }
    }
    guard let clean = scores.condition(.clean) else { return nil }
    let noisy = scores.conditions.filter { $0.condition != .clean }.map(shares)
    return (shares(clean), counts.indices.map { label in noisy.map { $0[label] } })
  }

  /// The clean accuracy of a class less that under a condition; nil where there is none.
  func drop(_ label: Int, _ condition: Int) -> Double? {
    guard let accuracy, let before = accuracy.clean[label],
      let after = accuracy.noisy[label][condition]
    else { return nil }
    // From whole images: equal drops of different accuracies would differ in the last bit, and ranks with it.
    let count = Double(classCounts[label])
    return ((before * count).rounded() - (after * count).rounded()) / count
  }

  /// The drop as a share of the clean accuracy; nil where that is no better than guessing, which leaves
  /// nothing to lose.
  func relativeDrop(_ label: Int, _ condition: Int) -> Double? {
    guard let before = accuracy?.clean[label], before > 1 / Double(classes.count) else {
      return nil
    }
    return drop(label, condition).map { $0 / before }
  }

  /// What is correlated with the drop: the measures, and where the classes began; none without accuracy.
  var tracked: [MeasuredChange] {
    func start(_ measure: ChangeMeasure, _ values: [Double?]) -> MeasuredChange {
      MeasuredChange(
        measure, values: values.map { [Double?](repeating: $0, count: conditions.count) })
    }
    guard let clean = accuracy?.clean else { return [] }
    return measures + [
      start(StatisticsAnalysis.cleanAccuracy, clean),
      start(StatisticsAnalysis.cleanSize, cleanSizes),
      start(StatisticsAnalysis.classSize, classCounts.map { Double($0) }),
    ]
  }

  /// `changes.csv`: a row a class and condition.
  func table(groups: [StatisticsSettings.Group]) -> Table {
    let columns = measures.map { ChangeColumns.measure($0.measure) }
    var table = Table(ChangeColumns.file, further: columns)
    for (column, condition) in conditions.enumerated() {
      for (label, name) in classes.enumerated() {
        let group = groups.first { $0.classes.contains(name) }?.name
        table.append(
          [ChangeColumns.className(name), ChangeColumns.group(group)] + condition.cells + [
            ChangeColumns.count(classCounts[label]),
            ChangeColumns.cleanAccuracy(accuracy?.clean[label]),
            ChangeColumns.accuracy(accuracy?.noisy[label][column]),
            ChangeColumns.drop(drop(label, column)), ChangeColumns.cleanSize(cleanSizes[label]),
          ] + zip(columns, measures).map { $0($1.values[label][column]) })
      }
    }
    return table
  }
}
