import Files
import Runs

/// The figures of a folder that `topoclip signwriting figures` wrote.
package enum SignReport {
  /// Draws `figures/cosines` and `figures/neighbors`.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - options: The formats of the figures' files, and their width.
  /// - Returns: The figures drawn and a sentence for each that was not.
  /// - Throws: `FileError` for a table that is damaged; `RunError.interrupted`.
  package static func draw(
    _ folder: String, options: FigureOptions = FigureOptions()
  ) throws -> FigureReport {
    try Figures.draw(
      [SignCosinesFigure.kind, SignNeighborsFigure.kind], of: RunDirectory(folder), in: folder,
      options: options)
  }
}

extension RunDirectory {
  /// A table that a figure of signs cannot do without.
  ///
  /// - Throws: `FigureLeftOut` when the folder has none, or none with rows.
  func requiredTable(_ file: RunFile) throws -> Table {
    guard let table = try table(file), !table.isEmpty else {
      throw FigureLeftOut("the folder has no \(file.pattern.text) with rows")
    }
    return table
  }
}

extension PageSection {
  /// What figures of signs belong to.
  static let signs = PageSection("signs", "Signs")
}
