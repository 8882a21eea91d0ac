import Files
import Foundation
package import LinearAlgebra
package import Topology

/// A file of points, distances or weighted edges, and the filtration it stands for.
package struct TopologyInput: Sendable {
  /// What the file holds.
  package enum Kind: Sendable, Equatable {
    /// Points, a row each.
    case points(Metric)
    /// A square distance matrix, SciPy's condensed form of one, or a text of either or of a triangle.
    case distances
    /// A CSV with the columns i, j and distance; the number of vertices, or nil to count them.
    case sparse(vertexCount: Int?)

    /// As the JSON output names it.
    package var metricName: String {
      if case .points(let metric) = self { metric.name } else { "precomputed" }
    }
  }

  /// How distances are divided before the threshold is compared.
  package enum Scale: Sendable, Equatable {
    /// By a number.
    case number(Double)
    /// By the median of all pairwise distances.
    case median
  }

  /// Settings for reading.
  package struct Settings: Sendable {
    /// What the files hold.
    package var kind: Kind
    /// Whether distances keep float64 rather than being rounded to float32.
    package var keepsDoubles: Bool
    /// At most so many points, chosen by maxmin; nil for all.
    package var landmarks: Int?
    /// What distances are divided by.
    package var scale: Scale
    /// Where the filtration will end, in scaled distances; nil for all of it.
    package var threshold: Double?

    /// Settings as given.
    package init(
      kind: Kind, keepsDoubles: Bool, landmarks: Int?, scale: Scale, threshold: Double?
    ) {
      self.kind = kind
      self.keepsDoubles = keepsDoubles
      self.landmarks = landmarks
      self.scale = scale
      self.threshold = threshold
    }

    /// The number of landmarks among so many points; nil when all of them stand for themselves.
    fileprivate func landmarkCount(of points: Int) -> Int? {
      landmarks.flatMap { $0 < points ? $0 : nil }
    }

    /// Where the filtration will end, in distances as they are; nil where it does not, or where that
    /// is known of all distances only.
    fileprivate var limit: Float? {
      guard let threshold, case .number(let scale) = scale else { return nil }
      let limit = Float(threshold * scale)
      return limit.isFinite ? limit : nil
    }
  }

  /// What the file stands for.
  package let filtration: Filtration
  /// The number that distances are to be divided by.
  package let scale: Double
  /// The landmarks that stand for the points, if there were more.
  package let landmarks: Landmarks?
  /// What was taken for something that a reader should know of, such as a header of numbers.
  package let notes: [String]

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The file, or `FILE.npz:NAME`, `FILE.safetensors:NAME`.
  ///   - settings: What it holds and what is made of it.
  ///   - workers: Threads.
  ///   - control: Watches and stops.
  /// - Throws: `FileError` naming the file and the place in it; `TopologyError.tooLarge` before
  ///   anything of that size is allocated.
  package init(
    _ path: String, settings: Settings, workers: Int, control: ComputationControl
  ) throws {
    do {
      switch settings.kind {
      case .points(let metric):
        var points = try InputPoints(path, metric: metric, keepsDoubles: settings.keepsDoubles)
        landmarks = try settings.landmarkCount(of: points.count).map {
          try points.landmarks(count: $0, workers: workers, control: control)
        }
        if let landmarks { points.restrict(to: landmarks.indices) }
        notes = points.notes
        filtration = try points.filtration(
          limit: settings.limit, workers: workers, control: control)
      case .distances:
        var distances = try InputDistances(
          path, keepsDoubles: settings.keepsDoubles, workers: workers, control: control)
        landmarks = try settings.landmarkCount(of: distances.count).map {
          try distances.landmarks(count: $0, workers: workers, control: control)
        }
        if let landmarks { try distances.restrict(to: landmarks.indices) }
        notes = distances.notes
        filtration = try distances.filtration(workers: workers, control: control)
      case .sparse(let vertexCount):
        landmarks = nil
        let table = try SparseDistancesFile(path: path)
        guard !table.triples.isEmpty || vertexCount != nil else {
          throw FileError(path, "lists no edge; give --vertices for points without any")
        }
        // Vertices that count from 1 leave the first of those that count from 0 alone.
        let least = table.triples.reduce(Int.max) { min($0, $1.0, $1.1) }
        notes =
          vertexCount == nil && least == 1
          ? [
            "\(path): vertex 0 is in no pair and a point by itself; if vertices count from 1, subtract 1 from i and j"
          ] : []
        let place = { (row: Int) in "line \(table.lines[row])" }
        if !settings.keepsDoubles { try SparseDistances.requireSinglePrecision(table.triples) }
        filtration =
          settings.keepsDoubles
          ? try .ranked(table.triples, vertexCount: vertexCount, place: place)
          : .sparse(
            try SparseDistances(validating: table.triples, vertexCount: vertexCount, place: place))
      }
    } catch let error as TopologyError {
      throw FileError(path, error.description)
    }
    switch settings.scale {
    case .number(let number): scale = number
    case .median:
      guard let median = filtration.median(workers: workers), median > 0, median.isFinite else {
        throw FileError(
          path,
          filtration.isSparse
            ? "a graph has no median of all distances; give --scale a number"
            : filtration.vertexCount < 2
              ? "one point has no median distance; give --scale a number"
              : !(filtration.median(workers: workers)?.isFinite ?? true)
                ? "half of the pairs have no distance, and so the median none; give --scale a number"
                : "the median distance is 0, by which nothing can be divided; give --scale a number"
        )
      }
      scale = median
    }
  }
}

extension Filtration {
  /// Writes all distances, divided by a number, as a square `.npy` for another program.
  ///
  /// - Throws: `FileError` when there are no distances of all pairs, or the disk refuses.
  package func write(to path: String, scale: Double) throws {
    switch matrix(dividedBy: scale) {
    case .float32(let matrix): try AtomicFile.write(NumPyFile.encode(matrix), to: path)
    case .float64(let matrix): try AtomicFile.write(NumPyFile.encode(matrix), to: path)
    case nil:
      throw FileError(
        path, "only the pairs within the threshold were computed; leave --threshold out")
    }
  }
}
