/// What became of the figures of a run: those drawn, and a sentence for each that was not.
package struct FigureReport: Equatable, Sendable {
  /// The figures drawn, in the order of `PageSection` and, within a section, the order they are read in.
  package var figures: [DrawnFigure]
  /// Whole sentences: figures left out and why (gnuplot not installed, a table absent, gnuplot's own error).
  package var messages: [String]

  /// The names of the figures that gnuplot could not draw; a message tells why.
  package var failures: [String]

  /// What became of the figures.
  package init(figures: [DrawnFigure], messages: [String], failures: [String] = []) {
    self.figures = figures
    self.messages = messages
    self.failures = failures
  }
}

/// A figure that lies in a run directory, as `figures/NAME.svg` and `figures/NAME.png`.
package struct DrawnFigure: Equatable, Sendable {
  /// The name of its files without extension: lower-case letters, digits, dots and hyphens.
  package let name: String
  /// What it shows, in a few words, such as `Accuracy against the noise level`.
  package let title: String
  /// A paragraph of plain text under the figure: how to read it, and what was left out.
  package let caption: String
  /// The part of the report that it belongs to.
  package let section: PageSection
  /// The width that it is drawn for.
  package let width: FigureWidth
  /// The size of the SVG file in points (1/72 inch), width by height; the PNG file is four times that in pixels.
  package let size: FigureSize
  /// The SVG file, as a path of this machine.
  package let svgPath: String
  /// The PNG file, as a path of this machine.
  package let pngPath: String
}

/// The width and height of a figure in points (1/72 inch).
package struct FigureSize: Equatable, Sendable {
  /// The width in points.
  package let width: Double
  /// The height in points.
  package let height: Double
}

/// The width that a figure is drawn for: one column of a paper or the page.
package enum FigureWidth: String, Sendable {
  /// One column: 85 mm.
  case oneColumn
  /// Two columns: 175 mm.
  case twoColumns
}
