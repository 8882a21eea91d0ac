import Files
import RunAnalyses
import Runs

/// What a sweep makes of the run that its folder holds already, or of none: which analyses it computes, which stay as
/// they are, and what the run consists of then.
///
/// Conditions and analyses are joined: nothing that holds is thrown away. An analysis is computed again where its
/// settings changed or where what it is made of did.
struct RunExtension: Sendable {
  /// What is asked for, and what there is.
  struct Inputs {
    /// The run that is there; nil for none.
    var earlier: Manifest?
    /// Its conditions.
    var earlierConditions: [Condition] = []
    /// The conditions that are asked for.
    var conditions: [Condition]
    /// The analyses that are asked for.
    var chosen: Set<String>
    /// Their settings, and those of the others for where nothing else says them.
    var settings: AnalysisSet
    /// Whether analyses are computed at all.
    var computesAnalyses = true
    /// Whether names, splits or classes of the images are others than before.
    var samplesChanged = false
    /// Whether the embeddings of the classes are others than before.
    var textChanged = false
    /// What the logit scale was and is; nil where it is the same.
    var logitScaleChange: String?
  }

  /// All conditions that the run has then, in order.
  let conditions: [Condition]
  /// The analyses that are asked for.
  let asked: Set<String>
  /// The analyses that are computed.
  let performed: Set<String>
  /// All that the run has then.
  let analyses: Set<String>
  /// Every analysis with its settings.
  let settings: AnalysisSet
  /// What the manifest says of the analyses in the end.
  let records: [String: Manifest.AnalysisRecord]
  /// The same while they are computed.
  let recordsMeanwhile: [String: Manifest.AnalysisRecord]
  /// Whether a page of the run is out of date then.
  let changesTables: Bool
  /// What is worth knowing, a line each.
  let messages: [String]

  /// Plans the extension.
  ///
  /// - Throws: `RunError.setting` for a setting in the manifest that this version does not know.
  init(_ inputs: Inputs) throws {
    let before = inputs.earlier?.analysisRecords ?? [:]
    conditions = Set(inputs.conditions + inputs.earlierConditions).sorted()
    let names = conditions.map(\.name)
    settings = try Self.settings(inputs, before)
    asked = inputs.chosen

    var messages = Self.ofConditions(inputs)
    var changed: Set<String> = []
    for type in AnalysisRegistry.all {
      guard let record = before[type.name] else {
        let isOfText = type == ZeroShotAnalysis.self && inputs.textChanged
        if inputs.chosen.contains(type.name) || isOfText { changed.insert(type.name) }
        continue
      }
      let reason = Self.change(
        of: type, from: record, to: settings.settings(deciding: type), changed, inputs)
      guard let reason else { continue }
      changed.insert(type.name)
      messages.append(
        inputs.computesAnalyses
          ? "\(type.name) is computed again, and its tables are replaced: \(reason)"
          : "the tables of \(type.name) are removed: \(reason); topoclip sweep makes them anew")
    }
    let pending = Set(before.filter { $0.value.conditions.isEmpty }.keys)
    let stale = changed.intersection(before.keys).union(pending)
    performed = inputs.computesAnalyses ? inputs.chosen.union(stale) : []
    analyses = Set(before.keys).subtracting(stale).union(performed)

    var (records, meanwhile) = (before, before)
    for name in stale.union(performed) {
      records[name] = nil
      meanwhile[name] = nil
    }
    for type in AnalysisRegistry.all where performed.contains(type.name) {
      let settings = settings.settings(deciding: type)
      records[type.name] = Manifest.AnalysisRecord(conditions: names, settings: settings)
      if before[type.name] != nil {
        meanwhile[type.name] = Manifest.AnalysisRecord(conditions: [], settings: settings)
      }
    }
    self.records = records
    recordsMeanwhile = meanwhile
    var partial: [String] = []
    for name in AnalysisRegistry.names where !performed.contains(name) {
      if let count = records[name]?.conditions.count, count < names.count { partial.append(name) }
    }
    if !partial.isEmpty {
      messages.append(
        "not asked for, and of fewer than the run's \(names.count) conditions: "
          + partial.joined(separator: ", "))
    }
    changesTables =
      records != before || inputs.earlier == nil || inputs.samplesChanged || inputs.textChanged
      || !changed.isEmpty || !pending.isEmpty || conditions != inputs.earlierConditions.sorted()
    self.messages = messages
  }

  /// The settings of all analyses: as asked for where an analysis is computed because it is asked for, else as they
  /// were.
  private static func settings(
    _ inputs: Inputs, _ before: [String: Manifest.AnalysisRecord]
  ) throws -> AnalysisSet {
    let asked = Dictionary(
      inputs.settings.canonicalSettings.map { ($0.key, $0.value) }
    ) { first, _ in first }
    var texts = asked
    var isDecided: Set<String> = []
    func isOwn(_ key: String, _ name: String) -> Bool { key.hasPrefix(name + ".") }
    for type in AnalysisRegistry.all where inputs.chosen.contains(type.name) {
      isDecided.formUnion(inputs.settings.settings(deciding: type).keys)
    }
    for type in AnalysisRegistry.all where !inputs.chosen.contains(type.name) {
      guard let record = before[type.name] else { continue }
      // Groups of classes are settings that only some runs have.
      for key in texts.keys
      where isOwn(key, type.name) && record.settings[key] == nil && !isDecided.contains(key)
        && key.contains(".groups.")
      {
        texts[key] = nil
      }
      for (key, text) in record.settings where !isDecided.contains(key) { texts[key] = text }
    }
    return try texts == asked ? inputs.settings : AnalysisSet(recorded: texts)
  }

  /// Why the tables of an analysis do not hold any more; nil where they do.
  private static func change(
    of type: any RunAnalysis.Type, from record: Manifest.AnalysisRecord,
    to settings: [String: String], _ changed: Set<String>, _ inputs: Inputs
  ) -> String? {
    let defaults = AnalysisSet().settings(deciding: type)
    // What an earlier version did not know, it did as the defaults do.
    let before = defaults.merging(record.settings) { $1 }
    let differing = Set(before.keys).union(settings.keys)
      .filter { before[$0, default: ""] != settings[$0, default: ""] }.sorted()
    if !differing.isEmpty {
      func word(_ text: String?) -> String { text.flatMap { $0.isEmpty ? nil : $0 } ?? "not set" }
      return differing.map { "\($0) was \(word(before[$0])), is \(word(settings[$0]))" }
        .joined(separator: "; ")
    }
    if inputs.samplesChanged { return "names, splits or classes of the images are others" }
    if type == ZeroShotAnalysis.self, inputs.textChanged {
      return "the embeddings of the classes are others"
    }
    if type == ZeroShotAnalysis.self, let change = inputs.logitScaleChange { return change }
    let read = type.reads.map { $0.name }.filter(changed.contains)
    return read.isEmpty ? nil : "it is made of \(read.joined(separator: ", "))"
  }

  /// What becomes of the conditions.
  private static func ofConditions(_ inputs: Inputs) -> [String] {
    guard inputs.earlier != nil else { return [] }
    var messages: [String] = []
    let (there, asked) = (Set(inputs.earlierConditions), Set(inputs.conditions))
    func list(_ conditions: Set<Condition>) -> String {
      let names = conditions.sorted().map(\.name)
      return names.prefix(4).joined(separator: ", ")
        + (names.count > 4 ? " and \(names.count - 4) more" : "")
    }
    let (added, kept) = (asked.subtracting(there), there.subtracting(asked))
    if !added.isEmpty, !there.isEmpty {
      messages.append("the run is extended by \(list(added))")
    }
    if !kept.isEmpty {
      messages.append(
        "what the run has beside stays: \(list(kept)); --overwrite begins anew without it")
    }
    return messages
  }
}

extension Experiment {
  /// Keeps what accuracy was made with where nobody asks for it otherwise: a given logit scale, the templates.
  ///
  /// - Parameters:
  ///   - earlier: What the run that is there says of itself.
  ///   - plan: What becomes of it.
  mutating func keepAccuracy(of earlier: Manifest, _ plan: RunExtension) {
    if embeddings != nil {
      logitScale = logitScale ?? earlier.givenLogitScale
    } else if !plan.asked.contains(ZeroShotAnalysis.name),
      plan.analyses.contains(ZeroShotAnalysis.name),
      let templates = earlier.configuration["templates"]
    {
      self.templates = templates == Self.builtInTemplates ? nil : templates
    }
  }
}
