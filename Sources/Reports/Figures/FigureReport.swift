/// What became of the figures of a run: those drawn, and a sentence for each that was not.
public struct FigureReport: Equatable, Sendable {
  /// The figures drawn, in the order of `FigureSection` and, within a section, the order they are read in.
  public var figures: [DrawnFigure]
  /// Whole sentences: figures left out and why (gnuplot not installed, a table absent, gnuplot's own error).
  public var messages: [String]

  /// What became of the figures.
  public init(figures: [DrawnFigure], messages: [String]) {
    self.figures = figures
    self.messages = messages
  }
}

/// A figure that lies in a run directory, as `figures/NAME.svg` and `figures/NAME.png`.
public struct DrawnFigure: Equatable, Sendable {
  /// The name of its files without extension: lower-case letters, digits, dots and hyphens.
  public let name: String
  /// What it shows, in a few words, such as `Accuracy against the noise level`.
  public let title: String
  /// A paragraph of plain text under the figure: how to read it, and what was left out.
  public let caption: String
  /// The part of the report that it belongs to.
  public let section: FigureSection
  /// The width that it is drawn for.
  public let width: FigureWidth
  /// The size of the SVG file in points (1/72 inch), width by height; the PNG file is four times that in pixels.
  public let size: FigureSize
  /// The SVG file, as a path of this machine.
  public let svgPath: String
  /// The PNG file, as a path of this machine.
  public let pngPath: String
}

/// The width and height of a figure in points (1/72 inch).
public struct FigureSize: Equatable, Sendable {
  /// The width in points.
  public let width: Double
  /// The height in points.
  public let height: Double
}

/// The width that a figure is drawn for: one column of a paper or the page.
public enum FigureWidth: String, Sendable {
  /// One column: 85 mm.
  case oneColumn
  /// Two columns: 175 mm.
  case twoColumns
}

/// The parts of a report that have figures, in the order of reading.
public enum FigureSection: String, CaseIterable, Sendable {
  /// What went in: examples of the classes, the same image at every level.
  case images
  /// Accuracy and calibration against the level.
  case accuracy
  /// Topology against accuracy.
  case link
  /// Persistence diagrams, barcodes, Betti curves, distances against the level.
  case topology
  /// Images at the bars that moved.
  case witnesses
  /// Merge trees of the classes.
  case merging
  /// Subspace angles and pairwise cosines.
  case geometry
  /// t-SNE and UMAP.
  case layouts
  /// Curves of a training.
  case training
}
