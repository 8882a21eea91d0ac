import Files
import RunAnalyses
import Runs

/// What becomes of analyses of the same run that the output holds already.
extension Reanalysis {
  /// What is computed, and what stays.
  ///
  /// - Parameters:
  ///   - earlier: What is there; nil for nothing.
  ///   - conditions: Its conditions.
  ///   - inputs: The digests of what the analyses read.
  ///   - chosen: The analyses that are asked for.
  /// - Returns: The plan.
  /// - Throws: `RunError.setting` for a setting in the manifest that this version does not know.
  func extending(
    _ earlier: Manifest?, _ conditions: [Condition], _ inputs: [String: String],
    _ chosen: Set<String>
  ) throws -> RunExtension {
    func isOther(_ path: String) -> Bool {
      guard let before = earlier?.outputs[path], let now = inputs[path] else { return false }
      return before != now
    }
    return try RunExtension(
      RunExtension.Inputs(
        earlier: earlier, earlierConditions: conditions, conditions: source.conditions,
        chosen: chosen, settings: experiment.analysisSettings,
        samplesChanged: isOther(SampleColumns.file.pattern.text)
          || isOther(ClassColumns.file.pattern.text),
        textChanged: isOther(RunDirectory.classEmbeddings.pattern.text)))
  }

  /// Stops when tables that are there are of other embeddings than the run's.
  ///
  /// - Throws: `FileError` with what is there, from when, and what differs.
  func refuse(
    _ earlier: EarlierRun, _ manifest: Manifest, _ inputs: [String: String]
  ) throws {
    let there = earlier.manifest
    var lines = manifest.differences(
      from: there, of: source.conditions.compactMap(\.noise))
    let others = earlier.conditions.filter { condition in
      guard source.conditions.contains(condition) else { return true }
      let path = RunDirectory.embeddings.pattern.path(condition)
      return earlier.digest(condition).map { $0 != inputs[path] } ?? false
    }
    if !others.isEmpty {
      lines.append("the embeddings of \(others.map(\.name).joined(separator: ", "))")
    }
    guard !lines.isEmpty else { return }
    let own = RunSelection.section + "."
    let keys = Set(there.configuration.keys).union(manifest.configuration.keys)
      .subtracting([FinishedRun.sourceKey, FinishedRun.digestKey]).filter { $0.hasPrefix(own) }
    lines =
      keys.sorted().compactMap { key in
        let (before, now) = (there.configuration[key], manifest.configuration[key])
        return before == now
          ? nil : "\(key): \(before ?? "not set") there, \(now ?? "not set") asked for"
      } + lines
    throw FileError(
      run.path,
      "holds \(there.isFinished ? "finished" : "unfinished") analyses \(there.moment) of "
        + "\(source.run.path), and their embeddings are others:"
        + lines.map { "\n  \($0)" }.joined() + "\ngive another --output")
  }

  /// The analyses that the control needs.
  func controlAnalyses(_ plan: RunExtension) -> Set<String> {
    let needsErrors =
      plan.performed.contains(StatisticsAnalysis.name)
      && plan.analyses.contains(ZeroShotAnalysis.name)
    return needsErrors ? plan.performed.union([ZeroShotAnalysis.name]) : plan.performed
  }

  /// The digests of what holds while the analyses are computed.
  func kept(
    of earlier: Manifest?, _ plan: RunExtension, _ inputs: [String: String]
  ) -> [String: String] {
    guard let earlier else { return [:] }
    let holds = plan.recordsMeanwhile.filter { !$0.value.conditions.isEmpty }
    let stale =
      AnalysisRegistry.all.filter { holds[$0.name] == nil }.flatMap { $0.files }
      + RunFiles.all.filter { $0.role == .input } + [RunDirectory.classEmbeddings]
    return RunFiles.outputs(earlier.outputs, without: stale)
      .merging(inputs.filter { earlier.outputs[$0.key] == $0.value }) { $1 }
  }
}
