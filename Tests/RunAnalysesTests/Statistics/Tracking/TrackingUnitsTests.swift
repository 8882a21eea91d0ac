import Files
import Fixtures
import LinearAlgebra
import Runs
import Testing

@testable import RunAnalyses

struct TrackingUnitsTests {
  private let settings = StatisticsSettings(configuration: [
    "statistics.replicates": "20", "statistics.permutations": "99",
  ])

  /// The names of those units of changes that a store lacks.
  private func missing(
    _ changes: ClassChanges, _ settings: StatisticsSettings, in folder: TemporaryFolder
  ) -> [String] {
    let store = UnitStore(folder: folder.path)
    return changes.tracking(settings).map { $0.unit(StatisticsAnalysis(settings)).key }
      .filter { !store.contains($0) }.map(\.name)
  }

  @Test func `of a kind of noise whose numbers changed all is computed again`() throws {
    let folder = try TemporaryFolder()
    let changes = ClassChanges.madeUp()
    let first = try changes.correlations(settings, UnitStore(folder: folder.path))
    #expect(missing(changes, settings, in: folder).isEmpty)
    let other = ClassChanges.madeUp(extra: 0x1p-40)
    #expect(
      missing(other, settings, in: folder) == [
        "statistics 2: tracking under gaussian"
      ])
    // As found, and as computed without a store.
    let again = try changes.correlations(settings, UnitStore(folder: folder.path))
    let without = try changes.correlations(settings, UnitStore(folder: nil))
    #expect(again.table.csv == first.table.csv && without.table.csv == first.table.csv)
  }

  @Test func `they are kept by their settings and classes, not by accuracy's folds`() throws {
    let folder = try TemporaryFolder()
    let changes = ClassChanges.madeUp()
    _ = try changes.correlations(settings, UnitStore(folder: folder.path))
    func count(_ change: (inout StatisticsSettings) -> Void) -> Int {
      var changed = settings
      change(&changed)
      return missing(changes, changed, in: folder).count
    }
    #expect(count { $0.folds = 3 } == 0)
    // Nothing is drawn again.
    #expect(count { $0.seed = 1 } == 1 && count { $0.replicates = 21 } == 0)
    #expect(count { $0.permutations = 98 } == 1 && count { $0.primary = ["angle"] } == 1)
    #expect(count { $0.groups = [.init(name: "low", classes: ["class 0"])] } == 1)
  }

  @Test func `a kind of noise need not be registered`() throws {
    let table = try ClassChanges.madeUp(noise: "my_noise-2").correlations(
      settings, UnitStore(folder: nil)
    ).table
    #expect(Set(try table[ConditionColumns.noise]) == ["my_noise-2"])
    #expect(table.count > 0)
  }
}
