/// What became of the figures of a run: those drawn, and a sentence for each that was not.
package struct FigureReport: Equatable, Sendable {
  /// The figures drawn, in the order of `PageSection` and, within a section, the order they are read in.
  package var figures: [DrawnFigure]
  /// Whole sentences: figures left out and why (gnuplot not installed, a table absent, gnuplot's own error).
  package var messages: [String]

  /// The names of the figures that gnuplot could not draw; a message tells why.
  package var failures: [String]

  /// The SHA-256 of the files written, by their paths in the folder of the results.
  package var digests: [String: String] = [:]

  /// What became of the figures.
  package init(figures: [DrawnFigure], messages: [String], failures: [String] = []) {
    self.figures = figures
    self.messages = messages
    self.failures = failures
  }
}

/// A figure that lies in a run directory, as `figures/NAME.svg` and so on, a file a format that was asked for.
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
  /// The size in points (1/72 inch), width by height; the PNG file has `FigureScript.pixelsPerInch` pixels an inch.
  package let size: FigureSize
  /// The SVG file, as a path of this machine; nil where none was asked for.
  package let svgPath: String?
  /// The PNG file; nil where none was asked for.
  package let pngPath: String?
  /// The PDF file; nil where none was asked for.
  package var pdfPath: String?

  /// The files written.
  package var paths: [String] { [svgPath, pngPath, pdfPath].compactMap { $0 } }
}

/// The width and height of a figure in points (1/72 inch).
package struct FigureSize: Equatable, Sendable {
  /// The width in points.
  package let width: Double
  /// The height in points.
  package let height: Double
}

/// The width that a figure is drawn for: one column of a paper or the page.
package enum FigureWidth: String, CaseIterable, Sendable {
  /// One column: 3.4 inches.
  case oneColumn = "column"
  /// Two columns: 7 inches.
  case twoColumns = "page"

  /// The width in points, whole ones: gnuplot's SVG knows no others.
  var points: Double {
    switch self {
    case .oneColumn: 245
    case .twoColumns: 504
    }
  }
}
