import Files
import Logging
import RunAnalyses
import Runs

/// What somebody else has made of a run's files.
extension Sweep {
  /// Names the files of the run that are not as it has recorded them, and says what becomes of them.
  ///
  /// What the sweep writes is made anew; a table of an analysis that is not asked for stays as it is, and so does its
  /// digest in the manifest, by which `topoclip verify` tells.
  ///
  /// - Throws: `FileError` for a manifest that records a file outside of its folder; `RunError.interrupted`.
  func reportChanges(
    in earlier: EarlierRun, _ made: MadeEmbeddings, _ plan: RunExtension
  ) throws {
    let verification = try Verification(run.path, earlier.manifest) {
      !Verification.isLeftBehind($0, of: run)
    }
    let text = RunDirectory.classEmbeddings.pattern.text
    func owners(_ path: String) -> [String] {
      AnalysisRegistry.all.filter { $0.files.contains { $0.pattern.matches(path) } }
        .map { $0.name }
    }
    func isMadeAnew(_ path: String) -> Bool {
      if path == text { return made.text != nil }
      if PictureFiles.examples.pattern.matches(path) {
        return made.images != nil && makesPictures
          && !PictureFiles.readers.isDisjoint(with: plan.analyses)
      }
      // Those of an analysis that the run no longer has go.
      return RunDirectory.isInput(path)
        || owners(path).contains { plan.performed.contains($0) || plan.records[$0] == nil }
    }
    let anew = verification.only(isMadeAnew)
    if !anew.isUnchanged { log.warning("\(run.path): \(anew.statement); replaced") }
    let kept = verification.only { !isMadeAnew($0) }
    guard !kept.isUnchanged else { return }
    let isOne = kept.differences.count == 1
    let names = Set(kept.differences.flatMap { owners($0.path) })
    let asked = AnalysisRegistry.names.filter(names.contains).joined(separator: ",")
    let remedy =
      asked.isEmpty ? "" : "; --analyses \(asked) makes \(isOne ? "it" : "them") anew"
    log.warning(
      "\(run.path): \(kept.statement); not asked for, and left as \(isOne ? "it is" : "they are")\(remedy)"
    )
  }

  /// Says which files in the run's folders are somebody's, and stay.
  ///
  /// - Parameter paths: Their paths in the run directory.
  func reportForeign(_ paths: [String]) {
    guard !paths.isEmpty else { return }
    let isOne = paths.count == 1
    let more = paths.count - Self.namedFiles
    let names =
      paths.prefix(Self.namedFiles).joined(separator: ", ")
      + (more > 0 ? " and \(more) more" : "")
    log.warning(
      "\(run.path): the run has not written \(names); left as \(isOne ? "it is" : "they are")")
  }

  private static let namedFiles = 10
}
