import Analyses
import LinearAlgebra

/// A finished layout as it is kept.
struct LaidOutPoints: Codable, Sendable {
  /// x and y of every point.
  private let coordinates: [Float]
  /// The Kullback–Leibler divergence that t-SNE minimises; nil for other methods.
  let divergence: Double?
  /// Settings that the number of points decided.
  let notes: [String]

  init(_ layout: LayoutRecipe.Layout) {
    coordinates = layout.positions.values
    divergence = layout.klDivergence
    notes = layout.notes
  }

  /// The positions, shape [n, 2].
  var positions: Matrix<Float> {
    Matrix(rows: coordinates.count / 2, columns: 2, values: coordinates)
  }
}

/// The layout of one condition as it is shown, and how far to trust it.
struct ShownLayout: Codable, Sendable {
  /// Where a layout is shown.
  enum Frame {
    /// Where the fit of all conditions left it.
    case joint
    /// By itself, moved onto the clean one where that is another.
    case own(clean: Matrix<Float>?)
  }

  /// x and y of every point, moved onto the clean layout; nil where they are those of the layout.
  private let moved: [Float]?
  /// How much of the shape differs from the clean layout's; nil for that one and for joint layouts.
  let disparity: Double?
  let quality: LayoutQuality

  /// Moves a layout onto the clean one, and measures it.
  ///
  /// - Parameters:
  ///   - positions: The layout, shape [n, 2].
  ///   - frame: Where it is shown.
  ///   - original: The embeddings, [n, dimension].
  ///   - metric: The distance between them.
  ///   - labels: The class of every point; nil for no silhouette.
  ///   - control: How to watch and stop the computation.
  /// - Throws: `AnalysisError` for a layout that is none, and when it was stopped.
  init(
    _ positions: Matrix<Float>, in frame: Frame, original: Matrix<Float>,
    metric: Metric, labels: [Int]?, control: ComputationControl
  ) throws {
    let alignment: ProcrustesAlignment? =
      switch frame {
      case .joint: nil
      case .own(let clean):
        // Without a clean one too: points that are all in one place are no layout.
        try Self.alignment(of: Representation(positions), onto: clean)
      }
    let moved = try alignment?.applied(to: positions)
    self.moved = moved?.values
    disparity = alignment?.disparity
    quality = try LayoutQuality(
      of: moved ?? positions, original: original, metric: metric, classes: labels,
      control: control)
  }

  private static func alignment(
    of own: Representation, onto clean: Matrix<Float>?
  ) throws -> ProcrustesAlignment? {
    try clean.map { try ProcrustesAlignment(of: own, onto: Representation($0)) }
  }

  /// Where the points of a layout are shown, shape [n, 2].
  func positions(_ layout: Matrix<Float>) -> Matrix<Float> {
    moved.map { Matrix(rows: layout.rows, columns: 2, values: $0) } ?? layout
  }
}
