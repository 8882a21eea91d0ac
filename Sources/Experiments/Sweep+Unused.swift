import Files
import Logging
import RunAnalyses
import Runs

/// What lies beside the inputs and is not used: nothing is passed over in silence.
extension Sweep {
  /// Names files that are not used and counts them, once a reason.
  func reportUnused(_ files: [RunError.UnusableImage]) {
    for sentence in Self.sentences(unused: files) {
      log.warning("\(sentence); the manifest names all")
    }
  }

  /// Names images that came after the plan was made.
  func reportUnplanned(_ paths: [String]) {
    guard let first = paths.first else { return }
    let (are, them) = paths.count == 1 ? ("image is", "it") : ("images are", "them")
    let remark =
      "\(paths.count) \(are) there that the plan does not have, \(first) among them: not used; topoclip plan "
      + "--overwrite takes \(them) in"
    log.warning("\(remark)")
  }

  /// A sentence a reason for which files are not used, as the manifest has it.
  ///
  /// - Parameter files: The files and why each is not used, in words that follow "they".
  /// - Returns: The sentences.
  static func sentences(unused files: [RunError.UnusableImage]) -> [String] {
    files.map(\.problem).uniqued.map { problem in
      let paths = files.filter { $0.problem == problem }.map(\.path)
      let named = paths.prefix(3).joined(separator: ", ")
      let rest = paths.count > 3 ? " and \(paths.count - 3) more" : ""
      let what = paths.allSatisfy { $0.hasSuffix("/") } ? "folder" : "file"
      return
        "not used: \(paths.count) \(what)\(paths.count == 1 ? "" : "s") (\(named)\(rest)): \(problem)"
    }
  }

  /// Says what is not computed because a run has no clean images.
  ///
  /// - Parameters:
  ///   - conditions: The run's conditions.
  ///   - chosen: All analyses that the run has.
  ///   - manifest: Gets the same.
  ///   - remedy: What gives the run clean images; nil for what the experiment says.
  func reportLackOfClean(
    of conditions: [Condition], _ chosen: Set<String>, _ manifest: inout Manifest,
    remedy: String? = nil
  ) {
    manifest.takeBack(.clean)
    let lost = experiment.analysisSettings.chosen(chosen).compactMap { analysis in
      type(of: analysis).withoutClean.map { "\(type(of: analysis).name): \($0)" }
    }
    guard !conditions.contains(.clean), !lost.isEmpty else { return }
    let remedy =
      remedy
      ?? CleanImages.remedy(
        isImported: experiment.embeddings != nil, isCorrupted: !experiment.addsNoise)
    let remark =
      "there are no clean images among the conditions, so that this is not computed: "
      + lost.joined(separator: "; ") + ". To have it, \(remedy)"
    report(.clean, [remark], &manifest)
  }
}

/// How a run gets clean images.
enum CleanImages {
  /// What to do about a run that has none.
  ///
  /// - Parameters:
  ///   - isImported: Whether its embeddings were made elsewhere.
  ///   - isCorrupted: Whether its images were corrupted beforehand.
  /// - Returns: The end of a sentence.
  static func remedy(isImported: Bool, isCorrupted: Bool) -> String {
    if isImported { return "import clean.npy too" }
    return isCorrupted ? "put the images as they are into clean/CLASS/FILE" : "name level 0 too"
  }

  /// The same of a finished run whose embeddings are analysed.
  static func remedy(_ source: FinishedRun) -> String {
    let manifest = source.manifest
    let run = manifest.configuration[FinishedRun.sourceKey] ?? source.run.path
    let remedy = remedy(
      isImported: manifest.model == nil,
      isCorrupted: manifest.isOfCorruptedImages)
    return "extend the run itself, \(run) (\(remedy)), and analyse it again"
  }
}

extension Manifest {
  /// Whether its images were corrupted beforehand; of earlier versions the source says it.
  var isOfCorruptedImages: Bool {
    data.map {
      $0.variants != nil || $0.source.hasSuffix("(images corrupted beforehand)")
    } ?? false
  }

  /// Refuses to write into the tree of corrupted images that a run is of.
  ///
  /// - Parameter folder: The folder to be written.
  /// - Throws: `FileError` naming the two.
  func requireOutsideTree(_ folder: String) throws {
    guard isOfCorruptedImages, let tree = configuration["dataset.path"] else { return }
    try OutputFolder.require(folder, outsideNested: tree)
  }
}
