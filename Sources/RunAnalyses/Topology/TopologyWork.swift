package import Runs

/// How much the units of a run's topology compute.
struct TopologyWork {
  private let settings: TopologySettings
  private let dimension: Double
  /// The points of the cloud of all images, and of that of each class.
  private let all: Double
  private let classes: [Double]
  /// The kinds of distances between diagrams that are tested.
  private let kinds: Double

  init(_ context: RunContext, _ settings: TopologySettings, kinds: Int) {
    self.settings = settings
    self.kinds = Double(kinds)
    dimension = context.dimension
    let most = Double(settings.landmarks ?? .max)
    all = min(context.imageCount, most)
    classes = context.samples.classCounts.map { min(Double($0), most) }
  }

  private var sizes: [Double] { [all] + classes }

  /// The diagram of a cloud of so many points.
  ///
  /// Its edges are most of it up to loops; for voids there are triangles, and beyond them more.
  private func diagram(_ points: Double) -> Double {
    let pairs = points * points
    return switch settings.maximumDimension {
    case 0: 8 * pairs
    case 1: 40 * pairs
    case 2: 40 * pairs + 1.5 * pairs * points
    default: 40 * pairs + 0.05 * pairs * pairs
    }
  }

  /// A distance between two diagrams of so many bars: a matching, exact for few and approximate for many.
  private func distance(_ bars: Double) -> Double {
    bars < Double(settings.exactWassersteinLimit)
      ? 430 * bars + 0.06 * bars * bars * bars : 430 * bars + 6 * bars * bars
  }

  var clouds: Work {
    Work(
      steps: sizes.reduce(0) { $0 + diagram($1) + 0.02 * $1 * $1 * dimension })
  }

  var halves: Work {
    let halvings = Double(settings.halvings)
    return Work(
      steps: sizes.reduce(0) {
        $0 + halvings * (2 * diagram($1 / 2) + kinds * distance($1 / 2))
      })
  }

  /// The distances of every cloud's diagram from so many others.
  func distances(diagrams: Int) -> Work {
    Work(steps: Double(diagrams) * kinds * sizes.reduce(0) { $0 + distance($1) })
  }

  var bands: Work {
    Work(
      steps: sizes.reduce(0) {
        $0 + $1 * $1 * (8 + 0.07 * Double(settings.bandReplicates) + 0.02 * dimension)
      })
  }

  /// The distances of all classes' diagrams from each other, and from all clean ones.
  func groups(isClean: Bool) -> Work {
    let count = Double(classes.count)
    let pairs = count * count / 2 + (isClean ? 0 : count * count)
    let mean = classes.reduce(0, +) / max(count, 1)
    return Work(steps: kinds * pairs * distance(mean))
  }

  /// The tests of all conditions of a kind of noise: half a square of pairs of classes a swap.
  func tests(conditions: Int) -> Work {
    let count = Double(classes.count)
    return Work(
      steps: kinds * Double(conditions) * Double(settings.testPermutations)
        * (20 + 4 * count + count * count / 2))
  }

  var moved: Work { Work(steps: 4e6 + 2 * all * all) }

  var witnesses: Work { Work(steps: 5e6 + 10 * all * all) }
}

extension TopologyAnalysis {
  package func writing(_ context: RunContext) -> Work {
    let conditions = Double(context.conditions.count)
    return .writing(
      files: conditions * (1 + context.classCount), lines: 4 * conditions * context.imageCount)
  }
}
