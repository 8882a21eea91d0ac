import Files
import Foundation
public import LinearAlgebra
public import Topology

/// A file of points, distances or weighted edges, and the filtration it stands for.
public struct TopologyInput: Sendable {
  /// What the file holds.
  public enum Kind: Sendable, Equatable {
    /// Points, a row each.
    case points(Metric)
    /// A square distance matrix, or Ripser's lower-triangular text.
    case distances
    /// A CSV with the columns i, j and distance; the number of vertices, or nil to count them.
    case sparse(vertexCount: Int?)

    /// As the JSON output names it.
    public var metricName: String {
      if case .points(let metric) = self { metric.rawValue } else { "precomputed" }
    }
  }

  /// How distances are divided before the threshold is compared.
  public enum Scale: Sendable, Equatable {
    /// By a number.
    case number(Double)
    /// By the median of all pairwise distances.
    case median
  }

  /// Settings for reading.
  public struct Settings: Sendable {
    /// What the files hold.
    public var kind: Kind
    /// Whether distances keep float64 rather than being rounded to float32.
    public var keepsDoubles: Bool
    /// At most so many points, chosen by maxmin; nil for all.
    public var landmarks: Int?
    /// What distances are divided by.
    public var scale: Scale
    /// Where the filtration will end, in scaled distances; nil for all of it.
    public var threshold: Double?

    /// Settings as given.
    public init(
      kind: Kind, keepsDoubles: Bool, landmarks: Int?, scale: Scale, threshold: Double?
    ) {
      self.kind = kind
      self.keepsDoubles = keepsDoubles
      self.landmarks = landmarks
      self.scale = scale
      self.threshold = threshold
    }
  }

  /// What the file stands for.
  public let filtration: Filtration
  /// The number that distances are to be divided by.
  public let scale: Double
  /// The landmarks that stand for the points, if there were more.
  public let landmarks: Landmarks?

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The file, or `FILE.npz:NAME`, `FILE.safetensors:NAME`.
  ///   - settings: What it holds and what is made of it.
  ///   - workers: Threads.
  ///   - control: Watches and stops.
  /// - Throws: `FileError` naming the file and the place in it; `TopologyError.tooLarge` before
  ///   anything of that size is allocated.
  public init(
    _ path: String, settings: Settings, workers: Int, control: ComputationControl
  ) throws {
    var landmarks: Landmarks?
    do {
      switch settings.kind {
      case .points(let metric):
        (filtration, landmarks) = try Self.points(
          path, metric: metric, settings: settings, workers: workers, control: control)
      case .distances:
        (filtration, landmarks) = try Self.distances(
          path, settings: settings, workers: workers, control: control)
      case .sparse(let vertexCount):
        filtration = .sparse(
          try SparseDistancesFile.read(path).validated(vertexCount: vertexCount, file: path))
      }
      scale = try Self.scale(settings.scale, filtration, workers: workers)
    } catch TopologyError.invalid(let problem) {
      throw FileError(path, problem)
    }
    self.landmarks = landmarks
  }
}
