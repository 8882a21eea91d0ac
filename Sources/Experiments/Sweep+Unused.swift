import Files
import Logging
import RunAnalyses
import Runs

/// What lies beside the inputs and is not used: nothing is passed over in silence.
extension Sweep {
  /// Names files that are not used and counts them, once a reason.
  ///
  /// - Parameter files: The files and why each is not used, in words that follow "they".
  /// - Returns: The same sentences, for the manifest.
  @discardableResult
  func reportUnused(_ files: [RunError.UnusableImage]) -> [String] {
    files.map(\.problem).uniqued.map { problem in
      let paths = files.filter { $0.problem == problem }.map(\.path)
      let named = paths.prefix(3).joined(separator: ", ")
      let rest = paths.count > 3 ? " and \(paths.count - 3) more" : ""
      let sentence =
        "not used: \(paths.count) \(paths.count == 1 ? "file" : "files") (\(named)\(rest)): \(problem)"
      log.warning("\(sentence); the manifest names all")
      return sentence
    }
  }

  /// Says what is not computed because a run has no clean images.
  ///
  /// - Parameters:
  ///   - conditions: The run's conditions.
  ///   - chosen: The analyses of the run.
  ///   - manifest: Gets the same.
  func reportLackOfClean(
    of conditions: [Condition], _ chosen: Set<String>, _ manifest: inout Manifest
  ) {
    let lost = experiment.analysisSettings.chosen(chosen).compactMap { analysis in
      type(of: analysis).withoutClean.map { "\(type(of: analysis).name): \($0)" }
    }
    guard !conditions.contains(.clean), !lost.isEmpty else { return }
    let remedy =
      experiment.embeddings != nil
      ? "import clean.npy too"
      : experiment.addsNoise
        ? "name level 0 too" : "put the images as they are into clean/CLASS/FILE"
    let remark =
      "there are no clean images among the conditions, so that this is not computed: "
      + lost.joined(separator: "; ") + ". To have it, \(remedy)"
    log.warning("\(remark)")
    manifest.add(remarks: [remark])
  }
}
