package import Runs

/// Every analysis with its settings.
package struct AnalysisSet: Sendable {
  private var analyses: [any RunAnalysis]

  /// All analyses under their default settings.
  package init() { analyses = AnalysisRegistry.all.map { Self.withDefaults($0) } }

  /// All analyses under the settings of their sections.
  ///
  /// - Throws: `RunError.setting` with the place of a value that is wrong or a key that is unknown.
  package init(_ root: ConfigurationSection) throws {
    analyses = try AnalysisRegistry.all.map { try Self.read($0, root) }
  }

  private static func withDefaults<Analysis: RunAnalysis>(
    _ type: Analysis.Type
  ) -> any RunAnalysis { Analysis(Analysis.Settings()) }

  private static func read<Analysis: RunAnalysis>(
    _ type: Analysis.Type, _ root: ConfigurationSection
  ) throws -> any RunAnalysis {
    Analysis(try Analysis.Settings(root.section(Analysis.name)))
  }

  /// The settings of an analysis.
  package subscript<Analysis: RunAnalysis>(type: Analysis.Type) -> Analysis.Settings {
    get {
      for case let analysis as Analysis in analyses { return analysis.settings }
      preconditionFailure("\(type) is not in the registry")
    }
    set {
      analyses = analyses.map { $0 is Analysis ? Analysis(newValue) : $0 }
    }
  }

  /// The analyses of some names, in the order in which they are run.
  package func chosen(_ names: Set<String>) -> [any RunAnalysis] {
    analyses.filter { names.contains(Swift.type(of: $0).name) }
  }

  /// All of them, in the order in which they are run.
  package var all: [any RunAnalysis] { analyses }

  /// The settings that decide an analysis's tables, its own and those that it reads, by their paths.
  package func settings(deciding type: any RunAnalysis.Type) -> [String: String] {
    var keys = canonicalSettings.filter { $0.key.hasPrefix("\(type.name).") }
    for (other, names) in type.readSettings {
      keys += canonicalSettings.filter { setting in
        names.contains { setting.key == "\(other).\($0)" }
      }
    }
    return Dictionary(keys.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// All analyses under settings as manifests have them; defaults for what is not said, and nothing for what this
  /// version has no setting for.
  ///
  /// - Parameter settings: The texts that decide results, by path.
  /// - Throws: `RunError.setting` naming a text that this version does not know.
  package init(recorded settings: [String: String]) throws {
    var tree = ConfigurationTree.mapping([:], place: Manifest.fileName)
    let known = Set(AnalysisSet().canonicalSettings.map(\.key))
    for (path, text) in settings where known.contains(path) || path.contains(".groups.") {
      // A group's name may have dots.
      let keys = path.split(separator: ".", maxSplits: path.contains(".groups.") ? 2 : 1)
      tree = try tree.setting(
        keys.map(String.init)[...], to: text, place: "\(Manifest.fileName), \(path)")
    }
    try self.init(ConfigurationSection(tree))
  }

  /// The settings that decide results, in one order.
  package var canonicalSettings: [(key: String, value: String)] {
    analyses.flatMap { Self.canonical($0) }
  }

  /// The keys on the way to a setting, from its canonical name: `topology.metric`, `statistics.groups.NAME`.
  ///
  /// - Parameter name: What a manifest calls it.
  /// - Returns: The keys from the configuration's root; nil for what is no analysis's.
  package static func keys(of name: String) -> [String]? {
    for analysis in AnalysisRegistry.all where name.hasPrefix(analysis.name + ".") {
      return keys(String(name.dropFirst(analysis.name.count + 1)), analysis)
    }
    return nil
  }

  private static func keys<Analysis: RunAnalysis>(
    _ rest: String, _ analysis: Analysis.Type
  ) -> [String] {
    // What stands below a key is one name, whatever points it has.
    for setting in Analysis.Settings.declared where rest.hasPrefix(setting.key + ".") {
      return [Analysis.name, setting.key, String(rest.dropFirst(setting.key.count + 1))]
    }
    return [Analysis.name, rest]
  }

  private static func canonical<Analysis: RunAnalysis>(
    _ analysis: Analysis
  ) -> [(key: String, value: String)] { analysis.settings.canonical(Analysis.name) }
}
