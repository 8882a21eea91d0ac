import ArgumentParser
import Reports

/// How the figures of a report are drawn.
struct FigureOptionGroup: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The formats of figures, separated by commas: \(FigureFormat.allCases.map(\.rawValue).joined(separator: ", ")) "
        + "(default svg,png, which report.html shows).", valueName: "formats"))
  var figureFormat: String?
  @Option(
    help: ArgumentHelp(
      "The width of all figures: column (3.4 inches) or page (7 inches); default what each needs.",
      valueName: "width"))
  var figureWidth: String?

  func validate() throws { _ = try options() }

  /// What the words stand for.
  ///
  /// - Throws: `ValidationError` naming a word that is no format or width, and what was probably meant.
  func options() throws -> FigureOptions {
    do {
      return try FigureOptions(formats: figureFormat, width: figureWidth)
    } catch let error as FigureOptionError {
      throw ValidationError(error.description)
    }
  }
}
