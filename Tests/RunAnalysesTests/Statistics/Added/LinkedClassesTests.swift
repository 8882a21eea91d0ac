import Foundation
import Runs
import Testing

@testable import RunAnalyses

struct LinkedClassesTests {
  /// Five classes under two levels, the second of two seeds, of one noise, and one level of another.
  private func changes(_ moved: [[Double?]], sizes: [Int] = [4, 4, 4, 4, 4]) -> ClassChanges {
    let fields = [["a", "1", "0"], ["a", "2", "0"], ["a", "2", "1"], ["b", "1", ""]]
    return ClassChanges(
      conditions: fields.compactMap { Condition(tableFields: $0) },
      classes: ["v", "w", "x", "y", "z"], classCounts: sizes,
      accuracy: (
        clean: [1, 1, 1, 0.75, 0.5], noisy: [[Double?]](repeating: [0.5, 0.25, 0, 0.25], count: 5)
      ),
      measures: [MeasuredChange(ChangeMeasure("moved", "moved", .reference), values: moved)],
      cleanSizes: [nil, nil, nil, nil, nil])
  }

  private let all: [[Double?]] = (0..<5).map { label in (0..<4).map { Double(label * $0) } }

  @Test func `levels are strata, whatever the seed, and noises are apart`() {
    #expect(LinkedClasses(changes(all), noises: ["a"]).strata == [0, 1, 1])
    #expect(LinkedClasses(changes(all), noises: ["a", "b"]).strata == [0, 1, 1, 3])
    #expect(LinkedClasses(changes(all), noises: ["b"]).conditionCount == 1)
  }

  @Test func `a class without a reference is left out, under the noises that are asked of`() {
    var some = all
    some[1][3] = nil
    some[2][0] = .infinity
    let first = LinkedClasses(changes(some), noises: ["a"])
    #expect(first.labels == [0, 1, 3, 4] && first.drops.count == 4)
    #expect(LinkedClasses(changes(some), noises: ["a", "b"]).labels == [0, 3, 4])
    #expect(LinkedClasses(changes(some), noises: ["b"]).labels == [0, 2, 3, 4])
  }

  @Test func `a reference that the run lacks, or that is the same for all classes, is none`() {
    let classes = LinkedClasses(changes(all), noises: ["a"])
    #expect(classes.references.map(\.name) == ["moved", "accuracy_clean"])
    let none = [[Double?]](repeating: [nil, nil, nil, nil], count: 5)
    #expect(
      LinkedClasses(changes(none), noises: ["a"]).references.map(\.name) == ["accuracy_clean"])
    let sized = LinkedClasses(changes(all, sizes: [4, 8, 4, 4, 4]), noises: ["a"])
    #expect(sized.references.map(\.name) == ["moved", "accuracy_clean", "class_size"])
    #expect(sized.references[2].values[1] == [log(8), log(8), log(8)])
    // Of the first three, clean accuracy is the same.
    #expect(classes.references([0, 1, 2]).map(\.name) == ["moved"])
  }
}
