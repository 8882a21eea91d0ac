public import Analyses
import Files
import Foundation
public import LinearAlgebra

/// A way to lay points out in the plane.
public enum LayoutMethod: String, Sendable, CaseIterable {
  /// t-distributed stochastic neighbour embedding.
  case tsne
  /// Uniform manifold approximation and projection.
  case umap
  /// The first two principal components.
  case pca
}

/// A layout method with its settings.
public struct LayoutRecipe: Sendable, Equatable {
  /// The method.
  public var method: LayoutMethod
  /// The distance between points; nil for the method's own: cosine for UMAP, Euclidean for t-SNE.
  public var metric: NeighborMetric?
  /// The seed of all that is random.
  public var seed: UInt64 = 0
  /// t-SNE's perplexity; nil for 30, or for what the points allow when there are fewer than 92.
  public var perplexity: Double?
  /// t-SNE's iterations, those of early exaggeration among them.
  public var iterations = 750
  /// The factor on t-SNE's affinities in the first third of the iterations.
  public var earlyExaggeration = 12.0
  /// t-SNE's learning rate; nil for automatic.
  public var learningRate: Double?
  /// UMAP's neighbours, a point itself among them; nil for 15, or all points when there are fewer.
  public var neighborCount: Int?
  /// UMAP's least distance between points of the layout.
  public var minimumDistance = 0.1
  /// UMAP's epochs; nil for automatic.
  public var epochs: Int?

  /// The method with its default settings.
  public init(_ method: LayoutMethod) { self.method = method }

  /// The distance that is used.
  public var resolvedMetric: NeighborMetric {
    metric ?? (method == .umap ? .cosine : .euclidean)
  }

  /// Positions in the plane, and what is known of them.
  public struct Layout: Sendable {
    /// The positions, shape [n, 2], in the rows' order.
    public let positions: Matrix<Float>
    /// The Kullback–Leibler divergence that t-SNE minimises; nil for other methods.
    public let klDivergence: Double?
    /// UMAP's finished layout, into which new points can be placed; nil for other methods.
    public let map: UMAPLayout?
    /// Settings that the number of points decided.
    public let notes: [String]
  }

  /// The fewest points that have a layout.
  public static let fewestPoints = 5

  /// Lays points out.
  ///
  /// - Parameters:
  ///   - points: Points, shape [n, d]; t-SNE and UMAP empty them once they have the neighbours.
  ///   - control: How to watch and stop the computation.
  /// - Returns: Finite positions, the same for a seed whatever the number of threads.
  /// - Throws: `AnalysisError` for settings that the points do not allow.
  public func layout(
    of points: inout Matrix<Float>, control: ComputationControl
  ) throws -> Layout {
    let count = points.rows
    guard count >= Self.fewestPoints else {
      throw AnalysisError.invalid(
        "a layout of \(count) points says nothing; expected \(Self.fewestPoints) or more")
    }
    switch method {
    case .pca:
      let components = try PrincipalComponents(of: points, count: 2, control: control)
      return Layout(
        positions: try components.project(points), klDivergence: nil, map: nil, notes: [])
    case .tsne:
      return try tsne(&points, control: control)
    case .umap:
      return try umap(&points, control: control)
    }
  }

  private func tsne(
    _ points: inout Matrix<Float>, control: ComputationControl
  ) throws -> Layout {
    var notes: [String] = []
    var method = TSNE()
    let largest = Double((points.rows - 1) / 3)
    if let perplexity {
      method.perplexity = perplexity
    } else if method.perplexity > largest {
      method.perplexity = largest
      notes.append(
        "perplexity \(largest.shortestText), the largest that \(points.rows) points allow")
    }
    method.iterations = iterations
    method.earlyExaggeration = earlyExaggeration
    method.exaggeratedIterations = min(method.exaggeratedIterations, iterations / 3)
    method.learningRate = learningRate
    method.seed = seed
    try method.validate(pointCount: points.rows)
    let components = try PrincipalComponents(of: points, count: 2, control: control)
    let initialization = try method.initialization(from: components.project(points))
    let neighbors = try neighbors(of: points, count: method.neighborCount, &notes, control)
    points = Matrix(rows: 0, columns: 0)
    let result = try method.layout(
      neighbors: neighbors, initialization: initialization, control: control)
    return Layout(
      positions: result.positions, klDivergence: result.klDivergence, map: nil, notes: notes)
  }

  private func umap(
    _ points: inout Matrix<Float>, control: ComputationControl
  ) throws -> Layout {
    var notes: [String] = []
    var method = UMAP()
    if let neighborCount {
      method.neighborCount = neighborCount
    } else if method.neighborCount > points.rows {
      method.neighborCount = points.rows
      notes.append("\(points.rows) neighbours, all that there are")
    }
    method.minimumDistance = minimumDistance
    method.epochs = epochs
    method.seed = seed
    let neighbors = try neighbors(of: points, count: method.neighborCount - 1, &notes, control)
    points = Matrix(rows: 0, columns: 0)
    let result = try method.layout(neighbors: neighbors, control: control)
    return Layout(positions: result.positions, klDivergence: nil, map: result, notes: notes)
  }

  private func neighbors(
    of points: Matrix<Float>, count: Int, _ notes: inout [String], _ control: ComputationControl
  ) throws -> NearestNeighbors {
    let found = try NearestNeighbors.found(
      of: points, count: count, metric: resolvedMetric, index: .automatic, control: control)
    notes += found.accuracyNote.map { [$0] } ?? []
    return found
  }
}

extension NearestNeighbors {
  /// How far neighbours found by an index can be trusted; nil for exact ones.
  var accuracyNote: String? {
    recall.map { "neighbours by an index, recall \(String(format: "%.4f", $0)) at 1000 rows" }
  }
}
