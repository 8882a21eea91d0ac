import Files
import LinearAlgebra
import Runs
import Topology

/// The images behind the bars of H0 and H1 that noise moved or made vanish: `witnesses.csv`.
///
/// For every noisy condition and dimension the clean bars that changed most (`BarChange`), over all
/// classes and the cloud of all. Of a loop these are the images at the ends of the edge that closed it
/// (role `birth`) and around it in order (`cycle`; `Representative.loop`); of a component those at the ends
/// of the edge that joined it to another (`death`).
struct WitnessTable {
  package static let header =
    ["scope", "dimension"] + Condition.tableColumns + [
      "rank", "change", "birth", "death", "noisy_birth", "noisy_death", "displacement", "role",
      "vertex", "row", "path", "class",
    ]

  /// A cloud and what its bars are told from.
  package struct Cloud: Sendable {
    package let scope: Scope
    /// The row of `samples.csv` of every point.
    package let rows: [Int]
    /// The clean cloud's distances.
    package let distances: SquareDistances
    package let diagrams: [Condition: MeasuredDiagram]
  }

  /// Those of at most `witnessPoints` points.
  package let clouds: [Cloud]
  package let samples: SampleTable
  package let conditions: [Condition]
  package let settings: TopologySettings
  package let control: ComputationControl

  /// A bar to tell about.
  private struct Witness {
    let condition: Condition
    let dimension: Int
    let rank: Int
    let cloud: Int
    let change: BarChange
  }

  /// Points that carry a bar, with their part in it.
  private typealias Carriers = [(role: String, points: [Int])]

  /// Matches the diagrams, and computes representatives where a bar is listed.
  ///
  /// - Returns: The table as CSV; nil when no bar changed.
  /// - Throws: `TopologyError.cancelled`.
  package func csv() throws -> String? {
    let witnesses = try self.witnesses()
    guard !witnesses.isEmpty else { return nil }
    let wanted = Dictionary(grouping: witnesses, by: \.cloud)
    let named = wanted.keys.sorted()
    let persistences = try Parallel.tryMap(count: named.count) { index in
      try VietorisRips(
        maximumDimension: wanted[named[index]]?.map(\.dimension).max() ?? 0,
        threshold: settings.threshold, withRepresentatives: true
      ).persistence(of: .dense(clouds[named[index]].distances), workers: 1, control: control)
    }
    let byCloud = Dictionary(uniqueKeysWithValues: zip(named, persistences))
    var text = CSV.line(Self.header)
    for witness in witnesses {
      guard let persistence = byCloud[witness.cloud] else { continue }
      text += lines(witness, carriers(of: witness, persistence))
    }
    return text
  }

  /// The bars that changed most, by condition, dimension and rank.
  private func witnesses() throws -> [Witness] {
    let noisy = conditions.filter { $0 != .clean }
    let dimensions = Array(0...min(1, settings.maximumDimension))
    let groups = noisy.flatMap { condition in dimensions.map { (condition, $0) } }
    let changes = try Parallel.tryMap(count: groups.count * clouds.count) { index in
      if control.isCancelled() { throw TopologyError.cancelled }
      let (condition, dimension) = groups[index / clouds.count]
      let diagrams = clouds[index % clouds.count].diagrams
      guard let before = diagrams[.clean], let after = diagrams[condition] else {
        return [BarChange]()
      }
      return try BarChange.changes(
        from: before.diagram.bars(dimension: dimension),
        to: after.diagram.bars(dimension: dimension), exactLimit: settings.exactWassersteinLimit,
        control: control)
    }
    return groups.enumerated().flatMap { group, key in
      let all = clouds.indices.flatMap { cloud in
        changes[group * clouds.count + cloud].map { (cloud: cloud, change: $0) }
      }
      // Equal displacements in the order of clouds and bars.
      let order = all.indices.sorted {
        (-all[$0].change.displacement, $0) < (-all[$1].change.displacement, $1)
      }
      return order.prefix(settings.witnesses).enumerated().map { rank, index in
        Witness(
          condition: key.0, dimension: key.1, rank: rank + 1, cloud: all[index].cloud,
          change: all[index].change)
      }
    }
  }

  private func carriers(
    of witness: Witness, _ persistence: VietorisRips.Persistence
  ) -> Carriers {
    let bars = persistence.diagram.bars
    // Bars are sorted, so a bar keeps its place among those of its dimension.
    guard let first = bars.firstIndex(where: { $0.dimension == witness.dimension }) else {
      preconditionFailure("a bar without its dimension")
    }
    let place = first + witness.change.place
    precondition(bars[place] == witness.change.bar)
    let representative = persistence.representatives[place]
    if witness.dimension == 1 {
      guard let loop = representative.loop else { preconditionFailure("a loop without a cycle") }
      return [("birth", [loop[0], loop[loop.count - 1]]), ("cycle", loop)]
    }
    let component = representative.cocycle.simplices.map { $0[0] }.sorted()
    let edge = Self.joiningEdge(of: component, in: clouds[witness.cloud].distances)
    return [("death", edge)]
  }

  /// The shortest edge from some points to the others: what joins a component when it ends.
  static func joiningEdge(of component: [Int], in distances: SquareDistances) -> [Int] {
    var isInside = [Bool](repeating: false, count: distances.count)
    for point in component { isInside[point] = true }
    var edge: [Int] = []
    var least = Float.infinity
    for i in component {
      for j in 0..<distances.count where !isInside[j] && distances[i, j] < least {
        least = distances[i, j]
        edge = [i, j]
      }
    }
    return edge
  }

  private func lines(_ witness: Witness, _ carriers: Carriers) -> String {
    let change = witness.change
    let cloud = clouds[witness.cloud]
    let fields =
      [cloud.scope.name, "\(witness.dimension)"] + witness.condition.tableFields + [
        "\(witness.rank)", change.partner == nil ? "vanished" : "moved",
        change.bar.birth.shortestText, change.bar.death.shortestText,
        change.partner?.birth.shortestText ?? "", change.partner?.death.shortestText ?? "",
        change.displacement.shortestText,
      ]
    return carriers.flatMap { role, points in
      points.enumerated().map { vertex, point in
        let row = cloud.rows[point]
        return CSV.line(
          fields + [
            role, "\(vertex)", "\(row)", samples.paths[row], samples.classes[samples.labels[row]],
          ])
      }
    }.joined()
  }
}
