import LinearAlgebra
import Runs
import Topology

/// The images behind a bar of H0 or H1 that noise moved or made vanish: rows of `witnesses.csv`.
///
/// For every noisy condition and dimension the clean bars that changed most (`MovedBar`), over all
/// classes and the cloud of all. Of a loop these are the images at the ends of the edge that closed it
/// (role `birth`) and around it in order (`cycle`; `Representative.loop`); of a component those at the ends
/// of the edge that joined it to another (`death`).
struct Witness: Codable, Sendable {
  /// Images with a part in the bar.
  struct Carriers: Codable, Sendable {
    let role: String
    /// Rows of `samples.csv`.
    let rows: [Int]
  }

  /// The place of the condition among the noisy ones.
  let condition: Int
  let dimension: Int
  /// From 1.
  let rank: Int
  let bar: MovedBar
  let carriers: [Carriers]

  /// A cloud and what its bars are told from.
  struct Cloud: Sendable {
    /// The row of `samples.csv` of every point.
    let rows: [Int]
    /// The clean cloud's distances.
    let distances: SquareDistances
  }

  /// Computes representatives of the bars where one is listed.
  ///
  /// - Parameters:
  ///   - moved: By noisy condition and dimension, the bars by rank.
  ///   - threshold: Where the filtration ends; nil for all of it.
  ///   - control: Stops.
  ///   - cloud: The clean cloud of a scope; asked for at most once, on several threads.
  /// - Returns: By condition, dimension and rank.
  /// - Throws: `TopologyError`, and as `cloud`.
  static func all(
    of moved: [[[MovedBar]]], threshold: Double?, control: ComputationControl,
    cloud: @Sendable (_ scope: Int) throws -> Cloud
  ) throws -> [Witness] {
    var dimensions: [Int: Int] = [:]
    for bars in moved {
      for (dimension, bars) in bars.enumerated() {
        for bar in bars { dimensions[bar.scope] = max(dimensions[bar.scope] ?? 0, dimension) }
      }
    }
    let wanted = dimensions.sorted { $0.key < $1.key }
    let told = try Parallel.tryMap(count: wanted.count) { index in
      let cloud = try cloud(wanted[index].key)
      let persistence = try VietorisRips(
        maximumDimension: wanted[index].value, threshold: threshold, withRepresentatives: true
      ).persistence(of: .dense(cloud.distances), workers: 1, control: control)
      return (cloud: cloud, persistence: persistence)
    }
    let byScope = Dictionary(uniqueKeysWithValues: zip(wanted.map(\.key), told))
    return moved.enumerated().flatMap { condition, bars in
      bars.enumerated().flatMap { dimension, bars in
        bars.enumerated().map { place, bar in
          guard let (cloud, persistence) = byScope[bar.scope] else {
            preconditionFailure("a bar without its cloud")
          }
          let carriers = carriers(of: bar.change, dimension, persistence, cloud.distances)
          return Witness(
            condition: condition, dimension: dimension, rank: place + 1, bar: bar,
            carriers: carriers.map { role, points in
              Carriers(role: role, rows: points.map { cloud.rows[$0] })
            })
        }
      }
    }
  }

  private static func carriers(
    of change: BarChange, _ dimension: Int, _ persistence: VietorisRips.Persistence,
    _ distances: SquareDistances
  ) -> [(role: String, points: [Int])] {
    let bars = persistence.diagram.bars
    // Bars are sorted, so a bar keeps its place among those of its dimension.
    guard let first = bars.firstIndex(where: { $0.dimension == dimension }) else {
      preconditionFailure("a bar without its dimension")
    }
    let place = first + change.place
    precondition(bars[place] == change.bar)
    let representative = persistence.representatives[place]
    if dimension == 1 {
      guard let loop = representative.loop else { preconditionFailure("a loop without a cycle") }
      return [("birth", [loop[0], loop[loop.count - 1]]), ("cycle", loop)]
    }
    let component = representative.cocycle.simplices.map { $0[0] }.sorted()
    return [("death", joiningEdge(of: component, in: distances))]
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

  /// The rows of `witnesses.csv`, one an image.
  func rows(_ scopes: [Scope], _ conditions: [Condition], _ samples: SampleTable) -> [[TableCell]] {
    let change = bar.change
    let cells =
      [WitnessColumns.scope(scopes[bar.scope].name), WitnessColumns.dimension(dimension)]
      + conditions[condition].cells + [
        WitnessColumns.rank(rank),
        WitnessColumns.change(change.partner == nil ? "vanished" : "moved"),
        WitnessColumns.birth(change.bar.birth), WitnessColumns.death(change.bar.death),
        WitnessColumns.noisyBirth(change.partner?.birth),
        WitnessColumns.noisyDeath(change.partner?.death),
        WitnessColumns.displacement(change.displacement),
      ]
    return carriers.flatMap { carriers in
      carriers.rows.enumerated().map { vertex, row in
        cells + [
          WitnessColumns.role(carriers.role), WitnessColumns.vertex(vertex),
          WitnessColumns.row(row), WitnessColumns.path(samples.paths[row]),
          WitnessColumns.className(samples.classes[samples.labels[row]]),
        ]
      }
    }
  }
}
