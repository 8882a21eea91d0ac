import Analyses
import LinearAlgebra

/// A signal and an event at one level: the areas of all its images and without each group of classes, beside
/// those of confidence on the same images.
struct RankedSignal: Sendable {
  /// The images with a value, each as often as there are seeds.
  let images: Int
  /// How many of them have the event.
  let events: Int
  /// Those without a value.
  let missing: Int
  /// nil where all or none have the event.
  let areas: ClusteredAreas?
  /// Those of confidence; nil likewise.
  let baseline: ClusteredAreas?
  /// Why there are too few for an interval; nil where there are not.
  let scarcity: String?

  /// The fewest different images with the event, and without it, that an interval is made of.
  static let fewestImages = 10

  /// Ranks the images.
  ///
  /// - Parameters:
  ///   - risks: The signal of every image and seed, a seed after the other, larger for more likely to have
  ///     the event.
  ///   - baseline: Confidence likewise, which all have.
  ///   - happens: Whether each has the event.
  ///   - groups: The group of every image's class.
  ///   - whole: The areas of the baseline on all images, where they are known.
  ///   - control: Asked before every group.
  /// - Throws: `CancellationError`.
  init(
    _ risks: [Double?], baseline: [Double?], happens: [Bool], groups: ClassGroups,
    whole: ClusteredAreas?, control: ComputationControl
  ) throws {
    let kept = risks.indices.filter { risks[$0] != nil }
    images = kept.count
    missing = risks.count - kept.count
    events = kept.count { happens[$0] }
    func areas(_ values: [Double?]) throws -> ClusteredAreas? {
      try ClusteredAreas(
        RiskRanking(
          scores: kept.compactMap { values[$0] }, failed: kept.map { happens[$0] },
          clusters: kept.map { groups.ofImages[$0 % groups.ofImages.count] },
          clusterCount: groups.count), control: control)
    }
    self.areas = try areas(risks)
    self.baseline = missing == 0 && whole != nil ? whole : try areas(baseline)
    func different(_ hasEvent: Bool) -> Int {
      Set(kept.lazy.filter { happens[$0] == hasEvent }.map { $0 % groups.ofImages.count }).count
    }
    if images == 0 {
      scarcity = "no image has a value"
    } else if events == 0 {
      scarcity = "no image has the event"
    } else if events == images {
      scarcity = "all images have the event"
    } else if different(true) < Self.fewestImages {
      scarcity = "no interval: fewer than \(Self.fewestImages) images with the event"
    } else if different(false) < Self.fewestImages {
      scarcity = "no interval: fewer than \(Self.fewestImages) images without the event"
    } else {
      scarcity = nil
    }
  }
}

/// The classes that are left out together: each alone or, of many, groups of them.
struct ClassGroups: Sendable {
  /// The group of the class of each image.
  let ofImages: [Int]
  /// How many groups there are.
  let count: Int

  /// The most groups: with as many, Student's t is the normal distribution, and more would only take longer.
  static let most = 200

  /// Those of images: the classes that have some are dealt out in turn.
  init(labels: [Int], most: Int = Self.most) {
    let present = Set(labels).sorted()
    let places = Dictionary(uniqueKeysWithValues: present.enumerated().map { ($1, $0 % most) })
    ofImages = labels.map { places[$0] ?? 0 }
    count = min(present.count, most)
  }
}
