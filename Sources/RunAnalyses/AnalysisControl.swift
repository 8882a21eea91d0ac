import Analyses
import Files
package import LinearAlgebra
import Runs

extension ComputationControl {
  /// Stops when a signal asks for it, and shows progress through the stages of what takes long.
  package static func interruptible(isQuiet: Bool) -> ComputationControl {
    let progress = StageProgress(isQuiet: isQuiet)
    return ComputationControl(
      isCancelled: { Interruption.isRequested },
      report: { progress.report(stage: $0, done: $1, total: $2) })
  }
}

/// The result of an analysis; nil where the points do not define it: they are too few or equal, or span no subspace
/// of the dimension asked for.
///
/// - Throws: Every other fault of `body`.
func whereDefined<Result>(_ body: () throws -> Result) throws -> Result? {
  do {
    return try body()
  } catch AnalysisError.undefined, AnalysisError.noRows, AnalysisError.noVariance,
    AnalysisError.rankTooLarge
  {
    return nil
  }
}

/// Runs an analysis of one file's points.
///
/// - Parameters:
///   - file: The file that messages name.
///   - body: The analysis.
/// - Returns: What the analysis returns.
/// - Throws: `FileError` naming the file in place of what is wrong with the points.
package func analyzing<Result>(_ file: String, _ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let error as AnalysisError {
    throw FileError(file, "\(error)")
  } catch let error as LinearAlgebraError {
    throw FileError(file, "\(error)")
  }
}
