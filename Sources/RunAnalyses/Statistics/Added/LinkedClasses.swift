import Files
import Foundation
import Runs

/// The classes of a run that have a drop of accuracy and every reference under some conditions: what is
/// asked of measures beyond the references is asked of these.
struct LinkedClasses: Sendable {
  /// A reference's name, and its values: a row a class, a number a condition.
  struct Reference: Sendable {
    let name: String
    let values: [[Double]]
  }

  private let changes: ClassChanges
  /// The conditions of the noises, among those of the changes.
  private let columns: [Int]
  /// The classes, among those of the changes.
  let labels: [Int]
  /// What each class lost: a row a class, a number a condition.
  let drops: [[Double]]
  /// What the references say, but those that are the same for all classes.
  let references: [Reference]
  /// The noise and level of each condition, as a number.
  let strata: [Int]

  /// The reference that counts images; taken as its logarithm, which is as many steps from 10 to 20 as from
  /// 100 to 200.
  static let size = "class_size"

  /// The classes under the conditions of some kinds of noise.
  init(_ changes: ClassChanges, noises: [String]) {
    let columns = changes.conditions.indices.filter {
      changes.conditions[$0].noise.map(noises.contains) ?? false
    }
    let all = Array(changes.classes.indices)
    let counts = changes.classCounts.map { count -> [Double?] in
      let logarithm: Double? = count > 0 ? log(Double(count)) : nil
      return [Double?](repeating: logarithm, count: changes.conditions.count)
    }
    let given =
      changes.tracked.filter { $0.measure.family == .reference && $0.measure.name != Self.size }
      .map { (name: $0.measure.name, values: $0.values) } + [(name: Self.size, values: counts)]
    // A reference that the run does not have is none; a class that lacks one that it has is left out.
    let had = given.filter { reference in
      all.contains { Self.numbers(reference.values[$0], columns) != nil }
    }
    let drops = all.map { label in columns.map { changes.drop(label, $0) } }
    let labels = all.filter { label in
      drops[label].allSatisfy { $0 != nil }
        && had.allSatisfy { Self.numbers($0.values[label], columns) != nil }
    }
    references = had.map { reference in
      Reference(
        name: reference.name,
        values: labels.compactMap { Self.numbers(reference.values[$0], columns) })
    }.filter { reference in
      columns.indices.contains { column in
        Set(reference.values.map { $0[column] }).count > 1
      }
    }
    self.changes = changes
    self.columns = columns
    self.labels = labels
    self.drops = labels.map { drops[$0].compactMap(\.self) }
    let levels = columns.map { column in
      let condition = changes.conditions[column]
      return "\(condition.noise ?? "") \(condition.level.shortestText)"
    }
    strata = levels.map { levels.firstIndex(of: $0) ?? 0 }
  }

  /// The numbers of a class under the conditions; nil where one is missing or not finite.
  private static func numbers(_ values: [Double?], _ columns: [Int]) -> [Double]? {
    let numbers = columns.compactMap { values[$0] }.filter(\.isFinite)
    return numbers.count == columns.count ? numbers : nil
  }

  /// How many conditions there are.
  var conditionCount: Int { columns.count }

  /// The places, among `labels`, of the classes that a measure is defined for under all conditions.
  func places(_ measured: MeasuredChange) -> [Int] {
    labels.indices.filter { Self.numbers(measured.values[labels[$0]], columns) != nil }
  }

  /// A measure's values of the classes at some places, which have them: a row a class, a number a condition.
  func values(_ measured: MeasuredChange, _ places: [Int]) -> [[Double]] {
    places.compactMap { Self.numbers(measured.values[labels[$0]], columns) }
  }

  /// The references of the classes at some places, but those that are the same for all of them.
  func references(_ places: [Int]) -> [Reference] {
    references.map { reference in
      Reference(name: reference.name, values: places.map { reference.values[$0] })
    }.filter { reference in
      columns.indices.contains { column in
        Set(reference.values.map { $0[column] }).count > 1
      }
    }
  }
}
