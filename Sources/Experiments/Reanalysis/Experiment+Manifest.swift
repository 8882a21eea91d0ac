import Files
import RunAnalyses
package import Runs

extension Experiment {
  /// The experiment of a finished run with other settings of its analyses.
  ///
  /// What decides the embeddings is what the manifest says, and cannot be assigned.
  ///
  /// - Parameters:
  ///   - manifest: The run's manifest.
  ///   - file: Its path, for messages.
  ///   - assignments: Values over the run's own, the last of equals wins.
  ///   - output: The folder of the new run.
  /// - Throws: `RunError.setting` naming what cannot be assigned, or what is wrong with a value.
  package init(
    of manifest: Manifest, file: String, assignments: [Assignment], output: String
  ) throws {
    try self.init(file: nil, assignments: [])
    var tree = ConfigurationTree.mapping([:], place: file)
    for (name, value) in manifest.configuration.sorted(by: { $0.key < $1.key }) {
      let keys =
        AnalysisSet.keys(of: name) ?? (["analyses", "control"].contains(name) ? [name] : [])
      guard !keys.isEmpty else { continue }
      tree = try tree.setting(
        keys[...], to: name == "analyses" && value == "all" ? "" : value, place: file)
    }
    for assignment in assignments {
      try Self.requireOfAnalyses(assignment)
      tree = try tree.setting(assignment.keys[...], to: assignment.text, place: assignment.place)
    }
    let root = try ConfigurationSection(tree)
    analyses = try Self.analyses(root)
    analysisSettings = try AnalysisSet(root)
    hasControl = try root.value("control", default: false, expected: "true or false") { Bool($0) }
    if hasControl, manifest.configuration["control"] != "true" {
      throw root.error(
        "control", "the run has none, and its images are needed for one; run topoclip sweep with it"
      )
    }
    try root.finish()
    name = manifest.configuration["name"] ?? name
    model = manifest.configuration["model"].flatMap { $0.isEmpty ? nil : $0 }
    modelSeed = manifest.configuration["seed"].flatMap { UInt64($0) } ?? modelSeed
    self.output = output
  }

  /// Settings that decide the embeddings, or where they are kept.
  private static let ofEmbeddings = [
    "model", "seed", "dataset", "embeddings", "logit-scale", "templates", "noise", "precision",
    "precision-tolerance", "certify", "backend",
  ]

  private static func requireOfAnalyses(_ assignment: Assignment) throws {
    let (key, place) = (assignment.keys[0], assignment.place)
    if ["analyses", "control"].contains(key) || AnalysisRegistry.names.contains(key) { return }
    if ofEmbeddings.contains(key) {
      throw RunError.setting(
        place: place,
        problem:
          "\(assignment.keys.joined(separator: ".")) decides the embeddings, and analyse takes "
          + "those of the run as they are; run topoclip sweep with it")
    }
    let known = ["analyses", "control"] + AnalysisRegistry.names
    let hint = key.nearest(of: known, within: 2).map { "; did you mean \($0)?" } ?? ""
    throw RunError.setting(
      place: place,
      problem: "\(key) is no setting of an analysis; expected one below "
        + "\(AnalysisRegistry.names.joined(separator: ", "))\(hint)")
  }
}
