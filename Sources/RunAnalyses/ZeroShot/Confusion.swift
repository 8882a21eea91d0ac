import Runs

/// How many images of each class are taken for which: the pairs of classes that go together at least once, of
/// which there are no more than images, whatever the number of classes.
package struct Confusion: Sendable, Equatable {
  /// A true and a predicted class that go together.
  package struct Pair: Sendable, Equatable {
    package let label: Int
    package let predicted: Int
    /// How many images, one at least.
    package let count: Int
  }

  /// The pairs, by true and then by predicted class.
  package let pairs: [Pair]

  /// That of images.
  ///
  /// - Parameters:
  ///   - labels: The class of each image.
  ///   - predicted: The class that each is taken for.
  ///   - classCount: The number of classes.
  /// - Complexity: O(n log n) for n images.
  package init(labels: [Int], predicted: [Int], classCount: Int) {
    precondition(labels.count == predicted.count)
    let codes = zip(labels, predicted).map { $0 * classCount + $1 }.sorted()
    var pairs: [Pair] = []
    var start = 0
    for place in codes.indices where place + 1 == codes.count || codes[place + 1] != codes[place] {
      pairs.append(
        Pair(
          label: codes[place] / classCount, predicted: codes[place] % classCount,
          count: place + 1 - start))
      start = place + 1
    }
    self.pairs = pairs
  }

  /// How many images of one class are taken for another.
  ///
  /// - Complexity: O(log n) for n pairs.
  package func count(_ label: Int, takenFor predicted: Int) -> Int {
    var (low, high) = (0, pairs.count)
    while low < high {
      let middle = (low + high) / 2
      if (pairs[middle].label, pairs[middle].predicted) < (label, predicted) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < pairs.count, pairs[low].label == label, pairs[low].predicted == predicted else {
      return 0
    }
    return pairs[low].count
  }

  // MARK: Tables

  /// `confusion/CONDITION.csv`: a row and a column a class.
  func table(_ classes: [String]) -> Table {
    let columns = classes.map(ConfusionColumns.predicted)
    var counts = classes.map { _ in [Int](repeating: 0, count: columns.count) }
    for pair in pairs { counts[pair.label][pair.predicted] = pair.count }
    var table = Table(ConfusionColumns.file, further: columns)
    for (name, row) in zip(classes, counts) {
      table.append([ConfusionColumns.className(name)] + zip(columns, row).map { $0($1) })
    }
    return table
  }

  /// The cells of a row of `confusion-pairs/CONDITION.csv`.
  func cells(_ pair: Int, _ classes: [String]) -> [TableCell] {
    [
      ConfusionPairColumns.className(classes[pairs[pair].label]),
      ConfusionPairColumns.predicted(classes[pairs[pair].predicted]),
      ConfusionPairColumns.count(pairs[pair].count),
    ]
  }

  /// Writes the one that so many classes have.
  func write(_ condition: Condition, _ classes: [String], to run: RunDirectory) throws {
    if classes.count <= ConfusionColumns.mostClasses {
      try run.write(table(classes), at: ConfusionColumns.file.pattern.path(condition))
    } else {
      try run.write(
        ConfusionPairColumns.file, at: ConfusionPairColumns.file.pattern.path(condition),
        rowCount: pairs.count
      ) { cells($0, classes) }
    }
  }
}
