import Analyses
import Files
import Foundation
import LinearAlgebra
import Runs
import Topology

/// How much the images of every class changed under every noisy condition, and how many are no longer
/// right: `changes.csv`, what the link between topology and accuracy is made of.
///
/// Every measure is 0 or more and grows with the change; `accuracy_clean` and `size_clean` are where the
/// class began.
struct ClassChanges: Sendable {
  /// A number a class and condition; nil where it is not defined.
  package struct Measure: Sendable {
    /// The column's name.
    package let name: String
    /// A row a class, a number a condition.
    package var values: [[Double?]]
  }

  /// The noisy conditions.
  package let conditions: [Condition]
  package let classes: [String]
  package let classCounts: [Int]
  /// Top-1 accuracy on the clean images and under the condition; nil without zero-shot classification.
  package let accuracy: (clean: [Double?], noisy: Measure)?
  package let measures: [Measure]
  /// The total persistence of H0 of every class's clean diagram, the size of its cloud; nil where there is
  /// no diagram.
  let cleanSizes: [Double?]
}

extension ClassChanges {
  /// What is compared, and how.
  package struct Source {
    package let run: RunDirectory
    package let samples: SampleTable
    package let conditions: [Condition]
    package let scores: [ConditionScores]?
    package let angles: AngleSettings
    package let neighbors: Int
    package let maximumDimension: Int
  }

  /// Measures the classes of a run; diagrams and their distances are read from its tables, where it has any.
  ///
  /// - Throws: `FileError` naming the file that is damaged.
  package init(_ source: Source) throws {
    let noisy = source.conditions.filter { $0 != .clean }
    conditions = noisy
    classes = source.samples.classes
    classCounts = source.samples.classCounts
    accuracy = source.scores.flatMap { Self.accuracy($0, source.samples, noisy) }
    let summaries = try Self.summaries(source, noisy)
    cleanSizes = summaries.sizes
    measures =
      try Self.distances(source, noisy) + summaries.measures + Self.geometry(source, noisy)
  }

  // MARK: Accuracy

  private static func accuracy(
    _ scores: [ConditionScores], _ samples: SampleTable, _ noisy: [Condition]
  ) -> (clean: [Double?], noisy: Measure)? {
    let counts = samples.classCounts
    func shares(_ score: ConditionScores) -> [Double?] {
      var right = [Int](repeating: 0, count: counts.count)
      for (image, label) in samples.labels.enumerated() where score.isRight(image) {
        right[label] += 1
      }
      return zip(right, counts).map { $1 > 0 ? Double($0) / Double($1) : nil }
    }
    guard let clean = scores.first(where: { $0.condition == .clean }) else { return nil }
    let all = noisy.compactMap { condition in
      scores.first { $0.condition == condition }.map(shares)
    }
    precondition(all.count == noisy.count)
    return (
      shares(clean),
      Measure(name: "accuracy", values: counts.indices.map { label in all.map { $0[label] } })
    )
  }

  // MARK: Topology

  /// The distances of diagrams in `distances.csv`.
  private static func distances(_ source: Source, _ noisy: [Condition]) throws -> [Measure] {
    let file = source.run.file("distances.csv")
    guard FileManager.default.fileExists(atPath: file) else { return [] }
    let table = try CSV(path: file)
    let names = ["scope", "dimension", "metric", "order", "scale", "distance"]
    let columns = try names.map { try table.column($0) }
    let conditionColumns = try Condition.tableColumns.map { try table.column($0) }
    let classIndex = Dictionary(
      uniqueKeysWithValues: source.samples.classes.enumerated().map { ("class-\($1)", $0) })
    let conditionIndex = Dictionary(
      uniqueKeysWithValues: noisy.enumerated().map { ($1.tableFields, $0) })
    var measures: [Measure] = []
    var places: [String: Int] = [:]
    for record in table.records {
      let fields = columns.map { record.fields[$0] }
      guard let label = classIndex[fields[0]],
        let condition = conditionIndex[conditionColumns.map { record.fields[$0] }]
      else { continue }
      let name =
        fields[2] + (fields[3] == "inf" ? "" : fields[3]) + "_h\(fields[1])"
        + (fields[4] == DiagramScale.none.rawValue ? "" : "_scaled")
      let place = places[name] ?? measures.count
      if place == measures.count {
        places[name] = place
        measures.append(empty(name, source, noisy))
      }
      if fields[5].isEmpty { continue }  // a cloud that has no scale
      guard let distance = Double(fields[5]), distance >= 0 else {
        throw FileError(
          file, "line \(record.line): distance is \"\(fields[5])\"; expected a number from 0")
      }
      measures[place].values[label][condition] = distance
    }
    return measures
  }

  /// |noisy − clean| of the total persistence and of the persistent entropy, finite bars alone.
  private static func summaries(
    _ source: Source, _ noisy: [Condition]
  ) throws -> (measures: [Measure], sizes: [Double?]) {
    var sizes = [Double?](repeating: nil, count: source.samples.classes.count)
    let scopes = Scope.all(of: source.samples)
    guard
      scopes.allSatisfy({ scope in
        FileManager.default.fileExists(atPath: source.run.file(scope.diagramFile(.clean)))
      })
    else { return ([], sizes) }
    let classScopes = scopes.dropFirst().map { $0 }
    func diagram(_ scope: Scope, _ condition: Condition) throws -> PersistenceDiagram {
      try PersistenceDiagram(DiagramTable.read(source.run.file(scope.diagramFile(condition))))
    }
    let clean = try classScopes.map { try diagram($0, .clean) }
    for (scope, before) in zip(classScopes, clean) {
      sizes[source.samples.labels[scope.rows[0]]] =
        try before.totalPersistence(dimension: 0).value
    }
    let dimensions = 0...source.maximumDimension
    var totals = dimensions.map { empty("total_persistence_h\($0)", source, noisy) }
    var entropies = dimensions.map { empty("entropy_h\($0)", source, noisy) }
    for (column, condition) in noisy.enumerated() {
      for (scope, before) in zip(classScopes, clean) {
        let label = source.samples.labels[scope.rows[0]]
        let after = try diagram(scope, condition)
        for dimension in dimensions {
          totals[dimension].values[label][column] = abs(
            try after.totalPersistence(dimension: dimension).value
              - before.totalPersistence(dimension: dimension).value)
          entropies[dimension].values[label][column] = abs(
            try after.persistentEntropy(dimension: dimension).value
              - before.persistentEntropy(dimension: dimension).value)
        }
      }
    }
    return (totals + entropies, sizes)
  }

  // MARK: Geometry

  /// Of the images of a class: 1 − CKA (unbiased) of clean and noisy embeddings, 1 − the share of common
  /// neighbours among all images, the mean principal angle of the two subspaces (radians), and the mean
  /// distance of an embedding from its clean one.
  private static func geometry(_ source: Source, _ noisy: [Condition]) throws -> [Measure] {
    let samples = source.samples
    guard source.conditions.contains(.clean), samples.labels.count > 1 else { return [] }
    let rows = samples.classes.indices.map { label in
      samples.labels.indices.filter { samples.labels[$0] == label }
    }
    let control = ComputationControl(isCancelled: { Interruption.isRequested })
    let k = min(source.neighbors, samples.labels.count - 1)
    func neighbors(_ points: Matrix<Float>) throws -> NearestNeighbors {
      try NearestNeighbors(
        of: UnitRows(points).rows, count: k, metric: .euclidean, control: control)
    }
    let clean = try source.run.readUnitEmbeddings(.clean, rowCount: samples.labels.count)
    let cleanNeighbors = try neighbors(clean)
    let names = ["cka_loss", "neighbor_loss", "angle", "paired_distance"]
    var measures = names.map { empty($0, source, noisy) }
    for (column, condition) in noisy.enumerated() {
      try Interruption.check()
      let file = source.run.embeddingsFile(condition)
      let points = try source.run.readUnitEmbeddings(condition, rowCount: samples.labels.count)
      let numbers = try analyzing(file) {
        let overlap = try NeighborOverlap(cleanNeighbors, neighbors(points))
        return Parallel.map(count: rows.count) { label -> [Double?] in
          let members = rows[label]
          if members.isEmpty { return names.map { _ in nil } }
          let (a, b) = (clean.selectingRows(members), points.selectingRows(members))
          // Counted, so that equal losses are equal to the last bit.
          let lost = members.reduce(0) { $0 + k - Int((overlap.shares[$1] * Double(k)).rounded()) }
          return [
            alignmentLoss(a, b), Double(lost) / Double(k * members.count),
            meanAngle(a, b, source.angles), meanDistance(a, b),
          ]
        }
      }
      for (label, values) in numbers.enumerated() {
        for (index, value) in values.enumerated() {
          measures[index].values[label][column] = value
        }
      }
    }
    return measures
  }

  /// nil where too few or equal images have no alignment.
  private static func alignmentLoss(_ a: Matrix<Float>, _ b: Matrix<Float>) -> Double? {
    guard let x = try? Representation(a), let y = try? Representation(b) else { return nil }
    return (try? CenteredKernelAlignment(x, y)).map { 1 - $0.unbiased }
  }

  /// nil where images span no subspace of the rank asked for.
  private static func meanAngle(
    _ a: Matrix<Float>, _ b: Matrix<Float>, _ settings: AngleSettings
  ) -> Double? {
    func subspace(_ points: Matrix<Float>) -> Subspace? {
      try? Subspace(
        spanOfRows: points.converted(to: Double.self), rank: settings.rank,
        centered: settings.isCentered)
    }
    guard let x = subspace(a), let y = subspace(b), let angles = try? principalAngles(x, y) else {
      return nil
    }
    return angles.reduce(0, +) / Double(angles.count)
  }

  private static func meanDistance(_ a: Matrix<Float>, _ b: Matrix<Float>) -> Double {
    let distances = (0..<a.rows).map { row in
      zip(a.row(row), b.row(row)).reduce(0.0) { sum, pair in
        let difference = Double(pair.0) - Double(pair.1)
        return sum + difference * difference
      }.squareRoot()
    }
    return distances.reduce(0, +) / Double(distances.count)
  }

  private static func empty(_ name: String, _ source: Source, _ noisy: [Condition]) -> Measure {
    Measure(
      name: name,
      values: source.samples.classes.map { _ in [Double?](repeating: nil, count: noisy.count) })
  }

  // MARK: Table

  /// `class,group,noise,level,seed,count,accuracy_clean,accuracy,drop,size_clean`, then a column a measure.
  package func table(groups: [StatisticsSettings.Group]) -> ResultTable {
    var table = ResultTable(
      columns: ["class", "group"] + Condition.tableColumns
        + ["count", "accuracy_clean", "accuracy", "drop", "size_clean"] + measures.map(\.name))
    for (column, condition) in conditions.enumerated() {
      for (label, name) in classes.enumerated() {
        let group = groups.first { $0.classes.contains(name) }?.name
        let before = accuracy?.clean[label]
        let after = accuracy?.noisy.values[label][column]
        table.append(
          [.text(name), group.map { .text($0) } ?? .missing] + condition.tableValues + [
            .count(classCounts[label]), .init(before), .init(after),
            .init(drop(label, column)), .init(cleanSizes[label]),
          ] + measures.map { .init($0.values[label][column]) })
      }
    }
    return table
  }

  /// The clean accuracy of a class less that under a condition; nil where there is none.
  package func drop(_ label: Int, _ condition: Int) -> Double? {
    guard let accuracy, let before = accuracy.clean[label],
      let after = accuracy.noisy.values[label][condition]
    else { return nil }
    // From whole images: equal drops of different accuracies would differ in the last bit, and ranks with it.
    let count = Double(classCounts[label])
    return ((before * count).rounded() - (after * count).rounded()) / count
  }

  /// The drop as a share of the clean accuracy; nil where that is no better than guessing, which leaves
  /// nothing to lose.
  package func relativeDrop(_ label: Int, _ condition: Int) -> Double? {
    guard let before = accuracy?.clean[label], before > 1 / Double(classes.count) else {
      return nil
    }
    return drop(label, condition).map { $0 / before }
  }
}
