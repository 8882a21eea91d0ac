package import Analyses
import Files
import Foundation
package import LinearAlgebra

/// A way to lay points out in the plane.
package enum LayoutMethod: String, Sendable, CaseIterable {
  /// t-distributed stochastic neighbour embedding.
  case tsne
  /// Uniform manifold approximation and projection.
  case umap
  /// The first two principal components.
  case pca

  /// All of them in words.
  static let words = allCases.map(\.rawValue).joined(separator: ", ")
}

/// A layout method with its settings.
package struct LayoutRecipe: Sendable, Equatable {
  /// The method.
  package var method: LayoutMethod
  /// The distance between points; nil for the method's own: cosine for UMAP, Euclidean for t-SNE.
  ///
  /// Principal components are Euclidean whatever it says.
  package var metric: Metric?
  /// The seed of all that is random.
  package var seed: UInt64 = 0
  /// t-SNE's perplexity; nil for 30, or for what the points allow when there are fewer than 92.
  package var perplexity: Double?
  /// t-SNE's iterations, those of early exaggeration among them.
  package var iterations = 750
  /// The factor on t-SNE's affinities in the first third of the iterations.
  package var earlyExaggeration = 12.0
  /// t-SNE's learning rate; nil for automatic.
  package var learningRate: Double?
  /// UMAP's neighbours, a point itself among them; nil for 15, or all points when there are fewer.
  package var neighborCount: Int?
  /// UMAP's least distance between points of the layout.
  package var minimumDistance = 0.1
  /// UMAP's epochs; nil for automatic.
  package var epochs: Int?

  /// The method with its default settings.
  package init(_ method: LayoutMethod) { self.method = method }

  /// The distance that is used.
  package var resolvedMetric: Metric {
    switch method {
    case .tsne: metric ?? .euclidean
    case .umap: metric ?? .cosine
    case .pca: .euclidean
    }
  }

  /// Positions in the plane, and what is known of them.
  package struct Layout: Sendable {
    /// The positions, shape [n, 2], in the rows' order.
    package let positions: Matrix<Float>
    /// The Kullback–Leibler divergence that t-SNE minimises; nil for other methods.
    package let klDivergence: Double?
    /// UMAP's finished layout, into which new points can be placed; nil for other methods.
    package let map: UMAPLayout?
    /// Settings that the number of points decided.
    package let notes: [String]
  }

  /// The fewest points that have a layout.
  package static let fewestPoints = 5

  /// Checks that so many points can be laid out.
  ///
  /// - Parameter count: The number of points.
  /// - Throws: `AnalysisError` saying which setting they do not allow.
  package func validate(pointCount count: Int) throws {
    guard count >= Self.fewestPoints else {
      throw AnalysisError.invalid(
        "a layout of \(count) points says nothing; expected \(Self.fewestPoints) or more")
    }
    switch method {
    case .pca: break
    case .tsne: try tsne(pointCount: count).method.validate(pointCount: count)
    case .umap:
      if let neighborCount, !(2...count).contains(neighborCount) {
        throw AnalysisError.invalid(
          "\(neighborCount) neighbours of \(count) points; expected 2 to \(count), a point itself "
            + "among them")
      }
    }
  }

  /// Lays points out.
  ///
  /// - Parameters:
  ///   - points: Points, shape [n, d]; t-SNE and UMAP empty them once they have the neighbours.
  ///   - control: How to watch and stop the computation.
  /// - Returns: Finite positions, the same for a seed whatever the number of threads.
  /// - Throws: `AnalysisError` for settings that the points do not allow, and when the positions grow
  ///   beyond all numbers.
  package func layout(
    of points: inout Matrix<Float>, control: ComputationControl
  ) throws -> Layout {
    try validate(pointCount: points.rows)
    if method != .umap, points.columns < 2 {
      throw AnalysisError.invalid(
        "points of 1 column lie on a line already; expected 2 columns or more")
    }
    let layout =
      switch method {
      case .pca: try pca(points, control: control)
      case .tsne: try tsne(&points, control: control)
      case .umap: try umap(&points, control: control)
      }
    guard layout.positions.values.allSatisfy(\.isFinite) else {
      throw AnalysisError.invalid(
        "the layout grew beyond all numbers; expected values below 1e18, a smaller learning rate or "
          + "a smaller early exaggeration: divide the points by their scale, or leave the settings out"
      )
    }
    return layout
  }

  private func pca(_ points: Matrix<Float>, control: ComputationControl) throws -> Layout {
    let components = try PrincipalComponents(of: points, count: 2, control: control)
    return Layout(
      positions: try components.project(points), klDivergence: nil, map: nil, notes: [])
  }

  /// t-SNE with these settings, and what the number of points decided.
  private func tsne(pointCount: Int) -> (method: TSNE, notes: [String]) {
    var notes: [String] = []
    var method = TSNE()
    let largest = Double((pointCount - 1) / 3)
    if let perplexity {
      method.perplexity = perplexity
    } else if method.perplexity > largest {
      method.perplexity = largest
      notes.append(
        "perplexity \(largest.shortestText), the largest that \(pointCount) points allow")
    }
    method.iterations = iterations
    method.earlyExaggeration = earlyExaggeration
    method.exaggeratedIterations = min(method.exaggeratedIterations, iterations / 3)
    method.learningRate = learningRate
    method.seed = seed
    return (method, notes)
  }

  private func tsne(
    _ points: inout Matrix<Float>, control: ComputationControl
  ) throws -> Layout {
    let (method, settled) = tsne(pointCount: points.rows)
    var notes = settled
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
  package var accuracyNote: String? {
    recall.map { "neighbours by an index, recall \(String(format: "%.4f", $0)) at 1000 rows" }
  }
}
