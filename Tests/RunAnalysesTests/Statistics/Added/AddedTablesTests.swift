import Analyses
import LinearAlgebra
import Runs
import Testing

@testable import RunAnalyses

struct AddedTablesTests {
  private let settings = StatisticsSettings(configuration: ["statistics.permutations": "199"])

  /// Classes under two levels of each noise, in two seeds of the second.
  ///
  /// `tracking` is what they lose, beyond distance and clean accuracy; `chance` is not.
  private func changes(
    _ count: Int, noises: [String] = ["gaussian"], sizes: [Int]? = nil
  ) -> ClassChanges {
    let numbers = RandomStream(domain: "test/added", seed: 5).normals(count: 8 * count)
      .map { Double($0) }
    let conditions = noises.flatMap { noise in
      [("1", "0"), ("2", "0"), ("2", "1")].compactMap {
        Condition(tableFields: [noise, $0.0, $0.1])
      }
    }
    func measure(
      _ name: String, _ family: ChangeMeasure.Family = .topology,
      _ value: (_ label: Int, _ level: Double) -> Double?
    ) -> MeasuredChange {
      MeasuredChange(
        ChangeMeasure(name, name, family),
        values: (0..<count).map { label in conditions.map { value(label, $0.level) } })
    }
    func number(_ label: Int, _ column: Int) -> Double { numbers[8 * label + column] }
    let clean = (0..<count).map { 0.8 + 0.02 * number($0, 0) }
    return ClassChanges(
      conditions: conditions, classes: (0..<count).map { "class \($0)" },
      classCounts: sizes ?? [Int](repeating: 10_000, count: count),
      accuracy: (
        clean: clean,
        noisy: (0..<count).map { label in
          conditions.map {
            clean[label] - 0.1 * $0.level
              - 0.02 * $0.level * (number(label, 1) + number(label, 2))
          }
        }
      ),
      measures: [
        measure("tracking") { number($0, 1) + $1 },
        measure("chance") { number($0, 3) * $1 },
        measure("missing") { label, _ in label == 0 ? nil : number(label, 4) },
        measure("few") { label, _ in label < 4 ? number(label, 4) : nil },
        measure("turned", .geometry) { number($0, 5) + 0.1 * $1 },
        measure("paired_distance", .reference) { number($0, 2) + $1 },
      ],
      cleanSizes: (0..<count).map { 5 + number($0, 6) })
  }

  private func results(_ changes: ClassChanges) throws -> AddedTables.Results {
    try AddedTables.results(changes, settings, control: ComputationControl())
  }

  @Test func `what tracks beyond the references is found, a line a noise and one for all`() throws {
    let found = try results(changes(24, noises: ["gaussian", "speckle"])).added
    #expect(found.map(\.noise) == ["gaussian", "speckle", "all"])
    #expect(found.map(\.conditionCount) == [3, 3, 6])
    for line in found {
      let numbers = try #require(line.numbers)
      #expect(numbers.difference > 0.2 && numbers.pValue == 0.005)
      #expect(line.classCount == 24 && line.measures == ["tracking", "chance"])
      #expect(line.covariates == ["paired_distance", "accuracy_clean", "size_clean"])
      #expect(line.note == "without missing,few: not defined for every class")
    }
    #expect(
      try #require(found.last).sentence.hasPrefix("Under all kinds of noise topology adds ΔR² = 0.")
    )
  }

  @Test func `of one kind of noise there is one line, and it is the answer`() throws {
    let found = try results(changes(24)).added
    #expect(found.map(\.noise) == ["gaussian"])
    var table = Table(AddedColumns.file)
    for line in found { table.append(line.cells) }
    #expect(try AddedColumns.answer(table).count == 1)
    let several = try results(changes(24, noises: ["gaussian", "speckle"])).added
    table = Table(AddedColumns.file)
    for line in several { table.append(line.cells) }
    #expect(try AddedColumns.answer(table)[AddedColumns.noise] == ["all"])
  }

  @Test func `of fewer classes than references and five nothing is predicted, and it is said`()
    throws
  {
    // Three references: eight classes are needed.
    let line = try #require(try results(changes(7)).added.first)
    #expect(line.numbers == nil && line.note == "too few classes: 8 are needed")
    #expect(line.sentence == "Under gaussian nothing says what topology adds: \(line.note).\n")
    #expect(try results(changes(8)).added.first?.numbers != nil)
    // A reference more, the size of classes where it differs.
    let sized = changes(8, sizes: (0..<8).map { 1000 * ($0 + 1) })
    let refused = try #require(try results(sized).added.first)
    #expect(refused.note == "too few classes: 9 are needed")
    #expect(refused.covariates.last == "class_size")
  }

  @Test func `without topology nothing is predicted, and it is said`() throws {
    let all = changes(12)
    let changes = ClassChanges(
      conditions: all.conditions, classes: all.classes, classCounts: all.classCounts,
      accuracy: all.accuracy, measures: all.measures.filter { $0.measure.family != .topology },
      cleanSizes: all.cleanSizes.map { _ in nil })
    let line = try #require(try results(changes).added.first)
    #expect(line.numbers == nil && line.note == "no measure of topology")
    #expect(line.covariates == ["paired_distance", "accuracy_clean"])
    #expect(try results(changes).partial.map(\.measure) == ["turned"])
  }

  @Test func `every measure but references has a partial correlation`() throws {
    let found = try results(changes(24)).partial
    #expect(found.map(\.measure) == ["tracking", "chance", "missing", "few", "turned"])
    let tracking = found[0]
    #expect(tracking.covariates == ["paired_distance", "accuracy_clean", "size_clean"])
    #expect(tracking.numbers?.estimate ?? 0 > 0.9 && tracking.note == "")
    #expect(tracking.classCount == 24 && tracking.conditionCount == 3)
    #expect(abs(found[1].numbers?.estimate ?? 1) < 0.6)
    // One class less: permutations of their own, and their part of the error.
    #expect(found[2].classCount == 23)
    let numbers = try #require(found[2].numbers)
    #expect(found[2].adjusted == min(1, 4 * (numbers.adjusted ?? 0)))
    let (own, whole) = (
      try #require(found[0].numbers?.adjusted), try #require(found[0].adjusted)
    )
    #expect(abs(whole - min(1, 4 * own / 3)) < 1e-15)
    #expect(found[3].numbers == nil && found[3].note == "too few classes: 8 are needed")
  }

  @Test func `intervals that are missing are said`() throws {
    let found = try results(changes(14)).partial
    #expect(found[0].numbers != nil && found[0].note == "no interval of fewer than 15 classes")
    var few = StatisticsSettings()
    few.permutations = 9
    let untested = try AddedTables.results(changes(15), few, control: ComputationControl()).partial
    #expect(untested[0].adjusted == nil && untested[0].note == "could not be tested")
  }

  @Test func `tables hold what their columns allow, and are read again`() throws {
    let results = try results(changes(20, noises: ["gaussian", "speckle"]))
    var (partial, added) = (Table(PartialColumns.file), Table(AddedColumns.file))
    for line in results.partial { partial.append(line.cells) }
    for line in results.added { added.append(line.cells) }
    #expect(try partial.checked().count == 10 && added.checked().count == 3)
    let whole = try added[AddedColumns.whole].compactMap(\.self)
    let references = try added[AddedColumns.references].compactMap(\.self)
    let difference = try added[AddedColumns.difference].compactMap(\.self)
    for index in 0..<3 { #expect(difference[index] == whole[index] - references[index]) }
    #expect(try added[AddedColumns.permutations] == [199, 199, 199])
    #expect(try partial[PartialColumns.permutations].first == 199)
  }
}
