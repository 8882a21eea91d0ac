import Files
import Fixtures
import Foundation
import LinearAlgebra
import RunFixtures
import Runs
import Testing
import Topology

@testable import RunAnalyses

/// How much classes changed, by their diagrams.
struct TopologyChangesTests {
  /// Points on a line: of class a at 0, 1 and 3 and `width` times that, of b at one place.
  private func run(
    _ widths: KeyValuePairs<String, Float> = ["clean": 1, "gaussian-1-s0": 2, "gaussian-2-s0": 4]
  ) throws -> HandmadeRun {
    try HandmadeRun(
      embeddings: widths.map { name, width in
        (key: name, value: Matrix([[1, 0], [1, width], [1, 3 * width], [5, 5], [5, 5]]))
      }, classes: ["a", "a", "a", "b", "b"])
  }

  private func values(_ changes: [MeasuredChange], _ name: String) throws -> [[Double?]] {
    try #require(changes.first { $0.measure.name == name }).values
  }

  @Test func `measures by hand`() throws {
    let topology = try TopologyRun(run())
    let changes = try topology.analysis.changes(topology.context)
    // Deaths 1 and 2 become 2 and 4, then 4 and 8. To leave 8 alone costs 4, to move 2 to it 6.
    #expect(try values(changes, "bottleneck_h0") == [[2, 4], [0, 0]])
    // 2 goes to 2, then to 4; 1 and what is left over go to the diagonal.
    #expect(try values(changes, "wasserstein1_h0") == [[2.5, 6.5], [0, 0]])
    #expect(try values(changes, "total_persistence_h0") == [[3, 9], [0, 0]])
    #expect(try values(changes, "total_persistence_h1") == [[0, 0], [0, 0]])
    #expect(try values(changes, "entropy_h0") == [[0, 0], [0, 0]])
    // One place has no median to be divided by.
    #expect(try values(changes, "bottleneck_h0_scaled") == [[0, 0], [nil, nil]])
    #expect(try topology.analysis.cleanSizes(topology.context) == [3, 0])
  }

  @Test func `they are the numbers of the tables`() throws {
    let topology = try TopologyRun(
      HandmadeRun(
        embeddings: ["clean", "gaussian-1-s0", "blur-2"].enumerated().map { place, name in
          (key: name, value: HandmadeRun.clusters(8, seed: UInt64(place)))
        }, classes: HandmadeRun.classes(8)), ["topology.max-dimension=2"])
    try topology.write()
    let changes = try topology.analysis.changes(topology.context)
    let names = TopologyAnalysis.measures.map(\.name).filter { !$0.contains("_h3") }
    #expect(changes.map(\.measure.name) == names)
    let table = try #require(try topology.run.run.table(DistanceColumns.file))
    for (label, name) in topology.run.samples.classes.enumerated() {
      for (column, condition) in topology.context.noisy.enumerated() {
        let rows = try table.rows(where: DistanceColumns.scope == "class-\(name)")
          .rows(of: condition)
        // The order of the table is that of the measures.
        let distances = try rows[DistanceColumns.distance]
        #expect(distances == changes.prefix(18).map { $0.values[label][column] })
        let diagrams = try [Condition.clean, condition].map { condition in
          try PersistenceDiagram(
            DiagramTable.read(
              topology.run.run.file(Scope.diagramFile("class-\(name)", condition))))
        }
        for dimension in 0...2 {
          let totals = try diagrams.map { try $0.totalPersistence(dimension: dimension).value }
          let change = try values(changes, "total_persistence_h\(dimension)")[label][column]
          #expect(change == abs(totals[1] - totals[0]))
        }
      }
    }
  }

  @Test func `of a topology that is not run there is what is finished`() throws {
    let folder = try TemporaryFolder()
    let run = try run()
    let absent = try TopologyRun(run, store: UnitStore(folder: folder.path), isChosen: false)
    #expect(try absent.analysis.changes(absent.context).isEmpty)
    #expect(try absent.analysis.cleanSizes(absent.context) == [nil, nil])
    #expect(try absent.analysis.changeUnits(absent.context).isEmpty)
    let other = try TopologyRun(run, store: UnitStore(folder: folder.path))
    try other.write()
    let later = try TopologyRun(run, store: UnitStore(folder: folder.path), isChosen: false)
    #expect(try later.analysis.changes(later.context).count == 2 * (6 + 1 + 1))
    #expect(try later.analysis.cleanSizes(later.context) == [3, 0])
    #expect(try later.analysis.changeUnits(later.context).count == 5)
    let different = try TopologyRun(
      run, ["topology.max-dimension=0"], store: UnitStore(folder: folder.path), isChosen: false)
    #expect(try different.analysis.changes(different.context).isEmpty)
  }

  @Test func `without a clean condition nothing changed`() throws {
    let topology = try TopologyRun(run(["gaussian-1-s0": 1, "gaussian-2-s0": 2]))
    #expect(try topology.analysis.changes(topology.context).isEmpty)
    #expect(try topology.analysis.cleanSizes(topology.context) == [nil, nil])
  }

  @Test func `measures have names, words and a family`() {
    let measures = TopologyAnalysis.measures
    #expect(measures.count == 4 * (6 + 1 + 1) && Set(measures.map(\.name)).count == measures.count)
    #expect(measures.allSatisfy { $0.family == .topology })
    #expect(
      measures.prefix(4).map(\.name) == [
        "bottleneck_h0", "bottleneck_h0_scaled", "wasserstein1_h0", "wasserstein1_h0_scaled",
      ])
    #expect(
      [1, 11, 24, 31].map { measures[$0].words } == [
        "bottleneck distance in H0 (scale removed)",
        "2-Wasserstein distance in H1 (scale removed)", "change of total persistence in H0",
        "change of persistent entropy in H3",
      ])
  }
}
