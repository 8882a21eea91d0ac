import Files
import Runs
import Topology

/// The rows of `distances.csv`: every cloud's diagrams under noise against its clean one.
struct DistanceTable {
  /// How far above 1 rounding may carry the ratio of a distance to its bound.
  private static let ratioLimit = 1 + 1e-6

  let scopes: [Scope]
  /// The noisy conditions.
  let conditions: [Condition]
  /// By condition, the clouds, one a scope.
  let clouds: [[MeasuredCloud]]
  /// By condition and scope, the distances of every kind.
  let distances: [[[DiagramDistances]]]
  /// By scope, the distances between halves of the clean cloud, of every kind.
  let betweenHalves: [[HalvesReference]]
  let settings: TopologySettings

  /// The table.
  ///
  /// - Throws: `RunError.failure` when a distance exceeds its bound, which only a bug can do.
  func table() throws -> Table {
    var table = Table(DistanceColumns.file)
    let kinds = DistanceKind.all(upTo: settings.maximumDimension)
    for scope in scopes.indices {
      for dimension in 0...settings.maximumDimension {
        for condition in conditions.indices {
          for (place, kind) in kinds.enumerated() where kind.dimension == dimension {
            table.append(try row(scope, condition, kind, place))
          }
        }
      }
    }
    return table
  }

  private func row(
    _ scope: Int, _ condition: Int, _ kind: DistanceKind, _ place: Int
  ) throws -> [TableCell] {
    let (distances, halves) = (distances[condition][scope][place], betweenHalves[scope][place])
    let bound =
      kind.metric == .bottleneck && distances.fromClean != nil
      ? clouds[condition][scope].bounds?[kind.scale] : nil
    var ratio: Double?
    if settings.threshold == nil, let bound, let distance = distances.fromClean?.distance {
      ratio = bound > 0 ? distance / bound : nil
      guard ratio ?? (distance == 0 ? 0 : .infinity) <= Self.ratioLimit else {
        throw RunError.failure(
          "\(scopes[scope].name), \(conditions[condition].name), H\(kind.dimension), scale "
            + "\(kind.scale): the bottleneck distance \(distance.shortestText) exceeds its bound "
            + "\(bound.shortestText), which contradicts the stability theorem: this is a bug in "
            + "topoclip; please report it with the run directory")
      }
    }
    return [DistanceColumns.scope(scopes[scope].name), DistanceColumns.dimension(kind.dimension)]
      + conditions[condition].cells + [
        DistanceColumns.metric(kind.metric.name.rawValue), DistanceColumns.order(kind.metric.order),
        DistanceColumns.ground(.infinity), DistanceColumns.essential("birth-order"),
        DistanceColumns.scale(kind.scale.rawValue),
        DistanceColumns.distance(distances.fromClean?.distance), DistanceColumns.bound(bound),
        DistanceColumns.ratio(ratio), DistanceColumns.betweenSeeds(distances.betweenSeeds),
        DistanceColumns.betweenHalves(halves.mean),
        DistanceColumns.betweenHalvesLow(halves.interval?.low),
        DistanceColumns.betweenHalvesHigh(halves.interval?.high),
        DistanceColumns.tolerance(distances.fromClean?.tolerance),
      ]
  }
}
